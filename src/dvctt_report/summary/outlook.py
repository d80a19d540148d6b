"""How far it still is to the goal of a later year, and what that means a year."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from dvctt_report.model import Outlook, Result, Verdict
from dvctt_report.period import Period
from dvctt_report.plan.model import Target
from dvctt_report.vietnamese import as_decimal, printed_percent


def look_ahead(result: Result, target: Target, period: Period) -> Outlook | None:
    """Return the way from ``year`` to the first goal of ``target``; never a verdict.

    None for a target that is already due, and where there is no share. What is needed a year is rounded
    up to one place: the yearly steps printed do reach the threshold.
    """
    share = result.tally.share
    due, goal = target.first_year, result.goal
    if (
        result.verdict is not Verdict.NOT_DUE
        or share is None
        or due is None
        or goal is None
        or goal.line is None
        or goal.by
    ):
        return None
    years = due - period.year
    line = as_decimal(goal.line)
    apart = line - printed_percent(share, goal.line)
    distance = apart if goal.rising else -apart
    needed = max(distance, Decimal(0)) / years
    return Outlook(due, years, distance, _one_place_up(needed))


def _one_place_up(points: Decimal) -> Decimal:
    rounded = points.quantize(Decimal("0.1"), ROUND_CEILING)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded
