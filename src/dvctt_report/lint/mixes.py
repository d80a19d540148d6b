"""Shares of one whole: together they make a hundred, and each is that of the amount beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dvctt_report.lint.amounts import Amount, Passage, Question, sentences_of
from dvctt_report.lint.numerals import read_number, shown, step_of
from dvctt_report.lint.shares import is_share, share_question, wholes_of
from dvctt_report.patterns import lazy_pattern

_MIX = lazy_pattern(r"\b[Cc]ơ cấu\b[^.]{0,300}")
_TOLD = lazy_pattern(r"(?P<n>\d(?<![\d,.]\d)\d{0,2}(?:,\d{1,4})?) ?%")
_CHANGED = lazy_pattern(
    r"\b(?:tăng|giảm|so với|cùng kỳ|kế hoạch|chỉ tiêu|dự toán|mỗi|bình quân|năm \d{4})\b", re.IGNORECASE
)
_MIXED = 3
"""Shares from which a mix is told whole."""
_HUNDRED, _NEAR = Decimal(100), 10
"""What the shares of a whole make, and how far off they may be to have been meant for it."""
_GRADED = lazy_pattern(
    r"\b(?:giàu|khá|trung bình|(?<!cận )nghèo|giỏi|yếu|kém|tốt|đạt|xuất sắc|hoàn thành)\b"
    r"(?: (?:nhiệm vụ|chiếm|đạt|là|loại))*:?\s*$"
)
"""What a share is of that each of all is one of: "hộ khá, giàu 45%, trung bình 40%, nghèo 15%"."""
_OF_IT = lazy_pattern(r"[^\d(),;%]{1,40} \((?:(?:chiếm|đạt)(?: tỷ lệ)? |tỷ lệ )?")
"""What stands between an amount and the share in the bracket behind it."""


def mixes_in(text: str) -> Iterator[Question]:
    """Shares of one whole that don't make a hundred, or aren't those of the amounts beside them."""
    for found in _MIX.finditer(text) if "ơ cấu" in text else ():
        if not re.search("tăng|giảm|so với", found[0]):
            yield from _mixed([read_number(n) or Decimal(0) for n in _TOLD.findall(found[0])])
    for sentence in sentences_of(text) if text.count("%") > 1 else ():
        told = [*_TOLD.finditer(sentence)]
        if len(told) > 1 and not _CHANGED.search(sentence):
            shares = [read_number(found["n"]) or Decimal(0) for found in told]
            ends = [0, *(found.end() for found in told)]
            labels = [sentence[end : found.start()] for end, found in zip(ends, told, strict=False)]
            yield from _mixed(shares) if all(map(_GRADED.search, labels)) else ()
            yield from _beside(sentence, told) if "(" in sentence else ()


def _mixed(shares: list[Decimal]) -> Iterator[Question]:
    """Shares of a mix that come near to a hundred and miss it by more than they may have been rounded."""
    slack, added = sum(map(step_of, shares), Decimal(0)) / 2, sum(shares, Decimal(0))
    if len(shares) == _MIXED and slack < abs(added - _HUNDRED) <= _NEAR:
        yield f"các tỷ lệ của cơ cấu cộng lại được {shown(added)}%", "100%"


def _beside(sentence: Passage, told: list[re.Match[str]]) -> Iterator[Question]:
    """Amounts with their shares that no one whole gives: "70% (14 tỷ đồng), … 40% (6 tỷ đồng)"."""
    pairs = [(share, amount) for share in told if (amount := _amount_of(sentence, share)) is not None]
    if len(pairs) != len(told) or not all(a.noun and a.is_of(pairs[0][1].noun) for _, a in pairs):
        return
    shares = [read_number(share["n"]) or Decimal(0) for share, _ in pairs]
    if not all(shares) or abs(sum(shares, -_HUNDRED)) > _NEAR or any(a.is_vague for _, a in pairs):
        return
    wholes = [wholes_of(said, amount) for said, (_, amount) in zip(shares, pairs, strict=True)]
    if max(least for least, _ in wholes) <= min(most for _, most in wholes):
        return
    whole = sum((amount.value for _, amount in pairs), Decimal(0))
    for said, (share, amount) in zip(shares, pairs, strict=True):
        if not is_share(said, amount.value, whole):
            yield share_question(amount.text, amount.told(whole), share["n"], amount.value, whole)


def _amount_of(sentence: Passage, share: re.Match[str]) -> Amount | None:
    """The amount in the bracket behind a share, or before the bracket that the share stands in."""
    for amount in sentence.amounts:
        behind = amount.inside and sentence[share.end() : amount.start] == " ("
        if behind or (not amount.inside and _OF_IT.fullmatch(sentence, amount.end, share.start())):
            return amount
    return None
