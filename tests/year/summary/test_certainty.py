"""What a verdict says of itself: nothing turns a certain one, and no less than its number a provisional one.

The oracle is brute force: every way in which missing units could still fill their figures, in plain integers.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from dvctt_report.model import Basis, Compared, Grade, Result, Tally, Verdict
from dvctt_report.plan.model import Profile
from dvctt_report.year.summary import summarise
from tests.year.rules.tables import dataset, profile, target

Pair = tuple[int, int]
"""Done, total."""

UNITS = ("A", "B", "C", "D", "E", "F", "G")
CHOICES = ("Có", "Không", "Không có trang")
OUTSIDE = "Không có trang"
FARTHEST = 90
"""Of a unit whose total isn't known the greatest that is tried: more than turns any of the small years."""
SEEDS = range(250)
ONE_CELL = ("T2", "T3", "T6", "T7")
"""Targets of which a unit fills in a single cell."""


def plan_of(random: Random) -> Profile:
    """A plan of one target of each way to be asked, each with a goal of its own."""

    def asked() -> list[dict[str, object]]:
        compared = random.choice((Compared.AT_LEAST, Compared.AT_LEAST, *Compared))
        numbers = (0, 20, 37.5, 50) if compared in FALLING else (40, 50, 62.5, 75, 80)
        more = (100,) if compared is Compared.AT_LEAST else ()
        return [{"year": 2025, compared.value: random.choice((*numbers, *more))}]

    def counted() -> list[dict[str, object]]:
        return [{"year": 2025, random.choice(list(Compared)).value: random.choice((0, 3, 7, 12))}]

    question: dict[str, object] = {
        "measure": "yes_no",
        "unit_of_count": "cơ quan",
        "question": "?",
        "choices": CHOICES,
    }
    return profile(
        target("T5", 0, thresholds=asked()),
        target("T2", 0, thresholds=asked(), **question),
        target("T3", 0, thresholds=asked(), choices_outside=(OUTSIDE,), **question),
        target("T6", 0, thresholds=counted(), measure="count"),
        target("T7", 0, thresholds=asked(), measure="count", each=EACH),
        units=len(UNITS),
        partial_coverage=random.choice((50, 60, 80)),
    )


EACH = 2
"""Things that each unit has to have."""
FALLING = (Compared.AT_MOST, Compared.LESS_THAN)


def year_of(random: Random) -> dict[str, dict[str, str]]:
    """What each unit's cells say, by target; a unit may have no row at all."""
    silent = random.choice((0.0, 0.1, 0.3))
    said: dict[str, dict[str, str]] = {}
    for unit in UNITS:
        total = random.randint(0, 3)
        figures = f"{total} | {random.choice((total, total, random.randint(0, total)))}"
        answers = {"T5": figures, "T2": random.choice(CHOICES[:2]), "T3": random.choice(CHOICES)}
        answers |= {code: random.choice(("0", "1", "2", "3", "-")) for code in ("T6", "T7")}
        known = random.random() < 0.7
        waiting = {
            "T5": f"{random.randint(0, 4)} | ..." if known else "... | ...",
            **dict.fromkeys(ONE_CELL, "..."),
        }
        said[unit] = {code: waiting[code] if random.random() < silent else answers[code] for code in answers}
    return said


def results_of(of: Profile, said: dict[str, dict[str, str]]) -> dict[str, Result]:
    table = "\n".join(
        f"{unit} | {code} | {cell}" for unit, cells in said.items() for code, cell in cells.items()
    )
    return {result.item: result for result in summarise(dataset(table, of), ()).results}


def present(code: str, said: dict[str, dict[str, str]]) -> tuple[Pair, list[str]]:
    """What the units that answered come to, and the cells of those that didn't."""
    pairs, open_cells = [], []
    for cells in said.values():
        text = cells[code]
        if "..." in text:
            open_cells.append(text)
        elif code == "T5":
            total, done = map(int, text.split(" | "))
            pairs.append((done, total))
        elif code == "T6":
            pairs.append((int(text.replace("-", "0")), 0))
        elif code == "T7":
            pairs.append((int(int(text.replace("-", "0")) >= EACH), 1))
        elif not (code == "T3" and text == OUTSIDE):
            pairs.append((int(text == "Có"), 1))
    return (sum(n for n, _ in pairs), sum(d for _, d in pairs)), open_cells


def ways(code: str, cell: str) -> list[Pair]:
    """Everything that one missing unit can still say."""
    if code == "T6":
        return [(done, 0) for done in range(FARTHEST + 1)]
    if code != "T5":
        return [(0, 1), (1, 1)] + ([(0, 0)] if code == "T3" else [])
    known = cell.partition(" | ")[0]
    if known == "...":
        return [(done, total) for total in range(FARTHEST + 1) for done in range(total + 1)]
    return [(done, int(known)) for done in range(int(known) + 1)]


def added(code: str, open_cells: list[str]) -> Iterator[Pair]:
    """Every sum that the missing units can add; units of unknown total are, added up, one such unit."""
    unknown = [cell for cell in open_cells if cell.startswith("...") and code in ("T5", "T6")]
    told = [cell for cell in open_cells if cell not in unknown] + unknown[:1]
    sums = {(0, 0)}
    for cell in told:
        sums = {(n + x, d + y) for (n, d), (x, y) in product(sums, ways(code, cell))}
    yield from sums


def is_met(pair: Pair, of: Profile, code: str) -> bool:
    """Whether a pair is what the plan asks for, by the words of the plan itself."""
    (level,) = next(t.thresholds for t in of.plan.targets if t.code == code)
    done, total = (Fraction(pair[0]), 1) if code == "T6" else (Fraction(100 * pair[0]), pair[1])
    said = level.at_least, level.more_than, level.at_most, level.less_than
    least, above, most, below = (None if n is None else Fraction(n) * total for n in said)
    if least is not None:
        return done >= least
    if above is not None:
        return done > above
    return done <= most if most is not None else below is not None and done < below


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_turns_a_certain_verdict_and_no_less_than_its_number_another(seed: int) -> None:
    random = Random(seed)
    of = plan_of(random)
    said = year_of(random)
    for code, result in results_of(of, said).items():
        (done, total), open_cells = present(code, said)
        assert result.tally == Tally(done, total)
        met = is_met((done, total), of, code)
        falling = of.plan.items_by_code[code].thresholds[0].goal.compared in FALLING  # type: ignore[union-attr]
        turning = [
            x if falling is met or code == "T6" else y - x
            for x, y in added(code, open_cells)
            if is_met((done + x, total + y), of, code) is not met
        ]
        assert (min(turning) if turning and open_cells else None) == result.turn, (code, result.verdict)
        if result.grade is Grade.CERTAIN:
            assert not turning
            assert result.verdict is (Verdict.MET if met else Verdict.MISSED)
        elif result.grade is Grade.PROVISIONAL:
            assert turning
            assert result.verdict is (Verdict.MET if met else Verdict.MISSED)


def test_the_random_years_reach_every_grade_of_every_verdict() -> None:
    seen = set()
    for seed in SEEDS:
        random = Random(seed)
        of = plan_of(random)
        for result in results_of(of, year_of(random)).values():
            seen.add((result.verdict, result.grade, result.basis is Basis.SAFE))
    for verdict in (Verdict.MET, Verdict.MISSED):
        assert (verdict, Grade.CERTAIN, True) in seen
        assert (verdict, Grade.CERTAIN, False) in seen
        assert (verdict, Grade.PROVISIONAL, False) in seen
    assert (Verdict.INSUFFICIENT, Grade.INSUFFICIENT, False) in seen
