"""Percentages and the amounts that they are of: shares of a whole, of a plan, growths since another time.

What a percentage is of is *stated* where the words tie both amounts to it: "12/15 đơn vị (80%)", "bằng 90%
dự toán (21.000 tỷ đồng)". Elsewhere it is *likely* of an amount of the same things in the paragraph; then
only a percentage that nothing gives, and that such an amount gives but for a slip, is asked about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from dvctt_report.lint.amounts import Amount, Question, is_slip
from dvctt_report.lint.numerals import (
    NUMBER,
    number_behind,
    read_number,
    step_of,
    written,
)
from dvctt_report.lint.passages import Passage, alone
from dvctt_report.lint.shares import MEAN, PLANNED, are_evened, wholes_of
from dvctt_report.patterns import lazy_pattern

_SAID = lazy_pattern(
    r"(?:\b(?P<way>tăng|giảm|vượt)(?: thêm)?"
    r"|\b(?:chiếm|đạt|bằng|tương (?:đương|ứng))(?: với)?(?: tỷ lệ)?|\btỷ lệ(?: là| đạt)?|\() ?$"
)
"""What says a percentage, right before it in a text in small letters."""
_NOT_SAID = lazy_pattern(r" ?(?:-|–|đến)")
"""What stands behind the first percentage of two that a third lies between."""
_OVER_PLAN = lazy_pattern(r" (?:so với )?(?:kế hoạch|dự toán|chỉ tiêu)")
_PAIR_BEHIND = lazy_pattern(
    rf"(?: [^\W\d]+){{0,4}} ?\((?P<part>{NUMBER.pattern}) ?/ ?(?P<whole>{NUMBER.pattern})(?![\d/.,])"
)
"""Part and whole behind a percentage: "80% (12/15 đơn vị)", "100% chỉ tiêu (82/82 thanh niên)"."""
_PART = number_behind("part", r"\w/.,")
_PAIR = lazy_pattern(rf"{_PART} ?/ ?(?P<whole>{NUMBER.pattern})(?![\d/]|[.,]\d)")
_OF_TIME = ("ngày", "tháng", "quý", "năm", "kỳ", "số")
"""What a stroke behind it parts: days, months, numbers of documents."""
_SENTENCES = lazy_pattern(r"\.\s+(?=[^\W\d_])")
_OTHER = lazy_pattern(
    r"\b(?:tăng|giảm|vượt|thêm|bớt|mỗi|bình quân)\b"
    r"|\b(?:khoảng|gần|hơn|trên|dưới|tối thiểu|tối đa|không quá|ít nhất)(?: đạt| là| có)?\s*$",
    re.IGNORECASE,
)
"""What makes an amount one that nothing can be reckoned from: a change, a rate, a rough number."""
_OF = lazy_pattern(r"[^().;%\d]{0,80}(?:\d{4}[^().;%\d]{0,20}|\d{1,2} tháng[^().;%\d]{0,20}(?:\d{4} ?)?)?")
"""The words behind a percentage that say of what it is: "kế hoạch năm", "so với cùng kỳ năm 2025"."""
_HELD = lazy_pattern(
    r"\bsố (?:người|hộ|lao động|trẻ|học sinh|cơ sở|xã|thôn)\b"
    r"|\b(?:so với|kế hoạch|dự toán|chỉ tiêu|mục tiêu|cùng kỳ|số thu|số chi|dân số|tổng)\b"
)
"""What among those words says that the amount in the bracket behind them is the one compared with."""
_OF_A_PRICE = lazy_pattern(r"(?:so với )?(?:tổng )?(?:giá|mức|quỹ|nguồn|vốn|chi phí|kinh phí)\b")
"""The same of a sum of money."""
_IN_BRACKETS = lazy_pattern(r"\((?P<then>\d[^()%;]{1,40})\)")
_BASE_FIRST = lazy_pattern(
    r"(?<!%)(?:^|[,.;] )[Ss]o với [^().;%]{2,60} \((?P<then>\d[^()%;]{1,40})\)(?=[^.;%]{1,90}$)"
)
"""The base told before the growth: "So với cùng kỳ năm 2025 (2.000 hồ sơ), … tăng 25,0%"."""
_OUT_OF = lazy_pattern(
    r"^(?:[^%,;:]*\btrên\s?|[^%]*(?:\btrên\s?(?=\S)|\btrong\s?|/\s?)"
    r"(?:tổng |kế hoạch |chỉ tiêu |dự toán )?(?:số )?)$"
)
"""What stands between a part and its whole: "96,3 tỷ đồng trên tổng số 184,5", "1.036/kế hoạch 1.200"."""
_OF_TIMES = lazy_pattern(r"\b(?:năm|quý|tháng|kỳ) ")
"""What is said of two amounts of two times: "năm 2025 là 8.500 tấn; năm 2026 đạt 9.350 tấn, tăng 10%"."""
_PLAN = lazy_pattern(r"(?:kế hoạch|dự toán|chỉ tiêu|thiết kế|công suất|nhu cầu|định mức)\b")
_OF_THE_WHOLE = lazy_pattern(r"\btổng (?:số)?$")
"""What stands between a percentage and its whole: "chiếm 90% trong tổng số 96.000 thuê bao"."""
_STATE = lazy_pattern(r"\b(?:(?:quá|trễ|đúng|trước) hạn|trực tuyến|chưa|đã|còn)\b")
"""What makes of all things those of one state: "tổng số hồ sơ quá hạn" are not "tổng số hồ sơ"."""
_OF_A_TOTAL = lazy_pattern(r"tổng (?!số\b|cộng\b)\w+(?: \w+){1,3}$")
_OF_ALL = lazy_pattern(r"\btổng số (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)")
_ALL = lazy_pattern(r"\b(?:tổng|toàn|tất cả)\b")
"""What says of a whole that it is one: "toàn tỉnh có 4.800 cán bộ"."""
_BETWEEN = 60
"""Characters between a part, its whole and their percentage, where the words tie them."""
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


@dataclass(frozen=True)
class _Claim:
    """A percentage: by which way something changed by it ("" for a share), and the words on both sides.

    ``begin`` is where its sentence begins; ``of`` are the words behind it, up to the bracket or the sign at
    ``behind``; ``opens`` is the word or the bracket that it stands behind. ``is_evened``: with the others of
    its sentence it makes a hundred, so that it may have been rounded up for that.
    """

    text: str
    said: Decimal
    way: str
    start: int
    begin: int
    behind: int
    of: str = ""
    opens: str = ""
    is_evened: bool = False


@dataclass(frozen=True)
class _Pair:
    """Two amounts as they are written, and by how much each may have been rounded."""

    part: str
    whole: str
    one: Decimal
    other: Decimal
    slack: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))

    def percent(self, way: str) -> Decimal:
        """What share the one is of the other; for a way, by how much the one is more or less."""
        share = 100 * self.one / self.other
        return share if not way else 100 - share if way == "giảm" else share - 100

    def gives(self, claim: _Claim) -> bool:
        """Whether the percentage is theirs, rounded or cut off, each amount as rounded as it may be."""
        one, other = self.slack
        low = _Pair("", "", self.one - one, self.other + other).percent(claim.way)
        high = _Pair("", "", self.one + one, self.other - other).percent(claim.way)
        step = step_of(claim.said)
        below = step if claim.is_evened else step / 2
        return min(low, high) - step < claim.said <= max(low, high) + below

    def question(self, claim: _Claim) -> Question:
        percent = self.percent(claim.way)
        right = written(abs(percent), min(step_of(claim.said), Decimal("0.1")))
        if not claim.way:
            both = f"{self.part}/{self.whole}"
            return f"{both} mà ghi {claim.text}%", f"{both} là khoảng {right}%"
        way = claim.way if percent >= 0 else "tăng" if claim.way == "giảm" else "giảm"
        found = f"{self.part} so với {self.whole} mà ghi {claim.way} {claim.text}%"
        return found, f"{way} khoảng {right}%"


def percentages_in(text: Passage) -> Iterator[Question]:
    """Ask about the percentages of a paragraph that their amounts don't give."""
    if not (claims := _claims_evened(text) if text.percents else ()):
        return
    told = [a for a in text.amounts if a.value and a.of_all is None]
    beside = [*_beside(text)]
    known = [a.value for a in told] + [n for _, _, pair in beside for n in (pair.one, pair.other)]
    for claim in claims:
        stated = [*_stated(text, claim, told, beside)]
        if stated and not any(pair.gives(claim) for pair in stated):
            yield stated[0].question(claim)
        elif not stated and claim.way != _OVER and (meant := _nearest(text, claim, told, beside)):
            if not (_is_explained(claim, known) or _is_of_series(claims, claim, told)):
                yield meant.question(claim)
        elif not stated and claim.opens == "chiếm" and claim.said > _WHOLE:
            yield f"chiếm {claim.text}%", "không quá 100%"


