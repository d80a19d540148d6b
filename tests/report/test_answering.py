"""A count of units is a part of those that were asked and whose answer is used, not of all that have sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from dvctt_report.model import Finding, Return, ReturnStatus, Severity, State
from dvctt_report.report.context import build_context
from dvctt_report.report.figures import Answering, collect_figures
from dvctt_report.report.manifest import build_manifest
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year


def answering(of: Dataset, *findings: Finding) -> tuple[int, int, int]:
    answered: Answering = collect_figures(Year(of, findings)).answering
    return len(answered.directives), len(answered.topics), len(answered.channels)


def test_a_unit_that_is_not_asked_is_no_part_of_the_whole(dataset: Dataset, voice: Voice) -> None:
    assert len([r for r in dataset.returns if r.unit == "BAO"]) == 1  # has sent, and is asked for none of it
    assert answering(dataset) == (4, 4, 4)
    said = build_context(Telling(Year(dataset, ()), voice)).body
    assert "04/04 cơ quan, đơn vị, địa phương có báo cáo về nội dung này" in said.directives[0]
    assert "trong tổng số 04 cơ quan, đơn vị, địa phương có báo cáo về nội dung này" in said.topics_lead
    assert "số liệu sử dụng được của 04 cơ quan, đơn vị, địa phương" in said.channels_lead


def test_a_unit_whose_answer_can_not_be_used_is_no_part_of_the_whole(
    returns: tuple[Return, ...], build: Callable[..., Dataset]
) -> None:
    office, first, *rest = returns
    undecided = build((office, replace(first, status=ReturnStatus.UNDECIDED), *rest))
    assert answering(undecided) == (3, 3, 3)
    unread = tuple(
        replace(o, value=None, state=State.UNREADABLE) if o.item in ("VB", "N.a", "H.a") else o
        for o in first.observations
    )
    assert answering(build((office, replace(first, observations=unread), *rest))) == (3, 3, 3)


def test_of_channels_only_units_with_a_figure_in_the_sums_or_none_arising_are_told(
    returns: tuple[Return, ...], build: Callable[..., Dataset]
) -> None:
    office, first, *rest = returns
    of = build(returns)
    barred = [
        Finding("DL01", Severity.ERROR, "m", unit="SO1", item="H.a", field=f) for f in ("events", "people")
    ]
    assert answering(of, *barred) == (4, 4, 3)
    assert answering(of, barred[0]) == (4, 4, 4)
    none = tuple(
        replace(o, value=None, state=State.NONE_ARISING) if o.item == "H.a" else o for o in first.observations
    )
    assert answering(build((office, replace(first, observations=none), *rest))) == (4, 4, 4)
    blank = tuple(replace(o, value=None, state=State.BLANK) if o.item == "H.a" else o for o in none)
    assert answering(build((office, replace(first, observations=blank), *rest))) == (4, 4, 3)


def test_the_manifest_carries_the_wholes(dataset: Dataset) -> None:
    figures = collect_figures(Year(dataset, ()))
    made = build_manifest(Year(dataset, ()), figures, (), datetime(2025, 11, 20))
    assert made["answering"] == {"directives": 4, "topics": 4, "channels": 4}
