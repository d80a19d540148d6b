"""A sheet as its reader sees it: texts by place, a merged text standing in every row it covers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dvctt_report.files.cells import Cell, CellKind, Range, Sheet
from dvctt_report.text.vietnamese import clean_text

_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?|\(?\d{1,2}\)?\s*=.*")
_TOTAL = re.compile(r"(?i)\s*(?:tổng(?:\s+(?:cộng|số|chung))?|cộng)\s*(?:[:.(].*)?")


@dataclass(frozen=True)
class SheetTexts:
    """The texts of a sheet by row and column; ``numbers`` lists the rows that hold something."""

    sheet: Sheet
    texts: dict[int, dict[int, str]]
    numbers: tuple[int, ...]

    def text(self, row: int, column: int) -> str:
        """What is printed there, "" for nothing."""
        return self.texts.get(row, {}).get(column, "")

    def rows(self, first: int, last: int) -> Iterator[int]:
        """The rows that hold something, from ``first`` to ``last``, both included."""
        return iter(self.numbers[bisect_left(self.numbers, first) : bisect_right(self.numbers, last)])


def page_of(sheet: Sheet) -> SheetTexts:
    """Lay out the texts of a sheet; what a merge hides is none."""
    texts: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        shown = clean_text(cell.raw)
        if shown and not cell.is_covered:
            texts.setdefault(row, {})[column] = shown
    page = SheetTexts(sheet, texts, tuple(sorted({row for row, _ in sheet.cells})))
    for area in sheet.merged:
        shown = page.text(area.first_row, area.first_column)
        for row in page.rows(area.first_row + 1, area.last_row) if shown else ():
            texts.setdefault(row, {}).setdefault(area.first_column, shown)
    return page


def merged_at(sheet: Sheet, row: int, column: int) -> Range | None:
    """The merged range a place is part of; None where it is part of none."""
    return next((area for area in sheet.merged if area.holds(row, column)), None)


def is_column_numbers(cells: tuple[Cell, ...]) -> bool:
    """Whether a row only numbers its columns: "(1) (2) (3)", "A 1 2 3=2:1", "1 2 3"."""
    said = [cell.raw.strip() for cell in cells]
    if len(said) < 3 or not all(_COLUMN_NUMBER.fullmatch(text) for text in said):
        return False
    heads = [re.match(r"\(?(\d{1,2})", text) for text in said]
    numbers = [int(head[1]) for head in heads if head]
    return len(numbers) >= 2 and all(b == a + 1 for a, b in pairwise(numbers))


def is_total(text: str) -> bool:
    """Whether a row's label says that the row adds up others: "Tổng cộng", "Cộng"."""
    return bool(_TOTAL.fullmatch(text))


def is_number(cell: Cell | None) -> bool:
    """Whether a cell shows a figure, as a number or typed as text."""
    if cell is None:
        return False
    return cell.kind is CellKind.NUMBER or (
        cell.kind is CellKind.TEXT and bool(re.fullmatch(r"\s*\d[\d.,\s]*", cell.raw))
    )
