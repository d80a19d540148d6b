"""Products written out and what they come to: "24 lớp x 120.000.000 đồng/lớp = 2.880.000.000 đồng"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import prod

from dvctt_report.lint.amounts import Question
from dvctt_report.lint.check import quote
from dvctt_report.lint.numerals import NUMBER, read_number, shown
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import lazy_pattern

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
