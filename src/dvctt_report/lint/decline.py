"""Documents that NĐ 30/2020/NĐ-CP does not rule: recognised, and declined with the reason."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from dvctt_report.lint.check import quote
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.titles import kind_of, stands_aside
from dvctt_report.nd30.kinds import OF_SEVERAL_PARTIES
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import format_date


class Declined(NamedTuple):
    """Why a document isn't checked, and what rules it or what to do."""

    reason: str
    remedy: str


DECREE_IN_FORCE = date(2020, 3, 5)
"""NĐ 30/2020/NĐ-CP, Điều 37; documents before that day follow other rules and are declined."""
_TOP = 25
"""Lines among which number and title stand, also where a law site sets every line as a paragraph."""
_PARTY = lazy_pattern(r"dang cong san viet nam")
_PARTY_NUMBER = lazy_pattern(r"số\s*+:?[\d.…\s]*+-\s*[A-ZĐa-z]{2,3}\s*/\s*[A-ZĐ]{2,}.*", re.IGNORECASE)
"""The Party sets dash and stroke the other way round: "Số 12-BC/TU"."""
_YOUTH = lazy_pattern(r"doan (?:tncs|thanh nien cong san) ho chi minh.*")
_OPEN_LETTER = lazy_pattern(r"(?:than (?:ai |men )?gui|kinh thua)\b")
_COURT = lazy_pattern(r"toa an nhan dan|vien kiem sat nhan dan")
_JUDGMENT = lazy_pattern(r"(?:ban an|cao trang|(?:quyet dinh )?khang nghi|thong bao (?:ve viec )?thu ly)\b.*")
_RULING = lazy_pattern(
    r"\b(?:dua vu (?:an|viec)|xet xu|phien toa|phien hop|so tham|phuc tham|giam doc tham|tai tham|khang nghi"
    r"|khoi to|truy to|tam giam|tam giu|bi can|bi cao|truy na|dinh chi (?:vu|viec|giai quyet|dieu tra)"
    r"|thuan tinh ly hon|su thoa thuan|khan cap tam thoi|trung cau giam dinh|thi hanh an|pha san|phe chuan"
    r"|chuyen (?:vu an|ho so vu)|nhap vu an|tach vu an|uy thac|tra ho so|mien chap hanh|hoan chap hanh)\b"
)
"""What a ruling of a court or prosecutor is about, in the words of the laws of procedure."""
_RULING_NUMBER = lazy_pattern(
    r"\d\s*/\s*20\d\d\s*/|\b(?:QĐ)?(?:XX)?[SP]T\b|ST-|PT-|GĐT|\b(?:HS|DS|HNGĐ|KDTM)\b"
)
"""Its number: with the year ("05/2025/QĐST-DS"), or with the instance and the branch of law."""
_PROCEDURE = lazy_pattern(r"\b(?:bo )?luat to tung\b")
_OF_OFFICE = lazy_pattern(
    r"(?:ve viec |v/v )?(?:bo nhiem|mien nhiem|dieu dong|luan chuyen|biet phai|tuyen dung|tiep nhan|nang|xep"
    r"|cu |nghi|cho thoi|ky luat|khen thuong|tang|thi dua|ban hanh|thanh lap|kien toan|phe duyet|giao"
    r"|quy hoach|cong nhan (?:danh hieu|ket qua|sang kien|hoan thanh)|cong bo"
    r"|phan cong (?:nhiem vu|cong tac|lanh dao)|mua sam|thanh ly|bai bo|thay the|sua doi)"
)
"""How the subject of a decision about a court's own staff, budget or rules opens."""
_PENALTY = lazy_pattern(r"(?:QĐ|BB)-?(?:XPVPHC|XPHC|XPHCVP|THA|CCXP)|XPVPHC|VPHC", re.IGNORECASE)
_LAW = lazy_pattern(
    r"(?:luật|bộ luật|pháp lệnh|hiến pháp|nghị định|thông tư|lệnh|văn bản hợp nhất)\b(?! sư).*", re.IGNORECASE
)
_LAW_NUMBER = lazy_pattern(
    r"(?:(?:bộ luật|luật|pháp lệnh|nghị quyết|nghị định|lệnh|thông tư)\s+)?số\s*:?[\d\s.…_]*/"
    r"(?:\s*20\d\d\s*/\s*(?:QĐ|NQ|CT|NĐ|TT|TTLT|QH\d*|UBTVQH\d*|PL|L|SL)\b|\s*VBHN\b).*",
    re.IGNORECASE,
)
"""A number with the year before the letters of a legal document: "52/2025/QĐ-UBND", "72/2025/QH15"."""
_NO_LAWGIVER = lazy_pattern(
    r"(?:so|chi cuc|phong|trung tam|ban quan ly|benh vien|truong|tram|hat|doi|van phong (?:uy ban|ubnd))\b"
)
"""Offices that issue no legal documents (Luật Ban hành văn bản quy phạm pháp luật 2025, Điều 4)."""
_FORM_MARK = lazy_pattern(
    r"\(?(?:mẫu|biểu|biểu mẫu)\s++(?:số\s*+)?:?\s*+(?:[./-]|[^\W\d])*+\d[\w./-]*+\)?\.?", re.IGNORECASE
)

