"""Words of the roster that name two of a period's units: who writes them can't be understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.references import Fault
from dvctt_report.plan.unit_names import NamedUnit, UnitNames, listed, name_key
from dvctt_report.text.vietnamese import unaccented

_FORMER, _OTHER = "former_names", "aliases"


class _Said(NamedTuple):
    """A name of a unit, and the key of units.toml that it stands under."""

    key: str
    name: str


def same_names(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield each name of a unit that is another one's code, or a name it goes by today.

    A former name that several have is none: what was divided has several successors.
    """
    units = profile.units(period)
    every = UnitNames(units, profile.plan.province)
    today = UnitNames(map(_today, units), profile.plan.province)
    for n, unit in enumerate(units):
        where = f"units.toml: units[{profile.roster.units.index(unit) + 1}] ({unit.code})"
        before = frozenset(one.code for one in units[:n])
        for said in _once(unit):
            if told := _told(said, unit, before, every, today):
                yield f"{where}.{said.key}", told


def _today(unit: Unit) -> NamedUnit:
    """A unit with the names it goes by, without those it had."""
    return NamedUnit(unit.code, unit.short_name, (unit.short_name, unit.name, *unit.aliases))


def _once(unit: Unit) -> Iterator[_Said]:
    """Yield a unit's names, of several that say the same the first."""
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("name", (unit.name,)),
        ("short_name", (unit.short_name,)),
        (_OTHER, unit.aliases),
        (_FORMER, unit.former_names),
    )
    yield from {name_key(name): _Said(key, name) for key, names in reversed(lists) for name in names}.values()


def _told(
    said: _Said, unit: Unit, before: frozenset[str], every: UnitNames[Unit], today: UnitNames[NamedUnit]
) -> str:
    """What is wrong with a name, told of the second of two that both bear it; "" for nothing."""
    found = [one for one in every.find(said.name) if one.code != unit.code]
    if coded := [one for one in found if name_key(said.name) == name_key(one.code)]:
        return (
            f"“{said.name}” là mã của đơn vị khác, {listed(coded)}, và luôn được hiểu là đơn vị đó: bỏ tên "
            "này, hoặc đổi mã"
        )
    also = [_of(today, one) for one in found if today.is_named(_of(today, one), said.name)]
    if said.key != _FORMER:
        also = [one for one in also if one.code in before]
    if said.key == _OTHER:
        also += [one for one in _without_accents(said.name, today) if one.code != unit.code]
    if not also:
        return ""
    return (
        f"“{said.name}” cũng là tên đang dùng của {listed(also)}: ghi tên này thì không rõ là đơn vị nào; "
        "sửa hoặc bỏ ở một trong các đơn vị"
    )


def _without_accents(name: str, today: UnitNames[NamedUnit]) -> Iterator[NamedUnit]:
    """The units whose name with accents a clerk means who types ``name``, which has none: "So Noi vu"."""
    said = name_key(name)
    for one in today.units if said == unaccented(said) else ():
        keys = [*map(name_key, one.names)]
        if said not in keys and said in map(unaccented, keys):
            yield one


def _of(today: UnitNames[NamedUnit], unit: Unit) -> NamedUnit:
    return today.with_code(unit.code)[0]
