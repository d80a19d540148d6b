"""Figures are questioned only where they say the same thing twice and differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.lint.outcome import Outcome
from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, Line, para, table
from tests.lint.test_checks import verdict_of


def asked(*lines: Line) -> list[str]:
    findings = verdict_of(replace(GOOD, body=(*lines, *GOOD.body))).findings
    return [f.found for f in findings if f.code == "TT71" and f.outcome is Outcome.FAIL]


def rows_of(*rows: tuple[str, ...], bold: int = -1) -> Line:
    cells = [[para(c, size=12, bold=n == bold) for c in row] for n, row in enumerate(rows)]
    return Line(raw=table(cells, [165 / len(rows[0])] * len(rows[0]), bordered=True, header=True))


@pytest.mark.parametrize(
    "text",
    [
        "Có 12/15 đơn vị (80%) đã báo cáo.",
        "Có 2/3 đơn vị (đạt 66,67%), 1/3 đơn vị chiếm 33,3%.",
        "Có 2/3 đơn vị (66,6%) đã báo cáo.",
        "Có 12/15 chỉ tiêu đạt 100% kế hoạch.",
        "Đến ngày 31/10/2025 đạt 85%; tháng 9/2025 đạt tỷ lệ 70%.",
        "Quyết định số 12/15 chiếm vị trí; 1.234/2.468 hồ sơ (50%).",
        "Có 5/6 xã, trong đó 3 xã (60%) làm tốt.",
    ],
)
def test_what_agrees_or_says_something_else_is_not_asked(text: str) -> None:
    assert asked(Line(text, BODY)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Có 12/15 đơn vị (85%) đã báo cáo.", "12/15 mà ghi 85%"),
        ("Đã xử lý 1.234/2.468 hồ sơ, chiếm 49%.", "1.234/2.468 mà ghi 49%"),
        ("Có 2/3 đơn vị (đạt tỷ lệ 67,66%).", "2/3 mà ghi 67,66%"),
    ],
)
def test_a_share_that_is_not_its_percentage_is_asked(text: str, found: str) -> None:
    assert asked(Line(text, BODY)) == [found]


HEAD = ("Đơn vị", "Số cuộc", "Tỷ lệ (%)")
DETAILS = (("A", "10", "20"), ("B", "1.012", "30"), ("C", "9", "50"))


def test_a_total_is_held_against_its_rows_but_for_shares() -> None:
    assert asked(rows_of(HEAD, *DETAILS, ("Tổng cộng", "1.031", "95"))) == []
    assert asked(rows_of(HEAD, *DETAILS, ("Tổng cộng", "1.030", "100"))) == [
        "dòng tổng ghi 1.030, các dòng cộng lại được 1031"
    ]


def test_a_table_with_groups_blanks_or_few_rows_is_not_asked() -> None:
    wrong = ("Tổng cộng", "7", "100")
    assert asked(rows_of(HEAD, *DETAILS, wrong, bold=1)) == []
    assert asked(rows_of(HEAD, *DETAILS[:2], wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("D", "-", "0"), wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("Cộng", "5", "0"), wrong)) == []
