"""A target in words: the sentence of the body, and the parts of it that tables print too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dvctt_report.dataset import Dataset
from dvctt_report.model import (
    Basis,
    Compared,
    Contribution,
    Estimate,
    Goal,
    Grade,
    Progress,
    Result,
    State,
    Summary,
    Tally,
    Verdict,
)
from dvctt_report.plan.model import Target, Unit
from dvctt_report.plan.sources import TargetGroup, target_parts
from dvctt_report.report.controls import say_beside, say_by_control
from dvctt_report.report.decided import NOTHING_DECIDED, Decided, say_unmended
from dvctt_report.report.wording import Voice, join_terms, lower_first, sentence
from dvctt_report.summary import below_target
from dvctt_report.summary.coverage import is_enough, progress, tells_enough
from dvctt_report.summary.outlook import look_ahead
from dvctt_report.summary.returns import ReturnLine, why_missing
from dvctt_report.vietnamese import (
    as_decimal,
    format_date,
    format_fraction,
    format_percent,
    format_points,
    join_names,
    printed_percent,
)


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target with its result, ready to be said; ``fields`` are the fields of procedures it is made of.

    ``is_field``: it is such a field itself, or, ``is_group``, what is asked of some groups of units.
    """

    target: Target
    result: Result
    authority: str
    dataset: Dataset
    lines: Mapping[str, ReturnLine]
    voice: Voice
    estimate: Estimate | None = None
    decided: Decided = NOTHING_DECIDED
    fields: tuple[TargetView, ...] = ()
    is_field: bool = False
    is_group: bool = False

    def with_decided(self, decided: Decided) -> TargetView:
        """The same view, which knows what the officer has decided."""
        return replace(self, decided=decided, fields=tuple(f.with_decided(decided) for f in self.fields))

    @property
    def by_field(self) -> bool:
        """Whether the verdict is that of the fields, and not of their sum."""
        return bool(self.fields) and not self.target.joint

    @property
    def by_group(self) -> bool:
        """Whether its parts are groups of units with levels of their own."""
        return any(part.is_group for part in self.fields)

    @property
    def share(self) -> Fraction | None:
        return self.result.tally.share

    @property
    def printed(self) -> Decimal | None:
        """The percentage as it is printed, None where there is none."""
        return None if self.share is None else printed_percent(self.share, self.result.line)

    @property
    def rate(self) -> str:
        """The percentage as text, "" where there is none."""
        return "" if self.share is None else format_percent(self.share, self.result.line)

    @property
    def has_figure(self) -> bool:
        """Whether there is a figure to tell: a share, or a number of things that units gave."""
        if self.target.of_things:
            return bool(self.result.coverage.reported)
        return self.share is not None

    @property
    def enough(self) -> bool:
        """Whether the result says where it stands to its threshold."""
        return tells_enough(self.result, self.dataset.profile.plan.partial_coverage)

    @property
    def progress(self) -> Progress:
        """How far it is on the way to the year's level."""
        return progress(self.result, self.target, self.dataset.profile.plan.partial_coverage)

    @property
    def unsure(self) -> bool:
        """Whether the verdict holds only as long as nothing else is reported."""
        return self.result.grade is Grade.PROVISIONAL

    @property
    def verdict(self) -> str:
        """The verdict as tables print it: "Chưa đạt, chưa chắc chắn"."""
        if self.is_field and self.target.joint:
            return self.voice.say("sign.not_applicable")
        name = self.result.verdict.value
        if self.result.verdict is Verdict.PROGRESS:
            name = f"progress_{self.progress}"
        said = self.voice.say(f"verdict.{name}")
        return f"{said}, {self.voice.say('verdict.unsure')}" if self.unsure else said

    def flag(self, text: str) -> str:
        """Say in brackets behind ``text``, which names the target, that its verdict isn't sure."""
        return f"{text} ({self.voice.say('verdict.unsure')})" if self.unsure else text

    @property
    def short(self) -> str:
        """How many are lacking to the threshold, with what they are: "32 hồ sơ"; by field where so judged."""
        if self.by_field:
            lacking = (f for f in self.fields if f.result.verdict is Verdict.MISSED)
            return join_terms(f"{f.short} ({f.name})" for f in lacking)
        return f"{self.voice.count(self.result.short)} {self.counted_in}"

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
        missing = {unit for one in (self, *self.fields) for unit in one.result.missing}
        goal = self.fields[0].known_goal if self.by_group else self.known_goal
        by_done = goal.rising is (result.verdict is Verdict.MISSED)
        said = self.voice.say(
            f"target.turned_{'missed' if by_done else 'met'}",
            n=count(len(missing)),
            turn=count(result.turn),
            unit=self.counted_in,
            done=self.target.done_as or self.voice.say("target.done"),
        )
        where = ""
        if self.by_field:
            part = "group" if self.by_group else "in"
            where = self.voice.say(f"target.turned_{part}_{result.verdict.value}")
        return said + where

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
            return self.target.words(self.dataset.period) or self.voice.say("target.no_goal")
        if goal.by:
            return self.voice.say("target.goal_by", by=format_date(goal.by))
        if goal.counted:
            name = f"target.{_COUNTED_GOALS[goal.compared]}"
            said = self.voice.say(name, at_least=self.voice.count(goal.things), unit=goal.counted)
            if goal.growth is None:
                return said
            growth = {"growth": format_fraction(goal.growth.percent), "year": str(goal.growth.year)}
            return self.voice.say(
                "target.goal_grown", goal=said, base=self.voice.count(goal.growth.base), **growth
            )
        is_all = goal.is_extreme and goal.rising
        said = self.voice.say(
            "target.goal_all" if is_all else f"target.{_GOALS[goal.compared]}",
            at_least=format_fraction(goal.number),
        )
        if not self.target.each:
            return said
        slots = {"each": self.voice.count(self.target.each), "unit": self.target.unit_of_count}
        return self.voice.say("target.goal_each", goal=said, **slots)

    @property
    def figure(self) -> str:
        """Rate and counts: "đạt 82,9% (18.342/22.115 người)"; of things alone how many: "có 12 kênh"."""
        tally, count = self.result.tally, self.voice.count
        slots = {"done": count(tally.numerator), "unit": self.target.unit_of_count}
        if self.target.of_things:
            return self.voice.say("target.figure_count", **slots)
        slots |= {"rate": self.rate, "total": count(tally.denominator)}
        if self.target.each:
            return self.voice.say("target.figure_each", each=count(self.target.each), **slots)
        if self.target.measure == "milestone":
            return self.voice.say("target.figure_milestone", **slots)
        if self.target.of_units:
            return self.voice.say("target.figure_yes_no", **slots)
        falling = self.result.goal is not None and not self.result.goal.rising
        return self.voice.say("target.figure_falling" if falling else "target.figure", **slots)

    @property
    def lacks_document(self) -> bool:
        """Whether the document it is judged by has not been issued."""
        return self.target.needs_document and not self.dataset.profile.plan.guidance_document


