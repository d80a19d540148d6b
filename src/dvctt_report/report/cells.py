"""A cell with its answer, and a finding with its place, as manifest and commands write them in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from dvctt_report.model import (
    Acceptance,
    Basis,
    CellRef,
    Coverage,
    Finding,
    LeftOut,
    Number,
    Observation,
    Override,
    Result,
    Submission,
    Tally,
    Timing,
    Verdict,
    finding_id,
)
from dvctt_report.model.goals import goal_json, read_goal
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import format_percent
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.returns import ReturnLine


def cell_json(found: Observation) -> dict[str, Any]:
    """Write where a figure stands, what it is, what the cell held and how that was read."""
    at, value = found.at, found.value
    if isinstance(value, date | str):
        value = value.isoformat() if isinstance(value, date) else shown(value)
    return {
        "unit": found.unit,
        "field": found.field,
        "value": value,
        "state": found.state.value,
        "file": at.file if at else "",
        "sheet": at.sheet if at else "",
        "cell": at.cell if at else "",
        "raw": found.raw if is_figure(found.value) else shown(found.raw),
        "reading": found.reading,
        "part": found.part,
    } | ({"override": override_json(found.override)} if found.override else {})


def cells_json(observations: Iterable[Observation]) -> list[dict[str, Any]]:
    """Write the cells behind a figure, each with the item it answers."""
    return [cell_json(one) | {"item": one.item} for one in observations]


def tally_json(tally: Tally | None) -> dict[str, Number | None]:
    """Write the two numbers; null where there is no figure."""
    done, total = (tally.numerator, tally.denominator) if tally else (None, None)
    return {"numerator": done, "denominator": total}


def is_figure(value: object) -> bool:
    """Whether a value is a number: its digits are its own, however they look."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def place_json(at: CellRef | None) -> dict[str, str | None]:
    """``file``, ``sheet``, ``cell``; null where not known."""
    if at is None:
        return {"file": None, "sheet": None, "cell": None}
    return {"file": at.file, "sheet": at.sheet or None, "cell": at.cell or None}


def finding_json(finding: Finding) -> dict[str, Any]:
    """Write a finding with its name, its place and its state."""
    return {
        "id": finding_id(finding),
        "code": finding.code,
        "severity": finding.severity.value,
        "state": finding.state.value,
        "unit": finding.unit or None,
        "item": finding.item or None,
        "field": finding.field or None,
        "message": finding.message,
        "fix": finding.fix,
        **place_json(finding.at),
        "value": shown(finding.value),
    }


def judged_json(result: Result) -> dict[str, Any]:
    """Write what a result comes to and how it was judged; the percentage as it is printed."""
    share = result.tally.share
    return {
        **tally_json(result.tally),
        "percent": None if share is None else format_percent(share, result.line),
        **goal_json(result.goal),
        "verdict": result.verdict.value,
        "basis": result.basis.value if result.basis else None,
        "coverage": asdict(result.coverage),
    }


def read_judged(said: Mapping[str, Any]) -> Result:
    """The result that ``judged_json`` wrote, as far as it says it."""
    return Result(
        item=said["code"],
        tally=Tally(said["numerator"] or 0, said["denominator"] or 0),
        goal=read_goal(said),
        verdict=Verdict(said["verdict"]),
        basis=Basis(said["basis"]) if said["basis"] else None,
        coverage=Coverage(**said["coverage"]),
        fields=tuple(map(read_judged, said.get("parts", ()))),
    )


def override_json(put: Override) -> dict[str, Any]:
    """Write the figure that the officer put in the place of the unit's own, and why."""
    return {
        "field": put.field,
        "part": put.part,
        "text": put.text if put.text.isdecimal() else shown(put.text),
        "over": shown(put.over),
        **why_json(put),
    }


def why_json(decision: Override | Acceptance | LeftOut | Timing) -> dict[str, str]:
    """Write why a decision was made, on what it rests, who made it and when."""
    return {
        "reason": decision.reason,
        "document": decision.document,
        "who": decision.who,
        "when": decision.when.isoformat(),
    }


def unit_json(dataset: Dataset, line: ReturnLine) -> dict[str, Any]:
    """Write a unit by its names, with what it has sent."""
    received, first = dataset.effective(line.unit.code), line.first or Submission()
    group, timing = dataset.profile.roster.group(line.unit.group), first.timing
    return {
        "code": line.unit.code,
        "name": line.unit.short_name,
        "names": [name for name in line.unit.names if name != line.unit.short_name],
        "group": group.heading,
        "form": group.form,
        "area_code": line.unit.area_code,
        "parts": list(line.unit.parts),
        "duty": line.unit.duty,
        "status": line.status,
        "document": line.number,
        "sent_on": line.sent_on.isoformat() if line.sent_on else None,
        "first_sent_on": first.sent_on.isoformat() if first.sent_on else None,
        "arrived_on": first.arrived_on.isoformat() if first.arrived_on else None,
        "arrived_by": first.arrived_by or "",
        "timing": {"in_time": timing.in_time, **why_json(timing)} if timing else None,
        "days_late": line.days_late,
        "correcting": line.correcting,
        "undecided": line.undecided,
        "left_out": line.left_out,
        "file": received.file if received else None,
        "sha256": received.sha256 if received else None,
    }
