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


def tasks_lead(dataset: Dataset, figures: Figures, voice: Voice) -> str:
    """Write how many of the plan's tasks are done, counted body by body; "" of a plan without tasks."""
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
    cut_off = dataset.profile.plan.period.cut_off(dataset.period)
    if n := sum(len(block.overdue(cut_off)) for block in figures.tasks):
        others.append(voice.say("task.overdue", n=voice.count(n)))
    if not (given := sum(len(block.tasks) for block in figures.tasks)):
        return ""
    tasks = voice.count(given)
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
    """Write one line for each body that alone has tasks; a table tells those of several bodies.

    Bodies share one line where all their tasks are done, or where the body of the report names no units.
    """
    alone = [block for block in figures.tasks if block.body]
    if voice.issuer.naming == "than_bai":
        done = [block for block in alone if block.count(TaskState.DONE) == len(block.statuses)]
        told = [_task_line(dataset, block, voice).removesuffix(".") for block in done]
        together = ["; ".join(told) + "."] if told else []
        return (*together, *(_task_line(dataset, block, voice) for block in alone if block not in done))
    block = figures.tasks_of_single_bodies()
    return (_bodies_line(voice.say("task.single"), block, voice.about("tasks.single")),) if block else ()


def _task_line(dataset: Dataset, block: TaskBlock, voice: Voice) -> str:
    voice = voice.about(f"tasks.{block.tasks[0].code}")
    body = dataset.profile.roster.unit(block.body).short_name
    tally = tally_done(block.statuses)
    if not tally.denominator:
        return voice.say("task.nothing_known", body=body) + "."
    said = voice.say("task.body", body=body, **_done(tally, voice)) + _unknown(block, voice)
    labels = {task.code: task.dated_label for task in block.tasks}
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
