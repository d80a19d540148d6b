"""The tracking book ``so-theo-doi.xlsx``: where its columns stand, and how it is made and extended.

The officer types into it what no file says. So it is never made anew once it is there: rows and sheets that
it lacks are added, and everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dvctt_report.forms import officer_sheet
from dvctt_report.model import Entry
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import key

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_INTRODUCTION, COLUMNS, _BOOK = officer_sheet.read_columns("tracking")
CHANNELS: tuple[str, ...] = tuple(_BOOK["channels"])
KNOWN_BY = frozenset(("unit",))
"""The columns without which a row is no row of headers."""

_FIRST_ROW = 4
_LAST_ROW = 500
"""Rows made ready for typing."""
_FILLED = frozenset(("document_number", "sent_on", "arrived_on", "channel", "note"))
"""What a row is filled with for a document; whatever else stands in it stays."""


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
    units = profile.units(period)
    book, sheet, headers = _opened(content, period)
    if sheet is None:
        _add_sheet(book, period, units, tuple(entries), contacts or {})
        return officer_sheet.save_book(book)
    if headers is None:
        return None
    rows = _rows_below(sheet, *headers)
    there = {str(typed.get("unit", "")).strip().upper() for typed in rows.values()}
    missing = [unit for unit in units if unit.code.upper() not in there]
    for row, unit in enumerate(missing, max(rows, default=headers[0]) + 1):
        _write_known(sheet, row, headers[1], {"unit": unit.code, "unit_name": unit.name})
    if not missing:
        return None
    if content is not None:
        _keep_results(sheet, content)
    return officer_sheet.save_book(book)


def add_entries(content: bytes, profile: Profile, period: Period, entries: Iterable[Entry]) -> bytes:
    """Return the book with a row for each of ``entries``: the unit's own where nothing is typed in it.

    Else a new one below the last; nothing that the officer typed is changed. Raises CannotRun where the book
    can't be read, or has no sheet of the period with its headings.
    """
    book, sheet, headers = _opened(content, period)
    if sheet is None or headers is None:
        raise CannotRun(
            f"Sổ theo dõi chưa có trang “{period.title}” với hàng tiêu đề.",
            "Lập trang đó: dvctt-report collect --book",
        )
    head, columns = headers
    for entry in entries:
        rows = _rows_below(sheet, head, columns)
        # The unit's row of this document, else one in which none stands yet, else the first one below all.
        codes = ((row, str(typed.get("unit", "")).strip().upper()) for row, typed in rows.items())
        own = [row for row, code in codes if code == entry.unit.upper()]
        number = key(entry.document_number)
        same = (row for row in own if number and key(str(rows[row].get("document_number", ""))) == number)
        blank = (row for row in own if not {"document_number", "sent_on"} & rows[row].keys())
        row = next(same, next(blank, max(rows, default=head) + 1))
        unit = profile.roster.unit(entry.unit)
        filled = {name: getattr(entry, name, "") or None for name in columns if name in _FILLED}
        known = {"unit": unit.code, "unit_name": unit.name}
        _write_known(sheet, row, columns, filled | known | rows.get(row, {}))
    _keep_results(sheet, content)
    return officer_sheet.save_book(book)


def _opened(
    content: bytes | None, period: Period
) -> tuple[Workbook, Worksheet | None, tuple[int, dict[str, int]] | None]:
    """The book, its sheet of the period, the row of that one's headings and their columns; None: it has none.

    Without ``content`` a new book. Raises CannotRun where it can't be read.
    """
    try:
        book = officer_sheet.open_book(content)
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise CannotRun(
            "Sổ theo dõi so-theo-doi.xlsx không đọc được (hỏng, có mật khẩu hoặc không phải .xlsx).",
            "Mở bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy lại để lập sổ mới.",
        ) from error
    sheet = next((s for s in book.worksheets if key(s.title) == key(period.title)), None)
    rows = (
        (n, {c.column: str(c.value) for c in cells if c.value is not None})
        for n, cells in enumerate(sheet.iter_rows(max_row=60, max_col=60) if sheet is not None else (), 1)
    )
    return book, sheet, officer_sheet.find_columns(rows, COLUMNS, KNOWN_BY)


def _rows_below(sheet: Worksheet, head: int, columns: Mapping[str, int]) -> dict[int, dict[str, Any]]:
    """What stands in the rows below the headings, by column; empty cells and rows are left out."""
    rows = {}
    for row in range(head + 1, sheet.max_row + 1):
        cells = ((name, sheet.cell(row, column).value) for name, column in columns.items())
        if typed := {name: value for name, value in cells if value is not None and str(value).strip()}:
            rows[row] = typed
    return rows


def _write_known(sheet: Worksheet, row: int, columns: Mapping[str, int], values: Mapping[str, Any]) -> None:
    officer_sheet.write_row(
        sheet, row, ((columns[c.name], c, values.get(c.name)) for c in COLUMNS if c.name in columns)
    )


def _keep_results(sheet: Worksheet, content: bytes) -> None:
    """Put results in the place of the formulas in our columns: saving would lose the results."""
    shown = officer_sheet.open_book(content, results=True)[sheet.title]
    for row in shown.iter_rows(max_col=len(COLUMNS)):
        for cell in row:
            formula = sheet.cell(cell.row, cell.column)
            if formula.data_type == "f" and cell.value is not None:
                formula.value = cell.value


def _add_sheet(
    book: Workbook,
    period: Period,
    units: Iterable[Unit],
    entries: tuple[Entry, ...],
    contacts: Mapping[str, str],
) -> None:
    """Add the sheet of a period: its rows, checks for what is typed, how it scrolls and prints."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet(period.title, 0)
    book.active = 0
    title = f"SỔ THEO DÕI BÁO CÁO {period.words.upper()}"
    officer_sheet.lay_out(sheet, title, _INTRODUCTION, COLUMNS, _FIRST_ROW - 1, 44, 32)
    columns = {c.name: n for n, c in enumerate(COLUMNS, 1)}
    row = _FIRST_ROW
    for unit in units:
        for entry in [e for e in entries if e.unit == unit.code] or [Entry(unit.code)]:
            filled = {name: getattr(entry, name, "") or None for name in columns}
            known = {"unit": unit.code, "unit_name": unit.name, "contact": contacts.get(unit.code)}
            _write_known(sheet, row, columns, filled | known)
            row += 1
    for name, check in _BOOK["checks"].items():
        letter = get_column_letter(columns[name])
        prompt, asked = check["prompt"], {key: said for key, said in check.items() if key != "prompt"}
        asked |= {"formula1": f'"{",".join(CHANNELS)}"'} if name == "channel" else {}
        validation = DataValidation(**asked, allow_blank=True, errorStyle="warning", errorTitle="Xem lại")
        validation.showErrorMessage = validation.showInputMessage = True
        validation.error = validation.prompt = prompt
        validation.add(f"{letter}{_FIRST_ROW}:{letter}{_LAST_ROW}")
        sheet.add_data_validation(validation)
    sheet.freeze_panes = f"C{_FIRST_ROW}"
    sheet.oddFooter.center.text = "Trang &P/&N"
