"""Files that can't be used, and errors that are open, unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from dvctt_report.model import ReturnStatus, Severity, finding_id
from dvctt_report.report.about import UNKNOWN_UNIT, shorten
from dvctt_report.report.findings_table import COLUMNS, finding_rows
from dvctt_report.report.ways import about_beside
from dvctt_report.report.wording import Voice
from dvctt_report.text.file_names import format_file
from dvctt_report.text.vietnamese import first_letter_capital, format_count, sentence
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year

_LONGEST = 900
UNSAID = "..."


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A file that isn't used: whose it is, why, what to do."""

    file: str
    unit: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PageFault:
    """An open error in the words of the table of findings; ``place`` is "Biểu 01-A, ô G10".

    ``name`` is its row in the workbook of decisions, where that is known, and its short name.
    """

    name: str
    place: str
    about: str
    written: str
    why: str
    remedy: str
    reply: str


@dataclass(frozen=True, slots=True)
class UnitFaults:
    """The errors of a unit; ``n`` says how many."""

    unit: str
    n: str
    rows: tuple[PageFault, ...]


def refused_rows(dataset: Dataset, rows: Mapping[str, str]) -> tuple[RefusedRow, ...]:
    """Return the refused files of the year in the order received, with the reasons found at intake."""
    names = dataset.profile.roster.short_names
    refused = []
    for received in dataset.returns:
        if received.status is ReturnStatus.REFUSED:
            said = [f for f in received.findings if f.is_open]
            why = " ".join(_as_sentence(f.message) for f in said)
            remedy = " ".join(_as_sentence(f.fix) for f in said if f.fix)
            if not received.rejected and dataset.effective(received.unit) is not None:
                remedy = about_beside("loại: dvctt-report decide TỆP --reject")
            unit = names.get(received.unit, UNKNOWN_UNIT)
            row = next((rows[name] for f in said if (name := finding_id(f)) in rows), "")
            told = f"Việc {row}. {remedy}".strip() if row else remedy
            refused.append(RefusedRow(format_file(received.file), unit, why, told or UNSAID))
    return tuple(refused)


def open_faults(year: Year, voice: Voice, rows: Mapping[str, str]) -> tuple[UnitFaults, ...]:
    """Return the open errors by unit in roster order; those of files refused as a whole are not repeated."""
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
    headed = ((unit, [*own]) for unit, own in groupby(faults, key=lambda row: row["Đơn vị"]))
    return tuple(
        UnitFaults(
            unit,
            voice.mark(f"page.faults.{codes.get(unit, '')}", format_count(len(own))),
            tuple(_fault(row, voice, rows) for row in own),
        )
        for unit, own in headed
    )


def _fault(row: dict[str, str], voice: Voice, rows: Mapping[str, str]) -> PageFault:
    name = row["Mã phát hiện"]
    asked = rows.get(name, name)
    cell = f"ô {row['Ô']}" if row["Ô"] else ""
    return PageFault(
        voice.mark(f"findings.{name}", name if asked == name else f"Việc {asked} · {name}"),
        ", ".join(filter(None, (row["Biểu"], cell))) or "Cả biểu",
        row["Nội dung"] or UNSAID,
        voice.mark_numbers(f"findings.{name}", row["Đã ghi"]) or UNSAID,
        voice.mark_numbers(f"findings.{name}", _as_sentence(row["Vì sao"])),
        voice.mark_numbers(f"findings.{name}", _as_sentence(row["Đề nghị"])) if row["Đề nghị"] else UNSAID,
        row["Đơn vị trả lời"] or UNSAID,
    )


def _as_sentence(text: str) -> str:
    return sentence(first_letter_capital(shorten(text, _LONGEST)))
