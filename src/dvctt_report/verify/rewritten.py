"""Every place where an edited copy says something else than was issued, whatever the words mean.

The other parts of the check know kinds of facts. This one knows none: it compares letters, so that no edit
goes unseen. Fonts, blanks, quotation marks, dashes and where a paragraph is divided are no edits.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from dvctt_report.grouping import by_key
from dvctt_report.report.blocks import TextBlock
from dvctt_report.verify.numbers import even_text
from dvctt_report.verify.reading import CELL, Deviation, DeviationKind, opening
from dvctt_report.verify.table_pairing import name_rows
from dvctt_report.vietnamese import key

AROUND = 3
"""Words that are shown on each side of what was changed in a paragraph."""
LONGEST_HEAD = 150
"""Characters over a cell up to which they name its column and are not another cell's text."""
_NEAR = 3
"""Words between two changes at most where they are told as one."""
_MOVED = 3
"""Words from which on what is gone in one place and new in another is told as moved."""
_MANY = 4
"""Cells of one column from which on their changes are told as one: the numbers of rows behind a new one."""
_MANY_ROWS = 200
"""Rows up to which each is laid against each to find the likest; more are paired by name alone."""
_LIKE = 0.5
"""Least share of common words of two rows that are taken for one."""

_ROWS = -1
"""Stands for a column where whole rows are told."""

_FRAME = 2
"""Rows and columns of a table at most that is none for its reader."""
_STOPS = frozenset(".;:-–")
"""Signs behind which a clause begins."""

_TOKEN = re.compile(r"\d[\d.,]*\d|\w+|[^\w\s]")


