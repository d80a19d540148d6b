"""What is decided of all units at once: their remarks read, the figures of a system taken."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.decide.arrivals import figures_held, put_held
from dvctt_report.decide.decisions import Grounds
from dvctt_report.decide.workbook import book_bytes
from dvctt_report.explain.account import explain_target
from dvctt_report.model import Control, Override, Tally
from dvctt_report.report.final import data_obstacles
from dvctt_report.report.remarks import remarks_of, unread_remarks
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.year.corrections import correct
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from tests.decide.excel import book_of
from tests.explain.conftest import manifest_of
from tests.year.rules.tables import TODAY, dataset

AS_OF = datetime(2025, 11, 20, 17)


@pytest.fixture
def here(questioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    shutil.copytree(questioned, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    return read_workspace(tmp_path / "w")


def year(here: Workspace) -> OpenYear:
    return OpenYear(here, AS_OF)


def mark(path: Path) -> list[list[str]]:
    """Mark the sheet as read in Excel; return its rows."""
    book = openpyxl.load_workbook(path)
    sheet = book["Lời ghi"]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(rows, 1) if row[0] == "all")
    sheet.cell(at, 6).value = "x"
    book.save(path)
    return rows[at:]


def test_a_remark_stands_beside_what_was_chosen_and_words_of_the_table_come_first(here: Workspace) -> None:
    remarks = remarks_of(year(here).dataset)
    (one,) = [r for r in remarks if (r.place, r.unit) == ("Biểu 05-A, ô H8", "Sở Nội vụ")]
    assert one.text == "Lồng ghép tại 03 lớp bồi dưỡng cải cách hành chính, 01 cuộc thi tìm hiểu"
    assert one.about == "Lồng ghép trong tuyên truyền cải cách hành chính, đã chọn “Đã thực hiện”"
    assert [r.has_word for r in remarks] == sorted((r.has_word for r in remarks), reverse=True)
    at = {(f.at.sheet, f.at.cell) for f in year(here).findings if f.at and f.unit == "SNV"}
    assert ("05-A nhiệm vụ, kinh phí", "H8") not in at, "it is no finding"


def test_one_mark_reads_all_and_a_final_report_asks_for_it(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    def waits() -> bool:
        return any("lời ghi" in one.what for one in data_obstacles(year(here)))

    openpyxl.load_workbook(book_of(here.root)).save(book_of(here.root))
    door.main(["collect"])
    assert waits(), "saved, and not marked"
    rows = mark(book_of(here.root))
    assert len([row for row in rows if row[0]]) == len(remarks_of(year(here).dataset))

    door.main(["collect"])

    assert "lời ghi của các đơn vị" in capfd.readouterr().out
    assert not waits()
    assert {row[5] for row in mark(book_of(here.root)) if row[0]} == {"đã đọc"}


def test_the_workbook_opens_where_there_is_work(here: Workspace) -> None:
    remarks = remarks_of(year(here).dataset)
    digests = [one.digest for one in remarks]
    for read, title in (([], "Lời ghi"), (digests, "Tôi quyết")):
        made = book_bytes((), "X", here.period, "Sở Một", AS_OF, (), remarks, read)
        assert openpyxl.load_workbook(BytesIO(made)).active.title == title


def test_only_what_is_new_is_asked_again(here: Workspace) -> None:
    mark(book_of(here.root))
    door.main(["collect"])
    path = next(p for p in here.inbox.rglob("*SNV*.xlsx"))
    book = openpyxl.load_workbook(path)
    book["05-A nhiệm vụ, kinh phí"]["H8"].value = "Chọn nhầm, thực ra là chưa"
    book.save(path)

    door.main(["collect"])

    (unread,) = unread_remarks(year(here).dataset)
    assert (unread.place, unread.text) == ("Biểu 05-A, ô H8", "Chọn nhầm, thực ra là chưa")
    assert unread.has_word


# --- One decision an item: the system's figures for the units that answered "Chưa có số liệu", and no other


HEAD = "unit | item | total | done | note\n"
TABLE = HEAD + "A | T2 | 100 | 80 |\nB | T2 | ... | ... | đang thống kê\nC | T2 | 20 | 10 |"
HELD = Control("T2", "B", 50, 40, "Hệ thống", date(2025, 10, 31), "CV 9")
WHO = Grounds("lan", datetime(2025, 11, 20, 9, 30))


def asked_of(*controls: Control, table: str = TABLE) -> Dataset:
    of = dataset(table)
    return Dataset(of.profile, of.period, of.returns, TODAY, controls=controls)


def decided(of: Dataset) -> tuple[Dataset, list[Override]]:
    puts = [put for held in figures_held(of).values() for put in put_held(of, held, WHO)]
    returns, notes = correct(of.returns, puts, of.profile)
    made = Dataset(of.profile, of.period, returns, TODAY, notes, overrides=puts, controls=of.controls)
    return made, puts


def tally(of: Dataset) -> Tally | None:
    return next(r.tally for r in summarise(of, check(of)).results if r.item == "T2")


def test_the_unit_without_figures_gets_the_systems_and_others_keep_theirs() -> None:
    of = asked_of(HELD, replace(HELD, unit="A", total=90, done=90))
    assert tally(of) == Tally(90, 120)
    made, puts = decided(of)
    assert tally(made) == Tally(130, 170)
    assert [(p.unit, p.field, p.text) for p in puts] == [("B", "total", "50"), ("B", "done", "40")]
    assert {p.reason for p in puts} == {
        "dùng số của hệ thống (Hệ thống, số liệu đến ngày 31/10/2025), đơn vị chọn “Chưa có số liệu”"
    }
    assert {p.document for p in puts} == {"CV 9"}
    assert figures_held(made) == {}


@pytest.mark.parametrize(
    "other", [{"done": None}, {"total": None}, {"done": 51}, {"unit": ""}, {"unit": "A"}, {"item": "T3"}]
)
def test_without_both_numbers_of_that_unit_nothing_is_taken(other: dict[str, Any]) -> None:
    assert figures_held(asked_of(replace(HELD, **other))) == {}


@pytest.mark.parametrize(
    "said", ["... | 40", "50 | ...", " | ", "- | -", "x | x", "*** | ***", "? | ...", "~ | ~"]
)
def test_a_unit_that_says_anything_else_gets_nothing(said: str) -> None:
    assert figures_held(asked_of(HELD, table=f"{HEAD}A | T2 | 100 | 80 |\nB | T2 | {said} |")) == {}


def test_what_stands_beneath_a_total_is_a_figure_of_its_own() -> None:
    table = HEAD + "A | T10 | ... | ... |\nunit | item | resolved_total\nA | HS.T | 7"
    control = replace(HELD, item="T10", unit="A")
    assert figures_held(asked_of(control, table=table)) == {}
    assert figures_held(asked_of(control, table=table.replace("| 7", "| ..."))) == {"T10": [control]}


def test_it_is_told_as_every_other_figure_of_the_officer() -> None:
    made, _ = decided(asked_of(HELD))
    told = manifest_of(made, (), *check(made))
    used = [(o["unit"], o["field"], o["used"]) for o in told.data["overrides"]]
    assert used == [("B", "total", True), ("B", "done", True)]
    account = explain_target(told, "T2")
    (own,) = (u for u in account.counted if u.code == "B")
    assert own.figure == "40/50 người = 80% (đã đính chính)"
    assert any("dùng số của hệ thống (Hệ thống" in line and "CV 9" in line for line in account.decisions)


def test_a_unit_that_sends_its_own_figure_later_is_asked_about_again() -> None:
    _, puts = decided(asked_of(HELD))
    later = asked_of(HELD, table=TABLE.replace("... | ...", "60 | 30"))
    returns, _ = correct(later.returns, puts, later.profile)
    made = Dataset(later.profile, later.period, returns, TODAY, overrides=puts)
    assert {f.code for r in returns for f in r.findings} == {"QD01"}
    found = made.observation("B", "T2", "total")
    assert found is not None
    assert found.value == 60
