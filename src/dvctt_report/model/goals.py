"""What a plan asks of a target: one value that knows what reaches it, what is lacking, and its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple, TypeAlias

from dvctt_report.text.vietnamese import (
    as_decimal,
    format_count,
    format_date,
    format_fraction,
    format_small_count,
    with_unit,
)

Number: TypeAlias = int | Decimal
"""How many things there are; only points have decimals."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A ratio as its two counts. Tallies add; a share is derived and can't be averaged.

    The numerator of a score, which one body gives and nothing is added to, may have decimals.
    """

    numerator: Number = 0
    denominator: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def share(self) -> Fraction | None:
        """Numerator over denominator, None where the denominator is 0."""
        return Fraction(self.numerator) / self.denominator if self.denominator else None


class Open(NamedTuple):
    """Between how much and how much the totals of the missing units can come to; ``most`` None: no end."""

    least: int
    most: int | None


class Compared(StrEnum):
    """How a figure has to stand to the number of its goal."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"


_SIGNS = dict(zip(Compared, "≥>≤<", strict=True))
_WORDS = dict(zip(Compared, ("tối thiểu", "trên", "không quá", "dưới"), strict=True))


@dataclass(frozen=True, slots=True)
class Growth:
    """By how many percent a number of things has to grow over what it was in ``year``."""

    percent: Fraction
    base: int
    year: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A number and how the figure of a target has to stand to it; everything is decided on whole numbers.

    compared: at least, more than, at most or less than the number.
    number: percent of the total, or things done.
    counted: what is counted, where things are, whatever the total; "" where it is percent. A "#" in it is
        the place of the number: "hạng #".
    growth: what the number was reckoned from, where the plan asks for growth.
    by: the last day for it, of a milestone.
    """

    compared: Compared
    number: Fraction
    counted: str = ""
    growth: Growth | None = None
    by: date | None = None

    @property
    def rising(self) -> bool:
        """Whether more done is better: at least, more than."""
        return self.compared in (Compared.AT_LEAST, Compared.MORE_THAN)

    @property
    def is_climb(self) -> bool:
        """Whether words tell of it as of what is to be reached: more is better, or it is a rank."""
        return self.rising or "#" in self.counted

    @property
    def is_extreme(self) -> bool:
        """Whether it asks for all or for none: one thing that is still unknown can always break it."""
        if self.counted and self.rising:
            return False
        return self.number == {Compared.AT_LEAST: 100, Compared.AT_MOST: 0}.get(self.compared)

    @property
    def line(self) -> Fraction | None:
        """The percentage that a printed rate may not seem to cross; None where things are counted."""
        return None if self.counted else self.number

    def reached_by(self, tally: Tally) -> bool:
        """Whether ``tally`` is what the goal asks for."""
        return (self._beyond(tally) >= 0) is self.rising

    def short(self, tally: Tally) -> Number:
        """How many things done ``tally`` has too few, or, where less is better, too many."""
        if self.reached_by(tally):
            return 0
        step, _ = self.steps
        beyond = self._beyond(tally)
        exact = Fraction(-beyond if self.rising else beyond + 1) / step
        return as_decimal(exact) if self.counted and exact.denominator > 1 else ceil(exact)

    def turned_by(self, tally: Tally, totals: Open) -> int | None:
        """Return the least number of things that carry ``tally`` across the goal.

        Things done where it lies too low to be on the other side, things not done where it lies too high,
        added by units whose totals lie within ``totals``. None where nothing within them does. Up to the
        least total they are a part of what is counted anyway; each further one makes the total greater by
        itself.
        """
        (step, per_total), over = self.steps, self._beyond(tally)
        if over >= 0:
            within = _up(over + 1 + (step - per_total) * totals.least, step)
            further = _up(over + 1, per_total)
        else:
            within = _up(per_total * totals.least - over, step)
            further = _up(-over, step - per_total)
        if within is not None and within <= totals.least:
            return within
        fits = further is not None and (totals.most is None or further <= totals.most)
        return further if fits else None

    # ------------------------------------------------------------------------------------- words

    @property
    def text(self) -> str:
        """In words: "100%", "tối thiểu 80%", "không quá 2,5%"; "từ hạng 20 trở lên"."""
        if "#" in self.counted:
            return f"từ {self.number_text} trở lên"
        if self.by:
            return f"hoàn thành đến ngày {format_date(self.by)}"
        if self.is_extreme and self.rising:
            return self.number_text
        percent = format_fraction(self.growth.percent) if self.growth else ""
        grown = f", tăng {percent}% so với năm {self.growth.year}" if self.growth else ""
        return f"{_WORDS[self.compared]} {self.number_text}{grown}"

    @property
    def number_text(self) -> str:
        """The number with its unit: "80%", "05 kênh"."""
        if self.counted:
            number = format_count if "#" in self.counted else format_small_count
            return with_unit(number(self.things), self.counted)
        return f"{format_fraction(self.number)}%"

    @property
    def things(self) -> Number:
        """The number where things are counted."""
        return int(self.number) if self.number.denominator == 1 else as_decimal(self.number)

    @property
    def cell(self) -> str:
        """In a cell of a table in percent: "100", "≥ 80"; the last day of a milestone."""
        if self.by:
            return format_date(self.by)
        if self.is_extreme or "#" in self.counted:
            return format_fraction(self.number)
        return f"{_SIGNS[self.compared]} {format_fraction(self.number)}"

    @property
    def outside(self) -> str:
        """Where what doesn't reach the goal lies: "dưới 80%", "trên 5%", "từ 60% trở xuống"."""
        below, above = f"dưới {self.number_text}", f"trên {self.number_text}"
        at_or = f"từ {self.number_text} trở"
        said = {Compared.AT_LEAST: below, Compared.AT_MOST: above, Compared.MORE_THAN: f"{at_or} xuống"}
        return said.get(self.compared, f"{at_or} lên")

    @property
    def lacking(self) -> str:
        """The word before how many things are too few, or too many."""
        return "thiếu" if self.is_climb else "vượt"

    @property
    def sign_text(self) -> str:
        """The same with the unit: "100%", "≥ 80%", "≥ 5 kênh"."""
        if self.by or "#" in self.counted:
            return f"đến {self.cell}" if self.by else self.text
        return with_unit(self.cell, self.counted) if self.counted else f"{self.cell}%"

    # ------------------------------------------------------------------------------------- whole numbers

    @property
    def steps(self) -> tuple[int, int]:
        """By how many steps one thing done, and one thing of the total, moves a figure."""
        if self.counted:
            return self.number.denominator, 0
        return 100 * self.number.denominator, self.number.numerator

    def sides(self, tally: Tally) -> tuple[Number, int]:
        """The two whole numbers that are compared: of the figure, and of the goal's number."""
        step, per_total = self.steps
        number = self.number.numerator if self.counted else per_total * tally.denominator
        return step * tally.numerator, number

    def _beyond(self, tally: Tally) -> Number:
        """How many steps a figure lies over the lowest place on the number's high side; else less than 0."""
        figure, number = self.sides(tally)
        return figure - number - int(self.compared in (Compared.MORE_THAN, Compared.AT_MOST))


