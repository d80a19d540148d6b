"""What a text says of the figures that it stands beside: their unit, their period, that others hold.

Pure functions of texts; whatever is compared is compared as ``key`` sees it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, Literal, TypeAlias

from dvctt_report.vietnamese import even_tones, key, unaccented

SaidKind = Literal[
    "other",
    "unseen",
    "unit",
    "period",
    "corrected",
    "withdrawn",
    "draft",
    "noted",
    "widened",
    "others",
    "doubted",
    "told",
    "changed",
    "reworded",
]
"""What an edited or added text makes of its figures.

"other": it is another's text or another content, "unseen": it is struck out or can't be seen, "unit": another
unit of count or money, "period": another period, "corrected": another figure holds, "withdrawn": they are
taken back, "draft": they aren't final. Of the others the figures stay in use. "noted": a remark names
another unit, period or figure, "widened": others were counted in or out, "others": they are another
office's, "doubted": it may matter to them, "told": nothing in it seems to, "changed": the form's own text
has words that it wasn't issued with, "reworded": nothing but other words for the same.
"""

Figures: TypeAlias = Literal["", "money", "count", "any"]
"""Which figures something is said of."""

HARMLESS: Final[tuple[SaidKind, ...]] = (
    *("reworded", "changed", "widened", "others", "noted", "doubted", "told"),
)
"""What leaves the figures in use."""

_NUMERALS = {
    **{"một": "1", "hai": "2", "ba": "3", "bốn": "4", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9"},
    "mười": "10",
}
_SPAN = (
    r"[0-9]+ tháng|quý (?:[0-9]|[iv]+)\b|tháng [0-9]+(?![0-9/])|(?:đầu|giữa|cuối) năm|năm (?:19|20)[0-9]{2}\b"
    r"|giai đoạn [0-9]{4}-[0-9]{4}"
)
_DAY = r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_PERIODS = re.compile(rf"\b({_SPAN}|{_DAY})")
_SPANS, _DAYS = re.compile(rf"\b(?:{_SPAN})"), re.compile(rf"\b{_DAY}")
_DAY_IN_WORDS = re.compile(r"ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})")
_DAY_WITH_DOTS = re.compile(r"\b([0-9]{1,2})([.-])([0-9]{1,2})\2([0-9]{4})\b")
SIGNING_DAY = re.compile(r"ngày[ .…_0-9]*tháng[ .…_0-9]*năm[ .…_0-9]*")
"""A line to be dated by hand: "ngày … tháng 11 năm …"."""


class Cues:
    """A pattern of words, found in a text with its marks, and in one that is typed without any."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    # Compiled when first searched: a command that reads no form starts without them.
    @cached_property
    def marked(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{even_tones(self._pattern)})(?!\w)")

    @cached_property
    def plain(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{unaccented(self._pattern)})(?!\w)")

    def search(self, text: str) -> re.Match[str] | None:
        said = key(text)
        return self.plain.search(said) if said.isascii() else self.marked.search(said)

    def without(self, text: str) -> str:
        """The text, as it is compared, without what is found in it."""
        said = key(text)
        return (self.plain if said.isascii() else self.marked).sub(" ", said)

    def match(self, text: str) -> re.Match[str] | None:
        """The same at the beginning of a text."""
        found = self.search(text)
        return found if found is not None and found.start() == 0 else None


_MULTIPLE = r"nghìn|ngàn|triệu|tr\.đ|tr\.đồng|tỷ|tỉ|1[.,]?000|trăm|lượt|%|phần trăm"
_COUNTED = r"đồng|đ|đ\.|vnđ|vnd|người|lượt|hồ sơ|phiếu|thủ tục"
_STATED_UNIT = Cues(
    r"(?:đvt|đơn vị(?: tính)?|tính (?:bằng|theo)|theo đơn vị|đv|đếm theo|là(?: số)?) ?:? ?(?:là )?"
    rf"(?:{_MULTIPLE})(?: ?[^\s.,;:)]+)?"
)
_MULTIPLIED = Cues(
    r"(?:nhân(?: với| cho)?|(?<!-)x) ?1(?:0{1,3}|[.,]000)(?:[.,]?000)?|nhân (?:đôi|ba|[0-9]+)"
    r"|gấp (?:đôi|ba|[0-9]+)|chia (?:cho )?(?:đôi|[0-9]+)"
)
_RATE = re.compile(r"/[^/]{1,60}x ?100\b")
"""How a rate is made: "Đã thực hiện / Tổng số x 100"."""
_UNIT_ALONE = re.compile(rf"(?:{_MULTIPLE}) ?(?:{_COUNTED})?")
_UNIT_IN_BRACKETS = re.compile(rf"\((?:nghìn|ngàn|triệu|tỷ|tỉ|tr|1[.,]?000)\.?(?: ?(?:{_COUNTED}))?\)")
_OF_MONEY = re.compile(r"(?:đồng|đ\.?|vnđ|vnd|dong|d)\)?$")
_OF_ANYTHING = re.compile(r"(?:nghìn|ngàn|triệu|tỷ|tỉ|tr|1[.,]?000|trăm|nghin|ngan|trieu|ty|ti|tram)\.?\)?$")

