"""What the year comes to: tallies, coverage, bounds, verdicts, sums, tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from dvctt_report.model.answers import Observation, State
from dvctt_report.model.goals import Goal, Number, Tally
from dvctt_report.model.period import Period


class Printed(StrEnum):
    """Which of two figures the report prints: the sum of the units' own, or that of the system in charge."""

    UNITS = "units"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Control:
    """What the system in charge holds about a target: for one unit, or for the whole province (``unit`` "").

    ``total`` or ``done`` is None where it doesn't know that number. ``printed`` is what the officer chose for
    the province, None where the plan's choice stands; ``reason`` belongs to it.
    """

    item: str
    unit: str
    total: int | None
    done: int | None
    source: str
    cut_off: date
    document: str
    printed: Printed | None = None
    reason: str = ""
    who: str = ""
    when: datetime | None = None


class Verdict(StrEnum):
    """How a target came out.

    Three of them are no judgement: not due before a later year, no level in the plan, progress in a part of
    the year, at whose end alone it is judged.
    """

    MET = "met"
    MISSED = "missed"
    INSUFFICIENT = "insufficient"
    NONE_ARISING = "none_arising"
    NOT_APPLICABLE = "not_applicable"
    NOT_DUE = "not_due"
    NO_LEVEL = "no_level"
    PROGRESS = "progress"


class Progress(StrEnum):
    """How far a target is in a part of the year: the year's level reached, not yet, or not known."""

    REACHED = "reached"
    BELOW = "below"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """How a verdict is known: every unit answered; missing ones can't change it; enough answered.

    ``closed``: of a number of things, by decision no more is waited for.
    """

    COMPLETE = "complete"
    SAFE = "safe"
    PARTIAL = "partial"
    CLOSED = "closed"


class Grade(StrEnum):
    """How sure a verdict is.

    ``certain``: nothing that is still missing can turn it. ``provisional``: enough units have answered, and
    those that haven't can turn it. ``insufficient``: too little is known for a verdict.
    """

    CERTAIN = "certain"
    PROVISIONAL = "provisional"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True)
class Coverage:
    """``reported`` of ``expected`` units gave a usable answer ("không phát sinh" is one)."""

    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest share that the missing units could still give; None where not computable."""

    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """The same coverage weighed by what is counted: ``reported`` of ``expected`` persons, dossiers …"""

    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit adds to a result: its tally, or the state that explains why there is none.

    ``known_denominator`` is set where the unit gave a usable total but no usable numerator. ``left_out``: by
    the officer's decision, until the unit mends it.
    """

    unit: str
    state: State
    tally: Tally | None = None
    known_denominator: int | None = None
    observations: tuple[Observation, ...] = ()
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A target of the plan, judged: integers, verdict with its basis, coverage, bounds, who gave what.

    ``goal`` is what was applied (for a 2030 target: what it will have to reach), None where the plan sets
    nothing: what was done is told then, and not judged. ``missing`` names units in roster order. ``weight``
    is None where a missing unit's total is not known, or units themselves are counted. ``turn`` is the least
    that the missing units have to add to carry the figure across the goal (``Goal.turned_by``); None where
    nothing they add can; ``awaited`` names those among them that the verdict waits for. ``control`` is what
    the system in charge holds; where that is printed, it is the ``tally`` that was judged, and ``own_tally``
    what the units add up to (else None). ``fields`` are the results of the fields of procedures that it is
    summed from, by which it is judged unless the plan reads it jointly; ``turn`` is then the least over the
    fields, or what all of them lack together.
    """

    item: str
    tally: Tally
    goal: Goal | None
    verdict: Verdict
    basis: Basis | None
    coverage: Coverage
    bounds: Bounds = Bounds()
    contributions: tuple[Contribution, ...] = ()
    missing: tuple[str, ...] = field(default=())
    weight: Weight | None = None
    turn: int | None = None
    awaited: tuple[str, ...] = ()
    control: Control | None = None
    own_tally: Tally | None = None
    fields: tuple[Result, ...] = ()

    @property
    def grade(self) -> Grade | None:
        """How sure the verdict is; None where the target is not judged at all."""
        if self.verdict is Verdict.INSUFFICIENT:
            return Grade.INSUFFICIENT
        if self.basis is None:
            return None
        return Grade.PROVISIONAL if self.basis is Basis.PARTIAL else Grade.CERTAIN

    @property
    def line(self) -> Fraction | None:
        """The percentage that a printed rate may not seem to cross; None where nothing is judged by one."""
        return self.goal.line if self.goal else None

    def goal_of(self, unit: str) -> Goal | None:
        """What one unit is held against: it may have a level of its group's."""
        if self.goal is not None:
            return self.goal
        return next((f.goal for f in self.fields if any(c.unit == unit for c in f.contributions)), None)

    def line_of(self, unit: str) -> Fraction | None:
        """The same as ``line`` for the rate of one unit."""
        goal = self.goal_of(unit)
        return goal.line if goal else None

    @property
    def is_open_count(self) -> bool:
        """Whether it is a number of things that missing units can still carry across its goal."""
        counted = self.goal is not None and bool(self.goal.counted)
        return counted and self.verdict is Verdict.INSUFFICIENT and bool(self.missing)

    @property
    def falling(self) -> bool:
        """Whether less of it is better, by its goal or by its fields'; a rank is climbed."""
        goal = next((one.goal for one in (self, *self.fields) if one.goal is not None), None)
        return goal is not None and not goal.is_climb

    @property
    def short(self) -> Number:
        """How many things done the tally has too few or too many for its goal; 0 where there is none."""
        return self.goal.short(self.tally) if self.goal else 0

    @property
    def n_missing(self) -> int:
        """How many units that are to answer have not."""
        return self.coverage.expected - self.coverage.reported


@dataclass(frozen=True, slots=True)
class Estimate:
    """What units expect of the year (sum over those that say it) beside what the same have done so far."""

    item: str
    value: int
    so_far: int
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How far a result is from the goal of a later year, in points between printed percentages.

    ``distance`` is 0 or less once it is reached, and ``per_year`` then 0; ``per_year`` is rounded.
    """

    due: int
    years: int
    distance: Decimal
    per_year: Decimal


class Incomparable(StrEnum):
    """Why a result isn't set against last year's.

    Another province, other areas, no figure, another thing counted, another source, too few units.
    """

    PROVINCE = "province"
    GEOGRAPHY = "geography"
    NO_FIGURE = "no_figure"
    DEFINITION = "definition"
    SOURCE = "source"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A target in ``year``, the one before, and now: printed percentages and the points between them.

    Of things it is how many, and how many more. ``points`` is None where the two can't be compared, for the
    reason ``why``; the figures are None too where the areas differ or there is none, and the one before of
    things where another thing was counted.
    """

    item: str
    period: Period
    before: Decimal | None = None
    now: Decimal | None = None
    points: Decimal | None = None
    why: Incomparable | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one counted field over the units that gave it; ``value`` None for no number at all."""

    item: str
    field: str
    value: int | None
    coverage: Coverage
    contributions: tuple[Observation, ...] = ()


class TaskState(StrEnum):
    """How far a task is; UNKNOWN: the body has not sent, or left it open."""

    DONE = "done"
    ONGOING = "ongoing"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """One task of one body; ``observations`` are the answers it was read or derived from."""

    item: str
    unit: str
    state: TaskState
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the report says in figures: targets, sums of channels and funding, tasks, in plan order."""

    results: tuple[Result, ...]
    totals: tuple[Total, ...]
    tasks: tuple[TaskStatus, ...]
    estimates: tuple[Estimate, ...] = ()
