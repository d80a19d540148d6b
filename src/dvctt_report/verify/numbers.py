"""The numbers in a Vietnamese text, however they are typed, and what is a number only in form.

"63.245", "63 245" and the same in full width are one value; "883,02 triệu đồng" counts in đồng. Percentages,
percentage points, money, counts, dates, hours, numbers of documents, of sections and of items are told apart
by the words around them; a word is a number only where it counts something.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from dvctt_report.verify.qualifiers import Rounding, find_bound, find_enumerated, find_rounding, is_rounded
from dvctt_report.vietnamese import key, one_line

FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {ord(c): "-" for c in "‐‑–—−"}


Value = Decimal | tuple[int | None, ...] | str | None


class NumberKind(StrEnum):
    """What a number says; only numbers of one kind are ever compared."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    DOCUMENT = "document"
    REFERENCE = "reference"


_FIGURES = frozenset((NumberKind.COUNT, NumberKind.PERCENT, NumberKind.POINTS, NumberKind.MONEY))

_MEASURES = {NumberKind.POINTS: "điểm phần trăm", NumberKind.MONEY: "đồng"}


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number in a text: where, as typed, its value.

    ``value``: a figure's Decimal; of dates and hours their parts as far as they are said, (day, month,
    year) and (hour, minute); of a document its number as a key; None for references to parts of a text.
    ``least``: whether a threshold is the least or the most, None for other numbers; ``rounding`` is None for
    an exact number; ``worded`` is the number with the words that say either, "" where there are none.
    """

    start: int
    end: int
    text: str
    value: Value
    kind: NumberKind = NumberKind.COUNT
    least: bool | None = None
    worded: str = ""
    rounding: Rounding | None = None

    @property
    def figure(self) -> bool:
        """Whether it is a figure: no date, hour, number of a document, reference."""
        return self.kind in _FIGURES

    @property
    def measured(self) -> str:
        """The number with what it is measured in: "0,04 điểm phần trăm"."""
        return f"{self.text} {_MEASURES[self.kind]}" if self.kind in _MEASURES else self.text

    @property
    def amount(self) -> Decimal | None:
        """The value of a figure; None for a date, an hour, a document."""
        return self.value if isinstance(self.value, Decimal) else None


@lru_cache(maxsize=100_000)
def even_text(text: str) -> str:
    """Even out what does not change a text: Unicode form, odd spaces, full-width characters, dashes."""
    return one_line(unicodedata.normalize("NFC", text).translate(FULL_WIDTH))


_N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_SCALE = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_NOUN = (
    r"cơ quan|đơn vị|địa phương|sở|ngành|huyện|xã|phường|mục tiêu|chỉ tiêu|nhiệm vụ|văn bản|báo cáo|hồ sơ"
    r"|thủ tục|ý kiến|phiếu|lượt|người|cuộc|lớp|hội nghị|tin|bài|đài"
)
"""What is counted in such a report."""
_OTHER = r"""
  (?P<date>
      \bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?
    | \btháng\s+\d{1,2}\s+năm\s+\d{4}
    | \b(?:ngày|tháng|quý)\s+\d{1,2}(?:\s*[/.-]\s*\d{1,4}){0,2}(?!\s*/\s*\d|[.,]?\d)
    | \b(?:từ|đến|hết|trước|sau)\s+\d{1,2}/(?:0?[1-9]|1[0-2])(?![/\d]|[.,]\d|\s*%|\s+(?:NOUN)\b)
    | (?<![\d/.,])\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?!\d)
    | (?<![\d/.,])\d{4}-\d{2}-\d{2}(?!\d)
    | (?<![\d/.,])(?:19|20)\d\d\s*-\s*(?:19|20)\d\d(?!\d)
    | (?:\bnăm\s+|(?<![\d/.,]))(?:19|20)\d\d(?![\d/]|[.,]\d|\s*%)
  )
  | (?P<time>\b\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2})?(?:\s*phút)?\b)
  | (?P<document>(?<![\d.,])\d+(?:/\d{4})?\s*/\s*[A-ZĐ][\w-]*)
  | (?P<reference>
      (?<!thời\ )\b(?:điểm|khoản|mục|điều|chương|phần|phụ\ lục|bảng|biểu|hình|mẫu|đề\ án|nghị\ định
        |nghị\ quyết|thông\ tư|quyết\ định|chỉ\ thị|kế\ hoạch|công\ văn|báo\ cáo|quốc\ lộ|khu\ vực|mức\ độ)
      \s+(?:số\s+)?\d+(?:\.\d+)*(?![\d%]|,\d|\s*%|\s*/\s*[\dA-ZĐ])
    | (?<!trong\ )(?<!tổng\ )(?<!một\ )(?<!con\ )\bsố\s+\d+(?![\d%/]|[.,]\d|\s*%)
      (?=\s*(?:ngày|của|về|[;.,)]|$))
    | \b(?:mục|chỉ)\ tiêu\s+\d+[a-zđ]?(?:(?:,|;|\s+và|\s+đến)\s+\d+[a-zđ]?\b)*
      (?![\d%]|[.,]\d|\s*%|\s+(?:NOUN|điểm)\b)
    | ^\s*(?:[-+*•]\s*)?\d{1,2}(?:\.\d{1,2})*[.)](?=\s)
    | \(\d{1,2}\)(?=$)
    | (?:^|(?<=[;:.,]\ ))\(\d{1,2}\)(?=\s)   # items counted out within a sentence
  )
""".replace("NOUN", _NOUN.replace(" ", r"\ "))
_FIGURE = rf"""
  (?P<number>
    (?<![^\W_])(?<![^\W\d_]-)(?<![\d.,])   # not inside a name ("T10"), a name with a hyphen or another number
    (?:(?:(?<=\s)|(?<=\()|^)[+-])?
    (?>{re.sub(" ", "[ ]", _N)})
    (?:(?<=\d\d\d)(?=đ)|(?![a-zđ](?!\w)))  # "12a" is an item, "25.000đ" money
    (?:\s*%|\s+(?:phần\s+trăm|nghìn|ngàn|triệu|(?:tỷ|tỉ)(?!\s+lệ))\b)?
  )
"""
_TOKEN = re.compile(f"{_OTHER}|{_FIGURE}", re.VERBOSE | re.IGNORECASE)


@lru_cache(maxsize=512)  # most paragraphs stand in both documents
def find_numbers(text: str) -> tuple[SaidNumber, ...]:
    """Find the numbers of a text that ``even_text`` has evened out, in order."""
    found = []
    markers = find_enumerated(text)
    for match in _TOKEN.finditer(text):
        said, after = match.group(0), text[match.end() :]
        is_marker = any(match.start() in marker for marker in markers)
        kind, value = _read("reference" if is_marker else match.lastgroup or "", said, after)
        found.append(_with_words(SaidNumber(match.start(), match.end(), said, value, kind), text))
    return tuple(found)


def _with_words(number: SaidNumber, text: str) -> SaidNumber:
    """Read the words around a figure that make it a threshold or a round one.

    A count in thousands ("1,2 nghìn lượt") is always a round one.
    """
    if not number.figure:
        return number
    if limit := find_bound(text, number.start, number.end):
        return replace(number, least=limit.least, worded=text[limit.start : limit.end])
    if rounding := find_rounding(text, number.start):
        return replace(number, rounding=rounding[0], worded=text[rounding[1] : number.end])
    scaled = number.kind is NumberKind.COUNT and number.text.lower().endswith(tuple(_SCALE))
    return replace(number, rounding=Rounding.NEAR) if scaled else number


def is_round_one(printed: object, found: object) -> bool:
    """Whether a number says a printed figure in round figures: "gần 80%" for 79,96%."""
    if not isinstance(printed, SaidNumber) or not isinstance(found, SaidNumber) or found.rounding is None:
        return False
    exact, said = printed.amount, found.amount
    if exact is None or said is None:
        return False
    return is_rounded(exact, said, found.rounding, found.kind in (NumberKind.PERCENT, NumberKind.POINTS))


def _read(group: str, said: str, after: str) -> tuple[NumberKind, Value]:
    match group:
        case "date":
            return NumberKind.DATE, _parse_day(said)
        case "time":
            parts = [int(n) for n in re.findall(r"\d+", said)]
            return NumberKind.TIME, (parts[0], parts[1] if len(parts) > 1 else 0)
        case "document":
            return NumberKind.DOCUMENT, re.sub(r"\s", "", key(said))
        case "number":
            return figure_kind(said, after), parse_value(said)
        case _:
            return NumberKind.REFERENCE, None


_POINTS = re.compile(r"\s*điểm\s*(?:phần\s*trăm|%)", re.IGNORECASE)
_MONEY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\b", re.IGNORECASE)


def figure_kind(said: str, after: str) -> NumberKind:
    """Tell the kind of a figure by how it ends and by what follows it."""
    if said.endswith("%") or said.lower().endswith("trăm"):
        return NumberKind.PERCENT
    if _POINTS.match(after):
        return NumberKind.POINTS
    return NumberKind.MONEY if _MONEY.match(after) else NumberKind.COUNT


def _parse_day(said: str) -> tuple[int | None, ...]:
    """Read a date as (day, month, year), what isn't said as None; a span of years or a quarter by itself."""
    numbers = [int(n) for n in re.findall(r"\d+", said)]
    opens = said.lower().split()[0]
    if opens == "quý":
        return (-4, *numbers)
    if re.match(r"\d{4}\s*-\s*\d{4}", said):
        return (-2, *numbers)
    if re.match(r"\d{4}-", said):
        numbers.reverse()
    if opens == "năm" or len(said) == 4:
        return None, None, numbers[0]
    if opens == "tháng":
        return None, numbers[0], numbers[1] if len(numbers) > 1 else None
    return tuple([*numbers, None, None][:3])


_NUMBER = re.compile(rf"([+-]?)\s*({_N})\s*(%|nghìn|ngàn|triệu|tỷ|tỉ)?", re.IGNORECASE)


def parse_value(text: str) -> Decimal | None:
    """Read a number as a Vietnamese reader does: dots or spaces group, a comma stands before decimals.

    A dot before one, two or more than three digits is a decimal one. None where it reads as no number.
    """
    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    sign, digits, scale = found.groups()
    if re.fullmatch(r"\d{1,3}([. ]\d{3})+(,\d+)?", digits):
        plain = digits.replace(".", "").replace(" ", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3}){2,}", digits):
        plain = digits.replace(",", "")
    elif re.fullmatch(r"\d+([.,]\d+)?", digits):
        plain = digits.replace(",", ".")
    else:
        return None
    return Decimal(f"{sign}{plain}").scaleb(_SCALE.get((scale or "").lower(), 0))


_PRINTED = re.compile(rf"[≥≤<>]?\s*([+-]?(?:{_N})\s*(?:%|triệu|tỷ)?)(?:\s+(?:đồng|điểm phần trăm))?")


def is_turned(printed: object, found: object) -> bool:
    """Whether two facts are thresholds of opposite senses."""
    if not isinstance(printed, SaidNumber) or not isinstance(found, SaidNumber):
        return False
    return printed.least is not None and found.least is (not printed.least)


@lru_cache(maxsize=100_000)
def printed_value(text: str) -> Decimal | None:
    """Read a figure as the report prints it, with its unit; None for dates, signs, words."""
    found = _PRINTED.fullmatch(text.strip())
    return parse_value(found.group(1)) if found else None


# ------------------------------------------------------------------------------------------- numbers as words

_ONES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_LAST = _ONES | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_UNIT, _END = "|".join(_ONES), "|".join(_LAST)
_WORDS = re.compile(
    rf"\b(?:(?P<hundreds>{_UNIT})\s+trăm(?:\s+(?:linh|lẻ)\s+(?P<few>{_END})\b)?\s*)?"
    rf"(?:(?P<tens>{_UNIT})\s+(?:mươi|chục)(?:\s+(?P<ones>{_END})\b)?"
    rf"|(?P<ten>mười)(?:\s+(?P<teen>{_END})\b)?|(?P<one>{_UNIT}))?\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\s*(?:\(\d+\)|(?:{_NOUN}|điểm(?!\s+(?:phần|%)))\b)", re.IGNORECASE)
"""What follows a number that counts something in such a report; after other words it is a phrase."""
_YEAR = re.compile(
    r"\b(?:trong|hằng|hàng|mỗi|cả|đầu|cuối|giữa|qua|nay|trước|sau|nửa)\s+$",
    re.IGNORECASE,
)
"""Words after which "năm" is the year and not five."""


@lru_cache(maxsize=512)
def find_number_words(text: str) -> tuple[SaidNumber, ...]:
    """Find the numbers up to 999 that are written out and count something: "hai mươi ba đơn vị"."""
    found = []
    for match in _WORDS.finditer(text):
        said = match.group(0).rstrip()
        end = match.start() + len(said)
        if not said or not _COUNTED.match(text, end):
            continue
        if said.lower() == "năm" and _YEAR.search(text, 0, match.start()):
            continue
        part = {name: _LAST.get((word or "").lower(), 0) for name, word in match.groupdict().items()}
        tens = part["tens"] * 10 or 10 * bool(match["ten"])
        ones = part["few"] + part["ones"] + part["teen"] + part["one"]
        found.append(SaidNumber(match.start(), end, said, Decimal(part["hundreds"] * 100 + tens + ones)))
    return tuple(found)
