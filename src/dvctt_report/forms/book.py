"""The tracking book ``so-theo-doi.xlsx``: where its columns stand, and how it is made and extended.

The officer types into it what no file says. So it is never made anew once it is there: rows and sheets that
it lacks are added, and everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dvctt_report.forms.officer_sheet import (
    OfficerColumn,
    find_columns,
    print_landscape,
    write_headers,
    write_row,
    write_title,
)
from dvctt_report.model import Entry
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import key

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CHANNELS = ("QLVB", "thư điện tử", "Zalo", "giấy")

COLUMNS = (
    OfficerColumn("unit", "Mã", 11, typed=False),
    OfficerColumn("unit_name", "Đơn vị", 36, typed=False),
    OfficerColumn("document_number", "Số, ký hiệu văn bản", 20, "@"),
    OfficerColumn("sent_on", "Ngày gửi", 13, "dd/mm/yyyy", centred=True),
    OfficerColumn("arrived_on", "Ngày đến", 13, "dd/mm/yyyy", centred=True, needed=False),
    OfficerColumn("channel", "Kênh", 13, centred=True),
    OfficerColumn("signed_code", "Mã đối chiếu trên bản ký", 13, "@", centred=True),
    OfficerColumn("file", "Tệp (khi gửi nhiều tệp)", 22),
    OfficerColumn("note", "Ghi chú", 24),
    OfficerColumn("contact", "Liên hệ (họ tên, điện thoại)", 26, "@", needed=False),
)
"""From left to right. The reader finds them by their headers, so the officer may move them."""
KNOWN_BY = frozenset(("unit",))
"""The columns without which a row is no row of headers."""

_INTRODUCTION = (
    "Mỗi văn bản đơn vị gửi về ghi một dòng (chép thêm dòng, giữ Mã, nếu đơn vị gửi nhiều lần). Ngày gửi và "
    "số văn bản ghi ở đây được dùng thay cho ngày, số ghi trong biểu; Ngày đến theo sổ văn bản đến, dùng để "
    "xét thời hạn. Đơn vị chỉ gửi bản giấy: ghi số, ký "
    "hiệu văn bản; đơn vị được tính là đã gửi, chưa có số liệu. Liên hệ: người để gọi khi đôn đốc. Không sửa "
    "hàng tiêu đề."
)
_FIRST_ROW = 4
_LAST_ROW = 500
"""Rows made ready for typing."""


def sheet_name(period: Period) -> str:
    """Name the sheet of one year's book."""
    return period.title


def extend_book(
    content: bytes | None,
    profile: Profile,
    period: Period,
    entries: Iterable[Entry] = (),
    contacts: Mapping[str, str] | None = None,
) -> bytes | None:
    """Return the book with a sheet for ``period`` and a row for each unit; None where it has them all.

    ``content`` is the book as it is (None: there is none). ``entries`` and ``contacts``, by unit, fill a
    sheet that is made anew. Raises CannotRun where the book can't be read.
    """
    from dvctt_report.forms.saving import new_book, save_book

    book = new_book() if content is None else _load(content)
    sheet = _sheet_of(book, period)
    units = profile.units(period)
    if sheet is None:
        _add_sheet(book, period, units, tuple(entries), contacts or {})
    elif not _add_missing(sheet, units):
        return None
    elif content is not None:
        _keep_results(sheet, content)
    return save_book(book)


def add_entries(content: bytes, profile: Profile, period: Period, entries: Iterable[Entry]) -> bytes:
    """Return the book with a row for each of ``entries``: the unit's own where nothing is typed in it.

    Else a new one below the last; nothing that the officer typed is changed. Raises CannotRun where the book
    can't be read, or has no sheet of the period with its headings.
    """
    from dvctt_report.forms.saving import save_book

    book = _load(content)
    sheet = _sheet_of(book, period)
    found = _headers_of(sheet) if sheet is not None else None
    if sheet is None or found is None:
        raise CannotRun(
            f"Sổ theo dõi chưa có trang “{sheet_name(period)}” với hàng tiêu đề.",
            "Lập trang đó: dvctt-report collect --book",
        )
    head, columns = found
    for entry in entries:
        rows = _filled(sheet, head, columns)
        # The unit's row of this document, else one in which none stands yet, else the first one below all.
        own = [row for row, said in rows.items() if _whose(said) == entry.unit.upper()]
        number = key(entry.document_number)
        same = (row for row in own if number and key(str(rows[row].get("document_number", ""))) == number)
        blank = (row for row in own if not {"document_number", "sent_on"} & rows[row].keys())
        row = next(same, next(blank, max(rows, default=head) + 1))
        unit = profile.roster.unit(entry.unit)
        said = {name: getattr(entry, name, "") or None for name in columns if name in _TYPED}
        known = {"unit": unit.code, "unit_name": unit.name}
        _write_known(sheet, row, columns, said | known | rows.get(row, {}))
    _keep_results(sheet, content)
    return save_book(book)


_TYPED = frozenset(("document_number", "sent_on", "arrived_on", "channel", "note"))
"""What a row is filled with; whatever else stands in it stays."""


