"""The manifest of a report, read back and indexed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from dvctt_report.files.manifests import parse_json, read_manifest_text
from dvctt_report.model.period import Period
from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.manifest import to_json, whole
from dvctt_report.report.meanings import groups_of
from dvctt_report.report.printed import PrintedBlock, read_index
from dvctt_report.store.published.record import RECORD
from dvctt_report.text.errors import CannotRun, explain_os_error

Entry: TypeAlias = Mapping[str, Any]

NEEDED = (
    *("year", "indicators", "figures", "report", "plan", "items", "units", "targets", "contributions"),
    *("totals", "documents", "answered", "tasks", "findings", "replies", "roles", "names"),
    *("decisions", "overrides", "acceptances", "left_out"),
)
"""Keys without which nothing can be explained."""


_KEYS = {
    **dict.fromkeys(("targets", "items", "units"), "code"),
    **dict.fromkeys(("totals", "findings", "names"), "id"),
    "replies": "finding",
}
"""By what the entries of each list are named."""


Found = TypeVar("Found")


class _Packed(Mapping[str, Found]):
    """Entries of a list by their code, packed but for those that are looked at: half of a country's manifest.

    Entries of one code that follow each other are packed together.
    """

    def __init__(self, entries: Iterable[Entry], code: str) -> None:
        self._packed: dict[str, list[bytes]] = {}
        for name, group in groupby(entries, itemgetter(code)):
            packer = zlib.compressobj(1)
            lines = [packer.compress(f"{to_json(entry)}\n".encode()) for entry in group]
            self._packed.setdefault(name, []).append(b"".join((*lines, packer.flush())))

    def entries(self, code: str) -> tuple[Entry, ...]:
        """All of that code. Raises KeyError."""
        texts = map(zlib.decompress, self._packed[code])
        return tuple(parse_json(line) for text in texts for line in text.splitlines())

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class PackedEntries(_Packed[tuple[Entry, ...]]):
    """All entries of a code."""

    __getitem__ = _Packed.entries


class PackedEntry(_Packed[Entry]):
    """Entries by a code that each has of its own."""

    def __getitem__(self, code: str) -> Entry:
        return self.entries(code)[-1]


_APART = ("indicators", "figures", "contributions", "printed")
"""Lists of which only what is asked for is made."""


@dataclass(frozen=True)
class Manifest:
    """``data`` as docs/json.md describes it; the tables are its lists by code, in their order."""

    data: Entry
    indicators: Mapping[str, Entry] = field(repr=False)
    targets: Mapping[str, Entry] = field(repr=False)
    figures: Mapping[str, Entry] = field(repr=False)
    totals: Mapping[str, Entry] = field(repr=False)
    items: Mapping[str, Entry] = field(repr=False)
    units: Mapping[str, Entry] = field(repr=False)
    findings: Mapping[str, Entry] = field(repr=False)
    replies: Mapping[str, Entry] = field(repr=False)
    names: Mapping[str, Entry] = field(repr=False)
    contributions: Mapping[str, Sequence[Entry]] = field(repr=False)

    @classmethod
    def of(cls, data: Entry) -> Manifest:
        """Index a manifest; raises KeyError or TypeError where it is none."""
        rest = whole({name: said for name, said in data.items() if name not in _APART})
        tables = {table: {one[key]: one for one in rest[table]} for table, key in _KEYS.items()}
        return cls(
            rest | {"printed": data.get("printed", ())},
            PackedEntry(data["indicators"], "code"),
            figures=PackedEntry(data["figures"], "id"),
            contributions=PackedEntries(data["contributions"], "indicator"),
            **tables,
        )

    @property
    def period(self) -> Period:
        return Period.of_manifest(self.data)

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """What the last part of a name means: "percent"."""
        return {one["role"]: one["what"] for one in self.data["roles"]}

    @cached_property
    def groups(self) -> list[str]:
        """The headings of the kinds of units, as ``T10.sum1`` and its like number them."""
        return groups_of(self.units.values())

    @cached_property
    def index(self) -> tuple[PrintedBlock, ...]:
        """What was printed where, and of which figure each number is; empty where nothing was printed."""
        return read_index(self.data.get("printed", ()))

    @cached_property
    def unit_names(self) -> UnitNames[NamedUnit]:
        """The units by all the names that the manifest knows them by."""
        return UnitNames(
            map(NamedUnit.of_manifest, self.units.values()), self.data["plan"].get("province", "")
        )

    def unit_name(self, code: str) -> str:
        """The short name of a unit, its code where the roster has changed since."""
        return str(self.units[code]["name"]) if code in self.units else code

    def item_name(self, item: str) -> str:
        """What an item is called; the whole title of one that shares its name: "Đất đai" of two surveys."""
        if item not in self.items:
            return item
        own = self.items[item]
        alike = [c for c, one in self.items.items() if one["name"] == own["name"] and c not in self.targets]
        return str(own["title"] if len(alike) > 1 else own["name"])

    def labels(self, item: str, field: str) -> tuple[str, str]:
        """What an item and its field are called; their codes where not known."""
        found = self.items.get(item)
        return (found["name"], found["fields"].get(field, field)) if found else (item, field)


def read_manifest(path: Path) -> Manifest:
    """Read the manifest at ``path``; raises CannotRun where there is none."""
    beside = "Nêu tệp .json nằm cạnh báo cáo, ví dụ bao-cao-2025.json."
    none = CannotRun(f"Tệp “{path}” không phải là bảng nguồn số liệu của báo cáo.", beside)
    try:
        data = parse_json(read_manifest_text(path))
        if isinstance(data, dict) and "of" in data:
            raise CannotRun(
                f"Tệp “{path}” là bảng nguồn của Tờ trình, chỉ dùng để đối chiếu.",
                "Nêu tệp .json nằm cạnh báo cáo được trình, ví dụ bao-cao-ubnd-2025.json.",
            )
        if all(key in data for key in NEEDED):
            signed = read_table(path.with_name(RECORD)).get("rendering", data.get("id"))
            printed: Sequence[Entry] = data.get("printed", ())
            is_whole = data["report"]["file"] and signed == data.get("id")  # no figures kept after a report
            return Manifest.of({**data, "printed": printed if is_whole else ()})
    except FileNotFoundError:
        raise CannotRun(f"Không tìm thấy tệp “{path}”.", beside) from None
    except OSError as error:
        raise explain_os_error(error) or none from error
    except (ValueError, KeyError, TypeError) as error:
        raise none from error
    raise none


def read_table(path: Path) -> Entry:
    """A manifest, an index or a record; nothing of what is none."""
    with suppress(OSError, ValueError):
        table = parse_json(read_manifest_text(path))
        if isinstance(table, dict):
            return table
    return {}
