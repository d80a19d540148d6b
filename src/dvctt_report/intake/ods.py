"""Read .ods (OpenDocument): each cell's value beside the text that it shows, which is what its reader saw.

Source: OpenDocument 1.3, part 3, sections 9.1 (tables), 16.29 (styles), 19.385 (values).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from dvctt_report.file_kinds import FileKind
from dvctt_report.intake.cells import (
    LAST_COLUMN,
    LAST_ROW,
    LOWEST_ROW,
    NARROWEST_COLUMN,
    Cell,
    CellKind,
    CellValue,
    Mark,
    Range,
    Sheet,
    SheetState,
    TextBox,
    Unreadable,
    Workbook,
    mark_merged,
    parse_address,
    parse_range,
    too_large,
)
from dvctt_report.intake.container import REFUSALS
from dvctt_report.intake.extents import LETTER, Extents
from dvctt_report.intake.formats import (
    date_text,
    is_shown_as,
    number_text,
    serial_of,
    stored_day,
    stored_number,
)
from dvctt_report.intake.ods_styles import OdsStyle, OdsStyles, points
from dvctt_report.intake.package import BookPackage, local, parse_xml
from dvctt_report.intake.paint import is_seen
from dvctt_report.intake.xlsx_styles import DifferentialFormat, mark_varying
from dvctt_report.limits import MAX_CELLS
from dvctt_report.vietnamese import format_count, parse_date_figures

_FIX = 'Mở tệp bằng Excel, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" rồi gửi lại.'

_REFERENCE = re.compile(r"\"[^\"]*\"|\[(?:'[^']*+'|[^'\[\]])*+\]|;")
"""What differs from Excel in a formula: references, the sign between arguments; texts go by."""
_AREA = re.compile(
    r"\.(\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?:'[^']*+'|[^'.\s])*+\.(\$?[A-Z]{1,3}\$?[0-9]{1,7}))?"
)
_FIGURES = re.compile(r"([-+(]?[0-9][0-9.,\s\xa0\u202f]*\)?)?\s*(.*)", re.DOTALL)


def read_ods(data: bytes) -> Workbook:
    """Read an OpenDocument workbook. Raises Unreadable (reason and remedy in Vietnamese)."""
    package = BookPackage(data)
    content = _content_part(package)
    reader = _Content()
    if package.has("styles.xml"):
        styles = reader.styles
        parse_xml(package.read("styles.xml"), "styles.xml", styles.start, styles.end, styles.text)
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


def _content_part(package: BookPackage) -> bytes:
    """The part that holds the cells, inflated within the limits of a package."""
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"encryption-data" in package.read(manifest):
        raise Unreadable(*REFUSALS[FileKind.ENCRYPTED])
    if not package.has("content.xml"):
        raise Unreadable(*REFUSALS[FileKind.DAMAGED])
    return package.read("content.xml")


_Attributes: TypeAlias = Mapping[str, str]
_SHAPES: Final = (
    *("frame", "custom-shape", "rect", "g", "line", "polyline", "path", "connector", "ellipse", "circle"),
    *("polygon", "control", "caption"),
)


@dataclass
class _Text:
    """What stands in a cell: the lines that it shows, the note pinned to it, what its runs look like."""

    lines: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    runs: list[OdsStyle] = field(default_factory=list)

    def mark(self, face: OdsStyle) -> Mark:
        """The first mark of a run, else the cell's; letters of its ground's colour are none."""
        own = next((run.mark for run in self.runs if run.mark), face.mark)
        inks = {face.ink, *(run.own_ink for run in self.runs if run.own_ink is not None)}
        return own or ("" if all(is_seen(ink, face.ground) for ink in inks) else "faint")


@dataclass
class _Shape:
    """Something drawn over the cells: what is said of it and the cell that it hangs on."""

    said: _Attributes
    at: tuple[int, int] | None
    lines: list[str] = field(default_factory=list)


@dataclass
class _Table:
    """A table being read: where the next cell stands, what its columns and row say of it.

    ``n_cells`` counts every repetition of a cell; beyond what is allowed none is kept.
    """

    name: str
    styles: OdsStyles
    face: OdsStyle
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    columns: list[tuple[int, str]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    shapes: list[_Shape] = field(default_factory=list)
    areas: tuple[Range, ...] = ()
    conditions: list[tuple[Range, DifferentialFormat]] = field(default_factory=list)
    faces: dict[tuple[int, int], OdsStyle] = field(default_factory=dict)
    n_pictures: int = 0
    n_cells: int = 0
    row: int = 1
    n_rows: int = 1
    column: int = 1
    row_hidden: bool = False
    row_style: str = ""

    def add_columns(self, said: _Attributes) -> None:
        """Take the description of the next columns: hidden or not, the style of their cells."""
        first = self.columns[-1][0] + 1 if self.columns else 1
        last = min(first + _count(said, "number-columns-repeated") - 1, LAST_COLUMN)
        self.columns.append((last, said.get("default-cell-style-name", "")))
        face = self.styles.of("table-column", said.get("style-name", ""))
        if (width := points(face.said.get("column-width", ""))) is not None:
            self.widths.append((first, last, width))
        narrow = face.is_flat("column-width", NARROWEST_COLUMN * LETTER)
        if narrow or said.get("visibility", "visible") != "visible":
            self.hidden_columns.update(range(first, last + 1))

    def start_row(self, said: _Attributes) -> None:
        face = self.styles.of("table-row", said.get("style-name", ""))
        flat = face.is_flat("row-height", LOWEST_ROW)
        self.row_hidden = flat or said.get("visibility", "visible") != "visible"
        self.row_style = said.get("default-cell-style-name", "")
        self.n_rows, self.column = _count(said, "number-rows-repeated"), 1
        if (height := points(face.said.get("row-height", ""))) is not None:
            self.heights.update(dict.fromkeys(range(self.row, self.row + min(self.n_rows, 100)), height))

    def style_name(self, said: _Attributes) -> str:
        """The style of the next cell: its own, else its row's, else its column's."""
        of_column = next((style for last, style in self.columns if self.column <= last), "")
        return said.get("style-name", "") or self.row_style or of_column

    def add_cell(self, said: _Attributes, text: _Text, face: OdsStyle) -> None:
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
                        self._put(row, column, content, note, face, text.mark(face))
        self.column += n

    def _put(self, row: int, column: int, content: Cell, note: str, face: OdsStyle, mark: Mark) -> None:
        if self.row_hidden:
            self.hidden_rows.add(row)
        hidden = self.row_hidden or column in self.hidden_columns
        self.faces[row, column] = face
        self.cells[row, column] = content._replace(
            row=row, column=column, hidden=hidden, note=note, font=face.font, mark=mark
        )

    def sheet(self) -> Sheet:
        """The sheet, once read."""
        mark_merged(self.cells, self.merged)
        mark_varying(self.cells, self.conditions, lambda at: (self.faces[at].ink, self.faces[at].ground))
        state: SheetState = "hidden" if self.face.said.get("display") == "false" else "visible"
        rows, columns = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        extents = Extents(self.heights, self.widths)
        return Sheet(
            self.name,
            state,
            self.cells,
            tuple(self.merged),
            rows,
            columns,
            self.notes,
            n_pictures=self.n_pictures,
            text_boxes=tuple(
                TextBox(text, *(one.at or (1, 1)))
                for one in self.shapes
                if (text := "\n".join(one.lines).strip())
            ),
            covered=tuple(area for one in self.shapes if (area := self._under(one, extents)) is not None),
            margins=tuple(self.styles.margins.get(self.face.said.get("master-page-name", ""), ())),
        )

    def _under(self, shape: _Shape, extents: Extents) -> Range | None:
        """The cells that a shape hides; one without a fill, and without a picture, hides none."""
        face = self.styles.of("graphic", shape.said.get("style-name", ""))
        if face.said.get("fill") == "none" and "picture" not in shape.said:
            return None
        row, column = shape.at or (1, 1)
        x, y, width, height = (
            points(shape.said.get(name, "")) or 0.0 for name in ("x", "y", "width", "height")
        )
        top, left = extents.top(row) + y, extents.left(column) + x
        end = parse_address(shape.said.get("end-cell-address", "").rpartition(".")[2])
        if end is None:
            return extents.under(top, left, top + height, left + width)
        x, y = (points(shape.said.get(name, "")) or 0.0 for name in ("end-x", "end-y"))
        return extents.under(top, left, extents.top(end[0]) + y, extents.left(end[1]) + x)


class _Content:
    """The handlers of the part that holds styles and tables."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.n_cells = 0
        self.styles = OdsStyles()
        self.table: _Table | None = None
        self.n_open = 0
        self.said: _Attributes = {}
        self.content = _Text()
        self.chunks: list[str] = []
        self.spans: list[OdsStyle] = []
        self.n_shapes = 0
        self.in_cell = self.in_note = self.in_line = self.on_page = False

    def start(self, tag: str, attributes: _Attributes) -> None:
        said = {local(name): value for name, value in attributes.items()}
        name = local(tag)
        if self.in_cell or self.on_page:
            self._start_text(name, said)
        elif name == "table":
            self.n_open += 1
            if self.n_open == 1:
                face = self.styles.of("table", said.get("style-name", ""))
                self.table = _Table(said.get("name", ""), self.styles, face)
        elif self.table is not None:
            self._start_part(name, said)
        else:
            self.styles.start(tag, attributes)

    def _start_part(self, name: str, said: _Attributes) -> None:
        """A column, a row or a cell of the table."""
        assert self.table is not None
        if name == "table-column":
            self.table.add_columns(said)
        elif name == "table-row":
            self.table.start_row(said)
        elif name in ("table-cell", "covered-table-cell"):
            self.said, self.content, self.in_cell = said, _Text(), True
        elif name == "shapes":
            self.on_page = True
        elif name == "conditional-format":
            self.table.areas = tuple(_areas(said.get("target-range-address", "")))
        elif name == "condition":
            look = self.styles.look(said.get("apply-style-name", ""))
            self.table.conditions += ((area, look) for area in self.table.areas)

    def _start_text(self, name: str, said: _Attributes) -> None:
        """What stands in a cell: lines, runs, notes, and the shapes that hang on it."""
        assert self.table is not None
        if name == "annotation":
            self.in_note = True
        elif name in _SHAPES and not self.in_note:
            if not self.n_shapes:
                at = (self.table.row, self.table.column) if self.in_cell else None
                self.table.shapes.append(_Shape(dict(said), at))
            self.n_shapes += 1
        elif name == "image" and self.n_shapes:
            self.table.n_pictures += 1
            self.table.shapes[-1].said = {**self.table.shapes[-1].said, "picture": ""}
        elif name == "p":
            self.in_line = True
            self.chunks.clear()
        elif name == "span":
            self.spans.append(self.styles.of("text", said.get("style-name", "")))
        elif self.in_line and name in _SPACES:
            self.chunks.append(_SPACES[name] * _count(said, "c"))

    def text(self, chunk: str) -> None:
        """Take characters, which say something only within a line."""
        if self.in_line:
            self.chunks.append(chunk)
            if self.spans and not self.in_note and not self.n_shapes and chunk.strip():
                self.content.runs.append(self.spans[-1])
        elif self.table is None:
            self.styles.text(chunk)

    def end(self, tag: str) -> None:
        name = local(tag)
        if self.in_cell or self.on_page:
            self._end_text(name)
        elif self.table is not None and name == "table-row":
            self.table.row += self.table.n_rows
        elif self.table is not None and name == "table":
            self.n_open -= 1
            if self.n_open == 0:
                self.n_cells += self.table.n_cells
                self.sheets.append(self.table.sheet())
                self.table = None
        elif self.table is None:
            self.styles.end(tag)

    def _end_text(self, name: str) -> None:
        assert self.table is not None
        if name == "p":
            into = self.content.note if self.in_note else self.content.lines
            if self.n_shapes and not self.in_note:
                into = self.table.shapes[-1].lines
            into.append("".join(self.chunks))
            self.in_line = False
        elif name == "annotation":
            self.in_note = False
        elif name in _SHAPES and not self.in_note:
            self.n_shapes -= 1
        elif name == "span":
            self.spans.pop()
        elif name == "shapes":
            self.on_page = False
        elif name in ("table-cell", "covered-table-cell"):
            face = self.styles.of("table-cell", self.table.style_name(self.said))
            self.table.add_cell(self.said, self.content, face)
            self.in_cell = False


