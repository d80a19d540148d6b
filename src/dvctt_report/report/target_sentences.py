"""What the body says of a target after its name, by verdict and basis, and the parts that notes say, too."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from dvctt_report.model import Basis, Compared, Grade, Number, Progress, State, Tally, Verdict
from dvctt_report.report.decided import say_unmended
from dvctt_report.report.meanings import WHY_MISSING
from dvctt_report.report.tables import numbered
from dvctt_report.report.targets import TargetView, contributing_units, farthest_below, origin, units_below
from dvctt_report.report.wording import Voice, join_terms
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import (
    format_count,
    format_date,
    format_fraction,
    format_percent,
    format_points,
    join_names,
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


def target_sentence(view: TargetView) -> str:
    """Write what the body says of a target after its name: figure and verdict; what bounds them is a note."""
    voice = view.voice
    match view.result.verdict:
        case Verdict.MET | Verdict.MISSED:
            said = _judged(view)
        case Verdict.INSUFFICIENT:
            said = _insufficient(view)
        case Verdict.NONE_ARISING if view.authority:
            said = [voice.say("target.none_arising_authority", authority=view.authority)]
        case Verdict.NONE_ARISING:
            said = [voice.say("target.none_arising", **view.coverage)]
        case Verdict.NOT_APPLICABLE:
            said = [voice.say("target.not_applicable")]
        case Verdict.NOT_DUE:
            said = [outlook_sentence(view)]
        case Verdict.NO_LEVEL:
            words = view.target.words(view.year.period)
            kind = "no_number" if words else "no_level"
            slots = {"words": words} if words else {"year": str(view.year.period.year)}
            if view.has_figure:
                said = [voice.say(f"target.{kind}", figure=view.figure, **slots)]
            else:
                said = [voice.say(f"target.{kind}_blank", **slots)]
        case Verdict.PROGRESS:
            # What was done so far and how far that is from the year's level; nothing is judged
            goal, name = view.result.goal, "progress"
            slots = {"goal": view.goal, "year": str(view.year.period.year)}
            if not view.has_figure:
                said = [voice.say("target.progress_blank", **slots)]
            else:
                has_way = not view.by_field and goal is not None and not goal.by
                if goal is not None and has_way and view.progress is not Progress.UNKNOWN:
                    way = "rising" if goal.is_climb else "falling"
                    if view.progress is Progress.REACHED:
                        name = f"progress_reached_{way}"
                    elif view.points:
                        name, slots["points"] = f"progress_{way}", view.points
                    else:
                        name, slots["short"] = f"progress_count_{way}", view.short
                so_far = voice.say(f"target.{name}", figure=view.figure, **slots)
                said = ["; ".join((so_far, *map(_field, view.fields)))]
    return " ".join(sentence(part) for part in said if part)


def _judged(view: TargetView) -> list[str]:
    """Say how the result stands to its level, or each field to its own, and which units are below."""
    fields = "; ".join(map(_field, view.fields))
    if view.by_field:
        n_missed = sum(f.result.verdict is Verdict.MISSED for f in view.fields)
        n_judged = sum(f.result.grade is not None for f in view.fields)
        counts = {"n": view.voice.count(n_missed), "all": view.voice.count(n_judged)}
        name = f"target.by_{'group' if view.by_group else 'field'}_{'missed' if n_missed else 'met'}"
        said = view.voice.say(name, figure=view.figure, goal=view.goal, fields=fields, **counts)
    else:
        # How it stands to the level: in points, or how many are lacking where there are none
        missed, said = view.result.verdict is Verdict.MISSED, view.figure
        if view.target.of_things or view.printed is not None:
            rising, slots = view.known_goal.is_climb, {"figure": view.figure, "goal": view.goal}
            slots |= {"short": view.short} if missed else {}
            # exactly at the level there isn't enough; a day has no points
            if not view.points or (missed and view.known_goal.by):
                name = ("missed_count" if rising else "over_count") if missed else "met_exact"
            else:
                name, slots["points"] = ("met_above" if rising else "met_below"), view.points
                if missed:
                    name = "missed" if rising else "missed_over"
            said = view.voice.say(f"target.{name}", **slots)
        if view.fields:
            said = view.voice.say("target.joint", sentence=said, fields=fields)
    if view.authority:
        return [said]
    return [said, *map(_below, view.fields if view.by_group else (view,))]


def _field(view: TargetView) -> str:
    """Say of one field what its figure is, and how much is lacking."""
    voice, verdict = view.voice, view.result.verdict
    if not view.has_figure:
        arisen = "none" if verdict is Verdict.NONE_ARISING else "unknown"
        return voice.say(f"target.field_{arisen}", name=view.name)
    if view.is_group:
        said = voice.say("target.group", name=view.name, figure=view.figure, goal=view.goal)
    else:
        said = voice.say("target.field", name=view.name, figure=view.figure)
    if view.target.joint:
        return said
    if verdict is Verdict.INSUFFICIENT:
        if view.is_open_count and not view.result.falling:
            said += voice.say("target.field_short_count", short=view.short)
        return said + voice.say("target.field_open")
    if verdict is Verdict.MISSED:
        name = "short" if view.known_goal.is_climb else "over"
        if not view.points:
            return said + voice.say(f"target.field_{name}_count", short=view.short)
        return said + voice.say(f"target.field_{name}", short=view.short, points=view.points)
    return said


def missing_reasons(view: TargetView) -> str:
    """Say in brackets why units are missing: " (03 đơn vị chưa gửi báo cáo, …)"; "" if none is."""
    year, given = view.year, view.contributions
    found: dict[str, list[str]] = {}
    for unit in view.result.missing:
        left_out, state = (given[unit].left_out, given[unit].state) if unit in given else (False, None)
        why_none = why_missing(year.dataset, year.by_unit.get(unit), unit, state, left_out=left_out)
        found.setdefault(why_none, []).append(unit)
    unmended = say_unmended(year.dataset, found.get("left_out", ()), view.voice)
    more = {"left_out": {"date": format_date(year.today), "unmended": unmended}}
    said = [
        view.voice.say(f"reason.{r}", n=view.voice.count(len(found[r])), **more.get(r, {}))
        for r in WHY_MISSING
        if r in found
    ]
    return f" ({', '.join(said)})" if said else ""


def _below(view: TargetView) -> str:
    """Name the units below the threshold, in roster order; a target that is met names none."""
    names = units_below(view) if view.result.verdict is Verdict.MISSED else []
    if not names:
        return ""
    most = "farthest_over" if view.result.falling else "farthest"
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


def _insufficient(view: TargetView) -> list[str]:
    voice, result = view.voice, view.result
    if view.authority and not view.has_figure:
        return [voice.say("target.authority_silent", authority=view.authority)]
    by_field = ""
    if view.fields:
        name = "groups" if view.by_group else "fields"
        by_field = voice.say(f"target.{name}", fields="; ".join(map(_field, view.fields)))
    if view.is_open_count:
        name = "groups" if view.fields else "within" if view.result.falling else "short"
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


def outlook_sentence(view: TargetView) -> str:
    """Write how far a later target still is, and what that means a year; never a verdict."""
    voice, period, result = view.voice, view.year.period, view.result
    slots = {"name": view.target.print_as, "goal": view.goal, "due": str(view.target.due_year(period))}
    so_far = slots | {"figure": view.figure, **period.slots}
    needed = view.year.profile.plan.partial_coverage
    outlook = look_ahead(result, view.target, period)
    if result.goal and result.goal.by:
        return sentence(voice.say("outlook.by", **so_far))
    if view.target.of_things and is_enough(result.coverage, None, needed):
        if view.known_goal.reached_by(result.tally):
            said = voice.say("outlook.reached", **so_far)
        else:
            name = "count" if view.known_goal.is_climb else "count_down"
            said = voice.say(f"outlook.{name}", short=view.short, **so_far)
    elif outlook is None or not is_enough(result.coverage, result.weight, needed):
        return sentence(voice.say("outlook.unknown", **slots))
    elif not view.enough:
        return sentence(voice.say("outlook.unsettled", n=voice.count(result.n_missing), **so_far))
    elif outlook.distance <= 0:
        said = voice.say("outlook.reached", **so_far)
        said += f" ({voice.say('verdict.unsure')})" if result.turn is not None else ""
    else:
        way = "distance" if view.known_goal.rising else "distance_down"
        said = voice.say(
            f"outlook.{way}" if period.judged else "outlook.distance_half",
            distance=format_points(outlook.distance, Decimal(0)),
            per_year=format_points(outlook.per_year, Decimal(0)),
            **so_far,
        )
    if result.n_missing:
        said += voice.say("outlook.coverage", **view.coverage)
    return sentence(said)


def _known_of(view: TargetView, total: int | None, done: Number | None) -> str:
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

    Where no table has the numbers, it names them. Targets of which the same is to be said are named together.
    """
    has_numbers = voice.annexes.targets or voice.issuer.targets_as != "doan"
    rows = [(n if has_numbers else v.name, _caveats(v)) for n, v in numbered(views) if not v.is_field]
    said = []
    for kind in rows[0][1] if rows else ():
        numbers_of = by_key((caveats[kind], number) for number, caveats in rows if caveats[kind])
        parts = [
            voice.say("note.part", numbers=", ".join(numbers), text=text).rstrip(".")
            for text, numbers in numbers_of.items()
        ]
        if parts:
            said.append(sentence(voice.say(f"note.{kind}", parts="; ".join(parts))))
    # Whether verdicts on part of the returns, or a closed collection, may still turn
    judged = [v for v in views if v.result.grade in (Grade.CERTAIN, Grade.PROVISIONAL)]
    excepted = [voice.say("overview.except_unsure")] if any(v.unsure for v in judged) else []
    excepted += [voice.say("overview.except_closed")] if any(v.rests_on_closing for v in views) else []
    if any(view.result.n_missing for view in judged):
        sure = {"except": join_names(excepted)}
        said.append(voice.say("overview.sure", **sure) if excepted else voice.say("overview.sure_all"))
    lead = voice.say("note.lead" if has_numbers else "note.lead_named", year=str(dataset.period.year))
    # Why results differ from another official index
    index, told = dataset.profile.plan.other_index, [*said]
    if index and (
        names := [
            v.name for v in views if v.target.code in index.targets and v.result.tally.share is not None
        ]
    ):
        slots = {"names": join_terms(names), "index": index.name, "reason": index.reason}
        told.append(voice.say("overview.other_index", **slots))
    return (lead, *(f"- {note}" for note in told)) if said else tuple(told)


