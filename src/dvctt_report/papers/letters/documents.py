"""Documents beside the report: the quick report, one page of the lead targets, and the page for a meeting,
which shows the same beside a chart; the submission (tờ trình) that lays the report before the province.

Neither quick report nor page is ever final: they say of how many units their figures are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from dvctt_report.model import Verdict
from dvctt_report.papers.letters.letter import FinishedDocument, letter_tail
from dvctt_report.papers.letters.signing import height
from dvctt_report.papers.letters.uncertain import listed
from dvctt_report.report import narrative
from dvctt_report.report.charts import Chart, gap_chart
from dvctt_report.report.citing import document_head, moment, plan_cited, plan_title
from dvctt_report.report.narrative import returns_counted, with_verdict
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling, fitting
from dvctt_report.report.wording import for_print, join_terms
from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.nd30 import PAGE, POINTS_PER_MM
from dvctt_report.year.summary.totals import tally_done

PAGE_LINES = 18
"""Lines of text, notices among them, that one page holds between its addressee and a signature."""
_ROOM, _LEAST_BAR = 128.0, 4.6
"""Millimetres of the page for a meeting: for notices, lines and chart; for a bar, whose name Word leaves out
where there is less."""
_UNITS_NAMED = (10, 5, 2, 0)
"""How many missing units are named: the most that leave room for every lead target that is not met."""


@dataclass(frozen=True, slots=True)
class QuickText:
    """The page from its opening sentence to the closing one."""

    opening: str
    points: tuple[str, ...]
    closing: str


QuickReport: TypeAlias = FinishedDocument[QuickText]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A page to be shown in a meeting: a heading, few lines, one chart (none where nothing is judged)."""

    heading: str
    about: str
    points: tuple[str, ...]
    target_chart: tuple[Chart, ...]
    note: str


def make_quick(told: Telling) -> tuple[QuickReport, MeetingPage]:
    """Say on one page what the figures at hand make certain, and of how many units they are."""
    voice, period = told.voice, told.year.period
    plan, of_units = told.year.profile.plan, _of_units(told)
    opening = voice.say(
        "quick.opening",
        issuer=voice.issuer.name,
        **period.slots,
        first=format_date(plan.period.start(period)),
        last=format_date(plan.period.cut_off(period)),
        **of_units,
    )
    closing = voice.say("quick.closing", issuer=voice.issuer.name)
    # No mark of a draft: it is told for what it is. What the profile only supposes is told all the same.
    head = replace(document_head(told.year.dataset, voice, "quick.subject"), draft_mark=())
    counted, around = narrative.targets_counted(told), (*voice.issuer.notice, opening, closing)

    def lines(leads: Sequence[str], n_units: int) -> tuple[str, ...]:
        return tuple(f"- {one}" for one in (counted, *leads, *_missing(told, n_units)) if one)

    def fits(said: Sequence[str]) -> bool:
        return narrative.count_lines((*around, *said)) <= PAGE_LINES

    tried = [fitting(told.leads, partial(lines, n_units=n), fits) for n in _UNITS_NAMED]
    wanted = len(lines([lead.line for lead in told.leads if lead.view.result.verdict is not Verdict.MET], 0))
    points = next((said for said in tried if len(said) >= wanted), tried[-1])
    text = voice.introduce(QuickText(opening, points, closing))
    chart = gap_chart(told.views, 1, voice)

    def left(points: Sequence[str]) -> float:
        width = PAGE.landscape_text_width
        taken = height(voice.issuer.notice, "memo_note", width) + height(points, "body", width)
        return _ROOM - taken / POINTS_PER_MM

    shown = fitting(
        told.leads,
        lambda lines: (counted, *(f"- {line}" for line in lines)),
        lambda said: all(left(said) >= _LEAST_BAR * len(one.categories) for one in chart),
    )
    page = MeetingPage(
        heading=voice.say("quick.heading", year=str(period.year), period=period.words.upper()),
        about=voice.say("quick.of_units", **of_units),
        points=shown,
        target_chart=tuple(replace(one, height=min(one.height, left(shown))) for one in chart),
        note=voice.say("quick.note"),
    )
    return for_print(FinishedDocument(head, text, letter_tail(voice))), for_print(page)


