"""What of a plan is of another year than the period: days of documents, titles, milestones that are past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dvctt_report.model.period import Period
from dvctt_report.plan.model import Plan, Target
from dvctt_report.plan.references import Fault
from dvctt_report.text.vietnamese import format_date, parse_date

_OLDEST = date(1990, 1, 1)
"""Before any document that a plan of today rests on: a slip of the year ("1925")."""


def doubtful_day(text: str, plan: Plan, period: Period) -> str:
    """What is wrong with the day of a document that a report of ``period`` rests on; "" for nothing.

    A half-year's report may rest on what was issued later in its year.
    """
    day = parse_date(text)
    last = plan.period.cut_off(Period(period.year))
    if day is None or _OLDEST <= day <= last:
        return ""
    year = Period(period.year).words
    why = f"sau ngày chốt số liệu {year} ({format_date(last)})" if day > last else "đã quá lâu"
    return f"ghi ngày {format_date(day)}, {why}: kiểm tra lại năm của văn bản"


_YEARS = re.compile(r"\b(20\d\d)(?:\s*[-–]\s*(20\d\d))?\b")
"""A year, or the first and last of several: "2026", "2026 - 2030"."""


def other_year(text: str, period: Period) -> int | None:
    """The earlier year that a title names in the place of that of ``period``; None for none."""
    named = [(int(found[1]), int(found[2] or found[1])) for found in _YEARS.finditer(text)]
    if any(first <= period.year <= last for first, last in named):
        return None
    return max((last for _, last in named if last < period.year), default=None)


def titles_of_other_years(plan: Plan, period: Period) -> Iterator[Fault]:
    """Yield the names that the plan goes by in print and that are of an earlier year."""
    for name in ("short_title", "letter_topic", "form_title"):
        if (year := other_year(getattr(plan, name), period)) is not None:
            told = f"ghi năm {year}, không ghi năm {period.year}: sửa theo tên Kế hoạch năm {period.year}"
            yield f"plan.toml: {name}", told


def past_milestones(plan: Plan, period: Period) -> tuple[Target, ...]:
    """The targets of which all that the plan asks by ``period`` is to be done by days of earlier years."""
    levels = ((target, target.levels(period)) for target in plan.targets)
    return tuple(t for t, held in levels if held and held[0].by and held[0].year < period.year)


def without_past_milestones(plan: Plan, period: Period) -> Plan:
    """The plan as ``period`` is judged by it: a day of an earlier year is no level of this one."""
    past = {target.code for target in past_milestones(plan, period)}
    items = tuple(
        item.model_copy(update={"thresholds": tuple(t for t in item.thresholds if t.year >= period.year)})
        if isinstance(item, Target) and item.code in past
        else item
        for item in plan.items
    )
    return plan.model_copy(update={"items": items}) if past else plan
