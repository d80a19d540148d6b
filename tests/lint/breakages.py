"""Every way to break a good document: the code that must name it, where, and the broken draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from dvctt_report.word.tree import DECLARATIONS
from tests.lint.papers import (
    BODY,
    CENTRE,
    LONG,
    Annex,
    Draft,
    Line,
    Look,
    Sheet,
    page_number,
    para,
    table,
    text_box,
)
from tests.lint.right_papers import named as named_paper
from tests.lint.right_papers import recipients, signers


class Breakage(NamedTuple):
    """``code`` alone is found, at ``place``; ``name`` says what was done."""

    code: str
    place: str
    name: str
    draft: Draft


GOOD = Draft()
LETTER = Draft(
    kind="",
    subject="",
    number="Số: 12/SNV-CCHC",
    matter="V/v đôn đốc báo cáo kết quả\nthực hiện Kế hoạch",
    addressee=("Kính gửi:", "- Cơ quan A;", "- Cơ quan B."),
    bases=(),
    annexes=(),
    body=(Line(f"{LONG}."), Line(f"1. {LONG}."), Line(f"2. {LONG}./.")),
    header="",
)
DECISION = Draft(
    parent="",
    issuer="ỦY BAN NHÂN DÂN\nTỈNH A",
    kind="QUYẾT ĐỊNH",
    number="Số: 09/QĐ-UBND",
    subject="Về việc kiện toàn Tổ công tác",
    addressee=(),
    decides="ỦY BAN NHÂN DÂN TỈNH A",
    bases=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025;",
        "Theo đề nghị của Giám đốc Sở Nội vụ.",
    ),
    annexes=(),
    body=(
        Line("QUYẾT ĐỊNH:", {**CENTRE, "bold": True, "before": 6}),
        Line(f"**Điều 1.** {LONG}."),
        Line(f"**Điều 2.** {LONG}."),
        Line(f"**Điều 3.** {LONG}./."),
    ),
    recipients=("- Như Điều 3;", "- Lưu: VT, NC."),
    authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    lines={"issuer": 18.0, "subject": 26.0},
)


def looks(part: str, **look: object) -> Draft:
    return replace(GOOD, looks={part: dict(look)})


def body(at: int, text: str | None = None, **look: object) -> Draft:
    """The good report with one line of the body changed; the look is laid over its own."""
    lines = list(GOOD.body)
    old = lines[at]
    lines[at] = Line(old.text if text is None else text, {**old.look, **look})
    return replace(GOOD, body=tuple(lines))


def inserted(at: int, *lines: Line) -> Draft:
    return replace(GOOD, body=(*GOOD.body[:at], *lines, *GOOD.body[at:]))


def annexed(at: int, change: Callable[[Annex], Annex]) -> Draft:
    annexes = list(GOOD.annexes)
    annexes[at] = change(annexes[at])
    return replace(GOOD, annexes=tuple(annexes))


def _page() -> Iterator[Breakage]:
    page = "Trang giấy, phần (section) 1/3"
    yield Breakage("TT01", page, "khổ Letter", replace(GOOD, sheet=Sheet(width=215.9, height=279.4)))
    for side, length in (("top", 15), ("bottom", 12.5), ("left", 25), ("right", 12)):
        yield Breakage("TT02", page, f"lề {side}", replace(GOOD, sheet=_sheet(side, length)))
    yield Breakage("TT03", page, "trang ngang không có bảng", _landscape())
    header = "Đầu trang (header)"
    yield Breakage("TT08", header, "không có số trang", replace(GOOD, header=""))
    yield Breakage("TT08", header, "số trang ở chân trang", replace(GOOD, header="", footer=page_number()))
    yield Breakage("TT08", header, "số trang canh phải", replace(GOOD, header=page_number(align="right")))
    yield Breakage("TT08", header, "số trang gõ tay", replace(GOOD, header=para("2", **CENTRE)))
    framed = page_number(align="left", frame="right")
    yield Breakage("TT08", header, "khung số trang bên phải", replace(GOOD, header=framed))
    unbroken = annexed(0, lambda a: replace(a, sheet=Sheet(start=None)))
    yield Breakage("TT08", header, "không có số trang, phụ lục đánh tiếp", replace(unbroken, header=""))
    yield Breakage(
        "TT09", "Đầu trang thứ nhất", "hiện ở trang đầu", replace(GOOD, sheet=Sheet(title_page=False))
    )
    yield Breakage("TT10", header, "số trang cỡ 11", replace(GOOD, header=page_number(size=11)))
    yield Breakage("TT10", header, "số trang đậm", replace(GOOD, header=page_number(bold=True)))
    yield Breakage(
        "TT10", header, "Trang 2/5", replace(GOOD, header=page_number(before="Trang ", after="/5"))
    )
    going_on = annexed(0, lambda a: replace(a, sheet=Sheet(start=None)))
    yield Breakage("TT11", "Phụ lục", "số trang tiếp tục", going_on)


def _sheet(side: str, length: float) -> Sheet:
    sides: dict[str, Any] = {side: length}
    return Sheet(**sides)


def _landscape() -> Draft:
    lines = tuple(line for line in GOOD.body if not line.raw and not line.text.startswith("Bảng"))
    wide = Sheet(width=297, height=210)
    return replace(GOOD, body=(*lines[:-1], lines[-1]), sheet=wide, looks={}, signature_rows=1)


def _text() -> Iterator[Breakage]:
    where = "Nội dung, mục II"
    yield Breakage("TT04", where, "phông Arial", body(11, font="Arial"))
    yield Breakage("TT04", "Tên cơ quan ban hành", "phông Calibri", looks("issuer", font="Calibri"))
    yield Breakage("TT05", where, "chữ đỏ", body(11, colour="FF0000"))
    yield Breakage("TT05", where, "tô vàng", body(11, highlight="yellow"))
    yield Breakage("TT06", where, "phông .VnTime", body(11, font=".VnTime"))
    yield Breakage("TT06", where, "phông VNI", body(11, font="VNI-Times"))
    yield Breakage("TT07", where, "chữ tổ hợp", body(11, f"- Ke\u0302\u0301t qua\u0309: {LONG}."))
    yield Breakage("TT07", where, "chữ Kirin", body(11, f"- K\u0435\u0442 quả: {LONG}."))
    yield Breakage("TT07", where, "dấu cách trước dấu phẩy", body(11, f"- Kết quả , kiến nghị: {LONG}."))
    yield Breakage("TT07", where, "hai dấu cách", body(11, f"- Kết quả  năm: {LONG}."))
    yield Breakage("TT07", where, "ký tự không thấy", body(11, f"- Kết\u200b quả: {LONG}."))
    yield Breakage("TT64", where, "thẻ mẫu", body(11, "- {{ ten }}: " + LONG + "."))
    yield Breakage("TT64", "Nội dung", "chữ ẩn", inserted(12, Line("- Ẩn", {**BODY, "hidden": True})))
    yield Breakage("TT65", where, "hành chánh", body(11, f"- Thủ tục hành chánh: {LONG}."))


def _head() -> Iterator[Breakage]:
    state, motto = "Quốc hiệu", "Tiêu ngữ"
    yield Breakage("TT12", state, "thiếu chữ", replace(GOOD, state="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"))
    yield Breakage("TT12", state, "không đậm", looks("state", bold=False))
    yield Breakage("TT12", state, "chữ thường", replace(GOOD, state="Cộng hòa xã hội chủ nghĩa Việt Nam"))
    yield Breakage("TT12", state, "cỡ 11", looks("state", size=11))
    yield Breakage("TT13", state, "cột hẹp", replace(GOOD, columns=(80, 85)))
    for text in ("Độc lập – Tự do – Hạnh phúc", "Độc lập-Tự do-Hạnh phúc", "Độc lập - tự do - hạnh phúc"):
        yield Breakage("TT14", motto, text, replace(GOOD, motto=text))
    yield Breakage("TT14", motto, "in hoa", replace(GOOD, motto=GOOD.motto.upper()))
    yield Breakage("TT14", motto, "nghiêng", looks("motto", italic=True))
    for under, code, place in (
        ("motto", "TT15", motto),
        ("issuer", "TT17", "Tên cơ quan ban hành"),
        ("subject", "TT33", "Trích yếu"),
    ):
        yield Breakage(code, place, f"không kẻ dưới {under}", replace(GOOD, lines={under: None}))
        yield Breakage(code, place, f"gạch chân {under}", replace(GOOD, lines={under: "underline"}))
        yield Breakage(code, place, f"gạch nối dưới {under}", replace(GOOD, lines={under: "dashes"}))
        yield Breakage(code, place, f"kẻ nét đứt dưới {under}", replace(GOOD, lines={under: "dotted"}))
    yield Breakage("TT15", motto, "kẻ ngắn", replace(GOOD, lines={"motto": 30.0}))
    yield Breakage("TT17", "Tên cơ quan ban hành", "kẻ dài", replace(GOOD, lines={"issuer": 26.0}))
    yield Breakage("TT33", "Trích yếu", "kẻ dài", replace(GOOD, lines={"subject": 160.0}))
    yield Breakage("TT16", "Tên cơ quan chủ quản", "chủ quản đậm", looks("parent", bold=True))
    yield Breakage("TT16", "Tên cơ quan ban hành", "ban hành không đậm", looks("issuer", bold=False))
    short = replace(DECISION, issuer="UBND TỈNH A", lines={**DECISION.lines, "issuer": 12.0})
    yield Breakage("TT16", "Tên cơ quan ban hành", "ban hành viết tắt", short)
    yield Breakage("TT16", "Tên cơ quan chủ quản", "sở không có chủ quản", replace(GOOD, parent=""))
    yield Breakage("TT16", "Tên cơ quan ban hành", "ban hành cỡ 14", looks("issuer", size=14))
    yield Breakage(
        "TT18", "Tên cơ quan ban hành", "chữ thường", replace(GOOD, issuer="Sở Nội vụ", lines={"issuer": 8.0})
    )
    small = replace(GOOD, issuer="Sở Nội vụ", lines={"issuer": 12.5})
    yield Breakage("TT18", "Tên cơ quan ban hành", "chữ thường, kẻ của chữ hoa", small)
    yield Breakage("TT43", "Phần đầu văn bản", "cỡ không đi cùng", looks("state", size=12))


def _number() -> Iterator[Breakage]:
    where = "Số, ký hiệu"

    def numbered(text: str, draft: Draft = GOOD) -> Draft:
        attached = text.replace("Số: ", "số ").replace("SỐ: ", "số ").replace("Số ", "số ")
        annexes = tuple(
            replace(a, attached=a.attached.replace("số 15/BC-SNV", attached)) for a in draft.annexes
        )
        return replace(draft, number=text, annexes=annexes)

    for text in ("Số 15/BC-SNV", "SỐ: 15/BC-SNV", "Số : 15/BC-SNV"):
        yield Breakage("TT19", where, text, replace(GOOD, number=text))
    yield Breakage("TT20", where, "số 5", numbered("Số: 5/BC-SNV"))
    yield Breakage(
        "TT21", where, "năm trong số", replace(numbered("Số: 15/2025/BC-SNV"), annexes=(), body=_no_annex())
    )
    yield Breakage(
        "TT21", where, "cách chữ", replace(numbered("Số: 15 / BC - SNV"), annexes=(), body=_no_annex())
    )
    yield Breakage(
        "TT21", where, "gạch dài", replace(numbered("Số: 15/BC–SNV"), annexes=(), body=_no_annex())
    )
    for text in ("Số: 15-BC/SNV", "Số: 15/BC-SNV."):
        yield Breakage("TT21", where, text, replace(numbered(text), annexes=(), body=_no_annex()))
    yield Breakage("TT22", where, "sai chữ tắt", numbered("Số: 15/BCao-SNV"))
    yield Breakage("TT22", where, "sai thứ tự", numbered("Số: 15/SNV-BC"))
    yield Breakage("TT22", where, "đơn vị trước cơ quan", replace(LETTER, number="Số: 12/CCHC-SNV"))
    of_committee = replace(DECISION, number="Số: 09/QĐ-SNV")
    yield Breakage("TT22", where, "chữ tắt của sở trên quyết định của UBND", of_committee)
    yield Breakage("TT22", where, "không có UBND", replace(DECISION, number="Số: 09/QĐ-CT"))
    yield Breakage("TT22", where, "chữ tắt của sở khác", numbered("Số: 15/BC-STC"))
    bare = replace(numbered("Số: 15/BC"), annexes=(), body=_no_annex())
    yield Breakage("TT22", where, "không có chữ tắt cơ quan", bare)
    yield Breakage("TT22", where, "công văn, sở khác", replace(LETTER, number="Số: 12/STC-CCHC"))
    yield Breakage("TT22", where, "UB", replace(DECISION, number="Số: 09/QĐ-UB"))
    yield Breakage("TT21", where, "gạch dưới", replace(LETTER, number="Số: 12/SNV_CCHC"))
    under = replace(numbered("Số: 15/BC_SNV"), annexes=(), body=_no_annex())
    yield Breakage("TT21", where, "gạch dưới sau tên loại", under)
    for text in ("Số: 15/BC.SNV", "Số: 15/BC SNV"):
        dotted = replace(numbered(text), annexes=(), body=_no_annex())
        yield Breakage("TT21", where, text, dotted)
    yield Breakage("TT21", where, "chấm sau tên cơ quan", replace(LETTER, number="Số: 12/SNV.CCHC"))
    joint = replace(numbered("Số: 15/BCLT-SNV"), kind="BÁO CÁO LIÊN TỊCH")
    yield Breakage("TT22", where, "tên loại và chữ sau", joint)
    yield Breakage("TT23", where, "CV", replace(LETTER, number="Số: 12/CV-SNV"))
    yield Breakage("TT24", where, "TB trên báo cáo", numbered("Số: 15/TB-SNV"))
    yield Breakage("TT25", where, "cỡ 14", looks("number", size=14))
    yield Breakage("TT25", where, "đậm", looks("number", bold=True))


def _no_annex() -> tuple[Line, ...]:
    return (Line(f"{LONG}."), *GOOD.body[1:])


def _date() -> Iterator[Breakage]:
    where = "Địa danh, thời gian"

    def dated(text: str) -> Draft:
        annexes = tuple(
            replace(a, attached="(Kèm theo Báo cáo số 15/BC-SNV của Sở Nội vụ)") for a in GOOD.annexes
        )
        return replace(GOOD, date=text, annexes=annexes)

    yield Breakage("TT26", where, "chữ đứng", looks("date", italic=False))
    for text in (
        "ngày 5 tháng 3 năm 2025",
        "ngày 05 tháng 03 năm 2025",
        "ngày 05 tháng 1 năm 2025",
        "ngày 05 tháng 011 năm 2025",
        "ngày 005 tháng 3 năm 2025",
    ):
        yield Breakage("TT27", where, text, dated(f"Bình An, {text}"))
    yield Breakage("TT28", where, "năm 20225", dated("Bình An, ngày 05 tháng 3 năm 20225"))
    sent = ("Kính gửi: Ủy ban nhân dân tỉnh Bình An",)
    heads = replace(dated("Bình an, ngày 05 tháng 3 năm 2025"), parent="UBND TỈNH BÌNH AN", addressee=sent)
    yield Breakage("TT29", where, "Bình an dưới TỈNH BÌNH AN", heads)
    for text in ("Bình An, Ngày 05 tháng 3 năm 2025", "Bình An, ngày 05 Tháng 3 Năm 2025"):
        yield Breakage("TT28", where, text, dated(text))
    for text in ("Bình An, ngày 05 tháng 3 năm 2025.", "Bình An , ngày 05 tháng 3 năm 2025"):
        yield Breakage("TT28", where, text, dated(text))
    for text in ("Bình An, 05/3/2025", "Bình An ngày 05 tháng 3 năm 2025", "ngày 05 tháng 3 năm 2025"):
        yield Breakage("TT28", where, text, dated(text))
    for year in ("25", "205", "20225"):
        text = f"ngày 05 tháng 3 năm {year}"
        yield Breakage("TT28", where, text, dated(f"Bình An, {text}"))
    yield Breakage("TT29", where, "tỉnh", dated("tỉnh Bình An, ngày 05 tháng 3 năm 2025"))
    for place in ("BÌNH AN", "bình an"):
        yield Breakage("TT29", where, place, dated(f"{place}, ngày 05 tháng 3 năm 2025"))
    yield Breakage("TT29", where, "TP.", dated("TP. Hồ Chí Minh, ngày 05 tháng 3 năm 2025"))
    yield Breakage("TT30", where, "31 tháng 4", dated("Bình An, ngày 31 tháng 4 năm 2025"))
    yield Breakage("TT30", where, "tương lai", dated("Bình An, ngày 05 tháng 6 năm 2026"))


def _title() -> Iterator[Breakage]:
    yield Breakage("TT31", "Tên loại văn bản", "chữ thường", replace(GOOD, kind="Báo cáo"))
    yield Breakage("TT31", "Tên loại văn bản", "canh trái", looks("kind", align="left"))
    yield Breakage(
        "TT31",
        "Tên loại văn bản",
        "V/v",
        replace(GOOD, subject="V/v kết quả thực hiện Kế hoạch tuyên truyền"),
    )
    whole = "BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2025"
    yield Breakage("TT32", "Trích yếu", "cùng dòng tên loại", replace(GOOD, kind=whole, subject=""))
    yield Breakage("TT23", "Tên loại văn bản", "ghi CÔNG VĂN", replace(LETTER, kind="CÔNG VĂN"))
    yield Breakage("TT32", "Trích yếu", "không đậm", looks("subject", bold=False))
    yield Breakage("TT32", "Trích yếu", "canh trái", looks("subject", align="left"))
    bare = replace(GOOD, subject="", addressee=(), bases=(), recipients=("- Cơ quan A;", "- Lưu: VT, CCHC."))
    yield Breakage("TT32", "Trích yếu", "không có, trên lời văn", bare)
    headed = replace(bare, body=(*GOOD.body[1:-1], GOOD.body[0], GOOD.body[-1]))
    yield Breakage("TT32", "Trích yếu", "không có, trên đề mục", headed)
    yield Breakage("TT31", "Tên loại văn bản", "dấu hai chấm", replace(GOOD, kind="BÁO CÁO:"))
    yield Breakage("TT32", "Trích yếu", "chấm phẩy cuối", replace(GOOD, subject=f"{GOOD.subject};"))
    yield Breakage("TT32", "Trích yếu", "dấu chấm cuối", replace(GOOD, subject=f"{GOOD.subject}."))
    yield Breakage(
        "TT34", "Trích yếu công văn", "nghiêng", replace(LETTER, looks={"matter": {"italic": True}})
    )
    yield Breakage(
        "TT34", "Trích yếu công văn", "cách 0 pt", replace(LETTER, looks={"matter": {"before": 0}})
    )
    yield Breakage("TT34", "Trích yếu công văn", "không có", replace(LETTER, matter=""))
    openings = ("Về việc ", "V/v: ", "V/v. ", "v/v ", "V/V ", "V.v ", "VV: ", "V / v ", "VV ", "Vv ", "V-v ")
    for opening in (*openings, "V\\v ", "(V/v) ", "(V/v): "):
        matter = LETTER.matter.replace("V/v ", opening)
        yield Breakage("TT34", "Trích yếu công văn", opening, replace(LETTER, matter=matter))
    for text in (f"({LETTER.matter})", f"( {LETTER.matter} )", f"({LETTER.matter}).", f"({LETTER.matter}"):
        yield Breakage("TT34", "Trích yếu công văn", text, replace(LETTER, matter=text))
    ended = replace(LETTER, matter=f"{LETTER.matter}.")
    yield Breakage("TT34", "Trích yếu công văn", "dấu chấm cuối", ended)
    both = replace(GOOD, matter="V/v kết quả thực hiện Kế hoạch")
    yield Breakage("TT31", "Trích yếu công văn", "V/v dưới số của báo cáo", both)


def _bases() -> Iterator[Breakage]:
    first, second = GOOD.bases
    yield Breakage("TT35", "Căn cứ", "chữ đứng", looks("bases", italic=False))
    yield Breakage("TT35", "Căn cứ", "chữ đậm", replace(GOOD, bases=(f"**Căn cứ**{first[6:]}", second)))
    yield Breakage(
        "TT35", "Căn cứ", "hai căn cứ một đoạn", replace(GOOD, bases=(f"{first} căn cứ {second[8:]}",))
    )
    yield Breakage("TT36", "Căn cứ", "dấu phẩy", replace(GOOD, bases=(first[:-1] + ",", second)))
    yield Breakage("TT36", "Căn cứ", "không dấu cuối", replace(GOOD, bases=(first[:-1], second[:-1])))
    yield Breakage("TT36", "Căn cứ", "dòng cuối chấm phẩy", replace(GOOD, bases=(first, second[:-1] + ";")))
    short = "Căn cứ Nghị định số 30/2020/NĐ-CP về công tác văn thư."
    yield Breakage("TT37", "Căn cứ", "thiếu ngày", replace(GOOD, bases=(first, short)))
    yield Breakage("TT37", "Nội dung, mục I.2", "thiếu số", body(9, f"{LONG}, theo Quyết định 12/QĐ-UBND."))
    for text in (
        "thực hiện Quyết định số 468/QĐ-UBND về việc giao nhiệm vụ",
        "theo Kế hoạch 1234",
        "theo Quyết định số 468 ngày 05/3/2024 của UBND tỉnh A",
        "tại Công văn số 12/SKHCN-VP của Sở Khoa học và Công nghệ",
        "theo Nghị quyết số 57-NQ/TW",
        "thực hiện Chỉ thị 16, các đơn vị đã báo cáo",
        "theo Quyết định số 1/QĐ-SNV ngày 05/3/2024 của Sở, Quyết định số 2/QĐ-SNV",
    ):
        yield Breakage("TT37", "Nội dung, mục I.2", text, body(9, f"{LONG}, {text}."))
    yield Breakage("TT62", "Nội dung, mục I.2", "Khoản", body(9, f"{LONG}, theo Khoản 2 Điều 5."))
    for text in (
        "khoản 2 điều 5",
        "điều 5 Luật Đầu tư",
        "điều 5 của quy chế",
        "điều 5 và Điều 6",
        "điều 5; quy chế",
    ):
        yield Breakage("TT62", "Nội dung, mục I.2", text, body(9, f"{LONG}, theo {text}."))
    for text in ("UBND Tỉnh", "Ủy ban nhân dân Tỉnh", "HĐND Xã", "UBND Phường", "UBND Tỉnh Bình An"):
        yield Breakage("TT62", "Nội dung, mục I.2", text, body(9, f"{LONG}, theo ý kiến của {text}."))
    yield Breakage(
        "TT62", "Kính gửi", "Nhân dân", replace(GOOD, addressee=("Kính gửi: Ủy ban Nhân dân tỉnh A",))
    )


def _body() -> Iterator[Breakage]:
    where = "Nội dung, mục II"
    yield Breakage("TT38", where, "canh trái", body(11, align="left"))
    yield Breakage("TT39", where, "lùi 20 mm", body(11, first=20))
    yield Breakage("TT39", where, "lùi 0", body(11, first=0))
    yield Breakage("TT39", where, "Tab", body(11, f"\t- {LONG}.", first=0))
    yield Breakage("TT39", where, "dấu cách", body(11, f"     - {LONG}.", first=0))
    yield Breakage("TT40", where, "cách 0 pt", body(11, before=0))
    yield Breakage("TT40", where, "dòng trống", inserted(11, Line("", BODY)))
    yield Breakage("TT41", where, "cách dòng đôi", body(11, line=480))
    yield Breakage("TT41", where, "chính xác 12 pt", body(11, line=240, rule="exact"))
    yield Breakage("TT41", where, "0,9 dòng", body(11, line=216))
    yield Breakage("TT42", where, "cỡ 12", body(11, size=12))
    yield Breakage("TT42", where, "lẫn cỡ 13", body(11, size=13))
    yield Breakage("TT42", where, "nghiêng cả đoạn", body(11, italic=True))
    yield Breakage("TT42", "Nội dung, mục I.1", "nghiêng cả điểm", body(4, italic=True))
    yield Breakage("TT42", "Nội dung, mục I.2", "đề mục nghiêng", body(8, italic=True))
    yield Breakage("TT42", where, "gạch chân", body(11, underline=True))
    yield Breakage("TT42", where, "chữ bị co", body(11, spacing=-0.6))
    yield Breakage("TT42", where, "chữ thu hẹp", body(11, scale=90))
    yield Breakage("TT38", where, "lùi phải 30 mm", body(11, right=30))
    yield Breakage("TT39", where, "lùi cả đoạn", body(11, left=12.7, first=0))
    yield Breakage("TT39", where, "lùi cả đoạn, dòng đầu treo", body(11, left=20, first=-7.3))


def _list_of(text: str, how: str, *, bold: bool = True) -> dict[str, str]:
    """The part of a file that declares one list of Word's own numbering, as number 1."""
    face = f'<w:rPr><w:b w:val="{int(bold)}"/></w:rPr>'
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/>{face}</w:lvl>'
    made = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    made += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return {"word/numbering.xml": f"<w:numbering {DECLARATIONS}>{made}</w:numbering>"}


COUNTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def counted_article(label: str = "Điều %1.", *, bold: bool = True) -> Draft:
    """The decision with its only article counted by Word."""
    line = Line(f"{LONG}./.", {**BODY, "frame": COUNTED})
    return replace(DECISION, body=(DECISION.body[0], line), extra=_list_of(label, "decimal", bold=bold))


def counted_heading(*, bold: bool = True) -> Draft:
    """The good report with its first Roman heading counted by Word."""
    heading = body(1, "CÔNG TÁC CHỈ ĐẠO", frame=COUNTED)
    return replace(heading, extra=_list_of("%1.", "upperRoman", bold=bold))


def _structure() -> Iterator[Breakage]:
    yield Breakage("TT44", "Nội dung, mục II", "La Mã không đậm", body(10, bold=False))
    yield Breakage("TT44", "Nội dung, mục II", "La Mã chữ thường", body(10, "II. Kết quả thực hiện"))
    yield Breakage("TT44", "Nội dung, mục II", "II/", body(10, "II/ KẾT QUẢ THỰC HIỆN"))
    for text in ("II KẾT QUẢ THỰC HIỆN", "II, KẾT QUẢ THỰC HIỆN", "II: KẾT QUẢ THỰC HIỆN"):
        yield Breakage("TT44", "Nội dung, mục II", text, body(10, text))
    yield Breakage("TT44", "Nội dung, mục I.2", "2:", body(8, "2: Công tác phối hợp"))
    yield Breakage("TT44", "Nội dung, mục I.1", "C)", body(5, f"C) Về phối hợp: {LONG};"))
    yield Breakage("TT45", "Nội dung", "A. rồi II.", body(1, "A. CÔNG TÁC CHỈ ĐẠO"))
    yield Breakage("TT44", "Nội dung, mục I.2", "2-", body(8, "2- Công tác phối hợp"))
    yield Breakage("TT44", "Nội dung, mục I.2", "2.Công", body(8, "2.Công tác phối hợp"))
    yield Breakage("TT44", "Nội dung, mục I.1", "b)Về", body(4, f"b)Về chỉ đạo: {LONG};"))
    yield Breakage("TT44", "Nội dung, mục I.2", "khoản in hoa", body(8, "2. CÔNG TÁC PHỐI HỢP"))
    yield Breakage("TT44", "Nội dung, mục I.2", "2 .", body(8, "2 . Công tác phối hợp"))
    yield Breakage("TT44", "Nội dung, mục I", "số La Mã tự động không đậm", counted_heading(bold=False))
    yield Breakage("TT44", "Nội dung, Điều 1", "Điều tự động không đậm", counted_article(bold=False))
    yield Breakage("TT44", "Nội dung, Điều 1", "Điều tự động không dấu chấm", counted_article("Điều %1"))
    wrong = ("**Điều 2.**", "**Điều 2** ", "**Điều 2:** ", "**Điều2.** ")
    for text in ("Điều 2. ", "Đ**iều 2.** ", "**ĐIỀU 2.** ", *wrong):
        lines = (*DECISION.body[:2], Line(f"{text}{LONG}."), *DECISION.body[3:])
        place = "Nội dung, ĐIỀU 2" if "ĐIỀU" in text else "Nội dung, Điều 2"
        yield Breakage("TT44", place, text, replace(DECISION, body=lines))
    yield Breakage("TT44", "Nội dung, mục I.1", "b.", body(4, f"b. Về chỉ đạo: {LONG};"))
    yield Breakage("TT45", "Nội dung, mục IV", "nhảy số La Mã", body(15, "IV. KIẾN NGHỊ"))
    yield Breakage("TT45", "Nội dung, mục I.1", "lặp khoản", body(8, "1. Công tác phối hợp"))
    yield Breakage("TT45", "Nội dung, mục I.1", "bỏ đ", body(7, f"e) Về đôn đốc: {LONG}."))
    yield Breakage("TT45", "Nội dung, mục I.1", "điểm f", body(7, f"f) Về đôn đốc: {LONG}."))
    yield Breakage("TT46", "Nội dung, mục II", "1.1", body(11, f"1.1. {LONG}."))
    for at in (3, 5, 6):
        one = body(at, f"1.{at - 2}. {LONG};")
        yield Breakage("TT46", "Nội dung, mục I.1", f"1.{at - 2}. thay điểm", one)
    yield Breakage("TT47", "Nội dung, mục II", "không giữ với đoạn sau", body(10, keep=False))
    end = len(GOOD.body) - 1
    yield Breakage("TT48", "Cuối nội dung", "thiếu ./.", body(end, f"{LONG}, kính đề nghị xem xét."))
    for sign in ("/.", "./", ". /.", "././.", "... /.", "//."):
        yield Breakage("TT48", "Cuối nội dung", sign, body(end, f"{LONG}, kính đề nghị xem xét{sign}"))
    yield Breakage("TT48", "Cuối nội dung", "./. giữa đoạn", body(11, f"- Kết quả./. {LONG}."))
    yield Breakage("TT48", "Cuối nội dung", "hai lần ./.", body(11, f"- {LONG}./."))
    yield from _parts()


