"""What the officer's own workbooks share: title, introduction, columns that are found by their headers."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from dvctt_report.forms.styles import FONT, GREY, HEADER, LINE
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import key

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class OfficerColumn:
    """One column: ``name`` as the reader calls it, ``width`` in characters; ``typed``: by the officer.

    ``needed``: a sheet without it can't be used; books made before a column came do without.
    """

    name: str
    header: str
    width: float
    number_format: str = "General"
    typed: bool = True
    centred: bool = False
    needed: bool = True


def read_columns(book: str) -> tuple[str, tuple[OfficerColumn, ...], dict[str, Any]]:
    """The introduction and the columns that ``books.toml`` has for a book, and all that it says."""
    said = parse_toml(read_text(PACKAGE / "forms" / "books.toml"))[book]
    return said["introduction"], tuple(OfficerColumn(**column) for column in said["columns"]), said


def find_columns(
    rows: Iterable[tuple[int, Mapping[int, str]]], columns: Sequence[OfficerColumn], needed: frozenset[str]
) -> tuple[int, dict[str, int]] | None:
    """The row of headers and where the columns are; None unless the ``needed`` and another stand there."""
    names = {key(c.header): c.name for c in columns}
    for number, cells in rows:
        found = {names[key(text)]: column for column, text in cells.items() if key(text) in names}
        if needed <= found.keys() and len(found) > 1:
            return number, found
    return None


def lay_out(
    sheet: Worksheet,
    title: str,
    introduction: str,
    columns: Sequence[OfficerColumn],
    head: int,
    height: float,
    header_height: float | None = None,
    widest: int = 20,
) -> None:
    """Write title and introduction over the columns, their headers in the row ``head``; set up its printing.

    Printed on A4 across, as wide as a page, the headers on each. ``height`` is the introduction's, in points,
    ``header_height`` that of the headers; ``widest``: the most columns below the title.
    """
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for row, text in ((1, title), (2, introduction)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=min(len(columns), widest))
        cell = sheet.cell(row, 1, text)
        cell.font = Font(name=FONT, size=14 if row == 1 else 10, bold=row == 1, italic=row == 2)
        cell.alignment = Alignment(
            horizontal="center" if row == 1 else "left", vertical="center", wrap_text=True
        )
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[2].height = height
    for n, column in enumerate(columns, 1):
        style_cell(sheet.cell(head, n, column.header), column, header=True)
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    if header_height is not None:
        sheet.row_dimensions[head].height = header_height
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_row(
    sheet: Worksheet, row: int, values: Iterable[tuple[int, OfficerColumn, object]], *, bold: bool = False
) -> None:
    """Write values, each into its column (from 1) in the looks of that; ``bold``: what isn't typed."""
    for n, column, value in values:
        cell = sheet.cell(row, n)
        if value is not None:
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with "=" is no formula
        style_cell(cell, column, bold=bold and not column.typed)


def offer_words(sheet: Worksheet, cells: str, words: Collection[str]) -> None:
    """Let cells be filled from a list of words alone, or be left blank; Excel divides the list by commas."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not words or any("," in word for word in words):
        return
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    choice.showErrorMessage = True
    choice.errorTitle, choice.error = "Xem lại", "Chọn một mục trong danh sách, hoặc để trống."
    choice.add(cells)
    sheet.add_data_validation(choice)


def style_cell(cell: Any, column: OfficerColumn, *, header: bool = False, bold: bool = False) -> None:
    """Give a cell its border, font and alignment; what isn't typed is grey.

    A cell like one before it in the workbook takes over its style: openpyxl compares each part of a style
    that is set with every other of the workbook.
    """
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    styles = _CELL_STYLES.setdefault(cell.parent.parent, {})
    looks = column.number_format, column.typed, column.centred
    asked = (looks, header, bold, tuple(cell._style or ()))
    if asked in styles:
        cell._style = copy(styles[asked])
        return
    side = Side(style="thin", color=LINE.removeprefix("#"))
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.font = Font(name=FONT, size=10.5 if header else 11, bold=header or bold)
    horizontal = "center" if header or column.centred else None
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    if header or not column.typed:
        cell.fill = PatternFill("solid", fgColor=(HEADER if header else GREY).removeprefix("#"))
    if not header:
        cell.number_format = column.number_format
    styles[asked] = copy(cell._style)


_CELL_STYLES: WeakKeyDictionary[Workbook, dict[tuple[object, ...], Any]] = WeakKeyDictionary()
"""Of each workbook, the style that a cell got by what was asked for it and what it had before."""


# ------------------------ Workbooks that are changed in place: opened, and saved as Excel would save them

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRINGS = "xl/sharedStrings.xml"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRINGS_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_LISTED = {
    "[Content_Types].xml": ("Override", {"PartName": f"/{_STRINGS}", "ContentType": _STRINGS_TYPE}),
    "xl/_rels/workbook.xml.rels": (
        "Relationship",
        {"Id": "rIdStrings", "Type": _STRINGS_LINK, "Target": f"/{_STRINGS}"},
    ),
}
"""Where a workbook lists its table of texts, and how."""
_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
    "family", "charset", "scheme",
)  # fmt: skip
"""The children of a font as Excel writes them. Source: ECMA-376, part 1, 18.8.22 (CT_Font)."""


def open_book(content: bytes | None = None, *, results: bool = False) -> Workbook:
    """The workbook with formulas, or their ``results``; without content a new one without sheets.

    Raises whatever openpyxl's parts raise. It is loaded without numpy, which it takes in wherever that is
    installed, and which lasts as long again.
    """
    if "openpyxl" not in sys.modules and "numpy" not in sys.modules:
        sys.modules["numpy"] = None  # type: ignore[assignment]  # so that importing it fails
        try:
            import openpyxl  # noqa: F401  # loaded here for whoever imports it next
        finally:
            del sys.modules["numpy"]
    from openpyxl import Workbook, load_workbook

    if content is not None:
        return load_workbook(io.BytesIO(content), data_only=results)
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def save_book(book: Workbook) -> bytes:
    """The bytes of ``book`` as validators want them: fonts in the schema's order, texts in their table."""
    from lxml import etree

    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    strings = etree.Element(f"{_MAIN}sst", nsmap={None: _MAIN.strip("{}")})
    number = count()  # counted along: lxml goes through all strings to tell how many there are
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for info in made.infolist():
            content, name = made.read(info), info.filename
            is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
            if is_sheet or name == "xl/styles.xml" or name in _LISTED:
                root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
                for font in root.iter(f"{_MAIN}font"):
                    font[:] = sorted(font, key=lambda child: _ORDER.index(etree.QName(child).localname))
                for cell in root.iter(f"{_MAIN}c"):
                    text = cell.find(f"{_MAIN}is")
                    if text is not None:
                        cell.set("t", "s")
                        etree.SubElement(cell, f"{_MAIN}v").text = str(next(number))
                        text.tag = f"{_MAIN}si"
                        strings.append(text)  # which takes it out of the cell
                if name in _LISTED:
                    entry, attributes = _LISTED[name]
                    etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{entry}", attributes)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            package.writestr(info, content)
        written = etree.tostring(strings, xml_declaration=True, encoding="UTF-8", standalone=True)
        package.writestr(_STRINGS, written)
    return out.getvalue()
