"""What the year comes to: tallies, verdicts with their basis, sums, tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dvctt_report.model import (
    Basis,
    Bounds,
    Coverage,
    Finding,
    FindingState,
    Outlook,
    Result,
    Return,
    ReturnStatus,
    Severity,
    State,
    Summary,
    Tally,
    TaskState,
    TaskStatus,
    Total,
    Verdict,
    Weight,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import below_target, summarise
from dvctt_report.year.summary.compare import look_ahead
from dvctt_report.year.summary.returns import return_lines, sent_units, why_missing
from dvctt_report.year.summary.totals import tally_done
from tests.year.rules.tables import TODAY, dataset, item, profile, target


def summary(of: Dataset, *more: Finding) -> Summary:
    return summarise(of, (*check(of), *more))


def result(table: str, code: str, of: Profile | None = None, *more: Finding, year: int = 2025) -> Result:
    found = summary(dataset(table, of, year=year), *more)
    return next(r for r in found.results if r.item == code)


def states(of: Result) -> dict[str, tuple[str, int | None]]:
    """Of each unit the state, and its denominator: the one counted, else the one known."""
    return {
        c.unit: (c.state.value, c.tally.denominator if c.tally else c.known_denominator)
        for c in of.contributions
    }


def ratio(at_least: int, *, units: int = 2, **more: object) -> Profile:
    """A plan of the single target T2, asked of ``units`` departments."""
    return profile(target("T2", at_least, **more), units=units)


def pairs(said: str, code: str = "T2") -> str:
    """The table of the totals and numerators in "A 100 90, B ... ..."."""
    return "\n".join(" | ".join([unit, code, *cells]) for unit, *cells in map(str.split, said.split(", ")))


# ------------------------------------------------------------------------------------------ verdicts


def test_where_the_plan_sets_no_level_figures_are_told_and_not_judged() -> None:
    of = ratio(80, units=3, thresholds=())
    found = result(pairs("A 1000 799, B 10 0"), "T2", of)
    assert (found.tally, found.goal) == (Tally(799, 1010), None)
    assert (found.verdict, found.basis, found.grade, found.turn) == (Verdict.NO_LEVEL, None, None, None)
    assert (found.short, below_target(found)) == (0, ())
    assert (found.coverage, found.missing) == (Coverage(2, 3), ("C",))
    assert look_ahead(found, of.plan.targets[0], Period(2025)) is None
    assert of.plan.targets[0].first_year is None


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 5000)), min_size=2, max_size=6))
def test_the_share_is_the_ratio_of_sums_and_never_the_mean_of_rates(pairs_: list[tuple[int, int]]) -> None:
    pairs_ = [(total, min(total, done)) for total, done in pairs_]
    ratio_of_sums = Fraction(sum(d for _, d in pairs_), sum(t for t, _ in pairs_))
    mean_of_rates = sum((Fraction(d, t) for t, d in pairs_), Fraction(0)) / len(pairs_)
    assume(ratio_of_sums != mean_of_rates)
    said = ", ".join(f"{chr(ord('A') + n)} {t} {d}" for n, (t, d) in enumerate(pairs_))
    found = result(pairs(said), "T2", ratio(80, units=len(pairs_)))
    assert found.tally.share == ratio_of_sums
    assert found.tally.share != mean_of_rates
    assert found.bounds == Bounds(ratio_of_sums, ratio_of_sums)


THREE = "A 100 {0}, B 100 {0}, C 100 {0}, "
T80, T95, FULL, NONE = (THREE.format(n) for n in (80, 95, 100, 0))


@pytest.mark.parametrize(
    ("at_least", "units", "said", "verdict", "basis"),
    [
        (80, 2, "A 1000 799, B 1000 800", Verdict.MISSED, Basis.COMPLETE),  # 79,95% is printed as 80%
        (80, 2, "A 1000 800, B 1000 800", Verdict.MET, Basis.COMPLETE),
        (80, 2, "A - -", Verdict.INSUFFICIENT, None),  # not that nothing arose
        (80, 5, T80 + "D 100 80", Verdict.MET, Basis.PARTIAL),
        (80, 5, T80 + "D 100 79", Verdict.MISSED, Basis.PARTIAL),
        (80, 5, T80[:-2], Verdict.INSUFFICIENT, None),
        (80, 5, "A - -, B - -, C - -, D - -, E 100 ...", Verdict.INSUFFICIENT, None),
        (80, 5, T80 + "D 100 20, E 100 ...", Verdict.MISSED, Basis.SAFE),
        (80, 5, T80 + "D 100 ..., E 100 ...", Verdict.INSUFFICIENT, None),
        (60, 5, T80 + "D 100 80, E 100 ...", Verdict.MET, Basis.SAFE),
        (60, 5, T80 + "D 10 ..., E 10 ...", Verdict.MET, Basis.SAFE),
        (60, 5, T80 + "D 10 ..., E ... ...", Verdict.INSUFFICIENT, None),
        (80, 5, T95 + "D 100 95, E 100 ...", Verdict.MET, Basis.PARTIAL),
        (80, 5, T95 + "D 100 95, E 101 ...", Verdict.INSUFFICIENT, None),  # small units that hide a big one
        (100, 5, T80 + "D 100 80", Verdict.MISSED, Basis.SAFE),
        (100, 5, FULL + "D 100 100", Verdict.INSUFFICIENT, None),
        (100, 5, FULL + "D 100 100, E 0 ...", Verdict.INSUFFICIENT, None),
        (100, 5, FULL + "D 100 100, E - -", Verdict.MET, Basis.COMPLETE),
    ],
)
def test_missing_units_are_weighed_in_the_order_safe_then_partial_then_insufficient(
    at_least: int, units: int, said: str, verdict: Verdict, basis: Basis | None
) -> None:
    found = result(pairs(said), "T2", ratio(at_least, units=units))
    assert (found.verdict, found.basis) == (verdict, basis)


def test_a_target_of_none_at_all_is_never_met_with_a_unit_missing() -> None:
    of = ratio(0, units=5, thresholds=[{"year": 2025, "at_most": 0}])
    assert result(pairs(NONE + "D 100 0"), "T2", of).verdict is Verdict.INSUFFICIENT
    assert result(pairs(NONE + "D 100 0, E 100 0"), "T2", of).verdict is Verdict.MET


def test_nothing_arising_anywhere_is_neither_0_nor_100_percent() -> None:
    found = result("A | T2 | - |\nB | T2 | 0 | 0", "T2", ratio(80))
    assert (found.verdict, found.basis, found.tally.share) == (Verdict.NONE_ARISING, None, None)
    assert found.coverage == Coverage(2, 2)
    assert found.bounds == Bounds()
    assert states(found) == {"A": ("none_arising", 0), "B": ("given", 0)}


def test_bounds_need_every_missing_total_and_are_not_guessed() -> None:
    known = result(pairs(T80 + "D 100 ..."), "T2", ratio(80, units=4))
    assert known.bounds == Bounds(Fraction(240, 400), Fraction(340, 400))
    unknown = result(pairs(T80 + "D ... ..."), "T2", ratio(80, units=4))
    assert unknown.bounds == Bounds()


def test_a_target_that_nobody_is_asked_is_not_applicable() -> None:
    of = profile(target("T8", 100, answered_by="authority", authority="ZZ"))
    found = result("A @ sent=2025-12-01", "T8", of)
    assert (found.verdict, found.coverage) == (Verdict.NOT_APPLICABLE, Coverage(0, 0))


def test_a_target_that_needs_a_document_waits_for_it() -> None:
    table = "A | T4 | Có\nB | T4 | Có\nC | T4 | Có"
    assert result(table, "T4").verdict is Verdict.INSUFFICIENT
    assert result(table, "T4", profile(guidance_document="Công văn số 1")).verdict is Verdict.MET


# ----------------------------------------------------------------------------------- years and sources


def test_a_target_of_2030_is_shown_on_the_other_targets_figures_and_not_yet_judged() -> None:
    table = "A | T10 | 100 | 95\nunit | item | resolved_total\nA | HS.T | 100"
    of = result(table, "T10")
    later = result(table, "U2")
    assert (later.verdict, later.basis, later.line) == (Verdict.NOT_DUE, None, Fraction(70))
    assert (later.tally, later.coverage, later.contributions) == (of.tally, of.coverage, of.contributions)


@pytest.mark.parametrize(
    ("year", "at_least", "later"),
    [(2025, 80, Verdict.NOT_DUE), (2027, 80, Verdict.NOT_DUE), (2030, 80, Verdict.MET)],
)
def test_thresholds_hold_from_their_year_on_and_are_not_interpolated(
    year: int, at_least: int, later: Verdict
) -> None:
    of = profile(
        target("T2", 80), target("U2", 70, same_as="T2", thresholds=[{"year": 2030, "at_least": 70}]), units=1
    )
    table = "A | T2 | 100 | 75"
    assert result(table, "T2", of, year=year).line == at_least
    found = result(table, "U2", of, year=year)
    assert (found.line, found.verdict) == (Fraction(70), later)


def test_a_target_that_an_authority_answers_has_its_figures_alone() -> None:
    found = result(pairs("A 100 100, B 50 10", "T8"), "T8")
    assert (found.tally, found.verdict) == (Tally(100, 100), Verdict.MET)
    assert [c.unit for c in found.contributions] == ["A"]


SOURCES = """
    H | T10 | {2} | {3}
    unit | item | resolved_total
    H | HS.T | {0}
    H | HS.X | {1}
