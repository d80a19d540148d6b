"""Tables: which printed table, row and column an edited cell comes from, and what it says now.

Rows go by the names in them, so they may be moved, added, deleted; columns by their place, or by what they
hold where some were added or deleted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from rapidfuzz import fuzz

from dvctt_report.report.blocks import Block
from dvctt_report.report.marks import Span
from dvctt_report.report.printed import Printed
from dvctt_report.verify.numbers import Number, even_text, find_numbers, parse_value, printed_value
from dvctt_report.verify.reading import Lost, Match, Place, Reading, Unknown, same_value, section_of
from dvctt_report.vietnamese import key, parse_date

LIKE = 0.3
"""Least likeness of two tables to be taken for one."""
ROW_LIKE = 70
_ORDINAL = re.compile(r"\d{1,4}[a-zđ]?\.?")


@dataclass(frozen=True, eq=False)
class KnownTable:
    """A printed table; ``rows`` in order, header rows among them."""

    rows: tuple[Printed, ...]

    @property
    def has_figures(self) -> bool:
        return any(spans for row in self.rows for spans in row.figures)

    @cached_property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Row by row, the keys by which it is known."""
        return tuple(_label(row) for row in self.rows)

    @property
    def place(self) -> str:
        return self.rows[0].block.title

    @property
    def section(self) -> str:
        return self.rows[0].block.section


@dataclass(frozen=True, eq=False)
class EditedTable:
    """A table of the edited document; ``names`` are the keys of the cells with letters, row by row."""

    rows: tuple[Block, ...]
    names: tuple[tuple[str, ...], ...]


def read_tables(printed: Sequence[Printed], blocks: Sequence[Block]) -> Reading:
    """Lay the edited tables against the printed ones."""
    known = [KnownTable(tuple(rows)) for _, rows in groupby(printed, key=lambda one: one.block.table)]
    grouped = [tuple(rows) for _, rows in groupby(blocks, key=lambda block: block.table)]
    edited = [EditedTable(rows, tuple(_names(row.cells) for row in rows)) for rows in grouped]
    reading = Reading()
    pairs = pair_tables(known, edited)
    for one in known:
        other = pairs.get(one)
        if other is not None:
            _read_table(one, other, reading)
        else:
            place = Place(one.section, ", ".join(filter(None, (one.place, "cả bảng"))))
            reading.lost += [Lost(s.id, s.text, place) for r in one.rows for f in r.figures for s in f]
    paired = set(pairs.values())
    for table in edited:
        if table not in paired:
            for row in table.rows:
                _add_unknown(row, range(len(row.cells)), reading)
    return reading


def _names(cells: Iterable[str]) -> tuple[str, ...]:
    """The keys of the cells that hold words, signs such as "x" left aside."""
    keys = (key(even_text(text)) for text in cells)
    return tuple(k for k in keys if sum(char.isalpha() for char in k) > 1)


def _label(row: Printed) -> tuple[str, ...]:
    """The keys by which a printed row is known: its words outside figures, the longest first."""
    free = (text for text, spans in zip(row.block.cells, row.figures, strict=True) if not spans)
    return tuple(sorted(_names(free), key=len, reverse=True))


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
    return pairs


def _likeness(one: KnownTable, other: EditedTable) -> float:
    words = Counter(name for names in other.names for name in names)
    labelled = list(zip(one.rows, one.labels, strict=True))
    head = Counter(name for row, label in labelled if row.block.header for name in label)
    body = Counter(name for row, label in labelled if not row.block.header for name in label)
    shares = [(part & words).total() / part.total() for part in (head, body) if part]
    return sum(shares) / len(shares) if shares else 0.0


# ------------------------------------------------------------------------------------------------------ rows


