"""What the cells of a return say of each other: ways of writing, states of a row, shared words, sums.

None of it guesses: where two cells contradict each other, neither is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.forms.form import COVER
from dvctt_report.forms.wording import COVER_SPECS
from dvctt_report.intake.locate import Place
from dvctt_report.intake.reading import STATE_NAMES, Reading, plain, quote
from dvctt_report.intake.values import DateOrder, read_number_cell, read_value
from dvctt_report.model import Finding, Key, Observation, State, Submission, Value
from dvctt_report.model.answers import amount
from dvctt_report.model.codes import CODES, Trait, finding, has
from dvctt_report.plan.fields import DOSSIER_SUMS, STATUS_GIVEN, fields
from dvctt_report.plan.model import Channel, FieldSpec, Funding, Item, Words
from dvctt_report.text.grouping import by_key
from dvctt_report.text.old_fonts import Converted, to_unicode
from dvctt_report.text.vietnamese import format_count, format_date, parse_date_figures, plain_number_text

_WHOLE_OF: dict[str, str] = {
    **{"done": "total", "satisfied": "valid", "valid": "returned", "returned": "issued"},
    **{part: total for total, parts in DOSSIER_SUMS for part in parts},
}
"""Fields that can't exceed another field of the same row."""
_FLOATS = Decimal("1e-9")
"""By how much a number computed by Excel may miss the whole number it is."""
_TYPED = re.compile(r"'?([0-9][0-9.,]*)(?:\s*[^\W\d][^\d]*)?")
_DOTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole file tells about a cell.

    ``specs``: what each cell is asked as; one that only names the state of its row is not in it. ``marks``,
    ``orders``: the mark by which a cell's column groups numbers, and the order of its dates, where it tells.
    ``legacy_fonts``: those that the file uses in their own code for sure.
    """

    specs: Mapping[Key, FieldSpec] = field(default_factory=dict)
    marks: Mapping[Key, str] = field(default_factory=dict)
    orders: Mapping[Key, DateOrder] = field(default_factory=dict)
    legacy_fonts: frozenset[str] = frozenset()


def context_of(places: Mapping[Key, Place], items: Mapping[str, Item]) -> Context:
    """Gather from the located cells what a single one of them can't tell."""
    by_item: dict[str, Mapping[str, FieldSpec]] = {COVER: COVER_SPECS}
    specs = {}
    for key in places:
        if key.item not in by_item:
            by_item[key.item] = {f.code: f for f in fields(items[key.item])} if key.item in items else {}
        if spec := by_item[key.item].get(key.field):
            specs[key] = spec
    texts = (p.cell for p in places.values() if p.cell is not None and p.cell.kind is CellKind.TEXT)
    fonts = frozenset(cell.font for cell in texts if to_unicode(cell.raw, cell.font) is not None)
    # A column tells how it writes by its cells of one kind, above and below each other.
    marks: dict[Key, str] = {}
    orders: dict[Key, DateOrder] = {}
    columns = by_key(((*places[key].column, spec.kind), key) for key, spec in specs.items())
    for (_, _, kind), keys in columns.items():
        cells = [cell for key in keys if (cell := places[key].cell) is not None]
        if kind in ("count", "money") and (mark := grouping_mark(cells)):
            marks |= dict.fromkeys(keys, mark)
        elif kind == "date" and (order := date_order(cells)):
            orders |= dict.fromkeys(keys, order)
    # Numbers that, read by their column's mark, disagree with their row, a part with its whole, have none.
    apart: set[Key] = set()
    for part in specs:
        whole = Key(part.item, _WHOLE_OF.get(part.field, ""), part.part)
        if whole not in specs or not (part in marks or whole in marks):
            continue
        numbers = []
        for one in (part, whole):
            cell, spec = places[one].cell, specs[one]
            if cell is not None and spec.kind in ("count", "money") and cell.kind is not CellKind.BLANK:
                mark = marks.get(one, "")
                value = read_number_cell(cell, unit=spec.unit, money=False, grouping=mark).value
                numbers += [value] if isinstance(value, int) else []
        if len(numbers) == 2 and numbers[0] > numbers[1]:
            apart |= {part, whole}
    return Context(specs, {key: mark for key, mark in marks.items() if key not in apart}, orders, fonts)


def read_in_context(key: Key, cell: Cell | None, spec: FieldSpec, words: Words, context: Context) -> Reading:
    """Read a cell as ``read_value`` does, as its column suggests and out of the code of its font.

    ``raw`` stays what stands in the file. A word chosen from a list is Unicode whatever the font, so only a
    free text is converted where it could be read as it stands.
    """
    read = partial(
        read_value,
        kind=spec.kind,
        words=words,
        choices=spec.choices,
        unit=spec.unit,
        grouping=context.marks.get(key, ""),
        date_order=context.orders.get(key, ""),
    )
    reading = read(cell)
    if cell is None or (spec.kind != "text" and reading.problem is None):
        return reading
    converted = converted_text(cell, spec, context)
    if converted is None:
        return reading
    again = read(cell._replace(value=converted.text, raw=converted.text))
    told = f"chữ {converted.code} {quote(cell.raw)} → {quote(converted.text)}"
    told = f"{told}; {again.reading}" if again.reading else told
    return replace(again, raw=cell.raw, reading=told if again.problem is None else "")


