"""Numbers as a Vietnamese text has them: read, and written again."""

from __future__ import annotations

from decimal import Decimal

from dvctt_report.patterns import lazy_pattern

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_WHOLLY = lazy_pattern(NUMBER)


def read_number(text: str) -> Decimal | None:
    """A number written the Vietnamese way; None where something else stands."""
    plain = text.strip()
    return Decimal(plain.replace(".", "").replace(",", ".")) if _WHOLLY.fullmatch(plain) else None


def step_of(number: Decimal) -> Decimal:
    """One unit of the last place that a number is written to: 66,7 → 0,1."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))


def shown(number: Decimal) -> str:
    """A number as a text of people has it: "1.234", "66,7"."""
    whole, _, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
