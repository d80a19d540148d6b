"""Findings that say the same of many cells of a sheet are told once: how many, from where to where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dvctt_report.model import Finding

MOST_ALIKE = 20
"""Findings alike that are told one by one: 3,000 rows of remarks below a table were 3,000 findings."""
MOST_NAMED = 100
"""Cells that one finding names beside its own, for programs; its message tells how many there are."""


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order; of more than ``MOST_ALIKE`` alike the first, which tells of all."""
    found = tuple(findings)
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in found:
        alike.setdefault(_said_of(one), []).append(one)
    told = {id(several[0]): several for several in alike.values() if len(several) > MOST_ALIKE}
    beyond = {id(one) for several in told.values() for one in several[1:]}
    return tuple(_bounded(_one_of(told.get(id(one), [one]))) for one in found if id(one) not in beyond)


def _said_of(one: Finding) -> tuple[object, ...]:
    """What makes two findings alike: all but their words and their cell."""
    sheet = (one.at.file, one.at.sheet) if one.at is not None else None
    return one.code, sheet, one.unit, one.item, one.field, one.part, frozenset(one.against)


def _one_of(several: list[Finding]) -> Finding:
    """One finding for several alike."""
    first, *others = several
    places = [one.at for one in others if one.at is not None]
    if first.at is None or not places:
        return first
    count = f"còn {len(others)} ô khác cùng loại, từ {first.at.cell} đến {places[-1].cell}"
    related = tuple(dict.fromkeys((*first.related, *places)))
    return replace(first, message=f"{first.message}; {count}", related=related)


def _bounded(one: Finding) -> Finding:
    """A finding that names no more cells than somebody will look at: the first and the last."""
    if len(one.related) <= MOST_NAMED:
        return one
    return replace(one, related=(*one.related[: MOST_NAMED - 1], one.related[-1]))
