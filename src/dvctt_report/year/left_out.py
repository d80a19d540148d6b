"""What the officer leaves out of a year's totals: findings, cells, whole returns. Pure functions.

What is left out counts as missing and is said in print. It holds for what stood there: as soon as the unit
sends something else, that is looked at like any other answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dvctt_report.intake.reading import format_answer
from dvctt_report.model import (
    Acceptance,
    CellRef,
    FieldRef,
    Finding,
    FindingState,
    LeftOut,
    Return,
    ReturnStatus,
    Severity,
    finding_id,
)
from dvctt_report.model.codes import CODES, Settled, Trait, finding, has
from dvctt_report.year.dataset import Dataset

_COUNTING = (ReturnStatus.EFFECTIVE, ReturnStatus.UNDECIDED)


def set_aside(
    returns: Sequence[Return], left_out: Iterable[LeftOut], acceptances: Iterable[Acceptance]
) -> tuple[Return, ...]:
    """Return ``returns``, those of which nothing is used in that status.

    LEFT_OUT: the officer leaves out the whole return, or an error that is about the whole of it; what was
    asked about such a file is not asked any more. QUESTIONED: such an error is open.
    """
    decided = tuple(left_out)
    whole = {one.unit for one in decided if is_whole(one) and one.over == digests(returns, one.unit)}
    named = {one.finding for one in decided if one.finding}
    accepted = {a.finding for a in acceptances if not a.proposed and a.undone_on is None}
    made = []
    for received in returns:
        asked = received.findings if received.status is ReturnStatus.EFFECTIVE else ()
        doubts = {finding_id(f) for f in asked if f.whole and f.bars} - accepted
        if (received.unit in whole and received.status in _COUNTING) or doubts & named:
            settled = tuple(map(_settled, received.findings))
            made.append(replace(received, status=ReturnStatus.LEFT_OUT, findings=settled))
        else:
            made.append(replace(received, status=ReturnStatus.QUESTIONED) if doubts else received)
    return tuple(made)


def leave_out(findings: Iterable[Finding], dataset: Dataset) -> tuple[Finding, ...]:
    """Return ``findings``, those that are left out in that state, then one for what else is (QD05)."""
    others = []
    for decision in (one for one in dataset.left_out if not one.finding and _is_as_it_was(dataset, one)):
        there = dataset.observation(decision.unit, *decision.key)
        at = there.at if there is not None else None
        what = "ô này" if decision.item else "cả báo cáo"
        reason = f", lý do: {decision.reason}" if decision.reason else ""
        message = f"{what} để ngoài tổng hợp theo quyết định của {decision.who}{reason}"
        stood = decision.over if decision.item else ""
        cell = (at or CellRef(""), decision.unit, decision.item, decision.field)
        # What stands beside an answer is left out with it.
        beside = (FieldRef(decision.item, "answer"),) if decision.field in ("evidence", "done_on") else ()
        told = replace(finding("QD05", message, "", *cell, stood), part=decision.part, at=at)
        others.append(replace(told, state=FindingState.LEFT_OUT, against=beside))
    return (*as_left_out(findings, dataset), *others)


def as_left_out(findings: Iterable[Finding], dataset: Dataset) -> tuple[Finding, ...]:
    """Return ``findings``, those that are left out by name or with their cell in that state."""
    named = {one.finding for one in dataset.left_out if one.finding}
    out = (o for o in dataset.left_out if o.item and not o.finding and _is_as_it_was(dataset, o))
    cells = {(o.unit, *o.key) for o in out}
    return tuple(
        _settled(f)
        if f.severity is Severity.ERROR and (finding_id(f) in named or (f.unit, *f.key) in cells)
        else f
        for f in findings
    )


def _is_as_it_was(dataset: Dataset, decision: LeftOut) -> bool:
    """Whether the cell, or the return, is still what was left out."""
    if is_whole(decision):
        return any(r.status is ReturnStatus.LEFT_OUT for r in dataset.received(decision.unit))
    return decision.over == format_answer(dataset.observation(decision.unit, *decision.key))


def in_force(dataset: Dataset, findings: Iterable[Finding]) -> tuple[LeftOut, ...]:
    """What is left out now: no decision about a finding that is gone, or about what the unit has replaced."""
    there = {finding_id(f) for f in findings if f.state is FindingState.LEFT_OUT}
    return tuple(
        one
        for one in dataset.left_out
        if (one.finding in there if one.finding else _is_as_it_was(dataset, one))
    )


def count_contents(decided: Iterable[LeftOut]) -> int:
    """How many things these leave out: a cell, a return or what an error is about, each once."""
    return len({(one.unit, one.key) for one in decided})


def awaits_choice(dataset: Dataset, unit: str) -> bool:
    """Whether what is left out of ``unit`` waits for a word which file counts, or whose it is."""
    files = (r for r in dataset.received(unit) if r.status is ReturnStatus.LEFT_OUT)
    return any(
        CODES[f.code].settled is Settled.CHOSEN or has(f.code, Trait.WHOSE_OPEN)
        for r in files
        for f in r.findings
    )


def is_whole(one: LeftOut) -> bool:
    """Whether the whole return is left out."""
    return not (one.finding or one.item)


def digests(returns: Iterable[Return], unit: str) -> str:
    """Name the files of ``unit`` that count, or wait for a choice; "" where there is none."""
    counting = (*_COUNTING, ReturnStatus.QUESTIONED, ReturnStatus.LEFT_OUT)
    return " ".join(sorted(r.sha256 for r in returns if r.unit == unit and r.status in counting))


def _settled(found: Finding) -> Finding:
    open_one = found.is_open and found.severity is not Severity.INFO
    return replace(found, state=FindingState.LEFT_OUT) if open_one else found
