"""One fault is told once, whatever number of rules could see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.model import CellRef, FieldRef, Finding, Severity
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from dvctt_report.year.summary.acceptable import why_not_acceptable
from tests.year.rules import cases
from tests.year.rules.tables import LABELS, dataset, profile, target

BALANCE = "A | HS.T | 130 | 60 | 40 | 20 | 100 | 80 | 10 | 10 | 20 | 15 | 5"
BESIDE = cases.FIRES["HS05"].partition("B |")[0]
SURVEY = "A | KS.C | ~ | ~ | 50 | 60\nA | T12 | 50 | 60"
ONLINE = "A | HS.T | ~ | 60 | ~ | 10 | 100\nA | T10 | 100 | 120"
NO_REASON = "A | T1 | x | x | | | |"
FOLLOWS = "last\nA | T1 | 100 | 90\nunit\nA | T1 | 1000 | 900"


@pytest.mark.parametrize(
    ("table", "items", "told"),
    [
        (BALANCE, ("HS.T",), ("HS01", "HS.T")),  # and not that the balance doesn't hold
        (BESIDE, ("HS.T",), ("HS05", "HS.T")),  # and not each sum that it breaks
        (SURVEY, ("T12", "KS.C"), ("PK01", "KS.C")),  # and not of the target summed from it
        (ONLINE, ("T10",), ("SL02", "T10")),  # and not that it is more than was filed online
        (NO_REASON, ("T1",), ("SL06", "T1")),
        (FOLLOWS, ("T1",), ("NT03", "T1")),  # the numerator follows its total
    ],
)
def test_what_several_rules_could_see_is_told_by_one(
    table: str, items: tuple[str, ...], told: tuple[str, str]
) -> None:
    assert [(f.code, f.item) for f in check(dataset(table)) if f.item in items] == [told]


def test_a_sheet_without_a_single_answer_is_told_once_with_all_its_cells() -> None:
    of = dataset(
        "A | T1 | |\nA | T2 | |\nA | T12a | |\nA | T3 | Có",
        profile(*(target(code, 100) for code in ("T1", "T2", "T12a")), target("T3", 100, measure="yes_no")),
    )
    (found,) = (f for f in check(of) if f.code == "SL04")
    assert found.at == CellRef("A.xlsx", "01-A số liệu", "F14")
    assert [ref.cell for ref in found.related] == ["F15", "F16"]
    assert (found.unit, found.item) == ("A", "")


@pytest.mark.parametrize("n_blank", [2, 3])
def test_three_empty_rows_one_under_another_are_one_finding_and_two_are_two(n_blank: int) -> None:
    codes = ("T1", "T2", "T12a", "T10")
    answers = ["| |" if n < n_blank else "| 5 | 5" for n in range(len(codes))]
    lines = (f"A | {code} {said}" for code, said in zip(codes, answers, strict=True))
    of = dataset("\n".join(lines), profile(*(target(code, 100) for code in codes)))
    blank = [f for f in check(of) if f.code == "SL04"]
    assert [[figure.item for figure in f.figures] for f in blank] == (
        [["T1"], ["T2"]] if n_blank < 3 else [["T1", "T2", "T12a"]]
    )


def test_two_findings_about_one_survey_row_are_one() -> None:
    of = dataset("A | KS.D | ~ | ~ | 5 | 5\nA | KS.DD | ~ | ~ | 9 | 9", profile(*cases.SURVEYS))
    assert [f.field for f in check(of) if f.code == "QH05"] == ["valid"]


def test_sums_in_million_dong_are_not_added_to_those_in_dong() -> None:
    of = dataset("unit | item | planned | spent\nA | KP.a | 45 | 40\nB | KP.a | 45000000 | 40")
    totals = {f"{t.item}.{t.field}": t.value for t in summarise(of, check(of)).totals}
    assert (totals["KP.a.planned"], totals["KP.a.spent"]) == (45000000, None)


TWICE = "unit 8 | item | total | done\nB | T1 | {} | 40\nH | T1 | 60 | 50\nH/Cơ quan B | T1 | 48 | 40"


def test_what_the_parent_has_counted_for_a_unit_is_not_counted_again() -> None:
    of = dataset(TWICE.format(48), cases.OF["DV01"])
    (found,) = (r for r in summarise(of, check(of)).results if r.item == "T1")
    assert (found.tally.numerator, found.tally.denominator) == (50, 60)


def test_of_two_figures_for_one_unit_neither_is_counted_and_both_are_asked_about() -> None:
    of = dataset(TWICE.format(50), cases.OF["DV01"])
    own, theirs = (f for f in check(of) if f.code == "DV01")
    assert (own.unit, theirs.unit) == ("B", "H")
    assert (theirs.at, own.related) == (CellRef("H.xlsx", "01-A số liệu", "F10"), (theirs.at,))
    assert theirs.message.endswith("(48) khác số Cơ quan B tự báo cáo (50)")
    (found,) = (r for r in summarise(of, check(of)).results if r.item == "T1")
    assert (found.tally.denominator, {"B", "H"} - {*found.missing}) == (0, set())


def blanks(*communes: str, first: str = "5 | 5") -> list[tuple[str, str, int]]:
    """Item, message and number of further cells of what is said where these communes' rows are empty."""
    lines = ["unit 10 | item | total | done"]
    for code in ("T1", "T10"):
        lines += [
            f"H | {code} | {'' if communes else 5} | {'' if communes else 5}",
            f"H/Xã Một | {code} | {first}",
        ]
        lines += [f"H/{name} | {code} | |" for name in communes]
    found = (f for f in check(dataset("\n".join(lines), TWO)) if f.code == "SL04")
    return [(f.item, f.message, len(f.related)) for f in found]


