"""Read .ods (OpenDocument) through python-calamine: values and texts, without formats, formulas, errors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from dvctt_report.intake.cells import Cell, CellKind, CellValue, Sheet, SheetState, Unreadable, Workbook
from dvctt_report.intake.container import REFUSALS, Kind
from dvctt_report.intake.formats import date_text, number_text, shortest_decimal
from dvctt_report.intake.package import Package

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_FIX = 'Mở tệp bằng Excel, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" rồi gửi lại.'
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def read_ods(data: bytes) -> Workbook:
    """Read an OpenDocument workbook with reduced fidelity.

    An error cell and an empty formula read as empty. Raises Unreadable (reason and remedy in Vietnamese).
    """
    from python_calamine import CalamineError, CalamineWorkbook

    content = _content_part(data)
    try:
        book = CalamineWorkbook.from_filelike(_bare_package(content))
        visible = {m.name: "Hidden" not in str(m.visible) for m in book.sheets_metadata}
        sheets = tuple(
            _sheet(book.get_sheet_by_index(n), name, visible.get(name, True))
            for n, name in enumerate(book.sheet_names)
        )
    except (CalamineError, ValueError, OverflowError, OSError) as fault:
        raise Unreadable("Không đọc được cấu trúc bảng của tệp .ods", _FIX) from fault
    if not sheets:
        raise Unreadable("Tệp .ods không có sheet nào đọc được", _FIX)
    return Workbook("ods", sheets, has_macros=b"<script:event-listener" in content)


def _content_part(data: bytes) -> bytes:
    """The part that holds the cells, inflated within the limits of a package."""
    package = Package(data)
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"encryption-data" in package.read(manifest):
        raise Unreadable(*REFUSALS[Kind.ENCRYPTED])
    if not package.has("content.xml"):
        raise Unreadable(*REFUSALS[Kind.DAMAGED])
    return package.read("content.xml")


def _bare_package(content: bytes) -> BytesIO:
    """A package of that part alone, so that nothing else is inflated; calamine 0.9 wants the two others."""
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", content)
    stream.seek(0)
    return stream


def _sheet(sheet: CalamineSheet, name: str, visible: bool) -> Sheet:
    state: SheetState = "visible" if visible else "hidden"
    return Sheet(name, state, {(c.row, c.column): c for c in _cells(sheet)})


def _cells(sheet: CalamineSheet) -> Iterator[Cell]:
    if sheet.start is None:
        return
    top, left = sheet.start
    for row, values in enumerate(sheet.to_python(), top + 1):
        for column, value in enumerate(values, left + 1):
            if value != "":
                yield Cell(row, column, *_content(value))


def _content(value: float | str | bool | date | time | timedelta) -> tuple[CellKind, CellValue, str]:
    if isinstance(value, str):
        return CellKind.TEXT, value, value
    if isinstance(value, bool):
        return CellKind.BOOL, value, "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    if isinstance(value, date):
        return CellKind.DATE, value, date_text(value)
    if isinstance(value, time | timedelta):
        return CellKind.TEXT, str(value), str(value)
    number = shortest_decimal(float(value)) if isinstance(value, float) else Decimal(value)
    return CellKind.NUMBER, number, number_text(number, "")