def _sheet_of(book: Workbook, period: Period) -> Worksheet | None:
    return next((s for s in book.worksheets if key(s.title) == key(sheet_name(period))), None)


def _headers_of(sheet: Worksheet) -> tuple[int, dict[str, int]] | None:
    rows = (
        (n, {c.column: str(c.value) for c in cells if c.value is not None})
        for n, cells in enumerate(sheet.iter_rows(max_row=60, max_col=60), 1)
    )
    return find_columns(rows, COLUMNS, KNOWN_BY)


def _filled(sheet: Worksheet, head: int, columns: Mapping[str, int]) -> dict[int, dict[str, Any]]:
    """What stands in the rows below the headings, by column; empty cells and rows are left out."""
    rows = {}
    for row in range(head + 1, sheet.max_row + 1):
        cells = ((name, sheet.cell(row, column).value) for name, column in columns.items())
        if said := {name: value for name, value in cells if value is not None and str(value).strip()}:
            rows[row] = said
    return rows


def _whose(said: Mapping[str, Any]) -> str:
    return str(said.get("unit", "")).strip().upper()


def _load(content: bytes) -> Workbook:
    from dvctt_report.forms.saving import open_book

    try:
        return open_book(content)
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise CannotRun(
            "Sổ theo dõi so-theo-doi.xlsx không đọc được (hỏng, có mật khẩu hoặc không phải .xlsx).",
            "Mở bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy lại để lập sổ mới.",
        ) from error


def _add_missing(sheet: Worksheet, units: Iterable[Unit]) -> bool:
    """Write a row for each unit that has none, below the last one. False where nothing is missing."""
    found = _headers_of(sheet)
    if found is None:
        return False
    head, columns = found
    rows = _filled(sheet, head, columns)
    there = set(map(_whose, rows.values()))
    missing = [u for u in units if u.code.upper() not in there]
    for row, unit in enumerate(missing, max(rows, default=head) + 1):
        _write_known(sheet, row, columns, {"unit": unit.code, "unit_name": unit.name})
    return bool(missing)


def _keep_results(sheet: Worksheet, content: bytes) -> None:
    """Put results in the place of the formulas in our columns: saving would lose the results."""
    from dvctt_report.forms.saving import open_book

    shown = open_book(content, results=True)[sheet.title]
    for row in shown.iter_rows():
        for cell in row:
            own = sheet.cell(cell.row, cell.column)
            if own.data_type == "f" and cell.value is not None and cell.column <= len(COLUMNS):
                own.value = cell.value


def _add_sheet(
    book: Workbook,
    period: Period,
    units: Iterable[Unit],
    entries: tuple[Entry, ...],
    contacts: Mapping[str, str],
) -> None:
    sheet = book.create_sheet(sheet_name(period), 0)
    book.active = 0
    write_title(sheet, f"SỔ THEO DÕI BÁO CÁO {period.words.upper()}", _INTRODUCTION, len(COLUMNS), 44)
    write_headers(sheet, _FIRST_ROW - 1, COLUMNS, 32)
    columns = {c.name: n for n, c in enumerate(COLUMNS, 1)}
    row = _FIRST_ROW
    for unit in units:
        own = [e for e in entries if e.unit == unit.code] or [Entry(unit.code)]
        for entry in own:
            said = {name: getattr(entry, name, "") or None for name in columns}
            known = {"unit": unit.code, "unit_name": unit.name, "contact": contacts.get(unit.code)}
            _write_known(sheet, row, columns, said | known)
            row += 1
    _set_up(sheet)


def _write_known(sheet: Worksheet, row: int, columns: Mapping[str, int], said: Mapping[str, Any]) -> None:
    known = ((columns[c.name], c, said.get(c.name)) for c in COLUMNS if c.name in columns)
    write_row(sheet, row, known)


def _set_up(sheet: Worksheet) -> None:
    """Drop-downs and checks for the typed columns; how it scrolls and prints."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = {c.name: get_column_letter(n) for n, c in enumerate(COLUMNS, 1)}
    checks = (
        *(
            (
                name,
                DataValidation(type="date", operator="between", formula1="45292", formula2="73050"),
                "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 09/11/2025.",
            )
            for name in ("sent_on", "arrived_on")
        ),
        (
            "channel",
            DataValidation(type="list", formula1=f'"{",".join(CHANNELS)}"'),
            "Chọn một kênh trong danh sách.",
        ),
        (
            "signed_code",
            DataValidation(type="textLength", operator="equal", formula1="4"),
            "Ghi đủ bốn chữ số như trên bản ký, ví dụ 0304.",
        ),
    )
    for name, check, text in checks:
        check.allow_blank = True
        check.errorStyle = "warning"
        check.showErrorMessage = check.showInputMessage = True
        check.errorTitle = "Xem lại"
        check.error = check.prompt = text
        check.add(f"{letters[name]}{_FIRST_ROW}:{letters[name]}{_LAST_ROW}")
        sheet.add_data_validation(check)
    sheet.freeze_panes = f"C{_FIRST_ROW}"
    print_landscape(sheet, _FIRST_ROW - 1)
    sheet.oddFooter.center.text = "Trang &P/&N"
