"""What rules and summary look at: the figures of a unit's rows, and the words for where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeGuard, TypeVar

from dvctt_report.forms.form import format_sheet
from dvctt_report.model import CellRef, Observation, Return, State
from dvctt_report.model.answer_columns import GIVEN
from dvctt_report.plan.model import Item, Target, Unit
from dvctt_report.year.dataset import Dataset, once

_Kind = TypeVar("_Kind", bound=Item)


def is_blank(observation: Observation | None) -> bool:
    """Whether nothing was answered: the cell is empty, or the return has no such cell."""
    return observation is None or observation.state is State.BLANK


def has_state(observation: Observation | None, *states: State) -> bool:
    """Whether there is an answer and it is in one of ``states``."""
    return observation is not None and observation.state in states


_SPOILING = (State.UNREADABLE, State.BLANK, State.NOT_AVAILABLE, State.WITHHELD)
"""States of a cell that leave no sum over it, the one to mend first coming first."""

SAID = (State.NOT_APPLICABLE, State.NOT_AVAILABLE, State.WITHHELD)
"""States that a unit chooses for a row: they hold whatever the sum beneath would be."""


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's row of a target asked as a ratio; ``part`` names the commune it speaks of, "" the unit."""

    unit: Unit
    target: Target
    part: str
    total: Observation | None
    done: Observation | None
    note: Observation | None

    @property
    def cell(self) -> CellRef | None:
        """Where the row is to be filled: its total, else its numerator; None where the return has neither.

        A cell of its own comes before one that it is summed from.
        """
        own = cells(*(o for o in (self.total, self.done) if o is not None and o.item == self.target.code))
        return next(iter((*own, *cells(self.total, self.done))), None)

    def say(self, message: str) -> str:
        """Return ``message``, led by the commune where the row speaks of one."""
        return f"{self.part}: {message}" if self.part else message


def effective_returns(dataset: Dataset) -> Iterator[tuple[Unit, Return]]:
    """Yield each unit of the roster that has a return which counts, with it."""
    for unit in dataset.units:
        if found := dataset.effective(unit.code):
            yield unit, found


def asked(dataset: Dataset, kind: type[_Kind]) -> Iterator[tuple[Unit, _Kind]]:
    """Yield each item of a kind asked of each unit whose return counts, in the order of roster and plan."""
    for unit, _ in effective_returns(dataset):
        for item in dataset.profile.asked(unit):
            if isinstance(item, kind):
                yield unit, item


def is_asked_as(item: Item, *ways: Literal["ratio", "answer", "count"]) -> TypeGuard[Target]:
    """Whether a unit is asked ``item`` as a total and what is done of it, as one answer, or as one number."""
    return isinstance(item, Target) and item.asked_as in ways and not item.same_as


@once
def rows(dataset: Dataset) -> tuple[Row, ...]:
    """The ratio rows of every effective return: the unit's own, then those of its communes."""
    ratios = ((unit, item) for unit, item in asked(dataset, Target) if is_asked_as(item, "ratio"))
    return tuple(row for unit, item in ratios for row in rows_of(dataset, unit, item))


def rows_of(dataset: Dataset, unit: Unit, target: Target) -> tuple[Row, ...]:
    """The unit's own row of ``target``, then one for each commune; a part without a note has the unit's."""
    made: dict[tuple[str, str], tuple[Row, ...]] = dataset.kept.setdefault("rows", {})
    key = unit.code, target.code
    if key not in made:
        of_unit = dataset.observation(*key, "note")
        total, done = (answer(dataset, unit, target, f) for f in ("total", "done"))
        rows = [Row(unit, target, "", total, done, of_unit)]
        for part in dataset.answers(unit.code).places.parts.get(target.code, ()):
            total, done, note = (dataset.observation(*key, f, part) for f in ("total", "done", "note"))
            rows.append(Row(unit, target, part, total, done, of_unit if is_blank(note) else note))
        made[key] = tuple(rows)
    return made[key]


def row(dataset: Dataset, unit: Unit, target: Target) -> Row:
    """The unit's own row of ``target``."""
    return rows_of(dataset, unit, target)[0]