class EditKind(StrEnum):
    """What was done to the words."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A place where the words were edited.

    section: where it stands, as the edited document numbers it.
    where: table, row and column; "" in a paragraph.
    before, after: the words that differ.
    was, now: the same as they are shown, with words around them.
    at: the block of the edited document it stands in, or the last one before it.
    whole: what was added, removed or moved as a whole: "đoạn", "dòng", "ô"; "" for words of one.
    column: table and column of a cell, -1 for whole rows; None in a paragraph.
    unsaid: how what is gone still stands there: "gạch ngang"; "" for nothing left of it.
    why: what it is about that a person has to read: "viện dẫn"; "" for words that may be passed over.
    n_alike: how many cells of the column are told with it.
    """

    kind: EditKind
    section: str
    where: str
    before: str
    after: str
    was: str
    now: str
    at: int
    whole: str = ""
    column: tuple[int, int] | None = None
    unsaid: str = ""
    why: str = ""
    n_alike: int = 1

    @property
    def to_read(self) -> bool:
        return bool(self.unsaid or self.why)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, number or sign of a text; ``same`` is equal where nothing but its form differs."""

    start: int
    end: int
    same: str


@lru_cache(maxsize=20_000)
def _same(word: str) -> str:
    capitals = "".join(" ^"[char.isupper()] for char in word) if word != word.lower() else ""
    return key(word) + capitals


def _words(text: str) -> list[_Word]:
    return [_Word(m.start(), m.end(), _same(m[0])) for m in _TOKEN.finditer(text)]


@dataclass(eq=False)
class _Line:
    """A paragraph or row: of the print, or the edited one of that number; a row has a name."""

    block: TextBlock
    at: int
    name: str = ""

    @cached_property
    def cells(self) -> tuple[str, ...]:
        return tuple(map(even_text, self.block.cells))

    @cached_property
    def same(self) -> tuple[str, ...]:
        """Cell by cell its words; equal for what differs in form alone."""
        return tuple(" ".join(word.same for word in _words(text)) for text in self.cells)

    @property
    def is_row(self) -> bool:
        return self.block.table is not None

    @property
    def text(self) -> str:
        return "; ".join(filter(None, self.cells))

    def column(self, n: int) -> str:
        """Where a cell of the row stands: "Bảng 2, dòng 3 “Cơ quan A”, cột “Tỷ lệ (%)”"."""
        heads = self.block.heads
        head = heads[n] if n < len(heads) and self.name and not self.block.header else ""
        column = f"cột “{head}”" if 0 < len(head) <= LONGEST_HEAD else ""
        return ", ".join(filter(None, (self.block.title, self.name, column)))


def read_edits(printed: Sequence[TextBlock], edited: Sequence[TextBlock]) -> list[WordEdit]:
    """Compare an edited document with what was printed, paragraph by paragraph and cell by cell."""
    before, after = _lines(printed), _lines(edited)
    regions = [
        region
        for whole in _regions([one.block.cells for one in before], [one.block.cells for one in after])
        for region in _narrowed(before[whole[0]], after[whole[1]])
    ]
    edits = list(_read_moved(regions))
    for gone, new in regions:
        edits += _read_prose([one for one in gone if not one.is_row], [one for one in new if not one.is_row])
        edits += _read_rows([one for one in gone if one.is_row], [one for one in new if one.is_row])
    return sorted(_with_moved(edits), key=lambda one: one.at)


def _with_moved(edits: Sequence[WordEdit]) -> Iterator[WordEdit]:
    """Take words that are gone in one place and new in another for moved."""
    gone: dict[str, list[WordEdit]] = defaultdict(list)
    for one in edits:
        if one.kind is EditKind.REMOVED and one.column is None and len(_words(one.before)) >= _MOVED:
            gone[" ".join(word.same for word in _words(one.before))].append(one)
    paired = set()
    for one in edits:
        words = " ".join(word.same for word in _words(one.after))
        if one.kind is EditKind.ADDED and one.column is None and gone[words]:
            paired |= {id(one), id(gone[words].pop())}
            yield replace(one, kind=EditKind.MOVED, before=one.after, was=one.after, now=one.after)
    yield from (one for one in edits if id(one) not in paired)


def _lines(blocks: Sequence[TextBlock]) -> list[_Line]:
    found: list[_Line] = []
    for table, group in groupby(enumerate(blocks), key=lambda one: one[1].table):
        rows = list(group)
        cells = [block.cells for _, block in rows]
        names = [""] * len(rows) if table is None or _is_frame(cells) else name_rows(cells)
        for (n, block), name in zip(rows, names, strict=True):
            found.append(_Line(block, n, "tên cột" if name and block.header else name))
    return found


def _is_frame(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table only sets texts side by side: a letterhead, a signature beside the recipients."""
    return len(rows) <= _FRAME and max(map(len, rows)) <= _FRAME


_Region = tuple[list[_Line], list[_Line]]


def _regions(one: Sequence[object], other: Sequence[object]) -> Iterator[tuple[slice, slice]]:
    """The stretches of two sequences that differ."""
    for how, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if how != "equal":
            yield slice(a, b), slice(c, d)


def _narrowed(gone: Sequence[_Line], new: Sequence[_Line]) -> Iterator[_Region]:
    """Leave out of a stretch the lines that differ in form alone."""
    for a, b in _regions([one.same for one in gone], [one.same for one in new]):
        yield list(gone[a]), list(new[b])


def _read_moved(regions: Sequence[_Region]) -> Iterator[WordEdit]:
    """Tell, and take out of the regions, the lines that stand somewhere else as they were."""
    waiting: dict[tuple[str, ...], list[tuple[_Line, list[_Line]]]] = defaultdict(list)
    for gone, _ in regions:
        for one in gone:
            waiting[one.same].append((one, gone))
    for _, new in regions:
        for other in list(new):
            if waiting[other.same]:
                one, held = waiting[other.same].pop(0)
                held.remove(one)
                new.remove(other)
                if "".join(other.same):
                    whole = "dòng" if other.is_row else "đoạn"
                    yield _edit(EditKind.MOVED, other, one.text, other.text, whole)


