"""The units' own words: every line once, by topic and unit; only what was marked reaches the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.table import _Row

from dvctt_report.dataset import Dataset
from dvctt_report.period import Period
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.report.phrases import Phrases
from dvctt_report.report.settings import Issuer
from tests.report.conftest import PLAN, ROSTER, YEAR, full, plain, returned
from tests.report.test_prose import Desk, audit, section_of

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


@pytest.fixture
def desk(tmp_path: Path, issuer: Issuer, phrases: Phrases) -> Desk:
    return Desk(tmp_path, issuer, phrases)


def rows(desk: Desk) -> list[list[str]]:
    document = docx.Document(str(desk.files.opinions))
    return [[cell.text for cell in row.cells][:3] for table in document.tables for row in table.rows[1:]]


def edit(desk: Desk, words: str, change: Callable[[_Row], None]) -> None:
    document = docx.Document(str(desk.files.opinions))
    found = [row for t in document.tables for row in t.rows if words in row.cells[2].text]
    assert len(found) == 1
    change(found[0])
    document.save(str(desk.files.opinions))


def tick(row: _Row) -> None:
    row.cells[0].paragraphs[0].add_run("x")


def colour(row: _Row) -> None:
    row.cells[2].paragraphs[0].runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


def reword(row: _Row) -> None:
    row.cells[2].paragraphs[0].runs[0].text = "Quan tâm bố trí kinh phí"


def test_every_line_of_every_unit_stands_under_its_topic(desk: Desk, make: Make) -> None:
    desk.render(make(**WORDS))
    assert rows(desk) == [
        ["", "Sở Một", "Mạng yếu;"],
        ["", "Sở Một", "Thiếu máy <C> & {{ x }}"],
        ["", "UBND huyện Đông", "Người dân ở xa"],
        ["", "Sở Một", "Bố trí kinh phí."],
    ]
    assert audit(desk.files.opinions) == []


def test_nothing_unmarked_reaches_the_report(desk: Desk, make: Make) -> None:
    for _ in range(2):
        desk.render(make(**WORDS))
        said = desk.text()
        assert not any(words in said for words in ("Mạng yếu", "Thiếu máy", "ở xa", "Bố trí kinh phí"))


def test_marked_lines_reach_their_slots_in_the_words_the_officer_left(desk: Desk, make: Make) -> None:
    desk.render(make(**WORDS))
    edit(desk, "Thiếu máy", tick)
    edit(desk, "ở xa", colour)
    edit(desk, "Bố trí", tick)
    edit(desk, "Bố trí", reword)
    desk.render(make(**WORDS))
    limits = section_of(desk.text(), "1. Tồn tại, hạn chế", "2. Nguyên nhân")
    assert "Nội dung | - Thiếu máy <C> & {{ x }} (Sở Một)." in limits
    assert "Nội dung | - Người dân ở xa (UBND huyện Đông)." in limits
    assert "Mạng yếu" not in limits
    asked = section_of(desk.text(), "1. Đối với UBND tỉnh", "2. Đối với")
    assert "Nội dung | - Quan tâm bố trí kinh phí (Sở Một)." in asked
    assert audit(desk.out) == []


def test_units_are_named_only_where_the_setting_names_them_in_the_body(desk: Desk, make: Make) -> None:
    desk.issuer = replace(desk.issuer, naming="khong")
    desk.render(make(**WORDS))
    edit(desk, "Bố trí", tick)
    desk.render(make(**WORDS))
    assert "Nội dung | - Bố trí kinh phí.\n" in desk.text()


def test_new_words_are_added_and_marks_and_the_former_file_kept(desk: Desk, make: Make) -> None:
    desk.render(make(**WORDS))
    edit(desk, "Mạng yếu", tick)
    marked = desk.files.opinions.read_bytes()
    desk.render(make(**WORDS))
    assert desk.files.opinions.read_bytes() == marked
    notes = desk.render(make(**WORDS, SO2={"DG.kho": "Thiếu người"})).notes
    assert ["x", "Sở Một", "Mạng yếu;"] in rows(desk)
    assert ["", "Sở Hai và Ba", "Thiếu người"] in rows(desk)
    assert any("giữ các dòng chọn" in note for note in notes)
    assert desk.files.opinions.with_stem("y-kien (bản trước)").read_bytes() == marked


def test_a_marked_line_that_its_unit_no_longer_says_is_not_printed_but_told(desk: Desk, make: Make) -> None:
    desk.render(make(**WORDS))
    edit(desk, "ở xa", tick)
    notes = desk.render(make(SO1=WORDS["SO1"], H1={"DG.kho": "Đã khắc phục"})).notes
    assert any("1 dòng đã chọn không còn trong báo cáo của đơn vị" in note for note in notes)
    assert "ở xa" not in desk.text()
