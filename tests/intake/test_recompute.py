"""Formulas are worked out again as Excel does; what can't be is left alone, whatever the engine does."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from dvctt_report.files.cells import Cell, CellKind, Sheet, Workbook, parse_address
from dvctt_report.intake import recompute
from dvctt_report.intake.recompute import Calculator, Result, Unchecked, moved

AT = Cell(20, 9, CellKind.NUMBER, Decimal(0), "0", "…")
"""Where the formula stands."""


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
    return Workbook((Sheet("01-A", "visible", placed), other))


def result(text: str) -> Result:
    made = book()
    return Calculator(made).result(made.sheets[0], AT, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUM(A1:A3)", Fraction(60)),
        ("SUM(A1,A3,2)", Fraction(42)),
        ("SUM(A1:A5)", Fraction(60)),
        ("A1+A2-A3", Fraction(0)),
        ("-A1 + 2*(A2+A3)/4", Fraction(15)),
        ("ROUND(A1/A3*100,1)", Fraction(333, 10)),
        ("ROUND(-2.5,0)", Fraction(-3)),
        ("IFERROR(A1/A2,0)", Fraction(1, 2)),
        ("IFERROR(A1/0,7)", Fraction(7)),
        ('IF(COUNT(A1:A3)<3,"",SUM(A1:A3))', Fraction(60)),
        ('IF(COUNT(A1:A4)<4,"",SUM(A1:A4))', ""),
        ('IF(COUNT(A1,A2)<2,"",IF(A1>0,A2/A1*100,""))', Fraction(200)),
        ("'Chi tiết theo xã'!G8", Fraction(5)),
        ("SUM('Chi tiết theo xã'!$G$8:G9)+A9", Fraction(5)),
        ("VLOOKUP(20,A1:A3,1,FALSE)", Fraction(20)),
        ('SUMIF(A1:A3,">15")', Fraction(50)),
        ('SUMIFS(A1:A3,A1:A3,">10",A1:A3,"<30")', Fraction(20)),
        ("SUMPRODUCT((A1:A3>10)*A1:A3)", Fraction(50)),
        ("INDEX(A1:A3,MATCH(30,A1:A3,0))", Fraction(30)),
        ("SUM('Chi tiết theo xã'!G:G)", Fraction(5)),
        ("SUM('Chi tiết theo xã'!8:8)", Fraction(5)),
        ("A1*95%", Fraction(19, 2)),
        ("A4+1", Fraction(41)),
        ("A1/0", None),
        ("SUM(A1:A6)", None),
        ("A5+1", None),
        ('"x"+1', None),
        ("A1&A2", "1020"),
    ],
)
def test_a_formula_is_worked_out_as_excel_does(text: str, expected: Result) -> None:
    assert result(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("SUM(A1:A7)", "SUM(A1", "[1]Sheet!A1", "Khác!A1", "", ")", "1..2", "KHONGCO(A1)", "SUM(TênVùng)"),
        *("TODAY()-A1", 'INDIRECT("A1")', "OFFSET(A1,1,0)", "(" * 500, "-" * 1900, "A1+" * 900 + "1"),
    ],
)
def test_what_cannot_be_worked_out_is_left_alone(text: str) -> None:
    with pytest.raises(Unchecked):
        result(text)


def test_a_formula_that_fails_spoils_no_other() -> None:
    made = book()
    calculator = Calculator(made)
    with pytest.raises(Unchecked):
        calculator.result(made.sheets[0], AT, "KHONGCO(A1)")

    assert calculator.result(made.sheets[0], AT, "SUM(A1:A3)") == 60


def test_a_panic_of_the_engine_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    class Engine:
        def add_sheet(self, _: str) -> None: ...

        def set_value(self, *_: object) -> None: ...

        def set_formula(self, *_: object) -> None:
            raise Panic

    made = book()
    with pytest.raises(Unchecked):
        Calculator(made, Engine()).result(made.sheets[0], AT, "1+1")  # type: ignore[arg-type]  # as if it were one


def test_a_cell_far_out_is_not_given_to_the_engine_which_holds_all_up_to_it() -> None:
    made = book()
    far = Cell(1_048_576, 16_384, CellKind.NUMBER, Decimal(1), "1")
    sheet = Sheet("xa", "visible", {(far.row, far.column): far})

    with pytest.raises(Unchecked):
        Calculator(Workbook((sheet, *made.sheets))).result(sheet, AT, "XFD1048576+1")
    with pytest.raises(Unchecked):
        Calculator(made).result(made.sheets[0], far, "1+1")


def test_so_many_cells_are_worked_with_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recompute, "_MOST_CELLS", 2)

    with pytest.raises(Unchecked):
        result("SUM(A1:A3)")


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("SUM(A1:A2)", "SUM(B2:B3)"),
        ("SUM($A$1:A$2,$B3)", "SUM($A$1:B$2,$B4)"),
        ("IF(A1=\"A1\",LOG10(Z9),'A1'!A1)", "IF(B2=\"A1\",LOG10(AA10),'A1'!B2)"),
    ],
)
def test_a_member_of_a_shared_formula_means_the_cells_moved_with_it(text: str, to: str) -> None:
    assert moved(text, 1, 1) == to


def test_a_cell_moved_off_the_sheet_is_none() -> None:
    assert moved("SUM(A1:A2)", -1, 0) == "SUM(#REF!:A1)"
