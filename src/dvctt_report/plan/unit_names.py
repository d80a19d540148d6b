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
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

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
    def told(cls, entry: Mapping[str, Any]) -> NamedUnit:
        """Read an entry of a manifest's ``units``."""
        return cls(entry["code"], entry["name"], (entry["name"], *entry["names"]))


_COUNCIL = ("ủy", "ban", "nhân", "dân")
_SPELT_OUT = {"tp": ("thành", "phố"), "tx": ("thị", "xã")}
_KINDS_OF_PLACES = frozenset(("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "phường", "xã"))
_SHORT_KINDS = frozenset("hqpx")
"""Letters that stand for a kind of place in small letters too: "h. An Bình"."""
_JOINING = frozenset(("và", "va", "v", "các", "cac", "của", "cua"))
_LETTERS = 4
"""Letters that name a unit where no word of its name is written out: "STTTT" does, "STT" doesn't."""
_RESEMBLES = 75
"""Likeness, of 100, from which a name is proposed; three short words with a wrong letter have 86."""
_PROPOSED = 3
_LISTED = 12
"""Candidates that are named where words may mean several units."""

_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
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


@dataclass(frozen=True, slots=True)
class _Way(Generic[_Unit]):
    """A way to write a unit's name; ``listed``: a place's bare name, which means the unit in a list alone."""

    words: tuple[str, ...]
    unit: _Unit
    listed: bool = False


_Ways: TypeAlias = Mapping[str, Sequence[_Way[_Unit]]]
"""By their first words, and by the first letters of these ("s…")."""


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
        self._spellings: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=512)(self._spelt)
        self._in_full: Callable[..., frozenset[str]] = lru_cache(maxsize=16)(self._full_names)

    def with_code(self, code: str) -> tuple[_Unit, ...]:
        """Return the unit of that code, whatever its case; empty where there is none."""
        return self._by_code.get(key(code), ())

    def find_in_list(self, text: str) -> tuple[_Unit, ...]:
        """Return every unit that a row of a list of places names, the kind of place left out or not."""
        return self.find(text) or self._by_place.get(name_key(text), ())

    def is_named(self, unit: _Unit, text: str) -> bool:
        """Whether ``unit`` is one of them and ``text`` its name in full, so that ``find`` gives it."""
        own = self._in_full(unit.code, *unit.names)
        return id(unit) in self._ids and not own.isdisjoint(self._spellings(text))

    def _full_names(self, code: str, *names: str) -> frozenset[str]:
        return frozenset((*self._with_and_without_place(code, tuple(map(name_key, names))), name_key(code)))

    def _find(self, text: str) -> tuple[_Unit, ...]:
        said = self._spellings(text)
        plain = _is_plain(text) and any(map(str.isalpha, text))
        for names in (self._by_name, self._by_plain_name) if plain else (self._by_name,):
            if exact := [unit for spelling in said for unit in names.get(spelling, ())]:
                return self._in_order(exact)
        short = (
            way.unit
            for spelling in said
            for words in [[_Word(word, 0, 0, True) for word in spelling.split()]]
            for way in _beginning(words[0], self._plain_ways if plain else self._ways)
            if len(words) in _ends(words, way.words) and _is_enough(words, way)
        )
        return self._in_order(short)

    def _spelt(self, text: str) -> tuple[str, ...]:
        """The keys of a written name: as it stands, and without the province behind it."""
        said = name_key(text)
        ends = [f" {end}" for end in (self._bare_place, self._place) if end]
        if _is_plain(text):
            ends = [*ends, *map(unaccented, ends)]
        return tuple(dict.fromkeys(k for k in (said, *(said.removesuffix(e) for e in ends)) if k))

    # ------------------------------------------------------------------------------ at a prompt

    def meant(self, text: str) -> tuple[_Unit, ...]:
        """Return the units that a person may mean by ``text``, to whom it is said what was understood.

        Beyond names, wrong accents will do, and a part of a name: whole words of it before beginnings of
        words, with their accents before without.
        """
        said = name_key(text)
        plain = unaccented(said)
        if not plain:
            return ()
        if found := self.find(text) or self._by_plain_name.get(plain, ()):
            return found
        for part, accents in ((f" {said} ", True), (f" {plain} ", False), (f" {plain}", False)):
            names = ((name if accents else unaccented(name), unit) for name, unit in self._cores)
            if within := [unit for name, unit in names if part in f" {name} "]:
                return self._in_order(within)
        return ()

    def pick(self, text: str) -> _Unit:
        """Return the one unit meant. Raises CannotRun that lists all it may be, else the nearest."""
        found = self.meant(text)
        if len(found) == 1:
            return found[0]
        remedy = "Ghi mã đơn vị; xem mã bằng lệnh: dvctt-report plan show"
        if found:
            raise CannotRun(f"“{text}” có thể là nhiều đơn vị: {listed(found)}.", remedy)
        near = self.nearest(text)
        hint = f" Gần nhất: {listed(near)}." if near else ""
        raise CannotRun(f"Không có đơn vị “{text}” trong danh sách của năm.{hint}", remedy)

    def nearest(self, text: str, n: int = _PROPOSED) -> tuple[_Unit, ...]:
        """Return at most ``n`` units whose names resemble ``text`` most, best first; only ever to propose."""
        from rapidfuzz import fuzz

        said = unaccented(name_key(text))
        likeness: dict[str, float] = {}
        for unit in self.units:
            names = [unaccented(name_key(name)) for name in (unit.code, *unit.names)]
            likeness[unit.code] = max(
                max(fuzz.ratio(said, name), fuzz.token_sort_ratio(said, name)) for name in names
            )
        near = [unit for unit in self.units if likeness[unit.code] >= _RESEMBLES]
        return tuple(sorted(near, key=lambda unit: -likeness[unit.code])[:n])

    # ------------------------------------------------------------------------------- file names

    def in_file_name(self, name: str) -> tuple[_Unit, ...]:
        """Return the units that a file's name tells of, by code or by a name of two words or more.

        A name within a longer one doesn't count.
        """
        words = _plain_words(name)
        phrases = {
            " ".join(words[start : start + n]): n
            for start, word in enumerate(words)
            for n in (1, *self._lengths.get(word, ()))
            if start + n <= len(words)
        }
        told = {phrase: units for phrase, n in phrases.items() if (units := self._of_phrase(phrase, n))}
        within = {
            short for short in told for longer in told if short != longer and f" {short} " in f" {longer} "
        }
        return tuple(
            dict.fromkeys(u for phrase, units in told.items() if phrase not in within for u in units)
        )

    def _of_phrase(self, phrase: str, n: int) -> tuple[_Unit, ...]:
        """The units of a name, or of a code that is long enough to be told from a word."""
        if n > 1:
            return self._in_files.get(phrase, ())
        return self.with_code(phrase) if len(phrase) > 2 else ()

    # ------------------------------------------------------------------------------------ prose

    def _mentions(self, text: str) -> Iterator[UnitMention[_Unit]]:
        """First letters count in capitals alone. In a list of places the kind of each may be left out."""
        words = list(_words_of(text))
        ways = self._plain_prose if _is_plain(text) else self._prose
        at = 0
        while at < len(words):
            if words[at].text != "ubnd" and next(_beginning(words[at], ways), None) is None:
                at += 1  # no name begins so
                continue
            run = _run(text, words[at : at + self._most_words])
            council = int(
                len(run) > 1 and run[0].text == "ubnd"
            )  # part of a name that is compared without it
            fitting = [*_fitting(text, run[council:], ways)]
            stop = max((end for end, _ in fitting), default=0)
            if stop:
                said = run[council : council + stop]
                if unit := _only(said, [way for end, way in fitting if end == stop]):
                    yield UnitMention(run[0].start, said[-1].end, unit)
            at += council + stop or 1

    # ---------------------------------------------------------------------------------- indexes

    @cached_property
    def _ids(self) -> frozenset[int]:
        return frozenset(map(id, self.units))

    @cached_property
    def _whose(self) -> Mapping[str, str]:
        """Each unit's code by the key that it has among names."""
        return {name_key(unit.code): unit.code for unit in self.units}

    def _is_free(self, name: str, code: str) -> bool:
        """Whether the key of a name of the unit of ``code`` isn't the code of another unit."""
        return self._whose.get(name, code) == code

    @cached_property
    def _named(self) -> Sequence[tuple[_Unit, tuple[str, ...]]]:
        """Each unit with its names, without those that are the code of another one."""
        return [
            (unit, tuple(name for name in unit.names if self._is_free(name_key(name), unit.code)))
            for unit in self.units
        ]

    @cached_property
    def _keyed(self) -> Sequence[tuple[_Unit, tuple[str, ...]]]:
        """Each unit with the keys of its names."""
        return [(unit, tuple(map(name_key, names))) for unit, names in self._named]

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[_Unit, ...]]:
        return _grouped((key(unit.code), unit) for unit in self.units)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[_Unit, ...]]:
        """The units by the keys of their names, with and without the province, and of their codes."""
        return _grouped(
            (name, unit)
            for unit, keys in self._keyed
            for name in (*self._with_and_without_place(unit.code, keys), name_key(unit.code))
        )

    @cached_property
    def _by_plain_name(self) -> Mapping[str, tuple[_Unit, ...]]:
        return _grouped((unaccented(name), unit) for name, units in self._by_name.items() for unit in units)

    @cached_property
    def _cores(self) -> Sequence[tuple[str, _Unit]]:
        """The keys of the names without the province, which is a part of too many."""
        end = f" {self._bare_place}"
        return [
            (name.removesuffix(end) if self._bare_place else name, unit)
            for unit, keys in self._keyed
            for name in keys
        ]

    @cached_property
    def _by_place(self) -> Mapping[str, tuple[_Unit, ...]]:
        places = ((" ".join(_place_name(name)), unit) for unit, keys in self._keyed for name in keys)
        return _grouped((place, unit) for place, unit in places if place)

    @cached_property
    def _in_files(self) -> Mapping[str, tuple[_Unit, ...]]:
        """The units by their names of two words or more, "UBND" before them or not."""
        names = (
            (name, unit) for unit, own in self._named for name in dict.fromkeys((*own, *map(name_key, own)))
        )
        spelt = ((_plain_words(name), unit) for name, unit in names)
        return _grouped((" ".join(words), unit) for words, unit in spelt if len(words) > 1)

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """How many words those of ``_in_files`` have, the fewest first, by the word that they begin with."""
        words = (name.split() for name in self._in_files)
        return {first: sorted({*n}) for first, n in by_key((one[0], len(one)) for one in words).items()}

    @cached_property
    def _most_words(self) -> int:
        """Words that a name may have in a running text, its council's title among them."""
        return 1 + max((len(name.split()) for _, keys in self._keyed for name in keys), default=1)

    @cached_property
    def _ways(self) -> _Ways[_Unit]:
        return _by_beginning(self._written())

    @cached_property
    def _plain_ways(self) -> _Ways[_Unit]:
        return _by_beginning(map(_unaccented_way, self._written()))

    @cached_property
    def _prose(self) -> _Ways[_Unit]:
        return _by_beginning(self._spoken())

    @cached_property
    def _plain_prose(self) -> _Ways[_Unit]:
        return _by_beginning(map(_unaccented_way, self._spoken()))

    def _written(self) -> Iterator[_Way[_Unit]]:
        """The ways to write the names where nothing else is written."""
        for unit, keys in self._keyed:
            names = self._with_and_without_place(unit.code, keys)
            yield from (_Way(tuple(name.split()), unit) for name in names)

    def _spoken(self) -> Iterator[_Way[_Unit]]:
        """The ways to write the names among other words."""
        for unit, keys in self._keyed:
            yield from (_Way(tuple(name.split()), unit) for name in dict.fromkeys(keys))
            for place in dict.fromkeys(filter(None, map(_place_name, keys))):
                yield _Way(place, unit, listed=True)

    def _with_and_without_place(self, code: str, keys: Sequence[str]) -> Iterable[str]:
        """The keys of names of the unit of ``code``, also without the province behind them."""
        without_place = (k.removesuffix(f" {self._bare_place}") for k in keys if self._bare_place)
        return dict.fromkeys(k for k in (*keys, *without_place) if self._is_free(k, code))

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
    found = [
        _Word(said.replace("&", ""), *match.span(), match[0].isupper() or said in _SHORT_KINDS)
        for match in _WORD.finditer(text)
        for said in [key(match[0])]
    ]
    at = 0
    while at < len(found):
        word = found[at]
        if tuple(one.text for one in found[at : at + 4]) == _COUNCIL:
            at += 3
            yield _Word("ubnd", word.start, found[at].end, False)
        elif word.text in _SPELT_OUT:
            first, second = _SPELT_OUT[word.text]
            yield _Word(first, word.start, word.end, False)
            yield _Word(second, word.end, word.end, False)
        else:
            yield word
        at += 1