def _parts() -> Iterator[Breakage]:
    label: Look = {**CENTRE, "bold": True, "before": 6, "keep": True}

    def parted(*lines: Line) -> Draft:
        return replace(GOOD, body=(*lines, *GOOD.body))

    title = Line("QUY ĐỊNH CHUNG", {**CENTRE, "bold": True})
    for text in ("CHƯƠNG I", "PHẦN I", "Phần 1", "Chương I.", "MỤC 1", "Mục I", "Phần thứ nhất"):
        where = f"Nội dung, {text.rstrip('.')}"
        yield Breakage("TT61", where, text, parted(Line(text, label), title))
    yield Breakage("TT61", "Nội dung, Phần I", "cùng dòng", parted(Line("Phần I. QUY ĐỊNH CHUNG", label)))
    left = {**label, "align": "left"}
    yield Breakage("TT61", "Nội dung, Phần I", "canh trái", parted(Line("Phần I", left), title))
    plain = replace(title, text="Quy định chung")
    yield Breakage("TT61", "Nội dung, Phần I", "tiêu đề chữ thường", parted(Line("Phần I", label), plain))


def _joint(titles: str) -> Draft:
    """The good report, of two bodies: ``titles`` are those of the one who signs for the other body."""
    closing = signers((titles, "Lê B"), ("GIÁM ĐỐC\nSỞ NỘI VỤ", "Lê A")) + recipients(*GOOD.recipients)
    attached = GOOD.annexes[0].attached.replace("BC-SNV", "BC-SNV-SYT")
    return replace(
        GOOD,
        issuer="SỞ NỘI VỤ - SỞ Y TẾ",
        lines={"issuer": 23.0},
        number="Số: 15/BC-SNV-SYT",
        annexes=tuple(replace(annex, attached=attached) for annex in GOOD.annexes),
        closing=closing,
    )


