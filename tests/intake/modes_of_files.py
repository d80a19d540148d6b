"""Failure modes 1 to 17: what kind of file arrives in place of the form, or around it."""

from __future__ import annotations

import re
import unicodedata

from tests.intake.arrivals import linked, locked, mail, zipped
from tests.intake.excel import Edit, in_part, in_sheet, unzipped
from tests.intake.matrix import FILE, Row, row, typed
from tests.intake.modes_of_layout import FIGURES
from tests.intake.test_container import OFFICE, ole, package

A = "01-A số liệu"
NH01 = f"NH01 error {FILE}"

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_HTML = b"<html><table><tr><td>STT</td><td>5</td></tr></table></html>"
_MHTML = b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n" + _HTML
_XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
_PLACES = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(900, 50_000))


BOMB = b'<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = b'<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def refused(mode: int, done: str, data: bytes, file: str = FILE) -> Row:
    """Another file in place of the form, refused as what it is."""
    return row(mode, done, arrives=lambda _: data, status="refused", told=f"NH01 error {file}", file=file)


def skipped(name: str) -> Row:
    return row(12, f"a file {name}", file=name, status="skipped", told=f"NH08 info {name}")


def without(*names: str) -> Edit:
    def edit(parts: dict[str, bytes]) -> None:
        for name in names:
            del parts[name]

    return edit


def doctype(declared: bytes) -> Edit:
    def edit(parts: dict[str, bytes]) -> None:
        head, rest = parts["xl/sharedStrings.xml"].split(b"?>", 1)
        parts["xl/sharedStrings.xml"] = head + b"?>" + declared + rest

    return edit


def with_part(name: str, content: bytes) -> Edit:
    return lambda parts: parts.update({name: content})


def bomb(data: bytes) -> bytes:
    return zipped(unzipped(data) | {"xl/sharedStrings.xml": b"<sst>" + b" " * 25_000_000})


CONTAINERS: tuple[Row, ...] = (
    row(1, "an .xlsx named .xls", file="bieu.xls"),
    row(1, "an .xlsx named .pdf", file="bieu.pdf"),
    refused(2, "saved by Excel as a web page, named .xls", _HTML, "bieu.xls"),
    refused(2, "saved by Excel as a single file web page", _MHTML, "bieu.mht"),
    refused(3, "a table of XML 2003", _XML_2003),
    row(
        4,
        "saved as .xls by LibreOffice",
        file="bieu.xls",
        needs="xls",
        computed=False,
        reads={"_.control_code": ""},
    ),
    refused(4, "a table of Excel 4", b"\x09\x04\x06\x00\x00\x00"),
    refused(5, "an .xls whose storage is broken", ole("Workbook"), "bieu.xls"),
    refused(6, "saved as .ods", zipped({"mimetype": ODS_TYPE}), "bieu.ods"),
    refused(7, "a password to open", ole("EncryptionInfo", "EncryptedPackage")),
    row(
        7,
        "a .zip with a password",
        arrives=lambda data: locked({"a.xlsx": data}),
        file="thu.zip",
        status={"thu.zip!/a.xlsx": "refused"},
        told="NH01 error thu.zip!/a.xlsx",
    ),
    row(
        8,
        "the workbook protected beside its sheets",
        in_part(
            "xl/workbook.xml",
            lambda x: x.replace("<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>'),
        ),
    ),
    row(9, "macros", with_part("xl/vbaProject.bin", b"..."), file="bieu.xlsm", told="NH10 warning bieu.xlsm"),
    row(
        10,
        "in a .zip",
        arrives=lambda data: zipped({"Sở Y tế/bieu.xlsx": data}),
        file="thu.zip",
        status={"thu.zip!/Sở Y tế/bieu.xlsx": "effective"},
    ),
    row(
        10,
        "in a .zip in a mail in a .zip that is named as a workbook",
        arrives=lambda data: zipped({"t.eml": mail([("b.zip", zipped({"a.xlsx": data}))])}),
        file="thu.xlsx",
        status={"thu.xlsx!/t.eml!/b.zip!/a.xlsx": "effective"},
    ),
    refused(10, "in a mail of Outlook", ole("__properties_version1.0"), "thu.msg"),
    row(11, "an entity bomb", doctype(BOMB), status="refused", told=NH01),
    row(11, "an external entity", doctype(XXE), status="refused", told=NH01),
    row(11, "a part that inflates without end", arrives=bomb, status="refused", told=NH01),
    row(
        11,
        "a .zip whose entry leads out of it",
        arrives=lambda data: zipped({"../a.xlsx": data, "b.xlsx": data}),
        file="thu.zip",
        status={"thu.zip!/../a.xlsx": "refused", "thu.zip!/b.xlsx": "effective"},
        told="NH01 error thu.zip!/../a.xlsx",
    ),
    row(
        11,
        "a .zip with a link in it",
        arrives=lambda _: linked("a.xlsx"),
        file="thu.zip",
        status={"thu.zip!/a.xlsx": "refused"},
        told="NH01 error thu.zip!/a.xlsx",
    ),
    *map(skipped, ("~$bieu.xlsx", "bieu.tmp")),
    row(13, "half downloaded", arrives=lambda data: data[: len(data) // 2], status="refused", told=NH01),
    row(
        13,
        "half a file in a .zip",
        arrives=lambda data: zipped({"a.xlsx": data[:9000], "b.xlsx": data}),
        file="thu.zip",
        status={"thu.zip!/a.xlsx": "refused", "thu.zip!/b.xlsx": "effective"},
        told="NH01 error thu.zip!/a.xlsx",
    ),
    refused(14, "the signed PDF", b"%PDF-1.7 ...", "bao-cao.pdf"),
    refused(14, "a letter in Word", package(OFFICE + "wordprocessingml.document.main+xml"), "bao-cao.docx"),
    refused(14, "a photograph", b"\xff\xd8\xff\xe0", "bao-cao.jpg"),
    row(15, "a name in NFD", file=unicodedata.normalize("NFD", "Biểu số liệu.xlsx")),
    row(15, "a name whose letters were mangled", file="4. Biá»ƒu sá»‘ liá»‡u báº£o cáo.xlsx"),
    row(15, "a name of 200 letters", file="a" * 200 + ".xlsx"),
    row(
        15,
        "the name of another unit",
        file="BM2025_STP_So-Tu-phap.xlsx",
        status="undecided",
        told="NH77 error BM2025_STP_So-Tu-phap.xlsx",
    ),
    row(
        16,
        "without theme and properties",
        without("xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml"),
    ),
    row(
        16,
        "a wrong dimension",
        in_sheet(A, lambda x: re.sub('<dimension ref="[^"]*"', '<dimension ref="A1"', x)),
    ),
    typed(16, "a number in the last corner", f"{A}!XFD1048576", 1, "NH52 error", FIGURES),
    row(
        17,
        "200,000 rows of nothing but formats",
        in_sheet(A, lambda x: x.replace("</sheetData>", _PLACES + "</sheetData>")),
    ),
)
