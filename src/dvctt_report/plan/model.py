"""The plan and the roster as frozen models: what ``plan.toml`` and ``units.toml`` may say.

A province, a year, a wording, a threshold is data of these two files. ``load`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9.]*$")]


def _is_month_day(text: str) -> str:
    try:
        _day(2023, text)
    except ValueError:
        raise ValueError("phải là tháng-ngày có thật, dạng 10-31") from None
    return text


MonthDay: TypeAlias = Annotated[str, AfterValidator(_is_month_day)]
Percent: TypeAlias = Annotated[int, Field(ge=0, le=100)]


class Frozen(BaseModel):
    """A value of the profile: unknown keys are a fault, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __copy__(self) -> Self:
        """A copy without what was derived: pydantic 2.14 copies cached properties, outdated or not."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


FieldKind: TypeAlias = Literal["count", "money", "percent", "text", "date", "tick", "yes_no", "choice"]


class FieldSpec(Frozen):
    """One thing asked about an item: ``count`` whole number, ``money`` whole đồng, the rest as named.

    ``choices`` are the full words of a drop-down (kinds ``choice``, ``yes_no``). ``sources`` names the
    cells this one is the sum of, as ``ITEM.field``; ``unit`` is printed after a number.
    """

    code: str
    label: Text
    kind: FieldKind
    unit: str = ""
    choices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    optional: bool = False


class Threshold(Frozen):
    """From ``year`` on, at least ``at_least`` percent."""

    year: int
    at_least: Percent


class ItemBase(Frozen):
    """What every item has: its code, the plan's wording, the point of the plan it stands at."""

    code: Code
    title: Text
    label: Text
    point: Text


class ControlSource(Frozen):
    """The system in charge of a target's figure, and which figure the report prints beside the other.

    ``printed``: the sum over the units, or what the system holds, for ``reason``; the officer may choose
    otherwise. ``by_unit``: the system knows it unit by unit.
    """

    source: Text
    printed: Literal["units", "control"]
    reason: Text
    by_unit: bool = False


class Target(ItemBase):
    """A target with a threshold.

    ``measure``: ``flow`` events of the period, ``stock`` distinct persons or things at the cut-off,
    ``yes_no`` one answer a unit, counted over the units. ``answered_by`` = ``authority``: one body
    answers for the province (``authority``). ``same_as``: judged on that target's figures, never asked
    again. ``total``/``done`` define denominator and numerator in a sentence for the clerk;
    ``total_sources``/``done_sources`` name the cells (``ITEM.field``) they are summed from where the
    unit's form holds them. ``by_part``: a district gives it commune by commune
    (with a line of its own office). ``choices_outside``: answers that leave the denominator. ``shown_by``
    names counted cells (``ITEM.field``) that are above 0 exactly where something was done for the target.
    ``control``: whose figures the sum over the units is held against.
    """

    kind: Literal["target"]
    measure: Literal["flow", "stock", "yes_no"]
    answered_by: Literal["units", "authority"] = "units"
    authority: str = ""
    unit_of_count: Text
    total: str = ""
    done: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()
    choices_outside: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = Field(min_length=1)
    part_of: str = ""
    within: str = ""
    same_as: str = ""
    total_sources: tuple[str, ...] = ()
    done_sources: tuple[str, ...] = ()
    by_part: Literal["no", "parts", "office_and_parts"] = "no"
    pending: str = ""
    source_note: str = ""
    needs_document: bool = False
    shown_by: tuple[str, ...] = ()
    control: ControlSource | None = None
    print_as: Text

    @property
    def first_year(self) -> int:
        """The year in which the first threshold falls due."""
        return min(t.year for t in self.thresholds)

    def at_least(self, year: int) -> int | None:
        """The threshold in percent in force in ``year``; None before the first one. Never interpolated."""
        due = [t for t in self.thresholds if t.year <= year]
        return max(due, key=lambda t: t.year).at_least if due else None


class Topic(ItemBase):
    """A content of the campaign (II.1): ticked, with one example; never counted."""

    kind: Literal["topic"]


class Channel(ItemBase):
    """A form of the campaign (II.2) with its fixed measures."""

    kind: Literal["channel"]
    measures: tuple[FieldSpec, ...] = Field(min_length=1)


class Funding(ItemBase):
    """A rule of funding (II.3) with what is asked about it."""

    kind: Literal["funding"]
    measures: tuple[FieldSpec, ...] = Field(min_length=1)


