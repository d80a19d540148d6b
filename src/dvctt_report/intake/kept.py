"""A return as text and packed answers, to be kept; JSON, since nothing that is kept is ever run."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from dvctt_report.model import Return
from dvctt_report.model.answer_columns import KeptObservations, tagged, untagged

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def compact(received: Return) -> Return:
    """Return the same return with its observations packed."""
    return replace(received, observations=KeptObservations.of(received.observations))


def dump_return(received: Return) -> tuple[str, bytes]:
    """Write a return as JSON and its packed observations."""
    kept = KeptObservations.of(received.observations)
    head = plain_of(Return, replace(received, observations=()))
    return json.dumps([head, len(kept), kept.n_answers], default=tagged), kept.packed


def load_return(text: str, packed: bytes) -> Return:
    """Read back what ``dump_return`` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    head, length, n_answers = json.loads(text, object_hook=untagged)
    received: Return = _adapter(Return).validate_python(head)
    return replace(received, observations=KeptObservations(packed, int(length), int(n_answers)))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def value_of(kind: Any, text: str) -> Any:
    """Read back the JSON of what ``plain_of`` gave. Raises ValueError for anything else."""
    return _adapter(kind).validate_json(text)


def plain_of(kind: Any, value: Any) -> Any:
    """What is no default of the model as dicts and lists, its numbers and dates as ``tagged`` wants them."""
    return _adapter(kind).dump_python(value, exclude_defaults=True)
