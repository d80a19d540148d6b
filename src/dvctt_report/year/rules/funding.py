"""Can the sums of money be right: their unit, the budget they come from, what was done with them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.model.answers import amount, whole
from dvctt_report.plan.model import Channel, Funding
from dvctt_report.text.vietnamese import format_money
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import asked, effective_returns, format_cells, is_blank
from dvctt_report.year.rules.rule import RuleFault, contradicted, limit_of, rule

PLANNED, SPENT = "planned", "spent"
"""The fields of an item of funding that hold the budget given and the money spent."""


@rule("KP01")
def money_without_activities(dataset: Dataset) -> Iterator[RuleFault]:
    """Report money spent where every activity answered has 0; blank ones tell nothing."""
    for unit, _ in effective_returns(dataset):
        answers = [
            dataset.observation(unit.code, item.code, measure.code)
            for item in dataset.items(unit)
            if isinstance(item, Channel)
            for measure in item.measures
            if measure.kind == "count"
        ]
        said = [o for o in answers if not is_blank(o)]
        if not said or any(amount(o) != 0 for o in said):
            continue
        activity = dataset.profile.plan.activity
        nothing = "0" if all(whole(o) == 0 for o in said) else "0 hoặc không phát sinh"
        for item in dataset.items(unit):
            spent = dataset.observation(unit.code, item.code, SPENT) if isinstance(item, Funding) else None
            if amount(spent):
                where = format_cells(spent, otherwise="số tiền")
                yield contradicted(
                    spent,
                    f"đã chi {format_money(amount(spent) or 0)} nhưng mọi hình thức {activity} đều ghi "
                    f"{nothing}",
                    f"Bổ sung hoạt động đã thực hiện hoặc kiểm tra lại {where}.",
                )


@rule("KP02")
def spent_exceeds_planned(dataset: Dataset) -> Iterator[RuleFault]:
    """Report items of which more was spent than budgeted."""
    for unit, item in asked(dataset, Funding):
        planned, spent = (dataset.observation(unit.code, item.code, f) for f in (PLANNED, SPENT))
        n_planned, n_spent = whole(planned), whole(spent)
        if n_planned is not None and n_spent is not None and n_spent > n_planned:
            yield contradicted(
                spent,
                f"kinh phí đã thực hiện ({format_money(n_spent)}) lớn hơn dự toán được giao "
                f"({format_money(n_planned)})",
                f"Kiểm tra lại {format_cells(spent, planned, otherwise='hai số này')}.",
                planned,
            )


@rule("KP03")
def money_too_small(dataset: Dataset) -> Iterator[RuleFault]:
    """Report, once an item, sums above 0 and below the limit; of several the whole item is not used."""
    least = limit_of("KP03")
    for unit, item in asked(dataset, Funding):
        sums = (dataset.observation(unit.code, item.code, m.code) for m in item.measures if m.kind == "money")
        small = [(o, n) for o in sums if (n := whole(o)) and n < least]
        if small:
            found = [o for o, _ in small]
            fault = contradicted(
                found[0],
                f"ghi {', '.join(format_money(n) for _, n in small)}, quá nhỏ đối với một khoản kinh phí: "
                "có thể đã ghi bằng triệu đồng hoặc nghìn đồng",
                f"Ghi đủ số đồng vào {format_cells(*found, joined_by=', ', otherwise='các ô này')}.",
                *found[1:],
            )
            yield fault if len(small) == 1 else replace(fault, field="")
