"""What the tracking book said when it was last read: the book may be lost, this isn't."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from dvctt_report.model import Entry
from dvctt_report.period import Period
from dvctt_report.personal import shown_in
from dvctt_report.register.store import parse_moment


def keep_entries(register: sqlite3.Connection, period: Period, entries: Iterable[Entry]) -> None:
    """Keep what the book of ``period`` says now, instead of what it said before."""
    register.execute("delete from entry where period = ?", (period,))
    register.executemany(
        "insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                period,
                number,
                e.unit,
                e.document_number,
                e.sent_on.isoformat() if e.sent_on else None,
                e.channel,
                e.signed_code,
                e.file,
                e.note,
            )
            for number, e in enumerate(entries)
        ),
    )


def told_entry(entry: Entry) -> Entry:
    """The row as it may be told: no person's number in what the officer wrote."""
    return shown_in(entry, "document_number", "note")


def read_entries(register: sqlite3.Connection, period: Period) -> tuple[Entry, ...]:
    """Return what the book of ``period`` said when it was last kept, in its order and without addresses."""
    rows = register.execute(
        "select unit, document_number, sent_on, channel, signed_code, file, note "
        "from entry where period = ? order by number",
        (period,),
    )
    return tuple(
        Entry(unit, number, parse_moment(sent).date() if sent else None, channel, code, file, note)
        for unit, number, sent, channel, code, file, note in rows
    )
