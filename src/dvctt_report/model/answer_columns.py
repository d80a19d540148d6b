"""The answers of a return column by column: none becomes an object of its own before it is asked for.

A year of returns holds a million answers, of which rules and sums look at some. What they are to and where
they stand is the same in all returns of one form, and is held once.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from sys import intern
from typing import Any, TypeAlias, overload

from dvctt_report.model import CellRef, Observation, State, Value
from dvctt_report.text.grouping import by_key

Key: TypeAlias = tuple[str, str, str]
"""Item, field and part of an answer."""
LETTERS = dict(zip(State, "gnvpwbu", strict=True))
"""A letter for each state: a return's states are one word."""
GIVEN = LETTERS[State.GIVEN]
_STATES = {letter: state for state, letter in LETTERS.items()}


@dataclass(frozen=True, eq=False)
class Places:
    """What answers are to and where they stand, in the order read.

    cells: file, sheet and address of each, the file "" where it is that of the return; None: not known.
    """

    keys: tuple[Key, ...]
    cells: tuple[tuple[str, str, str] | None, ...]

    @cached_property
    def by_key(self) -> Mapping[Key, int]:
        return {key: n for n, key in enumerate(self.keys)}

    @cached_property
    def by_cell(self) -> Mapping[tuple[str, str, str], int]:
        return {cell: n for n, cell in enumerate(self.cells) if cell is not None}

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(cell[0] for cell in self.cells if cell is not None)

    @cached_property
    def by_item(self) -> Mapping[str, Sequence[int]]:
        return by_key((item, n) for n, (item, _, _) in enumerate(self.keys))

    @cached_property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """The communes, or lines, that each item is answered of, by its code."""
        return {
            item: [*dict.fromkeys(part for n in numbers if (part := self.keys[n][2]))]
            for item, numbers in self.by_item.items()
        }


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers of one return. One that is looked up is the same object each time.

    states: a letter each.
    raws: what stood in the cells whose content is not the value as text, by number.
    readings: how the answers were read that don't stand as they were written, by number.
    made: those that were looked up; all of them, where they came as objects.
    """

    unit: str
    file: str
    places: Places
    values: Sequence[Value]
    states: str
    raws: Mapping[int, str] = field(default_factory=dict)
    readings: Mapping[int, str] = field(default_factory=dict)
    made: dict[int, Observation] = field(default_factory=dict)

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> Answers:
        """Lay out the answers of a return, packed or not."""
        if isinstance(observations, KeptObservations):
            return observations.answers()
        refs = (o.at for o in observations)
        places = Places(
            tuple((o.item, o.field, o.part) for o in observations),
            tuple((at.file, at.sheet, at.cell) if at is not None else None for at in refs),
        )
        values, states = [o.value for o in observations], "".join(LETTERS[o.state] for o in observations)
        return cls("", "", places, values, states, made=dict(enumerate(observations)))

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, n: int) -> Observation:
        found = self.made.get(n)
        if found is None:
            found = self.made[n] = self._make(n)
        return found

    def __iter__(self) -> Iterator[Observation]:
        """All answers; what wasn't looked up before is not held."""
        return (self.made.get(n) or self._make(n) for n in range(len(self.values)))

    def find(self, key: Key) -> Observation | None:
        """The answer to that; None where the return has no such cell."""
        n = self.places.by_key.get(key)
        return (self.made.get(n) or self[n]) if n is not None else None

    def about(self, item: str) -> tuple[Observation, ...]:
        """All answers about an item, parts included, in the order read."""
        return tuple(self[n] for n in self.places.by_item.get(item, ()))

    def at(self, ref: CellRef) -> Observation | None:
        """The answer that stands in that cell."""
        file = "" if ref.file == self.file else ref.file or None
        n = self.places.by_cell.get((file, ref.sheet, ref.cell)) if file is not None else None
        return self[n] if n is not None else None

    @property
    def files(self) -> frozenset[str]:
        """The files in which they stand."""
        return frozenset(file or self.file for file in self.places.files)

    def _make(self, n: int) -> Observation:
        (item, name, part), cell = self.places.keys[n], self.places.cells[n]
        value, state, reading = self.values[n], _STATES[self.states[n]], self.readings.get(n, "")
        raw = self.raws[n] if n in self.raws else "" if value is None else str(value)
        at = CellRef(cell[0] or self.file, cell[1], cell[2]) if cell is not None else None
        return Observation(self.unit, item, name, value, state, raw, reading, at, part)


