"""What the cells beneath a total come to, held against a figure that stands for the total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dvctt_report.model import Observation, State, Value
from dvctt_report.rows import amount


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
