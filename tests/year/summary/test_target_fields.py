"""A target over several fields of procedures is judged field by field, or jointly where the plan says so."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from dvctt_report.model import Compared, Goal, Grade, Progress, Result, State, Verdict
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.model import Profile
from dvctt_report.plan.references import check_references
from dvctt_report.report.charts import gap_chart
from dvctt_report.report.target_sentences import target_notes, target_sentence
from dvctt_report.report.targets import target_views
from dvctt_report.report.wording import Voice
from dvctt_report.year.summary import below_target, summarise
from dvctt_report.year.summary.verdict import progress
from dvctt_report.year.year import Year
from tests.report.conftest import VOICE
from tests.year.rules.tables import dataset, item, profile, target

AREAS = {"KS.1": "Đất đai", "KS.2": "Xây dựng", "KS.3": "Đầu tư"}
UNITS = ("A", "B", "C", "D", "E")
Said = dict[str, dict[str, tuple[int, int] | None]]
"""Valid and satisfied answers by unit and field; None where the unit hasn't counted the satisfied."""


def plan_of(at_least: int = 85, joint: bool = False, partial: int = 60) -> Profile:
    surveys = [item("survey", code, source="Hệ thống", area=area) for code, area in AREAS.items()]
    summed = {f"{field}_sources": [f"{code}.{name}" for code in AREAS] for field, name in CELLS}
    judged = target("T5", at_least, unit_of_count="phiếu", joint=joint, done_as="hài lòng", **summed)
    return profile(judged, *surveys, units=len(UNITS), partial_coverage=partial)


CELLS = (("total", "valid"), ("done", "satisfied"))


def table(said: Said) -> str:
    lines = []
    for unit, fields in said.items():
        for code, pair in fields.items():
            valid, satisfied = pair or ("...", "...")
            lines.append(f"{unit} | {code} | ~ | ~ | {valid} | {satisfied}")
        given = [pair for pair in fields.values() if pair is not None]
        known = len(given) == len(fields)
        total, done = (str(sum(pair[n] for pair in given)) if known else "" for n in (0, 1))
        lines.append(f"{unit} | T5 | {total} | {done}")
    return "\n".join(lines)


def result_of(of: Profile, said: Said) -> Result:
    (result,) = summarise(dataset(table(said), of), ()).results
    return result


def everyone(**fields: tuple[int, int]) -> Said:
    return {unit: dict(zip(AREAS, fields.values(), strict=True)) for unit in UNITS}


LAND = everyone(land=(100, 68), building=(300, 290), investment=(200, 195))
"""One field far below the threshold, the sum of all above it: 92,2%."""


def test_one_field_below_the_threshold_is_enough_to_miss_it() -> None:
    result = result_of(plan_of(), LAND)
    assert Goal(Compared.AT_LEAST, Fraction(85)).reached_by(result.tally)
    assert (result.verdict, result.grade) == (Verdict.MISSED, Grade.CERTAIN)
    assert [one.verdict for one in result.fields] == [Verdict.MISSED, Verdict.MET, Verdict.MET]


def test_what_a_unit_says_of_the_whole_holds_for_its_fields_too() -> None:
    of, said = plan_of(), table(LAND)
    (result,) = summarise(dataset(said.replace("E | T5 | 600 | 553", "E | T5 | ... | ..."), of), ()).results
    assert [one.missing for one in result.fields] == [("E",)] * 3
    assert [c.state.value for c in result.fields[0].contributions][-1] == "not_available"


def test_a_unit_that_withholds_by_law_is_expected_in_no_field() -> None:
    of, said = plan_of(), table(LAND)
    groups = [g.model_copy(update={"may_withhold": ("KS*", "T5")}) for g in of.roster.groups]
    of = Profile(plan=of.plan, roster=of.roster.model_copy(update={"groups": tuple(groups)}))
    withheld = re.sub(r"(?m)^(C \| \S+) .*", r"\1 | *** | ***", said)
    (result,) = summarise(dataset(withheld, of), ()).results
    assert {c.state for one in result.fields for c in one.contributions if c.unit == "C"} == {State.WITHHELD}
    assert [one.missing for one in result.fields] == [()] * 3


def test_the_plan_may_read_the_fields_jointly() -> None:
    result = result_of(plan_of(joint=True), LAND)
    assert result.verdict is Verdict.MET
    assert [one.verdict for one in result.fields] == [Verdict.MISSED, Verdict.MET, Verdict.MET]


def said_of(of: Profile, said: Said, voice: Voice) -> str:
    data = dataset(table(said), of)
    (view,) = target_views(Year(data, ()), voice)
    return target_sentence(view)


