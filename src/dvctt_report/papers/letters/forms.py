"""What issues the forms: the letter to all units of the year, and the page for the clerk who fills one in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dvctt_report.forms.build import build_form
from dvctt_report.model.period import Period
from dvctt_report.papers.letters import letter
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.report.citing import plan_cited, plan_title
from dvctt_report.report.wording import Voice, for_print
from dvctt_report.text.vietnamese import format_date
from dvctt_report.year.dataset import Dataset

_NUMBERED = "Biểu "


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part of the outline: its heading and what is to be written under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormsAnnexes:
    """Who gets which sheets, and the outline of a return."""

    annex_of: str
    groups: tuple[letter.RowGroup[letter.ListRow], ...]
    list_note: str
    outline: tuple[OutlinePart, ...]


def forms_letter(dataset: Dataset, voice: Voice, settings: letter.LetterTerms) -> letter.Letter:
    """Write the letter to every unit of the year but the compiling office; returns are not looked at."""
    units = tuple(u for u in dataset.units if u.code != dataset.profile.plan.compiler)
    plan, period, issuer = dataset.profile.plan, dataset.period, voice.issuer.name
    scope = plan.scope(dataset.period)
    numbers = [voice.say("letter.annex_numbered", number=n) for n in ("I", "II")]
    shapes = {dataset.profile.roster.group(u.group).form for u in units}
    requests = [
        voice.say("forms.content", annex=numbers[1]),
        *([voice.say("forms.commune")] if "commune" in shapes else ()),
        voice.say("forms.sheets", annex=numbers[0]),
        voice.say("forms.filling"),
        voice.say(
            "forms.deadline",
            first=format_date(plan.period.start(dataset.period)),
            last=format_date(plan.period.cut_off(dataset.period)),
            scope=voice.say("lead.scope", note=scope.note) if scope else "",
            issuer=issuer,
            quote=plan.deadline.quote,
            year=str(plan.deadline.year(period)),
            point=plan.deadline.point,
        ),
        voice.say("forms.upload"),
    ]
    asked = [u for u in units if u.duty == "asked"]
    remarks = (voice.say("forms.asked", annex=numbers[0], **period.slots),) if asked else ()
    cited = {"plan": plan_cited(dataset, voice), "title": plan_title(dataset, voice)}
    text = letter.LetterText(
        opening=(voice.say("forms.opening", issuer=issuer, **period.slots, **cited),),
        requests=letter.numbered(requests),
        remarks=remarks,
        contact=letter.contact(settings, voice),
    )
    annexes = FormsAnnexes(
        annex_of=letter.annex_of(voice),
        groups=_groups(dataset, units, voice),
        list_note=voice.say("forms.list_note", n=voice.count(len(units))),
        outline=parse_outline(voice.say("outline.text", ahead=period.ahead, AHEAD=period.ahead.upper())),
    )
    about = voice.say("forms.about", topic=dataset.profile.plan.topic, **period.slots)
    return letter.make_letter(about, units, numbers[0], text, annexes, voice, settings)


def _groups(
    dataset: Dataset, units: Sequence[Unit], voice: Voice
) -> tuple[letter.RowGroup[letter.ListRow], ...]:
    """Those who owe a return, and apart those who are asked for one."""
    groups = []
    number = 0
    for duty in ("required", "asked"):
        rows = []
        for unit in units:
            if unit.duty == duty:
                number += 1
                rows.append(letter.ListRow(str(number), unit.name, _sheets(dataset, unit)))
        if rows:
            heading = voice.say(f"letter.group_{duty}", n=voice.count(len(rows)))
            groups.append(letter.RowGroup(heading, tuple(rows)))
    return tuple(groups)


def _sheets(dataset: Dataset, unit: Unit) -> str:
    """Name the sheets with figures as their titles do: "Biểu 01-A, 01-B, 02"; else the one sheet there is."""
    form = build_form(dataset.profile, unit, dataset.period)
    titles = [sheet.title.partition(".")[0] for sheet in form.sheets if sheet.title.startswith(_NUMBERED)]
    return _NUMBERED + ", ".join(t.removeprefix(_NUMBERED) for t in titles) if titles else form.sheets[0].name


def parse_outline(text: str) -> tuple[OutlinePart, ...]:
    """Read the outline: parts stand apart by a blank line, the first line of each is its heading."""
    blocks = [block.strip().splitlines() for block in text.strip().split("\n\n")]
    return tuple(
        OutlinePart(block[0].strip(), tuple(line.strip() for line in block[1:])) for block in blocks if block
    )


# ------------------------------------------------------------------------------- the page for the clerk

_SHOWN = 6
"""How many of the ambiguous words are quoted."""


@dataclass(frozen=True, slots=True)
class ClerkPage:
    """One side of A4, the same for every unit, as strings; a working paper."""

    title: str
    about: str
    parts: tuple[OutlinePart, ...]
    note: str


def clerk_page(profile: Profile, period: Period, voice: Voice, settings: letter.LetterTerms) -> ClerkPage:
    """Say how the form of ``year`` is filled in, in the profile's words; ``settings`` say whom to ask."""
    plan = profile.plan
    ambiguous = ", ".join(f"“{word}”" for word in plan.words.ambiguous[:_SHOWN])
    text = voice.say(
        "clerk.text",
        words=voice.say("clerk.such_as", words=ambiguous) if ambiguous else "",
        issuer=voice.issuer.name,
        quote=plan.deadline.quote,
        year=str(plan.deadline.year(period)),
        first=format_date(plan.period.start(period)),
        last=format_date(plan.period.cut_off(period)),
        contact=letter.contact(settings, voice),
    )
    page = ClerkPage(
        title=voice.say("clerk.title", year=str(period.year), period=period.words.upper()),
        about=voice.say("clerk.about"),
        parts=parse_outline(text),
        note=voice.say("clerk.note"),
    )
    return for_print(page)
