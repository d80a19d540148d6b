"""The sentences of all texts as data, patterns with named slots: the base's, or a profile's own.

An officer may reword every pattern; a slot that a pattern does not get, or a slot it must say and leaves
out, is told with its place before anything is written.

A slot that holds a figure names it behind a colon: ``{n:returns.late}``; a name that begins with a dot
continues what the sentence is about: ``{rate:.percent}`` of T10 is T10.percent. Which patterns there are,
which slots and figures each has, is said by the base alone: a sentence without names, or with others, prints
the same figures.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from dvctt_report.plan.folders import PHRASES, base_folder, phrases_of
from dvctt_report.plan.model import Plan, Task
from dvctt_report.plan.texts import MINISTRY
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import whole_of

OPTIONAL = frozenset(
    (
        *("reasons", "source", "scope", "rate", "units", "points", "goal", "point", "year"),
        *("period", "ahead", "AHEAD", "at_least", "leave_out", "unmended", "annex", "annexes"),
        *("date", "subject", "compiler", "decided", "receiver"),
    )
)
"""Slots that a pattern may leave out; the others must be said."""

OWN_WORDS = (MINISTRY.name,)
"""The texts that say some patterns in other words (``[ministry.lead]`` …)."""

PLAN_WORDS = frozenset({"activity", "area", "office", "of_tasks"})
"""Slots of any pattern that are filled when it is read: what the plan calls what is done and who compiles,
whether it is of a province or a city, where it gives tasks.
"""

_OF_ONE_TEXT = ("prose.ask_", "prose.unfit")
"""How the names begin of those words about the officer's files that a text may say otherwise."""
_SECTION = re.compile(r"\bMục [IVXL]+\b")
_NAMED_SLOT = re.compile(r"\{(\w+):[a-z_.]+\}")
_WORD_SLOT = re.compile(r"\{\w+\}")
_FIGURE_NAME = re.compile(r"[a-z_.]+")


@cache
def pattern_slots() -> Mapping[str, Mapping[str, str]]:
    """Every pattern with its slots, and the name of the figure in each: "" where it holds none."""
    table = phrases_of(base_folder() / PHRASES)
    for words in ("abbreviations", "unbroken"):
        del table[words]
    own = [_patterns(table.pop(text)) for text in OWN_WORDS]
    found: dict[str, dict[str, str]] = {}
    for name, text in _patterns(table).items():
        variants = [text, *(patterns[name] for patterns in own if name in patterns)]
        parts = (part for one in reversed(variants) for part in string.Formatter().parse(str(one)))
        slots = {slot: figure or "" for _, slot, figure, _ in parts if slot is not None}
        found[name] = {slot: figure for slot, figure in slots.items() if slot not in PLAN_WORDS}
    return found


@dataclass(frozen=True)
class Phrases:
    """The patterns by their dotted names; ``abbreviations`` short → full, ``unbroken`` stay on one line.

    ``own`` are the patterns that a text, by its name, says in other words.
    """

    patterns: Mapping[str, str]
    abbreviations: Mapping[str, str]
    unbroken: tuple[str, ...]
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fill(self, name: str, text: str = "", /, **slots: str) -> str:
        """Write the pattern ``name`` with its slots, as the text of that name says it.

        Values are placed as they are and never read again.
        """
        pattern = self.own.get(text, {}).get(name, self.patterns[name])
        return pattern.format_map(slots)


def figure_id(pattern: str, slot: str, subject: str) -> str:
    """Name the figure in a slot of a sentence about ``subject``; "" where the slot holds none."""
    name = pattern_slots()[pattern].get(slot, "")
    if not name.startswith("."):
        return name
    return (subject + name).rstrip(".") if subject else ""


