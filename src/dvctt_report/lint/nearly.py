"""Percentages that two amounts of their paragraph nearly give, however its sentences are built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from dvctt_report.lint.amounts import Amount, amounts_in, is_slip
from dvctt_report.lint.figure_tables import NUMBER, PERCENT, read_number, shown, step_of
from dvctt_report.lint.reckoning import Question, share_question
from dvctt_report.patterns import lazy_pattern

_CLAIM = lazy_pattern(
    r"(?:\b(?P<way>tăng|giảm)(?: thêm)?|\b(?:chiếm|đạt|bằng|tương (?:đương|ứng))(?: với)?(?: tỷ lệ)?"
    rf"|\btỷ lệ(?: là| đạt)?|\() ?(?P<percent>{PERCENT}) ?%(?! ?(?:-|–|đến))",
    re.IGNORECASE,
)
_PAIR = lazy_pattern(
    rf"(?<![\w/.,])(?P<part>{NUMBER.pattern}) ?/ ?(?P<whole>{NUMBER.pattern})(?![\d/]|[.,]\d)"
)
OF_TIME = lazy_pattern(r"(?:ngày|tháng|quý|năm|kỳ|số)\s*$", re.IGNORECASE)
"""What a stroke behind it parts: days, months, numbers of documents."""
_SENTENCES = lazy_pattern(r"\.\s+(?=[^\W\d_])")
_OTHER = lazy_pattern(
    r"\b(?:tăng|giảm|vượt|thêm|bớt|mỗi|bình quân)\b"
    r"|\b(?:khoảng|gần|hơn|trên|dưới|tối thiểu|tối đa|không quá|ít nhất)(?: đạt| là| có)?\s*$",
    re.IGNORECASE,
)
"""What makes an amount one that nothing can be reckoned from: a change, a rate, a rough number."""
_OUT_OF = lazy_pattern(r"\btrên (?:tổng )?(?:số )?", re.IGNORECASE)
_NEAR = 90
"""Characters between an amount and the percentage that is said of it."""
_POINTS = 2
"""Percentage points by which one that was reckoned from older figures is off: 18,0% for 17,6%."""
_OF_ITSELF = 5
"""That is no more than a fifth of the percentage: 3% for 1% is not near."""
_DIGITS = 3
"""Signs of a percentage from which one digit tells a slip: of two digits every fifth is one digit away."""
_AT_MOST = 150
"""Percent from which one amount is no share of another."""
_BRACKETS = str.maketrans("()", ";;")


@dataclass(frozen=True)
class _Pair:
    """Two amounts as they are written, and their values."""

    part: str
    whole: str
    one: Decimal
    other: Decimal

    def percent(self, way: str) -> Decimal:
        """What share the one is of the other; for a way, by how much the later is more or less."""
        if not way:
            return 100 * self.one / self.other
        low, high = sorted((self.one, self.other))
        return 100 * (high - low) / (low if way == "tăng" else high)


def nearly_in(text: str) -> Iterator[Question]:
    """Ask about percentages that no two amounts of a paragraph give and two of a kind nearly do.

    That nothing gives it, and that what would is one digit, two exchanged, a decimal comma or two points
    away, tells a slip from a percentage whose whole stands elsewhere.
    """
    claims = [*_CLAIM.finditer(text)] if "%" in text else []
    told = [a for a in amounts_in(text.translate(_BRACKETS)) if a.value] if claims else []
    beside = [pair for pair in map(_beside, _PAIR.finditer(text)) if pair] if claims else []
    values = [a.value for a in told] + [n for _, _, pair in beside for n in (pair.one, pair.other)]
    for claim in claims:
        said, way = read_number(claim["percent"]) or Decimal(0), (claim["way"] or "").lower()
        meant = next((p for p in _meant(text, claim, told, beside) if _is_near(said, p.percent(way))), None)
        if meant is not None and any(_gives(said, way, a, b) for a, b in permutations(values, 2)):
            continue
        if meant is not None and not way:
            yield share_question(meant.part, meant.whole, said, meant.one, meant.other)
        elif meant is not None:
            right = shown(meant.percent(way).quantize(max(step_of(said), Decimal("0.01"))))
            yield f"{meant.part} so với {meant.whole} mà ghi {way} {shown(said)}%", f"{way} khoảng {right}%"


def _beside(found: re.Match[str]) -> tuple[int, int, _Pair] | None:
    """A part and its whole in one, "12/15", with where it begins and ends; None for a day or a number."""
    one, other = read_number(found["part"]), read_number(found["whole"])
    if not one or not other or OF_TIME.search(found.string[: found.start()]):
        return None
    return found.start(), found.end(), _Pair(found["part"], found["whole"], one, other)


def _gives(said: Decimal, way: str, one: Decimal, other: Decimal) -> bool:
    """Whether two amounts give a percentage, rounded or cut off."""
    pair, step = _Pair("", "", one, other), step_of(said)
    shares = (pair.percent(""), 100 * one / (one + other))  # of the other, of both together
    grown = (pair.percent(word) for word in ("tăng", "giảm") if way in ("", word))
    return any(abs(percent - said) < step for percent in (*shares, *grown))


def _meant(
    text: str, claim: re.Match[str], told: Sequence[Amount], beside: Sequence[tuple[int, int, _Pair]]
) -> Iterator[_Pair]:
    """The pairs that a percentage may be of: the last amount before it, and another of the same things."""
    start, stop = claim.span()
    sentence = max((m.end() for m in _SENTENCES.finditer(text, 0, start)), default=0)
    part = next(
        (a for a in reversed(told) if sentence <= a.start and a.end <= start and not _is_other(a)), None
    )
    if part and part.noun and _is_said_of(text, part.end, start):
        reach = (a for a in told if a.end <= part.start or stop <= a.start <= stop + _NEAR)
        for whole in (a for a in reach if a.is_like(part.noun) and not _is_other(a)):
            one, other = (whole, part) if _OUT_OF.search(text[whole.end : part.start]) else (part, whole)
            if claim["way"] or one.value * 100 <= other.value * _AT_MOST:
                yield _Pair(one.text, other.text, one.value, other.value)
    yield from (p for a, b, p in beside if sentence <= a and b <= start and _is_said_of(text, b, start))


def _is_said_of(text: str, end: int, start: int) -> bool:
    """Whether nothing else is told between an amount and a percentage."""
    return start - end <= _NEAR and not any(sign in text[end:start] for sign in "%;")


def _is_other(amount: Amount) -> bool:
    return bool(_OTHER.search(amount.before))


def _is_near(said: Decimal, right: Decimal) -> bool:
    """Whether a percentage is another with a slip: a digit, two exchanged, the comma, or two points off."""
    off = abs(said - right)
    if off <= _POINTS and off * _OF_ITSELF <= max(said, right):
        return True
    near = right.quantize(step_of(said))
    one, other = (str(n).replace(".", "").strip("0") for n in (said, near))
    return one == other or is_slip(said, near, _DIGITS)
