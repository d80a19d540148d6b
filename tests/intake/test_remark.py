"""What a remark that no known wording explains may make of its figures: wordings as clerks find them."""

from __future__ import annotations

from datetime import date

import pytest

from dvctt_report.intake.printed import compared
from dvctt_report.intake.remark import is_of_no_matter, may_matter
from dvctt_report.intake.saying import names_of, periods, said_beside

OWN = names_of(date(2025, 1, 1), date(2025, 10, 31)) | periods("từ ngày 01/01/2025 đến hết ngày 31/10/2025")

MATTERS = (
    *(
        "chốt ngày 15/9",
        "theo năm học 2024-2025",
        "dữ liệu dừng ở 25/9/2025",
        "số từ khi sáp nhập",
        "lấy mốc 30/6",
    ),
    *(
        "lũy kế từ 2023",
        "cộng dồn từ đầu nhiệm kỳ",
        "đã gộp hai năm",
        "tổng từ trước tới giờ",
        "kế thừa số cũ",
    ),
    *(
        "mang sang từ báo cáo kỳ trước",
        "bao gồm các năm trước",
        "lấy cả hồ sơ tồn từ 2024",
        "tổng cộng 3 năm",
    ),
    *(
        "ghi bằng chục",
        "số ở đây là số hộ",
        "đếm số buổi",
        "quy ra ngày công",
        "ghi theo USD",
        "con số là phần trăm",
    ),
    *(
        "chưa gồm xã A",
        "thiếu số của Chi cục Thú y",
        "còn 2 phòng chưa gửi",
        "trừ khối trường học",
        "bỏ ra các xã",
    ),
    *(
        "chỉ thống kê ở cơ quan sở",
        "mới có của 4 phòng",
        "riêng Chi cục Kiểm lâm",
        "không kể các đơn vị sự nghiệp",
    ),
    *("áng chừng", "em nhớ lại", "số nội suy", "lấy đại", "theo trí nhớ", "số theo kế hoạch, thực tế ít hơn"),
    *(
        "hai dòng này bị đảo",
        "có thể trùng người",
        "đã có bản khác gửi sau",
        "em gõ lộn dòng",
        "sẽ cập nhật sau",
    ),
    *("chua gom xa A", "luy ke tu 2023", "ap chung khoang 50"),
)
OF_NO_MATTER = (
    *(
        "đã đối chiếu với phòng TCCB",
        "đã rà soát, thống nhất với Văn phòng",
        "Số liệu đã được lãnh đạo duyệt",
    ),
    *("đã kiểm tra lại ngày 03/11/2025", "khớp với báo cáo của Trung tâm", "số liệu đầy đủ của toàn cơ quan"),
    *("theo hệ thống", "Nguồn: phòng Tổ chức cán bộ", "trích xuất từ Cổng Dịch vụ công quốc gia"),
    *("xuất từ phần mềm một cửa ngày 02/11/2025", "theo Quyết định số 12/QĐ-UBND ngày 05/3/2024"),
    *("số liệu đến 31/10/2025", "tính tới 31.10.2025", "10 tháng năm 2025", "Số liệu 10 tháng đầu năm 2025"),
    *("mười tháng đầu năm 2025", "chốt ngày 31/10", "(từ đầu năm đến 31/10/2025)", "kỳ báo cáo năm 2025"),
    *(
        "Kính gửi Sở Khoa học và Công nghệ",
        "Trân trọng cảm ơn",
        "Nhờ anh chị kiểm giúp",
        "Chúc anh chị sức khỏe",
    ),
    *("Liên hệ: chị Lan", "Người lập: Nguyễn Thị Hồng", "Đầu mối: anh Hùng – phòng Tổng hợp", "KT. GIÁM ĐỐC"),
    *(
        "bản in khổ A3",
        "Trang 1",
        "gửi kèm bản ký số",
        "biểu gồm 2 trang",
        "không có gì thêm",
        "Ghi chú: số liệu đã được rà soát, thống nhất",
    ),
    *(
        "Ninh Thuận, ngày …… tháng 11 năm 2025",
        "Ninh Thuận, ngày 05 tháng 11 năm 2024",
        "Tỷ lệ = Đã thực hiện / Tổng số x 100",
    ),
    *("da doi chieu voi phong TCCB", "theo he thong", "so lieu den 31/10/2025"),
)


@pytest.mark.parametrize("text", MATTERS)
def test_what_may_limit_widen_measure_or_doubt_figures_is_no_small_talk(text: str) -> None:
    assert said_beside(text, OWN) is not None or may_matter(text, OWN)
    assert not is_of_no_matter(text, OWN)
    assert compared("Đã thực hiện", f"Đã thực hiện\n({text})", OWN) != "reworded"


@pytest.mark.parametrize("text", OF_NO_MATTER)
def test_a_check_a_source_the_own_period_and_a_greeting_say_nothing_of_figures(text: str) -> None:
    assert said_beside(text, OWN) is None
    assert is_of_no_matter(text, OWN)
    assert compared("Đã thực hiện", f"Đã thực hiện\n({text})", OWN) == "reworded"


@pytest.mark.parametrize(
    "text",
    [
        "02 người nghỉ thai sản",
        "Trung tâm có 7 phòng",
        "không",
        "Không có",
        "Gồm học sinh THPT và học viên GDTX",
        "02 cụm loa hỏng, đã đề nghị sửa chữa",
    ],
)
def test_what_only_explains_is_told_and_not_asked(text: str) -> None:
    assert said_beside(text, OWN) is None
    assert not may_matter(text, OWN)
