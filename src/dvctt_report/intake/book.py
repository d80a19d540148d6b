"""Read what the officer types or exports: tracking book, list of incoming documents, control figures."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Self

from dvctt_report.files.cells import Cell, CellKind, Sheet, Unreadable, Workbook, address, too_large
from dvctt_report.files.container import FileKind, read_workbook, sniff
from dvctt_report.forms import control_book
from dvctt_report.forms.book import CHANNELS, COLUMNS, KNOWN_BY
from dvctt_report.forms.officer_sheet import OfficerColumn, find_columns
from dvctt_report.intake.identity import known_names
from dvctt_report.intake.reading import quote
from dvctt_report.intake.values import read_value
from dvctt_report.intake.whose import signed_by
from dvctt_report.model import CellRef, Control, Entry, Finding, Printed, State
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import listed
from dvctt_report.text.limits import MAX_HTML
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import clean_text, first_letter_small, key, parse_date, whole_of


@dataclass
class OfficerRows:
    """The rows of one sheet below its headers in row ``head``; ``findings`` grows as they are read.

    ``lost`` quotes the headers that the sheet has no more: its rows can't be read.
    """

    sheet: Sheet
    head: int
    columns: Mapping[str, int]
    profile: Profile
    period: Period
    file: str
    lost: str = ""
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        book: Workbook,
        name: str,
        columns: tuple[Sequence[OfficerColumn], frozenset[str], Iterable[OfficerColumn]],
        profile: Profile,
        period: Period,
        file: str,
    ) -> Self | None:
        """The rows of the sheet of that name, however it is spelt; None where there is none.

        ``columns``: all of them, those by which the headers are known, those that have to be there.
        """
        sheet = next((s for s in book.sheets if key(s.name) == key(name)), None)
        if sheet is None:
            return None
        every, known_by, needed = columns
        texts = ((n, {c.column: c.raw for c in cells}) for n, cells in sheet.rows())
        head = find_columns(texts, every, known_by)
        missing = [c.header for c in needed if head is None or c.name not in head[1]]
        lost = ", ".join(f"“{header}”" for header in (missing if head else ("Mã", *missing)))
        return cls(sheet, *(head or (0, {})), profile, period, file, lost)

    @property
    def rows(self) -> Iterator[int]:
        return (row for row, _ in self.sheet.rows() if row > self.head)

    def cell(self, row: int, column: str) -> Cell | None:
        return self.sheet.cell(row, self.columns[column]) if column in self.columns else None

    def text(self, row: int, column: str) -> str:
        return self.sheet.text(row, self.columns[column]) if column in self.columns else ""

    def at(self, row: int, column: str) -> CellRef:
        return CellRef(self.file, self.sheet.name, address(row, self.columns.get(column, 1)))

    def add(self, code: str, message: str, fix: str | None, row: int, column: str) -> None:
        value = self.text(row, column)
        self.findings.append(finding(code, message, fix, self.at(row, column), value=value))


_CHANNELS = {key(channel): channel for channel in CHANNELS}


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

    A row in which nothing is typed is none. Findings: NH70 to NH74. Never raises for what is in the file.
    """
    try:
        book = read_workbook(data)
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy: dvctt-report collect --book"
        fault = finding("NH70", first_letter_small(error.reason), fix, CellRef(file))
        return Book(findings=(fault,), usable=False)
    columns = (COLUMNS, KNOWN_BY, [c for c in COLUMNS if c.typed and c.needed])
    rows = _BookRows.of(book, period.title, columns, profile, period, file)
    if rows is None:
        return Book(usable=False)
    if rows.lost:
        fix = "Ghi lại đúng tiêu đề của cột; hoặc đổi tên trang tính này "
        fix += "rồi chạy: dvctt-report collect --book"
        message, at = f"sổ theo dõi không còn cột {rows.lost}", CellRef(file, rows.sheet.name)
        return Book(findings=(finding("NH70", message, fix, at),), usable=False)
    entries = tuple(rows.entries())
    there = {key(rows.text(row, "unit")) for row, _ in rows.sheet.rows()}
    complete = all(key(unit.code) in there for unit in profile.units(period))
    return Book(entries, tuple(rows.findings), complete=complete, contacts=rows.contacts)


