"""Is the signature block right? Titles, name, and how it stands beside the recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.check import (
    Answers,
    Fault,
    NotApplicable,
    NotEvaluated,
    check,
    describe,
    look_faults,
    quote,
)
from dvctt_report.lint.checks_authority import AUTHORITY, signed_lines
from dvctt_report.lint.parts import Paper, Signer
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.signatures import title_words
from dvctt_report.model import Severity
from dvctt_report.nd30.format import component
from dvctt_report.vietnamese import unaccented

NAME = "Họ tên người ký"
_TITLES = re.compile(
    r"(?:(?:gs|pgs|ts|tskh|ths|tien si|thac si|giao su|pho giao su|bs|bac si|bscki{1,2}|cki{1,2}|ds|duoc si"
    r"|ks|ky su|cn|ls|luat su|nsut|nsnd|ngut|ngnd|anh hung|nha giao|dong chi|d/c)\b[.\s]*)+"
)


_LONGEST_NAME = 6
"""Words of a name; what is longer is no name."""


def _titles_of(name: Piece) -> str:
    """The academic titles and honours before a name, as they are written."""
    found = _TITLES.match(unaccented(name.text))
    return name.text[: found.end()] if found else ""


@check(
    "TT51",
    Severity.ERROR,
    "Chức vụ, họ tên người ký thiếu hoặc sai kiểu",
    rationale="Quyền hạn, chức vụ viết hoa, cỡ 13-14, đứng, đậm; họ tên chữ in thường, cỡ 13-14, đứng, đậm, "
    "không ghi học hàm, học vị. Lực lượng vũ trang, giáo dục, y tế, khoa học có thể được quy định "
    "khác.",
    source="Phụ lục I, mục II.7c, II.7d",
)
def signer(paper: Paper, settings: Settings) -> Answers:
    """Report a missing title or name, a name in capitals or with academic titles, and a wrong look.

    Sai: TS. Nguyễn Văn A; NGUYỄN VĂN A
    Đúng: Nguyễn Văn A
    """
    authority, name = paper.signature.authority, paper.signature.name
    if not authority and "signature" in paper.not_missed:
        yield NotApplicable("không có khối chữ ký")
        return
    if not authority:
        yield Fault(
            AUTHORITY,
            "",
            "không thấy quyền hạn, chức vụ người ký",
            describe(component("authority"), True),
            "Thêm chức vụ người ký ở cuối văn bản, bên phải",
        )
    for one in (Signer(authority, name), *paper.signature.co_signers):
        yield from look_faults(AUTHORITY, one.authority, component("authority"))
        for piece in one.authority:
            yield from _capitals(piece)
        if one.authority:
            yield from _name_faults(one.name)


def _capitals(piece: Piece) -> Iterator[Fault]:
    """A title in small letters; those of the mark before it ("Kt.") are another check's."""
    if not (words := title_words(piece)).isupper():
        yield Fault(
            AUTHORITY,
            quote(piece.text),
            f"“{words}” viết chữ thường",
            f"“{words.upper()}”",
            f"Viết hoa toàn bộ: “{words.upper()}”",
        )


def _name_faults(name: Piece | None) -> Answers:
    if name is None:
        yield NotEvaluated("họ tên người ký để trống", NAME)
        return
    if name.text.startswith("[") or not re.search(r"\w", name.text):
        yield NotEvaluated("họ tên người ký để trống", NAME, name.text)
        return
    yield from look_faults(NAME, (name,), component("signer"), upper=False)
    words = re.sub(r"\(.*?\)", "", name.text[len(_titles_of(name)) :]).split()
    if (small := [word for word in words if word[0].islower()]) and len(words) <= _LONGEST_NAME:
        yield Fault(
            NAME,
            quote(name.text),
            f"“{' '.join(small)}” không viết hoa chữ cái đầu",
            "viết hoa chữ cái đầu của từng chữ trong họ tên",
            "Viết hoa chữ cái đầu",
        )
    if shown := _titles_of(name).strip():
        yield Fault(
            NAME, quote(name.text), f"có “{shown}”", "chỉ ghi họ và tên", f"Bỏ “{shown}”", severity=None
        )


@check(
    "TT57",
    Severity.WARNING,
    "Nơi nhận và chữ ký không ngang hàng, hoặc thấy khung bảng",
    rationale="“Nơi nhận” đặt ngang hàng với quyền hạn, chức vụ người ký; bảng dùng để dàn trang không được "
    "hiện đường kẻ.",
    source="Phụ lục I, mục II.9d; mục IV",
)
def layout_tables(paper: Paper, settings: Settings) -> Answers:
    """Report recipients that don't stand beside the signature, and visible lines of the layout tables.

    Sai: bảng phần đầu văn bản hiện khung
    Đúng: bảng hai cột không kẻ khung; “Nơi nhận:” cùng hàng với “GIÁM ĐỐC”
    """
    for table in paper.layout_tables:
        if table.bordered:
            place = "Phần đầu văn bản" if table.number == 0 else "Nơi nhận, chữ ký"
            yield Fault(
                place,
                "",
                "bảng dàn trang hiện đường kẻ",
                "không hiện đường kẻ",
                "Chọn bảng, vào Đường viền (Borders), chọn Không viền (No Border)",
            )
    title, authority = paper.signature.recipients_title, signed_lines(paper)
    if title is None or not authority:
        yield NotApplicable("không có Nơi nhận hoặc chữ ký")
        return
    if paper.signature.co_signers or paper.kind == "Biên bản":
        yield NotApplicable("văn bản nhiều người ký, Nơi nhận đặt ở dưới")
        return
    one, other = title.paragraph, authority[0].piece.paragraph
    if one.box is not None or other.box is not None:
        yield NotEvaluated("Nơi nhận hoặc chữ ký nằm trong hộp chữ", "Nơi nhận", quote(title.text))
        return
    same_row = (
        one.cell is not None
        and other.cell is not None
        and (one.cell.table, one.cell.row) == (other.cell.table, other.cell.row)
    )
    if not same_row and one is not other:
        yield Fault(
            "Nơi nhận",
            quote(title.text),
            "không cùng hàng với quyền hạn, chức vụ người ký",
            "“Nơi nhận” ngang hàng với quyền hạn, chức vụ",
            "Đặt Nơi nhận và chữ ký vào hai ô của một bảng không kẻ khung",
        )
