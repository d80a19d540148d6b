"""The tables of annexes that a setting adds: satisfaction by source, the way to later targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from dvctt_report.dataset import Dataset
from dvctt_report.model import SurveyResult, Verdict
from dvctt_report.plan.model import Survey
from dvctt_report.report.figures import Figures
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
    coverage: str


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
    numbered = enumerate(figures.surveys, 1)
    return tuple(
        SurveyGroup(source, tuple(_survey_row(n, survey, result, voice) for n, (survey, result) in entries))
        for source, entries in groupby(numbered, key=lambda entry: entry[1][0].source)
    )


def _survey_row(n: int, survey: Survey, result: SurveyResult, voice: Voice) -> SurveyRow:
    tally, counted = result.tally, bool(result.observations)
    none = voice.say("sign.not_available")
    share = tally.share
    rate = none if share is None else format_percent(share).removesuffix("%")
    reported = voice.mark(f"{survey.code}.coverage.reported", str(result.coverage.reported))
    expected = voice.mark(f"{survey.code}.coverage.expected", str(result.coverage.expected))
    return SurveyRow(
        number=str(n),
        name=survey.area,
        total=voice.mark(f"{survey.code}.denominator", format_count(tally.denominator) if counted else none),
        done=voice.mark(f"{survey.code}.numerator", format_count(tally.numerator) if counted else none),
        rate=voice.mark(f"{survey.code}.percent", rate),
        coverage=f"{reported}/{expected}",
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
