"""Dated copies of all decisions beside the register, to be read by people and put back by the doctor.

What was received can be received again; what the officer decided stands nowhere else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from dvctt_report.files import replace_file
from dvctt_report.limits import MAX_MANIFEST
from dvctt_report.manifests import parse_json
from dvctt_report.opening import read_text

FOLDER = "quyet-dinh"
BOOK_SAID = "entry"
TABLES = ("decision", "acceptance", "override", "control", BOOK_SAID, "publication", "left_out", "timing")
"""What people decided and issued, and what the tracking book said when it was last read."""
MOST = 20
"""Copies that are kept: two weeks of work as it was seen in trials."""

Decided: TypeAlias = dict[str, list[dict[str, Any]]]


def decisions_in(register: sqlite3.Connection) -> Decided:
    """Every row of the tables of decisions, by table."""
    found = {}
    for table in TABLES:
        rows = register.execute(f"select * from {table} order by 1, 2")
        names = [column[0] for column in rows.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in rows]
    return found


def keep_copy(register: Path, decided: Decided, now: datetime) -> None:
    """Write a copy where a decision has changed since the latest one; the oldest go."""
    folder = register.parent / FOLDER
    if not any(decided.values()) or latest(register) == decided:
        return
    with suppress(OSError):  # a full disk is no bar: the decision itself is kept
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / f"{now:%Y-%m-%d %H%M%S.%f}.json", _written(decided))
        for old in _copies(folder)[:-MOST]:
            old.unlink()


def latest(register: Path) -> Decided | None:
    """The decisions of the latest copy that is whole; None where there is none."""
    return next((decided for _, decided in _usable_copies(register)), None)


def latest_file(register: Path) -> Path | None:
    """The latest copy that is whole; None where there is none."""
    return next((path for path, _ in _usable_copies(register)), None)


def passed_over(register: Path) -> tuple[str, ...]:
    """Say which copies are later than the one that is used, and why they aren't."""
    used = latest_file(register)
    later = [path for path in _copies(register.parent / FOLDER) if used is None or path > used]
    return tuple(f"Bỏ qua bản sao “{path.name}”: {_read(path).fault}." for path in reversed(later))


class _Copy(NamedTuple):
    """What a copy holds; ``fault`` says what is wrong with it, "" for one that is as it was written."""

    decided: Decided | None = None
    fault: str = ""


_DIGEST = "sha256"


def _written(decided: Decided) -> bytes:
    """A copy as it is written: the rows to be read by people, and what tells whether they are whole."""
    return json.dumps({_DIGEST: _digest(decided), **decided}, ensure_ascii=False, indent=1).encode()


def _digest(decided: Decided) -> str:
    return sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> _Copy:
    try:
        found = parse_json(read_text(path, MAX_MANIFEST))
    except (OSError, ValueError):
        return _Copy(fault="không đọc được trọn vẹn")
    if not isinstance(found, dict) or not all(isinstance(rows, list) for rows in _tables(found).values()):
        return _Copy(fault="không phải bản sao các quyết định")
    decided, digest = _tables(found), found.get(_DIGEST)
    if decided.keys() - set(TABLES):
        return _Copy(fault="không phải bản sao của phiên bản này")
    # Those of earlier versions say nothing of themselves.
    is_as_written = digest is None or digest == _digest(decided)
    return _Copy(decided, "" if is_as_written else "đã bị sửa sau khi ghi")


def _tables(found: dict[str, Any]) -> Decided:
    return {name: rows for name, rows in found.items() if name != _DIGEST}


def _usable_copies(register: Path) -> Iterator[tuple[Path, Decided]]:
    """The copies that are as they were written, the latest first; behind them those that were edited."""
    edited = []
    for path in reversed(_copies(register.parent / FOLDER)):
        decided, fault = _read(path)
        if decided is not None and not fault:
            yield path, decided
        elif decided is not None:
            edited.append((path, decided))
    yield from edited


class Restored(NamedTuple):
    """Rows of decisions that were written back, and those that a register can't hold."""

    n_back: int = 0
    n_lost: int = 0


def put_back(register: sqlite3.Connection, decided: Decided) -> Restored:
    """Write the decisions of a copy into a register without any; the tracking book's aren't counted."""
    n_back = n_lost = 0
    for table in TABLES:
        known = {column[1] for column in register.execute(f"pragma table_info({table})")}
        for row in decided.get(table, ()):
            try:
                names = [name for name in row if name in known]
                marks = ", ".join("?" * len(names))
                values = [row[name] for name in names]
                register.execute(f"insert into {table} ({', '.join(names)}) values ({marks})", values)
            except (sqlite3.Error, TypeError):  # a row that someone has edited
                n_lost += table != BOOK_SAID
            else:
                n_back += table != BOOK_SAID
    return Restored(n_back, n_lost)


def put_back_lost(register: sqlite3.Connection, path: Path) -> Restored:
    """Write back what the latest copy holds where the register in ``path`` holds nothing; else nothing."""
    if any(decisions_in(register).values()) or register.execute("select 1 from receipt").fetchone():
        return Restored()
    return put_back(register, latest(path) or {})


def _copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))
