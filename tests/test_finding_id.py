"""The name of a finding lasts as long as the fault does."""

from __future__ import annotations

from dataclasses import replace

from dvctt_report.finding_id import finding_id
from dvctt_report.model import CellRef, Finding, Severity

FINDING = Finding(
    "SL02",
    Severity.ERROR,
    "tử số 12 lớn hơn mẫu số 10",
    unit="SO-TC",
    item="T10",
    field="online",
    at=CellRef("a.xlsx", "01-A", "G14"),
    value="12",
)


def test_a_finding_keeps_its_name_in_another_file_and_cell() -> None:
    moved = replace(FINDING, at=CellRef("lan-2/b.xlsx", "01-A", "G15"), fix="Sửa")
    assert finding_id(moved) == finding_id(FINDING)
    assert finding_id(FINDING).startswith("SL02-")
    assert len(finding_id(FINDING)) == len("SL02-") + 6


def test_another_value_unit_item_or_field_is_another_finding() -> None:
    others = (
        replace(FINDING, value="13"),
        replace(FINDING, unit="SO-YT"),
        replace(FINDING, item="T12"),
        replace(FINDING, field="total"),
        replace(FINDING, message="tử số 13 lớn hơn mẫu số 10"),
    )
    assert len({finding_id(one) for one in (FINDING, *others)}) == 1 + len(others)


def test_findings_of_files_without_a_unit_are_told_apart_by_the_file() -> None:
    one, other = (replace(FINDING, unit="", at=CellRef(file)) for file in ("a.xlsx", "b.xlsx"))
    assert finding_id(one) != finding_id(other)
