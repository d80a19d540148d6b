"""What the units that are still missing would have to add for a share to cross its threshold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dvctt_report.model import Contribution, Tally
from dvctt_report.plan.model import Target


class Open(NamedTuple):
    """Between how much and how much the totals of the missing units can come to; ``most`` None: no end."""

    least: int
    most: int | None


def open_totals(target: Target, missing: Iterable[Contribution]) -> Open:
    """Return what the missing units can have as totals: what they gave, else anything.

    A unit that is asked yes or no counts 1, or nothing where the plan puts an answer outside the denominator.
    """
    waiting = list(missing)
    if target.measure == "yes_no":
        return Open(0 if target.choices_outside else len(waiting), len(waiting))
    known = [c.known_denominator for c in waiting if c.known_denominator is not None]
    return Open(sum(known), sum(known) if len(known) == len(waiting) else None)


def least_that_turns(tally: Tally, at_least: int, totals: Open) -> int | None:
    """Return the least number of things that carry the share of ``tally`` over ``at_least`` percent.

    Things done where it is below, things not done where it isn't, added by units whose totals lie within
    ``totals``. None where nothing within them does. Up to the least total they are a part of what is counted
    anyway; each further one makes the total greater by itself.
    """
    done, total = tally.numerator, tally.denominator
    above = 100 * done - at_least * total
    if above < 0:
        within = -(-(at_least * totals.least - above) // 100)
        beyond = -(above // (100 - at_least)) if at_least < 100 else None
    else:
        within = (above + (100 - at_least) * totals.least) // 100 + 1
        beyond = above // at_least + 1 if at_least else None
    if within <= totals.least:
        return within
    fits = beyond is not None and (totals.most is None or beyond <= totals.most)
    return beyond if fits else None
