"""Tables of the workbook: what stands in their cells, and how they are written with XlsxWriter."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Literal, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.utility import xl_col_to_name, xl_range

from dvctt_report.forms import styles
from dvctt_report.forms.issue import result
from dvctt_report.forms.sheets import PlainSheet, fit_margin, merge, print_across
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.vietnamese import clean_text, format_count, format_date

_SAME_ROW = re.compile(r"\[@([^\]]+)\]")
_LONGEST = 32767
"""Characters that a cell of Excel holds."""
_EXACT = 10**15
"""Excel keeps fifteen digits; a longer number stays text, so that none of them changes."""
RATE = "0.00"
"""How a rate is shown."""
LONG = 1_000
"""Rows from which on a table is written as a long one: a province of 82 units has 6,000 answers."""
FORMULA_SIGNS = ("=", "+", "-", "@")

Look: TypeAlias = Literal["text", "count", "rate", "date", "centre"]


@dataclass(frozen=True, slots=True)
class Live:
    """A formula with its present result; ``[@Header]`` in it is the cell of that column in the same row."""

    formula: str
    value: int | float | str | Decimal


Cell: TypeAlias = Live | str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column; ``role`` is how the name of a figure in it ends: "percent"; None: it holds none."""

    header: str
    width: float
    look: Look = "text"
    role: str | None = None


@dataclass(frozen=True, slots=True)
class SheetKind:
    """What a sheet with one Excel table is; ``name`` is what formulas call it.

    Its figures are named "T10.SYT" by the row, ".percent" by the column: ``about`` names what a row tells by
    what stands in its columns ("{Mã}.{Mã đơn vị}"), ``codes`` are the parts of names for what stands there
    in words. ``frozen`` columns stay when it is scrolled; ``n_printed`` go on paper (None: all).
    """

    name: str
    sheet: str
    columns: tuple[SheetColumn, ...]
    about: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    frozen: int = 2
    n_printed: int | None = None

    def read(self, heads: Sequence[str], rows: Iterable[Sequence[Cell]], n: int) -> Iterator[PrintedBlock]:
        """The rows of the ``n``-th table as they are seen; its columns are known by their heads."""
        known = {column.header: column.role for column in self.columns}
        roles = [known.get(head) for head in heads]
        naming = [(head, at) for at, head in enumerate(heads) if f"{{{head}}}" in self.about]
        place, seen = f"trang “{self.sheet}”", tuple(heads)
        for row in rows:
            cells = tuple(map(_seen, row))
            about = self.about.format_map({h: self.codes.get(cells[at], cells[at]) for h, at in naming})
            figures = tuple(
                (FigureSpan(f"{about}.{role}".rstrip("."), 0, text),)
                if role is not None and any(map(str.isdigit, text))
                else ()
                for role, text in zip(roles, cells, strict=True)
            )
            yield PrintedBlock(TextBlock("Bảng tổng hợp", cells, n, place, seen), figures)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet of that kind, with its title on paper; ``rows`` may be empty."""

    kind: SheetKind
    title: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Desk:
    """The workbook being written, its formats, what its figures need said."""

    book: Any
    formats: dict[str, Any]
    notice: str


def open_desk(book: Any, notice: str) -> Desk:
    """Make the formats that every sheet uses."""
    cell = {**styles.STYLES["label"], "font_size": 10, "valign": "top", "bg_color": "#FFFFFF"}
    looks: dict[str, dict[str, Any]] = {
        "text": {},
        "quoted": {"quote_prefix": True},
        "count": {"num_format": "#,##0", "align": "right"},
        "rate": {"num_format": RATE, "align": "right"},
        "date": {"num_format": "dd/mm/yyyy", "align": "center"},
        "centre": {"align": "center"},
    }
    formats = {name: book.add_format({**cell, **look}) for name, look in looks.items()}
    live = {"bg_color": styles.GREY}
    formats |= {f"live {name}": book.add_format({**cell, **look, **live}) for name, look in looks.items()}
    formats["header"] = book.add_format({**styles.STYLES["header"], "font_size": 10})
    formats["title"] = book.add_format(styles.STYLES["section"])
    formats["note"] = book.add_format({**styles.STYLES["instruction"], "font_size": 10.5})
    formats["wrong"] = book.add_format(styles.RED)
    return Desk(book, formats, notice)


def write_table(desk: Desk, table: SheetTable, sheet: Any = None, first_row: int = 0) -> Any:
    """Write a table, its head in ``first_row``, on ``sheet`` or one of its own, below the notice."""
    if sheet is None:
        if len(table.rows) > LONG:  # number the formats of the cells so far as XlsxWriter does in the end
            rows = (row for one in desk.book.worksheets() for _, row in sorted(one.table.items()))
            for _, cell in (pair for row in rows for pair in sorted(row.items())):
                if cell.format is not None:
                    cell.format._get_xf_index()
        kind = LongSheet if len(table.rows) > LONG else PlainSheet
        sheet = desk.book.add_worksheet(table.kind.sheet, worksheet_class=kind)
        for n, column in enumerate(table.kind.columns):
            sheet.set_column(n, n, column.width)
        set_page(desk, sheet, table.title)
        sheet.freeze_panes(first_row + 1, table.kind.frozen)
        sheet.repeat_rows(0, first_row)
        if first_row:
            merge(sheet, 0, 0, len(table.kind.columns) - 1, desk.notice, desk.formats["note"])
    last = first_row + max(len(table.rows), 1)
    header = desk.formats["header"]
    columns = [{"header": column.header, "header_format": header} for column in table.kind.columns]
    options = {"name": table.kind.name, "columns": columns, "style": None}
    if table.kind.n_printed is not None:
        sheet.print_area(first_row, 0, last, table.kind.n_printed - 1)
    if isinstance(sheet, LongSheet):
        # Under its head; of all rows XlsxWriter would remember the table cell by cell.
        sheet.add_table(0, 0, 1, len(columns) - 1, options)
        whole = xl_range(0, 0, last, len(columns) - 1)
        sheet.tables[-1].update(dict.fromkeys(("range", "a_range", "autofilter"), whole))
        sheet.end_row(0)
    else:
        sheet.add_table(first_row, 0, last, len(columns) - 1, options)
    letters = {column.header: xl_col_to_name(n) for n, column in enumerate(table.kind.columns)}
    for at, row in enumerate(table.rows, first_row + 1):
        for n, (column, value) in enumerate(zip(table.kind.columns, row, strict=True)):
            _write_cell(desk, sheet, at, n, column.look, value, letters)
        if isinstance(sheet, LongSheet):
            sheet.end_row(at)
    return sheet


def _write_cell(
    desk: Desk, sheet: Any, at: int, n: int, look: Look, value: Cell, letters: Mapping[str, str]
) -> None:
    """Write what stands in row ``at``, column ``n``; ``letters`` are the columns' by their heads."""
    formats = desk.formats
    match value:
        case Live():
            formula = _SAME_ROW.sub(lambda m: f"${letters[m[1]]}{at + 1}", value.formula)
            shown = float(value.value) if isinstance(value.value, Decimal) else value.value
            sheet.write_formula(at, n, formula, formats[f"live {look}"], result(shown))
        case None | "":
            sheet.write_blank(at, n, None, formats[look])
        case date():
            sheet.write_datetime(at, n, value, formats["date"])
        case int() if abs(value) < _EXACT:
            sheet.write_number(at, n, value, formats["count"])
        case float() | Decimal():
            sheet.write_number(at, n, value, formats["rate" if look == "text" else look])
        case _:
            text = clean_text(str(value))[:_LONGEST]
            sheet.write_string(at, n, text, formats["quoted" if text.startswith(FORMULA_SIGNS) else look])


