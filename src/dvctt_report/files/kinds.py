"""What kind of file it is, by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum

from dvctt_report.files.packages import Package, PackageFault, local
from dvctt_report.text.patterns import lazy_pattern


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
    for magic, kind in _MAGIC:
        if data.startswith(magic):
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
    return _sniff_text(text)


def _sniff_text(text: str) -> FileKind:
    """What kind of text it is, by how it begins."""
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
_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"II*\0", FileKind.IMAGE),
    (b"MM\0*", FileKind.IMAGE),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (rb"{\rtf", FileKind.WORD),
    (b"\x78\x9f\x3e\x22", FileKind.TNEF),
    (b"L\0\0\0\x01\x14\x02\0", FileKind.SHORTCUT),
    (b"\x09\x00\x04\x00", FileKind.OLD_XLS),
    (b"\x09\x02\x06\x00", FileKind.OLD_XLS),
    (b"\x09\x04\x06\x00", FileKind.OLD_XLS),
    (b"\x09\x08", FileKind.XLS),
)
_MAIN_PARTS: tuple[tuple[str, FileKind], ...] = (
    ("sheet.binary.macroenabled.main", FileKind.XLSB),
    ("spreadsheetml.sheet.main", FileKind.XLSX),
    ("ms-excel.sheet.macroenabled.main", FileKind.XLSX),
    ("spreadsheetml.template.main", FileKind.XLSX),
    ("ms-excel.template.macroenabled.main", FileKind.XLSX),
    ("ms-excel.addin.macroenabled.main", FileKind.XLSX),
    ("wordprocessingml.", FileKind.WORD),
    ("ms-word.", FileKind.WORD),
    ("presentationml.", FileKind.SLIDES),
)
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
        types: dict[str, set[str]] = {"Override": set(), "Default": set()}
        package.parse(
            "[Content_Types].xml",
            lambda tag, said: types.get(local(tag), set()).add(said.get("ContentType", "").lower()),
        )
        for given in types.values():  # to parts, before those given to extensions, which no part need have
            for word, kind in _MAIN_PARTS:
                if any(word in t for t in given):
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
