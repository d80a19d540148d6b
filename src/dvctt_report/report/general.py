"""The section that opens the report: who has sent, how the targets stand, what is asked of the province."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from dvctt_report.report.citing import moment
from dvctt_report.report.lead import fitting
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import carried_levels, verdict_counts
from dvctt_report.report.targets import carried_from
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.word.nd30 import PAGE, component, component_width

MOST_LINES = 18
"""A director reads half a page; the rest is looked up."""


def general(told: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the section and its last sentence, what is asked; of the leads as much as the lines hold."""
    voice, lines = told.voice, told.year.lines
    received = sum(line.received for line in lines)
    sent = {"received": voice.count(received), "expected": voice.count(len(lines))}
    stood = (
        voice.say(
            "general.returns" if received else "general.no_returns", date=moment(voice.issuer.as_of), **sent
        ),
        targets_counted(told),
        *(() if _common_level(told) else carried_levels(told.views, voice, "general")),
    )
    is_chosen = any(lead.view.target.lead for lead in told.leads)
    heading = voice.say("general.leads" if is_chosen else "general.leads_default")
    first, ask = " ".join(filter(None, stood)), _ask(told)
    return (
        fitting(
            told.leads,
            lambda lines: (f"{first} {heading}", *(f"- {line}" for line in lines)) if lines else (first,),
            lambda said: count_lines((*said, *ask)) <= MOST_LINES,
        ),
        ask,
    )


def _ask(told: Telling) -> tuple[str, ...]:
    """What the plan has ready to be asked while its lead targets are missed; else the place."""
    voice = told.voice
    asks = [lead.ask for lead in told.leads if lead.ask]
    if "to_province" not in voice.issuer.text.addressed or not asks:
        return where_asked(voice)
    if len(asks) == 1:
        return (voice.say("general.ask_one", issuer=voice.issuer.name, ask=asks[0]),)
    parts = "; ".join(voice.say("focus.part", n=str(n), ask=ask) for n, ask in enumerate(asks, 1))
    return (voice.say("general.ask_all", issuer=voice.issuer.name, parts=parts),)


def where_asked(voice: Voice) -> tuple[str, ...]:
    """Say where what is asked of the addressee stands."""
    return (voice.say("general.ask", issuer=voice.issuer.name),)


def count_lines(paragraphs: Sequence[str]) -> int:
    """Say on how many lines of the report's text the paragraphs stand."""
    style = component("body")
    widths = (style.first_indent + component_width(without_marks(p), style) for p in paragraphs)
    return sum(ceil(width / PAGE.text_width) for width in widths)


def targets_counted(told: Telling) -> str:
    """Say how many targets of the year came out how; "" where the plan has none."""
    voice, year = told.voice, str(told.year.period.year)
    n_due, parts = verdict_counts(told.views, voice)
    of = _common_level(told)
    how = "levels" if told.year.period.judged else "levels_half"
    levels = voice.say(f"general.{how}", of=str(of)) if of else ""
    said = {"year": year, "levels": levels, "parts": parts}
    return voice.say("general.counts", n=voice.count(n_due), **said) if n_due else ""


def _common_level(told: Telling) -> int | None:
    """The earlier year by whose level every target of the year is judged; None where one has its own."""
    carried = {carried_from(view.target, view.result, view.year.period) for view in told.views if view.is_due}
    return carried.pop() if len(carried) == 1 else None
