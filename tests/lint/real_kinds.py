"""What lands on a clerk's desk as a Word file, and what the linter makes of each: one literal table.

The documents are short but built like those of offices and law sites, not after the linter's own rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.lint.papers import CENTRE, Draft, package, para, table

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
LINES = tuple(
    f"{n}. Các cơ quan, tổ chức, cá nhân có liên quan thực hiện nội dung thứ {n} theo quy định của pháp luật "
    "và hướng dẫn của cơ quan có thẩm quyền trong thời hạn được giao."
    for n in range(1, 9)
)
ARTICLES = tuple(
    f"Điều {n}. Phạm vi điều chỉnh của nội dung thứ {n}\n{line}" for n, line in enumerate(LINES, 1)
)
KEPT = ("Nơi nhận:", "- Như trên;", "- Lưu: VT, VP.")
SIGNED = ("GIÁM ĐỐC", "", "Nguyễn Văn An")
Outcome: TypeAlias = Literal["checked", "declined", "unclear"]


@dataclass(frozen=True)
class Real:
    """One document. ``becomes``: the kind it is checked as, or words of the reason why it isn't."""

    name: str
    outcome: Outcome
    becomes: str
    content: str

    def build(self) -> bytes:
        return package(f"{self.content}{Draft().sheet.xml()}", Draft())


def head(
    left: tuple[str, ...], number: str, date: str, *, state: str = STATE, motto: str = MOTTO, below: str = ""
) -> str:
    """A letterhead in a table of two columns."""
    one = "".join(para(line, **CENTRE, size=13, bold=True) for line in left)
    other = para(state, **CENTRE, size=13, bold=True) + para(motto, **CENTRE, bold=True)
    below = para(below, **CENTRE, size=13) if below else ""
    last = [para(number, **CENTRE, size=13) + below, para(date, **CENTRE, italic=True)]
    return table([[one, other], last], [65, 100])


def title(*lines: str) -> str:
    return "".join(para(line, **CENTRE, bold=True) for line in lines)


def state_above(*lines: str) -> str:
    """State name and motto in the middle of the page, as forms and private papers have them, then a title."""
    return title(STATE, MOTTO, "---------------", *lines)


def text(*lines: str) -> str:
    return "".join(
        para(part, align="both", first=12.7, before=6) for line in lines for part in line.split("\n")
    )


def closing(left: tuple[str, ...] = KEPT, right: tuple[str, ...] = SIGNED) -> str:
    one = "".join(para(line, size=11) for line in left) or para("")
    other = "".join(para(line, **CENTRE, bold=True) for line in right) or para("")
    return table([[one, other]], [75, 90])


OFFICE = ("UBND TỈNH A", "SỞ NỘI VỤ")
DAY = "Bình An, ngày 05 tháng 3 năm 2025"


def office(number: str, *titles: str, below: str = "", lines: tuple[str, ...] = LINES, to: str = "") -> str:
    """A document of an office, whole from letterhead to signature."""
    addressed = para(to, **CENTRE) if to else ""
    return head(OFFICE, number, DAY, below=below) + title(*titles) + addressed + text(*lines) + closing()


def law(number: str, *titles: str, issuer: str = "QUỐC HỘI") -> str:
    return (
        head((issuer, "-------"), number, "Hà Nội, ngày 16 tháng 6 năm 2025")
        + title(*titles)
        + text("Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;")
        + title("Chương I", "NHỮNG QUY ĐỊNH CHUNG")
        + text(*ARTICLES)
        + closing((), ("CHỦ TỊCH QUỐC HỘI", "", "Trần Thanh M"))
    )


def untabled_law() -> str:
    """As a law site gives it: everything a paragraph, the title as one line, no signature."""
    top = "".join(para(line, bold=True) for line in ("QUỐC HỘI", "--------", STATE, MOTTO, "---------------"))
    top += para("Số: 62/2025/QH15") + para("Hà Nội, ngày 17 tháng 6 năm 2025", italic=True)
    return top + para("LUẬT SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT XÂY DỰNG", bold=True) + text(*ARTICLES)


