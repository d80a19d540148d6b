"""What the officer's workbooks said when they were last read: they may be lost, this isn't."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import date, datetime
from typing import Any

from dvctt_report.model import Control, Entry, Printed
from dvctt_report.model.period import Period
from dvctt_report.store.register.store import insert, parse_moment
from dvctt_report.text.personal import shown_in


def keep_controls(
    register: sqlite3.Connection, period: Period, controls: Iterable[Control], who: str, now: datetime
) -> int:
    """Keep what the workbook says; return how many rows changed. Rows that say the same keep who and when."""
    new = {(c.item, c.unit): c for c in controls}
    before = {(c.item, c.unit): c for c in read_controls(register, period)}
    changed = [key for key in {**before, **new} if _said(before.get(key)) != _said(new.get(key))]
    for item, unit in changed:
        register.execute(
            "update control set undone_by = ?, undone_on = ? "
            "where period = ? and item = ? and unit = ? and undone_on is null",
            (who, now.isoformat(timespec="seconds"), period, item, unit),
        )
        if (item, unit) in new:
            told = astuple(replace(new[item, unit], who=who, when=now.replace(microsecond=0)))
            insert(register, "control", {"period": period, **dict(zip(_CONTROL, told, strict=True))})
    return len(changed)


def told_control(control: Control) -> Control:
    """The figures as they may be told: no person's number in what the officer wrote beside them."""
    return shown_in(control, "source", "document", "reason")


_CONTROL = (
    *("item", "unit", "total", "done", "source", "cut_off", "document", "printed", "reason"),
    *("who", "kept_on"),
)
"""The columns, in the order of the fields."""


def read_controls(register: sqlite3.Connection, period: Period) -> tuple[Control, ...]:
    """Return the control figures of ``period`` that stand, in the order in which they were read in."""
    rows = register.execute(
        f"select {', '.join(_CONTROL)} from control where period = ? and undone_on is null order by number",
        (period,),
    )
    return tuple(_control(dict(zip(_CONTROL, row, strict=True))) for row in rows)


def _control(row: dict[str, Any]) -> Control:
    cut_off, when = parse_moment(row["cut_off"]).date(), parse_moment(row.pop("kept_on"))
    printed = Printed(row["printed"]) if row["printed"] in tuple(Printed) else None
    return Control(**row | {"cut_off": cut_off, "printed": printed, "when": when})


def _said(control: Control | None) -> Control | None:
    return replace(control, who="", when=None) if control else None


def keep_entries(register: sqlite3.Connection, period: Period, entries: Iterable[Entry]) -> None:
    """Keep what the book of ``period`` says now, instead of what it said before."""
    register.execute("delete from entry where period = ?", (period,))
    register.executemany(
        "insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                e.arrived_on.isoformat() if e.arrived_on else None,
            )
            for number, e in enumerate(entries)
        ),
    )


def _day(text: str | None) -> date | None:
    return parse_moment(text).date() if text else None


def told_entry(entry: Entry) -> Entry:
    """The row as it may be told: no person's number in what the officer wrote."""
    return shown_in(entry, "document_number", "note")


def read_entries(register: sqlite3.Connection, period: Period) -> tuple[Entry, ...]:
    """Return what the book of ``period`` said when it was last kept, in its order and without addresses."""
    rows = register.execute(
        "select unit, document_number, sent_on, channel, signed_code, file, note, arrived_on "
        "from entry where period = ? order by number",
        (period,),
    )
    return tuple(
        Entry(unit, number, _day(sent), channel, code, file, note, arrived_on=_day(arrived))
        for unit, number, sent, channel, code, file, note, arrived in rows
    )


def keep_remarks_read(
    register: sqlite3.Connection, period: Period, digests: Iterable[str], who: str, now: datetime
) -> None:
    """Keep that these remarks of units were read."""
    moment = now.isoformat(timespec="seconds")
    rows = [(period, digest, who, moment) for digest in sorted(digests)]
    register.executemany("insert or ignore into remark_read values (?, ?, ?, ?)", rows)


def read_remarks_read(register: sqlite3.Connection, period: Period) -> frozenset[str]:
    """The remarks of units that were read, by their digests."""
    rows = register.execute("select digest from remark_read where period = ?", (period,))
    return frozenset(digest for (digest,) in rows)
