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
from dvctt_report.model import Entry, Finding, Key, Return, State
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Task
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from tests.forms.fill import real
from tests.intake import excel, excel_layout
from tests.intake.excel import Content, Edit, edited, put
from tests.intake.returns import key

UNIT: Final = "SYT"
YEAR: Final = 2025
TODAY: Final = date(2025, 12, 1)
FILE, BOOK = "bieu.xlsx", "so-theo-doi.xlsx"

BLANK, UNREADABLE = State.BLANK, State.UNREADABLE
ABSENT: Final = "—"
"""What stands for an answer that the return doesn't have at all."""

ANSWERS: Final[dict[str, Answer]] = {
    "_.contact": "Nguyễn Văn A, chuyên viên",
    "_.phone": "0259123456",
    "_.email": "vanthu@soyte.vn",
    "_.document_number": "12/BC-SYT",
    "_.sent_on": date(2025, 11, 7),
    "T1.total": 120,
    "T1.done": 100,
    "T1.source": "Danh sách lớp tập huấn",
    "T2.total": 15,
    "T2.done": 12,
    "T10.done": 70,
    "T13.total": 40,
    "T13.done": 38,
    "T3.answer": "Có",
    "T3.evidence": "https://soyte.vn/dvctt",
    "T4.answer": "Có",
    "T4.evidence": "12/KH-SYT",
    "U1.answer": "Không",
    "HT.a.places": 3,
    "HT.b.events": 4,
    "HT.b.people": 350,
    "HT.c.banners": 20,
    "HT.c.leaflets": 500,
    "HT.d.articles": 9,
    "HT.g.products": 2,
    "ND.a.ticked": "x",
    "ND.b.ticked": "x",
    "HS.T.received_total": 100,
    "HS.T.received_online": 75,
    "HS.T.received_direct": 20,
    "HS.T.carried_over": 5,
    "HS.T.resolved_total": 80,
    "HS.T.resolved_early": 30,
    "HS.T.resolved_on_time": 49,
    "HS.T.resolved_late": 1,
    "HS.T.pending_total": 20,
    "HS.T.pending_in_time": 20,
    "HS.T.pending_late": 0,
    "KS.HT.chung.issued": 60,
    "KS.HT.chung.returned": 55,
    "KS.HT.chung.valid": 50,
    "KS.HT.chung.satisfied": 48,
    "KS.DV.chung.issued": 30,
    "KS.DV.chung.returned": 30,
    "KS.DV.chung.valid": 30,
    "KS.DV.chung.satisfied": 29,
    "KP.a.spent": 50_000_000,
    "KP.a.planned": 60_000_000,
    "KP.b.budgeted": "Có",
    "DG.ketqua.text": "Đã phổ biến tại hội nghị giao ban; thực hiện tốt ở Hòa Bình",
    "DG.hanche.text": "Thiếu kinh phí, thiếu người hướng dẫn",
    "VB.number@1": "12/KH-SYT",
    "VB.issued_on@1": date(2025, 3, 20),
    "VB.subject@1": "Kế hoạch truyền thông",
    "VB.number@2": "45/SYT-VP",
    "VB.issued_on@2": date(2025, 6, 30),
    "VB.subject@2": "Về việc hướng dẫn người dân",
}
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
    statuses: dict[str, str] = {}
    for r in settled:
        name = r.file.removeprefix(folder)
        statuses[name] = f"{statuses[name]}, {r.status.value}" if name in statuses else r.status.value
    return Outcome(
        statuses,
        said(of_unit, row.computed) if of_unit else {},
        tuple(sorted(_shown(f, folder) for f in findings)),
    )


def _shown(finding: Finding, folder: str) -> str:
    at = finding.at
    place = ""
    if at is not None:
        place = f"{at.sheet}!{at.cell}" if at.cell else at.sheet or at.file.removeprefix(folder)
    return f"{finding.code} {finding.severity.value} {place}".strip()


def said(found: Return, computed: bool = True) -> dict[str, object]:
    """Every answer by its name: the value, or the state where there is none; the submission as "_.…"."""
    tasks = {i.code for i in real().plan.items if isinstance(i, Task)}
    answers: dict[str, object] = {
        name_of(Key(o.item, o.field, o.part)): o.value if o.state is State.GIVEN else o.state
        for o in found.observations
        if computed or not (o.field == "rate" or (o.item in tasks and o.field == "status"))
    }
    given = found.submission
    for name in ("document_number", "sent_on", "contact", "phone", "email", "control_code"):
        answers[f"_.{name}"] = getattr(given, name)
    return answers


def name_of(one: Key) -> str:
    return f"{one.item}.{one.field}" + (f"@{one.part}" if one.part else "")
