"""The rows and columns of a sheet by their size: what is cut off in them, what lies under what is drawn."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise
from xml.etree.ElementTree import Element

from dvctt_report.files.cells import Cell, CellKind, Range, Sheet, TextBox
from dvctt_report.files.packages import read_tree
from dvctt_report.text.vietnamese import clean_text

LETTER = 5.25
"""Points of a letter of the standard font, in which Excel counts the width of columns."""
HEIGHT, WIDTH = 15.0, 48.0
"""Points of a row and a column whose size isn't stated."""
ROOMY = 12.0
"""Letters of a column in which every figure of a form has room."""
USUAL, LARGE = 11.0, 16.0
"""Points of the letters in which forms are filled in, and up to which they differ from them in nothing."""
_DIGIT = 0.85
"""Letters that a digit needs at least: three of them are "###" in a column of 2.5."""
_WRITTEN_OUT = 11
"""Digits beyond which Excel shows a number by its power of ten."""
_SEEN = 0.6
"""The share of a letter's height in which a digit is still told from others."""
FURTHEST = 2_000
"""Rows and columns up to which a drawing is followed."""


class Edges:
    """Where the rows, or the columns, of a sheet begin, in points from its upper left corner."""

    def __init__(self, sizes: Mapping[int, float], usual: float) -> None:
        self.starts = [0.0, *accumulate(sizes.get(n, usual) for n in range(1, FURTHEST))]

    def start(self, number: int) -> float:
        return self.starts[min(max(number, 1), len(self.starts)) - 1]

    def reach(self, start: float, end: float) -> tuple[int, int]:
        """The first and the last of which at least a third lies between the two; crossed where none does."""
        n_most = len(self.starts) - 1
        first = min(bisect_right(self.starts, start), n_most)
        last = min(max(bisect_left(self.starts, end), 1), n_most)
        edges = (self.starts[number - 1 : number + 1] for number in (first, last))
        hidden = [min(end, b) - max(start, a) < (b - a) / 3 for a, b in edges]
        return first + hidden[0], last - hidden[1]


def unshown(
    cells: Mapping[tuple[int, int], Cell],
    widths: Mapping[int, float],
    heights: Mapping[int, float],
    sizes: Mapping[tuple[int, int], float],
    without_zeros: bool,
) -> frozenset[tuple[int, int]]:
    """The figures that nobody can read whole ("####", letters too large for their cell), and unshown zeros.

    ``widths`` of columns in letters, ``heights`` of rows and ``sizes`` of large letters in points. Excel
    rounds decimals away, and writes a long number by its power of ten; a merge makes room for a figure.
    """
    places = []
    if without_zeros:
        places += [p for p, cell in cells.items() if cell.kind is CellKind.NUMBER and cell.value == 0]
    widths = {n: width for n, width in widths.items() if width < ROOMY}
    low = min(heights.values(), default=USUAL) < USUAL * _SEEN
    for place, cell in cells.items() if widths or sizes or low else ():
        row, column = place
        size = sizes.get(place, USUAL)
        is_low = heights.get(row, size) < size * _SEEN
        if (column in widths or size > USUAL or is_low) and not cell.merged and is_number(cell):
            whole = str(abs(int(cell.value))) if isinstance(cell.value, Decimal) else cell.raw.strip()
            is_kept = len(whole) <= _WRITTEN_OUT or cell.kind is CellKind.TEXT
            length = len(whole) * _DIGIT * size / USUAL if is_kept else 0
            if length and (is_low or length > widths.get(column, ROOMY)):
                places.append(place)
    return frozenset(places)


_EMU = 12_700
"""Units of a drawing in a point."""
_SHAPES = ("pic", "sp", "graphicFrame", "cxnSp")


def read_drawing(
    xml: bytes, part: str, rows: Edges, columns: Edges
) -> tuple[int, tuple[TextBox, ...], tuple[Range, ...]]:
    """What is drawn over a sheet: the number of pictures, the texts of boxes and shapes, the cells it hides.

    Raises PackageFault.
    """
    drawing = read_tree(xml, part)
    anchored = (
        node for node in (*drawing, *drawing.iterfind("AlternateContent/*/*")) if node.tag.endswith("Anchor")
    )
    corners: dict[Element, dict[str, int]] = {}  # the upper left corner of each text's anchor
    covered = []
    for anchor in anchored:
        start, end = (
            {} if corner is None else {edge.tag: _number(edge.text or "") for edge in corner}
            for corner in (anchor.find("from"), anchor.find("to"))
        )
        corners |= dict.fromkeys(anchor.iter("txBody"), start)
        clear = any(shape.find("spPr/noFill") is not None for shape in anchor.iter("sp"))
        if clear or all(node.tag not in _SHAPES for node in anchor.iter()):
            continue  # the cells are seen
        (top, left), (bottom, right) = (
            (
                rows.start(corner.get("row", 0) + 1) + corner.get("rowOff", 0) / _EMU,
                columns.start(corner.get("col", 0) + 1) + corner.get("colOff", 0) / _EMU,
            )
            for corner in (start, end)
        )
        if not end:
            size = anchor.find("ext")
            width, height = (_number(size.get(side, "")) if size is not None else 0 for side in ("cx", "cy"))
            bottom, right = top + height / _EMU, left + width / _EMU
        (first_row, last_row), (first, last) = rows.reach(top, bottom), columns.reach(left, right)
        if first_row <= last_row and first <= last:
            covered.append(Range(first_row, first, last_row, last))
    boxes: list[tuple[Element, list[str]]] = []
    for node in drawing.iter():
        if node.tag == "txBody":
            boxes.append((node, []))
        elif boxes and node.tag == "t":
            boxes[-1][1].append(node.text or "")
        elif boxes and boxes[-1][1] and node.tag in ("p", "br"):
            boxes[-1][1].append("\n")
    texts = [
        TextBox(text, *(max(corners.get(body, {}).get(name, 0), 0) + 1 for name in ("row", "col")))
        for body, runs in boxes
        if (text := "".join(runs).strip())
    ]
    return sum(1 for _ in drawing.iter("pic")), tuple(texts), tuple(covered)


def _number(text: str) -> int:
    text = text.strip()
    return int(text[:12]) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else 0


# -------------- A sheet as its reader sees it: texts by place, a merged text standing in every row it covers

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
