"""Is a target met, and what is that judgement worth while units are missing?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from dvctt_report.model import (
    Basis,
    Bounds,
    Contribution,
    Coverage,
    Goal,
    Open,
    Progress,
    Result,
    Tally,
    Verdict,
    Weight,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Plan, Target


def judge(
    target: Target,
    plan: Plan,
    period: Period,
    contributions: tuple[Contribution, ...],
    excused: frozenset[str],
    closed: bool = False,
) -> Result:
    """Return the result of ``target`` from what the units asked have contributed.

    Before the year of the first goal the result carries that goal and is ``not_due``; where the plan
    sets no level at all, or names no number, it is ``no_level``; where groups of units have levels of their
    own, these judge it (``fields``). In a part of a year it is ``progress``. ``basis`` is None wherever the
    verdict is neither ``met`` nor ``missed``. ``closed``: numbers of things wait for no more units.
    """
    expected = [c for c in contributions if c.unit not in excused]
    missing = [c for c in expected if c.tally is None]
    tally = sum((c.tally for c in expected if c.tally is not None), Tally())
    coverage = Coverage(len(expected) - len(missing), len(expected))
    weight = weigh(target, tally, missing)
    # A missing unit that is asked yes or no counts 1; else the total that it gave, where that is usable
    totals = [1 if target.of_units else c.known_denominator for c in missing]
    known = [n for n in totals if n is not None]
    n_known, all_known = sum(known), len(known) == len(missing)
    whole = tally.denominator + n_known
    bounds = Bounds()  # the shares if the missing did nothing and if they did all
    if all_known and whole:
        bounds = Bounds(Fraction(tally.numerator) / whole, Fraction(tally.numerator + n_known) / whole)
    may_add = Open(0 if target.choices_outside else n_known, n_known if all_known else None)
    goal = target.goal(period, or_first=True)
    turn = None
    if goal and missing:
        turn = goal.turned_by(tally, Open(0, None) if target.of_things else may_add)
    if not expected:
        verdict, basis = Verdict.NOT_APPLICABLE, None
    elif not target.thresholds or target.words(period):
        verdict, basis = Verdict.NO_LEVEL, None
    elif not plan.is_due(target, period):
        verdict, basis = Verdict.NOT_DUE, None
    elif not period.judged:
        arisen = tally.denominator or missing or target.of_things
        verdict, basis = (Verdict.PROGRESS if arisen else Verdict.NONE_ARISING), None
    elif goal is None or (target.needs_document and not plan.guidance_document):
        verdict, basis = Verdict.INSUFFICIENT, None
    else:
        enough = is_enough(coverage, weight, plan.partial_coverage)
        verdict, basis = _verdict(tally, goal, coverage, turn, n_known, enough, closed)
    waits = tuple(c.unit for c in missing)
    awaited = () if basis is Basis.SAFE else waits
    return Result(
        target.code,
        tally,
        goal,
        verdict,
        basis,
        coverage,
        bounds,
        contributions,
        waits,
        weight,
        turn,
        awaited,
    )


def _verdict(
    tally: Tally, goal: Goal, coverage: Coverage, turn: int | None, n_known: int, enough: bool, closed: bool
) -> tuple[Verdict, Basis | None]:
    """Judge in this order; ``n_known`` is what missing units are known to have as totals.

    ``turn`` is what they would have to add to turn the verdict, None where nothing does. ``enough`` is
    whether the coverage allows a judgement at all.

    1. No denominator anywhere, where there is to be one. All units have answered: ``none_arising``. Some
       haven't: what they would have said is not known, so ``insufficient``, not "không phát sinh".
    2. Everybody has answered: ``met`` or ``missed``, ``complete``.
    3. A goal of all or of none is never met with a unit missing: ``insufficient``.
    4. Nothing that the missing can add turns it: ``safe``. Of all any shortfall stays one.
    5. A number of things can only grow, by how much no share of units tells: ``insufficient`` until all have
       answered, or until no more is waited for (``closed``); of nobody's answer nothing is concluded.
    6. Enough units have answered: ``partial``; else ``insufficient``.
    """
    complete = coverage.reported == coverage.expected
    if not tally.denominator and not n_known and not goal.counted:
        return (Verdict.NONE_ARISING if complete else Verdict.INSUFFICIENT), None
    reached = Verdict.MET if goal.reached_by(tally) else Verdict.MISSED
    if complete:
        return reached, Basis.COMPLETE
    if goal.is_extreme and not goal.counted and reached is Verdict.MET:
        return Verdict.INSUFFICIENT, None
    if turn is None:
        return reached, Basis.SAFE
    if goal.counted:
        return (reached, Basis.CLOSED) if closed and coverage.reported else (Verdict.INSUFFICIENT, None)
    if tally.denominator and enough:
        return reached, Basis.PARTIAL
    return Verdict.INSUFFICIENT, None


# ---------------- How much of what is to be counted stands behind a result: by units, and by what they count


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
