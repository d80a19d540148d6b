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
    look_faults,
    quote,
)
from dvctt_report.lint.parts import Number, Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity
from dvctt_report.nd30.format import component
from dvctt_report.nd30.kinds import BY_ABBREVIATION, WRITTEN_OUT
from dvctt_report.vietnamese import key

NUMBER = "Số, ký hiệu"
NO_NUMBER = NotApplicable("không có dòng số, ký hiệu")
BLANK = "số để trống (dự thảo chưa phát hành)"
_START = re.compile(r"Số: ?(?=[^\s:]|$)|Số:$")


def symbol_of(number: Number) -> str:
    """The symbol without a year that stands before it."""
    return re.sub(r"^20\d\d\s*/\s*", "", number.symbol)


def with_hyphens(symbol: str, issuer: str) -> str:
    """A symbol with plain hyphens between its groups, whatever stands there: "QĐ.UBND", "BC – SNV".

    ``issuer``: the letters of the issuer's name. A dot is such a sign behind the first group alone, where
    that is a kind's or the issuer's letters; within an agency's letters ("TT.HĐND") it is the agency's.
    """
    plain = re.sub(r"(?<=[^\W_])\s*[–—_]\s*(?=[^\W_])|\s*-\s*", "-", symbol)
    first = re.match(r"\w+", plain)
    if first is not None and (first[0] in BY_ABBREVIATION or first[0] == issuer):
        return re.sub(r"^(\w+)\s*[.,\s]\s*(?=\w)", r"\1-", plain)
    return plain


def groups_of(paper: Paper) -> list[str]:
    """The groups of letters in the symbol, each as it is written; none where there is no symbol."""
    symbol = with_hyphens(symbol_of(paper.number), issuer_letters(paper)) if paper.number else ""
    return [group.strip() for group in symbol.split("-")] if symbol else []


def issuer_letters(paper: Paper) -> str:
    """The letters of the issuer's name as the letterhead gives it: "SNV", "UBND"; "" where it names none."""
    return abbreviation(" ".join(p.text for p in paper.head.issuer))


def abbreviation(agency: str) -> str:
    """The letters of an agency's name as symbols give them: "SỞ NỘI VỤ" → "SNV", without its place's name."""
    for letters, body in WRITTEN_OUT.items():
        if key(agency).startswith((key(body), key(letters))):
            return letters
    words = [word for word in re.findall(r"\w+", agency.upper()) if word != "VÀ"]
    return "".join(word[0] for word in words)


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
        yield Fault(
            NUMBER,
            "",
            "không có dòng số, ký hiệu",
            "“Số: …/…”",
            "Thêm dòng số, ký hiệu dưới tên cơ quan ban hành",
        )
    elif not _START.match(piece.text):
        yield Fault(
            NUMBER, quote(piece.text), f"“{quote(piece.text, 20)}”", "“Số: …”", "Sửa phần đầu thành “Số:”"
        )


@check(
    "TT20",
    Severity.ERROR,
    "Số nhỏ hơn 10 không có số 0 phía trước",
    rationale="Với những số nhỏ hơn 10 phải ghi thêm số 0 phía trước.",
    source="Phụ lục I, mục II.3c",
)
def number_zero(paper: Paper, settings: Settings) -> Answers:
    """Report a running number below 10 without its zero.

    Sai: Số: 5/BC-UBND
    Đúng: Số: 05/BC-UBND
    """
    piece, number = paper.head.number, paper.number
    if piece is None or number is None:
        yield NO_NUMBER
    elif not number.figure:
        yield NotEvaluated(BLANK, NUMBER, quote(piece.text))
    elif re.fullmatch(r"[1-9]", number.figure):
        right = f"0{number.figure}"
        yield Fault(
            NUMBER,
            quote(piece.text),
            f"số “{number.figure}”",
            f"số “{right}”",
            f"Ghi “{right}”",
            (Mend("zero", piece.paragraph.element, (rf"(Số\s*:?\s*)({number.figure})(?=\s*/)", 2)),),
        )


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

    Sai: Số: 05/2025/BC-UBND; Số: 05-BC/UBND; Số: 05 / BC - UBND; Số: 05/BC–UBND; Số: 05/BC.UBND
    Đúng: Số: 05/BC-UBND
    """
    piece, number = paper.head.number, paper.number
    if piece is None or number is None:
        yield NO_NUMBER
        return
    text = piece.text.partition(":")[2].strip() or piece.text
    if found := re.match(r"(20\d\d)\s*/", number.symbol):
        fix = f"Bỏ “{found[1]}/”"
        yield Fault(
            NUMBER,
            quote(piece.text),
            f"số có năm “{found[1]}”",
            f"“Số: {number.figure}/{symbol_of(number)}”",
            fix,
        )
        return
    if party := re.fullmatch(r"(\d+)\s*[-–]\s*(\w+)\s*/\s*(\w+)", text):
        right = f"Số: {party[1]}/{party[2]}-{party[3]}"
        yield Fault(
            NUMBER,
            quote(piece.text),
            f"“{text}”: gạch nối và gạch chéo đổi chỗ (cách ghi của văn bản Đảng)",
            f"“{right}”",
            f"Sửa thành “{right}”",
        )
        return
    if text.endswith("."):
        what = "dấu chấm cuối"
        yield Fault(NUMBER, quote(piece.text), f"có {what}", f"không có {what}", f"Xóa {what}")
    # What stands before the slash of a draft is a blank to be filled in.
    shown = text if number.figure else text[text.index("/") :]
    before, _, symbol = shown.partition("/")
    tight = f"{before.strip()}/{with_hyphens(symbol.strip(), issuer_letters(paper))}"
    if shown != tight:
        fix = f"Sửa thành “{tight}”, giữa các nhóm chữ là gạch nối ngắn (-) không có dấu cách"
        yield Fault(NUMBER, quote(piece.text), f"“{shown}”", f"“{tight}”", fix)


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
    yield from look_faults(NUMBER, (piece,), component("number"))
