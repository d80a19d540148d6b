"""Write a unit's form as .xlsx: what ``layout`` placed, locked where printed, open where asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Any

import xlsxwriter

from dvctt_report.forms import styles
from dvctt_report.forms.build import build_form, with_more_lines
from dvctt_report.forms.form import COVER, LIST, Form, FormRow, Role
from dvctt_report.forms.formulas import (
    Answers,
    Formula,
    Ledger,
    SheetProgress,
    code_formula,
    weighted_sum,
)
from dvctt_report.forms.joint import NOTE, PROMPT, Joint, stand_in
from dvctt_report.forms.layout import (
    FIRST_COLUMN,
    KEY_COLUMN,
    MARKER,
    WEIGHT_COLUMN,
    WEIGHT_KEY,
    PlacedColumn,
    PlacedSheet,
    PlacedTable,
    cell_name,
    place,
)
from dvctt_report.forms.page import (
    GAP_IN_COMMUNE,
    OPEN_AT,
    WRONG_AT,
    count_sheets,
    set_up_page,
    write_banner,
    write_meta,
    write_open_line,
    write_signatures,
)
from dvctt_report.forms.pen import EmptyResult, Pen, points, result
from dvctt_report.forms.sent_back import NOT_SENT_BACK, SentBack, format_note
from dvctt_report.forms.sheets import PlainSheet, merge
from dvctt_report.forms.styles import PADDING, text_height
from dvctt_report.forms.validations import add_checks
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import LastYear, given_before
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.text.vietnamese import file_stem

PROSE_LINES = {"commune": 2}
"""Lines left for a free text; six where a shape isn't named."""


def form_name(unit: Unit, period: Period) -> str:
    """The file's name: ASCII, the code first, so that lists sort and old mail systems keep it."""
    return f"BM{period}_{unit.code}_{file_stem(unit.short_name)}.xlsx"


def form_bytes(
    profile: Profile,
    unit: Unit,
    period: Period,
    answers: Answers | None = None,
    edition: str = "",
    last: LastYear | None = None,
    back: SentBack = NOT_SENT_BACK,
) -> bytes:
    """Return the unit's form as the bytes of an .xlsx file.

    ``answers`` fills cells as a unit would; formulas carry the results they then have. ``edition`` is written
    into a form that is issued. The unit's own figures of ``last`` are shown beside the cells that ask for the
    same. ``back``: the form goes back to its unit, or the office fills it in.
    """
    form = build_form(profile, unit, period)
    if back.more_lines:
        form = with_more_lines(form, back.more_lines)
    before = given_before(profile, period, last, unit) if last else {}
    return _form_bytes(profile, unit, form, answers or {}, edition, before, back)


def joint_form_bytes(profile: Profile, joint: Joint, period: Period, edition: str = "") -> bytes:
    """Return the form in which each of the units of ``joint`` chooses its name."""
    unit = stand_in(joint.units)
    form = build_form(profile, unit, period)
    first, *others = form.sheets
    form = replace(form, sheets=(replace(first, notes=(NOTE, *first.notes)), *others))
    return _form_bytes(profile, unit, form, {}, edition, joint=joint)


def _form_bytes(
    profile: Profile,
    unit: Unit,
    form: Form,
    typed: Answers,
    edition: str,
    before: Mapping[tuple[str, str], int] = MappingProxyType({}),
    back: SentBack = NOT_SENT_BACK,
    joint: Joint | None = None,
) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, styles.BOOK)
    book.set_properties({"title": profile.plan.form_title, "created": styles.ISSUED})
    ledger = Ledger.of(profile.plan.items_by_code, place(form), typed)
    pen = Pen(book, profile, unit, form, ledger, before, back, joint)
    back.first_sheet(book)
    counted = count_sheets(pen)
    for sheet in ledger.sheets:
        _write_sheet(pen, sheet, counted)
    write_meta(pen, edition)
    book.close()
    return out.getvalue()


