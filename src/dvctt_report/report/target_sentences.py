"""What the body says of a target after its name, by verdict and basis, and the parts that notes say, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from dvctt_report.model import Basis, Compared, Contribution, Number, Progress, State, Tally, Verdict
from dvctt_report.report import narrative
from dvctt_report.report.decided import say_unmended
from dvctt_report.report.tables import numbered
from dvctt_report.report.targets import TargetView, contributing_units, farthest_below, origin, units_below
from dvctt_report.report.wording import Voice
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import (
    format_count,
    format_date,
    format_fraction,
    format_percent,
    format_points,
    sentence,
)
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.compare import look_ahead
from dvctt_report.year.summary.controls import why
from dvctt_report.year.summary.returns import why_missing
from dvctt_report.year.summary.verdict import is_enough

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


def target_sentence(view: TargetView) -> str:
    """Write what the body says of a target after its name: figure and verdict; what bounds them is a note."""
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
            said = [_without_level(view)]
        case Verdict.PROGRESS:
            said = [_progress(view)]
    return " ".join(sentence(part) for part in said if part)


def say_no_ground(view: TargetView) -> str:
    """What there has to be before the target can be judged: its document, the figure of an earlier year."""
    if view.lacks_document:
        return view.voice.say("target.no_document")
    grown = view.target.without_base(view.year.period)
    if grown is None:
        return ""
    year, base = str(grown.base_year), grown.unusable_base
    if base is None:
        return view.voice.say("target.no_base", year=year)
    slots = {"base": view.voice.count(base.number), "unit": view.target.unit_of_count}
    return view.voice.say(f"target.no_base_{base.why}", year=year, **slots)


def _judged(view: TargetView) -> list[str]:
    said = _by_field(view) if view.by_field else _against_goal(view)
    if view.fields and not view.by_field:
        said = view.voice.say("target.joint", sentence=said, fields=_each_field(view))
    if view.authority:
        return [said]
    return [said, *map(_below, view.fields if view.by_group else (view,))]


def _without_level(view: TargetView) -> str:
    """Say what was done where the plan sets no level."""
    year, words = str(view.year.period.year), view.target.words(view.year.period)
    slots = {"words": words} if words else {"year": year}
    kind = "no_number" if words else "no_level"
    if not view.has_figure:
        return view.voice.say(f"target.{kind}_blank", **slots)
    return view.voice.say(f"target.{kind}", figure=view.figure, **slots)


def _progress(view: TargetView) -> str:
    """Say what was done so far and how far that is from the year's level; nothing is judged."""
    slots = {"goal": view.goal, "year": str(view.year.period.year)}
    if not view.has_figure:
        return view.voice.say("target.progress_blank", **slots)
    said = view.voice.say(_progress_pattern(view), figure=view.figure, **slots, **_way(view))
    return f"{said}; {_each_field(view)}" if view.fields else said


def _progress_pattern(view: TargetView) -> str:
    goal = view.result.goal
    if view.by_field or goal is None or goal.by or view.progress is Progress.UNKNOWN:
        return "target.progress"
    way = "rising" if goal.is_climb else "falling"
    if view.progress is Progress.REACHED:
        return f"target.progress_reached_{way}"
    return f"target.progress_{way}" if view.points else f"target.progress_count_{way}"


def _way(view: TargetView) -> dict[str, str]:
    """How much the figure lacks to the year's level, as far as that is known and told."""
    if view.by_field or view.progress is not Progress.BELOW or view.known_goal.by:
        return {}
    return {"points": view.points} if view.points else {"short": view.short}


