"""Tables: width of each cell, whether lines are seen, what the header row and page breaks do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dvctt_report.nd30.page import TWIPS_PER_MM
from dvctt_report.word.cascade import Cascade
from dvctt_report.word.document import Table, TableCell
from dvctt_report.word.tree import W, child, children, is_on, number, span_of, value

_PADDING = 108
"""Twips that Word keeps free at each side of a cell unless told otherwise."""
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def read_table(
    element: Any, cascade: Cascade, position: int, section: int, room: float | None, nested: bool
) -> tuple[Table, list[tuple[TableCell, Any]]]:
    """Read a table and list its cells with their elements; ``room`` is the width around it in mm."""
    grid = [number(c.get(f"{W}w")) / TWIPS_PER_MM for c in element.findall(f"{W}tblGrid/{W}gridCol")]
    rows = [inner for inner in children(element) if inner.tag == f"{W}tr"]
    whole = _measure(child(element, "tblPr"), "tblW", room) or sum(grid) or None
    table = Table(
        number=position,
        element=element,
        style=cascade.table_style(element),
        n_rows=len(rows),
        width=whole,
        bordered=_is_bordered(element, rows, cascade),
        repeats_header=bool(rows) and _has(rows[0], "tblHeader"),
        splits_rows=any(not _has(row, "cantSplit") for row in rows),
        section=section,
        left=None if nested else _left(element, whole, room),
    )
    # What cells keep free at both sides together, in mm.
    sources = [child(element, "tblPr")]
    sources += [child(s, "tblPr") for s in reversed(cascade.style_elements(cascade.table_style(element)))]
    total = 0.0
    for names in (("left", "start"), ("right", "end")):
        found = _PADDING
        for properties in sources:
            margins = child(properties, "tblCellMar")
            told = next((value(margins, n, "w") for n in names if value(margins, n, "w") is not None), None)
            if told is not None:
                found = int(number(told))
                break
        total += found / TWIPS_PER_MM
    padding = total
    cells = [
        (
            TableCell(
                table,
                at,
                column,
                None if width is None else width - padding,
                None if left is None else left + padding / 2,
            ),
            content,
        )
        for at, row in enumerate(rows)
        for column, width, left, content in _cells(row, grid, room)
    ]
    return table, cells


def _left(element: Any, width: float | None, room: float | None) -> float | None:
    """How far a table's edge stands from the left margin in mm; None where it floats or nothing tells."""
    properties = child(element, "tblPr")
    if properties is None or child(properties, "tblpPr") is not None:
        return None
    match value(properties, "jc"):
        case "center":
            return None if width is None or room is None else (room - width) / 2
        case "right" | "end":
            return None if width is None or room is None else room - width
    return _measure(properties, "tblInd", room) or 0.0


def _cells(
    row: Any, grid: list[float], room: float | None
) -> Iterator[tuple[int, float | None, float | None, Any]]:
    """Column, width, left edge and element of each cell of a row."""
    column = int(number(value(child(row, "trPr"), "gridBefore")))
    left: float | None = sum(grid[:column])
    for cell in children(row):
        if cell.tag != f"{W}tc":
            continue
        properties = child(cell, "tcPr")
        span = span_of(value(properties, "gridSpan"))
        width = _measure(properties, "tcW", room)
        if not width:
            width = sum(grid[column : column + span]) or None
        yield column, width, left, cell
        left = None if left is None or width is None else left + width
        column += span


def _measure(properties: Any, name: str, room: float | None) -> float | None:
    """A width in mm from twips or fiftieths of a percent of ``room``; None for automatic."""
    told = child(properties, name)
    text, kind = (None, None) if told is None else (told.get(f"{W}w"), told.get(f"{W}type"))
    if text is None or kind in ("auto", "nil"):
        return None
    if kind == "pct" or text.endswith("%"):
        share = number(text.rstrip("%")) / (100 if text.endswith("%") else 5000)
        return None if room is None else share * room
    return number(text) / TWIPS_PER_MM


def _is_bordered(element: Any, rows: list[Any], cascade: Cascade) -> bool:
    """Whether any line of the table is seen: its own or its style's, unless every cell takes them away."""
    sources = [child(element, "tblPr")]
    sources += [child(s, "tblPr") for s in reversed(cascade.style_elements(cascade.table_style(element)))]
    lines = set()
    for edge in _EDGES:
        for properties in sources:
            borders = child(properties, "tblBorders")
            told = value(borders, edge)
            if told is not None:
                if told not in ("nil", "none"):
                    lines.add(edge)
                break
    cells = (cell for row in rows for cell in children(row) if cell.tag == f"{W}tc")
    has_own = next(element.iter(f"{W}tcBorders"), None) is not None
    own = [child(child(cell, "tcPr"), "tcBorders") if has_own else None for cell in cells]
    if any(
        borders is not None and any(e.get(f"{W}val") not in ("nil", "none", None) for e in borders)
        for borders in own
    ):
        return True
    return bool(lines) and not all(
        borders is not None
        and all(value(borders, edge) in ("nil", "none") for edge in ("top", "left", "bottom", "right"))
        for borders in own
    )


def _has(row: Any, name: str) -> bool:
    properties = child(row, "trPr")
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and is_on(found)


_LOOKS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200}
_LOOKS |= {"noVBand": 0x400}
"""The parts of a table that its style may set apart, as bits of w:tblLook."""


def conditions_of(cell: TableCell) -> tuple[str, ...]:
    """The kinds of rows and columns that a cell belongs to for its table's style, the weakest first.

    Source: ECMA-376 Part 1, 17.7.6 (conditional formatting), 17.4.55 (tblLook).
    """
    table = cell.table
    chosen = table.element.find(f"{W}tblPr/{W}tblLook")
    chosen = {} if chosen is None else chosen.attrib
    bits = int(chosen.get(f"{W}val", "0"), 16)
    on = {name for name, bit in _LOOKS.items() if chosen.get(f"{W}{name}", str(int(bool(bits & bit)))) in _ON}
    last_column = len(table.element.findall(f"{W}tblGrid/{W}gridCol")) - 1
    row, column = cell.row - ("firstRow" in on), cell.column - ("firstColumn" in on)
    kinds = (
        ("wholeTable", True),
        (f"band{column % 2 + 1}Vert", column >= 0 and "noVBand" not in on),
        (f"band{row % 2 + 1}Horz", row >= 0 and "noHBand" not in on),
        ("firstCol", cell.column == 0 and "firstColumn" in on),
        ("lastCol", cell.column == last_column and "lastColumn" in on),
        ("firstRow", cell.row == 0 and "firstRow" in on),
        ("lastRow", cell.row == table.n_rows - 1 and "lastRow" in on),
    )
    return tuple(name for name, applies in kinds if applies)


_ON = ("1", "true", "on")
