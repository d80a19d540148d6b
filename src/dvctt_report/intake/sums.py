"""What the sums of a form come to, of one return or of two laid together, and what contradicts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dvctt_report.intake.words import STATE_NAMES
from dvctt_report.model import Finding, Observation, State, Value
from dvctt_report.model.answers import amount
from dvctt_report.model.codes import CODES, finding
from dvctt_report.text.vietnamese import format_count


def contradicts(own: Observation, total: Observation) -> bool:
    """Whether a number stands in a cell that is the sum of others, and they add up to another ``total``."""
    return own.state is total.state is State.GIVEN and own.value != total.value


def summed(own: Observation, sources: Sequence[Observation], typed: bool) -> Observation:
    """Return ``own`` as the sum of what was given; where a source is blank or can't be used, there is no sum.

    Only over sources that are all blank does a total count that the unit ``typed`` itself, and never a 0,
    which may be an empty formula's result.
    """
    states = {o.state for o in sources}
    if State.UNREADABLE in states:
        return replace(own, value=None, state=State.UNREADABLE)
    if State.BLANK in states:
        stands = typed and states == {State.BLANK} and own.value != 0
        return own if stands or own.state in STATE_NAMES else replace(own, value=None, state=State.BLANK)
    for state in (State.NOT_AVAILABLE, State.WITHHELD):
        if state in states:
            return replace(own, value=None, state=state)
    given = [o.value for o in sources if isinstance(o.value, int)]
    if not given:
        state = State.NONE_ARISING if State.NONE_ARISING in states else State.NOT_APPLICABLE
        return replace(own, value=None, state=state)
    note = f"cộng từ {len(given)} ô chi tiết" if len(given) > 1 else "lấy từ ô chi tiết"
    return replace(own, value=sum(given), state=State.GIVEN, reading=own.reading or note)


def disagreement(code: str, own: Observation, total: Observation, sources: Iterable[Observation]) -> Finding:
    """The finding, a CONTRADICTION, about a figure ``own`` that isn't the ``total`` of its cells."""
    about = CODES[code]
    message = f"{about.opening} {figure(own)}, cộng các ô chi tiết được {figure(total)}"
    assert own.at is not None
    related = tuple(o.at for o in sources if o.at)
    return finding(code, message, about.fix, own.at, own.unit, own.item, own.field, own.raw, related)


def figure(observation: Observation) -> str:
    """The words of a number that is given."""
    assert isinstance(observation.value, int)
    return format_count(observation.value)


@dataclass(frozen=True, slots=True)
class Details:
    """What the cells beneath a total add up to; ``complete``: each of them says how many, or none."""

    value: int
    complete: bool

    def belie(self, total: Value) -> bool:
        """Whether ``total`` can't be right where these are: another number, or less than they come to."""
        if not isinstance(total, int):
            return False
        return total != self.value if self.complete else total < self.value


def details(sources: Iterable[Observation | None]) -> Details | None:
    """Add up the cells beneath a total; None where there are none, or none of them has a figure."""
    known = tuple(sources)
    counts = [n for o in known if (n := amount(o)) is not None]
    given = any(o is not None and o.state is State.GIVEN for o in known)
    return Details(sum(counts), len(counts) == len(known)) if given else None
