"""The figures that can be put into another's form, each under the one name that the report has for it.

Everything is taken from a manifest, so what goes into a form is what the report prints and ``explain``
accounts for. A tag says the name in the officer's words, "T10: tỷ lệ" and behind it a unit, or as it is:
"T10.percent".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from typing import Any

from dvctt_report.explain.account import is_of_things
from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.units import figure_name, reason_text
from dvctt_report.model.goals import read_goal
from dvctt_report.report.printed import first_texts
from dvctt_report.text.vietnamese import (
    as_decimal,
    format_count,
    format_date,
    format_decimal,
    format_percent,
    key,
    parse_decimal,
    unaccented,
)

NONE_PRINTED = frozenset(("...", "-", "x", ""))
"""What the report's tables print where there is no figure. Source: the signs of statistical yearbooks."""
_PROPOSED = 3
_ALIKE = 0.25
"""Least share of words that a proposed tag shares: "T10: tỉ lệ phần trăm" has 2 of 7 with "T10: tỷ lệ"."""


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A figure as it can be put into a form.

    name: its name, as in the report's patterns.
    tag: the same in the officer's words.
    number: what it is, for a cell; a percentage as it is printed, without its sign. None for a text.
    text: how it is printed; "" where there is no figure.
    unit: what is counted; "%" of a percentage.
    missing: why there is no figure; "" where there is one.
    of: of how many units it is, where that is not all: "19/23 đơn vị".
    line: the percentage of the goal, which the figure may not seem to cross.
    """

    name: str
    tag: str
    number: Decimal | None
    text: str
    unit: str = ""
    missing: str = ""
    of: str = ""
    line: Decimal | None = None


class FigureValues:
    """The figures of one manifest by name, and by the words that officers write."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self.all = {value.name: value for value in _counted(manifest)}
        """Every figure that has a value of its own, then what else is printed under a name, as text."""
        printed = first_texts(span for block in manifest.index for spans in block.figures for span in spans)
        for name in [name for name in printed if name not in self.all]:
            tag, text = _tag_of_text(manifest, name), printed[name]
            if text in NONE_PRINTED:
                self.all[name] = FigureValue(name, tag, None, "", missing="báo cáo không in số này")
                continue
            plain = _NUMBER.fullmatch(text) and name.rpartition(".")[2] not in _NO_NUMBERS
            number = parse_decimal(text.rstrip("%").replace(".", "")) if plain else None
            if number is not None and not text.endswith("%"):
                text = format_decimal(number)
            self.all[name] = FigureValue(name, tag, number, text, "%" if text.endswith("%") else "")

    @cached_property
    def _by_key(self) -> Mapping[str, FigureValue]:
        names = {_tag_key(value.name): value for value in self.all.values()}
        return names | {_tag_key(value.tag): value for value in self.all.values()}

    def find(self, said: str) -> FigureValue | None:
        """The figure that a tag names; None where none does."""
        if value := self._by_key.get(_tag_key(said)):
            return value
        about, _, unit = said.rpartition(":")
        named = self._manifest.unit_names.find(unit) if about else ()
        return self._by_key.get(_tag_key(f"{about}: {named[0].short_name}")) if len(named) == 1 else None

    def nearest(self, said: str) -> list[str]:
        """The tags that are likest to one that names nothing."""
        wanted, alike = _tag_key(said), {}
        for tag in self._by_key:  # the words that both have, of all that either has
            words, others = set(wanted.split()), set(tag.split())
            alike[tag] = len(words & others) / max(1, len(words | others))
        best = sorted((one for one in alike if alike[one] > _ALIKE), key=lambda one: (-alike[one], len(one)))
        near = (*best[:_PROPOSED], *get_close_matches(wanted, self._by_key, n=_PROPOSED))
        return list(dict.fromkeys(self._by_key[one].tag for one in near))[:_PROPOSED]


def _tag_key(said: str) -> str:
    """A tag without what a hand may write otherwise: case, accents, blanks, signs between words."""
    return " ".join("".join(c if c.isalnum() else " " for c in unaccented(key(said))).split())


