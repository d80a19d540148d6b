"""A target with its result in words: what sentences, tables and charts print of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from dvctt_report.model import (
    Basis,
    Compared,
    Contribution,
    Control,
    Coverage,
    Estimate,
    Goal,
    Grade,
    Number,
    Progress,
    Result,
    State,
    Tally,
    Verdict,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Target, Unit
from dvctt_report.plan.sources import TargetGroup, target_parts
from dvctt_report.report.cells import read_judged
from dvctt_report.report.decided import NOTHING_DECIDED, Decided
from dvctt_report.report.wording import Voice, join_terms, lower_first
from dvctt_report.text.vietnamese import (
    as_decimal,
    common_places,
    format_count,
    format_date,
    format_decimal,
    format_fraction,
    format_percent,
    format_points,
    join_names,
    printed_percent,
    with_unit,
)
from dvctt_report.year.rows import source_names
from dvctt_report.year.summary import below_target
from dvctt_report.year.summary.verdict import progress, tells_enough
from dvctt_report.year.year import Year

_GOALS = {
    Compared.AT_LEAST: "goal",
    Compared.MORE_THAN: "goal_more_than",
    Compared.AT_MOST: "goal_at_most",
    Compared.LESS_THAN: "goal_less_than",
}
"""The pattern that says each kind of goal."""
_COUNTED_GOALS = {compared: f"count_{name}" for compared, name in _GOALS.items()}

OWN = ".own"
"""Continues a target's code in the identifiers of the units' sum, where another figure is printed."""


@dataclass(frozen=True)
class TargetView:
    """A target with its result, ready to be said; ``fields`` are the fields of procedures it is made of.

    ``places``: with how many decimals a percentage is printed at least. ``is_field``: it is such a field
    itself, or, ``is_group``, what is asked of some groups of units.
    """

    target: Target
    result: Result
    authority: str
    year: Year
    voice: Voice
    estimate: Estimate | None = None
    decided: Decided = NOTHING_DECIDED
    fields: tuple[TargetView, ...] = ()
    is_field: bool = False
    is_group: bool = False
    places: int = 1

    @cached_property
    def contributions(self) -> Mapping[str, Contribution]:
        """What each unit that was asked adds."""
        return {c.unit: c for c in self.result.contributions}

    @cached_property
    def asked(self) -> frozenset[str]:
        """The units that were asked."""
        return frozenset(unit.code for unit in self.year.dataset.asked(self.target))

    @cached_property
    def resting(self) -> frozenset[str]:
        """The units whose figure, or whose being left out, rests on a decision."""
        given = (
            c for c in self.result.contributions if c.unit not in self.result.missing or c.tally is not None
        )
        used = [c for c in given if c.tally is not None or c.state is State.NOT_APPLICABLE]
        put = {c.unit for c in used if any(o.override is not None for o in c.observations)}
        names = ("total", "done") if self.decided.accepted else ()
        sources = [cell for name in names for cell in source_names(self.target, name)]
        cells = {*sources, *((item, "") for item, _ in sources)}
        of_target = (one for one in self.decided.accepted if one[1] == self.target.code or one[1:] in cells)
        return frozenset({c.unit for c in used} & {unit for unit, *_ in of_target} | put)

    @property
    def by_field(self) -> bool:
        """Whether the verdict is that of the fields, and not of their sum."""
        return bool(self.fields) and not self.target.joint

    @property
    def by_group(self) -> bool:
        """Whether its parts are groups of units with levels of their own."""
        return any(part.is_group for part in self.fields)

    @property
    def ungrouped(self) -> list[str]:
        """The units that add to a figure judged by groups, and are of none that has a level."""
        grouped = {c.unit for part in self.fields for c in part.result.contributions}
        units = (unit for unit, _ in contributing_units(self)) if self.by_group else ()
        return [unit.short_name for unit in units if unit.code not in grouped]

    @property
    def printed(self) -> Decimal | None:
        """The percentage as it is printed, None where there is none."""
        share = self.result.tally.share
        return None if share is None else printed_percent(share, self.result.line, self.places)

    @property
    def rate(self) -> str:
        """The percentage as text, "" where there is none."""
        return "" if self.printed is None else f"{format_decimal(self.printed)}%"

    @property
    def has_figure(self) -> bool:
        """Whether there is a figure to tell: a share, or a number of things that units gave."""
        if self.target.of_things:
            return bool(self.result.coverage.reported)
        return self.result.tally.share is not None

    @property
    def enough(self) -> bool:
        """Whether the result says where it stands to its threshold."""
        return tells_enough(self.result, self.year.profile.plan.partial_coverage)

    @property
    def progress(self) -> Progress:
        """How far it is on the way to the year's level."""
        return progress(self.result, self.target, self.year.profile.plan.partial_coverage)

    @property
    def unsure(self) -> bool:
        """Whether the verdict holds only as long as nothing else is reported."""
        return self.result.grade is Grade.PROVISIONAL

    @property
    def is_open_count(self) -> bool:
        """Whether it is a number of things, or numbers of groups, that waits for the units still missing."""
        return self.has_figure and any(one.result.is_open_count for one in (self, *self.fields))

    @property
    def rests_on_closing(self) -> bool:
        """Whether its verdict, or that of a part, is by what was known when the collection was closed."""
        return any(one.basis is Basis.CLOSED for one in (self.result, *self.result.fields))

    @property
    def verdict(self) -> str:
        """The verdict as tables print it: "Chưa đạt, tạm tính"."""
        if self.is_field and self.target.joint:
            return self.voice.say("sign.not_applicable")
        said = self.voice.say(f"verdict.{verdict_name(self.target, self.result, self.year)}")
        return f"{said}, {self.voice.say('verdict.unsure')}" if self.unsure else said

    def mark(self, role: str, text: str) -> str:
        """Mark ``text`` as a figure of the target by its role: "percent", "short"."""
        return self.voice.mark(f"{self.target.code}.{role}", text)

    def flag(self, text: str) -> str:
        """Say in brackets behind ``text``, which names the target, that its verdict isn't sure."""
        return f"{text} ({self.voice.say('verdict.unsure')})" if self.unsure else text

    @property
    def short(self) -> str:
        """How many are lacking to the threshold, with what they are: "32 hồ sơ"; by field where so judged."""
        if self.by_field:
            return join_terms(f"{f.short} ({f.name})" for f in self.fields if f.is_behind)
        return f"{self.voice.count(self.result.short)} {self.counted_in}"

    @property
    def is_behind(self) -> bool:
        """Whether it has missed its level, or in a part of the year lies behind the year's."""
        is_below = self.result.verdict is Verdict.PROGRESS and self.progress is Progress.BELOW
        return is_below or self.result.verdict is Verdict.MISSED

    @property
    def lacking(self) -> str:
        """How much is lacking to the level, in a cell, marked: "07 lớp", "vượt 01 hồ sơ", "0"."""
        short = self.mark("short", self.short if self.result.short else "0")
        is_over = self.result.falling and self.result.short
        return self.voice.say("target.row_over", short=short) if is_over else short

    @property
    def counted_in(self) -> str:
        """What is counted, after a number; of answers it is the units that gave them."""
        return self.voice.say("target.answering") if self.target.of_units else self.target.unit_of_count

    @property
    def turned_by(self) -> str:
        """What would turn the verdict, as a clause; "" where it is sure or none."""
        result, count = self.result, self.voice.count
        if not self.unsure or result.turn is None:
            return ""
        goal = self.fields[0].known_goal if self.by_group else self.known_goal
        by_done = goal.rising is (result.verdict is Verdict.MISSED)
        unnamed = "_falling" if self.result.falling and not self.target.done_as else ""
        said = self.voice.say(
            f"target.turned_by_{'done' if by_done else 'others'}{unnamed}",
            n=count(len(result.awaited)),
            turn=count(result.turn),
            unit=self.counted_in,
            done=self.target.done_as or self.voice.say("target.done"),
        )
        if not self.by_field:
            return said
        part = "group" if self.by_group else "in"
        return said + self.voice.say(f"target.turned_{part}_{result.verdict.value}")

    @property
    def known_goal(self) -> Goal:
        """What it is judged by; only of a target that has a goal."""
        assert self.result.goal is not None, self.target.code
        return self.result.goal

    @property
    def threshold(self) -> Decimal:
        """The percentage that it is judged by; only of a target that has one."""
        assert self.known_goal.line is not None, self.target.code
        return as_decimal(self.known_goal.line)

    @property
    def name(self) -> str:
        """How the target is named inside a sentence."""
        return lower_first(self.target.print_as if self.target.part_of else self.target.label)

    @property
    def row_name(self) -> str:
        """How the target is named in a row of a table, a field as one."""
        if not self.is_field:
            return self.target.label
        return self.voice.say("target.group_row" if self.is_group else "target.field_row", name=self.name)

    @property
    def goal(self) -> str:
        """The threshold in words: "100%", "tối thiểu 80%"."""
        goal = self.result.goal
        if self.by_group:
            return join_terms(f"{part.goal} ({part.name})" for part in self.fields)
        if goal is None:
            return _plan_words(self.target, self.year) or self.voice.say("target.no_goal")
        if goal.by:
            return self.voice.say("target.goal_by", by=format_date(goal.by))
        if goal.counted:
            rank = self.target.measure == "rank"
            name = f"target.{'rank_goal' if rank else _COUNTED_GOALS[goal.compared]}"
            things = format_count(goal.things) if rank else self.voice.count(goal.things)
            said = self.voice.say(name, at_least=things, unit=self.target.counted)
            if goal.growth is None:
                return said
            growth = {"growth": format_fraction(goal.growth.percent), "year": str(goal.growth.year)}
            return self.voice.say(
                "target.goal_grown", goal=said, base=self.voice.count(goal.growth.base), **growth
            )
        said = self.voice.say(
            "target.goal_all" if goal.is_extreme and goal.rising else f"target.{_GOALS[goal.compared]}",
            at_least=format_fraction(goal.number),
        )
        if not self.target.each:
            return said
        slots = {"each": self.voice.count(self.target.each), "unit": self.target.unit_of_count}
        return self.voice.say("target.goal_each", goal=said, **slots)

    @property
    def value(self) -> str:
        """The figure alone, with what is counted: "217.523 hồ sơ", "82,9% (18.342/22.115 người)"; a sign."""
        if not self.has_figure:
            return self.sign
        tally, count = self.result.tally, self.voice.count
        if self.target.is_single:
            slots = {"done": format_count(tally.numerator), "unit": self.target.unit_of_count}
            return self.voice.say(f"target.value_{self.target.measure}", **slots)
        slots = {"done": count(tally.numerator), "unit": self.target.counted}
        if self.target.of_things:
            return self.voice.say("target.value_count", **slots)
        return self.voice.say("target.value", rate=self.rate, total=count(tally.denominator), **slots)

    @property
    def figure(self) -> str:
        """Rate and counts: "đạt 82,9% (18.342/22.115 người)"; of things alone how many: "có 12 kênh"."""
        tally, count = self.result.tally, self.voice.count
        slots = {"done": count(tally.numerator), "unit": self.target.unit_of_count}
        if self.target.is_single:
            slots["done"] = format_count(tally.numerator)
            return self.voice.say(f"target.figure_{self.target.measure}", **slots)
        if self.target.of_things:
            return self.voice.say("target.figure_count", **slots)
        slots |= {"rate": self.rate, "total": count(tally.denominator)}
        if self.target.each:
            return self.voice.say("target.figure_each", each=count(self.target.each), **slots)
        goals = [part.result.goal for part in self.fields] or [self.result.goal]
        has_day = not self.ungrouped and all(goal is not None and goal.by for goal in goals)
        if self.target.measure == "milestone" and has_day:
            return self.voice.say("target.figure_milestone", **slots)
        if self.target.of_units:
            return self.voice.say("target.figure_yes_no", **slots)
        return self.voice.say("target.figure_falling" if self.result.falling else "target.figure", **slots)

    @property
    def points(self) -> str:
        """How far the printed figure is from the level, "" where no point lies between, or there are none."""
        printed = self.printed
        if self.target.of_things or printed is None or printed == self.threshold:
            return ""
        return format_points(printed, self.threshold)

    @property
    def coverage(self) -> dict[str, str]:
        """Of how many of the units asked there are figures, as the slots of a sentence."""
        coverage, count = self.result.coverage, self.voice.count
        return {"reported": count(coverage.reported), "expected": count(coverage.expected)}

    # --------------------------------------------------------------------------------- beside a former report

    def as_told(self, indicator: Mapping[str, Any]) -> TargetView:
        """The same target as a manifest's ``indicator`` tells it: what was counted, its result; unmarked."""
        counted = {name: indicator[name] for name in ("measure", "each", "unit_of_count")}
        result = read_judged(indicator)
        parts = {part.item: part for part in result.fields}
        return replace(
            self,
            target=self.target.model_copy(update=counted),
            result=result,
            voice=replace(self.voice, marking=False),
            fields=tuple(
                replace(part, result=parts[part.target.code], voice=replace(part.voice, marking=False))
                for part in self.fields
                if part.target.code in parts
            ),
        )

    def beside(self, then: TargetView) -> tuple[TargetView, TargetView]:
        """Both, with percentages of as many decimals where both have one: a reader subtracts them."""
        share, former = self.result.tally.share, then.result.tally.share
        if share is None or former is None:
            return self, then
        places = common_places((share, self.result.line), (former, then.result.line))
        return replace(self, places=places), replace(then, places=places)

    def change_since(self, then: TargetView) -> str:
        """By how much the figure is more or less than ``then``: ", giảm 3.161 hồ sơ"; "" where it isn't."""
        if not (self.has_figure and then.has_figure) or self.target.of_things is not then.target.of_things:
            return ""
        if self.target.of_things:
            more: Number = self.result.tally.numerator - then.result.tally.numerator
            by = f"{self.voice.count(max(more, -more))} {self.target.counted}"
        else:
            printed, former = self.printed or Decimal(0), then.printed or Decimal(0)
            more, by = int((printed - former).compare(0)), format_points(printed, former)
        return self.voice.say(f"amend.{'risen' if more > 0 else 'fallen'}", by=by) if more else ""

    # ----------------------------------------------------------------------------------- in cells of tables

    @property
    def sign(self) -> str:
        """What stands where there is no figure."""
        signs = {Verdict.NONE_ARISING: "none_arising", Verdict.NOT_APPLICABLE: "not_applicable"}
        return self.voice.say(f"sign.{signs.get(self.result.verdict, 'not_available')}")

    @property
    def rate_cell(self) -> str:
        """The figure in a column in percent, with the mark of a decision; of things with what they are."""
        is_decided = self.result.own_tally is not None or bool(self.resting)
        mark = self.voice.say("decided.mark") if is_decided else ""
        if self.target.of_things and self.has_figure:
            done = format_count(self.result.tally.numerator)
            return with_unit(self.mark("numerator", done), self.target.pattern) + mark
        return self.mark("percent", self.rate.removesuffix("%") or self.sign) + mark

    @property
    def goal_cell(self) -> str:
        """What is asked, in a column in percent, marked; of things with what they are."""
        goal = self.result.goal
        if goal is None:
            absent = "target.by_group" if self.by_group else "sign.not_applicable"
            return _plan_words(self.target, self.year) or self.voice.say(absent)
        if goal.by:
            return format_date(goal.by).removesuffix(f"/{self.year.period.year}")
        said = self.mark("at_least", goal.cell)
        return with_unit(said, goal.counted) if goal.counted else said

    # ------------------------------------------------------------------------------------- against the plan

    @property
    def is_due(self) -> bool:
        """Whether the plan has a level for it by now."""
        return self.result.verdict is not Verdict.NOT_DUE

    @property
    def lacks_document(self) -> bool:
        """Whether the document it is judged by has not been issued."""
        return self.target.needs_document and not self.year.profile.plan.guidance_document


