"""How commands take units: by code, name, or part of a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeAlias

import typer

from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames

_HELP = "mã, tên, hoặc một phần của tên, có dấu hay không dấu."

UnitName: TypeAlias = Annotated[
    str | None, typer.Option("--unit", metavar="ĐƠN-VỊ", help=f"Chỉ một đơn vị: {_HELP}")
]
UnitArgument: TypeAlias = Annotated[str, typer.Argument(metavar="ĐƠN-VỊ", help=f"Đơn vị: {_HELP}")]
MaybeUnit: TypeAlias = Annotated[
    str | None, typer.Argument(metavar="ĐƠN-VỊ", help=f"Chỉ một đơn vị: {_HELP}")
]
UnitArguments: TypeAlias = Annotated[
    list[str] | None, typer.Argument(metavar="ĐƠN-VỊ", help=f"Chỉ các đơn vị này: {_HELP}")
]


def find_unit(profile: Profile, units: Iterable[Unit], wanted: str) -> Unit:
    """Find the one of ``units`` that is meant. Raises CannotRun, with what is near, where there is none."""
    return UnitNames(units, profile.plan.province).pick(wanted)


def find_units(profile: Profile, units: Iterable[Unit], wanted: Iterable[str]) -> tuple[Unit, ...]:
    """Find the units that each of ``wanted`` means, in the order of ``units``; as ``find_unit``."""
    names = UnitNames(units, profile.plan.province)
    meant = {names.pick(one).code for one in wanted}
    return tuple(unit for unit in names.units if unit.code in meant)
