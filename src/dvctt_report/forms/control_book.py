"""The workbook ``so-doi-chieu.xlsx``: what the systems in charge hold, to set the units' figures against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dvctt_report.forms.saving import save_book
from dvctt_report.forms.styles import FONT, GREY, HEADER, LINE
from dvctt_report.model import Control, Printed
from dvctt_report.plan.model import Profile, Target, Unit
from dvctt_report.vietnamese import key

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PRINTED_NAMES = {Printed.UNITS: "Số của đơn vị", Printed.CONTROL: "Số đối chiếu"}
PROVINCE = "Toàn tỉnh"


@dataclass(frozen=True, slots=True)
class ControlColumn:
    """One column: ``name`` as the reader calls it, ``width`` in characters."""

    name: str
    header: str
    width: float
    number_format: str = "General"
    typed: bool = True


COLUMNS = (
    ControlColumn("item", "Mã", 7, typed=False),
    ControlColumn("label", "Mục tiêu", 38, typed=False),
    ControlColumn("unit", "Mã đơn vị", 10, typed=False),
    ControlColumn("unit_name", "Đơn vị", 26, typed=False),
    ControlColumn("total", "Tổng số", 13, "#,##0"),
    ControlColumn("done", "Đã thực hiện", 13, "#,##0"),
    ControlColumn("source", "Nguồn số liệu", 30),
    ControlColumn("cut_off", "Số liệu đến ngày", 12, "dd/mm/yyyy"),
    ControlColumn("document", "Văn bản cung cấp", 24),
    ControlColumn("printed", "Số được in (chỉ dòng toàn tỉnh)", 15),
    ControlColumn("reason", "Lý do chọn", 30),
)
"""From left to right. The reader finds them by their headers."""

_INTRODUCTION = (
    "Ghi số của cơ quan quản lý hệ thống vào dòng tương ứng, kèm ngày chốt và văn bản; không có thì để "
    "trống. Cột “Số được in” để trống thì theo Kế hoạch (plan.toml); chọn khác thì ghi lý do, báo cáo nêu cả "
    "hai số. Ghi xong, bấm Lưu rồi chạy: dvctt-report control read"
)
_HEAD_ROW = 3


def sheet_name(year: int) -> str:
    """Name the sheet of one year's control figures."""
    return f"Đối chiếu {year}"


def find_columns(rows: Iterable[tuple[int, Mapping[int, str]]]) -> tuple[int, dict[str, int]] | None:
    """Find the row of headers: its number, and the column of each name that is there; None where none is."""
    names = {key(c.header): c.name for c in COLUMNS}
    for number, cells in rows:
        found = {names[key(text)]: column for column, text in cells.items() if key(text) in names}
        if "item" in found and "total" in found:
            return number, found
    return None


def rows_of(profile: Profile, year: int) -> list[tuple[Target, Unit | None]]:
    """Return what is asked for: each target with a system in charge, the province first, then its units."""
    rows: list[tuple[Target, Unit | None]] = []
    for target in profile.plan.targets:
        if target.control is not None:
            rows.append((target, None))
            if target.control.by_unit:
                asked = (u for u in profile.units(year) if target in tuple(profile.asked(u)))
                rows += [(target, unit) for unit in asked]
    return rows


def control_book(profile: Profile, year: int, controls: Iterable[Control] = ()) -> bytes:
    """Return the workbook with a row for each figure asked for, filled with the ``controls`` known."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = sheet_name(year)
    known = {(c.item, c.unit): c for c in controls}
    _write_head(sheet, year)
    rows = rows_of(profile, year)
    for n, (target, unit) in enumerate(rows, _HEAD_ROW + 1):
        said = _said(target, unit, known.get((target.code, unit.code if unit else "")))
        for column, spec in enumerate(COLUMNS, 1):
            cell = sheet.cell(n, column, said.get(spec.name))
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with "=" is no formula
            _style(cell, spec, bold=unit is None and not spec.typed)
    _set_up(sheet, _HEAD_ROW + len(rows))
    return save_book(book)


def _said(target: Target, unit: Unit | None, control: Control | None) -> dict[str, Any]:
    assert target.control is not None
    said: dict[str, Any] = {
        "item": target.code,
        "label": target.label,
        "unit": unit.code if unit else None,
        "unit_name": unit.short_name if unit else PROVINCE,
        "source": target.control.source,
    }
    if control is None:
        return said
    printed = PRINTED_NAMES[control.printed] if control.printed else None
    return said | {
        "total": control.total,
        "done": control.done,
        "source": control.source,
        "cut_off": control.cut_off,
        "document": control.document,
        "printed": printed,
        "reason": control.reason or None,
    }


def _write_head(sheet: Worksheet, year: int) -> None:
    from openpyxl.styles import Alignment, Font

    last = len(COLUMNS)
    for row, text in ((1, f"SỔ ĐỐI CHIẾU SỐ LIỆU NĂM {year}"), (2, _INTRODUCTION)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        cell = sheet.cell(row, 1, text)
        cell.font = Font(name=FONT, size=14 if row == 1 else 10, bold=row == 1, italic=row == 2)
        cell.alignment = Alignment(
            horizontal="center" if row == 1 else "left", vertical="center", wrap_text=True
        )
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[2].height = 32
    sheet.row_dimensions[_HEAD_ROW].height = 46
    for column, spec in enumerate(COLUMNS, 1):
        _style(sheet.cell(_HEAD_ROW, column, spec.header), spec, header=True)


def _style(cell: Any, column: ControlColumn, header: bool = False, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color=LINE.removeprefix("#"))
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.font = Font(name=FONT, size=10.5 if header else 11, bold=header or bold)
    centred = header or column.name in ("item", "unit", "cut_off", "printed")
    cell.alignment = Alignment(horizontal="center" if centred else None, vertical="center", wrap_text=True)
    if header or not column.typed:
        cell.fill = PatternFill("solid", fgColor=(HEADER if header else GREY).removeprefix("#"))
    if not header:
        cell.number_format = column.number_format


def _set_up(sheet: Worksheet, last: int) -> None:
    """Widths, the drop-down, how it scrolls and prints."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = {c.name: get_column_letter(n) for n, c in enumerate(COLUMNS, 1)}
    for spec in COLUMNS:
        sheet.column_dimensions[letters[spec.name]].width = spec.width
    choice = DataValidation(type="list", formula1=f'"{",".join(PRINTED_NAMES.values())}"', allow_blank=True)
    choice.showErrorMessage = True
    choice.errorTitle, choice.error = "Xem lại", "Chọn một mục trong danh sách, hoặc để trống."
    choice.add(f"{letters['printed']}{_HEAD_ROW + 1}:{letters['printed']}{max(last, _HEAD_ROW + 1)}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = f"E{_HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{letters['reason']}{max(last, _HEAD_ROW + 1)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.oddFooter.center.text = "Trang &P/&N"
