"""The report's charts: how far results are from the plan, and who has sent. They draw what tables print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil

from dvctt_report.model import Verdict
from dvctt_report.report.tables import heading_of, numbered
from dvctt_report.report.targets import TargetView
from dvctt_report.report.word_charts import Chart, Series
from dvctt_report.report.wording import Voice
from dvctt_report.text.vietnamese import first_letter_small, format_count, format_decimal
from dvctt_report.word.nd30 import PAGE
from dvctt_report.year.summary.returns import Status
from dvctt_report.year.year import Year

_GAP_NAMES, _PER_GAP = 0.66, 6.4
"""Part of the width for names, each on one line, and millimetres of a bar, in a chart of gaps alone."""
_GAP_ROOM = Decimal("1.2")
"""How much longer than the longest gap its axis is, so that its label fits."""
_LOOKS: Mapping[Status, int] = {
    "on_time": 0,
    "late": 1,
    "undated": 2,
    "paper": 5,
    "to_enter": 6,
    "unusable": 3,
    "missing": 4,
}
"""How each status is drawn, in the order of the bars."""
_AROUND = 22.0
"""Millimetres of a chart beside its bars."""
_TALLEST = 210.0
"""Millimetres that a chart may be high on an upright page."""
HIGHEST = 140.0
"""Millimetres that a chart may be high on a landscape page, below its annex' heading."""


def gap_chart(views: Sequence[TargetView], number: int, voice: Voice) -> tuple[Chart, ...]:
    """Draw how far the year's targets are from what the plan asks for; what is met has its word, no bar.

    A share of units is not drawn beside those of people and dossiers: one office would tower over thousands.
    """
    rows = [row for row in gap_rows(views, voice) if not row.view.target.of_units]
    if all(row.gap is None for row in rows):
        return ()
    names = tuple(_gap_name(row, voice) for row in rows)
    gaps = tuple(row.gap for row in rows)
    labels = tuple(row.label for row in rows)
    caption = voice.say("chart.gaps", n=str(number), year=str(rows[0].view.year.period.year))
    told = "; ".join(f"{name}: {label}" for name, label in zip(names, labels, strict=True) if label)
    series = (Series(voice.say("chart.gap"), gaps, labels, 0),)
    longest = max(filter(None, gaps), default=Decimal(1))
    return (
        Chart(
            number,
            caption,
            f"{caption} {told}",
            names,
            series,
            PAGE.landscape_text_width,
            min(HIGHEST, _PER_GAP * (len(rows) + 1)),
            most=ceil(longest * _GAP_ROOM),
            names_share=_GAP_NAMES,
        ),
    )


@dataclass(frozen=True, slots=True)
class GapRow:
    """A target of the year that is a rate, and how far it is from what the plan asks for.

    number: that of its row in the table of targets.
    gap: the points that are lacking; none where the level is reached, None where it isn't judged.
    label: the gap as it is printed, a word where the level is reached, "" where it isn't judged.
    """

    number: str
    view: TargetView
    gap: Decimal | None
    label: str


def gap_rows(views: Sequence[TargetView], voice: Voice) -> tuple[GapRow, ...]:
    """The year's rates against their levels, as every chart of them draws them; none where none is judged."""
    reached = voice.say("chart.reached")
    found = []
    for number, view in _bars(views):
        gap = _gap(view)
        label = "" if gap is None else format_decimal(gap) if gap else reached
        found.append(GapRow(number, view, gap, label))
    return tuple(found) if any(row.gap is not None for row in found) else ()


def _gap(view: TargetView) -> Decimal | None:
    """Points that are lacking to the level; none where it is met, None where it isn't judged."""
    if not _is_judged(view) or view.printed is None:
        return None
    return abs(view.threshold - view.printed) if view.result.verdict is Verdict.MISSED else Decimal(0)


def _gap_name(row: GapRow, voice: Voice) -> str:
    name = _name(row.number, row.view, voice)
    return f"{name}: {row.view.rate}" if row.gap is not None else name


def _bars(views: Sequence[TargetView]) -> list[tuple[str, TargetView]]:
    """The year's rates, each with the number of its row in the table of targets."""
    due = [v for v in views if v.is_due]
    return [(number, view) for number, view in _drawn(due) if has_rate(view)]


def has_rate(view: TargetView) -> bool:
    """Whether it is a rate, held against a level; a number of things has no place in percent."""
    return view.result.verdict is not Verdict.NO_LEVEL and not view.target.of_things


def _drawn(views: Sequence[TargetView]) -> Iterator[tuple[str, TargetView]]:
    """Yield what has a bar: every target, but of one that fields miss these, as their sum may reach the goal.

    More names than that don't fit on the page, and Word leaves out every second one.
    """
    for number, view in numbered(views):
        by_field = view.by_field or (view.is_field and not view.target.joint)
        missed = by_field and view.result.verdict is Verdict.MISSED
        if (missed or view.by_group or view.is_group) is view.is_field:
            yield number, view


def return_chart(year: Year, number: int, voice: Voice) -> tuple[Chart, ...]:
    """Draw for each kind of unit how many have sent in time, late, not at all."""
    kinds = [
        (heading, Counter(line.status for line in group))
        for heading, group in groupby(year.lines, key=lambda line: heading_of(year.dataset, line.unit))
    ]
    if not kinds:
        return ()
    there = [s for s in _LOOKS if any(counts[s] for _, counts in kinds)]
    series = tuple(_status_series(s, [counts[s] for _, counts in kinds], voice) for s in there)
    caption = voice.say("chart.returns", n=str(number))
    told = "; ".join(
        f"{heading}: " + ", ".join(f"{s.name.lower()} {s.labels[i]}" for s in series if s.labels[i])
        for i, (heading, _) in enumerate(kinds)
    )
    height = min(_TALLEST, _AROUND + 14 * len(kinds))
    headings = tuple(heading for heading, _ in kinds)
    chart = Chart(
        number, caption, f"{caption} {told}", headings, series, PAGE.text_width, height, stacked=True
    )
    return (chart,)


def _status_series(status: Status, counts: Sequence[int], voice: Voice) -> Series:
    return Series(
        voice.say(f"chart.{status}"),
        tuple(Decimal(n) if n else None for n in counts),
        tuple(format_count(n) if n else "" for n in counts),
        _LOOKS[status],
    )


def _is_judged(view: TargetView) -> bool:
    return view.result.verdict in (Verdict.MET, Verdict.MISSED) and view.printed is not None


def _name(number: str, view: TargetView, voice: Voice) -> str:
    name = f"{number}. {view.row_name}"
    if _is_judged(view):
        return view.flag(name)
    verdict = voice.say(f"verdict.{view.result.verdict.value}")
    return f"{name} ({first_letter_small(verdict)})"
