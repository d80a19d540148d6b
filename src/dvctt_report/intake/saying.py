"""What a text says of the figures that it stands beside: their unit, their period, that others hold.

Pure functions of texts; whatever is compared is compared as ``key`` sees it.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import Final, Literal, TypeAlias

from dvctt_report.intake.likeness import is_rewording, likeness
from dvctt_report.vietnamese import even_tones, key, unaccented

Kind = Literal[
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
    "beside",
    "changed",
    "reworded",
]
"""What an edited or added text makes of its figures.

"other": it is another's text or another content, "unseen": it is struck out or can't be seen, "unit": another
unit of count or money, "period": another period, "corrected": another figure holds, "withdrawn": they are
taken back, "draft": they aren't final. Of the others the figures stay in use. "noted": a remark names
another unit, period or figure, "widened": others were counted in or out, "others": they are another
office's, "beside": it stands beside a row, whatever it says, "changed": the form's own text has words that
it wasn't issued with, "reworded": nothing but other words for the same.
"""

Figures: TypeAlias = Literal["", "money", "count", "any"]
"""Which figures something is said of."""

HARMLESS: Final[tuple[Kind, ...]] = ("reworded", "changed", "widened", "others", "beside", "noted")
"""What leaves the figures in use."""

_REWORDED = 60
"""Of 100, from which a text may still be the form's own in other words: "Số CBCC được tập huấn"."""

_MULTIPLES = re.compile(
    r"\b(nghìn|ngàn|triệu|tỷ(?! lệ)|tỉ(?! lệ)|lượt)\b|\b(1[.,]?000)\s*(?:đ|đồng|vnd|vnđ)\b|(%)"
)
_ALIKE = {"ngàn": "nghìn", "1000": "nghìn", "1.000": "nghìn", "1,000": "nghìn", "tỉ": "tỷ"}
_NUMERALS = {"một": "1", "ba": "3", "sáu": "6", "chín": "9"}
_SPAN = (
    r"[0-9]+ tháng|quý (?:[0-9]|[iv]+)\b|tháng [0-9]+(?![0-9/])|(?:đầu|giữa|cuối) năm|năm (?:19|20)[0-9]{2}\b"
    r"|giai đoạn [0-9]{4}-[0-9]{4}"
)
_DAY = r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_PERIODS = re.compile(rf"\b({_SPAN}|{_DAY})")
_SPANS, _DAYS = re.compile(rf"\b(?:{_SPAN})"), re.compile(rf"\b{_DAY}")
_DAY_IN_WORDS = re.compile(r"ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})")
_SIGNING_DAY = re.compile(r"ngày[ .…_0-9]*tháng[ .…_0-9]*năm[ .…_0-9]*")
"""A line to be dated by hand: "ngày … tháng 11 năm …"."""
_CONTRASTS: Final = (
    *("trực tuyến", "trực tiếp", "bưu chính", "đã", "chưa", "không", "trước hạn", "đúng hạn", "quá hạn"),
    *("trong hạn", "nam", "nữ", "tổng số", "tỷ lệ", "kế hoạch", "ước", "kỳ trước", "năm trước", "lũy kế"),
    *("phát ra", "thu về", "hợp lệ", "hài lòng", "tiếp nhận", "đã giải quyết", "đang giải quyết"),
    *("hoàn toàn", "một phần", "cấp tỉnh", "cấp huyện", "cấp xã", "dự kiến", "ước tính", "hủy", "thu hồi"),
    *("năm sau", "dự thảo", "hết hiệu lực"),
)
"""Words of the forms by which two contents differ that are written almost alike."""
_OF_WHAT_IS_DONE = "đã"
"""A word of contrast in a text, none in a remark behind it: "(đã rà soát với phòng Tổ chức)"."""


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
    r"(?:đến|tới|hết|từ|chốt|tính|thời điểm|den|toi|het|tu|chot|tinh|thoi diem)\b[^.;]{0,30}$"
)
_TITLE = 60
"""Characters of a text that may be a title, in which any period is meant to be the figures'."""