@dataclass
class _BookRows(OfficerRows):
    """``contacts`` grow as the rows are read; of several rows of one unit the last that says it holds."""

    contacts: dict[str, str] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """What each row says in which something is typed; one of no unit or of several is asked about."""
        names = known_names(self.profile, self.period).year
        for row in self.rows:
            is_entry = any(self.text(row, c.name) for c in COLUMNS if c.typed and c.name != "contact")
            contact, code = self.text(row, "contact"), self.text(row, "unit")
            if not (is_entry or contact):
                continue
            name = code or self.text(row, "unit_name")
            units = names.find(name)
            if contact and len(units) == 1:
                self.contacts[units[0].code] = contact
            if not is_entry:
                continue
            if len(units) != 1:
                message = "dòng có nội dung nhưng chưa ghi mã đơn vị"
                if units:
                    message = f"{quote(name)} có thể là nhiều đơn vị: {listed(units)}"
                elif code:
                    message = f"mã đơn vị {quote(code)} không có trong danh sách {self.period.words}"
                self.add("NH74", message, None, row, "unit")
                continue
            (unit,) = units
            sent_on, channel = self.day(row, "sent_on", unit), self.text(row, "channel")
            if channel and key(channel) not in _CHANNELS:
                message = f"{unit.short_name}: kênh {quote(channel)} không có trong danh sách"
                self.add("NH73", message, f"Chọn một trong: {', '.join(CHANNELS)}.", row, "channel")
            typed, cell = self.text(row, "signed_code"), self.cell(row, "signed_code")
            signed_code = "".join(typed.split())
            if cell is not None and cell.kind is CellKind.NUMBER and re.fullmatch("[0-9]{1,4}", signed_code):
                signed_code = signed_code.zfill(4)  # 0304 typed into a cell that holds numbers
            elif typed and not re.fullmatch("[0-9]{4}", signed_code):
                signed_code = ""
                message = f"{unit.short_name}: mã đối chiếu {quote(typed)} không phải bốn chữ số"
                self.add("NH72", message, "Ghi bốn chữ số in trên trang ký.", row, "signed_code")
            number, file, note = (self.text(row, name) for name in ("document_number", "file", "note"))
            channel, arrived_on = _CHANNELS.get(key(channel), channel), self.day(row, "arrived_on", unit)
            at, code_at = self.at(row, "unit"), self.at(row, "signed_code")
            yield Entry(unit.code, number, sent_on, channel, signed_code, file, note, at, code_at, arrived_on)

    def day(self, row: int, name: str, unit: Unit) -> date | None:
        """The day in a cell; one without its year ("16/11") is the nearest to the deadline."""
        text = self.text(row, name)
        last = self.profile.plan.deadline.last_day(self.period)
        near = (parse_date(f"{text}/{year}") for year in (last.year - 1, last.year, last.year + 1))
        if days := [day for day in near if day is not None]:
            return min(days, key=lambda day: abs((day - last).days))
        reading = read_value(self.cell(row, name), "date", self.profile.plan.words)
        if reading.problem is not None:
            message = f"{unit.short_name}: {reading.problem.because}"
            self.add("NH71", message, reading.problem.fix, row, name)
        return reading.value if isinstance(reading.value, date) else None


# The list of incoming documents that the office's document system exports: rows for the tracking book

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("số, ký hiệu", "số ký hiệu", "số/ký hiệu", "số và ký hiệu", "số hiệu", "ký hiệu"),
    "dated": ("ngày văn bản", "ngày ban hành", "ngày vb", "ngày ký", "ngày tháng"),
    "arrived": ("ngày đến", "ngày nhận", "ngày tiếp nhận", "thời gian đến", "ngày vào sổ"),
    "sender": (
        *("cơ quan ban hành", "đơn vị ban hành", "nơi ban hành", "cq ban hành", "cơ quan gửi", "đơn vị gửi"),
        *("nơi gửi", "cơ quan, đơn vị", "cơ quan, tổ chức", "tác giả", "cơ quan", "nơi phát hành"),
    ),
    "subject": ("trích yếu", "tên loại và trích yếu", "nội dung", "về việc"),
}
"""How the columns of such lists are headed; of two that fit, the one whose heading fits longer is taken."""

