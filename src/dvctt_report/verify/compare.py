"""What an edited document says otherwise than was printed: paragraphs and rows aligned, letters compared.

Nothing here knows what words mean. What is asked of a change is only whether a value that the manifest names
stands in it, and whether a blank was filled.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby, islice, pairwise, takewhile

from dvctt_report.report.beside import is_chart
from dvctt_report.verify.alignment import differing
from dvctt_report.verify.passages import CutDocument, Passage, cell_keys, label_of
from dvctt_report.verify.values import Names, Value, ValueKind, new_numbers, word_places
from dvctt_report.vietnamese import parse_date

AROUND = 4
"""Words shown on each side of what was changed in a sentence."""
NEAR = 2
"""Words between two changes at most where they are told as one."""
_MOVED = 4
"""Words from which on what is gone in one place and stands in another was moved."""
_MOST_LAID = 20_000
"""Rows times rows up to which each is laid against each to find the likest; more only against those near."""
_WINDOW = 20
_LIKE = 50.0
"""Least likeness, of 100, of two rows that are taken for one; beside each other less will do."""
_LETTERS = 600
"""Letters of a row that are compared to find the likest."""
_WHOLE_CELL = 60
"""Characters up to which all of a changed cell is shown."""
_LONGEST_FILLED = 2_000
"""Characters, times blanks but one, up to which a text is looked through for what fills several blanks."""
_LATEST = timedelta(days=400)
"""Days after the figures' day within which a document is dated."""


class Gravity(StrEnum):
    """What a change is to the person who checks: another value; to be read; told only."""

    DIFFERS = "differs"
    READ = "to_read"
    LISTED = "listed"


