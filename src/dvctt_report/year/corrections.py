"""What the officer's decisions make of a year's returns: figures put in place of cells, findings accepted.

Pure functions. No file is changed by a decision: it is laid over what was read, each time it is read.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.forms.formulas import sums_of
from dvctt_report.forms.wording import OFFICE_PART
from dvctt_report.intake.reading import Reading, format_answer, quote
from dvctt_report.intake.sheets import Details, contradicts, details, disagreement, summed
from dvctt_report.intake.values import read_value
from dvctt_report.model import (
    Acceptance,
    CellRef,
    Finding,
    FindingState,
    Key,
    Observation,
    Override,
    Return,
    ReturnStatus,
    State,
    finding_id,
    grounds_of,
)
from dvctt_report.model.codes import Trait, finding, has
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import FieldSpec, Item, Profile, Target, Unit, Words
from dvctt_report.text.grouping import by_key
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import format_count, format_date
from dvctt_report.year.dataset import Dataset

SCALE = ("count", "decimal", "money", "yes_no")
"""Kinds of the fields that make up the figure of an item, where the plan doesn't leave them to the unit."""


def accept(findings: Iterable[Finding], acceptances: Iterable[Acceptance]) -> tuple[Finding, ...]:
    """Return ``findings``, those accepted by an officer in that state and with the acceptance."""
    accepted = {a.finding: a for a in acceptances if not a.proposed and a.undone_on is None}
    return tuple(
        replace(f, state=FindingState.ACCEPTED, acceptance=by)
        if accepted and f.is_open and (by := accepted.get(finding_id(f)))
        else f
        for f in findings
    )


def correct(
    returns: Sequence[Return], overrides: Sequence[Override], profile: Profile
) -> tuple[tuple[Return, ...], tuple[Finding, ...]]:
    """Lay ``overrides`` over the settled ``returns``; return these and findings that belong to none.

    A return that counts, else the paper of a unit, gets the officer's figures, the sums over them and, where
    an override can't stand, a finding: QD01 the unit says something else now, QD02 the text can't be read.
    Its own findings about what was overridden are in that state. QD03: there is no return to correct. A
    paper of which figures were entered says how many.
    """
    corrected = list(returns)
    notes: list[Finding] = []
    places = {(r.unit, r.status): n for n, r in reversed([*enumerate(returns)])}  # of several the first
    for unit, puts in by_key((override.unit, override) for override in overrides).items():
        place = places.get((unit, ReturnStatus.EFFECTIVE), places.get((unit, ReturnStatus.PAPER)))
        if place is None:
            for put in puts:
                message = (
                    f"có đính chính {name_cell(put.key)} nhưng không có báo cáo nào của đơn vị được dùng"
                )
                fix = f"Nhận báo cáo của đơn vị, hoặc chạy: {_drop(put)}"
                told = finding("QD03", message, fix, CellRef(""), put.unit, value=put.text)
                notes.append(replace(told, at=None))
            continue
        made = _corrected(returns[place], puts, profile)
        n = sum(o.override is not None for o in made.observations)
        if made.status is ReturnStatus.PAPER and n:
            number = made.submission.document_number
            message = f"chỉ gửi bản giấy, số {number}; đã nhập {format_count(n)} ô từ bản giấy"
            told_so = (
                replace(f, message=message) if has(f.code, Trait.PAPER_ALONE) else f for f in made.findings
            )
            made = replace(made, findings=tuple(told_so))
        corrected[place] = made
    return tuple(corrected), tuple(notes)


def read_override(text: str, spec: FieldSpec, words: Words) -> Reading:
    """Read what an officer typed for a field, as a cell of the form with that text would be read."""
    cell = Cell(1, 1, CellKind.TEXT, text, text)
    return read_value(cell, spec.kind, words, spec.choices, unit=spec.unit)


def says_it_already(own: Observation | None, reading: Reading, received: Return | None) -> bool:
    """Whether ``own`` holds what an override would put there; not where its own details contradict it."""
    if own is None or (own.value, own.state) != (reading.value, reading.state):
        return False
    told = received.findings if received and not own.part else ()
    return not any(has(f.code, Trait.CONTRADICTION) and f.key[:2] == own.key[:2] for f in told)


def cells_of(profile: Profile, unit: Unit) -> dict[Key, FieldSpec]:
    """Return every cell that ``unit`` is asked, communes included, with what it is asked as."""
    cells: dict[Key, FieldSpec] = {}
    for item in profile.asked(unit):
        by_part = isinstance(item, Target) and item.by_part != "no" and unit.parts
        office = (OFFICE_PART,) if isinstance(item, Target) and item.by_part == "office_and_parts" else ()
        for spec in fields(item):
            parts = (*office, *unit.parts) if by_part and spec.code in ("total", "done") else ()
            cells |= {Key(item.code, spec.code, part): spec for part in ("", *parts)}
    return cells


