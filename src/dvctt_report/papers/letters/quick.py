"""What can be said at any time: the quick report, one page of the lead targets, and the page for a meeting,
which shows the same beside a chart.

Neither is ever a final report: they say of how many units their figures are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from dvctt_report.model import Verdict
from dvctt_report.papers.letters.letter import NamedDocument, letter_tail
from dvctt_report.papers.letters.signing import height
from dvctt_report.papers.letters.uncertain import listed
from dvctt_report.report import narrative
from dvctt_report.report.charts import Chart, gap_chart
from dvctt_report.report.citing import document_head, moment
from dvctt_report.report.telling import Telling, fitting
from dvctt_report.report.wording import for_print
from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.nd30 import PAGE, POINTS_PER_MM

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


QuickReport: TypeAlias = NamedDocument[QuickText]


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
    closing = voice.say("quick.closing", issuer=voice.issuer.name)
    opening = _opening(told)
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
        about=voice.say("quick.of_units", **_of_units(told)),
        points=shown,
        target_chart=tuple(replace(one, height=min(one.height, left(shown))) for one in chart),
        note=voice.say("quick.note"),
    )
    report = NamedDocument(head, text, letter_tail(voice))
    return for_print(report), for_print(page)


def _opening(told: Telling) -> str:
    plan, period = told.year.profile.plan, told.year.period
    return told.voice.say(
        "quick.opening",
        issuer=told.voice.issuer.name,
        **period.slots,
        first=format_date(plan.period.start(period)),
        last=format_date(plan.period.cut_off(period)),
        **_of_units(told),
    )


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
    for status in ("missing", "unusable", "paper", "to_enter"):
        names = told.names(status)
        if not names:
            continue
        is_named = most and voice.issuer.naming != "khong"
        said = voice.say("names.listed", names=listed(names, voice, most=most)) if is_named else ""
        yield voice.say(f"quick.{status}", n=voice.count(len(names)), names=said)