def party(number: str, *titles: str) -> str:
    left = ("TỈNH ỦY A", "BAN TỔ CHỨC", "*")
    one = "".join(para(line, **CENTRE, bold=True) for line in left) + para(number, **CENTRE)
    other = para("ĐẢNG CỘNG SẢN VIỆT NAM", **CENTRE, bold=True) + para(DAY, **CENTRE, italic=True)
    return (
        table([[one, other]], [75, 90]) + title(*titles) + text(*LINES) + closing(right=("T/M BAN", "Lê B"))
    )


def dotted(*labels: str) -> str:
    return text(*(f"{label}: {'.' * 60}" for label in labels))


def two_parties(*names: str) -> str:
    row = [para(name, **CENTRE, bold=True) + para("(Ký, ghi rõ họ tên)", **CENTRE) for name in names]
    return table([row], [82, 83])


def grid(*rows: tuple[str, ...]) -> str:
    made = [[para(cell, size=12) for cell in row] for row in rows]
    return table(made, [165 / len(rows[0])] * len(rows[0]), bordered=True)


NAMES = tuple((str(n), f"Nguyễn Văn {n}", "Chuyên viên") for n in range(1, 9))
BLANKS = ("Họ và tên", "Ngày sinh", "Số căn cước", "Nơi cư trú", "Điện thoại", "Trình độ", "Đơn vị", "Lý do")
LAW, PARTY, FORM, SPEECH, LIST = "quy phạm pháp luật", "Đảng", "biểu mẫu", "Bài phát biểu", "Danh sách"
PARTIES, PERSON, NO_HEAD = "nhiều bên", "cá nhân", "Không nhận ra văn bản hành chính"

