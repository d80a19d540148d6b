"""A number of things, how much each is, and what all come to: "04 lớp, mỗi lớp 60 người; tổng 240 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import prod

from dvctt_report.lint.amounts import SCALES, Amount, Question
from dvctt_report.lint.check import quote
from dvctt_report.lint.numerals import NUMBER, read_number, shown, step_of
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import lazy_pattern

_NUMBER = rf"(?P<number>{NUMBER.pattern})(?: (?P<scale>{'|'.join(SCALES)})(?= đồng))?"
_WORDS = r"[^\W\d_]+(?: [^\W\d_]+)?"
_PER = rf"(?:[kdc]?m[2²]|{_WORDS})"
_MANY = r"(?:(?P<many>0?1|10{0,2}\.000) )?"
_RATES = (
    lazy_pattern(
        rf"\bmỗi (?P<many>)(?P<per>{_WORDS}?)(?: có| gồm| được| trị giá| là)?"
        rf"(?P<mean> (?:bình quân|trung bình))? {_NUMBER} (?P<noun>{_WORDS})"
    ),
    lazy_pattern(
        rf"(?<![\d.,])(?P<mean>\b(?:bình quân|trung bình|mật độ(?: dân số)?)(?: đạt| là| có)? )?{_NUMBER}"
        rf" (?P<noun>[^\W\d_]+(?: [^\W\d_]+){{0,3}}?)(?:/{_MANY}| (?:trên )?(?:một|mỗi) )(?P<per>{_PER})"
    ),
)
"""How much each of several things is; the mean of them may have been rounded."""
_STROKE = lazy_pattern(rf"/(?<=[^\W\d_]/){_MANY}[^\W\d_]")
"""The stroke between what is counted and each of which it is: "60 người/lớp", "14,0 bác sĩ/10.000 dân"."""
_ALL = lazy_pattern(r"\b(?:tổng|tất cả|cộng|thành tiền)\b|\b(?:là|bằng)\s*$")
"""What says that an amount is what the others come to."""


def products_in(sentence: Passage) -> Iterator[Question]:
    """Totals that the number of things, and how much each of them is, don't give."""
    for found in _rates_in(sentence):
        told = [a for a in sentence.apart if not (_is_rate(a, found) or a.before.endswith("/"))]
        per = found["per"].lower()
        counts = [a for a in told if "mỗi" not in a.before]
        numbers = [a for a in counts if a.is_of(per) or a.is_of(per.rstrip("2²"))] or [
            a for a in counts if a.is_like(per) and (_many(found) == 1 or per in a.label)
        ]
        totals = _totals(told, found)
        inside = [a for a in sentence.amounts if a.inside and 0 <= a.start - found.end() <= _BEHIND]
        numbers = numbers or [a for a in inside if a.is_of(per)]
        totals = totals or [a for a in inside if a.is_of(found["noun"].lower())]
        numbers = numbers or [n for n in _told_above(per, sentence.above) if _is_near(n, totals, found)]
        if len(numbers) == len(totals) == 1 and not numbers[0].is_vague and not totals[0].is_vague:
            others = [a.value for a in told if a is not numbers[0] and a is not totals[0]]
            yield from _missed(numbers[0], totals[0], found, others)


def _is_near(number: Amount, totals: Sequence[Amount], found: re.Match[str]) -> bool:
    """Whether a number from another line comes near to what is told of each, so that it was meant."""
    each = (read_number(found["number"]) or Decimal(0)).scaleb(SCALES.get(found["scale"] or "", 0))
    return all(abs(total.value - number.value * each) * _CLOSE <= total.value for total in totals)


_BEHIND = 40
"""Characters from a mean to what the bracket behind it tells of what it comes of."""
_CLOSE = 4
"""The part of a total by which it and its product miss each other at most."""


def _told_above(per: str, above: Sequence[Passage]) -> list[Amount]:
    """How many things the lines above tell of, where all tell the same."""
    lines = [a for line in above for a in line.apart]
    told = {a.value: a for a in lines if a.is_of(per) and not a.is_changed}
    return [*told.values()] if len(told) == 1 else []


def _rates_in(sentence: Passage) -> Iterator[re.Match[str]]:
    """How much each of some things is, where the words for it stand."""
    first, second = _RATES
    if "mỗi " in sentence:
        yield from first.finditer(sentence)
    if "mỗi " in sentence or "một " in sentence or _STROKE.search(sentence):
        yield from second.finditer(sentence)


