"""The rows of a sheet that the officer keeps, read cell by cell; what can't be used becomes a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dvctt_report.files.cells import Cell, Sheet, Unreadable, Workbook, address
from dvctt_report.forms.officer_sheet import OfficerColumn, find_columns
from dvctt_report.intake.identity import known_names
from dvctt_report.model import CellRef, Finding
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.text.vietnamese import first_letter_small, key


def sheet_named(book: Workbook, name: str) -> Sheet | None:
    """The sheet of that name, however it is spelt; None where there is none."""
    return next((s for s in book.sheets if key(s.name) == key(name)), None)


def why_unreadable(error: Unreadable) -> str:
    """The reason as a clause within a finding."""
    return first_letter_small(error.reason)


def read_head(
    sheet: Sheet, columns: Sequence[OfficerColumn], known_by: frozenset[str], needed: Iterable[OfficerColumn]
) -> tuple[int, Mapping[str, int]] | str:
    """The row of headers and where the columns are, else the headers that a sheet has lost, quoted."""
    rows = ((n, {c.column: c.raw for c in cells}) for n, cells in sheet.rows())
    found = find_columns(rows, columns, known_by)
    missing = [c.header for c in needed if found is None or c.name not in found[1]]
    if found is not None and not missing:
        return found
    return ", ".join(f"“{header}”" for header in (missing if found else ("Mã", *missing)))


@dataclass
class OfficerRows:
    """The rows of one sheet below its headers in row ``head``; ``findings`` grows as they are read."""

    sheet: Sheet
    head: int
    columns: Mapping[str, int]
    profile: Profile
    period: Period
    file: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[int]:
        return (row for row, _ in self.sheet.rows() if row > self.head)

    @property
    def names(self) -> UnitNames[Unit]:
        return known_names(self.profile, self.period).year

    def cell(self, row: int, column: str) -> Cell | None:
        return self.sheet.cell(row, self.columns[column]) if column in self.columns else None

    def text(self, row: int, column: str) -> str:
        return self.sheet.text(row, self.columns[column]) if column in self.columns else ""

    def at(self, row: int, column: str) -> CellRef:
        return CellRef(self.file, self.sheet.name, address(row, self.columns.get(column, 1)))

    def add(self, code: str, message: str, fix: str, row: int, column: str) -> None:
        said = self.text(row, column)
        self.findings.append(finding(code, message, fix, self.at(row, column), value=said))
