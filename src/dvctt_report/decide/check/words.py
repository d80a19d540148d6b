"""Two texts word by word: the stretches that differ, each with the whole of the values that it touches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise, takewhile

from dvctt_report.decide.check.pairing import differing
from dvctt_report.decide.check.passages import Passage
from dvctt_report.decide.check.values import Names, Value, word_places
from dvctt_report.report.beside import is_chart

AROUND = 4
"""Words shown on each side of what was changed in a sentence."""
NEAR = 2
"""Words between two changes at most where they are told as one."""


class ValuedText:
    """Sentences taken for one text, or a cell: its words, values and blanks, by the numbers of the words."""

    def __init__(self, passages: Sequence[Passage], names: Names, cells: Sequence[int] = ()) -> None:
        self.passages = passages
        self.same: list[str] = []
        self.places: list[tuple[int, int, int]] = []
        self.values: list[Value] = []
        self._texts: list[str] = []
        for n, (passage, cell) in enumerate(zip(passages, cells or [0] * len(passages), strict=True)):
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
        self.of_values = {n for value in self.values for n in range(value.start, value.end)}

    @classmethod
    def cell(cls, passage: Passage, n: int, names: Names) -> ValuedText:
        """A cell of a row, none for -1; of a chart every number is a value."""
        names = replace(names, every_number=True) if is_chart(passage.block.section) else names
        return cls([passage], names, [n]) if n >= 0 else cls((), names)

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

    def words(self, part: slice) -> list[str]:
        """The words of a stretch that are no value."""
        return [self.same[n] for n in range(part.start, part.stop) if n not in self.of_values]

    def passage_of(self, word: int) -> int:
        return self.places[word][0]


def changed_stretches(one: ValuedText, other: ValuedText) -> list[tuple[slice, slice]]:
    """The stretches of words that differ: each value whole, changes near each other in a sentence as one."""
    found = list(differing(one.same, other.same))
    while (grown := _joined(_with_values(one, other, found), one)) != found:
        found = grown
    return found


def _with_values(
    one: ValuedText, other: ValuedText, found: Sequence[tuple[slice, slice]]
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


def _joined(found: Iterable[tuple[slice, slice]], one: ValuedText) -> list[tuple[slice, slice]]:
    """Take stretches for one that overlap, or that few words of one sentence and no value stand between."""
    joined: list[tuple[slice, slice]] = []
    for a, b in found:
        if joined:
            c, d = joined[-1]
            between = range(c.stop, a.start)
            ends = {one.passage_of(n) for n in (c.stop - 1, a.start) if 0 <= n < len(one.same)}
            near = 0 < len(between) <= NEAR and one.of_values.isdisjoint(between) and len(ends) == 1
            if near or a.start < c.stop or b.start < d.stop:
                joined[-1] = slice(c.start, max(c.stop, a.stop)), slice(d.start, max(d.stop, b.stop))
                continue
        joined.append((a, b))
    return joined
