"""What plan and roster say of each other: codes that name nothing are faults of the profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dvctt_report.model import Compared
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_of, fields
from dvctt_report.plan.items import MOST_LEADS, SHOWN, cell_named
from dvctt_report.plan.model import Item, Plan, Roster, Target, Task, quoted
from dvctt_report.plan.roster import matcher
from dvctt_report.plan.sources import survey_sources, target_fields

Fault = tuple[str, str]
"""Where (TOML path) and what is wrong, in Vietnamese."""
MAX_PARTS = 9
MAX_LIST = 255
"""Characters that Excel takes in the list of a drop-down; beyond, XlsxWriter leaves the list out."""


def check_references(plan: Plan, roster: Roster) -> Iterator[Fault]:
    """Yield every code that is used but not defined, or defined twice, with its TOML path."""
    for where, codes in (
        ("plan.toml: items", [item.code for item in plan.items]),
        ("units.toml: groups", [group.code for group in roster.groups]),
        ("units.toml: units", [unit.code for unit in roster.units]),
    ):
        yield from _doubles(where, "mã", codes)
    items, units, groups = plan.items_by_code, set(roster.units_by_code), set(roster.groups_by_code)
    known_groups = ", ".join(sorted(groups))
    yield from _of_days(plan)
    if plan.compiler not in units:
        yield "plan.toml: compiler", f"không có đơn vị “{plan.compiler}” trong units.toml"
    yield from _check_sections(plan)
    for n, item in enumerate(plan.items, 1):
        where = f"plan.toml: items[{n}] ({item.code})"
        yield from _doubles(where, "mã ô", (spec.code for spec in fields(item)))
        for spec in fields(item):
            # Excel keeps a drop-down as one text, its choices divided by commas.
            if any("," in choice for choice in spec.choices):
                yield where, f"lựa chọn của ô “{spec.code}” không được có dấu phẩy (Excel sẽ tách thành hai)"
            if len(",".join(spec.choices)) > MAX_LIST:
                yield where, f"các lựa chọn của ô “{spec.code}” dài quá {MAX_LIST} ký tự"
        if isinstance(item, Target):
            yield from _of_levels(where, item, groups)
            yield from _of_target(where, item, items, units)
        if isinstance(item, Task):
            for body in item.binds:
                if body not in units and body not in {f"group:{code}" for code in groups}:
                    yield (
                        f"{where}.binds",
                        f"không có đơn vị hoặc nhóm “{body}” trong units.toml (các nhóm: {known_groups})",
                    )
            for code in item.derived_from:
                if code not in items:
                    yield f"{where}.derived_from", f"không có nội dung “{code}”"
    if (n_leads := sum(target.lead for target in plan.targets)) > MOST_LEADS:
        yield "plan.toml: items", f"{n_leads} chỉ tiêu trọng tâm (lead = true): giữ nhiều nhất {MOST_LEADS}"
    for code in plan.other_index.targets if plan.other_index else ():
        if not isinstance(items.get(code), Target):
            yield "plan.toml: other_index.targets", f"không có mục tiêu “{code}”"
    yield from _of_roster(roster, items)


_ANY = Period(2027)
"""Any common year: days of plans are the same in all."""


def _check_sections(plan: Plan) -> Iterator[Fault]:
    """Yield what is wrong with a plan's own list of sections: the report points at two of them."""
    where, listed = "plan.toml: sections", plan.sections
    shown = [one.shows for one in listed if one.shows]
    yield from _doubles(where, "nội dung", shown)
    for name in sorted({*shown} - {*SHOWN}):
        yield where, f"không có nội dung “{name}”: ghi một trong {', '.join(SHOWN)}"
    for name in ("targets", "recommendations") if listed else ():
        if name not in shown:
            yield where, f"thiếu mục “{name}”: báo cáo có câu dẫn đến mục này"
    for one, following in pairwise(listed):
        if one.shows == "recommendations" or (one.shows == "strengths" and following.within):
            yield where, f"mục “{one.shows}” có thể bỏ khi trình: đặt cuối phần, cuối báo cáo"
    if listed and (listed[0].within or sum(not one.within for one in listed) > MAX_PARTS):
        yield where, f"dòng đầu phải là một phần (within = false); nhiều nhất {MAX_PARTS} phần"


