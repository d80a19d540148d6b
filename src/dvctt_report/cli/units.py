"""Find the unit that a user means by a code or by something like a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeAlias

import typer

from dvctt_report.errors import CannotRun
from dvctt_report.plan.model import Unit
from dvctt_report.vietnamese import key, unaccented

UnitName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="ĐƠN-VỊ",
        help="Chỉ một đơn vị: mã, tên, hoặc một phần của tên, có dấu hay không dấu.",
    ),
]

_NEAR = 60
_MOST = 4


def find_unit(units: tuple[Unit, ...], wanted: str) -> Unit:
    """Find the one unit meant by its code, one of its names, or a part of a name, with or without marks.

    Raises CannotRun, with the nearest names, where there is none or where several are meant.
    """
    ways: tuple[Callable[[Unit], bool], ...] = (
        lambda unit: key(unit.code) == key(wanted),
        lambda unit: key(wanted) in map(key, _names(unit)),
        lambda unit: unaccented(wanted) in map(unaccented, _names(unit)),
        lambda unit: any(unaccented(wanted) in unaccented(name) for name in _names(unit)),
    )
    found = next((hits for way in ways if (hits := [u for u in units if key(wanted) and way(u)])), [])
    if len(found) == 1:
        return found[0]
    remedy = "Ghi mã đơn vị; xem mã bằng lệnh: dvctt-report plan"
    if found:
        raise CannotRun(f"“{wanted}” có thể là nhiều đơn vị: {_listed(found)}.", remedy)
    near = _nearest(units, wanted)
    hint = f" Gần nhất: {_listed(near)}." if near else ""
    raise CannotRun(f"Không có đơn vị “{wanted}” trong danh sách của năm.{hint}", remedy)


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.short_name, unit.name, *unit.aliases, *unit.former_names)


def _listed(units: list[Unit]) -> str:
    told = "; ".join(f"{unit.short_name} ({unit.code})" for unit in units[:_MOST])
    return f"{told}; …" if len(units) > _MOST else told


def _nearest(units: tuple[Unit, ...], wanted: str) -> list[Unit]:
    from rapidfuzz import fuzz

    def likeness(unit: Unit) -> float:
        return max(fuzz.ratio(unaccented(wanted), unaccented(n)) for n in (unit.code, *_names(unit)))

    near = sorted((u for u in units if likeness(u) >= _NEAR), key=likeness, reverse=True)
    return near[:_MOST]
