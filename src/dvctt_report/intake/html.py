"""Read a workbook saved as a web page (.htm, .mht, or either under the name .xls): values as they are shown.

Excel keeps hidden rows, columns and sheets in its pages; LibreOffice leaves them out, the form's keys with
them. Source: Microsoft Office HTML and XML Reference (Worksheets; Formulas).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dvctt_report.file_kinds import FileKind
from dvctt_report.intake.cells import (
    LAST_COLUMN,
    LAST_ROW,
    Cell,
    CellKind,
    CellValue,
    Mark,
    Range,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
    too_large,
)
from dvctt_report.intake.container import REFUSALS
from dvctt_report.intake.formats import is_date_format, is_shown_as, number_text, stored_number
from dvctt_report.limits import MAX_HTML

_MAX_TABLES = 500
_CHARSET = re.compile(rb"<meta[^>]*charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SOURCE = re.compile(r"<x:WorksheetSource\s+HRef=\"([^\"]*)\"")
_STATES: dict[str, SheetState] = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
_SPACES = re.compile(r"[ \t\r\n]+")
_STYLE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_FORMAT = re.compile(r"mso-number-format:\s*(?:\"((?:\\.|[^\"\\])*)\"|([^;}]+))", re.IGNORECASE)
_WHOLE_FORMAT = re.compile(r"[#,]*0")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[., \xa0][0-9]{3})+")
_STRUCK = ("s", "strike", "del")
_RAISED = ("sup", "sub")
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class _Listed(NamedTuple):
    """A sheet as Excel's page lists it; ``source`` is the name of the page that holds it, "" for this one."""

    name: str
    state: SheetState
    source: str


def read_html(data: bytes) -> Workbook:
    """Read every table of a web page as a sheet. Raises Unreadable where it holds none."""
    page = _page(data)
    return _workbook(_sheets(page, _formats(page)), FileKind.HTML)


def read_mhtml(data: bytes) -> Workbook:
    """Read the tables of a web page saved with all its parts in one file, as Excel does with a workbook."""
    from email import message_from_bytes

    pages: list[tuple[str, str]] = []
    formats: dict[str, str] = {}
    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and part.get_content_type() in ("text/html", "text/css"):
            pages.append((str(part.get("Content-Location", "")), _page(content)))
            formats |= _formats(pages[-1][1])
    listed = {s.source.rpartition("/")[2]: s for _, page in pages for s in _listed(page) if s.source}
    sheets: list[Sheet] = []
    for location, page in pages:
        name = location.replace("\\", "/").rpartition("/")[2]
        if listed and name not in listed:
            continue  # the page of the frames, or of the tabs at the bottom
        sheets += _sheets(page, formats, listed.get(name))
    return _workbook(sheets, FileKind.MHTML)


def _workbook(sheets: list[Sheet], kind: FileKind) -> Workbook:
    if not sheets:
        raise Unreadable(*REFUSALS[kind])
    return Workbook("html", tuple(sheets))


def _page(data: bytes) -> str:
    """The page as text. One in windows-1258 spells tones apart, so the text is composed."""
    if len(data) > MAX_HTML:
        raise too_large(f"trang web trên {MAX_HTML // 1_000_000} MB")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        named = _CHARSET.search(data[:4096])
        encoding = named[1].decode("ascii") if named else "utf-8-sig"
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode("utf-8-sig", "replace")
    return _DECLARATION.sub("", unicodedata.normalize("NFC", text) if "1258" in encoding else text)


def _listed(page: str) -> list[_Listed]:
    """The sheets that Excel lists in the head of its page."""
    from html import unescape

    sheets = []
    for listed in page[:1_000_000].split("<x:ExcelWorksheet>")[1:]:
        about = listed.partition("</x:ExcelWorksheet>")[0]
        name, source = about.partition("<x:Name>")[2].partition("</x:Name>")[0], _SOURCE.search(about)
        hidden = (s for word, s in _STATES.items() if f"<x:Visible>{word}<" in about)
        state: SheetState = next(hidden, "visible")
        sheets.append(_Listed(unescape(name), state, unescape(source[1]) if source else ""))
    return sheets


def _formats(css: str) -> dict[str, str]:
    """The number format of every class of cells that has one."""
    formats = {}
    for name, style in _STYLE.findall(css):
        if found := _FORMAT.search(style):
            formats[name] = re.sub(r"\\(.)", r"\1", found[1] or found[2] or "").strip()
    return formats


def _sheets(page: str, formats: Mapping[str, str], known: _Listed | None = None) -> list[Sheet]:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        tree = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return []
    tables = tree.xpath("//table[not(ancestor::table)]")[:_MAX_TABLES]
    listed = [known] if known else [s for s in _listed(page) if not s.source]
    sheets = []
    for n, table in enumerate(tables):
        headed = table.xpath("string(preceding::h1[1]//em)")
        own = listed[n] if n < len(listed) else _Listed(headed or f"Bảng {n + 1}", "visible", "")
        sheets.append(_Grid(table, formats).sheet(own.name or headed or f"Bảng {n + 1}", own.state))
    return sheets


