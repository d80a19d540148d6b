"""A disk that fails, or a power that is cut: what a command sees of it, and what it leaves behind."""

from __future__ import annotations

import builtins
import errno
import io
import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest

Fault: TypeAlias = Literal["full", "read-only", "input/output"]
Tree: TypeAlias = dict[str, bytes]
"""Every file below a folder, by its path from there."""

_WRITES = re.compile(
    r"\s*(insert|update|delete|drop|create|alter|replace|pragma user_version =)", re.IGNORECASE
)
_FAULTS: dict[Fault, tuple[int, str]] = {
    "full": (errno.ENOSPC, "SQLITE_FULL"),
    "read-only": (errno.EROFS, "SQLITE_READONLY"),
    "input/output": (errno.EIO, "SQLITE_IOERR_WRITE"),
}
"""What the system says, and SQLite."""
_MOVES = ("mkdir", "rename", "replace", "unlink", "remove", "rmdir")
"""Functions of ``os`` that change a folder."""
_TICK = 50_000_000
"""Nanoseconds in which a file may change twice and show one time of change."""


class Trees:
    """What stands below ``root``, time and again: a file is read again when it may have changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[tuple[int, ...], bytes]] = {}
        self._contents: dict[bytes, bytes] = {}  # most files are the same each time: kept once

    def now(self) -> Tree:
        return {path: self._content(path, entry) for path, entry in _files(self._root)}

    def _content(self, path: str, entry: os.DirEntry[str]) -> bytes:
        stat, moment = entry.stat(), time.time_ns()
        stamp = stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
        if path in self._known and self._known[path][0] == stamp:
            return self._known[path][1]
        said = Path(entry.path).read_bytes()
        said = self._contents.setdefault(said, said)
        if stat.st_ctime_ns < moment - _TICK:
            self._known[path] = stamp, said
        return said


def tree(root: Path) -> Tree:
    """What stands below ``root``."""
    return Trees(root).now()


def _files(folder: Path | str, above: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below ``folder`` by its path from there."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{above}{entry.name}/")
        elif entry.is_file():
            yield f"{above}{entry.name}", entry


def lay_out(files: Tree, root: Path) -> None:
    """Write what stood somewhere else."""
    for folder in {name.rpartition("/")[0] for name in files}:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        file = os.open(f"{root}/{name}", os.O_WRONLY | os.O_CREAT)
        os.write(file, content)
        os.close(file)


def _is_below(root: Path, path: object) -> bool:
    return isinstance(path, str | Path) and Path(path).absolute().is_relative_to(root)


Opening: TypeAlias = Callable[..., Any]
Before: TypeAlias = Callable[[str, Path | None], None]


@contextmanager
def _patched(root: Path, before: Before, opening: Opening, executed: Before | None = None) -> Iterator[None]:
    """Call ``before`` each change of a folder below ``root`` and each fsync; open files by ``opening``.

    ``executed`` hears of each statement of a database there before it is carried out.
    """
    sync, connect = os.fsync, sqlite3.connect

    def moving(name: str) -> Opening:
        real = getattr(os, name)

        def move(path: Any, *rest: Any, **named: Any) -> Any:
            if _is_below(root, path):
                before(name, Path(path))
            return real(path, *rest, **named)

        return move

    def syncing(file: int) -> None:
        before("fsync", None)
        sync(file)

    class Heard(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            if executed:
                executed(sql, None)
            return super().execute(sql, *rest)

        def executemany(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            if executed:
                executed(sql, None)
            return super().executemany(sql, *rest)

    def connected(path: Any, **named: Any) -> sqlite3.Connection:
        factory = {"factory": Heard} if _is_below(root, path) else {}
        made: sqlite3.Connection = connect(path, **{**factory, **named})
        return made

    with pytest.MonkeyPatch.context() as patch:
        for name in _MOVES:
            patch.setattr(os, name, moving(name))
        patch.setattr(os, "fsync", syncing)
        for place in (io, builtins):
            patch.setattr(place, "open", opening)
        if executed:
            patch.setattr(sqlite3, "connect", connected)
        yield


@contextmanager
def failing_disk(root: Path, fault: Fault) -> Iterator[list[str]]:
    """Let nothing be written below ``root``: the disk is full, may only be read, or has bad sectors.

    Gives a list that fills with what was tried to be changed there.
    """
    tried: list[str] = []
    really_open = io.open
    number, by_sqlite = _FAULTS[fault]

    def opened(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+") or not _is_below(root, path):
            return really_open(path, mode, *rest, **named)
        tried.append(str(path))
        if fault == "read-only":
            raise OSError(number, os.strerror(number), str(path))
        if fault == "input/output" or "+" in mode:
            return really_open(path, mode, *rest, **named)
        really_open(path, mode, *rest, **named).close()
        return really_open("/dev/full", mode, *rest, **named)

    def before(name: str, path: Path | None) -> None:
        tried.append(name)
        if fault == "read-only" or (fault == "input/output" and name in ("fsync", "replace", "rename")):
            raise OSError(number, os.strerror(number), *(() if path is None else (str(path),)))

    def executed(sql: str, _: Path | None) -> None:
        if _WRITES.match(sql):
            tried.append(sql)
            error = sqlite3.OperationalError("as SQLite says")
            error.sqlite_errorname = by_sqlite
            raise error

    with _patched(root, before, opened, executed):
        yield tried


@contextmanager
def unreadable_files(root: Path) -> Iterator[None]:
    """Let no file below ``root`` be read but the settings and the plan, without which nothing begins."""
    really_open = io.open

    def opened(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if not set(mode) & set("wax") and _is_below(root, path) and Path(path).suffix != ".toml":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return really_open(path, mode, *rest, **named)

    with _patched(root, lambda *_: None, opened):
        yield


_deaf: list[bool] = []
"""Holds something while files are opened by the test itself."""


@contextmanager
def watched_disk(root: Path) -> Iterator[list[Tree]]:
    """Give a list that fills with how ``root`` stands before each operation that changes it.

    A process that is killed there leaves just that: what it had in its own memory is nowhere.
    """
    really_open, trees = io.open, Trees(root)
    stages: list[Tree] = []

    def look(*_: object) -> None:
        if not _deaf:
            _deaf.append(True)
            try:
                stages.append(trees.now())
            finally:
                _deaf.pop()

    def opened(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if set(mode) & set("wax+") and _is_below(root, path):
            look()
        return really_open(path, mode, *rest, **named)

    def executed(sql: str, _: Path | None) -> None:
        if _WRITES.match(sql) or sql == "commit":
            look()

    with _patched(root, look, opened, executed):
        yield stages


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise TimeoutError where what is done meanwhile takes longer: it waits for what never comes."""

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def put_pipe(path: Path) -> None:
    """Put a pipe there into which nobody writes."""
    os.mkfifo(path)


def put_folder(path: Path) -> None:
    path.mkdir()


def put_sparse(path: Path) -> None:
    """Put a file there of a hundred gigabytes that takes no room."""
    with path.open("wb") as file:
        file.truncate(100_000_000_000)


def put_device(path: Path) -> None:
    """Lead to a device that gives bytes without end."""
    path.symlink_to("/dev/zero")
