"""Control figures: what the systems in charge hold, as last read from the workbook; none is deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dvctt_report.model import Control, Printed
from dvctt_report.period import Period
from dvctt_report.personal import shown_in
from dvctt_report.register.store import parse_moment


def keep_controls(
    register: sqlite3.Connection, period: Period, controls: Iterable[Control], who: str, now: datetime
) -> int:
    """Keep what the workbook says now; return how many rows are new, other than before or gone.

    Rows that say the same keep who first read them in and when.
    """
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
            _insert(register, period, new[item, unit], who, now)
    return len(changed)


def told_control(control: Control) -> Control:
    """The figures as they may be told: no person's number in what the officer wrote beside them."""
    return shown_in(control, "source", "document", "reason")


def read_controls(register: sqlite3.Connection, period: Period) -> tuple[Control, ...]:
    """Return the control figures of ``period`` that stand, in the order in which they were read in."""
    rows = register.execute(
        "select item, unit, total, done, source, cut_off, document, printed, reason, who, kept_on "
        "from control where period = ? and undone_on is null order by number",
        (period,),
    )
    return tuple(
        Control(
            item,
            unit,
            total,
            done,
            source,
            parse_moment(cut_off).date(),
            document,
            Printed(printed) if printed in tuple(Printed) else None,
            reason,
            who,
            parse_moment(when),
        )
        for item, unit, total, done, source, cut_off, document, printed, reason, who, when in rows
    )


def _insert(register: sqlite3.Connection, period: Period, control: Control, who: str, now: datetime) -> None:
    register.execute(
        "insert into control "
        "(period, item, unit, total, done, source, cut_off, document, printed, reason, who, kept_on) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            period,
            control.item,
            control.unit,
            control.total,
            control.done,
            control.source,
            control.cut_off.isoformat(),
            control.document,
            control.printed,
            control.reason,
            who,
            now.isoformat(timespec="seconds"),
        ),
    )


def _said(control: Control | None) -> Control | None:
    return replace(control, who="", when=None) if control else None
