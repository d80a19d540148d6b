"""Read .xlsx and .xlsm cell by cell with every fact that decides whether a figure can be used.

A streaming reader of its own on zipfile and expat: other readers show an error or a formula that was
never calculated as an empty cell, hide the number format, or hang on cells far out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import NamedTuple, TypeAlias

from dvctt_report.files.cells import (
    LAST_COLUMN,
    LAST_ROW,
    LOWEST_ROW,
    NARROWEST_COLUMN,
    UNSEEN,
    Cell,
    CellKind,
    CellValue,
    Mark,
    Range,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
    add_run,
    mark_merged,
    parse_address,
    parse_range,
    too_large,
)
from dvctt_report.files.container import damaged, missing, unopened
from dvctt_report.files.extents import FURTHEST, HEIGHT, LARGE, LETTER, ROOMY, WIDTH, Drawing, Edges, unshown
from dvctt_report.files.formats import date_text, shortest_decimal, stored_day
from dvctt_report.files.packages import Package, PackageFault, local, remembered, run_xml
from dvctt_report.files.xlsx_styles import (
    HIDING,
    OFFICE,
    Colour,
    DifferentialFormat,
    Painter,
    Style,
    Styles,
    Theme,
    colour_of,
    is_seen,
    mark_of,
    mark_varying,
    number_content,
    read_styles,
    read_theme,
)
from dvctt_report.text.limits import MAX_COLUMNS, MAX_DIGITS
from dvctt_report.text.vietnamese import format_count

TRUE = ("1", "true", "on")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DIGITS = "0123456789"
_STANDARD_WIDTH = 9.14
"""Letters of a column that doesn't state its width."""
_COLUMNS: dict[str, int] = {}
"""Column letters already met → number; at most 16,384 entries."""

_Content: TypeAlias = tuple[CellKind, CellValue, str, Decimal | None]

_new = tuple.__new__
"""Makes a Cell a third faster than its own constructor, which counts in what is called for every cell."""

_USUAL, _NO_LOOK = Style(), DifferentialFormat()

NUMBER, TEXT, BOOL, ERROR, DATE, BLANK = CellKind


class Runs:
    """The runs of a text: their letters, the first mark that one has, the colours of those with their own.

    Phonetic guides are left out.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.texts: list[str] = []
        self.mark: Mark = ""
        self.inks: set[Colour] = set()
        self.phonetic = False
        self.run_mark: Mark = ""
        self.run_ink: Colour | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "r":
                self.run_mark, self.run_ink = "", None
            case "rPh":
                self.phonetic = True
            case "strike" | "vertAlign" | "sz":
                self.run_mark = self.run_mark or mark_of(name, attributes)
            case "color":
                self.run_ink = colour_of(attributes, self.theme)

    def add(self, text: str) -> None:
        """Add the letters of a run."""
        if not self.phonetic:
            add_run(self.texts, text)
            if text.strip():
                self.mark = self.mark or self.run_mark
                self.inks.update(() if self.run_ink is None else (self.run_ink,))

    @property
    def text(self) -> str:
        return "".join(self.texts)


class Strings(NamedTuple):
    """The shared strings; marks and colours of the runs of those that have any, by number."""

    texts: tuple[str, ...] = ()
    marks: Mapping[int, Mark] = {}
    inks: Mapping[int, frozenset[Colour]] = {}


Condition: TypeAlias = tuple[tuple[Range, ...], DifferentialFormat | str]
"""Where a conditional format may hold, and the look that it then gives, or that look's number."""


