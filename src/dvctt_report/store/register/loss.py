"""Whether the register has lost what it held: the file is gone, emptied, or knows of nothing received.

An SQLite file of 0 bytes is a sound empty database, and a missing one is made anew. So the other things in
the workspace are asked whether there has been work: versions of reports, readings, files in the inbox.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dvctt_report.files.manifests import read_parts
from dvctt_report.store.register.copies import BOOK_SAID, Decided, decisions_in, latest
from dvctt_report.store.register.inbox import inbox_files
from dvctt_report.store.register.store import (
    UNREADABLE,
    Damaged,
    damaged,
    explain_error,
    is_as_made,
    require_register,
    version_of,
)
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import is_to_be_read

_DECISIONS = "các quyết định (chọn, loại tệp, đính chính, chấp nhận, số đối chiếu)"


class RegisterLost(CannotRun):
    """The register no longer holds what was received.

    ``anew`` tells that one was made anew; "" where nothing is known to have been in it. ``decisions`` names
    what has to be decided again, "" for nothing. ``received`` are the names and SHA-256 of the files that
    went into the latest report. ``collectable``: there are files to make it anew of, or nothing was in it.
    """

    anew = decisions = ""
    received: Mapping[str, str] = {}
    collectable = True


def find_loss(register: Path, readings: Path, manifests: Iterable[Path], inbox: Path) -> RegisterLost | None:
    """Tell what happened to the register in ``register``; None where nothing is known to be lost.

    Earlier work is witnessed by the cache ``readings``, by the ``manifests`` of rendered reports, by copies
    of decisions, and, for a register that is there, by files in ``inbox`` that are to be read: no collect
    takes in others. One that can't be looked at is left to those who open it.
    """
    missing = not register.exists()
    empty = not missing and register.stat().st_size == 0
    if not (missing or empty) and _has_received(register):
        return None
    reports: dict[object, Mapping[str, Any]] = {}  # that returns went into, each once
    for path in sorted(manifests):
        with suppress(OSError, ValueError):
            said = read_parts(path, ("id", "as_of", "inputs"))
            if said.get("inputs"):
                reports.setdefault(said.get("id"), said)
    told = [f"{len(reports)} văn bản đã lập từ số liệu đã nhận"] if reports else []
    n_read, held = 0, Decided()
    with suppress(*UNREADABLE), closing(connect_unchanged(readings)) as there:
        digest = "substr(name, instr(name, char(10)) + 1)"  # behind the file's name: see intake/cache
        counted = f"select count(distinct {digest}) from kept where kind = 'reading'"
        (n_read,) = there.execute(counted).fetchone()
    with suppress(*UNREADABLE), closing(connect_unchanged(register)) as there:
        held = decisions_in(there)
    told += [f"bản đọc sẵn của {n_read} tệp đã nhận"] if n_read else []
    copy = latest(register)
    decided = any(rows for table, rows in held.items() if table != BOOK_SAID)
    copy = None if copy is not None and held == copy.decided else copy
    told += [f"bản sao các quyết định “{copy.path.name}”"] if copy else []
    worked = empty or bool(told)
    waiting = tuple(filter(is_to_be_read, inbox_files(inbox)))
    told += [f"{len(waiting)} tệp trong thư mục nhận"] if waiting and not missing else []
    if not (told or worked):
        return None
    how = "không còn" if missing else "là tệp rỗng (0 byte)" if empty else "không có tệp nào đã nhận"
    witness = f", trong khi thư mục làm việc có {', '.join(told)}" if told else ""
    message = f"Sổ nhận báo cáo “{register}” {how}{witness}."
    if not worked:
        return RegisterLost(message, "Chạy dvctt-report collect để nhận các tệp đó trước.")
    again = f"khi đó phải ghi lại {_DECISIONS}"
    if decided:
        again = "các quyết định đã có trong sổ, không phải ghi lại"
    elif copy:
        again = f"quyết định được lấy lại từ bản sao “{copy.path.name}”"
    collectable = bool(waiting) or not told
    first = "" if collectable else f"chép lại tệp các đơn vị đã gửi vào “{inbox}”, rồi "
    lost = RegisterLost(
        f"{message} Dừng lại, vì sẽ ghi nhầm đơn vị đã gửi là chưa gửi.",
        f"Khôi phục tệp này từ bản sao lưu. Không có bản sao thì {first}chạy dvctt-report collect để lập lại "
        f"sổ từ các tệp trong thư mục nhận; {again}.",
    )
    lost.anew = f"{message} Đã lập sổ mới từ các tệp trong thư mục nhận."
    lost.decisions = "" if decided or copy else _DECISIONS
    last = max(reports.values(), key=lambda r: str(r.get("as_of", "")), default={})
    lost.received = {str(one["file"]): str(one["sha256"]) for one in last.get("inputs", ())}
    lost.collectable = collectable
    return lost


def _has_received(register: Path) -> bool:
    """Whether a file or control figures were received once; True also where that can't be told."""
    with suppress(*UNREADABLE), closing(connect_unchanged(register)) as there:
        tables = {name for (name,) in there.execute("select name from sqlite_schema")}
        if "receipt" not in tables:
            return bool(tables)
        received = tables & {"receipt", "control"}
        return any(there.execute(f"select 1 from {table}").fetchone() for table in received)
    return True


# ------------------------------------------- Whether the register is whole: looked at without writing a byte

_WAIT = 2.0
"""Seconds that another command may hold the register."""


def check_structure(path: Path) -> None:
    """Raise CannotRun where the register is damaged, unreadable, or of another version."""
    with open_unchanged(path) as register:
        said = [row[0] for row in register.execute("pragma integrity_check")]
        if not is_as_made(register) or version_of(register, path) == 0 or said != ["ok"]:
            raise Damaged
        if register.execute("pragma foreign_key_check").fetchone() is not None:
            raise Damaged


def check_contents(path: Path) -> tuple[str, ...]:
    """The received files that are not what was received, by name, else by the head of their SHA-256.

    Raises CannotRun.
    """
    names = []
    with open_unchanged(path) as register:
        for (digest,) in register.execute("select sha256 from content").fetchall():  # one by one
            (data,) = register.execute("select bytes from content where sha256 = ?", (digest,)).fetchone()
            if sha256(data).hexdigest() != digest:
                row = register.execute("select file from receipt where sha256 = ?", (digest,)).fetchone()
                names.append(str(row[0]) if row else digest[:8])
    return tuple(names)


@contextmanager
def open_unchanged(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the register for reading alone; every way in which that fails is a CannotRun."""
    journal = path.with_name(f"{path.name}-journal")
    try:
        with closing(connect_unchanged(path)) as register:
            version_of(register, path)
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