def target_views(
    dataset: Dataset, summary: Summary, lines: Mapping[str, ReturnLine], voice: Voice
) -> tuple[TargetView, ...]:
    """Pair every result with its target, in the plan's order."""
    targets = {t.code: t for t in dataset.profile.plan.targets}
    estimates = {estimate.item: estimate for estimate in summary.estimates}
    views = []
    for result in summary.results:
        target = targets[result.item]
        authority = _authority(dataset, targets, target)
        estimate = estimates.get(result.item)
        about = voice.about(target.code)
        view = TargetView(target, result, authority, dataset, lines, about, estimate)
        views.append(replace(view, fields=_field_views(view)))
    return tuple(views)


def _field_views(view: TargetView) -> tuple[TargetView, ...]:
    parts = target_parts(view.dataset.profile, view.target, view.dataset.period)
    return tuple(
        TargetView(
            field.target,
            result,
            view.authority,
            view.dataset,
            view.lines,
            view.voice.about(field.target.code),
            is_field=True,
            is_group=isinstance(field, TargetGroup),
        )
        for field, result in zip(parts, view.result.fields, strict=False)
    )


def _authority(dataset: Dataset, targets: Mapping[str, Target], target: Target) -> str:
    source = targets[target.same_as] if target.same_as else target
    if source.answered_by != "authority":
        return ""
    return dataset.profile.roster.unit(source.authority).short_name


def due_years(views: Iterable[TargetView]) -> str:
    """Name the years that targets fall due in: "2030", "2030 và 2035"."""
    return join_names(sorted({str(view.target.first_year) for view in views}))


