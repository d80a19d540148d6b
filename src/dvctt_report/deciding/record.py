"""Decisions on record: kept, taken back and read again, those of every kind alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dvctt_report.deciding.grounds import officer
from dvctt_report.register import keep_decided, open_register, read_decided, undo_decided
from dvctt_report.register.decided import Decided, Kind
from dvctt_report.workspace import Workspace


def record(workspace: Workspace, kept: Iterable[Decided] = (), undone: Iterable[Decided] = ()) -> list[bool]:
    """Take decisions back and keep others, in one transaction; of each that is kept, whether it is new.

    What is taken back stays in the register with who did so, and when.
    """
    who, now = officer(), datetime.now()
    with open_register(workspace.register) as register:
        for one in undone:
            undo_decided(register, workspace.period, one, who, now)
        return [keep_decided(register, workspace.period, one) for one in kept]


def recorded(workspace: Workspace, kind: type[Kind], *, undone: bool = True) -> tuple[Kind, ...]:
    """The decisions of one kind about the period, the earliest first: all, or those in force."""
    with open_register(workspace.register, reading=True) as register:
        return read_decided(register, workspace.period, kind, undone=undone)
