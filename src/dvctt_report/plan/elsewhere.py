"""What a profile that began as a copy still says of elsewhere: another province, another plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dvctt_report.model.catalogue import catalogue
from dvctt_report.plan.folders import PHRASES, phrases_of, shipped_plans
from dvctt_report.plan.load import load_profile, read_toml
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


def of_another_plan(folder: Path, settings: Mapping[str, Any], profile: Profile) -> tuple[str, ...]:
    """Return sentences and settings that are still those of a shipped plan about another matter.

    What shipped plans about several matters say alike is nobody's, and what names the plan's own province is
    not of another one. ``folder``: of the profile; ``settings``: of ``dvctt.toml``, {} where there is none.
    """
    said = _said(phrases_of(folder / PHRASES), settings)
    province = _bare(profile.plan.province)
    by_topic: dict[str, set[tuple[str, str]]] = {}
    for plan in shipped_plans().values():
        own = read_toml(plan.with_name(PHRASES)), read_toml(plan.with_name("dvctt.toml"))
        by_topic.setdefault(load_profile(plan.parent).plan.topic, set()).update(_said(*own))
    common = set[tuple[str, str]]().union(
        *(one & other for a, one in by_topic.items() for b, other in by_topic.items() if a != b)
    )
    return tuple(
        f"{name} = “{text}” ({topic})"
        for topic, theirs in by_topic.items()
        if topic != profile.plan.topic
        for name, text in said
        if (name, text) in theirs - common and province not in key(text)
    )


def _said(phrases: Mapping[str, Any], settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The sentences and settings of a profile, each with the file and name it stands at; without choices."""
    return [
        (f"{file}: {name}", text)
        for file, table in ((PHRASES, phrases), ("dvctt.toml", settings))
        for name, text in _texts(dict(table))
        if name != "unbroken" and not re.fullmatch("[a-z_-]*", text)
    ]


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
