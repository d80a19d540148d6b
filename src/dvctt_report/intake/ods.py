"""Read .ods (OpenDocument) through python-calamine: values and texts, without formats, formulas, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from dvctt_report.intake.cells import (
    Cell,
    CellKind,
    CellValue,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
    too_large,
)
from dvctt_report.intake.container import REFUSALS, Kind
from dvctt_report.intake.formats import date_text, number_text, shortest_decimal
from dvctt_report.intake.package import Package, local, parse_xml
from dvctt_report.limits import MAX_CELLS
from dvctt_report.vietnamese import format_count

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
    """The part that holds the cells, inflated within the limits of a package.

    Raises Unreadable also where it holds few cells but says that they are repeated without end: calamine
    would lay them all out.
    """
    package = Package(data)
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"encryption-data" in package.read(manifest):
        raise Unreadable(*REFUSALS[Kind.ENCRYPTED])
    if not package.has("content.xml"):
        raise Unreadable(*REFUSALS[Kind.DAMAGED])
    content = package.read("content.xml")
    area = _laid_out(content)
    if area > MAX_CELLS:
        raise too_large(f"{format_count(area)} ô")
    return content


def _laid_out(content: bytes) -> int:
    """How many cells the sheets have up to the last that holds something; 0 where the part is no XML."""
    row = column = n_columns = 0
    areas = [0]

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, n_columns
        name = local(tag)
        if name == "table":
            row = n_columns = 0
            areas.append(0)
        elif name == "table-row":
            row, column = row + _times(attributes, "table:number-rows-repeated"), 0
        elif name in ("table-cell", "covered-table-cell"):
            column += _times(attributes, "table:number-columns-repeated")
            if "office:value-type" in attributes:
                n_columns = max(n_columns, column)
                areas[-1] = row * n_columns

    with suppress(Unreadable):  # what is wrong with it is told by the reader
        parse_xml(content, "content.xml", start)
    return sum(areas)


def _times(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text[:9]) if text.isascii() and text.isdigit() else 1


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
