"""Which edits of words a person has to read: whom a document goes to, what is known, cited, named, claimed.

Everything else that was reworded is only listed. What a number, a verdict or a name says otherwise is told
by the other parts of the check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.beside import AXES, COMMENT, DRAWN, LINES, is_chart, is_place
from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.verify.rewritten import EditKind, WordEdit
from dvctt_report.vietnamese import key

_ADDRESSING = re.compile(r"kính gửi\s*:", re.IGNORECASE)
_ENTRY = re.compile(r"\s*[-–+]")
# What these look into is evened out by ``key``, which writes "huỷ", "hoạ".
_KNOWN = re.compile(
    r"(?:chưa|không) có (?:số liệu|thông tin|báo cáo)|không phát sinh|không áp dụng|chưa đủ (?:cơ sở|căn cứ)"
    r"|chưa kết luận"
    r"|(?:chưa|đã|đang)(?: được(?: \w+){0,6})? (?:gửi|xác nhận|thống nhất|thông qua|kiểm tra|phê duyệt|duyệt"
    r"|thẩm định|chỉnh lý|đối chiếu)"
    r"|(?:chưa )?chắc(?: chắn)?|có khả năng"
    r"|không phải số liệu thật|minh hoạ|tạm tính|bước đầu|chính thức|nội bộ|dự thảo$"
)
"""What says how far the figures can be relied upon, and what the document is."""
_DRAFT = re.compile(r"\bDỰ THẢO\b")
_CITED = re.compile(
    r"\b(?:điểm|khoản|điều|mục|phụ lục|chương|bảng|biểu|biểu đồ)\s+(?:[ivxlc]+|\d[\d.]*\w?|[a-zđ])\b"
)
"""A place of a decree or of the document itself: "điểm e", "Mục VI"."""
_CODE = re.compile(r"\d[\w.-]*")
_CAPTION = re.compile(r"\s*(?:Bảng|Biểu đồ|Biểu|Hình)\s+\d+[.:]")
_TURNING = re.compile(
    r"\b(?:không|chưa|chẳng|dừng|thôi|huỷ|xoá|bỏ qua|bãi bỏ|trừ|khác|miễn|cấm|chỉ (?:đạt|có|còn))\b"
)
"""Words that turn what they stand before into its opposite, or take it out."""
_NUMBERED = re.compile(r"\bsố \d+[/\w-]*/[\w-]+")
"""The number of a document that is cited: "số 766/qđ-ttg"."""
_WHEN = re.compile(
    r"\b(?:trước|sau|từ|đến|hết|trong) (?:ngày|tháng|quý|năm)\b"
    r"|\b(?:mỗi|hằng|hàng|từng) (?:ngày|tuần|tháng|quý|năm)\b"
)
_PERIOD = re.compile(
    r"(?<!tháng \d )(?<!tháng \d\d )\bnăm (?:(?:19|20)\d\d|trước|ngoái)\b|\bgiai đoạn (?:19|20)\d\d\b"
    r"|\bquý (?:[ivx]+|\d)\b|\b\d{1,2} tháng\b|\bcùng kỳ\b"
)
"""The time that figures are of, no day: "năm 2024", "6 tháng"."""
_PART = re.compile(
    r"\b(?:hầu hết|đại đa số|đa số|phần lớn|gần như|hơn nửa)(?: (?:cả|trong|số|các))* \d"
    r"|\bcấp (?:tỉnh|huyện|xã)\b"
)
"""What makes of a number another one's part: "hầu hết 22 đơn vị", "đạt ở cấp xã"."""
_HEADED = re.compile(r"\s*(?:[IVXLC]+|\d{1,2}|[a-zđ])[.)]\s.{1,150}")
"""A heading, or an entry as short as one."""
_POINTS = re.compile(r"điểm (?:phần trăm|%)|‰|phần nghìn")
_HEADING = re.compile(r"[IVXLC]+|[a-zđ]")
"""The number of a heading or of an entry, but for figures, which are told as such."""
_PICTURE = re.compile(r"\d+ ảnh")
_RIGHT_TO_SIGN = re.compile(
    r"\b(?:KT|TM|TL|TUQ|Q)\.|\bủy quyền\b|\b(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG)\b"
)
_ABOUT = re.compile(
    r"\b(?:chỉ tiêu|mục tiêu|kế hoạch|kết quả|tỷ lệ|toàn tỉnh|các (?:sở|cơ quan|đơn vị|địa phương|xã))\b"
)
_JUDGING = re.compile(
    r"\b(?:tăng|giảm|vượt|đạt|hoàn thành|tốt|cao|thấp|đầy đủ|nghiêm túc|kịp thời|hiệu quả|xuất sắc|tích cực"
    r"|dẫn đầu|đứng đầu|đáng kể|vượt bậc|chậm|yếu|kém|trì trệ|bảo đảm|chuyển biến|nổi bật|gương mẫu)\b"
)
_CLAIM = 5
"""Words from which on what was put in is a sentence."""

_Said = re.Pattern[str]


