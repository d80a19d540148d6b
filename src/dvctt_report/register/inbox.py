"""What lies in the inbox, and what of it the register hasn't received yet."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from dvctt_report.legible import legible_name
from dvctt_report.period import Period
from dvctt_report.register.store import parse_moment


def inbox_files(inbox: Path) -> list[Path]:
    """Every file below ``inbox`` that may be received, in a fixed order; links are none."""
    return sorted(p for p in inbox.rglob("*") if p.is_file() and not p.is_symlink())


def no_files(inbox: Path) -> list[tuple[Path, str]]:
    """What lies below ``inbox`` in place of a file and is never opened, each with what it is in words."""
    return [(path, what) for path in sorted(inbox.rglob("*")) if (what := _what_else(path))]


def _what_else(path: Path) -> str:
    if path.is_symlink():
        return "liên kết"
    try:
        mode = path.stat().st_mode
    except OSError:
        return "mục không mở được"
    kinds = {stat.S_IFIFO: "ống dẫn (fifo)", stat.S_IFSOCK: "socket"}
    regular = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    return "" if regular else kinds.get(stat.S_IFMT(mode), "thiết bị")


def name_in(root: Path, path: Path) -> str:
    """The name by which a file is known: its path from the workspace ``root``, made legible."""
    return legible_name(path.relative_to(root).as_posix())


def unreceived(register: sqlite3.Connection, period: Period, root: Path, inbox: Path) -> tuple[Path, ...]:
    """Return the files in ``inbox`` that weren't there at the latest collect, or with other bytes.

    Cheap: a file of the name and size received whose time is not after its receipt is taken for the same;
    one that is newer is compared by its bytes. ``root`` is the workspace that names in receipts start from.
    """
    known = _received(register, period)
    return tuple(
        path for path in inbox_files(inbox) if not _is_received(path, known.get(name_in(root, path)))
    )


@dataclass(frozen=True, slots=True)
class _Received:
    sha256: str
    size: int
    first_seen: datetime


def _received(register: sqlite3.Connection, period: Period) -> dict[str, _Received]:
    rows = register.execute(
        "select file, sha256, length(bytes), first_seen from receipt join content using (sha256) "
        "where period = ? and present = 1",
        (period,),
    )
    return {file: _Received(digest, size, parse_moment(seen)) for file, digest, size, seen in rows}


def _is_received(path: Path, known: _Received | None) -> bool:
    if known is None:
        return False
    try:
        told = path.stat()
        if told.st_size != known.size:
            return False
        newer = told.st_mtime >= known.first_seen.timestamp()
        return not newer or sha256(path.read_bytes()).hexdigest() == known.sha256
    except OSError:
        return True  # held by Excel or gone: ``collect`` tells of it
