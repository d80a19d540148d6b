"""Tables: width of each cell, whether lines are seen, what the header row and page breaks do."""

from __future__ import annotations

from typing import Any

from dvctt_report.word.cascade import Cascade
from dvctt_report.word.document import Table, TableCell
from dvctt_report.word.nd30.page import TWIPS_PER_MM
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
    properties = child(element, "tblPr")
    style = cascade.style_of(properties, "table")
    sources = [properties, *(child(s, "tblPr") for s in reversed(cascade.style_elements(style)))]
    whole = _measure(properties, "tblW", room) or sum(grid) or None
    # What cells keep free at both sides together, in mm.
    padding = 0.0
    for names in (("left", "start"), ("right", "end")):
        margins = [(child(one, "tblCellMar"), name) for one in sources for name in names]
        told = (said for around, name in margins if (said := value(around, name, "w")) is not None)
        padding += int(number(next(told, None), _PADDING)) / TWIPS_PER_MM
    table = Table(
        number=position,
        element=element,
        style=style,
        n_rows=len(rows),
        width=whole,
        bordered=_is_bordered(element, rows, sources),
        repeats_header=bool(rows) and is_on(child(child(rows[0], "trPr"), "tblHeader")),
        splits_rows=any(not is_on(child(child(row, "trPr"), "cantSplit")) for row in rows),
        section=section,
        left=None if nested else _left(properties, whole, room),
    )
    cells: list[tuple[TableCell, Any]] = []
    for at, row in enumerate(rows):
        column = int(number(value(child(row, "trPr"), "gridBefore")))
        left: float | None = sum(grid[:column])
        for cell in (inner for inner in children(row) if inner.tag == f"{W}tc"):
            own = child(cell, "tcPr")
            span = span_of(value(own, "gridSpan"))
            width = _measure(own, "tcW", room) or sum(grid[column : column + span]) or None
            free = None if width is None else width - padding
            begin = None if left is None else left + padding / 2
            cells.append((TableCell(table, at, column, free, begin), cell))
            left = None if left is None or width is None else left + width
            column += span
    return table, cells


def _left(properties: Any, width: float | None, room: float | None) -> float | None:
    """How far a table's edge stands from the left margin in mm; None where it floats or nothing tells."""
    if properties is None or child(properties, "tblpPr") is not None:
        return None
    if share := {"center": 0.5, "right": 1.0, "end": 1.0}.get(value(properties, "jc") or ""):
        return None if width is None or room is None else (room - width) * share
    return _measure(properties, "tblInd", room) or 0.0


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


def _is_bordered(element: Any, rows: list[Any], sources: list[Any]) -> bool:
    """Whether any line of the table is seen: its own or its style's, unless every cell takes them away."""
    drawn = False
    for edge in _EDGES:
        told = (line for one in sources if (line := value(child(one, "tblBorders"), edge)) is not None)
        drawn = drawn or next(told, "nil") not in ("nil", "none")
    if next(element.iter(f"{W}tcBorders"), None) is None:
        return drawn
    cells = (cell for row in rows for cell in children(row) if cell.tag == f"{W}tc")
    own = [child(child(cell, "tcPr"), "tcBorders") for cell in cells]
    lines = (edge.get(f"{W}val") for borders in own if borders is not None for edge in borders)
    if any(line not in ("nil", "none", None) for line in lines):
        return True
    taken = (b is not None and all(value(b, edge) in ("nil", "none") for edge in _EDGES[:4]) for b in own)
    return drawn and not all(taken)
