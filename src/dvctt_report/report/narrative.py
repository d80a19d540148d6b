"""The prose of the body beside the targets: opening, returns, tasks, money, limits, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from dvctt_report.dataset import Dataset
from dvctt_report.model import TaskState, Verdict
from dvctt_report.plan.model import FieldSpec, Funding
from dvctt_report.report.decided import overridden
from dvctt_report.report.documents import own_documents
from dvctt_report.report.figures import Figure, Figures, TaskBlock
from dvctt_report.report.returns import ReturnLine
from dvctt_report.report.settings import Issuer
from dvctt_report.report.targets import TargetView
from dvctt_report.report.wording import Voice, join_terms, lower_first
from dvctt_report.rules.settings import changed_settings
from dvctt_report.vietnamese import (
    format_date,
    format_money,
    format_money_million,
    format_percent,
    format_points,
)


def number_line(issuer: Issuer, kind: str = "BC-") -> str:
    """Write the number of a document, left blank until it is signed; ``kind`` "" for a letter.

    Source: NĐ 30/2020 Phụ lục I, II.3.
    """
    return f"Số:{_BLANK}/{kind}{issuer.symbol}"


def dated(issuer: Issuer, year: int) -> str:
    """Write "ngày … tháng … năm …" with the day, and the month where it is not set, left blank."""
    month = (
        _BLANK[:6]
        if issuer.month is None
        else f" {issuer.month:02} "
        if issuer.month < 3
        else f" {issuer.month} "
    )
    return f"ngày{_BLANK[:6]}tháng{month}năm {issuer.year or year}"


def dated_attached(issuer: Issuer, year: int) -> str:
    """Write the date as an annex repeats it: the document's own, nothing filled in for an electronic one.

    Source: NĐ 30/2020 Phụ lục I, III.1c; Phụ lục III, Mẫu 2.1 and 2.2.
    """
    gap = _BLANK[:6]
    return f"ngày{gap}tháng{gap}năm{gap}" if issuer.electronic else dated(issuer, year)


_BLANK = " " * 8


def plan_cited(dataset: Dataset, voice: Voice) -> str:
    """Cite the plan in full, with a visible blank where its number or date is not known."""
    document = dataset.profile.plan.document
    return voice.say(
        "lead.plan",
        kind=document.kind,
        number=document.number or voice.say("lead.blank_number"),
        date=document.date or voice.say("lead.blank_date"),
        issuer=document.issuer,
    )


def lead_in(dataset: Dataset, voice: Voice) -> str:
    """Write the sentence that opens the report."""
    plan, year = dataset.profile.plan, dataset.year
    scope = plan.scope(year)
    return voice.say(
        "lead.lead_in",
        plan=plan_cited(dataset, voice),
        title=lower_first(plan.title),
        issuer=voice.issuer.name,
        compiler=voice.issuer.compiler or voice.issuer.name,
        receiver=voice.issuer.addressee,
        year=str(year),
        first=format_date(plan.period.start(year)),
        last=format_date(plan.period.cut_off(year)),
        scope=voice.say("lead.scope", note=scope.note) if scope else "",
    )


def moment(at: datetime) -> str:
    """Write a moment as offices do: "17 giờ 00 ngày 20/11/2025"."""
    return f"{at.hour:02} giờ {at.minute:02} ngày {format_date(at.date())}"


def directives(dataset: Dataset, figures: Figures, n_received: int, voice: Voice) -> tuple[str, ...]:
    """Write how many documents the units issued, and which those of the compiling body are."""
    found, received = figures.directives, voice.count(n_received)
    if not found.value:
        return (voice.say("directives.none", received=received),) if n_received else ()
    units, documents = voice.count(found.n_units), voice.count(found.value)
    slots = {"units": units, "received": received, "documents": documents}
    annex = voice.refer(voice.annexes.documents)
    return (voice.say("directives.issued", annex=annex, **slots), *own_documents(dataset, voice))


def returns_text(dataset: Dataset, lines: Sequence[ReturnLine], voice: Voice) -> tuple[str, ...]:
    """Write who has sent: all counts, then who is missing among those who owe and those who were asked."""
    first = returns_counted(lines, voice)
    if not any(line.received for line in lines):
        return (first,)
    second = [_duty_text(dataset, lines, duty, voice) for duty in ("required", "asked")]
    correcting = sum(line.correcting for line in lines)
    third = [voice.say("returns.correcting", n=voice.count(correcting))] if correcting else []
    told = voice.annexes.returns
    last = voice.say("returns.annex", annex=told) if told else rules_changed(dataset, voice)
    rest = " ".join([*third, *([last] if last else [])])
    return (" ".join([first, *filter(None, second)]), *([rest] if rest else []))


def returns_counted(lines: Sequence[ReturnLine], voice: Voice) -> str:
    """Write how many of those asked have sent, in time and late."""
    as_of, received = moment(voice.issuer.as_of), [line for line in lines if line.received]
    expected = voice.count(len(lines))
    if not received:
        return voice.say("returns.nothing", as_of=as_of, expected=expected)
    by_status = Counter(line.status for line in received)
    timely = [
        voice.say(f"returns.{s}", n=voice.count(by_status[s]))
        for s in ("on_time", "late", "undated", "paper")
        if by_status[s]
    ]
    return voice.say(
        "returns.received",
        as_of=as_of,
        received=voice.count(len(received)),
        expected=expected,
        rate=format_percent(Fraction(len(received), len(lines))),
        timeliness=", ".join(timely),
    )


def deadline_note(dataset: Dataset, voice: Voice) -> str:
    """Write the note under the list of returns: the deadline, and which rules' settings were changed."""
    deadline = dataset.profile.plan.deadline
    said = voice.say("annex.deadline", quote=deadline.quote, point=deadline.point)
    return " ".join(filter(None, (said, rules_changed(dataset, voice))))


