"""The forms of the campaign in figures, summed for each kind of unit."""

from __future__ import annotations

from collections.abc import Iterable

from dvctt_report.dataset import Dataset
from dvctt_report.report.figures import Figure, Figures
from dvctt_report.report.tables import heading_of, value_cell
from dvctt_report.report.unit_tables import UnitColumn, UnitRow, UnitTable
from dvctt_report.report.wording import Voice, lower_first
from dvctt_report.rows import whole
from dvctt_report.vietnamese import format_count

NAME_WIDTH = 104.0
"""Millimetres of the column that names form and measure."""


def activity_tables(dataset: Dataset, figures: Figures, voice: Voice) -> tuple[UnitTable, ...]:
    """One table: a row for each measure of each form, a column for each kind of unit, the sum of all."""
    kinds = tuple(dict.fromkeys(heading_of(dataset, unit) for unit in dataset.units))
    kind_of = {unit.code: heading_of(dataset, unit) for unit in dataset.units}
    rows = tuple(
        UnitRow(
            str(n),
            f"{channel.label}: {lower_first(measure.label)} ({measure.unit})",
            (*_by_kind(figure, kinds, kind_of, voice), value_cell(figure, figures.decided, voice)),
        )
        for n, (channel, measure, figure) in enumerate(figures.channels, 1)
    )
    columns = tuple(UnitColumn(kind, (), True) for kind in (*kinds, voice.say("annex.total")))
    title, head = voice.say("annex.activities"), voice.say("annex.column_activity")
    return (UnitTable(title, columns, rows, head, NAME_WIDTH),)


def _by_kind(figure: Figure, kinds: Iterable[str], kind_of: dict[str, str], voice: Voice) -> tuple[str, ...]:
    sums: dict[str, int] = {}
    for seen in figure.observations:
        if (n := whole(seen)) is not None:
            sums[kind_of[seen.unit]] = sums.get(kind_of[seen.unit], 0) + n
    none = voice.say("sign.not_available")
    return tuple(
        voice.mark(f"{figure.id}.sum{n}", format_count(sums[kind]) if kind in sums else none)
        for n, kind in enumerate(kinds, 1)
    )
