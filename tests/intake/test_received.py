"""What arrives: every container × one filled return, and what becomes of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter

from dvctt_report.intake.cells import parse_address
from dvctt_report.intake.collect import read_received, read_return
from dvctt_report.model import Return, ReturnStatus, State
from dvctt_report.period import Period
from tests.intake.arrivals import NAME, UNIT, YEAR, filled, mail, profile, zipped
from tests.intake.reading import read_all

EFFECTIVE, REFUSED, SKIPPED = ReturnStatus.EFFECTIVE, ReturnStatus.REFUSED, ReturnStatus.SKIPPED
INBOX = "nhan-ve/2025"


def figures(received: Return) -> dict[tuple[str, str, str], tuple[object, State]]:
    return {(o.item, o.field, o.part): (o.value, o.state) for o in received.observations}


def stated(received: Return) -> tuple[object, ...]:
    """What the unit says of the return itself, and the control code that its figures give."""
    said = received.submission
    return said.document_number, said.sent_on, said.contact, said.control_code, said.computed_code


@cache
def plain() -> Return:
    return read_return(f"{INBOX}/{NAME}", filled(), profile(), Period(YEAR))


def read(file: str, data: bytes) -> list[Return]:
    """Here and not in a worker, which ``test_workers`` holds to give the same: its start takes a second."""
    return list(read_all([(f"{INBOX}/{file}", data)], profile(), Period(YEAR), n_workers=0))


CONTAINERS: tuple[tuple[str, str, Callable[[], bytes], str], ...] = (
    ("xlsx", NAME, filled, NAME),
    ("xlsx named .xls", "x.xls", filled, "x.xls"),
    ("zip", "thu.zip", lambda: zipped({f"Sở Y tế/{NAME}": filled()}), f"thu.zip!/Sở Y tế/{NAME}"),
    ("zip named .xlsx", "thu.xlsx", lambda: zipped({NAME: filled()}), f"thu.xlsx!/{NAME}"),
    ("zip in zip", "a.zip", lambda: zipped({"b.zip": zipped({NAME: filled()})}), f"a.zip!/b.zip!/{NAME}"),
    ("mail", "thu.eml", lambda: mail([("Biểu số liệu.xlsx", filled())]), "thu.eml!/Biểu số liệu.xlsx"),
    (
        "zip in mail",
        "thu.eml",
        lambda: mail([("b.zip", zipped({NAME: filled()}))]),
        f"thu.eml!/b.zip!/{NAME}",
    ),
    ("mail in zip", "a.zip", lambda: zipped({"t.eml": mail([(NAME, filled())])}), f"a.zip!/t.eml!/{NAME}"),
)


@pytest.mark.parametrize(
    ("file", "make", "found"), [c[1:] for c in CONTAINERS], ids=[c[0] for c in CONTAINERS]
)
def test_a_return_gives_the_same_figures_in_every_container(
    file: str, make: Callable[[], bytes], found: str
) -> None:
    (received,) = read(file, make())

    assert (received.file, received.status, received.unit) == (f"{INBOX}/{found}", EFFECTIVE, UNIT)
    assert figures(received) == figures(plain())
    assert len(figures(plain())) > 100
    assert stated(received) == stated(plain())
    assert {o.at.file for o in received.observations if o.at} == {received.file}
    assert [f.code for f in received.findings if f.code.startswith("NH")] == []


def test_everything_in_a_mail_has_a_status_and_a_reason() -> None:
    files = [
        (NAME, filled()),
        ("Báo cáo (bản ký).pdf", b"%PDF-1.7 ..."),
        ("~$BM2025.xlsx", b"x"),
        ("Thumbs.db", b"x"),
        ("hỏng.xlsx", filled()[:9000]),
        ("bảng.rar", b"Rar!\x1a\x07\x01\x00"),
    ]
    returns = read("thu.eml", mail(files))

    statuses = [(r.file.partition("!/")[2], r.status) for r in returns]
    assert statuses == [
        (NAME, EFFECTIVE),
        ("Báo cáo (bản ký).pdf", REFUSED),
        ("~$BM2025.xlsx", SKIPPED),
        ("Thumbs.db", SKIPPED),
        ("hỏng.xlsx", REFUSED),
        ("bảng.rar", REFUSED),
    ]
    assert "giữ làm minh chứng" in returns[1].findings[0].fix
    assert all(r.findings[0].message and r.findings[0].at for r in returns[1:])


def part_of_form(name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(filled())).read(name)


def with_part(name: str, content: bytes) -> bytes:
    """The filled form with one of its parts replaced or added."""
    source = zipfile.ZipFile(io.BytesIO(filled()))
    parts = {n: source.read(n) for n in source.namelist()} | {name: content}
    return zipped(parts)


BOMB = b'<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = b'<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, XXE], ids=["entity bomb", "external entity"])
def test_an_entity_is_never_expanded(doctype: bytes) -> None:
    head, rest = part_of_form("xl/sharedStrings.xml").split(b"?>", 1)
    (received,) = read("x.xlsx", with_part("xl/sharedStrings.xml", head + b"?>" + doctype + rest))

    assert received.status is REFUSED
    assert "DOCTYPE" in received.findings[0].message


def test_a_part_that_inflates_without_end_is_refused() -> None:
    (received,) = read("x.xlsx", with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 60_000_000))

    assert received.status is REFUSED
    assert "tỷ lệ nén" in received.findings[0].message


PHANTOM = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(900, 500_000))
MANGLED: dict[str, Callable[[bytes], bytes]] = {
    "half a million rows of formats": lambda xml: xml.replace(b"</sheetData>", PHANTOM + b"</sheetData>"),
    "a wrong dimension": lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml),
    "no address on any cell of a full row": lambda xml: without_addresses(xml),
    "a cell in the last corner": lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="b"><v>1</v></c></row></sheetData>'
    ),
}


def without_addresses(xml: bytes) -> bytes:
    """Every row loses its address, every cell too, the gaps being filled with empty cells."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    root = ElementTree.fromstring(xml)
    data = root.find(f"{space}sheetData")
    assert data is not None
    by_number = {int(row.attrib.pop("r")): row for row in data}
    data[:] = [by_number.get(n, ElementTree.Element(f"{space}row")) for n in range(1, max(by_number) + 1)]
    for row in data:
        by_column = {_column(cell.attrib.pop("r")): cell for cell in row}
        row[:] = [
            by_column.get(n, ElementTree.Element(f"{space}c"))
            for n in range(1, max(by_column, default=0) + 1)
        ]
    return ElementTree.tostring(root)


