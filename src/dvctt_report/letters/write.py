"""Write a letter, or a page for the signer or the clerk, into its Word file."""

from __future__ import annotations

from pathlib import Path

from dvctt_report.letters.clerk import ClerkPage
from dvctt_report.letters.letter import Letter
from dvctt_report.letters.signing import SigningPage
from dvctt_report.letters.submission import Submission
from dvctt_report.report.render import fill_parts
from dvctt_report.report.settings import Issuer
from dvctt_report.report.written import Written, write_document

FORMS = "cong-van-phat-hanh-bieu-mau"
REMIND = "cong-van-don-doc"
FEEDBACK = "cong-van-de-nghi-chinh-ly"
SIGNING = "tom-tat-trinh-ky"
CLERK = "huong-dan-ghi-bieu"
SUBMISSION = "to-trinh"
TEMPLATES = (FORMS, REMIND, FEEDBACK, SIGNING, CLERK, SUBMISSION)
"""The names of the templates in a profile's folder, and the stems of what is written from them."""


def write_letter(letter: Letter, template: Path, out: Path, issuer: Issuer) -> Written:
    """Write ``letter`` to ``out``, or beside it where that is open; CannotRun for a faulty template."""
    title = f"Công văn {letter.head.about.removeprefix('V/v ')}"
    return write_document(out, fill_parts(template, letter.parts, title, issuer))


def write_signing_page(page: SigningPage, template: Path, out: Path, issuer: Issuer) -> Written:
    """Write the signer's page to ``out``, or beside it where that is open."""
    return write_document(out, fill_parts(template, (page,), f"Tóm tắt trình ký: {page.about}", issuer))


def write_clerk_page(page: ClerkPage, template: Path, out: Path, issuer: Issuer) -> Written:
    """Write the page for the clerk to ``out``, or beside it where that is open."""
    return write_document(out, fill_parts(template, (page,), page.title.capitalize(), issuer))


def write_submission(submission: Submission, template: Path, out: Path, issuer: Issuer) -> Written:
    """Write ``submission`` to ``out``, or beside it where that is open; CannotRun for a faulty template."""
    title = f"Tờ trình {submission.head.subject}"
    return write_document(out, fill_parts(template, submission.parts, title, issuer))
