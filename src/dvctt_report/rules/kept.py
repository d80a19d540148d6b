"""What the rules found in each unit by itself, kept until anything changes that it follows from.

A file of its own beside the readings, that may be deleted at any time. A unit's findings are looked up by the
content of all that its rules were shown: where one byte of that differs, they are found anew.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from dvctt_report.dataset import Dataset
from dvctt_report.intake.cache import connected, digest_of, reading_key, write_kept
from dvctt_report.intake.kept import KeptObservations, plain_of, value_of
from dvctt_report.model import Finding, Return

Found: TypeAlias = tuple[Finding, ...]
"""What was found in one unit, in the order of the rules."""

_SCHEMA = """
create table if not exists found (
    period text not null,
    unit text not null,
    key text not null,
    findings blob not null,
    primary key (period, unit)
) strict
"""


def keys_of(dataset: Dataset) -> dict[str, str]:
    """Name all that the rules which look at one unit alone are shown of each: what ``of_units`` gives.

    That is the program and the plan, what was reported before, the unit's files as they were read, settled
    and corrected, and what the system in charge holds of it.
    """
    before = f"{dataset.last_year!r}\n{dataset.half_year!r}"
    shared = f"{_program()}\n{reading_key(dataset.profile, dataset.period)}\n{before}"
    digests = {id(one): _digest(one) for one in dataset.returns}
    keys = {}
    for unit in dataset.units:
        of_files = [digests[id(one)] for one in dataset.about(unit.code)]
        said = f"{shared}\n{unit.code}\n{of_files}\n{dataset.controls_of(unit.code)!r}"
        keys[unit.code] = sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return keys


def _digest(received: Return) -> str:
    """Name a return by content: what was read of it, what became of it, what the officer put into it."""
    kept = KeptObservations.of(received.observations)
    facts = {name: getattr(received, name) for name in Return.__slots__ if name != "observations"}
    return sha256(f"{facts!r}\n".encode("utf-8", "surrogatepass") + kept.packed).hexdigest()


def rule_sources() -> tuple[Path, ...]:
    """The program's own files that decide what is found beside those that decide what is read."""
    return tuple(sorted(Path(__file__).parent.glob("*.py")))


@cache
def _program() -> str:
    return digest_of(rule_sources(), sys.version).hex()


def read_found(path: Path, period: str, keys: Mapping[str, str]) -> dict[str, Found]:
    """Return what was found in the units that are still what ``keys`` names; damaged entries are left out."""
    found: dict[str, Found] = {}
    if not path.exists():
        return found
    with suppress(sqlite3.Error, UnicodeDecodeError, OSError), connected(path) as kept:
        rows = kept.execute("select unit, key, findings from found where period = ?", (period,))
        for unit, key, findings in rows:
            if keys.get(unit) == key:
                with suppress(ValueError, TypeError, KeyError, zlib.error):
                    found[unit] = value_of(Found, zlib.decompress(findings))
    return found


def keep_found(
    path: Path, period: str, keys: Mapping[str, str], found: Mapping[str, Iterable[Finding]]
) -> None:
    """Keep what was found in each unit. Where it can't be written nothing is."""
    rows = [(period, unit, keys[unit], _packed(tuple(findings))) for unit, findings in found.items()]
    if not rows or not path.parent.exists():
        return

    def write(kept: sqlite3.Connection) -> None:
        kept.execute(_SCHEMA)
        kept.executemany("insert or replace into found values (?, ?, ?, ?)", rows)

    write_kept(path, write)


def _packed(findings: Found) -> bytes:
    return zlib.compress(json.dumps(plain_of(Found, findings)).encode(), 1)