class EditKind(StrEnum):
    """What was done."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Change:
    """A place where the edited document is not as printed.

    section, where: where it stands; ``where`` is table, row and column, "" in a paragraph.
    before, after: what differs, as it stands.
    was, now: the same as shown, with words around it.
    at: the block of the edited document it stands in, or the last one before it.
    whole: "đoạn", "dòng" or "ô" for what came, went or moved as a whole.
    values: what the values are that differ; ``figures`` names those of the manifest.
    column: table and column of a cell, -1 for whole rows; None in a paragraph.
    unseen: how what is gone still stands there: "chữ trắng".
    n_alike: how many changes are told with it.
    """

    gravity: Gravity
    kind: EditKind
    section: str
    where: str
    before: str
    after: str
    was: str
    now: str
    at: int
    whole: str = ""
    values: tuple[ValueKind, ...] = ()
    figures: tuple[str, ...] = ()
    column: tuple[int, int] | None = None
    unseen: str = ""
    n_alike: int = 1


@dataclass
class DocumentComparison:
    """Compares two documents; ``changes`` is what came of it, ``touched`` counts figures not as printed."""

    printed: CutDocument
    edited: CutDocument
    names: Names
    as_of: date
    changes: list[Change] = field(default_factory=list)
    touched: int = 0

    def run(self) -> DocumentComparison:
        """Compare them; return itself."""
        for gone, new in aligned(self.printed, self.edited, self._moved):
            at = new[0].at if new else self._place_of(gone)
            self._prose([one for one in gone if not one.row], [one for one in new if not one.row], at)
            self._rows([one for one in gone if one.row], [one for one in new if one.row], at)
        self.changes.sort(key=lambda one: one.at)
        return self

    def _place_of(self, gone: Sequence[Passage]) -> int:
        """A place in the edited document for what is gone: that of its section's first block there."""
        return self._sections.get(gone[0].block.section, 0) if gone else 0

    @cached_property
    def _sections(self) -> Mapping[str, int]:
        places = enumerate(self.edited.places)
        return {one.block.section: at for at, one in reversed([*places])}

    def _moved(self, one: Passage, other: Passage) -> None:
        """Note a passage that stands elsewhere; figures in another section or table have another owner."""
        away = (one.block.section, one.block.title) != (other.block.section, other.block.title)
        differs = away and one.n_figures > 0
        self.touched += one.n_figures * differs
        self._whole(EditKind.MOVED, other, other.at, (ValueKind.FIGURE,) * one.n_figures if differs else ())

    def _whole(self, kind: EditKind, passage: Passage, at: int, values: tuple[ValueKind, ...] = ()) -> None:
        """Note a row or sentence that came, went or moved; ``values`` are those that have another owner."""
        document = self.printed if kind is EditKind.REMOVED else self.edited
        was = "" if kind is EditKind.ADDED else passage.text
        now = "" if kind is EditKind.REMOVED else passage.text
        column = (passage.block.table or 0, -1) if passage.row else None
        where, whole = document.place_of(passage), "dòng" if passage.row else "đoạn"
        gravity, section = Gravity.DIFFERS if values else Gravity.READ, passage.block.section
        self.changes.append(
            Change(gravity, kind, section, where, was, now, was, now, at, whole, values, (), column)
        )

    # ------------------------------------------------------------------------------------------- sentences

    def _prose(self, gone: Sequence[Passage], new: Sequence[Passage], at: int) -> None:
        """Compare sentences, however paragraphs are divided; ``at`` is where what is gone stood."""
        one, other = _Text.of(gone, self.names), _Text.of(new, self.names)
        for change, a, b in self._changed(one, other):
            stands = other.passage_at(b)
            whole = change.kind is not EditKind.CHANGED and one.is_whole(a) and other.is_whole(b)
            told = replace(change, at=stands.at if stands else at)
            if whole:
                told = replace(told, was=told.before, now=told.after, whole="đoạn")
            self.changes.append(told)

    def _changed(self, one: _Text, other: _Text) -> Iterator[tuple[Change, slice, slice]]:
        """Yield what was changed between two texts, and the words of each that are meant."""
        for a, b in _regions(one, other):
            if b.start == b.stop:
                pairs = [(part, b) for part in one.by_block(a)]
            else:
                pairs = [(a, part) for part in other.by_block(b)] if a.start == a.stop else [(a, b)]
            for was, now in pairs:
                yield self._judged(one, other, was, now), was, now

    def _judged(self, one: _Text, other: _Text, a: slice, b: slice) -> Change:
        """Say what the change of the words ``a`` into the words ``b`` is."""
        before, after = one.said(a), other.said(b)
        gravity, values = self._gravity(one, other, a, b)
        left = set() if gravity is Gravity.DIFFERS else {v.same for v in other.values_in(b)}
        lost = [v.id for v in one.values_in(a) if v.id and v.same not in left]
        self.touched += len(lost)
        kind = EditKind.ADDED if not before else EditKind.REMOVED if not after else EditKind.CHANGED
        kind = EditKind.FILLED if gravity is Gravity.LISTED else kind
        passage = (other.passage_at(b) if kind is not EditKind.REMOVED else None) or one.passage_at(a)
        section, ids = passage.block.section if passage else "", tuple(dict.fromkeys(lost))
        shown = one.shown(a), other.shown(b)
        return Change(gravity, kind, section, "", before, after, *shown, 0, "", values, ids)

    def _gravity(self, one: _Text, other: _Text, a: slice, b: slice) -> tuple[Gravity, tuple[ValueKind, ...]]:
        """How grave a change of words is, and what the values are that differ."""
        was, now, after = one.values_in(a), other.values_in(b), other.said(b)
        if self._is_filled(one, other, a, b):
            return Gravity.LISTED, ()
        before, behind = Counter(v.same for v in was), Counter(v.same for v in now)
        lost, came = before - behind, behind - before
        if not lost and not came:
            swapped = [v.same for v in was] != [v.same for v in now] and one.words(a) == other.words(b)
            return (Gravity.DIFFERS, tuple(v.kind for v in was)) if swapped else (Gravity.READ, ())
        new = {v.kind for v in now if came[v.same]}
        in_cell, whole = any(p.row for p in (*one.passages, *other.passages)), one.is_whole(a) and not after
        differs = [
            v.kind for v in was if lost[v.same] and _is_otherwise(v, after, in_cell, v.kind in new, whole)
        ]
        listing = any(v.kind is ValueKind.UNIT for v in one.values)
        if ValueKind.UNIT in new and listing and not differs and not other.is_whole(b):
            differs = [ValueKind.UNIT]
        return (Gravity.DIFFERS if differs else Gravity.READ), tuple(differs)

    def _is_filled(self, one: _Text, other: _Text, a: slice, b: slice) -> bool:
        """Whether nothing was done but to fill the blanks: the words around them still stand there."""
        blanks = [value for value in one.values_in(a) if value.kind is ValueKind.BLANK]
        after = other.said(b)
        if not blanks or len(after) * (len(blanks) - 1) > _LONGEST_FILLED:
            return False
        parts, at = [], a.start
        for blank in blanks:
            parts += [re.escape(one.said(slice(at, blank.start))), "(.+?)"]
            at = blank.end
        said = re.fullmatch(r"\s*".join((*parts, re.escape(one.said(slice(at, a.stop))))), after, re.DOTALL)
        if said is None or (one.is_whole(a) and _counts(other.said(part) for part in other.by_block(b))):
            return False
        return all(self._fills(text, v.text.strip()) for v, text in zip(blanks, said.groups(), strict=True))

    def _fills(self, text: str, blank: str) -> bool:
        """Whether a blank is for such a text: a number, a day not before the figures'; for "[…]" any is."""
        if blank.startswith("["):
            return not text.startswith("[")
        if blank.startswith("/"):
            return text.endswith(blank) and _NUMBER.fullmatch(text.removesuffix(blank).strip()) is not None
        day = parse_date(text)
        return day is not None and self.as_of <= day <= self.as_of + _LATEST

    # ------------------------------------------------------------------------------------------------ rows

    def _rows(self, gone: Sequence[Passage], new: Sequence[Passage], at: int) -> None:
        """Compare rows; ``at`` is where what is gone stood."""
        for one, other in pair_rows(gone, new):
            at = other.at if other else at
            if one and other:
                self._row(one, other)
            elif one:
                self.touched += one.n_figures
                self._whole(EditKind.REMOVED, one, at)
            elif other:
                self._whole(EditKind.ADDED, other, at)

    def _row(self, one: Passage, other: Passage) -> None:
        """Compare two rows cell by cell; one that bears another's name now, or a column, is another's."""
        label = label_of(one)
        table, header = one.block.table, one.block.header
        for n, m in _cells_that_differ(one, other):
            was = _Text.cell(one, n, self.names)
            now = _Text.cell(other, m, self.names)
            renamed = n == m and (header or (n == label and one.n_figures > 0))
            owner = renamed and cell_keys(other)[m] in self._labels[table, header]
            all_was, all_now = was.said(slice(0, len(was.same))), now.said(slice(0, len(now.same)))
            where = self.printed.place_of(one, n) if m < 0 else self.edited.place_of(other, m)
            for change, _, _ in self._changed(was, now):
                told = replace(change, where=where, at=other.at, column=(table or 0, max(n, m)))
                if not (all_was and all_now):
                    told = replace(told, whole="ô")
                if max(len(all_was), len(all_now)) <= _WHOLE_CELL:
                    told = replace(told, was=all_was, now=all_now)
                if owner:
                    told = replace(told, gravity=Gravity.DIFFERS, values=(ValueKind.TARGET,))
                self.changes.append(told)

    @cached_property
    def _labels(self) -> Mapping[tuple[int | None, bool], set[str]]:
        """The printed names of the rows of each table, and of its columns."""
        found: defaultdict[tuple[int | None, bool], set[str]] = defaultdict(set)
        for passage in self.printed.passages:
            if passage.row:
                cells, label = cell_keys(passage), label_of(passage)
                own = cells if passage.block.header else [] if label is None else [cells[label]]
                found[passage.block.table, passage.block.header].update(filter(None, own))
        return found


