"""The units' sum beside the figure of the system in charge: both are always said."""

from __future__ import annotations

from dvctt_report.model import Control, Number, Tally
from dvctt_report.report.targets import TargetView
from dvctt_report.text.vietnamese import format_count, format_date, format_percent
from dvctt_report.year.summary.controls import why

OWN = ".own"
"""Continues a target's code in the identifiers of the units' sum, where another figure is printed."""


def say_by_control(view: TargetView, sentence: str) -> list[str]:
    """Say a result that is the control figure's, and what the units add up to; the reason for the choice."""
    result, voice = view.result, view.voice
    assert result.control is not None
    assert result.own_tally is not None
    own = result.own_tally
    slots = {
        **view.coverage,
        "own": _figure(view, own.denominator or None, own.numerator if own.denominator else None),
        "reason": why(view.target, result.control),
        "annex": voice.refer(voice.annexes.decided),
    }
    said = voice.say("control.by", **origin(result.control), sentence=sentence)
    return [said, voice.say("control.own", **slots)]


def say_beside(view: TargetView) -> str:
    """Say what the system in charge holds where the units' sum is printed; "" where it holds nothing."""
    control, voice = view.result.control, view.voice
    if control is None or view.result.own_tally is not None:
        return ""
    slots = {"figure": _figure(view, control.total, control.done), "reason": why(view.target, control)}
    annex = voice.refer(voice.annexes.decided)
    return voice.say("control.beside", **origin(control), **slots, annex=annex)


def origin(control: Control) -> dict[str, str]:
    """The slots that cite where a control figure is from."""
    return {
        "source": control.source,
        "cut_off": format_date(control.cut_off),
        "document": control.document,
    }


def _figure(view: TargetView, total: int | None, done: Number | None) -> str:
    """Write what is known of the two numbers; the percentage never on the wrong side of the threshold."""
    unit, voice = view.target.unit_of_count, view.voice
    if total is None and done is None:
        return voice.say("sign.not_available")
    if total is None or done is None:
        name = "control.total_only" if done is None else "control.done_only"
        return voice.say(name, n=format_count((total if done is None else done) or 0), unit=unit)
    tally = Tally(done, total)
    rate = f" ({format_percent(tally.share, view.result.line)})" if tally.share is not None else ""
    return f"{format_count(done)}/{format_count(total)} {unit}{rate}"
