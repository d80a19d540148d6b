"""The figures of the report that are not targets, each with the cells it stands on.

The text prints them and the manifest traces them: both read the same objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dvctt_report.model import Observation, State, TaskState, TaskStatus
from dvctt_report.plan.fields import YES, fields
from dvctt_report.plan.model import Channel, FieldSpec, Funding, Item, Listing, Survey, Task, Topic
from dvctt_report.report.decided import NOTHING_DECIDED, Decided
from dvctt_report.report.documents import issued_documents
from dvctt_report.text.grouping import by_key
from dvctt_report.year.summary.totals import SATISFIED, VALID
from dvctt_report.year.year import Year


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number: ``value`` None where no unit gave one; ``observations`` are the cells behind it."""

    id: str
    value: int | None
    unit_of_count: str
    observations: tuple[Observation, ...] = ()

    @property
    def n_units(self) -> int:
        """How many units stand behind it."""
        return len({o.unit for o in self.observations})


@dataclass(frozen=True, slots=True)
class TaskBlock:
    """Tasks that the plan gives to the same bodies, with every body's status of each."""

    tasks: tuple[Task, ...]
    statuses: tuple[TaskStatus, ...]

    @property
    def body(self) -> str:
        """The unit that alone has the block's tasks; "" where several have."""
        units = {status.unit for status in self.statuses}
        return units.pop() if len(units) == 1 else ""

    def overdue(self, cut_off: date) -> tuple[TaskStatus, ...]:
        """The statuses of tasks that were to be done by ``cut_off`` and aren't."""
        due = {task.code for task in self.tasks if task.by and task.by <= cut_off}
        still_open = (TaskState.ONGOING, TaskState.NOT_DONE)
        return tuple(s for s in self.statuses if s.item in due and s.state in still_open)

    def count(self, state: TaskState) -> int:
        return sum(s.state is state for s in self.statuses)

    def answers(self, state: TaskState) -> Iterator[Observation]:
        """The answers behind the statuses of that state."""
        return (o for s in self.statuses if s.state is state for o in s.observations)

    def single(self) -> Iterator[TaskBlock]:
        """The block's tasks one by one."""
        for task in self.tasks:
            yield TaskBlock((task,), tuple(s for s in self.statuses if s.item == task.code))


@dataclass(frozen=True, slots=True)
class Answering:
    """The units that were asked for documents, topics, channels, and gave an answer that can be used.

    These are what a count of units is a part of: not the roster, nor all that have sent.
    """

    directives: tuple[str, ...]
    topics: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted beside the targets, in the plan's order; ``decided`` tells which to mark."""

    directives: Figure
    topics: tuple[tuple[Topic, Figure], ...]
    channels: tuple[tuple[Channel, FieldSpec, Figure], ...]
    funding: tuple[tuple[Funding, FieldSpec, Figure], ...]
    tasks: tuple[TaskBlock, ...]
    answering: Answering
    surveys: tuple[tuple[Survey, FieldSpec, Figure], ...] = ()
    decided: Decided = NOTHING_DECIDED

    def all(self) -> Iterator[Figure]:
        """Every figure that can be traced, in the order of the report."""
        yield self.directives
        yield from (figure for _, figure in self.topics)
        yield from (figure for *_, figure in self.channels)
        yield from (figure for *_, figure in self.funding)
        for block in self.tasks:
            if block.body:
                yield task_figure(block, f"tasks.{block.tasks[0].code}.done", "nhiệm vụ")
            for task in block.single():
                yield task_figure(task, f"{task.tasks[0].code}.done", "đơn vị")
        if alone := self.tasks_of_single_bodies():
            yield task_figure(alone, "tasks.single.done", "nhiệm vụ")
        yield from (figure for *_, figure in self.surveys)

    def tasks_of_single_bodies(self) -> TaskBlock | None:
        """The tasks that one body alone has, as one block; None where there is none."""
        alone = [block for block in self.tasks if block.body]
        if not alone:
            return None
        tasks = tuple(task for block in alone for task in block.tasks)
        return TaskBlock(tasks, tuple(status for block in alone for status in block.statuses))


