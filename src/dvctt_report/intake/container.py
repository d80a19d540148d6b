"""What kind of file has arrived, by its content and never by its name; and why it is refused if it is."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path, PurePosixPath

from dvctt_report.intake.cells import Unreadable, Workbook, too_large
from dvctt_report.intake.package import Package, local, parse_xml
from dvctt_report.limits import MAX_CELLS, MAX_FILE, MAX_RECEIVED, MAX_SHEETS, MAX_TEXT
from dvctt_report.vietnamese import format_count

TOO_LARGE = (
    f"Tệp lớn bất thường (trên {MAX_RECEIVED // 1_000_000} MB)",
    "Đề nghị đơn vị chép số liệu sang biểu mẫu đã cấp rồi gửi lại.",
)


class Kind(StrEnum):
    """The kinds of file that arrive in place of a return. XLSX, XLS, ODS and tables in web pages are read;
    ZIP and EML are unpacked."""

    XLSX = "xlsx"
    XLS = "xls"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    XLSB = "xlsb"
    ODS = "ods"
    NUMBERS = "numbers"
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


_SAVE_AS = 'Mở tệp bằng Excel, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" rồi gửi lại.'
_FILL_IN = "Đề nghị đơn vị nhập số liệu vào biểu mẫu Excel đã cấp rồi gửi lại tệp .xlsx."
_EVIDENCE = f"Tệp được giữ làm minh chứng. {_FILL_IN}"
_UNPACK = "Giải nén bằng tay, chép từng tệp Excel vào thư mục nhận báo cáo."
_DETACH = "Mở thư, lưu tệp Excel đính kèm vào thư mục nhận báo cáo."

SCANS = (Kind.PDF, Kind.IMAGE, Kind.WORD)
"""What a signed paper is sent as: no return, but evidence where it comes with one."""

REFUSALS: dict[Kind, tuple[str, str]] = {
    Kind.EMPTY: ("Tệp rỗng (0 byte), có thể do tải về chưa xong", "Tải lại hoặc đề nghị đơn vị gửi lại tệp."),
    Kind.ENCRYPTED: ("Tệp đặt mật khẩu mở", "Đề nghị đơn vị bỏ mật khẩu rồi gửi lại."),
    Kind.XLSB: ("Tệp ở định dạng Excel nhị phân (.xlsb)", _SAVE_AS),
    Kind.NUMBERS: ("Tệp của ứng dụng Numbers (Apple)", "Xuất tệp sang Excel (.xlsx) rồi gửi lại."),
    Kind.WORD: ("Tệp là văn bản Word, không phải biểu Excel", _EVIDENCE),
    Kind.SLIDES: ("Tệp là bản trình chiếu PowerPoint, không phải biểu Excel", _EVIDENCE),
    Kind.MAIL: ("Tệp là thư Outlook (.msg)", _DETACH),
    Kind.EML: ("Tệp là thư điện tử (.eml)", _DETACH),
    Kind.TNEF: ("Tệp đính kèm bị Outlook gói thành winmail.dat", "Đề nghị đơn vị gửi lại tệp Excel."),
    Kind.OLD_XLS: ("Tệp ở định dạng Excel đời rất cũ (Excel 4 trở về trước)", _SAVE_AS),
    Kind.PDF: ("Tệp là PDF, không phải biểu Excel", _EVIDENCE),
    Kind.IMAGE: ("Tệp là ảnh, không phải biểu Excel", _EVIDENCE),
    Kind.HTML: ("Tệp thực chất là trang web (HTML), bên trong không có bảng số liệu", _SAVE_AS),
    Kind.MHTML: ("Tệp thực chất là trang web lưu trữ (MHTML), bên trong không có bảng số liệu", _SAVE_AS),
    Kind.XML_2003: ("Tệp thực chất là bảng tính XML 2003", _SAVE_AS),
    Kind.XML: ("Tệp là XML, không phải biểu Excel", _FILL_IN),
    Kind.ZIP: ("Tệp là tệp nén .zip, không phải biểu Excel", _UNPACK),
    Kind.RAR: ("Tệp là tệp nén .rar", _UNPACK),
    Kind.SEVEN_ZIP: ("Tệp là tệp nén .7z", _UNPACK),
    Kind.TEXT: ("Tệp là văn bản thuần (.txt, .csv), không phải biểu Excel", _FILL_IN),
    Kind.DAMAGED: (
        "Tệp bị hỏng hoặc tải về chưa đủ",
        "Tải lại; nếu vẫn không mở được, đề nghị đơn vị gửi lại tệp.",
    ),
    Kind.UNKNOWN: ("Không nhận ra loại tệp, không phải biểu Excel", _FILL_IN),
}
"""Reason and remedy of every kind that is not read; of a web page, where it holds no table."""

SKIPPED: dict[str, str] = {
    ".ds_store": "tệp hệ thống của macOS",
    "thumbs.db": "tệp hệ thống của Windows",
    "desktop.ini": "tệp hệ thống của Windows",
}


def skip_reason(name: str) -> str | None:
    """Say why a file of that name is no return and is only listed; None where it is to be read."""
    base = PurePosixPath(name.replace("\\", "/")).name.lower()
    if base.startswith("~$"):
        return "tệp khóa tạm của Excel (tệp gốc có thể đang mở, chưa lưu)"
    if base.startswith("._"):
        return "tệp hệ thống của macOS"
    if base.endswith((".tmp", ".crdownload", ".part")):
        return "tệp tạm, tải về chưa xong"
    return SKIPPED.get(base)


def is_to_be_read(path: Path) -> bool:
    """Whether a file in the inbox is read as a return: none of the system's, none too large."""
    try:
        return skip_reason(path.name) is None and path.stat().st_size <= MAX_RECEIVED
    except OSError:
        return False


