"""Answers are found by their keys wherever they stand; what is gone, or stands twice, is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dvctt_report.files.container import read_workbook
from dvctt_report.forms.build import build_form
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.locate import Located, locate
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from tests.forms.fill import cells, real
from tests.intake.excel import edited as edited_parts
from tests.intake.excel import put
from tests.intake.returns import edited, written

FIGURES = "01-A số liệu"


def located(change: Callable[[Workbook], None] = lambda book: None, unit: str = "SYT") -> Located:
    data = edited(written({"T1.total": 12, "T1.done": 11}, unit), change)
    form = build_form(real(), real().roster.unit(unit), Period(2025))
    return locate(read_workbook(data), form, "a.xlsx", {i.code: i for i in real().plan.items})


def row_of(sheet: Worksheet, key: str) -> int:
    return int(next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == key))


def column_of(sheet: Worksheet, key: str) -> int:
    return int(next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == key))


def lost(found: Located) -> list[tuple[str, str]]:
    return [(table.id, key) for table, key in found.missing]


def test_every_cell_of_the_form_is_found() -> None:
    found = located()

    assert set(found.places) == set(cells(real().roster.unit("SYT"), Period(2025)))
    assert (found.missing, found.doubled) == ((), ())
    at = found.places[Key("T1", "total")].at
    assert (at.file, at.sheet, at.cell) == ("a.xlsx", FIGURES, "F8")


def test_an_empty_cell_has_an_address_too() -> None:
    place = located().places[Key("T1", "note")]

    assert place.cell is None
    assert place.at.cell == "M8"


def test_a_deleted_line_of_a_list_is_not_missed() -> None:
    def delete(book: Workbook) -> None:
        sheet = book["05-B đánh giá, kiến nghị"]
        sheet.delete_rows(row_of(sheet, "VB/3"), 20)

    assert lost(located(delete)) == []


def test_a_list_of_which_no_line_is_left_is_missing() -> None:
    def delete(book: Workbook) -> None:
        sheet = book["05-B đánh giá, kiến nghị"]
        sheet.delete_rows(row_of(sheet, "VB/1"), 30)

    assert lost(located(delete)) == [("list.VB", "")]


def copied_row(book: Workbook, change: Callable[[Worksheet, int], None]) -> None:
    sheet = book[FIGURES]
    source = row_of(sheet, "T1")
    sheet.insert_rows(source + 1)
    for cell in sheet[source]:
        sheet.cell(source + 1, cell.column, cell.value)
    change(sheet, source + 1)


def test_a_row_that_stands_twice_with_the_same_content_does_no_harm() -> None:
    found = located(lambda book: copied_row(book, lambda sheet, row: None))

    assert found.doubled == ()
    assert found.places[Key("T1", "total")].at.cell == "F8"


def test_of_three_sheets_one_that_says_otherwise_is_told() -> None:
    def copy(book: Workbook) -> None:
        book.copy_worksheet(book[FIGURES])
        sheet = book.copy_worksheet(book[FIGURES])
        sheet.cell(row_of(sheet, "T2"), column_of(sheet, "total"), 5)

    ((_, sheets),) = located(copy).rivals
    assert sheets == (FIGURES, f"{FIGURES} Copy", f"{FIGURES} Copy1")


def test_a_units_own_hash_signs_are_no_markers() -> None:
    def write(book: Workbook) -> None:
        sheet = book[FIGURES]
        sheet.cell(row_of(sheet, "T1"), column_of(sheet, "note"), "#a")
        sheet.cell(row_of(sheet, "T1"), column_of(sheet, "source"), "#parts %")

    found = located(write)

    assert found.missing == ()
    assert Key("T13", "done") in found.places


def test_unknown_keys_and_tables_are_passed_over() -> None:
    def write(book: Workbook) -> None:
        sheet = book[FIGURES]
        end = sheet.max_row
        sheet.cell(row_of(sheet, "T2"), 1, "T99")
        sheet.cell(end + 2, 1, "#khác")
        sheet.cell(end + 2, 2, "%")
        sheet.cell(end + 3, 1, "T2")
        sheet.cell(end + 3, column_of(sheet, "total"), 77)

    found = located(write)

    assert {key.item for key in found.places if key.item == "T99"} == set()
    assert found.places[Key("T2", "total")].cell is not None


def test_the_weighted_sum_is_that_of_the_form() -> None:
    # T1 stands in the 11th row of this form that has a weight: 11·12 + 7·11·11
    assert located().weighted_sum is None  # its sums were never calculated
    book = read_workbook(written({"T1.total": 12, "T1.done": 11}))
    form = build_form(real(), real().roster.unit("SYT"), Period(2025))
    items = {i.code: i for i in real().plan.items}

    weights = {
        row.key: n for n, row in enumerate((r for s in form.sheets for t in s.tables for r in t.rows), 1)
    }
    assert weights["T1"] == 11
    assert locate(book, form, "a.xlsx", items).weighted_sum == 11 * 12 + 7 * 11 * 11


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
    items = {i.code: i for i in real().plan.items}
    form = build_form(real(), real().roster.unit("SYT"), Period(2025))
    data = form_bytes(real(), real().roster.unit("SYT"), Period(2025), {Key("T1", "total"): 45_736})

    for number_format in ("0", "d-mmm", "dd/mm/yyyy"):
        book = read_workbook(edited_parts(data, put(f"{FIGURES}!F8", 45_736, fmt=number_format)))
        assert locate(book, form, "a.xlsx", items).weighted_sum == 11 * 45_736