def verdict_name(target: Target, result: Result, year: Year) -> str:
    """What the pattern is called that says how a target came out."""
    match result.verdict:
        case Verdict.PROGRESS:
            how = progress(result, target, year.profile.plan.partial_coverage)
            return f"progress_{how}{'_falling' * (result.falling and how is not Progress.UNKNOWN)}"
        case Verdict.NO_LEVEL if _plan_words(target, year):
            return "no_number"
        case verdict:
            return verdict.value


_UNJUDGED = (Verdict.NOT_DUE, Verdict.NONE_ARISING, Verdict.NOT_APPLICABLE)


def carried_from(target: Target, result: Result, period: Period) -> int | None:
    """The earlier year by whose level ``result`` was judged; None where by none, or one of its own year."""
    return None if result.verdict in _UNJUDGED else target.carried_from(period)


def _plan_words(target: Target, year: Year) -> str:
    grown = target.without_base(year.period)
    return grown.said if grown else target.words(year.period)


def tally_cells(tally: Tally | None, line: Fraction | None, sign: str) -> tuple[str, str, str]:
    """Total, done and rate as cells; ``line`` is the percentage that the rate may not seem to cross."""
    if tally is None or tally.share is None:
        return sign, sign, sign
    rate = format_percent(tally.share, line).removesuffix("%")
    return format_count(tally.denominator), format_count(tally.numerator), rate


