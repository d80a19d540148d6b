"""A workbook as it arrived: every fact of every cell that says something, whatever format it came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import product
from typing import Final, Literal, NamedTuple, TypeAlias

from dvctt_report.text.grouping import by_key
from dvctt_report.text.limits import MAX_MERGED, MAX_RUNS
from dvctt_report.text.vietnamese import format_count, one_line


@dataclass(eq=False)
class Unreadable(Exception):
    """A file that cannot be read: why, and what its sender or the officer can do; both in Vietnamese."""

    reason: str
    fix: str


def too_large(what: str) -> Unreadable:
    """The refusal of a file that is beyond a limit: ``what`` is counted, and how much of it there is."""
    return Unreadable(
        f"Tệp lớn bất thường ({what}), không mở để bảo đảm an toàn",
        "Đề nghị đơn vị chép số liệu sang biểu mẫu đã cấp rồi gửi lại.",
    )


def joined(runs: Sequence[str]) -> str:
    """The text that runs of letters make. Raises Unreadable where there are too many."""
    if len(runs) > MAX_RUNS:
        raise too_large(f"ô hoặc ghi chú có trên {format_count(MAX_RUNS)} đoạn chữ định dạng riêng")
    return "".join(runs)


class CellKind(StrEnum):
    """What Excel holds in a cell. BLANK: a formula that shows nothing or has never been calculated."""

    NUMBER = "number"
    TEXT = "text"
    BOOL = "bool"
    ERROR = "error"
    DATE = "date"
    BLANK = "blank"


CellValue: TypeAlias = Decimal | str | bool | date | None
Mark: TypeAlias = Literal["", "struck", "raised", "faint", "varies", "repeated"]

UNSEEN: Final = "?"
"""Stands for the text of a formula that the file doesn't give."""


class Cell(NamedTuple):
    """One cell. A named tuple, since a return has thousands and a frozen dataclass costs five times as much.

    ``row`` and ``column`` count from 1. ``value``: Decimal (NUMBER), str (TEXT, and the error's name for
    ERROR), bool, date or datetime (DATE), None (BLANK). ``raw`` is the content as its author saw it, as
    well as can be told. ``formula`` is its text without "=" ("" where there is none; a member of a shared
    formula carries the text of the first cell), ``has_cached`` whether its result was stored with it.
    ``serial`` is the number behind a date. ``merged`` is the range the cell is part of ("B2:C3").
    ``hidden``: its row or column is hidden, by hand, by a filter or by its size. ``mark``: "struck" where the
    content or a part of it is struck out, "raised" where it is set as superscript or subscript, "faint" where
    its letters have the colour of their ground or are specks, "varies" where a conditional format may make
    it show as something else, "repeated" where its alignment repeats it or pushes it out of the cell.
    """

    row: int
    column: int
    kind: CellKind
    value: CellValue
    raw: str
    formula: str = ""
    has_cached: bool = True
    number_format: str = "General"
    font: str = ""
    serial: Decimal | None = None
    merged: str = ""
    hidden: bool = False
    note: str = ""
    mark: Mark = ""

    @property
    def address(self) -> str:
        """The address as Excel shows it: "G14"."""
        return address(self.row, self.column)

    @property
    def is_covered(self) -> bool:
        """Whether a merge hides it: the cell is no first one of its range."""
        return bool(self.merged) and not self.merged.startswith(f"{self.address}:")

    @property
    def is_withdrawn(self) -> bool:
        """Whether its content is struck out, or not seen."""
        return self.mark in ("struck", "faint", "varies", "repeated")


class Range(NamedTuple):
    """A rectangle of cells, both ends included, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def ref(self) -> str:
        """The range as Excel shows it: "B2:C3"."""
        return f"{address(self.first_row, self.first_column)}:{address(self.last_row, self.last_column)}"

    def holds(self, row: int, column: int) -> bool:
        """Whether the place lies in it."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


def mark_merged(cells: dict[tuple[int, int], Cell], merged: Sequence[Range]) -> None:
    """Let every cell say of which merged range it is part. Raises Unreadable where there are too many."""
    for area, places in zip(merged, places_in(cells, merged, "ô gộp"), strict=True):
        ref = area.ref
        for place in places:
            cells[place] = cells[place]._replace(merged=ref)


