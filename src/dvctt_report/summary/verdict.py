"""Is a target met, and what is that judgement worth while units are missing?"""

from __future__ import annotations

from fractions import Fraction

from dvctt_report.model import Basis, Bounds, Contribution, Coverage, Result, Tally, Verdict
from dvctt_report.period import Period
from dvctt_report.plan.model import Plan, Target
from dvctt_report.summary.coverage import is_enough, weigh


def judge(
    target: Target,
    plan: Plan,
    period: Period,
    contributions: tuple[Contribution, ...],
    excused: frozenset[str],
) -> Result:
    """Return the result of ``target`` from what the units asked have contributed.

    Before the first threshold's year the result carries that threshold and is ``not_due``. ``basis`` is
    None wherever the verdict is neither ``met`` nor ``missed``.
    """
    expected = [c for c in contributions if c.unit not in excused]
    missing = [c for c in expected if c.tally is None]
    tally = sum((c.tally for c in expected if c.tally is not None), Tally())
    coverage = Coverage(len(expected) - len(missing), len(expected))
    weight = weigh(target, tally, missing)
    bounds, open_denominators = _bounds(target, tally, missing)
    due = target.at_least(period)
    at_least = (
        next(t.at_least for t in target.thresholds if t.year == target.first_year) if due is None else due
    )
    if not expected:
        verdict, basis = Verdict.NOT_APPLICABLE, None
    elif due is None:
        verdict, basis = Verdict.NOT_DUE, None
    elif target.needs_document and not plan.guidance_document:
        verdict, basis = Verdict.INSUFFICIENT, None
    else:
        enough = is_enough(coverage, weight, plan.partial_coverage)
        verdict, basis = _verdict(tally, at_least, coverage, bounds, open_denominators, enough)
    return Result(
        item=target.code,
        tally=tally,
        at_least=at_least,
        verdict=verdict,
        basis=basis,
        coverage=coverage,
        bounds=bounds,
        contributions=contributions,
        missing=tuple(c.unit for c in missing),
        weight=weight,
    )


def _verdict(
    tally: Tally,
    at_least: int,
    coverage: Coverage,
    bounds: Bounds,
    open_denominators: int,
    enough: bool,
) -> tuple[Verdict, Basis | None]:
    """Judge in this order; ``open_denominators`` is what missing units are known to have as totals.

    ``enough`` is whether the coverage allows a judgement at all.

    1. No denominator anywhere. All units have answered: ``none_arising``. Some haven't: what they would
       have said is not known, so ``insufficient``, not "không phát sinh".
    2. Everybody has answered: ``met`` or ``missed``, ``complete``.
    3. The missing can't change it, ``safe``: for 100% any shortfall will stay one, known totals or not;
       else the highest possible share is below the threshold, or the lowest possible one reaches it.
    4. Enough units have answered: ``partial``. A target of 100% is never met with a unit missing.
    5. ``insufficient``.
    """
    complete = coverage.reported == coverage.expected
    if not tally.denominator and not open_denominators:
        return (Verdict.NONE_ARISING if complete else Verdict.INSUFFICIENT), None
    reached = Verdict.MET if tally.reaches(at_least) else Verdict.MISSED
    if complete:
        return reached, Basis.COMPLETE
    if at_least == 100:
        short = tally.numerator < tally.denominator
        return (Verdict.MISSED, Basis.SAFE) if short else (Verdict.INSUFFICIENT, None)
    threshold = Fraction(at_least, 100)
    if bounds.high is not None and bounds.high < threshold:
        return Verdict.MISSED, Basis.SAFE
    if bounds.low is not None and bounds.low >= threshold:
        return Verdict.MET, Basis.SAFE
    if tally.denominator and enough:
        return reached, Basis.PARTIAL
    return Verdict.INSUFFICIENT, None


def _bounds(target: Target, tally: Tally, missing: list[Contribution]) -> tuple[Bounds, int]:
    """Return the shares if the missing did nothing and if they did all, and the totals known of them.

    A missing unit counts 1 for a yes/no answer; for figures the total it gave, where that is usable. As
    long as one total is not known there are no bounds.
    """
    if target.measure == "yes_no":
        totals: list[int | None] = [1 for _ in missing]
    else:
        totals = [c.known_denominator for c in missing]
    known = [n for n in totals if n is not None]
    denominator = tally.denominator + sum(known)
    if len(known) < len(missing) or not denominator:
        return Bounds(), sum(known)
    low = Fraction(tally.numerator, denominator)
    return Bounds(low, low + Fraction(sum(known), denominator)), sum(known)
