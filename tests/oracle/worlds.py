"""Random years for the oracle: missing, none arising, withheld, unaccepted, unreadable, sent twice."""

from __future__ import annotations

from random import Random

from tests.oracle.recompute import Aim, Pair, World

UNITS = ("A", "B", "C", "D", "E", "F", "G")
DISTRICT = "H"
MARKS = ("-", "...", "x", "***", "?", "")


def random_world(seed: int) -> World:
    """A year that the test plan of ``tests.year.rules.tables`` can tell; the same for the same ``seed``."""
    random = Random(seed)
    aims = (
        Aim("T1", "ratio", 100, (*UNITS, DISTRICT), may_withhold=("C",)),
        Aim("T2", "ratio", 100, UNITS),
        Aim("T3", "yes_no", 100, UNITS, may_withhold=("C",)),
        Aim("T4", "yes_no", 100, UNITS, document_missing=True),
        Aim("T8", "ratio", 100, ("A",)),
        Aim("T12a", "ratio", 85, UNITS),
        Aim("U1", "yes_no", 100, UNITS, due=False),
    )
    trouble = random.choice((0.0, 0.05, 0.15, 0.5))
    sent = [u for u in (*UNITS, DISTRICT) if random.random() >= trouble]
    answers = {u: {a.code: _answer(random, a, trouble) for a in aims if u in a.asked} for u in sent}
    accepted = frozenset(
        (unit, code)
        for unit, cells in answers.items()
        for code, pair in cells.items()
        if "x" in pair and random.random() < 0.5
    )
    often = trouble if sent else 0.0
    counted = [u for u in sent if any(first.isdigit() for first, _ in answers[u].values())]
    undecided = frozenset(u for u in counted if random.random() < often / 2)
    repeated = frozenset(u for u in sent if u not in undecided and random.random() < 0.2)
    return World(aims, answers, accepted, repeated, undecided)


def _answer(random: Random, aim: Aim, trouble: float) -> Pair:
    if aim.kind == "yes_no":
        answer = random.choice(("Có", "Có", "Có", "Không", "Không có trang"))
        return (random.choice(MARKS) if random.random() < trouble else answer), ""
    total = random.choice((0, 5, 100, 2000, random.randint(1, 5000)))
    done = random.choice((total, total, total * 9 // 10, total * aim.aim // 100, random.randint(0, total)))
    pair = (str(total), str(done))
    if random.random() >= trouble:
        return pair
    mark = random.choice(MARKS)
    half = (pair[0], mark)
    return random.choice(
        ((mark, mark), half, half, half, (mark, pair[1]), ("-", "0"), ("0", "-"), (pair[0], str(total + 1)))
    )
