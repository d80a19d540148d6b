"""The register's file: one transaction at a time, whole or not at all, on any disk it may lie on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

from dvctt_report.model.period import Period
from dvctt_report.store.register.copies import decisions_in, keep_copy
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.text.opening import TooLarge, file_digest, require_database

sqlite3.register_adapter(Period, str)

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged file raises: SQLite's complaint may quote bytes that are no text."""

_UNDONE = "undone_by text not null default '', undone_on text"
_GROUNDS = (
    f"{_UNDONE}, basis text not null default '', authority text not null default '', "
    "follower text not null default ''"
)
_SAID = "reason text not null, document text not null, who text not null, decided_on text not null"
_CELL = "unit text not null, item text not null, field text not null, part text not null"
_NUMBERED = "number integer primary key, period text not null"

_COLUMNS = {
    "content": "sha256 text primary key, bytes blob not null",
    "receipt": "period text not null, file text not null, sha256 text not null references content, "
    "first_seen text not null, present integer not null, primary key (period, file, sha256)",
    "looked": "period text not null, moment text not null, units text not null, "
    "primary key (period, moment, units)",
    "entry": "period text not null, number integer not null, unit text not null, "
    "document_number text not null, sent_on text, channel text not null, signed_code text not null, "
    "file text not null, note text not null, arrived_on text, primary key (period, number)",
    "remark_read": "period text not null, digest text not null, who text not null, read_on text not null, "
    "primary key (period, digest)",
    "decision": f"{_NUMBERED}, choice text not null check (choice in ('use', 'reject', 'assign')), "
    "file text not null, sha256 text not null, unit text not null, preferred_to text not null, "
    f"{_SAID}, {_GROUNDS}",
    "acceptance": f"{_NUMBERED}, finding text not null, unit text not null, said text not null, "
    f"proposed integer not null, {_SAID}, {_GROUNDS}",
    "override": f"{_NUMBERED}, {_CELL}, text text not null, instead_of text not null, {_SAID}, {_GROUNDS}",
    "left_out": f"{_NUMBERED}, {_CELL}, finding text not null, over text not null, said text not null, "
    f"{_SAID}, {_GROUNDS}",
    "timing": f"{_NUMBERED}, unit text not null, in_time integer not null, over text not null, "
    f"{_SAID}, {_GROUNDS}",
    "control": f"{_NUMBERED}, item text not null, unit text not null, total integer, done integer, "
    "source text not null, cut_off text not null, document text not null, printed text, "
    f"reason text not null, who text not null, kept_on text not null, {_UNDONE}",
    "publication": "period text not null, number integer not null, document text not null, "
    "dated text not null, record text not null, who text not null, kept_on text not null, "
    "primary key (period, number)",
}
"""The tables of a register.

``receipt.present``: the file stood in the inbox with these bytes at the latest collect. No receipt and no
decision is ever deleted. ``looked``: when it was looked what had come: at a collect, or (``units``) before
these were reminded. It says nothing without the receipts, so it is in no copy.
"""

VERSION = 12
"""What ``user_version`` says of a register with these tables."""


class RegisterBusy(CannotRun):
    """Another command holds the register."""


class RegisterDamaged(CannotRun):
    """The register isn't what was written: what the user is told."""


class Damaged(Exception):
    """The same, where it is noticed."""


