"""The tables of annexes that a setting adds: satisfaction by source, the way to later targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from dvctt_report.dataset import Dataset
from dvctt_report.model import Tally, Verdict
from dvctt_report.plan.model import Survey
from dvctt_report.report.decided import mark
from dvctt_report.report.figures import Figure, Figures
from dvctt_report.report.targets import TargetView
from dvctt_report.report.wording import Voice
from dvctt_report.summary.outlook import look_ahead
from dvctt_report.vietnamese import format_count, format_decimal, format_percent


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A field of procedures: valid answers, those satisfied, the share in percent, how many units gave it."""

    number: str
    name: str
    total: str
    done: str
    rate: str
    units: str


@dataclass(frozen=True, slots=True)
class SurveyGroup:
    """A source, whose answers are never added to those of another."""

    heading: str
    rows: tuple[SurveyRow, ...]


@dataclass(frozen=True, slots=True)
class OutlookRow:
    """A later target: threshold, this year's result, what is left, what that is a year; points in percent."""

    number: str
    name: str
    year: str
    goal: str
    rate: str
    distance: str
    per_year: str
    coverage: str


def survey_groups(figures: Figures, voice: Voice) -> tuple[SurveyGroup, ...]:
    """The satisfaction form summed, source by source in the plan's order."""
    by_survey = groupby(figures.surveys, key=lambda entry: entry[0])
    rows = [
        (survey.source, _survey_row(n, survey, [figure for *_, figure in entries], voice))
        for n, (survey, entries) in enumerate(by_survey, 1)
    ]
    by_source = groupby(rows, key=lambda entry: entry[0])
    return tuple(SurveyGroup(source, tuple(row for _, row in entries)) for source, entries in by_source)


def _survey_row(n: int, survey: Survey, figures: Sequence[Figure], voice: Voice) -> SurveyRow:
    valid, satisfied = figures
    none = voice.say("sign.not_available")
    tally = Tally(satisfied.value or 0, valid.value or 0)
    rate = none if tally.share is None else format_percent(tally.share).removesuffix("%")
    total, done = (
        voice.mark(f.id, none if f.value is None else format_count(f.value)) for f in (valid, satisfied)
    )
    return SurveyRow(
        number=str(n),
        name=survey.area,
        total=total,
        done=done,
        rate=voice.mark(f"{survey.code}.percent", rate) + mark(valid, voice),
        units=voice.mark(f"{valid.id}.units", format_count(valid.n_units)),
    )


def outlook_rows(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> tuple[OutlookRow, ...]:
    """The targets that fall due in later years; distances only where enough was reported to know them."""
    later = [view for view in views if view.result.verdict is Verdict.NOT_DUE]
    return tuple(_outlook_row(n, view, dataset.year, voice) for n, view in enumerate(later, 1))


def _outlook_row(n: int, view: TargetView, year: int, voice: Voice) -> OutlookRow:
    result, code = view.result, view.target.code
    outlook = look_ahead(result, view.target, year) if view.enough else None
    none = voice.say("sign.not_available")
    distance, per_year = none, none
    if outlook is not None:
        distance = format_decimal(max(outlook.distance, Decimal(0)))
        per_year = format_decimal(outlook.per_year)
    reported = voice.mark(f"{code}.coverage.reported", str(result.coverage.reported))
    expected = voice.mark(f"{code}.coverage.expected", str(result.coverage.expected))
    goal = f"{result.at_least}" if result.at_least == 100 else f"≥ {result.at_least}"
    return OutlookRow(
        number=str(n),
        name=view.target.label,
        year=str(view.target.first_year),
        goal=voice.mark(f"{code}.at_least", goal),
        rate=voice.mark(f"{code}.percent", view.rate.removesuffix("%") or none),
        distance=voice.mark(f"{code}.way.distance", distance),
        per_year=voice.mark(f"{code}.way.per_year", per_year),
        coverage=f"{reported}/{expected}",
    )
