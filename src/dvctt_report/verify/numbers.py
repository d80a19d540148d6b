"""The numbers in a Vietnamese text, however they are typed, and what is a number only in form.

"63.245", "63 245" and the same in full width are one value; "883,02 triệu đồng" counts in đồng. Dates, years,
numbers of documents, sections and items are told apart by the words around them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dvctt_report.vietnamese import clean_text, key

FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {ord(c): "-" for c in "‐‑–—−"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: where, as typed, its value; ``figure`` is False for dates, years, references."""

    start: int
    end: int
    text: str
    value: Decimal | None
    figure: bool = True

    @property
    def is_percent(self) -> bool:
        return self.text.endswith("%")


@lru_cache(maxsize=100_000)
def even_text(text: str) -> str:
    """Even out what does not change a text: Unicode form, odd spaces, full-width characters, dashes."""
    return " ".join(clean_text(unicodedata.normalize("NFC", text).translate(FULL_WIDTH)).split())


_N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_SCALE = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_OTHER = r"""
  (?P<date>
      \bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?
    | \b(?:ngày|tháng|quý)\s+\d{1,2}(?:\s*[/.-]\s*\d{1,4}){0,2}(?!\s*/\s*\d|[.,]?\d)
    | (?<![\d/.,])\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?!\d)
    | (?<![\d/.,])\d{4}-\d{2}-\d{2}(?!\d)
    | \b\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2})?(?:\s*phút)?\b
    | (?<![\d/.,])(?:19|20)\d\d\s*-\s*(?:19|20)\d\d(?!\d)
    | (?:\bnăm\s+|(?<![\d/.,]))(?:19|20)\d\d(?![\d/]|[.,]\d|\s*%)
  )
  | (?P<document>(?<![\d.,])\d+(?:/\d{4})?\s*/\s*[A-ZĐ][\w-]*)
  | (?P<reference>
      \b(?:điểm|khoản|mục|điều|chương|phần|phụ\ lục|bảng|biểu|hình|mẫu|đề\ án|nghị\ định|nghị\ quyết
        |thông\ tư|quyết\ định|chỉ\ thị|kế\ hoạch|công\ văn|báo\ cáo|quốc\ lộ)
      \s+(?:số\s+)?\d+(?:\.\d+)*(?![\d%]|,\d|\s*%)
    | (?<!trong\ )(?<!tổng\ )(?<!một\ )(?<!con\ )\bsố\s+\d+(?![\d%/]|[.,]\d|\s*%)
      (?=\s*(?:ngày|của|về|[;.,)]|$))
    | \bmục\ tiêu\s+\d+[a-z]?(?:,\s*\d+[a-z]?)*(?![\d%]|,\d|\s*%|\s+đơn\ vị)
    | ^\s*(?:[-+*•]\s*)?\d{1,2}(?:\.\d{1,2})*[.)](?=\s)
    | \(\d{1,2}\)(?=$)
  )
"""
_FIGURE = rf"""
  (?P<number>
    (?<![^\W_])(?<![^\W\d_]-)(?<![\d.,])   # not inside a name ("T10"), a name with a hyphen or another number
    (?:(?:(?<=\s)|(?<=\()|^)[+-])?
    (?:{re.sub(" ", "[ ]", _N)})
    (?![a-zđ](?!\w))                        # "12a" is an item
    (?:\s*%|\s+(?:nghìn|ngàn|triệu|tỷ|tỉ)\b)?
  )
"""
_TOKEN = re.compile(f"{_OTHER}|{_FIGURE}", re.VERBOSE | re.IGNORECASE)


def find_numbers(text: str) -> tuple[Number, ...]:
    """Find the numbers of a text that ``even_text`` has evened out, in order."""
    found = []
    for match in _TOKEN.finditer(text):
        figure = match.lastgroup == "number"
        value = parse_value(match.group(0)) if figure else None
        found.append(Number(match.start(), match.end(), match.group(0), value, figure))
    return tuple(found)


_NUMBER = re.compile(rf"([+-]?)\s*({_N})\s*(%|nghìn|ngàn|triệu|tỷ|tỉ)?")


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


_PRINTED = re.compile(rf"[≥≤]?\s*([+-]?(?:{_N})\s*(?:%|triệu|tỷ)?)(?:\s+(?:đồng|điểm phần trăm))?")


@lru_cache(maxsize=100_000)
def printed_value(text: str) -> Decimal | None:
    """Read a figure as the report prints it, with its unit; None for dates, signs, words."""
    found = _PRINTED.fullmatch(text.strip())
    return parse_value(found.group(1)) if found else None


# ------------------------------------------------------------------------------------------- numbers as words

_ONES = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6} | {
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}


def find_number_words(words: Sequence[str]) -> tuple[str, int] | None:
    """Find the first number from 1 to 99 that is written out: ("hai mươi ba", 23); None: there is none."""
    plain = [key(word) for word in words]
    for at, word in enumerate(plain):
        rest = plain[at + 1 : at + 3]
        if word in _ONES and rest[:1] in (["mươi"], ["chục"]):
            ones = _ONES.get(rest[1], 0) if len(rest) > 1 else 0
            return " ".join(words[at : at + 2 + bool(ones)]), _ONES[word] * 10 + ones
        if word == "mười":
            ones = _ONES.get(rest[0], 0) if rest else 0
            return " ".join(words[at : at + 1 + bool(ones)]), 10 + ones
        if word in _ONES:
            return words[at], _ONES[word]
    return None