def _run(text: str, words: Sequence[_Word]) -> Sequence[_Word]:
    """The first words, up to one that something separates which can't stand within a name."""
    stop = 1
    while stop < len(words) and _BETWEEN.fullmatch(text, words[stop - 1].end, words[stop].start):
        stop += 1
    return words[:stop]


def _fitting(text: str, said: Sequence[_Word], ways: _Ways[_Unit]) -> Iterator[tuple[int, _Way[_Unit]]]:
    """Yield the ways to write a name by which a text goes on, each with the number of words that it takes."""
    if not _NAME_BEGINS.match(text, said[0].start):
        return
    for way in _beginning(said[0], ways):
        for end in _ends(said, way.words):
            start, stop = said[0].start, said[end - 1].end
            if _NAME_ENDS.match(text, stop) and (not way.listed or _is_listed(text, start, stop)):
                yield end, way


def _is_listed(text: str, start: int, stop: int) -> bool:
    return bool(_LISTED_AFTER.match(text, start) and _LISTED_BEFORE.match(text, stop))


def _by_beginning(ways: Iterable[_Way[_Unit]]) -> _Ways[_Unit]:
    """Index ways to write names. A name of one word is found in capitals alone: "Báo" may be one."""
    found: dict[str, list[_Way[_Unit]]] = {}
    for way in ways:
        if len(way.words) > 1:
            found.setdefault(way.words[0], []).append(way)
        found.setdefault(f"{unaccented(way.words[0][0])}…", []).append(way)
    return found


