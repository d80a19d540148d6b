"""What stands behind the text: recipients, signature, annexes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from dvctt_report.model import Verdict
from dvctt_report.report import annex_tables, narrative, tables
from dvctt_report.report.annexes import NO_ANNEXES, Annexes, label_annexes, names_of
from dvctt_report.report.charts import gap_chart, return_chart
from dvctt_report.report.citing import annex_of_document, number_line
from dvctt_report.report.decided import DecidedRow
from dvctt_report.report.documents import DocumentRow, document_rows
from dvctt_report.report.figures import Figures
from dvctt_report.report.head import recipients
from dvctt_report.report.target_notes import target_notes
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_tables import UnitTable, activity_tables, unit_tables
from dvctt_report.report.word_charts import Chart
from dvctt_report.report.wording import Voice
from dvctt_report.year.year import Year


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
    comparisons: tuple[annex_tables.ComparisonRow, ...]
    comparison_note: tuple[str, ...]
    target_chart: tuple[Chart, ...]
    unit_tables: tuple[UnitTable, ...]
    return_groups: tuple[tables.ReturnGroup, ...]
    return_chart: tuple[Chart, ...]
    documents: tuple[DocumentRow, ...]
    activities_title: str
    activities: tuple[UnitTable, ...]
    task_rows: tuple[tables.TaskRow, ...]
    surveys: tuple[annex_tables.SurveyGroup, ...]
    way_ahead: tuple[annex_tables.OutlookRow, ...]
    decided: tuple[DecidedRow, ...]
    controls: tuple[annex_tables.ControlRow, ...]
    legend: str
    deadline_note: str
    documents_note: str
    surveys_note: str


def choose_annexes(year: Year, figures: Figures, decided: tuple[DecidedRow, ...], voice: Voice) -> Annexes:
    """Number the annexes that are set or that decisions need, and that have content in the period."""
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
        "decided": decided or any(result.control for result in results),
    }
    there = [name for name, found in content.items() if found]
    issuer = voice.issuer
    return label_annexes(issuer.annexes, there, voice.say("annex.label"), issuer.apart)


def say_apart(annexes: Annexes, voice: Voice) -> Annexes:
    """The annexes as the text refers to them: of those in a file of their own it says so."""
    apart = {name: getattr(annexes, name) for name in names_of(voice.issuer.apart)}
    return replace(annexes, **{n: voice.say("annex.apart", label=said) for n, said in apart.items() if said})


_CONTENT: Mapping[str, tuple[str, ...]] = {
    "targets": (
        "target_groups",
        "annex_notes",
        "comparison_title",
        "comparisons",
        "comparison_note",
        "target_chart",
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
    legend = tail.legend if _has_signs(left) else ""
    return replace(
        tail, annexes=left, annex_of=tail.annex_of if left != NO_ANNEXES else "", legend=legend, **blank
    )


def _has_signs(annexes: Annexes) -> bool:
    """Whether one of them holds figures, whose signs the legend explains."""
    return replace(annexes, returns="", documents="") != NO_ANNEXES


def build_tail(told: Telling, figures: Figures, decided: tuple[DecidedRow, ...], annexes: Annexes) -> Tail:
    """Say all of it; ``annexes`` are those it has, as their own headings call them."""
    dataset, views, voice = told.year.dataset, told.views, told.voice
    issuer, due = voice.issuer, [view for view in views if view.is_due]
    compared = annex_tables.ComparisonTable()
    if annexes.targets:
        compared = annex_tables.compare_with_last_year(dataset, views, voice)
    marks = bool(decided) or any(view.result.own_tally is not None for view in views)
    first = gap_chart(views, 1, voice) if annexes.targets and issuer.charts else ()
    shown = annexes.returns and issuer.charts
    second = return_chart(told.year, len(first) + 1, voice) if shown else ()
    notes = [voice.say("annex.legend")]
    if marks:
        notes.append(voice.say("decided.note", annex=voice.told_in(annexes.decided)))
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
        surveys=annex_tables.survey_groups(told.year, figures, voice) if annexes.satisfaction else (),
        way_ahead=annex_tables.outlook_rows(dataset, views, voice) if annexes.outlook else (),
        decided=decided,
        controls=annex_tables.control_rows(views, voice),
        legend=" ".join(notes) if _has_signs(annexes) else "",
        documents_note=voice.say("annex.documents_note") if annexes.documents else "",
        surveys_note=voice.say("annex.surveys_note") if annexes.satisfaction else "",
        deadline_note=narrative.deadline_note(dataset, voice) if annexes.returns else "",
    )
