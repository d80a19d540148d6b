"""A return in a compact form that can be kept and sent: JSON, its observations packed until someone looks.

A year of returns holds a million observations, and the list that ``collect`` prints needs none of them. So
they stay packed, a hundredth of the memory, until a rule or the report asks for the first one; then they are
columns, of which only what is asked for becomes an object. JSON, since nothing that is kept in a file is ever
run.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any, overload

from dvctt_report.answers import LETTERS, Answers, PackedObservations, Places, raw_of
from dvctt_report.model import Observation, Return, State, Value

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_OBSERVATIONS = tuple[Observation, ...]


class KeptObservations(PackedObservations):
    """The observations of a return, unpacked when first looked at.

    ``n_answers`` counts those that say something: a figure, a text, or why there is none.
    """

    __slots__ = ("_answers", "_length", "n_answers", "packed")

    def __init__(self, packed: bytes, length: int, n_answers: int) -> None:
        self.packed = packed
        self.n_answers = n_answers
        self._length = length
        self._answers: Answers | None = None

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> KeptObservations:
        """Pack ``observations``."""
        if isinstance(observations, KeptObservations):
            return observations
        written = _columns_of(observations) or plain_of(_OBSERVATIONS, tuple(observations))
        text = json.dumps(written, ensure_ascii=False, separators=(",", ":"), default=_tagged)
        n_answers = sum(o.state is not State.BLANK for o in observations)
        return cls(zlib.compress(text.encode("utf-8", "surrogatepass"), 1), len(observations), n_answers)

    def answers(self) -> Answers:
        """The observations, laid out. Raises ValueError (or zlib.error) where the bytes are damaged."""
        if self._answers is None:
            text = zlib.decompress(self.packed).decode("utf-8", "surrogatepass")
            is_laid_out = text.startswith(_COLUMNS)
            self._answers = _from_columns(text) if is_laid_out else Answers.of(_from_facts(text))
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


_COLUMNS = '{"unit":'
"""What the text of observations begins with that are written column by column, as nearly all are."""


def _columns_of(observations: Sequence[Observation]) -> dict[str, Any] | None:
    """The answers of one unit from one file, column by column, which are read back some ten times as fast.

    None for others: where an officer's figure is among them, or there are none.
    """
    whose = {(o.unit, o.at.file if o.at is not None else "") for o in observations}
    if len(whose) != 1 or any(o.at is None or o.override or o.replaced for o in observations):
        return None
    ((unit, file),) = whose
    places = [(o.item, o.field, o.part, o.at.sheet, o.at.cell) for o in observations if o.at is not None]
    return {
        "unit": unit,
        "file": file,
        "places": json.dumps(places, ensure_ascii=False),
        "values": [o.value for o in observations],
        "states": "".join(LETTERS[o.state] for o in observations),
        "raws": [(n, o.raw) for n, o in enumerate(observations) if o.raw != raw_of(o.value)],
        "readings": [(n, o.reading) for n, o in enumerate(observations) if o.reading],
    }


def _from_columns(text: str) -> Answers:
    read = json.loads(text)
    return Answers(
        intern(read["unit"]),
        intern(read["file"]),
        _places(read["places"]),
        [_untagged(value) if type(value) is dict else value for value in read["values"]],
        read["states"],
        dict(read["raws"]),
        dict(read["readings"]),
    )


@lru_cache(maxsize=256)
def _places(text: str) -> Places:
    """Where answers stand and what to: the same in all returns of one form, whose texts are held once."""
    read = [[intern(word) for word in place] for place in json.loads(text)]
    return Places(
        tuple((item, name, part) for item, name, part, _, _ in read),
        tuple(("", sheet, cell) for *_, sheet, cell in read),
    )


def _from_facts(text: str) -> _OBSERVATIONS:
    found: _OBSERVATIONS = _adapter(_OBSERVATIONS).validate_python(json.loads(text, object_hook=_untagged))
    return found


def compact(received: Return) -> Return:
    """Return the same return with its observations packed."""
    return replace(received, observations=KeptObservations.of(received.observations))


def dump_return(received: Return) -> tuple[str, bytes]:
    """Write a return as JSON and its packed observations."""
    kept = KeptObservations.of(received.observations)
    head = plain_of(Return, replace(received, observations=()))
    return json.dumps([head, len(kept), kept.n_answers], default=_tagged), kept.packed


def load_return(text: str, packed: bytes) -> Return:
    """Read back what ``dump_return`` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    head, length, n_answers = json.loads(text, object_hook=_untagged)
    received: Return = _adapter(Return).validate_python(head)
    return replace(received, observations=KeptObservations(packed, int(length), int(n_answers)))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def value_of(kind: Any, text: bytes) -> Any:
    """Read back the JSON of what ``plain_of`` gave. Raises ValueError for anything else."""
    return _adapter(kind).validate_json(text)


def plain_of(kind: Any, value: Any) -> Any:
    """What is no default of the model as dicts and lists, its numbers and dates as ``_tagged`` wants them."""
    return _adapter(kind).dump_python(value, exclude_defaults=True)


def _tagged(value: object) -> dict[str, str]:
    """Write what JSON lacks, so that ``"1.50"`` and the number 1.50 are told apart."""
    tag = next(tag for tag, (kind, _) in _TAGS.items() if isinstance(value, kind))
    return {tag: str(value)}


_REPEATED = ("unit", "item", "field", "file", "sheet", "cell")
"""Texts that a year's answers have in common: each is held once, a third of the memory of all answers."""


def _untagged(read: dict[str, Any]) -> Any:
    if len(read) > 1:
        for name in _REPEATED:
            if type(text := read.get(name)) is str:
                read[name] = intern(text)
        return read
    for tag, text in read.items():
        if tag in _TAGS:
            return _TAGS[tag][1](text)
    return read


_TAGS: dict[str, tuple[type, Callable[[str], Value]]] = {
    "number": (Decimal, Decimal),
    "moment": (datetime, datetime.fromisoformat),
    "day": (date, date.fromisoformat),
}
"""What is written of each type that JSON lacks; a moment is a day, too, so it comes first."""
