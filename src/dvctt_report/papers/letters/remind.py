"""The letters to the units that have not sent: those who owe a return, and apart those only asked for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from dvctt_report.papers.letters import letter
from dvctt_report.plan.model import Unit
from dvctt_report.report.citing import moment, plan_cited, plan_title
from dvctt_report.report.wording import Voice, join_terms
from dvctt_report.text.grouping import by_key
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year

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
    name = f"about{'_asked' if asked else ''}{'_again' if nth > 1 else ''}"
    address = letter.you(units, dataset, voice)
    requests = (voice.say("remind.send", due=letter.due(settings, voice)), voice.say("remind.no_figure"))
    after = () if asked else (voice.say("remind.after", issuer=voice.issuer.name),)
    text = letter.LetterText(
        opening=_opening(dataset, duty, nth, address, voice, settings),
        requests=letter.numbered(requests),
        remarks=(" ".join((*after, voice.say("letter.crossing"))),),
        contact=letter.contact(settings, voice),
    )
    about = voice.say(f"remind.{name}", topic=dataset.profile.plan.topic, **dataset.period.slots)
    annexes = letter.RowsAnnexes(_annexes(units, duty, dataset, voice))
    return letter.make_letter(about, units, voice.say("letter.annex"), text, annexes, voice, settings)


def _opening(
    dataset: Dataset, duty: Duty, nth: int, address: str, voice: Voice, settings: letter.LetterTerms
) -> tuple[str, ...]:
    plan, issuer = dataset.profile.plan, voice.issuer.name
    cited = {"plan": plan_cited(dataset, voice), "title": plan_title(dataset, voice), "issuer": issuer}
    quote, as_of = plan.deadline.quote, moment(voice.issuer.as_of)
    blank = voice.say("letter.blank_document")
    sent = voice.say("remind.forms_sent", document=settings.forms_document or blank)
    if duty == "asked":
        first = voice.say("remind.opening_asked", quote=quote, **dataset.period.slots, **cited)
        owing, ask = "remind.owing_asked", "remind.ask_asked"
    else:
        first = voice.say("remind.opening", quote=quote, point=plan.deadline.point, **cited)
        owing, ask = "remind.owing", "remind.ask"
    said = voice.say(f"{owing}_again" if nth > 1 else owing, as_of=as_of, issuer=issuer, you=address)
    if nth > 1 and duty == "required":
        before = [*settings.reminders[: nth - 1], *([blank] * (nth - 1 - len(settings.reminders)))]
        said = f"{voice.say('remind.first_sent', documents=join_terms(before))} {said}"
    return f"{first} {sent}", f"{said} {voice.say(ask, issuer=issuer, you=address)}"


def _annexes(
    units: Sequence[Unit], duty: Duty, dataset: Dataset, voice: Voice
) -> tuple[letter.RowsAnnex[letter.ListRow], ...]:
    title = voice.say("remind.annex_title" if duty == "required" else "remind.annex_title_asked")
    return listed_addressees(units, title, dataset, voice)


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
