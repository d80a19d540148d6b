"""What is uncertain about a report, in lines for its signer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from dvctt_report.files.manifests import read_parts, without_cells
from dvctt_report.model import Basis, Finding, LeftOut, Override, Severity, Verdict
from dvctt_report.plan.model import Unit
from dvctt_report.report.decided import accepted, say_unmended, stands
from dvctt_report.report.final import Obstacle, Work
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import with_verdict
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.report.tables import control_rows
from dvctt_report.report.targets import TargetView
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_lists import FARTHEST, MANY, bare_name
from dvctt_report.report.wording import Voice, join_terms, join_units, lower_first
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import first_letter_capital, format_date, format_percent, join_names
from dvctt_report.year.left_out import count_contents
from dvctt_report.year.summary import below_target

MOST_NAMED = 9
"""Units that a line names before it only counts."""
_MOST_TARGETS = 4
"""Targets that a line names: their names are long, and the draft has all of them."""


def lines(told: Telling) -> list[str]:
    """Say what the signer can't take for settled, as the last lines give way first: what was decided by the
    office itself and stands in the figures, then the verdicts that aren't certain, then what the data leave
    open beside them.
    """
    voice, views, year = told.voice, told.views, told.year
    put = [o for o in year.dataset.overrides if stands(year.dataset, o)]
    doubts = (f for f in year.findings if f.severity is Severity.WARNING and f.is_open and f.unit)
    said = [
        *_counted(told, "undocumented", [o for o in put if not o.document]),
        *_counted(told, "overridden", [o for o in put if o.document]),
        *_counted(told, "accepted", [*accepted(year)]),
    ]
    if left_out := year.left_out:
        slots = {"n": voice.count(count_contents(left_out)), "names": listed(_whose(told, left_out), voice)}
        slots["unmended"] = say_unmended(year.dataset, {one.unit for one in left_out}, voice)
        said.append(voice.say("signing.left_out", date=format_date(year.today), **slots))
    if closed := [view.name for view in views if view.rests_on_closing]:
        names = listed(closed, voice, "signing.more_targets", _MOST_TARGETS)
        said.append(voice.say("signing.closed", names=names))
    insufficient = with_verdict(views, Verdict.INSUFFICIENT)
    for view in (view for view in insufficient if view.is_open_count):
        is_short = not (view.result.falling or view.by_field)
        slots = {"name": named(view), "figure": view.figure, "n": view.voice.count(len(view.result.awaited))}
        slots["lacking"] = view.voice.say("signing.open_lacking", short=view.short) if is_short else ""
        said.append(view.voice.say("signing.open", **slots))
    unclear = [view.name for view in insufficient if not view.is_open_count]
    if unclear:
        names = listed(unclear, voice, "signing.more_targets", _MOST_TARGETS)
        said.append(voice.say("signing.insufficient", n=voice.count(len(unclear)), names=names))
    for view in (view for view in views if view.unsure):
        low, high, bounds = view.result.bounds.low, view.result.bounds.high, ""
        if low is not None and high is not None:
            ends = {"low": low, "high": high}
            percents = {name: format_percent(end, view.result.line) for name, end in ends.items()}
            bounds = view.voice.say("signing.bounds", **percents)
        slots = {"name": named(view), "figure": view.figure, "bounds": bounds, "turned": view.turned_by}
        said.append(view.voice.say("signing.partial", **slots, **view.coverage))
    for view in views:  # the units' sum beside the figure of the system in charge, where the two differ
        for row in control_rows([view], voice):
            if without_marks(row.own) != without_marks(row.control):
                by_control = view.result.own_tally is not None
                printed = voice.say("control.prints_control" if by_control else "control.prints_units")
                slots = {"own": row.own, "control": row.control, "difference": row.difference}
                slots |= {"name": named(view), "printed": lower_first(printed)}
                said.append(voice.say("signing.control", **slots))
    said += _counted(told, "barred", [f for f in year.dataset.to_mend(year.findings) if f.unit], units=True)
    unconfirmed = [f for f in doubts if not year.dataset.is_beside(f)]
    said += _counted(told, "unconfirmed", unconfirmed, units=True)
    for status in ("unusable", "paper", "to_enter"):
        if names_of := told.names(status):
            slots = {"n": voice.count(len(names_of)), "names": listed(names_of, voice)}
            said.append(voice.say(f"signing.{status}", **slots))
    estimates = []  # what units expect of the whole year: it stands beside the results and in none of them
    for view in views:
        if view.estimate is not None:
            slots = {"value": voice.count(view.estimate.value), "unit": view.target.unit_of_count}
            estimates.append(view.voice.say("signing.estimate", name=view.name, **slots))
    return [*said, *([voice.say("signing.estimates", names=join_terms(estimates))] if estimates else [])]


def _counted(
    told: Telling, name: str, things: Sequence[Finding | Override], *, units: bool = False
) -> Iterator[str]:
    """Say how many there are of a kind, whose they are, and with ``units`` how many these are."""
    if things:
        names = _whose(told, things)
        slots = {"units": told.voice.count(len(names))} if units else {}
        n = told.voice.count(len(things))
        yield told.voice.say(f"signing.{name}", n=n, names=listed(names, told.voice), **slots)


def _whose(told: Telling, things: Iterable[Finding | LeftOut | Override]) -> list[str]:
    """The units that something is about, in protocol order."""
    codes = {one.unit for one in things}
    return [u.short_name for u in told.year.units if u.code in codes]


def named(view: TargetView) -> str:
    """Name a target at the beginning of a line."""
    return first_letter_capital(view.name)


def listed(
    names: Sequence[str], voice: Voice, more: str = "signing.more_units", most: int = MOST_NAMED
) -> str:
    """Name units, or what the pattern ``more`` speaks of; of many only the first and how many others."""
    of_units = more == "signing.more_units"
    if len(names) <= most:
        return join_units(names) if of_units else join_terms(names)
    if of_units and len(names) > MANY:
        return voice.say("signing.kinds", kinds=voice.kinds(names), names=join_units(names[:FARTHEST]))
    return voice.say(more, names="; ".join(names[:most]), n=voice.count(len(names) - most))


# ----------------------------------------- What changed between two drafts of the report, by their manifests


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a manifest says: its indicators by target, other figures by id, units without a return."""

    targets: Mapping[str, Mapping[str, Any]]
    figures: Mapping[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the draft before: targets in the plan's order, their indicators then and now."""

    targets: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...]
    n_figures: int
    now_sent: tuple[str, ...]
    now_missing: tuple[str, ...]


