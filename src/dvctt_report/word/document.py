"""A .docx as what is seen: paragraphs in their order with effective formatting, cells, sections, lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Literal, TypeAlias

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.cascade import Face, Shape
from dvctt_report.word.nd30 import EMU_PER_MM, POINTS_PER_MM, text_width
from dvctt_report.word.source import Source
from dvctt_report.word.tree import WP, WPS, A, V, W, descendants, number

Drawn: TypeAlias = Literal["shape", "dotted", "border", "underscores", "dashes", "underline"]

_FLAT = 1.5  # A shape of at most so many mm in height is a line
_LINES = lazy_pattern(r"line|straightConnector\d|bentConnector\d")
_UNDERSCORES = lazy_pattern(r"[_\s]+")
_DASHES = lazy_pattern(r"[-–—―─⎯=*.\s]+")
_THREE_DASHES = lazy_pattern(r"[-–—―─⎯=*]{3}")
_LENGTH = lazy_pattern(r"(-?[\d.]+)\s*(pt|in|cm|mm|px)?")
_TO_MM = {"pt": 1 / POINTS_PER_MM, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96, "": 1 / POINTS_PER_MM}


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: how it was drawn, its length in mm, None where it can't be known.

    ``element`` holds the line and nothing else: the drawing, or the paragraph it is typed in; None: unknown.
    """

    drawn: Drawn
    length: float | None
    element: Any = None


def shapes_of(paragraph: Any) -> Iterator[Stroke]:
    """Yield the flat shapes that are anchored in a paragraph."""
    for drawing in descendants(paragraph, f"{W}drawing"):
        extent = next(drawing.iter(f"{WP}extent"), None)
        shapes = [*drawing.iter(f"{WPS}wsp")]
        for shape in shapes:
            geometry, size = next(shape.iter(f"{A}prstGeom"), None), next(shape.iter(f"{A}ext"), None)
            if size is None or size.get("cx") is None:
                size = extent
            if size is None:
                continue
            width, height = (number(size.get(n)) / EMU_PER_MM for n in ("cx", "cy"))
            named = geometry is not None and _LINES.fullmatch(geometry.get("prst", ""))
            if (named or height <= 0.6) and _is_line(shape, width, height):
                yield Stroke(_drawn(shape), width, drawing if len(shapes) == 1 else None)
    for picture in descendants(paragraph, f"{W}pict", f"{W}object"):
        shapes = [*picture.iter(f"{V}line", f"{V}shape", f"{V}rect")]
        for shape in shapes:
            style = vml_style(shape.get("style", ""))
            if shape.tag == f"{V}line" and "width" not in style:
                ends = [shape.get(end, "0,0").split(",") for end in ("from", "to")]
                (x1, y1), (x2, y2) = (map(length_mm, e if len(e) == 2 else ("0", "0")) for e in ends)
                width, height = abs(x2 - x1), abs(y2 - y1)
            else:
                width, height = length_mm(style.get("width", "0")), length_mm(style.get("height", "0"))
            flat = shape.tag == f"{V}line" or "t32" in shape.get("type", "") or height <= 0.6
            if flat and _is_line(shape, width, height):
                yield Stroke(_drawn(shape), width, picture if len(shapes) == 1 else None)


def _is_line(shape: Any, width: float, height: float) -> bool:
    return height <= _FLAT and width > 2 and next(shape.iter(f"{W}txbxContent"), None) is None


def _drawn(shape: Any) -> Drawn:
    """How a flat shape is drawn: in one stroke, or in dots and dashes."""
    styles = [dash.get("val") for dash in shape.iter(f"{A}prstDash")]
    styles += [stroke.get("dashstyle") for stroke in shape.iter(f"{V}stroke")]
    return "dotted" if any(style not in (None, "solid") for style in styles) else "shape"


def vml_style(style: str) -> dict[str, str]:
    """What a shape's style says by name: "width:10pt;height:0" → width, height."""
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip(): text.strip() for name, _, text in pairs}


def length_mm(text: str) -> float:
    measure = _LENGTH.match(text.strip())
    return number(measure[1]) * _TO_MM[measure[2] or ""] if measure else 0.0


def typed_stroke(text: str) -> Drawn | None:
    """Whether a text is nothing but a line typed with signs: of underscores, or of dashes."""
    if "___" in text and _UNDERSCORES.fullmatch(text):
        return "underscores"
    return "dashes" if _DASHES.fullmatch(text) and _THREE_DASHES.search(text) else None


def has_picture(paragraph: Any) -> bool:
    """Whether a paragraph shows a drawing or picture of any kind."""
    return any(True for _ in descendants(paragraph, f"{W}drawing", f"{W}pict", f"{W}object"))


