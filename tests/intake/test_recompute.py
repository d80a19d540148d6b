"""Simple totals and rates are worked out again exactly; anything else is left alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from dvctt_report.intake.cells import Cell, CellKind, Sheet, Workbook, parse_address
from dvctt_report.intake.recompute import Formula, NotSimple, Result


def book() -> Workbook:
    """A1:A3 are 10, 20, 30; A4 a text number, A5 shows nothing, A6 an error, A7 never calculated."""
    contents = {"A1": "10", "A2": "20", "A3": "30"}
    cells: dict[str, tuple[CellKind, Decimal | str, str]] = {}
    for ref, number in contents.items():
        cells[ref] = (CellKind.NUMBER, Decimal(number), number)
    cells |= {"A4": (CellKind.TEXT, "40", "40"), "A6": (CellKind.ERROR, "#REF!", "#REF!")}
    placed = {}
    for ref, (kind, value, raw) in cells.items():
        place = parse_address(ref)
        assert place is not None
        placed[place] = Cell(*place, kind, value, raw)
    placed[5, 1] = Cell(5, 1, CellKind.BLANK, None, "", 'IF(A1="","",A1)', has_cached=True)
    placed[7, 1] = Cell(7, 1, CellKind.BLANK, None, "", "SUM(A1:A2)", has_cached=False)
    other = Sheet("Chi tiết theo xã", "visible", {(8, 7): Cell(8, 7, CellKind.NUMBER, Decimal(5), "5")})
    return Workbook("xlsx", (Sheet("01-A", "visible", placed), other))


def result(text: str, shift: tuple[int, int] = (0, 0)) -> Result:
    made = book()
    return Formula(made, made.sheets[0], text, shift).result()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUM(A1:A3)", Fraction(60)),
        ("SUM(A1,A3,2)", Fraction(42)),
        ("SUM(A1:A5)", Fraction(60)),
        ("A1+A2-A3", Fraction(0)),
        ("-A1 + 2*(A2+A3)/4", Fraction(15)),
        ("A1/A3*100", Fraction(100, 3)),
        ("ROUND(A1/A3*100,1)", Fraction(333, 10)),
        ("ROUND(-2.5,0)", Fraction(-3)),
        ("IFERROR(A1/A2,0)", Fraction(1, 2)),
        ('IF(COUNT(A1:A3)<3,"",SUM(A1:A3))', Fraction(60)),
        ('IF(COUNT(A1:A4)<4,"",SUM(A1:A4))', ""),
        ('IF(COUNT(A1,A2)<2,"",IF(A1>0,A2/A1*100,""))', Fraction(200)),
        ("'Chi tiết theo xã'!G8", Fraction(5)),
        ("SUM('Chi tiết theo xã'!$G$8:G9)+A9", Fraction(5)),
    ],
)
def test_a_simple_formula_is_worked_out_exactly(text: str, expected: Result) -> None:
    assert result(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A4+1",
        "A5+1",
        "SUM(A1:A6)",
        "SUM(A1:A7)",
        "A1/0",
        "VLOOKUP(A1,A1:A3,1)",
        "SUM(A1",
        "[1]Sheet!A1",
        "Khác!A1",
        "SUM(A:A)",
        "A1&A2",
        "",
        ")",
        "1..2",
        "ROUND(1,999999999)",
        "SUM(A1:ZZZ999999)",
        "(" * 500,
        '"x"+1',
        "-" * 1900,
    ],
)
def test_anything_else_is_left_alone(text: str) -> None:
    with pytest.raises(NotSimple):
        result(text)


def test_a_member_of_a_shared_formula_means_the_cells_moved_with_it() -> None:
    assert result("SUM(A1:A2)", (1, 0)) == Fraction(50)
    assert result("SUM($A$1:A2)", (1, 0)) == Fraction(60)
