"""On which page a finding stands, as Word's own marks tell it."""

from __future__ import annotations

from dataclasses import replace

from dvctt_report.word.lint import FileVerdict, lint_source
from dvctt_report.word.source import parse_source
from tests.word.lint.drafts import GOOD
from tests.word.lint.papers import BODY, LONG, Draft, Line, build, para
from tests.word.lint.test_checks import SETTINGS

WRONG = Line(f"{LONG}.", {**BODY, "first": 30})


def judged(draft: Draft) -> FileVerdict:
    return lint_source(parse_source(build(draft)), "van-ban.docx", SETTINGS)


def pages(verdict: FileVerdict) -> list[tuple[str, int | None]]:
    return [(f.code, f.spot.page) for f in verdict.findings]


def test_words_own_breaks_tell_the_page() -> None:
    broken = "<w:r><w:lastRenderedPageBreak/></w:r>"
    turning = Line(raw=para("", inner=broken + f"<w:r><w:t>{LONG}.</w:t></w:r>", **BODY))
    inside = Line(raw=para(LONG, inner=broken, **BODY))
    body = (WRONG, turning, WRONG, inside, WRONG, *GOOD.body)
    found = [page for code, page in pages(judged(replace(GOOD, body=body))) if code == "TT39"]
    assert found == [1, 2, 3]


def test_without_a_trace_no_page_is_told() -> None:
    assert {page for _, page in pages(judged(replace(GOOD, body=(WRONG, *GOOD.body))))} == {None}
