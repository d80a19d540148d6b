"""The section that opens the report: who has sent, what was reached, what is asked; ten lines at the most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from dvctt_report.model import Grade, Verdict
from dvctt_report.report import drafts
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import carried_levels, verdict_counts, with_verdict
from dvctt_report.report.targets import TargetView, units_below
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_lists import MANY
from dvctt_report.report.wording import Voice
from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.nd30 import PAGE, component, component_width
from dvctt_report.year.summary.returns import ReturnLine

MOST_LINES = 10
"""A director reads one paragraph; the rest is looked up."""
LINES_OF_ASK = 2
"""How much of them what is asked may take."""
_NAMED = ((3, 2), (3, 1), (2, 1), (1, 1), (2, 0), (1, 0))
"""How many targets are named as missed and as met: the most that ten lines hold."""


def general(told: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the section and its last sentence, what is asked: as many targets are named as ten lines hold."""
    for ask in (_ask(told), where_asked(told.voice)):
        for n_missed, n_met in _NAMED:
            said = _paragraphs(told, n_met, n_missed)
            if count_lines((*said, *ask)) <= MOST_LINES:
                return said, ask
    return _paragraphs(told, 0, 0), where_asked(told.voice)


def _ask(told: Telling) -> tuple[str, ...]:
    """Say what the province is asked to decide, as much of it as two lines hold, and where it stands."""
    parts, voice = _asked_parts(told), told.voice
    for n in range(len(parts), 0, -1):
        said = (voice.say("general.ask_what", issuer=voice.issuer.name, parts="; ".join(parts[:n])),)
        if count_lines(said) <= LINES_OF_ASK:
            return said
    return where_asked(voice)


def where_asked(voice: Voice) -> tuple[str, ...]:
    """Say where what is asked of the addressee stands."""
    return (voice.say("general.ask", issuer=voice.issuer.name),)


def _asked_parts(told: Telling) -> list[str]:
    """What the drafts ask of the province, in brief; nothing in a text that asks nothing of it."""
    voice = told.voice
    if "to_province" not in voice.issuer.text.addressed:
        return []
    said = []
    if missed := with_verdict(told.views, Verdict.MISSED):
        said.append(voice.say("general.ask_missed", **drafts.counted(missed, Verdict.MISSED, voice)))
    if n_owing := len(drafts.owing(told.year.lines)):
        said.append(voice.say("general.ask_missing", n=voice.count(n_owing)))
    if any(view.lacks_document for view in told.views):
        said.append(voice.say("general.ask_document"))
    return said


def count_lines(paragraphs: Sequence[str]) -> int:
    """Say on how many lines of the report's text the paragraphs stand."""
    style = component("body")
    widths = (style.first_indent + component_width(without_marks(p), style) for p in paragraphs)
    return sum(ceil(width / PAGE.text_width) for width in widths)


def returns_said(lines: Sequence[ReturnLine], voice: Voice) -> str:
    """Say how many have sent by the day of the report."""
    received = sum(line.received for line in lines)
    return voice.say(
        "general.returns" if received else "general.no_returns",
        date=format_date(voice.issuer.as_of.date()),
        received=voice.count(received),
        expected=voice.count(len(lines)),
    )


def _paragraphs(told: Telling, n_met: int, n_missed: int) -> tuple[str, ...]:
    views, voice = told.views, told.voice
    stood = (
        returns_said(told.year.lines, voice),
        targets_counted(told),
        *carried_levels(views, voice, "general"),
    )
    named = (met_said(views, n_met, voice), missed_said(views, n_missed, voice))
    said = (" ".join(filter(None, part)) for part in (stood, named))
    return tuple(filter(None, said))


def targets_counted(told: Telling) -> str:
    """Say how many targets of the year came out how; "" where the plan has none."""
    voice, year = told.voice, str(told.year.period.year)
    n_due, parts = verdict_counts(told.views, voice, "general")
    return voice.say("general.counts", n=voice.count(n_due), year=year, parts=parts) if n_due else ""


def met_said(views: Sequence[TargetView], most: int, voice: Voice) -> str:
    """Name targets that are met for sure."""
    met = [v for v in with_verdict(views, Verdict.MET) if v.result.grade is Grade.CERTAIN]
    names = [v.voice.say("general.item", name=v.name, figure=v.brief, goal=v.goal) for v in met[:most]]
    return voice.say("general.met_most", names="; ".join(names)) if names else ""


def missed_said(views: Sequence[TargetView], most: int, voice: Voice, others: str = "general.others") -> str:
    """Name the targets that are farthest from their level; ``others`` says how many more are missed."""
    missed = sorted(with_verdict(views, Verdict.MISSED), key=_gap, reverse=True)
    names = [_missed_item(view) for view in missed[:most]]
    n_others = len(missed) - len(names)
    more = voice.say(others, n=voice.count(n_others)) if n_others and names else ""
    return voice.say("general.focus", names="; ".join(names), others=more) if names else ""


def _gap(view: TargetView) -> Decimal:
    """How far a target is from its level: in points as the chart draws it; of things in percent of it."""
    if view.by_field or view.printed is None:
        return Decimal(0)
    gap = abs(view.threshold - view.printed)
    return gap * 100 / (view.threshold or 1) if view.target.of_things else gap


def _missed_item(view: TargetView) -> str:
    name = view.flag(view.name)
    slots = {"name": name, "figure": view.brief, "goal": view.goal, "short": view.short}
    below = [] if view.target.of_units or view.authority else units_below(view)
    units = view.voice.say("general.units", n=view.voice.count(len(below))) if below else ""
    if len(below) > MANY:
        units = view.voice.say("general.units_of", kinds=view.voice.kinds(below))
    pattern = "item_missed_over" if view.falling else "item_missed"
    return view.voice.say(f"general.{pattern}", units=units, **slots)
