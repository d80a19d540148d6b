"""Shares of one whole: together they make a hundred, and each is that of the amount beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dvctt_report.lint.amounts import Amount, Question
from dvctt_report.lint.numerals import shown, step_of
from dvctt_report.lint.passages import Passage, Percent
from dvctt_report.lint.shares import is_share, share_question, wholes_of
from dvctt_report.patterns import lazy_pattern

_MIX = lazy_pattern(r"\b[Cc]ơ cấu\b[^.]{0,300}")
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


def mixes_in(text: Passage) -> Iterator[Question]:
    """Shares called a mix that don't make a hundred: "Cơ cấu kinh tế: nông nghiệp 20%, …"."""
    for found in _MIX.finditer(text):
        if not re.search("tăng|giảm|so với", found[0]):
            yield from _mixed([share.value for share in Passage(found[0]).percents])


def shares_of_one(sentence: Passage) -> Iterator[Question]:
    """Shares of one whole that don't make a hundred, or aren't those of the amounts beside them."""
    told = sentence.percents
    if len(told) > 1 and not _CHANGED.search(sentence):
        ends = [0, *(share.end for share in told)]
        labels = [sentence[end : share.start] for end, share in zip(ends, told, strict=False)]
        yield from _mixed([share.value for share in told]) if all(map(_GRADED.search, labels)) else ()
        yield from _beside(sentence, told)


def _mixed(shares: list[Decimal]) -> Iterator[Question]:
    """Shares of a mix that come near to a hundred and miss it by more than they may have been rounded."""
    slack, added = sum(map(step_of, shares), Decimal(0)) / 2, sum(shares, Decimal(0))
    if len(shares) == _MIXED and slack < abs(added - _HUNDRED) <= _NEAR:
        yield f"các tỷ lệ của cơ cấu cộng lại được {shown(added)}%", "100%"


def _beside(sentence: Passage, told: Sequence[Percent]) -> Iterator[Question]:
    """Amounts with their shares that no one whole gives: "70% (14 tỷ đồng), … 40% (6 tỷ đồng)"."""
    pairs = [(share, amount) for share in told if (amount := _amount_of(sentence, share)) is not None]
    if len(pairs) != len(told) or not all(a.noun and a.is_of(pairs[0][1].noun) for _, a in pairs):
        return
    shares = [share.value for share, _ in pairs]
    if not all(shares) or abs(sum(shares, -_HUNDRED)) > _NEAR or any(a.is_vague for _, a in pairs):
        return
    wholes = [wholes_of(said, amount) for said, (_, amount) in zip(shares, pairs, strict=True)]
    if max(least for least, _ in wholes) <= min(most for _, most in wholes):
        return
    whole = sum((amount.value for _, amount in pairs), Decimal(0))
    for said, (share, amount) in zip(shares, pairs, strict=True):
        if not is_share(said, amount.value, whole):
            yield share_question(amount.text, amount.told(whole), share.text, amount.value, whole)


def _amount_of(sentence: Passage, share: Percent) -> Amount | None:
    """The amount in the bracket behind a share, or before the bracket that the share stands in."""
    for amount in sentence.amounts:
        behind = amount.inside and sentence[share.end : amount.start] == " ("
        if behind or (not amount.inside and _OF_IT.fullmatch(sentence, amount.end, share.start)):
            return amount
    return None