def _signature() -> Iterator[Breakage]:
    where = "Chức vụ người ký"
    for mark in ("KT ", "KT.", "K/T ", "K.T ", "K.T. ", "KT: ", "KT - ", "Kt. ", "KT/ ", "KÝ THAY "):
        one = replace(GOOD, authority=(f"{mark}GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))
        yield Breakage("TT49", where, mark, one)
    for mark in ("T/M ", "T.M ", "TM: ", "T.M. ", "Thay mặt "):
        one = replace(DECISION, authority=(f"{mark}ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
        yield Breakage("TT49", where, mark, one)
    for mark in ("T.UQ ", "TUQ: ", "T/UQ. ", "T.L ", "TL ", "TL: "):
        yield Breakage("TT49", where, mark, replace(GOOD, authority=(f"{mark}GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")))
    for mark in ("Q ", "QUYỀN "):
        yield Breakage("TT49", where, mark, replace(GOOD, authority=(f"{mark}GIÁM ĐỐC",)))
    small = replace(GOOD, authority=("Kt. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), manner="tabs")
    yield Breakage("TT49", where, "chữ thường, dàn bằng Tab", small)
    committee = replace(GOOD.of("UBND"), parent="", issuer="ỦY BAN NHÂN DÂN\nTỈNH A", lines={"issuer": 18.0})
    for authority in (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("CHỦ TỊCH",), ("PHÓ CHỦ TỊCH",)):
        name = f"thiếu TM., {authority[0]}"
        yield Breakage("TT50", where, name, replace(committee, authority=authority))
    letter = replace(LETTER.of("UBND"), parent="", issuer=committee.issuer, lines=committee.lines)
    one = replace(letter, authority=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    yield Breakage("TT50", where, "công văn của UBND", one)
    by_committee = Line("ỦY BAN NHÂN DÂN TỈNH A", {**CENTRE, "bold": True, "before": 6})
    decided = replace(DECISION, authority=("CHỦ TỊCH",), body=(by_committee, *DECISION.body))
    yield Breakage("TT50", where, "quyết định của UBND", decided)
    yield Breakage(
        "TT50", where, "KT. không có cấp phó", replace(GOOD, authority=("KT. GIÁM ĐỐC", "GIÁM ĐỐC"))
    )
    unmarked = replace(GOOD, authority=("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))
    yield Breakage("TT50", where, "GIÁM ĐỐC trên PHÓ GIÁM ĐỐC", unmarked)
    turned = replace(DECISION, authority=("KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"))
    yield Breakage("TT50", where, "TM. dưới KT.", turned)
    for code, other in (
        ("TT49", "T/L. GIÁM ĐỐC\nTRƯỞNG PHÒNG"),
        ("TT50", "PHÓ GIÁM ĐỐC\nSỞ Y TẾ"),
        ("TT50", "SỞ Y TẾ\nPHÓ GIÁM ĐỐC"),
    ):
        yield Breakage(code, where, f"liên tịch: {other}", _joint(other))
    for authority in (("TM. GIÁM ĐỐC", "TRƯỞNG PHÒNG"), ("TM. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")):
        yield Breakage("TT50", where, authority[0], replace(GOOD, authority=authority))
    short = replace(GOOD, authority=("KT. GIÁM ĐỐC", "P. GIÁM ĐỐC"))
    yield Breakage("TT50", where, "P. GIÁM ĐỐC", short)
    one = replace(GOOD, authority=("KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC",))
    yield Breakage("TT50", where, "một dòng", one)
    yield Breakage("TT50", where, "thiếu TM.", replace(DECISION, authority=("ỦY BAN NHÂN DÂN", "CHỦ TỊCH")))
    for authority in (("PHÓ GIÁM ĐỐC",), ("PHÓ GIÁM ĐỐC THƯỜNG TRỰC",), ("THỨ TRƯỞNG",)):
        one = replace(GOOD, authority=authority)
        yield Breakage("TT50", where, f"{authority[0]} không có KT.", one)
    for rest in (("PHÓ CHỦ TỊCH",), ("PHÓ CHỦ TỊCH THƯỜNG TRỰC",)):
        one = replace(DECISION, authority=("TM. ỦY BAN NHÂN DÂN", *rest))
        yield Breakage("TT50", where, f"TM. UBND, {rest[0]} không có KT.", one)
    for shown in ("TM. UBND TỈNH", "TM. UBND"):
        yield Breakage("TT50", where, shown, replace(DECISION, authority=(shown, "CHỦ TỊCH")))
    council = replace(DECISION, issuer="HỘI ĐỒNG NHÂN DÂN\nTỈNH A", number="Số: 09/QĐ-HĐND")
    yield Breakage("TT50", where, "TM. HĐND", replace(council, authority=("TM. HĐND", "CHỦ TỊCH")))
    yield Breakage("TT51", where, "không đậm", looks("authority", bold=False))
    for titles in (
        ("Giám đốc",),
        ("KT. Giám đốc", "Phó Giám đốc"),
        ("KT. GIÁM ĐỐC", "Phó Giám đốc"),
        ("TL. Giám đốc", "Chánh Văn phòng"),
        ("TUQ. Giám đốc", "Trưởng phòng Tổ chức - Hành chính"),
    ):
        small = replace(GOOD, authority=titles)
        yield Breakage("TT51", where, f"{' / '.join(titles)} chữ thường", small)
        if titles[-1] != "Trưởng phòng Tổ chức - Hành chính":
            tabbed = replace(small, manner="tabs")
            yield Breakage("TT51", where, f"{' / '.join(titles)} chữ thường, dàn bằng Tab", tabbed)
    committee_small = replace(DECISION, authority=("TM. Ủy ban nhân dân", "Chủ tịch"))
    yield Breakage("TT51", where, "TM. Ủy ban nhân dân chữ thường", committee_small)
    yield Breakage("TT51", "Họ tên người ký", "học vị", replace(GOOD, name="TS. Nguyễn Văn An"))
    for title in ("ThS.BS. ", "GS.TS ", "BSCKII. ", "TH.S ", "T.S. ", "Th.s. ", "PGS, TS. ", "Cử nhân "):
        named = replace(GOOD, name=f"{title}Nguyễn Văn An")
        yield Breakage("TT51", "Họ tên người ký", title, named)
    for title in (", ThS", ", TS.", " - Thạc sĩ", " (ThS)", ", ThS.BS"):
        yield Breakage("TT51", "Họ tên người ký", title, replace(GOOD, name=f"Nguyễn Văn An{title}"))
    yield Breakage("TT51", "Họ tên người ký", "chữ thường", replace(GOOD, name="Nguyễn văn A"))
    yield Breakage("TT51", "Họ tên người ký", "in hoa", replace(GOOD, name="NGUYỄN VĂN A"))
    yield Breakage("TT57", "Nơi nhận, chữ ký", "thấy khung", replace(GOOD, signature_bordered=True))
    yield Breakage("TT57", "Nơi nhận", "không ngang hàng", replace(GOOD, signature_rows=2))


def _recipients() -> Iterator[Breakage]:
    same, office, kept = GOOD.recipients
    yield Breakage(
        "TT52",
        "Kính gửi",
        "công văn không Kính gửi",
        replace(LETTER, addressee=(), recipients=(office, kept)),
    )
    for inline in ("Ủy ban nhân dân tỉnh A, Sở Tài chính", "Sở Nội vụ và Sở Tài chính"):
        beside = replace(GOOD, addressee=(f"Kính gửi: {inline}",))
        yield Breakage("TT52", "Kính gửi", inline, beside)
    yield Breakage("TT52", "Kính gửi", "đậm", looks("addressee", bold=True))
    for opening in ("Kính gửi", "Kính gửi :", "Kính Gửi:"):
        named = replace(GOOD, addressee=(f"{opening} Ủy ban nhân dân tỉnh A",))
        yield Breakage("TT52", "Kính gửi", opening, named)
    both = ("Kính gửi: Cơ quan A; Cơ quan B",)
    yield Breakage("TT52", "Kính gửi", "hai nơi một dòng", replace(LETTER, addressee=both))
    yield Breakage(
        "TT52",
        "Kính gửi",
        "dấu cuối",
        replace(LETTER, addressee=("Kính gửi:", "- Cơ quan A,", "- Cơ quan B.")),
    )
    for lines in (
        ("Cơ quan A;", "- Cơ quan B;", "- Cơ quan C."),
        ("- Cơ quan A;", "Cơ quan B;", "- Cơ quan C."),
        ("- Cơ quan A;", "- Cơ quan B;", "Cơ quan C."),
        ("Cơ quan A;", "Cơ quan B;", "Cơ quan C."),
        ("+ Cơ quan A;", "- Cơ quan B;", "- Cơ quan C."),
        ("• Cơ quan A;", "• Cơ quan B."),
    ):
        named = replace(LETTER, addressee=("Kính gửi:", *lines))
        yield Breakage("TT52", "Kính gửi", " ".join(lines), named)
    yield Breakage("TT53", "Nơi nhận", "thiếu Như trên", replace(GOOD, recipients=(office, kept)))
    yield Breakage("TT53", "Nơi nhận", "thừa Như trên", replace(GOOD, addressee=()))
    other = replace(GOOD, recipients=("- Như kính gửi;", office, kept))
    yield Breakage("TT53", "Nơi nhận", "Như kính gửi", other)
    yield Breakage("TT54", "Nơi nhận", "cỡ 14", looks("recipients_title", size=14))
    yield Breakage("TT54", "Nơi nhận", "gạch chân", looks("recipients_title", underline=True))
    yield Breakage("TT54", "Nơi nhận", "thiếu hai chấm", replace(GOOD, recipients_title="Nơi nhận"))
    yield Breakage("TT54", "Nơi nhận", "cách hai chấm", replace(GOOD, recipients_title="Nơi nhận :"))
    yield Breakage("TT54", "Nơi nhận", "Nơi Nhận", replace(GOOD, recipients_title="Nơi Nhận:"))
    tight = replace(GOOD, recipients=("-Như trên;", office, kept))
    yield Breakage("TT55", "Nơi nhận", "gạch đầu dòng viết liền", tight)
    yield Breakage("TT55", "Nơi nhận", "Như Trên", replace(GOOD, recipients=("- Như Trên;", office, kept)))
    yield Breakage("TT55", "Nơi nhận", "cỡ 12", looks("recipients", size=12))
    yield Breakage("TT55", "Nơi nhận", "dấu phẩy", replace(GOOD, recipients=(same, office[:-1] + ",", kept)))
    yield Breakage("TT55", "Nơi nhận", "dấu cộng", replace(GOOD, recipients=(same, "+" + office[1:], kept)))
    for line in (
        "- Lưu VT, CCHC.",
        "- Lưu: VT.",
        "- Lưu: VT, CCHC",
        "- Lưu: CCHC.",
        "- Lưu: CCHC, VT.",
        "- Lưu: VT; CCHC.",
        "- Lưu: VT CCHC.",
        "- Lưu: Văn thư, CCHC.",
        "- Lưu: vt, CCHC.",
        "- Lưu: VT (02).",
    ):
        yield Breakage("TT56", "Nơi nhận", line, replace(GOOD, recipients=(same, office, line)))
    ended = replace(GOOD, recipients=(same, office, "- Lưu: VT, CCHC./."))
    yield Breakage("TT56", "Nơi nhận", "./. sau Lưu", ended)
    yield Breakage("TT56", "Nơi nhận", "không có Lưu", replace(GOOD, recipients=(same, office)))
    yield from _districts()


def _districts() -> Iterator[Breakage]:
    late = replace(LETTER, date="Bình An, ngày 05 tháng 9 năm 2025")
    for name in (
        "UBND huyện B",
        "UBND các huyện, thành phố",
        "Ủy ban nhân dân cấp huyện",
        "Chủ tịch UBND các thị xã, thành phố",
        "UBND thành phố trực thuộc tỉnh",
        "UBND các thành phố thuộc tỉnh",
        "UBND thành phố Bình Sơn",
        "UBND TP. Bình Sơn",
        "Huyện ủy B",
        "Công an huyện",
        "Phòng Nội vụ các quận, huyện",
        "Phòng Tài nguyên và Môi trường các huyện",
        "Trung tâm Y tế huyện B",
        "Các trường học trên địa bàn thị trấn B",
        "Trường Mầm non A, UBND thị trấn B",
        "Trường THPT các huyện",
    ):
        one = replace(late, addressee=(f"Kính gửi: {name}",))
        yield Breakage("TT63", "Kính gửi", name, one)
    same, _, kept = LETTER.recipients
    listed = (same, "- UBND các huyện, thị xã;", kept)
    yield Breakage("TT63", "Nơi nhận", "nơi nhận", replace(late, recipients=listed))
    carried = (
        "Chánh Văn phòng, Chủ tịch UBND các huyện, thành phố chịu trách nhiệm thi hành Quyết định này./."
    )
    lines = (*DECISION.body[:3], Line(f"**Điều 3.** {carried}"))
    decided = replace(DECISION, date=late.date, body=lines)
    yield Breakage("TT63", "Nội dung, Điều 3", "điều khoản thi hành", decided)


def _annexes() -> Iterator[Breakage]:
    for text in ("Phụ lục I. TỔNG HỢP", "PHỤ LỤC I: TỔNG HỢP", "Phụ lục I TỔNG HỢP"):
        first = replace(GOOD.annexes[0], label=text, title="")
        beside = replace(GOOD, annexes=(first, *GOOD.annexes[1:]))
        yield Breakage("TT58", "Phụ lục", text, beside)
    yield Breakage("TT58", "Phụ lục", "in hoa", annexed(0, lambda a: replace(a, label="PHỤ LỤC I")))
    yield Breakage("TT58", "Phụ lục", "Phụ Lục", annexed(0, lambda a: replace(a, label="Phụ Lục I")))
    yield Breakage("TT58", "Phụ lục", "cỡ 13", annexed(0, lambda a: replace(a, look={"size": 13})))
    yield Breakage(
        "TT58",
        "Phụ lục I, tên phụ lục",
        "tên chữ thường",
        annexed(0, lambda a: replace(a, title="Tổng hợp kết quả")),
    )
    arabic = replace(
        body(0, f"{LONG}. Chi tiết tại Phụ lục 1, Phụ lục II."),
        annexes=(replace(GOOD.annexes[0], label="Phụ lục 1"), GOOD.annexes[1]),
    )
    yield Breakage("TT58", "Phụ lục", "số Ả Rập", arabic)
    both = (replace(GOOD.annexes[0], label="Phụ lục 1"), replace(GOOD.annexes[1], label="Phụ lục 2"))
    yield Breakage("TT58", "Phụ lục", "số Ả Rập, nội dung ghi La Mã", replace(GOOD, annexes=both))
    yield Breakage("TT59", "Phụ lục", "không nhắc tới", body(0, f"{LONG}. Chi tiết tại Phụ lục I."))
    yield from _references()
    yield Breakage("TT60", "Phụ lục I", "thiếu Kèm theo", annexed(0, lambda a: replace(a, attached="")))
    yield Breakage(
        "TT60", "Phụ lục I", "chữ đứng", annexed(0, lambda a: replace(a, attached_look={"italic": False}))
    )
    yield Breakage(
        "TT60",
        "Phụ lục I",
        "khác số",
        annexed(0, lambda a: replace(a, attached=a.attached.replace("15/", "16/"))),
    )
    yield Breakage(
        "TT60",
        "Phụ lục I",
        "khác ngày",
        annexed(0, lambda a: replace(a, attached=a.attached.replace("05", "06"))),
    )
    rows = [[para(str(n), size=12), para("Nội dung", size=12)] for n in range(30)]
    long = tuple(Line(raw=table(rows, [15, 150], bordered=True)) if line.raw else line for line in GOOD.body)
    yield Breakage("TT66", "Bảng 1", "không lặp dòng tên cột", replace(GOOD, body=long))
    wide = tuple(
        Line(raw=table(rows[:3], [15, 190], bordered=True)) if line.raw else line for line in GOOD.body
    )
    yield Breakage("TT66", "Bảng 1", "bảng tràn lề", replace(GOOD, body=wide))
    footer = para(
        "Địa chỉ: số 1 đường A, phường B", size=11, border='<w:pBdr><w:top w:val="single"/></w:pBdr>'
    )
    yield Breakage("TT68", "Chân trang (footer)", "địa chỉ ở mọi trang", replace(GOOD, footer=footer))
    small = footer.replace('w:sz w:val="22"', 'w:sz w:val="18"')
    yield Breakage("TT68", "Chân trang (footer)", "địa chỉ cỡ 9", replace(GOOD, footer=small))


def _references() -> Iterator[Breakage]:
    def saying(text: str, **changes: Any) -> Draft:
        return replace(body(0, f"{LONG}. {text}."), **changes)

    one, two = GOOD.annexes
    where = "Nội dung"
    yield Breakage("TT59", where, "thiếu Phụ lục V", saying("Chi tiết tại các Phụ lục I, II, V"))
    yield Breakage("TT59", where, "Phụ lục III, đến", saying("Chi tiết từ Phụ lục I đến Phụ lục III"))
    yield Breakage(
        "TT59", where, "không có phụ lục nào", saying("Chi tiết tại Phụ lục I kèm theo", annexes=())
    )
    cited = (
        "Số liệu theo mẫu tại Phụ lục II Thông tư số 02/2021/TT-BNV ngày 11 tháng 6 năm 2021 của Bộ Nội vụ"
    )
    sole = (replace(one, label="Phụ lục"),)
    yield Breakage("TT59", "Phụ lục", "phụ lục của thông tư", saying(cited, annexes=sole))
    decided = "Quyết định số 468/QĐ-UBND ngày 05 tháng 3 năm 2025 của UBND tỉnh"
    listed = f"Thực hiện danh sách ban hành kèm theo {decided}"
    yield Breakage("TT59", "Phụ lục", "danh sách của quyết định", saying(listed, annexes=sole))
    other = "Chi tiết tại Phụ lục I và biểu mẫu kèm theo"
    yield Breakage("TT59", "Phụ lục", "tên gọi của phụ lục khác", saying(other))
    attached = f"Thực hiện Phụ lục I, Phụ lục II ban hành kèm theo {decided}"
    yield Breakage("TT59", "Phụ lục", "phụ lục của quyết định", saying(attached))
    yield Breakage("TT59", "Phụ lục", "số viết khác", saying("Chi tiết tại Phụ lục 1, Phụ lục II"))
    third = replace(two, label="Phụ lục IV", title="DANH SÁCH")
    yield Breakage(
        "TT58", "Phụ lục", "nhảy số", saying("Chi tiết tại Phụ lục I, II, III", annexes=(one, two, third))
    )
    again = replace(two, label="Phụ lục I")
    yield Breakage("TT58", "Phụ lục", "lặp số", saying("Chi tiết tại Phụ lục I, II", annexes=(one, again)))


def _geometry() -> Iterator[Breakage]:
    """Parts that stand where they don't belong, though their letters are right."""
    for part, code, place in (
        ("state", "TT12", "Quốc hiệu"),
        ("motto", "TT14", "Tiêu ngữ"),
        ("parent", "TT16", "Tên cơ quan chủ quản"),
        ("issuer", "TT16", "Tên cơ quan ban hành"),
        ("number", "TT25", "Số, ký hiệu"),
        ("date", "TT26", "Địa danh, thời gian"),
        ("authority", "TT51", "Chức vụ người ký"),
        ("name", "TT51", "Họ tên người ký"),
    ):
        wide = replace(GOOD, columns=(50, 115)) if part == "state" else GOOD
        yield Breakage(code, place, f"{part} canh trái", replace(wide, looks={part: {"align": "left"}}))
        if part in ("parent", "date", "name"):
            shifted = replace(wide, looks={part: {"left": 22}})
            yield Breakage(code, place, f"{part} canh giữa nhưng thụt lề", shifted)
    yield Breakage("TT26", "Địa danh, thời gian", "date canh phải", looks("date", align="right"))
    stacked = replace(GOOD, number=f"\n\n{GOOD.number}")
    yield Breakage("TT25", "Số, ký hiệu", "số thấp hơn ngày hai dòng", stacked)
    yield Breakage("TT25", "Số, ký hiệu", "số thấp hơn ngày vì cách trên 40 pt", looks("number", before=40))
    yield Breakage("TT13", "Quốc hiệu", "lấn ra lề phải", replace(GOOD, columns=(75, 110)))
    for by in ("tabs", "blanks"):
        for part, code, place in (
            ("motto", "TT14", "Tiêu ngữ"),
            ("issuer", "TT16", "Tên cơ quan ban hành"),
            ("date", "TT26", "Địa danh, thời gian"),
        ):
            shifted = replace(GOOD, manner=by, looks={part: {"shift": 15}})
            yield Breakage(code, place, f"lệch cột, dàn bằng {by}", shifted)
    roman = replace(GOOD, sheet=Sheet(number_format="upperRoman"))
    yield Breakage("TT10", "Đầu trang (header)", "số trang La Mã", roman)
    grey = body(11, theme='w:val="7F7F7F" w:themeColor="text1" w:themeTint="80"')
    yield Breakage("TT05", "Nội dung, mục II", "chữ xám theo chủ đề", grey)
    more = (Line("3. Công tác kiểm tra", {**BODY, "bold": True, "keep": True}), Line(f"{LONG}."))
    lines = tuple(
        replace(line, look={**line.look, "bold": False}) if line.text.startswith("2. Công tác") else line
        for line in (*GOOD.body[:10], *more, *GOOD.body[10:])
    )
    plain = replace(GOOD, body=lines)
    yield Breakage("TT44", "Nội dung, mục I.2", "đề mục không đậm giữa các đề mục đậm", plain)
    upright = (
        GOOD.bases[0],
        f"{GOOD.bases[1][:-1]};",
        "Căn cứ Kế hoạch số 15/KH-UBND ngày 05 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh A về tuyên truyền.",
    )
    lines = tuple(Line(b, {**BODY, "italic": n != 1}) for n, b in enumerate(upright))
    yield Breakage(
        "TT35", "Căn cứ", "một căn cứ chữ đứng", replace(GOOD, bases=(), body=(*lines, *GOOD.body))
    )
    for text in ("Quyết định:", "QUYẾT ĐỊNH"):
        lines = (replace(DECISION.body[0], text=text), *DECISION.body[1:])
        yield Breakage("TT70", "Nội dung", f"dòng “{text}”", replace(DECISION, body=lines))
    yield Breakage("TT70", "Nội dung", "thiếu dòng QUYẾT ĐỊNH:", replace(DECISION, body=DECISION.body[1:]))
    named = Line("Giám đốc Sở Nội vụ", {**CENTRE, "bold": True, "before": 6})
    small = replace(
        DECISION,
        bases=(),
        body=(named, *(Line(b, {**BODY, "italic": True}) for b in DECISION.bases), *DECISION.body),
    )
    yield Breakage("TT70", "Nội dung", "thẩm quyền ban hành viết chữ thường", small)
    urgent = replace(LETTER, matter=f"{LETTER.matter}\nHỎA TỐC")
    yield Breakage("TT69", "Mức độ khẩn", "HỎA TỐC không đóng khung", urgent)


def _elsewhere() -> Iterator[Breakage]:
    """Whole parts in the wrong place, and letters that no part but a line or a heading may have."""
    yield Breakage("TT12", "Quốc hiệu", "gạch chân Quốc hiệu", looks("state", underline=True))
    yield Breakage("TT31", "Tên loại văn bản", "gạch chân tên loại", looks("kind", underline=True))
    yield Breakage("TT12", "Quốc hiệu", "Quốc hiệu bên trái", replace(GOOD, swapped=True))
    right = recipients(*GOOD.recipients)
    left = "".join(para(line, **CENTRE, bold=True) for line in (*GOOD.authority, GOOD.name))
    swapped = replace(GOOD, closing=table([[left, right]], [90, 75]))
    yield Breakage("TT57", "Nơi nhận", "Nơi nhận bên phải chữ ký", swapped)
    late = (GOOD.body[0], Line(GOOD.addressee[0], {**CENTRE, "before": 6}), *GOOD.body[1:])
    yield Breakage(
        "TT52", "Kính gửi", "Kính gửi sau lời văn", replace(GOOD, addressee=(), bases=(), body=late)
    )
    yield Breakage("TT42", "Nội dung, mục II", "cả đoạn lời văn đậm", body(11, bold=True))
    shouted = body(11, f"- {LONG}.".upper())
    yield Breakage("TT42", "Nội dung, mục II", "cả đoạn chữ in hoa", shouted)
    yield Breakage("TT64", "Nội dung, mục II", "chữ gạch ngang", body(11, struck=True))
    yield Breakage("TT52", "Kính gửi", "không ghi nơi nhận", replace(GOOD, addressee=("Kính gửi:",)))
    yield Breakage("TT19", "Số, ký hiệu", "không có từ “Số”", replace(GOOD, number="15/BC-SNV"))
    share = body(11, f"- Có 12/15 đơn vị (85%): {LONG}.")
    yield Breakage("TT71", "Nội dung, mục II", "phần trên tổng không bằng tỷ lệ", share)
    rows = [("Đơn vị", "Số cuộc"), ("A", "10"), ("B", "12"), ("C", "9"), ("Tổng cộng", "30")]
    cells = [[para(one, size=12), para(other, size=12)] for one, other in rows]
    summed = Line(raw=table(cells, [80, 85], bordered=True, header=True))
    yield Breakage("TT71", "Bảng 1, dòng 5, cột 2", "dòng tổng không bằng các dòng", inserted(11, summed))
    yield Breakage("TT72", "Nội dung, mục II", "sai thứ", body(11, f"- Họp thứ Hai, ngày 05/3/2025: {LONG}."))


def _read_again() -> Iterator[Breakage]:
    """What someone sees who reads the whole: parts, names, references and words that don't agree."""
    where = "Chức vụ người ký"
    yield Breakage("TT74", where, "sở do chủ tịch ký", replace(GOOD, authority=("CHỦ TỊCH",)))
    of_council = replace(DECISION, authority=("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"))
    yield Breakage("TT74", where, "TM. HĐND dưới Ủy ban", of_council)
    yield Breakage("TT74", where, "TM. SỞ", replace(GOOD, authority=("TM. SỞ NỘI VỤ", "GIÁM ĐỐC")))
    own = replace(DECISION, decides="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH A")
    yield Breakage("TT74", where, "của Chủ tịch mà ký TM.", own)
    yield Breakage(
        "TT50", where, "phó của chức khác", replace(GOOD, authority=("KT. GIÁM ĐỐC", "PHÓ CHỦ TỊCH"))
    )
    yield Breakage("TT50", where, "TL. chính mình", replace(GOOD, authority=("TL. GIÁM ĐỐC", "GIÁM ĐỐC")))
    nobody = replace(DECISION, decides="")
    yield Breakage("TT70", "Nội dung", "không có thẩm quyền ban hành", nobody)
    other = replace(DECISION, decides="ỦY BAN NHÂN DÂN TỈNH B", authority=DECISION.authority)
    yield Breakage("TT70", "Nội dung", "thẩm quyền của nơi khác", other)
    for text in (
        "Thông tư số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "Nghị định số 30/2020/ND-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "Nghị định số 30/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2021 của Chính phủ",
        "Nghị định số 150/2025/NĐ-CP ngày 12 tháng 02 năm 2025 của Bộ Nội vụ",
        "Thông tư số 05/2024/TT-BNV ngày 14 tháng 5 năm 2024 của Bộ Tài chính",
    ):
        yield Breakage("TT77", "Nội dung, mục II", text, body(11, f"- Thực hiện {text}, {LONG}."))
    yield Breakage(
        "TT78",
        "Đầu trang (header)",
        "chữ lạ",
        replace(GOOD, header=page_number() + para("Mẫu tải về miễn phí")),
    )
    yield Breakage("TT79", "Nội dung, mục II", "các các", body(11, f"- {LONG} của các các cơ quan."))
    for text in (
        "Kinh phí 12.500.000 đồng (Bằng chữ: Mười ba triệu năm trăm nghìn đồng)",
        "Tổng kinh phí 500 triệu đồng, gồm: ngân sách tỉnh 300 triệu đồng, ngân sách xã 250 triệu đồng",
    ):
        yield Breakage("TT71", "Nội dung, mục II", text, body(11, f"- {text}; {LONG}."))
    yield Breakage("TT72", "Nội dung, mục II", "năm sau trước", body(11, f"- Giai đoạn 2030 - 2027: {LONG}."))
    yield Breakage(
        "TT69", "Mức độ khẩn", "lời khác", replace(LETTER, body=(*_urgent("RẤT KHẨN"), *LETTER.body))
    )
    for name in ("BÁO CAO", "BÁO CÁOO"):
        yield Breakage("TT31", "Tên loại văn bản", name, replace(GOOD, kind=name))
    yield Breakage(
        "TT34",
        "Trích yếu công văn",
        "V/v viết hoa",
        replace(LETTER, matter=LETTER.matter.replace("đôn đốc", "Đôn đốc")),
    )
    school = {"parent": "SỞ NỘI VỤ", "issuer": "TRƯỜNG CAO ĐẲNG NGHỀ"}
    yield Breakage(
        "TT51",
        where,
        "Hiệu trưởng",
        named_paper("Thông báo", **school, authority=("Hiệu trưởng",)).of("TCĐN"),
    )
    same = replace(GOOD, parent="SỞ NỘI VỤ")
    yield Breakage("TT16", "Tên cơ quan chủ quản", "trùng cơ quan ban hành", same)


def _mistyped() -> Iterator[Breakage]:
    """Slips of the hand that leave every part in its place."""
    where = "Nội dung, mục II"
    for text in ("bảo đảm an toàn.Tuy nhiên", "từng cấp,từng ngành", "từng cấp;từng ngành"):
        yield Breakage("TT07", where, text, body(11, f"- {LONG}, {text} còn khó khăn."))
    for text in ("đúng hạn,, đủ", "đúng hạn.. Đủ", "đúng hạn ( cả quý ) và đủ"):
        yield Breakage("TT07", where, text, body(11, f"- {LONG}, {text} hồ sơ."))
    for text in (
        "Nghị Định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của chính phủ",
        "ý kiến của Thủ tướng chính phủ",
        "hướng dẫn của bộ Nội vụ",
        "mục II Báo cáo này",
        "ý kiến của Kho bạc nhà nước",
        "ý kiến của Bảo hiểm Xã hội tỉnh",
        "ý kiến của Phòng Văn hóa - xã hội xã",
        "chương II Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "ý kiến của Ủy ban nhân dân Thành Phố",
    ):
        yield Breakage("TT62", where, text, body(11, f"- {LONG}, theo {text}."))
    for text in ("người dân ,doanh nghiệp", "người dân ,và doanh nghiệp"):
        yield Breakage("TT07", where, text, body(11, f"- {LONG} của {text}."))
    tail = replace(GOOD, number="Số: 15/BC-SNV/2025", annexes=(), body=_no_annex())
    yield Breakage("TT21", "Số, ký hiệu", "năm ở cuối ký hiệu", tail)
    rows = [("STT", "Đơn vị", "Số cuộc"), ("1", "A", "10"), ("2", "B", "12"), ("", "Tổng cộng", "24")]
    cells = [[para(one, size=12) for one in row] for row in rows]
    summed = Line(raw=table(cells, [15, 75, 75], bordered=True, header=True))
    yield Breakage("TT71", "Bảng 1, dòng 4, cột 3", "tổng của hai dòng", inserted(11, summed))
    yield Breakage("TT65", where, "nghành", body(11, f"- Các cấp, các nghành: {LONG}."))
    left, light = {"align": "left", "first": 12.7}, {"bold": False}
    for name, look in (("canh trái", left), ("không đậm", light)):
        opening = replace(DECISION.body[0], look={**DECISION.body[0].look, **look})
        lines = (opening, *DECISION.body[1:])
        yield Breakage("TT70", "Nội dung", f"QUYẾT ĐỊNH: {name}", replace(DECISION, body=lines))
    own = replace(
        DECISION,
        parent="UBND TỈNH A",
        issuer="SỞ NỘI VỤ",
        number="Số: 09/QĐ-SNV",
        decides="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH A",
        authority=("GIÁM ĐỐC",),
        lines={"issuer": 11.0, "subject": 26.0},
    )
    yield Breakage("TT70", "Nội dung", "thẩm quyền của cơ quan cấp trên", own)
    first, second = GOOD.bases
    aligned = replace(GOOD, looks={"bases": {"align": "left"}}, bases=(f"{first[:-1]} {LONG[:60]};", second))
    yield Breakage("TT38", "Căn cứ", "căn cứ canh trái", aligned)
    yield Breakage("TT54", "Nơi nhận", "canh giữa", looks("recipients_title", align="center"))
    _, office, kept = GOOD.recipients
    yield Breakage("TT55", "Nơi nhận", "như trên", replace(GOOD, recipients=("- như trên;", office, kept)))
    yield Breakage("TT58", "Phụ lục", "dấu hai chấm", annexed(0, lambda a: replace(a, label="Phụ lục I:")))
    bare_line = annexed(0, lambda a: replace(a, attached=a.attached.strip("()")))
    yield Breakage("TT60", "Phụ lục I", "không có ngoặc", bare_line)
    off = annexed(0, lambda a: replace(a, attached_look={"align": "left"}))
    yield Breakage("TT60", "Phụ lục I", "canh trái", off)
    yield Breakage("TT51", "Họ tên người ký", "Bà", replace(GOOD, name="Bà Nguyễn Thị An"))
    yield Breakage("TT31", "Tên loại văn bản", "thụt đầu dòng", looks("kind", first=12.7))
    subject = replace(GOOD, subject="Về Việc thực hiện Kế hoạch tuyên truyền năm 2025")
    yield Breakage("TT32", "Trích yếu", "Về Việc", subject)
    yield Breakage(
        "TT20", "Số, ký hiệu", "số 015", replace(GOOD, number="Số: 015/BC-SNV", annexes=(), body=_no_annex())
    )
    yield Breakage(
        "TT69",
        "Mức độ khẩn",
        "hộp chữ không viền",
        replace(LETTER, body=(*_urgent("HỎA TỐC", bare=True), *LETTER.body)),
    )
    span = "Từ ngày 05 tháng 9 đến ngày 30 tháng 8 năm 2024"
    yield Breakage("TT72", where, span, body(11, f"- {span}: {LONG}."))


DAY = "ngày 05 tháng 3 năm 2025"


TO_ANNEXES = f"{LONG}. Chi tiết tại Phụ lục I, Phụ lục II."


def _urgent(text: str, *, bare: bool = False) -> tuple[Line, ...]:
    """A mark of urgency in a text box, ``bare`` without lines around it."""
    box = text_box(para(text, **CENTRE, bold=True, size=13), 40, bare=bare)
    return (Line(raw=para("", inner=box)),)


BREAKAGES: tuple[Breakage, ...] = (
    *_page(),
    *_text(),
    *_head(),
    *_number(),
    *_date(),
    *_title(),
    *_bases(),
    *_body(),
    *_structure(),
    *_signature(),
    *_recipients(),
    *_annexes(),
    *_geometry(),
    *_elsewhere(),
    *_read_again(),
    *_mistyped(),
)
