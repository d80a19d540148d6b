"""What stands around the tables of a form: banner, signatures, identity keys, paper and protection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dvctt_report.forms import styles, wording
from dvctt_report.forms.form import FORM_VERSION
from dvctt_report.forms.formulas import Count, SheetProgress, count_rows, open_line, total
from dvctt_report.forms.joint import ANY, CHOICE_KEY, PROMPT, Joint
from dvctt_report.forms.layout import (
    BANNER_ROWS,
    COMPILED_BY,
    EDITION,
    FIRST_COLUMN,
    KEY_COLUMN,
    META_KEYS,
    META_SHEET,
    SIGN_HERE,
    WEIGHT_COLUMN,
    PlacedSheet,
    banner_period,
    cell_name,
)
from dvctt_report.forms.pen import EmptyResult, Pen, points
from dvctt_report.forms.sheets import A4, merge
from dvctt_report.forms.styles import PADDING, text_height
from dvctt_report.forms.validations import blanks, flaws
from dvctt_report.word.nd30 import POINTS_PER_MM, Component, break_lines, component_width

GAP_IN_COMMUNE = 2.0
"""Points between the tables of a commune's form, which has to stay two pages."""
_TITLE = Component(key="form_title", style="", size=14, sizes=(14, 14), source="", bold=True)


def write_banner(pen: Pen, sheet: Any, placed: PlacedSheet, last: int) -> None:
    """Write whose form it is, which one, and for what period."""
    period = pen.form.period
    width = points(placed.sheet.grid, FIRST_COLUMN, last)
    title = placed.sheet.title
    if component_width(title, _TITLE) * POINTS_PER_MM > width * 0.95:
        title = break_lines(title, width * 0.95 / POINTS_PER_MM, _TITLE)
    name = pen.unit.name.upper()
    number_at = last - (pen.shape == "commune")
    if pen.joint is not None:
        _write_choice(pen, pen.joint, sheet, placed.sheet.name, number_at, last)
    else:
        merge(sheet, 0, FIRST_COLUMN, number_at - 1, name, pen.style("unit"))
        number = wording.form_number(period, pen.unit.code, pen.back.said)
        merge(sheet, 0, number_at, last, number, pen.style("number"))
    beside = points(placed.sheet.grid, FIRST_COLUMN, number_at - 1)
    sheet.set_row(0, text_height(name, beside, bold=True) + PADDING)
    merge(sheet, 1, FIRST_COLUMN, last, title, pen.style("title"))
    sheet.set_row(1, text_height(title, width, _TITLE.size, bold=True) + PADDING)
    merge(sheet, 2, FIRST_COLUMN, last, banner_period(pen.profile, pen.form), pen.style("period"))


def _write_choice(pen: Pen, joint: Joint, sheet: Any, name: str, number_at: int, last: int) -> None:
    """Write the place to choose the unit on the first sheet, on the others what was chosen there."""
    choice, style = pen.choice(name), pen.style("unit")
    if name == pen.form.sheets[0].name:
        merge(sheet, 0, FIRST_COLUMN, number_at - 1, PROMPT, pen.style("unit_chosen"))
        sheet.write_string(0, KEY_COLUMN, CHOICE_KEY)
        sheet.data_validation(0, FIRST_COLUMN, 0, FIRST_COLUMN, joint.validation())
        open_ = {"type": "formula", "criteria": f"=ISNA({joint.chosen_row(choice)})"}
        amber = pen.book.add_format(styles.AMBER)
        sheet.conditional_format(0, FIRST_COLUMN, 0, number_at - 1, {**open_, "format": amber})
    else:
        merge(sheet, 0, FIRST_COLUMN, number_at - 1, "", style)
        sheet.write_formula(0, FIRST_COLUMN, joint.looked_up(0, choice, PROMPT), style, PROMPT)
    number = wording.form_number(pen.form.period, "")
    coded = joint.looked_up(1, choice).removeprefix("=")
    merge(sheet, 0, number_at, last, "", pen.style("number"))
    sheet.write_formula(0, number_at, f'="{number}"&{coded}', pen.style("number"), number)


def write_signatures(pen: Pen, sheet: Any, at: int, last: int) -> None:
    """Write the two places to sign, from row ``at``; below the title chosen a deputy's own one."""
    lead, titles = wording.signed_for(pen.joint.units[0] if pen.joint is not None else pen.unit)
    middle = FIRST_COLUMN + 1
    merge(sheet, at, FIRST_COLUMN, middle, COMPILED_BY, pen.style("sign"))
    if lead:
        merge(sheet, at, middle + 1, last, lead, pen.style("sign"))
    title = at + bool(lead)
    chosen = cell_name(title, middle + 1)
    merge(sheet, title, middle + 1, last, titles[0], pen.style("sign_chosen"))
    sheet.data_validation(title, middle + 1, title, middle + 1, {**_CHOICE, "source": list(titles)})
    deputy = f'=IF(LEFT({chosen},3)="KT.","PHÓ "&MID({chosen},5,60),"")'
    sheet.merge_range(title + 1, middle + 1, title + 1, last, "", pen.style("sign"))
    sheet.write_formula(title + 1, middle + 1, deputy, pen.style("sign"), EmptyResult())
    merge(sheet, title + 2, FIRST_COLUMN, middle, SIGN_HERE, pen.style("sign_small"))
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


