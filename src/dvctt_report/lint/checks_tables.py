"""Are tables within the page, and is the contact line in its place?"""

from __future__ import annotations

import re

from dvctt_report.lint.check import (
    HERE,
    Answers,
    Fault,
    Mend,
    NotApplicable,
    check,
    format_mm,
    format_size,
    look_faults,
    quote,
)
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import lines_of
from dvctt_report.lint.places import table_name
from dvctt_report.lint.settings import Settings
from dvctt_report.nd30.format import Component
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.document import Paragraph

_LONG_TABLE = 25
_LEGIBLE = 8.0
"""Points below which nobody reads a table on paper; the decree sets no size for cells."""
_CONTACT = Component("contact", "Địa chỉ, liên hệ", 11, (11, 12), "A1 III.4")


@check(
    "TT66",
    Severity.INFO,
    "Bảng rộng hơn khổ chữ, không lặp dòng đầu, dòng bị ngắt giữa trang",
    rationale="Bảng tràn lề bị cắt khi in; bảng dài cần lặp dòng tên cột ở mỗi trang và không ngắt một dòng "
    "qua hai trang.",
    source="khuyến nghị của chương trình",
)
def tables(paper: Paper, settings: Settings) -> Answers:
    """Report tables wider than the text, and long ones whose head isn't repeated or whose rows may split.

    Sai: bảng 40 dòng, tên cột chỉ có ở trang đầu
    Đúng: dòng tên cột đặt “Lặp lại dòng tiêu đề” (Repeat Header Rows)
    """
    found = [t for t in paper.document.tables if all(t is not layout for layout in paper.layout_tables)]
    if not found:
        yield NotApplicable("văn bản không có bảng số liệu")
    tiny = paper.document.having(lambda face: face.size < _LEGIBLE and not face.raised)
    for paragraph in [p for p in tiny if p.part == paper.document.source.main and _is_in_grid(p)][:1]:
        sizes = [s.face.size for s in paragraph.spans if s.text.strip() and not s.face.raised]
        what, fix = f"chữ trong bảng cỡ {format_size(min(sizes))}", "Chọn bảng, đặt cỡ chữ đọc được"
        yield Fault(HERE, paragraph, what, "cỡ 10 trở lên", fix)
    for table in found:
        place = table_name(paper, table)
        nothing = quote("", at=paper.document.first_in(table))
        section = paper.document.sections[min(table.section, len(paper.document.sections) - 1)]
        if table.width is not None and table.width > section.text_width + 4:
            what = f"bảng rộng {format_mm(table.width)}, khổ chữ {format_mm(section.text_width)}"
            fix = "Chọn bảng, Tự động khớp (AutoFit), Khớp với cửa sổ"
            yield Fault(place, nothing, what, "bảng nằm trong khổ chữ", fix)
        if table.n_rows >= _LONG_TABLE and not table.repeats_header:
            what, right = f"bảng {table.n_rows} dòng không lặp dòng tên cột", "lặp dòng tên cột ở mỗi trang"
            fix = "Chọn dòng tên cột, chọn Lặp lại dòng tiêu đề"
            yield Fault(place, nothing, what, right, fix, (Mend("repeat_head", table.element, True),))
        if table.n_rows >= _LONG_TABLE and table.splits_rows:
            what, right = "dòng của bảng có thể bị ngắt qua hai trang", "không ngắt dòng qua trang"
            fix = "Thuộc tính bảng, Dòng, bỏ chọn cho phép ngắt dòng qua trang"
            yield Fault(place, nothing, what, right, fix, (Mend("whole_rows", table.element, True),))


def _is_in_grid(paragraph: Paragraph) -> bool:
    return paragraph.cell is not None and paragraph.cell.table.bordered


@check(
    "TT68",
    Severity.ERROR,
    "Dòng địa chỉ, liên hệ sai chỗ hoặc sai kiểu",
    rationale="Địa chỉ, thư điện tử, điện thoại đặt ở chân trang thứ nhất, dưới một đường kẻ hết chiều "
    "ngang, cỡ 11-12, đứng. Không bắt buộc phải có.",
    source="Phụ lục I, mục III.4",
)
def contact(paper: Paper, settings: Settings) -> Answers:
    """Report contact data that isn't on the first page alone, lacks its line, or is of a wrong look.

    Sai: địa chỉ ở chân mọi trang, cỡ 9
    Đúng: địa chỉ ở chân trang đầu, cỡ 11, dưới đường kẻ
    """
    sections = paper.document.sections
    footers = sections[0].footers if sections else {}
    first = (
        [p for p in footers.get("first", ()) if _is_contact(p)] if sections and sections[0].title_page else []
    )
    others = [p for kind, ps in footers.items() if kind != "first" for p in ps if _is_contact(p)]
    if not first and not others:
        yield NotApplicable("văn bản không có dòng địa chỉ, liên hệ")
        return
    place = "Chân trang (footer)"
    if others:
        fix = "Chọn “Trang đầu khác biệt”, chuyển dòng này vào chân trang đầu"
        yield Fault(place, others[0], "địa chỉ, liên hệ ở chân mọi trang", "chỉ ở chân trang thứ nhất", fix)
    shown = first or others
    yield from look_faults(place, [piece for p in shown for piece in lines_of(p)], _CONTACT)
    around = footers.get("first" if first else "default", ())
    if not any(p.strokes for p in around):
        fix = "Kẻ viền trên (Top Border) cho dòng này"
        yield Fault(place, shown[0], "không có đường kẻ phía trên", "đường kẻ liền hết chiều ngang", fix)


def _is_contact(paragraph: Paragraph) -> bool:
    return bool(
        re.match(
            r"(?:dia chi|dien thoai|dt|email|e-mail|thu dien tu|website|fax)\b",
            unaccented(paragraph.text).strip(),
        )
    )
