"""What offices make of a right document: who issues, who signs, with whom, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.word.lint.top import abbreviation
from tests.word.lint.papers import BODY, CENTRE, LONG, WORDS, Draft, Line, para, shape_line, table
from tests.word.lint.right_papers import (
    CENTRED,
    KEPT,
    RIGHT_PAPERS,
    SECTIONS,
    directive,
    enclosed,
    minutes,
    named,
    office,
    recipients,
    signers,
    table_of,
    text,
)

AUTHORITIES, ISSUERS = WORDS["authorities"], WORDS["issuers"]
SIGNED_BY = (("TM. ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN\nTỈNH A"), ("HIỆU TRƯỞNG", "TRƯỜNG CAO ĐẲNG NGHỀ"))
"""Who issues a document that bears such a line below it; any other may be a sở's."""
HEADS = (
    ("TRƯỜNG", ("HIỆU TRƯỞNG",)),
    ("PHÒNG", ("TRƯỞNG PHÒNG",)),
    ("HỘI ĐỒNG NHÂN DÂN", ("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH")),
)
SENT = ("- UBND tỉnh;", "- Lưu: VT, VP.")


def _offices() -> Iterator[tuple[str, Draft]]:
    for parent, issuer in ISSUERS:
        heads = (title for words, title in HEADS if issuer.startswith(words))
        draft = named("Thông báo", parent=parent, issuer=issuer, authority=next(heads, ("GIÁM ĐỐC",)))
        yield f"{parent}, {issuer}".replace("\n", " "), draft.of(abbreviation(issuer))
    for lines in AUTHORITIES:
        issuer = next((name for words, name in SIGNED_BY if words in lines), "")
        changes = {"parent": "", "issuer": issuer, "authority": lines} if issuer else {"authority": lines}
        yield " / ".join(lines), named("Thông báo", **changes).of(abbreviation(issuer) if issuer else "SNV")


def _joint() -> Iterator[tuple[str, Draft]]:
    """Documents of two bodies, minutes of two parties: all sign, the recipients stand below or beside."""
    two = {"issuer": "SỞ TÀI CHÍNH - SỞ Y TẾ", "number": "Số: 15/KH-STC-SYT"}
    heads = signers(("GIÁM ĐỐC SỞ TÀI CHÍNH", "Lê A"), ("GIÁM ĐỐC SỞ Y TẾ", "Lê B"))
    deputies = signers(
        ("SỞ TÀI CHÍNH\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Lê A"), ("SỞ Y TẾ\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Lê B")
    )
    below = recipients(*SENT)
    yield "liên tịch", named("Kế hoạch", kind="KẾ HOẠCH LIÊN TỊCH", closing=heads + below, **two)
    yield "liên tịch, cấp phó ký", named("Kế hoạch", closing=deputies + below, **two)
    stacked = {**two, "parent": "", "issuer": "SỞ TÀI CHÍNH\nSỞ Y TẾ"}
    yield "liên tịch, hai dòng tên", named("Kế hoạch", closing=heads + below, **stacked)
    signed = para() * 3 + para("Lê A", **CENTRE, bold=True)
    cell = [para(f"GIÁM ĐỐC {body}", **CENTRE, bold=True) + signed for body in ("SỞ Y TẾ", "SỞ TÀI CHÍNH")]
    yield "liên tịch, ba cột", named("Kế hoạch", closing=table([[below, *cell]], [50, 55, 60]), **two)
    kept = recipients(*KEPT)
    checked = (("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA\nGIÁM ĐỐC", "Lê A"), ("TRƯỞNG ĐOÀN KIỂM TRA", "Lê B"))
    yield ("biên bản kiểm tra", minutes(subject="Kiểm tra công tác", closing=signers(*checked) + kept))
    handed = signers(("BÊN GIAO", "Lê A"), ("BÊN NHẬN", "Lê B"))
    yield "biên bản bàn giao", minutes(subject="Bàn giao tài sản", closing=handed + kept)
    power = signers(("NGƯỜI ĐƯỢC ỦY QUYỀN", "Lê A"), ("NGƯỜI ỦY QUYỀN\nGIÁM ĐỐC", "Lê B"))
    yield "giấy ủy quyền hai người ký", named("Giấy ủy quyền", "", closing=power + below)


