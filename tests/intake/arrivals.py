"""A filled return and the containers it may arrive in, made in memory."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from functools import cache
from html import escape

from dvctt_report.intake.cells import Cell, CellKind, Sheet, Workbook
from dvctt_report.intake.xlsx import read_xlsx
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Profile
from dvctt_report.resources import resource_path

YEAR = 2025
UNIT = "SYT"
NAME = "BM2025_SYT_So-Y-te.xlsx"


@cache
def profile() -> Profile:
    return load_profile(resource_path("templates") / "ninh_thuan")


@cache
def filled() -> bytes:
    """One unit's filled form, as Excel would have saved it."""
    return (resource_path("sample_data") / "nhan-ve" / str(YEAR) / NAME).read_bytes()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def renamed(name: str, new: bytes, data: bytes, extra: bytes = b"") -> bytes:
    """A .zip of one file whose name stands in it as ``new``, without the flag that says UTF-8."""
    assert name.isascii()
    assert len(name) == len(new)
    entry = zipfile.ZipInfo(name)
    entry.extra = extra
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(entry, data)
    return stream.getvalue().replace(name.encode(), new)


def linked(name: str) -> bytes:
    """A .zip that holds a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def locked(files: Mapping[str, bytes]) -> bytes:
    """A .zip whose files are marked as encrypted."""
    data = bytearray(zipped(files, zipfile.ZIP_STORED))
    for magic, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def mail(
    files: Iterable[tuple[str, bytes]] = (),
    subject: str = "Báo cáo DVCTT năm 2025",
    sender: str = "Văn thư <vanthu@example.com>",
) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "dvctt@example.com"
    message["Subject"] = subject
    message["Date"] = "Fri, 07 Nov 2025 08:30:00 +0700"
    message.set_content("Kính gửi quý cơ quan báo cáo và biểu số liệu.")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def raw_mail(*parts: tuple[str, bytes]) -> bytes:
    """A mail from the headers of each part as they would be typed, and its content."""
    import base64

    lines = ["From: a@example.com", "To: b@example.com", "Subject: x", "MIME-Version: 1.0"]
    lines += ['Content-Type: multipart/mixed; boundary="rr"', ""]
    for headers, content in parts:
        lines += ["--rr", *headers.splitlines(), "Content-Transfer-Encoding: base64", ""]
        lines += [base64.encodebytes(content).decode().strip()]
    return "\r\n".join([*lines, "--rr--", ""]).encode("utf-8")


def web_page(book: Workbook, names: bool = True) -> bytes:
    """The workbook's sheets as tables of one page, in the manner of Excel's "Web Page"."""
    listed = "".join(_listed(s) for s in book.sheets) if names else ""
    tables = "".join(_table(s) for s in book.sheets)
    return _html(f"<!--[if gte mso 9]><xml>{listed}</xml><![endif]-->{_CSS}", tables)


def web_archive(book: Workbook) -> bytes:
    """The workbook in the manner of Excel's "Single File Web Page": frames, a style sheet, a page a sheet."""
    pages = [("So.htm", "text/html", _html(_frames(book), "<table><tr><td>thẻ</td></tr></table>"))]
    pages += [("So_files/stylesheet.css", "text/css", _CSS.encode())]
    for n, sheet in enumerate(book.sheets, 1):
        pages.append((f"So_files/sheet{n:03}.htm", "text/html", _html("", _table(sheet))))
    lines = ["MIME-Version: 1.0", "X-Document-Type: Workbook"]
    lines += ['Content-Type: multipart/related; boundary="----=_NextPart"', ""]
    for location, kind, content in pages:
        lines += ["------=_NextPart", f"Content-Location: file:///C:/1/{location}"]
        lines += ["Content-Transfer-Encoding: 8bit", f'Content-Type: {kind}; charset="utf-8"', ""]
        lines += [content.decode()]
    return "\r\n".join([*lines, "------=_NextPart--", ""]).encode()


def workbook() -> Workbook:
    """The filled form, read."""
    return read_xlsx(filled())


_CSS = (
    '<style><!-- .xl65 {mso-style-parent:style0; mso-number-format:"\\#\\,\\#\\#0"; text-align:right}'
    ' .xl66 {mso-number-format:"0\\.0";} .xl67 {mso-number-format:"\\@"} --></style>'
)
_CLASSES = {"#,##0": "xl65", "0.0": "xl66"}
_STATES = {"hidden": "SheetHidden", "very_hidden": "SheetVeryHidden"}


def _html(head: str, body: str) -> bytes:
    charset = "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>"
    office = '<html xmlns:x="urn:schemas-microsoft-com:office:excel">'
    return f"{office}<head>{charset}{head}</head><body>{body}</body></html>".encode()


def _listed(sheet: Sheet, source: str = "") -> str:
    state = f"<x:Visible>{_STATES[sheet.state]}</x:Visible>" if sheet.state in _STATES else ""
    href = f'<x:WorksheetSource HRef="{source}"/>' if source else ""
    return f"<x:ExcelWorksheet><x:Name>{escape(sheet.name)}</x:Name>{state}{href}</x:ExcelWorksheet>"


def _frames(book: Workbook) -> str:
    listed = "".join(_listed(s, f"So_files/sheet{n:03}.htm") for n, s in enumerate(book.sheets, 1))
    return f"<!--[if gte mso 9]><xml>{listed}</xml><![endif]-->"


def _table(sheet: Sheet) -> str:
    n_rows = max((r for r, _ in sheet.cells), default=0)
    n_columns = max((c for _, c in sheet.cells), default=0)
    hidden = " style='display:none'"
    columns = "".join(f"<col{hidden if c + 1 in sheet.hidden_columns else ''}>" for c in range(n_columns))
    rows = "".join(
        f"<tr{hidden if row in sheet.hidden_rows else ''}>{_row(sheet, row, n_columns)}</tr>"
        for row in range(1, n_rows + 1)
    )
    return f"<table border=0>{columns}{rows}</table>"


def _row(sheet: Sheet, row: int, n_columns: int) -> str:
    cells = []
    for column in range(1, n_columns + 1):
        area = next((m for m in sheet.merged if m.holds(row, column)), None)
        if area is None:
            cells.append(_cell(sheet.cell(row, column), ""))
        elif (row, column) == area[:2]:
            span = f" rowspan={area[2] - area[0] + 1} colspan={area[3] - area[1] + 1}"
            cells.append(_cell(sheet.cell(row, column), span))
    return "".join(cells)


def _cell(cell: Cell | None, span: str) -> str:
    if cell is None or not cell.raw:
        return f"<td{span}>&nbsp;</td>"
    shown = escape(cell.raw).replace("\n", "<br>\r\n  ")
    if cell.kind is CellKind.NUMBER and cell.number_format == "#,##0":
        shown = f"{int(cell.raw):,}".replace(",", ".")
    name = _CLASSES.get(cell.number_format, "") if cell.kind is CellKind.NUMBER else ""
    return f"<td{span}{f' class={name} align=right' if name else ''}>{shown}</td>"
