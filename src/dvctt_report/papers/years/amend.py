"""After the signature: what came later is reported beside it, a slip of form is put right by letter.

Both are made from two manifests, the published one and the one that a report made now would have; each has a
manifest of its own. A whole report that takes the place of a signed one is rendered as any other.
Source: NĐ 30/2020/NĐ-CP, Điều 18 khoản 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from dvctt_report.decide.check.drafts import compare_drafts, format_place
from dvctt_report.decide.check.passages import CLOSING
from dvctt_report.decide.check.values import new_numbers
from dvctt_report.files.manifests import keep_manifest, kept_manifest, parse_json, read_manifest_text
from dvctt_report.papers.letters.letter import letter_number, letter_tail
from dvctt_report.plan.texts import CORRECTION, DEPARTMENT, SUPPLEMENT
from dvctt_report.report.about import shorten
from dvctt_report.report.blocks import OPENING
from dvctt_report.report.citing import SUBJECT_WIDTH, Head, document_head, moment, subject_of
from dvctt_report.report.final import NotFinal, data_obstacles, refuse_altered
from dvctt_report.report.issuers import voice_of
from dvctt_report.report.manifest import letter_manifest, packed_manifest, whole
from dvctt_report.report.marks import without_marks
from dvctt_report.report.render import fill_parts
from dvctt_report.report.tables import numbered, view_groups
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import lay_out_trace
from dvctt_report.report.wording import Voice, for_print, lower_first
from dvctt_report.report.write import compose_report, own_files
from dvctt_report.report.written import Written, write_traced
from dvctt_report.store.published.record import Publication, whole_reports
from dvctt_report.store.workspace import SETTINGS, THEN_APPLY
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import format_cited_date, join_names
from dvctt_report.word.nd30 import LETTERHEAD_GRID, break_lines, component
from dvctt_report.year.loader import OpenYear

_STEMS = {SUPPLEMENT: "bao-cao-bo-sung", CORRECTION: "cong-van-dinh-chinh"}
"""The names of the templates, which begin those of the files, too."""


@dataclass(frozen=True, slots=True)
class AmendedFigure:
    """A target whose figure is another one now; or the heading of the targets below, its name alone."""

    number: str
    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class AmendmentText:
    """What the document says.

    about: the line under the number of a letter; "" for a report.
    opening: what it is about.
    items: what came, or what is put right, a paragraph each.
    figures: the results before and now.
    closing: the last sentence.
    """

    about: str
    opening: str
    items: tuple[str, ...]
    figures: tuple[AmendedFigure, ...]
    closing: str


def write_supplement(year: OpenYear, signed: Sequence[Publication], final: bool) -> Written:
    """Report what came after ``signed``. Raises CannotRun for nothing, NotFinal for unusable figures."""
    if final:
        refuse_altered(year.workspace)
    if final and (obstacles := data_obstacles(year)):
        raise NotFinal(obstacles)
    published = signed[-1]
    voice = _voice(year, signed)
    before, now = _read(published), _composed(year, voice)
    items: list[str] = []  # which units have sent since, which anew; what errors in their figures keep out
    known = {unit["code"]: unit["sha256"] for unit in before["units"]}
    names = {one["code"]: one["name"] for one in now["indicators"]}
    for unit in now["units"]:
        if unit["sha256"] and unit["sha256"] != known.get(unit["code"]):
            document, sent = unit["document"] or voice.say("sign.not_available"), unit["sent_on"]
            if sent:
                document += f" ngày {format_cited_date(date.fromisoformat(sent))}"
            name = "amend.sent_again" if known.get(unit["code"]) else "amend.sent"
            items.append(voice.say(name, unit=unit["name"], document=document))
            own = (one for one in now["contributions"] if one["unit"] == unit["code"] and one["barred_by"])
            unused = [f"“{names[one['indicator']]}”" for one in own if one["indicator"] in names]
            if unused:
                items.append(voice.say("amend.unused", unit=unit["name"], names="; ".join(unused)))
    figures = tuple(_figures(year, before, voice))
    if not items and not figures:
        raise CannotRun(
            f"Không có số liệu nào khác với Báo cáo {published.cited}.", "Chưa cần báo cáo bổ sung."
        )
    slots = _slots(year, signed, voice)
    subject = voice.say(subject_of("amend.supplement_subject", year.workspace.period), **slots)
    subject = break_lines(subject, SUBJECT_WIDTH, component("subject"), voice.phrases.unbroken)
    head = replace(document_head(year.dataset, voice, "lead.subject", final=final), subject=subject)
    text = AmendmentText(
        about="",
        opening=voice.say("amend.supplement_opening", **slots),
        items=tuple(items) or (voice.say("amend.nothing_came", issuer=voice.issuer.name),),
        figures=figures,
        closing=voice.say("amend.supplement_closing", **slots),
    )
    return _write(year, SUPPLEMENT, head, text, voice, now, final)


def moment_of(published: Publication) -> datetime:
    """The moment as of which the year's figures were told last."""
    return datetime.fromisoformat(_read(published)["as_of"])


