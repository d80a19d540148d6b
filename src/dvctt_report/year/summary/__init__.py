"""From returns to results: what each unit adds, what it comes to, how far that can be relied on."""

from __future__ import annotations

from collections.abc import Iterable

from dvctt_report.model import Finding, Result, Summary
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.contributions import contribute, with_fields
from dvctt_report.year.summary.controls import with_control
from dvctt_report.year.summary.standing import read_overridden, read_standing
from dvctt_report.year.summary.totals import estimate_year, sum_totals, task_statuses
from dvctt_report.year.summary.verdict import judge


def summarise(dataset: Dataset, findings: Iterable[Finding]) -> Summary:
    """Add up and judge the year's returns: targets, sums and tasks in the plan's order.

    ``findings`` are those of intake and rules together: an open error bars the figure it stands at, an
    accepted "Không áp dụng" takes the unit out of the target's expected set. Nothing is raised for what
    a unit wrote.
    """
    standing = read_standing(findings, read_overridden(dataset))
    plan = dataset.profile.plan
    found = []
    for target in plan.targets:
        asked = plan.targets_by_code.get(target.same_as, target)
        result = judge(target, plan, dataset.period, *contribute(dataset, asked, standing), dataset.closed)
        result = with_fields(result, dataset, target, standing)
        found.append(with_control(result, asked, dataset.control(asked.code), dataset.period))
    results = tuple(found)
    return Summary(
        results=results,
        totals=sum_totals(dataset, standing),
        tasks=task_statuses(dataset, standing),
        estimates=tuple(estimate_year(dataset, results, standing)),
    )


def below_target(result: Result) -> tuple[str, ...]:
    """Return the units whose own share doesn't reach the goal of ``result``, in roster order."""
    goal = result.goal
    if goal is None:
        below = {unit for part in result.fields for unit in below_target(part)}
        return tuple(c.unit for c in result.contributions if c.unit in below)
    told = ((c.unit, c.tally) for c in result.contributions if c.tally is not None and c.tally.denominator)
    return tuple(unit for unit, tally in told if not goal.reached_by(tally))


__all__ = ["below_target", "summarise"]