def _write_sheet(pen: Pen, placed: PlacedSheet, counted: Mapping[str, SheetProgress]) -> None:
    sheet = pen.book.add_worksheet(placed.sheet.name, worksheet_class=PlainSheet)
    last = FIRST_COLUMN + len(placed.sheet.grid) - 1
    sheet.set_column(KEY_COLUMN, WEIGHT_COLUMN, 4, None, {"hidden": True})
    if pen.shape == "commune":
        sheet.set_default_row(pen.line_height)
    for n, characters in enumerate(placed.sheet.grid):
        sheet.set_column(FIRST_COLUMN + n, FIRST_COLUMN + n, characters)
    write_banner(pen, sheet, placed, last)
    if placed is pen.ledger.sheets[0] or any(t.table.id == "sign" for t in placed.tables):
        write_open_line(pen, sheet, last, counted)
    own = counted[placed.sheet.name]
    for at, count in ((OPEN_AT, own.still_open), (WRONG_AT, own.wrong)):  # only the line reads them
        sheet.write_formula(at, WEIGHT_COLUMN, count.text, None, count.value)
    for table in placed.tables:
        _write_table(pen, sheet, placed.sheet.grid, table)
        if pen.shape == "commune":
            sheet.set_row(table.end, GAP_IN_COMMUNE)
    at = placed.notes_at
    for at, note in enumerate(placed.sheet.notes, placed.notes_at + 1):
        merge(sheet, at - 1, FIRST_COLUMN, last, note, pen.style("instruction"))
        sheet.set_row(at - 1, text_height(note, points(placed.sheet.grid, FIRST_COLUMN, last)) + PADDING)
    if any(t.table.id == "sign" for t in placed.tables):
        sheet.set_row(at, GAP_IN_COMMUNE)
        write_signatures(pen, sheet, at + 1, last)
    set_up_page(pen, sheet, placed)


def _write_table(pen: Pen, sheet: Any, grid: tuple[float, ...], table: PlacedTable) -> None:
    first, last = table.columns[0].at, table.columns[-1].last
    if table.table.title:
        sheet.write(table.title_at, first, table.table.title, pen.style("section"))
    sheet.write(table.marker_at, KEY_COLUMN, MARKER + table.table.id)
    sheet.write(table.marker_at, WEIGHT_COLUMN, WEIGHT_KEY)
    for column in table.columns:
        if column.column.role is not Role.LABEL:
            sheet.write(table.marker_at, column.at, column.column.key)
    sheet.set_row(table.marker_at, None, None, {"hidden": True})
    if not table.table.bare:
        _write_header(pen, sheet, table, grid)
    # A row that only adds a measure to what the row above is about.
    joined = [len(row.labels) > 2 and not any(row.labels[:2]) for _, _, row in table.rows]
    answers: dict[int, dict[int, Key]] = {at: {} for at, _, _ in table.rows}
    for at, column, _, key in table.answers():
        answers[at][column.at] = key
    for (at, weight, row), joins in zip(table.rows, pairwise([*joined, False]), strict=True):
        _write_row(pen, sheet, table, at, weight, row, answers[at], grid, joins)
    if table.total_at is not None:
        _write_totals(pen, sheet, table, table.total_at)
    if table.note_at is not None:
        merge(sheet, table.note_at, first, last, table.table.note, pen.style("note"))
        sheet.set_row(table.note_at, text_height(table.table.note, points(grid, first, last), 10) + PADDING)
    add_checks(pen, sheet, table)


def _write_header(pen: Pen, sheet: Any, table: PlacedTable, grid: tuple[float, ...]) -> None:
    style, top = pen.style("header"), table.header_at
    bottom = top + table.n_header_rows - 1
    heights = [pen.line_height] * table.n_header_rows
    for column in table.columns:
        grouped = bool(column.column.group)
        merge(sheet, bottom if grouped else top, column.at, column.last, column.column.header, style, bottom)
        needed = _header_height(column.column.header, points(grid, column.at, column.last))
        heights[-1] = max(heights[-1], needed - (0 if grouped else sum(heights[:-1])))
    for group, run in groupby(table.columns, key=lambda column: column.column.group):
        first, *_, last = (column for column in run for _ in range(2))
        if group:
            merge(sheet, top, first.at, last.last, group, style)
            heights[0] = max(heights[0], _header_height(group, points(grid, first.at, last.last)))
    for n, height in enumerate(heights):
        sheet.set_row(top + n, height)
    if table.table.numbered:
        for n, column in enumerate(table.columns, 1):
            merge(sheet, bottom + 1, column.at, column.last, f"({n})", pen.style("column_number"))


def _header_height(text: str, width: float) -> float:
    return text_height(text, width, styles.HEADER_SIZE, bold=True) + PADDING


def _write_row(
    pen: Pen,
    sheet: Any,
    table: PlacedTable,
    at: int,
    weight: int,
    row: FormRow,
    answers: Mapping[int, Key],
    grid: tuple[float, ...],
    joins: tuple[bool, bool],
) -> None:
    """Write a row's labels and the cells of its ``answers``, by their column."""
    if row.key and not row.inserted:
        sheet.write(at, KEY_COLUMN, row.key)
        sheet.write(at, WEIGHT_COLUMN, weight)
    labels = iter(row.labels)
    height = pen.line_height
    for column in table.columns:
        width = points(grid, column.at, column.last)
        if column.column.role is Role.LABEL:
            text = next(labels)
            _write_label(pen, sheet, at, column, text, joins)
            lead, _, small = text.partition("\n")
            under = text_height(small, width, styles.SMALL_SIZE) if small else 0.0
            height = max(height, under + text_height(lead, width, bold=bool(small)))
        elif column.at not in answers:
            merge(sheet, at, column.at, column.last, "", pen.style("closed"))
        else:
            key = answers[column.at]
            _write_answer(pen, sheet, table, at, column, key)
            shown = pen.ledger.value(key)
            if isinstance(shown, str):
                height = max(height, text_height(shown, width))
    if table.table.id == "prose":
        height = max(height, PROSE_LINES.get(pen.shape, 6) * pen.line_height)
    sheet.set_row(at, height + pen.padding)


