"""The page's pictures: how far targets are from their levels, and when returns arrived.

Positions are percentages of the drawing's width, so that words beside them keep their size on any screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from dvctt_report.model import Grade
from dvctt_report.report.charts import GapRow, gap_rows
from dvctt_report.report.targets import TargetView
from dvctt_report.report.wording import Voice
from dvctt_report.summary.returns import ReturnLine
from dvctt_report.vietnamese import format_count

MOST_DAYS = 60
"""Days that have a column of their own; what came before is in the first one."""
_AFTER = timedelta(days=30)
"""How long the days go on behind the deadline, and behind the return that came last."""


@dataclass(frozen=True, slots=True)
class GapBar:
    """One target: its result, what the plan asks for, and a bar as long as what is lacking.

    verdict: the kind of verdict, ``said`` its words.
    width: per cent of the longest bar; None where nothing is lacking or it isn't judged.
    label: the points that are lacking, or a word.
    way: the word before it: "còn", of what is too much "cao hơn".
    short: how many things these are: "thiếu 32 hồ sơ"; "" where nothing is lacking.
    unsure: what is still missing may turn the verdict.
    """

    name: str
    verdict: str
    said: str
    figure: str
    goal: str
    label: str
    way: str
    short: str
    width: float | None
    unsure: bool


def draw_gaps(views: Sequence[TargetView], voice: Voice) -> tuple[GapBar, ...]:
    """Draw the rates of the year as the report's chart does, the longest gap over the whole width."""
    rows = gap_rows(views, voice)
    longest = max((row.gap for row in rows if row.gap), default=Decimal(1))
    return tuple(
        GapBar(
            f"{row.number}. {row.view.row_name}",
            row.view.result.verdict.value,
            row.view.verdict,
            row.view.mark("percent", row.view.rate) or voice.say("sign.not_available"),
            row.view.goal_cell,
            row.view.mark("distance", row.label) if row.gap else row.label,
            "cao hơn" if row.view.falling else "còn",
            _short(row) if row.gap else "",
            round(float(100 * row.gap / longest), 1) if row.gap else None,
            row.view.unsure,
        )
        for row in rows
    )


def _short(row: GapRow) -> str:
    view = row.view
    return f"{view.known_goal.lacking} {view.mark('short', view.short)}"


def possible_range(view: TargetView) -> tuple[Fraction, Fraction] | None:
    """The shares between which the result will lie; None where settled, unknown, or anything at all."""
    result = view.result
    low, high = result.bounds.low, result.bounds.high
    if low is None or high is None or result.grade is Grade.CERTAIN:
        return None
    return (low, high) if 0 < high - low < 1 else None


# ------------------------------------------------------------------------------------------------- arrivals


@dataclass(frozen=True, slots=True)
class DayColumn:
    """How many had sent by the end of a day, as a column in per cent; ``late``: the deadline was over."""

    x: float
    width: float
    height: float
    late: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Returns by the day they were first sent on, against the deadline.

    deadline: where the line behind the last day of sending stands, in per cent; None where it lies ahead.
    by_deadline: how many had sent by then.
    undated: how many have sent without saying when.
    """

    columns: tuple[DayColumn, ...]
    first: date
    last: date
    deadline: float | None
    by_deadline: str
    n_sent: str
    n_units: str
    undated: str


def draw_arrivals(lines: Sequence[ReturnLine], last_day: date, voice: Voice) -> Arrivals | None:
    """Count up the returns day by day, never beyond that of the page; None where none says its day."""
    today = voice.issuer.as_of.date()
    sent = [line for line in lines if line.received]
    days = [day for line in sent if (day := _first_sent(line)) is not None and day <= today]
    if not days:
        return None
    last = min(today, max(last_day, *days) + _AFTER)
    first = max(min(days), last - timedelta(days=MOST_DAYS - 1))
    n_days = (last - first).days + 1
    on_day = Counter(max(day, first) for day in days)
    columns, there = [], 0
    for n in range(n_days):
        day = first + timedelta(days=n)
        there += on_day[day]
        columns.append(
            DayColumn(_part(n, n_days), _part(1, n_days), _part(there, len(lines)), day > last_day)
        )
    passed, n_dayless = (last_day - first).days + 1, len(sent) - len(days)
    return Arrivals(
        tuple(columns),
        first,
        last,
        _part(passed, n_days) if 0 < passed < n_days else None,
        voice.mark("returns.in_time", format_count(sum(day <= last_day for day in days))),
        voice.mark("returns.received", format_count(len(sent))),
        voice.mark("returns.expected", format_count(len(lines))),
        voice.mark("returns.dayless", format_count(n_dayless)) if n_dayless else "",
    )


def _first_sent(line: ReturnLine) -> date | None:
    return line.first.judged_on if line.first and line.first.judged_on else line.sent_on


def _part(n: int, of: int) -> float:
    return round(100 * n / of, 2)
