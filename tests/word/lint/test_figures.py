"""Figures are questioned only where they say the same thing twice and differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.cli.lint import lines_of
from dvctt_report.model.severity import Severity
from dvctt_report.word.lint.check import BLOCK_NAMES, Block
from dvctt_report.word.lint.checks_asked import spelled_number
from tests.word.lint.drafts import GOOD
from tests.word.lint.papers import BODY, Line, para, table
from tests.word.lint.test_checks import faults_by, verdict_of


def asked(*lines: Line) -> list[str]:
    return faults_by(replace(GOOD, body=(*lines, *GOOD.body)), "TT71")


def rows_of(*rows: tuple[str, ...], bold: int = -1) -> Line:
    cells = [[para(c, size=12, bold=n == bold) for c in row] for n, row in enumerate(rows)]
    return Line(raw=table(cells, [165 / len(rows[0])] * len(rows[0]), bordered=True, header=True))


HEAD = ("Đơn vị", "Số cuộc", "Tỷ lệ (%)")
DETAILS = (("A", "10", "20"), ("B", "1.012", "30"), ("C", "9", "50"))


def test_a_table_with_groups_blanks_or_few_rows_is_not_asked() -> None:
    wrong = ("Tổng cộng", "7", "100")
    assert asked(rows_of(HEAD, *DETAILS, wrong, bold=1)) == []
    assert asked(rows_of(HEAD, *DETAILS[:2], wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("D", "-", "0"), wrong)) == []
    assert asked(rows_of(HEAD, *DETAILS, ("Cộng", "5", "0"), wrong)) == []


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Bốn trăm năm mươi triệu đồng", 450_000_000),
        ("mười hai triệu năm trăm nghìn đồng", 12_500_000),
        ("Một tỷ hai trăm linh năm triệu đồng chẵn", 1_205_000_000),
        ("ba nghìn tỷ", 3_000_000_000_000),
        ("hai mươi mốt nghìn", 21_000),
        ("hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm nghìn", 234_567_800_000),
        ("mấy triệu đồng", None),
    ],
)
def test_a_number_in_words_is_read_or_left_alone(words: str, number: int | None) -> None:
    assert spelled_number(words) == number


def test_every_digit_is_read_alone_and_in_a_number() -> None:
    words = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    for number, word in enumerate(words):
        assert spelled_number(word) == number
        assert spelled_number(f"hai nghìn ba trăm linh {word}") == 2300 + number


def test_questions_stand_in_a_block_of_their_own_and_are_no_errors() -> None:
    verdict = verdict_of(
        replace(GOOD, body=(Line("Có 12/15 đơn vị (85%), thứ Hai, ngày 05/3/2025.", BODY), *GOOD.body))
    )
    asked_ = [f for f in verdict.findings if f.code in ("TT71", "TT72")]
    assert [(f.spot.block, f.level) for f in asked_] == [(Block.ASKED, Severity.INFO)] * 2
    lines = [line.text for line in lines_of(verdict, 100)]
    headings = [line.strip() for line in lines if line.strip() in BLOCK_NAMES.values()]
    assert headings == [BLOCK_NAMES[Block.ASKED]]


def test_the_screen_says_what_of_figures_is_looked_at() -> None:
    lines = " ".join(line.text.strip() for line in lines_of(verdict_of(GOOD), 80))
    assert "Số liệu trong văn bản: chỉ đối chiếu phần trên tổng với tỷ lệ" in lines
