"""A hundred and fifty edits of returned forms, as people make them, and what the program makes of each.

    nice -n 5 .venv/bin/python -m tests.trials.returns                  # all, and the table
    .venv/bin/python -m tests.trials.returns 12 33 --keep /tmp/kept     # two; the workspaces are kept
    .venv/bin/python -m tests.trials.returns --write tests/trials/returns.md

Every case starts from a form that is filled completely and accepted without a question, is edited, and is
put alone in the inbox of a fresh workspace. What was expected stands in returns.toml, and was decided before
the first run. Seen from outside only: by what `collect`, `validate`, `export`, `render --final` and
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
import tomllib
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import FunctionType
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
from tests.trials.hands import hand

Edit = Callable[[Path], None]
Cells = Mapping[str, Mapping[str, object]]
Key = tuple[str, str, str]
"""Item, field and part: what a figure answers, wherever it stands."""

COVER, A01, PARTS, B01, SIGN = "Bìa", "01-A số liệu", "Chi tiết theo xã", "01-B có không", "Trang ký"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT: Final = Path(__file__).parents[2]


# The three forms, and what their clerks wrote.


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


TABLES: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def cells_of(sheets: Mapping[str, Mapping[str, Sequence[object]]]) -> Cells:
    """What stands in which cell, where the table names cells of a row together."""
    return {
        sheet: {
            ref: value
            for refs, values in rows.items()
            for ref, value in zip(refs.split(), values, strict=True)
        }
        for sheet, rows in sheets.items()
    }


FORMS: Final[Mapping[str, Form]] = {
    name: Form(**{**each, "filled": cells_of(each["filled"])}) for name, each in TABLES["form"].items()
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


def cleared(sheet: str, ref: str) -> Edit:
    return typed(sheet, ref, None)


def struck(sheet: str, ref: str, old: str, new: str) -> Edit:
    """A value struck through, another behind it in the same cell."""
    return typed(sheet, ref, CellRichText(TextBlock(InlineFont(strike=True), old), new))


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


def _hide_row(book: Any) -> None:
    book[A01].row_dimensions[9].hidden = True


def _head(book: Any) -> None:
    book[A01].oddHeader.center.text = "Số liệu 6 tháng đầu năm 2025"


def _foot(book: Any) -> None:
    book[A01].oddFooter.left.text = "SCT · 01-A số liệu"


def _merge(sheet: str, refs: str) -> Edit:
    def change(book: Any) -> None:
        book[sheet].merge_cells(refs)

    return on_book(change)


def _dated(book: Any) -> None:
    book[A01]["G9"] = date(2025, 11, 12)
    book[A01]["G9"].number_format = "d-mmm"


def _cut_off(book: Any) -> None:
    book[A01]["G10"] = 2.31
    book[A01]["G10"].number_format = "General"


def _second_copy(book: Any) -> None:
    page = book.copy_worksheet(book[A01])
    page.title = f"{A01} (2)"
    page["F8"], page["G8"] = 90, 89


def _sort(book: Any) -> None:
    page = book[PARTS]
    rows = [[page[f"{column}{row}"].value for column in "DEFGHIJKL"] for row in COMMUNE_SHEET_ROWS]
    for row, values in zip(COMMUNE_SHEET_ROWS, sorted(rows, key=lambda one: str(one[0])), strict=True):
        for column, value in zip("DEFGHIJKL", values, strict=True):
            page[f"{column}{row}"] = value


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


def _texts(how: str, *, printed: bool) -> Edit:
    """Change texts: the printed ones as well, or only what was typed (in cells that aren't locked)."""
    changes: Mapping[str, Callable[[str], str]] = {
        "nfd": lambda text: unicodedata.normalize("NFD", text),
        "blanks": lambda text: text.replace(" của ", "  của ") + " ",
        "tones": lambda text: re.sub("([xkhH])óa\\b", "\\1oá", re.sub("([hH])òa\\b", "\\1oà", text)),
    }
    change = changes[how]

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


# The cases.


@dataclass(frozen=True)
class Case:
    """One edit; ``at`` are the cells whose figures it touches ("*": all, a tab alone: all of it)."""

    number: int
    kind: str
    form: str
    done: str
    at: Sequence[str]
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


HANDS: Final[Mapping[str, Callable[..., Any]]] = {
    name.removeprefix("_"): each for name, each in globals().items() if isinstance(each, FunctionType)
} | {
    "write": lambda **cells: write(cells),
    "on_book": lambda name: on_book(globals()[f"_{name}"]),
    "on_cells": lambda name: on_cells(globals()[f"_{name}"]),
    "nothing": lambda path: None,
}


def cases() -> Iterator[Case]:
    """The hurtful ones, the notes, the harmless ones."""
    for number, each in enumerate(TABLES["hurtful"], 1):
        yield Case(number, "hurtful", **{**each, "edit": hand(each["edit"], HANDS, all_of)})
    for number, line in enumerate(TABLES["note"]["lines"].splitlines(), 61):
        form, sheet, ref, figures, text = line.split(" | ")
        at = (figures,) if "!" in figures else tuple(f"{sheet}!{each}" for each in figures.split())
        done = f"{sheet}, {ref}: “{text}”"
        yield Case(number, "note", form, done, at, "told", typed(sheet, ref, text), text=text)
    for number, each in enumerate(TABLES["harmless"], 111):
        edit = hand(each["edit"], HANDS, all_of)
        yield Case(number, "harmless", at=("*",), expected="none", **{**each, "edit": edit})


CASES: Final = tuple(cases())


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