_NO_FORM = "NĐ 30/2020/NĐ-CP không có mẫu trình bày"
_OF_OFFICES = (
    "Loại này trình bày theo mẫu của cơ quan. Nếu gõ nhầm tên loại, sửa lại rồi kiểm tra lần nữa; nếu vẫn là "
    "văn bản hành chính, chạy lại với --kind và tên loại."
)


_BY_PARTIES = "văn bản do nhiều bên thỏa thuận và cùng ký"
_CIVIL_LAW = (
    "NĐ 30/2020/NĐ-CP không có mẫu trình bày cho văn bản nhiều bên; hình thức theo pháp luật dân sự hoặc mẫu "
    "các bên thống nhất."
)
_OWN_WORDS = "Giấy tờ do cá nhân lập không phải văn bản hành chính của cơ quan; theo mẫu của nơi nhận."
_LISTS = (
    r"danh (?:sách|mục|bạ)|bảng|biểu (?!mẫu)|lịch|thời khoá biểu|thống kê|tổng hợp|nội quy|quy trình|điều lệ"
)
FAMILIES: tuple[tuple[re.Pattern[str], str, str, str], ...] = tuple(
    (lazy_pattern(rf"(?:{title})\b"), called, reason, remedy)
    for title, called, reason, remedy in (
        (
            r"hợp đồng|phụ lục hợp đồng|biên bản thanh lý|(?:văn bản |bản |biên bản )?(?:thoả thuận|ghi nhớ)"
            r"|hợp tác|thanh lý hợp đồng",
            "Văn bản nhiều bên",
            _BY_PARTIES,
            _CIVIL_LAW,
        ),
        (
            r"(?:sơ yếu )?lý lịch|curriculum vitae|cv\b|tiểu sử|tóm tắt lý lịch",
            "Lý lịch",
            _NO_FORM,
            _OWN_WORDS,
        ),
        (
            r"đơn|bản (?:kiểm điểm|cam kết|cam đoan|tường trình|tự|nhận xét|giải trình)"
            r"|giấy (?:cam kết|vay|bán)|di chúc|lời khai",
            "Giấy tờ của cá nhân",
            _NO_FORM,
            _OWN_WORDS,
        ),
        (
            r"bài (?:phát biểu|tham luận|viết|nói|thu hoạch|giảng)|phát biểu|diễn văn|tham luận|kịch bản"
            r"|lời (?:chào|dẫn|khai mạc|bế mạc|kêu gọi)|đáp từ|đề cương|giáo án",
            "Bài phát biểu, tài liệu",
            _NO_FORM,
            _OF_OFFICES,
        ),
        (r"thư|lời chúc", "Thư công", _NO_FORM, _OF_OFFICES),
        (_LISTS, "Danh sách, bảng biểu", _NO_FORM, _OF_OFFICES),
        (r"giấy|bằng|chứng", "Giấy chứng nhận, xác nhận", _NO_FORM, _OF_OFFICES),
        (r"sổ|phiếu|tờ khai|mẫu|biểu mẫu|bản|hồ sơ|nhật ký", "Biểu mẫu", _NO_FORM, _OF_OFFICES),
    )
)
"""Papers by the words they are titled with, from the narrow to the wide: what opens the reason, then it."""


def decline(paper: Paper, *, is_named: bool = False) -> Declined | None:
    """Say why the document is not checked and what rules it; None where NĐ 30 does.

    ``is_named``: a person says what kind it is, so that its day alone is looked at.
    """
    found = None if is_named else _by_signs(paper) or _by_title(paper) or _by_head(paper)
    if found is None and paper.day is not None and paper.day < DECREE_IN_FORCE:
        return Declined(
            f"Văn bản đề ngày {format_date(paper.day)}, trước khi NĐ 30/2020/NĐ-CP có hiệu lực "
            f"({format_date(DECREE_IN_FORCE)})",
            "Văn bản cũ theo quy định có hiệu lực khi ban hành; không kiểm tra theo NĐ 30/2020/NĐ-CP.",
        )
    return found