def sniff(data: bytes) -> Kind:
    """Tell what kind of file these bytes are, whatever its name says. Never raises."""
    if not data:
        return Kind.EMPTY
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK"):
        try:
            return _zip_kind(data)
        except Unreadable:
            return Kind.DAMAGED
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if _is_image(data):
        return Kind.IMAGE
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    return _sniff_text(data)


def read_workbook(data: bytes) -> Workbook:
    """Read a workbook of a kind that is read. Raises Unreadable with the true reason for anything else."""
    book = _read(data)
    _check_size(book)
    return book


def _check_size(book: Workbook) -> None:
    """Raise Unreadable where a workbook holds more than any return does, whatever kind of file it is."""
    if len(book.sheets) > MAX_SHEETS:
        raise too_large(f"{format_count(len(book.sheets))} trang tính")
    n_cells = sum(len(sheet.cells) for sheet in book.sheets)
    if n_cells > MAX_CELLS:
        raise too_large(f"{format_count(n_cells)} ô có nội dung")
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if len(cell.raw) + len(cell.formula) + len(cell.number_format) > MAX_TEXT:
                raise too_large(f"ô {cell.address} có trên {format_count(MAX_TEXT)} ký tự")
        if any(len(text) > MAX_TEXT for text in (sheet.name, *sheet.notes.values(), *sheet.text_boxes)):
            raise too_large(f"tên trang tính, ghi chú hoặc hộp chữ có trên {format_count(MAX_TEXT)} ký tự")


def _read(data: bytes) -> Workbook:
    from dvctt_report.intake.html import read_html, read_mhtml
    from dvctt_report.intake.ods import read_ods
    from dvctt_report.intake.xls import read_xls
    from dvctt_report.intake.xlsx import read_xlsx

    if len(data) > MAX_FILE:
        raise too_large(f"trên {MAX_FILE // 1_000_000} MB")
    match kind := sniff(data):
        case Kind.XLSX:
            return read_xlsx(data)
        case Kind.XLS:
            return read_xls(data)
        case Kind.ODS:
            return read_ods(data)
        case Kind.HTML:
            return read_html(data)
        case Kind.MHTML:
            return read_mhtml(data)
    if kind is Kind.DAMAGED and data.startswith(b"PK"):
        _zip_kind(data)  # raises the reason itself: hostile, too large, which part is damaged
    raise Unreadable(*REFUSALS[kind])


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),
    (b"MM\0*", Kind.IMAGE),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (rb"{\rtf", Kind.WORD),
    (b"\x78\x9f\x3e\x22", Kind.TNEF),
    (b"\x09\x00\x04\x00", Kind.OLD_XLS),
    (b"\x09\x02\x06\x00", Kind.OLD_XLS),
    (b"\x09\x04\x06\x00", Kind.OLD_XLS),
    (b"\x09\x08", Kind.XLS),
)
_MAIN_PARTS: tuple[tuple[str, Kind], ...] = (
    ("sheet.binary.macroenabled.main", Kind.XLSB),
    ("spreadsheetml.sheet.main", Kind.XLSX),
    ("ms-excel.sheet.macroenabled.main", Kind.XLSX),
    ("spreadsheetml.template.main", Kind.XLSX),
    ("ms-excel.template.macroenabled.main", Kind.XLSX),
    ("ms-excel.addin.macroenabled.main", Kind.XLSX),
    ("wordprocessingml.", Kind.WORD),
    ("ms-word.", Kind.WORD),
    ("presentationml.", Kind.SLIDES),
)
_MEMBERS: tuple[tuple[str, Kind], ...] = (
    ("xl/workbook.xml", Kind.XLSX),
    ("xl/workbook.bin", Kind.XLSB),
    ("word/document.xml", Kind.WORD),
    ("ppt/presentation.xml", Kind.SLIDES),
)
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("WordDocument", Kind.WORD),
    ("PowerPoint Document", Kind.SLIDES),
    ("__properties_version1.0", Kind.MAIL),
)