def _cells_that_differ(one: Passage, other: Passage) -> Iterator[tuple[int, int]]:
    """Yield the cells of two rows that differ; -1 for none where they have not as many."""
    keys = cell_keys(one), cell_keys(other)
    if len(keys[0]) == len(keys[1]):
        yield from ((n, n) for n, (a, b) in enumerate(zip(*keys, strict=True)) if a != b)
        return
    for a, b in differing(*keys):
        both = min(a.stop - a.start, b.stop - b.start)
        yield from ((a.start + n, b.start + n) for n in range(both))
        yield from ((n, -1) for n in range(a.start + both, a.stop))
        yield from ((-1, m) for m in range(b.start + both, b.stop))


_NUMBER = re.compile(r"\d{1,5}[a-zđ]?")
_ENTRY = re.compile(r"\W*\d{1,2}[.)](?=\s)")
"""The number of a paragraph."""


def _counts(paragraphs: Iterable[str]) -> bool:
    """Whether paragraphs of the author's own hold figures, which nothing was printed for."""
    entries = ((_ENTRY.match(text), text) for text in paragraphs)
    return any(new_numbers(text[number.end() if number else 0 :]) for number, text in entries)


def _is_otherwise(value: Value, after: str, in_cell: bool, by_another: bool, whole: bool) -> bool:
    """Whether a value that is gone makes a difference: something stands in its place, or its list goes on.

    after: the words that stand there; by_another: whether another value of the kind does.
    whole: whether all of its sentence is gone.
    """
    if value.id:
        return bool(after) or in_cell
    match value.kind:
        case ValueKind.BLANK:
            return False
        case ValueKind.UNIT:
            return not whole
        case ValueKind.DAY | ValueKind.DOCUMENT | ValueKind.PERIOD:
            return in_cell or any(map(str.isdigit, after))
    return by_another