def converted_text(cell: Cell, spec: FieldSpec, context: Context) -> Converted | None:
    """A cell's text out of the old code of its font; None where it needs no conversion."""
    if cell.kind is not CellKind.TEXT:
        return None
    proven = spec.kind != "text" or cell.font in context.legacy_fonts
    return to_unicode(cell.raw, cell.font, proven=proven)


def grouping_mark(cells: Iterable[Cell]) -> str:
    """The mark that groups thousands in a column of whole numbers; "" where the column doesn't allow it.

    Dots: every number with a mark is in groups of three by dots. Commas: likewise, and at least one of them
    has two groups, since a comma is the decimal mark here. One decimal anywhere forbids both.
    """
    dots = commas = proofs = 0
    for cell in cells:
        if isinstance(cell.value, Decimal) and abs(cell.value - cell.value.to_integral_value()) > _FLOATS:
            return ""
        match = _TYPED.fullmatch(plain_number_text(cell.raw)) if cell.kind is CellKind.TEXT else None
        number = match[1] if match else ""
        if _DOTS.fullmatch(number):
            dots += 1
        elif _COMMAS.fullmatch(number):
            commas += 1
            proofs += number.count(",") > 1
        elif not number.isdigit() and number:
            return ""
    if dots and not commas:
        return "."
    return "," if proofs and not dots else ""


def date_order(cells: Iterable[Cell]) -> DateOrder:
    """How the dates typed in a column are written, by those that can be read in one way only."""
    shown: set[DateOrder] = set()
    for cell in cells:
        figures = parse_date_figures(cell.raw) if cell.kind is CellKind.TEXT else None
        if figures is not None and max(figures[:2]) > 12 >= min(figures[:2]):
            shown.add("day" if figures[0] > 12 else "month")
    return "mixed" if len(shown) > 1 else next(iter(shown), "")


_STATES: Final = {name: state for state, name in STATE_NAMES.items()}
_STATUS: Final = FieldSpec(
    code="status", label="Tình trạng số liệu", kind="choice", choices=(STATUS_GIVEN, *_STATES)
)
_NUMBERS: Final = ("count", "decimal", "money")


@dataclass
class AnswersRead:
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


def apply_statuses(sheets: AnswersRead, wanted: Iterable[str]) -> None:
    """Give the numbers of each row of the items ``wanted`` the state that its drop-down names.

    An empty cell takes it; a number that contradicts it is used no more (DL11). Then a word for "no number"
    in one of a target's two cells speaks for the empty one beside it.
    """
    chosen = set(wanted)
    rows = by_key(((key.item, key.part), key) for key in sheets.observations)
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
        for key, answer in numbers.items():
            if answer.state is State.BLANK or (state is State.NONE_ARISING and answer.value == 0):
                taken = replace(answer, value=None, state=state, reading=f"tình trạng số liệu: {word}")
                sheets.observations[key] = taken
                continue
            is_given = answer.state is State.GIVEN
            stands = answer.state in (State.UNREADABLE, state) or (key in sheets.sums and not is_given)
            if is_given and state in (State.NOT_AVAILABLE, State.WITHHELD):
                # One of two numbers may be there while the other is not yet known, or must not be given.
                stands = any(o.state is not State.GIVEN for o in numbers.values())
            if not stands:
                shown = f"số {figure(answer)}" if is_given else quote(answer.raw)
                message = f"đã ghi {shown} nhưng chọn “{word}”"
                where = (answer.at or place.at, sheets.unit, key.item, key.field, word, (place.at,))
                sheets.findings.append(finding("DL11", message, None, *where))
                sheets.observations[key] = replace(answer, value=None, state=State.UNREADABLE)
    for total in [k for k in sheets.observations if k.field == "total" and not k.part]:
        pair = [total, Key(total.item, "done")]
        answers = [sheets.observations[k] for k in pair if k in sheets.observations]
        words = {o.state for o in answers} & set(STATE_NAMES)
        if len(answers) == 2 and len(words) == 1 and {o.state for o in answers} - words == {State.BLANK}:
            for key, observation in zip(pair, answers, strict=True):
                sheets.observations[key] = replace(observation, state=next(iter(words)))


def _status(sheets: AnswersRead, item: str, place: Place, numbers: Iterable[Observation]) -> State | None:
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


