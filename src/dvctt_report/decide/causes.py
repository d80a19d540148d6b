"""Which findings have one cause: those that doubt one figure of a unit, or a figure summed from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from dvctt_report.model import Finding, Key
from dvctt_report.model.codes import CODES, Asked
from dvctt_report.plan.fields import fields
from dvctt_report.report.ways import Way, ways_of
from dvctt_report.text.grouping import by_key
from dvctt_report.year.dataset import Dataset

Cause: TypeAlias = tuple[Finding, ...]
_OF_ONE_ALONE = frozenset((Way.NOT_APPLICABLE, Way.KEEP))
"""Decisions that answer one finding: what a unit claims, what the officer decided before."""


@dataclass(frozen=True)
class Doubt:
    """Findings that one of ``ways`` settles, the gravest first; ``cells``: the figures that they doubt."""

    findings: Cause
    cells: frozenset[Key]
    ways: tuple[Way, ...]

    def has_cause_of(self, other: Doubt) -> bool:
        """Whether both doubt one figure and a decision is possible that holds for all."""
        rows = by_key(((cell.part, cell.item), cell.field) for cell in other.cells)
        if not any(
            field == cell.field or not (field and cell.field)  # a field "" is all of its row
            for cell in self.cells
            for field in rows.get((cell.part, cell.item), ())
        ):
            return False
        answers_one = _OF_ONE_ALONE.intersection((*self.ways, *other.ways))
        return bool(_common(self.ways, other.ways)) and not answers_one


def by_cause(dataset: Dataset, findings: Iterable[Finding]) -> list[Doubt]:
    """Put together what one decision settles, the gravest first; what stands alone is a cause by itself."""
    by_unit: dict[str, list[Doubt]] = {}
    for found in findings:
        doubt = Doubt((found,), frozenset(_cells(dataset, found)), ways_of(dataset, found))
        apart = []
        for other in by_unit.get(found.unit, ()):
            if other.has_cause_of(doubt):
                findings, ways = (*other.findings, *doubt.findings), _common(other.ways, doubt.ways)
                doubt = Doubt(findings, other.cells | doubt.cells, ways)
            else:
                apart.append(other)
        by_unit[found.unit] = [*apart, doubt]
    return [
        replace(doubt, findings=tuple(sorted(doubt.findings, key=lambda f: f.severity.rank)))
        for doubts in by_unit.values()
        for doubt in doubts
    ]


def _common(ways: tuple[Way, ...], others: tuple[Way, ...]) -> tuple[Way, ...]:
    return tuple(way for way in ways if way in others)


def _cells(dataset: Dataset, found: Finding) -> Iterator[Key]:
    """The figures that a finding doubts, and those that they are summed from; none where no unit is asked."""
    if not found.unit or CODES[found.code].settled.asked is not Asked.UNIT:
        return
    items = dataset.profile.plan.items_by_code
    for figure in found.figures:
        yield Key(figure.item, figure.field, found.part)
        specs = fields(items[figure.item]) if figure.item in items else ()
        for source in (s for spec in specs if spec.code == figure.field for s in spec.sources):
            item, _, name = source.rpartition(".")
            yield Key(item, name)
