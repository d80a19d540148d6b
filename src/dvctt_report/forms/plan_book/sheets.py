"""The sheets of the workbook as data: which table of the plan each holds, what its columns are called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dvctt_report.forms.plan_book.codecs import (
    BODIES,
    DAY,
    IDENTIFIERS,
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
class BookColumn:
    """A column: the record's ``field``, dotted; ``width`` in characters; ``typed`` by an officer or not."""

    field: str
    header: str
    codec: Codec = TEXT
    width: float = 16
    typed: bool = True


@dataclass(frozen=True, slots=True)
class BookTable:
    """A sheet with a record a row. ``file``, ``path``: where the records stand.

    ``kinds``: of the plan's items those of these kinds; the only one is not a column.
    ``column_order``: whether a column says which item comes first, where sheets share one list.
    """

    title: str
    file: str
    path: str
    introduction: str
    columns: tuple[BookColumn, ...]
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
        *("each", "choices_outside", "part_of", "within", "same_as", "total_sources", "done_sources"),
        *("by_part", "pending", "source_note", "needs_document", "shown_by", "joint", "done_as"),
        *("control.source", "control.printed", "control.reason", "control.by_unit"),
    )
)
"""Columns that few plans need: folded away behind the "+" above them."""
ORDER = "order"
"""The column that says where an item stands among all items of the plan."""
_ORDER = BookColumn(ORDER, "Thứ tự", WHOLE, 8)

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
    Info("letter_topic", "Chữ gọi trong công văn, tin nhắn", TEXT, "để trống: như tên ngắn"),
    Info("form_title", "Tên biểu mẫu"),
    Info("partial_coverage", "Tỷ lệ đơn vị để đánh giá khi còn thiếu (%)", WHOLE),
    Info("least_compared", "So sánh các xã: tổng số ít nhất để xếp thứ hạng", WHOLE),
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
        "để trống: 14/6 (Nghị định số 09/2019/NĐ-CP)",
    ),
    Info("deadline.before", "Hạn gửi: trước ngày/tháng", MONTH_DAY),
    Info("deadline.next_year", "Hạn gửi là ngày của năm sau", MARK),
    Info("deadline.quote", "Hạn gửi: chữ trong Kế hoạch"),
    Info("deadline.point", "Hạn gửi: điểm của Kế hoạch"),
    Info("deadline.half_before", "Báo cáo 6 tháng: hạn gửi, trước ngày/tháng", MONTH_DAY),
    Info("deadline.half_point", "Báo cáo 6 tháng: điểm của Kế hoạch"),
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
    BookColumn("code", "Mã", TEXT, 12),
    BookColumn("title", "Nguyên văn trong Kế hoạch", TEXT, 50),
    BookColumn("label", "Tên gọi trong biểu", TEXT, 34),
    BookColumn("point", "Vị trí trong Kế hoạch", TEXT, 26),
)


def _into(province: str) -> Codec:
    """The place of the report that a text goes to; what the ``province`` is, both words are read."""
    asked = "kiến nghị UBND {}"
    places = {
        "": "",
        "strengths": "kết quả nổi bật",
        "limits": "tồn tại – hạn chế",
        "causes": "nguyên nhân",
        "to_province": asked.format(province),
        "to_ministry": "kiến nghị bộ – ngành",
        "to_bodies": "kiến nghị sở – ngành – địa phương",
    }
    return words(places, dict.fromkeys(map(asked.format, ("tỉnh", "thành phố")), "to_province"))


