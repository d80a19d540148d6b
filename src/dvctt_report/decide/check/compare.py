"""What an edited document says otherwise than was printed: paragraphs and rows aligned, letters compared.

Nothing here knows what words mean. What is asked of a change is only whether a value that the manifest names
stands in it, and whether a blank was filled.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby, islice, pairwise, takewhile, zip_longest

from dvctt_report.decide.check.passages import (
    CLOSING,
    CutDocument,
    Passage,
    aligned,
    cell_keys,
    differing,
    label_of,
    pair_rows,
)
from dvctt_report.decide.check.values import Names, Value, ValueKind, counted, word_places
from dvctt_report.report.beside import is_chart
from dvctt_report.text.vietnamese import CAPITALS, parse_date

AROUND = 4
"""Words shown on each side of what was changed in a sentence."""
NEAR = 2
"""Words between two changes at most where they are told as one."""


class ValuedText:
    """Sentences taken for one text, or a cell: its words, values and blanks, by the numbers of the words."""

    def __init__(self, passages: Sequence[Passage], names: Names, cell: int = 0) -> None:
        """``cell``: which cell of each passage; of a chart every number in it is a value."""
        self.passages = passages
        self.same: list[str] = []
        self.places: list[tuple[int, int, int]] = []
        self.values: list[Value] = []
        self._texts = [passage.cells[cell] for passage in passages]
        for n, (passage, text) in enumerate(zip(passages, self._texts, strict=True)):
            first, words = len(self.same), [*word_places(text)]
            self.places += [(n, start, stop) for start, stop, _ in words]
            self.same += [same for _, _, same in words]
            starts, stops = [start for start, _, _ in words], [stop for _, stop, _ in words]
            of_chart = passage.row and is_chart(passage.block.section)
            named = replace(names, every_number=True) if of_chart else names
            for value in named.values(text, passage.figures[cell]):
                start, end = bisect_right(stops, value.start), bisect_left(starts, value.end)
                if start < end:
                    self.values.append(replace(value, start=first + start, end=first + end))
        self._ends = [value.end for value in self.values]
        self.of_values = {n for value in self.values for n in range(value.start, value.end)}

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


def changed_stretches(one: ValuedText, other: ValuedText) -> list[tuple[slice, slice]]:
    """The stretches of words that differ: each value whole, changes near each other in a sentence as one.

    A stretch takes in the values that it touches, as far as the next stretch; those become one that overlap,
    or that few words of one sentence and no value stand between. That is done until nothing changes.
    """
    found, grown = list(differing(one.same, other.same)), list[tuple[slice, slice]]()
    while grown != found:
        found, grown = grown or found, []
        for n, (a, b) in enumerate(found):
            before = behind = 0
            for text, part in ((one, a), (other, b)):
                for value in text.values_in(part):
                    before = max(before, part.start - value.start)
                    behind = max(behind, value.end - part.stop)
            before = min(before, a.start - (found[n - 1][0].stop if n else 0))
            behind = min(behind, (found[n + 1][0].start if n + 1 < len(found) else len(one.same)) - a.stop)
            a, b = slice(a.start - before, a.stop + behind), slice(b.start - before, b.stop + behind)
            c, d = grown[-1] if grown else (slice(0, 0), slice(0, 0))
            between = range(c.stop, a.start)
            ends = {one.places[n][0] for n in (c.stop - 1, a.start) if 0 <= n < len(one.same)}
            near = 0 < len(between) <= NEAR and one.of_values.isdisjoint(between) and len(ends) == 1
            if grown and (near or a.start < c.stop or b.start < d.stop):
                grown[-1] = slice(c.start, max(c.stop, a.stop)), slice(d.start, max(d.stop, b.stop))
            else:
                grown.append((a, b))
    return found


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


class DocumentComparison:
    """Two documents compared; ``changes`` is what came of it, ``touched`` counts figures not as printed."""

    def __init__(self, printed: CutDocument, edited: CutDocument, names: Names, as_of: date) -> None:
        self.printed, self.edited, self.names, self.as_of = printed, edited, names, as_of
        self.changes: list[Change] = []
        self.touched = 0
        moved, stretches = aligned(self.printed, self.edited)
        for one, other in moved:  # figures in another section or table have another owner
            away = (one.block.section, one.block.title) != (other.block.section, other.block.title)
            figures = (ValueKind.FIGURE,) * one.n_figures if away else ()
            self.touched += len(figures)
            self._whole(EditKind.MOVED, other, other.at, figures)
        sections = {one.block.section: at for at, one in reversed([*enumerate(self.edited.places)])}
        for gone, new in stretches:
            at = new[0].at if new else (sections.get(gone[0].block.section, 0) if gone else 0)
            was, now = (ValuedText([one for one in side if not one.row], self.names) for side in (gone, new))
            for change, a, b in self._changed(was, now):
                stands = now.passage_at(b)
                whole = change.kind is not EditKind.CHANGED and was.is_whole(a) and now.is_whole(b)
                change = replace(change, at=stands.at if stands else at)
                self.changes.append(
                    replace(change, was=change.before, now=change.after, whole="đoạn") if whole else change
                )
            for row, its in pair_rows([one for one in gone if one.row], [one for one in new if one.row]):
                at = its.at if its else at
                if row and its:
                    self._row(row, its)
                elif row:
                    self.touched += row.n_figures
                    self._whole(EditKind.REMOVED, row, at)
                elif its:
                    self._whole(EditKind.ADDED, its, at)
        self.changes.sort(key=lambda one: one.at)

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

    def _changed(self, one: ValuedText, other: ValuedText) -> Iterator[tuple[Change, slice, slice]]:
        """Yield what was changed between two texts, and the words of each that are meant."""
        for a, b in changed_stretches(one, other):
            if b.start == b.stop:
                pairs = [(part, b) for part in one.by_block(a)]
            else:
                pairs = [(a, part) for part in other.by_block(b)] if a.start == a.stop else [(a, b)]
            for was, now in pairs:
                before, after = one.said(was), other.said(now)
                gravity, values = self._gravity(one, other, was, now)
                left = set() if gravity is Gravity.DIFFERS else {v.same for v in other.values_in(now)}
                lost = [v.id for v in one.values_in(was) if v.id and v.same not in left]
                self.touched += len(lost)
                kind = EditKind.ADDED if not before else EditKind.REMOVED if not after else EditKind.CHANGED
                kind = EditKind.FILLED if gravity is Gravity.LISTED and after else kind
                stands = other.passage_at(now) if kind is not EditKind.REMOVED else None
                passage = stands or one.passage_at(was)
                section, ids = passage.block.section if passage else "", tuple(dict.fromkeys(lost))
                shown = one.shown(was), other.shown(now)
                yield Change(gravity, kind, section, "", before, after, *shown, 0, "", values, ids), was, now

    def _gravity(
        self, one: ValuedText, other: ValuedText, a: slice, b: slice
    ) -> tuple[Gravity, tuple[ValueKind, ...]]:
        """How grave a change of words is, and what the values are that differ."""
        was, now, after = one.values_in(a), other.values_in(b), other.said(b)
        prompt = len(was) == 1 and one.is_whole(a)  # all of a paragraph that says of "[…]" what is to be done
        prompt = prompt and (was[0].kind, was[0].start) == (ValueKind.BLANK, a.start) and was[0].end < a.stop
        if (prompt and not after) or self._is_filled(one, other, a, b):
            return Gravity.LISTED, ()
        before, behind = Counter(v.same for v in was), Counter(v.same for v in now)
        lost, came = before - behind, behind - before
        if not lost and not came:
            words = [
                [text.same[n] for n in range(part.start, part.stop) if n not in text.of_values]
                for text, part in ((one, a), (other, b))
            ]
            swapped = [v.same for v in was] != [v.same for v in now] and words[0] == words[1]
            return (Gravity.DIFFERS, tuple(v.kind for v in was)) if swapped else (Gravity.READ, ())
        new = {v.kind for v in now if came[v.same]}
        in_cell, whole = any(p.row for p in (*one.passages, *other.passages)), one.is_whole(a) and not after
        differs = []  # of what is gone, what makes a difference: something stands there, or its list goes on
        for value in (value for value in was if lost[value.same]):
            match value.kind:
                case _ if value.id:
                    is_otherwise = bool(after) or in_cell
                case ValueKind.BLANK:
                    is_otherwise = False
                case ValueKind.UNIT:
                    is_otherwise = not whole
                case ValueKind.DAY | ValueKind.DOCUMENT | ValueKind.PERIOD:
                    is_otherwise = in_cell or any(map(str.isdigit, after))
                case _:
                    is_otherwise = value.kind in new
            differs += [value.kind] if is_otherwise else []
        listing = any(v.kind is ValueKind.UNIT for v in one.values)
        if ValueKind.UNIT in new and listing and not differs and not other.is_whole(b):
            differs = [ValueKind.UNIT]
        return (Gravity.DIFFERS if differs else Gravity.READ), tuple(differs)

    def _is_filled(self, one: ValuedText, other: ValuedText, a: slice, b: slice) -> bool:
        """Whether nothing was done but to fill the blanks: the words around them still stand there.

        A blank is for a number, or a day not before the figures'; "[…]" is for anything, for a name where the
        document is signed. Paragraphs of the author's own are none where they hold figures of their own.
        """
        blanks = [value for value in one.values_in(a) if value.kind is ValueKind.BLANK]
        after = other.said(b)
        if not blanks or len(after) * (len(blanks) - 1) > _LONGEST_FILLED:
            return False
        parts, at = [], a.start
        for blank in blanks:
            parts += [re.escape(one.said(slice(at, blank.start))), "(.+?)"]
            at = blank.end
        said = re.fullmatch(r"\s*".join((*parts, re.escape(one.said(slice(at, a.stop))))), after, re.DOTALL)
        if said is None:
            return False
        if one.is_whole(a):
            texts = (_ENTRY.sub("", other.said(part), count=1) for part in other.by_block(b))
            if any(figure not in self._counted for text in texts for figure in counted(text)):
                return False
        signs = any(one.passages[one.places[v.start][0]].block.section == CLOSING for v in blanks)
        for shape, text in zip((blank.text.strip() for blank in blanks), said.groups(), strict=True):
            if shape.startswith("["):
                fills = _NAME.fullmatch(text) is not None if signs else not text.startswith("[")
            elif shape.startswith("/"):
                number = text.removesuffix(shape).strip()
                fills = text.endswith(shape) and _NUMBER.fullmatch(number) is not None
            else:
                day = parse_date(text)
                fills = day is not None and self.as_of <= day <= self.as_of + _LATEST
            if not fills:
                return False
        return True

    @cached_property
    def _counted(self) -> set[tuple[str, ...]]:
        """The printed numbers with what is said of them."""
        return {unit for p in self.printed.passages for cell in p.cells for unit in counted(cell)}

    def _row(self, passage: Passage, other: Passage) -> None:
        """Compare two rows cell by cell; one that bears another's name now, or a column, is another's."""
        label = label_of(passage)
        table, header = passage.block.table, passage.block.header
        keys, its = cell_keys(passage), cell_keys(other)
        pairs = [(n, n) for n, (a, b) in enumerate(zip(keys, its, strict=False)) if a != b]
        if len(keys) != len(its):  # -1 for none
            ranges = ((range(a.start, a.stop), range(b.start, b.stop)) for a, b in differing(keys, its))
            pairs = [pair for a, b in ranges for pair in zip_longest(a, b, fillvalue=-1)]
        for n, m in pairs:
            was, now = (
                ValuedText([one] if cell >= 0 else [], self.names, cell)
                for one, cell in ((passage, n), (other, m))
            )
            renamed = n == m and (header or (n == label and passage.n_figures > 0))
            owner = renamed and its[m] in self._labels[table, header]
            all_was, all_now = was.said(slice(0, len(was.same))), now.said(slice(0, len(now.same)))
            where = self.printed.place_of(passage, n) if m < 0 else self.edited.place_of(other, m)
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


_NUMBER = re.compile(r"\d{1,5}[a-zđ]?")
_NAME = re.compile(
    rf"(?:[{CAPITALS}][^\W\d_]{{,4}}\.\s?)*+[{CAPITALS}][^\W\d_]*+(?:[\s'’-][{CAPITALS}][^\W\d_]*+){{1,6}}"
)
"""A few words with capitals, a degree before them: "TS. Nguyễn Văn A"."""
_ENTRY = re.compile(r"^\W*\d{1,2}[.)](?=\s)")
"""The number of a paragraph."""


# --------------------------------------------------------------------------------------------------- telling

_MANY = 4
"""Changes of one kind in one column, or of whole rows, from which on they are told as one."""


def gathered(changes: Iterable[Change]) -> list[Change]:
    """Take the changes of many cells of a column, or of many rows, for one: the first, which counts them."""
    groups: dict[object, list[Change]] = defaultdict(list)
    for n, one in enumerate(changes):
        if one.gravity is Gravity.LISTED:
            groups[one.gravity, one.after or one.before].append(one)
        else:
            groups[(one.gravity, one.kind, one.section, one.column) if one.column else n].append(one)
    found: list[Change] = []
    for group in groups.values():
        alike = len(group) >= _MANY or group[0].gravity is Gravity.LISTED
        found += [replace(group[0], n_alike=len(group))] if alike else group
    return sorted(found, key=lambda one: one.at)
