"""What the text says of the plan's tasks: how many are done, body by body."""

from __future__ import annotations

from collections import Counter

from dvctt_report.model import Tally, TaskState
from dvctt_report.report.decided import say_decided
from dvctt_report.report.figures import Figures, TaskBlock
from dvctt_report.report.wording import Voice, join_terms, lower_first
from dvctt_report.text.vietnamese import format_percent
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.totals import tally_done


def tasks_lead(figures: Figures, voice: Voice) -> str:
    """Write how many of the plan's tasks are done, counted body by body."""
    voice = voice.about("tasks")
    statuses = [s for block in figures.tasks for s in block.statuses]
    by_state = Counter(s.state for s in statuses)
    others = [
        voice.say(f"task.{name}", n=voice.count(by_state[state]))
        for name, state in (
            ("ongoing", TaskState.ONGOING),
            ("not_done", TaskState.NOT_DONE),
            ("unknown", TaskState.UNKNOWN),
        )
        if by_state[state]
    ]
    tasks = voice.count(sum(len(block.tasks) for block in figures.tasks))
    annex = voice.refer(voice.annexes.tasks)
    tally = tally_done(statuses)
    if not tally.denominator:
        return voice.say("task.lead_nothing", tasks=tasks, annex=annex)
    known = [o for s in statuses if s.state is not TaskState.UNKNOWN for o in s.observations]
    decided = say_decided(figures.decided, known, voice)
    return voice.say(
        "task.lead",
        annex=annex,
        tasks=tasks,
        **_done(tally, voice),
        rest="; ".join((decided, *others)),
    )


def task_lines(dataset: Dataset, figures: Figures, voice: Voice) -> tuple[str, ...]:
    """Write one line for each body, or group of bodies, that the plan gives tasks.

    Bodies with tasks of their own share one line where all of these are done, or where the naming setting
    has no units in the body.
    """
    if voice.issuer.naming == "than_bai":
        done = [block for block in figures.tasks if block.body and _is_done(block)]
        told = [_task_line(dataset, block, voice).removesuffix(".") for block in done]
        listed = "; ".join(one if n == 0 else one.removeprefix("- ") for n, one in enumerate(told))
        together = [f"{listed}."] if told else []
        others = (_task_line(dataset, block, voice) for block in figures.tasks if block not in done)
        return (*together, *others)
    alone = figures.tasks_of_single_bodies()
    together = [_bodies_line(voice.say("task.single"), alone, voice.about("tasks.single"))] if alone else []
    shared = (_task_line(dataset, block, voice) for block in figures.tasks if not block.body)
    return (*together, *shared)


def _is_done(block: TaskBlock) -> bool:
    return block.count(TaskState.DONE) == len(block.statuses)


def _task_line(dataset: Dataset, block: TaskBlock, voice: Voice) -> str:
    voice, unit = voice.about(f"tasks.{block.tasks[0].code}"), block.body
    if not unit:
        return _bodies_line(_bodies(dataset, block, voice), block, voice)
    body = dataset.profile.roster.unit(unit).short_name
    tally = tally_done(block.statuses)
    if not tally.denominator:
        return voice.say("task.nothing_known", body=body) + "."
    said = voice.say("task.body", body=body, **_done(tally, voice)) + _unknown(block, voice)
    labels = {task.code: task.label for task in block.tasks}
    open_states = (TaskState.ONGOING, TaskState.NOT_DONE)
    rest = [lower_first(labels[s.item]) for s in block.statuses if s.state in open_states]
    return said + (voice.say("task.rest", names=join_terms(rest)) if rest else "") + "."


def _bodies_line(body: str, block: TaskBlock, voice: Voice) -> str:
    known = {status.unit for status in block.statuses if status.state is not TaskState.UNKNOWN}
    if not known:
        return voice.say("task.nothing_known", body=body) + "."
    units = voice.count(len(known))
    said = voice.say("task.bodies", body=body, units=units, **_done(tally_done(block.statuses), voice))
    return said + _unknown(block, voice) + "."


def _done(tally: Tally, voice: Voice) -> dict[str, str]:
    assert tally.share is not None
    return {
        "done": voice.count(tally.numerator),
        "all": voice.count(tally.denominator),
        "rate": format_percent(tally.share),
    }


def _unknown(block: TaskBlock, voice: Voice) -> str:
    n_unknown = block.count(TaskState.UNKNOWN)
    return f"; {voice.say('task.unknown', n=voice.count(n_unknown))}" if n_unknown else ""


def _bodies(dataset: Dataset, block: TaskBlock, voice: Voice) -> str:
    binds = block.tasks[0].binds
    group = binds[0].partition("group:")[2]
    return (
        dataset.profile.roster.group(group).title if len(binds) == 1 and group else voice.say("task.common")
    )