_DATA = Cues(r"số liệu|kết quả|báo cáo|thống kê|kỳ|lũy kế|biểu|bảng|tổng số|tính (?:đến|từ|cả)")
_UNTIL = re.compile(
    r"(?:đến|tới|hết|chốt|tính|thời điểm|den|toi|het|chot|tinh|thoi diem)\b[^.;]{0,30}$"
    r"|\b(?:từ|tu) (?:ngày |ngay )?$"
)
WHEN_DONE = re.compile(rf"\bvào (?:(?:đầu|giữa|cuối) )?(?:{_SPAN})")
"""The time of something that was done, no period of figures: "tập huấn vào tháng 5"."""
_TITLE = 60
"""Characters of a text that may be a title, in which any period is meant to be the figures'."""

_MENDED, _INTO = "sửa|điều chỉnh|chỉnh|chữa|đổi", "thành|còn|là|lên|xuống|bằng"
_CORRECTED = Cues(
    r"đính chính|số (?:liệu )?(?:đúng|điều chỉnh|đã sửa|sửa lại)|số (?:chốt|chính thức|chính xác|mới|thực)"
    r"|(?:sửa|điều chỉnh|chỉnh|chữa) (?:lại|thành|số)|đúng (?:ra )?(?:phải )?là|đúng:? [0-9]+"
    r"|không phải (?:là )?[0-9][0-9.,]*|phải là [0-9][0-9.,]*|thực (?:ra|chất|tế)(?: là|:)|thực [0-9]+"
    r"|so với thực tế|(?:ghi|nhập|gõ|cộng) (?:nhầm|sai|thiếu|thừa)|thay (?:cho|bằng) số"
    r"|(?:cần|phải) (?:trừ|cộng|sửa)|(?:trừ|cộng) (?:đi|thêm) [0-9]"
    r"|(?:thừa|thiếu) [0-9]|(?:số|báo cáo) trước là"
    rf"|(?:{_MENDED})(?: [^\s.;]+){{0,4}} (?:ô|dòng|cột|biểu|stt)\b[^.;]{{0,40}} (?:{_INTO}) [0-9]+"
)
_WITHDRAWN = Cues(
    r"thu hồi|hủy bỏ|bãi bỏ|hết hiệu lực|không (?:còn )?(?:dùng|sử dụng|lấy)"
    r"|bỏ (?:số|dòng|cột|biểu|trang|bản)|hủy (?:số|biểu|bảng|báo cáo)"
    r"|(?:số|dòng|cột|biểu|liệu|này) (?:này )?(?:bị )?(?:sai|không đúng|không có giá trị)"
    r"|thay thế(?: bằng| bởi| cho)|thay bằng|không tổng hợp"
    r"|đề nghị (?:xóa|bỏ|hủy)|rút (?:số|báo cáo)|gửi lại|làm lại|trả lại|chưa ký|chưa (?:được )?đóng dấu"
)
_WITHDRAWN_MARK = Cues(r"sai|bỏ|hủy|nhầm|lỗi|không đúng|chưa đúng|không chính xác|thay thế|cũ|bản cũ|gạch bỏ")
_DRAFT = (
    r"bản nháp|nháp|dự thảo|bản thử|tạm tính|(?:số|lấy|ghi) tạm|ước tính|số ước|ước|dự kiến|sơ bộ"
    r"|chờ (?:lãnh đạo )?(?:ký|duyệt|phê duyệt|chốt|xác nhận|xác minh|bổ sung)|tạm (?:lấy|ghi|thời)"
    r"|ước lượng|phỏng đoán|giả định|làm tròn|lấy tròn|đang chờ|(?<!đã )(?:xem|kiểm tra) lại"
    r"|(?:theo|bằng) (?:số )?kế hoạch(?: được)?(?: giao)?$"
)
_NOT_FINAL = (
    r"chưa (?:được )?(?:lãnh đạo )?(?:chính thức|phải số chính thức|duyệt|chốt|hoàn chỉnh|đầy đủ|đủ|kiểm tra"
    r"|bao gồm|gồm|tính|kể|chính xác|báo cáo|có số|rà soát|cập nhật|thống kê|xác minh|chắc|đối chiếu"
    r"|tổng hợp)"
)
_IS_DRAFT = Cues(
    rf"(?:số liệu|số|kết quả|biểu|bảng|báo cáo|bản)(?: [^\s.;]+){{0,4}} (?:{_DRAFT}|{_NOT_FINAL})"
    rf"|{_NOT_FINAL}|số ước|lấy tạm"
)
_DRAFT_MARK = Cues(rf"{_DRAFT}|{_NOT_FINAL}")
_MARK = 25
"""Characters of a text that may be a stamp: "BẢN NHÁP", "Dự thảo lần 2"."""
_WIDENED = Cues(
    r"(?:gồm |kể |tính )?cả|bao gồm|ngoài ra|(?:không|chưa) (?:gồm|kể|tính|bao gồm)|(?:loại )?trừ"
)
_COUNTED_IN = Cues(
    r"(?:gồm|kể|tính|cộng) cả|chưa (?:bao )?gồm|chưa (?:kể|tính)|(?:gồm|tính|kể) luôn"
    r"|(?:chỉ|mới) (?:tính|gồm|cộng|đếm)"
    r"|tính trùng|đếm trùng"
)
"""What a remark says where it counts others in or out; "bao gồm hợp đồng lao động" only explains."""
_OFFICE = r"sở|ban|ubnd|ủy ban|huyện|xã|phường|thị xã|thành phố|tỉnh|công an|thanh tra|trường"
_OF_OTHERS = Cues(
    rf"số(?: liệu)?(?: này| trên)?(?: là)?(?: số)?(?: liệu)? của (?:các )?(?:{_OFFICE})"
    rf"|thay cho (?:{_OFFICE})|số(?: liệu)? do (?:{_OFFICE})"
    r"|(?:lập|ký|gửi|báo cáo|cung cấp)(?: số liệu)? (?:thay|hộ)"
    r"|(?:sở|phòng|đơn vị|cơ quan|huyện|xã) khác"
)
_OF_ITSELF_OTHERS = Cues(rf"\(?của (?:{_OFFICE})")
_NEAR = r"năm ngoái|cùng kỳ(?: năm trước)?|(?:năm|kỳ|quý|tháng) (?:trước|sau|tới)"
_NEAR_PERIOD = Cues(
    rf"(?:số(?! với)|liệu|quả|lấy|lũy kế|kế hoạch)(?: [^\s.;]+){{0,3}} (?:{_NEAR})|(?:của|là) (?:{_NEAR})"
    rf"|(?:{_NEAR}) là"
)
_NEAR_ALONE = Cues(_NEAR)
_YEAR_OF_FIGURES = re.compile(
    r"\b(?:số|liệu|lấy|theo số|quả)(?: (?:này|trên|của|là|theo|số|tính|lấy|chỉ|mới|trong))*"
    r" (?:(?:[0-9]+ )?(?:quý|tháng)|năm|kỳ)(?: |$)"
    r"|\b(?:đến|tới) (?:hết )?(?:quý|tháng) "
)
_BARE_NUMBER = re.compile(r"[0-9][0-9., ]*")
_LONGEST = 600
"""Characters of a text that is looked at: a remark has one or two sentences."""