TARGETS = BookTable(
    "Chỉ tiêu",
    PLAN,
    "items",
    "Mỗi dòng một chỉ tiêu. Cột “Mức năm …” ghi mức từ năm đó: 95 (tối thiểu 95%), 82,5, trên 60, "
    "không quá 5, dưới 10 (chỉ tiêu đếm số lượng: số lượng, không phải %); nhóm so: 70; nhóm xa: 55; tăng "
    "10% so với năm 2025 (lấy số ở báo cáo đã ký của năm đó); tăng 10% so với 1200 năm 2022; “đa số”; đến "
    "30/6/2026. Thêm năm thì thêm cột cùng cách ghi.",
    (
        _ORDER,
        *_ITEM,
        BookColumn("print_as", "Tên in trong báo cáo", TEXT, 34),
        BookColumn(
            "measure",
            "Cách đếm",
            words(
                {
                    "flow": "phát sinh trong kỳ",
                    "stock": "có tại ngày chốt",
                    "yes_no": "có hoặc không",
                    "count": "đếm số lượng",
                    "milestone": "mốc hoàn thành",
                }
            ),
        ),
        BookColumn("unit_of_count", "Đơn vị tính", TEXT, 14),
        BookColumn("answered_by", "Ai trả lời", words({"units": "các đơn vị", "authority": "một cơ quan"})),
        BookColumn("authority", "Mã cơ quan trả lời"),
        BookColumn("total", "Giải thích tổng số", TEXT, 34),
        BookColumn("done", "Giải thích số đã thực hiện", TEXT, 34),
        BookColumn("question", "Câu hỏi có hoặc không", TEXT, 34),
        BookColumn("each", "Mỗi đơn vị từ (số lượng)", WHOLE, 10),
        BookColumn("choices", "Các lựa chọn", LINES),
        BookColumn("choices_outside", "Lựa chọn không tính vào tổng số", LINES),
        BookColumn("part_of", "Là một phần của chỉ tiêu"),
        BookColumn("within", "Nằm trong số của chỉ tiêu"),
        BookColumn("same_as", "Dùng chung số với chỉ tiêu"),
        BookColumn("total_sources", "Tổng số cộng từ các ô", LINES, 24),
        BookColumn("done_sources", "Đã thực hiện cộng từ các ô", LINES, 24),
        BookColumn(
            "by_part",
            "Ghi theo từng xã",
            words({"no": "không", "parts": "từng xã", "office_and_parts": "cơ quan và từng xã"}),
        ),
        BookColumn("pending", "Chưa đánh giá vì", TEXT, 24),
        BookColumn("source_note", "Nguồn số liệu", TEXT, 24),
        BookColumn("needs_document", "Cần tài liệu hướng dẫn", MARK, 10),
        BookColumn("joint", "Xét chung các lĩnh vực", MARK, 10),
        BookColumn("done_as", "Việc đã làm (đứng sau “đã”, “chưa”)"),
        BookColumn("shown_by", "Thể hiện ở các ô", LINES, 20),
        BookColumn("control.source", "Đối chiếu: nguồn", TEXT, 24),
        BookColumn(
            "control.printed",
            "Đối chiếu: số được in",
            words({"": "", "units": "số của đơn vị", "control": "số đối chiếu"}),
        ),
        BookColumn("control.reason", "Đối chiếu: lý do", TEXT, 24),
        BookColumn("control.by_unit", "Đối chiếu: theo từng đơn vị", MARK, 10),
    ),
    ("target",),
)