def task_figure(block: TaskBlock, name: str, unit_of_count: str) -> Figure:
    """How often the tasks of a block are done, as a figure of that name; None where nobody has told."""
    cells = tuple(o for s in block.statuses for o in s.observations)
    is_told = block.count(TaskState.UNKNOWN) < len(block.statuses)
    return Figure(name, block.count(TaskState.DONE) if is_told else None, unit_of_count, cells)


def collect_figures(year: Year) -> Figures:
    """Count documents, topics, channels, money and tasks over the effective returns."""
    items = year.profile.plan.items
    totals = {(t.item, t.field): t for t in year.summary.totals}

    def figure(item: Item, spec: FieldSpec, unit: str) -> Figure:
        total = totals.get((item.code, spec.code))
        if total is not None:
            given = tuple(o for o in total.contributions if o.state is State.GIVEN)
            return Figure(f"{item.code}.{spec.code}", total.value, spec.unit, given)
        told = _usable(year, item, spec.code)
        said = tuple(o for o in told if o.state is State.GIVEN and (o.value is True or o.value == YES))
        n = len({o.unit for o in said}) if told else None
        return Figure(f"{item.code}.{spec.code}", n, unit, said)

    channels = tuple(
        (i, m, figure(i, m, m.unit))
        for i in items
        if isinstance(i, Channel)
        for m in i.measures
        if m.kind == "count"
    )
    return Figures(
        directives=_directives(year),
        topics=tuple((i, figure(i, _TICK, "đơn vị")) for i in items if isinstance(i, Topic)),
        channels=channels,
        funding=tuple(
            (i, m, figure(i, m, "đơn vị"))
            for i in items
            if isinstance(i, Funding)
            for m in i.measures
            if m.kind != "text"
        ),
        tasks=_task_blocks(year),
        answering=Answering(
            directives=_answering(year, Listing),
            topics=_answering(year, Topic),
            channels=_counting(year, channels),
        ),
        surveys=tuple(
            (i, m, figure(i, m, m.unit))
            for i in items
            if isinstance(i, Survey)
            for m in fields(i)
            if m.code in (VALID, SATISFIED)
        ),
    )


_TICK = FieldSpec(code="ticked", label="Đã thực hiện", kind="tick")


def _usable(year: Year, item: Item, field: str = "") -> tuple[Observation, ...]:
    """What units answered, be it with a box left empty, as far as it can be read and may be used."""
    return tuple(
        o
        for unit in year.dataset.asked(item)
        for o in year.dataset.observations(unit.code, item.code)
        if field in ("", o.field) and o.state is not State.UNREADABLE and not year.standing.bars_answer(o)
    )


def _answering(year: Year, kind: type[Item]) -> tuple[str, ...]:
    """The units that were asked items of that kind and sent a form in which these can be read.

    A box that isn't ticked and a list without a line are answers; a form without the table has none.
    """
    items = (item for item in year.profile.plan.items if isinstance(item, kind))
    told = {o.unit for item in items for o in _usable(year, item)}
    return tuple(unit.code for unit in year.units if unit.code in told)


def _counting(year: Year, channels: tuple[tuple[Channel, FieldSpec, Figure], ...]) -> tuple[str, ...]:
    """The units that stand behind the sums of channels: with a number that is used, or with none arising."""
    used = {o.unit for *_, figure in channels for o in figure.observations}
    none = {
        o.unit
        for channel, measure, _ in channels
        for o in _usable(year, channel, measure.code)
        if o.state is State.NONE_ARISING
    }
    return tuple(unit.code for unit in year.units if unit.code in used | none)


def _directives(year: Year) -> Figure:
    lines = tuple(one.number for one in issued_documents(year))
    return Figure("directives", len(lines) if _answering(year, Listing) else None, "văn bản", lines)


def _task_blocks(year: Year) -> tuple[TaskBlock, ...]:
    tasks = [i for i in year.profile.plan.items if isinstance(i, Task)]
    blocks = by_key((task.binds, task) for task in tasks)
    found = []
    for members in blocks.values():
        codes = {task.code for task in members}
        statuses = tuple(s for s in year.summary.tasks if s.item in codes)
        if statuses:
            found.append(TaskBlock(tuple(members), statuses))
    return tuple(found)
