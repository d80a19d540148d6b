"""What plan and roster say of each other: codes that name nothing are faults of the profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from dvctt_report.model import Compared
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_of, fields
from dvctt_report.plan.items import MOST_LEADS, SHOWN, cell_named
from dvctt_report.plan.model import Item, Plan, Roster, Target, Task, quoted
from dvctt_report.plan.roster import matcher
from dvctt_report.plan.sources import survey_sources, target_fields
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE

Fault = tuple[str, str]
"""Where (TOML path) and what is wrong, in Vietnamese."""
MAX_PARTS = 9
MAX_LIST = 255
"""Characters that Excel takes in the list of a drop-down; beyond, XlsxWriter leaves the list out."""
_ANY = Period(2027)
"""Any common year: days of plans are the same in all."""


@cache
def fault_words() -> dict[str, Any]:
    """The tables of ``faults.toml``, read when the first fault is told."""
    return parse_toml(read_text(PACKAGE / "plan" / "faults.toml"))


def fault(where: str, name: str, /, **said: object) -> Fault:
    """A fault and its place, in the words that ``faults.toml`` has under that name."""
    words: str = fault_words()["told"][name]
    return where, words.format_map(said)


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
        yield fault("plan.toml: compiler", "no_unit", unit=plan.compiler)
    # The plan's own list of sections: the report points at two of them.
    where, sections = "plan.toml: sections", plan.sections
    shown = [section.shows for section in sections if section.shows]
    yield from _doubles(where, "nội dung", shown)
    for name in sorted({*shown} - {*SHOWN}):
        yield fault(where, "shows", name=name, known=", ".join(SHOWN))
    for name in ("targets", "recommendations") if sections else ():
        if name not in shown:
            yield fault(where, "shows_missing", name=name)
    for section, below in pairwise(sections):
        if section.shows == "recommendations" or (section.shows == "strengths" and below.within):
            yield fault(where, "left_out_within", name=section.shows)
    if sections and (sections[0].within or sum(not s.within for s in sections) > MAX_PARTS):
        yield fault(where, "parts", most=MAX_PARTS)
    for n, item in enumerate(plan.items, 1):
        where = f"plan.toml: items[{n}] ({item.code})"
        yield from _doubles(where, "mã ô", (spec.code for spec in fields(item)))
        for spec in fields(item):
            # Excel keeps a drop-down as one text, its choices divided by commas.
            if any("," in choice for choice in spec.choices):
                yield fault(where, "choice_comma", field=spec.code)
            if len(",".join(spec.choices)) > MAX_LIST:
                yield fault(where, "choices_long", field=spec.code, most=MAX_LIST)
        if isinstance(item, Target):
            yield from _of_levels(where, item, groups)
            yield from _of_target(where, item, items, units)
        if isinstance(item, Task):
            for body in item.binds:
                if body not in units and body not in {f"group:{code}" for code in groups}:
                    yield fault(f"{where}.binds", "binds", body=body, groups=known_groups)
            for code in item.derived_from:
                if code not in items:
                    yield fault(f"{where}.derived_from", "no_item", code=code)
    if (n_leads := sum(target.lead for target in plan.targets)) > MOST_LEADS:
        yield fault("plan.toml: items", "leads", n=n_leads, most=MOST_LEADS)
    for code in plan.other_index.targets if plan.other_index else ():
        if not isinstance(items.get(code), Target):
            yield fault("plan.toml: other_index.targets", "no_target", code=code)
    yield from _of_roster(roster, items)


def _of_days(plan: Plan) -> Iterator[Fault]:
    days, deadline = plan.period, plan.deadline
    cut_off = days.cut_off(_ANY)
    if deadline.last_day(_ANY) < cut_off:
        before = quoted(deadline.before)
        yield fault("plan.toml: deadline.before", "due_before_cut_off", before=before, cut_off=cut_off)
    for period in Period(_ANY.year).before_in_year:
        name, words = period.part.name.lower(), period.words.partition(" năm ")[0].removesuffix(" đầu")
        ends, due = days.cut_off(period), deadline.before_of(period)
        said = {"name": name, "words": words, "ends": ends, "start": days.start(_ANY)}
        if getattr(days, f"{name}_last") is not None and not days.covers(period):
            yield fault(f"plan.toml: period.{name}_last", "part_outside", **said)
        if due is not None and deadline.of(period).last_day(period) < ends:
            yield fault(f"plan.toml: deadline.{name}_before", "part_due", **said)
    for year, n in Counter(scope.year for scope in plan.scopes).items():
        if n > 1:
            yield fault("plan.toml: scopes", "scopes", year=year, n=n)


def _doubles(where: str, what: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, n in Counter(codes).items():
        if n > 1:
            yield fault(where, "doubled", what=what, code=code, n=n)


def _of_levels(where: str, target: Target, groups: set[str]) -> Iterator[Fault]:
    of = Counter((t.year, group) for t in target.thresholds for group in t.groups or ("",))
    common = {year for year, group in of if not group}
    for (year, group), n in of.items():
        if n > 1 or (group and year in common):
            same = [(at, t.goal) for at, t in enumerate(target.thresholds, 1) if t.year == year]
            levels = ", ".join(goal.number_text if goal else "không có số" for _, goal in same)
            whom = f" cho nhóm “{group}”" if group else ""
            at = f"{where}.thresholds[{same[0][0]}]"
            yield fault(at, "levels", year=year, n=len(same), levels=levels, whom=whom)
    things, score = target.of_things, target.measure == "score"
    known = (Compared.AT_MOST, Compared.AT_LEAST) if score else (Compared.AT_MOST,)
    for n, level in enumerate(target.thresholds, 1):
        at, goal, by = f"{where}.thresholds[{n}]", level.goal, level.by
        is_dated, is_milestone = by is not None, target.measure == "milestone"
        said = {"number": goal.number if goal else 0, "year": level.year}
        compared = goal.compared if goal else ""
        for holds, inside, name in (
            (goal and goal.number > 100 and not things and not goal.growth, f".{compared}", "over_100"),
            (level.growth is not None and (not things or target.is_single), ".growth", "growth"),
            (goal and things and goal.number.denominator != 1 and not score, "", "whole"),
            (goal and target.is_single and compared not in known, f".{compared}", "single_level"),
            (is_dated is not is_milestone and not level.words, "", "by"),
            (by is not None and by.year != level.year, ".by", "by_year"),
            (level.words and level.groups, ".words", "words_of_group"),
        ):
            if holds:
                yield fault(f"{at}{inside}", name, **said)
        for group in level.groups:
            if group not in groups:
                yield fault(f"{at}.groups", "no_group", group=group, groups=", ".join(sorted(groups)))


def _of_target(where: str, target: Target, items: dict[str, Item], units: set[str]) -> Iterator[Fault]:
    of_groups = next((n for n, level in enumerate(target.thresholds, 1) if level.groups), 0)
    by_field = target_fields(target, items)
    if of_groups and (target.control or by_field):
        yield fault(f"{where}.thresholds[{of_groups}]", "levels_of_groups")
    for name in ("part_of", "same_as", "within"):
        code = getattr(target, name)
        if code and not isinstance(items.get(code), Target):
            yield fault(f"{where}.{name}", "no_target", code=code)
    if target.answered_by == "authority" and target.authority not in units:
        yield fault(f"{where}.authority", "no_unit", unit=target.authority)
    if target.in_charge and target.in_charge not in units:
        yield fault(f"{where}.in_charge", "no_unit", unit=target.in_charge)
    for choice in target.choices_outside:
        if choice not in target.choices:
            yield fault(f"{where}.choices_outside", "choices_outside", choice=choice)
    of_units, asked_as = target.answered_by == "units", target.asked_as
    for holds, inside, name in (
        (target.control and (not of_units or asked_as != "ratio" or target.same_as), ".control", "control"),
        (target.is_single and (of_units or target.done_sources), ".answered_by", "single"),
        (target.scale and not target.is_single, ".scale", "scale"),
        (target.each and target.measure != "count", ".each", "each"),
        (asked_as == "count" and (target.by_part != "no" or target.total_sources), "", "count"),
    ):
        if holds:
            yield fault(f"{where}{inside}", name)
    explained = {"answer": ("question",), "count": ("done",), "ratio": ("total", "done")}
    for name in () if target.same_as else explained[asked_as]:
        if not getattr(target, name):
            yield fault(f"{where}.{name}", "explained")
    for name in ("total_sources", "done_sources", "shown_by"):
        for source in getattr(target, name):
            code, field = cell_named(source)
            if code not in items or field_of(items[code], field) is None:
                yield fault(f"{where}.{name}", "source", source=source)
    if target.joint and not by_field:
        yield fault(f"{where}.joint", "joint")
    if len(surveys := survey_sources(target, items)) > 1:
        yield fault(where, "surveys", n=len(surveys), named="; ".join(surveys))


def _of_roster(roster: Roster, items: dict[str, Item]) -> Iterator[Fault]:
    for n, group in enumerate(roster.groups, 1):
        for table in ("own", "may_withhold"):
            for pattern in getattr(group, table):
                if not any(map(matcher(pattern), items)):
                    where = f"units.toml: groups[{n}] ({group.code}).{table}"
                    yield fault(where, "pattern", pattern=pattern, table=table)
    units, groups = roster.units_by_code, roster.groups_by_code
    for n, unit in enumerate(roster.units, 1):
        where = f"units.toml: units[{n}] ({unit.code})"
        if unit.group not in groups:
            yield fault(f"{where}.group", "no_group", group=unit.group, groups=", ".join(sorted(groups)))
        if unit.valid_to and unit.valid_to < unit.valid_from:
            yield fault(f"{where}.valid_to", "valid_to")
        if unit.parent and (unit.parent not in units or unit.parent == unit.code):
            yield fault(f"{where}.parent", "parent", unit=unit.parent)
        for code in unit.not_asked:
            if code not in items:
                yield fault(f"{where}.not_asked", "no_item", code=code)
    for n, change in enumerate(roster.changes, 1):
        where = f"units.toml: changes[{n}]"
        for name in ("before", "after"):
            for code in getattr(change, name):
                if code not in units:
                    yield fault(f"{where}.{name}", "no_unit", unit=code)
        if change.handed_to and change.handed_to not in change.after:
            after = ", ".join(change.after)
            yield fault(f"{where}.handed_to", "handed_to", unit=change.handed_to, after=after)
