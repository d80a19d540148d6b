"""Which printed table and row an edited one comes from.

Rows go by their cells and by the names in them, so they may be moved, added, deleted; a name that was
shortened or replaced by the rows around it. A table that was divided is taken for one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.verify.names import is_short_for, resembles, swaps_names
from dvctt_report.verify.numbers import even_text
from dvctt_report.vietnamese import key

LIKE = 0.3
"""Least likeness of two tables to be taken for one."""
PART = 0.6
"""Least share of its rows by which a table is taken for the rest of another."""
ROW_LIKE = 70
ROW_SAME = 0.6
"""Least share of equal cells by which rows of unlike names are taken for one."""
ORDINAL = re.compile(r"(?:\d{1,4}[a-zđ]?|[IVXLC]+|[a-zđ](?=[.)]))[.)]?")
_CODE = re.compile(r"[A-ZĐ]{1,3}\d+[a-zđ]?")


@dataclass(frozen=True, eq=False)
class KnownTable:
    """A printed table; ``rows`` in order, header rows among them."""

    rows: tuple[PrintedBlock, ...]

    @property
    def has_figures(self) -> bool:
        return any(spans for row in self.rows for spans in row.figures)

    @cached_property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Row by row, the keys by which it is known."""
        return tuple(_label(row) for row in self.rows)

    @cached_property
    def counted(self) -> tuple[Counter[str], Counter[str]]:
        """How often each key stands in its heads, and in its other rows."""
        labelled = list(zip(self.rows, self.labels, strict=True))
        heads, rows = (
            Counter(name for row, label in labelled if row.block.header is header for name in label)
            for header in (True, False)
        )
        return heads, rows

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """Row by row, the key of its first cell with words; "" for a row without any."""
        return tuple(next(iter(_free_names(row)), "") for row in self.rows)

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """Row by row, the keys of its cells; its number left aside."""
        return tuple(_keys(row.block.cells) for row in self.rows)

    @cached_property
    def row_names(self) -> tuple[str, ...]:
        return name_rows([row.block.cells for row in self.rows])

    @property
    def place(self) -> str:
        return self.rows[0].block.title

    @property
    def section(self) -> str:
        return self.rows[0].block.section


@dataclass(frozen=True, eq=False)
class EditedTable:
    """A table of the edited document; ``parts`` are those it was divided into, () for a whole one."""

    rows: tuple[TextBlock, ...]
    parts: tuple[EditedTable, ...] = ()

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """Row by row, the keys of the cells with letters."""
        return tuple(_names(row.cells) for row in self.rows)

    @cached_property
    def counted(self) -> Counter[str]:
        """How often each of these keys stands there."""
        return Counter(name for names in self.names for name in names)

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """Row by row, the keys of its cells; its number left aside."""
        return tuple(_keys(row.cells) for row in self.rows)

    @cached_property
    def row_names(self) -> tuple[str, ...]:
        return name_rows([row.cells for row in self.rows])


def _names(cells: Iterable[str]) -> tuple[str, ...]:
    """The keys of the cells that hold words, signs such as "x" left aside."""
    return tuple(key(text) for text in map(even_text, cells) if _has_words(text))


def _label(row: PrintedBlock) -> tuple[str, ...]:
    """The keys by which a printed row is known: its words outside figures, the longest first."""
    return tuple(sorted(_free_names(row), key=len, reverse=True))


def _free_names(row: PrintedBlock) -> tuple[str, ...]:
    return _names(text for text, spans in zip(row.block.cells, row.figures, strict=True) if not spans)


def _keys(cells: Sequence[str]) -> tuple[str, ...]:
    said = [even_text(text) for text in cells]
    return tuple(map(key, said[1:] if len(said) > 1 and ORDINAL.fullmatch(said[0]) else said))


# ---------------------------------------------------------------------------------------------------- tables


def pair_tables(
    known: Sequence[KnownTable], edited: Sequence[EditedTable]
) -> Mapping[KnownTable, EditedTable]:
    """Pair tables by the names in them, header and rows counting alike; each is taken once."""
    scored = [
        (_likeness(one, other) - 0.001 * abs(n - m), n, m)
        for n, one in enumerate(known)
        if one.has_figures
        for m, other in enumerate(edited)
    ]
    pairs: dict[KnownTable, EditedTable] = {}
    for score, n, m in sorted(scored, reverse=True):
        if score >= LIKE and known[n] not in pairs and edited[m] not in pairs.values():
            pairs[known[n]] = edited[m]
    _join_parts(pairs, edited)
    return pairs


def _join_parts(pairs: dict[KnownTable, EditedTable], edited: Iterable[EditedTable]) -> None:
    """Join what was divided: a table left over goes with the one whose other rows it holds."""
    paired = set(pairs.values())
    for part in (table for table in edited if table not in paired):
        shares = {one: _share_of(part, one, first) for one, first in pairs.items()}
        whole = max(shares, key=shares.__getitem__, default=None)
        if whole is not None and shares[whole] >= PART:
            first = pairs[whole]
            pairs[whole] = EditedTable(first.rows + part.rows, (*(first.parts or (first,)), part))


def _share_of(part: EditedTable, whole: KnownTable, first: EditedTable) -> float:
    """The share of a table's rows that were printed in a table and are not in its ``first`` part."""
    if part.width != first.width:
        return 0.0
    there = {max(names, key=len) for names in first.names if names}
    printed = {label[0] for label in whole.labels if label} - there
    named = [max(n, key=len) for n, row in zip(part.names, part.rows, strict=True) if n and not row.header]
    return sum(name in printed for name in named) / len(named) if named else 0.0


