"""Can the figures of a unit follow on those of last year, and of an earlier part of this one?

All of these keep silent where last year's report is not in the workspace or of another province, about units
that did not report for the same area as the same body, and about items that counted another thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dvctt_report.model.answers import whole
from dvctt_report.plan.fields import NUMBER_NAMES, fields
from dvctt_report.plan.last_year import LastYear, YearsBeside
from dvctt_report.plan.model import Channel, FieldSpec, Funding, Item, Survey, Target, Unit
from dvctt_report.text.vietnamese import format_count, format_money, format_percent, format_small_count
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import Row, effective_returns, format_cells, is_asked_as, row
from dvctt_report.year.rules.rule import RuleFault, about, limit_of, over, rule

FEW = 30
"""Where both years are below it, a change in percent says nothing: 9 people become 11."""


@rule("NT01")
def same_as_last_year(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units all of whose figures above 0 are those that they gave last year."""
    least = limit_of("NT01")
    for unit, last, _, rows in _comparable(dataset, dataset.last_year):
        held = [(o, n) for r in rows for o in (r.total, r.done) if o and (n := whole(o))]
        if len(held) >= least and all(last.figure(unit.code, o.item, o.field) == n for o, n in held):
            yield over(
                [o for o, _ in held],
                f"{format_small_count(len(held))} con số của các mục tiêu giống hệt báo cáo "
                f"{last.period.words}",
                f"Đề nghị đơn vị xác nhận đã cập nhật số liệu {dataset.period.words}.",
            )


@rule("NT02")
def done_changed(dataset: Dataset) -> Iterator[RuleFault]:
    """Report numerators that moved by more than the limit while their totals did not."""
    most = limit_of("NT02")
    for _, last, _, rows in _comparable(dataset, dataset.last_year):
        for own in rows:
            if not [*_change(last, own, "total", most)]:
                yield from _change(last, own, "done", most)


@rule("NT03")
def total_changed(dataset: Dataset) -> Iterator[RuleFault]:
    """Report totals that moved by more than the limit; those of flows by more than that of NT02."""
    limits = {"stock": limit_of("NT03"), "flow": limit_of("NT02")}
    for _, last, _, rows in _comparable(dataset, dataset.last_year):
        for own in rows:
            yield from _change(last, own, "total", limits[own.target.measure])


@rule("NT04")
def magnitude_changed(dataset: Dataset) -> Iterator[RuleFault]:
    """Report sums of money and counts of activities that are so many times those of last year, or a part."""
    factor = limit_of("NT04")
    for unit, last, items, _ in _comparable(dataset, dataset.last_year):
        for item in items:
            if not isinstance(item, Channel | Funding):
                continue
            for measure in item.measures:
                found = dataset.observation(unit.code, item.code, measure.code)
                now, before = whole(found), last.figure(unit.code, item.code, measure.code)
                if not now or not before or max(now, before) < factor * min(now, before):
                    continue
                times = format_count(max(now, before) // min(now, before))
                how = f"gấp khoảng {times} lần" if now > before else f"bằng khoảng 1/{times}"
                then = f"{last.period.words} ({_shown(measure, before)})"
                yield about(
                    found,
                    f"“{measure.label}” ({_shown(measure, now)}) {how} {then}",
                    f"Kiểm tra lại {format_cells(found, otherwise='số này')} (đơn vị tính, số chữ số 0).",
                )


@rule("NT05")
def less_than_earlier_part(dataset: Dataset) -> Iterator[RuleFault]:
    """Report what is counted from the year's first day on and is less now than it was at an earlier part."""
    for unit, part, items, _ in _comparable(dataset, dataset.earlier_part):
        for item in items:
            specs = []  # what can only grow within the year; of sums those whose parts aren't known
            if isinstance(item, Channel | Survey):
                specs = [spec for spec in fields(item) if spec.kind in ("count", "money")]
            elif isinstance(item, Target) and item.measure == "flow":
                specs = [spec for spec in fields(item) if spec.code in ("total", "done")]
            for spec in specs:
                of = item.summed_from.get(spec.code, ()) if isinstance(item, Target) else ()
                if any(part.figure(unit.code, *cell) is not None for cell in of):
                    continue
                found = dataset.observation(unit.code, item.code, spec.code)
                now, before = whole(found), part.figure(unit.code, item.code, spec.code)
                if now is None or before is None or now >= before:
                    continue
                then = f"{part.period.words} ({_shown(spec, before)})"
                yield about(
                    found,
                    f"“{spec.label}” ({_shown(spec, now)}) nhỏ hơn số {then}; số {dataset.period.words} "
                    "gồm cả kỳ đó",
                    f"Kiểm tra lại {format_cells(found, otherwise='số này')}; số kỳ trước sai thì ghi ở "
                    "Ghi chú.",
                )


def _shown(spec: FieldSpec, n: int) -> str:
    return format_money(n) if spec.kind == "money" else format_count(n)


def _comparable(
    dataset: Dataset, before: LastYear | None
) -> Iterator[tuple[Unit, LastYear, list[Item], list[Row]]]:
    """Yield the units that can be laid against what was reported ``before``, that, the same items, rows."""
    if before is not None:
        beside = YearsBeside(dataset.profile, dataset.period, before)
        for unit, _ in effective_returns(dataset):
            if beside.same_body(unit):
                same = [item for item in dataset.profile.asked(unit) if beside.same_item(item)]
                rows = [row(dataset, unit, target) for target in same if is_asked_as(target, "ratio")]
                yield unit, beside.by_present_codes, same, rows


def _change(last: LastYear, own: Row, field: str, most: int) -> Iterator[RuleFault]:
    """Report a figure that is further from last year's than ``most`` percent of it, and neither small."""
    now = own.total if field == "total" else own.done
    n_now, before = whole(now), last.figure(own.unit.code, own.target.code, field)
    if n_now is None or not before or max(n_now, before) < FEW or abs(n_now - before) * 100 <= most * before:
        return
    percent = format_percent(Fraction(abs(n_now - before), before), most)
    how = f"{'tăng' if n_now > before else 'giảm'} {percent} so với {last.period.words}"
    yield about(
        now,
        f"{NUMBER_NAMES[field]} ({format_count(n_now)}) {how} ({format_count(before)})",
        f"Kiểm tra lại {format_cells(now, otherwise='số này')}; đúng thì ghi lý do ở cột Ghi chú.",
    )
