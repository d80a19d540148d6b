"""A number is used where its cell shows it: plain formats are known, any other is a question."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest

from dvctt_report.files import formats
from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.intake.reading import Reading
from dvctt_report.intake.values import read_value
from dvctt_report.plan.model import FieldKind
from dvctt_report.text.vietnamese import format_count
from tests.intake.test_values import WORDS
from tests.made import tabled


def read(value: int, number_format: str, kind: FieldKind = "count", unit: str = "người") -> Reading:
    cell = Cell(1, 1, CellKind.NUMBER, Decimal(value), str(value), number_format=number_format)
    return read_value(cell, kind, WORDS, unit=unit)


def asked(reading: Reading) -> str:
    """The code of the question about a cell; "" where it is used."""
    return reading.problem.code if reading.problem else ""


@tabled(("value", "code", "kind", "question"))
def test_a_number_is_used_where_it_is_shown(value: int, code: str, kind: FieldKind, question: str) -> None:
    found = read(value, code, kind, "người" if kind == "count" else "")

    assert asked(found) == question
    assert found.value == (None if question else value)
    if found.problem and question == "DL14" and value:
        assert format_count(value).replace(".", "") in found.problem.because.replace(".", "")
        assert f'"{code[:20]}'.rstrip() in found.problem.because


@tabled(("code", "question"))
def test_a_text_is_used_where_it_is_shown(code: str, question: str) -> None:
    found = read_value(Cell(1, 1, CellKind.TEXT, "120", "120", number_format=code), "count", WORDS)

    assert (asked(found), found.value) == (question, None if question else 120)


@tabled(("code", "question", "confirmed"))
def test_a_day_is_used_where_it_is_shown(code: str, question: str, confirmed: bool) -> None:
    day, serial = date(2025, 4, 3), Decimal(45750)
    cell = Cell(1, 1, CellKind.DATE, day, "03/04/2025", number_format=code, serial=serial)
    found = read_value(cell, "date", WORDS)

    assert (asked(found), found.value, found.to_confirm) == (question, None if question else day, confirmed)


@pytest.mark.parametrize("kind", ["count", "money", "percent", "date", "tick", "choice", "text"])
def test_what_is_struck_out_is_a_question_and_a_raised_sign_where_it_is_no_text(kind: FieldKind) -> None:
    struck = Cell(1, 1, CellKind.TEXT, "691", "691", mark="struck")

    raised = asked(read_value(struck._replace(mark="raised"), kind, WORDS))
    assert (asked(read_value(struck, kind, WORDS)), raised) == ("DL15", "" if kind == "text" else "DL15")


@pytest.mark.parametrize("code", ["0" * 2_000, "[" * 200_000, '"' * 200_001, "\\" * 200_001, ";" * 200_000])
def test_a_format_that_no_program_writes_shows_nothing_and_costs_nothing(code: str) -> None:
    start = time.process_time()

    assert (formats.written_beside(code, 1), formats.colours_of(code)) == (None, ())
    kinds = (formats.is_date_format, formats.is_percent_format, formats.shows_text)
    assert not any(is_so(code) for is_so in kinds)
    assert time.process_time() - start < 0.5
