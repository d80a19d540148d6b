"""What the officer decided about figures: findings accepted, cells overridden, what is left out.

Nothing is deleted: what takes the place of an earlier decision, or takes one back, says by whom and when.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from dvctt_report.model import Acceptance, LeftOut, Override
from dvctt_report.period import Period
from dvctt_report.personal import shown_in
from dvctt_report.register.store import parse_moment

Decided = TypeVar("Decided", Acceptance, Override, LeftOut)

_GROUNDS = ("reason", "document", "basis", "authority", "follower")
_TAKEN_BACK = ("undone_by", "undone_on")


@dataclass(frozen=True)
class _Kept(Generic[Decided]):
    """A table of decisions of one kind; its columns are the fields, but for ``named``.

    about: the fields that say what a decision is about: one for each is in force.
    said: the fields in which a decision can be another one about the same.
    named: the columns that are called otherwise than their fields.
    """

    table: str
    kind: type[Decided]
    about: tuple[str, ...]
    said: tuple[str, ...]
    named: tuple[tuple[str, str], ...] = (("when", "decided_on"),)

    def what(self, decision: Decided) -> tuple[str, ...]:
        """What a decision is about."""
        return tuple(getattr(decision, name) for name in self.about)

    def same(self, one: Decided, other: Decided) -> bool:
        """Whether two decisions about the same say the same."""
        told = attrgetter(*self.said)
        return bool(told(one) == told(other))

    def read(self, register: sqlite3.Connection, period: Period, undone: bool) -> tuple[Decided, ...]:
        """The decisions of ``period``, the earliest first: those in force, or with ``undone`` all."""
        columns = ", ".join(map(self._column, self._fields()))
        rows = register.execute(
            f"select {columns} from {self.table} "
            "where period = ? and (undone_on is null or ?) order by number",
            (period, undone),
        )
        return tuple(map(self._decision, rows))

    def given_out(self, register: sqlite3.Connection, period: Period, undone: bool) -> tuple[Decided, ...]:
        """The same as they may be told: no person's number in what the officer wrote."""
        return tuple(map(self._told, self.read(register, period, undone)))

    def _told(self, decision: Decided) -> Decided:
        return shown_in(decision, *(name for name in self._fields() if name in (*_GROUNDS, "said")))

    def keep(self, register: sqlite3.Connection, period: Period, decision: Decided) -> None:
        """Keep a decision in the place of the one about the same."""
        self.undo(register, period, self.what(decision), decision.who, decision.when)
        names: list[str] = [name for name in self._fields() if name not in _TAKEN_BACK]
        register.execute(
            f"insert into {self.table} (period, {', '.join(map(self._column, names))}) "
            f"values (?{', ?' * len(names)})",
            (period, *(_written(getattr(decision, name)) for name in names)),
        )

    def undo(
        self, register: sqlite3.Connection, period: Period, what: tuple[str, ...], who: str, now: datetime
    ) -> None:
        """Take back what was decided about ``what``."""
        same = " and ".join(f"{self._column(name)} = ?" for name in self.about)
        register.execute(
            f"update {self.table} set undone_by = ?, undone_on = ? "
            f"where period = ? and undone_on is null and {same}",
            (who, now.isoformat(), period, *what),
        )

    def _decision(self, row: Sequence[Any]) -> Decided:
        stored = zip(self._fields(), row, strict=True)
        return self.kind(**{field: _read(field, value) for field, value in stored})

    def _fields(self) -> list[str]:
        return [field.name for field in fields(self.kind)]

    def _column(self, field: str) -> str:
        return dict(self.named).get(field, field)


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(field: str, value: Any) -> Any:
    if field in ("when", "undone_on"):
        return parse_moment(value) if value else None
    return bool(value) if field == "proposed" else value


