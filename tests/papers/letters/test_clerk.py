"""The page for the clerk: everything a form may ask of him, in the profile's words, on one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.model.period import Period
from dvctt_report.papers.letters.forms import ClerkPage, clerk_page
from dvctt_report.papers.letters.letter import LetterTerms
from dvctt_report.papers.letters.write import CLERK, write_clerk_page
from dvctt_report.plan.fields import (
    STATUS_GIVEN,
    STATUS_NONE_ARISING,
    STATUS_NOT_APPLICABLE,
    STATUS_NOT_AVAILABLE,
    STATUS_WITHHELD,
)
from dvctt_report.report.wording import Voice, strings
from dvctt_report.word.lint.check import Settings
from dvctt_report.word.lint.command import judge
from dvctt_report.word.lint.outcome import Status
from dvctt_report.year.dataset import Dataset
from tests.papers.letters.conftest import SETTINGS, SHIPPED
from tests.report.test_golden import as_text

GOLDEN = Path(__file__).parent / "golden" / "clerk.txt"


@pytest.fixture(scope="module")
def page(nobody_sent: Dataset, voice: Voice) -> ClerkPage:
    return clerk_page(nobody_sent.profile, Period(2025), voice, SETTINGS)


def test_the_page_reads_as_it_did_and_is_no_official_document(
    request: pytest.FixtureRequest, tmp_path: Path, page: ClerkPage, voice: Voice
) -> None:
    out = tmp_path / "huong-dan-ghi-bieu.docx"
    write_clerk_page(page, SHIPPED / f"{CLERK}.docx", out, voice.issuer)
    assert [str(error) for error in OpenXmlValidator().validate(out).errors] == []
    said = as_text(out.read_bytes())
    if request.config.getoption("--update-golden", default=False):
        GOLDEN.write_text(said, encoding="utf-8", newline="\n")
    assert said == GOLDEN.read_text(encoding="utf-8")
    assert judge(out, Settings()).verdict.status is Status.DECLINED


def test_every_word_for_no_figure_is_explained(page: ClerkPage) -> None:
    explained = {part.heading for part in page.parts}
    assert {
        STATUS_GIVEN,
        STATUS_NONE_ARISING,
        STATUS_NOT_AVAILABLE,
        STATUS_NOT_APPLICABLE,
        STATUS_WITHHELD,
    } <= explained
    assert all(part.lines for part in page.parts)


def test_words_deadline_period_and_contact_are_those_of_plan_and_settings(
    nobody_sent: Dataset, voice: Voice, page: ClerkPage
) -> None:
    profile = nobody_sent.profile
    said = "\n".join(strings(page))
    for expected in (
        *profile.plan.words.ambiguous[:3],
        profile.plan.deadline.quote,
        "(năm 2025)",
        "01/01/2025",
        SETTINGS.contact,
        voice.issuer.name,
    ):
        assert expected in said
    later = "\n".join(strings(clerk_page(profile, Period(2026), voice, LetterTerms())))
    assert "2026" in later
    assert "2025" not in later
    assert voice.say("letter.blank_contact") in later
    other = Voice(voice.phrases, replace(voice.issuer, name="Sở Khác"))
    assert "Sở Khác" in "\n".join(strings(clerk_page(profile, Period(2025), other, SETTINGS)))
