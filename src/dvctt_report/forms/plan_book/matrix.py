"""Which group answers what, as a sheet of marks: "x" for itself, "t" for the whole province.

A row stands for an item, or for all whose codes begin so ("ND*"). Where a group's list isn't in the order
of the rows, its marks are numbered, so that nothing is lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dvctt_report.plan.model import Group, Item
from dvctt_report.plan.roster import matcher

_MARKS = {"own": "x", "province": "t"}
_MARK = re.compile(r"([xt])(\d*)")


def rows_of(groups: Sequence[Group], items: Sequence[Item]) -> list[str]:
    """Return the codes and beginnings of codes that any group answers, in the order of the items."""
    codes = [item.code for item in items]
    used = dict.fromkeys(pattern for group in groups for pattern in (*group.own, *group.province))
    first = {p: next((n for n, said in enumerate(map(matcher(p), codes)) if said), len(codes)) for p in used}
    return sorted(used, key=lambda pattern: first[pattern])


def marks_of(group: Group, rows: Sequence[str]) -> dict[str, str]:
    """Return the marks of one group by row."""
    marks: dict[str, str] = {}
    for field, letter in _MARKS.items():
        said: Sequence[str] = getattr(group, field)
        in_order = list(said) == sorted(set(said), key=rows.index)
        for n, pattern in enumerate(said, 1):
            marks[pattern] = marks.get(pattern, "") + (letter if in_order else f"{letter}{n}")
    return marks


def read_marks(marks: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Return ``own`` and ``province`` of one group from its marks, row by row; ValueError names a bad one."""
    found: dict[str, list[tuple[int, str]]] = {field: [] for field in _MARKS}
    for row, (pattern, text) in enumerate(marks, 1):
        said = re.sub(r"\s+", "", text.lower())
        if _MARK.sub("", said):
            raise ValueError(f"“{text}”: ghi x (trả lời cho mình), t (trả lời cho toàn tỉnh), hoặc để trống")
        for letter, number in _MARK.findall(said):
            field = next(field for field, own in _MARKS.items() if own == letter)
            found[field].append((int(number or row), pattern))
    return {field: tuple(pattern for _, pattern in sorted(said)) for field, said in found.items()}
