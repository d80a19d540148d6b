"""What is uncertain about a report, in lines for its signer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dvctt_report.model import Finding, LeftOut, Override, Severity, Verdict
from dvctt_report.report.annex_tables import control_rows
from dvctt_report.report.decided import accepted, say_unmended, stands
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import with_verdict
from dvctt_report.report.targets import TargetView
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_lists import FARTHEST, MANY
from dvctt_report.report.wording import Voice, join_terms, join_units, lower_first
from dvctt_report.text.vietnamese import first_letter_capital, format_date, format_percent
from dvctt_report.year.left_out import count_contents

MOST_NAMED = 9
"""Units that a line names before it only counts."""
_MOST_TARGETS = 4
"""Targets that a line names: their names are long, and the draft has all of them."""


def uncertain_lines(told: Telling) -> list[str]:
    """Say what the signer can't take for settled, as the last lines give way first: what was decided by the
    office itself and stands in the figures, then the verdicts that aren't certain, then what the data leave
    open beside them.
    """
    voice, views = told.voice, told.views
    said = [*_overridden(told), *_found(told, "accepted"), *_left_out(told)]
    if closed := [view.name for view in views if view.rests_on_closing]:
        names = listed(closed, voice, "signing.more_targets", _MOST_TARGETS)
        said.append(voice.say("signing.closed", names=names))
    open_ = with_verdict(views, Verdict.INSUFFICIENT)
    said += [_open(view) for view in open_ if view.is_open_count]
    unclear = [view for view in open_ if not view.is_open_count]
    if unclear:
        names = listed([view.name for view in unclear], voice, "signing.more_targets", _MOST_TARGETS)
        said.append(voice.say("signing.insufficient", n=voice.count(len(unclear)), names=names))
    said += [_partial(view) for view in views if view.unsure]
    said += _controls(views, voice)
    said += _found(told, "barred", "unconfirmed")
    for status in ("unusable", "paper", "to_enter"):
        if units := told.names(status):
            said.append(voice.say(f"signing.{status}", n=voice.count(len(units)), names=listed(units, voice)))
    said += _estimates(views, voice)
    return said


def _open(view: TargetView) -> str:
    lacking = (
        "" if view.falling or view.by_field else view.voice.say("signing.open_lacking", short=view.short)
    )
    return view.voice.say(
        "signing.open",
        name=named(view),
        figure=view.figure,
        lacking=lacking,
        n=view.voice.count(len(view.result.awaited)),
    )


def _partial(view: TargetView) -> str:
    result = view.result
    low, high = result.bounds.low, result.bounds.high
    bounds = ""
    if low is not None and high is not None:
        shown = (format_percent(low, result.line), format_percent(high, result.line))
        bounds = view.voice.say("signing.bounds", low=shown[0], high=shown[1])
    return view.voice.say(
        "signing.partial",
        name=named(view),
        figure=view.figure,
        **view.coverage,
        bounds=bounds,
        turned=view.turned_by,
    )


def _found(told: Telling, *kinds: str) -> list[str]:
    """Say how much is barred, used unconfirmed, or accepted, and whose it is."""
    voice = told.voice
    doubts = (f for f in told.year.findings if f.severity is Severity.WARNING and f.is_open and f.unit)
    of_kind = {
        "barred": [f for f in told.year.dataset.to_mend(told.year.findings) if f.unit],
        "unconfirmed": [f for f in doubts if not told.year.dataset.is_beside(f)],
        "accepted": [*accepted(told.year)],
    }
    said = []
    for name in kinds:
        if found := of_kind[name]:
            units = _whose(told, found)
            counts = {"n": voice.count(len(found)), "names": listed(units, voice)}
            if name != "accepted":
                counts["units"] = voice.count(len(units))
            said.append(voice.say(f"signing.{name}", **counts))
    return said


def _whose(told: Telling, found: Iterable[Finding | LeftOut | Override]) -> list[str]:
    """The units that something is about, in protocol order."""
    theirs = {one.unit for one in found}
    return [u.short_name for u in told.year.units if u.code in theirs]


def _overridden(told: Telling) -> list[str]:
    """Say how many figures the officer has put in the place of units' own, and whose they were.

    Those that rest on no document stand apart, and first.
    """
    put = [o for o in told.year.dataset.overrides if stands(told.year.dataset, o)]
    of_kind = {
        "undocumented": [o for o in put if not o.document],
        "overridden": [o for o in put if o.document],
    }
    return [_counted(told, name, found) for name, found in of_kind.items() if found]


def _counted(told: Telling, name: str, found: Sequence[Finding | Override]) -> str:
    """Say how many there are of a kind, and whose they are."""
    names = listed(_whose(told, found), told.voice)
    return told.voice.say(f"signing.{name}", n=told.voice.count(len(found)), names=names)


def _left_out(told: Telling) -> list[str]:
    """Say how much stays out of the totals by decision, and whose it is."""
    voice = told.voice
    found = told.year.left_out
    if not found:
        return []
    slots = {"n": voice.count(count_contents(found)), "names": listed(_whose(told, found), voice)}
    slots["unmended"] = say_unmended(told.year.dataset, {f.unit for f in found}, voice)
    return [voice.say("signing.left_out", date=format_date(told.year.today), **slots)]


def _controls(views: Sequence[TargetView], voice: Voice) -> list[str]:
    """Set the units' sum beside the figure of the system in charge, where the two differ."""
    said = []
    for view in views:
        for row in control_rows([view], voice):
            if without_marks(row.own) != without_marks(row.control):
                by_control = view.result.own_tally is not None
                printed = voice.say("control.prints_control" if by_control else "control.prints_units")
                slots = {"own": row.own, "control": row.control, "difference": row.difference}
                named_as = {"name": named(view), "printed": lower_first(printed)}
                said.append(voice.say("signing.control", **slots, **named_as))
    return said


def _estimates(views: Sequence[TargetView], voice: Voice) -> list[str]:
    """Name what units expect of the whole year: it stands beside the results and in none of them."""
    told = [
        view.voice.say(
            "signing.estimate",
            name=view.name,
            value=voice.count(view.estimate.value),
            unit=view.target.unit_of_count,
        )
        for view in views
        if view.estimate is not None
    ]
    return [voice.say("signing.estimates", names=join_terms(told))] if told else []


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