class KeptObservations(Sequence[Observation]):
    """The observations that one file gave of one unit: packed until somebody looks at the first one.

    They are written column by column, a hundredth of the memory, and laid out as ``Answers``. ``n_answers``
    counts those that say something: a figure, a text, or why there is none.
    """

    __slots__ = ("_answers", "_length", "n_answers", "packed")

    def __init__(self, packed: bytes, length: int, n_answers: int) -> None:
        self.packed = packed
        self.n_answers = n_answers
        self._length = length
        self._answers: Answers | None = None

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> KeptObservations:
        """Pack ``observations``, as they were read: of one unit and file, none of them the officer's."""
        if isinstance(observations, KeptObservations):
            return observations
        (whose,) = {(o.unit, o.at.file if o.at else "") for o in observations} or {("", "")}
        places = [(o.item, o.field, o.part, *((o.at.sheet, o.at.cell) if o.at else ())) for o in observations]
        columns = (
            *whose,
            json.dumps(places, ensure_ascii=False),
            [o.value for o in observations],
            "".join(LETTERS[o.state] for o in observations),
            [
                (n, o.raw)
                for n, o in enumerate(observations)
                if o.raw != ("" if o.value is None else str(o.value))
            ],
            [(n, o.reading) for n, o in enumerate(observations) if o.reading],
        )
        text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"), default=tagged)
        n_answers = sum(o.state is not State.BLANK for o in observations)
        return cls(zlib.compress(text.encode("utf-8", "surrogatepass"), 1), len(observations), n_answers)

    def answers(self) -> Answers:
        """The observations, laid out. Raises ValueError (or zlib.error) where the bytes are damaged."""
        if self._answers is None:
            text = zlib.decompress(self.packed).decode("utf-8", "surrogatepass")
            unit, file, places, values, states, raws, readings = json.loads(text)
            values = [untagged(value) if type(value) is dict else value for value in values]
            self._answers = Answers(
                intern(unit), intern(file), _places(places), values, states, dict(raws), dict(readings)
            )
        return self._answers

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.answers())

    @overload
    def __getitem__(self, index: int) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Observation, ...]: ...
    def __getitem__(self, index: int | slice) -> Observation | tuple[Observation, ...]:
        return tuple(self)[index] if isinstance(index, slice) else self.answers()[range(len(self))[index]]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KeptObservations):
            return self.packed == other.packed or tuple(self) == tuple(other)
        return tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[KeptObservations], tuple[bytes, int, int]]:
        return type(self), (self.packed, self._length, self.n_answers)


@lru_cache(maxsize=256)
def _places(text: str) -> Places:
    """Where answers stand and what to: the same in all returns of one form, whose texts are held once."""
    read = [[intern(word) for word in place] for place in json.loads(text)]
    return Places(
        tuple((item, name, part) for item, name, part, *_ in read),
        tuple(("", place[3], place[4]) if len(place) > 3 else None for place in read),
    )


_TAGS: dict[str, tuple[type, Callable[[str], Value]]] = {
    "number": (Decimal, Decimal),
    "moment": (datetime, datetime.fromisoformat),
    "day": (date, date.fromisoformat),
}
"""What is written of each type that JSON lacks; a moment is a day, too, so it comes first."""


def tagged(value: object) -> dict[str, str]:
    """Write what JSON lacks, so that ``"1.50"`` and the number 1.50 are told apart."""
    tag = next(tag for tag, (kind, _) in _TAGS.items() if isinstance(value, kind))
    return {tag: str(value)}


def untagged(read: dict[str, Any]) -> Any:
    """Read back what ``tagged`` wrote; anything else is as it is."""
    tag, text = next(iter(read.items()), ("", None))
    return _TAGS[tag][1](text) if len(read) == 1 and tag in _TAGS and text is not None else read
