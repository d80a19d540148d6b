"""Whatever the program reads it opens here: regular files alone, never waited for, never without a bound.

A pipe would be waited for until somebody writes into it, a device may give bytes without end.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from dvctt_report.text.limits import MAX_MANIFEST, MAX_RECEIVED, MAX_SETTINGS, MAX_STEPS

_CHUNK = 1 << 20
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Flags with which opening a pipe returns at once, and a terminal opened does not become the program's."""
_KINDS = {stat.S_IFIFO: "ống dẫn (fifo)", stat.S_IFSOCK: "socket"}


class NotRegular(OSError):
    """What stands at ``filename`` is neither a file nor a folder; ``strerror`` says what, in Vietnamese."""


class TooLarge(OSError):
    """The file ``filename`` has more bytes than are taken in; ``strerror`` says how many those are."""


def other_kind(mode: int) -> str:
    """What something of that ``st_mode`` is, in Vietnamese; "" for a file or a folder."""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    return _KINDS.get(stat.S_IFMT(mode), "thiết bị")


def require_database(path: Path) -> None:
    """Raise OSError where SQLite, which opens by name, would meet what is no file; a missing one will do."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        require_replaceable(path.with_name(f"{path.name}{suffix}"))


def require_replaceable(path: Path) -> None:
    """Raise OSError where what stands at ``path`` is no file, in whose place nothing is put; none will do."""
    with suppress(FileNotFoundError):
        _require(path, path.stat().st_mode)


def _require(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):  # Windows itself says of a folder that it may not be opened
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if kind := other_kind(mode):
        raise NotRegular(errno.EINVAL, kind, str(path))


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading. Raises OSError: NotRegular for what is none."""
    _require(path, path.stat().st_mode)  # before: opening alone may set a device to work
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE)) as file:
        _require(path, os.fstat(file.fileno()).st_mode)  # after: another may stand there by now
        yield file


def read_file(path: Path, most: int = MAX_RECEIVED) -> bytes:
    """The bytes of a regular file. Raises OSError: NotRegular, TooLarge where there are over ``most``."""
    return b"".join(_pieces(path, most))


def read_text(path: Path, most: int = MAX_SETTINGS) -> str:
    """The text of a regular file in UTF-8, with or without a byte order mark, its lines ended by "\\n".

    Raises what ``read_file`` raises, and UnicodeDecodeError.
    """
    return io.StringIO(read_file(path, most).decode("utf-8-sig"), newline=None).read()


_STEP = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"(?<![\w.\"'-]){_STEP}(?:[ \t]*+\.[ \t]*+{_STEP}){{{MAX_STEPS},}}+")


def parse_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text.

    Raises tomllib.TOMLDecodeError, also for a key of more than MAX_STEPS names, which the parser would take
    the square of their number to read; RecursionError for brackets too deep in one another.
    """
    import tomllib

    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise tomllib.TOMLDecodeError(f"Too many names in a key (at line {line}, column 1)")
    return tomllib.loads(text)


def file_digest(path: Path, most: int = MAX_MANIFEST) -> str:
    """The SHA-256 of a regular file. Raises what ``read_file`` raises."""
    digest = sha256()
    for piece in _pieces(path, most):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path, most: int) -> Iterator[bytes]:
    """Yield a regular file piece by piece; what it says of its size is no bound, only a first look."""
    n_read = 0
    with open_file(path) as file:
        beyond = os.fstat(file.fileno()).st_size > most
        while not beyond and (piece := file.read(_CHUNK)):
            yield piece
            n_read += len(piece)
            beyond = n_read > most
    if beyond:
        raise TooLarge(errno.EFBIG, f"trên {most // 1_000_000} MB", str(path))
