"""Codes of what stands in the cells of a return."""

from __future__ import annotations

from dvctt_report.codes.code import Code, Trait, error, info, warning

CELLS: tuple[Code, ...] = (
    error(
        "DL01",
        "Không phải con số",
        "Cần một con số nguyên chính xác.",
        fix="Nhập một con số nguyên chính xác.",
        traits=(Trait.NO_NUMBER, Trait.CHOICE_BESIDE),
    ),
    error("DL02", "Số âm", "Số đếm không thể âm.", fix="Kiểm tra lại và nhập số từ 0 trở lên."),
    error("DL03", "Số lẻ", "Số đếm phải nguyên.", fix="Nhập số nguyên, không gõ dấu chấm, dấu phẩy."),
    error(
        "DL04",
        "Từ có nhiều cách hiểu",
        "“Không”, “x”, “nt” … là câu hỏi, không phải số 0.",
        fix="Nhập một con số nguyên chính xác.",
        traits=(Trait.CHOICE_BESIDE,),
    ),
    error(
        "DL05",
        "Ô báo lỗi của Excel",
        "Giá trị lỗi không phải là trống.",
        fix="Sửa công thức trong Excel hoặc nhập thẳng con số vào ô.",
    ),
    error(
        "DL06",
        "Công thức chưa có kết quả",
        "Không bao giờ hiểu là 0.",
        fix="Mở tệp bằng Excel, bấm Lưu (Ctrl+S) để Excel tính lại rồi gửi lại tệp.",
    ),
    error(
        "DL07",
        "Số bị đổi thành ngày",
        "Excel tự đổi “1-2” thành ngày.",
        fix="Đổi định dạng ô về Số (Number) rồi nhập lại con số.",
    ),
    error(
        "DL08",
        "Dấu chấm không rõ là nghìn hay thập phân",
        "“1.234” có hai cách đọc.",
        fix="Nhập số nguyên, không gõ dấu chấm, dấu phẩy.",
    ),
    error(
        "DL09",
        "Không đúng loại nội dung",
        "Ô chỉ nhận một trong các câu trả lời, hoặc ngày.",
        fix="Chọn hoặc ghi lại cho đúng loại nội dung mà ô yêu cầu.",
    ),
    error(
        "DL10",
        "Tỷ lệ ghi vào ô số lượng",
        "Tỷ lệ không có số lượng thì không cộng được.",
        fix="Nhập số lượng, không nhập tỷ lệ phần trăm.",
    ),
    error("DL11", "Vừa có số vừa chọn “không có số”", "Hai câu trả lời trái nhau."),
    warning("DL12", "Số được đọc theo cách hiểu", "Đã dùng, đề nghị xác nhận."),
    error(
        "DL13",
        "Tổng ghi đè khác tổng chi tiết",
        "Ô tổng phải bằng tổng các dòng chi tiết.",
        fix="Xóa số ghi đè ở ô tổng để máy tự cộng, hoặc sửa ô chi tiết.",
        opening="ô tổng ghi",
        traits=(Trait.CONTRADICTION,),
    ),
    error(
        "DL14",
        "Ô hiện khác với nội dung đang lưu",
        "Người ký thấy con số hiện ra, máy đọc con số lưu trong ô: hai số phải là một.",
        fix="Đặt lại định dạng của ô là Số (Number), rồi ghi đúng con số cần báo cáo.",
    ),
    error(
        "DL15",
        "Nội dung bị gạch ngang hoặc để ở chỉ số trên, dưới",
        "Không biết phần nào còn giá trị: số đã gạch, hay số chú thích viết nhỏ.",
        fix="Ghi lại nội dung đúng, bỏ phần đã gạch; chú thích ghi ở cột ghi chú.",
    ),
    error(
        "DL16",
        "Con số suy ra từ một hệ số cố định",
        "Nhân tổng số với một tỷ lệ chọn sẵn là ước tính, không phải số đã thống kê.",
    ),
    error(
        "DL17",
        "Công thức che lỗi",
        "IFERROR thay chỗ lỗi bằng một số: con số hiện ra không do số liệu nào cộng lại.",
    ),
    warning(
        "DL18",
        "Công thức bỏ qua số ghi dạng chữ",
        "Excel không cộng ô số ghi dạng chữ: tổng thiếu mà không báo.",
    ),
    info(
        "DL19", "Chưa kiểm tra được công thức", "Công thức ngoài khả năng tính lại; kết quả đã lưu được dùng."
    ),
    warning(
        "DL20", "Chữ gõ bằng bảng mã cũ (TCVN3, VNI)", "Chuyển sang Unicode phải được xem lại; số không đổi."
    ),
    error(
        "DL21",
        "Hai số trong một ô",
        "“44/50” có thể là tử số trên mẫu số; không tự tách.",
        fix="Ghi mỗi con số vào ô của nó.",
    ),
    error(
        "DL22",
        "Phép cộng gõ dưới dạng chữ",
        "Kết quả phải do đơn vị xác nhận; không tự cộng.",
        fix="Ghi kết quả bằng một con số nguyên.",
    ),
    warning(
        "DL23",
        "Kết quả công thức khác kết quả tính lại",
        "Tệp lưu khi Excel chưa tính lại, hoặc có ô số dạng chữ.",
    ),
    warning("DL24", "Công thức lấy số từ tệp khác", "Chỉ có con số đã lưu; tệp nguồn không được mở."),
    warning(
        "DL25", "Số tiền có thể không tính theo đồng", "Ghi theo triệu đồng vào ô đồng làm sai một triệu lần."
    ),
    warning(
        "DL26",
        "Nội dung dài quá giới hạn",
        "Quá số ký tự ghi ở đề mục thì in bị cắt; quá 32.767 ký tự thì Excel cắt mà không báo.",
    ),
    warning(
        "DL27", "Ngày được đọc theo cách hiểu", "Ngày, tháng đảo chỗ hoặc năm hai chữ số; đề nghị xác nhận."
    ),
    warning("DL28", "Ngày ngoài kỳ báo cáo", "Thường do gõ nhầm năm hoặc Excel đảo ngày, tháng."),
    warning(
        "DL29",
        "Số lượng trùng với số thứ tự của một ngày trong kỳ",
        "Gõ một ngày vào ô số thì Excel giữ định dạng số và lưu số thứ tự của ngày đó.",
    ),
    warning(
        "DL30",
        "Tệp để chế độ tính tay",
        "Excel không tự tính lại: kết quả công thức có thể là của số liệu cũ.",
    ),
    warning(
        "DL31",
        "Dòng của danh sách văn bản thiếu số hoặc ngày",
        "Văn bản không có số, ngày thì không đối chiếu được; dòng không có số chưa được tính.",
    ),
    warning("DL32", "Văn bản kê lặp lại", "Một văn bản chỉ được tính một lần."),
    error(
        "DL33",
        "Dòng kê chưa rõ là một văn bản đã ban hành của đơn vị",
        "Dự thảo, văn bản đã thu hồi hoặc của đơn vị khác, hai văn bản ghi chung đều không phải một văn bản.",
    ),
    error(
        "DL34",
        "Số nhỏ ở cột có số mất hàng nghìn",
        "Máy tính dùng dấu chấm thập phân đọc “1.250” là 1,25 và “1.000” là 1: số 1 không còn phần lẻ.",
        fix="Ghi lại đủ con số, không gõ dấu chấm; nếu đúng là số nhỏ thì giữ nguyên và ghi lý do.",
    ),
)
