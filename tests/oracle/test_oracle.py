"""Summary and oracle come to the same, by two ways that share no code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.intake.settle import settle
from dvctt_report.model import FindingState, Observation, Result
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import below_target, summarise
from tests.oracle.recompute import World, results
from tests.oracle.worlds import UNITS, random_world
from tests.year.rules.tables import dataset, profile

PROFILE = profile(units=len(UNITS))


def as_table(world: World) -> str:
    """The same year as a text table."""
    lines = []
    kinds = {aim.code: aim.kind for aim in world.aims}
    for unit, cells in world.answers.items():
        for code, (first, second) in cells.items():
            ratio = kinds[code] == "ratio"
            lines.append("unit | item | total | done" if ratio else "unit | item | answer")
            lines.append(f"{unit} | {code} | {first} | {second}" if ratio else f"{unit} | {code} | {first}")
    return "\n".join(lines)


def in_words(result: Result) -> dict[str, Any]:
    """A result in the words of the oracle."""
    weight = result.weight
    return {
        "num": result.tally.numerator,
        "den": result.tally.denominator,
        "verdict": result.verdict.value,
        "basis": result.basis.value if result.basis else None,
        "reported": result.coverage.reported,
        "expected": result.coverage.expected,
        "low": result.bounds.low,
        "high": result.bounds.high,
        "missing": result.missing,
        "weight": (weight.reported, weight.expected) if weight else None,
        "below": below_target(result),
    }


def sent_twice(of: Dataset, world: World) -> Dataset:
    """The same year with the files that units sent once more, the same or another, settled."""
    received = list(of.returns)
    for one in of.returns:
        again = replace(one, file=f"{one.unit} (2).xlsx")
        if one.unit in world.repeated:
            received.append(again)
        if one.unit in world.undecided:
            received.append(replace(again, sha256=f"{one.unit}2", observations=changed(one.observations)))
    return Dataset(of.profile, of.period, settle(received), of.today)


def changed(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The same answers with the first number another one."""
    at = next(n for n, o in enumerate(observations) if isinstance(o.value, int) and o.field == "total")
    other = replace(observations[at], value=123456, raw="123456")
    return (*observations[:at], other, *observations[at + 1 :])


def computed(world: World) -> dict[str, Result]:
    """The results of the program, with the claims accepted that the world says are."""
    of = sent_twice(dataset(as_table(world), PROFILE), world)
    findings = [
        replace(f, state=FindingState.ACCEPTED)
        if f.code == "SL06" and (f.unit, f.item) in world.accepted
        else f
        for f in check(of)
    ]
    return {result.item: result for result in summarise(of, findings).results}


@pytest.mark.parametrize("seed", range(250))
def test_summary_agrees_with_an_independent_recomputation(seed: int) -> None:
    world = random_world(seed)
    found = computed(world)
    for code, expected in results(world).items():
        assert in_words(found[code]) == expected, code


def test_the_random_years_reach_every_verdict_on_every_basis() -> None:
    seen = Counter(
        (expected["verdict"], expected["basis"])
        for seed in range(250)
        for expected in results(random_world(seed)).values()
    )
    for verdict in ("met", "missed"):
        for basis in ("complete", "safe", "partial"):
            assert seen[verdict, basis], (verdict, basis)
    for of in ("repeated", "undecided"):
        assert sum(bool(getattr(random_world(seed), of)) for seed in range(250)) > 30
    for verdict in ("insufficient", "none_arising", "not_applicable", "not_due"):
        assert seen[verdict, None], verdict
