"""How often the questions about likelihood ring: on clean years seldom, on planted faults nearly always.

Both are measured on years that are made up here, of a size and spread like those of a province's offices.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp
from random import Random

import pytest

from dvctt_report.model import Finding, finding_id
from dvctt_report.year.rules import check
from tests.year.rules.tables import dataset, item, measured, profile, target

ASKING = frozenset(("HL03", "HL04", "HL05", "HL06", "DV03", "HS05"))
UNITS = "ABCDEFG"
YEARS = 60
"""Clean years: 420 returns."""
PLANTED = 40
"""Years for each kind of fault."""

PEOPLE = {"measure": "stock", "unit_of_count": "người"}
PLAN = profile(
    target("T1", 100, **PEOPLE),
    target("T2", 100, within="T1", **PEOPLE),
    target("T10", 80, total_sources=("HS.T.resolved_total",)),
    target("T12", 90, unit_of_count="phiếu"),
    target("T13", 100, unit_of_count="ý kiến"),
    item("dossier", "HS.T"),
    measured("channel", "HT.b", events="Số cuộc: count", people="Số lượt người: count"),
    units=len(UNITS),
)
Cell = int | str
Unit = dict[str, list[Cell]]
"""A return: by item what stands in its cells, left to right."""


def spread(random: Random, middle: float, sigma: float) -> int:
    """A size as offices have them: a few large, many small."""
    return max(1, round(middle * exp(random.gauss(0, sigma))))


def part(random: Random, whole: int, least: float) -> int:
    return round(whole * random.uniform(least, 1))


def clean(random: Random) -> Unit:
    """A return without a fault: staff by the office, dossiers by its staff, each with its own luck."""
    staff = spread(random, 90, 0.6)
    operators = max(1, round(staff * random.uniform(0.1, 0.5)))
    resolved = spread(random, staff * 30, 1.0)
    late, on_time = round(resolved * random.uniform(0, 0.05)), round(resolved * random.uniform(0.1, 0.4))
    pending = spread(random, resolved * 0.05, 0.5)
    overdue, carried = round(pending * random.uniform(0, 0.2)), round(resolved * random.uniform(0, 0.1))
    received = resolved + pending
    online = round((received - carried) * random.uniform(0.4, 0.95))
    answers, opinions = spread(random, resolved * 0.3, 0.5), random.randint(1, 40)
    return {
        "T1": [staff, part(random, staff, 0.9)],
        "T2": [operators, part(random, operators, 0.85)],
        "T10": [resolved, part(random, resolved, 0.5)],
        "T12": [answers, part(random, answers, 0.8)],
        "T13": [opinions, part(random, opinions, 0.8)],
        "HS.T": [
            *(received, online, received - carried - online, carried),
            *(resolved, resolved - on_time - late, on_time, late),
            *(pending, pending - overdue, overdue),
        ],
        "HT.b": [random.randint(1, 20), spread(random, 400, 0.8)],
    }


def asked(units: list[Unit]) -> list[Finding]:
    lines = (
        f"{name} | {code} | {' | '.join(map(str, cells))}"
        for name, unit in zip(UNITS, units, strict=True)
        for code, cells in unit.items()
    )
    return [f for f in check(dataset("\n".join(lines), PLAN)) if f.code in ASKING]


def year(seed: int) -> list[Unit]:
    random = Random(seed)
    return [clean(random) for _ in UNITS]


def test_a_question_keeps_its_name_as_other_units_send() -> None:
    """What the officer has accepted is not asked again because the middle of the group has moved."""
    units = year(3)
    too_many_noughts(units, 2, Random(0))
    thousands_of_dossiers(units, 4, Random(0))
    before = asked(units)
    for unit in (units[n] for n in (0, 1, 3, 5, 6)):
        unit["T1"] = [int(n) + 3 for n in unit["T1"]]
        unit["T10"] = [int(n) + 900 for n in unit["T10"]]
    after = asked(units)
    assert {f.code for f in before} >= {"HL03", "HL04"}
    assert [f.message for f in before] != [f.message for f in after]
    assert [finding_id(f) for f in before] == [finding_id(f) for f in after]


def too_many_noughts(units: list[Unit], at: int, _: Random) -> None:
    units[at]["T1"] = [int(n) * 100 for n in units[at]["T1"]]


def thousands_of_dossiers(units: list[Unit], at: int, _: Random) -> None:
    units[at]["T10"] = [int(n) * 1000 for n in units[at]["T10"]]
    units[at]["HS.T"] = [int(n) * 1000 for n in units[at]["HS.T"]]


def nothing_but_noughts(units: list[Unit], at: int, _: Random) -> None:
    units[at] = {code: [0 for _ in cells] for code, cells in units[at].items()}


def one_number_everywhere(units: list[Unit], at: int, random: Random) -> None:
    number = random.choice((1, 10, 50, 100))
    units[at] = {code: [number for _ in cells] for code, cells in units[at].items()}


def pasted_to_the_right(units: list[Unit], at: int, _: Random) -> None:
    units[at]["HS.T"] = ["", *units[at]["HS.T"][:-1]]


def pasted_to_the_left(units: list[Unit], at: int, _: Random) -> None:
    units[at]["HS.T"] = [*units[at]["HS.T"][1:], ""]


def copied_and_touched_up(units: list[Unit], at: int, random: Random) -> None:
    own = units[at]["T1"]
    units[at] = {code: list(cells) for code, cells in units[at - 1].items()}
    units[at]["T1"] = own
    units[at]["HT.b"] = [random.randint(1, 20), "..."]


FAULTS = (
    (too_many_noughts, "HL03"),
    (thousands_of_dossiers, "HL04"),
    (nothing_but_noughts, "HL05"),
    (one_number_everywhere, "HL06"),
    (pasted_to_the_right, "HS05"),
    (pasted_to_the_left, "HS05"),
    (copied_and_touched_up, "DV03"),
)


def test_a_clean_return_is_asked_seldom() -> None:
    questions = [finding for seed in range(YEARS) for finding in asked(year(seed))]
    assert len(questions) * 10 <= YEARS * len(UNITS)


@pytest.mark.parametrize(("fault", "code"), FAULTS)
def test_nine_of_ten_planted_faults_are_asked(
    fault: Callable[[list[Unit], int, Random], None], code: str
) -> None:
    found = 0
    for seed in range(1000, 1000 + PLANTED):
        random, units = Random(seed), year(seed)
        at = random.randrange(len(UNITS))
        fault(units, at, random)
        found += any(f.code == code and f.unit in (UNITS[at], UNITS[at - 1]) for f in asked(units))
    assert found * 10 >= PLANTED * 9