# ------------------------------------------------------------------------------------ periods


def names_of(first: date, last: date) -> frozenset[str]:
    """What texts call the period from ``first`` to ``last``, besides its two days."""
    months = f"{last.month} tháng"
    return frozenset(
        (f"năm {last.year}", f"{last.day}/{last.month}", *((months, "đầu năm") if first.month == 1 else ()))
    )


@lru_cache(maxsize=4096)
def periods(text: str) -> frozenset[str]:
    """The spans, quarters, years and days that a text names, however their numbers are written."""
    return frozenset(_PERIODS.findall(with_figures(text)))


def with_figures(text: str) -> str:
    """The text as it is compared, its numbers and days in figures: "sáu tháng", "31.10.2025"."""
    said = " ".join(_NUMERALS.get(word, word) for word in key(text).split())
    said = _DAY_WITH_DOTS.sub(r"\1/\3/\4", _DAY_IN_WORDS.sub(r"\1/\2/\3", said))
    return re.sub(r"\b0+(?=[0-9])", "", said)


# -------------------------------------------------------------------------------- an added text


@lru_cache(maxsize=4096)
def said_beside(text: str, own: frozenset[str]) -> SaidKind | None:
    """What a text that isn't the form's says of the figures, whose periods are ``own``; None for nothing."""
    if len(text) > _LONGEST or not re.search(r"[^\W\d_]", text):
        return None
    if _CORRECTED.search(text):
        return "corrected"
    if _is_withdrawn(text):
        return "withdrawn"
    if unit_beside(text):
        return "unit"
    if not stated_periods(text) <= own or _is_of_near_period(text):
        return "period"
    if _says_draft(text):
        return "draft"
    if _OF_OTHERS.search(text) or _OF_ITSELF_OTHERS.match(text):
        return "others"
    return "widened" if _COUNTED_IN.search(text) else None