def read_phrases(path: Path, plan: Plan | None = None) -> Phrases:
    """Read a profile's ``phrases.toml``, which needn't be there, with the base's behind it.

    Without ``plan`` they are only looked over: what they take from it stays a slot. Raises CannotRun that
    lists every unknown or ill-formed pattern.
    """
    table = phrases_of(path)
    abbreviations = table.pop("abbreviations", {})
    unbroken = table.pop("unbroken", [])
    own = {text: _patterns(table.pop(text, {})) for text in OWN_WORDS}
    patterns = _patterns(table)
    faults = [*_said_faults(patterns)]
    for text, said in own.items():
        shared = [n for n in said if n.startswith("prose.") and not n.startswith(_OF_ONE_TEXT)]
        faults += [f"{text}.{name}: câu này dùng chung, không đặt riêng được." for name in shared]
        faults += [f"{text}.{fault}" for fault in _said_faults(said)]
    full = abbreviations.values() if isinstance(abbreviations, dict) else [None]
    if not all(isinstance(word, str) for word in full):
        faults.append("abbreviations: mỗi dòng phải có dạng VIẾT_TẮT = “viết đầy đủ”.")
    if not all(isinstance(term, str) for term in (unbroken if isinstance(unbroken, list) else [None])):
        faults.append("unbroken: phải là danh sách cụm từ trong ngoặc kép.")
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise CannotRun(f"Tệp mẫu câu “{path}” chưa dùng được:\n{listed}\n", "Sửa tệp rồi chạy lại.")
    words: dict[str, str] = {}
    if plan is not None:
        # The section of the plan that gives its tasks, "Mục III", where it is one and named
        points = [_SECTION.search(item.point) for item in plan.items if isinstance(item, Task)]
        sections = {found[0] if found else "" for found in points}
        section = f" tại {sections.pop()}" if len(sections) == 1 and "" not in sections else ""
        area = whole_of(plan.province).removeprefix("Toàn ")
        words = {"activity": plan.activity, "area": area}
        words |= {"office": plan.compiler_called, "of_tasks": section}
    # As they are filled: without the names of figures, with the plan's words
    placed = {f"{{{slot}}}": word.replace("{", "{{").replace("}", "}}") for slot, word in words.items()}
    fill = partial(_WORD_SLOT.sub, lambda slot: placed.get(slot[0], slot[0]))
    filled = {
        text: {name: fill(_NAMED_SLOT.sub(r"{\1}", str(pattern))) for name, pattern in found.items()}
        for text, found in {"": patterns, **own}.items()
    }
    return Phrases(filled.pop(""), dict(abbreviations), tuple(unbroken), filled)


def _patterns(table: object) -> dict[str, object]:
    """The patterns of a table of tables by their dotted names."""
    found: dict[str, object] = {}
    for part, names in (table if isinstance(table, dict) else {"": table}).items():
        for name, text in (names if isinstance(names, dict) else {"": names}).items():
            found[f"{part}.{name}".strip(".")] = text
    return found


def _said_faults(patterns: Mapping[str, object]) -> list[str]:
    faults: list[str] = []
    known = pattern_slots()
    for name, text in patterns.items():
        if name not in known:
            faults.append(f"{name}: không có mẫu câu nào mang tên này.")
        elif not isinstance(text, str):
            faults.append(f"{name}: phải là chữ trong ngoặc kép.")
        else:
            try:
                parsed = [parts for parts in string.Formatter().parse(text) if parts[1] is not None]
            except ValueError:
                faults.append(f"{name}: dấu ngoặc nhọn {{ }} không khớp nhau.")
                continue
            used, slots = {str(slot) for _, slot, _, _ in parsed} - PLAN_WORDS, known[name].keys()
            listed = ", ".join("{" + slot + "}" for slot in sorted(slots)) or "không ô nào"
            wrong = [
                f"ô {{{slot}}} không có ở câu này; được dùng: {listed}." for slot in sorted(used - slots)
            ]
            wrong += [f"thiếu ô {{{slot}}}." for slot in sorted(slots - used - OPTIONAL)]
            wrong += [
                f"ô {{{slot}}} không được kèm “!” hoặc “:” trừ tên con số."
                for _, slot, spec, how in parsed
                if how or (spec and not _FIGURE_NAME.fullmatch(spec))
            ]
            faults += [f"{name}: {fault}" for fault in wrong]
    return faults
