"""What was found in a unit is kept, and never told of anything but what it was found in."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dvctt_report.intake.cache import look_up
from dvctt_report.model import Control, Finding, Return, ReturnStatus, State, Submission
from dvctt_report.model.answer_columns import KeptObservations
from dvctt_report.plan.model import Profile
from dvctt_report.store.workspace import read_workspace
from dvctt_report.year import rules
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.rules import RULES, check, keys_of
from tests.year.rules.cases import FIRES, FIRES_IN, firing
from tests.year.rules.tables import dataset

CODES = [rule.code for rule in RULES if rule.code in FIRES]
"""A rule without a case is told of by ``test_rules``."""
Edit = Callable[[random.Random, Dataset], Dataset]


def computed(of: Dataset) -> tuple[Finding, ...]:
    """What the rules find, each asked about the whole of it."""
    return tuple(finding for rule in RULES for finding in rule.findings(of))


MANY = "".join(f"unit 14\n{FIRES[code]}\n" for code in CODES if code not in FIRES_IN)
"""Returns in which nearly every rule finds something."""


def built(of: Dataset, **changes: object) -> Dataset:
    """The data set laid out anew, with some of what it is built from changed."""
    names = ("profile", "period", "returns", "today", "notes", "last_year", "earlier_part", "controls")
    return Dataset(**({name: getattr(of, name) for name in names} | changes))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "da-kiem.sqlite"


@pytest.mark.parametrize("code", CODES)
def test_what_is_kept_is_what_is_found(code: str, path: Path) -> None:
    of = firing(code)
    found = computed(of)

    assert code in {f.code for f in found}
    assert check(of) == check(of, path) == check(built(of), path) == found


@pytest.mark.parametrize("code", CODES)
def test_a_rule_of_one_unit_finds_the_same_where_it_is_shown_that_unit_alone(code: str) -> None:
    assert_each_alone_is_as_all(firing(code))


def test_of_many_faults_at_once_each_unit_has_its_own_in_roster_order() -> None:
    assert_each_alone_is_as_all(dataset(MANY))


def assert_each_alone_is_as_all(of: Dataset) -> None:
    for rule in (rule for rule in RULES if rule.about.scope == "unit"):
        alone = [f for unit in of.units for f in rule.findings(of.of_units({unit.code}))]
        assert alone == [*rule.findings(of)], rule.code


# ------------------------------------------------------------------------------------- what changes


def any_return(chance: random.Random, of: Dataset) -> Return:
    return chance.choice([one for one in of.returns if one.observations])


def with_return(of: Dataset, old: Return, *new: Return) -> Dataset:
    return built(of, returns=tuple(one for r in of.returns for one in (new if r is old else (r,))))


def another_figure(chance: random.Random, of: Dataset) -> Dataset:
    received = any_return(chance, of)
    answers = [*received.observations]
    n = chance.randrange(len(answers))
    figure = chance.choice([None, 0, 5, 100, 1_000_000])
    state = State.BLANK if figure is None else State.GIVEN
    answers[n] = replace(answers[n], value=figure, state=state, raw="" if figure is None else str(figure))
    return with_return(of, received, replace(received, observations=tuple(answers)))


def gone(chance: random.Random, of: Dataset) -> Dataset:
    return with_return(of, any_return(chance, of)) if len(of.returns) > 3 else of


def another_part(chance: random.Random, of: Dataset) -> Dataset:
    received = any_return(chance, of)
    half = tuple(o for o in received.observations if chance.random() < 0.5)
    more = replace(received, file=f"{chance.random()}.xlsx", sha256=str(chance.random()), observations=half)
    return with_return(of, received, received, more)


def another_word(chance: random.Random, of: Dataset) -> Dataset:
    received = any_return(chance, of)
    said = Submission(sent_on=date(2025, 12, 1) + timedelta(chance.randrange(60)), control_code="3036")
    return with_return(of, received, replace(received, submission=said))


def said_otherwise(chance: random.Random, of: Dataset) -> Dataset:
    """A return whose answers are packed, which counts no more, or may be another unit's."""
    received = any_return(chance, of)
    status = chance.choice([ReturnStatus.UNDECIDED, ReturnStatus.EFFECTIVE, ReturnStatus.LEFT_OUT])
    named = (chance.choice(of.units).code,)
    change = chance.choice(
        [
            {"observations": KeptObservations.of(received.observations)},
            {"status": status},
            {"named": named, "status": ReturnStatus.UNDECIDED},
        ]
    )
    return with_return(of, received, replace(received, **change))  # type: ignore[arg-type]  # by name


