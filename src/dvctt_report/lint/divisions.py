"""A whole and its parts: do they come to it, and what says that nothing else is a part of it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from dvctt_report.lint.amounts import SLIP_FROM, Amount, Question, is_slip
from dvctt_report.patterns import lazy_pattern

_OPPOSED = (
    (r"trực tuyến", r"trực tiếp"),
    (r"(?:đúng|trong|trước) hạn", r"(?:quá|trễ|chậm) hạn"),
    (r"\bnam\b", r"\bnữ\b"),
    (r"nông thôn", r"thành thị|đô thị"),
    (r"trong nước", r"nước ngoài"),
    (r"toàn trình", r"một phần"),
    (r"\bđã\b", r"\bchưa\b"),
    (r"chính thức", r"dự bị"),
    (r"biên chế", r"hợp đồng"),
    (r"công lập", r"ngoài công lập|tư thục"),
    (r"còn hiệu lực", r"hết hiệu lực"),
    (r"\bđỗ\b|\bđậu\b", r"\btrượt\b|\bhỏng\b"),
    (r"\btán thành\b|\bđồng ý\b", r"\bphản đối\b"),
    (r"chuyển tiếp", r"khởi công mới"),
    (r"\bcó mặt\b|\b(?:tham )?dự(?: họp| hội nghị| đại hội)?\b(?! (?:án|kiến|toán|thảo|thi))", r"\bvắng\b"),
    (r"thường xuyên|định kỳ|theo kế hoạch", r"đột xuất|chuyên đề"),
    (r"(?<!bán )kiên cố", r"bán kiên cố"),
    (r"chuyển sang|kỳ trước", r"\bmới\b|trong kỳ"),
    (r"tiền mặt", r"chuyển khoản|hiện vật"),
    (
        r"thẩm quyền (?:giải quyết )?(?:của )?(?:cấp )?(?:xã|phường|đặc khu)",
        r"thẩm quyền (?:giải quyết )?(?:của )?(?:cấp )?(?:tỉnh|thành phố|trên|trung ương)",
    ),
    (
        r"\bđã (?:giải quyết|xử lý|hoàn thành|trả lời|thực hiện)",
        r"\bđang (?:giải quyết|xử lý|thực hiện|xem xét)",
    ),
)
"""Labels of two parts that have nothing beside them: together they are the whole."""
_COMPLETE = ((r"(?<!phi )nông nghiệp", r"phi nông nghiệp", r"chưa sử dụng"),)
"""Labels of three parts that have nothing beside them."""
_OF_A_SIDE = lazy_pattern("|".join(side for sides in _OPPOSED for side in sides))
_NEGATED = lazy_pattern(r"\b(?:không|chưa) (?P<word>\w+(?: \w+)?)")
SUMMED = lazy_pattern(r"\btổng\b[^,;]{0,50}$")
"""What names an amount the total of others."""
CAME = lazy_pattern(r"\b(?:tổng|phát ra|thu về|nhận|thụ lý|có|dài|giao|được|đăng ký|phát sinh|kế hoạch)\b")
"""What is said of a whole that came in, was given or is there."""
LEFT = lazy_pattern(r"\bcòn(?: lại\b[^,;]*| là| có)?\s*$")
TO_DO = lazy_pattern(r"\b(?:còn|đang|chưa|không)\b")
"""What is said of what is left to be done."""
SEX = lazy_pattern(r"(?:nam|nữ)\b")
"""What parts of a number of people are called without saying "người" again."""
TWO, FEWEST = 2, 3
"""Amounts of a sentence that tells parts, and of one that tells a whole and two parts."""
_MOST = Decimal("0.9")
"""How much of a whole the parts behind "trong đó:" make, to be meant for all of it."""
_CLOSE = 5
"""The part of a whole by which what was done and what is left miss it at most."""
_EIGHTHS = 8
"""The part of a whole by which two that hold most of it each are more than it, where they overlap."""
_FEW = 2
"""Digits, end zeros left out, of what is left from which one that is wrong is a slip."""


@dataclass(frozen=True)
class Division:
    """A whole and what is told as its parts.

    ``is_whole``: nothing else can be a part of it; ``are_apart``: nothing is counted in two of the parts;
    ``is_most``: they are meant for the whole where they come near to it; ``is_near``: a slip of two digits
    is enough to tell that they are; ``is_close``: so is that they come near to it.
    """

    whole: Amount
    parts: Sequence[Amount]
    is_whole: bool = False
    are_apart: bool = False
    is_most: bool = False
    is_near: bool = False
    is_close: bool = False

    @cached_property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def _misses(self) -> bool:
        slack = self.whole.slack + sum((part.slack for part in self.parts), Decimal(0))
        return abs(self.total - self.whole.value) > slack

    def questions(self) -> Iterator[Question]:
        """Ask where the parts can't come to the whole, or miss it by what looks like a slip."""
        known = [self.whole, *self.parts]
        if len(self.parts) < 2 or not self._misses or any(one.is_vague for one in known):
            return
        if any(part.is_rate for part in self.parts) and not self.whole.is_rate:
            return
        whole = self.whole.value
        # What is smaller than one of its entries is no sum of them: "01 đề án gồm 5 chương".
        if whole < max(part.value for part in self.parts) and not self.is_near:
            return
        # Two that hold most of it each, and together far more, are told of it in two ways: online, in time.
        halves = sum(part.value * TWO > whole for part in self.parts)
        if halves == TWO and (self.total - whole) * _EIGHTHS > whole:
            return
        over = (self.total > whole and self.are_apart) or (self.is_most and self.total >= whole * _MOST)
        fewest = _FEW if self.is_near else SLIP_FROM
        slips = is_slip(whole, self.total, fewest) or any(
            is_slip(part.value, whole - self.total + part.value, fewest) for part in self.parts
        )
        close = self.is_close and abs(self.total - whole) * _CLOSE <= whole
        if self.is_whole or over or slips or close:
            right = self.whole.told(self.total)
            yield (
                f"tổng ghi {self.whole.text}, các phần cộng lại được {right}",
                "tổng bằng các phần (sửa tổng, hoặc sửa một phần)",
            )


def are_all(labels: Sequence[str]) -> bool:
    """Whether parts with those labels are all that there is: two opposed ones, or a known three."""
    if len(labels) == TWO:
        return are_opposed(*labels)
    return any(
        len(labels) == len(sides) and all(re.search(*both) for both in zip(sides, labels, strict=True))
        for sides in _COMPLETE
    )


def are_opposed(one: str, other: str) -> bool:
    """Whether the labels of two parts tell two sides of one thing, or the one denies the other."""
    return _opposes(one, other) or _opposes(other, one)


def _opposes(first: str, second: str) -> bool:
    own, others = _sides_of(first), _sides_of(second)
    if (own[0] & others[1]) - own[1]:
        return True
    denies = "không " in second or "chưa " in second
    denied = [m["word"] for m in _NEGATED.finditer(second)] if denies else []
    return any(word in first and not _NEGATED.search(first) for word in denied)


@lru_cache(maxsize=1024)
def _sides_of(label: str) -> tuple[frozenset[int], frozenset[int]]:
    """Of which pairs of sides a label tells the first one, and of which the second."""
    pairs = [*enumerate(_OPPOSED)] if _OF_A_SIDE.search(label) else []
    first, second = (frozenset(n for n, both in pairs if re.search(both[at], label)) for at in (0, 1))
    return first, second
