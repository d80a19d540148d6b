"""The reader of .xlsx gives what openpyxl gives, the same cell, the same value, but where a test says how."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dvctt_report.files.cells import Cell, CellKind, Workbook
from dvctt_report.files.container import read_workbook
from dvctt_report.files.formats import BUILTIN
from dvctt_report.files.xlsx import read_xlsx
from dvctt_report.text.resources import resource_path
from tests.forms.fill import fill
from tests.intake.conftest import SHAPES, with_a_draft
from tests.intake.edits import copied_as_values
from tests.intake.excel import Content, Raw, edited, put
from tests.intake.matrix import filled

Place: TypeAlias = tuple[str, int, int]
NOTHING = "nothing"
SAMPLE = sorted((resource_path("sample_data") / "nhan-ve").rglob("*.xlsx"))

# ------------------------------------------------------------------------------ what each one says


def ours(book: Workbook) -> dict[Place, Any]:
    """Every cell that says something by sheet and place, in the terms that both share."""
    return {
        (sheet.name, *place): shared(cell) for sheet in book.sheets for place, cell in sheet.cells.items()
    }


def shared(cell: Cell) -> Any:
    """A number as a float, a day as midnight, an error as its name."""
    match cell.kind:
        case CellKind.BLANK:
            return NOTHING
        case CellKind.NUMBER:
            assert isinstance(cell.value, Decimal)
            return float(cell.value)
        case CellKind.DATE:
            assert isinstance(cell.value, date)
            return as_moment(cell.value)
    return cell.value


def as_moment(value: date | time | timedelta) -> datetime:
    """A day as its midnight; a bare time and a span of time as Excel counts them, from the end of 1899."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0) + timedelta(seconds=round(value.microsecond / 1e6))
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, time):
        return datetime.combine(date(1899, 12, 31), value.replace(microsecond=0))
    return datetime(1899, 12, 31) + timedelta(seconds=round(value.total_seconds()))


def in_common(value: Any) -> Any:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool | str):
        return value
    if isinstance(value, date | time | timedelta):
        return as_moment(value)
    return float(value)


def of_openpyxl(data: bytes) -> dict[Place, Any]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.row, cell.column): in_common(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def differing(one: Mapping[Place, Any], other: Mapping[Place, Any]) -> dict[Place, tuple[Any, Any]]:
    """Where the two don't say the same."""
    pairs = {at: (one.get(at, NOTHING), other.get(at, NOTHING)) for at in {**one, **other}}
    return {at: pair for at, pair in pairs.items() if not same(*pair)}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) <= timedelta(seconds=1)
    return type(one) is type(other) and one == other


def agree(data: bytes) -> None:
    assert differing(ours(read_xlsx(data)), of_openpyxl(data)) == {}


# ---------------------------------------------------------------------------------- real files


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_every_cell_of_the_sample_is_what_openpyxl_reads(path: Path) -> None:
    agree(path.read_bytes())


RESAVED: dict[str, Callable[[bytes], bytes]] = {
    "as written": bytes,
    "by openpyxl": with_a_draft,
    "as values": copied_as_values,
}


@pytest.mark.parametrize("resave", RESAVED.values(), ids=RESAVED)
@pytest.mark.parametrize("code", SHAPES)
def test_every_cell_of_a_filled_form_is_what_openpyxl_reads(
    code: str, resave: Callable[[bytes], bytes]
) -> None:
    data = resave(fill(code, 1).data)
    agree(data)
    if resave is bytes:  # formulas, formats, fonts, merges and what is hidden too
        same_facts(read_xlsx(data), openpyxl.load_workbook(io.BytesIO(data)))


def same_facts(book: Workbook, theirs: openpyxl.Workbook) -> None:
    assert [s.name for s in book.sheets] == theirs.sheetnames
    for sheet, other in zip(book.sheets, theirs.worksheets, strict=True):
        assert sheet.state.replace("very_h", "veryH") == other.sheet_state
        assert {a.ref for a in sheet.merged} == {str(a) for a in other.merged_cells.ranges}
        hidden = {n for n, row in other.row_dimensions.items() if row.hidden}
        assert sheet.hidden_rows == hidden & {row for row, _ in sheet.cells}
        columns = [range(c.min, c.max + 1) for c in other.column_dimensions.values() if c.hidden]
        for cell in sheet.cells.values():
            theirs = other.cell(cell.row, cell.column)
            same_cell_facts(cell, theirs)
            in_hidden = any(cell.column in span for span in columns)
            assert cell.hidden == (cell.row in hidden or in_hidden), cell.address
            assert cell.note == (theirs.comment.text if theirs.comment else "")


def same_cell_facts(cell: Cell, other: Any) -> None:
    formula = f"={cell.formula}" if cell.formula else ""
    assert formula == (other.value if other.data_type == "f" else ""), cell.address
    assert cell.font == other.font.name
    known = {code: BUILTIN[n] for n, code in openpyxl.styles.numbers.BUILTIN_FORMATS.items() if n in BUILTIN}
    assert cell.number_format in (other.number_format, known.get(other.number_format)), cell.address


# ----------------------------------------------------------------------------- generated files

FORMATS = ("General", "#,##0", "0.00", "0%", "@", '0 "người"', "[Red]-0;0", '"ngày" 0', "# ?/?",
           "_(* #,##0_)", "0.0E+00", "General;[Blue]General", ";;;", "\\d0", "General;d", '0;"–";d/m',
           '#,##0_-;-#,##0_-;"-"??_-;@_-')  # fmt: skip
