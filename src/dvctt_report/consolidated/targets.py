"""The targets: judged for the province, and what every unit adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.consolidated import formulas
from dvctt_report.consolidated.answers import NO, YES
from dvctt_report.consolidated.table import Cell, Live, SheetKind, SheetTable, columns, quoted
from dvctt_report.model import Basis, Goal, Number, Result, Verdict
from dvctt_report.plan.model import Target
from dvctt_report.plan.phrases import Phrases
from dvctt_report.plan.sources import TargetField, TargetGroup, target_parts
from dvctt_report.report.targets import verdict_name
from dvctt_report.text.vietnamese import format_percent, whole_of
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year

SAME, OTHER = "khớp", "KHÁC"
AS_PRINTED = "Khớp báo cáo"

_RESULTS = columns(
    ("Mã", 7, "centre"),
    ("Mục tiêu", 46),
    ("Đơn vị tính", 12, "centre"),
    ("Tổng số", 11, "count", "denominator"),
    ("Đã thực hiện", 11, "count", "numerator"),
    ("Tỷ lệ", 8, "rate", "percent"),
    ("Ngưỡng", 9, "count", "at_least"),
    ("Đánh giá", 18, "centre"),
    ("Mức chắc chắn", 14, "centre"),
    ("Đơn vị có số liệu", 10, "count", "coverage.reported"),
    ("Đơn vị phải báo cáo", 10, "count", "coverage.expected"),
    ("Số được dùng", 16, "centre"),
    (AS_PRINTED, 9, "centre"),
    ("Tổng số của các đơn vị", 12, "count", "own"),
    ("Đã thực hiện của các đơn vị", 12, "count", "own"),
    ("Tổng số đã biết thêm", 11, "count", "known_total"),
    ("Đơn vị chưa rõ tổng số", 10, "count", "missing.total"),
    ("Cách hỏi", 14, "centre"),
    ("Điều kiện", 16, "centre"),
    ("Tổng số trong báo cáo", 12, "count", "denominator"),
    ("Đã thực hiện trong báo cáo", 12, "count", "numerator"),
    ("Tỷ lệ trong báo cáo", 10, "centre", "percent"),
    ("Đánh giá trong báo cáo", 18, "centre"),
)
_N_PRINTED = 13
"""Columns that go on paper; those behind are what the verdict rests on, and what the report says."""
_OF_UNITS = columns(
    ("Mã", 7, "centre"),
    ("Nội dung", 44),
    ("Mã đơn vị", 11, "centre"),
    ("Đơn vị", 32),
    ("Tổng số", 13, "count", "denominator"),
    ("Đã thực hiện", 13, "count", "numerator"),
    ("Tỷ lệ", 9, "rate", "percent"),
    ("Ngưỡng", 9, "count", "at_least"),
    ("Tình trạng", 24),
    ("Phải báo cáo", 9, "centre"),
    ("Có số liệu", 9, "centre"),
    ("Tổng số đã biết", 12, "count", "known_total"),
)

TARGETS = SheetKind("MucTieu", "Tổng hợp", _RESULTS, "{Mã}", n_printed=_N_PRINTED)
FIELDS = replace(TARGETS, name=formulas.BY_FIELD, sheet="Theo lĩnh vực, nhóm")
BY_UNIT = SheetKind(formulas.BY_UNIT, "Mục tiêu theo đơn vị", _OF_UNITS, "{Mã}.{Mã đơn vị}", frozen=4)


def targets_tables(year: Year, phrases: Phrases) -> tuple[SheetTable, SheetTable]:
    """Targets, and their fields or groups: counts, rate, verdict by formula beside the report's own."""
    by_code, rows, field_rows = year.profile.plan.targets_by_code, [], []
    for field, result in _results(year):
        if field is None:
            rows.append(_row(year, by_code[result.item], result, phrases))
        else:
            field_rows.append(_row(year, field.target, result, phrases, is_field=True))
    words = year.period.words
    return (
        SheetTable(TARGETS, f"Kết quả thực hiện mục tiêu {words}", tuple(rows)),
        SheetTable(FIELDS, f"Kết quả theo lĩnh vực, nhóm đơn vị {words}", tuple(field_rows)),
    )


def _results(year: Year) -> Iterator[tuple[TargetField | TargetGroup | None, Result]]:
    """Yield every result, and behind it those of its fields, with the field."""
    items = year.profile.plan.items_by_code
    for result in year.summary.results:
        yield None, result
        target = items[result.item]
        if isinstance(target, Target):
            parts = target_parts(year.profile, target, year.period)
            yield from zip(parts, result.fields, strict=False)


