"""The tables of the report and its annexes as finished text: rows of strings, no cell ever empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from dvctt_report.model import ArrivedBy, Incomparable, Number, Progress, Tally, TaskState, Verdict
from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import YearsBeside
from dvctt_report.plan.model import Target, Unit
from dvctt_report.report.decided import Decided, say_decided, say_unmended
from dvctt_report.report.figures import Figure, Figures, TaskBlock
from dvctt_report.report.targets import OWN, TargetView, coverage_cell, due_years, origin, tally_cells
from dvctt_report.report.wording import Voice, join_terms
from dvctt_report.text.vietnamese import (
    first_letter_capital,
    format_count,
    format_date,
    format_decimal,
    join_names,
    point_letter,
    with_unit,
)
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.compare import compare_years, look_ahead
from dvctt_report.year.summary.controls import why
from dvctt_report.year.summary.returns import ReturnLine
from dvctt_report.year.summary.totals import summed_from
from dvctt_report.year.year import Year


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a table: the body prints a part of it, the annex all but ``counts`` and ``lacking``.

    counts: what was done of all. lacking: how much is lacking to the level, with what it is.
    """

    number: str
    code: str
    name: str
    unit: str
    goal: str
    total: str
    done: str
    rate: str
    difference: str
    verdict: str
    coverage: str
    source: str
    counts: str
    lacking: str


@dataclass(frozen=True, slots=True)
class TargetSection:
    heading: str
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    number: str
    name: str
    units: str


@dataclass(frozen=True, slots=True)
class ChannelRow:
    measure: str
    unit: str
    value: str
    units: str


