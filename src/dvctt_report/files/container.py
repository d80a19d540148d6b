"""What kind of file has arrived, by its content and never by its name; and why it is refused if it is."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.files.cells import Sheet, Unreadable, Workbook, too_large
from dvctt_report.files.kinds import FileKind, sniff, zip_kind
from dvctt_report.files.packages import Package, PackageFault, Wrong
from dvctt_report.text.limits import MAX_CELLS, MAX_FILE, MAX_RECEIVED, MAX_SHEETS, MAX_TEXT
from dvctt_report.text.vietnamese import format_count

_SAVE_AS = 'Mở tệp bằng Excel, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" rồi gửi lại.'
_SEND_AGAIN = "Đề nghị đơn vị mở lại tệp gốc để kiểm tra, lưu thành .xlsx và gửi lại."
_LOAD_AGAIN = "Tải lại; nếu vẫn không mở được, đề nghị đơn vị gửi lại tệp."
_WORDS: dict[Wrong, tuple[str, str]] = {
    Wrong.NO_ZIP: ("Tệp nén của Excel bị hỏng hoặc tải về chưa đủ", _SEND_AGAIN),
    Wrong.LEAVES: ("Tệp chứa đường dẫn thoát ra ngoài, không an toàn để mở", _SEND_AGAIN),
    Wrong.LOCKED: ("Tệp đặt mật khẩu mở", "Đề nghị đơn vị bỏ mật khẩu rồi gửi lại."),
    Wrong.PACKED: ("Tệp nén theo cách mà Excel không dùng", _SAVE_AS),
    Wrong.DOCTYPE: ("Tệp chứa khai báo DOCTYPE mà Excel không bao giờ ghi, không an toàn để mở", _SAVE_AS),
}


def unopened(fault: PackageFault) -> Unreadable:
    """The refusal of a workbook whose package, or a part of it, isn't opened."""
    if fault.wrong is Wrong.TOO_LARGE:
        return too_large(fault.detail)
    if fault.wrong is Wrong.TWICE:
        reason = f'Tệp Excel có hai thành phần cùng tên "{fault.detail}", không rõ phần nào là số liệu'
        return Unreadable(reason, _SAVE_AS)
    return Unreadable(*_WORDS[fault.wrong]) if fault.wrong in _WORDS else damaged(fault.detail)


def damaged(part: str, detail: str = "") -> Unreadable:
    """The refusal of a package whose ``part`` does not hold what it should."""
    reason = f'Thành phần "{part}" của tệp Excel bị hỏng'
    return Unreadable(f"{reason}: {detail}" if detail else reason, _SEND_AGAIN)


def missing(part: str) -> Unreadable:
    """The refusal of a package in which a part that it names is not there."""
    return Unreadable(f'Tệp Excel thiếu thành phần "{part}"', _SEND_AGAIN)


TOO_LARGE = (
    f"Tệp lớn bất thường (trên {MAX_RECEIVED // 1_000_000} MB)",
    "Đề nghị đơn vị chép số liệu sang biểu mẫu đã cấp rồi gửi lại.",
)

_SAVE_PAGE_AS = (
    'Mở tệp bằng Excel, kiểm tra lại các con số, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" '
    "rồi gửi lại."
)
_FILL_IN = "Đề nghị đơn vị nhập số liệu vào biểu mẫu Excel đã cấp rồi gửi lại tệp .xlsx."
_EVIDENCE = f"Tệp được giữ làm minh chứng. {_FILL_IN}"
_UNPACK = "Giải nén bằng tay, chép từng tệp Excel vào thư mục nhận báo cáo."
_DETACH = "Mở thư, lưu tệp Excel đính kèm vào thư mục nhận báo cáo."

SCANS = (FileKind.PDF, FileKind.IMAGE, FileKind.WORD)
"""What a signed paper is sent as: no return, but evidence where it comes with one."""

