"""The page for the clerk who fills in a form: one side of A4, the same for every unit. A working paper."""

from __future__ import annotations

from dataclasses import dataclass

from dvctt_report.letters.forms import OutlinePart, parse_outline
from dvctt_report.letters.letter import LetterTerms, contact
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.report.wording import Voice, fit_for_print, map_strings
from dvctt_report.vietnamese import format_date

_SHOWN = 6
"""How many of the ambiguous words are quoted."""


@dataclass(frozen=True, slots=True)
class ClerkPage:
    """The page as strings."""

    title: str
    about: str
    parts: tuple[OutlinePart, ...]
    note: str


def clerk_page(profile: Profile, period: Period, voice: Voice, settings: LetterTerms) -> ClerkPage:
    """Say how the form of ``year`` is filled in, in the profile's words; ``settings`` say whom to ask."""
    plan = profile.plan
    ambiguous = ", ".join(f"“{word}”" for word in plan.words.ambiguous[:_SHOWN])
    text = voice.say(
        "clerk.text",
        words=voice.say("clerk.such_as", words=ambiguous) if ambiguous else "",
        issuer=voice.issuer.name,
        quote=plan.deadline.quote,
        year=str(period.year),
        first=format_date(plan.period.start(period)),
        last=format_date(plan.period.cut_off(period)),
        contact=contact(settings, voice),
    )
    page = ClerkPage(
        title=voice.say("clerk.title", year=str(period.year), period=period.words.upper()),
        about=voice.say("clerk.about"),
        parts=parse_outline(text),
        note=voice.say("clerk.note"),
    )
    return map_strings(page, fit_for_print)
