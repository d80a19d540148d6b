"""What the cells of a return say of each other: states chosen for a row, words shared by a pair, sums.

None of it guesses: where two cells contradict each other, neither is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from dvctt_report.files.cells import CellKind
from dvctt_report.intake.context import Context, read_in_context
from dvctt_report.intake.locate import Place
from dvctt_report.intake.reading import Reading, quote
from dvctt_report.intake.sums import contradicts, disagreement, figure, summed
from dvctt_report.intake.values import STATE_NAMES
from dvctt_report.intake.words import plain
from dvctt_report.model import Finding, Key, Observation, State, Submission
from dvctt_report.model.codes import CODES, Trait, finding, has
from dvctt_report.plan.fields import STATUS_GIVEN, fields
from dvctt_report.plan.model import Channel, FieldSpec, Funding, Item, Words
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, format_date

_STATES: Final = {name: state for state, name in STATE_NAMES.items()}
_STATUS: Final = FieldSpec(
    code="status", label="Tình trạng số liệu", kind="choice", choices=(STATUS_GIVEN, *_STATES)
)
_NUMBERS: Final = ("count", "money")


@dataclass
class Sheets:
    """What has been read of one return so far; becomes a Return's tuples when all is read.

    ``sums``: the cells that the form fills from others → those others. ``computed``: the cells in which a
    formula stands. ``statuses``: the drop-down of each row. ``doubts``: findings about cells of ``sums``,
    that count only where the cells they are the sum of say nothing.
    """

    unit: str
    items: Mapping[str, Item]
    words: Words
    sums: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    observations: dict[Key, Observation] = field(default_factory=dict)
    computed: set[Key] = field(default_factory=set)
    statuses: dict[tuple[str, str], Place] = field(default_factory=dict)
    doubts: dict[Key, Finding] = field(default_factory=dict)
    submission: Submission = field(default_factory=Submission)
    findings: list[Finding] = field(default_factory=list)
    context: Context = field(default_factory=Context)


def apply_statuses(sheets: Sheets, wanted: Iterable[str]) -> None:
    """Give the numbers of each row of the items ``wanted`` the state that its drop-down names.

    An empty cell takes it; a number that contradicts it is used no more (DL11).
    """
    chosen = set(wanted)
    rows = by_key(((key.item, key.part), key) for key in sheets.observations)
    fix = "Giữ một trong hai: xóa nội dung ở ô số liệu, hoặc chọn lại tình trạng số liệu."
    for (item, part), place in sheets.statuses.items():
        if item not in chosen:
            continue
        needed = {f.code for f in fields(sheets.items[item]) if f.kind in _NUMBERS and not f.optional}
        numbers = {k: sheets.observations[k] for k in rows.get((item, part), ()) if k.field in needed}
        state = _status(sheets, item, place, numbers.values())
        if state is None:
            continue
        assert place.cell is not None
        word = place.cell.raw.strip()
        for key, own in numbers.items():
            if own.state is State.BLANK or (state is State.NONE_ARISING and own.value == 0):
                taken = replace(own, value=None, state=state, reading=f"tình trạng số liệu: {word}")
                sheets.observations[key] = taken
            elif _contradicts(own, state, numbers.values(), key in sheets.sums):
                shown = f"số {figure(own)}" if own.state is State.GIVEN else quote(own.raw)
                message = f"đã ghi {shown} nhưng chọn “{word}”"
                where = (own.at or place.at, sheets.unit, key.item, key.field, word, (place.at,))
                sheets.findings.append(finding("DL11", message, fix, *where))
                sheets.observations[key] = replace(own, value=None, state=State.UNREADABLE)


def _status(sheets: Sheets, item: str, place: Place, numbers: Iterable[Observation]) -> State | None:
    """The state a row's drop-down names, else None; what isn't in its list is asked (DL04, DL09, NH79)."""
    cell = place.cell
    if cell is None or cell.formula or cell.kind is CellKind.BLANK:
        return None
    if cell.kind is CellKind.NUMBER and cell.value == Decimal(0):
        return None  # an empty formula's result, as LibreOffice 24 saves it in .xls
    reading = read_in_context(Key(item, "status"), cell, _STATUS, sheets.words, sheets.context)
    if (problem := reading.problem) is not None:
        asked = (problem.code, problem.because, problem.fix)
        beside = all(o.state is State.GIVEN for o in numbers)
        if beside:
            message = f"cột tình trạng ghi {quote(cell.raw)} bên cạnh số đã ghi; số vẫn được tính"
            asked = ("NH79", message, _CHOOSE)
        if not (beside and plain(cell.raw) in _CONSENTS):
            sheets.findings.append(finding(*asked, place.at, sheets.unit, item, "status", cell.raw))
    if reading.state is State.GIVEN:
        return _STATES.get(str(reading.value))
    return reading.state if reading.state in STATE_NAMES else None


_CHOOSE = "Chọn một mục trong danh sách của ô; nếu số chưa chính thức thì ghi số chính thức."
_CONSENTS = frozenset(("co", "du", "day du", "da co", "da co so lieu", "x", "v", "ok"))
"""What says beside a number that it is there."""


def _contradicts(own: Observation, state: State, numbers: Iterable[Observation], is_sum: bool) -> bool:
    """Whether what stands in a row's cell can't stand beside the row's state.

    One of two numbers may be there while the other is not yet known, or must not be given; the word of a
    sum is that of other rows.
    """
    if own.state in (State.UNREADABLE, state) or (is_sum and own.state is not State.GIVEN):
        return False
    if own.state is State.GIVEN and state in (State.NOT_AVAILABLE, State.WITHHELD):
        return all(o.state is State.GIVEN for o in numbers)
    return True


def share_words(sheets: Sheets) -> None:
    """Let a word for "no number" in one of a target's two cells speak for the empty one beside it."""
    for total in [k for k in sheets.observations if k.field == "total" and not k.part]:
        pair = [total, Key(total.item, "done")]
        own = [sheets.observations[k] for k in pair if k in sheets.observations]
        words = {o.state for o in own} & set(STATE_NAMES)
        if len(own) == 2 and len(words) == 1 and {o.state for o in own} - words == {State.BLANK}:
            for key, observation in zip(pair, own, strict=True):
                sheets.observations[key] = replace(observation, state=next(iter(words)))


