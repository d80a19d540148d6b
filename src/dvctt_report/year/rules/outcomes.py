"""What the results themselves give cause to say."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.model import Basis, Grade, Result, Verdict
from dvctt_report.plan.model import Target
from dvctt_report.plan.sources import target_parts
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, format_percent, with_unit
from dvctt_report.year.rules.plausibility import surveyed_targets
from dvctt_report.year.rules.rule import Judged, RuleFault, limit_of, rule


@rule("MT01")
def target_missed(judged: Judged) -> Iterator[RuleFault]:
    """Name each target whose verdict is ``missed``, with its figures."""
    for result in judged.results:
        target = judged.dataset.profile.plan.item(result.item)
        share = result.tally.share
        if result.verdict is not Verdict.MISSED or not isinstance(target, Target):
            continue
        unsure = " (tạm tính)" if result.grade is Grade.PROVISIONAL else ""
        goal = result.goal
        aim = f", mục tiêu {goal.text}" if goal else ""
        if result.fields and not target.joint:
            yield RuleFault(
                f"“{target.label}” chưa đạt{unsure}: {_fields(judged, target, result)}{aim}",
                "",
                item=result.item,
            )
            continue
        assert goal is not None, result.item
        unit = target.counted
        counted, percent = with_unit(format_count(result.tally.numerator), target.pattern), ""
        if share is not None:
            percent = format_percent(share, result.line)
            total = format_count(result.tally.denominator)
            counted = f"{format_count(result.tally.numerator)}/{total} {unit} ({percent})"
        yield RuleFault(
            f"“{target.label}” chưa đạt{unsure}: {counted}, {goal.lacking} {format_count(result.short)} "
            f"{unit}{aim}; số liệu của {result.coverage.reported}/{result.coverage.expected} đơn vị",
            "",
            item=result.item,
            value=percent,
        )


def _fields(judged: Judged, target: Target, result: Result) -> str:
    """Say of each field that misses the threshold how much is lacking."""
    said = []
    named = target_parts(judged.dataset.profile, target, judged.dataset.period)
    for part, one in zip(named, result.fields, strict=True):
        if one.verdict is Verdict.MISSED and one.goal is not None:
            n, of = (format_count(number) for number in (one.tally.numerator, one.tally.denominator))
            counts = f"{n}/{of}" if one.tally.denominator else n
            aim = "" if result.goal else f" ({one.goal.text})"
            lacking = f"{one.goal.lacking} {format_count(one.short)}{aim}"
            said.append(f"{part.target.label} {counts} {target.unit_of_count}, {lacking}")
    return "; ".join(said)


@rule("MT03")
def counts_wait(judged: Judged) -> Iterator[RuleFault]:
    """Say that numbers of things wait for units, once the deadline is over; the same when it is closed."""
    dataset = judged.dataset
    if dataset.today <= dataset.profile.plan.deadline.last_day(dataset.period):
        return
    waiting = {
        result.item: {
            unit
            for part in result.fields or (result,)
            if part.is_open_count or part.basis is Basis.CLOSED
            for unit in part.awaited
        }
        for result in judged.results
    }
    items = [item for item, units in waiting.items() if units]
    by_number = sorted(by_key((len(waiting[item]), item) for item in items).items())
    if items:
        owing = ", ".join(
            f"{n} đơn vị ({', '.join(of)})" if len(by_number) > 1 else f"{n} đơn vị" for n, of in by_number
        )
        yield RuleFault(
            f"{len(items)} chỉ tiêu đếm số lượng ({', '.join(items)}) chưa kết luận: "
            f"còn {owing} chưa có số liệu",
            "Chờ đơn vị gửi; không chờ nữa thì kết thúc thu nhận số liệu.",
        )


@rule("MT02")
def few_answers_in_all(judged: Judged) -> Iterator[RuleFault]:
    """Name each target of satisfaction that rests on fewer answers than the limit."""
    plan = judged.dataset.profile.plan
    least, surveyed = limit_of("MT02"), surveyed_targets(plan)
    for result in judged.results:
        share = result.tally.share
        if result.item in surveyed and share is not None and result.tally.denominator < least:
            percent = format_percent(share, result.line)
            yield RuleFault(
                f"“{plan.item(result.item).label}” chỉ dựa trên {result.tally.denominator} phiếu "
                f"của {result.coverage.reported}/{result.coverage.expected} đơn vị ({percent})",
                "Ghi rõ số phiếu khi nêu kết quả, hoặc bổ sung số liệu.",
                item=result.item,
                value=percent,
            )
