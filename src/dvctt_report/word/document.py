"""A .docx read into what is seen: paragraphs in order with effective formatting, cells, sections, lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import Any, Literal, TypeAlias

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.cascade import Cascade, Face, Shape
from dvctt_report.word.nd30 import EMU_PER_MM, POINTS_PER_MM, TWIPS_PER_MM, text_width
from dvctt_report.word.source import Source, refused
from dvctt_report.word.tree import (
    OURS,
    WP,
    WPS,
    A,
    R,
    V,
    W,
    child,
    children,
    descendants,
    is_on,
    number,
    span_of,
    symbol,
    value,
)

Drawn: TypeAlias = Literal["shape", "dotted", "border", "underscores", "dashes", "underline"]

_FLAT, _FLAT_UNNAMED = 1.5, 0.6  # Mm that a line is high at most, and any other shape that is one
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
    drawings = descendants(paragraph, f"{W}drawing")
    for holder in chain(drawings, descendants(paragraph, f"{W}pict", f"{W}object")):
        is_drawing, extent = holder.tag == f"{W}drawing", next(holder.iter(f"{WP}extent"), None)
        shapes = [*holder.iter(*((f"{WPS}wsp",) if is_drawing else (f"{V}line", f"{V}shape", f"{V}rect")))]
        for shape in shapes:
            style = vml_style(shape.get("style", ""))
            if is_drawing:
                geometry, size = next(shape.iter(f"{A}prstGeom"), None), next(shape.iter(f"{A}ext"), None)
                if size is None or size.get("cx") is None:
                    size = extent
                if size is None:
                    continue
                width, height = (number(size.get(n)) / EMU_PER_MM for n in ("cx", "cy"))
                is_named = geometry is not None and _LINES.fullmatch(geometry.get("prst", "")) is not None
            elif shape.tag == f"{V}line" and "width" not in style:
                ends = [shape.get(end, "0,0").split(",") for end in ("from", "to")]
                (x1, y1), (x2, y2) = (map(length_mm, e if len(e) == 2 else ("0", "0")) for e in ends)
                width, height, is_named = abs(x2 - x1), abs(y2 - y1), True
            else:
                width, height = length_mm(style.get("width", "0")), length_mm(style.get("height", "0"))
                is_named = shape.tag == f"{V}line" or "t32" in shape.get("type", "")
            is_flat = height <= (_FLAT if is_named else _FLAT_UNNAMED) and width > 2
            if is_flat and next(shape.iter(f"{W}txbxContent"), None) is None:
                dashes = [dash.get("val") for dash in shape.iter(f"{A}prstDash")]
                dashes += [stroke.get("dashstyle") for stroke in shape.iter(f"{V}stroke")]
                drawn: Drawn = "dotted" if any(dash not in (None, "solid") for dash in dashes) else "shape"
                yield Stroke(drawn, width, holder if len(shapes) == 1 else None)


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


_HEADER_KINDS: dict[str | None, HeaderKind] = {"first": "first", "even": "even"}
_BROKEN = f"{W}lastRenderedPageBreak"
_HELD = (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}br")
_MANY_TIMES = 4
"""How many times the letters counted a file may hold; Word counts no blanks, no boxes and no headers."""


def read_document(source: Source) -> Document:
    """Read the whole document. Raises Refused where a part is damaged or holds no body."""
    root = source.tree(source.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise refused("no_text")
    reader = _Reader(source)
    reader.read_body(body)
    comments = source.beside("comments.xml").iter(f"{W}comment")
    # Pages as Word last broke or counted them; not where the letters counted are far fewer.
    n_breaks, application = sum(1 for _ in source.main_tree.iter(_BROKEN)), source.tree("docprops/app.xml")
    n_pages = n_breaks + 1 if n_breaks else None
    if n_pages is None and application is not None:
        counted = {entry.tag.rpartition("}")[2]: entry.text for entry in children(application)}
        n_letters = sum(len(p.text) for p in reader.paragraphs)
        if "Characters" not in counted or number(counted["Characters"]) >= n_letters / _MANY_TIMES:
            n_pages = int(number(counted.get("Pages"))) or None
    return Document(
        source=source,
        paragraphs=tuple(reader.paragraphs),
        tables=tuple(reader.tables),
        sections=tuple(reader.sections),
        n_pages=n_pages,
        n_comments=sum(comment.get(f"{W}author") not in OURS for comment in comments),
        n_revisions=sum(1 for _ in body.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")),
    )


class _Reader:
    """Walks the body once and keeps what it has found."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.cascade = Cascade(source)
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.sections: list[Section] = []
        self._n_boxes = 0
        self._holding: set[Any] = set()
        """The paragraphs that may hold a picture or a break: few do, and each is then looked into."""
        self._room: float | None = None
        """The width of the section that is read."""
        self._page: int | None = None
        self._tells_even_pages = is_on(source.beside("settings.xml").find(f"{W}evenAndOddHeaders"))

    def read_body(self, body: Any) -> None:
        self._holding.update(p for one in body.iter(*_HELD) for p in one.iterancestors(f"{W}p"))
        self._page = 1 if next(body.iter(_BROKEN), None) is not None else None
        # The width of a section is needed for its paragraphs, but stands behind them.
        rooms = list[float]()
        for element in body.iter(f"{W}sectPr"):
            sides = (number(value(element, "pgMar", side), 1440) for side in ("left", "right"))
            gutter = number(value(element, "pgMar", "gutter"))
            free = number(value(element, "pgSz", "w"), 12240) - sum(sides) - gutter
            rooms.append(free / TWIPS_PER_MM)
        self._room = rooms[0] if rooms else None
        first = 0
        ends: list[tuple[Any, int]] = []
        for block in children(body):
            if block.tag == f"{W}sectPr":
                ends.append((block, first))
                continue
            self._read_block(block, None, None, None, None)
            ended = child(child(block, "pPr"), "sectPr") if block.tag == f"{W}p" else None
            if ended is not None:
                ends.append((ended, first))
                first = len(self.paragraphs)
                self.sections.append(self._section(*ends[-1]))
                self._room = rooms[min(len(self.sections), len(rooms) - 1)]
        if len(ends) > len(self.sections):
            self.sections.append(self._section(*ends[-1]))

    def _read_block(
        self, element: Any, cell: TableCell | None, box: int | None, room: float | None, part: str | None
    ) -> None:
        if element.tag == f"{W}p":
            self.paragraphs.append(self._paragraph(element, cell, box, room, part or self.source.main))
            for content, width in text_boxes(element) if self.paragraphs[-1].has_picture else ():
                self._n_boxes += 1
                number_of_box = self._n_boxes
                for block in children(content):
                    self._read_block(block, None, number_of_box, width, part)
        elif element.tag == f"{W}tbl":
            within = room if room is not None else self._room
            at, nested = (len(self.tables), len(self.sections)), room is not None
            table, cells = read_table(element, self.cascade, *at, within, nested)
            self.tables.append(table)
            for inner, content in cells:
                for block in children(content):
                    self._read_block(block, inner, box, inner.width, part)

    def _paragraph(
        self, element: Any, cell: TableCell | None, box: int | None, room: float | None, part: str
    ) -> Paragraph:
        table_style = cell.table.style if cell else ""
        properties = child(element, "pPr")
        style, shape = self.cascade.shape(properties, table_style)
        label, label_face = "", None
        if shape.numbering:
            label = self.cascade.lists.label(*shape.numbering)
            label_face = self.cascade.label_face(properties, table_style, shape.numbering)
        spans = tuple(_Spans(self.cascade, style, table_style).read(element))
        room = room if cell or box else self._room
        holding = element in self._holding
        pictures = descendants(element, f"{W}drawing", f"{W}pict", f"{W}object") if holding else ()
        drawn = any(True for _ in pictures)
        # The page that it begins on by Word's own marks of where its pages broke.
        page = self._page if part == self.source.main else None
        if page is not None and (first := next(element.iter(_BROKEN, f"{W}t"), None)) is not None:
            self._page = page + sum(1 for _ in element.iter(_BROKEN))
            page += int(first.tag == _BROKEN)
        strokes = list(shapes_of(element)) if drawn else []
        if shape.border:
            strokes.append(Stroke("border", None if room is None else room - shape.left - shape.right))
        return Paragraph(
            number=len(self.paragraphs),
            element=element,
            part=part,
            style=self.cascade.names.get(style, style),
            shape=shape,
            spans=spans,
            label=label,
            label_face=label_face,
            strokes=tuple(strokes),
            cell=cell,
            box=box,
            room=room,
            section=len(self.sections),
            breaks_page=shape.page_break
            or (holding and any(b.get(f"{W}type") == "page" for b in descendants(element, f"{W}br"))),
            has_picture=drawn,
            page=page,
        )

    def _section(self, element: Any, first: int) -> Section:
        def mm(of: str, name: str, default: float) -> float:
            return abs(number(value(element, of, name), default)) / TWIPS_PER_MM

        start = value(element, "pgNumType", "start")
        width, height = mm("pgSz", "w", 12240), mm("pgSz", "h", 15840)
        return Section(
            number=len(self.sections),
            element=element,
            first=first,
            width=width,
            height=height,
            **{side: mm("pgMar", side, 1440) for side in ("top", "bottom", "left", "right")},
            gutter=mm("pgMar", "gutter", 0),
            landscape=width > height,
            title_page=is_on(child(element, "titlePg")),
            continuous=value(element, "type") == "continuous",
            starts_at=int(number(start)) if start is not None else None,
            number_format=value(element, "pgNumType", "fmt") or "decimal",
            headers=self._read_edges(element, "header"),
            footers=self._read_edges(element, "footer"),
        )

    def _read_edges(self, element: Any, edge: str) -> dict[HeaderKind, tuple[Paragraph, ...]]:
        before = self.sections[-1] if self.sections else None
        shown = dict({} if before is None else before.headers if edge == "header" else before.footers)
        for reference in element.findall(f"{W}{edge}Reference"):
            kind = _HEADER_KINDS.get(reference.get(f"{W}type"), "default")
            if kind == "even" and not self._tells_even_pages:
                continue
            part = self.source.related.get(reference.get(f"{R}id", ""), ("", ""))[1]
            root = self.source.tree(part)
            if root is not None:
                # Its paragraphs don't count among those of the body.
                self._holding.update(p for one in root.iter(*_HELD) for p in one.iterancestors(f"{W}p"))
                kept, self.paragraphs, self.tables = (self.paragraphs, self.tables), [], []
                for block in children(root):
                    self._read_block(block, None, None, None, part)
                shown[kind] = tuple(self.paragraphs)
                self.paragraphs, self.tables = kept
        return shown


