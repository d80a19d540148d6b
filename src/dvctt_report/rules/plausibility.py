"""Can the figures of one unit be true as a whole, and are there enough of them to conclude anything?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dvctt_report.dataset import Dataset
from dvctt_report.plan.model import Plan, Survey
from dvctt_report.plan.rule_settings import limit_of
from dvctt_report.rows import (
    at,
    cells,
    effective_returns,
    is_ratio,
    raw,
    row,
    source_names,
    whole,
)
from dvctt_report.rules.rule import RuleFault, rule
from dvctt_report.vietnamese import format_percent, format_small_count


@rule("HL01")
def all_at_hundred(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units of which every ratio is exactly whole, where they give enough of them."""
    least = limit_of(dataset.profile.plan, "HL01")
    for unit, _ in effective_returns(dataset):
        own = [row(dataset, unit, target) for target in dataset.items(unit) if is_ratio(target)]
        given = [r for r in own if whole(r.total) and whole(r.done) is not None]
        if len(given) >= least and all(whole(r.total) == whole(r.done) for r in given):
            yield RuleFault(
                f"cả {format_small_count(len(given))} nội dung có số liệu đều đúng 100%",
                "Đề nghị đơn vị xác nhận số đã thực hiện không chép từ tổng số.",
                unit=unit.code,
                at=at(given[0].done),
                related=cells(*(r.done for r in given[1:])),
            )


@rule("HL02")
def few_answers(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units below a target of satisfaction on fewer answers than the limit."""
    least = limit_of(dataset.profile.plan, "HL02")
    surveyed = surveyed_targets(dataset.profile.plan)
    for unit, _ in effective_returns(dataset):
        for target in dataset.items(unit):
            aim = target.at_least(dataset.period) if is_ratio(target) and target.code in surveyed else None
            if aim is None or not is_ratio(target):
                continue
            found = row(dataset, unit, target)
            total, done = whole(found.total), whole(found.done)
            if total and total < least and done is not None and done * 100 < aim * total:
                percent = format_percent(Fraction(done, total), aim)
                yield RuleFault(
                    f"chỉ có {total} phiếu hợp lệ: tỷ lệ hài lòng {percent} (mục tiêu {aim}%) chưa đủ cơ sở "
                    "để kết luận",
                    "",
                    unit=unit.code,
                    item=target.code,
                    at=at(found.total),
                    value=raw(found.total),
                )


def surveyed_targets(plan: Plan) -> frozenset[str]:
    """Return the codes of the targets whose denominator is a number of answers to surveys."""
    surveys = {item.code for item in plan.items if isinstance(item, Survey)}
    return frozenset(t.code for t in plan.targets if any(i in surveys for i, _ in source_names(t, "total")))
