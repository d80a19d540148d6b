"""The units' sum beside the figure of the system in charge, in words and as rows: both are always said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dvctt_report.model import Control, Result, Tally
from dvctt_report.plan.model import Target
from dvctt_report.report.wording import Voice
from dvctt_report.summary.controls import why
from dvctt_report.vietnamese import first_letter_capital, format_count, format_date, format_percent

if TYPE_CHECKING:
    from dvctt_report.report.targets import TargetView


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A target's two figures ("done / total"), what lies between, whose the second is, which is printed."""

    number: str
    name: str
    own: str
    control: str
    difference: str
    source: str
    printed: str


OWN = ".own"
"""Continues a target's code in the identifiers of the units' sum, where another figure is printed."""


def control_rows(views: Iterable[TargetView], voice: Voice) -> tuple[ControlRow, ...]:
    """One row a target of which the system in charge has given a figure, in the plan's order."""
    compared = [(v, v.result.control) for v in views if not v.target.same_as]
    listed = [(v, c) for v, c in compared if c is not None]
    return tuple(_row(n, view, control, voice) for n, (view, control) in enumerate(listed, 1))


def _row(n: int, view: TargetView, control: Control, voice: Voice) -> ControlRow:
    result = view.result
    own = result.own_tally or result.tally
    by_control = result.own_tally is not None
    printed = voice.say("control.prints_control" if by_control else "control.prints_units")
    reason = first_letter_capital(why(view.target, control))
    source = voice.say("control.origin", **_origin(control))
    none = voice.say("sign.not_available")
    given = (own.numerator, own.denominator) if own.denominator else (None, None)
    held = (control.done, control.total)
    between = tuple(None if a is None or b is None else b - a for a, b in zip(given, held, strict=True))
    return ControlRow(
        number=str(n),
        name=view.target.label,
        own=voice.mark(f"{view.target.code}.pair{OWN}", _pair(given, none)),
        control=voice.mark(f"{view.target.code}.pair.control", _pair(held, none)),
        difference=voice.mark(f"{view.target.code}.pair.difference", _pair(between, none, signed=True)),
        source=source,
        printed=f"{printed}. {reason}",
    )


def _pair(numbers: tuple[int | None, ...], none: str, *, signed: bool = False) -> str:
    def text(n: int | None) -> str:
        return none if n is None else f"{'+' if signed and n > 0 else ''}{format_count(n)}"

    return " / ".join(text(n) for n in numbers) if any(n is not None for n in numbers) else none


def say_by_control(target: Target, result: Result, sentence: str, voice: Voice) -> list[str]:
    """Say a result that is the control figure's, and what the units add up to; the reason for the choice."""
    assert result.control is not None
    assert result.own_tally is not None
    own = result.own_tally
    slots = {
        "reported": voice.count(result.coverage.reported),
        "expected": voice.count(result.coverage.expected),
        "own": _figure(
            own.denominator or None,
            own.numerator if own.denominator else None,
            result.at_least,
            target,
            voice,
        ),
        "reason": why(target, result.control),
        "annex": voice.refer(voice.annexes.decided),
    }
    said = voice.say("control.by", **_origin(result.control), sentence=sentence)
    return [said, voice.say("control.own", **slots)]


def say_beside(target: Target, result: Result, voice: Voice) -> str:
    """Say what the system in charge holds where the units' sum is printed; "" where it holds nothing."""
    control = result.control
    if control is None or result.own_tally is not None:
        return ""
    figure = _figure(control.total, control.done, result.at_least, target, voice)
    annex = voice.refer(voice.annexes.decided)
    return voice.say(
        "control.beside", **_origin(control), figure=figure, reason=why(target, control), annex=annex
    )


def _origin(control: Control) -> dict[str, str]:
    return {
        "source": control.source,
        "cut_off": format_date(control.cut_off),
        "document": control.document,
    }


def _figure(total: int | None, done: int | None, at_least: int, target: Target, voice: Voice) -> str:
    """Write what is known of the two numbers; the percentage never on the wrong side of the threshold."""
    unit = target.unit_of_count
    if total is None and done is None:
        return voice.say("sign.not_available")
    if total is None or done is None:
        name = "control.total_only" if done is None else "control.done_only"
        return voice.say(name, n=format_count((total if done is None else done) or 0), unit=unit)
    tally = Tally(done, total)
    rate = f" ({format_percent(tally.share, at_least)})" if tally.share is not None else ""
    return f"{format_count(done)}/{format_count(total)} {unit}{rate}"
