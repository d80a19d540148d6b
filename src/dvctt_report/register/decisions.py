"""Decisions: which of several files counts, which one is refused; who said so, when and why."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from dvctt_report.model import Choice, Decision
from dvctt_report.period import Period
from dvctt_report.register.store import Damaged, parse_moment


def keep_decision(register: sqlite3.Connection, period: Period, decision: Decision) -> bool:
    """Keep a decision; False where the same one is already in force, which then stays as it is.

    A decision takes the place of the earlier one about the same bytes, and a choice that of the choice of
    another file that it was preferred to.
    """
    known = read_decisions(register, period)
    about_whose = decision.choice is Choice.ASSIGN
    before = next(
        (d for d in known if d.sha256 == decision.sha256 and (d.choice is Choice.ASSIGN) == about_whose),
        None,
    )
    if before is not None and _same(before, decision):
        return False
    chosen = {d.sha256 for d in known if d.choice is Choice.USE}
    for replaced in (decision.sha256, *chosen.intersection(decision.over)):
        _undo(register, period, replaced, decision, about_whose)
    register.execute(
        "insert into decision (period, choice, file, sha256, unit, reason, who, decided_on, preferred_to) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            period,
            decision.choice,
            decision.file,
            decision.sha256,
            decision.unit,
            decision.reason,
            decision.who,
            _text(decision.when),
            " ".join(sorted(decision.over)),
        ),
    )
    return True


def _undo(register: sqlite3.Connection, period: Period, sha256: str, by: Decision, about_whose: bool) -> None:
    """Take back what was decided about these bytes: whose they are, or whether they count, not both."""
    register.execute(
        "update decision set undone_by = ?, undone_on = ? "
        "where period = ? and sha256 = ? and undone_on is null and (choice = ?) = ?",
        (by.who, _text(by.when), period, sha256, Choice.ASSIGN, about_whose),
    )


def undo_decision(
    register: sqlite3.Connection, period: Period, sha256: str, who: str, now: datetime
) -> Decision | None:
    """Take back what was decided about these bytes, and return one; None where none is in force."""
    found = _in_force(register, period, sha256)
    register.execute(
        "update decision set undone_by = ?, undone_on = ? "
        "where period = ? and sha256 = ? and undone_on is null",
        (who, _text(now), period, sha256),
    )
    return found


def read_decisions(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[Decision, ...]:
    """Return the decisions of ``period``, the earliest first: those in force, or with ``undone`` all."""
    rows = register.execute(
        "select choice, file, sha256, unit, reason, who, decided_on, preferred_to, undone_by, undone_on "
        "from decision where period = ? and (undone_on is null or ?) order by number",
        (period, undone),
    )
    return tuple(_decision(*row) for row in rows)


def _in_force(register: sqlite3.Connection, period: Period, sha256: str) -> Decision | None:
    return next((d for d in read_decisions(register, period) if d.sha256 == sha256), None)


def _same(before: Decision, decision: Decision) -> bool:
    return (before.choice, before.unit) == (decision.choice, decision.unit) and (
        set(decision.over) <= set(before.over)
        if decision.choice is Choice.USE
        else before.reason == decision.reason
    )


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _decision(
    choice: str,
    file: str,
    sha256: str,
    unit: str,
    reason: str,
    who: str,
    when: str,
    over: str,
    undone_by: str,
    undone_on: str | None,
) -> Decision:
    if choice not in tuple(Choice):
        raise Damaged(choice)
    return Decision(
        Choice(choice),
        file,
        sha256,
        unit,
        reason,
        who,
        parse_moment(when),
        tuple(over.split()),
        undone_by,
        parse_moment(undone_on) if undone_on else None,
    )