ACTIVITIES = BookTable(
    "Hoạt động",
    PLAN,
    "items",
    "Nội dung, hình thức tuyên truyền, kinh phí, dòng của các biểu, phần đánh giá, kiến nghị. Số liệu hỏi về "
    "mỗi hoạt động ghi ở trang “Số liệu hỏi”.",
    (
        _ORDER,
        BookColumn(
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
        BookColumn("source", "Biểu hài lòng: nguồn", TEXT, 24),
        BookColumn("area", "Biểu hài lòng: lĩnh vực", TEXT, 20),
        BookColumn("max_length", "Số ký tự tối đa", WHOLE, 10),
        BookColumn("addressee", "Kiến nghị với", TEXT, 24),
        BookColumn("into", "Đưa vào phần", _into("tỉnh")),
        BookColumn("lines", "Số dòng của danh mục", WHOLE, 10),
    ),
    ("topic", "channel", "funding", "dossier", "survey", "prose", "listing"),
)

TASKS = BookTable(
    "Nhiệm vụ",
    PLAN,
    "items",
    "Nhiệm vụ của Mục III và cơ quan được giao: mỗi mã đơn vị hoặc “nhóm …” một dòng trong ô (Alt+Enter).",
    (
        _ORDER,
        *_ITEM,
        BookColumn("binds", "Giao cho", BODIES, 20),
        BookColumn("derived_from", "Coi là đã làm khi có số ở", LINES, 20),
        BookColumn(
            "answered_by",
            "Trả lời ở đâu",
            words({"unit": "trong biểu", "return": "bằng việc gửi báo cáo", "report": "bằng báo cáo này"}),
        ),
        BookColumn("note", "Ghi chú", TEXT, 24),
    ),
    ("task",),
)

FIELDS = BookTable(
    "Số liệu hỏi",
    PLAN,
    "measures",
    "Mỗi dòng một số liệu hỏi về một hoạt động (cột “Của” là mã hoạt động).",
    (
        BookColumn("item", "Của", TEXT, 12),
        BookColumn("code", "Mã ô", TEXT, 16),
        BookColumn("label", "Tên gọi trong biểu", TEXT, 40),
        BookColumn(
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
        BookColumn("unit", "Đơn vị tính", TEXT, 14),
        BookColumn("choices", "Các lựa chọn", LINES, 20),
        BookColumn("sources", "Cộng từ các ô", LINES, 24),
        BookColumn("optional", "Không bắt buộc", MARK, 10),
    ),
)

GROUPS = BookTable(
    "Nhóm đơn vị",
    UNITS,
    "groups",
    "Mỗi nhóm trả lời những gì ghi ở trang “Ai trả lời gì”.",
    (
        BookColumn("code", "Mã nhóm", TEXT, 14),
        BookColumn("title", "Tên nhóm", TEXT, 40),
        BookColumn("heading", "Tiêu đề trong các bảng", TEXT, 40),
        BookColumn(
            "form", "Dạng biểu", words({"standard": "chuẩn", "district": "cấp huyện", "commune": "cấp xã"})
        ),
        BookColumn("may_withhold", "Được phép không nêu (bí mật nhà nước)", LINES, 20),
    ),
)

ROSTER = BookTable(
    "Đơn vị",
    UNITS,
    "units",
    "Theo thứ tự dùng trong văn bản của tỉnh. Tên gọi khác, tên cũ: mỗi tên một dòng trong ô (Alt+Enter).",
    (
        BookColumn("code", "Mã", TEXT, 12),
        BookColumn("name", "Tên đầy đủ", TEXT, 40),
        BookColumn("short_name", "Tên ngắn", TEXT, 30),
        BookColumn("group", "Mã nhóm", TEXT, 14),
        BookColumn(
            "duty", "Báo cáo", words({"required": "bắt buộc", "asked": "đề nghị phối hợp", "none": "không"})
        ),
        BookColumn("aliases", "Tên gọi khác", LINES, 24),
        BookColumn("former_names", "Tên cũ", LINES, 24),
        BookColumn("parts", "Các xã (biểu cấp huyện)", LINES, 24),
        BookColumn("parent", "Mã cơ quan cấp trên"),
        BookColumn("area_code", "Mã đơn vị hành chính"),
        BookColumn("valid_from", "Từ ngày", DAY, 12),
        BookColumn("valid_to", "Đến hết ngày", DAY, 12),
        BookColumn("not_asked", "Không hỏi các nội dung", LINES, 20),
        BookColumn("contact", "Đầu mối", TEXT, 24),
        BookColumn("phone", "Điện thoại", TEXT, 14),
        BookColumn("email", "Thư điện tử", TEXT, 24),
        BookColumn("identifiers", "Mã định danh điện tử (Quyết định số 20/2020/QĐ-TTg)", IDENTIFIERS, 24),
    ),
)

_DOCUMENT = (
    BookColumn("kind", "Loại văn bản"),
    BookColumn("number", "Số, ký hiệu"),
    BookColumn("date", "Ngày"),
    BookColumn("issuer", "Cơ quan ban hành", TEXT, 26),
    BookColumn("subject", "Trích yếu", TEXT, 60),
)
BASES = BookTable("Căn cứ", PLAN, "legal_basis", "Văn bản làm căn cứ, theo thứ tự.", _DOCUMENT)
SCOPES = BookTable(
    "Phạm vi năm",
    PLAN,
    "scopes",
    "Năm nào báo cáo theo danh sách đơn vị của một ngày khác ngày chốt số liệu; không có thì để trống.",
    (
        BookColumn("year", "Năm", WHOLE, 10),
        BookColumn("roster_on", "Theo danh sách ngày", DAY, 16),
        BookColumn("note", "Câu in trong báo cáo", TEXT, 60),
    ),
)
CORRECTIONS = BookTable(
    "Chỗ viết chưa chuẩn",
    PLAN,
    "corrections",
    "Chỗ viết chưa chuẩn trong văn bản Kế hoạch: không chép lại vào báo cáo.",
    (
        BookColumn("place", "Chỗ viết", TEXT, 30),
        BookColumn("written", "Trong văn bản", TEXT, 50),
        BookColumn("meant", "Dùng trong báo cáo", TEXT, 50),
    ),
)

ASSUMPTIONS = BookTable(
    "Cần xác nhận",
    UNITS,
    "assumptions",
    "Điều danh sách đơn vị coi là đúng. Đánh x khi đã đối chiếu với văn bản; chưa đánh x thì còn được nhắc.",
    (
        BookColumn("about", "Nội dung", TEXT, 80),
        BookColumn("settled", "Đã xác nhận", MARK, 12),
        BookColumn("source", "Căn cứ", TEXT, 50),
        BookColumn("before_final", "Phải xong trước bản trình ký", MARK, 14),
    ),
)

CHANGES = BookTable(
    "Thay đổi đơn vị",
    UNITS,
    "changes",
    "Sáp nhập, chia tách, đổi tên, giải thể, đổi cơ quan cấp trên; nhờ đó số liệu hai năm vẫn so được trên "
    "cùng địa bàn.",
    (
        BookColumn("on", "Từ ngày", DAY, 14),
        BookColumn("document", "Văn bản", TEXT, 40),
        BookColumn(
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
        BookColumn("before", "Từ các đơn vị (mã)", LINES, 24),
        BookColumn("after", "Thành các đơn vị (mã)", LINES, 24),
        BookColumn("handed_to", "Đơn vị nhận số liệu đến ngày đó (mã)", TEXT, 24),
    ),
)


def in_city(column: BookColumn) -> BookColumn:
    """The column as the workbook of a centrally run city says it."""
    return replace(column, codec=_into("thành phố")) if column.field == "into" else column


_FIRST_SHEETS = (TARGETS, ACTIVITIES, FIELDS, TASKS, ROSTER, GROUPS)
_LAST_SHEETS = (CHANGES, ASSUMPTIONS, BASES, SCOPES, CORRECTIONS)
TABLES = (*_FIRST_SHEETS, *_LAST_SHEETS)
"""Every sheet with a record a row, in the order in which they are read."""

INFO_TITLE, MATRIX_TITLE, WORDS_TITLE, PHRASES_TITLE = "Thông tin", "Ai trả lời gì", "Từ thay số", "Câu chữ"
ORDER_OF_SHEETS = (
    INFO_TITLE,
    *(table.title for table in _FIRST_SHEETS),
    *(MATRIX_TITLE, WORDS_TITLE, PHRASES_TITLE),
    *(table.title for table in _LAST_SHEETS),
)
INTRODUCTIONS = {
    INFO_TITLE: "Ghi vào cột Giá trị. Xong cả sổ thì bấm Lưu rồi chạy: dvctt-report plan read TÊN-TỆP",
    MATRIX_TITLE: "x: nhóm trả lời cho đơn vị mình; t: trả lời cho toàn tỉnh. “ND*” là mọi nội dung có mã "
    "bắt đầu bằng ND. Nhiệm vụ giao cho ai thì ghi ở trang Nhiệm vụ.",
    WORDS_TITLE: "Bốn cột đầu: chữ đơn vị ghi thay cho số, mỗi ô một cách ghi. Các cột “Ghi thêm”: từ làm "
    "một lời ghi ngoài ô trả lời thành câu hỏi; # là một con số.",
    PHRASES_TITLE: "Mẫu câu của các văn bản. Sửa lời văn tùy ý; chữ trong { } là chỗ điền số, giữ nguyên.",
}
WORD_COLUMNS = {
    "none_arising": "Không phát sinh",
    "not_available": "Chưa có số liệu",
    "not_applicable": "Không áp dụng",
    "ambiguous": "Phải hỏi lại",
    "units": "Ghi thêm: đơn vị tính, hệ số khác",
    "periods": "Ghi thêm: kỳ khác",
    "drafts": "Ghi thêm: dự thảo, ước tính",
    "withdrawals": "Ghi thêm: thu hồi, bỏ",
    "corrections": "Ghi thêm: đính chính",
}
