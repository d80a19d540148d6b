"""Which group answers what, as a sheet of marks: "x" for itself, "t" for the whole province.

A row stands for an item, or for all whose codes begin so ("ND*"). Where a group's list isn't in the order
of the rows, its marks are numbered, so that nothing is lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dvctt_report.plan.model import Group, Item
from dvctt_report.plan.roster import matcher

_MARKS = {"own": "x", "province": "t"}
_MARK = re.compile(r"([xt])(\d*)")


def rows_of(groups: Sequence[Group], items: Sequence[Item]) -> list[str]:
    """Return the codes and beginnings of codes that any group answers, in the order of the items.

    An item that nobody answers has a row of its own, without a mark.
    """
    codes = [item.code for item in items]
    used = dict.fromkeys(pattern for group in groups for pattern in (*group.own, *group.province))
    answered = matcher(*used)
    used |= dict.fromkeys(
        code
        for item in items
        if not answered(code := item.code) and _is_marked(item.kind, getattr(item, "same_as", ""))
    )
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


def _is_marked(kind: str, same_as: str) -> bool:
    """Whether the sheet says who answers an item: a task names its bodies, some targets aren't asked."""
    return kind != "task" and not same_as


def ask_as_above(
    groups: Sequence[dict[str, Any]], items: Sequence[Mapping[str, Any]], rows: Sequence[str]
) -> None:
    """Have items that no row of the sheet stands for asked as the one before them that is alike.

    Alike: of the same kind, and answered by the same. ``groups`` get the code into ``own`` and ``province``.
    """
    above: dict[tuple[Any, ...], str] = {}
    stands = matcher(*rows)
    for item in items:
        alike = (item.get("kind"), item.get("answered_by", "units"), item.get("authority"))
        code = str(item.get("code"))
        if not _is_marked(str(item.get("kind")), str(item.get("same_as") or "")):
            continue
        for group in groups if not stands(code) and alike in above else ():
            for name in _MARKS:
                if any(matcher(pattern)(above[alike]) for pattern in group.get(name, ())):
                    group[name] = (*group[name], code)
        above[alike] = code
