"""The units' sum beside the figure of the system in charge: which one is judged, what is asked of units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvctt_report.model import Basis, Bounds, Control, Printed, Result, Tally, Verdict
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.model import Profile
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from dvctt_report.year.summary.controls import control_lines, why
from tests.year.rules.tables import TODAY, dataset, profile, target

HEAD = "unit 8 | item | total | done\n"
SENT = HEAD + "A | T2 | 100 | 79\nB | T2 | 100 | 70"
HELD = Control("T2", "", 200, 170, "Hệ thống", date(2025, 10, 31), "CV 1")


def plan(printed: str = "units") -> Profile:
    control = {"source": "Hệ thống", "printed": printed, "reason": "theo kế hoạch", "by_unit": True}
    later = target("U2", 70, same_as="T2", thresholds=[{"year": 2030, "at_least": 70}])
    return profile(target("T2", 80, control=control), later)


def held(*controls: Control, printed: str = "units", table: str = SENT) -> Dataset:
    of = dataset(table, plan(printed))
    return Dataset(of.profile, of.period, of.returns, TODAY, controls=controls)


def result(of: Dataset, code: str = "T2") -> Result:
    return next(r for r in summarise(of, check(of)).results if r.item == code)


def test_of_a_half_year_the_figure_is_told_and_judges_nothing() -> None:
    none = HEAD + "A | T2 | 0 | 0\nB | T2 | 0 | 0\nC | T2 | 0 | 0"
    for table in (SENT, none):
        of = held(HELD, printed="control", table=table)
        found = result(replace(of, period=Period(of.period.year, PeriodPart.HALF)))
        assert (found.tally, found.verdict, found.basis) == (Tally(170, 200), Verdict.PROGRESS, None)


def test_the_sum_is_judged_where_the_plan_prints_it_and_a_figure_that_is_known_stands_beside() -> None:
    none, found = result(held()), result(held(HELD))
    assert (none.tally, none.control, none.own_tally) == (Tally(149, 200), None, None)
    assert (found.tally, found.verdict) == (Tally(149, 200), none.verdict)
    assert (found.control, found.own_tally) == (HELD, None)


def test_the_figure_is_judged_where_the_plan_prints_it_and_the_sum_stands_beside() -> None:
    found = result(held(HELD, printed="control"))
    assert (found.tally, found.verdict, found.basis) == (Tally(170, 200), Verdict.MET, Basis.COMPLETE)
    assert (found.own_tally, found.bounds) == (Tally(149, 200), Bounds())
    assert found.missing == ("C",)
    missed = result(held(replace(HELD, done=159), printed="control"))
    assert (missed.verdict, missed.tally) == (Verdict.MISSED, Tally(159, 200))


@pytest.mark.parametrize(("choice", "own"), [(Printed.CONTROL, Tally(149, 200)), (Printed.UNITS, None)])
def test_the_officers_choice_stands_above_the_plans(choice: Printed, own: Tally | None) -> None:
    control = replace(HELD, printed=choice, reason="đủ hơn")
    for printed in ("units", "control"):
        assert result(held(control, printed=printed)).own_tally == own


@pytest.mark.parametrize("change", [{"done": None}, {"total": None}, {"total": 0, "done": 0}, {"done": 300}])
def test_half_a_figure_is_never_judged(change: dict[str, int | None]) -> None:
    control = replace(HELD, **change)  # type: ignore[arg-type]  # fields by name
    found = result(held(control, printed="control"))
    assert (found.tally, found.own_tally, found.control) == (Tally(149, 200), None, control)


def test_a_later_target_takes_the_figure_and_no_verdict() -> None:
    found = result(held(HELD, printed="control"), "U2")
    assert found.verdict is Verdict.NOT_DUE
    assert (found.tally, found.own_tally) == (Tally(170, 200), Tally(149, 200))


def test_a_figure_of_one_unit_changes_no_sum_and_is_a_question_to_that_unit() -> None:
    of = held(replace(HELD, unit="A", total=110, done=79))
    assert result(of).tally == Tally(149, 200)
    (asked,) = [f for f in check(of) if f.code == "DC10"]
    assert (asked.unit, asked.item, asked.field) == ("A", "T2", "total")
    assert "tổng số (100) khác số của Hệ thống đến ngày 31/10/2025 (110)" in asked.message


@pytest.mark.parametrize(
    "control", [{"total": 100, "done": 79}, {"total": None, "done": None}, {"unit": "C"}]
)
def test_the_same_or_no_figure_is_no_question(control: dict[str, object]) -> None:
    of = held(replace(HELD, **{"unit": "A", **control}))  # type: ignore[arg-type]  # fields by name
    assert [f for f in check(of) if f.code == "DC10"] == []


def test_the_reason_is_the_officers_where_the_choice_is_his_else_the_plans() -> None:
    asked = plan().plan.targets[0]
    assert why(asked, replace(HELD, printed=Printed.CONTROL, reason="đủ hơn")) == "đủ hơn"
    assert why(asked, HELD) == "theo kế hoạch"
    assert why(asked.model_copy(update={"control": None}), HELD) == ""


def test_each_known_figure_is_set_beside_what_its_own_unit_gave() -> None:
    of = held(HELD, replace(HELD, unit="A", total=110, done=79))
    whole, own = control_lines(of, summarise(of, check(of)))
    assert (whole.unit, whole.own) == (None, Tally(149, 200))
    assert own.unit is not None
    assert (own.unit.code, own.own) == ("A", Tally(79, 100))
    assert list(own.pairs()) == [("total", 100, 110, 10), ("done", 79, 79, 0)]
