"""Documents that NĐ 30/2020/NĐ-CP does not rule: recognised, and declined with the reason."""

from __future__ import annotations

import re

from dvctt_report.lint.check import DECREE_IN_FORCE, quote
from dvctt_report.lint.parts import Paper
from dvctt_report.nd30.kinds import OF_SEVERAL_PARTIES
from dvctt_report.vietnamese import format_date

_PARTY = re.compile(r"dang cong san viet nam")
_YOUTH = re.compile(r"doan (?:tncs|thanh nien cong san) ho chi minh.*")
_OPEN_LETTER = re.compile(r"(?:than (?:ai |men )?gui|kinh thua)\b")
_COURT = re.compile(r"toa an nhan dan|vien kiem sat nhan dan")
_JUDGMENT = re.compile(r"(?:ban an|cao trang|(?:quyet dinh )?khang nghi|thong bao (?:ve viec )?thu ly)\b.*")
_RULING = re.compile(
    r"\b(?:dua vu (?:an|viec)|xet xu|phien toa|phien hop|so tham|phuc tham|giam doc tham|tai tham|khang nghi"
    r"|khoi to|truy to|tam giam|tam giu|bi can|bi cao|truy na|dinh chi (?:vu|viec|giai quyet|dieu tra)"
    r"|thuan tinh ly hon|su thoa thuan|khan cap tam thoi|trung cau giam dinh|thi hanh an|pha san|phe chuan"
    r"|chuyen (?:vu an|ho so vu)|nhap vu an|tach vu an|uy thac|tra ho so|mien chap hanh|hoan chap hanh)\b"
)
"""What a ruling of a court or prosecutor is about, in the words of the laws of procedure."""
_RULING_NUMBER = re.compile(
    r"\d+\s*/\s*20\d\d\s*/|\b(?:QĐ)?(?:XX)?[SP]T\b|ST-|PT-|GĐT|\b(?:HS|DS|HNGĐ|KDTM)\b"
)
"""Its number: with the year ("05/2025/QĐST-DS"), or with the instance and the branch of law."""
_PROCEDURE = re.compile(r"\b(?:bo )?luat to tung\b")
_OF_OFFICE = re.compile(
    r"(?:ve viec |v/v )?(?:bo nhiem|mien nhiem|dieu dong|luan chuyen|biet phai|tuyen dung|tiep nhan|nang|xep"
    r"|cu |nghi|cho thoi|ky luat|khen thuong|tang|thi dua|ban hanh|thanh lap|kien toan|phe duyet|giao"
    r"|quy hoach|cong nhan (?:danh hieu|ket qua|sang kien|hoan thanh)|cong bo"
    r"|phan cong (?:nhiem vu|cong tac|lanh dao)|mua sam|thanh ly|bai bo|thay the|sua doi)"
)
"""How the subject of a decision about a court's own staff, budget or rules opens."""
_LAW = re.compile(r"(?:luat|phap lenh|nghi dinh|thong tu|thong tu lien tich|lenh)\b")
_PENALTY = re.compile(r"(?:QĐ|BB)-?(?:XPVPHC|XPHC|XPHCVP|THA|CCXP)|XPVPHC|VPHC", re.IGNORECASE)
_WITH_YEAR = re.compile(r"\d+\s*/\s*20\d\d\s*/\s*(?:QĐ|NQ|CT|NĐ|TT)\b")


