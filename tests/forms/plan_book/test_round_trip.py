"""A plan written as a workbook and read back is the same plan, whatever a plan may say."""

from __future__ import annotations

import random
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.forms.plan_book.reader import read_plan_workbook
from dvctt_report.forms.plan_book.taking import merged_table, merged_toml
from dvctt_report.forms.plan_book.writer import plan_workbook
from dvctt_report.plan.folders import phrases_of, said_otherwise, shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Plan, Profile, Roster
from tests.libreoffice import LibreOffice

HOME = shipped_profile("ninh_thuan")


@cache
def shipped() -> Profile:
    return load_profile(HOME)


@cache
def phrases() -> dict[str, Any]:
    return phrases_of(HOME / "phrases.toml")


@cache
def shipped_book() -> bytes:
    return plan_workbook(shipped(), phrases())


def test_the_shipped_plan_comes_back_as_it_was() -> None:
    read = read_plan_workbook(shipped_book(), "ke-hoach.xlsx", phrases())
    assert read[0] == shipped()
    assert read[0].edition == shipped().edition
    assert read[1] == phrases()


@pytest.mark.parametrize("name", ["plan.toml", "units.toml", "phrases.toml"])
def test_what_has_not_changed_leaves_its_file_byte_for_byte(name: str) -> None:
    text = (HOME / name).read_text(encoding="utf-8")
    models = {"plan.toml": shipped().plan, "units.toml": shipped().roster}
    assert (
        merged_toml(text, models[name]) if name in models else merged_table(text, said_otherwise(phrases()))
    ) == text


@pytest.mark.requires("soffice")
def test_libreoffice_keeps_what_the_workbook_says(tmp_path: Path, libreoffice: LibreOffice) -> None:
    (tmp_path / "ke-hoach.xlsx").write_bytes(shipped_book())
    libreoffice.convert([tmp_path / "ke-hoach.xlsx"], "xlsx", tmp_path / "saved")
    read = read_plan_workbook((tmp_path / "saved" / "ke-hoach.xlsx").read_bytes(), "x", phrases())
    assert read == (shipped(), phrases())


# ------------------------------------------------------------------- whatever a plan may say

TRICKY = (
    *("-", "…", "11-10", "1/2", "=1+1", "007", "TRUE", "3.5", "x", "'a", "1e5", "5%", "@xã", "+1"),
    *("nhóm so: 70; nhóm xa: 55", "“a” (b), c; d – e/f", "tăng 10% so với năm 2025", "31/10", "group:so"),
)
FREE = {
    *("title", "label", "print_as", "point", "question", "unit_of_count", "total", "done", "note"),
    *("short_title", "form_title", "issuer", "number", "subject", "about", "settled_by", "heading", "unit"),
    *("phone", "contact", "aliases", "former_names", "names", "document", "reason", "text", "name"),
}
"""What may be any text; lists of them too."""
LEVELS: tuple[dict[str, Any], ...] = (
    {"year": 2027, "at_most": 2.5},
    {"year": 2028, "more_than": 60, "groups": ("so", "xa")},
    {"year": 2028, "less_than": 99.25, "groups": ("vp",)},
    {"year": 2030, "words": "đa số"},
)
SELDOM: dict[str, Any] = {
    "guidance_document": "45/HD-SKHCN",
    "corrections": ({"place": "mục I", "written": "=90%", "meant": "95%"},),
    "other_index": {"name": "PAR INDEX 5%", "targets": ("T1",), "reason": "-"},
    "ended": {"on": date(2025, 7, 1), "successor": "tỉnh B", "document": "202/2025/QH15"},
}
"""What no shipped plan says, or few of them."""


def retold(value: Any, draw: random.Random, name: str = "") -> Any:
    """The dump of a plan or roster with other texts in the place of some of its own."""
    if isinstance(value, dict):
        return {key: retold(inner, draw, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(retold(inner, draw, name) for inner in value)
    other = isinstance(value, str) and value and name in FREE and draw.random() < 0.3
    return draw.choice(TRICKY) if other else value


@pytest.mark.parametrize("name", ["ninh_thuan", "khanh_hoa", "minh-hoa-cai-cach-hanh-chinh"])
@pytest.mark.parametrize("seed", [0, 1])
def test_whatever_a_plan_says_comes_back(name: str, seed: int) -> None:
    draw = random.Random(seed)
    shipped = load_profile(shipped_profile(name))
    plan, roster = (retold(of.model_dump(), draw) for of in (shipped.plan, shipped.roster))
    plan |= {"corrections": (), "scopes": ()}
    if seed:
        groups = [group.code for group in shipped.roster.groups]
        rates = [item for item in plan["items"] if item.get("measure") in ("flow", "stock")]
        own = LEVELS if {"so", "xa", "vp"} <= {*groups} else LEVELS[::3]
        rates[0] |= {"thresholds": own, "control": None}
        plan |= SELDOM | {"other_index": SELDOM["other_index"] | {"targets": (rates[0]["code"],)}}
        plan["deadline"] |= {"next_year": True, "day_itself_on_time": True, "shift_day_off": True}
        first, second, *_ = roster["units"]
        first |= {"phone": "0259123", "contact": "1e5", "email": "a@b.vn", "parent": second["code"]}
        identifiers = ({"code": "000.00.01.H32"}, {"code": "1e5", "valid_from": date(2025, 7, 1)})
        second["identifiers"] = (*identifiers, {"code": "5%", "valid_to": date(2026, 12, 31)})
        split = {"kind": "split", "before": (first["code"],), "after": (first["code"], second["code"])}
        roster["changes"] = ({"on": date(2026, 1, 1), "document": "=1/NQ", **split},)
        roster["assumptions"] = ()
    profile = Profile(plan=Plan.model_validate(plan), roster=Roster.model_validate(roster))
    read = read_plan_workbook(plan_workbook(profile, {"a": {"b": " c "}}), "x", {})
    assert read[0] == profile
    assert read[1] == {"a": {"b": " c "}}
    for file, model in (("plan.toml", profile.plan), ("units.toml", profile.roster)):
        text = merged_toml((HOME / file).read_text(encoding="utf-8"), model)
        assert type(model).model_validate(tomllib.loads(text)) == model
