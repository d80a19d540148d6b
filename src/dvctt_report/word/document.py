"""A .docx as what is seen: paragraphs in their order with effective formatting, cells, sections, headers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Literal, TypeAlias

from dvctt_report.word.cascade import Face, Shape
from dvctt_report.word.nd30.metrics import text_width
from dvctt_report.word.source import Source
from dvctt_report.word.strokes import Stroke

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
