"""The sentences of the report as data: patterns with named slots, read from the profile's ``phrases.toml``.

An officer may reword every pattern; a slot that a pattern does not get, or a slot it must say and leaves
out, is told with its place before anything is written.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dvctt_report.errors import CannotRun
from dvctt_report.plan.load import read_toml
from dvctt_report.report.letter_slots import LETTER_SLOTS
from dvctt_report.report.prose_slots import PROSE_SLOTS
from dvctt_report.report.texts import MINISTRY

SLOTS: Mapping[str, str] = {
    "lead.subject": "short_title year",
    "lead.plan": "kind number date issuer",
    "lead.blank_number": "",
    "lead.blank_date": "",
    "lead.lead_in": "plan title issuer year first last scope compiler receiver",
    "lead.scope": "note",
    "lead.addressee": "addressee",
    "lead.closing": "issuer year receiver",
    "directives.issued": "units received documents annex",
    "directives.own": "issuer n documents",
    "directives.document": "number date subject",
    "directives.dated": "date",
    "directives.about": "subject",
    "directives.others": "names n annex",
    "directives.none": "received",
    "returns.received": "as_of received expected rate timeliness",
    "returns.nothing": "as_of expected",
    "returns.on_time": "n",
    "returns.late": "n",
    "returns.undated": "n",
    "returns.paper": "n",
    "returns.required_owing": "n point parts",
    "returns.required_all": "n point",
    "returns.asked_owing": "n parts",
    "returns.missing": "n names",
    "returns.unusable": "n names",
    "returns.asked_all": "n",
    "returns.correcting": "n",
    "returns.annex": "annex",
    "overview.counts": "n year parts",
    "overview.met": "n",
    "overview.missed": "n",
    "overview.insufficient": "n",
    "overview.none_arising": "n",
    "overview.not_applicable": "n",
    "overview.first_year": "year",
    "overview.follows": "annexes",
    "overview.annexes": "parts",
    "overview.other_index": "names index reason",
    "overview.in_targets": "annex",
    "overview.in_units": "annex",
    "overview.in_surveys": "annex",
    "target.goal_all": "at_least",
    "target.goal": "at_least",
    "target.figure": "rate done total unit",
    "target.figure_yes_no": "rate done total unit",
    "target.met_above": "figure points goal",
    "target.met_exact": "figure goal",
    "target.missed": "figure points goal",
    "target.by_authority": "authority source sentence",
    "target.source": "source",
    "target.weight": "share unit",
    "target.estimate": "n value unit so_far",
    "target.tracked_by": "authority",
    "target.authority_silent": "authority",
    "target.insufficient": "reported expected reasons",
    "target.insufficient_figure": "figure",
    "target.insufficient_none": "reasons",
    "target.no_document": "",
    "target.none_arising": "reported expected",
    "target.none_arising_authority": "authority",
    "target.not_applicable": "",
    "target.coverage": "reported expected",
    "target.coverage_partial": "reported expected reasons",
    "target.data_source": "source",
    "target.below": "n at_least names",
    "target.answered_no": "n names",
    "target.safe_missed": "",
    "target.safe_missed_high": "high",
    "target.may_change": "",
    "target.safe_met": "",
    "target.none_arising_units": "n",
    "target.part": "name sentence",
    "target.withheld": "n names",
    "target.exempt": "n names",
    "target.decided": "n names annex",
    "reason.not_sent": "n",
    "reason.paper": "n",
    "reason.unusable": "n",
    "reason.correcting": "n",
    "reason.not_available": "n",
    "reason.exemption_open": "n",
    "reason.unanswered": "n",
    "outlook.lead": "due annex",
    "outlook.distance": "name year figure goal due distance per_year",
    "outlook.reached": "name year figure goal due",
    "outlook.unknown": "name goal due",
    "outlook.coverage": "reported expected",
    "activity.topics": "received marks",
    "activity.channels": "received marks annex",
    "activity.no_topics": "",
    "activity.no_channels": "",
    "task.lead": "tasks done all rate rest decided annex",
    "task.lead_nothing": "tasks annex",
    "task.ongoing": "n",
    "task.not_done": "n",
    "task.unknown": "n",
    "task.nothing_known": "body",
    "task.body": "body done all rate",
    "task.bodies": "body done all rate units",
    "task.common": "",
    "task.single": "",
    "task.rest": "names",
    "funding.line": "label parts",
    "funding.units": "n what",
    "funding.money": "what value n",
    "funding.nothing": "",
    "funding.decided": "annex",
    "limit.returns": "parts",
    "limit.not_sent": "n",
    "limit.paper": "n",
    "limit.unusable": "n",
    "limit.late": "n",
    "limit.missed": "n names",
    "limit.insufficient": "n names",
    "limit.correcting": "n",
    "limit.nothing": "",
    "direction.missed": "n",
    "direction.insufficient": "n",
    "direction.outlook": "due names",
    "direction.kept": "n",
    "recommendation.to_province": "",
    "recommendation.to_ministry": "",
    "recommendation.to_bodies": "",
    "recommendation.missing": "n names",
    "recommendation.missed": "n",
    "recommendation.no_document": "name",
    "recommendation.statistics": "name",
    "recommendation.correcting": "n names",
    "recommendation.paper": "n names",
    "names.listed": "names",
    "names.others": "names n annex",
    "names.in_annex": "annex",
    "names.annex": "annex",
    "names.told_in": "annex",
    "annex.label": "",
    "annex.of": "number date issuer",
    "annex.legend": "",
    "annex.deadline": "quote point",
    "annex.rules_changed": "changes",
    "annex.on_time": "",
    "annex.late": "days",
    "annex.undated": "",
    "annex.paper": "",
    "annex.not_sent": "",
    "annex.unusable": "",
    "annex.sent": "",
    "annex.correcting": "status",
    "annex.total": "",
    "annex.table": "n numbers",
    "annex.table_later": "n year",
    "annex.activities": "",
    "annex.documents_note": "",
    "annex.surveys_note": "",
    "annex.column_unit": "",
    "annex.column_activity": "",
    "annex.column_total": "",
    "annex.column_done": "",
    "annex.column_rate": "",
    "annex.yes": "",
    "annex.no": "",
    "annex.due": "year",
    "annex.to": "year",
    "annex.units": "",
    "chart.targets": "n year",
    "chart.returns": "n",
    "chart.result": "",
    "chart.goal": "",
    "chart.on_time": "",
    "chart.late": "",
    "chart.undated": "",
    "chart.paper": "",
    "chart.unusable": "",
    "chart.missing": "",
    "last_year.title": "year",
    "last_year.geography": "year",
    "last_year.why_no_figure": "",
    "last_year.why_source": "",
    "last_year.why_coverage": "",
    "last_year.same": "",
    "verdict.met": "",
    "verdict.missed": "",
    "verdict.insufficient": "",
    "verdict.none_arising": "",
    "verdict.not_applicable": "",
    "verdict.not_due": "",
    "decided.mark": "",
    "decided.marks": "annex",
    "decided.note": "annex",
    "decided.kept": "",
    "decided.exempt": "",
    "control.by": "source cut_off document sentence",
    "control.own": "reported expected own reason annex",
    "control.beside": "source cut_off document figure reason annex",
    "control.origin": "source cut_off document",
    "control.total_only": "n unit",
    "control.done_only": "n unit",
    "control.prints_units": "",
    "control.prints_control": "",
    "sign.none_arising": "",
    "sign.not_available": "",
    "sign.not_applicable": "",
    "sign.signer": "",
    "sign.same": "",
    "sign.filed": "unit",
    **PROSE_SLOTS,
    **LETTER_SLOTS,
}
"""Every pattern and the slots it gets; those of ``OPTIONAL`` may be left out, the others must be said."""

OPTIONAL = frozenset(
    {
        "reasons",
        "source",
        "scope",
        "rate",
        "units",
        "points",
        "goal",
        "point",
        "year",
        "at_least",
        "leave_out",
        "annex",
        "annexes",
        "date",
        "subject",
        "compiler",
        "receiver",
    }
)

OWN_WORDS: Mapping[str, tuple[str, ...]] = {
    MINISTRY.name: ("lead.lead_in", "lead.closing", "prose.ask_directives"),
}
"""The texts that say some patterns in other words (``[ministry.lead]`` …), with those that they have to."""

_SHARED = frozenset(name for name in PROSE_SLOTS if not name.startswith(("prose.ask_", "prose.unfit")))
"""Words that the officer's files are read by: the same for every text."""


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


