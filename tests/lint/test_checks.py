"""Each check names what it is about, at its place, and nothing else is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from dvctt_report.lint import CHECKS, Verdict, lint_source
from dvctt_report.lint.outcome import Finding, Outcome
from dvctt_report.lint.settings import read_settings
from dvctt_report.lint.source import parse_source
from tests.lint.breakages import BREAKAGES, DECISION, GOOD, LETTER
from tests.lint.papers import Draft, build

SETTINGS = replace(read_settings(), today=date(2026, 6, 1))


def verdict_of(draft: Draft) -> Verdict:
    return lint_source(parse_source(build(draft)), "van-ban.docx", SETTINGS)


def faults(draft: Draft) -> list[tuple[str, str, str]]:
    return [(f.code, f.place, f.found) for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL]


@pytest.mark.parametrize("draft", [GOOD, LETTER, DECISION], ids=["báo cáo", "công văn", "quyết định"])
def test_a_good_document_has_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


@cache
def findings_of(n: int) -> tuple[Finding, ...]:
    """What the linter finds in the n-th broken document."""
    return verdict_of(BREAKAGES[n].draft).findings


@pytest.mark.parametrize("n", range(len(BREAKAGES)), ids=lambda n: f"{BREAKAGES[n].code} {BREAKAGES[n].name}")
def test_a_broken_document_is_named_by_its_check_at_its_place_and_by_no_other(n: int) -> None:
    found = [f for f in findings_of(n) if f.outcome is Outcome.FAIL]
    assert {(f.code, f.place) for f in found} == {(BREAKAGES[n].code, BREAKAGES[n].place)}, found
    assert all(f.found and f.expected and f.fix and f.source for f in found)


def test_every_check_has_a_breakage_that_fires_it() -> None:
    assert {b.code for b in BREAKAGES} == {check.code for check in CHECKS}