def _against_goal(view: TargetView) -> str:
    """Say how the result stands to the level: in points, or how many are lacking where there are none."""
    missed = view.result.verdict is Verdict.MISSED
    if not view.target.of_things and view.printed is None:
        return view.figure
    rising, slots = view.known_goal.is_climb, {"figure": view.figure, "goal": view.goal}
    slots |= {"short": view.short} if missed else {}
    # exactly at the level there isn't enough; a day has no points
    if not view.points or (missed and view.known_goal.by):
        name = ("missed_count" if rising else "over_count") if missed else "met_exact"
        return view.voice.say(f"target.{name}", **slots)
    name = ("missed" if rising else "missed_over") if missed else "met_above" if rising else "met_below"
    return view.voice.say(f"target.{name}", points=view.points, **slots)


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
        lacking = view.is_open_count and not view.falling
        said += view.voice.say("target.field_short_count", short=view.short) if lacking else ""
        return said + view.voice.say("target.field_open")
    if view.result.verdict is Verdict.MISSED:
        name = "short" if view.known_goal.is_climb else "over"
        if not view.points:
            return said + view.voice.say(f"target.field_{name}_count", short=view.short)
        return said + view.voice.say(f"target.field_{name}", short=view.short, points=view.points)
    return said


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
    found = by_key((_why_missing(view, unit, given.get(unit)), unit) for unit in view.result.missing)
    unmended = say_unmended(view.year.dataset, found.get("left_out", ()), view.voice)
    more = {"left_out": {"date": format_date(view.year.today), "unmended": unmended}}
    said = [
        view.voice.say(f"reason.{r}", n=view.voice.count(len(found[r])), **more.get(r, {}))
        for r in _REASONS
        if r in found
    ]
    return f" ({', '.join(said)})" if said else ""


def _why_missing(view: TargetView, unit: str, given: Contribution | None) -> str:
    left_out, state = (given.left_out, given.state) if given else (False, None)
    return why_missing(view.year.dataset, view.year.by_unit.get(unit), unit, state, left_out=left_out)


def _below(view: TargetView) -> str:
    """Name the units below the threshold, in roster order; a target that is met names none."""
    names = units_below(view) if view.result.verdict is Verdict.MISSED else []
    if not names:
        return ""
    most = "farthest_over" if view.falling else "farthest"
    told = view.voice.named(names, view.voice.annexes.by_unit, farthest_below(view), most)
    slots = {"n": view.voice.count(len(names)), "names": told}
    if view.target.each:
        each = {"each": view.voice.count(view.target.each), "unit": view.target.unit_of_count}
        return view.voice.say("target.below_each", **each, **slots)
    if view.target.of_units:
        name = "not_in_time" if view.target.measure == "milestone" else "answered_no"
        return view.voice.say(f"target.{name}", **slots)
    goal = view.known_goal
    name = _OUTSIDE[goal.compared]
    return view.voice.say(f"target.{name}", at_least=format_fraction(goal.number), **slots)


def say_decided(view: TargetView) -> str:
    """Say whose figures in the result the officer has corrected or accepted."""
    units = view.decided.counted(view.target, view.result)
    names = [view.year.profile.roster.unit(unit).short_name for unit in units]
    if not names:
        return ""
    annex = view.voice.told_in(view.voice.annexes.decided)
    is_in_annex = view.voice.issuer.naming == "phu_luc"  # that of decisions names them
    named = "" if is_in_annex else view.voice.named(names, view.voice.annexes.by_unit)
    return view.voice.say("target.decided", annex=annex, n=view.voice.count(len(names)), names=named)


def _insufficient(view: TargetView) -> list[str]:
    voice, result = view.voice, view.result
    if view.authority and not view.has_figure:
        return [voice.say("target.authority_silent", authority=view.authority)]
    by_field = ""
    if view.fields:
        name = "groups" if view.by_group else "fields"
        by_field = voice.say(f"target.{name}", fields=_each_field(view))
    if view.is_open_count:
        name = "groups" if view.fields else "within" if view.falling else "short"
        slots = {"figure": view.figure, "n": voice.count(len(result.awaited))}
        if not view.fields:
            slots |= {"goal": view.goal}
        if name == "short":
            slots |= {"short": view.short}
        return [voice.say(f"target.open_{name}", **slots), by_field]
    if not result.coverage.reported:
        return [voice.say("target.insufficient_none")]
    said = voice.say("target.insufficient", **view.coverage)
    if view.has_figure:
        said += voice.say("target.insufficient_figure", figure=view.figure)
    return [said, by_field]


def _none_arising(view: TargetView) -> str:
    if view.authority:
        return view.voice.say("target.none_arising_authority", authority=view.authority)
    return view.voice.say("target.none_arising", **view.coverage)


def _way_of_things(view: TargetView, slots: Mapping[str, str]) -> str:
    """Say how many things are still lacking (too many) to a later goal."""
    reached = view.known_goal.reached_by(view.result.tally)
    name = "reached" if reached else "count" if view.known_goal.is_climb else "count_down"
    more = {} if reached else {"short": view.short}
    said = view.voice.say(f"outlook.{name}", figure=view.figure, **view.year.period.slots, **slots, **more)
    return said + (view.voice.say("outlook.coverage", **view.coverage) if view.result.n_missing else "")


