"""Returns that say a day in time and arrived after the deadline: what is asked of them all, and decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from dvctt_report.dataset import Dataset
from dvctt_report.deciding.grounds import Grounds
from dvctt_report.model import ArrivedBy, Submission, Timing
from dvctt_report.summary.returns import ReturnLine
from dvctt_report.vietnamese import format_date, format_small_count


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
    said = [line.first for line in lines if line.first is not None]
    came = _days([s for s in said if s.arrived_by is not ArrivedBy.MISSING], "văn bản đến {}")
    missed = _days([s for s in said if s.arrived_by is ArrivedBy.MISSING], "đến {} vẫn chưa nhận được")
    when = ", hoặc ".join(filter(None, (came, missed)))
    return f"{who} ghi ngày gửi {quote} nhưng {when}. Tính là đúng hạn hay sau thời hạn?"


def _days(said: Sequence[Submission], words: str) -> str:
    """The first and the last of the days on which they arrived, in ``words``; "" for none."""
    days = sorted(one.arrived_on for one in said if one.arrived_on is not None)
    if not days:
        return ""
    last = format_date(days[-1])
    between = (
        f"từ ngày {days[0].day}/{days[0].month} đến ngày {last}" if days[0] < days[-1] else f"ngày {last}"
    )
    return words.format(between)


def tell_arrivals(lines: Sequence[ReturnLine]) -> str:
    """Say how they count until it is decided, and each unit's days with what they rest on."""
    told = (
        f"{line.unit.short_name} (ghi ngày {format_date(line.first.sent_on)}, {line.first.arrived})"
        for line in lines
        if line.first is not None and line.first.sent_on is not None
    )
    return f"Đang tính là sau thời hạn, theo ngày đến: {'; '.join(told)}."
