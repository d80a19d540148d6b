"""Number formats of Excel: which show a date, which a percentage, and the text a number shows as."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from dvctt_report.vietnamese import format_date

BUILTIN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Formats that a workbook names by number only, the dates as a Vietnamese Excel shows them."""

_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_ELAPSED = re.compile(r"(?i)\[(?:h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LAST_SERIAL = 2_958_465
"""31/12/9999, the last day Excel knows."""


@lru_cache(maxsize=1024)
def is_date_format(code: str) -> bool:
    """Whether a number under this format shows as a date or a time.

    What stands behind ";" is for negative numbers, zero and text.
    """
    code = _first_section(code)
    return bool(_ELAPSED.search(code) or re.search(r"(?i)[dmyhs]", _BRACKETS.sub("", code)))


@lru_cache(maxsize=1024)
def is_percent_format(code: str) -> bool:
    """Whether a number under this format shows a hundredfold with "%": 0.8 as 80%."""
    return "%" in _first_section(code)


def _first_section(code: str) -> str:
    """The format of positive numbers, without the texts that it shows beside them."""
    return _LITERAL.sub("", code).partition(";")[0]


def date_from_serial(serial: Decimal, date1904: bool) -> date | None:
    """Turn a date's number into the day, or the day and time, it shows; None outside Excel's calendar.

    In the 1900 system, days before 1/3/1900 count one more than they should, as Excel does. A time
    without a day gets the day before the calendar begins.
    """
    limit = _LAST_SERIAL - 1462 if date1904 else _LAST_SERIAL
    if not 0 <= serial <= limit:
        return None
    if date1904:
        epoch = datetime(1904, 1, 1)
    else:
        epoch = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)
    day, fraction = divmod(serial, 1)
    moment = epoch + timedelta(days=int(day), milliseconds=round(fraction * 86_400_000))
    return moment if moment.time().replace(microsecond=0) != datetime.min.time() else moment.date()


def date_text(value: date) -> str:
    """Write a date as it is seen: "09/11/2025", with a time "09/11/2025 08:30", a bare time "08:30"."""
    if not isinstance(value, datetime):
        return format_date(value)
    clock = value.strftime("%H:%M:%S").removesuffix(":00")
    return clock if value.year < 1900 else f"{format_date(value)} {clock}"


def number_text(value: Decimal, number_format: str) -> str:
    """Write a number as it is seen, with a decimal comma and no groups; a percentage as such: "95,5%"."""
    if is_percent_format(number_format):
        return number_text(value * 100, "") + "%"
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".").replace(".", ",")
    return "0" if text == "-0" else text


def shortest_decimal(value: float) -> Decimal:
    """Turn a stored double into the shortest decimal that is this very double: 0.955, not 0.95499…96."""
    return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))
