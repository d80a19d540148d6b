"""How high a row must be for its text: Excel fits no merged, locked or two-font cell by itself."""

from __future__ import annotations

from functools import lru_cache

from dvctt_report.nd30.metrics import text_width
from dvctt_report.nd30.page import POINTS_PER_MM

DIGIT = 7
"""Pixels of a digit of the form's font at 11 points: what Excel's column widths count."""
POINTS_PER_PIXEL = 0.75
LEADING = 1.23
"""Height of a line in font sizes, as Excel draws Times New Roman."""
PADDING = 3.0
_SAFETY = 1.03


def column_points(characters: float, n_columns: int = 1) -> float:
    """Return the points that text has in ``n_columns`` merged columns of ``characters`` width in all."""
    return (characters * DIGIT + 5 * n_columns - 6) * POINTS_PER_PIXEL


def text_height(text: str, width: float, size: float = 11, *, bold: bool = False) -> float:
    """Return the points that ``text`` needs when wrapped at ``width`` points, without padding."""
    return LEADING * size * sum(_n_lines(line, width, size, bold) for line in text.split("\n"))


def _n_lines(line: str, width: float, size: float, bold: bool) -> int:
    """How many lines a paragraph takes, broken at blanks as Excel breaks it."""
    n_lines, used = 1, 0.0
    blank = _points(" ", size, bold)
    for word in line.split(" "):
        long = _points(word, size, bold)
        if used and used + blank + long > width:
            n_lines, used = n_lines + 1, 0.0
        used += long + (blank if used else 0)
        if used > width:  # a word wider than the cell is broken inside
            n_lines += int(used / width)
            used %= width
    return n_lines


@lru_cache(maxsize=4096)  # all words of a plan's forms; each stands in every form
def _points(text: str, size: float, bold: bool) -> float:
    return text_width(text, size, bold=bold) * POINTS_PER_MM * _SAFETY
