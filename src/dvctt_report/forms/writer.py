"""Write a unit's form as .xlsx: what ``layout`` placed, locked where printed, open where asked.

Tables first, then what stands around them: banner, signatures, paper and protection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import groupby, pairwise
from typing import Any

import xlsxwriter

from dvctt_report.forms import formulas, issue, layout, styles, wording
from dvctt_report.forms.build import build_form, with_more_lines
from dvctt_report.forms.form import COVER, FORM_VERSION, LIST, Form, FormRow, Role
from dvctt_report.forms.sheets import A4, PlainSheet, merge
from dvctt_report.forms.styles import PADDING, finished, text_height
from dvctt_report.forms.validations import add_checks, blanks, flaws
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import LastYear, given_before
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.text.vietnamese import file_stem
from dvctt_report.word.nd30 import POINTS_PER_MM, Component, break_lines, component_width

_PROSE_LINES = {"commune": 2}
"""Lines left for a free text; six where a shape isn't named."""


def form_name(unit: Unit, period: Period) -> str:
    """The file's name: ASCII, the code first, so that lists sort and old mail systems keep it."""
    return f"BM{period}_{unit.code}_{file_stem(unit.short_name)}.xlsx"


def form_bytes(
    profile: Profile,
    unit: Unit,
    period: Period,
    answers: formulas.Answers | None = None,
    edition: str = "",
    last: LastYear | None = None,
    back: issue.SentBack = issue.NOT_SENT_BACK,
    joint: issue.Joint | None = None,
) -> bytes:
    """Return the unit's form as the bytes of an .xlsx file.

    ``answers`` fills cells as a unit would; formulas carry the results they then have. ``edition`` is written
    into a form that is issued. The unit's own figures of ``last`` are shown beside the cells that ask for the
    same. ``back``: the form goes back to its unit, or the office fills it in. ``joint``: each of those units
    chooses its name in it; ``unit`` is one of them.
    """
    before = given_before(profile, period, last, unit) if last else {}
    if joint is not None:
        unit = unit.model_copy(update={"name": issue.PROMPT})
    form = build_form(profile, unit, period)
    if back.more_lines:
        form = with_more_lines(form, back.more_lines)
    if joint is not None:
        first, *others = form.sheets
        form = replace(form, sheets=(replace(first, notes=(issue.JOINT_NOTE, *first.notes)), *others))
    return _form_bytes(profile, unit, form, answers or {}, edition, before, back, joint)


def _form_bytes(
    profile: Profile,
    unit: Unit,
    form: Form,
    typed: formulas.Answers,
    edition: str,
    before: Mapping[tuple[str, str], int],
    back: issue.SentBack,
    joint: issue.Joint | None,
) -> bytes:
    book = xlsxwriter.Workbook(BytesIO(), styles.BOOK)
    book.set_properties({"title": profile.plan.form_title, "created": styles.ISSUED})
    ledger = formulas.Ledger.of(profile.plan.items_by_code, layout.place(form), typed)
    pen = issue.Pen(book, profile, unit, form, ledger, before, back, joint)
    back.first_sheet(book)
    counted = {}  # how far each sheet is filled in, by its name: what its two hidden counts say
    for placed in ledger.sheets:
        name = placed.sheet.name
        still_open = formulas.count_rows(ledger, (c for t in placed.tables for c in blanks(pen, t)), name)
        if joint is not None and name == form.sheets[0].name:
            unchosen = f"+ISNA({joint.chosen_row(pen.choice(name))})"
            still_open = formulas.Count(still_open.text + unchosen, still_open.value + 1)
        wrong = formulas.count_rows(ledger, (c for t in placed.tables for c in flaws(pen, t)), name)
        called = name.split()[0] if name[0].isdigit() else name  # by its number alone where it has one
        counted[name] = formulas.SheetProgress(called, still_open, wrong)
    for sheet in ledger.sheets:
        _write_sheet(pen, sheet, counted)
    # The keys by which the form is recognised when it comes back, on a very hidden sheet
    plan = profile.plan
    whose = f"{issue.ANY}{unit.group}" if joint is not None else unit.code
    values = ("dvctt", FORM_VERSION, plan.code, str(plan.version), str(form.period), whose)
    named = ((layout.EDITION, edition),) if edition else ()  # none of a form that isn't issued
    meta = book.add_worksheet(layout.META_SHEET)
    for at, said in enumerate((*zip(layout.META_KEYS, values, strict=True), *named, *back.meta)):
        meta.write_row(at, 0, said)
    meta.very_hidden()
    if joint is not None:  # the list to choose from
        listed = book.add_worksheet(issue.UNITS_SHEET)
        for row, one in enumerate(joint.units):
            listed.write_row(row, 0, (one.name, one.code))
        listed.very_hidden()
        ends = (layout.cell_name(row, 0, absolute=True) for row in (0, len(joint.units) - 1))
        book.define_name(issue.NAMES, f"={issue.UNITS_SHEET}!{':'.join(ends)}")
    return finished(book)


