"""A return in a compact form that can be kept and sent: JSON, its observations packed until someone looks.

A year of returns holds a million observations, and the list that ``collect`` prints needs none of them. So
they stay packed, a hundredth of the memory, until a rule or the report asks for the first one. JSON, since
nothing that is kept in a file is ever run.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints, overload

from dvctt_report.model import Observation, Return, State, Value

Json: TypeAlias = Any

_DECIDED = ("override", "replaced", "acceptance")
"""Fields of the model that an officer's decision fills, and reading a file never does: not kept."""


class KeptObservations(Sequence[Observation]):
    """The observations of a return, unpacked when first looked at.

    ``n_answers`` counts those that say something: a figure, a text, or why there is none.
    """

    __slots__ = ("_length", "_unpacked", "n_answers", "packed")

    def __init__(self, packed: bytes, length: int, n_answers: int) -> None:
        self.packed = packed
        self.n_answers = n_answers
        self._length = length
        self._unpacked: tuple[Observation, ...] | None = None

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> KeptObservations:
        """Pack ``observations``."""
        if isinstance(observations, KeptObservations):
            return observations
        text = json.dumps(_observations().dump(observations), ensure_ascii=False, separators=(",", ":"))
        n_answers = sum(o.state is not State.BLANK for o in observations)
        return cls(zlib.compress(text.encode("utf-8", "surrogatepass"), 1), len(observations), n_answers)

    def unpack(self) -> tuple[Observation, ...]:
        """The observations. Raises ValueError (or zlib.error) where the bytes are damaged."""
        if self._unpacked is None:
            text = zlib.decompress(self.packed).decode("utf-8", "surrogatepass")
            self._unpacked = _observations().load(json.loads(text))
        return self._unpacked

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.unpack())

    @overload
    def __getitem__(self, index: int) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Observation, ...]: ...
    def __getitem__(self, index: int | slice) -> Observation | tuple[Observation, ...]:
        return self.unpack()[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KeptObservations):
            return self.packed == other.packed or self.unpack() == other.unpack()
        return self.unpack() == other

    def __hash__(self) -> int:
        return hash(self.unpack())

    def __reduce__(self) -> tuple[type[KeptObservations], tuple[bytes, int, int]]:
        return type(self), (self.packed, self._length, self.n_answers)


def compact(received: Return) -> Return:
    """Return the same return with its observations packed."""
    return replace(received, observations=KeptObservations.of(received.observations))


def dump_return(received: Return) -> tuple[str, bytes]:
    """Write a return as JSON and its packed observations."""
    kept = KeptObservations.of(received.observations)
    head = _codec(Return).dump(replace(received, observations=()))
    return json.dumps([head, len(kept), kept.n_answers], ensure_ascii=True), kept.packed


def load_return(text: str, packed: bytes) -> Return:
    """Read back what ``dump_return`` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    head, length, n_answers = json.loads(text)
    received: Return = _codec(Return).load(head)
    return replace(received, observations=KeptObservations(packed, int(length), int(n_answers)))


class _Codec(NamedTuple):
    """How values of one type become JSON and are made of it again."""

    dump: Callable[[Any], Json]
    load: Callable[[Json], Any]


_AS_IT_IS = _Codec(lambda value: value, lambda value: value)


@cache
def _codec(kind: Any) -> _Codec:
    """The codec of a type of ``model``: its frozen dataclasses by their fields, in order.

    What only a decision fills is left out.
    """
    if kind == Value:
        return _Codec(_dump_value, _load_value)
    if isinstance(kind, types.UnionType):
        (inner,) = (_codec(k) for k in get_args(kind) if k is not type(None))
        return _Codec(
            lambda value: None if value is None else inner.dump(value),
            lambda value: None if value is None else inner.load(value),
        )
    if get_origin(kind) in (tuple, Sequence):
        item = _codec(get_args(kind)[0])
        return _Codec(
            lambda values: [item.dump(value) for value in values],
            lambda values: tuple([item.load(value) for value in values]),
        )
    if kind is date:
        return _Codec(date.isoformat, date.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Codec(lambda value: value.value, {member.value: member for member in kind}.__getitem__)
    return _of_dataclass(kind) if is_dataclass(kind) else _AS_IT_IS


def _of_dataclass(kind: Any) -> _Codec:
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind) if f.name not in _DECIDED]
    changed = [(n, codec) for n, name in enumerate(names) if (codec := _codec(hints[name])) is not _AS_IT_IS]
    facts = attrgetter(*names)

    def dump(value: Any) -> Json:
        values = [*facts(value)]
        for n, codec in changed:
            values[n] = codec.dump(values[n])
        return values

    def load(values: Json) -> Any:
        if len(values) != len(names):
            raise ValueError(f"{len(values)} values for the {len(names)} fields of {kind.__name__}")
        for n, codec in changed:
            values[n] = codec.load(values[n])
        return kind(*values)

    return _Codec(dump, load)


def _observations() -> _Codec:
    return _codec(tuple[Observation, ...])


def _dump_value(value: Value) -> Json:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


_TAGGED: dict[str, Callable[[str], Value]] = {
    "number": Decimal,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
}


def _load_value(value: Json) -> Value:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]  # a number, a text, a truth value or None
    ((tag, text),) = value.items()
    return _TAGGED[tag](text)
