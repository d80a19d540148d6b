"""Decisions: which of several files counts, which one is refused; who said so, when and why."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from datetime import datetime
from typing import Any

from dvctt_report.model import Choice, Decision
from dvctt_report.period import Period
from dvctt_report.personal import shown_in
from dvctt_report.register.store import Damaged, parse_moment

_FIELDS = tuple(field.name for field in fields(Decision))
_TAKEN_BACK = ("undone_by", "undone_on")
_NAMED = {"when": "decided_on", "over": "preferred_to"}
"""The columns that are called otherwise than their fields."""


def _column(field: str) -> str:
    return _NAMED.get(field, field)


def keep_decision(register: sqlite3.Connection, period: Period, decision: Decision) -> bool:
    """Keep a decision; False where the same one is already in force, which then stays as it is.

    A decision takes the place of the earlier one about the same bytes, and a choice that of the choice of
    another file that it was preferred to.
    """
    known = _read(register, period)
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
    names = [name for name in _FIELDS if name not in _TAKEN_BACK]
    register.execute(
        f"insert into decision (period, {', '.join(_column(name) for name in names)}) "
        f"values (?{', ?' * len(names)})",
        (period, *(_written(getattr(decision, name)) for name in names)),
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
    found = next((d for d in read_decisions(register, period) if d.sha256 == sha256), None)
    register.execute(
        "update decision set undone_by = ?, undone_on = ? "
        "where period = ? and sha256 = ? and undone_on is null",
        (who, _text(now), period, sha256),
    )
    return found


def read_decisions(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[Decision, ...]:
    """The decisions, the earliest first, all if ``undone``; no person's number in what the officer wrote."""
    return tuple(map(_told, _read(register, period, undone)))


def _told(decision: Decision) -> Decision:
    return shown_in(decision, "reason", "document", "basis", "follower")


def _read(register: sqlite3.Connection, period: Period, undone: bool = False) -> tuple[Decision, ...]:
    rows = register.execute(
        f"select {', '.join(_column(name) for name in _FIELDS)} "
        "from decision where period = ? and (undone_on is null or ?) order by number",
        (period, undone),
    )
    return tuple(_decision(dict(zip(_FIELDS, row, strict=True))) for row in rows)


def _same(before: Decision, decision: Decision) -> bool:
    return (before.choice, before.unit) == (decision.choice, decision.unit) and (
        set(decision.over) <= set(before.over)
        if decision.choice is Choice.USE
        else before.reason == decision.reason
    )


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return _text(value)
    return " ".join(sorted(value)) if isinstance(value, tuple) else value


def _decision(said: dict[str, Any]) -> Decision:
    if said["choice"] not in tuple(Choice):
        raise Damaged(said["choice"])
    undone_on = said["undone_on"]
    read = {
        "choice": Choice(said["choice"]),
        "when": parse_moment(said["when"]),
        "over": tuple(said["over"].split()),
        "undone_on": parse_moment(undone_on) if undone_on else None,
    }
    return Decision(**{**said, **read})
