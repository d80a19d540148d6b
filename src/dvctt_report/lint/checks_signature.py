"""Is the signature block right? Authority, titles, name, and how it stands beside the recipients."""

from __future__ import annotations

import re

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
from dvctt_report.lint.parts import Paper, Signer
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity
from dvctt_report.nd30.format import component
from dvctt_report.vietnamese import unaccented

AUTHORITY, NAME = "Chức vụ người ký", "Họ tên người ký"
_NO_SIGNATURE = NotApplicable("không có khối chữ ký")
_SHORT = r"TM|KT|TL|TUQ|Q"
_RIGHT = re.compile(rf"(?:{_SHORT})\. (?=\S)")
_NEARLY = re.compile(
    rf"(?:(?P<short>{_SHORT}|T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|T\s?/\s?U\s?/\s?Q)\s*[./]?)\s*(?=[A-ZĐÁÀẢÃẠĂÂÊÔƠƯÚÙỦŨỤỨỪỬỮỰÝ]{{2}})"
)
_TITLES = re.compile(
    r"(?:gs|pgs|ts|ths|tien si|thac si|giao su|pho giao su|bs|bac si|ks|ky su|cn|nsut|nsnd|ngut|ngnd"
    r"|anh hung|nha giao)\b\.?[\s.]*(?:ckii?\b\.?)?"
)


@check(
    "TT49",
    Severity.ERROR,
    "Quyền hạn ký viết sai (TM., KT., TL., TUQ., Q.)",
    rationale="Quyền hạn viết tắt có dấu chấm và một dấu cách: “TM.”, “KT.”, “TL.”, “TUQ.”, “Q.”. “T/M”, "
    "“K/T” là cách ghi của văn bản Đảng.",
    source="Phụ lục I, mục II.7b",
)
def authority_marks(paper: Paper, settings: Settings) -> Answers:
    """Report abbreviations of authority without their full stop and blank, or with a slash.

    Sai: KT GIÁM ĐỐC; T/M ỦY BAN NHÂN DÂN; TM.ỦY BAN
    Đúng: KT. GIÁM ĐỐC; TM. ỦY BAN NHÂN DÂN
    """
    if not paper.signature.authority:
        yield _NO_SIGNATURE
    for piece in paper.signature.authority:
        found = _NEARLY.match(piece.text)
        if found is None or _RIGHT.match(piece.text) or (found["short"] == "Q" and piece.text[1:2].isalpha()):
            continue
        if not re.match(rf"(?:{_SHORT})(?![A-ZĐ])|[TK]\s?/", piece.text):
            continue
        right = re.sub(r"[\s/]", "", found["short"])
        yield Fault(
            AUTHORITY,
            quote(piece.text),
            f"“{found[0].strip()}”",
            f"“{right}. ”",
            f"Sửa thành “{right}. {piece.text[found.end() :]}”",
        )


@check(
    "TT50",
    Severity.ERROR,
    "Thứ tự quyền hạn, chức vụ người ký không hợp lý",
    rationale="Ký thay (KT.) là cấp phó ký: dòng dưới phải là chức vụ của cấp phó. Ủy ban nhân dân, hội "
    "đồng làm việc theo chế độ tập thể thì người đứng đầu ký thay mặt (TM.). Thứ tự: TM., "
    "TL./TUQ., KT.",
    source="Phụ lục I, mục II.7b; Điều 13",
)
def authority_order(paper: Paper, settings: Settings) -> Answers:
    """Report "KT." without a deputy below, a committee's name without "TM.", "TL." without a title below.

    Sai: KT. GIÁM ĐỐC / GIÁM ĐỐC; ỦY BAN NHÂN DÂN / CHỦ TỊCH
    Đúng: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC; TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH
    """
    lines = paper.signature.authority
    if not lines:
        yield _NO_SIGNATURE
        return
    texts = [p.plain for p in lines]
    for at, text in enumerate(texts):
        below = texts[at + 1] if at + 1 < len(texts) else ""
        if re.match(r"k\s*/?t\b", text) and not re.match(r"(?:pho|quyen pho|thu truong)\b", below):
            yield Fault(
                AUTHORITY,
                quote(lines[at].text),
                f"dưới “{lines[at].text}” không phải chức vụ cấp phó",
                "dòng dưới là “PHÓ …”",
                "Ghi chức vụ cấp phó của người ký ở dòng dưới",
            )
        elif re.match(r"t\s*/?(?:l|u\s*/?q|m)\b", text) and not below:
            yield Fault(
                AUTHORITY,
                quote(lines[at].text),
                f"dưới “{lines[at].text}” không có chức vụ người ký",
                "dòng dưới là chức vụ người ký",
                "Thêm chức vụ của người ký",
            )
    if re.match(r"(?:uy ban nhan dan|hoi dong nhan dan)\b", texts[0]):
        yield Fault(
            AUTHORITY,
            quote(lines[0].text),
            "thiếu “TM.” trước tên tập thể",
            f"“TM. {lines[0].text}”",
            "Thêm “TM.” phía trước",
        )


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
        if one.authority:
            yield from _name_faults(one.name)


def _name_faults(name: Piece | None) -> Answers:
    if name is None:
        yield NotEvaluated("họ tên người ký để trống", NAME)
        return
    if name.text.startswith("[") or not re.search(r"\w", name.text):
        yield NotEvaluated("họ tên người ký để trống", NAME, name.text)
        return
    yield from look_faults(NAME, (name,), component("signer"), upper=False)
    if found := _TITLES.match(unaccented(name.text)):
        shown = name.text[: found.end()].strip()
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
    title, authority = paper.signature.recipients_title, paper.signature.authority
    if title is None or not authority:
        yield NotApplicable("không có Nơi nhận hoặc chữ ký")
        return
    if paper.signature.co_signers or paper.kind == "Biên bản":
        yield NotApplicable("văn bản nhiều người ký, Nơi nhận đặt ở dưới")
        return
    one, other = title.paragraph, authority[0].paragraph
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
