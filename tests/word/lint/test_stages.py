"""What may be blank at each stage: a draft's blanks are one reminder, what goes out has number and day."""

from __future__ import annotations

from dataclasses import replace

from dvctt_report.cli.lint import lines_of
from dvctt_report.word.lint import FileVerdict, lint_source
from dvctt_report.word.lint.check import Stage
from dvctt_report.word.lint.outcome import Outcome, left_blank
from dvctt_report.word.source import parse_source
from tests.word.lint.drafts import LETTER
from tests.word.lint.papers import Draft, Line, build
from tests.word.lint.test_checks import SETTINGS

DRAFT = replace(
    LETTER,
    number="Số:        /SNV-CCHC",
    date="Bình An, ngày      tháng 6 năm 2025",
    name="",
    body=(Line("Kết quả đến ngày … tháng … năm 2025 là ……… cuộc."), *LETTER.body),
)


def at(stage: Stage, draft: Draft, *, electronic: bool = False) -> FileVerdict:
    settings = replace(SETTINGS, stage=stage, electronic=electronic)
    return lint_source(parse_source(build(draft)), "x.docx", settings)


def told(verdict: FileVerdict) -> set[tuple[str, str]]:
    return {(f.code, f.place) for f in verdict.findings if f.outcome is Outcome.FAIL}


def test_all_that_a_draft_leaves_open_is_one_line() -> None:
    verdict = at(Stage.DRAFT, DRAFT)
    assert told(verdict) == set()
    words = "Còn để trống, còn là dự thảo: số; ngày, tháng; họ tên người ký; chỗ chưa điền trong nội dung"
    assert left_blank(verdict) == words
    lines = [line.text for line in lines_of(verdict, 200)]
    assert sum("trống" in line for line in lines) == 1
