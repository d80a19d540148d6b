"""The sheets of the workbook as data: which table of the plan each holds, what its columns are called."""

from __future__ import annotations

from dataclasses import dataclass

from dvctt_report.plan_book.codecs import (
    BODIES,
    DAY,
    LINES,
    MARK,
    MONTH_DAY,
    TEXT,
    WHOLE,
    Codec,
    words,
)

PLAN, UNITS, PHRASES = "plan.toml", "units.toml", "phrases.toml"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``field`` of the record, dotted within a table of it; ``width`` in characters.

    ``typed``: an officer writes in it.
    """

    field: str
    header: str
    codec: Codec = TEXT
    width: float = 16
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a record a row. ``file``, ``path``: where the records stand.

    ``kinds``: of the plan's items those of these kinds; the only one is not a column.
    ``column_order``: whether a column says which item comes first, where sheets share one list.
    """

    title: str
    file: str
    path: str
    introduction: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Info:
    """A row of the first sheet: one value of the plan by its dotted path."""

    path: str
    label: str
    codec: Codec = TEXT
    note: str = ""


SELDOM = frozenset(
    (
        "choices_outside",
        "part_of",
        "within",
        "same_as",
        "total_sources",
        "done_sources",
        "by_part",
        "pending",
        "source_note",
        "needs_document",
        "shown_by",
        "joint",
        "done_as",
        "control.source",
        "control.printed",
        "control.reason",
        "control.by_unit",
    )
)
"""Columns that few plans need: folded away behind the "+" above them."""
ORDER = "order"
"""The column that says where an item stands among all items of the plan."""
_ORDER = Column(ORDER, "Thứ tự", WHOLE, 8)

INFO = (
    Info(
        "code",
        "Mã kế hoạch",
        TEXT,
        "chữ cái đầu viết hoa, không dấu; đứng trong biểu đã phát hành nên không đổi giữa năm",
    ),
    Info("version", "Bản", WHOLE, "tăng 1 khi thay kế hoạch; biểu của bản cũ không còn nhận"),
    Info("province", "Tỉnh, thành phố", TEXT, "ví dụ: tỉnh A, thành phố B"),
    Info("issuer", "Cơ quan ban hành Kế hoạch"),
    Info("compiler", "Mã đơn vị tổng hợp", TEXT, "mã ở trang Đơn vị"),
    Info("title", "Tên Kế hoạch"),
    Info("short_title", "Tên ngắn, dùng trong trích yếu"),
    Info("form_title", "Tên biểu mẫu"),
    Info("partial_coverage", "Tỷ lệ đơn vị để đánh giá khi còn thiếu (%)", WHOLE),
    Info("guidance_document", "Tài liệu hướng dẫn thống nhất", TEXT, "để trống khi chưa có"),
    Info("document.kind", "Kế hoạch: loại văn bản"),
    Info("document.number", "Kế hoạch: số, ký hiệu", TEXT, "để trống: văn bản in ra chừa chỗ"),
    Info("document.date", "Kế hoạch: ngày", TEXT, "ví dụ: 18/3/2025"),
    Info("document.issuer", "Kế hoạch: cơ quan, viết ngắn"),
    Info("document.subject", "Kế hoạch: trích yếu"),
    Info(
        "period.first", "Số liệu từ ngày/tháng", MONTH_DAY, "sau ngày cuối thì là của năm trước, ví dụ 15/12"
    ),
    Info("period.last", "Số liệu đến ngày/tháng", MONTH_DAY),
    Info(
        "period.half_last",
        "Báo cáo 6 tháng: số liệu đến ngày/tháng",
        MONTH_DAY,
        "để trống: không có báo cáo 6 tháng",
    ),
    Info("deadline.before", "Hạn gửi: trước ngày/tháng", MONTH_DAY),
    Info("deadline.next_year", "Hạn gửi là ngày của năm sau", MARK),
    Info("deadline.quote", "Hạn gửi: chữ trong Kế hoạch"),
    Info("deadline.point", "Hạn gửi: điểm của Kế hoạch"),
    Info("deadline.day_itself_on_time", "Gửi đúng ngày đó vẫn đúng hạn", MARK),
    Info("deadline.shift_day_off", "Hạn rơi vào ngày nghỉ thì lùi", MARK),
    Info("ended.on", "Tỉnh không còn sau ngày", DAY, "để trống cả ba dòng: tỉnh vẫn còn"),
    Info("ended.successor", "Nay thuộc tỉnh, thành phố"),
    Info("ended.document", "Theo văn bản"),
    Info("other_index.name", "Bộ chỉ số khác: tên", TEXT, "để trống cả ba dòng: không nêu"),
    Info("other_index.targets", "Bộ chỉ số khác: mã chỉ tiêu", LINES, "mỗi mã một dòng (Alt+Enter)"),
    Info("other_index.reason", "Bộ chỉ số khác: vì sao số khác nhau"),
)

