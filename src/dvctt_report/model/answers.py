"""What a unit answered, cell by cell, and the officer's figure in a cell's place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Value: TypeAlias = int | Decimal | str | bool | datetime | date | None
"""What a cell was read as; the field's kind in the plan decides the type."""


class Key(NamedTuple):
    """What a cell answers: ``item`` × ``field`` of a unit, or of one ``part`` (a commune, a list line)."""

    item: str
    field: str
    part: str = ""


class State(StrEnum):
    """Why a figure stands, or does not stand, in a cell. Not one of them is zero."""

    GIVEN = "given"
    NONE_ARISING = "none_arising"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"
    BLANK = "blank"
    UNREADABLE = "unreadable"

    @property
    def word(self) -> str:
        """What it is called wherever answers are told; what a form lets its unit choose is the form's own."""
        return _WORDS[self]


_WORDS = {
    State.GIVEN: "có số liệu",
    State.NONE_ARISING: "không phát sinh",
    State.NOT_AVAILABLE: "chưa có số liệu",
    State.NOT_APPLICABLE: "không áp dụng",
    State.WITHHELD: "không cung cấp",
    State.BLANK: "để trống",
    State.UNREADABLE: "chưa dùng được",
}


class OfCell:
    """What is about a cell of a form: ``item`` and ``field`` of a ``part``."""

    __slots__ = ()
    item: str
    field: str
    part: str

    @property
    def key(self) -> Key:
        """The cell that it is about, without its unit."""
        return Key(self.item, self.field, self.part)


@dataclass(frozen=True, slots=True)
class CellRef:
    """The address of a cell: file › sheet › cell.

    ``file`` is relative to the workspace with ``/``; ``sheet`` and ``cell`` ("G14") are empty where a
    finding concerns the whole file.
    """

    file: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What any decision of an officer may say beside its reason and its document; it is kept when taken back.

    basis: what else it rests on ("Zalo: chị Lan, ngày 12/11"): never printed.
    authority: who may decide it: the officer or the head of the office, in the words of the workbook.
    follower: who sees to it that it is followed up.
    """

    undone_by: str = ""
    undone_on: datetime | None = None
    basis: str = ""
    authority: str = ""
    follower: str = ""


@dataclass(frozen=True, slots=True)
class Override(Ruling, OfCell):
    """A figure that the officer puts in the place of a unit's cell, for a reason and by a document.

    ``text`` is what was typed, read as a cell of that field would be; ``over`` is what the unit's cell held
    at that time ("" where it was empty or the unit sent paper alone): where it holds something else now, the
    decision is to be taken again.
    """

    unit: str
    item: str
    field: str
    text: str
    over: str
    reason: str
    document: str
    who: str
    when: datetime
    part: str = ""


@dataclass(frozen=True, slots=True)
class Observation(OfCell):
    """One answer of one unit, born when its cell is read and never changed after.

    ``item`` and ``field`` are codes of the plan. ``part`` is empty for the unit as a whole, else the
    commune or the line of a list that the answer belongs to. ``value`` is None unless ``state`` is GIVEN.
    ``raw`` is the cell's content as text; ``reading`` says how it became the value ("" when as it stands).
    ``override`` is set where the value is the officer's and not the unit's, whose own answer is then
    ``replaced`` (None: it gave none).
    """

    unit: str
    item: str
    field: str
    value: Value
    state: State
    raw: str = ""
    reading: str = ""
    at: CellRef | None = None
    part: str = ""
    override: Override | None = None
    replaced: Observation | None = None

    @property
    def is_override(self) -> bool:
        """Whether the officer's figure stands here itself, and not in a cell that this one is summed from."""
        put = self.override
        return put is not None and put.key == self.key


def part_at(observations: Iterable[Observation], at: CellRef | None) -> str:
    """The commune whose answer stands at ``at``; "" for the unit's own and for any line of a list."""
    parts = (o.part for o in observations if at is not None and at.cell and o.at == at)
    return next((part for part in parts if not part.isdecimal()), "")


def whole(observation: Observation | None) -> int | None:
    """Return the whole number that was given; None for every other state and type."""
    if observation is None or observation.state is not State.GIVEN:
        return None
    value = observation.value
    return value if type(value) is int else None


def amount(observation: Observation | None) -> int | None:
    """Return the whole number that was given, 0 for "không phát sinh"; None for every other state."""
    if observation is not None and observation.state is State.NONE_ARISING:
        return 0
    return whole(observation)


def figure(observation: Observation | None) -> int | Decimal | None:
    """Return the number that was given, with its decimals; None for every other state and type."""
    value = observation.value if observation and observation.state is State.GIVEN else None
    return value if isinstance(value, Decimal) else whole(observation)
