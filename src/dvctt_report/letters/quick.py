"""What can be said at any time: the quick report, one page with what is certain alone, and the page for a
meeting, which shows the same beside a chart.

Neither is ever a final report: they say of how many units their figures are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dvctt_report.dataset import Dataset
from dvctt_report.letters.letter import LetterTail, letter_tail
from dvctt_report.letters.uncertain import listed
from dvctt_report.model import Finding, Grade, Summary, Verdict
from dvctt_report.nd30.chart import Chart
from dvctt_report.report import general
from dvctt_report.report.charts import gap_chart
from dvctt_report.report.citing import moment
from dvctt_report.report.head import Head, document_head
from dvctt_report.report.narrative import verdict_counts, with_verdict
from dvctt_report.report.targets import TargetView, target_views
from dvctt_report.report.wording import Voice, fit_for_print, introduce_abbreviations, map_strings
from dvctt_report.summary.returns import ReturnLine, return_lines
from dvctt_report.vietnamese import format_date

PAGE_LINES = 18
"""Lines of text, notices among them, that one page holds between its addressee and a signature."""
_NAMED = ((3, 2, 10), (2, 2, 10), (2, 1, 10), (1, 1, 10), (1, 1, 5), (1, 1, 2), (0, 0, 2), (0, 0, 0))
"""How many targets missed, targets met and missing units are named: the most that the page holds."""


@dataclass(frozen=True, slots=True)
class QuickText:
    """The page from its opening sentence to the closing one."""

    opening: str
    points: tuple[str, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class QuickReport:
    """A finished quick report: its strings, clean and NFC."""

    head: Head
    text: QuickText
    tail: LetterTail

    @property
    def parts(self) -> tuple[Any, ...]:
        """What the template sees side by side."""
        return (self.head, self.text, self.tail)


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A page to be shown in a meeting: a heading, few lines, one chart (none where nothing is judged)."""

    heading: str
    about: str
    points: tuple[str, ...]
    target_chart: tuple[Chart, ...]
    note: str


def make_quick(
    dataset: Dataset, summary: Summary, findings: Iterable[Finding], voice: Voice
) -> tuple[QuickReport, MeetingPage]:
    """Say on one page what the figures at hand make certain, and of how many units they are."""
    lines = return_lines(dataset, tuple(findings))
    views = target_views(dataset, summary, {line.unit.code: line for line in lines}, voice)
    year = str(dataset.period.year)
    closing = voice.say("quick.closing", issuer=voice.issuer.name)
    opening = _opening(dataset, lines, voice)
    # No mark of a draft: it is told for what it is. What the profile only supposes is told all the same.
    head = replace(document_head(dataset, voice, "quick.subject"), draft_mark=())
    for named in _NAMED:
        points = _points(lines, views, voice, year, named)
        if general.count_lines((*head.notice, opening, *points, closing)) <= PAGE_LINES:
            break
    text = introduce_abbreviations(QuickText(opening, points, closing), voice.phrases.abbreviations)
    page = MeetingPage(
        heading=voice.say("quick.heading", year=year, period=dataset.period.words.upper()),
        about=voice.say("quick.of_units", **_of_units(dataset, lines, voice)),
        points=(_counted(views, voice, year),),
        target_chart=gap_chart(views, 1, voice),
        note=voice.say("quick.note"),
    )
    report = QuickReport(head, text, letter_tail(voice))
    return map_strings(report, fit_for_print), map_strings(page, fit_for_print)


def _opening(dataset: Dataset, lines: Sequence[ReturnLine], voice: Voice) -> str:
    plan, period = dataset.profile.plan, dataset.period
    return voice.say(
        "quick.opening",
        issuer=voice.issuer.name,
        **period.slots,
        first=format_date(plan.period.start(period)),
        last=format_date(plan.period.cut_off(period)),
        **_of_units(dataset, lines, voice),
    )


def _of_units(dataset: Dataset, lines: Sequence[ReturnLine], voice: Voice) -> dict[str, str]:
    """Of how many units the figures are: a paper alone, and a form that can't be used, have none."""
    usable = sum(dataset.effective(unit.code) is not None for unit in dataset.units)
    received = sum(line.received for line in lines)
    said = voice.count(usable)
    return {
        "n": voice.mark("returns.received", said) if usable == received else said,
        "expected": voice.count(len(lines)),
        "as_of": moment(voice.issuer.as_of),
    }


def _points(
    lines: Sequence[ReturnLine],
    views: Sequence[TargetView],
    voice: Voice,
    year: str,
    named: tuple[int, int, int],
) -> tuple[str, ...]:
    n_missed, n_met, n_units = named
    sure = [view for view in views if view.result.grade is Grade.CERTAIN]
    said = (
        _counted(views, voice, year),
        general.met_said(sure, n_met, voice),
        general.missed_said(sure, n_missed, voice, others="quick.others"),
        *_missing(lines, n_units, voice),
    )
    return tuple(f"- {one}" for one in said if one)


def _counted(views: Sequence[TargetView], voice: Voice, year: str) -> str:
    """Count the verdicts that nothing missing can turn, and say what became of the others."""
    due = [view for view in views if view.result.verdict is not Verdict.NOT_DUE]
    if with_verdict(due, Verdict.PROGRESS):
        n_due, told = verdict_counts(views, voice, "general")
        return voice.say("quick.counts", n=voice.count(n_due), year=year, parts=told, open="")
    sure = [view for view in due if view.result.grade is Grade.CERTAIN]
    counts = {name: len(with_verdict(sure, Verdict(name))) for name in ("met", "missed")}
    parts = [voice.say(f"quick.{name}", n=voice.count(n)) for name, n in counts.items() if n]
    n_open = len(due) - sum(counts.values())
    still_open = voice.say("quick.open", n=voice.count(n_open)) if n_open else ""
    said = ", ".join(parts) or voice.say("quick.none_sure")
    return voice.say("quick.counts", n=voice.count(len(due)), year=year, parts=said, open=still_open)


def _missing(lines: Sequence[ReturnLine], most: int, voice: Voice) -> Iterable[str]:
    """Say whose return is missing or can't be used, with as many names as the setting and the page allow."""
    for status in ("missing", "unusable", "paper", "to_enter"):
        names = [line.unit.short_name for line in lines if line.status == status]
        if not names:
            continue
        told = most and voice.issuer.naming != "khong"
        said = voice.say("names.listed", names=listed(names, voice, most=most)) if told else ""
        yield voice.say(f"quick.{status}", n=voice.count(len(names)), names=said)
