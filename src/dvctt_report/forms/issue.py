"""How a form is issued: to one unit, to many, back to its unit; and what every function that writes it needs.

One form for many: all of them are asked the same, so it is any one's of theirs; name and code stand on a
hidden sheet and are looked up by formula once a name is chosen. Who reads it takes the name, never the
formulas' results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dvctt_report.forms import styles, wording
from dvctt_report.forms.form import COVER, Form
from dvctt_report.forms.formulas import Answer, Ledger
from dvctt_report.forms.layout import FIRST_COLUMN, META_SHEET, cell_name
from dvctt_report.forms.styles import column_points
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_of
from dvctt_report.plan.model import FieldSpec, Profile, Unit
from dvctt_report.text.grouping import by_key

# ------------------------ One form for many units, of which each chooses its own name: one attachment for all

CHOICE_KEY: Final = "#unit"
"""Stands in the hidden column of the row in which the name is chosen."""
PROMPT: Final = "(chọn đơn vị tại đây)"
JOINT_NOTE: Final = (
    "Biểu dùng chung: chọn tên đơn vị ở ô nền vàng, dòng đầu trang này, rồi lưu tệp thành tên có tên đơn vị."
)
"""What the first page says before its notes."""
ANY: Final = "*"
"""How the unit's code on the hidden sheet begins in a form for many; the group's code follows."""
UNITS_SHEET: Final = f"{META_SHEET}_don_vi"
NAMES: Final = "don_vi_bao_cao"
"""The workbook's own name for the list to choose from: Excel 2007 has no list on another sheet otherwise."""


@dataclass(frozen=True)
class Joint:
    """The units that one form serves, in roster order."""

    units: tuple[Unit, ...]

    def chosen_row(self, choice: str) -> str:
        """The formula of the chosen unit's place in the list."""
        return f"MATCH({choice},{NAMES},0)"

    def looked_up(self, column: int, choice: str, otherwise: str = "") -> str:
        """The formula that shows what stands in ``column`` of the list for the chosen unit."""
        first, last = (cell_name(row, column, absolute=True) for row in (0, len(self.units) - 1))
        row = self.chosen_row(choice)
        return f'=IF(ISNA({row}),"{otherwise}",INDEX({UNITS_SHEET}!{first}:{last},{row}))'


def communes_joint(profile: Profile, period: Period) -> Joint | None:
    """The most communes that are asked the same and report for none that ended; None for too few."""
    alike = by_key(
        ((unit.group, unit.duty, tuple(item.code for item in profile.asked(unit))), unit)
        for unit in profile.units(period)
        if is_commune(unit) and not unit.parts and not profile.taken_over(unit, period)
    )
    most = max(alike.values(), key=len, default=[])
    return Joint(tuple(most)) if len(most) > 1 else None


def is_commune(unit: Unit) -> bool:
    """Whether a unit is the committee of a commune, a ward, a special zone."""
    return unit.name.casefold().startswith(_COMMUNES)


_COMMUNES = tuple(f"ủy ban nhân dân {kind} " for kind in ("xã", "phường", "đặc khu", "thị trấn"))


# ---------- What stands in a form that goes back to its unit beside its answers: the list, marks, notes
# A note of ours ends with a line that says so; what a unit writes below it is the unit's.

NOTE_LEAD: Final = "[Đề nghị rà soát] "
NOTE_END: Final = "[Hết lời đề nghị; ý kiến ghi ở trang Bảng kê chỉnh lý]"

LIST_ISSUED: Final = "list.issued"
"""The row of a form's hidden sheet that says when the list in it was made; only a form sent back has it."""
LIST_ABOUT: Final = "list.about"
"""The row that names the files, by SHA-256, whose answers were written into the form."""

ENTERED: Final = "entered"
"""The row of the hidden sheet of a form that the office fills in from paper: who does."""
FROM_PAPER: Final = "Nhập từ bản giấy"
"""What such a form says of itself, where it is seen and printed."""


