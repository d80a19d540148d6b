"""Receipts: which bytes were received under which name, and when they were first seen; and the bytes.

A year may be larger than the memory, so files go in and come out one by one; those of a .zip or a mail are
kept packed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.model.period import Period
from dvctt_report.store.register.store import insert, open_register, parse_moment
from dvctt_report.text.file_names import received_name

if TYPE_CHECKING:
    from dvctt_report.files.unpack import Member


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file as it was received; ``file`` relative to the workspace.

    ``first_seen``: when these bytes were, under whatever name, in local time.
    """

    file: str
    sha256: str
    first_seen: datetime


_BATCH = 32
"""Contents read at a time: between two batches another command may write."""


def keep_receipts(
    register: sqlite3.Connection,
    period: Period,
    files: Iterable[tuple[str, bytes]],
    now: datetime,
    closed: Iterable[str] = (),
) -> None:
    """Keep the bytes and the receipt of every file; receipts no longer in the inbox stay, marked absent.

    ``closed`` are files that stand there but could not be opened: what was received of them stays. It is
    looked at after ``files`` has come to its end.
    """
    register.execute("update receipt set present = ? where period = ? and present = 1", (_ONCE, period))
    for file, data in files:
        digest = sha256(data).hexdigest()
        register.execute(
            "insert into content values (?, ?) on conflict (sha256) do update set bytes = excluded.bytes "
            "where bytes <> excluded.bytes",  # spoilt since: the file itself heals it
            (digest, data),
        )
        register.execute(
            "insert into receipt values (?, ?, ?, ?, 1) "
            "on conflict (period, file, sha256) do update set present = 1",
            (period, file, digest, now.isoformat(timespec="seconds")),
        )
    kept = [(period, file, _ONCE) for file in closed]
    register.executemany("update receipt set present = 1 where period = ? and file = ? and present = ?", kept)
    register.execute("update receipt set present = 0 where period = ? and present = ?", (period, _ONCE))
    if not kept:  # of what could not be opened nobody knows whose it is
        keep_look(register, period, now)


_ONCE = -1
"""``present`` of what stood in the inbox the last time, within the transaction that looks for it now."""


def read_receipts(
    register: sqlite3.Connection, period: Period, *, former: bool = False
) -> tuple[Receipt, ...]:
    """Return what stood in the inbox at the latest collect of ``period``, by file name.

    ``former``: what was received once and is no longer there under any name, the latest first.
    """
    which = "present = 1 order by file"
    if former:
        here = "select sha256 from receipt where period = ?1 and present = 1"
        which = f"present = 0 and receipt.sha256 not in ({here}) order by first_seen desc, receipt.rowid desc"
    rows = register.execute(
        "select file, receipt.sha256, (select min(same.first_seen) from receipt as same where same.period = "
        f"receipt.period and same.sha256 = receipt.sha256) from receipt where period = ?1 and {which}",
        (period,),
    )
    return tuple(Receipt(file, digest, parse_moment(first_seen)) for file, digest, first_seen in rows)


def keep_look(
    register: sqlite3.Connection, period: Period, moment: datetime, units: Iterable[str] = ()
) -> None:
    """Keep when it was looked what had come of all units; of some: of those that were reminded."""
    row = (period, moment.isoformat(timespec="seconds"), " ".join(sorted(units)))
    register.execute("insert or ignore into looked values (?, ?, ?)", row)


def read_looks(register: sqlite3.Connection, period: Period) -> tuple[tuple[datetime, frozenset[str]], ...]:
    """When it was looked, and what of: no units at all are all of them, where something came after that."""
    rows = register.execute(
        "select moment, units from looked where period = ?1 and (units <> '' or moment < "
        "(select max(first_seen) from receipt where period = ?1)) order by moment",
        (period,),
    )
    return tuple((parse_moment(moment), frozenset(units.split())) for moment, units in rows)


def latest_receipt(register: sqlite3.Connection) -> datetime | None:
    """When the newest file of all was first seen; None where nothing has been received."""
    (moment,) = register.execute("select max(first_seen) from receipt").fetchone()
    return parse_moment(moment) if moment else None


