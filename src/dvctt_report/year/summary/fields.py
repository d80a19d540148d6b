"""A target judged part by part: over several fields of procedures, or by the levels of groups of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dvctt_report.model import Basis, Bounds, Grade, Result, Verdict
from dvctt_report.plan.model import Target
from dvctt_report.plan.sources import TargetGroup, target_fields, target_groups
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.contributions import contribute_field
from dvctt_report.year.summary.standing import Standing
from dvctt_report.year.summary.verdict import judge

_JUDGED = (Verdict.MET, Verdict.MISSED, Verdict.INSUFFICIENT)


def with_fields(result: Result, dataset: Dataset, target: Target, standing: Standing) -> Result:
    """Return ``result`` with those of its parts; its verdict is theirs where they are what is judged.

    Missed where one part is, met where all are; a part in which nothing arose says nothing.
    """
    plan = dataset.profile.plan
    if groups := target_groups(dataset.profile, target, dataset.period):
        return _by_group(result, dataset, groups)
    fields = tuple(
        judge(
            field.target,
            plan,
            dataset.period,
            *contribute_field(dataset, field, target, standing),
            dataset.closed,
        )
        for field in target_fields(target, plan.items_by_code)
    )
    judged = [field for field in fields if field.verdict in _JUDGED]
    if target.joint or not judged or result.verdict not in _JUDGED:
        return replace(result, fields=fields)
    return replace(_together(result, judged), fields=fields)


def _by_group(result: Result, dataset: Dataset, groups: Sequence[TargetGroup]) -> Result:
    """Judge the units of each group by its own level, and the target by all of them."""
    units = dataset.units_by_code
    excused = frozenset(c.unit for c in result.contributions if c.tally is None) - set(result.missing)
    parts = []
    for group in groups:
        own = tuple(c for c in result.contributions if units[c.unit].group in group.groups)
        parts.append(judge(group.target, dataset.profile.plan, dataset.period, own, excused, dataset.closed))
    judged = [part for part in parts if part.verdict in _JUDGED]
    if not dataset.period.judged:
        return replace(result, bounds=Bounds(), fields=tuple(parts))
    if not judged:
        unjudged = replace(result, verdict=parts[0].verdict, basis=None, turn=None, bounds=Bounds())
        return replace(unjudged, fields=tuple(parts))
    return replace(_together(result, judged), fields=tuple(parts))


def _together(result: Result, fields: Sequence[Result]) -> Result:
    """The verdict of the whole, what it rests on, what would turn it, and for which units it waits.

    One field is enough to turn a verdict of "met"; to turn "missed" every field that is has to.
    """
    result = replace(result, bounds=Bounds(), turn=None, awaited=())
    missed = [field for field in fields if field.verdict is Verdict.MISSED]
    unsettled = [field for field in fields if field.verdict is Verdict.INSUFFICIENT]
    if unsettled and not missed:
        return replace(result, verdict=Verdict.INSUFFICIENT, basis=None, awaited=_awaited(unsettled))
    deciding = missed or fields
    if all(field.basis is Basis.COMPLETE for field in fields):
        basis = Basis.COMPLETE
    else:
        sure = [field.grade is Grade.CERTAIN for field in deciding]
        basis = Basis.SAFE if (any(sure) if missed else all(sure)) else Basis.PARTIAL
        if basis is Basis.SAFE and any(field.basis is Basis.CLOSED for field in deciding):
            basis = Basis.CLOSED
    result = replace(result, verdict=Verdict.MISSED if missed else Verdict.MET, basis=basis)
    if basis is not Basis.PARTIAL:
        return result
    open_ = [field for field in deciding if field.grade is Grade.PROVISIONAL]
    turns = [field.turn for field in open_ if field.turn is not None]
    return replace(result, turn=sum(turns) if missed else min(turns), awaited=_awaited(open_))


def _awaited(fields: Sequence[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for field in fields for unit in field.missing))
