"""Where lines stand on the paper, how high they are, and how many pages that makes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dvctt_report.lint.check import Fault, Mend, format_mm, quote
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece, lines_of, part_of
from dvctt_report.nd30.page import LINE_EM, PAGE, POINTS_PER_MM
from dvctt_report.severity import Severity
from dvctt_report.word.cascade import Shape
from dvctt_report.word.document import Document, Paragraph, width_of

_SEEN = 5.0
"""Millimetres off the middle that an eye sees; blanks typed by hand to centre a line miss by less."""
_SEEN_TYPED = 8.0
"""The same between two lines set by tabs and blanks, whose middles are reckoned from the letters' widths."""
_TAB = 12.7
"""Millimetres between Word's own tab stops, half an inch."""
_BLANK = 1.1
"""Millimetres of a blank typed before a line, at size 13."""
_FILLED = 8.0
"""Where so little of the room is left, a line stands in the middle however it is set."""
_ROW = 7.0
"""Millimetres between two lines that stand in one row: more than a line and its space is another."""


def centring_fault(place: str, pieces: Sequence[Piece], under: Sequence[Piece] = ()) -> Fault | None:
    """The fault that lines don't stand in the middle; None: they do, or it can't be told.

    The middle is that of their cell or box; where tabs or blanks part a line, that of the widest line of
    ``under``, which stands in the same column.
    """
    off = [(piece, how) for piece in pieces if (how := _off_centre(piece) or _off_column(piece, under))]
    if not off:
        return None
    first = off[0][0]
    if _is_typed(first):
        where = f"giữa, cùng cột với “{quote(_widest(under), 40)}”"
        fix = "Đặt phần này vào ô của một bảng không kẻ khung rồi canh giữa (Ctrl+E)"
        return Fault(place, first, off[0][1], where, fix, severity=Severity.WARNING)
    wrong = {id(piece.paragraph): piece.paragraph for piece, _ in off}
    plain = all(p.shape.align != "center" and not p.shape.left and not p.shape.first for p in wrong.values())
    mends = tuple(Mend("align", p.element, "center") for p in wrong.values()) if plain else ()
    fix = "Chọn dòng này, canh giữa (Ctrl+E), bỏ thụt lề và dấu cách, Tab ở đầu dòng"
    return Fault(place, first, off[0][1], "canh giữa trong ô", fix, mends)


def gap_fault(place: str, above: Piece, below: Piece) -> Fault | None:
    """The fault that a line doesn't stand right below the one that it belongs to, a single line apart."""
    first, second = above.paragraph, below.paragraph
    if first.cell is not second.cell or first.box is not second.box or first is second:
        return None
    size = below.size or 13.0
    line = second.shape.line - 1 if second.shape.rule == "auto" else 0.0
    gap = first.shape.after + second.shape.before + max(line, 0.0) * size * LINE_EM
    if gap <= _LOOSE or second.number - first.number != 1:
        return None
    fix = "Chọn hai dòng này, đặt khoảng cách trước, sau bằng 0 pt, cách dòng đơn (Single)"
    found = f"cách dòng trên khoảng {round(gap)} pt"
    return Fault(place, below, found, "ngay dưới, cách dòng đơn", fix, severity=Severity.WARNING)


_LOOSE = 12.0
"""Points between two lines that belong together, beyond a single line, that an eye sees."""


def off_page_fault(place: str, pieces: Sequence[Piece]) -> Fault | None:
    """The fault that centred lines stand beside the middle because they are indented as running text is."""
    for piece in pieces:
        shape, room = piece.paragraph.shape, piece.paragraph.room
        first = shape.first if piece.line == 0 else 0.0
        off = (shape.left + first - shape.right) / 2
        if (
            shape.align == "center"
            and abs(off) > _SEEN
            and room is not None
            and room - piece.width >= _FILLED
        ):
            side = "trái" if off < 0 else "phải"
            found = f"lệch {format_mm(abs(off))} sang {side}"
            fix = "Chọn dòng này, vào Đoạn (Paragraph), đặt thụt lề và lùi dòng đầu bằng 0"
            return Fault(place, piece, found, "canh giữa trang", fix, severity=Severity.WARNING)
    return None


def _is_typed(piece: Piece) -> bool:
    return piece.paragraph.cell is None and piece.paragraph.box is None


def _widest(pieces: Sequence[Piece]) -> Piece:
    return max(pieces, key=lambda piece: piece.width)


def _off_column(piece: Piece, under: Sequence[Piece]) -> str:
    """How far a line set by tabs or blanks stands off the middle of its column; "" where it doesn't."""
    typed = [other for other in under if _is_typed(other)]
    at = (piece.paragraph, piece.line)
    several = any(other is not piece and (other.paragraph, other.line) == at for other in typed)
    if not typed or several or not _is_typed(piece):
        return ""
    here, there = extent(piece), extent(_widest(typed))
    if here is None or there is None:
        return ""
    off = (sum(here) - sum(there)) / 2
    return (
        f"lệch {format_mm(abs(off))} sang {'trái' if off < 0 else 'phải'}" if abs(off) > _SEEN_TYPED else ""
    )


