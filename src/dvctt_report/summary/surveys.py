"""How satisfied people are, by source and field of procedures: valid answers and those satisfied."""

from __future__ import annotations

from collections.abc import Sequence

from dvctt_report.dataset import Dataset
from dvctt_report.model import Coverage, State, SurveyResult, Tally
from dvctt_report.plan.model import Plan, Survey, Target
from dvctt_report.rows import amount, has_state, source_names
from dvctt_report.summary.standing import Standing

VALID, SATISFIED = "valid", "satisfied"


def sum_surveys(dataset: Dataset, standing: Standing) -> tuple[SurveyResult, ...]:
    """Return the sums of each row of the satisfaction form, in the plan's order.

    A unit counts with both of its numbers or with neither, so that the share is one of the same answers; and
    not where an open error bars the target that is summed from them: both say the same of it.
    """
    plan = dataset.profile.plan
    return tuple(_sum(dataset, i, standing, _targets(plan, i)) for i in plan.items if isinstance(i, Survey))


def _targets(plan: Plan, survey: Survey) -> tuple[Target, ...]:
    """The targets that are summed from the row's cells."""
    fields = ("total", "done")
    return tuple(
        t
        for t in plan.targets
        if any(
            (survey.code, n) in source_names(t, f) for f, n in zip(fields, (VALID, SATISFIED), strict=True)
        )
    )


def _sum(dataset: Dataset, item: Survey, standing: Standing, targets: Sequence[Target]) -> SurveyResult:
    tally, reported, expected = Tally(), 0, 0
    used = []
    for unit in dataset.asked(item):
        expected += 1
        valid, satisfied = (dataset.observation(unit.code, item.code, field) for field in (VALID, SATISFIED))
        barred = (standing.bars(unit, target, "total", "done") for target in targets)
        if standing.bars(unit, item, VALID, SATISFIED) or any(barred):
            continue
        if has_state(valid, State.NONE_ARISING):
            reported += 1
            continue
        n_valid, n_satisfied = amount(valid), amount(satisfied)
        if n_valid is None or n_satisfied is None or not 0 <= n_satisfied <= n_valid:
            continue
        tally += Tally(n_satisfied, n_valid)
        reported += 1
        used += [o for o in (valid, satisfied) if o is not None]
    return SurveyResult(item.code, tally, Coverage(reported, expected), tuple(used))