class NoDraft(StrEnum):
    """Why there is nothing to compare with."""

    FIRST = "first_draft"
    UNREADABLE = "unreadable_draft"


def read_snapshot(path: Path) -> Snapshot | NoDraft:
    """Read the manifest of a draft."""
    try:
        return snapshot_of(read_parts(path, ("indicators", "figures", "returns"), without_cells))
    except FileNotFoundError:
        return NoDraft.FIRST
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return NoDraft.UNREADABLE


def snapshot_of(manifest: Mapping[str, Any]) -> Snapshot:
    """What the manifest of a draft says."""
    targets = {one["code"]: one for one in manifest["indicators"]}
    figures = {one["id"]: one["value"] for one in manifest["figures"]}
    return Snapshot(targets, figures, tuple(manifest["returns"]["missing"]))


def _standing(indicator: Mapping[str, Any]) -> tuple[object, ...]:
    """What tells how a target stands: its share, or its number where it has none; verdict; coverage."""
    figure = indicator["percent"] or indicator["numerator"]
    is_partial = indicator["basis"] == Basis.PARTIAL
    return figure, indicator["verdict"], is_partial, tuple(indicator["coverage"].values())


def compare(old: Snapshot, new: Snapshot) -> Changes:
    """Tell what ``new`` says otherwise than ``old``; what only one of them has counts as a changed figure."""
    both = ((code, old.targets[code], now) for code, now in new.targets.items() if code in old.targets)
    return Changes(
        tuple(one for one in both if _standing(one[1]) != _standing(one[2])),
        sum(old.figures.get(id) != new.figures.get(id) for id in {*old.figures, *new.figures}),
        tuple(unit for unit in old.missing if unit not in new.missing),
        tuple(unit for unit in new.missing if unit not in old.missing),
    )


