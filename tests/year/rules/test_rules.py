"""Each rule speaks where it must, in the words of its example, and is silent where it must."""

from __future__ import annotations

from typing import Any

import pytest

from dvctt_report.model import Result, Return, ReturnStatus
from dvctt_report.model.codes import RULES_BY_CODE
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import RESULT_RULES, RULES, Rule, check, check_results, format_finding
from dvctt_report.year.rules.rule import Judged
from dvctt_report.year.summary import summarise
from tests.year.rules.cases import EXPECTED, FIRES, SILENT, firing, silent
from tests.year.rules.tables import dataset, item, profile

ALL: tuple[Rule[Any], ...] = (*RULES, *RESULT_RULES)


def lines(rule: Rule[Any], of: Dataset) -> list[str]:
    """What ``rule`` says about ``of``, as the user reads it."""
    if rule in RESULT_RULES:
        found = tuple(rule.findings(Judged(of, results(of))))
    else:
        found = tuple(rule.findings(of))
    return [format_finding(f, of.profile) for f in found]


def results(of: Dataset) -> tuple[Result, ...]:
    return summarise(of, check(of)).results


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_rule_speaks_where_it_must_in_the_words_of_its_example(rule: Rule[Any]) -> None:
    said = lines(rule, firing(rule.code))
    assert rule.about.example in said
    said.remove(rule.about.example)
    assert [line.partition(" · ")[2] for line in said] == EXPECTED.get(rule.code, [])


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_rule_is_silent_where_it_must_be(rule: Rule[Any]) -> None:
    assert lines(rule, silent(rule.code)) == []


def test_every_rule_has_an_entry_a_function_and_its_cases() -> None:
    asked = {rule.code for rule in ALL}
    lacking = {
        "has no function in a module that rules/__init__.py names": set(RULES_BY_CODE) - asked,
        "has no case in FIRES of tests/year/rules/cases.py": asked - set(FIRES),
        "has no case in SILENT of tests/year/rules/cases.py": asked - set(SILENT),
        "has a case and is no rule": (set(FIRES) | set(SILENT) | set(EXPECTED)) - asked,
    }
    assert [f"{code} {what}" for what, codes in lacking.items() for code in sorted(codes)] == []


def test_check_results_speaks_of_missed_targets_with_their_figures() -> None:
    of = dataset(FIRES["MT01"])
    (found,) = check_results(of, results(of))
    assert (found.code, found.item, found.unit, found.value) == ("MT01", "T10", "", "79,95%")


def test_a_fault_of_a_row_names_its_cell_its_text_and_the_other_cell() -> None:
    of = dataset("unit 14 | item | total | done\nA | T1 | 100 | 120")
    found = next(f for f in check(of) if f.code == "SL02")
    assert (found.unit, found.item, found.field, found.value) == ("A", "T1", "done", "120")
    assert found.at is not None
    assert found.at.cell == "G14"
    assert [ref.cell for ref in found.related] == ["F14"]


@pytest.mark.parametrize(
    ("table", "items", "told"),
    [
        (  # of sums over an empty row
            "A | T10 | 0 | 5\nA | T12 | 0 | 0\nunit 10 | item | resolved_total\nA | HS.T |\n"
            "unit 10 | item | valid | satisfied\nA | KS.C | |",
            ("T10", "T12", "HS.T", "KS.C"),
            [("SL04", "HS.T", "03 D10"), ("SL04", "KS.C", "04 D10")],
        ),
        (  # of a sum over a row with a hole
            "A | T10 | 0 | 5\nunit 10 | item | received_total | resolved_total\nA | HS.T | 10 |",
            ("T10",),
            [("SL03", "T10", "03 E10")],
        ),
        (  # of an empty row with one summed cell
            "A | T10 | |\nunit 10 | item | resolved_total\nA | HS.T |",
            ("T10", "HS.T"),
            [("SL04", "T10", "01 G10"), ("SL04", "HS.T", "03 D10")],
        ),
        (  # of a commune with half an answer
            "H | T1 | |\nH/Xã Một | T1 | 5 |\nH/Xã Hai | T1 | 5 | 5",
            ("T1",),
            [("SL01", "T1", "01 G11")],
        ),
    ],
)
def test_what_is_lacking_is_asked_for_once_at_the_cell_to_be_typed(
    table: str, items: tuple[str, ...], told: list[tuple[str, str, str]]
) -> None:
    found = check(dataset("unit 10 | item | total | done\n" + table))
    assert [
        (f.code, f.item, f"{f.at.sheet[:2]} {f.at.cell}") for f in found if f.at and f.item in items
    ] == told


COMMUNES = "unit 10 | item | total | done\nH | T1 | {0} | {0}\nH/Xã Một | T1 | {1} | {1}\nH/Xã Hai | T1 | |"


@pytest.mark.parametrize(
    ("own", "first", "told"),
    [
        ("", "5", [("F12", "Xã Hai")]),
        ("5", "5", [("F12", "Xã Hai")]),
        ("...", "5", []),
        ("", "", [("F11", "chưa trả lời nội dung “Cán bộ, công chức được truyền thông”")]),  # once
        ("5", "", []),
    ],
)
def test_a_district_that_left_out_a_commune_is_told_which_one(
    own: str, first: str, told: list[tuple[str, str]]
) -> None:
    found = (f for f in check(dataset(COMMUNES.format(own, first))) if f.code == "SL04" and f.item == "T1")
    assert [(f.at.cell if f.at else "", f.message.partition(":")[0]) for f in found] == told


@pytest.mark.parametrize("status", [ReturnStatus.UNDECIDED, ReturnStatus.REFUSED])
def test_a_unit_whose_file_cannot_be_used_is_not_called_unsent(status: ReturnStatus) -> None:
    of = dataset("B @ sent=2025-12-01", others=[Return("a.xlsx", "1", status, unit="A")])
    assert [f.unit for f in check(of) if f.code == "TH02"] == ["C", "H"]


def test_a_survey_that_no_target_is_summed_from_tells_of_the_figure_that_is_out() -> None:
    own = profile(item("survey", "KS.C", source="Đơn vị", area="Chung"))
    table = """
        unit | item | issued | returned | valid | satisfied
        A | KS.C | 900 | 700 | ~ | 643
        B | KS.C | 90 | 70 | 64 | ~
        C | KS.C | 90 | 70 | ~ | ~
    """
    found = [f for f in check(dataset(table, own)) if f.code == "PK02"]
    assert [(f.unit, f.field) for f in found] == [("A", "satisfied"), ("B", "valid")]
    assert "(643) chưa được tính vì để trống số phiếu hợp lệ" in found[0].message
