"""What the words of a table stand for: a value, or what a function makes of values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def made(said: Any, names: Mapping[str, Any]) -> Any:
    """A list whose first word names a function is a call, a table at its end what is given by name.

    "$NAME" is what has that name. Other lists are tuples, other values themselves.
    """
    if isinstance(said, str):
        return names[said[1:]] if said.startswith("$") else said
    if isinstance(said, dict):
        return {key: made(value, names) for key, value in said.items()}
    if not isinstance(said, list):
        return said
    name, *given = said or [None]
    if not (isinstance(name, str) and callable(names.get(name))):
        return tuple(made(each, names) for each in said)
    named = made(given.pop(), names) if given and isinstance(given[-1], dict) else {}
    return names[name](*(made(each, names) for each in given), **named)


def rows_beside(file: str, names: Mapping[str, Any]) -> tuple[Any, ...]:
    """All that the lines of the table beside a file make, ``rows`` of it."""
    table = tomllib.loads(Path(file).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(made(each, names) for each in table["rows"])