def count_sheets(pen: Pen) -> dict[str, SheetProgress]:
    """How far each sheet is filled in, by its name: what its two hidden counts say."""
    counted = {}
    for placed in pen.ledger.sheets:
        name = placed.sheet.name
        still_open = count_rows(pen.ledger, (c for t in placed.tables for c in blanks(pen, t)), name)
        if pen.joint is not None and name == pen.form.sheets[0].name:
            unchosen = f"+ISNA({pen.joint.chosen_row(pen.choice(name))})"
            still_open = Count(still_open.text + unchosen, still_open.value + 1)
        wrong = count_rows(pen.ledger, (c for t in placed.tables for c in flaws(pen, t)), name)
        called = name.split()[0] if name[0].isdigit() else name  # by its number alone where it has one
        counted[name] = SheetProgress(called, still_open, wrong)
    return counted


OPEN_AT, WRONG_AT = BANNER_ROWS, BANNER_ROWS - 1
"""The rows of a sheet's own counts in the hidden column of weights."""
_ALL_OPEN_AT, _ALL_WRONG_AT = 0, 1
"""The rows of the whole form's counts, on the sheet that is signed; the first has the choice of the unit."""


def write_open_line(pen: Pen, sheet: Any, last: int, counted: Mapping[str, SheetProgress]) -> None:
    """Write above the tables how many cells of the form are open or wrong, and on which sheets."""
    at, here = BANNER_ROWS, sheet.get_name()
    first, *_, signed = (pen.form.sheets[0].name, *counted)
    standing = [
        SheetProgress(one.name, _at(name, OPEN_AT, one.still_open), _at(name, WRONG_AT, one.wrong))
        for name, one in counted.items()
        if (one.still_open.text, one.wrong.text) != ("=0", "=0")  # something is counted there
    ]
    still_open, wrong = total(s.still_open for s in standing), total(s.wrong for s in standing)
    if first == signed:
        line = open_line(standing[0].still_open, standing[0].wrong)
    else:
        cells = _at(signed, _ALL_OPEN_AT, still_open), _at(signed, _ALL_WRONG_AT, wrong)
        line = open_line(*cells, standing)
    if here == signed != first:
        for row, count in ((_ALL_OPEN_AT, still_open), (_ALL_WRONG_AT, wrong)):
            sheet.write_formula(row, WEIGHT_COLUMN, count.text, None, count.value)
        line = replace(line, text=f"='{first}'!{cell_name(at, FIRST_COLUMN)}")
    sheet.merge_range(at, FIRST_COLUMN, at, last, "", pen.style("open_line"))
    sheet.write_formula(at, FIRST_COLUMN, line.text, pen.style("open_line"), line.value)
    done = {"type": "cell", "criteria": "==", "value": f'"{wording.ALL_GIVEN}"'}
    green = pen.book.add_format(styles.GREEN)
    sheet.conditional_format(at, FIRST_COLUMN, at, last, {**done, "format": green})


def _at(sheet: str, row: int, count: Count) -> Count:
    return replace(count, text=f"'{sheet}'!{cell_name(row, WEIGHT_COLUMN, absolute=True)}")


def write_meta(pen: Pen, edition: str) -> None:
    """Write the keys by which the form is recognised when it comes back, on a very hidden sheet.

    ``edition``: see ``Profile.edition``; "" for a form that isn't issued.
    """
    sheet = pen.book.add_worksheet(META_SHEET)
    plan = pen.profile.plan
    unit = f"{ANY}{pen.unit.group}" if pen.joint is not None else pen.unit.code
    values = ("dvctt", FORM_VERSION, plan.code, str(plan.version), str(pen.form.period), unit)
    named = ((EDITION, edition),) if edition else ()
    for at, said in enumerate((*zip(META_KEYS, values, strict=True), *named, *pen.back.meta)):
        sheet.write_row(at, 0, said)
    sheet.very_hidden()
    if pen.joint is not None:
        pen.joint.write_units(pen.book)


_COMMUNE_PAGE = 791.0
"""Points that a page of a commune's form has between its margins."""


def set_up_page(pen: Pen, sheet: Any, placed: PlacedSheet) -> None:
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
        sheet.freeze_panes(table.rows[0][0], FIRST_COLUMN + 2)