def read_phrases(path: Path) -> Phrases:
    """Read ``phrases.toml``; raises CannotRun that lists every unknown, missing or ill-formed pattern."""
    table = read_toml(path)
    abbreviations = table.pop("abbreviations", {})
    unbroken = table.pop("unbroken", [])
    own = {text: _patterns(table.pop(text, {})) for text in OWN_WORDS}
    patterns = _patterns(table)
    faults = [*_faults(patterns), *_own_faults(own), *_word_faults(abbreviations, unbroken)]
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise CannotRun(f"Tệp mẫu câu “{path}” chưa dùng được:\n{listed}\n", "Sửa tệp rồi chạy lại.")
    said = {text: _strings(found) for text, found in own.items()}
    return Phrases(_strings(patterns), dict(abbreviations), tuple(unbroken), said)


def _patterns(table: object) -> dict[str, object]:
    """The patterns of a table of tables by their dotted names."""
    return {f"{part}.{name}".strip("."): t for part, names in _entries(table) for name, t in _entries(names)}


def _strings(patterns: Mapping[str, object]) -> dict[str, str]:
    return {name: str(text) for name, text in patterns.items()}


def _entries(names: object) -> list[tuple[str, object]]:
    return list(names.items()) if isinstance(names, dict) else [("", names)]


