"""Where plan and roster contradict each other in one period: each file is right by itself, the year isn't."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.model.period import Period
from dvctt_report.plan.dated import doubtful_days, titles_of_other_years
from dvctt_report.plan.goal_doubts import doubtful_goals
from dvctt_report.plan.model import Item, Profile, Target, Task, Unit
from dvctt_report.plan.references import Fault
from dvctt_report.plan.same_names import same_names
from dvctt_report.text.vietnamese import format_date

_DISTRICT = ("cấp huyện", "UBND huyện", "Ủy ban nhân dân huyện")
"""How sentences speak of districts, whatever one of them is called."""
_ASK = (
    "thêm mã này vào own hoặc province của một nhóm có đơn vị, hoặc bỏ nội dung này khỏi plan.toml, bỏ mã "
    "này khỏi mọi chỗ nêu nó"
)
_DAY_QUOTED = re.compile(r"\b(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\b")


def find_contradictions(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield what can't be in ``period``: where it stands, what is wrong, and what helps."""
    yield from ended(profile, period)
    yield from doubtful_days(profile.plan, period)
    yield from titles_of_other_years(profile.plan, period)
    yield from _too_few(profile)
    yield from _quoted_otherwise(profile)
    yield from _without_successor(profile, period)
    yield from same_names(profile, period)
    asked = {item.code for unit in profile.units(period) for item in profile.asked(unit)}
    if profile.unit_asked(profile.plan.compiler, period) is None and not _is_there(profile, period):
        yield "plan.toml: compiler", f"“{profile.plan.compiler}” không còn trong danh sách {period.words}"
    for n, item in enumerate(profile.plan.items, 1):
        where = f"plan.toml: items[{n}] ({item.code})"
        yield from _about_item(where, item, profile, period, asked)
    for n, unit in enumerate(profile.roster.units, 1):
        if profile.unit_asked(unit.code, period) and not any(profile.asked(unit)):
            yield (
                f"units.toml: units[{n}] ({unit.code})",
                'được hỏi nhưng không có nội dung để trả lời: ghi duty = "none", hoặc thêm nội dung vào nhóm',
            )


def _quoted_otherwise(profile: Profile) -> Iterator[Fault]:
    """Yield that the letters quote another day than the one by which returns are judged late."""
    deadline = profile.plan.deadline
    month, day = map(int, deadline.before.split("-"))
    quoted = {(int(d), int(m)) for d, m in _DAY_QUOTED.findall(deadline.quote)}
    if quoted and (day, month) not in quoted:
        yield (
            "plan.toml: deadline.quote",
            f"“{deadline.quote}” không phải ngày {day}/{month} của dòng before: sửa một trong hai cho đúng "
            "Kế hoạch; before tính đúng hạn hay muộn, quote được in",
        )


_HALF = 50
"""Percent of the units below which most of them are missing: 8 was written where 80 was meant."""


def _too_few(profile: Profile) -> Iterator[Fault]:
    """Yield that targets would be judged on the figures of a minority of the units."""
    percent = profile.plan.partial_coverage
    if percent < _HALF:
        yield (
            "plan.toml: partial_coverage",
            f"ghi {percent}: chỉ {percent}% đơn vị có số liệu đã đánh giá mục tiêu của cả tỉnh; ghi từ "
            f"{_HALF} trở lên, thường là 80",
        )


def _without_successor(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield the bodies that ended in ``period`` and for whose figures up to then nobody reports."""
    for unit in profile.unreported(period):
        assert unit.valid_to is not None
        yield (
            f"units.toml: units[{profile.roster.units.index(unit) + 1}] ({unit.code}).valid_to",
            f"kết thúc ngày {format_date(unit.valid_to)}, trong kỳ, mà không rõ đơn vị nào báo cáo số "
            f"liệu đến ngày đó: {_receiver_wanted(profile, unit)}",
        )


def _receiver_wanted(profile: Profile, unit: Unit) -> str:
    """Say what names the body that reports for ``unit``: a key of the change that divides it, or a change."""
    divided = (one for one in profile.roster.changes if unit.code in one.before and len(one.after) > 1)
    change = next(divided, None)
    if change is None:
        return "ghi một mục [[changes]] có đúng một đơn vị ở after, là đơn vị được hỏi"
    codes = " hoặc ".join(f'handed_to = "{code}"' for code in change.after)
    return (
        f"ở mục [[changes]] ngày {format_date(change.on)}, ghi thêm {codes} (đơn vị nhận số liệu đến ngày đó)"
    )


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


def _is_there(profile: Profile, period: Period) -> bool:
    """Whether the compiling office is on the roster, though it isn't asked itself."""
    unit = profile.roster.units_by_code.get(profile.plan.compiler)
    return unit is not None and unit.alive(profile.plan.roster_date(period))


def _about_item(where: str, item: Item, profile: Profile, period: Period, asked: set[str]) -> Iterator[Fault]:
    if isinstance(item, Target):
        yield from doubtful_goals(where, item)
    if isinstance(item, Target) and item.authority and not profile.unit_asked(item.authority, period):
        yield f"{where}.authority", f"“{item.authority}” không còn trong danh sách {period.words}"
    if isinstance(item, Task):
        if item.answered_by == "unit" and item.code not in asked:
            yield f"{where}.binds", f"{period.words} không còn đơn vị nào được giao: ghi đơn vị, nhóm đang có"
    elif item.code not in asked and not (isinstance(item, Target) and item.same_as):
        yield where, f"{period.words} không hỏi đơn vị nào: {_ASK}"
    gone = tuple(_gone(profile, period))
    for name, text in _sentences(item):
        if found := next((word for word in gone if word in text), None):
            yield (
                f"{where}.{name}",
                f"nhắc đến “{found}”, {period.words} không còn trong danh sách: viết lại câu này",
            )


def _gone(profile: Profile, period: Period) -> Iterator[str]:
    """Names that nobody of the roster bears in ``period``, and the words for a level that is no more."""
    there = profile.units(period)
    kept = {name for unit in there for name in unit.names}
    day = profile.plan.roster_date(period)
    for unit in profile.roster.units:
        if unit.valid_to is not None and unit.valid_to < day:
            yield from (name for name in (unit.name, unit.short_name) if name not in kept)
    levels = {profile.roster.group(unit.group).form for unit in profile.roster.units}
    if "district" in levels - {profile.roster.group(unit.group).form for unit in there}:
        yield from _DISTRICT


def _sentences(item: Item) -> Iterator[tuple[str, str]]:
    """What of an item is our own wording, by its key; its title is the plan's."""
    for name in ("label", "print_as", "total", "done", "question", "source_note", "pending", "note"):
        if text := getattr(item, name, ""):
            yield name, text