def _write_sheet(
    pen: issue.Pen, placed: layout.PlacedSheet, counted: Mapping[str, formulas.SheetProgress]
) -> None:
    sheet = pen.book.add_worksheet(placed.sheet.name, worksheet_class=PlainSheet)
    last = layout.FIRST_COLUMN + len(placed.sheet.grid) - 1
    sheet.set_column(layout.KEY_COLUMN, layout.WEIGHT_COLUMN, 4, None, {"hidden": True})
    if pen.shape == "commune":
        sheet.set_default_row(pen.line_height)
    for n, characters in enumerate(placed.sheet.grid):
        sheet.set_column(layout.FIRST_COLUMN + n, layout.FIRST_COLUMN + n, characters)
    _write_banner(pen, sheet, placed, last)
    if placed is pen.ledger.sheets[0] or any(t.table.id == "sign" for t in placed.tables):
        _write_open_line(pen, sheet, last, counted)
    own = counted[placed.sheet.name]
    for at, count in ((_OPEN_AT, own.still_open), (_WRONG_AT, own.wrong)):  # only the line reads them
        sheet.write_formula(at, layout.WEIGHT_COLUMN, count.text, None, count.value)
    for table in placed.tables:
        _write_table(pen, sheet, placed.sheet.grid, table)
        if pen.shape == "commune":
            sheet.set_row(table.end, _GAP_IN_COMMUNE)
    at = placed.notes_at
    for at, note in enumerate(placed.sheet.notes, placed.notes_at + 1):
        merge(sheet, at - 1, layout.FIRST_COLUMN, last, note, pen.style("instruction"))
        sheet.set_row(
            at - 1, text_height(note, issue.points(placed.sheet.grid, layout.FIRST_COLUMN, last)) + PADDING
        )
    if any(t.table.id == "sign" for t in placed.tables):
        sheet.set_row(at, _GAP_IN_COMMUNE)
        _write_signatures(pen, sheet, at + 1, last)
    _set_up_page(pen, sheet, placed)


def _write_table(pen: issue.Pen, sheet: Any, grid: tuple[float, ...], table: layout.PlacedTable) -> None:
    """Write a table: marker, headings, rows, totals, note, and what Excel checks."""
    first, last = table.columns[0].at, table.columns[-1].last
    if table.table.title:
        sheet.write(table.title_at, first, table.table.title, pen.style("section"))
    sheet.write(table.marker_at, layout.KEY_COLUMN, layout.MARKER + table.table.id)
    sheet.write(table.marker_at, layout.WEIGHT_COLUMN, layout.WEIGHT_KEY)
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
        style = pen.style("total")
        for column in table.columns:
            at, role = table.total_at, column.column.role
            if role is Role.LABEL:
                text = "Tổng cộng" if column.column.key == "label" else ""
                merge(sheet, at, column.at, column.last, text, pen.style("total_label"))
            elif role is Role.ANSWER:
                numbers = [pen.ledger.number(key) for _, key in table.answers_in(column)]
                known = [number for number in numbers if number is not None]
                cells = ":".join(layout.cell_name(table.rows[i][0], column.at) for i in (0, -1))
                total = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
                value = issue.result(sum(known) if known else "")
                sheet.write_formula(at, column.at, total, style, value)
            else:
                sheet.write_blank(at, column.at, None, style)
    if table.note_at is not None:
        merge(sheet, table.note_at, first, last, table.table.note, pen.style("note"))
        sheet.set_row(
            table.note_at, text_height(table.table.note, issue.points(grid, first, last), 10) + PADDING
        )
    add_checks(pen, sheet, table)


