"""Are kind, subject and "V/v" right?"""

from __future__ import annotations

import re

from dvctt_report.lint.check import (
    Answers,
    Fault,
    Mend,
    NotApplicable,
    check,
    describe,
    format_size,
    look_faults,
    quote,
)
from dvctt_report.lint.lines import line_fault
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity
from dvctt_report.nd30.format import Component, component

KIND, SUBJECT, MATTER = "Tên loại văn bản", "Trích yếu", "Trích yếu công văn"
_UNNAMED = NotApplicable("công văn không có tên loại")
_LETTER_MATTER = Component("matter", "Trích yếu công văn", 13, (12, 13), "A1 II.5b", align="center")
_GAP, _GAP_TOLERANCE = 6.0, 1.0
"""Points between number and "V/v"."""


@check(
    "TT31",
    Severity.ERROR,
    "Tên loại sai kiểu hoặc kèm “V/v”",
    rationale="Tên loại viết hoa, cỡ 13-14, đứng, đậm, canh giữa. “V/v” chỉ dùng cho công văn.",
    source="Phụ lục I, mục II.5b",
)
def kind_look(paper: Paper, settings: Settings) -> Answers:
    """Report the title line where it isn't in capitals, bold, centred, or followed by "V/v".

    Sai: Báo cáo (chữ thường, canh trái); BÁO CÁO V/v thực hiện …
    Đúng: **BÁO CÁO** (in hoa, đậm, canh giữa), dòng dưới là trích yếu
    """
    piece = paper.title.kind
    if piece is None:
        yield _UNNAMED
        return
    yield from look_faults(KIND, (piece,), component("kind"), upper=True)
    if piece.paragraph.shape.align != "center":
        yield Fault(
            KIND, quote(piece.text), "không canh giữa", "canh giữa", "Chọn dòng này, canh giữa (Ctrl+E)"
        )
    after = [piece, *paper.title.subject[:1]]
    if any(re.match(r".*\bv/v\b", p.plain) for p in after):
        yield Fault(
            KIND,
            quote(" ".join(p.text for p in after)),
            "có “V/v” sau tên loại",
            "trích yếu viết liền, không có “V/v”",
            "Bỏ “V/v”, viết trích yếu ở dòng dưới tên loại",
        )


@check(
    "TT32",
    Severity.ERROR,
    "Trích yếu dưới tên loại thiếu, sai kiểu hoặc có dấu chấm cuối",
    rationale="Trích yếu đặt canh giữa ngay dưới tên loại, chữ in thường, cỡ 13-14, đứng, đậm; không có dấu "
    "chấm cuối.",
    source="Phụ lục I, mục II.5b",
)
def subject_look(paper: Paper, settings: Settings) -> Answers:
    """Report a subject that is missing, of a wrong look, not centred, or that ends in a full stop.

    Sai: *Kết quả thực hiện Kế hoạch năm 2025.*
    Đúng: **Kết quả thực hiện Kế hoạch năm 2025**
    """
    if paper.title.kind is None:
        yield _UNNAMED
        return
    lines = paper.title.subject
    if not lines and "subject" in paper.not_missed:
        yield NotApplicable("loại văn bản này có thể không có trích yếu")
        return
    if not lines:
        yield Fault(
            SUBJECT,
            "",
            "không có trích yếu",
            describe(component("subject"), False),
            "Thêm trích yếu ngay dưới tên loại",
        )
        return
    text = quote(" ".join(p.text for p in lines))
    yield from look_faults(SUBJECT, lines, component("subject"), upper=False)
    if any(p.paragraph.shape.align != "center" for p in lines):
        yield Fault(SUBJECT, text, "không canh giữa", "canh giữa", "Chọn dòng này, canh giữa (Ctrl+E)")
    if lines[-1].text.endswith("."):
        yield Fault(
            SUBJECT, text, "có dấu chấm cuối", "không có dấu chấm cuối", "Xóa dấu chấm cuối trích yếu"
        )


@check(
    "TT33",
    Severity.ERROR,
    "Đường kẻ dưới trích yếu thiếu hoặc sai",
    rationale="Bên dưới trích yếu có đường kẻ ngang nét liền, dài 1/3-1/2 dòng chữ, đặt cân đối. Cho phép "
    "lệch 10%.",
    source="Phụ lục I, mục II.5b",
)
def subject_line(paper: Paper, settings: Settings) -> Answers:
    """Report a missing line under the subject, or one that isn't a third to a half of it.

    Sai: đường kẻ dài hết trang; trích yếu gạch chân
    Đúng: đường kẻ dài 1/3-1/2 dòng trích yếu
    """
    if not paper.title.subject:
        yield NotApplicable("không có trích yếu dưới tên loại")
        return
    yield from line_fault(SUBJECT, paper.title.subject, paper.title.subject_line, "subject")


@check(
    "TT34",
    Severity.ERROR,
    "Trích yếu công văn (V/v) sai kiểu hoặc sai khoảng cách",
    rationale="Sau “V/v” chữ in thường, cỡ 12-13, đứng, không đậm, canh giữa dưới số và ký hiệu, cách 6 pt.",
    source="Phụ lục I, mục II.5b",
)
def matter_look(paper: Paper, settings: Settings) -> Answers:
    """Report the subject of a letter of a wrong look, not centred, or at another distance than 6 pt.

    Sai: *V/v đôn đốc báo cáo* (nghiêng, cách 0 pt)
    Đúng: V/v đôn đốc báo cáo (đứng, cách dòng số 6 pt)
    """
    lines = paper.head.matter
    if not lines:
        if paper.title.kind is None and paper.head.number is not None:
            yield Fault(
                MATTER,
                "",
                "không có trích yếu “V/v”",
                "“V/v …” dưới số, ký hiệu",
                "Thêm trích yếu dưới số, ký hiệu, cách 6 pt",
            )
        else:
            yield NotApplicable("văn bản có tên loại")
        return
    text = quote(" ".join(p.text for p in lines))
    yield from look_faults(MATTER, lines, _LETTER_MATTER, upper=False)
    first = lines[0].paragraph
    if first.shape.align != "center" and (first.cell is not None or first.box is not None):
        yield Fault(
            MATTER, text, "không canh giữa", "canh giữa dưới số, ký hiệu", "Chọn dòng này, canh giữa (Ctrl+E)"
        )
    number = paper.head.number
    if number is None or number.paragraph.number + 1 != first.number or lines[0].column:
        return
    gap = first.shape.before + number.paragraph.shape.after
    if abs(gap - _GAP) > _GAP_TOLERANCE:
        before = max(_GAP - number.paragraph.shape.after, 0)
        yield Fault(
            MATTER,
            text,
            f"cách dòng số, ký hiệu {format_size(gap)} pt",
            "cách dòng số, ký hiệu 6 pt",
            "Chọn dòng này, vào Đoạn (Paragraph), đặt khoảng cách trước 6 pt",
            (Mend("before", first.element, before),),
        )