def _by_signs(paper: Paper) -> Declined | None:
    """A ruling, a penalty or a law, told by its number, its letterhead and what it is about."""
    top, head, title = paper.pieces[:_TOP], paper.head, paper.title.kind
    number, kind = head.number.text if head.number else "", kind_of(title) if title else None
    if any(_COURT.match(piece.plain) for piece in top[:12]):
        # One about a court's own staff is none of a case.
        subject = " ".join(line.plain for line in paper.title.subject)
        of_case = _RULING.search(subject) or any(_PROCEDURE.search(line.plain) for line in paper.bases)
        is_ruling = _RULING_NUMBER.search(number) or (of_case and not _OF_OFFICE.match(subject))
        if any(_JUDGMENT.fullmatch(p.plain) for p in top) or (paper.kind == "Quyết định" and is_ruling):
            return Declined(
                "Văn bản tố tụng của tòa án, viện kiểm sát",
                "Thể thức văn bản tố tụng theo pháp luật tố tụng, không theo NĐ 30/2020/NĐ-CP. Quyết định "
                "hành chính (nhân sự, thi đua, nội bộ) thì vẫn kiểm tra; nếu đây là văn bản hành chính, xem "
                "lại số, ký hiệu (không ghi năm) và trích yếu.",
            )
    if _PENALTY.search(number):
        return Declined(
            "Văn bản xử phạt vi phạm hành chính, thi hành án",
            "Văn bản này theo biểu mẫu riêng của pháp luật về xử lý vi phạm hành chính, thi hành án.",
        )
    above = [p for p in top if title is None or p.paragraph.number < title.paragraph.number]
    makes_law = not any(_NO_LAWGIVER.match(line.plain) for line in head.issuer[:1])
    if any(
        (line.is_upper and not stands_aside(line) and _LAW.fullmatch(line.text))
        or (makes_law and _LAW_NUMBER.fullmatch(line.text))
        for line in above
    ):
        single = ""
        if kind is not None:
            meant = f"Nếu đây là {kind.name.lower()} cá biệt, chỉ gõ nhầm năm vào số"
            single = f' {meant}, chạy lại với --kind "{kind.name}".'
        return Declined(
            "Văn bản quy phạm pháp luật (số có năm ban hành, hoặc tên loại của văn bản quy phạm pháp luật)",
            "Thể thức theo nghị định hướng dẫn Luật Ban hành văn bản quy phạm pháp luật, không theo NĐ "
            f"30/2020/NĐ-CP.{single}",
        )
    return None


def _by_title(paper: Paper) -> Declined | None:
    """A paper of several parties, of a person or of an office's own form, told by its name."""
    named, other = paper.title.kind, paper.title.other
    if other is None and named is not None and not paper.title.enclosed_in:
        kind = name.name if (name := kind_of(named)) else ""
        shown = quote(named.text, 60)
        if kind in OF_SEVERAL_PARTIES or FAMILIES[0][0].match(named.key):
            called = kind if kind in OF_SEVERAL_PARTIES else shown.capitalize()
            return Declined(f"{called}: {_BY_PARTIES}", _CIVIL_LAW)
        if kind == "Giấy ủy quyền" and paper.head.number is None and not paper.signature.recipients:
            return Declined(f"Giấy tờ của cá nhân “{shown}”: không có số, ký hiệu", _OWN_WORDS)
    if other is None or paper.head.matter:
        return None
    for title, called, reason, remedy in FAMILIES:
        if title.match(other.key):
            return Declined(f"{called} “{quote(other.text, 60)}”: {reason}", remedy)
    return None


def _by_head(paper: Paper) -> Declined | None:
    """A paper of the Party, of the youth union, of no office, or a form to be filled in."""
    head, signature, front = paper.head, paper.signature, paper.pieces[:12]
    by_name = any(_PARTY.fullmatch(p.plain.strip(" .")) for p in front)
    if head.state is None and (by_name or any(_PARTY_NUMBER.fullmatch(p.text) for p in front)):
        sign = "có tiêu đề “Đảng Cộng sản Việt Nam”" if by_name else "số, ký hiệu dạng “Số 12-BC/TU”"
        return Declined(
            f"Văn bản của Đảng ({sign})",
            "Thể thức văn bản của Đảng theo hướng dẫn của Văn phòng Trung ương Đảng, không theo NĐ "
            "30/2020/NĐ-CP.",
        )
    if head.state is None and any(_YOUTH.fullmatch(p.plain) for p in front):
        return Declined(
            "Văn bản của Đoàn Thanh niên",
            "Thể thức văn bản của Đoàn theo hướng dẫn của Trung ương Đoàn, không theo NĐ 30/2020/NĐ-CP.",
        )
    bare = head.state is None and head.motto is None and (head.number is None or head.place_date is None)
    closed = paper.title.kind is not None and signature.recipients_title is not None and signature.authority
    if bare and not paper.title.enclosed_in and not (closed and paper.title.addressee):
        return Declined(
            "Không nhận ra văn bản hành chính: không thấy Quốc hiệu, Tiêu ngữ, cũng không thấy số, ký hiệu "
            "và ngày",
            "Chỉ kiểm tra văn bản hành chính theo NĐ 30/2020/NĐ-CP (báo cáo, công văn, kế hoạch, quyết định "
            "…) và phụ lục của chúng.",
        )
    marked = any(_FORM_MARK.fullmatch(line.text) for line in front[:4])
    if marked and paper.day is None and not (paper.number and paper.number.figure):
        return Declined(f"Biểu mẫu để trống: {_NO_FORM}", "Kiểm tra văn bản đã lập theo mẫu này.")
    if head.number is None and any(_OPEN_LETTER.match(p.plain) for p in paper.pieces[:20]):
        return Declined(f"Thư công: {_NO_FORM}", _OF_OFFICES)
    return None