def _read_table(one: KnownTable, other: EditedTable, reading: Reading) -> None:
    rows = pair_rows(one, other)
    columns = _Columns(one, other, rows)
    for n, row in enumerate(one.rows):
        at = rows.get(n)
        if at is not None:
            _read_row(row, other.rows[at], columns, reading)
        else:
            place = Place(one.section, _where(one.place, _row_name(row.block)))
            reading.lost += [Lost(s.id, s.text, place) for spans in row.figures for s in spans]
    taken = set(rows.values())
    for at, block in enumerate(other.rows):
        if at not in taken and not block.header:
            _add_unknown(block, range(1, len(block.cells)), reading)


def pair_rows(one: KnownTable, other: EditedTable) -> dict[int, int]:
    """Pair rows by their names, those of the same name in order; then the likest of the rest."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(other.names):
        for name in dict.fromkeys(names):
            waiting[name].append(at)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    labels = one.labels
    for n, label in enumerate(labels):
        common = [at for at in waiting.get(label[0], ()) if at not in taken] if label else []
        if common:
            fits = [sum(name in other.names[at] for name in label) for at in common]
            pairs[n] = common[fits.index(max(fits))]
            taken.add(pairs[n])
    rest = [n for n in range(len(labels)) if n not in pairs and labels[n] and any(one.rows[n].figures)]
    free = [at for at in range(len(other.rows)) if at not in taken and other.names[at]]
    scored = [
        (max(fuzz.ratio(labels[n][0], name) for name in other.names[at]), -n, -at)
        for n in rest
        for at in free
    ]
    for score, n, at in sorted(scored, reverse=True):
        if score >= ROW_LIKE and -n not in pairs and -at not in taken:
            pairs[-n] = -at
            taken.add(-at)
    return pairs


class _Columns:
    """Which cell of an edited row a cell of its printed row became."""

    def __init__(self, one: KnownTable, other: EditedTable, rows: Mapping[int, int]) -> None:
        self._widths = [max((len(row.block.cells) for row in one.rows), default=0)]
        self._widths.append(max((len(row.cells) for row in other.rows), default=0))
        before, after = self._widths
        same = before == after
        self._became = {i: i for i in range(before)} if same else _best_path(self._alike(one, other, rows))

    def _alike(self, one: KnownTable, other: EditedTable, rows: Mapping[int, int]) -> Sequence[Sequence[int]]:
        """Count for each printed and each edited column in how many rows they say the same."""
        before, after = self._widths
        alike = [[0] * after for _ in range(before)]
        for n, at in rows.items():
            printed = [key(even_text(text)) for text in one.rows[n].block.cells]
            edited = [key(even_text(text)) for text in other.rows[at].cells]
            if (len(printed), len(edited)) == (before, after):
                for i, text in enumerate(printed):
                    for j, found in enumerate(edited):
                        alike[i][j] += bool(text) and text == found
        return alike

    def of(self, printed: int, edited: int) -> dict[int, int]:
        """Map the cells of a printed row to those of an edited one, by how many cells the two have.

        A row with fewer cells than the widest has its first ones joined.
        """
        if printed == edited:
            return {i: i for i in range(printed)}
        a, b = self._widths[0] - printed, self._widths[1] - edited
        moved = {i: self._became[i + a] - b for i in range(printed) if i + a in self._became}
        return {i: j for i, j in moved.items() if 0 <= j < edited}


def _best_path(alike: Sequence[Sequence[int]]) -> dict[int, int]:
    """Pair columns in order so that as many cells as can be are the same."""
    n, m = len(alike), len(alike[0]) if alike else 0
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            best[i][j] = max(alike[i][j] + best[i + 1][j + 1], best[i + 1][j], best[i][j + 1])
    pairs, i, j = {}, 0, 0
    while i < n and j < m:
        if best[i][j] == alike[i][j] + best[i + 1][j + 1] and alike[i][j]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


# ----------------------------------------------------------------------------------------------------- cells


def _read_row(row: Printed, block: Block, columns: _Columns, reading: Reading) -> None:
    became = columns.of(len(row.block.cells), len(block.cells))
    section = section_of(block.section, row.block.section)
    name = _row_name(block)
    for n, spans in enumerate(row.figures):
        if not spans:
            continue
        at = became.get(n)
        where = _where(block.title or row.block.title, name, block.heads[at] if at is not None else "")
        if at is None:
            reading.lost += [Lost(s.id, s.text, Place(section, where)) for s in spans]
        else:
            place = Place(section, where)
            reading.matches += _cell_matches(row.block.cells[n], spans, block.cells[at], place)
    if block.header:
        return
    compared = {at for n, at in became.items() if row.figures[n]}
    others = [at for at in range(1, len(block.cells)) if at not in compared]
    others = [at for at in others if block.cells[at] not in row.block.cells]
    if others:
        known = {number.text for text in row.block.cells for number in find_numbers(even_text(text))}
        _add_unknown(block, others, reading, known)


def _cell_matches(printed: str, spans: Sequence[Span], found: str, place: Place) -> list[Match]:
    """Compare a cell: number by number where it has as many as were printed, else as a whole."""
    expected = [printed_value(span.text) for span in spans]
    if printed == found:
        # as nearly always; a report of many units has a hundred thousand cells
        said = [key(s.text) if value is None else value for s, value in zip(spans, expected, strict=True)]
        return [Match(s.id, s.text, s.text, True, one, place) for s, one in zip(spans, said, strict=True)]
    now = even_text(found)
    numbers = _numbers(now)
    if len(numbers) == len(spans) and None not in expected and _is_plain(now):
        pairs = list(zip(spans, expected, numbers, strict=True))
        same = [same_value(value, n.amount, span.text, n.text) for span, value, n in pairs]
        return [
            Match(span.id, span.text, n.text, agrees, n.text if n.amount is None else n.amount, place)
            for (span, _, n), agrees in zip(pairs, same, strict=True)
        ]
    agrees = _says_the_same(printed, now)
    shown = now or "(trống)"
    return [Match(s.id, s.text, s.text if agrees else shown, agrees, key(shown), place) for s in spans]


def _numbers(text: str) -> list[Number]:
    """The numbers of a cell, where words around can't tell what they are."""
    found = find_numbers(text)
    if all(number.figure for number in found):
        return list(found)
    return [
        Number(n.start, n.end, n.text, parse_value(n.text)) for n in found if parse_value(n.text) is not None
    ]


