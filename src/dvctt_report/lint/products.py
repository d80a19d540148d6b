"""A number of things, how much each is, and what all come to: "04 lớp, mỗi lớp 60 người; tổng 240 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dvctt_report.lint.amounts import CHANGED, SCALES, Amount, amounts_in
from dvctt_report.lint.figure_tables import NUMBER, read_number, step_of
from dvctt_report.patterns import lazy_pattern

_NUMBER = rf"(?P<number>{NUMBER.pattern})(?: (?P<scale>{'|'.join(SCALES)})(?= đồng))?"
_RATES = (
    lazy_pattern(
        rf"\bmỗi (?P<per>[^\W\d_]+(?: [^\W\d_]+)??)(?: có| gồm| được)? {_NUMBER}"
        r" (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)"
    ),
    lazy_pattern(rf"(?<![\d.,]){_NUMBER} (?P<noun>[^\W\d_]+(?: [^\W\d_]+)??)/(?P<per>[^\W\d_]+)"),
)
_ALL = lazy_pattern(r"\b(?:tổng|tất cả|cộng)\b|\b(?:là|bằng)\s*$")
"""What says that an amount is what the others come to."""


def products_in(text: str) -> Iterator[tuple[str, str]]:
    """Totals that the number of things told before, and how much each is, don't give."""
    for found in (m for pattern in _RATES for m in pattern.finditer(text)):
        start = text.rfind(". ", 0, found.start()) + 1
        end = text.find(". ", found.end())
        told = [a for a in amounts_in(text, start, len(text) if end < 0 else end) if not _is_rate(a, found)]
        numbers = [a for a in told if a.is_like(found["per"].lower())]
        totals = [
            a for a in told if a.start > found.end() and a.is_of(found["noun"].lower()) and _is_total(a)
        ]
        if len(numbers) == len(totals) == 1 and not numbers[0].is_vague and not totals[0].is_vague:
            yield from _missed(numbers[0], totals[0], found)


def _is_rate(amount: Amount, found: re.Match[str]) -> bool:
    return found.start("number") <= amount.start < found.end("number")


def _is_total(amount: Amount) -> bool:
    return bool(_ALL.search(amount.before)) and not CHANGED.search(amount.before)


def _missed(number: Amount, total: Amount, found: re.Match[str]) -> Iterator[tuple[str, str]]:
    each = read_number(found["number"])
    if each is None:
        return
    value = each.scaleb(SCALES.get(found["scale"] or "", 0))
    slack = total.slack + (number.value * step_of(value) / 2 if step_of(value) < 1 else Decimal(0))
    if abs(number.value * value - total.value) > slack:
        way = f"{number.text} × {found['number']}{' ' + found['scale'] if found['scale'] else ''}"
        yield f"{way} mà ghi {total.text}", f"{way} là {total.told(number.value * value)}"
