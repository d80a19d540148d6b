"""What options say: periods, units, moments and days as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from dvctt_report.cli.screen import YEAR
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import format_date, parse_date

if TYPE_CHECKING:  # a help page is shown without the model
    from dvctt_report.model.period import Period
    from dvctt_report.plan.model import Profile, Unit

_YEARLESS = re.compile(r"\s*(\d{1,2})/(\d{1,2})(?![/\d])")


class Format(StrEnum):
    """How a reading command answers: a table for people, or JSON for programs."""

    TABLE = "table"
    JSON = "json"


def parse_period(text: str) -> Period:
    """The period of that key. Raises BadParameter."""
    from dvctt_report.model.period import FIRST_YEAR, LAST_YEAR, Period

    try:
        period = Period.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None
    if not period.is_reportable:
        raise typer.BadParameter(f"Năm báo cáo từ {FIRST_YEAR} đến {LAST_YEAR}.")
    return period


def asked_period(text: str) -> Period:
    """The same; hints keep it from here on."""
    period = parse_period(text)
    YEAR.set(str(period))
    return period


def find_units(profile: Profile, units: Iterable[Unit], wanted: Iterable[str]) -> tuple[Unit, ...]:
    """The units that ``wanted`` mean, in the order of ``units``. Raises CannotRun, with the nearest."""
    from dvctt_report.plan.unit_names import UnitNames

    names = UnitNames(units, profile.plan.province)
    meant = {names.pick(text).code for text in wanted}
    return tuple(unit for unit in names.units if unit.code in meant)


def find_unit(profile: Profile, units: Iterable[Unit], wanted: str | None) -> Unit | None:
    """Find the one that is meant, as ``find_units``; None where none was named."""
    return find_units(profile, units, [wanted])[0] if wanted else None


def _dated(text: str, near: date) -> str:
    """A day as people write it, "16/11", with the year in which it is nearest; what has one as it is."""
    if (said := _YEARLESS.match(text)) is None:
        return text
    days = [parse_date(f"{said[1]}/{said[2]}/{near.year + n}") for n in (-1, 0, 1)]
    nearest = min((day for day in days if day), key=lambda day: abs(day - near), default=near)
    return f"{said[1]}/{said[2]}/{nearest.year}{text[said.end() :]}"


def parse_moment(text: str | None) -> datetime:
    """The moment given as ``2025-11-20 17:00``, ``20/11/2025`` or ``20/11``; now where nothing is given."""
    if not text:
        return datetime.now()
    asked, text = text, _dated(text, date.today())
    for pattern in ("%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y %H:%M", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), pattern)
        except ValueError:
            continue
    raise CannotRun(f"Không hiểu thời điểm “{asked}”.", "Ghi theo dạng 20/11/2025 hoặc “20/11/2025 17:00”.")


def parse_day(text: str, example: str, near: date | None = None) -> date:
    """The day that was typed; without a year the one nearest to ``near``. Raises CannotRun."""
    if (day := parse_date(_dated(text, near) if near else text)) is None:
        raise CannotRun(f"Không hiểu ngày “{text}”.", f"Ghi theo dạng {example}.")
    return day


def parse_due(text: str | None, made: date) -> date | None:
    """The day until which something is asked, None for none. Raises CannotRun unless it is after ``made``."""
    if not text:
        return None
    day = parse_day(text, "18/11/2025", made)
    if day <= made:
        raise CannotRun(
            f"Ngày {text} không sau ngày lập văn bản ({format_date(made)}).", "Chọn ngày gửi muộn hơn."
        )
    return day
