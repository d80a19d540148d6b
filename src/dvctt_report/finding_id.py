"""The short name by which an officer refers to a finding."""

from __future__ import annotations

from hashlib import sha256

from dvctt_report.model import Finding

DIGITS = 6


def finding_id(finding: Finding) -> str:
    """Name ``finding``: its code, a hyphen and six hexadecimal digits ("SL02-3f9c1a").

    The same fault has the same name on every run and in every file of the unit; another value in the
    cell is another fault. Where the unit isn't known, the file tells them apart.
    """
    whose = finding.unit or (finding.at.file if finding.at else "")
    facts = (finding.code, whose, finding.item, finding.field, finding.value, finding.message)
    return f"{finding.code}-{sha256(chr(0).join(facts).encode()).hexdigest()[:DIGITS]}"