def parse_moment(text: str) -> datetime:
    """Read a moment as the register writes it. Raises Damaged."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Damaged(text) from None


def insert(register: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    """Add a row by its columns; days and moments are written as ISO 8601 has them."""
    values = (value.isoformat() if isinstance(value, date) else value for value in row.values())
    register.execute(
        f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", (*values,)
    )


@contextmanager
def open_register(path: Path, wait: float = 10, *, reading: bool = False) -> Iterator[sqlite3.Connection]:
    """Open (and make, where needed) the register for one transaction: all of it is written, or nothing.

    ``reading``: nothing is to be written, so a register on a disk that can't be written will do. Another
    command that holds it is waited for ``wait`` seconds. Raises CannotRun where it stays locked, is
    damaged, can't be read or written, or was written by another version of the program.
    """
    try:
        require_register(path, made=not reading)
        with closing(sqlite3.connect(path, timeout=wait, isolation_level=None)) as connection:
            _prepare(connection, path)
            if reading:
                connection.execute("pragma query_only = on")
            connection.execute("begin" if reading else "begin immediate")
            with connection:  # committed, or rolled back
                yield connection
                decided = None if reading else decisions_in(connection)
        if decided is not None:
            keep_copy(path, decided, datetime.now())
    except sqlite3.Error as error:
        explained = explain_error(path, getattr(error, "sqlite_errorname", ""))
        undecodable = str(error).startswith("Could not decode")  # Python's own, without a code (3.11)
        if explained is None and not undecodable and _is_sound(path):
            raise  # a fault of ours (a constraint, a wrong statement), not of the file
        raise explained or damaged(path) from error
    except (Damaged, UnicodeDecodeError) as error:
        raise damaged(path) from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new register; a journal beside the file, never a WAL: it may be a share."""
    try:
        if connection.execute("pragma journal_mode").fetchone() != ("delete",):
            connection.execute("pragma journal_mode = delete")
        if version_of(connection, path) == 0:
            connection.execute("begin immediate")
            with connection:
                # Asked again: another command may have done it while this one waited for the lock.
                if version_of(connection, path) == 0:
                    if tables_of(connection):
                        raise Damaged("a database of another program")
                    make_tables(connection)
                    connection.execute(f"pragma user_version = {VERSION}")
    except sqlite3.OperationalError as error:
        # With our own statements, SQLite's general error ("unsupported file format") is the file's fault.
        if error.sqlite_errorname == "SQLITE_ERROR":
            raise Damaged(str(error)) from error
        raise


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The version that a register says it is of; 0 for a new one.

    Raises Damaged, and CannotRun where another version of the program wrote it.
    """
    (version,) = connection.execute("pragma user_version").fetchone()
    if version < 0:
        raise Damaged("user_version")
    if version not in (0, VERSION):
        raise CannotRun(
            f"Sổ nhận báo cáo “{path}” do một phiên bản khác của chương trình ghi.",
            "Dùng phiên bản đã ghi sổ, hoặc lập thư mục làm việc mới (init); sổ được giữ nguyên.",
        )
    return int(version)


def is_as_made(register: sqlite3.Connection) -> bool:
    """Whether a file has the tables that it should, and texts that are texts: SQLite does not check these."""
    with closing(sqlite3.connect(":memory:")) as made:
        make_tables(made)
        texts = made.execute(
            "select t.name, group_concat('\"' || c.name || '\"') "
            "from sqlite_schema t, pragma_table_info(t.name) c "
            "where t.type = 'table' and c.type = 'TEXT' collate nocase group by t.name"
        )
        for table, columns in texts.fetchall():
            for row in register.execute(f"select {columns} from {table}"):
                del row
        return tables_of(register) == tables_of(made)


def _is_sound(path: Path) -> bool:
    with suppress(*UNREADABLE), closing(sqlite3.connect(path)) as register:
        return is_as_made(register)
    return False


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database."""
    for table, columns in _COLUMNS.items():
        connection.execute(f"create table {table} ({columns}) strict")


def tables_of(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Name and definition of every table, to compare one file with another."""
    rows = connection.execute("select name, sql from sqlite_schema where sql is not null order by name")
    return [(name, " ".join(sql.split())) for name, sql in rows]


_REACH = (
    "Không mở hoặc ghi được sổ nhận báo cáo “{}”.",
    "Kiểm tra quyền ghi của thư mục làm việc, hoặc chép thư mục sang ổ đĩa khác.",
)
_DISK = (
    "Ổ đĩa hoặc đường mạng báo lỗi khi đọc, ghi sổ nhận báo cáo “{}”.",
    "Kiểm tra ổ đĩa còn chỗ trống, đường truyền tới thư mục dùng chung rồi chạy lại.",
)


def explain_error(path: Path, name: str) -> CannotRun | None:
    """Say what SQLite's error of that name is about; None where it is not about the file."""
    match name.removeprefix("SQLITE_").partition("_")[0]:
        case "BUSY" | "LOCKED" | "PROTOCOL":
            return RegisterBusy(
                f"Sổ nhận báo cáo “{path}” đang được một lệnh khác sử dụng.",
                "Đợi lệnh đó xong rồi chạy lại; nếu thư mục ở ổ mạng, kiểm tra các máy khác đang mở thư mục.",
            )
        case "FULL":
            full = f"Không ghi được sổ nhận báo cáo “{path}” vì ổ đĩa đã đầy."
            return CannotRun(full, "Xóa bớt tệp rồi chạy lại.")
        case "READONLY" | "PERM" | "AUTH" | "CANTOPEN":
            return CannotRun(_REACH[0].format(path), _REACH[1])
        case "IOERR":
            return CannotRun(_DISK[0].format(path), _DISK[1])
        case "CORRUPT" | "NOTADB":
            return damaged(path)
    return None


def require_register(path: Path, *, made: bool = False) -> None:
    """Raise CannotRun where something other than a file stands in the register's place, or beside it.

    ``made``: its folder is made, where there is none.
    """
    try:
        if made:
            path.parent.mkdir(parents=True, exist_ok=True)
        require_database(path)
    except OSError as error:
        raise explain_os_error(error) or CannotRun(_REACH[0].format(path), _REACH[1]) from error


def damaged(path: Path) -> CannotRun:
    """Say that the register isn't what was written, or the disk does not give it: SQLite confuses them."""
    try:
        file_digest(path)
    except TooLarge:
        pass
    except OSError:
        return CannotRun(_DISK[0].format(path), _DISK[1])
    return RegisterDamaged(
        f"Sổ nhận báo cáo “{path}” bị hỏng.",
        "Chạy dvctt-report doctor --repair: sổ hỏng được giữ dưới tên khác, quyết định lấy lại từ bản sao; "
        "sau đó chạy lại dvctt-report collect.",
    )
