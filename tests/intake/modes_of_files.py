"""Failure modes 1 to 17: what kind of file arrives in place of the form, or around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from tests.intake.arrivals import linked, locked, mail, zipped
from tests.intake.excel import Edit, in_part, in_sheet, unzipped
from tests.intake.matrix import FILE, NAMES, Arrival, Row, row
from tests.intake.modes_of_layout import FIGURES
from tests.intake.test_container import OFFICE, ole, package
from tests.made import rows_beside

A = "01-A số liệu"
HTML = b"<html><table><tr><td>STT</td><td>5</td></tr></table></html>"
OTHERS = {
    "HTML": HTML,
    "MHTML": b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n" + HTML,
    "XML_2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "EXCEL_4": b"\x09\x04\x06\x00\x00\x00",
    "BROKEN": ole("Workbook"),
    "ODS": zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    "ENCRYPTED": ole("EncryptionInfo", "EncryptedPackage"),
    "OUTLOOK": ole("__properties_version1.0"),
    "PDF": b"%PDF-1.7 ...",
    "LETTER": package(OFFICE + "wordprocessingml.document.main+xml"),
    "PHOTO": b"\xff\xd8\xff\xe0",
}
"""What arrives in place of the form, by the names of the table."""


def refused(mode: int, done: str, data: bytes, file: str = FILE) -> Row:
    """Another file in place of the form, refused as what it is."""
    return row(mode, done, arrives=lambda _: data, status="refused", told=f"NH01 error {file}", file=file)


def in_zip(mode: int, done: str, arrives: Arrival, **status: str) -> Row:
    """A .zip, and what becomes of the files in it; those that are refused are told."""
    of = {f"thu.zip!/{name}": outcome for name, outcome in status.items()}
    told = [f"NH01 error {name}" for name, outcome in of.items() if outcome == "refused"]
    return row(mode, done, arrives=arrives, file="thu.zip", status=of, told=told)


def without(*names: str) -> Edit:
    def edit(parts: dict[str, bytes]) -> None:
        for name in names:
            del parts[name]

    return edit


def doctype(declared: str) -> Edit:
    return in_part("xl/sharedStrings.xml", lambda xml: xml.replace("?>", f"?><!DOCTYPE sst [{declared}]>", 1))


def with_part(name: str, content: bytes) -> Edit:
    return lambda parts: parts.update({name: content})


def bomb(data: bytes) -> bytes:
    return zipped(unzipped(data) | {"xl/sharedStrings.xml": b"<sst>" + b" " * 25_000_000})


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


PLACES = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(900, 50_000))
LOCKED = '<workbookProtection lockStructure="1"/><bookViews>'
PROTECTED = in_part("xl/workbook.xml", lambda xml: xml.replace("<bookViews>", LOCKED))
MACROS = with_part("xl/vbaProject.bin", b"...")
DIMENSION = in_sheet(A, lambda xml: re.sub('<dimension ref="[^"]*"', '<dimension ref="A1"', xml))
FORMATS = in_sheet(A, lambda xml: xml.replace("</sheetData>", PLACES + "</sheetData>"))
IN_NFD = unicodedata.normalize("NFD", "Biểu số liệu.xlsx")

ZIPS: Mapping[str, Arrival] = {
    "of_one": lambda data: zipped({"Sở Y tế/bieu.xlsx": data}),
    "nested": lambda data: zipped({"t.eml": mail([("b.zip", zipped({"a.xlsx": data}))])}),
    "with_password": lambda data: locked({"a.xlsx": data}),
    "leading_out": lambda data: zipped({"../a.xlsx": data, "b.xlsx": data}),
    "link": lambda _: linked("a.xlsx"),
    "half_of_one": lambda data: zipped({"a.xlsx": data[:9000], "b.xlsx": data}),
}
NAMED = {**NAMES, **globals(), **OTHERS, **ZIPS, "FIGURES": FIGURES}
CONTAINERS: tuple[Row, ...] = rows_beside(__file__, NAMED)
