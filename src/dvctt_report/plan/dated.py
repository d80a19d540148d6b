"""Days of documents that can't be in a period: a report isn't on a plan that comes after its figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dvctt_report.period import Period
from dvctt_report.plan.model import Plan
from dvctt_report.plan.references import Fault
from dvctt_report.vietnamese import format_date, parse_date

DOCUMENT = "plan.toml: document.date"
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


def doubtful_days(plan: Plan, period: Period) -> Iterator[Fault]:
    """Yield the day of the plan, and of each document that it rests on, that can't be in ``period``."""
    if told := doubtful_day(plan.document.date, plan, period):
        yield DOCUMENT, told
    for n, basis in enumerate(plan.legal_basis, 1):
        if told := doubtful_day(basis.date, plan, period):
            yield f"plan.toml: legal_basis[{n}].date", told