def _edit(kind: EditKind, line: _Line, before: str, after: str, whole: str) -> WordEdit:
    """An edit of all of a line."""
    block = line.block
    where = ", ".join(filter(None, (block.title, line.name)))
    column = None if block.table is None else (block.table, _ROWS)
    return WordEdit(kind, block.section, where, before, after, before, after, line.at, whole, column)


# ----------------------------------------------------------------------------------------------- paragraphs


@dataclass(frozen=True, slots=True)
class _Text:
    """Paragraphs taken for one text; ``lines`` says of each word which of them it stands in."""

    paragraphs: Sequence[_Line]
    words: Sequence[_Word]
    lines: Sequence[int]

    @classmethod
    def of(cls, paragraphs: Sequence[_Line]) -> _Text:
        cut = [_words(one.cells[0]) for one in paragraphs]
        return cls(paragraphs, [w for one in cut for w in one], [n for n, one in enumerate(cut) for _ in one])

    def said(self, part: slice) -> str:
        """The words of a stretch as they are written."""
        pieces = []
        for n, group in groupby(range(part.start, part.stop), key=self.lines.__getitem__):
            at = list(group)
            pieces.append(self.paragraphs[n].cells[0][self.words[at[0]].start : self.words[at[-1]].end])
        return " ".join(pieces)

    def shown(self, part: slice) -> str:
        """The same with some words on both sides, as far as the paragraph goes."""
        start, stop = part.start, part.stop
        if not self.lines:
            return ""
        first = self.lines[start if start < stop else max(start - 1, 0)]
        last = self.lines[stop - 1] if start < stop else first
        while start and part.start - start < AROUND and self.lines[start - 1] == first:
            start -= 1
        while stop < len(self.lines) and stop - part.stop < AROUND and self.lines[stop] == last:
            stop += 1
        return self.said(slice(start, stop))

    def line(self, part: slice) -> _Line | None:
        """The paragraph that a stretch begins in, or the last one before a place; None in no text."""
        n = part.start if part.start < part.stop else max(part.start - 1, 0)
        return self.paragraphs[self.lines[n]] if n < len(self.lines) else None

    def is_whole(self, part: slice) -> bool:
        """Whether a stretch is all of a paragraph."""
        ends = (part.start - 1, part.stop)
        return all(not 0 <= n < len(self.lines) or self.lines[n] != self.lines[part.start] for n in ends)

    def to_opening(self, part: slice) -> int:
        """By how many words a stretch may begin later, or earlier (less than 0), to begin with a clause.

        "…; B: 2" put in behind "A: 1" is "B: 2; …" put in before it: both leave the same text.
        """
        words, start, stop = [word.same for word in self.words], part.start, part.stop
        if start == stop:
            return 0
        for step in (-1, 1):
            by = 0
            while not self._opens(start + by):
                leaves, enters = (start + by, stop + by) if step > 0 else (start + by - 1, stop + by - 1)
                if leaves < 0 or enters >= len(words) or words[leaves] != words[enters]:
                    break
                by += step
            else:
                return by
        return 0

    def _opens(self, at: int) -> bool:
        """Whether a clause begins with a word."""
        return at == 0 or self.words[at - 1].same in _STOPS or self.lines[at] != self.lines[at - 1]

    def parts(self, part: slice) -> list[slice]:
        """A stretch, paragraph by paragraph; [] for an empty one."""
        cuts = [n for n in range(part.start + 1, part.stop) if self.lines[n] != self.lines[n - 1]]
        return [slice(a, b) for a, b in pairwise((part.start, *cuts, part.stop)) if a < b]


def _read_prose(gone: Sequence[_Line], new: Sequence[_Line]) -> Iterator[WordEdit]:
    """Compare paragraphs word by word; where they are divided is no matter."""
    one, other = _Text.of(gone), _Text.of(new)
    for before, after in _joined(one, other):
        if before.start < before.stop and after.start < after.stop:
            yield _reworded(EditKind.CHANGED, one, other, before, after)
            continue
        for part in one.parts(before):
            yield _reworded(EditKind.REMOVED, one, other, part, after)
        for part in other.parts(after):
            yield _reworded(EditKind.ADDED, one, other, before, part)


