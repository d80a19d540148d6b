"""Which figures may be used: what open errors bar, and whom an accepted "Không áp dụng" excuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from dvctt_report.model import Finding, FindingState, Observation
from dvctt_report.plan.model import Item, Target, Unit
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import source_names
from dvctt_report.year.rules.claims import not_applicable_claimed

_Figure: TypeAlias = tuple[str, str]
"""Item and field of a unit's figure; the field "" for all fields of the item."""


def _by_unit(figures: Iterable[tuple[str, str, str]]) -> dict[str, set[_Figure]]:
    of_units: dict[str, set[_Figure]] = {}
    for unit, item, field in figures:
        of_units.setdefault(unit, set()).add((item, field))
    return of_units


@dataclass(frozen=True)
class Standing:
    """``barred``: unit, item, field ("" for all its fields); ``excused``: unit and item.

    ``left_out``: those of ``barred`` that the officer leaves out until their unit mends them.
    ``lines``: unit, item, field and the line of a list or commune that the bar is about, "" for all.
    ``overridden``: unit, item and field of sums that the officer has put a figure in the place of, so that
    it no longer matters what is wrong with the cells beneath.
    """

    barred: frozenset[tuple[str, str, str]] = frozenset()
    excused: frozenset[tuple[str, str]] = frozenset()
    left_out: frozenset[tuple[str, str, str]] = frozenset()
    overridden: frozenset[tuple[str, str, str]] = frozenset()
    lines: frozenset[tuple[str, str, str, str]] = frozenset()

    def bars_answer(self, given: Observation) -> bool:
        """Whether this very answer is barred, one line of a list among others that are not."""
        unit, item, field, part = given.unit, *given.key
        return any((unit, item, f, p) in self.lines for f in {field, ""} for p in {part, ""})

    def bars(self, unit: Unit, item: Item, *names: str) -> bool:
        """Whether one of these fields, the whole item or a cell that they are summed from is barred."""
        return unit.code in self._barred_of and self._touches(self._barred_of[unit.code], unit, item, names)

    def leaves_out(self, unit: Unit, item: Item, *names: str) -> bool:
        """Whether they are barred because the officer leaves out one of these cells."""
        out = self._left_out_of.get(unit.code)
        return out is not None and self._touches(out, unit, item, names)

    @cached_property
    def _barred_of(self) -> dict[str, set[_Figure]]:
        return _by_unit(self.barred)

    @cached_property
    def _left_out_of(self) -> dict[str, set[_Figure]]:
        return _by_unit(self.left_out)

    def _touches(self, figures: set[_Figure], unit: Unit, item: Item, names: tuple[str, ...]) -> bool:
        """Whether one of the unit's ``figures`` is one of these, or a cell that they are summed from."""
        code = item.code
        if (code, "") in figures or any((code, name) in figures for name in names):
            return True
        if not isinstance(item, Target):
            return False
        sources = (
            cell
            for name in names
            if (unit.code, code, name) not in self.overridden
            for cell in source_names(item, name)
        )
        return any(cell in figures or (cell[0], "") in figures for cell in sources)

    def excuses(self, unit: Unit, item: Item) -> bool:
        """Whether the officer has accepted that ``item`` does not concern ``unit``."""
        return (unit.code, item.code) in self.excused


def read_overridden(dataset: Dataset) -> frozenset[tuple[str, str, str]]:
    """Return unit, item and field of the sums that the officer has put a figure in the place of."""
    return frozenset(
        (o.unit, o.item, o.field)
        for unit in dataset.units
        for o in dataset.answers(unit.code).corrected
        if o.is_override and not o.part
    )


def read_standing(findings: Iterable[Finding], overridden: frozenset[tuple[str, str, str]]) -> Standing:
    """Sort out of ``findings`` those that decide about the use of a figure."""
    lines, out, excused = (
        set[tuple[str, str, str, str]](),
        set[tuple[str, str, str]](),
        set[tuple[str, str]](),
    )
    for f in findings:
        for figure in f.figures if f.bars else ():
            lines.add((f.unit, figure.item, figure.field, f.part))
            if f.state is FindingState.LEFT_OUT:
                out.add((f.unit, figure.item, figure.field))
        if f.code == not_applicable_claimed.code and f.state is FindingState.ACCEPTED:
            excused.add((f.unit, f.item))
    barred = frozenset(line[:3] for line in lines)
    return Standing(barred, frozenset(excused), frozenset(out), overridden, frozenset(lines))
