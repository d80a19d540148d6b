"""What a sentence states beside its numbers: a verdict or direction, what was done or not, which units.

Each is a kind with a value, like a number: "chưa đạt", "thấp hơn" and "dưới mức" are one value, "đạt" and
"vượt" the opposite one. So other words for the same are the same, and a dropped "chưa" is another value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dvctt_report.verify.names import spelt_out
from dvctt_report.vietnamese import CAPITALS, key


class StatementKind(StrEnum):
    """What is stated; only statements of one kind are ever compared."""

    VERDICT = "verdict"
    WISH = "wish"
    TREND = "trend"
    SENT = "sent"
    DONE = "done"
    ARISEN = "arisen"
    CHANGED = "changed"
    KNOWN = "known"
    TIMELY = "timely"
    EXTREME = "extreme"
    UNIT = "unit"
    BODY = "body"


MET, MISSED, UNDECIDED = "met", "missed", "insufficient"
"""The values of a verdict, as a manifest names them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in a text: where, in which words; ``value`` is a verdict, "yes" or "no", a unit's code.

    ``judges`` is True for a verdict that says outright how a target came out, and doesn't only compare.
    """

    start: int
    end: int
    text: str
    kind: StatementKind
    value: str
    judges: bool = False


_NOT = r"(?:chưa|không|chẳng)"
_FILLED = r"(?:\s+(?:thể|hề|từng|được))?\s+"
_AMOUNT = r"(?:\s+(?:được|tỷ lệ|tỉ lệ|mức|khoảng|gần|trên|dưới|hơn|bình quân|kết quả|tới|là|:))*\s*[\d(]"
_GOAL = r"(?=\s+(?:mức|mục\ tiêu|chỉ\ tiêu|kế\ hoạch|yêu\ cầu|[\d.,]+\s*%))"
_VERDICT = re.compile(
    rf"""\b(?:
      (?P<open>{_NOT}\s+(?:có\s+)?(?:đủ|có)\s+(?:cơ\ sở|căn\ cứ)
              |{_NOT}\s+(?:có\s+)?kết\ luận|{_NOT}\s+đánh\ giá\s+được)
    | (?P<not>{_NOT}{_FILLED})?
      (?: (?P<up> (?:đạt|hoàn\ thành)(?:\s+(?:và|hoặc)\s+vượt)? | vượt | cao\ hơn | nhiều\ hơn
                | tăng(?!\s+cường) | (?<!đạt\ )trên{_GOAL} )
        | (?P<down> thấp\ hơn | kém(?:\ hơn)? | ít\ hơn | giảm(?!\s+(?:nghèo|thiểu)) | thiếu | còn\ cách
                | dưới{_GOAL} ) )
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_AIM = r"(?:mục tiêu|kế hoạch|chỉ tiêu|yêu cầu)"
_IS_AMOUNT = re.compile(
    rf"đạt(?!\s+100\s*%\s+{_AIM})(?:{_AMOUNT}|\s+được\b(?!\s+{_AIM})|\s+(?:cao|thấp|khá|tốt)\b"
    r"|\s+(?:nhiều\s+)?(?:kết quả|hiệu quả|thành tích|tỷ lệ|tỉ lệ)\b)",
    re.IGNORECASE,
)
"""Where "đạt" says how much, or how well, and not that a target is met."""
_HOPED = re.compile(
    r"\b(?:để|nhằm|phấn đấu|cần|phải|sẽ|nếu|sớm|muốn|nỗ lực|gần|mới)(?:\s+\w+){0,2}\s*$", re.IGNORECASE
)
UNSURE = ("chưa chắc chắn", "chưa chắc")
"""The words for a verdict that may still turn."""
_UNSURE = re.compile(rf"\b(?:{'|'.join(UNSURE)})\b", re.IGNORECASE)
UNCHANGED = re.compile(r"\b(?:vẫn như|vẫn là|giữ nguyên|không đổi|không ảnh hưởng)\b", re.IGNORECASE)
"""Other words for "không thay đổi"."""
_THEN = re.compile(
    r"(?:(?!so với)[^.;:]){0,80}so với\s+(?:cùng kỳ|kỳ|năm|quý|tháng|lần|trước|thời điểm)", re.IGNORECASE
)
"""What follows a comparison with another time, which is no verdict."""
_JUDGED = re.compile(
    r"\s*(?:$|[.,;:()]|(?:được\s+|so với\s+|theo\s+)?(?:mục tiêu|kế hoạch|chỉ tiêu|yêu cầu|mức)\b)",
    re.IGNORECASE,
)
"""What follows "đạt", "hoàn thành", "vượt" where they say outright how a target came out."""
_DOINGS: Mapping[StatementKind, re.Pattern[str]] = {
    StatementKind.SENT: re.compile(r"\b(?:gửi|nộp)\b", re.IGNORECASE),
    StatementKind.DONE: re.compile(r"\b(?:thực hiện|triển khai)\b", re.IGNORECASE),
    StatementKind.ARISEN: re.compile(r"\bphát sinh\b", re.IGNORECASE),
    StatementKind.CHANGED: re.compile(r"\bthay đổi\b", re.IGNORECASE),
    StatementKind.KNOWN: re.compile(r"\bcó\s+(?:đủ\s+)?(?:số liệu|thông tin)\b", re.IGNORECASE),
}
_DENIED = re.compile(rf"\b{_NOT}(?:\s+\w+){{0,2}}\s+$", re.IGNORECASE)
_TIMELY = re.compile(
    r"\b(?:(?P<early>trước)|đúng|kịp|(?P<bad>sau|quá|trễ|chậm|muộn))(?:\s+thời)?\s+hạn\b",
    re.IGNORECASE,
)


_EXTREME = re.compile(
    r"""\b(?:(?P<high>(?:cao|lớn|tốt|khá)\ nhất|nhiều\ nhất(?!\ (?:là\ )?\d)|dẫn\ đầu|đứng\ đầu)
         |(?P<low>(?:thấp|nhỏ|kém|yếu|chậm)\ nhất|ít\ nhất(?!\ (?:là\ )?\d)
                 |(?:đứng|xếp)\ cuối|cuối\ bảng))\b""",
    re.VERBOSE | re.IGNORECASE,
)


_CAPITAL = rf"[{CAPITALS}]\w*"
_PART = rf"{_CAPITAL}(?:\s(?!và\b)[^\W\d_]+)?"
_BODY = re.compile(
    rf"\bBộ\s(?!Chỉ số){_PART}(?:(?:,|\svà)\s{_PART})*"
    rf"|\b(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân) tỉnh(?!\s{_CAPITAL})"
    r"|\bThủ tướng Chính phủ|\b(?:Văn phòng )?Chính phủ"
)
"""A ministry, whose name is of words of two syllables, the first with a capital: "Bộ Nội vụ"."""


@lru_cache(maxsize=512)  # most paragraphs stand in both documents
def find_bodies(text: str) -> tuple[Statement, ...]:
    """Find the bodies above the units that a text names: ministries, the committee of the province."""
    return tuple(_stated(m, StatementKind.BODY, key(spelt_out(m[0]))) for m in _BODY.finditer(text))


def _stated(match: re.Match[str], kind: StatementKind, value: str) -> Statement:
    return Statement(match.start(), match.end(), match.group(0), kind, value)


@lru_cache(maxsize=512)
def find_statements(text: str) -> tuple[Statement, ...]:
    """Find what a text states, in the order of the kinds.

    A verdict that is only hoped for is a WISH, one against another time a TREND.
    """
    found = []
    for match in _VERDICT.finditer(text):
        opposite = bool(match["not"])
        if match["up"] and not opposite and _IS_AMOUNT.match(text, match.start("up")):
            continue
        if match["down"] and opposite:  # "không dưới 80%" is a limit
            continue
        value = UNDECIDED if match["open"] else MET if bool(match["up"]) is not opposite else MISSED
        kind = StatementKind.VERDICT
        if _HOPED.search(text, 0, match.start()):
            kind = StatementKind.WISH
        elif _THEN.match(text, match.end()):
            kind = StatementKind.TREND
        outright = re.search("đạt|hoàn thành|vượt", match.group(0), re.IGNORECASE)
        judges = kind is StatementKind.VERDICT and bool(outright and _JUDGED.match(text, match.end()))
        found.append(Statement(match.start(), match.end(), match.group(0), kind, value, judges))
    for kind, pattern in _DOINGS.items():
        for match in pattern.finditer(text):
            denial = _DENIED.search(text, 0, match.start())
            start = denial.start() if denial else match.start()
            said = text[start : match.end()]
            found.append(Statement(start, match.end(), said, kind, "no" if denial else "yes"))
    found += (_stated(m, StatementKind.CHANGED, "no") for m in UNCHANGED.finditer(text))
    found += (_stated(m, StatementKind.CHANGED, "yes") for m in _UNSURE.finditer(text))
    for match in _EXTREME.finditer(text):
        found.append(_stated(match, StatementKind.EXTREME, "high" if match["high"] else "low"))
    for match in _TIMELY.finditer(text):
        denied = bool(_DENIED.search(text, 0, match.start()))
        in_time = "early" if match["early"] else "yes"
        value = "no" if denied is not bool(match["bad"]) else in_time
        found.append(_stated(match, StatementKind.TIMELY, value))
    return tuple(found)
