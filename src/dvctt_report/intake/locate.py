"""Find the form's cells in a workbook by the keys in it: sheets, rows and columns may have moved."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dvctt_report.forms.form import LIST, Form, Key, Role, Table, key_of
from dvctt_report.forms.formulas import number_columns
from dvctt_report.forms.layout import MARKER, WEIGHT_KEY, multiplier
from dvctt_report.intake.cells import Cell, CellKind, Sheet, Workbook, address
from dvctt_report.model import CellRef
from dvctt_report.plan.model import Item


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands in the file: its address, and the cell (None where it is empty)."""

    at: CellRef
    cell: Cell | None


@dataclass(frozen=True)
class Located:
    """Every answer cell of a form found in a workbook.

    ``missing``: (table, row or column key), or (table, "") for whole tables, that the file no longer has.
    ``doubled``: keys found again with other content, with the second place. ``weighted_sum``: what the
    control code is made of, from the number cells as they stand; None where one of them is a formula never
    calculated, or not whole.
    """

    places: dict[Key, Place] = field(default_factory=dict)
    missing: tuple[tuple[Table, str], ...] = ()
    doubled: tuple[tuple[Key, Place], ...] = ()
    weighted_sum: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by its key; ``added``: a line of a list that the unit inserted, its key made up."""

    key: str
    number: int
    weight: int
    added: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """One table as it stands in a sheet: the columns by key, the rows by key."""

    table: Table
    sheet: Sheet
    columns: dict[str, int]
    rows: tuple[_Row, ...]


def locate(book: Workbook, form: Form, file: str, items: Mapping[str, Item]) -> Located:
    """Return where each answer of ``form`` stands."""
    tables = {
        t.id: t for s in form.sheets for t in s.tables if any(c.role is not Role.LABEL for c in t.columns)
    }
    places: dict[Key, Place] = {}
    doubled: list[tuple[Key, Place]] = []
    seen: dict[str, set[str]] = {name: set() for name in tables}
    lost: list[tuple[Table, str]] = []
    total: int | None = 0
    for block in _blocks(book, tables):
        table = block.table
        numbers = number_columns(table, items)
        lost += [
            (table, c.key) for c in table.columns if c.role is not Role.LABEL and c.key not in block.columns
        ]
        for row, column, key in _answers(block):
            seen[table.id].add(row.key)
            cell = block.sheet.cell(row.number, block.columns[column])
            place = Place(CellRef(file, block.sheet.name, address(row.number, block.columns[column])), cell)
            if key not in places:
                places[key] = place
                if column in numbers:
                    total = _add(total, cell, row.weight * multiplier(table, column))
            elif _content(cell) != _content(places[key].cell):
                doubled.append((key, place))
    missing = (*lost, *_missing(tables, seen))
    return Located(places, missing, tuple(doubled), total)


def _content(cell: Cell | None) -> str:
    return cell.raw.strip() if cell is not None else ""


def _blocks(book: Workbook, tables: Mapping[str, Table]) -> Iterator[_Block]:
    for sheet in book.sheets:
        markers = [c for _, cells in sheet.rows() if (c := _marker(cells, tables)) is not None]
        for n, marker in enumerate(markers):
            end = markers[n + 1].row if n + 1 < len(markers) else sys.maxsize
            yield _block(tables[_id(marker)], sheet, marker, end)


def _marker(cells: tuple[Cell, ...], tables: Mapping[str, Table]) -> Cell | None:
    """The cell of a row that names one of the form's tables; a unit's own "#a" stands beside no "%"."""
    if not any(c.kind is CellKind.TEXT and c.raw.strip() == WEIGHT_KEY for c in cells):
        return None
    named = (c for c in cells if c.kind is CellKind.TEXT and c.raw.startswith(MARKER) and _id(c) in tables)
    return next(named, None)


def _id(marker: Cell) -> str:
    return marker.raw.strip().removeprefix(MARKER)


def _block(table: Table, sheet: Sheet, marker: Cell, end: int) -> _Block:
    columns: dict[str, int] = {}
    weights = 0
    for (row, column), cell in sheet.cells.items():
        if row == marker.row and column != marker.column and cell.kind is CellKind.TEXT:
            if cell.raw.strip() == WEIGHT_KEY:
                weights = column
            else:
                columns.setdefault(cell.raw.strip(), column)
    rows = []
    last_key = ""
    for number, cells in sheet.rows():
        if not marker.row < number < end:
            continue
        key = sheet.cell(number, marker.column)
        if key is not None and key.kind is CellKind.TEXT and key.raw.strip():
            last_key = key.raw.strip()
            rows.append(_Row(last_key, number, _whole(sheet.cell(number, weights))))
        elif table.id.startswith(LIST) and last_key and any(c.column in columns.values() for c in cells):
            rows.append(_Row(f"{last_key}+{number}", number, 0, added=True))
    return _Block(table, sheet, columns, tuple(rows))


def _whole(cell: Cell | None) -> int:
    return int(cell.value) if cell is not None and isinstance(cell.value, Decimal) else 0


def _answers(block: _Block) -> Iterator[tuple[_Row, str, Key]]:
    closed = {r.key: r.closed for r in block.table.rows}
    for row in block.rows:
        if row.key not in closed and not row.added:
            continue
        for column in block.table.columns:
            if column.role is Role.LABEL or column.key not in block.columns:
                continue
            if column.key not in closed.get(row.key, frozenset()):
                yield row, column.key, key_of(row.key, column.key)


def _missing(tables: dict[str, Table], seen: dict[str, set[str]]) -> Iterator[tuple[Table, str]]:
    for name, table in tables.items():
        if not seen[name]:
            yield table, ""
            continue
        if name.startswith(LIST):
            continue
        for row in table.rows:
            if row.key and row.key not in seen[name]:
                yield table, row.key


def _add(total: int | None, cell: Cell | None, factor: int) -> int | None:
    """Add a cell as the form's own formula does: texts count 0, a date its number."""
    if total is None or cell is None:
        return total
    if cell.kind is CellKind.BLANK and not cell.has_cached:
        return None
    number = cell.serial if cell.kind is CellKind.DATE else cell.value
    if not isinstance(number, Decimal):
        return total
    return total + factor * int(number) if number == number.to_integral_value() else None
