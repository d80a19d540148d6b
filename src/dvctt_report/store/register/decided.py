"""What the officer decided: which file counts, findings accepted, cells overridden, what is left out.

Nothing is deleted: what takes the place of an earlier decision, or takes one back, says by whom and when.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields, replace
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from dvctt_report.model import (
    Acceptance,
    Choice,
    Control,
    Decision,
    Entry,
    LeftOut,
    Override,
    Printed,
    Timing,
)
from dvctt_report.model.period import Period
from dvctt_report.store.register.store import Damaged, insert, parse_moment
from dvctt_report.text.personal import shown_in

Decided: TypeAlias = Decision | Acceptance | Override | LeftOut | Timing
Kind = TypeVar("Kind", bound=Decided)

_TABLES: Mapping[type[Any], str] = {
    Decision: "decision",
    Acceptance: "acceptance",
    Override: "override",
    LeftOut: "left_out",
    Timing: "timing",
}
_OVER: Mapping[type[Any], str] = {Decision: "preferred_to", Override: "instead_of"}
_COLUMNS: Mapping[type[Any], Mapping[str, str]] = {
    kind: {
        field.name: {"when": "decided_on", "over": _OVER.get(kind, "over")}.get(field.name, field.name)
        for field in fields(kind)
    }
    for kind in _TABLES
}
"""The column of each field, by kind, in their order."""
_GROUNDS = ("reason", "document", "basis", "authority", "follower")
_TAKEN_BACK = ("undone_by", "undone_on")


def read_decided(
    register: sqlite3.Connection, period: Period, kind: type[Kind], *, undone: bool = False
) -> tuple[Kind, ...]:
    """The decisions of one kind, the earliest first: those in force, or with ``undone`` all.

    As they may be told: no person's number in what the officer wrote.
    """
    written = [field.name for field in fields(kind) if field.name in (*_GROUNDS, "said")]
    return tuple(shown_in(one, *written) for _, one in _rows(register, period, kind, undone))


def keep_decided(register: sqlite3.Connection, period: Period, decided: Decided) -> bool:
    """Keep a decision in the place of the one about the same; False where it changes nothing.

    A file that is chosen takes the place of the choice of another that it was preferred to. A unit's proposal
    never takes that of an officer's acceptance, and one that an officer took back doesn't come again with
    the same words.
    """
    kind, over = type(decided), decided.over if isinstance(decided, Decision) else ()
    known = [
        (n, one)
        for n, one in _rows(register, period, kind, True)
        if _about(one) == _about(decided)
        or (isinstance(one, Decision) and one.choice is Choice.USE and one.sha256 in over)
    ]
    about = [one for _, one in known if _about(one) == _about(decided)]
    before = next((one for one in about if one.undone_on is None), None)
    is_proposed = isinstance(decided, Acceptance) and decided.proposed
    is_taken = is_proposed and not (isinstance(before, Acceptance) and before.proposed)
    if before is not None and (_is_same(before, decided) or is_taken):
        return False
    if is_proposed and any(_is_same(one, decided) for one in about):
        return False
    _take_back(register, kind, (n for n, one in known if one.undone_on is None), decided.who, decided.when)
    named = [(name, column) for name, column in _COLUMNS[kind].items() if name not in _TAKEN_BACK]
    row = {column: _written(kind, getattr(decided, name)) for name, column in named}
    insert(register, _TABLES[kind], {"period": period, **row})
    return True


def undo_decided(
    register: sqlite3.Connection, period: Period, decided: Decided, who: str, now: datetime
) -> bool:
    """Take back what was decided about the same file, finding, cell or return; False for nothing.

    Of a file whose it is stands apart from whether it counts.
    """
    kind = type(decided)
    known = _rows(register, period, kind, False)
    return _take_back(register, kind, (n for n, one in known if _about(one) == _about(decided)), who, now)


def _about(decision: Decided) -> tuple[object, ...]:
    """What a decision is about, of which one is in force: of a file whose it is, or whether it counts."""
    match decision:
        case Decision():
            return decision.sha256, decision.choice is Choice.ASSIGN
        case Acceptance():
            return (decision.finding,)
        case Override():
            return decision.unit, *decision.key
        case LeftOut():
            return decision.unit, decision.finding, decision.item, decision.field, decision.part
        case Timing():
            return (decision.unit,)


def _is_same(decision: Decided, other: Decided) -> bool:
    """Whether two decisions about the same say the same."""
    if isinstance(decision, Decision) and isinstance(other, Decision):
        same = decision.reason == other.reason
        if other.choice is Choice.USE:
            same = {*other.over} <= {*decision.over}
        return same and (decision.choice, decision.unit) == (other.choice, other.unit)
    said = ("text", "over", "proposed", "in_time", *_GROUNDS)
    return all(getattr(decision, name, None) == getattr(other, name, None) for name in said)


def _take_back(
    register: sqlite3.Connection, kind: type[Any], numbers: Iterable[int], who: str, now: datetime
) -> bool:
    """Say of the rows of these numbers by whom and when they were taken back; False for none."""
    rows = [(who, _written(kind, now), number) for number in numbers]
    register.executemany(f"update {_TABLES[kind]} set undone_by = ?, undone_on = ? where number = ?", rows)
    return bool(rows)


def _rows(
    register: sqlite3.Connection, period: Period, kind: type[Kind], undone: bool
) -> list[tuple[int, Kind]]:
    """The rows of one kind with their numbers, the earliest first."""
    columns = _COLUMNS[kind]
    rows = register.execute(
        f"select number, {', '.join(columns.values())} from {_TABLES[kind]} "
        "where period = ? and (undone_on is null or ?) order by number",
        (period, undone),
    )
    return [
        (number, kind(**{name: _read(kind, name, value) for name, value in zip(columns, row, strict=True)}))
        for number, *row in rows
    ]


def _written(kind: type[Any], value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if kind is Decision else "auto")
    return " ".join(sorted(value)) if isinstance(value, tuple) else value


def _read(kind: type[Any], field: str, value: Any) -> Any:
    match field:
        case "when" | "undone_on":
            return parse_moment(value) if value else None
        case "choice" if value not in tuple(Choice):
            raise Damaged(value)
        case "choice":
            return Choice(value)
        case "proposed" | "in_time":
            return bool(value)
        case "over" if kind is Decision:
            return tuple(value.split())
    return value


# ------------------ What the officer's workbooks said when they were last read: they may be lost, this isn't


def keep_controls(
    register: sqlite3.Connection, period: Period, controls: Iterable[Control], who: str, now: datetime
) -> int:
    """Keep what the workbook says; return how many rows changed. Rows that say the same keep who and when."""
    new = {(c.item, c.unit): replace(c, who="", when=None) for c in controls}
    before = {(c.item, c.unit): replace(c, who="", when=None) for c in read_controls(register, period)}
    changed = [key for key in {**before, **new} if before.get(key) != new.get(key)]
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
    controls = []
    for values in rows:
        row = dict(zip(_CONTROL, values, strict=True))
        row |= {"cut_off": parse_moment(row["cut_off"]).date(), "when": parse_moment(row.pop("kept_on"))}
        row["printed"] = Printed(row["printed"]) if row["printed"] in tuple(Printed) else None
        controls.append(Control(**row))
    return tuple(controls)


_ENTRY = ("unit", "document_number", "sent_on", "channel", "signed_code", "file", "note", "arrived_on")
"""The fields of a row of the tracking book that are kept: all but where it stands."""


def keep_entries(register: sqlite3.Connection, period: Period, entries: Iterable[Entry]) -> None:
    """Keep what the book of ``period`` says now, instead of what it said before."""
    register.execute("delete from entry where period = ?", (period,))
    for number, entry in enumerate(entries):
        said = {name: getattr(entry, name) for name in _ENTRY}
        insert(register, "entry", {"period": period, "number": number, **said})


def read_entries(register: sqlite3.Connection, period: Period) -> tuple[Entry, ...]:
    """Return what the book of ``period`` said when it was last kept, in its order and without addresses."""
    columns = ", ".join(_ENTRY)
    rows = register.execute(f"select {columns} from entry where period = ? order by number", (period,))
    entries = []
    for row in rows:
        said = dict(zip(_ENTRY, row, strict=True))
        days = {name: parse_moment(said[name]).date() for name in ("sent_on", "arrived_on") if said[name]}
        entries.append(Entry(**said | days))
    return tuple(entries)


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