def target_sentence(view: TargetView) -> str:
    """Write what the body says of a target after its name, by verdict and basis."""
    match view.result.verdict:
        case Verdict.MET | Verdict.MISSED:
            said = _judged(view)
        case Verdict.INSUFFICIENT:
            said = _insufficient(view)
        case Verdict.NONE_ARISING:
            said = [_none_arising(view)]
        case Verdict.NOT_APPLICABLE:
            said = [view.voice.say("target.not_applicable")]
        case Verdict.NOT_DUE:
            said = [outlook_sentence(view)]
        case Verdict.NO_LEVEL:
            said = _without_level(view)
        case Verdict.PROGRESS:
            said = _progress(view)
    if view.lacks_document:
        said.append(view.voice.say("target.no_document"))
    if view.result.own_tally is None:
        said.append(say_decided(view))
    if view.result.verdict is not Verdict.NOT_DUE:
        said.append(say_beside(view.target, view.result, view.voice))
    return " ".join(sentence(part) for part in said if part)


def _judged(view: TargetView) -> list[str]:
    voice, result = view.voice, view.result
    said = _by_field(view) if view.by_field else _against_goal(view)
    if view.fields and not view.by_field:
        said = voice.say("target.joint", sentence=said, fields=_each_field(view))
    if result.own_tally is not None:
        return [*say_by_control(view.target, result, said, voice), _below(view)]
    if view.authority:
        source = f"{view.target.source_note}, " if view.target.source_note else ""
        cut_off = view.dataset.profile.plan.period.cut_off(view.dataset.period)
        source = (
            voice.say("target.source", source=f"{source}tính đến ngày {cut_off:%d/%m/%Y}") if source else ""
        )
        head = voice.say("target.by_authority", authority=view.authority, source=source, sentence=said)
        return [head, say_estimate(view), voice.say("target.tracked_by", authority=view.authority)]
    if result.n_missing:
        said += voice.say("target.coverage_partial", **_coverage(view)) + say_weight(view)
    source = (
        voice.say("target.data_source", source=view.target.source_note) if view.target.source_note else ""
    )
    below = " ".join(filter(None, map(_below, view.fields))) if view.by_group else _below(view)
    return [said, below, _sure(view), *_left_out(view), say_estimate(view), source]


def _without_level(view: TargetView) -> list[str]:
    """Say what was done where the plan sets no level, and of how many units that is known."""
    year, words = str(view.dataset.period.year), view.target.words(view.dataset.period)
    slots = {"words": words} if words else {"year": year}
    kind = "no_number" if words else "no_level"
    if not view.has_figure:
        return [view.voice.say(f"target.{kind}_blank", **slots)]
    said = view.voice.say(f"target.{kind}", figure=view.figure, **slots)
    if view.result.n_missing:
        said += view.voice.say("target.coverage_partial", **_coverage(view)) + say_weight(view)
    return [said, *_left_out(view), say_estimate(view)]


def _progress(view: TargetView) -> list[str]:
    """Say what was done so far and how far that is from the year's level; nothing is judged."""
    slots = {"goal": view.goal, "year": str(view.dataset.period.year)}
    if not view.has_figure:
        blank = view.voice.say("target.progress_blank", **slots)
        return [blank + view.voice.say("target.coverage_partial", **_coverage(view))]
    said = view.voice.say(_progress_pattern(view), figure=view.figure, **slots, **_way(view))
    if view.fields:
        said += f"; {_each_field(view)}"
    if view.result.n_missing:
        said += view.voice.say("target.coverage_partial", **_coverage(view)) + say_weight(view)
    return [said, *_left_out(view), say_estimate(view)]


def _progress_pattern(view: TargetView) -> str:
    goal = view.result.goal
    if view.by_field or goal is None or goal.by or view.progress is Progress.UNKNOWN:
        return "target.progress"
    way = "rising" if goal.rising else "falling"
    if view.progress is Progress.REACHED:
        return f"target.progress_reached_{way}"
    in_points = not view.target.of_things and view.printed != view.threshold
    return f"target.progress_{way}" if in_points else f"target.progress_count_{way}"


def _way(view: TargetView) -> dict[str, str]:
    """How much the figure lacks to the year's level, as far as that is known and told."""
    if view.by_field or view.progress is not Progress.BELOW or view.known_goal.by:
        return {}
    if view.target.of_things or view.printed is None or view.printed == view.threshold:
        return {"short": view.short}
    return {"points": format_points(view.printed, view.threshold)}


