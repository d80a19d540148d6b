"""A finding as the one line that a user reads."""

from __future__ import annotations

from dvctt_report.model import Finding
from dvctt_report.plan.model import Profile
from dvctt_report.text.file_names import format_file
from dvctt_report.text.vietnamese import sentence
from dvctt_report.year.rows import place_names


def format_finding(finding: Finding, profile: Profile) -> str:
    """Write a finding as one line: "code · unit · sheet · cell: message. What to do."

    Places that are not known are left out; the file stands only where the unit isn't known.
    """
    return f"{' · '.join((finding.code, *format_place(finding, profile)))}: {format_text(finding)}"


def format_place(finding: Finding, profile: Profile) -> tuple[str, ...]:
    """Name where it is, from the unit (else the file) to the cell: ("Cơ quan A", "Biểu 01-A", "ô G14")."""
    ref = finding.at
    unit = profile.roster.short_names.get(finding.unit, finding.unit)
    whose = unit or (format_file(ref.file) if ref else "")
    return (*filter(None, (whose,)), *(place_names(ref) if ref else ()))


def format_text(finding: Finding) -> str:
    """Write message and fix as sentences."""
    return " ".join(sentence(text) for text in (finding.message, finding.fix) if text)