def _is_plain(text: str) -> bool:
    """Whether a cell holds numbers and signs alone: neither a date nor the number of a document."""
    return parse_date(text) is None and not re.search(r"[^\W\d_]{2}", re.sub(r"triệu|tỷ|đồng", "", text))


def _says_the_same(printed: str, found: str) -> bool:
    one, other = parse_date(printed), parse_date(found)
    if one is not None and other is not None:
        return one == other
    return re.sub(r"\s", "", key(even_text(printed))) == re.sub(r"\s", "", key(found))


def _add_unknown(
    row: Block, cells: Iterable[int], reading: Reading, known: Iterable[str] = frozenset()
) -> None:
    """Note the numbers of a row that nothing was printed for, as one entry."""
    held = set(known)
    texts = [even_text(row.cells[at]) for at in cells]
    found = [
        number.text
        for text in texts
        for number in find_numbers(text)
        if number.figure
        and number.text not in held
        and not (_ORDINAL.fullmatch(text) and text == texts[0] == row.cells[0])
    ]
    if found:
        where = _where(row.title, _row_name(row))
        reading.unknown.append(Unknown(", ".join(found), Place(row.section, where)))


def _row_name(row: Block) -> str:
    """The name a reader would find the row by: its longest text."""
    said = [even_text(text) for text in row.cells]
    named = [text for text in said if any(char.isalpha() for char in text)]
    return max(named, key=len, default=said[0])


def _where(table: str, row: str = "", column: str = "") -> str:
    parts = (table, f"dòng “{row}”" if row else "", f"cột “{column}”" if column else "")
    return ", ".join(filter(None, parts))
