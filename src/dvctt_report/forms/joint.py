"""One form for many units, of which each chooses its own name: one attachment for a whole group.

All of them are asked the same, so the form is any one's of theirs; what differs (name, code, prefilled
figures) stands on a hidden sheet and is looked up by formula once a name is chosen. Who reads it takes the
name, never the formulas' results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from dvctt_report.forms.layout import META_SHEET, cell_name
from dvctt_report.forms.prefill import HELD, NUMBERS, format_held, held_number, prefilled
from dvctt_report.grouping import by_key
from dvctt_report.model import Control, Key
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile, Unit

CHOICE_KEY: Final = "#unit"
"""Stands in the hidden column of the row in which the name is chosen."""
PROMPT: Final = "(chọn đơn vị tại đây)"
NOTE: Final = (
    "Biểu dùng chung: chọn tên đơn vị ở ô nền vàng, dòng đầu trang này, rồi lưu tệp thành tên có tên đơn vị."
)
"""What the first page says before its notes."""
ANY: Final = "*"
"""How the unit's code on the hidden sheet begins in a form for many; the group's code follows."""
AT: Final = "@"
"""Stands before a unit's code in the rows of the hidden sheet that say what its form is prefilled with."""
UNITS_SHEET: Final = f"{META_SHEET}_don_vi"
_NAMES: Final = "don_vi_bao_cao"
"""The workbook's own name for the list to choose from: Excel 2007 has no list on another sheet otherwise."""


@dataclass(frozen=True)
class Joint:
    """The units that one form serves, in roster order.

    held: the figures that every one of them is prefilled with, by unit.
    left_out: the items that some have a figure of and others don't: nobody's is prefilled.
    """

    units: tuple[Unit, ...]
    held: Mapping[str, tuple[Control, ...]]
    left_out: tuple[str, ...] = ()

    @property
    def pattern(self) -> tuple[Control, ...]:
        """The figures of the first unit: which items the form is prefilled with, from which source."""
        return self.held[self.units[0].code]

    def chosen_row(self, choice: str) -> str:
        """The formula of the chosen unit's place in the list."""
        return f"MATCH({choice},{_NAMES},0)"

    def looked_up(self, column: int, choice: str, otherwise: str = "") -> str:
        """The formula that shows what stands in ``column`` of the list for the chosen unit."""
        first, last = (cell_name(row, column, absolute=True) for row in (0, len(self.units) - 1))
        row = self.chosen_row(choice)
        return f'=IF(ISNA({row}),"{otherwise}",INDEX({UNITS_SHEET}!{first}:{last},{row}))'

    def columns(self) -> dict[Key, int]:
        """The columns of the list that hold the prefilled figures."""
        keys = (
            Key(control.item, f"{HELD}_{name}")
            for control in self.pattern
            for name in NUMBERS
            if held_number(control, name) is not None
        )
        return {key: n for n, key in enumerate(keys, 2)}

    def write_units(self, book: Any) -> None:
        """Write the list of units with their codes and figures."""
        sheet = book.add_worksheet(UNITS_SHEET)
        for row, unit in enumerate(self.units):
            sheet.write_row(row, 0, (unit.name, unit.code))
            held = {c.item: c for c in self.held[unit.code]}
            for key, column in self.columns().items():
                number = held_number(held[key.item], key.field.removeprefix(f"{HELD}_"))
                sheet.write_number(row, column, number)
        sheet.very_hidden()
        first, last = (cell_name(row, 0, absolute=True) for row in (0, len(self.units) - 1))
        book.define_name(_NAMES, f"={UNITS_SHEET}!{first}:{last}")

    def meta(self) -> tuple[tuple[str, str], ...]:
        """What each unit's form is prefilled with, as rows of the hidden sheet."""
        rows = ((unit.code, format_held(c)) for unit in self.units for c in self.held[unit.code])
        return tuple((f"{name}{AT}{code}", facts) for code, (name, facts) in rows)

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


def communes_joint(profile: Profile, period: Period, controls: Iterable[Control]) -> Joint | None:
    """The most communes that are asked the same and report for none that ended; None for too few."""
    known = tuple(controls)
    alike = by_key(
        ((unit.group, unit.duty, tuple(item.code for item in profile.asked(unit))), unit)
        for unit in profile.units(period)
        if is_commune(unit) and not unit.parts and not profile.taken_over(unit, period)
    )
    most = max(alike.values(), key=len, default=[])
    return _joint(profile, most, known) if len(most) >= _FEWEST else None


_FEWEST = 2
"""Units that can share a form."""


def is_commune(unit: Unit) -> bool:
    """Whether a unit is the committee of a commune, a ward, a special zone."""
    return unit.name.casefold().startswith(_COMMUNES)


_COMMUNES = tuple(f"ủy ban nhân dân {kind} " for kind in ("xã", "phường", "đặc khu", "thị trấn"))


def _joint(profile: Profile, units: Sequence[Unit], controls: Sequence[Control]) -> Joint:
    held = {unit.code: prefilled(profile, unit, controls) for unit in units}
    of_item = by_key((control.item, control) for own in held.values() for control in own)
    shared = {item for item, own in of_item.items() if len(own) == len(units) and _is_alike(own)}
    kept = {code: tuple(c for c in own if c.item in shared) for code, own in held.items()}
    return Joint(tuple(units), kept, tuple(item for item in of_item if item not in shared))


def _is_alike(controls: Sequence[Control]) -> bool:
    """Whether the figures are of one source and day, and of the same numbers."""
    facts = (
        (c.source, c.cut_off, c.document, *(held_number(c, name) is None for name in NUMBERS))
        for c in controls
    )
    return len([*groupby(facts)]) == 1