def weighed(
    edits: Iterable[WordEdit],
    printed: Sequence[TextBlock],
    edited: Sequence[TextBlock],
    units: UnitNames[NamedUnit],
    period: str,
) -> Iterator[WordEdit]:
    """Say of each edit that a person has to read why that is; ``period``: that of the report, in words."""
    addressees = [key(text) for text in _addressees(printed)]
    for edit in edits:
        block = edited[edit.at] if 0 <= edit.at < len(edited) else None
        yield (
            edit
            if edit.unsaid
            else replace(
                edit, why=_why(edit, block, addressees, units) or _of_another(edit, block, key(period))
            )
        )


def _addressees(blocks: Sequence[TextBlock]) -> Iterator[str]:
    """The lines that say whom a document goes to."""
    within = False
    for block in (one for one in blocks if one.section == OPENING):
        within = bool(_ADDRESSING.search(block.text)) or (within and bool(_ENTRY.match(block.text)))
        if within:
            yield block.text


def _why(
    edit: WordEdit, block: TextBlock | None, addressees: Sequence[str], units: UnitNames[NamedUnit]
) -> str:
    """Why a person has to read an edit; "" for one that may be passed over."""
    if edit.kind is EditKind.MOVED or edit.before.strip().startswith("["):  # a blank that is filled in
        return ""
    if edit.section == COMMENT:
        return ""
    if is_chart(edit.section) or edit.section == AXES:
        return "biểu đồ"
    if is_place(edit.section) and _differ(_PICTURE, edit.was, edit.now):
        return "ảnh"
    if edit.section in (DRAWN, LINES) and edit.kind is not EditKind.REMOVED:
        return "hình, chữ vẽ thêm vào"
    before = key(edit.before)
    if edit.section == OPENING and before and any(before in line for line in addressees):
        return "nơi gửi"
    if _is_label(edit, block):
        return "nhãn của dòng"
    was, now = ("", edit.now) if edit.kind is EditKind.ADDED and edit.whole else (edit.was, edit.now)
    if edit.kind is EditKind.REMOVED and edit.whole:
        now = ""
    if _differ(_KNOWN, key(was), key(now)) or _differ(_DRAFT, was, now):
        return "tình trạng số liệu, văn bản"
    if _is_heading(edit, block):
        return "số thứ tự của mục"
    if edit.column is None and not edit.whole and _differ(_CITED, key(was), key(now)):
        return "viện dẫn"
    if edit.section != OPENING and _differ(_NUMBERED, key(was), key(now)):
        return "viện dẫn"
    if _differ(_POINTS, key(was), key(now)):
        return "đơn vị tính"
    if not edit.whole and _differ(_WHEN, key(was), key(now)):
        return "thời điểm"
    if not edit.whole and _differ(_TURNING, key(was), key(now)):
        return "phủ định, loại trừ"
    of_table = (
        edit.column is not None and edit.section != OPENING
    )  # not a letterhead, where a day is filled in
    if of_table and not edit.whole and _is_coded(was) and _differ(_CODE, was, now):
        return "số, mã trong bảng"
    if _differ(_RIGHT_TO_SIGN, was, now):
        return "quyền ký"
    if block is not None and not edit.whole and _CAPTION.match(block.text):
        return "tên bảng, biểu đồ"
    return "nhận định" if _claims(edit, units) else ""


def _differ(pattern: _Said, was: str, now: str) -> bool:
    return Counter(pattern.findall(was)) != Counter(pattern.findall(now))


def _of_another(edit: WordEdit, block: TextBlock | None, period: str) -> str:
    """That words were put in by which the figures beside or below them are another time's, or a part."""
    if edit.whole or edit.section == COMMENT or block is None or edit.before.strip().startswith("["):
        return ""
    own, was, now = set(_PERIOD.findall(period)), key(edit.was), key(edit.now)
    text = block.text
    is_of_figures = re.search(r"\d", _PERIOD.sub("", key(text))) or _HEADED.fullmatch(text) or text.isupper()
    if is_of_figures and (_added(_PERIOD, was, now) - own or _added(_PART, was, now)):
        return "kỳ, phạm vi của số liệu"
    return ""


def _added(pattern: _Said, was: str, now: str) -> set[str]:
    return set(Counter(pattern.findall(now)) - Counter(pattern.findall(was)))


def _is_coded(text: str) -> bool:
    """Whether a cell lists numbers with letters, and isn't the number of its row: "Biểu 05-B, 05-C"."""
    return any(map(str.isalpha, text)) and "," in text


def _is_label(edit: WordEdit, block: TextBlock | None) -> bool:
    """Whether an edit gives a row of a table another name: its first cell with letters."""
    if edit.kind is not EditKind.CHANGED or edit.column is None or block is None or block.header:
        return False
    first = next((n for n, text in enumerate(block.cells) if any(map(str.isalpha, text))), -1)
    return edit.column[1] == first and len(block.cells) > 1


def _is_heading(edit: WordEdit, block: TextBlock | None) -> bool:
    """Whether an edit gives a heading or an entry another number."""
    if edit.kind is not EditKind.CHANGED or edit.column is not None or block is None:
        return False
    return bool(_HEADING.fullmatch(edit.before)) and block.text.startswith(edit.after)


def _claims(edit: WordEdit, units: UnitNames[NamedUnit]) -> bool:
    """Whether what was put in judges targets or units."""
    if edit.kind is EditKind.REMOVED or len(edit.after.split()) < _CLAIM:
        return False
    said = key(edit.after)
    about = _ABOUT.search(said) or next(iter(units.mentions(edit.after)), None)
    return bool(about and _JUDGING.search(said))
