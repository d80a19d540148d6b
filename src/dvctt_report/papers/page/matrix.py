"""Units × targets: what each unit answered to each target of the year, and where it stands to the level."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from dvctt_report.model import Verdict
from dvctt_report.plan.model import Unit
from dvctt_report.report.tables import heading_of, numbers
from dvctt_report.report.targets import TargetView
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_tables import cells_of, sign_of
from dvctt_report.report.wording import Voice
from dvctt_report.text.vietnamese import format_count, whole_of
from dvctt_report.year.summary import below_target

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PageGroup(Generic[Row]):
    heading: str
    rows: tuple[Row, ...]


STATES = {
    "met": "Đạt mức Kế hoạch",
    "below": "Chưa đạt mức",
    "given": "Có số liệu; không xét mức của từng đơn vị",
    "none": "Chưa có số liệu (...)",
    "apart": "Không phát sinh (-), không áp dụng (x)",
}
"""How a cell is drawn, and what that means, in the order of the legend."""
_WITHOUT_FIGURE = {"not_available": "none", "none_arising": "apart", "not_applicable": "apart"}
MOST_UNITS = 400
"""Rows above which a browser is slow to sort; the consolidated workbook has them all."""
MANY = 40
"""Rows above which they are printed smaller, so that 82 communes fit on a page."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A target: its number in the table of targets, its name, its level ("" where it has none)."""

    number: str
    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What stands in a cell, which of ``STATES`` it is in, and what it is sorted by ("" behind all)."""

    text: str
    state: str
    order: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit: how it has sent, how many levels it has not reached, how many figures it owes."""

    name: str
    status: str
    n_below: str
    n_missing: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The units by heading, the result of the ``whole`` below them; ``states`` are those that occur.

    ``judged``: some level is one that each unit has to reach by the end of the period.
    """

    columns: tuple[MatrixColumn, ...]
    groups: tuple[PageGroup[MatrixRow], ...]
    whole: str
    total: tuple[MatrixCell, ...]
    states: tuple[tuple[str, str], ...]
    many: bool
    judged: bool

    @property
    def n_columns(self) -> int:
        return len(self.columns) + 2 + self.judged


def lay_out_matrix(told: Telling) -> Matrix | None:
    """Lay out the year's targets that units answer; None where nothing is asked, or of too many units."""
    dataset, views, lines, voice = told.year.dataset, told.views, told.year.lines, told.voice
    due = [view for view in views if view.is_due]
    numbered = zip(numbers([view.target for view in due]), due, strict=True)
    asked = [(n, view) for n, view in numbered if not view.authority and not view.target.same_as]
    if not asked or len(lines) > MOST_UNITS:
        return None
    columns = []
    for _, view in asked:
        levelled = (view.result.goal is not None and not view.by_field) or view.by_group
        judged = levelled and view.result.verdict is not Verdict.PROGRESS
        columns.append(_Column(view, frozenset(below_target(view.result)), judged))
    groups = []
    for heading, members in groupby(lines, key=lambda line: heading_of(dataset, line.unit)):
        rows = []
        for line in members:
            cells = tuple(_cell(column, line.unit, voice) for column in columns)
            states, name = [cell.state for cell in cells], f"units.{line.unit.code}"
            below = voice.mark(f"{name}.below", format_count(states.count("below")))
            if {"below", "met"}.isdisjoint(states):
                below = voice.say("sign.not_available")
            missing = voice.mark(f"{name}.missing", format_count(states.count("none")))
            rows.append(MatrixRow(line.unit.short_name, line.status, below, missing, cells))
        groups.append(PageGroup(heading, tuple(rows)))
    there = {cell.state for group in groups for row in group.rows for cell in row.cells}
    return Matrix(
        tuple(MatrixColumn(n, view.row_name, view.goal_cell) for n, view in asked),
        tuple(groups),
        whole_of(dataset.profile.plan.province),
        tuple(MatrixCell(view.rate_cell, view.result.verdict.value, "") for _, view in asked),
        tuple((state, words) for state, words in STATES.items() if state in there),
        len(lines) > MANY,
        any(column.judged for column in columns),
    )


class _Column(NamedTuple):
    """A target, the units below its level, and whether each unit has one to reach."""

    view: TargetView
    below: frozenset[str]
    judged: bool


def _cell(column: _Column, unit: Unit, voice: Voice) -> MatrixCell:
    text = cells_of(column.view, unit, voice)[-1]
    given = column.view.contributions.get(unit.code)
    tally = given.tally if given is not None and unit.code not in column.view.missing else None
    if tally is not None and column.view.target.of_things:
        return MatrixCell(text, "given", f"{tally.numerator:012}")
    if tally is None or not tally.denominator:
        return MatrixCell(text, _WITHOUT_FIGURE[sign_of(column.view, unit)], "")
    state = "given" if not column.judged else "below" if unit.code in column.below else "met"
    return MatrixCell(text, state, f"{float(tally.numerator / tally.denominator):.6f}")
