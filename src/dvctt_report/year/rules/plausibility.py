"""Can the figures of one unit be true as a whole, and beside those of its kind? Questions, never bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import log
from statistics import median
from typing import NamedTuple

from dvctt_report.model import Observation, Tally
from dvctt_report.model.answers import amount, whole
from dvctt_report.plan.fields import DOSSIER_FIELDS, DOSSIER_SUMS, FIRST_DOSSIER_COLUMN
from dvctt_report.plan.model import Dossier, Plan, Survey, Target, Unit
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, format_percent, format_small_count
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import (
    answer,
    asked,
    at,
    effective_returns,
    format_cells,
    is_asked_as,
    own_figures,
    raw,
    row,
    source_names,
)
from dvctt_report.year.rules.rule import RuleFault, about, contradicted, limit_of, over, rule


@rule("HL01")
def all_at_hundred(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units of which every ratio is exactly whole, where they give enough of them."""
    least = limit_of("HL01")
    for unit, _ in effective_returns(dataset):
        own = [
            row(dataset, unit, target)
            for target in dataset.profile.asked(unit)
            if is_asked_as(target, "ratio")
        ]
        given = [r for r in own if whole(r.total) and whole(r.done) is not None]
        if _all_equal(dataset, unit):
            continue
        if len(given) >= least and all(whole(r.total) == whole(r.done) for r in given):
            yield over(
                [r.done for r in given],
                f"cả {format_small_count(len(given))} nội dung có số liệu đều đúng 100%",
                "Đề nghị đơn vị xác nhận số đã thực hiện không chép từ tổng số.",
            )


