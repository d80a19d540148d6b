"""How the form looks: one table of cell formats, in the sober manner of a ministry's forms."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from dvctt_report.word.nd30 import POINTS_PER_MM, text_width

FONT = "Times New Roman"
GREY = "#EDEDED"
HEADER = "#DCE6F1"
LINE = "#7F7F7F"
HEADER_SIZE = 11
SMALL_SIZE = 10

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
_BOX: dict[str, Any] = {**_BASE, "border": 1, "border_color": LINE}
_OPEN: dict[str, Any] = {**_BOX, "locked": False}

STYLES: dict[str, dict[str, Any]] = {
    "unit": {**_BASE, "bold": True},
    "unit_chosen": {**_BOX, "bold": True, "locked": False},
    "number": {
        **_BASE,
        "align": "right",
        "italic": True,
        "font_size": SMALL_SIZE,
        "text_wrap": False,
        "shrink": True,
    },
    "title": {**_BASE, "bold": True, "font_size": 14, "align": "center"},
    "period": {**_BASE, "italic": True, "align": "center"},
    "section": {**_BASE, "bold": True, "text_wrap": False},
    "note": {**_BASE, "italic": True, "font_size": SMALL_SIZE, "valign": "top"},
    "instruction": {**_BASE, "valign": "top"},
    "header": {**_BOX, "bold": True, "align": "center", "bg_color": HEADER, "font_size": HEADER_SIZE},
    "column_number": {**_BOX, "italic": True, "align": "center", "font_size": 9, "bg_color": HEADER},
    "label": {**_BOX, "bg_color": GREY},
    "label_centre": {**_BOX, "bg_color": GREY, "align": "center"},
    "bold": {"bold": True, "font_name": FONT, "font_size": 11},
    "plain": {"font_name": FONT, "font_size": SMALL_SIZE},
    "closed": {**_BOX, "bg_color": "#D0D0D0"},
    "count": {**_OPEN, "num_format": "#,##0", "align": "right"},
    "decimal": {**_OPEN, "num_format": "General", "align": "right"},
    "count_locked": {**_BOX, "num_format": "#,##0", "align": "right", "bg_color": GREY, "italic": True},
    "total": {**_BOX, "num_format": "#,##0", "align": "right", "bg_color": GREY, "bold": True},
    "total_label": {**_BOX, "align": "center", "bg_color": GREY, "bold": True},
    "rate": {**_BOX, "num_format": "0.0", "align": "right", "bg_color": GREY},
    "choice": {**_OPEN, "align": "center"},
    "text": {**_OPEN, "valign": "top"},
    "text_exact": {**_OPEN, "valign": "top", "num_format": "@"},
    "date": {**_OPEN, "num_format": "dd/mm/yyyy", "align": "center"},
    "code": {**_BOX, "bold": True, "font_size": 14, "align": "center", "bg_color": GREY},
    "sign": {**_BASE, "bold": True, "align": "center", "valign": "top"},
    "sign_chosen": {**_BASE, "bold": True, "align": "center", "valign": "top", "locked": False},
    "open_line": {**_BASE, "bold": True, "align": "right", "font_color": "#7F6000"},
    "sign_small": {**_BASE, "italic": True, "align": "center", "valign": "top"},
}
"""Formats by name. Never an accounting number format: it shows a typed 0 as a dash.

``text_exact`` keeps "0259…" and "12/5" from becoming a number or a date; long texts do without it, since
Excel 2007 shows more than 255 characters under it as "####".
"""

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
