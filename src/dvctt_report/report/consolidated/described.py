"""What the exported CSV files hold, for programs of others: a Data Package (frictionless, version 1).

The standard is a handful of keys; the library that checks them asks for more than this project ships.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from dvctt_report.report.consolidated.answers import COLUMNS
from dvctt_report.vietnamese import format_date
from dvctt_report.year import Year

DESCRIPTION = "datapackage.json"
"""The name that the standard gives the file."""
VIETNAM = timezone(timedelta(hours=7))
"""The standard wants a moment with its zone."""
IDENTIFIER = "Mã định danh điện tử"
"""The column of official identifiers in the file of units."""
_RATE = "Tỷ lệ = tổng số đã thực hiện / tổng số của các đơn vị có đủ số liệu; không lấy trung bình tỷ lệ."


def package_json(
    year: Year, answers_file: str, units_file: str, as_of: datetime, notice: Iterable[str]
) -> bytes:
    """Describe both files: fields with their meaning and unit, how rates are formed, the period."""
    plan, period = year.profile.plan, year.period
    answer_fields = (_field(column.header, "string", column.meaning) for column in COLUMNS)
    told = {
        "profile": "tabular-data-package",
        "name": f"dvctt-{plan.code}-{period}".lower(),
        "title": f"{plan.short_title}, {period.words}",
        "description": " ".join((*notice, _RATE)),
        "created": as_of.replace(tzinfo=VIETNAM).isoformat(timespec="seconds"),
        "period": {
            "key": str(period),
            "first": format_date(plan.period.start(period)),
            "last": format_date(plan.period.cut_off(period)),
        },
        "resources": [
            _resource("so-lieu", answers_file, answer_fields, ()),
            _resource("muc-tieu-don-vi", units_file, _unit_fields(year), ("Mã đơn vị",)),
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(name: str, path: str, fields: Iterable[dict[str, str]], key: tuple[str, ...]) -> dict[str, Any]:
    schema = {"fields": [*fields], "missingValues": [""]} | ({"primaryKey": [*key]} if key else {})
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _unit_fields(year: Year) -> Iterable[dict[str, str]]:
    """The columns of each target by its code: counts with what is counted, and how they stand."""
    targets = year.profile.plan.targets_by_code
    yield _field("Mã đơn vị", "string", "Mã đơn vị trong danh sách của tỉnh")
    yield _field("Đơn vị", "string", "Tên đơn vị")
    meaning = "Mã theo Quyết định số 20/2020/QĐ-TTg tại ngày chốt số liệu; nhiều mã cách nhau bằng “;”"
    yield _field(IDENTIFIER, "string", f"{meaning}, trống là chưa biết")
    for result in year.summary.results:
        target = targets[result.item]
        said = f"{target.title} ({target.point})"
        yield _field(f"{result.item}: Tổng số", "string", f"{said}; đơn vị tính: {target.counted}")
        yield _field(f"{result.item}: Đã thực hiện", "string", f"{said}; đơn vị tính: {target.counted}")
        yield _field(f"{result.item}: Tình trạng", "string", f"{said}: vì sao có hoặc không có số liệu")


def _field(name: str, kind: str, meaning: str) -> dict[str, str]:
    return {"name": name, "type": kind, "description": meaning}
