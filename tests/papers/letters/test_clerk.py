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
from dvctt_report.plan import fields
from dvctt_report.report.wording import Voice, strings
from dvctt_report.word.lint.check import Settings
from dvctt_report.word.lint.command import Wanted, judge
from dvctt_report.word.lint.outcome import Status
from dvctt_report.year.dataset import Dataset
from tests.papers.conftest import Golden
from tests.papers.letters.conftest import SETTINGS, SHIPPED
from tests.report.test_golden import as_text


@pytest.fixture(scope="module")
def page(nobody_sent: Dataset, voice: Voice) -> ClerkPage:
    return clerk_page(nobody_sent.profile, Period(2025), voice, SETTINGS)


def test_the_page_reads_as_it_did_and_is_no_official_document(
    golden: Golden, tmp_path: Path, page: ClerkPage, voice: Voice
) -> None:
    out = tmp_path / "huong-dan-ghi-bieu.docx"
    write_clerk_page(page, SHIPPED / f"{CLERK}.docx", out, voice.issuer)
    assert [str(error) for error in OpenXmlValidator().validate(out).errors] == []
    golden("clerk.txt", as_text(out.read_bytes()))
    assert judge(out, Settings(), Wanted()).verdict.status is Status.DECLINED
    statuses = {value for name, value in vars(fields).items() if name.startswith("STATUS_")}
    assert len(statuses) >= 5
    assert statuses <= {part.heading for part in page.parts if part.lines}, "every word for no figure"


def test_words_deadline_period_and_contact_are_those_of_plan_and_settings(
    nobody_sent: Dataset, voice: Voice, page: ClerkPage
) -> None:
    plan, said = nobody_sent.profile.plan, "\n".join(strings(page))
    of_plan = (*plan.words.ambiguous[:3], plan.deadline.quote, "(năm 2025)", "01/01/2025")
    for expected in (*of_plan, SETTINGS.contact, voice.issuer.name):
        assert expected in said
    other = Voice(voice.phrases, replace(voice.issuer, name="Sở Khác"))
    later = "\n".join(strings(clerk_page(nobody_sent.profile, Period(2026), other, LetterTerms())))
    assert all(expected in later for expected in ("2026", "Sở Khác", voice.say("letter.blank_contact")))
    assert "2025" not in later