def _of_days(plan: Plan) -> Iterator[Fault]:
    days, deadline = plan.period, plan.deadline
    cut_off = days.cut_off(_ANY)
    if deadline.last_day(_ANY) < cut_off:
        yield (
            "plan.toml: deadline.before",
            f"hạn gửi ({quoted(deadline.before)}) đến trước khi chốt số liệu ({cut_off:%d/%m})"
            ": sửa before, hoặc last của mục period; hạn là ngày của năm sau thì ghi next_year = true",
        )
    for period in Period(_ANY.year).before_in_year:
        name, words = period.part.name.lower(), period.words.partition(" năm ")[0].removesuffix(" đầu")
        ends, due = days.cut_off(period), deadline.before_of(period)
        if getattr(days, f"{name}_last") is not None and not days.covers(period):
            yield (
                f"plan.toml: period.{name}_last",
                f"kỳ {words} ({days.start(_ANY):%d/%m} – {ends:%d/%m}) không nằm trong kỳ năm: sửa "
                f"{name}_last",
            )
        if due is not None and deadline.of(period).last_day(period) < ends:
            yield (
                f"plan.toml: deadline.{name}_before",
                f"hạn gửi báo cáo {words} đến trước khi chốt số liệu ({ends:%d/%m}): sửa {name}_before, hoặc "
                f"{name}_last của mục period",
            )
    for year, n in Counter(scope.year for scope in plan.scopes).items():
        if n > 1:
            yield "plan.toml: scopes", f"năm {year} có {n} phạm vi danh sách đơn vị: giữ một"


