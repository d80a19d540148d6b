"""Where plan and roster contradict each other in one period: each file is right by itself, the year isn't."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.model.period import Period
from dvctt_report.plan.dated import doubtful_day, titles_of_other_years
from dvctt_report.plan.model import Item, Profile, Target, Task
from dvctt_report.plan.references import Fault
from dvctt_report.plan.same_names import same_names
from dvctt_report.text.vietnamese import format_date, format_fraction

_DISTRICT = ("cấp huyện", "UBND huyện", "Ủy ban nhân dân huyện")
"""How sentences speak of districts, whatever one of them is called."""
_DAY_QUOTED = re.compile(r"\b(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\b")
_WORDING = ("label", "print_as", "total", "done", "question", "source_note", "pending", "note")
"""What of an item is our own wording; its title is the plan's."""


def find_contradictions(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield what can't be in ``period``: where it stands, what is wrong, and what helps."""
    plan = profile.plan
    yield from ended(profile, period)
    bases = ((f"plan.toml: legal_basis[{n}].date", one.date) for n, one in enumerate(plan.legal_basis, 1))
    for place, date in (("plan.toml: document.date", plan.document.date), *bases):
        if told := doubtful_day(date, plan, period):
            yield place, told
    yield from titles_of_other_years(plan, period)
    if plan.title.casefold().startswith(f"{plan.document.kind.casefold()} "):
        told = f"viết sau chữ “về” của “{plan.document.kind} số … về”: bỏ chữ “{plan.document.kind}” ở đầu"
        yield "plan.toml: title", told
    month, day = map(int, plan.deadline.before.split("-"))
    quoted = {(int(d), int(m)) for d, m in _DAY_QUOTED.findall(plan.deadline.quote)}
    if quoted and (day, month) not in quoted:
        yield (
            "plan.toml: deadline.quote",
            f"“{plan.deadline.quote}” không phải ngày {day}/{month} của dòng before: sửa một trong hai cho "
            "đúng Kế hoạch; before tính đúng hạn hay muộn, quote được in",
        )
    yield from _of_units(profile, period)
    yield from same_names(profile, period)
    asked = {item.code for unit in profile.units(period) for item in profile.asked(unit)}
    gone = _gone(profile, period)
    for n, item in enumerate(plan.items, 1):
        where = f"plan.toml: items[{n}] ({item.code})"
        yield from _of_item(where, item, profile, period, asked)
        for name in _WORDING:
            if word := next((word for word in gone if word in getattr(item, name, "")), ""):
                told = f"nhắc đến “{word}”, {period.words} không còn trong danh sách: viết lại câu này"
                yield f"{where}.{name}", told


def ended(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield that the province is no more in ``period``, and what it belongs to."""
    plan = profile.plan
    if plan.ended is not None and plan.period.start(period) > plan.ended.on:
        yield (
            "plan.toml: ended",
            f"{plan.province} không còn từ sau ngày {format_date(plan.ended.on)}, nay thuộc "
            f"{plan.ended.successor} ({plan.ended.document}): báo cáo {period.words} cần bộ cấu hình của "
            f"{plan.ended.successor}",
        )


def _of_units(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield bodies for whose figures nobody reports, the compiler that is gone, units without a question."""
    roster, compiler = profile.roster, profile.roster.units_by_code.get(profile.plan.compiler)
    places = {unit.code: f"units.toml: units[{n}] ({unit.code})" for n, unit in enumerate(roster.units, 1)}
    for unit in profile.unreported(period):
        assert unit.valid_to is not None
        remedy = "ghi một mục [[changes]] có đúng một đơn vị ở after, là đơn vị được hỏi"
        for change in roster.changes:
            if unit.code in change.before and len(change.after) > 1:
                codes = " hoặc ".join(f'handed_to = "{code}"' for code in change.after)
                entry = f"ở mục [[changes]] ngày {format_date(change.on)}"
                remedy = f"{entry}, ghi thêm {codes} (đơn vị nhận số liệu đến ngày đó)"
                break
        yield (
            f"{places[unit.code]}.valid_to",
            f"kết thúc ngày {format_date(unit.valid_to)}, trong kỳ, mà không rõ đơn vị nào báo cáo số "
            f"liệu đến ngày đó: {remedy}",
        )
    if compiler is None or not compiler.alive(profile.plan.roster_date(period)):
        yield "plan.toml: compiler", f"“{profile.plan.compiler}” không còn trong danh sách {period.words}"
    for unit in profile.units(period):
        if not any(profile.asked(unit)):
            told = (
                'được hỏi nhưng không có nội dung để trả lời: ghi duty = "none", hoặc thêm nội dung vào nhóm'
            )
            yield places[unit.code], told


def _of_item(where: str, item: Item, profile: Profile, period: Period, asked: set[str]) -> Iterator[Fault]:
    """Yield levels that are no percentages, an authority that is gone, and that nobody is asked."""
    if isinstance(item, Target):
        for n, level in enumerate(item.thresholds if not item.of_things else (), 1):
            goal = level.goal if level.growth is None else None
            if goal and goal.rising and 0 < goal.number < 1:
                yield (
                    f"{where}.thresholds[{n}].{goal.compared}",
                    f"ghi {format_fraction(goal.number)}, tức là chưa đến 1%: mức ghi theo phần trăm, 80% "
                    "thì ghi 80",
                )
        for name in ("authority", "in_charge"):
            unit = getattr(item, name)
            if unit and not profile.unit_asked(unit, period):
                yield f"{where}.{name}", f"“{unit}” không còn trong danh sách {period.words}"
    if isinstance(item, Task):
        if item.answered_by == "unit" and item.code not in asked:
            yield f"{where}.binds", f"{period.words} không còn đơn vị nào được giao: ghi đơn vị, nhóm đang có"
    elif item.code not in asked and not (isinstance(item, Target) and item.same_as):
        yield (
            where,
            f"{period.words} không hỏi đơn vị nào: thêm mã này vào own hoặc province của một nhóm có đơn vị, "
            "hoặc bỏ nội dung này khỏi plan.toml, bỏ mã này khỏi mọi chỗ nêu nó",
        )


def _gone(profile: Profile, period: Period) -> tuple[str, ...]:
    """Names that nobody of the roster bears in ``period``, and the words for a level that is no more."""
    there, day = profile.units(period), profile.plan.roster_date(period)
    kept = {name for unit in there for name in unit.names}
    past = (unit for unit in profile.roster.units if unit.valid_to is not None and unit.valid_to < day)
    names = [name for unit in past for name in (unit.name, unit.short_name) if name not in kept]
    before, now = (
        {profile.roster.group(unit.group).form for unit in units} for units in (profile.roster.units, there)
    )
    return (*names, *(_DISTRICT if "district" in before - now else ()))
