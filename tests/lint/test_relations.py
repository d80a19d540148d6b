"""What is told of one thing in several amounts agrees: asked about where it is wrong, never where right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.lint.outcome import Outcome
from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, Line
from tests.lint.test_checks import verdict_of


def asked(*texts: str) -> list[str]:
    """What is asked about the figures and the days of lines put before those of a good draft."""
    lines = (Line(text, BODY) for text in texts)
    findings = verdict_of(replace(GOOD, body=(*lines, *GOOD.body))).findings
    return [f.found for f in findings if f.code in ("TT71", "TT72") and f.outcome is Outcome.FAIL]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Đã nhận báo cáo của 96/120 cơ quan, đạt 80%; còn {} cơ quan, đơn vị chưa gửi.", "24", "34"),
        ("Giải ngân 9.600 triệu đồng trên tổng số 16.000 triệu đồng, còn {} triệu đồng.", "6.400", "6.040"),
        ("Đã kiểm tra 28/45 thôn, đạt 62,2%; {} thôn còn lại kiểm tra trong tháng sau.", "17", "19"),
        ("Hoàn thành 17/19 tiêu chí; {} tiêu chí chưa đạt.", "02", "03"),
        (
            "Nguồn dự phòng còn lại là {} triệu đồng (tổng dự phòng là 50.000 triệu đồng, phân bổ "
            "lần này 12.600 triệu đồng).",
            "37.400",
            "34.700",
        ),
        ("Nhu cầu là 40 phòng học, hiện có 34 phòng, còn thiếu {} phòng.", "06", "08"),
        ("Dung tích thiết kế 2,4 triệu m³, hiện tích 1,8 triệu m³, còn thiếu {} triệu m³.", "0,6", "0,8"),
        ("Dung tích thiết kế 2,4 triệu m³, hiện tích 1,8 triệu m³, bằng {}% thiết kế.", "75", "85"),
        (
            "Quý IV thu 15.200 triệu đồng, đưa tổng thu cả năm lên {} triệu đồng (09 tháng thu 46.000 "
            "triệu đồng).",
            "61.200",
            "62.100",
        ),
        (
            "Có 214 hộ với diện tích 38,6 ha; đã duyệt cho 171 hộ (79,9%), diện tích 30,1 ha; còn 43 hộ "
            "chưa duyệt, diện tích {} ha.",
            "8,5",
            "9,5",
        ),
        ("Trong 40 trụ sở này, 16 trụ sở hư hỏng nặng, {} trụ sở hư hỏng nhẹ.", "24", "22"),
        (
            "Về lý do, trong 43 hộ chưa duyệt có 21 hộ vướng nguồn gốc đất, 15 hộ chưa thống nhất giá và "
            "{} hộ đang tranh chấp.",
            "07",
            "09",
        ),
        (
            "Trong 31 nhiệm vụ được giao, đã hoàn thành 23 nhiệm vụ, đang thực hiện 06, chậm {} nhiệm vụ.",
            "02",
            "04",
        ),
        (
            "Có 08 tập thể và 36 cá nhân được đề nghị, trong đó 24 cá nhân là giáo viên, {} cá nhân là nhân "
            "viên và người lao động.",
            "12",
            "14",
        ),
        ("Tổng số phiếu phát ra 45, thu về 44, hợp lệ {}, không hợp lệ 02 phiếu.", "42", "43"),
        ("Kết quả kỳ thi: 120 thí sinh dự thi, đỗ 96, trượt {}.", "24", "34"),
        (
            "Hồ sơ kỳ trước chuyển sang 120, tiếp nhận mới 980, tổng số phải giải quyết là {} hồ sơ.",
            "1.100",
            "1.200",
        ),
        (
            "Thu đạt 42.407 triệu đồng, tăng {} triệu đồng so với cùng kỳ 2025 (39.200 triệu đồng), tương "
            "ứng tăng 8,2%.",
            "3.207",
            "3.702",
        ),
        (
            "Có 2.340 thí sinh, trong đó 1.404 thí sinh nữ và 936 thí sinh nam, tăng {} thí sinh so với năm "
            "2025 (2.210 thí sinh).",
            "130",
            "150",
        ),
        (
            "Đạt 97,5%, tăng 1,3 điểm phần trăm so với năm 2025, vượt {} điểm phần trăm so với chỉ tiêu "
            "(97%).",
            "0,5",
            "1,5",
        ),
        ("Năm 2025 thu 39,2 tỷ đồng; năm 2026 thu 42,4 tỷ đồng, {} 3,2 tỷ đồng.", "tăng", "giảm"),
        ("Mực nước đạt 2,35 m, cao hơn báo động III (2,20 m) là {} m.", "0,15", "0,25"),
        ("Doanh thu đạt 186 tỷ đồng, gấp {} lần so với cùng kỳ năm 2025 (124 tỷ đồng).", "1,5", "2,5"),
        ("Dân số 21.600 người, trong đó nữ 10.908 người, chiếm {}%.", "50,5", "55,5"),
        ("Tổ chức 03 hội thảo, mỗi hội thảo 120 đại biểu, tổng số {} lượt đại biểu.", "360", "380"),
        ("Thời gian: {} ngày, từ thứ Hai, ngày 09/3/2026 đến hết thứ Sáu, ngày 13/3/2026.", "05", "07"),
        ("Hội nghị diễn ra trong {} ngày, từ ngày 09 đến ngày 11 tháng 3 năm 2026.", "03", "02"),
        ("Thời gian làm bài 180 phút, từ 08 giờ 00 đến {}.", "11 giờ 00", "10 giờ 30"),
    ],
)
def test_what_is_told_of_one_thing_agrees(text: str, right: str, wrong: str) -> None:
    assert asked(text.format(right)) == []
    assert len(asked(text.format(wrong))) == 1


@pytest.mark.parametrize(
    ("above", "text", "right", "wrong"),
    [
        (
            "1. Bão cấp 8: sơ tán 420 hộ với 1.680 người đến 06 điểm.",
            "2. Bão cấp 10: sơ tán 910 hộ với 3.640 người, gấp {} lần số phải sơ tán khi có bão cấp 8.",
            "2,2",
            "3,2",
        ),
        (
            "Điều 2. Tổ rà soát làm việc tại 28 thôn.",
            "Điều 3. Kinh phí thực hiện là 84.000.000 đồng, bình quân {} đồng/thôn.",
            "3.000.000",
            "3.500.000",
        ),
    ],
)
def test_what_the_line_above_tells_is_reckoned_with(above: str, text: str, right: str, wrong: str) -> None:
    assert asked(above, text.format(right)) == []
    assert len(asked(above, text.format(wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Có 45 thôn, trong đó 12 thôn đặc biệt khó khăn, 40 thôn có nhà văn hóa, 38 thôn có điện ổn định.",
        "Có 15/20 xã đạt chuẩn; 03 xã chưa có nhà văn hóa.",
        "Tiếp nhận 120 hồ sơ, đúng hạn 96 hồ sơ, quá hạn 04 hồ sơ, đang giải quyết 20 hồ sơ.",
        "Trong 43 hộ này có 21 hộ có đảng viên, 35 hộ có điện thoại thông minh.",
        "Mỗi lớp 57 học viên; kinh phí 547.200.000 đồng, bình quân 800.000 đồng/học viên.",
        "Học kỳ I có 18 tuần thực học, từ ngày 07/9/2026 đến ngày 15/01/2027.",
        "Thời gian 02 giờ, từ 14 giờ 00 đến 16 giờ 00.",
        "Hoàn thành trong 30 ngày, từ ngày 01/3/2026 đến ngày 31/3/2026.",
        "Mực nước đạt 2,35 m, cao hơn báo động III (2,20 m) khoảng 0,2 m.",
        "Thu đạt 186 tỷ đồng, gấp hơn 02 lần so với năm 2024.",
    ],
)
def test_what_may_stand_beside_each_other_is_not_asked_about(text: str) -> None:
    assert asked(text) == []