def write_correction(year: OpenYear, then: OpenYear, signed: Sequence[Publication], final: bool) -> Written:
    """Write the letter that puts slips of form right, those that the texts of now no longer have.

    ``then`` is the same period as of the moment of the published report. Raises CannotRun where there are no
    slips, or where one is of content, NotFinal for frozen files that were edited.
    """
    if final:
        refuse_altered(year.workspace)
    published = signed[-1]
    voice, former = _voice(year, signed), _voice(then, signed)
    before, now = _read(published), _composed(then, former)
    if before["inputs"] != now["inputs"] or [*_figures(then, before, former)]:
        raise CannotRun(
            f"Số liệu nay khác với Báo cáo {published.cited}: công văn đính chính chỉ sửa thể thức, lỗi kỹ "
            "thuật (khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP).",
            "Dùng --supplement (số liệu gửi sau) hoặc --replace (nội dung sai).",
        )
    slips = compare_drafts(before, now)
    if not slips:
        raise CannotRun(
            f"Không có chỗ nào khác với Báo cáo {published.cited}.",
            "Sửa chỗ sai ở noi-dung, câu chữ hoặc tệp mẫu (rồi dvctt-report apply) trước khi lập công văn.",
        )
    for slip in slips:
        is_of_content = slip.section not in (OPENING, CLOSING)  # where text has come or gone
        if slip.old and slip.new:
            is_of_content = _figures_of(slip.old) != _figures_of(slip.new)
        if is_of_content:
            raise CannotRun(
                f"{format_place(slip)}: thay đổi nội dung (“{shorten(slip.old or slip.new, 80)}”), "
                "không phải sai thể thức, lỗi kỹ thuật (khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP).",
                "Dùng --replace: lập lại cả báo cáo, thay thế báo cáo đã ký.",
            )
    slots = _slots(year, signed, voice)
    left, _ = LETTERHEAD_GRID
    head = document_head(year.dataset, voice, "lead.subject", final=final)
    head = replace(head, number_line=letter_number(voice.issuer))
    about, cited = voice.say("amend.correction_about", **slots), f"Báo cáo số {slots['document']}"
    items = []
    for n, slip in enumerate(slips, 1):
        name = "slip" if slip.old and slip.new else "slip_added" if slip.new else "slip_gone"
        said = {"place": format_place(slip), "old": slip.old, "new": slip.new}
        items.append(voice.say(f"amend.{name}", n=str(n), **said))
    text = AmendmentText(
        about=break_lines(about, left, component("about"), (*voice.phrases.unbroken, cited)),
        opening=voice.say("amend.correction_opening", **slots),
        items=tuple(items),
        figures=(),
        closing=voice.say("amend.correction_closing", **slots),
    )
    return _write(year, CORRECTION, head, text, voice, before, final)


def _voice(year: OpenYear, signed: Sequence[Publication]) -> Voice:
    """The voice of the report that stands: where it took the place of another, it says so again."""
    voice = replace(voice_of(year.workspace, year.as_of), marking=True)
    *former, _ = whole_reports(signed)
    return replace(voice, issuer=replace(voice.issuer, replaces=former[-1].cited)) if former else voice


def _read(published: Publication) -> Mapping[str, Any]:
    """The manifest of a published report."""
    manifest: dict[str, Any] = parse_json(read_manifest_text(published.manifest))
    return manifest


def _slots(year: OpenYear, signed: Sequence[Publication], voice: Voice) -> dict[str, str]:
    plan, issuer, report = year.profile.plan, voice.issuer, whole_reports(signed)[-1]
    later = [one.cited for one in signed if one.row.number > report.row.number]
    added = voice.say("amend.later", documents=join_names(later)) if later else ""
    return {
        "document": report.row.document,
        "date": format_cited_date(report.row.dated) + added,
        "issuer": issuer.name,
        "addressee": issuer.addressee,
        "short_title": plan.short_title,
        **year.period.slots,
        "as_of": moment(year.as_of),
    }


