"""Days as a text names them in figures, and where a pattern of them may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import parse_date

_MONTH_AND_YEAR = r"(?:[/.-]\d{1,2}[/.-]\d{4}(?![\d/])|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}(?!\d))"
DAY = rf"(?:\d{{1,2}}{_MONTH_AND_YEAR})"
NAMED = lazy_pattern(rf"(?P<day>\d(?<![\d/.-]\d)(?<!số \d)\d?{_MONTH_AND_YEAR})")
CLOCKED = r"(?:\d{1,2} giờ(?: \d{1,2})?(?: phút)?\s*,?\s*)?"
LEAP_YEAR = 2024


def where(pattern: re.Pattern[str], text: str, *words: str) -> Iterator[re.Match[str]]:
    """Where a pattern is found; it is tried only where one of the words stands, in capitals or not."""
    low = _small(text)
    return pattern.finditer(text) if any(word in low for word in words) else iter(())


_small = lru_cache(maxsize=1)(str.lower)


def day_in_full(day: str, end: str) -> str:
    """A day with month and year of the one behind it where it has none: "từ 09 đến 11/11/2026"."""
    own, other = re.findall(r"\d+", day), re.findall(r"\d+", end)
    return "/".join(own + other[len(own) :])


@lru_cache(maxsize=256)
def day_of(text: str) -> date | None:
    """The day that a text names in figures, None where no calendar has it; most are named many times."""
    return parse_date("/".join(str(int(n)) for n in re.findall(r"\d+", text)))
