"""Sheets of rows as XlsxWriter writes them: each row as high as its texts, the whole printed across A4.

A sheet that comes back has keys: a hidden first column says what each row is about, a hidden row above the
headers names the columns, and a very hidden sheet says what the workbook is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from dvctt_report.forms.layout import META_SHEET, KeyedColumn
from dvctt_report.forms.styles import HEADER_SIZE, PADDING, column_points, text_height

FIRST = 1
"""The first column behind the hidden one."""
_HIGHEST = 400.0
"""Points of a row; Excel allows 409."""
A4 = 9


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet whose formulas are written as they are, since none has a function younger than 2007.

    XlsxWriter looks for each of some hundred in each formula: a third of the time that a year's workbook
    took, a sixth of a form's, half of that of what is to be decided.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def column_of(columns: Sequence[KeyedColumn], key: str) -> int:
    """Where the column with that key stands."""
    return FIRST + next(n for n, column in enumerate(columns) if column.key == key)


def keyed_sheet(
    book: Any,
    name: str,
    columns: Sequence[KeyedColumn],
    formats: Mapping[str, Any],
    lines: Iterable[tuple[str, str]],
    mark: str,
) -> tuple[Any, int]:
    """Add a sheet with these columns behind the hidden one, and write its head.

    That is ``lines``, each with its style, the hidden row that begins with ``mark``, the headers. Returns the
    sheet and the first row below.
    """
    sheet = book.add_worksheet(name, worksheet_class=PlainSheet)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    for n, column in enumerate(columns, FIRST):
        sheet.set_column(n, n, column.width)
    width = column_points(sum(column.width for column in columns), len(columns))
    at = 0
    for at, (text, style) in enumerate(lines, 1):
        merge(sheet, at - 1, FIRST, len(columns), text, formats[style])
        height = text_height(text, width, 14 if style == "title" else 11, bold=style == "title")
        sheet.set_row(at - 1, height + PADDING)
    sheet.write_string(at, 0, mark)
    for n, column in enumerate(columns, FIRST):
        sheet.write_string(at, n, column.key)
        sheet.write_string(at + 1, n, column.header, formats["header"])
    sheet.set_row(at, None, None, {"hidden": True})
    heights = (text_height(c.header, column_points(c.width), HEADER_SIZE, bold=True) for c in columns)
    sheet.set_row(at + 1, max(heights) + PADDING)
    return sheet, at + 2


def write_typed(sheet: Any, row: int, column: int, text: str, formats: Mapping[str, Any], style: str) -> None:
    """Write what somebody else may have typed; quoted where Excel would take it for a formula."""
    sheet.write_string(row, column, text, formats["quoted" if text[:1] in tuple("=+-@") else style])


def fit_row(
    sheet: Any, row: int, told: Iterable[tuple[str, float]], size: float = 11, least: float = 0
) -> None:
    """Make a row as high as its texts need, each with its width in characters; the rest in points."""
    needed = max(text_height(text, column_points(width), size) for text, width in told)
    sheet.set_row(row, min(max(needed, least) + PADDING, _HIGHEST))


_LONGEST_MARGIN = 200
"""Characters that a text in the head or foot of a page may have; Excel takes 255 there, codes among them."""


def fit_margin(text: str) -> str:
    """Write a text for the head or foot of a page, cut where it is too long for that."""
    shown = text if len(text) <= _LONGEST_MARGIN else f"{text[: _LONGEST_MARGIN - 1]}…"
    return shown.replace("&", "&&")


def print_across(sheet: Any, footer: str = "", *, top: float = 0.5, bottom: float = 0.6) -> None:
    """Print on A4 across, as wide as the sheet; ``top`` and ``bottom`` margins in inches."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=top, bottom=bottom)
    sheet.fit_to_pages(1, 0)
    if footer:
        sheet.set_footer(footer)


def finish_keyed(sheet: Any, first: int, n_frozen: int, footer: str, *, sortable: bool = False) -> None:
    """Set up a sheet whose rows begin at ``first``: headers and columns that stay, cells to type in alone."""
    print_across(sheet, footer + "&R&8Trang &P/&N")
    sheet.repeat_rows(first - 1)
    sheet.freeze_panes(first, n_frozen)
    sheet.hide_gridlines(2)
    allowed = {"format_columns": True, "format_rows": True, "autofilter": True}
    sheet.protect("", allowed | ({"sort": True} if sortable else {}))


def write_keys(book: Any, keys: Iterable[tuple[str, str]]) -> None:
    """Write the keys by which the workbook is recognised, each with its value, on a very hidden sheet."""
    sheet = book.add_worksheet(META_SHEET)
    for at, (name, value) in enumerate(keys):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, value)
    sheet.very_hidden()


def merge(
    sheet: Any, row: int, first: int, last: int, text: str, style: Any, last_row: int | None = None
) -> None:
    """Write ``text`` over the columns ``first`` to ``last`` (and the rows to ``last_row``), 0-based."""
    bottom = row if last_row is None else last_row
    if first != last or row != bottom:
        sheet.merge_range(row, first, bottom, last, text, style)
    elif text:
        sheet.write_string(row, first, text, style)
    else:
        sheet.write_blank(row, first, None, style)
