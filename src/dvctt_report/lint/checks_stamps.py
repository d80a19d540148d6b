"""Is a mark of urgency set as the decree says?"""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, look_faults
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece, columns_of
from dvctt_report.lint.settings import Settings
from dvctt_report.nd30.format import Component
from dvctt_report.nd30.wordxml import W
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.word.strokes import has_outline

PLACE = "Mức độ khẩn"
_URGENT = lazy_pattern(r"(?:[^\W\d_]+ ){0,2}(?:hoa toc|khan)(?: [^\W\d_]+){0,3}|hoa toc hen gio.*")
"""What means urgency, as people word it: "RẤT KHẨN", "HỎA TỐC NGAY"; a frame or a line of its own around."""
_RIGHT = lazy_pattern(r"hoả tốc|thượng khẩn|khẩn")
_WITH_TIME = lazy_pattern(r"hoả tốc hẹn giờ\b.*\d.*")
_LOOK = Component("urgency", PLACE, 13, (13, 14), "A1 III.2", bold=True, upper=True, align="center")


@check(
    "TT69",
    Severity.ERROR,
    "Dấu chỉ mức độ khẩn không đóng khung, sai kiểu hoặc sai lời",
    rationale="“HỎA TỐC”, “THƯỢNG KHẨN”, “KHẨN” in hoa, cỡ 13-14, đứng, đậm, đặt cân đối trong khung hình "
    "chữ nhật viền đơn.",
    source="Phụ lục I, mục III.2",
)
def urgency(paper: Paper, settings: Settings) -> Answers:
    """Report a mark of urgency without its frame, or of another look.

    Sai: HỎA TỐC gõ thành một dòng dưới trích yếu
    Đúng: **HỎA TỐC** trong khung viền đơn
    """
    marks = list(_marks(paper))
    if not marks:
        yield NotApplicable("văn bản không có dấu chỉ mức độ khẩn")
    for piece in marks:
        yield from look_faults(PLACE, (piece,), _LOOK, upper=True)
        words = piece.key.strip(" .():")
        if not _RIGHT.fullmatch(words) and not _WITH_TIME.fullmatch(words):
            right = "“HỎA TỐC”, “THƯỢNG KHẨN” hoặc “KHẨN”"
            yield Fault(PLACE, piece, f"“{piece.text}”", right, f"Ghi đúng một trong các mức {right}")
        if not _is_framed(piece):
            fix = "Chọn dòng này, vào Đường viền (Borders), chọn viền ngoài (Outside Borders)"
            yield Fault(PLACE, piece, "không đóng khung", "khung hình chữ nhật viền đơn", fix)


def _marks(paper: Paper) -> Iterator[Piece]:
    end = paper.body[0].paragraph.number if paper.body else 0
    for line in paper.pieces:
        if line.paragraph.number >= end and line.paragraph.box is None:
            return
        for piece in columns_of(line):
            if _URGENT.fullmatch(piece.plain.strip(" .():")) and (piece.is_upper or _is_framed(piece)):
                yield piece


def _is_framed(piece: Piece) -> bool:
    """Whether lines stand around it: its paragraph's, its letters', its cell's, or a text box."""
    paragraph = piece.paragraph
    if paragraph.box is not None and has_outline(paragraph.element):
        return True
    if paragraph.cell is not None and paragraph.cell.table.bordered:
        return True
    borders = paragraph.element.find(f"{W}pPr/{W}pBdr")
    if borders is not None and all(borders.find(f"{W}{side}") is not None for side in ("left", "right")):
        return True
    return any(span.element.find(f"{W}rPr/{W}bdr") is not None for span in piece.visible)
