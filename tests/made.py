"""What the words of a table stand for: a value, or what a function makes of values."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import pytest

T = TypeVar("T", bound=Any)


def made(said: Any, names: Mapping[str, Any]) -> Any:
    """A list whose first word is a "function()" is a call, a table at its end what is given by name.

    "$NAME" is what has that name, "$NAME.PART" its part. Other lists are tuples, other values themselves.
    """
    if isinstance(said, str) and said.startswith("$"):
        name, *parts = said[1:].split(".")
        return reduce(getattr, parts, names[name])
    if isinstance(said, dict):
        return {key: made(value, names) for key, value in said.items()}
    if not isinstance(said, list):
        return said
    if said == ["nothing"]:
        return None
    name, *given = said or [None]
    if not (isinstance(name, str) and name.endswith("()")):
        return tuple(made(each, names) for each in said)
    named = made(given.pop(), names) if given and isinstance(given[-1], dict) else {}
    return names[name[:-2]](*(made(each, names) for each in given), **named)


def rows_beside(file: str, names: Mapping[str, Any], table: str = "rows") -> tuple[Any, ...]:
    """All that the lines of a table make, which stands in the .toml beside a file."""
    tables = tomllib.loads(Path(file).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(made(each, names) for each in tables[table])


def tabled(names: str | tuple[str, ...], **more: Any) -> Callable[[T], T]:
    """Give a test, case by case, the lines of the table of its name in the .toml beside its file."""

    def decorate(test: T) -> T:
        rows = rows_beside(test.__code__.co_filename, test.__globals__, test.__name__.removeprefix("test_"))
        decorated: T = pytest.mark.parametrize(names, rows, **more)(test)
        return decorated

    return decorate
