"""A number is used where its cell shows it: plain formats are known, any other is a question."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest

from dvctt_report.intake.cells import Cell, CellKind
from dvctt_report.intake.formats import (
    colours_of,
    is_date_format,
    is_percent_format,
    shows_text,
    written_beside,
)
from dvctt_report.intake.reading import Reading
from dvctt_report.intake.values import read_value
from dvctt_report.model import State
from dvctt_report.plan.model import FieldKind
from tests.intake.test_values import WORDS


def read(value: int, number_format: str, kind: FieldKind = "count", unit: str = "người") -> Reading:
    cell = Cell(1, 1, CellKind.NUMBER, Decimal(value), str(value), number_format=number_format)
    return read_value(cell, kind, WORDS, unit=unit)


PLAIN = (
    *("General", "GENERAL", "@", "0", "#", "#,##0", "#,##0.00", "0.0", "000", "# ##0", "+0", "??0"),
    *("[Red]0", "[Color10]#,##0", "[$-42A]#,##0", "0_)", "* #,##0", "**0", "#,##0;-#,##0", "0;[Red]-0"),
    *('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "#,##0_ ;\\-#,##0\\ ", "#,##0;-#,##0;0;@"),
    '_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* "-"??\\ _₫_-;_-@_-',
    *('#,##0" người"', "#,##0\\ \\n\\g\\ư\\ờ\\i", "[<1000000]0;#,##0"),
)


@pytest.mark.parametrize("code", PLAIN)
def test_a_plain_format_shows_the_number(code: str) -> None:
    found = read(31, code)

    assert (found.value, found.problem) == (31, None)


OTHERS = (
    *(
        '#,##0" nghìn"',
        '0" tr"',
        '0"K"',
        '0"00"',
        '">"0',
        '"khoảng "0',
        '"Không"',
        "0,",
        "#,##0,",
        "#,##0.0,,",
    ),
    *(
        "0.00E+00",
        "# ?/?",
        "0/100",
        "-0",
        "(0)",
        ";;;",
        "",
        "0-0",
        "[DBNum1]0",
        '0" lượt"',
        "<0",
        "*90",
        "#.##0,",
    ),
    *('#,##0" nghìn";-#,##0;0', '[>100]0;[<50]0" tr";0', '"5"', "[$₫-42A]0", "0\\0", "\\10"),
)


@pytest.mark.parametrize("code", OTHERS)
def test_any_other_format_is_a_question_with_format_and_value(code: str) -> None:
    found = read(31, code)

    assert found.state is State.UNREADABLE
    assert found.problem is not None
    assert found.problem.code == "DL14"
    assert "31" in found.problem.because
    assert f'"{code[:20]}'.rstrip() in found.problem.because


@pytest.mark.parametrize("code", ["#", "#,###", "???", "0;-0;", ";;;@", "0;0;;@", '0;0;"Không"', "#,##0;;"])
def test_a_zero_that_is_not_shown_is_a_question(code: str) -> None:
    found = read(0, code)

    assert found.problem is not None
    assert found.problem.code == "DL14"


@pytest.mark.parametrize(
    "code", ["0", "General", '#,##0;-#,##0;"-"', '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)']
)
def test_a_zero_may_be_shown_as_a_dash(code: str) -> None:
    assert read(0, code).value == 0


@pytest.mark.parametrize("code", ['#,##0" đồng"', "#,##0 [$₫-42A]", '#,##0" đ"', '#,##0\\ "VNĐ"', "#,##0"])
def test_money_may_show_its_own_unit(code: str) -> None:
    assert read(50_000_000, code, "money", "").value == 50_000_000


@pytest.mark.parametrize(
    "code", ['#,##0" triệu đồng"', "#,##0,", '#,##0" người"', "#,##0 [$$-409]", '#,##0" (1.000 đ)"']
)
def test_money_in_another_unit_is_a_question(code: str) -> None:
    problem = read(50_000_000, code, "money", "").problem

    assert problem is not None
    assert problem.code == "DL14"


@pytest.mark.parametrize("code", ["0%", "0.0%", '0" %"'])
def test_a_percentage_is_told_as_one(code: str) -> None:
    problem = read(1, code).problem

    assert problem is not None
    assert problem.code == "DL10"


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("@", ""),
        ("General", ""),
        ("#,##0", ""),
        ("0;-0;0;@", ""),
        ('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', ""),
        ('@" nghìn"', "DL14"),
        (";;;", "DL14"),
        ('0;0;0;"đã nộp"', "DL14"),
    ],
)
def test_a_text_is_used_where_it_is_shown(code: str, asked: str) -> None:
    cell = Cell(1, 1, CellKind.TEXT, "120", "120", number_format=code)
    found = read_value(cell, "count", WORDS)

    assert (found.problem.code if found.problem else "") == asked
    assert found.value == (None if asked else 120)


@pytest.mark.parametrize(
    ("code", "asked", "confirmed"),
    [
        ("dd/mm/yyyy", "", False),
        ("d/m/yy", "", False),
        ("yyyy-mm-dd", "", False),
        ("[$-42A]dd mmmm yyyy;@", "", False),
        ("dddd, d/m/yyyy", "", False),
        ("dd/mm/yyyy hh:mm", "", False),
        ("m/d/yyyy", "", True),
        ("mm\\-dd\\-yyyy", "", True),
        ("d-mmm", "", False),
        ("mmm-yy", "DL14", False),
        ("mm/yyyy", "DL14", False),
        ("yyyy", "DL14", False),
        ("h:mm", "DL14", False),
    ],
)
def test_a_day_is_used_where_it_is_shown(code: str, asked: str, confirmed: bool) -> None:
    cell = Cell(
        1, 1, CellKind.DATE, date(2025, 4, 3), "03/04/2025", number_format=code, serial=Decimal(45750)
    )
    found = read_value(cell, "date", WORDS)

    assert (found.problem.code if found.problem else "") == asked
    assert (found.value, found.to_confirm) == (None if asked else date(2025, 4, 3), confirmed)


@pytest.mark.parametrize("kind", ["count", "money", "percent", "date", "tick", "choice", "text"])
def test_what_is_struck_out_is_a_question_whatever_is_asked(kind: FieldKind) -> None:
    cell = Cell(1, 1, CellKind.TEXT, "221.996.000", "221.996.000", mark="struck")
    problem = read_value(cell, kind, WORDS).problem

    assert problem is not None
    assert problem.code == "DL15"


def test_a_raised_sign_is_a_question_in_a_number_and_none_in_a_text() -> None:
    cell = Cell(1, 1, CellKind.TEXT, "691", "691", mark="raised")
    problem = read_value(cell, "count", WORDS).problem

    assert problem is not None
    assert problem.code == "DL15"
    assert read_value(cell, "text", WORDS).value == "691"


@pytest.mark.parametrize("code", ["0" * 2_000, "[" * 200_000, '"' * 200_001, "\\" * 200_001, ";" * 200_000])
def test_a_format_that_no_program_writes_shows_nothing_and_costs_nothing(code: str) -> None:
    start = time.process_time()

    assert written_beside(code, 1) is None
    assert not is_date_format(code)
    assert not is_percent_format(code)
    assert not shows_text(code)
    assert colours_of(code) == ()
    assert time.process_time() - start < 0.5