def _row(
    year: Year, target: Target, result: Result, phrases: Phrases, is_field: bool = False
) -> tuple[Cell, ...]:
    names = {verdict: verdict.value for verdict in Verdict} | {Verdict.PROGRESS: "progress_below"}
    names[result.verdict] = verdict_name(target, result, year)
    words = {verdict: phrases.fill(f"verdict.{name}") for verdict, name in names.items()}
    dataset = year.dataset
    code, tally, own = target.code, result.tally, result.own_tally or result.tally
    word, share = words[result.verdict], tally.share
    # The two numbers that are printed: the units' own, or those of the system in charge
    total, done = "[@Tổng số của các đơn vị]", "[@Đã thực hiện của các đơn vị]"
    if result.own_tally is not None:
        where = {"Mã": target.same_as or code, "Đơn vị": whole_of(dataset.profile.plan.province)}
        heads = ("Tổng số đối chiếu", "Đã thực hiện đối chiếu")
        total, done = (formulas.over(formulas.CONTROLS, head, where) for head in heads)
    partial = dataset.profile.plan.partial_coverage
    by_field = code if result.fields and not target.joint else ""
    judged, sure = formulas.judged(words, partial, result.goal, by_field)
    heads = ("Tổng số", "Đã thực hiện")
    added = ["=" + formulas.over(formulas.BY_UNIT, head, {"Mã": code}) for head in heads]
    if target.of_things:
        added[0] = formulas.total_of(target)
    if not is_field:
        in_time = formulas.done_of(target, by=result.goal.by if result.goal else None)
        by_group = any(part.goal and part.goal.by for part in result.fields)  # each with its own last day
        added = [formulas.total_of(target), added[1] if by_group else in_time]
    missing = [c for c in result.contributions if c.unit in result.missing]
    known = [1 if target.of_units else c.known_denominator for c in missing]
    own_counts: tuple[int | str, Number | str] = ("", "")  # nothing, not 0, where no unit gave them
    if result.coverage.reported:
        own_counts = "" if target.of_things else own.denominator, own.numerator
    counts = own_counts if result.own_tally is None else (tally.denominator, tally.numerator)
    asked = {"Mã": code, "Phải báo cáo": YES}
    silent = asked | {"Có số liệu": NO}
    n_given = formulas.over(formulas.BY_UNIT, "", asked | {"Có số liệu": YES})
    known_total = formulas.over(formulas.BY_UNIT, "Tổng số đã biết", silent)
    n_known = formulas.over(formulas.BY_UNIT, "", silent | {"Tổng số đã biết": ">=0"})
    return (
        code,
        target.label,
        target.counted,
        Live(f"={total}", counts[0]),
        Live(f"={done}", counts[1]),
        Live(formulas.rate_formula(result.goal), formulas.rate(share, result.goal)),
        number_of(result.goal),
        Live(judged, word),
        Live(sure, formulas.GRADES[result.grade] if result.grade else ""),
        Live(f"={n_given}", result.coverage.reported),
        Live("=" + formulas.over(formulas.BY_UNIT, "", asked), result.coverage.expected),
        formulas.whose(dataset.profile, target, by_control=result.own_tally is not None),
        Live(_AGREEMENT, SAME),
        *(
            Live(f'=IF([@Đơn vị có số liệu]=0,"",{formula.removeprefix("=")})', n)
            for formula, n in zip(added, own_counts, strict=True)
        ),
        Live(f"={known_total}", sum(n for n in known if n is not None)),
        Live(f"=[@Đơn vị phải báo cáo]-[@Đơn vị có số liệu]-{n_known}", known.count(None)),
        formulas.HOW[target.asked_as],
        _condition(dataset, target, result),
        *counts,
        "" if share is None else format_percent(share, result.line),
        word,
    )


_AGREEMENT = (
    "=IF(AND([@Tổng số]=[@Tổng số trong báo cáo],[@Đã thực hiện]=[@Đã thực hiện trong báo cáo],"
    f"[@Đánh giá]=[@Đánh giá trong báo cáo]),{quoted(SAME)},{quoted(OTHER)})"
)


def number_of(goal: Goal | None) -> int | float | None:
    """The goal's number as a cell holds it."""
    number = goal.number if goal else None
    return None if number is None else int(number) if number.denominator == 1 else float(number)


def _condition(dataset: Dataset, target: Target, result: Result) -> str:
    if not target.thresholds or target.words(dataset.period):
        return formulas.NO_LEVEL
    if not target.levels(dataset.period) or (
        result.verdict is Verdict.NOT_DUE and any(r.goal and r.goal.by for r in (result, *result.fields))
    ):
        return formulas.NOT_DUE
    if not dataset.period.judged:
        return formulas.IN_YEAR
    if target.needs_document and not dataset.profile.plan.guidance_document:
        return formulas.NO_DOCUMENT
    return formulas.CLOSED if result.basis is Basis.CLOSED else ""


def units_table(year: Year) -> SheetTable:
    """What every unit asked adds to every target, by formula; no 0 where it has no figure."""
    rows, names = [], year.profile.roster.short_names
    targets = year.profile.plan.targets_by_code
    parts = {result.item: (field, result) for field, result in _results(year)}
    for row in year.to_frame().itertuples():
        field, result = parts[row.item]
        target, goal = field.target if field else targets[row.item], result.goal_of(row.unit)
        counts: tuple[Cell, ...] = (None, None, None)
        if row.done is not None:
            if isinstance(field, TargetField):
                total, done = (f"={formulas.summed(*cell, row.unit)}" for cell in (field.total, field.done))
            else:
                total = formulas.total_of(target, row.unit)
                done = formulas.done_of(target, row.unit, goal.by if goal else None)
            counts = (
                Live(total, "" if row.total is None else row.total),
                Live(done, row.done),
                Live(formulas.rate_formula(goal), formulas.rate(row.share, goal)),
            )
        rows.append(
            (
                row.item,
                target.label,
                row.unit,
                names[row.unit],
                *counts,
                None if target.of_things else number_of(goal),
                row.standing,
                YES if row.owed else NO,
                YES if row.done is not None else NO,
                row.known,
            )
        )
    return SheetTable(BY_UNIT, f"Kết quả theo từng đơn vị {year.period.words}", tuple(rows))
