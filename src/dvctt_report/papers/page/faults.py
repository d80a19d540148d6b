"""Files that can't be used, and errors that are open, unit by unit, as cells of the page."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TypeAlias

from dvctt_report.model import ReturnStatus, Severity, finding_id
from dvctt_report.papers.page.groups import PageGroup
from dvctt_report.report.about import UNKNOWN_UNIT, shorten
from dvctt_report.report.findings_table import COLUMNS, finding_rows
from dvctt_report.report.ways import about_beside
from dvctt_report.report.wording import Voice
from dvctt_report.text.file_names import format_file
from dvctt_report.text.vietnamese import first_letter_capital, format_count, sentence
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year

Cells: TypeAlias = tuple[str, ...]
_LONGEST = 900
UNSAID = "..."


def refused_rows(dataset: Dataset, rows: Mapping[str, str]) -> tuple[Cells, ...]:
    """The refused files of the year in the order received: whose, which file, why, what to do."""
    names = dataset.profile.roster.short_names
    refused = []
    for received in dataset.returns:
        if received.status is ReturnStatus.REFUSED:
            said = [f for f in received.findings if f.is_open]
            why = " ".join(_as_sentence(f.message) for f in said)
            remedy = " ".join(_as_sentence(f.fix) for f in said if f.fix)
            if not received.rejected and dataset.effective(received.unit) is not None:
                remedy = about_beside("loại: dvctt-report decide TỆP --reject")
            row = next((rows[name] for f in said if (name := finding_id(f)) in rows), "")
            told = f"Việc {row}. {remedy}".strip() if row else remedy
            unit = names.get(received.unit, UNKNOWN_UNIT)
            refused.append((unit, format_file(received.file), why, told or UNSAID))
    return tuple(refused)


def open_faults(year: Year, voice: Voice, rows: Mapping[str, str]) -> tuple[PageGroup[Cells], ...]:
    """The open errors by unit in roster order; those of files refused as a whole are not repeated.

    Of each: its place ("Biểu 01-A, ô G10"), what is asked there, what was written, why it is wrong, what to
    do, what the unit replied, and its row in the workbook of decisions, where that is known, with its name.
    """
    dataset = year.dataset
    codes = {unit.short_name: unit.code for unit in year.profile.roster.units}
    refused = {r.file for r in dataset.returns if r.status is ReturnStatus.REFUSED}
    told = (
        f
        for f in year.findings
        if f.severity is Severity.ERROR and f.is_open and not (f.at is not None and f.at.file in refused)
    )
    columns = [column.header for column in COLUMNS]
    faults = (dict(zip(columns, row, strict=True)) for row in finding_rows(dataset, told))
    groups = []
    for unit, own in groupby(faults, key=lambda row: row["Đơn vị"]):
        cells = tuple(_fault(row, voice, rows) for row in own)
        n = voice.mark(f"page.faults.{codes.get(unit, '')}", format_count(len(cells)))
        groups.append(PageGroup(f"{unit}: {n} lỗi", cells))
    return tuple(groups)


def _fault(row: Mapping[str, str], voice: Voice, rows: Mapping[str, str]) -> Cells:
    name = row["Mã phát hiện"]
    asked, marked = rows.get(name, name), f"findings.{name}"
    cell = f"ô {row['Ô']}" if row["Ô"] else ""
    return (
        ", ".join(filter(None, (row["Biểu"], cell))) or "Cả biểu",
        row["Nội dung"] or UNSAID,
        voice.mark_numbers(marked, row["Đã ghi"]) or UNSAID,
        voice.mark_numbers(marked, _as_sentence(row["Vì sao"])),
        voice.mark_numbers(marked, _as_sentence(row["Đề nghị"])) if row["Đề nghị"] else UNSAID,
        row["Đơn vị trả lời"] or UNSAID,
        voice.mark(marked, name if asked == name else f"Việc {asked} · {name}"),
    )


def _as_sentence(text: str) -> str:
    return sentence(first_letter_capital(shorten(text, _LONGEST)))
