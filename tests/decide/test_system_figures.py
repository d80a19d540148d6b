"""One decision an item: the system's figures for the units that answered "Chưa có số liệu", and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dvctt_report.decide.arrivals import figures_held, put_held
from dvctt_report.decide.decisions import Grounds
from dvctt_report.explain.account import explain_target
from dvctt_report.model import Control, Override, Tally
from dvctt_report.year.corrections import correct
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from tests.explain.conftest import manifest_of
from tests.year.rules.tables import TODAY, dataset

HEAD = "unit | item | total | done | note\n"
TABLE = HEAD + "A | T2 | 100 | 80 |\nB | T2 | ... | ... | đang thống kê\nC | T2 | 20 | 10 |"
HELD = Control("T2", "B", 50, 40, "Hệ thống", date(2025, 10, 31), "CV 9")
WHO = Grounds("lan", datetime(2025, 11, 20, 9, 30))


def year(*controls: Control, table: str = TABLE) -> Dataset:
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
    of = year(HELD, replace(HELD, unit="A", total=90, done=90))
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
    assert figures_held(year(replace(HELD, **other))) == {}


@pytest.mark.parametrize(
    "said", ["... | 40", "50 | ...", " | ", "- | -", "x | x", "*** | ***", "? | ...", "~ | ~"]
)
def test_a_unit_that_says_anything_else_gets_nothing(said: str) -> None:
    assert figures_held(year(HELD, table=f"{HEAD}A | T2 | 100 | 80 |\nB | T2 | {said} |")) == {}


def test_what_stands_beneath_a_total_is_a_figure_of_its_own() -> None:
    table = HEAD + "A | T10 | ... | ... |\nunit | item | resolved_total\nA | HS.T | 7"
    control = replace(HELD, item="T10", unit="A")
    assert figures_held(year(control, table=table)) == {}
    assert figures_held(year(control, table=table.replace("| 7", "| ..."))) == {"T10": [control]}


def test_it_is_told_as_every_other_figure_of_the_officer() -> None:
    made, _ = decided(year(HELD))
    told = manifest_of(made, (), *check(made))
    used = [(o["unit"], o["field"], o["used"]) for o in told.data["overrides"]]
    assert used == [("B", "total", True), ("B", "done", True)]
    account = explain_target(told, "T2")
    (own,) = (u for u in account.counted if u.code == "B")
    assert own.figure == "40/50 người = 80% (đã đính chính)"
    assert any("dùng số của hệ thống (Hệ thống" in line and "CV 9" in line for line in account.decisions)


def test_a_unit_that_sends_its_own_figure_later_is_asked_about_again() -> None:
    _, puts = decided(year(HELD))
    later = year(HELD, table=TABLE.replace("... | ...", "60 | 30"))
    returns, _ = correct(later.returns, puts, later.profile)
    made = Dataset(later.profile, later.period, returns, TODAY, overrides=puts)
    assert {f.code for r in returns for f in r.findings} == {"QD01"}
    found = made.observation("B", "T2", "total")
    assert found is not None
    assert found.value == 60
