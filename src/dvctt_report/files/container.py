"""What kind of file has arrived, by its content and never by its name; and why it is refused if it is."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from dvctt_report.files.cells import Unreadable, Workbook, too_large
from dvctt_report.files.packages import Package, PackageFault, Wrong, read_tree
from dvctt_report.text.limits import MAX_CELLS, MAX_FILE, MAX_RECEIVED, MAX_SHEETS, MAX_TEXT
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import format_count


class FileKind(StrEnum):
    """The kinds of file that arrive. Of returns XLSX and XLS are read; ZIP and EML are unpacked. Of documents
    WORD is read, where it is a .docx."""

    XLSX = "xlsx"
    XLS = "xls"
    EMPTY = "empty"
    BLANK = "blank"
    ENCRYPTED = "encrypted"
    XLSB = "xlsb"
    ODS = "ods"
    NUMBERS = "numbers"
    SHORTCUT = "shortcut"
    WORD = "word"
    SLIDES = "slides"
    MAIL = "mail"
    EML = "eml"
    TNEF = "tnef"
    OLD_XLS = "old_xls"
    PDF = "pdf"
    IMAGE = "image"
    HTML = "html"
    MHTML = "mhtml"
    XML_2003 = "xml_2003"
    XML = "xml"
    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    TEXT = "text"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


def sniff(data: bytes) -> FileKind:
    """Tell what kind of file these bytes are, whatever its name says. Never raises."""
    if not data:
        return FileKind.EMPTY
    if not data.strip(b"\0"):
        return FileKind.BLANK
    for kind, magics in _MAGIC.items():
        if data.startswith(magics):
            return kind
    if data.startswith(b"PK"):
        try:
            return zip_kind(Package(data))
        except PackageFault:
            return FileKind.DAMAGED
    if data.startswith(_OLE):
        for name, kind in _STREAMS:
            if has_ole_entry(data, name):
                return kind
        # Where its directory begins. Source: [MS-CFB] 2.2, 2.6.
        sector = 4096 if data[30:32] == b"\x0c\0" else 512
        directory = (int.from_bytes(data[48:52], "little") + 1) * sector
        is_whole = has_ole_entry(data, "Root Entry") and directory < len(data)
        return FileKind.UNKNOWN if is_whole else FileKind.DAMAGED
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    bitmap = data.startswith(b"BM") and data[6:10] == b"\0\0\0\0"
    if webp or bitmap or data[4:8] == b"ftyp":
        return FileKind.IMAGE
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) & ~1].decode("utf-16", "replace")
    elif any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return FileKind.UNKNOWN  # NUL and other control bytes stand in no text file
    else:
        text = head.decode("utf-8", "replace")
    # What kind of text it is, by how it begins.
    start = text.lstrip("\ufeff \t\r\n").lower()
    headers = frozenset(_HEADER.findall(_BLANK_LINE.split(start, maxsplit=1)[0]))
    if headers & {"x-document-type", "snapshot-content-location"}:
        return FileKind.MHTML
    if len(headers & _MAIL_HEADERS) > 1:
        return FileKind.EML
    if start.startswith("mime-version:") or "content-type: multipart/related" in start:
        return FileKind.MHTML
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and start.startswith("<?xml"):
        return FileKind.XML_2003
    if any(mark in start for mark in ("<html", "<table", "<!doctype html")):
        return FileKind.HTML
    return FileKind.XML if start.startswith("<?xml") else FileKind.TEXT


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: dict[FileKind, tuple[bytes, ...]] = {
    FileKind.PDF: (b"%PDF-",),
    FileKind.IMAGE: (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
    FileKind.RAR: (b"Rar!\x1a\x07",),
    FileKind.SEVEN_ZIP: (b"7z\xbc\xaf\x27\x1c",),
    FileKind.WORD: (rb"{\rtf",),
    FileKind.TNEF: (b"\x78\x9f\x3e\x22",),
    FileKind.SHORTCUT: (b"L\0\0\0\x01\x14\x02\0",),
    FileKind.OLD_XLS: (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"),
    FileKind.XLS: (b"\x09\x08",),
}
_MAIN_PARTS: dict[FileKind, tuple[str, ...]] = {
    FileKind.XLSB: ("sheet.binary.macroenabled.main",),
    FileKind.XLSX: (
        *("spreadsheetml.sheet.main", "ms-excel.sheet.macroenabled.main", "spreadsheetml.template.main"),
        *("ms-excel.template.macroenabled.main", "ms-excel.addin.macroenabled.main"),
    ),
    FileKind.WORD: ("wordprocessingml.", "ms-word."),
    FileKind.SLIDES: ("presentationml.",),
}
_MEMBERS: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook.xml", FileKind.XLSX),
    ("xl/workbook.bin", FileKind.XLSB),
    ("word/document.xml", FileKind.WORD),
    ("ppt/presentation.xml", FileKind.SLIDES),
)
_STREAMS: tuple[tuple[str, FileKind], ...] = (
    ("EncryptedPackage", FileKind.ENCRYPTED),
    ("Workbook", FileKind.XLS),
    ("Book", FileKind.XLS),
    ("WordDocument", FileKind.WORD),
    ("PowerPoint Document", FileKind.SLIDES),
    ("__properties_version1.0", FileKind.MAIL),
)


def zip_kind(package: Package) -> FileKind:
    """What a zip holds, by its content types, else by its members. Raises what the package raises."""
    names = package.names
    mime = package.read("mimetype")[:80] if "mimetype" in names else b""
    if mime.startswith(b"application/vnd.oasis"):
        return FileKind.ODS if b"spreadsheet" in mime else FileKind.WORD
    if "[content_types].xml" in names:
        tree = read_tree(package.read("[Content_Types].xml"), "[Content_Types].xml")
        for tag in (
            "Override",
            "Default",
        ):  # to parts, before those given to extensions, which no part need have
            given = {entry.get("ContentType", "").lower() for entry in tree.iter(tag)}
            for kind, words in _MAIN_PARTS.items():
                if any(word in t for word in words for t in given):
                    return kind
    for member, kind in _MEMBERS:
        if member in names:
            return kind
    if any(n.endswith(".iwa") for n in names):
        return FileKind.NUMBERS
    if {"content.xml", "styles.xml"} <= names:
        return FileKind.ODS
    return FileKind.ZIP if names else FileKind.DAMAGED


def has_ole_entry(data: bytes, name: str) -> bool:
    """Whether an OLE file lists a stream or storage of that name, by the look of its directory entry.

    Found without following the file's chains, which damage breaks first: an entry stands at a multiple of
    128 bytes and holds name, length of the name and type. Source: [MS-CFB] 2.6.1.
    """
    wide = name.encode("utf-16-le")
    size = (len(wide) + 2).to_bytes(2, "little")
    return any(
        match.start() % 128 == 0
        and data[match.start() + 64 : match.start() + 66] == size
        and data[match.start() + 66 : match.start() + 67] in (b"\1", b"\2", b"\5")
        for match in re.finditer(re.escape(wide), data, re.IGNORECASE)
    )


_HEADER = lazy_pattern(r"^([a-z][a-z-]*):", re.MULTILINE)
_BLANK_LINE = lazy_pattern(r"\r?\n\r?\n")
_MAIL_HEADERS = frozenset(
    ("from", "to", "date", "subject", "received", "message-id", "return-path", "delivered-to", "reply-to")
)
"""Two of them at the head of a text make it a mail; a saved web page may have one."""


_TABLE: dict[str, dict[str, Any]] = parse_toml(read_text(PACKAGE / "files" / "refused.toml"))
_REMEDIES: dict[str, str] = _TABLE["remedy"]
_ROWS = {
    part: {name: (reason, _REMEDIES.get(fix, fix)) for name, (reason, fix) in _TABLE[part].items()}
    for part in ("kind", "package")
}
REFUSALS: dict[FileKind, tuple[str, str]] = {FileKind(name): row for name, row in _ROWS["kind"].items()}
"""Reason and remedy of every kind that is not read."""
_WORDS: dict[Wrong, tuple[str, str]] = {Wrong(name): row for name, row in _ROWS["package"].items()}


def unopened(fault: PackageFault) -> Unreadable:
    """The refusal of a workbook whose package, or a part of it, isn't opened."""
    if fault.wrong is Wrong.TOO_LARGE:
        return too_large(fault.detail)
    if fault.wrong is Wrong.TWICE:
        reason = f'Tệp Excel có hai thành phần cùng tên "{fault.detail}", không rõ phần nào là số liệu'
        return Unreadable(reason, _REMEDIES["save_as"])
    return Unreadable(*_WORDS[fault.wrong]) if fault.wrong in _WORDS else damaged(fault.detail)