# ------------------------------------------------------------------------------------------------ all figures


_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?%?")
_NO_NUMBERS = frozenset(("sign", "document", "issued_on", "sent_on"))
"""The last parts of names whose texts may look like a number: "45" as the number of a document."""


def _counted(manifest: Manifest) -> Iterator[FigureValue]:
    """What a form asks for beside figures: the year, the days, the plan; then every count, sum and rate."""
    plan, year = manifest.data["plan"], manifest.period.year
    yield FigureValue("period.year", "Kỳ: năm", Decimal(year), str(year))
    for name, tag in (("first_day", "Kỳ: từ ngày"), ("cut_off", "Kỳ: đến ngày")):
        if name in plan:
            yield FigureValue(f"period.{name}", tag, None, format_date(date.fromisoformat(plan[name])))
    yield FigureValue("plan.document", "Kế hoạch: số, ngày", None, plan.get("document", ""))
    for name, said in manifest.names.items():
        head, _, role = name.partition(".")
        if head in _HEADS and role.isidentifier() and role not in _BESIDE:
            yield _count(name, f"{_HEADS[head]}: {said['what']}", len(said["of"]), "")
    for code in manifest.indicators:
        goal = read_goal(manifest.indicators[code])
        line = as_decimal(goal.line) if goal is not None and goal.line is not None else None
        things = is_of_things(manifest.targets[code])
        for value in _of_target(manifest, code):
            role = value.name.rpartition(".")[2]
            if not (things and role in _OF_SHARES):
                yield replace(value, line=line) if role == "percent" else value
    for id in manifest.figures:  # counted or summed, of how many it is, and of a sum the units' numbers
        if (total := manifest.totals.get(id)) is not None:
            reported, expected, what = total["coverage"]["reported"], total["coverage"]["expected"], "đơn vị"
        elif given := manifest.names.get(f"{id.removesuffix('.done')}.bodies"):
            known = manifest.names[f"{id.removesuffix('.done')}.known"]
            reported, expected, what = len(known["of"]), len(given["of"]), "lượt nhiệm vụ"
        else:
            answering = manifest.data.get("answering", {})
            asked = "directives" if id == "directives" else "topics"
            reported, expected, what = answering.get(asked, 0), len(manifest.units), "đơn vị"
        of = f"{reported}/{expected} {what}" if 0 < reported < expected else ""
        missing = "" if reported else "chưa có trả lời nào dùng được"
        figure, tag = manifest.figures[id], _tag_of_figure(manifest, id)
        yield _count(id, tag, figure["value"], figure["unit_of_count"], missing, of)
        by_unit: dict[str, int] = {}
        for cell in (
            figure["cells"] if id in manifest.totals else ()
        ):  # of a count, a cell's number is another
            if isinstance(cell["value"], int) and not isinstance(cell["value"], bool):
                by_unit[cell["unit"]] = by_unit.get(cell["unit"], 0) + cell["value"]
        for unit, n in by_unit.items():
            yield _count(f"{id}.{unit}", f"{tag}: {manifest.unit_name(unit)}", n, figure["unit_of_count"])


_HEADS = {"returns": "Gửi báo cáo", "targets": "Chỉ tiêu"}
_BESIDE = frozenset(("percent", "carried", "sure", "unsure"))
"""Roles of those that are no count of their own."""


def _count(name: str, tag: str, n: int | None, unit: str, missing: str = "", of: str = "") -> FigureValue:
    if n is None or missing:
        return FigureValue(name, tag, None, "", unit, missing or "chưa có số liệu")
    return FigureValue(name, tag, Decimal(n), format_count(n), unit, of=of)


# ------------------------------------------------------------------------------------------------- of targets


