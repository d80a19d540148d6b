"""How each part of the page has to look, one row a part, and where its lines stand on the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from dvctt_report.model.severity import Severity
from dvctt_report.text.vietnamese import first_letter_small
from dvctt_report.word.document import Document, Paragraph, Stroke, TableCell, width_of
from dvctt_report.word.lint.check import (
    Answers,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    centre_faults,
    describe,
    format_mm,
    look_faults,
    quote,
    span_mends,
    worded,
)
from dvctt_report.word.lint.parts import Paper, Piece, lines_of, part_of
from dvctt_report.word.lint.patterns import LISTS
from dvctt_report.word.nd30 import EMU_PER_MM, LINE_EM, PAGE, POINTS_PER_MM, RULES, Part, component
from dvctt_report.word.tree import WP, W, number

_LISTS = LISTS["looks"]
_SEEN = 5.0  # Millimetres off the middle that an eye sees; blanks typed by hand to centre a line miss by less
_SEEN_TYPED = 8.0
"""The same between two lines set by tabs and blanks, whose middles are reckoned from the letters' widths."""
_TAB = 12.7  # Millimetres between Word's own tab stops, half an inch
_BLANK = 1.1  # Millimetres of a blank typed before a line, at size 13
_FILLED = 8.0  # Where so little of the room is left, a line stands in the middle however it is set
_WIDTH = attrgetter("width")
_LOOSE = 12.0  # Points between two lines that belong together, beyond a single line, that an eye sees
_SURE = 0.8  # Estimates closer than this to one page decide nothing
_TOLERANCE = 0.10  # Lines are drawn by hand: a tenth more or less is not seen
_WRONG: dict[str, str] = _LISTS["wrong_lines"]
_SHARE = 0.42  # The share of the text that a line is drawn anew with, in the middle of what the decree allows
_BELOW = 1.2  # Millimetres between the letters and the line drawn below them
_FIX = "Xóa nét cũ, vẽ đường kẻ (Chèn, Hình dạng, Đường thẳng) dài {}, đặt giữa, ngay dưới dòng chữ"
_STRUCK = 0.25
"""The share of a line's height by which a line stands above its lower edge and is still below the letters."""
_CASES: dict[str, Callable[[str], str]] = {"issuer": str.upper, "motto": str.lower}


def centring_faults(place: str, pieces: Sequence[Piece], under: Sequence[Piece] = ()) -> Iterator[Fault]:
    """The fault that lines don't stand in the middle; none where it can't be told.

    The middle is that of their cell or box; where tabs or blanks part a line, that of the widest line of
    ``under``, which stands in the same column.
    """
    off = [(piece, how) for piece in pieces if (how := _off_middle(piece, under))]
    if not off:
        return
    first, how = off[0]
    if _is_typed(first):
        where = f"giữa, cùng cột với “{quote(max(under, key=_WIDTH), 40)}”"
        fix = "Đặt phần này vào ô của một bảng không kẻ khung rồi canh giữa (Ctrl+E)"
        yield Fault(place, first, how, where, fix, severity=Severity.WARNING)
        return
    wrong = {id(piece.paragraph): piece.paragraph for piece, _ in off}
    plain = all(p.shape.align != "center" and not p.shape.left and not p.shape.first for p in wrong.values())
    mends = tuple(Mend("align", p.element, "center") for p in wrong.values()) if plain else ()
    fix = "Chọn dòng này, canh giữa (Ctrl+E), bỏ thụt lề và dấu cách, Tab ở đầu dòng"
    yield Fault(place, first, how, "canh giữa trong ô", fix, mends)


def _is_typed(piece: Piece) -> bool:
    return piece.paragraph.cell is None and piece.paragraph.box is None


