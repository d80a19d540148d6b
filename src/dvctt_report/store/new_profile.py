"""A profile for another province: its communes from the catalogue, its questions from one that there is.

What is known of the country is filled in, what only the province's own plan says (numbers, dates, levels) is
left blank, and what is only likely is listed to be confirmed. A plan about another matter gets the roster,
and of the questions those that fit any plan. What changes on the way is data (``templates/tinh-moi.toml``).
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from dvctt_report.forms.plan_book.sheets import UNITS
from dvctt_report.forms.plan_book.taking import merged_table, merged_toml
from dvctt_report.model.catalogue import TWO_LEVELS, Catalogue, Commune, Province, catalogue
from dvctt_report.plan.folders import PHRASES, PLAN, copy_profile, phrases_of, said_otherwise, shipped_profile
from dvctt_report.plan.items import cell_named
from dvctt_report.plan.load import load_profile, read_toml
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.plan.roster import matcher
from dvctt_report.store.workspace import SETTINGS
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import resource_path
from dvctt_report.text.vietnamese import (
    first_letter_capital,
    first_letter_small,
    format_count,
    format_date,
    key,
    unaccented,
)

_PROVINCE_WORD = re.compile(r"(?<!cấp )(?<!các )\b([Tt])ỉnh\b(?![,;] thành phố)")
_LEVEL_IN_WORDS = re.compile(r"^(?:Tối thiểu |Trên |Ít nhất )?\d+% (?:số )?")
_LIST = "lint.toml"
_CHANGES = "tinh-moi.toml"

Texts = Callable[[Any], Any]


def find_province(said: str) -> Province:
    """Return the province meant; CannotRun where there is none, with its successor where it has ended."""
    known = catalogue()
    if province := known.province(said):
        return province
    successor = known.successor(said) or known.successor(f"tỉnh {said}")
    if successor:
        raise CannotRun(
            f"“{said}” nay thuộc {successor.name} (từ {format_date(TWO_LEVELS)}).",
            f"Lập bộ cấu hình của {successor.bare_name}.",
        )
    raise CannotRun(
        f"Không có tỉnh, thành phố “{said}”." if said else "Chưa nêu tỉnh, thành phố.",
        "Ghi một trong: " + ", ".join(sorted(p.bare_name for p in known.provinces)) + ".",
    )


def usual_topic() -> str:
    """What the plan is about whose questions a new profile gets."""
    return load_profile(shipped_profile(read_toml(resource_path("templates") / _CHANGES)["goc"])).plan.topic


def new_profile(province: Province, folder: Path, *, with_levels: bool = False, topic: str = "") -> Profile:
    """Write the profile of ``province`` to the new ``folder`` and return it.

    ``with_levels``: those of the plan that it is made from, to be confirmed before any report is final.
    ``topic``: what the plan is about, where that is another matter.
    Raises CannotRun where the folder is there and not empty; then, and where anything fails, nothing stays.
    """
    changes = read_toml(resource_path("templates") / _CHANGES)
    source = shipped_profile(changes["goc"])
    library = load_profile(source)
    assumed = [*changes["can_xac_nhan"], *(changes["can_xac_nhan_muc"] if with_levels else ())]
    if topic:
        other = changes["viec_khac"]
        changes["thay"] += other["thay"]
        assumed = [*assumed[:-1], *other["can_xac_nhan"]]  # the last: which questions are asked
    old, new = library.plan.province, first_letter_small(province.name)
    said = [*changes["thay"], *(changes["thay_thanh_pho"] if province.is_city else ())]
    said += [(old, new), (old.split(" ", 1)[1], province.bare_name)]
    reworded = partial(_reworded, said, province.is_city)
    plan = _plan(library, province, reworded, changes, with_levels)
    roster = _roster(library, plan, province, reworded, {**changes, "can_xac_nhan": assumed})
    if topic:
        plan, roster = _about(topic, plan, roster, changes["viec_khac"])
    profile = Profile(plan=plan, roster=roster)
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / folder.name
        copy_profile(source, made)
        settings = reworded(read_toml(made / SETTINGS))
        settings["bao_cao"]["phu_luc_rieng"] = changes["phu_luc_rieng"]
        phrases = said_otherwise(reworded(phrases_of(made / PHRASES)))
        own = {file: read_text(made / file) for file in (PLAN, UNITS, PHRASES, SETTINGS)}
        if topic:
            phrases, own = {"unbroken": [topic]}, own | {PLAN: "", UNITS: "", PHRASES: ""}
            for table, said in changes["viec_khac"]["dvctt"].items():
                settings[table] |= said
        merged = {PLAN: merged_toml(own[PLAN], plan), UNITS: merged_toml(own[UNITS], roster)}
        for file, table in ((PHRASES, phrases), (SETTINGS, settings)):
            merged[file] = merged_table(own[file], table)
        for file, text in merged.items():
            (made / file).write_text(text, encoding="utf-8", newline="")
        (made / _LIST).unlink(missing_ok=True)
        if load_profile(made) != profile:
            raise AssertionError("the files do not say what the profile says")
        copy_profile(made, folder)
    return profile


def _about(topic: str, plan: Plan, roster: Roster, other: Mapping[str, Any]) -> tuple[Plan, Roster]:
    """The plan with nothing left of what it was about: items that fit any plan, the rest to be filled in.

    And the roster with fewer kinds of units, each of them asked whatever the plan asks.
    """
    said, point = plan.model_dump(), other["plan"]["deadline"]["point"]
    items = [item | {"point": point} for item in said["items"] if item["code"] in other["giu_noi_dung"]]
    merged = {table: said[table] | other["plan"][table] for table in ("deadline", "period")}
    letters = "".join(word[0] for word in unaccented(topic).split()).upper()
    code, title = f"{plan.code.rstrip('0123456789')}.{letters}", f"Biểu báo cáo kết quả {topic}".upper()
    named: dict[str, Any] = {"code": code, "short_title": topic, "letter_topic": "", "form_title": title}
    named |= {"other_index": None, "items": items}
    bodies, joined = roster.model_dump(), other["gop_nhom"]
    groups = [
        group
        | {"own": other["giu_noi_dung"], "may_withhold": []}
        | {"title": other["ten_nhom"].get(group["code"], group["title"])}
        for group in bodies["groups"]
        if group["code"] not in joined
    ]
    units = [
        unit | {"group": joined.get(unit["group"], unit["group"]), "not_asked": []}
        for unit in bodies["units"]
    ]
    asked = Roster.model_validate(bodies | {"groups": groups, "units": units})
    return Plan.model_validate(said | other["plan"] | merged | named), asked


def _reworded(said: Sequence[Sequence[str]], is_city: bool, value: Any) -> Any:
    """A table with the new province in the place of the old one in every text: each of ``said`` by its new.

    In one of a city "tỉnh" is "thành phố" too.
    """
    if isinstance(value, Mapping):
        return {name: _reworded(said, is_city, inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_reworded(said, is_city, inner) for inner in value]
    if not isinstance(value, str):
        return value
    for old, new in said:
        value = value.replace(old, new)
    return (
        _PROVINCE_WORD.sub(lambda m: "thành phố" if m[1] == "t" else "Thành phố", value) if is_city else value
    )


def _plan(
    library: Profile, province: Province, reword: Texts, changes: Mapping[str, Any], with_levels: bool
) -> Plan:
    said = reword(library.plan.model_dump())
    gone = set(changes["bo_noi_dung"])
    groups = {f"group:{code}" for code in changes["bo_nhom"]}
    letters = "".join(word[0] for word in province.bare_name.split())
    items = []
    for item in said["items"]:
        if item["code"] in gone or (item.get("same_as") and not with_levels):
            continue  # a later level of another target's figures is nothing without a level
        for name in ("total_sources", "done_sources"):
            if name in item:
                item[name] = [cell for cell in item[name] if cell_named(cell)[0] not in gone]
        if item["kind"] == "target" and not with_levels:
            item["thresholds"] = []
            item["title"] = first_letter_capital(_LEVEL_IN_WORDS.sub("", item["title"]))
        if item["kind"] == "task":
            item["binds"] = [body for body in item["binds"] if body not in groups]
        if item["kind"] != "task" or item["binds"]:
            items.append(item)
    number = re.sub(r"^\D+", "", library.plan.code)
    said |= {"code": unaccented(letters).upper() + number, "version": 1, "items": items}
    said |= {"document": said["document"] | {"number": "", "date": ""}}
    return Plan.model_validate(said | {"ended": None, "scopes": [], "corrections": []})


def _roster(
    library: Profile, plan: Plan, province: Province, reword: Texts, changes: Mapping[str, Any]
) -> Roster:
    said, known = reword(library.roster.model_dump()), catalogue()
    communes = known.communes_of(province)
    names = [first_letter_small(commune.name) for commune in communes]
    kinds = ", ".join(kind for kind in changes["loai_cap_xa"] if any(n.startswith(kind) for n in names))
    lists, codes = ("own", "may_withhold"), [item.code for item in plan.items]
    groups = []
    for group in said["groups"]:  # without what is asked no more
        group |= {"title": changes["ten_nhom"].get(group["code"], group["title"])}
        if group["code"] == changes["cap_xa"]:
            group |= {"title": f"Ủy ban nhân dân {kinds}", "heading": f"II. Ủy ban nhân dân {kinds}"}
        asked = {name: [p for p in group[name] if any(map(matcher(p), codes))] for name in lists}
        groups.append(group | asked)
    bodies = [unit for unit in said["units"] if unit["group"] not in (*changes["bo_nhom"], changes["cap_xa"])]
    for unit in bodies:
        name = changes["ten_don_vi"].get(unit["code"])
        if name:
            name = name.format(tinh=first_letter_small(province.name), ten=province.bare_name)
            unit |= {"name": name, "short_name": name, "aliases": [], "former_names": []}
    about = {"so_xa": format_count(len(communes)), "ngay": format_date(known.as_of)}
    assumed = []
    for line in changes["can_xac_nhan"]:
        told = reword(line["noi_dung"]).format(**about, goc=f"kế hoạch của {library.plan.province}")
        source, final = line["can_cu"], line.get("truoc_trinh_ky", False)
        assumed.append({"about": told, "settled": bool(source), "source": source, "before_final": final})
    groups = [group for group in groups if group["code"] not in changes["bo_nhom"]]
    units = [*bodies, *_communes(communes, known, changes["cap_xa"])]
    return Roster.model_validate({"groups": groups, "units": units, "assumptions": assumed})


def _communes(communes: tuple[Commune, ...], known: Catalogue, group: str) -> list[dict[str, Any]]:
    """A unit for each commune, with the names of former ones that went into it alone."""
    mine = {commune.code for commune in communes}
    former = [f for f in known.former if f.name and any(c.code in mine for c in f.successors)]
    names = Counter(key(f.name) for f in former)
    now = {key(commune.name) for commune in communes}
    whole: dict[str, list[str]] = {code: [] for code in mine}
    for one in former:
        said = key(one.name)
        if names[said] == 1 and len(one.successors) == 1 and said not in now:
            whole[one.successors[0].code].append(f"UBND {first_letter_small(one.name)}")
    units, same = [], {"group": group, "duty": "required", "valid_from": TWO_LEVELS}
    for code, name in ((commune.code, first_letter_small(commune.name)) for commune in communes):
        called = {"name": f"Ủy ban nhân dân {name}", "short_name": f"UBND {name}"}
        units.append({"code": f"X{code}", "former_names": whole[code], "area_code": code} | called | same)
    return units
