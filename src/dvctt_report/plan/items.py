"""What a plan asks and judges: one list of items, each of a kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

from dvctt_report.model import Compared, Goal
from dvctt_report.model.goals import Growth
from dvctt_report.model.period import Period
from dvctt_report.text.vietnamese import format_date, format_decimal

Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9.]*$")]


def checked(is_right: Callable[[str], object], otherwise: str) -> AfterValidator:
    """What refuses a text that isn't blank and isn't right, with the sentence ``otherwise``."""

    def check(text: str) -> str:
        if text and not is_right(text):
            raise ValueError(otherwise)
        return text

    return AfterValidator(check)


class Frozen(BaseModel):
    """A value of the profile: unknown keys are a fault, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def __copy__(self) -> Self:
        """A copy without what was derived: pydantic 2.14 copies cached properties, outdated or not."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class Lean(Frozen):
    """One that doesn't write what may be left out (``later``) and is: the edition of a form depends on it."""

    later: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _said(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        left_out = {n for n in self.later if getattr(self, n) == type(self).model_fields[n].default}
        return {name: value for name, value in handler(self).items() if name not in left_out}


FieldKind: TypeAlias = Literal[
    "count", "decimal", "money", "percent", "text", "date", "tick", "yes_no", "choice"
]


class FieldSpec(Frozen):
    """One thing asked about an item: ``count`` whole number, ``decimal`` one with at most four decimals,
    ``money`` whole đồng, the rest as named.

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


_AS_NUMBER = re.compile(r"\d+(\.\d+)?")
"""What stands in quotation marks and is a number all the same."""


def _number(value: object) -> object:
    """A number as TOML or a workbook has it; a whole one is an int however it is written."""
    if isinstance(value, bool) or (isinstance(value, str) and not _AS_NUMBER.fullmatch(value)):
        raise ValueError("phải là số, không đặt trong dấu nháy; số lẻ ghi dấu chấm, ví dụ 82.5")
    if isinstance(value, float | Decimal):
        exact = Decimal(str(value))
        return int(exact) if exact == exact.to_integral_value() else exact
    return value


Level: TypeAlias = Annotated[
    int | Annotated[Decimal, Field(max_digits=12, decimal_places=4)],
    BeforeValidator(_number),
    Field(ge=0),
    PlainSerializer(lambda value: value if isinstance(value, int) else float(value)),
]
"""A whole number, or one of at most four decimals: it stands in TOML as it is written."""


class UnusableBase(NamedTuple):
    """A figure that was signed of a year and that growth isn't reckoned from: how many, and what it lacks.

    ``partial`` units were missing, ``other`` another thing was counted or in another province, ``zero``.
    """

    number: int
    why: Literal["partial", "other", "zero"]


class Threshold(Lean):
    """What holds from ``year`` on: one of the four numbers, in percent of the total, or of things counted.

    ``growth``: percent by which things counted have to grow over the ``base`` of ``base_year``; None where
    it is what the signed report of that year says (``last_year.with_bases``). ``words``:
    the plan's own, where it names no number ("đa số"): what is done is told then, and not judged. ``by``:
    the last day for all units to have done it, of a milestone.
    ``groups``: of which groups of units alone it is asked; the others have levels of their own, or none.
    """

    later = ("groups", *Compared, "growth", "base", "base_year", "words", "by")

    year: int
    groups: tuple[str, ...] = ()
    at_least: Level | None = None
    more_than: Level | None = None
    at_most: Level | None = None
    less_than: Level | None = None
    growth: Level | None = None
    base: Annotated[int, Field(ge=1)] | None = None
    base_year: int | None = None
    words: str = ""
    by: date | None = None
    _unusable: UnusableBase | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = (*(getattr(self, one) for one in Compared), self.growth, self.words or None, self.by)
        if sum(value is not None for value in said) != 1:
            raise ValueError(f"ghi đúng một trong {', '.join((*Compared, 'growth', 'words', 'by'))}")
        if (self.base_year is None) is not (self.growth is None) or (self.base and self.growth is None):
            raise ValueError("mức tăng trưởng ghi đủ growth (%), base_year (năm gốc), base (số của năm gốc)")
        return self

    @property
    def lacks_base(self) -> bool:
        """Whether it asks for growth over a figure that isn't known."""
        return self.growth is not None and self.base is None

    @property
    def unusable_base(self) -> UnusableBase | None:
        """What was signed of the base year and doesn't serve; None where nothing was, or it does."""
        return self._unusable

    def with_base(self, base: int | UnusableBase | None) -> Self:
        """The same with what was reported of the base year."""
        level = self.model_copy(update={"base": base if isinstance(base, int) else None})
        level._unusable = base if isinstance(base, UnusableBase) else None
        return level

    @property
    def said(self) -> str:
        """What it asks for where that is no number yet: "“đa số”", "tăng 10% so với năm 2025"."""
        if self.growth is None:
            return f"“{self.words}”" if self.words else ""
        return f"tăng {format_decimal(Decimal(str(self.growth)))}% so với năm {self.base_year}"

    @property
    def goal(self) -> Goal | None:
        """What the figure is held against; None where the plan names no number, or its base isn't known."""
        if self.growth is not None and self.base is not None and self.base_year is not None:
            grown = Growth(Fraction(self.growth), self.base, self.base_year)
            least = ceil(self.base * (100 + grown.percent) / 100)  # the first number that has grown so much
            return Goal(Compared.AT_LEAST, Fraction(least), growth=grown)
        if self.by is not None:
            return Goal(Compared.AT_LEAST, Fraction(100), by=self.by)
        numbers = ((compared, getattr(self, compared)) for compared in Compared)
        return next((Goal(compared, Fraction(n)) for compared, n in numbers if n is not None), None)


class ItemBase(Lean):
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


MOST_LEADS = 5
"""Targets that are told first: more are no choice, and page 1 doesn't hold them."""


class Target(ItemBase):
    """A target with a threshold.

    ``measure``: ``flow`` events of the period, ``stock`` distinct persons or things at the cut-off,
    ``yes_no`` one answer a unit, counted over the units, ``count`` a number without a total, ``milestone``
    an answer with the day it was done on, ``score`` points and ``rank`` a place among others (less is
    better): one number that one body gives and nothing is added to. ``scale``: the most points there are, or
    how many are ranked. ``each``: of a count how many a unit has to have; its units are
    counted then, and its levels percent of them. ``answered_by`` = ``authority``: one body answers for the
    province (``authority``). ``same_as``: judged on that target's figures, never asked again.
    ``total``/``done`` define denominator and numerator in a sentence for the clerk;
    ``total_sources``/``done_sources`` name the cells (``ITEM.field``) they are summed from where the unit's
    form holds them. ``by_part``: a district gives it commune by commune (with a line of its own office).
    ``choices_outside``: answers that leave the denominator. ``shown_by`` names counted cells
    (``ITEM.field``) that are above 0 exactly where something was done for the target. ``control``: whose
    figures the sum over the units is held against. ``joint``: a target that is summed from several fields of
    procedures is judged on their sum, not field by field. ``done_as``: what was done, as a verb behind "đã",
    "chưa" (none: "thực hiện"). ``lead``: it is told first, on page 1 and wherever few are told; ``proposal``
    is what the province is asked to have done while it is missed, by ``in_charge``, a unit (none: by those
    that lack).
    """

    later = ("each", "scale")
    kind: Literal["target"]
    measure: Literal["flow", "stock", "yes_no", "count", "milestone", "score", "rank"]
    answered_by: Literal["units", "authority"] = "units"
    authority: str = ""
    unit_of_count: Text
    total: str = ""
    done: str = ""
    question: str = ""
    each: Annotated[int, Field(ge=0)] = 0
    scale: Annotated[int, Field(ge=0)] = 0
    choices: tuple[str, ...] = ()
    choices_outside: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
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
    joint: bool = False
    done_as: str = ""
    print_as: Text
    lead: bool = False
    in_charge: str = ""
    proposal: str = ""

    @property
    def asked_as(self) -> Literal["ratio", "answer", "count"]:
        """What a unit fills in: a total and what is done of it, an answer, or one number."""
        kinds: dict[str, Literal["answer", "count"]] = {
            "yes_no": "answer",
            "milestone": "answer",
            **dict.fromkeys(("count", "score", "rank"), "count"),
        }
        return kinds.get(self.measure, "ratio")

    @property
    def of_units(self) -> bool:
        """Whether the figure says of how many units something holds; each counts 1."""
        return self.asked_as == "answer" or bool(self.each)

    @property
    def is_single(self) -> bool:
        """Whether the figure is one body's word, which nothing is added to: points, a rank."""
        return self.measure in ("score", "rank")

    def is_on_scale(self, number: int | Decimal) -> bool:
        """Whether there can be such points, such a rank."""
        return 0 < number <= (self.scale or number)

    @property
    def of_things(self) -> bool:
        """Whether the figure is a number of things, without a total that it were a share of."""
        return self.asked_as == "count" and not self.each

    @property
    def counted(self) -> str:
        """What its numbers are numbers of: of units, where each has to have so many things of its own."""
        return "đơn vị" if self.each else self.unit_of_count

    @property
    def pattern(self) -> str:
        """The same as it stands with a number: "hạng #" of a rank (``vietnamese.with_unit``)."""
        return f"{self.unit_of_count} #" if self.measure == "rank" else self.counted

    @cached_property
    def summed_from(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Item and field of each cell that ``total`` and ``done`` are summed from."""
        named = {"total": self.total_sources, "done": self.done_sources}
        return {field: tuple(map(cell_named, names)) for field, names in named.items() if names}

    @property
    def first_year(self) -> int | None:
        """The year in which the first threshold falls due; None where the plan sets no level at all."""
        return min((t.year for t in self.thresholds), default=None)

    def goal(self, period: Period, *, or_first: bool = False) -> Goal | None:
        """What is asked of all units together in ``period``; None where nothing is, or of groups apart.

        or_first: before the first year that has a level, what is asked in that.
        """
        levels = self.levels_asked(period) if or_first else self.levels(period)
        return self.goal_of(levels[0]) if levels and not levels[0].groups else None

    def levels(self, period: Period) -> tuple[Threshold, ...]:
        """The levels in force, one or one a group; none before the first year, none interpolated."""
        year = max((t.year for t in self.thresholds if t.year <= period.year), default=None)
        return tuple(t for t in self.thresholds if t.year == year)

    def goal_for(self, group: str, period: Period) -> Goal | None:
        """What is asked of units of ``group``: in ``period``, else in the first year that has a level."""
        levels = self.levels_asked(period)
        own = next((level for level in levels if not level.groups or group in level.groups), None)
        return self.goal_of(own) if own else None

    def levels_asked(self, period: Period) -> tuple[Threshold, ...]:
        """The levels in force, else those of the first year that has any: never of two years together."""
        return self.levels(period) or tuple(t for t in self.thresholds if t.year == self.first_year)

    def due_year(self, period: Period) -> int | None:
        """The year of ``levels_asked``; None where the plan sets none at all."""
        return next((level.year for level in self.levels_asked(period)), None)

    def goal_of(self, level: Threshold) -> Goal | None:
        """What a level asks for, of this target's figures; None where it is no number."""
        return replace(level.goal, counted=self.pattern) if level.goal and self.of_things else level.goal

    def without_base(self, period: Period) -> Threshold | None:
        """The growth asked in ``period`` over a year whose figure isn't known; None where there is none."""
        return next((level for level in self.levels(period) if level.lacks_base), None)

    def words(self, period: Period) -> str:
        """What the plan says in ``period`` in the place of a number; "" where it says none, or a number."""
        return "".join(level.words for level in self.levels(period))

    def year_of_levels(self, period: Period) -> int | None:
        """The year whose levels hold in ``period``; None before the first."""
        return next((level.year for level in self.levels(period)), None)

    def carried_from(self, period: Period) -> int | None:
        """The earlier year by whose level ``period`` is judged; None where it has one of its own, or none."""
        year = self.year_of_levels(period)
        judged = any(self.goal_of(level) for level in self.levels(period))
        return year if judged and year != period.year else None


def cell_named(name: str) -> tuple[str, str]:
    """Item and field of a cell named ``ITEM.field``."""
    item, _, field = name.rpartition(".")
    return item, field


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
    the unit's return itself (sending it in time is the task), or this very report. ``by``: the last day for
    it; one that isn't done at the cut-off is overdue then.
    """

    later = ("by",)
    kind: Literal["task"]
    binds: tuple[str, ...] = Field(min_length=1)
    derived_from: tuple[str, ...] = ()
    answered_by: Literal["unit", "return", "report"] = "unit"
    note: str = ""
    by: date | None = None

    @property
    def dated_label(self) -> str:
        """The label with the last day for it: "Ban hành Kế hoạch (hạn 31/01/2026)"."""
        return f"{self.label} (hạn {format_date(self.by)})" if self.by else self.label


class Dossier(ItemBase):
    """A row of the dossier form (columns of biểu II.06a)."""

    kind: Literal["dossier"]


class Survey(ItemBase):
    """A row of the satisfaction form: one source × one field of procedures."""

    kind: Literal["survey"]
    source: Text
    area: Text


class Prose(ItemBase):
    """A free text; ``addressee`` of a recommendation; ``into``: the report's place of chosen lines, or ""."""

    kind: Literal["prose"]
    max_length: int = 500
    addressee: str = ""
    into: Literal["", "strengths", "limits", "causes", "to_province", "to_ministry", "to_bodies"] = ""


class Listing(ItemBase):
    """A list of lines (the documents issued): ``columns`` are asked for each of ``lines`` lines."""

    kind: Literal["listing"]
    columns: tuple[FieldSpec, ...] = Field(min_length=1)
    lines: int = 30


SHOWN = (
    *("general", "directives", "coordination", "returns", "targets", "activities", "tasks", "funding"),
    *("strengths", "limits", "causes", "directions", "recommendations"),
)
"""What a section of the report can show."""


class PlanSection(Frozen):
    """A heading of the report and what stands below it; ``within`` the part begun by the last one without."""

    title: Text
    shows: str = ""
    within: bool = False


Item: TypeAlias = Annotated[
    Target | Topic | Channel | Funding | Task | Dossier | Survey | Prose | Listing,
    Field(discriminator="kind"),
]
