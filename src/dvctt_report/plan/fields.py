"""What is asked about each kind of item: the fields that form, reader, rules and report share.

The codes stand in the form's hidden keys and in every Observation; they are never reused for another meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Final

from dvctt_report.plan import model
from dvctt_report.plan.model import FieldKind, FieldSpec, Item, Plan, Target
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import key

YES = "Có"
NO = "Không"
DONE = "Đã thực hiện"
ONGOING = "Đang thực hiện"
NOT_DONE = "Chưa thực hiện"

NUMBER_NAMES = {"total": "tổng số", "done": "số đã thực hiện"}
"""What the two figures of a target are called in a sentence."""

STATUS_GIVEN = "Có số liệu"
STATUS_NONE_ARISING = "Không phát sinh"
STATUS_NOT_AVAILABLE = "Chưa có số liệu"
STATUS_NOT_APPLICABLE = "Không áp dụng"
STATUS_WITHHELD = "Không cung cấp"


ASKED: Final[dict[str, tuple[FieldSpec, ...]]] = {
    kind: tuple(FieldSpec(**said) for said in rows)
    for kind, rows in parse_toml(read_text(PACKAGE / "plan" / "fields.toml")).items()
}
"""What is asked about each kind of item, and about the return itself, where no plan says it."""
DOSSIER_FIELDS, SURVEY_FIELDS = ASKED["dossier"], ASKED["survey"]
DOSSIER_SUMS = (
    ("received_total", ("received_online", "received_direct", "carried_over")),
    ("resolved_total", ("resolved_early", "resolved_on_time", "resolved_late")),
    ("pending_total", ("pending_in_time", "pending_late")),
    ("received_total", ("resolved_total", "pending_total")),
)
"""Which of these columns others have to come to."""
FIRST_DOSSIER_COLUMN = 3
"""The number that the form prints above the first of them."""

DIGITS = 16
"""Hexadecimal digits of a definition's name."""
_YEAR = re.compile(r"\b20\d\d\b")
"""A question names the year it is asked for; it counts the same in each."""


def fields(item: Item) -> tuple[FieldSpec, ...]:
    """Return the fields asked about ``item``, in the form's order; empty where nothing is asked."""
    match item:
        case Target() if item.same_as:
            return ()
        case Target() if item.measure == "milestone":
            return ASKED["milestone"]
        case Target():
            kind: FieldKind = "decimal" if item.measure == "score" else "count"
            sources = item.total_sources, item.done_sources
            return _target_fields(
                item.asked_as, item.choices, item.unit_of_count, sources, item.pending, kind
            )
        case model.Topic() | model.Task() | model.Dossier() | model.Survey():
            return ASKED[item.kind]
        case model.Channel() | model.Funding():
            return item.measures
        case model.Prose():
            return _prose_fields(item.label)
        case model.Listing():
            return item.columns


def field_of(item: Item, code: str) -> FieldSpec | None:
    """Return the field of that code asked about ``item``; None where it is not asked."""
    return next((spec for spec in fields(item) if spec.code == code), None)


def field_label(item: Item, code: str) -> str:
    """What that field of an item is called; "" where the item has none."""
    spec = field_of(item, code)
    return spec.label if spec is not None else ""


def required_fields(item: Item, asked: Collection[Item]) -> tuple[str, ...]:
    """The fields of ``item`` that a unit has to fill in, of all that it is ``asked``; of funding any of them.

    The form's line counts them, and a row in which all are blank is a fault. What may be empty: ticks,
    channels not used, lists, prose, tasks that other answers show, sums, and rows of dossiers and surveys
    that no target of the unit is summed from.
    """
    match item:
        case Target() if not item.same_as:
            own = {one.code for one in asked}
            return tuple(
                f for f in DECIDING[item.asked_as] if own.isdisjoint(dict(item.summed_from.get(f, ())))
            )
        case model.Dossier() | model.Survey():
            ratios = (t for t in asked if isinstance(t, Target) and t.asked_as == "ratio" and not t.same_as)
            used = {
                source for target in ratios for cells in target.summed_from.values() for source, _ in cells
            }
            return tuple(f.code for f in fields(item)) if item.code in used else ()
        case model.Task() if not item.derived_from:
            return ("status",)
        case model.Funding() if not all(f.optional for f in item.measures):
            return tuple(f.code for f in item.measures)
    return ()


DECIDING: Mapping[str, tuple[str, ...]] = {
    "answer": ("answer",),
    "count": ("done",),
    "ratio": ("total", "done"),
}
"""The fields that the figure of a target is made of, by how it is asked."""


@lru_cache(maxsize=1024)
def _target_fields(
    asked_as: str,
    choices: tuple[str, ...],
    unit: str,
    sources: tuple[tuple[str, ...], tuple[str, ...]],
    pending: str,
    kind: FieldKind,
) -> tuple[FieldSpec, ...]:
    """The fields of a target; ``sources``: the cells that its total and its numerator are summed from."""
    specs = []
    for spec in ASKED[asked_as]:
        own: dict[str, object] = {"choices": choices} if spec.choices and choices else {}
        if spec.kind == "count":
            summed = dict(zip(("total", "done"), sources, strict=True)).get(spec.code, ())
            label = pending if spec.code == "pending" else spec.label
            own = {"kind": kind, "unit": unit, "sources": summed, "label": label}
        if spec.code != "pending" or pending:
            specs.append(spec.model_copy(update=own))
    return tuple(specs)


@lru_cache(maxsize=1024)
def _prose_fields(label: str) -> tuple[FieldSpec, ...]:
    return (FieldSpec(code="text", label=label, kind="text", optional=True),)


def definition(plan: Plan, item: Item) -> str:
    """Name what the figures of ``item`` count; spelling, years, titles, levels don't change the name."""
    counted = [item.kind, *(f"{spec.code} {spec.kind} {spec.unit} {spec.sources}" for spec in fields(item))]
    if isinstance(item, Target):
        other = plan.items_by_code.get(item.same_as, item)
        asked = other if isinstance(other, Target) else item
        counted += (asked.measure, asked.unit_of_count, asked.total, asked.done, asked.question)
        counted += (asked.answered_by, asked.by_part, asked.part_of, asked.within)
        counted += (f"each {asked.each}",) if asked.each else ()
        lists = (asked.choices, asked.choices_outside, asked.total_sources, asked.done_sources)
        counted += map("|".join, lists)
    return sha256(_YEAR.sub("", "\n".join(map(key, counted))).encode()).hexdigest()[:DIGITS]
