"""A cell with its answer, as the manifest writes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dvctt_report.model import Observation, Override
from dvctt_report.personal import masked


def cell_json(found: Observation) -> dict[str, Any]:
    """Write where a figure stands, what it is, what the cell held and how that was read."""
    at = found.at
    return {
        "unit": found.unit,
        "field": found.field,
        "value": _value(found.value),
        "state": found.state.value,
        "file": at.file if at else "",
        "sheet": at.sheet if at else "",
        "cell": at.cell if at else "",
        "raw": masked(found.raw) if isinstance(found.value, str) else found.raw,
        "reading": found.reading,
        "part": found.part,
    } | ({"override": override_json(found.override)} if found.override else {})


def override_json(put: Override) -> dict[str, Any]:
    """Write the figure that the officer put in the place of the unit's own, and why."""
    return {
        "field": put.field,
        "part": put.part,
        "text": put.text,
        "over": put.over,
        "reason": put.reason,
        "document": put.document,
        "who": put.who,
        "when": put.when.isoformat(),
    }


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return masked(value) if isinstance(value, str) else value
