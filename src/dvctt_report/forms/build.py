"""Build a unit's Form from the plan: which sheets its group's shape has, and which tables stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from dvctt_report.forms import tables, wording
from dvctt_report.forms.commune import commune_sheet
from dvctt_report.forms.form import LIST, NUMBERED, Column, Form, FormRow, FormSheet, FormTable, Role
from dvctt_report.forms.tables import Items
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import required_fields
from dvctt_report.plan.model import Listing, Profile, Prose, Survey, Unit

_COVER_GRID = (6.0, 34.0, 22.0, 22.0, 22.0)


def build_form(profile: Profile, unit: Unit, period: Period) -> Form:
    """The form of ``unit``: what it is asked, in its group's shape."""
    commune = profile.roster.group(unit.group).form == "commune"
    asked = tuple(item.code for item in profile.asked(unit))
    sheets = _shared_sheets(profile, asked, unit.parts, commune)
    if not commune:
        return Form(unit.code, period, (_cover_sheet(profile, unit, period), *sheets))
    if line := wording.taken_over_line(profile, unit, period):
        told = f"{wording.TAKEN_OVER}: {line}."
        sheets = tuple(replace(sheet, notes=(told, *sheet.notes)) for sheet in sheets)
    return Form(unit.code, period, sheets)


@lru_cache(maxsize=64)
def _shared_sheets(
    profile: Profile, asked: tuple[str, ...], parts: tuple[str, ...], commune: bool
) -> tuple[FormSheet, ...]:
    """The sheets, the same ones for all units that are ``asked`` the same; a cover is each unit's own."""
    items = tuple(profile.plan.item(code) for code in asked)
    if commune:
        return (commune_sheet(profile.plan.form_title, items, profile.plan.activity),)
    signed = FormSheet("Trang ký", "TRANG KÝ XÁC NHẬN SỐ LIỆU", _COVER_GRID, (tables.signature(),))
    sheets = (*_answer_sheets(items, parts, profile.plan.activity), signed)
    return tuple(sheet for sheet in sheets if sheet.tables)


def with_more_lines(form: Form, lines: Mapping[str, Sequence[str]]) -> Form:
    """The form with room for the lines that its unit added: their keys, by the code of the list."""

    def longer(table: FormTable) -> FormTable:
        keys = lines.get(table.id.removeprefix(LIST), ()) if table.id.startswith(LIST) else ()
        numbered = enumerate(keys, len(table.rows) + 1)
        return replace(
            table, rows=(*table.rows, *(FormRow(key, (str(n),), inserted=True) for n, key in numbered))
        )

    return replace(form, sheets=tuple(replace(s, tables=tuple(map(longer, s.tables))) for s in form.sheets))


def _cover_sheet(profile: Profile, unit: Unit, period: Period) -> FormSheet:
    columns = (Column("name", "", Role.LABEL, 2), Column("said", "", Role.LABEL, 3))
    rows = tuple(FormRow("", pair) for pair in wording.cover_lines(profile, unit, period))
    info = FormTable("info", "", columns, rows, bare=True)
    title = profile.plan.form_title
    return FormSheet("Bìa", title, _COVER_GRID, (info, tables.cover()), notes=wording.INSTRUCTIONS)


def _answer_sheets(items: Items, parts: Sequence[str], activity: str) -> Iterable[FormSheet]:
    grid = (5, 62, 9, 11, 11, *([10] * tables.has_pending(items)), 8, 17, 12, 15, 20)
    yield FormSheet(
        NUMBERED["01-A"],
        "Biểu 01-A. SỐ LIỆU THỰC HIỆN MỤC TIÊU",
        grid,
        (*tables.figures(items), *tables.counts(items, len(grid))),
        landscape=True,
    )
    for table in tables.parts(items, parts) if parts else ():
        yield FormSheet(
            "Chi tiết theo xã",
            "Biểu 01-A (chi tiết). SỐ LIỆU THEO TỪNG XÃ, PHƯỜNG, THỊ TRẤN",
            (5, 26, *[12.5] * (len(table.columns) - 2)),
            (table,),
            landscape=True,
        )
    yield FormSheet(
        NUMBERED["01-B"],
        "Biểu 01-B. NỘI DUNG TRẢ LỜI CÓ, KHÔNG",
        (5, 60, 18, 40, 24),
        (*tables.questions(items), *tables.milestones(items)),
        landscape=True,
    )
    yield FormSheet(
        NUMBERED["02"],
        f"Biểu 02. HOẠT ĐỘNG {activity.upper()}",
        (5, 50, 26, 16, 14),
        (*tables.channels(items, activity), *tables.topics(items, activity)),
    )
    yield FormSheet(
        NUMBERED["03"],
        "Biểu 03. TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ THỦ TỤC HÀNH CHÍNH",
        (5, 20, *[9.5] * 11, 17),
        tuple(tables.dossiers(items)),
        landscape=True,
        notes=wording.DOSSIER_NOTES,
    )
    left_blank = any(isinstance(item, Survey) and not required_fields(item, items) for item in items)
    yield FormSheet(
        NUMBERED["04"],
        "Biểu 04. MỨC ĐỘ HÀI LÒNG CỦA NGƯỜI DÂN",
        (5, 46, 26, 11, 11, 11, 13, 10, 17),
        tuple(tables.surveys(items)),
        landscape=True,
        notes=(*wording.SURVEY_NOTES, *(wording.SURVEYS_LEFT_BLANK if left_blank else ())),
    )
    tasks, funding = tuple(tables.tasks(items)), tuple(tables.funding(items))
    named = (("NHIỆM VỤ", tasks), ("KINH PHÍ", funding))
    yield FormSheet(
        NUMBERED["05-A"],
        f"Biểu 05-A. {', '.join(name for name, asked in named if asked)}",
        (5, 40, 42, 20, 18, 40),
        (*tasks, *funding),
        landscape=True,
    )
    lists = tuple(tables.listings(items))
    asked = ["ĐÁNH GIÁ, KIẾN NGHỊ"] if any(isinstance(item, Prose) for item in items) else []
    asked += [item.label.upper() for item in items if isinstance(item, Listing)]
    between = [20.0] * max(1, max((len(t.columns) for t in lists), default=0) - 3)
    texts = tables.prose(items, 1 + len(between))
    yield FormSheet(
        NUMBERED["05-B"],
        f"Biểu 05-B. {', '.join(asked)}",
        (5, 34, *between, 76 - sum(between)),
        (*texts, *lists),
    )
