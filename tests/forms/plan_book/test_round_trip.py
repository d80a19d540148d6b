"""A plan written as a workbook and read back is the same plan, whatever a plan may say."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from dvctt_report.forms.plan_book.reader import read_plan_workbook
from dvctt_report.forms.plan_book.taking import merged_table, merged_toml
from dvctt_report.forms.plan_book.writer import plan_workbook
from dvctt_report.plan.folders import phrases_of, said_otherwise, shipped_profile
from dvctt_report.plan.items import (
    Channel,
    Dossier,
    FieldKind,
    FieldSpec,
    Funding,
    Listing,
    Prose,
    Survey,
    Target,
    Task,
    Topic,
)
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Correction, Plan, Profile, Roster, Scope, Words
from dvctt_report.plan.roster import Identifier
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
    assert read.profile == shipped()
    assert read.profile.edition == shipped().edition
    assert read.phrases == phrases()


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
    assert (read.profile, read.phrases) == (shipped(), phrases())


# ------------------------------------------------------------------- whatever a plan may say

TEXTS = st.text(st.sampled_from("aăâđêôơư ,.-–/(){}“”=+@'0123456789%:"), min_size=1, max_size=24).map(
    lambda text: f"t{text}".strip()
)
TRICKY = st.sampled_from(["-", "…", "11-10", "1/2", "=1+1", "007", "TRUE", "3.5", "x", "'a", "1e5", "5%"])
WORDS = st.one_of(TEXTS, TRICKY)
MAYBE = st.one_of(st.just(""), WORDS)
SEVERAL = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MONTH_DAYS = DAYS.map(lambda day: f"{day:%m-%d}").filter(lambda said: said != "02-29")
LEVEL = st.tuples(
    st.sampled_from(["at_least", "more_than", "at_most", "less_than"]),
    st.one_of(st.integers(0, 100), st.decimals(0, 99, places=2).map(float)),
)
OF_GROUPS = [[()], [("g1",)], [("g1", "g2")], [("g1",), ("g2",)], [("g2",), ("g1",)]]
"""Whose the levels of a year are: of all units, or of groups."""
LEVELS = st.dictionaries(
    st.integers(2020, 2035), st.tuples(st.sampled_from(OF_GROUPS), LEVEL, LEVEL), min_size=1, max_size=4
)


def whole_numbers(level: dict[str, Any]) -> dict[str, Any]:
    return {name: int(value) if isinstance(value, float) else value for name, value in level.items()}


DRAWN = ("grown", "said", "days", "whose")
"""What is drawn for some targets only."""


def as_asked(target: dict[str, Any]) -> dict[str, Any]:
    """A target drawn, without what it can't have beside the rest."""
    if target["measure"] == "milestone":
        own = {name: value for name, value in target.items() if name not in DRAWN}
        days = tuple(
            {"year": day.year, "by": day} | ({"groups": of} if of else {})
            for day in target["days"]
            for of in target["whose"]
        )
        blank = {"by_part": "no", "control": None, "total": "", "done": "", "each": 0}
        return own | blank | {"question": "q?", "thresholds": days}
    if target["measure"] == "count":
        levels = target["thresholds"] if target["each"] else tuple(map(whole_numbers, target["thresholds"]))
        if not target["each"] and target["grown"] is not None:
            levels = (*levels, {"year": 2036, **target["grown"]})
        own = {name: value for name, value in target.items() if name not in DRAWN}
        return own | {"by_part": "no", "control": None, "total": "", "thresholds": levels}
    grouped = any("groups" in level for level in target["thresholds"])
    own = {name: value for name, value in target.items() if name not in DRAWN}
    levels = (*target["thresholds"], {"year": 2037, "words": target["said"]})
    return own | {"each": 0, "thresholds": levels} | ({"control": None} if grouped else {})


def thresholds_of(levels: dict[int, Any]) -> tuple[dict[str, Any], ...]:
    """The levels drawn for each year, as a plan says them."""
    found = []
    for year, (groups, *said) in sorted(levels.items()):
        for of, (name, number) in zip(groups, said, strict=False):
            found.append({"year": year, name: number} | ({"groups": of} if of else {}))
    return tuple(found)