def test_every_field_is_said_with_what_it_lacks() -> None:
    assert said_of(plan_of(), LAND, VOICE).startswith(
        "đạt 92,2% (2.765/3.000 phiếu) tính chung; chưa đạt chỉ tiêu (tối thiểu 85%) ở 01/03 lĩnh vực: "
        "đất đai đạt 68% (340/500 phiếu), thiếu 85 phiếu, thấp hơn 17 điểm phần trăm; "
        "xây dựng đạt 96,7% (1.450/1.500 phiếu); đầu tư đạt 97,5% (975/1.000 phiếu)."
    )


def test_a_joint_reading_is_said() -> None:
    assert said_of(plan_of(joint=True), LAND, VOICE).startswith(
        "đạt 92,2% (2.765/3.000 phiếu), vượt 7,2 điểm phần trăm so với chỉ tiêu (tối thiểu 85%), xét chung "
        "các lĩnh vực: đất đai đạt 68% (340/500 phiếu); xây dựng"
    )


@pytest.mark.parametrize(
    ("joint", "names"),
    [(False, ("1.1. Lĩnh vực đất đai",)), (True, ("1. Nội dung T5",))],
)
def test_the_chart_draws_the_field_that_is_missed(joint: bool, names: tuple[str, ...]) -> None:
    data = dataset(table(LAND), plan_of(joint=joint))
    (chart,) = gap_chart(target_views(Year(data, ()), VOICE), 1, VOICE)
    assert tuple(name.partition(":")[0] for name in chart.categories) == names


def test_what_would_turn_the_verdict_is_what_one_field_lacks() -> None:
    said = everyone(land=(100, 86), building=(300, 290), investment=(200, 195))
    said["E"] = dict.fromkeys(AREAS)
    result = result_of(plan_of(), said)
    assert (result.verdict, result.grade, result.turn) == (Verdict.MET, Grade.PROVISIONAL, 5)
    (view,) = target_views(Year(dataset(table(said), plan_of()), ()), VOICE)
    assert view.turned_by == "01 đơn vị còn lại có ít nhất 05 phiếu chưa hài lòng ở một lĩnh vực"


def test_joint_is_a_fault_of_a_plan_without_fields() -> None:
    plain = profile(target("T5", 85, joint=True))
    faults = list(check_references(plain.plan, plain.roster))
    assert [where for where, _ in faults if where.endswith(".joint")] == ["plan.toml: items[1] (T5).joint"]


MOST = 12
"""Greatest total of a field of a missing unit that is tried."""


def is_met(sums: list[tuple[int, int]], at_least: int) -> bool:
    return all(100 * done >= at_least * total for total, done in sums if total)


