"""Tables as hands change them: rows and columns put in, taken out, copied, and how they are named."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

import pytest
from lxml import etree

from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.verify.check import Collation, for_reading
from dvctt_report.verify.message import format_deviation
from dvctt_report.verify.reading import DeviationKind, FactsFound
from dvctt_report.verify.tables import _is_head_of, read_tables
from dvctt_report.word.tree import W
from tests.verify.conftest import Rendered
from tests.verify.edits import Report, replace_at, set_text, text_of

Check = Callable[[bytes], Collation]


def cell_of(report: Report, figure: str, section: str) -> etree._Element:
    """The first cell that prints a figure in a section."""
    holders = report.holders()
    return next(cell for place, one, cell in holders if (one["id"], place["section"]) == (figure, section))


def table_of(report: Report, figure: str, section: str) -> etree._Element:
    """The table that prints a figure in a section."""
    cell = next(
        cell for place, f, cell in report.holders() if (f["id"], place["section"]) == (figure, section)
    )
    return next(cell.iterancestors(f"{W}tbl"))


def rows_of(table: etree._Element) -> list[etree._Element]:
    return list(table.iter(f"{W}tr"))


def row_with(table: etree._Element, text: str) -> etree._Element:
    return next(row for row in rows_of(table) if text in text_of(row))


def write(row: etree._Element, *texts: str) -> None:
    for cell, text in zip(row.findall(f"{W}tc"), texts, strict=True):
        set_text(cell, text)


NAMED = (
    ("returns.SNV.status", "Phụ lục III", "Đúng hạn", "Muộn", "dòng 3 “Sở Nội vụ”, cột “Tình trạng”"),
    ("T1.SNV.numerator", "Phụ lục II", "88", "87", "Bảng 1, dòng 3 “Sở Nội vụ”, cột “"),
    ("documents.2.issued_on", "Phụ lục IV", "19", "20", "dòng 2 “912/VPUB-KSTT”, cột “Ngày ban hành”"),
    ("T12a.percent", "Phụ lục I", "85,9", "95,9", "dòng 12a “Trong đó: "),
    ("HT.b.people", "III.3", "37.117", "37.171", "Bảng 3, dòng 2 “Hội nghị, hội thảo, tọa đàm, "),
    ("T1.sum1.percent", "Phụ lục II", "98,9", "99,9", "Bảng 1, dòng “I. Sở, ban, ngành”, cột “"),
)


@pytest.mark.annexes
def test_a_row_is_named_by_its_number_and_what_stands_first_in_it(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for figure, section, old, new, _ in NAMED:
        replace_at(cell_of(report, figure, section), 0, old, new)
    told = [d for d in check(report.content()).deviations if d.kind is DeviationKind.DIFFERS]
    found = {(d.figure, d.place.section): d.place.where for d in told}
    assert found.keys() == {(figure, section) for figure, section, *_ in NAMED}
    for figure, section, *_, where in NAMED:
        assert found[figure, section].startswith(where)


def test_a_row_of_a_group_is_named_with_its_group(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    replace_at(cell_of(report, "HT.b.people", "III.3"), 0, "37.117", "37.171")
    (found,) = check(report.content()).deviations
    assert "học tập chuyên đề – Số lượt người dự”, cột “Số lượng”" in found.place.where


@pytest.mark.annexes
@pytest.mark.parametrize("at", [0, 1, 5])
def test_a_row_put_in_leaves_every_other_row_what_it_was(rendered: Rendered, check: Check, at: int) -> None:
    report = rendered.report()
    table = table_of(report, "returns.SNV.status", "Phụ lục III")
    like = row_with(table, "Sở Nội vụ")
    put = copy.deepcopy(like)
    write(put, "27", "Sở Nội vụ", "99/BC-X", "01/01/2024", "Đúng hạn")
    rows_of(table)[3 + at].addprevious(put)
    (found,) = check(report.content()).deviations
    assert (found.kind, found.found) == (DeviationKind.UNKNOWN, "99/BC-X, 01/01/2024")
    assert found.place.where == "dòng thêm 27 “Sở Nội vụ”"


def test_a_copied_row_is_told_as_such(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    row = row_with(table_of(report, "ND.b.ticked", "III.3"), "Vai trò")
    row.addnext(copy.deepcopy(row))
    (found,) = check(report.content()).deviations
    assert (found.kind, found.found) == (DeviationKind.UNKNOWN, "22")


def test_a_changed_row_beside_one_put_in_is_still_told(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    row = row_with(table_of(report, "ND.b.ticked", "III.3"), "Vai trò")
    row.addprevious(copy.deepcopy(row))
    write(row, "2", text_of(row.findall(f"{W}tc")[1]), "23")
    found = check(report.content()).deviations
    # the untouched copy is the printed row, the changed one is new
    assert [(d.kind, d.found) for d in found] == [(DeviationKind.UNKNOWN, "23")]


def test_a_column_that_repeats_another_is_told_once(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for row in rows_of(table_of(report, "ND.b.ticked", "III.3")):
        last = row.findall(f"{W}tc")[-1]
        last.addnext(copy.deepcopy(last))
    (found,) = check(report.content()).deviations
    assert found.kind is DeviationKind.UNKNOWN
    assert found.place.where == "Bảng 2, cột thêm “Số đơn vị thực hiện”"
    assert found.found.startswith("20, 22, 8")


def test_a_number_typed_over_a_cell_without_a_figure_is_told(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    row = row_with(table_of(report, "ND.b.ticked", "III.3"), "Vai trò")
    name = text_of(row.findall(f"{W}tc")[1])
    write(row, "2", f"{name} (20 lần)", "22")
    (found,) = check(report.content()).deviations
    assert (found.kind, found.found) == (DeviationKind.UNKNOWN, "20")


def written_in(report: Report, cells: Mapping[str, str]) -> bytes:
    """Write over the cells of the table of targets that print these figures."""
    for figure, new in cells.items():
        set_text(cell_of(report, figure, "III.2"), new)
    return report.content()


TURNED = {
    "T10.at_least": ("≤ 80", "≥ 80"),
    "T11.at_least": ("50", "≥ 50"),
    "T12.at_least": ("Tối đa 90%", "≥ 90"),
    "T12a.at_least": ("Không quá 85%", "≥ 85"),
    "T14.at_least": ("Từ 80% trở xuống", "≥ 80"),
}


def test_a_threshold_whose_sign_was_changed_is_told(rendered: Rendered, check: Check) -> None:
    content = written_in(rendered.report(), {figure: new for figure, (new, _) in TURNED.items()})
    found = [d for d in check(content).deviations if d.kind is DeviationKind.DIFFERS]
    assert [(d.figure, d.found.removesuffix("%"), d.expected) for d in found] == [
        (figure, new.removesuffix("%"), was) for figure, (new, was) in TURNED.items()
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {
            "T10.at_least": ">= 80%",
            "T11.at_least": "Tối thiểu 50%",
            "T12.at_least": "Từ 90% trở lên",
            "T12a.at_least": "Ít nhất 85",
            "T14.at_least": "≥80",
            "T10.verdict": "Không đạt (chưa chắc chắn)",
            "T11.verdict": "Chưa có kết luận",
            "T12.verdict": "Vượt mục tiêu (chưa chắc chắn)",
        },
        {"T10.verdict": "Chưa đạt mục tiêu, chưa chắc chắn"},
        {"T10.verdict": "Chưa hoàn thành, chưa chắc"},
    ],
)
def test_other_words_for_the_same_in_a_cell_ring_nothing(
    rendered: Rendered, check: Check, cells: Mapping[str, str]
) -> None:
    assert check(written_in(rendered.report(), cells)).deviations == ()


@pytest.mark.parametrize(
    "cells", [{"T10.verdict": "Đạt", "T12.verdict": "Đạt ở 03 đơn vị"}, {"T10.verdict": "Chưa đạt"}]
)
def test_another_verdict_in_a_cell_is_told(
    rendered: Rendered, check: Check, cells: Mapping[str, str]
) -> None:
    told = check(written_in(rendered.report(), cells)).deviations
    assert {d.figure for d in told if d.kind is DeviationKind.DIFFERS} == cells.keys()


def exchange(table: etree._Element, one: int, other: int, only_header: bool) -> None:
    """Exchange two columns of a table, or no more than their headers."""
    for row in rows_of(table)[: 1 if only_header else None]:
        cells = row.findall(f"{W}tc")
        if len(cells) > other:
            texts = text_of(cells[one]), text_of(cells[other])
            set_text(cells[other], texts[0])
            set_text(cells[one], texts[1])


def test_columns_may_change_places_with_their_headers(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    exchange(table_of(report, "T10.numerator", "Phụ lục I"), 5, 6, only_header=False)
    assert check(report.content()).deviations == ()


def test_headers_that_changed_places_alone_change_every_row(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    exchange(table_of(report, "T10.numerator", "Phụ lục I"), 5, 6, only_header=True)
    found = [d for d in check(report.content()).deviations if d.kind is DeviationKind.DIFFERS]
    assert ("T10.numerator", "79.096") in {(d.figure, d.found) for d in found}


def divided(report: Report) -> etree._Element:
    """Divide the first table by unit of the annex; return its second part."""
    table = table_of(report, "T1.SNV.numerator", "Phụ lục II")
    rest = copy.deepcopy(table)
    for row in rows_of(table)[12:]:
        table.remove(row)
    for row in rows_of(rest)[3:12]:
        rest.remove(row)
    title = copy.deepcopy(report.paragraph("Bảng 1"))
    set_text(title, "Bảng 1 (tiếp)")
    table.addnext(title)
    title.addnext(rest)
    return rest


@pytest.mark.annexes
def test_a_divided_table_is_read_as_one(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    rest = divided(report)
    assert check(report.content()).deviations == ()
    row = row_with(rest, "UBND huyện Ninh Phước")
    set_text(row.findall(f"{W}tc")[3], "17")
    found = check(report.content()).deviations
    assert [d.found for d in found if d.kind is DeviationKind.DIFFERS] == ["17"]


@pytest.mark.annexes
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Sở Nông nghiệp và Môi trường", "Sở NN&MT", []),
        ("Sở Nông nghiệp và Môi trường", "Ban Dân tộc", ["tên dòng (bản lập: dòng 7 “"]),
    ],
)
def test_a_row_of_another_name_is_known_by_its_cells(
    rendered: Rendered, check: Check, old: str, new: str, told: list[str]
) -> None:
    report = rendered.report()
    row = row_with(table_of(report, "T1.SNV.numerator", "Phụ lục II"), old)
    set_text(row.findall(f"{W}tc")[1], new)
    found = check(report.content()).deviations
    assert [(d.kind, d.found[: len(said)]) for d, said in zip(found, told, strict=True)] == [
        (DeviationKind.UNKNOWN, said) for said in told
    ]
    set_text(row.findall(f"{W}tc")[3], "17")
    assert "17" in [d.found for d in check(report.content()).deviations if d.kind is DeviationKind.DIFFERS]


def test_a_column_taken_out_is_told_once_by_its_name(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for row in rows_of(table_of(report, "T10.difference", "Phụ lục I")):
        cells = row.findall(f"{W}tc")
        if len(cells) == 12:
            row.remove(cells[8])
    (found,), _ = for_reading(check(report.content()).deviations)
    assert format_deviation(found).startswith("không còn cột “Chênh lệch (điểm %)” (21 số liệu): ")


@pytest.mark.annexes
def test_a_row_is_not_named_by_the_number_that_was_changed(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    set_text(cell_of(report, "documents.2.sign", "Phụ lục IV"), "921/VPUB-KSTT")
    (found,) = check(report.content()).deviations
    assert found.place.where == "dòng 2 “Văn phòng UBND tỉnh”, cột “Số, ký hiệu”"
    assert format_deviation(found).endswith("văn bản ghi 921/VPUB-KSTT; bản lập ghi 912/VPUB-KSTT")


def test_a_decimal_point_in_a_cell_is_a_slip_of_writing(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    set_text(cell_of(report, "T10.percent", "III.2"), "79.96")
    (found,) = check(report.content()).deviations
    assert (found.kind, found.found, found.expected) == (DeviationKind.SLIP, "79.96", "79,96")


@pytest.mark.annexes
def test_a_remark_taken_off_a_verdict_in_a_cell_is_told(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    cells = (cell for _, figure, cell in report.holders() if figure["id"].endswith(".status"))
    cell = next(cell for cell in cells if text_of(cell) == "Đúng hạn; đang chỉnh lý số liệu")
    set_text(cell, "Đúng hạn")
    assert [d.found for d in check(report.content()).deviations] == ["Đúng hạn"]


@pytest.mark.annexes
def test_a_row_among_those_of_another_group_is_to_be_read_and_one_in_its_own_is_not(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    row = row_with(table_of(report, "T1.SNV.numerator", "Phụ lục II"), "Sở Tư pháp")
    row_with(row.getparent(), "Sở Công Thương").addnext(row)
    assert check(report.content()).deviations == ()
    row_with(row.getparent(), "Thuận Nam").addnext(row)
    (found,) = check(report.content()).deviations
    assert (found.kind, "“Sở Tư pháp”" in found.place.where) == (DeviationKind.REWORDED, True)
    assert (found.expected[:3], found.found[:4]) == ("I. ", "II. ")


@pytest.mark.parametrize(("cited", "n_told"), [({"1", "2"}, 2), (set(), 0)])
def test_rows_with_each_other_s_numbers_are_to_be_read_where_a_note_cites_them(
    cited: set[str], n_told: int
) -> None:
    names = ("Người được tập huấn", "Hồ sơ trực tuyến")
    heads = ("", "", "")
    printed = [
        PrintedBlock(
            TextBlock("III.2", (str(n), name, "9"), 1, heads=heads), ((), (), (FigureSpan(f"T{n}", 0, "9"),))
        )
        for n, name in enumerate(names, 1)
    ]
    edited = [
        TextBlock("III.2", (str(n), name, "9"), 1, heads=heads) for n, name in enumerate(names[::-1], 1)
    ]
    reading = FactsFound()
    read_tables(printed, edited, {"III.2": cited}, reading)
    assert [d.kind for d in reading.told] == [DeviationKind.REWORDED] * n_told


def test_a_form_taken_from_what_a_unit_is_asked_is_told_in_its_row() -> None:
    rows = (("1", "Sở Nội vụ", "Biểu 01-A, 02, 03"), ("2", "Sở Tư pháp", "Biểu 01-A, 04"), ("3", "Cộng", "5"))
    printed = [
        PrintedBlock(TextBlock("Phụ lục I", row, 1, heads=("",) * 3), ((), (), spans))
        for row, spans in zip(rows, ((), (), (FigureSpan("letter.all", 0, "5"),)), strict=True)
    ]
    edited = [TextBlock("Phụ lục I", row, 1, heads=("",) * 3) for row in rows]
    edited[0] = TextBlock("Phụ lục I", ("1", "Sở Nội vụ", "Biểu 01-A, 03"), 1, heads=("",) * 3)
    reading = FactsFound()
    read_tables(printed, edited, {}, reading)
    ((kind, was, now, where),) = [(d.kind, d.expected, d.found, d.place.where) for d in reading.told]
    assert (kind, was, now) == (DeviationKind.REWORDED, "Biểu 01-A, 02, 03", "Biểu 01-A, 03")
    assert where == "dòng 1 “Sở Nội vụ”"


@pytest.mark.parametrize(
    ("head", "told"), [("Chênh lệch (%)", True), ("Chênh lệch (so với mức)", True), ("Chênh lệch", False)]
)
def test_a_column_in_another_unit_is_told(head: str, told: bool) -> None:
    assert _is_head_of("Chênh lệch (điểm %)", head) is not told


def test_a_unit_of_count_that_another_begins_with_is_another(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    row = row_with(table_of(report, "HT.b.people", "III.3"), "lượt người")
    cell = next(cell for cell in row.findall(f"{W}tc") if text_of(cell) == "lượt người")
    set_text(cell, "người")
    assert [(d.expected, d.found) for d in check(report.content()).deviations] == [("lượt người", "người")]