def of_type(kind: Any, needed: bool) -> st.SearchStrategy[Any]:
    """Whatever a value of a model's type may be; a text that isn't ``needed`` may be blank."""
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        return st.none() | of_type(get_args(kind)[0], True)
    if get_origin(kind) is tuple:
        return SEVERAL
    if issubclass(kind, BaseModel):
        nested: st.SearchStrategy[Any] = drawn(kind)
        return nested
    plain: dict[Any, st.SearchStrategy[Any]] = {bool: st.booleans(), int: st.integers(1, 99), date: DAYS}
    return plain.get(kind, WORDS if needed else MAYBE)


def drawn(model: type[BaseModel], left_out: str = "", **given: st.SearchStrategy[Any]) -> Any:
    """Whatever a record of a model may say, by the types of its values, but for those that are ``given``."""
    fields = {n: f for n, f in model.model_fields.items() if n not in left_out.split()}
    return st.fixed_dictionaries(
        {name: of_type(field.annotation, field.is_required()) for name, field in fields.items()} | given
    )


CHOICES = st.lists(WORDS.filter(lambda word: "," not in word), max_size=3).map(tuple)
ASKED = st.sampled_from([kind for kind in get_args(FieldKind) if kind != "decimal"])  # that of a score alone
FIELDS = st.lists(drawn(FieldSpec, "code sources", choices=CHOICES, kind=ASKED), min_size=1, max_size=2)
BODIES = st.lists(st.sampled_from(["U1", "U2", "group:g1", "group:g2"]), min_size=1, max_size=3).map(tuple)
GROWN = {"growth": st.one_of(st.integers(0, 300), st.just(7.5)), "base": st.none() | st.integers(1, 10**9)}
TARGET = drawn(
    Target,
    "code answered_by authority in_charge scale question choices choices_outside part_of within same_as "
    "total_sources done_sources shown_by joint",
    measure=st.sampled_from(["flow", "stock", "count", "milestone"]),
    each=st.integers(0, 9),
    total=WORDS,
    done=WORDS,
    thresholds=LEVELS.map(thresholds_of),
    said=WORDS,
    days=st.lists(DAYS, min_size=1, max_size=2, unique_by=lambda day: day.year).map(sorted),
    whose=st.sampled_from(OF_GROUPS),
    grown=st.none() | st.fixed_dictionaries({**GROWN, "base_year": st.integers(2015, 2035)}),
).map(as_asked)
OTHERS = st.one_of(
    *(drawn(kind, "code") for kind in (Topic, Dossier, Survey, Prose)),
    *(drawn(kind, "code", measures=FIELDS) for kind in (Channel, Funding)),
    drawn(Listing, "code", columns=FIELDS),
    drawn(Task, "code derived_from", binds=BODIES),
)
IDENTIFIER = drawn(Identifier, code=st.sampled_from(["H32", "000.00.01.H32", "H01.151", "1e5", "5%"]))
PLANS = st.fixed_dictionaries(
    {
        "items": st.tuples(TARGET, st.lists(st.one_of(TARGET, OTHERS), max_size=5)).map(
            lambda n: [n[0], *n[1]]
        ),
        "title": WORDS,
        "version": st.integers(1, 99),
        "first": MONTH_DAYS,
        "half_last": st.none() | MONTH_DAYS,
        "half_before": st.none() | MONTH_DAYS.filter(lambda day: "06-15" < day < "10-01"),
        "identifiers": st.lists(IDENTIFIER, max_size=3).map(tuple),
        "lenient": st.booleans(),
        "note": MAYBE,
        "words": st.lists(SEVERAL, min_size=9, max_size=9),
        "scopes": st.lists(drawn(Scope), max_size=2, unique_by=lambda scope: scope["year"]),
        "corrections": st.lists(drawn(Correction), max_size=2),
        "other_index": st.none() | WORDS,
        "names": st.lists(SEVERAL, min_size=4, max_size=4),
        "until": st.none() | DAYS,
    }
)


LAST = "10-31"


def half_of(said: dict[str, Any]) -> str | None:
    """The end of the half year that was drawn, where it lies within the year."""
    half, first = said["half_last"], said["first"]
    return half if half and half < LAST and (first < half or first > LAST) else None


