"""The units' own words: every line once, by topic and unit, in a sheet of the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from dvctt_report.consolidated.workbook import consolidated_bytes, opinions_table
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.plan.phrases import Phrases
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.report.conftest import PLAN, ROSTER, YEAR, full, plain, returned

Make = Callable[..., Dataset]
WORDS = {
    "SO1": {"DG.kho": "- Mạng yếu;\n- Thiếu máy <C> & {{ x }}", "KN.t": "Bố trí kinh phí."},
    "H1": {"DG.kho": "Người dân ở xa"},
}


@pytest.fixture
def make() -> Make:
    """Make the small plan's data with units' words: difficulties, and wishes to the province."""
    plan: Any = dict(PLAN)
    plan["items"] = (
        *plan["items"],
        plain("DG.kho", "prose", "Khó khăn", into="limits"),
        plain("KN.t", "prose", "Kiến nghị với tỉnh", into="to_province"),
    )
    roster: Any = dict(ROSTER)
    roster["groups"] = [group | {"own": [*group["own"], "DG*", "KN*"]} for group in roster["groups"]]
    profile = Profile(plan=Plan.model_validate(plan), roster=Roster.model_validate(roster))

    def made(**said: dict[str, str]) -> Dataset:
        returns = [
            returned(unit, full() | {(item, "text"): text for item, text in words.items()})
            for unit, words in said.items()
        ]
        return Dataset.build(profile, Period(YEAR), returns, date(2025, 11, 20))

    return made


def said(dataset: Dataset, phrases: Phrases) -> list[tuple[Any, ...]]:
    return [row[1:] for row in opinions_table(Year(dataset), phrases).rows]


def test_every_line_of_every_unit_stands_under_its_topic_once(make: Make, phrases: Phrases) -> None:
    twice = WORDS | {"SO2": {"DG.kho": "Thiếu người\nThiếu người"}}
    assert said(make(**twice), phrases) == [
        ("Khó khăn", "Sở Một", "- Mạng yếu;"),
        ("Khó khăn", "Sở Một", "- Thiếu máy <C> & {{ x }}"),
        ("Khó khăn", "Sở Hai và Ba", "Thiếu người"),
        ("Khó khăn", "UBND huyện Đông", "Người dân ở xa"),
        ("Kiến nghị với tỉnh", "Sở Một", "Bố trí kinh phí."),
    ]
    sections = {row[0] for row in opinions_table(Year(make(**WORDS)), phrases).rows}
    assert sections == {"Tồn tại, hạn chế", "Kiến nghị đối với UBND tỉnh"}


def test_the_workbook_shows_them_as_text_and_no_number_of_a_person(make: Make, phrases: Phrases) -> None:
    content = consolidated_bytes(Year(make(SO1={"DG.kho": "=1+1\nGọi ông A, số 0912345678"})), phrases, ())
    sheet = openpyxl.load_workbook(BytesIO(content))["Ý kiến"]
    told = [row[3] for row in sheet.iter_rows(min_row=2) if row[2].value == "Sở Một"]
    assert [(cell.value, cell.data_type) for cell in told] == [
        ("=1+1", "s"),
        ("Gọi ông A, số …", "s"),
    ]


def test_without_any_there_is_no_such_sheet(make: Make, phrases: Phrases) -> None:
    content = consolidated_bytes(Year(make(SO1={})), phrases, ())
    assert "Ý kiến" not in openpyxl.load_workbook(BytesIO(content)).sheetnames