def _areas(text: str) -> Iterator[Range]:
    """The ranges of a sheet that are named, with its name before each corner: "'Biểu 1'.B2:'Biểu 1'.C3"."""
    for first, last in _AREA.findall(text):
        if area := parse_range(f"{first}:{last or first}"):
            yield area


_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}


def _count(said: _Attributes, name: str) -> int:
    """A number of repetitions, or of rows or columns spanned; 1 where none is given."""
    text = said.get(name, "1")
    return min(max(int(text[:7]), 1), LAST_ROW) if text.isascii() and text.isdigit() else 1


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
    number = stored_number(text)
    if number is None:
        return CellKind.TEXT, shown, shown, "General"
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
    day = stored_day(text)
    if day is None:
        return CellKind.TEXT, shown, shown, "General"
    return CellKind.DATE, day, date_text(day), _date_format(day, shown)


def _date_format(day: date, shown: str) -> str:
    figures = parse_date_figures(shown)
    if figures is not None and figures[:2] == (day.month, day.day):
        return "mm/dd/yyyy" if day.day != day.month else "dd/mm/yyyy"
    numbers = [int(number) for number in re.findall(r"[0-9]+", shown)]
    return "dd/mm/yyyy" if not shown or day.day in numbers else "mm/yyyy"


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
