"""Marks that say which figure a printed text is: put in while sentences are made, lifted before writing.

A mark is made of private-use characters, so no wording, no change of case and no search for words touches
it on its way through the template. ``ROLES`` says which slots of which sentences are figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_OPEN, _BETWEEN, _CLOSE = "\ue001", "\ue002", "\ue003"
_FIRST = 0xE100
_MARK = re.compile(f"{_OPEN}([^{_OPEN}-{_CLOSE}]*){_BETWEEN}([^{_OPEN}-{_CLOSE}]*){_CLOSE}")
_BORROWED = re.compile(f"[{_OPEN}-{_CLOSE}{chr(_FIRST)}-{chr(_FIRST + 0xFF)}]+")
_BORROWED_UTF8 = re.compile(rb"\xee(?:\x80[\x81-\x83]|[\x84-\x87][\x80-\xbf])")
_HIDDEN = {byte: _FIRST + byte for byte in range(256)}

_COVERAGE = {"reported": ".coverage.reported", "expected": ".coverage.expected"}
_FIGURE = {"rate": ".percent", "done": ".numerator", "total": ".denominator"}
_TASKS = {"done": ".done", "all": ".known", "rate": ".percent"}

_BY_PATTERN: Mapping[str, Mapping[str, str]] = {
    "directives.issued": {
        "units": "directives.units",
        "answered": "directives.answered",
        "documents": "directives",
    },
    "directives.none": {"answered": "directives.answered"},
    "returns.received": {
        "received": "returns.received",
        "expected": "returns.expected",
        "rate": "returns.percent",
    },
    "returns.nothing": {"expected": "returns.expected"},
    "returns.required_owing": {"n": "returns.required"},
    "returns.required_all": {"n": "returns.required"},
    "returns.asked_owing": {"n": "returns.asked"},
    "returns.asked_all": {"n": "returns.asked"},
    "returns.missing": {"n": ".missing"},
    "returns.unusable": {"n": ".unusable"},
    "names.others": {"n": ".others"},
    "overview.counts": {"n": "targets.due"},
    "overview.unsure": {"n": ".unsure"},
    "target.goal_all": {"at_least": ".at_least"},
    "target.goal": {"at_least": ".at_least"},
    "target.figure": _FIGURE,
    "target.figure_yes_no": _FIGURE,
    "target.met_above": {"points": ".distance"},
    "target.missed": {"short": ".short", "points": ".distance"},
    "target.insufficient": _COVERAGE,
    "target.none_arising": _COVERAGE,
    "target.coverage": _COVERAGE,
    "target.coverage_partial": _COVERAGE,
    "target.below": {"n": ".below", "at_least": ".at_least"},
    "target.answered_no": {"n": ".below"},
    "target.highest": {"high": ".high"},
    "target.field_short": {"short": ".short", "points": ".distance"},
    "target.by_field_met": {"all": ".fields"},
    "target.by_field_missed": {"n": ".fields.missed", "all": ".fields"},
    "target.turned_missed": {"n": ".missing", "turn": ".turn"},
    "target.turned_met": {"n": ".missing", "turn": ".turn"},
    "target.none_arising_units": {"n": ".none_arising"},
    "target.withheld": {"n": ".withheld"},
    "target.exempt": {"n": ".exempt"},
    "outlook.distance": {"distance": ".distance", "per_year": ".per_year"},
    "outlook.coverage": _COVERAGE,
    "outlook.unsettled": {"n": ".missing"},
    "activity.topics": {"answered": "topics.answered"},
    "activity.channels": {"answered": "channels.answered"},
    "task.lead": {"tasks": "tasks", **_TASKS},
    "task.lead_nothing": {"tasks": "tasks"},
    "task.body": _TASKS,
    "task.bodies": {"units": ".units", **_TASKS},
    "funding.units": {"n": "."},
    "funding.money": {"value": ".", "n": ".units"},
    "limit.not_sent": {"n": "returns.missing"},
    "direction.kept": {"n": "targets.met"},
    "recommendation.missing": {"n": "returns.required.missing"},
    "recommendation.correcting": {"n": "returns.to_correct"},
}

ROLES: Mapping[str, str] = {
    **{f"{name}.{slot}": role for name, slots in _BY_PATTERN.items() for slot, role in slots.items()},
    **{
        f"returns.{s}.n": f"returns.{s}"
        for s in ("on_time", "late", "undated", "paper", "to_enter", "correcting", "left_out")
    },
    **{
        f"overview.{v}.n": f"targets.{v}"
        for v in ("met", "missed", "insufficient", "none_arising", "not_applicable")
    },
    **{
        f"reason.{r}.n": f".missing.{r}"
        for r in (
            "not_sent",
            "paper",
            "to_enter",
            "unusable",
            "correcting",
            "left_out",
            "not_available",
            "exemption_open",
            "unanswered",
        )
    },
    "submission.correcting.n": "returns.correcting",
    "submission.missed.n": "targets.missed",
    "submission.tasks.done": "tasks.done",
    "submission.tasks.all": "tasks.known",
    **{f"task.{s}.n": f".{s}" for s in ("ongoing", "not_done", "unknown")},
    **{f"limit.{s}.n": f"returns.{s}" for s in ("paper", "unusable", "late", "correcting")},
    **{f"{p}.{v}.n": f"targets.{v}" for p in ("limit", "direction") for v in ("missed", "insufficient")},
    "prose.met.n": "targets.met",
    "recommendation.missed.n": "targets.missed",
    "recommendation.paper.n": "returns.paper",
}
"""Identifier of the figure in each slot; one that begins with a dot continues the sentence's subject."""


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """A figure in a text: where it begins, what is printed there, and which figure it is."""

    id: str
    at: int
    text: str


def mark(id: str, text: str) -> str:
    """Mark ``text`` as the print of the figure ``id``."""
    hidden = id.encode().decode("latin-1").translate(_HIDDEN)
    return f"{_OPEN}{hidden}{_BETWEEN}{text}{_CLOSE}"


def role_of(pattern: str, slot: str, subject: str) -> str:
    """Name the figure in a slot of a sentence about ``subject``; "" where the slot holds none."""
    role = ROLES.get(f"{pattern}.{slot}", "")
    if not role.startswith("."):
        return role
    return (subject + role).rstrip(".") if subject else ""


def without_marks(text: str) -> str:
    """Take every mark out of ``text``, and every other character that marks are made of."""
    return _BORROWED.sub("", text)


def lift_marks(document: bytes) -> bytes:
    """Do the same to a document in UTF-8: the first byte is one that Vietnamese has no use for."""
    return _BORROWED_UTF8.sub(b"", document)


def read_marks(text: str) -> tuple[str, tuple[FigureSpan, ...]]:
    """Split a marked text into what is printed and the figures in it."""
    if _OPEN not in text:
        return without_marks(text), ()
    printed, spans, done = [], [], 0
    length = 0
    for found in _MARK.finditer(text):
        before = without_marks(text[done : found.start()]) if found.start() > done else ""
        length += len(before)
        id = found.group(1).encode("utf-16-le")[::2].decode()  # the low byte of each character
        spans.append(FigureSpan(id, length, found.group(2)))
        printed += [before, found.group(2)]
        length += len(found.group(2))
        done = found.end()
    return "".join([*printed, without_marks(text[done:])]), tuple(spans)
