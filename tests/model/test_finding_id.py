"""The name of a finding lasts as long as the fault does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.model import CellRef, Finding, Observation, Severity, State, finding_id, part_at

AT = CellRef("a.xlsx", "01-A", "G14")
SAID = ("tử số 12 lớn hơn mẫu số 10", "")
FINDING = Finding("SL02", Severity.ERROR, *SAID, "SO-TC", "T10", "online", AT, "12")


def test_a_finding_keeps_its_name_in_another_file_and_cell() -> None:
    moved = replace(FINDING, at=CellRef("lan-2/b.xlsx", "01-A", "G15"), fix="Sửa")
    assert finding_id(moved) == finding_id(FINDING)
    assert finding_id(FINDING).startswith("SL02-")
    assert len(finding_id(FINDING)) == len("SL02-") + 6


def test_another_value_unit_item_field_commune_or_file_without_a_unit_is_another_finding() -> None:
    others = (
        replace(FINDING, value="13"),
        replace(FINDING, unit="SO-YT"),
        replace(FINDING, item="T12"),
        replace(FINDING, field="total"),
        replace(FINDING, message="tử số 13 lớn hơn mẫu số 10"),
        *(replace(FINDING, part=part) for part in ("Xã Một", "Xã Hai")),
        *(replace(FINDING, unit="", at=CellRef(file)) for file in ("a.xlsx", "b.xlsx")),
    )
    assert len({finding_id(one) for one in (FINDING, *others)}) == 1 + len(others)


def test_that_a_name_was_asked_for_is_no_part_of_a_finding() -> None:
    asked = replace(FINDING)
    name = finding_id(asked)
    assert (asked, hash(asked), repr(asked)) == (FINDING, hash(FINDING), repr(FINDING))
    assert finding_id(replace(asked, value="13")) != name == finding_id(asked)


@pytest.mark.parametrize(("part", "said"), [("Xã Một", "Xã Một"), ("3", ""), ("", "")])
def test_the_part_of_a_finding_is_the_commune_whose_cell_it_is(part: str, said: str) -> None:
    at = CellRef("a.xlsx", "Chi tiết theo xã", "F9")
    answers = [
        Observation("BAI", "T1", "done", 47, State.GIVEN, at=at, part=part),
        Observation("BAI", "T1", "done", 50, State.GIVEN, at=replace(at, cell="F10"), part="Xã Hai"),
    ]
    assert part_at(answers, at) == said
    assert part_at(answers, replace(at, cell="F11")) == part_at(answers, CellRef("a.xlsx")) == ""
    assert part_at(answers, None) == ""
