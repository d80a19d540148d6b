"""A body that ended within the year: who reports its figures, once, and what is said where nobody does."""

from __future__ import annotations

from datetime import date

import pytest

from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.container import read_workbook
from dvctt_report.intake.identity import identify
from dvctt_report.model import CellRef
from dvctt_report.period import Period
from dvctt_report.plan.contradictions import find_contradictions
from dvctt_report.plan.model import Profile
from dvctt_report.plan.roster import RosterChange
from tests.forms.fill import real

YEAR = Period(2026)
CHANGE = {"on": date(2026, 7, 1), "document": "Nghị quyết số 9", "kind": "merged"}


def merged(*changes: dict[str, object]) -> Profile:
    """The shipped roster of 2026, two communes of which ended on 30/6/2026."""
    of = real()
    first, second = communes(of)
    gone = {first, second} if not changes else {c for change in changes for c in change["before"]}  # type: ignore[attr-defined]
    units = tuple(
        u.model_copy(update={"valid_to": date(2026, 6, 30)}) if u.code in gone else u for u in of.roster.units
    )
    told = tuple(RosterChange.model_validate(CHANGE | change) for change in changes)
    return of.model_copy(update={"roster": of.roster.model_copy(update={"units": units, "changes": told})})


def communes(of: Profile) -> tuple[str, str]:
    found = [u.code for u in of.units(YEAR) if of.roster.group(u.group).form == "commune"]
    return found[0], found[1]


def printed(of: Profile, code: str) -> str:
    book = read_workbook(form_bytes(of, of.roster.unit(code), YEAR))
    return "\n".join(cell.raw for sheet in book.sheets for cell in sheet.cells.values())


def test_the_form_of_the_one_that_is_left_says_whose_figures_it_includes() -> None:
    first, second = communes(real())
    of = merged({"before": (first,), "after": (second,)})
    name = of.roster.unit(first).name
    assert of.taken_over(of.roster.unit(second), YEAR) == ((of.roster.unit(first), date(2026, 6, 30)),)
    assert f"Gồm cả số liệu của: {name} (đến hết ngày 30/06/2026)." in printed(of, second)
    assert "Gồm cả số liệu của" not in printed(real(), second)
    assert not [what for where, what in find_contradictions(of, YEAR) if where.endswith("valid_to")]


def test_an_office_says_so_on_its_cover() -> None:
    of = merged({"before": ("STC",), "after": ("SNV",)})
    assert f"{of.roster.unit('STC').name} (đến hết ngày 30/06/2026)" in printed(of, "SNV")


def test_changes_that_follow_on_each_other_lead_to_the_one_that_is_left() -> None:
    first, second = communes(real())
    of = merged(
        {"before": (first,), "after": (second,)},
        {"on": date(2026, 9, 1), "before": (second,), "after": ("SNV",)},
    )
    assert [u.code for u, _ in of.taken_over(of.roster.unit("SNV"), YEAR)] == [first, second]
    found = of.successor(of.roster.unit(first), YEAR)
    assert found is not None
    assert found[0].code == "SNV"


def test_its_own_return_is_counted_for_nobody_and_names_who_reports() -> None:
    first, second = communes(real())
    of = merged({"before": (first,), "after": (second,)})
    book = read_workbook(form_bytes(of, of.roster.unit(first), YEAR))
    refusal = identify(book, of, YEAR, CellRef("a.xlsx")).refusal
    assert refusal is not None
    assert refusal.code == "NH04"
    assert f"do {of.roster.unit(second).short_name} báo cáo" in refusal.message
    assert "không tính riêng" in refusal.fix


@pytest.mark.parametrize("split", [False, True])
def test_a_body_that_nobody_reports_for_is_a_contradiction_of_the_year(split: bool) -> None:
    first, second = communes(real())
    of = merged({"before": (first,), "kind": "split", "after": (second, "SNV")}) if split else merged()
    told = [where for where, what in find_contradictions(of, YEAR) if "không rõ đơn vị nào báo cáo" in what]
    assert [where.partition("(")[2].partition(")")[0] for where in told] == (
        [first] if split else [first, second]
    )
    assert of.successor(of.roster.unit(first), YEAR) is None
