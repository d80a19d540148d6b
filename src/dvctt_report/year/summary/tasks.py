"""How far each body is with the tasks that the plan gives it."""

from __future__ import annotations

from collections.abc import Iterable

from dvctt_report.model import Observation, ReturnStatus, State, Tally, TaskState, TaskStatus
from dvctt_report.plan.fields import DONE, NOT_DONE, ONGOING, YES, fields
from dvctt_report.plan.model import Item, Target, Task, Unit
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import answer, is_blank
from dvctt_report.year.summary.standing import Standing

_WORDS = {DONE: TaskState.DONE, ONGOING: TaskState.ONGOING, NOT_DONE: TaskState.NOT_DONE}


def task_statuses(dataset: Dataset, standing: Standing) -> tuple[TaskStatus, ...]:
    """Return each task of each body of the roster it binds, tasks in the plan's order."""
    return tuple(
        _status(dataset, task, unit, standing)
        for task in dataset.profile.plan.items
        if isinstance(task, Task)
        for unit in dataset.units
        if dataset.profile.binds(task, unit)
    )


def tally_done(statuses: Iterable[TaskStatus]) -> Tally:
    """Return how many of ``statuses`` are done, of those that are known: what nobody told isn't undone."""
    known = [status.state for status in statuses if status.state is not TaskState.UNKNOWN]
    return Tally(known.count(TaskState.DONE), len(known))


def _status(dataset: Dataset, task: Task, unit: Unit, standing: Standing) -> TaskStatus:
    if task.answered_by == "report":
        state = TaskState.DONE if _is_heard_of(dataset, unit) else TaskState.UNKNOWN
        return TaskStatus(task.code, unit.code, state)
    if task.answered_by == "return":
        return TaskStatus(task.code, unit.code, _sent(dataset, unit))
    typed = dataset.observation(unit.code, task.code, "status")
    if standing.bars(unit, task, "status"):
        return TaskStatus(task.code, unit.code, TaskState.UNKNOWN)
    if typed is not None and not is_blank(typed):
        state = _WORDS.get(str(typed.value), TaskState.UNKNOWN)
        return TaskStatus(task.code, unit.code, state, (typed,))
    return _derived(dataset, task, unit, standing)


def _is_heard_of(dataset: Dataset, unit: Unit) -> bool:
    """Whether a return of the body is there, be it set aside.

    Of a body that has not sent nothing is known of its other tasks: one that is not asked in a form would
    alone stand for it in the rate.
    """
    aside = (ReturnStatus.QUESTIONED, ReturnStatus.LEFT_OUT)
    set_aside = any(received.status in aside for received in dataset.received(unit.code))
    return set_aside or dataset.effective(unit.code) is not None


def _sent(dataset: Dataset, unit: Unit) -> TaskState:
    """Judge the sending itself; UNKNOWN without a date, with no file chosen yet, or with none at all.

    That a body hasn't sent is told where the returns are.
    """
    last_day = dataset.profile.plan.deadline.last_day(dataset.period)
    first = dataset.first_sent(unit.code)
    if first is None or first.judged_on is None or not _is_heard_of(dataset, unit):
        return TaskState.UNKNOWN
    return TaskState.DONE if first.judged_on <= last_day else TaskState.NOT_DONE


def _derived(dataset: Dataset, task: Task, unit: Unit, standing: Standing) -> TaskStatus:
    """Read the status off other answers: one that shows it was done; none that does; no answer at all."""
    items = dataset.profile.plan.items_by_code
    answered: list[Observation] = []
    for code in task.derived_from:
        for found in _telling(dataset, unit, items[code]):
            usable = found.state in (State.GIVEN, State.NONE_ARISING)
            if usable and not standing.bars(unit, items[code], found.field):
                answered.append(found)
    shown = tuple(found for found in answered if _shows_done(found))
    if shown:
        return TaskStatus(task.code, unit.code, TaskState.DONE, shown)
    state = TaskState.NOT_DONE if answered else TaskState.UNKNOWN
    return TaskStatus(task.code, unit.code, state, tuple(answered))


def _telling(dataset: Dataset, unit: Unit, item: Item) -> tuple[Observation, ...]:
    """Return the answers that tell whether something was done: of figures the numerator, never the total."""
    found: tuple[Observation | None, ...]
    if isinstance(item, Target) and item.asked_as == "ratio":
        found = (answer(dataset, unit, item, "done"),)
    else:
        kinds = ("count", "money", "tick", "yes_no", "choice")
        names = [f.code for f in fields(item) if f.kind in kinds]
        found = tuple(dataset.observation(unit.code, item.code, name) for name in names)
    return tuple(o for o in found if o is not None)


def _shows_done(found: Observation) -> bool:
    value = found.value
    return value in (YES, DONE) if isinstance(value, str) else isinstance(value, int) and value > 0