def _claims_evened(text: Passage) -> Sequence[_Claim]:
    """The claims, those that are shares and make a hundred together known as such."""
    claims = [*_claims(text)]
    evened = are_evened(claim.said for claim in claims if not claim.way)
    return (
        [replace(claim, is_evened=True) if not claim.way else claim for claim in claims] if evened else claims
    )


def _claims(text: Passage) -> Iterator[_Claim]:
    low, begins = text.low, [0, *(m.end() for m in _SENTENCES.finditer(text))]
    for percent in text.percents:
        said = _SAID.search(low, max(0, percent.start - _ABOUT), percent.start)
        if not said or _NOT_SAID.match(low, percent.end):
            continue
        if said["way"] != _OVER or _OVER_PLAN.match(low, percent.end):
            start, behind = said.start(), _OF.match(low, percent.end)
            opens = "(" if low[start - 1 : start] == "(" else said[0].split(" ")[0]
            begin = begins[bisect_right(begins, start) - 1]
            if opens == "(" and _COMPARED.search(low, begin, start - 1):
                continue
            of = (behind.end(), behind[0].strip()) if behind else (percent.end, "")
            if not _OF_GROWTH.match(of[1]):
                yield _Claim(percent.text, percent.value, said["way"] or "", start, begin, *of, opens)
    for percent in text.percents:
        pair = _PAIR_BEHIND.match(text, percent.end)
        if pair and not _CHANGES.search(text, max(0, percent.start - _ABOUT), percent.start):
            begin = begins[bisect_right(begins, percent.start) - 1]
            yield _Claim(percent.text, percent.value, "", percent.start, begin, pair.start("part") - 1)


