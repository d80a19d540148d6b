"""The one source that decides about a target, others are never mixed in; the fields that it is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dvctt_report.plan.model import Item, Survey, Target

Cell = tuple[str, str]
"""Item and field."""


@dataclass(frozen=True, slots=True)
class TargetField:
    """One field of procedures of a target that is summed from several."""

    target: Target
    """The target of this field alone: a code of its own (T12a.1), named by the field."""
    total: Cell
    done: Cell


def survey_sources(target: Target, items: Mapping[str, Item]) -> tuple[str, ...]:
    """Name the surveys that the figures of ``target`` are summed from; a sound plan has one at most."""
    named = (name.rpartition(".")[0] for name in (*target.total_sources, *target.done_sources))
    found = (items.get(code) for code in named)
    return tuple(dict.fromkeys(item.source for item in found if isinstance(item, Survey)))


def target_fields(target: Target, items: Mapping[str, Item]) -> tuple[TargetField, ...]:
    """Return the fields that ``target`` is summed from, in the plan's order; () where it isn't by field.

    A field is a survey that gives both its total and its numerator.
    """
    cells = [(_cell(t), _cell(d)) for t, d in zip(target.total_sources, target.done_sources, strict=False)]
    fields = []
    for n, (total, done) in enumerate(cells, 1):
        survey = items.get(total[0])
        if not isinstance(survey, Survey) or total[0] != done[0]:
            return ()
        told = {"code": f"{target.code}.{n}", "label": survey.area, "print_as": survey.area, "control": None}
        fields.append(TargetField(target.model_copy(update=told), total, done))
    return tuple(fields) if len(fields) > 1 else ()


def _cell(source: str) -> Cell:
    item, _, field = source.rpartition(".")
    return item, field
