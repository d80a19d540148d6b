"""What of a document nobody sees, and why: hidden, blanched, tiny, merged away, squeezed, off the page.

Formatting is resolved by Word's cascade first, so that it is no matter where a look comes from. All that one
paragraph, cell, row, table, box or section does to its text is told of the runs in it, so that whoever reads
the text leaves these aside. What a document of ours looks like is seen as a whole; so is what an office
changes in it: bold, other text fonts, ordinary sizes, indents, margins, widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dvctt_report.nd30.page import EMU_PER_MM, TWIPS_PER_MM
from dvctt_report.nd30.wordxml import W
from dvctt_report.patterns import lazy_pattern
from dvctt_report.word.cascade import Cascade, Face, Shape
from dvctt_report.word.document import Document, Paragraph, Section, Span, Table, width_of
from dvctt_report.word.properties import shade
from dvctt_report.word.reading import read_document
from dvctt_report.word.source import Source
from dvctt_report.word.strokes import length_mm, vml_style
from dvctt_report.word.tables import conditions_of
from dvctt_report.word.tree import MC, WP, WPS, A, V, child, descendants, is_on, number, span_of, value

HIDDEN, STRUCK, WHITE, TINY = "chữ ẩn", "gạch ngang", "chữ trắng", "chữ quá nhỏ"
BLACKED, SAME_COLOUR, SIGNS = "chữ bị tô đen", "chữ trùng màu nền", "chữ bằng phông ký hiệu"
OVERLAID, RAISED, REVERSED = "chữ chồng lên nhau", "chữ lệch khỏi dòng", "chữ ngược chiều"
CUT, OFF_PAGE, NARROW = "chữ bị cắt", "chữ ngoài trang", "chỗ quá hẹp"
MERGED, CROSSED, HIDDEN_ROW, BOXED = "ô bị gộp", "ô bị gạch chéo", "dòng bị ẩn", "khung chữ bị ẩn"
IN_CODE, COLLAPSED = "chữ trong mã trường", "đề mục được thu gọn"
FIELD, BOUND = "trường tự đổi", "ô gắn dữ liệu, tự đổi"

_LEAST_SIZE = 6
"""Points under which print isn't read: footnotes of forms are 7 or 8."""
_LEAST_SCALE = 0.34
"""Share of a letter's width under which it is a stroke."""
_LEAST_CONTRAST = 1.3
"""Of the lightest grey that a printer still shows on white (E0E0E0); yellow has 1.07."""
_LEAST_ROOM = 4.0
"""Millimetres of a line or column under which it holds less than two letters."""
_LEAST_HEIGHT = 0.6
"""Share of its letters' size under which a line or row shows less than half of them."""
_OVERLAP = 0.3
"""Share of the size by which letters moved together lie on each other: a letter is half as wide as high."""
_OFF_LINE = 1.5
"""How many sizes above or below its line letters stand in another one."""
_LOOSE = 2.0
"""How many sizes between two letters take a word apart."""
_LOST = 0.8
"""Share of a line's height that a row of several is too low by when its last line isn't seen."""
_LINE = 1.15
"""Height of a line by its size."""
_STEADY = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "HYPERLINK", "PAGEREF", "NOTEREF", "TOC", "TOA"),
        *("SEQ", "XE", "TC", "RD", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL"),
    )
)
"""Fields that say no more than Word knows of the document's own pages and headings; none is a figure."""
_SIGN_FONTS = lazy_pattern(
    r"(?i)wingdings.*|webdings|symbol|marlett|mt extra|bookshelf symbol.*|zapf ?dingbats|opensymbol|.*barcode"
)
_SYMBOL_SET = "02"
"""How a font table marks a font whose letters are signs."""
_TURNING = lazy_pattern("[\u200f\u202b\u202e\u2067]")
"""Signs that turn the writing round."""
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_PAPER = "FFFFFF"