def _write_header(pen: issue.Pen, sheet: Any, table: layout.PlacedTable, grid: tuple[float, ...]) -> None:
    style, top = pen.style("header"), table.header_at
    bottom = top + table.n_header_rows - 1
    heights = [pen.line_height] * table.n_header_rows
    for column in table.columns:
        grouped = bool(column.column.group)
        merge(sheet, bottom if grouped else top, column.at, column.last, column.column.header, style, bottom)
        width = issue.points(grid, column.at, column.last)
        needed = text_height(column.column.header, width, styles.HEADER_SIZE, bold=True) + PADDING
        heights[-1] = max(heights[-1], needed - (0 if grouped else sum(heights[:-1])))
    for group, run in groupby(table.columns, key=lambda column: column.column.group):
        first, *_, last = (column for column in run for _ in range(2))
        if group:
            merge(sheet, top, first.at, last.last, group, style)
            width = issue.points(grid, first.at, last.last)
            needed = text_height(group, width, styles.HEADER_SIZE, bold=True) + PADDING
            heights[0] = max(heights[0], needed)
    for n, height in enumerate(heights):
        sheet.set_row(top + n, height)
    if table.table.numbered:
        for n, column in enumerate(table.columns, 1):
            merge(sheet, bottom + 1, column.at, column.last, f"({n})", pen.style("column_number"))


def _write_row(
    pen: issue.Pen,
    sheet: Any,
    table: layout.PlacedTable,
    at: int,
    weight: int,
    row: FormRow,
    answers: Mapping[int, Key],
    grid: tuple[float, ...],
    joins: tuple[bool, bool],
) -> None:
    """Write a row's labels and the cells of its ``answers``, by their column."""
    if row.key and not row.inserted:
        sheet.write(at, layout.KEY_COLUMN, row.key)
        sheet.write(at, layout.WEIGHT_COLUMN, weight)
    labels = iter(row.labels)
    height = pen.line_height
    for column in table.columns:
        width = issue.points(grid, column.at, column.last)
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
        height = max(height, _PROSE_LINES.get(pen.shape, 6) * pen.line_height)
    # In a commune's form less above and below the text: it has to stay two pages.
    sheet.set_row(at, height + (0.5 if pen.shape == "commune" else PADDING))


def _write_label(
    pen: issue.Pen, sheet: Any, at: int, column: layout.PlacedColumn, text: str, joins: tuple[bool, bool]
) -> None:
    if pen.joint is not None and text in (issue.PROMPT, pen.unit.code) and not column.column.header:
        formula = pen.joint.looked_up(0 if text == issue.PROMPT else 1, pen.choice(sheet.get_name()))
        _merge_formula(sheet, at, column.at, column.last, formula, pen.style("label"), "")
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


def _write_answer(
    pen: issue.Pen, sheet: Any, table: layout.PlacedTable, at: int, column: layout.PlacedColumn, key: Key
) -> None:
    typed = pen.ledger.answers.get(key)
    if key == Key(COVER, "control_code"):
        total = formulas.weighted_sum(pen.ledger, sheet.get_name())
        sheet.write_formula(at, layout.WEIGHT_COLUMN, total.text, None, total.value)
        code = formulas.code_formula(layout.cell_name(at, layout.WEIGHT_COLUMN), total.value)
        _merge_formula(sheet, at, column.at, column.last, code.text, pen.style("code"), code.value)
        return
    formula = pen.ledger.formula(key, table.sheet)
    note = pen.back.notes.get(key, "")
    exact = key.item == COVER or key.field == "evidence" or table.table.id.startswith(LIST)
    kind = "choice" if column.column.role is Role.STATUS else pen.spec(key).kind
    name: str = kind if kind in ("decimal", "date") else "choice"
    if column.column.role is Role.RATE:
        name = "rate"
    elif kind in ("count", "money"):
        name = "count_locked" if formula is not None and formula.locked else "count"
    elif kind == "text":
        name = "text_exact" if exact else "text"
    style = pen.style(name, marked=bool(note), number_format=pen.back.formats.get(key, ""))
    if note:
        sheet.write_comment(at, column.at, issue.format_note(note), _NOTE)
    if column.column.span > 1:
        sheet.merge_range(at, column.at, at, column.last, "", style)
    if typed is None and formula is not None:
        sheet.write_formula(at, column.at, formula.text, style, issue.result(formula.value))
    elif isinstance(typed, date):
        sheet.write_datetime(at, column.at, datetime(typed.year, typed.month, typed.day), style)
    elif typed is None:
        sheet.write_blank(at, column.at, None, style)
    else:
        sheet.write(at, column.at, typed, style)


_NOTE = {"x_scale": 2.2, "y_scale": 1.6, "font_name": styles.FONT, "font_size": styles.SMALL_SIZE}


_GAP_IN_COMMUNE = 2.0
"""Points between the tables of a commune's form, which has to stay two pages."""
_TITLE = Component(key="form_title", style="", size=14, sizes=(14, 14), source="", bold=True)


