"""The plan and the roster as frozen models: what ``plan.toml`` and ``units.toml`` may say.

A province, a year, a wording, a threshold is data of these two files. ``load`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.items import (
    Channel,
    Code,
    Dossier,
    FieldKind,
    FieldSpec,
    Frozen,
    Funding,
    Item,
    Lean,
    Listing,
    PlanSection,
    Prose,
    Survey,
    Target,
    Task,
    Text,
    Threshold,
    Topic,
    checked,
)
from dvctt_report.plan.roster import Group, Roster, RosterChange, Unit, matcher
from dvctt_report.text.vietnamese import parse_date


def _is_month_day(text: str) -> str:
    try:
        _day(2023, text)
    except ValueError:
        raise ValueError("phải là tháng-ngày có thật, dạng 10-31") from None
    return text


MonthDay: TypeAlias = Annotated[str, AfterValidator(_is_month_day)]


_FIGURES_OF_DAY = re.compile(r"\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4}")
_NoFalseDay = Annotated[
    str,
    checked(
        lambda text: not _FIGURES_OF_DAY.fullmatch(text.strip()) or parse_date(text),
        "phải là ngày có thật, dạng 18/3/2025, hoặc để trống",
    ),
]


def quoted(month_day: str) -> str:
    """How letters quote a deadline, where the plan itself isn't quoted: "11-15" is "trước ngày 15/11"."""
    month, day = map(int, month_day.split("-"))
    return f"trước ngày {day}/{month}"


class PlanDocument(Frozen):
    """A document as it is cited: kind, number and sign, date, issuer, subject. Blank: not yet known."""

    kind: Text
    number: str = ""
    date: _NoFalseDay = ""
    issuer: str = ""
    subject: str = ""


class Correction(Frozen):
    """A slip of the plan's text: where it stands, what is written, what is meant."""

    place: Text
    written: Text
    meant: Text


class Deadline(Frozen):
    """``before`` (MM-DD) is quoted literally as ``quote``.

    ``day_itself_on_time``: a return sent on that very day is on time; ``shift_day_off``: a deadline
    that falls on a Saturday or Sunday moves to the next working day. ``next_year``: ``before`` is a day of
    the year after the reporting year. ``half_before`` and its like: of parts of the year, whose point
    is ``half_point``.
    """

    before: MonthDay
    quote: Text
    point: Text
    next_year: bool = False
    day_itself_on_time: bool = False
    shift_day_off: bool = False
    quarter_before: MonthDay | None = None
    half_before: MonthDay | None = None
    nine_before: MonthDay | None = None
    half_point: str = ""

    def of(self, period: Period) -> Deadline:
        """The deadline of ``period``: a part of a year has its own, as far as it is known."""
        before = self.before_of(period)
        if period.part is PeriodPart.YEAR or before is None:
            return self
        own = {"before": before, "quote": quoted(before), "next_year": False}
        return self.model_copy(update=own | {"point": self.half_point or self.point})

    def before_of(self, period: Period) -> MonthDay | None:
        """Before which day the returns of ``period`` are due; None where nobody has said."""
        if period.part is PeriodPart.YEAR:
            return self.before
        said: MonthDay | None = getattr(self, f"{period.part.name.lower()}_before")
        return said

    def year(self, period: Period) -> int:
        """The year that the day of ``quote`` is in, for the returns of ``period``."""
        return period.year + self.next_year

    def last_day(self, period: Period) -> date:
        """The last day on which a return of ``period`` is on time, with both settings applied."""
        last = _day(self.year(period), self.before)
        if not self.day_itself_on_time:
            last -= timedelta(days=1)
        while self.shift_day_off and last.weekday() >= 5:
            last += timedelta(days=1)
        return last


PART_LAST = {PeriodPart.QUARTER: "03-14", PeriodPart.HALF: "06-14", PeriodPart.NINE: "09-14"}
"""Until when reports on parts of a year count, unless the plan says otherwise (Nghị định 09/2019/NĐ-CP)."""


class PeriodDays(Lean):
    """First and last day (MM-DD) of the data of a reporting year.

    first: a day later in the calendar than ``last`` is one of the year before (12-15 to 12-14).
    last: the cut-off.
    half_last, and its like: the cut-off of the report on a part of the year; None: that of Nghị định
        09/2019/NĐ-CP.
    """

    later = ("quarter_last", "nine_last")

    first: MonthDay
    last: MonthDay
    quarter_last: MonthDay | None = None
    half_last: MonthDay | None = None
    nine_last: MonthDay | None = None

    def covers(self, period: Period) -> bool:
        """Whether there is such a period at all: the cut-off of a part lies within the year's data."""
        year = Period(period.year)
        return period.part is PeriodPart.YEAR or self.start(year) < self.cut_off(period) < self.cut_off(year)

    def start(self, period: Period) -> date:
        """First day of ``period``."""
        return _day(period.year - (self.first > self.last), self.first)

    def cut_off(self, period: Period) -> date:
        """Last day of ``period``, for stocks the day they are counted on."""
        if period.part is PeriodPart.YEAR:
            return _day(period.year, self.last)
        said = getattr(self, f"{period.part.name.lower()}_last")
        return _day(period.year, said or PART_LAST[period.part])