class SheetPart:
    """The handlers of one sheet. expat calls them for every tag, so they do the least and in this order."""

    def __init__(
        self,
        theme: Theme,
        strings: Strings,
        styles: Styles,
        notes: Mapping[tuple[int, int], str],
        *,
        date1904: bool = False,
    ) -> None:
        self.theme = theme
        self.strings, self.marks, self.inks = strings
        self.styles, self.looks = styles
        self.date1904 = date1904
        self.default = self.styles.get("0", Style())
        self.notes = notes
        self.cells: dict[tuple[int, int], Cell] = {}
        self.shared_formulas: dict[str, str] = {}
        self.hidden_columns: set[int] = set()
        self.widths: list[tuple[int, int, float]] = []
        self.merged: list[Range] = []
        self.conditions: list[Condition] = []
        self.margins: list[str] = []
        self.hints: list[tuple[Range, str]] = []
        self.filtered = self.flat = self.without_zeros = False
        self.view = (1, 1)  # its first row and column
        self.first_shown = (1, 1)  # the same where a freeze pane holds them: nobody can scroll before them
        self.hidden_rows: set[int] = set()
        self.heights: dict[int, float] = {}
        self.n_columns = 0
        self.unusual: dict[tuple[int, int], Style] = {}
        self.rules: list[DifferentialFormat | str] = []
        self.in_scale = False
        self.areas: tuple[Range, ...] = ()
        self.painter: Painter | None = None
        self.row_hidden = False
        self.row, self.row_text, self.column = 0, "0", 0
        self.ref: str | None = None
        self.attributes: dict[str, str] = {}
        self.formula_attributes: dict[str, str] = {}
        self.value: str | None = None
        self.formula = ""
        self.inline: Runs | None = None
        self.faint: dict[tuple[int, Colour], Mark] = {}
        self.chunks: list[str] = []
        self.c, self.v, self.f, self.t, self.is_row = "c", "v", "f", "t", "row"

    def parse(self, xml: bytes, part: str) -> None:
        """Read a sheet."""
        self.part = part
        run_xml(xml, part, self.start, self.end, self.chunks.append)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self.v:
            self.chunks.clear()
        elif tag == self.c:
            ref = attributes.get("r")
            if ref is None:
                self.column = self._place(self.ref)[1] + 1
            self.ref = ref
            self.attributes = attributes
            self.value = self.inline = None
            self.formula = ""
        elif tag == self.is_row:
            self.start_row(attributes)
        elif tag == self.f:
            self.chunks.clear()
            self.formula_attributes = attributes
        elif tag == self.t:
            self.chunks.clear()
        else:
            self._start_other(tag, attributes)

    def start_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r")
        self.row = self._whole(number) if number else self.row + 1
        if not self.row:
            raise damaged(self.part)  # Excel has no row 0
        self.row_text = str(self.row)
        self.column, self.ref = 0, None
        height = attributes.get("ht")
        out_of_reach = self.row < self.first_shown[0]
        self.row_hidden = attributes.get("hidden") in TRUE or out_of_reach
        if height is not None:
            self.heights[self.row] = points = _decimal(height, LOWEST_ROW + 1)
            self.row_hidden = self.row_hidden or points <= LOWEST_ROW
        elif self.flat:
            self.row_hidden = True

    def end(self, tag: str) -> None:
        if tag == self.v:
            self.value = "".join(self.chunks)
            self.chunks.clear()
        elif tag == self.c:
            if self.value is not None or self.formula or self.inline:
                attributes = self.attributes
                self.finish_cell(attributes.get("s", "0"), attributes.get("t", "n"), self.value)
        elif tag == self.f:
            # A member of a shared formula, or a text that is not stored, is a formula as well.
            text, index = "".join(self.chunks), self.formula_attributes.get("si", "")
            if index and text:
                self.shared_formulas[index] = text
            self.formula = text or self.shared_formulas.get(index) or UNSEEN
            self.chunks.clear()
        elif tag == self.t:
            if self.inline is not None:
                self.inline.add("".join(self.chunks))
            self.chunks.clear()
        else:
            name = local(tag)
            match name:
                case "rPh" if self.inline is not None:
                    self.inline.phonetic = False
                case "sqref":
                    self.areas = _ranges("".join(self.chunks))
                    self.chunks.clear()
                case "conditionalFormatting":
                    self.conditions += ((self.areas, rule) for rule in self.rules)
                    self.rules = []
                case "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter":
                    self.margins.append("".join(self.chunks))
                    self.chunks.clear()
                case "colorScale":
                    self.in_scale = False
                case "dxf" if self.painter is not None:
                    self.rules.append(self.painter.look())
                    self.painter = None
                case _ if self.painter is not None:
                    self.painter.end(name)

    def _start_other(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        match name:
            case _ if self.painter is not None:
                self.painter.start(name, attributes)
            case "worksheet":
                prefix = tag[: -len("worksheet")]
                self.c, self.v, self.f, self.t = (prefix + name for name in "cvft")
                self.is_row = prefix + "row"
            case "is":
                self.inline = Runs(self.theme)
            case "sheetView":
                self.without_zeros = attributes.get("showZeros", "1") not in TRUE
                self.view = parse_address(attributes.get("topLeftCell", "")) or (1, 1)
            case "pane" if attributes.get("state", "").startswith("frozen"):
                row, column = self.view
                held = (row if "ySplit" in attributes else 1, column if "xSplit" in attributes else 1)
                self.first_shown = held
                self.hidden_columns.update(range(1, min(held[1], LAST_COLUMN)))
            case "dataValidation" if attributes.get("prompt"):
                hint = unescape(attributes["prompt"])
                self.hints += ((area, hint) for area in _ranges(attributes.get("sqref", ""))[:1])
            case "colorScale":
                self.in_scale = True
            case "color" if self.in_scale:
                self.rules.append(DifferentialFormat(ground=colour_of(attributes, self.theme)))
            case "r" | "rPh" | "strike" | "vertAlign" | "sz" | "color" if self.inline is not None:
                self.inline.start(name, attributes)
            case "col":
                first, last = (self._whole(attributes.get(side, "0")) for side in ("min", "max"))
                last = min(last, LAST_COLUMN)
                self.n_columns += max(last - first + 1, 0)
                if self.n_columns > MAX_COLUMNS:
                    raise too_large(f"mô tả cột chồng lên nhau, quá {format_count(MAX_COLUMNS)} cột")
                width = _decimal(attributes.get("width", ""), _STANDARD_WIDTH)
                self.widths.append((first, last, width))
                if attributes.get("hidden") in TRUE or width <= NARROWEST_COLUMN:
                    self.hidden_columns.update(range(first, last + 1))
            case "sheetFormatPr":
                low = _decimal(attributes.get("defaultRowHeight", ""), LOWEST_ROW + 1) <= LOWEST_ROW
                self.flat = low or attributes.get("zeroHeight") in TRUE
            case "conditionalFormatting":
                self.areas, self.rules = _ranges(attributes.get("sqref", "")), []
            case "cfRule" if "dxfId" in attributes:
                self.rules.append(attributes["dxfId"])
            case "iconSet" | "dataBar" if attributes.get("showValue", "1") not in TRUE:
                self.rules.append(HIDING)
            case "dxf":
                self.painter = Painter(self.theme)
            case "sqref" | "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter":
                self.chunks.clear()
            case "firstHeader" | "firstFooter":
                self.chunks.clear()
            case "mergeCell":
                if merged := parse_range(attributes.get("ref", "")):
                    self.merged.append(merged)
            case "autoFilter":
                self.filtered = True

    def _place(self, ref: str | None) -> tuple[int, int]:
        """Where the cell stands: what it says itself counts, else the cell after the one before."""
        if ref is None:
            return self.row, self.column
        column = _COLUMNS.get(ref.removesuffix(self.row_text))
        if column is not None:
            return self.row, column
        place = parse_address(ref)
        if place is None or place[0] > LAST_ROW or place[1] > LAST_COLUMN:
            raise damaged(self.part, f'ô "{ref[:20]}" không có trong Excel')
        _COLUMNS[ref.rstrip(_DIGITS)] = place[1]
        return place

    def _whole(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text[:9]) <= LAST_ROW):
            raise damaged(self.part)
        return int(text[:9])

    def finish_cell(self, style_number: str, name: str, text: str | None) -> None:
        """Keep a cell that says something: its style and type, its ``v``."""
        formula = self.formula
        style = self.styles.get(style_number, self.default)
        value: CellValue
        serial, mark = None, style[4]
        if self.inline is not None:
            inks = frozenset(self.inline.inks)
            mark = self.inline.mark or self._unseen(inks, style) or mark
        if text is None:
            kind, value, raw, serial = self._typed(name, "", style)
        elif name == "n" and style[2] and text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
            kind, value, raw = NUMBER, Decimal(text), text
        elif name == "s":
            kind = TEXT
            value = raw = self._shared(text)
            if self.marks or self.inks:  # of runs in it
                index = int(text)
                shown = (index, style.ground)
                if not (own := self.marks.get(index)) and shown not in self.faint:
                    self.faint[shown] = self._unseen(self.inks.get(index, ()), style)
                mark = own or self.faint[shown] or mark
        else:
            kind, value, raw, serial = self._typed(name, text, style)
        cached = True
        if not raw:
            if not formula:
                return
            cached = text is not None and name == "str"
            kind, value = BLANK, None
        facts = (kind, value, raw, formula, cached, style[0], style[1], serial)
        place = self._place(self.ref)
        hidden = self.row_hidden or place[1] in self.hidden_columns
        if self.row_hidden:
            self.hidden_rows.add(place[0])
        note = self.notes.get(place, "") if self.notes else ""
        self.cells[place] = _new(Cell, (*place, *facts, "", hidden, note, mark))
        if style[7]:
            self.unusual[place] = style

    @staticmethod
    def _unseen(inks: Iterable[Colour], style: Style) -> Mark:
        """The mark of letters of those colours in a cell of that style."""
        return "" if all(is_seen(ink, style.ground) for ink in inks) else "faint"

    def _shared(self, index: str) -> str:
        try:
            return self.strings[int(index)] if index[:1] != "-" else self._shared("")
        except (ValueError, IndexError):
            raise damaged("sharedStrings", f"không có chuỗi số {index[:20]}") from None

    def _typed(self, name: str, text: str, style: Style) -> _Content:
        """Kind, value, text as seen ("": nothing), number behind a date, by the cell's type."""
        if name == "n":
            return self._number(text.strip(), style)
        if name in ("str", "inlineStr"):
            text = unescape(text if self.inline is None else self.inline.text)
            return TEXT, text, text, None
        if name == "b":
            truth = text.strip() in TRUE
            return BOOL, truth, "TRUE" if truth else "FALSE" if text else "", None
        if name == "e":
            return ERROR, text, text, None
        day = stored_day(text) if name == "d" else None
        return (DATE, day, date_text(day), None) if day else (TEXT, unescape(text), unescape(text), None)

    def _number(self, text: str, style: Style) -> _Content:
        if len(text) > MAX_DIGITS or not _NUMBER.fullmatch(text):
            return TEXT, text, text, None
        number = Decimal(text)
        if len(text) > 15 and number != number.to_integral_value():
            number = shortest_decimal(float(text))
        return number_content(number, style, self.date1904)

    @property
    def edges(self) -> tuple[Edges, Edges]:
        """Where its rows begin, and its columns."""
        widths = {
            n: width * LETTER
            for first, last, width in self.widths
            for n in range(first, min(last, FURTHEST) + 1)
        }
        return Edges(self.heights, HEIGHT), Edges(widths, WIDTH)

    def sheet(self, name: str, state: SheetState) -> Sheet:
        """The sheet, once parsed."""
        mark_merged(self.cells, self.merged)
        looks = {str(number): look for number, look in enumerate(self.looks)}
        conditions = (
            (areas, looks.get(rule.lstrip("0") or "0", _NO_LOOK) if isinstance(rule, str) else rule)
            for areas, rule in self.conditions
        )

        def colours(place: tuple[int, int]) -> tuple[Colour, Colour]:
            style = self.unusual.get(place, _USUAL)
            return style.ink, style.ground

        mark_varying(self.cells, conditions, colours)
        sizes = {place: style.size for place, style in self.unusual.items() if style.size > LARGE}
        narrow = (column for column in self.widths if column[2] < ROOMY)
        widths = {n: width for first, last, width in narrow for n in range(first, last + 1)}
        return Sheet(
            name,
            state,
            self.cells,
            tuple(self.merged),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.notes,
            self.filtered,
            margins=tuple(self.margins),
            hints=tuple(self.hints),
            unshown=unshown(self.cells, widths, self.heights, sizes, self.without_zeros),
        )


