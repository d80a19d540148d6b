"""What each unit adds to a target, or the state that explains why it adds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dvctt_report.model import Basis, Bounds, Contribution, Grade, Observation, Result, State, Tally, Verdict
from dvctt_report.model.answers import amount, figure, whole
from dvctt_report.plan.fields import YES
from dvctt_report.plan.model import Item, Target, Unit
from dvctt_report.plan.sources import TargetField, target_fields, target_groups
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import SAID, answer, has_state, is_blank, rows_of
from dvctt_report.year.summary.standing import Standing
from dvctt_report.year.summary.verdict import judge

_REASONS = (State.UNREADABLE, State.WITHHELD, State.NOT_APPLICABLE, State.NOT_AVAILABLE, State.BLANK)
"""Of two cells that stand in different states, the one that explains why the row can't be used."""


def contribute(
    dataset: Dataset, target: Target, standing: Standing
) -> tuple[tuple[Contribution, ...], frozenset[str]]:
    """Return what the units asked add to ``target``, in roster order, and the units that are excused.

    Excused, that is outside the expected set, are units that withhold by law and those whose "Không áp
    dụng" was accepted; their contribution is listed without a tally. A target that an authority answers
    has that body's contribution alone. A contribution in state GIVEN without a tally is a figure that
    was given and can't be used: an open error bars it.
    """
    units = [u for u in dataset.asked(target) if target.answered_by == "units" or u.code == target.authority]
    found = [(unit, contribution(dataset, target, unit, standing)) for unit in units]
    return _with_excused(dataset, found, standing, target)


def _with_excused(
    dataset: Dataset, found: Sequence[tuple[Unit, Contribution]], standing: Standing, asked: Item, *of: Item
) -> tuple[tuple[Contribution, ...], frozenset[str]]:
    """What units add to an item, and those excused from it, or from one that it is a field ``of``."""
    excused = frozenset(
        unit.code
        for unit, c in found
        if (c.state is State.WITHHELD and dataset.profile.may_withhold(unit, asked))
        or (
            c.state is State.NOT_APPLICABLE
            and any((c.unit, i.code) in standing.excused for i in (asked, *of))
        )
    )
    return tuple(c for _, c in found), excused


def contribution(dataset: Dataset, target: Target, unit: Unit, standing: Standing) -> Contribution:
    """Return what ``unit`` adds to ``target``, or the state that explains why it adds nothing."""
    if dataset.effective(unit.code) is None:
        return Contribution(unit.code, State.BLANK)
    if target.measure == "milestone":
        # 1 of 1 where it was done by the day that the plan sets, 0 of 1 where not; without a day no figure
        given = _from_answer(dataset, target, unit, standing)
        if given.tally is None or not given.tally.numerator:
            return given
        day = dataset.observation(unit.code, target.code, "done_on")
        observations = (*given.observations, *_known(day))
        if day is None or not isinstance(day.value, date) or standing.bars(unit, target, "done_on"):
            left_out = standing.leaves_out(unit, target, "done_on")
            return replace(given, tally=None, observations=observations, left_out=left_out)
        goal = target.goal_for(unit.group, dataset.period)
        in_time = goal is None or goal.by is None or day.value <= goal.by
        return replace(given, tally=Tally(int(in_time), 1), observations=observations)
    if target.asked_as == "answer":
        return _from_answer(dataset, target, unit, standing)
    total, done = (answer(dataset, unit, target, field) for field in ("total", "done"))
    if target.asked_as == "count":  # one number; "không phát sinh" is none
        number = figure(done) if target.is_single else amount(done)
        off_scale = target.is_single and number is not None and not target.is_on_scale(number)
        state = done.state if done else State.BLANK
        if number is None or off_scale or standing.bars(unit, target, "done"):
            left_out = standing.leaves_out(unit, target, "done")
            return Contribution(unit.code, state, observations=_known(done), left_out=left_out)
        tally = Tally(int(number >= target.each), 1) if target.each else Tally(number)
        return Contribution(unit.code, state, tally, observations=_known(done))
    given = _from_pair(unit, total, done, standing.bars(unit, target, "total", "done"))
    if given.tally is not None:
        return given
    given = replace(given, left_out=standing.leaves_out(unit, target, "total", "done"))
    if has_state(done, State.GIVEN) or standing.bars(unit, target, "total"):
        return given
    # The total is known where no commune's pair contradicts it
    parts = (row for row in rows_of(dataset, unit, target) if row.part)
    pairs = ((p.total, p.done) for p in parts if amount(p.total) is not None and amount(p.done) is not None)
    contradict = any(_tally(*pair) is None for pair in pairs)
    return replace(given, known_denominator=None if contradict else whole(total))


def _from_answer(dataset: Dataset, target: Target, unit: Unit, standing: Standing) -> Contribution:
    """One answer counts 1 of 1, 0 of 1, or 0 of 0 where the plan puts it outside the denominator."""
    given = dataset.observation(unit.code, target.code, "answer")
    observations = _known(given)
    if given is None or standing.bars(unit, target, "answer"):
        left_out = standing.leaves_out(unit, target, "answer")
        state = given.state if given else State.BLANK
        return Contribution(unit.code, state, observations=observations, left_out=left_out)
    tally = Tally(int(given.value == YES), 1) if given.state is State.GIVEN else None
    outside = given.state is State.GIVEN and given.value in target.choices_outside
    if outside or given.state is State.NONE_ARISING:
        tally = Tally()
    return Contribution(unit.code, given.state, tally, observations=observations)


