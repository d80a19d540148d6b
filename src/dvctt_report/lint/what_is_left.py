"""What is left of a whole when what was done is taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from dvctt_report.lint.amounts import CHANGED, Amount, Question
from dvctt_report.lint.divisions import CAME, SUMMED, TO_DO, TWO, Division
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import lazy_pattern

_DONE_WITH = lazy_pattern(
    r"\b(?:đã|giải quyết|trả lời|xử lý|hoàn thành|xong|thực hiện|giải ngân|đủ|đạt|hợp lệ)\b"
)
_STILL = lazy_pattern(r"\bcòn (?:dư|lại)\b.*$")
"""What is left, though its words speak of a plan: "còn dư hủy dự toán 18 triệu đồng"."""
_GIVEN = lazy_pattern(r"\b(?:được |đã )(?:giao|cấp|tiếp nhận)\b")
"""What has come though its words say that it was done: "đã giao dự toán là 45 tỷ đồng"."""


def left_in(text: Passage) -> Iterator[Question]:
    """What is left of a whole when what was done is taken away, where it misses that by a slip.

    "Tiếp nhận 18.247 hồ sơ; đã giải quyết 17.860 hồ sơ, …; đang giải quyết 387 hồ sơ". The whole may stand in
    one of the paragraphs above, where it is called a total.
    """
    told = [a for a in text.apart if a.noun and not a.is_vague]
    for left in (a for a in told if _may_be_left(a)):
        before = [a for a in told if a.end <= left.start and a.is_of(left.noun)]
        done = next((a for a in reversed(before) if _is_done(a)), None)
        if (
            done is None
            or CHANGED.search(done.before.replace("lũy kế", ""))
            or _goes_on(told, done)
            or _is_part(text, done, left)
        ):
            continue
        known = [a for a in before if a.end <= done.start and CAME.search(a.before) and not _is_done(a)]
        known = known or [a for line in text.above for a in line.apart if _is_total_of(a, left)]
        behind = [a for a in told if a.start > left.end and a.is_of(left.noun)]
        away = [*_taken_away(before)]
        if known and not behind and not any(_gives(a, b, left) for a in (*before, *known) for b in away):
            alone = len(before) == TWO and known[0] in before and "phải" not in left.before
            yield from Division(known[0], (done, left), is_near=True, is_close=alone).questions()


def _may_be_left(amount: Amount) -> bool:
    """Whether it is told as left to be done; "còn thiếu 5 phòng" is missing of what is needed."""
    return (
        bool(TO_DO.search(amount.label))
        and not CHANGED.search(_STILL.sub("", amount.before))
        and "thiếu" not in amount.before
    )


def _taken_away(before: Sequence[Amount]) -> Iterator[Amount]:
    """Each amount, and what the last two, three … come to: "21 dự án: 9 hoàn thành, 9 chậm, 3 đang làm"."""
    yield from before
    yield from accumulate(reversed(before), _together)


def _together(one: Amount, other: Amount) -> Amount:
    return one._replace(value=one.value + other.value, slack=one.slack + other.slack)


def _goes_on(told: Sequence[Amount], done: Amount) -> bool:
    """Whether something else is told right behind what was done: "đã kiểm tra 40 xã, 12 phường"."""
    near = (a for a in told if done.end < a.start <= done.end + _BESIDE and not a.before.strip())
    return any(not a.is_of(done.noun) for a in near)


_BESIDE = 20
"""Characters between what was done and what was done beside it."""


def _is_part(text: Passage, done: Amount, left: Amount) -> bool:
    """Whether what is left is so of what was done: "đã xong 900, trong đó đúng hạn 880, còn 20 quá hạn"."""
    within = (cue.end() for cue in text.cues if done.end <= cue.start() < left.start)
    return any(not _ENDS.search(text, end, left.start) for end in within)


_ENDS = lazy_pattern(r"[;.]\s")
"""Where the parts behind a cue end at the latest."""


def _is_done(amount: Amount) -> bool:
    label = amount.label
    return bool(_DONE_WITH.search(label)) and not (TO_DO.search(label) or _GIVEN.search(amount.before))


def _is_total_of(amount: Amount, left: Amount) -> bool:
    return amount.is_of(left.noun) and bool(SUMMED.search(amount.before))


def _gives(one: Amount, other: Amount, left: Amount) -> bool:
    return abs(one.value - other.value - left.value) <= one.slack + other.slack + left.slack