class _Spans:
    """Reads the runs of one paragraph, following fields from their begin to their end."""

    def __init__(self, cascade: Cascade, style: str, table_style: str) -> None:
        self._face = partial(cascade.face, paragraph_style=style, table_style=table_style)
        self._fields: list[list[str]] = []
        """The fields that are open, the innermost last: what each says it does, "code" or "result"."""

    def read(self, element: Any, field: str = "") -> Iterator[Span]:
        for inner in children(element):
            if inner.tag == f"{W}r":
                yield from self._run(inner, field)
            elif inner.tag == f"{W}fldSimple":
                name = _field_name(inner.get(f"{W}instr", ""))
                spans = list(self.read(inner, name or field))
                yield from spans or [Span("", self._face(None), inner, name)]
            elif inner.tag == f"{W}hyperlink":
                yield from self.read(inner, field)

    def _run(self, run: Any, field: str) -> Iterator[Span]:
        face, text = self._face(child(run, "rPr")), ""
        for inner in children(run):
            match inner.tag.rpartition("}")[2]:
                case "t":
                    text += "" if self._fields and self._fields[-1][1] == "code" else inner.text or ""
                case "br" | "cr":
                    text += "\n" if inner.get(f"{W}type", "textWrapping") == "textWrapping" else ""
                case "tab" | "ptab":
                    text += "\t"
                case "noBreakHyphen":
                    text += "-"
                case "sym":
                    text += symbol(inner)
                case "instrText" if self._fields:
                    self._fields[-1][0] += inner.text or ""
                case "fldChar":
                    if text:
                        yield Span(text, face, run, self._field() or field)
                        text = ""
                    kind = inner.get(f"{W}fldCharType")
                    if kind == "begin":
                        self._fields.append(["", "code"])
                    elif kind == "separate" and self._fields:
                        self._fields[-1][1] = "result"
                    elif kind == "end" and self._fields and (ended := _field_name(self._fields.pop()[0])):
                        yield Span("", face, run, ended)
        if text:
            yield Span(text, face, run, self._field() or field)

    def _field(self) -> str:
        return _field_name(self._fields[-1][0]) if self._fields and self._fields[-1][1] == "result" else ""


