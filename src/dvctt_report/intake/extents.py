"""The rows and columns of a sheet by their size: which cells lie under what is drawn over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TypeAlias

from dvctt_report.intake.cells import Range

LETTER = 5.25
"""Points of a letter of the standard font, in which Excel counts the width of columns."""
_HEIGHT, _WIDTH = 15.0, 48.0
"""Points of a row and a column whose size isn't stated."""
_FURTHEST = 2_000
"""Rows and columns up to which a drawing is followed."""


class Extents:
    """The edges of rows and columns in points, from the sheet's upper left corner."""

    def __init__(self, heights: Mapping[int, float], widths: Sequence[tuple[int, int, float]]) -> None:
        """``heights`` by row, ``widths`` as (first column, last column, width)."""
        self.heights = heights
        self.widths = widths

    @cached_property
    def rows(self) -> list[float]:
        return [0.0, *accumulate(self.heights.get(n, _HEIGHT) for n in range(1, _FURTHEST))]

    @cached_property
    def columns(self) -> list[float]:
        own = {n: w for first, last, w in self.widths for n in range(first, min(last, _FURTHEST) + 1)}
        return [0.0, *accumulate(own.get(n, _WIDTH) for n in range(1, _FURTHEST))]

    def top(self, row: int) -> float:
        """Where a row begins."""
        return self.rows[min(max(row, 1), len(self.rows)) - 1]

    def left(self, column: int) -> float:
        """Where a column begins."""
        return self.columns[min(max(column, 1), len(self.columns)) - 1]

    def under(self, top: float, left: float, bottom: float, right: float) -> Range | None:
        """The cells of which at least a third of height and width lies in a rectangle; None for none."""
        rows, columns = (
            _reach(top, bottom, self._thirds_of_rows),
            _reach(left, right, self._thirds_of_columns),
        )
        if rows[0] > rows[1] or columns[0] > columns[1]:
            return None
        return Range(rows[0], columns[0], rows[1], columns[1])

    @cached_property
    def _thirds_of_rows(self) -> _Thirds:
        return _thirds(self.rows)

    @cached_property
    def _thirds_of_columns(self) -> _Thirds:
        return _thirds(self.columns)


_Thirds: TypeAlias = tuple[list[float], list[float]]
"""Where the first third of each row or column ends, and where the second does."""


def _thirds(edges: Sequence[float]) -> _Thirds:
    sizes = list(pairwise(edges))
    return [a + (b - a) / 3 for a, b in sizes], [a + (b - a) * 2 / 3 for a, b in sizes]


def _reach(start: float, end: float, thirds: _Thirds) -> tuple[int, int]:
    return bisect_right(thirds[1], start) + 1, bisect_right(thirds[0], end)
