"""What a remark may make of its figures though no known wording tells: asked, told, or of no matter.

Whoever limits a figure, adds to it, counts otherwise, guesses or doubts needs one of a language's few small
words for it, however he puts the rest: that is asked. Of no matter are a closed set of kinds: a check, a
source, the own period, a greeting, who wrote it. Any other remark is told word for word and asks nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dvctt_report.intake.saying import SIGNING_DAY, WHEN_DONE, Cues, periods, said_beside, with_figures
from dvctt_report.vietnamese import key

_CIRCUMSTANCE = r"ít|yếu|thấp|cao|ngại|gặp|hạn chế|lúng túng|bỡ ngỡ|khó khăn|nhiều khó khăn"
_INTENT = r"đẩy mạnh|tăng cường|phối hợp|triển khai|tuyên truyền|khắc phục|phấn đấu|chỉ đạo|thực hiện|duy trì"
_LIMITS = (
    r"chưa|thiếu|sót|vắng|trừ(?! (?:[0-9]+ )?người)|bỏ|bớt|loại (?:ra|trừ)"
    r"|(?<!địa )chỉ(?! (?:thị|đạo|tiêu|số|huy|đăng nhập|nộp|dùng|sử dụng))|riêng|ngoài"
    rf"|còn(?! (?:{_CIRCUMSTANCE}))"
    r"|không(?!$| có$| có (?:gì|ý kiến)| (?:tính|kể) người)"
    r"(?! (?:lương|phát sinh|thay đổi|áp dụng|vướng|sai|trùng))"
    r"|mới (?:có|được|làm|tổng hợp|tính|cộng|gồm|đếm|nhập|nhận|thống kê|báo)|một (?:phần|số|vài)"
)
_ADDITIONS = (
    r"(?<!tất )cả|gộp|dồn|(?<!tổng )cộng(?! (?:đồng|tác|sản|hòa))|lẫn|luôn|trùm"
    r"|(?:tính|kể) từ(?! (?:ngày )?(?:[0-9]|đầu năm))"
    r"|(?<!dẫn )(?<!gì )(?<!xem )(?<!hỗ trợ )thêm|kế thừa"
)
_TIMES = (
    r"lũy kế|tích lũy|nhiệm kỳ|giai đoạn|năm (?:học|tài chính)|(?:năm|tháng) ngoái|lịch sử|toàn bộ"
    r"|(?:kỳ|năm|tháng|quý|đợt|lần|báo cáo) (?:trước|sau|tới)|trước (?:đây|đó|tới|đến|nay)"
    r"|nửa (?:đầu|cuối|năm)|từ (?:trước|khi|lúc|hồi|đầu(?! năm)|ngày (?:có|mở))"
    r"|(?:đến|tới) (?:nay|giờ)|(?:đến|tới|trước|sau) (?:ngày|khi|lúc|hôm|tuần)(?! [0-9])"
    r"|chuyển (?:sang|qua)|mang sang"
    r"|(?:hai|ba|nhiều|các|mấy|qua|[0-9]+) (?:năm|quý)(?! (?:cơ quan|vị|đơn vị|[0-9]))|tồn"
)
_MEASURES = (
    r"chục|trăm|nghìn|ngàn|triệu|tỷ|tỉ|phần trăm|(?:là|bằng|theo) %|số (?:hộ|lượt|lớp|buổi|0)|lượt|mỗi"
    r"|gấp|nhân(?! (?:dân|rộng|lực|viên|sự|khẩu))|quy (?:đổi|ra)|hệ số|usd"
    r"|(?:tính|đếm|ghi) (?:theo|bằng|số)|tính nhẩm|đơn vị là|trung bình|bình quân"
)
_GUESSES = (
    r"ước|tạm|khoảng|chừng|tròn|dự kiến|suy ra|nội suy|đoán|nhớ|trí nhớ|(?:lấy|ghi|điền) đại|tham khảo"
    r"|kiểm chứng|tương đối|gần đúng|chắc|có lẽ|hình như|có thể|(?<!hiện )(?<!khai )theo kế hoạch|sơ bộ|nháp"
)
_DOUBTS = (
    r"nhầm|sai|lộn|ngược|(?:bị|hai dòng|hai cột) đảo|đảo (?:nhau|lộn|dòng|cột)|trùng"
    r"|(?:đếm|tính) (?:hai|2) lần|lệch|sửa(?! chữa)|đổi (?:số|cột|dòng|chỗ|lại sang)|thay đổi|tráo"
    rf"|thay|khác|sẽ(?! (?:tiếp tục )?(?:{_INTENT}))|là [0-9][0-9.,]*(?![0-9]?/)"
    r"|(?:theo|trên|tại) [^.;0-9]{1,60} (?:[0-9]{1,3}(?:[.,][0-9]{3})+|[3-9][0-9]{2,5})"
    r"|(?:chờ|đợi) (?:phòng|sở|ký|duyệt|chốt|xác|bổ|số|kết|đối)|xem lại|bổ sung|cũ|lỗi|xóa|muộn|chậm"
    r"|đang (?:đợi|chờ|nhập|cập nhật|thống kê|tổng hợp|rà soát|đối chiếu)|(?:gửi|nộp|bổ sung|báo) sau|bừa"
    r"|mất (?:dữ liệu|số|hồ sơ|sổ|tệp)|nên lấy|hủy|văn bản giấy|bản giấy|(?:mới|phải) (?:là|đúng)"
    r"|(?:hiện|ghi|báo) [0-9]+"
)
_MATTERS = Cues("|".join((_LIMITS, _ADDITIONS, _TIMES, _MEASURES, _GUESSES, _DOUBTS)))

_DOCUMENT = (
    r"quyết định|kế hoạch|công văn|nghị quyết|nghị định|thông tư|chỉ thị|tờ trình|báo cáo|văn bản|đề án"
    r"|qđ|kh|cv|nq|nđ|tt|bc"
)
_REFERENCE = Cues(
    rf"(?:{_DOCUMENT})(?:(?: số)? ?:? ?[0-9]{{1,6}}/[^\s;,]{{1,40}}| số ?:? ?[0-9]{{1,6}})"
    r"(?: (?:ngày|năm) [0-9/.]{4,10})?"
)
"""A document that a remark names: its year and its day are not the figures'."""
_PEOPLE = r"người dân|công dân|bà con|người cao tuổi|hộ dân|doanh nghiệp|dân"
_TOOLS = r"trang thiết bị|thiết bị|máy móc|máy tính|máy|đường truyền|mạng|internet|hạ tầng"
_OF_WORK = Cues(
    r"so với [^.;]{0,60}|tỷ lệ|đã bổ sung(?: đủ| đầy đủ)?"
    rf"|(?:{_PEOPLE})(?: [^\s.;,]+){{0,3}} (?:chưa|không|thiếu)(?: [^\s.;,]+){{0,2}}"
    r" (?:tài khoản|điện thoại|thói quen|quen|kỹ năng|biết|hiểu|rành|thạo|chữ ký số|nhu cầu|mặn mà|muốn)"
    rf"|(?:{_TOOLS})(?: [^\s.;,]+){{0,3}} (?:cũ|chậm|lỗi|hỏng|chưa đồng bộ|không ổn định)"
    rf"|thiếu (?:kinh phí|nhân lực|{_TOOLS})"
)
"""What has such a word and speaks of the work, the people or their tools, not of the figures."""
_LEAD = re.compile(r"^(?:ghi chú|lưu ý|gc|ghi chu|luu y) ?[:.-] ?")
_DATED = re.compile(rf"[^,;.0-9]{{1,40}}, ?{SIGNING_DAY.pattern}")
"""Where and when something was signed, of whatever year: a place, "ngày 05 tháng 11 năm 2024"."""
_CUT_OFF = Cues("chốt|mốc|dừng|lấy")
_CHECKED = r"đối chiếu|đối soát|rà soát|kiểm tra|thống nhất|xác nhận|duyệt|phê duyệt|ký|thẩm định|chốt"
_OF_NO_MATTER = Cues(
    rf"(?:số liệu |số )?(?:đã|được)(?: được)?(?: [^\s.;]+){{0,3}} (?:{_CHECKED})"
    r"|(?:số liệu )?(?:đúng|khớp) (?:với|số)|số liệu (?:chính thức|đầy đủ|của|năm|lấy|trên|tính|từ|đến)"
    r"|(?:số liệu|rà soát|kiểm tra) (?:xong|đúng)"
    r"|theo (?:hệ thống|báo cáo|sổ|phần mềm|danh sách|quyết định|công văn|số liệu)|nguồn|căn cứ|trích"
    r"|xuất (?:từ|trên|theo|ngày)|lấy (?:từ|trên|theo)|tổng hợp từ|từ (?:hệ thống|hồ sơ|sổ|phần mềm)"
    r"|chốt|số đến|kính|trân trọng|xin (?:cảm ơn|trân trọng)|rất (?:cảm ơn|mong)|cảm ơn|chào|thân gửi"
    r"|chúc|nhờ|liên hệ|(?:người|cán bộ) (?:lập|ký|báo cáo|phụ trách|tổng hợp|theo dõi|thực hiện|kiểm)"
    r"|chuyên viên|đầu mối|đt|điện thoại|sđt|email|zalo|hộp thư|máy lẻ|nơi nhận|kt|lưu ?: ?vt"
    r"|trang [0-9]|bản (?:in|ký|giấy|mềm)|biểu (?:gồm|kèm)|(?:gửi |có |văn bản )*kèm|xem phụ lục"
    r"|in (?:[0-9]+ bản|khổ|ngang|dọc|màu)|(?:lưu ý )?khi in|ngày lập|không có gì|tỷ lệ ="
)
"""How what concerns nobody's figures begins: a check, a source, a greeting, who wrote it."""


