"""The letters to units: to issue forms, to remind, to have mended; the page for the clerk who fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Literal, TypeAlias

from dvctt_report.forms.build import build_form
from dvctt_report.model.period import Period
from dvctt_report.papers.letters import letter
from dvctt_report.papers.mending.lists import MendingList
from dvctt_report.plan.model import Plan, Profile, Unit
from dvctt_report.report.about import LEFT_BLANK
from dvctt_report.report.citing import moment, plan_cited, plan_title
from dvctt_report.report.wording import Voice, for_print, join_terms
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.cascade import roman
from dvctt_report.word.nd30 import PAGE, break_lines, component
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year

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
    groups: list[letter.RowGroup[letter.ListRow]] = []
    for duty in ("required", "asked"):  # those who owe a return, and apart those who are asked for one
        rows = []
        before = sum(len(group.rows) for group in groups)
        for number, unit in enumerate((u for u in units if u.duty == duty), before + 1):
            form = build_form(dataset.profile, unit, dataset.period)
            titles = [sheet.title.partition(".")[0] for sheet in form.sheets]
            titles = [t.removeprefix(_NUMBERED) for t in titles if t.startswith(_NUMBERED)]
            sheets = _NUMBERED + ", ".join(titles) if titles else form.sheets[0].name
            rows.append(letter.ListRow(str(number), unit.name, sheets))
        if rows:
            heading = voice.say(f"letter.group_{duty}", n=voice.count(len(rows)))
            groups.append(letter.RowGroup(heading, tuple(rows)))
    ahead = period.slots["ahead"]
    annexes = FormsAnnexes(
        annex_of=letter.annex_of(voice),
        groups=tuple(groups),
        list_note=voice.say("forms.list_note", n=voice.count(len(units))),
        outline=_outline(voice.say("outline.text", ahead=ahead, AHEAD=ahead.upper()), plan),
    )
    about = voice.say("forms.about", topic=dataset.profile.plan.topic, **period.slots)
    return letter.make_letter(about, units, numbers[0], text, annexes, voice, settings)


_OF_KINDS = {
    "[chỉ tiêu]": ("target",),
    "[hoạt động]": ("topic", "channel"),
    "[nhiệm vụ]": ("task",),
    "[kinh phí]": ("funding",),
    "[danh mục]": ("listing",),
}
"""What a line of the outline begins with that is there only where the plan has such items."""


def _outline(text: str, plan: Plan) -> tuple[OutlinePart, ...]:
    """The outline without lines about what the plan doesn't ask, the lines of a part numbered."""
    for mark, kinds in _OF_KINDS.items():
        there = any(item.kind in kinds for item in plan.items)
        text = text.replace(f"{mark} ", "") if there else re.sub(rf"(?m)^{re.escape(mark)}.*\n", "", text)
    return tuple(
        replace(part, lines=tuple(f"{n}. {line}" for n, line in enumerate(part.lines, 1)))
        if len(part.lines) > 1
        else part
        for part in parse_outline(text)
    )


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
    title = voice.say("clerk.title", year=str(period.year), period=period.words.upper())
    return for_print(ClerkPage(title, voice.say("clerk.about"), parse_outline(text), voice.say("clerk.note")))


# The letters to the units that have not sent: those who owe a return, and apart those only asked for one

Duty: TypeAlias = Literal["required", "asked"]


def units_without_return(year: Year, duty: Duty) -> tuple[Unit, ...]:
    """The units of that duty, in protocol order, of which nothing came, not even a paper or unusable file."""
    compiler = year.profile.plan.compiler
    owing = (line.unit for line in year.lines if line.status == "missing")
    return tuple(unit for unit in owing if unit.duty == duty and unit.code != compiler)


def remind_letter(
    dataset: Dataset, units: Sequence[Unit], duty: Duty, nth: int, voice: Voice, settings: letter.LetterTerms
) -> letter.Letter:
    """Write the ``nth`` reminder to ``units``, at least one; those without duty are only asked to help."""
    asked = duty == "asked"
    address = letter.you(units, dataset, voice)
    requests = (voice.say("remind.send", due=letter.due(settings, voice)), voice.say("remind.no_figure"))
    plan, issuer = dataset.profile.plan, voice.issuer.name
    after = () if asked else (voice.say("remind.after", issuer=issuer),)
    cited = {"plan": plan_cited(dataset, voice), "title": plan_title(dataset, voice), "issuer": issuer}
    quote, as_of = plan.deadline.quote, moment(voice.issuer.as_of)
    blank = voice.say("letter.blank_document")
    sent = voice.say("remind.forms_sent", document=settings.forms_document or blank)
    if asked:
        first = voice.say("remind.opening_asked", quote=quote, **dataset.period.slots, **cited)
        owing, ask = "remind.owing_asked", "remind.ask_asked"
    else:
        first = voice.say("remind.opening", quote=quote, point=plan.deadline.point, **cited)
        owing, ask = "remind.owing", "remind.ask"
    said = voice.say(f"{owing}_again" if nth > 1 else owing, as_of=as_of, issuer=issuer, you=address)
    if nth > 1 and not asked:
        before = [*settings.reminders[: nth - 1], *([blank] * (nth - 1 - len(settings.reminders)))]
        said = f"{voice.say('remind.first_sent', documents=join_terms(before))} {said}"
    text = letter.LetterText(
        opening=(f"{first} {sent}", f"{said} {voice.say(ask, issuer=issuer, you=address)}"),
        requests=letter.numbered(requests),
        remarks=(" ".join((*after, voice.say("letter.crossing"))),),
        contact=letter.contact(settings, voice),
    )
    name = f"remind.about{'_asked' if asked else ''}{'_again' if nth > 1 else ''}"
    about = voice.say(name, topic=plan.topic, **dataset.period.slots)
    title = voice.say("remind.annex_title_asked" if asked else "remind.annex_title")
    annexes = letter.RowsAnnexes(listed_addressees(units, title, dataset, voice))
    return letter.make_letter(about, units, voice.say("letter.annex"), text, annexes, voice, settings)


