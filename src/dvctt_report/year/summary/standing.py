"""Which figures may be used: what open errors bar, and whom an accepted "Không áp dụng" excuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from dvctt_report.model import Finding, FindingState, Observation
from dvctt_report.plan.model import Item, Target, Unit
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import source_names
from dvctt_report.year.rules.claims import not_applicable_claimed

Figures: TypeAlias = frozenset[tuple[str, str, str]]
"""Unit, item and field of each; the field "" for all fields of the item."""


@dataclass(frozen=True)
class Standing:
    """Which figures are barred, and which units needn't give any.

    barred: unit, item, field ("" for all its fields).
    excused: unit and item of what the officer has accepted not to concern the unit.
    left_out: those of ``barred`` that the officer leaves out until their unit mends them.
    overridden: sums that the officer has put a figure in the place of, so that it no longer matters what is
        wrong with the cells beneath.
    lines: unit, item, field and the line of a list or commune that the bar is about, "" for all.
    """

    barred: Figures = frozenset()
    excused: frozenset[tuple[str, str]] = frozenset()
    left_out: Figures = frozenset()
    overridden: Figures = frozenset()
    lines: frozenset[tuple[str, str, str, str]] = frozenset()

    def bars_answer(self, given: Observation) -> bool:
        """Whether this very answer is barred, one line of a list among others that are not."""
        unit, item, field, part = given.unit, *given.key
        return any((unit, item, f, p) in self.lines for f in {field, ""} for p in {part, ""})

    def bars(self, unit: Unit, item: Item, *names: str) -> bool:
        """Whether one of these fields, the whole item or a cell that they are summed from is barred."""
        return self._touches(self.barred, unit, item, names)

    def leaves_out(self, unit: Unit, item: Item, *names: str) -> bool:
        """Whether they are barred because the officer leaves out one of these cells."""
        return self._touches(self.left_out, unit, item, names)

    def _touches(self, figures: Figures, unit: Unit, item: Item, names: tuple[str, ...]) -> bool:
        """Whether one of ``figures`` is one of these of the unit, or a cell that they are summed from."""
        whose, code = unit.code, item.code
        if any((whose, code, name) in figures for name in ("", *names)):
            return True
        if not isinstance(item, Target) or not figures:
            return False
        summed = (name for name in names if (whose, code, name) not in self.overridden)
        sources = (cell for name in summed for cell in source_names(item, name))
        return any((whose, of, field) in figures or (whose, of, "") in figures for of, field in sources)


def read_overridden(dataset: Dataset) -> Figures:
    """Return unit, item and field of the sums that the officer has put a figure in the place of."""
    return frozenset(
        (o.unit, o.item, o.field)
        for unit in dataset.units
        for o in dataset.answers(unit.code).made.values()  # packed ones are the unit's own
        if o.is_override and not o.part
    )


def read_standing(findings: Iterable[Finding], overridden: Figures) -> Standing:
    """Sort out of ``findings`` those that decide about the use of a figure."""
    lines, out = set[tuple[str, str, str, str]](), set[tuple[str, str, str]]()
    excused = set[tuple[str, str]]()
    for f in findings:
        for figure in f.figures if f.bars else ():
            lines.add((f.unit, figure.item, figure.field, f.part))
            if f.state is FindingState.LEFT_OUT:
                out.add((f.unit, figure.item, figure.field))
        if f.code == not_applicable_claimed.code and f.state is FindingState.ACCEPTED:
            excused.add((f.unit, f.item))
    barred = frozenset(line[:3] for line in lines)
    return Standing(barred, frozenset(excused), frozenset(out), overridden, frozenset(lines))
