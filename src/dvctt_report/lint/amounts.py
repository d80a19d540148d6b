"""Amounts that a sentence tells: how many, of what, and how the words around them qualify that."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dvctt_report.lint.numerals import NUMBER, number_behind, read_number, shown, step_of
from dvctt_report.patterns import lazy_pattern

SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_NUMBER = number_behind("number", r"\w.,+-")
_AMOUNT = lazy_pattern(
    rf"{_NUMBER}(?![\w%]|[.,]\d| ?%)"
    rf"(?P<smaller>(?: (?:{'|'.join(SCALES)}) \d{{1,3}}(?![\w.,%/]))+(?= (?:{'|'.join(SCALES)}) đồng\b))?"
    rf"(?:(?!/)|/(?P<of>{NUMBER.pattern})(?![\w%/]|[.,]\d| ?%))"
    rf"(?: (?P<scale>{'|'.join(SCALES)})(?= đồng\b))?(?: (?P<noun>(?:lượt )?[^\W\d_]+(?: [^\W\d_]+)?))?"
)
_NAMES = {
    "năm": "lâu hằng hàng", "tháng": "", "ngày": "ngắn dài", "quý": "", "giờ": "", "lần": "", "thứ": "",
    "số": "tổng chung dân trong ký đổi nghệ thuật", "điều": "", "khoản": "chuyển", "điểm": "", "mục": "",
    "bảng": "", "biểu": "", "phụ lục": "", "khóa": "", "kỳ họp": "", "loại": "", "cấp": "trung sơ cao",
    "hạng": "", "mức": "", "mức độ": "", "nhóm": "", "quốc lộ": "", "đề án": "", "tuổi": "",
}  # fmt: skip
"""Words before a number that names something and counts nothing, each with those behind which it doesn't.

"năm 2025", "Điều 5"; not "lâu năm 5 ha".
"""
_PLACES = dict.fromkeys(
    ("đường", "tổ dân phố", "thôn", "ấp", "phường", "quận", "khu phố", "khu vực", "tổ"), ""
)
"""Words before a number that names a place, unless something is counted: "phường 8", "phường 8 tỷ đồng"."""
_LAST_WORDS = (*{name.split()[-1] for name in (*_NAMES, *_PLACES)},)
_WORD = lazy_pattern(r"[^\W\d_]+")
_VAGUE = lazy_pattern(
    r"\b(?:khoảng|gần|hơn|trên|dưới|tối thiểu|(?<!điểm )tối đa|không quá|ít nhất|(?<!văn bản )đến|tới)"
    r"(?: đạt| là| có)?\s*$",
    re.IGNORECASE,
)
_LONGEST = 24
"""Characters before an amount in which all such words stand."""
CHANGED = lazy_pattern(
    r"\b(?:tăng|giảm(?! nghèo)|vượt|thêm|bớt|so với|cùng kỳ|(?<!thực hiện )kế hoạch|chỉ tiêu|giao(?! thông)"
    r"|dự toán|lũy kế|luỹ kế|bình quân|mỗi)\b",
    re.IGNORECASE,
)
"""What makes an amount something else than a part of the one before it."""
PERSONS = lazy_pattern(
    r"(?:lượt )?(?:người|nhân khẩu|lao động|cán bộ|đại biểu|đảng viên|đoàn viên|hội viên|học sinh|học viên"
    r"|công chức|viên chức|giáo viên|thành viên|hộ|trẻ|phụ nữ|cá nhân|dân(?! tộc))\b"
)
"""Persons as they are counted, and what may be counted in two parts: of ten five are women and six young."""
BODIES = lazy_pattern(
    r"(?:sở|ban|ngành|xã|phường|đặc khu|cơ quan|đơn vị|địa phương|trung tâm|trường|hội|đoàn thể)\b"
)
"""Bodies as they are counted."""
_ANY_BODY = lazy_pattern(r"(?:đơn vị|cơ quan|địa phương)\b")
_NO_NOUN = frozenset((
    "và", "là", "so", "trong", "đến", "trên", "của", "đã", "được", "đạt", "chiếm", "với", "thì", "tại",
    "có", "còn", "về", "để",
))  # fmt: skip
"""Words behind a number that say nothing of what is counted."""
_NO_SECOND = _NO_NOUN | {"chưa", "đang", "bị", "không", "quá", "đúng", "thuộc"}
"""Words behind a noun of one syllable that say something of it: "điểm chưa lắp đặt"."""
_ALONE = frozenset((
    "lớp", "tổ", "hộ", "xã", "người", "nhà", "trường", "thôn", "bản", "đội", "cuộc", "vụ", "lượt", "con",
    "cây", "tàu", "chiếc", "giải", "phiếu", "tin", "đơn", "đồng",
))  # fmt: skip
"""Nouns of one syllable, which any word may follow: "lớp bồi dưỡng", "lớp kỹ năng"."""
_PER = lazy_pattern(r"(?: [^\W\d_]+){1,4}/(?:0?1 )?[^\W\d_]")
_BREAK = lazy_pattern(r",\s?|;\s?|:\s?|\(\s?|\)\s?|\.\s|v(?<!\wv)à\s|t(?<!\wt)rong đó\s|g(?<!\wg)ồm\s")
"""What parts the words of one amount from those of the next."""
BRACKETS = lazy_pattern(r"\([^()]*\)")
_ROUND = 100
"""From how many on thousands and millions may have been rounded; "5 tỷ đồng" are five."""
_MEASURES = ("ha", "tấn", "tạ", "km", "m", "kg", "lít")
"""Units that things are measured in: what is told in them was rounded, other than what was counted."""
_ABOUT = 120
"""Characters on each side of an amount among which the words about it are looked for."""
_EXCHANGED = 2
"""Digits of a number from which two exchanged are a slip."""
SLIP_FROM = 4
"""Digits of a number from which another with one digit changed is taken for a slip of the hand."""


Question = tuple[str, str]
"""What doesn't agree, and what would."""


class Amount(NamedTuple):
    """A number of things: value, how far it may have been rounded, what is counted, and where it stands.

    ``before`` and ``after`` are the words between it and the signs on both of its sides; ``inside``: it
    stands in brackets; ``of_all``: of how many it is told, 15 of "12/15 đơn vị".
    """

    text: str
    value: Decimal
    slack: Decimal
    noun: str
    before: str
    after: str
    start: int
    end: int
    inside: bool = False
    of_all: Decimal | None = None

    @property
    def label(self) -> str:
        """The words on both of its sides."""
        return f"{self.before} {self.after}"

    def moved(self, by: int) -> Amount:
        """The same in a text in which so many more characters stand before it."""
        return Amount(*self[:6], self.start + by, self.end + by, *self[8:])

    @property
    def is_rate(self) -> bool:
        """Whether it is how much each of something is: "700.000 đồng/cá nhân"."""
        return "/" in self.after and _PER.match(self.after) is not None

    @property
    def is_vague(self) -> bool:
        return _is_vague(self.before)

    @property
    def is_changed(self) -> bool:
        """Whether it is something else than a part of the one before it: a change, a plan, a mean."""
        return _is_changed(self.before)

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
        both = (self.noun, noun)
        persons = all(PERSONS.match(one) or one in ("đối tượng", "đồng chí") for one in both)
        return (
            self.is_of(noun) or persons or (all(map(BODIES.match, both)) and any(map(_ANY_BODY.match, both)))
        )

    def counts(self, noun: str) -> bool:
        """Whether it may be a part of a whole so counted: it says no noun of its own, or that one."""
        return not self.noun or self.is_of(noun)


@lru_cache(maxsize=1024)
def _is_vague(before: str) -> bool:
    return _VAGUE.search(before, max(0, len(before) - _LONGEST)) is not None


@lru_cache(maxsize=1024)
def _is_changed(before: str) -> bool:
    return CHANGED.search(before) is not None


