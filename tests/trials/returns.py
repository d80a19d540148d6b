"""A hundred and fifty edits of returned forms, as people make them, and what the program makes of each.

    nice -n 5 .venv/bin/python tests/trials/returns.py                  # all, and the table
    .venv/bin/python tests/trials/returns.py 12 33 --keep /tmp/kept     # two; the workspaces are kept
    .venv/bin/python tests/trials/returns.py --write tests/trials/returns.md

Every case starts from a form that is filled completely and accepted without a question, is edited, and is
put alone in the inbox of a fresh workspace. What was expected stands in the table of cases, and was decided
before the first run. Seen from outside only: by what `collect`, `validate`, `export`, `render --final` and
the officer's book of things to do say. LibreOffice (`soffice`) is needed.

What can become of a case:

- asked: no figure that the edit touches is used, and something is asked (an error, a warning, or a reason
  why `render --final` gives nothing);
- told: such a figure is used, and something is asked;
- shown: such a figure is used, and only a piece of information, or a line of the officer's sheet of remarks,
  names the place;
- silent: such a figure is used, and nothing is said; of a harmless edit this is called none;
- lost: no such figure is used, and nothing is asked;
- changed: a harmless edit gave another figure, without a question.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import openpyxl
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from dvctt_report.cli.door import main as program

Edit = Callable[[Path], None]
Cells = Mapping[str, Mapping[str, object]]
Key = tuple[str, str, str]
"""Item, field and part: what a figure answers, wherever it stands."""

COVER, A01, PARTS, B01 = "Bìa", "01-A số liệu", "Chi tiết theo xã", "01-B có không"
C02, S03, S04, T05 = "02 hoạt động", "03 hồ sơ TTHC", "04 hài lòng", "05-A nhiệm vụ, kinh phí"
P05, SIGN, XA = "05-B đánh giá, kiến nghị", "Trang ký", "Biểu cấp xã"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT: Final = Path(__file__).parents[2]


# The three forms, and what their clerks wrote.


def across(cells: str, *values: object) -> dict[str, object]:
    return dict(zip(cells.split(), values, strict=True))


_CONTACT: Final = ("Nguyễn Thị Lan, chuyên viên Văn phòng", "0259 3822 111", "vanphong@donvi.example.vn")
_PROSE: Final[dict[str, object]] = {
    "E7": "Tỷ lệ hồ sơ nộp trực tuyến tăng so với năm trước.",
    "E8": "Một số hồ sơ còn phải nộp bản giấy.",
    "E9": "Người dân chưa quen dùng chữ ký số.",
    "E12": "Tổ chức thêm lớp tập huấn cho công chức.",
}

AGENCY: Final[Cells] = {
    COVER: across("E16 E17 E18", *_CONTACT),
    A01: across("F8 G8 F9 G9 G10 F13 G13 H13", 86, 84, 14, 12, 2310, 21, 18, 1),
    B01: across("E8 E9 E10", "Có", "Có", "Có")
    | across(
        "F8 F9 F10", "https://stc.example.vn/dvctt/1", "Công văn số 567/VPUB-KSTT", "Quyết định số 88/QĐ-STC"
    ),
    C02: across("G9 G10 G11 G12 G13 G14 G15", 3, 4, 260, 6, 500, 25, 3)
    | across("E22 G22 E28 G28", "Phổ biến Kế hoạch tại họp giao ban", "x", "Treo băng rôn tại trụ sở", "x"),
    S03: across("E9 F9 G9 H9 I9 J9 K9 L9 M9 N9 O9", 2730, 2450, 250, 30, 2640, 1200, 1420, 20, 90, 88, 2),
    S04: across("F8 G8 H8 I8 F9 G9 H9 I9", 820, 820, 820, 795, 210, 210, 210, 204)
    | across("F10 G10 H10 I10 F11 G11 H11 I11", 150, 145, 140, 133, 40, 38, 38, 36),
    T05: across("G8 G9 G12", "Đã thực hiện", "Đã thực hiện", "Đang thực hiện")
    | across("G20 G21 G22", 60_000_000, 55_000_000, "Có"),
    P05: _PROSE
    | across("D17 E17 F17", "120/KH-STC", date(2025, 3, 25), "Kế hoạch tuyên truyền DVCTT năm 2025 của Sở"),
    SIGN: across("E7 E8 E9 E13", "1234/BC-STC", date(2025, 11, 3), "Giám đốc Trần Văn Hùng", "GIÁM ĐỐC"),
}


def _communes() -> dict[str, object]:
    """The district's own offices in row 9, nine communes below."""
    cells = across("E9 F9 G9 H9", 92, 90, 15, 15)
    for nth, row in enumerate(range(10, 19)):
        row_cells = " ".join(f"{column}{row}" for column in "EFGHIJKL")
        cells |= across(row_cells, 24 + nth, 23 + nth, 4, 3 + nth % 2, 5, 4 + nth % 2, 31 + nth, 28 + nth)
    return cells


DISTRICT: Final[Cells] = {
    COVER: across("E16 E17 E18", *_CONTACT),
    A01: across("G12 F15 G15 H15", 6120, 34, 30, 2),
    PARTS: _communes(),
    B01: across("E8 E9 E10 E11", "Có", "Có", "Có", "Có")
    | across("F8 F9", "https://ninhhai.example.vn/dvctt/1", "Công văn số 567/VPUB-KSTT")
    | across("F10 F11", "Chuyên mục Chuyển đổi số, số 12", "Quyết định số 310/QĐ-UBND"),
    C02: across("G9 G10 G11 G12 G13 G14 G15 G16 G17 G18", 10, 14, 1250, 40, 3000, 61, 55, 1900, 6, 420)
    | across("E25 G25 E29 G29", "Phổ biến tại hội nghị trực báo", "x", "Hướng dẫn tại bưu điện xã", "x"),
    S03: across("E9 F9 G9 H9 I9 J9 K9 L9 M9 N9 O9", 2600, 2200, 380, 20, 2520, 1300, 1200, 20, 80, 78, 2)
    | across(
        "E10 F10 G10 H10 I10 J10 K10 L10 M10 N10 O10", 4500, 4100, 370, 30, 4400, 2400, 1990, 10, 100, 99, 1
    ),
    S04: across("F8 G8 H8 I8 F9 G9 H9 I9", 2300, 2300, 2300, 2210, 610, 610, 610, 580)
    | across("F10 G10 H10 I10 F11 G11 H11 I11", 120, 120, 120, 114, 30, 30, 30, 29)
    | across("F12 G12 H12 I12", 300, 290, 280, 262),
    T05: across("G8 G11", "Đã thực hiện", "Đang thực hiện") | across("G18 G21", "x", "Có"),
    P05: _PROSE
    | across(
        "D17 E17 F17", "77/KH-UBND", date(2025, 3, 28), "Kế hoạch tuyên truyền DVCTT năm 2025 của huyện"
    ),
    SIGN: across("E7 E8 E9", "415/BC-UBND", date(2025, 11, 4), "Chủ tịch Lê Văn Tâm"),
}

COMMUNE: Final = "Ủy ban nhân dân xã Hòa Trí"
JOINT: Final[Cells] = {
    XA: {"C1": COMMUNE}
    | across("F7 G7 F8 G8 F9 G9 F10 G10 F11 G11", 41, 40, 6, 6, 9, 8, 63, 60, 1750, 1530)
    | across("F14 G14 F18 G18 F19 G19 F20 G20 F21 G21", 8, 7, 640, 611, 150, 141, 30, 29, 12, 12)
    | across("F25 F26 F27", "Có", "Có", "Có")
    | across(
        "H25 H26 H27",
        "https://hoatri.example.vn/dvctt/1",
        "Công văn số 567/VPUB-KSTT",
        "Quyết định số 21/QĐ-UBND",
    )
    | across("F31 F32", "Đã thực hiện", "Đang thực hiện")
    | across("I36 I37 I38 I39 I40 I41 I42 I43 I44 I45", 1, 5, 310, 6, 400, 14, 12, 520, 2, 90)
    | across("I50 I54 I62 I65", "x", "x", "x", "Có")
    | across("E70 E71", "Tỷ lệ hồ sơ nộp trực tuyến tăng.", "Một số hồ sơ còn phải nộp bản giấy.")
    | across("D77 E77 F77", "15/KH-UBND", date(2026, 3, 20), "Kế hoạch tuyên truyền DVCTT năm 2026 của xã")
    | across("F83 F84 F85 F86", *_CONTACT[:2], "98/BC-UBND", date(2026, 11, 4)),
}


@dataclass(frozen=True)
class Form:
    """A form as the program issues it, and how it comes back."""

    profile: str
    year: int
    issued: str
    name: str
    """What the file is called when it comes back."""
    filled: Cells
    sender: str
    """The unit, as a line about it names it."""