def _column(ref: str) -> int:
    place = parse_address(ref)
    assert place is not None
    return place[1]


@pytest.mark.parametrize("mangle", MANGLED.values(), ids=MANGLED)
def test_an_odd_sheet_gives_the_same_figures(mangle: Callable[[bytes], bytes]) -> None:
    part = "xl/worksheets/sheet2.xml"
    before = part_of_form(part)
    after = mangle(before)
    assert after != before
    (received,) = read("x.xlsx", with_part(part, after))

    assert received.status is EFFECTIVE
    assert figures(received) == figures(plain())


def test_macros_are_said_and_a_workbook_with_them_is_read() -> None:
    (received,) = read("x.xlsm", with_part("xl/vbaProject.bin", b"..."))

    assert received.status is EFFECTIVE
    assert [f.code for f in received.findings if f.code.startswith("NH")] == ["NH10"]


def test_a_system_file_is_not_opened_even_if_it_is_a_zip() -> None:
    received = read_received("nhan-ve/2025/~$thu.zip", zipped({NAME: filled()}), profile(), Period(YEAR))

    assert isinstance(received, Return)
    assert received.status is SKIPPED


def test_a_workbook_is_not_taken_for_a_container(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"))
    book.add_worksheet().write(0, 0, "From: a\nTo: b")
    book.close()
    received = read_received("x.xlsx", (tmp_path / "x.xlsx").read_bytes(), profile(), Period(YEAR))

    assert isinstance(received, Return)
    assert [f.code for f in received.findings] == ["NH02"]