class Ended(Frozen):
    """That the province is no more: its last day, what it belongs to now, by which document."""

    on: date
    successor: Text
    document: Text


class Scope(Frozen):
    """Which roster a year is reported on, and the line that says so in print."""

    year: int
    roster_on: date
    note: Text


class OtherIndex(Frozen):
    """Another official index about the same matters, and why its figures aren't those of ``targets``."""

    name: Text
    targets: tuple[Code, ...] = Field(min_length=1)
    reason: Text


class Words(Frozen):
    """What clerks write instead of a number: three readings, and words that are a question.

    The other five make a text that stands beside the answers a question: it names another unit or factor,
    another period, a draft, a withdrawal, a correction. A ``#`` in them stands for a number.
    """

    none_arising: tuple[Text, ...]
    not_available: tuple[Text, ...]
    not_applicable: tuple[Text, ...]
    ambiguous: tuple[Text, ...]
    units: tuple[Text, ...]
    periods: tuple[Text, ...]
    drafts: tuple[Text, ...]
    withdrawals: tuple[Text, ...]
    corrections: tuple[Text, ...]


class Plan(Frozen):
    """One province's plan: its identity, periods, deadline, items, words.

    ``title``: "" as long as it isn't known. ``activity``: what its topics and channels are those of, as it
    stands behind "nội dung", "hình thức" and "tiếp tục". ``compiler_called``: how texts call the compiling
    body for short. ``signer``: the lines above the name of who signs for it.
    """

    code: Text
    version: int
    province: Text
    title: str = ""
    short_title: Text
    letter_topic: str = ""
    form_title: Text
    activity: Text = "thực hiện"
    document: PlanDocument
    legal_basis: tuple[PlanDocument, ...]
    issuer: Text
    compiler: Code
    compiler_called: Text = "cơ quan tổng hợp"
    signer: tuple[Text, ...] = ("THỦ TRƯỞNG ĐƠN VỊ",)
    period: PeriodDays
    deadline: Deadline
    partial_coverage: int = Field(default=80, ge=50, le=100)
    least_compared: int = Field(default=10, ge=1)
    guidance_document: str = ""
    ended: Ended | None = None
    scopes: tuple[Scope, ...] = ()
    corrections: tuple[Correction, ...] = ()
    other_index: OtherIndex | None = None
    sections: tuple[PlanSection, ...] = ()
    words: Words
    items: tuple[Item, ...] = Field(min_length=1)

    @property
    def topic(self) -> str:
        """What letters and messages say that the report is about."""
        return self.letter_topic or self.short_title

    @cached_property
    def items_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    def item(self, code: str) -> Item:
        """The item of that code; KeyError where the plan has none."""
        return self.items_by_code[code]

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(i for i in self.items if isinstance(i, Target))

    @cached_property
    def targets_by_code(self) -> dict[str, Target]:
        return {target.code: target for target in self.targets}

    def is_due(self, target: Target, period: Period) -> bool:
        """Whether ``target`` is of ``period``: its level is in force, or the plan sets none at all.

        A milestone whose last day lies behind the cut-off of the year is of neither the year nor its half.
        """
        levels = target.levels(period)
        last = self.period.cut_off(Period(period.year))
        open_days = levels and all(level.by and level.by > last for level in levels)
        return not target.thresholds or (bool(levels) and not open_days)

    def scope(self, period: Period) -> Scope | None:
        """The scope set for the year of ``period``; None: the roster at the cut-off, no line in print."""
        return next((s for s in self.scopes if s.year == period.year), None)

    def roster_date(self, period: Period) -> date:
        """The day whose roster is asked in ``period``."""
        scope = self.scope(period)
        return scope.roster_on if scope else self.period.cut_off(period)