def read_contents(path: Path, digests: Iterable[str]) -> Iterator[bytes | None]:
    """The bytes of each SHA-256, in that order; None where they aren't there, or aren't what was received."""
    left = iter(digests)
    while batch := tuple(islice(left, _BATCH)):
        with open_register(path, reading=True) as register:
            select = "select bytes from content where sha256 = ?"
            rows = [register.execute(select, (digest,)).fetchone() for digest in batch]
        for digest, row in zip(batch, rows, strict=True):
            yield row[0] if row and sha256(row[0]).hexdigest() == digest else None


def content_of(register: Path, receipts: Iterable[Receipt], file: str, digest: str) -> bytes | None:
    """The bytes of that SHA-256 received as ``file``; None where they are not at hand."""
    (content,) = read_contents(register, [digest])
    if content is not None or received_name(file) == file:
        return content
    found = (m.data for m in _members(register, receipts, {file}) if m.data and m.digest == digest)
    return next(found, None)


def not_at_hand(register: Path, receipts: Iterable[Receipt], files: Iterable[tuple[str, str]]) -> list[str]:
    """Which of ``files`` (name, SHA-256) the register no longer holds, neither by themselves nor packed."""
    wanted = {digest: file for file, digest in files}
    contents = read_contents(register, wanted)
    found = zip(wanted.items(), contents, strict=True)
    left = {digest: file for (digest, file), content in found if content is None}
    packed = {file for file in left.values() if received_name(file) != file}
    for member in _members(register, receipts, packed) if packed else ():
        left.pop(member.digest, None)
        if packed.isdisjoint(left.values()):
            break
    return [*left.values()]


def _members(register: Path, receipts: Iterable[Receipt], files: Collection[str]) -> Iterator[Member]:
    """Yield what containers hold, those first that ``files`` came in: one may bear another name since."""
    from dvctt_report.files.unpack import is_container, unpack

    names = {received_name(file) for file in files}
    ordered = sorted(receipts, key=lambda receipt: receipt.file not in names)
    contents = read_contents(register, (receipt.sha256 for receipt in ordered))
    for receipt, data in zip(ordered, contents, strict=True):
        if data is not None and is_container(data):
            yield from unpack(receipt.file, data)


# What was signed and issued: a row for each publication, which the folder that it is kept in has to fit


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A signed document of a period.

    number: counts the publications of the period, from 1; its folder is called so.
    document: number and symbol, "386/BC-SKHCN".
    dated: the day it bears.
    record: SHA-256 of the record in its folder, which names every file with its hash.
    who, when: who put it down, and when.
    """

    number: int
    document: str
    dated: date
    record: str
    who: str
    when: datetime


def keep_publication(register: sqlite3.Connection, period: Period, row: PublicationRow) -> None:
    """Keep it; none is ever taken away, and of none more than its number and day is ever put right."""
    kept_on = row.when.replace(microsecond=0)
    told = {"number": row.number, "document": row.document, "dated": row.dated, "record": row.record}
    insert(register, "publication", {"period": period, **told, "who": row.who, "kept_on": kept_on})


def correct_publication(
    register: sqlite3.Connection, period: Period, former: PublicationRow, row: PublicationRow
) -> bool:
    """Put ``row`` in the place of ``former``, whose number or day was mistyped; False where that is gone."""
    changed = register.execute(
        "update publication set document = ?, dated = ?, record = ? "
        "where period = ? and number = ? and record = ?",
        (row.document, row.dated.isoformat(), row.record, period, former.number, former.record),
    )
    return changed.rowcount == 1


def read_publications(register: sqlite3.Connection, period: Period) -> tuple[PublicationRow, ...]:
    """Return what was published of ``period``, the earliest first."""
    columns = "number, document, dated, record, who, kept_on"
    rows = register.execute(f"select {columns} from publication where period = ? order by number", (period,))
    return tuple(
        PublicationRow(number, document, parse_moment(dated).date(), record, who, parse_moment(kept_on))
        for number, document, dated, record, who, kept_on in rows
    )