def _likeness(one: KnownTable, other: EditedTable) -> float:
    shares = [(part & other.counted).total() / part.total() for part in one.counted if part]
    return sum(shares) / len(shares) if shares else 0.0


# ------------------------------------------------------------------------------------------------------ rows


def pair_rows(one: KnownTable, other: EditedTable) -> dict[int, int]:
    """Pair rows: the same ones in order, then wherever they went; those of one name; the likest of the rest.

    Of several with one name the one that has most cells the same; a row without a name by those around it.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for scored in (_same, _named, _alike, _between, _beside):
        for _, n, at in sorted(scored(one, other, pairs, taken), key=lambda s: (-s[0], s[1], s[2])):
            if n not in pairs and at not in taken:
                pairs[n] = at
                taken.add(at)
    return pairs


_Scored = Iterator[tuple[float, int, int]]


def _same(one: KnownTable, other: EditedTable, pairs: Mapping[int, int], taken: set[int]) -> _Scored:
    """Rows with the same cells, those in order before those that were moved."""
    for block in SequenceMatcher(None, one.keys, other.keys, autojunk=False).get_matching_blocks():
        yield from ((1.0, block.a + n, block.b + n) for n in range(block.size))
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, keys in enumerate(other.keys):
        where[keys].append(at)
    yield from ((0.5, n, at) for n, keys in enumerate(one.keys) for at in where[keys])


def _named(one: KnownTable, other: EditedTable, pairs: Mapping[int, int], taken: set[int]) -> _Scored:
    """Rows with the same longest text, or the same name: the forms of a unit may have changed."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(other.names):
        for name in dict.fromkeys(names) if at not in taken else ():
            waiting[name].append(at)
    for n, label in enumerate(one.labels):
        known = () if not label or n in pairs else {label[0], one.first_names[n]}
        for at in {at for name in known for at in waiting.get(name, ())}:
            fits = sum(name in other.names[at] for name in label) / len(label)
            yield fits + _equal_cells(one.keys[n], other.keys[at]) - 0.001 * abs(n - at), n, at


def _alike(one: KnownTable, other: EditedTable, pairs: Mapping[int, int], taken: set[int]) -> _Scored:
    """Rows with figures whose names are much the same."""
    rest = [n for n in range(len(one.rows)) if n not in pairs and one.labels[n] and any(one.rows[n].figures)]
    for n in rest:
        for at in (at for at in range(len(other.rows)) if at not in taken and other.names[at]):
            like = max(fuzz.ratio(one.labels[n][0], name) for name in other.names[at])
            if like >= ROW_LIKE:
                yield like / 100 + _equal_cells(one.keys[n], other.keys[at]), n, at


def _between(one: KnownTable, other: EditedTable, pairs: Mapping[int, int], taken: set[int]) -> _Scored:
    """Rows without a name that follow, or stand before, what they followed or stood before."""
    for n in (n for n, label in enumerate(one.labels) if n not in pairs and not label):
        for step in (1, -1):
            at = pairs.get(n - step, -2) + step
            if 0 <= at < len(other.rows) and at not in taken and not other.names[at]:
                yield _equal_cells(one.keys[n], other.keys[at]), n, at


def _beside(one: KnownTable, other: EditedTable, pairs: Mapping[int, int], taken: set[int]) -> _Scored:
    """Rows whose names are unlike, between the same rows, with most of their cells the same."""
    for n in (n for n, row in enumerate(one.rows) if n not in pairs and any(row.figures)):
        for at in {pairs.get(n - 1, -2) + 1, pairs.get(n + 1, -2) - 1}:
            if 0 <= at < len(other.rows) and at not in taken:
                same = _equal_cells(one.keys[n], other.keys[at])
                both = pairs.get(n - 1) == at - 1 and pairs.get(n + 1) == at + 1
                short = any(is_short_for(cell, one.rows[n].block.cells) for cell in other.rows[at].cells)
                if same >= ROW_SAME or (both and (same >= ROW_SAME / 2 or short)):
                    yield same, n, at


def is_renamed(printed: Sequence[str], edited: Sequence[str]) -> bool:
    """Whether a row has been given another name, neither much the same nor an abbreviation."""
    one, other = (next(filter(is_name, map(even_text, cells)), "") for cells in (printed, edited))
    return bool(one and other) and (not resembles(other, one) or swaps_names(other, one))


def _equal_cells(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the cells that are the same at their place."""
    return sum(a == b for a, b in zip(one, other, strict=False)) / max(len(one), len(other), 1)


def is_name(text: str) -> bool:
    """Whether a cell's text names its row: words, not the number of a row or the code of a target."""
    return _has_words(text) and not _CODE.fullmatch(text)


@lru_cache(maxsize=4096)
def _has_words(text: str) -> bool:
    """Whether a cell says something: two letters and more that are not the number of a row."""
    return sum(char.isalpha() for char in text) > 1 and not ORDINAL.fullmatch(text)


def name_rows(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Name each row as a reader finds it: "dòng 3 “Đơn vị A”"; one that goes on a group with the group's."""
    names: list[str] = []
    group = ("", "", 0)
    for cells in rows:
        said = [even_text(text) for text in cells]
        ordinal = said[0] if ORDINAL.fullmatch(said[0]) and len(said) > 1 else ""
        own = next(filter(is_name, said), "")
        if not said[0] and group[2] == len(said) and own:
            ordinal, own = group[0], f"{group[1]} – {own}"
        else:
            group = (ordinal, own, len(said))
        quoted = f"“{own}”" if own else "" if ordinal else f"“{said[0]}”"
        names.append(" ".join(filter(None, ("dòng", ordinal, quoted))))
    return tuple(names)
