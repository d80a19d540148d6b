"""How one cell was read, or why it could not be: the outcome that every reader of values gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dvctt_report.model import State, Value
from dvctt_report.model.codes import CODES
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import join_names


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell's content cannot be used.

    ``code`` is one of the registry. ``because`` is a Vietnamese clause without full stop that
    quotes what was found and goes after the cell's address; ``fix`` is a Vietnamese sentence.
    """

    code: str
    because: str
    fix: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's content as a value of its field's kind.

    ``value`` is None unless ``state`` is GIVEN; ``problem`` is set exactly when it is UNREADABLE.
    ``reading`` tells in Vietnamese how the content was normalised, "" where it was taken as it stands;
    ``to_confirm``: it could be used, but the officer should see how.
    """

    value: Value
    state: State
    raw: str = ""
    reading: str = ""
    problem: Problem | None = None
    to_confirm: bool = False


NOTHING = Reading(None, State.BLANK)


def refused(code: str, raw: str, because: str, fix: str = "") -> Reading:
    """Make the reading of a cell that cannot be used."""
    return Reading(None, State.UNREADABLE, raw, problem=Problem(code, because, fix or CODES[code].fix))


def quote(raw: str) -> str:
    """Quote a cell's content for a message: on one line, at most 60 characters."""
    return f'"{shortened(raw)}"'


def shortened(raw: str) -> str:
    """A cell's content on one line without a person's number, cut to 60 characters."""
    text = masked(" ".join(raw.split()))
    return f"{text[:57]}…" if len(text) > 60 else text


def first_of(told: Iterable[str], most: int, others: str, separator: str = ", ") -> str:
    """The first ``most`` of what is told, then how many ``others`` there are: "A, B và 3 ô khác"."""
    first = [*told]
    more = f" và {len(first) - most} {others}" if len(first) > most else ""
    return join_names(first[:most], separator) + more
