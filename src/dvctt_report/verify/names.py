"""The names of units as offices write them: in full, with "UBND" left out or spelt out, or abbreviated.

"BQL các KCN", "UBND TP. A", "tp. A - B", "các huyện: A, B": any word of a name may be given by its first
letter, joining words may be left out, and in a list what kind of place it is. What fits two units names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from dvctt_report.verify.numbers import even_text
from dvctt_report.verify.statements import Statement, StatementKind
from dvctt_report.vietnamese import key

_LEVELS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "phường", "xã")
_JOINING = frozenset(("và", "các", "của"))
_GAP = r"[\s.,&-]*"
"""What stands between the letters and words of an abbreviated name."""
_LETTERS = 4
"""Letters that name a unit where no word of its name is written out."""
LIKE = 70
"""Least likeness, of 100, of a name and another way to write it."""
_LISTED_AFTER = r"(?:(?<=[:;,(]\s)|(?<=\bvà\s)|(?<=\bhuyện\s)|(?<=\bxã\s)|(?<=\bphường\s))"
_LISTED_BEFORE = r"(?=\s*[:;,.(]|\s+và\b|\s*$)"


@dataclass(frozen=True)
class UnitNames:
    """The names of the units by their codes, to be found in texts."""

    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _patterns(self) -> Sequence[tuple[str, str]]:
        """Code and pattern of each way to write a name, the longest name first."""
        named = sorted(self.names.items(), key=lambda one: -len(one[1]))
        return [(code, pattern) for code, name in named for pattern in _patterns(name)]

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        said = "|".join(pattern for _, pattern in self._patterns)
        return re.compile(rf"(?<![\w/-])(?:{said})(?!\w|[/-]\w)") if said else None

    @cached_property
    def _each(self) -> Sequence[tuple[str, re.Pattern[str]]]:
        return [(code, re.compile(pattern)) for code, pattern in self._patterns]

    def find(self, text: str) -> list[Statement]:
        """Find the units that a text names, in order."""
        found = []
        for match in self._any.finditer(text) if self._any else ():
            start, end = match.span()
            if code := self._code(text, start, end):
                found.append(Statement(start, end, match.group(0), StatementKind.UNIT, code))
        return found

    def _code(self, text: str, start: int, end: int) -> str:
        """The code of the only unit that is named there; "" where there is none."""
        fitting = {c for c, p in self._each if (found := p.match(text, start)) and found.end() == end}
        full = {code for code in fitting if _is_full(text[start:end], self.names[code])}
        (code,) = full or fitting if len(full or fitting) == 1 else ("",)
        return code if code and (full or _is_enough(text[start:end], code, self.names[code])) else ""


def _is_full(said: str, name: str) -> bool:
    return key(said) in {key(way) for way in _ways(name)}


def _is_enough(said: str, code: str, name: str) -> bool:
    """Whether an abbreviation keeps a word of the name, or many letters, or is the unit's code."""
    words = {key(word) for word in re.findall(r"\w+", name)} - _JOINING
    kept = any(key(word) in words for word in re.findall(r"\w\w+", said))
    return kept or said == code or sum(map(str.isalpha, said)) >= _LETTERS


def _ways(name: str) -> Iterator[str]:
    yield name
    if "UBND" in name:
        yield name.replace("UBND", "Ủy ban nhân dân")
        rest = name.removeprefix("UBND ")
        if len(rest.split()) > 1:  # "tỉnh" alone is no name
            yield rest


def _patterns(name: str) -> Iterator[str]:
    for way in _ways(name):
        yield _abbreviated(way)
    place = _place(name)
    if place:
        yield rf"{_LISTED_AFTER}{_abbreviated(place)}{_LISTED_BEFORE}"


def _place(name: str) -> str:
    """The name of a place without what kind it is; "" where it has one word or the unit is none."""
    level = next((one for one in _LEVELS if name.startswith(f"UBND {one} ")), None)
    place = name.removeprefix(f"UBND {level} ") if level else ""
    return place if len(place.split()) > 1 else ""


def _abbreviated(name: str) -> str:
    """Make the pattern of a name any of whose words may be given by its first letter."""
    parts = []
    for level in _LEVELS:
        name = re.sub(rf"\b{level}\b", level.replace(" ", "_"), name)
    for word in re.findall(r"\w+", name):
        if word in _JOINING:
            parts.append(rf"(?:(?i:{word}\b))?")
        elif word.replace("_", " ") in _LEVELS:
            first, *second = word.split("_")
            short = rf"{first[0]}\.?{second[0][0]}" if second else first[0]
            parts.append(rf"(?:(?i:{word.replace('_', ' ')})|(?i:{short})\b)")
        elif word.isdigit() or len(word) == 1:
            parts.append(word)
        else:
            parts.append(rf"(?:(?i:{word})|{word[0].upper()})")
    return _GAP.join(parts)


def resembles(said: str, name: str) -> bool:
    """Whether a text is much the same as a name, or abbreviates it."""
    return fuzz.partial_ratio(key(name), key(said)) >= LIKE or is_short_for(said, (name,))


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
