"""What stands in the answer cells of a return, as its unit typed it: to be written into its form anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from dvctt_report.files.cells import Cell, CellKind, Unreadable
from dvctt_report.files.container import read_workbook
from dvctt_report.files.formats import is_percent_format
from dvctt_report.forms.build import build_form, with_more_lines
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer, Ledger
from dvctt_report.forms.layout import place
from dvctt_report.forms.wording import COVER_SPECS
from dvctt_report.intake.block import ADDED
from dvctt_report.intake.identity import identify
from dvctt_report.intake.locate import locate
from dvctt_report.intake.mend_lists import take_apart
from dvctt_report.intake.remark_words import remark_words
from dvctt_report.model import CellRef, Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_of
from dvctt_report.plan.model import Profile, Unit

_SAME = 1e-6
"""How near a rate of the form's own formula has to be to be the same."""


@dataclass(frozen=True)
class RawAnswers:
    """The cells of one return.

    answers: what was typed, without what the form's own formulas give anyway.
    keys: what is answered where, by sheet and cell.
    formulas: the answers in which the unit had put a formula; ``answers`` holds its result.
    added: the lines that the unit inserted into lists, by the list's code.
    sources: the cells that a cell of the form sums up.
    formats: the number formats that shares and broken numbers need to be seen as they were written.
    """

    answers: Mapping[Key, Answer]
    keys: Mapping[CellRef, Key]
    formulas: frozenset[Key] = frozenset()
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    formats: Mapping[Key, str] = field(default_factory=dict)


def raw_answers(file: str, data: bytes, profile: Profile, unit: Unit, period: Period) -> RawAnswers | None:
    """Return what stands in a return of ``unit``; None where it can't be read, or is no form."""
    try:
        book = take_apart(read_workbook(data), file, profile, period).form
    except Unreadable:
        return None
    who = identify(book, profile, period, CellRef(file))
    if who.unit is None:
        return None
    items, words = profile.plan.items_by_code, remark_words(profile, period)
    places = locate(book, build_form(profile, who.unit, period), file, items, words).places
    cells = {k: p.cell for k, p in places.items() if p.cell is not None and p.cell.raw.strip()}
    lines: dict[str, dict[str, None]] = {}
    for key in cells:
        if ADDED in key.part:
            lines.setdefault(key.item, {})[f"{key.item}/{key.part}"] = None
    added = {item: tuple(own) for item, own in lines.items()}
    ledger = Ledger.of(items, place(with_more_lines(build_form(profile, unit, period), added)), {})
    asked = {k: c for k, c in cells.items() if k in ledger.cells and k != Key(COVER, "control_code")}
    answers = {k: answer for k, c in asked.items() if (answer := _answer(k, c, profile)) is not None}
    typed = {k: answer for k, answer in answers.items() if ledger.formula(k, "") is None}
    own = Ledger(items, ledger.sheets, typed, ledger.cells)
    over = {k: answer for k, answer in answers.items() if k not in typed and not _is_made(own, k, answer)}
    return RawAnswers(
        typed | over,
        {at.at: key for key, at in places.items()},
        frozenset(key for key in typed if asked[key].formula),
        added,
        {key: sources for key in ledger.cells if (sources := ledger.sources(key))},
        {key: shown for key in typed if (shown := _format(asked[key]))},
    )


def _answer(key: Key, cell: Cell, profile: Profile) -> Answer | None:
    """The content of a cell as it is written again; None where nothing is."""
    if cell.kind is CellKind.BLANK:
        return None
    if cell.kind is CellKind.NUMBER and isinstance(cell.value, Decimal):
        return int(cell.value) if cell.value == cell.value.to_integral_value() else float(cell.value)
    spec = COVER_SPECS[key.field] if key.item == COVER else field_of(profile.plan.item(key.item), key.field)
    if cell.kind is CellKind.DATE and isinstance(cell.value, date) and spec and spec.kind == "date":
        return cell.value.date() if isinstance(cell.value, datetime) else cell.value
    return cell.raw


def _format(cell: Cell) -> str:
    """The format by which a share or a broken number is seen as it was written; "" for the form's own."""
    if not isinstance(cell.value, Decimal):
        return ""
    if is_percent_format(cell.number_format):
        return cell.number_format
    return "General" if cell.value % 1 else ""


def _is_made(ledger: Ledger, key: Key, answer: Answer) -> bool:
    """Whether the form's own formula gives what stands there; .xls shows an empty result as 0."""
    made = ledger.formula(key, "")
    shown = made.value if made is not None else ""
    if isinstance(shown, int | float) and isinstance(answer, int | float):
        return abs(shown - answer) < _SAME
    return answer in (shown, 0) if shown == "" else answer == shown


def answers_about(key: Key, keys: Iterable[Key]) -> Iterator[Key]:
    """The cells to leave blank so that nothing is answered in ``key``; "" for any field of its item."""
    for own in keys:
        if (own.item, own.part) == (key.item, key.part) and (not key.field or own.field == key.field):
            yield own
