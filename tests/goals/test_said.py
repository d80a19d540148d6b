"""How a plan says its goals: what can't be is told with its place, in files and in the workbook's cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.files.cells import CellValue
from dvctt_report.forms.plan_book.codecs import LEVELS
from dvctt_report.plan.load import load_profile
from dvctt_report.text.errors import CannotRun
from tests.goals.conftest import BY_HAND, profile_folder


@pytest.mark.parametrize(("before", "after", "said"), BY_HAND["impossible"]["goals"])
def test_a_goal_that_can_not_be_is_told(before: str, after: str, said: str, tmp_path: Path) -> None:
    plan = profile_folder(tmp_path / "hồ sơ") / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    assert before in text
    plan.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CannotRun) as told:
        load_profile(plan.parent)
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("cell", "levels"),
    [
        (Decimal(95), [{"at_least": Decimal(95)}]),
        ("95%", [{"at_least": Decimal(95)}]),
        ("Tối thiểu 82,5 %", [{"at_least": Decimal("82.5")}]),
        ("≤ 5", [{"at_most": Decimal(5)}]),
        ("tối đa 5%", [{"at_most": Decimal(5)}]),
        ("> 60", [{"more_than": Decimal(60)}]),
        ("dưới 10", [{"less_than": Decimal(10)}]),
        ("Nhóm so, vp: 70\nnhóm xa: trên 55", [
            {"groups": ["so", "vp"], "at_least": Decimal(70)}, {"groups": ["xa"], "more_than": Decimal(55)},
        ]),
        ("nhóm so: 70; nhóm xa: 55", [
            {"groups": ["so"], "at_least": Decimal(70)}, {"groups": ["xa"], "at_least": Decimal(55)},
        ]),
        ("tăng 10 so với năm 2025", [{"growth": Decimal(10), "base_year": 2025}]),
        ("30/6/2026", [{"by": date(2026, 6, 30)}]),
        (date(2026, 6, 30), [{"by": date(2026, 6, 30)}]),
        ("tăng 7,5% so với 1.205 năm 2025", [{"growth": Decimal("7.5"), "base": 1205, "base_year": 2025}]),
        ('"đa số"', [{"words": "đa số"}]),
        ("đến 30/6/2026", [{"by": date(2026, 6, 30)}]),
    ],
)  # fmt: skip
def test_a_cell_says_levels_as_an_officer_writes_them(cell: CellValue, levels: list[dict[str, Any]]) -> None:
    assert LEVELS.from_cell(cell) == levels


@pytest.mark.parametrize("cell", ["cao", "80 hoặc 90", Decimal("0.95"), "xã: 70", "tăng 10%", True, "“”"])
def test_a_cell_that_says_no_level_is_a_question(cell: CellValue) -> None:
    with pytest.raises(ValueError, match=r"mức|nhóm|phần trăm"):
        LEVELS.from_cell(cell)
