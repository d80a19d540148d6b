"""The workbook of control figures, as it is made and as it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dvctt_report.forms.control_book import COLUMNS, control_book, rows_of
from dvctt_report.intake.book import ControlBook, parse_controls
from dvctt_report.model import Control, Printed
from dvctt_report.model.period import Period
from tests.forms.fill import real
from tests.intake.edits import opened, saved
from tests.made import tabled

LETTERS = {c.name: n for n, c in enumerate(COLUMNS, 1)}
GOOD = {"total": 100, "done": 80, "cut_off": date(2025, 10, 31), "document": "CV 1"}


def typed(rows: Mapping[str, Mapping[str, Any]], change: Any = None) -> ControlBook:
    """Read the workbook with these rows filled in: "T10" is the province's, "T10 SYT" a unit's."""
    book = opened(control_book(real(), Period(2025)))
    sheet = book.active
    assert sheet is not None
    for row in range(4, sheet.max_row + 1):
        item, unit = (sheet.cell(row, LETTERS[n]).value for n in ("item", "unit"))
        for name, value in rows.get(f"{item} {unit or ''}".strip(), {}).items():
            sheet.cell(row, LETTERS[name]).value = value
    if change:
        change(sheet)
    return parse_controls(saved(book), real(), Period(2025), "so-doi-chieu.xlsx")


def test_it_asks_for_the_province_and_for_units_where_the_system_knows_them_and_says_nothing() -> None:
    asked = {(t.code, u.code if u else "") for t, u in rows_of(real(), Period(2025))}
    assert asked >= {("T10", ""), ("T10", "SYT"), ("T12", "")}
    assert ("T12", "SYT") not in asked
    assert typed({}) == ControlBook()


def test_figures_come_back_as_they_were_typed_and_fill_a_new_workbook() -> None:
    choice = {"printed": "Số đối chiếu", "reason": "đủ hơn"}
    read = typed({"T10": GOOD | choice, "T10 SYT": GOOD | {"done": None, "total": "1 200"}})
    assert read.findings == ()
    source = next(t.control.source for t in real().plan.targets if t.code == "T10" and t.control)
    day = date(2025, 10, 31)
    assert read.controls == (
        Control("T10", "", 100, 80, source, day, "CV 1", Printed.CONTROL, "đủ hơn"),
        Control("T10", "SYT", 1200, None, source, day, "CV 1"),
    )
    again = parse_controls(control_book(real(), Period(2025), read.controls), real(), Period(2025), "x.xlsx")
    assert again == read


@tabled(("row", "code", "cell"))
def test_what_can_not_be_used_is_told_with_its_cell(row: dict[str, Any], code: str, cell: str) -> None:
    read = typed({"T10": GOOD | row})
    assert read.controls == ()
    (found,) = read.findings
    assert found.at is not None
    assert (found.code, found.at.cell[0]) == (code, cell)


def test_a_choice_belongs_to_the_province_and_a_row_stands_once() -> None:
    choice = {"printed": "Số đối chiếu", "reason": "a"}
    assert [f.code for f in typed({"T10 SYT": GOOD | choice}).findings] == ["DC06"]
    unknown = GOOD | choice | {"unit": "ZZZ"}
    assert [f.code for f in typed({"T10 SYT": unknown}).findings] == ["DC02"], "told once"
    twice = typed({"T10 SYT": GOOD, "T10 SNV": GOOD | {"unit": "SYT"}})
    assert [f.code for f in twice.findings] == ["DC02"]
    assert len(twice.controls) == 1


def test_a_workbook_that_is_none_is_told() -> None:
    def rename(sheet: Any) -> None:
        sheet.title = "Khác"

    def unhead(sheet: Any) -> None:
        sheet.cell(3, LETTERS["done"]).value = "Số"

    for read in (
        parse_controls(b"x", real(), Period(2025), "x.xlsx"),
        typed({"T10": GOOD}, rename),
        typed({"T10": GOOD}, unhead),
    ):
        assert read.controls == ()
        assert [f.code for f in read.findings] == ["DC01"]
        assert "đơn vị" not in read.findings[0].fix, "the book is the office's own"