@dataclass(frozen=True, slots=True)
class ChannelGroup:
    """A channel and its measures; number and name are printed once, beside all of them."""

    number: str
    name: str
    rows: tuple[ChannelRow, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with the number of bodies that it binds, by how far each of them is.

    counts: how many have done it of those that have told.
    """

    number: str
    name: str
    bodies: str
    done: str
    ongoing: str
    not_done: str
    unknown: str
    counts: str


@dataclass(frozen=True, slots=True)
class ReturnRow:
    number: str
    unit: str
    document: str
    sent_on: str
    status: str


@dataclass(frozen=True, slots=True)
class ReturnGroup:
    heading: str
    rows: tuple[ReturnRow, ...]


def target_groups(views: Sequence[TargetView], voice: Voice) -> tuple[TargetSection, ...]:
    """The targets of the year and the later ones, each group with its heading."""
    return tuple(TargetSection(heading, target_rows(group)) for heading, group in view_groups(views, voice))


def view_groups(views: Sequence[TargetView], voice: Voice) -> Iterator[tuple[str, list[TargetView]]]:
    """Yield the targets of the year below their heading, and the later ones below theirs, where there are."""
    due = [view for view in views if view.is_due]
    later = [view for view in views if not view.is_due]
    if views:
        yield voice.say("annex.due", year=str(views[0].year.period.year)), due
    if later:
        yield voice.say("annex.to", year=due_years(later)), later


def target_rows(views: Sequence[TargetView]) -> tuple[TargetRow, ...]:
    """A row for each target, numbered by the plan (parts by letters), and for each field behind it."""
    rows = []
    for number, view in numbered(views):
        none, unknown = (view.voice.say(f"sign.not_{word}") for word in ("applicable", "available"))
        verdict, of_things = view.result.verdict, view.target.of_things
        # A number of things has no total, and stands in the rate's place.
        total, done, _ = tally_cells(view.result.tally, view.result.line, view.sign)
        if of_things and view.has_figure:
            total, done = none, format_count(view.result.tally.numerator)
        total, done = view.mark("denominator", total), view.mark("numerator", done)
        # The points between the printed figure and the level
        no_points = of_things or view.target.measure == "milestone" or verdict is Verdict.NO_LEVEL
        is_settled = view.enough or verdict not in (Verdict.NOT_DUE, Verdict.PROGRESS)
        if no_points or view.by_field or (view.is_field and view.target.joint):
            difference = none
        elif view.printed is None:
            difference = view.sign
        elif verdict is Verdict.INSUFFICIENT or not is_settled:
            difference = unknown
        else:
            points = view.printed - view.threshold
            difference = f"{'+' if points > 0 else ''}{format_decimal(points)}"
        # How much is lacking to the level: nothing where it is met, unknown where that isn't decided; in a
        # part of a year so far. What a number of things lacks is known as long as any unit has given its own.
        so_far = view.progress if verdict is Verdict.PROGRESS else None
        missed = verdict is Verdict.MISSED
        is_known = view.is_open_count or (so_far is not None and of_things)
        if verdict is Verdict.NO_LEVEL or (view.by_field and (missed or so_far or view.is_open_count)):
            lacking = none  # the rows of the fields say it
        elif verdict is Verdict.MET or so_far is Progress.REACHED:
            lacking = view.mark("short", "0")
        elif ((missed or is_known) and view.has_figure) or so_far is Progress.BELOW:
            lacking = view.lacking
        else:
            lacking = unknown
        source = view.authority or view.voice.say("annex.units")
        if view.result.own_tally is not None and view.result.control is not None:
            source = view.result.control.source
        row = TargetRow(
            number=number,
            code=view.target.code,
            name=view.row_name,
            unit=view.target.counted,
            goal=view.goal_cell,
            total=total,
            done=done,
            rate=view.rate_cell,
            difference=view.mark("difference", difference),
            verdict=view.mark("verdict", view.verdict),
            coverage=coverage_cell(view.target.code, view.result.coverage, view.voice),
            source=source,
            # of things, and where nothing is known, there is no such pair
            counts=done if of_things or not view.has_figure else f"{done}/{total}",
            lacking=lacking,
        )
        rows.append(row)
    return tuple(rows)


def numbered(views: Sequence[TargetView]) -> Iterator[tuple[str, TargetView]]:
    """Yield every target with its number, and each of its fields behind it: 12a, 12a.1, 12a.2."""
    for number, view in zip(numbers([v.target for v in views]), views, strict=True):
        yield number, view
        yield from ((f"{number}.{n}", field) for n, field in enumerate(view.fields, 1))


def numbers(targets: Iterable[Target]) -> list[str]:
    """Number targets 1, 2, 3 …; parts of one follow it as 12a, 12b."""
    found: list[str] = []
    n, part = 0, 0
    for target in targets:
        if target.part_of:
            part += 1
            found.append(f"{n}{point_letter(part)}")
        else:
            n, part = n + 1, 0
            found.append(str(n))
    return found


def verdict_heading(period: Period, voice: Voice) -> str:
    """What the column of verdicts is called; in a part of a year it tells how far things are."""
    return voice.say("annex.column_verdict" if period.judged else "annex.column_progress")


def channel_groups(figures: Figures, voice: Voice) -> tuple[ChannelGroup, ...]:
    """The channels in the plan's order, each with one row a measure."""
    groups = []
    for n, (channel, entries) in enumerate(groupby(figures.channels, key=lambda entry: entry[0]), 1):
        rows = tuple(
            ChannelRow(
                m.label,
                m.unit,
                value_cell(f, figures.decided, voice),
                voice.mark(f"{f.id}.units", format_count(f.n_units)),
            )
            for _, m, f in entries
        )
        groups.append(ChannelGroup(str(n), channel.label, rows))
    return tuple(groups)


def task_rows(blocks: Iterable[TaskBlock], decided: Decided, voice: Voice) -> tuple[TaskRow, ...]:
    """One row a task, in the plan's order."""
    order = (TaskState.DONE, TaskState.ONGOING, TaskState.NOT_DONE, TaskState.UNKNOWN)
    rows = []
    for n, task in enumerate((task for block in blocks for task in block.single()), 1):
        code = task.tasks[0].code
        done, ongoing, not_done, unknown = (
            voice.mark(f"{code}.{state}", format_count(task.count(state)))
            + say_decided(
                decided, (o for s in task.statuses if s.state is state for o in s.observations), voice
            )
            for state in order
        )
        bodies = voice.mark(f"{code}.bodies", format_count(len(task.statuses)))
        n_known = len(task.statuses) - task.count(TaskState.UNKNOWN)
        known = voice.mark(f"{code}.known", format_count(n_known))
        counts = f"{done}/{known}" if n_known else voice.say("sign.not_available")
        label = task.tasks[0].dated_label
        rows.append(TaskRow(str(n), label, bodies, done, ongoing, not_done, unknown, counts))
    return tuple(rows)


def value_cell(figure: Figure, decided: Decided, voice: Voice) -> str:
    """A figure in a table, with the mark of a decision; the sign for "not known" where no unit gave it."""
    if figure.value is None:
        return voice.mark(figure.id, voice.say("sign.not_available"))
    return voice.mark(figure.id, format_count(figure.value)) + say_decided(
        decided, figure.observations, voice
    )


def return_groups(year: Year, voice: Voice) -> tuple[ReturnGroup, ...]:
    """Every unit with its return, under the headings of its kind, in protocol order."""
    dataset, none, groups = year.dataset, voice.say("sign.not_available"), []
    headed = groupby(enumerate(year.lines, 1), key=lambda entry: heading_of(dataset, entry[1].unit))
    for heading, entries in headed:
        rows = []
        for n, line in entries:
            number, sent_on, name = line.number, line.sent_on, line.unit.short_name
            if line.first and (line.mended_on or not sent_on):
                number, sent_on = line.first.document_number, line.first.sent_on
            said = (number or none, format_date(sent_on) if sent_on else none, _status(line, dataset, voice))
            roles = zip(("document", "sent_on", "status"), said, strict=True)
            marked = (voice.mark(f"returns.{line.unit.code}.{role}", text) for role, text in roles)
            if bodies := dataset.profile.taken_over(
                line.unit, dataset.period
            ):  # ended, their figures are its
                days = ((body.short_name, format_date(day)) for body, day in bodies)
                until = (voice.say("annex.until", unit=body, date=day) for body, day in days)
                name = voice.say("annex.taken_over", unit=name, bodies=join_names(until))
            rows.append(ReturnRow(str(n), name, *marked))
        groups.append(ReturnGroup(heading, tuple(rows)))
    return tuple(groups)


def heading_of(dataset: Dataset, unit: Unit) -> str:
    return dataset.profile.roster.group(unit.group).heading


_WITHOUT_DAY = {"missing": "not_sent", **{one: one for one in ("paper", "to_enter", "unusable")}}
"""What is said of returns whose day and corrections are not told."""


def _status(line: ReturnLine, dataset: Dataset, voice: Voice) -> str:
    if voice.issuer.naming == "khong":
        return voice.say("annex.sent" if line.received else "sign.not_available")
    if line.status in _WITHOUT_DAY:
        return voice.say(f"annex.{_WITHOUT_DAY[line.status]}")
    days = {"days": voice.count(line.days_late)} if line.status == "late" and not line.at_least else {}
    status = voice.say("annex.late_unsure" if line.at_least else f"annex.{line.status}", **days)
    first = line.first
    if first is not None and first.arrived_on is not None and (line.arrived_late or first.timing):
        if first.timing and first.timing.in_time:
            status = voice.say("annex.decided", status=status, issuer=voice.issuer.name)
        arrived = "annex.missed" if first.arrived_by is ArrivedBy.MISSING else "annex.arrived"
        status = voice.say(arrived, status=status, date=format_date(first.arrived_on))
    if line.mended_on:  # by which document, where that has a number of its own
        mended = {"status": status, "date": format_date(line.mended_on)}
        if not line.number or (first and line.number == first.document_number):
            status = voice.say("annex.mended", **mended)
        else:
            status = voice.say("annex.mended_by", number=line.number, **mended)
    if line.left_out:
        day = format_date(voice.issuer.as_of.date())
        unmended = say_unmended(dataset, [line.unit.code], voice)
        status = voice.say("annex.left_out", status=status, unmended=unmended, date=day)
    return voice.say("annex.correcting", status=status) if line.correcting else status


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
    none = voice.say("sign.not_available")
    by_source: dict[str, list[SurveyRow]] = {}
    for survey, entries in groupby(figures.surveys, key=lambda entry: entry[0]):
        valid, satisfied = (figure for *_, figure in entries)
        cells = (*valid.observations, *satisfied.observations)
        # The target that is summed from the survey has a percentage that its share may not seem to cross.
        goals = (target.goal(year.period) for target in summed_from(year.dataset, survey))
        line = next((goal.line for goal in goals if goal and goal.line is not None), Fraction(100))
        tally = None if valid.value is None else Tally(satisfied.value or 0, valid.value)
        total, done, rate = tally_cells(tally, line, none)
        row = SurveyRow(
            number="",
            name=survey.area,
            total=voice.mark(valid.id, total),
            done=voice.mark(satisfied.id, done),
            rate=voice.mark(f"{survey.code}.percent", rate) + say_decided(figures.decided, cells, voice),
            coverage=coverage_cell(survey.code, coverage[survey.code], voice),
        )
        by_source.setdefault(survey.source, []).append(row)
    numbers_of = iter(range(1, len(figures.surveys) + 1))
    return tuple(
        SurveyGroup(source, tuple(replace(row, number=str(next(numbers_of))) for row in rows))
        for source, rows in by_source.items()
    )


def outlook_rows(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> tuple[OutlookRow, ...]:
    """The targets that fall due in later years; distances only where enough was reported to know them.

    The distance is in points, of things how many are lacking; to a day there is none.
    """
    rows, period = [], dataset.period
    for n, view in enumerate((view for view in views if not view.is_due), 1):
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
        row = OutlookRow(
            number=str(n),
            name=view.target.label,
            year=str(view.target.due_year(period)),
            goal=view.goal_cell,
            rate=view.rate_cell,
            distance=view.lacking if is_known_number else view.mark("way.distance", distance),
            per_year=view.mark("way.per_year", per_year),
            coverage=coverage_cell(view.target.code, view.result.coverage, view.voice),
        )
        rows.append(row)
    return tuple(rows)


def control_rows(views: Iterable[TargetView], voice: Voice) -> tuple[ControlRow, ...]:
    """One row a target of which the system in charge has given a figure, in the plan's order."""
    rows: list[ControlRow] = []
    none = voice.say("sign.not_available")

    def pair(numbers: Iterable[Number | None], sign: str = "") -> str:
        texts = [none if n is None else f"{sign if n > 0 else ''}{format_count(n)}" for n in numbers]
        return " / ".join(texts) if any(text != none for text in texts) else none

    for view in views:
        result, control = view.result, view.result.control
        if view.target.same_as or control is None:
            continue
        own = result.own_tally or result.tally
        given = (own.numerator, own.denominator) if own.denominator else (None, None)
        held = (control.done, control.total)
        between = (None if a is None or b is None else b - a for a, b in zip(given, held, strict=True))
        by_control = result.own_tally is not None
        printed = voice.say("control.prints_control" if by_control else "control.prints_units")
        row = ControlRow(
            number=str(len(rows) + 1),
            name=view.target.label,
            own=view.mark(f"pair{OWN}", pair(given)),
            control=view.mark("pair.control", pair(held)),
            difference=view.mark("pair.difference", pair(between, sign="+")),
            source=voice.say("control.origin", **origin(control)),
            printed=f"{printed}. {first_letter_capital(why(view.target, control))}",
        )
        rows.append(row)
    return tuple(rows)


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
    """Set results beside last year's as far as the setting wants it and last year is known.

    Of another province or other areas no target at all is compared; a sentence says why.
    """
    compared = compare_years(dataset, tuple(view.result for view in views))
    last = dataset.last_year
    if not voice.issuer.compares_years or not compared:
        return ComparisonTable()
    why_none, period = compared[0].why, compared[0].period.slots
    if why_none is Incomparable.PROVINCE and last is not None:
        beside = YearsBeside(dataset.profile, dataset.period, last)
        return ComparisonTable(note=voice.say("last_year.province", province=beside.last.province, **period))
    if why_none is Incomparable.GEOGRAPHY and last is not None:
        spoilt = YearsBeside(dataset.profile, dataset.period, last).spoilt
        names = [dataset.profile.roster.short_names.get(code, code) for code in spoilt]
        few = len(names) <= voice.issuer.max_named
        units = join_terms(names) if few else voice.say("last_year.areas", n=voice.count(len(names)))
        return ComparisonTable(note=voice.say("last_year.geography", units=units, **period))
    rows = []
    for n, (one, view) in enumerate(zip(compared, views, strict=True), 1):
        unknown = "sign.not_applicable" if one.why is Incomparable.DEFINITION else "sign.not_available"
        none, of_things = voice.say(unknown), view.target.of_things
        cells = []
        for value, sign, unit in (
            (one.before, "", view.target.pattern),
            (one.now, "", view.target.pattern),
            (one.points, "+", view.target.counted),
        ):
            number = none if value is None else f"{sign if value > 0 else ''}{format_decimal(value)}"
            cells.append(with_unit(number, unit) if of_things and value is not None else number)
        before, now, points = cells
        role, role_now = ("numerator", "numerator") if of_things else ("percent", "last_year.now")
        row = ComparisonRow(
            number=str(n),
            name=view.target.label,
            before=voice.mark(f"{one.item}.last_year.{role}", before),
            now=voice.mark(f"{one.item}.{role_now}", now),
            points=voice.mark(f"{one.item}.last_year.points", points),
            note=voice.say(f"last_year.why_{one.why.value}" if one.why else "last_year.same"),
        )
        rows.append(row)
    draft = "" if last and last.signed else voice.say("last_year.draft")
    return ComparisonTable(voice.say("last_year.title", draft=draft, **period), tuple(rows))
