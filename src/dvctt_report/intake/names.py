"""Which unit a written name means: official, short, former names, abbreviations, however they are spelt.

Names are compared, never guessed: what merely resembles a name is proposed to a person and goes no further.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from dvctt_report.plan.model import Unit
from dvctt_report.vietnamese import key

_COUNCIL = "ủy ban nhân dân"
_WORDS = {"tp": "thành phố", "tx": "thị xã"}
_JOINTS = ("và", "v")
_MARKS = re.compile(r"[^\w&]+|_")
_RESEMBLES = 75
"""Of 100, from which a name is near enough to be proposed."""


@dataclass(frozen=True, eq=False)
class Names:
    """The names of some units: by their keys, as words for abbreviations, as ASCII words in file names.

    ``longest`` is the number of words of the longest name in a file's name.
    """

    units: tuple[Unit, ...]
    place: str
    by_key: Mapping[str, tuple[Unit, ...]]
    words: tuple[tuple[tuple[str, ...], Unit], ...]
    in_files: Mapping[tuple[str, ...], tuple[Unit, ...]]
    longest: int


def names_of(units: tuple[Unit, ...], place: str) -> Names:
    """Index the names of ``units``; ``place`` is the province, which may follow any name."""
    by_key: dict[str, dict[str, Unit]] = {}
    for unit in units:
        for name in (*_keys(unit, place), key(unit.code)):
            by_key.setdefault(name, {})[unit.code] = unit
    words = tuple((tuple(name.split()), unit) for unit in units for name in _keys(unit, place))
    in_files: dict[tuple[str, ...], dict[str, Unit]] = {}
    for unit in units:
        for spelt in _spelt_in_files(unit):
            in_files.setdefault(spelt, {})[unit.code] = unit
    return Names(units, place, _tuples(by_key), words, _tuples(in_files), max(map(len, in_files), default=0))


_Name = TypeVar("_Name")


def _tuples(found: Mapping[_Name, Mapping[str, Unit]]) -> dict[_Name, tuple[Unit, ...]]:
    return {name: tuple(units.values()) for name, units in found.items()}


def _spelt_in_files(unit: Unit) -> Iterator[tuple[str, ...]]:
    """The code, where it is long enough to be told from a word, and every name of two words or more."""
    if len(unit.code) > 2:
        yield (unit.code.lower(),)
    yield from (words for name in _written(unit) if len(words := _ascii_words(name)) > 1)


@lru_cache(maxsize=4096)
def find_units(text: str, names: Names) -> tuple[Unit, ...]:
    """Return every unit that ``text`` names; empty where it names none.

    An abbreviation stands for the first letters of two words or more, as long as a word of the name is
    written out; codes count as names.
    """
    said = _spellings(text, names.place)
    exact = {u.code: u for spelling in said for u in names.by_key.get(spelling, ())}
    if exact:
        return tuple(exact.values())
    tokens = [tuple(spelling.split()) for spelling in said]
    short = {u.code: u for words, u in names.words if any(_abbreviates(t, words) for t in tokens)}
    return tuple(short.values())


def nearest_units(text: str, units: Iterable[Unit], n: int = 3) -> tuple[Unit, ...]:
    """Return at most ``n`` units whose names resemble ``text`` most, best first; only ever to propose."""
    from rapidfuzz import fuzz

    said = name_key(text)
    scored = [
        (max(fuzz.token_sort_ratio(said, name) for name in _keys(unit, "")), order, unit)
        for order, unit in enumerate(units)
    ]
    near = sorted((-score, order, unit) for score, order, unit in scored if score >= _RESEMBLES)
    return tuple(unit for _, _, unit in near[:n])


def named_in_file(name: str, names: Names) -> tuple[Unit, ...]:
    """Return the units that a file's name tells of, by code or by a name written in ASCII or not.

    A name inside a longer one that is there as well doesn't count.
    """
    words = _ascii_words(name)
    phrases = {
        words[start : start + n]: None
        for start in range(len(words))
        for n in range(1, min(names.longest, len(words) - start) + 1)
    }
    told = {phrase: names.in_files[phrase] for phrase in phrases if phrase in names.in_files}
    longest = max((len(" ".join(phrase)) for phrase in told), default=0)
    return tuple(
        dict.fromkeys(
            unit
            for phrase, units in told.items()
            for unit in units
            if len(" ".join(phrase)) == longest or phrase == (unit.code.lower(),)
        )
    )


def name_key(text: str) -> str:
    """Make the key that spellings of a body's name share: signs gone, its council's title left out."""
    plain = _MARKS.sub(" ", key(text).replace(" & ", " và ")).replace("&", "")
    words = " ".join(_WORDS.get(word, word) for word in plain.split())
    return words.replace(_COUNCIL, "ubnd").removeprefix("ubnd ")


def without_marks(text: str) -> str:
    """Write a text in small ASCII letters, as file names do."""
    flat = unicodedata.normalize("NFD", key(text).replace("đ", "d"))
    return re.sub(r"[\u0300-\u036f]", "", flat)


def _ascii_words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", without_marks(text)))


def _written(unit: Unit) -> Iterator[str]:
    yield from (unit.name, unit.short_name, *unit.aliases, *unit.former_names)


def _keys(unit: Unit, place: str) -> frozenset[str]:
    keys = {name_key(name) for name in _written(unit)}
    bare = name_key(place).split(" ", 1)[-1]
    return frozenset(keys | {k.removesuffix(f" {bare}") for k in keys if bare})


def _spellings(text: str, place: str) -> tuple[str, ...]:
    """The keys of a written name: as it stands, and without the province behind it."""
    said = name_key(text)
    whole = name_key(place)
    ends = [f" {e}" for e in (whole.split(" ", 1)[-1], whole) if e]
    return tuple(dict.fromkeys(k for k in (said, *(said.removesuffix(e) for e in ends)) if k))


def _abbreviates(tokens: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether ``tokens`` are ``words`` with runs of them shortened to their first letters."""
    return len(tokens) < len(words) and any(t in words for t in tokens) and _fits(tokens, words)


def _fits(tokens: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if not tokens or not words:
        return not tokens and not words
    if tokens[0] == words[0] and _fits(tokens[1:], words[1:]):
        return True
    return any(
        _initials(tokens[0], words[:n]) and _fits(tokens[1:], words[n:]) for n in range(2, len(words) + 1)
    )


def _initials(token: str, words: tuple[str, ...]) -> bool:
    full = "".join(word[0] for word in words)
    short = "".join(word[0] for word in words if word not in _JOINTS)
    bare = without_marks(token)
    return token.replace("đ", "d") == bare and bare in (without_marks(full), without_marks(short))
