"""Which unit a written name means: official, short, former names, abbreviations, however they are spelt.

Names are compared, never guessed: what merely resembles a name is proposed to a person and goes no further.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

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
    """The names of some units: by their keys, and as words for abbreviations."""

    units: tuple[Unit, ...]
    place: str
    by_key: Mapping[str, tuple[Unit, ...]]
    words: tuple[tuple[tuple[str, ...], Unit], ...]


@lru_cache(maxsize=8)
def names_of(units: tuple[Unit, ...], place: str) -> Names:
    """Index the names of ``units``; ``place`` is the province, which may follow any name."""
    by_key: dict[str, dict[str, Unit]] = {}
    for unit in units:
        for name in (*_keys(unit, place), key(unit.code)):
            by_key.setdefault(name, {})[unit.code] = unit
    words = tuple((tuple(name.split()), unit) for unit in units for name in _keys(unit, place))
    return Names(units, place, {name: tuple(found.values()) for name, found in by_key.items()}, words)


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


def named_in_file(name: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return the units that a file's name tells of, by code or by a name written in ASCII or not.

    A name inside a longer one that is there as well doesn't count.
    """
    words = f" {' '.join(re.findall(r'[a-z0-9]+', without_marks(name)))} "
    found: dict[str, tuple[Unit, int]] = {}
    for unit in units:
        spelt = [without_marks(n) for n in _written(unit)]
        lengths = [len(s) for s in map(_spaced, spelt) if " " in s.strip() and s in words]
        if f" {unit.code.lower()} " in words and len(unit.code) > 2:
            lengths.append(len(unit.code) + 2)
        if lengths:
            found[unit.code] = unit, max(lengths)
    longest = max((length for _, length in found.values()), default=0)
    return tuple(u for u, length in found.values() if length == longest or length == len(u.code) + 2)


def name_key(text: str) -> str:
    """Make the key that spellings of a body's name share: signs gone, its council's title left out."""
    plain = _MARKS.sub(" ", key(text).replace(" & ", " và ")).replace("&", "")
    words = " ".join(_WORDS.get(word, word) for word in plain.split())
    return words.replace(_COUNCIL, "ubnd").removeprefix("ubnd ")


def without_marks(text: str) -> str:
    """Write a text in small ASCII letters, as file names do."""
    flat = unicodedata.normalize("NFD", key(text).replace("đ", "d"))
    return re.sub(r"[\u0300-\u036f]", "", flat)


def _spaced(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', text))} "


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
