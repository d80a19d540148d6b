"""The tables by unit: figures of the units asked for up to four targets, with sums for each kind of unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from dvctt_report.model import State, Tally
from dvctt_report.model.answers import amount, whole
from dvctt_report.plan.model import Unit
from dvctt_report.report.figures import Figures
from dvctt_report.report.tables import heading_of, numbers, value_cell
from dvctt_report.report.targets import OWN, TargetView, due_years, tally_cells
from dvctt_report.report.wording import Voice, lower_first
from dvctt_report.text.vietnamese import format_count, format_date
from dvctt_report.year.dataset import Dataset

TARGETS_A_TABLE = 4

NAME_WIDTH = 104.0  # Millimetres of the column that names form and measure


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """What heads one column, or several with ``labels`` below the name.

    A column without labels says yes or no, or holds ``figures``.
    """

    name: str
    labels: tuple[str, ...]
    figures: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row by unit; ``number`` is "" in group rows and the total, whose name spans both columns."""

    number: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A table across the page; ``head`` is above the names, whose column is ``name_width`` mm wide."""

    title: str
    columns: tuple[UnitColumn, ...]
    rows: tuple[UnitRow, ...]
    head: str
    name_width: float = 62.0


def unit_tables(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> tuple[UnitTable, ...]:
    """The targets that units answer, four to a table: every unit, a sum for each kind of unit, the total."""
    tables: list[UnitTable] = []
    kinds = list(dict.fromkeys(heading_of(dataset, unit) for unit in dataset.units))
    for later in (False, True):
        group = [v for v in views if v.is_due is not later]
        number_of = dict(zip((v.target.code for v in group), numbers([v.target for v in group]), strict=True))
        asked = [v for v in group if not v.authority and not v.target.same_as]
        for at in range(0, len(asked), TARGETS_A_TABLE):
            told, n = asked[at : at + TARGETS_A_TABLE], str(len(tables) + 1)
            if later:
                title = voice.say("annex.table_later", n=n, year=due_years(told))
            else:
                numbered = ", ".join(number_of[v.target.code] for v in told)
                title = voice.say("annex.table", n=n, numbers=numbered)
            # The units that one of the targets is asked of, those of each kind below its sum; the total last.
            rows, shown = list[UnitRow](), [u for u in dataset.units if any(u.code in v.asked for v in told)]
            headed = groupby(enumerate(shown, 1), key=lambda entry: heading_of(dataset, entry[1]))
            for heading, members in headed:
                listed = list(members)
                sums = _sums(told, [unit for _, unit in listed], f".sum{kinds.index(heading) + 1}", voice)
                rows.append(UnitRow("", heading, sums))
                for k, unit in listed:
                    cells = tuple(text for view in told for text in cells_of(view, unit, voice))
                    rows.append(UnitRow(str(k), unit.short_name, cells))
            rows.append(UnitRow("", voice.say("annex.total"), _sums(told, shown, None, voice)))
            ratio = tuple(voice.say(f"annex.column_{name}") for name in ("total", "done", "rate"))
            heads = tuple(
                UnitColumn(v.target.label, ratio if v.target.asked_as == "ratio" else ()) for v in told
            )
            tables.append(UnitTable(title, heads, tuple(rows), voice.say("annex.column_unit")))
    return tuple(tables)


def _tally_cells(
    about: str, tally: Tally | None, line: Fraction | None, sign: str, mark: str, voice: Voice
) -> tuple[str, str, str]:
    """Total, done and rate; ``mark`` stands behind the rate, which rests on both numbers."""
    texts = zip(("denominator", "numerator", "percent"), tally_cells(tally, line, sign), strict=True)
    total, done, rate = (voice.mark(f"{about}.{role}", text) for role, text in texts)
    return total, done, rate + mark


def _sums(
    views: Sequence[TargetView], units: Sequence[Unit], of: str | None, voice: Voice
) -> tuple[str, ...]:
    """Sum the units' answers; ``of`` continues the target's code in the identifiers (None: of all).

    The sum of all is the result itself, unless the figure of the system in charge is.
    """
    cells: list[str] = []
    for view in views:
        mine = [view.contributions[u.code] for u in units if u.code in view.contributions]
        tally = sum((c.tally for c in mine if c.tally is not None), Tally())
        none = "not_available"
        if not any(unit.code in view.asked for unit in units):
            none = "not_applicable"
        elif mine and all(c.state is State.NONE_ARISING for c in mine):
            none = "none_arising"
        sign = voice.say(f"sign.{none}")
        whole = "" if view.result.own_tally is None else OWN
        about = f"{view.target.code}{whole if of is None else of}"
        mark = voice.say("decided.mark") if any(u.code in view.resting for u in units) else ""
        if view.target.asked_as == "ratio":
            cells += _tally_cells(about, tally, view.result.line, sign, mark, voice)
        elif view.target.of_things and any(c.tally is not None for c in mine):
            cells.append(voice.mark(f"{about}.numerator", format_count(tally.numerator)) + mark)
        elif tally.denominator:
            done = voice.mark(f"{about}.numerator", format_count(tally.numerator))
            total = voice.mark(f"{about}.denominator", format_count(tally.denominator))
            unit = f" {view.target.counted}" if view.target.each else ""
            cells.append(f"{done}/{total}{unit}{mark}")
        else:
            cells.append(voice.mark(f"{about}.answer", sign))
    return tuple(cells)


def cells_of(view: TargetView, unit: Unit, voice: Voice) -> tuple[str, ...]:
    """What a unit answered to one target: total, done and rate; or one cell, a number or a word."""
    sign = voice.say(f"sign.{sign_of(view, unit)}")
    found = view.contributions.get(unit.code)
    tally = None if found is None or unit.code in view.result.missing else found.tally
    about = f"{view.target.code}.{unit.code}"
    mark = voice.say("decided.mark") if unit.code in view.resting else ""
    if view.target.asked_as == "ratio":
        return _tally_cells(about, tally, view.result.line_of(unit.code), sign, mark, voice)
    if view.target.asked_as == "count":
        given = () if tally is None or found is None else found.observations
        number = next((amount(o) for o in given), None)
        text = sign if number is None else format_count(number)
        return (voice.mark(f"{about}.numerator", text) + mark,)
    if tally is not None and tally.denominator:
        sign = voice.say("annex.yes" if tally.numerator else "annex.no")
        if view.target.measure == "milestone" and found is not None:
            days = [o.value for o in found.observations if isinstance(o.value, date)]
            sign = format_date(days[0]) if days else sign
    return (voice.mark(f"{about}.answer", sign) + mark,)


def sign_of(view: TargetView, unit: Unit) -> str:
    """Which sign explains that no figure stands for this unit."""
    found = view.contributions.get(unit.code)
    if unit.code not in view.asked:
        return "not_applicable"
    if found is None or unit.code in view.result.missing:
        return "not_available"
    if found.state is State.NONE_ARISING:
        return "none_arising"
    # GIVEN without a figure: the unit's answer stands outside the denominator
    outside = (State.NOT_APPLICABLE, State.WITHHELD, State.GIVEN)
    return "not_applicable" if found.state in outside else "not_available"


def activity_tables(dataset: Dataset, figures: Figures, voice: Voice) -> tuple[UnitTable, ...]:
    """One table: a row for each measure of each form, a column for each kind of unit, the sum of all."""
    kind_of = {unit.code: heading_of(dataset, unit) for unit in dataset.units}
    kinds, none = tuple(dict.fromkeys(kind_of.values())), voice.say("sign.not_available")
    rows = []
    for n, (channel, measure, figure) in enumerate(figures.channels, 1):
        sums: dict[str, int] = {}
        for answer in figure.observations:
            kind = kind_of[answer.unit]
            if (number := whole(answer)) is not None:
                sums[kind] = sums.get(kind, 0) + number
        cells = [
            voice.mark(f"{figure.id}.sum{k}", format_count(sums[kind]) if kind in sums else none)
            for k, kind in enumerate(kinds, 1)
        ]
        name = f"{channel.label}: {lower_first(measure.label)} ({measure.unit})"
        rows.append(UnitRow(str(n), name, (*cells, value_cell(figure, figures.decided, voice))))
    columns = tuple(UnitColumn(kind, (), True) for kind in (*kinds, voice.say("annex.total")))
    title, head = voice.say("annex.activities"), voice.say("annex.column_activity")
    return (UnitTable(title, columns, tuple(rows), head, NAME_WIDTH),)
