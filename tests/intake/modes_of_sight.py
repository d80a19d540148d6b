"""Failure modes 95 to 99: what is seen in a cell and beside the tables, whatever the cells hold."""

from __future__ import annotations

from collections.abc import Mapping

from tests.intake.excel import Edit, put
from tests.intake.matrix import BLANK, NAMES, UNREADABLE, Row, row
from tests.intake.modes_of_layout import FIGURES, A
from tests.made import rows_beside

F8 = f"{A}!F8"
UNSEEN = {"T1.total": UNREADABLE, "T1.rate": BLANK}


def unseen(done: str, *edits: Edit) -> Row:
    return row(95, done, *edits, reads=UNSEEN, told=f"DL14 error {F8}")


def remark(done: str, where: str, text: str, told: str, reads: Mapping[str, object]) -> Row:
    return row(98, done, put(where, text), reads=reads, told=f"{told} {where}")


ROWS: tuple[Row, ...] = rows_beside(__file__, NAMES | {"FIGURES": FIGURES} | globals())
