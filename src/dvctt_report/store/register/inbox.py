"""What lies in the inbox, and what of it the register hasn't received yet."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from dvctt_report.model.period import Period
from dvctt_report.store.register.store import parse_moment
from dvctt_report.text.file_names import known_as
from dvctt_report.text.opening import file_digest, other_kind


def inbox_files(inbox: Path) -> list[Path]:
    """Every file below ``inbox`` that may be received, in a fixed order; links are none."""
    return [path for path, what in below(inbox) if not what]


def below(folder: Path) -> list[tuple[Path, str]]:
    """Everything below ``folder`` but folders, in a fixed order, each with what keeps it from being received.

    That is "" for a file. No link is followed. A folder that can't be looked into is told, since what lies in
    it is not.
    """
    found: list[tuple[Path, str]] = []
    refused: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        links = [name for name in folders if what_else(Path(place, name))]
        folders[:] = [name for name in folders if name not in links]
        found += [(path, what_else(path)) for path in (Path(place, name) for name in (*links, *names))]
    closed = (Path(error.filename) for error in refused)
    found += [(path, "là thư mục không mở được") for path in closed if path != folder]
    return sorted(found, key=itemgetter(0))


def what_else(path: Path) -> str:
    """Why what stands there is neither a file nor a folder, in words; "" for one of these two."""
    try:
        told = path.lstat()
    except OSError:
        return "không mở được"
    if stat.S_ISLNK(told.st_mode) or getattr(told, "st_reparse_tag", 0) == _JUNCTION:
        return "là liên kết, không phải tệp"
    what = other_kind(told.st_mode)
    return f"là {what}, không phải tệp" if what else ""


_JUNCTION = 0xA0000003
"""Windows' mark of a folder that leads to another one, perhaps to one above it."""


def name_in(root: Path, path: Path) -> str:
    """The name by which a file is known: its path from the workspace ``root``, which it lies below."""
    above, parts = root.parts, path.parts
    if parts[: len(above)] != above:  # what ``relative_to`` tells too, and takes ten times as long
        raise ValueError(f"{path} is not below {root}")
    return known_as("/".join(parts[len(above) :]))


def unreceived(register: sqlite3.Connection, period: Period, root: Path, inbox: Path) -> tuple[Path, ...]:
    """Return the files in ``inbox`` that weren't there at the latest collect, or with other bytes.

    Cheap: a file of the name and size received whose time is not after its receipt is taken for the same;
    one that is newer is compared by its bytes. ``root`` is the workspace that names in receipts start from.
    """
    rows = register.execute(
        "select file, sha256, length(bytes), first_seen from receipt join content using (sha256) "
        "where period = ? and present = 1",
        (period,),
    )
    known = {file: (digest, size, parse_moment(seen)) for file, digest, size, seen in rows}
    fresh = []
    for path in inbox_files(inbox):
        digest, size, first_seen = known.get(name_in(root, path), ("", -1, datetime.min))
        try:
            told = path.stat() if digest else None
            newer = told is None or told.st_mtime >= first_seen.timestamp()
            if told is None or told.st_size != size or (newer and file_digest(path) != digest):
                fresh.append(path)
        except OSError:
            pass  # held by Excel or gone: ``collect`` tells of it
    return tuple(fresh)