def decline(paper: Paper) -> tuple[str, str] | None:
    """Say why the document is not checked and what rules it; None where NĐ 30 does."""
    front = [piece.plain for piece in paper.pieces[:12]]
    head = paper.head
    if any(_PARTY.fullmatch(line.strip(" .")) for line in front) and head.state is None:
        return (
            "Văn bản của Đảng (có tiêu đề “Đảng Cộng sản Việt Nam”)",
            "Thể thức văn bản của Đảng theo hướng dẫn của Văn phòng Trung ương Đảng, không theo NĐ "
            "30/2020/NĐ-CP.",
        )
    if any(_YOUTH.fullmatch(line) for line in front) and head.state is None:
        return (
            "Văn bản của Đoàn Thanh niên",
            "Thể thức văn bản của Đoàn theo hướng dẫn của Trung ương Đoàn, không theo NĐ 30/2020/NĐ-CP.",
        )
    if head.state is None and head.motto is None and (head.number is None or head.place_date is None):
        return (
            "Không nhận ra văn bản hành chính: không thấy Quốc hiệu, Tiêu ngữ, cũng không thấy số, ký hiệu "
            "và ngày",
            "Chỉ kiểm tra văn bản hành chính theo NĐ 30/2020/NĐ-CP (báo cáo, công văn, kế hoạch, quyết định "
            "…).",
        )
    if head.state is not None and paper.kind in OF_SEVERAL_PARTIES:
        return (
            f"{paper.kind}: văn bản do nhiều bên thỏa thuận và cùng ký",
            "NĐ 30/2020/NĐ-CP nêu tên loại này nhưng không có mẫu trình bày; hình thức theo pháp luật dân sự "
            "hoặc mẫu các bên thống nhất.",
        )
    titled = [p.plain for p in paper.pieces[:25]]
    if any(_COURT.match(line) for line in front) and _is_procedural(paper, titled):
        return (
            "Văn bản tố tụng của tòa án, viện kiểm sát",
            "Thể thức văn bản tố tụng theo pháp luật tố tụng, không theo NĐ 30/2020/NĐ-CP. Quyết định hành "
            "chính (nhân sự, thi đua, nội bộ) thì vẫn kiểm tra; nếu đây là văn bản hành chính, xem lại số, "
            "ký hiệu (không ghi năm) và trích yếu.",
        )
    number = head.number.text if head.number else ""
    if _PENALTY.search(number):
        return (
            "Văn bản xử phạt vi phạm hành chính, thi hành án",
            "Văn bản này theo biểu mẫu riêng của pháp luật về xử lý vi phạm hành chính, thi hành án.",
        )
    law = any(_LAW.fullmatch(line) for line in titled)
    if law or (_WITH_YEAR.search(number) and paper.kind in ("Quyết định", "Nghị quyết", "Chỉ thị")):
        return (
            "Văn bản quy phạm pháp luật (số có năm ban hành, hoặc tên loại của văn bản quy phạm pháp luật)",
            "Thể thức theo nghị định hướng dẫn Luật Ban hành văn bản quy phạm pháp luật, không theo NĐ "
            "30/2020/NĐ-CP.",
        )
    open_letter = head.number is None and any(_OPEN_LETTER.match(p.plain) for p in paper.pieces[:20])
    if open_letter or (paper.title.other is not None and not head.matter):
        named = f"Văn bản có tên “{quote(paper.title.other.text, 60)}”" if paper.title.other else "Thư công"
        return (
            f"{named}: NĐ 30/2020/NĐ-CP không có mẫu trình bày",
            "Thư công, phiếu trình, giấy xác nhận, đơn, danh sách … theo mẫu của cơ quan. Nếu gõ nhầm tên "
            "loại, sửa lại rồi kiểm tra lần nữa.",
        )
    if paper.day is not None and paper.day < DECREE_IN_FORCE:
        return (
            f"Văn bản đề ngày {format_date(paper.day)}, trước khi NĐ 30/2020/NĐ-CP có hiệu lực "
            f"({format_date(DECREE_IN_FORCE)})",
            "Văn bản cũ theo quy định có hiệu lực khi ban hành; không kiểm tra theo NĐ 30/2020/NĐ-CP.",
        )
    return None


def _is_procedural(paper: Paper, titled: list[str]) -> bool:
    """Whether a court's or prosecutor's document belongs to a case; one about its own staff doesn't."""
    if any(_JUDGMENT.fullmatch(line) for line in titled):
        return True
    if paper.kind != "Quyết định":
        return False
    subject = " ".join(line.plain for line in paper.title.subject)
    if _RULING_NUMBER.search(paper.head.number.text if paper.head.number else ""):
        return True
    if _OF_OFFICE.match(subject):
        return False
    return bool(_RULING.search(subject)) or any(_PROCEDURE.search(line.plain) for line in paper.bases)