def _against_goal(view: TargetView) -> str:
    printed = view.printed
    slots = {"figure": view.figure, "goal": view.goal}
    if view.target.of_things:
        if view.result.verdict is Verdict.MET:
            return view.voice.say("target.met_exact", **slots)
        name = "missed_count" if view.known_goal.rising else "over_count"
        return view.voice.say(f"target.{name}", short=view.short, **slots)
    if printed is None:
        return view.figure
    goal = view.threshold
    if view.result.verdict is Verdict.MISSED:
        slots["short"] = view.short
        if printed == goal or view.known_goal.by:  # exactly there isn't enough; a day has no points
            name = "missed_count" if view.known_goal.rising else "over_count"
            return view.voice.say(f"target.{name}", **slots)
        name = "missed" if view.known_goal.rising else "missed_over"
        return view.voice.say(f"target.{name}", points=format_points(printed, goal), **slots)
    if printed == goal:
        return view.voice.say("target.met_exact", **slots)
    name = "met_above" if view.known_goal.rising else "met_below"
    return view.voice.say(f"target.{name}", points=format_points(printed, goal), **slots)


def _by_field(view: TargetView) -> str:
    """Say how each field stands to the threshold, and the sum of them, which is only told."""
    kind = "group" if view.by_group else "field"
    missed = [f for f in view.fields if f.result.verdict is Verdict.MISSED]
    judged = [f for f in view.fields if f.result.grade is not None]
    slots = {"figure": view.figure, "goal": view.goal, "fields": _each_field(view)}
    counts = {"n": view.voice.count(len(missed)), "all": view.voice.count(len(judged))}
    return view.voice.say(f"target.by_{kind}_{'missed' if missed else 'met'}", **slots, **counts)


def _each_field(view: TargetView) -> str:
    return "; ".join(map(_field, view.fields))


def _field(view: TargetView) -> str:
    """Say of one field what its figure is, and how much is lacking."""
    if not view.has_figure:
        arisen = "none" if view.result.verdict is Verdict.NONE_ARISING else "unknown"
        return view.voice.say(f"target.field_{arisen}", name=view.name)
    goal = {"goal": view.goal} if view.is_group else {}
    said = view.voice.say(
        "target.group" if goal else "target.field", name=view.name, figure=view.figure, **goal
    )
    if view.target.joint or not view.has_figure:
        return said
    if view.result.verdict is Verdict.INSUFFICIENT:
        return said + view.voice.say("target.field_open")
    if view.result.verdict is Verdict.MISSED:
        name = "short" if view.known_goal.rising else "over"
        if view.printed is None or view.printed == view.threshold:
            return said + view.voice.say(f"target.field_{name}_count", short=view.short)
        points = format_points(view.printed, view.threshold)
        return said + view.voice.say(f"target.field_{name}", short=view.short, points=points)
    return said


def _coverage(view: TargetView) -> dict[str, str]:
    return _counts(view) | {"reasons": missing_reasons(view)}


def _counts(view: TargetView) -> dict[str, str]:
    coverage, count = view.result.coverage, view.voice.count
    return {"reported": count(coverage.reported), "expected": count(coverage.expected)}


def say_weight(view: TargetView) -> str:
    """Say what part of all that is counted the units with figures hold, where that is known."""
    weight = view.result.weight
    if weight is None or weight.reported == weight.expected:
        return ""
    share = format_percent(Fraction(weight.reported, weight.expected))
    return view.voice.say("target.weight", share=share, unit=view.target.unit_of_count)


def say_estimate(view: TargetView) -> str:
    """Put what units expect of the whole year beside the result, in a sentence of its own."""
    estimate, count = view.estimate, view.voice.count
    if estimate is None:
        return ""
    return view.voice.say(
        "target.estimate",
        n=count(len(estimate.observations)),
        value=count(estimate.value),
        so_far=count(estimate.so_far),
        unit=view.target.unit_of_count,
    )


def missing_reasons(view: TargetView) -> str:
    """Say in brackets why units are missing: " (03 đơn vị chưa gửi báo cáo, …)"; "" if none is."""
    given = {c.unit: c for c in view.result.contributions}
    found: dict[str, list[str]] = {}
    for unit in view.result.missing:
        found.setdefault(_why_missing(view, unit, given.get(unit)), []).append(unit)
    unmended = say_unmended(view.dataset, found.get("left_out", ()), view.voice)
    more = {"left_out": {"date": format_date(view.dataset.today), "unmended": unmended}}
    said = [
        view.voice.say(f"reason.{r}", n=view.voice.count(len(found[r])), **more.get(r, {}))
        for r in _REASONS
        if r in found
    ]
    return f" ({', '.join(said)})" if said else ""


