"""The provinces and communes of the country, and what each former one belongs to now.

Data of ``templates/don-vi-hanh-chinh``, made by ``scripts/make_catalogue.py`` from a published list and the
reviewed changes since; sources, licence and how sure each change is stand there. An officer's own roster
always wins: the catalogue proposes names and explains old ones, it never decides whose a return is.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from io import StringIO

from dvctt_report.text.grouping import by_key
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import resource_path
from dvctt_report.text.vietnamese import key, unaccented

FOLDER = "don-vi-hanh-chinh"
TWO_LEVELS = date(2025, 7, 1)
"""From this day there are provinces and communes, no districts (Luật số 72/2025/QH15)."""
_CITY = "Thành phố "
_LONGEST = 6
"""Words of the longest name of a district."""
_COUNCIL = tuple(key(words) + " " for words in ("Ủy ban nhân dân", "UBND"))


@dataclass(frozen=True, slots=True)
class Province:
    """A province as it is now."""

    code: str
    name: str
    since: date
    merged: tuple[str, ...]
    """The provinces of before 1/7/2025 that it is made of, its own former self too."""

    @property
    def is_city(self) -> bool:
        return self.name.startswith(_CITY)

    @property
    def bare_name(self) -> str:
        """The name without what kind it is."""
        return self.name.removeprefix(_CITY).removeprefix("Tỉnh ")


@dataclass(frozen=True, slots=True)
class Commune:
    """A xã, phường or đặc khu as it is now; ``name`` with its kind, ``province`` a code."""

    code: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class Former:
    """A commune of before 1/7/2025 ("" where a district had none); ``successors``: the main one first."""

    name: str
    district: str
    province: str
    successors: tuple[Commune, ...]


@dataclass(frozen=True)
class Catalogue:
    """Every province and commune, by the day ``as_of``. Communes are read when they are asked for."""

    as_of: date
    source: str
    provinces: tuple[Province, ...]

    @cached_property
    def communes(self) -> tuple[Commune, ...]:
        return tuple(Commune(row["ma"], row["ten"], row["tinh"]) for row in _rows("cap-xa.csv"))

    @cached_property
    def former(self) -> tuple[Former, ...]:
        by_code = {commune.code: commune for commune in self.communes}
        rows = ((row, map(by_code.__getitem__, row["nay_thuoc"].split())) for row in _rows("don-vi-cu.csv"))
        return tuple(Former(row["ten"], row["huyen"], row["tinh"], tuple(now)) for row, now in rows)

    def province(self, words: str) -> Province | None:
        """Return the province of that name, with or without its kind and accents, or code."""
        said = unaccented(words)
        named = (p for p in self.provinces if said in (p.code, unaccented(p.name), unaccented(p.bare_name)))
        return next(named, None)

    def successor(self, words: str) -> Province | None:
        """Return the province that a former one, told with its kind ("tỉnh A"), is part of now."""
        said = unaccented(words)
        return next((p for p in self.provinces if said in map(unaccented, p.merged)), None)

    def communes_of(self, province: Province) -> tuple[Commune, ...]:
        return tuple(commune for commune in self.communes if commune.province == province.code)

    def cities(self, day: date) -> tuple[str, ...]:
        """The bare names of the provinces that are cities on ``day``."""
        return tuple(p.bare_name for p in self.provinces if p.is_city and p.since <= max(day, TWO_LEVELS))

    def now(self, words: str, province: str) -> tuple[Commune, ...]:
        """Return what a body of a former commune or district ("UBND xã Phước Sơn") belongs to now.

        ``province``: the one it is looked for in, as it is or as it was. Empty where nothing there had that
        name, where several communes had it, or where the name is still that of a commune.
        """
        said = key(words)
        for council in _COUNCIL:
            said = said.removeprefix(council)
        home = self.province(province) or self.successor(province)
        if home is None or any(key(commune.name) == said for commune in self.communes_of(home)):
            return ()
        own = [f for f in self.former if f.province in home.merged and said in (key(f.name), key(f.district))]
        if len({(f.district, f.name) for f in own if key(f.name) == said}) > 1:
            return ()
        return tuple(dict.fromkeys(commune for former in own for commune in former.successors))

    def district_at(self, text: str) -> tuple[str, tuple[Commune, ...]]:
        """The former district that ``text`` begins with and its communes of now; None for none or several."""
        words = key(text).split()
        for n in range(min(len(words), _LONGEST), 1, -1):
            if parts := self._parts.get(" ".join(words[:n])):
                if len({part.province for part in parts}) > 1:
                    break
                return parts[0].district, tuple(dict.fromkeys(c for part in parts for c in part.successors))
        return "", ()

    @cached_property
    def _parts(self) -> Mapping[str, Sequence[Former]]:
        """The former communes of each district, by its key."""
        return by_key((key(former.district), former) for former in self.former)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Read the catalogue that comes with the program."""
    changes = tomllib.loads(read_text(resource_path("templates") / FOLDER / "thay-doi.toml"))
    provinces = (
        Province(
            row["ma"], row["ten"], date.fromisoformat(row["tu_ngay"]), tuple(row["gom_tinh_cu"].split("; "))
        )
        for row in _rows("tinh.csv")
    )
    return Catalogue(changes["den_ngay"], changes["goc"], tuple(provinces))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with StringIO(read_text(resource_path("templates") / FOLDER / name), newline="") as file:
        yield from csv.DictReader(file)
