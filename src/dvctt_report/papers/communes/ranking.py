"""Where each commune stands among all of them, target by target: rates alone are ranked, on exact fractions.

There is no figure over several targets: what one of them counts can't be weighed against another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median

from dvctt_report.model import Contribution, Severity, State, Tally
from dvctt_report.plan.model import Unit
from dvctt_report.report.targets import TargetView, contributing_units
from dvctt_report.report.unit_lists import commune_kind
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.summary.returns import why_missing
from dvctt_report.year.year import Year

SMALL, NONE_ARISING, EXCUSED = "small", "none_arising", "excused"
"""Why a figure has no rank, beside the reasons for which there is none (``summary.returns.why_missing``)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What a commune has for one target.

    tally: its figure; None where it has none.
    rank: its place among those that are ranked, 1 for the best; alike figures share one.
    why: why it has no rank; "" where it has one, or where the target's figures aren't ranked at all.
    provisional: something of its return is still open, so that the figure may change.
    """

    unit: Unit
    tally: Tally | None
    rank: int | None = None
    why: str = ""
    provisional: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is a figure that may still change."""
        return self.provisional and self.tally is not None


@dataclass(frozen=True, slots=True)
class TargetPlaces:
    """One target over the communes, in the order of the roster.

    middle: the median of the rates that are ranked; None where none is.
    """

    view: TargetView
    places: tuple[Placed, ...]
    middle: Fraction | None = None

    @property
    def ranked(self) -> bool:
        """Whether places are given at all."""
        return is_ranked(self.view)

    @property
    def n_ranked(self) -> int:
        return sum(place.rank is not None for place in self.places)


def compare_communes(year: Year, views: Sequence[TargetView]) -> tuple[TargetPlaces, ...]:
    """Lay the communes beside each other by targets they answer. Raises CannotRun where there are none."""
    communes = [unit for unit in year.units if commune_kind(unit.short_name)]
    if not communes:
        raise CannotRun(
            f"Danh sách đơn vị {year.period.words} không có xã, phường nào gửi báo cáo riêng.",
            "Chỉ so sánh được khi cấp xã gửi báo cáo; xem danh sách: dvctt-report plan show",
        )
    unsettled = _open_units(year)
    codes = {unit.code for unit in communes}
    own = [v for v in views if not v.authority and not v.target.same_as]
    asked = [v for v in own if any(u.code in codes for u, _ in contributing_units(v))]
    return _ranked(year, [_placed(view, communes, unsettled) for view in asked])


def _open_units(year: Year) -> frozenset[str]:
    """The units of which something is neither mended nor decided yet, other than a file beside a used one."""
    serious = (f for f in year.findings if f.severity is not Severity.INFO and f.is_open)
    return frozenset(f.unit for f in serious if not year.dataset.is_beside(f))


def _placed(view: TargetView, communes: Sequence[Unit], unsettled: Collection[str]) -> TargetPlaces:
    given = {unit.code: c for unit, c in contributing_units(view)}
    places = tuple(
        _place(view, unit, given[unit.code], unit.code in unsettled)
        for unit in communes
        if unit.code in given
    )
    return TargetPlaces(view, places)


def is_ranked(view: TargetView) -> bool:
    """Whether communes have places for it: rates alone, and where a level tells which way is better."""
    has_level = view.result.goal is not None or view.by_group
    return has_level and not view.target.of_units and not view.target.of_things


def _place(view: TargetView, unit: Unit, given: Contribution, unsettled: bool) -> Placed:
    year, tally = view.year, given.tally
    if tally is None:
        excused = (
            given.state in (State.WITHHELD, State.NOT_APPLICABLE) and unit.code not in view.result.missing
        )
        reason = why_missing(
            year.dataset, year.by_unit.get(unit.code), unit.code, given.state, left_out=given.left_out
        )
        return Placed(unit, None, why=EXCUSED if excused else reason)
    if given.state is State.NONE_ARISING or (tally.share is None and not view.target.of_things):
        return Placed(unit, None, why=NONE_ARISING)
    small = tally.denominator < year.profile.plan.least_compared
    return Placed(unit, tally, why=SMALL if small and is_ranked(view) else "", provisional=unsettled)


def _ranked(year: Year, targets: Sequence[TargetPlaces]) -> tuple[TargetPlaces, ...]:
    """Give ranks, and the median, by the order of the exact fractions: no rounding makes or breaks a tie."""
    falling = {target.view.target.code: target.view.falling for target in targets}
    with_place = {
        (target.view.target.code, place.unit.code)
        for target in targets
        for place in target.places
        if target.ranked and place.tally is not None and not place.why
    }
    table = year.to_frame().set_index(["item", "unit"], drop=False)
    table = table[table.index.isin(with_place)]
    if table.empty:
        return tuple(targets)
    order = {share: n for n, share in enumerate(sorted(set(table["share"])))}
    place = table["share"].map(order).where(table["item"].map(falling), -table["share"].map(order))
    ranks = place.groupby(level="item").rank(method="min").astype(int).to_dict()
    shares = table["share"].groupby(level="item").apply(list).to_dict()
    return tuple(
        replace(
            target,
            places=tuple(replace(p, rank=ranks.get((code, p.unit.code))) for p in target.places),
            middle=median(shares[code]) if code in shares else None,
        )
        for code, target in zip(falling, targets, strict=True)
    )
