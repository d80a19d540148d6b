"""A unit that sent a signed paper and no file: it has sent, and it is said that its figures are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from dvctt_report.model import Return, ReturnStatus, Submission
from dvctt_report.model.period import Period
from dvctt_report.report.narrative import limits, recommendations, returns_text
from dvctt_report.report.tables import return_groups
from dvctt_report.report.target_sentences import missing_reasons
from dvctt_report.report.targets import target_views
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary.returns import return_lines
from dvctt_report.year.year import Year

PAPER = Return(
    "so-theo-doi.xlsx",
    "",
    ReturnStatus.PAPER,
    "H2",
    Period(2025),
    Submission("15/BC-UBND", date(2025, 11, 6), channel="giấy"),
)
Build = Callable[[Iterable[Return]], Dataset]


def test_a_paper_is_a_return_with_its_number_and_date(build: Build, returns: tuple[Return, ...]) -> None:
    with_paper = {line.unit.code: line for line in return_lines(build((*returns, PAPER)), ())}
    line = with_paper["H2"]
    assert (line.status, line.received, line.number) == ("paper", True, "15/BC-UBND")
    assert line.sent_on == date(2025, 11, 6)
    without = {line.unit.code: line.status for line in return_lines(build(returns), ())}
    assert without["H2"] == "missing"


def test_the_report_says_that_only_a_paper_came(
    build: Build, returns: tuple[Return, ...], voice: Voice
) -> None:
    dataset = build((*returns, PAPER))
    lines = return_lines(dataset, ())
    views = target_views(Year(dataset, ()), voice)
    (first,) = returns_text(Year(dataset, ()), voice)
    assert "có 06/6" in first or "có 06/06" in first
    assert "01 đơn vị chỉ gửi bản giấy, chưa có biểu số liệu" in first
    assert "chưa gửi" not in first
    assert "01 đơn vị chỉ gửi bản giấy" in missing_reasons(next(v for v in views if v.target.code == "T1"))
    assert any("chỉ gửi bản giấy" in said for said in limits(lines, voice))
    asked = [said for _, all_said in recommendations(lines, views, (), voice) for said in all_said]
    assert any("01 đơn vị chỉ gửi bản giấy" in said and "UBND huyện Tây" in said for said in asked)
    rows = [row for group in return_groups(Year(dataset, ()), voice) for row in group.rows]
    assert any("Chỉ gửi bản giấy" in row.status and row.document == "15/BC-UBND" for row in rows)


def test_without_a_paper_the_report_does_not_speak_of_any(
    build: Build, returns: tuple[Return, ...], voice: Voice
) -> None:
    dataset = build(returns)
    said = " ".join(returns_text(Year(dataset, ()), voice))
    assert "giấy" not in said


def test_it_is_not_missing_for_the_rules_and_can_be_late(build: Build, returns: tuple[Return, ...]) -> None:
    late = Return(
        "so-theo-doi.xlsx", "", ReturnStatus.PAPER, "H2", Period(2025), Submission("1", date(2025, 11, 30))
    )
    for paper, expected in ((PAPER, []), (late, ["TH01"])):
        found = [f.code for f in check(build((*returns, paper))) if f.unit == "H2"]
        assert found == expected
    assert [f.code for f in check(build(returns)) if f.unit == "H2"] == ["TH02"]