def _seen(value: Cell) -> str:
    if isinstance(value, str):
        return value
    match value:
        case Live():
            return _seen(value.value)
        case int():
            return format_count(value)
        case float() | Decimal():
            return f"{value:.2f}".replace(".", ",")
        case date():
            return format_date(value)
    return value or ""


def set_page(desk: Desk, sheet: Any, title: str) -> None:
    """Set up A4 across, as wide as the table, with the title above, notice and page number below."""
    print_across(sheet, f"&L&8{fit_margin(desk.notice)}&R&8Trang &P/&N", top=0.8)
    sheet.set_header('&C&"Times New Roman,Bold"&12' + title.replace("&", "&&"))


def columns(
    *described: tuple[str, float] | tuple[str, float, Look] | tuple[str, float, Look, str],
) -> tuple[SheetColumn, ...]:
    """Make columns of header, width in characters, look, role."""
    return tuple(SheetColumn(*one) for one in described)


def quoted(text: str) -> str:
    """Write ``text`` as a text in a formula."""
    return '"' + text.replace('"', '""') + '"'


# -------------- A sheet of very many rows: none of them stands in memory as cells, nor the sheet as one text

_AT_ONCE = 500
"""Rows that are packed together: a year of 300 communes has 14,000."""


class LongSheet(PlainSheet):
    """A worksheet that holds one table from its first row on."""

    def __init__(self) -> None:
        super().__init__()
        self._text = StringIO()
        self._packed: list[bytes] = []
        self._n_rows = 0

    @property
    def place(self) -> bytes:
        """What stands in the sheet's file where its rows are to be laid in."""
        return f"<!-- rows of sheet {self.index} -->".encode()

    def end_row(self, at: int) -> None:
        """Take the cells of a finished row for the file; the rows have to come in their order."""
        self._set_filehandle(self._text)
        cells = self.table.pop(at)
        self._write_row(at, f"1:{len(cells)}")
        for n, cell in cells.items():
            self._write_cell(at, n, cell)
        self._xml_end_tag("row")
        self._n_rows += 1
        if self._n_rows % _AT_ONCE == 0:
            self._pack()

    def _pack(self) -> None:
        self._packed.append(zlib.compress(self._text.getvalue().encode(), 1))
        self._text = StringIO()

    def pieces(self) -> Iterator[bytes]:
        """The rows as they stand in the file."""
        self._pack()
        return map(zlib.decompress, self._packed)

    def _write_rows(self) -> None:
        self.fh.write(self.place.decode())


def laid_in(book: bytes, sheets: Iterable[LongSheet]) -> bytes:
    """The file of a book with the rows of its long sheets, which it was written without."""
    left = {f"xl/worksheets/sheet{sheet.index + 1}.xml": sheet for sheet in sheets}
    out = BytesIO()
    with ZipFile(BytesIO(book)) as source, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for info in source.infolist():
            content = source.read(info)
            sheet = left.get(info.filename)
            with archive.open(info, "w") as part:
                if sheet is None:
                    part.write(content)
                    continue
                before, _, behind = content.partition(sheet.place)
                part.write(before)
                for piece in sheet.pieces():
                    part.write(piece)
                part.write(behind)
    return out.getvalue()
