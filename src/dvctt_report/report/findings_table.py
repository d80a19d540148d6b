"""Every finding of a year as the rows of a table, and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dvctt_report.forms.form import format_sheet
from dvctt_report.intake.mend_lists import Answered, answered, format_standing
from dvctt_report.intake.reading import csv_bytes
from dvctt_report.model import Finding, Severity, finding_id
from dvctt_report.report.about import AnswerPlaces, format_content, format_whose, format_written, shorten
from dvctt_report.text.file_names import last_name
from dvctt_report.text.vietnamese import first_letter_capital
from dvctt_report.year.dataset import Dataset

FOR_INFORMATION = "Để biết"
_LONGEST = 900


class FindingColumn(NamedTuple):
    header: str
    width: float


COLUMNS = (
    FindingColumn("Mã phát hiện", 14),
    FindingColumn("Đơn vị", 19),
    FindingColumn("Mức độ", 9.5),
    FindingColumn("Biểu", 12),
    FindingColumn("Ô", 6),
    FindingColumn("Nội dung", 24),
    FindingColumn("Đã ghi", 15),
    FindingColumn("Vì sao", 32),
    FindingColumn("Đề nghị", 30),
    FindingColumn("Tình trạng", 11),
    FindingColumn("Đơn vị trả lời", 20),
    FindingColumn("Tệp", 24),
)


def finding_rows(dataset: Dataset, findings: Iterable[Finding]) -> tuple[tuple[str, ...], ...]:
    """Return one row (``COLUMNS``) a finding: errors, warnings, information, each in roster order."""
    kept = tuple(findings)
    places = AnswerPlaces.of(dataset)
    replies = answered(kept, dataset.returns, dataset.acceptances)
    roster = dataset.profile.roster
    kept = tuple(sorted(kept, key=lambda f: (f.severity.rank, roster.place(f.unit))))
    return tuple(_row(f, format_whose(f, dataset.profile), places, replies.get(finding_id(f))) for f in kept)


def findings_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return the rows as CSV that Excel opens in Vietnamese."""
    return csv_bytes([c.header for c in COLUMNS], rows)


def _row(finding: Finding, unit: str, places: AnswerPlaces, reply: Answered | None) -> tuple[str, ...]:
    at = finding.at
    informs = finding.severity is Severity.INFO
    written = "" if informs or at is None else format_written(finding, places)
    return tuple(
        shorten(text, _LONGEST)
        for text in (
            finding_id(finding),
            unit,
            finding.severity.word.capitalize(),
            format_sheet(at.sheet) if at else "",
            at.cell if at else "",
            format_content(finding, places),
            written,
            first_letter_capital(finding.message),
            finding.fix,
            FOR_INFORMATION if informs else first_letter_capital(finding.state.word),
            first_letter_capital(format_standing(reply)) if reply else "",
            last_name(at.file) if at else "",
        )
    )