_GOALS = {
    Compared.AT_LEAST: "goal",
    Compared.MORE_THAN: "goal_more_than",
    Compared.AT_MOST: "goal_at_most",
    Compared.LESS_THAN: "goal_less_than",
}
"""The pattern that says each kind of goal."""
_COUNTED_GOALS = {compared: f"count_{name}" for compared, name in _GOALS.items()}
_OUTSIDE = {
    Compared.AT_LEAST: "below",
    Compared.MORE_THAN: "not_above",
    Compared.AT_MOST: "above",
    Compared.LESS_THAN: "not_below",
}
"""The pattern that names the units whose own figure doesn't reach such a goal."""
_REASONS = (
    "not_sent",
    "paper",
    "to_enter",
    "unusable",
    "correcting",
    "left_out",
    "not_available",
    "exemption_open",
    "unanswered",
)
"""Why a unit is missing, in the order in which it is said."""


def _why_missing(view: TargetView, unit: str, given: Contribution | None) -> str:
    left_out, state = (given.left_out, given.state) if given else (False, None)
    return why_missing(view.dataset, view.lines.get(unit), unit, state, left_out=left_out)


def _below(view: TargetView) -> str:
    """Name the units below the threshold, in roster order; a target that is met names none."""
    names = units_below(view) if view.result.verdict is Verdict.MISSED else []
    if not names:
        return ""
    slots = _counted(view.voice, names, farthest_below(view))
    if view.target.each:
        each = {"each": view.voice.count(view.target.each), "unit": view.target.unit_of_count}
        return view.voice.say("target.below_each", **each, **slots)
    if view.target.of_units:
        name = "not_in_time" if view.target.measure == "milestone" else "answered_no"
        return view.voice.say(f"target.{name}", **slots)
    goal = view.known_goal
    name = _OUTSIDE[goal.compared]
    return view.voice.say(f"target.{name}", at_least=format_fraction(goal.number), **slots)


def units_below(view: TargetView) -> list[str]:
    """The units below the threshold, of groups each its own, with their rates; of yes and no without."""
    if view.by_group:
        return [name for group in view.fields for name in units_below(group)]
    return [_rated(view, unit, tally) for unit, tally in _tallies_below(view)]


def farthest_below(view: TargetView) -> list[str]:
    """The same units, those first that lack most; none where a unit can lack only its answer."""
    if view.by_group or view.target.of_units:
        return []
    by_lack = sorted(_tallies_below(view), key=lambda pair: -view.known_goal.short(pair[1]))
    return [_rated(view, unit, tally) for unit, tally in by_lack]


def _tallies_below(view: TargetView) -> list[tuple[Unit, Tally]]:
    below = frozenset(below_target(view.result))
    given = ((unit, c.tally) for unit, c in contributing_units(view) if unit.code in below)
    return [(unit, tally) for unit, tally in given if tally is not None and tally.share is not None]


def _rated(view: TargetView, unit: Unit, tally: Tally) -> str:
    if view.target.of_units or tally.share is None:
        return unit.short_name
    rate = format_percent(tally.share, view.result.line)
    return f"{unit.short_name} ({view.voice.mark(f'{view.target.code}.{unit.code}.percent', rate)})"


def contributing_units(view: TargetView) -> list[tuple[Unit, Contribution]]:
    """Pair the units of the roster with what they add, in protocol order."""
    by_unit = {c.unit: c for c in view.result.contributions}
    return [(unit, by_unit[unit.code]) for unit in view.dataset.units if unit.code in by_unit]


def _sure(view: TargetView) -> str:
    """Say what would turn the verdict, or how much is possible where the threshold is out of reach."""
    result, voice = view.result, view.voice
    if view.turned_by:
        return voice.say("target.unsure", turned=view.turned_by)
    low, high = result.bounds.low, result.bounds.high
    if result.basis is not Basis.SAFE or result.verdict is not Verdict.MISSED or low is None or high is None:
        return ""
    if not view.known_goal.rising:
        return voice.say("target.lowest", low=format_percent(low, result.line))
    return voice.say("target.highest", high=format_percent(high, result.line))


