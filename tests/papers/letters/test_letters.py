"""The letters as text: who is addressed, what is said, and what may never be said between offices."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.model import CellRef, FindingState, ReturnStatus, Severity
from dvctt_report.model.period import Period
from dvctt_report.papers.letters.documents import SubmissionLetter, make_submission
from dvctt_report.papers.letters.forms import (
    ClerkPage,
    clerk_page,
    forms_letter,
    mending_letter,
    remind_letter,
    units_without_return,
)
from dvctt_report.papers.letters.letter import Letter, LetterTerms, find_blanks, you
from dvctt_report.papers.letters.write import CLERK, write_clerk_page, write_submission
from dvctt_report.papers.mending.lists import mending_lists
from dvctt_report.plan import fields
from dvctt_report.report.marks import read_marks
from dvctt_report.report.render import fill_parts
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, strings
from dvctt_report.report.write import render_report
from dvctt_report.report.written import Origin
from dvctt_report.word.lint.check import Settings
from dvctt_report.word.lint.command import judge
from dvctt_report.word.lint.outcome import Status
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import RULES
from dvctt_report.year.year import Year
from tests.papers.conftest import Golden
from tests.papers.letters.conftest import FINDINGS, SETTINGS, SHIPPED, found, paper_of, with_names
from tests.report.conftest import full, returned
from tests.report.test_golden import as_text

KINDS = (
    *("forms", "remind", "remind-again", "remind-asked", "remind-some", "remind-many"),
    *("feedback", "feedback-one"),
)
Letters = dict[str, tuple[str, Letter]]

STOP_WORDS = (
    *("tử số", "mẫu số", "độ phủ", "phán định", "không kiểm được", "yêu cầu", "vi phạm", "chây ỳ"),
    *("thất bại", "không hoàn thành", "hoàn thành xuất sắc", "phiếu trả", "dvctt-report", ".xlsx", ".docx"),
)
"""Words that no office writes to another, or that belong to the program."""
CODE = re.compile(r"\b(?:[A-Z]{2}\d{2}|[TU]\d+a?)\b")
"""The code of a finding or of a target."""


def owing(dataset: Dataset) -> dict[str, list[str]]:
    """Who is reminded, by duty."""
    year = Year(dataset, ())
    return {
        "required": [unit.code for unit in units_without_return(year, "required")],
        "asked": [unit.code for unit in units_without_return(year, "asked")],
    }


def content_of(letter: Letter, template: str, voice: Voice) -> bytes:
    return fill_parts(SHIPPED / f"{template}.docx", letter.parts, "Công văn", voice.issuer).content()


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_reads_as_it_did_is_valid_and_in_words_that_an_office_writes(
    golden: Golden, tmp_path: Path, letters: Letters, voice: Voice, kind: str
) -> None:
    template, letter = letters[kind]
    path = tmp_path / "x.docx"
    path.write_bytes(content_of(letter, template, voice))
    assert path.read_bytes() == content_of(letter, template, voice)
    golden(f"{kind}.txt", as_text(path.read_bytes()))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    said = "\n".join(strings(letter.parts))
    assert [word for word in STOP_WORDS if word in said.lower()] == []
    assert CODE.findall(said) == []


def test_no_finding_would_bring_such_a_word_into_a_letter() -> None:
    for rule in RULES:
        if rule.about.severity is not Severity.INFO:
            said = rule.about.example.partition(": ")[2].lower()
            assert [word for word in STOP_WORDS if word in said] == [], rule.code
    assert CODE.findall("SL02 T10 T12a U1") == ["SL02", "T10", "T12a", "U1"]


# ---------------------------------------------------------------------------------------- who is addressed


def test_exactly_those_who_owe_are_named_and_those_only_asked_stand_apart(
    small: Dataset, everybody_sent: Dataset
) -> None:
    assert owing(small) == {"required": ["H2"], "asked": ["BAO"]}
    assert owing(everybody_sent) == {"required": [], "asked": []}
    assert mending_lists(Year(everybody_sent, ())) == ()


def test_the_compiling_office_is_never_addressed(nobody_sent: Dataset, small: Dataset, voice: Voice) -> None:
    assert len(owing(nobody_sent)["required"]) == 22
    assert nobody_sent.profile.plan.compiler not in owing(nobody_sent)["required"]
    assert [one.unit.code for one in mending_lists(Year(small, FINDINGS))] == ["SO2", "H1"]
    rows = [row for group in forms_letter(small, voice, SETTINGS).annexes.groups for row in group.rows]
    assert "Sở Một" not in {row.name for row in rows}


def test_a_paper_or_a_file_that_cannot_be_used_is_no_debt_but_something_to_mend(small: Dataset) -> None:
    refused = replace(returned("H2", {}), status=ReturnStatus.REFUSED, observations=())
    paper = found("NH67", "H2", Severity.INFO, message="chỉ gửi bản giấy", item="", at=None)
    about = found("NH03", "H2", message="biểu của năm 2024", item="", at=CellRef(refused.file))
    for extra, finding, told in ((paper_of("H2"), paper, "biểu số liệu"), (refused, about, "năm 2024")):
        dataset = Dataset(small.profile, small.period, (*small.returns, extra), small.today)
        assert owing(dataset)["required"] == []
        (one,) = mending_lists(Year(dataset, (finding,)))
        assert (one.unit.code, len(one.to_mend)) == ("H2", 1)
        assert told in one.to_mend[0].why.lower()


@pytest.mark.parametrize(("n", "list_stands"), [(1, False), (2, True), (10, True), (11, False)])
def test_addressees_stand_in_a_line_a_list_or_an_annex(
    nobody_sent: Dataset, voice: Voice, n: int, list_stands: bool
) -> None:
    units = units_without_return(Year(nobody_sent, ()), "required")[:n]
    letter = remind_letter(nobody_sent, units, "required", 1, voice, SETTINGS)
    head, annexes = letter.head, letter.annexes.annexes
    assert bool(head.addressees) is bool(head.addressee_title) is list_stands
    assert bool(head.addressee_line) is not list_stands
    if list_stands:
        assert [a.strip("-;. ") for a in head.addressees] == [u.name for u in units]
        assert [a[-1] for a in head.addressees] == [";"] * (n - 1) + ["."]
    elif n == 1:
        assert head.addressee_line == (f"Kính gửi: {units[0].name}",)
    else:
        assert "Phụ lục" in head.addressee_line[0]
        assert [row.name for g in annexes[0].groups for row in g.rows] == [u.name for u in units]
    assert bool(annexes) is (n > 10)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("SYT",), "quý cơ quan"),
        (("SYT", "SNV"), "quý cơ quan, đơn vị"),
        (("NSN",), "quý địa phương"),
        (("NSN", "TBC"), "quý địa phương"),
        (("SYT", "NSN"), "quý cơ quan, đơn vị, địa phương"),
    ],
)
def test_forms_of_address_fit_the_units(
    nobody_sent: Dataset, voice: Voice, codes: tuple[str, ...], said: str
) -> None:
    assert you(map(nobody_sent.profile.roster.unit, codes), nobody_sent, voice) == said


# ------------------------------------------------------------------------------------------- what is said


def test_a_second_letter_to_bodies_only_asked_is_not_the_first_again(small: Dataset, voice: Voice) -> None:
    units = units_without_return(Year(small, ()), "asked")
    first, second = (remind_letter(small, units, "asked", nth, voice, SETTINGS) for nth in (1, 2))
    assert "tiếp tục phối hợp" in " ".join(second.head.about.split())
    assert "tiếp tục" not in first.head.about
    assert second.text.opening[1].startswith("Sau đề nghị trước"), "no letter of a reminder is cited"
    assert "vẫn chưa nhận được" in second.text.opening[1]
    assert second.text.requests == first.text.requests


def test_a_second_reminder_cites_the_first_and_a_third_the_second_too(small: Dataset, voice: Voice) -> None:
    units = units_without_return(Year(small, ()), "required")
    first, second = "Công văn số 1/SM-CĐS ngày 01/11/2025", "Công văn số 2/SM-CĐS ngày 09/11/2025"
    settings = LetterTerms(reminders=(first, second))
    said = {
        n: "\n".join(strings(remind_letter(small, units, "required", n, voice, settings).parts))
        for n in (1, 2, 3, 4)
    }
    assert first not in said[1]
    assert first in said[2]
    assert second not in said[2]
    assert f"{first} và {second}" in said[3]
    assert f"{first}; {second}; [Công văn số" in said[4]
    assert "tiếp tục đôn đốc" in said[2]


def test_what_is_not_known_stays_a_visible_blank(letters: Letters, voice: Voice) -> None:
    assert find_blanks(letters["remind"][1], voice) == ()
    assert find_blanks(letters["remind-some"][1], voice) == (
        "[số, ký hiệu]",
        "[ngày ban hành]",
        "[họ và tên, đơn vị, điện thoại, thư điện tử]",
        "[Công văn số, ký hiệu, ngày]",
        "[ngày, tháng, năm]",
    )


HOSTILE = "Sở A & B <C> {{ x }} {% y %} {_{ “q” ]]> &amp; ${z} {n}"


def test_hostile_names_and_texts_come_out_as_typed(small: Dataset, voice: Voice) -> None:
    dataset = with_names(small, lambda name: f"{name} {HOSTILE}\x0b")
    year = Year(dataset, ())
    units = (*units_without_return(year, "required"), *units_without_return(year, "asked"))
    letter = remind_letter(dataset, units, "required", 1, voice, SETTINGS)
    assert as_text(content_of(letter, "cong-van-don-doc", voice)).count(HOSTILE) == 2
    mending = mending_lists(Year(dataset, (found("SL02", "H1", message=HOSTILE, value=HOSTILE),)))
    answer = mending_letter(dataset, mending, voice, SETTINGS)
    assert as_text(content_of(answer, "cong-van-de-nghi-chinh-ly", voice)).count(HOSTILE) >= 3


# ------------- the page for the clerk: everything a form may ask of him, in the profile's words, on one page


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
    assert judge(out, Settings()).verdict.status is Status.DECLINED
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


# ---- The submission of the draft to the province: one page or two whose figures are the report's own


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