def _write_banner(pen: issue.Pen, sheet: Any, placed: layout.PlacedSheet, last: int) -> None:
    """Write whose form it is, which one, and for what period."""
    period = pen.form.period
    width = issue.points(placed.sheet.grid, layout.FIRST_COLUMN, last)
    title = placed.sheet.title
    if component_width(title, _TITLE) * POINTS_PER_MM > width * 0.95:
        title = break_lines(title, width * 0.95 / POINTS_PER_MM, _TITLE)
    name = pen.unit.name.upper()
    number_at = last - (pen.shape == "commune")
    number = wording.form_number(period, "" if pen.joint is not None else pen.unit.code, pen.back.said)
    if pen.joint is None:
        merge(sheet, 0, layout.FIRST_COLUMN, number_at - 1, name, pen.style("unit"))
        merge(sheet, 0, number_at, last, number, pen.style("number"))
    else:  # the place to choose the unit on the first sheet, on the others what was chosen there
        choice = pen.choice(placed.sheet.name)
        if placed.sheet.name == pen.form.sheets[0].name:
            merge(sheet, 0, layout.FIRST_COLUMN, number_at - 1, issue.PROMPT, pen.style("unit_chosen"))
            sheet.write_string(0, layout.KEY_COLUMN, issue.CHOICE_KEY)
            sheet.data_validation(0, layout.FIRST_COLUMN, 0, layout.FIRST_COLUMN, _CHOICE_OF_UNIT)
            open_ = {"type": "formula", "criteria": f"=ISNA({pen.joint.chosen_row(choice)})"}
            open_ |= {"format": pen.book.add_format(styles.AMBER)}
            sheet.conditional_format(0, layout.FIRST_COLUMN, 0, number_at - 1, open_)
        else:
            chosen, style = pen.joint.looked_up(0, choice, issue.PROMPT), pen.style("unit")
            _merge_formula(sheet, 0, layout.FIRST_COLUMN, number_at - 1, chosen, style, issue.PROMPT)
        coded = pen.joint.looked_up(1, choice).removeprefix("=")
        _merge_formula(sheet, 0, number_at, last, f'="{number}"&{coded}', pen.style("number"), number)
    beside = issue.points(placed.sheet.grid, layout.FIRST_COLUMN, number_at - 1)
    sheet.set_row(0, text_height(name, beside, bold=True) + PADDING)
    merge(sheet, 1, layout.FIRST_COLUMN, last, title, pen.style("title"))
    sheet.set_row(1, text_height(title, width, _TITLE.size, bold=True) + PADDING)
    merge(
        sheet, 2, layout.FIRST_COLUMN, last, layout.banner_period(pen.profile, pen.form), pen.style("period")
    )


_CHOICE_OF_UNIT = {
    "validate": "list",
    "source": f"={issue.NAMES}",
    "error_title": "Chọn trong danh sách",
    "error_message": "Bấm mũi tên bên phải ô, chọn đúng tên đơn vị của mình.",
    "input_title": "Đơn vị báo cáo",
    "input_message": "Chọn tên đơn vị, rồi lưu tệp thành tên có tên đơn vị trước khi gửi.",
}


def _merge_formula(
    sheet: Any, row: int, first: int, last: int, text: str, style: Any, value: formulas.Answer
) -> None:
    """Write a formula with its result over some columns."""
    merge(sheet, row, first, last, "", style)
    sheet.write_formula(row, first, text, style, issue.result(value))


def _write_signatures(pen: issue.Pen, sheet: Any, at: int, last: int) -> None:
    """Write the two places to sign, from row ``at``; below the title chosen a deputy's own one."""
    lead, titles = wording.signed_for(pen.joint.units[0] if pen.joint is not None else pen.unit)
    middle = layout.FIRST_COLUMN + 1
    merge(sheet, at, layout.FIRST_COLUMN, middle, layout.COMPILED_BY, pen.style("sign"))
    if lead:
        merge(sheet, at, middle + 1, last, lead, pen.style("sign"))
    title = at + bool(lead)
    chosen = layout.cell_name(title, middle + 1)
    merge(sheet, title, middle + 1, last, titles[0], pen.style("sign_chosen"))
    sheet.data_validation(title, middle + 1, title, middle + 1, {**_CHOICE, "source": list(titles)})
    deputy = f'=IF(LEFT({chosen},3)="KT.","PHÓ "&MID({chosen},5,60),"")'
    _merge_formula(sheet, title + 1, middle + 1, last, deputy, pen.style("sign"), "")
    merge(sheet, title + 2, layout.FIRST_COLUMN, middle, layout.SIGN_HERE, pen.style("sign_small"))
    merge(sheet, title + 2, middle + 1, last, wording.SEALED, pen.style("sign_small"))
    sheet.set_row(title + 2, (2 if pen.shape == "commune" else 5) * pen.line_height)


