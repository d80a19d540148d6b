"""Can the sums of money be right: their unit, the budget they come from, what was done with them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.dataset import Dataset
from dvctt_report.model import Observation
from dvctt_report.plan.model import Channel, Funding, Unit
from dvctt_report.plan.rule_settings import limit_of
from dvctt_report.rows import amount, asked, at, cells, effective_returns, format_cells, raw, whole
from dvctt_report.rules.rule import Fault, rule
from dvctt_report.vietnamese import format_money

PLANNED, SPENT = "planned", "spent"
"""The fields of an item of funding that hold the budget given and the money spent."""


@rule(
    code="KP01",
    title="Có kinh phí đã thực hiện nhưng không có hoạt động nào",
    rationale="Kinh phí tuyên truyền đã chi phải gắn với hoạt động; không ghi hoạt động nào nghĩa là biểu "
    "hoạt động ghi thiếu hoặc kinh phí không phải của nội dung này.",
    source="Biểu hoạt động (khoản 2 Mục II của Kế hoạch) đối chiếu biểu kinh phí (khoản 3 Mục II).",
    missing="none_arising_is_zero",
    example="KP01 · Cơ quan A · Biểu 02 · ô G9: đã chi 40.000.000 đồng nhưng mọi hình thức tuyên truyền đều "
    "ghi 0. Bổ sung hoạt động đã thực hiện hoặc kiểm tra lại ô G9.",
)
def money_without_activities(dataset: Dataset) -> Iterator[Fault]:
    """Report money spent where every activity with a number has 0; blank ones tell nothing."""
    for unit, _ in effective_returns(dataset):
        counts = [
            amount(dataset.observation(unit.code, item.code, measure.code))
            for item in dataset.items(unit)
            if isinstance(item, Channel)
            for measure in item.measures
            if measure.kind == "count"
        ]
        given = [n for n in counts if n is not None]
        if not given or any(given):
            continue
        for item in dataset.items(unit):
            spent = dataset.observation(unit.code, item.code, SPENT) if isinstance(item, Funding) else None
            if amount(spent):
                where = format_cells(spent, otherwise="số tiền")
                yield _fault(
                    unit,
                    spent,
                    f"đã chi {format_money(amount(spent) or 0)} nhưng mọi hình thức tuyên truyền đều ghi 0",
                    f"Bổ sung hoạt động đã thực hiện hoặc kiểm tra lại {where}.",
                )


@rule(
    code="KP02",
    title="Kinh phí đã thực hiện lớn hơn dự toán được giao",
    rationale="Chi vượt dự toán giao là không được phép hoặc là ghi nhầm đơn vị tiền, nhầm dòng; số được in "
    "trong báo cáo nên cần xác nhận.",
    source="Khoản 3 Mục II của Kế hoạch: kinh phí giao trong dự toán hằng năm.",
    missing="skip",
    example="KP02 · Cơ quan A · Biểu 02 · ô G9: kinh phí đã thực hiện (40.000.000 đồng) lớn hơn dự toán được "
    "giao (30.000.000 đồng). Kiểm tra lại ô G9 hoặc F9.",
)
def spent_exceeds_planned(dataset: Dataset) -> Iterator[Fault]:
    """Report items of which more was spent than budgeted."""
    for unit, item in asked(dataset):
        if isinstance(item, Funding):
            planned, spent = (dataset.observation(unit.code, item.code, f) for f in (PLANNED, SPENT))
            n_planned, n_spent = whole(planned), whole(spent)
            if n_planned is not None and n_spent is not None and n_spent > n_planned:
                yield _fault(
                    unit,
                    spent,
                    f"kinh phí đã thực hiện ({format_money(n_spent)}) lớn hơn dự toán được giao "
                    f"({format_money(n_planned)})",
                    f"Kiểm tra lại {format_cells(spent, planned, otherwise='hai số này')}.",
                    planned,
                )


@rule(
    code="KP03",
    title="Số tiền quá nhỏ, có thể ghi bằng triệu đồng hoặc nghìn đồng",
    rationale="Biểu ghi bằng đồng. Số dưới ngưỡng thường là triệu đồng ghi tắt; cộng vào tổng thì sai hàng "
    "nghìn, hàng triệu lần. Ngưỡng at_least tính bằng đồng.",
    source="Biểu kinh phí: đơn vị tính là đồng.",
    missing="skip",
    example="KP03 · Cơ quan A · Biểu 02 · ô F9: ghi 45 đồng, 40 đồng, quá nhỏ đối với một khoản kinh phí: có "
    "thể đã ghi bằng triệu đồng hoặc nghìn đồng. Ghi đủ số đồng vào ô F9, G9.",
)
def money_too_small(dataset: Dataset) -> Iterator[Fault]:
    """Report, once an item, sums above 0 and below the limit; of several the whole item is not used."""
    least = limit_of(dataset.profile.plan, "KP03")
    for unit, item in asked(dataset):
        if not isinstance(item, Funding):
            continue
        sums = (dataset.observation(unit.code, item.code, m.code) for m in item.measures if m.kind == "money")
        small = [(o, n) for o in sums if (n := whole(o)) and n < least]
        if small:
            found = [o for o, _ in small]
            fault = _fault(
                unit,
                found[0],
                f"ghi {', '.join(format_money(n) for _, n in small)}, quá nhỏ đối với một khoản kinh phí: "
                "có thể đã ghi bằng triệu đồng hoặc nghìn đồng",
                f"Ghi đủ số đồng vào {format_cells(*found, joined_by=', ', otherwise='các ô này')}.",
                *found[1:],
            )
            yield fault if len(small) == 1 else replace(fault, field="")


def _fault(
    unit: Unit, about: Observation | None, message: str, fix: str, *related: Observation | None
) -> Fault:
    return Fault(
        message,
        fix,
        unit=unit.code,
        item=about.item if about else "",
        field=about.field if about else "",
        at=at(about),
        value=raw(about),
        related=cells(*related),
        against=related,
    )
