"""Are the bases right: in italics, each on a line of its own, with the right end?"""

from __future__ import annotations

import re

from dvctt_report.lint.bases import DASH, clauses_go_on, text_goes_on
from dvctt_report.lint.check import (
    Answers,
    Fault,
    Mend,
    NotApplicable,
    check,
    ended_with,
    ending_found,
    ending_mend,
)
from dvctt_report.lint.citations import CITED
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

BASES = "Căn cứ"
_BARE = lazy_pattern(rf"(?:{CITED} số|(?:Bộ luật|Luật) [^,;]{{2,80}} ngày) ?\d")
"""A document named as a basis without the word for it."""
_NONE = NotApplicable("văn bản không có căn cứ")


@check(
    "TT35",
    Severity.ERROR,
    "Căn cứ không nghiêng, đậm, có gạch đầu dòng, hoặc nhiều căn cứ trong một đoạn",
    rationale="Căn cứ trình bày bằng chữ in thường, kiểu chữ nghiêng, mỗi căn cứ một dòng. Các mẫu trình bày "
    "không có gạch đầu dòng trước căn cứ nên chỗ này chỉ nhắc. Câu mở đầu kiểu “Căn cứ …, Sở … báo cáo như "
    "sau:” là nội dung, không phải căn cứ.",
    source="Phụ lục I, mục II.6a; Phụ lục III, Mẫu 1.1, Mẫu 1.2",
)
def bases_look(paper: Paper, settings: Settings) -> Answers:
    """Report bases in upright or bold letters, with a dash before them, and several of them in one paragraph.

    Sai: Căn cứ Luật A; căn cứ Nghị định B; (chữ đứng, cùng một đoạn)
    Đúng: *Căn cứ Luật A;* xuống dòng *Căn cứ Nghị định B;*
    """
    if not paper.bases:
        yield _NONE
    for piece in paper.bases:
        if not piece.is_italic:
            yield Fault(
                BASES,
                piece,
                "chữ đứng",
                "chữ nghiêng",
                "Chọn đoạn này, đặt kiểu nghiêng (Ctrl+I)",
                tuple(Mend("italic", s.element, True) for s in piece.visible if not s.face.italic),
            )
        if piece.any_bold:
            yield Fault(
                BASES,
                piece,
                "chữ đậm",
                "chữ nghiêng, không đậm",
                "Chọn đoạn này, bỏ chữ đậm (Ctrl+B)",
                tuple(Mend("bold", s.element, False) for s in piece.visible if s.face.bold),
            )
        if _BARE.match(piece.text):
            right = "“Căn cứ” ở đầu mỗi căn cứ"
            yield Fault(BASES, piece, "thiếu “Căn cứ”", right, "Thêm “Căn cứ” vào đầu dòng")
        if dash := DASH.match(piece.text):
            right = "không có gạch đầu dòng trước căn cứ"
            fix = f"Xóa “{dash[0].strip()}” ở đầu dòng"
            yield Fault(
                BASES, piece, f"có “{dash[0].strip()}” đầu dòng", right, fix, severity=Severity.WARNING
            )
        if len(re.findall(r";\s*căn cứ\b", piece.text, re.IGNORECASE)):
            fix = "Xuống dòng sau mỗi dấu chấm phẩy"
            yield Fault(BASES, piece, "nhiều căn cứ trong một đoạn", "mỗi căn cứ một dòng", fix)


@check(
    "TT36",
    Severity.ERROR,
    "Dấu cuối dòng căn cứ sai",
    rationale="Sau mỗi căn cứ xuống dòng, cuối dòng có dấu chấm phẩy; dòng cuối cùng kết thúc bằng dấu chấm. "
    "Nơi câu còn viết tiếp ở đoạn dưới (“Theo đề nghị của …, Sở … như sau:”) thì dấu chấm phẩy cũng được; "
    "nơi đoạn dưới mở đầu bằng tên cơ quan thì chỉ nhắc.",
    source="Phụ lục I, mục II.6a",
)
def bases_ends(paper: Paper, settings: Settings) -> Answers:
    """Report bases that don't end in a semicolon, and a last one that doesn't end in a full stop.

    Sai: Căn cứ Luật A, (dòng cuối kết thúc bằng dấu phẩy)
    Đúng: Căn cứ Luật A; … Theo đề nghị của Chánh Văn phòng.
    """
    if not paper.bases:
        yield _NONE
    goes_on = text_goes_on(paper.body, paper.bases)
    open_ = clauses_go_on(paper.body, paper.bases)
    for at, piece in enumerate(paper.bases):
        last = at == len(paper.bases) - 1
        right = "." if last else ";"
        if not piece.text.endswith((";", ".") if last and open_ else right):
            mild = Severity.INFO if last and goes_on and piece.text.endswith(";") else None
            name = "dấu chấm" if right == "." else "dấu chấm phẩy"
            found, expected = ending_found(piece.text), f"kết thúc bằng {name} ({right})"
            fix = ending_mend(piece.text, right)
            yield Fault(
                BASES, piece, found, expected, fix, with_consent=ended_with(piece, right), severity=mild
            )