def said_behind(text: str) -> SaidKind | None:
    """What a few words behind a printed text say of its figures: "(ước)", "(gồm cả liên thông)"."""
    if _DRAFT_MARK.search(text):
        return "draft"
    if _WIDENED.search(text):
        return "widened"
    return "withdrawn" if _is_withdrawn(text) or _CORRECTED.search(text) else None


def _is_withdrawn(text: str) -> bool:
    return bool(_WITHDRAWN.search(text) or (len(text) <= _MARK and _WITHDRAWN_MARK.search(text)))


def _is_of_near_period(text: str) -> bool:
    is_stamp = len(text) <= _MARK and not key(text).startswith("so ")  # "So với cùng kỳ tăng 5%"
    return bool(_NEAR_PERIOD.search(text) or (is_stamp and _NEAR_ALONE.search(text)))


@lru_cache(maxsize=4096)
def unit_said(text: str) -> Figures:
    """Of which figures a text says that they are counted in another unit: "ĐVT: nghìn đồng", "(triệu)"."""
    return _of_which(_STATED_UNIT.search(text) or _UNIT_IN_BRACKETS.search(key(text)))


def unit_beside(text: str) -> Figures:
    """The same of a text of its own, which may be the unit and nothing else: "nghìn người", "x 1.000"."""
    if _MULTIPLIED.search(text) and not _RATE.search(key(text)):
        return "any"
    return unit_said(text) or _of_which(_UNIT_ALONE.fullmatch(key(text)))


def _of_which(found: re.Match[str] | None) -> Figures:
    if found is None:
        return ""
    if _OF_MONEY.search(found[0]):
        return "money"
    return "any" if _OF_ANYTHING.search(found[0]) else "count"


@lru_cache(maxsize=4096)
def stated_periods(text: str) -> frozenset[str]:
    """The periods of which a text says that they are the figures'; the day it was signed on is none."""
    said = SIGNING_DAY.sub("", with_figures(text))
    is_about_figures = len(said) <= _TITLE or _DATA.search(text)
    spans = set(_SPANS.findall(WHEN_DONE.sub("", said))) if is_about_figures else set()
    return stated_days(text) | spans


@lru_cache(maxsize=4096)
def said_in_note(text: str, own: frozenset[str]) -> SaidKind | None:
    """What the note of a row says of its figures; what happened when is no period of theirs."""
    kind = said_beside(text, own)
    if kind != "period" or _is_of_near_period(text) or stated_days(text) - own:
        return kind
    said = with_figures(text)
    is_theirs = (
        _DATA.search(text) or _YEAR_OF_FIGURES.search(said) or not _PERIODS.sub("", said).strip(" .()")
    )
    return kind if is_theirs else None


def stated_days(text: str) -> frozenset[str]:
    """The days up to which, or from which, a text says that its figures are."""
    said = with_figures(text)
    return frozenset(day[0] for day in _DAYS.finditer(said) if _UNTIL.search(said[: day.start()]))


def _says_draft(text: str) -> bool:
    return bool(_IS_DRAFT.search(text)) or (len(text) <= _MARK and bool(_DRAFT_MARK.search(text)))


def numbers_in(text: str) -> frozenset[int]:
    """The whole numbers in a text, groups of three joined: "130 không phải 1.120" has 130 and 1120."""
    return frozenset(
        int(re.sub(r"[., ]", "", run))
        for run in re.findall(r"[0-9]{1,3}(?:[., ][0-9]{3})+|[0-9]{1,15}", text)
    )


def bare_number(text: str) -> int | None:
    """The number that a text is and nothing else; None for any other text."""
    said = text.strip()
    numbers = numbers_in(said) if _BARE_NUMBER.fullmatch(said) else ()
    return next(iter(numbers)) if len(numbers) == 1 else None
