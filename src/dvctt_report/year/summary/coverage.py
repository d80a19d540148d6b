"""How much of what is to be counted stands behind a result: by units, and by what they count."""

from __future__ import annotations

from collections.abc import Iterable

from dvctt_report.model import Contribution, Coverage, Progress, Result, Tally, Verdict, Weight
from dvctt_report.plan.model import Target


def weigh(target: Target, tally: Tally, missing: Iterable[Contribution]) -> Weight | None:
    """Return how much of all totals the units behind ``tally`` hold.

    None where the units themselves are counted (coverage says the same), where a missing unit's total is not
    known, and where there is nothing to count. A total is never guessed.
    """
    known = [c.known_denominator for c in missing]
    if target.asked_as != "ratio" or None in known:
        return None
    expected = tally.denominator + sum(n for n in known if n is not None)
    return Weight(tally.denominator, expected) if expected else None


def is_enough(coverage: Coverage, weight: Weight | None, at_least: int) -> bool:
    """Whether ``at_least`` percent of the units answered and, where that is known, of what is counted.

    Many small units don't make up for one big one that is missing, nor one big unit for many.
    """
    by_weight = weight is None or weight.reported * 100 >= at_least * weight.expected
    return coverage.reported * 100 >= at_least * coverage.expected and by_weight


def tells_enough(result: Result, at_least: int) -> bool:
    """Whether ``result`` says where it stands to its goal: ``at_least`` as in ``is_enough``.

    A number of things does as soon as it has reached, or gone beyond, what is asked: it can only grow. Of a
    goal of all or of none nothing can be said to be reached with a unit missing.
    """
    goal = result.goal
    if goal and goal.counted and goal.reached_by(result.tally) is goal.rising:
        return True
    if goal and goal.is_extreme and result.n_missing and not result.short:
        return False
    return is_enough(result.coverage, result.weight, at_least)


def progress(result: Result, target: Target, at_least: int) -> Progress:
    """How far ``result`` is on the way to its level; over several parts as far as the last of them."""
    if result.fields and not target.joint:
        arisen = [part for part in result.fields if part.verdict is Verdict.PROGRESS]
        parts = {progress(part, target.model_copy(update={"joint": True}), at_least) for part in arisen}
        return next((p for p in (Progress.UNKNOWN, Progress.BELOW) if p in parts), Progress.REACHED)
    told = result.coverage.reported if target.of_things else result.tally.denominator
    if not told or result.goal is None or not tells_enough(result, at_least):
        return Progress.UNKNOWN
    return Progress.REACHED if result.goal.reached_by(result.tally) else Progress.BELOW
