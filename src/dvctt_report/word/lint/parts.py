"""The parts of an administrative document and the single lines that people make of a paragraph."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import key, one_line, without_marks
from dvctt_report.word.document import Document, Paragraph, Span, Table, width_of
from dvctt_report.word.nd30.kinds import Part
from dvctt_report.word.strokes import Stroke

_GAP = lazy_pattern(r"\t+|[ \u00a0]{3,}")
_BLANK_BEHIND = lazy_pattern(r"(?:\bsố|\bsố\s*:|\bngày|\btháng|\bnăm|,|/)\s*$", re.IGNORECASE)
_SIGN = lazy_pattern(r"[-–+*•]")
_DEEPER = 0.8
"""Millimetres that a line which goes on stands further in, at least; one typed blank is about one."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A line of text inside a paragraph; ``column`` counts the gaps of tabs or blanks before it.

    ``start`` is how many characters of its line stand before it.
    """

    spans: tuple[Span, ...]
    paragraph: Paragraph
    line: int = 0
    column: int = 0
    start: int = 0

    @cached_property
    def raw(self) -> str:
        """The text as it was typed, without the label of automatic numbering."""
        return "".join(span.text for span in self.spans)

    @cached_property
    def text(self) -> str:
        """The text as it is read: NFC, single blanks, capitals where they are shown."""
        shown = [s.text.upper() if s.face.caps else s.text for s in self.spans if not s.face.hidden]
        text = one_line("".join(shown))
        label = self.paragraph.label if self.line == 0 and self.column == 0 else ""
        return f"{label} {text}".strip() if label else text

    @cached_property
    def key(self) -> str:
        """The key of the text: case, tone placement, dashes and Unicode form don't matter."""
        return key(self.text)

    @cached_property
    def plain(self) -> str:
        """The text in lower case without marks."""
        return without_marks(self.key)

    @cached_property
    def visible(self) -> tuple[Span, ...]:
        """The spans that show something else than blanks."""
        return tuple(s for s in self.spans if s.text.strip() and not s.face.hidden)

    @property
    def is_upper(self) -> bool:
        """Whether every letter is a capital; False where there is no letter."""
        return self.text.isupper()

    @property
    def is_bold(self) -> bool:
        return bool(self.visible) and all(s.face.bold for s in self.visible)

    @property
    def any_bold(self) -> bool:
        return any(s.face.bold for s in self.visible)

    @property
    def is_italic(self) -> bool:
        return bool(self.visible) and all(s.face.italic for s in self.visible)

    @cached_property
    def size(self) -> float | None:
        """The size of most of its letters."""
        count: Counter[float] = Counter()
        for span in self.visible:
            count[span.face.size] += len(span.text)
        return max(count, key=count.__getitem__) if count else None

    @property
    def width(self) -> float:
        """The width of the text on one line in mm, without the blanks typed around it to centre it."""
        if self.raw == self.raw.strip():
            return width_of(self.spans)
        start, end = len(self.raw) - len(self.raw.lstrip()), len(self.raw.rstrip())
        return width_of(part_of(self.spans, start, end))


Line = TypeVar("Line", bound=Piece | Paragraph)


def holding(lines: Sequence[Line], *words: str) -> list[Line]:
    """The lines that hold one of the words: few do, and only those are looked at with patterns.

    They are found in all lines laid end to end, at a fraction of what a look into each takes.
    """
    whole = "\n".join(texts := [line.text for line in lines])
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    found: set[int] = set()
    for word in words:
        at = whole.find(word)
        while at >= 0:
            n = bisect_right(starts, at) - 1
            found.add(n)
            at = whole.find(word, starts[n + 1])
    return [lines[n] for n in sorted(found)]


def lines_of(paragraph: Paragraph) -> tuple[Piece, ...]:
    """Cut a paragraph at its line breaks; empty lines are left out, their number counts on."""
    if "\n" not in paragraph.text:
        whole = Piece(paragraph.spans, paragraph)
        return (whole,) if whole.text else ()
    lines: list[list[Span]] = [[]]
    for span in paragraph.spans:
        for at, text in enumerate(span.text.split("\n")):
            if at:
                lines.append([])
            if text:
                lines[-1].append(replace(span, text=text))
    made = (Piece(tuple(spans), paragraph, at) for at, spans in enumerate(lines))
    return tuple(piece for piece in made if piece.text)


