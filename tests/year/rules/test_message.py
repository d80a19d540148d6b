"""A finding as a line: where, what, what to do, with the places that are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.model import CellRef, Finding, Severity
from dvctt_report.year.rows import format_cells
from dvctt_report.year.rules import format_finding
from tests.year.rules.tables import dataset, profile


def line(**facts: Any) -> str:
    finding = replace(Finding("SL99", Severity.ERROR, "không rõ"), **facts)
    return format_finding(finding, profile())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"unit": "A"}, "SL99 · Cơ quan A: không rõ."),
        ({"unit": "ZZ"}, "SL99 · ZZ: không rõ."),
        ({"at": CellRef("a/b.xlsx")}, "SL99 · a/b.xlsx: không rõ."),
        ({}, "SL99: không rõ."),
        ({"unit": "A", "at": CellRef("a.xlsx", "Bìa", "C4")}, "SL99 · Cơ quan A · Bìa · ô C4: không rõ."),
        (
            {"unit": "A", "at": CellRef("a.xlsx", "01-A số liệu", "G14")},
            "SL99 · Cơ quan A · Biểu 01-A · ô G14: không rõ.",
        ),
        ({"unit": "A", "fix": "Sửa lại"}, "SL99 · Cơ quan A: không rõ. Sửa lại."),
        ({"unit": "A", "message": "Đúng chưa?", "fix": "Hỏi."}, "SL99 · Cơ quan A: Đúng chưa? Hỏi."),
    ],
)
def test_a_finding_names_the_places_that_are_known(facts: dict[str, object], expected: str) -> None:
    assert line(**facts) == expected


def test_a_cell_of_another_sheet_is_named_with_its_sheet() -> None:
    of = dataset("unit 9 | item | resolved_total\nA | HS.T | 5\nunit | item | total\nA | T10 | 5")
    total = of.observation("A", "T10", "total")
    source = of.observation("A", "HS.T", "resolved_total")
    assert format_cells(total, source, None, otherwise="") == "ô F8 hoặc D9 (Biểu 03)"
    assert format_cells(None, otherwise="hai số này") == "hai số này"
