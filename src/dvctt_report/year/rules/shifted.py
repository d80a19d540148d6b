"""A row of dossiers pasted one column beside its own: one finding in place of every sum it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from dvctt_report.model import Observation
from dvctt_report.model.answers import amount
from dvctt_report.plan.fields import DOSSIER_FIELDS, DOSSIER_SUMS, FIRST_DOSSIER_COLUMN
from dvctt_report.plan.model import Dossier, Item, Unit
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import asked, format_cells
from dvctt_report.year.rules.rule import RuleFault, contradicted, rule

FIELDS = tuple(spec.code for spec in DOSSIER_FIELDS)
_SUMS = tuple((FIELDS.index(total), tuple(map(FIELDS.index, parts))) for total, parts in DOSSIER_SUMS)
_LEAST = 2
"""Sums that have to be wrong as the row stands, and right, of something, as it would be moved back. One
alone is a slip of the pen (cases HS01 to HS04); a row moved to the left keeps two of its totals."""

Figures = Sequence[int | None]


@rule("HS05")
def row_beside_its_columns(dataset: Dataset) -> Iterator[RuleFault]:
    """Report rows whose sums are all right once their figures are moved by one column."""
    for unit, item in asked(dataset, Dossier):
        first = find_shift(dataset, unit, item)
        if first is None:
            continue
        start, *others = (o for o in _row(dataset, unit, item)[first:] if amount(o) is not None)
        yield contradicted(
            start,
            f"các số từ cột ({first + FIRST_DOSSIER_COLUMN}) trở đi lệch một cột, chuyển lại một cột thì mọi "
            "tổng đều khớp",
            f"Chép lại dòng này vào đúng cột, từ {format_cells(start, otherwise='ô này')}.",
            *others,
        )


def find_shift(dataset: Dataset, unit: Unit, item: Dossier) -> int | None:
    """Return the first column of a row of dossiers that stands one beside its own; None where none does."""
    figures = [amount(o) for o in _row(dataset, unit, item)]
    if sum(held is False for held in _holds(figures)) < _LEAST:
        return None
    for first, to_the_right in product(range(len(figures)), (True, False)):
        moved = list(_moved_back(figures, first, to_the_right))
        held = _holds(moved)
        told = sum(h is True and bool(moved[total]) for h, (total, _) in zip(held, _SUMS, strict=True))
        if False not in held and told >= _LEAST:
            return first
    return None


def _row(dataset: Dataset, unit: Unit, item: Item) -> list[Observation | None]:
    return [dataset.observation(unit.code, item.code, field) for field in FIELDS]


def _moved_back(figures: Figures, first: int, to_the_right: bool) -> Figures:
    """The figures from ``first`` on, moved back by one; what fell off at the end isn't known any more."""
    before, behind = list(figures[:first]), list(figures[first:])
    return [*before, *behind[1:], None] if to_the_right else [*before, None, *behind[:-1]]


def _holds(figures: Figures) -> list[bool | None]:
    """Whether each sum is right; None where a figure of it isn't known and it may be."""
    return [_hold(figures[total], [figures[part] for part in parts]) for total, parts in _SUMS]


def _hold(total: int | None, parts: Figures) -> bool | None:
    known = [part for part in parts if part is not None]
    if total is None:
        return None
    if len(known) < len(parts):
        return None if sum(known) <= total else False
    return total == sum(known)