def outlook_sentence(view: TargetView) -> str:
    """Write how far a later target still is, and what that means a year; never a verdict."""
    voice, due = view.voice, view.target.due_year(view.year.period)
    slots = {"name": view.target.print_as, "goal": view.goal, "due": str(due)}
    result, needed = view.result, view.year.profile.plan.partial_coverage
    if result.goal and result.goal.by:
        slots |= view.year.period.slots
        return sentence(voice.say("outlook.by", figure=view.figure, **slots))
    if view.target.of_things and is_enough(result.coverage, None, needed):
        return sentence(_way_of_things(view, slots))
    outlook = look_ahead(result, view.target, view.year.period)
    if outlook is None or not is_enough(result.coverage, result.weight, needed):
        return sentence(voice.say("outlook.unknown", **slots))
    slots |= {"figure": view.figure, **view.year.period.slots}
    if not view.enough:
        return sentence(voice.say("outlook.unsettled", n=voice.count(result.n_missing), **slots))
    if outlook.distance <= 0:
        said = voice.say("outlook.reached", **slots)
        said += f" ({voice.say('verdict.unsure')})" if result.turn is not None else ""
    else:
        zero = Decimal(0)
        way = "distance" if view.known_goal.rising else "distance_down"
        said = voice.say(
            f"outlook.{way}" if view.year.period.judged else "outlook.distance_half",
            distance=format_points(outlook.distance, zero),
            per_year=format_points(outlook.per_year, zero),
            **slots,
        )
    if result.n_missing:
        said += voice.say("outlook.coverage", **view.coverage)
    return sentence(said)


def say_by_control(view: TargetView, sentence: str) -> list[str]:
    """Say a result that is the control figure's, and what the units add up to; the reason for the choice."""
    result, voice = view.result, view.voice
    assert result.control is not None
    assert result.own_tally is not None
    own = result.own_tally
    slots = {
        **view.coverage,
        "own": _figure(view, own.denominator or None, own.numerator if own.denominator else None),
        "reason": why(view.target, result.control),
        "annex": voice.refer(voice.annexes.decided),
    }
    said = voice.say("control.by", **origin(result.control), sentence=sentence)
    return [said, voice.say("control.own", **slots)]


def say_beside(view: TargetView) -> str:
    """Say what the system in charge holds where the units' sum is printed; "" where it holds nothing."""
    control, voice = view.result.control, view.voice
    if control is None or view.result.own_tally is not None:
        return ""
    slots = {"figure": _figure(view, control.total, control.done), "reason": why(view.target, control)}
    annex = voice.refer(voice.annexes.decided)
    return voice.say("control.beside", **origin(control), **slots, annex=annex)


def _figure(view: TargetView, total: int | None, done: Number | None) -> str:
    """Write what is known of the two numbers; the percentage never on the wrong side of the threshold."""
    unit, voice = view.target.unit_of_count, view.voice
    if total is None and done is None:
        return voice.say("sign.not_available")
    if total is None or done is None:
        name = "control.total_only" if done is None else "control.done_only"
        return voice.say(name, n=format_count((total if done is None else done) or 0), unit=unit)
    tally = Tally(done, total)
    rate = f" ({format_percent(tally.share, view.result.line)})" if tally.share is not None else ""
    return f"{format_count(done)}/{format_count(total)} {unit}{rate}"