def finding_about(sheets: AnswersRead, key: Key, place: Place, reading: Reading) -> Finding | None:
    """Return the finding about one cell: its problem, or how it was read where that is to be confirmed."""
    if reading.problem is not None:
        problem = reading.problem
        where = (place.at, sheets.unit, key.item, key.field, reading.raw)
        fix, spec = problem.fix, sheets.context.specs.get(key)
        if has(problem.code, Trait.CHOICE_BESIDE) and fix == CODES[problem.code].fix:
            # What to write in place of words: what the row's own columns offer where there is no number.
            status = sheets.statuses.get((key.item, key.part))
            fix = "Nhập một con số nguyên chính xác."
            if spec is None or spec.kind not in (*_NUMBERS, "percent"):
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


def add_up(sheets: AnswersRead) -> None:
    """Take each sum from the cells it stands on; one typed over it that disagrees (DL13) stays as said."""
    for key, names in sheets.sums.items():
        answer = sheets.observations[key]
        sources = [sheets.observations[k] for k in names]
        typed = key not in sheets.computed
        total = summed(answer, sources, typed)
        if typed and contradicts(answer, total):
            sheets.findings.append(disagreement("DL13", answer, total, sources))
            continue
        sheets.observations[key] = total
        if total is answer and key in sheets.doubts:
            sheets.findings.append(sheets.doubts[key])


def clear_rates(sheets: AnswersRead) -> None:
    """Forget a rate that only the form's formula states, where its two numbers are not both sure.

    For the formula "60 người" is no number: it shows nothing, which LibreOffice saves in .xls as 0.
    """
    apart = {Key(f.item, f.field) for f in sheets.findings if has(f.code, Trait.CONTRADICTION)}
    for key, answer in sheets.observations.items():
        if key.field == "rate" and answer.state is State.GIVEN:
            names = [Key(key.item, name) for name in ("total", "done")]
            pair = [sheets.observations.get(name) for name in names]
            known = all(o is not None and o.state is State.GIVEN for o in pair) and apart.isdisjoint(names)
            typed = (o for name, o in zip(names, pair, strict=True) if name not in sheets.sums)
            worded = answer.value == 0 and any(o.reading for o in typed if o is not None)
            if worded or (not known and (key in sheets.computed or answer.value == 0)):
                sheets.observations[key] = replace(answer, value=None, state=State.BLANK)


# --------- What the sums of a form come to, of one return or of two laid together, and what contradicts them


def contradicts(answer: Observation, total: Observation) -> bool:
    """Whether a number stands in a cell that is the sum of others, and they add up to another ``total``."""
    return answer.state is total.state is State.GIVEN and answer.value != total.value


def summed(answer: Observation, sources: Sequence[Observation], typed: bool) -> Observation:
    """Return ``answer`` as the sum of what was given; none where a source is blank or can't be used.

    Only over sources that are all blank does a total count that the unit ``typed`` itself, and never a 0,
    which may be an empty formula's result.
    """
    states = {o.state for o in sources}
    if State.UNREADABLE in states:
        return replace(answer, value=None, state=State.UNREADABLE)
    if State.BLANK in states:
        stands = typed and states == {State.BLANK} and answer.value != 0
        is_kept = stands or answer.state in STATE_NAMES
        return answer if is_kept else replace(answer, value=None, state=State.BLANK)
    for state in (State.NOT_AVAILABLE, State.WITHHELD):
        if state in states:
            return replace(answer, value=None, state=state)
    given = [o.value for o in sources if isinstance(o.value, int)]
    if not given:
        state = State.NONE_ARISING if State.NONE_ARISING in states else State.NOT_APPLICABLE
        return replace(answer, value=None, state=state)
    note = f"cộng từ {len(given)} ô chi tiết" if len(given) > 1 else "lấy từ ô chi tiết"
    return replace(answer, value=sum(given), state=State.GIVEN, reading=answer.reading or note)


def disagreement(
    code: str, answer: Observation, total: Observation, sources: Iterable[Observation]
) -> Finding:
    """The finding, a CONTRADICTION, about a figure ``answer`` that isn't the ``total`` of its cells."""
    about = CODES[code]
    message = f"{about.opening} {figure(answer)}, cộng các ô chi tiết được {figure(total)}"
    assert answer.at is not None
    related = tuple(o.at for o in sources if o.at)
    where = (answer.at, answer.unit, answer.item, answer.field, answer.raw, related)
    return finding(code, message, about.fix, *where)


def figure(observation: Observation) -> str:
    """The words of a number that is given."""
    assert isinstance(observation.value, int)
    return format_count(observation.value)


@dataclass(frozen=True, slots=True)
class Details:
    """What the cells beneath a total add up to; ``complete``: each of them says how many, or none."""

    value: int
    complete: bool

    def belie(self, total: Value) -> bool:
        """Whether ``total`` can't be right where these are: another number, or less than they come to."""
        if not isinstance(total, int):
            return False
        return total != self.value if self.complete else total < self.value


def details(sources: Iterable[Observation | None]) -> Details | None:
    """Add up the cells beneath a total; None where there are none, or none of them has a figure."""
    known = tuple(sources)
    counts = [n for o in known if (n := amount(o)) is not None]
    given = any(o is not None and o.state is State.GIVEN for o in known)
    return Details(sum(counts), len(counts) == len(known)) if given else None
