"""The page on how a plan is written: each of its tables is rows of the workbook that make a plan."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from dvctt_report.forms.plan_book.codecs import LEVELS
from dvctt_report.forms.plan_book.sheets import TABLES, BookTable
from dvctt_report.plan.items import Item, PlanSection
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.references import check_references
from dvctt_report.text.resources import resource_path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "ke-hoach.md"
LISTED = {"listing": "columns", "channel": "measures", "funding": "measures"}
ITEM = TypeAdapter(Item)


def rows_of(table: BookTable) -> list[dict[str, Any]]:
    """The rows that the page shows of a sheet, read as the workbook's cells are."""
    columns = {column.header: column for column in table.columns}
    lines = PAGE.read_text(encoding="utf-8").partition(f"**Trang “{table.title}”**")[2].splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("|"))
    end = next((n for n in range(start, len(lines)) if not lines[n].startswith("|")), len(lines))
    heads, _, *given = ([c.strip() for c in line.strip("|").split("|")] for line in lines[start:end])
    found = []
    for cells in given:
        row: dict[str, Any] = {"kind": table.kinds[0]} if len(table.kinds) == 1 else {}
        for head, cell in zip(heads, cells, strict=True):
            if cell and (level := re.fullmatch(r"Mức năm (\d+)", head)):
                row["thresholds"] = [{"year": int(level[1]), **one} for one in LEVELS.from_cell(cell)]
            elif cell:
                row[columns[head].field] = columns[head].codec.from_cell(cell)
        found.append(row)
    return found


def test_the_rows_of_the_page_make_a_plan() -> None:
    sheets = {
        table.title: rows_of(table) for table in TABLES if f"“{table.title}”" in PAGE.read_text("utf-8")
    }
    asked: dict[str, list[dict[str, Any]]] = {}
    for row in sheets.pop("Số liệu hỏi"):
        asked.setdefault(row.pop("item"), []).append(row)
    sections = tuple(PlanSection.model_validate(row) for row in sheets.pop("Đề mục báo cáo"))
    rows = [row for table in sheets.values() for row in table]
    for row in rows:
        if row["kind"] in LISTED:
            row[LISTED[row["kind"]]] = asked[row["code"]]
    items = tuple(map(ITEM.validate_python, rows))
    whole = load_profile(resource_path("templates") / "minh-hoa-cai-cach-hanh-chinh")
    groups = tuple(group.model_copy(update={"own": ("A*", "B*")}) for group in whole.roster.groups)
    plan = whole.plan.model_copy(update={"items": items, "sections": sections})
    roster = whole.roster.model_copy(update={"groups": groups})
    assert list(check_references(plan, roster)) == []
    assert {item.kind for item in items} == {
        *("target", "topic", "channel", "funding", "listing", "prose", "task")
    }
    assert {item.measure for item in plan.targets} == {
        *("flow", "stock", "count", "yes_no", "milestone", "score", "rank")
    }