_ACCEPTED = _Kept("acceptance", Acceptance, ("finding",), (*_GROUNDS, "proposed"))
_OVERRIDDEN = _Kept(
    "override",
    Override,
    ("unit", "item", "field", "part"),
    ("text", "over", *_GROUNDS),
    (("when", "decided_on"), ("over", "instead_of")),
)
_LEFT_OUT = _Kept("left_out", LeftOut, ("unit", "finding", "item", "field", "part"), ("over", *_GROUNDS))


def keep_acceptance(register: sqlite3.Connection, period: Period, acceptance: Acceptance) -> bool:
    """Keep an acceptance, or a unit's proposal of one; False where it changes nothing.

    It takes the place of the earlier one of the same finding. A proposal never takes that of an officer's
    acceptance, and one that an officer took back doesn't come again with the same words.
    """
    former = [a for a in _ACCEPTED.read(register, period, True) if a.finding == acceptance.finding]
    before = next((a for a in former if a.undone_on is None), None)
    if before is not None and (_ACCEPTED.same(before, acceptance) or before.proposed < acceptance.proposed):
        return False
    if acceptance.proposed and any(_ACCEPTED.same(a, acceptance) for a in former):
        return False
    _ACCEPTED.keep(register, period, acceptance)
    return True


def undo_acceptance(
    register: sqlite3.Connection, period: Period, finding: str, who: str, now: datetime
) -> Acceptance | None:
    """Take back the acceptance (or proposal) of ``finding`` and return it; None where there is none."""
    found = next((a for a in read_acceptances(register, period) if a.finding == finding), None)
    _ACCEPTED.undo(register, period, (finding,), who, now)
    return found


def read_acceptances(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[Acceptance, ...]:
    """Return acceptances and proposals, the earliest first: those in force, or with ``undone`` all."""
    return _ACCEPTED.given_out(register, period, undone)


def keep_override(register: sqlite3.Connection, period: Period, override: Override) -> bool:
    """Keep an override in the place of the earlier one of the same cell; False where it changes nothing."""
    return _keep_new(_OVERRIDDEN, register, period, override)


def undo_override(
    register: sqlite3.Connection, period: Period, cell: tuple[str, str, str, str], who: str, now: datetime
) -> Override | None:
    """Take back the override of ``cell`` (unit, item, field, part), and return it; None: there is none."""
    found = next((o for o in read_overrides(register, period) if cell_of(o) == cell), None)
    _OVERRIDDEN.undo(register, period, cell, who, now)
    return found


def read_overrides(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[Override, ...]:
    """Return the overrides of ``period``, the earliest first: those in force, or with ``undone`` all."""
    return _OVERRIDDEN.given_out(register, period, undone)


def cell_of(override: Override) -> tuple[str, str, str, str]:
    """Unit, item, field and part of the cell that is overridden."""
    return override.unit, override.item, override.field, override.part


def keep_left_out(register: sqlite3.Connection, period: Period, left_out: LeftOut) -> bool:
    """Keep it in the place of an earlier one about the same; False where it changes nothing."""
    return _keep_new(_LEFT_OUT, register, period, left_out)


def undo_left_out(
    register: sqlite3.Connection, period: Period, left_out: LeftOut, who: str, now: datetime
) -> None:
    """Take back what was decided about the same finding, cell or return."""
    _LEFT_OUT.undo(register, period, _LEFT_OUT.what(left_out), who, now)


def read_left_out(
    register: sqlite3.Connection, period: Period, *, undone: bool = False
) -> tuple[LeftOut, ...]:
    """Return what is left out of ``period``, the earliest first: what is in force, or with ``undone`` all."""
    return _LEFT_OUT.given_out(register, period, undone)


def _keep_new(kept: _Kept[Decided], register: sqlite3.Connection, period: Period, decision: Decided) -> bool:
    before = next(
        (d for d in kept.read(register, period, False) if kept.what(d) == kept.what(decision)), None
    )
    if before is not None and kept.same(before, decision):
        return False
    kept.keep(register, period, decision)
    return True
