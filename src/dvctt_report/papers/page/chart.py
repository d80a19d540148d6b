"""The page's picture: how far targets are from their levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dvctt_report.model import Grade
from dvctt_report.report.charts import GapRow, gap_rows
from dvctt_report.report.targets import TargetView
from dvctt_report.report.wording import Voice


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
