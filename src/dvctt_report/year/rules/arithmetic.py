"""Do the figures of one row agree with each other?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial

from dvctt_report.model.answers import amount, figure, whole
from dvctt_report.plan.fields import DOSSIER_FIELDS, DOSSIER_SUMS, FIRST_DOSSIER_COLUMN, required_fields
from dvctt_report.plan.model import Dossier, Survey
from dvctt_report.text.vietnamese import format_count, format_decimal
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import asked, format_cells, is_blank, rows, sources
from dvctt_report.year.rules.plausibility import find_shift
from dvctt_report.year.rules.rule import RuleFault, about, contradicted, rule

RATE_TOLERANCE = Fraction(5, 100)
"""Percentage points by which a stated rate may differ from the computed one (it is shown rounded)."""


@rule("SL02")
def done_exceeds_total(dataset: Dataset) -> Iterator[RuleFault]:
    """Report rows with more done than there is; a total of 0 is SL03's, sums over survey rows are PK01's."""
    surveys = {item.code for item in dataset.profile.plan.items if isinstance(item, Survey)}
    for row in rows(dataset):
        total, done = whole(row.total), whole(row.done)
        if total is None or done is None or not done > total > 0:
            continue
        summed = [sources(dataset, row.unit, row.target, field) for field in ("total", "done")]
        of_surveys = (held and all(o is not None and o.item in surveys for o in held) for held in summed)
        if row.part or not all(of_surveys):
            yield contradicted(
                row.done,
                row.say(f"số đã thực hiện ({format_count(done)}) lớn hơn tổng số ({format_count(total)})"),
                f"Kiểm tra lại {format_cells(row.done, row.total, otherwise='hai số này')}.",
                row.total,
            )


@rule("SL08")
def rate_differs(dataset: Dataset) -> Iterator[RuleFault]:
    """Report stated rates that their own total and numerator don't give."""
    for row in rows(dataset):
        rate = dataset.observation(row.unit.code, row.target.code, "rate", row.part)
        total, done, given = whole(row.total), whole(row.done), figure(rate)
        if not total or done is None or given is None:
            continue
        percents = (Fraction(given), Fraction(done * 100, total))
        if abs(percents[0] - percents[1]) <= RATE_TOLERANCE:
            continue
        # With up to two decimals, in which a difference beyond the tolerance is seen
        stated, computed = (format_decimal((Decimal(round(p * 100)) / 100).normalize()) for p in percents)
        where = format_cells(row.total, row.done, joined_by=", ", otherwise="hai số")
        yield contradicted(
            rate,
            row.say(f"tỷ lệ ghi trong biểu ({stated}%) khác tỷ lệ tính lại ({computed}%)"),
            f"Kiểm tra lại {where}; tỷ lệ để biểu tự tính.",
            row.total,
            row.done,
        )


@rule("SL10")
def estimate_out_of_bounds(dataset: Dataset) -> Iterator[RuleFault]:
    """Report estimates of a whole year below what is done, or, where the total is there already, above it.

    What still arrives (dossiers, opinions) may come to more than the total so far; a stock is there.
    """
    for row in rows(dataset):
        estimate = dataset.observation(row.unit.code, row.target.code, "estimate", row.part)
        expected, total, done = whole(estimate), whole(row.total), whole(row.done)
        if expected is None:
            continue
        if done is not None and expected < done:
            against, said = row.done, f"nhỏ hơn số đã thực hiện ({format_count(done)})"
        elif row.target.measure == "stock" and total is not None and expected > total > 0:
            against, said = row.total, f"lớn hơn tổng số ({format_count(total)})"
        else:
            continue
        yield about(
            estimate,
            row.say(f"ước cả năm ({format_count(expected)}) {said}"),
            f"Kiểm tra lại {format_cells(estimate, against, otherwise='hai số này')}.",
            against,
        )


_COLUMN = {spec.code: number for number, spec in enumerate(DOSSIER_FIELDS, FIRST_DOSSIER_COLUMN)}
_NAME = {
    "received_total": "tổng số tiếp nhận",
    "resolved_total": "tổng số đã giải quyết",
    "pending_total": "tổng số đang giải quyết",
}
_RECEIVED, _RESOLVED, _PENDING, _ACCOUNTED_FOR = DOSSIER_SUMS


