"""Everything the template may print: finished Vietnamese strings, nothing else.

The names of the fields are the tags an officer sees in ``report.docx``; the order is that of the report.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from dvctt_report.model import Verdict
from dvctt_report.report import narrative, tables
from dvctt_report.report.charts import Chart, gap_chart, return_chart
from dvctt_report.report.citing import Head, annex_of_document, document_head, number_line, recipients
from dvctt_report.report.decided import DecidedRow, decided_rows
from dvctt_report.report.figures import DocumentRow, Figures, document_rows
from dvctt_report.report.narrative import funding_lines, task_lines, tasks_lead
from dvctt_report.report.settings import (
    NO_ANNEXES,
    ROMAN,
    Annexes,
    Headings,
    label_annexes,
    names_of,
    numbered,
    sections_of,
)
from dvctt_report.report.target_sentences import body_notes, outlook_sentence, target_notes, target_sentence
from dvctt_report.report.targets import due_years
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_tables import UnitTable, activity_tables, unit_tables
from dvctt_report.report.wording import Voice, for_print, lower_first
from dvctt_report.text.vietnamese import point_letter


@dataclass(frozen=True, slots=True)
class Tail:
    """Recipients, signature and annexes."""

    recipients: tuple[str, ...]
    authority: str
    signer_name: str
    annexes: Annexes
    annex_of: str
    target_groups: tuple[tables.TargetSection, ...]
    annex_notes: tuple[str, ...]
    comparison_title: str
    comparisons: tuple[tables.ComparisonRow, ...]
    comparison_note: tuple[str, ...]
    target_chart: tuple[Chart, ...]
    unit_tables: tuple[UnitTable, ...]
    return_groups: tuple[tables.ReturnGroup, ...]
    return_chart: tuple[Chart, ...]
    documents: tuple[DocumentRow, ...]
    activities_title: str
    activities: tuple[UnitTable, ...]
    task_rows: tuple[tables.TaskRow, ...]
    surveys: tuple[tables.SurveyGroup, ...]
    way_ahead: tuple[tables.OutlookRow, ...]
    decided: tuple[DecidedRow, ...]
    controls: tuple[tables.ControlRow, ...]
    legend: str
    deadline_note: str
    documents_note: str
    surveys_note: str


_CONTENT: Mapping[str, tuple[str, ...]] = {
    "targets": (
        *("target_groups", "annex_notes", "target_chart"),
        *("comparison_title", "comparisons", "comparison_note"),
    ),
    "by_unit": ("unit_tables",),
    "returns": ("return_groups", "return_chart", "deadline_note"),
    "documents": ("documents", "documents_note"),
    "activities": ("activities",),
    "tasks": ("task_rows",),
    "satisfaction": ("surveys", "surveys_note"),
    "outlook": ("way_ahead",),
    "decided": ("decided", "controls"),
}
"""What each annex prints."""


def only_annexes(tail: Tail, wanted: Collection[str]) -> Tail:
    """The same with nothing of the other annexes."""
    others = [one.name for one in fields(Annexes) if one.name not in wanted]
    blank = {name: type(getattr(tail, name))() for annex in others for name in _CONTENT[annex]}
    left = replace(tail.annexes, **dict.fromkeys(others, ""))
    has_figures = replace(left, returns="", documents="") != NO_ANNEXES  # whose signs the legend explains
    legend = tail.legend if has_figures else ""
    return replace(
        tail, annexes=left, annex_of=tail.annex_of if left != NO_ANNEXES else "", legend=legend, **blank
    )


def build_tail(told: Telling, figures: Figures, decided: tuple[DecidedRow, ...], annexes: Annexes) -> Tail:
    """Say all of it; ``annexes`` are those it has, as their own headings call them."""
    dataset, views, voice = told.year.dataset, told.views, told.voice
    issuer, due = voice.issuer, [view for view in views if view.is_due]
    deadline = dataset.profile.plan.deadline
    compared = tables.ComparisonTable()
    if annexes.targets:
        compared = tables.compare_with_last_year(dataset, views, voice)
    marks = bool(decided) or any(view.result.own_tally is not None for view in views)
    first = gap_chart(views, 1, voice) if annexes.targets and issuer.charts else ()
    second = return_chart(told.year, len(first) + 1, voice) if annexes.returns and issuer.charts else ()
    notes = [voice.say("annex.legend")]
    if marks:
        notes.append(voice.say("decided.note", annex=voice.refer(annexes.decided, "told_in")))
    annex_of = annex_of_document(voice, "annex.of", number_line(issuer), dataset.period.year)
    return Tail(
        recipients=recipients(voice),
        authority="\n".join(issuer.signer_lines),
        signer_name=issuer.signer_name or voice.say("sign.signer"),
        annex_of=annex_of if annexes != NO_ANNEXES else "",
        annexes=annexes,
        target_groups=tables.target_groups(views, voice) if annexes.targets else (),
        annex_notes=target_notes(dataset, due, voice) if annexes.targets else (),
        comparison_title=compared.title,
        comparisons=compared.rows,
        comparison_note=(compared.note,) if compared.note else (),
        target_chart=first,
        unit_tables=unit_tables(dataset, views, voice) if annexes.by_unit else (),
        return_groups=tables.return_groups(told.year, voice) if annexes.returns else (),
        return_chart=second,
        documents=document_rows(told.year, voice) if annexes.documents else (),
        activities_title=f"HOẠT ĐỘNG {dataset.profile.plan.activity.upper()}" if annexes.activities else "",
        activities=activity_tables(dataset, figures, voice) if annexes.activities else (),
        task_rows=tables.task_rows(figures.tasks, figures.decided, voice) if annexes.tasks else (),
        surveys=tables.survey_groups(told.year, figures, voice) if annexes.satisfaction else (),
        way_ahead=tables.outlook_rows(dataset, views, voice) if annexes.outlook else (),
        decided=decided,
        controls=tables.control_rows(views, voice),
        legend=" ".join(notes) if replace(annexes, returns="", documents="") != NO_ANNEXES else "",
        documents_note=voice.say("annex.documents_note") if annexes.documents else "",
        surveys_note=voice.say("annex.surveys_note") if annexes.satisfaction else "",
        deadline_note=voice.say("annex.deadline", quote=deadline.quote, point=deadline.point)
        if annexes.returns
        else "",
    )


@dataclass(frozen=True, slots=True)
class TargetText:
    """A target in the body: "a) **name**: sentence", then a paragraph for each part of it."""

    letter: str
    name: str
    sentence: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is asked of one addressee; ``number`` "" where nobody else is asked anything."""

    number: str
    addressee: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The text from the opening sentence to the closing one."""

    parts: Headings
    clauses: Headings
    targets_title: str
    topics_title: str
    channels_title: str
    tasks_title: str
    lead_in: str
    general: tuple[str, ...]
    general_ask: tuple[str, ...]
    directives: tuple[str, ...]
    directives_own: tuple[str, ...]
    coordination: tuple[str, ...]
    returns: tuple[str, ...]
    overview: str
    targets: tuple[TargetText, ...]
    verdict_heading: str
    target_rows: tuple[tables.TargetRow, ...]
    target_notes: tuple[str, ...]
    outlook_lead: str
    outlook: tuple[str, ...]
    activity: str
    topics_lead: str
    topics: tuple[tables.TopicRow, ...]
    channels_lead: str
    channels: tuple[tables.ChannelGroup, ...]
    tasks_lead: str
    tasks: tuple[str, ...]
    common_tasks: tuple[tables.TaskRow, ...]
    funding: tuple[str, ...]
    strengths: tuple[str, ...]
    limits_draft: tuple[str, ...]
    limits: tuple[str, ...]
    causes: tuple[str, ...]
    directions: tuple[str, ...]
    recommendations_draft: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The report as strings; the template sees all fields side by side. ``order``: of the body's sections."""

    head: Head
    body: Body
    tail: Tail
    order: tuple[str, ...] = ()


