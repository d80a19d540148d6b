"""A number of things, how much each is, and what all come to: "04 lớp, mỗi lớp 60 người; tổng 240 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dvctt_report.lint.amounts import CHANGED, PERSONS, SCALES, Amount, Question, amounts_in, sentences_of
from dvctt_report.lint.numerals import NUMBER, is_rounded, read_number, shown, step_of, written
from dvctt_report.patterns import lazy_pattern

_NUMBER = rf"(?P<number>{NUMBER.pattern})(?: (?P<scale>{'|'.join(SCALES)})(?= đồng))?"
_WORDS = r"[^\W\d_]+(?: [^\W\d_]+)?"
_PER = rf"(?:[kdc]?m[2²]|{_WORDS})"
_RATES = (
    lazy_pattern(
        rf"\bmỗi (?P<per>{_WORDS}?)(?: có| gồm| được| trị giá| là)?(?P<mean> (?:bình quân|trung bình))?"
        rf" {_NUMBER} (?P<noun>{_WORDS})"
    ),
    lazy_pattern(
        rf"(?<![\d.,])(?P<mean>\b(?:bình quân|trung bình|mật độ(?: dân số)?)(?: đạt| là| có)? )?{_NUMBER}"
        rf" (?P<noun>[^\W\d_]+(?: [^\W\d_]+){{0,3}}?)(?:/(?:0?1 )?| (?:trên )?(?:một|mỗi) )(?P<per>{_PER})"
    ),
)
"""How much each of several things is; the mean of them may have been rounded."""
_STROKE = lazy_pattern(r"/(?<=[^\W\d_]/)(?:0?1 )?[^\W\d_]")
"""The stroke between what is counted and each of which it is: "60 người/lớp"."""
_ALL = lazy_pattern(r"\b(?:tổng|tất cả|cộng|thành tiền)\b|\b(?:là|bằng)\s*$")
"""What says that an amount is what the others come to."""
_EACH = ("mỗi ", "bình quân", "trung bình", "/")


def products_in(text: str, above: Sequence[str] = ()) -> Iterator[Question]:
    """Totals that the number of things, and how much each of them is, don't give."""
    yield from _yields(text) if "/ha" in text else ()
    yield from _densities(text) if "00 " in text and "/1" in text else ()
    for sentence in sentences_of(text) if any(sign in text for sign in _EACH) else ():
        for found in _rates_in(sentence):
            told = [a for a in amounts_in(sentence) if not _is_rate(a, found)]
            per = found["per"].lower()
            counts = [a for a in told if "mỗi" not in a.before]
            numbers = [a for a in counts if a.is_of(per) or a.is_of(per.rstrip("2²"))] or [
                a for a in counts if a.is_like(per)
            ]
            totals = _totals(told, found)
            inside = [a for a in sentence.amounts if a.inside and 0 <= a.start - found.end() <= _BEHIND]
            numbers = numbers or [a for a in inside if a.is_of(per)]
            totals = totals or [a for a in inside if a.is_of(found["noun"].lower())]
            numbers = numbers or [n for n in _told_above(per, above) if _is_near(n, totals, found)]
            if len(numbers) == len(totals) == 1 and not numbers[0].is_vague and not totals[0].is_vague:
                others = [a.value for a in told if a is not numbers[0] and a is not totals[0]]
                yield from _missed(numbers[0], totals[0], found, others)


_YIELD = lazy_pattern(
    rf"\bnăng suất\b[^;.\d]{{0,40}}?(?P<each>{NUMBER.pattern}) (?P<unit>tạ|tấn|kg)/ha\b", re.IGNORECASE
)
_OF_MANY = lazy_pattern(
    rf"(?:\b(?:đạt|là|bình quân|tỷ lệ)|,) (?P<each>{NUMBER.pattern}) (?P<noun>{_WORDS})"
    rf"/(?P<n>1(?:00|0)?\.000) (?P<per>{_WORDS})"
)
"""How many there are for so many people: "… dân số 3.470.000 người, đạt 14,0 bác sĩ/10.000 dân"."""


def _densities(text: str) -> Iterator[Question]:
    """How many there are for so many people, where both are told before."""
    for sentence in sentences_of(text):
        for found in _OF_MANY.finditer(sentence):
            told = [a for a in sentence.amounts if not CHANGED.search(a.before)]
            things = [a for a in told if a.end <= found.start() and a.is_of(found["noun"].lower())]
            people = [a for a in told if PERSONS.match(a.noun) and "dân" in a.label and a not in things]
            each, n = read_number(found["each"]), read_number(found["n"])
            if len(things) == len(people) == 1 and each and n and people[0].value:
                made = things[0].value * n / people[0].value
                if not is_rounded(each, made):
                    both = f"{things[0].text} {found['noun']}, {people[0].text} người"
                    right = f"tính ra khoảng {written(made, step_of(each))}"
                    yield f"{both} mà ghi {found['each']}/{found['n']} {found['per']}", right


