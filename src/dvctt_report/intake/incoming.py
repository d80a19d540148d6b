"""The list of incoming documents that the office's document system exports: rows for the tracking book.

Columns are found by their headings, wherever they stand. A document is proposed where it is about this
report and its sender is one unit; whose it is otherwise is asked, never guessed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dvctt_report.files.cells import Cell, CellKind, Sheet, Unreadable, too_large
from dvctt_report.files.container import read_workbook
from dvctt_report.files.kinds import FileKind, sniff
from dvctt_report.intake.book import OfficerRows
from dvctt_report.intake.values import read_value
from dvctt_report.intake.whose import signed_by
from dvctt_report.model import Entry
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.text.limits import MAX_HTML
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import clean_text, key

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
        fix = (
            "Xuất lại danh sách từ hệ thống quản lý văn bản, dạng Excel (.xlsx, .xls) hoặc trang web (HTML)."
        )
        raise NotAList(f"{error.reason}. {fix}") from error
    for sheet in sheets:
        found = _headings(sheet)
        if found is not None:
            rows = _IncomingRows(sheet, *found, profile, period, "")
            first: dict[tuple[str, tuple[Unit, ...]], Incoming] = {}
            for document in rows.documents():
                first.setdefault((document.number, document.units), document)
            return IncomingList(tuple(first.values()), len(rows.numbered))
    wanted = "“Số, ký hiệu”, “Cơ quan ban hành” (hoặc nơi gửi), “Trích yếu”"
    raise NotAList(f"Không trang tính nào có hàng tiêu đề với các cột {wanted}.")


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
        tree = document_fromstring(
            _DECLARATION.sub("", unicodedata.normalize("NFC", text)).encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError):
        return ()
    for line_break in tree.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return tuple(
        Sheet("", "visible", _placed(table)) for table in tree.xpath("//table[not(ancestor::table)]")
    )


def _placed(table: Any) -> dict[tuple[int, int], Cell]:
    """The texts of a table by row and column: what spans rows or columns pushes the others aside."""
    cells: dict[tuple[int, int], Cell] = {}
    held: dict[int, int] = {}  # column → last row that a cell from above reaches down to
    for row, line in enumerate(table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"), 1):
        column = 1
        for cell in line.xpath("./td | ./th"):
            while held.get(column, 0) >= row:
                column += 1
            spans = (cell.get(name, "") for name in ("colspan", "rowspan"))
            width, height = (
                min(max(int(n[:7]), 1), _WIDEST) if n.isascii() and n.isdigit() else 1 for n in spans
            )
            held |= dict.fromkeys(range(column, column + width), row + height - 1) if height > 1 else {}
            if text := " ".join(cell.text_content().split()):
                cells[row, column] = Cell(row, column, CellKind.TEXT, text, text)
            column += width
    return cells


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


class _IncomingRows(OfficerRows):
    """The rows of the list."""

    def documents(self) -> Iterator[Incoming]:
        """The document of each row that is about this report."""
        for row in self.numbered:
            subject, number, sender = (self.text(row, name) for name in ("subject", "number", "sender"))
            # Whether it has half of the words of the plan's topic, written out or by their first letters.
            words, written = key(self.profile.plan.topic).split(), {*re.findall(r"\w+", key(subject))}
            initials = "".join(word[0] for word in words)
            short = sum(len(word) for word in written if len(word) > 2 and word in initials)
            if short + sum(word in written for word in words) < _LIKE_THE_TOPIC * len(words):
                continue
            dated, arrived = (
                value if isinstance(value, date) else None
                for name in ("dated", "arrived")
                for value in [read_value(self.cell(row, name), "date", self.profile.plan.words).value]
            )
            units, why = _sender(sender, number, self.names)
            if not why and _REPORTS not in key(subject) and "/bc" not in number.casefold():
                why = "trích yếu, ký hiệu không phải của báo cáo"
            if not why and dated is None:
                why = "chưa rõ ngày văn bản"
            number, sender, subject = map(masked, (number, sender, subject))
            yield Incoming(row, number, dated, sender, subject, units, arrived, why)

    @property
    def numbered(self) -> list[int]:
        """The rows in which a document stands."""
        return [row for row in self.rows if self.text(row, "number")]


def _sender(sender: str, number: str, names: UnitNames[Unit]) -> tuple[tuple[Unit, ...], str]:
    """The units that may have sent it, and what makes that a question: name and sign have to agree."""
    named, signed = names.find(sender), signed_by(number, names)
    if len(named) == 1 and (not signed or named[0] in signed):
        return named, ""
    if not named and len(signed) == 1:
        return signed, f"tên “{sender}” không có trong danh sách, ký hiệu là của {signed[0].short_name}"
    both = tuple(dict.fromkeys((*named, *signed))) or names.nearest(sender)
    return both, f"không rõ “{sender}” là đơn vị nào" if not (named and signed) else (
        f"nơi gửi “{sender}” và ký hiệu {number} là của hai đơn vị"
    )


def not_yet_there(documents: Sequence[Incoming], entries: Sequence[Entry]) -> Iterator[Incoming]:
    """Yield the documents that the tracking book doesn't have, by their numbers, or not their arrival."""
    there = {key(entry.document_number): entry.arrived_on for entry in entries if entry.document_number}
    return (
        document
        for document in documents
        if key(document.number) not in there
        or (document.is_clear and document.arrived_on and not there[key(document.number)])
    )