@lru_cache(maxsize=4096)
def may_matter(text: str, own: frozenset[str]) -> bool:
    """Whether a remark has a word that may limit, widen, measure or doubt figures of the periods ``own``."""
    if _DATED.fullmatch(key(text).strip(" ()")):
        return False
    said = _bare(text)
    return bool(_MATTERS.search(said)) or not _times(said) - _later(said, own) <= own


@lru_cache(maxsize=4096)
def may_matter_in_note(text: str, own: frozenset[str]) -> bool:
    """The same of the note of a row, which tells what happened when: only a cut-off is its figures'."""
    return bool(_MATTERS.search(_bare(text))) or (_CUT_OFF.search(text) is not None and may_matter(text, own))


def _bare(text: str) -> str:
    """A remark without the documents that it names and what it says of the work."""
    return _OF_WORK.without(_REFERENCE.without(text))


def has_number_of_its_own(text: str) -> bool:
    """Whether a remark has a number that is no day, no year, no telephone's and no document's."""
    said = _TELEPHONE.sub(" ", SIGNING_DAY.sub("", _REFERENCE.without(text)))
    return bool(re.search(r"\b[0-9]", _ANY_TIME.sub(" ", said)))


@lru_cache(maxsize=4096)
def is_of_no_matter(text: str, own: frozenset[str]) -> bool:
    """Whether a remark surely says nothing of its figures but what they are: its own period, its source."""
    said = _LEAD.sub("", key(text).strip(" (.:-*)"))
    if may_matter(text, own) or said_beside(text, own) is not None:
        return False
    return bool(_OF_NO_MATTER.match(said) or SIGNING_DAY.search(said) or _times(text))


