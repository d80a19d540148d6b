"""A column decides how its numbers group and its dates are written; the figure beside may object."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.intake.locate import Place
from dvctt_report.intake.sheets import context_of, date_order, grouping_mark
from dvctt_report.intake.values import read_value
from dvctt_report.model import CellRef, Key, State
from tests.forms.fill import real
from tests.intake.test_values import DIGITS_AND_MARKS, STRANGERS, WORDS, strictly_read
from tests.made import tabled


def typed(content: str | Decimal) -> Cell:
    if isinstance(content, Decimal):
        return Cell(1, 1, CellKind.NUMBER, content, str(content))
    return Cell(1, 1, CellKind.TEXT, content, content)


@tabled(("column", "mark"))
def test_a_column_groups_by_dots_only_where_every_number_allows_it(
    column: list[str | Decimal], mark: str
) -> None:
    assert grouping_mark(map(typed, column)) == mark


@tabled(("column", "order"))
def test_a_column_shows_its_order_of_dates_by_those_that_leave_no_doubt(
    column: list[str], order: str
) -> None:
    assert date_order(map(typed, column)) == order


@tabled(("order", "text", "day", "to_confirm"))
def test_a_date_is_read_in_the_order_of_its_column(
    order: str, text: str, day: date | None, to_confirm: bool
) -> None:
    reading = read_value(typed(text), "date", WORDS, date_order=order)  # type: ignore[arg-type]  # the table's

    assert (reading.value, reading.to_confirm) == (day, to_confirm)


def marks(rows: dict[str, tuple[str | Decimal, str | Decimal]]) -> dict[tuple[str, str], str]:
    """The marks by which rows of (total, done) in columns F and G group."""
    places = {}
    for number, (item, pair) in enumerate(rows.items(), 8):
        for letter, field, content in zip("FG", ("total", "done"), pair, strict=True):
            at = CellRef("a.xlsx", "01-A", f"{letter}{number}")
            places[Key(item, field)] = Place(at, typed(content))
    found = context_of(places, real().plan.items_by_code).marks
    return {(key.item, key.field): found.get(key, "") for key in places}


def test_each_column_speaks_for_itself() -> None:
    found = marks({"T1": ("1.234", "12,5"), "T2": ("350", "1.200")})

    assert found == {("T1", "total"): ".", ("T1", "done"): "", ("T2", "total"): ".", ("T2", "done"): ""}


def test_a_reading_that_makes_more_done_than_there_is_stays_a_question() -> None:
    found = marks({"T1": ("1.234", Decimal(1500)), "T2": ("900", "1.200"), "T13": ("1.500", "1.200")})

    assert found["T1", "total"] == found["T2", "done"] == ""
    assert found["T13", "total"] == found["T13", "done"] == "."


PIECES = st.sampled_from(DIGITS_AND_MARKS + STRANGERS)
COLUMNS = st.lists(
    st.one_of(
        st.lists(PIECES, max_size=7).map("".join),
        st.sampled_from(
            ["1.234", "2.500.000", "1,234", "1,234,567", "12,5", "350", "1.234 người", "1.234,5"]
        ),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=1000)
@given(COLUMNS)
@example(["1.234", "12,5"])
@example(["1,234", "1,234,567"])
@example(["1.234 người"])
def test_no_column_makes_a_number_that_a_vietnamese_reader_would_read_otherwise(column: list[str]) -> None:
    """One dot and three digits are thousands in a column without any fraction, and the officer is told."""
    cells = [typed(text) for text in column]
    mark = grouping_mark(cells)
    for text, cell in zip(column, cells, strict=True):
        reading = read_value(cell, "count", WORDS, grouping=mark)
        if reading.state is not State.GIVEN or reading.value == strictly_read(text):
            continue
        assert reading.to_confirm
        number = "".join(c for c in text if c in "0123456789.,０１２３４５６７８９")
        assert reading.value == int(number.replace(".", "").replace(",", ""))
        others = "".join(t for t in column if t != text)
        assert mark == "." or (mark == "," and others.count(",") >= 2)
