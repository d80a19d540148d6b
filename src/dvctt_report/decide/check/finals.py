"""The final reports of a period: which of them was signed, what was written with it, what cites it since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from dvctt_report.decide.check.known import PrintedReport, read_manifest
from dvctt_report.decide.check.signed import FilledIn, SignedDifference, SignedText, compare_signed
from dvctt_report.explain.manifest import Manifest
from dvctt_report.files.manifests import kept_manifest, kept_manifests
from dvctt_report.plan.texts import CORRECTION, DEPARTMENT, SUPPLEMENT
from dvctt_report.report.blocks import OPENING
from dvctt_report.report.context import build_context
from dvctt_report.report.issuers import voice_of
from dvctt_report.report.manifest import build_manifest
from dvctt_report.report.printed import said_figures, said_places
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import build_trace
from dvctt_report.report.wording import Voice
from dvctt_report.store.published.record import digest_of, every_publication
from dvctt_report.store.workspace import AnnexChoice, Naming, Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.year import Year

_SIGNED = (DEPARTMENT.name, SUPPLEMENT, CORRECTION)
"""The texts that are signed by the office."""
_NUMBERED = re.compile(r"\d+[a-zđ]?")
_SYMBOL = re.compile(r"Số:\s*/(\S+)")


@dataclass(frozen=True, slots=True)
class FoundFinal:
    """The final report that a signed file was printed from.

    report: its manifest.
    differences: what the signed file says otherwise.
    """

    report: PrintedReport
    differences: tuple[SignedDifference, ...]


def final_reports(workspace: Workspace) -> Iterator[PrintedReport]:
    """Yield everything that was rendered here to be signed for the period."""
    for path in kept_manifests(workspace.manifests):
        with suppress(CannotRun):  # no manifest at all
            found = read_manifest(path)
            if found.final and found.period == workspace.period and found.text in _SIGNED:
                yield found


def require_finals(workspace: Workspace) -> tuple[PrintedReport, ...]:
    """Everything that was rendered to be signed. Raises CannotRun where nothing was."""
    finals = tuple(final_reports(workspace))
    if not finals:
        raise CannotRun(
            f"Chưa lập bản trình ký nào của {workspace.period.words} để đối chiếu với bản đã ký.",
            "Lập bản trình ký: dvctt-report render --final; ký trên chính bản đó.",
        )
    return finals


def candidates(finals: Sequence[PrintedReport], signed: SignedText) -> Sequence[PrintedReport]:
    """Those of ``finals`` that ``signed`` may go back to: by its identity the one, else all.

    Raises CannotRun where it was made of a draft.
    """
    own = [final for final in finals if final.id == signed.identity] if signed.identity else list(finals)
    if not own:
        raise CannotRun(
            f"“{signed.name}” được lập từ một bản dự thảo, không phải bản trình ký.",
            "Nêu tệp đã ký của bản lập bằng dvctt-report render --final.",
        )
    return own


def likest(own: Sequence[PrintedReport], signed: SignedText, filled: FilledIn) -> FoundFinal:
    """The one of ``own`` that differs least from ``signed``."""
    compared = [FoundFinal(one, compare_signed(one, signed, filled)) for one in own]
    return min(compared, key=lambda one: (len(one.differences), -one.report.as_of.timestamp()))


def number_and_symbol(report: PrintedReport, said: str) -> str:
    """The number as the document bears it, "386/BC-SKHCN", of what the officer typed: that, or "386".

    Raises CannotRun where it is no number, or the symbol is another one.
    """
    number, _, symbol = said.replace(" ", "").partition("/")
    own = next((m[1] for place in report.printed for m in map(_SYMBOL.match, place.block.cells) if m), "")
    if not _NUMBERED.fullmatch(number) or not number.strip("0abcdđ") or (symbol and own and symbol != own):
        raise CannotRun(
            f"“{said}” không phải số, ký hiệu của báo cáo này (ký hiệu {own}).",
            f"Ghi dạng 386 hoặc 386/{own}.",
        )
    return f"{number.lstrip('0'):0>2}/{symbol or own}"


def subject_of(report: PrintedReport) -> tuple[str, str]:
    """The name of the document's kind and its subject, as its first page prints them."""
    if report.text == CORRECTION:
        cells = (cell for one in report.printed for cell in one.block.cells)
        about = next((line for cell in cells if (line := cell.partition("V/v ")[2])), "")
        return "Công văn", " ".join(about.split())
    opening = [
        place.block.text
        for place in report.printed
        if place.block.section == OPENING and place.block.table is None
    ]
    kind, subject, *_ = (*opening, "", "")
    return kind.capitalize(), " ".join(subject.split())


