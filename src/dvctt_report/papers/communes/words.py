"""How figures, places and reasons are said, alike on every sheet and on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvctt_report.papers.communes.ranking import EXCUSED, NONE_ARISING, SMALL, Placed, TargetPlaces
from dvctt_report.plan.model import Unit
from dvctt_report.report.marks import without_marks
from dvctt_report.report.meanings import WHY_MISSING
from dvctt_report.report.unit_lists import COMMUNES, commune_kind
from dvctt_report.report.unit_tables import cells_of
from dvctt_report.text.vietnamese import format_percent, format_small_count

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


def bare(unit: Unit) -> str:
    """A commune without its body: "xã A"."""
    return unit.short_name.removeprefix("UBND ")


def label(target: TargetPlaces) -> str:
    """What a target is called over its columns."""
    return f"{target.view.target.code}. {target.view.target.label}"


def heads(target: TargetPlaces) -> tuple[str, ...]:
    """What heads its columns where all are beside each other: its figure, and its place where there are."""
    figure = "Kết quả (%)" if target.view.target.asked_as == "ratio" else "Kết quả"
    return (figure, "Thứ hạng") if target.ranked else (figure,)


def kinds(targets: Sequence[TargetPlaces]) -> str:
    """The kinds of communes that there are: "xã, phường"."""
    found = {commune_kind(place.unit.short_name) for target in targets for place in target.places}
    return ", ".join(kind for kind in COMMUNES if kind in found)


def goal(target: TargetPlaces, units: Sequence[Unit]) -> str:
    """What is asked of these communes, as the report prints it: of their own groups, where it is by group."""
    view = target.view
    if not view.by_group:
        return view.goal_cell
    codes = {unit.code for unit in units}
    own = [part for part in view.fields if codes & {c.unit for c in part.result.contributions}]
    return (own[0] if len(own) == 1 else view).goal_cell if own else OUTSIDE


def figure(target: TargetPlaces, place: Placed) -> str:
    """The figure as the report prints it, without the sign of percent; a sign where there is none."""
    return without_marks(marked_figure(target, place))


def pair(target: TargetPlaces, place: Placed) -> str:
    """What was done of all, marked: "69/73"."""
    if place.tally is None or target.view.target.asked_as != "ratio":
        return marked_figure(target, place)
    total, done, _ = cells_of(target.view, place.unit, target.view.voice)
    return f"{done}/{total}"


def marked_figure(target: TargetPlaces, place: Placed) -> str:
    """The same as ``figure``, marked; of what each has to have so many of with what they are: "2 kênh"."""
    if place.tally is None:
        return {NONE_ARISING: NONE, EXCUSED: OUTSIDE}.get(place.why, NO_FIGURE)
    *_, said = cells_of(target.view, place.unit, target.view.voice)
    return f"{said} {target.view.target.unit_of_count}" if target.view.target.each else said


def middle(target: TargetPlaces) -> str:
    """The median as it is printed, marked; a sign where nothing is ranked."""
    if target.middle is None:
        return OUTSIDE
    printed = format_percent(target.middle, target.view.result.line).removesuffix("%")
    return _mark(target, "communes.middle", printed)


def n_ranked(target: TargetPlaces) -> str:
    """How many communes have a place, marked; a sign where none is given."""
    return _mark(target, "communes.ranked", str(target.n_ranked)) if target.ranked else OUTSIDE


def rank(target: TargetPlaces, place: Placed) -> str:
    """The place among how many, marked: "05/61"; a sign where there is none."""
    if place.rank is None:
        return OUTSIDE
    own = _mark(target, f"{place.unit.code}.rank", format_small_count(place.rank))
    return f"{own}/{n_ranked(target)}"


def marked_rank(target: TargetPlaces, place: Placed) -> str:
    """The place alone, as a number, marked."""
    return _mark(target, f"{place.unit.code}.rank", str(place.rank)) if place.rank else OUTSIDE


def _mark(target: TargetPlaces, role: str, text: str) -> str:
    return target.view.voice.mark(f"{target.view.target.code}.{role}", text)


def note(place: Placed) -> str:
    """Why there is no figure or no place, and whether the figure may still change."""
    said = [REASONS.get(place.why, place.why)] if place.why else []
    return "; ".join([*said, *([PROVISIONAL] if place.is_open else [])])