"""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("100", "50", "150", "120"), ("given", 150)),
        (("100", "-", "100", "80"), ("given", 100)),
        (("100", "...", "100", "80"), ("not_available", None)),
        (("100", "x", "100", "80"), ("given", 100)),
        (("x", "x", "0", "0"), ("not_applicable", None)),
        (("x", "-", "0", "0"), ("none_arising", 0)),
        (("...", "...", "0", "0"), ("not_available", None)),
        (("-", "...", "0", "0"), ("not_available", None)),
        (("-", "-", "0", "0"), ("none_arising", 0)),
        (("100", "", "100", "80"), ("blank", None)),
        (("100", "?", "100", "80"), ("unreadable", None)),
        (("100", "50", "...", "..."), ("not_available", None)),
    ],
)
def test_a_sum_is_worth_what_its_sources_are(
    cells: tuple[str, ...], expected: tuple[str, int | None]
) -> None:
    assert states(result(SOURCES.format(*cells), "T10"))["H"] == expected


def test_a_barred_source_bars_the_target_that_is_summed_from_it() -> None:
    table = SOURCES.format("100", "50", "150", "120")
    for field, used in (("resolved_total", False), ("", False), ("received_total", True)):
        error = Finding("HS99", Severity.ERROR, "sai", unit="H", item="HS.X", field=field)
        assert (result(table, "T10", None, error).tally == Tally(120, 150)) is used


# -------------------------------------------------------------------------------- what may not be used


def test_a_total_is_not_known_while_a_communes_counts_contradict_each_other() -> None:
    rows = "H | T1 | 30 | ?\nH/Xã Một | T1 | 20 | ?\nH/Xã Hai | T1 | 10 | {}"
    assert states(result(rows.format(9), "T1"))["H"] == ("unreadable", 30)
    assert states(result(rows.format(11), "T1"))["H"] == ("unreadable", None)
    of = dataset(rows.format(11))
    accepted = [replace(f, state=FindingState.ACCEPTED) for f in check(of)]
    (told,) = (r for r in summarise(of, accepted).results if r.item == "T1")
    assert states(told)["H"] == ("unreadable", None)


def test_a_contradiction_is_left_out_and_its_total_is_not_taken_as_known() -> None:
    found = result(pairs("A 100 90, B 100 120"), "T2", ratio(80))
    assert (found.tally, found.missing) == (Tally(90, 100), ("B",))
    assert states(found)["B"] == ("given", None)
    assert found.bounds == Bounds()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("A | T2 | 100 |", ("blank", 100)),
        ("A | T2 | 100 | -", ("given", 100)),
        ("A | T2 | 100 | ?", ("unreadable", 100)),
        ("A | T2 | 100 | ~", ("blank", 100)),
        ("A | T2 | ~ | ~", ("blank", None)),
        ("A | T2 | | 80", ("blank", None)),
        ("A | T2 | - | 5", ("given", None)),
        ("A | T2 | 0 | -", ("given", 0)),
        ("B | T2 | 1 | 1", ("blank", None)),
    ],
)
def test_a_row_that_gives_nothing_says_why(table: str, expected: tuple[str, int | None]) -> None:
    found = result(table, "T2", ratio(80))
    assert states(found)["A"] == expected


def test_an_open_error_bars_the_field_or_the_item_it_stands_at_and_nothing_else() -> None:
    table = pairs("A 100 90, B 100 90")
    error = Finding("KP03", Severity.ERROR, "sai", unit="A", item="T2", field="done")
    of = ratio(80)
    assert result(table, "T2", of, error).missing == ("A",)
    assert result(table, "T2", of, replace(error, field="")).missing == ("A",)
    harmless = (
        replace(error, field="estimate"),
        replace(error, severity=Severity.WARNING),
        replace(error, item="T1"),
        replace(error, item=""),
        replace(error, unit=""),
        replace(error, state=FindingState.ACCEPTED),
    )
    assert result(table, "T2", of, *harmless).missing == ()


@pytest.mark.parametrize("done", ["120", "-"])
def test_a_pair_that_is_no_part_and_whole_is_left_out_without_any_finding_or_with_it_accepted(
    done: str,
) -> None:
    of = dataset(pairs(f"A 100 {done}"), ratio(80, units=1))
    accepted = [replace(f, state=FindingState.ACCEPTED) for f in check(of)]
    assert [summarise(of, found).results[0].missing for found in ((), accepted)] == [("A",), ("A",)]


@pytest.mark.parametrize(
    ("measure", "done", "counted"),
    [
        *(("rank", "34", True), ("rank", "35", False), ("rank", "0", False)),
        *(("score", "34", True), ("score", "35", False)),
    ],
)
def test_points_and_ranks_that_cannot_be_are_left_out_without_any_finding(
    measure: str, done: str, counted: bool
) -> None:
    own = {"answered_by": "authority", "authority": "A"}
    plan = profile(
        target("T7", 0, measure=measure, unit_of_count="hạng", scale=34, thresholds=[], **own), units=1
    )
    (found,) = summarise(dataset(f"A | T7 | {done}", plan), ()).results
    assert (found.missing, found.tally.numerator) == (() if counted else ("A",), int(done) if counted else 0)


def test_not_applicable_counts_as_missing_until_it_is_accepted() -> None:
    of = dataset(pairs("A 100 90, B x x"), ratio(80))
    findings = check(of)
    before = summarise(of, findings).results[0]
    assert (before.verdict, before.coverage, before.missing) == (Verdict.INSUFFICIENT, Coverage(1, 2), ("B",))
    accepted = [replace(f, state=FindingState.ACCEPTED) for f in findings]
    after = summarise(of, accepted).results[0]
    assert (after.verdict, after.coverage, after.missing) == (Verdict.MET, Coverage(1, 1), ())
    assert states(after)["B"] == ("not_applicable", None)


def test_a_unit_that_withholds_by_law_leaves_the_expected_set_and_another_does_not() -> None:
    found = result(pairs("A 5 5, B 5 5, C *** ***, H 5 5", "T1"), "T1")
    assert (found.verdict, found.coverage) == (Verdict.MET, Coverage(3, 3))
    found = result(pairs("A 5 5, B *** ***, C *** ***, H 5 5", "T1"), "T1")
    assert (found.coverage, found.missing) == (Coverage(2, 3), ("B",))


@pytest.mark.parametrize("status", [ReturnStatus.UNDECIDED, ReturnStatus.REFUSED, ReturnStatus.SUPERSEDED])
def test_a_unit_whose_return_is_not_effective_is_missing(status: ReturnStatus) -> None:
    of = dataset(pairs("A 10 9, B 10 9"), ratio(80))
    returns = (replace(of.returns[0], status=status), *of.returns[1:])
    found = summary(Dataset(of.profile, Period(2025), returns, TODAY)).results[0]
    assert (found.tally, found.missing) == (Tally(9, 10), ("A",))


# ---------------------------------------------------------------------------------------- yes and no


def test_each_missing_answer_counts_one_in_the_bounds() -> None:
    of = profile(target("T3", 50, measure="yes_no"), units=4)
    found = result("A | T3 | Có\nB | T3 | Có\nC | T3 | ?", "T3", of)
    assert (found.tally, found.bounds) == (Tally(2, 2), Bounds(Fraction(2, 4), Fraction(4, 4)))
    assert (found.verdict, found.basis, found.missing) == (Verdict.MET, Basis.SAFE, ("C", "D"))


def test_an_answer_outside_the_denominator_counts_as_answered_and_no_more() -> None:
    choices = ("Có", "Không", "Không có trang")
    of = profile(target("T3", 100, measure="yes_no", choices=choices, choices_outside=choices[2:]), units=3)
    found = result("A | T3 | Có\nB | T3 | -\nC | T3 | Không có trang", "T3", of)
    assert (found.tally, found.coverage, found.verdict) == (Tally(1, 1), Coverage(3, 3), Verdict.MET)


def test_a_barred_or_absent_answer_is_missing() -> None:
    error = Finding("KP03", Severity.ERROR, "sai", unit="A", item="T3", field="answer")
    found = result("A | T3 | Có\nB | T3 | ~\nC | T3 | Có", "T3", None, error)
    said = states(found)
    assert (found.missing, said["A"], said["B"]) == (("A", "B"), ("given", None), ("blank", None))


def test_below_target_names_units_in_roster_order_and_only_those_with_a_denominator() -> None:
    found = result(pairs("D 100 79, C - -, B 10 7, A 100 80"), "T2", ratio(80, units=5))
    assert below_target(found) == ("B", "D")


# -------------------------------------------------------------------------------------------- totals


def totals(table: str, *more: Finding) -> dict[str, Total]:
    return {f"{t.item}.{t.field}": t for t in summary(dataset(table), *more).totals}


def test_counts_and_money_are_summed_over_the_units_that_gave_a_number() -> None:
    found = totals(
        """
        A | HT.b | 3 | 120 | hội nghị
        B | HT.b | - | ... |
        C | HT.b | 4 |     |
        A | KP.a | x | ~ | 5000000
        """
    )
    events = found["HT.b.events"]
    assert (events.value, events.coverage) == (7, Coverage(3, 3))
    assert [o.value for o in events.contributions] == [3, 4]
    assert (found["HT.b.people"].value, found["HT.b.people"].coverage) == (120, Coverage(1, 3))
    assert (found["KP.a.spent"].value, found["KP.c.raised"].value) == (5000000, None)
    counted = ["HT.b.events", "HT.b.people", "KP.a.planned", "KP.a.spent", "KP.c.raised"]
    assert [name for name in found if not name.startswith("KS.")] == counted


def test_a_sum_without_a_number_is_none_and_leaves_barred_and_withheld_figures_out() -> None:
    error = Finding("KP03", Severity.ERROR, "sai", unit="B", item="HT.b", field="events")
    table = "A | HT.b | - | *** \nB | HT.b | 5 | 5\nC | HT.b | *** | ***"
    found = totals(table, error)
    assert (found["HT.b.events"].value, found["HT.b.events"].coverage) == (None, Coverage(1, 2))
    assert (found["HT.b.people"].value, found["HT.b.people"].coverage) == (5, Coverage(1, 2))


# --------------------------------------------------------------------------------------------- tasks


def tasks(
    table: str, *more: Finding, today: date = TODAY, others: tuple[Return, ...] = ()
) -> dict[str, TaskState]:
    found = summary(dataset(table, today=today, others=others), *more)
    return {f"{t.item} {t.unit}": t.state for t in found.tasks}


def test_each_body_that_a_task_binds_has_a_status_in_the_order_of_the_plan() -> None:
    found = tasks("A | NV.1 | Đang thực hiện")
    assert list(found) == ["NV.1 A", "NV.1 H", "NV.2 B", "NV.2 H", "NV.3 B", "NV.4 A"]
    assert found["NV.1 A"] is TaskState.ONGOING
    assert found["NV.1 H"] is TaskState.UNKNOWN
    assert found["NV.4 A"] is TaskState.DONE


FIVE = "B | HT.b | 5"


@pytest.mark.parametrize(
    ("table", "state"),
    [
        (f"B | NV.2 | Chưa thực hiện\n{FIVE}", TaskState.NOT_DONE),
        (f"B | NV.2 | ?\n{FIVE}", TaskState.UNKNOWN),
        (f"B | NV.2 |\n{FIVE}", TaskState.DONE),
        (FIVE, TaskState.DONE),
        ("B | HT.b | 0", TaskState.NOT_DONE),
        ("B | HT.b | -", TaskState.NOT_DONE),
        ("B | HT.b |", TaskState.UNKNOWN),
        ("B | T2 | 5 | 3", TaskState.DONE),
        ("B | T2 | 5 | 0", TaskState.NOT_DONE),
        ("B | T2 | 5 | 6", TaskState.UNKNOWN),
        ("B | T3 | Có", TaskState.DONE),
        ("B | T3 | Không", TaskState.NOT_DONE),
        ("B | ND.a | x", TaskState.DONE),
        ("B | ND.a | không", TaskState.NOT_DONE),
        ("A @ sent=2025-12-01", TaskState.UNKNOWN),
    ],
)
def test_a_typed_status_wins_and_else_the_other_answers_tell(table: str, state: TaskState) -> None:
    assert tasks(table)["NV.2 B"] is state


def test_a_derived_status_names_the_answers_that_show_it() -> None:
    of = dataset("B | HT.b | 0 | 9")
    found = next(t for t in summary(of).tasks if (t.item, t.unit) == ("NV.2", "B"))
    assert [(o.field, o.value) for o in found.observations] == [("people", 9)]


@pytest.mark.parametrize(
    ("table", "today", "others", "state"),
    [
        ("B @ sent=2025-12-15", TODAY, (), TaskState.DONE),
        ("B @ sent=2025-12-16", TODAY, (), TaskState.NOT_DONE),
        ("B @ code=1", TODAY, (), TaskState.UNKNOWN),
        ("A @ code=1", date(2025, 12, 15), (), TaskState.UNKNOWN),
        ("A @ code=1", date(2025, 12, 16), (), TaskState.UNKNOWN),
        ("A @ code=1", TODAY, (Return("b.xlsx", "1", ReturnStatus.UNDECIDED, unit="B"),), TaskState.UNKNOWN),
    ],
)
def test_sending_in_time_is_a_task_that_the_return_itself_answers(
    table: str, today: date, others: tuple[Return, ...], state: TaskState
) -> None:
    assert tasks(table, today=today, others=others)["NV.3 B"] is state


def test_a_task_may_be_shown_by_another_task() -> None:
    of = profile(
        item("task", "NV.1", binds=("A",)), item("task", "NV.2", binds=("A",), derived_from=("NV.1",))
    )
    found = summary(dataset("A | NV.1 | Đã thực hiện", of))
    assert [t.state for t in found.tasks] == [TaskState.DONE, TaskState.DONE]


# ------------------------------------------------------------- coverage by weight, the years ahead, estimates


def test_coverage_is_weighed_by_the_totals_where_all_of_them_are_known() -> None:
    assert result(pairs("A 30 20, B 10 ..."), "T2", ratio(80)).weight == Weight(30, 40)
    assert result(pairs("A 30 20"), "T2", ratio(80)).weight is None
    assert result(pairs("A - -, B - -"), "T2", ratio(80)).weight is None, "there is nothing to count"
    assert result("A | T3 | Có", "T3").weight is None, "units themselves are counted"


def outlook(done: int, at_least: int = 100, total: int = 1000) -> Outlook | None:
    aim = target("T2", at_least, thresholds=[{"year": 2030, "at_least": at_least}])
    of = profile(aim, units=1)
    found = result(pairs(f"A {total} {done}"), "T2", of)
    return look_ahead(found, of.plan.targets[0], Period(2025))


def test_the_way_to_a_later_threshold_is_told_in_printed_points_and_rounded_steps() -> None:
    assert outlook(829) == Outlook(2030, 5, Decimal("17.1"), Decimal("3.4"))
    assert outlook(750) == Outlook(2030, 5, Decimal(25), Decimal(5))
    assert outlook(800, 70) == Outlook(2030, 5, Decimal(-10), Decimal(0))  # reached already
    assert outlook(0, total=0) is None, "without a share"
    found = result(pairs("A 10 5"), "T2", ratio(80, units=1))
    assert look_ahead(found, ratio(80).plan.targets[0], Period(2025)) is None, "of a target that is due"


@given(st.integers(1, 99999))
def test_the_yearly_steps_are_the_distance_divided_and_rounded_and_never_nothing(done: int) -> None:
    ahead = outlook(done, total=100000)
    assert ahead is not None
    if ahead.distance <= 0:
        assert ahead.per_year == 0
    else:
        apart = abs(ahead.per_year * ahead.years - ahead.distance)
        assert ahead.per_year > 0
        assert apart <= Decimal("0.05") * ahead.years or ahead.per_year == Decimal("0.1")


def test_estimates_are_summed_beside_the_result_and_change_nothing_in_it() -> None:
    with_them = "A | T2 | 100 | 50 | ~ | 70\nB | T2 | 100 | 40 | ~ | \nC | T2 | ... | ... | ~ | 30"
    without = pairs("A 100 50, B 100 40, C ... ...")
    of = ratio(80, units=3)
    (estimate,) = summary(dataset(with_them, of)).estimates
    assert (estimate.item, estimate.value, estimate.so_far) == ("T2", 70, 50)
    assert [o.unit for o in estimate.observations] == ["A"]
    assert summary(dataset(without, of)).estimates == ()
    assert result(with_them, "T2", of) == result(without, "T2", of)


def test_an_estimate_below_what_is_done_or_barred_is_left_out() -> None:
    assert summary(dataset("A | T2 | 100 | 50 | ~ | 49", ratio(80))).estimates == ()
    barred = Finding("X", Severity.ERROR, "m", unit="A", item="T2", field="estimate")
    table = "A | T2 | 100 | 50 | ~ | 60\nB | T2 | 100 | 50 | ~ | 60"
    (estimate,) = summary(dataset(table, ratio(80)), barred).estimates
    assert [o.unit for o in estimate.observations] == ["B"]


def test_tasks_are_counted_of_those_that_are_known() -> None:
    states = (TaskState.DONE, TaskState.UNKNOWN, TaskState.NOT_DONE, TaskState.ONGOING, TaskState.DONE)
    assert tally_done([TaskStatus("NV.a", "SO1", state) for state in states]) == Tally(2, 4)
    assert tally_done([TaskStatus("NV.a", "SO1", TaskState.UNKNOWN)]).share is None


def test_why_a_unit_adds_nothing_is_told_by_what_became_of_its_return_and_of_its_answer() -> None:
    of = dataset(pairs("A 10 9, B 10 9"))
    own, other = of.returns
    paper = replace(own, file="so-theo-doi.xlsx", unit="C", status=ReturnStatus.PAPER, observations=())
    of = Dataset(of.profile, of.period, (own, replace(other, status=ReturnStatus.UNDECIDED), paper), TODAY)
    lines = {line.unit.code: line for line in return_lines(of)}
    assert sent_units(of.returns) == {"A", "B", "C"}
    assert why_missing(of, lines["B"], "B", None) == "correcting"
    assert why_missing(of, lines["C"], "C", None) == "paper"
    assert why_missing(of, lines["H"], "H", None) == "not_sent"
    told = {state: why_missing(of, lines["A"], "A", state) for state in (None, *State)}
    assert told[State.NOT_AVAILABLE] == "not_available"
    assert told[State.NOT_APPLICABLE] == "exemption_open"
    assert told[State.GIVEN] == told[State.UNREADABLE] == "correcting"
    assert told[None] == told[State.BLANK] == "unanswered"


# ------------------------------------------------------------------------------------------ milestones


def milestone(table: str, by: date, *, units: int = 3) -> tuple[Result, set[str]]:
    """The result of a milestone, and what the rules say of its answers. The year's figures end on 30/11."""
    asked = target("T2", 0, measure="milestone", question="?", thresholds=[{"year": 2025, "by": by}])
    of = dataset(table, profile(asked, units=units))
    findings, found = [f for f in check(of) if f.item == "T2"], summarise(of, ()).results[0]
    assert look_ahead(found, of.profile.plan.targets[0], Period(2025)) is None
    return found, {f.field for f in findings if f.code == "BC01"}