def extent(piece: Piece) -> tuple[float, float] | None:
    """Where a line begins and ends, in mm from the left of its paragraph's room; None: it can't be told."""
    shape, room = piece.paragraph.shape, piece.paragraph.room
    line = next((one for one in lines_of(piece.paragraph) if one.line == piece.line), piece)
    begin = piece.start + len(piece.raw) - len(piece.raw.lstrip())
    x = shape.left + (shape.first if piece.line == 0 else 0.0)
    if shape.align in ("center", "right"):
        if room is None or "\t" in line.raw:
            return None
        free = room - shape.right - x - line.width
        x += free / 2 if shape.align == "center" else free
        x -= width_of(part_of(line.spans, 0, len(line.raw) - len(line.raw.lstrip())))
    at = 0
    for n, text in enumerate(line.raw.split("\t")):
        width = width_of(part_of(line.spans, at, at + len(text)))
        x = _next_stop(shape, x, width) if n else x
        if begin <= at + len(text):
            left = x + width_of(part_of(line.spans, at, begin))
            return left, left + piece.width
        x, at = x + width, at + len(text) + 1
    return None


def _next_stop(shape: Shape, x: float, width: float) -> float:
    """Where text of that width begins behind a tab at ``x``."""
    at, kind = next(((at, kind) for at, kind in shape.tabs if at > x), ((x // _TAB + 1) * _TAB, "left"))
    return max(x, at - width * {"center": 0.5, "right": 1.0, "end": 1.0}.get(kind, 0.0))


def from_right_edge(document: Document, piece: Piece) -> float | None:
    """How near to the paper's right edge a line ends, in mm; None where that can't be told."""
    paragraph, found = piece.paragraph, extent(piece)
    cell = paragraph.cell
    if found is None or paragraph.box is not None or not document.sections:
        return None
    sheet = document.sections[min(paragraph.section, len(document.sections) - 1)]
    if cell is None:
        return sheet.width - sheet.left - sheet.gutter - found[1]
    if cell.left is None or cell.table.left is None:
        return None
    return sheet.width - sheet.left - sheet.gutter - cell.table.left - cell.left - found[1]


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
    before = piece.paragraph.shape.before / POINTS_PER_MM
    within = before + (height_of(piece.paragraph) - before) * piece.line / n_lines
    return sum(max(row.values()) for row in heights.values()) + within


_SURE = 0.8
"""Estimates closer than this to one page decide nothing."""


def is_one_page_each(paper: Paper) -> bool | None:
    """Whether the text and each annex, which is numbered on its own, take one page; None: can't be told.

    A page that is the first of its part shows no number. Source: A1 I.7, III.1đ.
    """
    document = paper.document
    starts = sorted({0, *(a.label.paragraph.number for a in paper.annexes)})
    if document.n_pages is not None and document.n_pages > len(starts):
        return False
    parts = [
        _is_one_page(document, document.paragraphs[first:end])
        for first, end in pairwise((*starts, len(document.paragraphs)))
    ]
    return False if False in parts else None if None in parts else True


def _is_one_page(document: Document, paragraphs: tuple[Paragraph, ...]) -> bool | None:
    filled = [at for at, p in enumerate(paragraphs) if p.text.strip() or p.has_picture or p.cell is not None]
    if not filled:
        return True
    # Breaks before the first line and behind the last one part it from its neighbours.
    part = paragraphs[filled[0] : filled[-1] + 1]
    new_page = (s.number for s in document.sections if not s.continuous)
    if any(part[0].section < number <= part[-1].section for number in new_page) or any(
        p.breaks_page for p in part[1:]
    ):
        return False
    height = PAGE.height - PAGE.top - PAGE.bottom
    used = sum(height_of(p) / (2 if p.cell is not None else 1) for p in part)
    if document.n_pages == 1 or used < height * _SURE:
        return True
    return False if used > height / _SURE else None


def height_of(paragraph: Paragraph) -> float:
    """About how high a paragraph is in mm."""
    shape = paragraph.shape
    room = max((paragraph.room or PAGE.text_width) - shape.left - shape.right, 10)
    size = max((s.face.size for s in paragraph.spans if s.text.strip()), default=13.0)
    lengths = (width_of(line.spans) for line in lines_of(paragraph))
    n_lines = max(sum(max(1, -(-int(w) // int(room))) for w in lengths), paragraph.text.count("\n") + 1)
    line = shape.line * size * LINE_EM if shape.rule == "auto" else shape.line
    return (n_lines * line + shape.before + shape.after) / POINTS_PER_MM
