"""Read the tracking book: what the officer wrote about each unit's document, and what can't be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dvctt_report.codes import finding
from dvctt_report.forms.book import CHANNELS, COLUMNS, find_headers, sheet_name
from dvctt_report.intake.cells import Cell, CellKind, Sheet, Unreadable, address
from dvctt_report.intake.container import read_workbook
from dvctt_report.intake.hearsay import known_names
from dvctt_report.intake.reading import quote
from dvctt_report.intake.values import read_value
from dvctt_report.model import CellRef, Entry, Finding
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames, listed
from dvctt_report.vietnamese import key

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
        reason = error.reason[:1].lower() + error.reason[1:]
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy: dvctt-report register book"
        return Book(findings=(finding("NH70", reason, fix, CellRef(file)),), usable=False)
    sheet = next((s for s in book.sheets if key(s.name) == key(sheet_name(period))), None)
    if sheet is None:
        return Book(usable=False)
    found = find_headers((n, {c.column: c.raw for c in cells}) for n, cells in sheet.rows())
    missing = [
        c.header for c in COLUMNS if c.typed and c.needed and (found is None or c.name not in found[1])
    ]
    if found is None or missing:
        headers = ", ".join(f"“{header}”" for header in (missing if found else ("Mã", *missing)))
        message = f"sổ theo dõi không còn cột {headers}"
        fix = "Ghi lại đúng tiêu đề của cột; hoặc đổi tên trang tính này rồi chạy: dvctt-report register book"
        at = CellRef(file, sheet.name)
        return Book(findings=(finding("NH70", message, fix, at),), usable=False)
    reader = _BookReader(sheet, found[1], profile, period, file, [])
    entries = tuple(reader.entries(found[0]))
    contacts = dict(reader.contacts(found[0]))
    return Book(entries, tuple(reader.findings), complete=reader.has_every_unit(), contacts=contacts)


@dataclass
class _BookReader:
    """The rows of one sheet; ``findings`` grows as they are read."""

    sheet: Sheet
    columns: Mapping[str, int]
    profile: Profile
    period: Period
    file: str
    findings: list[Finding]

    @property
    def names(self) -> UnitNames[Unit]:
        return known_names(self.profile, self.period).year

    def entries(self, head: int) -> Iterator[Entry]:
        for row, _ in self.sheet.rows():
            typed = any(self.text(row, c.name) for c in COLUMNS if c.typed and c.name != "contact")
            if row > head and typed:
                unit = self.unit(row)
                if unit is None:
                    self.say_unknown(row)
                else:
                    yield self.entry(row, unit)

    def contacts(self, head: int) -> Iterator[tuple[str, str]]:
        """Whom to call, by unit; of several rows of one unit the last that says it holds."""
        for row, _ in self.sheet.rows():
            unit = self.unit(row) if row > head and self.text(row, "contact") else None
            if unit is not None:
                yield unit.code, self.text(row, "contact")

    def unit(self, row: int) -> Unit | None:
        found = self.units_said(row)
        return found[0] if len(found) == 1 else None

    def units_said(self, row: int) -> tuple[Unit, ...]:
        """The units that the row may be about: by its code, where it was left out by the name."""
        return self.names.find(self.text(row, "unit") or self.text(row, "unit_name"))

    def has_every_unit(self) -> bool:
        there = {key(self.text(row, "unit")) for row, _ in self.sheet.rows()}
        return all(key(u.code) in there for u in self.profile.units(self.period))

    def entry(self, row: int, unit: Unit) -> Entry:
        return Entry(
            unit.code,
            self.text(row, "document_number"),
            self.sent_on(row, unit),
            self.channel(row, unit),
            self.signed_code(row, unit),
            self.text(row, "file"),
            self.text(row, "note"),
            self.at(row, "unit"),
            self.at(row, "signed_code"),
        )

    def say_unknown(self, row: int) -> None:
        code = self.text(row, "unit")
        if several := self.units_said(row):
            said = code or self.text(row, "unit_name")
            message = f"{quote(said)} có thể là nhiều đơn vị: {listed(several)}"
        elif code:
            message = f"mã đơn vị {quote(code)} không có trong danh sách {self.period.words}"
        else:
            message = "dòng có nội dung nhưng chưa ghi mã đơn vị"
        fix = "Chép mã từ dòng của đơn vị đó, hoặc xóa nội dung của dòng này."
        self.findings.append(finding("NH74", message, fix, self.at(row, "unit"), value=code))

    def sent_on(self, row: int, unit: Unit) -> date | None:
        reading = read_value(self.cell(row, "sent_on"), "date", self.profile.plan.words)
        if isinstance(reading.value, date):
            return reading.value
        if reading.problem is not None:
            message = f"{unit.short_name}: {reading.problem.because}"
            self.add("NH71", message, reading.problem.fix, row, "sent_on")
        return None

    def channel(self, row: int, unit: Unit) -> str:
        said = self.text(row, "channel")
        if said and key(said) not in _CHANNELS:
            message = f"{unit.short_name}: kênh {quote(said)} không có trong danh sách"
            self.add("NH73", message, f"Chọn một trong: {', '.join(CHANNELS)}.", row, "channel")
        return _CHANNELS.get(key(said), said)

    def signed_code(self, row: int, unit: Unit) -> str:
        said = self.text(row, "signed_code")
        cell = self.cell(row, "signed_code")
        digits = "".join(said.split())
        if cell is not None and cell.kind is CellKind.NUMBER and re.fullmatch("[0-9]{1,4}", digits):
            return digits.zfill(4)  # 0304 typed into a cell that holds numbers
        if said and not re.fullmatch("[0-9]{4}", digits):
            message = f"{unit.short_name}: mã đối chiếu {quote(said)} không phải bốn chữ số"
            self.add("NH72", message, "Ghi bốn chữ số in trên trang ký.", row, "signed_code")
            return ""
        return digits

    def add(self, code: str, message: str, fix: str, row: int, column: str) -> None:
        said = self.text(row, column)
        self.findings.append(finding(code, message, fix, self.at(row, column), value=said))

    def cell(self, row: int, column: str) -> Cell | None:
        return self.sheet.cell(row, self.columns[column]) if column in self.columns else None

    def text(self, row: int, column: str) -> str:
        return self.sheet.text(row, self.columns[column]) if column in self.columns else ""

    def at(self, row: int, column: str) -> CellRef:
        return CellRef(self.file, self.sheet.name, address(row, self.columns.get(column, 1)))
