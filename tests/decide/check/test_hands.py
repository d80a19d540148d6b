"""What Word lets a hand do beside typing is told, and what Word itself leaves in a file is not."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

import pytest
from lxml import etree

from dvctt_report.decide.check.check import Collation, format_change
from dvctt_report.decide.check.compare import Gravity
from dvctt_report.word.tree import DECLARATIONS, W
from tests.decide.check.conftest import Rendered
from tests.decide.check.edits import Report, replaced, set_text, table, text_of

Check = Callable[[bytes], Collation]
Edit = Callable[[Report], object]
DIFFERS, READ = Gravity.DIFFERS, Gravity.READ
UNSURE = "Kết luận tạm tính, chỉ đổi khi"
OWN = "[Nội dung do Sở bổ sung: nguyên nhân khách quan, nguyên nhân chủ quan.]"
AUTHOR = 'w:id="901" w:author="Trần Văn D" w:date="2025-11-21T08:00:00Z"'
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def element(xml: str) -> etree._Element:
    """What is written with the usual prefixes."""
    return etree.fromstring(xml.replace(">", f" {DECLARATIONS}>", 1))


def run_of(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def wrapped(node: etree._Element, xml: str) -> etree._Element:
    """Put a node into the innermost element of ``xml``, in its place."""
    outer = element(xml)
    node.addprevious(outer)
    inner = outer
    while len(inner):
        inner = inner[-1]
    inner.append(node)
    return outer


def paragraph(report: Report, words: str) -> etree._Element:
    """The first paragraph that holds these words, of the body or of a cell."""
    return next(p for p in report.root.iter(f"{W}p") if words in text_of(p))


def inserted(report: Report, after: str, text: str) -> None:
    """Put a paragraph in behind the one that holds these words."""
    new = copy.deepcopy(paragraph(report, after))
    set_text(new, text)
    paragraph(report, after).addnext(new)


def apart(report: Report, words: str) -> etree._Element:
    """The words in a run of their own, parted from the run that they stand in."""
    run = next(r for r in report.root.iter(f"{W}r") if words in text_of(r))
    before, _, after = text_of(run).partition(words)
    for text, at in ((before, run.addprevious), (after, run.addnext)):
        other = copy.deepcopy(run)
        set_text(other, text)
        at(other)
    set_text(run, words)
    return run


def deleted(run: etree._Element) -> etree._Element:
    """The run as Word keeps it that was deleted while changes are tracked."""
    for text in run.iter(f"{W}t"):
        text.tag = f"{W}delText"
    return wrapped(run, f"<w:del {AUTHOR}></w:del>")


def cell(row: int, column: int, text: str) -> Edit:
    return lambda report: set_text(next(table(report, 1)[row][column].iter(f"{W}p")), text)


def text_box(report: Report) -> None:
    box = (
        '<w:r><w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<a:graphicData uri="{SHAPE}"><wps:wsp xmlns:wps="{SHAPE}"><wps:txbx><w:txbxContent>'
        f"<w:p>{run_of('Mọi chỉ tiêu đều đã hoàn thành.')}</w:p>"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing></w:r>"
    )
    paragraph(report, "Trừ kết luận tạm tính").append(element(box))


def other_file_inside(report: Report) -> None:
    paragraph(report, "Trừ kết luận tạm tính").addnext(element("<w:altChunk></w:altChunk>"))


def two_readings(report: Report) -> None:
    inner = f'<mc:Choice Requires="wps">{run_of("26/27")}</mc:Choice><mc:Fallback></mc:Fallback>'
    wrapped(apart(report, "23/27"), f"<mc:AlternateContent>{inner}</mc:AlternateContent>")


def tracked_deletion(report: Report) -> None:
    for run in list(paragraph(report, "Trừ kết luận tạm tính").iter(f"{W}r")):
        deleted(run)


def style_hidden(report: Report) -> None:
    style = paragraph(report, UNSURE).find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    styles = etree.fromstring(report.parts["word/styles.xml"])
    (found,) = [one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == style]
    found.find(f"{W}rPr").append(element("<w:vanish></w:vanish>"))
    report.parts["word/styles.xml"] = etree.tostring(styles)


def own_section_and_what_stood_before_it(report: Report) -> None:
    replaced(report, OWN, "Nhân lực còn mỏng.")
    gone = paragraph(report, "Số liệu của 02 đơn vị còn nội dung")
    gone.getparent().remove(gone)


def moved_into_the_own_section(report: Report) -> None:
    paragraph(report, OWN).addprevious(paragraph(report, "Trừ kết luận tạm tính"))


def row_deleted_as_a_tracked_change(report: Report) -> None:
    row = table(report, 1)[11][0].getparent()
    row.insert(0, element(f"<w:trPr><w:del {AUTHOR}/></w:trPr>"))
    for run in list(row.iter(f"{W}r")):
        deleted(run)


HARMFUL: dict[str, tuple[Edit, Gravity, str]] = {
    "points made per cent": (
        lambda r: replaced(r, "23,8 điểm phần trăm", "23,8%"),
        DIFFERS,
        "23,8%",
    ),
    "level turned": (cell(10, 2, "≤ 80"), DIFFERS, "≤ 80"),
    "doubt dropped": (cell(10, 6, "Chưa đạt"), DIFFERS, "tạm tính"),
    "letter for a digit": (cell(8, 4, "1.4l6/1.432"), DIFFERS, "1.4l6"),
    "number parted": (lambda r: replaced(r, "37 văn bản", "3 7 văn bản"), DIFFERS, "3 7"),
    "another office's sign": (lambda r: replaced(r, "        /BC-SKHCN", " 386/BC-UBND"), READ, "BC-UBND"),
    "prompt that claims": (
        lambda r: inserted(r, UNSURE, "[Nội dung do Sở bổ sung: toàn tỉnh đã hoàn thành.]"),
        READ,
        "toàn tỉnh đã hoàn thành",
    ),
    "paragraph twice": (
        lambda r: inserted(r, "Trừ kết luận tạm tính", text_of(paragraph(r, "Trừ kết luận tạm tính"))),
        READ,
        "Trừ kết luận tạm tính",
    ),
    "own section and more": (own_section_and_what_stood_before_it, READ, "còn nội dung chưa thống nhất"),
    "moved into the own section": (moved_into_the_own_section, READ, "Trừ kết luận tạm tính"),
    "text box": (text_box, READ, "Mọi chỉ tiêu đều đã hoàn thành"),
    "other file inside": (other_file_inside, READ, ""),
    "two readings": (two_readings, DIFFERS, "26/27"),
    "tracked deletion": (tracked_deletion, READ, "Trừ kết luận tạm tính"),
    "tracked row": (row_deleted_as_a_tracked_change, READ, "Người dân trưởng thành"),
    "style hidden": (style_hidden, READ, "chỉ đổi khi"),
}


@pytest.mark.parametrize(("edit", "gravity", "said"), HARMFUL.values(), ids=HARMFUL)
def test_what_a_hand_does_to_the_report_is_told(
    rendered: Rendered, check: Check, edit: Edit, gravity: Gravity, said: str
) -> None:
    report = rendered.report()
    edit(report)
    changes = check(report.content()).changes
    assert gravity in {one.gravity for one in changes}
    assert any(said in format_change(one, everything=True) for one in changes), [*map(format_change, changes)]


def annex_gone(report: Report) -> None:
    node = paragraph(report, "VĂN BẢN CHỈ ĐẠO, TRIỂN KHAI").getprevious()
    while node.tag != f"{W}sectPr":
        following = node.getnext()
        report.root[0].remove(node)
        node = following


def rows_of(report: Report, *names: str) -> list[etree._Element]:
    head = next(row for row in report.root.iter(f"{W}tr") if "Ngày gửi" in text_of(row))
    rows = head.getparent().findall(f"{W}tr")
    return [
        next(row for row in rows if name in [text_of(c) for c in row.findall(f"{W}tc")]) for name in names
    ]


def rows_between_groups(report: Report) -> None:
    one, other = rows_of(report, "Sở Y tế", "UBND huyện Ninh Sơn")
    mark = etree.Element("mark")
    one.addprevious(mark)
    other.addprevious(one)
    mark.addprevious(other)
    mark.getparent().remove(mark)


@pytest.mark.annexes
@pytest.mark.parametrize(
    ("edit", "said"), [(annex_gone, "Phụ lục IV"), (rows_between_groups, "Ninh Sơn")], ids=["gone", "moved"]
)
def test_what_a_hand_does_to_an_annex_is_told(
    rendered: Rendered, check: Check, edit: Edit, said: str
) -> None:
    report = rendered.report()
    edit(report)
    changes = check(report.content()).changes
    assert any(said in format_change(one, everything=True) for one in changes), [*map(format_change, changes)]


def as_word_saves(report: Report) -> None:
    """Revision and spelling marks, drawn page breaks, a bookmark at the last place of typing."""
    for each in report.root.iter(f"{W}p"):
        each.set(f"{W}rsidR", "00A1B2C3")
    for n, run in enumerate(list(report.root.iter(f"{W}r"))):
        run.set(f"{W}rsidRPr", "00D4E5F6")
        if n % 7 == 0:
            run.addprevious(element('<w:proofErr w:type="spellStart"></w:proofErr>'))
        if n % 150 == 0 and run.find(f"{W}t") is not None:
            run.find(f"{W}t").addprevious(element("<w:lastRenderedPageBreak></w:lastRenderedPageBreak>"))
    first = paragraph(report, "Kính gửi")
    first.append(element('<w:bookmarkStart w:id="0" w:name="_GoBack"></w:bookmarkStart>'))
    first.append(element('<w:bookmarkEnd w:id="0"></w:bookmarkEnd>'))


def other_looks(report: Report) -> None:
    looks = (
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:b/><w:i/><w:color w:val="1F3864"/><w:sz w:val="30"/>'
    )
    for run in report.root.iter(f"{W}r"):
        for old in run.findall(f"{W}rPr"):
            run.remove(old)
        run.insert(0, element(f'<w:rPr>{looks}<w:lang w:val="en-US"/></w:rPr>'))


def breaks(report: Report) -> None:
    heading = paragraph(report, "IV. TỒN TẠI")
    heading.addprevious(element('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
    section = element("<w:p><w:pPr></w:pPr></w:p>")
    section[0].append(copy.deepcopy(next(report.root.iter(f"{W}sectPr"))))
    heading.addprevious(section)
    heading.addprevious(element("<w:p></w:p>"))


def links_and_controls(report: Report) -> None:
    wrapped(apart(report, "Phụ lục IV"), '<w:hyperlink w:anchor="PhuLuc4"></w:hyperlink>')
    control = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>"
    wrapped(apart(report, "85,2%"), control)


def formats_tracked(report: Report) -> None:
    for run in paragraph(report, "k) Hồ sơ").iter(f"{W}r"):
        run.insert(0, element(f"<w:rPr><w:b/><w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange></w:rPr>"))


def typed_and_taken_back(report: Report) -> None:
    run = element(run_of("Toàn tỉnh đạt 100%."))
    paragraph(report, "k) Hồ sơ").append(run)
    wrapped(deleted(run), f"<w:ins {AUTHOR}></w:ins>")


def own_section_tracked(report: Report) -> None:
    own = paragraph(report, OWN)
    for run in list(own.iter(f"{W}r")):
        deleted(run)
    own.append(element(f"<w:ins {AUTHOR}>{run_of('Thiết bị ở cơ sở còn thiếu.')}</w:ins>"))


def double_spaces(report: Report) -> None:
    for text in report.root.iter(f"{W}t"):
        text.text = re.sub(r"([.;]) (?=\S)", r"\1  ", text.text or "")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def other_properties(report: Report) -> None:
    core = report.parts["docProps/core.xml"]
    report.parts["docProps/core.xml"] = core.replace(b"<dc:title>", b"<dc:title>95% - ", 1)


HARMLESS: tuple[Edit, ...] = (
    *(as_word_saves, other_looks, breaks, links_and_controls, formats_tracked),
    *(typed_and_taken_back, own_section_tracked, double_spaces, other_properties),
)


@pytest.mark.parametrize("edit", HARMLESS, ids=[edit.__name__ for edit in HARMLESS])
def test_what_word_leaves_in_a_file_is_no_edit(rendered: Rendered, check: Check, edit: Edit) -> None:
    report = rendered.report()
    edit(report)
    outcome = check(report.content())
    told = [one for one in outcome.changes if one.gravity in (DIFFERS, READ)]
    assert told == [], [*map(format_change, told)]
    assert outcome.n_agree == outcome.n_figures
