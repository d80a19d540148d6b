"""Sums beside the results, never inside one: what was counted and spent, what units expect of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dvctt_report.model import (
    Coverage,
    Estimate,
    Observation,
    Result,
    ReturnStatus,
    State,
    Tally,
    TaskState,
    TaskStatus,
    Total,
)
from dvctt_report.model.answers import amount, whole
from dvctt_report.plan.fields import DONE, NOT_DONE, ONGOING, YES, fields
from dvctt_report.plan.model import Channel, Funding, Item, Survey, Target, Task, Unit
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import answer, has_state, is_blank, source_names
from dvctt_report.year.summary.standing import Standing

ESTIMATE = "estimate"
"""The field in which a unit says what it expects of the whole year."""
VALID, SATISFIED = "valid", "satisfied"
"""The fields of a survey that make its share: the valid answers, and those satisfied among them."""


def sum_totals(dataset: Dataset, standing: Standing) -> tuple[Total, ...]:
    """Return the sums of counted and money fields of channels and funding and of surveys, in plan order.

    "Không phát sinh" counts as reported and adds nothing, not even a 0.
    """
    totals: list[Total] = []
    for item in dataset.profile.plan.items:
        if isinstance(item, Survey):
            totals += _sum_survey(dataset, item, standing)
        measures = item.measures if isinstance(item, Channel | Funding) else ()
        for spec in (one for one in measures if one.kind in ("count", "money")):
            reported = expected = 0
            summed = []
            for unit in dataset.asked(item):
                given = dataset.observation(unit.code, item.code, spec.code)
                if has_state(given, State.WITHHELD) and dataset.profile.may_withhold(unit, item):
                    continue
                expected += 1
                if not standing.bars(unit, item, spec.code):
                    reported += amount(given) is not None
                    summed += [given] if given is not None and whole(given) is not None else []
            totals.append(_total(item, spec.code, summed, Coverage(reported, expected)))
    return tuple(totals)


def _sum_survey(dataset: Dataset, survey: Survey, standing: Standing) -> Iterator[Total]:
    """Add valid and satisfied answers of the units that gave both, so that their share is one of the same.

    A unit whose figure an open error keeps out of the target that is summed from these cells is left out
    here too: both say the same of it.
    """
    deciding = deciding_cells(dataset, survey, VALID)
    reported = expected = 0
    pairs = []
    for unit in dataset.asked(survey):
        valid, satisfied = (dataset.observation(unit.code, survey.code, f) for f in (VALID, SATISFIED))
        if has_state(valid, State.WITHHELD) and dataset.profile.may_withhold(unit, survey):
            continue
        expected += 1
        if any(standing.bars(unit, item, *names) for item, names in deciding):
            continue
        n_valid, n_satisfied = amount(valid), amount(satisfied)
        if has_state(valid, State.NONE_ARISING):
            reported += 1
        elif n_valid is not None and n_satisfied is not None and 0 <= n_satisfied <= n_valid:
            reported += 1
            pairs.append((valid, satisfied))
    for at, field in enumerate((VALID, SATISFIED)):
        given = [o for pair in pairs if (o := pair[at]) is not None]
        yield _total(survey, field, given, Coverage(reported, expected))


def deciding_cells(dataset: Dataset, item: Item, field: str) -> tuple[tuple[Item, tuple[str, ...]], ...]:
    """Return the cells, by item and fields, whose open errors keep a unit out of the total of ``field``."""
    if not isinstance(item, Survey):
        return ((item, (field,)),)
    summed = ((target, ("total", "done")) for target in summed_from(dataset, item))
    return ((item, (VALID, SATISFIED)), *summed)


def summed_from(dataset: Dataset, survey: Survey) -> tuple[Target, ...]:
    """Return the targets that are summed from the survey's cells, in the plan's order."""
    cells = (("total", (survey.code, VALID)), ("done", (survey.code, SATISFIED)))
    return tuple(
        target
        for target in dataset.profile.plan.targets
        if any(cell in source_names(target, field) for field, cell in cells)
    )


def _total(item: Item, field: str, summed: Sequence[Observation], coverage: Coverage) -> Total:
    value = sum(n for o in summed if (n := amount(o)) is not None) if summed else None
    return Total(item.code, field, value, coverage, tuple(summed))


def estimate_year(dataset: Dataset, results: tuple[Result, ...], standing: Standing) -> Iterator[Estimate]:
    """Yield, in the plan's order, the sum of the estimates given for a target; none where nobody gave one.

    Only units whose own figures are in the result are asked for their estimate: the two sums stand side by
    side for the same units. An estimate below what is already done, or barred by an error, is left out.
    """
    units = dataset.units_by_code
    targets = dataset.profile.plan.targets_by_code
    for result in results:
        target, given, so_far = targets[result.item], [], 0
        for c in result.contributions:
            found = dataset.observation(c.unit, target.code, ESTIMATE)
            expected = whole(found)
            if found is None or expected is None or c.tally is None or expected < c.tally.numerator:
                continue
            if not standing.bars(units[c.unit], target, ESTIMATE):
                given.append(found)
                so_far += int(c.tally.numerator)
        if given:
            value = sum(n for o in given if (n := whole(o)) is not None)
            yield Estimate(result.item, value, so_far, tuple(given))


# ------------------------------------------------ How far each body is with the tasks that the plan gives it

_WORDS = {DONE: TaskState.DONE, ONGOING: TaskState.ONGOING, NOT_DONE: TaskState.NOT_DONE}
_TELLING = ("count", "money", "tick", "yes_no", "choice")
"""Kinds of fields whose answers tell whether something was done."""


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
    """How far a body is with a task: by its sending, by what it answers, else by what other answers show.

    Of the sending itself nothing is known without a date, with no file chosen yet, or with none at all: that
    a body hasn't sent is told where the returns are.
    """
    if task.answered_by in ("report", "return"):
        # Of a body that has not sent nothing is known of its other tasks either: one that is not asked in a
        # form would alone stand for it in the rate.
        aside = (ReturnStatus.QUESTIONED, ReturnStatus.LEFT_OUT)
        set_aside = any(received.status in aside for received in dataset.received(unit.code))
        heard_of = set_aside or dataset.effective(unit.code) is not None
        first = dataset.first_sent(unit.code)
        in_time: bool | None = task.answered_by == "report" or None
        if task.answered_by == "return" and first is not None and first.judged_on is not None:
            in_time = first.judged_on <= dataset.profile.plan.deadline.last_day(dataset.period)
        if not heard_of or in_time is None:
            return TaskStatus(task.code, unit.code, TaskState.UNKNOWN)
        return TaskStatus(task.code, unit.code, TaskState.DONE if in_time else TaskState.NOT_DONE)
    typed = dataset.observation(unit.code, task.code, "status")
    if standing.bars(unit, task, "status"):
        return TaskStatus(task.code, unit.code, TaskState.UNKNOWN)
    if typed is not None and not is_blank(typed):
        state = _WORDS.get(str(typed.value), TaskState.UNKNOWN)
        return TaskStatus(task.code, unit.code, state, (typed,))
    answered: list[Observation] = []
    for item in map(dataset.profile.plan.items_by_code.__getitem__, task.derived_from):
        if isinstance(item, Target) and item.asked_as == "ratio":  # the numerator tells, never the total
            telling = [answer(dataset, unit, item, "done")]
        else:
            names = [f.code for f in fields(item) if f.kind in _TELLING]
            telling = [dataset.observation(unit.code, item.code, name) for name in names]
        answered += [
            o
            for o in telling
            if o is not None
            and o.state in (State.GIVEN, State.NONE_ARISING)
            and not standing.bars(unit, item, o.field)
        ]
    shown = [
        o
        for o in answered
        if (o.value in (YES, DONE) if isinstance(o.value, str) else isinstance(o.value, int) and o.value > 0)
    ]
    state = TaskState.DONE if shown else TaskState.NOT_DONE if answered else TaskState.UNKNOWN
    return TaskStatus(task.code, unit.code, state, tuple(shown or answered))
