"""Numbers said in round figures: "gần 80%", "khoảng 63 nghìn"; where they are true, they are the figure."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum


class Rounding(StrEnum):
    """On which side of the number said the exact one lies."""

    NEAR = "near"
    BELOW = "below"
    ABOVE = "above"


FARTHEST = Decimal(1) / 8
"""Largest share of a figure by which a round one may miss it."""
_BEFORE = re.compile(
    r"""(?:^|(?<=[\s(:;,]))(?:
      (?P<near> khoảng | xấp\ xỉ | xấp\ xỷ | ước(?:\ (?:tính|đạt|khoảng))? | chừng | ngót\ nghét | [~≈] )
    | (?P<below> gần | ngót | suýt\ soát )
    | (?P<above> (?<!cao\ )(?<!thấp\ )(?<!nhiều\ )(?<!ít\ )(?<!lớn\ )(?<!nhỏ\ )(?<!kém\ )hơn
               | (?:đạt|có|chiếm|là|với|được|gồm)\ trên )
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""The words of a round number; "trên" is one only where it can't mean "of" ("2 trên 3 đơn vị") or a limit."""
_REACH = 16


def find_rounding(text: str, start: int) -> Rounding | None:
    """Find whether the words before the number at ``start`` make it a round one; None for an exact one."""
    found = _BEFORE.search(text[max(0, start - _REACH) : start])
    return Rounding(found.lastgroup) if found and found.lastgroup else None


def is_rounded(exact: Decimal, said: Decimal, rounding: Rounding, whole: bool) -> bool:
    """Whether ``said`` is ``exact`` in round figures: within its last digit, and on the side its words say.

    ``whole``: the last digit of a whole number counts, be it 0, as of a percentage: "80%".
    """
    exponent = said.as_tuple().exponent if whole else said.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        return False
    step = Decimal(1).scaleb(min(exponent, 0) if whole else exponent)
    off = exact - said
    if abs(off) > FARTHEST * abs(exact):
        return False
    match rounding:
        case Rounding.NEAR:
            return abs(off) <= step / 2
        case Rounding.BELOW:
            return -step < off < 0
        case Rounding.ABOVE:
            return 0 < off < step
