"""What a clerk does to a form in Excel, done on the parts of its .xlsx.

All that the edit doesn't concern stays byte for byte: stored results, formats, hidden keys. A sheet is named
as on its tab, a cell as ``01-A số liệu!F8``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TypeAlias

from dvctt_report.files.cells import parse_address
from tests.intake.arrivals import zipped

Parts: TypeAlias = dict[str, bytes]
Edit: TypeAlias = Callable[[Parts], None]
"""Changes the parts of a workbook in place."""

BOOK = "xl/workbook.xml"
ROW = re.compile(r'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


@dataclass(frozen=True)
class Error:
    """An error of Excel: ``#REF!``."""

    name: str


@dataclass(frozen=True)
class Formula:
    """A formula and the result stored with it; ``cached`` None: never calculated."""

    text: str
    cached: Content | None = None


@dataclass(frozen=True)
class Raw:
    """A number exactly as it stands in the file: ``1.2E+11``."""

    text: str


@dataclass(frozen=True)
class Runs:
    """A text in runs, each with the XML of its own properties: ``("<strike/>", "2")``."""

    runs: tuple[tuple[str, str], ...]


Content: TypeAlias = int | float | str | bool | date | Error | Raw | Formula | Runs | None


def unzipped(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(data: bytes, *edits: Edit) -> bytes:
    """The workbook after these edits, one after the other."""
    parts = unzipped(data)
    for edit in edits:
        edit(parts)
    return zipped(parts, zipfile.ZIP_STORED)


def in_part(part: str, change: Callable[[str], str]) -> Edit:
    """Change a part's text; it has to change."""

    def edit(parts: Parts) -> None:
        before = parts[part].decode()
        after = change(before)
        assert after != before, part
        parts[part] = after.encode()

    return edit


def part_of(parts: Parts, sheet: str) -> str:
    """The part that holds a sheet."""
    found = re.search(rf'<sheet name="{re.escape(escape(sheet))}" sheetId="(\d+)"', parts[BOOK].decode())
    assert found, sheet
    return f"xl/worksheets/sheet{found[1]}.xml"


def in_sheet(sheet: str, change: Callable[[str], str]) -> Edit:
    return lambda parts: in_part(part_of(parts, sheet), change)(parts)


# --------------------------------------------------------------------------------------- cells


def put(
    where: str, content: Content, *, like: str = "", fmt: str = "", font: str = "", fill: str = ""
) -> Edit:
    """Type ``content`` into a cell, which keeps its looks unless it gets those of the cell ``like``.

    ``fmt``: a number format of its own; ``font``: a font, by its name or as XML of its properties; ``fill``:
    the XML of a fill.
    """

    def edit(parts: Parts) -> None:
        sheet, _, cell = where.rpartition("!")
        style = _new_style(parts, fmt, font, fill) if fmt or font or fill else ""
        if like:
            from_sheet, _, from_cell = like.rpartition("!")
            style = _style_of(parts[part_of(parts, from_sheet)].decode(), from_cell)
        part = part_of(parts, sheet)
        parts[part] = _with_cell(parts[part].decode(), cell, content, style).encode()

    return edit


def blanked(sheet: str, cells: str) -> Edit:
    """Clear several cells of a sheet."""

    def edit(parts: Parts) -> None:
        for cell in cells.split():
            put(f"{sheet}!{cell}", None)(parts)

    return edit


def _with_cell(xml: str, cell: str, content: Content, style: str) -> str:
    place = parse_address(cell)
    assert place is not None
    style = style or _style_of(xml, cell)
    number = re.search(rf'<row r="{place[0]}"([^>]*?)(?:/>|>(.*?)</row>)', xml, re.DOTALL)
    made = _cell_xml(cell, content, style)
    if number is None:
        rows = {int(row[1]): row[0] for row in ROW.finditer(xml)}
        rows[place[0]] = f'<row r="{place[0]}">{made}</row>'
        return with_rows(xml, rows)
    cells = {column_of(c[1]): c[0] for c in CELL.finditer(number[2] or "")} | {place[1]: made}
    row = f'<row r="{place[0]}"{number[1]}>{"".join(cells[n] for n in sorted(cells))}</row>'
    return xml[: number.start()] + row + xml[number.end() :]


def with_rows(xml: str, rows: Mapping[int, str]) -> str:
    start, end = xml.index("<sheetData"), xml.index("</sheetData>")
    return xml[:start] + "<sheetData>" + "".join(rows[n] for n in sorted(rows)) + xml[end:]


def _style_of(xml: str, cell: str) -> str:
    found = re.search(rf'<c r="{cell}"(?: s="(\d+)")?', xml)
    return (found[1] or "") if found else ""


def _cell_xml(cell: str, content: Content, style: str) -> str:
    head = f'<c r="{cell}"' + (f' s="{style}"' if style else "")
    formula = ""
    if isinstance(content, Formula):
        formula, content = f"<f>{escape(content.text, quote=False)}</f>", content.cached
    match content:
        case None:
            return f"{head}>{formula}</c>" if formula else f"{head}/>"
        case bool():
            return f'{head} t="b">{formula}<v>{int(content)}</v></c>'
        case Runs():
            runs = "".join(f"<r><rPr>{looks}</rPr><t>{text}</t></r>" for looks, text in content.runs)
            return f'{head} t="inlineStr"><is>{runs}</is></c>'
        case Error():
            return f'{head} t="e">{formula}<v>{content.name}</v></c>'
        case str() if formula:
            return f'{head} t="str">{formula}<v>{escape(content, quote=False)}</v></c>'
        case str():
            text = escape(content, quote=False)
            return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        case Raw():
            shown = content.text
        case date():
            shown = str((content - date(1899, 12, 30)).days)
        case _:
            shown = repr(content)
    return f"{head}>{formula}<v>{shown}</v></c>"


def _new_style(parts: Parts, fmt: str, font: str, fill: str) -> str:
    """A cell style of its own, appended to those that the workbook has."""
    xml = parts["xl/styles.xml"].decode()
    number = 0
    if font:
        own = font if font.startswith("<") else f'<name val="{font}"/>'
        xml = xml.replace("</fonts>", f'<font><sz val="11"/>{own}</font></fonts>')
    if fill:
        xml = xml.replace("</fills>", f"<fill>{fill}</fill></fills>")
    if fmt:
        number = 900 + xml.count("<numFmt ")
        code = f'<numFmt numFmtId="{number}" formatCode="{escape(fmt)}"/>'
        if "</numFmts>" in xml:
            xml = xml.replace("</numFmts>", f"{code}</numFmts>")
        else:
            xml = xml.replace("<fonts", f'<numFmts count="1">{code}</numFmts><fonts', 1)
    fonts, formats = (xml[xml.index(f"<{n}") : xml.index(f"</{n}>")] for n in ("fonts", "cellXfs"))
    font_id = fonts.count("<font>") - 1 if font else 0
    fill_id = xml[xml.index("<fills") : xml.index("</fills")].count("<fill>") - 1 if fill else 0
    own = f'<xf numFmtId="{number}" fontId="{font_id}" fillId="{fill_id}" borderId="0" xfId="0"/>'
    parts["xl/styles.xml"] = xml.replace("</cellXfs>", f"{own}</cellXfs>").encode()
    return str(formats.count("<xf "))


def column_of(letters: str) -> int:
    place = parse_address(f"{letters}1")
    assert place is not None
    return place[1]


def in_texts(change: Callable[[str], str]) -> Edit:
    """Change every text of the workbook; no tag is made of the letters that a change may touch."""
    text = re.compile(r"(<t(?: [^>]*)?>)([^<]*)(</t>)")
    return in_part("xl/sharedStrings.xml", lambda xml: text.sub(lambda m: m[1] + change(m[2]) + m[3], xml))