@dataclass(frozen=True)
class SentBack:
    """How a form that is sent back, or filled in by the office, differs from one that is issued.

    first_sheet: writes the list into the workbook, before the form's own sheets.
    notes: what is asked about an answer; its cell is marked.
    more_lines: by the code of a list, the keys of the lines that the unit inserted.
    meta: further rows of the hidden sheet.
    formats: the number formats of answers that the form's own would show otherwise than they were written.
    said: what stands before the form's number on every sheet.
    """

    first_sheet: Callable[[Any], None] = lambda book: None
    notes: Mapping[Key, str] = field(default_factory=dict)
    more_lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meta: tuple[tuple[str, str], ...] = ()
    formats: Mapping[Key, str] = field(default_factory=dict)
    said: str = ""


NOT_SENT_BACK: Final = SentBack()
"""How a form is written that a unit fills in."""


def from_paper(office: str) -> SentBack:
    """A form that ``office`` fills in from what its unit sent on paper."""
    return SentBack(meta=((ENTERED, office),), said=FROM_PAPER)


def format_note(said: str) -> str:
    """Write a note pinned to a cell so that it is known again as ours."""
    return f"{NOTE_LEAD}{said}\n{NOTE_END}"


def without_ours(note: str) -> str:
    """What is left of a note when the office's own words are taken out: what the unit wrote around them."""
    before, lead, rest = note.partition(NOTE_LEAD)
    _, end, after = rest.partition(NOTE_END)
    return before + after if lead and end else note


# ------------------------------- What writes a form: the workbook, whose form it is, its formulas and formats


@dataclass
class Pen:
    """The workbook being written and the form that goes into it."""

    book: Any
    profile: Profile
    unit: Unit
    form: Form
    ledger: Ledger
    before: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """What the unit gave a year ago, by item and field; shown beside the answer, never in it."""
    back: SentBack = NOT_SENT_BACK
    """What stands beside the answers in a form that goes back to its unit."""
    joint: Joint | None = None
    """The units that choose their names in the form; None of a form for ``unit`` alone."""
    _formats: dict[tuple[str, bool, bool, bool, str], Any] = field(default_factory=dict)

    @property
    def shape(self) -> str:
        """The form's shape, as the unit's group names it."""
        return self.profile.roster.group(self.unit.group).form

    @property
    def line_height(self) -> float:
        """Points of a row's one line, as Excel has them; in a commune's form as few as the font needs."""
        return 13.6 if self.shape == "commune" else 15.0

    def style(
        self,
        name: str,
        *,
        joins_above: bool = False,
        joins_below: bool = False,
        marked: bool = False,
        number_format: str = "",
    ) -> Any:
        """The workbook's format of that name, without the border to a neighbour that it is one with."""
        wanted = name, joins_above, joins_below, marked, number_format
        if wanted not in self._formats:
            changes: dict[str, Any] = {"top": 0} if joins_above else {}
            changes |= {"bottom": 0} if joins_below else {}
            changes |= {"bg_color": styles.ASKED} if marked else {}
            changes |= {"num_format": number_format} if number_format else {}
            look = {**styles.STYLES[name], **changes}
            if self.shape == "commune":  # printed as it is, never made smaller to fit a page
                look |= {"font_size": max(look["font_size"], 11), "shrink": False}
            self._formats[wanted] = self.book.add_format(look)
        return self._formats[wanted]

    def choice(self, sheet: str) -> str:
        """The cell in which the name is chosen, as a formula of ``sheet`` refers to it."""
        first = self.form.sheets[0].name
        cell = cell_name(0, FIRST_COLUMN, absolute=True)
        return cell if sheet == first else f"'{first}'!{cell}"

    def spec(self, key: Key) -> FieldSpec:
        """The field behind a cell; a choice without choices for a status, a number for a rate."""
        if key.item == COVER:
            return wording.COVER_SPECS[key.field]
        found = field_of(self.ledger.items[key.item], key.field)
        return found or FieldSpec(code=key.field, label=key.field, kind="choice")


class EmptyResult(str):
    """An empty text as a formula's result: XlsxWriter 3.3 writes "" as never calculated."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


def result(value: Answer) -> Answer:
    """A formula's result as XlsxWriter has to be given it."""
    return EmptyResult() if value == "" else value


def points(grid: tuple[float, ...], first: int, last: int) -> float:
    """The points that text has in the columns ``first`` to ``last`` of a sheet's grid."""
    return column_points(sum(grid[first - FIRST_COLUMN : last - FIRST_COLUMN + 1]), last - first + 1)