def places_in(
    cells: Mapping[tuple[int, int], Cell], areas: Sequence[Range], what: str
) -> Iterator[list[tuple[int, int]]]:
    """The cells that stand in each of the ranges. Raises Unreadable where too many are in ``what``."""
    n_looked_at = 0
    for area in areas:
        size = (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
        n_looked_at += min(size, len(cells))
        if n_looked_at > MAX_MERGED:
            raise too_large(f"{what} quá {format_count(MAX_MERGED)} ô")
        if size > len(cells):
            yield [place for place in cells if area.holds(*place)]
        else:
            rows, columns = (
                range(area.first_row, area.last_row + 1),
                range(area.first_column, area.last_column + 1),
            )
            yield [place for place in product(rows, columns) if place in cells]


LOWEST_ROW: Final = 3.0
"""Points up to which a row shows nothing of its letters; the lowest that Excel keeps is 0.75."""
NARROWEST_COLUMN: Final = 0.5
"""Letters of the standard font up to which a column shows nothing of a figure."""

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
"""The last row and column of a sheet of Excel."""

SheetState: TypeAlias = Literal["visible", "hidden", "very_hidden"]


class TextBox(NamedTuple):
    """The text of a box or a shape, and the cell under its upper left corner, where that is known."""

    text: str
    row: int = 1
    column: int = 1


@dataclass(frozen=True)
class Sheet:
    """A sheet: only the cells that hold something, by (row, column).

    ``hidden_rows`` names the hidden rows that hold something, ``notes`` also those of empty cells.
    ``filtered``: the sheet has an automatic filter. ``n_pictures``, ``text_boxes``, ``covered``: what lies
    over the cells, the texts in their order, the cells that it hides (.xls: not seen). ``margins``: what is
    printed at the head and foot of its pages. ``hints``: what a cell shows to whoever chooses it
    (.xlsx alone). ``unshown``: the places of figures that Excel shows as "####", cut off or not at all.
    """

    name: str
    state: SheetState
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    filtered: bool = False
    n_pictures: int = 0
    text_boxes: tuple[TextBox, ...] = ()
    covered: tuple[Range, ...] = ()
    margins: tuple[str, ...] = ()
    hints: tuple[tuple[Range, str], ...] = ()
    unshown: frozenset[tuple[int, int]] = frozenset()

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at that place; None where it is empty."""
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What is written at that place, on one line; "" where it is empty."""
        cell = self.cell(row, column)
        return one_line(cell.raw) if cell is not None else ""

    def keys(self, n_rows: int) -> dict[str, str]:
        """What a hidden sheet says in its first rows: by the name in the first column the second's text."""
        pairs = ((self.cell(row, 1), self.cell(row, 2)) for row in range(1, n_rows + 1))
        return {name.raw.strip(): value.raw.strip() for name, value in pairs if name and value}

    def rows(self) -> Iterable[tuple[int, tuple[Cell, ...]]]:
        """The rows that hold something, downwards, each with its cells from left to right."""
        return self.by_row.items()

    @cached_property
    def by_row(self) -> Mapping[int, tuple[Cell, ...]]:
        """The cells of each row that holds something, in their order."""
        rows = by_key((row, self.cells[row, column]) for row, column in sorted(self.cells))
        return {number: tuple(cells) for number, cells in rows.items()}


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook: its sheets in their order.

    ``has_macros``: it carries code, which is never run. ``by_hand``: it is calculated only when asked to.
    """

    sheets: tuple[Sheet, ...]
    date1904: bool = False
    has_macros: bool = False
    by_hand: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that very name; None where there is none."""
        return next((s for s in self.sheets if s.name == name), None)


_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def address(row: int, column: int) -> str:
    """Write a place as Excel shows it: (14, 7) → "G14"."""
    return f"{column_letters(column)}{row}"


def parse_address(ref: str) -> tuple[int, int] | None:
    """Read an address ("G14", "$G$14") as (row, column); None where it is none."""
    match = _REF.fullmatch(ref)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row else None


def parse_range(ref: str) -> Range | None:
    """Read "B2:C3", or a single address, as a range; None where it is none."""
    first, _, last = ref.partition(":")
    start, end = parse_address(first), parse_address(last or first)
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = (sorted(pair) for pair in zip(start, end, strict=True))
    return Range(top, left, bottom, right)


def column_letters(column: int) -> str:
    """What Excel calls a column, counted from 1: 7 is "G"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