@pytest.mark.parametrize("seed", range(150))
def test_no_less_than_its_number_turns_a_verdict_by_field(seed: int) -> None:
    random = Random(seed)
    at_least = random.choice((50, 75, 80))
    said: Said = {}
    for unit in UNITS:
        totals = [random.randint(0, 3) for _ in AREAS]
        told = [(total, random.randint(total // 2, total)) for total in totals]
        said[unit] = dict(zip(AREAS, told, strict=True))
    missing = random.choice((None, *UNITS))
    if missing:
        said[missing] = dict.fromkeys(AREAS)
    result = result_of(plan_of(at_least), said)
    given = [fields for fields in said.values() if None not in fields.values()]
    sums = [tuple(sum((f[code] or (0, 0))[n] for f in given) for n in (0, 1)) for code in AREAS]
    if not all(total for total, _ in sums):
        return  # a field without answers is told apart: nothing arose, or not enough is known
    met = is_met([(a, b) for a, b in sums], at_least)
    assert result.verdict is (Verdict.MET if met else Verdict.MISSED)
    ways = [(total, done) for total in range(MOST + 1) for done in range(total + 1)]
    per_field = [
        min(
            (
                (done if 100 * b < at_least * a else total - done)
                for total, done in ways
                if (100 * (b + done) >= at_least * (a + total)) is not (100 * b >= at_least * a)
            ),
            default=None,
        )
        for a, b in sums
    ]
    if result.grade is Grade.CERTAIN:
        assert not missing
        return
    below = [100 * b < at_least * a for a, b in sums]
    if met:
        assert result.turn == min(n for n in per_field if n is not None)
    else:
        lacking = [n for n, is_below in zip(per_field, below, strict=True) if is_below]
        if None not in lacking:
            assert result.turn == sum(n for n in lacking if n is not None)


# ------------------------------------------------------------------------------------ by group of units

BY_GROUP = [
    {"year": 2025, "at_least": 80, "groups": ["vp", "mat"]},
    {"year": 2025, "at_least": 50, "groups": ["so"]},
]
"""A and C have one level, B and D another."""


def by_group(table: str, year: int = 2025, levels: list[dict[str, object]] | None = None) -> Result:
    of = profile(target("T2", 0, thresholds=levels or BY_GROUP), units=4, partial_coverage=50)
    lines = (" | ".join([unit, "T2", total, done]) for unit, total, done in map(str.split, table.split(", ")))
    rows = dataset("\n".join(lines), of, year=year)
    return summarise(rows, ()).results[0]


@pytest.mark.parametrize(
    ("table", "verdict", "basis", "turn", "below"),
    [
        ("A 10 8, C 10 8, B 10 5, D 10 5", "met", "complete", None, ()),
        ("A 10 7, C 10 8, B 10 9, D 10 9", "missed", "complete", None, ("A",)),
        ("A 10 7, C 10 8, B 10 9", "missed", "safe", None, ("A",)),
        ("A 10 8, C 10 8, B 10 6", "met", "partial", 3, ()),
        ("A 10 8, B 10 4", "missed", "partial", 2, ("B",)),
        ("A 10 7, B 10 4", "missed", "partial", 7, ("A", "B")),
        ("A 10 7, C 10 8, B 10 4", "missed", "safe", None, ("A", "B")),
        ("A - -, C - -, B - -, D - -", "none_arising", None, None, ()),
        ("A 10 8, C 10 8", "insufficient", None, None, ()),
    ],
)  # fmt: skip
def test_each_group_of_units_is_judged_by_its_own_level(
    table: str, verdict: str, basis: str | None, turn: int | None, below: tuple[str, ...]
) -> None:
    result = by_group(table)
    assert (result.verdict, result.basis, result.turn) == (verdict, basis, turn)
    assert below_target(result) == below
    assert (result.goal, result.line) == (None, None)
    assert [result.line_of(unit) for unit in "ABCDX"] == [80, 50, 80, 50, None]


def test_a_later_level_of_groups_is_not_due_and_an_earlier_one_holds_on() -> None:
    table = "A 10 8, C 10 8, B 10 5, D 10 5"
    later = [{**level, "year": 2030} for level in BY_GROUP]
    assert by_group(table, levels=later).verdict is Verdict.NOT_DUE
    assert by_group(table, year=2027).verdict is Verdict.MET


def test_in_a_half_year_the_levels_of_groups_judge_nothing() -> None:
    of = profile(target("T2", 0, thresholds=BY_GROUP), units=4, partial_coverage=50)
    rows = dataset("A | T2 | 10 | 7\nB | T2 | 10 | 5", of)
    result = summarise(replace(rows, period=Period(2025, PeriodPart.HALF)), ()).results[0]
    assert (result.verdict, result.basis) == (Verdict.PROGRESS, None)
    assert {part.verdict for part in result.fields} == {Verdict.PROGRESS}


@pytest.mark.parametrize(
    ("levels", "said"), [(BY_GROUP[:1], "chỉ tính vào kết quả chung: (1) 02"), (BY_GROUP, "")]
)
def test_units_of_no_group_with_a_level_are_told(levels: list[dict[str, object]], said: str) -> None:
    of = profile(target("T2", 0, thresholds=levels), units=4, partial_coverage=50)
    rows = dataset("A | T2 | 10 | 9\nB | T2 | 10 | 5", of)
    notes = " ".join(target_notes(rows, target_views(Year(rows, ()), VOICE), VOICE))
    assert said in notes
    assert bool(said) == ("chỉ tính vào kết quả chung" in notes)


def half_way(of: Profile, rows: str) -> Progress:
    result = summarise(replace(dataset(rows, of), period=Period(2025, PeriodPart.HALF)), ()).results[0]
    return progress(result, of.plan.targets[0], of.plan.partial_coverage)


@pytest.mark.parametrize(
    ("first", "second", "far"),
    [
        ((10, 9), (10, 9), Progress.REACHED),
        ((10, 9), (10, 5), Progress.BELOW),
        ((10, 9), None, Progress.UNKNOWN),
        ((10, 5), None, Progress.UNKNOWN),  # what one field lacks is not known of all
    ],
)
def test_half_way_all_fields_are_as_far_as_the_last(
    first: tuple[int, int], second: tuple[int, int] | None, far: Progress
) -> None:
    said: Said = {unit: {"KS.1": first, "KS.2": second, "KS.3": (10, 9)} for unit in UNITS}
    said["A"]["KS.2"] = (10, 9)
    assert half_way(plan_of(), table(said)) is far


def test_half_way_nothing_that_arose_tells_no_progress() -> None:
    of = profile(target("T2", 0), units=2)
    assert half_way(of, "A | T2 | 10 | 5\nB | T2 | - | -") is Progress.REACHED
    assert half_way(of, "A | T2 | - | -\nB | T2 | - | -") is Progress.UNKNOWN