FORMS: Final[Mapping[str, Form]] = {
    "agency": Form(
        "ninh_thuan",
        2025,
        "BM2025_STC_So-Tai-chinh.xlsx",
        "BM2025_STC_So-Tai-chinh.xlsx",
        AGENCY,
        "Sở Tài chính",
    ),
    "district": Form(
        "ninh_thuan",
        2025,
        "BM2025_NHI_UBND-huyen-Ninh-Hai.xlsx",
        "BM2025_NHI_UBND-huyen-Ninh-Hai.xlsx",
        DISTRICT,
        "Ninh Hải",
    ),
    "joint": Form("khanh_hoa", 2026, "bieu-cap-xa-2026.xlsx", "UBND xã Hòa Trí.xlsx", JOINT, "Hòa Trí"),
}
COMMUNE_SHEET_ROWS: Final = range(10, 19)


# Hands: how a file is edited.


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    book = openpyxl.load_workbook(path, rich_text=True)
    yield book
    book.save(path)


def write(cells: Cells) -> Edit:
    """Type into cells; None clears one."""

    def edit(path: Path) -> None:
        with opened(path) as book:
            for sheet, values in cells.items():
                for ref, value in values.items():
                    book[sheet][ref] = value

    return edit


def typed(sheet: str, ref: str, value: object) -> Edit:
    return write({sheet: {ref: value}})


def replaced(sheet: str, ref: str, old: str, new: str) -> Edit:
    """Change some words of a printed cell."""

    def edit(path: Path) -> None:
        with opened(path) as book:
            before = str(book[sheet][ref].value)
            assert old in before, (sheet, ref, before)
            book[sheet][ref] = before.replace(old, new, 1)

    return edit


def all_of(*edits: Edit) -> Edit:
    def edit(path: Path) -> None:
        for one in edits:
            one(path)

    return edit


def on_book(change: Callable[[Any], None]) -> Edit:
    def edit(path: Path) -> None:
        with opened(path) as book:
            change(book)

    return edit


def on_cells(change: Callable[[Any], None], *sheets: str) -> Edit:
    """Do something to every cell that says something (of these sheets, or of all)."""

    def edit(path: Path) -> None:
        with opened(path) as book:
            for sheet in book.worksheets:
                if not sheets or sheet.title in sheets:
                    for row in sheet.iter_rows():
                        for cell in row:
                            if cell.value is not None:
                                change(cell)

    return edit


def restyled(sheet: str, refs: str, **how: Any) -> Edit:
    """Give cells another font: only what is named changes."""

    def edit(path: Path) -> None:
        with opened(path) as book:
            for rows in book[sheet][refs] if ":" in refs else ((book[sheet][refs],),):
                for cell in rows:
                    font = copy(cell.font)
                    cell.font = Font(
                        name=how.get("name", font.name),
                        size=how.get("size", font.size),
                        bold=font.bold,
                        italic=font.italic,
                        strike=how.get("strike", font.strike),
                        color=how.get("color", font.color),
                    )

    return edit


def formatted(sheet: str, ref: str, number_format: str) -> Edit:
    def change(book: Any) -> None:
        book[sheet][ref].number_format = number_format

    return on_book(change)


def exchanged(sheet: str, *pairs: str) -> Edit:
    """Exchange what two cells hold, for every pair "A1 B1"."""

    def change(book: Any) -> None:
        for pair in pairs:
            one, other = (book[sheet][ref] for ref in pair.split())
            one.value, other.value = other.value, one.value

    return on_book(change)


def retitled(old: str, new: str) -> Edit:
    """Rename a tab; as in Excel, formulas go along."""

    def change(book: Any) -> None:
        book[old].title = new
        _each_formula(book, lambda formula: formula.replace(f"'{old}'!", f"'{new}'!"))

    return on_book(change)


def _each_formula(book: Any, change: Callable[[str], str]) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.value = change(cell.value)


def rows_moved(sheet: str, row: int, by: int) -> Edit:
    """Insert (by 1) or delete (by -1) a row as Excel does: formulas, merges and lists of choices go along."""

    def moved(number: int) -> int:
        return number + by if number >= row else number

    def moved_reference(reference: str) -> str:
        def end(match: re.Match[str]) -> str:
            return f"{match[1]}{match[2]}{moved(int(match[3]))}"

        return re.sub(r"(\$?[A-Z]{1,3})(\$?)(\d+)", end, reference)

    def formula_of(here: str) -> Callable[[str], str]:
        def change(formula: str) -> str:
            out = []
            for token in Tokenizer(formula).items:
                text = token.value
                if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                    named, _, reference = text.rpartition("!")
                    if (named.strip("'") or here) == sheet:
                        text = (
                            f"{named}!{moved_reference(reference)}" if named else moved_reference(reference)
                        )
                out.append(text)
            return "=" + "".join(out)

        return change

    def change(book: Any) -> None:
        there = book[sheet]
        merged = [str(one) for one in there.merged_cells.ranges]
        for one in merged:
            there.unmerge_cells(one)
        heights = {
            number: (there.row_dimensions[number].height, there.row_dimensions[number].hidden)
            for number in range(row, there.max_row + 1)
        }
        for one in book.worksheets:
            translate = formula_of(one.title)
            for cells in one.iter_rows():
                for cell in cells:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = translate(cell.value)
        if by > 0:
            there.insert_rows(row, by)
        else:
            there.delete_rows(row, -by)
        for number, (height, hidden) in heights.items():
            if by > 0 or number != row:
                there.row_dimensions[moved(number)].height = height
                there.row_dimensions[moved(number)].hidden = hidden
        for one in merged:
            there.merge_cells(moved_reference(one))
        for list_of in there.data_validations.dataValidation:
            for one in list_of.sqref.ranges:
                one.min_row, one.max_row = moved(one.min_row), moved(one.max_row)

    return on_book(change)