def listed_addressees(
    units: Sequence[Unit], title: str, dataset: Dataset, voice: Voice
) -> tuple[letter.RowsAnnex[letter.ListRow], ...]:
    """List the addressees where they are too many for "Kính gửi", under the headings of the roster."""
    if len(units) <= letter.MOST_LISTED:
        return ()
    roster = dataset.profile.roster
    by_heading = by_key(
        (roster.group(unit.group).heading, letter.ListRow(str(n), unit.name))
        for n, unit in enumerate(units, 1)
    )
    groups = tuple(letter.RowGroup(heading, tuple(rows)) for heading, rows in by_heading.items())
    note = voice.say("remind.list_note", n=voice.count(len(units)))
    return (letter.RowsAnnex(voice.say("letter.annex"), title, letter.annex_of(voice), (), groups, note),)


# The letter that asks units to mend or confirm what they sent: one unit finds it in the annex, several are
# referred to the list that each is sent apart, as what one is asked is no other's business


@dataclass(frozen=True, slots=True)
class MendingRow:
    """What is to be mended or confirmed: where, what, as written, why, what is asked."""

    number: str
    place: str
    content: str
    written: str
    reason: str
    request: str


def mending_letter(
    dataset: Dataset, mending: Sequence[MendingList], voice: Voice, settings: letter.LetterTerms
) -> letter.Letter:
    """Write one letter to the units of ``mending``, at least one; the annex is that of one alone."""
    units = tuple(one.unit for one in mending)
    address, issuer = letter.you(units, dataset, voice), voice.issuer.name
    label = voice.say("letter.annex")
    opening = voice.say(
        "feedback.opening",
        plan=plan_cited(dataset, voice),
        title=plan_title(dataset, voice),
        issuer=issuer,
        **dataset.period.slots,
        as_of=moment(voice.issuer.as_of),
    )
    is_one = len(mending) == 1
    lead = voice.say("feedback.found", annexes=label) if is_one else voice.say("feedback.found_apart")
    ask = voice.say("feedback.ask", issuer=issuer, you=address)
    requests = [
        *([voice.say("feedback.mend")] if any(one.to_mend for one in mending) else ()),
        *([voice.say("feedback.confirm")] if any(one.to_confirm for one in mending) else ()),
        voice.say("feedback.missing_figure"),
        voice.say("feedback.send", due=letter.due(settings, voice)),
    ]
    text = letter.LetterText(
        opening=(opening, f"{lead} {ask}"),
        requests=letter.numbered(requests),
        remarks=(voice.say("feedback.after"),) if any(one.to_mend for one in mending) else (),
        contact=letter.contact(settings, voice),
    )
    listed = listed_addressees(units, voice.say("feedback.list_title"), dataset, voice)
    annexes = letter.RowsAnnexes[Any]((_annex(mending[0], label, dataset, voice),) if is_one else listed)
    about = voice.say("feedback.about", topic=dataset.profile.plan.topic, **dataset.period.slots)
    return letter.make_letter(about, units, label, text, annexes, voice, settings)


def _annex(one: MendingList, label: str, dataset: Dataset, voice: Voice) -> letter.RowsAnnex[MendingRow]:
    nothing, numbers = voice.say("feedback.nothing_written"), count(1)
    groups: list[letter.RowGroup[MendingRow]] = []
    counts = []
    for name, questions in (("mend", one.to_mend), ("confirm", one.to_confirm)):
        rows = []
        for q in questions:
            written = nothing if q.written in ("", LEFT_BLANK) else q.written
            rows.append(MendingRow(str(next(numbers)), q.place, q.about, written, q.why, q.asked))
        if rows:
            heading = f"{roman(len(groups) + 1)}. {voice.say(f'feedback.group_{name}')}"
            groups.append(letter.RowGroup(heading, tuple(rows)))
            counts.append(voice.say(f"feedback.n_{name}", n=voice.count(len(rows))))
    received = dataset.effective(one.unit.code) or dataset.paper(one.unit.code)
    document = received.submission.cited if received else ""
    name = "feedback.document" if document else "feedback.no_document"
    title = voice.say("feedback.annex_title", name=one.unit.name.upper())
    return letter.RowsAnnex(
        label=label,
        title=break_lines(title, PAGE.landscape_text_width, component("annex_title")),
        of=letter.annex_of(voice),
        about=(voice.say(name, document=document, **dataset.period.slots),),
        groups=tuple(groups),
        note=voice.say("feedback.note", parts=", ".join(counts)),
    )
