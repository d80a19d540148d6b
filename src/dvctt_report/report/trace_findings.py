"""Findings, units' answers and decisions about files, as the manifest writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dvctt_report.dataset import Dataset
from dvctt_report.finding_id import finding_id
from dvctt_report.mending.replies import answered, latest_replies
from dvctt_report.model import Decision, Finding


def finding_json(finding: Finding) -> dict[str, Any]:
    """Write a finding with its place and its state."""
    at = finding.at
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
        "file": at.file if at else None,
        "sheet": (at.sheet if at else "") or None,
        "cell": (at.cell if at else "") or None,
        "value": finding.value,
    }


def replies_json(dataset: Dataset, findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """What units answered about findings that there still are; ``standing`` null once it was decided on."""
    waiting = answered(findings, dataset.returns, dataset.acceptances)
    latest = latest_replies(dataset.returns)
    for found in findings:
        name = finding_id(found)
        reply = latest.get((found.unit, name))
        if reply is not None:
            yield {
                "finding": name,
                "unit": reply.unit,
                "opinion": reply.kind.value,
                "reason": reply.reason,
                "standing": waiting[name].standing.value if name in waiting else None,
                "file": reply.at.file if reply.at else None,
            }


def decision_json(decision: Decision) -> dict[str, Any]:
    """Write what was decided about a file."""
    return {
        "kind": decision.choice.value,
        "unit": decision.unit,
        "file": decision.file,
        "sha256": decision.sha256,
        "over": list(decision.over),
        "reason": decision.reason,
        "who": decision.who,
        "when": decision.when.isoformat(timespec="seconds"),
    }