def _doubles(where: str, what: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, n in Counter(codes).items():
        if n > 1:
            yield where, f"{what} “{code}” được dùng {n} lần; mỗi mã chỉ dùng một lần"


def _of_levels(where: str, target: Target, groups: set[str]) -> Iterator[Fault]:
    of = Counter((t.year, group) for t in target.thresholds for group in t.groups or ("",))
    common = {year for year, group in of if not group}
    for (year, group), n in of.items():
        if n > 1 or (group and year in common):
            goals = (t.goal for t in target.thresholds if t.year == year)
            levels = ", ".join(goal.number_text if goal else "không có số" for goal in goals)
            whom = f" cho nhóm “{group}”" if group else ""
            n_levels = sum(t.year == year for t in target.thresholds)
            first = next(n for n, t in enumerate(target.thresholds, 1) if t.year == year)
            found = f"{where}.thresholds[{first}]"
            yield found, f"năm {year} có {n_levels} mức ({levels}): giữ một mức{whom}"
    for n, level in enumerate(target.thresholds, 1):
        goal = level.goal
        if goal and goal.number > 100 and not target.of_things and not goal.growth:
            found = f"{where}.thresholds[{n}].{goal.compared}"
            yield found, f"phải nhỏ hơn hoặc bằng 100 (đang ghi: {goal.number})"
        if level.growth is not None and (not target.of_things or target.is_single):
            found = f"{where}.thresholds[{n}].growth"
            yield found, "mức tăng chỉ dùng cho mục tiêu đếm số lượng (measure = “count”)"
        if goal and target.of_things and goal.number.denominator != 1 and target.measure != "score":
            yield f"{where}.thresholds[{n}]", "mục tiêu đếm số lượng có mức là số nguyên"
        exact = (Compared.AT_MOST, Compared.AT_LEAST)[: 1 + (target.measure == "score")]
        if goal and target.is_single and goal.compared not in exact:
            found = f"{where}.thresholds[{n}].{goal.compared}"
            yield (
                found,
                "mức của điểm số ghi “tối thiểu”, “không quá”; của thứ hạng: “không quá”, ví dụ không quá 15",
            )
        if (level.by is not None) is not (target.measure == "milestone") and not level.words:
            yield (
                f"{where}.thresholds[{n}]",
                "ngày phải xong (by) đi với mốc hoàn thành (measure = “milestone”)",
            )
        if level.by is not None and level.by.year != level.year:
            yield f"{where}.thresholds[{n}].by", f"không thuộc năm {level.year}"
        if level.words and level.groups:
            yield f"{where}.thresholds[{n}].words", "mức không có số thì không đặt riêng cho nhóm"
        for group in level.groups:
            if group not in groups:
                named = ", ".join(sorted(groups))
                yield f"{where}.thresholds[{n}].groups", f"không có nhóm “{group}”: ghi một trong {named}"


def _of_target(where: str, target: Target, items: dict[str, Item], units: set[str]) -> Iterator[Fault]:
    of_groups = next((n for n, level in enumerate(target.thresholds, 1) if level.groups), 0)
    if of_groups and (target.control or target_fields(target, items)):
        told = "mục tiêu có số đối chiếu, xét theo lĩnh vực thì không đặt mức theo nhóm"
        yield f"{where}.thresholds[{of_groups}]", told
    for name in ("part_of", "same_as", "within"):
        code = getattr(target, name)
        if code and not isinstance(items.get(code), Target):
            yield f"{where}.{name}", f"không có mục tiêu “{code}”"
    if target.answered_by == "authority" and target.authority not in units:
        yield f"{where}.authority", f"không có đơn vị “{target.authority}” trong units.toml"
    if target.in_charge and target.in_charge not in units:
        yield f"{where}.in_charge", f"không có đơn vị “{target.in_charge}” trong units.toml"
    for choice in target.choices_outside:
        if choice not in target.choices:
            yield f"{where}.choices_outside", f"“{choice}” không phải là một lựa chọn của mục tiêu"
    if target.control and (target.answered_by != "units" or target.asked_as != "ratio" or target.same_as):
        yield f"{where}.control", "chỉ đối chiếu được mục tiêu tính bằng hai số do các đơn vị trả lời"
    if target.is_single and (target.answered_by != "authority" or target.done_sources):
        yield (
            f"{where}.answered_by",
            "điểm số, thứ hạng không cộng được nên do một cơ quan trả lời (answered_by = “authority”), không "
            "cộng từ các ô",
        )
    if target.scale and not target.is_single:
        yield f"{where}.scale", "chỉ dùng cho điểm số, thứ hạng (measure = “score”, “rank”)"
    if target.each and target.measure != "count":
        yield f"{where}.each", "chỉ dùng cho mục tiêu đếm số lượng (measure = “count”)"
    if target.asked_as == "count" and (target.by_part != "no" or target.total_sources):
        yield (
            where,
            "mục tiêu đếm số lượng không có tổng số và không hỏi theo từng xã (by_part, total_sources)",
        )
    explained = {"answer": ("question",), "count": ("done",), "ratio": ("total", "done")}
    needed = () if target.same_as else explained[target.asked_as]
    for name in needed:
        if not getattr(target, name):
            yield f"{where}.{name}", "phải có câu giải thích cho người điền biểu"
    for name in ("total_sources", "done_sources", "shown_by"):
        for source in getattr(target, name):
            code, field = cell_named(source)
            if code not in items or field_of(items[code], field) is None:
                yield f"{where}.{name}", f"“{source}” không phải là một ô của nội dung nào (dạng MÃ.ô)"
    if target.joint and not target_fields(target, items):
        yield (
            f"{where}.joint",
            "chỉ dùng cho mục tiêu cộng từ phiếu của nhiều lĩnh vực (total_sources, done_sources)",
        )
    surveys = survey_sources(target, items)
    if len(surveys) > 1:
        named = "; ".join(surveys)
        yield (
            where,
            f"số liệu lấy từ {len(surveys)} nguồn ({named}); mỗi mục tiêu chỉ có một nguồn quyết định",
        )


def _of_roster(roster: Roster, items: dict[str, Item]) -> Iterator[Fault]:
    for n, group in enumerate(roster.groups, 1):
        for table in ("own", "may_withhold"):
            for pattern in getattr(group, table):
                if not any(map(matcher(pattern), items)):
                    told = f"không có nội dung “{pattern}” trong plan.toml: bỏ mã này khỏi {table}"
                    yield f"units.toml: groups[{n}] ({group.code}).{table}", told
    units, groups = roster.units_by_code, roster.groups_by_code
    for n, unit in enumerate(roster.units, 1):
        where = f"units.toml: units[{n}] ({unit.code})"
        if unit.group not in groups:
            yield f"{where}.group", f"không có nhóm “{unit.group}”: ghi một trong {', '.join(sorted(groups))}"
        if unit.valid_to and unit.valid_to < unit.valid_from:
            yield f"{where}.valid_to", "ngày hết hiệu lực trước ngày có hiệu lực"
        if unit.parent and (unit.parent not in units or unit.parent == unit.code):
            yield f"{where}.parent", f"không có đơn vị cấp trên “{unit.parent}” trong units.toml"
        for code in unit.not_asked:
            if code not in items:
                yield f"{where}.not_asked", f"không có nội dung “{code}”"
    for n, change in enumerate(roster.changes, 1):
        for name in ("before", "after"):
            for code in getattr(change, name):
                if code not in units:
                    yield f"units.toml: changes[{n}].{name}", f"không có đơn vị “{code}” trong units.toml"
        if change.handed_to and change.handed_to not in change.after:
            told = f"“{change.handed_to}” không có ở after: ghi một trong {', '.join(change.after)}"
            yield f"units.toml: changes[{n}].handed_to", told
