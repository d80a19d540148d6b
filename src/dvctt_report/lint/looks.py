"""How each part of the page has to look, one row a part, and the line that is drawn below some.

The rows say which part stands under which code; what is right of it comes from the table of the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from dvctt_report.lint.check import (
    Answers,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    centre_fault,
    describe,
    format_mm,
    look_faults,
)
from dvctt_report.lint.geometry import centring_fault, height_of, off_page_fault
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.nd30.format import MOTTO, RULES, STATE_NAME, component
from dvctt_report.nd30.kinds import Part
from dvctt_report.nd30.page import EMU_PER_MM, LINE_EM, POINTS_PER_MM
from dvctt_report.nd30.wordxml import W
from dvctt_report.vietnamese import first_letter_small
from dvctt_report.word.document import width_of
from dvctt_report.word.strokes import Stroke
from dvctt_report.word.tree import WP, number

Groups: TypeAlias = Iterable[Sequence[Piece | None]]


class Missing(NamedTuple):
    """What is said where a part isn't there: found, how to mend, expected ("" for the part's look)."""

    found: str
    fix: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One part: its code and place, the row of the format's table, and how it is found.

    ``middle`` is what it stands in the middle of, "cell" also meaning the column that ``under`` stands in
    where no table holds it. ``missing`` is None where another check tells; ``left_out`` names the part that
    some kinds of documents do without.
    """

    code: str
    place: str
    component: str
    find: Callable[[Paper], Groups]
    upper: bool | None = None
    middle: Literal["", "cell", "page"] = ""
    under: Callable[[Paper], Sequence[Piece | None]] = lambda paper: ()
    missing: Missing | None = None
    left_out: Part | None = None


_RIGHT_ABOVE = "Thêm dòng này ở phía trên, bên phải trang đầu"


def _right(paper: Paper) -> Sequence[Piece | None]:
    return paper.head.state, paper.head.motto


def _left(paper: Paper) -> Sequence[Piece | None]:
    return *paper.head.parent, *paper.head.issuer


LOOKS: tuple[Look, ...] = (
    Look(
        "TT12",
        "Quốc hiệu",
        "motto_state",
        lambda p: [(p.head.state,)],
        upper=True,
        middle="cell",
        under=_right,
        missing=Missing("không có", _RIGHT_ABOVE, f"“{STATE_NAME}”"),
    ),
    Look(
        "TT14",
        "Tiêu ngữ",
        "motto",
        lambda p: [(p.head.motto,)],
        middle="cell",
        under=_right,
        missing=Missing("không có", _RIGHT_ABOVE, f"“{MOTTO}”"),
    ),
    Look("TT16", "Tên cơ quan chủ quản", "parent", lambda p: [p.head.parent], middle="cell", under=_left),
    Look(
        "TT16",
        "Tên cơ quan ban hành",
        "issuer",
        lambda p: [p.head.issuer],
        middle="cell",
        under=_left,
        missing=Missing("không có", "Thêm tên cơ quan ở phía trên, bên trái trang đầu"),
    ),
    Look("TT25", "Số, ký hiệu", "number", lambda p: [(p.head.number,)], middle="cell", under=_left),
    Look(
        "TT26",
        "Địa danh, thời gian",
        "place_date",
        lambda p: [(p.head.place_date,)],
        middle="cell",
        under=_right,
        missing=Missing(
            "không có dòng địa danh, thời gian",
            "Thêm dòng này dưới Tiêu ngữ, cùng hàng với số, ký hiệu",
            "“…, ngày … tháng … năm …”",
        ),
        left_out="place_date",
    ),
    Look("TT31", "Tên loại văn bản", "kind", lambda p: [(p.title.kind,)], upper=True, middle="page"),
    Look("TT32", "Trích yếu", "subject", lambda p: [p.title.subject], upper=False, middle="page"),
    Look("TT34", "Trích yếu công văn", "about", lambda p: [p.head.matter], upper=False),
    Look(
        "TT51",
        "Chức vụ người ký",
        "authority",
        lambda p: [signer.authority for signer in p.signature.signers],
        middle="cell",
        missing=Missing(
            "không thấy quyền hạn, chức vụ người ký", "Thêm chức vụ người ký ở cuối văn bản, bên phải"
        ),
        left_out="signature",
    ),
    Look(
        "TT54",
        "Nơi nhận",
        "recipients_title",
        lambda p: [(p.signature.recipients_title,)],
        upper=False,
        missing=Missing("không có “Nơi nhận”", "Thêm “Nơi nhận:” ở cuối văn bản, bên trái", "“Nơi nhận:”"),
        left_out="recipients",
    ),
    Look("TT55", "Nơi nhận", "recipients", lambda p: [p.signature.recipients]),
)


def looks(paper: Paper, code: str) -> Answers:
    """Yield what is wrong with the look of the parts under a code, or that they are missing."""
    for row in LOOKS:
        if row.code != code:
            continue
        groups = [[p for p in group if p is not None] for group in row.find(paper)]
        if not any(groups):
            yield from _missing(paper, row)
        for pieces in filter(None, groups):
            yield from look_faults(row.place, pieces, component(row.component), upper=row.upper)
            under = [p for p in row.under(paper) or pieces if p is not None]
            if row.middle == "cell" and (off := centring_fault(row.place, pieces, under)):
                yield off
            if row.middle == "page" and any(p.paragraph.shape.align != "center" for p in pieces):
                yield centre_fault(row.place, pieces)
            elif row.middle == "page" and (pushed := off_page_fault(row.place, pieces)):
                yield pushed


def _missing(paper: Paper, row: Look) -> Answers:
    if row.missing is None:
        return
    if row.left_out in paper.not_missed:
        yield NotApplicable(f"không có {first_letter_small(row.place)}")
        return
    found, fix, expected = row.missing
    right = component(row.component)
    yield Fault(row.place, "", found, expected or describe(right, right.upper or row.upper), fix)


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
        yield Fault(place, pieces, "không có đường kẻ", want, fix, mends=mends)
    elif stroke.drawn in _WRONG:
        yield Fault(place, pieces, _WRONG[stroke.drawn], want, fix, mends=mends)
    elif _strikes(pieces[-1], stroke):
        found = "đường kẻ nằm đè lên chữ, vì dòng này xuống hàng"
        yield Fault(place, pieces, found, f"{want}, dưới dòng chữ cuối", fix, mends=mends)
    elif stroke.length is None:
        yield NotEvaluated("không biết độ dài của đường kẻ", place, pieces)
    elif not any(_fits(stroke.length / width, shares) for width in widths if width):
        share = round(stroke.length / widths[0] * 100)
        found = f"đường kẻ dài {format_mm(stroke.length)}, bằng {share}% dòng chữ"
        yield Fault(place, pieces, found, want, fix, mends=mends)


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