def _word_faults(abbreviations: object, unbroken: object) -> list[str]:
    good = isinstance(abbreviations, dict) and all(isinstance(v, str) for v in abbreviations.values())
    faults = [] if good else ["abbreviations: mỗi dòng phải có dạng VIẾT_TẮT = “viết đầy đủ”."]
    if not (isinstance(unbroken, list) and all(isinstance(v, str) for v in unbroken)):
        faults.append("unbroken: phải là danh sách cụm từ trong ngoặc kép.")
    return faults


def _own_faults(own: Mapping[str, Mapping[str, object]]) -> list[str]:
    faults: list[str] = []
    for text, patterns in own.items():
        missing = [name for name in OWN_WORDS[text] if name not in patterns]
        faults += [f"{text}.{name}: thiếu mẫu câu này." for name in missing]
        shared = [name for name in patterns if name in _SHARED]
        faults += [f"{text}.{name}: câu này dùng chung, không đặt riêng được." for name in shared]
        faults += [f"{text}.{fault}" for fault in _said_faults(patterns)]
    return faults


def _faults(patterns: Mapping[str, object]) -> list[str]:
    missing = [f"{name}: thiếu mẫu câu này." for name in SLOTS if name not in patterns]
    return [*missing, *_said_faults(patterns)]


def _said_faults(patterns: Mapping[str, object]) -> list[str]:
    faults: list[str] = []
    for name, text in patterns.items():
        if name not in SLOTS:
            faults.append(f"{name}: không có mẫu câu nào mang tên này.")
        elif not isinstance(text, str):
            faults.append(f"{name}: phải là chữ trong ngoặc kép.")
        else:
            faults.extend(
                f"{name}: {fault}" for fault in _pattern_faults(text, frozenset(SLOTS[name].split()))
            )
    return faults


def _pattern_faults(text: str, known: frozenset[str]) -> list[str]:
    try:
        parsed = [
            (slot, spec, how) for _, slot, spec, how in string.Formatter().parse(text) if slot is not None
        ]
    except ValueError:
        return ["dấu ngoặc nhọn { } không khớp nhau."]
    used = {slot for slot, _, _ in parsed}
    faults = [
        f"ô {{{slot}}} không có ở câu này; được dùng: {_listed(known)}." for slot in sorted(used - known)
    ]
    faults += [f"thiếu ô {{{slot}}}." for slot in sorted(known - used - OPTIONAL)]
    faults += [f"ô {{{slot}}} không được kèm “:” hoặc “!”." for slot, spec, how in parsed if spec or how]
    return faults


def _listed(slots: frozenset[str]) -> str:
    return ", ".join("{" + slot + "}" for slot in sorted(slots)) or "không ô nào"
