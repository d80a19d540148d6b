"""Read the tracking book: what the officer wrote about each unit's document, and what can't be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dvctt_report.files.cells import Cell, CellKind, Sheet, Unreadable, Workbook, address
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.book import CHANNELS, COLUMNS, KNOWN_BY, sheet_name
from dvctt_report.forms.officer_sheet import OfficerColumn, find_columns
from dvctt_report.intake.identity import known_names
from dvctt_report.intake.reading import quote
from dvctt_report.intake.values import read_value
from dvctt_report.model import CellRef, Entry, Finding
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames, listed
from dvctt_report.text.vietnamese import first_letter_small, key, parse_date


def sheet_named(book: Workbook, name: str) -> Sheet | None:
    """The sheet of that name, however it is spelt; None where there is none."""
    return next((s for s in book.sheets if key(s.name) == key(name)), None)


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
        value = self.text(row, column)
        self.findings.append(finding(code, message, fix, self.at(row, column), value=value))


_CHANNELS = {key(name): name for name in CHANNELS}


@dataclass(frozen=True, slots=True)
class Book:
    """What a tracking book says of one year.

    ``usable``: it could be read and has the year's sheet. ``complete``: and a row for each unit of the year.
    ``contacts`` are the people to call, by unit; a row that says nothing else is none of the ``entries``.
    """

    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    usable: bool = True
    complete: bool = False
    contacts: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=2)  # a collect asks three times for the same book
def parse_book(data: bytes, profile: Profile, period: Period, file: str) -> Book:
    """Read the rows of ``year`` from the bytes of a tracking book named ``file``.

    A row in which nothing is typed is none. Findings: NH70 the book can't be used, NH71 date, NH72 control
    code, NH73 channel, NH74 unit. Never raises for what is in the file.
    """
    try:
        book = read_workbook(data)
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy: dvctt-report collect --book"
        return Book(
            findings=(finding("NH70", first_letter_small(error.reason), fix, CellRef(file)),), usable=False
        )
    sheet = sheet_named(book, sheet_name(period))
    if sheet is None:
        return Book(usable=False)
    head = read_head(sheet, COLUMNS, KNOWN_BY, (c for c in COLUMNS if c.typed and c.needed))
    if isinstance(head, str):
        message = f"sổ theo dõi không còn cột {head}"
        fix = (
            "Ghi lại đúng tiêu đề của cột; hoặc đổi tên trang tính này rồi chạy: dvctt-report collect --book"
        )
        at = CellRef(file, sheet.name)
        return Book(findings=(finding("NH70", message, fix, at),), usable=False)
    reader = _BookReader(sheet, *head, profile, period, file)
    entries, contacts = tuple(reader.entries()), dict(reader.contacts())
    there = {key(reader.text(row, "unit")) for row, _ in sheet.rows()}
    complete = all(key(unit.code) in there for unit in profile.units(period))
    return Book(entries, tuple(reader.findings), complete=complete, contacts=contacts)


class _BookReader(OfficerRows):
    """The rows of the tracking book."""

    def units(self, row: int) -> tuple[Unit, ...]:
        """The units that a row may be about: by its code, where it was left out by the name."""
        return self.names.find(self.text(row, "unit") or self.text(row, "unit_name"))

    def entries(self) -> Iterator[Entry]:
        """What each row says in which something is typed; one of no unit or of several is asked about."""
        for row in self.rows:
            if not any(self.text(row, c.name) for c in COLUMNS if c.typed and c.name != "contact"):
                continue
            units, code = self.units(row), self.text(row, "unit")
            if len(units) == 1:
                (unit,) = units
                yield Entry(
                    unit.code,
                    self.text(row, "document_number"),
                    self.day(row, "sent_on", unit),
                    self.channel(row, unit),
                    self.signed_code(row, unit),
                    self.text(row, "file"),
                    self.text(row, "note"),
                    self.at(row, "unit"),
                    self.at(row, "signed_code"),
                    self.day(row, "arrived_on", unit),
                )
                continue
            message = "dòng có nội dung nhưng chưa ghi mã đơn vị"
            if units:
                message = (
                    f"{quote(code or self.text(row, 'unit_name'))} có thể là nhiều đơn vị: {listed(units)}"
                )
            elif code:
                message = f"mã đơn vị {quote(code)} không có trong danh sách {self.period.words}"
            fix = "Chép mã từ dòng của đơn vị đó, hoặc xóa nội dung của dòng này."
            self.add("NH74", message, fix, row, "unit")

    def contacts(self) -> Iterator[tuple[str, str]]:
        """Whom to call, by unit; of several rows of one unit the last that says it holds."""
        for row in self.rows:
            contact = self.text(row, "contact")
            if contact and len(units := self.units(row)) == 1:
                yield units[0].code, contact

    def day(self, row: int, name: str, unit: Unit) -> date | None:
        """The day in a cell; one without its year ("16/11") is the nearest to the deadline."""
        text = self.text(row, name)
        last = self.profile.plan.deadline.last_day(self.period)
        near = (parse_date(f"{text}/{year}") for year in (last.year - 1, last.year, last.year + 1))
        if days := [day for day in near if day is not None]:
            return min(days, key=lambda day: abs((day - last).days))
        reading = read_value(self.cell(row, name), "date", self.profile.plan.words)
        if isinstance(reading.value, date):
            return reading.value
        if reading.problem is not None:
            message = f"{unit.short_name}: {reading.problem.because}"
            self.add("NH71", message, reading.problem.fix, row, name)
        return None

    def channel(self, row: int, unit: Unit) -> str:
        typed = self.text(row, "channel")
        if typed and key(typed) not in _CHANNELS:
            message = f"{unit.short_name}: kênh {quote(typed)} không có trong danh sách"
            self.add("NH73", message, f"Chọn một trong: {', '.join(CHANNELS)}.", row, "channel")
        return _CHANNELS.get(key(typed), typed)

    def signed_code(self, row: int, unit: Unit) -> str:
        typed, cell = self.text(row, "signed_code"), self.cell(row, "signed_code")
        digits = "".join(typed.split())
        if cell is not None and cell.kind is CellKind.NUMBER and re.fullmatch("[0-9]{1,4}", digits):
            return digits.zfill(4)  # 0304 typed into a cell that holds numbers
        if typed and not re.fullmatch("[0-9]{4}", digits):
            message = f"{unit.short_name}: mã đối chiếu {quote(typed)} không phải bốn chữ số"
            self.add("NH72", message, "Ghi bốn chữ số in trên trang ký.", row, "signed_code")
            return ""
        return digits