def commented(sheet: str, ref: str, text: str, author: str = "Nguyen Thi Lan") -> Edit:
    def change(book: Any) -> None:
        book[sheet][ref].comment = Comment(f"{author}:\n{text}", author)

    return on_book(change)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def save_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Which part holds which tab."""
    targets = {
        one.get("Id"): one.get("Target") for one in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    book = etree.fromstring(parts["xl/workbook.xml"])
    return {
        one.get("name"): "xl/"
        + targets[one.get(f"{{{OFFICE_REL}}}id")].removeprefix("/xl/").removeprefix("xl/")
        for one in book.iter(f"{{{MAIN}}}sheet")
    }


def text_box(sheet: str, text: str) -> Edit:
    """Draw a box with words over a sheet."""
    drawing = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><xdr:wsDr '
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from>'
        "<xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>14</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        "<xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>17</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        '</xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1"/>'
        '<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/>'
        "<a:lstStyle/><a:p><a:r>"
        f'<a:rPr lang="vi-VN"/><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>'
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )

    def edit(path: Path) -> None:
        parts = parts_of(path)
        part = sheet_parts(parts)[sheet]
        rels = f"xl/worksheets/_rels/{Path(part).name}.rels"
        assert rels not in parts, rels
        parts["xl/drawings/drawing77.xml"] = drawing.encode()
        parts[rels] = (
            f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="rId77" Type="{OFFICE_REL}/drawing" '
            'Target="../drawings/drawing77.xml"/></Relationships>'
        ).encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/xl/drawings/drawing77.xml" '
            b'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        )
        page = etree.fromstring(parts[part])
        box = etree.Element(f"{{{MAIN}}}drawing", {f"{{{OFFICE_REL}}}id": "rId77"})
        before = page.find(f"{{{MAIN}}}headerFooter")
        before.addnext(box)
        parts[part] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
        save_parts(path, parts)

    return edit


def from_another_file(sheet: str, ref: str, value: int) -> Edit:
    """Have a cell fetch its figure from a file that only the clerk has."""
    link = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE_REL}" r:id="rId1"><sheetNames>'
        '<sheetName val="Tong hop"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="5">'
        '<cell r="B5">'
        f"<v>{value}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
    )
    link_rels = (
        f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="rId1" Type="{OFFICE_REL}/externalLinkPath" '
        'Target="file:///D:/Bao%20cao%202024/So%20lieu%202024.xlsx" TargetMode="External"/></Relationships>'
    )

    def edit(path: Path) -> None:
        parts = parts_of(path)
        part = sheet_parts(parts)[sheet]
        page = etree.fromstring(parts[part])
        (cell,) = (one for one in page.iter(f"{{{MAIN}}}c") if one.get("r") == ref)
        for old in list(cell):
            cell.remove(old)
        cell.attrib.pop("t", None)
        etree.SubElement(cell, f"{{{MAIN}}}f").text = "'[1]Tong hop'!$B$5"
        etree.SubElement(cell, f"{{{MAIN}}}v").text = str(value)
        parts[part] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
        parts["xl/externalLinks/externalLink1.xml"] = link.encode()
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = link_rels.encode()
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rId777" Type="{OFFICE_REL}/externalLink" '
            'Target="externalLinks/externalLink1.xml"/></Relationships>'.encode(),
        )
        book = etree.fromstring(parts["xl/workbook.xml"])
        links = etree.Element(f"{{{MAIN}}}externalReferences")
        etree.SubElement(links, f"{{{MAIN}}}externalReference", {f"{{{OFFICE_REL}}}id": "rId777"})
        book.find(f"{{{MAIN}}}sheets").addnext(links)
        parts["xl/workbook.xml"] = etree.tostring(
            book, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/'
            b'vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>',
        )
        save_parts(path, parts)

    return edit


def google(path: Path) -> None:
    """Save as another program does that knows cells, widths and hidden rows, and nothing else of ours."""
    old = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)
    new = openpyxl.Workbook()
    new.remove(new.active)
    thin = Side(style="thin", color="FF000000")
    for sheet in old.worksheets:
        page = new.create_sheet(sheet.title)
        page.sheet_state = "visible" if sheet.sheet_state == "visible" else "hidden"
        for merged in sheet.merged_cells.ranges:
            page.merge_cells(str(merged))
        for column in sheet.column_dimensions.values():
            for number in range(column.min or 1, (column.max or column.min or 1) + 1):
                page.column_dimensions[get_column_letter(number)].hidden = column.hidden
                page.column_dimensions[get_column_letter(number)].width = (column.width or 9) * 0.9
        for number, row in sheet.row_dimensions.items():
            page.row_dimensions[number].hidden = row.hidden
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value is not None:
                    made = page[cell.coordinate]
                    made.value = cell.value
                    made.number_format = cell.number_format
                    made.font = Font(name="Arial", size=10, bold=cell.font.bold)
                    made.alignment = Alignment(wrap_text=True, vertical="bottom")
                    made.border = Border(top=thin, bottom=thin, left=thin, right=thin)
    for name, defined in old.defined_names.items():
        new.defined_names[name] = copy(defined)
    new.save(path)
    fill_results(path, results_in(results))
    parts = {name: part for name, part in parts_of(path).items() if not name.startswith("docProps/")}
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*docProps[^>]*/>", b"", parts["_rels/.rels"])
    parts["[Content_Types].xml"] = re.sub(
        rb"<Override [^>]*(docProps|sharedStrings)[^>]*/>", b"", parts["[Content_Types].xml"]
    )
    inline_strings(parts)
    save_parts(path, parts)


_STRINGS: Final = "xl/sharedStrings.xml"


def inline_strings(parts: dict[str, bytes]) -> None:
    """Keep every string in its cell, where another program keeps it in a table."""
    if _STRINGS not in parts:
        return
    texts = ["".join(one.itertext()) for one in etree.fromstring(parts.pop(_STRINGS))]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(Override|Relationship) [^>]*sharedStrings[^>]*/>", b"", parts[name])
    for name in sheet_parts(parts).values():
        page = etree.fromstring(parts[name])
        for cell in page.iter(f"{{{MAIN}}}c"):
            if cell.get("t") == "s":
                text = texts[int(cell.findtext(f"{{{MAIN}}}v"))]
                for inner in list(cell):
                    cell.remove(inner)
                cell.set("t", "inlineStr")
                held = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
                held.text = text
                held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        parts[name] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)


def shared_strings(parts: dict[str, bytes]) -> None:
    """Keep strings in one table as Excel does; what openpyxl saves may have them in the cells."""
    table = etree.fromstring(parts[_STRINGS]) if _STRINGS in parts else etree.Element(f"{{{MAIN}}}sst")
    numbers: dict[bytes, int] = {}
    for name in sheet_parts(parts).values():
        page = etree.fromstring(parts[name])
        for cell in page.iter(f"{{{MAIN}}}c"):
            held = cell.find(f"{{{MAIN}}}is")
            if cell.get("t") == "inlineStr" and held is not None:
                cell.remove(held)
                held.tag = f"{{{MAIN}}}si"
                content = etree.tostring(held)
                if content not in numbers:
                    numbers[content] = len(table)
                    table.append(held)
                cell.set("t", "s")
                etree.SubElement(cell, f"{{{MAIN}}}v").text = str(numbers[content])
        parts[name] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
    if numbers and _STRINGS not in parts:
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rId778" Type="{OFFICE_REL}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>".encode(),
        )
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
            b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        )
    parts[_STRINGS] = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def strings_shuffled(path: Path) -> None:
    """Number the shared strings anew, backwards, as a program may that saves them in another order."""
    parts = parts_of(path)
    table = etree.fromstring(parts["xl/sharedStrings.xml"])
    entries = list(table)
    for entry in reversed(entries):
        table.append(entry)
    parts["xl/sharedStrings.xml"] = etree.tostring(table, xml_declaration=True, encoding="UTF-8")
    for name in sheet_parts(parts).values():
        page = etree.fromstring(parts[name])
        for cell in page.iter(f"{{{MAIN}}}c"):
            if cell.get("t") == "s":
                value = cell.find(f"{{{MAIN}}}v")
                value.text = str(len(entries) - 1 - int(value.text))
        parts[name] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
    save_parts(path, parts)


_PROFILE: Final = Path(tempfile.gettempdir()) / f"returns-office-{os.getpid()}"


def saved_as(files: Sequence[Path], kind: str, folder: Path) -> None:
    """Have LibreOffice save files as another kind, under their names."""
    if files:
        command = [
            "soffice",
            f"-env:UserInstallation={_PROFILE.as_uri()}",
            "--headless",
            "--convert-to",
            kind,
        ]
        done = subprocess.run(
            [*command, "--outdir", str(folder), *map(str, files)],
            capture_output=True,
            timeout=600,
            check=True,
        )
        for one in files:
            assert (folder / f"{one.stem}.{kind.partition(':')[0]}").exists(), done.stderr.decode()


def resaved(*kinds: str) -> Edit:
    """Open and save in LibreOffice, as one kind after another; the file keeps its name."""

    def edit(path: Path) -> None:
        with tempfile.TemporaryDirectory() as name:
            here = Path(shutil.copy(path, Path(name) / f"t{path.suffix}"))
            for nth, kind in enumerate(kinds):
                folder = Path(name) / str(nth)
                saved_as([here], kind, folder)
                here = folder / f"t.{kind}"
            shutil.copy(here, path)

    return edit


def zipped(path: Path) -> None:
    content = path.read_bytes()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("BM2025_STC_So-Tai-chinh.xlsx", content)


# What Excel leaves in a file beside a formula: its result, and the foot of the page as it was.


def results_in(book: Any) -> dict[str, dict[str, object]]:
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }


def fill_results(
    path: Path, results: Mapping[str, Mapping[str, object]], feet: Mapping[str, bytes] | None = None
) -> None:
    """Write beside each formula what it gives; openpyxl saves none, Excel always does."""
    parts = parts_of(path)
    for title, name in sheet_parts(parts).items():
        page = etree.fromstring(parts[name])
        known = results.get(title, {})
        for cell in page.iter(f"{{{MAIN}}}c"):
            if cell.find(f"{{{MAIN}}}f") is None or cell.findtext(f"{{{MAIN}}}v"):
                continue
            value = cell.find(f"{{{MAIN}}}v")
            if value is None:
                value = etree.SubElement(cell, f"{{{MAIN}}}v")
            result = known.get(cell.get("r"), "")
            if isinstance(result, bool):
                cell.set("t", "b")
                value.text = str(int(result))
            elif isinstance(result, int | float):
                cell.attrib.pop("t", None)
                value.text = repr(result)
            else:
                cell.set("t", "e" if str(result).startswith("#") else "str")
                value.text = str(result)
        if feet and title in feet:
            foot = page.find(f"{{{MAIN}}}headerFooter")
            if foot is not None:
                page.replace(foot, etree.fromstring(feet[title]))
        parts[name] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
    shared_strings(parts)
    save_parts(path, parts)


def feet_of(path: Path) -> dict[str, bytes]:
    """The headers and footers as issued: openpyxl takes "&801-A" for a size of 801."""
    parts = parts_of(path)
    out = {}
    for title, name in sheet_parts(parts).items():
        foot = etree.fromstring(parts[name]).find(f"{{{MAIN}}}headerFooter")
        if foot is not None:
            out[title] = etree.tostring(foot)
    return out


# The cases.


@dataclass(frozen=True)
class Case:
    """One edit; ``at`` are the cells whose figures it touches ("*": all, a tab alone: all of it)."""

    number: int
    kind: str
    form: str
    done: str
    at: tuple[str, ...]
    expected: str
    edit: Edit
    anew: bool = False
    """Formulas give something else now."""
    as_it_is: bool = False
    """What saved it left results of its own, or none."""
    footed: bool = False
    """The head or foot of a page is what was edited."""
    name: str = ""
    text: str = ""
    """Of a note: what has to be shown."""


def places(sheet: str, refs: str) -> tuple[str, ...]:
    return tuple(f"{sheet}!{ref}" for ref in refs.split())


HURTFUL: list[Case] = []
NOTES: list[Case] = []
HARMLESS: list[Case] = []


def hurtful(form: str, done: str, at: tuple[str, ...], expected: str, edit: Edit, **more: Any) -> None:
    HURTFUL.append(Case(len(HURTFUL) + 1, "hurtful", form, done, at, expected, edit, **more))


def note(form: str, sheet: str, ref: str, figures: str, text: str) -> None:
    done = f"{sheet}, {ref}: “{text}”"
    at = (figures,) if "!" in figures else places(sheet, figures)
    NOTES.append(Case(61 + len(NOTES), "note", form, done, at, "told", typed(sheet, ref, text), text=text))


def harmless(form: str, done: str, edit: Edit, **more: Any) -> None:
    HARMLESS.append(Case(111 + len(HARMLESS), "harmless", form, done, ("*",), "none", edit, **more))


# Hurtful: an edit changes what a figure means, what the form asks, or whose and when it is.

hurtful(
    "agency",
    "label of T1: people became “Lượt người”",
    places(A01, "F8 G8"),
    "asked",
    replaced(A01, "D8", "Cán bộ, công chức, viên chức, người lao động được", "Lượt người được"),
)
hurtful(
    "agency",
    "unit of T10 became “nghìn hồ sơ”",
    places(A01, "F10 G10"),
    "asked",
    typed(A01, "E10", "nghìn hồ sơ"),
)
hurtful(
    "agency",
    "period of sheet 01-A became 2024",
    (A01,),
    "asked",
    typed(A01, "C3", "Năm 2024 – số liệu từ ngày 01/01/2024 đến hết ngày 31/12/2024"),
)
hurtful(
    "agency",
    "head of the totals became “Tổng số (ước)”",
    places(A01, "F8 F9 F13"),
    "asked",
    typed(A01, "F6", "Tổng số (ước)"),
)
hurtful(
    "agency",
    "head of what is done became “(lũy kế từ 2023)”",
    places(A01, "G8 G9 G10 G13"),
    "asked",
    typed(A01, "G6", "Đã thực hiện (lũy kế từ 2023)"),
)
hurtful(
    "agency",
    "heads “Tổng số” and “Đã thực hiện” exchanged",
    places(A01, "F8 G8 F9 G9"),
    "asked",
    exchanged(A01, "F6 G6"),
)
hurtful(
    "agency",
    "both columns exchanged, heads and figures, keys left",
    places(A01, "F8 G8 F9 G9 F13 G13"),
    "asked",
    exchanged(A01, "F6 G6", "F8 G8", "F9 G9", "F13 G13"),
    anew=True,
)
hurtful(
    "agency",
    "“2 (bỏ, không báo cáo)” in the column STT",
    places(A01, "F9 G9"),
    "asked",
    typed(A01, "C9", "2 (bỏ, không báo cáo)"),
)
hurtful("agency", "row T2 struck through", places(A01, "F9 G9"), "asked", restyled(A01, "C9:M9", strike=True))
hurtful(
    "agency", "a figure in white letters", places(A01, "G8"), "asked", restyled(A01, "G8", color="FFFFFFFF")
)


def _hide_row(book: Any) -> None:
    book[A01].row_dimensions[9].hidden = True


hurtful("agency", "row T2 hidden, figures in it", places(A01, "F9 G9"), "asked", on_book(_hide_row))
hurtful(
    "agency",
    "2310 displayed in thousands, as 2",
    places(A01, "G10"),
    "asked",
    formatted(A01, "G10", "#,##0,"),
)
hurtful(
    "agency", "“khoảng 84” for a figure", places(A01, "G8"), "asked", typed(A01, "G8", "khoảng 84"), anew=True
)
hurtful("agency", "a negative figure", places(A01, "G9"), "asked", typed(A01, "G9", -12), anew=True)
hurtful(
    "agency", "97.7, a percentage, for a count", places(A01, "G8"), "asked", typed(A01, "G8", 97.7), anew=True
)
hurtful("agency", "20.6 displayed as 21", places(A01, "F13"), "asked", typed(A01, "F13", 20.6), anew=True)
hurtful(
    "agency",
    "a second table below, “thay cho bảng trên”",
    places(A01, "F8 G8"),
    "asked",
    write(
        {
            A01: across(
                "C17 C18 D18 F18 G18 C19 D19 F19 G19",
                "SỐ LIỆU ĐIỀU CHỈNH (thay cho bảng trên)",
                "STT",
                "Nội dung",
                "Tổng số",
                "Đã thực hiện",
                "1",
                "Cán bộ được truyền thông",
                90,
                88,
            )
        }
    ),
)
hurtful(
    "agency",
    "80 in a new column beside, “Số đã duyệt”",
    places(A01, "G8"),
    "told",
    write({A01: {"N6": "Số đã duyệt", "N8": 80}}),
)
hurtful("agency", "2500 typed below the table", places(A01, "F8 G8"), "told", typed(A01, "F15", 2500))
hurtful(
    "agency",
    "tab 01-A renamed “01-A (6 tháng đầu năm)”",
    (A01,),
    "asked",
    retitled(A01, "01-A (6 tháng đầu năm)"),
    anew=True,
)


def _head(book: Any) -> None:
    book[A01].oddHeader.center.text = "Số liệu 6 tháng đầu năm 2025"


def _foot(book: Any) -> None:
    book[A01].oddFooter.left.text = "SCT · 01-A số liệu"


hurtful("agency", "printed head of the page: six months", (A01,), "asked", on_book(_head), footed=True)
hurtful(
    "agency", "printed foot of the page: another unit's code", (A01,), "asked", on_book(_foot), footed=True
)
hurtful(
    "agency",
    "comment in a cell: “ước, chưa chốt”",
    places(A01, "G8"),
    "told",
    commented(A01, "G8", "Số ước, chưa chốt"),
)
hurtful(
    "agency",
    "text box: subordinate bodies are counted too",
    places(A01, "F8 G8"),
    "told",
    text_box(A01, "Số liệu tính cả đơn vị sự nghiệp trực thuộc"),
)
hurtful(
    "agency",
    "a row “Trong đó: lãnh đạo” inserted under T1",
    places(A01, "F8 G8"),
    "told",
    all_of(rows_moved(A01, 9, 1), write({A01: across("D9 E9 F9 G9", "Trong đó: lãnh đạo", "người", 12, 12)})),
    anew=True,
)
hurtful("agency", "row T2 deleted", places(A01, "F9 G9"), "asked", rows_moved(A01, 9, -1), anew=True)


def _merge(sheet: str, refs: str) -> Edit:
    def change(book: Any) -> None:
        book[sheet].merge_cells(refs)

    return on_book(change)


hurtful(
    "agency",
    "G8:G9 merged, one figure for T1 and T2",
    places(A01, "G8 G9"),
    "asked",
    _merge(A01, "G8:G9"),
    anew=True,
)
hurtful(
    "agency",
    "a figure fetched from “So lieu 2024.xlsx”",
    places(A01, "F8"),
    "asked",
    from_another_file(A01, "F8", 86),
)
hurtful(
    "agency",
    "“21 (trong đó 3 ý kiến năm 2024)”",
    places(A01, "F13"),
    "asked",
    typed(A01, "F13", "21 (trong đó 3 ý kiến năm 2024)"),
    anew=True,
)


def _dated(book: Any) -> None:
    book[A01]["G9"] = date(2025, 11, 12)
    book[A01]["G9"].number_format = "d-mmm"


hurtful("agency", "12/11 turned into a date by Excel", places(A01, "G9"), "asked", on_book(_dated), anew=True)


def _cut_off(book: Any) -> None:
    book[A01]["G10"] = 2.31
    book[A01]["G10"].number_format = "General"


hurtful(
    "agency",
    "2.310 typed in an English Excel: 2.31",
    places(A01, "G10"),
    "asked",
    on_book(_cut_off),
    anew=True,
)
hurtful(
    "agency", "evidence “Không có” under “Có”", places(B01, "E10"), "asked", typed(B01, "F10", "Không có")
)
hurtful(
    "agency",
    "note: nobody was trained, beside 12 trained",
    places(A01, "G9"),
    "told",
    typed(A01, "M9", "Năm 2025 Sở chưa tổ chức tập huấn cho ai"),
)
hurtful(
    "agency",
    "printed scope on the cover changed",
    ("*",),
    "asked",
    typed(COVER, "E12", "Tỉnh Khánh Hòa, theo tổ chức bộ máy từ ngày 01/7/2025"),
)
hurtful(
    "agency",
    "printed period on the cover: to 30/6",
    ("*",),
    "asked",
    typed(COVER, "E10", "từ ngày 01/01/2025 đến hết ngày 30/6/2025"),
)
hurtful(
    "agency",
    "sheet 01-A of another office pasted over",
    (A01,),
    "asked",
    write({A01: across("C1 M1 F8 G8 F9 G9", "SỞ CÔNG THƯƠNG", "Mẫu BM2025-SCT", 120, 118, 22, 20)}),
    anew=True,
)
hurtful(
    "agency",
    "tabs 03 and 04 have each other's name",
    (S03, S04),
    "asked",
    all_of(retitled(S03, "tạm"), retitled(S04, S03), retitled("tạm", S04)),
    anew=True,
)


def _second_copy(book: Any) -> None:
    page = book.copy_worksheet(book[A01])
    page.title = f"{A01} (2)"
    page["F8"], page["G8"] = 90, 89


hurtful(
    "agency",
    "a copy “01-A số liệu (2)” with other figures",
    places(A01, "F8 G8"),
    "asked",
    on_book(_second_copy),
    anew=True,
)
hurtful(
    "agency",
    "signed and numbered by another office",
    ("*",),
    "asked",
    write({SIGN: across("E7 E9", "1234/BC-SCT", "Giám đốc Sở Công Thương Lê Văn Tám")}),
)
hurtful("agency", "signed on 03/11/2024", ("*",), "told", typed(SIGN, "E8", date(2024, 11, 3)))
hurtful(
    "agency",
    "money in “triệu đồng”, unit retyped",
    places(T05, "G20 G21"),
    "asked",
    write({T05: across("F20 F21 G20 G21", "triệu đồng", "triệu đồng", 60, 55)}),
    anew=True,
)
hurtful(
    "agency",
    "topics to tick became those not done",
    places(C02, "G22 G28"),
    "asked",
    typed(C02, "C19", "II. Nội dung tuyên truyền (đánh dấu x nội dung KHÔNG thực hiện)"),
)
hurtful(
    "agency",
    "heads “Đúng hạn” and “Quá hạn” exchanged",
    places(S03, "K9 L9"),
    "asked",
    exchanged(S03, "K7 L7"),
)
hurtful(
    "agency",
    "head “Tiếp nhận (6 tháng cuối năm)”",
    places(S03, "E9 F9 G9 H9"),
    "asked",
    typed(S03, "E6", "Tiếp nhận (6 tháng cuối năm)"),
)
hurtful(
    "agency",
    "“Không phát sinh” chosen beside figures",
    places(A01, "F8 G8"),
    "asked",
    typed(A01, "J8", "Không phát sinh"),
    anew=True,
)
hurtful(
    "agency",
    "title of 01-A: “(SỐ LIỆU TẠM TÍNH)”",
    (A01,),
    "asked",
    typed(A01, "C2", "Biểu 01-A. SỐ LIỆU THỰC HIỆN MỤC TIÊU (SỐ LIỆU TẠM TÍNH)"),
)
hurtful(
    "agency",
    "84 struck, 80 written after it in the same cell",
    places(A01, "G8"),
    "asked",
    typed(A01, "G8", CellRichText(TextBlock(InlineFont(strike=True), "84"), " 80")),
    anew=True,
)
hurtful(
    "agency",
    "title of the page to sign: “(DỰ THẢO, chưa trình ký)”",
    ("*",),
    "asked",
    typed(SIGN, "C2", "TRANG KÝ XÁC NHẬN SỐ LIỆU (DỰ THẢO, chưa trình ký)"),
)
hurtful(
    "district",
    "names of two communes exchanged",
    places(PARTS, "E11 F11 E12 F12"),
    "asked",
    exchanged(PARTS, "D11 D12"),
)


def _sort(book: Any) -> None:
    page = book[PARTS]
    rows = [[page[f"{column}{row}"].value for column in "DEFGHIJKL"] for row in COMMUNE_SHEET_ROWS]
    for row, values in zip(COMMUNE_SHEET_ROWS, sorted(rows, key=lambda one: str(one[0])), strict=True):
        for column, value in zip("DEFGHIJKL", values, strict=True):
            page[f"{column}{row}"] = value


hurtful(
    "district",
    "communes sorted by name, hidden keys not",
    places(PARTS, "E11 F11 E12 F12 E14 F14 E16 F16"),
    "asked",
    on_book(_sort),
    anew=True,
)
hurtful(
    "district",
    "“Xã Tri Hải (lấy số năm 2024)”",
    places(PARTS, "E12 F12 G12 H12"),
    "asked",
    typed(PARTS, "D12", "Xã Tri Hải (lấy số năm 2024)"),
)
hurtful(
    "district",
    "figures of two communes merged into one cell",
    places(PARTS, "E13 E14"),
    "asked",
    _merge(PARTS, "E13:E14"),
    anew=True,
)
hurtful(
    "district",
    "a commune that the form doesn't have inserted",
    places(A01, "F8 G8"),
    "asked",
    all_of(
        rows_moved(PARTS, 18, 1),
        write(
            {
                PARTS: across(
                    "C18 D18 E18 F18 G18 H18 I18 J18 K18 L18", "9", "Xã Mỹ Hải", 20, 20, 3, 3, 4, 4, 30, 30
                )
            }
        ),
    ),
    anew=True,
)
hurtful(
    "district",
    "row of a commune deleted",
    places(PARTS, "E17 F17"),
    "asked",
    rows_moved(PARTS, 17, -1),
    anew=True,
)
hurtful(
    "district",
    "head of T7: households instead of members",
    places(PARTS, "K10 L10 K11 L11"),
    "asked",
    typed(PARTS, "K6", "Hộ dân được Tổ công nghệ số cộng đồng hướng dẫn (hộ)"),
)
hurtful(
    "district", "999 typed over the sum of the communes", places(A01, "F8"), "asked", typed(PARTS, "E19", 999)
)
hurtful(
    "district",
    "“Cơ quan cấp huyện” became “Toàn huyện (gồm các xã)”",
    places(PARTS, "E9 F9 G9 H9"),
    "asked",
    typed(PARTS, "D9", "Toàn huyện (gồm các xã)"),
)
hurtful(
    "joint",
    "name chosen, then “thay cho xã Cam An” added",
    ("*",),
    "asked",
    typed(XA, "C1", f"{COMMUNE} (thay cho xã Cam An)"),
    anew=True,
)
hurtful("joint", "printed year of the sheet became 2025", ("*",), "asked", replaced(XA, "C3", "2026", "2025"))
hurtful(
    "joint",
    "heading C of the sheet became the first half of the year",
    places(XA, "I36 I37 I38 I39 I40 I41 I42 I43 I44 I45"),
    "asked",
    replaced(XA, "D35", "C. Hoạt động", "C. Hoạt động 6 tháng đầu năm"),
)

# Everyday notes: the figure has to be used, the words shown, nothing asked.

A, D, J = "agency", "district", "joint"
note(A, A01, "M8", "F8 G8", "Còn 02 đồng chí nghỉ thai sản chưa tham gia.")
note(A, A01, "M9", "F9 G9", "Hai người mới được giao tài khoản từ tháng 9, sẽ tập huấn trong quý IV.")
note(A, A01, "M10", "G10", "Một số thủ tục phải nộp bản gốc nên chưa trả kết quả điện tử được.")
note(A, A01, "M11", "F11 G11", "Lấy theo màn hình thống kê của hệ thống.")
note(A, A01, "M13", "F13 G13", "02 ý kiến còn lại đang lấy ý kiến phòng chuyên môn.")
note(A, A01, "M8", "F8 G8", "đã rà soát lại")
note(A, A01, "M8", "F8 G8", "Có danh sách kèm theo")
note(A, A01, "M9", "F9 G9", "Theo Quyết định số 45/QĐ-STC ngày 12/4/2025")
note(A, A01, "M10", "G10", "Số liệu trích xuất ngày 31/10/2025.")
note(A, A01, "M13", "F13 G13", "Ko có vướng mắc gì ạ")
note(A, A01, "M10", "G10", "Tăng so với năm trước do mở thêm TTHC toàn trình.")
note(A, A01, "M12", "F12 G12", "Lĩnh vực đất đai, xây dựng không thuộc thẩm quyền của Sở.")
note(A, A01, "M8", "F8 G8", "Như báo cáo giấy")
note(A, A01, "L8", "F8 G8", "Sổ theo dõi của Văn phòng Sở")
note(A, A01, "L10", "G10", "Cổng dịch vụ công quốc gia, trích ngày 31/10")
note(A, B01, "G8", "E8", "Bài đăng tháng 5, chuyên mục Chuyển đổi số")
note(A, B01, "G9", "E9", "Phòng TC-HC phụ trách")
note(A, B01, "G10", "E10", "Rút ngắn thời gian giải quyết 02 thủ tục")
note(A, T05, "H9", "G9", "Đã có công văn hướng dẫn MTTQ")
note(A, T05, "H12", "G12", "Đang soạn tờ rơi, xong trong tháng 11")
note(A, T05, "H10", f"{C02}!G10", "04 cuộc, lồng ghép hội nghị công chức")
note(A, A01, "M13", "F13 G13", "Đề nghị Sở KH&CN hướng dẫn thêm cách đếm.")
note(A, A01, "M10", "G10", "Nhờ chị Hoa kiểm tra giúp em dòng này với ạ")
note(D, A01, "M10", "F10 G10", "Xã Vĩnh Hải có 02 cụm loa hỏng do bão, chưa sửa.")
note(D, A01, "M11", "F11 G11", "Tổ CNSCĐ kiện toàn tháng 8/2025")
note(D, A01, "M8", "F8 G8", "Các xã gửi muộn, huyện đã đôn đốc")
note(J, XA, "I7", "F7 G7", "Xã có 03 người đi học dài hạn")
note(J, XA, "I9", "F9 G9", "Loa thôn 3 đang sửa")
note(A, A01, "M8", "F8 G8", "Số ước tính, chưa chốt với các phòng.")
note(A, A01, "M8", "F8 G8", "Tính cả người của đơn vị sự nghiệp trực thuộc.")
note(A, A01, "M9", "F9 G9", "Bao gồm cả năm 2024.")
note(A, A01, "M10", "G10", "Số liệu 9 tháng đầu năm.")
note(A, A01, "M10", "G10", "Đơn vị tính: nghìn hồ sơ.")
note(A, A01, "M8", "F8 G8", "Đếm lượt, không đếm người.")
note(A, A01, "M13", "F13 G13", "Gồm cả ý kiến chưa đến hạn trả lời.")
note(A, A01, "M8", "F8 G8", "Chưa có số liệu, tạm lấy số năm trước.")
note(A, A01, "M9", "F9 G9", "Số này của Trung tâm Dịch vụ tài chính công, Sở không có.")
note(A, A01, "M10", "G10", "Lũy kế từ năm 2023 đến nay.")
note(A, A01, "M8", "F8 G8", "Ghi nhầm, số đúng là 80.")
note(A, A01, "M9", "F9 G9", "Bỏ dòng này.")
note(A, A01, "M10", "G10", "Trừ hồ sơ nộp qua bưu chính.")
note(A, A01, "M13", "F13 G13", "Số liệu chưa được lãnh đạo duyệt.")
note(A, A01, "L8", "F8 G8", "Ước theo biên chế được giao")
note(A, A01, "L10", "G10", "Báo cáo năm 2024")
note(A, T05, "H8", "G8", "Thực tế chưa bố trí được kinh phí")
note(A, B01, "G8", "E8", "Bài đăng năm 2024")
note(D, A01, "M8", "F8 G8", "Chưa gồm xã Vĩnh Hải")
note(D, A01, "M11", "F11 G11", "Xã Nhơn Hải báo cáo theo hộ, không theo người")
note(J, XA, "I7", "F7 G7", "Tính cả công an xã và quân sự")
note(J, XA, "I10", "F10 G10", "Lấy theo danh sách năm ngoái, chưa cập nhật")


# Harmless: how files look after other programs, other machines and tidy clerks.


def _wide(book: Any) -> None:
    for page in book.worksheets:
        for letter in "DEFGHIJKLM":
            page.column_dimensions[letter].width = 24
        for number in range(8, 14):
            page.row_dimensions[number].height = 60


def _font(cell: Any) -> None:
    cell.font = Font(name="Times New Roman", size=13, bold=cell.font.bold)


def _paint(book: Any) -> None:
    for ref in ("D8", "F8", "G8", "F9", "G9", "M9"):
        book[A01][ref].fill = PatternFill("solid", start_color="FFFFFF00")
    book[A01]["G8"].font = Font(name="Times New Roman", size=11, color="FFC00000", bold=True)
    book[A01].sheet_properties.tabColor = "FF00B050"


def _view(book: Any) -> None:
    for page in book.worksheets:
        page.sheet_view.zoomScale = 70
        page.sheet_view.showGridLines = True
    book[A01].sheet_view.view = "pageBreakPreview"
    book.active = 4


def _sign_first(book: Any) -> None:
    book.move_sheet(SIGN, -(len(book.sheetnames) - 2))


def _print(book: Any) -> None:
    for page in book.worksheets:
        page.page_setup.paperSize = 8
        page.page_setup.orientation = "landscape"
        page.page_margins.left = page.page_margins.right = 0.2
    book[A01].print_area = "C1:M14"
    book[A01].print_title_rows = "6:7"


def _texts(change: Callable[[str], str], *, printed: bool) -> Edit:
    """Change texts: the printed ones as well, or only what was typed (in cells that aren't locked)."""

    def cell_of(cell: Any) -> None:
        text = cell.value
        if isinstance(text, str) and not text.startswith("=") and (printed or not cell.protection.locked):
            cell.value = change(text)

    def edit(path: Path) -> None:
        with opened(path) as book:
            for page in book.worksheets:
                if page.sheet_state == "visible":
                    for row in page.iter_rows(min_col=3):
                        for cell in row:
                            if not page.row_dimensions[cell.row].hidden and cell.value is not None:
                                cell_of(cell)

    return edit


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _thaw(book: Any) -> None:
    for page in book.worksheets:
        page.freeze_panes = None


def _unprotect(book: Any) -> None:
    for page in book.worksheets:
        page.protection.sheet = False


def _spare_sheets(book: Any) -> None:
    book.create_sheet("Sheet1")
    book.create_sheet("Sheet2")


def _formats(book: Any) -> None:
    for ref, number_format in (
        ("F8", "0"),
        ("G8", "# ##0"),
        ("G10", "#,##0_);(#,##0)"),
        ("F13", "0.00"),
        ("G13", "General"),
    ):
        book[A01][ref].number_format = number_format


def _as_text(**values: str) -> Edit:
    def change(book: Any) -> None:
        for ref, text in values.items():
            book[A01][ref] = text
            book[A01][ref].number_format = "@"
            book[A01][ref].quotePrefix = True

    return on_book(change)


def _no_feet(book: Any) -> None:
    for page in book.worksheets:
        page.oddFooter.left.text = page.oddFooter.right.text = None


def _values_only(path: Path) -> None:
    results = openpyxl.load_workbook(path, data_only=True)
    with opened(path) as book:
        for page in book.worksheets:
            for row in page.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = results[page.title][cell.coordinate].value


def _no_rules(book: Any) -> None:
    for page in book.worksheets:
        page.data_validations.dataValidation = []
        page.conditional_formatting = type(page.conditional_formatting)()


def _unhidden(book: Any) -> None:
    for page in book.worksheets:
        page.sheet_state = "visible"
        for column in page.column_dimensions.values():
            column.hidden = False
        for row in page.row_dimensions.values():
            row.hidden = False


def _properties(book: Any) -> None:
    book.properties.creator = "Admin"
    book.properties.lastModifiedBy = "May tinh phong Ke toan"
    book.properties.title = "Book1"
    book.properties.keywords = "bao cao"


def _upper_communes(book: Any) -> None:
    for row in COMMUNE_SHEET_ROWS:
        book[PARTS][f"D{row}"] = book[PARTS][f"D{row}"].value.upper()


def _links(book: Any) -> None:
    book[B01]["F8"].hyperlink = "https://stc.example.vn/dvctt/1"
    book[COVER]["E18"].hyperlink = "mailto:vanphong@donvi.example.vn"


def _stray(book: Any) -> None:
    book[A01]["N20"] = " "
    thin = Side(style="thin")
    for row in range(15, 22):
        for column in "CDEFG":
            book[A01][f"{column}{row}"].border = Border(top=thin, bottom=thin)


def _numbers_for_stt(book: Any) -> None:
    for row in range(8, 14):
        book[A01][f"C{row}"] = int(book[A01][f"C{row}"].value)


harmless("agency", "opened and saved by LibreOffice", resaved("xlsx"), as_it_is=True, footed=True)
harmless("district", "opened and saved by LibreOffice", resaved("xlsx"), as_it_is=True, footed=True)
harmless("joint", "opened and saved by LibreOffice", resaved("xlsx"), as_it_is=True, footed=True)
harmless("agency", "downloaded from Google Sheets", google, as_it_is=True)
harmless("district", "downloaded from Google Sheets", google, as_it_is=True)
harmless("joint", "downloaded from Google Sheets", google, as_it_is=True)
harmless("agency", "by way of .ods and back", resaved("ods", "xlsx"), as_it_is=True, footed=True)
harmless("agency", "saved as .xls", resaved("xls"), as_it_is=True, name="BM2025_STC_So-Tai-chinh.xls")
harmless("agency", "wide columns, high rows", on_book(_wide))
harmless("agency", "Times New Roman 13 everywhere", on_cells(_font))
harmless("agency", "yellow cells, red letters, a coloured tab", on_book(_paint))
harmless("agency", "zoom, grid, page break view, another tab in front", on_book(_view))
harmless("agency", "page to sign moved to second place", on_book(_sign_first))
harmless("agency", "A3, landscape, margins, area and titles to print", on_book(_print))
harmless("agency", "typed texts as a Mac writes them (NFD)", _texts(_nfd, printed=False))
harmless("district", "all texts as a Mac writes them (NFD)", _texts(_nfd, printed=True))
harmless("agency", "answers “CÓ”, “có ”, “ Có”", write({B01: across("E8 E9 E10", "CÓ", "có ", " Có")}))
harmless(
    "agency",
    "double blanks and blanks at the end of labels",
    _texts(lambda text: text.replace(" của ", "  của ") + " ", printed=True),
)
harmless(
    "agency",
    "tone placed otherwise in labels: “khoá”, “xoá”, “hoà”",
    _texts(lambda text: re.sub("([xkhH])óa\\b", "\\1oá", re.sub("([hH])òa\\b", "\\1oà", text)), printed=True),
)
harmless("agency", "panes no longer frozen", on_book(_thaw))
harmless("agency", "protection of all sheets taken off", on_book(_unprotect))
harmless("agency", "two empty sheets added", on_book(_spare_sheets))
harmless("agency", "an empty comment left in a cell", commented(A01, "G8", ""))
harmless(
    "agency",
    "file renamed “bao cao STC ban cuoi (1).xlsx”",
    on_book(_properties),
    name="bao cao STC ban cuoi (1).xlsx",
)
harmless("agency", "file renamed “z5839217_zalo.xlsx”", lambda path: None, name="z5839217_zalo.xlsx")
harmless("agency", "other number formats, separators, two decimals", on_book(_formats))
harmless("agency", "2310 as the text “2.310”", _as_text(G10="2.310"), anew=True)
harmless("agency", "figures as text: “86”, “84”, “ 21 ”", _as_text(F8="86", G8="84", F13=" 21 "), anew=True)
harmless("agency", "date of the report as text “03/11/2025”", typed(SIGN, "E8", "03/11/2025"))
harmless(
    "agency", "date of the report “ngày 03 tháng 11 năm 2025”", typed(SIGN, "E8", "ngày 03 tháng 11 năm 2025")
)
harmless("agency", "date of the report displayed as 3-Nov-25", formatted(SIGN, "E8", "d-mmm-yy"))
harmless("agency", "a printed label cleared, its key stands", typed(A01, "D8", None))
harmless("agency", "feet of all pages lost", on_book(_no_feet), footed=True)
harmless("agency", "everything copied and pasted as values", _values_only)
harmless("agency", "lists of choices and colouring rules lost", on_book(_no_rules))
harmless("agency", "all hidden rows, columns and sheets unhidden", on_book(_unhidden))
harmless("district", "names of communes in capitals", on_book(_upper_communes))
harmless(
    "joint", "name of the commune typed “UBND xã Hoà Trí ”", typed(XA, "C1", "UBND xã Hoà Trí "), anew=True
)
harmless(
    "agency",
    "links made of addresses, a stray blank and borders, STT as numbers",
    all_of(on_book(_links), on_book(_stray), on_book(_numbers_for_stt)),
)
harmless(
    "agency",
    "sent in a .zip, its strings in another order",
    all_of(strings_shuffled, zipped),
    as_it_is=True,
    name="So Tai chinh.zip",
)

CASES: Final = (*HURTFUL, *NOTES, *HARMLESS)


# What the program makes of it.


@dataclass
class Seen:
    """What can be seen from outside once a file has been collected."""

    used: dict[Key, object] = field(default_factory=dict)
    """What the export gives as an answer that says something."""
    counted: set[Key] = field(default_factory=set)
    """Of those, which went into a sum."""
    units: set[str] = field(default_factory=set)
    at: dict[str, Key] = field(default_factory=dict)
    findings: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    """Why `render --final` gives nothing."""
    remarks: set[str] = field(default_factory=set)


def run(workspace: Path, *words: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = program(["--workspace", str(workspace), *words])
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(words)}: {code}\n{out.getvalue()}{err.getvalue()}")
    return out.getvalue(), err.getvalue()


def see(workspace: Path, form: Form) -> Seen:
    seen, year = Seen(), form.year
    collected = json.loads(run(workspace, "collect", "--format", "json")[0])
    validated = json.loads(run(workspace, "validate", "--format", "json")[0])
    for one in (
        *(finding for returned in collected["returns"] for finding in returned["findings"]),
        *collected["notes"],
        *validated["findings"],
    ):
        if one["state"] == "open" and (one["unit"] or one["file"]):
            seen.findings[one["id"]] = one
    run(workspace, "export", "--format", "json")
    exported = json.loads((workspace / f"ket-qua/{year}/so-lieu-{year}.json").read_text(encoding="utf-8"))
    for answer in exported["answers"]:
        key = (answer["item"], answer["field"], answer["part"])
        seen.at[f"{answer['sheet']}!{answer['cell']}"] = key
        if answer["state"] == "given" and answer["value"] not in (None, ""):
            seen.used[key] = answer["value"]
            seen.units.add(answer["unit"])
            if answer["used"]:
                seen.counted.add(key)
    reasons = "\n".join(run(workspace, "render", "--final"))
    chunks = (re.sub(r"\s+", " ", one) for one in re.split(r"\n(?=\d+\. )", reasons)[1:])
    seen.held = {re.sub(r"^\d+\. ", "", one).split(" → ")[0] for one in chunks}
    for file in (workspace / f"ky-bao-cao/{year}").glob("viec-can-xu-ly-*.xlsx"):
        book = openpyxl.load_workbook(file, data_only=True)
        for page in book.worksheets:
            if page.title.casefold().startswith("lời ghi"):
                for row in page.iter_rows(values_only=True):
                    words = " | ".join(str(value) for value in row if isinstance(value, str))
                    if form.sender in words or re.search(r"\b[A-Z]{1,2}\d+\b", words):  # no head of the sheet
                        seen.remarks.add(words)
    return seen


@dataclass(frozen=True)
class Result:
    case: Case
    outcome: str
    figures: str
    said: str
    wanted: bool
    """The report to sign is held back for it."""
    shown: bool
    """Of a note: its words are among what was said."""


def touched(case: Case, base: Seen) -> list[Key]:
    """The figures an edit touches, as they are known from the form that nobody edited."""
    keys = []
    for place in case.at:
        if place == "*" and case.kind == "hurtful":
            keys += list(base.counted)
        elif place == "*":
            typed_in = {f"{page}!{ref}" for page, refs in FORMS[case.form].filled.items() for ref in refs}
            keys += [key for at, key in base.at.items() if key in base.counted or at in typed_in]
        elif "!" in place:
            keys.append(base.at[place])
        else:
            keys += [key for at, key in base.at.items() if at.startswith(f"{place}!") and key in base.counted]
    missing = [key for key in keys if key not in base.used]
    assert keys, case.number
    assert not missing, (case.number, missing)
    return keys


def _is_used(key: Key, base: Seen, seen: Seen) -> bool:
    return key in seen.used and (key in seen.counted or key not in base.counted)


def judge(case: Case, base: Seen, seen: Seen) -> Result:
    keys = touched(case, base)
    used = [key for key in keys if _is_used(key, base, seen)]
    new = [one for name, one in seen.findings.items() if name not in base.findings]
    asked = [one for one in new if one["severity"] != "info"]
    known = [one for one in new if one["severity"] == "info" and (one["file"] or one["cell"])]
    held, remarks = seen.held - base.held, seen.remarks - base.remarks
    changed = [key for key in keys if _plain(str(seen.used.get(key))) != _plain(str(base.used[key]))]
    added = seen.counted - base.counted
    whole = len(used) == len(keys) if case.kind != "hurtful" else bool(used)
    if not whole:
        outcome = "asked" if asked or held else "lost"
    elif asked or held:
        outcome = "told"
    elif case.kind == "harmless" and (changed or added):
        outcome = "changed"
    elif known or remarks:
        outcome = "shown"
    else:
        outcome = "none" if case.kind == "harmless" else "silent"
    said = sorted(
        {
            f"{one['code']} {one['sheet'] or ''}!{one['cell'] or ''}".removesuffix(" !").replace(" !", " ")
            for one in asked
        }
        | {f"({one['code']}) {one['cell'] or ''}".strip() for one in known}
    )
    if len(said) > 4:
        said = [*said[:4], f"… {len(said)}"]
    if held:
        said.append("--final")
    if remarks:
        said.append("Lời ghi")
    elsewhere = seen.units - base.units
    figures = f"{len(used)}/{len(keys)}" + (f", as {', '.join(sorted(elsewhere))}" if elsewhere else "")
    words = _plain(" ".join([*remarks, *held, *(f"{one['message']} {one['value']}" for one in new)]))
    shown = bool(case.text) and _plain(case.text)[:24] in words
    return Result(case, outcome, figures, ", ".join(said), bool(held), shown)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFC", text)).casefold().strip()


# Putting it together.


class Trial:
    """The workspaces, the filled forms, and what is seen of them unedited."""

    def __init__(self, folder: Path, wanted: Iterable[str]) -> None:
        self.folder = folder
        self.workspaces: dict[str, Path] = {}
        self.filled: dict[str, Path] = {}
        self.feet: dict[str, dict[str, bytes]] = {}
        self.results: dict[str, dict[str, dict[str, object]]] = {}
        self.base: dict[str, Seen] = {}
        for name in wanted:
            self._prepare(name, FORMS[name])

    def _prepare(self, name: str, form: Form) -> None:
        if form.profile not in self.workspaces:
            workspace = self.folder / form.profile
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                assert (
                    program(["init", str(workspace), "--profile", form.profile, "--year", str(form.year)])
                    == 0
                )
            if form.profile == "ninh_thuan":
                shutil.copy(ROOT / "sample_data/dvctt.toml", workspace / "dvctt.toml")
            run(workspace, "forms")
            self.workspaces[form.profile] = workspace
        filled = self.folder / f"{name}.xlsx"
        shutil.copy(self.workspaces[form.profile] / f"bieu-mau/{form.year}" / form.issued, filled)
        self.feet[name] = feet_of(filled)
        write(form.filled)(filled)
        (self.results[name],) = self.calculated([filled])
        fill_results(filled, self.results[name], self.feet[name])
        self.filled[name] = filled
        self.base[name] = self.received(name, filled, form.name, "unedited")
        bad = [one for one in self.base[name].findings.values() if one["severity"] != "info"]
        assert not bad, f"the form “{name}” is questioned as it is: {bad}"
        assert len(self.base[name].used) > 40, self.base[name].used

    def calculated(self, files: Sequence[Path]) -> list[dict[str, dict[str, object]]]:
        """What the formulas give, by LibreOffice."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        saved_as(files, "xlsx", folder)
        return [results_in(openpyxl.load_workbook(folder / file.name, data_only=True)) for file in files]

    def received(self, name: str, file: Path, called: str, where: str) -> Seen:
        form = FORMS[name]
        workspace = self.folder / f"case-{where}-{name}"
        shutil.copytree(self.workspaces[form.profile], workspace)
        shutil.copy(file, workspace / f"nhan-ve/{form.year}" / called)
        return see(workspace, form)

    def edited(self, cases: Sequence[Case]) -> dict[int, Path]:
        """All edits, then all that is to be calculated anew in one run of LibreOffice."""
        made: dict[int, Path] = {}
        for case in cases:
            made[case.number] = Path(
                shutil.copy(self.filled[case.form], self.folder / f"edit-{case.number}.xlsx")
            )
            case.edit(made[case.number])
        anew = [case for case in cases if case.anew]
        given = dict(
            zip(
                (case.number for case in anew),
                self.calculated([made[case.number] for case in anew]),
                strict=True,
            )
        )
        for case in cases:
            if not case.as_it_is:
                feet = None if case.footed else self.feet[case.form]
                fill_results(made[case.number], given.get(case.number, self.results[case.form]), feet)
        return made


def table(results: Sequence[Result]) -> Iterator[str]:
    yield "| # | kind | form | what is done | expected | got | used | said |"
    yield "|--:|---|---|---|---|---|---|---|"
    for one in results:
        case = one.case
        got = one.outcome if case.expected == one.outcome else f"**{one.outcome}**"
        said = one.said + (
            "" if not case.text or one.shown else (", " if one.said else "") + "words not shown"
        )
        done = case.done.replace("|", "/")
        row = (case.number, case.kind, case.form, done, case.expected, got, one.figures, said)
        yield f"| {' | '.join(map(str, row))} |"


OUTCOMES: Final = ("asked", "told", "shown", "silent", "lost", "changed", "none")


def counts(results: Sequence[Result]) -> Iterator[str]:
    yield "| kind | expected | cases | as expected | " + " | ".join(OUTCOMES) + " |"
    yield "|---|---|--:|--:|" + "--:|" * len(OUTCOMES)
    for kind in ("hurtful", "note", "harmless"):
        for expected in ("asked", "told", "none"):
            some = [one for one in results if (one.case.kind, one.case.expected) == (kind, expected)]
            if some:
                got = Counter(one.outcome for one in some)
                cells = " | ".join(str(got[one] or "") for one in OUTCOMES)
                yield f"| {kind} | {expected} | {len(some)} | {got[expected]} | {cells} |"


_HEAD: Final = """# Returned forms, edited by hand: what is asked, told, passed over

What [returns.py](returns.py) gave: its head says how it is run and what the words mean. “Used” counts the
figures that an edit touches and that were used all the same. “Said” names what is new beside the unedited
form: what asks, with its cell, what only informs in brackets; `--final` where the report to sign is held
back for a reason of its own. The results are those of the code as it was when this page was written.
"""


def report(results: Sequence[Result], seconds: float) -> Iterator[str]:
    yield _HEAD
    yield "## Counts\n"
    yield from counts(results)
    shown = [one for one in results if one.case.text]
    if shown:
        yield f"\nWords of a note shown to the officer: {sum(one.shown for one in shown)} of {len(shown)}."
    told = [one for one in results if one.outcome == "told"]
    yield f"Told, and `render --final` waits for it: {sum(one.wanted for one in told)} of {len(told)}."
    yield f"{len(results)} cases in {seconds:.0f} s.\n"
    for title, kind, outcomes in (
        ("Hurtful edits that are passed over", "hurtful", ("silent", "shown", "lost")),
        ("Notes that cost the figure, or are not shown", "note", ("asked", "lost", "silent")),
        ("Harmless edits that raise a question", "harmless", ("asked", "told", "lost", "changed")),
    ):
        some = [one for one in results if one.case.kind == kind and one.outcome in outcomes]
        yield f"## {title}: {len(some)}\n"
        yield from (f"- {one.case.number} {one.outcome}: {one.case.form}, {one.case.done}" for one in some)
        yield ""
    yield "## All\n"
    yield from table(results)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("numbers", nargs="*", type=int, help="only these cases")
    parser.add_argument("--write", type=Path, help="write the page of results here")
    parser.add_argument("--keep", type=Path, help="make the workspaces here, and leave them")
    asked = parser.parse_args()
    started = time.monotonic()
    assert [case.number for case in CASES] == list(range(1, 151))
    cases = [case for case in CASES if not asked.numbers or case.number in asked.numbers]
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="returns-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        trial = Trial(folder, dict.fromkeys(case.form for case in cases))
        for case in cases:
            touched(case, trial.base[case.form])
        made = trial.edited(cases)
        results = []
        for case in cases:
            called = case.name or FORMS[case.form].name
            seen = trial.received(case.form, made[case.number], called, str(case.number))
            results.append(judge(case, trial.base[case.form], seen))
            if not asked.keep:
                shutil.rmtree(folder / f"case-{case.number}-{case.form}")
            print(
                f"{case.number:>3} {case.expected:<6} {results[-1].outcome:<8} {case.done}",
                f"· {results[-1].said}",
                flush=True,
            )
    finally:
        shutil.rmtree(_PROFILE, ignore_errors=True)
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    page = "\n".join(report(results, time.monotonic() - started)) + "\n"
    print(page)
    if asked.write:
        asked.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