def finding_about(sheets: Sheets, key: Key, place: Place, reading: Reading) -> Finding | None:
    """Return the finding about one cell: its problem, or how it was read where that is to be confirmed."""
    if reading.problem is not None:
        problem = reading.problem
        where = (place.at, sheets.unit, key.item, key.field, reading.raw)
        fix, spec = problem.fix, sheets.context.specs.get(key)
        if has(problem.code, Trait.CHOICE_BESIDE) and fix == CODES[problem.code].fix:
            # What to write in place of words: what the row's own columns offer where there is no number.
            status = sheets.statuses.get((key.item, key.part))
            fix = "Nhập một con số nguyên chính xác."
            if spec is None or spec.kind not in ("count", "money", "percent"):
                fix = "Chọn một mục trong danh sách của ô." if spec and spec.choices else fix
            elif status is not None and not spec.optional:
                chosen = "“Không phát sinh”, “Chưa có số liệu” hoặc “Không áp dụng”"
                fix += f" Không có số thì xóa ô này, chọn {chosen} ở ô {status.at.cell} (Tình trạng số liệu)."
            elif spec.optional or isinstance(sheets.items.get(key.item), Channel | Funding):
                fix += " Không có thì xóa, để trống ô này."
            else:
                fix += " Không có thì ghi số 0."
        return finding(problem.code, problem.because, fix, *where)
    if not reading.to_confirm:
        return None
    shown = format_count(reading.value) if isinstance(reading.value, int) else str(reading.value)
    code, what = "DL12", "con số"
    if isinstance(reading.value, date):
        code, what, shown = "DL27", "ngày", f"ngày {format_date(reading.value)}"
    message = f"{quote(reading.raw)} được hiểu là {shown}, {reading.reading}"
    fix = f"Đề nghị đơn vị xác nhận, hoặc nhập lại {what}."
    return finding(code, message, fix, place.at, sheets.unit, key.item, key.field, reading.raw)


def add_up(sheets: Sheets) -> None:
    """Take each sum from the cells it stands on.

    A total typed over it has to agree (DL13); one that doesn't stays what the unit said, so that nothing
    else is ever taken for its word.
    """
    for key, names in sheets.sums.items():
        own = sheets.observations[key]
        sources = [sheets.observations[k] for k in names]
        typed = key not in sheets.computed
        total = summed(own, sources, typed)
        if typed and contradicts(own, total):
            sheets.findings.append(disagreement("DL13", own, total, sources))
            continue
        sheets.observations[key] = total
        if total is own and key in sheets.doubts:
            sheets.findings.append(sheets.doubts[key])


def clear_rates(sheets: Sheets) -> None:
    """Forget a rate that only the form's formula states, where its two numbers are not both sure.

    A number typed with words ("60 người") is none for the formula: it shows nothing, which LibreOffice saves
    in .xls as 0.
    """
    apart = {Key(f.item, f.field) for f in sheets.findings if has(f.code, Trait.CONTRADICTION)}
    for key, own in sheets.observations.items():
        if key.field == "rate" and own.state is State.GIVEN:
            names = [Key(key.item, name) for name in ("total", "done")]
            pair = [sheets.observations.get(name) for name in names]
            known = all(o is not None and o.state is State.GIVEN for o in pair) and apart.isdisjoint(names)
            typed = [
                o for name, o in zip(names, pair, strict=True) if o is not None and name not in sheets.sums
            ]
            worded = own.value == 0 and any(o.reading for o in typed)
            if worded or (not known and (key in sheets.computed or own.value == 0)):
                sheets.observations[key] = replace(own, value=None, state=State.BLANK)