def _is_rate(amount: Amount, found: re.Match[str]) -> bool:
    return found.start("number") <= amount.start < found.end("number")


def _totals(told: Sequence[Amount], found: re.Match[str]) -> list[Amount]:
    """What all come to: told behind and called so, or else before."""
    noun = found["noun"].lower()
    same = [a for a in told if a.is_of(noun) and not a.is_changed]
    same = same or [a for a in told if a.is_like(noun) and not a.is_changed]
    behind = [a for a in same if a.start > found.end() and _ALL.search(a.before)]
    is_rate_alone = (
        found[0][:1].isdigit()
        and _many(found) == 1
        and not _UNIT_PRICE.search(found.string, 0, found.start())
    )
    return behind or ([] if is_rate_alone else [a for a in same if a.end <= found.start()])


_UNIT_PRICE = lazy_pattern(r"\b[Đđ]ơn giá(?: là|:)? $")


def _is_mean(found: re.Match[str]) -> bool:
    """Whether what each is is a mean: "mỗi tháng bình quân 4,2", "bình quân mỗi tháng 4,2"."""
    return bool(found["mean"]) or _many(found) > 1 or bool(_BY_MEAN.search(found.string, 0, found.start()))


def _many(found: re.Match[str]) -> Decimal:
    """Of how many it is told: 10.000 of "14,0 bác sĩ/10.000 dân"."""
    return read_number(found["many"] or "") or Decimal(1)


_BY_MEAN = lazy_pattern(r"\b(?:bình quân|trung bình) $", re.IGNORECASE)


def _missed(
    number: Amount, total: Amount, found: re.Match[str], others: Sequence[Decimal] = ()
) -> Iterator[Question]:
    """What to ask; ``others`` are numbers that it may have been multiplied by as well: months, of people."""
    each = read_number(found["number"])
    if not each or not number.value:
        return
    power = SCALES.get(found["scale"] or "", 0)
    value, step = (n.scaleb(power) / _many(found) for n in (each, step_of(each)))
    over = number.value * value - total.value
    # A mean may have been cut off, so that the total is more than it gives.
    is_exact = not _is_mean(found) and step_of(each) >= 1
    loose = Decimal(0) if is_exact else step / (1 if _is_mean(found) and over < 0 else 2)
    apart = abs(over)
    if (
        apart <= total.slack
        or any(number.value * value * n == total.value for n in others)
        or apart < total.slack + number.value * loose
    ):
        return
    if total.end <= found.start():
        mean = (total.value * _many(found) / number.value).scaleb(-power).quantize(Decimal("0.01"))
        both = f"{total.text} {found['noun']}, {number.text} {found['per']}"
        yield f"{both} mà ghi “{found[0]}”", f"tính ra khoảng {shown(mean)}"
    else:
        way = f"{number.text} × {found['number']}{' ' + found['scale'] if found['scale'] else ''}"
        yield f"{way} mà ghi {total.text}", f"{way} là {total.told(number.value * value)}"


_PRODUCT = lazy_pattern(
    rf"(?<![\d.,])(?P<factors>{NUMBER.pattern} [^\d,;.()%=]{{2,40}}"
    rf"(?: ?[x×*] ?{NUMBER.pattern} [^\d;.()%=]{{2,30}}){{1,4}})= ?(?P<total>{NUMBER.pattern})(?![\d,.]\d)"
)
"""Numbers, a price and what they come to: "24 lớp x 120.000.000 đồng/lớp = 2.880.000.000 đồng"."""
_PRODUCT_BEHIND = lazy_pattern(
    rf"(?<![\d.,])(?P<total>{NUMBER.pattern}) (?P<scale>(?:triệu |tỷ )?đồng) \((?P<factors>{NUMBER.pattern}"
    rf" [^\d,;.()%=]{{2,30}} ?[x×*] ?{NUMBER.pattern}) (?P=scale)(?:/[^\d;,.()%=]{{1,30}})?\)"
)
"""The same told behind what they come to."""


def written_out(text: Passage) -> Iterator[Question]:
    """Products written out that aren't what they come to."""
    for pattern in (_PRODUCT, _PRODUCT_BEHIND):
        for found in pattern.finditer(text):
            factors = [read_number(n) for n in NUMBER.findall(found["factors"])]
            total, made = read_number(found["total"]), prod(n for n in factors if n is not None)
            if total is not None and made != total:
                yield f"“{quote(found[0], 80)}”", shown(Decimal(made))