def _write_label(
    pen: Pen, sheet: Any, at: int, column: PlacedColumn, text: str, joins: tuple[bool, bool]
) -> None:
    if pen.joint is not None and text in (PROMPT, pen.unit.code) and not column.column.header:
        formula = pen.joint.looked_up(0 if text == PROMPT else 1, pen.choice(sheet.get_name()))
        sheet.merge_range(at, column.at, at, column.last, "", pen.style("label"))
        sheet.write_formula(at, column.at, formula, pen.style("label"), EmptyResult())
        return
    lead, _, rest = text.partition("\n")
    if rest:
        parts = (pen.style("bold"), lead, pen.style("plain"), "\n" + rest)
        sheet.write_rich_string(at, column.at, *parts, pen.style("label"))
    else:
        name = "label_centre" if column.column.key in ("stt", "unit") else "label"
        above, below = joins if column.column.key in ("stt", "label") else (False, False)
        style = pen.style(name, joins_above=above, joins_below=below)
        merge(sheet, at, column.at, column.last, text, style)


def _write_answer(pen: Pen, sheet: Any, table: PlacedTable, at: int, column: PlacedColumn, key: Key) -> None:
    typed = pen.ledger.answers.get(key)
    if key == Key(COVER, "control_code"):
        total = weighted_sum(pen.ledger, sheet.get_name())
        sheet.write_formula(at, WEIGHT_COLUMN, total.text, None, total.value)
        code = code_formula(cell_name(at, WEIGHT_COLUMN), total.value)
        merge(sheet, at, column.at, column.last, "", pen.style("code"))
        sheet.write_formula(at, column.at, code.text, pen.style("code"), code.value)
        return
    formula = pen.ledger.formula(key, table.sheet)
    note = pen.back.notes.get(key, "")
    name = _answer_style(pen, table, column, key, formula)
    style = pen.style(name, marked=bool(note), number_format=pen.back.formats.get(key, ""))
    if note:
        sheet.write_comment(at, column.at, format_note(note), _NOTE)
    if column.column.span > 1:
        sheet.merge_range(at, column.at, at, column.last, "", style)
    if typed is None and formula is not None:
        sheet.write_formula(at, column.at, formula.text, style, result(formula.value))
    elif isinstance(typed, date):
        sheet.write_datetime(at, column.at, datetime(typed.year, typed.month, typed.day), style)
    elif typed is None:
        sheet.write_blank(at, column.at, None, style)
    else:
        sheet.write(at, column.at, typed, style)


_NOTE = {"x_scale": 2.2, "y_scale": 1.6, "font_name": styles.FONT, "font_size": styles.SMALL_SIZE}


def _answer_style(
    pen: Pen, table: PlacedTable, column: PlacedColumn, key: Key, formula: Formula | None
) -> str:
    if column.column.role is Role.RATE:
        return "rate"
    if column.column.role is Role.STATUS:
        return "choice"
    kind = pen.spec(key).kind
    if kind in ("count", "money"):
        return "count_locked" if formula is not None and formula.locked else "count"
    if kind == "decimal":
        return "decimal"
    if kind == "text":
        exact = key.item == COVER or key.field == "evidence" or table.table.id.startswith(LIST)
        return "text_exact" if exact else "text"
    return "date" if kind == "date" else "choice"


def _write_totals(pen: Pen, sheet: Any, table: PlacedTable, at: int) -> None:
    for column in table.columns:
        if column.column.role is Role.LABEL:
            text = "Tổng cộng" if column.column.key == "label" else ""
            merge(sheet, at, column.at, column.last, text, pen.style("total_label"))
        elif column.column.role is Role.ANSWER:
            keys = [key for _, key in table.answers_in(column)]
            numbers = [n for n in (pen.ledger.number(k) for k in keys) if n is not None]
            cells = ":".join(cell_name(table.rows[i][0], column.at) for i in (0, -1))
            total = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
            sheet.write_formula(
                at, column.at, total, pen.style("total"), result(sum(numbers) if numbers else "")
            )
        else:
            sheet.write_blank(at, column.at, None, pen.style("total"))