class Task(ItemBase):
    """A task of section III and the bodies it binds.

    ``binds`` names unit codes and ``group:CODE``. ``derived_from`` names items that answer it already
    (done where one of them is given above zero, or ticked, or "Có"). ``answered_by``: the unit's form,
    the unit's return itself (sending it in time is the task), or this very report.
    """

    kind: Literal["task"]
    binds: tuple[str, ...] = Field(min_length=1)
    derived_from: tuple[str, ...] = ()
    answered_by: Literal["unit", "return", "report"] = "unit"
    note: str = ""


class Dossier(ItemBase):
    """A row of the dossier form (columns of biểu II.06a)."""

    kind: Literal["dossier"]


class Survey(ItemBase):
    """A row of the satisfaction form: one source × one field of procedures."""

    kind: Literal["survey"]
    source: Text
    area: Text


class Prose(ItemBase):
    """A free text asked from the unit; ``addressee`` where it is a recommendation.

    ``into`` is the place of the report that lines of it go to when they are chosen; "" for none.
    """

    kind: Literal["prose"]
    max_length: int = 500
    addressee: str = ""
    into: Literal["", "strengths", "limits", "causes", "to_province", "to_ministry", "to_bodies"] = ""


class Listing(ItemBase):
    """A list of lines (the documents issued): ``columns`` are asked for each of ``lines`` lines."""

    kind: Literal["listing"]
    columns: tuple[FieldSpec, ...] = Field(min_length=1)
    lines: int = 30


Item: TypeAlias = Annotated[
    Target | Topic | Channel | Funding | Task | Dossier | Survey | Prose | Listing,
    Field(discriminator="kind"),
]


class Document(Frozen):
    """A document as it is cited: kind, number and sign, date, issuer, subject. Blank: not yet known."""

    kind: Text
    number: str = ""
    date: str = ""
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
    that falls on a Saturday or Sunday moves to the next working day.
    """

    before: MonthDay
    quote: Text
    point: Text
    day_itself_on_time: bool = False
    shift_day_off: bool = False

    def last_day(self, year: int) -> date:
        """The last day on which a return of ``year`` is on time, with both settings applied."""
        month, day = (int(x) for x in self.before.split("-"))
        last = date(year, month, day)
        if not self.day_itself_on_time:
            last -= timedelta(days=1)
        while self.shift_day_off and last.weekday() >= 5:
            last += timedelta(days=1)
        return last


class Period(Frozen):
    """First and last day (MM-DD) of the data of a reporting year."""

    first: MonthDay
    last: MonthDay

    def start(self, year: int) -> date:
        """First day of the period of ``year``."""
        return _day(year, self.first)

    def cut_off(self, year: int) -> date:
        """Last day of the period of ``year``, for stocks the day they are counted on."""
        return _day(year, self.last)


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
    """What clerks write instead of a number: three readings, and words that are a question."""

    none_arising: tuple[Text, ...]
    not_available: tuple[Text, ...]
    not_applicable: tuple[Text, ...]
    ambiguous: tuple[Text, ...]


class RuleSetting(Frozen):
    """What a province sets otherwise for one rule (``[rules.CODE]``); None: the default holds."""

    severity: Literal["error", "warning", "info"] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None
    at_least: Annotated[int, Field(ge=1)] | None = None


class Plan(Frozen):
    """One province's plan: its identity, periods, deadline, items, words."""

    code: Text
    version: int
    province: Text
    title: Text
    short_title: Text
    form_title: Text
    document: Document
    legal_basis: tuple[Document, ...]
    issuer: Text
    compiler: Code
    period: Period
    deadline: Deadline
    partial_coverage: Percent = 80
    guidance_document: str = ""
    scopes: tuple[Scope, ...] = ()
    corrections: tuple[Correction, ...] = ()
    other_index: OtherIndex | None = None
    words: Words
    rules: dict[str, RuleSetting] = {}
    items: tuple[Item, ...] = Field(min_length=1)

    @cached_property
    def items_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    def item(self, code: str) -> Item:
        """The item of that code; KeyError where the plan has none."""
        return self.items_by_code[code]

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(i for i in self.items if isinstance(i, Target))

    def targets_due(self, year: int) -> tuple[Target, ...]:
        """The targets that have a threshold in ``year``."""
        return tuple(t for t in self.targets if t.at_least(year) is not None)

    def scope(self, year: int) -> Scope | None:
        """The scope set for ``year``; None: the roster at the cut-off, no line in print."""
        return next((s for s in self.scopes if s.year == year), None)

    def roster_date(self, year: int) -> date:
        """The day whose roster is asked in ``year``."""
        scope = self.scope(year)
        return scope.roster_on if scope else self.period.cut_off(year)


