"""Settings of an office that name a province other than the plan's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dvctt_report.plan.model import Profile
from dvctt_report.text.vietnamese import key

_NAMED = re.compile(r"[Tt]ỉnh +((?:\w+[ -]+)*\w+)")


def of_elsewhere(settings: Mapping[str, Any], profile: Profile) -> tuple[str, ...]:
    """Return the settings that name a province other than the plan's own, each with what it says.

    The place before the date is the province's name by itself, or that of a place in it, which a district or
    commune of the roster bears. Source: Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.4 (địa danh).
    """
    own = _bare(profile.plan.province)
    found = [
        f"{place} = “{text}”"
        for place, text in _texts(settings)
        if any(not name.startswith(own) for name in _provinces(text))
    ]
    place = settings["co_quan"]["dia_danh"]
    forms = {group.code: group.form for group in profile.roster.groups}
    places = (unit for unit in profile.roster.units if forms[unit.group] != "standard")
    in_it = any(key(name).endswith(_bare(place)) for unit in places for name in unit.names)
    is_own = _bare(place) == own or in_it
    return tuple(found) if is_own else (*found, f"co_quan.dia_danh = “{place}”")


def _bare(name: str) -> str:
    return re.sub(r"^(tỉnh|thành phố|tp\.?) +", "", key(name))


def _provinces(text: str) -> Iterator[str]:
    """The names that stand behind the word, as far as their words begin with capital letters."""
    for found in _NAMED.finditer(text):
        capitals = []
        for word in re.split(r"[ -]+", found[1]):
            if not word[0].isupper():
                break
            capitals.append(word)
        if capitals:
            yield key(" ".join(capitals))


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, place)
    elif isinstance(value, str):
        yield place, value