def _of_target(manifest: Manifest, code: str) -> Iterator[FigureValue]:
    """The results of a target, of its fields, of each unit, of each kind of unit."""
    indicator, target = manifest.indicators[code], manifest.targets[code]
    goal, missing, unit = read_goal(indicator), indicator["missing"], target["counted"]
    yield from _result(code, code, indicator, unit)
    for role, what in _OF_UNITS.items():
        n_units = len(manifest.names[f"{code}.{role}"]["of"])
        yield _count(f"{code}.{role}", f"{code}: {what}", n_units, "đơn vị")
    short = None if target.get("fields") else target.get("short")
    if goal is not None and short is not None and indicator["coverage"]["reported"]:
        yield _count(f"{code}.short", f"{code}: {goal.lacking}", short, unit)
    for field in target.get("fields") or ():
        yield from _result(field["code"], f"{code}: {field['name']}", field, unit)
    given = manifest.contributions.get(code, ())
    for contribution in given:
        body, why = contribution["unit"], ""
        if contribution["numerator"] is None or body in missing:
            why = reason_text(contribution, manifest.units[body])
        elif contribution["state"] == "none_arising":
            why = "không phát sinh"
        yield from _numbers(f"{code}.{body}", code, manifest.unit_name(body), contribution, unit, why)
    # The sum of each kind of unit, by its heading; the kinds are numbered as the roster has them
    for n, group in enumerate(manifest.groups, 1):
        members = [c for c in given if manifest.units[c["unit"]].get("group", "") == group]
        if not members:
            continue
        used = [c for c in members if c["numerator"] is not None and c["unit"] not in missing]
        done, total = (sum(c[part] for c in used) for part in ("numerator", "denominator"))
        share = format_percent(Fraction(done, total), goal.line if goal else None) if total else None
        more = {"of": f"{len(used)}/{len(members)} đơn vị"} if used and len(used) < len(members) else {}
        if not used:
            more["missing"] = "chưa đơn vị nào của nhóm có số liệu"
        sums = {"numerator": done, "denominator": total, "percent": share}
        number, dot, rest = group.partition(". ")
        heading = rest if dot and number.isupper() else group
        yield from _numbers(f"{code}.sum{n}", code, heading, sums, unit, **more)


_OF_SHARES = frozenset(("denominator", "percent"))
"""What a number of things doesn't have."""
_OF_UNITS = {
    "below": "số đơn vị chưa đạt mức",
    "missing": "số đơn vị chưa có số liệu",
    "coverage.reported": "số đơn vị có số liệu",
    "coverage.expected": "số đơn vị phải báo cáo",
}


def _result(name: str, tag: str, judged: Entry, unit: str) -> Iterator[FigureValue]:
    """A result and its goal, of a target or of one of its fields."""
    reported, expected = judged["coverage"]["reported"], judged["coverage"]["expected"]
    control = judged.get("control")
    held = bool(control and control["printed"])
    more = {"missing": "" if reported or held else "chưa đơn vị nào có số liệu"}
    if reported < expected and reported and not held:
        more["of"] = f"{reported}/{expected} đơn vị"
    if not more["missing"] and not judged["denominator"] and not judged["numerator"]:
        more["missing"] = "không phát sinh"
    yield from _numbers(name, tag, "", judged, unit, **more)
    if (goal := read_goal(judged)) is not None:
        said = judged.get("goal") or {}
        number = parse_decimal(str(said.get("number", "")).replace(".", ","))
        unit = "%" if goal.line is not None else unit
        yield FigureValue(f"{name}.at_least", f"{tag}: mức Kế hoạch", number, goal.text, unit)


def _numbers(
    name: str, tag: str, whose: str, given: Mapping[str, Any], unit: str, missing: str = "", of: str = ""
) -> Iterator[FigureValue]:
    """The two counts and the rate of a target or a part of it; the rate's number is the printed one."""
    behind = f": {whose}" if whose else ""
    for role, what in (("denominator", "tổng số"), ("numerator", "đã thực hiện")):
        yield _count(f"{name}.{role}", f"{tag}: {what}{behind}", given[role], unit, missing, of)
    name, tag, printed = f"{name}.percent", f"{tag}: tỷ lệ{behind}", given["percent"]
    if printed is None or missing:
        why = missing or "không có tổng số để tính tỷ lệ"
        yield FigureValue(name, tag, None, "", "%", why)
    else:
        yield FigureValue(name, tag, parse_decimal(printed.rstrip("%")), printed, "%", of=of)


