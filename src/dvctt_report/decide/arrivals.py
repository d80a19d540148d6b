"""Returns that say a day in time and arrived after the deadline: what is asked of them all, and decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from dvctt_report.decide.grounds import Grounds
from dvctt_report.model import ArrivedBy, Timing
from dvctt_report.text.vietnamese import format_date, format_small_count
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.returns import ReturnLine


def arrival_fact(line: ReturnLine, last_day: date) -> str:
    """Name what is to be decided of a unit's first return, in the words of a ``base``; "" for nothing."""
    said = line.first
    if not said or not said.sent_on or not said.arrived_on or said.timing:
        return ""
    return fact_of_days(line.unit.code, said.days) if said.sent_on <= last_day < said.arrived_on else ""


def fact_of_days(unit: str, days: str) -> str:
    """Name a unit with the days that are decided about; other days are another fact."""
    return f"arrived.{unit}.{days}"


def timings_of(lines: Sequence[ReturnLine], late: Collection[str], grounds: Grounds) -> Iterator[Timing]:
    """Yield the decision about each unit: in time but for those in ``late``."""
    for line in lines:
        if line.first is not None:
            yield Timing(
                unit=line.unit.code,
                in_time=line.unit.code not in late,
                over=line.first.days,
                **grounds.fields(),
            )


def ask_arrival(lines: Sequence[ReturnLine], dataset: Dataset) -> str:
    """Ask of all units together whether they were in time."""
    who = "Đơn vị" if len(lines) == 1 else f"{format_small_count(len(lines))} đơn vị"
    quote = dataset.profile.plan.deadline.of(dataset.period).quote
    when = []
    for is_missing, words in ((False, "văn bản đến {}"), (True, "đến {} vẫn chưa nhận được")):
        said = (line.first for line in lines if line.first and line.first.arrived_on)
        days = sorted(
            one.arrived_on
            for one in said
            if one.arrived_on is not None and (one.arrived_by is ArrivedBy.MISSING) is is_missing
        )
        if days:
            begin = f"từ ngày {days[0].day}/{days[0].month} đến " if days[0] < days[-1] else ""
            when.append(words.format(f"{begin}ngày {format_date(days[-1])}"))
    told = ", hoặc ".join(when)
    return f"{who} ghi ngày gửi {quote} nhưng {told}. Tính là đúng hạn hay sau thời hạn?"


def tell_arrivals(lines: Sequence[ReturnLine]) -> str:
    """Say how they count until it is decided, and each unit's days with what they rest on."""
    told = (
        f"{line.unit.short_name} (ghi ngày {format_date(line.first.sent_on)}, {line.first.arrived})"
        for line in lines
        if line.first is not None and line.first.sent_on is not None
    )
    return f"Đang tính là sau thời hạn, theo ngày đến: {'; '.join(told)}."
