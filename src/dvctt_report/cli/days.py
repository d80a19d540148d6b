"""Moments and days as an officer types them on the command line."""

from __future__ import annotations

from datetime import date, datetime

from dvctt_report.errors import CannotRun
from dvctt_report.vietnamese import format_date, parse_date


def parse_moment(text: str | None) -> datetime:
    """The moment given as ``2025-11-20 17:00`` or ``20/11/2025``; now where nothing is given."""
    if not text:
        return datetime.now()
    for pattern in ("%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y %H:%M", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), pattern)
        except ValueError:
            continue
    raise CannotRun(f"Không hiểu thời điểm “{text}”.", "Ghi theo dạng 20/11/2025 hoặc “20/11/2025 17:00”.")


def parse_due(text: str | None, made: date) -> date | None:
    """The day until which something is asked; None where none is given.

    Raises CannotRun for no day, and for one that doesn't come after ``made``, the day of the letter.
    """
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        raise CannotRun(f"Không hiểu ngày “{text}”.", "Ghi theo dạng 18/11/2025.")
    if day <= made:
        raise CannotRun(
            f"Ngày {text} không sau ngày lập văn bản ({format_date(made)}).", "Chọn ngày gửi muộn hơn."
        )
    return day
