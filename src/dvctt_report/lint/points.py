"""Two percentages and how many points they are apart: "82,9%, vượt 2,9 điểm phần trăm so với mục tiêu (80%)".

Where the words tie both percentages to the points they are *stated*. Elsewhere they are *likely* those of the
same paragraph; then only points that no two of them give, and that two give but for a slip, are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from dvctt_report.lint.amounts import Question, is_slip
from dvctt_report.lint.numerals import PERCENT, read_number, shown, step_of
from dvctt_report.lint.passages import Passage
from dvctt_report.lint.shares import is_share
from dvctt_report.patterns import lazy_pattern

_CHANGE = (
    r"(?:(?P<up>tăng|vượt|cao hơn)|giảm|thấp hơn|kém|hụt)\s+(?:thêm\s+)?(?:(?:năm|quý|tháng) [\w/]+ là\s+)?"
    r"(?P<points>\d{1,3}(?:,\d+)?)\s*(?P<unit>điểm phần trăm|điểm %|%)"
)
_STATED = (
    lazy_pattern(
        rf"\b{_CHANGE}(?: so với [^%.;()]{{2,60}})? \(từ (?P<other>{PERCENT}) ?%"
        rf"[^%.;()]{{0,20}} (?:lên|xuống|còn|đến) (?P<one>{PERCENT}) ?%\)"
    ),
    lazy_pattern(
        rf"(?P<one>{PERCENT})\s*%(?!\))(?:;\s|[^%.;]{{0,60}}?\b){_CHANGE}"
        r"(?:(?:(?!điểm)[^%.;]){0,20}so với| \()(?:(?!điểm)[^%.;]){0,80}?"
        rf"(?<![\d,])(?P<other>{PERCENT})\s*%"
    ),
    lazy_pattern(
        rf"(?P<one>{PERCENT})\s*%(?!\))[^%.;]{{0,60}}?"
        r"\b(?:(?P<up>cao hơn|vượt|tăng so với)|thấp hơn|giảm so với)"
        rf" [^%.;()]{{2,60}}\((?P<other>{PERCENT})\s*%\),?(?: là)?"
        r" (?P<points>\d{1,3}(?:,\d+)?) (?P<unit>điểm phần trăm|điểm %)"
    ),
    lazy_pattern(
        rf"\b[Tt]ừ\s+(?P<other>{PERCENT})\s*%[^%.;]{{0,40}}?(?:lên|xuống|còn)\s[^%.;]{{0,20}}?"
        rf"(?<![\d,])(?P<one>{PERCENT})\s*%[^%.;]{{0,40}}?\b{_CHANGE}"
    ),
)
_OF_TWO_TIMES = lazy_pattern(
    r"\b(?:[Nn]ăm|[Qq]uý|[Tt]háng|[Đđ]ầu|[Cc]uối|[Kk]ỳ)\b[^%.;]{0,40}?"
    rf"(?<![\d,])(?P<other>{PERCENT}) ?%[,;] [^%.;]{{0,20}}"
    r"\b(?:năm|quý|tháng|cuối|nay|kỳ)\b[^%.;]{0,40}?"
    rf"(?<![\d,])(?P<one>{PERCENT}) ?%, (?:(?P<up>tăng)|giảm) (?:thêm )?(?P<points>\d{{1,3}}(?:,\d+)?) "
    r"(?P<unit>điểm phần trăm|điểm %)(?=[,.;)]|$)"
)
"""The earlier time first; where years tell otherwise, the later one."""
_DIFFERENCE = lazy_pattern(
    rf"(?<![\d,])(?P<one>{PERCENT}) ?%[,;] [^%.;]{{0,40}}?(?<![\d,])(?P<other>{PERCENT}) ?%,? (?P<up>)"
    r"chênh (?:lệch )?(?:nhau )?(?:là )?(?P<points>\d{1,3}(?:,\d+)?) (?P<unit>điểm phần trăm|điểm %)"
)
"""How far two are apart, whichever is higher: "tỉnh đạt 87,6%, xã đạt 52,9%, chênh lệch 34,7 điểm %"."""
_YEAR = lazy_pattern(r"\b20\d\d\b")
_CLAIM = lazy_pattern(
    r"\b(?P<up>tăng|vượt|cao hơn|giảm|thấp hơn|kém|hụt) (?:thêm )?(?P<points>\d{1,3}(?:,\d+)?)"
    r" (?:điểm phần trăm|điểm %)"
)
_THEN = lazy_pattern(
    rf" so với [^%.;,()]{{2,60}}\([^%.;()\d]{{0,30}}(?P<other>{PERCENT}) ?%\)"
    r"| so với(?: (?P<time>(?:năm|quý|tháng) [\w/]*\d))?"
)
_TOLD = lazy_pattern(r"(?P<n>\d(?<![\d,.]\d)\d{0,2}(?:,\d{1,4})?) ?%")
_GROWTH = lazy_pattern(r"\b(?:tăng|giảm|vượt)(?: thêm| khoảng| trên| gần)* $", re.IGNORECASE)
_OF_A_TIME = lazy_pattern(
    r"\b(?:năm|quý|tháng|kỳ|đầu|cuối|trước|nay|hiện|thời điểm)\b[^.;]{0,60}$", re.IGNORECASE
)
_SENTENCES = lazy_pattern(r"\.\s+(?=[^\W\d_])")
_SIGNS = 3
"""Signs of a number of points, its comma among them, from which one digit tells a slip."""
_OFF = 1
"""Points by which two percentages and what is said of them miss each other where a figure is an older one."""
_BACK = 2
"""Sentences in which the percentages stand that points are told of."""
_BOTH = 2
_WORDS = 80
"""Characters before a percentage that may say of which time it is."""
_FEW = 4
"""Percentages before some points among which theirs are looked for."""


class _Told(NamedTuple):
    """A percentage, the words before it, back to the one before, and whether they name a time."""

    value: Decimal
    words: str
    is_of_a_time: bool


def points_in(text: Passage) -> Iterator[Question]:
    """Points that the percentages of a paragraph don't give."""
    tied = [found for pattern in _STATED for found in pattern.finditer(text)]
    tied = [found for found in tied if "lần lượt" not in found[0]]
    # What a bracket behind some points tells of them goes before what stands farther off.
    stated = {found.start("points"): found for found in reversed(tied)}.values()
    timed = [*_OF_TWO_TIMES.finditer(text)]
    for found in stated:
        yield from _apart(found, found["one"], found["other"])
    for found in timed:
        years = _YEAR.findall(found[0])
        turned = len(years) == _BOTH and years[0] > years[1]
        now, then = ("other", "one") if turned else ("one", "other")
        yield from _apart(found, found[now], found[then])
    for found in _DIFFERENCE.finditer(text) if "chênh " in text else ():
        low, high = sorted((found["one"], found["other"]), key=lambda n: read_number(n) or Decimal(0))
        yield from _apart(found, low, high)
    known = {found.start("points") for found in (*stated, *timed)}
    # Of several told "lần lượt" no two are tied to what follows.
    for claim in _CLAIM.finditer(text) if "lần lượt" not in text else ():
        if claim.start("points") not in known:
            yield from _likely(text, claim)