_ITEM = (
    Column("code", "Mã", TEXT, 12),
    Column("title", "Nguyên văn trong Kế hoạch", TEXT, 50),
    Column("label", "Tên gọi trong biểu", TEXT, 34),
    Column("point", "Vị trí trong Kế hoạch", TEXT, 26),
)

TARGETS = Table(
    "Chỉ tiêu",
    PLAN,
    "items",
    "Mỗi dòng một chỉ tiêu. Cột “Mức năm … (%)” ghi mức tối thiểu từ năm đó; thêm năm thì thêm cột cùng "
    "cách ghi.",
    (
        _ORDER,
        *_ITEM,
        Column("print_as", "Tên in trong báo cáo", TEXT, 34),
        Column(
            "measure",
            "Cách đếm",
            words({"flow": "phát sinh trong kỳ", "stock": "có tại ngày chốt", "yes_no": "có hoặc không"}),
        ),
        Column("unit_of_count", "Đơn vị tính", TEXT, 14),
        Column("answered_by", "Ai trả lời", words({"units": "các đơn vị", "authority": "một cơ quan"})),
        Column("authority", "Mã cơ quan trả lời"),
        Column("total", "Giải thích tổng số", TEXT, 34),
        Column("done", "Giải thích số đã thực hiện", TEXT, 34),
        Column("question", "Câu hỏi có hoặc không", TEXT, 34),
        Column("choices", "Các lựa chọn", LINES),
        Column("choices_outside", "Lựa chọn không tính vào tổng số", LINES),
        Column("part_of", "Là một phần của chỉ tiêu"),
        Column("within", "Nằm trong số của chỉ tiêu"),
        Column("same_as", "Dùng chung số với chỉ tiêu"),
        Column("total_sources", "Tổng số cộng từ các ô", LINES, 24),
        Column("done_sources", "Đã thực hiện cộng từ các ô", LINES, 24),
        Column(
            "by_part",
            "Ghi theo từng xã",
            words({"no": "không", "parts": "từng xã", "office_and_parts": "cơ quan và từng xã"}),
        ),
        Column("pending", "Chưa đánh giá vì", TEXT, 24),
        Column("source_note", "Nguồn số liệu", TEXT, 24),
        Column("needs_document", "Cần tài liệu hướng dẫn", MARK, 10),
        Column("joint", "Xét chung các lĩnh vực", MARK, 10),
        Column("done_as", "Việc đã làm (đứng sau “đã”, “chưa”)"),
        Column("shown_by", "Thể hiện ở các ô", LINES, 20),
        Column("control.source", "Đối chiếu: nguồn", TEXT, 24),
        Column(
            "control.printed",
            "Đối chiếu: số được in",
            words({"": "", "units": "số của đơn vị", "control": "số đối chiếu"}),
        ),
        Column("control.reason", "Đối chiếu: lý do", TEXT, 24),
        Column("control.by_unit", "Đối chiếu: theo từng đơn vị", MARK, 10),
    ),
    ("target",),
)

ACTIVITIES = Table(
    "Hoạt động",
    PLAN,
    "items",
    "Nội dung, hình thức tuyên truyền, kinh phí, dòng của các biểu, phần đánh giá, kiến nghị. Số liệu hỏi về "
    "mỗi hoạt động ghi ở trang “Số liệu hỏi”.",
    (
        _ORDER,
        Column(
            "kind",
            "Loại",
            words(
                {
                    "topic": "nội dung",
                    "channel": "hình thức",
                    "funding": "kinh phí",
                    "dossier": "dòng biểu hồ sơ",
                    "survey": "dòng biểu hài lòng",
                    "prose": "đánh giá – kiến nghị",
                    "listing": "danh mục",
                }
            ),
        ),
        *_ITEM,
        Column("source", "Biểu hài lòng: nguồn", TEXT, 24),
        Column("area", "Biểu hài lòng: lĩnh vực", TEXT, 20),
        Column("max_length", "Số ký tự tối đa", WHOLE, 10),
        Column("addressee", "Kiến nghị với", TEXT, 24),
        Column(
            "into",
            "Đưa vào phần",
            words(
                {
                    "": "",
                    "strengths": "kết quả nổi bật",
                    "limits": "tồn tại – hạn chế",
                    "causes": "nguyên nhân",
                    "to_province": "kiến nghị UBND tỉnh",
                    "to_ministry": "kiến nghị bộ – ngành",
                    "to_bodies": "kiến nghị sở – ngành – địa phương",
                }
            ),
        ),
        Column("lines", "Số dòng của danh mục", WHOLE, 10),
    ),
    ("topic", "channel", "funding", "dossier", "survey", "prose", "listing"),
)