def _joined(one: _Text, other: _Text) -> list[tuple[slice, slice]]:
    """What differs of two texts, changes near each other in one paragraph as one."""
    found: list[tuple[slice, slice]] = []
    for a, b in _regions([w.same for w in one.words], [w.same for w in other.words]):
        if not (a.start < a.stop and b.start < b.stop):
            by = one.to_opening(a) or other.to_opening(b)
            a, b = slice(a.start + by, a.stop + by), slice(b.start + by, b.stop + by)
        if found:
            c, d = found[-1]
            lines = {*one.lines[c.start : a.stop]}, {*other.lines[d.start : b.stop]}
            if a.start - c.stop <= _NEAR and all(len(part) <= 1 for part in lines):
                found[-1] = slice(c.start, a.stop), slice(d.start, b.stop)
                continue
        found.append((a, b))
    return found


def _reworded(kind: EditKind, one: _Text, other: _Text, before: slice, after: slice) -> WordEdit:
    text, part = (one, before) if kind is EditKind.REMOVED else (other, after)
    line, near = text.line(part), other.line(after)
    assert line is not None
    said = one.said(before), other.said(after)
    at = near.at if near else -1
    if kind is not EditKind.CHANGED and text.is_whole(part):
        return replace(_edit(kind, line, *said, "đoạn"), at=at)
    section = (near or line).block.section
    return WordEdit(kind, section, "", *said, one.shown(before), other.shown(after), at)


# --------------------------------------------------------------------------------------------------- tables


def _read_rows(gone: Sequence[_Line], new: Sequence[_Line]) -> Iterator[WordEdit]:
    pairs = _pair_rows(gone, new)
    taken = set(pairs.values())
    at = new[0].at if new else -1
    for one in gone:
        if one in pairs:
            yield from _read_row(one, pairs[one])
        else:
            yield replace(_edit(EditKind.REMOVED, one, one.text, "", "dòng"), at=at)
    for other in new:
        if other not in taken:
            yield _edit(EditKind.ADDED, other, "", other.text, "dòng")


def _pair_rows(gone: Sequence[_Line], new: Sequence[_Line]) -> Mapping[_Line, _Line]:
    """Pair rows by the longest text in them, then by their place, then by the words they have in common."""
    pairs: dict[_Line, _Line] = {}
    named: dict[str, list[_Line]] = defaultdict(list)
    for other in new:
        named[max(other.same, key=len, default="")].append(other)
    for one in gone:
        if there := named[max(one.same, key=len, default="")]:
            pairs[one] = there.pop(0)
    taken = set(pairs.values())
    left, free = [one for one in gone if one not in pairs], [one for one in new if one not in taken]
    if len(left) == len(free):
        return pairs | dict(zip(left, free, strict=True))
    if len(left) * len(free) <= _MANY_ROWS**2:
        both = [(_likeness(one, other), one, other) for one in left for other in free]
        for like, one, other in sorted(both, key=lambda pair: -pair[0]):
            if like >= _LIKE and one not in pairs and other not in taken:
                pairs[one] = other
                taken.add(other)
    return pairs


def _likeness(one: _Line, other: _Line) -> float:
    words = [Counter(word for text in line.same for word in text.split()) for line in (one, other)]
    return (words[0] & words[1]).total() / max(words[0].total(), words[1].total(), 1)


def _read_row(one: _Line, other: _Line) -> Iterator[WordEdit]:
    """Compare two rows cell by cell; where they have not as many, those that differ are lost and added."""
    if len(one.cells) == len(other.cells):
        for n, (before, after) in enumerate(zip(one.same, other.same, strict=True)):
            if before != after:
                yield from _read_cell(other, n, one.cells[n], other.cells[n])
        return
    for a, b in _regions(one.same, other.same):
        for n in range(a.start, a.stop):
            yield from (replace(edit, at=other.at) for edit in _read_cell(one, n, one.cells[n], ""))
        for n in range(b.start, b.stop):
            yield from _read_cell(other, n, "", other.cells[n])