def _behind() -> Iterator[tuple[str, Draft]]:
    """What stands behind the signature and is neither annex nor put into force."""
    copied = [
        [para("SỞ NỘI VỤ", **CENTRE, size=13, bold=True), para("SAO Y", **CENTRE, bold=True)],
        [
            para("Số: 03/SY-SNV", **CENTRE, size=13),
            para("Bình An, ngày 10 tháng 3 năm 2025", **CENTRE, italic=True),
        ],
        [recipients(*SENT), para("GIÁM ĐỐC", **CENTRE, bold=True) + para("Lê A", **CENTRE, bold=True)],
    ]
    block = table(copied, [75, 90])
    yield "bản sao y", named("Thông báo", behind=block)
    yield "bản sao y, có đường kẻ", named("Thông báo", behind=para("_" * 40, **CENTRE) + block)
    form = para("", inner='<w:r><w:br w:type="page"/></w:r>') + para("MẪU BÁO CÁO", **CENTRE, bold=True)
    form += para("Đơn vị: ............", size=12) + para("1. Kết quả: .......", size=12)
    yield "mẫu báo cáo ở trang sau", named("Kế hoạch", body=SECTIONS, behind=form)
    listed = para("", section=office().sheet.xml(), size=2) + para("BIỂU TỔNG HỢP", **CENTRE, bold=True)
    listed += table_of(("STT", "Nội dung"), ("1", "Số cuộc")).xml()
    yield "biểu ở trang sau", named("Kế hoạch", body=SECTIONS, behind=listed)
    draft = enclosed("NGHỊ QUYẾT", "Về chuyển đổi số", SECTIONS)
    yield "tờ trình kèm dự thảo nghị quyết", replace(RIGHT_PAPERS["Tờ trình"], behind=draft)
    seen = para("Xác nhận của cơ quan, tổ chức hoặc chính quyền", size=13) + para("nơi nghỉ phép", size=13)
    yield "giấy nghỉ phép có xác nhận", replace(RIGHT_PAPERS["Giấy nghỉ phép"], behind=seen)


def _addressed() -> Iterator[tuple[str, Draft]]:
    """Addressees over several lines, and lines of the text that only look like a part."""
    same = ("- Như trên;", "- Lưu: VT, VP.")
    for name, lines in {
        "nơi nhận ngắt dòng": ("Kính gửi:", "- Ủy ban nhân dân các xã,", "  phường;", "- Sở B."),
        "một nơi, hai dòng": ("Kính gửi: Các cơ quan chuyên môn", "thuộc Ủy ban nhân dân tỉnh"),
        "một nơi, ngắt dòng": ("Kính gửi: Ủy ban nhân dân các xã,\nphường, đặc khu",),
        "đồng kính gửi": ("Kính gửi: Ủy ban nhân dân tỉnh A.", "Đồng kính gửi: Sở Tài chính."),
    }.items():
        yield f"Kính gửi: {name}", named("Tờ trình", addressee=lines, recipients=same)
    short = (Line("Sở Nội vụ báo cáo như sau:", {**BODY, "align": "left"}), *text(LONG))
    to = ("Kính gửi: Sở B",)
    yield "lời văn ngắn sau Kính gửi", named("Tờ trình", addressee=to, recipients=same, body=short)
    where = (Line(f"{LONG}."), Line("Nơi nhận hồ sơ: Trung tâm Phục vụ hành chính công."), *text(LONG))
    yield "nơi nhận hồ sơ trong lời văn", named("Thông báo", body=where)
    posted = (Line("(Dán niêm yết)", {**CENTRE, "italic": True}), *text(LONG, LONG))
    yield "dán niêm yết", named("Thông báo", "Tuyển dụng viên chức", body=posted)
    yield "lần thứ hai", named("Thông báo", "Về việc tuyển dụng viên chức\n(Lần 2)")
    yield "thông cáo báo chí", named("Thông cáo", kind="THÔNG CÁO BÁO CHÍ")
    yield "chương trình công tác", named("Chương trình", "", kind="CHƯƠNG TRÌNH CÔNG TÁC")
    body = (Line("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH A", CENTRED), *directive("Quyết định").body[1:])
    yield "quyết định của Chủ tịch", replace(directive("Quyết định"), authority=("CHỦ TỊCH",), body=body)


def _built() -> Iterator[tuple[str, Draft]]:
    """The kinds with a form of their own, built without tables, or with other lines."""
    kinds = ("Biên bản", "Giấy giới thiệu", "Công điện", "Quyết định", "quyết định kèm quy chế", "Giấy mời")
    for manner in ("one paragraph", "tabs", "blanks", "boxes"):
        for kind in kinds:
            yield f"{kind}, {manner}", replace(RIGHT_PAPERS[kind], manner=manner)
    for strokes in ("vml", "underscores", "border"):
        for kind in (*kinds, "quy chế kèm theo, tệp riêng"):
            yield f"{kind}, {strokes}", replace(RIGHT_PAPERS[kind], strokes=strokes)
    confirmed = dict(_behind())["giấy nghỉ phép có xác nhận"]
    yield "giấy nghỉ phép có xác nhận, tabs", replace(confirmed, manner="tabs")

    # The title in a table with one cell.
    plan = named("Kế hoạch", body=SECTIONS)
    title = para(plan.kind, **CENTRE, bold=True) + para(
        plan.subject, **CENTRE, bold=True, inner=shape_line(40)
    )
    whole = Line(raw=table([[title]], [165]))
    yield "tên loại trong bảng", replace(plan, kind="", subject="", body=(whole, *SECTIONS))


OFFICE_PAPERS: dict[str, Draft] = dict(
    pair for family in (_offices, _joint, _behind, _addressed, _built) for pair in family()
)