def rules_changed(dataset: Dataset, voice: Voice) -> str:
    """Say which rules were set otherwise than they come; "" where none was."""
    changed = "; ".join(changed_settings(dataset.profile))
    return voice.say("annex.rules_changed", changes=changed) if changed else ""


def _duty_text(dataset: Dataset, lines: Sequence[ReturnLine], duty: str, voice: Voice) -> str:
    bound = [line for line in lines if line.unit.duty == duty]
    if not bound:
        return ""
    slots, about = {"n": voice.count(len(bound))}, voice.about(f"returns.{duty}")
    if duty == "required":
        slots["point"] = dataset.profile.plan.deadline.point
    parts = []
    for status in ("missing", "unusable"):
        names = [line.unit.short_name for line in bound if line.status == status]
        if names:
            said = {"n": voice.count(len(names)), "names": about.named(names, voice.annexes.returns)}
            parts.append(about.say(f"returns.{status}", **said))
    if not parts:
        return voice.say(f"returns.{duty}_all", **slots)
    return voice.say(f"returns.{duty}_owing", **slots, parts="; ".join(parts))


def overview(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> str:
    """Write how many targets of the year were met, missed, not judged."""
    year = str(dataset.year)
    said = [targets_counted(dataset, views, voice)]
    if dataset.year == min(t.first_year for t in dataset.profile.plan.targets):
        said.append(voice.say("overview.first_year", year=year))
    return " ".join([*said, voice.say("overview.follows", annexes=_where_targets_are_told(voice))])


def _where_targets_are_told(voice: Voice) -> str:
    """Name in brackets the annexes that hold all targets; "" where none is printed."""
    annexes = (
        ("in_targets", voice.annexes.targets),
        ("in_units", voice.annexes.by_unit),
        ("in_surveys", voice.annexes.satisfaction),
    )
    parts = [voice.say(f"overview.{name}", annex=annex) for name, annex in annexes if annex]
    return voice.say("overview.annexes", parts=", ".join(parts)) if parts else ""


def other_index(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> tuple[str, ...]:
    """Say in one sentence why results differ from another official index; nothing without a result."""
    index = dataset.profile.plan.other_index
    if index is None:
        return ()
    names = [v.name for v in views if v.target.code in index.targets and v.share is not None]
    if not names:
        return ()
    slots = {"names": join_terms(names), "index": index.name, "reason": index.reason}
    return (voice.say("overview.other_index", **slots),)


def targets_counted(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> str:
    """Write in one sentence how many targets of the year came out how."""
    n_due, parts = verdict_counts(views, voice)
    return voice.say("overview.counts", n=voice.count(n_due), year=str(dataset.year), parts=parts)


def verdict_counts(views: Sequence[TargetView], voice: Voice) -> tuple[int, str]:
    """Count the targets due, and write how many came out how: "06 mục tiêu đạt và vượt, …"."""
    due = [v.result for v in views if v.result.verdict is not Verdict.NOT_DUE]
    by_verdict = Counter(result.verdict for result in due)
    order = (Verdict.MET, Verdict.MISSED, Verdict.INSUFFICIENT, Verdict.NONE_ARISING, Verdict.NOT_APPLICABLE)
    parts = [voice.say(f"overview.{v.value}", n=voice.count(by_verdict[v])) for v in order if by_verdict[v]]
    return len(due), ", ".join(parts)


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
    if by_state[TaskState.UNKNOWN] == len(statuses):
        return voice.say("task.lead_nothing", tasks=tasks, annex=annex)
    decided = any(overridden(s.observations) for s in statuses)
    return voice.say(
        "task.lead",
        decided=_say_decided(voice) if decided else "",
        annex=annex,
        tasks=tasks,
        done=voice.count(by_state[TaskState.DONE]),
        all=voice.count(len(statuses) - by_state[TaskState.UNKNOWN]),
        rate=_rate(by_state[TaskState.DONE], len(statuses) - by_state[TaskState.UNKNOWN]),
        rest="".join(f"; {said}" for said in others),
    )


def task_lines(dataset: Dataset, figures: Figures, voice: Voice) -> tuple[str, ...]:
    """Write one line for each body, or group of bodies, that the plan gives tasks.

    Where the naming setting has no units in the body, those with tasks of their own share one line.
    """
    if voice.issuer.naming == "than_bai":
        return tuple(_task_line(dataset, block, voice) for block in figures.tasks)
    alone = [block for block in figures.tasks if _body_of(block)]
    joined = TaskBlock(
        tuple(task for block in alone for task in block.tasks),
        tuple(status for block in alone for status in block.statuses),
    )
    together = [_bodies_line(voice.say("task.single"), joined, voice.about("tasks.single"))] if alone else []
    shared = (_task_line(dataset, block, voice) for block in figures.tasks if not _body_of(block))
    return (*together, *shared)


def _body_of(block: TaskBlock) -> str:
    """The unit that alone has the block's tasks; "" where several have."""
    units = {status.unit for status in block.statuses}
    return units.pop() if len(units) == 1 else ""


def _task_line(dataset: Dataset, block: TaskBlock, voice: Voice) -> str:
    voice, unit = voice.about(f"tasks.{block.tasks[0].code}"), _body_of(block)
    if not unit:
        return _bodies_line(_bodies(dataset, block, voice), block, voice)
    body = dataset.profile.roster.unit(unit).short_name
    if block.count(TaskState.UNKNOWN) == len(block.statuses):
        return voice.say("task.nothing_known", body=body) + "."
    said = voice.say("task.body", body=body, **_done(block, voice)) + _unknown(block, voice)
    labels = {task.code: task.label for task in block.tasks}
    open_states = (TaskState.ONGOING, TaskState.NOT_DONE)
    rest = [lower_first(labels[s.item]) for s in block.statuses if s.state in open_states]
    return said + (voice.say("task.rest", names=join_terms(rest)) if rest else "") + "."


def _bodies_line(body: str, block: TaskBlock, voice: Voice) -> str:
    known = {status.unit for status in block.statuses if status.state is not TaskState.UNKNOWN}
    if not known:
        return voice.say("task.nothing_known", body=body) + "."
    units = voice.count(len(known))
    said = voice.say("task.bodies", body=body, units=units, **_done(block, voice))
    return said + _unknown(block, voice) + "."


def _done(block: TaskBlock, voice: Voice) -> dict[str, str]:
    done, known = block.count(TaskState.DONE), len(block.statuses) - block.count(TaskState.UNKNOWN)
    return {"done": voice.count(done), "all": voice.count(known), "rate": _rate(done, known)}


def _unknown(block: TaskBlock, voice: Voice) -> str:
    n_unknown = block.count(TaskState.UNKNOWN)
    return f"; {voice.say('task.unknown', n=voice.count(n_unknown))}" if n_unknown else ""


def _bodies(dataset: Dataset, block: TaskBlock, voice: Voice) -> str:
    binds = block.tasks[0].binds
    group = binds[0].partition("group:")[2]
    return (
        dataset.profile.roster.group(group).title if len(binds) == 1 and group else voice.say("task.common")
    )


def _rate(done: int, of: int) -> str:
    return format_percent(Fraction(done, of)) if of else "0%"


def funding_lines(figures: Figures, voice: Voice) -> tuple[str, ...]:
    """Write one line for each rule of funding."""
    by_item: dict[str, list[tuple[Funding, FieldSpec, Figure]]] = {}
    for entry in figures.funding:
        by_item.setdefault(entry[0].code, []).append(entry)
    return tuple(_funding_line(entries, voice) for entries in by_item.values())


def _funding_line(entries: Sequence[tuple[Funding, FieldSpec, Figure]], voice: Voice) -> str:
    parts = []
    for _, measure, figure in entries:
        what = lower_first(measure.label)
        if measure.kind == "money" and figure.value is not None:
            small = 0 < figure.value < 1_000_000
            value = format_money(figure.value) if small else format_money_million(figure.value)
            n = voice.count(figure.n_units)
            said = voice.about(figure.id).say("funding.money", what=what, value=value, n=n)
            parts.append(said + _decided(figure, voice))
        elif measure.kind != "money" and figure.value:
            n = voice.count(figure.value)
            said = voice.about(figure.id).say("funding.units", n=n, what=what)
            parts.append(said + _decided(figure, voice))
    return voice.say(
        "funding.line", label=entries[0][0].label, parts="; ".join(parts) or voice.say("funding.nothing")
    )


def _decided(figure: Figure, voice: Voice) -> str:
    return _say_decided(voice) if overridden(figure.observations) else ""


def _say_decided(voice: Voice) -> str:
    return voice.say("funding.decided", annex=voice.told_in(voice.annexes.decided))


def strengths(views: Sequence[TargetView], voice: Voice) -> tuple[str, ...]:
    """Draft what was done well from the targets met; where none was, ask for it."""
    met = with_verdict(views, Verdict.MET)
    if not met:
        return (voice.say("prose.ask_strengths", leave_out=voice.say("prose.leave_out")),)
    return (f"- {voice.say('prose.met', n=voice.count(len(met)), names=join_terms(v.name for v in met))}",)


def limits(lines: Sequence[ReturnLine], views: Sequence[TargetView], voice: Voice) -> tuple[str, ...]:
    """Write what the figures themselves show as lacking; a cause is never deduced."""
    late = sum(line.status == "late" for line in lines)
    missing = sum(line.status == "missing" for line in lines)
    unusable = sum(line.status == "unusable" for line in lines)
    paper = sum(line.status == "paper" for line in lines)
    correcting = sum(line.correcting for line in lines)
    said = []
    counts = (("not_sent", missing), ("paper", paper), ("unusable", unusable), ("late", late))
    parts = [voice.say(f"limit.{name}", n=voice.count(n)) for name, n in counts if n]
    if parts:
        said.append(voice.say("limit.returns", parts=", ".join(parts)))
    for name, verdict in (("missed", Verdict.MISSED), ("insufficient", Verdict.INSUFFICIENT)):
        found = with_verdict(views, verdict)
        if found:
            said.append(
                voice.say(f"limit.{name}", n=voice.count(len(found)), names=join_terms(v.name for v in found))
            )
    if correcting:
        said.append(voice.say("limit.correcting", n=voice.count(correcting)))
    return tuple(said) or (voice.say("limit.nothing"),)


def outlook_lead(later: Sequence[TargetView], voice: Voice) -> str:
    """Lead over to the targets of later years; "" where the plan has none."""
    if not later:
        return ""
    years = join_terms(dict.fromkeys(str(view.target.first_year) for view in later))
    return voice.say("outlook.lead", due=years, annex=voice.refer(voice.annexes.outlook))


def with_verdict(views: Sequence[TargetView], verdict: Verdict) -> list[TargetView]:
    """The targets that came out so, in the plan's order."""
    return [v for v in views if v.result.verdict is verdict]


def directions(views: Sequence[TargetView], voice: Voice) -> tuple[str, ...]:
    """Draft the tasks ahead from the distance to the targets."""
    said = []
    for name in ("missed", "insufficient"):
        found = with_verdict(views, Verdict(name))
        if found:
            said.append(voice.say(f"direction.{name}", n=voice.count(len(found))))
    later = with_verdict(views, Verdict.NOT_DUE)
    if later:
        names = join_terms(_with_distance(v) for v in later)
        said.append(voice.say("direction.outlook", due=str(later[0].target.first_year), names=names))
    met = with_verdict(views, Verdict.MET)
    if met:
        said.append(voice.say("direction.kept", n=voice.count(len(met))))
    return tuple(said)


def _with_distance(view: TargetView) -> str:
    if not view.enough or view.printed is None or view.printed >= view.result.at_least:
        return view.name
    points = format_points(Decimal(view.result.at_least), view.printed)
    return f"{view.name} (còn {view.voice.mark(f'{view.target.code}.distance', points)})"


def recommendations(
    lines: Sequence[ReturnLine], views: Sequence[TargetView], voice: Voice
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Draft what to ask of those the text addresses, drawn from the facts: (heading, sentences) for each."""
    owing = [line for line in lines if line.status == "missing" and line.unit.duty == "required"]
    missing = [line.unit.short_name for line in owing]
    correcting = [line.unit.short_name for line in lines if line.correcting or line.status == "unusable"]
    missed = with_verdict(views, Verdict.MISSED)
    silent = [v for v in with_verdict(views, Verdict.INSUFFICIENT) if v.authority]
    province = []
    if missing:
        names = voice.named(missing, voice.annexes.returns)
        province.append(voice.say("recommendation.missing", n=voice.count(len(missing)), names=names))
    if missed:
        province.append(voice.say("recommendation.missed", n=voice.count(len(missed))))
    province += [voice.say("recommendation.no_document", name=v.name) for v in views if v.lacks_document]
    ministry = [voice.say("recommendation.statistics", name=v.name) for v in silent]
    bodies = []
    if correcting:
        names = voice.named(correcting, voice.annexes.returns)
        bodies.append(voice.say("recommendation.correcting", n=voice.count(len(correcting)), names=names))
    paper = [line.unit.short_name for line in lines if line.status == "paper"]
    if paper:
        names = voice.named(paper, voice.annexes.returns)
        bodies.append(voice.say("recommendation.paper", n=voice.count(len(paper)), names=names))
    blank = voice.say("prose.leave_out")
    drafted = {"to_province": province, "to_ministry": ministry, "to_bodies": bodies}
    return tuple(
        (
            voice.say(f"recommendation.{name}"),
            tuple(drafted[name]) or (voice.say(f"prose.ask_{name}", leave_out=blank),),
        )
        for name in voice.issuer.text.addressed
    )
