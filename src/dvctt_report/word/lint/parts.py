"""The parts of an administrative document, the lines of a paragraph, the levels and headings of its body."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Literal, TypeAlias, TypeVar

from dvctt_report.text.vietnamese import key, one_line, parse_date, without_marks
from dvctt_report.word.cascade import arabic
from dvctt_report.word.document import Document, Paragraph, Span, Stroke, Table, typed_stroke, width_of
from dvctt_report.word.lint.patterns import LISTS, patterns_of
from dvctt_report.word.nd30 import Part

_RE, _LISTS = patterns_of("parts"), LISTS["parts"]

_DEEPER = 0.8
"""Millimetres that a line which goes on stands further in, at least; one typed blank is about one."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A line in a paragraph; ``column``: gaps of tabs or blanks before it, ``start``: its first character."""

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

    @property
    def is_centred(self) -> bool:
        return self.paragraph.shape.align == "center"

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
    numbers: set[int] = set()
    for word in words:
        at = whole.find(word)
        while at >= 0:
            n = bisect_right(starts, at) - 1
            numbers.add(n)
            at = whole.find(word, starts[n + 1])
    return [lines[n] for n in sorted(numbers)]


def day_in(text: str | None) -> date | None:
    """The day that a text names in figures; None where no calendar has it."""
    return parse_date("/".join(str(int(n)) for n in re.findall(r"\d+", text or "")))


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
    for gap in _RE["gap"].finditer(raw):
        behind = raw[: gap.start()]
        blanks_left = "\t" not in gap[0] and _RE["blank_behind"].search(unicodedata.normalize("NFC", behind))
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
    parts: list[Span] = []
    at = 0
    for span in spans:
        low, high = max(start - at, 0), min(end - at, len(span.text))
        if low < high:
            parts.append(replace(span, text=span.text[low:high]))
        at += len(span.text)
    return tuple(parts)


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
    if _RE["sign"].match(piece.text):
        return False
    if piece.paragraph is before.paragraph:
        return True
    if before.text.endswith((";", ".", ":")):
        return False
    first, here = (
        p.paragraph.shape.left + p.paragraph.shape.first + len(p.raw) - len(p.raw.lstrip())
        for p in (entry[0], piece)
    )
    return piece.text[:1].islower() or before.text.endswith((",", "-")) or here > first + _DEEPER


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


Level: TypeAlias = Literal["part", "roman", "article", "clause", "decimal", "point", "dash", "plus", "text"]

LEVELS: list[tuple[Level, str]] = _LISTS["levels"]
"""The levels and the patterns that know them, in the order in which they are tried."""
_HEADINGS = ("part", "roman", "article", "clause")


@dataclass(frozen=True)
class Mark:
    """A paragraph of the body: level, its number as written, the signs around it, the words behind.

    ``where`` names the headings above: "mục II.1", "Điều 3"; "" before the first.
    """

    piece: Piece
    level: Level
    number: str
    sign: str
    rest: str
    where: str
    word: str = ""

    @property
    def place(self) -> str:
        """The place as it is told to the reader."""
        return f"Nội dung, {self.where}" if self.where else "Nội dung"


@lru_cache(maxsize=4)
def captions(paper: Paper) -> frozenset[int]:
    """The ids of the paragraphs that name a table or picture, its unit of count, or are notes to it."""
    count: Counter[float | None] = Counter()
    for piece in paper.body:
        count[piece.size] += len(piece.text)
    size = count.most_common(1)[0][0] if count else None
    captions_known: set[int] = set()
    above: Piece | None = None
    for piece in paper.body:
        # A list of notes goes on below "Ghi chú:" in lines of its size with a sign each.
        below = above is not None and id(above.paragraph) in captions_known and above.size == piece.size
        opened = below and above and (above.text.endswith((":", ";")) or _RE["listed"].match(above.text))
        listed = opened and _RE["listed"].match(piece.text)
        marked = listed or _RE["mark"].match(piece.plain)
        small = marked and (piece.is_italic or (piece.size or 0) < (size or 0))
        # Nothing but empty paragraphs stands between a note and a table, picture or caption above.
        higher = reversed(paper.document.paragraphs[: piece.paragraph.number])
        held = ((p.cell is not None or p.has_picture or id(p) in captions_known, p) for p in higher)
        below_table = next((is_held for is_held, p in held if is_held or p.text.strip()), False)
        is_note = (small or _RE["note"].match(piece.plain)) and below_table
        if _RE["caption"].match(piece.plain) or (small and listed) or is_note:
            captions_known.add(id(piece.paragraph))
        above = piece
    return frozenset(captions_known)