@dataclass(frozen=True)
class Sight:
    """What of a document is seen otherwise than its text says.

    unseen: the runs that nobody sees as they are written, and how that comes.
    raised: the runs above or below the line, and the sign that says so.
    labels: what automatic numbering prints before a paragraph.
    things: what else changes what is seen, and the paragraph it stands at.
    """

    unseen: Mapping[Any, str] = field(default_factory=dict)
    raised: Mapping[Any, str] = field(default_factory=dict)
    labels: Mapping[Any, str] = field(default_factory=dict)
    things: tuple[tuple[str, str], ...] = ()

    def __contains__(self, run: object) -> bool:
        """Whether a run is seen otherwise than it is written."""
        return run in self.unseen or run in self.raised


def read_sight(source: Source) -> Sight:
    """Read what is seen of a document. Raises Refused where it can't be read."""
    document = read_document(source)
    looker = _Looker(source, document)
    unseen: dict[Any, str] = {}
    raised: dict[Any, str] = {}
    for paragraph in document.printed:
        for span in paragraph.spans:
            if not span.text.strip():
                continue
            if how := looker.how(paragraph, span):
                unseen[span.element] = how
            elif span.face.raised:
                raised[span.element] = "^" if span.face.said.get("vertAlign") == "superscript" else "_"
        unseen |= dict.fromkeys(_in_code(paragraph), IN_CODE)
    labels = {one.element: one.label for one in document.paragraphs if one.label}
    return Sight(unseen, raised, labels, tuple(_things(document)))


def _in_code(paragraph: Paragraph) -> Iterator[Any]:
    """Yield the runs with a text that stands where a field says what it does, which Word doesn't show."""
    if next(paragraph.element.iter(f"{W}fldChar"), None) is None:
        return
    within_code: list[bool] = []
    for run in paragraph.element.iter(f"{W}r"):
        for mark in run.findall(f"{W}fldChar"):
            match mark.get(f"{W}fldCharType"):
                case "begin":
                    within_code.append(True)
                case "separate" if within_code:
                    within_code[-1] = False
                case "end" if within_code:
                    within_code.pop()
        if any(within_code) and child(run, "t") is not None:
            yield run


