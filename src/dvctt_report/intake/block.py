"""One of the form's tables as it stands in a sheet, by its keys or by its labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dvctt_report.files.cells import Cell, Sheet
from dvctt_report.forms.form import FormTable, key_of
from dvctt_report.model import Key

ADDED = "+"
"""Stands in the made-up key of a line that a unit inserted into a list."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row by its key; ``added``: a line of a list that the unit inserted, its key made up."""

    key: str
    number: int
    weight: int
    added: bool = False


@dataclass(frozen=True)
class SheetBlock:
    """One table as it stands in a sheet: the columns by key, the rows by key, the rows it reaches over.

    ``by_label``: no key was left, rows and columns were recognised by what is printed in them.
    ``twice``: columns of which the sheet has two.
    """

    table: FormTable
    sheet: Sheet
    columns: dict[str, int]
    rows: tuple[FoundRow, ...]
    first: int
    last: int
    by_label: bool = False
    twice: tuple[str, ...] = ()

    @cached_property
    def answers(self) -> tuple[tuple[FoundRow, str, Key], ...]:
        """Each answer cell: its row, the key of its column, what it answers."""
        closed = self.table.closed
        asked = [column for column in self.table.asked if column in self.columns]
        return tuple(
            (row, column, key_of(row.key, column))
            for row in self.rows
            if row.key in closed or row.added
            for column in asked
            if column not in closed.get(row.key, ())
        )

    def place(self, row: FoundRow, column: str) -> tuple[int, int]:
        """Where the answer of that column stands in a row."""
        return row.number, self.columns[column]

    def cell(self, row: FoundRow, column: str) -> Cell | None:
        """What stands there; None where it is empty."""
        return self.sheet.cell(row.number, self.columns[column])
