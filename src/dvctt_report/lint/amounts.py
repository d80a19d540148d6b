"""Amounts that a sentence tells: how many, of what, and how the words around them qualify that."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dvctt_report.lint.figure_tables import NUMBER, number_behind, read_number, shown, step_of
from dvctt_report.patterns import lazy_pattern

SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_NUMBER = number_behind("number", r"\w.,+-")
_AMOUNT = lazy_pattern(
    rf"{_NUMBER}(?![\w%]|[.,]\d| ?%)"
    rf"(?:(?!/)|/(?P<of>{NUMBER.pattern})(?![\w%/]|[.,]\d| ?%))"
    rf"(?: (?P<scale>{'|'.join(SCALES)})(?= đồng\b))?(?: (?P<noun>(?:lượt )?[^\W\d_]+(?: [^\W\d_]+)?))?"
)
_NAMES = lazy_pattern(
    r"\b(?:(?<!lâu )(?<!hằng )(?<!hàng )năm|tháng|ngày|quý|(?<!tổng )(?<!chung )(?<!dân )(?<!trong )số"
    r"|điều|khoản|điểm|bảng|biểu|phụ lục|mục|khóa|kỳ họp|thứ"
    r"|giờ|loại|cấp|hạng|mức độ|mức|lần|nhóm|quốc lộ|đề án|tuổi)\s*$"
)
"""Words before a number that names something and counts nothing: "năm 2025", "Điều 5"; not "lâu năm 5 ha"."""
_LAST_OF_NAMES = (
    "năm", "tháng", "ngày", "quý", "số", "điều", "khoản", "điểm", "bảng", "biểu", "phụ lục", "mục", "khóa",
    "kỳ họp", "thứ", "giờ", "loại", "cấp", "hạng", "độ", "mức", "lần", "nhóm", "quốc lộ", "đề án", "tuổi",
)  # fmt: skip
"""How such words end; that the others aren't there is seen much faster."""
_PLACES = lazy_pattern(r"\b(?:đường|tổ dân phố|thôn|ấp|phường|quận|khu phố|khu vực|tổ)\s*$")
"""Words before a number that names a place, unless something is counted: "phường 8", "phường 8 tỷ đồng"."""
_VAGUE = lazy_pattern(
    r"\b(?:khoảng|gần|hơn|trên|dưới|tối thiểu|(?<!điểm )tối đa|không quá|ít nhất|đến|tới)"
    r"(?: đạt| là| có)?\s*$",
    re.IGNORECASE,
)
CHANGED = lazy_pattern(
    r"\b(?:tăng|giảm|vượt|thêm|bớt|so với|cùng kỳ|(?<!thực hiện )kế hoạch|chỉ tiêu|giao(?! thông)|dự toán"
    r"|lũy kế|luỹ kế|bình quân|mỗi)\b",
    re.IGNORECASE,
)
"""What makes an amount something else than a part of the one before it."""
PERSONS = lazy_pattern(
    r"(?:lượt )?(?:người|nhân khẩu|lao động|cán bộ|đại biểu|đảng viên|đoàn viên|hội viên|học sinh|học viên"
    r"|công chức|viên chức|giáo viên|thành viên|hộ|trẻ|phụ nữ|cá nhân)\b"
)
"""Persons as they are counted, and what may be counted in two parts: of ten five are women and six young."""
_NO_NOUN = frozenset((
    "và", "là", "so", "trong", "đến", "trên", "của", "đã", "được", "đạt", "chiếm", "với", "thì", "tại",
    "có", "còn", "về", "để",
))  # fmt: skip
"""Words behind a number that say nothing of what is counted."""
_ALONE = frozenset((
    "lớp", "tổ", "hộ", "xã", "người", "nhà", "trường", "thôn", "bản", "đội", "cuộc", "vụ", "lượt", "con",
    "cây", "tàu", "chiếc", "giải", "phiếu", "tin", "đơn", "đồng",
))  # fmt: skip
"""Nouns of one syllable, which any word may follow: "lớp bồi dưỡng", "lớp kỹ năng"."""
_BREAK = lazy_pattern(r",\s?|;\s?|:\s?|\(\s?|\)\s?|\.\s|v(?<!\wv)à\s|t(?<!\wt)rong đó\s|g(?<!\wg)ồm\s")
"""What parts the words of one amount from those of the next."""
_ROUND = 100
"""From how many on thousands and millions may have been rounded; "5 tỷ đồng" are five."""
_ABOUT = 120
"""Characters on each side of an amount among which the words about it are looked for."""
_EXCHANGED = 3
"""Digits of a number from which two exchanged are a slip."""
SLIP_FROM = 4
"""Digits of a number from which another with one digit changed is taken for a slip of the hand."""


