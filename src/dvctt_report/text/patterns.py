"""Patterns that are compiled when they are first used: a command starts without those that it never needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, AnyStr, cast


@dataclass
class LazyPattern:
    """A pattern compiled when first asked; for ``PATTERN.sub(…)``, not for ``re.sub(PATTERN, …)``."""

    pattern: str | bytes
    _flags: int

    def __getattr__(self, name: str) -> Any:
        """Reached once for each way of use: the compiled pattern's own is kept in the place of this."""
        made = getattr(re.compile(self.pattern, self._flags), name)
        self.__dict__[name] = made
        return made


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern as ``re.compile`` would make it, compiled when it is first used."""
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))


def begun(*words: str) -> str:
    """Words, each with what is said of it, behind no letter or figure: the alternatives of a pattern.

    They are found by their first letters; what begins with "behind no letter" is tried at every place.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(rf"{first}(?<!\w.)(?:{'|'.join(others)})" for first, others in rests.items())
