"""Three amounts of one thing of which two give the third: what is left, missing, or comes of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from dvctt_report.lint.amounts import Amount, Question
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import lazy_pattern

_MISSING = lazy_pattern(r"\b(?:còn )?thiếu(?: là)?\s*$")
_NEEDED = lazy_pattern(r"\b(?:nhu cầu|thiết kế|quy định|định mức|cần|yêu cầu|tiêu chuẩn|biên chế|giao)\b")
_THERE = lazy_pattern(r"\b(?:hiện|đã|mới|có|đạt)\b")
"""How "thiếu" tells three amounts: "Nhu cầu 40 phòng, hiện có 34 phòng, còn thiếu 06 phòng"."""
_LEFT = lazy_pattern(r"\b(?:còn lại|còn dư|kết dư)\b")
_ALL = lazy_pattern(r"\b(?:tổng|kế hoạch|dự toán|nguồn|giao)\b")
"""How a bracket explains what is left: "còn lại 37 tỷ đồng (tổng 50 tỷ đồng, lần này 13 tỷ đồng)"."""
_RAISED = lazy_pattern(r"\b(?:đưa|nâng)\b.*\blên(?: thành| là)?\s*$")
"""How a sum is told with what it was before: "đưa tổng thu lên 61 tỷ đồng (09 tháng đã thu 46 tỷ đồng)"."""


def balances_in(sentence: Passage) -> Iterator[Question]:
    """Ask about what is left, missing or raised where the two amounts that it comes of give another."""
    told = [a for a in sentence.amounts if a.noun and not a.is_vague and a.of_all is None]
    for at, third in enumerate(told):
        before = [a for a in told[:at] if a.is_like(third.noun)]
        inside = [a for a in told if a.inside and a.is_like(third.noun)]
        if len(before) >= _TWO and len(inside) <= _TWO:
            named = any(before[-1].end <= cue.start() < third.start for cue in sentence.cues)
            yield from () if named else _balance(before[-2], before[-1], third)
        if len(before) >= _TWO and _SURPLUS.search(third.before):
            yield from _cash(before, third)


def _balance(one: Amount, other: Amount, third: Amount) -> Iterator[Question]:
    if not (one.inside or other.inside) and _MISSING.search(third.before):
        if _NEEDED.search(one.before) and _THERE.search(other.before):
            yield from _difference(one, other, third)
    elif other.inside and third.inside and _LEFT.search(one.before) and _ALL.search(other.before):
        yield from _difference(other, third, one)
    elif third.inside and not (one.inside or other.inside) and _RAISED.search(other.before):
        missed = abs(one.value + third.value - other.value)
        if missed > one.slack + third.slack + other.slack:
            total = other.told(one.value + third.value)
            yield f"{third.text} và {one.text} mà ghi {other.text}", f"cộng lại được {total}"


def _cash(before: Sequence[Amount], left: Amount) -> Iterator[Question]:
    """What is left of what came in when what was spent is taken away, with what was there before."""
    *opening, came, spent = before[-3:]
    if _CAME_IN.search(came.before) and _SPENT.search(spent.before):
        there = opening[0].value if opening and _THERE_BEFORE.search(opening[0].before) else Decimal(0)
        apart = there + came.value - spent.value
        if abs(apart - left.value) > came.slack + spent.slack + left.slack:
            yield f"thu {came.text}, chi {spent.text} mà ghi còn {left.text}", f"còn {left.told(apart)}"


_SURPLUS = lazy_pattern(
    r"\b(?:kết dư|chênh lệch(?: thu,? chi)?|tồn (?:quỹ|cuối kỳ|cuối năm)|còn dư|số dư)\b|\bcòn(?: lại)?\s*$"
)
_CAME_IN, _SPENT = lazy_pattern(r"\bthu\b"), lazy_pattern(r"\bchi\b")
_THERE_BEFORE = lazy_pattern(r"\b(?:đầu (?:kỳ|năm)|chuyển sang|năm trước)\b")


def _difference(whole: Amount, part: Amount, left: Amount) -> Iterator[Question]:
    apart = whole.value - part.value
    if abs(apart - left.value) > whole.slack + part.slack + left.slack:
        yield f"{whole.text} trừ {part.text} mà ghi {left.text}", f"còn {left.told(apart)}"


_TWO = 2