_TO_TONS = {"tạ": -1, "tấn": 0, "kg": -3}
_CLAUSES = lazy_pattern(r";\s|\.\s")


def _yields(text: str) -> Iterator[Question]:
    """What a field of so many hectares bears: "1.200 ha, năng suất 62,5 tạ/ha, sản lượng 7.500 tấn"."""
    for clause in _CLAUSES.split(text):
        rates = [*_YIELD.finditer(clause)]
        told = [a for a in amounts_in(clause) if not CHANGED.search(a.before) and not a.is_vague]
        fields = [a for a in told if a.noun == "ha"]
        crops = [a for a in told if a.is_of("tấn") and "sản lượng" in a.before]
        if len(rates) == len(fields) == len(crops) == 1:
            each, unit = read_number(rates[0]["each"]) or Decimal(0), rates[0]["unit"].lower()
            (field,), (crop,) = fields, crops
            bears = [(each + off * step_of(each)).scaleb(_TO_TONS[unit]) for off in (Decimal("-0.5"), 0, 1)]
            low, made, high = (field.value * one for one in bears)
            if not low - crop.slack - field.slack <= crop.value <= high + crop.slack + field.slack:
                way = f"{field.text} ha × {rates[0]['each']} {unit}/ha"
                yield f"{way} mà ghi {crop.text} tấn", f"{way} là {crop.told(made)} tấn"


def _is_near(number: Amount, totals: Sequence[Amount], found: re.Match[str]) -> bool:
    """Whether a number from another line comes near to what is told of each, so that it was meant."""
    each = (read_number(found["number"]) or Decimal(0)).scaleb(SCALES.get(found["scale"] or "", 0))
    return all(abs(total.value - number.value * each) * _CLOSE <= total.value for total in totals)


_BEHIND = 40
"""Characters from a mean to what the bracket behind it tells of what it comes of."""
_CLOSE = 4
"""The part of a total by which it and its product miss each other at most."""


def _told_above(per: str, above: Sequence[str]) -> list[Amount]:
    """How many things the lines above tell of, where all tell the same."""
    lines = [a for line in above for a in amounts_in(line)]
    told = {a.value: a for a in lines if a.is_of(per) and not CHANGED.search(a.before)}
    return [*told.values()] if len(told) == 1 else []


def _rates_in(sentence: str) -> Iterator[re.Match[str]]:
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
    same = [a for a in told if a.is_of(noun) and not CHANGED.search(a.before)]
    same = same or [a for a in told if a.is_like(noun) and not CHANGED.search(a.before)]
    behind = [a for a in same if a.start > found.end() and _ALL.search(a.before)]
    is_rate_alone = found[0][:1].isdigit() and not _UNIT_PRICE.search(found.string, 0, found.start())
    return behind or ([] if is_rate_alone else [a for a in same if a.end <= found.start()])


_UNIT_PRICE = lazy_pattern(r"\b[Đđ]ơn giá(?: là|:)? $")


def _is_mean(found: re.Match[str]) -> bool:
    """Whether what each is is a mean: "mỗi tháng bình quân 4,2", "bình quân mỗi tháng 4,2"."""
    return bool(found["mean"]) or bool(_BY_MEAN.search(found.string, 0, found.start()))


_BY_MEAN = lazy_pattern(r"\b(?:bình quân|trung bình) $", re.IGNORECASE)


def _missed(
    number: Amount, total: Amount, found: re.Match[str], others: Sequence[Decimal] = ()
) -> Iterator[Question]:
    """What to ask; ``others`` are numbers that it may have been multiplied by as well: months, of people."""
    each = read_number(found["number"])
    if not each or not number.value:
        return
    power = SCALES.get(found["scale"] or "", 0)
    value, step = each.scaleb(power), step_of(each).scaleb(power)
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
        mean = (total.value / number.value).scaleb(-power).quantize(Decimal("0.01"))
        both = f"{total.text} {found['noun']}, {number.text} {found['per']}"
        yield f"{both} mà ghi “{found[0]}”", f"tính ra khoảng {shown(mean)}"
    else:
        way = f"{number.text} × {found['number']}{' ' + found['scale'] if found['scale'] else ''}"
        yield f"{way} mà ghi {total.text}", f"{way} là {total.told(number.value * value)}"