def _apart(found: re.Match[str], now: str, then: str) -> Iterator[Question]:
    one, other, points = (read_number(number) for number in (now, then, found["points"]))
    if one is None or other is None or points is None:
        return
    apart = one - other if found["up"] else other - one
    agrees = _are_apart(apart, points, one, other)
    both = f"{now}% so với {then}%"
    if found["unit"] == "%":
        if agrees and other and not is_share(points, apart, other):
            told = f"{found['points']} điểm phần trăm"
            yield f"{both} mà ghi {found['points']}%", f"{told}, là hiệu của hai tỷ lệ"
    elif not agrees:
        yield _question(found["points"], one, other)


def _are_apart(apart: Decimal, points: Decimal, one: Decimal, other: Decimal) -> bool:
    """Whether two percentages are so many points apart; each of the three may have been rounded."""
    return abs(apart - points) <= min(map(step_of, (one, other, points)))


def _question(points: str, one: Decimal, other: Decimal) -> Question:
    both = f"{_percent(one)} so với {_percent(other)}"
    right = f"{both} là {'cao' if one > other else 'thấp'} hơn {shown(abs(one - other))} điểm phần trăm"
    return f"{both} mà ghi {points} điểm phần trăm", right


def _percent(number: Decimal) -> str:
    return f"{number:f}%".replace(".", ",")


def _likely(text: str, claim: re.Match[str]) -> Iterator[Question]:
    """Points whose percentages stand farther off, or both before them."""
    points = read_number(claim["points"]) or Decimal(0)
    then = _THEN.match(text, claim.end())
    before = [*_before(text, claim.start(), points)]
    if then and then["other"]:
        other = read_number(then["other"]) or Decimal(0)
        pairs = [(told.value, other) for told in reversed(before)]
    elif then and then["time"] and len(before) == _BOTH:
        # Told of that time alone: "năm 2025 tỷ lệ này là 99,07%".
        of_it = [told for told in before if then["time"] in told.words]
        pairs = [(one.value, of_it[0].value) for one in before if one not in of_it] if len(of_it) == 1 else []
    elif then or not any(told.is_of_a_time for told in before[-_BOTH:]):
        return
    else:
        pairs = [(one.value, other.value) for one, other in combinations(before[: -_FEW - 1 : -1], 2)]
    if any(_are_apart(abs(one - other), points, one, other) for one, other in pairs):
        return
    near = [pair for pair in pairs[:1] if abs(abs(pair[0] - pair[1]) - points) <= _OFF]
    slips = [pair for pair in pairs if _is_slip(points, *pair)]
    yield from (_question(claim["points"], *pair) for pair in (near + slips)[:1])


def _is_slip(points: Decimal, one: Decimal, other: Decimal) -> bool:
    return is_slip(points, abs(one - other).quantize(step_of(points)), _SIGNS)


def _before(text: str, end: int, points: Decimal) -> Iterator[_Told]:
    """The percentages of a sentence before some points, and those of the sentence before it."""
    cuts = [found.end() for found in _SENTENCES.finditer(text, 0, end)]
    begin = ([0] * _BACK + cuts)[-_BACK]
    for found in _TOLD.finditer(text, begin, end):
        words = text[max(begin, found.start() - _WORDS) : found.start()]
        number = read_number(found["n"])
        if number is not None and number >= points and not _GROWTH.search(words):
            yield _Told(number, words.rpartition("%")[2], bool(_OF_A_TIME.search(words)))