DAY_FORMATS = ("dd/mm/yyyy", "d-mmm-yy", "[$-42A]dd mmmm yyyy", "dd/mm/yyyy hh:mm", "h:mm AM/PM", "yyyy")
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
    st.sampled_from(
        ("1.234", "Sở Y tế", "  hai  dấu cách ", "một\nhai", "=1+1", "#REF!", "<c>&amp;", "0012")
    ),
)
NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=64, min_value=-1e15, max_value=1e15),
    st.sampled_from((0, 1, 0.1, 119.99999999999999, 1e300, 5e-300)),
)
DAYS = st.datetimes(datetime(1904, 1, 2), datetime(2099, 12, 31)).map(lambda d: d.replace(microsecond=0))
CONTENTS = st.one_of(
    NUMBERS,
    TEXTS,
    st.booleans(),
    DAYS,
    st.sampled_from(("#REF!", "#N/A", "#DIV/0!")).map(lambda name: ("error", name)),
    st.one_of(NUMBERS, TEXTS, st.booleans()).map(lambda cached: ("formula", cached)),
)


@dataclass(frozen=True)
class Made:
    """A sheet to be written: contents by place, with formats for numbers and for days; merges; its state."""

    cells: tuple[tuple[int, int, Any, str, str], ...]
    merges: tuple[int, ...]
    hidden: bool


SHEETS = st.builds(
    Made,
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.integers(0, 12),
            CONTENTS,
            st.sampled_from(FORMATS),
            st.sampled_from(DAY_FORMATS),
        ),
        max_size=12,
    ).map(tuple),
    st.lists(st.integers(1, 5), max_size=2, unique=True).map(tuple),
    st.booleans(),
)


def workbook(sheets: list[Made], options: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False, **options})
    formats = {code: book.add_format({"num_format": code}) for code in (*FORMATS, *DAY_FORMATS)}
    first = book.add_worksheet("Trang đầu")
    first.write(0, 0, "có")
    first.write(4, 3, "ẩn")
    first.write(5, 4, "ẩn")
    first.set_row(4, None, None, {"hidden": True})
    first.set_column(4, 4, None, None, {"hidden": True})
    first.write_comment(0, 0, "ghi chú của đơn vị")
    for n, made in enumerate(sheets):
        sheet = book.add_worksheet(f"Trang {n}")
        if made.hidden:
            sheet.hide()
        for row, column, content, code, day in sorted(
            {c[:2]: c for c in made.cells}.values(), key=lambda c: c[:2]
        ):
            match content:
                case bool():
                    sheet.write_boolean(row, column, content, formats[code])
                case datetime():
                    sheet.write_datetime(row, column, content, formats[day])
                case str():
                    sheet.write_string(row, column, content, formats[code])
                case ("error", name):
                    sheet.write_formula(row, column, "=1/0", formats[code], name)
                case ("formula", cached):
                    sheet.write_formula(row, column, "=A1", formats[code], cached)
                case _:
                    sheet.write_number(row, column, content, formats[code])
        for area in made.merges:
            sheet.merge_range(40 + area, area, 40 + area, area + 3, "gộp")
    book.close()
    return stream.getvalue()


OPTIONS = st.fixed_dictionaries({"default_date_1904": st.booleans(), "constant_memory": st.booleans()})


@settings(max_examples=60)
@given(st.lists(SHEETS, min_size=1, max_size=2), OPTIONS)
def test_every_cell_of_any_workbook_is_what_openpyxl_reads(
    sheets: list[Made], options: dict[str, Any]
) -> None:
    data = workbook(sheets, options)

    agree(data)
    same_facts(read_xlsx(data), openpyxl.load_workbook(io.BytesIO(data)))


# ------------------------------------------------------------------------------------ differences


AT = "Trang đầu", 2, 2


@pytest.mark.filterwarnings("ignore:Cell B2 is marked as a date")
@pytest.mark.parametrize(
    ("stored", "number_format", "own", "theirs"),
    [
        pytest.param(Raw("1000000000"), "dd/mm/yyyy", 1e9, "#VALUE!", id="no calendar reaches so far"),
        pytest.param(-5, "dd/mm/yyyy", -5.0, datetime(1899, 12, 25), id="nor before it began"),
        pytest.param("a_x000B_b", "", "a\x0bb", "a_x000B_b", id="Excel's escape for a control character"),
    ],
)
def test_the_readers_differ_as_it_is_written(
    stored: Content, number_format: str, own: object, theirs: object
) -> None:
    data = edited(workbook([], {}), put("Trang đầu!B2", stored, fmt=number_format))

    assert [found.get(AT, NOTHING) for found in (ours(read_xlsx(data)), of_openpyxl(data))] == [own, theirs]


# ------------------------------------------------------------------------------------ other kinds


@pytest.mark.requires("soffice")
def test_what_was_typed_is_the_same_cell_by_cell_in_xls(as_xls: bytes) -> None:
    """LibreOffice calculates formulas anew, and keeps an empty text of one as 0 in .xls."""
    before = read_xlsx(filled())
    typed = {(s.name, *at) for s in before.sheets for at, c in s.cells.items() if not c.formula}

    after = ours(read_workbook(as_xls))

    assert len(typed) > 500
    assert {at: pair for at, pair in differing(ours(before), after).items() if at in typed} == {}
