"""What can be said at any time: the quick report, one page that names what is certain alone, and the page for
a meeting, which shows the same beside a chart.

Neither is ever a final report: they say of how many units their figures are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from dvctt_report.model import Basis, Grade
from dvctt_report.papers.letters.letter import NamedDocument, letter_tail
from dvctt_report.papers.letters.uncertain import listed
from dvctt_report.report import general
from dvctt_report.report.charts import gap_chart
from dvctt_report.report.citing import moment
from dvctt_report.report.head import document_head
from dvctt_report.report.telling import Telling
from dvctt_report.report.word_charts import Chart
from dvctt_report.report.wording import for_print
from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.nd30 import PAGE, component, count_lines

PAGE_LINES = 18
"""Lines of text, notices among them, that one page holds between its addressee and a signature."""
_CHART_ROOM, _NOTICE_LINE = 114.0, 8.0
"""Millimetres of the page for a meeting: for the chart, and what each line of a notice takes of it."""
_NAMED = ((3, 2, 10), (2, 2, 10), (2, 1, 10), (1, 1, 10), (1, 1, 5), (1, 1, 2), (0, 0, 2), (0, 0, 0))
"""How many targets missed, targets met and missing units are named: the most that the page holds."""


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
    for named in _NAMED:
        points = _points(told, *named)
        if general.count_lines((*voice.issuer.notice, opening, *points, closing)) <= PAGE_LINES:
            break
    text = voice.introduce(QuickText(opening, points, closing))
    style, width = component("memo_note"), PAGE.landscape_text_width
    n_lines = sum(count_lines(line, width, style) for line in voice.issuer.notice)
    page = MeetingPage(
        heading=voice.say("quick.heading", year=str(period.year), period=period.words.upper()),
        about=voice.say("quick.of_units", **_of_units(told)),
        points=(general.targets_counted(told),),
        target_chart=tuple(
            replace(chart, height=min(chart.height, _CHART_ROOM - _NOTICE_LINE * n_lines))
            for chart in gap_chart(told.views, 1, voice)
        ),
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


def _points(told: Telling, n_missed: int, n_met: int, n_units: int) -> tuple[str, ...]:
    # What was concluded because no more is waited for may still be turned by who comes.
    certain = (view for view in told.views if view.result.grade is Grade.CERTAIN)
    sure = [view for view in certain if view.result.basis is not Basis.CLOSED]
    said = (
        general.targets_counted(told),
        general.met_said(sure, n_met, told.voice),
        general.missed_said(sure, n_missed, told.voice, others="quick.others"),
        *_missing(told, n_units),
    )
    return tuple(f"- {one}" for one in said if one)


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
