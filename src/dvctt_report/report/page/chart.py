"""The bars of the chart: each target's rate against its threshold, as positions in the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dvctt_report.model import Grade, Verdict
from dvctt_report.report.about import shorten
from dvctt_report.report.tables import TargetRow
from dvctt_report.report.targets import TargetView
from dvctt_report.report.wording import Voice

SCALE = 240
"""Width of 100% in units of the drawing, at its size on a phone about a pixel each."""
ROW = 38
_LONGEST = 54
"""Characters of a name that stand above its bar; the table has the whole of it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One target: ``width`` is None where there is no rate; a bar of no length would say 0.

    ``low`` and ``high`` are where the rate may still come to lie, both None where that is settled or
    not known. ``unsure``: what is still missing may turn the verdict.
    """

    name: str
    y: int
    verdict: str
    figure: str
    goal: float
    width: float | None = None
    low: float | None = None
    high: float | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class PageChart:
    """The bars, and the verdicts that occur among them: kind and name."""

    bars: tuple[Bar, ...]
    height: int
    verdicts: tuple[tuple[str, str], ...]
    scale: int = SCALE


def draw_chart(views: Sequence[TargetView], rows: Sequence[TargetRow], voice: Voice) -> PageChart:
    """Place a bar for each of ``views``; its figure is that of its row in the report's table."""
    bars = tuple(_bar(view, row, n * ROW) for n, (view, row) in enumerate(zip(views, rows, strict=True)))
    found = {view.result.verdict for view in views}
    verdicts = tuple((v.value, voice.say(f"verdict.{v.value}")) for v in Verdict if v in found)
    return PageChart(bars, len(bars) * ROW, verdicts)


def possible_range(view: TargetView) -> tuple[Fraction, Fraction] | None:
    """Return between which shares the result will lie once all have answered.

    None where it is settled, not known, or anything at all.
    """
    result = view.result
    low, high = result.bounds.low, result.bounds.high
    if low is None or high is None or result.grade is Grade.CERTAIN:
        return None
    return (low, high) if 0 < high - low < 1 else None


def _bar(view: TargetView, row: TargetRow, y: int) -> Bar:
    result = view.result
    low, high = possible_range(view) or (None, None)
    return Bar(
        shorten(f"{row.number}. {row.name}", _LONGEST),
        y,
        result.verdict.value,
        row.rate if view.share is None else f"{row.rate}%",
        _at(Fraction(view.threshold) / 100),
        None if view.share is None else _at(view.share),
        None if low is None else _at(low),
        None if high is None else _at(high),
        view.unsure,
    )


def _at(share: Fraction) -> float:
    """The position of a share, to a tenth of a unit and never outside the drawing."""
    return round(float(min(share, Fraction(1)) * SCALE), 1)
