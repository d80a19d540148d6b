"""One form for many units, of which each chooses its own name: one attachment for a whole group.

All of them are asked the same, so the form is any one's of theirs; name and code stand on a hidden sheet and
are looked up by formula once a name is chosen. Who reads it takes the name, never the formulas' results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dvctt_report.forms.layout import META_SHEET, cell_name
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.text.grouping import by_key

CHOICE_KEY: Final = "#unit"
"""Stands in the hidden column of the row in which the name is chosen."""
PROMPT: Final = "(chọn đơn vị tại đây)"
NOTE: Final = (
    "Biểu dùng chung: chọn tên đơn vị ở ô nền vàng, dòng đầu trang này, rồi lưu tệp thành tên có tên đơn vị."
)
"""What the first page says before its notes."""
ANY: Final = "*"
"""How the unit's code on the hidden sheet begins in a form for many; the group's code follows."""
UNITS_SHEET: Final = f"{META_SHEET}_don_vi"
_NAMES: Final = "don_vi_bao_cao"
"""The workbook's own name for the list to choose from: Excel 2007 has no list on another sheet otherwise."""


@dataclass(frozen=True)
class Joint:
    """The units that one form serves, in roster order."""

    units: tuple[Unit, ...]

    def chosen_row(self, choice: str) -> str:
        """The formula of the chosen unit's place in the list."""
        return f"MATCH({choice},{_NAMES},0)"

    def looked_up(self, column: int, choice: str, otherwise: str = "") -> str:
        """The formula that shows what stands in ``column`` of the list for the chosen unit."""
        first, last = (cell_name(row, column, absolute=True) for row in (0, len(self.units) - 1))
        row = self.chosen_row(choice)
        return f'=IF(ISNA({row}),"{otherwise}",INDEX({UNITS_SHEET}!{first}:{last},{row}))'

    def write_units(self, book: Any) -> None:
        """Write the list of units with their codes."""
        sheet = book.add_worksheet(UNITS_SHEET)
        for row, unit in enumerate(self.units):
            sheet.write_row(row, 0, (unit.name, unit.code))
        sheet.very_hidden()
        first, last = (cell_name(row, 0, absolute=True) for row in (0, len(self.units) - 1))
        book.define_name(_NAMES, f"={UNITS_SHEET}!{first}:{last}")

    def validation(self) -> dict[str, Any]:
        """The drop-down of names."""
        return {
            "validate": "list",
            "source": f"={_NAMES}",
            "error_title": "Chọn trong danh sách",
            "error_message": "Bấm mũi tên bên phải ô, chọn đúng tên đơn vị của mình.",
            "input_title": "Đơn vị báo cáo",
            "input_message": "Chọn tên đơn vị, rồi lưu tệp thành tên có tên đơn vị trước khi gửi.",
        }


def stand_in(units: Sequence[Unit]) -> Unit:
    """The unit that a form for ``units`` is built for: the first, without a name of its own."""
    return units[0].model_copy(update={"name": PROMPT})


def joint_name(period: Period) -> str:
    """The file's name."""
    return f"bieu-cap-xa-{period}.xlsx"


def communes_joint(profile: Profile, period: Period) -> Joint | None:
    """The most communes that are asked the same and report for none that ended; None for too few."""
    alike = by_key(
        ((unit.group, unit.duty, tuple(item.code for item in profile.asked(unit))), unit)
        for unit in profile.units(period)
        if is_commune(unit) and not unit.parts and not profile.taken_over(unit, period)
    )
    most = max(alike.values(), key=len, default=[])
    return Joint(tuple(most)) if len(most) >= _FEWEST else None


_FEWEST = 2
"""Units that can share a form."""


def is_commune(unit: Unit) -> bool:
    """Whether a unit is the committee of a commune, a ward, a special zone."""
    return unit.name.casefold().startswith(_COMMUNES)


_COMMUNES = tuple(f"ủy ban nhân dân {kind} " for kind in ("xã", "phường", "đặc khu", "thị trấn"))
