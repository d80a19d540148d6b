"""A clause that is pointed to is one of the article or section that is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.lint.outcome import Outcome
from dvctt_report.severity import Severity
from tests.lint.breakages import DECISION, GOOD
from tests.lint.papers import BODY, CENTRE, HEADING, LONG, Draft, Line, para
from tests.lint.test_checks import verdict_of


def gone(draft: Draft) -> list[str]:
    findings = verdict_of(draft).findings
    return [f.found for f in findings if f.code == "TT76" and f.outcome is Outcome.FAIL]


def decision(said: str) -> Draft:
    """A decision whose second article has three clauses, the last of which says something."""
    clauses = (f"1. {LONG};", f"2. {LONG};", f"3. {LONG} {said}.")
    lines = (*DECISION.body[:2], Line(f"**Điều 2.** {LONG}:"), *(Line(c, BODY) for c in clauses))
    return replace(DECISION, body=(*lines, DECISION.body[3]))


def report(said: str) -> Draft:
    """A report with two clauses below its second heading and none below its third."""
    lines = [f"1. {LONG} {said}.", f"2. {LONG}."]
    body = (
        *(Line("I. ĐÁNH GIÁ", HEADING), Line(f"{LONG}.", BODY), Line("II. KẾT QUẢ", HEADING)),
        *(Line(line, BODY) for line in lines),
        *(Line("III. KIẾN NGHỊ", HEADING), Line(f"{LONG}./.", BODY)),
    )
    return replace(GOOD, annexes=(), body=(Line(f"{LONG}."), *body))


@pytest.mark.parametrize(
    "said",
    [
        "nêu tại khoản 1 và khoản 2 Điều này",
        "theo các khoản 1, 2 Điều này",
        "theo khoản 7 Điều 5 Luật Đất đai",
        "thay cụm từ tại “khoản 9 Điều này”",
    ],
)
def test_clauses_that_an_article_has_may_be_pointed_to(said: str) -> None:
    assert gone(decision(said)) == []


@pytest.mark.parametrize(
    "said",
    [
        "cho người có tên tại khoản 5 Điều 2",
        "tại khoản 5 Điều này",
        "tại khoản 1 và khoản 5 Điều này",
    ],
)
def test_a_clause_that_an_article_lacks_is_told(said: str) -> None:
    (found,) = gone(decision(said))
    assert found.endswith("văn bản không có khoản 5 ở Điều 2")


@pytest.mark.parametrize(
    "said",
    [
        "tại khoản 2 Mục II Báo cáo này",
        "tại khoản 9 Mục II Kế hoạch số 15/KH-UBND",
        "theo Kế hoạch số 15/KH-UBND, tại khoản 9 Mục II, hoàn thành",
        "tại khoản 9 Mục II, Mục III Nghị quyết của Chính phủ",
        "tại khoản 1 Mục III Báo cáo này",
    ],
)
def test_clauses_of_a_section_or_of_another_document_may_be_pointed_to(said: str) -> None:
    assert gone(report(said)) == []


@pytest.mark.parametrize("said", ["tại khoản 9 Mục II Báo cáo này", "nêu tại khoản 9 Mục II, hoàn thành"])
def test_a_clause_that_a_section_lacks_is_told(said: str) -> None:
    (found,) = gone(report(said))
    assert found.endswith("văn bản không có khoản 9 ở mục II")


ENCLOSES = "Tặng Giấy khen cho 07 cá nhân (có danh sách kèm theo)"


@pytest.mark.parametrize("said", [ENCLOSES, "Ban hành kèm theo Quyết định này Quy chế làm việc của Tổ"])
def test_what_a_decision_comes_with_and_the_file_lacks_is_told(said: str) -> None:
    draft = replace(DECISION, body=(DECISION.body[0], Line(f"**Điều 1.** {said}."), *DECISION.body[2:]))
    (told,) = (f for f in verdict_of(draft).findings if f.code == "TT59" and f.outcome is Outcome.FAIL)
    assert told.found.endswith(" kèm theo, trong tệp không có")
    assert told.level is Severity.INFO
    listed = replace(draft, behind=para("", size=2) + para("DANH SÁCH", **CENTRE, bold=True))
    assert all("trong tệp không có" not in f.found for f in verdict_of(listed).findings)


def test_a_report_may_be_sent_with_a_list_in_a_file_of_its_own() -> None:
    draft = replace(GOOD, annexes=(), body=(Line(f"{LONG} (có danh sách kèm theo)."), *GOOD.body[1:]))
    assert [f for f in verdict_of(draft).findings if "trong tệp không có" in f.found] == []
