"""A document cut into what is compared, sentences and rows of tables; which of two stand for each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from dvctt_report.decide.check.values import clean, words_of
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.vietnamese import CAPITALS

CLOSING = "phần ký, nơi nhận"
"""What follows the last section of a document and belongs to none."""
LONGEST_HEAD = 150
"""Characters over a cell up to which they name its column and are not another cell's text."""
_FRAME = 2
"""Rows and columns at most of a table that only sets texts side by side: a letterhead, a signature."""
_SHORT = 12
"""Characters behind which a sentence may end: "I." and "a)." are no sentences."""
_SENTENCE_END = re.compile(rf"(?<=[\w)%”\"][.!?])[\"”)]?\s+(?=[{CAPITALS}\[“\"-])|\n")
_ORDINAL = re.compile(r"(?:\d{1,4}[a-zđ]?|[IVXLC]+|[a-zđ](?=[.)]))[.)]?")
_CODE = re.compile(r"[A-ZĐ]{1,3}\d+[a-zđ]?(?:\.\d+)?")
_BETWEEN = "\x1f"
"""Stands between the keys of the cells of a row."""
_RECIPIENTS = re.compile(r"\s*nơi nhận\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence, or a line of a letterhead (``row`` is false), or a row of a table.

    at: the number of its block.
    key: equal for what differs in nothing that is compared.
    """

    at: int
    block: TextBlock
    cells: tuple[str, ...]
    figures: tuple[tuple[FigureSpan, ...], ...]
    row: bool
    key: str

    @property
    def n_figures(self) -> int:
        return sum(map(len, self.figures))

    @property
    def text(self) -> str:
        return "; ".join(" ".join(cell.split()) for cell in self.cells if cell.strip())


class CutDocument:
    """A document by its blocks and passages."""

    def __init__(self, places: Iterable[PrintedBlock]) -> None:
        self.places = tuple(places)
        passages: list[Passage] = []
        for table, group in groupby(enumerate(self.places), key=lambda one: one[1].block.table):
            rows = list(group)
            sides_only = not rows[0][1].block.title and len(rows) <= _FRAME
            if table is None or (sides_only and all(len(one.block.cells) <= _FRAME for _, one in rows)):
                for at, one in rows:
                    for cell, figures in zip(one.block.cells, one.figures, strict=True):
                        passages += _sentences(at, one.block, cell, figures)
                continue
            for at, one in rows:
                key = _BETWEEN.join(" ".join(words_of(cell)) for cell in one.block.cells)
                passages.append(Passage(at, one.block, one.block.cells, one.figures, True, key))
        self.passages = tuple(passages)

    @classmethod
    def of(cls, blocks: Iterable[TextBlock]) -> CutDocument:
        """A document in which no figures are marked."""
        return cls(
            PrintedBlock(replace(block, cells=tuple(map(clean, block.cells))), ((),) * len(block.cells))
            for block in blocks
        )

    @cached_property
    def _row_names(self) -> dict[int, str]:
        """Rows as a reader finds them: "dòng 3 “Cơ quan A”"; one that goes on a group by its name."""
        names: dict[int, str] = {}
        for table, group in groupby(enumerate(self.places), key=lambda one: one[1].block.table):
            above = ("", "", 0)
            for at, one in group if table is not None else ():
                cells = [" ".join(cell.split()) for cell in one.block.cells]
                ordinal = cells[0] if len(cells) > 1 and _ORDINAL.fullmatch(cells[0]) else ""
                own = next(filter(is_name, cells), "")
                if own and not cells[0] and above[2] == len(cells):
                    ordinal, own = above[0], f"{above[1]} – {own}"
                else:
                    above = (ordinal, own, len(cells))
                quoted = f"“{own}”" if own else "" if ordinal else f"“{cells[0]}”"
                names[at] = (
                    "tên cột" if one.block.header else " ".join(filter(None, ("dòng", ordinal, quoted)))
                )
        return names

    def place_of(self, passage: Passage, cell: int | None = None) -> str:
        """Where a row or cell stands: "Bảng 2, dòng 3 “Cơ quan A”, cột “Tỷ lệ (%)”"; "" for a sentence."""
        if not passage.row:
            return ""
        heads, said = passage.block.heads, ""
        if cell is not None and cell < len(heads) and not passage.block.header:
            said = f"cột “{heads[cell]}”" if 0 < len(heads[cell]) <= LONGEST_HEAD else ""
        return ", ".join(filter(None, (passage.block.title, self._row_names[passage.at], said)))


def is_name(text: str) -> bool:
    """Whether a cell names its row: words, not the number of a row or the code of a target."""
    letters = sum(map(str.isalpha, text)) > 1
    return letters and not _ORDINAL.fullmatch(text) and not _CODE.fullmatch(text)


def is_ordinal(text: str) -> bool:
    """Whether a cell numbers its row: "12a", "IV.", "b)"."""
    return _ORDINAL.fullmatch(text) is not None


def cell_keys(row: Passage) -> list[str]:
    """The key of each cell of a row."""
    return row.key.split(_BETWEEN)


def label_of(passage: Passage) -> int | None:
    """The cell by which a row is called: the first that names it and holds no figure."""
    cells = enumerate(zip(passage.cells, passage.figures, strict=True))
    return next((n for n, (cell, figures) in cells if not figures and is_name(cell)), None)


def _sentences(at: int, block: TextBlock, text: str, figures: Sequence[FigureSpan]) -> Iterator[Passage]:
    """Cut a paragraph into sentences; what is still to be written by hand, "[…]", is one."""
    ends = [] if text.lstrip().startswith("[") else [m.span() for m in _SENTENCE_END.finditer(text)]
    start = 0
    for end, begin in (*ends, (len(text), len(text))):
        newline = end < len(text) and text[end] == "\n"
        if end < len(text) and not newline and end - start < _SHORT:
            continue
        said = text[start:end]
        if said.strip():
            own = tuple(replace(f, at=f.at - start) for f in figures if start <= f.at < end)
            yield Passage(at, block, (said,), (own,), False, " ".join(words_of(said)))
        start = begin


def closing_apart(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """Take who signs and who gets a document for a section of their own, up to the first annex."""
    closing = False
    for block in blocks:
        annex = block.section.startswith("Phụ lục")
        closing = not annex and (closing or any(map(_RECIPIENTS.match, block.cells)))
        yield replace(block, section=CLOSING) if closing else block


# ------------- Which passages of two documents stand for each other: equal ones, moved ones, the likest

_MOVED = 4
"""Words from which on what is gone in one place and stands in another was moved."""
_MOST_LAID = 20_000
"""Rows times rows up to which each is laid against each to find the likest; more only against those near."""
_WINDOW = 20
_LIKE = 50.0
"""Least likeness, of 100, of two rows that are taken for one; beside each other less will do."""
_LETTERS = 600
"""Letters of a row that are compared to find the likest."""


def aligned(
    printed: CutDocument, edited: CutDocument
) -> tuple[list[tuple[Passage, Passage]], list[tuple[list[Passage], list[Passage]]]]:
    """Return the passages that stand elsewhere as they were, and the stretches of the others that differ."""
    was, now = ([passage.key for passage in document.passages] for document in (printed, edited))
    regions = [(printed.passages[a], edited.passages[b]) for a, b in differing(was, now, keeping_most=True)]
    waiting: dict[str, deque[Passage]] = defaultdict(deque)
    for gone, _ in regions:
        for one in gone:
            waiting[one.key].append(one)
    moved = [
        (waiting[other.key].popleft(), other)
        for _, new in regions
        for other in new
        if other.key.count(" ") + 1 >= _MOVED and waiting[other.key]
    ]
    out = {id(one) for pair in moved for one in pair}
    left = [
        ([p for p in gone if id(p) not in out], [p for p in new if id(p) not in out]) for gone, new in regions
    ]
    return moved, left


_Pair = tuple[Passage | None, Passage | None]


def pair_rows(gone: Sequence[Passage], new: Sequence[Passage]) -> Iterator[_Pair]:
    """Yield what was printed with what stands in its place, then what has nothing to stand for.

    Rows are paired by what they hold and are called, the likest first; then those that stand for each other.
    """
    from rapidfuzz import fuzz

    labels = [
        ["" if (n := label_of(passage)) is None else passage.cells[n][:_LETTERS] for passage in passages]
        for passages in (gone, new)
    ]
    keys = [[one.key[:_LETTERS] for one in passages] for passages in (gone, new)]
    many = len(gone) * len(new) > _MOST_LAID
    scored = []
    for n in range(len(gone)):
        middle = n * len(new) // max(len(gone), 1)
        near = range(max(0, middle - _WINDOW), min(len(new), middle + _WINDOW))
        for m in near if many else range(len(new)):
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
    for n in (n for n in range(len(gone)) if n not in pairs):  # the only one left between two pairs
        m = pairs.get(n - 1, -1 if n == 0 else -2) + 1
        ends = m == pairs.get(n + 1, len(new) if n + 1 == len(gone) else -2) - 1
        if 0 <= m < len(new) and m not in taken and ends and len(gone[n].cells) == len(new[m].cells):
            pairs[n] = m
            taken.add(m)
    yield from ((one, new[pairs[n]] if n in pairs else None) for n, one in enumerate(gone))
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


# Where two sequences differ: lines of two documents, words of two texts; bounded however long they are

MOST_LAID = 50_000_000
"""Elements times elements up to which two stretches are laid against each other: 12 MB, some milliseconds."""

Stretch = tuple[slice, slice]


def differing(
    one: Sequence[Hashable],
    other: Sequence[Hashable],
    keeping_most: bool = False,
    within: Stretch | None = None,
) -> Iterator[Stretch]:
    """Yield the stretches in which two sequences differ, in order; one of the two may be empty.

    Long ones are cut first at what stands once in each of them, in the same order. ``keeping_most``: as
    much as can be is taken for the same; else an element is rather taken for one that stands in its place.
    ``within``: the part of each that is looked at, None for all.
    """
    from rapidfuzz.distance import Indel, Levenshtein

    a, b = within or (slice(0, len(one)), slice(0, len(other)))
    start, begin, stop, end = a.start, b.start, a.stop, b.stop
    while start < stop and begin < end and one[start] == other[begin]:
        start, begin = start + 1, begin + 1
    while start < stop and begin < end and one[stop - 1] == other[end - 1]:
        stop, end = stop - 1, end - 1
    n, m, a, b = stop - start, end - begin, slice(start, stop), slice(begin, end)
    if n and m and n * m <= MOST_LAID:
        edits = (Indel if keeping_most else Levenshtein).opcodes(list(one[a]), list(other[b]))
        for differs, group in groupby(edits, key=lambda edit: edit.tag != "equal"):
            if differs:
                touching = [*group]
                first, last = touching[0], touching[-1]
                yield (
                    slice(start + first.src_start, start + last.src_end),
                    slice(begin + first.dest_start, begin + last.dest_end),
                )
    elif anchors := _anchors(one, other, a, b) if n and m else []:
        for j, upto in (*anchors, (stop, end)):
            yield from differing(one, other, keeping_most, (slice(start, j), slice(begin, upto)))
            start, begin = j + 1, upto + 1
    elif n or m:
        yield a, b


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
