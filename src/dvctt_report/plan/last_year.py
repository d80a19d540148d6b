"""Last year's figures, as the manifest of last year's report holds them, and what of them is comparable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from dvctt_report.files.manifests import read_parts
from dvctt_report.model import Tally, Verdict
from dvctt_report.model.goals import read_goal
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import definition
from dvctt_report.plan.items import UnusableBase
from dvctt_report.plan.model import Item, Profile, Target, Unit
from dvctt_report.plan.roster import RosterChange
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.text.vietnamese import key

Key = tuple[str, str, str]
"""Unit, item, field."""


@dataclass(frozen=True, slots=True)
class LastResult:
    """A target as it was reported: its counts, its verdict, and how many of the units asked had answered.

    ``line`` is the percentage it was held against, None where nothing was judged. ``by_control``: the counts
    were those of the system in charge. ``by_day``: a milestone, with one day for all to be done by.
    """

    tally: Tally
    verdict: Verdict
    reported: int
    expected: int
    line: Fraction | None
    by_control: bool = False
    by_day: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """What a unit reports for: the code of its area, the communes in it, the level it is of."""

    code: str
    parts: tuple[str, ...]
    form: str

    @property
    def is_area(self) -> bool:
        """Whether it is one, and no office of the province: a commune whose code is not known is one too."""
        return self.form != "standard" or bool(self.code or self.parts)


@dataclass(frozen=True, slots=True)
class LastYear:
    """What the manifest of last year's report says.

    results: by target code.
    figures: the whole numbers that units gave, whether used or not.
    province: whose report it is.
    definitions: what each item counted, by code.
    areas: what each unit that was asked reported for, by code.
    signed: whether it was published; else it is a draft.
    """

    period: Period
    results: Mapping[str, LastResult] = field(default_factory=dict)
    figures: Mapping[Key, int] = field(default_factory=dict)
    province: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    signed: bool = False

    def figure(self, unit: str, item: str, name: str) -> int | None:
        """The number that ``unit`` gave; None where it gave none."""
        return self.figures.get((unit, item, name))


def with_bases(profile: Profile, reported: Callable[[Period], LastYear | None]) -> Profile:
    """The profile with what growth is reckoned from, as ``reported`` in that year or as the plan says."""
    if not any(level.lacks_base for target in profile.plan.targets for level in target.thresholds):
        return profile
    found, items = cache(reported), list(profile.plan.items)
    for n, item in enumerate(items):
        if isinstance(item, Target):
            levels = tuple(
                level.with_base(_base_of(item, profile, found(Period(level.base_year or 0))))
                if level.lacks_base
                else level
                for level in item.thresholds
            )
            items[n] = item.model_copy(update={"thresholds": levels})
    return profile.model_copy(update={"plan": profile.plan.model_copy(update={"items": tuple(items)})})


def _base_of(target: Target, profile: Profile, last: LastYear | None) -> int | UnusableBase | None:
    """How many there were: signed, of every unit, of the same province and counted alike; None: unsigned."""
    found = last.results.get(target.code) if last else None
    if last is None or found is None or not last.signed:
        return None
    number = int(found.tally.numerator)  # growth is never asked of points
    alike = last.definitions.get(target.code) == definition(profile.plan, target)
    if not alike or key(last.province) != key(profile.plan.province):
        return UnusableBase(number, "other")
    if not found.by_control and found.reported < found.expected:
        return UnusableBase(number, "partial")
    return number or UnusableBase(number, "zero")


def read_last_year(path: Path, period: Period, *, signed: bool = False) -> LastYear | None:
    """Read the manifest of the report of ``period``; None where there is no such file.

    Raises CannotRun where the file can't be read as a manifest, or is one of another year.
    """
    try:
        return replace(parse_last_year(read_parts(path, _COMPARED, _slim), period), signed=signed)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and (told := explain_os_error(error)):
            raise told from None
        why = "không đọc được"
    except (ValueError, KeyError, TypeError, AttributeError):
        why = f"không phải bảng nguồn số liệu của báo cáo {period.words}"
    raise CannotRun(
        f"Tệp {path} {why}.",
        "Chép lại tệp .json đã lưu cùng báo cáo năm trước, hoặc chuyển tệp này đi nơi khác để không so sánh.",
    )


_COMPARED = ("year", "period", "indicators", "figures", "plan", "items", "units")
_OF_A_CELL = ("unit", "item", "field", "value")


def _slim(entry: Any) -> Any:
    """An entry of a manifest whose cells tell no more than what was answered."""
    if not isinstance(entry, dict) or "cells" not in entry:
        return entry
    return entry | {"cells": [{k: cell[k] for k in _OF_A_CELL if k in cell} for cell in entry["cells"]]}


def parse_last_year(manifest: Mapping[str, Any], period: Period) -> LastYear:
    """Return what a manifest says. Raises ValueError, KeyError, TypeError for none of ``period``."""
    if Period.of_manifest(manifest) != period:
        raise ValueError(f"a manifest of {Period.of_manifest(manifest)}, not of {period}")
    cells = [(i["code"], cell) for i in manifest["indicators"] for cell in i["cells"]]
    cells += [(cell["item"], cell) for f in manifest["figures"] for cell in f["cells"]]
    results = {}
    for indicator in manifest["indicators"]:
        goal, coverage = read_goal(indicator), indicator["coverage"]
        results[indicator["code"]] = LastResult(
            tally=Tally(indicator["numerator"], indicator["denominator"]),
            verdict=Verdict(indicator["verdict"]),
            reported=coverage["reported"],
            expected=coverage["expected"],
            line=goal.line if goal else None,
            by_control=bool(indicator.get("control") and indicator["control"]["printed"]),
            by_day=bool(goal and goal.by),
        )
    return LastYear(
        period=period,
        results=results,
        figures={
            (cell["unit"], item, cell["field"]): cell["value"]
            for item, cell in reversed(cells)
            if isinstance(cell["value"], int) and not isinstance(cell["value"], bool)
        },
        province=manifest["plan"].get("province", ""),
        definitions={i["code"]: i["definition"] for i in manifest["items"]},
        areas={u["code"]: Area(u["area_code"], tuple(u["parts"]), u["form"]) for u in manifest["units"]},
    )


@dataclass(frozen=True)
class YearsBeside:
    """Two years beside each other: last year as its manifest tells it, this one by its profile.

    Areas that were merged, split or renamed by changes that the roster names are one territory before and
    after: the province's totals are of the same area then. A body is only compared with itself,
    untouched but for its name.
    """

    profile: Profile
    period: Period
    last: LastYear

    @property
    def same_province(self) -> bool:
        return key(self.last.province) == key(self.profile.plan.province)

    @cached_property
    def spoilt(self) -> tuple[str, ...]:
        """The areas that came, went or changed, and that no change of one level accounts for."""
        before, now = self.last.areas, self._now
        joined: list[frozenset[str]] = []  # the bodies that changes between the two years have to do with
        for change in self._changes:
            bodies = frozenset((*change.before, *change.after))
            met = [others for others in joined if others & bodies]
            joined = [*(others for others in joined if others not in met), bodies.union(*met)]
        accounted_for: set[str] = set()  # those there were before and are now, all of one level
        for bodies in joined:
            forms_before = [before[code].form for code in bodies if code in before]
            forms_now = [now[code].form for code in bodies if code in now]
            if forms_before and forms_now and len({*forms_before, *forms_now}) == 1:
                accounted_for |= bodies
        areas = (c for c in (*now, *before) if any(year[c].is_area for year in (now, before) if c in year))
        differing = (c for c in dict.fromkeys(areas) if before.get(c) != now.get(c))
        return tuple(c for c in differing if c not in accounted_for)

    def same_item(self, item: Item) -> bool:
        """Whether the item counted the same thing last year."""
        return self.last.definitions.get(item.code) == definition(self.profile.plan, item)

    def same_body(self, unit: Unit) -> bool:
        """Whether ``unit`` reported last year, as the same body for the same area, renamed perhaps."""
        codes = self._codes(unit.code)
        before, now = self.last.areas.get(codes[-1]), self._now.get(unit.code)
        if not self.same_province or before is None:
            return False
        if not self.profile.roster.unit(codes[-1]).alive(self.profile.plan.roster_date(self.last.period)):
            return False
        is_area = before.is_area or (now is not None and now.is_area)
        touched = any(
            not (change.kind == "renamed" and len(change.before) == len(change.after) == 1)
            and not {*codes}.isdisjoint((*change.before, *change.after))
            for change in self._changes
        )
        return not touched and (before == now or not is_area)

    @cached_property
    def by_present_codes(self) -> LastYear:
        """Last year with the figures of renamed bodies under the codes that these have now."""
        now = {codes[-1]: code for code in self._now if len(codes := self._codes(code)) > 1}
        if not now:
            return self.last
        figures = {
            (now.get(unit, unit), item, name): n for (unit, item, name), n in self.last.figures.items()
        }
        return replace(self.last, figures=figures)

    def _codes(self, code: str) -> tuple[str, ...]:
        """The codes of one body, from now back to last year: it has another one where it was renamed."""
        codes = [code]
        for change in sorted(self._changes, key=lambda one: one.on, reverse=True):
            is_its_own = change.kind == "renamed" and len(change.before) == 1 and change.after == (codes[-1],)
            if is_its_own and change.before[0] not in codes:
                codes.append(change.before[0])
        return tuple(codes)

    @cached_property
    def _changes(self) -> tuple[RosterChange, ...]:
        """What happened to bodies between the two years."""
        first, last = (self.profile.plan.roster_date(one) for one in (self.last.period, self.period))
        return tuple(one for one in self.profile.roster.changes if first < one.on <= last)

    @cached_property
    def _now(self) -> dict[str, Area]:
        return {unit.code: area_of(self.profile, unit) for unit in self.profile.units(self.period)}


def given_before(profile: Profile, period: Period, last: LastYear, unit: Unit) -> dict[tuple[str, str], int]:
    """What ``unit`` gave last year, by item and field, where it is the same body and is asked the same."""
    beside = YearsBeside(profile, period, last)
    if not beside.same_body(unit):
        return {}
    same = {item.code for item in profile.asked(unit) if beside.same_item(item)}
    known = beside.by_present_codes.figures.items()
    own = ((item, name, n) for (code, item, name), n in known if code == unit.code)
    return {(item, name): n for item, name, n in own if item in same}


def area_of(profile: Profile, unit: Unit) -> Area:
    """What ``unit`` reports for."""
    return Area(unit.area_code, unit.parts, profile.roster.group(unit.group).form)
