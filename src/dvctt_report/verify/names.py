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


_SPELT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "TTHC": "thủ tục hành chính"}
_SHORT = re.compile(rf"(?<![\w/-])(?:{'|'.join(_SPELT)})(?![\w/-])", re.IGNORECASE)
"""Abbreviations that are spelt out or not as one likes, but in the symbols of documents ("…/KH-UBND")."""
_COUNTING = re.compile(r"[IVXLC]+|\d+")
"""What tells one of several things of a name: "quý II", "khu vực 27"."""

_LEVELS = r"\b(?:xã|phường|thị trấn|đặc khu|huyện|tỉnh|sở|bộ)\b"
_LEVEL, _LEVEL_LAST = re.compile(_LEVELS), re.compile(rf"{_LEVELS}\s$", re.IGNORECASE)


def spelt_out(text: str) -> str:
    """Spell out what every office abbreviates."""
    return _SHORT.sub(lambda found: _SPELT[found[0].upper()], text)


def swaps_names(said: str, name: str) -> bool:
    """Whether a text names another one of a kind: "phường Nam Nha Trang" for "phường Bắc Nha Trang"."""
    one, other = (re.findall(r"\w+", spelt_out(text))[1:] for text in (name, said))
    gone = [word for word in one if word.istitle() and key(word) not in map(key, other)]
    new = [word for word in other if word.istitle() and key(word) not in map(key, one)]
    other_words = bool(gone and new) and not is_short_for(said, (name,)) and not is_short_for(name, (said,))
    dropped = bool(gone) and set(map(key, other)) <= set(map(key, one))
    return other_words or dropped or are_of_other_levels(said, name)


def are_of_other_levels(said: str, name: str) -> bool:
    """Whether two names are of bodies of different levels: "xã Khánh Sơn", "phường Khánh Sơn"."""
    one, other = (set(_LEVEL.findall(key(text))) for text in (said, name))
    return bool(one - other and other - one)


def level_before(text: str) -> str:
    """The level that a text ends with, before a name: "phường "; "" for none."""
    found = _LEVEL_LAST.search(text)
    return found[0] if found else ""


def resembles(said: str, name: str) -> bool:
    """Whether a text is much the same as a name, or abbreviates it."""
    return fuzz.partial_ratio(key(name), key(said)) >= LIKE or is_short_for(said, (name,))


def means(said: str, name: str) -> bool:
    """Whether a text can only mean a unit: it resembles its name, spells it out, brings in no other."""
    said, name = spelt_out(said), spelt_out(name)
    words = set(map(key, re.findall(r"\w+", name)))
    telling = (w for w in re.findall(r"\w+", said) if w.istitle() or _COUNTING.fullmatch(w))
    own = [word for word in telling if key(word) not in words]
    whole = len(said) >= LEAST * len(name)
    if are_of_other_levels(said, name):
        return False
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
