"""Whether a number is the least or the most: "tối thiểu 80%", "≥ 80", "từ 80% trở lên", "không quá 5%".

A threshold is another one when its sense is turned, even where its value stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MEANT = r"(?:\s+(?:là|đạt|bằng|phải\s+đạt|mức))*"
_AIM = r"(?:\(|mục\s+tiêu|kế\s+hoạch|chỉ\s+tiêu|yêu\s+cầu)(?:\s+là)?\s*"
_BEFORE = re.compile(
    rf"""(?:^|(?<=[\s(:]))(?:
      (?P<least> ≥ | >= | => | (?:tối\s+thiểu|ít\s+nhất|không\s+dưới|không\s+(?:thấp|ít|nhỏ)\s+hơn){_MEANT} )
    | (?P<most> ≤ | <= | =< | (?:tối\s+đa|nhiều\s+nhất|không\s+quá|không\s+vượt(?:\s+quá)?
                              |không\s+(?:cao|nhiều|lớn)\s+hơn){_MEANT} )
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_ASIDE = re.compile(rf"{_AIM}(?:(?P<least>trên)|(?P<most>dưới))\s*$", re.IGNORECASE)
"""Words that set a limit only where they follow what is aimed at; elsewhere they say how a unit came out."""
_AFTER = re.compile(r"\s*(?:%|\w+)?\s*trở\s+(?:(?P<least>lên)|(?P<most>xuống))\b", re.IGNORECASE)
_FROM = re.compile(r"\btừ\s+$", re.IGNORECASE)
_REACH = 40
"""Characters before a number in which such words are looked for."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The sense of a threshold, and where its words begin and end in the text, the number among them."""

    least: bool
    start: int
    end: int


def find_limit(text: str, start: int, end: int) -> Limit | None:
    """Find what sense is given to the number at ``start`` to ``end``; None where it is no limit."""
    first = max(0, start - _REACH)
    before = text[first:start]
    if after := _AFTER.match(text, end):
        opened = _FROM.search(before)
        begin = first + opened.start() if opened else start
        return Limit(after["least"] is not None, begin, after.end())
    found = _BEFORE.search(before)
    found = found or _ASIDE.search(before)
    if found is None:
        return None
    side = "least" if found["least"] is not None else "most"
    return Limit(side == "least", first + found.start(side), end)
