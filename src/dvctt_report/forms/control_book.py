"""The workbook ``so-doi-chieu.xlsx``: what the systems in charge hold, to set the units' figures against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dvctt_report.forms import officer_sheet
from dvctt_report.model import Control, Printed
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Target, Unit
from dvctt_report.text.vietnamese import whole_of

PRINTED_NAMES = {Printed.UNITS: "Số của đơn vị", Printed.CONTROL: "Số đối chiếu"}

_INTRODUCTION, COLUMNS, _ = officer_sheet.read_columns("control")
KNOWN_BY = frozenset(("item", "total"))
"""The columns without which a row is no row of headers."""

SHEET: Final = "Đối chiếu {}"
"""The name of the sheet of one year's figures."""
_HEAD_ROW = 3


def rows_of(profile: Profile, period: Period) -> list[tuple[Target, Unit | None]]:
    """Return what is asked for: each target with a system in charge, the province first, then its units."""
    rows: list[tuple[Target, Unit | None]] = []
    for target in profile.plan.targets:
        if target.control is not None:
            rows.append((target, None))
            if target.control.by_unit:
                asked = (u for u in profile.units(period) if target in tuple(profile.asked(u)))
                rows += [(target, unit) for unit in asked]
    return rows


def control_book(profile: Profile, period: Period, controls: Iterable[Control] = ()) -> bytes:
    """Return the workbook with a row for each figure asked for, filled with the ``controls`` known."""
    from openpyxl.utils import get_column_letter

    book = officer_sheet.open_book()
    sheet = book.create_sheet(SHEET.format(period))
    known = {(c.item, c.unit): c for c in controls}
    title = f"SỔ ĐỐI CHIẾU SỐ LIỆU {period.words.upper()}"
    officer_sheet.lay_out(sheet, title, _INTRODUCTION, COLUMNS, _HEAD_ROW, 32, 46)
    rows = rows_of(profile, period)
    for n, (target, unit) in enumerate(rows, _HEAD_ROW + 1):
        assert target.control is not None
        said: dict[str, Any] = {"unit_name": whole_of(profile.plan.province)}
        said |= {"item": target.code, "label": target.label, "source": target.control.source}
        if unit is not None:
            said |= {"unit": unit.code, "unit_name": unit.short_name}
        if control := known.get((target.code, unit.code if unit else "")):
            held = ("total", "done", "source", "cut_off", "document")
            said |= {name: getattr(control, name) for name in held}
            said["printed"] = PRINTED_NAMES[control.printed] if control.printed else None
            said["reason"] = control.reason or None
        values = ((at, column, said.get(column.name)) for at, column in enumerate(COLUMNS, 1))
        officer_sheet.write_row(sheet, n, values, bold=unit is None)
    letters = {c.name: get_column_letter(n) for n, c in enumerate(COLUMNS, 1)}
    first, last = _HEAD_ROW + 1, _HEAD_ROW + max(len(rows), 1)
    officer_sheet.offer_words(
        sheet, f"{letters['printed']}{first}:{letters['printed']}{last}", PRINTED_NAMES.values()
    )
    sheet.freeze_panes = f"E{first}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{letters['reason']}{last}"
    sheet.oddFooter.center.text = "Trang &P/&N"
    return officer_sheet.save_book(book)
