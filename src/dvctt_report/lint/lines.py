"""Judge the horizontal line under a part of the letterhead or under the subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dvctt_report.lint.check import Fault, Mend, NotEvaluated, format_mm
from dvctt_report.lint.pages import height_of
from dvctt_report.lint.pieces import Piece
from dvctt_report.nd30.format import RULES
from dvctt_report.nd30.page import EMU_PER_MM, LINE_EM, POINTS_PER_MM
from dvctt_report.nd30.wordxml import W
from dvctt_report.word.document import width_of
from dvctt_report.word.strokes import Stroke
from dvctt_report.word.tree import WP, number

_TOLERANCE = 0.10
"""Lines are drawn by hand: a tenth more or less is not seen."""
_WRONG = {
    "dashes": "dãy dấu gạch ngắn thay cho đường kẻ liền",
    "underline": "gạch chân chữ thay cho đường kẻ",
    "dotted": "đường kẻ nét đứt thay cho nét liền",
}
_SHARE = 0.42
"""The share of the text that a line is drawn anew with, in the middle of what the decree allows."""
_BELOW = 1.2
"""Millimetres between the letters and the line drawn below them."""
_FIX = "Xóa nét cũ, vẽ đường kẻ (Chèn, Hình dạng, Đường thẳng) dài {}, đặt giữa, ngay dưới dòng chữ"


def line_fault(
    place: str, pieces: Sequence[Piece], stroke: Stroke | None, under: str
) -> Iterator[Fault | NotEvaluated]:
    """Yield what is wrong with the line under ``pieces``, judged by the longest and by the last of them."""
    shares = next(rule.shares for rule in RULES if rule.under == under)
    whole = shares[0] > 0.9
    expected = "dài bằng dòng chữ" if whole else "dài 1/3-1/2 dòng chữ"
    judged = (max(pieces, key=lambda p: p.width), pieces[-1])
    widths = [_shown_width(p) for p in judged]
    if not whole:
        # A name over two lines may have the line of either, or of the two together.
        widths += [p.width for p in judged]
    # Letters of the wrong case, which another check tells, may have the line of the right ones.
    if under in _CASES:
        widths += [_shown_width(p, _CASES[under]) for p in judged]
    ends = (shares[0] * widths[0], shares[1] * widths[0])
    told = (
        f"khoảng {format_mm(round(widths[0]))}"
        if whole
        else f"{format_mm(round(ends[0]))[:-3]}-{format_mm(round(ends[1]))}"
    )
    want, fix = f"đường kẻ liền, {expected}", _FIX.format(told)
    mends = _drawn_anew(pieces, stroke, widths[0] * (1 if whole else _SHARE))
    if stroke is None:
        yield Fault(place, pieces, "không có đường kẻ", want, fix, with_consent=mends)
    elif stroke.drawn in _WRONG:
        yield Fault(place, pieces, _WRONG[stroke.drawn], want, fix, with_consent=mends)
    elif _strikes(pieces[-1], stroke):
        found = "đường kẻ nằm đè lên chữ, vì dòng này xuống hàng"
        yield Fault(place, pieces, found, f"{want}, dưới dòng chữ cuối", fix, with_consent=mends)
    elif stroke.length is None:
        yield NotEvaluated("không biết độ dài của đường kẻ", place, pieces)
    elif not any(_fits(stroke.length / width, shares) for width in widths if width):
        share = round(stroke.length / widths[0] * 100)
        found = f"đường kẻ dài {format_mm(stroke.length)}, bằng {share}% dòng chữ"
        yield Fault(place, pieces, found, want, fix, with_consent=mends)


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


_STRUCK = 0.25
"""The share of a line's height by which a line stands above its lower edge and is still below the letters."""


def _drawn_anew(pieces: Sequence[Piece], stroke: Stroke | None, length: float) -> tuple[Mend, ...]:
    """The changes that take away the line there is and draw one of that length below the last of the pieces.

    None where the text isn't in the middle of a cell or the page, or where what is drawn can't be taken away.
    """
    last = pieces[-1].paragraph
    if last.box is not None or last.shape.align != "center" or "\t" in last.text:
        return ()
    depth = height_of(last) - (last.shape.before + last.shape.after) / POINTS_PER_MM + _BELOW
    below = Mend("rule", last.element, (length, depth))
    if stroke is None:
        return (below,)
    if stroke.drawn == "underline":
        lined = (span for piece in pieces for span in piece.visible if span.face.underline)
        return *(Mend("underline", span.element, False) for span in lined), below
    return () if stroke.element is None else (Mend("gone", stroke.element, None), below)


def _fits(share: float, shares: tuple[float, float]) -> bool:
    return shares[0] * (1 - _TOLERANCE) <= share <= shares[1] * (1 + _TOLERANCE)


_CASES: dict[str, Callable[[str], str]] = {"issuer": str.upper, "motto": str.lower}


def _shown_width(piece: Piece, case: Callable[[str], str] | None = None) -> float:
    """How long the text stands on paper, or would in that case: a line that wraps is as long as its room."""
    shape, room = piece.paragraph.shape, piece.paragraph.room
    width = width_of(tuple(replace(s, text=case(s.text)) for s in piece.spans)) if case else piece.width
    return width if room is None else min(width, room - shape.left - shape.right)
