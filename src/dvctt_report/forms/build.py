"""Build a unit's Form from the plan: which sheets its group's shape has, and which tables stand on them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from dvctt_report.forms import tables, wording
from dvctt_report.forms.form import COVER, LIST, NUMBERED, Column, Form, FormRow, FormSheet, FormTable, Role
from dvctt_report.forms.tables import Items
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import required_fields
from dvctt_report.plan.model import Listing, Plan, Profile, Survey, Target, Task, Unit
from dvctt_report.text.vietnamese import first_letter_capital, first_letter_small, key

_COVER_GRID = (6.0, 34.0, 22.0, 22.0, 22.0)


def build_form(profile: Profile, unit: Unit, period: Period) -> Form:
    """The form of ``unit``: what it is asked, in its group's shape."""
    commune = profile.roster.group(unit.group).form == "commune"
    asked = tuple(item.code for item in profile.asked(unit))
    sheets = _shared_sheets(profile, asked, unit.parts, commune)
    if not commune:
        told = (Column("name", "", Role.LABEL, 2), Column("said", "", Role.LABEL, 3))
        rows = tuple(FormRow("", pair) for pair in wording.cover_lines(profile, unit, period))
        shown = (
            FormTable("info", "", told, rows, bare=True),
            tables.about_return("cover", wording.COVER_FIELDS),
        )
        notes = wording.instructions(profile.plan)
        cover = FormSheet("Bìa", profile.plan.form_title, _COVER_GRID, shown, notes=notes)
        return Form(unit.code, period, (cover, *sheets))
    if line := wording.taken_over_line(profile, unit, period):
        note = f"{wording.TAKEN_OVER}: {line}."
        sheets = tuple(replace(sheet, notes=(note, *sheet.notes)) for sheet in sheets)
    return Form(unit.code, period, sheets)


@lru_cache(maxsize=64)
def _shared_sheets(
    profile: Profile, asked: tuple[str, ...], parts: tuple[str, ...], commune: bool
) -> tuple[FormSheet, ...]:
    """The sheets, the same ones for all units that are ``asked`` the same; a cover is each unit's own."""
    items = tuple(profile.plan.item(code) for code in asked)
    if commune:
        return (commune_sheet(items, profile.plan),)
    sign = tables.about_return("sign", wording.SIGNATURE_FIELDS)
    signed = FormSheet("Trang ký", "TRANG KÝ XÁC NHẬN SỐ LIỆU", _COVER_GRID, (sign,))
    sheets = (*_answer_sheets(items, parts, profile.plan), signed)
    asking = (replace(sheet, tables=tuple(t for t in sheet.tables if t.rows)) for sheet in sheets)
    return tuple(sheet for sheet in asking if sheet.tables)


def with_more_lines(form: Form, lines: Mapping[str, Sequence[str]]) -> Form:
    """The form with room for the lines that its unit added: their keys, by the code of the list."""
    sheets = []
    for sheet in form.sheets:
        longer = []
        for table in sheet.tables:
            keys = lines.get(table.id.removeprefix(LIST), ()) if table.id.startswith(LIST) else ()
            numbered = enumerate(keys, len(table.rows) + 1)
            added = (FormRow(key, (str(n),), inserted=True) for n, key in numbered)
            longer.append(replace(table, rows=(*table.rows, *added)))
        sheets.append(replace(sheet, tables=tuple(longer)))
    return replace(form, sheets=tuple(sheets))


_NAMES_05A = (("NHIỆM VỤ", "task"), ("KINH PHÍ", "funding"))


def _answer_sheets(items: Items, parts: Sequence[str], plan: Plan) -> Iterable[FormSheet]:
    """The numbered sheets; upright are those of few columns."""
    below = tables.TABLES["sheets"]
    targets, others = tables.of_targets(items, parts), tables.of_others(items, plan)
    figures, by_part = targets["a"], targets["parts"]
    has_pending = any(column.key == "pending" for column in figures.columns)
    grid: tuple[float, ...] = (5, 62, 9, 11, 11, *([10] * has_pending), 8, 17, 12, 15, 20)
    title = "Biểu 01-A. SỐ LIỆU THỰC HIỆN MỤC TIÊU"
    yield FormSheet(NUMBERED["01-A"], title, grid, (figures, targets["counts"]), True)
    grid = (5, 26, *[12.5] * (len(by_part.columns) - 2))
    title = "Biểu 01-A (chi tiết). SỐ LIỆU THEO TỪNG XÃ, PHƯỜNG, THỊ TRẤN"
    yield FormSheet("Chi tiết theo xã", title, grid, (by_part,), True)
    title, grid = "Biểu 01-B. NỘI DUNG TRẢ LỜI CÓ, KHÔNG", (5, 60, 18, 40, 24)
    yield FormSheet(NUMBERED["01-B"], title, grid, (targets["b"], targets["milestones"]), True)
    title, grid = f"Biểu 02. HOẠT ĐỘNG {plan.activity.upper()}", (5, 50, 26, 16, 14)
    yield FormSheet(NUMBERED["02"], title, grid, (others["channels"], others["topics"]))
    title, grid = "Biểu 03. TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ THỦ TỤC HÀNH CHÍNH", (5, 20, *[9.5] * 11, 17)
    yield FormSheet(NUMBERED["03"], title, grid, (others["dossiers"],), True, (below["dossiers"],))
    left_blank = any(isinstance(item, Survey) and not required_fields(item, items) for item in items)
    notes = (below["surveys"], *([below["surveys_left_blank"]] if left_blank else ()))
    title, grid = "Biểu 04. MỨC ĐỘ HÀI LÒNG CỦA NGƯỜI DÂN", (5, 46, 26, 11, 11, 11, 13, 10, 17)
    yield FormSheet(NUMBERED["04"], title, grid, (others["surveys"],), True, notes)
    kinds = {item.kind for item in plan.items}
    title = f"Biểu 05-A. {', '.join(name for name, kind in _NAMES_05A if kind in kinds)}"
    grid = (5, 40, 42, 20, 18, 40)
    yield FormSheet(NUMBERED["05-A"], title, grid, (others["tasks"], others["funding"]), True)
    asked = ["ĐÁNH GIÁ, KIẾN NGHỊ"] if "prose" in kinds else []
    asked += [item.label.partition(",")[0].upper() for item in plan.items if isinstance(item, Listing)]
    texts, lists = others["prose"], (table for name, table in others.items() if name.startswith(LIST))
    between = [20.0] * (texts.columns[-1].span - 1)
    title, grid = f"Biểu 05-B. {', '.join(asked)}", (5, 34, *between, 76 - sum(between))
    yield FormSheet(NUMBERED["05-B"], title, grid, (texts, *lists))


