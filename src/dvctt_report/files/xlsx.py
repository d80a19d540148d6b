"""Read .xlsx and .xlsm cell by cell with every fact that decides whether a figure can be used.

A streaming reader of its own on zipfile and expat: other readers show an error or a formula that was
never calculated as an empty cell, hide the number format, or hang on cells far out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from xml.etree.ElementTree import Element, TreeBuilder

from dvctt_report.files import cells, extents
from dvctt_report.files import xlsx_styles as looks
from dvctt_report.files.cells import Cell, CellKind, CellValue, Mark, Range, Unreadable, too_large
from dvctt_report.files.container import damaged, missing, unopened
from dvctt_report.files.formats import date_text, shortest_decimal
from dvctt_report.files.packages import Package, PackageFault, local, read_tree, run_xml
from dvctt_report.files.xlsx_styles import Colour, DifferentialFormat, Style, Theme, is_seen, number_content
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

NUMBER, TEXT, BOOL, ERROR, DATE, BLANK = CellKind


class RichText(NamedTuple):
    """A text, the first mark that one of its runs has, the colours of those with their own."""

    text: str
    mark: Mark
    inks: frozenset[Colour]


def rich_text(tree: Element, theme: Theme) -> RichText:
    """The text of a shared string or of a cell; phonetic guides are left out. Raises Unreadable."""
    if len(tree) == 1 and tree[0].tag == "t" and not len(tree[0]):  # as nearly all are
        return RichText(unescape(tree[0].text or ""), "", frozenset())
    guides = {letters for guide in tree.iter("rPh") for letters in guide.iterfind("t")}
    runs: list[str] = []
    mark: Mark = ""
    inks: set[Colour] = set()
    own_mark: Mark = ""
    own_ink: Colour | None = None
    for node in tree.iter():
        match node.tag:
            case "r":
                own_mark, own_ink = "", None
            case "strike" | "vertAlign" | "sz":
                own_mark = own_mark or looks.mark_of(node.tag, node.attrib)
            case "color":
                own_ink = looks.colour_of(node.attrib, theme)
            case "t" if node.text and node not in guides:
                runs.append(node.text)
                if node.text.strip():
                    mark = mark or own_mark
                    inks.update(() if own_ink is None else (own_ink,))
    return RichText(unescape(cells.joined(runs)), mark, frozenset(inks))


class SheetPart:
    """The handlers of one sheet. expat calls them for every tag, so they do the least and in this order.

    Rows, cells, values and formulas are read as they come; all else is kept as a tree, of which what stands
    before the cells is read when they begin.
    """

    def __init__(
        self,
        part: str,
        theme: Theme,
        strings: Sequence[RichText],
        styles: looks.Styles,
        notes: Mapping[tuple[int, int], str],
        *,
        date1904: bool = False,
    ) -> None:
        self.part, self.theme = part, theme
        self.strings = strings
        self.styles, self.looks = styles
        self.date1904 = date1904
        self.default = self.styles.get("0", Style())
        self.notes = notes
        self.cells: dict[tuple[int, int], Cell] = {}
        self.shared_formulas: dict[str, str] = {}
        self.hidden_columns: set[int] = set()
        self.widths: list[tuple[int, int, float]] = []
        self.flat = self.without_zeros = False
        self.first_row = 1  # of those shown: a freeze pane may hold them, so that nobody can scroll before it
        self.hidden_rows: set[int] = set()
        self.heights: dict[int, float] = {}
        self.unusual: dict[tuple[int, int], Style] = {}
        self.row_hidden = False
        self.row, self.row_text, self.column = 0, "0", 0
        self.ref: str | None = None
        self.attributes: dict[str, str] = {}
        self.formula_attributes: dict[str, str] = {}
        self.value: str | None = None
        self.formula = ""
        self.inline: RichText | None = None
        self.chunks: list[str] = []
        self.root = Element("none")
        self.page = self.tree = TreeBuilder()
        self.text_in_cell: Element | None = None
        self.c, self.v, self.f, self.is_row = "c", "v", "f", "row"

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
            number = attributes.get("r")
            self.row = self._whole(number) if number else self.row + 1
            if not self.row:
                raise damaged(self.part)  # Excel has no row 0
            self.row_text = str(self.row)
            self.column, self.ref = 0, None
            height = attributes.get("ht")
            self.row_hidden = attributes.get("hidden") in TRUE or self.row < self.first_row
            if height is not None:
                self.heights[self.row] = points = looks.float_of(height, cells.LOWEST_ROW + 1)
                self.row_hidden = self.row_hidden or points <= cells.LOWEST_ROW
            elif self.flat:
                self.row_hidden = True
        elif tag == self.f:
            self.chunks.clear()
            self.formula_attributes = attributes
        else:
            name = local(tag)
            begins_text = name == "is" and self.tree is self.page
            if begins_text:
                self.tree = TreeBuilder()
            if self.chunks:
                self.tree.data("".join(self.chunks))
                self.chunks.clear()
            element = self.tree.start(name, attributes)
            if begins_text:
                self.text_in_cell = element
            elif name == "worksheet":
                self.root, prefix = element, tag[: -len(name)]
                self.c, self.v, self.f, self.is_row = (prefix + own for own in ("c", "v", "f", "row"))
            elif name == "sheetData":
                self.read_head()

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
            self.formula = text or self.shared_formulas.get(index) or cells.UNSEEN
            self.chunks.clear()
        elif tag != self.is_row:
            if self.chunks:
                self.tree.data("".join(self.chunks))
                self.chunks.clear()
            element = self.tree.end(local(tag))
            if element is self.text_in_cell:
                self.inline, self.tree = rich_text(element, self.theme), self.page

    def read_head(self) -> None:
        """Take what stands before the cells and tells which of them are hidden."""
        for view in self.root.iter("sheetView"):
            self.without_zeros = view.get("showZeros", "1") not in TRUE
            row, column = cells.parse_address(view.get("topLeftCell", "")) or (1, 1)
            for pane in view.iterfind("pane"):
                if pane.get("state", "").startswith("frozen"):
                    self.first_row = row if "ySplit" in pane.attrib else 1
                    held = column if "xSplit" in pane.attrib else 1
                    self.hidden_columns.update(range(1, min(held, cells.LAST_COLUMN)))
        for usual in self.root.iter("sheetFormatPr"):
            low = looks.float_of(usual.get("defaultRowHeight", ""), cells.LOWEST_ROW + 1) <= cells.LOWEST_ROW
            self.flat = low or usual.get("zeroHeight") in TRUE
        n_columns = 0
        for columns in self.root.iter("col"):
            first, last = (self._whole(columns.get(side, "0")) for side in ("min", "max"))
            last = min(last, cells.LAST_COLUMN)
            n_columns += max(last - first + 1, 0)
            if n_columns > MAX_COLUMNS:
                raise too_large(f"mô tả cột chồng lên nhau, quá {format_count(MAX_COLUMNS)} cột")
            width = looks.float_of(columns.get("width", ""), _STANDARD_WIDTH)
            self.widths.append((first, last, width))
            if columns.get("hidden") in TRUE or width <= cells.NARROWEST_COLUMN:
                self.hidden_columns.update(range(first, last + 1))

    def _place(self, ref: str | None) -> tuple[int, int]:
        """Where the cell stands: what it says itself counts, else the cell after the one before."""
        if ref is None:
            return self.row, self.column
        column = _COLUMNS.get(ref.removesuffix(self.row_text))
        if column is not None:
            return self.row, column
        place = cells.parse_address(ref)
        if place is None or place[0] > cells.LAST_ROW or place[1] > cells.LAST_COLUMN:
            raise damaged(self.part, f'ô "{ref[:20]}" không có trong Excel')
        _COLUMNS[ref.rstrip(_DIGITS)] = place[1]
        return place

    def _whole(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text[:9]) <= cells.LAST_ROW):
            raise damaged(self.part)
        return int(text[:9])

    def finish_cell(self, style_number: str, name: str, text: str | None) -> None:
        """Keep a cell that says something: its style and type, its ``v``."""
        formula = self.formula
        style = self.styles.get(style_number, self.default)
        value: CellValue
        serial, mark = None, style[4]
        if self.inline is not None:
            mark = self.inline.mark or _unseen(self.inline.inks, style.ground) or mark
        if text is None:
            kind, value, raw, serial = self._typed(name, "", style)
        elif name == "n" and style[2] and text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
            kind, value, raw = NUMBER, Decimal(text), text
        elif name == "s":
            kind = TEXT
            try:
                index = int(text) if text[:1] != "-" else len(self.strings)
                value, own, inks = self.strings[index]
            except (ValueError, IndexError):
                raise damaged("sharedStrings", f"không có chuỗi số {text[:20]}") from None
            raw = value
            if own or inks:  # of runs in it
                mark = own or _unseen(inks, style.ground) or mark
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

    def _typed(self, name: str, text: str, style: Style) -> _Content:
        """Kind, value, text as seen ("": nothing), number behind a date, by the cell's type."""
        if name == "n":
            text = text.strip()
            if len(text) > MAX_DIGITS or not _NUMBER.fullmatch(text):
                return TEXT, text, text, None
            number = Decimal(text)
            if len(text) > 15 and number != number.to_integral_value():
                number = shortest_decimal(float(text))
            return number_content(number, style, self.date1904)
        if name in ("str", "inlineStr"):
            text = unescape(text) if self.inline is None else self.inline.text
            return TEXT, text, text, None
        if name == "b":
            truth = text.strip() in TRUE
            return BOOL, truth, "TRUE" if truth else "FALSE" if text else "", None
        if name == "e":
            return ERROR, text, text, None
        with suppress(ValueError):  # a day, or a day and time, as ISO text
            moment = datetime.fromisoformat(text.strip() if name == "d" else "")
            day = moment if moment.time() != datetime.min.time() else moment.date()
            return DATE, day, date_text(day), None
        return TEXT, unescape(text), unescape(text), None

    def sheet(self, name: str, state: cells.SheetState, drawing: tuple[bytes, str] | None) -> cells.Sheet:
        """The sheet, once parsed; ``drawing``: what lies over it, and the name of that part."""
        root = self.root
        merged = [area for m in root.iter("mergeCell") if (area := cells.parse_range(m.get("ref", "")))]
        cells.mark_merged(self.cells, merged)
        looks.mark_varying(self.cells, self._conditions(), self.unusual)
        sizes = {place: style.size for place, style in self.unusual.items() if style.size > extents.LARGE}
        narrow = (column for column in self.widths if column[2] < extents.ROOMY)
        widths = {n: width for first, last, width in narrow for n in range(first, last + 1)}
        n_pictures = 0
        boxes: tuple[cells.TextBox, ...] = ()
        covered: tuple[Range, ...] = ()
        if drawing is not None:
            points = {
                n: width * extents.LETTER
                for first, last, width in self.widths
                for n in range(first, min(last, extents.FURTHEST) + 1)
            }
            edges = extents.Edges(self.heights, extents.HEIGHT), extents.Edges(points, extents.WIDTH)
            n_pictures, boxes, covered = extents.read_drawing(*drawing, *edges)
        return cells.Sheet(
            name,
            state,
            self.cells,
            tuple(merged),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.notes,
            root.find(".//autoFilter") is not None,
            n_pictures,
            boxes,
            covered,
            margins=tuple(margin.text or "" for margin in root.iterfind(".//headerFooter/*")),
            hints=tuple(
                (area, unescape(rule.get("prompt", "")))
                for rule in root.iter("dataValidation")
                if rule.get("prompt")
                for area in _ranges(rule.get("sqref", ""))[:1]
            ),
            unshown=extents.unshown(self.cells, widths, self.heights, sizes, self.without_zeros),
        )

    def _conditions(self) -> Iterator[tuple[tuple[Range, ...], DifferentialFormat]]:
        """Where each conditional format may hold, and the look that it then gives."""
        by_number = {str(number): look for number, look in enumerate(self.looks)}
        for condition in self.root.iter("conditionalFormatting"):
            own = condition.find("sqref")
            areas = _ranges(condition.get("sqref", "") if own is None else own.text or "")
            for rule in condition.iterfind("cfRule"):
                if (number := rule.get("dxfId")) is not None:
                    yield areas, by_number.get(number.lstrip("0") or "0", DifferentialFormat())
                if any(
                    part.tag in ("iconSet", "dataBar") and part.get("showValue", "1") not in TRUE
                    for part in rule
                ):
                    yield areas, looks.HIDING
                for dxf in rule.iterfind("dxf"):
                    yield areas, looks.look_of(dxf, self.theme)
                for colour in rule.iterfind("colorScale/color"):
                    yield areas, DifferentialFormat(ground=looks.colour_of(colour.attrib, self.theme))