def _drop(override: Override) -> str:
    return f'dvctt-report decide "{name_cell(override.key)}" --unit {override.unit} --undo'


def _corrected(received: Return, overrides: Iterable[Override], profile: Profile) -> Return:
    """One unit's return with what the officer decided."""
    unit = profile.roster.unit(received.unit)
    asked = cells_of(profile, unit)
    answers = {o.key: o for o in received.observations}
    put: dict[Key, Observation] = {}
    said: list[Finding] = []
    decided = {o.key: o for o in overrides}
    items = profile.plan.items_by_code
    own_cells = _Cells(unit, answers, sums_of(asked, items))
    alone = {  # a total that the unit itself typed, over cells that it left empty
        key
        for key, beneath in own_cells.sums.items()
        if decided.keys() & {*beneath}
        and (own := own_cells.answer(key)).at is not None
        and own.state is State.GIVEN
        and all(o.state is State.BLANK for o in own_cells.sources(key))
    }
    for key, override in decided.items():
        made = _put(override, asked.get(key), answers.get(key), profile.plan.words, received, key in alone)
        if isinstance(made, Finding):
            said.append(made)
        elif made is not None:
            put[key] = made
    cells = replace(own_cells, answers=answers | put)
    said += _unlike_their_details(cells, put)
    sums: dict[
        Key, Observation
    ] = {}  # those over cells that were overridden, taken anew; where one of their cells is empty, none
    for key, sources in cells.sums.items():
        changed_source = next((put[source] for source in sources if source in put), None)
        if changed_source is not None and key not in put:
            total = summed(replace(cells.answer(key), reading=""), cells.sources(key), typed=False)
            how = f"{total.reading}, có ô đã đính chính" if total.reading else ""
            before = answers.get(key)
            sums[key] = replace(total, reading=how, override=changed_source.override, replaced=before)
    told = {Key(f.item, f.field) for f in received.findings if has(f.code, Trait.CONTRADICTION)}
    apart = {key for key in (told | alone) & sums.keys() if contradicts(cells.answer(key), sums[key])}
    said += (disagreement("DL13", *_both(key, cells)) for key in sums if key in apart - told)
    sums = {key: total for key, total in sums.items() if key not in apart}
    rates = {Key(key.item, "rate", key.part) for key in (*put, *sums) if key.field in ("total", "done")}
    former = {  # stated for the figures as they were before: no longer said
        key: replace(rate, value=None, state=State.BLANK, reading="tỷ lệ của số liệu trước khi đính chính")
        for key in rates
        if (rate := answers.get(key)) is not None and rate.state is State.GIVEN
    }
    changed = put | sums | former
    places = {o.at for o in answers.values() if o.at is not None}
    found = (
        replace(f, message=disagreement(f.code, *_both(Key(f.item, f.field), cells)).message)
        if has(f.code, Trait.CONTRADICTION) and Key(f.item, f.field) in apart
        else _overridden(f, put, items, places)
        for f in received.findings
    )
    return replace(received, observations=tuple((answers | changed).values()), findings=(*found, *said))


def _put(
    override: Override,
    spec: FieldSpec | None,
    observation: Observation | None,
    words: Words,
    received: Return,
    contested: bool,
) -> Observation | Finding | None:
    """The officer's figure; None if the unit says the same uncontested; a finding where it can't stand."""
    at = observation.at if observation is not None and observation.at is not None else CellRef(received.file)
    where = (at, override.unit, override.item, override.field, override.text)
    if spec is None:
        message = f"đính chính {name_cell(override.key)}: nội dung này không còn hỏi đơn vị"
        return finding("QD02", message, f"Chạy: {_drop(override)}", *where)
    reading = read_override(override.text, spec, words)
    if reading.problem is not None:
        message = f"đính chính {quote(override.text)}: {reading.problem.because}"
        return finding("QD02", message, "Ghi lại đính chính bằng lệnh dvctt-report decide --set.", *where)
    if not contested and says_it_already(observation, reading, received):
        return None
    if (answered := format_answer(observation)) != override.over:
        before, now = (f"“{text}”" if text else "trống" for text in (override.over, answered))
        message = (
            f"đã đính chính thành {quote(override.text)} khi ô là {before}, nay đơn vị ghi {now}; "
            "phải quyết định lại"
        )
        fix = f"Dùng số của đơn vị: {_drop(override)}. Giữ đính chính: ghi lại bằng decide --set."
        return finding("QD01", message, fix, *where)
    own = f"đơn vị ghi {quote(override.over)}" if override.over else "đơn vị không ghi"
    return Observation(
        override.unit,
        override.item,
        override.field,
        reading.value,
        reading.state,
        override.text,
        f"đính chính ({own}): {grounds_of(override)}; {override.who}, {format_date(override.when.date())}",
        observation.at if observation is not None else None,
        override.part,
        override,
        observation,
    )


