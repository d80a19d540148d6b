"""Write a letter, or a page for the signer or the clerk, into its Word file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dvctt_report.papers.letters.documents import MeetingPage, QuickReport, SubmissionLetter
from dvctt_report.papers.letters.forms import ClerkPage
from dvctt_report.papers.letters.letter import Letter
from dvctt_report.papers.letters.signing import SigningPage
from dvctt_report.plan.texts import LETTER, SIGNING_TITLE, WORKING_PAPER
from dvctt_report.plan.texts import QUICK as QUICK_TEXT
from dvctt_report.plan.texts import SUBMISSION as TEXT_NAME
from dvctt_report.report.manifest import lay_out, letter_manifest
from dvctt_report.report.marks import without_marks
from dvctt_report.report.render import fill_parts
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import lay_out_trace
from dvctt_report.report.written import Origin, Written, write_document, write_paper, write_traced
from dvctt_report.year.loader import OpenYear

FORMS = "cong-van-phat-hanh-bieu-mau"
REMIND = "cong-van-don-doc"
FEEDBACK = "cong-van-de-nghi-chinh-ly"
SIGNING = "tom-tat-trinh-ky"
CLERK = "huong-dan-ghi-bieu"
SUBMISSION = "to-trinh"
QUICK = "bao-cao-nhanh"
MEETING = "trang-hop"
TEMPLATES = (FORMS, REMIND, FEEDBACK, SIGNING, CLERK, SUBMISSION)
"""The names of the templates in a profile's folder, and the stems of what is written from them."""


def write_letter(letter: Letter, template: Path, out: Path, issuer: Issuer, origin: Origin) -> Written:
    """Write ``letter`` to ``out``, or beside it where that is open; CannotRun for a faulty template."""
    title = without_marks(f"Công văn {letter.head.about.removeprefix('V/v ')}")
    return write_paper(out, fill_parts(template, letter.parts, title, issuer), LETTER, origin)


def write_signing_page(
    page: SigningPage, template: Path, out: Path, issuer: Issuer, origin: Origin
) -> Written:
    """Write the signer's page to ``out``, or beside it where that is open."""
    title = without_marks(f"{SIGNING_TITLE}: {page.about}")
    return write_paper(out, fill_parts(template, (page,), title, issuer), WORKING_PAPER, origin)


def write_quick_report(
    report: QuickReport, page: MeetingPage, year: OpenYear, told: Telling
) -> tuple[Written, Written]:
    """Write the quick report with its manifest, and the page for a meeting, among the results."""
    workspace, issuer = year.workspace, told.voice.issuer
    title = without_marks(f"Báo cáo nhanh {report.head.subject}")
    filled = fill_parts(workspace.profile_file(f"{QUICK}.docx"), report.parts, title, issuer)
    manifest = lay_out(year, told.figures, filled.printed, issuer.as_of)
    trace = lay_out_trace(told, year.known.decisions)
    out, said = workspace.results / f"{QUICK}-{workspace.period}.docx", {"text": QUICK_TEXT}
    written, _ = write_traced(out, filled, manifest, said, workspace.manifests, trace)
    heading = without_marks(page.heading).capitalize()
    shown = fill_parts(workspace.profile_file(f"{MEETING}.docx"), (page,), heading, issuer)
    origin = Origin(manifest | trace, workspace.manifests)
    return written, write_paper(workspace.results / f"{MEETING}.docx", shown, WORKING_PAPER, origin)


def write_clerk_page(page: ClerkPage, template: Path, out: Path, issuer: Issuer) -> Written:
    """Write the page for the clerk to ``out``, or beside it where that is open."""
    issuer = replace(issuer, notice=())  # it says how to fill in a form and has no figures
    return write_document(out, fill_parts(template, (page,), page.title.capitalize(), issuer).content())


def write_submission(
    submission: SubmissionLetter, template: Path, out: Path, issuer: Issuer, report: Origin
) -> Written:
    """Write ``submission`` to ``out``, or beside it where that is open; CannotRun for a faulty template.

    ``report`` is where the figures of the report come from that it submits. The submission's own manifest
    stands beside it too, so that an edited copy can be checked like the report's.
    """
    title = without_marks(f"Tờ trình {submission.head.subject}")
    filled = fill_parts(template, submission.parts, title, issuer)
    manifest = letter_manifest(report.manifest, filled.printed)
    return write_traced(out, filled, manifest, {"text": TEXT_NAME}, report.kept_in)[0]
