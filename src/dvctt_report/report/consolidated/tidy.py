"""Every answer as tidy CSV, and the year as JSON with a dictionary of its keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dvctt_report.dataset import Dataset
from dvctt_report.intake.reading_log import csv_bytes
from dvctt_report.model import Finding, Summary, Value
from dvctt_report.report.consolidated.answers import (
    COLUMNS,
    STATE_NAMES,
    answer_json,
    answer_row,
    answers,
)
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.manifest import build_manifest
from dvctt_report.summary.returns import return_lines
from dvctt_report.vietnamese import format_date, format_decimal


def answers_csv(dataset: Dataset, summary: Summary) -> bytes:
    """Return one row an answer as CSV that Excel opens in Vietnamese (UTF-8 with BOM).

    Whole numbers have no separators. Text that Excel would take for a formula gets an apostrophe in front.
    """
    rows = ([_csv_text(value) for value in answer_row(answer)] for answer in answers(dataset, summary))
    return csv_bytes([column.header for column in COLUMNS], rows)


def _csv_text(value: Value) -> str:
    if isinstance(value, Decimal):
        return format_decimal(value)
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else str(value)


def year_json(dataset: Dataset, summary: Summary, findings: Iterable[Finding], as_of: datetime) -> bytes:
    """Return the year as JSON: the dictionary, units, items, every answer, and what was judged and counted.

    Targets, figures, decisions and returns stand as in the manifest of a report, but for the cells, which are
    the ``answers``.
    """
    plan = dataset.profile.plan
    lines = return_lines(dataset, findings)
    manifest = build_manifest(dataset, summary, collect_figures(dataset, summary), lines, (), as_of)
    told = {
        "year": dataset.period.year,
        "as_of": manifest["as_of"],
        "dictionary": [{"key": c.key, "header": c.header, "meaning": c.meaning} for c in COLUMNS],
        "states": {state.value: name for state, name in STATE_NAMES.items()},
        "units": [{"unit": u.code, "name": u.name, "short_name": u.short_name} for u in dataset.units],
        "items": [{"item": i.code, "kind": i.kind, "label": i.label, "point": i.point} for i in plan.items],
        "indicators": [_without_cells(one) for one in manifest["indicators"]],
        "figures": [_without_cells(one) for one in manifest["figures"]],
        "returns": manifest["returns"],
        "overrides": manifest["overrides"],
        "acceptances": manifest["acceptances"],
        "answers": [answer_json(answer) for answer in answers(dataset, summary)],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _without_cells(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "cells"}
