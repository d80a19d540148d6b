"""Which group answers what, as a sheet of marks.

A row stands for an item, or for all whose codes begin so ("ND*"). Tasks, and targets that one body answers,
name whom they ask themselves and have no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dvctt_report.plan.model import Group, Item
from dvctt_report.plan.roster import matcher

MARK = "x"


def rows_of(groups: Sequence[Group], items: Sequence[Item]) -> list[str]:
    """Return the codes and beginnings of codes that any group answers, in the order of the items.

    An item that nobody answers has a row of its own, without a mark.
    """
    codes = [item.code for item in items]
    used = dict.fromkeys(pattern for group in groups for pattern in group.own)
    answered = matcher(*used)
    used |= dict.fromkeys(
        item.code
        for item in items
        if not answered(item.code)
        and is_asked_by_group(item.kind, getattr(item, "same_as", ""), getattr(item, "authority", ""))
    )
    first = {p: next((n for n, said in enumerate(map(matcher(p), codes)) if said), len(codes)) for p in used}
    return sorted(used, key=lambda pattern: first[pattern])


def read_marks(marks: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return what one group answers from its marks, row by row; ValueError names a bad one."""
    own = []
    for pattern, text in marks:
        mark = re.sub(r"\s+", "", text.lower())
        if mark not in ("", MARK):
            raise ValueError(f"“{text}”: ghi x (nhóm trả lời) hoặc để trống")
        own += [pattern] if mark else []
    return tuple(own)


def is_asked_by_group(kind: str, same_as: str, authority: str) -> bool:
    """Whether the sheet says who answers an item: others name whom they ask, or aren't asked at all."""
    return kind != "task" and not same_as and not authority


def ask_as_above(
    groups: Sequence[dict[str, Any]], items: Sequence[Mapping[str, Any]], rows: Sequence[str]
) -> None:
    """Have items that no row of the sheet stands for asked as the one of their kind before them.

    Where there is none, of all groups that answer anything. ``groups`` get the code into ``own``.
    """
    answering = [group for group in groups if group.get("own")]
    above: dict[str, str] = {}
    stands = matcher(*rows)
    for item in items:
        code, kind, same_as, authority = (
            str(item.get(n) or "") for n in ("code", "kind", "same_as", "authority")
        )
        if not is_asked_by_group(kind, same_as, authority):
            continue
        for group in () if stands(code) else answering:
            if kind not in above or any(matcher(pattern)(above[kind]) for pattern in group["own"]):
                group["own"] = (*group["own"], code)
        above[kind] = code