def _beginning(word: _Word, ways: _Ways[_Unit]) -> Iterator[_Way[_Unit]]:
    """Yield the ways to write a name that may begin with a word, in full or short."""
    yield from ways.get(word.text, ())
    if word.may_be_short:
        yield from ways.get(f"{unaccented(word.text)[:1]}…", ())


def _ends(said: Sequence[_Word], words: tuple[str, ...], at: int = 0) -> Iterator[int]:
    """After how many words a name may end: in full or by first letters, joining words left out or not."""
    if not words:
        yield at
        return
    if words[0] in _JOINING:
        yield from _ends(said, words[1:], at)
    if at == len(said):
        return
    if said[at].text == words[0]:
        yield from _ends(said, words[1:], at + 1)
    elif said[at].may_be_short:
        for n in range(len(said[at].text), len(words) + 1):
            if _are_initials(said[at].text, words[:n]):
                yield from _ends(said, words[n:], at + 1)


def _are_initials(letters: str, words: Sequence[str]) -> bool:
    full = "".join(word[0] for word in words)
    brief = "".join(word[0] for word in words if word not in _JOINING)
    plain = unaccented(letters)
    return letters.replace("đ", "d") == plain and plain in (unaccented(full), unaccented(brief))


def _is_enough(said: Sequence[_Word], way: _Way[_Unit]) -> bool:
    """Whether a short form keeps a word of the name, or many letters, or is the unit's code."""
    kept = any(len(word.text) > 1 and word.text in way.words and word.text not in _JOINING for word in said)
    letters = "".join(word.text for word in said if word.text.isalpha())
    return kept or len(letters) >= _LETTERS or letters == key(way.unit.code)


