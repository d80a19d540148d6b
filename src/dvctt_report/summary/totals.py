"""Sums of what was counted and spent: channels of the campaign, funding."""

from __future__ import annotations

from dvctt_report.dataset import Dataset
from dvctt_report.model import Coverage, State, Total
from dvctt_report.plan.model import Channel, FieldSpec, Funding, Item
from dvctt_report.rows import has_state, whole
from dvctt_report.summary.standing import Standing


def sum_totals(dataset: Dataset, standing: Standing) -> tuple[Total, ...]:
    """Return the sum of each counted or money field of channels and funding, in the plan's order."""
    return tuple(
        _sum(dataset, item, spec, standing)
        for item in dataset.profile.plan.items
        if isinstance(item, Channel | Funding)
        for spec in item.measures
        if spec.kind in ("count", "money")
    )


def _sum(dataset: Dataset, item: Item, spec: FieldSpec, standing: Standing) -> Total:
    """Add the numbers given; "không phát sinh" counts as reported and adds nothing, not even a 0."""
    reported = expected = 0
    summed = []
    for unit in dataset.asked(item):
        found = dataset.observation(unit.code, item.code, spec.code)
        if has_state(found, State.WITHHELD) and dataset.profile.may_withhold(unit, item):
            continue
        expected += 1
        if found is None or standing.bars(unit, item, spec.code):
            continue
        if whole(found) is not None:
            summed.append(found)
        reported += whole(found) is not None or found.state is State.NONE_ARISING
    return Total(
        item=item.code,
        field=spec.code,
        value=sum(n for o in summed if (n := whole(o)) is not None) if summed else None,
        coverage=Coverage(reported, expected),
        contributions=tuple(summed),
    )