class Profile(Frozen):
    """A province's plan and roster, fit for each other; ``earlier``: editions of forms, the first first."""

    plan: Plan
    roster: Roster
    earlier: tuple[Profile, ...] = ()

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Profile) and self.as_json == other.as_json)

    def __hash__(self) -> int:
        return hash(self.as_json)

    @cached_property
    def as_json(self) -> str:
        """All that it says, written once: what is derived from it is looked up by it for every file."""
        return self.model_dump_json()

    @cached_property
    def edition(self) -> str:
        """Names what a form is made of: the same for two profiles that ask the same of the same units."""
        of_answers = {"none_arising", "not_available", "not_applicable", "ambiguous"}
        asked = dict.fromkeys(
            ("code", "version", "form_title", "activity", "period", "items", "scopes"), True
        )
        told_only = {"items": {"__all__": {"lead", "in_charge", "proposal"}}}
        plan = self.plan.model_dump_json(include={**asked, "words": of_answers}, exclude=told_only)
        roster = self.roster.model_dump_json(
            exclude={"assumptions": True, "units": {"__all__": {"identifiers"}}}
        )
        return sha256(f"{plan}{roster}".encode()).hexdigest()[:16]

    def units(self, period: Period) -> tuple[Unit, ...]:
        """The units that owe or are asked a return for ``period``, in protocol order."""
        day = self.plan.roster_date(period)
        return tuple(u for u in self.roster.on(day) if u.duty != "none")

    def unit_asked(self, code: str, period: Period) -> Unit | None:
        """The unit of that code that owes or is asked a return for ``period``; None where there is none."""
        unit = self.roster.units_by_code.get(code)
        asked = unit is not None and unit.duty != "none" and unit.alive(self.plan.roster_date(period))
        return unit if asked else None

    def taken_over(self, unit: Unit, period: Period) -> tuple[tuple[Unit, date], ...]:
        """The bodies that ended in ``period`` and of which ``unit`` alone is left, with their last day.

        It reports their figures with its own: they are no longer asked, and nobody else can tell.
        """
        return tuple(
            of_it
            for change in self._changes_in(period)
            if change.receiver == unit.code
            for code in change.before
            if code != unit.code
            for ended in [self.roster.unit(code)]
            for of_it in (*self.taken_over(ended, period), (ended, change.on - timedelta(days=1)))
        )

    def successor(self, unit: Unit, period: Period) -> tuple[Unit, RosterChange] | None:
        """Who reports for ``unit``, which ended in ``period``, and by which change; None for nobody."""
        for change in self._changes_in(period):
            if unit.code in change.before and change.receiver and unit.code not in change.after:
                after = self.roster.unit(change.receiver)
                return self.successor(after, period) or (after, change)
        return None

    def unreported(self, period: Period) -> tuple[Unit, ...]:
        """The bodies that ended in ``period`` and for whose figures up to then nobody reports."""
        first, last = self.plan.period.start(period), self.plan.roster_date(period)
        ended = (u for u in self.roster.units if u.valid_to is not None and first <= u.valid_to < last)
        receivers = ((unit, self.successor(unit, period)) for unit in ended if unit.duty != "none")
        return tuple(
            unit for unit, heir in receivers if heir is None or not self.unit_asked(heir[0].code, period)
        )

    def _changes_in(self, period: Period) -> Iterator[RosterChange]:
        first, last = self.plan.period.start(period), self.plan.roster_date(period)
        return (change for change in self.roster.changes if first < change.on <= last)

    def asked(self, unit: Unit) -> tuple[Item, ...]:
        """The items this unit is asked, in the plan's order."""
        return self._asked(unit)[0]

    def asked_codes(self, unit: Unit) -> frozenset[str]:
        """The codes of the items this unit is asked: one set for all units that are asked alike."""
        return self._asked(unit)[1]

    def _asked(self, unit: Unit) -> tuple[tuple[Item, ...], frozenset[str]]:
        alike = unit.group, unit.not_asked, unit.code if unit.code in self._asked_by_code else ""
        if alike not in self._asked_alike:
            stands_for, asked = matcher(*self.roster.group(unit.group).own), list[Item]()
            for item in self.plan.items:
                if isinstance(item, Task):
                    is_asked = item.answered_by == "unit" and self.binds(item, unit)
                elif isinstance(item, Target) and item.authority:
                    is_asked = item.authority == unit.code
                else:
                    is_asked = stands_for(item.code)
                asked += [item] if is_asked and item.code not in unit.not_asked else []
            self._asked_alike[alike] = tuple(asked), frozenset(item.code for item in asked)
        return self._asked_alike[alike]

    @cached_property
    def _asked_alike(self) -> dict[tuple[str, tuple[str, ...], str], tuple[tuple[Item, ...], frozenset[str]]]:
        """What was worked out so far, by group, items left out, and the code of a unit that a task names."""
        return {}

    @cached_property
    def _asked_by_code(self) -> frozenset[str]:
        """Names that tasks and targets call whom they ask by: of a unit its code."""
        bound = (name for item in self.plan.items if isinstance(item, Task) for name in item.binds)
        return frozenset((*bound, *(target.authority for target in self.plan.targets)))

    def binds(self, task: Task, unit: Unit) -> bool:
        """Whether the plan gives ``task`` to ``unit``, by its code or by its group."""
        return unit.code in task.binds or f"group:{unit.group}" in task.binds

    def may_withhold(self, unit: Unit, item: Item) -> bool:
        """Whether the law may forbid ``unit`` to give the figures of ``item``."""
        return matcher(*self.roster.group(unit.group).may_withhold)(item.code)


def _day(year: int, month_day: str) -> date:
    month, day = (int(x) for x in month_day.split("-"))
    return date(year, month, day)
