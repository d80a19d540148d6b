"""The prose of the body about documents, returns, tasks and targets as a whole, and what is drafted of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from dvctt_report.model import Progress, Tally, TaskState, Verdict
from dvctt_report.plan.texts import DEPARTMENT
from dvctt_report.report.citing import moment, plan_cited, plan_title
from dvctt_report.report.decided import say_decided, say_unmended
from dvctt_report.report.figures import Figures, TaskBlock, own_documents
from dvctt_report.report.marks import without_marks
from dvctt_report.report.targets import TargetView, carried_from
from dvctt_report.report.telling import LeadTarget, Telling, fitting, lead_targets
from dvctt_report.report.wording import Voice, join_terms, lower_first
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import (
    format_date,
    format_money,
    format_money_million,
    format_percent,
    parse_date,
)
from dvctt_report.word.nd30 import PAGE, component, component_width
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.returns import ReturnLine
from dvctt_report.year.summary.totals import tally_done
from dvctt_report.year.year import Year


def lead_in(dataset: Dataset, voice: Voice) -> str:
    """Write the sentence that opens the report."""
    plan, year = dataset.profile.plan, dataset.period
    scope = plan.scope(year)
    return voice.say(
        "lead.lead_in",
        plan=plan_cited(dataset, voice),
        title=plan_title(dataset, voice),
        issuer=voice.issuer.name,
        compiler=voice.issuer.compiler or voice.issuer.name,
        receiver=voice.issuer.addressee,
        **year.slots,
        first=format_date(plan.period.start(year)),
        last=format_date(plan.period.cut_off(year)),
        scope=voice.say("lead.scope", note=scope.note) if scope else "",
    )


def directives(year: Year, figures: Figures, voice: Voice) -> tuple[str, ...]:
    """Write how many of those that answered issued documents, and which are the compiling body's own."""
    found, n_answered = figures.directives, len(figures.answering.directives)
    answered = voice.count(n_answered)
    if not found.value:
        return (voice.say("directives.none", answered=answered),) if n_answered else ()
    units, documents = voice.count(found.n_units), voice.count(found.value)
    slots = {"units": units, "answered": answered, "documents": documents}
    annex = voice.refer(voice.annexes.documents)
    return (voice.say("directives.issued", annex=annex, **slots), *own_documents(year, voice))


def returns_text(year: Year, voice: Voice) -> tuple[str, ...]:
    """Write who has sent: all counts, then who is missing among those who owe and those who were asked.

    Then how many returns hold figures that are corrected or left out, as not mended by that day, and the
    bodies that ended in the period and whose figures are in nobody's return.
    """
    lines, annexes = year.lines, voice.annexes
    first, rest = [returns_counted(lines, voice)], []
    for duty in ("required", "asked") if any(line.received for line in lines) else ():
        bound, about = [line for line in lines if line.unit.duty == duty], voice.about(f"returns.{duty}")
        slots = {"n": voice.count(len(bound))}
        if duty == "required":
            slots["point"] = year.profile.plan.deadline.point
        parts = []
        for status in ("missing", "unusable"):
            names = [line.unit.short_name for line in bound if line.status == status]
            if names:
                said = {"n": voice.count(len(names)), "names": about.named(names, annexes.returns)}
                parts.append(about.say(f"returns.{status}", **said))
        if parts:
            first.append(voice.say(f"returns.{duty}_owing", **slots, parts="; ".join(parts)))
        elif bound:
            first.append(voice.say(f"returns.{duty}_all", **slots))
    if n_correcting := sum(line.correcting for line in lines):
        rest.append(voice.say("returns.correcting", n=voice.count(n_correcting)))
    if left_out := [line.unit.code for line in lines if line.left_out]:
        rest.append(
            voice.say(
                "returns.left_out",
                n=voice.count(len(left_out)),
                unmended=say_unmended(year.dataset, left_out, voice),
                date=format_date(year.today),
                annex=voice.refer(annexes.decided, "told_in"),
            )
        )
    ended = [(u.short_name, u.valid_to) for u in year.profile.unreported(year.period)]
    bodies = [voice.say("annex.until", unit=name, date=format_date(day)) for name, day in ended if day]
    if bodies:
        rest.append(voice.say("returns.unreported", names=join_terms(bodies)))
    if annexes.returns:
        rest.append(voice.say("returns.annex", annex=annexes.returns))
    if annexes.decided:
        rest.append(voice.say("returns.decided", annex=annexes.decided))
    return tuple(filter(None, (" ".join(first), " ".join(rest))))