def _of_units(told: Telling) -> dict[str, str]:
    """Of how many units the figures are: a paper alone, and a form that can't be used, have none."""
    voice = told.voice
    usable = sum(told.year.dataset.effective(unit.code) is not None for unit in told.year.units)
    received = sum(line.received for line in told.year.lines)
    said = voice.count(usable)
    return {
        "n": voice.mark("returns.received", said) if usable == received else said,
        "expected": voice.count(len(told.year.lines)),
        "as_of": moment(voice.issuer.as_of),
    }


def _missing(told: Telling, most: int) -> Iterable[str]:
    """Say whose return is missing or can't be used, with as many names as the setting and the page allow."""
    voice = told.voice
    is_named = most and voice.issuer.naming != "khong"
    for status in ("missing", "unusable", "paper", "to_enter"):
        if names := told.names(status):
            listing = voice.say("names.listed", names=listed(names, voice, most=most)) if is_named else ""
            yield voice.say(f"quick.{status}", n=voice.count(len(names)), names=listing)


# ------------------- the submission. Source: NĐ 30/2020 Phụ lục I, II.9b; Phụ lục III, Mẫu 1.4


@dataclass(frozen=True, slots=True)
class SubmissionText:
    """Why, what came out in a few figures, what is asked, what is enclosed."""

    opening: str
    returns: tuple[str, ...]
    results: tuple[str, ...]
    request: str
    enclosed: str
    closing: str


SubmissionLetter: TypeAlias = FinishedDocument[SubmissionText]


def make_submission(told: Telling, draft: Issuer) -> SubmissionLetter:
    """Submit the report that ``draft`` issues; the voice is that of the office that drew it up.

    Its sentences about figures are the report's own. Always a draft, as what it submits is one.
    """
    dataset, voice = told.year.dataset, told.voice
    issuer, period = voice.issuer, dataset.period
    about = {"issuer": issuer.name, "province": draft.name, "ministry": draft.addressee}
    returns = returns_counted(told.year.lines, voice)
    if correcting := sum(line.correcting for line in told.year.lines):
        returns += f" {voice.say('submission.correcting', n=voice.count(correcting))}"
    # How the targets came out, those missed one by one, those not judged by name; the tasks
    views, said = told.views, [narrative.targets_counted(told)]
    if missed := with_verdict(views, Verdict.MISSED):
        said.append(voice.say("submission.missed", n=voice.count(len(missed))))
    for view in missed:
        slots = {"name": view.flag(view.target.label), "figure": view.figure, "goal": view.goal}
        said.append(f"- {view.voice.say('submission.missed_one', **slots)}")
    if unclear := with_verdict(views, Verdict.INSUFFICIENT):
        names = join_terms(view.name for view in unclear)
        said.append(voice.say("limit.insufficient", n=voice.count(len(unclear)), names=names))
    if decided := {
        c.unit for view in views for c in view.result.contributions if c.tally and c.unit in view.resting
    }:
        said.append(voice.say("submission.decided", n=voice.count(len(decided))))
    tasks = tally_done(told.year.summary.tasks)
    if tasks.denominator:
        slots = {"done": voice.count(tasks.numerator), "all": voice.count(tasks.denominator)}
        said.append(voice.say("submission.tasks", **slots))
    text = SubmissionText(
        opening=voice.say(
            "submission.opening",
            plan=plan_cited(dataset, voice),
            title=plan_title(dataset, voice),
            addressee=issuer.addressee,
            **period.slots,
            **about,
        ),
        returns=(returns,),
        results=tuple(said),
        request=voice.say("submission.request", **about),
        enclosed=voice.say("submission.enclosed", **period.slots, **about),
        closing=voice.say("submission.closing", issuer=issuer.name, addressee=issuer.addressee),
    )
    head = document_head(dataset, voice, "submission.subject", kind="TTr-")
    return for_print(FinishedDocument(head, voice.introduce(text), letter_tail(voice)))