def amounts_of(text: str, low: str, spans: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    """The amounts of a text, ``low`` in small letters, whose brackets stand at ``spans``."""
    numbers = [*_AMOUNT.finditer(text)]
    breaks = [m.span() for m in _BREAK.finditer(text)] if numbers else []
    begins, ends = [*(begin for begin, _ in breaks), len(text)], [0, *(end for _, end in breaks)]
    opened = [begin for begin, _ in spans]
    for found in numbers:
        start, end = found.start(), _end_of(found)
        before = low[max(ends[bisect_right(ends, start) - 1], start - _ABOUT) : start]
        noun = _noun(found)
        if _counts(found, noun, before):
            after = low[end : min(begins[bisect_left(begins, end)], end + _ABOUT)]
            bracket = bisect_left(opened, start)
            inside = bracket > 0 and start < spans[bracket - 1][1]
            yield _amount(found, noun, before, after, inside)


_OF_TIME = ("giờ", "hằng", "hàng", "năm", "tháng", "ngày")
"""What stands behind a stroke between a day and a month, or hours of a day."""


def _counts(found: re.Match[str], noun: str, before: str) -> bool:
    """Whether a number counts something; else it names something, is a whole or the rest of a number."""
    # Behind a stroke stands a whole, "tỷ đồng/50 tỷ đồng"; or the rest of a number, "15/2025".
    if before.endswith("/") and not before[-2:-1].isalpha():
        return False
    if found["of"] and (not noun or noun.startswith(_OF_TIME)):
        return False
    tail = before[-_LONGEST:].rstrip()
    words = _WORD.findall(tail) if tail.endswith(_LAST_WORDS) else ()
    if not words or words[-1] not in _LAST_WORDS:
        return True
    names = _ends_with(words, _NAMES) and not _is_no_name(found, noun, words[-1])
    return not (names or (not noun and _ends_with(words, _PLACES)))


def _ends_with(words: Sequence[str], names: Mapping[str, str]) -> bool:
    """Whether words end with a name, behind none of those behind which it isn't one."""
    for n in range(1, _MOST_WORDS + 1):
        behind = names.get(" ".join(words[-n:]))
        if behind is not None:
            return words[-n - 1 : -n] == [] or words[-n - 1] not in behind.split()
    return False


_MOST_WORDS = 3
"""Words of a name: "tổ dân phố"."""


def _is_no_name(found: re.Match[str], noun: str, word: str) -> bool:
    """Whether a number is too large, or written otherwise, to be the name that the word before it asks for.

    "Cấp 12.640 tài khoản", "quốc lộ 955 km", "9 tháng 142 tỷ đồng", "dân tộc thiểu số 45,6 tỷ đồng".
    """
    number = found["number"]
    if found["scale"]:
        return word in ("số", "cấp", "khoản", *_MOST_OF_TIME)
    if word == "lộ" and noun.partition(" ")[0] in (*_MEASURES, "vụ"):
        return True
    if word == "tháng" and noun and _MONTHS_LONG.search(found.string, 0, found.start()):
        return not noun.startswith(_OF_TIME)
    if word == "năm" and number.isdigit():
        return bool(noun) and int(number) not in _YEARS and not noun.startswith(_OF_TIME)
    if "," in number or "." in number:
        return word in ("số", "cấp", *_MOST_OF_TIME) or (word == "điểm" and "," in number)
    if word == "cấp" and found.string.startswith("Cấp", max(0, found.start() - len("Cấp "))):
        return True
    return int(number) > _MOST_OF_TIME.get(word, _ANY) or (word == "cấp" and len(number) >= _DIGITS_GIVEN)


_MONTHS_LONG = lazy_pattern(r"(?:trên|dưới|hơn|đến|quá) \d{1,3} tháng $")
"""How long, and no month of a day: "trên 24 tháng 09 dự án"."""
_YEARS = range(1900, 2101)
_MOST_OF_TIME, _ANY = {"năm": 2100, "tháng": 12, "ngày": 31, "quý": 4}, 10**15
_DIGITS_GIVEN = 3
"""Digits of a number from which "cấp" is what was done, and no level of a scale."""


def _noun(found: re.Match[str]) -> str:
    noun = "đồng" if found["scale"] else (found["noun"] or "").lower()
    first, _, second = noun.partition(" ")
    return "" if first in _NO_NOUN else first if second in _NO_SECOND else noun


def _amount(found: re.Match[str], noun: str, before: str, after: str, inside: bool) -> Amount:
    """What a number tells with the words around it."""
    text, scale = found.group("number", "scale")
    number, power = read_number(text) or _NONE, SCALES.get(scale, 0) if scale else 0
    if found["smaller"]:
        text = text + found["smaller"]
        number = _composed(f"{text} {scale}").scaleb(-power)
    rounded = "," in text or ((power or noun.partition(" ")[0] in _MEASURES) and number >= _ROUND)
    slack = step_of(number).scaleb(power) / 2 if rounded else _NONE
    value, of_all = number * 10**power if power else number, read_number(found["of"]) if found["of"] else None
    where = (found.start(), _end_of(found))
    return Amount(text, value, slack, noun, before, after, *where, inside, of_all)


_NONE = Decimal(0)


def _end_of(found: re.Match[str]) -> int:
    """Where the figures of an amount end."""
    return found.end("smaller") if found["smaller"] else found.end("number")


def _composed(text: str) -> Decimal:
    """A sum of money told scale by scale: "102 tỷ 990 triệu" are 102.990.000.000."""
    words = text.split()
    told = zip(words[::2], words[1::2], strict=True)
    return sum(((read_number(n) or _NONE).scaleb(SCALES[scale]) for n, scale in told), _NONE)


def is_slip(written: Decimal, right: Decimal, fewest: int = SLIP_FROM) -> bool:
    """Whether one digit changed, or two beside each other exchanged, make one number of the other."""
    if written >= 1 <= right and written.adjusted() != right.adjusted():
        return False  # Of so many digits more or fewer it is no slip.
    fewer, more = sorted((written, right), key=lambda n: -int(n.as_tuple().exponent))
    # A sum of what has decimals may have a zero for them: 225,0 beside 252.
    even = more.quantize(step_of(fewer)) == more
    one, other = (f"{n.quantize(step_of(fewer if even else more)):f}" for n in (written, right))
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