@lru_cache(maxsize=4)
def marks(paper: Paper) -> tuple[Mark, ...]:
    """The paragraphs of the body, captions and drawn lines left out, each with its level and place."""
    made: list[Mark] = []
    headings: list[tuple[str, str]] = []
    last_roman = 0
    left_out = captions(paper)
    for piece in paper.body:
        if piece.line or typed_stroke(piece.text) or id(piece.paragraph) in left_out:
            continue
        mark = _mark_of(piece)
        if mark.level == "roman":
            # Without a sign the numeral may be a word ("VI PHẠM"): it has to be the next one.
            if not mark.sign and not (piece.is_bold and arabic(mark.number) == last_roman + 1):
                mark = Mark(piece, "text", "", "", piece.text, "")
            else:
                last_roman = arabic(mark.number)
        if mark.level in _HEADINGS:
            at = _HEADINGS.index(mark.level)
            name = f"{mark.word} {mark.number}".strip()
            headings = [h for h in headings if _HEADINGS.index(h[0]) < at] + [(mark.level, name)]
        names = [name for of, name in headings if of != "clause"]
        clause = next((name for of, name in headings if of == "clause"), "")
        where = names[-1] if names else ""
        is_number = bool(where) and " " not in where
        where = f"mục {where}" if is_number else where
        if clause:
            where = f"{where}.{clause}" if is_number else f"khoản {clause} {where}".strip()
        made.append(replace(mark, where=where))
    return tuple(made)


def _mark_of(piece: Piece) -> Mark:
    """The level of a paragraph, and its parts; where it stands is not told yet."""
    for level, name in LEVELS:
        match = _RE[name].match(piece.text)
        if match is None:
            continue
        groups = match.groupdict()
        rest = piece.text[match.end() :].strip()
        # In words it may be a sentence about a part, "Phần thứ hai: kết quả …".
        signed = groups["sign"].strip() and not groups["n"].lower().startswith("thứ")
        if level == "part" and not (len(piece.text) < 90 and (not rest or rest.isupper() or signed)):
            continue
        # "Điều 2" opens an article by the sign behind it, or in bold and with words of its own.
        opened = match[0].strip().endswith((".", ":"))
        bold = all(span.face.bold for span in start_of(piece, match[0].strip())[0])
        opens_article = opened or (bold and not _RE["document"].match(rest))
        if level == "article" and (groups["word"][0] not in "ĐÐ" or not opens_article):
            continue
        if groups["sign"].strip() in ("-", "/", ":") and rest[:1].islower():
            continue
        if level == "roman" and groups["sign"].strip() in ("", ",", ":") and not rest.isupper():
            continue
        sign = (groups.get("sign0") or "") + groups["sign"].strip()
        return Mark(piece, level, groups["n"], sign, rest, "", groups.get("word") or "")
    return Mark(piece, "text", "", "", piece.text, "")


def start_of(piece: Piece, text: str) -> tuple[list[Span], bool]:
    """The spans that a line's first letters, ``text``, were typed in, and whether they hold nothing more."""
    left, spans = len("".join(text.split())), list[Span]()
    for span in () if piece.paragraph.label else piece.visible:
        if left <= 0:
            break
        spans.append(span)
        left -= len("".join(span.text.split()))
    return spans, left == 0


@lru_cache(maxsize=4)
def running_text(paper: Paper) -> tuple[Mark, ...]:
    """The paragraphs that body rules are about: no headings set apart, no bases."""
    bases = {id(piece.paragraph) for piece in paper.bases}
    running: list[Mark] = []
    for mark in marks(paper):
        # A centred line that is no sentence: the issuing authority, a title over two lines; "QUYẾT ĐỊNH:".
        no_sentence = not mark.rest.endswith((".", ";", ",")) and len(mark.rest) < 150
        centred = mark.piece.is_centred and (mark.piece.is_upper or no_sentence)
        set_apart = centred or _RE["decides"].fullmatch(mark.piece.text)
        if mark.level != "part" and id(mark.piece.paragraph) not in bases and not set_apart:
            running.append(mark)
    return tuple(running)
