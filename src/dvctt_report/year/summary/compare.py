"""A result beside other years: what was reported the year before, where that is fair, and later goals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from dvctt_report.model import Comparison, Coverage, Incomparable, Outlook, Result, Verdict
from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import YearsBeside
from dvctt_report.plan.model import Target
from dvctt_report.text.vietnamese import as_decimal, common_places, printed_percent
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.verdict import is_enough


def compare_years(dataset: Dataset, results: tuple[Result, ...]) -> tuple[Comparison, ...]:
    """Return a comparison for each of ``results``, in their order; () where last year isn't known.

    ``points`` are between the two printed percentages, or the two numbers of things. None, and ``why``, where
    the two years are of other provinces or areas, count another thing, one of them has no figure, the sources
    differ, or too few units stand behind one of the two.
    """
    if dataset.last_year is None:
        return ()
    beside = YearsBeside(dataset.profile, dataset.period, dataset.last_year)
    return tuple(_compare(dataset, result, beside) for result in results)


def _compare(dataset: Dataset, result: Result, beside: YearsBeside) -> Comparison:
    last, earlier = beside.last.results.get(result.item), beside.last.period
    if not beside.same_province or beside.spoilt:
        why = Incomparable.GEOGRAPHY if beside.same_province else Incomparable.PROVINCE
        return Comparison(result.item, earlier, why=why)
    plan = dataset.profile.plan
    target = plan.targets_by_code[result.item]
    of_things = target.of_things
    is_known = result.coverage.reported or result.own_tally is not None
    if last is None or not is_known or not (last.reported or last.by_control):
        return Comparison(result.item, earlier, why=Incomparable.NO_FIGURE)
    before, now = last.tally.share, result.tally.share
    if of_things:
        old, new = Decimal(last.tally.numerator), Decimal(result.tally.numerator)
    elif before is None or now is None:
        return Comparison(result.item, earlier, why=Incomparable.NO_FIGURE)
    else:
        places = common_places((before, last.line), (now, result.line))
        old, new = printed_percent(before, last.line, places), printed_percent(now, result.line, places)
    same = beside.same_item(target)
    if target.measure == "milestone":  # done by a day, and done at all, are two things
        same = same and last.by_day and bool(result.goal and result.goal.by)
    if of_things and not same:
        return Comparison(result.item, earlier, now=new, why=Incomparable.DEFINITION)
    needed = 100 if of_things else plan.partial_coverage  # a number of things grows with each unit
    counted, why_not = Coverage(last.reported, last.expected), None
    if not same:
        why_not = Incomparable.DEFINITION
    elif (result.own_tally is not None) != last.by_control:
        why_not = Incomparable.SOURCE
    elif not last.by_control and not (
        is_enough(result.coverage, result.weight, needed) and is_enough(counted, None, needed)
    ):
        why_not = Incomparable.COVERAGE
    points = new - old or Decimal(0)
    return Comparison(result.item, earlier, old, new, None if why_not else points, why_not)


def look_ahead(result: Result, target: Target, period: Period) -> Outlook | None:
    """Return the way from ``year`` to the first goal of ``target``; never a verdict.

    None for a target that is already due, and where there is no share. What is needed a year is rounded to
    one place, and is no less than that place while anything is needed.
    """
    share, due, goal = result.tally.share, target.due_year(period), result.goal
    if result.verdict is not Verdict.NOT_DUE or share is None or due is None:
        return None
    if goal is None or goal.line is None or goal.by:
        return None
    years = due - period.year
    line = as_decimal(goal.line)
    apart = line - printed_percent(share, goal.line)
    distance = apart if goal.rising else -apart
    needed = max(distance, Decimal(0)) / years
    rounded = max(needed.quantize(_PLACE, ROUND_HALF_UP), _PLACE if needed else Decimal(0))
    whole = rounded.to_integral_value()
    return Outlook(due, years, distance, whole if rounded == whole else rounded)


_PLACE = Decimal("0.1")
