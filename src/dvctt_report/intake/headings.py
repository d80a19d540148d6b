"""Find a table's headings in a sheet, over one row or two, whole or edited a little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dvctt_report.forms.form import Column, FormTable, Role
from dvctt_report.intake.likeness import is_same, keys, keys_of_any, likeness, pair_up
from dvctt_report.intake.page import SheetTexts

_ENOUGH = 0.6
"""The share of a table's headings that must stand in a row to make it the table's."""


@dataclass
class Header:
    """The headings of a table by key; ``twice``: of which there are two."""

    table: FormTable
    top: int
    bottom: int
    columns: dict[str, int] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return len(self.columns) / len(self.table.columns)


def printed_keys(table: FormTable) -> set[str]:
    """The keys of the columns that the form prints itself."""
    return {c.key for c in table.columns if c.role is Role.LABEL}


def find_headers(page: SheetTexts, tables: Sequence[FormTable]) -> list[Header]:
    """Return the headings in a sheet, each of the table that it fits best; the same table may stand twice."""
    found: dict[int, Header] = {}
    names = [(table, keys_of_any(c.group or c.header for c in table.columns)) for table in tables]
    for at, number in enumerate(page.numbers):
        said = [keys(text) for text in page.texts.get(number, {}).values()]
        for table, wanted in names:
            if sum(not own.isdisjoint(wanted) for own in said) < 2:
                continue
            n_rows = 1 + any(c.group for c in table.columns)
            header = _header(page, table, page.numbers[at : at + n_rows])
            if header is not None and (at not in found or header.share > found[at].share):
                found[at] = header
    return [h for at, h in sorted(found.items()) if at - 1 not in found or found[at - 1].bottom < h.top]


def _header(page: SheetTexts, table: FormTable, rows: Sequence[int]) -> Header | None:
    """The table's headings in these rows; None where fewer than three in five stand there."""
    header = Header(table, rows[0], rows[-1])
    printed = {column: _heading(page, column, rows) for row in rows for column in page.texts.get(row, {})}
    for column in table.columns:
        at = [c for c, texts in printed.items() if _is_heading(texts, column)]
        if len(at) == 1:
            header.columns[column.key] = at[0]
        elif at:
            header.twice.append(column.key)
    _add_edited(header, printed)
    answers = [c.key for c in table.columns if c.role is not Role.LABEL and c.key in header.columns]
    return header if answers and header.share >= _ENOUGH else None


def _heading(page: SheetTexts, column: int, rows: Sequence[int]) -> tuple[str, str]:
    """What stands above a column: the heading over the run of columns it is in, and its own."""
    if len(rows) == 1:
        return "", page.text(rows[0], column)
    own = page.text(rows[1], column)
    above = page.text(rows[0], column)
    if not own or own == above:
        return "", above
    run = [c for c in page.texts.get(rows[0], {}) if c <= column]
    return page.text(rows[0], max(run)) if run else "", own


def _is_heading(texts: tuple[str, str], column: Column) -> bool:
    over, own = texts
    return is_same(own, column.header) and (not column.group or is_same(over, column.group))


def _add_edited(header: Header, printed: Mapping[int, tuple[str, str]]) -> None:
    """Take headings that were edited a little for the ones that are still missing."""
    free = {c: texts for c, texts in printed.items() if c not in header.columns.values()}
    lost = {
        c.key: c for c in header.table.columns if c.key not in header.columns and c.key not in header.twice
    }
    scores = {
        (at, name): min(likeness(own, column.header), likeness(over, column.group) if column.group else 100)
        for at, (over, own) in free.items()
        for name, column in lost.items()
    }
    for at, name in pair_up(scores).items():
        header.columns[name] = at