@rule("HL02")
def few_answers(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units below a target of satisfaction on fewer answers than the limit."""
    least = limit_of("HL02")
    surveyed = surveyed_targets(dataset.profile.plan)
    for unit, target in asked(dataset, Target):
        if not is_asked_as(target, "ratio") or target.code not in surveyed:
            continue
        own, aim = row(dataset, unit, target), target.goal(dataset.period)
        total, done = whole(own.total), whole(own.done)
        if aim is None or not total or total >= least or done is None or aim.reached_by(Tally(done, total)):
            continue
        percent = format_percent(Fraction(done, total), aim.line)
        yield RuleFault(
            f"chỉ có {total} phiếu hợp lệ: tỷ lệ hài lòng {percent} (mục tiêu {aim.number_text}) chưa đủ cơ "
            "sở để kết luận",
            "",
            unit.code,
            target.code,
            at=at(own.total),
            value=raw(own.total),
        )


def surveyed_targets(plan: Plan) -> frozenset[str]:
    """Return the codes of the targets whose denominator is a number of answers to surveys."""
    surveys = {item.code for item in plan.items if isinstance(item, Survey)}
    return frozenset(t.code for t in plan.targets if any(i in surveys for i, _ in source_names(t, "total")))


_FARTHER = 5
"""How many times a figure has to lie beyond the middle of its group: an office of a fifth of its group's
staff is usual (Thanh tra tỉnh beside the departments); a factor of 10, a digit too many, is not."""
_TO_DEVIATION = 1.4826
"""What makes a median of distances comparable with a standard deviation, of figures spread normally."""


class Peer(NamedTuple):
    """A figure of a unit that is held against those of its group."""

    unit: Unit
    value: Fraction | int
    told: Observation


@rule("HL03")
def staff_far_from_group(dataset: Dataset) -> Iterator[RuleFault]:
    """Report numbers of people and things that lie far from those of the unit's group."""
    for target in dataset.profile.plan.targets:
        if target.measure != "stock" or target.answered_by != "units" or not is_asked_as(target, "ratio"):
            continue
        totals = [(unit, answer(dataset, unit, target, "total")) for unit, _ in effective_returns(dataset)]
        peers = [Peer(unit, n, o) for unit, o in totals if o is not None and (n := whole(o))]
        for peer, middle, compared in _outliers(dataset, "HL03", peers):
            beside = f"{compared} ({format_count(round(middle))})"
            where = format_cells(peer.told, otherwise="ô này")
            yield about(
                peer.told,
                f"tổng số ({format_count(whole(peer.told) or 0)} {target.unit_of_count}) {beside}",
                f"Kiểm tra lại {where}; đúng thì ghi lý do ở cột Ghi chú.",
                aside=beside,
            )


@rule("HL04")
def dossiers_per_head(dataset: Dataset) -> Iterator[RuleFault]:
    """Report numbers of dossiers far more or fewer for each of the unit's staff than in its group."""
    plan = dataset.profile.plan
    staff = next((t for t in plan.targets if any(o.within == t.code for o in plan.targets)), None)
    dossiers = {item.code for item in plan.items if isinstance(item, Dossier)}
    for target in plan.targets:
        if staff is None or not any(item in dossiers for item, _ in source_names(target, "total")):
            continue
        peers = []
        for unit, _ in effective_returns(dataset):
            told, head = (answer(dataset, unit, of, "total") for of in (target, staff))
            n, n_staff = whole(told), whole(head)
            if told is not None and n and n_staff:
                peers.append(Peer(unit, Fraction(n, n_staff), told))
        for peer, _, compared in _outliers(dataset, "HL04", peers):
            where = format_cells(peer.told, otherwise="ô này")
            count = f"{format_count(whole(peer.told) or 0)} {target.unit_of_count}"
            yield about(
                peer.told,
                f"{count}, tính trên mỗi người của đơn vị {compared}",
                f"Kiểm tra lại {where} và số người của đơn vị; đúng thì ghi lý do ở cột Ghi chú.",
                aside=compared,
            )


def _outliers(dataset: Dataset, code: str, peers: Iterable[Peer]) -> Iterator[tuple[Peer, Fraction, str]]:
    """Yield the figures that lie farther from the middle of their group than the limit, in its own spread.

    Each with that middle and how the two compare, "gấp khoảng 100 lần mức giữa của 07 đơn vị cùng loại": this
    changes whenever another unit of the group sends. Compared as ratios, since offices of one kind differ by
    factors. Groups of fewer units than the plan asks for have no spread to speak of.
    """
    limit, least = limit_of(code), limit_of(code, group=True)
    groups = by_key((dataset.profile.roster.group(peer.unit.group).heading, peer) for peer in peers)
    for members in groups.values():
        if len(members) < least:
            continue
        logs = [log(peer.value) for peer in members]
        middle = median(logs)
        spread = _TO_DEVIATION * median(abs(one - middle) for one in logs)
        farthest = max(limit * spread, log(_FARTHER))
        if far := [peer for peer, one in zip(members, logs, strict=True) if abs(one - middle) > farthest]:
            values = [peer.value for peer in members]
            ordered, half = sorted(values), len(values) // 2
            of_group = Fraction(ordered[half] + ordered[-half - 1]) / 2
            kind = f"mức giữa của {format_small_count(len(members))} đơn vị cùng loại"
            for peer in far:
                how_far = f"chỉ bằng khoảng 1/{format_count(round(of_group / peer.value))}"
                if peer.value > of_group:
                    how_far = f"gấp khoảng {format_count(round(peer.value / of_group))} lần"
                yield peer, of_group, f"{how_far} {kind}"


@rule("HL05")
def all_nought(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units all of whose figures are 0, where they give enough of them."""
    least = limit_of("HL05")
    for unit, _ in effective_returns(dataset):
        figures = own_figures(dataset, unit)
        if len(figures) >= least and not any(map(whole, figures)):
            yield over(
                figures,
                f"cả {format_small_count(len(figures))} con số đều ghi 0",
                "Đề nghị đơn vị xác nhận đã đếm và không có; không phát sinh, chưa có số liệu thì chọn "
                "tình trạng.",
            )


@rule("HL06")
def all_equal(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units all of whose figures above 0 are one number, where they give enough of them."""
    for unit, _ in effective_returns(dataset):
        if figures := _all_equal(dataset, unit):
            one = format_count(whole(figures[0]) or 0)
            yield over(
                figures,
                f"cả {format_small_count(len(figures))} con số đều ghi {one}",
                "Đề nghị đơn vị xác nhận, hoặc ghi lại số của từng nội dung.",
            )


def _all_equal(dataset: Dataset, unit: Unit) -> list[Observation]:
    """The figures above 0 of a unit where all of them are one number and there are enough; else none."""
    figures = [o for o in own_figures(dataset, unit) if whole(o)]
    enough = len(figures) >= limit_of("HL06")
    return figures if enough and len({whole(o) for o in figures}) == 1 else []


# ----------- A row of dossiers pasted one column beside its own: one finding in place of every sum it breaks

FIELDS = tuple(spec.code for spec in DOSSIER_FIELDS)
_SUMS = tuple((FIELDS.index(total), tuple(map(FIELDS.index, parts))) for total, parts in DOSSIER_SUMS)
_LEAST = 2
"""Sums that have to be wrong as the row stands, and right, of something, as it would be moved back. One
alone is a slip of the pen (cases HS01 to HS04); a row moved to the left keeps two of its totals."""

Figures = Sequence[int | None]


@rule("HS05")
def row_beside_its_columns(dataset: Dataset) -> Iterator[RuleFault]:
    """Report rows whose sums are all right once their figures are moved by one column."""
    for unit, item in asked(dataset, Dossier):
        first = find_shift(dataset, unit, item)
        if first is None:
            continue
        told = [dataset.observation(unit.code, item.code, field) for field in FIELDS[first:]]
        start, *others = (o for o in told if amount(o) is not None)
        yield contradicted(
            start,
            f"các số từ cột ({first + FIRST_DOSSIER_COLUMN}) trở đi lệch một cột, chuyển lại một cột thì mọi "
            "tổng đều khớp",
            f"Chép lại dòng này vào đúng cột, từ {format_cells(start, otherwise='ô này')}.",
            *others,
        )


def find_shift(dataset: Dataset, unit: Unit, item: Dossier) -> int | None:
    """Return the first column of a row of dossiers that stands one beside its own; None where none does."""
    figures = [amount(dataset.observation(unit.code, item.code, field)) for field in FIELDS]
    if sum(held is False for held in _holds(figures)) < _LEAST:
        return None
    for first, to_the_right in product(range(len(figures)), (True, False)):
        before, behind = list(figures[:first]), list(figures[first:])
        moved = [*before, *behind[1:], None] if to_the_right else [*before, None, *behind[:-1]]
        held = _holds(moved)
        told = sum(h is True and bool(moved[total]) for h, (total, _) in zip(held, _SUMS, strict=True))
        if False not in held and told >= _LEAST:
            return first
    return None


def _holds(figures: Figures) -> list[bool | None]:
    """Whether each sum is right; None where a figure of it isn't known and it may be."""
    held: list[bool | None] = []
    for column, parts in _SUMS:
        total, known = figures[column], [n for part in parts if (n := figures[part]) is not None]
        if total is None:
            held.append(None)
        elif len(known) < len(parts):
            held.append(None if sum(known) <= total else False)
        else:
            held.append(total == sum(known))
    return held