def build_context(told: Telling, final: bool = False) -> ReportContext:
    """Say everything that was counted, every string fit for XML; ``final`` leaves out the mark of a draft."""
    year, dataset, figures, voice = told.year, told.year.dataset, told.figures, told.voice
    rows = decided_rows(year, voice)
    # The annexes that are set or that decisions need, and that have content in the period
    results = year.summary.results
    content = {
        "targets": results,
        "by_unit": year.period.judged and results,
        "returns": True,
        "documents": figures.directives.value,
        "activities": any(figure.observations for *_, figure in figures.channels),
        "tasks": figures.tasks,
        "satisfaction": any(figure.observations for *_, figure in figures.surveys),
        "outlook": any(result.verdict is Verdict.NOT_DUE for result in results),
        "decided": rows or any(result.control for result in results),
    }
    there = [name for name, found in content.items() if found]
    annexes = label_annexes(voice.issuer.annexes, there, voice.say("annex.label"), voice.issuer.apart)
    # The text says of those in a file of their own that they are.
    apart = {name: getattr(annexes, name) for name in names_of(voice.issuer.apart)}
    told_as = {name: voice.say("annex.apart", label=label) for name, label in apart.items() if label}
    voice = replace(voice, annexes=replace(annexes, **told_as))
    told = replace(told, voice=voice)
    tail = build_tail(told, figures, rows, annexes)
    # The documents of others are cited as they are.
    body, written = voice.introduce((_body(told, figures), replace(tail, documents=())))
    tail = replace(written, documents=tail.documents)
    order = tuple(one.shows for one in sections_of(dataset.profile.plan, voice.phrases) if one.shows)
    title = document_head(dataset, voice, "lead.subject", final=final)
    return for_print(ReportContext(title, body, tail, order))


