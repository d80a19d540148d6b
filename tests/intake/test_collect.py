"""From bytes to returns: each code of intake speaks where it must and is silent where it must."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dvctt_report.files.container import read_workbook
from dvctt_report.forms.build import build_form
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.locate import Located, locate
from dvctt_report.intake.settle import settle
from dvctt_report.model import CellRef, Key, Return, ReturnStatus, Severity, State
from dvctt_report.model.period import Period
from tests.forms.fill import cells, real
from tests.intake.excel import edited as edited_parts
from tests.intake.excel import put
from tests.intake.returns import edited, observed, only, told, written

FIGURES = "01-A số liệu"


def located(change: Callable[[Workbook], None] = lambda book: None, unit: str = "SYT") -> Located:
    data = edited(written({"T1.total": 12, "T1.done": 11}, unit), change)
    return placed(data, unit)


def placed(data: bytes, unit: str = "SYT") -> Located:
    form = build_form(real(), real().roster.unit(unit), Period(2025))
    return locate(read_workbook(data), form, "a.xlsx", real().plan.items_by_code)


def row_of(sheet: Worksheet, key: str) -> int:
    return int(next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == key))


def column_of(sheet: Worksheet, key: str) -> int:
    return int(next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == key))


def test_every_cell_of_the_form_is_found() -> None:
    found = located()

    assert set(found.places) == set(cells(real().roster.unit("SYT"), Period(2025)))
    assert (found.missing, found.doubled) == ((), ())
    at = found.places[Key("T1", "total")].at
    assert (at.file, at.sheet, at.cell) == ("a.xlsx", FIGURES, "F8")


@pytest.mark.parametrize(("first", "lost"), [("VB/3", []), ("VB/1", [("list.VB", "")])])
def test_a_deleted_line_of_a_list_is_not_missed_but_a_list_without_any_is(
    first: str, lost: list[tuple[str, str]]
) -> None:
    def delete(book: Workbook) -> None:
        sheet = book["05-B đánh giá, kiến nghị"]
        sheet.delete_rows(row_of(sheet, first), 30)

    assert [(table.id, key) for table, key in located(delete).missing] == lost


def copied_row(book: Workbook, change: Callable[[Worksheet, int], object], key: str = "T1") -> None:
    sheet = book[FIGURES]
    source = row_of(sheet, key)
    sheet.insert_rows(source + 1)
    for cell in sheet[source]:
        sheet.cell(source + 1, cell.column, cell.value)
    change(sheet, source + 1)


def test_a_row_that_stands_twice_with_the_same_content_does_no_harm() -> None:
    found = located(lambda book: copied_row(book, lambda sheet, row: None))

    assert (found.doubled, found.places[Key("T1", "total")].at.cell) == ((), "F8")


def test_of_three_sheets_one_that_says_otherwise_is_told() -> None:
    def copy(book: Workbook) -> None:
        book.copy_worksheet(book[FIGURES])
        sheet = book.copy_worksheet(book[FIGURES])
        sheet.cell(row_of(sheet, "T2"), column_of(sheet, "total"), 5)

    ((_, sheets),) = located(copy).rivals
    assert sheets == (FIGURES, f"{FIGURES} Copy", f"{FIGURES} Copy1")
    (question,) = [f for f in changed(copy).findings if f.code == "NH46"]
    assert question.message == (
        f"các trang tính “{FIGURES}”, “{FIGURES} Copy” và “{FIGURES} Copy1” cùng khớp một bảng của biểu, "
        "số liệu khác nhau; chưa dùng số liệu ở đó"
    )


def test_a_units_own_hash_signs_keys_and_tables_are_passed_over() -> None:
    def write(book: Workbook) -> None:
        sheet = book[FIGURES]
        own, end = row_of(sheet, "T1"), sheet.max_row
        sheet.cell(own, column_of(sheet, "note"), "#a")
        sheet.cell(own, column_of(sheet, "source"), "#parts %")
        sheet.cell(row_of(sheet, "T2"), 1, "T99")
        for row, column, text in ((end + 2, 1, "#khác"), (end + 2, 2, "%"), (end + 3, 1, "T2")):
            sheet.cell(row, column, text)
        sheet.cell(end + 3, column_of(sheet, "total"), 77)

    found = located(write)

    assert {key.item for key in found.places} >= {"T13", "T2"}
    assert "T99" not in {key.item for key in found.places}
    assert found.places[Key("T2", "total")].cell is not None


def test_the_weighted_sum_is_that_of_the_form() -> None:
    # T1 stands in the 11th row of this form that has a weight: 11·12 + 7·11·11
    assert located().weighted_sum is None  # its sums were never calculated
    form = build_form(real(), real().roster.unit("SYT"), Period(2025))
    assert [row.key for s in form.sheets for t in s.tables for row in t.rows].index("T1") == 10
    assert placed(written({"T1.total": 12, "T1.done": 11})).weighted_sum == 11 * 12 + 7 * 11 * 11


@pytest.mark.parametrize("lost_key", ["%", "B8"])
def test_lost_weights_count_nothing_and_break_nothing(lost_key: str) -> None:
    def clear(book: Workbook) -> None:
        sheet = book[FIGURES]
        if lost_key == "%":
            sheet.cell(row_of(sheet, "#a"), 2, "% ")
        else:
            sheet[lost_key] = "mất"

    assert Key("T1", "total") in located(clear).places


def test_a_number_that_turned_into_a_day_counts_by_its_number_as_in_the_form() -> None:
    """SUMPRODUCT takes a day for the number behind it, so a return keeps its code."""
    data = form_bytes(real(), real().roster.unit("SYT"), Period(2025), {Key("T1", "total"): 45_736})

    for number_format in ("0", "d-mmm", "dd/mm/yyyy"):
        edit = put(f"{FIGURES}!F8", 45_736, fmt=number_format)
        assert placed(edited_parts(data, edit)).weighted_sum == 11 * 45_736


# ------------------------------ each code speaks where it must and is silent where it must

EFFECTIVE, REFUSED, SKIPPED = ReturnStatus.EFFECTIVE, ReturnStatus.REFUSED, ReturnStatus.SKIPPED
DUPLICATE, UNDECIDED = ReturnStatus.DUPLICATE, ReturnStatus.UNDECIDED


def read(data: bytes, file: str = "nhan-ve/2025/a.xlsx", year: int = 2025) -> Return:
    return read_return(file, data, real(), Period(year))


def changed(change: Callable[[Workbook], None]) -> Return:
    return read(edited(written({"T1.total": 12, "T1.done": 11}), change))


def without_row(sheet: str, key: str) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].delete_rows(row_of(book[sheet], key))


T2 = "Người trực tiếp quản trị, vận hành, khai thác hệ thống thông tin được tập huấn"


@pytest.mark.parametrize(
    ("change", "what", "item"),
    [
        (without_row(FIGURES, "T2"), f"dòng “{T2}”", "T2"),
        (without_row("02 hoạt động", "HT.b:people"), "dòng “Số lượt người dự”", "HT.b"),
        (lambda book: book[FIGURES].delete_cols(column_of(book[FIGURES], "done")), "cột “Đã thực hiện”", ""),
        (lambda book: book.remove(book["Trang ký"]), "bảng “Văn bản gửi kèm và ký xác nhận”", ""),
        (without_row("Bìa", "_:phone"), "dòng “Điện thoại liên hệ”", ""),
    ],
)
def test_what_is_gone_from_the_form_is_told(change: Callable[[Workbook], None], what: str, item: str) -> None:
    found = changed(change)

    fault = only(found)
    assert (found.status, fault.code, fault.unit, fault.item) == (EFFECTIVE, "NH09", "SYT", item)
    assert (fault.message, bool(fault.fix)) == (f"tệp không còn {what}", True)


def test_a_column_of_parts_that_is_gone_names_its_item() -> None:
    def delete(book: Workbook) -> None:
        book["Chi tiết theo xã"].delete_cols(column_of(book["Chi tiết theo xã"], "T5:done"))

    found = read(edited(written({}, "TBC"), delete))

    assert [(f.item, f.message) for f in found.findings if f.code == "NH09"] == [
        ("T5", "tệp không còn cột “Đã thực hiện”")
    ]


def test_a_row_that_stands_twice_with_other_figures_is_not_used() -> None:
    def copy(book: Workbook) -> None:
        def change(sheet: object, row: int) -> None:
            book[FIGURES].cell(row, column_of(book[FIGURES], "total"), 99)
            book[FIGURES].cell(row, column_of(book[FIGURES], "done"), 98)

        copied_row(book, change)

    found = changed(copy)

    fault = only(found)
    assert (fault.code, fault.item, fault.field) == ("NH11", "T1", "total")
    assert fault.message.startswith(
        "nội dung “Cán bộ, công chức, viên chức, người lao động được truyền thông"
    )
    assert fault.message.endswith("” có hai dòng trả lời khác nhau")
    assert [at.cell for at in (fault.at, *fault.related) if at] == ["F9", "F8"]
    assert {observed(found, f"T1.{f}").state for f in ("total", "done")} == {State.UNREADABLE}


def test_a_state_that_stands_twice_differently_is_not_applied() -> None:
    def copy(book: Workbook) -> None:
        sheet = book[FIGURES]
        row, status = row_of(sheet, "T2"), column_of(sheet, "status")
        sheet.cell(row, status, "Không phát sinh")
        copied_row(book, lambda sheet, row: sheet.cell(row, status, "Không áp dụng"), "T2")

    found = changed(copy)

    assert told(found) == [("NH11", "T2", "status")]
    assert observed(found, "T2.total").state is State.BLANK


def test_a_name_that_stands_twice_differently_is_told_of_the_form() -> None:
    def copy(book: Workbook) -> None:
        book["Bìa"].cell(row_of(book["Bìa"], "_:phone"), 5, "0259")
        book.copy_worksheet(book["Bìa"]).cell(row_of(book["Bìa"], "_:phone"), 5, "0260")

    assert only(changed(copy)).message == "nội dung “thông tin của biểu” có hai dòng trả lời khác nhau"


def returns(*files: tuple[str, bytes]) -> tuple[Return, ...]:
    return settle((read(data, name) for name, data in files), profile=real())


A = written({"T1.total": 12})
B = written({"T1.total": 13})
OTHER = written({"T1.total": 12}, "STP")


def test_two_different_files_of_one_unit_are_both_undecided() -> None:
    found = returns(("a", A), ("b", B), ("o", OTHER))

    assert [r.status for r in found] == [UNDECIDED, UNDECIDED, EFFECTIVE]
    for own, other in ((0, "b"), (1, "a")):
        fault = only(found[own])
        assert (fault.code, fault.unit, fault.severity) == ("NH06", "SYT", Severity.ERROR)
        why = "(1 ô khác), có tệp không rõ ngày gửi"
        assert fault.message == f"đơn vị có 2 tệp khác nhau {why}; tệp khác: {other}"
        assert fault.related == (CellRef(other),)


def test_a_copy_is_a_duplicate_of_a_file_but_not_of_one_that_is_skipped() -> None:
    found = returns(("a.xlsx.part", A), ("b.xlsx", A), ("c.xlsx", A))

    assert [r.status for r in found] == [SKIPPED, EFFECTIVE, DUPLICATE]
    assert (only(found[2]).message, found[2].observations) == ("giống hệt tệp b.xlsx", ())
