"""What a form prints around its tables: banner, titles, lines of the cover, footnotes, places to sign."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from dvctt_report.forms import wording
from dvctt_report.forms.form import Form, Role
from dvctt_report.forms.layout import FIRST_COLUMN, PlacedSheet, PlacedTable
from dvctt_report.plan.model import Profile, Unit

SIGNATURES = "sign"
"""The id of the table below which one signs."""
COMPILED_BY = "NGƯỜI LẬP BIỂU"
SIGN_HERE = "(Ký, ghi rõ họ và tên)"


class Purpose(StrEnum):
    """What a printed text is for."""

    NAME = "name"
    PERIOD = "period"
    TITLE = "title"
    NOTE = "note"
    LINE = "line"
    CLAIM = "claim"
    """Whose return it is, and for whom: told by who asks whose a file is."""
    DEADLINE = "deadline"
    """Until when it is to be sent, which an office may change later and which says nothing of figures."""
    SIGNER = "signer"


class PrintedText(NamedTuple):
    """A text and its cell, counted from 1. ``table``: the id of the table that it is about, "" for all."""

    row: int
    column: int
    text: str
    kind: Purpose
    table: str = ""


def banner_period(profile: Profile, form: Form) -> str:
    """The line over every sheet that says for what period the form is."""
    return f"{form.period.title} – số liệu {wording.period_line(profile, form.period)}"


def printed_around(placed: PlacedSheet, form: Form, profile: Profile, unit: Unit) -> Iterator[PrintedText]:
    """Yield what a sheet of the unit's form prints outside the headings and the answers of its tables."""
    first = FIRST_COLUMN + 1
    yield PrintedText(1, first, unit.name.upper(), Purpose.NAME)
    yield PrintedText(2, first, placed.sheet.title, Purpose.TITLE)
    yield PrintedText(3, first, banner_period(profile, form), Purpose.PERIOD)
    for table in placed.tables:
        yield from _of_table(table)
    for n, note in enumerate(placed.sheet.notes, placed.notes_at + 1):
        yield PrintedText(n, first, note, Purpose.NOTE)
    if any(table.table.id == SIGNATURES for table in placed.tables):
        at = placed.notes_at + len(placed.sheet.notes) + 2
        lead, titles = wording.signed_for(unit)
        title = at + bool(lead)
        here = [(at, first, COMPILED_BY), (title, first + 2, titles[0])]
        here += [(at, first + 2, lead)] if lead else []
        here += [(title + 2, first, SIGN_HERE), (title + 2, first + 2, wording.SEALED)]
        yield from (PrintedText(row, column, text, Purpose.SIGNER) for row, column, text in here)


def _of_table(placed: PlacedTable) -> Iterator[PrintedText]:
    table, first = placed.table, placed.columns[0].at + 1
    if table.title:
        yield PrintedText(placed.title_at + 1, first, table.title, Purpose.TITLE, table.id)
    if placed.note_at is not None:
        yield PrintedText(placed.note_at + 1, first, table.note, Purpose.NOTE, table.id)
    labels = [column for column in placed.columns if column.column.role is Role.LABEL]
    for at, _, row in placed.rows if all(c.column.role is Role.LABEL for c in placed.columns) else ():
        for column, text in zip(labels, row.labels, strict=True):
            kind = _KINDS.get(row.labels[0], Purpose.LINE) if text != row.labels[0] else Purpose.LINE
            yield PrintedText(at + 1, column.at + 1, text, kind)


_KINDS = {
    **dict.fromkeys(("Đơn vị báo cáo", "Mã đơn vị", "Đơn vị nhận báo cáo"), Purpose.CLAIM),
    "Hạn gửi": Purpose.DEADLINE,
}
"""What the lines of the cover are for that don't speak of the figures."""