# ------- The one sheet of a commune: the offices' tables with the columns that it is asked, on one grid.
# It is printed as it is, on two pages of A4; nothing in it is set smaller than 11 points.

_GRID = (3.5, 28.6, 20.3, 8.0, 8.0, 14.5, 12.8)
"""Number, name (two columns), the two figures, state, reason: no more fits the width of the paper."""


_ORDER = (
    *("a", "surveys", "counts", "dossiers", "b", "tasks", "milestones", "channels", "topics", "funding"),
    "prose",
)
"""The tables from the top down; lists stand below them, then who sends it."""

_LINES = 3
"""Lines of a list; a commune inserts what it needs more."""


def commune_sheet(items: Items, plan: Plan) -> FormSheet:
    """The sheet on which a commune answers ``items`` of the plan."""
    left = [item for item in items if not (isinstance(item, Task) and item.derived_from)]
    made = {
        item.code for item in items if isinstance(item, Target) and not required_fields(item, items)
    }  # whose figures other rows of the sheet give
    signed = tables.about_return("sign", (*wording.COVER_FIELDS, *wording.SIGNATURE_FIELDS))
    kept = [row for row in signed.rows if row.key not in (f"{COVER}:email", f"{COVER}:signer")]
    about_return = tuple(replace(row, labels=(str(n), row.labels[1])) for n, row in enumerate(kept, 1))
    asked = tables.of_targets(left) | tables.of_others(left, plan, by_number=True)
    last = replace(signed, title="H. Liên hệ, văn bản gửi kèm, ký xác nhận", rows=about_return)
    in_order = (*(asked.pop(name) for name in _ORDER), *asked.values(), last)
    shown = tuple(_on_grid(table, made, plan.activity) for table in in_order if table.rows)
    return FormSheet(
        "Biểu cấp xã",
        f"{plan.form_title} (dùng cho cấp xã)",
        _GRID,
        shown,
        notes=wording.instructions(plan, commune=True),
    )


def _on_grid(table: FormTable, made: Container[str], activity: str) -> FormTable:
    """The table with a commune's columns; what was printed above it stands in its headers."""
    keys = [c.key for c in table.columns]  # of a list: one grid column for each, what is left for the last
    listed = dict.fromkeys(keys, 1) | {keys[-1]: max(1, len(_GRID) - len(keys) + 1)}
    shape = tables.TABLES.get(table.id, {})
    spans, headers = shape.get("commune", listed), {"stt": "TT", **shape.get("headers", {})}
    printed = [c.key for c in table.columns if c.role is Role.LABEL]
    kept = [n for n, name in enumerate(printed) if name in spans]
    columns = tuple(
        replace(c, span=spans[c.key], header=headers.get(c.key, c.header).format(activity=activity), group="")
        for c in table.columns
        if c.key in spans
    )
    is_list = table.id.startswith(LIST)
    rows, name = [], ""
    for n, row in enumerate(table.rows[:_LINES] if is_list else table.rows, 1):
        labels = row.labels
        if "measure" in printed:  # the name of what is measured, the measure and its unit in one label
            _, named, measure, unit = labels
            name = named or name
            told = "" if set(key(unit).split()) & set(key(measure).split()) or not unit else f" ({unit})"
            labels = (str(n), f"{name}: {first_letter_small(measure)}{told}")
        shown = []
        for n_label in kept:
            # In one paragraph: what is counted, or the target's name where other rows give its figures.
            label, *counted = labels[n_label].split("\n- ")
            if len(counted) == 1 and row.key not in made:
                label += f": {counted[0]}"
            elif counted and row.key not in made:
                total, done = (text.partition(": ")[2] for text in counted)
                label = f"(1) {first_letter_capital(total)} (2) {done}"
            shown.append(label)
        rows.append(replace(row, labels=tuple(shown), closed=frozenset()))
    title = f"G. {table.title}" if is_list else table.title if table.bare else ""
    plain = replace(table, numbered=False, total_row=False, note="")
    return replace(plain, title=title, columns=columns, rows=tuple(rows))
