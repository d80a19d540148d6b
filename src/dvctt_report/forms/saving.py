"""Workbooks of openpyxl, for the few books that are changed in place: opened, and saved as Excel would."""

from __future__ import annotations

import io
import sys
import zipfile
from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from openpyxl import Workbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLES, _SHEETS, _STRINGS = "xl/styles.xml", "xl/worksheets/", "xl/sharedStrings.xml"
_TYPES, _LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRINGS_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
    "family", "charset", "scheme",
)  # fmt: skip
"""The children of a font as Excel writes them. Source: ECMA-376, part 1, 18.8.22 (CT_Font)."""


def new_book() -> Workbook:
    """A workbook without sheets."""
    _import_openpyxl()
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def open_book(content: bytes, *, results: bool = False) -> Workbook:
    """The workbook with formulas, or their ``results``. Raises whatever openpyxl's parts raise."""
    _import_openpyxl()
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), data_only=results)


def _import_openpyxl() -> None:
    """Load openpyxl without numpy: it takes that in wherever it is installed, which lasts as long again."""
    if "openpyxl" in sys.modules or "numpy" in sys.modules:
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # so that importing it fails
    try:
        import openpyxl  # noqa: F401  # loaded here for whoever imports it next
    finally:
        del sys.modules["numpy"]


def save_book(book: Workbook) -> bytes:
    """The bytes of ``book`` as validators want them: fonts in the schema's order, texts in their table."""
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as made:
        parts = [(info, made.read(info)) for info in made.infolist()]
    strings = etree.Element(f"{_MAIN}sst", nsmap={None: _MAIN.strip("{}")})
    changed = {}
    for info, content in parts:
        if info.filename == _STYLES:
            root = etree.fromstring(content)
            for font in root.iter(f"{_MAIN}font"):
                font[:] = sorted(font, key=lambda child: _ORDER.index(etree.QName(child).localname))
            changed[info.filename] = _written(root)
        elif info.filename.startswith(_SHEETS) and info.filename.endswith(".xml"):
            changed[info.filename] = _with_shared_strings(content, strings)
        elif info.filename == _TYPES:
            attributes = {"PartName": f"/{_STRINGS}", "ContentType": _STRINGS_TYPE}
            changed[info.filename] = _with_entry(content, "Override", attributes)
        elif info.filename == _LINKS:
            attributes = {"Id": "rIdStrings", "Type": _STRINGS_LINK, "Target": f"/{_STRINGS}"}
            changed[info.filename] = _with_entry(content, "Relationship", attributes)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for info, content in parts:
            package.writestr(info, changed.get(info.filename, content))
        package.writestr(_STRINGS, _written(strings))
    return out.getvalue()


def _with_shared_strings(sheet: bytes, strings: etree._Element) -> bytes:
    """Move the texts of a sheet's cells to ``strings``, whatever their formatting."""
    root = etree.fromstring(sheet, etree.XMLParser(huge_tree=True))
    number = count(len(strings))  # counted along: lxml goes through all strings to tell how many there are
    for cell in root.iter(f"{_MAIN}c"):
        text = cell.find(f"{_MAIN}is")
        if text is not None:
            cell.set("t", "s")
            etree.SubElement(cell, f"{_MAIN}v").text = str(next(number))
            cell.remove(text)
            text.tag = f"{_MAIN}si"
            strings.append(text)
    return _written(root)


def _with_entry(listing: bytes, name: str, attributes: dict[str, str]) -> bytes:
    root = etree.fromstring(listing)
    etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{name}", attributes)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
