"""What is told of one thing in several amounts agrees: asked about where it is wrong, never where right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.lint.outcome import Outcome
from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, LONG, Line, para, table
from tests.lint.right_papers import named, text
from tests.lint.test_checks import faults, faults_by, verdict_of


def asked(*texts: str) -> list[str]:
    """What is asked about the figures and the days of lines put before those of a good draft."""
    lines = (Line(text, BODY) for text in texts)
    return faults_by(replace(GOOD, body=(*lines, *GOOD.body)), "TT71", "TT72")


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Đã nhận báo cáo của 96/120 cơ quan, đạt 80%; còn {} cơ quan, đơn vị chưa gửi.", "24", "34"),
        ("Giải ngân 9.600 triệu đồng trên tổng số 16.000 triệu đồng, còn {} triệu đồng.", "6.400", "6.040"),
        ("Đã kiểm tra 28/45 thôn, đạt 62,2%; {} thôn còn lại kiểm tra trong tháng sau.", "17", "19"),
        ("Hoàn thành 17/19 tiêu chí; {} tiêu chí chưa đạt.", "02", "03"),
        ("Có 61/65 đại biểu có mặt, vắng {} đại biểu; đã biểu quyết thông qua nghị quyết.", "04", "05"),
        ("Trong tổng số 400 hồ sơ, đúng hạn chiếm 95,0%, quá hạn chiếm {}%.", "5,0", "4,0"),
        ("Hồ sơ đúng hạn chiếm 95,0% trong tổng số, hồ sơ quá hạn chiếm {}%.", "5,0", "4,0"),
        ("Dung tích thiết kế 2,4 triệu m³, hiện tích 1,8 triệu m³, bằng {}% thiết kế.", "75", "85"),
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
        ("Dân số 21.600 người, trong đó nữ 10.908 người, chiếm {}%.", "50,5", "55,5"),
        ("Thời gian: {} ngày, từ thứ Hai, ngày 09/3/2026 đến hết thứ Sáu, ngày 13/3/2026.", "05", "07"),
        ("Hội nghị diễn ra trong {} ngày, từ ngày 09 đến ngày 11 tháng 3 năm 2026.", "03", "02"),
        ("Hội đồng gồm 09 thành viên; có mặt 08 thành viên, vắng {} thành viên.", "01", "02"),
        ("Đã thu 1.125 triệu đồng trên tổng số 1.500 triệu đồng, còn phải thu {} triệu đồng.", "375", "385"),
        ("Giảm {} phòng, từ 45 phòng xuống còn 34 phòng.", "11", "12"),
        ("Kinh phí là 18.000.000 đồng (12 hộ x {} đồng/hộ).", "1.500.000", "1.600.000"),
        ("Tuyển được 18 người, còn thiếu {} người so với chỉ tiêu (22 người).", "04", "05"),
        ("Trong số 26 công chức có 14 nam, {} nữ.", "12", "13"),
        ("Dân số toàn xã là 12.450 người, nam 6.180 người, nữ {} người.", "6.270", "6.370"),
        ("Trong 52 dự án có 31 dự án chuyển tiếp, {} dự án khởi công mới.", "21", "23"),
        (
            "Có 28 người, trong đó hoàn thành xuất sắc nhiệm vụ 05 người, hoàn thành tốt nhiệm vụ 21 người, "
            "hoàn thành nhiệm vụ {} người.",
            "02",
            "03",
        ),
        ("Trước sắp xếp có 25 đơn vị, sau sắp xếp còn 18 đơn vị, giảm {} đơn vị.", "07", "08"),
        ("Có {} người tham gia, đạt 95% dân số (12.500 người).", "11.875", "11.400"),
        ("Thời gian làm bài 180 phút, từ 08 giờ 00 đến {}.", "11 giờ 00", "10 giờ 30"),
    ],
)
def test_what_is_told_of_one_thing_agrees(text: str, right: str, wrong: str) -> None:
    assert asked(text.format(right)) == []
    assert len(asked(text.format(wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Có 45 thôn, trong đó 12 thôn đặc biệt khó khăn, 40 thôn có nhà văn hóa, 38 thôn có điện ổn định.",
        "Có 15/20 xã đạt chuẩn; 03 xã chưa có nhà văn hóa.",
        "Tiếp nhận 120 hồ sơ, đúng hạn 96 hồ sơ, quá hạn 04 hồ sơ, đang giải quyết 20 hồ sơ.",
        "Trong 43 hộ này có 21 hộ có đảng viên, 35 hộ có điện thoại thông minh.",
        "Mỗi lớp 57 học viên; kinh phí 547.200.000 đồng, bình quân 800.000 đồng/học viên.",
        "Học kỳ I có 18 tuần thực học, từ ngày 07/9/2026 đến ngày 15/01/2027.",
        "Còn lại 03 đơn vị chưa gửi (tổng số 30 đơn vị, trong đó 02 đơn vị xin lùi thời hạn).",
        "Tổ chức 02 lớp, mỗi lớp 03 ngày, từ ngày 05 đến ngày 10 tháng 12 năm 2026.",
        "Tổng dự toán 1.200 triệu đồng, đã chi 900 triệu đồng, còn phải trả nhà thầu 150 triệu đồng.",
        "Đã giải quyết 450/480 hồ sơ; còn 12 hồ sơ quá hạn.",
        "Toàn xã có 12 trường, trong đó 09 trường đạt chuẩn quốc gia, 05 trường có bể bơi.",
        "Còn lại 25 triệu đồng (tổng 100 triệu đồng, đã chi 40 triệu đồng, nay chi 35 triệu đồng).",
        "Hỗ trợ 500.000 đồng/tháng cho 12 người trong 06 tháng, tổng số tiền 36.000.000 đồng.",
        "Có 102 xã, phường; đã kiểm tra 40 xã, 12 phường, chưa kiểm tra 50 xã, phường.",
        "Thời gian 02 giờ, từ 14 giờ 00 đến 16 giờ 00.",
        "Hoàn thành trong 30 ngày, từ ngày 01/3/2026 đến ngày 31/3/2026.",
        "Mực nước đạt 2,35 m, cao hơn báo động III (2,20 m) khoảng 0,2 m.",
        "Thu đạt 186 tỷ đồng, gấp hơn 02 lần so với năm 2024.",
    ],
)
def test_what_may_stand_beside_each_other_is_not_asked_about(text: str) -> None:
    assert asked(text) == []


REPORTED = (
    ("Giải ngân đạt 71,8% kế hoạch, cao hơn cùng kỳ năm 2025 (66,3%) {} điểm phần trăm.", "5,5", "5,9"),
    ("Hồ sơ đến hạn là 4.169 hồ sơ; đã trả trước và đúng hạn 4.157 hồ sơ (đạt 99,71%), chậm hạn {} hồ sơ.",
     "12", "22"),
    ("Tỷ lệ hộ nghèo đầu năm 4,12%, cuối năm còn 2,99%, giảm {} điểm phần trăm.", "1,13", "1,31"),
    ("Tỷ lệ nộp trực tuyến năm 2025 đạt 71,3%, năm 2026 đạt 84,6%, tăng {} điểm phần trăm.", "13,3", "15,3"),
    ("Bồi dưỡng cho 320 cán bộ, công chức, trong đó cấp tỉnh 120 người, cấp xã {} người.", "200", "210"),
    ("Xảy ra 18 vụ tai nạn, làm chết 09 người; so với cùng kỳ năm 2025 giảm {} vụ (24 vụ).", "06", "08"),
    ("Diện tích gieo trồng đạt 5.120 ha, vượt {}% so với kế hoạch (5.000 ha).", "2,4", "4,2"),
    ("Hội đồng nhân dân xã có 27 đại biểu, dự họp 25 đại biểu, vắng {} đại biểu.", "02", "03"),
    ("Tiếp nhận 96 đơn (khiếu nại 12 đơn, tố cáo 05 đơn, kiến nghị, phản ánh {} đơn).", "79", "89"),
    ("Đến nay đã hoàn thành 31/42 nhiệm vụ (đạt {}%).", "73,8", "73,9"),
    ("Văn bản đi là 1.245 văn bản, trong đó văn bản điện tử ký số 1.220 văn bản, đạt tỷ lệ {}%.",
     "98,0", "89,0"),
    ("Dân quân gồm 135 đồng chí: cơ động 30 đồng chí, tại chỗ 75 đồng chí, binh chủng {} đồng chí.",
     "30", "20"),
    ("Đoàn gồm 07 thành viên: 01 trưởng đoàn, 01 phó trưởng đoàn và {} thành viên.", "05", "06"),
    ("Tổng mức đầu tư 24.500 triệu đồng, trong đó xây lắp 20.100 triệu đồng, thiết bị 1.850 triệu đồng, chi "
     "phí khác {} triệu đồng.", "2.550", "2.250"),
    ("Khám cho 2.340 người cao tuổi, đạt 78% số người cao tuổi trên địa bàn ({} người).", "3.000", "3.300"),
    ("Trong 58 điểm trường có 46 điểm trường kiên cố (79,3%), {} điểm trường bán kiên cố.", "12", "22"),
    ("Dân số 152.300 người, trong đó thành thị 45.690 người (30%), nông thôn {} người (70%).",
     "106.610", "160.610"),
    ("Xã có 148 thôn; 136 thôn có nhà văn hóa, đạt 91,9%; {} thôn chưa có nhà văn hóa.", "12", "22"),
    ("Số doanh nghiệp thành lập mới tăng 15% (từ 240 lên {} doanh nghiệp).", "276", "286"),
    ("Vốn 245,6 tỷ đồng, trong đó: giảm nghèo 86,2 tỷ đồng; nông thôn mới 104,8 tỷ đồng; vùng đồng bào dân "
     "tộc thiểu số {} tỷ đồng.", "54,6", "45,6"),
    ("Xã có 3.120 học sinh (mầm non 740 học sinh, tiểu học 1.320 học sinh, trung học cơ sở {} học sinh).",
     "1.060", "1.160"),
    ("Có 86.400 thuê bao 4G, chiếm {}% trong tổng số 96.000 thuê bao di động.", "90", "80"),
    ("So với kế hoạch (24 lớp), đã mở 18 lớp, đạt {}%.", "75", "70"),
    ("Đã bàn giao 42/56 km đường, đạt {}% chiều dài tuyến.", "75", "65"),
    ("Tổng số 1.150 phiếu khảo sát phát ra, thu về 1.104 phiếu, đạt tỷ lệ {}%.", "96", "69"),
    ("Lượng khách tăng {}% so với cùng kỳ, từ 120.000 lượt lên 150.000 lượt.", "25", "35"),
    ("Đã lắp đặt 45/60 điểm phát sóng, đạt 75%, còn {} điểm chưa lắp đặt.", "15", "25"),
    ("Đến ngày 15/9/2024, đã nhận báo cáo của 104/118 đơn vị (đạt 88,1%). So với cùng thời điểm của quý II"
     " năm 2024 (109/118 đơn vị, đạt 92,4%), tỷ lệ gửi báo cáo giảm {} điểm phần trăm.", "4,3", "3,4"),
    ("Tỷ lệ hồ sơ trực tuyến đạt 84,6%. So với năm 2023 (71,3%) tăng {} điểm phần trăm.", "13,3", "15,3"),
    ("Năm 2026 có 37.842 thí sinh, tỷ lệ đỗ đạt 99,40%; năm 2025 tỷ lệ này là 99,07% (36.081/36.420). "
     "Như vậy, tỷ lệ đỗ tăng {} điểm phần trăm so với năm 2025.", "0,33", "0,43"),
    ("Tỷ lệ giải ngân đạt 62,5% (cùng kỳ năm 2023 đạt 55,1%), tăng {} điểm phần trăm.", "7,4", "4,7"),
    ("Tỷ lệ bao phủ bảo hiểm y tế đạt 93,2%. Năm 2023, tỷ lệ này là 91,5%; như vậy đã tăng {} điểm phần "
     "trăm.", "1,7", "2,7"),
    ("Năm 2023, tỷ lệ hài lòng là 86,2%. Năm 2024, tỷ lệ hài lòng đạt 90,1%, tăng {} điểm phần trăm.",
     "3,9", "4,9"),
    ("Thu ngân sách đạt 412 tỷ đồng, bằng 82,4% dự toán (500 tỷ đồng) và tăng {}% so với cùng kỳ (380 tỷ "
     "đồng).", "8,4", "4,8"),
    ("Giá cát đắp tăng {}% so với đầu năm (từ 215 nghìn đồng/m3 lên 268 nghìn đồng/m3).", "24,7", "27,4"),
    ("Sản lượng thủy sản tăng từ 12.400 tấn lên 13.640 tấn, tương ứng tăng {}%.", "10,0", "11,0"),
    ("Số hộ nghèo giảm từ 90 hộ (năm 2023) xuống còn 73 hộ, giảm {} hộ.", "17", "27"),
    ("Số hộ nghèo giảm từ 90 hộ (năm 2023) xuống còn 73 hộ, giảm 17 hộ, tương ứng giảm {}%.", "18,9", "19,8"),
    ("Trong kỳ xảy ra 12 vụ (cùng kỳ năm 2023 xảy ra 17 vụ), giảm {} vụ.", "05", "07"),
    ("Tổng số tiền ủng hộ là 345,6 triệu đồng, trong đó: tiền mặt 120,6 triệu đồng; chuyển khoản {} triệu "
     "đồng.", "225", "252"),
    ("Tổng số 48 ý kiến. Trong đó, {} ý kiến thuộc thẩm quyền của xã, 15 ý kiến thuộc thẩm quyền của tỉnh.",
     "33", "23"),
    ("Đã ban hành 42 văn bản (06 nghị quyết, 14 quyết định, {} công văn).", "22", "12"),
    ("Phòng có 12 công chức: 01 Trưởng phòng, 02 Phó Trưởng phòng và {} chuyên viên.", "09", "08"),
    ("Tổng diện tích tự nhiên 4.520 ha, trong đó đất nông nghiệp 3.200 ha, đất phi nông nghiệp 1.020 ha, "
     "đất chưa sử dụng {} ha.", "300", "200"),
    ("Họp ngày 15/4/2026, thứ {}.", "Tư", "Sáu"),
    ("Nhiệm kỳ 05 năm (2021 - {}).", "2026", "2028"),
    ("Giai đoạn 05 năm 2021 - {} đã hoàn thành các mục tiêu.", "2025", "2027"),
    ("Kế hoạch 05 năm {} của xã được thông qua.", "2026 - 2030", "2026 - 2031"),
    ("Hội nghị bắt đầu lúc 08 giờ 00 và kết thúc lúc {} cùng ngày.", "11 giờ 00", "07 giờ 00"),
    ("Có mặt: 25/27 đồng chí; vắng: {} đồng chí.", "02", "03"),
    ("Tỷ lệ hộ khá, giàu 45%, trung bình 40%, nghèo {}%.", "15", "25"),
    ("Ngân sách trung ương hỗ trợ 70% (14 tỷ đồng), ngân sách tỉnh đối ứng {}% (6 tỷ đồng).", "30", "40"),
    ("Kế hoạch vốn giao 36 tỷ đồng, đã giải ngân 27 tỷ đồng (đạt {}%).", "75", "57"),
    ("Tiết kiệm được 120 triệu đồng, tương đương {}% giá gói thầu (2.400 triệu đồng).", "5", "8"),
    ("Tổng số hồ sơ là 300, đã giải quyết 285, đang giải quyết {} hồ sơ.", "15", "25"),
    ("Dự toán được duyệt 450 triệu đồng, giá trị quyết toán 432 triệu đồng, giảm {} triệu đồng.", "18", "28"),
    ("Qua thanh tra phát hiện sai phạm 1.250 triệu đồng; kiến nghị thu hồi 850 triệu đồng, xử lý khác {} "
     "triệu đồng.",
     "400", "450"),
    ("Thu nhập bình quân đầu người đạt 62 triệu đồng/năm, tăng {}% so với năm 2023 (50 triệu đồng/năm).",
     "24", "42"),
    ("Sản lượng lương thực 54.600 tấn, trong đó thóc 48.200 tấn, ngô {} tấn.",
     "6.400", "4.600"),
    ("Tổ chức 12 cuộc giám sát, trong đó 04 cuộc giám sát chuyên đề, {} cuộc giám sát thường xuyên.",
     "08", "07"),
    ("Hỗ trợ tiền ăn 50.000 đồng/người/ngày x 40 người x 03 ngày = {} đồng.",
     "6.000.000", "8.000.000"),
    ("Thời gian đăng ký: từ 08 giờ 00 ngày 10/4/2026 đến 17 giờ 00 ngày {}/4/2026.",
     "20", "02"),
    ("Thời gian thực hiện dự án 24 tháng, từ tháng 01/2026 đến tháng {}.",
     "12/2027", "12/2028"),
    ("Thời gian tập huấn: 02 ngày (15 - {}/4/2026).",
     "16", "18"),
    ("Hội đồng gồm {} thành viên, trong đó có 01 Chủ tịch, 02 Phó Chủ tịch, 01 Thư ký và 05 ủy viên.",
     "09", "10"),
    ("Kết quả biểu quyết: 24/26 đại biểu tán thành (đạt {}%), 01 đại biểu không tán thành, 01 đại biểu "
     "không biểu quyết.",
     "92,3", "93,2"),
    ("Kết quả biểu quyết: 24/26 đại biểu tán thành, 01 đại biểu không tán thành, {} đại biểu không biểu "
     "quyết.",
     "01", "02"),
    ("Tổng điểm đạt 86,5/100 điểm, tăng {} điểm so với năm 2023 (82,3 điểm).",
     "4,2", "2,4"),
    ("Mỗi lớp học 02 buổi, từ 13 giờ 30 phút đến {} giờ 30 phút, thời lượng 3 giờ/buổi.", "16", "17"),
    ("Số thành viên được triệu tập: {} người; có mặt: 09 người; vắng mặt: 02 người.", "11", "12"),
    ("Dự án khởi công ngày 01/3/2023, dự kiến hoàn thành ngày 28/02/2025, thời gian thi công là {} tháng.",
     "24", "20"),
    ("Dự án khởi công ngày 01/3/2023. Đến hết ngày 31/8/2024, Dự án đã thi công được {} tháng.", "18", "16"),
    ("Tổng dự toán chi là 96.400 triệu đồng, gồm: chi đầu tư 24.600 triệu đồng, chi thường xuyên {} triệu "
     "đồng, dự phòng 2.300 triệu đồng.", "69.500", "65.900"),
    ("Giá trị hợp đồng là 4.850 triệu đồng, thấp hơn giá dự toán (5.000 triệu đồng) {} triệu đồng.",
     "150", "510"),
    ("Lũy kế giải ngân 412/680 tỷ đồng, đạt 60,6%; còn {} tỷ đồng chưa giải ngân.",
     "268", "286"),
)  # fmt: skip
"""As reports of offices and communes tell what they did, with the right figure and a wrong one."""


@pytest.mark.parametrize(("text", "wrong"), [(text, wrong) for text, _, wrong in REPORTED])
def test_what_reports_tell_of_their_year_agrees(text: str, wrong: str) -> None:
    assert len(asked(text.format(wrong))) == 1


def test_reports_that_agree_are_not_asked_about() -> None:
    assert asked(*(text.format(right) for text, right, _ in REPORTED)) == []


LIKE_IT = text(
    # A growth has its base in its own clause.
    "Tổng thu là 8.183 triệu đồng, đạt 48,7% dự toán năm (16.800 triệu đồng), tăng 0,6% so với cùng kỳ "
    "(8.136 triệu đồng). Trong đó, thu thuế 4.826 triệu đồng; thu từ đất 2.715 triệu đồng, giảm 13,8% so với "
    "cùng kỳ do thị trường trầm lắng; thu khác 642 triệu đồng.",
    # A mean of large sums may be rounded to its last digit; it is no whole; a third way makes the hundred.
    "6 tháng cuối năm còn phải thu 15.124,9 tỷ đồng, bình quân mỗi tháng 2.520,8 tỷ đồng.",
    "Triển khai 6 gói thầu, mỗi gói 2,5 tỷ đồng; tổng kinh phí là 15,2 tỷ đồng.",
    "Xã có 2.152 hộ với 8.763 nhân khẩu, bình quân 4,07 người/hộ. Trong đó nam 4.335 người (chiếm 49,47%), "
    "nữ 4.428 người (chiếm 50,53%).",
    "Trong 3.364 hồ sơ mới có 2.581 hồ sơ nộp trực tuyến (76,7%), 609 hồ sơ nộp trực tiếp (18,1%) và 174 hồ "
    "sơ qua bưu chính (5,2%).",
    # Two times are no two parts, what is there at the end of a quarter adds up to nothing.
    # Those who were there are a whole without the absent; a share may be told of a whole of its own.
    "Tại kỳ họp, 54/54 đại biểu có mặt (vắng 02 đại biểu có lý do) biểu quyết thông qua 15 nghị quyết.",
    "Có 26/26 thành viên dự họp đều nhất trí (vắng 03 thành viên).",
    "Kết quả: 45/45 đại biểu có mặt tán thành, đạt 100%; vắng 04 đại biểu có lý do.",
    "Nghị quyết được 46/47 đại biểu tham dự kỳ họp biểu quyết thông qua, vắng 03 đại biểu.",
    "Trong 1.024 thủ tục, 114 thủ tục chưa cung cấp trực tuyến (11,1%); trong số 910 thủ tục đã cung cấp "
    "trực tuyến có 774 thủ tục phát sinh hồ sơ, đạt 85,1%.",
    "Hồ sơ đúng hạn chiếm 98,0%; trong tổng số 2.400 hồ sơ quá hạn, 216 hồ sơ quá hạn trên 30 ngày (9,0%).",
    "Trong biên chế chiếm 92,5%; trên tổng số 380 hợp đồng, 38 hợp đồng đã ký lại (10,0%).",
    "Xã có 6.482 hộ, trong đó hộ nghèo đầu kỳ là 214 hộ, hiện còn 187 hộ, tỷ lệ hộ nghèo giảm từ 3,30% xuống "
    "còn 2,88%.",
    "Quý I còn 214 hộ nghèo, quý II còn 187 hộ nghèo; 6 tháng đầu năm giảm 41 hộ.",
    "Tháng 7 đạt 82,1%, tháng 8 đạt 84,6%, tháng 9 đạt 86,3%, tăng 4,2 điểm phần trăm so với tháng 7.",
    # What follows a semicolon is told of the whole again.
    "Tiếp nhận 215 hồ sơ mới, kỳ trước chuyển sang 32 hồ sơ; giải quyết 228 hồ sơ, trong đó đúng hạn 226 hồ "
    "sơ; còn 19 hồ sơ đang giải quyết trong hạn.",
    "Cấp đổi 320 giấy, cấp mới 145 giấy, đính chính 12 giấy; tổng số giấy đã trao cho dân 465 giấy.",
    # Shares are evened to make a hundred.
    "Có 300 hộ, trong đó 100 hộ khá (33,3%), 100 hộ trung bình (33,3%), 100 hộ nghèo (33,4%).",
    "Số vụ giảm 25% (18/24 vụ), số người chết giảm 10% (9/10 người).",
    "Thu tháng 9 đạt 15 tỷ đồng; lũy kế 9 tháng 142 tỷ đồng, đạt 78,9% dự toán (180 tỷ đồng).",
    "Đã chuẩn hóa 12.450 thửa đất trên tổng số 16.600 thửa, đạt 75%.",
    "Chi bộ có 45 đảng viên: 20 đảng viên nữ, 30 đảng viên dưới 40 tuổi, 12 đảng viên là người Chăm.",
    "Nguồn dự phòng còn 37.400 triệu đồng (tổng 50.000 triệu đồng, phân bổ lần này 12.600 triệu đồng).",
    "Thực hiện 92/100 chỉ tiêu, trong đó vượt 35 chỉ tiêu, đạt 57 chỉ tiêu; 08 chỉ tiêu không đạt.",
    "Đợt 1 có 120 người, đợt 2 có 95 người (một số người dự nhiều đợt), tổng cộng 190 người.",
    "Số thu vượt 105% kế hoạch (100 tỷ đồng), đạt 105 tỷ đồng; 16 sở và 64 xã, tổng cộng 240 người dự.",
    "Tỷ lệ giải ngân đạt 62,5%; trong đó vốn tỉnh đạt 71,2%, vốn xã đạt 55,0%, tăng 3,2 điểm phần trăm so"
    " với quý trước.",
    "Năm 2025 đạt 95,2% (kế hoạch 90%), tăng 4,5 điểm phần trăm so với năm 2024.",
    "Đã thực hiện 131/144 lượt nhiệm vụ có thông tin (đạt 91,0%); đang thực hiện 08; chưa thực hiện 05; "
    "chưa có thông tin 12.",
    "Xã A đạt 88,1%. Xã B đạt 92,4%, tăng 1,5 điểm phần trăm so với năm trước.",
    "Tỷ lệ hộ nghèo năm 2023 là 5,2%. Phấn đấu mỗi năm giảm 1,0 điểm phần trăm trở lên, đến năm 2025 còn "
    "3,0%.",
    "Tỷ lệ thất nghiệp là 2,24%, giảm 0,05 điểm phần trăm so với quý trước và giảm 0,12 điểm phần trăm so"
    " với cùng kỳ.",
    "Diện tích 48 km2, dân số 14.400 người, trong đó thành thị 4.000 người; mật độ dân số khu vực thành "
    "thị 1.200 người/km2.",
    "Đến năm 2030 diện tích rừng đạt 1.404 ha; năm 2025 trồng 120 ha.",
    "Số vụ giảm 5 vụ (12/17 vụ); số người chết không tăng, không giảm (03/03 người).",
    "Giá xăng tăng 5% so với đầu tháng, giá dầu tăng từ 18.000 đồng lên 19.500 đồng.",
    "Tỷ lệ nam 48,6%, nữ 51,4%; độ tuổi dưới 35 chiếm 20%, từ 35 đến 50 chiếm 50%, trên 50 chiếm 30%.",
    "Vốn tỉnh 70%, vốn xã 20%, vốn khác 10%; đến nay đạt 60%.",
    "Chỉ số hài lòng năm 2024 là 87,35%, chỉ số năm 2023 là 85,10%, tăng 2,25 điểm phần trăm.",
    "Quý I thu 120 tỷ đồng, quý II thu 150 tỷ đồng; ước cả năm đạt 600 tỷ đồng, bằng 102% dự toán.",
    "Toàn xã có 12 thôn, 1.250 hộ, 5.000 nhân khẩu, 03 dân tộc cùng sinh sống, trong đó dân tộc Tày chiếm"
    " 65%, dân tộc Kinh chiếm 30%.",
    "Có 18 trường học, trong đó 15 trường đạt chuẩn quốc gia, 12 trường có thư viện đạt chuẩn.",
    "Trong năm tổ chức 06 lớp tập huấn cho 300 lượt người; 05 hội nghị tuyên truyền cho 450 lượt người; "
    "tổng số 11 cuộc.",
    "Diện tích lúa 1.200 ha, năng suất 62,5 tạ/ha; diện tích ngô 500 ha, năng suất 45 tạ/ha; sản lượng "
    "lương thực 9.750 tấn.",
    "Xếp loại: tốt 45%, khá 40%, đạt 15%; so với năm trước loại tốt tăng 5 điểm phần trăm.",
    "Tỷ lệ tốt nghiệp đạt 99,5%; tỷ lệ khá, giỏi đạt 60%; tỷ lệ yếu, kém 1,2%.",
    "Trả lời 12 kiến nghị; còn 03 kiến nghị của kỳ trước chưa trả lời.",
    "Giai đoạn 05 năm (2021 - 2025), kế hoạch 10 năm 2021 - 2030, nhiệm kỳ 2025 - 2030.",
    "Thời gian: 02 ngày (15 - 16/4/2026); buổi sáng từ 08 giờ 00 đến 11 giờ 30.",
    "Vốn trung ương 64%, vốn tỉnh 24%, còn lại là vốn xã và vốn huy động khác.",
    "Hỗ trợ 50% chi phí (không quá 15 triệu đồng) cho hộ nghèo, 30% (không quá 10 triệu đồng) cho hộ cận "
    "nghèo.",
    "Tăng 3,5% so với tháng trước và tăng 12,4% so với cùng kỳ (năm 2023 đạt 120 tỷ đồng).",
    "Có 45 đảng viên, trong đó 20 đảng viên nữ (44,4%), 15 đảng viên dưới 35 tuổi (33,3%).",
    "Nữ 26 đồng chí (52%), dân tộc thiểu số 22 đồng chí (44%).",
    "Toàn trường có 296 học sinh mức Tốt (20,0%), 728 học sinh mức Khá (49,1%), 415 học sinh mức Đạt "
    "(28,0%) và 43 học sinh mức Chưa đạt (2,9%).",
    "Buổi sáng từ 8 giờ 00 phút đến 11 giờ 00 phút, buổi chiều từ 14 giờ 00 phút đến 17 giờ 00 phút.",
    "Tiền thưởng là 1.400.000 đồng/tập thể và 700.000 đồng/cá nhân; tổng số tiền thưởng là 4.900.000 đồng.",
    "Tuyển 1.150 chỉ tiêu, gồm cao đẳng 650 chỉ tiêu và trung cấp 500 chỉ tiêu, theo 02 đợt:",
    "Phần mềm gián đoạn 14 giờ (lần thứ nhất 4 giờ, lần thứ hai 7 giờ, lần thứ ba 3 giờ).",
    "Có 24 xã, trong đó 8 xã miền núi, 5 xã biên giới; 12 xã đạt chuẩn.",
    "Tổng thu 1.245 triệu đồng, tổng chi 1.120 triệu đồng, trong đó chi lương 900 triệu đồng.",
    "Mỗi xã cử 02 người, mỗi sở cử 01 người; tổng số 120 người dự.",
    "Tại xã A có 12 hộ, xã B có 15 hộ, xã C có 9 hộ; tổng kinh phí hỗ trợ 360 triệu đồng, mỗi hộ 10 triệu"
    " đồng.",
    "Doanh thu quý I là 45 tỷ đồng, quý II là 52 tỷ đồng, tăng 15,6%; lợi nhuận 6 tháng 12 tỷ đồng.",
    "Đoàn có 12 người, trong đó lãnh đạo 02 người, chuyên viên 08 người.",
    "Kế hoạch giao 500 ha, thực hiện 520 ha, gồm lúa 300 ha, màu 220 ha.",
    "Trong 45 hồ sơ có 12 hồ sơ thiếu giấy tờ, 8 hồ sơ sai mẫu, một số hồ sơ vừa thiếu vừa sai.",
    "Hỗ trợ 500.000 đồng/người/tháng cho 24 người trong 6 tháng, tổng kinh phí 72.000.000 đồng.",
    "Chiều dài 12,5 km, rộng 7 m, tổng mức đầu tư 45 tỷ đồng, bình quân 3,6 tỷ đồng/km.",
    "Năm 2024 tỷ lệ nghèo 5,2%, cận nghèo 4,1%; năm 2025 tỷ lệ nghèo 4,0%, cận nghèo 3,5%; giảm 1,2 điểm "
    "phần trăm và 0,6 điểm phần trăm.",
    "Xã có 3.200 hộ, trong đó hộ nghèo 120 hộ (3,75%), hộ cận nghèo 180 hộ (5,63%), giảm 25 hộ nghèo so "
    "với năm trước.",
    "Giá trị sản xuất nông nghiệp 450 tỷ đồng, tăng 3,2%; công nghiệp 780 tỷ đồng, tăng 8,5%; dịch vụ 620"
    " tỷ đồng, tăng 7,1%; tổng giá trị sản xuất 1.850 tỷ đồng.",
    "Thành phần: lãnh đạo Sở 01 đồng chí, phòng chuyên môn 02 đồng chí; mỗi xã 02 đồng chí, tổng 45 đồng "
    "chí.",
    "Tiếp công dân 46 lượt; nhận 85 đơn, trong đó khiếu nại 12, tố cáo 5, phản ánh 68 đơn.",
    # Parts that make the whole leave nothing; what is missing is missing of what is needed.
    "Toàn tỉnh có 21 dự án nhà ở xã hội, trong đó 09 dự án đã hoàn thành, 09 dự án đang thi công và 03 dự án "
    "đang hoàn thiện thủ tục đầu tư.",
    "Toàn ngành có 35.639 giáo viên, trong đó 32.431 giáo viên đạt chuẩn trở lên (đạt 91%). So với định mức, "
    "toàn tỉnh còn thiếu 1.932 giáo viên; trong năm học đã tuyển dụng được 788 người.",
    # Each kind of spending has a plan of its own.
    "Tổng chi ước đạt 20.273 tỷ đồng, bằng 60,4% dự toán (33.542 tỷ đồng). Trong đó, chi đầu tư phát triển "
    "6.165 tỷ đồng, bằng 51% dự toán; chi thường xuyên 13.732 tỷ đồng, bằng 68,4% dự toán; chi khác 376 tỷ "
    "đồng.",
    # What is told in two ways, or of more than two parts of one whole, is no whole with two parts.
    "Tiếp nhận 612.540 hồ sơ, trong đó trực tuyến 598.217 hồ sơ (97,7%); giải quyết đúng hạn 611.009 hồ sơ "
    "(99,75%).",
    "Trong 23 chỉ tiêu chủ yếu, 6 tháng đầu năm có 11 chỉ tiêu đạt trên 50% kế hoạch, 07 chỉ tiêu đạt tiến "
    "độ, 05 chỉ tiêu chưa đạt tiến độ (21,7%).",
    "Mức Tốt 41.327 em (19,5%), mức Khá 89.436 em (42,2%), mức Đạt 78.102 em (36,9%), mức Chưa đạt 3.069 "
    "em (1,4%).",
    "Trong 170 hộ nghèo có 52 hộ không có khả năng lao động (30,6%), 61 hộ có người bệnh nặng (35,9%), 34 hộ "
    "là đồng bào dân tộc thiểu số (20%).",
    # The whole of an amount is no number that grew; staff are no inhabitants.
    "Đầu năm có 236 hộ nghèo. Cuối năm còn 170 hộ nghèo trên tổng số 2.748 hộ, tỷ lệ 6,19%; giảm 66 hộ.",
    "Toàn ngành có 11.246 viên chức; có 4.128 bác sĩ (kể cả ngoài công lập), đạt 11 bác sĩ/10.000 dân.",
    "Nhà ở: xây mới 21 căn, sửa chữa 14 căn, đạt 100% kế hoạch (35/35 căn).",
    "Trẻ ra lớp đạt 38,7% (38.215/98.730 cháu), tăng 1,6 điểm phần trăm so với năm học trước (37,1%). Thể "
    "nhẹ cân còn 3,1%, thể thấp còi còn 3,9%, cùng giảm 0,4 điểm phần trăm so với đầu năm (lần lượt là 3,5% "
    "và 4,3%).",
    # What is counted otherwise, is a mean, or a share of another part, is no part of the whole.
    "Toàn xã có 2.849 học sinh, gồm mầm non 612 cháu, tiểu học 1.254 em, THCS 983 em, học tại 96 lớp.",
    "Số tàu cá là 5.074 chiếc, trong đó từ 15 m trở lên 3.048 chiếc, đã lắp thiết bị 3.041 chiếc.",
    "Toàn tỉnh có 86 xã, 52 xã đạt chuẩn (60,5%), 11 xã đạt nâng cao (nằm trong 52 xã nêu trên), còn 34 xã.",
    "Chậm 52 dự án, trong đó dưới 12 tháng 31 dự án, từ 12 đến 24 tháng 12 dự án, trên 24 tháng 09 dự án.",
    "Bố trí 162 điểm, gồm 54 điểm tại trạm và 108 điểm tại trường, bình quân mỗi xã, phường 03 điểm.",
    "Nhận 1.640 đơn, trong đó chuyển hòa giải 982 đơn (59,88%); hòa giải thành 598 đơn, đạt 60,9%; không "
    "thành 271 đơn; đang hòa giải 113 đơn.",
    "Phân theo tuyến: quốc lộ 49 vụ, tỉnh lộ 31 vụ, đường đô thị 22 vụ, đường nông thôn 15 vụ.",
    "Thiếu nhi 5.272 thẻ (46,0%), sinh viên 3.667 thẻ (32,0%), đối tượng còn lại 2.521 thẻ (22,0%).",
    "Khảo sát 380 em trong số 402 em: có việc làm 334 em, học tiếp 19 em, chưa có việc 27 em.",
    "Tỷ lệ Tốt năm học 2023 - 2024, 2024 - 2025 lần lượt là 22,15% và 24,80%. Như vậy sau một năm tăng 2,29 "
    "điểm phần trăm, sau hai năm tăng 4,94 điểm.",
    # A percentage of what is planned to come to it, or of a plan that isn't told, or of one of them alone.
    "Dư nợ đạt 4.756 tỷ đồng, tăng 388 tỷ đồng so với đầu năm (4.368 tỷ đồng), đạt 80,8% kế hoạch tăng "
    "trưởng cả năm (480 tỷ đồng).",
    "Nộp ngân sách 24.680 tỷ đồng, tăng 2.530 tỷ đồng so với năm 2025 (22.150 tỷ đồng), bằng 105% kế hoạch. "
    "Khu vực FDI nộp 20.460 tỷ đồng.",
    "Có 01/05 cụm vượt chỉ tiêu là Vân Đồn (107,5%).",
    "Tổn thất 3,44%, giảm 0,18 điểm phần trăm so với cùng kỳ (3,62%) và thấp hơn kế hoạch (3,5%) 0,06 điểm "
    "phần trăm.",
    # A bracket tells of the points before it.
    "Tỷ trọng nông nghiệp giảm 0,5 điểm phần trăm (từ 19,74% xuống 19,24%), tỷ trọng công nghiệp tăng 0,26 "
    "điểm phần trăm (từ 34,34% lên 34,60%).",
    "Đại hội triệu tập 150 đại biểu, trong đó 15 đại biểu đương nhiên, 135 đại biểu được bầu; nữ 45 đại "
    "biểu, chiếm 30%.",
)


def test_what_only_looks_like_it_is_not_asked_about() -> None:
    assert asked(*(line.text for line in LIKE_IT)) == []


def rows_of(*rows: tuple[str, ...]) -> Line:
    cells = [[para(c, size=12) for c in row] for row in rows]
    return Line(raw=table(cells, [165 / len(rows[0])] * len(rows[0]), bordered=True, header=True))


YEARS = ("STT", "Lĩnh vực", "Năm 2026", "Năm 2027", "So sánh (%)")
CHANGES = ("STT", "Dự án", "Trước", "Sau", "Tăng (+), giảm (-)")


@pytest.mark.parametrize(
    ("head", "rows", "found"),
    [
        (YEARS, ("11.520|12.672|110,0", "25.900|26.936|104,0", "980|1.029|105,0", "38.400|40.637|105,8"), []),
        (
            YEARS,
            ("11.520|12.672|110,0", "25.900|26.936|104,0", "980|1.029|105,0", "38.400|40.367|105,8"),
            ["dòng tổng ghi 40.367, các dòng cộng lại được 40.637"],
        ),
        (CHANGES, ("6.500|8.200|+1.700", "7.800|7.800|0", "3.700|3.100|-600", "18.000|19.100|+1.100"), []),
        (
            CHANGES,
            ("6.500|8.200|+1.700", "7.800|7.800|0", "3.700|3.100|+600", "18.000|19.100|+1.100"),
            ["ghi +600, hai cột trừ nhau được -600"],
        ),
        (
            CHANGES,
            ("6.500|8.200|+1.700", "7.800|7.800|0", "3.700|3.100|-600", "18.000|19.100|+1.010"),
            ["dòng tổng ghi +1.010, các dòng cộng lại được 1.100"],
        ),
    ],
)
def test_years_and_signed_changes_of_a_table_are_reckoned(
    head: tuple[str, ...], rows: tuple[str, ...], found: list[str]
) -> None:
    counted = [(str(n), f"Mục {n}", *row.split("|")) for n, row in enumerate(rows[:-1], 1)]
    summed = rows_of(head, *counted, ("", "Tổng cộng", *rows[-1].split("|")))
    findings = verdict_of(replace(GOOD, body=(summed, *GOOD.body))).findings
    assert [f.found for f in findings if f.code == "TT71" and f.outcome is Outcome.FAIL] == found


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (("1. Có 03 Hội đồng thi, tổng số {} phòng thi:", "46 phòng thi", "52 phòng thi"), "98", "89"),
        (
            ("1. Phân bổ {} triệu đồng cho 02 đơn vị:", "4.200 triệu đồng", "3.800 triệu đồng"),
            "8.000",
            "8.100",
        ),
        (
            (
                "1. Tổng kinh phí phân bổ: {} triệu đồng.",
                "2. Phân bổ cho 02 đơn vị như sau:",
                "4.200 triệu đồng",
                "3.800 triệu đồng",
            ),
            "8.000",
            "8.100",
        ),
    ],
)
def test_a_list_gives_the_total_told_above_it(lines: tuple[str, ...], right: str, wrong: str) -> None:
    *above, one, other = lines
    entries = (f"a) Phường Mỹ Tho: {one};", f"b) Xã Cái Bè: {other}.")
    for n, asked_about in ((right, 0), (wrong, 1)):
        assert len(asked(*(line.format(n) for line in above), *entries)) == asked_about


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (
            (
                "Tổng số hồ sơ tiếp nhận: 450 hồ sơ, trong đó:",
                "- Trực tuyến: 380 hồ sơ;",
                "- Trực tiếp: {} hồ sơ.",
            ),
            "70",
            "80",
        ),
        (
            (
                "Cơ cấu tổ chức gồm {} phòng:",
                "a) Văn phòng;",
                "b) Phòng Kế hoạch;",
                "c) Phòng Nghiệp vụ.",
            ),
            "03",
            "04",
        ),
        (
            (
                "Kết quả đạt được như sau:",
                "- Số hồ sơ tiếp nhận: 450 hồ sơ.",
                "- Số hồ sơ đã giải quyết: 420 hồ sơ.",
                "- Số hồ sơ đang giải quyết: {} hồ sơ.",
            ),
            "30",
            "40",
        ),
        (
            (
                "Tổng số phiếu bầu như sau:",
                "- Số phiếu phát ra: 45 phiếu.",
                "- Số phiếu thu về: 45 phiếu.",
                "- Số phiếu hợp lệ: 44 phiếu.",
                "- Số phiếu không hợp lệ: {} phiếu.",
            ),
            "01",
            "02",
        ),
        (
            (
                "Kinh phí thực hiện: 120 triệu đồng, trong đó:",
                "- Chi hội nghị: 45 triệu đồng;",
                "- Chi in ấn: 35 triệu đồng;",
                "- Chi khen thưởng: {} triệu đồng.",
            ),
            "40",
            "45",
        ),
    ],
)
def test_the_entries_of_a_list_agree_with_it_and_each_other(
    lines: tuple[str, ...], right: str, wrong: str
) -> None:
    for n, asked_about in ((right, 0), (wrong, 1)):
        assert len(asked(*(line.format(n) for line in lines))) == asked_about


def test_a_ceremony_is_held_on_one_day() -> None:
    above = "1. Tổ chức Lễ khai mạc tại Thư viện tỉnh vào ngày 20 tháng 4 năm 2027."
    for what, n in (
        ("khai mạc ngày 20/4/2027", 0),
        ("khai mạc ngày 21/4/2027", 1),
        ("bế mạc ngày 21/4/2027", 0),
    ):
        assert len(asked(above, f"2. Công an tỉnh bảo đảm trật tự tại lễ {what}.")) == n


def test_a_limit_is_spoken_of_again_as_the_same_day() -> None:
    above = "3. Các đơn vị nộp xong trước ngày 30/9/2026."
    for day, n in (("30/9/2026", 0), ("20/9/2026", 1), ("31/12/2026", 0)):
        assert len(asked(above, f"4. Lập danh sách đơn vị chưa hoàn thành sau thời hạn {day}.")) == n


OF_CLASSES = ("TT", "Khối", "Số học sinh", "Tốt", "Khá", "Đạt", "Chưa đạt")
OF_FIELDS = ("TT", "Vụ", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)")


@pytest.mark.parametrize(
    ("lines", "head", "rows", "found"),
    [
        (
            (),
            OF_CLASSES,
            ("528|86|241|178|23", "462|92|224|132|14", "492|118|263|105|6", "1.482|296|728|415|43"),
            False,
        ),
        (
            (),
            OF_CLASSES,
            ("528|86|241|178|23", "462|92|224|123|14", "492|118|263|105|6", "1.482|296|728|415|43"),
            True,
        ),
        ((), OF_FIELDS, ("59.240|58,2|344.777", "44.860|51,6|231.478", "104.100|55,4|576.255"), False),
        ((), OF_FIELDS, ("59.240|58,2|344.777", "44.860|51,6|231.478", "104.100|55,4|567.255"), True),
        (
            ("Trong 3 lĩnh vực có 2 lĩnh vực tăng và 1 lĩnh vực giảm; Mục 1 đạt thấp nhất (47,7%):",),
            ("TT", "Lĩnh vực", "Tỷ lệ (%)"),
            ("47,7", "60,6", "70,9", ""),
            False,
        ),
        (
            ("Mục 2 đạt thấp nhất (47,7%), Mục 3 đạt cao nhất (70,9%):",),
            ("TT", "Lĩnh vực", "Tỷ lệ (%)"),
            ("47,7", "60,6", "70,9", ""),
            True,
        ),
    ],
)
def test_rows_of_a_table_agree_with_each_other_and_the_text(
    lines: tuple[str, ...], head: tuple[str, ...], rows: tuple[str, ...], found: bool
) -> None:
    counted = [(str(n), f"Mục {n}", *row.split("|")) for n, row in enumerate(rows[:-1], 1)]
    summed = [("", "Toàn trường", *rows[-1].split("|"))] if rows[-1] else []
    above = (Line(line, BODY) for line in lines)
    findings = verdict_of(replace(GOOD, body=(*above, rows_of(head, *counted, *summed), *GOOD.body))).findings
    assert any(f.code == "TT71" and f.outcome is Outcome.FAIL for f in findings) == found


COMMUNE: dict[str, Any] = {
    "parent": "",
    "issuer": "ỦY BAN NHÂN DÂN ĐẶC KHU VÂN ĐỒN",
    "authority": ("TM. ỦY BAN NHÂN DÂN",),
}


def test_a_number_that_stands_twice_is_called_so() -> None:
    twice = named("Kế hoạch", body=text(f"1. {LONG}", f"3. {LONG}", f"3. {LONG}"))
    assert [what for code, _, what in faults(twice) if code == "TT45"] == ["“3.” lặp lại"]


def test_a_missing_comma_behind_the_place_is_told_once() -> None:
    commune = replace(
        GOOD, parent="", issuer="ỦY BAN NHÂN DÂN ĐẶC KHU VÂN ĐỒN", date="Vân Đồn ngày 05 tháng 3 năm 2025"
    )
    told = [code for code, place, _ in faults(commune) if place == "Địa danh, thời gian"]
    assert told == ["TT28"]