def _times(text: str) -> frozenset[str]:
    """The periods that a text names, also years and days without their year."""
    said = WHEN_DONE.sub("", SIGNING_DAY.sub("", with_figures(text)))
    short = frozenset(found[1] for found in _SHORT_DAY.finditer(said))
    return periods(said) | short | frozenset(f"năm {found[0]}" for found in _YEAR.finditer(said))


_TELEPHONE = re.compile(r"\b0[0-9](?:[ .-]?[0-9]){7,9}\b")
_ANY_TIME = re.compile(
    r"\b[0-9]{1,2}[/.][0-9]{1,2}(?:[/.][0-9]{4})?\b|\b(?:tháng|quý|thang|quy) [0-9]{1,2}\b"
    r"|\b(?:19|20)[0-9]{2}\b"
)
_YEAR = re.compile(r"(?<![0-9./])(?:19|20)[0-9]{2}(?![0-9./])")
_SHORT_DAY = re.compile(r"\b(?:ngày|mốc|đến|tới|hết|từ) ([0-9]{1,2}/[0-9]{1,2})(?![/0-9])")


def _later(text: str, own: frozenset[str]) -> frozenset[str]:
    """The days in a text behind the last of the figures' period: it was written, checked or printed then."""
    last = max(map(_as_number, own), default=0)
    return frozenset(day for day in periods(text) if _as_number(day) > last > 0)


def _as_number(day: str) -> int:
    found = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", day)
    return int(f"{found[3]}{int(found[2]):02}{int(found[1]):02}") if found else 0