# ------------------------------------------------------------------------------------------- of other figures


def _tag_of_figure(manifest: Manifest, id: str) -> str:
    """What a counted or summed figure is called in a tag."""
    about, _, role = id.rpartition(".")
    if about.startswith("tasks."):
        return f"Nhóm nhiệm vụ {about.removeprefix('tasks.')}: số lượt đã thực hiện"
    if about and role == "done" and about not in manifest.indicators:
        return f"{about}: số đơn vị đã thực hiện"
    name = figure_name(manifest, id)
    return f"{about}: {name.rpartition(': ')[2]}" if about in manifest.items else name


_TEXTS = {
    "document": "số, ký hiệu",
    "sent_on": "ngày gửi",
    "status": "tình trạng",
    "answer": "trả lời",
    "verdict": "đánh giá",
}

_OF_TASKS = {
    "done": "số lượt đã thực hiện",
    "ongoing": "số lượt đang thực hiện",
    "not_done": "số lượt chưa thực hiện",
    "unknown": "số lượt chưa có thông tin",
    "known": "số lượt có thông tin",
    "percent": "phần đã thực hiện",
}


def _tag_of_text(manifest: Manifest, name: str) -> str:
    """What a printed text without a number is called; its name where there are no words for it."""
    about, _, role = name.rpartition(".")
    if role == "units" and about in manifest.figures:
        return f"{_tag_of_figure(manifest, about)}: số đơn vị có số liệu"
    if about == "tasks" and role in _OF_TASKS:
        return f"Nhiệm vụ: {_OF_TASKS[role]}"
    head, _, beside = name.partition(".")
    if head in manifest.indicators and beside.startswith("last_year.") and beside in manifest.roles:
        return f"{head}: {manifest.roles[beside]}"
    parts = name.split(".")
    what = _TEXTS.get(parts[-1])
    if what is None or len(parts) > 3:
        return name
    head = _HEADS.get(parts[0], parts[0])
    whose = f": {manifest.unit_name(parts[1])}" if parts[1] in manifest.units else ""
    if len(parts) == 3 and not whose:
        return name
    return f"{head}: {what}{whose}"


# Tags in running text, whatever the runs that the text was split into, and what is put in their place

TAG = re.compile(r"\{\{([^{}]+)\}\}")
"""A tag: "{{ T10: tỷ lệ }}"."""
_PERCENT = re.compile(r"\s?%")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it stands in a file.

    said: what is between the braces.
    where: its place in words that a person finds it by.
    in_table: it stands in a cell of a table, where figures have no leading zero.
    number_format: that of the Excel cell that is nothing but this tag; None where there is a text around it.
    """

    said: str
    where: str
    in_table: bool = False
    number_format: str | None = None


TextFor = Callable[[bool, str], str]
"""The text for a tag: whether it stands in a table, and what it says."""


def text_of(nodes: Sequence[Any]) -> str:
    """The text of the nodes that a paragraph's runs hold."""
    return "".join(node.text or "" for node in nodes)


def put_texts(nodes: Sequence[Any], text_for: Callable[[str], str]) -> None:
    """Put a text in the place of each tag, in the looks of the run it begins in; no "%" is said twice."""
    for tag in reversed([*TAG.finditer(text_of(nodes))]):
        text = text_for(tag[1])
        if text.endswith("%") and _PERCENT.match(tag.string, tag.end()):
            text = text.removesuffix("%")
        at = 0
        for node in nodes:
            before = node.text or ""
            first, last = max(tag.start() - at, 0), min(tag.end() - at, len(before))
            if first < last:
                node.text = before[:first] + text + before[last:]
                if node.text != node.text.strip():
                    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                text = ""
            at += len(before)
