"""The one source that decides about a target, others are never mixed in; the fields that it is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dvctt_report.model.period import Period
from dvctt_report.plan.model import Item, Profile, Survey, Target, Unit
from dvctt_report.text.vietnamese import join_names

Cell = tuple[str, str]
"""Item and field."""


@dataclass(frozen=True, slots=True)
class TargetField:
    """One field of procedures of a target that is summed from several."""

    target: Target
    """The target of this field alone: a code of its own (T12a.1), named by the field."""
    total: Cell
    done: Cell


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target's own goal for some groups: ``target`` by a code of its own (T3.1), the ``groups``' codes."""

    target: Target
    groups: tuple[str, ...]


def target_parts(profile: Profile, target: Target, period: Period) -> tuple[TargetField | TargetGroup, ...]:
    """Return the parts that ``target`` is judged by: fields of procedures, or groups of units."""
    return target_fields(target, profile.plan.items_by_code) or target_groups(profile, target, period)


def target_groups(profile: Profile, target: Target, period: Period) -> tuple[TargetGroup, ...]:
    """Return the groups of units of which ``target`` asks something of their own in ``period``."""
    groups = []
    for n, level in enumerate((level for level in target.levels(period) if level.groups), 1):
        name = join_names(dict.fromkeys(group_name(profile, code, period) for code in level.groups))
        own = {
            "code": f"{target.code}.{n}",
            "label": name,
            "print_as": name,
            "same_as": target.same_as or target.code,
            "thresholds": (level.model_copy(update={"groups": ()}),),
        }
        groups.append(TargetGroup(target.model_copy(update=own), level.groups))
    return tuple(groups)


def group_name(profile: Profile, code: str, period: Period) -> str:
    """A group by its title; how many bodies of how many it is, where all below its heading are called so."""
    group = profile.roster.group(code)
    headings = {one.code: one.heading for one in profile.roster.groups}
    below = [unit for unit in profile.units(period) if headings[unit.group] == group.heading]
    own = sum(unit.group == code for unit in below)
    alone = own == len(below) or not group.heading.endswith(group.title)
    return group.title if alone else f"{group.title} ({own:02}/{len(below):02} đơn vị)"


def goals_text(profile: Profile, target: Target, period: Period) -> str:
    """What ``target`` asks in ``period``, or first: "≥ 80%"; "≥ 55% (Ủy ban nhân dân xã)"; "" for nothing."""
    said = []
    for level in target.levels_asked(period):
        goal = target.goal_of(level)
        groups = ", ".join(group_name(profile, code, period) for code in level.groups)
        said.append((goal.sign_text if goal else level.said) + (f" ({groups})" if groups else ""))
    return "; ".join(said)


def without_level(profile: Profile, target: Target, period: Period) -> tuple[Unit, ...]:
    """The units asked ``target`` of whose groups it has no level, where it has one of other groups."""
    groups = {code for level in target.levels(period) for code in level.groups}
    asked = target.same_as or target.code
    units = profile.units(period) if groups else ()
    return tuple(u for u in units if u.group not in groups and asked in profile.asked_codes(u))


def survey_sources(target: Target, items: Mapping[str, Item]) -> tuple[str, ...]:
    """Name the surveys that the figures of ``target`` are summed from; a sound plan has one at most."""
    found = (items.get(code) for cells in target.summed_from.values() for code, _ in cells)
    return tuple(dict.fromkeys(item.source for item in found if isinstance(item, Survey)))


def target_fields(target: Target, items: Mapping[str, Item]) -> tuple[TargetField, ...]:
    """Return the fields that ``target`` is summed from, in the plan's order; () where it isn't by field.

    A field is a survey that gives both its total and its numerator.
    """
    totals, dones = (target.summed_from.get(name, ()) for name in ("total", "done"))
    fields = []
    for n, (total, done) in enumerate(zip(totals, dones, strict=False), 1):
        survey = items.get(total[0])
        if not isinstance(survey, Survey) or total[0] != done[0]:
            return ()
        told = {"code": f"{target.code}.{n}", "label": survey.area, "print_as": survey.area, "control": None}
        fields.append(TargetField(target.model_copy(update=told), total, done))
    return tuple(fields) if len(fields) > 1 else ()
