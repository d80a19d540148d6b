"""Edits of the sample's report as people make them: which gravity they have, and what is told of them."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from dvctt_report.decide.check.check import Collation, format_change
from dvctt_report.decide.check.compare import Change, DocumentComparison, EditKind, Gravity, gathered
from dvctt_report.decide.check.document import read_document
from dvctt_report.decide.check.passages import CutDocument
from dvctt_report.decide.check.values import Names, ValueKind
from dvctt_report.report.blocks import TextBlock
from dvctt_report.word.tree import DECLARATIONS, W
from tests.decide.check.conftest import Rendered
from tests.decide.check.edits import (
    Edit,
    Report,
    added,
    exchange,
    plant,
    replaced,
    reworded,
    set_text,
    split_paragraphs,
    split_runs,
    table,
    text_of,
)

Check = Callable[[bytes], Collation]
After = Callable[[Edit], Collation]
DIFFERS, READ, LISTED = Gravity.DIFFERS, Gravity.READ, Gravity.LISTED
TARGETS = 1
"""The table of results in the body."""
OWN = "[Nội dung do Sở bổ sung: nguyên nhân khách quan, nguyên nhân chủ quan.]"
SIGNER = "[Họ và tên]"
DRAFTED = "[dự thảo gợi ý] Lập từ số liệu tổng hợp, đề nghị rà soát trước khi trình ký."
OWN_REPEATED = "Mới có 23/27 cơ quan, đơn vị, địa phương gửi báo cáo, thiếu UBND huyện Bác Ái."
OWN_WRITTEN = "Một số cơ quan chưa phân công rõ. Theo Công văn số 45/SKHCN-CĐS ngày 12/3/2025 đã nhắc."


def worst(outcome: Collation) -> Gravity | None:
    return next((gravity for gravity in Gravity if outcome.of(gravity)), None)


def texts(old: str, new: str, n: int = 0) -> Edit:
    return lambda report: replaced(report, old, new, n)


def cell(row: int, column: int, text: str) -> Edit:
    return lambda report: set_text(next(table(report, TARGETS)[row][column].iter(f"{W}p")), text)


def swapped(one: tuple[int, int], other: tuple[int, int]) -> Edit:
    def edit(report: Report) -> None:
        cells = table(report, TARGETS)
        exchange(cells[one[0]][one[1]], cells[other[0]][other[1]])

    return edit


def row_moved(report: Report) -> None:
    rows = table(report, TARGETS)
    rows[9][0].getparent().addnext(rows[3][0].getparent())


def row_in_another_table(report: Report) -> None:
    table(report, 3)[-1][0].getparent().addnext(table(report, TARGETS)[3][0].getparent())


def row_gone(report: Report) -> None:
    row = table(report, TARGETS)[3][0].getparent()
    row.getparent().remove(row)


def row_added(report: Report) -> None:
    row = table(report, TARGETS)[3][0].getparent()
    row.addnext(copy.deepcopy(row))
    set_text(next(table(report, TARGETS)[4][1].iter(f"{W}p")), "Chỉ tiêu mới")


def prompts_gone(report: Report) -> None:
    for paragraph in [p for p in report.paragraphs() if text_of(p) == DRAFTED]:
        report.root[0].remove(paragraph)


def prompt_and_draft_gone(report: Report) -> None:
    prompt = report.paragraph(DRAFTED)
    for paragraph in (prompt.getnext(), prompt):
        report.root[0].remove(paragraph)


def target_moved(report: Report) -> None:
    report.paragraph("n) Ý kiến").addnext(report.paragraph("a) Lãnh đạo"))


def sentence_to_another_target(report: Report) -> None:
    moved = " Có 01 đơn vị chưa thực hiện: Sở Công Thương."
    replaced(report, moved, "")
    paragraph = report.paragraph("c) Cơ quan")
    set_text(paragraph, f"{text_of(paragraph)}{moved}")


HARMFUL: tuple[tuple[str, Edit, Gravity, str], ...] = (
    ("year of the title", texts("trực tuyến năm 2025", "trực tuyến năm 2024"), DIFFERS, "năm 2024"),
    ("heading turned", texts("1. Tình hình gửi", "1. Tình hình KHÔNG gửi"), READ, "thêm “KHÔNG”"),
    ("caveat turned", texts("Kết luận tạm tính", "Kết luận chắc chắn"), READ, "tạm tính"),
    (
        "another province",
        texts("gửi: Ủy ban nhân dân tỉnh Ninh Thuận", "gửi: Ủy ban nhân dân tỉnh Khánh Hòa"),
        READ,
        "Khánh Hòa",
    ),
    ("claim added", lambda r: added(r, "k) Hồ", "Toàn tỉnh đã hoàn thành 100%"), READ, "thêm đoạn “Toàn"),
    ("claim of words", lambda r: added(r, "I. KẾT", "Các đơn vị đều đạt."), READ, "thêm đoạn “Các đơn"),
    ("share", texts("79,96%", "80,1%"), DIFFERS, "80,1%"),
    ("share in words", texts("79,96%", "gần như toàn bộ"), DIFFERS, "gần như toàn bộ"),
    ("numbers exchanged", texts("63.245/79.096 hồ", "79.096/63.245 hồ"), DIFFERS, "79.096/63.245"),
    ("names exchanged", texts("Sở Tài chính (96,8%)", "Sở Y tế (96,8%)"), DIFFERS, "Sở Y tế"),
    ("name out of a list", texts("Sở Tài chính (96,8%); ", ""), DIFFERS, "Sở Tài chính"),
    ("name out of those missing", texts("; UBND huyện Bác Ái. Trong", ". Trong"), DIFFERS, "Bác Ái"),
    ("name into a list", texts("Bác Ái. Trong", "Bác Ái; Sở Y tế. Trong"), DIFFERS, "thêm “; Sở Y tế”"),
    ("verdict in prose", texts(", đạt chỉ tiêu (100%)", ", chưa đạt chỉ tiêu (100%)"), DIFFERS, "chưa đạt"),
    ("direction", texts("thấp hơn 1,1 điểm", "cao hơn 1,1 điểm"), READ, "“thiếu 30 người, cao hơn"),
    ("day", texts("ngày 18/3/2025", "ngày 19/3/2025"), DIFFERS, "19/3/2025"),
    ("hour", texts("17 giờ 00", "07 giờ 00"), DIFFERS, "07 giờ 00"),
    ("document", texts("số 1234/KH-UBND", "số 1243/KH-UBND"), DIFFERS, "1243/KH-UBND"),
    ("end of the period", texts("hết ngày 31/10/2025", "hết ngày 30/9/2025"), DIFFERS, "30/9/2025"),
    ("reference", texts("điểm e khoản 7", "điểm đ khoản 7"), READ, "điểm đ"),
    ("what is counted", texts("79.096 hồ sơ)", "79.096 người)"), READ, "người"),
    ("estimate", texts("đạt 79,96%", "ước đạt 79,96%"), READ, "thêm “ước”"),
    ("reworded", texts("chưa thống nhất, đang", "chưa khớp, vẫn đang"), READ, "chưa khớp"),
    ("recipient gone", texts("- Văn phòng UBND tỉnh;", ""), READ, "bớt đoạn “- Văn phòng UBND"),
    ("signer", texts("KT. GIÁM ĐỐC", "GIÁM ĐỐC"), READ, "KT."),
    ("draft", texts("DỰ THẢO", ""), READ, "bớt đoạn “DỰ THẢO”"),
    ("mark of a sample", texts("KHÔNG PHẢI SỐ LIỆU THẬT", "SỐ LIỆU THẬT"), READ, "KHÔNG PHẢI"),
    ("legend", texts("“...”: chưa có số liệu", "“...”: không phát sinh"), READ, "không phát sinh"),
    ("sentence gone", texts(" Có 01 đơn vị chưa thực hiện: Thanh tra tỉnh.", ""), READ, "bớt đoạn “Có 01"),
    ("paragraph gone", lambda r: r.root[0].remove(r.paragraph("k) Hồ sơ")), READ, "bớt đoạn “k) Hồ sơ"),
    ("figure of another target", sentence_to_another_target, DIFFERS, "chuyển chỗ đoạn “Có 01"),
    ("target moved", target_moved, READ, "chuyển chỗ đoạn “a) Lãnh đạo"),
    ("verdict of a row", cell(1, 6, "Đạt"), DIFFERS, "“Chưa đạt” → “Đạt”"),
    ("figure of a row", cell(1, 3, "99,9"), DIFFERS, "cột “Kết quả (%)”: “98,9” → “99,9”"),
    ("figure of a row gone", cell(1, 3, ""), DIFFERS, "bớt ô “98,9”"),
    ("missing made a figure", cell(11, 3, "51"), DIFFERS, "“...” → “51”"),
    ("figures of rows exchanged", swapped((1, 3), (2, 3)), DIFFERS, "“98,9” → “98,1”"),
    ("names of rows exchanged", swapped((3, 1), (7, 1)), DIFFERS, "Tổ công nghệ số"),
    ("heads exchanged", swapped((0, 2), (0, 3)), DIFFERS, "tên cột: “Kế hoạch (%)” → “Kết quả (%)”"),
    ("head", cell(0, 3, "Kết quả ước (%)"), READ, "tên cột: thêm “ước”"),
    ("row moved", row_moved, READ, "chuyển chỗ dòng “3; Tuyên truyền"),
    ("row in another table", row_in_another_table, DIFFERS, "chuyển chỗ dòng “3; Tuyên truyền"),
    ("row gone", row_gone, READ, "bớt dòng “3; Tuyên truyền"),
    ("row added", row_added, READ, "thêm dòng “3; Chỉ tiêu mới"),
    ("number in an own section", texts(OWN, "Có 14 nguyên nhân."), READ, "Có 14 nguyên nhân."),
    ("own section taken out", texts(OWN, ""), READ, "bớt đoạn “[Nội dung"),
    ("dated before the figures", texts("ngày      tháng 11", "ngày 19 tháng 11"), READ, "19 tháng 11"),
    (
        "dated in another year",
        texts("ngày      tháng 11 năm 2025", "ngày 21 tháng 11 năm 2024"),
        READ,
        "2024",
    ),
    ("text for a number", texts("Số:        /BC", "Số: mật/BC"), READ, "mật"),
    ("turned round", texts("63.245/79.096", "\u202e63.245/79.096\u202c"), READ, "dấu đổi chiều chữ"),
    ("a claim behind the signer", texts(SIGNER, "Nguyễn Văn A (mọi chỉ tiêu đều đạt)"), READ, "mọi chỉ tiêu"),
    ("a claim for the signer", texts(SIGNER, "Mọi chỉ tiêu đều đạt"), READ, "Mọi chỉ tiêu"),
    (
        "printed number of something else",
        texts(OWN, "Có 27 nguyên nhân, 79.096/63.245 hồ sơ."),
        READ,
        "27 nguyên",
    ),
    ("printed share of something else", texts(OWN, "Toàn tỉnh đã hoàn thành 100%"), READ, "100%"),
    ("printed number turned", texts(OWN, "Đã có 09 chỉ tiêu đạt mức Kế hoạch."), READ, "09 chỉ tiêu đạt"),
    ("prompt put over a draft", texts(DRAFTED, "[dự thảo gợi ý] Đều đạt."), READ, "Đều đạt"),
    ("prompt taken out with a sentence", prompt_and_draft_gone, READ, "bớt đoạn"),
)


@pytest.mark.parametrize(
    ("edit", "gravity", "said"), [one[1:] for one in HARMFUL], ids=[one[0] for one in HARMFUL]
)
def test_no_edit_of_what_was_printed_goes_unseen(
    after: After, edit: Edit, gravity: Gravity, said: str
) -> None:
    outcome = after(edit)
    assert worst(outcome) is gravity
    assert any(said in format_change(one) for one in outcome.of(gravity)), [
        *map(format_change, outcome.changes)
    ]
    assert len(outcome.changes) <= 4, "each thing once"


def all_blanks(report: Report) -> None:
    for node in report.root.iter(f"{W}t"):
        node.text = re.sub(r"ngày\s{3,}tháng 11", "ngày 2 tháng 12", node.text or "")
        node.text = re.sub(r"\s{3,}/BC", " 312/BC", node.text)
    replaced(report, "[Họ và tên]", "Nguyễn Văn A")


def own_paragraphs(report: Report) -> None:
    added(report, OWN, "2. Do khách quan, theo Nghị quyết số 57-NQ/TW.")
    replaced(report, OWN, "1. Do phân công chưa rõ.")


HARMLESS: tuple[tuple[str, Edit], ...] = (
    ("untouched", lambda report: None),
    ("blanks", all_blanks),
    ("day", texts("ngày      tháng 11", "ngày 21 tháng 11")),
    ("number", texts("Số:        /BC", "Số: 386/BC")),
    ("signer", texts(SIGNER, "Trần Thị B")),
    ("signer with a degree", texts(SIGNER, "PGS.TS. Chamaléa Thị K'Nhung")),
    ("signer in capitals", texts(SIGNER, "TRẦN THỊ B")),
    ("own section that repeats", texts(OWN, OWN_REPEATED)),
    ("prompts gone", prompts_gone),
    ("own section", texts(OWN, OWN_WRITTEN)),
    ("own section of paragraphs", own_paragraphs),
    ("runs", lambda report: split_runs(report.root)),
    ("paragraphs divided", split_paragraphs),
)
TYPED: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("NFD", lambda text: unicodedata.normalize("NFD", text)),
    ("hard spaces", lambda text: text.replace(" ", "\u00a0")),
    ("full width", lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%/"})),
    ("autocorrected", lambda text: re.sub(r"(?<!\d)-(?=\d)", "–", text).replace("...", "…")),
    ("quotes", lambda text: text.translate({0x201C: '"', 0x201D: '"'})),
    ("soft hyphens", lambda text: text.replace("tuyên", "tu\u00adyên")),
)
ALL = (*HARMLESS, *((name, lambda r, c=change: typed(r, c)) for name, change in TYPED))


def typed(report: Report, change: Callable[[str], str]) -> None:
    for paragraph in report.root.iter(f"{W}p"):
        reworded(paragraph, change)


@pytest.mark.parametrize("edit", [one[1] for one in ALL], ids=[one[0] for one in ALL])
def test_blanks_filled_and_what_saving_changes_is_no_edit(after: After, edit: Edit) -> None:
    outcome = after(edit)
    assert worst(outcome) in (None, LISTED), [*map(format_change, outcome.changes)]
    assert outcome.n_agree == outcome.n_figures


def test_what_was_done_everywhere_is_one_line(after: After) -> None:
    told = [format_change(one) for one in gathered(after(all_blanks).changes)]
    assert len(told) == 3
    assert told[0].startswith("“312/BC-SKHCN”")
    (prompts,) = [format_change(one) for one in gathered(after(prompts_gone).changes)]
    assert prompts.startswith("bớt đoạn “[dự thảo gợi ý]")
    assert prompts.endswith("; và 1 chỗ khác như vậy")


@pytest.mark.annexes
@pytest.mark.parametrize("seed", [0, 1])
def test_every_one_of_fifty_changed_figures_differs(rendered: Rendered, check: Check, seed: int) -> None:
    report = rendered.report()
    planted = plant(report, 50, seed)
    outcome = check(report.content())
    assert planted == {id for one in outcome.of(DIFFERS) for id in one.figures}
    assert outcome.of(READ) == []
    assert outcome.n_figures - outcome.n_agree == 50
    verdict = {ValueKind.VERDICT} if any(id.endswith(".verdict") for id in planted) else set()
    assert {kind for one in outcome.changes for kind in one.values} == {ValueKind.FIGURE} | verdict


@pytest.mark.annexes
def test_whatever_word_of_the_report_is_replaced_is_told(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    paragraphs = [p for p in report.root.iter(f"{W}p") if re.search(r"[^\W\d]{3,}", text_of(p))]
    chosen = paragraphs[::7]
    for n, paragraph in enumerate(chosen):
        words = text_of(paragraph).split(" ")
        at = next(k for k, word in enumerate(words) if re.search(r"[^\W\d]{3,}", word))
        words[at] = f"chữ{n}x"
        set_text(paragraph, " ".join(words))
    said = " ".join(one.after for one in check(report.content()).changes)
    assert [n for n in range(len(chosen)) if f"chữ{n}x" not in said] == []


def test_the_numbers_of_rows_behind_a_new_one_are_one_line(after: After) -> None:
    def renumbered(report: Report) -> None:
        for n, row in enumerate(table(report, TARGETS)[3:], 40):
            set_text(next(row[0].iter(f"{W}p")), str(n))

    (told,) = gathered(after(renumbered).changes)
    assert told.n_alike == 16
    assert format_change(told).endswith("“3” → “40”; và 15 ô cùng cột khác như vậy")


def test_a_column_taken_out_is_told_by_columns(after: After) -> None:
    def column_gone(report: Report) -> None:
        for row in table(report, TARGETS):
            row[0].getparent().remove(row[4])

    outcome = after(column_gone)
    assert worst(outcome) is DIFFERS
    head, cells, *_ = gathered(outcome.changes)
    assert (head.gravity, head.before) == (READ, "Đã thực hiện/ tổng số")
    assert "cột “Đã thực hiện/ tổng số”: bớt ô “2.806/2.836”; và" in format_change(cells)


@pytest.mark.parametrize(("between", "n"), [("và hai", 1), ("và hai ba bốn năm", 2)])
def test_changes_are_told_as_one_where_few_words_stand_between(between: str, n: int) -> None:
    was, now = (
        CutDocument.of([TextBlock("I", (f"Nay {one} {between} {other} rồi.",))])
        for one, other in (("cũ", "trước"), ("mới", "sau"))
    )
    changes = DocumentComparison(was, now, Names(), date(2025, 11, 20)).changes
    assert len(changes) == n


def test_a_long_edit_is_cut_on_the_screen_and_whole_where_all_is_asked_for() -> None:
    text = " ".join(f"từ{n}" for n in range(100))
    change = Change(READ, EditKind.ADDED, "I", "", "", text, "", text, 0, "đoạn")
    assert format_change(change).endswith(" …”")
    assert text in format_change(change, everything=True)


def test_tracked_changes_are_read_as_accepted(rendered: Rendered, check: Check, tmp_path: Path) -> None:
    report = rendered.report()
    paragraph = report.paragraph("k)")
    run = next(r for r in paragraph.iter(f"{W}r") if "63.245" in text_of(r))
    before, _, after = text_of(run).partition("63.245")
    author = {f"{W}id": "1", f"{W}author": "A", f"{W}date": "2025-11-21T08:00:00Z"}
    parts = [copy.deepcopy(run) for _ in range(4)]
    for part, text in zip(parts, (before, "63.245", "63.254", after), strict=True):
        set_text(part, text)
    next(parts[1].iter(f"{W}t")).tag = f"{W}delText"
    gone, come = etree.Element(f"{W}del", author), etree.Element(f"{W}ins", author)
    gone.append(parts[1])
    come.append(parts[2])
    for one in (parts[0], gone, come, parts[3]):
        run.addprevious(one)
    run.getparent().remove(run)
    content = report.content()
    (change,) = check(content).changes
    assert (change.gravity, change.before, change.after) == (DIFFERS, "63.245", "63.254")
    assert change.figures == ("T10.numerator",)
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert read_document(path).n_revisions == 2


# ------- What Word lets a hand do beside typing is told, and what Word itself leaves in a file is not


UNSURE = "Kết luận tạm tính, chỉ đổi khi"
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


BY_HAND: dict[str, tuple[Edit, Gravity, str]] = {
    "points made per cent": (lambda r: replaced(r, "23,8 điểm phần trăm", "23,8%"), DIFFERS, "23,8%"),
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


ANNEXES = {"annex gone": (annex_gone, READ, "Phụ lục IV"), "moved": (rows_between_groups, READ, "Ninh Sơn")}
DONE = [
    *(pytest.param(*edit, id=name) for name, edit in BY_HAND.items()),
    *(pytest.param(*edit, id=name, marks=pytest.mark.annexes) for name, edit in ANNEXES.items()),
]


@pytest.mark.parametrize(("edit", "gravity", "said"), DONE)
def test_what_a_hand_does_to_the_report_is_told(
    after: After, edit: Edit, gravity: Gravity, said: str
) -> None:
    changes = after(edit).changes
    assert gravity in {one.gravity for one in changes}
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


BY_WORD: tuple[Edit, ...] = (
    *(as_word_saves, other_looks, breaks, links_and_controls, formats_tracked),
    *(typed_and_taken_back, own_section_tracked, double_spaces, other_properties),
)


@pytest.mark.parametrize("edit", BY_WORD, ids=[edit.__name__ for edit in BY_WORD])
def test_what_word_leaves_in_a_file_is_no_edit(after: After, edit: Edit) -> None:
    outcome = after(edit)
    told = [one for one in outcome.changes if one.gravity in (DIFFERS, READ)]
    assert told == [], [*map(format_change, told)]
    assert outcome.n_agree == outcome.n_figures
