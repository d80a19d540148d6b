"""Pair the columns of a printed table with those of its edited copy.

Columns go by their headers, so they may change places; then by their place; where some were added or deleted
by what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dvctt_report.report.blocks import TextBlock
from dvctt_report.verify.numbers import even_text
from dvctt_report.verify.table_pairing import EditedTable, KnownTable
from dvctt_report.vietnamese import key


class Columns:
    """For each column of a printed table the column of the edited one that stands for it."""

    def __init__(self, one: KnownTable, other: EditedTable, rows: Mapping[int, int]) -> None:
        self._widths = [max((len(row.block.cells) for row in one.rows), default=0)]
        self._widths.append(max((len(row.cells) for row in other.rows), default=0))
        before, after = self._widths
        self._names = column_heads([row.block for row in one.rows]) or [""] * before
        same = before == after
        self._became = _by_headers(one, other) if same else _best_path(self._alike(one, other, rows))
        self._exchanged = same and any(i != j for i, j in self._became.items())

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

    @property
    def added(self) -> tuple[int, ...]:
        """The columns of the edited table that no printed one became, where it has more than were printed."""
        before, after = self._widths
        return tuple(j for j in range(after) if j not in self._became.values()) if after > before else ()

    def removed(self, at: int, printed: int) -> str:
        """The name of the column of a cell in a row of ``printed`` cells that is gone; "" where it stays.

        A column without a name of its own is named by its number.
        """
        before, after = self._widths
        column = at + before - printed
        if after >= before or column in self._became:
            return ""
        return self._names[column] or f"thứ {column + 1}"

    def full(self, at: int, edited: int) -> int:
        """The column of a cell in a row of ``edited`` cells, whose first ones may be joined."""
        return at + self._widths[1] - edited

    def of(self, printed: int, edited: int) -> dict[int, int]:
        """Map the cells of a printed row to those of an edited one, by how many cells the two have.

        A row with fewer cells than the widest has its first ones joined.
        """
        if printed == edited and not self._exchanged:
            return {i: i for i in range(printed)}
        a, b = self._widths[0] - printed, self._widths[1] - edited
        moved = {i: self._became[i + a] - b for i in range(printed) if i + a in self._became}
        return {i: j for i, j in moved.items() if 0 <= j < edited}


def _by_headers(one: KnownTable, other: EditedTable) -> dict[int, int]:
    """Pair columns of two tables of one width: by place, but those that changed places by their headers."""
    printed = [key(head) for head in column_heads([row.block for row in one.rows])]
    edited = [key(head) for head in column_heads(other.rows)]
    became = {i: i for i in range(max(len(row.block.cells) for row in one.rows))}
    moved = [i for i, (a, b) in enumerate(zip(printed, edited, strict=False)) if a != b]
    if sorted(printed[i] for i in moved) != sorted(edited[i] for i in moved):
        return became
    free = set(moved)
    for i in moved:
        became[i] = min((j for j in free if edited[j] == printed[i]), key=lambda j: abs(i - j))
        free.discard(became[i])
    return became


def column_heads(rows: Sequence[TextBlock]) -> list[str]:
    """What the first header row of full width says of each column; [] where there is none."""
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        numbered = all(re.fullmatch(r"\(\d+\)|", text) for text in row.cells)
        if row.header and len(row.cells) == width and not numbered:
            return [even_text(text or head) for text, head in zip(row.cells, _lowest(row), strict=True)]
    return []


def _lowest(row: TextBlock) -> list[str]:
    """What the lowest row of a heading of several says of each column; a printed row doesn't say."""
    return [head.rpartition(" – ")[2] for head in row.heads or ("",) * len(row.cells)]


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