def aligned(
    printed: CutDocument, edited: CutDocument, moved: Callable[[Passage, Passage], None]
) -> Iterator[tuple[list[Passage], list[Passage]]]:
    """Yield the stretches of passages that differ; of what stands elsewhere as it was ``moved`` is told."""
    regions = [
        (list(printed.passages[a]), list(edited.passages[b]))
        for a, b in differing([one.key for one in printed.passages], [one.key for one in edited.passages])
    ]
    waiting: dict[str, deque[Passage]] = defaultdict(deque)
    for gone, _ in regions:
        for one in gone:
            waiting[one.key].append(one)
    out: set[int] = set()
    for _, new in regions:
        for other in new:
            if other.n_words >= _MOVED and waiting[other.key]:
                one = waiting[other.key].popleft()
                out |= {id(one), id(other)}
                moved(one, other)
    for gone, new in regions:
        yield [p for p in gone if id(p) not in out], [p for p in new if id(p) not in out]


# ----------------------------------------------------------------------------------------------------- words


class _Text:
    """Sentences taken for one text, or a cell: its words, values and blanks, by the numbers of the words."""

    def __init__(self, passages: Sequence[Passage], cells: Sequence[int], names: Names) -> None:
        self.passages = passages
        self.same: list[str] = []
        self.places: list[tuple[int, int, int]] = []
        self.values: list[Value] = []
        self._texts: list[str] = []
        for n, (passage, cell) in enumerate(zip(passages, cells, strict=True)):
            text = passage.cells[cell]
            first = len(self.same)
            words = [*word_places(text)]
            self.places += [(n, start, stop) for start, stop, _ in words]
            self.same += [same for _, _, same in words]
            self._texts.append(text)
            starts, stops = [start for start, _, _ in words], [stop for _, stop, _ in words]
            for value in names.values(text, passage.figures[cell]):
                start, end = bisect_right(stops, value.start), bisect_left(starts, value.end)
                if start < end:
                    self.values.append(replace(value, start=first + start, end=first + end))
        self._ends = [value.end for value in self.values]
        self._of_values = {n for value in self.values for n in range(value.start, value.end)}

    @classmethod
    def of(cls, passages: Sequence[Passage], names: Names) -> _Text:
        return cls(passages, [0] * len(passages), names)

    @classmethod
    def cell(cls, passage: Passage, n: int, names: Names) -> _Text:
        """A cell of a row, none for -1; of a chart every number is a value."""
        names = replace(names, every_number=True) if is_chart(passage.block.section) else names
        return cls([passage], [n], names) if n >= 0 else cls((), (), names)

    def said(self, part: slice) -> str:
        """The words of a stretch as they are written."""
        passages = []
        for n, group in groupby(self.places[part], key=lambda place: place[0]):
            at = list(group)
            passages.append(" ".join(self._texts[n][at[0][1] : at[-1][2]].split()))
        return " ".join(passages)

    def shown(self, part: slice) -> str:
        """The same with some words on both sides, as far as the paragraph goes."""
        if not self.places:
            return ""
        start, stop = part.start, part.stop
        first = self._block(min(start, len(self.places) - 1) if start < stop else max(start - 1, 0))
        last = self._block(stop - 1) if start < stop else first
        while start and part.start - start < AROUND and self._block(start - 1) == first:
            start -= 1
        while stop < len(self.places) and stop - part.stop < AROUND and self._block(stop) == last:
            stop += 1
        return self.said(slice(start, stop))

    def _block(self, word: int) -> int:
        return self.passages[self.places[word][0]].at

    def by_block(self, part: slice) -> list[slice]:
        """A stretch, paragraph by paragraph."""
        cuts = [n for n in range(part.start + 1, part.stop) if self._block(n) != self._block(n - 1)]
        return [slice(a, b) for a, b in pairwise((part.start, *cuts, part.stop))]

    def passage_at(self, part: slice) -> Passage | None:
        """The passage that a stretch begins in, or the last one before it."""
        n = part.start if part.start < part.stop else max(part.start - 1, 0)
        return self.passages[self.places[n][0]] if n < len(self.places) else None

    def is_whole(self, part: slice) -> bool:
        """Whether a stretch is all of some passages, or stands between two."""
        ends = (part.start, part.stop)
        return all(n in (0, len(self.places)) or self.places[n][0] != self.places[n - 1][0] for n in ends)

    def values_in(self, part: slice) -> list[Value]:
        """The values that a stretch holds, touches or stands within."""
        first = bisect_right(self._ends, part.start)
        return [*takewhile(lambda value: value.start < part.stop, islice(self.values, first, None))]

    def is_value(self, word: int) -> bool:
        return word in self._of_values

    def words(self, part: slice) -> list[str]:
        """The words of a stretch that are no value."""
        return [self.same[n] for n in range(part.start, part.stop) if n not in self._of_values]

    def passage_of(self, word: int) -> int:
        return self.places[word][0]


