"""Numbers as a Vietnamese text has them: read, and written again."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from dvctt_report.patterns import lazy_pattern

NUMBER = lazy_pattern(r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)")


def number_behind(name: str, signs: str) -> str:
    """The pattern of a number, as the group of that name, that stands behind none of the signs.

    It begins with a figure, which is found much faster than a place behind which nothing stands.
    """
    return rf"(?P<{name}>\d(?<![{signs}]\d)(?:\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?|\d*(?:,\d+)?))"


PERCENT = r"\d{1,3}(?:,\d{1,4})?"
"""The pattern of a percentage, without its sign."""


@lru_cache(maxsize=4096)
def read_number(text: str) -> Decimal | None:
    """A number written the Vietnamese way; None where something else stands."""
    plain = text.strip().rstrip("%").strip()
    return Decimal(plain.replace(".", "").replace(",", ".")) if NUMBER.fullmatch(plain) else None


def step_of(number: Decimal) -> Decimal:
    """One unit of the last place that a number is written to: 66,7 → 0,1."""
    return _step(int(number.as_tuple().exponent))


@cache
def _step(exponent: int) -> Decimal:
    return Decimal(1).scaleb(exponent)


def shown(number: Decimal) -> str:
    """A number as a text of people has it: "1.234", "66,7"."""
    whole, _, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def is_rounded(said: Decimal, exact: Decimal, evened: bool = False) -> bool:
    """Whether a number is another to as many places, the nearest or cut off: 66,7 and 66,6 of two thirds.

    ``evened``: with others it makes a whole, for which it may have been rounded up: 33,3 and 33,3 and 33,4.
    """
    step = step_of(said)
    return (-step if evened else -step / 2) <= exact - said < step


def written(number: Decimal, step: Decimal) -> str:
    """A number with the decimals of another: 20 beside "22,0" is "20,0"."""
    return shown(number.quantize(step)) if step >= 1 else f"{number.quantize(step):f}".replace(".", ",")
