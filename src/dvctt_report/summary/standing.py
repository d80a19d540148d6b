"""Which figures may be used: what open errors bar, and whom an accepted "Không áp dụng" excuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding, FindingState
from dvctt_report.plan.model import Item, Target, Unit
from dvctt_report.rows import source_names
from dvctt_report.rules.claims import not_applicable_claimed


@dataclass(frozen=True)
class Standing:
    """``barred``: unit, item, field ("" for all its fields); ``excused``: unit and item.

    ``left_out``: those of ``barred`` that the officer leaves out until their unit mends them.
    ``overridden``: unit, item and field of sums that the officer has put a figure in the place of, so that
    it no longer matters what is wrong with the cells beneath.
    """

    barred: frozenset[tuple[str, str, str]] = frozenset()
    excused: frozenset[tuple[str, str]] = frozenset()
    left_out: frozenset[tuple[str, str, str]] = frozenset()
    overridden: frozenset[tuple[str, str, str]] = frozenset()

    def bars(self, unit: Unit, item: Item, *names: str) -> bool:
        """Whether one of these fields, the whole item or a cell that they are summed from is barred."""
        return unit.code in self._with_barred and self._touches(self.barred, unit, item, names)

    def leaves_out(self, unit: Unit, item: Item, *names: str) -> bool:
        """Whether they are barred because the officer leaves out one of these cells."""
        return bool(self.left_out) and self._touches(self.left_out, unit, item, names)

    @cached_property
    def _with_barred(self) -> frozenset[str]:
        """The units of which anything is barred: few."""
        return frozenset(unit for unit, _, _ in self.barred)

    def _touches(
        self, figures: frozenset[tuple[str, str, str]], unit: Unit, item: Item, names: Iterable[str]
    ) -> bool:
        names = tuple(names)
        cells = [(item.code, name) for name in ("", *names)]
        if isinstance(item, Target):
            for name in names:
                if (unit.code, item.code, name) in self.overridden:
                    continue
                for source, of in source_names(item, name):
                    cells += [(source, ""), (source, of)]
        return any((unit.code, *cell) in figures for cell in cells)

    def excuses(self, unit: Unit, item: Item) -> bool:
        """Whether the officer has accepted that ``item`` does not concern ``unit``."""
        return (unit.code, item.code) in self.excused


def read_overridden(dataset: Dataset) -> frozenset[tuple[str, str, str]]:
    """Return unit, item and field of the sums that the officer has put a figure in the place of."""
    return frozenset(
        (o.unit, o.item, o.field)
        for unit in dataset.units
        if (found := dataset.effective(unit.code)) is not None
        for o in found.observations
        if o.is_override and not o.part
    )


def read_standing(findings: Iterable[Finding], overridden: frozenset[tuple[str, str, str]]) -> Standing:
    """Sort out of ``findings`` those that decide about the use of a figure."""
    kept = tuple(findings)
    return Standing(
        barred=frozenset((f.unit, figure.item, figure.field) for f in kept if f.bars for figure in f.figures),
        left_out=frozenset(
            (f.unit, figure.item, figure.field)
            for f in kept
            if f.bars and f.state is FindingState.LEFT_OUT
            for figure in f.figures
        ),
        excused=frozenset(
            (f.unit, f.item)
            for f in kept
            if f.code == not_applicable_claimed.code and f.state is FindingState.ACCEPTED
        ),
        overridden=overridden,
    )
