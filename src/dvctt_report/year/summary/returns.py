"""Who has sent its report, when, and whose figures are being corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from dvctt_report.model import ArrivedBy, Finding, FindingState, Return, ReturnStatus, State, Submission
from dvctt_report.model.codes import Trait, has
from dvctt_report.plan.model import Unit
from dvctt_report.year.dataset import Dataset

Status: TypeAlias = Literal["on_time", "late", "undated", "paper", "to_enter", "unusable", "missing"]


_WAITING = (ReturnStatus.UNDECIDED, ReturnStatus.QUESTIONED, ReturnStatus.LEFT_OUT)
_SENT = (ReturnStatus.EFFECTIVE, ReturnStatus.PAPER, *_WAITING)
"""What became of a file, or of a document on paper, by which its unit has sent."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One unit of the roster and what became of its return.

    ``unusable``: a file came, but none that can be read as this year's form. ``to_enter``: that file is a
    scan or a sheet of the unit's own, whose figures are still to be entered. ``paper``: a signed document
    came, and no file. ``sent_on`` and ``number`` are those of the return that counts, None and "" where there
    is none or it doesn't say; ``first`` is the first return, which lateness is judged by. ``days_late`` is 0
    unless late, and the least where ``at_least``; ``correcting`` where an open error stands against its
    figures. ``undecided``: several files came and it isn't decided which of them counts, so that its figures
    wait, though it has sent.
    ``left_out``: figures of it, or all, are left out until it mends them.
    """

    unit: Unit
    status: Status
    sent_on: date | None = None
    number: str = ""
    days_late: int = 0
    correcting: bool = False
    first: Submission | None = None
    undecided: bool = False
    left_out: bool = False

    @property
    def mended_on(self) -> date | None:
        """The date of the return that counts, where it is not the first one."""
        first = self.first.sent_on if self.first else None
        return self.sent_on if first and self.sent_on != first else None

    @property
    def arrived_late(self) -> bool:
        """Whether it is late by the day of its arrival, which is later than its own, or the only one."""
        first = self.first
        return first is not None and self.days_late > 0 and first.judged_on != first.sent_on

    @property
    def at_least(self) -> bool:
        """Whether it is only known of its arrival that it was no earlier."""
        return self.first is not None and self.first.arrived_by is ArrivedBy.MISSING and self.arrived_late

    @property
    def received(self) -> bool:
        return self.status not in ("missing", "unusable")

    @property
    def state(self) -> str:
        """Where the unit stands: one word for each thing that may have to be done about it."""
        if self.undecided:
            return "undecided"
        return "received" if self.status in ("on_time", "undated") else self.status


def sent_units(returns: Iterable[Return]) -> frozenset[str]:
    """The units that have sent, by their files alone: those whose line is ``received``."""
    return frozenset(r.unit for r in returns if (r.status in _SENT and r.unit) or is_to_enter(r))


def is_to_enter(received: Return) -> bool:
    """Whether it is the report of a unit as a scan or a sheet of its own: no form can be read of it."""
    not_a_form = received.scan or any(has(f.code, Trait.NOT_THE_FORM) for f in received.findings)
    refused = received.status is ReturnStatus.REFUSED and not received.rejected
    return refused and bool(received.unit) and not_a_form


def return_lines(dataset: Dataset, findings: Iterable[Finding] = ()) -> tuple[ReturnLine, ...]:
    """Lay the roster against the returns, in protocol order.

    A return counts as received when one of its files is effective or waits for a choice between several.
    ``findings`` say whose figures are being corrected; nothing else of a line depends on them.
    """
    kept = tuple(findings)
    faulty = frozenset(f.unit for f in dataset.to_mend(kept) if f.unit)
    left_out = frozenset(f.unit for f in kept if f.state is FindingState.LEFT_OUT)
    last_day, lines = dataset.profile.plan.deadline.last_day(dataset.period), []
    for unit in dataset.units:
        own, paper = dataset.received(unit.code), dataset.paper(unit.code)
        found = dataset.effective(unit.code) or next((r for r in own if r.status in _WAITING), None)
        if paper is not None and (found is None or found.status is ReturnStatus.PAPER):
            said = paper.submission
            line = ReturnLine(unit, "paper", said.sent_on, said.document_number)
        elif found is None:
            heard_of = unit.code in dataset.contested | dataset.lost
            came = heard_of or any(r.status is ReturnStatus.REFUSED for r in own)
            to_enter = any(map(is_to_enter, own))
            line = ReturnLine(unit, "to_enter" if to_enter else "unusable" if came else "missing")
        else:
            sent, number = found.submission.sent_on, found.submission.document_number
            undecided, first = found.status is ReturnStatus.UNDECIDED, dataset.first_sent(unit.code)
            if undecided and first is not None:
                sent, number = first.sent_on, first.document_number
            correcting, late = unit.code in faulty or undecided, 0
            status: Status = "undated"
            if first is None or first.judged_on is None:
                sent = first = None
            else:
                late = max(0, (first.judged_on - last_day).days)
                status = "late" if late else "on_time"
            line = ReturnLine(unit, status, sent, number, late, correcting, first, undecided)
        lines.append(replace(line, left_out=unit.code in left_out))
    return tuple(lines)


def why_missing(
    dataset: Dataset, line: ReturnLine | None, unit: str, state: State | None, *, left_out: bool = False
) -> str:
    """Return why ``unit``, which is asked, adds nothing: a word of the phrases' ``reason`` table.

    ``state`` is that of its contribution, ``line`` what became of its return; ``left_out``: by decision.
    """
    if line is None or not line.received:
        return "unusable" if line is not None and line.status == "unusable" else "not_sent"
    if line.status in ("paper", "to_enter"):
        return line.status
    if dataset.effective(unit) is None:
        return "left_out" if line.left_out and not line.undecided else "correcting"
    if left_out:
        return "left_out"
    match state:
        case State.NOT_AVAILABLE:
            return "not_available"
        case State.NOT_APPLICABLE:
            return "exemption_open"
        case State.GIVEN | State.UNREADABLE:
            return "correcting"
        case _:
            return "unanswered"