IN_TIME, LATE, OPEN = "Có | 2025-06-30 | QĐ 1", "Có | 2025-07-01 | QĐ 1", "Không | |"


@pytest.mark.parametrize(
    ("said", "by", "tally", "verdict", "basis"),
    [
        ((IN_TIME, IN_TIME, IN_TIME), date(2025, 6, 30), (3, 3), Verdict.MET, Basis.COMPLETE),
        ((IN_TIME, LATE, OPEN), date(2025, 6, 30), (1, 3), Verdict.MISSED, Basis.COMPLETE),
        ((IN_TIME, IN_TIME, "... | |"), date(2025, 6, 30), (2, 2), Verdict.INSUFFICIENT, None),
        ((IN_TIME, OPEN, OPEN), date(2025, 12, 31), (1, 3), Verdict.NOT_DUE, None),
        ((IN_TIME, IN_TIME, "... | |"), date(2025, 12, 31), (2, 2), Verdict.NOT_DUE, None),
        ((IN_TIME, LATE, LATE), date(2025, 12, 31), (3, 3), Verdict.NOT_DUE, None),
    ],
)
def test_a_milestone_is_judged_from_its_day_on(
    said: tuple[str, ...], by: date, tally: tuple[int, int], verdict: Verdict, basis: Basis | None
) -> None:
    table = "\n".join(f"{unit} | T2 | {cells}" for unit, cells in zip("ABC", said, strict=True))
    found, _ = milestone(table, by)
    assert (found.tally, found.verdict, found.basis) == (Tally(*tally), verdict, basis)


def test_a_milestone_without_its_day_is_no_figure_and_is_asked() -> None:
    found, asked = milestone(
        "A | T2 | Có | | QĐ 1\nB | T2 | Có | 2025-06-30 | QĐ 1", date(2025, 6, 30), units=2
    )
    assert (found.tally, found.missing) == (Tally(1, 1), ("A",))
    assert asked == {"done_on"}
