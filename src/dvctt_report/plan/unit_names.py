"""Which unit words mean: the one matcher of unit names, for commands, books, covers, file names and prose.

A unit goes by its code and its names (official, short, other, former), with or without the province behind
them, with "UBND" left out or spelt out, with words given by their first letters ("BQL các KCN"), and without
accents where the text has none. A code always means its own unit, whatever else it is a name of. Names are
compared, never guessed: what merely resembles a name is only proposed to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from dvctt_report.text.errors import CannotRun
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import key, unaccented


class Named(Protocol):
    """What has a unit's code and names; ``names`` are all of them, the short one too."""

    @property
    def code(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...


_Unit = TypeVar("_Unit", bound=Named)


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as a manifest tells of it."""

    code: str
    short_name: str
    names: tuple[str, ...]

    @classmethod
    def of_manifest(cls, entry: Mapping[str, Any]) -> NamedUnit:
        """Read an entry of a manifest's ``units``."""
        return cls(entry["code"], entry["name"], (entry["name"], *entry["names"]))


_COUNCIL = ("ủy", "ban", "nhân", "dân")
_SPELT_OUT = {"tp": "thành phố", "tx": "thị xã", "h": "huyện", "q": "quận", "p": "phường", "x": "xã"}
_OF_A_PLACE = re.compile(r"(?:\.\s*|\s+)[^\W\d_]{2}")
"""What follows a letter that stands for a kind of place: "h. An Bình"."""
_KINDS_OF_PLACES = frozenset(("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "phường", "xã"))
_JOINING = frozenset(("và", "va", "v", "các", "cac", "của", "cua"))
_LETTERS = 4
"""Letters that name a unit where no word of its name is written out: "STTTT" does, "STT" doesn't."""
_RESEMBLES = 75
"""Likeness, of 100, from which a name is proposed; three short words with a wrong letter have 86."""
_PROPOSED = 3
_LISTED = 12
"""Candidates that are named where words may mean several units."""

_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_BETWEEN = re.compile(r"[\s.,&\-\u2010-\u2015]*")
"""What may stand between the words of a name."""
_NAME_BEGINS = re.compile(r"(?<![\w/-])")
_NAME_ENDS = re.compile(r"(?!\w|[/-]\w)")
_LISTED_AFTER = re.compile(r"(?:(?<=[:;,(]\s)|(?<=\bvà\s)|(?<=\bhuyện\s)|(?<=\bxã\s)|(?<=\bphường\s))")
_LISTED_BEFORE = re.compile(r"(?=\s*[:;,.(]|\s+và\b|\s*$)")


class _Word(NamedTuple):
    """A word of a text and where it stands; ``may_be_short``: it may be first letters of other words."""

    text: str
    start: int
    end: int
    may_be_short: bool


class _Keyed(NamedTuple, Generic[_Unit]):
    """A unit with its names and their keys, without those that are another one's code.

    everywhere: the keys, and those without the province behind them.
    """

    unit: _Unit
    names: tuple[str, ...]
    keys: tuple[str, ...]
    everywhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitMention(Generic[_Unit]):
    """A unit's name in a running text."""

    start: int
    end: int
    unit: _Unit


class UnitNames(Generic[_Unit]):
    """The names of ``units``. ``place`` is the province, which may stand behind any name."""

    def __init__(self, units: Iterable[_Unit] = (), place: str = "") -> None:
        self.units = tuple(units)
        self._place = name_key(place)
        self._bare_place = self._place.split(" ", 1)[-1]
        self.find: Callable[[str], tuple[_Unit, ...]] = lru_cache(maxsize=4096)(self._find)
        """Return every unit that a text as a whole is a name of; empty where it names none."""
        self.mentions: Callable[[str], tuple[UnitMention[_Unit], ...]] = lru_cache(maxsize=512)(
            lambda text: tuple(self._mentions(text))
        )
        """Return the units that a running text names, in order; what fits two units names none."""
        self.spellings: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=512)(self._spelt)
        """Return the keys of a written name: as it stands, and without the province behind it."""
        self._by: Callable[[str, bool], Mapping[str, tuple[_Unit, ...]]] = lru_cache(maxsize=16)(self._index)

    def with_code(self, code: str) -> tuple[_Unit, ...]:
        """Return the unit of that code, whatever its case; empty where there is none."""
        return self._by("code", False).get(key(code), ())

    def find_in_list(self, text: str) -> tuple[_Unit, ...]:
        """Return every unit that a row of a list of places names, the kind of place left out or not."""
        return self.find(text) or self._by("place", False).get(name_key(text), ())

    def is_named(self, unit: _Unit, text: str) -> bool:
        """Whether ``unit`` is one of them and ``text`` its name in full, so that ``find`` gives it."""
        full = {
            name for one in self._keyed if one.unit is unit for name in (*one.everywhere, name_key(unit.code))
        }
        return not full.isdisjoint(self.spellings(text))

    def _find(self, text: str) -> tuple[_Unit, ...]:
        spellings = self.spellings(text)
        ways = [
            (self._by("name", False), spellings),
            (self._by("short", False), [s.replace(" ", "") for s in spellings]),
        ]
        if key(text) == unaccented(text) and any(map(str.isalpha, text)):  # without accents
            plain = [
                *map(unaccented, spellings)
            ]  # what stands for a kind of place was spelt out with accents
            ways[1:] = [
                (self._by("name", True), plain),
                (self._by("short", True), [spelling.replace(" ", "") for spelling in plain]),
            ]
        for names, said in ways:
            if units := [unit for spelling in said for unit in names.get(spelling, ())]:
                return self._in_order(units)
        return ()

    def _spelt(self, text: str) -> tuple[str, ...]:
        ends = [*filter(None, (self._bare_place, self._place))]
        if key(text) == unaccented(text):  # without accents
            ends += map(unaccented, ends[:])
        spelling = name_key(text)
        shorter = (spelling.removesuffix(f" {end}") for end in ends)
        return tuple(dict.fromkeys(filter(None, (spelling, *shorter))))

    # ------------------------------------------------------------------------------ at a prompt

    def meant(self, text: str) -> tuple[_Unit, ...]:
        """Return the units that a person may mean by ``text``, to whom it is said what was understood.

        Beyond names, wrong accents will do, and a part of a name: whole words of it before beginnings of
        words, with their accents before without.
        """
        spelling = name_key(text)
        plain = unaccented(spelling)
        if not plain:
            return ()
        if named := self.find(text) or self._by("name", True).get(plain, ()):
            return named
        # Of each name without the province, which is a part of too many.
        end = f" {self._bare_place}" if self._bare_place else ""
        cores = [(name.removesuffix(end), one.unit) for one in self._keyed for name in one.keys]
        for part, accents in ((f" {spelling} ", True), (f" {plain} ", False), (f" {plain}", False)):
            names = ((name if accents else unaccented(name), unit) for name, unit in cores)
            if within := [unit for name, unit in names if part in f" {name} "]:
                return self._in_order(within)
        return ()

    def pick(self, text: str) -> _Unit:
        """Return the one unit meant. Raises CannotRun that lists all it may be, else the nearest."""
        units = self.meant(text)
        if len(units) == 1:
            return units[0]
        remedy = "Ghi mã đơn vị; xem mã bằng lệnh: dvctt-report plan show"
        if units:
            raise CannotRun(f"“{text}” có thể là nhiều đơn vị: {listed(units)}.", remedy)
        near = self.nearest(text)
        hint = f" Gần nhất: {listed(near)}." if near else ""
        raise CannotRun(f"Không có đơn vị “{text}” trong danh sách của năm.{hint}", remedy)

    def nearest(self, text: str, n: int = _PROPOSED) -> tuple[_Unit, ...]:
        """Return at most ``n`` units whose names resemble ``text`` most, best first; only ever to propose."""
        from rapidfuzz import fuzz

        spelling = unaccented(name_key(text))
        likeness: dict[str, float] = {}
        for unit in self.units:
            names = [unaccented(name_key(name)) for name in (unit.code, *unit.names)]
            likeness[unit.code] = max(
                max(fuzz.ratio(spelling, name), fuzz.token_sort_ratio(spelling, name)) for name in names
            )
        near = [unit for unit in self.units if likeness[unit.code] >= _RESEMBLES]
        return tuple(sorted(near, key=lambda unit: -likeness[unit.code])[:n])

    # ------------------------------------------------------------------------------- file names

    def in_file_name(self, name: str) -> tuple[_Unit, ...]:
        """Return the units that a file's name tells of, by code or by a name of two words or more.

        A name within a longer one doesn't count, nor a code that is too short to be told from a word.
        """
        words = _PLAIN_WORD.findall(unaccented(name))
        told, known = dict[str, tuple[_Unit, ...]](), self._by("file", True)
        for start, word in enumerate(words):
            if len(word) > 2 and (coded := self.with_code(word)):
                told[word] = coded
            for end in range(start + 2, len(words) + 1):
                if (phrase := " ".join(words[start:end])) in known:
                    told[phrase] = known[phrase]
        whole = [a for a in told if not any(a != b and f" {a} " in f" {b} " for b in told)]
        return tuple(dict.fromkeys(unit for phrase in whole for unit in told[phrase]))

    # ------------------------------------------------------------------------------------ prose

    def _mentions(self, text: str) -> Iterator[UnitMention[_Unit]]:
        """First letters count in capitals alone. In a list of places the kind of each may be left out."""
        words, plain, at = [*_words_of(text)], key(text) == unaccented(text), 0  # plain: without accents
        while at < len(words):
            end = at + 1
            while end - at < self._most_words and end < len(words):
                if not _BETWEEN.fullmatch(text, words[end - 1].end, words[end].start):
                    break
                end += 1
            units: tuple[_Unit, ...] = ()
            named = at + (words[at].text == "ubnd" and end - at > 1)  # names are compared without it
            if not _NAME_BEGINS.match(text, words[named].start):
                end = at
            while end > at and not (units := self._named(text, words[at:end], plain)):
                end -= 1
            if len(units) == 1:
                yield UnitMention(words[at].start, words[end - 1].end, units[0])
            at = max(end, at + 1)

    def _named(self, text: str, words: Sequence[_Word], plain: bool) -> tuple[_Unit, ...]:
        """The units that words of a running text name: in full, by first letters, or in a list of places."""
        start, end = words[0].start, words[-1].end
        own = words[1:] if words[0].text == "ubnd" else words
        if not own or not _NAME_ENDS.match(text, end):
            return ()
        name = " ".join(unaccented(word.text) if plain else word.text for word in own)
        units: tuple[_Unit, ...] = ()
        if len(own) > 1 or own[0].may_be_short:
            units = self._by("key", plain).get(name, ())
        if not units and any(word.may_be_short and len(word.text) > 1 for word in own):
            letters = "".join(unaccented(w.text) if w.may_be_short else w.text for w in own)
            units = self._by("short", plain).get(letters, ())
        if not units and _LISTED_AFTER.match(text, start) and _LISTED_BEFORE.match(text, end):
            units = self._by("place", plain).get(name, ())
        return units

    # ---------------------------------------------------------------------------------- indexes

    @cached_property
    def _keyed(self) -> Sequence[_Keyed[_Unit]]:
        whose = {name_key(unit.code): unit.code for unit in self.units}
        rows = []
        for unit in self.units:
            names = tuple(name for name in unit.names if whose.get(name_key(name), unit.code) == unit.code)
            keys = tuple(map(name_key, names))
            short = (k.removesuffix(f" {self._bare_place}") for k in keys if self._bare_place)
            everywhere = dict.fromkeys(k for k in (*keys, *short) if whose.get(k, unit.code) == unit.code)
            rows.append(_Keyed(unit, names, keys, tuple(everywhere)))
        return rows

    def _index(self, what: str, plain: bool) -> Mapping[str, tuple[_Unit, ...]]:
        """The units by what they go by, ``plain`` without accents.

        what: "name" for the keys of their names, also without the province, and of their codes; "key" for
        those of the names alone; "short" for what stands for a name, its words run together ("sởtttt");
        "place" for a place without its kind, of two words or more; "code" for its code alone; "file" for its
        names of two words or more, "UBND" before them or not.
        """
        said: list[tuple[str, _Unit]] = []
        for one in self._keyed:
            code, forms = one.unit.code, iter(one.keys)
            if what == "short":
                forms = (form for name in one.everywhere for form in _short_forms(name.split(), key(code)))
            elif what == "place":
                split = (
                    (words, n) for words in map(str.split, one.keys) for n in (2, 1) if len(words) > n + 1
                )
                forms = (" ".join(w[n:]) for w, n in split if " ".join(w[:n]) in _KINDS_OF_PLACES)
            elif what == "name":
                forms = iter((*one.everywhere, name_key(code)))
            elif what == "code":
                forms = iter((key(code),))
            elif what == "file":
                spelt = (_PLAIN_WORD.findall(unaccented(name)) for name in (*one.names, *one.keys))
                forms = (" ".join(words) for words in spelt if len(words) > 1)
            said += ((unaccented(form) if plain else form, one.unit) for form in forms)
        by_form = by_key(said).items()
        return {form: tuple({unit.code: unit for unit in units}.values()) for form, units in by_form}

    @cached_property
    def _most_words(self) -> int:
        """Words that a name may have in a running text, its council's title among them."""
        return 1 + max((len(name.split()) for one in self._keyed for name in one.keys), default=1)

    def _in_order(self, units: Iterable[_Unit]) -> tuple[_Unit, ...]:
        codes = {unit.code for unit in units}
        return tuple(unit for unit in self.units if unit.code in codes)


def listed(units: Sequence[Named]) -> str:
    """Name units for a person who has to choose: "Thanh tra tỉnh (TTT); …"."""
    told = "; ".join(f"{unit.short_name} ({unit.code})" for unit in units[:_LISTED])
    return f"{told}; …" if len(units) > _LISTED else told


@lru_cache(maxsize=16_384)
def name_key(text: str) -> str:
    """Make the key that spellings of a body's name share: signs gone, its council's title left out."""
    return " ".join(word.text for word in _words_of(key(text).replace(" & ", " và "))).removeprefix("ubnd ")


def _words_of(text: str) -> Iterator[_Word]:
    """A text's words, kinds of places spelt out, the council's title one; capitals may be first letters."""
    words = [
        _Word(spelling.replace("&", ""), *match.span(), match[0].isupper())
        for match in _WORD.finditer(text)
        for spelling in [key(match[0])]
    ]
    at = 0
    while at < len(words):
        word = words[at]
        if tuple(one.text for one in words[at : at + 4]) == _COUNCIL:
            at += 3
            yield _Word("ubnd", word.start, words[at].end, False)
        elif (kind := _SPELT_OUT.get(word.text)) and (
            len(word.text) > 1 or _OF_A_PLACE.match(text, word.end)
        ):
            for n, part in enumerate(kind.split()):
                yield _Word(part, word.end if n else word.start, word.end, False)
        else:
            yield word
        at += 1


def _short_forms(words: Sequence[str], code: str) -> Iterator[str]:
    """Yield what stands for a name, run together: first letters, or some words and letters for others.

    First letters alone are many, or the unit's own ``code``.
    """
    for own in (words, [word for word in words if word not in _JOINING]):
        for plain in (True, False):
            letters = [w if w.isdecimal() else unaccented(w[0]) if plain or w[0] != "đ" else "đ" for w in own]
            alone = "".join(letters)
            if len(alone) >= _LETTERS or alone == code:
                yield alone
                yield "".join(w if w in _JOINING else letter for w, letter in zip(own, letters, strict=True))
            for n in range(1, len(own) - 1):
                yield "".join((*own[:n], *letters[n:]))
                yield "".join((*letters[: n + 1], *own[n + 1 :]))
