"""What belongs together, found under what it has in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_One = TypeVar("_One")


def by_key(pairs: Iterable[tuple[_Key, _One]]) -> dict[_Key, list[_One]]:
    """What stands with each key, keys and values in the order they come."""
    found = defaultdict[_Key, list[_One]](list)
    for key, one in pairs:
        found[key].append(one)
    return dict(found)
