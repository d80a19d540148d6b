"""Figures are questioned only where they say the same thing twice and differ."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from dvctt_report.lint.outcome import Outcome
from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, Annex, Line, para, table
from tests.lint.test_checks import faults_by, verdict_of


def asked(*lines: Line) -> list[str]:
    return faults_by(replace(GOOD, body=(*lines, *GOOD.body)), "TT71")


def rows_of(*rows: tuple[str, ...], bold: int = -1) -> Line:
    cells = [[para(c, size=12, bold=n == bold) for c in row] for n, row in enumerate(rows)]
    return Line(raw=table(cells, [165 / len(rows[0])] * len(rows[0]), bordered=True, header=True))


@pytest.mark.parametrize(
    "text",
    [
        "Có 12/15 đơn vị (80%) đã báo cáo.",
        "Có 2/3 đơn vị (đạt 66,67%), 1/3 đơn vị chiếm 33,3%.",
        "Có 2/3 đơn vị (66,6%) đã báo cáo.",
        "Có 12/15 chỉ tiêu đạt 100% kế hoạch.",
        "Đến ngày 31/10/2025 đạt 85%; tháng 9/2025 đạt tỷ lệ 70%.",
        "Quyết định số 12/15 chiếm vị trí; 1.234/2.468 hồ sơ (50%).",
        "Có 5/6 xã, trong đó 3 xã (60%) làm tốt.",
        "Đạt 82,9% (18.342/22.115 người), vượt 2,9 điểm phần trăm so với mục tiêu (80%).",
        "Đạt 77,9%, thấp hơn 2,1 điểm phần trăm so với mục tiêu (tối thiểu 80%).",
        "Tăng từ 62,5% năm 2024 lên 70,1% năm 2025, tăng 7,6 điểm phần trăm.",
        "Đạt 66,7%, tăng 16,6 điểm phần trăm so với năm 2024 (50%).",
        "Sở A đạt 85%, Sở B đạt 70%; toàn tỉnh tăng 5 điểm phần trăm so với năm trước.",
        "Đã ban hành 15 văn bản, gồm: 05 quyết định, 07 công văn và 03 kế hoạch.",
        "Xây dựng 01 đề án gồm 5 chương, 12 mục và 3 phụ lục.",
        "Có 27 đơn vị, gồm 23 sở, ngành và các địa phương.",
        "Có 88 xã, trong đó 52 xã đạt chuẩn (59,1%), gồm 09 xã nâng cao; 36 xã chưa đạt.",
        "Thu đạt 18.900 tỷ đồng, bằng 90,0% dự toán năm (21.000 tỷ đồng), tăng 5,0% so với năm 2025 "
        "(18.000 tỷ đồng).",
        "Thu 17.640 tỷ đồng, bằng 98% dự toán Bộ Tài chính giao (18.000 tỷ đồng), bằng 84% dự toán HĐND tỉnh "
        "giao (21.000 tỷ đồng), tăng 12% so với cùng kỳ (15.750 tỷ đồng).",
        "Hoàn thành 312 cuộc thanh tra, kiểm tra, bằng 78% kế hoạch năm (400 cuộc).",
        "Cử 840 cán bộ, công chức bồi dưỡng, tăng 140 người (tăng 20,0%) so với năm 2025 (700 người).",
        "Có 1.840 hộ kinh doanh, tăng 240 hộ so với năm 2025 (1.600 hộ), tương ứng tăng 15,0%.",
        "Đàn heo có 1.245.000 con, tăng 3,75% so với cùng kỳ (1.200.000 con).",
        "Chi 90 tỷ đồng, giảm 10% so với cùng kỳ (100 tỷ đồng).",
        "Thu 105 tỷ đồng, đạt 105,0% kế hoạch (100 tỷ đồng), đạt 8,4% so với số thu cả vùng (1.250 tỷ đồng).",
        "Thu đạt 153 tỷ đồng, bằng 85% dự toán (180 tỷ đồng). Trong đó, quý I thu 42 tỷ đồng, quý II thu "
        "51 tỷ đồng, quý III thu 60 tỷ đồng.",
        "Ghi nhận 1.120 ca mắc, giảm 280 ca (20%) so với năm 2025. Trong đó, quý I 480 ca, quý II 640 ca.",
        "Có 300 học viên. Trong đó, 200 học viên nữ, 150 học viên dân tộc thiểu số.",
        "Toàn tỉnh có 6.240 tàu cá, đến nay đã có 5.928 tàu vào bờ, đạt 95,0%; còn 312 tàu.",
        "Tiếp nhận 62.500 hồ sơ; đã giải quyết 60.000 hồ sơ, đạt 96,0%; đang giải quyết 2.500 hồ sơ.",
        "Tiếp nhận 9.600 hồ sơ, giải quyết đúng hạn 9.504 hồ sơ, đạt 99,0%; quá hạn 96 hồ sơ, chiếm 1,0%.",
        "Có 100 xã, đã hoàn thành 60 xã, đạt 120%, vượt kế hoạch.",
        "Có 100 xã, đã hoàn thành 60 xã, đạt 80% kế hoạch.",
        "Kế hoạch 100 lớp, mở 60 lớp, đạt 75%; Sở A có 30 xã, 12 xã đạt 90%.",
        "Thu đạt 500 tỷ đồng, bằng 80% dự toán (12 xã hoàn thành), chi 300 tỷ đồng.",
        "Sản lượng ước đạt khoảng 900 tấn, đạt 92% kế hoạch (1.000 tấn).",
        "Có 88 xã, trong đó 52 xã đạt chuẩn, gồm 12 xã nâng cao và 40 xã khác; 36 xã chưa đạt chuẩn.",
    ],
)
def test_what_agrees_or_says_something_else_is_not_asked(text: str) -> None:
    assert asked(Line(text, BODY)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Có 12/15 đơn vị (85%) đã báo cáo.", "12/15 mà ghi 85%"),
        ("Đã xử lý 1.234/2.468 hồ sơ, chiếm 49%.", "1.234/2.468 mà ghi 49%"),
        ("Có 2/3 đơn vị (đạt tỷ lệ 67,66%).", "2/3 mà ghi 67,66%"),
        ("Đạt 84,9% (18.342/22.115 người).", "18.342/22.115 mà ghi 84,9%"),
        (
            "Đạt 82,9%, vượt 3,9 điểm phần trăm so với mục tiêu (80%).",
            "82,9% so với 80% mà ghi 3,9 điểm phần trăm",
        ),
        (
            "Đạt 77,9%, vượt 2,1 điểm phần trăm so với mục tiêu (80%).",
            "77,9% so với 80% mà ghi 2,1 điểm phần trăm",
        ),
        (
            "Từ 62,5% năm 2024 lên 70,1% năm 2025, tăng 8,6 điểm phần trăm.",
            "70,1% so với 62,5% mà ghi 8,6 điểm phần trăm",
        ),
        (
            "Tổng dư nợ 252 tỷ đồng với 4.200 khách. Riêng vùng khó khăn có dư nợ 37,8 tỷ đồng, chiếm 17,5% "
            "tổng dư nợ.",
            "37,8/252 mà ghi 17,5%",
        ),
        (
            "Ban quản lý dự án đạt 87,6%, cấp xã đạt 52,9%, chênh lệch 44,7 điểm phần trăm.",
            "52,9% so với 87,6% mà ghi 44,7 điểm phần trăm",
        ),
        (
            "Nông nghiệp giảm 0,5 điểm phần trăm (từ 19,74% xuống 19,24%), công nghiệp tăng 0,62 điểm phần "
            "trăm (từ 34,34% lên 34,60%).",
            "34,60% so với 34,34% mà ghi 0,62 điểm phần trăm",
        ),
        (
            "Tổng chiều dài đường bộ là 13.263 km, gồm quốc lộ 955 km, đường tỉnh 1.201 km, các đường khác "
            "11.207 km.",
            "tổng ghi 13.263, các phần cộng lại được 13.363",
        ),
        (
            "Đã ban hành 16 văn bản, gồm: 05 quyết định, 07 công văn và 03 kế hoạch.",
            "tổng ghi 16, các phần cộng lại được 15",
        ),
    ],
)
def test_a_share_that_is_not_its_percentage_is_asked(text: str, found: str) -> None:
    assert asked(Line(text, BODY)) == [found]


HEAD = ("Đơn vị", "Số cuộc", "Tỷ lệ (%)")
DETAILS = (("A", "10", "20"), ("B", "1.012", "30"), ("C", "9", "50"))


def test_a_total_is_held_against_its_rows_but_for_shares() -> None:
    assert asked(rows_of(HEAD, *DETAILS, ("Tổng cộng", "1.031", "95"))) == []
    assert asked(rows_of(HEAD, *DETAILS, ("Tổng cộng", "1.030", "100"))) == [
        "dòng tổng ghi 1.030, các dòng cộng lại được 1.031"
    ]


GROUPS = (
    ("TT", "Xã", "Người", "Đã học"),
    ("I", "Nhóm I", "2.883", "2.701"),
    ("1", "A", "1.120", "1.064"),
    ("2", "B", "945", "861"),
    ("3", "C", "818", "776"),
    ("II", "Nhóm II", "4.137", "3.979"),
    ("1", "D", "2.264", "2.193"),
    ("2", "E", "1.873", "1.786"),
    ("", "Tổng cộng", "7.020", "6.680"),
)


@pytest.mark.parametrize(
    ("row", "cell", "found"),
    [
        (1, "2.838", "dòng này ghi 2.838, các dòng cộng lại được 2.883"),
        (3, "954", "dòng này ghi 2.883, các dòng cộng lại được 2.892"),
        (8, "7.200", "dòng này ghi 7.200, các dòng cộng lại được 7.020"),
        (0, "Người", None),
    ],
)
def test_groups_are_held_against_their_rows_and_the_total_against_groups(
    row: int, cell: str, found: str | None
) -> None:
    rows = [list(one) for one in GROUPS]
    rows[row][2] = cell
    assert asked(rows_of(*map(tuple, rows), bold=1))[:1] == [found] * bool(found)


def test_a_column_of_growth_is_held_against_the_two_it_compares() -> None:
    heads = (
        ("TT", "Nội dung", "9 tháng 2024", "9 tháng 2025", "Tăng, giảm so cùng kỳ (%)"),
        ("TT", "Nội dung", "Cùng kỳ năm trước", "Kỳ báo cáo", "Tăng, giảm (%)"),
    )
    rows = (
        ("1", "A", "10.418", "11.932", "14,5"),
        ("3", "C", "205", "187", "-8,8"),
        ("4", "D", "142", "96", "-32,4"),
        ("", "Tổng cộng", "24.156", "26.441", "9,5"),
    )
    for head, (cell, found) in product(heads, (("6,2", []), ("2,6", ["ghi 2,6, tính ra khoảng 6,24"]))):
        assert asked(rows_of(head, rows[0], ("2", "B", "13.391", "14.226", cell), *rows[1:])) == found


def test_a_table_with_groups_blanks_or_few_rows_is_not_asked() -> None:
    wrong = ("Tổng cộng", "7", "100")
    assert asked(rows_of(HEAD, *DETAILS, wrong, bold=1)) == []
    assert asked(rows_of(HEAD, *DETAILS[:2], wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("D", "-", "0"), wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("Cộng", "5", "0"), wrong)) == []


SHARED = ("Đơn vị", "Số giao", "Số làm", "Tỷ lệ (%)")
ROWS = (("A", "40", "30", "75"), ("B", "30", "20", "66,7"), ("C", "90", "81", "90"), ("D", "8", "1", "12,5"))


def test_a_column_of_shares_is_reckoned_as_most_of_its_rows_are() -> None:
    total = ("Tổng cộng", "168", "132", "78,6")
    assert asked(rows_of(SHARED, *ROWS, total)) == []
    assert asked(rows_of(SHARED, *ROWS[:3], ("D", "8", "1", "21,5"), total)) == [
        "ghi 21,5, tính ra khoảng 12,5"
    ]
    assert asked(rows_of(SHARED, *ROWS, (*total[:3], "61,0"))) == ["ghi 61,0, tính ra khoảng 78,57"]
    of_another_kind = [(*row[:3], str(n)) for n, row in enumerate(ROWS, 50)]
    assert asked(rows_of(SHARED, *of_another_kind)) == []


def test_a_column_headed_as_a_total_is_held_against_those_beside_it() -> None:
    head = ("Đơn vị", "Tổng số", "Trực tuyến", "Trực tiếp")
    rows = (("A", "30", "20", "10"), ("B", "12", "2", "10"), ("C", "7", "3", "4"), ("D", "9", "5", "4"))
    assert asked(rows_of(head, *rows)) == []
    assert asked(rows_of(head, *rows[:3], ("D", "11", "5", "4"))) == ["ghi 11, các cột cộng lại được 9"]


def test_a_count_of_columns_and_numbered_groups_are_no_details() -> None:
    counted = (("1", "2", "3"), *DETAILS)
    assert asked(rows_of(HEAD, *counted, ("Tổng cộng", "1.031", "100"))) == []
    head, wrong = ("STT", "Đơn vị", "Số cuộc"), ("", "Tổng cộng", "40")
    groups = (("1", "A", "10"), ("1.1", "B", "4"), ("1.2", "C", "6"), ("2", "D", "7"))
    assert asked(rows_of(head, *groups, wrong)) == []
    assert asked(rows_of(head, *[(str(n), *row[1:]) for n, row in enumerate(groups, 1)], wrong)) != []


def test_amounts_that_were_rounded_one_by_one_may_miss_their_total_by_that_much() -> None:
    rows = (("A", "1,3", "9"), ("B", "2,3", "9"), ("C", "3,3", "9"))
    head = ("Đơn vị", "Số tiền", "Số lần")
    assert asked(rows_of(head, *rows, ("Tổng", "7,0", "27"))) == []
    assert asked(rows_of(head, *rows, ("Tổng", "7,9", "27"))) != []
    millions = Line("Đơn vị tính: triệu đồng", {**BODY, "align": "right"})
    whole = [(name, amount[0], n) for name, amount, n in rows]
    assert asked(millions, rows_of(head, *whole, ("Tổng", "7", "28"))) == []
    assert asked(millions, rows_of(head, *whole, ("Tổng", "9", "30"))) != []
    assert asked(rows_of(head, *whole, ("Tổng", "7", "27"))) != []


def test_the_rows_of_an_annex_are_held_against_what_it_lists_and_no_number_told_of_each() -> None:
    rows = (("TT", "Họ và tên"), ("1", "Lê An"), ("2", "Trần Bình"), ("3", "Phạm Chi"))
    annex = Annex("Phụ lục I", "DANH SÁCH", behind=rows_of(*rows).xml())
    for said, found in (
        ("Có 03 thành viên (danh sách tại Phụ lục I).", []),
        ("Có 05 thành viên (danh sách tại Phụ lục I).", ["ghi 05, Phụ lục I liệt kê 3"]),
        ("Chia thành 3 lớp, mỗi lớp 40 người (chi tiết tại Phụ lục I).", []),
    ):
        draft = replace(GOOD, body=(Line(said, BODY), *GOOD.body), annexes=(annex, GOOD.annexes[1]))
        asked_about = [f.found for f in verdict_of(draft).findings if f.code == "TT71"]
        assert asked_about == found


def test_a_total_named_in_the_text_is_looked_for_in_its_table() -> None:
    caption = Line("Bảng 1. Kết quả", BODY)
    table_ = rows_of(HEAD, *DETAILS, ("Tổng cộng", "1.031", "100"))
    for said, found in (("1.031", []), ("1.301", ["tổng 1.301 không có trong Bảng 1"])):
        text = Line(f"Tổng số cuộc là {said} cuộc, chi tiết tại Bảng 1.", BODY)
        assert [f for f in asked(text, caption, table_) if "Bảng 1" in f] == found


def test_a_slip_in_a_total_is_told_by_the_table_below_it() -> None:
    head = ("STT", "Nội dung", "Dự toán năm 2026", "Thực hiện 9 tháng")
    rows = rows_of(
        head, ("1", "A", "3.402,8", "2.087,3"), ("2", "B", "7.120,6", "5.264,9"), ("3", "C", "96,6", "51,8"),
        ("", "Tổng cộng (1 + 2 + 3)", "10.620,0", "7.404,0"),
    )  # fmt: skip
    for said, found in (("7.404,0", []), ("7.440,0", ["ghi 7.440,0, dòng tổng của bảng ghi 7.404"])):
        text = Line(f"Tổng chi ngân sách 9 tháng là {said} tỷ đồng, cụ thể:", BODY)
        assert asked(text, rows) == found


def test_a_last_row_of_shares_is_held_against_the_total_above_it() -> None:
    head = ("Khối", "Số học sinh", "Tốt", "Khá", "Đạt")
    above = (
        ("Khối 10", "412", "186", "190", "36"),
        ("Khối 11", "398", "201", "171", "26"),
        ("Khối 12", "385", "243", "138", "4"),
        ("Tổng cộng", "1.195", "630", "499", "66"),
    )
    for cell, found in (("41,76", []), ("41,67", ["ghi 41,67, tính ra khoảng 41,76"])):
        assert asked(rows_of(head, *above, ("Tỷ lệ (%)", "100", "52,72", cell, "5,52"))) == found


def test_a_part_of_what_is_told_before_is_not_held_against_a_total_nearby() -> None:
    head = ("STT", "Lĩnh vực", "Tiếp nhận", "Trước hạn", "Đang giải quyết")
    rows = (("1", "A", "2.486", "2.471", "15"), ("2", "B", "2.054", "1.975", "79"))
    table_ = rows_of(head, *rows, ("", "Tổng cộng", "4.540", "4.446", "94"))
    told = "Đã giải quyết 4.507 hồ sơ. Tỷ lệ trước hạn đạt 98,65% (4.446/4.507 hồ sơ)."
    assert asked(Line(told, BODY), table_) == []
    assert asked(Line("Tỷ lệ trước hạn đạt 98,65% (4.446/4.507 hồ sơ).", BODY), table_) != []


def test_what_is_said_of_each_or_of_those_late_is_no_whole() -> None:
    assert asked(Line("Bố trí 09 ca trực, mỗi ca 02 người, gồm 01 lãnh đạo và 01 chuyên viên.", BODY)) == []
    all_ = Line("Tổng số hồ sơ tiếp nhận là 4.540 hồ sơ.", BODY)
    late = "Còn 61 hồ sơ quá hạn, lĩnh vực đất đai 31 hồ sơ, bằng {} tổng số hồ sơ{}."
    assert asked(all_, Line(late.format("50,8%", " quá hạn"), BODY)) == []
    assert asked(all_, Line(late.format("50,8%", ""), BODY)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành 14 văn bản, trong đó có 03 kế hoạch và 11 công văn; tổ chức 02 hội nghị.",
        "Tiếp nhận 17.000 hồ sơ, trong đó trực tuyến 13.231 hồ sơ, đạt 77,8%; trực tiếp 3.769 hồ sơ.",
        "Xong 16.500 hồ sơ, trong đó đúng hạn 16.335 hồ sơ (đạt 99,0%), quá hạn 165 hồ sơ (chiếm 1,0%).",
        "Có 200 đại biểu, trong đó 120 đại biểu nữ và 50 đại biểu trẻ.",
        "Xã có 18 Tổ với 126 thành viên, bình quân 07 thành viên/Tổ; trong đó 11 Tổ làm tốt, chiếm 61,1%.",
        "Kinh phí 5 tỷ đồng, trong đó ngân sách tỉnh 3 tỷ đồng, ngân sách xã 1.500 triệu đồng.",
        "Kinh phí 12,5 tỷ đồng, gồm: ngân sách tỉnh 7,2 tỷ đồng; ngân sách xã 5,4 tỷ đồng.",
        "Tiếp nhận 1.000 hồ sơ, trong đó 600 hồ sơ trực tuyến, 400 hồ sơ trực tiếp; giải quyết 900 hồ sơ, "
        "trong đó 880 hồ sơ đúng hạn, 20 hồ sơ quá hạn.",
        "Có 1.200 hộ, trong đó 60 hộ nghèo, chiếm 5%, giảm 20 hộ so với năm 2024; 36 hộ cận nghèo.",
        "Nhận 100 phiếu, trong đó 90 phiếu hài lòng, đạt 90%, vượt 5% so với kế hoạch.",
        "Có 640 Tổ với 5.120 thành viên, trong đó 512 Tổ chạy đều, đạt 80%; 3.200 thành viên học, đạt 62,5%.",
        "Mở 24 lớp với 1.440 học viên, mỗi lớp 60 học viên, mỗi lớp học 05 ngày.",
        "Có khoảng 300 hồ sơ, trong đó trực tuyến 200 hồ sơ, trực tiếp 90 hồ sơ.",
        "Có 120 lớp, tăng 20 lớp (20%) so với năm 2024 (100 lớp).",
        "Có 12 đơn vị trên tổng số 15 đơn vị (80%) đã gửi.",
        "Cử 03 viên chức tham dự, gồm: bà Nguyễn Thị Hòa, ông Trần Quang Vinh, ông Lò Văn Mạnh.",
        "Cử 02 người, gồm: ông Trần Quang Vinh, Trưởng phòng; bà Lò Thị Mai, chuyên viên.",
        "Chi 8.200 tỷ đồng, đạt 70% dự toán. Trong đó: chi đầu tư 1.640 tỷ đồng, đạt 105%; chi thường "
        "xuyên 3.690 tỷ đồng, đạt 62%.",
        "Gieo 600 ha, gồm: lúa 580 ha, cây ngắn ngày 14 ha, cây dài ngày 06 ha.",
        "Trong 1.410 biên chế, có 1.082 biên chế mầm non, 249 biên chế tiểu học, 71 biên chế trung học và "
        "08 giáo viên dạy nghề.",
        "Có 4.180 người, trong đó tiểu học là 2.390 người; trung học là 1.592 người; sơ cấp là 154 người, "
        "trung cấp 44 người.",
        "Nhận 1.000 hồ sơ, đã giải quyết 900 hồ sơ; trong đó đúng hạn có 880 hồ sơ, còn 20 hồ sơ quá hạn.",
        "Nhận 1.000 hồ sơ, đã giải quyết 900 hồ sơ, trong đó đúng hạn 880, còn 20 hồ sơ quá hạn.",
        "Xong gần 50 ngàn hồ sơ, trong đó hồ sơ đúng hạn trên 49,5 ngàn (đạt 99%), quá hạn 450 hồ sơ.",
        "Có 45 cuộc họp, trong đó cuộc họp tổng kết tháng 3/2026 và 02 cuộc họp báo, còn lại 42 cuộc họp.",
        "Trồng 14.206 ha rừng. Trong đó, vùng cao 4.203 ha, vùng giữa 6.402 ha, vùng thấp 3.602 ha, "
        "còn lại không trồng.",
        "Phải thu 150 tỷ 600 triệu 500 nghìn đồng, tăng 40 tỷ 100 triệu 800 nghìn đồng; đã thu 90 tỷ 360 "
        "triệu 400 nghìn đồng, đạt 60,0%.",
        "Rừng phòng hộ trồng 12,3 ngàn ha, giảm 29% so với cùng kỳ năm trước; rừng sản xuất trồng 154,9 "
        "ngàn ha, giảm 14,3%.",
    ],
)
def test_amounts_of_one_thing_that_agree_are_not_asked(text: str) -> None:
    assert asked(Line(text, BODY)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Ban hành 14 văn bản, trong đó có 03 kế hoạch và 12 công văn; tổ chức 02 hội nghị.",
            "tổng ghi 14, các phần cộng lại được 15",
        ),
        (
            "Tiếp nhận 17.000 hồ sơ, trong đó trực tuyến 13.231 hồ sơ, đạt 77,8%; trực tiếp 3.679 hồ sơ.",
            "tổng ghi 17.000, các phần cộng lại được 16.910",
        ),
        (
            "Tổng kinh phí 12 tỷ đồng, gồm: ngân sách phường 8 tỷ đồng, nguồn xã hội hóa 5 tỷ đồng.",
            "tổng ghi 12, các phần cộng lại được 13",
        ),
        ("Có 45 cán bộ, trong đó 25 nam, 22 nữ.", "tổng ghi 45, các phần cộng lại được 47"),
        (
            "Kinh phí 5 tỷ đồng, trong đó ngân sách tỉnh 3 tỷ đồng, còn lại xã hội hóa 1.900 triệu đồng.",
            "tổng ghi 5, các phần cộng lại được 4,9",
        ),
        (
            "Mời 100 người, trong đó có 60 cán bộ, 30 công chức, còn lại 20 người dân.",
            "tổng ghi 100, các phần cộng lại được 110",
        ),
        ("Có 640 Tổ; 5.120 người; trong đó 512 Tổ chạy đều, đạt 85%.", "512/640 mà ghi 85%"),
        ("Có 120 lớp, tăng 30 lớp so với năm 2024 (100 lớp).", "120 so với 100 mà ghi tăng 30"),
        ("Có 120 lớp, tăng 20 lớp (25%) so với năm 2024.", "20/100 mà ghi 25%"),
        ("Có 12 đơn vị trên tổng số 15 đơn vị (85%) đã gửi.", "12/15 mà ghi 85%"),
        ("Có 19/18 Tổ hoạt động.", "19/18"),
        (
            "Có 88 xã, trong đó 52 xã đạt chuẩn (59,1%), gồm 09 xã nâng cao; 46 xã chưa đạt chuẩn.",
            "tổng ghi 88, các phần cộng lại được 98",
        ),
        (
            "Có 88 xã, trong đó 52 xã đạt chuẩn, gồm 12 xã nâng cao và 50 xã khác; 36 xã chưa đạt chuẩn.",
            "tổng ghi 52, các phần cộng lại được 62",
        ),
        (
            "Thu đạt 153 tỷ đồng, bằng 85% dự toán (180 tỷ đồng). Trong đó, quý I thu 42 tỷ đồng, quý II thu "
            "51 tỷ đồng, quý III thu 70 tỷ đồng.",
            "tổng ghi 153, các phần cộng lại được 163",
        ),
        (
            "Gieo trồng 645.300 ha, bằng 101,2% kế hoạch (637.648 ha). Trong đó, cây hằng năm 318.700 ha, "
            "cây lâu năm 336.600 ha.",
            "tổng ghi 645.300, các phần cộng lại được 655.300",
        ),
        ("Toàn tỉnh có 6.240 tàu cá, đến nay đã có 5.928 tàu vào bờ, đạt 90%.", "5.928/6.240 mà ghi 90%"),
        (
            "Tiếp nhận 62.500 hồ sơ; đã giải quyết 60.000 hồ sơ, đạt 92,0%; đang giải quyết 2.500 hồ sơ.",
            "60.000/62.500 mà ghi 92,0%",
        ),
        (
            "Tiếp nhận 9.600 hồ sơ, giải quyết đúng hạn 9.504 hồ sơ, đạt 99%; quá hạn 96 hồ sơ, chiếm 2%.",
            "96/9.600 mà ghi 2%",
        ),
        ("Thu 153 tỷ đồng, bằng 75,0% dự toán năm (180 tỷ đồng).", "153/180 mà ghi 75,0%"),
        ("Thu 945 triệu đồng, đạt 80% kế hoạch (1.050 triệu đồng).", "945/1.050 mà ghi 80%"),
        ("Có 90 hộ đăng ký, đạt 95% so với kế hoạch (100 hộ).", "90/100 mà ghi 95%"),
        (
            "Thu đạt 18.900 tỷ đồng, bằng 90,0% dự toán năm (21.000 tỷ đồng), tăng 6,5% so với năm 2025 "
            "(18.000 tỷ đồng).",
            "18.900 so với 18.000 mà ghi tăng 6,5%",
        ),
        ("Chi 90 tỷ đồng, giảm 15% so với cùng kỳ (100 tỷ đồng).", "90 so với 100 mà ghi giảm 15%"),
        (
            "Cử 840 cán bộ, công chức bồi dưỡng, tăng 140 người (tăng 25,0%) so với năm 2025 (700 người).",
            "140/700 mà ghi 25,0%",
        ),
        (
            "Có 1.840 hộ kinh doanh, tăng 340 hộ so với năm 2025 (1.600 hộ), tương ứng tăng 15,0%.",
            "1.840 so với 1.600 mà ghi tăng 340",
        ),
        ("Cử 04 viên chức, gồm: bà Nguyễn Thị Hòa, ông Trần Quang Vinh.", "ghi 04, liệt kê 2"),
        (
            "Gieo 600 ha, gồm: lúa 580 ha, cây ngắn ngày 24 ha, cây dài ngày 06 ha.",
            "tổng ghi 600, các phần cộng lại được 610",
        ),
        (
            "Nhận 1.000 hồ sơ, đã giải quyết 900 hồ sơ; trong đó đúng hạn 880 hồ sơ, quá hạn 30 hồ sơ.",
            "tổng ghi 900, các phần cộng lại được 910",
        ),
        (
            "Kinh phí 3 tỷ 600 triệu đồng, gồm: ngân sách tỉnh 2 tỷ 500 triệu đồng, ngân sách xã 1 tỷ đồng.",
            "tổng ghi 3 tỷ 600, các phần cộng lại được 3.500.000.000",
        ),
    ],
)
def test_amounts_of_one_thing_that_do_not_agree_are_asked(text: str, found: str) -> None:
    assert asked(Line(text, BODY)) == [found]


@pytest.mark.parametrize(
    ("head", "asked_about"),
    [
        ("Mở 24 lớp với 1.440 học viên, gồm:", []),
        ("Mở 22 lớp với 1.440 học viên, gồm:", ["tổng ghi 22, các phần cộng lại được 24"]),
        ("Mở 24 lớp với 1.460 học viên, cụ thể như sau:", ["tổng ghi 1.460, các phần cộng lại được 1.440"]),
        ("Mở 30 lớp với 1.440 học viên, trong đó:", []),
        ("Mở các lớp theo 02 hình thức:", ["ghi 02, dưới liệt kê 3"]),
    ],
)
def test_a_line_that_opens_a_list_is_held_against_its_entries(head: str, asked_about: list[str]) -> None:
    entries = (
        "a) 06 lớp ngạch với 360 học viên;",
        "b) 10 lớp kỹ năng với 600 học viên;",
        "c) 08 lớp với 480 học viên.",
    )
    assert asked(*(Line(text, BODY) for text in (head, *entries))) == asked_about


def test_a_whole_called_a_total_is_one_though_a_plan_is_spoken_of() -> None:
    entries = ("1. Vốn tỉnh hỗ trợ: 15.000 triệu đồng.", "2. Vốn xã: 6.500 triệu đồng.")
    for total, found in (("21.500", []), ("24.500", ["tổng ghi 24.500, các phần cộng lại được 21.500"])):
        head = f"Thông qua kế hoạch đầu tư công năm 2027 với tổng vốn {total} triệu đồng, gồm:"
        assert asked(*(Line(text, BODY) for text in (head, *entries))) == found


def test_bodies_and_persons_are_counted_below_the_line_that_tells_how_many() -> None:
    entries = (
        "a) Tập thể: Tổ dân phố số 4, Trường Mầm non Hướng Dương;",
        "b) Cá nhân: các ông, bà Lê Thị Hạnh, Trần Văn Sơn.",
    )
    for n, found in ((2, []), (3, ["ghi 03 tập thể, dưới liệt kê 2"])):
        head = f"Khen 0{n} tập thể và 02 cá nhân:"
        assert asked(*(Line(text, BODY) for text in (head, *entries))) == found


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số 30 hồ sơ, trong đó: đất đai: 12 hồ sơ; hộ tịch: 10 hồ sơ; khác: 8 hồ sơ.",
        "Có 30 hồ sơ, trong đó 12 hồ sơ đất đai, 10 hồ sơ hộ tịch và 8 hồ sơ khác.",
        "Có 30 hồ sơ, trong đó có 12 hồ sơ đất đai và 10 hồ sơ hộ tịch.",
        "Toàn trường có 40 giáo viên; 32 giáo viên đạt chuẩn, chiếm 80%.",
        "Có 120 hộ, trong đó: 60 hộ nghèo, 50 hộ chính sách, 40 hộ neo đơn.",
        "Tiếp nhận 900 hồ sơ, đã giải quyết 880 hồ sơ, còn 20 hồ sơ đang giải quyết.",
        "Tiếp nhận 1.000 hồ sơ (kỳ trước chuyển sang 100 hồ sơ, tiếp nhận mới 900 hồ sơ).",
        "Tiếp nhận 1.000 hồ sơ (trong đó trực tuyến 700 hồ sơ, trực tiếp 300 hồ sơ), xong 950 hồ sơ (95%).",
        "Giảm từ 50 hộ xuống còn 40 hộ, giảm 10 hộ; tăng từ 100 lên 120 lớp (tăng 20%).",
        "Số lượng tăng từ 8 lên 12 lần; tăng từ 62,5% lên 70,1%, tăng 7,6 điểm phần trăm.",
        "Kinh phí: 24 lớp x 120.000.000 đồng/lớp = 2.880.000.000 đồng.",
        "Cơ cấu kinh tế: nông nghiệp 20,1%, công nghiệp 45%, dịch vụ 35%.",
        "Thực hiện 03 nhiệm vụ: (1) rà soát; (2) báo cáo; (3) kiểm tra.",
        "Toàn tỉnh có 95 đơn vị (23 sở, 72 xã), trong đó có 90 đơn vị đã gửi, chiếm 94,7%.",
        "Tổ chức 12 hội nghị với 1.200 lượt người, trong đó 05 hội nghị trực tuyến, 07 hội nghị trực tiếp.",
        "Trong tổng số 15 đơn vị có 12 đơn vị (80%) đạt.",
        "Năm 2026 có 20 xã (10 xã khó khăn), giảm 5 xã so với năm 2025 (25 xã).",
        "Hỗ trợ 30 hộ, 20 hộ thoát nghèo, chiếm 66,7%, còn 10 hộ nghèo.",
        "Đã mở 05 lớp cho 300 học viên (bình quân 60 học viên/lớp), 240 học viên đạt loại giỏi, chiếm 80%.",
        "Ban hành 20 văn bản, 5 văn bản chậm, chiếm 25%.",
        "Xử lý 1.536 đơn (tồn đầu kỳ 40 đơn, tiếp nhận mới 1.496 đơn), so với cùng kỳ tăng 131 đơn.",
        "Có 286 thôn, bản, trong đó có 274 thôn, bản, có 32 thôn, bản đặc biệt khó khăn.",
        "Dân tộc Thái 3395 người, chiếm 99,09 %; dân tộc Mường 28 người, chiếm 0,8 %.",
        "Có 100 người dân tộc Tày, chiếm 60%; 40 người dân tộc Nùng, chiếm 24%.",
        "Kết nạp 32 đảng viên mới, đạt 40,5% chỉ tiêu, nâng tổng số đảng viên lên 2.866 đảng viên.",
        "Giải quyết được 19/33 vụ việc, 14 vụ còn lại đang giải quyết.",
        "Lũy kế có 356 doanh nghiệp, 32 hợp tác xã và hơn 4.300 hộ kinh doanh.",
        "Tổ chức 04 hội nghị, mỗi hội nghị 60 người; tổng số người tham dự là 240 người.",
        "Tổ chức 04 hội nghị, mỗi hội nghị khoảng 60 người, 12 người giúp việc; trong đó có 20 người là nữ.",
        "Hỗ trợ 120 phụ nữ, vay bình quân 50 triệu đồng/người, tổng vốn 6.000 triệu đồng.",
        "Học phí 1.250.000 đồng/tháng, một năm học 10 tháng là 12.500.000 đồng.",
        "Kinh phí 18.000 triệu đồng (bằng chữ: Mười tám tỷ đồng).",
        "Kinh phí 1,25 tỷ đồng (bằng chữ: Một tỷ hai trăm năm mươi lăm triệu đồng).",
        "Giao 45.000 triệu đồng. Đã chi 27.000 triệu đồng, bằng 60,0% dự toán; còn lại 18.000 triệu đồng.",
        "Chi 30.000.000 đồng (bằng chữ: Ba mươi triệu đồng), gồm: in 24.000.000 đồng; mua 6.000.000 đồng.",
        "Có 90 học sinh, bình quân 42 học sinh/lớp; trong đó khối 6 có 50 học sinh, khối 7 có 40 học sinh.",
        "Trong 09 chỉ tiêu được giao, có 07 chỉ tiêu đạt và vượt, 02 chỉ tiêu chưa đạt.",
        "Diện tích 5,2 ha, gồm đất ở 2,1 ha, đất giao thông 1,6 ha và cây xanh 1,5 ha; tiến độ đạt 70%.",
        "Hài lòng 86,4%, cao hơn năm 2024 là 3,1 điểm phần trăm (năm 2024 đạt 83,3%).",
        "Có 96 hồ sơ đúng hạn, đạt 96,0%; 4 hồ sơ quá hạn, chiếm 4,0%.",
    ],
)
def test_parts_steps_products_and_lists_that_agree_are_not_asked(text: str) -> None:
    assert asked(Line(text, BODY)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số 30 hồ sơ, trong đó: đất đai: 12 hồ sơ; hộ tịch: 10 hồ sơ; khác: 9 hồ sơ.",
        "Tổng số 40 hồ sơ, trong đó: đất đai: 12 hồ sơ; hộ tịch: 10 hồ sơ; chứng thực: 17 hồ sơ.",
        "Có 30 hồ sơ, trong đó 12 hồ sơ đất đai, 10 hồ sơ hộ tịch và 9 hồ sơ khác.",
        "Toàn trường có 40 giáo viên; 32 giáo viên đạt chuẩn, chiếm 85%.",
        "Tiếp nhận 900 hồ sơ, đã giải quyết 880 hồ sơ, còn 30 hồ sơ đang giải quyết.",
        "Tiếp nhận 1.000 hồ sơ (kỳ trước chuyển sang 100 hồ sơ, tiếp nhận mới 920 hồ sơ).",
        "Tiếp nhận 1.000 hồ sơ (trong đó trực tuyến 700 hồ sơ, trực tiếp 200 hồ sơ), đã xong 950 hồ sơ.",
        "Giảm từ 50 hộ xuống còn 40 hộ, giảm 12 hộ.",
        "Tăng từ 100 lên 120 lớp (tăng 25%).",
        "Kinh phí: 24 lớp x 120.000.000 đồng/lớp = 2.680.000.000 đồng.",
        "Có 12 đơn vị trong tổng số 15 đơn vị (85%) đạt.",
        "Cơ cấu kinh tế: nông nghiệp 20%, công nghiệp 45%, dịch vụ 38%.",
        "Thực hiện 04 nhiệm vụ: (1) rà soát; (2) báo cáo; (3) kiểm tra.",
        "Kiểm tra 04 xã (Bắc Hà, Bảo Yên và Văn Bàn).",
        "Làm việc với 03 đơn vị, gồm: Sở Tài chính, Sở Nội vụ.",
        "Kinh phí 18.000 triệu đồng (bằng chữ: Mười chín tỷ đồng).",
        "Chi 30.000.000 đồng (bằng chữ: Ba mươi triệu đồng), gồm: in 25.000.000 đồng; mua 6.000.000 đồng.",
        "Có 100 học sinh; trong đó khối 6 có 50 học sinh, khối 7 có 40 học sinh, khối 8 có 20 học sinh.",
        "Trong 09 chỉ tiêu được giao, có 06 chỉ tiêu đạt và vượt, 02 chỉ tiêu chưa đạt.",
        "Diện tích 6,2 ha, gồm đất ở 2,1 ha, đất giao thông 1,6 ha và cây xanh 1,5 ha; tiến độ đạt 70%.",
        "Hài lòng 86,4%, cao hơn năm 2024 là 4,1 điểm phần trăm (năm 2024 đạt 83,3%).",
        "Có 96 hồ sơ đúng hạn, đạt 95,0%; 4 hồ sơ quá hạn, chiếm 4,0%.",
    ],
)
def test_parts_steps_products_and_lists_that_do_not_agree_are_asked(text: str) -> None:
    assert len(asked(Line(text, BODY))) == 1


def test_a_number_that_points_to_an_annex_is_held_against_its_total() -> None:
    rows = (("TT", "Nội dung", "Số người"), ("1", "A", "400"), ("2", "B", "300"), ("3", "C", "140"))
    annex = Annex("Phụ lục I", "KẾT QUẢ", behind=rows_of(*rows, ("", "Tổng cộng", "840")).xml())
    for said, found in (
        ("Đã cử 840 người, năm trước 800 người (Phụ lục I).", []),
        ("Đã cử 850 người, năm trước 700 người (Phụ lục I).", ["ghi 850, dòng tổng của Phụ lục I ghi 840"]),
        ("Đã mời 500 người (mẫu giấy mời tại Phụ lục I).", []),
        ("Không kể phòng C, đã cử 700 người, năm trước 830 người (Phụ lục I).", []),
    ):
        draft = replace(GOOD, body=(Line(said, BODY), *GOOD.body), annexes=(annex, GOOD.annexes[1]))
        assert [f.found for f in verdict_of(draft).findings if f.code == "TT71"] == found


def test_a_total_above_the_one_column_of_a_table_is_that_columns() -> None:
    table = rows_of(
        ("TT", "Khoản chi", "Số tiền (triệu đồng)"), ("1", "A", "48"), ("2", "B", "42"), ("", "Cộng", "90")
    )
    for n, found in (("90", []), ("95", ["ghi 95, dòng tổng của bảng ghi 90"])):
        assert (
            asked(Line(f"Tổng kinh phí thực hiện là {n} triệu đồng, phân theo các khoản:", BODY), table)
            == found
        )


def test_an_amount_told_with_an_annex_is_the_total_of_the_column_in_its_unit() -> None:
    rows = (("TT", "Đơn vị", "Số lượng (bộ)"), ("1", "A", "6"), ("2", "B", "9"), ("3", "C", "9"))
    annex = Annex("Phụ lục I", "PHÂN BỔ", behind=rows_of(*rows, ("", "Tổng cộng", "24")).xml())
    for n, found in (("24", []), ("26", ["ghi 26, dòng tổng của Phụ lục I ghi 24"])):
        said = Line(f"Phân bổ {n} bộ máy tính cho các đơn vị (chi tiết tại Phụ lục I).", BODY)
        draft = replace(GOOD, body=(said, *GOOD.body), annexes=(annex, GOOD.annexes[1]))
        assert [f.found for f in verdict_of(draft).findings if f.code == "TT71"] == found


def test_a_blank_among_the_rows_of_a_total_is_asked_about_where_something_is_missing() -> None:
    rows = (*DETAILS, ("D", "", "0"))
    assert asked(rows_of(HEAD, *rows, ("Tổng cộng", "1.031", "100"))) == []
    assert asked(rows_of(HEAD, *rows, ("Tổng cộng", "1.131", "100"))) == [
        "dòng tổng ghi 1.131, các dòng cộng lại được 1.031"
    ]


def test_a_list_sent_along_has_as_many_entries_as_is_said() -> None:
    heads = [para(f"**{head}**", **BODY) for head in ("I. TẬP THỂ", "II. CÁ NHÂN")]
    bodies, persons = (["1. Sở Y tế.", "2. Sở Nội vụ."], ["1. Lê An.", "2. Võ Bình.", "3. Hồ Chi."])
    listed = heads[0] + "".join(para(b, **BODY) for b in bodies)
    listed += heads[1] + "".join(para(b, **BODY) for b in persons)
    annex = Annex("Phụ lục I", "DANH SÁCH", behind=listed)
    for n, found in (("03", []), ("04", ["ghi 04 cá nhân, danh sách có 3"])):
        said = Line(f"Khen 02 tập thể và {n} cá nhân (có danh sách kèm theo).", BODY)
        draft = replace(GOOD, body=(said, *GOOD.body), annexes=(annex, GOOD.annexes[1]))
        assert [f.found for f in verdict_of(draft).findings if f.code == "TT71"] == found


_SPENT = rows_of(
    ("STT", "Nội dung chi", "Số lượng", "Kinh phí (triệu đồng)"),
    ("1", "In tờ rơi", "2.000 tờ", "20"),
    ("2", "Họp thôn", "24 cuộc", "36"),
    ("3", "Sửa loa truyền thanh", "12 cụm", "30"),
    ("", "Tổng cộng", "", "86"),
)
_LEFT = rows_of(
    ("STT", "Đơn vị", "Đã giải quyết", "Kinh phí giao", "Còn lại"),
    ("1", "Xã A", "1.420", "1.450,5", "30,5"),
    ("2", "Xã B", "780", "980,0", "14,8"),
    ("", "Tổng cộng", "2.200", "2.430,5", "45,3"),
)


@pytest.mark.parametrize(
    ("above", "table", "below", "found"),
    [
        ("Tổng kinh phí thực hiện là 88 triệu đồng, phân bổ như sau:", _SPENT, "", "ghi 88"),
        ("Tổng kinh phí: 96 triệu đồng, phân bổ như sau:", _SPENT, "", "ghi 96"),
        ("Tổng kinh phí là 68 triệu đồng (chi tiết theo bảng dưới đây).", _SPENT, "", "ghi 68"),
        ("Trung tâm đã giải quyết 2.250 hồ sơ, cụ thể:", _LEFT, "", "ghi 2.250"),
        ("Trung tâm đã giải quyết 2.020 hồ sơ, cụ thể:", _LEFT, "", "ghi 2.020"),
        ("Kết quả như sau:", _LEFT, "Kinh phí còn lại 43,5 triệu đồng nộp trả ngân sách.", "ghi 43,5"),
        ("Kinh phí giao 2.403,5 triệu đồng như sau:", _LEFT, "", "ghi 2.403,5"),
    ],
)
def test_a_total_is_told_as_the_table_beside_it_has_it(
    above: str, table: Line, below: str, found: str
) -> None:
    lines = [Line(above, BODY), table, *([Line(below, BODY)] if below else [])]
    (told,) = asked(*lines)
    assert told.startswith(f"{found}, dòng tổng của bảng ghi ")


@pytest.mark.parametrize(
    ("above", "table", "below"),
    [
        ("Tổng kinh phí thực hiện là 86 triệu đồng, phân bổ như sau:", _SPENT, ""),
        ("Tổng kinh phí thực hiện là 86.000.000 đồng, phân bổ như sau:", _SPENT, ""),
        ("Tổng kinh phí khoảng 90 triệu đồng, phân bổ như sau:", _SPENT, ""),
        ("Tổng kinh phí giai đoạn 2026 - 2030 là 430 triệu đồng, riêng năm nay:", _SPENT, ""),
        ("Tổng kinh phí tăng 80 triệu đồng so với năm trước, phân bổ như sau:", _SPENT, ""),
        ("Tổng kinh phí năm 2025 là 85 triệu đồng, năm nay là 86 triệu đồng:", _SPENT, ""),
        ("Riêng kinh phí họp thôn 36 triệu đồng, còn lại như sau:", _SPENT, ""),
        ("Thôn A có 85 hộ, dự họp như sau:", _SPENT, ""),
        ("Đã giải quyết 2.200 hồ sơ, cùng kỳ giải quyết 2.250 hồ sơ:", _LEFT, ""),
        ("Năm trước giao 2.450,5 triệu đồng. Năm nay như sau:", _LEFT, "Số còn lại là 45,3 triệu đồng."),
        ("Kết quả như sau:", _LEFT, "Xã A còn lại 30,5 triệu đồng."),
        ("Kinh phí giao 2,43 tỷ đồng như sau:", _LEFT, ""),
    ],
)
def test_other_amounts_beside_a_table_are_not_asked(above: str, table: Line, below: str) -> None:
    assert asked(*[Line(above, BODY), table, *([Line(below, BODY)] if below else [])]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Kế hoạch vốn là 2.400 tỷ đồng; đến hết quý I đã giải ngân 423 tỷ đồng, đạt 18,0% kế hoạch.",
            "423/2.400 mà ghi 18,0%",
        ),
        ("Xã có 4.250 hộ dân, trong đó 170 hộ, bằng 40,0% tổng số hộ, ở ven sông.", "170/4.250 mà ghi 40,0%"),
        (
            "Có 4.800 cán bộ, trong đó 4.320 người có trình độ đại học, chiếm 92,0%.",
            "4.320/4.800 mà ghi 92,0%",
        ),
        ("Tổng số là 240 hộ; số hộ đủ điều kiện là 216 hộ, đạt 95,0%; còn 24 hộ.", "216/240 mà ghi 95,0%"),
        (
            "Sản xuất ước đạt 8.415 tỷ đồng, bằng 84,2% kế hoạch năm (11.340 tỷ đồng).",
            "8.415/11.340 mà ghi 84,2%",
        ),
        ("Thu ngân sách đạt 412,6/520 tỷ đồng, đạt 73,9% dự toán tỉnh giao.", "412,6/520 mà ghi 73,9%"),
        ("Giải ngân 96,3 tỷ đồng trên tổng số 184,5 tỷ đồng, bằng 55,2%.", "96,3/184,5 mà ghi 55,2%"),
        (
            "Năm 2025 có 2.000 hồ sơ. Năm nay có 2.520 hồ sơ, tăng 62,0%.",
            "2.520 so với 2.000 mà ghi tăng 62,0%",
        ),
    ],
)
def test_a_percentage_that_two_amounts_nearly_give_is_asked(text: str, found: str) -> None:
    assert asked(Line(text, BODY)) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch vốn là 2.400 tỷ đồng; đến hết quý I đã giải ngân 423 tỷ đồng, đạt 17,6% kế hoạch.",
        "Kế hoạch vốn là 2.400 tỷ đồng; đến hết quý I đã giải ngân 423 tỷ đồng, đạt 71,3% dự toán.",
        "Có 2.000 hồ sơ, tiếp nhận trực tuyến khoảng 1.500 hồ sơ, đạt 76,2%.",
        "Tổng số 31 trường, có 412 lớp; 29 trường đạt chuẩn, bằng 93,5%; tăng 6,9% so với năm trước.",
        "Thu 8.415 tỷ đồng, tăng 11,3% so với cùng kỳ (7.560 tỷ đồng), chi 298 tỷ đồng, đạt 71,5%.",
        "Văn bản số 412/520 đạt 79,0%; ngày 12/10 đạt 83,0%.",
        "Có 40 xã, trong đó 31 xã đạt 72% chỉ tiêu.",
    ],
)
def test_a_percentage_of_something_else_is_not_asked(text: str) -> None:
    assert asked(Line(text, BODY)) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Thu đạt 412,6/520 tỷ đồng, đạt {}% dự toán, bằng 118,4% cùng kỳ.", "79,3", "73,9"),
        ("Giao quân đạt 100% chỉ tiêu (82/{} thanh niên).", "82", "85"),
        ("Giải quyết việc làm cho 1.036 lao động/kế hoạch 1.200 lao động (đạt {}%).", "86,3", "83,6"),
        ("Giải ngân 96,3 tỷ đồng trên tổng số 184,5 tỷ đồng, bằng {}%.", "52,2", "55,2"),
        ("Trực tuyến 16.540 hồ sơ, chiếm {}% số tiếp nhận mới.", "92,2", "922"),
        ("Có 2.500 hồ sơ. So với cùng kỳ (2.000 hồ sơ), số hồ sơ tiếp nhận tăng {}%.", "25,0", "20,0"),
        ("Thu ước đạt 8.415 tỷ đồng, tăng {}% so với cùng kỳ năm 2025 (7.560 tỷ đồng).", "11,3", "13,1"),
        ("Số hóa 2.280/2.400 hồ sơ, đạt 95,0%, tăng 7,0{} so với năm 2025 (88,0%).", " điểm phần trăm", "%"),
        ("Xảy ra 21 vụ phạm pháp, giảm 04 vụ (giảm {}%) so với cùng kỳ.", "16", "26"),
        (
            "Thu nhập bình quân đạt 62 triệu đồng, tăng {} triệu đồng so với năm 2025 (57 triệu đồng).",
            "5",
            "6",
        ),
        ("Nhận 18/18 ý kiến, trong đó có 15 ý kiến nhất trí và {} ý kiến đề nghị sửa.", "03", "04"),
        (
            "Tổng kinh phí dự kiến là 3.600 triệu đồng, trong đó: tỉnh 2.700 triệu đồng, xã {} triệu đồng.",
            "900",
            "800",
        ),
        (
            "Sản xuất đạt 8.415 tỷ đồng, bằng 74,2% kế hoạch năm (11.340 tỷ đồng), tăng 11,3% so với cùng kỳ "
            "năm 2025 (7.560 tỷ đồng); trong đó: dịch vụ 4.628 tỷ đồng, tăng 14,1%; công nghiệp {} tỷ đồng, "
            "tăng 9,2%; nông, lâm, thủy sản 1.683 tỷ đồng, tăng 6,8%.",
            "2.104",
            "2.204",
        ),
        (
            "Tổng số hộ đăng ký là 240 hộ; đủ điều kiện là 216 hộ, đạt 90,0%; {} hộ chưa đủ điều kiện.",
            "24",
            "34",
        ),
        ("Khu phố 9 có cống D600 dài 350 m bị bồi lắng 1/3; đã nạo vét xong 240 m, còn {} m.", "110", "120"),
        ("Còn 54 hồ sơ trễ hạn, tập trung ở đất đai (41 hồ sơ), xây dựng ({} hồ sơ).", "13", "15"),
        ("Đã giải ngân 36,5 tỷ đồng/50 tỷ đồng kế hoạch vốn giao, đạt {}%.", "73,0", "78,0"),
        ("Có 18 trên tổng số 24 trường đạt chuẩn quốc gia, đạt tỷ lệ {}%.", "75", "72"),
        ("Năm 2025 là 8.500 tấn; năm 2026 đạt 9.350 tấn, tăng {}%.", "10,0", "12,5"),
        ("Thu đạt 5.200 triệu đồng, vượt {} triệu đồng so với dự toán (5.000 triệu đồng).", "200", "300"),
        ("Tiếp nhận 52 đơn, gồm 20 đơn khiếu nại, 12 đơn tố cáo, {} đơn kiến nghị, phản ánh.", "20", "22"),
        ("Phát ra 30 phiếu, thu về 30 phiếu; hợp lệ 29 phiếu, không hợp lệ {} phiếu.", "01", "02"),
        ("Tổng số 48 kiến nghị; đã trả lời 45 kiến nghị; chưa trả lời {} kiến nghị.", "03", "05"),
        ("Kết quả: 24/25 đại biểu tán thành, không tán thành {} đại biểu.", "01", "03"),
        ("Tỷ lệ đúng hạn 98,5%, trễ hạn {}%.", "1,5", "2,5"),
        (
            "Có 350 người, trong đó bộ đội 120 người, công an 80 người, dân quân {} người.",
            "150",
            "105",
        ),
        ("Vốn giao 120 tỷ đồng, giải ngân đến 30/9/2026 là 90 tỷ đồng, bằng {}% kế hoạch.", "75", "85"),
        ("Đạt {}/100 điểm, xếp thứ 3/54 đơn vị.", "91,24", "101,24"),
        ("Có {}/23 dự án chậm tiến độ.", "05", "25"),
    ],
)
def test_amounts_are_held_against_what_the_words_make_of_them(text: str, right: str, wrong: str) -> None:
    assert asked(Line(text.format(right), BODY)) == []
    assert len(asked(Line(text.format(wrong), BODY))) == 1


def test_a_share_of_all_is_held_against_the_whole_of_a_paragraph_above() -> None:
    for share, found in (("4,0", []), ("6,0", ["192/4.800 mà ghi 6,0%"])):
        above = "Toàn tỉnh có 4.800 cán bộ, công chức, trong đó 4.320 người có trình độ đại học."
        text = f"Một số vị trí còn thiếu 192 người, bằng {share}% tổng số cán bộ, công chức hiện có."
        assert asked(Line(above, BODY), Line(text, BODY)) == found


def test_the_entries_below_a_total_are_added_up() -> None:
    for total, n in (("5.000", 0), ("5.500", 1)):
        lines = (
            f"Điều 1. Phân bổ kinh phí năm 2026 với tổng số tiền {total} triệu đồng, trong đó:",
            "1. Sự nghiệp giao thông: 2.250 triệu đồng.",
            "2. Sự nghiệp nông nghiệp: 1.750 triệu đồng.",
            "3. Sự nghiệp môi trường: 1.000 triệu đồng.",
        )
        assert len(asked(*(Line(text, BODY) for text in lines))) == n


def test_tables_are_asked_for_number_times_price_and_shares_of_a_hundred() -> None:
    heads = ("STT", "Nội dung", "Số lượng", "Đơn giá", "Thành tiền")
    for number, n in (("50", 0), ("60", 1)):
        rows = (("1", "Tờ gấp", number, "3", "150"), ("2", "Băng rôn", "10", "40", "400"))
        assert len(asked(rows_of(heads, *rows))) == n
    for share, found in (("25", []), ("20", ["các tỷ trọng cộng lại được 95%"])):
        parts = (("1", "Kinh tế số", "40"), ("2", "Xã hội số", "35"), ("3", "Hạ tầng", share))
        assert asked(rows_of(("STT", "Nhóm tiêu chí", "Tỷ trọng (%)"), *parts)) == found


def test_a_list_in_the_table_below_is_as_long_as_is_said() -> None:
    table = rows_of(("STT", "Nhóm tiêu chí", "Điểm"), ("1", "Kinh tế số", "40"), ("2", "Xã hội số", "60"))
    entries = [Line(f"{n}. Đơn vị {n} thực hiện nghiêm túc.", BODY) for n in (1, 2, 3)]
    assert asked(Line("Thí điểm tại 05 địa phương như sau:", BODY), *entries) == ["ghi 05, dưới liệt kê 3"]
    assert asked(Line("Kết quả tại 05 địa phương như sau:", BODY), table, *entries) == []
    assert asked(Line("Sở báo cáo kết quả thí điểm tại 05 địa phương như sau:", BODY), *entries) == []
    for n, found in (("2", []), ("3", ["ghi 3 nhóm, bảng dưới có 2"])):
        assert asked(Line(f"Bộ tiêu chí gồm {n} nhóm với tổng điểm là 100 điểm:", BODY), table) == found


@pytest.mark.parametrize(
    "text",
    [
        "Trong tổng số 27 kiến nghị, đã giải quyết 19 kiến nghị, đang giải quyết 06 kiến nghị, giải trình 02 "
        "kiến nghị.",
        "Có 31 hộ nghèo; 20 hộ cận nghèo, bằng 2,0% tổng số hộ.",
        "Thu 8.415 tỷ đồng, tăng 11,3% so với cùng kỳ (7.560 tỷ đồng), trong đó dịch vụ tăng 14,1%, "
        "xây dựng tăng 9%.",
        "Có 24 lớp, tăng 04 lớp; toàn trường có 500 học viên.",
        "Toàn tỉnh có 1.250 hộ nghèo; đã cấp thẻ cho 300 hộ, còn 20 hộ chưa đủ hồ sơ.",
        "Tiếp nhận 1.200 hồ sơ, giải quyết 1.150 hồ sơ, trong đó đúng hạn 1.140 hồ sơ, quá hạn 10 hồ sơ; "
        "đang giải quyết 50 hồ sơ.",
        "Có 24 xã, trong đó có 18 xã đạt chuẩn nông thôn mới, 05 xã nâng cao, 02 xã kiểu mẫu.",
        "Tỷ lệ hài lòng đạt 95,0%, tăng 7,0% so với chỉ tiêu giao (90%).",
        "Trực 24/24 giờ; hoàn thành trước 15/12 hằng năm; cống bị bồi lắng 1/3 tiết diện.",
    ],
)
def test_amounts_of_other_things_are_not_held_against_each_other(text: str) -> None:
    assert asked(Line(text, BODY)) == []


def test_what_one_paragraph_is_asked_is_one_question_with_its_figures_quoted() -> None:
    far = f"{'Kết quả thực hiện nhiệm vụ được giao trong kỳ báo cáo, ' * 3}có 10/40 hộ (35%)"
    findings = verdict_of(replace(GOOD, body=(Line(f"{far} và 12/40 hộ (40%).", BODY), *GOOD.body))).findings
    (question,) = [f for f in findings if f.code == "TT71" and f.outcome is Outcome.FAIL]
    assert question.found == "10/40 mà ghi 35%; 12/40 mà ghi 40%"
    assert "10/40 hộ (35%)" in question.text