def _off_middle(piece: Piece, under: Sequence[Piece]) -> str:
    """How far a line is off the middle of its cell, box or column; "" where it isn't or nothing tells."""
    paragraph, shape, width = piece.paragraph, piece.paragraph.shape, piece.width
    room = paragraph.room
    if _is_typed(piece):  # set by tabs or blanks: its column is that of the widest line of ``under``
        typed = [other for other in under if _is_typed(other)]
        beside = (o for o in typed if o is not piece and (o.paragraph, o.line) == (paragraph, piece.line))
        widest = max(typed, key=_WIDTH, default=None) if not any(beside) else None
        here, there = extent(piece), extent(widest) if widest is not None else None
        off = (sum(here) - sum(there)) / 2 if here and there else 0.0
        return _lying(off) if abs(off) > _SEEN_TYPED else ""
    # Tabs part a paragraph into columns: it is no one line in the middle.
    if room is None or "\t" in paragraph.text or paragraph.label or room - width < _FILLED:
        return ""
    blanks = (len(piece.raw) - len(piece.raw.lstrip(" \u00a0"))) * _BLANK
    left = shape.left + blanks + (shape.first if piece.line == 0 else 0.0)
    ends = {"center": (left + room - shape.right) / 2, "right": room - shape.right - width / 2}
    off = ends.get(shape.align, left + width / 2) - room / 2
    if abs(off) <= _SEEN:
        return ""
    return _lying(off) if shape.align == "center" else f"canh {'trái' if off < 0 else 'phải'}"


def _lying(off: float) -> str:
    return f"lệch {format_mm(abs(off))} sang {'trái' if off < 0 else 'phải'}"


def gap_faults(place: str, above: Piece, below: Piece) -> Iterator[Fault]:
    """The fault that a line doesn't stand right below the one that it belongs to, a single line apart."""
    first, second = above.paragraph, below.paragraph
    line = second.shape.line - 1 if second.shape.rule == "auto" else 0.0
    gap = first.shape.after + second.shape.before + max(line, 0.0) * (below.size or 13.0) * LINE_EM
    together = first.cell is second.cell and first.box is second.box and second.number == first.number + 1
    if together and gap > _LOOSE:
        found = "cách dòng trên khoảng {points} pt"
        yield worded(place, below, found, (), Severity.WARNING, points=round(gap))