_CORRECTED = Cues(
    r"đính chính|số (?:liệu )?(?:đúng|điều chỉnh|đã sửa|sửa lại)|số (?:chốt|chính thức|chính xác|mới|thực)"
    r"|(?:sửa|điều chỉnh|chỉnh|chữa) (?:lại|thành|số)|đúng (?:ra )?(?:phải )?là|đúng:? [0-9]+"
    r"|không phải (?:là )?[0-9][0-9.,]*|phải là [0-9][0-9.,]*|thực (?:ra|chất|tế)(?: là|:)|thực [0-9]+"
    r"|so với thực tế|(?:ghi|nhập|gõ|cộng) (?:nhầm|sai|thiếu|thừa)|thay (?:cho|bằng) số"
    r"|(?:cần|phải) (?:trừ|cộng|sửa)|(?:trừ|cộng) (?:đi|thêm) [0-9]"
    r"|(?:thừa|thiếu) [0-9]|(?:số|báo cáo) trước là"
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
    r"\b(?:số|liệu|lấy|theo số|quả)(?: (?:của|là|theo|số|tính))* (?:năm|quý|tháng|kỳ) "
    r"|\b(?:đến|tới) (?:hết )?(?:quý|tháng) "
)
_BARE_NUMBER = re.compile(r"[0-9][0-9., ]*")
_LONGEST = 600
"""Characters of a text that is looked at: a remark has one or two sentences."""


# ------------------------------------------------------------------------------ a printed text


def compared(issued: str, seen: str, year: str = "") -> Kind:
    """How far the words of a printed text differ from those issued, for figures of ``year``."""
    if _multiples(seen) != _multiples(issued):
        return "unit"
    if periods(seen) - {f"năm {year}"} != periods(issued) - {f"năm {year}"}:
        return "period"
    said, meant = key(seen), key(issued)
    added = said.removeprefix(meant) if said.startswith(meant) else ""
    if added and ("\n" in seen.strip()[len(issued.strip()) - 1 :] or added.lstrip()[0] in _REMARK_BEGINS):
        return _appended(added)
    if _DRAFT_MARK.search(added):
        return "draft"
    if is_rewording(seen, issued):
        return "reworded"
    if _telling(seen) != _telling(issued) or likeness(seen, issued) < _REWORDED:
        return "other"
    return "changed"


_REMARK_BEGINS = "([*-:;,./"
"""What stands between a label and a remark behind it."""


def _appended(text: str) -> Kind:
    """What a remark behind an issued text makes of it: "(ước)", "(gồm cả liên thông)", a note."""
    if _DRAFT_MARK.search(text):
        return "draft"
    if _WIDENED.search(text):
        return "widened"
    if _is_withdrawn(text) or _CORRECTED.search(text):
        return "withdrawn"
    return "other" if contrasts(text) - {_OF_WHAT_IS_DONE} else "reworded"


@lru_cache(maxsize=4096)
def _multiples(text: str) -> frozenset[str]:
    words = (next(filter(None, groups)) for groups in _MULTIPLES.findall(key(text)))
    return frozenset(_ALIKE.get(word, word) for word in words)


@lru_cache(maxsize=4096)
def periods(text: str) -> frozenset[str]:
    """The spans, quarters, years and days that a text names, however their numbers are written."""
    return frozenset(_PERIODS.findall(_with_figures(text)))


def _with_figures(text: str) -> str:
    said = " ".join(_NUMERALS.get(word, word) for word in key(text).split())
    said = _DAY_IN_WORDS.sub(r"\1/\2/\3", said)
    return re.sub(r"\b0+(?=[0-9])", "", said)


@lru_cache(maxsize=4096)
def _telling(text: str) -> frozenset[str]:
    """The numbers and the words of contrast in a text."""
    return frozenset((*re.findall(r"[0-9]+", key(text)), *contrasts(text)))


def contrasts(text: str) -> frozenset[str]:
    """The words of contrast in a text."""
    said = key(text)
    return frozenset(word for word, pattern in _contrast_patterns().items() if pattern.search(said))


@cache
def _contrast_patterns() -> dict[str, re.Pattern[str]]:
    return {word: re.compile(rf"\b{even_tones(word)}\b") for word in _CONTRASTS}


# -------------------------------------------------------------------------------- an added text


@lru_cache(maxsize=4096)
def said_beside(text: str, own: frozenset[str]) -> Kind | None:
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
    said = _SIGNING_DAY.sub("", _with_figures(text))
    is_about_figures = len(said) <= _TITLE or _DATA.search(text)
    spans = {span[0] for span in _SPANS.finditer(said)} if is_about_figures else set()
    return stated_days(text) | spans


@lru_cache(maxsize=4096)
def said_in_note(text: str, own: frozenset[str]) -> Kind | None:
    """What the note of a row says of its figures; what happened when is no period of theirs."""
    kind = said_beside(text, own)
    if kind != "period" or _is_of_near_period(text) or stated_days(text) - own:
        return kind
    said = _with_figures(text)
    is_theirs = (
        _DATA.search(text) or _YEAR_OF_FIGURES.search(said) or not _PERIODS.sub("", said).strip(" .()")
    )
    return kind if is_theirs else None


def stated_days(text: str) -> frozenset[str]:
    """The days up to which, or from which, a text says that its figures are."""
    said = _with_figures(text)
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