def _is_image(data: bytes) -> bool:
    """HEIC, WebP and BMP, whose first bytes alone say too little."""
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    bitmap = data.startswith(b"BM") and data[6:10] == b"\0\0\0\0"
    return webp or bitmap or data[4:8] == b"ftyp"


def _zip_kind(data: bytes) -> Kind:
    """What a zip holds, by its content types, else by its members. Raises Unreadable."""
    package = Package(data)
    names = package.names
    mime = package.read("mimetype")[:80] if "mimetype" in names else b""
    if mime.startswith(b"application/vnd.oasis"):
        return Kind.ODS if b"spreadsheet" in mime else Kind.WORD
    if "[content_types].xml" in names:
        for types in _content_types(package.read("[content_types].xml")):
            for word, kind in _MAIN_PARTS:
                if any(word in t for t in types):
                    return kind
    for member, kind in _MEMBERS:
        if member in names:
            return kind
    if any(n.endswith(".iwa") for n in names):
        return Kind.NUMBERS
    if {"content.xml", "styles.xml"} <= names:
        return Kind.ODS
    return Kind.ZIP if names else Kind.DAMAGED


def _content_types(xml: bytes) -> tuple[set[str], set[str]]:
    """The types that are given to parts, and those given to whole extensions, which no part need have."""
    parts: set[str] = set()
    extensions: set[str] = set()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if (name := local(tag)) in ("Default", "Override"):
            (parts if name == "Override" else extensions).add(attributes.get("ContentType", "").lower())

    parse_xml(xml, "[Content_Types].xml", start)
    return parts, extensions


def _sniff_ole(data: bytes) -> Kind:
    for name, kind in _STREAMS:
        if has_ole_entry(data, name):
            return kind
    return Kind.UNKNOWN if has_ole_entry(data, "Root Entry") else Kind.DAMAGED


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


def _sniff_text(data: bytes) -> Kind:
    text = _decode_head(data[:4096])
    if text is None:
        return Kind.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n").lower()
    headers = frozenset(_HEADER.findall(_BLANK_LINE.split(start, maxsplit=1)[0]))
    if headers & {"x-document-type", "snapshot-content-location"}:
        return Kind.MHTML
    if len(headers & _MAIL_HEADERS) > 1:
        return Kind.EML
    if start.startswith("mime-version:") or "content-type: multipart/related" in start:
        return Kind.MHTML
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and start.startswith("<?xml"):
        return Kind.XML_2003
    if any(mark in start for mark in ("<html", "<table", "<!doctype html")):
        return Kind.HTML
    return Kind.XML if start.startswith("<?xml") else Kind.TEXT


_HEADER = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
_BLANK_LINE = re.compile(r"\r?\n\r?\n")
_MAIL_HEADERS = frozenset(
    ("from", "to", "date", "subject", "received", "message-id", "return-path", "delivered-to", "reply-to")
)
"""Two of them at the head of a text make it a mail; a saved web page may have one."""


def _decode_head(head: bytes) -> str | None:
    """The head as text; None where it is none: NUL and other control bytes stand in no text file."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", "replace")
    if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return None
    return head.decode("utf-8", "replace")
