"""Codes of what the officer wrote (tracking book, control book, overrides) and of the units' replies."""

from __future__ import annotations

from dvctt_report.codes.code import Bars, Code, Settled, error, info, warning

BOOKS: tuple[Code, ...] = (
    error(
        "DC01",
        "Sổ đối chiếu không đọc được",
        "Chưa lưu dòng nào; số đã lưu lần trước vẫn được dùng.",
        bars=Bars.BOOK,
        settled=Settled.CONTROLLED,
    ),
    error(
        "DC02",
        "Dòng của sổ đối chiếu không rõ mục tiêu, đơn vị",
        "Không đoán số của ai.",
        bars=Bars.ROW,
        settled=Settled.CONTROLLED,
    ),
    error(
        "DC03",
        "Ô của sổ đối chiếu không dùng được",
        "Số đối chiếu phải chắc như số của đơn vị.",
        bars=Bars.ROW,
        settled=Settled.CONTROLLED,
    ),
    error(
        "DC04",
        "Số đối chiếu: đã thực hiện lớn hơn tổng số",
        "Không thể là một phần của tổng số.",
        bars=Bars.ROW,
        settled=Settled.CONTROLLED,
    ),
    error(
        "DC05",
        "Số đối chiếu thiếu nguồn, ngày chốt hoặc văn bản",
        "Báo cáo nêu số của ai, đến ngày nào, theo văn bản nào.",
        bars=Bars.ROW,
        settled=Settled.CONTROLLED,
    ),
    error(
        "DC06",
        "Lựa chọn số được in không dùng được",
        "Chọn khác kế hoạch phải có lý do; số đối chiếu được in phải có đủ hai số.",
        bars=Bars.ROW,
        settled=Settled.CONTROLLED,
    ),
    error(
        "NH70",
        "Sổ theo dõi không đọc được",
        "Dùng tạm nội dung đã đọc lần trước.",
        bars=Bars.BOOK,
        settled=Settled.TRACKED,
    ),
    error(
        "NH71",
        "Ngày gửi ở sổ theo dõi không dùng được",
        "Ngày gửi quyết định đúng hạn hay muộn.",
        bars=Bars.ROW,
        settled=Settled.TRACKED,
    ),
    error(
        "NH72",
        "Mã đối chiếu ở sổ theo dõi không phải bốn chữ số",
        "Không so được với tệp Excel.",
        bars=Bars.ROW,
        settled=Settled.TRACKED,
    ),
    warning(
        "NH73",
        "Kênh nhận ngoài danh sách",
        "Giữ nguyên văn; chọn trong danh sách thì mới lọc được.",
        settled=Settled.TRACKED,
    ),
    error(
        "NH74",
        "Mã đơn vị ở sổ theo dõi không có trong danh sách",
        "Không đoán đơn vị.",
        bars=Bars.ROW,
        settled=Settled.TRACKED,
    ),
    warning(
        "NH75",
        "Dòng của sổ theo dõi chưa biết thuộc tệp nào",
        "Ngày gửi, số văn bản của dòng đó chưa được dùng.",
        settled=Settled.TRACKED,
    ),
    warning(
        "NH76",
        "Sổ theo dõi có ghi nhưng chưa có tệp, chưa có số văn bản",
        "Chỉ tính là đã gửi bản giấy khi có số, ký hiệu văn bản.",
        settled=Settled.TRACKED,
    ),
    warning(
        "NH90",
        "Bảng kê chỉnh lý gửi lại không dùng được",
        "Của năm khác, kế hoạch khác hoặc mất khóa.",
        settled=Settled.LOOKED_AT,
    ),
    warning(
        "NH91",
        "Ý kiến ghi ở bảng kê chỉnh lý không rõ",
        "Chỉ ba câu trả lời: Đã sửa, Giữ nguyên, Chưa có số liệu; câu khác phải hỏi lại.",
        settled=Settled.LOOKED_AT,
    ),
    info("NH92", "Bảng kê chỉnh lý gửi lại chưa có ý kiến", "Đơn vị có thể gửi nhầm bản chưa điền."),
    warning(
        "NH93",
        "Hai bảng kê chỉnh lý trả lời khác nhau",
        "Cùng một lần lập mà hai câu trả lời: không tự chọn; loại một tệp.",
        settled=Settled.FILES,
    ),
    error(
        "QD01",
        "Ô đã đính chính nay có nội dung khác",
        "Đính chính thay cho một nội dung cụ thể; đơn vị ghi khác đi thì phải quyết định lại.",
        settled=Settled.OVERRIDDEN,
    ),
    error(
        "QD02",
        "Đính chính không dùng được",
        "Nội dung đã ghi không còn đọc được theo kế hoạch hiện nay.",
        settled=Settled.OVERRIDDEN,
    ),
    warning(
        "QD03",
        "Đính chính của đơn vị chưa có báo cáo",
        "Đính chính thay cho ô của báo cáo đã nhận hoặc của bản giấy đã ghi ở sổ theo dõi.",
        settled=Settled.OVERRIDDEN,
    ),
    warning(
        "QD04",
        "Đính chính tổng khác tổng các ô chi tiết",
        "Số đính chính vẫn được dùng; hai số khác nhau phải được nêu và giải thích được.",
        settled=Settled.OVERRIDDEN,
    ),
    error(
        "QD05",
        "Để ngoài tổng hợp theo quyết định",
        "Đơn vị chưa chỉnh lý thì số được tính là chưa có và được nêu rõ; đơn vị gửi lại thì xét lại.",
        settled=Settled.LEFT_OUT,
    ),
)
