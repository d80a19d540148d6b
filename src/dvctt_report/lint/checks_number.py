"""Is the number right: its word, zero, signs, and how it looks?"""

from __future__ import annotations

import re

from dvctt_report.lint.check import (
    Answers,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    check,
    quote,
    signs_mend,
)
from dvctt_report.lint.geometry import lower_by
from dvctt_report.lint.looks import looks
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.symbols import issuer_letters, symbol_of, with_hyphens
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

NUMBER = "Số, ký hiệu"
NO_NUMBER = NotApplicable("không có dòng số, ký hiệu")
BLANK = "số để trống (dự thảo chưa phát hành)"
_TIGHT = lazy_pattern(r"Số:\d+")
_START = lazy_pattern(r"Số: ?(?=[^\s:]|$)|Số:$")


@check(
    "TT19",
    Severity.ERROR,
    "Từ “Số” viết sai hoặc thiếu dấu hai chấm",
    rationale="Từ “Số” chữ in thường, sau từ “Số” có dấu hai chấm, không có dấu cách trước dấu hai chấm.",
    source="Phụ lục I, mục II.3c",
)
def number_word(paper: Paper, settings: Settings) -> Answers:
    """Report a number line that doesn't begin with "Số:".

    Sai: Số 05/BC-SKHCN; SỐ: 05/BC-SKHCN; Số : 05/BC-SKHCN
    Đúng: Số: 05/BC-SKHCN
    """
    piece = paper.head.number
    if piece is None and "number" in paper.not_missed:
        yield NO_NUMBER
    elif piece is None:
        fix = "Thêm dòng số, ký hiệu dưới tên cơ quan ban hành"
        yield Fault(NUMBER, "", "không có dòng số, ký hiệu", "“Số: …/…”", fix)
    elif not _START.match(piece.text):
        right = re.sub(r"^(\s*)Số\s*[:.]?\s*", r"\1Số: ", piece.raw, count=1)
        found = f"“{quote(piece.text, 20)}”"
        fix = "Sửa phần đầu thành “Số:”"
        yield Fault(NUMBER, piece, found, "“Số: …”", fix, with_consent=signs_mend(piece, right))
    elif tight := _TIGHT.match(piece.text):
        right = piece.raw.replace("Số:", "Số: ", 1)
        mends = signs_mend(piece, right)
        fix = "Thêm dấu cách sau “Số:”"
        found = f"“{tight[0]}” viết liền"
        yield Fault(NUMBER, piece, found, "“Số: …”", fix, severity=Severity.WARNING, with_consent=mends)


@check(
    "TT20",
    Severity.ERROR,
    "Số nhỏ hơn 10 không có số 0 phía trước, hoặc thừa số 0",
    rationale="Với những số nhỏ hơn 10 phải ghi thêm số 0 phía trước.",
    source="Phụ lục I, mục II.3c",
)
def number_zero(paper: Paper, settings: Settings) -> Answers:
    """Report a running number below 10 without its zero.

    Sai: Số: 5/BC-UBND; Số: 015/BC-UBND
    Đúng: Số: 05/BC-UBND; Số: 15/BC-UBND
    """
    piece, number = paper.head.number, paper.number
    if piece is None or number is None:
        yield NO_NUMBER
    elif not number.figure:
        yield NotEvaluated(BLANK, NUMBER, piece, "số")
    elif re.fullmatch(r"[1-9]", number.figure):
        right = f"0{number.figure}"
        yield Fault(
            NUMBER,
            piece,
            f"số “{number.figure}”",
            f"số “{right}”",
            f"Ghi “{right}”",
            (Mend("zero", piece.paragraph.element, (rf"(Số\s*:?\s*)({number.figure})(?=\s*/)", 2)),),
        )
    elif re.fullmatch(r"0\d{2,}", number.figure):
        right = f"{int(number.figure):02}"
        found, fix = f"số “{number.figure}” thừa số 0", f"Ghi “{right}”"
        yield Fault(NUMBER, piece, found, f"số “{right}”", fix, severity=Severity.WARNING)


