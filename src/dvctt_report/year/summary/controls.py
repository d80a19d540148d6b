"""The units' sum held against what the system in charge holds; one of the two is judged and printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dvctt_report.forms.control_book import rows_of
from dvctt_report.model import Basis, Bounds, Control, Number, Printed, Result, Summary, Tally, Verdict
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Target, Unit
from dvctt_report.year.dataset import Dataset

_STANDS = (Verdict.NOT_DUE, Verdict.NO_LEVEL, Verdict.NOT_APPLICABLE, Verdict.PROGRESS)
"""Verdicts that another figure doesn't change."""


def with_control(result: Result, target: Target, control: Control | None, period: Period) -> Result:
    """Return ``result`` with the figure of the system in charge beside it, or in the place of the sum.

    It is judged where it is to be printed and gives both numbers: it covers the whole province, so the
    verdict is ``complete`` whoever hasn't sent. ``target`` names the system and which figure is printed.
    """
    if control is None:
        return result
    tally = control_tally(control)
    if choice(target, control) is Printed.UNITS or tally is None:
        return replace(result, control=control)
    verdict, basis = result.verdict, result.basis
    if verdict is Verdict.NONE_ARISING and not period.judged:
        verdict = Verdict.PROGRESS
    if verdict not in _STANDS and result.goal is not None:
        verdict = Verdict.MET if result.goal.reached_by(tally) else Verdict.MISSED
        basis = Basis.COMPLETE
    held = replace(result, tally=tally, own_tally=result.tally, control=control, verdict=verdict, basis=basis)
    return replace(held, bounds=Bounds(), weight=None, turn=None, fields=())


def choice(target: Target, control: Control) -> Printed:
    """Return which figure is to be printed: as the officer chose, else as the plan says."""
    if control.printed is not None:
        return control.printed
    return Printed(target.control.printed) if target.control else Printed.UNITS


def why(target: Target, control: Control) -> str:
    """Return the reason for that choice, the officer's or the plan's."""
    if control.printed is not None:
        return control.reason
    return target.control.reason if target.control else ""


def control_tally(control: Control) -> Tally | None:
    """Return the pair of numbers; None where one isn't known, or they can't be a part and its whole."""
    total, done = control.total, control.done
    if total is None or done is None or not 0 <= done <= total or not total:
        return None
    return Tally(done, total)


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A control figure and what the units say beside it.

    unit: whose it is; None for the whole province.
    own: what the unit, or all units together, say; None where nothing is known.
    """

    target: Target
    unit: Unit | None
    control: Control
    own: Tally | None

    def pairs(self) -> Iterator[tuple[str, Number | None, int | None, Number | None]]:
        """Each number by its field: the units' own, the control figure, what lies between."""
        own = self.own if self.own and self.own.denominator else None
        total, done = (own.denominator, own.numerator) if own else (None, None)
        for name, said, held in (("total", total, self.control.total), ("done", done, self.control.done)):
            yield name, said, held, None if said is None or held is None else held - said


def control_lines(dataset: Dataset, summary: Summary) -> Iterator[ControlLine]:
    """The control figures known, in the order of plan and roster."""
    results = {result.item: result for result in summary.results}
    for target, unit in rows_of(dataset.profile, dataset.period):
        control = dataset.control(target.code, unit.code if unit else "")
        if control is not None:
            result = results[target.code]
            own: Tally | None = result.own_tally or result.tally
            if unit is not None:
                own = next((c.tally for c in result.contributions if c.unit == unit.code), None)
            yield ControlLine(target, unit, control, own)