class _Grid:
    """Lays the rows of one table out: spans push what follows aside, as in a browser."""

    def __init__(self, table: Any, formats: Mapping[str, str]) -> None:
        self.formats = formats
        self.merged: list[Range] = []
        self.cells: dict[tuple[int, int], Cell] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns = frozenset(_hidden_columns(table))
        held: dict[int, int] = {}  # column → last row that a cell from above reaches down to
        rows = table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
        for row, element in enumerate(rows, 1):
            column = 1
            for cell in element.xpath("./td | ./th"):
                while held.get(column, 0) >= row:
                    column += 1
                column += self._put(cell, row, column, _is_hidden(element), held)

    def _put(self, element: Any, row: int, column: int, row_hidden: bool, held: dict[int, int]) -> int:
        """Put one cell; return how many columns it takes."""
        width = _span(element, "colspan", LAST_COLUMN - column + 1)
        height = _span(element, "rowspan", LAST_ROW - row + 1)
        area = ""
        if width * height > 1:
            merged = Range(row, column, row + height - 1, column + width - 1)
            self.merged.append(merged)
            area = merged.ref
        if height > 1:
            held.update(dict.fromkeys(range(column, column + width), row + height - 1))
        number_format = self.formats.get(element.get("class", ""), "") or _stated_format(element)
        kind, value, raw, formula = _content(element, number_format)
        if kind is CellKind.NUMBER:  # what it shows is its number, by whatever name the page calls its format
            number_format = "0%" if raw.endswith("%") else "General"
        if raw:
            self.cells[row, column] = Cell(
                row,
                column,
                kind,
                value,
                raw,
                formula,
                number_format=number_format,
                merged=area,
                hidden=row_hidden or column in self.hidden_columns or _is_hidden(element),
                mark=_mark(element),
            )
            if row_hidden:
                self.hidden_rows.add(row)
        return width

    def sheet(self, name: str, state: SheetState) -> Sheet:
        hidden_rows = frozenset(self.hidden_rows)
        return Sheet(name, state, self.cells, tuple(self.merged), hidden_rows, self.hidden_columns)


def _hidden_columns(table: Any) -> Iterator[int]:
    column = 1
    for element in table.xpath("./col | ./colgroup/col"):
        width = _span(element, "span", max(LAST_COLUMN - column + 1, 1))
        if _is_hidden(element):
            yield from range(column, column + width)
        column += width


def _is_hidden(element: Any) -> bool:
    return bool(_NO_DISPLAY.search(element.get("style", "")))


def _mark(element: Any) -> Mark:
    """Whether a part of the cell is struck out, or else raised, by its tag or by its own style."""
    looks = {str(node.tag) + node.get("style", "").lower() for node in element.iter() if node.tag != "br"}
    if any(look in _STRUCK or "line-through" in look for look in looks):
        return "struck"
    return "raised" if any(look.startswith(_RAISED) for look in looks) else ""


def _span(element: Any, name: str, most: int) -> int:
    text = element.get(name, "")
    return min(max(int(text[:7]), 1), most) if text.isascii() and text.isdigit() else 1


def _stated_format(element: Any) -> str:
    """The number format as LibreOffice writes it beside a value: "language;decimals;format"."""
    return element.get("sdnum", "").partition(";")[2].partition(";")[2] or "General"


def _content(element: Any, number_format: str) -> tuple[CellKind, CellValue, str, str]:
    """Kind, value, text as seen ("": nothing), formula; a number only where the page gives and shows it.

    Excel's newer pages don't tell "66" from a text; it is taken as the number, as Excel does on opening it.
    Under a format for whole numbers ("#,##0") a point or comma can only stand between thousands.
    """
    attributes: Mapping[str, str] = element.attrib
    shown = _text(element)
    formula = attributes.get("x:fmla", "").removeprefix("=")
    if "x:err" in attributes:
        return CellKind.ERROR, shown, shown, formula
    if "x:bool" in attributes:
        truth = attributes["x:bool"].strip().upper() in ("TRUE", "1", "-1")
        return CellKind.BOOL, truth, "TRUE" if truth else "FALSE", formula
    exact = attributes.get("x:num") or (shown if "x:num" in attributes else attributes.get("sdval", ""))
    if not exact and _PLAIN.fullmatch(shown) and number_format != "@":
        exact = shown
    elif not exact and _WHOLE_FORMAT.fullmatch(number_format) and _GROUPED.fullmatch(shown):
        exact = re.sub(r"[., \xa0]", "", shown)
    number = None if is_date_format(number_format) else stored_number(exact)  # a day stands there as text
    percent = shown.endswith("%")
    if number is not None and is_shown_as(number * 100 if percent else number, shown.removesuffix("%")):
        return CellKind.NUMBER, number, number_text(number, "0%" if percent else ""), formula
    return CellKind.TEXT, shown, shown, formula


def _text(element: Any) -> str:
    """The text as a browser shows it: white space collapsed, a line for each <br>, no mere NBSP."""
    chunks: list[str] = []
    for node in element.iter():
        if node.tag == "br":
            chunks.append("\v")
        elif isinstance(node.tag, str):
            chunks.append(node.text or "")
        if node is not element:
            chunks.append(node.tail or "")
    lines = _SPACES.sub(" ", "".join(chunks)).split("\v")
    text = "\n".join(line.strip(" ") for line in lines).strip("\n")
    return text if text.strip("\xa0 \n") else ""
