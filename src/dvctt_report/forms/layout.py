"""Say once what stands where: rows and columns of every cell of a Form. Writer and reader use it.

Columns A and B are hidden: A holds the row keys, B the weights of the control code. Each table starts
with a hidden marker row: ``#id`` in A, the column keys above their columns. The reader looks for these
keys, never for fixed addresses, so rows, columns and sheets may move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dvctt_report.files.cells import column_letters
from dvctt_report.forms import wording
from dvctt_report.forms.form import Column, Form, FormRow, FormSheet, FormTable, Role, key_of
from dvctt_report.model import Key
from dvctt_report.plan.model import Profile, Unit

KEY_COLUMN = 0
WEIGHT_COLUMN = 1
FIRST_COLUMN = 2
MARKER = "#"
WEIGHT_KEY = "%"
"""Stands in the marker row above the weights."""
META_SHEET = "_meta"
META_KEYS = ("form", "version", "plan", "plan_version", "year", "unit")
EDITION = "edition"
"""The row of the hidden sheet that says by which edition of plan and roster an issued form was made."""

MODULUS = 9973
"""The control code is a weighted sum modulo this prime, shown as four digits."""

BANNER_ROWS = 3
"""Rows above the first table: unit and form number, title, period."""


class KeyedColumn(NamedTuple):
    """A column of a list that comes back: its key, its header, its width in characters."""

    key: str
    header: str
    width: float


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column with its first grid column (0-based, as the writer counts)."""

    column: Column
    at: int

    @property
    def last(self) -> int:
        return self.at + self.column.span - 1


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its rows numbered from 0; ``rows`` pairs each with its weight in the control code."""

    sheet: str
    table: FormTable
    title_at: int
    marker_at: int
    header_at: int
    n_header_rows: int
    columns: tuple[PlacedColumn, ...]
    rows: tuple[tuple[int, int, FormRow], ...]
    total_at: int | None
    note_at: int | None
    end: int

    def answers(self) -> Iterator[tuple[int, PlacedColumn, FormRow, Key]]:
        """Yield every cell that a unit may fill: row, column, its Row and what it answers."""
        for at, _, row in self.rows:
            for placed in self.columns:
                if placed.column.role is not Role.LABEL and placed.column.key not in row.closed:
                    yield at, placed, row, key_of(row.key, placed.column.key)

    def answers_in(self, placed: PlacedColumn) -> Iterator[tuple[int, Key]]:
        """Yield every cell of a column that a unit may fill: its row, and what it answers."""
        if placed.column.role is not Role.LABEL:
            for at, _, row in self.rows:
                if placed.column.key not in row.closed:
                    yield at, key_of(row.key, placed.column.key)


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    sheet: FormSheet
    tables: tuple[PlacedTable, ...]
    notes_at: int


def place(form: Form) -> tuple[PlacedSheet, ...]:
    """Return every sheet of ``form`` with the rows and columns its cells stand in."""
    weight = 0
    sheets = []
    for sheet in form.sheets:
        sheets.append(_place_sheet(sheet, weight))
        weight += sum(len(table.rows) for table in sheet.tables)
    return tuple(sheets)


@lru_cache(maxsize=256)
def _place_sheet(sheet: FormSheet, weight: int) -> PlacedSheet:
    """Place a sheet's tables; ``weight``: of the last row of the sheet before."""
    at = BANNER_ROWS + 1
    tables = []
    for table in sheet.tables:
        placed = _place_table(sheet.name, table, at, weight)
        tables.append(placed)
        weight += len(table.rows)
        at = placed.end + 1
    return PlacedSheet(sheet, tuple(tables), at)


def multiplier(table: FormTable, column: str) -> int:
    """What a column's numbers are multiplied by in the control code: 1 for the first answers, then 7, 13…"""
    keys = [c.key for c in table.columns if c.role is Role.ANSWER]
    return 1 + 6 * keys.index(column)


def control_code(weighted_sum: int) -> str:
    """The four digits for a weighted sum of number cells."""
    return f"{weighted_sum % MODULUS:04d}"


def cell_name(row: int, column: int, absolute: bool = False) -> str:
    """``G14`` (or ``$G$14``) for a 0-based row and column."""
    letters = column_letters(column + 1)
    return f"${letters}${row + 1}" if absolute else f"{letters}{row + 1}"


@lru_cache(maxsize=16_384)
def _place_table(sheet: str, table: FormTable, at: int, weight: int) -> PlacedTable:
    title_at = at
    marker_at = title_at + bool(table.title)
    header_at = marker_at + 1
    n_header = 0 if table.bare else 1 + any(c.group for c in table.columns)
    first_row = header_at + n_header + table.numbered
    columns, here = [], FIRST_COLUMN
    for column in table.columns:
        columns.append(PlacedColumn(column, here))
        here += column.span
    rows = tuple((first_row + n, weight + n + 1, row) for n, row in enumerate(table.rows))
    after = first_row + len(rows)
    total_at = after if table.total_row else None
    after += table.total_row
    note_at = after if table.note else None
    after += bool(table.note)
    return PlacedTable(
        sheet, table, title_at, marker_at, header_at, n_header, tuple(columns), rows, total_at, note_at, after
    )


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
    for of in placed.tables:
        table, column = of.table, of.columns[0].at + 1
        if table.title:
            yield PrintedText(of.title_at + 1, column, table.title, Purpose.TITLE, table.id)
        if of.note_at is not None:
            yield PrintedText(of.note_at + 1, column, table.note, Purpose.NOTE, table.id)
        labels = [c for c in of.columns if c.column.role is Role.LABEL]
        for at, _, row in of.rows if len(labels) == len(of.columns) else ():
            for label, text in zip(labels, row.labels, strict=True):
                kind = _KINDS.get(row.labels[0], Purpose.LINE) if text != row.labels[0] else Purpose.LINE
                yield PrintedText(at + 1, label.at + 1, text, kind)
    for n, note in enumerate(placed.sheet.notes, placed.notes_at + 1):
        yield PrintedText(n, first, note, Purpose.NOTE)
    if any(of.table.id == SIGNATURES for of in placed.tables):
        at = placed.notes_at + len(placed.sheet.notes) + 2
        lead, titles = wording.signed_for(unit)
        title = at + bool(lead)
        here = [(at, first, COMPILED_BY), (title, first + 2, titles[0])]
        here += [(at, first + 2, lead)] if lead else []
        here += [(title + 2, first, SIGN_HERE), (title + 2, first + 2, wording.SEALED)]
        yield from (PrintedText(row, column, text, Purpose.SIGNER) for row, column, text in here)


_KINDS = {
    **dict.fromkeys(("Đơn vị báo cáo", "Mã đơn vị", "Đơn vị nhận báo cáo"), Purpose.CLAIM),
    "Hạn gửi": Purpose.DEADLINE,
}
"""What the lines of the cover are for that don't speak of the figures."""
