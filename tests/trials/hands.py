"""An edit of a table of cases, made of the words that name it.

A name alone is an edit; a list names what makes one and what that is given, by name in a table at its end;
``both`` is followed by edits that are done one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def hand(words: str | list[Any], hands: Mapping[str, Callable[..., Any]], both: Callable[..., Any]) -> Any:
    """The edit that words of a table stand for."""
    if isinstance(words, str):
        return hands[words]
    name, *given = words
    if name == "both":
        return both(*(hand(each, hands, both) for each in given))
    named = given.pop() if given and isinstance(given[-1], dict) else {}
    return hands[name](*given, **named)
