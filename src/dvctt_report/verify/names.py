"""Whether other words stand for a printed name, of a unit or of whatever a row or a list is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from dvctt_report.verify.numbers import even_text
from dvctt_report.vietnamese import key

LIKE = 70
"""Least likeness, of 100, of a name and another way to write it: "ngành X" has some 80 for the office of X,
two offices of like names ("Nội vụ", "Ngoại vụ") have 67."""
LEAST = 0.4
"""Least length of what means a unit without naming it, as a share of its name's: "Sở" alone means none."""


def resembles(said: str, name: str) -> bool:
    """Whether a text is much the same as a name, or abbreviates it."""
    return fuzz.partial_ratio(key(name), key(said)) >= LIKE or is_short_for(said, (name,))


def means(said: str, name: str) -> bool:
    """Whether a text can only mean a unit: it resembles its name, spells it out, brings in no other."""
    words = set(map(key, re.findall(r"\w+", name)))
    own = [word for word in re.findall(r"\w+", said) if word.istitle() and key(word) not in words]
    whole = len(said) >= LEAST * len(name)
    return whole and resembles(said, name) and (not own or is_short_for(name, (said,)))


def is_short_for(short: str, cells: Iterable[str]) -> bool:
    """Whether a name is one of ``cells`` abbreviated: "Ban QL KCN", "UBND TP. A"."""
    words = re.findall(r"\w", even_text(short))
    return len(words) > 2 and any(_abbreviates(words, even_text(cell)) for cell in cells)


def _abbreviates(letters: Sequence[str], name: str) -> bool:
    """Whether letters stand in a name in order, capitals as capitals or at the beginning of a word."""
    at = 0
    for letter in letters:
        opens = re.compile(rf"{letter}|\b{letter.lower()}" if letter.isupper() else letter)
        found = opens.search(name, at)
        if found is None:
            return False
        at = found.end()
    return True