def _left_out(view: TargetView) -> list[str]:
    """Say which units stand outside the figure: nothing arose, secret by law, accepted as not concerned."""
    voice = view.voice
    units = contributing_units(view)
    none = [u for u, c in units if c.state is State.NONE_ARISING]
    withheld = [u.short_name for u, c in units if c.state is State.WITHHELD]
    claimed = [u for u, c in units if c.state is State.NOT_APPLICABLE]
    exempt = [u.short_name for u in claimed if u.code not in view.result.missing]
    return [
        voice.say("target.none_arising_units", n=voice.count(len(none))) if none else "",
        voice.say("target.withheld", **_counted(voice, withheld)) if withheld else "",
        voice.say("target.exempt", annex=voice.told_in(voice.annexes.decided), **_counted(voice, exempt))
        if exempt
        else "",
    ]


def say_decided(view: TargetView) -> str:
    """Say whose figures in the result the officer has corrected or accepted."""
    units = view.decided.counted(view.target, view.result)
    names = [view.dataset.profile.roster.unit(unit).short_name for unit in units]
    if not names:
        return ""
    annex = view.voice.told_in(view.voice.annexes.decided)
    slots = _counted(view.voice, names)
    if view.voice.issuer.naming == "phu_luc":
        slots["names"] = ""  # the annex of decisions names them
    return view.voice.say("target.decided", annex=annex, **slots)


def _counted(voice: Voice, names: list[str], farthest: list[str] | None = None) -> dict[str, str]:
    told = voice.named(names, voice.annexes.by_unit, farthest or ())
    return {"n": voice.count(len(names)), "names": told}


def _insufficient(view: TargetView) -> list[str]:
    voice, result = view.voice, view.result
    if view.authority and not view.has_figure:
        return [voice.say("target.authority_silent", authority=view.authority)]
    if not result.coverage.reported:
        return [voice.say("target.insufficient_none", reasons=missing_reasons(view))]
    said = voice.say("target.insufficient", **_coverage(view)) + say_weight(view)
    if view.has_figure:
        said += voice.say("target.insufficient_figure", figure=view.figure)
    by_field = voice.say("target.fields", fields=_each_field(view)) if view.fields else ""
    return [said, by_field, *_left_out(view)]


def _none_arising(view: TargetView) -> str:
    if view.authority:
        return view.voice.say("target.none_arising_authority", authority=view.authority)
    return view.voice.say("target.none_arising", **_counts(view))


def _way_of_things(view: TargetView, slots: Mapping[str, str]) -> str:
    """Say how many things are still lacking (too many) to a later goal."""
    reached = view.known_goal.reached_by(view.result.tally)
    name = "reached" if reached else "count" if view.known_goal.rising else "count_down"
    more = {} if reached else {"short": view.short}
    said = view.voice.say(f"outlook.{name}", figure=view.figure, **view.dataset.period.slots, **slots, **more)
    return said + (view.voice.say("outlook.coverage", **_counts(view)) if view.result.n_missing else "")


def outlook_sentence(view: TargetView) -> str:
    """Write how far a later target still is, and what that means a year; never a verdict."""
    voice, due = view.voice, view.target.first_year
    slots = {"name": view.target.print_as, "goal": view.goal, "due": str(due)}
    result, needed = view.result, view.dataset.profile.plan.partial_coverage
    if result.goal and result.goal.by:
        slots |= view.dataset.period.slots
        return sentence(voice.say("outlook.by", figure=view.figure, **slots))
    if view.target.of_things and is_enough(result.coverage, None, needed):
        return sentence(_way_of_things(view, slots))
    outlook = look_ahead(result, view.target, view.dataset.period)
    if outlook is None or not is_enough(result.coverage, result.weight, needed):
        return sentence(voice.say("outlook.unknown", **slots))
    slots |= {"figure": view.figure, **view.dataset.period.slots}
    if not view.enough:
        return sentence(voice.say("outlook.unsettled", n=voice.count(result.n_missing), **slots))
    if outlook.distance <= 0:
        said = voice.say("outlook.reached", **slots)
        said += f" ({voice.say('verdict.unsure')})" if result.turn is not None else ""
    else:
        zero = Decimal(0)
        said = voice.say(
            "outlook.distance" if view.known_goal.rising else "outlook.distance_down",
            distance=format_points(outlook.distance, zero),
            per_year=format_points(outlook.per_year, zero),
            **slots,
        )
    if result.n_missing:
        said += voice.say("outlook.coverage", **_counts(view))
    return sentence(said)