def _read_cell(line: _Line, n: int, before: str, after: str) -> Iterator[WordEdit]:
    """Compare the texts of a cell, the ``n``-th of its row, word by word."""
    one, other = ([_Line(TextBlock(line.block.section, (text,)), line.at)] for text in (before, after))
    column = (line.block.table or 0, n)
    for edit in _read_prose(one, other):
        whole = "ô" if edit.whole else ""
        yield replace(edit, where=line.column(n), at=line.at, whole=whole, column=column)


# ------------------------------------------------------------------------------------------- what is told

MOST_LAID = 200_000
"""Edits times deviations up to which each is laid against each; no person makes as many."""

_NAMED = re.compile(r"dòng [^“]*“([^”]*)”")


def untold(edits: Iterable[WordEdit], deviations: Iterable[Deviation]) -> list[WordEdit]:
    """Leave out the edits that one of the deviations tells already, word for word and at that place.

    Not those of which something is still to be seen, which no deviation says; none where there are so many
    that laying each against each would take its time.
    """
    told = [one for one in deviations if one.kind is not DeviationKind.CHANGED_SINCE]
    listed = list(edits)
    if len(listed) * len(told) > MOST_LAID:
        return listed
    return [edit for edit in listed if edit.unsaid or not any(_tells(one, edit) for one in told)]


def _tells(told: Deviation, edit: WordEdit) -> bool:
    place = told.place
    if place.section != edit.section and not place.section.startswith(CELL):
        return False
    named = _NAMED.search(edit.where)
    if edit.column is not None and named and named[1] not in f"{place.section}{place.where}":
        return False
    gone = told.kind is DeviationKind.MISSING and edit.kind is EditKind.REMOVED
    if edit.whole == "dòng":
        return gone and named is not None
    if edit.whole == "đoạn" and told.whole:
        came = told.kind is DeviationKind.UNKNOWN and edit.kind is EditKind.ADDED
        claimed = came and _is_within(edit.after, told.found)
        return claimed or ((gone or came) and f"“{opening(edit.before or edit.after)}”" in told.whole)
    if not any(char.isalnum() for char in edit.before + edit.after):
        return False
    return _is_within(edit.before, told.expected) and _is_within(edit.after, told.found)


def _is_within(part: str, text: str) -> bool:
    """Whether words stand in a text as they are."""
    one, other = _spoken(part), _spoken(text)
    return not one.strip() or one in other


@lru_cache(maxsize=5_000)
def _spoken(text: str) -> str:
    """The words of a text and nothing else, a blank before and behind each."""
    return " ".join(("", *re.findall(r"\w+", key(text)), ""))


def still_seen(edits: Iterable[WordEdit], unsaid: Mapping[str, str]) -> list[WordEdit]:
    """Say of what is gone how it still stands there; ``unsaid`` are such texts, and how they are set."""

    def how(edit: WordEdit) -> str:
        within = (_is_within(text, edit.before) or _is_within(edit.before, text) for text in unsaid)
        return next((how for is_same, how in zip(within, unsaid.values(), strict=True) if is_same), "")

    return [replace(one, unsaid=how(one)) if one.before else one for one in edits]


def gathered(edits: Iterable[WordEdit]) -> list[WordEdit]:
    """Take the edits of many cells of one column, or of many rows, for one: the first, which counts them."""
    groups = by_key(
        ((one.section, one.column, one.kind) if one.column else n, one) for n, one in enumerate(edits)
    )
    found: list[WordEdit] = []
    for group in groups.values():
        found += [replace(group[0], n_alike=len(group))] if len(group) >= _MANY else group
    return sorted(found, key=lambda one: one.at)
