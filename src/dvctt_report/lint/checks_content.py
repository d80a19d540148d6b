"""Is anything missing of what a document is there to say: its text, what a heading or a colon announces?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.check import Answers, Fault, check, quote, quote_end
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

_ANNOUNCES = lazy_pattern(r"(?P<many>\b(?:một số|các|những) [^,;.:]{2,40} )?\bsau(?: đây)?\s*:$")
_CLOSES = lazy_pattern(r"(?:Trên đây|Trân trọng|Trong quá trình|Đề nghị|Kính đề nghị|Rất mong|Nơi nhận)\b")
_MUST_SAY: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "Giấy mời": (
        ("thời gian", lazy_pattern(r"thoi gian\s*:|(?<!truoc )(?<!nhat )\bngay\s+\d|\d\s*(?:gio|h)\b")),
        (
            "địa điểm",
            lazy_pattern(
                r"dia diem\s*:|\btai\b|truc tuyen|(?:^|[:-] )(?:hoi truong|phong hop)", re.MULTILINE
            ),
        ),
    ),
    "Biên bản": (
        ("thư ký hoặc người lập biên bản", lazy_pattern(r"thu ky|nguoi (?:ghi|lap)|dai dien|ben [ab]\b")),
    ),
}
"""What a kind of document is of no use without. Source: A3, Mẫu 1.7, 1.9."""
_WROTE = lazy_pattern(r"^(?:thu ky|nguoi (?:ghi|lap))[^:(]*$", re.MULTILINE)
_END = 20
"""Lines at the end among which those who sign stand."""
_LEVELS = ("part", "roman", "article", "clause", "point")


@check(
    "TT73",
    Severity.WARNING,
    "Nội dung, mục để trống; “như sau:” không có gì theo sau; hai văn bản trong một tệp",
    rationale="Văn bản không có lời văn, đề mục không có nội dung, câu dẫn không có phần được dẫn thường là "
    "xóa nhầm hoặc chưa soạn. Giấy mời phải có thời gian, địa điểm; biên bản có "
    "thư ký.",
    source="Phụ lục I, mục II.6; Phụ lục III, Mẫu 1.7, 1.9",
)
def content(paper: Paper, settings: Settings) -> Answers:
    """Report a document without text, headings and announcements with nothing below, another document's head.

    Sai: dưới “Trích yếu” là ngay “Nơi nhận”; “… một số nội dung sau:” rồi đến ngay lời kết
    Đúng: “… một số nội dung sau:”, dưới là các nội dung
    """
    if not paper.body and not _has_tables(paper):
        found, fix = "không có lời văn", "Soạn nội dung, hoặc kiểm tra đã gửi đúng tệp"
        yield Fault("Nội dung", "", found, "có nội dung", fix, severity=Severity.ERROR)
        return
    yield from _empty_headings(paper)
    yield from _announced(paper)
    head = {id(piece) for piece in (paper.head.place_date, *paper.title.subject, *paper.head.matter)}
    said = "\n".join(piece.plain for piece in paper.pieces if id(piece) not in head)
    for what, pattern in _MUST_SAY.get(paper.kind, ()):
        if not pattern.search(said):
            found = f"{paper.kind.lower()} không ghi {what}"
            yield Fault("Nội dung", "", found, f"có {what}", f"Bổ sung {what}")
    signers = paper.signature.signers
    alone = len(signers) == 1 and re.fullmatch(
        r"chu (?:toa|tri)", " ".join(p.plain for p in signers[0].authority)
    )
    if (
        paper.kind == "Biên bản"
        and alone
        and not _WROTE.search("\n".join(p.plain for p in paper.pieces[-_END:]))
    ):
        first = signers[0].authority[0]
        right, fix = "thư ký và chủ tọa cùng ký", "Thêm phần ký của thư ký"
        yield Fault("Chức vụ người ký", first, "thiếu thư ký ký biên bản", right, fix)
    for text in paper.enclosed:
        number, own = text.head.number, paper.head.number
        if number is not None and text.head.state is not None and own is not None and number.text != own.text:
            fix = "Tách thành hai tệp, hoặc bỏ văn bản thừa"
            found = f"sau chữ ký còn một văn bản khác ({quote(number, 40)})"
            yield Fault("Phụ lục", text.pieces[0], found, "một tệp một văn bản", fix)


def _has_tables(paper: Paper) -> bool:
    laid_out = {id(table.element) for table in paper.layout_tables}
    pictures = any(p.has_picture and not p.strokes for p in paper.document.paragraphs)
    return pictures or any(id(table.element) not in laid_out for table in paper.document.tables)


def _empty_headings(paper: Paper) -> Iterator[Fault]:
    """Headings with nothing below among others that have their text: a list of lines in bold has none."""
    found = marks(paper)
    for level in ("roman", "clause"):
        empty, filled = list[Mark](), 0
        for one, other in zip(found, (*found[1:], None), strict=True):
            if one.level == level and one.piece.is_bold and not one.piece.text.endswith((".", ";", ":")):
                deeper = other is not None and _rank(other) > _rank(one)
                has_text = deeper or _between(paper, one, other)
                filled += has_text
                empty += [] if has_text else [one]
        # A list of lines in bold has none at all; of two clauses one may have been left.
        for mark in empty if filled > len(empty) - (level == "clause") else ():
            fix = "Soạn nội dung hoặc bỏ mục này"
            yield Fault(mark.place, mark.piece, "mục không có nội dung", "có nội dung", fix)


def _rank(mark: Mark) -> int:
    return _LEVELS.index(mark.level) if mark.level in _LEVELS else len(_LEVELS)


def _between(paper: Paper, one: Mark, other: Mark | None) -> bool:
    """Whether a table, a picture or words stand between two marks, or the last and the signature."""
    signature = paper.signature
    parts = [p for p in (signature.recipients_title, *signature.authority, *signature.recipients) if p]
    paragraphs = paper.document.paragraphs
    end = (
        other.piece.paragraph.number
        if other
        else min((p.paragraph.number for p in parts), default=len(paragraphs))
    )
    between = paragraphs[one.piece.paragraph.number + 1 : end]
    return any(p.cell is not None or p.has_picture or p.text.strip() for p in between)


def _announced(paper: Paper) -> Iterator[Fault]:
    """ "… một số nội dung sau:" above the closing words or above nothing."""
    found = marks(paper)
    for one, other in zip(found, (*found[1:], None), strict=True):
        told = _ANNOUNCES.search(one.piece.text) if one.piece.text.endswith(":") else None
        closes = other is None or (
            other is found[-1] and bool(told and (told["many"] or _CLOSES.match(other.rest)))
        )
        if told and closes and (other is None or other.level == "text") and not _between(paper, one, other):
            what = f"sau “sau:” {'không có gì' if other is None else 'là ngay lời kết'}"
            fix = "Bổ sung phần được dẫn, hoặc sửa câu này"
            yield Fault(one.place, quote_end(one.piece), what, "có phần được dẫn", fix)
