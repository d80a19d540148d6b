"""Everything the template may print: finished Vietnamese strings, nothing else.

The names of the fields are the tags an officer sees in ``report.docx``; the order is that of the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding, Summary, Verdict
from dvctt_report.nd30.chart import Chart
from dvctt_report.nd30.format import component
from dvctt_report.nd30.metrics import break_lines
from dvctt_report.nd30.page import LETTERHEAD_GRID, PAGE
from dvctt_report.report import narrative, tables
from dvctt_report.report.activities import activity_tables
from dvctt_report.report.annexes import NO_ANNEXES, Annexes, label_annexes
from dvctt_report.report.charts import return_chart, target_chart
from dvctt_report.report.comparison import Compared, ComparisonRow, compare_with_last_year
from dvctt_report.report.controls import ControlRow, control_rows
from dvctt_report.report.decided import DecidedRow, decided_of, decided_rows, say_marks
from dvctt_report.report.documents import DocumentRow, document_rows
from dvctt_report.report.figures import Figure, Figures
from dvctt_report.report.further_tables import OutlookRow, SurveyGroup, outlook_rows, survey_groups
from dvctt_report.report.returns import ReturnLine, return_lines
from dvctt_report.report.targets import TargetView, outlook_sentence, target_sentence, target_views
from dvctt_report.report.unit_tables import UnitTable, unit_tables
from dvctt_report.report.wording import Voice, introduce_abbreviations, lower_first, map_strings
from dvctt_report.vietnamese import clean_text

LETTERS = tuple("abcdđeghiklmnopqrstuvxy")
"""Letters of điểm in the order of the Vietnamese alphabet. Source: NĐ 30/2020 Phụ lục I, II.6đ."""

SUBJECT_WIDTH = 140.0
"""Longest line of the trích yếu in mm."""


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
class Head:
    """The first page down to the addressee, the signature, and what the annexes repeat of them."""

    parent_name: str
    issuer_name: str
    number_line: str
    date_line: str
    subject: str
    draft_mark: tuple[str, ...]
    addressee_line: str
    notice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The text from the opening sentence to the closing one."""

    lead_in: str
    directives: tuple[str, ...]
    directives_own: tuple[str, ...]
    coordination: tuple[str, ...]
    returns: tuple[str, ...]
    overview: str
    targets: tuple[TargetText, ...]
    target_rows: tuple[tables.TargetRow, ...]
    other_index: tuple[str, ...]
    outlook_lead: str
    outlook: tuple[str, ...]
    topics_lead: str
    topics: tuple[tables.TopicRow, ...]
    channels_lead: str
    channels: tuple[tables.ChannelGroup, ...]
    tasks_lead: str
    tasks: tuple[str, ...]
    funding: tuple[str, ...]
    strengths_draft: tuple[str, ...]
    strengths: tuple[str, ...]
    limits_draft: tuple[str, ...]
    limits: tuple[str, ...]
    causes: tuple[str, ...]
    directions_draft: tuple[str, ...]
    directions: tuple[str, ...]
    recommendations_draft: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Tail:
    """Recipients, signature and annexes."""

    recipients: tuple[str, ...]
    authority: str
    signer_name: str
    annexes: Annexes
    annex_of: str
    target_groups: tuple[tables.TargetGroup, ...]
    comparison_title: str
    comparisons: tuple[ComparisonRow, ...]
    comparison_note: tuple[str, ...]
    target_chart: tuple[Chart, ...]
    unit_tables: tuple[UnitTable, ...]
    return_groups: tuple[tables.ReturnGroup, ...]
    return_chart: tuple[Chart, ...]
    documents: tuple[DocumentRow, ...]
    activities: tuple[UnitTable, ...]
    task_rows: tuple[tables.TaskRow, ...]
    surveys: tuple[SurveyGroup, ...]
    way_ahead: tuple[OutlookRow, ...]
    decided: tuple[DecidedRow, ...]
    controls: tuple[ControlRow, ...]
    legend: str
    deadline_note: str
    documents_note: str
    surveys_note: str


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The report as strings, in three parts; the template sees the fields of all three side by side."""

    head: Head
    body: Body
    tail: Tail


def build_context(
    dataset: Dataset,
    summary: Summary,
    figures: Figures,
    findings: Iterable[Finding],
    voice: Voice,
    final: bool = False,
) -> ReportContext:
    """Say everything that was counted; every string is clean, NFC and fit for XML.

    ``final`` leaves out the mark of a draft. What people write is drafted or asked for.
    """
    kept = tuple(findings)
    lines = return_lines(dataset, kept)
    decided, rows = decided_of(kept), decided_rows(dataset, kept, voice)
    voice = replace(voice, annexes=_annexes(summary, figures, rows, voice))
    by_unit = {line.unit.code: line for line in lines}
    views = tuple(replace(v, decided=decided) for v in target_views(dataset, summary, by_unit, voice))
    body = _body(dataset, figures, lines, views, voice)
    context = ReportContext(
        head=document_head(dataset, voice, "lead.subject", final=final),
        body=introduce_abbreviations(body, voice.phrases.abbreviations),
        tail=_tail(dataset, figures, lines, views, rows, voice),
    )
    return map_strings(context, fit_for_print)


def _annexes(summary: Summary, figures: Figures, decided: tuple[DecidedRow, ...], voice: Voice) -> Annexes:
    """Number the annexes that the setting asks for, or that decisions need, and that have content."""
    content = {
        "targets": summary.results,
        "by_unit": summary.results,
        "returns": True,
        "documents": figures.directives.value,
        "activities": any(figure.observations for *_, figure in figures.channels),
        "tasks": figures.tasks,
        "satisfaction": any(figure.observations for *_, figure in figures.surveys),
        "outlook": any(result.verdict is Verdict.NOT_DUE for result in summary.results),
        "decided": decided or any(result.control for result in summary.results),
    }
    there = [name for name, found in content.items() if found]
    return label_annexes(voice.issuer.annexes, there, voice.say("annex.label"))


def fit_for_print(text: str) -> str:
    """Clean a string at the only door into the document: what XML forbids or would move the text is gone.

    Outer and repeated spaces stay (they are the blanks for number and day). The private-use character that
    rendering borrows is taken out.
    """
    lead = text[: len(text) - len(text.lstrip(" "))]
    return lead + clean_text(text).replace("\ue000", "") if text.strip() else ""


def document_head(
    dataset: Dataset, voice: Voice, subject: str, kind: str = "BC-", final: bool = False
) -> Head:
    """Make the first page of a document with a name of its own; ``subject`` is the pattern of its trích yếu.

    ``kind`` is the abbreviation of its name in the number, with its hyphen.
    """
    issuer, unbroken = voice.issuer, voice.phrases.unbroken
    left, _ = LETTERHEAD_GRID
    name = "\n".join(issuer.name_lines or (issuer.name,))
    about = voice.say(subject, short_title=dataset.profile.plan.short_title, year=str(dataset.year))
    return Head(
        parent_name=break_lines(issuer.parent_name.upper(), left, component("parent"), unbroken),
        issuer_name=break_lines(name.upper(), left, component("issuer"), unbroken),
        number_line=narrative.number_line(issuer, kind),
        date_line=f"{issuer.place}, {narrative.dated(issuer, dataset.year)}",
        subject=break_lines(about, SUBJECT_WIDTH, component("subject"), unbroken),
        draft_mark=() if final else (voice.say("letter.draft_mark"),),
        addressee_line=voice.say("lead.addressee", addressee=issuer.addressee),
        notice=(issuer.notice,) if issuer.notice else (),
    )


def _body(
    dataset: Dataset,
    figures: Figures,
    lines: tuple[ReturnLine, ...],
    views: tuple[TargetView, ...],
    voice: Voice,
) -> Body:
    due = [v for v in views if v.result.verdict is not Verdict.NOT_DUE]
    later = [v for v in views if v.result.verdict is Verdict.NOT_DUE]
    n_received = sum(line.received for line in lines)
    asks = narrative.recommendations(lines, views, voice)
    year = str(dataset.year)
    draft = (voice.say("prose.draft", mark=voice.say("prose.mark")),)
    return Body(
        lead_in=narrative.lead_in(dataset, voice),
        directives=narrative.directives(dataset, figures, n_received, voice),
        directives_own=(voice.say("prose.ask_directives"),),
        coordination=(voice.say("prose.ask_coordination"),),
        returns=narrative.returns_text(dataset, lines, voice),
        overview=narrative.overview(dataset, views, voice),
        targets=_target_texts(due),
        target_rows=tables.target_rows(due, voice),
        other_index=narrative.other_index(dataset, due, voice),
        outlook_lead=narrative.outlook_lead(later, voice),
        outlook=tuple(f"- {outlook_sentence(v)}" for v in later),
        topics_lead=_activity("topics", n_received, (f for _, f in figures.topics), voice),
        topics=tables.topic_rows(figures, voice),
        channels_lead=_activity("channels", n_received, (f for *_, f in figures.channels), voice),
        channels=tables.channel_groups(figures, voice),
        tasks_lead=narrative.tasks_lead(figures, voice),
        tasks=tuple(f"- {line}" for line in narrative.task_lines(dataset, figures, voice)),
        funding=tuple(f"- {line}" for line in narrative.funding_lines(figures, voice)),
        strengths_draft=draft,
        strengths=narrative.strengths(views, voice),
        limits_draft=draft,
        limits=tuple(f"- {line}" for line in narrative.limits(lines, views, voice)),
        causes=(voice.say("prose.ask_causes"),),
        directions_draft=draft,
        directions=tuple(f"{n}. {line}" for n, line in enumerate(narrative.directions(views, voice), 1)),
        recommendations_draft=draft,
        recommendations=tuple(
            Recommendation(
                group_number(n, len(asks)),
                addressee,
                tuple(f"- {one}" if len(said) > 1 else one for one in said),
            )
            for n, (addressee, said) in enumerate(asks, 1)
        ),
        closing=voice.say(
            "lead.closing", issuer=voice.issuer.name, year=year, receiver=voice.issuer.addressee
        ),
    )


def _activity(what: str, n_received: int, counted: Iterable[Figure], voice: Voice) -> str:
    if not n_received:
        return voice.say(f"activity.no_{what}")
    marks = say_marks(counted, voice)
    slots = {"received": voice.count(n_received), "marks": marks}
    if what == "topics":
        return voice.say("activity.topics", **slots)
    return voice.say("activity.channels", annex=voice.refer(voice.annexes.activities), **slots)


def _target_texts(views: Iterable[TargetView]) -> tuple[TargetText, ...]:
    texts: list[TargetText] = []
    for view in views:
        said = target_sentence(view)
        if view.target.part_of and texts:
            part = view.voice.say("target.part", name=lower_first(view.target.print_as), sentence=said)
            texts[-1] = replace(texts[-1], parts=(*texts[-1].parts, part))
        else:
            texts.append(TargetText(LETTERS[len(texts)], view.target.print_as, said, ()))
    return tuple(texts)


def _tail(
    dataset: Dataset,
    figures: Figures,
    lines: tuple[ReturnLine, ...],
    views: tuple[TargetView, ...],
    decided: tuple[DecidedRow, ...],
    voice: Voice,
) -> Tail:
    issuer = voice.issuer
    annexes = voice.annexes
    compared = compare_with_last_year(dataset, views, voice) if annexes.targets else Compared()
    marks = bool(decided) or any(view.result.own_tally is not None for view in views)
    first = target_chart(views, 1, voice) if annexes.targets and issuer.charts else ()
    shown = annexes.returns and issuer.charts
    second = return_chart(dataset, lines, len(first) + 1, voice) if shown else ()
    notes = [voice.say("annex.legend")]
    if marks:
        notes.append(voice.say("decided.note", annex=voice.told_in(annexes.decided)))
    return Tail(
        recipients=recipients(voice),
        authority="\n".join(issuer.signer_lines),
        signer_name=issuer.signer_name or voice.say("sign.signer"),
        annex_of=_annex_of(dataset, voice) if annexes != NO_ANNEXES else "",
        annexes=annexes,
        target_groups=tables.target_groups(dataset, views, voice) if annexes.targets else (),
        comparison_title=compared.title,
        comparisons=compared.rows,
        comparison_note=(compared.note,) if compared.note else (),
        target_chart=first,
        unit_tables=unit_tables(dataset, views, voice) if annexes.by_unit else (),
        return_groups=tables.return_groups(dataset, lines, voice) if annexes.returns else (),
        return_chart=second,
        documents=document_rows(dataset, voice) if annexes.documents else (),
        activities=activity_tables(dataset, figures, voice) if annexes.activities else (),
        task_rows=tables.task_rows(figures, voice) if annexes.tasks else (),
        surveys=survey_groups(figures, voice) if annexes.satisfaction else (),
        way_ahead=outlook_rows(dataset, views, voice) if annexes.outlook else (),
        decided=decided,
        controls=control_rows(views, voice),
        legend=" ".join(notes) if replace(annexes, returns="", documents="") != NO_ANNEXES else "",
        documents_note=voice.say("annex.documents_note") if annexes.documents else "",
        surveys_note=voice.say("annex.surveys_note") if annexes.satisfaction else "",
        deadline_note=narrative.deadline_note(dataset, voice) if annexes.returns else "",
    )


def _annex_of(dataset: Dataset, voice: Voice) -> str:
    """Write "(Kèm theo …)" with the number blank like that of the report."""
    issuer = voice.issuer
    blank = narrative.number_line(issuer).removeprefix("Số:")
    date = narrative.dated_attached(issuer, dataset.year)
    said = voice.say("annex.of", number=blank, date=date, issuer=issuer.name)
    return break_lines(said, PAGE.text_width, component("annex_of"), (date, issuer.name))


def recipients(voice: Voice) -> tuple[str, ...]:
    """Write the lines of Nơi nhận: "Như trên" first, the file copy last with a full stop.

    Source: NĐ 30/2020 Phụ lục I, II.9.
    """
    same, filed = voice.say("sign.same"), voice.say("sign.filed", unit=voice.issuer.drafting_unit)
    given = [line.strip(" -;.") for line in voice.issuer.recipients]
    middle = [line for line in given if line != same and not line.startswith("Lưu:")]
    last = next((line for line in given if line.startswith("Lưu:")), filed.rstrip(" ,"))
    return (*(f"- {line};" for line in (same, *middle)), f"- {last}.")