def contribute_field(
    dataset: Dataset, field: TargetField, of: Target, standing: Standing
) -> tuple[tuple[Contribution, ...], frozenset[str]]:
    """Return the same as ``contribute`` for one field of the target ``of``, from the cells of the field.

    Nothing of a unit that says otherwise of the whole, or of which an officer has.
    """
    survey = dataset.profile.plan.item(field.total[0])
    found = []
    for unit in (u for u in dataset.asked(of) if survey.code in dataset.item_codes(u)):
        whole_row = [dataset.observation(unit.code, of.code, name) for name in ("total", "done")]
        said = next((o for o in whole_row if has_state(o, *SAID) or (o and o.is_override)), None)
        total, done = (dataset.observation(unit.code, *cell) for cell in (field.total, field.done))
        barred = standing.bars(unit, of, "total", "done")
        given = _from_pair(unit, total, done, barred)
        if said is not None:
            given = Contribution(unit.code, said.state, observations=_known(*whole_row))
        elif given.tally is None and dataset.effective(unit.code) is not None:
            known = None if barred or has_state(done, State.GIVEN) else whole(total)
            left_out = standing.leaves_out(unit, of, "total", "done")
            given = replace(given, known_denominator=known, left_out=left_out)
        found.append((unit, given))
    return _with_excused(dataset, found, standing, survey, of)


def _from_pair(unit: Unit, total: Observation | None, done: Observation | None, barred: bool) -> Contribution:
    """The tally of two cells; without one the state that explains why."""
    tally = None if barred else _tally(total, done)
    if tally is not None:
        state = State.NONE_ARISING if whole(total) is None else State.GIVEN
    else:
        missing = total is None or done is None
        told = (s for s in _REASONS if has_state(total, s) or has_state(done, s))
        state = next(told, State.BLANK if missing else State.GIVEN)
    return Contribution(unit.code, state, tally, observations=_known(total, done))


def _tally(total: Observation | None, done: Observation | None) -> Tally | None:
    """Return the pair of counts; None where it isn't complete or its numerator isn't part of its total.

    "Không phát sinh" as total is 0 of 0, whether or not the numerator's cell says so as well.
    """
    n_total, n_done = amount(total), amount(done)
    if has_state(total, State.NONE_ARISING) and is_blank(done):
        n_done = 0
    if n_total is None or n_done is None or not 0 <= n_done <= n_total or (n_total and whole(done) is None):
        return None
    return Tally(n_done, n_total)


def _known(*observations: Observation | None) -> tuple[Observation, ...]:
    return tuple(o for o in observations if o is not None)


# A target judged part by part: over several fields of procedures, or by the levels of groups of units

_JUDGED = (Verdict.MET, Verdict.MISSED, Verdict.INSUFFICIENT)


def with_fields(result: Result, dataset: Dataset, target: Target, standing: Standing) -> Result:
    """Return ``result`` with those of its parts; its verdict is theirs where they are what is judged.

    Missed where one part is, met where all are; a part in which nothing arose says nothing. Parts are groups
    of units, each with its own level, or fields of procedures.
    """
    plan, period = dataset.profile.plan, dataset.period
    if groups := target_groups(dataset.profile, target, period):
        units, parts = dataset.units_by_code, []
        excused = frozenset(c.unit for c in result.contributions if c.tally is None) - set(result.missing)
        for group in groups:
            its = tuple(c for c in result.contributions if units[c.unit].group in group.groups)
            parts.append(judge(group.target, plan, period, its, excused, dataset.closed))
        judged = [part for part in parts if part.verdict in _JUDGED]
        if not period.judged:
            result = replace(result, bounds=Bounds())
        elif not judged:
            result = replace(result, verdict=parts[0].verdict, basis=None, turn=None, bounds=Bounds())
        else:
            result = _together(result, judged)
        return replace(result, fields=tuple(parts))
    fields = tuple(
        judge(field.target, plan, period, *contribute_field(dataset, field, target, standing), dataset.closed)
        for field in target_fields(target, plan.items_by_code)
    )
    judged = [field for field in fields if field.verdict in _JUDGED]
    if judged and not target.joint and result.verdict in _JUDGED:
        result = _together(result, judged)
    return replace(result, fields=fields)


def _together(result: Result, fields: Sequence[Result]) -> Result:
    """The verdict of the whole, what it rests on, what would turn it, and for which units it waits.

    One field is enough to turn a verdict of "met"; to turn "missed" every field that is has to.
    """
    result = replace(result, bounds=Bounds(), turn=None, awaited=())
    missed = [field for field in fields if field.verdict is Verdict.MISSED]
    unsettled = [field for field in fields if field.verdict is Verdict.INSUFFICIENT]
    if unsettled and not missed:
        return replace(result, verdict=Verdict.INSUFFICIENT, basis=None, awaited=_awaited(unsettled))
    deciding = missed or fields
    if all(field.basis is Basis.COMPLETE for field in fields):
        basis = Basis.COMPLETE
    else:
        sure = [field.grade is Grade.CERTAIN for field in deciding]
        basis = Basis.SAFE if (any(sure) if missed else all(sure)) else Basis.PARTIAL
        if basis is Basis.SAFE and any(field.basis is Basis.CLOSED for field in deciding):
            basis = Basis.CLOSED
    result = replace(result, verdict=Verdict.MISSED if missed else Verdict.MET, basis=basis)
    if basis is not Basis.PARTIAL:
        return result
    open_ = [field for field in deciding if field.grade is Grade.PROVISIONAL]
    turns = [field.turn for field in open_ if field.turn is not None]
    return replace(result, turn=sum(turns) if missed else min(turns), awaited=_awaited(open_))


def _awaited(fields: Sequence[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for field in fields for unit in field.missing))