TASKS = Table(
    "Nhiệm vụ",
    PLAN,
    "items",
    "Nhiệm vụ của Mục III và cơ quan được giao: mỗi mã đơn vị hoặc “nhóm …” một dòng trong ô (Alt+Enter).",
    (
        _ORDER,
        *_ITEM,
        Column("binds", "Giao cho", BODIES, 20),
        Column("derived_from", "Coi là đã làm khi có số ở", LINES, 20),
        Column(
            "answered_by",
            "Trả lời ở đâu",
            words({"unit": "trong biểu", "return": "bằng việc gửi báo cáo", "report": "bằng báo cáo này"}),
        ),
        Column("note", "Ghi chú", TEXT, 24),
    ),
    ("task",),
)

FIELDS = Table(
    "Số liệu hỏi",
    PLAN,
    "measures",
    "Mỗi dòng một số liệu hỏi về một hoạt động (cột “Của” là mã hoạt động).",
    (
        Column("item", "Của", TEXT, 12),
        Column("code", "Mã ô", TEXT, 16),
        Column("label", "Tên gọi trong biểu", TEXT, 40),
        Column(
            "kind",
            "Loại",
            words(
                {
                    "count": "số",
                    "money": "tiền (đồng)",
                    "percent": "phần trăm",
                    "text": "chữ",
                    "date": "ngày",
                    "tick": "đánh dấu",
                    "yes_no": "có hoặc không",
                    "choice": "chọn",
                }
            ),
        ),
        Column("unit", "Đơn vị tính", TEXT, 14),
        Column("choices", "Các lựa chọn", LINES, 20),
        Column("sources", "Cộng từ các ô", LINES, 24),
        Column("optional", "Không bắt buộc", MARK, 10),
    ),
)

GROUPS = Table(
    "Nhóm đơn vị",
    UNITS,
    "groups",
    "Mỗi nhóm trả lời những gì ghi ở trang “Ai trả lời gì”.",
    (
        Column("code", "Mã nhóm", TEXT, 14),
        Column("title", "Tên nhóm", TEXT, 40),
        Column("heading", "Tiêu đề trong các bảng", TEXT, 40),
        Column(
            "form",
            "Dạng biểu",
            words({"standard": "chuẩn", "district": "cấp huyện", "commune": "cấp xã"}),
        ),
        Column("may_withhold", "Được phép không nêu (bí mật nhà nước)", LINES, 20),
    ),
)

ROSTER = Table(
    "Đơn vị",
    UNITS,
    "units",
    "Theo thứ tự dùng trong văn bản của tỉnh. Tên gọi khác, tên cũ: mỗi tên một dòng trong ô (Alt+Enter).",
    (
        Column("code", "Mã", TEXT, 12),
        Column("name", "Tên đầy đủ", TEXT, 40),
        Column("short_name", "Tên ngắn", TEXT, 30),
        Column("group", "Mã nhóm", TEXT, 14),
        Column(
            "duty",
            "Báo cáo",
            words({"required": "bắt buộc", "asked": "đề nghị phối hợp", "none": "không"}),
        ),
        Column("aliases", "Tên gọi khác", LINES, 24),
        Column("former_names", "Tên cũ", LINES, 24),
        Column("parts", "Các xã (biểu cấp huyện)", LINES, 24),
        Column("parent", "Mã cơ quan cấp trên"),
        Column("area_code", "Mã đơn vị hành chính"),
        Column("valid_from", "Từ ngày", DAY, 12),
        Column("valid_to", "Đến hết ngày", DAY, 12),
        Column("not_asked", "Không hỏi các nội dung", LINES, 20),
        Column("contact", "Đầu mối", TEXT, 24),
        Column("phone", "Điện thoại", TEXT, 14),
        Column("email", "Thư điện tử", TEXT, 24),
    ),
)

