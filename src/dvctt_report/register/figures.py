"""Decisions about figures: findings that were accepted, cells that were overridden; nothing is deleted."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from dvctt_report.model import Acceptance, Override
from dvctt_report.period import Period
from dvctt_report.register.store import parse_moment


def keep_acceptance(register: sqlite3.Connection, period: Period, acceptance: Acceptance) -> bool:
    """Keep an acceptance, or a unit's proposal of one; False where it changes nothing.

    It takes the place of the earlier one of the same finding. A proposal never takes that of an officer's
    acceptance, and one that an officer took back doesn't come again with the same words.
    """
    former = [a for a in read_acceptances(register, period, undone=True) if a.finding == acceptance.finding]
    before = next((a for a in former if a.undone_on is None), None)
    if before is not None and (_said(before) == _said(acceptance) or before.proposed < acceptance.proposed):
        return False
    if acceptance.proposed and any(_said(a) == _said(acceptance) for a in former):
        return False
    undo_acceptance(register, period, acceptance.finding, acceptance.who, acceptance.when)
    register.execute(
        "insert into acceptance (period, finding, unit, said, reason, document, who, decided_on, proposed) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            period,
            acceptance.finding,
            acceptance.unit,
            acceptance.said,
            acceptance.reason,
            acceptance.document,
            acceptance.who,
            acceptance.when.isoformat(),
            int(acceptance.proposed),
        ),
    )
    return True


def undo_acceptance(
    register: sqlite3.Connection, period: Period, finding: str, who: str, now: datetime
) -> Acceptance | None:
    """Take back the acceptance (or proposal) of ``finding`` and return it; None where there is none."""
    found = next((a for a in read_acceptances(register, period) if a.finding == finding), None)
    register.execute(
        "update acceptance set undone_by = ?, undone_on = ? "
        "where period = ? and finding = ? and undone_on is null",
        (who, now.isoformat(), period, finding),
    )
    return found


def read_acceptances(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[Acceptance, ...]:
    """Return acceptances and proposals, the earliest first: those in force, or with ``undone`` all."""
    rows = register.execute(
        "select finding, unit, said, reason, document, who, decided_on, proposed, undone_by, undone_on "
        "from acceptance where period = ? and (undone_on is null or ?) order by number",
        (period, undone),
    )
    return tuple(
        Acceptance(
            finding,
            unit,
            said,
            reason,
            document,
            who,
            parse_moment(when),
            bool(proposed),
            undone_by,
            _moment(undone_on),
        )
        for finding, unit, said, reason, document, who, when, proposed, undone_by, undone_on in rows
    )


def keep_override(register: sqlite3.Connection, period: Period, override: Override) -> bool:
    """Keep an override in the place of the earlier one of the same cell; False where it changes nothing."""
    before = next((o for o in read_overrides(register, period) if cell_of(o) == cell_of(override)), None)
    if before is not None and _put(before) == _put(override):
        return False
    undo_override(register, period, cell_of(override), override.who, override.when)
    register.execute(
        "insert into override "
        "(period, unit, item, field, part, text, instead_of, reason, document, who, decided_on) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            period,
            *cell_of(override),
            override.text,
            override.over,
            override.reason,
            override.document,
            override.who,
            override.when.isoformat(),
        ),
    )
    return True


def undo_override(
    register: sqlite3.Connection, period: Period, cell: tuple[str, str, str, str], who: str, now: datetime
) -> Override | None:
    """Take back the override of ``cell`` (unit, item, field, part), and return it; None: there is none."""
    found = next((o for o in read_overrides(register, period) if cell_of(o) == cell), None)
    register.execute(
        "update override set undone_by = ?, undone_on = ? "
        "where period = ? and unit = ? and item = ? and field = ? and part = ? and undone_on is null",
        (who, now.isoformat(), period, *cell),
    )
    return found


def read_overrides(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[Override, ...]:
    """Return the overrides of ``period``, the earliest first: those in force, or with ``undone`` all."""
    rows = register.execute(
        "select unit, item, field, text, instead_of, reason, document, who, decided_on, part, "
        "undone_by, undone_on from override where period = ? and (undone_on is null or ?) order by number",
        (period, undone),
    )
    return tuple(
        Override(
            unit,
            item,
            field,
            text,
            over,
            reason,
            document,
            who,
            parse_moment(when),
            part,
            undone_by,
            _moment(undone_on),
        )
        for unit, item, field, text, over, reason, document, who, when, part, undone_by, undone_on in rows
    )


def cell_of(override: Override) -> tuple[str, str, str, str]:
    """Unit, item, field and part of the cell that is overridden."""
    return override.unit, override.item, override.field, override.part


def _said(acceptance: Acceptance) -> tuple[str, str, bool]:
    return acceptance.reason, acceptance.document, acceptance.proposed


def _put(override: Override) -> tuple[str, str, str, str]:
    return override.text, override.over, override.reason, override.document


def _moment(text: str | None) -> datetime | None:
    return parse_moment(text) if text else None