def files_of(workspace: Workspace, report: PrintedReport) -> dict[str, Path]:
    """The Word file of a final report, its manifest, and what was written with it, by the names to keep.

    That is the workbook, the signer's page, and annexes in a file of their own with their manifest. A later
    rendering has put them under names of their own; a Word file that is gone is left out.
    """
    period, folder = workspace.period, workspace.results
    stem = report.report.partition(f"-{period}")[0] + f"-{period}"
    own_figures = kept_manifest(report.path.parent, report.of) or report.path
    files = {f"{stem}.json": report.path, f"{DEPARTMENT.stem}-{period}.json": own_figures}
    word = next((p for p in sorted(folder.glob(f"{stem}*.docx")) if digest_of(p) == report.sha256), None)
    if word is None:
        return files
    files[f"{stem}.docx"] = word
    if report.text != DEPARTMENT.name:
        return files
    suffix = word.stem.removeprefix(stem)
    for name in (f"bang-ke-so-lieu-{period}.xlsx", "tom-tat-trinh-ky.docx"):
        path = folder / f"{Path(name).stem}{suffix}{Path(name).suffix}"
        if path.is_file():
            files[name] = path
    for path in sorted(folder.glob("phu-luc-*.json")):
        with suppress(CannotRun):
            annexes, word = read_manifest(path), path.with_suffix(".docx")
            if annexes.of == report.id and word.is_file() and digest_of(word) == annexes.sha256:
                stem = f"phu-luc-{annexes.period}"
                return files | {f"{stem}.docx": word, f"{stem}.json": path}
    return files


def citing(workspace: Workspace, document: str) -> Iterator[str]:
    """Yield what cites ``document`` ("386/BC-SKHCN") in any period: the signed by number, others by file.

    A rendering that no file is left of is no document any more.
    """
    cited = re.compile(rf"(?<!\d){re.escape(document)}(?!\w)")
    citing: dict[str, PrintedReport] = {}
    for path in kept_manifests(workspace.manifests):
        with suppress(CannotRun):  # no manifest at all
            report = read_manifest(path)
            if any(cited.search(cell) for place in report.printed for cell in place.block.cells):
                citing[report.id] = report
    for publication in every_publication(workspace):
        with suppress(CannotRun):  # a record that was changed: ``publish --check`` names it
            if citing.pop(str(publication.record()["rendering"]), None) is not None:
                yield f"{publication.titled} (đã phát hành)"
    left = {report.sha256 for report in citing.values()}
    for path in sorted(workspace.results.parent.rglob("*.docx")) if left else ():
        if digest_of(path) in left:
            yield workspace.relative(path)


# -------------------- What the register gives today: for each figure that a report prints, and as a manifest


def figures_now(year: Year, plain: Voice, printed: Mapping[str, str]) -> dict[str, str]:
    """Say the report again in memory and return what it prints of each figure, by identifier.

    With every annex and under every way of naming units, of which the one that says what was ``printed``
    counts: a setting that was changed since is no figure that was changed. Where the first way says all of
    them no other is asked.
    """
    issuer = replace(plain.issuer, annexes=get_args(AnnexChoice), charts=False)
    found: dict[str, str] = {}
    for naming in dict.fromkeys((plain.issuer.naming, *get_args(Naming))):
        voice = Voice(plain.phrases, replace(issuer, naming=naming), marking=True)
        said = said_figures(build_context(Telling(year, voice)))
        found |= {id: text for id, text in said.items() if id not in found or text == printed.get(id)}
        if found.items() >= printed.items():
            break
    return found


def manifest_now(year: OpenYear) -> Manifest:
    """The manifest that a report made now would have, with every annex."""
    plain = voice_of(year.workspace, year.as_of)
    issuer = replace(plain.issuer, annexes=get_args(AnnexChoice), charts=False)
    voice = Voice(plain.phrases, issuer, marking=True)
    told = Telling(year, voice)
    printed = said_places(build_context(told))
    manifest = build_manifest(year, told.figures, printed, year.as_of)
    manifest["report"] = {"file": "", "sha256": ""}
    return Manifest.of(manifest | build_trace(told, year.known.decisions))
