"""What changed between two returns of one unit, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dvctt_report.model import Observation, Return, ReturnStatus, State
from dvctt_report.text.grouping import by_key

_RATE = "rate"


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One answer that differs; None where that return has no such cell."""

    item: str
    field: str
    part: str
    old: Observation | None
    new: Observation | None


@dataclass(frozen=True, slots=True)
class ReturnComparison:
    """Two returns of one unit, the earlier or first one as ``old``, with every answer that differs."""

    old: Return
    new: Return
    changes: tuple[ChangedAnswer, ...]


def changes(old: Return, new: Return) -> tuple[ChangedAnswer, ...]:
    """The answers that differ, in the order of ``new``, then ``old``'s; no rate whose own counts differ."""
    before = {o.key: o for o in old.observations}
    after = {o.key: o for o in new.observations}
    keys = dict.fromkeys((*after, *before))
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    found = [ChangedAnswer(*key, o, n) for key, o, n in pairs if _says(o) != _says(n)]
    counted = {(c.item, c.part) for c in found if c.field != _RATE}
    return tuple(c for c in found if c.field != _RATE or (c.item, c.part) not in counted)


def same_content(one: Return, other: Return) -> bool:
    """Whether two files say the same: every answer, number and date of the document, its control code.

    A program that saves no results of formulas leaves neither rates nor a control code.
    """
    a, b = one.submission, other.submission
    if (a.document_number, a.sent_on) != (b.document_number, b.sent_on):
        return False
    codes = ((a.control_code, b.control_code), (a.computed_code, b.computed_code))
    if any(own and said and own != said for own, said in codes):
        return False
    return all(c.field == _RATE and None in (_says(c.old), _says(c.new)) for c in changes(one, other))


def comparisons(returns: tuple[Return, ...]) -> Iterator[ReturnComparison]:
    """Yield what the officer has to see: what a file took the place of, or how undecided ones differ."""
    of_unit = by_key((received.unit, received) for received in returns)
    for new in returns:
        own = [r for r in of_unit[new.unit] if r is not new]
        if new.status is ReturnStatus.EFFECTIVE:
            old = latest(r for r in own if r.status is ReturnStatus.SUPERSEDED)
            if old is not None:
                yield ReturnComparison(old, new, changes(old, new))
        elif new.status is ReturnStatus.UNDECIDED:
            first = next(r for r in of_unit[new.unit] if r.status is ReturnStatus.UNDECIDED)
            if first is not new:
                yield ReturnComparison(first, new, changes(first, new))


def latest(returns: Iterable[Return]) -> Return | None:
    """The return that was sent last, an undated one before all others; None of none."""
    return max(returns, key=lambda r: (r.submission.sent_on or date.min, r.file), default=None)


def _says(answer: Observation | None) -> object:
    """What an answer comes to; an empty cell and one that isn't there say the same."""
    if answer is None or answer.state is State.BLANK:
        return None
    return (answer.state, answer.value, answer.raw if answer.state is State.UNREADABLE else "")
