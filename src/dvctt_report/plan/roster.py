"""The units of a province by their kinds, each with the days it exists."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field

from dvctt_report.plan.items import Code, Frozen, Lean, Text
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import join_names


class Group(Frozen):
    """A kind of units: its heading in tables, its form, and who-is-asked-what.

    ``own``: items that each of them answers. ``CODE*`` stands for every item whose code starts so. Tasks and
    targets that one body answers are not listed: each names whom it asks.
    ``may_withhold``: items whose figure the law may forbid to give (state secrets).
    """

    code: Text
    title: Text
    heading: Text
    form: Literal["standard", "district", "commune"] = "standard"
    own: tuple[str, ...] = ()
    may_withhold: tuple[str, ...] = ()


def matcher(*patterns: str) -> Callable[[str], bool]:
    """What says whether one of ``patterns`` stands for an item, by its code: "ND*" for all that begin so."""
    codes = frozenset(pattern for pattern in patterns if not pattern.endswith("*"))
    beginnings = tuple(pattern[:-1] for pattern in patterns if pattern.endswith("*"))
    return lambda code: code in codes or code.startswith(beginnings)


class Identifier(Frozen):
    """An official electronic identifier of a body (Quyết định số 20/2020/QĐ-TTg): "H32", "000.00.01.H32".

    code: as its document writes it; never made up here, and never what the body is known by.
    valid_from: the first day it is known to hold on; None where that isn't known.
    valid_to: the last one; None where it still holds.
    """

    code: Text
    valid_from: date | None = None
    valid_to: date | None = None


_USUAL = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3}|(?:[0-9]{1,3}\.){1,3}[A-Z][0-9]{2}")
"""From the top down, as the decision has them ("H32", "H01.151"), or upwards as before ("000.00.01.H32")."""


class Unit(Frozen):
    """A body of the roster, alive from ``valid_from`` to ``valid_to`` (both included).

    ``identifiers``: its official ones, several at a time or none. ``parent``: the body above it that sends a
    return of its own and might count this unit's people again.
    """

    code: Code
    name: Text
    short_name: Text
    group: Text
    duty: Literal["required", "asked", "none"]
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    parent: str = ""
    area_code: str = ""
    valid_from: date = date(2025, 3, 1)
    valid_to: date | None = None
    not_asked: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    email: str = ""
    identifiers: tuple[Identifier, ...] = ()

    def identified(self, day: date) -> str:
        """Its identifiers that hold on ``day``, one after the other; "" where none is known."""
        days = ((one.code, one.valid_from or day, one.valid_to or day) for one in self.identifiers)
        return "; ".join(code for code, first, last in days if first <= day <= last)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the short one first."""
        return (self.short_name, self.name, *self.aliases, *self.former_names)

    def alive(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Assumption(Frozen):
    """Something that the profile takes to be so: ``settled`` where it was compared with ``source``.

    ``before_final``: no report is final as long as it is not settled, and every draft says so.
    """

    about: Text
    settled: bool = False
    source: str = ""
    before_final: bool = False


class RosterChange(Lean):
    """What became of bodies on a day, by which document.

    on: the first day on which it holds.
    document: that which ordered it.
    kind: what was done.
    before: the bodies it was done to, by code.
    after: those there are afterwards; none where they were dissolved without a successor.
    handed_to: which of several in ``after`` reports what came before that day; "" where there is one.
    """

    later = ("handed_to",)

    on: date
    document: Text
    kind: Literal["merged", "split", "renamed", "dissolved", "new_superior"]
    before: tuple[Code, ...] = Field(min_length=1)
    after: tuple[Code, ...] = ()
    handed_to: str = ""

    @property
    def receiver(self) -> str:
        """The one that reports the figures up to the day of the change; "" for nobody."""
        return self.handed_to or (self.after[0] if len(self.after) == 1 else "")


class Roster(Frozen):
    """Groups and units, units in protocol order: lists follow it, never the alphabet."""

    assumptions: tuple[Assumption, ...] = ()
    groups: tuple[Group, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1)
    changes: tuple[RosterChange, ...] = ()

    @property
    def holding(self) -> tuple[Assumption, ...]:
        """What holds a final report back."""
        return tuple(a for a in self.unsettled if a.before_final)

    @property
    def unsettled(self) -> tuple[Assumption, ...]:
        """What the user still has to confirm."""
        return tuple(a for a in self.assumptions if not a.settled)

    @property
    def odd_identifiers(self) -> tuple[str, ...]:
        """Questions about electronic identifiers: those written unusually, and those of several bodies."""
        known = [(one, unit.short_name) for unit in self.units for one in unit.identifiers]
        odd = [
            f"“{one.code}” của {name}: viết khác dạng H32, 000.00.01.H32"
            for one, name in known
            if not _USUAL.fullmatch(one.code)
        ]
        whose = by_key((one.code, name) for one, name in known if one.valid_to is None)
        shared = [
            f"“{code}” ghi cho cả {join_names(names)}" for code, names in whose.items() if len(names) > 1
        ]
        return (*odd, *shared)

    @cached_property
    def short_names(self) -> dict[str, str]:
        """What each unit is called in lists, by its code."""
        return {unit.code: unit.short_name for unit in self.units}

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units alive on ``day``, in protocol order: headings as the groups come, each of them once."""
        headings = list(dict.fromkeys(group.heading for group in self.groups))
        alive = (unit for unit in self.units if unit.alive(day))
        return tuple(sorted(alive, key=lambda unit: headings.index(self.group(unit.group).heading)))

    @cached_property
    def units_by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: n for n, code in enumerate(self.units_by_code)}

    def place(self, code: str) -> int:
        """How many units stand before that of this code; all of them before a code it hasn't."""
        return self._places.get(code, len(self._places))

    @cached_property
    def groups_by_code(self) -> dict[str, Group]:
        return {group.code: group for group in self.groups}

    def unit(self, code: str) -> Unit:
        """The unit of that code; KeyError where the roster has none."""
        return self.units_by_code[code]

    def group(self, code: str) -> Group:
        """The group of that code; KeyError where the roster has none."""
        return self.groups_by_code[code]
