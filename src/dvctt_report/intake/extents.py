"""The rows and columns of a sheet by their size: which cells lie under what is drawn over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import accumulate

from dvctt_report.intake.cells import Cell, CellKind
from dvctt_report.intake.page import is_number

LETTER = 5.25
"""Points of a letter of the standard font, in which Excel counts the width of columns."""
HEIGHT, WIDTH = 15.0, 48.0
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
FURTHEST = 2_000
"""Rows and columns up to which a drawing is followed."""


class Edges:
    """Where the rows, or the columns, of a sheet begin, in points from its upper left corner."""

    def __init__(self, sizes: Mapping[int, float], usual: float) -> None:
        self.starts = [0.0, *accumulate(sizes.get(n, usual) for n in range(1, FURTHEST))]

    def start(self, number: int) -> float:
        return self.starts[min(max(number, 1), len(self.starts)) - 1]

    def reach(self, start: float, end: float) -> tuple[int, int]:
        """The first and the last of which at least a third lies between the two; crossed where none does."""
        n_most = len(self.starts) - 1
        first = min(bisect_right(self.starts, start), n_most)
        last = min(max(bisect_left(self.starts, end), 1), n_most)
        return first + (not self._shows(first, start, end)), last - (not self._shows(last, start, end))

    def _shows(self, number: int, start: float, end: float) -> bool:
        own_start, own_end = self.starts[number - 1 : number + 1]
        return min(end, own_end) - max(start, own_start) >= (own_end - own_start) / 3


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
