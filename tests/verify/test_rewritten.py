"""No edit of the words goes unseen, whatever they mean; what changes no letter is none."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from dvctt_report.report.blocks import TextBlock
from dvctt_report.verify.check import Collation
from dvctt_report.verify.document import read_document
from dvctt_report.verify.marked import marked_copy
from dvctt_report.verify.message import edit_name, format_edit
from dvctt_report.verify.rewritten import EditKind, WordEdit, gathered, read_edits
from dvctt_report.word.tree import W
from tests.verify.conftest import Rendered
from tests.verify.edits import Report, set_text, text_of, with_text

Check = Callable[[bytes], Collation]


def _paragraphs(*texts: str) -> list[TextBlock]:
    return [TextBlock("I", (text,)) for text in texts]


def _table(*rows: tuple[str, ...], head: tuple[str, ...] = ("STT", "Cơ quan", "Số")) -> list[TextBlock]:
    return [
        TextBlock("I", head, 0, "Bảng 1", head, True),
        *(TextBlock("I", row, 0, "Bảng 1", head) for row in rows),
    ]


def _told(printed: list[TextBlock], edited: list[TextBlock]) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.before, one.after) for one in read_edits(printed, edited)]


@pytest.mark.parametrize(
    ("printed", "edited", "told"),
    [
        ("Đơn vị A nêu rõ lý do.", "Đơn vị A nêu rõ nguyên nhân.", ("changed", "lý do", "nguyên nhân")),
        ("Sở Y tế chủ trì.", "Sở Nội vụ chủ trì.", ("changed", "Y tế", "Nội vụ")),
        ("Viện Đào tạo và Khoa học", "Viện Khoa học", ("removed", "Đào tạo và", "")),
        ("phường Nha Trang* (87%)", "phường Nha Trang (87%)", ("removed", "*", "")),
        ("được giao", "không được giao", ("added", "", "không")),
        ("theo khoản 3 Điều 5", "theo khoản 2 Điều 5", ("changed", "3", "2")),
        ("Sở Nội Vụ", "Sở Nội vụ", ("changed", "Vụ", "vụ")),
        ("một; hai; ba", "một; ba; hai", None),
    ],
)  # fmt: skip
def test_any_other_word_is_told_cut_to_what_was_changed(
    printed: str, edited: str, told: tuple[str, str, str] | None
) -> None:
    found = _told(_paragraphs("Mở đầu.", printed), _paragraphs("Mở đầu.", edited))
    assert found if told is None else found == [told]


@pytest.mark.parametrize(
    ("printed", "edited"),
    [
        (["Đạt 87,0%  (chưa đủ)."], ["Đạt\xa087,0% (chưa đủ)."]),
        (['Kế hoạch "số 1" – năm 2025'], ["Kế hoạch “số 1” - năm 2025"]),
        (["Ủy ban hòa giải"], ["Uỷ ban hoà giải"]),
        (["Câu một. Câu hai."], ["Câu một.", "Câu hai."]),
        (["Câu một.", "Câu hai."], ["Câu một. Câu hai."]),
    ],
)
def test_form_alone_is_no_edit(printed: list[str], edited: list[str]) -> None:
    assert not _told(_paragraphs(*printed), _paragraphs(*edited))


def test_paragraphs_and_sentences_are_told_as_added_gone_or_moved() -> None:
    one, two, three = "Sở A chủ trì việc này.", "Sở B phối hợp với các xã.", "Xã C báo cáo hằng quý."
    assert _told(_paragraphs(one, two), _paragraphs(one)) == [("removed", two, "")]
    assert _told(_paragraphs(one), _paragraphs(one, two)) == [("added", "", two)]
    assert _told(_paragraphs(one, two, three), _paragraphs(two, three, one)) == [("moved", one, one)]
    assert _told(_paragraphs(f"{one} {two}", three), _paragraphs(one, f"{three} {two}")) == [
        ("moved", three, three)
    ]


def test_an_entry_of_a_list_that_changed_places_is_moved_and_nothing_else() -> None:
    printed = "- A: 01 nhiệm vụ (đạt 100%); B: 02 nhiệm vụ (đạt 50%); C: 03 nhiệm vụ."
    edited = "- B: 02 nhiệm vụ (đạt 50%); A: 01 nhiệm vụ (đạt 100%); C: 03 nhiệm vụ."
    ((kind, words, _),) = _told(_paragraphs(printed), _paragraphs(edited))
    assert kind == "moved"
    assert words.startswith(("A: 01", "B: 02"))


def test_cells_are_told_with_row_and_column_and_rows_as_rows() -> None:
    rows = [("1", "Sở A", "x"), ("2", "Sở B", ""), ("3", "Sở C", "x")]
    other = [("1", "Sở A", ""), ("2", "Sở B", ""), ("3", "Sở Đ", "x")]
    edits = read_edits(_table(*rows), _table(*other))
    assert [(one.where, one.before, one.after) for one in edits] == [
        ("Bảng 1, dòng 1 “Sở A”, cột “Số”", "x", ""),
        ("Bảng 1, dòng 3 “Sở Đ”, cột “Cơ quan”", "C", "Đ"),
    ]
    assert _told(_table(*rows), _table(*rows[:2])) == [("removed", "3; Sở C; x", "")]
    assert _told(_table(*rows), _table(rows[0], rows[2], rows[1])) == [("moved", "3; Sở C; x", "3; Sở C; x")]
    heads = read_edits(_table(*rows), _table(*rows, head=("STT", "Cơ quan", "Tỷ lệ")))
    assert [(one.where, one.before, one.after) for one in heads] == [("Bảng 1, tên cột", "Số", "Tỷ lệ")]


def test_the_numbers_of_rows_behind_a_new_one_are_one_line() -> None:
    rows = [(str(n), f"Sở {letter}", "x") for n, letter in enumerate("ABCDEGHK", 1)]
    later = [(str(n + 1), name, x) for n, (_, name, x) in enumerate(rows, 1)]
    edits = gathered(read_edits(_table(*rows), _table(("1", "Sở Z", "x"), *later)))
    assert [(one.kind, one.n_alike) for one in edits] == [(EditKind.ADDED, 1), (EditKind.CHANGED, 8)]
    assert format_edit(edits[1]).endswith("và 7 ô khác như vậy")


@pytest.mark.annexes
def test_whatever_word_of_the_report_is_replaced_is_told(rendered: Rendered) -> None:
    """Of every block some word, sign or number, drawn by a seed: by construction none can be missed."""
    printed = [one.block for one in rendered.manifest.printed]
    draw = random.Random(20261128)
    for n in draw.sample(range(len(printed)), 150):
        block = printed[n]
        at = draw.choice([n for n, text in enumerate(block.cells) if text])
        words = list(re.finditer(r"\w+|[^\w\s]", block.cells[at]))
        word = draw.choice(words)
        for put in ("", "khác"):
            text = block.cells[at][: word.start()] + put + block.cells[at][word.end() :]
            cells = (*block.cells[:at], text, *block.cells[at + 1 :])
            edited = [
                *printed[:n],
                TextBlock(block.section, cells, block.table, block.title, block.heads, block.header),
                *printed[n + 1 :],
            ]
            edits = read_edits(printed, edited)
            assert any(word[0] in one.before for one in edits), (block.cells[at], text)


def test_an_edit_is_no_alarm_and_what_is_told_otherwise_is_not_told_again(
    rendered: Rendered, check: Check
) -> None:
    reworded = check(with_text(rendered.report(), "kính đề nghị UBND tỉnh", "trân trọng đề nghị UBND tỉnh"))
    assert (reworded.agrees, reworded.n_to_read, len(reworded.edits)) == (True, 0, 1)
    differs = check(with_text(rendered.report(), "đạt 79,96%", "đạt 81,2%"))
    assert not differs.agrees
    assert not differs.edits


def test_struck_words_are_told_as_such(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    paragraph = next(p for p in report.paragraphs() if text_of(p).startswith("Sở Khoa học và Công nghệ"))
    run = next(paragraph.iter(f"{W}r"))
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    etree.SubElement(properties, f"{W}strike")
    (edit,) = [one for one in check(report.content()).edits if one.unsaid]
    assert edit_name(edit) == "GẠCH NGANG"


def test_heads_of_pages_and_charts_are_compared_too(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    name = next(n for n in report.parts if n.startswith("word/charts/") and n.endswith(".xml"))
    chart = report.parts[name]
    label = re.search(rb"<a:t>([^<]*[0-9][^<]*)</a:t>", chart)
    assert label is not None
    report.parts[name] = chart.replace(label[0], b"<a:t>0,1</a:t>", 1)
    (edit,) = check(report.content()).edits
    assert (edit.section, edit.after, edit.to_read) == ("biểu đồ 1", "0,1", True)
    assert "cột “Còn cách mức Kế hoạch”" in edit.where
    report.parts[name] = chart.replace(b'<c:showVal val="1"/>', b'<c:showVal val="0"/>', 1)
    (edit,) = check(report.content()).edits
    assert (edit.section, edit.before, edit.to_read) == ("biểu đồ 1", label[1].decode(), True)
    report = rendered.report()
    header = etree.fromstring(report.parts["word/header1.xml"])
    added = etree.SubElement(etree.SubElement(etree.SubElement(header, f"{W}p"), f"{W}r"), f"{W}t")
    added.text = "Bản chính thức"
    report.parts["word/header1.xml"] = etree.tostring(header)
    (edit,) = check(report.content()).edits
    assert (edit.section, edit.after) == ("đầu trang, chân trang", "Bản chính thức")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (rb'<c:min val="0"/>', rb'<c:min val="4"/>', "từ 4"),
        (rb'<c:min val="0"/>', rb'<c:min val="0"/><c:logBase val="10"/>', "lôgarit"),
        (rb'<c:grouping val="clustered"/>', rb'<c:grouping val="percentStacked"/>', "percentStacked"),
        (rb'<c:orientation val="maxMin"/>', rb'<c:orientation val="minMax"/>', "trục"),
        (rb'<a:srgbClr val="A6A6A6"/>', rb'<a:srgbClr val="FFFFFF"/>', "không màu"),
    ],
)
def test_a_chart_drawn_otherwise_is_to_be_read(
    rendered: Rendered, check: Check, was: bytes, now: bytes, said: str
) -> None:
    report = rendered.report()
    name = min(n for n in report.parts if n.startswith("word/charts/") and n.endswith(".xml"))
    assert was in report.parts[name]
    report.parts[name] = report.parts[name].replace(was, now, 1)
    edits = check(report.content()).edits
    assert {(one.section, one.why) for one in edits} == {("cách vẽ biểu đồ", "biểu đồ")}
    assert any(said in f"{one.was} {one.now}" for one in edits)


def test_another_figure_in_the_workbook_inside_a_chart_is_to_be_read(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    name = min(n for n in report.parts if n.startswith("word/embeddings/"))
    book = load_workbook(io.BytesIO(report.parts[name]))
    assert book.active is not None
    book.active["B2"] = 99.5
    book.save(saved := io.BytesIO())
    report.parts[name] = saved.getvalue()
    (edit,) = check(report.content()).edits
    assert (edit.section, edit.why) == ("cách vẽ biểu đồ", "biểu đồ")
    assert "bảng tính bên trong có số khác hình vẽ" in edit.now


@pytest.mark.annexes
def test_the_copy_bears_a_comment_where_words_were_edited(
    rendered: Rendered, check: Check, tmp_path: Path
) -> None:
    report: Report = rendered.report()
    cell = next(c for c in report.root.iter(f"{W}tc") if text_of(c).strip() == "Thanh tra tỉnh")
    set_text(cell, "Thanh tra của tỉnh")
    content = report.content()
    edits = check(content).edits
    assert [one.after for one in edits] == ["của"]
    path = tmp_path / "sửa.docx"
    path.write_bytes(content)
    made = marked_copy(path, read_document(path).blocks, (), {}, edits)
    parts = Report(made, rendered.table).parts
    assert "LỜI ĐÃ SỬA: THÊM" in parts["word/comments.xml"].decode()
    body = parts["word/document.xml"].decode()
    marked = body[body.index("commentRangeStart") : body.index("commentRangeEnd")]
    assert "Thanh tra của tỉnh" in marked


def test_a_long_edit_is_cut_on_the_screen_and_whole_where_all_is_asked_for() -> None:
    text = " ".join(f"từ{n}" for n in range(100))
    (edit,) = read_edits(_paragraphs("Mở đầu."), _paragraphs("Mở đầu.", text))
    assert isinstance(edit, WordEdit)
    assert format_edit(edit).endswith(" …”")
    assert text in format_edit(edit, everything=True)


_RUN = f"<w:r xmlns:w='{W[1:-1]}' xmlns:v='urn:schemas-microsoft-com:vml'>%s</w:r>"


def _add_run(report: Report, inner: str) -> None:
    next(report.root.iter(f"{W}p")).append(etree.fromstring(_RUN % inner))


def _drop_chart(report: Report) -> None:
    drawing = next(
        one for one in report.root.iter(f"{W}drawing") if next(one.iter("{*}chart"), None) is not None
    )
    drawing.getparent().remove(drawing)


def test_a_chart_taken_out_is_told_as_its_rows(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    _drop_chart(report)
    edits = check(report.content()).edits
    assert {(one.section, one.kind, one.whole) for one in edits} == {("biểu đồ 1", EditKind.REMOVED, "dòng")}
    assert len(gathered(edits)) == 1


def _comment(report: Report) -> None:
    report.parts["word/comments.xml"] = (
        f"<w:comments xmlns:w='{W[1:-1]}'><w:comment w:id='0' w:author='Trưởng phòng'>"
        "<w:p><w:r><w:t>Đã duyệt</w:t></w:r></w:p></w:comment>"
        "<w:comment w:id='1' w:author='Kiểm tra thể thức'/></w:comments>"
    ).encode()


def _without_numbers(report: Report) -> None:
    for name in ("word/header1.xml", "word/header2.xml"):
        header = etree.fromstring(report.parts[name])
        for paragraph in header.iter(f"{W}p"):
            paragraph[:] = paragraph.findall(f"{W}pPr")
        report.parts[name] = etree.tostring(header)


def _drop_line(report: Report) -> None:
    drawing = next(report.root.iter("{*}AlternateContent"))
    drawing.getparent().remove(drawing)


def _drawn_across_pages(report: Report) -> None:
    header = etree.fromstring(report.parts["word/header1.xml"])
    drawn = "<w:pict><v:shape><v:textpath string='BẢN CHÍNH THỨC'/></v:shape></w:pict>"
    next(header.iter(f"{W}p")).append(etree.fromstring(_RUN % drawn))
    report.parts["word/header1.xml"] = etree.tostring(header)


def _word_before_an_entry(report: Report) -> None:
    report.parts["word/numbering.xml"] = (
        f"<w:numbering xmlns:w='{W[1:-1]}'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'>"
        "<w:lvlText w:val='Trích:'/></w:lvl></w:abstractNum><w:num w:numId='1'>"
        "<w:abstractNumId w:val='0'/></w:num></w:numbering>"
    ).encode()
    properties = report.paragraph("Sở Khoa học và Công nghệ").find(f"{W}pPr")
    numbered = f"<w:numPr xmlns:w='{W[1:-1]}'><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    properties.append(etree.fromstring(numbered))


BESIDE: tuple[tuple[Callable[[Report], None], str, str], ...] = (
    (lambda r: _add_run(r, "<w:pict><v:textpath string='ĐÃ DUYỆT'/></w:pict>"), "hình vẽ", "ĐÃ DUYỆT"),
    (lambda r: _add_run(r, "<w:sym w:font='Wingdings' w:char='F0FD'/>"), "phần mở đầu", "□"),
    (_comment, "ghi chú bên lề", "Trưởng phòng: Đã duyệt"),
    (_drawn_across_pages, "đầu trang, chân trang", "chữ vẽ: BẢN CHÍNH THỨC"),
    (_word_before_an_entry, "I", "Trích"),
)


@pytest.mark.parametrize(
    "edits",
    [
        BESIDE,
        [(lambda r: _add_run(r, "<w:pict><v:imagedata/></w:pict>"), "hình vẽ", "1 ảnh")],
        [(_without_numbers, "số trang", "có số trang")],
        pytest.param([(_drop_line, "hình, đường kẻ", "76")], marks=pytest.mark.annexes),
    ],
)
def test_what_stands_beside_the_body_is_told(
    rendered: Rendered, check: Check, edits: Sequence[tuple[Callable[[Report], None], str, str]]
) -> None:
    report = rendered.report()
    for edit, _, _ in edits:
        edit(report)
    found = {one.section: one.before + one.after for one in check(report.content()).edits}
    assert found.keys() == {section for _, section, _ in edits}
    for _, section, said in edits:
        assert said in found[section]


LOOKS = (
    ("Sở Khoa học và Công nghệ", "<w:color w:val='FEFEFE'/>", "CHỮ TRẮNG"),
    ("Tính", "<w:sz w:val='4'/>", "CHỮ QUÁ NHỎ"),
    ("Kế hoạch giao", "<w:highlight w:val='black'/>", "CHỮ TRÙNG MÀU NỀN"),
)


def test_words_made_unreadable_are_told_as_such(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for start, look, _ in LOOKS:
        run = next(report.paragraph(start).iter(f"{W}r"))
        run.insert(0, etree.fromstring(f"<w:rPr xmlns:w='{W[1:-1]}'>{look}</w:rPr>"))
    assert sorted(edit_name(one) for one in check(report.content()).edits) == sorted(how for *_, how in LOOKS)