REAL_KINDS: tuple[Real, ...] = (
    # What the decree rules, also where a part is missing or in an odd place.
    Real("báo cáo", "checked", "Báo cáo", office("Số: 15/BC-SNV", "BÁO CÁO", "Kết quả công tác")),
    Real(
        "công văn",
        "checked",
        "Công văn",
        office("Số: 15/SNV-VP", below="V/v báo cáo công tác", to="Kính gửi: Sở Tài chính"),
    ),
    Real(
        "công văn quên Kính gửi", "checked", "Công văn", office("Số: 15/SNV-VP", below="V/v báo cáo công tác")
    ),
    Real("công văn quên V/v", "checked", "Công văn", office("Số: 15/SNV-VP", to="Kính gửi: Sở Tài chính")),
    Real(
        "công văn chưa có số",
        "checked",
        "Công văn",
        office("Số:      /SNV-VP", below="V/v báo cáo công tác", to="Kính gửi: Sở Tài chính"),
    ),
    Real(
        "công văn ghi CV",
        "checked",
        "Công văn",
        office("Số: 15/CV-SNV", below="V/v báo cáo công tác", to="Kính gửi: Sở Tài chính"),
    ),
    Real(
        "tên loại CÔNG VĂN", "checked", "Công văn", office("Số: 15/CV-SNV", "CÔNG VĂN", to="Kính gửi: Sở B")
    ),
    Real("báo cáo quên tên loại", "checked", "Báo cáo", office("Số: 15/BC-SNV")),
    Real(
        "kế hoạch, tên loại chữ thường",
        "checked",
        "Kế hoạch",
        head(OFFICE, "Số: 15/KH-SNV", DAY)
        + para("Kế hoạch tuyên truyền", bold=True)
        + text(*LINES)
        + closing(),
    ),
    Real(
        "tờ trình",
        "checked",
        "Tờ trình",
        office("Số: 15/TTr-SNV", "TỜ TRÌNH", "Về chủ trương", to="Kính gửi: UBND"),
    ),
    Real(
        "quyết định",
        "checked",
        "Quyết định",
        office("Số: 15/QĐ-SNV", "QUYẾT ĐỊNH", "Về khen thưởng", lines=ARTICLES),
    ),
    Real(
        "thông báo tuyển dụng",
        "checked",
        "Thông báo",
        office("Số: 15/TB-SNV", "THÔNG BÁO", "Tuyển dụng viên chức"),
    ),
    Real(
        "thông báo kết luận",
        "checked",
        "Thông báo",
        office("Số: 15/TB-SNV", "THÔNG BÁO", "Kết luận của Giám đốc Sở tại cuộc họp"),
    ),
    Real("giấy mời", "checked", "Giấy mời", office("Số: 15/GM-SNV", "GIẤY MỜI")),
    Real(
        "biên bản họp",
        "checked",
        "Biên bản",
        head(OFFICE, "Số: 15/BB-SNV", "")
        + title("BIÊN BẢN", "Họp giao ban tháng 3")
        + text(*LINES)
        + two_parties("THƯ KÝ", "CHỦ TỌA")
        + text(*KEPT),
    ),
    Real(
        "nghị quyết cá biệt",
        "checked",
        "Nghị quyết",
        head(("HỘI ĐỒNG NHÂN DÂN", "TỈNH A"), "Số: 15/NQ-HĐND", DAY)
        + title("NGHỊ QUYẾT", "Về xác nhận kết quả bầu cử")
        + text(*ARTICLES)
        + closing(right=("CHỦ TỊCH", "Lê A")),
    ),
    Real(
        "quy chế kèm theo",
        "checked",
        "Quy chế",
        head(OFFICE, "", "")
        + title("QUY CHẾ", "Làm việc của Sở Nội vụ")
        + para("(Kèm theo Quyết định số 15/QĐ-SNV ngày 05 tháng 3 năm 2025)", **CENTRE, italic=True)
        + text(*ARTICLES),
    ),
    Real(
        "quy chế kèm theo, không có phần đầu",
        "checked",
        "Quy chế",
        title("QUY CHẾ", "Làm việc của Sở Nội vụ")
        + para("(Kèm theo Quyết định số 15/QĐ-SNV ngày 05 tháng 3 năm 2025)", **CENTRE, italic=True)
        + text(*ARTICLES),
    ),
    Real(
        "phụ lục riêng",
        "checked",
        "Phụ lục",
        title("Phụ lục I", "TỔNG HỢP KẾT QUẢ")
        + para(
            "(Kèm theo Báo cáo số 15/BC-SNV ngày 05 tháng 3 năm 2025 của Sở Nội vụ)", **CENTRE, italic=True
        )
        + grid(*NAMES),
    ),
    Real(
        "phụ lục có tên cơ quan",
        "checked",
        "Phụ lục",
        head(OFFICE, "", "")
        + title("Phụ lục", "TỔNG HỢP KẾT QUẢ")
        + para("(Kèm theo Công văn số 15/SNV-VP ngày 05 tháng 3 năm 2025)", **CENTRE, italic=True)
        + grid(*NAMES),
    ),
    # Legal documents: their own decree.
    Real("luật", "declined", LAW, law("Luật số: 72/2025/QH15", "LUẬT", "TỔ CHỨC CHÍNH QUYỀN ĐỊA PHƯƠNG")),
    Real(
        "luật, tên một dòng",
        "declined",
        LAW,
        law("Luật số: 72/2025/QH15", "LUẬT TỔ CHỨC CHÍNH QUYỀN ĐỊA PHƯƠNG"),
    ),
    Real(
        "luật, ngắt dòng mềm",
        "declined",
        LAW,
        law("Số: 72/2025/QH15", "LUẬT\nTỔ CHỨC CHÍNH QUYỀN ĐỊA PHƯƠNG"),
    ),
    Real("luật không có bảng", "declined", LAW, untabled_law()),
    Real("bộ luật", "declined", LAW, law("Bộ luật số: 45/2019/QH14", "BỘ LUẬT", "LAO ĐỘNG")),
    Real("pháp lệnh", "declined", LAW, law("Pháp lệnh số: 02/2022/UBTVQH15", "PHÁP LỆNH", "XỬ LÝ VI PHẠM")),
    Real(
        "nghị quyết của Quốc hội",
        "declined",
        LAW,
        law("Nghị quyết số: 202/2025/QH15", "NGHỊ QUYẾT", "SẮP XẾP TỈNH"),
    ),
    Real(
        "lệnh công bố luật",
        "declined",
        LAW,
        law("Số: 05/2025/L-CTN", "LỆNH", "VỀ VIỆC CÔNG BỐ LUẬT", issuer="CHỦ TỊCH NƯỚC"),
    ),
    Real(
        "nghị định",
        "declined",
        LAW,
        law("Số: 150/2025/NĐ-CP", "NGHỊ ĐỊNH", "Quy định tổ chức", issuer="CHÍNH PHỦ"),
    ),
    Real(
        "thông tư",
        "declined",
        LAW,
        law("Số: 05/2025/TT-BNV", "THÔNG TƯ", "Quy định chi tiết", issuer="BỘ NỘI VỤ"),
    ),
    Real(
        "thông tư liên tịch",
        "declined",
        LAW,
        law("Số: 05/2025/TTLT-BNV-BTC", "THÔNG TƯ LIÊN TỊCH", "Hướng dẫn", issuer="BỘ NỘI VỤ - BỘ TÀI CHÍNH"),
    ),
    Real(
        "quyết định quy phạm của tỉnh",
        "declined",
        LAW,
        law("Số: 52/2025/QĐ-UBND", "QUYẾT ĐỊNH", "Ban hành quy định", issuer="ỦY BAN NHÂN DÂN TỈNH A"),
    ),
    Real(
        "nghị quyết quy phạm của HĐND",
        "declined",
        LAW,
        law("Số: 12/2025/NQ-HĐND", "NGHỊ QUYẾT", "Quy định mức chi", issuer="HỘI ĐỒNG NHÂN DÂN TỈNH A"),
    ),
    Real(
        "văn bản hợp nhất",
        "declined",
        LAW,
        law("Số: 07/VBHN-BNV", "NGHỊ ĐỊNH", "Về công tác văn thư", issuer="BỘ NỘI VỤ"),
    ),
    Real("hiến pháp", "declined", LAW, law("", "HIẾN PHÁP", "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    Real(
        "dự thảo nghị định chưa có số",
        "declined",
        LAW,
        law("Số:       /2025/NĐ-CP", "NGHỊ ĐỊNH", "Quy định", issuer="CHÍNH PHỦ"),
    ),
    # Party and unions of youth.
    Real("báo cáo của cấp ủy", "declined", PARTY, party("Số 12-BC/BTCTU", "BÁO CÁO", "kết quả công tác")),
    Real("nghị quyết chi bộ", "declined", PARTY, party("Số 05-NQ/CB", "NGHỊ QUYẾT", "của Chi bộ")),
    Real(
        "quyết định của Đảng thiếu tiêu đề",
        "declined",
        PARTY,
        table([[para("TỈNH ỦY A\n*\nSố 12-QĐ/TU", **CENTRE), para(DAY, **CENTRE)]], [75, 90])
        + title("QUYẾT ĐỊNH", "chuẩn y kết quả bầu cử")
        + text(*LINES)
        + closing(right=("T/M BAN THƯỜNG VỤ", "Lê B")),
    ),
    Real(
        "lý lịch người xin vào Đảng",
        "declined",
        "Lý lịch",
        title("ĐẢNG CỘNG SẢN VIỆT NAM", "LÝ LỊCH", "CỦA NGƯỜI XIN VÀO ĐẢNG") + dotted(*BLANKS),
    ),
    # Contracts and agreements.
    Real(
        "hợp đồng lao động",
        "declined",
        PARTIES,
        state_above("HỢP ĐỒNG LAO ĐỘNG", "Số: 05/2025/HĐLĐ") + text(*LINES) + two_parties("BÊN A", "BÊN B"),
    ),
    Real(
        "hợp đồng mua bán",
        "declined",
        PARTIES,
        state_above("HỢP ĐỒNG MUA BÁN HÀNG HÓA")
        + text("Căn cứ Bộ luật Dân sự;", *LINES)
        + two_parties("BÊN A", "BÊN B"),
    ),
    Real(
        "phụ lục hợp đồng",
        "declined",
        PARTIES,
        state_above("PHỤ LỤC HỢP ĐỒNG", "Số: 01/PLHĐ") + text(*LINES) + two_parties("BÊN A", "BÊN B"),
    ),
    Real(
        "thỏa thuận vợ chồng",
        "declined",
        PARTIES,
        state_above("VĂN BẢN THỎA THUẬN VỀ CHẾ ĐỘ TÀI SẢN CỦA VỢ CHỒNG")
        + text("Hôm nay, ngày 05 tháng 3 năm 2025, chúng tôi gồm:", *LINES)
        + two_parties("NGƯỜI CHỒNG", "NGƯỜI VỢ"),
    ),
    Real(
        "thỏa thuận hợp tác",
        "declined",
        PARTIES,
        state_above("THỎA THUẬN HỢP TÁC") + text(*LINES) + two_parties("BÊN A", "BÊN B"),
    ),
    Real(
        "biên bản thanh lý hợp đồng",
        "declined",
        PARTIES,
        state_above("BIÊN BẢN THANH LÝ HỢP ĐỒNG", "Số: 05/TLHĐ")
        + text(*LINES)
        + two_parties("BÊN A", "BÊN B"),
    ),
    # Forms, papers of persons.
    Real(
        "sổ theo dõi",
        "declined",
        FORM,
        head(OFFICE, "", "") + title("SỔ THEO DÕI HỒ SƠ", "Năm 2025") + dotted(*BLANKS) + grid(*NAMES),
    ),
    Real(
        "mẫu số của nghị định",
        "declined",
        FORM,
        para("Mẫu số 05-BC", align="right", bold=True) + state_above("BÁO CÁO") + dotted(*BLANKS),
    ),
    Real(
        "phiếu đánh giá",
        "declined",
        FORM,
        state_above("PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG") + dotted(*BLANKS),
    ),
    Real("tờ khai", "declined", FORM, state_above("TỜ KHAI ĐĂNG KÝ KHAI SINH") + dotted(*BLANKS)),
    Real(
        "đơn xin nghỉ",
        "declined",
        PERSON,
        state_above("ĐƠN XIN NGHỈ PHÉP") + para("Kính gửi: Giám đốc Sở Nội vụ", **CENTRE) + text(*LINES),
    ),
    Real(
        "đơn chữ thường",
        "declined",
        PERSON,
        state_above()
        + para("Đơn xin chuyển công tác", **CENTRE, bold=True, size=16)
        + para("Kính gửi: Giám đốc Sở Nội vụ", **CENTRE)
        + text(*LINES),
    ),
    Real(
        "sơ yếu lý lịch", "declined", "Lý lịch", state_above("SƠ YẾU LÝ LỊCH", "Tự thuật") + dotted(*BLANKS)
    ),
    Real("CV xin việc", "declined", "Lý lịch", title("CURRICULUM VITAE", "NGUYỄN VĂN A") + text(*LINES)),
    Real("bản kiểm điểm", "declined", PERSON, state_above("BẢN KIỂM ĐIỂM CÁ NHÂN") + text(*LINES)),
    Real("bản cam kết", "declined", PERSON, state_above("BẢN CAM KẾT") + text(*LINES)),
    Real(
        "giấy ủy quyền của cá nhân",
        "declined",
        PERSON,
        state_above("GIẤY ỦY QUYỀN")
        + text("Tôi tên là: Nguyễn Văn An", *LINES)
        + two_parties("NGƯỜI ỦY QUYỀN", "NGƯỜI ĐƯỢC ỦY QUYỀN"),
    ),
    Real("giấy xác nhận", "declined", "Giấy xác nhận", office("Số: 15/GXN-SNV", "GIẤY XÁC NHẬN")),
    # Speeches, lists, teaching, minutes of nobody.
    Real(
        "bài phát biểu",
        "declined",
        SPEECH,
        title("BÀI PHÁT BIỂU", "của đồng chí Giám đốc Sở tại Hội nghị tổng kết")
        + text("Kính thưa các đồng chí!", *LINES),
    ),
    Real(
        "diễn văn",
        "declined",
        SPEECH,
        title("DIỄN VĂN KHAI MẠC") + text("Kính thưa quý vị đại biểu!", *LINES),
    ),
    Real(
        "tham luận có phần đầu",
        "declined",
        SPEECH,
        head(OFFICE, "", DAY) + title("THAM LUẬN", "Về chuyển đổi số") + text("Kính thưa Hội nghị!", *LINES),
    ),
    Real("kịch bản", "declined", SPEECH, title("KỊCH BẢN ĐIỀU HÀNH HỘI NGHỊ") + text(*LINES)),
    Real("danh sách", "declined", LIST, title("DANH SÁCH CÁN BỘ, CÔNG CHỨC") + grid(*NAMES)),
    Real(
        "danh sách có phần đầu",
        "declined",
        LIST,
        head(OFFICE, "", DAY) + title("DANH SÁCH", "Cán bộ dự thi") + grid(*NAMES),
    ),
    Real(
        "bảng tổng hợp",
        "declined",
        LIST,
        head(OFFICE, "", "") + title("BẢNG TỔNG HỢP KẾT QUẢ") + grid(*NAMES),
    ),
    Real(
        "lịch công tác",
        "declined",
        LIST,
        head(OFFICE, "", DAY) + title("LỊCH CÔNG TÁC TUẦN 12") + grid(*NAMES),
    ),
    Real(
        "thư ngỏ",
        "declined",
        "Thư công",
        head(OFFICE, "", DAY) + title("THƯ NGỎ") + text("Thân gửi bà con!", *LINES),
    ),
    Real("giáo án", "declined", NO_HEAD, title("KẾ HOẠCH BÀI DẠY", "Môn: Tin học") + text(*LINES)),
    Real("bài báo", "declined", NO_HEAD, title("Chuyển đổi số ở vùng cao") + text(*LINES)),
    Real("tệp trống", "declined", NO_HEAD, para("")),
    Real("chỉ có bảng", "declined", NO_HEAD, grid(*NAMES)),
    # The clerk has to say what it is.
    Real(
        "tên loại lạ",
        "unclear",
        "“CẨM NANG TRA CỨU”",
        office("Số: 15/CN-SNV", "CẨM NANG TRA CỨU", "Về văn thư"),
    ),
    Real(
        "tên loại lạ, không số",
        "unclear",
        "“NỘI DUNG GỢI Ý”",
        head(OFFICE, "", DAY) + title("NỘI DUNG GỢI Ý") + text(*LINES),
    ),
    Real(
        "không tên loại, không dấu hiệu công văn",
        "unclear",
        "không thấy",
        head(OFFICE, "Số: 15", DAY) + text(*LINES) + closing((), SIGNED),
    ),
    Real("chỉ có Quốc hiệu", "unclear", "không thấy", state_above() + text(*LINES)),
    Real(
        "báo cáo của sinh viên",
        "unclear",
        "“BÁO CÁO THỰC TẬP”",
        state_above("BÁO CÁO THỰC TẬP", "Sinh viên: Nguyễn Văn An") + text(*LINES),
    ),
)