def text_boxes(paragraph: Any) -> Iterator[tuple[Any, float | None]]:
    """Yield the content of each text box anchored in a paragraph, and the width for its text in mm."""
    for drawing in descendants(paragraph, f"{W}drawing", f"{W}pict"):
        extent = next(drawing.iter(f"{WP}extent"), None)
        for content in drawing.iter(f"{W}txbxContent"):
            outer = next(content.iterancestors(f"{W}txbxContent"), None)
            if outer is not None and drawing in outer.iterancestors():
                continue  # a box within it
            width = None if extent is None else number(extent.get("cx")) / EMU_PER_MM
            if extent is None:
                style = next((s.get("style", "") for s in content.iterancestors() if s.get("style")), "")
                written_width = vml_style(style).get("width")
                width = length_mm(written_width) if written_width else None
            # What a box keeps free at both sides; Word's own is a tenth of an inch each.
            body = content.getparent().getparent().find(f"{WPS}bodyPr")
            sides = (body.get("lIns"), body.get("rIns")) if body is not None else (None, None)
            inset = sum(number(side, 91440) / EMU_PER_MM for side in sides)
            yield content, None if width is None else width - inset


HeaderKind: TypeAlias = Literal["default", "first", "even"]


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Text of one look; ``element`` is the w:r it stands in, ``field`` the field whose result it is."""

    text: str
    face: Face
    element: Any
    field: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table: ``number`` in the document, lengths in mm. ``bordered``: its lines are seen.

    ``left`` is how far its edge stands from the left margin, None where it floats or stands within another.
    """

    number: int
    element: Any
    style: str
    n_rows: int
    width: float | None
    bordered: bool
    repeats_header: bool
    splits_rows: bool
    section: int
    left: float | None


@dataclass(frozen=True, slots=True, eq=False)
class TableCell:
    """Where in a table a paragraph stands; ``width`` is what its text may take, in mm, None: unknown.

    ``left`` is how far that begins from the table's edge.
    """

    table: Table
    row: int
    column: int
    width: float | None
    left: float | None


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph as it is seen. ``label`` is what automatic numbering prints before it, "" for nothing.

    ``label_face`` is how that looks, None where the paragraph isn't numbered.
    ``box`` is the number of the text box it stands in, None outside of boxes; ``room`` the width in mm
    between its margins, None where unknown, indents not taken off. ``part`` names the package's part.
    ``page`` is where it began when Word last laid it out, None where Word left no trace.
    """

    number: int
    element: Any
    part: str
    style: str
    shape: Shape
    spans: tuple[Span, ...]
    label: str
    label_face: Face | None
    strokes: tuple[Stroke, ...]
    cell: TableCell | None
    box: int | None
    room: float | None
    section: int
    breaks_page: bool
    has_picture: bool
    page: int | None = None

    @cached_property
    def text(self) -> str:
        """The text with line breaks as newlines and tabs, in NFC; without the automatic label."""
        return unicodedata.normalize("NFC", self.raw)

    @property
    def raw(self) -> str:
        """The same as it was typed: of each letter and its mark one character or two."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Section:
    """Paper and margins in mm, as they are written; ``first`` is the number of its first paragraph.

    ``headers`` and ``footers`` hold what each kind shows, inherited ones too; a kind that isn't there is
    missing. ``starts_at`` is the page number it restarts with, None: it goes on; ``number_format`` is Word's
    name of the figures that pages are numbered in.
    """

    number: int
    element: Any
    first: int
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    gutter: float
    landscape: bool
    title_page: bool
    continuous: bool
    starts_at: int | None
    number_format: str
    headers: dict[HeaderKind, tuple[Paragraph, ...]]
    footers: dict[HeaderKind, tuple[Paragraph, ...]]

    @property
    def text_width(self) -> float:
        """The width between the margins in mm."""
        return self.width - self.left - self.right - self.gutter


@dataclass(frozen=True, eq=False)
class Document:
    """Everything a check may look at. ``n_pages`` is None where nothing tells."""

    source: Source
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    n_pages: int | None
    n_comments: int
    n_revisions: int

    def first_shown(self, section: Section) -> Paragraph | None:
        """The first paragraph of a section that holds text; None where it is all pictures or empty."""
        return next((p for p in self.paragraphs[section.first :] if p.text.strip()), None)

    def first_in(self, table: Table) -> Paragraph | None:
        """The first paragraph in a table; None where the table is empty."""
        return next((p for p in self.paragraphs if p.cell is not None and p.cell.table is table), None)

    @cached_property
    def printed(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the body, then those of headers and footers, each once."""
        aside: dict[int, Paragraph] = {}
        for section in self.sections:
            for paragraph in chain(*section.headers.values(), *section.footers.values()):
                aside.setdefault(id(paragraph.element), paragraph)
        return *self.paragraphs, *aside.values()

    def having(self, is_so: Callable[[Face], bool]) -> list[Paragraph]:
        """The printed paragraphs with letters of such a look, in their order."""
        return [p for p in self.printed if any(is_so(s.face) and s.text.strip() for s in p.spans)]


def width_of(spans: tuple[Span, ...]) -> float:
    """The width in mm of one line of these spans, condensed or stretched as they are."""
    total = 0.0
    for span in spans:
        face = span.face
        text = span.text.upper() if face.caps else span.text
        size = face.size * (0.65 if face.raised else 1)
        width = text_width(text, size, bold=face.bold, italic=face.italic) * face.scale
        total += width + len(text) * face.spacing * 25.4 / 72
    return total