_CHANGES = lazy_pattern(r"(?:tăng|giảm|vượt)(?: thêm| đến| tới| khoảng)* $", re.IGNORECASE)
_ABOUT = 30
"""Characters before a percentage among which it is said what it is."""
_COMPARED = lazy_pattern(r"\bso với [^().;%,]{2,60}$")
"""What stands before a bracket with the percentage of another time: "so với năm học trước (37,1%)"."""
_OF_GROWTH = lazy_pattern(r"(?:kế hoạch|chỉ tiêu|mục tiêu) tăng\b")
"""What is planned to come to what there is: "đạt 80,8% kế hoạch tăng trưởng cả năm (480 tỷ đồng)"."""
_OVER = "vượt"
"""The way that a percentage is told by which more was done than a plan says."""
_WHOLE = 100
"""Percent that no share of a whole is more than."""


def _beside(text: Passage) -> Iterator[tuple[int, int, _Pair]]:
    """Parts and their wholes in one, "12/15", with where each begins and ends; no days, no numbers."""
    for found in _PAIR.finditer(text) if "/" in text else ():
        one, other = read_number(found["part"]), read_number(found["whole"])
        if one and other and not is_of_time(text, found.start()):
            yield found.start(), found.end(), _Pair(found["part"], found["whole"], one, other)


def is_of_time(text: Passage, start: int) -> bool:
    """Whether a number that begins there is one of days, months or documents, not of things."""
    return text[max(0, start - _NEAR) : start].rstrip().lower().endswith(_OF_TIME)


def _of(one: Amount, other: Amount) -> _Pair:
    return _Pair(one.text, other.text, one.value, other.value, (one.slack, other.slack))