@dataclass(frozen=True)
class _Cells:
    """The answers of one unit, the officer's among them; ``sums``: which cells are sums, and of which."""

    unit: Unit
    answers: Mapping[Key, Observation]
    sums: Mapping[Key, tuple[Key, ...]]

    def answer(self, key: Key) -> Observation:
        blank = Observation(self.unit.code, key.item, key.field, None, State.BLANK, part=key.part)
        return self.answers.get(key, blank)

    def sources(self, key: Key) -> list[Observation]:
        """The cells that the one at ``key`` is the sum of; none where it is no sum."""
        return [self.answer(source) for source in self.sums.get(key, ())]


def _both(key: Key, cells: _Cells) -> tuple[Observation, Observation, list[Observation]]:
    """A typed total, the sum of the cells beneath it, and these."""
    own, sources = cells.answer(key), cells.sources(key)
    return own, summed(own, sources, typed=False), sources


def _unlike_their_details(cells: _Cells, put: Mapping[Key, Observation]) -> Iterator[Finding]:
    """Say which of the officer's figures isn't the sum of the cells beneath it (QD04); it is used."""
    for key, own in put.items():
        beneath = details(cells.sources(key))
        if own.override is None or beneath is None or not beneath.belie(own.value):
            continue
        shown = "Không có số" if own.state is not State.GIVEN else format_put(own.override)
        message = (
            f"đính chính {name_cell(own.key)} là {shown}, cộng các ô chi tiết "
            f"{'được' if beneath.complete else 'có số đã được'} {format_count(beneath.value)}"
        )
        part = next(iter(cells.sums[key]))
        fix = (
            "Giữ nguyên nếu đã xét cả hai số; không thì đính chính lại ô tổng hoặc ô chi tiết, ví dụ: "
            f'dvctt-report decide --unit {own.unit} --set "{name_cell(part)}=SỐ"'
        )
        at = own.at or CellRef("")
        related = tuple(o.at for o in cells.sources(key) if o.at)
        told = finding("QD04", message, fix, at, own.unit, own.item, own.field, own.override.text, related)
        yield told if own.at is not None else replace(told, at=None)


def details_beneath(dataset: Dataset, total: Key, unit: Unit) -> Details | None:
    """Add up what stands beneath a total of ``unit``; None where it is no total, or no figure does."""
    sums = sums_of(cells_of(dataset.profile, unit), dataset.profile.plan.items_by_code)
    return details(dataset.observation(unit.code, *key) for key in sums.get(total, ()))


def _scale(item: Item) -> set[str]:
    """The fields of an item that are numbers it has to have."""
    return {f.code for f in fields(item) if f.kind in SCALE and not f.optional}


def _overridden(
    found: Finding, put: Mapping[Key, Observation], items: Mapping[str, Item], places: Container[CellRef]
) -> Finding:
    """A finding of intake about a cell, or about a whole row, that the officer's figures stand in now.

    One about what is printed beside answers, which stands in none of ``places``, is about all of them.
    A figure that the finding keeps out beside its own is free as soon as the officer has put it.
    """
    against = []
    for ref in (ref for ref in found.against if Key(ref.item, ref.field) not in put):
        # What stands beside numbers that are all the officer's goes with them: the rate of the former ones
        numbers = _scale(items[ref.item]) if ref.item in items else set[str]()
        if not numbers or ref.field in numbers or not all(Key(ref.item, n) in put for n in numbers):
            against.append(ref)
    found = replace(found, against=tuple(against))
    item = items.get(found.item)  # none for a finding about the return as a whole, or about its cover
    if not found.is_open or item is None:
        return found
    cells = [key for key in put if key.item == found.item]
    own = [key for key in cells if key.field == found.field]
    at = {put[key].at for key in own}
    if found.at is not None and found.at.cell and found.at in places:
        hit = not at.isdisjoint((found.at, *found.related))
    else:
        hit = not found.against and any(key.part == found.part for key in own)
    scale = _scale(item)
    if found.field not in scale and not own:
        hit = bool(scale) and scale <= {key.field for key in cells if not key.part}
    if not hit:
        return found
    by = next(o for key in (own or cells) if (o := put[key].override) is not None)
    fix = f"Đã đính chính thành “{format_put(by)}”: {grounds_of(by)}."
    return replace(found, state=FindingState.OVERRIDDEN, fix=fix)


# ------------------------------------------------------------------------------- in words


def name_cell(key: Key) -> str:
    """Name a cell as ``decide --set`` takes it: "T10.done", "T1.total@Xã Một"."""
    return f"{key.item}.{key.field}" + (f"@{key.part}" if key.part else "")


def format_put(override: Override) -> str:
    """Write what is put into the cell as it is printed ("2.014"); words as they were typed."""
    return format_count(int(override.text)) if override.text.isdecimal() else shown(override.text)
