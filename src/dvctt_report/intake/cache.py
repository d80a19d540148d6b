"""What was read of every file, so that an unchanged file is not read again.

A file of its own beside the register, that may be deleted at any time: an entry counts only for the same
file name and bytes, the same reader, plan, roster and year, and only whole. Whatever is wrong with the
cache, files are then read as if there were none.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from dvctt_report.codes import Trait, has
from dvctt_report.intake.kept import dump_return, load_return
from dvctt_report.model import Return
from dvctt_report.opening import read_file, require_database
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile

File: TypeAlias = tuple[str, str]
"""A received file: its name relative to the workspace, and the SHA-256 of its bytes."""

_SCHEMA = """
create table if not exists reading (
    file text not null,
    sha256 text not null,
    part integer not null,
    year text not null,
    key text not null,
    head text not null,
    observations blob not null,
    checksum integer not null,
    primary key (file, sha256, part)
) strict
"""
"""``part`` counts the returns of one received file, which may hold several; ``key``: see ``reading_key``.

``year`` is the key of the period.
"""

_ROOMS = ("codes", "forms", "intake", "mending", "model", "nd30", "plan")
_READER = ("*.py", *(f"{room}/*.py" for room in _ROOMS))
"""Where the sources stand that decide what is read from a file."""

_LIBRARIES = ("formualizer", "lxml", "msoffcrypto-tool", "olefile", "rapidfuzz", "xlrd")
"""Other people's readers, whose newer version may read a file otherwise."""

_WAIT = 1.0
"""Seconds that another command may hold the cache before it is done without."""


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
    """Return what ``files`` hold, in their order, by the cache in ``path`` and else by ``read``.

    ``read`` gets the files that are not known and gives the returns of each, in that order. ``step`` is
    called for each file that is known. ``again``: one that was not read for the machine's or the program's
    sake is not; else it keeps the reason that was found then.
    """
    if not files:
        return ()
    key = reading_key(profile, period)
    known = kept_returns(path, key, frozenset(files))
    if again:
        known = {name: returns for name, returns in known.items() if not may_be_read_again(returns)}
    unknown = tuple(dict.fromkeys(name for name in files if name not in known))
    for _ in range(len(files) - len(unknown)):
        step()
    if unknown:
        fresh = {name: tuple(returns) for name, returns in zip(unknown, read(unknown), strict=True)}
        keep_returns(path, key, period, fresh)
        known |= fresh
    return tuple(found for name in files for found in known[name])


def reading_key(profile: Profile, period: Period) -> str:
    """Name everything but the file itself that a reading depends on: reader, plan, roster, year."""
    digest = sha256(_reader_digest())
    digest.update(f"{period}\n{profile.told}".encode())
    return digest.hexdigest()


def reader_sources() -> tuple[Path, ...]:
    """The program's own files that decide what is read from a received one."""
    package = Path(__file__).parents[1]
    return tuple(sorted(path for pattern in _READER for path in package.glob(pattern)))


@cache
def _reader_digest() -> bytes:
    return digest_of(reader_sources(), "".join(f"{name} {_version(name)}\n" for name in _LIBRARIES))


def digest_of(sources: Iterable[Path], beside: str) -> bytes:
    """Name a part of the program by the content of its files, and what it depends on beside them."""
    digest = sha256(beside.encode())
    for path in sources:
        digest.update(read_file(path))
    return digest.digest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"


def kept_returns(
    path: Path, key: str, wanted: Container[File] | None = None
) -> dict[File, tuple[Return, ...]]:
    """Return what was read of ``wanted`` (None: of all files) under ``key``; damaged entries are left out."""
    found: dict[File, list[Return]] = defaultdict(list)
    damaged: set[File] = set()
    if not path.exists():
        return {}
    with suppress(sqlite3.Error, UnicodeDecodeError, OSError), connected(path) as readings:
        for file, digest, head, observations, checksum in readings.execute(
            "select file, sha256, head, observations, checksum from reading where key = ? "
            "order by file, sha256, part",
            (key,),
        ):
            if wanted is not None and (file, digest) not in wanted:
                continue
            try:
                if checksum != _checksum(head, observations):
                    raise ValueError
                found[file, digest].append(load_return(head, observations))
            except (ValueError, TypeError, KeyError):
                damaged.add((file, digest))
    return {name: tuple(returns) for name, returns in found.items() if name not in damaged}


def keep_returns(path: Path, key: str, period: Period, read: Mapping[File, Iterable[Return]]) -> None:
    """Keep what was read of received files; readings of ``year`` under any other key are forgotten.

    Where the cache can't be written nothing is kept.
    """

    def write(readings: sqlite3.Connection) -> None:
        readings.execute(_SCHEMA)
        readings.execute("delete from reading where year = ? and key <> ?", (str(period), key))
        for (file, digest), returns in read.items():
            readings.execute("delete from reading where file = ? and sha256 = ?", (file, digest))
            readings.executemany(
                "insert into reading values (?, ?, ?, ?, ?, ?, ?, ?)",
                _rows((file, digest), period, key, returns),
            )

    if read:
        write_kept(path, write)


def write_kept(path: Path, write: Callable[[sqlite3.Connection], None]) -> None:
    """Write into a file of what was kept; a damaged one is made anew.

    Where it can't be written nothing is kept.
    """
    with suppress(sqlite3.OperationalError, OSError):
        try:
            with connected(path) as kept, kept:
                write(kept)
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            path.unlink()
            with connected(path) as kept, kept:
                write(kept)


def connected(path: Path) -> closing[sqlite3.Connection]:
    """Open a file of what was kept; raises OSError for one that is none."""
    require_database(path)
    return closing(sqlite3.connect(path, timeout=_WAIT))


def _rows(name: File, period: Period, key: str, returns: Iterable[Return]) -> Iterator[tuple[object, ...]]:
    for n, part in enumerate(returns):
        head, observations = dump_return(part)
        yield (*name, n, str(period), key, head, observations, _checksum(head, observations))


def may_be_read_again(returns: Iterable[Return]) -> bool:
    """Whether one of them was not read for the machine's or the program's sake."""
    return any(has(f.code, Trait.READ_AGAIN) for part in returns for f in part.findings)


def _checksum(head: str, observations: bytes) -> int:
    return zlib.crc32(observations, zlib.crc32(head.encode()))