def damaged(part: str, detail: str = "") -> Unreadable:
    """The refusal of a package whose ``part`` does not hold what it should."""
    reason = f'Thành phần "{part}" của tệp Excel bị hỏng'
    return Unreadable(f"{reason}: {detail}" if detail else reason, _REMEDIES["send_again"])


def missing(part: str) -> Unreadable:
    """The refusal of a package in which a part that it names is not there."""
    return Unreadable(f'Tệp Excel thiếu thành phần "{part}"', _REMEDIES["send_again"])


TOO_LARGE = (
    f"Tệp lớn bất thường (trên {MAX_RECEIVED // 1_000_000} MB)",
    "Đề nghị đơn vị chép số liệu sang biểu mẫu đã cấp rồi gửi lại.",
)

SCANS = (FileKind.PDF, FileKind.IMAGE, FileKind.WORD)
"""What a signed paper is sent as: no return, but evidence where it comes with one."""


def read_workbook(data: bytes) -> Workbook:
    """Read a workbook of a kind that is read. Raises Unreadable with the true reason for anything else."""
    if len(data) > MAX_FILE:
        raise too_large(f"trên {MAX_FILE // 1_000_000} MB")
    kind = sniff(data)
    # Each reader is imported where it reads: the tracking book, in every command, wants but one.
    if kind is FileKind.XLSX:
        from dvctt_report.files.xlsx import read_xlsx as read
    elif kind is FileKind.XLS:
        from dvctt_report.files.xls import read_xls as read
    else:
        if kind is FileKind.DAMAGED and data.startswith(b"PK"):
            try:
                zip_kind(Package(data))  # tells the reason: hostile, too large, which part is damaged
            except PackageFault as fault:
                raise unopened(fault) from fault
        raise Unreadable(*REFUSALS[kind])
    book = read(data)
    # What holds more than any return does is none, whatever kind of file it is.
    if len(book.sheets) > MAX_SHEETS:
        raise too_large(f"{format_count(len(book.sheets))} trang tính")
    n_cells = sum(len(sheet.cells) for sheet in book.sheets)
    if n_cells > MAX_CELLS:
        raise too_large(f"{format_count(n_cells)} ô có nội dung")
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if len(cell.raw) + len(cell.formula) + len(cell.number_format) > MAX_TEXT:
                raise too_large(f"ô {cell.address} có trên {format_count(MAX_TEXT)} ký tự")
        beside = (sheet.name, *sheet.notes.values(), *(b.text for b in sheet.text_boxes))
        if any(len(text) > MAX_TEXT for text in (*beside, *(text for _, text in sheet.hints))):
            raise too_large(f"tên trang tính, ghi chú hoặc hộp chữ có trên {format_count(MAX_TEXT)} ký tự")
    return book