TWO = profile(target("T1", 100, by_part="parts"), target("T10", 100, by_part="parts"))


def test_an_empty_row_of_a_commune_is_one_finding_that_keeps_out_each_of_its_items() -> None:
    assert blanks("Xã Hai") == [
        ("", f"Xã Hai: bỏ trống cả dòng, chưa trả lời 2 nội dung: “{LABELS['T1']}”; “{LABELS['T10']}”", 1)
    ]


def test_a_block_of_empty_rows_is_one_finding_an_item() -> None:
    names = ("Xã Hai", "Xã Ba", "Xã Tư")
    said = blanks(*names)
    assert [(item, n) for item, _, n in said] == [("T1", 2), ("T10", 2)]
    assert said[0][1].endswith("“Cán bộ, công chức được truyền thông” ở 3 dòng: Xã Hai, Xã Ba, Xã Tư")
    assert blanks() == [], "nor is anything asked where every commune is filled in"


def test_what_an_empty_row_keeps_out_can_not_be_accepted() -> None:
    of = dataset(
        "unit 10 | item | total | done\nH/Xã Một | T1 | 5 | 5\nH/Xã Một | T10 | 5 | 5\n"
        "H/Xã Hai | T1 | |\nH/Xã Hai | T10 | |\nH | T1 | 5 | 5\nH | T10 | 5 | 5",
        TWO,
    )
    (found,) = (f for f in check(of) if f.code == "SL04")
    assert found.figures == (FieldRef("T1", ""), FieldRef("T10", ""))
    assert [r.tally.denominator for r in summarise(of, check(of)).results] == [0, 0]
    refusal = why_not_acceptable(of, found)
    assert refusal is not None
    assert 'decide --unit H --set "T1.total@Xã Hai=SỐ"' in refusal.instead


GONE = "A | T1 | 5 | ~\nA | T2 | 5 | ~\nA | T12a | | 5\nB | T1 | 5 | ~"
NO_TOTALS = "A | T1 | ~ | 5\nB | T1 | ~ | 5"
NO_NOTES = "unit 10 | item | total | done | note\nA | T1 | ... | ... | ~\nB | T1 | ... | ... | ~"
NO_EVIDENCE = "A | T3 | Có | ~\nB | T3 | Có | ~"


@pytest.mark.parametrize(
    ("rows", "column", "told"),
    [
        (GONE, "done", [("SL01", "B", "T1"), ("SL03", "A", "T12a")]),
        (NO_TOTALS, "total", [("SL03", "B", "T1")]),
        (NO_NOTES, "note", [("SL05", "B", "T1")]),
        (NO_EVIDENCE, "evidence", [("BC01", "B", "T3")]),
    ],
)
def test_a_column_that_is_gone_is_told_once_and_its_rows_are_asked_nothing_of_it(
    rows: str, column: str, told: list[tuple[str, str, str]]
) -> None:
    of = dataset(rows)
    lost = Finding("NH09", Severity.ERROR, "tệp không còn một cột", unit="A", value=column)
    first, *rest = of.returns
    of = Dataset(of.profile, of.period, (replace(first, findings=(lost,)), *rest), of.today)
    asked = ("SL01", "SL03", "SL05", "BC01")
    assert [(f.code, f.unit, f.item) for f in check(of) if f.code in asked] == told
