"""The submission of the draft to the province: one page or two whose figures are the report's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.model import FindingState
from dvctt_report.papers.letters.submission import SubmissionLetter, make_submission
from dvctt_report.papers.letters.write import write_submission
from dvctt_report.report.marks import read_marks
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, map_strings, strings
from dvctt_report.report.write import render_report
from dvctt_report.report.written import Origin
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.papers.letters.conftest import FINDINGS, SHIPPED
from tests.papers.letters.test_letters import CODE, STOP_WORDS
from tests.report.conftest import full, returned
from tests.report.test_golden import as_text

OPEN = tuple(one for one in FINDINGS if one.state is FindingState.OPEN)
GOLDEN = Path(__file__).parent / "golden" / "submission.txt"


@pytest.fixture
def office(voice: Voice) -> Voice:
    """The office as it signs reports, every figure marked."""
    return Voice(voice.phrases, voice.issuer, marking=True)


@pytest.fixture
def submission(behind: Dataset, office: Voice, draft: Issuer) -> SubmissionLetter:
    return make_submission(Telling(Year(behind, OPEN), office), draft)


@pytest.fixture
def behind(small: Dataset) -> Dataset:
    """The small plan with targets missed, one not judged, one figure barred."""
    sent = (
        returned("VP", full()),
        returned("SO1", full(200, 150, T2="Không") | {("V.1", "status"): "Đang thực hiện"}),
        returned("H1", full(50, 50)),
    )
    return Dataset.build(small.profile, small.period, sent, small.today)


def test_it_reads_as_it_did(
    request: pytest.FixtureRequest, tmp_path: Path, submission: SubmissionLetter, voice: Voice
) -> None:
    out = tmp_path / "to-trinh-2025.docx"
    origin = Origin({}, tmp_path)
    assert write_submission(submission, SHIPPED / "to-trinh.docx", out, voice.issuer, origin).notes == ()
    found = as_text(out.read_bytes())
    if request.config.getoption("--update-golden", default=False):
        GOLDEN.write_text(found, encoding="utf-8", newline="\n")
    assert found == GOLDEN.read_text(encoding="utf-8")
    assert [str(error) for error in OpenXmlValidator().validate(out).errors] == []


def test_every_figure_is_one_of_the_report_and_the_same(
    tmp_path: Path, behind: Dataset, submission: SubmissionLetter, voice: Voice
) -> None:
    told = Telling(Year(behind, OPEN), Voice(voice.phrases, voice.issuer, marking=True))
    rendered = render_report(told, SHIPPED / "report.docx", tmp_path / "r.docx")
    places = json.loads(rendered.manifest.read_text(encoding="utf-8"))["printed"]
    printed: dict[str, set[str]] = {}
    for figure in (f for place in places for f in place["figures"]):
        printed.setdefault(figure["id"], set()).add(figure["text"])
    said = [span for text in strings(submission.text) for span in read_marks(text)[1]]
    assert len(said) > 15
    assert [(s.id, s.text) for s in said if s.text not in printed.get(s.id, ())] == []


def test_it_asks_the_province_to_sign_and_is_always_a_draft(submission: SubmissionLetter) -> None:
    head, text = submission.head, map_strings(submission.text, lambda s: read_marks(s)[0])
    assert head.number_line.endswith("/TTr-SM")
    assert head.subject.replace("\n", " ").startswith("Về việc trình dự thảo Báo cáo kết quả thực hiện")
    assert head.addressee_line == "Kính gửi: Ủy ban nhân dân tỉnh An Bình"
    assert head.draft_mark == ("DỰ THẢO",)
    assert "xem xét, ký ban hành Báo cáo gửi Bộ Khoa học và Công nghệ" in text.request
    assert "dự thảo Báo cáo của Ủy ban nhân dân tỉnh An Bình" in text.enclosed
    assert text.closing.endswith("./.")
    assert submission.tail.authority == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
    assert submission.tail.recipients[0] == "- Như trên;"


def test_it_holds_no_word_that_no_office_writes(submission: SubmissionLetter) -> None:
    said = "\n".join(read_marks(text)[0] for text in strings(submission.parts))
    assert [word for word in STOP_WORDS if word in said.lower()] == []
    assert CODE.findall(said) == []


def test_with_nothing_received_it_still_says_so(nobody_sent: Dataset, office: Voice, draft: Issuer) -> None:
    made = make_submission(Telling(Year(nobody_sent, ()), office), draft)
    said = read_marks(made.text.returns[0])[0]
    assert said.endswith(
        "chưa có cơ quan, đơn vị, địa phương nào trong tổng số 27 cơ quan, đơn vị, địa phương gửi báo cáo."
    )