REFUSALS: dict[FileKind, tuple[str, str]] = {
    FileKind.EMPTY: (
        "Tệp rỗng (0 byte), có thể do tải về chưa xong",
        "Tải lại hoặc đề nghị đơn vị gửi lại tệp.",
    ),
    FileKind.ENCRYPTED: (
        "Tệp bị mã hóa: có mật khẩu mở, hoặc khóa cấu trúc sổ tính (Protect Workbook)",
        "Đề nghị đơn vị mở tệp bằng Excel, bỏ mật khẩu, bỏ khóa cấu trúc, lưu thành .xlsx rồi gửi lại.",
    ),
    FileKind.XLSB: ("Tệp ở định dạng Excel nhị phân (.xlsb)", _SAVE_AS),
    FileKind.ODS: (
        "Tệp ở định dạng OpenDocument (.ods)",
        'Mở tệp bằng LibreOffice hoặc Excel, chọn "Lưu thành" (Save As) loại .xlsx rồi gửi lại.',
    ),
    FileKind.NUMBERS: ("Tệp của ứng dụng Numbers (Apple)", "Xuất tệp sang Excel (.xlsx) rồi gửi lại."),
    FileKind.SHORTCUT: (
        "Tệp là lối tắt (shortcut), không phải chính tệp",
        "Chép chính tệp Excel vào thư mục nhận báo cáo.",
    ),
    FileKind.WORD: ("Tệp là văn bản Word, không phải biểu Excel", _EVIDENCE),
    FileKind.SLIDES: ("Tệp là bản trình chiếu PowerPoint, không phải biểu Excel", _EVIDENCE),
    FileKind.MAIL: ("Tệp là thư Outlook (.msg)", _DETACH),
    FileKind.EML: ("Tệp là thư điện tử (.eml)", _DETACH),
    FileKind.TNEF: ("Tệp đính kèm bị Outlook gói thành winmail.dat", "Đề nghị đơn vị gửi lại tệp Excel."),
    FileKind.OLD_XLS: ("Tệp ở định dạng Excel đời rất cũ (Excel 4 trở về trước)", _SAVE_AS),
    FileKind.PDF: ("Tệp là PDF, không phải biểu Excel", _EVIDENCE),
    FileKind.IMAGE: ("Tệp là ảnh, không phải biểu Excel", _EVIDENCE),
    FileKind.HTML: ("Tệp thực chất là trang web (HTML)", _SAVE_PAGE_AS),
    FileKind.MHTML: ("Tệp thực chất là trang web lưu trữ (MHTML)", _SAVE_PAGE_AS),
    FileKind.XML_2003: ("Tệp thực chất là bảng tính XML 2003", _SAVE_AS),
    FileKind.XML: ("Tệp là XML, không phải biểu Excel", _FILL_IN),
    FileKind.ZIP: ("Tệp là tệp nén .zip, không phải biểu Excel", _UNPACK),
    FileKind.RAR: ("Tệp là tệp nén .rar", _UNPACK),
    FileKind.SEVEN_ZIP: ("Tệp là tệp nén .7z", _UNPACK),
    FileKind.TEXT: ("Tệp là văn bản thuần (.txt, .csv), không phải biểu Excel", _FILL_IN),
    FileKind.DAMAGED: ("Tệp bị hỏng hoặc tải về chưa đủ", _LOAD_AGAIN),
    FileKind.BLANK: (
        "Tệp chỉ gồm các byte 0, do tải về hoặc chép chưa xong",
        "Tải hoặc chép lại; nếu vẫn vậy, đề nghị đơn vị gửi lại tệp.",
    ),
    FileKind.UNKNOWN: ("Không nhận ra loại tệp, không phải biểu Excel", _FILL_IN),
}
"""Reason and remedy of every kind that is not read."""


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
        if any(len(text) > MAX_TEXT for text in _texts(sheet)):
            raise too_large(f"tên trang tính, ghi chú hoặc hộp chữ có trên {format_count(MAX_TEXT)} ký tự")


def _texts(sheet: Sheet) -> Iterator[str]:
    """The texts of a sheet beside its cells."""
    yield sheet.name
    yield from sheet.notes.values()
    yield from (box.text for box in sheet.text_boxes)
    yield from (text for _, text in sheet.hints)


def _read(data: bytes) -> Workbook:
    if len(data) > MAX_FILE:
        raise too_large(f"trên {MAX_FILE // 1_000_000} MB")
    kind = sniff(data)
    # Each reader is imported where it reads: the tracking book, in every command, wants but one.
    match kind:
        case FileKind.XLSX:
            from dvctt_report.files.xlsx import read_xlsx

            return read_xlsx(data)
        case FileKind.XLS:
            from dvctt_report.files.xls import read_xls

            return read_xls(data)
    if kind is FileKind.DAMAGED and data.startswith(b"PK"):
        try:
            zip_kind(Package(data))  # tells the reason: hostile, too large, which part is damaged
        except PackageFault as fault:
            raise unopened(fault) from fault
    raise Unreadable(*REFUSALS[kind])