def _caveats(view: TargetView) -> dict[str, str]:
    """What each kind of note says of a target, "" where there is nothing; in the order of print."""
    voice, result, authority = view.voice, view.result, view.authority
    counted, is_closed = result.own_tally is None, result.basis is Basis.CLOSED
    of_units = voice.say("note.of_units", reasons=missing_reasons(view), **view.coverage)
    weight = result.weight
    if weight is not None and weight.reported != weight.expected:
        share = format_percent(Fraction(weight.reported, weight.expected))
        of_units += voice.say("target.weight", share=share, unit=view.target.unit_of_count)
    is_partial = result.n_missing and not authority and counted and not is_closed
    below = units_below(view) if result.verdict is Verdict.MISSED and not authority else []
    annex = voice.annexes.by_unit  # it names those below; else the note does
    names_below = "" if annex else voice.named(below, annex)
    # Which units stand outside the figure for a reason, as far as they may be named.
    outside = {}
    for kind, state in (("withheld", State.WITHHELD), ("exempt", State.NOT_APPLICABLE)):
        apart = [unit for unit, c in contributing_units(view) if c.state is state]
        names = [unit.short_name for unit in apart if unit.code not in result.missing]
        outside[kind] = _count(voice, kind, len(names), names=voice.named(names, annex))
    estimate = ""  # what units expect of the whole year, in a sentence of its own
    if view.estimate is not None:
        estimate = voice.say(
            "target.estimate",
            n=voice.count(len(view.estimate.observations)),
            value=voice.count(view.estimate.value),
            so_far=voice.count(view.estimate.so_far),
            unit=view.target.unit_of_count,
        )
    n_none_arising = sum(c.state is State.NONE_ARISING for _, c in contributing_units(view))
    # The control figure beside the units' sum, or the other way round, and the reason for the choice
    control, own, beside = result.control, result.own_tally, ""
    if control is not None:
        slots = {"reason": why(view.target, control), "annex": voice.refer(voice.annexes.decided)}
        if own is None:
            held = _known_of(view, control.total, control.done)
            beside = voice.say("control.beside", **origin(control), figure=held, **slots)
        else:
            added = _known_of(view, own.denominator or None, own.numerator if own.denominator else None)
            beside = voice.say("control.by", **origin(control), sentence=view.figure)
            beside += f" {voice.say('control.own', own=added, **view.coverage, **slots)}"
    # Whose figures in the result the officer has corrected or accepted
    given = [c for c in result.contributions if counted and c.tally is not None and c.unit in view.resting]
    names, decided = [view.year.profile.roster.unit(c.unit).short_name for c in given], ""
    if names:  # where names stand in annexes, that of decisions has them
        named = "" if voice.issuer.naming == "phu_luc" else voice.named(names, annex)
        told_in = voice.refer(voice.annexes.decided, "told_in")
        decided = voice.say("target.decided", annex=told_in, n=voice.count(len(names)), names=named)
    # What there has to be before the target can be judged: its document, the figure of an earlier year
    grown, no_ground = view.target.without_base(view.year.period), ""
    if view.lacks_document:
        no_ground = voice.say("target.no_document")
    elif grown is not None and (base := grown.unusable_base) is not None:
        slots = {"base": voice.count(base.number), "unit": view.target.unit_of_count}
        no_ground = voice.say(f"target.no_base_{base.why}", year=str(grown.base_year), **slots)
    elif grown is not None:
        no_ground = voice.say("target.no_base", year=str(grown.base_year))
    return {
        "unsure": view.turned_by,
        "closed": of_units if is_closed else "",
        "coverage": of_units if is_partial else "",
        "authority": ", ".join(filter(None, (authority, view.target.source_note))) if authority else "",
        "below": _count(voice, "below", len(below), names=names_below),
        "none_arising": "" if authority else _count(voice, "none_arising", n_none_arising),
        **outside,
        "ungrouped": _count(voice, "ungrouped", len(view.ungrouped)),
        "source": "" if authority else view.target.source_note,
        "estimate": estimate,
        "control": beside,
        "decided": decided,
        "no_document": no_ground,
    }


def _count(voice: Voice, kind: str, n: int, **slots: str) -> str:
    return voice.say(f"note.n_{kind}", n=voice.count(n), **slots) if n else ""
