"""Each rule speaks where it must, in the words of its example, and is silent where it must."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.model import CellRef, FieldRef, Finding, Number, Result, Return, ReturnStatus, Severity
from dvctt_report.model.codes import CODES, RULES_BY_CODE
from dvctt_report.plan.model import Profile
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import format_cells
from dvctt_report.year.rules import RESULT_RULES, RULES, Rule, check, check_results, format_finding
from dvctt_report.year.rules.document import main, rules_page
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
    of = dataset("A | T1 | 100 | 120")
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
        A | KS.C | 900 | 700 | ~ | 643
        B | KS.C | 90 | 70 | 64 | ~
        C | KS.C | 90 | 70 | ~ | ~
    """
    found = [f for f in check(dataset(table, own)) if f.code == "PK02"]
    assert [(f.unit, f.field) for f in found] == [("A", "satisfied"), ("B", "valid")]
    assert "(643) chưa được tính vì để trống số phiếu hợp lệ" in found[0].message


# ----------------------- A finding as a line: where, what, what to do, with the places that are known


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


# --- Of cells that contradict each other any may be the wrong one: none is used until that is answered


TWO_CELLS = ("SL02", "HS01", "HS02", "HS03", "HS04", "HS05", "PK01", "QH02")
"""The errors that compare cells of one return."""


@pytest.mark.parametrize("code", TWO_CELLS)
def test_an_error_about_cells_that_contradict_each_other_keeps_each_of_them_out(code: str) -> None:
    of = firing(code)
    found = [f for f in check(of) if f.code == code]
    assert found
    for finding in found:
        there = {o.at: o for o in of.observations(finding.unit, finding.item)}
        there |= {o.at: o for r in of.returns for o in r.observations}
        compared = [there[at] for at in (finding.at, *finding.related)]
        assert {FieldRef(o.item, o.field) for o in compared} <= set(finding.figures)


def test_every_error_that_compares_cells_of_one_return_says_so_in_the_reference() -> None:
    told = {one.code for one in RULES_BY_CODE.values() if one.further and one.severity is Severity.ERROR}
    assert told == {*TWO_CELLS, "DV01"}


SATISFIED = """
    A | T12  | 200 | {whole}
    B | T12  | 100 | 95
    A | T12a | 190 | 185
    unit | item | valid | satisfied
    A    | KS.C | 200   | {whole}
    B    | KS.C | 100   | 95
"""


def tallies(table: str, of: Profile | None = None) -> dict[str, tuple[Number, int]]:
    given = dataset(table, of)
    results = summarise(given, check(given)).results
    return {r.item: (r.tally.numerator, r.tally.denominator) for r in results}


def test_a_percentage_typed_for_the_whole_takes_the_whole_out_with_the_part() -> None:
    wrong = tallies(SATISFIED.format(whole=80))
    assert (wrong["T12"], wrong["T12a"]) == ((95, 100), (0, 0))
    right = tallies(SATISFIED.format(whole=186))
    assert (right["T12"], right["T12a"]) == ((281, 300), (185, 190))


def test_a_balance_that_does_not_hold_keeps_the_resolved_dossiers_out_of_their_target() -> None:
    table = "A | HS.T | {received} | ~ | ~ | ~ | 100 | ~ | ~ | ~ | 15\nA | T10 | 100 | 90"
    assert tallies(table.format(received=120), profile())["T10"] == (0, 0)
    assert tallies(table.format(received=115), profile())["T10"] == (90, 100)


# ----------------------------------------------- docs/rules.md is what the rules say about themselves


SOURCE = Path(__file__).parents[3] / "src"


def test_every_code_stands_on_the_page_and_a_rule_with_its_example() -> None:
    page = "\n".join(rules_page())
    for about in CODES.values():
        assert f"\n### {about.code}. " in page if about.code in RULES_BY_CODE else f"**{about.code}. " in page
        assert about.title in page
        assert about.why in page
        assert about.example in page


def test_the_page_is_written_in_utf_8_with_plain_ends_of_lines(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    main()
    assert capsysbinary.readouterr().out.decode("utf-8") == "\n".join((*rules_page(), ""))


def test_importing_rules_and_summary_loads_no_heavy_library() -> None:
    code = (
        "import sys, dvctt_report.year.rules, dvctt_report.year.summary;"
        "print([m for m in ('pandas', 'numpy', 'openpyxl', 'docx', 'lxml') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE)},
    )
    assert run.stdout.strip() == "[]"
