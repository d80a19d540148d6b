"""Everything the template may print: finished Vietnamese strings, nothing else.

The names of the fields are the tags an officer sees in ``report.docx``; the order is that of the report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from dvctt_report.model.period import Period
from dvctt_report.report import drafts, general, narrative, tables
from dvctt_report.report.decided import Decided, decided_rows, say_marks
from dvctt_report.report.figures import Figure, Figures
from dvctt_report.report.head import Head, document_head
from dvctt_report.report.narrative import funding_lines
from dvctt_report.report.sections import Headings, head, numbered, sections_of
from dvctt_report.report.tail import Tail, build_tail, choose_annexes, say_apart
from dvctt_report.report.target_notes import body_notes
from dvctt_report.report.target_sentences import outlook_sentence, target_sentence
from dvctt_report.report.targets import TargetView
from dvctt_report.report.tasks import task_lines, tasks_lead
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, for_print, lower_first
from dvctt_report.text.vietnamese import point_letter

"""Letters of điểm in the order of the Vietnamese alphabet. Source: NĐ 30/2020 Phụ lục I, II.6đ."""


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


def group_number(n: int, n_groups: int) -> str:
    """Number a group of recommendations; "" where it is the only one."""
    return str(n) if n_groups > 1 else ""


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
    """The report as strings, in three parts; the template sees the fields of all three side by side.

    ``order``: in which the body's sections stand, by what they show.
    """

    head: Head
    body: Body
    tail: Tail
    order: tuple[str, ...] = ()


def build_context(told: Telling, final: bool = False) -> ReportContext:
    """Say everything that was counted; every string is clean, NFC and fit for XML.

    ``final`` leaves out the mark of a draft. What people write is drafted or asked for.
    """
    dataset, voice = told.year.dataset, told.voice
    rows = decided_rows(told.year, voice)
    figures = replace(told.figures, decided=told.decided)
    annexes = choose_annexes(told.year, figures, rows, voice)
    voice = replace(voice, annexes=say_apart(annexes, voice))
    told = replace(told, voice=voice)
    tail = build_tail(told, figures, rows, annexes)
    # The documents of others are cited as they are.
    said = (_body(told, figures), replace(tail, documents=()))
    body, written = voice.introduce(said)
    tail = replace(written, documents=tail.documents)
    order = tuple(one.shows for one in sections_of(dataset.profile.plan, voice.phrases) if one.shows)
    title = document_head(dataset, voice, "lead.subject", final=final)
    context = ReportContext(title, body, tail, order)
    return for_print(context)


def _body(told: Telling, figures: Figures) -> Body:
    dataset, lines, views, voice = told.year.dataset, told.year.lines, told.views, told.voice
    due = [v for v in views if v.is_due]
    told_as = voice.issuer.targets_as
    in_paragraphs = due if told_as != "bang" else []
    later = [v for v in views if not v.is_due]
    asks = drafts.recommendations(lines, views, told.leads, voice)
    is_asked = any(not drafts.is_prompt(one) for _, said in asks for one in said)
    limits = drafts.limits(lines, voice)
    opening, asked = general.general(told)
    draft = (voice.say("prose.draft", mark=voice.say("prose.mark")),)
    answering = figures.answering
    topics = tables.topic_rows(figures, voice) if answering.topics else ()
    channels = tables.channel_groups(figures, voice) if answering.channels else ()
    target_rows = tables.target_rows(due) if told_as != "doan" else ()
    both = bool(figures.topics and figures.channels)
    plan = dataset.profile.plan
    order = [one.shows for one in numbered(plan, voice.phrases)]
    common = tables.task_rows((b for b in figures.tasks if not b.body), figures.decided, voice)
    there = {"targets": target_rows, "topics": topics, "channels": channels, "tasks": common}
    titles = _table_titles(there, order, voice)
    absent = () if asks else ("recommendations",)
    parts, clauses = (headings.without(absent) for headings in head(plan, voice.phrases))
    return Body(
        parts=parts,
        clauses=clauses,
        **titles,
        lead_in=narrative.lead_in(dataset, voice),
        general=opening,
        general_ask=asked if is_asked else (),
        directives=narrative.directives(told.year, figures, voice),
        directives_own=(voice.say("prose.ask_directives"),),
        coordination=(voice.say("prose.ask_coordination"),),
        returns=narrative.returns_text(told.year, voice),
        overview=narrative.overview(dataset, views, voice),
        targets=_target_texts(in_paragraphs),
        verdict_heading=tables.verdict_heading(dataset.period, voice),
        target_rows=target_rows,
        target_notes=body_notes(dataset, due, voice),
        outlook_lead=narrative.outlook_lead(later, voice),
        outlook=tuple(f"- {outlook_sentence(v)}" for v in later),
        activity=dataset.profile.plan.activity,
        topics_lead=_activity(
            "topics",
            "a) " if both else "",
            [figure for _, figure in figures.topics],
            len(answering.topics),
            figures.decided,
            voice,
        ),
        topics=topics,
        channels_lead=_activity(
            "channels",
            "b) " if both else "",
            [figure for *_, figure in figures.channels],
            len(answering.channels),
            figures.decided,
            voice,
        ),
        channels=channels,
        tasks_lead=tasks_lead(dataset, figures, voice),
        tasks=tuple(f"- {line}" for line in task_lines(dataset, figures, voice)),
        common_tasks=common,
        funding=tuple(f"- {line}" for line in funding_lines(figures, voice)),
        strengths=(voice.say("prose.ask_strengths", leave_out=voice.say("prose.leave_out")),),
        limits_draft=draft if len(limits) > 1 else (),
        limits=tuple(one if drafts.is_prompt(one) else f"- {one}" for one in limits),
        causes=(voice.say("prose.ask_causes"),),
        directions=(voice.say("prose.ask_directions"),),
        recommendations_draft=draft if is_asked else (),
        recommendations=tuple(
            Recommendation(
                group_number(n, len(asks)),
                addressee,
                tuple(f"- {one}" if len(said) > 1 else one for one in said),
            )
            for n, (addressee, said) in enumerate(asks, 1)
        ),
        closing=_closing(voice, dataset.period),
    )


_TABLES = {"targets": ("targets",), "activities": ("topics", "channels"), "tasks": ("tasks",)}
"""The tables of a section of the body, in their order."""


def _table_titles(
    there: Mapping[str, Collection[object]], order: Iterable[str], voice: Voice
) -> dict[str, str]:
    """Number the tables of the body in the order of their sections; "" for one that isn't there."""
    names = [name for shows in order for name in _TABLES.get(shows, ()) if there[name]]
    titles = {name: voice.say(f"table.{name}", n=str(n)) for n, name in enumerate(names, 1)}
    return {f"{name}_title": titles.get(name, "") for name in there}


