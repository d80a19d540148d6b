"""What has to be said beside the figures of the targets, by kind: under the annex that tells them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from dvctt_report.model import Basis, State, Verdict
from dvctt_report.report import narrative, target_sentences
from dvctt_report.report.controls import say_beside, say_by_control
from dvctt_report.report.tables import numbered
from dvctt_report.report.targets import TargetView, contributing_units, units_below
from dvctt_report.report.wording import Voice
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import sentence
from dvctt_report.year.dataset import Dataset


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
    return view.voice.say(
        "note.of_units", reasons=target_sentences.missing_reasons(view), **view.coverage
    ) + target_sentences.say_weight(view)


def _below(view: TargetView) -> str:
    """How many units are below the level; an annex names them, or else this does."""
    names = units_below(view) if view.result.verdict is Verdict.MISSED and not view.authority else []
    if not names:
        return ""
    annex = view.voice.annexes.by_unit
    told = "" if annex else view.voice.named(names, annex)
    return view.voice.say("note.n_below", n=view.voice.count(len(names)), names=told)


def _none_arising(view: TargetView) -> str:
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


def _decided(view: TargetView) -> str:
    return target_sentences.say_decided(view) if view.result.own_tally is None else ""


_KINDS: Mapping[str, Callable[[TargetView], str]] = {
    "unsure": lambda view: view.turned_by,
    "closed": lambda view: _of_units(view) if view.result.basis is Basis.CLOSED else "",
    "coverage": _coverage,
    "authority": _authority,
    "below": _below,
    "none_arising": _none_arising,
    "withheld": lambda view: _outside(view, State.WITHHELD, "withheld"),
    "exempt": lambda view: _outside(view, State.NOT_APPLICABLE, "exempt"),
    "ungrouped": _ungrouped,
    "source": _source,
    "estimate": target_sentences.say_estimate,
    "control": _control,
    "decided": _decided,
    "no_document": target_sentences.say_no_ground,
}
"""What is said of a target by each kind of note, "" where there is nothing; in the order of print."""
