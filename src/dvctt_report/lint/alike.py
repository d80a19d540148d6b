"""Names that were meant to be one and the same: a letter, a mark or an "và" apart."""

from __future__ import annotations

import re

from dvctt_report.lint.check import Quoted
from dvctt_report.vietnamese import key, unaccented

Doubt = tuple[str, Quoted, str, str]
"""Place, words, what was found, what would agree."""
_FEWEST = 2
"""Words of a name; one word alone is too short to be told from another."""


_ONE_SOUND = ({"s", "x"}, {"l", "n"}, {"d", "r"})
"""First letters that many say alike and so exchange in the names of places."""


def is_slip_of(name: str, other: str, *, by_ear: bool = False) -> bool:
    """Whether two names differ by a slip: in one word by a letter or a mark, or by a missing "và".

    ``by_ear``: or by a first letter that sounds like the other.
    """
    one, two = (re.findall(r"\w+", key(text)) for text in (name, other))
    if one == two or min(len(one), len(two)) < _FEWEST:
        return False
    if len(one) != len(two):
        return [w for w in one if w != "và"] == [w for w in two if w != "và"]
    odd = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(odd) != 1:
        return False
    bare = [unaccented(word) for word in odd[0]]
    heard = by_ear and {bare[0][0], bare[1][0]} in _ONE_SOUND and bare[0][1:] == bare[1][1:]
    return heard or _is_near(*bare)


def _is_near(one: str, other: str) -> bool:
    """Whether two words without marks are the same but for one letter, at the end left out or added."""
    if not one.isalpha() or not other.isalpha():
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1 and one[0] == other[0]
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and len(short) > 1 and long.startswith(short)
