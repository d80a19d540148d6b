"""Which printed figures the officer has decided about: their marks, and the annex that says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dvctt_report.intake.reading import format_answer
from dvctt_report.model import (
    FieldRef,
    Finding,
    FindingState,
    Key,
    LeftOut,
    Observation,
    Override,
    Severity,
    State,
    finding_id,
)
from dvctt_report.plan.fields import field_label, field_of, fields
from dvctt_report.report.wording import Voice
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import first_letter_capital, first_letter_small, format_count, format_date
from dvctt_report.year import left_out
from dvctt_report.year.corrections import details_beneath, format_put
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A decision about a unit's figures: what it wrote, what is used, why; several on numbered lines."""

    number: str
    unit: str
    what: str
    own: str
    used: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """``accepted``: unit, item and field ("": all of them) of each figure that stands on an acceptance."""

    accepted: frozenset[tuple[str, str, str]] = frozenset()

    def holds(self, observations: Iterable[Observation]) -> bool:
        """Whether one of these answers is the officer's figure, or was accepted."""
        return any(
            o.override is not None
            or not self.accepted.isdisjoint({(o.unit, o.item, o.field), (o.unit, o.item, "")})
            for o in observations
        )


NOTHING_DECIDED = Decided()
MOST_IN_ROW = 12
"""How many figures a row of the annex holds: a row that is higher than half a page leaves a gap above it."""

_NO_FIGURES = ("text", "date", "percent")
"""Kinds of fields that hold none: a rate is reckoned from the figures."""

_Told: TypeAlias = tuple[str, str, str, str, str, str]
"""The kind of a decision, the unit, what it is about, what the unit wrote, what is used, the reason."""


def stands(dataset: Dataset, put: Override) -> bool:
    """Whether an override in force is used: the unit says what it was put over, and it can be read."""
    there = dataset.observation(put.unit, *put.key)
    return there is not None and there.override == put


def say_decided(
    decided: Decided, observations: Iterable[Observation], voice: Voice, *, in_text: bool = False
) -> str:
    """Say behind a figure that stands on a decision about one of its cells that it does; "" behind others.

    In a table it is a mark, ``in_text`` a clause with the annex that tells more.
    """
    if not decided.holds(observations):
        return ""
    if not in_text:
        return voice.say("decided.mark")
    return voice.say("funding.decided", annex=voice.refer(voice.annexes.decided, "told_in"))


def let_in(found: Finding) -> tuple[FieldRef, ...]:
    """The figures that an accepted finding lets into the report; none where it only points at their cells."""
    return found.figures if found.severity is Severity.ERROR else found.figures[:1]


def accepted(year: Year) -> Iterator[Finding]:
    """Yield the accepted findings about a figure; an answered question about a text changes none."""
    for found in year.findings:
        if found.state is FindingState.ACCEPTED and found.unit:
            figures = let_in(found)
            if figures and not found.whole:
                is_of_figure = _is_figure(year.dataset, figures[0])
            else:
                is_of_figure = found.whole or bool(pointed_at(year.dataset, found))
            if is_of_figure:
                yield found


def _is_figure(dataset: Dataset, about: FieldRef, other: Collection[str] = ("text", "date")) -> bool:
    """Whether it is a field of the plan of no ``other`` kind, or a whole item."""
    item = dataset.profile.plan.items_by_code.get(about.item)
    if item is None:
        return False
    spec = field_of(item, about.field)
    return spec is None or spec.kind not in other


def pointed_at(dataset: Dataset, found: Finding) -> list[Observation]:
    """The figures in the cells of a finding that names none (NH44); else its empty cells (SL04)."""
    answers = dataset.answers(found.unit)
    read = [answers.at(at) for at in dict.fromkeys((found.at, *found.related)) if at is not None]
    cells = [o for o in read if o is not None and _is_figure(dataset, FieldRef(o.item, o.field), _NO_FIGURES)]
    given = [o for o in cells if o.state is not State.BLANK]
    return given or (cells if found.severity is Severity.ERROR else [])


def say_unmended(dataset: Dataset, units: Iterable[str], voice: Voice) -> str:
    """Say what the figures left out of ``units`` wait for: to be mended, or for the file that counts."""
    waiting = {left_out.awaits_choice(dataset, unit) for unit in units}
    return voice.say(
        "unmended.both" if len(waiting) > 1 else "unmended.choose" if True in waiting else "unmended.mend"
    )