@lru_cache(maxsize=4096)  # the same ones in many cells
def _unseen(inks: frozenset[Colour], ground: Colour) -> Mark:
    """The mark of letters of those colours on that ground."""
    return "" if all(is_seen(ink, ground) for ink in inks) else "faint"


def _ranges(text: str) -> tuple[Range, ...]:
    """The ranges that an ``sqref`` names."""
    return tuple(area for ref in text.split() if (area := cells.parse_range(ref)))


def unescape(text: str) -> str:
    """Decode Excel's "_x000B_" for characters that XML cannot hold; halves of a character become "\ufffd"."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_STATES: dict[str, cells.SheetState] = {"hidden": "hidden", "veryHidden": "very_hidden"}


def read_xlsx(data: bytes) -> cells.Workbook:
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
        relations, book = package.relations(main), read_tree(package.read(main), main)
        date1904 = any(said.get("date1904", "") in TRUE for said in book.iter("workbookPr"))
        by_hand = any(said.get("calcMode") == "manual" for said in book.iter("calcPr"))
        shared, styled, painted = (
            _part_of_kind(package, relations, kind) for kind in ("sharedStrings", "styles", "theme")
        )
        theme = looks.read_theme(package.read(painted), painted) if painted else looks.OFFICE
        styles = looks.read_styles(package.read(styled), styled, theme) if styled else looks.Styles({})
        strings: list[RichText] = []
        if shared:
            strings += (
                rich_text(one, theme) for one in read_tree(package.read(shared), shared).iterfind("si")
            )
        sheets = []
        for entry in book.iter("sheet"):
            name = unescape(entry.get("name", ""))
            relation = next((v for k, v in entry.items() if k.endswith(":id")), "")
            kind, part = relations.get(relation, ("", ""))
            if kind and kind != "worksheet":
                continue  # a chart sheet holds no cells
            if not package.has(part):
                raise missing(part or f"sheet {name}")
            beside = package.relations(part)
            comments, drawing = (_part_of_kind(package, beside, kind) for kind in ("comments", "drawing"))
            notes = _notes(package.read(comments), comments) if comments else {}
            reader = SheetPart(part, theme, strings, styles, notes, date1904=date1904)
            run_xml(package.read(part), part, reader.start, reader.end, reader.chunks.append)
            state = _STATES.get(entry.get("state", ""), "visible")
            sheets.append(reader.sheet(name, state, (package.read(drawing), drawing) if drawing else None))
    except PackageFault as fault:
        raise unopened(fault) from fault
    if not sheets:
        raise Unreadable("Tệp Excel không có sheet nào đọc được", "Đề nghị đơn vị mở lại tệp gốc và gửi lại.")
    has_macros = any(n.endswith("vbaproject.bin") for n in package.names)
    return cells.Workbook(tuple(sheets), date1904, has_macros, by_hand)


def _part_of_kind(package: Package, relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((t for k, t in relations.values() if k == kind and package.has(t)), "")


def _notes(xml: bytes, part: str) -> dict[tuple[int, int], str]:
    """The notes of a sheet by (row, column)."""
    notes: dict[tuple[int, int], list[str]] = {}
    for comment in read_tree(xml, part).iterfind("commentList/comment"):
        if place := cells.parse_address(comment.get("ref", "")):
            notes.setdefault(place, []).extend(unescape(t.text) for t in comment.iter("t") if t.text)
    return {place: cells.joined(runs) for place, runs in notes.items()}
