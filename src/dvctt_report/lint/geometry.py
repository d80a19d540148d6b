"""Where a line stands on paper: in the middle of its cell or box, and beside what stands in the other one."""

from __future__ import annotations

from collections.abc import Sequence

from dvctt_report.lint.check import Fault, Mend, format_mm, quote
from dvctt_report.lint.pages import height_of
from dvctt_report.lint.pieces import Piece
from dvctt_report.word.document import Document, Paragraph

_SEEN = 5.0
"""Millimetres off the middle that an eye sees; blanks typed by hand to centre a line miss by less."""
_BLANK = 1.1
"""Millimetres of a blank typed before a line, at size 13."""
_FILLED = 8.0
"""Where so little of the room is left, a line stands in the middle however it is set."""
_ROW = 7.0
"""Millimetres between two lines that stand in one row: more than a line and its space is another."""


def centring_fault(place: str, pieces: Sequence[Piece]) -> Fault | None:
    """The fault that lines in a cell or box don't stand in its middle; None: they do, or it can't be told."""
    off = [(piece, how) for piece in pieces if (how := _off_centre(piece))]
    if not off:
        return None
    wrong = {id(piece.paragraph): piece.paragraph for piece, _ in off}
    plain = all(p.shape.align != "center" and not p.shape.left and not p.shape.first for p in wrong.values())
    mends = tuple(Mend("align", p.element, "center") for p in wrong.values()) if plain else ()
    fix = "Chọn dòng này, canh giữa (Ctrl+E), bỏ thụt lề và dấu cách, Tab ở đầu dòng"
    return Fault(place, quote(off[0][0]), off[0][1], "canh giữa trong ô", fix, mends)


def _off_centre(piece: Piece) -> str:
    """How far a line stands off the middle, in words; "" where it doesn't or nothing tells."""
    paragraph = piece.paragraph
    room = paragraph.room
    if room is None or (paragraph.cell is None and paragraph.box is None) or _is_parted(paragraph):
        return ""
    width, shape = piece.width, paragraph.shape
    first = shape.first if piece.line == 0 else 0.0
    blanks = (len(piece.raw) - len(piece.raw.lstrip(" \u00a0"))) * _BLANK
    if room - width < _FILLED:
        return ""
    match shape.align:
        case "center":
            middle = (shape.left + first + blanks + room - shape.right) / 2
        case "right":
            middle = room - shape.right - width / 2
        case _:
            middle = shape.left + first + blanks + width / 2
    off = middle - room / 2
    if abs(off) <= _SEEN:
        return ""
    side = "trái" if off < 0 else "phải"
    return f"canh {side}" if shape.align != "center" else f"lệch {format_mm(abs(off))} sang {side}"


def _is_parted(paragraph: Paragraph) -> bool:
    """Whether tabs part a paragraph into columns, so that it is no one line in the middle."""
    return "\t" in paragraph.text or bool(paragraph.label)


def stands_left_of(one: Piece, other: Piece) -> bool:
    """Whether a line stands in a column to the left of another's, of the same table."""
    here, there = one.paragraph.cell, other.paragraph.cell
    if here is None or there is None or here.table is not there.table:
        return False
    return here.column < there.column


def lower_by(document: Document, one: Piece, other: Piece) -> float | None:
    """How many mm lower ``one`` stands than ``other`` in the same table; None where it is in none.

    0 where they stand in one row for the eye.
    """
    here, there = one.paragraph.cell, other.paragraph.cell
    if here is None or there is None or here.table is not there.table or here.column == there.column:
        return None
    apart = _top(document, one) - _top(document, other)
    return apart if abs(apart) > _ROW else 0.0


def _top(document: Document, piece: Piece) -> float:
    """How far below its table's first line a line stands: rows above it, then what its own cell holds."""
    cell = piece.paragraph.cell
    assert cell is not None
    heights: dict[int, dict[int, float]] = {}
    for paragraph in document.paragraphs:
        if paragraph.cell is not None and paragraph.cell.table is cell.table:
            above = paragraph.number < piece.paragraph.number
            if paragraph.cell.row < cell.row or (paragraph.cell is cell and above):
                row = heights.setdefault(paragraph.cell.row, {})
                row[paragraph.cell.column] = row.get(paragraph.cell.column, 0.0) + height_of(paragraph)
    n_lines = piece.paragraph.text.count("\n") + 1
    within = height_of(piece.paragraph) * piece.line / n_lines
    return sum(max(row.values()) for row in heights.values()) + within
