"""What the words and signs around a number make of it: a bound, a round figure, the mark of a list or a note.

A bound is another one when its sense is turned ("không quá 5%"), even where its value stays; a round figure
("gần 80%") is the figure where it is true; "(1) …; (2) …" only counts out what a text lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# ------------------------------------------------------------------------------------------ bounds

_MEANT = r"(?:\s+(?:là|đạt|bằng|phải\s+đạt|mức))*"
_AIM = r"(?:\(|mục\s+tiêu|kế\s+hoạch|chỉ\s+tiêu|yêu\s+cầu)(?:\s+là)?\s*"
_LIMIT_BEFORE = re.compile(
    rf"""(?:^|(?<=[\s(:]))(?:
      (?P<least> [≥>] | >= | => | (?:tối\s+thiểu|ít\s+nhất|không\s+dưới
                                  |không\s+(?:thấp|ít|nhỏ)\s+hơn){_MEANT} )
    | (?P<most> [≤<] | <= | =< | (?:tối\s+đa|nhiều\s+nhất|không\s+quá|không\s+vượt(?:\s+quá)?
                              |không\s+(?:cao|nhiều|lớn)\s+hơn){_MEANT} )
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_AIMED_AT = re.compile(rf"{_AIM}(?:(?P<least>trên)|(?P<most>dưới))\s*$", re.IGNORECASE)
"""Words that set a limit only where they follow what is aimed at; elsewhere they say how a unit came out."""
_LIMIT_AFTER = re.compile(r"\s*(?:(?:%|\w+)\s*)?trở\s+(?:(?P<least>lên)|(?P<most>xuống))\b", re.IGNORECASE)
_LIMIT_FROM = re.compile(r"\btừ\s+$", re.IGNORECASE)
_LIMIT_REACH = 40
"""Characters before a number in which such words are looked for."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The sense of a threshold, and where its words begin and end in the text, the number among them."""

    least: bool
    start: int
    end: int


def find_bound(text: str, start: int, end: int) -> Bound | None:
    """Find what sense is given to the number at ``start`` to ``end``; None where it is no limit."""
    first = max(0, start - _LIMIT_REACH)
    before = text[first:start]
    if after := _LIMIT_AFTER.match(text, end):
        opened = _LIMIT_FROM.search(before)
        begin = first + opened.start() if opened else start
        return Bound(after["least"] is not None, begin, after.end())
    found = _LIMIT_BEFORE.search(before)
    found = found or _AIMED_AT.search(before)
    if found is None:
        return None
    side = "least" if found["least"] is not None else "most"
    return Bound(side == "least", first + found.start(side), end)


# ----------------------------------------------------------------------------------- round figures


class Rounding(StrEnum):
    """On which side of the number said the exact one lies."""

    NEAR = "near"
    BELOW = "below"
    ABOVE = "above"


FARTHEST = Decimal(1) / 8
"""Largest share of a figure by which a round one may miss it."""
_ROUND_BEFORE = re.compile(
    r"""(?:^|(?<=[\s(:;,]))(?:
      (?P<near> khoảng | xấp\ xỉ | xấp\ xỷ | ước(?:\ (?:tính|đạt|khoảng))? | chừng | ngót\ nghét | [~≈] )
    | (?P<below> gần | ngót | suýt\ soát )
    | (?P<above> (?<!cao\ )(?<!thấp\ )(?<!nhiều\ )(?<!ít\ )(?<!lớn\ )(?<!nhỏ\ )(?<!kém\ )hơn
               | (?:đạt|có|chiếm|là|với|được|gồm)\ trên )
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""The words of a round number; "trên" is one only where it can't mean "of" ("2 trên 3 đơn vị") or a limit."""
_ROUND_REACH = 16


def find_rounding(text: str, start: int) -> tuple[Rounding, int] | None:
    """Find whether words before the number at ``start`` make it a round one, and where they begin."""
    first = max(0, start - _ROUND_REACH)
    found = _ROUND_BEFORE.search(text[first:start])
    return (Rounding(found.lastgroup), first + found.start()) if found and found.lastgroup else None


def is_rounded(exact: Decimal, said: Decimal, rounding: Rounding, whole: bool) -> bool:
    """Whether ``said`` is ``exact`` in round figures: within its last digit, and on the side its words say.

    ``whole``: the last digit of a whole number counts, be it 0, as of a percentage: "80%".
    """
    exponent = said.as_tuple().exponent if whole else said.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        return False
    step = Decimal(1).scaleb(min(exponent, 0) if whole else exponent)
    off = exact - said
    if abs(off) > FARTHEST * abs(exact):
        return False
    match rounding:
        case Rounding.NEAR:
            return abs(off) <= step / 2
        case Rounding.BELOW:
            return -step < off < 0
        case Rounding.ABOVE:
            return 0 < off < step


# ------------------------------------------------------------------------------------ enumerations

_MARKER = re.compile(
    r"""\((?P<in>\d{1,2})\)(?=\s)
      | (?:^|(?<=[:;,.]\s)|(?<=\bvà\s)) (?: (?P<half>\d{1,2})\)(?=\s) | (?P<dot>\d{1,2})\.(?=\s+[^\W\d]) )
    """,
    re.VERBOSE,
)
_SPELT = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm)\s$", re.IGNORECASE)
"""A number in words, which the one in brackets after it repeats: "hai (2) đơn vị"."""
_NOTE = re.compile(r"\[\d{1,2}\]")


def find_enumerated(text: str) -> list[range]:
    """Find the markers of a series 1, 2, … and of notes; their extents."""
    found = [range(*match.span()) for match in _NOTE.finditer(text)]
    for group in ("in", "half", "dot"):
        series: list[range] = []
        for match in _MARKER.finditer(text):
            if match[group] == str(len(series) + 1) and not _SPELT.search(text, 0, match.start()):
                series.append(range(*match.span()))
        found += series if len(series) > 1 else []
    return found