def coverage_cell(code: str, coverage: Coverage, voice: Voice) -> str:
    """Of how many of the units asked there are figures, marked: "19/23"."""
    counts = (("reported", coverage.reported), ("expected", coverage.expected))
    return "/".join(voice.mark(f"{code}.coverage.{role}", str(n)) for role, n in counts)


def target_views(year: Year, voice: Voice, decided: Decided = NOTHING_DECIDED) -> tuple[TargetView, ...]:
    """Pair every result with its target, in the plan's order."""
    targets = year.profile.plan.targets_by_code
    estimates = {estimate.item: estimate for estimate in year.summary.estimates}
    views = []
    for result in year.summary.results:
        target = targets[result.item]
        source = targets[target.same_as] if target.same_as else target
        is_one_body = source.answered_by == "authority"
        authority = year.profile.roster.unit(source.authority).short_name if is_one_body else ""
        parts = target_parts(year.profile, target, year.period)
        fields = tuple(
            TargetView(
                part.target,
                part_result,
                authority,
                year,
                voice.about(part.target.code),
                decided=decided,
                is_field=True,
                is_group=isinstance(part, TargetGroup),
            )
            for part, part_result in zip(parts, result.fields, strict=False)
        )
        about, estimate = voice.about(target.code), estimates.get(target.code)
        views.append(TargetView(target, result, authority, year, about, estimate, decided, fields))
    return tuple(views)


