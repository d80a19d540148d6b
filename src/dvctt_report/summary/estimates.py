"""What units expect of the whole year: summed for itself, beside the results and never inside one."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.dataset import Dataset
from dvctt_report.model import Estimate, Result
from dvctt_report.rows import whole
from dvctt_report.summary.standing import Standing

FIELD = "estimate"


def estimate_year(dataset: Dataset, results: tuple[Result, ...], standing: Standing) -> Iterator[Estimate]:
    """Yield, in the plan's order, the sum of the estimates given for a target; none where nobody gave one.

    Only units whose own figures are in the result are asked for their estimate: the two sums stand side by
    side for the same units. An estimate below what is already done, or barred by an error, is left out.
    """
    units = dataset.units_by_code
    items = {target.code: target for target in dataset.profile.plan.targets}
    for result in results:
        target, given, so_far = items[result.item], [], 0
        for c in result.contributions:
            found = dataset.observation(c.unit, target.code, FIELD)
            expected = whole(found)
            if found is None or expected is None or c.tally is None or expected < c.tally.numerator:
                continue
            if not standing.bars(units[c.unit], target, FIELD):
                given.append(found)
                so_far += c.tally.numerator
        if given:
            value = sum(n for o in given if (n := whole(o)) is not None)
            yield Estimate(result.item, value, so_far, tuple(given))
