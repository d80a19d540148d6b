"""What the officer leaves out of the totals: findings, cells, whole returns; nothing is deleted."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from dvctt_report.model import LeftOut
from dvctt_report.period import Period
from dvctt_report.register.store import parse_moment


def keep_left_out(register: sqlite3.Connection, period: Period, left_out: LeftOut) -> bool:
    """Keep it in the place of an earlier one about the same; False where it changes nothing."""
    before = next((o for o in read_left_out(register, period) if about(o) == about(left_out)), None)
    if before is not None and _said(before) == _said(left_out):
        return False
    undo_left_out(register, period, left_out, left_out.who, left_out.when)
    register.execute(
        "insert into left_out "
        "(period, unit, finding, item, field, part, over, said, reason, document, who, decided_on) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            period,
            *about(left_out),
            left_out.over,
            left_out.said,
            left_out.reason,
            left_out.document,
            left_out.who,
            left_out.when.isoformat(),
        ),
    )
    return True


def undo_left_out(
    register: sqlite3.Connection, period: Period, left_out: LeftOut, who: str, now: datetime
) -> None:
    """Take back what was decided about the same finding, cell or return."""
    register.execute(
        "update left_out set undone_by = ?, undone_on = ? where period = ? "
        "and unit = ? and finding = ? and item = ? and field = ? and part = ? and undone_on is null",
        (who, now.isoformat(), period, *about(left_out)),
    )


def read_left_out(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[LeftOut, ...]:
    """Return what is left out of ``period``, the earliest first: what is in force, or with ``undone`` all."""
    rows = register.execute(
        "select unit, said, reason, document, who, decided_on, finding, item, field, part, over, "
        "undone_by, undone_on from left_out where period = ? and (undone_on is null or ?) order by number",
        (period, undone),
    )
    return tuple(
        LeftOut(
            unit,
            said,
            reason,
            document,
            who,
            parse_moment(when),
            finding,
            item,
            field,
            part,
            over,
            undone_by,
            parse_moment(undone_on) if undone_on else None,
        )
        for (
            unit,
            said,
            reason,
            document,
            who,
            when,
            finding,
            item,
            field,
            part,
            over,
            undone_by,
            undone_on,
        ) in rows
    )


def about(left_out: LeftOut) -> tuple[str, str, str, str, str]:
    """Unit, finding, item, field and part: what it is about."""
    return left_out.unit, left_out.finding, left_out.item, left_out.field, left_out.part


def _said(left_out: LeftOut) -> tuple[str, str, str]:
    return left_out.over, left_out.reason, left_out.document
