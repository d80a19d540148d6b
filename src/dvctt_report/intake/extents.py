"""The rows and columns of a sheet by their size: which cells lie under what is drawn over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TypeAlias

from dvctt_report.intake.cells import Cell, CellKind, Range
from dvctt_report.intake.page import is_number

LETTER = 5.25
"""Points of a letter of the standard font, in which Excel counts the width of columns."""
_HEIGHT, _WIDTH = 15.0, 48.0
"""Points of a row and a column whose size isn't stated."""
ROOMY = 12.0
"""Letters of a column in which every figure of a form has room."""
USUAL, LARGE = 11.0, 16.0
"""Points of the letters in which forms are filled in, and up to which they differ from them in nothing."""
_DIGIT = 0.85
"""Letters that a digit needs at least: three of them are "###" in a column of 2.5."""
_WRITTEN_OUT = 11
"""Digits beyond which Excel shows a number by its power of ten."""
_SEEN = 0.6
"""The share of a letter's height in which a digit is still told from others."""
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


def cut_off(
    cells: Mapping[tuple[int, int], Cell],
    widths: Mapping[int, float],
    heights: Mapping[int, float],
    sizes: Mapping[tuple[int, int], float],
) -> Iterator[tuple[int, int]]:
    """Yield the figures that nobody can read whole: "####", letters that don't fit into their cell.

    ``widths`` of columns in letters, ``heights`` of rows and ``sizes`` of large letters in points.
    """
    low = min(heights.values(), default=USUAL) < USUAL * _SEEN
    for place, cell in cells.items() if widths or sizes or low else ():
        row, column = place
        size = sizes.get(place, USUAL)
        if column in widths or size > USUAL or heights.get(row, size) < size * _SEEN:
            length = _n_signs(cell) * _DIGIT * size / USUAL
            if length and (length > widths.get(column, ROOMY) or heights.get(row, size) < size * _SEEN):
                yield place


def _n_signs(cell: Cell) -> int:
    """How many signs of a figure can't be left out; 0 for no figure, or one that a merge makes room for.

    Excel rounds decimals away, and writes a long number by its power of ten.
    """
    if cell.merged or not is_number(cell):
        return 0
    n = len(str(abs(int(cell.value)))) if isinstance(cell.value, Decimal) else len(cell.raw.strip())
    return n if n <= _WRITTEN_OUT or cell.kind is CellKind.TEXT else 0
