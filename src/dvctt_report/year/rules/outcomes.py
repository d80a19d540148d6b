"""What the results themselves give cause to say."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.model import Basis, Grade, Verdict
from dvctt_report.plan.model import Target
from dvctt_report.plan.sources import target_parts
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, format_percent, with_unit
from dvctt_report.year.rules.plausibility import surveyed_targets
from dvctt_report.year.rules.rule import Judged, RuleFault, limit_of, rule


@rule("MT01")
def target_missed(judged: Judged) -> Iterator[RuleFault]:
    """Name each target whose verdict is ``missed``, with its figures."""
    profile, period = judged.dataset.profile, judged.dataset.period
    for result in judged.results:
        target, goal = profile.plan.item(result.item), result.goal
        if result.verdict is not Verdict.MISSED or not isinstance(target, Target):
            continue
        percent, coverage = "", result.coverage
        if result.fields and not target.joint:  # of each field that misses its level how much is lacking
            said = []
            for part, own in zip(target_parts(profile, target, period), result.fields, strict=True):
                if own.verdict is Verdict.MISSED and own.goal is not None:
                    total = f"/{format_count(own.tally.denominator)}" if own.tally.denominator else ""
                    counts = f"{format_count(own.tally.numerator)}{total} {target.unit_of_count}"
                    level = "" if goal else f" ({own.goal.text})"
                    lacking = f"{own.goal.lacking} {format_count(own.short)}{level}"
                    said.append(f"{part.target.label} {counts}, {lacking}")
            told, behind = "; ".join(said), ""
        else:
            assert goal is not None, result.item
            n, share = format_count(result.tally.numerator), result.tally.share
            counted = with_unit(n, target.pattern)
            if share is not None:
                percent = format_percent(share, result.line)
                counted = f"{n}/{format_count(result.tally.denominator)} {target.counted} ({percent})"
            told = f"{counted}, {goal.lacking} {format_count(result.short)} {target.counted}"
            behind = f"; số liệu của {coverage.reported}/{coverage.expected} đơn vị"
        unsure = " (tạm tính)" if result.grade is Grade.PROVISIONAL else ""
        aim = f", mục tiêu {goal.text}" if goal else ""
        message = f"“{target.label}” chưa đạt{unsure}: {told}{aim}{behind}"
        yield RuleFault(message, "", item=result.item, value=percent)


@rule("MT03")
def counts_wait(judged: Judged) -> Iterator[RuleFault]:
    """Say that numbers of things wait for units, once the deadline is over; the same when it is closed."""
    dataset = judged.dataset
    if dataset.today <= dataset.profile.plan.deadline.last_day(dataset.period):
        return
    waiting: dict[str, set[str]] = {}
    for result in judged.results:
        for part in result.fields or (result,):
            if (part.is_open_count or part.basis is Basis.CLOSED) and part.awaited:
                waiting.setdefault(result.item, set()).update(part.awaited)
    by_number = sorted(by_key((len(units), item) for item, units in waiting.items()).items())
    if waiting:
        owing = ", ".join(
            f"{n} đơn vị ({', '.join(of)})" if len(by_number) > 1 else f"{n} đơn vị" for n, of in by_number
        )
        yield RuleFault(
            f"{len(waiting)} chỉ tiêu đếm số lượng ({', '.join(waiting)}) chưa kết luận: "
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