def _figures(year: OpenYear, before: Mapping[str, Any], voice: Voice) -> Iterator[AmendedFigure]:
    """The targets of which the report told something else than it would now; later ones below a heading.

    One of a year is the same by name as one of a later year: where both are told, each stands below its own.
    """
    told = {one["code"]: one for one in before["indicators"]}
    groups = []
    for heading, views in view_groups(Telling(year, voice).views, voice):
        figures: list[AmendedFigure] = []
        former = [view.as_told(told[view.target.code]) for view in views if view.target.code in told]
        by_code = {view.target.code: view for _, view in numbered(former)}
        for number, now in numbered(views):
            if (then := by_code.get(now.target.code)) is None:
                continue
            was, stands = ((one.result.tally, one.has_figure, one.verdict) for one in (then, now))
            if was != stands:
                now, then = now.beside(then)
                # The figure of now, by how much it is another one than `then`, how it stands to what is asked
                verdict = now.verdict
                if now.result.grade is not None and not (now.is_field and now.target.joint):
                    stays = now.result.verdict is then.result.verdict
                    name = "amend.still" if stays else "amend.now"
                    verdict = now.voice.say(name, verdict=lower_first(now.verdict))
                    if stays and then.unsure and not now.unsure:
                        verdict += f", {now.voice.say('amend.now_sure')}"
                    verdict += now.voice.say("amend.closed") if now.rests_on_closing else ""
                slots = {"value": now.value, "change": now.change_since(then), "verdict": verdict}
                was_told = then.voice.say("amend.figure", value=then.value, verdict=then.verdict)
                is_now = now.voice.say("amend.figure_now", goal=now.goal, **slots)
                figures.append(AmendedFigure(number, now.row_name, was_told, is_now))
        groups.append((heading, figures))
    headed = any(figures for _, figures in groups[1:])
    for heading, figures in groups:
        if headed and figures:
            yield AmendedFigure("", heading, "", "")
        yield from figures


_OUTCOMES = frozenset(("chưa", "không", "đạt", "vượt", "tăng", "giảm", "cao", "thấp"))
"""Words that turn what a sentence says: one more or less of them is no slip of form."""


def _figures_of(text: str) -> tuple[list[str], list[str]]:
    """The figures and the outcomes that a text tells, in their order; what is said twice in a row once."""
    figures = new_numbers(text)
    outcomes = (word for word in re.findall(r"\w+", text.lower()) if word in _OUTCOMES)
    return [figure for figure, _ in groupby(figures)], [word for word, _ in groupby(outcomes)]


def _composed(year: OpenYear, voice: Voice) -> dict[str, Any]:
    """The manifest of the report as it would be printed now to be signed, with what explains it."""
    template, own = year.workspace.profile_file("report.docx"), own_files(year.workspace, DEPARTMENT)
    told = Telling(year, voice)
    made = whole(compose_report(told, template, own, final=True).manifest)
    made["report"] = {"file": "", "sha256": "", "text": DEPARTMENT.name, "final": False}
    return made | whole(lay_out_trace(told, year.known.decisions))


def _write(
    year: OpenYear,
    name: str,
    head: Head,
    text: AmendmentText,
    voice: Voice,
    figures: Mapping[str, Any],
    final: bool,
) -> Written:
    """Write the document and its manifest; ``figures`` is that of the year's figures from now on."""
    workspace, issuer, stem = year.workspace, voice.issuer, _STEMS[name]
    if final and not issuer.signer_name:
        raise CannotRun(
            "Chưa ghi họ tên người ký.", f"Điền ở {SETTINGS}, mục bao_cao, dòng ho_ten; {THEN_APPLY}."
        )
    text = voice.introduce(text)
    parts = for_print((head, text, letter_tail(voice)))
    title = without_marks(text.about or head.subject).replace("\n", " ")
    filled = fill_parts(workspace.profile_file(f"{stem}.docx"), parts, title, issuer)
    manifest = letter_manifest(figures, filled.printed) | {"as_of": year.as_of.isoformat(timespec="minutes")}
    out, said = workspace.results / f"{stem}-{workspace.period}.docx", {"text": name, "final": final}
    if kept_manifest(workspace.manifests, figures["id"]) is None:
        keep_manifest(workspace.manifests, figures["id"], packed_manifest(figures))
    return write_traced(out, filled, manifest, said, workspace.manifests)[0]
