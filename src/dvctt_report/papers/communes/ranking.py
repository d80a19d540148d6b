"""Where each commune stands among all of them, target by target, also on a page for whoever signs.

Rates alone are ranked, on exact fractions.

There is no figure over several targets: what one of them counts can't be weighed against another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from statistics import median

from dvctt_report.model import Contribution, Severity, State, Tally
from dvctt_report.plan.model import Unit
from dvctt_report.report.citing import moment
from dvctt_report.report.marks import without_marks
from dvctt_report.report.meanings import WHY_MISSING
from dvctt_report.report.targets import TargetView, contributing_units
from dvctt_report.report.unit_lists import ALIKE, COMMUNES, commune_kind
from dvctt_report.report.unit_tables import cells_of
from dvctt_report.report.wording import Voice, for_print
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import format_percent, format_small_count, join_names
from dvctt_report.word.nd30 import component, count_lines
from dvctt_report.year.dataset import Dataset
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
    provisional: something of its return is still open, so that its figure may change.
    """

    unit: Unit
    tally: Tally | None
    rank: int | None = None
    why: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class TargetPlaces:
    """One target over the communes, in roster order; ``middle``: the median of the ranked rates, if any."""

    view: TargetView
    places: tuple[Placed, ...]
    middle: Fraction | None = None

    @property
    def ranked(self) -> bool:
        """Whether places are given: to rates alone, and where a level tells which way is better."""
        target = self.view.target
        has_level = self.view.result.goal is not None or self.view.by_group
        return has_level and not target.of_units and not target.of_things


def compare_communes(year: Year, views: Sequence[TargetView]) -> tuple[TargetPlaces, ...]:
    """Lay the communes beside each other by targets they answer. Raises CannotRun where there are none.

    Ranks and median go by the order of the exact fractions: no rounding makes or breaks a tie.
    """
    communes = [unit for unit in year.units if commune_kind(unit.short_name)]
    if not communes:
        raise CannotRun(
            f"Danh sách đơn vị {year.period.words} không có xã, phường nào gửi báo cáo riêng.",
            "Chỉ so sánh được khi cấp xã gửi báo cáo; xem danh sách: dvctt-report plan show",
        )
    serious = (f for f in year.findings if f.severity is not Severity.INFO and f.is_open)
    unsettled = frozenset(f.unit for f in serious if not year.dataset.is_beside(f))
    targets = []
    for view in (v for v in views if not v.authority and not v.target.same_as):
        given = {unit.code: c for unit, c in contributing_units(view)}
        target = TargetPlaces(view, ())
        asked = [unit for unit in communes if unit.code in given]
        if asked:
            places = tuple(_placed(target, u, given[u.code], u.code in unsettled) for u in asked)
            targets.append(replace(target, places=places))
    falling = {target.view.target.code: target.view.result.falling for target in targets}
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


def _placed(target: TargetPlaces, unit: Unit, given: Contribution, unsettled: bool) -> Placed:
    """What a commune has for a target, its rank still to be given."""
    view, year, tally = target.view, target.view.year, given.tally
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
    return Placed(unit, tally, why=SMALL if small and target.ranked else "", provisional=unsettled)


# ------------------------------------------------------------------------------------------ in words

REASONS: Mapping[str, str] = {
    **WHY_MISSING,
    "not_available": "chưa có số liệu",
    NONE_ARISING: "không phát sinh",
    EXCUSED: "không thuộc diện tính",
    SMALL: "tổng số nhỏ, không xếp thứ tự",
}
"""Why there is no figure, or no place for it."""
PROVISIONAL = "số tạm tính: báo cáo của đơn vị còn nội dung chưa xử lý"
MARK = " (*)"
"""Behind what is provisional."""
NO_FIGURE, NONE, OUTSIDE = "...", "-", "x"


def heads(target: TargetPlaces) -> tuple[str, ...]:
    """What heads its columns where all are beside each other: its figure, and its place where there are."""
    figure = "Kết quả (%)" if target.view.target.asked_as == "ratio" else "Kết quả"
    return (figure, "Thứ hạng") if target.ranked else (figure,)


def kinds(targets: Sequence[TargetPlaces]) -> str:
    """The kinds of communes that there are: "xã, phường"."""
    present = {commune_kind(place.unit.short_name) for target in targets for place in target.places}
    return ", ".join(kind for kind in COMMUNES if kind in present)


def goal(target: TargetPlaces, units: Sequence[Unit]) -> str:
    """What is asked of these communes, as the report prints it: of their own groups, where it is by group."""
    view = target.view
    if not view.by_group:
        return view.goal_cell
    codes = {unit.code for unit in units}
    own = [part for part in view.fields if codes & {c.unit for c in part.result.contributions}]
    return (own[0] if len(own) == 1 else view).goal_cell if own else OUTSIDE


def figure(target: TargetPlaces, place: Placed) -> str:
    """The figure as the report prints it, marked, without the sign of percent; a sign where there is none.

    Of what each has to have so many of, with what they are: "2 kênh".
    """
    if place.tally is None:
        return {NONE_ARISING: NONE, EXCUSED: OUTSIDE}.get(place.why, NO_FIGURE)
    *_, figure = cells_of(target.view, place.unit, target.view.voice)
    return f"{figure} {target.view.target.unit_of_count}" if target.view.target.each else figure


def middle(target: TargetPlaces) -> str:
    """The median as it is printed, marked; a sign where nothing is ranked."""
    if target.middle is None:
        return OUTSIDE
    printed = format_percent(target.middle, target.view.result.line).removesuffix("%")
    return target.view.mark("communes.middle", printed)