_DOCUMENT = (
    Column("kind", "Loại văn bản"),
    Column("number", "Số, ký hiệu"),
    Column("date", "Ngày"),
    Column("issuer", "Cơ quan ban hành", TEXT, 26),
    Column("subject", "Trích yếu", TEXT, 60),
)
BASES = Table("Căn cứ", PLAN, "legal_basis", "Văn bản làm căn cứ, theo thứ tự.", _DOCUMENT)
SCOPES = Table(
    "Phạm vi năm",
    PLAN,
    "scopes",
    "Năm nào báo cáo theo danh sách đơn vị của một ngày khác ngày chốt số liệu; không có thì để trống.",
    (
        Column("year", "Năm", WHOLE, 10),
        Column("roster_on", "Theo danh sách ngày", DAY, 16),
        Column("note", "Câu in trong báo cáo", TEXT, 60),
    ),
)
CORRECTIONS = Table(
    "Chỗ viết chưa chuẩn",
    PLAN,
    "corrections",
    "Chỗ viết chưa chuẩn trong văn bản Kế hoạch: không chép lại vào báo cáo.",
    (
        Column("place", "Chỗ viết", TEXT, 30),
        Column("written", "Trong văn bản", TEXT, 50),
        Column("meant", "Dùng trong báo cáo", TEXT, 50),
    ),
)
RULES = Table(
    "Quy tắc",
    PLAN,
    "rules",
    "Ngưỡng và mức của quy tắc kiểm tra khác mặc định; không có thì để trống.",
    (
        Column("code", "Mã quy tắc", TEXT, 14),
        Column(
            "severity",
            "Mức",
            words({"": "", "error": "lỗi", "warning": "cảnh báo", "info": "thông tin"}),
        ),
        Column("at_most", "Nhiều nhất", WHOLE),
        Column("at_least", "Ít nhất", WHOLE),
    ),
)

ASSUMPTIONS = Table(
    "Cần xác nhận",
    UNITS,
    "assumptions",
    "Điều danh sách đơn vị coi là đúng. Đánh x khi đã đối chiếu với văn bản; chưa đánh x thì còn được nhắc.",
    (
        Column("about", "Nội dung", TEXT, 80),
        Column("settled", "Đã xác nhận", MARK, 12),
        Column("source", "Căn cứ", TEXT, 50),
    ),
)

CHANGES = Table(
    "Thay đổi đơn vị",
    UNITS,
    "changes",
    "Sáp nhập, chia tách, đổi tên, giải thể, đổi cơ quan cấp trên; nhờ đó số liệu hai năm vẫn so được trên "
    "cùng địa bàn.",
    (
        Column("on", "Từ ngày", DAY, 14),
        Column("document", "Văn bản", TEXT, 40),
        Column(
            "kind",
            "Thay đổi",
            words(
                {
                    "merged": "sáp nhập",
                    "split": "chia tách",
                    "renamed": "đổi tên",
                    "dissolved": "giải thể",
                    "new_superior": "đổi cơ quan cấp trên",
                }
            ),
        ),
        Column("before", "Từ các đơn vị (mã)", LINES, 24),
        Column("after", "Thành các đơn vị (mã)", LINES, 24),
    ),
)

TABLES = (
    TARGETS,
    ACTIVITIES,
    FIELDS,
    TASKS,
    ROSTER,
    GROUPS,
    CHANGES,
    ASSUMPTIONS,
    BASES,
    SCOPES,
    CORRECTIONS,
    RULES,
)
"""Every sheet with a record a row, in the order in which they are read."""

INFO_TITLE, MATRIX_TITLE, WORDS_TITLE, PHRASES_TITLE = "Thông tin", "Ai trả lời gì", "Từ thay số", "Câu chữ"
ORDER_OF_SHEETS = (
    INFO_TITLE,
    TARGETS.title,
    ACTIVITIES.title,
    FIELDS.title,
    TASKS.title,
    ROSTER.title,
    GROUPS.title,
    MATRIX_TITLE,
    WORDS_TITLE,
    PHRASES_TITLE,
    CHANGES.title,
    ASSUMPTIONS.title,
    BASES.title,
    SCOPES.title,
    CORRECTIONS.title,
    RULES.title,
)
WORD_COLUMNS = {
    "none_arising": "Không phát sinh",
    "not_available": "Chưa có số liệu",
    "not_applicable": "Không áp dụng",
    "ambiguous": "Phải hỏi lại",
}
