"""The tables of annexes: satisfaction, the way to later targets, systems in charge, the year before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from dvctt_report.model import Comparison, Control, Coverage, Incomparable, Number, Tally
from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import YearsBeside
from dvctt_report.plan.model import Survey
from dvctt_report.report.controls import OWN, origin
from dvctt_report.report.decided import say_mark
from dvctt_report.report.figures import Figure, Figures
from dvctt_report.report.targets import TargetView, coverage_cell, tally_cells
from dvctt_report.report.wording import Voice, join_terms
from dvctt_report.text.vietnamese import first_letter_capital, format_count, format_decimal, with_unit
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.compare import compare_years, look_ahead
from dvctt_report.year.summary.controls import why
from dvctt_report.year.summary.totals import summed_from
from dvctt_report.year.year import Year


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


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A target's two figures ("done / total"), what lies between, whose the second is, which is printed."""

    number: str
    name: str
    own: str
    control: str
    difference: str
    source: str
    printed: str


def survey_groups(year: Year, figures: Figures, voice: Voice) -> tuple[SurveyGroup, ...]:
    """The satisfaction form summed, the rows of each source together, in the plan's order."""
    coverage = {total.item: total.coverage for total in year.summary.totals}
    by_survey = groupby(figures.surveys, key=lambda entry: entry[0])
    by_source: dict[str, list[SurveyRow]] = {}
    for survey, entries in by_survey:
        rows = by_source.setdefault(survey.source, [])
        counted = [f for *_, f in entries]
        mark = say_mark(figures.decided, (o for f in counted for o in f.observations), voice)
        about = _line(year.dataset, survey)
        rows.append(_survey_row(survey, about, counted, coverage[survey.code], mark, voice))
    numbered = iter(range(1, len(figures.surveys) + 1))
    return tuple(
        SurveyGroup(source, tuple(replace(row, number=str(next(numbered))) for row in rows))
        for source, rows in by_source.items()
    )


def _line(dataset: Dataset, survey: Survey) -> Fraction:
    """The percentage of the target summed from the survey, which its share may not seem to cross; or 100."""
    found = (target.goal(dataset.period) for target in summed_from(dataset, survey))
    return next((goal.line for goal in found if goal and goal.line is not None), Fraction(100))


def _survey_row(
    survey: Survey, line: Fraction, figures: Sequence[Figure], coverage: Coverage, mark: str, voice: Voice
) -> SurveyRow:
    valid, satisfied = figures
    none = voice.say("sign.not_available")
    tally = None if valid.value is None else Tally(satisfied.value or 0, valid.value)
    total, done, rate = tally_cells(tally, line, none)
    return SurveyRow(
        number="",
        name=survey.area,
        total=voice.mark(valid.id, total),
        done=voice.mark(satisfied.id, done),
        rate=voice.mark(f"{survey.code}.percent", rate) + mark,
        coverage=coverage_cell(survey.code, coverage, voice),
    )


