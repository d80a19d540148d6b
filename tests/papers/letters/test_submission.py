"""The submission of the draft to the province: one page or two whose figures are the report's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.model import FindingState
from dvctt_report.papers.letters.documents import SubmissionLetter, make_submission
from dvctt_report.papers.letters.write import write_submission
from dvctt_report.report.marks import read_marks
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, strings
from dvctt_report.report.write import render_report
from dvctt_report.report.written import Origin
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.papers.conftest import Golden
from tests.papers.letters.conftest import FINDINGS, SHIPPED
from tests.papers.letters.test_letters import CODE, STOP_WORDS
from tests.report.conftest import full, returned
from tests.report.test_golden import as_text

OPEN = tuple(one for one in FINDINGS if one.state is FindingState.OPEN)


@pytest.fixture
def office(voice: Voice) -> Voice:
    """The office as it signs reports, every figure marked."""
    return Voice(voice.phrases, voice.issuer, marking=True)


@pytest.fixture
def told(small: Dataset, office: Voice) -> Telling:
    """The small plan with targets missed, one not judged, one figure barred."""
    sent = (
        returned("VP", full()),
        returned("SO1", full(200, 150, T2="Không") | {("V.1", "status"): "Đang thực hiện"}),
        returned("H1", full(50, 50)),
    )
    return Telling(Year(Dataset(small.profile, small.period, sent, small.today), OPEN), office)


@pytest.fixture
def submission(told: Telling, draft: Issuer) -> SubmissionLetter:
    return make_submission(told, draft)


def test_it_reads_as_it_did_in_words_that_an_office_writes(
    golden: Golden, tmp_path: Path, submission: SubmissionLetter, voice: Voice
) -> None:
    out = tmp_path / "to-trinh-2025.docx"
    origin = Origin({}, tmp_path)
    assert write_submission(submission, SHIPPED / "to-trinh.docx", out, voice.issuer, origin).notes == ()
    golden("submission.txt", as_text(out.read_bytes()))
    assert [str(error) for error in OpenXmlValidator().validate(out).errors] == []
    said = "\n".join(read_marks(text)[0] for text in strings(submission.parts))
    assert [word for word in STOP_WORDS if word in said.lower()] == []
    assert CODE.findall(said) == []


def test_every_figure_is_one_of_the_report_and_the_same(
    tmp_path: Path, told: Telling, submission: SubmissionLetter
) -> None:
    rendered = render_report(told, SHIPPED / "report.docx", tmp_path / "r.docx")
    places = json.loads(rendered.manifest.read_text(encoding="utf-8"))["printed"]
    printed: dict[str, set[str]] = {}
    for figure in (f for place in places for f in place["figures"]):
        printed.setdefault(figure["id"], set()).add(figure["text"])
    said = [span for text in strings(submission.text) for span in read_marks(text)[1]]
    assert len(said) > 15
    assert [(s.id, s.text) for s in said if s.text not in printed.get(s.id, ())] == []


def test_with_nothing_received_it_still_says_so(nobody_sent: Dataset, office: Voice, draft: Issuer) -> None:
    made = make_submission(Telling(Year(nobody_sent, ()), office), draft)
    said = read_marks(made.text.returns[0])[0]
    assert said.endswith(
        "chưa có cơ quan, đơn vị, địa phương nào trong tổng số 27 cơ quan, đơn vị, địa phương gửi báo cáo."
    )