def extent(piece: Piece) -> tuple[float, float] | None:
    """Where a line begins and ends, in mm from the left of its paragraph's room; None: it can't be told."""
    shape, room = piece.paragraph.shape, piece.paragraph.room
    line = next((other for other in lines_of(piece.paragraph) if other.line == piece.line), piece)
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
        if n:  # where text of that width begins behind a tab
            stops = ((stop, kind) for stop, kind in shape.tabs if stop > x)
            stop, kind = next(stops, ((x // _TAB + 1) * _TAB, "left"))
            x = max(x, stop - width * {"center": 0.5, "right": 1.0, "end": 1.0}.get(kind, 0.0))
        if begin <= at + len(text):
            left = x + width_of(part_of(line.spans, at, begin))
            return left, left + piece.width
        x, at = x + width, at + len(text) + 1
    return None


def stands_left_of(one: Piece, other: Piece) -> bool:
    """Whether a line stands in a column to the left of another's, of the same table."""
    here, there = one.paragraph.cell, other.paragraph.cell
    return bool(here and there and here.table is there.table and here.column < there.column)


def height_above(document: Document, piece: Piece, cell: TableCell) -> float:
    """How far below its table's first line a line stands: rows above it, then what its own cell holds."""
    rows: dict[int, dict[int, float]] = {}
    for paragraph in document.paragraphs:
        around = paragraph.cell
        if around is None or around.table is not cell.table:
            continue
        if around.row < cell.row or (around is cell and paragraph.number < piece.paragraph.number):
            row = rows.setdefault(around.row, {})
            row[around.column] = row.get(around.column, 0.0) + height_of(paragraph)
    before = piece.paragraph.shape.before / POINTS_PER_MM
    share = piece.line / (piece.paragraph.text.count("\n") + 1)
    within = before + (height_of(piece.paragraph) - before) * share
    return sum(max(row.values()) for row in rows.values()) + within


def is_one_page_each(paper: Paper) -> bool | None:
    """Whether the text and each annex, which is numbered on its own, take one page; None: can't be told.

    A page that is the first of its part shows no number. Source: A1 I.7, III.1đ.
    """
    document = paper.document
    starts = sorted({0, *(a.label.paragraph.number for a in paper.annexes)})
    if document.n_pages is not None and document.n_pages > len(starts):
        return False
    room = PAGE.height - PAGE.top - PAGE.bottom
    new_page = [s.number for s in document.sections if not s.continuous]
    is_sure = True
    for first, end in pairwise((*starts, len(document.paragraphs))):
        whole = document.paragraphs[first:end]
        filled = [n for n, p in enumerate(whole) if p.text.strip() or p.has_picture or p.cell is not None]
        # Breaks before the first line and behind the last one part it from its neighbours.
        part = whole[filled[0] : filled[-1] + 1] if filled else ()
        if any(part[0].section < n <= part[-1].section for n in new_page if part):
            return False
        used = sum(height_of(p) / (2 if p.cell is not None else 1) for p in part)
        if any(p.breaks_page for p in part[1:]) or (document.n_pages != 1 and used > room / _SURE):
            return False
        is_sure = is_sure and (document.n_pages == 1 or used < room * _SURE)
    return True if is_sure else None


def height_of(paragraph: Paragraph) -> float:
    """About how high a paragraph is in mm."""
    shape = paragraph.shape
    room = max((paragraph.room or PAGE.text_width) - shape.left - shape.right, 10)
    size = max((s.face.size for s in paragraph.spans if s.text.strip()), default=13.0)
    lengths = (width_of(line.spans) for line in lines_of(paragraph))
    n_lines = max(sum(max(1, -(-int(w) // int(room))) for w in lengths), paragraph.text.count("\n") + 1)
    line = shape.line * size * LINE_EM if shape.rule == "auto" else shape.line
    return (n_lines * line + shape.before + shape.after) / POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class Look:
    """One part: its code and place, the row of the format's table, and where a ``Paper`` holds it.

    ``middle`` is what it stands in the middle of, "cell" also meaning the column that ``under`` stands in
    where no table holds it. ``missing`` is what is said where it lacks, "" where another check tells.
    ``left_out`` names the part that some kinds lack.
    """

    code: str
    place: str
    component: str
    held: str
    upper: bool | None = None
    middle: Literal["", "cell", "page"] = ""
    under: Sequence[str] = ()
    missing: str = ""
    left_out: Part | None = None


LOOKS = tuple(Look(**row) for row in _LISTS["rows"])


def pieces_in(paper: Paper, held: str) -> list[Sequence[Piece]]:
    """The lines of a part; of several who sign, those of each."""
    part = attrgetter(held)(paper)
    if held == "signature.signers":
        return [signer.authority for signer in part]
    return [(part,)] if isinstance(part, Piece) else [part] if part else []


def looks(paper: Paper, code: str) -> Answers:
    """Yield what is wrong with the look of the parts under a code, or that they are missing."""
    for row in LOOKS:
        if row.code != code:
            continue
        groups = pieces_in(paper, row.held)
        if not groups and row.missing and row.left_out in paper.not_missed:
            yield NotApplicable(f"không có {first_letter_small(row.place)}")
        elif not groups and row.missing:
            right = component(row.component)
            yield worded(row.place, "", row.missing, right=describe(right, right.upper or row.upper))
        for pieces in groups:
            yield from look_faults(row.place, pieces, component(row.component), upper=row.upper)
            under = [p for held in row.under for group in pieces_in(paper, held) for p in group] or pieces
            if row.middle == "cell":
                yield from centring_faults(row.place, pieces, under)
            elif row.middle == "page":
                yield from (off := [*centre_faults(row.place, pieces)])
                # Centred lines stand beside the middle where they are indented as running text is.
                for piece in pieces if not off else ():
                    shape, room = piece.paragraph.shape, piece.paragraph.room or 0.0
                    aside = (shape.left + (shape.first if piece.line == 0 else 0.0) - shape.right) / 2
                    if abs(aside) > _SEEN and room - piece.width >= _FILLED:
                        fix = "Chọn dòng này, vào Đoạn (Paragraph), đặt thụt lề và lùi dòng đầu bằng 0"
                        how, level = _lying(aside), Severity.WARNING
                        yield Fault(row.place, piece, how, "canh giữa trang", fix, severity=level)
                        break


def line_fault(
    place: str, pieces: Sequence[Piece], stroke: Stroke | None, under: str
) -> Iterator[Fault | NotEvaluated]:
    """Yield what is wrong with the line under ``pieces``, judged by the longest and by the last of them."""
    shares = next(rule.shares for rule in RULES if rule.under == under)
    whole = shares[0] > 0.9
    expected = "dài bằng dòng chữ" if whole else "dài 1/3-1/2 dòng chữ"
    judged = (max(pieces, key=_WIDTH), pieces[-1])
    widths = [_shown_width(p) for p in judged]
    if not whole:
        # A name over two lines may have the line of either, or of the two together.
        widths += [p.width for p in judged]
    # Letters of the wrong case, which another check tells, may have the line of the right ones.
    if under in _CASES:
        widths += [_shown_width(p, _CASES[under]) for p in judged]
    ends = [format_mm(round(share * widths[0])) for share in shares]
    length = f"khoảng {format_mm(round(widths[0]))}" if whole else f"{ends[0][:-3]}-{ends[1]}"
    want, fix = f"đường kẻ liền, {expected}", _FIX.format(length)
    mends = _drawn_anew(pieces, stroke, widths[0] * (1 if whole else _SHARE))
    least, most = shares[0] * (1 - _TOLERANCE), shares[1] * (1 + _TOLERANCE)
    if stroke is None:
        yield Fault(place, pieces, "không có đường kẻ", want, fix, mends)
    elif stroke.drawn in _WRONG:
        yield Fault(place, pieces, _WRONG[stroke.drawn], want, fix, mends)
    elif _strikes(pieces[-1], stroke):
        found = "đường kẻ nằm đè lên chữ, vì dòng này xuống hàng"
        yield Fault(place, pieces, found, f"{want}, dưới dòng chữ cuối", fix, mends)
    elif stroke.length is None:
        yield NotEvaluated("không biết độ dài của đường kẻ", place, pieces)
    elif not any(least <= stroke.length / width <= most for width in widths if width):
        share = round(stroke.length / widths[0] * 100)
        found = f"đường kẻ dài {format_mm(stroke.length)}, bằng {share}% dòng chữ"
        yield Fault(place, pieces, found, want, fix, mends)


def _strikes(piece: Piece, stroke: Stroke) -> bool:
    """Whether a line drawn for one line of letters goes through them, since they take two on paper."""
    paragraph, shape = piece.paragraph, piece.paragraph.shape
    if stroke.element is None or paragraph.room is None or piece.size is None:
        return False
    home = next(stroke.element.iterancestors(f"{W}p"), None)
    offset = next((o for v in stroke.element.iter(f"{WP}positionV") for o in v.iter(f"{WP}posOffset")), None)
    n_lines = -(-piece.width // (paragraph.room - shape.left - shape.right))
    if home is not paragraph.element or offset is None or n_lines < 2:
        return False
    height = shape.line * piece.size * LINE_EM if shape.rule == "auto" else shape.line
    return number(offset.text) / EMU_PER_MM < (n_lines - _STRUCK) * height / POINTS_PER_MM


def _drawn_anew(pieces: Sequence[Piece], stroke: Stroke | None, length: float) -> tuple[Mend, ...]:
    """The changes that take away the line there is and draw one so long below the last of the pieces."""
    # None where the text isn't in the middle, or where what is drawn can't be taken away.
    last = pieces[-1].paragraph
    if last.box is not None or last.shape.align != "center" or "\t" in last.text:
        return ()
    depth = height_of(last) - (last.shape.before + last.shape.after) / POINTS_PER_MM + _BELOW
    below = Mend("rule", last.element, (length, depth))
    if stroke is None:
        return (below,)
    if stroke.drawn == "underline":
        lined = (span for piece in pieces for span in piece.visible if span.face.underline)
        return *span_mends("underline", False, lined), below
    return () if stroke.element is None else (Mend("gone", stroke.element, None), below)


def _shown_width(piece: Piece, case: Callable[[str], str] | None = None) -> float:
    """How long the text stands on paper, or would in that case: a line that wraps is as long as its room."""
    shape, room = piece.paragraph.shape, piece.paragraph.room
    width = width_of(tuple(replace(s, text=case(s.text)) for s in piece.spans)) if case else piece.width
    return width if room is None else min(width, room - shape.left - shape.right)