@dataclass(frozen=True)
class Amount:
    """A number of things: value, how far it may have been rounded, what is counted, and where it stands.

    ``before`` are the words between it and the sign before it, ``label`` those on both of its sides;
    ``inside``: it stands in brackets; ``of_all``: of how many it is told, 15 of "12/15 đơn vị".
    """

    text: str
    value: Decimal
    slack: Decimal
    noun: str
    before: str
    label: str
    start: int
    end: int
    inside: bool = False
    of_all: Decimal | None = None

    @property
    def is_vague(self) -> bool:
        return bool(_VAGUE.search(self.before))

    def told(self, value: Decimal) -> str:
        """Another value as it is told in the scale of this one: beside "5 tỷ", 6.000.000.000 is "6"."""
        number = read_number(self.text)
        return shown(value / (self.value / number) if number else value)

    def is_of(self, noun: str) -> bool:
        """Whether it counts the same things, as far as the first words tell."""
        ours, theirs = self.noun.split(), noun.split()
        if not ours or not theirs or ours[0] != theirs[0]:
            return False
        return ours[0] in _ALONE or ours[1:2] == theirs[1:2] or len(ours) == 1 or len(theirs) == 1

    def is_like(self, noun: str) -> bool:
        """Whether it counts the same things, or persons as well; they are called by many names."""
        return self.is_of(noun) or bool(PERSONS.match(self.noun) and PERSONS.match(noun))

    def counts(self, noun: str) -> bool:
        """Whether it may be a part of a whole so counted: it says no noun of its own, or that one."""
        return not self.noun or self.is_of(noun)


def amounts_in(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """The amounts in a stretch of text, those in brackets and those of so many left out."""
    end = len(text) if end is None else end
    told = (a for a in amounts_told(text) if not a.inside and a.of_all is None)
    return [a for a in told if start <= a.start and a.end <= end]


_BRACKETS = lazy_pattern(r"\([^()]*\)")


@lru_cache(maxsize=512)
def amounts_told(text: str) -> tuple[Amount, ...]:
    """All amounts of a text in their order, those in brackets among them."""
    parted = text.replace("(", ";").replace(")", ";")
    numbers = [*_AMOUNT.finditer(parted)]
    breaks = [m.span() for m in _BREAK.finditer(parted)] if numbers else []
    spans = [m.span() for m in _BRACKETS.finditer(text)] if numbers and "(" in text else []
    begins, ends = [begin for begin, _ in breaks], [end for _, end in breaks]
    opened = [begin for begin, _ in spans]
    made: list[Amount] = []
    for found in numbers:
        start, end = found.start(), found.end("number")
        above, below, bracket = (
            bisect_right(ends, start),
            bisect_left(begins, end),
            bisect_left(opened, start),
        )
        before = parted[max(ends[above - 1] if above else 0, start - _ABOUT) : start].lower()
        after = parted[end : min(begins[below] if below < len(begins) else len(parted), end + _ABOUT)].lower()
        inside = bracket > 0 and start < spans[bracket - 1][1]
        if amount := _amount(found, before, after, inside):
            made.append(amount)
    return tuple(made)


_OF_TIME = ("giờ", "hằng", "hàng", "năm", "tháng", "ngày")
"""What stands behind a stroke between a day and a month, or hours of a day."""


def alone(words: str) -> Amount | None:
    """The one amount that words tell, from their first letter on; None where it is a rough one."""
    told = amounts_told(words)
    return told[0] if len(told) == 1 and told[0].start == 0 and not told[0].is_vague else None


def _amount(found: re.Match[str], before: str, after: str, inside: bool) -> Amount | None:
    """What a number tells with the words around it; None where it names something and counts nothing."""
    number = read_number(found["number"])
    noun = "đồng" if found["scale"] else (found["noun"] or "").lower()
    noun = "" if noun.partition(" ")[0] in _NO_NOUN else noun
    last = before.rstrip()
    names = last.endswith(_LAST_OF_NAMES) and _NAMES.search(before)
    if number is None or names or (not noun and _PLACES.search(before)):
        return None
    # Behind a stroke stands a whole, "tỷ đồng/50 tỷ đồng"; or the rest of a number, "15/2025".
    if before.endswith("/") and not before[-2:-1].isalpha():
        return None
    if found["of"] and (not noun or noun.startswith(_OF_TIME)):
        return None
    power = SCALES.get(found["scale"] or "", 0)
    rounded = "," in found["number"] or (power and number >= _ROUND)
    slack = step_of(number).scaleb(power) / 2 if rounded else _NONE
    value, of_all = number * 10**power if power else number, read_number(found["of"] or "")
    where = (found.start(), found.end("number"))
    return Amount(found["number"], value, slack, noun, before, f"{before} {after}", *where, inside, of_all)


_NONE = Decimal(0)


def is_slip(written: Decimal, right: Decimal, fewest: int = SLIP_FROM) -> bool:
    """Whether one digit changed, or two beside each other exchanged, make one number of the other."""
    one, other = str(written), str(right)
    # Zeros that both end in are of a round number, not of the hand.
    while one[-1:] == other[-1:] == "0":
        one, other = one[:-1], other[:-1]
    if len(one) != len(other) or one.find(".") != other.find("."):
        return False
    n_signs = len(one)
    one, other = one.replace(".", ""), other.replace(".", "")
    odd = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(odd) == 2 and odd[1] == odd[0] + 1 and one[odd[0]] == other[odd[1]]
    exchanged = swapped and one[odd[1]] == other[odd[0]] and n_signs >= min(fewest, _EXCHANGED)
    return exchanged or (len(odd) == 1 and n_signs >= fewest)
