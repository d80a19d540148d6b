"""A body that ended within the year: who reports its figures, once, and what is said where nobody does."""

from __future__ import annotations

from datetime import date

import pytest

from dvctt_report.files.container import read_workbook
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.identity import identify
from dvctt_report.intake.whose import told_less
from dvctt_report.model import CellRef, Key, Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.plan.contradictions import find_contradictions
from dvctt_report.plan.model import Profile
from dvctt_report.plan.roster import RosterChange
from dvctt_report.year.dataset import Dataset
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


def sent(of: Profile, code: str, by: Profile | None = None, **answers: int) -> Return:
    """A return of that unit, read by ``of``, on a form that was issued ``by`` the profile named."""
    issued = by or of
    typed = {Key(*at.split("__")): number for at, number in answers.items()}
    unit = issued.roster.unit(code)
    data = form_bytes(issued, unit, YEAR, typed or {Key("T2", "total"): 10}, edition=issued.edition)
    return read_return(f"{code}.xlsx", data, of, YEAR)


def two(of: Profile) -> tuple[str, str, Profile]:
    """The body that ended, the one that is left, and the roster that says so."""
    first, second = communes(of)
    return first, second, merged({"before": (first,), "after": (second,)})


@pytest.mark.parametrize("edited_since", [False, True])
def test_the_return_of_a_body_that_ended_is_a_hand_over_to_the_one_that_is_left(edited_since: bool) -> None:
    first, second, of = two(real())
    earlier = real() if edited_since else None
    now = of.model_copy(update={"earlier": (earlier,)}) if earlier else of
    found = sent(now, first, earlier)
    assert found.status is ReturnStatus.HANDED_OVER
    assert found.observations
    (told,) = found.findings
    assert (told.code, told.unit) == ("NH83", second)
    assert f"{of.roster.unit(second).short_name} báo cáo gồm cả số liệu này" in told.message
    data = Dataset(now, YEAR, [found], date(2026, 11, 20))
    assert data.effective(first) is None, "never counted by itself"
    assert data.effective(second) is None, "a hand-over is no return of the one that is left"


def test_figures_below_those_handed_over_are_asked_about_with_their_sum() -> None:
    first, second, of = two(real())
    theirs = sent(of, first, T2__total=40, T2__done=30)
    less = sent(of, second, T2__total=55, T2__done=20)
    (told,) = told_less([theirs, less], of, YEAR)
    assert (told.code, told.unit, told.item, told.field) == ("NH85", second, "T2", "done")
    assert "20 < 30" in told.message
    assert "đến hết ngày 30/06/2026" in told.message
    enough = sent(of, second, T2__total=55, T2__done=30)
    assert [*told_less([theirs, enough], of, YEAR)] == []
    assert [*told_less([less], of, YEAR)] == [], "nothing was handed over"


def test_a_form_that_went_out_before_the_merger_does_not_say_what_it_includes() -> None:
    _, second, of = two(real())
    now = of.model_copy(update={"earlier": (real(),)})
    found = [f for f in sent(now, second, real()).findings if f.code == "NH84"]
    assert [f.unit for f in found] == [second]
    assert {"T2", "T10"} & {at.item for at in found[0].against}
    assert not [f for f in sent(now, second).findings if f.code == "NH84"], "the form issued anew says so"


def test_a_body_that_ended_before_the_year_is_refused_and_named_with_what_it_is_now() -> None:
    first, second = communes(real())
    of = merged({"before": (first,), "after": (second,)})
    book = read_workbook(form_bytes(of, of.roster.unit(first), Period(2027)))
    refusal = identify(book, of, Period(2027), CellRef("a.xlsx")).refusal
    assert refusal is not None
    assert refusal.code == "NH04"
    name = of.roster.unit(second).short_name
    assert f"không còn từ ngày 01/07/2026 (Nghị quyết số 9), nay là {name}" in refusal.message


@pytest.mark.parametrize("split", [False, True])
def test_a_body_that_nobody_reports_for_is_a_contradiction_of_the_year(split: bool) -> None:
    first, second = communes(real())
    of = merged({"before": (first,), "kind": "split", "after": (second, "SNV")}) if split else merged()
    told = [where for where, what in find_contradictions(of, YEAR) if "không rõ đơn vị nào báo cáo" in what]
    assert [where.partition("(")[2].partition(")")[0] for where in told] == (
        [first] if split else [first, second]
    )
    assert of.successor(of.roster.unit(first), YEAR) is None
    assert first in {unit.code for unit in of.unreported(YEAR)}
    assert of.unreported(Period(2027)) == (), "the year after asks nothing of it"


def test_of_a_body_that_was_divided_the_one_it_was_handed_to_reports() -> None:
    first, second = communes(real())
    divided: dict[str, object] = {"before": (first,), "kind": "split", "after": (second, "SNV")}
    (what,) = (what for _, what in find_contradictions(merged(divided), YEAR) if "không rõ đơn vị" in what)
    assert f'ghi thêm handed_to = "{second}" hoặc handed_to = "SNV"' in what
    of = merged(divided | {"handed_to": "SNV"})
    assert not [what for _, what in find_contradictions(of, YEAR) if "không rõ đơn vị" in what]
    found = of.successor(of.roster.unit(first), YEAR)
    assert found is not None
    assert found[0].code == "SNV"
    assert [unit.code for unit, _ in of.taken_over(of.roster.unit("SNV"), YEAR)] == [first]
    assert of.taken_over(of.roster.unit(second), YEAR) == ()
    assert "handed_to" not in of.roster.changes[0].model_copy(update={"handed_to": ""}).model_dump()