# --------- What the draft that was just made says, and what keeps it from being final: as its signer is told

_MOST_HEADINGS = 3
"""Headings to be written that are named; of more the signer has no use."""


def to_finish(obstacles: Iterable[Obstacle], voice: Voice) -> Iterator[str]:
    """What the office has still to do itself, a line for each kind of work."""
    waiting = by_key((one.kind, one.about) for one in obstacles)
    for kind in Work:
        if about := waiting.get(kind):
            names = [*dict.fromkeys(about)]
            n = len(names) if kind is Work.WRITE else len(about)
            said = listed(names, voice) if kind is Work.MEND else join_terms(names)
            if kind is Work.WRITE and n > _MOST_HEADINGS:
                yield voice.say("signing.to_write_many", n=voice.count(n))
            else:
                yield voice.say(f"signing.to_{kind}", n=voice.count(n), names=said)


class _Traces(NamedTuple):
    """How a text says something of a unit: behind the figures ``counts``, or in a row that has ``rows``."""

    unit: Unit
    counts: frozenset[str]
    rows: frozenset[str]


def named_in(printed: Sequence[PrintedBlock], told: Telling) -> Iterator[tuple[str, str]]:
    """Which units a draft names for what is to their discredit: of what kind, and where; "" for nowhere."""
    for status, counts in (("missing", ("required.missing", "asked.missing")), ("late", ("late",))):
        said = frozenset(f"returns.{name}" for name in counts)
        traces = [
            _Traces(line.unit, said, frozenset((f"returns.{line.unit.code}.status",)))
            for line in told.year.lines
            if line.status == status
        ]
        if traces:
            yield status, _where(printed, traces, told.voice)
    below = defaultdict(set)
    for view in with_verdict(told.views, Verdict.MISSED):
        for code in () if view.authority else below_target(view.result):
            below[code].add(view.target.code)
    traces = []
    for unit in (unit for unit in told.year.units if unit.code in below):
        names = (f"{code}.{unit.code}" for code in below[unit.code])
        rows = frozenset(f"{name}.{role}" for name in names for role in ("percent", "numerator", "answer"))
        traces.append(_Traces(unit, frozenset(below[unit.code]), rows))
    if traces:
        yield "below", _where(printed, traces, told.voice)


def _where(printed: Iterable[PrintedBlock], traces: Sequence[_Traces], voice: Voice) -> str:
    """The sections in which a block says that of one of the units, and names it."""
    unsaid = (voice.say("annex.sent"), voice.say("sign.not_available"))
    sections: dict[str, None] = {}
    for block in printed:
        cells = zip(block.block.cells, block.figures, strict=True)
        spans = [(cell, s) for cell, in_cell in cells for s in in_cell if s.text not in unsaid]
        ids = {span.id for _, span in spans}
        for trace in traces:
            counted = (cell[s.at :] for cell, s in spans if trace.counts & {s.id, s.id.partition(".")[0]})
            if trace.rows & ids or any(_names(text, trace.unit) for text in counted):
                sections[block.block.section] = None
                break
    return join_names(
        s if s.startswith("Phụ lục") else voice.say("signing.section", number=s) for s in sections
    )


def _names(text: str, unit: Unit) -> bool:
    """Whether a text names a unit; among communes of a kind by the commune alone."""
    for name in dict.fromkeys((unit.short_name, bare_name(unit.short_name))):
        before, there, behind = text.partition(name)
        longer = behind[:1].isalnum() or (behind[:1] == " " and behind[1:2].isupper())
        if there and not longer and not before[-1:].isalnum():
            return True
    return False
