"""How the form looks: one table of cell formats, in the sober manner of a ministry's forms."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.word.nd30 import POINTS_PER_MM, text_width

FONT = "Times New Roman"
GREY = "#EDEDED"
HEADER = "#DCE6F1"
LINE = "#7F7F7F"
HEADER_SIZE = 11
SMALL_SIZE = 10

_TABLE = parse_toml(read_text(PACKAGE / "forms" / "styles.toml"))
STYLES: dict[str, dict[str, Any]] = {
    name: _TABLE["like"].get(look.pop("like", ""), {}) | look for name, look in _TABLE["styles"].items()
}
"""Formats by name, as XlsxWriter takes them."""

RED = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
AMBER = {"bg_color": "#FFEB9C", "font_color": "#7F6000"}
GREEN = {"font_color": "#1E6B34"}
ASKED = "#FFEB9C"
"""The ground of a cell that its unit is asked about."""

BOOK: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    # The default font is the unit that Excel measures column widths in.
    "default_format_properties": {"font_name": FONT, "font_size": 11, "font_scheme": False},
}
"""How every workbook is made: text stays text, whatever it begins with."""


def finished(book: Any) -> bytes:
    """Close a workbook that is written into memory and return its bytes.

    Its cells go at once: it refers to itself, and of a whole country they would wait long for the collector.
    """
    book.close()
    for held in (book.str_table.string_table, *(sheet.table for sheet in book.worksheets())):
        held.clear()
    written: bytes = book.filename.getvalue()
    return written


PROGRAM = "dvctt-report"
"""Who made a workbook that nobody signs."""

ISSUED = datetime(2025, 1, 1)
"""A fixed creation date: the same form has the same bytes."""

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


@lru_cache(maxsize=4096)  # all texts of a plan's forms; most stand in every form
def text_height(text: str, width: float, size: float = 11, *, bold: bool = False) -> float:
    """Return the points that ``text`` needs when wrapped at ``width`` points, without padding."""
    n_lines, blank = 0, _points(" ", size, bold)
    for line in text.split("\n"):  # each broken at blanks as Excel breaks it
        n_lines, used = n_lines + 1, 0.0
        for word in line.split(" "):
            long = _points(word, size, bold)
            if used and used + blank + long > width:
                n_lines, used = n_lines + 1, 0.0
            used += long + (blank if used else 0)
            if used > width:  # a word wider than the cell is broken inside
                n_lines += int(used / width)
                used %= width
    return LEADING * size * n_lines


@lru_cache(maxsize=4096)  # all words of a plan's forms; each stands in every form
def _points(text: str, size: float, bold: bool) -> float:
    return text_width(text, size, bold=bold) * POINTS_PER_MM * _SAFETY
