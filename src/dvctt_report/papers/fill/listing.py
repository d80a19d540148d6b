"""The list of all tags as a workbook: to copy a tag from, with what it gives today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from dvctt_report.explain.manifest import Manifest
from dvctt_report.forms.officer_sheet import (
    OfficerColumn,
    print_landscape,
    write_headers,
    write_row,
    write_title,
)
from dvctt_report.forms.saving import new_book, save_book
from dvctt_report.papers.fill.filling import Terms
from dvctt_report.papers.fill.values import FigureValue, FigureValues
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import mark
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.text.vietnamese import whole_of

if TYPE_CHECKING:
    from openpyxl import Workbook

_COLUMNS = (
    OfficerColumn("tag", "Thẻ", 52),
    OfficerColumn("about", "Nội dung", 52),
    OfficerColumn("value", "Số hiện có", 16),
    OfficerColumn("unit", "Đơn vị tính", 16, centred=True),
    OfficerColumn("of", "Của bao nhiêu đơn vị", 18, centred=True),
    OfficerColumn("missing", "Vì sao chưa có", 36),
)
_HOW = (
    "Chép một thẻ (cả hai dấu ngoặc) vào ô Excel hoặc đoạn Word của biểu, rồi chạy dvctt-report fill "
    "TỆP. Ô Excel chỉ có thẻ sẽ nhận số, giữ định dạng của ô; thẻ trong câu nhận chữ như báo cáo in."
)
_HEADERS_ROW = 3


def listing_bytes(manifest: Manifest, values: FigureValues, terms: Terms) -> bytes:
    """The workbook: a sheet of the whole, a sheet of single units."""
    book = new_book()
    when = ". ".join((terms.signed or terms.draft, *terms.notice))
    for name, listed in _sheets(manifest, values):
        rows = (_row(manifest, one) for one in listed)
        _write_sheet(book, name, f"DANH SÁCH THẺ, {manifest.period.words.upper()}", when, rows)
    return save_book(book)


def listing_index(manifest: Manifest, values: FigureValues) -> Iterator[PrintedBlock]:
    """What the list prints of which figure, row by row."""
    heads = tuple(column.header for column in _COLUMNS)
    for n, (name, listed) in enumerate(_sheets(manifest, values)):
        for one in listed:
            tag, about, *said, missing = _row(manifest, one)
            text, unit, of = (mark(one.name, text) if text[:1].isdigit() else text for text in said)
            cells = (tag, about, text, unit, of, missing)
            yield read_printed(TextBlock("Danh sách thẻ", cells, n, f"trang “{name}”", heads))


def _sheets(manifest: Manifest, values: FigureValues) -> Iterator[tuple[str, list[FigureValue]]]:
    """Each sheet with the figures that it lists; one that no words are known for is listed nowhere."""
    tagged = [one for one in values.all.values() if one.tag != one.name]
    for name, by_unit in ((whole_of(manifest.data["plan"]["province"]), False), ("Từng đơn vị", True)):
        yield name, [o for o in tagged if any(p in manifest.units for p in o.name.split(".")) is by_unit]


def _row(manifest: Manifest, one: FigureValue) -> tuple[str, ...]:
    return f"{{{{ {one.tag} }}}}", _about(manifest, one), one.text, one.unit, one.of, one.missing


def _about(manifest: Manifest, one: FigureValue) -> str:
    """The whole name of the item that a tag calls by its code."""
    codes = one.name.split(".")
    found = (".".join(codes[:n]) for n in range(len(codes), 0, -1))
    return next((manifest.items[code]["name"] for code in found if code in manifest.items), "")


def _write_sheet(book: Workbook, name: str, title: str, when: str, rows: Iterable[tuple[str, ...]]) -> None:
    sheet = book.create_sheet(name)
    write_title(sheet, title, f"{_HOW} {when}.", len(_COLUMNS), 44)
    write_headers(sheet, _HEADERS_ROW, _COLUMNS)
    for row, texts in enumerate(rows, _HEADERS_ROW + 1):
        write_row(sheet, row, zip(count(1), _COLUMNS, texts, strict=False))
    sheet.freeze_panes = f"A{_HEADERS_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADERS_ROW}:F{sheet.max_row}"
    print_landscape(sheet, _HEADERS_ROW)
