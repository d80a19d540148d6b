"""The codes that intake gives its findings, and how intake makes one."""

from __future__ import annotations

from dataclasses import dataclass

from dvctt_report.model import CellRef, Finding, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A code of intake: its severity, what it is about, why it is asked. Codes are never reused."""

    code: str
    severity: Severity
    title: str
    rationale: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

INTAKE_CODES: tuple[Code, ...] = (
    Code("NH01", _E, "Tệp không đọc được", "Nêu lý do thật và cách xử lý; đơn vị vẫn tính là chưa gửi biểu."),
    Code(
        "NH02", _E, "Không phải biểu mẫu đã cấp", "Chỉ đọc số liệu khi biết chắc ô nào trả lời nội dung nào."
    ),
    Code("NH03", _E, "Biểu của năm khác", "Số của năm khác không được lẫn vào báo cáo năm nay."),
    Code("NH04", _E, "Mã đơn vị không có trong danh sách", "Không đoán đơn vị theo tên tệp."),
    Code("NH05", _E, "Biểu của kế hoạch khác hoặc phiên bản khác", "Nội dung, cách tính có thể khác."),
    Code("NH06", _E, "Một đơn vị có hai tệp khác nhau", "Phải chọn một tệp; không tự lấy tệp mới hơn."),
    Code("NH07", _I, "Tệp gửi lại giống hệt", "Chỉ tính một lần."),
    Code("NH08", _I, "Tệp bỏ qua", "Tệp tạm, tệp hệ thống; liệt kê để không bị hiểu là mất."),
    Code("NH09", _E, "Thiếu dòng, cột của biểu", "Nội dung không còn chỗ trả lời trong tệp gửi về."),
    Code("NH10", _W, "Tệp có macro", "Macro không được chạy; chỉ đọc số liệu."),
    Code("NH11", _E, "Một nội dung có hai dòng trả lời", "Không biết dòng nào là của đơn vị."),
    Code("NH12", _E, "Biểu trống", "Biểu chưa điền gì không phải là báo cáo; đơn vị vẫn tính là chưa gửi."),
    Code(
        "NH13",
        _I,
        "Văn bản kèm theo biểu",
        "Bản ký (PDF, ảnh, Word) gửi cùng biểu Excel, hoặc bản quét của báo cáo giấy đã ghi sổ: giữ làm minh "
        "chứng.",
    ),
    Code(
        "NH20",
        _W,
        "Tệp .ods hoặc trang web: chỉ đọc được giá trị",
        "Không thấy định dạng ô, ô báo lỗi, công thức chưa tính; con số có thể bị đọc khác.",
    ),
    Code("NH21", _E, "Chương trình lỗi khi đọc tệp", "Lỗi ở một tệp không được làm mất các tệp khác."),
    Code("NH40", _W, "Nhận đơn vị theo bìa", "Tệp mất mã nhận dạng; tên trên bìa chỉ khớp một đơn vị."),
    Code("NH41", _E, "Không xác định được đơn vị hoặc năm", "Không đoán; nêu các đơn vị có tên gần nhất."),
    Code("NH42", _E, "Mã của biểu và bìa trái nhau", "Có thể đã chép biểu của đơn vị khác, năm khác."),
    Code(
        "NH43", _W, "Tên tệp hoặc bìa nói đến đơn vị khác", "Nhận theo mã, không theo tên tệp; cần xác nhận."
    ),
    Code(
        "NH44",
        _W,
        "Số liệu ở chỗ bị ẩn",
        "Số ở trang tính, dòng, cột ẩn vẫn được tính; người gửi có thể quên.",
    ),
    Code(
        "NH45", _W, "Biểu có hai bản trong một tệp", "Dùng bản có số liệu; bản trống hoặc giống hệt bỏ qua."
    ),
    Code("NH46", _E, "Hai trang tính cùng khớp một bảng", "Không biết trang tính nào là của báo cáo."),
    Code("NH47", _E, "Bảng là ảnh", "Số trong ảnh không đọc được."),
    Code(
        "NH48",
        _W,
        "Ảnh, hộp chữ có thể chứa số liệu",
        "Chỉ đọc ô; nội dung trong ảnh, hộp chữ không vào tổng hợp.",
    ),
    Code("NH49", _I, "Trang tính ngoài biểu", "Không đọc số liệu; liệt kê để không bị hiểu là mất."),
    Code("NH50", _W, "Bảng nhận theo nhãn", "Mất mã dòng, cột; nhận theo tiêu đề và nhãn in sẵn."),
    Code("NH51", _W, "Nhãn đã sửa", "Nhãn gần giống nhãn của biểu; vẫn dùng, cần xác nhận."),
    Code("NH52", _W, "Dòng đơn vị tự thêm", "Biểu không hỏi; không cộng vào đâu."),
    Code("NH53", _E, "Ô gộp trùm nhiều câu trả lời", "Không biết số liệu thuộc dòng, cột nào."),
    Code("NH54", _I, "Ghi chú gắn vào ô", "Lời giải thích của đơn vị được giữ lại."),
    Code("NH55", _I, "Gộp nhiều tệp của một đơn vị", "Mỗi tệp trả lời một phần, không trái nhau."),
    Code(
        "NH56",
        _W,
        "Số ghi ở ô không phải ghi",
        "Ô xám của biểu không hỏi đơn vị: số ở đó không được cộng vào đâu, có thể là của ô khác.",
    ),
    Code("NH60", _I, "Bản đã được thay", "Giữ mọi bản đã nhận; mỗi đơn vị chỉ một bản có hiệu lực."),
    Code(
        "NH61",
        _I,
        "Bản có hiệu lực thay cho bản trước",
        "Văn bản gửi sau thay văn bản gửi trước, xét theo ngày gửi, không theo giờ của tệp; nêu rõ ô đổi.",
    ),
    Code("NH62", _I, "Tệp bị loại theo quyết định", "Nêu ai loại, khi nào, vì sao; có thể hoàn lại."),
    Code(
        "NH63", _I, "Khác tệp nhưng cùng nội dung", "Lưu lại trong Excel làm tệp khác đi, số liệu thì không."
    ),
    Code(
        "NH64",
        _W,
        "Tệp ghi đè lên bản có ngày gửi muộn hơn",
        "Có thể đã chép nhầm bản cũ đè lên bản mới.",
    ),
    Code(
        "NH65",
        _W,
        "Tệp đã nhận không còn trong thư mục nhận",
        "Số liệu của đơn vị không còn được dùng; nguyên tệp vẫn ở trong sổ nhận, có thể dùng lại.",
    ),
    Code("NH66", _W, "Tệp đang bị khóa, dùng bản đã nhận", "Tệp có thể đã khác bản nhận lần trước."),
    Code(
        "NH67",
        _I,
        "Đơn vị chỉ gửi bản giấy",
        "Ghi tay ở sổ theo dõi, có số văn bản: tính là đã gửi, chưa có số liệu để tổng hợp.",
    ),
    Code("NH70", _E, "Sổ theo dõi không đọc được", "Dùng tạm nội dung đã đọc lần trước."),
    Code("NH71", _E, "Ngày gửi ở sổ theo dõi không dùng được", "Ngày gửi quyết định đúng hạn hay muộn."),
    Code("NH72", _E, "Mã đối chiếu ở sổ theo dõi không phải bốn chữ số", "Không so được với tệp Excel."),
    Code("NH73", _W, "Kênh nhận ngoài danh sách", "Giữ nguyên văn; chọn trong danh sách thì mới lọc được."),
    Code("NH74", _E, "Mã đơn vị ở sổ theo dõi không có trong danh sách", "Không đoán đơn vị."),
    Code(
        "NH75",
        _W,
        "Dòng của sổ theo dõi chưa biết thuộc tệp nào",
        "Ngày gửi, số văn bản của dòng đó chưa được dùng.",
    ),
    Code(
        "NH76",
        _W,
        "Sổ theo dõi có ghi nhưng chưa có tệp, chưa có số văn bản",
        "Chỉ tính là đã gửi bản giấy khi có số, ký hiệu văn bản.",
    ),
    Code(
        "NH90", _W, "Bảng kê chỉnh lý gửi lại không dùng được", "Của năm khác, kế hoạch khác hoặc mất khóa."
    ),
    Code(
        "NH91",
        _W,
        "Ý kiến ghi ở bảng kê chỉnh lý không rõ",
        "Chỉ ba câu trả lời: Đã sửa, Giữ nguyên, Chưa có số liệu; câu khác phải hỏi lại.",
    ),
    Code("NH92", _I, "Bảng kê chỉnh lý gửi lại chưa có ý kiến", "Đơn vị có thể gửi nhầm bản chưa điền."),
    Code(
        "NH93",
        _W,
        "Hai bảng kê chỉnh lý trả lời khác nhau",
        "Cùng một lần lập mà hai câu trả lời: không tự chọn; loại một tệp.",
    ),
    Code("DL01", _E, "Không phải con số", "Cần một con số nguyên chính xác."),
    Code("DL02", _E, "Số âm", "Số đếm không thể âm."),
    Code("DL03", _E, "Số lẻ", "Số đếm phải nguyên."),
    Code("DL04", _E, "Từ có nhiều cách hiểu", "“Không”, “x”, “nt” … là câu hỏi, không phải số 0."),
    Code("DL05", _E, "Ô báo lỗi của Excel", "Giá trị lỗi không phải là trống."),
    Code("DL06", _E, "Công thức chưa có kết quả", "Không bao giờ hiểu là 0."),
    Code("DL07", _E, "Số bị đổi thành ngày", "Excel tự đổi “1-2” thành ngày."),
    Code("DL08", _E, "Dấu chấm không rõ là nghìn hay thập phân", "“1.234” có hai cách đọc."),
    Code("DL09", _E, "Không đúng loại nội dung", "Ô chỉ nhận một trong các câu trả lời, hoặc ngày."),
    Code("DL10", _E, "Tỷ lệ ghi vào ô số lượng", "Tỷ lệ không có số lượng thì không cộng được."),
    Code("DL11", _E, "Vừa có số vừa chọn “không có số”", "Hai câu trả lời trái nhau."),
    Code("DL12", _W, "Số được đọc theo cách hiểu", "Đã dùng, đề nghị xác nhận."),
    Code("DL13", _E, "Tổng ghi đè khác tổng chi tiết", "Ô tổng phải bằng tổng các dòng chi tiết."),
    Code(
        "DL20",
        _W,
        "Chữ gõ bằng bảng mã cũ (TCVN3, VNI)",
        "Chuyển sang Unicode phải được xem lại; số không đổi.",
    ),
    Code("DL21", _E, "Hai số trong một ô", "“44/50” có thể là tử số trên mẫu số; không tự tách."),
    Code("DL22", _E, "Phép cộng gõ dưới dạng chữ", "Kết quả phải do đơn vị xác nhận; không tự cộng."),
    Code(
        "DL23",
        _W,
        "Kết quả công thức khác kết quả tính lại",
        "Tệp lưu khi Excel chưa tính lại, hoặc có ô số dạng chữ.",
    ),
    Code("DL24", _W, "Công thức lấy số từ tệp khác", "Chỉ có con số đã lưu; tệp nguồn không được mở."),
    Code(
        "DL25",
        _W,
        "Số tiền có thể không tính theo đồng",
        "Ghi theo triệu đồng vào ô đồng làm sai một triệu lần.",
    ),
    Code("DL26", _W, "Nội dung dài đến giới hạn của Excel", "Excel cắt phần sau 32.767 ký tự mà không báo."),
    Code(
        "DL27",
        _W,
        "Ngày được đọc theo cách hiểu",
        "Ngày, tháng đảo chỗ hoặc năm hai chữ số; đề nghị xác nhận.",
    ),
    Code("DC01", _E, "Sổ đối chiếu không đọc được", "Chưa lưu dòng nào; số đã lưu lần trước vẫn được dùng."),
    Code("DC02", _E, "Dòng của sổ đối chiếu không rõ mục tiêu, đơn vị", "Không đoán số của ai."),
    Code("DC03", _E, "Ô của sổ đối chiếu không dùng được", "Số đối chiếu phải chắc như số của đơn vị."),
    Code("DC04", _E, "Số đối chiếu: đã thực hiện lớn hơn tổng số", "Không thể là một phần của tổng số."),
    Code(
        "DC05",
        _E,
        "Số đối chiếu thiếu nguồn, ngày chốt hoặc văn bản",
        "Báo cáo nêu số của ai, đến ngày nào, theo văn bản nào.",
    ),
    Code(
        "DC06",
        _E,
        "Lựa chọn số được in không dùng được",
        "Chọn khác kế hoạch phải có lý do; số đối chiếu được in phải có đủ hai số.",
    ),
    Code("DC11", _I, "Đơn vị không thống nhất với số điền sẵn, có lý do", "Nêu cả hai số và lý do."),
    Code(
        "DC12",
        _W,
        "Đơn vị không thống nhất với số điền sẵn, chưa ghi lý do",
        "Số của đơn vị vẫn dùng; chênh lệch phải giải thích được.",
    ),
    Code(
        "DC13",
        _E,
        "Không thống nhất với số điền sẵn nhưng chưa ghi số của đơn vị",
        "Số điền sẵn không được tính khi đơn vị không thống nhất.",
    ),
    Code(
        "DC14",
        _E,
        "Chưa cho ý kiến về số điền sẵn",
        "Số điền sẵn chỉ là số của đơn vị khi đơn vị chọn “Thống nhất”; để trống không phải là thống nhất.",
    ),
    Code(
        "DC15",
        _E,
        "Ý kiến về số điền sẵn trái với số đã ghi",
        "Không biết số nào là của đơn vị: số thống nhất, số ghi thêm hay số cộng từ chi tiết.",
    ),
    Code(
        "DC16",
        _E,
        "Thống nhất với số điền sẵn đã bị sửa",
        "Ô khóa bị sửa nên không rõ đơn vị thống nhất với số nào.",
    ),
    Code(
        "DC17",
        _W,
        "Chưa cho ý kiến về số điền sẵn, đã có số chi tiết",
        "Số cộng từ biểu chi tiết là của đơn vị nên được dùng; ý kiến vẫn cần hỏi.",
    ),
    Code(
        "DC18",
        _W,
        "Chọn “Không thống nhất” nhưng số giống số điền sẵn",
        "Có thể chọn nhầm, hoặc quên ghi số của đơn vị.",
    ),
    Code("DC19", _W, "Số điền sẵn ở ô khóa bị sửa", "So với số đã cấp theo biểu, không theo số bị sửa."),
    Code(
        "QD01",
        _E,
        "Ô đã đính chính nay có nội dung khác",
        "Đính chính thay cho một nội dung cụ thể; đơn vị ghi khác đi thì phải quyết định lại.",
    ),
    Code(
        "QD02", _E, "Đính chính không dùng được", "Nội dung đã ghi không còn đọc được theo kế hoạch hiện nay."
    ),
    Code(
        "QD03",
        _W,
        "Đính chính của đơn vị chưa có báo cáo",
        "Đính chính thay cho ô của báo cáo đã nhận hoặc của bản giấy đã ghi ở sổ theo dõi.",
    ),
    Code(
        "QD04",
        _W,
        "Đính chính tổng khác tổng các ô chi tiết",
        "Số đính chính vẫn được dùng; hai số khác nhau phải được nêu và giải thích được.",
    ),
    Code("DL28", _W, "Ngày ngoài kỳ báo cáo", "Thường do gõ nhầm năm hoặc Excel đảo ngày, tháng."),
)

_SEVERITY = {c.code: c.severity for c in INTAKE_CODES}


def finding(
    code: str,
    message: str,
    fix: str,
    at: CellRef,
    unit: str = "",
    item: str = "",
    field: str = "",
    value: str = "",
    related: tuple[CellRef, ...] = (),
) -> Finding:
    """Make the finding of an intake code, with the severity that belongs to it."""
    return Finding(code, _SEVERITY[code], message, fix, unit, item, field, at, value, related)
