"""The units' sum held against what the system in charge holds; one of the two is judged and printed."""

from __future__ import annotations

from dataclasses import replace

from dvctt_report.model import Basis, Bounds, Control, Printed, Result, Tally, Verdict
from dvctt_report.plan.model import Target

_STANDS = (Verdict.NOT_DUE, Verdict.NOT_APPLICABLE)
"""Verdicts that another figure doesn't change."""


def with_control(result: Result, target: Target, control: Control | None) -> Result:
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
    if verdict not in _STANDS:
        verdict = Verdict.MET if tally.reaches(result.at_least) else Verdict.MISSED
        basis = Basis.COMPLETE
    return replace(
        result,
        tally=tally,
        verdict=verdict,
        basis=basis,
        bounds=Bounds(),
        weight=None,
        control=control,
        own_tally=result.tally,
    )


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
