"""A result beside other figures: those of last year, and those of the system in charge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dvctt_report.explain.account import explain_target
from dvctt_report.model import (
    Basis,
    Bounds,
    Comparison,
    Control,
    Incomparable,
    Printed,
    Result,
    Tally,
    Verdict,
)
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.papers.fill.values import FigureValues
from dvctt_report.plan.last_year import LastResult, parse_last_year
from dvctt_report.plan.model import Profile, Target
from dvctt_report.report.marks import mark
from dvctt_report.report.settings import Issuer
from dvctt_report.report.tables import ComparisonRow, ComparisonTable, compare_with_last_year
from dvctt_report.report.targets import target_views
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from dvctt_report.year.summary.compare import compare_years
from dvctt_report.year.summary.controls import control_lines, why
from dvctt_report.year.year import Year
from tests.explain.conftest import manifest_data, manifest_of
from tests.plan.test_last_year import areas, merged, two_areas
from tests.shipped import shipped_phrases
from tests.year.rules.tables import TODAY, dataset, last_year_of, profile, target

NOW = "A | T2 | 100 | 80\nB | T2 | 100 | 79\nC | T2 | 100 | 81"
BEFORE = LastResult(Tally(225, 300), Verdict.MISSED, 3, 3, Fraction(100))
HELD = Control("T2", "", 300, 270, "Hệ thống", date(2026, 10, 31), "CV 1", Printed.CONTROL, "đủ hơn")


def year_of(
    table: str = NOW, before: LastResult | None = BEFORE, of: Profile | None = None, *controls: Control
) -> Dataset:
    of = of or areas()
    found = dataset(table, of, year=2026, today=date(2026, 12, 31))
    last = last_year_of(areas(), Period(2025), {"T2": before} if before else {})
    return Dataset(of, Period(2026), found.returns, found.today, last_year=last, controls=controls)


def compared(of: Dataset, item: str = "T2") -> Comparison:
    return next(c for c in compare_years(of, summarise(of, check(of)).results) if c.item == item)


def test_the_points_are_between_the_two_printed_percentages() -> None:
    assert compared(year_of()) == Comparison("T2", Period(2025), Decimal(75), Decimal(80), Decimal(5))
    less = compared(year_of(before=replace(BEFORE, tally=Tally(250, 300))))
    assert (less.before, less.points) == (Decimal("83.3"), Decimal("-3.3"))
    same = compared(year_of(before=replace(BEFORE, tally=Tally(240, 300))))
    assert str(same.points) == "0"


def test_both_percentages_are_printed_with_the_decimals_of_the_finer() -> None:
    of = year_of(NOW.replace("81", "82"), replace(BEFORE, tally=Tally(2499, 2500)))
    row = printed(of).rows[0]
    assert (row.before, row.now, row.points) == ("99,96", "80,33", "-19,63")
    # Under the name of the result itself, "check" would find that the report contradicts itself.
    assert printed(of, replace(VOICE, marking=True)).rows[0].now == mark("T2.last_year.now", "80,33")
    tags = FigureValues(manifest_of(of)).all
    assert tags["T2.last_year.now"].tag == "T2: tỷ lệ năm nay, làm tròn như ở bảng so với năm trước"
    said = " ".join(explain_target(manifest_of(of), "T2").beside)
    assert "So với năm 2025 (99,96%, năm nay 80,33%): giảm 19,63 điểm phần trăm." in said


def test_other_areas_are_never_compared_and_the_report_says_why_in_one_sentence() -> None:
    of = year_of(of=areas(H={"parts": ("Xã Một",), "valid_to": date(2026, 6, 30)}))
    assert compared(of) == Comparison("T2", Period(2025), why=Incomparable.GEOGRAPHY)
    why = "Không so với năm 2025: địa bàn báo cáo của hai năm khác nhau (Huyện H)."
    assert printed(of) == ComparisonTable(note=why)


def test_another_province_is_never_compared() -> None:
    of = year_of()
    assert of.last_year is not None
    of = replace(of, last_year=replace(of.last_year, province="tỉnh Nọ"))
    assert compared(of) == Comparison("T2", Period(2025), why=Incomparable.PROVINCE)
    assert printed(of) == ComparisonTable(note="Không so với năm 2025: báo cáo năm đó là của tỉnh Nọ.")


def redefined(of: Profile, **change: object) -> Profile:
    items = tuple(i.model_copy(update=change) if i.code == "T2" else i for i in of.plan.items)
    return of.model_copy(update={"plan": of.plan.model_copy(update={"items": items})})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"total": "tổng số người, cả hợp đồng"}, Incomparable.DEFINITION),
        ({"measure": "stock"}, Incomparable.DEFINITION),
        ({"answered_by": "authority", "authority": "A"}, Incomparable.DEFINITION),
        ({"total": "TỔNG"}, None),
        ({"title": "Mục tiêu khác", "label": "Tên khác", "point": "I.3"}, None),
    ],
)
def test_what_counts_another_thing_is_shown_without_points(
    change: dict[str, object], why: Incomparable | None
) -> None:
    found = compared(year_of(of=redefined(areas(), **change)))
    assert found.why is why
    assert (found.points is None) == (why is not None)


def test_a_merger_that_the_roster_names_keeps_the_territory_of_the_province() -> None:
    now, before = merged(), two_areas()
    of = dataset(NOW, now, year=2026, today=date(2026, 12, 31))
    of = replace(of, last_year=last_year_of(before, Period(2025), {"T2": BEFORE}))
    assert compared(of).points == Decimal(5)


@pytest.mark.parametrize(
    ("table", "before", "controls", "why"),
    [
        (NOW, None, (), Incomparable.NO_FIGURE),
        (NOW, replace(BEFORE, tally=Tally()), (), Incomparable.NO_FIGURE),
        ("A | T2 | ... | ...", BEFORE, (), Incomparable.NO_FIGURE),
        ("A | T2 | 100 | 80", BEFORE, (), Incomparable.COVERAGE),
        (NOW, replace(BEFORE, reported=1), (), Incomparable.COVERAGE),
        (NOW, replace(BEFORE, by_control=True), (), Incomparable.SOURCE),
        (NOW, BEFORE, (HELD,), Incomparable.SOURCE),
        (NOW, replace(BEFORE, by_control=True, reported=0), (HELD,), None),
    ],
)
def test_points_are_given_only_where_both_years_can_be_relied_on(
    table: str, before: LastResult | None, controls: tuple[Control, ...], why: Incomparable | None
) -> None:
    found = compared(year_of(table, before, None, *controls))
    assert found.why is why
    assert (found.points is None) == (why is not None)


CLASSES = "A | T2 | 1000\nB | T2 | 200\nC | T2 | 30"
SINCE = LastResult(Tally(1220), Verdict.MET, 3, 3, None)


FEW = "Số đơn vị có số liệu chưa đủ để so sánh"
NOTHING = "Một trong hai năm chưa có số liệu"


@pytest.mark.parametrize(
    ("before", "shown", "points", "note", "said"),
    [
        ({}, "1.220 lớp", "+10 lớp", "So sánh được", "(1.220 lớp): tăng 10 lớp."),
        ({"tally": Tally(1240)}, "1.240 lớp", "-10 lớp", "So sánh được", "(1.240 lớp): giảm 10 lớp."),
        ({"tally": Tally(), "reported": 0}, "...", "...", NOTHING, "một trong hai năm chưa có số liệu."),
        ({"tally": Tally()}, "0 lớp", "+1.230 lớp", "So sánh được", "(0 lớp): tăng 1.230 lớp."),
        # enough for a share, and yet the tenth unit may be all the difference
        ({"reported": 9, "expected": 10}, "1.220 lớp", "...", FEW, FEW.replace("Số", "số", 1) + "."),
        ({"reported": 1}, "1.220 lớp", "...", FEW, FEW.replace("Số", "số", 1) + "."),
    ],
)
def test_numbers_of_things_are_set_beside_numbers_of_things(
    before: dict[str, Any], shown: str, points: str, note: str, said: str
) -> None:
    counting = redefined(areas(), measure="count", unit_of_count="lớp", thresholds=())
    found = dataset(CLASSES, counting, year=2026, today=date(2026, 12, 31))
    last = {"T2": replace(SINCE, **before)}
    of = replace(found, last_year=last_year_of(counting, Period(2025), last))
    told = printed(of).rows[0]
    now = "..." if shown == "..." else "1.230 lớp"
    assert (told.before, told.now, told.points, told.note) == (shown, now, points, note)
    beside = explain_target(manifest_of(of), "T2").beside
    assert [line.rpartition("năm 2025")[2].lstrip(" :") for line in beside if "2025" in line] == [said]


def test_a_milestone_is_compared_only_where_both_years_set_a_day() -> None:
    """Done by a day, and done at all, are two things that one column must not hold."""
    table = "A | T2 | Có | 2026-03-01\nB | T2 | Có | 2026-03-02\nC | T2 | Không |"
    due = {"year": 2026, "by": date(2026, 6, 30)}
    asked = Target.model_validate(target("T2", 0, measure="milestone", question="?", thresholds=[due]))
    of = areas()
    of = of.model_copy(update={"plan": of.plan.model_copy(update={"items": (asked,)})})
    before = LastResult(Tally(2, 3), Verdict.MISSED, 3, 3, Fraction(100))
    year = dataset(table, of, year=2026, today=date(2026, 12, 31))
    found = {}
    for by_day in (False, True):
        last = last_year_of(of, Period(2025), {"T2": replace(before, by_day=by_day)})
        beside = Dataset(of, Period(2026), year.returns, year.today, last_year=last)
        found[by_day] = compared(beside)
    assert found[False].why is Incomparable.DEFINITION
    assert (found[True].before, found[True].now) == (Decimal("66.7"), Decimal("66.7"))


def test_things_are_not_set_beside_what_counted_other_things() -> None:
    counting = redefined(areas(), measure="count", unit_of_count="lớp", thresholds=())
    found = dataset(CLASSES, counting, year=2026, today=date(2026, 12, 31))
    told = printed(replace(found, last_year=last_year_of(areas(), Period(2025), {"T2": BEFORE}))).rows[0]
    why = "Cách tính của hai năm khác nhau"
    assert (told.before, told.now, told.points, told.note) == ("x", "1.230 lớp", "x", why)


def test_a_manifest_tells_whether_its_figure_was_the_control_figure() -> None:
    last = parse_last_year(manifest_data(year_of(NOW, BEFORE, None, HELD)), Period(2026))
    assert last.results["T2"] == LastResult(Tally(270, 300), Verdict.MISSED, 3, 3, Fraction(100), True)
    assert not last.results["T1"].by_control


# ------------------------------------------------------------------------------------------------ in words

ISSUER = Issuer(
    "UBND tỉnh", "Sở Một", "SM", "An Bình", "UBND tỉnh", ("GIÁM ĐỐC",), (), datetime(2026, 11, 20)
)
VOICE = Voice(shipped_phrases(), ISSUER)


def printed(of: Dataset, voice: Voice = VOICE) -> ComparisonTable:
    views = target_views(Year(of, check(of)), voice)
    return compare_with_last_year(of, [v for v in views if v.target.code in ("T2", "T8")], voice)


def test_the_report_sets_the_years_side_by_side() -> None:
    found = printed(year_of())
    assert (found.title, found.note) == ("So với năm 2025", "")
    assert found.rows[0] == ComparisonRow(
        "1", "Người vận hành hệ thống được tập huấn", "75", "80", "+5", "So sánh được"
    )
    assert found.rows[1].points == "..."
    assert found.rows[1].note == "Một trong hai năm chưa có số liệu"


def test_a_draft_of_last_year_calls_itself_one() -> None:
    of = year_of()
    assert of.last_year is not None
    draft = replace(of, last_year=replace(of.last_year, signed=False))
    assert printed(draft).title == "So với năm 2025 (dự thảo, chưa phát hành)"


def test_the_setting_and_an_unknown_year_leave_the_report_silent() -> None:
    silent = replace(VOICE, issuer=replace(ISSUER, compares_years=False))
    assert printed(year_of(), silent) == ComparisonTable()
    of = dataset(NOW)
    assert printed(of) == ComparisonTable()
    assert compare_years(of, summarise(of, check(of)).results) == ()


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (BEFORE, "So với năm 2025 (75%): tăng 5 điểm phần trăm."),
        (replace(BEFORE, tally=Tally(250, 300)), "So với năm 2025 (83,3%): giảm 3,3 điểm phần trăm."),
        (replace(BEFORE, tally=Tally(240, 300)), "So với năm 2025 (80%): không đổi."),
        (None, "Không so với năm 2025: một trong hai năm chưa có số liệu."),
    ],
)
def test_an_account_says_how_it_was_the_year_before(before: LastResult | None, said: str) -> None:
    assert said in explain_target(manifest_of(year_of(before=before)), "T2").beside


# --- The units' sum beside the figure of the system in charge: which one is judged, what is asked of units


SENT = "A | T2 | 100 | 79\nB | T2 | 100 | 70"
KNOWN = Control("T2", "", 200, 170, "Hệ thống", date(2025, 10, 31), "CV 1")


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
    none = "A | T2 | 0 | 0\nB | T2 | 0 | 0\nC | T2 | 0 | 0"
    for table in (SENT, none):
        of = held(KNOWN, printed="control", table=table)
        found = result(replace(of, period=Period(of.period.year, PeriodPart.HALF)))
        assert (found.tally, found.verdict, found.basis) == (Tally(170, 200), Verdict.PROGRESS, None)


def test_the_sum_is_judged_where_the_plan_prints_it_and_a_figure_that_is_known_stands_beside() -> None:
    none, found = result(held()), result(held(KNOWN))
    assert (none.tally, none.control, none.own_tally) == (Tally(149, 200), None, None)
    assert (found.tally, found.verdict) == (Tally(149, 200), none.verdict)
    assert (found.control, found.own_tally) == (KNOWN, None)


def test_the_figure_is_judged_where_the_plan_prints_it_and_the_sum_stands_beside() -> None:
    found = result(held(KNOWN, printed="control"))
    assert (found.tally, found.verdict, found.basis) == (Tally(170, 200), Verdict.MET, Basis.COMPLETE)
    assert (found.own_tally, found.bounds) == (Tally(149, 200), Bounds())
    assert found.missing == ("C",)
    missed = result(held(replace(KNOWN, done=159), printed="control"))
    assert (missed.verdict, missed.tally) == (Verdict.MISSED, Tally(159, 200))


@pytest.mark.parametrize(("choice", "own"), [(Printed.CONTROL, Tally(149, 200)), (Printed.UNITS, None)])
def test_the_officers_choice_stands_above_the_plans(choice: Printed, own: Tally | None) -> None:
    control = replace(KNOWN, printed=choice, reason="đủ hơn")
    for printed in ("units", "control"):
        assert result(held(control, printed=printed)).own_tally == own


@pytest.mark.parametrize("change", [{"done": None}, {"total": None}, {"total": 0, "done": 0}, {"done": 300}])
def test_half_a_figure_is_never_judged(change: dict[str, int | None]) -> None:
    control = replace(KNOWN, **change)  # type: ignore[arg-type]  # fields by name
    found = result(held(control, printed="control"))
    assert (found.tally, found.own_tally, found.control) == (Tally(149, 200), None, control)


def test_a_later_target_takes_the_figure_and_no_verdict() -> None:
    found = result(held(KNOWN, printed="control"), "U2")
    assert found.verdict is Verdict.NOT_DUE
    assert (found.tally, found.own_tally) == (Tally(170, 200), Tally(149, 200))


def test_a_figure_of_one_unit_changes_no_sum_and_is_a_question_to_that_unit() -> None:
    of = held(replace(KNOWN, unit="A", total=110, done=79))
    assert result(of).tally == Tally(149, 200)
    (asked,) = [f for f in check(of) if f.code == "DC10"]
    assert (asked.unit, asked.item, asked.field) == ("A", "T2", "total")
    assert "tổng số (100) khác số của Hệ thống đến ngày 31/10/2025 (110)" in asked.message


@pytest.mark.parametrize(
    "control", [{"total": 100, "done": 79}, {"total": None, "done": None}, {"unit": "C"}]
)
def test_the_same_or_no_figure_is_no_question(control: dict[str, object]) -> None:
    of = held(replace(KNOWN, **{"unit": "A", **control}))  # type: ignore[arg-type]  # fields by name
    assert [f for f in check(of) if f.code == "DC10"] == []


def test_the_reason_is_the_officers_where_the_choice_is_his_else_the_plans() -> None:
    asked = plan().plan.targets[0]
    assert why(asked, replace(KNOWN, printed=Printed.CONTROL, reason="đủ hơn")) == "đủ hơn"
    assert why(asked, KNOWN) == "theo kế hoạch"
    assert why(asked.model_copy(update={"control": None}), KNOWN) == ""


def test_each_known_figure_is_set_beside_what_its_own_unit_gave() -> None:
    of = held(KNOWN, replace(KNOWN, unit="A", total=110, done=79))
    whole, own = control_lines(of, summarise(of, check(of)))
    assert (whole.unit, whole.own) == (None, Tally(149, 200))
    assert own.unit is not None
    assert (own.unit.code, own.own) == ("A", Tally(79, 100))
    assert list(own.pairs()) == [("total", 100, 110, 10), ("done", 79, 79, 0)]