_CHOICE = {
    "validate": "list",
    "error_type": "information",
    "error_title": "Chức vụ người ký",
    "error_message": "Chức vụ này không có trong danh sách; bấm OK để giữ.",
    "input_title": "Chức vụ người ký",
    "input_message": "Chọn trong danh sách, hoặc ghi chức vụ khác.",
}


_OPEN_AT, _WRONG_AT = layout.BANNER_ROWS, layout.BANNER_ROWS - 1
"""The rows of a sheet's own counts in the hidden column of weights."""
_ALL_OPEN_AT, _ALL_WRONG_AT = 0, 1
"""The rows of the whole form's counts, on the sheet that is signed; the first has the choice of the unit."""


def _write_open_line(
    pen: issue.Pen, sheet: Any, last: int, counted: Mapping[str, formulas.SheetProgress]
) -> None:
    """Write above the tables how many cells of the form are open or wrong, and on which sheets."""
    at, here = layout.BANNER_ROWS, sheet.get_name()
    first, *_, signed = (pen.form.sheets[0].name, *counted)
    standing = [
        formulas.SheetProgress(one.name, _at(name, _OPEN_AT, one.still_open), _at(name, _WRONG_AT, one.wrong))
        for name, one in counted.items()
        if (one.still_open.text, one.wrong.text) != ("=0", "=0")  # something is counted there
    ]
    still_open, wrong = (
        formulas.Count(f"={'+'.join(c.text for c in counts)}", sum(c.value for c in counts))
        for counts in ([s.still_open for s in standing], [s.wrong for s in standing])
    )
    if first == signed:
        line = formulas.open_line(standing[0].still_open, standing[0].wrong)
    else:
        cells = _at(signed, _ALL_OPEN_AT, still_open), _at(signed, _ALL_WRONG_AT, wrong)
        line = formulas.open_line(*cells, standing)
    if here == signed != first:
        for row, count in ((_ALL_OPEN_AT, still_open), (_ALL_WRONG_AT, wrong)):
            sheet.write_formula(row, layout.WEIGHT_COLUMN, count.text, None, count.value)
        line = replace(line, text=f"='{first}'!{layout.cell_name(at, layout.FIRST_COLUMN)}")
    _merge_formula(sheet, at, layout.FIRST_COLUMN, last, line.text, pen.style("open_line"), line.value)
    done = {"type": "cell", "criteria": "==", "value": f'"{wording.ALL_GIVEN}"'}
    green = pen.book.add_format(styles.GREEN)
    sheet.conditional_format(at, layout.FIRST_COLUMN, at, last, {**done, "format": green})


def _at(sheet: str, row: int, count: formulas.Count) -> formulas.Count:
    return replace(count, text=f"'{sheet}'!{layout.cell_name(row, layout.WEIGHT_COLUMN, absolute=True)}")


_COMMUNE_PAGE = 791.0
"""Points that a page of a commune's form has between its margins."""


def _set_up_page(pen: issue.Pen, sheet: Any, placed: layout.PlacedSheet) -> None:
    """Set paper, print titles and protection: printed cells locked, columns and rows still adjustable."""
    if placed.sheet.landscape:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.center_horizontally()
    if pen.shape == "commune":
        sheet.set_margins(left=0.3, right=0.25, top=0.3, bottom=0.4)
        # The second page begins with a table, where it and what follows fit on that page
        rows = range(sheet.dim_rowmax + 1)
        heights = [sheet.row_sizes.get(row, (sheet.default_row_height, False)) for row in rows]
        tall = [0.0 if hidden else pixels * styles.POINTS_PER_PIXEL for pixels, hidden in heights]
        begun = [t.title_at for t in placed.tables if sum(tall[: t.title_at]) < _COMMUNE_PAGE]
        fits = sum(tall) > _COMMUNE_PAGE >= sum(tall[begun[-1] :])
        sheet.set_h_pagebreaks([begun[-1]] if fits else [])
        size = 11
    else:
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        size = 8
    # Behind the size of letters a blank: a digit would be taken for a part of it.
    whose = " " if pen.joint is not None else f"{pen.unit.code} · "
    sheet.set_footer(f"&L&{size}{whose}{placed.sheet.name}&R&{size} Trang &P/&N", {"margin": 0.2})
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True})
    if len(placed.tables) == 1 and not placed.tables[0].table.bare:
        table = placed.tables[0]
        sheet.repeat_rows(table.header_at, table.header_at + table.n_header_rows - 1)
        sheet.freeze_panes(table.rows[0][0], layout.FIRST_COLUMN + 2)
