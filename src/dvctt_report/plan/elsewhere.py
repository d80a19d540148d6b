"""Settings of an office that name a province other than the plan's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dvctt_report.model.catalogue import catalogue
from dvctt_report.plan.model import Profile
from dvctt_report.text.vietnamese import key


def of_elsewhere(settings: Mapping[str, Any], profile: Profile) -> tuple[str, ...]:
    """Return the settings that name a province other than the plan's own, each with what it says.

    The place before the date is the province's name by itself, or that of a place in it, which a district or
    commune of the roster bears. Source: Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.4 (địa danh).
    """
    own, place = _bare(profile.plan.province), settings["co_quan"]["dia_danh"]
    provinces = catalogue().provinces
    others = {_bare(name) for province in provinces for name in (province.name, *province.merged)} - {own}
    named = re.compile(rf"\btỉnh ({'|'.join(sorted(others, key=len, reverse=True))})\b")
    elsewhere = [f"{name} = “{text}”" for name, text in _texts(settings) if named.search(key(text))]
    forms = {group.code: group.form for group in profile.roster.groups}
    places = (unit for unit in profile.roster.units if forms[unit.group] != "standard")
    in_it = any(key(name).endswith(_bare(place)) for unit in places for name in unit.names)
    return (*elsewhere, *(() if _bare(place) == own or in_it else (f"co_quan.dia_danh = “{place}”",)))


def _bare(name: str) -> str:
    return re.sub(r"^(tỉnh|thành phố|tp\.?) +", "", key(name))


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a table with its dotted name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, place)
    elif isinstance(value, str):
        yield place, value