def columns_of(piece: Piece) -> tuple[Piece, ...]:
    """Cut a line at tabs and long runs of blanks, unless the blanks are left for a number or a date."""
    raw = piece.raw
    cuts: list[tuple[int, int]] = []
    for gap in _GAP.finditer(raw):
        behind = raw[: gap.start()]
        blanks_left = "\t" not in gap[0] and _BLANK_BEHIND.search(unicodedata.normalize("NFC", behind))
        if behind.strip() and raw[gap.end() :].strip() and not blanks_left:
            cuts.append(gap.span())
    if not cuts:
        return (piece,)
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(raw)]
    return tuple(
        Piece(part_of(piece.spans, start, end), piece.paragraph, piece.line, at, start)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def start_of_table(lines: Sequence[Piece], at: int, lowest: int) -> int:
    """The first line, not before ``lowest``, of the table in which line ``at`` stands; ``at``: in none."""
    cell = lines[at].paragraph.cell
    while cell and at > lowest and (above := lines[at - 1].paragraph.cell) and above.table is cell.table:
        at -= 1
    return at


def part_of(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans between two characters of a line."""
    found: list[Span] = []
    at = 0
    for span in spans:
        low, high = max(start - at, 0), min(end - at, len(span.text))
        if low < high:
            found.append(replace(span, text=span.text[low:high]))
        at += len(span.text)
    return tuple(found)


def entries_of(lines: Sequence[Piece]) -> list[list[Piece]]:
    """Join what goes on in the next line, of the same paragraph or of its own, without a dash."""
    entries: list[list[Piece]] = []
    for piece in lines:
        if entries and goes_on(entries[-1], piece):
            entries[-1].append(piece)
        else:
            entries.append([piece])
    return entries


def goes_on(entry: Sequence[Piece], piece: Piece) -> bool:
    """Whether a line without a dash belongs to the entry above, broken by hand: that one isn't ended yet.

    A small first letter, a comma before it or a deeper indent tell it from one that forgot its dash.
    """
    before = entry[-1]
    if _SIGN.match(piece.text):
        return False
    if piece.paragraph is before.paragraph:
        return True
    if before.text.endswith((";", ".", ":")):
        return False
    deeper = _indent(piece) > _indent(entry[0]) + _DEEPER
    return piece.text[:1].islower() or before.text.endswith((",", "-")) or deeper


def _indent(piece: Piece) -> float:
    """How far in a line begins, in mm: its own indent and the blanks typed before it."""
    blanks = len(piece.raw) - len(piece.raw.lstrip())
    return piece.paragraph.shape.left + piece.paragraph.shape.first + blanks * 1.0


@dataclass(frozen=True)
class Letterhead:
    """What stands above the title. Each part is None where it wasn't found.

    ``parent`` and ``issuer`` are lines in their order; strokes are the lines found under the two names.
    """

    state: Piece | None = None
    motto: Piece | None = None
    parent: tuple[Piece, ...] = ()
    issuer: tuple[Piece, ...] = ()
    number: Piece | None = None
    place_date: Piece | None = None
    matter: tuple[Piece, ...] = ()
    motto_line: Stroke | None = None
    issuer_line: Stroke | None = None
    state_is_broken: bool = False


@dataclass(frozen=True)
class Title:
    """Kind and subject of a document with a name of its own, and whom it addresses.

    ``other`` is a name that is none of the decree's kinds ("PHIẾU TRÌNH"). ``enclosed_in`` is the line
    "(Ban hành kèm theo …)" below the subject. The addressee is "Kính gửi" or what calls a telegram's
    receivers ("… điện:").
    """

    kind: Piece | None = None
    other: Piece | None = None
    subject: tuple[Piece, ...] = ()
    subject_line: Stroke | None = None
    enclosed_in: tuple[Piece, ...] = ()
    addressee: Piece | None = None
    addressees: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Signer:
    """One of several who sign side by side: titles line by line, the name under them."""

    authority: tuple[Piece, ...]
    name: Piece | None = None


@dataclass(frozen=True)
class Signature:
    """Authority and titles line by line, the name under them, and the list of recipients.

    Where several sign, ``authority`` and ``name`` are those of the last, the other ones ``co_signers``.
    """

    authority: tuple[Piece, ...] = ()
    name: Piece | None = None
    recipients_title: Piece | None = None
    recipients: tuple[Piece, ...] = ()
    co_signers: tuple[Signer, ...] = ()

    @property
    def signers(self) -> tuple[Signer, ...]:
        """All who sign, the one beside the recipients or the last first; none where no title was found."""
        return tuple(s for s in (Signer(self.authority, self.name), *self.co_signers) if s.authority)


@dataclass(frozen=True)
class Annex:
    """An annex: label, title lines, the line that says what it belongs to, () where missing.

    ``name`` is what it is called, "Phụ lục I"; ``beside`` the title where it stands in the label's own line.
    """

    label: Piece
    name: str
    beside: str = ""
    title: tuple[Piece, ...] = ()
    attached: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Number:
    """Number and symbol taken apart: "Số: 05/BC-SKHCN" → "05", "BC-SKHCN"; figure "" where left blank."""

    figure: str
    symbol: str


@dataclass(frozen=True, eq=False)
class Paper:
    """A document with its parts, equal to itself alone; ``kind`` in words, "" where the signs don't agree.

    ``body`` are the lines between title and signature outside of tables, ``pieces`` all lines of the
    document. ``number`` and ``day`` are None where left blank or unreadable, ``groups`` those of letters in
    the number's symbol. ``not_missed`` are the parts
    that a document of its kind may do without, ``enclosed`` the texts that it puts into force (a quy chế).
    ``signs``: the names of what was looked for to tell the kind, and whether it is there.
    """

    document: Document
    kind: str
    head: Letterhead
    pieces: tuple[Piece, ...]
    annexes: tuple[Annex, ...]
    title: Title = Title()
    body: tuple[Piece, ...] = ()
    signature: Signature = Signature()
    number: Number | None = None
    groups: Sequence[str] = ()
    day: date | None = None
    bases: tuple[Piece, ...] = ()
    layout_tables: tuple[Table, ...] = ()
    not_missed: frozenset[Part] = frozenset()
    enclosed: tuple[Paper, ...] = ()
    signs: Mapping[str, bool] = field(default_factory=dict)

    @cached_property
    def whole(self) -> str:
        """The keys of all lines."""
        return "\n".join(piece.key for piece in self.pieces)

    @property
    def name_as_enclosed(self) -> str:
        """What it is called as a part of the document that encloses it: "Quy chế kèm theo"."""
        named = self.title.kind or self.title.other
        name = self.kind if self.title.kind else named.text.capitalize() if named else "Văn bản"
        return f"{name} kèm theo"
