"""What kind of file has arrived is told by its content, and every refusal has its true reason."""

from __future__ import annotations

import pytest

from dvctt_report.files import packages as package_module
from dvctt_report.files.cells import Unreadable
from dvctt_report.files.container import FileKind, read_workbook, sniff
from dvctt_report.files.packages import Package, PackageFault
from dvctt_report.text.file_names import skip_reason
from tests.forms.fill import fill
from tests.intake.arrivals import zipped
from tests.made import tabled

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
OVERRIDE = '<Override PartName="/main" ContentType="{}"/>'


def package(content_type: str) -> bytes:
    return zipped({"[Content_Types].xml": TYPES.format(OVERRIDE.format(content_type)).encode()})


def ole(*streams: str) -> bytes:
    """An OLE header and a directory that lists these streams; enough to tell what it is."""
    directory = b"".join(_entry("Root Entry", 5) if not n else _entry(n, 2) for n in ("", *streams))
    return OLE + b"\0" * (512 - len(OLE)) + directory


def _entry(name: str, kind: int) -> bytes:
    wide = name.encode("utf-16-le")
    return wide.ljust(64, b"\0") + (len(wide) + 2).to_bytes(2, "little") + bytes([kind]) + b"\0" * 61


OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (package(OFFICE + "spreadsheetml.sheet.main+xml"), FileKind.XLSX),
        (package("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), FileKind.XLSX),
        (package("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), FileKind.XLSB),
        (package(OFFICE + "wordprocessingml.document.main+xml"), FileKind.WORD),
        (package(OFFICE + "presentationml.presentation.main+xml"), FileKind.SLIDES),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), FileKind.XLSX),
        (zipped({"xl\\workbook.xml": b"<workbook/>"}), FileKind.XLSX),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), FileKind.WORD),
        (zipped({"content.xml": b"", "styles.xml": b""}), FileKind.ODS),
        (zipped({}), FileKind.DAMAGED),
        (fill("SYT", 1).data[:2000], FileKind.DAMAGED),
        (ole("Workbook"), FileKind.XLS),
        (ole("Book"), FileKind.XLS),
        (ole("WORKBOOK"), FileKind.XLS),
        (ole("WordDocument"), FileKind.WORD),
        (ole("PowerPoint Document"), FileKind.SLIDES),
        (b"Received: from a\r\nFrom: a@example.com\r\n\r\n", FileKind.EML),
        (b"MIME-Version: 1.0\r\nFrom: a@example.com\r\nTo: b@example.com\r\n", FileKind.EML),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nSubject: y\r\n", FileKind.MHTML),
        (b"From: A\n\nSubject: B", FileKind.TEXT),
        (ole("Khác"), FileKind.UNKNOWN),
        (OLE + b"\0" * 600, FileKind.DAMAGED),
        (b"\r\n%PDF-1.7 ...", FileKind.PDF),
        (b"\xff\xd8\xff\xe0", FileKind.IMAGE),
        (b"\0\0\0\x18ftypheic", FileKind.IMAGE),
        (b"BM\x36\x00\x01\x00\0\0\0\0", FileKind.IMAGE),
        ("\ufeff<!DOCTYPE html><table>".encode(), FileKind.HTML),
        ("<html><body>".encode("utf-16"), FileKind.HTML),
        (b"MIME-Version: 1.0\r\n", FileKind.MHTML),
        ("STT;Chỉ tiêu\n1;Số".encode(), FileKind.TEXT),
        (b"BM2025,STT", FileKind.TEXT),
    ],
)
def test_a_file_is_told_by_its_content(data: bytes, kind: FileKind) -> None:
    assert sniff(data) is kind


def test_a_type_given_to_an_extension_doesnt_outvote_the_one_of_a_part() -> None:
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    override = OVERRIDE.format(OFFICE + "spreadsheetml.sheet.main+xml")
    types = TYPES.format(f'<Default Extension="bin" ContentType="{binary}"/>{override}')

    assert sniff(zipped({"[Content_Types].xml": types.encode()})) is FileKind.XLSX


@tabled(("name", "skipped"))
def test_files_of_the_system_are_skipped_with_a_reason(name: str, skipped: bool) -> None:
    assert bool(skip_reason(name)) == skipped


@pytest.mark.parametrize("name", ["../xl/workbook.xml", "C:/xl/workbook.xml", "xl/../../workbook.xml"])
def test_a_member_that_leads_out_of_the_package_is_refused(name: str) -> None:
    with pytest.raises(Unreadable, match="không an toàn"):
        read_workbook(zipped({name: b"<workbook/>"}))


def test_what_is_inflated_is_counted_and_not_what_the_zip_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_INFLATED", 3_000_000)
    opened = Package(zipped({"a": b"<a/>" * 500_000, "b": b"<b/>" * 500_000}))

    opened.read("a")
    with pytest.raises(PackageFault, match="giải nén vượt"):
        opened.read("b")