def another_day(chance: random.Random, of: Dataset) -> Dataset:
    return built(of, today=date(2025, 11, 25) + timedelta(chance.randrange(90)))


def another_deadline(chance: random.Random, of: Dataset) -> Dataset:
    deadline = of.profile.plan.deadline.model_copy(update={"before": f"12-{chance.randrange(2, 20):02}"})
    plan = of.profile.plan.model_copy(update={"deadline": deadline})
    return built(of, profile=Profile(plan=plan, roster=of.profile.roster))


def another_control(chance: random.Random, of: Dataset) -> Dataset:
    unit, total = chance.choice(["A", "B", ""]), chance.randrange(200)
    return built(of, controls=(Control("T2", unit, total, None, "Hệ thống", of.today, "CV 1"),))


EDITS: tuple[Edit, ...] = (
    *(another_figure, another_figure, said_otherwise, said_otherwise, gone, another_part),
    *(another_word, another_day, another_deadline, another_control),
)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_changed_what_is_kept_stays_what_is_found(seed: int, path: Path) -> None:
    chance, of = random.Random(seed), dataset(MANY)
    for _ in range(15):
        of = chance.choice(EDITS)(chance, of)
        assert check(of, path) == computed(of)


def test_the_sample_has_the_same_findings_kept_and_computed(rendered_sample: Path, path: Path) -> None:
    year = OpenYear(read_workspace(rendered_sample), datetime(2025, 11, 20, 17))
    found = computed(year.dataset)

    assert len({f.code for f in found}) > 5
    assert check(year.dataset, path) == check(year.dataset, path) == found


# ------------------------------------------------------------------------------------- the file


def n_kept(path: Path, of: Dataset) -> int:
    return len(look_up(path, "finding", of.period, keys_of(of)))


def test_only_the_unit_that_has_changed_is_looked_at_anew(path: Path) -> None:
    of = firing("SL02")
    check(of, path)
    edited = another_word(random.Random(1), of)

    assert n_kept(path, of) == len(of.units)
    assert n_kept(path, edited) == len(of.units) - 1


def test_another_program_or_plan_finds_everything_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = firing("SL02")
    check(of, path)
    monkeypatch.setattr(rules, "reading_key", lambda *_: "khác")

    assert n_kept(path, of) == 0
    assert check(of, path) == computed(of)
    assert n_kept(path, of) == len(of.units)


def test_what_was_reported_before_is_part_of_the_key(path: Path) -> None:
    of = firing("NT03")
    check(of, path)
    assert of.last_year is not None
    others = [built(of, last_year=None), built(of, last_year=replace(of.last_year, signed=False))]

    assert [n_kept(path, other) for other in others] == [0, 0]


def test_a_damaged_entry_is_found_anew(path: Path) -> None:
    of = firing("SL02")
    check(of, path)
    with closing(sqlite3.connect(path)) as found, found:
        found.execute("update kept set head = '' where name = 'A'")

    assert n_kept(path, of) == len(of.units) - 1
    assert check(of, path) == computed(of)


def test_half_a_letter_in_what_was_typed_is_found_anew_each_time(path: Path) -> None:
    of = firing("SL02")
    for received in of.returns:
        said = tuple(replace(o, raw=f"{o.raw}\ud83d") for o in received.observations)
        of = with_return(of, received, replace(received, observations=said))

    assert check(of, path) == check(of, path) == computed(of)
    assert any("\ud83d" in f.value for f in computed(of))


def test_where_nothing_can_be_kept_everything_is_found_all_the_same(path: Path) -> None:
    of = firing("SL02")
    path.mkdir()

    assert check(of, path) == check(of, path / "ở đâu" / "không có") == computed(of)
