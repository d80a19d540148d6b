"""Which cells a clerk has to fill before the form can be signed: what its live line counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dvctt_report.forms.form import LIST, Key, Role
from dvctt_report.forms.formulas import Run
from dvctt_report.forms.layout import PlacedColumn, PlacedTable
from dvctt_report.forms.pen import Pen
from dvctt_report.forms.prefill import OPINION, PRINTED_FIELDS

_BLANK_ALLOWED = ("channels", "topics", "funding", "prose")
"""Tables that say themselves that what was not done stays blank."""


def required_runs(pen: Pen) -> Iterator[Run]:
    """Yield the runs of cells that the form asks for and gives by no formula of its own."""
    for sheet in pen.ledger.sheets:
        for table in sheet.tables:
            if table.table.id not in _BLANK_ALLOWED and not table.table.id.startswith(LIST):
                for column in table.columns:
                    yield from _runs(pen, table, column)


def _runs(pen: Pen, table: PlacedTable, column: PlacedColumn) -> Iterator[Run]:
    """The rows of one column that have to be filled, each unbroken run of them."""
    rows = [at for at, one, _, key in table.answers() if one is column and _is_required(pen, table, key)]
    status = next((c.at for c in table.columns if c.column.role is Role.STATUS), None)
    beside = status if column.column.role is Role.ANSWER else None
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        numbers = [at for _, at in run]
        yield Run(table.sheet, column.at, numbers[0], numbers[-1], beside)


def _is_required(pen: Pen, table: PlacedTable, key: Key) -> bool:
    if key.field == OPINION:
        return True
    if table.table.id == "tasks":
        return key.field == "status"
    if key.field in ("rate", "status", "control_code", *PRINTED_FIELDS) or pen.spec(key).optional:
        return False
    return pen.ledger.formula(key, table.sheet) is None