def outlook_rows(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> tuple[OutlookRow, ...]:
    """The targets that fall due in later years; distances only where enough was reported to know them."""
    later = [view for view in views if not view.is_due]
    return tuple(_outlook_row(n, view, dataset.period, voice) for n, view in enumerate(later, 1))


def _outlook_row(n: int, view: TargetView, period: Period, voice: Voice) -> OutlookRow:
    """The distance is in points, of things how many are lacking; to a day there is none."""
    outlook = look_ahead(view.result, view.target, period) if view.enough else None
    distance = per_year = voice.say("sign.not_available")
    if view.target.of_things and view.result.goal is not None:
        per_year = voice.say("sign.not_applicable")
    elif view.target.measure == "milestone":
        distance = per_year = voice.say("sign.not_applicable")
    elif outlook is not None:
        distance = format_decimal(max(outlook.distance, Decimal(0)))
        per_year = format_decimal(outlook.per_year)
    is_known_number = view.target.of_things and view.has_figure and view.enough and not view.fields
    return OutlookRow(
        number=str(n),
        name=view.target.label,
        year=str(view.target.due_year(period)),
        goal=view.goal_cell,
        rate=view.rate_cell,
        distance=view.lacking if is_known_number else view.mark("way.distance", distance),
        per_year=view.mark("way.per_year", per_year),
        coverage=view.coverage_cell,
    )


def control_rows(views: Iterable[TargetView], voice: Voice) -> tuple[ControlRow, ...]:
    """One row a target of which the system in charge has given a figure, in the plan's order."""
    compared = [(v, v.result.control) for v in views if not v.target.same_as]
    listed = [(v, c) for v, c in compared if c is not None]
    return tuple(_control_row(n, view, control, voice) for n, (view, control) in enumerate(listed, 1))


def _control_row(n: int, view: TargetView, control: Control, voice: Voice) -> ControlRow:
    result = view.result
    own = result.own_tally or result.tally
    by_control = result.own_tally is not None
    printed = voice.say("control.prints_control" if by_control else "control.prints_units")
    reason = first_letter_capital(why(view.target, control))
    source = voice.say("control.origin", **origin(control))
    none = voice.say("sign.not_available")
    given = (own.numerator, own.denominator) if own.denominator else (None, None)
    held = (control.done, control.total)
    between = tuple(None if a is None or b is None else b - a for a, b in zip(given, held, strict=True))
    return ControlRow(
        number=str(n),
        name=view.target.label,
        own=view.mark(f"pair{OWN}", _pair(given, none)),
        control=view.mark("pair.control", _pair(held, none)),
        difference=view.mark("pair.difference", _pair(between, none, signed=True)),
        source=source,
        printed=f"{printed}. {reason}",
    )


def _pair(numbers: tuple[Number | None, ...], none: str, *, signed: bool = False) -> str:
    def text(n: Number | None) -> str:
        return none if n is None else f"{'+' if signed and n > 0 else ''}{format_count(n)}"

    return " / ".join(text(n) for n in numbers) if any(n is not None for n in numbers) else none


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A target in the two years; ``note`` says why the points between them are not given."""

    number: str
    name: str
    before: str
    now: str
    points: str
    note: str


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """What stands under the results of the year: a title with rows, or a sentence, or nothing at all."""

    title: str = ""
    rows: tuple[ComparisonRow, ...] = ()
    note: str = ""


def compare_with_last_year(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> ComparisonTable:
    """Set results beside last year's as far as the setting wants it and last year is known."""
    found = compare_years(dataset, tuple(view.result for view in views))
    if not voice.issuer.compares_years or not found:
        return ComparisonTable()
    if (note := _none_at_all(dataset, found[0], voice)) is not None:
        return ComparisonTable(note=note)
    numbered = enumerate(zip(found, views, strict=True), 1)
    rows = tuple(_row(n, one, view, voice) for n, (one, view) in numbered)
    draft = "" if dataset.last_year and dataset.last_year.signed else voice.say("last_year.draft")
    return ComparisonTable(voice.say("last_year.title", draft=draft, **found[0].period.slots), rows)


def _none_at_all(dataset: Dataset, first: Comparison, voice: Voice) -> str | None:
    """Why no target at all is set beside last year's; None where it is not so."""
    if first.why not in (Incomparable.PROVINCE, Incomparable.GEOGRAPHY) or dataset.last_year is None:
        return None
    beside = YearsBeside(dataset.profile, dataset.period, dataset.last_year)
    if first.why is Incomparable.PROVINCE:
        return voice.say("last_year.province", province=beside.last.province, **first.period.slots)
    names = [dataset.profile.roster.short_names.get(code, code) for code in beside.spoilt]
    few = len(names) <= voice.issuer.max_named
    units = join_terms(names) if few else voice.say("last_year.areas", n=voice.count(len(names)))
    return voice.say("last_year.geography", units=units, **first.period.slots)


def _row(n: int, one: Comparison, view: TargetView, voice: Voice) -> ComparisonRow:
    none = voice.say("sign.not_applicable" if one.why is Incomparable.DEFINITION else "sign.not_available")
    sign = "+" if one.points is not None and one.points > 0 else ""
    things = view.target.of_things
    role, beside = ("numerator", "numerator") if view.target.of_things else ("percent", "last_year.now")
    before, now, points = (
        none
        if value is None
        else with_unit(lead + format_decimal(value), unit)
        if things
        else lead + format_decimal(value)
        for value, lead, unit in (
            (one.before, "", view.target.pattern),
            (one.now, "", view.target.pattern),
            (one.points, sign, view.target.counted),
        )
    )
    return ComparisonRow(
        number=str(n),
        name=view.target.label,
        before=voice.mark(f"{one.item}.last_year.{role}", before),
        now=voice.mark(f"{one.item}.{beside}", now),
        points=voice.mark(f"{one.item}.last_year.points", points),
        note=voice.say(f"last_year.why_{one.why.value}" if one.why else "last_year.same"),
    )