def _stated(
    text: Passage,
    claim: _Claim,
    told: Sequence[Amount],
    beside: Sequence[tuple[int, int, _Pair]],
) -> Iterator[_Pair]:
    """The amounts that the words tie to a percentage, of which one pair has to give it."""
    begin = claim.begin
    before = [a for a in told if begin <= a.start and a.end <= claim.start]
    yield from (p for a, b, p in beside if begin <= a and _is_beside(text, claim, a, b))
    if then := _compared_with(_IN_BRACKETS.match(text, claim.behind)):
        same = [a for a in before if not a.inside and not _is_change(a) and a.is_of(then.noun)]
        held = _HELD.search(claim.of)
        if same and (held or _OF_A_PRICE.match(claim.of)) and _follows(text, same[-1], claim):
            yield _of(same[-1], then)
            # What stands in the bracket may be the share itself.
            yield from () if held else (_of(then, same[-1]),)
    of_plan = claim.opens == "đạt" and not claim.of
    first = _BASE_FIRST.search(text[begin : claim.start]) if claim.way or of_plan else None
    to_plan = of_plan and first is not None and PLANNED.search(first[0])
    if (claim.way or to_plan) and (then := _compared_with(first)):
        same = [a for a in told if not a.inside and not _is_other(a) and a.is_of(then.noun)]
        near = sorted(same, key=lambda a: abs(_of(a, then).percent(claim.way) - claim.said))
        yield from (_of(now, then) for now in near)
    if not before or not _is_said_of(text, before[-1].end, claim.start):
        return
    part = before[-1]
    for one in before[-2:-1]:
        between = text[one.end : part.start]
        if (one.is_like(part.noun) or not one.noun) and len(between) <= _BETWEEN and _OUT_OF.search(between):
            yield _of(one, part)
    for one in before[-2:-1] if claim.way and not claim.of else ():
        if one.is_of(part.noun) and _OF_TIMES.search(one.before) and _OF_TIMES.search(part.before):
            yield _of(part, one)
    if plan := _PLAN.match(claim.of) if not claim.way else None:
        planned = [a for a in before[:-1] if a.is_of(part.noun) and _is_planned(a, plan[0])]
        yield from (_of(part, a) for a in planned if len(planned) == 1 and not _is_other(part))
    if not claim.way and _OF_THE_WHOLE.search(claim.of):
        behind = (a for a in told if claim.behind <= a.start <= claim.behind + 1)
        yield from (_of(part, a) for a in behind if a.is_like(part.noun))
    if _OF_A_TOTAL.match(claim.of) and not claim.way:
        # "Tổng dư nợ 252 tỷ đồng …; 37,8 tỷ đồng, chiếm 15,0% tổng dư nợ".
        named = [a for a in told if a.end < part.start and claim.of in a.before and a.is_like(part.noun)]
        yield from (_of(part, a) for a in named if len(named) == 1)
    if (whole := _OF_ALL.match(claim.of)) and not claim.way:
        wholes = [a for line in text.above for a in line.apart]
        state = _STATE.search(claim.of)
        for a in (*wholes, *(a for a in told if a.end < part.start)):
            if state and state[0] not in a.label:
                continue
            if a.is_of(whole["noun"]) and a.is_like(part.noun) and _ALL.search(a.before):
                yield _of(part, a)


def _is_planned(amount: Amount, plan: str) -> bool:
    """Whether an amount is called the plan that a percentage is said to be of, or what was given."""
    return plan in amount.before or bool(_GIVEN.search(amount.before))


_GIVEN = lazy_pattern(r"\bgiao\b")


def _is_beside(text: Passage, claim: _Claim, start: int, end: int) -> bool:
    """Whether a part and its whole in one are said to be a percentage: right before it, or behind it."""
    if start == claim.behind + 1 and not claim.opens:
        return True
    between = text[end : claim.start]
    # "01/05 cụm vượt chỉ tiêu là Vân Đồn (107,5%)" tells what that one has done.
    if claim.said > _WHOLE and claim.opens == "(":
        return False
    if end > claim.start or len(between) > _BETWEEN or any(c in "(%;." or c.isdigit() for c in between[:-1]):
        return False
    plan = claim.way or _HELD.search(claim.of)
    alone = not claim.of or _MEASURED.match(claim.of)
    return not plan and (claim.opens != "đạt" or ("," in between and bool(alone)))


_MEASURED = lazy_pattern(r"(?:chiều dài|khối lượng|diện tích)\b")


def _compared_with(found: re.Match[str] | None) -> Amount | None:
    then = alone(found["then"]) if found else None
    return then if then and then.value and then.of_all is None else None


def _follows(text: Passage, now: Amount, claim: _Claim) -> bool:
    """Whether a comparison is of the amounts before it: behind a sign, or right behind the last of them."""
    return text[: claim.start].endswith((", ", "; ", "(", " và ")) or _is_said_of(text, now.end, claim.start)


def _nearest(
    text: Passage, claim: _Claim, told: Sequence[Amount], beside: Sequence[tuple[int, int, _Pair]]
) -> _Pair | None:
    """The amounts that give a percentage but for a slip."""
    likely = _likely(text, claim, told, beside)
    return next((pair for pair in likely if _is_near(claim.said, pair.percent(claim.way))), None)