def _sum_differs(dataset: Dataset, total_and_parts: tuple[str, tuple[str, ...]]) -> Iterator[RuleFault]:
    """Check a total against the sum of its parts: column (3) is (4) + (5) + (6)."""
    field, fields = total_and_parts
    for unit, item in asked(dataset, Dossier):
        total, *parts = (dataset.observation(unit.code, item.code, f) for f in (field, *fields))
        n_total, n_parts = amount(total), [n for o in parts if (n := amount(o)) is not None]
        if n_total is None or len(n_parts) < len(fields) or n_total == sum(n_parts):
            continue
        if find_shift(dataset, unit, item) is None:
            columns = ", ".join(f"({_COLUMN[f]})" for f in fields)
            where = format_cells(total, *parts, joined_by=", ", otherwise="các cột này")
            yield contradicted(
                total,
                f"{_NAME[field]} ({format_count(n_total)}), cột ({_COLUMN[field]}), khác tổng các cột "
                f"{columns} là {format_count(sum(n_parts))}",
                f"Kiểm tra lại {where}.",
                *parts,
            )


received_differs = rule("HS01")(partial(_sum_differs, total_and_parts=_RECEIVED))
resolved_differs = rule("HS02")(partial(_sum_differs, total_and_parts=_RESOLVED))
pending_differs = rule("HS03")(partial(_sum_differs, total_and_parts=_PENDING))


@rule("HS04")
def received_not_accounted_for(dataset: Dataset) -> Iterator[RuleFault]:
    """Check (3) = (7) + (11), in rows where none of the three is at odds with its own parts."""
    of_parts = (_RECEIVED, _RESOLVED, _PENDING)
    told = {(f.unit, f.item) for sums in of_parts for f in _sum_differs(dataset, sums)}
    faults = _sum_differs(dataset, _ACCOUNTED_FOR)
    return (fault for fault in faults if (fault.unit, fault.item) not in told)


@rule("PK02")
def survey_steps_grow(dataset: Dataset) -> Iterator[RuleFault]:
    """Report survey rows with more returned than issued, or more valid than returned, answers.

    And those of which no share can be made, since one of its two figures is left empty; where a target is
    summed from the row, that is asked there.
    """
    yield from _at_most(dataset, "valid", "returned")
    yield from _at_most(dataset, "returned", "issued")
    for unit, item in asked(dataset, Survey):
        for field, other in (("valid", "satisfied"), ("satisfied", "valid")):
            given, missing = (dataset.observation(unit.code, item.code, f) for f in (field, other))
            n = amount(given)
            if n is not None and is_blank(missing) and not required_fields(item, dataset.profile.asked(unit)):
                where = format_cells(missing, otherwise="cột của số này")
                yield about(
                    given,
                    f"{_SLIPS[field]} ({format_count(n)}) chưa được tính vì để trống {_SLIPS[other]}",
                    f"Ghi {_SLIPS[other]} vào {where}, hoặc xóa số đã ghi.",
                    missing,
                )


_SLIPS = {
    "issued": "số phiếu phát ra",
    "returned": "số phiếu thu về",
    "valid": "số phiếu hợp lệ",
    "satisfied": "số phiếu hài lòng, rất hài lòng",
}


def _at_most(dataset: Dataset, small: str, large: str) -> Iterator[RuleFault]:
    for unit, item in asked(dataset, Survey):
        fewer, more = (dataset.observation(unit.code, item.code, f) for f in (small, large))
        n_fewer, n_more = amount(fewer), amount(more)
        if n_fewer is not None and n_more is not None and n_fewer > n_more:
            message = (
                f"{_SLIPS[small]} ({format_count(n_fewer)}) lớn hơn {_SLIPS[large]} ({format_count(n_more)})"
            )
            fix = f"Kiểm tra lại {format_cells(fewer, more, otherwise='hai số này')}."
            yield contradicted(fewer, message, fix, more)


satisfied_exceeds_valid = rule("PK01")(partial(_at_most, small="satisfied", large="valid"))
