"""Levels of a target that can't be what the plan says: against its title, its unit, an earlier year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from dvctt_report.model.goals import Goal
from dvctt_report.plan.items import Target, Threshold
from dvctt_report.plan.references import Fault
from dvctt_report.text.vietnamese import format_fraction

_FLOOR = ("tối thiểu", "ít nhất", "không dưới", "không ít hơn", "trên")
_CEILING = ("tối đa", "không quá", "không vượt quá", "dưới")
_LEVEL = re.compile(
    rf"(?:^|(?<![\w%])(?P<word>{'|'.join((*_FLOOR, *_CEILING))}|đạt|bảo đảm|đảm bảo)\s+)"
    r"(?P<number>\d+(?:,\d+)?)\s*%",
    re.IGNORECASE,
)
"""A percentage that is said as the level: first of all, or behind a word for one ("đạt tối thiểu 85%")."""
_GROWS = re.compile(r"(?:tăng|giảm|thêm|bớt|rút ngắn)\s*$", re.IGNORECASE)
"""What makes of the percentage behind it a change: "tăng tối thiểu 10% so với năm 2024"."""
_YEAR = re.compile(r"\bnăm (20\d\d)\b")
_PERCENTAGE = re.compile(r"\d\s*%")


def doubtful_goals(where: str, target: Target) -> Iterator[Fault]:
    """Yield each level of a target that is no whole percentage, isn't that of its title, or sinks."""
    levels = [(n, level, goal) for n, level in enumerate(target.thresholds, 1) if (goal := _judged(level))]
    if not target.of_things:
        small = [(n, goal) for n, _, goal in levels if goal.rising and 0 < goal.number < 1]
        for n, goal in small:
            yield (
                f"{where}.thresholds[{n}].{goal.compared}",
                f"ghi {format_fraction(goal.number)}, tức là chưa đến 1%: mức ghi theo phần trăm, 80% thì "
                "ghi 80",
            )
        if not small:
            yield from _against_title(where, target)
    yield from _sinking(where, target, levels)


def _judged(level: Threshold) -> Goal | None:
    """The goal that a level's own number makes; None of growth and of days."""
    return level.goal if level.growth is None and level.by is None else None


def _against_title(where: str, target: Target) -> Iterator[Fault]:
    """Yield the level that the target's own title names otherwise, where it names one, of one year."""
    title = target.title
    said = _LEVEL.search(title)
    if said is None or len(_PERCENTAGE.findall(title)) > 1 or _GROWS.search(title[: said.start()]):
        return
    years = {int(year) for year in _YEAR.findall(title)}
    meant = [
        (n, level, goal)
        for n, level in enumerate(target.thresholds, 1)
        if (goal := _judged(level)) and (not years or level.year in years)
    ]
    if not meant or len(years) > 1 or any(level.groups for _, level, _ in meant):
        return
    number = Fraction(said["number"].replace(",", "."))
    n, _, goal = meant[0]
    found = f"{where}.thresholds[{n}].{goal.compared}"
    if all(goal.number != number for _, _, goal in meant):
        yield found, f"ghi {goal.number_text}, còn tên mục tiêu (title) ghi “{said[0]}”: sửa một trong hai"
    elif (said["word"] or "").lower() in (_CEILING if goal.rising else _FLOOR):
        yield found, f"ghi {goal.compared}, “{goal.text}”, còn tên mục tiêu (title) ghi “{said[0]}”"


def _sinking(where: str, target: Target, levels: list[tuple[int, Threshold, Goal]]) -> Iterator[Fault]:
    """Yield the level of a year that asks for less than an earlier year's, of the same units."""
    of_groups: dict[tuple[str, ...], list[tuple[int, Threshold, Goal]]] = {}
    for one in sorted(levels, key=lambda one: one[1].year):
        of_groups.setdefault(one[1].groups, []).append(one)
    for those in of_groups.values():
        for (_, before, earlier), (n, level, goal) in pairwise(those):
            lower = goal.number < earlier.number if goal.rising else goal.number > earlier.number
            if lower and goal.rising is earlier.rising:
                yield (
                    f"{where}.thresholds[{n}].{goal.compared}",
                    f"năm {level.year}, {_text(target, level)}, nhẹ hơn năm {before.year}, "
                    f"{_text(target, before)}: kiểm tra lại theo Kế hoạch",
                )


def _text(target: Target, level: Threshold) -> str:
    """What a level asks for, in words with what is counted: "tối thiểu 80%", "tối thiểu 05 kênh"."""
    goal = target.goal_of(level)
    return goal.text if goal else level.said
