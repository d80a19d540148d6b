"""Figures are questioned only where they say the same thing twice and differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.cli.lint import lines_of
from dvctt_report.model.severity import Severity
from dvctt_report.word.lint.check import BLOCK_NAMES, Block
from dvctt_report.word.lint.checks_asked import spelled_number
from dvctt_report.word.lint.outcome import Outcome
from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, Line, para, table
from tests.lint.test_checks import faults_by, verdict_of


def asked(*lines: Line) -> list[str]:
    return faults_by(replace(GOOD, body=(*lines, *GOOD.body)), "TT71")


def rows_of(*rows: tuple[str, ...], bold: int = -1) -> Line:
    cells = [[para(c, size=12, bold=n == bold) for c in row] for n, row in enumerate(rows)]
    return Line(raw=table(cells, [165 / len(rows[0])] * len(rows[0]), bordered=True, header=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Có 12/15 đơn vị (85%) đã báo cáo.", "12/15 mà ghi 85%"),
        ("Đã xử lý 1.234/2.468 hồ sơ, chiếm 49%.", "1.234/2.468 mà ghi 49%"),
        ("Có 2/3 đơn vị (đạt tỷ lệ 67,66%).", "2/3 mà ghi 67,66%"),
        ("Đạt 84,9% (18.342/22.115 người).", "18.342/22.115 mà ghi 84,9%"),
        ("Đến nay đã hoàn thành 31/42 nhiệm vụ (đạt 73,9%).", "31/42 mà ghi 73,9%"),
        ("Giải ngân 15,5/20 tỷ đồng, đạt 79,5%.", "15,5/20 mà ghi 79,5%"),
        ("Giải ngân 96,3 tỷ đồng trên tổng số 184,5 tỷ đồng, bằng 55,2%.", "96,3/184,5 mà ghi 55,2%"),
        (
            "Đã ban hành 16 văn bản, gồm: 05 quyết định, 07 công văn và 03 kế hoạch.",
            "tổng ghi 16, các phần cộng lại được 15",
        ),
        (
            "Đã ban hành 16 văn bản (gồm 05 quyết định, 07 công văn, 03 kế hoạch), đạt 100%.",
            "tổng ghi 16, các phần cộng lại được 15",
        ),
        (
            "Tổng kinh phí 12 tỷ đồng, gồm: ngân sách phường 8 tỷ đồng; nguồn xã hội hóa 5 tỷ đồng.",
            "tổng ghi 12, các phần cộng lại được 13",
        ),
        (
            "Kinh phí 500 triệu đồng, trong đó: ngân sách tỉnh 300 triệu đồng, ngân sách xã 250 triệu đồng.",
            "tổng ghi 500, các phần cộng lại được 550",
        ),
        ("Có 45 cán bộ, trong đó 25 nam, 22 nữ.", "tổng ghi 45, các phần cộng lại được 47"),
        (
            "Kinh phí 5 tỷ đồng, trong đó ngân sách tỉnh 3 tỷ đồng, còn lại xã hội hóa 1.900 triệu đồng.",
            "tổng ghi 5, các phần cộng lại được 4,9",
        ),
        (
            "Tổng số 30 hồ sơ, trong đó: đất đai: 12 hồ sơ; hộ tịch: 10 hồ sơ; khác: 9 hồ sơ.",
            "tổng ghi 30, các phần cộng lại được 31",
        ),
        ("Cấp 42 (bốn mươi ba) suất quà.", "“42 (bốn mươi ba)”"),
        (
            "Kinh phí 12.500.000 đồng (Bằng chữ: Mười ba triệu năm trăm nghìn đồng).",
            "12.500.000 đồng mà bằng chữ là “Mười ba triệu năm trăm nghìn đồng”",
        ),
        (
            "Kinh phí 18.000 triệu đồng (bằng chữ: Mười chín tỷ đồng).",
            "18.000 triệu đồng mà bằng chữ là “Mười chín tỷ đồng”",
        ),
    ],
)
def test_figures_told_twice_that_differ_are_asked_about(text: str, found: str) -> None:
    assert asked(Line(text, BODY)) == [found]


ALIKE = (
    "Kinh phí 450.000.000 đồng (Bằng chữ: Bốn trăm năm mươi triệu đồng).",
    "Đến 5/12, đạt 45%; đến ngày 30/6, đạt 50%; Công văn số 12/15 (80%).",
    "Kinh phí 3 tỷ 600 triệu đồng, gồm: ngân sách tỉnh 2 tỷ đồng, ngân sách xã 1 tỷ đồng.",
    "Vốn 500 triệu đồng, trong đó vốn tỉnh 300 triệu đồng, đã chi 250 triệu đồng.",
    "Xây dựng 01 đề án, gồm 5 chương, 12 mục và 3 phụ lục.",
    "Có 00 văn bản, gồm 0 quyết định và 0 công văn; giải quyết 0/0 hồ sơ (100%).",
    "Có 12/15 đơn vị (80%) đã báo cáo.",
    "Có 2/3 đơn vị (đạt 66,67%), 1/3 đơn vị chiếm 33,3%.",
    "Có 2/3 đơn vị (66,6%) đã báo cáo.",
    "Có 12/15 chỉ tiêu đạt 100% kế hoạch.",
    "Đến ngày 31/10/2025 đạt 85%; tháng 9/2025 đạt tỷ lệ 70%.",
    "Quyết định số 12/15 chiếm vị trí; 1.234/2.468 hồ sơ (50%).",
    "Có 5/6 xã, trong đó 3 xã (60%) làm tốt.",
    "Đã ban hành 15 văn bản, gồm: 05 quyết định, 07 công văn và 03 kế hoạch.",
    "Xây dựng 01 đề án gồm 5 chương, 12 mục và 3 phụ lục.",
    "Có 27 đơn vị, gồm 23 sở, ngành và các địa phương.",
    "Có 88 xã, trong đó 52 xã đạt chuẩn (59,1%), gồm 09 xã nâng cao; 36 xã chưa đạt.",
    "Hoàn thành 312 cuộc thanh tra, kiểm tra, bằng 78% kế hoạch năm (400 cuộc).",
    "Thu đạt 153 tỷ đồng, bằng 85% dự toán (180 tỷ đồng). Trong đó, quý I thu 42 tỷ đồng, quý II thu "
    "51 tỷ đồng, quý III thu 60 tỷ đồng.",
    "Ghi nhận 1.120 ca mắc, giảm 280 ca (20%) so với năm 2025. Trong đó, quý I 480 ca, quý II 640 ca.",
    "Có 300 học viên. Trong đó, 200 học viên nữ, 150 học viên dân tộc thiểu số.",
    "Tiếp nhận 9.600 hồ sơ, giải quyết đúng hạn 9.504 hồ sơ, đạt 99,0%; quá hạn 96 hồ sơ, chiếm 1,0%.",
    "Có 88 xã, trong đó 52 xã đạt chuẩn, gồm 12 xã nâng cao và 40 xã khác; 36 xã chưa đạt chuẩn.",
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
    "Có khoảng 300 hồ sơ, trong đó trực tuyến 200 hồ sơ, trực tiếp 90 hồ sơ.",
    "Có 12 đơn vị trên tổng số 15 đơn vị (80%) đã gửi.",
    "Cử 03 viên chức tham dự, gồm: bà Nguyễn Thị Hòa, ông Trần Quang Vinh, ông Lò Văn Mạnh.",
    "Cử 02 người, gồm: ông Trần Quang Vinh, Trưởng phòng; bà Lò Thị Mai, chuyên viên.",
    "Chi 8.200 tỷ đồng, đạt 70% dự toán. Trong đó: chi đầu tư 1.640 tỷ đồng, đạt 105%; chi thường "
    "xuyên 3.690 tỷ đồng, đạt 62%.",
    "Gieo 600 ha, gồm: lúa 580 ha, cây ngắn ngày 14 ha, cây dài ngày 06 ha.",
    "Có 4.180 người, trong đó tiểu học là 2.390 người; trung học là 1.592 người; sơ cấp là 154 người, "
    "trung cấp 44 người.",
    "Nhận 1.000 hồ sơ, đã giải quyết 900 hồ sơ; trong đó đúng hạn có 880 hồ sơ, còn 20 hồ sơ quá hạn.",
    "Nhận 1.000 hồ sơ, đã giải quyết 900 hồ sơ, trong đó đúng hạn 880, còn 20 hồ sơ quá hạn.",
    "Xong gần 50 ngàn hồ sơ, trong đó hồ sơ đúng hạn trên 49,5 ngàn (đạt 99%), quá hạn 450 hồ sơ.",
    "Có 45 cuộc họp, trong đó cuộc họp tổng kết tháng 3/2026 và 02 cuộc họp báo, còn lại 42 cuộc họp.",
    "Trồng 14.206 ha rừng. Trong đó, vùng cao 4.203 ha, vùng giữa 6.402 ha, vùng thấp 3.602 ha, "
    "còn lại không trồng.",
    "Tổng số 30 hồ sơ, trong đó: đất đai: 12 hồ sơ; hộ tịch: 10 hồ sơ; khác: 8 hồ sơ.",
    "Có 30 hồ sơ, trong đó 12 hồ sơ đất đai, 10 hồ sơ hộ tịch và 8 hồ sơ khác.",
    "Có 30 hồ sơ, trong đó có 12 hồ sơ đất đai và 10 hồ sơ hộ tịch.",
    "Toàn trường có 40 giáo viên; 32 giáo viên đạt chuẩn, chiếm 80%.",
    "Có 120 hộ, trong đó: 60 hộ nghèo, 50 hộ chính sách, 40 hộ neo đơn.",
    "Tiếp nhận 1.000 hồ sơ (trong đó trực tuyến 700 hồ sơ, trực tiếp 300 hồ sơ), xong 950 hồ sơ (95%).",
    "Toàn tỉnh có 95 đơn vị (23 sở, 72 xã), trong đó có 90 đơn vị đã gửi, chiếm 94,7%.",
    "Tổ chức 12 hội nghị với 1.200 lượt người, trong đó 05 hội nghị trực tuyến, 07 hội nghị trực tiếp.",
    "Trong tổng số 15 đơn vị có 12 đơn vị (80%) đạt.",
    "Hỗ trợ 30 hộ, 20 hộ thoát nghèo, chiếm 66,7%, còn 10 hộ nghèo.",
    "Ban hành 20 văn bản, 5 văn bản chậm, chiếm 25%.",
    "Có 286 thôn, bản, trong đó có 274 thôn, bản, có 32 thôn, bản đặc biệt khó khăn.",
    "Dân tộc Thái 3395 người, chiếm 99,09 %; dân tộc Mường 28 người, chiếm 0,8 %.",
    "Có 100 người dân tộc Tày, chiếm 60%; 40 người dân tộc Nùng, chiếm 24%.",
    "Giải quyết được 19/33 vụ việc, 14 vụ còn lại đang giải quyết.",
    "Tổ chức 04 hội nghị, mỗi hội nghị khoảng 60 người, 12 người giúp việc; trong đó có 20 người là nữ.",
    "Kinh phí 18.000 triệu đồng (bằng chữ: Mười tám tỷ đồng).",
    "Kinh phí 1,25 tỷ đồng (bằng chữ: Một tỷ hai trăm năm mươi lăm triệu đồng).",
    "Chi 30.000.000 đồng (bằng chữ: Ba mươi triệu đồng), gồm: in 24.000.000 đồng; mua 6.000.000 đồng.",
    "Có 90 học sinh, bình quân 42 học sinh/lớp; trong đó khối 6 có 50 học sinh, khối 7 có 40 học sinh.",
    "Diện tích 5,2 ha, gồm đất ở 2,1 ha, đất giao thông 1,6 ha và cây xanh 1,5 ha; tiến độ đạt 70%.",
    "Có 96 hồ sơ đúng hạn, đạt 96,0%; 4 hồ sơ quá hạn, chiếm 4,0%.",
    "Thu 8.415 tỷ đồng, tăng 11,3% so với cùng kỳ (7.560 tỷ đồng), trong đó dịch vụ tăng 14,1%, "
    "xây dựng tăng 9%.",
    "Tiếp nhận 1.200 hồ sơ, giải quyết 1.150 hồ sơ, trong đó đúng hạn 1.140 hồ sơ, quá hạn 10 hồ sơ; "
    "đang giải quyết 50 hồ sơ.",
    "Có 24 xã, trong đó có 18 xã đạt chuẩn nông thôn mới, 05 xã nâng cao, 02 xã kiểu mẫu.",
    "Trực 24/24 giờ; hoàn thành trước 15/12 hằng năm; cống bị bồi lắng 1/3 tiết diện.",
    # A growth has its base in its own clause.
    "Tổng thu là 8.183 triệu đồng, đạt 48,7% dự toán năm (16.800 triệu đồng), tăng 0,6% so với cùng kỳ "
    "(8.136 triệu đồng). Trong đó, thu thuế 4.826 triệu đồng; thu từ đất 2.715 triệu đồng, giảm 13,8% so với "
    "cùng kỳ do thị trường trầm lắng; thu khác 642 triệu đồng.",
    # A mean of large sums may be rounded to its last digit; it is no whole; a third way makes the hundred.
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
    # What follows a semicolon is told of the whole again.
    "Tiếp nhận 215 hồ sơ mới, kỳ trước chuyển sang 32 hồ sơ; giải quyết 228 hồ sơ, trong đó đúng hạn 226 hồ "
    "sơ; còn 19 hồ sơ đang giải quyết trong hạn.",
    # Shares are evened to make a hundred.
    "Có 300 hộ, trong đó 100 hộ khá (33,3%), 100 hộ trung bình (33,3%), 100 hộ nghèo (33,4%).",
    "Số vụ giảm 25% (18/24 vụ), số người chết giảm 10% (9/10 người).",
    "Đã chuẩn hóa 12.450 thửa đất trên tổng số 16.600 thửa, đạt 75%.",
    "Thực hiện 92/100 chỉ tiêu, trong đó vượt 35 chỉ tiêu, đạt 57 chỉ tiêu; 08 chỉ tiêu không đạt.",
    "Đã thực hiện 131/144 lượt nhiệm vụ có thông tin (đạt 91,0%); đang thực hiện 08; chưa thực hiện 05; "
    "chưa có thông tin 12.",
    "Diện tích 48 km2, dân số 14.400 người, trong đó thành thị 4.000 người; mật độ dân số khu vực thành "
    "thị 1.200 người/km2.",
    "Số vụ giảm 5 vụ (12/17 vụ); số người chết không tăng, không giảm (03/03 người).",
    "Tỷ lệ nam 48,6%, nữ 51,4%; độ tuổi dưới 35 chiếm 20%, từ 35 đến 50 chiếm 50%, trên 50 chiếm 30%.",
    "Toàn xã có 12 thôn, 1.250 hộ, 5.000 nhân khẩu, 03 dân tộc cùng sinh sống, trong đó dân tộc Tày chiếm"
    " 65%, dân tộc Kinh chiếm 30%.",
    "Có 18 trường học, trong đó 15 trường đạt chuẩn quốc gia, 12 trường có thư viện đạt chuẩn.",
    "Thời gian: 02 ngày (15 - 16/4/2026); buổi sáng từ 08 giờ 00 đến 11 giờ 30.",
    "Có 45 đảng viên, trong đó 20 đảng viên nữ (44,4%), 15 đảng viên dưới 35 tuổi (33,3%).",
    "Nữ 26 đồng chí (52%), dân tộc thiểu số 22 đồng chí (44%).",
    "Toàn trường có 296 học sinh mức Tốt (20,0%), 728 học sinh mức Khá (49,1%), 415 học sinh mức Đạt "
    "(28,0%) và 43 học sinh mức Chưa đạt (2,9%).",
    "Tuyển 1.150 chỉ tiêu, gồm cao đẳng 650 chỉ tiêu và trung cấp 500 chỉ tiêu, theo 02 đợt:",
    "Có 24 xã, trong đó 8 xã miền núi, 5 xã biên giới; 12 xã đạt chuẩn.",
    "Tổng thu 1.245 triệu đồng, tổng chi 1.120 triệu đồng, trong đó chi lương 900 triệu đồng.",
    "Đoàn có 12 người, trong đó lãnh đạo 02 người, chuyên viên 08 người.",
    "Kế hoạch giao 500 ha, thực hiện 520 ha, gồm lúa 300 ha, màu 220 ha.",
    "Xã có 3.200 hộ, trong đó hộ nghèo 120 hộ (3,75%), hộ cận nghèo 180 hộ (5,63%), giảm 25 hộ nghèo so "
    "với năm trước.",
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
    "Nhà ở: xây mới 21 căn, sửa chữa 14 căn, đạt 100% kế hoạch (35/35 căn).",
    # What is counted otherwise, is a mean, or a share of another part, is no part of the whole.
    "Toàn xã có 2.849 học sinh, gồm mầm non 612 cháu, tiểu học 1.254 em, THCS 983 em, học tại 96 lớp.",
    "Số tàu cá là 5.074 chiếc, trong đó từ 15 m trở lên 3.048 chiếc, đã lắp thiết bị 3.041 chiếc.",
    "Toàn tỉnh có 86 xã, 52 xã đạt chuẩn (60,5%), 11 xã đạt nâng cao (nằm trong 52 xã nêu trên), còn 34 xã.",
    "Chậm 52 dự án, trong đó dưới 12 tháng 31 dự án, từ 12 đến 24 tháng 12 dự án, trên 24 tháng 09 dự án.",
    "Bố trí 162 điểm, gồm 54 điểm tại trạm và 108 điểm tại trường, bình quân mỗi xã, phường 03 điểm.",
    "Nhận 1.640 đơn, trong đó chuyển hòa giải 982 đơn (59,88%); hòa giải thành 598 đơn, đạt 60,9%; không "
    "thành 271 đơn; đang hòa giải 113 đơn.",
    "Thiếu nhi 5.272 thẻ (46,0%), sinh viên 3.667 thẻ (32,0%), đối tượng còn lại 2.521 thẻ (22,0%).",
    # A percentage of what is planned to come to it, or of a plan that isn't told, or of one of them alone.
    "Có 01/05 cụm vượt chỉ tiêu là Vân Đồn (107,5%).",
    # A bracket tells of the points before it.
    "Đại hội triệu tập 150 đại biểu, trong đó 15 đại biểu đương nhiên, 135 đại biểu được bầu; nữ 45 đại "
    "biểu, chiếm 30%.",
)
"""Figures that agree, or that something else is told of."""


@pytest.mark.parametrize("text", ALIKE)
def test_figures_that_agree_or_say_something_else_are_not_asked_about(text: str) -> None:
    assert asked(Line(text, BODY)) == []


HEAD = ("Đơn vị", "Số cuộc", "Tỷ lệ (%)")
DETAILS = (("A", "10", "20"), ("B", "1.012", "30"), ("C", "9", "50"))


def test_a_total_is_held_against_its_rows_but_for_shares() -> None:
    assert asked(rows_of(HEAD, *DETAILS, ("Tổng cộng", "1.031", "95"))) == []
    assert asked(rows_of(HEAD, *DETAILS, ("Tổng cộng", "1.030", "100"))) == [
        "dòng tổng ghi 1.030, các dòng cộng lại được 1.031"
    ]


def test_a_table_with_groups_blanks_or_few_rows_is_not_asked() -> None:
    wrong = ("Tổng cộng", "7", "100")
    assert asked(rows_of(HEAD, *DETAILS, wrong, bold=1)) == []
    assert asked(rows_of(HEAD, *DETAILS[:2], wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("D", "-", "0"), wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("Cộng", "5", "0"), wrong)) == []


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


@pytest.mark.parametrize(
    ("rows", "n"),
    [
        ((("Khối", "Số", "Đã nộp"), ("A", "120", "118"), ("B", "292", "290"), ("Cộng", "412", "408")), 0),
        ((("Khối", "Số", "Đã nộp"), ("A", "120", "118"), ("B", "292", "290"), ("Cộng", "422", "408")), 1),
        ((("Khối", "Số", "Đã nộp"), ("A", "120", "118"), ("B", "90", "80"), ("Cộng", "120", "118")), 0),
        ((("STT", "Đơn vị", "Số"), ("1", "A", "10"), ("2", "B", "12"), ("", "Tổng cộng", "24")), 1),
        (
            (
                ("Khối", "Năm", "Năm"),
                ("", "2024", "2025"),
                ("A", "5", "6"),
                ("B", "7", "8"),
                ("Cộng", "12", "14"),
            ),
            0,
        ),
    ],
)
def test_tables_of_two_rows_are_added_up_where_counted_or_borne_out_by_another_column(
    rows: tuple[tuple[str, ...], ...], n: int
) -> None:
    assert len(asked(rows_of(*rows))) == n


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Bốn trăm năm mươi triệu đồng", 450_000_000),
        ("mười hai triệu năm trăm nghìn đồng", 12_500_000),
        ("Một tỷ hai trăm linh năm triệu đồng chẵn", 1_205_000_000),
        ("ba nghìn tỷ", 3_000_000_000_000),
        ("hai mươi mốt nghìn", 21_000),
        ("hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm nghìn", 234_567_800_000),
        ("mấy triệu đồng", None),
    ],
)
def test_a_number_in_words_is_read_or_left_alone(words: str, number: int | None) -> None:
    assert spelled_number(words) == number


def test_every_digit_is_read_alone_and_in_a_number() -> None:
    words = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    for number, word in enumerate(words):
        assert spelled_number(word) == number
        assert spelled_number(f"hai nghìn ba trăm linh {word}") == 2300 + number


def test_questions_stand_in_a_block_of_their_own_and_are_no_errors() -> None:
    verdict = verdict_of(
        replace(GOOD, body=(Line("Có 12/15 đơn vị (85%), thứ Hai, ngày 05/3/2025.", BODY), *GOOD.body))
    )
    asked_ = [f for f in verdict.findings if f.code in ("TT71", "TT72")]
    assert [(f.spot.block, f.level) for f in asked_] == [(Block.ASKED, Severity.INFO)] * 2
    lines = [line.text for line in lines_of(verdict, 100)]
    headings = [line.strip() for line in lines if line.strip() in BLOCK_NAMES.values()]
    assert headings == [BLOCK_NAMES[Block.ASKED]]


def test_what_one_paragraph_is_asked_is_one_question_with_its_figures_quoted() -> None:
    far = f"{'Kết quả thực hiện nhiệm vụ được giao trong kỳ báo cáo, ' * 3}có 10/40 hộ (35%)"
    findings = verdict_of(replace(GOOD, body=(Line(f"{far} và 12/40 hộ (40%).", BODY), *GOOD.body))).findings
    (question,) = [f for f in findings if f.code == "TT71" and f.outcome is Outcome.FAIL]
    assert question.found == "10/40 mà ghi 35%; 12/40 mà ghi 40%"
    assert "10/40 hộ (35%)" in question.text


def test_the_screen_says_what_of_figures_is_looked_at() -> None:
    lines = " ".join(line.text.strip() for line in lines_of(verdict_of(GOOD), 80))
    assert "Số liệu trong văn bản: chỉ đối chiếu phần trên tổng với tỷ lệ" in lines