def _likely(
    text: Passage, claim: _Claim, told: Sequence[Amount], beside: Sequence[tuple[int, int, _Pair]]
) -> Iterator[_Pair]:
    """The pairs that a percentage may be of: the last amount before it, and another of the same things."""
    begin = claim.begin
    part = next(
        (a for a in reversed(told) if begin <= a.start and a.end <= claim.start and not _is_other(a)), None
    )
    if part and part.noun and _is_said_of(text, part.end, claim.start):
        reach = [a for a in told if a.end <= part.start or claim.behind <= a.start <= claim.start + _NEAR]
        if claim.way:
            clause = max((m.end() for m in _CLAUSES.finditer(text, 0, part.start)), default=0)
            dated = _OF_TIMES.search(part.before)
            reach = [
                a
                for a in reach
                if (
                    a.start >= clause
                    and (not a.inside or a.start >= claim.behind)
                    and not _CLAUSES.search(text, claim.behind, max(a.start, claim.behind))
                )
                or (dated and not a.inside and _OF_TIMES.search(a.before))
            ]
        elif PLANNED.search(claim.of):
            # Each kind of income or spending has a plan of its own.
            bracket = (claim.behind, claim.behind + 1)
            reach = [a for a in reach if a.start in bracket or PLANNED.search(a.before)]
        for whole in (a for a in reach if a.is_like(part.noun) and not _is_other(a)):
            one, other = (whole, part) if _OUT_OF.search(text[whole.end : part.start]) else (part, whole)
            if claim.way or one.value * 100 <= other.value * _AT_MOST:
                yield _of(one, other)
    yield from (
        p for a, b, p in beside if begin <= a and b <= claim.start and _is_said_of(text, b, claim.start)
    )


_CLAUSES = lazy_pattern(r";\s|\.\s+(?=[^\W\d_])|[Tt]rong đó")
"""Where a clause begins; what something else in it has grown from is told in its own clause."""


def _is_of_series(claims: Sequence[_Claim], claim: _Claim, told: Sequence[Amount]) -> bool:
    """Whether a share is of the whole that another is of: "296 học sinh (20,0%), 43 học sinh (2,9%)"."""
    series = [one for one in claims if one.opens.startswith("(") and not one.way]
    wholes = {one.start: wholes_of(one.said, a) for one in series if (a := _last(told, one))}
    own = wholes.pop(claim.start, None)
    return own is not None and any(own[0] <= most and least <= own[1] for least, most in wholes.values())


def _last(told: Sequence[Amount], claim: _Claim) -> Amount | None:
    """The amount that a share in a bracket stands behind."""
    before = next((a for a in reversed(told) if a.end <= claim.start), None)
    return before if before and claim.said and claim.start - before.end <= _BETWEEN else None


def _is_explained(claim: _Claim, known: Sequence[Decimal]) -> bool:
    """Whether any two amounts give a percentage; which may is seen in floats, whether they do in decimals."""
    said, step = float(claim.said), float(step_of(claim.said)) * _NEARLY
    rough = [(n, float(n)) for n in known]
    for (one, a), (other, b) in permutations(rough, 2):
        share = 100 * a / b
        both = 100 * a / (a + b) if a + b else share
        may = (share, both, share - 100, 100 - share)
        if any(abs(percent - said) <= step for percent in may) and _explains(claim, one, other):
            return True
    return False


_NEARLY = 1.001
"""By how much the step of a percentage is widened before decimals decide."""


def _explains(claim: _Claim, one: Decimal, other: Decimal) -> bool:
    """Whether two amounts give a percentage in any way: a share of the other or of both, a growth."""
    pair, step = _Pair("", "", one, other), step_of(claim.said)
    shares = (pair.percent(""), 100 * one / (one + other)) if not claim.way else ()
    grown = (pair.percent(word) for word in ("tăng", "giảm") if claim.way in ("", word))
    return any(abs(percent - claim.said) < step for percent in (*shares, *grown))


def _is_said_of(text: Passage, end: int, start: int) -> bool:
    """Whether nothing else is told between an amount and a percentage."""
    return start - end <= _NEAR and not any(sign in text[end:start] for sign in "%;")


def _is_other(amount: Amount) -> bool:
    return bool(_OTHER.search(amount.before))


def _is_change(amount: Amount) -> bool:
    """The same of what is compared with its like: a mean is with another one."""
    return bool(_OTHER.search(MEAN.sub("", amount.before)))


def _is_near(said: Decimal, right: Decimal) -> bool:
    """Whether a percentage is another with a slip: a digit, two exchanged, the comma, or two points off."""
    off = abs(said - right)
    if off <= _POINTS and off * _OF_ITSELF <= max(said, right):
        return True
    near = right.quantize(step_of(said))
    one, other = (str(n).replace(".", "").strip("0") for n in (said, near))
    return one == other or is_slip(said, near, _DIGITS)
