"""What people and programs do to a form between the desk that issues it and the desk that reads it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import openpyxl
from openpyxl.workbook import Workbook as Book

from dvctt_report.files.cells import Cell, CellKind, Range, Sheet, Workbook
from dvctt_report.forms.layout import META_SHEET

# ------------------------------------------------------------------------------------ as bytes


def opened(data: bytes) -> Book:
    """The file as openpyxl has it, formulas and all."""
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def copied_as_values(data: bytes, skip: int = 0, merges: bool = True) -> bytes:
    """Every visible sheet copied as values into a new workbook, without its first ``skip`` columns."""
    source = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    target = Book()
    target.remove(target.worksheets[0])
    for sheet in source.worksheets:
        if sheet.title == META_SHEET:
            continue
        copy = target.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.column > skip:
                    own = copy.cell(cell.row, cell.column - skip, cell.value)
                    own.number_format = cell.number_format
                    if own.data_type == "f":
                        own.data_type = "s"
        for area in sheet.merged_cells.ranges if merges else ():
            left, top, right, bottom = area.bounds
            copy.merge_cells(start_row=top, end_row=bottom, start_column=left - skip, end_column=right - skip)
    return saved(target)


# --------------------------------------------------------------------------------- as workbook


def on_forms(book: Workbook, change: Callable[[Sheet], Sheet]) -> Workbook:
    """Change every sheet but the hidden one of keys."""
    return replace(book, sheets=tuple(s if s.name == META_SHEET else change(s) for s in book.sheets))


def moved(sheet: Sheet, to: Callable[[int, int], tuple[int, int]]) -> Sheet:
    """Move every cell, and with them the merged ranges, notes and what is hidden."""
    areas = {
        a.ref: Range(*to(a.first_row, a.first_column), *to(a.last_row, a.last_column)) for a in sheet.merged
    }
    cells = {}
    for place, cell in sheet.cells.items():
        row, column = to(*place)
        merged = areas[cell.merged].ref if cell.merged in areas else ""
        cells[row, column] = cell._replace(row=row, column=column, merged=merged)
    return replace(
        sheet,
        cells=cells,
        merged=tuple(areas.values()),
        notes={to(*place): text for place, text in sheet.notes.items()},
        hidden_rows=frozenset(to(row, 1)[0] for row in sheet.hidden_rows),
        hidden_columns=frozenset(to(1, column)[1] for column in sheet.hidden_columns),
    )


def without_keys(book: Workbook) -> Workbook:
    """The hidden sheet, the two hidden columns and the hidden rows gone, as after copying what is seen."""

    def seen(sheet: Sheet) -> Sheet:
        markers = {row for (row, column), c in sheet.cells.items() if column == 1 and c.raw.startswith("#")}
        cells = {
            p: c._replace(hidden=False) for p, c in sheet.cells.items() if p[1] > 2 and p[0] not in markers
        }
        kept = replace(sheet, cells=cells, hidden_rows=frozenset(), hidden_columns=frozenset())
        shift = sorted(markers)
        return moved(kept, lambda r, c: (r - sum(m < r for m in shift), c - 2))

    return replace(book, sheets=tuple(seen(s) for s in book.sheets if s.name != META_SHEET))


def rows_inserted(sheet: Sheet) -> Sheet:
    """Two rows inserted above everything, and one above every fifth row."""
    return moved(sheet, lambda row, column: (row + 2 + row // 5, column))


def columns_inserted(sheet: Sheet) -> Sheet:
    return moved(sheet, lambda row, column: (row, column + 1 + column // 4))


def rows_exchanged(sheet: Sheet) -> Sheet:
    """Exchange keyed rows below the same marker, as one cuts and inserts them; merged labels come along."""
    keyed = sorted(row for row, column in sheet.cells if column == 1)
    markers = {r for r in keyed if str(sheet.cells[r, 1].value).startswith("#")}
    order = random.Random(7)
    to: dict[int, int] = {}
    block: list[int] = []
    for row in [*keyed, None]:
        if row is None or row in markers:
            to.update(zip(block, order.sample(block, len(block)), strict=True))
            block = []
        else:
            block.append(row)
    return moved(sheet, lambda row, column: (to.get(row, row), column))


def restyled(sheet: Sheet) -> Sheet:
    """Another font everywhere, numbers shown with decimals, every merge undone."""
    cells = {
        place: cell._replace(
            font="Arial",
            number_format="#,##0.00" if cell.kind is CellKind.NUMBER else cell.number_format,
            merged="",
        )
        for place, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells, merged=())


def renamed(book: Workbook) -> Workbook:
    names = iter(range(1, 100))
    return on_forms(book, lambda s: replace(s, name=f" {next(names)}) MỚI "))


def reordered(book: Workbook) -> Workbook:
    return replace(book, sheets=tuple(reversed(book.sheets)))


def put(sheet: Sheet, row: int, column: int, value: str | int) -> Sheet:
    """Write a value into a cell."""
    if isinstance(value, int):
        cell = Cell(row, column, CellKind.NUMBER, Decimal(value), str(value))
    else:
        cell = Cell(row, column, CellKind.TEXT, value, value)
    return replace(sheet, cells={**sheet.cells, (row, column): cell})


def with_sheet(book: Workbook, sheet: Sheet) -> Workbook:
    """The workbook with ``sheet`` in place of the one of its name, or behind all others."""
    if book.sheet(sheet.name) is None:
        return replace(book, sheets=(*book.sheets, sheet))
    return replace(book, sheets=tuple(sheet if s.name == sheet.name else s for s in book.sheets))


def find(book: Workbook, text: str, sheet: str = "") -> tuple[Sheet, int, int]:
    """The first cell whose text begins so."""
    for one in book.sheets:
        if sheet in ("", one.name):
            for place in sorted(one.cells):
                if one.cells[place].raw.startswith(text):
                    return one, *place
    raise LookupError(text)


def replaced(book: Workbook, old: str, new: str, sheet: str = "") -> Workbook:
    """Edit the first cell whose text begins with ``old``: that part becomes ``new``."""
    where, row, column = find(book, old, sheet)
    return with_sheet(book, put(where, row, column, where.cells[row, column].raw.replace(old, new, 1)))