def _regions(one: _Text, other: _Text) -> list[tuple[slice, slice]]:
    """The stretches of words that differ: each value whole, changes near each other in a sentence as one."""
    found = list(differing(one.same, other.same))
    while (grown := _joined(_with_values(one, other, found), one)) != found:
        found = grown
    return found


def _with_values(
    one: _Text, other: _Text, found: Sequence[tuple[slice, slice]]
) -> Iterator[tuple[slice, slice]]:
    """Let each stretch take in the values that it touches, as far as the next stretch."""
    for n, (a, b) in enumerate(found):
        before = behind = 0
        for text, part in ((one, a), (other, b)):
            for value in text.values_in(part):
                before = max(before, part.start - value.start)
                behind = max(behind, value.end - part.stop)
        before = min(before, a.start - (found[n - 1][0].stop if n else 0))
        behind = min(behind, (found[n + 1][0].start if n + 1 < len(found) else len(one.same)) - a.stop)
        yield slice(a.start - before, a.stop + behind), slice(b.start - before, b.stop + behind)


def _joined(found: Iterable[tuple[slice, slice]], one: _Text) -> list[tuple[slice, slice]]:
    """Take stretches for one that overlap, or that few words of one sentence and no value stand between."""
    joined: list[tuple[slice, slice]] = []
    for a, b in found:
        if joined:
            c, d = joined[-1]
            between = range(c.stop, a.start)
            ends = {one.passage_of(n) for n in (c.stop - 1, a.start) if 0 <= n < len(one.same)}
            near = 0 < len(between) <= NEAR and not any(map(one.is_value, between)) and len(ends) == 1
            if near or a.start < c.stop or b.start < d.stop:
                joined[-1] = slice(c.start, max(c.stop, a.stop)), slice(d.start, max(d.stop, b.stop))
                continue
        joined.append((a, b))
    return joined


