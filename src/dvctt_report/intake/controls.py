"""Read the workbook of control figures: each row a figure of a system in charge, or a question about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dvctt_report.files.cells import Unreadable
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.control_book import COLUMNS, KNOWN_BY, PRINTED_NAMES, sheet_name
from dvctt_report.intake.book import OfficerRows, read_head, sheet_named
from dvctt_report.intake.reading import quote
from dvctt_report.intake.values import read_value
from dvctt_report.model import CellRef, Control, Finding, Printed, State
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Target
from dvctt_report.plan.unit_names import listed
from dvctt_report.text.vietnamese import first_letter_small, key, whole_of

_PRINTED = {key(name): printed for printed, name in PRINTED_NAMES.items()}
_NUMBERS = ("total", "done")


@dataclass(frozen=True, slots=True)
class ControlBook:
    """What a workbook of control figures says; a row about which there is a finding gives no figure."""

    controls: tuple[Control, ...] = ()
    findings: tuple[Finding, ...] = ()


def parse_controls(data: bytes, profile: Profile, period: Period, file: str) -> ControlBook:
    """Read the rows of ``year`` from the bytes of a workbook named ``file``; rows without a number are none.

    Findings, all errors: DC01 the workbook can't be used, DC02 target or unit, DC03 a cell, DC04 more done
    than there is, DC05 source, date or document missing, DC06 the choice. Never raises for what is in it.
    """
    try:
        book = read_workbook(data)
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy: dvctt-report control make"
        return ControlBook(findings=(finding("DC01", first_letter_small(error.reason), fix, CellRef(file)),))
    sheet = sheet_named(book, sheet_name(period))
    if sheet is None:
        message = f"không có trang tính “{sheet_name(period)}”"
        fix = "Đặt lại tên trang tính, hoặc lập sổ mới: dvctt-report control make"
        return ControlBook(findings=(finding("DC01", message, fix, CellRef(file)),))
    head = read_head(sheet, COLUMNS, KNOWN_BY, (c for c in COLUMNS if c.typed))
    if isinstance(head, str):
        fix, at = "Ghi lại đúng tiêu đề của cột.", CellRef(file, sheet.name)
        return ControlBook(findings=(finding("DC01", f"không còn cột {head}", fix, at),))
    reader = _ControlReader(sheet, *head, profile, period, file)
    controls = tuple(reader.controls())
    return ControlBook(controls, tuple(reader.findings))


class _ControlReader(OfficerRows):
    """The rows of the workbook of control figures."""

    def controls(self) -> Iterator[Control]:
        """The figure of each row in which one stands and about which there is no question."""
        seen: set[tuple[str, str]] = set()
        for row in self.rows:
            if not any(self.text(row, name) for name in (*_NUMBERS, "printed")):
                continue
            n_before = len(self.findings)
            target, unit = self.target(row), self.unit(row)
            total, done = (self.number(row, name) for name in _NUMBERS)
            cut_off = self.day(row)
            source, document = (self.text(row, name) for name in ("source", "document"))
            printed = self.printed(row, total, done)
            if total is not None and done is not None and done > total:
                message = f"số đã thực hiện ({done}) lớn hơn tổng số ({total})"
                self.add("DC04", message, "Kiểm tra lại hai số.", row, "done")
            for name, text in (("source", source), ("document", document)):
                if not text:
                    self.add("DC05", f"chưa ghi {_HEADERS[name]}", "Ghi vào ô này.", row, name)
            if target is None or unit is None or cut_off is None or len(self.findings) > n_before:
                continue
            if (target.code, unit) in seen:
                self.add("DC02", "mục tiêu, đơn vị này đã có ở dòng trên", "Xóa một dòng.", row, "item")
                continue
            seen.add((target.code, unit))
            reason = self.text(row, "reason") if printed else ""
            yield Control(target.code, unit, total, done, source, cut_off, document, printed, reason)

    def target(self, row: int) -> Target | None:
        code = key(self.text(row, "item"))
        found = next((t for t in self.profile.plan.targets if key(t.code) == code and t.control), None)
        if found is None:
            message = f"mã {quote(self.text(row, 'item'))} không phải mục tiêu được đối chiếu"
            self.add("DC02", message, "Chép mã từ dòng của mục tiêu đó.", row, "item")
        return found

    def unit(self, row: int) -> str | None:
        """The unit's code, "" for the province; None where it can't be told whose row it is."""
        code, name = self.text(row, "unit"), self.text(row, "unit_name")
        if not code and key(name) in ("", key(whole_of(self.profile.plan.province))):
            return ""
        found = self.names.find(code or name)
        if len(found) == 1:
            return found[0].code
        said = quote(code or name)
        message = f"{said} có thể là nhiều đơn vị: {listed(found)}" if found else f"không có đơn vị {said}"
        self.add("DC02", message, "Chép mã từ danh sách.", row, "unit")
        return None

    def number(self, row: int, name: str) -> int | None:
        reading = read_value(self.cell(row, name), "count", self.profile.plan.words)
        if reading.problem is not None:
            self.add("DC03", reading.problem.because, reading.problem.fix, row, name)
        elif reading.state not in (State.GIVEN, State.BLANK):
            self.add("DC03", f"{quote(reading.raw)} không phải là số", "Ghi số, hoặc để trống.", row, name)
        return reading.value if isinstance(reading.value, int) else None

    def day(self, row: int) -> date | None:
        reading = read_value(self.cell(row, "cut_off"), "date", self.profile.plan.words)
        if reading.problem is not None:
            self.add("DC03", reading.problem.because, reading.problem.fix, row, "cut_off")
        elif not isinstance(reading.value, date):
            self.add("DC05", f"chưa ghi {_HEADERS['cut_off']}", "Ghi ngày chốt số liệu.", row, "cut_off")
        return reading.value if isinstance(reading.value, date) else None

    def printed(self, row: int, total: int | None, done: int | None) -> Printed | None:
        said = self.text(row, "printed")
        if not said:
            return None
        found = _PRINTED.get(key(said))
        if found is None:
            self.add("DC06", f"{quote(said)} không có trong danh sách", "Chọn lại.", row, "printed")
        elif self.unit(row):
            self.add("DC06", "chỉ chọn ở dòng chung, không có mã đơn vị", "Xóa ô này.", row, "printed")
        elif not self.text(row, "reason"):
            self.add("DC06", "chưa ghi lý do chọn", "Ghi lý do.", row, "reason")
        elif found is Printed.CONTROL and (total is None or done is None or not total):
            message = "chọn in số đối chiếu nhưng chưa đủ tổng số, đã thực hiện"
            self.add("DC06", message, "Ghi đủ hai số, hoặc chọn số của đơn vị.", row, "printed")
        return found


_HEADERS = {c.name: first_letter_small(c.header) for c in COLUMNS}