def _body(told: Telling, figures: Figures) -> Body:
    dataset, lines, views, voice = told.year.dataset, told.year.lines, told.views, told.voice
    due = [v for v in views if v.is_due]
    issuer, told_as = voice.issuer, voice.issuer.targets_as
    texts: list[TargetText] = []
    for view in due if told_as != "bang" else ():
        sentence = target_sentence(view)
        if view.target.part_of and texts:
            name = view.flag(lower_first(view.target.print_as))
            part = view.voice.say("target.part", name=name, sentence=sentence)
            texts[-1] = replace(texts[-1], parts=(*texts[-1].parts, part))
        else:
            letter, name = point_letter(len(texts) + 1), view.flag(view.target.print_as)
            texts.append(TargetText(letter, name, sentence, ()))
    later = [v for v in views if not v.is_due]
    outlook_lead = ""
    if later:
        annex = voice.refer(voice.annexes.outlook)
        outlook_lead = voice.say("outlook.lead", due=due_years(later), annex=annex)
    asks = narrative.recommendations(lines, views, told.leads, voice)
    is_asked = any(not narrative.is_prompt(one) for _, said in asks for one in said)
    limits = narrative.limits(lines, voice)
    opening, asked = narrative.general(told)
    draft = (voice.say("prose.draft", mark=voice.say("prose.mark")),)
    answering = figures.answering
    topics = tuple(
        tables.TopicRow(str(n), topic.label, tables.value_cell(figure, figures.decided, voice))
        for n, (topic, figure) in enumerate(figures.topics if answering.topics else (), 1)
    )
    channels = tables.channel_groups(figures, voice) if answering.channels else ()
    target_rows = tables.target_rows(due) if told_as != "doan" else ()
    both = bool(figures.topics and figures.channels)
    plan = dataset.profile.plan
    sections = [*numbered(plan, voice.phrases)]
    common = tables.task_rows((b for b in figures.tasks if not b.body), figures.decided, voice)
    there = {"targets": target_rows, "topics": topics, "channels": channels, "tasks": common}
    names = [name for one in sections for name in _TABLES.get(one.shows, ()) if there[name]]
    titles = {name: voice.say(f"table.{name}", n=str(n)) for n, name in enumerate(names, 1)}
    closing = voice.say("lead.closing", issuer=issuer.name, receiver=issuer.addressee, **dataset.period.slots)
    if issuer.replaces:
        replaced = voice.say("amend.replaces", document=issuer.replaces, issuer=issuer.name)
        closing = f"{replaced} {closing}"
    # The headings of parts, each above its first section, and those of the sections within parts
    headed = [one for one in sections if asks or one.shows != "recommendations"]
    parts = {one.shows: f"{ROMAN[one.n_part - 1]}. {one.begins.upper()}" for one in headed if one.begins}
    return Body(
        parts=Headings(**parts),
        clauses=Headings(**{one.shows: f"{one.n}. {one.title}" for one in headed if one.n}),
        targets_title=titles.get("targets", ""),
        topics_title=titles.get("topics", ""),
        channels_title=titles.get("channels", ""),
        tasks_title=titles.get("tasks", ""),
        lead_in=narrative.lead_in(dataset, voice),
        general=opening,
        general_ask=asked if is_asked else (),
        directives=narrative.directives(told.year, figures, voice),
        directives_own=(voice.say("prose.ask_directives"),),
        coordination=(voice.say("prose.ask_coordination"),),
        returns=narrative.returns_text(told.year, voice),
        overview=narrative.overview(dataset, views, voice),
        targets=tuple(texts),
        verdict_heading=tables.verdict_heading(dataset.period, voice),
        target_rows=target_rows,
        target_notes=body_notes(dataset, due, voice),
        outlook_lead=outlook_lead,
        outlook=tuple(f"- {outlook_sentence(v)}" for v in later),
        activity=dataset.profile.plan.activity,
        topics_lead=_activity_lead("topics", "a) " if both else "", figures, voice),
        topics=topics,
        channels_lead=_activity_lead("channels", "b) " if both else "", figures, voice),
        channels=channels,
        tasks_lead=tasks_lead(dataset, figures, voice),
        tasks=tuple(f"- {line}" for line in task_lines(dataset, figures, voice)),
        common_tasks=common,
        funding=tuple(f"- {line}" for line in funding_lines(figures, voice)),
        strengths=(voice.say("prose.ask_strengths", leave_out=voice.say("prose.leave_out")),),
        limits_draft=draft if len(limits) > 1 else (),
        limits=tuple(one if narrative.is_prompt(one) else f"- {one}" for one in limits),
        causes=(voice.say("prose.ask_causes"),),
        directions=(voice.say("prose.ask_directions"),),
        recommendations_draft=draft if is_asked else (),
        recommendations=tuple(
            Recommendation(
                str(n) if len(asks) > 1 else "",
                addressee,
                tuple(f"- {one}" if len(said) > 1 else one for one in said),
            )
            for n, (addressee, said) in enumerate(asks, 1)
        ),
        closing=closing,
    )


_TABLES = {"targets": ("targets",), "activities": ("topics", "channels"), "tasks": ("tasks",)}
"""The tables of a section of the body, in their order."""


def _activity_lead(what: str, letter: str, figures: Figures, voice: Voice) -> str:
    """Lead over to the table of "topics" or "channels", or say why there is none; "" where none was asked."""
    asked = [figure for *_, figure in (figures.topics if what == "topics" else figures.channels)]
    answered = figures.answering.topics if what == "topics" else figures.answering.channels
    if not asked:
        return ""
    if not answered:
        return voice.say(f"activity.no_{what}", letter=letter)
    marks = ""  # what the mark behind a figure of the table means, where one bears it
    if any(figures.decided.holds(figure.observations) for figure in asked):
        marks = voice.say("decided.marks", annex=voice.refer(voice.annexes.decided, "told_in"))
    slots = {"letter": letter, "answered": voice.count(len(answered)), "marks": marks}
    if what == "topics":
        return voice.say("activity.topics", **slots)
    return voice.say("activity.channels", annex=voice.refer(voice.annexes.activities), **slots)
