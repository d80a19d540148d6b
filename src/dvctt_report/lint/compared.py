"""Amounts held against another in brackets: a share of a plan, a growth since last year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dvctt_report.lint.amounts import Amount, amounts_in
from dvctt_report.lint.figure_tables import NUMBER, PERCENT, read_number, shown, step_of
from dvctt_report.lint.reckoning import Question, sentences_of, share_question
from dvctt_report.patterns import lazy_pattern

_COMPARED = lazy_pattern(
    r"(?<=[,;(] )(?:tương (?:ứng|đương) )?(?P<word>tăng|giảm|bằng|đạt)(?: tỷ lệ)? "
    rf"(?P<percent>{PERCENT}) ?%"
    r" (?:so với|(?:so )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|cùng kỳ|số thu|số chi)\b)[^().,;%]{0,80}"
    r" \((?P<then>\d[^()%;]{1,40})\)"
)
"""A percentage of an amount that stands behind it: "bằng 90% dự toán (21.000 tỷ đồng)"."""
_GROWN = lazy_pattern(
    rf"(?<=[,;(] )(?P<word>tăng|giảm)(?: thêm)? (?P<by>{NUMBER.pattern} [^\d,;.()%]{{2,30}}?)"
    rf"(?: \((?:tương (?:ứng|đương) )?(?:tăng |giảm |bằng )?(?P<percent>{PERCENT}) ?%\))?"
    r" so với [^().,;%]{2,60} \((?P<then>\d[^()%;]{1,40})\)"
    rf"(?:, tương (?:ứng|đương) (?:tăng |giảm )?(?P<behind>{PERCENT}) ?%)?"
)
"""A growth told in things and in percent: "tăng 140 người (20%) so với năm 2025 (700 người)"."""
_NO_AMOUNT = lazy_pattern(r"\b(?:tăng|giảm|vượt|thêm|bớt|so với|mỗi|bình quân|trung bình)\b")
"""What makes an amount one that nothing is compared with."""


def compared_in(text: str) -> Iterator[Question]:
    """Shares and growths that the amounts on both of their sides don't give."""
    for sentence in sentences_of(text):
        for found in _COMPARED.finditer(sentence):
            now, then = _now(sentence, found), _alone(found["then"])
            if now and then and then.value:
                yield from _share(now, then, found)
        for found in _GROWN.finditer(sentence):
            by, then = _alone(found["by"]), _alone(found["then"])
            if by and then and then.value and by.is_of(then.noun):
                yield from _growth(_now(sentence, found), by, then, found)


def _alone(words: str) -> Amount | None:
    """The one amount that words tell, from their first letter on."""
    found: Sequence[Amount] = amounts_in(words)
    return found[0] if len(found) == 1 and found[0].start == 0 and not found[0].is_vague else None


def _now(sentence: str, found: re.Match[str]) -> Amount | None:
    """The last amount before a comparison that counts the same as the one in its brackets."""
    then = _alone(found["then"])
    told = [a for a in amounts_in(sentence, 0, found.start()) if not _NO_AMOUNT.search(a.before)]
    same = [a for a in told if then and a.is_of(then.noun)]
    return same[-1] if same and not same[-1].is_vague else None


def _fits(said: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a percentage lies between two, rounded or cut off."""
    return low - step_of(said) < said < high + step_of(said)


def _share_of(part: Amount, whole: Amount) -> tuple[Decimal, Decimal]:
    """The least and the largest share that one amount is of another, both as rounded as they may be."""
    low = 100 * (part.value - part.slack) / (whole.value + whole.slack)
    return low, 100 * (part.value + part.slack) / (whole.value - whole.slack)


def _share(now: Amount, then: Amount, found: re.Match[str]) -> Iterator[Question]:
    low, high = _share_of(now, then)
    right = 100 * now.value / then.value
    said = read_number(found["percent"]) or Decimal(0)
    if found["word"] == "tăng":
        low, high, right = low - 100, high - 100, right - 100
    elif found["word"] == "giảm":
        low, high, right = 100 - high, 100 - low, 100 - right
    if not _fits(said, low, high):
        way = f"{found['word']} {found['percent']}%"
        about = shown(abs(right).quantize(Decimal("0.1")))
        yield f"{now.text} so với {then.text} mà ghi {way}", f"khoảng {about}%"


def _growth(now: Amount | None, by: Amount, then: Amount, found: re.Match[str]) -> Iterator[Question]:
    way = f"{found['word']} {by.text}"
    apart = (now.value - then.value) * (1 if found["word"] == "tăng" else -1) if now else by.value
    if now and abs(apart - by.value) > now.slack + by.slack + then.slack:
        yield f"{now.text} so với {then.text} mà ghi {way}", then.told(abs(apart))
        return
    for percent in (found["percent"], found["behind"]):
        said = read_number(percent or "")
        if said is not None and not _fits(said, *_share_of(by, then)):
            yield share_question(by.text, then.text, said, by.value, then.value)
