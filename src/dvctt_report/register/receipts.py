"""Receipts: which bytes were received under which name, and when they were first seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dvctt_report.register.store import Damaged, parse_moment


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file as it was received; ``file`` relative to the workspace, ``first_seen`` local time."""

    file: str
    sha256: str
    first_seen: datetime
    data: bytes


def keep_receipts(
    register: sqlite3.Connection,
    year: int,
    files: Iterable[tuple[str, bytes]],
    now: datetime,
    closed: Iterable[str] = (),
) -> None:
    """Keep the bytes and the receipt of every file; receipts no longer in the inbox stay, marked absent.

    ``closed`` are files that stand there but could not be opened: what was received of them stays.
    """
    still_there = [
        (year, file, digest)
        for name in closed
        for file, digest in register.execute(
            "select file, sha256 from receipt where year = ? and file = ? and present = 1", (year, name)
        )
    ]
    register.execute("update receipt set present = 0 where year = ?", (year,))
    register.executemany(
        "update receipt set present = 1 where year = ? and file = ? and sha256 = ?", still_there
    )
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
    return _read(register, "year = ? and present = 1 order by file", year)


def read_former_receipts(register: sqlite3.Connection, year: int) -> tuple[Receipt, ...]:
    """Return what was received once and is no longer in the inbox under any name, the latest first."""
    return _read(
        register,
        "year = ?1 and present = 0 and receipt.sha256 not in "
        "(select sha256 from receipt where year = ?1 and present = 1) "
        "order by first_seen desc, receipt.rowid desc",
        year,
    )


def _read(register: sqlite3.Connection, condition: str, year: int) -> tuple[Receipt, ...]:
    rows = register.execute(
        "select file, receipt.sha256, first_seen, bytes from receipt join content using (sha256) "
        f"where {condition}",
        (year,),
    )
    return tuple(_receipt(*row) for row in rows)


def _receipt(file: str, digest: str, first_seen: str, data: bytes) -> Receipt:
    if sha256(data).hexdigest() != digest:
        raise Damaged(file)
    return Receipt(file, digest, parse_moment(first_seen), data)
