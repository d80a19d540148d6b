"""Dated copies of all decisions beside the register, to be read by people and put back by the doctor.

What was received can be received again; what the officer decided stands nowhere else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from dvctt_report.files import replace_file
from dvctt_report.limits import MAX_MANIFEST
from dvctt_report.opening import read_text

FOLDER = "quyet-dinh"
BOOK_SAID = "entry"
TABLES = ("decision", "acceptance", "override", "control", BOOK_SAID, "publication", "left_out")
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
        text = json.dumps(decided, ensure_ascii=False, indent=1)
        replace_file(folder / f"{now:%Y-%m-%d %H%M%S.%f}.json", text.encode())
        for old in _copies(folder)[:-MOST]:
            old.unlink()


def latest(register: Path) -> Decided | None:
    """The decisions of the latest copy that is whole; None where there is none."""
    return next((decided for _, decided in _whole_copies(register)), None)


def latest_file(register: Path) -> Path | None:
    """The latest copy that is whole; None where there is none."""
    return next((path for path, _ in _whole_copies(register)), None)


def _whole_copies(register: Path) -> Iterator[tuple[Path, Decided]]:
    for path in reversed(_copies(register.parent / FOLDER)):
        with suppress(OSError, ValueError):
            found = json.loads(read_text(path, MAX_MANIFEST))
            if isinstance(found, dict) and found.keys() <= set(TABLES):
                yield path, found


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