def goal_json(goal: Goal | None) -> dict[str, Any]:
    """The goal as an indicator of a manifest holds it; ``read_goal`` reads it.

    ``at_least`` is a whole percentage of that sense; else null.
    """
    if goal is None:
        return {"at_least": None, "goal": None}
    plain = goal.compared is Compared.AT_LEAST and goal.number.denominator == 1 and not goal.counted
    said: dict[str, Any] = {"compared": goal.compared.value, "number": str(goal.number), "text": goal.text}
    said |= {"counted": goal.counted} if goal.counted else {}
    if goal.growth:
        said |= {"growth": str(goal.growth.percent), "base": goal.growth.base, "base_year": goal.growth.year}
    said |= {"by": goal.by.isoformat()} if goal.by else {}
    return {"at_least": int(goal.number) if plain else None, "goal": said}


def read_goal(indicator: Mapping[str, Any]) -> Goal | None:
    """The goal of an indicator of a manifest."""
    said = indicator["goal"]
    if said is None:
        return None
    grown = Growth(Fraction(said["growth"]), said["base"], said["base_year"]) if "growth" in said else None
    by = date.fromisoformat(said["by"]) if "by" in said else None
    return Goal(Compared(said["compared"]), Fraction(said["number"]), said.get("counted", ""), grown, by)


def _up(steps: Number, step: int) -> int | None:
    """How many of ``step`` make at least ``steps``; None where it moves nothing."""
    return ceil(Fraction(steps) / step) if step > 0 else None