def _closing(voice: Voice, period: Period) -> str:
    """The last sentence; one before it says which signed report this one takes the place of."""
    issuer = voice.issuer
    said = voice.say("lead.closing", issuer=issuer.name, receiver=issuer.addressee, **period.slots)
    if not issuer.replaces:
        return said
    return f"{voice.say('amend.replaces', document=issuer.replaces, issuer=issuer.name)} {said}"


def _activity(
    what: str, letter: str, figures: list[Figure], n_answered: int, decided: Decided, voice: Voice
) -> str:
    """Lead over to the table of these figures, or say why there is none; "" where nobody was asked."""
    if not figures:
        return ""
    if not n_answered:
        return voice.say(f"activity.no_{what}", letter=letter)
    marks = say_marks(decided, (figure.observations for figure in figures), voice)
    slots = {"letter": letter, "answered": voice.count(n_answered), "marks": marks}
    if what == "topics":
        return voice.say("activity.topics", **slots)
    return voice.say("activity.channels", annex=voice.refer(voice.annexes.activities), **slots)


def _target_texts(views: Iterable[TargetView]) -> tuple[TargetText, ...]:
    texts: list[TargetText] = []
    for view in views:
        said = target_sentence(view)
        if view.target.part_of and texts:
            name = view.flag(lower_first(view.target.print_as))
            part = view.voice.say("target.part", name=name, sentence=said)
            texts[-1] = replace(texts[-1], parts=(*texts[-1].parts, part))
        else:
            texts.append(TargetText(point_letter(len(texts) + 1), view.flag(view.target.print_as), said, ()))
    return tuple(texts)