def _field_name(instruction: str) -> str:
    name = re.match(r"\s*([A-Za-z]+|=)", instruction)
    return name[1].upper() if name else ""


_PADDING = 108  # Twips that Word keeps free at each side of a cell unless told otherwise
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def read_table(
    element: Any, cascade: Cascade, position: int, section: int, room: float | None, nested: bool
) -> tuple[Table, list[tuple[TableCell, Any]]]:
    """Read a table and list its cells with their elements; ``room`` is the width around it in mm."""
    grid = [number(c.get(f"{W}w")) / TWIPS_PER_MM for c in element.findall(f"{W}tblGrid/{W}gridCol")]
    rows = [inner for inner in children(element) if inner.tag == f"{W}tr"]
    properties = child(element, "tblPr")
    style = cascade.style_of(properties, "table")
    sources = [properties, *(child(s, "tblPr") for s in reversed(cascade.style_elements(style)))]
    whole = _measure(properties, "tblW", room) or sum(grid) or None
    # What cells keep free at both sides together, in mm.
    padding = 0.0
    for names in (("left", "start"), ("right", "end")):
        margins = [(child(source, "tblCellMar"), name) for source in sources for name in names]
        written = (value(around, name, "w") for around, name in margins)
        side = next((one for one in written if one is not None), None)
        padding += int(number(side, _PADDING)) / TWIPS_PER_MM
    # How far the table's edge stands from the left margin, where it doesn't float and something tells.
    left_edge: float | None = None
    if not nested and properties is not None and child(properties, "tblpPr") is None:
        share = {"center": 0.5, "right": 1.0, "end": 1.0}.get(value(properties, "jc") or "")
        if share is None:
            left_edge = _measure(properties, "tblInd", room) or 0.0
        elif whole is not None and room is not None:
            left_edge = (room - whole) * share
    table = Table(
        number=position,
        element=element,
        style=style,
        n_rows=len(rows),
        width=whole,
        bordered=_is_bordered(element, rows, sources),
        repeats_header=bool(rows) and is_on(child(child(rows[0], "trPr"), "tblHeader")),
        splits_rows=any(not is_on(child(child(row, "trPr"), "cantSplit")) for row in rows),
        section=section,
        left=left_edge,
    )
    cells: list[tuple[TableCell, Any]] = []
    for at, row in enumerate(rows):
        column = int(number(value(child(row, "trPr"), "gridBefore")))
        left: float | None = sum(grid[:column])
        for cell in (inner for inner in children(row) if inner.tag == f"{W}tc"):
            cell_properties = child(cell, "tcPr")
            span = span_of(value(cell_properties, "gridSpan"))
            width = _measure(cell_properties, "tcW", room) or sum(grid[column : column + span]) or None
            free = None if width is None else width - padding
            begin = None if left is None else left + padding / 2
            cells.append((TableCell(table, at, column, free, begin), cell))
            left = None if left is None or width is None else left + width
            column += span
    return table, cells