_NEEDED: Final = frozenset(("number", "sender", "subject"))
_HEADING_ROWS: Final = 30
_WIDEST: Final = 1_000
"""Rows or columns that a cell of a web page may take."""
_CHARSET: Final = re.compile(rb"<meta[^>]*charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_LIKE_THE_TOPIC: Final = 0.5
"""The share of the words of the plan's topic that a subject about it has: of seven, five are usual."""
_REPORTS: Final = "báo cáo"
CHANNEL: Final = "QLVB"


class NotAList(Exception):
    """A file that is no list of incoming documents: why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document about this report; ``units``: who may have sent it; ``why`` that is a question, or ""."""

    row: int
    number: str
    sent_on: date | None
    sender: str
    subject: str
    units: tuple[Unit, ...]
    arrived_on: date | None
    why: str = ""

    @property
    def is_clear(self) -> bool:
        return len(self.units) == 1 and not self.why

    def entry(self, unit: Unit) -> Entry:
        """The row of the tracking book that it makes for ``unit``."""
        return Entry(unit.code, self.number, self.sent_on, CHANNEL, arrived_on=self.arrived_on)


@dataclass(frozen=True, slots=True)
class IncomingList:
    """What was found: the documents about this report, and how many rows there are in all."""

    documents: tuple[Incoming, ...]
    n_rows: int


def parse_incoming(data: bytes, profile: Profile, period: Period) -> IncomingList:
    """Read the list. Raises NotAList where no sheet has its headings, or the file can't be read."""
    try:
        sheets = _tables(data) if sniff(data) is FileKind.HTML else read_workbook(data).sheets
    except Unreadable as error:
        again = "Xuất lại danh sách từ hệ thống quản lý văn bản"
        fix = f"{again}, dạng Excel (.xlsx, .xls) hoặc trang web (HTML)."
        raise NotAList(f"{error.reason}. {fix}") from error
    found = next(((sheet, head) for sheet in sheets if (head := _headings(sheet)) is not None), None)
    if found is None:
        wanted = "“Số, ký hiệu”, “Cơ quan ban hành” (hoặc nơi gửi), “Trích yếu”"
        raise NotAList(f"Không trang tính nào có hàng tiêu đề với các cột {wanted}.")
    sheet, head = found
    rows, plan = OfficerRows(sheet, *head, profile, period, ""), profile.plan
    names = known_names(profile, period).year
    # A document is about this report whose subject has half of the words of the plan's topic, written out
    # or by their first letters.
    words = key(plan.topic).split()
    initials = "".join(word[0] for word in words)
    first: dict[tuple[str, tuple[Unit, ...]], Incoming] = {}
    numbered = [row for row in rows.rows if rows.text(row, "number")]
    for row in numbered:
        subject, number, sender = (rows.text(row, name) for name in ("subject", "number", "sender"))
        written = {*re.findall(r"\w+", key(subject))}
        short = sum(len(word) for word in written if len(word) > 2 and word in initials)
        if short + sum(word in written for word in words) < _LIKE_THE_TOPIC * len(words):
            continue
        values = (read_value(rows.cell(row, name), "date", plan.words).value for name in ("dated", "arrived"))
        dated, arrived = (value if isinstance(value, date) else None for value in values)
        # Who may have sent it, and what makes that a question: name and sign have to agree.
        named, signed, why = names.find(sender), signed_by(number, names), ""
        units = tuple(dict.fromkeys((*named, *signed)))
        if len(named) == 1 and (not signed or named[0] in signed):
            units = named
        elif not named and len(signed) == 1:
            why = f"tên “{sender}” không có trong danh sách, ký hiệu là của {signed[0].short_name}"
        elif named and signed:
            why = f"nơi gửi “{sender}” và ký hiệu {number} là của hai đơn vị"
        else:
            units, why = units or names.nearest(sender), f"không rõ “{sender}” là đơn vị nào"
        if not why and _REPORTS not in key(subject) and "/bc" not in number.casefold():
            why = "trích yếu, ký hiệu không phải của báo cáo"
        if not why and dated is None:
            why = "chưa rõ ngày văn bản"
        number, sender, subject = map(masked, (number, sender, subject))
        document = Incoming(row, number, dated, sender, subject, units, arrived, why)
        first.setdefault((number, units), document)
    return IncomingList(tuple(first.values()), len(numbered))


def _tables(page: bytes) -> tuple[Sheet, ...]:
    """The tables of a web page as sheets of texts, each where a browser shows it. Raises Unreadable."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if len(page) > MAX_HTML:
        raise too_large(f"trang web trên {MAX_HTML // 1_000_000} MB")
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        # The text in the encoding that the page states; one in windows-1258 spells tones apart: composed.
        stated = _CHARSET.search(page[:4096])
        encoding = stated[1].decode("ascii") if stated else "utf-8-sig"
        if page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        try:
            text = page.decode(encoding, "replace")
        except LookupError:
            text = page.decode("utf-8-sig", "replace")
        text = _DECLARATION.sub("", unicodedata.normalize("NFC", text))
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return ()
    for line_break in tree.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    sheets = []
    for table in tree.xpath("//table[not(ancestor::table)]"):
        cells: dict[tuple[int, int], Cell] = {}
        held: dict[int, int] = {}  # column → last row that a cell from above reaches down to
        for row, line in enumerate(table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"), 1):
            column = 1
            for cell in line.xpath("./td | ./th"):  # what spans rows or columns pushes the others aside
                while held.get(column, 0) >= row:
                    column += 1
                spans = (cell.get(name, "") for name in ("colspan", "rowspan"))
                width, height = (
                    min(max(int(n[:7]), 1), _WIDEST) if n.isascii() and n.isdigit() else 1 for n in spans
                )
                if height > 1:
                    held |= dict.fromkeys(range(column, column + width), row + height - 1)
                if text := " ".join(cell.text_content().split()):
                    cells[row, column] = Cell(row, column, CellKind.TEXT, text, text)
                column += width
        sheets.append(Sheet("", "visible", cells))
    return tuple(sheets)


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of headings, and where each column stands."""
    for n, (row, cells) in enumerate(sheet.rows()):
        if n >= _HEADING_ROWS:
            return None
        fits: dict[str, tuple[int, int]] = {}
        for cell in cells:
            said = key(clean_text(cell.raw))
            for name, headings in HEADINGS.items():
                length = max((len(h) for h in headings if said.startswith(h)), default=0)
                if length > fits.get(name, (0, 0))[0]:
                    fits[name] = length, cell.column
        columns = {name: column for name, (_, column) in fits.items()}
        if columns.keys() >= _NEEDED:
            return row, columns
    return None


def not_yet_there(documents: Sequence[Incoming], entries: Sequence[Entry]) -> Iterator[Incoming]:
    """Yield the documents that the tracking book doesn't have, by their numbers, or not their arrival."""
    there = {key(entry.document_number): entry.arrived_on for entry in entries if entry.document_number}
    return (
        document
        for document in documents
        if key(document.number) not in there
        or (document.is_clear and document.arrived_on and not there[key(document.number)])
    )


# Read the workbook of control figures: each row a figure of a system in charge, or a question about it

_PRINTED = {key(name): printed for printed, name in control_book.PRINTED_NAMES.items()}
_NUMBERS = ("total", "done")


@dataclass(frozen=True, slots=True)
class ControlBook:
    """What a workbook of control figures says; a row about which there is a finding gives no figure."""

    controls: tuple[Control, ...] = ()
    findings: tuple[Finding, ...] = ()


def parse_controls(data: bytes, profile: Profile, period: Period, file: str) -> ControlBook:
    """Read the rows of ``year`` from the bytes of a workbook named ``file``; rows without a number are none.

    Findings, all errors: DC01 to DC06. Never raises for what is in it.
    """
    try:
        book = read_workbook(data)
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy: dvctt-report control make"
        return ControlBook(findings=(finding("DC01", first_letter_small(error.reason), fix, CellRef(file)),))
    name, columns = control_book.SHEET.format(period), control_book.COLUMNS
    known = (columns, control_book.KNOWN_BY, [c for c in columns if c.typed])
    rows = _ControlRows.of(book, name, known, profile, period, file)
    if rows is None:
        fix = "Đặt lại tên trang tính, hoặc lập sổ mới: dvctt-report control make"
        fault = finding("DC01", f"không có trang tính “{name}”", fix, CellRef(file))
        return ControlBook(findings=(fault,))
    if rows.lost:
        fix, at = "Ghi lại đúng tiêu đề của cột.", CellRef(file, rows.sheet.name)
        return ControlBook(findings=(finding("DC01", f"không còn cột {rows.lost}", fix, at),))
    controls = tuple(rows.controls())
    return ControlBook(controls, tuple(rows.findings))


class _ControlRows(OfficerRows):
    def controls(self) -> Iterator[Control]:
        """The figure of each row in which one stands and about which there is no question."""
        seen: set[tuple[str, str]] = set()
        for row in self.rows:
            if not any(self.text(row, name) for name in (*_NUMBERS, "printed")):
                continue
            n_before = len(self.findings)
            code = key(self.text(row, "item"))
            targets = self.profile.plan.targets
            target = next((t for t in targets if key(t.code) == code and t.control), None)
            if target is None:
                message = f"mã {quote(self.text(row, 'item'))} không phải mục tiêu được đối chiếu"
                self.add("DC02", message, "Chép mã từ dòng của mục tiêu đó.", row, "item")
            # The unit's code, "" for the province; None where it can't be told whose row it is
            code, name = self.text(row, "unit"), self.text(row, "unit_name")
            is_province = not code and key(name) in ("", key(whole_of(self.profile.plan.province)))
            units = () if is_province else known_names(self.profile, self.period).year.find(code or name)
            unit = "" if is_province else units[0].code if len(units) == 1 else None
            if unit is None:
                message = f"không có đơn vị {quote(code or name)}"
                if units:
                    message = f"{quote(code or name)} có thể là nhiều đơn vị: {listed(units)}"
                self.add("DC02", message, "Chép mã từ danh sách.", row, "unit")
            counts: dict[str, int | None] = {}
            for name in _NUMBERS:
                reading = read_value(self.cell(row, name), "count", self.profile.plan.words)
                counts[name] = reading.value if isinstance(reading.value, int) else None
                if reading.problem is not None:
                    self.add("DC03", reading.problem.because, reading.problem.fix, row, name)
                elif reading.state not in (State.GIVEN, State.BLANK):
                    message = f"{quote(reading.raw)} không phải là số"
                    self.add("DC03", message, "Ghi số, hoặc để trống.", row, name)
            total, done = counts["total"], counts["done"]
            reading = read_value(self.cell(row, "cut_off"), "date", self.profile.plan.words)
            cut_off = reading.value if isinstance(reading.value, date) else None
            if reading.problem is not None:
                self.add("DC03", reading.problem.because, reading.problem.fix, row, "cut_off")
            elif cut_off is None:
                message = f"chưa ghi {_HEADERS['cut_off']}"
                self.add("DC05", message, "Ghi ngày chốt số liệu.", row, "cut_off")
            source, document = (self.text(row, name) for name in ("source", "document"))
            printed = self.printed(row, unit, total, done)
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

    def printed(self, row: int, unit: str | None, total: int | None, done: int | None) -> Printed | None:
        typed = self.text(row, "printed")
        if not typed:
            return None
        choice = _PRINTED.get(key(typed))
        if choice is None:
            self.add("DC06", f"{quote(typed)} không có trong danh sách", "Chọn lại.", row, "printed")
        elif unit:
            self.add("DC06", "chỉ chọn ở dòng chung, không có mã đơn vị", "Xóa ô này.", row, "printed")
        elif not self.text(row, "reason"):
            self.add("DC06", "chưa ghi lý do chọn", "Ghi lý do.", row, "reason")
        elif choice is Printed.CONTROL and (total is None or done is None or not total):
            message = "chọn in số đối chiếu nhưng chưa đủ tổng số, đã thực hiện"
            self.add("DC06", message, "Ghi đủ hai số, hoặc chọn số của đơn vị.", row, "printed")
        return choice


_HEADERS = {c.name: first_letter_small(c.header) for c in control_book.COLUMNS}