@check(
    "TT21",
    Severity.ERROR,
    "Số có năm ban hành, sai dấu gạch, hoặc có dấu cách quanh dấu gạch",
    rationale="Số, ký hiệu văn bản hành chính không ghi năm (đó là cách ghi của văn bản quy phạm pháp "
    "luật); giữa các nhóm chữ có dấu gạch nối không cách chữ.",
    source="Phụ lục I, mục II.3b, II.3c",
)
def number_marks(paper: Paper, settings: Settings) -> Answers:
    """Report a year in the number, and blanks or other signs around its slash and hyphens.

    Sai: Số: 05/2025/BC-UBND; Số: 05/BC-UBND/2025; Số: 05-BC/UBND; Số: 05 / BC - UBND; Số: 05/BC.UBND
    Đúng: Số: 05/BC-UBND
    """
    piece, number = paper.head.number, paper.number
    if piece is None or number is None:
        yield NO_NUMBER
        return
    text = piece.text.partition(":")[2].strip() or piece.text
    if found := re.match(r"(20\d\d)\s*/", number.symbol) or re.search(r"[/-]\s*(20\d\d)$", number.symbol):
        right = f"“Số: {number.figure}/{symbol_of(number).removesuffix(found[0])}”"
        fix = f"Bỏ “{found[0]}”"
        yield Fault(NUMBER, piece, f"số có năm “{found[1]}”", right, fix)
        return
    if party := re.fullmatch(r"(\d+)\s*[-–]\s*(\w+)\s*/\s*(\w+)", text):
        right = f"Số: {party[1]}/{party[2]}-{party[3]}"
        what = f"“{text}”: gạch nối và gạch chéo đổi chỗ (cách ghi của văn bản Đảng)"
        fix = f"Sửa thành “{right}”"
        yield Fault(NUMBER, piece, what, f"“{right}”", fix)
        return
    if text.endswith("."):
        what = "dấu chấm cuối"
        bare = signs_mend(piece, piece.raw.rstrip(" ."))
        yield Fault(NUMBER, piece, f"có {what}", f"không có {what}", f"Xóa {what}", with_consent=bare)
    # What stands before the slash of a draft is a blank to be filled in.
    shown = text if number.figure else text[text.index("/") :]
    before, _, symbol = shown.partition("/")
    tight = f"{before.strip()}/{with_hyphens(symbol.strip(), issuer_letters(paper))}"
    # "TT.HĐND" is the council's standing committee.
    dotted = re.sub(r"(?<=[A-ZĐ])(?<!\bTT)\.(?=[A-ZĐ])", "-", tight)
    if dotted != tight:
        fix = f"Sửa thành “{dotted}”, giữa các nhóm chữ là gạch nối (-)"
        yield Fault(NUMBER, piece, f"“{shown}” có dấu chấm", f"“{dotted}”", fix)
    elif shown != tight:
        fix = f"Sửa thành “{tight}”, giữa các nhóm chữ là gạch nối ngắn (-) không có dấu cách"
        mends = signs_mend(piece, piece.raw.replace(shown, tight, 1))
        yield Fault(NUMBER, piece, f"“{shown}”", f"“{tight}”", fix, with_consent=mends)


@check(
    "TT25",
    Severity.ERROR,
    "Số, ký hiệu sai cỡ hoặc kiểu chữ",
    rationale="Số, ký hiệu cỡ 13, kiểu chữ đứng, không đậm; cỡ này cố định dù các phần khác dùng cỡ nhỏ hơn.",
    source="Phụ lục I, mục II.3c",
)
def number_look(paper: Paper, settings: Settings) -> Answers:
    """Report a number line that isn't size 13, upright and regular.

    Sai: Số: 05/BC-SKHCN (cỡ 14, đậm)
    Đúng: Số: 05/BC-SKHCN (cỡ 13, đứng, không đậm)
    """
    piece = paper.head.number
    if piece is None:
        yield NO_NUMBER
        return
    yield from looks(paper, "TT25")
    day = paper.head.place_date
    if day is not None and (lower := lower_by(paper.document, piece, day)):
        found = f"số, ký hiệu {'thấp' if lower > 0 else 'cao'} hơn dòng địa danh, ngày"
        right = "số, ký hiệu và địa danh, ngày cùng một hàng"
        fix = "Đặt hai dòng vào cùng một hàng của bảng, khoảng cách trước như nhau"
        yield Fault(NUMBER, piece, found, right, fix, severity=Severity.WARNING)
