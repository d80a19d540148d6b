"""Every answer, and units against targets, as CSV; the year as JSON with a dictionary of its keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dvctt_report.consolidated.answers import COLUMNS, answer_json, answer_row, answers
from dvctt_report.files.manifests import without_cells
from dvctt_report.intake.reading import csv_bytes, csv_pieces
from dvctt_report.model import State, Value
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.manifest import lay_out
from dvctt_report.report.trace import left_out_json
from dvctt_report.text.packed import Packed
from dvctt_report.text.vietnamese import format_date, format_decimal
from dvctt_report.year.year import Year


def answers_csv(year: Year) -> Packed:
    """Return one row an answer as CSV that Excel opens in Vietnamese (UTF-8 with BOM).

    Whole numbers have no separators. Text that Excel would take for a formula gets an apostrophe in front.
    """
    rows = ([_csv_text(value) for value in answer_row(answer)] for answer in answers(year))
    return Packed(csv_pieces([column.header for column in COLUMNS], rows))


IDENTIFIER = "Mã định danh điện tử"
"""The column of official identifiers in the file of units."""
_CROSSED = {"total": "Tổng số", "done": "Đã thực hiện", "standing": "Tình trạng"}
"""What stands of each target in a unit's row: its counts, and how they stand. A rate adds up to nothing."""


def units_csv(year: Year) -> bytes:
    """Each unit with its counts for every target as CSV; what isn't asked or has no figure is empty."""
    asked = [(name, result.item) for result in year.summary.results for name in _CROSSED]
    wide = (
        year.to_frame()
        .pivot(index="unit", columns="item", values=[*_CROSSED])
        .reindex(index=[unit.code for unit in year.units], columns=asked)
        .astype(object)
        .where(lambda table: table.notna(), "")
    )
    day = year.profile.plan.period.cut_off(year.period)
    heads = ["Mã đơn vị", "Đơn vị", IDENTIFIER, *(f"{item}: {_CROSSED[name]}" for name, item in asked)]
    named = zip(year.units, wide.itertuples(index=False, name=None), strict=True)
    return csv_bytes(
        heads,
        ([unit.code, unit.short_name, unit.identified(day), *map(_csv_text, cells)] for unit, cells in named),
    )


def _csv_text(value: Value) -> str:
    if isinstance(value, Decimal):
        return format_decimal(value)
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else str(value)


def year_json(year: Year, as_of: datetime, notice: Iterable[str]) -> Packed:
    """Return the year as JSON: the dictionary, units, items, every answer, and what was judged and counted.

    Targets, figures, decisions and returns stand as in the manifest of a report, but for the cells, which are
    the ``answers``.
    """
    plan = year.profile.plan
    manifest = lay_out(year, collect_figures(year), (), as_of)
    units = []
    for unit in year.units:
        known = [one.model_dump(mode="json") for one in unit.identifiers]
        names = {"unit": unit.code, "name": unit.name, "short_name": unit.short_name}
        units.append(names | ({"identifiers": known} if known else {}))
    indicators = []
    for indicator in map(without_cells, manifest["indicators"]):
        is_told = indicator["coverage"]["reported"] or indicator["numerator"] or indicator["denominator"]
        indicators.append(indicator if is_told else indicator | {"numerator": None, "denominator": None})
    told = {
        **year.period.as_json(),
        "as_of": manifest["as_of"],
        "notice": [*notice],
        "dictionary": [{"key": c.key, "header": c.header, "meaning": c.meaning} for c in COLUMNS],
        "states": {state.value: state.word for state in State},
        "units": units,
        "items": [{"item": i.code, "kind": i.kind, "label": i.label, "point": i.point} for i in plan.items],
        "indicators": indicators,
        "figures": [without_cells(one) for one in manifest["figures"]],
        "returns": manifest["returns"],
        "overrides": manifest["overrides"],
        "acceptances": manifest["acceptances"],
        "left_out": left_out_json(year),
    }
    return Packed(_json_pieces(told, "answers", map(answer_json, answers(year))))


def _json_pieces(told: Mapping[str, Any], name: str, entries: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Write ``told`` and, last in it under ``name``, ``entries`` one by one."""
    yield _json(told).removesuffix("\n}").encode()
    before = f",\n {_json(name)}: [\n  "
    for entry in entries:
        yield (before + _json(entry).replace("\n", "\n  ")).encode()
        before = ",\n  "
    yield b"\n ]\n}\n" if before == ",\n  " else f",\n {_json(name)}: []\n}}\n".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=float)
