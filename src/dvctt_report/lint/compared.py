"""Amounts and percentages of two times or of a plan: by how much, and which way, they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dvctt_report.lint.amounts import Amount, Question
from dvctt_report.lint.numerals import NUMBER, PERCENT, read_number, step_of
from dvctt_report.lint.passages import Passage, alone
from dvctt_report.lint.shares import share_question
from dvctt_report.patterns import lazy_pattern

_GROWN = lazy_pattern(
    r"(?<=[,;(] )(?P<word>tăng|giảm|vượt|hụt|(?:còn )?thiếu|thấp hơn|cao hơn)(?: thêm)?"
    rf" (?P<by>{NUMBER.pattern} [^\d,;.()%]{{2,30}}?)"
    rf"(?: \((?:tương (?:ứng|đương) )?(?:tăng |giảm |bằng )?(?P<percent>{PERCENT}) ?%\))?"
    r"(?: so với [^().,;%]{2,60}?(?: \((?P<then>\d[^()%;]{1,40})\)"
    rf"(?:, tương (?:ứng|đương) (?:tăng |giảm )?(?P<behind>{PERCENT}) ?%)?)?)?(?=[,.;)]|$)"
)
"""A growth told in things and in percent: "tăng 140 người (20%) so với năm 2025 (700 người)"."""
_GROWN_SINCE = lazy_pattern(
    rf"\bso với [^().,;%]{{2,60}}? (?P<word>tăng|giảm)(?: thêm)?"
    rf" (?P<by>{NUMBER.pattern} [^\d,;.()%]{{2,30}}?) \((?P<then>\d[^()%;]{{1,40}})\)"
    r"(?=[,.;)]|$)"
)
"""The same with its base behind it: "so với cùng kỳ năm 2025 giảm 06 vụ (24 vụ)"."""
_NO_AMOUNT = lazy_pattern(r"\b(?:tăng|giảm|vượt|thêm|bớt|so với)\b")
"""What makes an amount one that nothing is compared with."""
_MORE = ("tăng", "vượt", "cao hơn", "nhiều hơn", "lớn hơn")
_GAP = 80
"""Characters between an amount and by how much it grew, where what it grew from isn't told."""


_APART = lazy_pattern(
    r"\b(?P<word>cao hơn|thấp hơn|vượt|nhiều hơn|ít hơn|lớn hơn|thấp hơn) [^().;%\d]{2,60}"
    r"\((?P<then>\d[^()%;]{1,40})\)(?: là)? "
    rf"(?P<by>{NUMBER.pattern} [^\s\d,;.()%]{{1,30}}(?: [^\s\d,;.()%]{{1,30}})?)(?=[,.;)]|$)"
)
"""How far an amount is from another, told behind it: "2,35 m, cao hơn báo động III (2,20 m) là 0,15 m"."""


def grown_in(sentence: Passage) -> Iterator[Question]:
    """Growths and differences that the amounts on both of their sides don't give."""
    for pattern in (_APART, _GROWN, _GROWN_SINCE):
        for found in pattern.finditer(sentence):
            yield from _grown(sentence, found)


def _grown(sentence: Passage, found: re.Match[str]) -> Iterator[Question]:
    """An amount, by how much it grew and since which: each of them and the percentage as the others give."""
    by, then = alone(found["by"]), alone(found["then"] or "")
    percents = [found[name] for name in ("percent", "behind") if name in found.re.groupindex]
    told = _told(sentence, found, then or by) if by else []
    now = _head(sentence, told)
    if by is None or (found["then"] and (then is None or not by.is_of(then.noun))):
        return
    if now and not then and not any(percents) and "so với" not in found[0]:
        then = _of_time_before(now, told)
    if then and then.value:
        apart = (now.value - then.value) * (1 if found["word"] in _MORE else -1) if now else by.value
        # A bracket behind what changed may hold the present number, and not the one before.
        if not percents and (len(told) != 1 or then.value == told[0].value):
            return
        if now and not any(_gives(one, found["word"], by, then) for one in told):
            way = f"{found['word']} {by.text}"
            right = found["word"] if apart > 0 else "tăng" if now.value > then.value else "giảm"
            yield f"{now.text} so với {then.text} mà ghi {way}", f"{right} {then.told(abs(apart))}"
            return
        base, written = (then.value - then.slack, then.value + then.slack), then.text
    elif (
        now and not then and found.start() - now.end <= _GAP and ";" not in sentence[now.end : found.start()]
    ):
        before = now.value - by.value if found["word"] in _MORE else now.value + by.value
        base = (before - now.slack - by.slack, before + now.slack + by.slack)
        written = now.told(before)
    else:
        return
    for percent in filter(None, percents):
        if base[0] > 0 and not _fits(percent, by, *base):
            yield share_question(by.text, written, percent, by.value, (base[0] + base[1]) / 2)


_OF_WHICH = lazy_pattern(r"\b(?:trên|trong) (?:tổng )?(?:số )?$")
"""What stands before the whole of the amount before it: "170 hộ nghèo trên tổng số 2.748 hộ"."""


def _told(sentence: Passage, found: re.Match[str], other: Amount) -> list[Amount]:
    """The amounts before a comparison that count the same as another."""
    before = (a for a in sentence.amounts if a.end <= found.start() and not a.inside)
    before = (a for a in before if not _OF_WHICH.search(a.before))
    return [a for a in before if a.is_of(other.noun) and not _NO_AMOUNT.search(a.before)]


def _of_time_before(now: Amount, told: Sequence[Amount]) -> Amount | None:
    """The amount of an earlier time: "năm 2025 thu 39 tỷ đồng; năm 2026 thu 42 tỷ đồng, tăng 3 tỷ"."""
    times = [_OF_TIME.search(a.before) for a in told]
    dated = len(told) == 2 and told[1] is now and all(times) and not told[0].is_vague
    return told[0] if dated else None


_OF_TIME = lazy_pattern(
    r"\b(?:năm|quý|tháng|kỳ|tuần|trước|sau|từ|duyệt|dự toán|gói thầu|quyết toán|trúng thầu|thẩm định) "
)
"""What is said of two amounts of one thing at two times, or before and behind an examination."""


def _head(sentence: Passage, told: Sequence[Amount]) -> Amount | None:
    """The one that a comparison is of: the whole before its parts, else the last; None for a rough one."""
    cue = next(iter(sentence.cues), None)
    wholes = [a for a in told if cue is not None and a.end <= cue.start()]
    now = next(reversed(wholes or told), None)
    return now if now is not None and not now.is_vague else None


def _gives(now: Amount, word: str, by: Amount, then: Amount) -> bool:
    """Whether an amount is as much more, or less, than another as is said."""
    apart = (now.value - then.value) * (1 if word in _MORE else -1)
    return abs(apart - by.value) <= now.slack + by.slack + then.slack


def _fits(percent: str, by: Amount, least: Decimal, most: Decimal) -> bool:
    """Whether a percentage is that of an amount in one that lies between two, rounded or cut off."""
    said = read_number(percent) or Decimal(0)
    low, high = 100 * (by.value - by.slack) / most, 100 * (by.value + by.slack) / least
    return low - step_of(said) < said < high + step_of(said)
