"""Codes of the rules, in the order in which the rules are asked and their findings told."""

from __future__ import annotations

from functools import partial

from dvctt_report.codes.code import Limit, RuleCode, Settled
from dvctt_report.model import Severity

_error = partial(RuleCode, severity=Severity.ERROR)
"""Keeps the figure out of the sums while it is open."""
_warning = partial(RuleCode, severity=Severity.WARNING)
"""Asks about a figure that is used."""
_info = partial(RuleCode, severity=Severity.INFO)
"""Only tells."""

RULE_CODES: tuple[RuleCode, ...] = (
    _error(
        "SL01",
        "Có tổng số nhưng thiếu số đã thực hiện",
        "Tỷ lệ chỉ tính được khi có đủ hai số. Ô trống không phải là số 0: đơn vị chưa làm thì "
        "ghi 0, chưa tổng hợp được thì chọn “Chưa có số liệu”.",
        source="Cách tính tỷ lệ: tổng số đã thực hiện chia tổng số, chỉ của các đơn vị có đủ hai số.",
        missing="is_the_fault",
        example="SL01 · Cơ quan A · Biểu 01-A · ô G14: có tổng số (100) nhưng để trống số đã thực hiện. "
        "Ghi số đã thực hiện vào ô G14 (ghi 0 nếu chưa thực hiện) hoặc chọn tình trạng “Chưa có "
        "số liệu”.",
    ),
    _error(
        "SL02",
        "Số đã thực hiện lớn hơn tổng số",
        "Số đã thực hiện là một phần của tổng số. Thường gặp khi ghi lượt người thay cho số người.",
        source="Cách tính tỷ lệ: 0 ≤ số đã thực hiện ≤ tổng số.",
        example="SL02 · Cơ quan A · Biểu 01-A · ô G14: số đã thực hiện (120) lớn hơn tổng số (100). Kiểm "
        "tra lại ô G14 hoặc F14.",
        further="số đã thực hiện và tổng số của dòng",
    ),
    _error(
        "SL03",
        "Có số đã thực hiện nhưng không có tổng số",
        "Không có tổng số thì không có tỷ lệ; tổng số bằng 0 mà vẫn có số đã thực hiện là mâu thuẫn.",
        source="Cách tính tỷ lệ: 0 ≤ số đã thực hiện ≤ tổng số.",
        missing="is_the_fault",
        example="SL03 · Cơ quan A · Biểu 01-A · ô F14: có số đã thực hiện (80) nhưng tổng số để trống. "
        "Ghi tổng số vào ô F14.",
    ),
    _error(
        "SL04",
        "Bỏ trống nội dung được hỏi",
        "Ô trống có thể là “không phát sinh”, “chưa có số liệu” hay quên: người tổng hợp không "
        "đoán. Mỗi dòng bỏ trống báo một lần; cả biểu bỏ trống thì báo một lần cho cả biểu.",
        source="Hướng dẫn điền biểu mẫu: mỗi dòng có số liệu hoặc có tình trạng số liệu.",
        missing="is_the_fault",
        example="SL04 · Cơ quan A · Biểu 01-A · ô F14: chưa trả lời nội dung “Hồ sơ xử lý hoàn toàn trực "
        "tuyến”. Điền số liệu hoặc chọn tình trạng “Không phát sinh”, “Chưa có số liệu” hoặc "
        "“Không áp dụng”.",
    ),
    _warning(
        "SL05",
        "Thiếu lý do khi chưa có số liệu hoặc không áp dụng",
        "Báo cáo nêu rõ vì sao một đơn vị chưa có số liệu; lý do do đơn vị viết, không suy diễn.",
        source="Hướng dẫn điền biểu mẫu: “Chưa có số liệu”, “Không áp dụng” phải có lý do ở cột Ghi chú.",
        missing="is_the_fault",
        example="SL05 · Cơ quan A · Biểu 01-A · ô K14: chọn “Chưa có số liệu” nhưng chưa ghi lý do. Ghi "
        "lý do vào ô K14.",
    ),
    _warning(
        "SL06",
        "“Không áp dụng” đối với nội dung đơn vị phải báo cáo",
        "Nếu tự chọn “Không áp dụng” mà được bỏ khỏi mẫu số thì tỷ lệ cao lên. Đến khi cơ quan "
        "tổng hợp chấp nhận, đơn vị vẫn được tính là chưa có số liệu; khi chấp nhận, đơn vị ra "
        "khỏi phạm vi tính.",
        source="Phân công đơn vị × nội dung trong hồ sơ kế hoạch của tỉnh.",
        missing="is_the_fault",
        example="SL06 · Cơ quan A · Biểu 01-A · ô F14: chọn “Không áp dụng” đối với nội dung đơn vị phải "
        "báo cáo; chờ cơ quan tổng hợp xem xét. Giữ nguyên nếu đúng và ghi lý do vào ô K14; nếu "
        "không, điền số liệu.",
    ),
    _warning(
        "SL07",
        "Số liệu ngoài phạm vi báo cáo của đơn vị",
        "Nội dung do cơ quan khác trả lời cho toàn tỉnh mà cộng thêm số của đơn vị thì tính hai "
        "lần; số liệu này không đưa vào tổng hợp.",
        source="Phân công đơn vị × nội dung trong hồ sơ kế hoạch của tỉnh.",
        example="SL07 · Cơ quan B · Biểu 01-A · ô F20: “Thủ tục được cung cấp toàn trình” không thuộc "
        "phạm vi báo cáo của đơn vị; số liệu không đưa vào tổng hợp. Xóa số liệu hoặc trao đổi "
        "với cơ quan tổng hợp.",
    ),
    _warning(
        "SL08",
        "Tỷ lệ ghi trong biểu khác tỷ lệ tính lại",
        "Tỷ lệ luôn được tính lại từ hai số; tỷ lệ gõ tay lệch hơn 0,05 điểm phần trăm cho thấy "
        "một trong các số có thể sai.",
        source="Cách tính tỷ lệ: số đã thực hiện × 100 ÷ tổng số.",
        example="SL08 · Cơ quan A · Biểu 01-A · ô H14: tỷ lệ ghi trong biểu (85%) khác tỷ lệ tính lại "
        "(80%). Kiểm tra lại ô F14, G14; tỷ lệ để biểu tự tính.",
    ),
    _warning(
        "SL09",
        "“Không cung cấp” ngoài diện được phép",
        "Chỉ nhóm đơn vị và nội dung mà hồ sơ của tỉnh cho phép mới ra khỏi mẫu số vì lý do bảo "
        "vệ bí mật nhà nước; đơn vị khác vẫn được tính là chưa có số liệu.",
        source="Mục may_withhold của nhóm đơn vị trong hồ sơ kế hoạch của tỉnh.",
        missing="is_the_fault",
        example="SL09 · Cơ quan A · Biểu 01-A · ô F14: chọn “Không cung cấp” nhưng đơn vị không thuộc "
        "diện được chọn. Điền số liệu hoặc trao đổi với cơ quan tổng hợp.",
    ),
    _warning(
        "SL10",
        "Số ước cả năm không thể có",
        "Ước cả năm gồm cả phần đã thực hiện nên không nhỏ hơn số đó; số người, số đài, số thủ tục đã làm "
        "không vượt tổng số. Hồ sơ, phiếu, ý kiến còn phát sinh đến cuối năm thì được lớn hơn tổng số "
        "trong kỳ.",
        source="Cách tính tỷ lệ: 0 ≤ số đã thực hiện ≤ tổng số, cả ở cuối năm.",
        example="SL10 · Cơ quan A · Biểu 01-A · ô I14: ước cả năm (600) lớn hơn tổng số (146). Kiểm tra lại "
        "ô I14 hoặc F14.",
    ),
    _warning(
        "BC01",
        "Trả lời “Có” nhưng chưa có đường dẫn hoặc số văn bản",
        "Câu trả lời có/không chỉ kiểm chứng được khi có đường dẫn hoặc văn bản kèm theo.",
        source="Hướng dẫn điền biểu mẫu có/không: cột Đường dẫn hoặc số văn bản.",
        missing="is_the_fault",
        example="BC01 · Cơ quan A · Biểu 01-B · ô G8: trả lời “Có” nhưng chưa ghi đường dẫn hoặc số văn "
        "bản. Ghi đường dẫn hoặc số, ngày văn bản vào ô G8.",
    ),
    _warning(
        "BC02",
        "Đường dẫn hoặc số văn bản không tra được",
        "Minh chứng phải mở được hoặc tìm được: đường dẫn gõ hỏng, tệp trên máy của đơn vị, địa "
        "chỉ mạng nội bộ hay chữ “đã có” thì không kiểm chứng được câu trả lời “Có”.",
        source="Hướng dẫn điền biểu mẫu có/không: cột Đường dẫn hoặc số văn bản.",
        example="BC02 · Cơ quan A · Biểu 01-B · ô G8: minh chứng “http:/mau.vn/tin” có đường dẫn gõ chưa "
        "đúng. Chép lại cả đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày văn bản vào ô "
        "G8.",
    ),
    _error(
        "HS01",
        "Hồ sơ tiếp nhận: cột (3) khác (4) + (5) + (6)",
        "Các cột của biểu hồ sơ phải khớp nhau; lệch nghĩa là có cột ghi thiếu hoặc ghi nhầm, nên "
        "tổng số hồ sơ tiếp nhận chưa dùng được.",
        source="Biểu II.06a ban hành kèm theo Thông tư số 01/2020/TT-VPCP.",
        missing="none_arising_is_zero",
        example="HS01 · Cơ quan A · Biểu 03 · ô D8: tổng số tiếp nhận (120), cột (3), khác tổng các cột "
        "(4), (5), (6) là 110. Kiểm tra lại ô D8, E8, F8, G8.",
        further="các cột (3), (4), (5), (6) của dòng",
    ),
    _error(
        "HS02",
        "Hồ sơ đã giải quyết: cột (7) khác (8) + (9) + (10)",
        "Các cột của biểu hồ sơ phải khớp nhau; lệch nghĩa là có cột ghi thiếu hoặc ghi nhầm, nên "
        "tổng số hồ sơ đã giải quyết, mẫu số của tỷ lệ trực tuyến, chưa dùng được.",
        source="Biểu II.06a ban hành kèm theo Thông tư số 01/2020/TT-VPCP.",
        missing="none_arising_is_zero",
        example="HS02 · Cơ quan A · Biểu 03 · ô H8: tổng số đã giải quyết (100), cột (7), khác tổng các "
        "cột (8), (9), (10) là 90. Kiểm tra lại ô H8, I8, J8, K8.",
        further="các cột (7), (8), (9), (10) của dòng",
    ),
    _error(
        "HS03",
        "Hồ sơ đang giải quyết: cột (11) khác (12) + (13)",
        "Các cột của biểu hồ sơ phải khớp nhau; lệch nghĩa là có cột ghi thiếu hoặc ghi nhầm, nên "
        "tổng số hồ sơ đang giải quyết chưa dùng được.",
        source="Biểu II.06a ban hành kèm theo Thông tư số 01/2020/TT-VPCP.",
        missing="none_arising_is_zero",
        example="HS03 · Cơ quan A · Biểu 03 · ô L8: tổng số đang giải quyết (20), cột (11), khác tổng các "
        "cột (12), (13) là 15. Kiểm tra lại ô L8, M8, N8.",
        further="các cột (11), (12), (13) của dòng",
    ),
    _error(
        "HS04",
        "Hồ sơ tiếp nhận: cột (3) khác (7) + (11)",
        "Hồ sơ đã tiếp nhận thì hoặc đã giải quyết, hoặc đang giải quyết; lệch nghĩa là có hồ sơ "
        "bị bỏ sót hoặc tính hai lần.",
        source="Biểu II.06a ban hành kèm theo Thông tư số 01/2020/TT-VPCP.",
        missing="none_arising_is_zero",
        example="HS04 · Cơ quan A · Biểu 03 · ô D8: tổng số tiếp nhận (120), cột (3), khác tổng các cột "
        "(7), (11) là 115. Kiểm tra lại ô D8, H8, L8.",
        further="các cột (3), (7), (11) của dòng",
    ),
    _error(
        "HS05",
        "Dòng hồ sơ lệch một cột",
        "Dán lệch một cột thì mọi tổng của dòng đều sai cùng lúc; báo một lần thay cho từng tổng (HS01 "
        "đến HS04). Chuyển lại một cột mà mọi tổng đều khớp thì chắc là lệch, nhưng chỉ đơn vị mới chép lại "
        "được.",
        source="Biểu II.06a ban hành kèm theo Thông tư số 01/2020/TT-VPCP.",
        missing="none_arising_is_zero",
        example="HS05 · Cơ quan A · Biểu 03 · ô E8: các số từ cột (3) trở đi lệch một cột, chuyển lại một "
        "cột thì mọi tổng đều khớp. Chép lại dòng này vào đúng cột, từ ô E8.",
        further="mọi cột của dòng",
    ),
    _error(
        "PK01",
        "Số phiếu hài lòng lớn hơn số phiếu hợp lệ",
        "Mức độ hài lòng tính trên phiếu hợp lệ; phiếu hài lòng là một phần của phiếu hợp lệ.",
        source="Biểu khảo sát mức độ hài lòng: phát ra ≥ thu về ≥ hợp lệ ≥ hài lòng.",
        missing="none_arising_is_zero",
        example="PK01 · Cơ quan A · Biểu 04 · ô G8: số phiếu hài lòng, rất hài lòng (120) lớn hơn số "
        "phiếu hợp lệ (100). Kiểm tra lại ô G8 hoặc F8.",
        further="số phiếu hài lòng và số phiếu hợp lệ của dòng",
    ),
    _warning(
        "PK02",
        "Số phiếu thu về, hợp lệ không khớp số phiếu phát ra, thu về",
        "Không thể thu về nhiều hơn phát ra, hợp lệ nhiều hơn thu về; mức độ hài lòng vẫn tính "
        "được nhưng cần đơn vị xác nhận.",
        source="Biểu khảo sát mức độ hài lòng: phát ra ≥ thu về ≥ hợp lệ ≥ hài lòng.",
        missing="none_arising_is_zero",
        example="PK02 · Cơ quan A · Biểu 04 · ô F8: số phiếu hợp lệ (100) lớn hơn số phiếu thu về (90). "
        "Kiểm tra lại ô F8 hoặc E8.",
    ),
    _warning(
        "QH01",
        "Nhóm người nằm trong nhóm khác lại nhiều hơn nhóm đó",
        "Ai thuộc nhóm nhỏ thì cũng thuộc nhóm lớn của cùng đơn vị; số của nhóm nhỏ nhiều hơn cho "
        "thấy hai dòng lấy khác phạm vi. Số liệu vẫn dùng, đơn vị xác nhận.",
        source="Mục within của mục tiêu trong plan.toml.",
        missing="none_arising_is_zero",
        example="QH01 · Cơ quan A · Biểu 01-A · ô F8: tổng số (60) lớn hơn tổng số của “Cán bộ, công chức "
        "được truyền thông” (50), trong khi đây là nhóm thuộc nội dung đó. Kiểm tra lại ô F8 hoặc "
        "F7.",
    ),
    _error(
        "QH02",
        "Chỉ tiêu thành phần lớn hơn chỉ tiêu chung",
        "Chỉ tiêu “trong đó” lấy từ cùng nguồn với chỉ tiêu chung nên không thể lớn hơn; lớn hơn "
        "nghĩa là một trong hai dòng ghi nhầm hoặc lấy khác nguồn, nên chưa dùng được số nào.",
        source="Mục part_of của mục tiêu trong plan.toml.",
        missing="none_arising_is_zero",
        example="QH02 · Cơ quan A · Biểu 01-A · ô F13: tổng số (60) lớn hơn tổng số của “Người dân hài "
        "lòng” (50), trong khi đây là một phần của nội dung đó. Kiểm tra lại ô F13 hoặc F12.",
        further="số của chỉ tiêu thành phần và của chỉ tiêu chung",
    ),
    _warning(
        "QH03",
        "Hồ sơ xử lý trực tuyến nhiều hơn hồ sơ nộp trực tuyến",
        "Hồ sơ xử lý hoàn toàn trực tuyến phải được nộp trực tuyến, trong kỳ hoặc từ kỳ trước "
        "chuyển qua; nhiều hơn nghĩa là đã đếm cả hồ sơ nộp trực tiếp.",
        source="Cách tính mục tiêu (total_sources trong plan.toml) và biểu II.06a, cột (4), (6).",
        missing="none_arising_is_zero",
        example="QH03 · Cơ quan A · Biểu 01-A · ô G14: số đã thực hiện (90) lớn hơn số hồ sơ nộp trực "
        "tuyến và từ kỳ trước chuyển qua (70). Kiểm tra lại ô G14, E8 (Biểu 03), G8 (Biểu 03).",
    ),
    _warning(
        "QH04",
        "Trả lời trái với hoạt động đã ghi",
        "Cùng một việc hỏi ở hai biểu: trả lời “Có” mà biểu hoạt động ghi 0 thì chưa chứng minh "
        "được; trả lời “Không” mà có hoạt động thì đơn vị bị tính là chưa thực hiện.",
        source="Mục shown_by của mục tiêu trong plan.toml.",
        missing="none_arising_is_zero",
        example="QH04 · Cơ quan A · Biểu 01-B · ô F8: trả lời “Không” nhưng “Nội dung HT.b” ghi 4. Kiểm "
        "tra lại ô F8 hoặc F8 (Biểu 02).",
    ),
    _warning(
        "QH05",
        "Phiếu của các lĩnh vực nhiều hơn phiếu chung của cùng nguồn đo",
        "Phiếu về từng lĩnh vực là một phần của phiếu chung do cùng nguồn đo; nhiều hơn nghĩa là "
        "dòng chung ghi thiếu hoặc hai dòng lấy khác nguồn.",
        source="Mục part_of của mục tiêu và các nguồn đo (source, area) trong plan.toml.",
        missing="none_arising_is_zero",
        example="QH05 · Cơ quan A · Biểu 04 · ô F8: tổng phiếu hợp lệ của các lĩnh vực theo “Đơn vị” (60) "
        "lớn hơn số phiếu hợp lệ chung (50). Kiểm tra lại ô F8, F9.",
    ),
    _warning(
        "KP01",
        "Có kinh phí đã thực hiện nhưng không có hoạt động nào",
        "Kinh phí tuyên truyền đã chi phải gắn với hoạt động; không ghi hoạt động nào nghĩa là "
        "biểu hoạt động ghi thiếu hoặc kinh phí không phải của nội dung này.",
        source="Biểu hoạt động (khoản 2 Mục II của Kế hoạch) đối chiếu biểu kinh phí (khoản 3 Mục II).",
        missing="none_arising_is_zero",
        example="KP01 · Cơ quan A · Biểu 02 · ô G9: đã chi 40.000.000 đồng nhưng mọi hình thức tuyên "
        "truyền đều ghi 0 hoặc không phát sinh. Bổ sung hoạt động đã thực hiện hoặc kiểm tra lại ô G9.",
    ),
    _warning(
        "KP02",
        "Kinh phí đã thực hiện lớn hơn dự toán được giao",
        "Chi vượt dự toán giao là không được phép hoặc là ghi nhầm đơn vị tiền, nhầm dòng; số "
        "được in trong báo cáo nên cần xác nhận.",
        source="Khoản 3 Mục II của Kế hoạch: kinh phí giao trong dự toán hằng năm.",
        example="KP02 · Cơ quan A · Biểu 02 · ô G9: kinh phí đã thực hiện (40.000.000 đồng) lớn hơn dự "
        "toán được giao (30.000.000 đồng). Kiểm tra lại ô G9 hoặc F9.",
    ),
    _error(
        "KP03",
        "Số tiền quá nhỏ, có thể ghi bằng triệu đồng hoặc nghìn đồng",
        "Biểu ghi bằng đồng. Số dưới ngưỡng thường là triệu đồng ghi tắt; cộng vào tổng thì sai "
        "hàng nghìn, hàng triệu lần. Ngưỡng at_least tính bằng đồng.",
        source="Biểu kinh phí: đơn vị tính là đồng.",
        example="KP03 · Cơ quan A · Biểu 02 · ô F9: ghi 45 đồng, 40 đồng, quá nhỏ đối với một khoản kinh "
        "phí: có thể đã ghi bằng triệu đồng hoặc nghìn đồng. Ghi đủ số đồng vào ô F9, G9.",
        limit=Limit("at_least", 100_000, "đồng"),
    ),
    _error(
        "DV01",
        "Số của đơn vị đã nằm trong báo cáo của cấp trên",
        "Cấp trên đã ghi một dòng riêng cho đơn vị này; cộng cả hai thì tính hai lần. Số của đơn "
        "vị chưa đưa vào tổng hợp cho đến khi rõ dùng số nào; hai số khác nhau thì số của cấp "
        "trên cũng vậy.",
        source="Mục parent của đơn vị trong units.toml; biểu chi tiết theo xã của cấp trên.",
        scope="units",
        example="DV01 · Cơ quan B · Biểu 01-A · ô F14: “Cán bộ, công chức được truyền thông” (50) đã có "
        "trong báo cáo của Huyện H, dòng “Cơ quan B” (48). Hai đơn vị thống nhất số nào được "
        "tính.",
        further="số của đơn vị; hai số khác nhau thì cả số của cấp trên",
    ),
    _warning(
        "DV02",
        "Đơn vị và cấp trên cùng báo cáo về người của mình",
        "Số của cấp trên có thể đã gồm người của đơn vị trực thuộc, khi đó tổng số tính hai lần. "
        "Số liệu vẫn dùng, cấp trên xác nhận phạm vi.",
        source="Mục parent của đơn vị trong units.toml.",
        scope="units",
        example="DV02 · Cơ quan B · Biểu 01-A · ô F15: Cơ quan A là cấp trên và cũng báo cáo “Cán bộ, "
        "công chức được truyền thông”. Xác nhận số của Cơ quan A không gồm người của Cơ quan B.",
    ),
    _warning(
        "DV03",
        "Số liệu giống hệt đơn vị khác",
        "Hai đơn vị có hầu hết con số trùng nhau (từ 80%) thường là chép biểu của nhau rồi sửa vài chỗ. "
        "Ngưỡng at_least là số con số lớn hơn 0 phải cùng trùng.",
        source="So sánh mọi con số giữa các đơn vị.",
        scope="units",
        example="DV03 · Cơ quan B · Biểu 01-A · ô F17: 06 con số giống hệt Cơ quan A. Đề "
        "nghị đơn vị xác nhận số liệu là của mình.",
        limit=Limit("at_least", 6, "con số"),
    ),
    _warning(
        "DV04",
        "Nhiều đơn vị dùng chung một đường dẫn minh chứng",
        "Câu hỏi về việc của chính đơn vị mà minh chứng là bài của đơn vị khác thì chưa chứng "
        "minh được câu trả lời “Có”.",
        source="Hướng dẫn điền biểu mẫu có/không: cột Đường dẫn hoặc số văn bản.",
        scope="units",
        example="DV04: 03 đơn vị dùng chung đường dẫn minh chứng https://mau.vn/tin-1: Cơ quan A, Cơ quan B "
        "và Cơ quan C. Bài đăng chung của tỉnh thì chấp nhận một lần; không thì đề nghị từng đơn vị ghi "
        "đường dẫn bài của mình.",
        settled=Settled.LOOKED_AT,
    ),
    _warning(
        "DV05",
        "Hai đơn vị cùng kê một văn bản",
        "Một văn bản chỉ do một cơ quan ban hành; kê ở hai nơi thì tổng số văn bản bị tính hai lần.",
        source="Số, ký hiệu và ngày ban hành ở danh sách văn bản của từng đơn vị.",
        scope="units",
        example="DV05 · Cơ quan B · Biểu 02 · ô F9: văn bản Kế hoạch số 12/KH-UBND đã có trong danh sách "
        "của Cơ quan A. Chỉ kê văn bản do chính đơn vị ban hành.",
    ),
    _warning(
        "NT01",
        "Số liệu giống hệt năm trước",
        "Mọi con số trùng với năm trước thường là gửi lại biểu cũ. Ngưỡng at_least là số con số "
        "lớn hơn 0 phải cùng trùng.",
        source="Bảng nguồn số liệu của báo cáo năm trước (bao-cao-<năm>.json).",
        needs="last_year",
        example="NT01 · Cơ quan A · Biểu 01-A · ô F14: 06 con số của các mục tiêu giống hệt báo cáo năm "
        "2025. Đề nghị đơn vị xác nhận đã cập nhật số liệu năm 2026.",
        limit=Limit("at_least", 6, "con số"),
    ),
    _warning(
        "NT02",
        "Số đã thực hiện thay đổi nhiều so với năm trước",
        "Tăng, giảm vượt ngưỡng (at_most, tính theo % của năm trước) thường do đổi cách tính, sai "
        "phạm vi, thừa thiếu chữ số. Tổng số thay đổi tương ứng thì chỉ nêu ở tổng số.",
        source="Bảng nguồn số liệu của báo cáo năm trước (bao-cao-<năm>.json).",
        needs="last_year",
        example="NT02 · Cơ quan A · Biểu 01-A · ô G14: số đã thực hiện (40) giảm 60% so với năm 2025 "
        "(100). Kiểm tra lại ô G14; đúng thì ghi lý do ở cột Ghi chú.",
        limit=Limit("at_most", 50, "%"),
    ),
    _warning(
        "NT03",
        "Tổng số thay đổi nhiều so với năm trước",
        "Số người, số đài, số thủ tục ít biến động trong một năm; vượt ngưỡng (at_most, tính theo "
        "% của năm trước) thường do đổi phạm vi, làm đổi tỷ lệ của toàn tỉnh. Hồ sơ, phiếu, ý "
        "kiến biến động nhiều hơn nên chỉ xét theo ngưỡng của NT02.",
        source="Bảng nguồn số liệu của báo cáo năm trước (bao-cao-<năm>.json). Mức 10% theo thông lệ "
        "kiểm tra mẫu số của thống kê y tế (DHIS2).",
        needs="last_year",
        example="NT03 · Cơ quan A · Biểu 01-A · ô F14: tổng số (120) tăng 20% so với năm 2025 (100). Kiểm "
        "tra lại ô F14; đúng thì ghi lý do ở cột Ghi chú.",
        limit=Limit("at_most", 10, "%"),
    ),
    _warning(
        "NT04",
        "Số tiền, số lượng lệch hàng trăm lần so với năm trước",
        "Lệch từ ngưỡng (at_most, số lần) trở lên thường do năm này ghi đồng, năm kia ghi triệu "
        "đồng hoặc thừa ba chữ số 0; số này vào thẳng tổng của toàn tỉnh.",
        source="Bảng nguồn số liệu của báo cáo năm trước (bao-cao-<năm>.json).",
        needs="last_year",
        example="NT04 · Cơ quan A · Biểu 02 · ô F9: “Đã chi” (40.000.000 đồng) gấp khoảng 1.000 lần năm "
        "2025 (40.000 đồng). Kiểm tra lại ô F9 (đơn vị tính, số chữ số 0).",
        limit=Limit("at_most", 500, "lần"),
    ),
    _warning(
        "NT05",
        "Số của năm nhỏ hơn số 6 tháng đầu năm",
        "Hồ sơ, phiếu, ý kiến, số cuộc, số tin, bài tính từ đầu năm nên chỉ tăng thêm: số của năm nhỏ hơn số "
        "6 tháng thì một trong hai số sai, hoặc đơn vị chỉ ghi số của 6 tháng cuối năm.",
        source="Bảng nguồn số liệu của báo cáo 6 tháng (bao-cao-<năm>-6T.json).",
        example="NT05 · Cơ quan A · Biểu 02 · ô F12: “Số cuộc” (3) nhỏ hơn số 6 tháng đầu năm 2026 (5); số "
        "của năm gồm cả 6 tháng đầu năm. Kiểm tra lại ô F12; số 6 tháng sai thì ghi ở Ghi chú.",
    ),
    _warning(
        "HL01",
        "Mọi mục tiêu đều đạt đúng 100%",
        "Kết quả thật hiếm khi tròn 100% ở mọi nội dung; thường là tử số chép từ mẫu số. Ngưỡng "
        "at_least là số nội dung có tổng số lớn hơn 0.",
        source="Kinh nghiệm đối chiếu số liệu; không phải quy định.",
        example="HL01 · Cơ quan A · Biểu 01-A · ô G14: cả 04 nội dung có số liệu đều đúng 100%. Đề nghị "
        "đơn vị xác nhận số đã thực hiện không chép từ tổng số.",
        limit=Limit("at_least", 4, "nội dung"),
    ),
    _info(
        "HL02",
        "Ít phiếu mà chưa đạt mức hài lòng",
        "Dưới ngưỡng số phiếu (at_least) thì một, hai phiếu đã làm đổi kết luận; cân nhắc trước "
        "khi nêu tên đơn vị chưa đạt trong báo cáo.",
        source="Cỡ mẫu tối thiểu do hồ sơ của tỉnh đặt, mặc định 30 phiếu.",
        example="HL02 · Cơ quan A · Biểu 01-A · ô F14: chỉ có 12 phiếu hợp lệ: tỷ lệ hài lòng 66,7% (mục "
        "tiêu 90%) chưa đủ cơ sở để kết luận.",
        limit=Limit("at_least", 30, "phiếu"),
    ),
    _warning(
        "HL03",
        "Số người, số đài lệch xa các đơn vị cùng loại",
        "Lệch xa mức giữa của nhóm thường do đếm lượt thay cho người, thừa thiếu chữ số, gồm cả đơn vị "
        "trực thuộc. Mức lệch tính theo độ phân tán của chính nhóm (at_most, số lần độ lệch trung vị) và "
        "ít nhất 5 lần mức giữa; nhóm ít đơn vị hơn at_least thì không so.",
        source="So sánh các đơn vị cùng loại trong cùng kỳ; không phải quy định.",
        scope="units",
        example="HL03 · Cơ quan A · Biểu 01-A · ô F14: tổng số (12.000 người) gấp khoảng 120 lần mức giữa "
        "của 07 đơn vị cùng loại (100). Kiểm tra lại ô F14; đúng thì ghi lý do ở cột Ghi chú.",
        limit=Limit("at_most", 3, "lần"),
        group=Limit("at_least", 6, "đơn vị"),
    ),
    _warning(
        "HL04",
        "Số hồ sơ trên mỗi người lệch xa các đơn vị cùng loại",
        "Hồ sơ nhiều hay ít so với số người của đơn vị, lệch xa nhóm thường do thừa thiếu chữ số, lấy lũy kế "
        "nhiều năm. Mức lệch tính như HL03.",
        source="So sánh các đơn vị cùng loại trong cùng kỳ; không phải quy định.",
        scope="units",
        example="HL04 · Cơ quan A · Biểu 01-A · ô F15: 2.000.000 hồ sơ, tính trên mỗi người của đơn vị gấp "
        "khoảng 1.000 lần mức giữa của 07 đơn vị cùng loại. Kiểm tra lại ô F15 và số người của đơn vị; đúng "
        "thì ghi lý do ở cột Ghi chú.",
        limit=Limit("at_most", 3, "lần"),
        group=Limit("at_least", 6, "đơn vị"),
    ),
    _warning(
        "HL05",
        "Mọi con số đều ghi 0",
        "Số 0 nghĩa là đã đếm và không có; cả biểu toàn số 0 thường là ghi 0 thay cho chưa có số liệu, khi "
        "đó đơn vị vẫn tính là đã có số liệu. Ngưỡng at_least là số con số phải cùng bằng 0.",
        source="Hướng dẫn điền biểu mẫu: không ghi 0 thay cho chưa có số liệu.",
        example="HL05 · Cơ quan A · Biểu 01-A · ô F14: cả 06 con số đều ghi 0. Đề nghị đơn vị xác nhận đã "
        "đếm và không có; không phát sinh, chưa có số liệu thì chọn tình trạng.",
        limit=Limit("at_least", 6, "con số"),
    ),
    _warning(
        "HL06",
        "Mọi con số giống nhau",
        "Một số ghi cho mọi nội dung thường là điền cho đủ. Ngưỡng at_least là số con số lớn hơn 0 phải cùng "
        "bằng nhau.",
        source="Kinh nghiệm đối chiếu số liệu; không phải quy định.",
        example="HL06 · Cơ quan A · Biểu 01-A · ô F14: cả 06 con số đều ghi 100. Đề nghị đơn vị xác nhận, "
        "hoặc ghi lại số của từng nội dung.",
        limit=Limit("at_least", 6, "con số"),
    ),
    _warning(
        "VB01",
        "Chữ giữ chỗ chưa thay bằng nội dung",
        "Nội dung này được đưa vào báo cáo, bảng kê; dấu chấm lửng, “[…]”, “xxx”, chữ gõ thử in "
        "ra thì hỏng văn bản.",
        source="Hướng dẫn điền biểu mẫu: không có nội dung thì để trống.",
        example="VB01 · Cơ quan A · Biểu 02 · ô F8: “Kết quả: […]” còn chữ giữ chỗ. Ghi nội dung hoặc để "
        "trống ô F8.",
    ),
    _warning(
        "VB02",
        "Có số giấy tờ tùy thân hoặc số điện thoại của cá nhân",
        "Biểu tổng hợp không thu thập dữ liệu cá nhân; bảng kê và báo cáo được gửi đi nhiều nơi. "
        "Thông báo không nhắc lại số đó.",
        source="Quy định về bảo vệ dữ liệu cá nhân; biểu chỉ hỏi số liệu tổng hợp.",
        example="VB02 · Cơ quan A · Biểu 02 · ô F8: nội dung có số giống số căn cước của cá nhân. Xóa số "
        "này khỏi ô F8 rồi gửi lại.",
    ),
    _warning(
        "DC10",
        "Số của đơn vị khác số của cơ quan quản lý hệ thống",
        "Hai nguồn lệch nhau thường do chậm đồng bộ hoặc khác phạm vi; số của đơn vị vẫn dùng, "
        "đơn vị xác nhận hoặc sửa để chênh lệch của toàn tỉnh giải thích được.",
        source="Sổ đối chiếu so-doi-chieu.xlsx; mục control của mục tiêu trong plan.toml.",
        needs="controls",
        example="DC10 · Cơ quan A · Biểu 01-A · ô F14: tổng số (100) khác số của Hệ thống thông tin giải "
        "quyết thủ tục hành chính đến ngày 31/10/2025 (120). Kiểm tra lại ô F14, hoặc cho biết lý "
        "do.",
    ),
    _info(
        "TH01",
        "Gửi sau thời hạn quy định",
        "Số liệu gửi muộn vẫn được dùng; báo cáo nêu tình hình chấp hành thời hạn. Đơn vị gửi lại "
        "bản chỉnh lý thì xét theo lần gửi đầu.",
        source="Thời hạn báo cáo trong kế hoạch (mục deadline của plan.toml), tính theo ngày của văn bản "
        "gửi.",
        example="TH01 · Cơ quan A: báo cáo ngày 18/12/2025, gửi sau thời hạn quy định 3 ngày.",
    ),
    _info(
        "TH02",
        "Chưa gửi báo cáo",
        "Đơn vị chưa gửi làm giảm độ phủ của mọi kết quả; tên đơn vị đưa vào văn bản đôn đốc. Đơn "
        "vị đã gửi tệp nhưng chưa dùng được thì không nêu ở đây mà nêu theo lỗi của tệp; còn "
        "trong thời hạn thì chưa nêu (xem lệnh status).",
        source="Thời hạn báo cáo trong kế hoạch (mục deadline của plan.toml) và danh sách đơn vị "
        "(units.toml).",
        missing="is_the_fault",
        by_day=True,
        example="TH02 · Cơ quan A: chưa gửi báo cáo; thời hạn là ngày 15/12/2025.",
        settled=Settled.SENT,
    ),
    _warning(
        "TH03",
        "Không ghi ngày của văn bản gửi báo cáo",
        "Đúng hạn hay muộn được xét theo ngày của văn bản, không theo giờ của tệp trên máy tính.",
        source="Trang ký của biểu mẫu: ngày ký, gửi báo cáo.",
        missing="is_the_fault",
        example="TH03 · Cơ quan A: chưa ghi ngày của văn bản gửi báo cáo nên chưa xét được thời hạn. Ghi "
        "ngày của văn bản vào sổ theo dõi.",
        settled=Settled.TRACKED,
        signing="Ngày ký, gửi báo cáo",
    ),
    _warning(
        "TH04",
        "Ngày gửi ở sau ngày kiểm tra",
        "Ngày gửi quyết định đúng hạn hay muộn và bản nào có hiệu lực; ngày chưa tới là ghi nhầm.",
        source="Trang ký của biểu mẫu: ngày ký, gửi báo cáo; sổ theo dõi: ngày gửi.",
        by_day=True,
        example="TH04 · Cơ quan A: ngày gửi báo cáo (05/01/2026) ở sau ngày kiểm tra (31/12/2025). Kiểm "
        "tra lại ngày, tháng, năm ở trang ký hoặc ở sổ theo dõi.",
        asks="Kiểm tra lại ngày, tháng, năm ở phần ký xác nhận của biểu.",
        signing="Ngày ký, gửi báo cáo",
    ),
    _info(
        "TH05",
        "Ký trước ngày chốt số liệu",
        "Văn bản ký trước ngày chốt không thể có số liệu đến ngày chốt; hỏi đơn vị số liệu tính "
        "đến ngày nào. Ngưỡng at_most là số ngày trước ngày chốt còn bỏ qua.",
        source="Kỳ số liệu trong kế hoạch (mục period của plan.toml).",
        example="TH05 · Cơ quan A: văn bản ngày 12/11/2025, trước ngày chốt số liệu (30/11/2025) 18 ngày. "
        "Đề nghị đơn vị xác nhận số liệu tính đến ngày nào, bổ sung nếu thiếu.",
        limit=Limit("at_most", 7, "ngày"),
        signing="Ngày ký, gửi báo cáo",
    ),
    _warning(
        "MK01",
        "Mã đối chiếu không khớp số liệu trong tệp",
        "Mã đối chiếu in trên trang ký được tính từ mọi ô số; khác nhau nghĩa là số liệu trong "
        "tệp đã đổi sau khi ký, mà bản có chữ ký mới là bản có giá trị.",
        source="Trang ký của biểu mẫu: mã đối chiếu.",
        example="MK01 · Cơ quan A: mã đối chiếu ghi trong tệp (3036) khác mã tính lại từ số liệu (3041). "
        "Đề nghị đơn vị xác nhận bản đã ký hoặc gửi lại tệp.",
        signing="Mã đối chiếu",
    ),
    _warning(
        "MK02",
        "Bản ký khác tệp Excel",
        "Bản có chữ ký mới là bản có giá trị. Bốn chữ số trên bản ký khác mã tính từ số liệu "
        "trong tệp nghĩa là đơn vị ký một bộ số liệu và gửi một bộ khác.",
        source="Sổ theo dõi: mã đối chiếu trên bản ký; trang ký của biểu mẫu: mã đối chiếu.",
        example="MK02 · Cơ quan A · Năm 2025 · ô F5: mã đối chiếu trên bản ký (3036) khác mã của tệp "
        "Excel (3041). Đề nghị đơn vị gửi lại tệp đúng với bản ký, hoặc kiểm tra lại bốn chữ số "
        "đã ghi.",
        asks="Gửi lại tệp đúng với bản đã ký.",
        signing="Mã đối chiếu",
    ),
    _info(
        "MT01",
        "Chưa đạt mục tiêu",
        "Không phải lỗi số liệu: nêu để người tổng hợp giải trình trong báo cáo. So sánh trên số "
        "nguyên nên 79,95% là chưa đạt 80% dù làm tròn thành 80,0%.",
        source="Mục tiêu của kế hoạch (mục thresholds trong plan.toml).",
        scope="units",
        example="MT01: “Hồ sơ xử lý hoàn toàn trực tuyến” chưa đạt: 1.599/2.000 hồ sơ (79,95%), thiếu 1 "
        "hồ sơ, mục tiêu tối thiểu 80%; số liệu của 4/4 đơn vị.",
        settled=Settled.REPORTED,
    ),
    _warning(
        "MT02",
        "Kết quả của toàn tỉnh dựa trên ít phiếu",
        "Dưới ngưỡng số phiếu (at_least) thì tỷ lệ chưa đại diện; báo cáo nên ghi rõ số phiếu, "
        "không kết luận mạnh.",
        source="Cỡ mẫu tối thiểu do hồ sơ của tỉnh đặt, mặc định 30 phiếu.",
        scope="units",
        example="MT02: “Người dân hài lòng” chỉ dựa trên 20 phiếu của 2/3 đơn vị (95%). Ghi rõ số phiếu "
        "khi nêu kết quả, hoặc bổ sung số liệu.",
        limit=Limit("at_least", 30, "phiếu"),
        settled=Settled.REPORTED,
    ),
    _warning(
        "MT03",
        "Số lượng chưa kết luận được do còn đơn vị chưa có số liệu",
        "Số của đơn vị còn thiếu chỉ làm tăng thêm: hết hạn gửi mà không chờ nữa thì kết thúc thu nhận, chỉ "
        "tiêu được kết luận theo số đã có.",
        source="Mục tiêu đếm số lượng của kế hoạch.",
        scope="units",
        example="MT03: 1 chỉ tiêu đếm số lượng (T6) chưa kết luận: còn 1 đơn vị chưa có số liệu. Chờ đơn vị "
        "gửi; không chờ nữa thì kết thúc thu nhận số liệu.",
        settled=Settled.CLOSED,
    ),
)
