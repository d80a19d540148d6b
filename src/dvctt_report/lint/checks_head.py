"""Is the letterhead right? State name, motto, agencies, the lines under them, and a mark of urgency."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

from dvctt_report.lint.check import (
    TO_CAPITALS,
    Answers,
    Block,
    Fault,
    NotApplicable,
    NotEvaluated,
    caps_mends,
    check,
    format_mm,
    look_faults,
)
from dvctt_report.lint.heads import is_joint
from dvctt_report.lint.looks import (
    centring_fault,
    from_right_edge,
    gap_fault,
    line_fault,
    looks,
    stands_left_of,
)
from dvctt_report.lint.parts import Paper, Piece, columns_of
from dvctt_report.lint.settings import Settings
from dvctt_report.nd30.format import MOTTO, STATE_NAME, Component
from dvctt_report.nd30.kinds import WRITTEN_OUT
from dvctt_report.nd30.page import PAGE
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import key
from dvctt_report.word.strokes import has_outline
from dvctt_report.word.tree import W

STATE, MOTTO_PLACE, PARENT, ISSUER = "Quốc hiệu", "Tiêu ngữ", "Tên cơ quan chủ quản", "Tên cơ quan ban hành"
_DEPARTMENT = lazy_pattern(r"so (?!giao dich)")
_NEAR_EDGE = 3.0
"""Millimetres that letters may stand nearer to the edge; grids of 65 and 107 mm are wider than the text."""
_ROUNDING = 0.5
"""Millimetres that printers and grids differ by."""


@check("TT12", Severity.ERROR, Block.HEAD, mends="một phần", texts=True)
def state_name(paper: Paper, settings: Settings) -> Answers:
    """Quốc hiệu thiếu, sai chữ hoặc sai kiểu.

    Sai: Cộng hòa xã hội chủ nghĩa Việt Nam (chữ thường, cỡ 14)
    Đúng: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM (cỡ 12-13, đứng, đậm)
    Căn cứ: Phụ lục I, mục II.1a
    """
    piece = paper.head.state
    if piece and key(piece.text) != key(STATE_NAME) and not paper.head.state_is_broken:
        yield Fault(STATE, piece, f"“{piece.text}”", f"“{STATE_NAME}”", "Gõ lại dòng này cho đúng")
        return
    yield from looks(paper, "TT12")
    if piece and any(stands_left_of(piece, name) for name in paper.head.issuer):
        fix = "Đổi chỗ hai cột: tên cơ quan bên trái, Quốc hiệu, Tiêu ngữ bên phải"
        yield Fault(STATE, piece, "đứng bên trái tên cơ quan", "phía trên, bên phải trang đầu", fix)


@check("TT13", Severity.WARNING, Block.HEAD, needs="head.state")
def state_name_wraps(paper: Paper, settings: Settings) -> Answers:
    """Quốc hiệu bị ngắt thành hai dòng, hoặc lấn ra lề phải.

    Sai: Quốc hiệu cỡ 13 trong cột rộng 85 mm; Quốc hiệu cách mép phải tờ giấy 5 mm
    Đúng: cột Quốc hiệu rộng ít nhất 100 mm, hoặc Quốc hiệu cỡ 12
    Căn cứ: Phụ lục III, Mẫu 1.4 (Quốc hiệu trên một dòng); Phụ lục I, mục I.3; độ rộng phông chữ
    """
    piece = paper.head.state
    assert piece
    paragraph = piece.paragraph
    fix = "Kéo rộng cột Quốc hiệu (khoảng 100 mm), hoặc dùng cỡ 12"
    if paper.head.state_is_broken:
        yield Fault(STATE, piece, "Quốc hiệu ngắt thành hai dòng", "một dòng", fix)
    elif paragraph.room is None:
        yield NotEvaluated("không biết độ rộng của ô chứa Quốc hiệu", STATE, piece.text)
    elif paragraph.cell is None and paragraph.box is None:
        yield NotEvaluated("Quốc hiệu không nằm trong ô của bảng", STATE, piece.text)
    else:
        room = paragraph.room - paragraph.shape.left - paragraph.shape.right
        if piece.width > room + _ROUNDING:
            found = f"Quốc hiệu dài {format_mm(piece.width)}, ô chỉ rộng {format_mm(room)}"
            yield Fault(STATE, piece, found, "Quốc hiệu nằm trên một dòng", fix)
        elif not centring_fault(STATE, (piece,)):
            # The state name, the widest line of a letterhead, where it stands in the right margin.
            left, low = from_right_edge(paper.document, piece), PAGE.right_range[0]
            if left is not None and left < low - _NEAR_EDGE:
                fix = "Chọn bảng phần đầu, thu hẹp cột trái hoặc canh bảng giữa trang (Table Properties)"
                found, right = f"cách mép phải tờ giấy {format_mm(left)}", f"ít nhất {format_mm(low)}"
                yield Fault(STATE, piece, found, right, fix)


@check("TT14", Severity.ERROR, Block.HEAD, mends="một phần", texts=True)
def motto(paper: Paper, settings: Settings) -> Answers:
    """Tiêu ngữ thiếu, sai chữ, sai dấu nối hoặc sai kiểu.

    Sai: Độc lập – Tự do – Hạnh phúc (gạch dài); Độc lập-Tự do-Hạnh phúc
    Đúng: Độc lập - Tự do - Hạnh phúc (cỡ 13-14, đứng, đậm)
    Căn cứ: Phụ lục I, mục II.1b
    """
    piece = paper.head.motto
    if piece and unicodedata.normalize("NFC", piece.text) != MOTTO:
        text = piece.text
        found = f"“{text}”" + (" (dùng gạch dài)" if "–" in text or "—" in text else "")
        fix = "Gõ lại dòng này, dùng gạch nối ngắn có cách chữ"
        yield Fault(MOTTO_PLACE, piece, found, f"“{MOTTO}”", fix)
    yield from looks(paper, "TT14")
    if piece and paper.head.state and (loose := gap_fault(MOTTO_PLACE, paper.head.state, piece)):
        yield loose


@check("TT15", Severity.ERROR, Block.HEAD, mends="một phần", needs="head.motto")
def motto_line(paper: Paper, settings: Settings) -> Answers:
    """Đường kẻ dưới Tiêu ngữ thiếu hoặc sai.

    Sai: Tiêu ngữ gạch chân (Ctrl+U); đường kẻ 30 mm dưới Tiêu ngữ dài 60 mm
    Đúng: đường kẻ liền dài bằng dòng Tiêu ngữ
    Căn cứ: Phụ lục I, mục II.1b
    """
    piece = paper.head.motto
    assert piece
    yield from line_fault(MOTTO_PLACE, (piece,), paper.head.motto_line, "motto")


_NAMELESS = lazy_pattern(
    r"^(?:UBND|ỦY BAN NHÂN DÂN) (?!(?:TỈNH|THÀNH PHỐ|TP|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN|THỊ|CẤP)\b)"
    r"[^\W\d_]{2,}.*"
)
"""A committee whose name lacks what its place is: "UBND PHÚ THỌ"."""


@check("TT16", Severity.ERROR, Block.HEAD, mends="một phần")
def agency_look(paper: Paper, settings: Settings) -> Answers:
    """Tên cơ quan sai cỡ chữ, sai đậm nhạt, viết tắt hoặc thiếu.

    Sai: **UBND TỈNH A** (đậm) trên **SỞ B** (đậm); **UBND XÃ C** ban hành
    Đúng: UBND TỈNH A (không đậm) trên **SỞ B** (đậm); **ỦY BAN NHÂN DÂN XÃ C**
    Căn cứ: Phụ lục I, mục II.2a, II.2b
    """
    head = paper.head
    first = head.issuer[0] if head.issuer else None
    if first and (short := re.match(r"UBND|HĐND", first.text)):
        right = WRITTEN_OUT[short[0]]
        what = f"“{short[0]}” viết tắt trong tên cơ quan ban hành"
        yield Fault(ISSUER, first, what, f"“{right}”", f"Ghi đủ “{right} …”")
    elif first and _DEPARTMENT.match(first.plain) and not head.parent and not is_joint(head.issuer):
        right = "“UBND TỈNH …” (hoặc thành phố) trên tên sở, không đậm"
        yield Fault(PARENT, first, "không có tên cơ quan chủ quản", right, "Thêm dòng này, không đậm")
    if head.parent and [p.key for p in head.parent] == [p.key for p in head.issuer]:
        fix = "Ghi cơ quan cấp trên trực tiếp, hoặc bỏ một dòng"
        yield Fault(PARENT, head.parent, "trùng tên cơ quan ban hành", "tên cơ quan chủ quản", fix)
    for place, lines in ((PARENT, head.parent), (ISSUER, head.issuer)):
        if nameless := _NAMELESS.search(" ".join(line.text for line in lines)):
            found, right = f"“{nameless[0]}” thiếu tỉnh, xã …", "“UBND TỈNH …”, “ỦY BAN NHÂN DÂN XÃ …”"
            yield Fault(place, lines, found, right, "Ghi thêm tên loại đơn vị hành chính")
    if head.parent and first and (loose := gap_fault(ISSUER, head.parent[-1], first)):
        yield loose
    yield from looks(paper, "TT16")


@check("TT17", Severity.ERROR, Block.HEAD, mends="một phần", needs="head.issuer")
def issuer_line(paper: Paper, settings: Settings) -> Answers:
    """Đường kẻ dưới tên cơ quan ban hành thiếu hoặc sai.

    Sai: đường kẻ dài bằng cả dòng tên cơ quan; tên cơ quan gạch chân
    Đúng: đường kẻ dài 1/3-1/2 dòng chữ
    Căn cứ: Phụ lục I, mục II.2b
    """
    yield from line_fault(ISSUER, paper.head.issuer, paper.head.issuer_line, "issuer")


@check("TT18", Severity.ERROR, Block.HEAD, mends="một phần")
def agency_capitals(paper: Paper, settings: Settings) -> Answers:
    """Tên cơ quan không viết hoa.

    Sai: Phòng Văn hóa
    Đúng: PHÒNG VĂN HÓA
    Căn cứ: Phụ lục I, mục II.2b
    """
    if not paper.head.parent and not paper.head.issuer:
        yield NotApplicable("không có tên cơ quan")
    for place, pieces in ((PARENT, paper.head.parent), (ISSUER, paper.head.issuer)):
        if small := [p for p in pieces if not p.is_upper]:
            text = " ".join(p.text for p in small)
            yield Fault(place, small, f"“{text}”", f"“{text.upper()}”", TO_CAPITALS, caps_mends(small))


PLACE = "Mức độ khẩn"
_URGENT = lazy_pattern(r"(?:[^\W\d_]+ ){0,2}(?:hoa toc|khan)(?: [^\W\d_]+){0,3}|hoa toc hen gio.*")
"""What means urgency, as people word it: "RẤT KHẨN", "HỎA TỐC NGAY"; a frame or a line of its own around."""
_RIGHT = lazy_pattern(r"hoả tốc|thượng khẩn|khẩn|hoả tốc hẹn giờ\b.*\d.*")
_LOOK = Component("urgency", PLACE, 13, (13, 14), "A1 III.2", bold=True, upper=True, align="center")


@check("TT69", Severity.ERROR, Block.HEAD)
def urgency(paper: Paper, settings: Settings) -> Answers:
    """Dấu chỉ mức độ khẩn không đóng khung, sai kiểu hoặc sai lời.

    Sai: HỎA TỐC gõ thành một dòng dưới trích yếu
    Đúng: **HỎA TỐC** trong khung viền đơn
    Căn cứ: Phụ lục I, mục III.2
    """
    end = paper.body[0].paragraph.number if paper.body else 0
    above = takewhile(lambda p: p.paragraph.number < end or p.paragraph.box is not None, paper.pieces)
    urgent = [p for line in above for p in columns_of(line) if _URGENT.fullmatch(p.plain.strip(" .():"))]
    marks = [piece for piece in urgent if piece.is_upper or _is_framed(piece)]
    if not marks:
        yield NotApplicable("văn bản không có dấu chỉ mức độ khẩn")
    for piece in marks:
        yield from look_faults(PLACE, (piece,), _LOOK, upper=True)
        if not _RIGHT.fullmatch(piece.key.strip(" .():")):
            right = "“HỎA TỐC”, “THƯỢNG KHẨN” hoặc “KHẨN”"
            yield Fault(PLACE, piece, f"“{piece.text}”", right, f"Ghi đúng một trong các mức {right}")
        if not _is_framed(piece):
            fix = "Chọn dòng này, vào Đường viền (Borders), chọn viền ngoài (Outside Borders)"
            yield Fault(PLACE, piece, "không đóng khung", "khung hình chữ nhật viền đơn", fix)


def _is_framed(piece: Piece) -> bool:
    """Whether lines stand around it: its paragraph's, its letters', its cell's, or a text box."""
    paragraph = piece.paragraph
    borders = paragraph.element.find(f"{W}pPr/{W}pBdr")
    return (
        (paragraph.box is not None and has_outline(paragraph.element))
        or (paragraph.cell is not None and paragraph.cell.table.bordered)
        or (borders is not None and all(borders.find(f"{W}{side}") is not None for side in ("left", "right")))
        or any(span.element.find(f"{W}rPr/{W}bdr") is not None for span in piece.visible)
    )
