"""Read .ods (OpenDocument): each cell's value beside the text that it shows, which is what its reader saw.

Source: OpenDocument 1.3, part 3, sections 9.1 (tables), 16.29 (styles), 19.385 (values).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from dvctt_report.file_kinds import FileKind
from dvctt_report.intake.cells import (
    Cell,
    CellKind,
    CellValue,
    Mark,
    Range,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
    mark_merged,
    too_large,
)
from dvctt_report.intake.container import REFUSALS
from dvctt_report.intake.formats import date_text, is_shown_as, number_text, serial_of, shortest_decimal
from dvctt_report.intake.package import BookPackage, local, parse_xml
from dvctt_report.limits import MAX_CELLS, MAX_DIGITS
from dvctt_report.vietnamese import format_count, parse_date_figures

_FIX = 'Mở tệp bằng Excel, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" rồi gửi lại.'
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

_REFERENCE = re.compile(r"\"[^\"]*\"|\[(?:'[^']*+'|[^'\[\]])*+\]|;")
"""What differs from Excel in a formula: references, the sign between arguments; texts go by."""
_FIGURES = re.compile(r"([-+(]?[0-9][0-9.,\s\xa0\u202f]*\)?)?\s*(.*)", re.DOTALL)


def read_ods(data: bytes) -> Workbook:
    """Read an OpenDocument workbook. Raises Unreadable (reason and remedy in Vietnamese)."""
    content = _content_part(data)
    reader = _Content()
    try:
        parse_xml(content, "content.xml", reader.start, reader.end, reader.text)
    except Unreadable as fault:
        if fault.__cause__ is None:
            raise
        raise Unreadable("Không đọc được cấu trúc bảng của tệp .ods", _FIX) from fault
    if reader.n_cells > MAX_CELLS:
        raise too_large(f"{format_count(reader.n_cells)} ô")
    if not reader.sheets:
        raise Unreadable("Tệp .ods không có sheet nào đọc được", _FIX)
    return Workbook("ods", tuple(reader.sheets), has_macros=b"<script:event-listener" in content)


def _content_part(data: bytes) -> bytes:
    """The part that holds the cells, inflated within the limits of a package."""
    package = BookPackage(data)
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"encryption-data" in package.read(manifest):
        raise Unreadable(*REFUSALS[FileKind.ENCRYPTED])
    if not package.has("content.xml"):
        raise Unreadable(*REFUSALS[FileKind.DAMAGED])
    return package.read("content.xml")


@dataclass
class _Style:
    """What a style says: the font's name, the mark it sets, whether a table of it is shown."""

    font: str = ""
    mark: Mark = ""
    shown: bool = True


@dataclass
class _Text:
    """What stands in a cell: the lines that it shows, the note pinned to it, the first mark of a run."""

    lines: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    mark: Mark = ""


_Attributes: TypeAlias = Mapping[str, str]
_PLAIN = _Style()