# ------------------------------------------------------------------------------------------------------ rows


_Pair = tuple[Passage | None, Passage | None]


def pair_rows(gone: Sequence[Passage], new: Sequence[Passage]) -> Iterator[_Pair]:
    """Yield what was printed with what stands in its place, then what has nothing to stand for."""
    pairs = _likest(gone, new)
    yield from ((one, new[pairs[n]] if n in pairs else None) for n, one in enumerate(gone))
    taken = set(pairs.values())
    yield from ((None, other) for m, other in enumerate(new) if m not in taken)


def pair_sentences(gone: Sequence[Passage], new: Sequence[Passage]) -> Iterator[_Pair]:
    """Yield sentences with the likest of those that may stand in their place, then those that are new."""
    from rapidfuzz import fuzz

    at = 0
    for one in gone:
        near = range(at, min(at + _WINDOW, len(new)))
        like = next((m for m in near if fuzz.ratio(one.key, new[m].key, score_cutoff=_LIKE)), None)
        if like is not None:
            yield from ((None, other) for other in new[at:like])
            at = like + 1
        yield one, None if like is None else new[like]
    yield from ((None, other) for other in new[at:])


def _likest(gone: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """Pair rows by what they hold and are called, the likest first; then those that stand for each other."""
    from rapidfuzz import fuzz

    labels = [[_label(one) for one in passages] for passages in (gone, new)]
    keys = [[one.key[:_LETTERS] for one in passages] for passages in (gone, new)]
    many = len(gone) * len(new) > _MOST_LAID
    scored = []
    for n in range(len(gone)):
        middle = n * len(new) // max(len(gone), 1)
        for m in (
            range(max(0, middle - _WINDOW), min(len(new), middle + _WINDOW)) if many else range(len(new))
        ):
            like = fuzz.ratio(keys[0][n], keys[1][m], score_cutoff=_LIKE)
            called = fuzz.ratio(labels[0][n], labels[1][m])
            if like + called > 2 * _LIKE:
                scored.append((like + called, -abs(n - m), n, m))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, m in sorted(scored, reverse=True):
        if n not in pairs and m not in taken:
            pairs[n] = m
            taken.add(m)
    _pair_between(pairs, taken, gone, new)
    return pairs


def _pair_between(
    pairs: dict[int, int], taken: set[int], gone: Sequence[Passage], new: Sequence[Passage]
) -> None:
    """Pair a row that is left over with the one that stands in its place."""
    for n, one in enumerate(gone):
        if n not in pairs:
            m = pairs.get(n - 1, -1 if n == 0 else -2) + 1
            ends = m == pairs.get(n + 1, len(new) if n + 1 == len(gone) else -2) - 1
            if 0 <= m < len(new) and m not in taken and ends and len(one.cells) == len(new[m].cells):
                pairs[n] = m
                taken.add(m)


def _label(passage: Passage) -> str:
    label = label_of(passage)
    return "" if label is None else passage.cells[label][:_LETTERS]


# --------------------------------------------------------------------------------------------------- telling

_MANY = 4
"""Changes of one kind in one column, or of whole rows, from which on they are told as one."""


def gathered(changes: Iterable[Change]) -> list[Change]:
    """Take the changes of many cells of a column, or of many rows, for one: the first, which counts them."""
    groups: dict[object, list[Change]] = defaultdict(list)
    for n, one in enumerate(changes):
        if one.kind is EditKind.FILLED:
            groups[one.gravity, one.after].append(one)
        else:
            groups[(one.gravity, one.kind, one.section, one.column) if one.column else n].append(one)
    found: list[Change] = []
    for group in groups.values():
        alike = len(group) >= _MANY or group[0].kind is EditKind.FILLED
        found += [replace(group[0], n_alike=len(group))] if alike else group
    return sorted(found, key=lambda one: one.at)
