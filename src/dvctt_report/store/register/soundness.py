"""Whether the register is whole: looked at without writing a byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from dvctt_report.store.register.store import (
    Damaged,
    damaged,
    explain_error,
    make_tables,
    refuse_other_version,
    require_register,
    tables_of,
    version_of,
)
from dvctt_report.text.errors import CannotRun

_WAIT = 2.0
"""Seconds that another command may hold the register."""


def check_structure(path: Path) -> None:
    """Raise CannotRun where the register is damaged, unreadable, or of another version."""
    with open_unchanged(path) as register:
        said = [row[0] for row in register.execute("pragma integrity_check")]
        with closing(sqlite3.connect(":memory:")) as made:
            make_tables(made)
            as_made = tables_of(made)
            _read_texts(register, made)
        if version_of(register) == 0 or said != ["ok"] or tables_of(register) != as_made:
            raise Damaged
        if register.execute("pragma foreign_key_check").fetchone() is not None:
            raise Damaged


def _read_texts(register: sqlite3.Connection, made: sqlite3.Connection) -> None:
    """Read every text of the tables in ``made``: SQLite's own check passes bytes that are no text."""
    texts = made.execute(
        "select t.name, group_concat('\"' || c.name || '\"') "
        "from sqlite_schema t, pragma_table_info(t.name) c "
        "where t.type = 'table' and c.type = 'TEXT' collate nocase group by t.name"
    )
    for table, columns in texts.fetchall():
        for row in register.execute(f"select {columns} from {table}"):
            del row


def check_contents(path: Path) -> tuple[str, ...]:
    """The names of the received files that are not what was received. Raises CannotRun."""
    with open_unchanged(path) as register:
        return tuple(name_of(register, digest) for digest in spoilt(register))


def spoilt(register: sqlite3.Connection) -> set[str]:
    """The SHA-256 of the received files whose bytes have another, looked at one by one."""
    digests = register.execute("select sha256 from content").fetchall()
    read = "select bytes from content where sha256 = ?"
    return {d for (d,) in digests if sha256(register.execute(read, (d,)).fetchone()[0]).hexdigest() != d}


def name_of(register: sqlite3.Connection, digest: str) -> str:
    """The file that those bytes were received as; the head of their SHA-256 where that isn't known."""
    row = register.execute("select file from receipt where sha256 = ?", (digest,)).fetchone()
    return str(row[0]) if row else digest[:8]


@contextmanager
def open_unchanged(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the register for reading alone; every way in which that fails is a CannotRun."""
    journal = path.with_name(f"{path.name}-journal")
    try:
        with closing(connect_unchanged(path)) as register:
            refuse_other_version(register, path)
            yield register
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if journal.exists() and name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise CannotRun(
                f"Một lệnh ghi sổ nhận báo cáo “{path}” đã dừng giữa chừng.",
                "Chạy lại dvctt-report collect: phần ghi dở được bỏ đi, sổ trở lại như trước lệnh đó.",
            ) from error
        raise explain_error(path, name) or damaged(path) from error
    except (Damaged, UnicodeDecodeError) as error:
        raise damaged(path) from error


def connect_unchanged(path: Path) -> sqlite3.Connection:
    """Connect to an SQLite file that is only looked at: not even a broken-off write is taken back."""
    # Not Path.as_uri: SQLite takes no host in it, and folders on shares have one.
    name = path.resolve().as_posix()
    uri = f"file://{'' if name.startswith('/') else '/'}{quote(name)}?mode=ro"
    require_register(path)
    return sqlite3.connect(uri, uri=True, timeout=_WAIT, isolation_level=None)