@dataclass
class _Table:
    """A table being read: where the next cell stands, what its columns and row say of it.

    ``n_cells`` counts every repetition of a cell; beyond what is allowed none is kept.
    """

    name: str
    shown: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    columns: list[tuple[int, str]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    n_cells: int = 0
    row: int = 1
    n_rows: int = 1
    column: int = 1
    row_hidden: bool = False
    row_style: str = ""

    def add_columns(self, said: _Attributes) -> None:
        """Take the description of the next columns: hidden or not, the style of their cells."""
        first = self.columns[-1][0] + 1 if self.columns else 1
        last = min(first + _count(said, "number-columns-repeated") - 1, _LAST_COLUMN)
        self.columns.append((last, said.get("default-cell-style-name", "")))
        if said.get("visibility", "visible") != "visible":
            self.hidden_columns.update(range(first, last + 1))

    def start_row(self, said: _Attributes) -> None:
        self.row_hidden = said.get("visibility", "visible") != "visible"
        self.row_style = said.get("default-cell-style-name", "")
        self.n_rows, self.column = _count(said, "number-rows-repeated"), 1

    def style_name(self, said: _Attributes) -> str:
        """The style of the next cell: its own, else its row's, else its column's."""
        of_column = next((style for last, style in self.columns if self.column <= last), "")
        return said.get("style-name", "") or self.row_style or of_column

    def add_cell(self, said: _Attributes, text: _Text, style: _Style) -> None:
        """Put a cell where it stands, as often as it is repeated."""
        n = _count(said, "number-columns-repeated")
        height, width = _count(said, "number-rows-spanned"), _count(said, "number-columns-spanned")
        if height * width > 1:
            area = Range(self.row, self.column, self.row + height - 1, self.column + width - 1)
            self.merged.append(area)
        content = _content(said, text.lines)
        note = "\n".join(text.note)
        if content is not None or note:
            self.n_cells += self.n_rows * n
        if self.n_cells <= MAX_CELLS and (content is not None or note):
            for row in range(self.row, self.row + self.n_rows):
                for column in range(self.column, self.column + n):
                    if note:
                        self.notes[row, column] = note
                    if content is not None:
                        self._put(row, column, content, note, _Style(style.font, text.mark or style.mark))
        self.column += n

    def _put(self, row: int, column: int, content: Cell, note: str, style: _Style) -> None:
        if self.row_hidden:
            self.hidden_rows.add(row)
        hidden = self.row_hidden or column in self.hidden_columns
        self.cells[row, column] = content._replace(
            row=row, column=column, hidden=hidden, note=note, font=style.font, mark=style.mark
        )

    def sheet(self) -> Sheet:
        """The sheet, once read."""
        mark_merged(self.cells, self.merged)
        state: SheetState = "visible" if self.shown else "hidden"
        rows, columns = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Sheet(self.name, state, self.cells, tuple(self.merged), rows, columns, self.notes)


class _Content:
    """The handlers of the part that holds styles and tables."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.n_cells = 0
        self.styles: dict[tuple[str, str], _Style] = {}
        self.style = _Style()
        self.table: _Table | None = None
        self.n_open = 0
        self.said: _Attributes = {}
        self.content = _Text()
        self.chunks: list[str] = []
        self.spans: list[Mark] = []
        self.in_cell = self.in_note = self.in_line = False

    def start(self, tag: str, attributes: _Attributes) -> None:
        said = {local(name): value for name, value in attributes.items()}
        name = local(tag)
        if self.in_cell:
            self._start_text(name, said)
        elif name == "table":
            self.n_open += 1
            if self.n_open == 1:
                style = self.styles.get(("table", said.get("style-name", "")), _PLAIN)
                self.table = _Table(said.get("name", ""), style.shown)
        elif self.table is not None:
            self._start_part(name, said)
        elif name == "style":
            self.style = self.styles.setdefault((said.get("family", ""), said.get("name", "")), _Style())
        elif name == "text-properties":
            self.style.font = said.get("font-name", "")
            self.style.mark = _mark(said)
        elif name == "table-properties":
            self.style.shown = said.get("display") != "false"

    def _start_part(self, name: str, said: _Attributes) -> None:
        """A column, a row or a cell of the table."""
        assert self.table is not None
        if name == "table-column":
            self.table.add_columns(said)
        elif name == "table-row":
            self.table.start_row(said)
        elif name in ("table-cell", "covered-table-cell"):
            self.said, self.content, self.in_cell = said, _Text(), True

    def _start_text(self, name: str, said: _Attributes) -> None:
        """What stands in a cell: lines, runs and notes."""
        if name == "annotation":
            self.in_note = True
        elif name == "p":
            self.in_line = True
            self.chunks.clear()
        elif name == "span":
            self.spans.append(self.styles.get(("text", said.get("style-name", "")), _PLAIN).mark)
        elif self.in_line and name in _SPACES:
            self.chunks.append(_SPACES[name] * _count(said, "c"))

    def text(self, chunk: str) -> None:
        """Take characters, which say something only within a line."""
        if self.in_line:
            self.chunks.append(chunk)
            if self.spans and not self.in_note and chunk.strip():
                self.content.mark = self.content.mark or self.spans[-1]

    def end(self, tag: str) -> None:
        name = local(tag)
        if self.in_cell:
            self._end_text(name)
        elif self.table is not None and name == "table-row":
            self.table.row += self.table.n_rows
        elif self.table is not None and name == "table":
            self.n_open -= 1
            if self.n_open == 0:
                self.n_cells += self.table.n_cells
                self.sheets.append(self.table.sheet())
                self.table = None

    def _end_text(self, name: str) -> None:
        if name == "p":
            (self.content.note if self.in_note else self.content.lines).append("".join(self.chunks))
            self.in_line = False
        elif name == "annotation":
            self.in_note = False
        elif name == "span":
            self.spans.pop()
        elif name in ("table-cell", "covered-table-cell"):
            assert self.table is not None
            style = self.styles.get(("table-cell", self.table.style_name(self.said)), _PLAIN)
            self.table.add_cell(self.said, self.content, style)
            self.in_cell = False


_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}


def _count(said: _Attributes, name: str) -> int:
    """A number of repetitions, or of rows or columns spanned; 1 where none is given."""
    text = said.get(name, "1")
    return min(max(int(text[:7]), 1), _LAST_ROW) if text.isascii() and text.isdigit() else 1


def _mark(said: _Attributes) -> Mark:
    struck = said.get("text-line-through-type", said.get("text-line-through-style", "none"))
    if struck != "none":
        return "struck"
    raised = said.get("text-position", "").split(" ")[0]
    return "raised" if raised not in ("", "0%") else ""


def _content(said: _Attributes, lines: Sequence[str]) -> Cell | None:
    """The cell without its place; None where it says nothing."""
    formula = _formula(said.get("formula", ""))
    kind, value, raw, number_format = _value(said, lines)
    if not raw:
        known = bool(lines) or "value-type" in said
        return Cell(0, 0, CellKind.BLANK, None, "", formula, has_cached=known) if formula else None
    serial = serial_of(value) if isinstance(value, date) else None
    return Cell(0, 0, kind, value, raw, formula, number_format=number_format, serial=serial)


def _value(said: _Attributes, lines: Sequence[str]) -> tuple[CellKind, CellValue, str, str]:
    """Kind, value, text as seen, number format as far as it can be told from what is shown."""
    shown = "\n".join(lines)
    match said.get("value-type", ""):
        case "float" | "currency" | "percentage":
            return _number(said.get("value", ""), shown, bool(lines))
        case "date":
            return _date(said.get("date-value", ""), shown)
        case "boolean":
            truth = said.get("boolean-value") == "true"
            return CellKind.BOOL, truth, "TRUE" if truth else "FALSE", "General"
        case "time":
            return CellKind.TEXT, shown, shown or said.get("time-value", ""), "General"
    if shown.startswith("#") and shown.rstrip("!?").isupper() and "formula" in said:
        return CellKind.ERROR, shown, shown, "General"
    text = shown or said.get("string-value", "")
    return CellKind.TEXT, text, text, "General"


def _number(text: str, shown: str, is_shown: bool) -> tuple[CellKind, CellValue, str, str]:
    """A number; one that shows as something else gets a format that says what it shows."""
    try:
        number = Decimal(text[: MAX_DIGITS + 1])
    except InvalidOperation:
        return CellKind.TEXT, shown, shown, "General"
    if len(text) > MAX_DIGITS or not number.is_finite() or abs(number.adjusted()) > 300:
        return CellKind.TEXT, shown, shown, "General"
    if number != number.to_integral_value():
        number = shortest_decimal(float(number))
    number_format = _number_format(number, shown) if is_shown else "General"
    return CellKind.NUMBER, number, number_text(number, number_format), number_format


def _number_format(number: Decimal, shown: str) -> str:
    figures, words = _FIGURES.fullmatch(shown.strip()).groups()  # type: ignore[union-attr]  # both may be ""
    if words == "%" and is_shown_as(number * 100, figures):
        return "0%"
    if figures and is_shown_as(number, figures) and (number < 0) == figures.startswith(("-", "(")):
        return f'0" {words}"' if words else "General"
    if number == 0 and shown.strip() and is_shown_as(number, shown):
        return "General"  # a dash
    return f'"{shown}"'


def _date(text: str, shown: str) -> tuple[CellKind, CellValue, str, str]:
    """A day; one that doesn't show as day, month, year gets a format that says which of them it shows."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return CellKind.TEXT, shown, shown, "General"
    day: date = moment if moment.time() != datetime.min.time() else moment.date()
    return CellKind.DATE, day, date_text(day), _date_format(moment, shown)


def _date_format(moment: datetime, shown: str) -> str:
    figures = parse_date_figures(shown)
    if figures is not None and figures[:2] == (moment.month, moment.day):
        return "mm/dd/yyyy" if moment.day != moment.month else "dd/mm/yyyy"
    numbers = [int(number) for number in re.findall(r"[0-9]+", shown)]
    return "dd/mm/yyyy" if not shown or moment.day in numbers else "mm/yyyy"


def _formula(text: str) -> str:
    """A formula as Excel writes it, without "=": "of:=SUM([.A1:.B2];1)" is "SUM(A1:B2,1)"."""
    prefix, _, body = text.partition("=")
    if prefix not in ("of:", "oooc:"):
        return body
    return _REFERENCE.sub(lambda match: _reference(match[0]), body)


def _reference(token: str) -> str:
    if token == ";":
        return ","
    return token if token.startswith('"') else ":".join(map(_point, re.split(r":(?=[.$'])", token[1:-1])))


def _point(text: str) -> str:
    """One end of a reference: "$'Biểu 1'.A1" is "'Biểu 1'!A1", of another file "['C:/a.ods']Biểu!A1"."""
    file, _, rest = text.rpartition("#")
    sheet, _, cell = rest.removeprefix("$").rpartition(".")
    return (f"[{file}]" if file else "") + (f"{sheet}!" if sheet else "") + cell