def n_ranked(target: TargetPlaces) -> str:
    """How many communes have a place, marked; a sign where none is given."""
    n = sum(place.rank is not None for place in target.places)
    return target.view.mark("communes.ranked", str(n)) if target.ranked else OUTSIDE


def rank(target: TargetPlaces, place: Placed, *, of_all: bool) -> str:
    """The place as a number, or ``of_all`` among how many ("05/61"), marked; a sign where there is none."""
    if place.rank is None:
        return OUTSIDE
    number = format_small_count(place.rank) if of_all else str(place.rank)
    return target.view.mark(f"{place.unit.code}.rank", number) + (f"/{n_ranked(target)}" if of_all else "")


# ---------------------------------- on one page: each target with its middle, its first and its last communes

NAMED = (3, 2, 1)
"""Communes named at either end, with those that have the same rate: the most that the page holds."""
PAGE_LINES = 37
"""Lines of the table and notes that one page holds under its head."""
_NAME_WIDTH, _END_WIDTH = 41.0, 33.5
"""Millimetres that a cell leaves for its text."""


@dataclass(frozen=True, slots=True)
class CommuneTargetRow:
    """A target: ``best`` and ``lowest`` name the communes placed first and last, with their rates."""

    number: str
    name: str
    goal: str
    middle: str
    best: str
    lowest: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """The page as strings."""

    heading: str
    about: str
    rows: tuple[CommuneTargetRow, ...]
    notes: tuple[str, ...]
    note: str


def comparison_page(dataset: Dataset, targets: Sequence[TargetPlaces], voice: Voice) -> ComparisonPage:
    """Say on one page where the communes stand; answers and numbers without a total are in the workbook."""
    ranked = [target for target in targets if target.ranked]
    places = [place for target in targets for place in target.places]
    known = {place.unit.code for place in places if place.tally is not None}
    kinds_there, period = kinds(targets), dataset.period
    about = voice.say(
        "communes.figures",
        as_of=moment(voice.issuer.as_of),
        kinds=kinds_there,
        n=voice.count(len(known)),
        all=voice.count(len({place.unit.code for place in places})),
    )
    notes = _notes(dataset, ranked, places, voice)
    look = component("cell_text")
    rows: tuple[CommuneTargetRow, ...] = ()
    for most in NAMED:
        rows = tuple(
            CommuneTargetRow(
                target.view.target.code,
                target.view.target.label,
                goal(target, [place.unit for place in target.places]),
                middle(target),
                _end(target, most, voice, lowest=False),
                _end(target, most, voice, lowest=True),
            )
            for target in ranked
        )
        n_lines = 0
        for row in rows:
            cells = ((row.name, _NAME_WIDTH), (row.best, _END_WIDTH), (row.lowest, _END_WIDTH))
            n_lines += max(count_lines(without_marks(text), width, look) for text, width in cells)
        if n_lines <= PAGE_LINES - len((*notes, *voice.issuer.notice)):
            break
    title = voice.say("communes.title", kinds=kinds_there.upper(), period=period.words.upper())
    return for_print(ComparisonPage(title, about, rows, notes, voice.say("signing.note")))


def _notes(
    dataset: Dataset, ranked: Sequence[TargetPlaces], places: Sequence[Placed], voice: Voice
) -> tuple[str, ...]:
    """What a reader has to know: how places are given, what has none, what may still change."""
    period, codes = dataset.period, defaultdict[int, list[str]](list)
    for view in (target.view for target in ranked if target.view.is_due):
        codes[view.target.year_of_levels(period) or period.year].append(view.target.code)
    notes = [
        voice.say("communes.carried", year=str(period.year), of=str(of), names=join_names(names))
        for of, names in sorted(codes.items())
        if of != period.year
    ]
    if not period.judged:
        notes.append(voice.say("communes.half", year=str(period.year)))
    falling = [target.view.target.code for target in ranked if target.view.result.falling]
    from_below = voice.say("communes.falling", names=join_names(falling)) if falling else ""
    notes.append(voice.say("communes.order", falling=from_below))
    if any(place.why == SMALL for place in places):
        notes.append(voice.say("communes.small", least=voice.count(dataset.profile.plan.least_compared)))
    if unsettled := {place.unit.code for place in places if place.provisional}:
        notes.append(voice.say("communes.open", n=voice.count(len(unsettled))))
    return (*notes, voice.say("communes.signs"))


def _end(target: TargetPlaces, most: int, voice: Voice, *, lowest: bool) -> str:
    """Name the communes at one end of the order, none of those with one rate without the others."""
    placed = sorted(
        (place for place in target.places if place.rank is not None),
        key=lambda place: place.rank or 0,
        reverse=lowest,
    )
    end = f"{target.view.target.code}.communes.{'lowest' if lowest else 'best'}"
    voice = voice.about(end)
    texts: list[str] = []
    n_named = 0
    for _, group in groupby(placed, key=lambda place: place.rank):
        alike = list(group)
        if n_named >= most or (texts and n_named + len(alike) > most + ALIKE):
            break
        first = alike[0].unit.code
        id = f"{end}.{first}" if len(alike) > 1 else f"{target.view.target.code}.{first}.percent"
        rate = voice.mark(id, f"{without_marks(figure(target, alike[0]))}%")
        if len(alike) > ALIKE:
            by_kind = voice.kinds([p.unit.short_name for p in alike])
            texts.append(voice.say("communes.same_rate", kinds=by_kind, rate=rate))
        else:
            names = ", ".join(p.unit.short_name.removeprefix("UBND ") + "*" * p.provisional for p in alike)
            texts.append(f"{names} ({rate})")
        n_named += len(alike)
    return "; ".join(texts) or OUTSIDE