def _only(said: Sequence[_Word], fitting: Sequence[_Way[_Unit]]) -> _Unit | None:
    """The one unit whose name is said in full, else whose short form it is; None where there are several."""
    written = tuple(word.text for word in said)
    full = [way for way in fitting if way.words == written and not way.listed]
    units = {way.unit.code: way.unit for way in full or fitting if full or _is_enough(said, way)}
    several = len({way.unit.code for way in full or fitting}) > 1
    return None if several else next(iter(units.values()), None)


def _place_name(name: str) -> tuple[str, ...]:
    """The name of a place, of its key, without what kind it is; empty where it has one word or is none."""
    words = name.split()
    for n in (2, 1):
        if " ".join(words[:n]) in _KINDS_OF_PLACES and len(words) > n + 1:
            return tuple(words[n:])
    return ()


def _unaccented_way(way: _Way[_Unit]) -> _Way[_Unit]:
    return _Way(tuple(map(unaccented, way.words)), way.unit, way.listed)


def _is_plain(text: str) -> bool:
    """Whether a text has no accents."""
    return key(text) == unaccented(text)


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", unaccented(text))


def _grouped(pairs: Iterable[tuple[str, _Unit]]) -> Mapping[str, tuple[_Unit, ...]]:
    found: dict[str, dict[str, _Unit]] = {}
    for name, unit in pairs:
        found.setdefault(name, {})[unit.code] = unit
    return {name: tuple(units.values()) for name, units in found.items()}