def _measure(properties: Any, name: str, room: float | None) -> float | None:
    """A width in mm from twips or fiftieths of a percent of ``room``; None for automatic."""
    measure = child(properties, name)
    text, kind = (None, None) if measure is None else (measure.get(f"{W}w"), measure.get(f"{W}type"))
    if text is None or kind in ("auto", "nil"):
        return None
    if kind == "pct" or text.endswith("%"):
        share = number(text.rstrip("%")) / (100 if text.endswith("%") else 5000)
        return None if room is None else share * room
    return number(text) / TWIPS_PER_MM


def _is_bordered(element: Any, rows: list[Any], sources: list[Any]) -> bool:
    """Whether any line of the table is seen: its own or its style's, unless every cell takes them away."""
    drawn = False
    for edge in _EDGES:
        lines_here = (value(child(source, "tblBorders"), edge) for source in sources)
        drawn = drawn or next((one for one in lines_here if one is not None), "nil") not in ("nil", "none")
    if next(element.iter(f"{W}tcBorders"), None) is None:
        return drawn
    cells = (cell for row in rows for cell in children(row) if cell.tag == f"{W}tc")
    borders_of_cells = [child(child(cell, "tcPr"), "tcBorders") for cell in cells]
    lines = (edge.get(f"{W}val") for borders in borders_of_cells if borders is not None for edge in borders)
    if any(line not in ("nil", "none", None) for line in lines):
        return True
    taken = (
        b is not None and all(value(b, edge) in ("nil", "none") for edge in _EDGES[:4])
        for b in borders_of_cells
    )
    return drawn and not all(taken)