def returns_counted(lines: Sequence[ReturnLine], voice: Voice) -> str:
    """Write how many of those asked have sent, in time and late."""
    as_of, received = moment(voice.issuer.as_of), [line for line in lines if line.received]
    expected = voice.count(len(lines))
    if not received:
        return voice.say("returns.nothing", as_of=as_of, expected=expected)
    return voice.say(
        "returns.received",
        as_of=as_of,
        received=voice.count(len(received)),
        expected=expected,
        rate=format_percent(Fraction(len(received), len(lines))),
        timeliness=timeliness(received, voice),
    )


def timeliness(received: Sequence[ReturnLine], voice: Voice) -> str:
    """Say how many of those that have sent did so in time, late, on a day not known, on paper."""
    by_status = Counter(line.status for line in received)
    return ", ".join(
        voice.say(f"returns.{s}", n=voice.count(by_status[s]))
        for s in ("on_time", "late", "undated", "paper", "to_enter")
        if by_status[s]
    )


def overview(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> str:
    """Lead over to the targets: what they are compared with and judged by, and which annexes tell more."""
    plan, year = dataset.profile.plan, dataset.period.year
    issued = parse_date(plan.document.date)
    first_level = min((level.year for target in plan.targets for level in target.thresholds), default=None)
    # The plan is known to begin with the year: issued in it, and nothing told of before.
    begins = dataset.last_year is None and issued is not None and issued.year == year == first_level
    said = [voice.say("overview.first_year", year=str(year))] if begins else []
    said += carried_levels(views, voice, "overview")
    annexes = (
        ("in_targets", voice.annexes.targets),
        ("in_units", voice.annexes.by_unit),
        ("in_surveys", voice.annexes.satisfaction),
    )
    parts = ", ".join(voice.say(f"overview.{name}", annex=annex) for name, annex in annexes if annex)
    where = voice.say("overview.annexes", parts=parts) if parts else ""
    return " ".join([*said, voice.say("overview.follows", annexes=where)])


def carried_levels(views: Sequence[TargetView], voice: Voice, section: str) -> Iterator[str]:
    """Say how many targets are judged by the level of an earlier year, since the plan sets none for this."""
    for of, n in Counter(carried_from(view.target, view.result, view.year.period) for view in views).items():
        if of is not None:
            period = views[0].year.period
            name = "carried" if period.judged else "carried_half"
            yield voice.say(f"{section}.{name}", n=voice.count(n), year=str(period.year), of=str(of))


def results_line(views: Sequence[TargetView], voice: Voice, year: str) -> str:
    """Write the same as one line of a page that is looked at: of the signer, of the browser."""
    n_due, parts = verdict_counts(views, voice)
    return voice.say("signing.results", n=voice.count(n_due), year=year, parts=parts)


def verdict_counts(views: Sequence[TargetView], voice: Voice) -> tuple[int, str]:
    """Count the targets due, and write how many came out how: "06 mục tiêu đạt và vượt, …"."""
    due = [v for v in views if v.is_due]
    on_the_way = Counter(v.progress for v in with_verdict(due, Verdict.PROGRESS))
    parts = [
        voice.say(f"general.progress_{progress}", n=voice.count(on_the_way[progress]))
        for progress in Progress
        if on_the_way[progress]
    ]
    for verdict in (
        Verdict.MET,
        Verdict.MISSED,
        Verdict.INSUFFICIENT,
        Verdict.NONE_ARISING,
        Verdict.NOT_APPLICABLE,
        Verdict.NO_LEVEL,
    ):
        if group := with_verdict(due, verdict):
            said = voice.say(f"general.{verdict.value}", n=voice.count(len(group)))
            parts.append(said + say_unsure(group, verdict, voice))
    return len(due), ("; " if any(v.unsure for v in due) else ", ").join(parts)


def say_unsure(views: Sequence[TargetView], verdict: Verdict, voice: Voice) -> str:
    """Write behind a count of targets how many of their verdicts aren't sure; "" where all are."""
    n = sum(view.unsure for view in views)
    return voice.about(f"targets.{verdict.value}").say("overview.unsure", n=voice.count(n)) if n else ""


def with_verdict(views: Sequence[TargetView], verdict: Verdict) -> list[TargetView]:
    """The targets that came out so, in the plan's order."""
    return [v for v in views if v.result.verdict is verdict]


def funding_lines(figures: Figures, voice: Voice) -> tuple[str, ...]:
    """Write one line for each rule of funding."""
    lines = []
    for entries in by_key((entry[0].code, entry) for entry in figures.funding).values():
        parts, paid_by = [], set()
        for _, measure, figure in entries:
            what, about = lower_first(measure.label), voice.about(figure.id)
            if measure.kind == "money" and figure.value is not None:
                is_small = 0 < figure.value < 1_000_000
                value = format_money(figure.value) if is_small else format_money_million(figure.value)
                paid_by.add(frozenset(o.unit for o in figure.observations))
                said = about.say("funding.money", what=what, value=value, n=voice.count(figure.n_units))
            elif measure.kind != "money" and figure.value:
                said = about.say("funding.units", n=voice.count(figure.value), what=what)
            else:
                continue
            parts.append(said + say_decided(figures.decided, figure.observations, voice, in_text=True))
        if len(paid_by) > 1:
            parts.append(voice.say("funding.not_compared"))
        told = "; ".join(parts) or voice.say("funding.nothing")
        lines.append(voice.say("funding.line", label=entries[0][0].label, parts=told))
    return tuple(lines)


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
    decided = say_decided(figures.decided, known, voice, in_text=True)
    return voice.say(
        "task.lead", annex=annex, tasks=tasks, **_done(tally, voice), rest="; ".join((decided, *others))
    )


def task_lines(dataset: Dataset, figures: Figures, voice: Voice) -> tuple[str, ...]:
    """One line for each body that alone has tasks; those done with all, or not to be named, share one."""
    if voice.issuer.naming == "than_bai":
        alone = [block for block in figures.tasks if block.body]
        done = [block for block in alone if block.count(TaskState.DONE) == len(block.statuses)]
        told = "; ".join(_task_line(dataset, block, voice).removesuffix(".") for block in done)
        together = [f"{told}."] if told else []
        return (*together, *(_task_line(dataset, block, voice) for block in alone if block not in done))
    block = figures.tasks_of_single_bodies()
    if block is None:
        return ()
    body, voice = voice.say("task.single"), voice.about("tasks.single")
    known = {status.unit for status in block.statuses if status.state is not TaskState.UNKNOWN}
    if not known:
        return (voice.say("task.nothing_known", body=body) + ".",)
    counts = _done(tally_done(block.statuses), voice)
    said = voice.say("task.bodies", body=body, units=voice.count(len(known)), **counts)
    return (said + _unknown(block, voice) + ".",)


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


MOST_LINES = 18  # A director reads half a page; the rest is looked up


def general(told: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the section and its last sentence, what is asked; of the leads as much as the lines hold.

    Asked is what the plan has ready while its lead targets are missed; else the sentence says where.
    """
    voice, lines, leads = told.voice, told.year.lines, told.leads
    received = sum(line.received for line in lines)
    sent = {"received": voice.count(received), "expected": voice.count(len(lines))}
    name = "general.returns" if received else "general.no_returns"
    carried = () if _common_level(told) else carried_levels(told.views, voice, "general")
    stood = (voice.say(name, date=moment(voice.issuer.as_of), **sent), targets_counted(told), *carried)
    first = " ".join(filter(None, stood))
    is_chosen = any(lead.view.target.lead for lead in leads)
    heading = voice.say("general.leads" if is_chosen else "general.leads_default")
    asks = [lead.ask for lead in leads if lead.ask]
    if "to_province" not in voice.issuer.text.addressed or not asks:
        ask = (voice.say("general.ask", issuer=voice.issuer.name),)
    elif len(asks) == 1:
        ask = (voice.say("general.ask_one", issuer=voice.issuer.name, ask=asks[0]),)
    else:
        parts = "; ".join(voice.say("focus.part", n=str(n), ask=ask) for n, ask in enumerate(asks, 1))
        ask = (voice.say("general.ask_all", issuer=voice.issuer.name, parts=parts),)
    return (
        fitting(
            leads,
            lambda lines: (f"{first} {heading}", *(f"- {line}" for line in lines)) if lines else (first,),
            lambda said: count_lines((*said, *ask)) <= MOST_LINES,
        ),
        ask,
    )


def count_lines(paragraphs: Sequence[str]) -> int:
    """Say on how many lines of the report's text the paragraphs stand."""
    style = component("body")
    widths = (style.first_indent + component_width(without_marks(p), style) for p in paragraphs)
    return sum(ceil(width / PAGE.text_width) for width in widths)


def targets_counted(told: Telling) -> str:
    """Say how many targets of the year came out how; "" where the plan has none."""
    voice, year = told.voice, str(told.year.period.year)
    n_due, parts = verdict_counts(told.views, voice)
    of = _common_level(told)
    how = "levels" if told.year.period.judged else "levels_half"
    said = {"year": year, "levels": voice.say(f"general.{how}", of=str(of)) if of else "", "parts": parts}
    return voice.say("general.counts", n=voice.count(n_due), **said) if n_due else ""


def _common_level(told: Telling) -> int | None:
    """The earlier year by whose level every target of the year is judged; None where one has its own."""
    carried = {carried_from(view.target, view.result, view.year.period) for view in told.views if view.is_due}
    return carried.pop() if len(carried) == 1 else None


_PROMPT = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\][.;]?")


class Suggestion(str):
    """A sentence to judge, as it is printed, and the name of the pattern that it is made by."""

    __slots__ = ("pattern",)
    pattern: str

    def __new__(cls, pattern: str, text: str) -> Suggestion:
        """The sentence ``text``, made by ``pattern``."""
        made = super().__new__(cls, text)
        made.pattern = pattern
        return made


def _suggest(voice: Voice, pattern: str, **slots: str) -> Suggestion:
    return Suggestion(pattern, voice.say(pattern, **slots))


def is_prompt(text: str) -> bool:
    """Whether a paragraph is nothing but a prompt: it stands in square brackets."""
    return bool(_PROMPT.fullmatch(text.strip()))


def limits(lines: Sequence[ReturnLine], voice: Voice) -> tuple[Suggestion, ...]:
    """Say what the returns themselves show as lacking, and ask for the rest; a cause is never deduced."""
    counts = Counter(line.status for line in lines)
    parts = [
        voice.say(f"limit.{'not_sent' if status == 'missing' else status}", n=voice.count(counts[status]))
        for status in ("missing", "paper", "unusable", "late")
        if counts[status]
    ]
    said = [_suggest(voice, "limit.returns", parts=", ".join(parts))] if parts else []
    if n_correcting := sum(line.correcting for line in lines):
        said.append(_suggest(voice, "limit.correcting", n=voice.count(n_correcting)))
    return (*said, _suggest(voice, "prose.ask_limits"))


def recommendations(
    lines: Sequence[ReturnLine], views: Sequence[TargetView], leads: Iterable[LeadTarget], voice: Voice
) -> tuple[tuple[str, tuple[Suggestion, ...]], ...]:
    """Draft what to ask of those the text addresses, drawn from the facts: (heading, sentences) for each."""

    def of_units(name: str, asked: Iterable[ReturnLine]) -> list[Suggestion]:
        names = [line.unit.short_name for line in asked]
        told = {"n": voice.count(len(names)), "names": voice.named(names, voice.annexes.returns)}
        return [_suggest(voice, f"recommendation.{name}", **told)] if names else []

    missed = with_verdict(views, Verdict.MISSED)
    silent = [
        v
        for v in with_verdict(views, Verdict.INSUFFICIENT)
        if v.authority and v.target.without_base(v.year.period) is None
    ]
    owing = (line for line in lines if line.status == "missing" and line.unit.duty == "required")
    province = [_suggest(voice, "recommendation.measure", ask=lead.ask) for lead in leads if lead.ask]
    province += of_units("missing", owing)
    if missed:
        unsure = say_unsure(missed, Verdict.MISSED, voice)
        province.append(_suggest(voice, "recommendation.missed", n=voice.count(len(missed)), unsure=unsure))
    province += [
        _suggest(voice, "recommendation.no_document", name=v.name) for v in views if v.lacks_document
    ]
    ministry = [_suggest(voice, "recommendation.statistics", name=v.name) for v in silent]
    correcting = (line for line in lines if line.correcting or line.status == "unusable")
    paper = (line for line in lines if line.status == "paper")
    bodies = [*of_units("correcting", correcting), *of_units("paper", paper)]
    blank = voice.say("prose.leave_out")
    drafted = {"to_province": province, "to_ministry": ministry, "to_bodies": bodies}
    return tuple(
        (
            voice.say(f"recommendation.{name}"),
            tuple(drafted[name]) or (_suggest(voice, f"prose.ask_{name}", leave_out=blank),),
        )
        for name in voice.issuer.text.addressed
    )


def suggested_by(told: Telling) -> Iterator[Suggestion]:
    """Every sentence that the text and the office's own suggest now, once, without marks; no prompts."""
    lines, views, said = told.year.lines, told.views, dict[str, None]()
    for text in (told.voice.issuer.text, DEPARTMENT):
        voice = replace(told.voice, issuer=replace(told.voice.issuer, text=text))
        leads = lead_targets(told.year, views, voice)
        asked = (one for _, group in recommendations(lines, views, leads, voice) for one in group)
        for one in (*limits(lines, voice), *asked):
            bare = without_marks(one)
            if not is_prompt(bare) and bare not in said:
                said[bare] = None
                yield Suggestion(one.pattern, bare)