def decided_rows(year: Year, voice: Voice) -> tuple[DecidedRow, ...]:
    """The decisions about figures, in protocol order; those of one reason and document are one."""
    made: dict[tuple[int, str, str, int], list[tuple[str, str, str]]] = {}
    counted: Counter[tuple[int, str, str]] = Counter()
    orders = {unit.code: n for n, unit in enumerate(year.units)}
    for kind, unit, what, own, used, reason in _decisions(year, voice):
        if unit in orders:
            about = (orders[unit], kind, reason)
            made.setdefault((*about, counted[about] // MOST_IN_ROW), []).append((what, own, used))
            counted[about] += 1
    rows, none = [], voice.say("sign.not_available")
    listed = sorted(made.items(), key=lambda entry: entry[0][0])
    for n, ((order, _, reason, _), cells) in enumerate(listed, 1):
        owns, uses = [], []
        for k, (_, own, used) in enumerate(cells, 1):
            of_several = "" if k == 1 else f".{k}"
            owns.append(voice.mark(f"decided.{n}.own{of_several}", shown(own) or none))
            uses.append(voice.mark(f"decided.{n}.used{of_several}", used))
        # What is used may be the same words for all: "Dùng số của đơn vị".
        is_alike = len({used for *_, used in cells}) == 1
        whats, used = _lettered([what for what, *_ in cells]), uses[0] if is_alike else _lettered(uses)
        rows.append(DecidedRow(str(n), year.units[order].short_name, whats, _lettered(owns), used, reason))
    return tuple(rows)


def _lettered(entries: Sequence[str]) -> str:
    """Write the entries of a cell on lines of their own, numbered where they are several."""
    return entries[0] if len(entries) == 1 else "\n".join(f"({n}) {one}" for n, one in enumerate(entries, 1))


def _decisions(year: Year, voice: Voice) -> Iterator[_Told]:
    """Say what was put in, accepted, left out: of each figure, or whole return, what the unit wrote."""
    dataset, kept = year.dataset, voice.say("decided.kept")
    # Of a total also what its details add up to, where a figure differs from it
    for put in dataset.overrides:
        there = dataset.observation(put.unit, *put.key)
        if there is None or not stands(dataset, put):
            continue
        own, unit = format_answer(there.replaced), dataset.units_by_code.get(put.unit)
        beneath = details_beneath(dataset, put.key, unit) if unit else None
        figures = [o.value for o in (there.replaced, there) if o is not None and o.state is State.GIVEN]
        if beneath is not None and any(map(beneath.belie, figures)):
            sign = own or voice.say("sign.not_available")
            own = voice.say("decided.details", own=sign, details=format_count(beneath.value))
        what = _what(dataset, put.item, put.field, put.part)
        yield "put", put.unit, what, own, format_put(put), _why(put.reason, put.document)
    for found in accepted(year):
        assert found.acceptance is not None
        reason = _why(found.acceptance.reason, found.acceptance.document)
        told: list[tuple[str, str, str]] = []
        first, *others = let_in(found) or (None,)
        if first is not None:
            for at in (first, *(other for other in others if other.item != first.item)):
                answers = [o for o in dataset.observations(found.unit, at.item) if not o.part]
                claimed = [o for o in answers if o.state is State.NOT_APPLICABLE]
                stated = [o for o in answers if o.field == at.field or o.state is State.NOT_APPLICABLE]
                own = format_answer(stated[0]) if stated else found.value
                used = voice.say("decided.exempt") if claimed else kept
                told.append((_what(dataset, at.item, at.field), own, used))
        elif found.whole:
            told.append((voice.say("decided.whole"), found.value, kept))
        else:
            for cell in pointed_at(dataset, found):
                used = voice.say("decided.blank") if cell.state is State.BLANK else kept
                told.append((_what(dataset, cell.item, cell.field, cell.part), format_answer(cell), used))
        for what, own, used in told:
            yield "accepted", found.unit, what, own, used, reason
    used, day = voice.say("decided.left_out"), format_date(dataset.today)
    for code, figure, said, one in left_out_figures(year):
        own = format_answer(dataset.observation(code, *figure)) or said
        what = _what(dataset, *figure) if figure.item else voice.say("decided.whole")
        reason = f": {one.reason}" if one.reason else ""
        unmended = say_unmended(dataset, [code], voice)
        why = voice.say("decided.left_out_why", unmended=unmended, date=day, reason=reason)
        yield "left_out", code, what, own, used, _why(why, one.document)


def left_out_figures(year: Year) -> Iterator[tuple[str, Key, str, LeftOut]]:
    """Yield unit, figure, what was found there and the decision by which it is out, each figure once.

    A whole return is no figure's key. What an error is about comes first, then what else it takes out.
    """
    dataset = year.dataset
    by_finding = {one.finding: one for one in dataset.left_out if one.finding}
    by_cell = {(one.unit, *one.key): one for one in reversed(dataset.left_out) if not one.finding}
    out = [f for f in year.findings if f.state is FindingState.LEFT_OUT and f.bars]
    decided = [(f, by_finding.get(finding_id(f)) or by_cell.get((f.unit, *f.key))) for f in out]
    own, others = list[tuple[Finding, Key, LeftOut | None]](), list[tuple[Finding, Key, LeftOut | None]]()
    for found, one in decided:
        if found.whole:
            about = [Key("", "")]
        elif found.item and not found.field:  # those that its unit gave of the item
            about = [*_given(dataset, found, FieldRef(found.item, ""))] or [found.key]
        else:
            about = [found.key] if found.item or not found.against else []
        own += [(found, at, one) for at in about]
        others += [(found, at, one) for more in found.figures[1:] for at in _given(dataset, found, more)]
    told = set()
    for found, at, one in (*own, *others):
        if one is not None and (found.unit, at) not in told:
            told.add((found.unit, at))
            yield found.unit, at, found.value if at == found.key else "", one


def _given(dataset: Dataset, found: Finding, about: FieldRef) -> Iterator[Key]:
    """The figures that the unit gave of those that ``found`` keeps out with ``about``."""
    item = dataset.profile.plan.items_by_code.get(about.item)
    answers = dataset.observations(found.unit, about.item)
    given = {o.field for o in answers if o.state is not State.BLANK and found.part in ("", o.part)}
    for spec in fields(item) if item is not None else ():
        if spec.code in given and about.field in ("", spec.code) and spec.kind not in _NO_FIGURES:
            yield Key(about.item, spec.code, found.part)


def _what(dataset: Dataset, code: str, field: str, part: str = "") -> str:
    """Name an item and its field; an item that the plan no longer has by its code."""
    item = dataset.profile.plan.items_by_code.get(code)
    if item is None:
        return code
    label = field_label(item, field)
    name = f"{item.label} ({first_letter_small(label)})" if label else item.label
    return f"{part}: {name}" if part else name


def _why(reason: str, document: str) -> str:
    return f"{first_letter_capital(reason)} ({document})" if document else first_letter_capital(reason)
