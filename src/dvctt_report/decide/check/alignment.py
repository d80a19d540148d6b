"""Where two sequences differ: lines of two documents, words of two texts; bounded however long they are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby

MOST_LAID = 50_000_000
"""Elements times elements up to which two stretches are laid against each other: 12 MB, some milliseconds."""

Stretch = tuple[slice, slice]


def differing(
    one: Sequence[Hashable], other: Sequence[Hashable], keeping_most: bool = False
) -> Iterator[Stretch]:
    """Yield the stretches in which two sequences differ, in order; one of the two may be empty.

    Long ones are cut first at what stands once in each of them, in the same order. ``keeping_most``: as
    much as can be is taken for the same; else an element is rather taken for one that stands in its place.
    """
    yield from _within(one, other, slice(0, len(one)), slice(0, len(other)), keeping_most)


def _within(
    one: Sequence[Hashable], other: Sequence[Hashable], a: slice, b: slice, keeping_most: bool
) -> Iterator[Stretch]:
    from rapidfuzz.distance import Indel, Levenshtein

    a, b = _trimmed(one, other, a, b)
    n, m = a.stop - a.start, b.stop - b.start
    if not n or not m:
        if n or m:
            yield a, b
        return
    if n * m <= MOST_LAID:
        edits = (Indel if keeping_most else Levenshtein).opcodes(list(one[a]), list(other[b]))
        for differs, group in groupby(edits, key=lambda edit: edit.tag != "equal"):
            if differs:
                touching = [*group]
                first, last = touching[0], touching[-1]
                yield (
                    slice(a.start + first.src_start, a.start + last.src_end),
                    slice(b.start + first.dest_start, b.start + last.dest_end),
                )
        return
    anchors = _anchors(one, other, a, b)
    if not anchors:
        yield a, b
        return
    i, k = a.start, b.start
    for j, upto in (*anchors, (a.stop, b.stop)):
        yield from _within(one, other, slice(i, j), slice(k, upto), keeping_most)
        i, k = j + 1, upto + 1


def _trimmed(one: Sequence[Hashable], other: Sequence[Hashable], a: slice, b: slice) -> Stretch:
    """Both stretches without what is the same at their beginnings and ends."""
    start, begin, stop, end = a.start, b.start, a.stop, b.stop
    while start < stop and begin < end and one[start] == other[begin]:
        start, begin = start + 1, begin + 1
    while start < stop and begin < end and one[stop - 1] == other[end - 1]:
        stop, end = stop - 1, end - 1
    return slice(start, stop), slice(begin, end)


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable], a: slice, b: slice) -> list[tuple[int, int]]:
    """The places of what stands once in each stretch: the longest run of them that is in order in both."""
    counts = Counter(one[a]), Counter(other[b])
    once = {said for said, n in counts[0].items() if n == 1 and counts[1][said] == 1}
    there = {other[at]: at for at in range(b.start, b.stop) if other[at] in once}
    pairs = [(at, there[one[at]]) for at in range(a.start, a.stop) if one[at] in once]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, at) in enumerate(pairs):
        place = bisect_left(ends, at)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [at]
        last[place : place + 1] = [n]
    found: list[tuple[int, int]] = []
    n = last[-1] if last else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