def _ranges(text: str) -> tuple[Range, ...]:
    """The ranges that an ``sqref`` names."""
    return tuple(found for ref in text.split() if (found := parse_range(ref)))


def _decimal(text: str, default: float) -> float:
    """A length as the file states it; ``default`` where it states none."""
    try:
        return float(text)
    except ValueError:
        return default


def unescape(text: str) -> str:
    """Decode Excel's "_x000B_" for characters that XML cannot hold; halves of a character become "\ufffd"."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_STATES: dict[str, SheetState] = {"hidden": "hidden", "veryHidden": "very_hidden"}


def read_xlsx(data: bytes) -> Workbook:
    """Read a workbook, transitional or Strict, whatever its parts are called.

    Raises Unreadable (reason and remedy in Vietnamese) where the package or one of its parts is missing,
    hostile or too large; nothing else, whatever the bytes.
    """
    try:
        package = Package(data)
        known = (target for kind, target in package.relations("").values() if kind == "officeDocument")
        main = next((part for part in (*known, "xl/workbook.xml") if package.has(part)), None)
        if main is None:
            raise missing("xl/workbook.xml")
        relations, book = package.relations(main), _read_book(package.read(main), main)
        shared, styled, painted = (
            _part_of_kind(package, relations, kind) for kind in ("sharedStrings", "styles", "theme")
        )
        theme = read_theme(package.read(painted), painted) if painted else OFFICE
        styles = read_styles(package.read(styled), styled, theme) if styled else Styles({})
        strings = _shared_strings(package.read(shared), shared, theme) if shared else Strings()

        reader = partial(SheetPart, theme, strings, styles, date1904=book.date1904)
        sheets = tuple(_sheets(package, relations, book, reader))
    except PackageFault as fault:
        raise unopened(fault) from fault
    if not sheets:
        raise Unreadable("Tệp Excel không có sheet nào đọc được", "Đề nghị đơn vị mở lại tệp gốc và gửi lại.")
    has_macros = any(n.endswith("vbaproject.bin") for n in package.names)
    return Workbook(sheets, book.date1904, has_macros, book.by_hand)


def _part_of_kind(package: Package, relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((t for k, t in relations.values() if k == kind and package.has(t)), "")


@remembered
def _read_book(xml: bytes, part: str) -> _BookPart:
    book = _BookPart()
    run_xml(xml, part, book.start)
    return book


class _BookPart:
    """The workbook part: names, states and ids of the sheets, the date system, how it calculates."""

    def __init__(self) -> None:
        self.date1904 = self.by_hand = False
        self.sheets: list[tuple[str, SheetState, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "workbookPr":
            self.date1904 = attributes.get("date1904", "") in TRUE
        elif name == "calcPr":
            self.by_hand = attributes.get("calcMode") == "manual"
        elif name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            state = _STATES.get(attributes.get("state", ""), "visible")
            self.sheets.append((unescape(attributes.get("name", "")), state, relation))


def _sheets(
    package: Package,
    relations: Mapping[str, tuple[str, str]],
    book: _BookPart,
    reader_of: Callable[[Mapping[tuple[int, int], str]], SheetPart],
) -> Iterator[Sheet]:
    for name, state, relation in book.sheets:
        kind, part = relations.get(relation, ("", ""))
        if kind and kind != "worksheet":
            continue  # a chart sheet holds no cells
        if not package.has(part):
            raise missing(part or f"sheet {name}")
        comments = _part_of_kind(package, package.relations(part), "comments")
        reader = reader_of(_notes(package.read(comments), comments) if comments else {})
        reader.parse(package.read(part), part)
        sheet = reader.sheet(name, state)
        drawing = _part_of_kind(package, package.relations(part), "drawing")
        if drawing:
            over = Drawing(package.read(drawing), drawing)
            texts, covered = tuple(over.texts()), tuple(over.covered(*reader.edges))
            sheet = replace(sheet, n_pictures=over.n_pictures, text_boxes=texts, covered=covered)
        yield sheet


def _shared_strings(xml: bytes, part: str, theme: Theme) -> Strings:
    texts: list[str] = []
    runs: Runs | None = None  # of the string that is being read, where it isn't one plain text
    marks: dict[int, Mark] = {}
    inks: dict[int, frozenset[Colour]] = {}
    chunks: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal runs
        name = local(tag)
        if name == "t":
            chunks.clear()
        elif name == "si":
            texts.append("")
            runs = None
        elif texts:
            runs = runs or Runs(theme)
            runs.start(name, attributes)

    def end(tag: str) -> None:
        nonlocal runs
        name = local(tag)
        if name == "t" and texts:
            text = "".join(chunks)
            chunks.clear()  # a tag around this one has no text of its own
            if runs is None and not texts[-1]:
                texts[-1] = text
            elif text:
                runs = runs or Runs(theme)
                runs.add(text)
        elif name == "rPh" and runs is not None:
            runs.phonetic = False
        elif name == "si" and runs is not None:
            texts[-1] += runs.text
            if runs.mark:
                marks[len(texts) - 1] = runs.mark
            if runs.inks:
                inks[len(texts) - 1] = frozenset(runs.inks)

    run_xml(xml, part, start, end, chunks.append)
    return Strings(tuple(map(unescape, texts)), marks, inks)


def _notes(xml: bytes, part: str) -> dict[tuple[int, int], str]:
    """The notes of a sheet by (row, column)."""
    chunks: list[str] = []
    notes: dict[tuple[int, int], list[str]] = {}
    place: tuple[int, int] | None = None

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal place
        name = local(tag)
        if name == "comment":
            place = parse_address(attributes.get("ref", ""))
        elif name == "t":
            chunks.clear()

    def end(tag: str) -> None:
        if local(tag) == "t" and place:
            add_run(notes.setdefault(place, []), unescape("".join(chunks)))
            chunks.clear()

    run_xml(xml, part, start, end, chunks.append)
    return {place: "".join(runs) for place, runs in notes.items()}
