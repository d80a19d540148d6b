"""A second way to the results: plain dicts, text tokens and fractions, nothing of ``dvctt_report``.

A year is told as ``World``: for each unit the words that stand in its cells. The marks are those of the
text tables ("-" không phát sinh, "..." chưa có số liệu, "x" không áp dụng, "***" không cung cấp, "?"
unreadable, "" blank). It is written from the order of verdicts, not from the code that it checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Pair = tuple[str, str]


@dataclass(frozen=True)
class Aim:
    """A target: ``kind`` "ratio" or "yes_no", ``aim`` in percent, who is asked, who may withhold."""

    code: str
    kind: str
    aim: int
    asked: tuple[str, ...]
    may_withhold: tuple[str, ...] = ()
    due: bool = True
    document_missing: bool = False


@dataclass(frozen=True)
class World:
    """``answers``: unit → target → (total, done) or (answer, ""). Units without a key have not sent.

    ``repeated`` units sent the same file twice, ``undecided`` ones two different files of the same day.
    """

    aims: tuple[Aim, ...]
    answers: dict[str, dict[str, Pair]]
    accepted: frozenset[Pair] = field(default_factory=frozenset)
    repeated: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()


def results(world: World) -> dict[str, dict[str, Any]]:
    """For each target: num, den, verdict, basis, reported, expected, low, high, missing, weight, below."""
    return {aim.code: _result(world, aim) for aim in world.aims}


def _result(world: World, aim: Aim) -> dict[str, Any]:
    pairs: list[tuple[int, int]] = []
    per_unit: dict[str, tuple[int, int]] = {}
    missing: dict[str, int | None] = {}
    for unit in aim.asked:
        sent = {} if unit in world.undecided else world.answers.get(unit, {})
        cells = sent.get(aim.code, ("", ""))
        if _out_of_scope(world, aim, unit, cells):
            continue
        pair = _usable(aim, cells)
        if pair is None:
            missing[unit] = 1 if aim.kind == "yes_no" else _known_total(cells)
        else:
            pairs.append(pair)
            per_unit[unit] = pair
    num, den = sum(n for n, _ in pairs), sum(d for _, d in pairs)
    low, high = _bounds(num, den, list(missing.values()))
    weight = _weight(aim, den, list(missing.values()))
    verdict, basis = _verdict(aim, num, den, len(pairs), list(missing.values()), low, high, weight)
    said = {"num": num, "den": den, "verdict": verdict, "basis": basis, "low": low, "high": high}
    said |= {"reported": len(pairs), "expected": len(pairs) + len(missing), "missing": tuple(missing)}
    return said | {"weight": weight, "below": _below(aim, per_unit)}


def _out_of_scope(world: World, aim: Aim, unit: str, cells: Pair) -> bool:
    if "?" in cells:
        return False
    if "***" in cells:
        return unit in aim.may_withhold
    return "x" in cells and (unit, aim.code) in world.accepted


def _usable(aim: Aim, cells: Pair) -> tuple[int, int] | None:
    first, second = cells
    if aim.kind == "yes_no":
        return {"Có": (1, 1), "Không": (0, 1), "Không có trang": (0, 1), "-": (0, 0)}.get(first)
    if first == "-":
        return (0, 0) if second in ("-", "", "0") else None
    if not first.isdigit():
        return None
    if second == "-":
        return (0, 0) if int(first) == 0 else None
    if not second.isdigit() or int(second) > int(first):
        return None
    return int(second), int(first)


def _known_total(cells: Pair) -> int | None:
    """A usable total beside a numerator that isn't there; beside one that contradicts it: not usable."""
    first, second = cells
    return int(first) if first.isdigit() and not second.isdigit() else None


def _weight(aim: Aim, den: int, open_totals: list[int | None]) -> tuple[int, int] | None:
    """How much of all that is counted was reported; not known where one total isn't."""
    totals = [total for total in open_totals if total is not None]
    if aim.kind == "yes_no" or len(totals) < len(open_totals) or den + sum(totals) == 0:
        return None
    return den, den + sum(totals)


def _below(aim: Aim, pairs: dict[str, tuple[int, int]]) -> tuple[str, ...]:
    return tuple(u for u, (num, den) in pairs.items() if den and Fraction(num, den) < Fraction(aim.aim, 100))


def _bounds(num: int, den: int, open_totals: list[int | None]) -> tuple[Fraction | None, Fraction | None]:
    if any(total is None for total in open_totals):
        return None, None
    extra = sum(total or 0 for total in open_totals)
    if den + extra == 0:
        return None, None
    return Fraction(num, den + extra), Fraction(num + extra, den + extra)


def _verdict(
    aim: Aim,
    num: int,
    den: int,
    reported: int,
    open_totals: list[int | None],
    low: Fraction | None,
    high: Fraction | None,
    weight: tuple[int, int] | None,
) -> tuple[str, str | None]:
    expected = reported + len(open_totals)
    if expected == 0:
        return "not_applicable", None
    if not aim.due:
        return "not_due", None
    if aim.document_missing:
        return "insufficient", None
    if den == 0 and not any(open_totals):
        return ("insufficient" if open_totals else "none_arising"), None
    if not open_totals:
        return ("met" if Fraction(num, den) >= Fraction(aim.aim, 100) else "missed"), "complete"
    if aim.aim == 100 and num < den:
        return "missed", "safe"
    if high is not None and high < Fraction(aim.aim, 100):
        return "missed", "safe"
    if aim.aim < 100 and low is not None and low >= Fraction(aim.aim, 100):
        return "met", "safe"
    enough = Fraction(reported, expected) >= Fraction(80, 100)
    if weight is not None and Fraction(*weight) < Fraction(80, 100):
        enough = False
    if aim.aim < 100 and den and enough:
        return ("met" if Fraction(num, den) >= Fraction(aim.aim, 100) else "missed"), "partial"
    return "insufficient", None