def body_notes(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> tuple[str, ...]:
    """Say what a provisional verdict is and which annex has the caveats, or all of them without an annex."""
    notes, annex = target_notes(dataset, views, voice), voice.annexes.targets
    is_unsure = any(one.unsure for view in views for one in (view, *view.fields))
    brief = (
        voice.say("note.provisional") if is_unsure else "",
        voice.say("note.in_annex", annex=annex) if notes and annex else "",
    )
    parts = "; ".join(filter(None, brief))
    lead = (voice.say("note.brief", parts=parts),) if parts else ()
    return lead if annex else (*lead, *notes)


def target_notes(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> tuple[str, ...]:
    """Write a note for every kind of caveat that one of the targets has; each names its targets by number.

    Where no table has the numbers, it names them.
    """
    has_numbers = voice.annexes.targets or voice.issuer.targets_as != "doan"
    rows = tuple((n if has_numbers else v.name, v) for n, v in numbered(views) if not v.is_field)
    notes = (_note(kind, rows, voice) for kind in _KINDS)
    said = (*filter(None, notes), *narrative.how_sure(views, voice))
    lead = voice.say("note.lead" if has_numbers else "note.lead_named", year=str(dataset.period.year))
    told = (*said, *narrative.other_index(dataset, views, voice))
    return (lead, *(f"- {note}" for note in told)) if said else told


def _note(kind: str, rows: Iterable[tuple[str, TargetView]], voice: Voice) -> str:
    """Write the note of one kind; targets of which the same is to be said are named together."""
    said = by_key((text, number) for number, view in rows if (text := _KINDS[kind](view)))
    if not said:
        return ""
    parts = (voice.say("note.part", numbers=", ".join(ns), text=text) for text, ns in said.items())
    return sentence(voice.say(f"note.{kind}", parts="; ".join(part.rstrip(".") for part in parts)))


def _authority(view: TargetView) -> str:
    """Whose figure it is, where one body answers for the whole province."""
    return ", ".join(filter(None, (view.authority, view.target.source_note))) if view.authority else ""


def _coverage(view: TargetView) -> str:
    """Of how many units the figure is, where some are missing, and why they are."""
    closed = view.result.basis is Basis.CLOSED
    if view.authority or not view.result.n_missing or view.result.own_tally is not None or closed:
        return ""
    return _of_units(view)


def _of_units(view: TargetView) -> str:
    return view.voice.say("note.of_units", reasons=missing_reasons(view), **view.coverage) + say_weight(view)


def _units_below(view: TargetView) -> str:
    """How many units are below the level; an annex names them, or else this does."""
    names = units_below(view) if view.result.verdict is Verdict.MISSED and not view.authority else []
    if not names:
        return ""
    annex = view.voice.annexes.by_unit
    told = "" if annex else view.voice.named(names, annex)
    return view.voice.say("note.n_below", n=view.voice.count(len(names)), names=told)


def _n_none_arising(view: TargetView) -> str:
    n = sum(c.state is State.NONE_ARISING for _, c in contributing_units(view))
    return view.voice.say("note.n_none_arising", n=view.voice.count(n)) if n and not view.authority else ""


def _outside(view: TargetView, state: State, kind: str) -> str:
    """Which units stand outside the figure for that reason, as far as they may be named."""
    units = (u for u, c in contributing_units(view) if c.state is state)
    names = [u.short_name for u in units if u.code not in view.result.missing]
    if not names:
        return ""
    told = view.voice.named(names, view.voice.annexes.by_unit)
    return view.voice.say(f"note.n_{kind}", n=view.voice.count(len(names)), names=told)


def _ungrouped(view: TargetView) -> str:
    """How many units add to a figure that is judged by groups, and are of none that has a level."""
    n = len(view.ungrouped)
    return view.voice.say("note.n_ungrouped", n=view.voice.count(n)) if n else ""


def _source(view: TargetView) -> str:
    return "" if view.authority else view.target.source_note


def _control(view: TargetView) -> str:
    """What the system in charge holds beside the units' sum, or the other way round."""
    if view.result.own_tally is None:
        return say_beside(view)
    return " ".join(say_by_control(view, view.figure))


_KINDS: Mapping[str, Callable[[TargetView], str]] = {
    "unsure": lambda view: view.turned_by,
    "closed": lambda view: _of_units(view) if view.result.basis is Basis.CLOSED else "",
    "coverage": _coverage,
    "authority": _authority,
    "below": _units_below,
    "none_arising": _n_none_arising,
    "withheld": lambda view: _outside(view, State.WITHHELD, "withheld"),
    "exempt": lambda view: _outside(view, State.NOT_APPLICABLE, "exempt"),
    "ungrouped": _ungrouped,
    "source": _source,
    "estimate": say_estimate,
    "control": _control,
    "decided": lambda view: say_decided(view) if view.result.own_tally is None else "",
    "no_document": say_no_ground,
}
"""What is said of a target by each kind of note, "" where there is nothing; in the order of print."""