def deadline_of(said: dict[str, Any]) -> str | None:
    """The half-year's deadline that was drawn, where it comes after the cut-off."""
    before = said["half_before"]
    return before if before and before > (half_of(said) or "06-14") else None


def profile_of(said: dict[str, Any], order: st.DataObject) -> Profile:
    """A profile of everything that was drawn, with codes that fit each other."""
    items = [item | {"code": f"{'TAB'[n % 3]}{n}.x"} for n, item in enumerate(said["items"])]
    for item in items:
        for name in ("measures", "columns"):
            if name in item:
                item[name] = tuple(spec | {"code": f"f{n}"} for n, spec in enumerate(item[name]))
    first = items[0]["code"]
    words = tuple(Words.model_fields)
    plan = {
        "code": "KH1",
        "version": said["version"],
        "province": "tỉnh A",
        "title": said["title"],
        "short_title": "a",
        "form_title": "b",
        "document": {"kind": "Kế hoạch", "number": "1/KH-UBND"},
        "legal_basis": [{"kind": "Quyết định", "number": "2/QĐ"}],
        "issuer": "UBND tỉnh A",
        "compiler": "U1",
        "period": {"first": said["first"], "last": LAST, "half_last": half_of(said)},
        "deadline": {"before": "11-10", "quote": "q", "point": "p", "day_itself_on_time": said["lenient"]}
        | {"next_year": said["lenient"]}
        | {"half_before": deadline_of(said), "half_point": said["note"]},
        "ended": said["until"] and {"on": said["until"], "successor": said["title"], "document": "d"},
        "words": dict(zip(words, said["words"], strict=True)),
        "scopes": said["scopes"],
        "corrections": said["corrections"],
        "other_index": said["other_index"]
        and {"name": said["other_index"], "targets": (first,), "reason": "r"},
        "items": items,
    }
    patterns = [item["code"] for item in items if item["kind"] != "task"] + ["T*"]
    groups = [
        {
            "code": f"g{n}",
            "title": f"Nhóm {n}",
            "heading": "I. Sở",
            "own": tuple(order.draw(st.permutations(patterns))[: n + 1]),
            "province": tuple(order.draw(st.permutations(patterns))[:n]),
        }
        for n in (1, 2)
    ]
    units = [
        {
            "code": f"U{n}",
            "name": f"Đơn vị {n}",
            "short_name": f"ĐV {n}",
            "group": f"g{n}",
            "duty": "required",
            "aliases": said["names"][n],
            "former_names": said["names"][n + 1],
            "valid_to": said["until"] and max(said["until"], UNIT_FROM),
            "phone": "0259123",
            "identifiers": said["identifiers"] if n == 1 else (),
        }
        for n in (1, 2)
    ]
    assumed = [{"about": f"{said['title']} {n}", "settled": n == 1, "source": said["note"]} for n in (1, 2)]
    change = {"on": said["until"], "document": said["title"], "kind": "split", "before": ("U1",)}
    changes = [change | {"after": ("U1", "U2")}] if said["until"] else []
    told = {"assumptions": assumed, "groups": groups, "units": units, "changes": changes}
    roster = Roster.model_validate(told)
    return Profile(plan=Plan.model_validate(plan), roster=roster)


UNIT_FROM = (
    Roster.model_validate(
        {
            "groups": [{"code": "g", "title": "t", "heading": "h"}],
            "units": [{"code": "U", "name": "n", "short_name": "s", "group": "g", "duty": "none"}],
        }
    )
    .units[0]
    .valid_from
)


@settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(PLANS, st.data())
def test_whatever_a_plan_says_comes_back(said: dict[str, Any], order: st.DataObject) -> None:
    profile = profile_of(said, order)
    read = read_plan_workbook(plan_workbook(profile, {"a": {"b": " c "}}), "x", {})
    assert read.profile == profile
    assert read.phrases == {"a": {"b": " c "}}
    for name, model in (("plan.toml", profile.plan), ("units.toml", profile.roster)):
        text = merged_toml((HOME / name).read_text(encoding="utf-8"), model)
        assert type(model).model_validate(tomllib.loads(text)) == model
