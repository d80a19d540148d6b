"""The short name by which an officer refers to a finding."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from dvctt_report.model import CellRef, Finding, Observation

DIGITS = 6


def finding_id(finding: Finding) -> str:
    """Name ``finding``: its code, a hyphen and six hexadecimal digits ("SL02-3f9c1a").

    The same fault has the same name on every run and in every file of the unit; another value in the
    cell is another fault, and so is the same value of another commune. Where the unit isn't known, the
    file tells them apart.
    """
    whose = finding.unit or (finding.at.file if finding.at else "")
    facts = [finding.code, whose, finding.item, finding.field, finding.value, finding.message]
    facts += [finding.part] if finding.part else []
    return f"{finding.code}-{sha256(chr(0).join(facts).encode()).hexdigest()[:DIGITS]}"


def part_at(observations: Iterable[Observation], at: CellRef | None) -> str:
    """The commune whose answer stands at ``at``; "" for the unit's own and for a line of a list.

    The line is left out, since the lines above it come and go.
    """
    parts = (o.part for o in observations if at is not None and at.cell and o.at == at)
    return next((part for part in parts if not part.isdecimal()), "")
