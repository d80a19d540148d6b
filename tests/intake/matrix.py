"""A really filled return, what was done to it, and what became of it: one row for each outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, TypeAlias

from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.sent import unused_entries
from dvctt_report.intake.settle import settle
from dvctt_report.intake.whose import ask_whose
from dvctt_report.model import Entry, Return, State
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Task
from dvctt_report.text.grouping import by_key
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from tests.forms.fill import real
from tests.intake import excel, excel_layout
from tests.intake.excel import Content, Edit, edited, put
from tests.intake.returns import key
from tests.made import rows_beside

UNIT: Final = "SYT"
YEAR: Final = 2025
TODAY: Final = date(2025, 12, 1)
FILE, BOOK = "bieu.xlsx", "so-theo-doi.xlsx"

BLANK, UNREADABLE = State.BLANK, State.UNREADABLE
ABSENT: Final = "—"
"""What stands for an answer that the return doesn't have at all."""

ANSWERS: Final[dict[str, Answer]] = dict(rows_beside(__file__, {}, "answers"))
"""What the unit filled in; every other cell of its form is empty."""

RULES: Final = frozenset(("SL01", "SL02", "SL03", "SL08"))
"""The rules of ``validate`` whose findings every row lists, beside intake's; a row may name more."""

Arrival: TypeAlias = Callable[[bytes], bytes | Mapping[str, bytes]]
"""What arrives instead of the filled form: one file, or several by their names."""


@dataclass(frozen=True)
class Row:
    """One failure mode done to the filled return.

    ``reads``: what cells are read as where it isn't what was filled in ("T1.total" → value or state).
    ``told``: every finding, as "code severity place", the place being a cell, a sheet or a file. ``status``:
    of the file, or of each by name. ``computed`` False: what the form computes (rates, states of tasks) is
    left out.
    ``entries`` stand in the tracking book.
    """

    mode: int
    done: str
    arrives: Arrival
    reads: Mapping[str, object] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    status: str | Mapping[str, str] = "effective"
    file: str = FILE
    computed: bool = True
    entries: tuple[Entry, ...] = ()
    needs: str = ""

    def files(self, arrival: Arrival) -> Mapping[str, bytes]:
        """What arrives, by its name."""
        arrived = arrival(filled())
        return {self.file: arrived} if isinstance(arrived, bytes) else arrived


def row(
    mode: int,
    done: str,
    *edits: Edit,
    reads: Mapping[str, object] | None = None,
    told: Sequence[str] | str = (),
    status: str | Mapping[str, str] = "effective",
    file: str = FILE,
    arrives: Arrival | None = None,
    computed: bool = True,
    entries: tuple[Entry, ...] = (),
    needs: str = "",
) -> Row:
    """Make a row: the form edited in Excel, or whatever ``arrives`` in its place.

    Answers that are read alike may be named together in ``reads``, with blanks between them.
    """
    apart = {name: read for names, read in (reads or {}).items() for name in names.split()}
    made = arrives or (lambda data: edited(data, *edits) if edits else data)
    findings = (told,) if isinstance(told, str) else tuple(told)
    return Row(mode, done, made, apart, findings, status, file, computed, entries, needs)


def typed(
    mode: int,
    done: str,
    where: str,
    content: Content,
    told: str = "",
    reads: Mapping[str, object] | None = None,
    status: str = "effective",
    **looks: str,
) -> Row:
    """Something typed into one cell, and what is told there: ``told`` is "code severity"."""
    findings = f"{told} {where}" if told else ()
    return row(mode, done, put(where, content, **looks), reads=reads, told=findings, status=status)


NAMES: Final[dict[str, object]] = {
    **vars(excel),
    **vars(excel_layout),
    **State.__members__,
    "row": row,
    "typed": typed,
    "Decimal": Decimal,
}
"""What the words of a table of rows may name, beside what their module has."""


@cache
def filled() -> bytes:
    """The form as the unit filled it in and saved it."""
    answers = {key(name): answer for name, answer in ANSWERS.items()}
    return form_bytes(real(), real().roster.unit(UNIT), Period(YEAR), answers)


@cache
def untouched() -> Return:
    """The filled form, read."""
    return read_return(FILE, filled(), real(), Period(YEAR))


@dataclass(frozen=True)
class Outcome:
    """What became of what arrived: statuses by file, what the unit's return says, the findings told."""

    statuses: Mapping[str, str]
    said: Mapping[str, object]
    told: tuple[str, ...]


def outcome(row: Row, returns: Sequence[Return], folder: str) -> Outcome:
    """Settle the returns of a row, which stand in ``folder``, and check them."""
    returns = ask_whose(returns, row.entries, real())
    settled = settle(returns, entries=row.entries, profile=real())
    notes = [*unused_entries(settled, row.entries, BOOK)]
    dataset = Dataset(real(), Period(YEAR), settled, TODAY, notes)
    of_unit = dataset.effective(UNIT)
    named = RULES | {told[:4] for told in row.told}
    rules = [f for f in check(dataset) if f.unit == UNIT and f.code in named]
    findings = [f for r in settled for f in r.findings] + notes + rules
    by_file = by_key((r.file.removeprefix(folder), r.status.value) for r in settled)
    statuses = {name: ", ".join(several) for name, several in by_file.items()}
    told = []
    for at, f in ((f.at, f) for f in findings):
        place = (at.sheet or at.file.removeprefix(folder)) if at else ""
        place = f"{place}!{at.cell}" if at and at.cell else place
        told.append(f"{f.code} {f.severity.value} {place}".strip())
    return Outcome(statuses, said(of_unit, row.computed) if of_unit else {}, tuple(sorted(told)))


def said(found: Return, computed: bool = True) -> dict[str, object]:
    """Every answer by its name: the value, or the state where there is none; the submission as "_.…"."""
    tasks = {i.code for i in real().plan.items if isinstance(i, Task)}
    answers: dict[str, object] = {
        f"{o.item}.{o.field}{o.part and f'@{o.part}'}": o.value if o.state is State.GIVEN else o.state
        for o in found.observations
        if computed or not (o.field == "rate" or (o.item in tasks and o.field == "status"))
    }
    given = found.submission
    for name in ("document_number", "sent_on", "contact", "phone", "email", "control_code"):
        answers[f"_.{name}"] = getattr(given, name)
    return answers
