"""What every function that writes a form needs: the workbook, whose form it is, its formulas and formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dvctt_report.forms import styles, wording
from dvctt_report.forms.form import COVER, Form
from dvctt_report.forms.formulas import Answer, Ledger
from dvctt_report.forms.joint import Joint
from dvctt_report.forms.layout import FIRST_COLUMN, cell_name
from dvctt_report.forms.sent_back import NOT_SENT_BACK, SentBack
from dvctt_report.forms.styles import PADDING, column_points
from dvctt_report.model import Key
from dvctt_report.plan.fields import field_of
from dvctt_report.plan.model import FieldSpec, Profile, Unit


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
    _looks: dict[tuple[tuple[str, str], ...], Any] = field(default_factory=dict)

    @property
    def shape(self) -> str:
        """The form's shape, as the unit's group names it."""
        return self.profile.roster.group(self.unit.group).form

    @property
    def padding(self) -> float:
        """Points above and below the text of a row; less in a commune's form, which has to stay two pages."""
        return 0.5 if self.shape == "commune" else PADDING

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

    def look(self, said: Mapping[str, str]) -> Any:
        """The workbook's format that a rule gives the cells it holds for."""
        wanted = tuple(said.items())
        if wanted not in self._looks:
            self._looks[wanted] = self.book.add_format(dict(said))
        return self._looks[wanted]

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

    def may_withhold(self, item: str) -> bool:
        """Whether the law may forbid the unit to give the figures of ``item``."""
        return self.profile.may_withhold(self.unit, self.ledger.items[item])


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