class _Looker:
    """Looks at one document; what holds paragraphs is looked at once each."""

    def __init__(self, source: Source, document: Document) -> None:
        self._cascade = Cascade(source, source.folder)
        self._sections = document.sections
        self._pages = [_section_how(section) for section in document.sections]
        self._held: dict[Any, str] = {}
        self._grounds: dict[Any, str] = {}
        self._styled: dict[tuple[str, ...], str] = {}
        self._apart: dict[str, bool] = {}
        self._grids: dict[Any, Sequence[float]] = {}
        self._floating: dict[Any, float | None] = {}
        self._letters: dict[tuple[int, int], str] = {}
        self._needs: dict[Any, float] = {}
        fonts = source.tree(f"{source.folder}fonttable.xml")
        self._signs = {
            (font.get(f"{W}name") or "").lower()
            for font in (fonts if fonts is not None else ())
            if value(font, "charset") == _SYMBOL_SET
        }
        roots = {paragraph.element.getroottree().getroot() for paragraph in document.printed}
        rows = (row for root in roots for row in root.iter(f"{W}trHeight"))
        self._has_set_rows = any(row.get(f"{W}hRule") == "exact" for row in rows)
        for paragraph in document.paragraphs if self._has_set_rows else ():
            self._need(paragraph)

    def how(self, paragraph: Paragraph, span: Span) -> str:
        """How a span is kept from its reader; "" for one that is seen as it is written."""
        held = self._held_by(paragraph)
        return held or self._face_how(paragraph, self._face(paragraph, span)) or _span_how(paragraph, span)

    def _face(self, paragraph: Paragraph, span: Span) -> Face:
        """How a span looks, by what its table's style says of its row and column too."""
        conditions = self._conditions(paragraph)
        if not conditions or paragraph.cell is None:
            return span.face
        table = "|".join((paragraph.cell.table.style, *conditions))
        return self._cascade.face(child(span.element, "rPr"), paragraph.style, table)

    def _conditions(self, paragraph: Paragraph) -> tuple[str, ...]:
        """The kinds of rows and columns that a table's style sets apart and a paragraph stands in."""
        cell = paragraph.cell
        if cell is None:
            return ()
        style = cell.table.style
        if style not in self._apart:
            styles = self._cascade.style_elements(style)
            self._apart[style] = any(child(one, "tblStylePr") is not None for one in styles)
        return conditions_of(cell) if self._apart[style] else ()

    # ------------------------------------------------------------------------- what a text stands in

    def _held_by(self, paragraph: Paragraph) -> str:
        element = paragraph.element
        if element not in self._held:
            held = self._paragraph_how(paragraph) or self._holder_how(element.getparent(), paragraph)
            self._held[element] = held
        return self._held[element]

    def _holder_how(self, element: Any, paragraph: Paragraph) -> str:
        """How what a paragraph stands in hides it, or what that stands in."""
        if element is None:
            return ""
        if element not in self._held:
            section = self._section(paragraph)
            match element.tag.rpartition("}")[2]:
                case "tc":
                    how = _cell_how(element)
                case "tr":
                    hidden = child(child(element, "trPr"), "hidden")
                    how = HIDDEN_ROW if hidden is not None and is_on(hidden) else ""
                case "tbl":
                    how = _table_how(element, section)
                case "txbxContent":
                    how = _box_how(element, section)
                case _:
                    how = ""
            self._held[element] = how or self._holder_how(element.getparent(), paragraph)
        return self._held[element]

    def _section(self, paragraph: Paragraph) -> Section | None:
        return self._sections[self._page(paragraph)] if self._sections else None

    def _page(self, paragraph: Paragraph) -> int:
        return min(paragraph.section, len(self._sections) - 1)

    def _paragraph_how(self, paragraph: Paragraph) -> str:
        section, shape, room = self._section(paragraph), paragraph.shape, paragraph.room
        if section is not None and (how := self._pages[self._page(paragraph)]):
            return how
        cell = paragraph.cell
        if cell is not None and section is not None:
            grid, edge = self._grid(cell.table.element), self._table_left(cell.table, section)
            if how := _column_how(paragraph, section, grid, edge):
                return how
        properties = child(paragraph.element, "pPr")
        frame = child(properties, "framePr")
        if frame is not None and (how := _frame_how(frame, section)):
            return how
        if room is None or section is None:
            return ""
        inner = cell is not None or paragraph.box is not None
        left, right = (0.0, 0.0) if inner else (section.left, section.right)
        start = shape.left + min(shape.first, 0.0)
        outside = start < -(left or section.left) or -shape.right > (right or section.right)
        kept_free = shape.left + max(shape.first, 0.0) + shape.right
        return OFF_PAGE if outside or kept_free > room - min(_LEAST_ROOM, room / 2) else ""

    def _grid(self, table: Any) -> Sequence[float]:
        """The widths of a table's columns, in mm."""
        if table not in self._grids:
            columns = table.findall(f"{W}tblGrid/{W}gridCol")
            self._grids[table] = [number(one.get(f"{W}w")) / TWIPS_PER_MM for one in columns]
        return self._grids[table]

    def _table_left(self, table: Table, section: Section) -> float:
        """How far from the left margin a table begins, in mm."""
        if table.element not in self._floating:
            self._floating[table.element] = _floating_left(table.element, section)
        return self._floating[table.element] or table.left or 0.0

    # ------------------------------------------------------------------------------ how letters look

    def _face_how(self, paragraph: Paragraph, face: Face) -> str:
        look = id(face), id(paragraph.shape)  # the document keeps both, a few for all its paragraphs
        if look not in self._letters:
            self._letters[look] = self._letters_how(face, paragraph.shape)
        if how := self._letters[look]:
            return how
        return CUT if self._is_cut(paragraph, face.size) else self._colour_how(paragraph, face)

    def _letters_how(self, face: Face, shape: Shape) -> str:
        """How letters are hidden wherever they stand in lines of that shape."""
        if face.hidden:
            return HIDDEN
        if face.struck:
            return STRUCK
        if self._is_signs(face):
            return SIGNS
        if face.size < _LEAST_SIZE or face.scale < _LEAST_SCALE:
            return TINY
        if not -_OVERLAP * face.size < face.spacing < _LOOSE * face.size:
            return OVERLAID
        if abs(number(face.said.get("position")) / 2) > _OFF_LINE * face.size:
            return RAISED
        return CUT if _room_above(face, shape) < _LEAST_HEIGHT * face.size else ""

    def _is_signs(self, face: Face) -> bool:
        return any(_SIGN_FONTS.fullmatch(f) or f.lower() in self._signs for f in face.fonts[:2])

    def _is_cut(self, paragraph: Paragraph, size: float) -> bool:
        """Whether a row of a set height holds less than half of what a cell of it needs, or loses a line."""
        if paragraph.cell is None or not self._has_set_rows:
            return False
        cell = next(paragraph.element.iterancestors(f"{W}tc"))
        height, needed = _exact_height(cell), self._needs.get(cell, 0.0)
        if height is None:
            return False
        return height < _LEAST_HEIGHT * needed or needed - height > _LOST * size * _LINE

    def _need(self, paragraph: Paragraph) -> None:
        """Add the height of a paragraph to what its cell needs, where the row's height is set."""
        if paragraph.cell is None or not paragraph.text.strip():
            return
        cell = next(paragraph.element.iterancestors(f"{W}tc"))
        if _exact_height(cell) is not None:
            n_lines = -(-width_of(paragraph.spans) // max(paragraph.cell.width or 1000.0, 1.0))
            size = max(span.face.size for span in paragraph.spans)
            self._needs[cell] = self._needs.get(cell, 0.0) + max(n_lines, 1.0) * size * _LINE

    def _colour_how(self, paragraph: Paragraph, face: Face) -> str:
        ground = _HIGHLIGHTS.get(face.said.get("highlight") or "") or face.said.get("ground") or ""
        ground = ground or self._ground(paragraph)
        ink = face.said.get("ink") or face.said.get("color") or "auto"
        if ink == "none":
            return WHITE
        if ink.lower() == "auto":  # Word writes white on what is dark
            return BLACKED if ground == "000000" and face.highlight == "black" else ""
        if _contrast(ink, ground) >= _LEAST_CONTRAST:
            return ""
        return WHITE if ground == _PAPER else BLACKED if ground == "000000" else SAME_COLOUR

    def _ground(self, paragraph: Paragraph) -> str:
        """The colour behind a paragraph: its own, or that of what it stands in, or the paper's."""
        element = paragraph.element
        if element not in self._grounds:
            own = self._shade(child(element, "pPr"))
            own = own or self._style_fill(paragraph.style, "pPr")
            self._grounds[element] = own or self._behind(paragraph) or _PAPER
        return self._grounds[element]

    def _behind(self, paragraph: Paragraph) -> str:
        """The colour of what a paragraph stands in, the innermost that has one; "" for none."""
        for holder in paragraph.element.iterancestors(f"{W}tc", f"{W}tbl", f"{W}txbxContent"):
            if holder.tag == f"{W}tc":
                found = self._shade(child(holder, "tcPr")) or self._fill_by_place(paragraph)
            else:
                found = self._holder_fill(holder)
            if found:
                return found
        return ""

    def _fill_by_place(self, paragraph: Paragraph) -> str:
        """The colour that a table's style gives the row or column of a paragraph."""
        conditions = self._conditions(paragraph)
        if paragraph.cell is None or not conditions:
            return ""
        named = self._cascade.conditional(paragraph.cell.table.style, conditions)
        return next(filter(None, (self._shade(child(part, "tcPr")) for part in reversed(named))), "")

    def _holder_fill(self, holder: Any) -> str:
        """The colour of a table or a box of text."""
        if holder not in self._grounds:
            if holder.tag == f"{W}tbl":
                style = self._cascade.table_style(holder)
                own = self._shade(child(holder, "tblPr"))
                self._grounds[holder] = own or self._style_fill(style, "tcPr", "tblPr")
            else:
                self._grounds[holder] = _box_fill(holder)
        return self._grounds[holder]

    def _style_fill(self, style: str, *names: str) -> str:
        """The colour that a style gives in its properties of these names, or one that it is based on."""
        if (style, *names) not in self._styled:
            styles = reversed(self._cascade.style_elements(style))
            fills = (self._shade(one.find(f"{W}{name}")) for one in styles for name in names)
            self._styled[style, *names] = next(filter(None, fills), "")
        return self._styled[style, *names]

    def _shade(self, properties: Any) -> str:
        shading = child(properties, "shd")
        return shade(shading, self._cascade.theme) if shading is not None else ""


def _room_above(face: Face, shape: Shape) -> float:
    """Points that a line has for its letters: where it is set exactly, or is a share of its size."""
    if shape.rule == "exact":
        return shape.line
    return shape.line * face.size if shape.rule == "auto" else face.size


def _span_how(paragraph: Paragraph, span: Span) -> str:
    """How a span is seen otherwise than it is written though its letters are: turned, pressed, not fixed."""
    raw = paragraph.raw
    turned = _TURNING.search(raw, 0, raw.find(span.text) + len(span.text))
    backwards = span.face.said.get("rtl") and any(char.isdigit() for char in span.text)
    around = list(span.element.iterancestors(f"{W}bdo", f"{W}sdt"))
    within = any(one.get(f"{W}val") == "rtl" for one in around if one.tag == f"{W}bdo")
    if turned or backwards or within:
        return REVERSED
    width = number(span.face.said.get("fitText")) / 20
    if 0 < width < _LEAST_SCALE * len(span.text) * span.face.size / 2:
        return TINY
    if span.field and span.field not in _STEADY:  # Word reckons or fetches it anew
        return f"{FIELD} ({span.field})"
    controls = (one for one in around if one.tag == f"{W}sdt")
    return BOUND if any(child(child(one, "sdtPr"), "dataBinding") is not None for one in controls) else ""


def _contrast(one: str, other: str) -> float:
    """How much lighter one colour is than another, from 1 to 21. Source: WCAG 2.2, contrast ratio."""
    if not all(re.fullmatch("[0-9A-Fa-f]{6}", colour) for colour in (one, other)):
        return 21.0
    lights = sorted(_light(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# --------------------------------------------------------------------------------------- where things are


def _section_how(section: Section) -> str:
    columns = child(section.element, "cols")
    n = max(number(columns.get(f"{W}num"), 1), 1) if columns is not None else 1
    gap = number(columns.get(f"{W}space"), 720) / TWIPS_PER_MM if columns is not None and n > 1 else 0.0
    wide, high = (section.text_width - (n - 1) * gap) / n, section.height - section.top - section.bottom
    if section.left > section.width or section.top > section.height:
        return OFF_PAGE
    return NARROW if wide < _LEAST_ROOM or high < _LEAST_ROOM else ""


def _cell_how(cell: Any) -> str:
    """Whether a cell is part of the one above or before it, or crossed out."""
    properties = child(cell, "tcPr")
    if properties is None:
        return ""
    for name in ("vMerge", "hMerge"):
        merge = child(properties, name)
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            return MERGED
    borders = child(properties, "tcBorders")
    across = (child(borders, name) for name in ("tl2br", "tr2bl"))
    drawn = any(one is not None and one.get(f"{W}val") not in (None, "nil", "none") for one in across)
    return CROSSED if drawn else ""


def _column_how(paragraph: Paragraph, section: Section, grid: Sequence[float], edge: float) -> str:
    """Whether the column of a paragraph is too narrow, or stands beside the paper."""
    cell = paragraph.cell
    assert cell is not None
    own = next(paragraph.element.iterancestors(f"{W}tc"))
    properties, table = child(own, "tcPr"), cell.table
    span = span_of(value(properties, "gridSpan"))
    said = child(properties, "tcW")
    wide = 0.0
    if said is not None and said.get(f"{W}type") in ("dxa", None):
        wide = number(said.get(f"{W}w")) / TWIPS_PER_MM
    known = any(grid) and cell.column + span <= len(grid)
    if not wide and known:
        wide = sum(grid[cell.column : cell.column + span])
    margins = child(properties, "tcMar")
    sides = ("left", "start", "right", "end") if margins is not None else ()
    free = sum(number(value(margins, side, "w")) for side in sides) / TWIPS_PER_MM
    if (known or wide) and wide - free < _LEAST_ROOM / 2:
        return NARROW
    start = section.left + edge + (cell.left or 0.0)
    if start + wide >= 0 and start <= section.width:
        return ""
    nested = next(table.element.iterancestors(f"{W}tc", f"{W}txbxContent"), None) is not None
    return "" if nested else OFF_PAGE


def _floating_left(table: Any, section: Section) -> float | None:
    """How far from the left margin a table that text flows around begins; None for one in the text."""
    place = child(child(table, "tblPr"), "tblpPr")
    if place is None or place.get(f"{W}tblpX") is None:
        return None
    left = number(place.get(f"{W}tblpX")) / TWIPS_PER_MM
    return left - section.left if place.get(f"{W}horzAnchor") == "page" else left


def _table_how(table: Any, section: Section | None) -> str:
    place = child(child(table, "tblPr"), "tblpPr")
    down = number(place.get(f"{W}tblpY")) / TWIPS_PER_MM if place is not None else 0.0
    return OFF_PAGE if section is not None and abs(down) > section.height else ""


def _exact_height(cell: Any) -> float | None:
    """The points that the row of a cell is high whatever it holds; None where it grows."""
    row = next(cell.iterancestors(f"{W}tr"), None)
    height = child(child(row, "trPr"), "trHeight")
    if height is None or height.get(f"{W}hRule") != "exact":
        return None
    return number(height.get(f"{W}val")) / 20


def _frame_how(frame: Any, section: Section | None) -> str:
    """Whether a frame holds no letter or stands beside the paper."""
    wide, high = (number(frame.get(f"{W}{name}")) / TWIPS_PER_MM for name in ("w", "h"))
    x, y = (number(frame.get(f"{W}{name}")) / TWIPS_PER_MM for name in ("x", "y"))
    if 0 < wide < _LEAST_ROOM or (0 < high < _LEAST_ROOM / 2 and frame.get(f"{W}hRule") == "exact"):
        return NARROW
    return OFF_PAGE if section and (abs(x) > section.width or abs(y) > section.height) else ""


_UNSHOWN = lazy_pattern(r"(?:visibility\s*:\s*hidden|display\s*:\s*none|mso-hide\s*:\s*all)")


def _box_how(content: Any, section: Section | None) -> str:
    """Whether a box of text is hidden, holds no letter or stands beside the paper."""
    for one in content.iterancestors():
        if one.tag == f"{W}p":
            return ""
        if one.tag in (f"{WP}anchor", f"{WP}inline"):
            return _drawing_how(one, section)
        style = one.get("style", "") if one.tag.startswith(V) else ""
        if style:
            return _vml_how(style, section)
    return ""


def _drawing_how(drawing: Any, section: Section | None) -> str:
    about, extent = drawing.find(f"{WP}docPr"), drawing.find(f"{WP}extent")
    if about is not None and about.get("hidden") in ("1", "true"):
        return BOXED
    if extent is not None and min(number(extent.get(n)) for n in ("cx", "cy")) / EMU_PER_MM < _LEAST_ROOM / 2:
        return NARROW
    for name in ("H", "V"):
        offset = drawing.find(f"{WP}position{name}/{WP}posOffset")
        most = (section.width if name == "H" else section.height) if section else 1000.0
        if offset is not None and abs(number(offset.text)) / EMU_PER_MM > most:
            return OFF_PAGE
    return ""


def _vml_how(style: str, section: Section | None) -> str:
    said = vml_style(style)
    if _UNSHOWN.search(style):
        return BOXED
    sizes = [length_mm(said[name]) for name in ("width", "height") if name in said]
    if any(0 <= size < _LEAST_ROOM / 2 for size in sizes):
        return NARROW
    across = section.width if section else 1000.0
    return OFF_PAGE if abs(length_mm(said.get("margin-left", "0"))) > across else ""


def _box_fill(content: Any) -> str:
    """The colour that a box of text is filled with; "" for none."""
    for shape in content.iterancestors(f"{WPS}wsp", f"{V}shape", f"{V}rect", f"{V}roundrect"):
        if shape.tag == f"{WPS}wsp":
            colour = shape.find(f"{WPS}spPr/{A}solidFill/{A}srgbClr")
            return str(colour.get("val", "")) if colour is not None else ""
        return str(shape.get("fillcolor", "")).partition(" ")[0].lstrip("#")
    return ""


# --------------------------------------------------------------------------------------- what lies on text


def _things(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what else changes what is seen, and the paragraph it stands at."""
    for paragraph in document.paragraphs:
        if paragraph.has_picture:
            section = document.sections[paragraph.section] if document.sections else None
            yield from ((said, paragraph.text) for said in _drawn(paragraph, section))
        properties = child(paragraph.element, "pPr")
        folded = next(properties.iterchildren("{*}collapsed"), None) if properties is not None else None
        if folded is not None and is_on(folded):
            yield COLLAPSED, paragraph.text
    for choices in document.source.main_tree.iter(f"{MC}AlternateContent"):
        texts = {"".join(one.itertext(f"{W}t")) for one in choices}
        if len(texts) > 1:
            yield "chữ thay thế khác chữ nhìn thấy", " / ".join(sorted(texts))
    for part in document.source.main_tree.iter(f"{W}altChunk", f"{W}subDoc"):
        before = next(part.itersiblings(f"{W}p", preceding=True), None)
        yield "phần lấy từ tệp khác khi mở", "" if before is None else "".join(before.itertext(f"{W}t"))


def _drawn(paragraph: Paragraph, section: Section | None) -> Iterator[str]:
    """Yield the shapes and pictures that lie upon text, and the charts and pictures that nobody sees."""
    shapes = tuple(f"{V}{name}" for name in ("rect", "shape", "oval", "roundrect"))
    for drawing in descendants(paragraph.element, f"{W}drawing", f"{W}pict"):
        for one in drawing.iter(f"{WP}anchor", f"{WP}inline", *shapes):
            picture = next(one.iter("{*}blip", "{*}imagedata"), None) is not None
            chart = next(one.iter("{*}chart"), None) is not None
            upon = _lies_upon_vml(one) if one.tag.startswith(V) else _lies_upon(one)
            if upon:
                yield f"{'ảnh' if picture else 'hình tô kín'} đặt đè lên chữ"
            elif (picture or chart) and not one.tag.startswith(V) and (how := _drawing_how(one, section)):
                yield f"{'ảnh' if picture else 'biểu đồ'} không nhìn thấy ({how})"


_AROUND = ("Square", "Tight", "Through", "TopAndBottom")
"""How text may keep clear of a drawing."""
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
_THICK = 2.0
"""Millimetres of height and width from which on a shape covers letters and is no line."""


def _lies_upon(anchor: Any) -> bool:
    """Whether a drawing stands before the text, is as large as letters and not to be looked through."""
    if anchor.tag == f"{WP}inline":
        return False
    extent = anchor.find(f"{WP}extent")
    large = extent is not None and all(number(extent.get(n)) / EMU_PER_MM > _THICK for n in ("cx", "cy"))
    wraps = any(anchor.find(f"{WP}wrap{kind}") is not None for kind in _AROUND)
    if not large or wraps or anchor.get("behindDoc") in ("1", "true"):
        return False
    properties = [*anchor.iter("{*}spPr")]
    return any(map(_is_filled, properties))


def _is_filled(properties: Any) -> bool:
    shape = properties.getparent()
    if shape.tag.endswith("}pic") or any(properties.find(f"{A}{name}") is not None for name in _FILLS):
        return True
    reference = next(shape.iter(f"{A}fillRef"), None)
    styled = reference is not None and reference.get("idx") != "0"
    return styled and properties.find(f"{A}noFill") is None


def _lies_upon_vml(shape: Any) -> bool:
    said = vml_style(shape.get("style", ""))
    large = all(length_mm(said.get(name, "0")) > _THICK for name in ("width", "height"))
    upon = said.get("position") == "absolute" and not said.get("z-index", "0").startswith("-")
    filled = shape.get("filled", "t") not in ("f", "false") and next(shape.iter(f"{V}textpath"), None) is None
    wrap = next(shape.iter("{*}wrap"), None)
    wraps = wrap is not None and wrap.get("type") in ("square", "tight", "through", "topAndBottom")
    return large and upon and filled and not wraps and not _UNSHOWN.search(shape.get("style", ""))
