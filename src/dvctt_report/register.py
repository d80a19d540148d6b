"""What can't be recomputed: the bytes of every received file, and when each was first seen where.

An SQLite file in the workspace. Observations are not kept: reading them again costs milliseconds, and an
edited plan then applies by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from dvctt_report.errors import CannotRun, explain_os_error

_SCHEMA = """
create table if not exists content (
    sha256 text primary key,
    bytes blob not null
) strict;
create table if not exists receipt (
    year integer not null,
    file text not null,
    sha256 text not null references content,
    first_seen text not null,
    present integer not null,
    primary key (year, file, sha256)
) strict;
"""
"""``present``: the file stood in the inbox with these bytes at the latest collect. No receipt is deleted."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file as it was received; ``file`` relative to the workspace, ``first_seen`` local time."""

    file: str
    sha256: str
    first_seen: datetime
    data: bytes


@contextmanager
def open_register(path: Path, wait: float = 10) -> Iterator[sqlite3.Connection]:
    """Open (and make, where needed) the register for one transaction: all of it is written, or nothing.

    Another command that holds it is waited for ``wait`` seconds. Raises CannotRun where it stays locked, is
    damaged, or can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain_os_error(error) or _explained(path, str(error)) from error
    try:
        with closing(sqlite3.connect(path, timeout=wait)) as connection, connection:
            connection.executescript(_SCHEMA)
            yield connection
    except sqlite3.OperationalError as error:
        raise _explained(path, str(error)) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # a fault of ours (a constraint, a wrong statement), not of the file
        raise CannotRun(
            f"Sổ nhận báo cáo “{path}” bị hỏng.",
            "Đổi tên tệp này để giữ lại, rồi chạy lại dvctt-report collect để lập sổ mới từ thư mục nhận.",
        ) from error


def keep_receipts(
    register: sqlite3.Connection, year: int, files: Iterable[tuple[str, bytes]], now: datetime
) -> None:
    """Keep the bytes and the receipt of every file; receipts no longer in the inbox stay, marked absent."""
    register.execute("update receipt set present = 0 where year = ?", (year,))
    for file, data in files:
        digest = sha256(data).hexdigest()
        register.execute("insert or ignore into content values (?, ?)", (digest, data))
        register.execute(
            "insert into receipt values (?, ?, ?, ?, 1) "
            "on conflict (year, file, sha256) do update set present = 1",
            (year, file, digest, now.isoformat(timespec="seconds")),
        )


def read_receipts(register: sqlite3.Connection, year: int) -> tuple[Receipt, ...]:
    """Return what stood in the inbox at the latest collect of ``year``, by file name."""
    rows = register.execute(
        "select file, receipt.sha256, first_seen, bytes from receipt join content using (sha256) "
        "where year = ? and present = 1 order by file",
        (year,),
    )
    return tuple(Receipt(f, digest, datetime.fromisoformat(seen), data) for f, digest, seen, data in rows)


def _explained(path: Path, error: str) -> CannotRun:
    if "locked" in error:
        return CannotRun(
            f"Sổ nhận báo cáo “{path}” đang được một lệnh khác sử dụng.", "Đợi lệnh đó xong rồi chạy lại."
        )
    if "full" in error:
        return CannotRun("Không ghi được sổ nhận báo cáo vì ổ đĩa đã đầy.", "Xóa bớt tệp rồi chạy lại.")
    return CannotRun(
        f"Không mở hoặc ghi được sổ nhận báo cáo “{path}”.",
        "Kiểm tra quyền ghi của thư mục làm việc, hoặc chép thư mục sang ổ đĩa khác.",
    )
