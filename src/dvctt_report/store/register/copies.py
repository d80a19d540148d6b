"""Dated copies of all decisions beside the register, to be read by people and put back by the doctor.

What was received can be received again; what the officer decided stands nowhere else.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from dvctt_report.files.manifests import parse_json
from dvctt_report.files.writing import replace_file
from dvctt_report.text.limits import MAX_MANIFEST
from dvctt_report.text.opening import read_text

FOLDER = "quyet-dinh"
BOOK_SAID = "entry"
TABLES = (
    *("decision", "acceptance", "override", "control", BOOK_SAID, "publication", "left_out", "timing"),
    "remark_read",
)
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
    last = latest(register)
    if not any(decided.values()) or (last is not None and last.decided == decided):
        return
    with suppress(OSError):  # a full disk is no bar: the decision itself is kept
        folder.mkdir(parents=True, exist_ok=True)
        whole = {_DIGEST: _digest(decided), **decided}
        content = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        replace_file(folder / f"{now:%Y-%m-%d %H%M%S.%f}.json", content)
        for old in sorted(folder.glob("*.json"))[:-MOST]:
            old.unlink()


class Copy(NamedTuple):
    """A copy of the decisions that can be used."""

    path: Path
    decided: Decided


def latest(register: Path) -> Copy | None:
    """The latest copy that is as it was written, else the latest that can be read; None for none."""
    edited = None
    for path in sorted((register.parent / FOLDER).glob("*.json"), reverse=True):
        with suppress(OSError, ValueError):
            decided = parse_json(read_text(path, MAX_MANIFEST))
            digest = decided.pop(_DIGEST, None) if isinstance(decided, dict) else None
            is_copy = isinstance(decided, dict) and decided.keys() <= {*TABLES}
            if is_copy and all(isinstance(rows, list) for rows in decided.values()):
                if digest == _digest(decided):
                    return Copy(path, decided)
                edited = edited or Copy(path, decided)
    return edited


_DIGEST = "sha256"


def _digest(decided: Decided) -> str:
    return sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()


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
                values = {name: value for name, value in row.items() if name in known}
                marks = ", ".join("?" * len(values))
                said = f"insert into {table} ({', '.join(values)}) values ({marks})"
                register.execute(said, (*values.values(),))
            except (sqlite3.Error, TypeError, AttributeError):  # a row that someone has edited
                n_lost += table != BOOK_SAID
            else:
                n_back += table != BOOK_SAID
    return Restored(n_back, n_lost)


def put_back_latest(register: sqlite3.Connection, path: Path) -> Restored:
    """Write back what the latest copy holds where the register in ``path`` holds nothing; else nothing."""
    if any(decisions_in(register).values()) or register.execute("select 1 from receipt").fetchone():
        return Restored()
    last = latest(path)
    return put_back(register, last.decided if last else {})