def due_years(views: Iterable[TargetView]) -> str:
    """Name the years that targets fall due in: "2030", "2030 và 2035"."""
    return join_names(sorted({str(view.target.due_year(view.year.period)) for view in views}))


def origin(control: Control) -> dict[str, str]:
    """The slots that cite where a control figure is from."""
    return {"source": control.source, "cut_off": format_date(control.cut_off), "document": control.document}


def units_below(view: TargetView) -> list[str]:
    """The units below the threshold, of groups each its own, with their rates; of yes and no without."""
    if view.by_group:
        return [name for group in view.fields for name in units_below(group)]
    if view.target.of_units:
        return [unit.short_name for unit, *_ in _below(view)]
    return [
        f"{unit.short_name} ({view.mark(f'{unit.code}.percent', format_percent(share, view.result.line))})"
        for unit, _, share in _below(view)
    ]


def farthest_below(view: TargetView) -> list[str]:
    """The same units with what they lack, the most first; none where a unit can lack only its answer."""
    if view.by_group or view.target.of_units:
        return []
    lacks = ((view.known_goal.short(tally), unit) for unit, tally, _ in _below(view))
    return [
        f"{unit.short_name} ({view.mark(f'{unit.code}.short', view.voice.count(n))} {view.counted_in})"
        for n, unit in sorted(lacks, key=lambda lack: -lack[0])
    ]


def _below(view: TargetView) -> Iterator[tuple[Unit, Tally, Fraction]]:
    """The units below the threshold, in protocol order, each with its own figure."""
    below = frozenset(below_target(view.result))
    for unit, c in contributing_units(view):
        if unit.code in below and c.tally is not None and c.tally.share is not None:
            yield unit, c.tally, c.tally.share


def contributing_units(view: TargetView) -> list[tuple[Unit, Contribution]]:
    """Pair the units of the roster with what they add, in protocol order."""
    given = view.contributions
    return [(unit, given[unit.code]) for unit in view.year.units if unit.code in given]
