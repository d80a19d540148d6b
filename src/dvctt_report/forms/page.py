"""What stands around the tables of a form: banner, signatures, identity keys, paper and protection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dvctt_report.forms import wording
from dvctt_report.forms.form import FORM_VERSION
from dvctt_report.forms.layout import EDITION, FIRST_COLUMN, META_KEYS, META_SHEET, PlacedSheet
from dvctt_report.forms.measure import PADDING, text_height
from dvctt_report.forms.pen import Pen, merge, points
from dvctt_report.forms.prefill import format_held
from dvctt_report.nd30.format import Component
from dvctt_report.nd30.metrics import break_lines, component_width
from dvctt_report.nd30.page import POINTS_PER_MM

A4 = 9
GAP_IN_COMMUNE = 4.0
"""Points between the tables of a commune's form, which has to stay one page."""
_TITLE = Component(key="form_title", style="", size=14, sizes=(14, 14), source="", bold=True)


def write_banner(pen: Pen, sheet: Any, placed: PlacedSheet, last: int) -> None:
    """Write whose form it is, which one, and for what period."""
    period = pen.form.period
    width = points(placed.sheet.grid, FIRST_COLUMN, last)
    title = placed.sheet.title
    if component_width(title, _TITLE) * POINTS_PER_MM > width * 0.95:
        title = break_lines(title, width * 0.95 / POINTS_PER_MM, _TITLE)
    name = pen.unit.name.upper()
    merge(sheet, 0, FIRST_COLUMN, last - 1, name, pen.style("unit"))
    beside = points(placed.sheet.grid, FIRST_COLUMN, last - 1)
    sheet.set_row(0, text_height(name, beside, bold=True) + PADDING)
    sheet.write(0, last, f"Mẫu BM{period}-{pen.unit.code}", pen.style("number"))
    merge(sheet, 1, FIRST_COLUMN, last, title, pen.style("title"))
    sheet.set_row(1, text_height(title, width, _TITLE.size, bold=True) + PADDING)
    said = f"{period.title} – số liệu {wording.period_line(pen.profile, period)}"
    merge(sheet, 2, FIRST_COLUMN, last, said, pen.style("period"))


def write_notes(pen: Pen, sheet: Any, placed: PlacedSheet, last: int) -> int:
    """Write the sheet's notes below its tables; returns the first row after them."""
    at = placed.notes_at
    for note in placed.sheet.notes:
        merge(sheet, at, FIRST_COLUMN, last, note, pen.style("instruction"))
        sheet.set_row(at, text_height(note, points(placed.sheet.grid, FIRST_COLUMN, last)) + PADDING)
        at += 1
    return at


def write_signatures(pen: Pen, sheet: Any, at: int, last: int) -> None:
    """Write the two places to sign, from row ``at``."""
    head = wording.SIGNED_BY[pen.shape]
    middle = FIRST_COLUMN + 1
    merge(sheet, at, FIRST_COLUMN, middle, "NGƯỜI LẬP BIỂU", pen.style("sign"))
    merge(sheet, at, middle + 1, last, head, pen.style("sign"))
    merge(sheet, at + 1, FIRST_COLUMN, middle, "(Ký, ghi rõ họ và tên)", pen.style("sign_small"))
    merge(sheet, at + 1, middle + 1, last, "(Ký số, đóng dấu)", pen.style("sign_small"))
    sheet.set_row(at, (1 + head.count("\n")) * pen.line_height + PADDING)
    sheet.set_row(at + 1, (2.5 if pen.shape == "commune" else 5) * pen.line_height)


def write_meta(pen: Pen, edition: str, more: Iterable[tuple[str, str]] = ()) -> None:
    """Write the keys by which the form is recognised when it comes back, on a very hidden sheet.

    ``edition``: see ``Profile.edition``; "" for a form that isn't issued. ``more``: further rows.
    """
    sheet = pen.book.add_worksheet(META_SHEET)
    plan = pen.profile.plan
    values = ("dvctt", FORM_VERSION, plan.code, str(plan.version), str(pen.form.period), pen.unit.code)
    for at, (name, value) in enumerate(zip(META_KEYS, values, strict=True)):
        sheet.write_row(at, 0, (name, value))
    named = ((EDITION, edition),) if edition else ()
    for at, said in enumerate((*named, *more, *map(format_held, pen.held)), len(META_KEYS)):
        sheet.write_row(at, 0, said)
    sheet.very_hidden()


def set_up_page(pen: Pen, sheet: Any, placed: PlacedSheet) -> None:
    """Set paper, print titles and protection: printed cells locked, columns and rows still adjustable."""
    if placed.sheet.landscape:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1 if pen.shape == "commune" else 0)
    sheet.set_footer(f"&L&8{pen.unit.code} · {placed.sheet.name}&R&8Trang &P/&N")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True})
    if len(placed.tables) == 1 and not placed.tables[0].table.bare:
        table = placed.tables[0]
        sheet.repeat_rows(table.header_at, table.header_at + table.n_header_rows - 1)
        sheet.freeze_panes(table.rows[0][0], FIRST_COLUMN + 2)