def answer(dataset: Dataset, unit: Unit, target: Target, field: str) -> Observation | None:
    """Return what ``unit`` says about ``field`` of ``target``: its own cell, or the source that spoils it.

    A sum is no figure where a source is unreadable, empty, not available or withheld: that source is
    returned, so that a message points to it. Where no source holds a number, the first that says "không phát
    sinh" is. In any other case, also where an officer has put a figure there, it is the cell itself.
    """
    own = dataset.observation(unit.code, target.code, field)
    if not source_names(target, field) or (own is not None and own.is_override):
        return own
    held = sources(dataset, unit, target, field)
    if not held or has_state(own, *SAID):
        return own
    for state in _SPOILING:
        for source in held:
            if (State.BLANK if source is None else source.state) is state:
                return source
    if any(has_state(source, State.GIVEN) for source in held):
        return own
    return next((s for s in held if has_state(s, State.NONE_ARISING)), held[0])


def sources(dataset: Dataset, unit: Unit, target: Target, field: str) -> tuple[Observation | None, ...]:
    """Return the cells that ``field`` of ``target`` is the sum of, of the items this unit is asked."""
    asked_codes = dataset.item_codes(unit)
    names = ((item, of) for item, of in source_names(target, field) if item in asked_codes)
    return tuple(dataset.observation(unit.code, *name) for name in names)


def own_figures(dataset: Dataset, unit: Unit) -> list[Observation]:
    """The whole numbers that a return gives for the unit itself, sums of other cells left out."""
    answers = dataset.answers(unit.code)
    return [answers[n] for n, _ in numbered_figures(dataset, unit)]


def numbered_figures(dataset: Dataset, unit: Unit) -> list[tuple[int, int]]:
    """The same as numbers: which of the unit's answers it is, and what it gives."""
    answers, codes = dataset.answers(unit.code), dataset.item_codes(unit)
    # found once for all that are asked the same in one form
    made, same = dataset.kept.setdefault("own figures", {}), (answers.places, codes)
    if same not in made:
        summed = {
            (target.code, field)
            for target in dataset.profile.asked(unit)
            if isinstance(target, Target)
            for field in ("total", "done")
            if any(item in codes for item, _ in source_names(target, field))
        }
        made[same] = tuple(
            n
            for n, (item, field, part) in enumerate(answers.places.keys)
            if item in codes and not part and (item, field) not in summed
        )
    values, states = answers.values, answers.states
    return [(n, value) for n in made[same] if type(value := values[n]) is int and states[n] == GIVEN]


def source_names(target: Target, field: str) -> tuple[tuple[str, str], ...]:
    """Return item and field of each cell that the plan sums into ``field`` of ``target``."""
    return target.summed_from.get(field, ())


def at(observation: Observation | None) -> CellRef | None:
    """Return where ``observation`` was read, None where that is not known."""
    return observation.at if observation else None


def raw(observation: Observation | None) -> str:
    """Return what stands in the cell, "" where nothing does."""
    return observation.raw if observation else ""


def cells(*observations: Observation | None) -> tuple[CellRef, ...]:
    """Return the addresses that are known of ``observations``, in their order."""
    return tuple(o.at for o in observations if o is not None and o.at is not None)


def format_cells(*observations: Observation | None, joined_by: str = " hoặc ", otherwise: str) -> str:
    """Name the cells to look at ("ô G14 hoặc F14"), with other sheets' names; ``otherwise`` for none."""
    known = [ref for ref in cells(*observations) if ref.cell]
    if not known:
        return otherwise
    first = known[0].sheet
    names = [ref.cell if ref.sheet == first else f"{ref.cell} ({format_sheet(ref.sheet)})" for ref in known]
    return "ô " + joined_by.join(names)


def place_names(at: CellRef) -> tuple[str, ...]:
    """Name sheet and cell, as far as they are known: ("Biểu 01-A", "ô G14"); of a sheet its own name."""
    sheet = format_sheet(at.sheet)
    if at.cell:
        return (sheet, f"ô {at.cell}") if sheet else (f"ô {at.cell}",)
    return (f"trang tính “{sheet}”" if sheet == at.sheet else sheet,) if sheet else ()
