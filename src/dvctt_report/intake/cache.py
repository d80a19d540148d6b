"""What holds as long as what it follows from stays the same: readings of files, findings, answers.

One file beside the register, that may be deleted at any time. An entry counts only under the key that names
all it follows from, and only whole. Whatever is wrong with the file, all is worked out as if there were none.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from dvctt_report import __version__
from dvctt_report.model import Return
from dvctt_report.model.answer_columns import KeptObservations, tagged, untagged
from dvctt_report.model.codes import Trait, has
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.text.opening import read_text, require_database
from dvctt_report.text.resources import PACKAGE

if TYPE_CHECKING:
    from pydantic import TypeAdapter

File: TypeAlias = tuple[str, str]
"""A received file: its name relative to the workspace, and the SHA-256 of its bytes."""
Part: TypeAlias = tuple[str, bytes]
"""What is kept of a thing, in one or several parts: a text, and what is packed."""

_SCHEMA = """
create table if not exists kept (
    kind text not null,
    period text not null,
    name text not null,
    part integer not null,
    key text not null,
    head text not null,
    body blob not null,
    checksum integer not null,
    primary key (kind, period, name, part)
) strict
"""
_BAKED = PACKAGE / "_data" / "program.txt"
"""Where a bundle, whose sources nobody edits, has its name."""
_WAIT = 1.0
"""Seconds that another command may hold the file before it is done without."""


def look_up(path: Path, kind: str, period: Period, keys: Mapping[str, str]) -> dict[str, list[Part]]:
    """Return by name the parts of what is kept under just the key of ``keys``; damaged ones are left out."""
    kept_parts: dict[str, list[Part]] = {}
    damaged: set[str] = set()
    if path.exists():
        with suppress(sqlite3.Error, UnicodeDecodeError, OSError), _connected(path) as kept:
            for name, key, head, body, checksum in kept.execute(
                "select name, key, head, body, checksum from kept where kind = ? and period = ? "
                "order by name, part",
                (kind, str(period)),
            ):
                if keys.get(name) == key:
                    kept_parts.setdefault(name, []).append((head, body))
                    if checksum != zlib.crc32(body, zlib.crc32(head.encode())):
                        damaged.add(name)
    return {name: parts for name, parts in kept_parts.items() if name not in damaged}


def keep(
    path: Path, kind: str, period: Period, keys: Mapping[str, str], made: Mapping[str, Iterable[Part]]
) -> None:
    """Keep ``made`` by name, each under its key; what stands under a key that is none of ``keys`` goes.

    A damaged file is made anew; where it can't be written nothing is kept.
    """
    if not made or not path.parent.exists():
        return

    def write() -> None:
        with _connected(path) as kept, kept:
            kept.execute(_SCHEMA)
            where = "kind = ? and period = ?"
            of = (kind, str(period))
            live = json.dumps([*set(keys.values())])
            kept.execute(
                f"delete from kept where {where} and key not in (select value from json_each(?))", (*of, live)
            )
            for name, parts in made.items():
                kept.execute(f"delete from kept where {where} and name = ?", (*of, name))
                kept.executemany(
                    "insert into kept values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        (*of, name, n, keys[name], head, body, zlib.crc32(body, zlib.crc32(head.encode())))
                        for n, (head, body) in enumerate(parts)
                    ),
                )

    with suppress(sqlite3.OperationalError, UnicodeEncodeError, OSError):
        try:
            write()
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            path.unlink()
            write()


def _connected(path: Path) -> closing[sqlite3.Connection]:
    require_database(path)
    return closing(sqlite3.connect(path, timeout=_WAIT))


def read_through(
    path: Path,
    profile: Profile,
    period: Period,
    files: Sequence[File],
    read: Callable[[Sequence[File]], Iterable[Sequence[Return]]],
    step: Callable[[], None] = lambda: None,
    *,
    again: bool = False,
) -> tuple[Return, ...]:
    """Return what ``files`` hold, in their order, by what is kept in ``path`` and else by ``read``.

    ``read`` gets the files that are not known and gives the returns of each, in that order. ``step`` is
    called for each file that is known. ``again``: one that was not read for the machine's or the program's
    sake is not; else it keeps the reason that was found then.
    """
    keys = dict.fromkeys(map("\n".join, files), reading_key(profile, period))
    known: dict[str, tuple[Return, ...]] = {}
    for name, parts in look_up(path, "reading", period, keys).items():
        with suppress(ValueError, TypeError, KeyError):
            returns = tuple(load_return(*part) for part in parts)
            if not (again and may_be_read_again(returns)):
                known[name] = returns
    unknown = tuple(dict.fromkeys(file for file in files if "\n".join(file) not in known))
    for _ in range(len(files) - len(unknown)):
        step()
    if unknown:
        fresh = {"\n".join(file): tuple(r) for file, r in zip(unknown, read(unknown), strict=True)}
        keep(path, "reading", period, keys, {name: map(dump_return, r) for name, r in fresh.items()})
        known |= fresh
    return tuple(kept for file in files for kept in known["\n".join(file)])


def reading_key(profile: Profile, period: Period) -> str:
    """Name everything but the file itself that a reading depends on: program, plan, roster, year."""
    return sha256(f"{program()}\n{period}\n{profile.as_json}".encode()).hexdigest()


def may_be_read_again(returns: Iterable[Return]) -> bool:
    """Whether one of them was not read for the machine's or the program's sake."""
    return any(has(f.code, Trait.READ_AGAIN) for part in returns for f in part.findings)


@cache
def program() -> str:
    """Name the program: as its bundle names it, else by every source's size and time, every library's folder.

    To read what they say takes longer.
    """
    if _BAKED.exists():
        return read_text(_BAKED)
    sources = sorted(_stamps(PACKAGE))
    libraries = sorted(path.name for folder in sys.path for path in Path(folder).glob("*.dist-info"))
    return f"{__version__}\n{sys.version}\n{sources}\n{libraries}"


def _stamps(folder: Path | os.DirEntry[str]) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of each source below ``folder``."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _stamps(entry)
        elif entry.name.endswith((".py", ".toml")):
            state = entry.stat()
            yield entry.path, state.st_size, state.st_mtime_ns


# ------------- A return as text and packed answers, to be kept; JSON, since nothing that is kept is ever run


def dump_return(received: Return) -> tuple[str, bytes]:
    """Write a return as JSON and its packed observations."""
    kept = KeptObservations.of(received.observations)
    head = plain_of(Return, replace(received, observations=()))
    return json.dumps([head, len(kept), kept.n_answers], default=tagged), kept.packed


def load_return(text: str, packed: bytes) -> Return:
    """Read back what ``dump_return`` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    head, length, n_answers = json.loads(text, object_hook=untagged)
    received: Return = _adapter(Return).validate_python(head)
    return replace(received, observations=KeptObservations(packed, int(length), int(n_answers)))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def value_of(kind: Any, text: str) -> Any:
    """Read back the JSON of what ``plain_of`` gave. Raises ValueError for anything else."""
    return _adapter(kind).validate_json(text)


def plain_of(kind: Any, value: Any) -> Any:
    """What is no default of the model as dicts and lists, its numbers and dates as ``tagged`` wants them."""
    return _adapter(kind).dump_python(value, exclude_defaults=True)