class Group(Frozen):
    """A kind of units: its heading in tables, its form, and who-is-asked-what.

    ``own``: items the unit answers for itself; ``province``: for the whole province. ``CODE*`` stands
    for every item whose code starts so. Tasks are not listed: each task names whom it binds.
    ``may_withhold``: items whose figure the law may forbid to give (state secrets).
    """

    code: Text
    title: Text
    heading: Text
    form: Literal["standard", "district", "commune"] = "standard"
    own: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    may_withhold: tuple[str, ...] = ()


class Unit(Frozen):
    """A body of the roster, alive from ``valid_from`` to ``valid_to`` (both included).

    ``parent``: the body above it that sends a return of its own and might count this unit's people again.
    """

    code: Code
    name: Text
    short_name: Text
    group: Text
    duty: Literal["required", "asked", "none"]
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    parent: str = ""
    area_code: str = ""
    valid_from: date = date(2025, 3, 1)
    valid_to: date | None = None
    not_asked: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    email: str = ""

    def alive(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Roster(Frozen):
    """Groups and units, units in protocol order: lists follow it, never the alphabet."""

    groups: tuple[Group, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1)

    @cached_property
    def short_names(self) -> dict[str, str]:
        """What each unit is called in lists, by its code."""
        return {unit.code: unit.short_name for unit in self.units}

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units alive on ``day``, in protocol order."""
        return tuple(u for u in self.units if u.alive(day))

    @cached_property
    def units_by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def groups_by_code(self) -> dict[str, Group]:
        return {group.code: group for group in self.groups}

    def unit(self, code: str) -> Unit:
        """The unit of that code; KeyError where the roster has none."""
        return self.units_by_code[code]

    def group(self, code: str) -> Group:
        """The group of that code; KeyError where the roster has none."""
        return self.groups_by_code[code]


class Profile(Frozen):
    """A province's folder, loaded: plan and roster that fit each other."""

    plan: Plan
    roster: Roster

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Its hash, computed once: what is derived from a profile is looked up by it for every file."""
        return hash(self.model_dump_json())

    def units(self, year: int) -> tuple[Unit, ...]:
        """The units that owe or are asked a return for ``year``, in protocol order."""
        day = self.plan.roster_date(year)
        return tuple(u for u in self.roster.on(day) if u.duty != "none")

    def unit_asked(self, code: str, year: int) -> Unit | None:
        """The unit of that code that owes or is asked a return for ``year``; None where there is none."""
        unit = self.roster.units_by_code.get(code)
        asked = unit is not None and unit.duty != "none" and unit.alive(self.plan.roster_date(year))
        return unit if asked else None

    def asked(self, unit: Unit) -> Iterator[Item]:
        """The items this unit is asked, in the plan's order."""
        for item in self._items_of_group[unit.group]:
            if item.code not in unit.not_asked and (not isinstance(item, Task) or self.binds(item, unit)):
                yield item

    @cached_property
    def _items_of_group(self) -> dict[str, tuple[Item, ...]]:
        """What each group is asked, and every task that units answer, in the plan's order."""
        return {g.code: tuple(i for i in self.plan.items if _is_asked(g, i)) for g in self.roster.groups}

    def binds(self, task: Task, unit: Unit) -> bool:
        """Whether the plan gives ``task`` to ``unit``, by its code or by its group."""
        return unit.code in task.binds or f"group:{unit.group}" in task.binds

    def may_withhold(self, unit: Unit, item: Item) -> bool:
        """Whether the law may forbid ``unit`` to give the figures of ``item``."""
        return any(_matches(item.code, p) for p in self.roster.group(unit.group).may_withhold)


def _is_asked(group: Group, item: Item) -> bool:
    if isinstance(item, Task):
        return item.answered_by == "unit"
    return any(_matches(item.code, pattern) for pattern in group.own + group.province)


def _matches(code: str, pattern: str) -> bool:
    return code.startswith(pattern[:-1]) if pattern.endswith("*") else code == pattern


def _day(year: int, month_day: str) -> date:
    month, day = (int(x) for x in month_day.split("-"))
    return date(year, month, day)
