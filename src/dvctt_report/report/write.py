"""Render the year's report: the Word file and, beside it, the manifest that traces its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from dvctt_report.model import Decision
from dvctt_report.plan.texts import ANNEXES, DEPARTMENT, ReportText
from dvctt_report.report.context import ReportContext, build_context, only_annexes
from dvctt_report.report.final import NotFinal, Obstacle, doubtful_plan_day, find_obstacles, refuse_altered
from dvctt_report.report.manifest import lay_out, letter_manifest
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import suggested_by
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.report.prose.taking import (
    PLACE,
    OfficerWords,
    OwnFiles,
    fragments,
    read_words,
    with_prose,
    write_missing,
)
from dvctt_report.report.render import Filled, fill
from dvctt_report.report.settings import NO_ANNEXES, Annexes, names_of
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import lay_out_trace
from dvctt_report.report.wording import Voice
from dvctt_report.report.written import write_traced
from dvctt_report.store.workspace import PERIODS, THEN_APPLY, Workspace
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.unchanged import keep_report


@dataclass(frozen=True, slots=True)
class Rendered:
    """Where report and manifest are; what is told, was printed (annexes apart last), bars a final one."""

    report: Path
    manifest: Path
    data: Mapping[str, Any] = field(repr=False)
    notes: tuple[str, ...] = ()
    printed: tuple[PrintedBlock, ...] = field(default=(), repr=False)
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def id(self) -> str:
        """The identifier that both carry."""
        return str(self.data["id"])


def render_period(
    year: OpenYear, voice: Voice, final: bool = False, companions: Sequence[Path] = ()
) -> Rendered:
    """Write the voice's text of the year, its manifest and the ``companions`` among the results.

    Raises NotFinal with everything that a final one waits for, CannotRun for what the officer has edited.
    """
    workspace, period, text = year.workspace, year.period, voice.issuer.text
    if final:
        refuse_altered(workspace)
    told = Telling(year, Voice(voice.phrases, voice.issuer, marking=True))
    rendered = render_report(
        told,
        workspace.profile_file("report.docx"),
        workspace.manifest_of(period, text.stem).with_suffix(".docx"),
        year.known.decisions,
        workspace.manifests,
        own_files(workspace, text),
        final,
        companions,
    )
    if text == DEPARTMENT:
        keep_report(year, rendered.data["id"])
    return rendered


def own_files(workspace: Workspace, text: ReportText) -> OwnFiles:
    """The files that people write in for the workspace's period."""
    prose, period = workspace.prose, workspace.period
    suggested = workspace.root / PERIODS / str(period) / "goi-y-da-neu.txt"
    return OwnFiles(prose / f"{period}.docx", suggested, made=text == DEPARTMENT)


@dataclass(frozen=True, slots=True)
class ComposedReport:
    """A report before it is written: strings, people's words, document, annexes apart, what it printed."""

    context: ReportContext
    words: OfficerWords | None
    filled: Filled
    annexes: Filled | None
    manifest: dict[str, Any]


def compose_report(told: Telling, template: Path, own: OwnFiles | None, final: bool) -> ComposedReport:
    """Put a report together. See ``render_report``."""
    voice = told.voice
    context = build_context(told, final)
    words = None
    if own is not None:
        words = read_words(own, told.year, context.body, voice, suggested_by(told))
    taken = words.taken if words is not None else {}
    printed = replace(context, body=with_prose(context.body, taken, voice))
    apart = names_of(voice.issuer.apart)
    inside = [one.name for one in fields(Annexes) if one.name not in apart]
    within = replace(printed, tail=only_annexes(printed.tail, inside))
    filled = fill(template, within, voice.issuer, fragments(taken))
    beside = replace(printed, tail=only_annexes(printed.tail, apart))
    annexes = (
        fill(template, beside, voice.issuer, annexes_alone=True)
        if beside.tail.annexes != NO_ANNEXES
        else None
    )
    manifest = lay_out(told.year, told.figures, filled.printed, voice.issuer.as_of)
    return ComposedReport(printed, words, filled, annexes, manifest)


def render_report(
    told: Telling,
    template: Path,
    out: Path,
    decisions: Iterable[Decision] = (),
    kept_in: Path | None = None,
    own: OwnFiles | None = None,
    final: bool = False,
    companions: Sequence[Path] = (),
) -> Rendered:
    """Write the report to ``out``, its manifest beside it and by its identifier in ``kept_in``.

    The voice of ``told`` has to mark its figures. ``decisions`` about files are those in force. ``own`` are
    the files people write in; those that are missing are made. ``final`` leaves out the mark of a draft and
    raises NotFinal with every reason against it, before anything is written. A final report that stands at
    ``out`` is kept under a name of its own, with its manifest and the ``companions``. A file that is open
    elsewhere stays; the new one is written beside it and a note says so. Raises CannotRun for a template that
    can't be used. The same input gives the same bytes.
    """
    year, voice = told.year, told.voice
    composed = compose_report(told, template, own, final)
    words, filled, manifest = composed.words, composed.filled, composed.manifest
    taken = words.taken if words is not None else {}
    obstacles = find_obstacles(year, composed.context, taken, voice, own.name if own else "noi-dung")
    if final and obstacles:
        raise NotFinal(obstacles)
    trace = lay_out_trace(told, decisions)
    drafts = words.drafts if words is not None else {}
    prose = {}  # the paragraphs that each slot prints, as they are read
    for name, one in taken.items():
        lines = drafts[name] if one.drafted else [line.text for line in one.blocks]
        prose[name] = [without_marks(text) for text in lines]
    said = {"text": voice.issuer.text.name, "final": final, "prose": prose}
    written_report, beside = write_traced(out, filled, manifest, said, kept_in, trace, companions)
    notes = [*written_report.notes, *(one.what for one in doubtful_plan_day(year))]
    unplaced = [name for name, one in taken.items() if one.blocks and PLACE + name not in filled.placed]
    notes += [f"Tệp mẫu báo cáo không có chỗ cho mục “{voice.say(f'prose.{name}')}”." for name in unplaced]
    notes += [
        f"Tệp mẫu báo cáo không có {label} mà thân báo cáo dẫn tới: bỏ phụ lục đó ở dòng phu_luc của "
        f"dvctt.toml, hoặc chép lại tệp mẫu gốc; {THEN_APPLY}."
        for label in filled.absent
    ]
    if composed.annexes is not None:
        annexes = letter_manifest(manifest | trace, composed.annexes.printed)
        where_to = annexes_beside(written_report.path)
        apart, _ = write_traced(where_to, composed.annexes, annexes, {"text": ANNEXES}, kept_in)
        notes += [*apart.notes, f"Phụ lục ở tệp riêng: {apart.path}"]
    if own is not None and words is not None:
        notes += words.notes
        notes += write_missing(own, words, year, voice) if own.made and not final else ()
    printed = filled.printed + (composed.annexes.printed if composed.annexes is not None else ())
    return Rendered(written_report.path, beside, manifest | trace, tuple(notes), printed, obstacles)


def annexes_beside(report: Path) -> Path:
    """Where the annexes of a report stand that are in a file of their own."""
    return report.with_name(report.name.replace(DEPARTMENT.stem, "phu-luc", 1))
