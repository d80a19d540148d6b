"""The linter knows what it judges: each real kind is checked as itself, declined or asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.word.lint import FileVerdict, lint_source
from dvctt_report.word.lint.outcome import Outcome, Status
from dvctt_report.word.source import parse_source
from tests.word.lint.linted import SETTINGS
from tests.word.lint.real_kinds import REAL_KINDS, Real


def verdict_of(real: Real, kind: str = "") -> FileVerdict:
    return lint_source(parse_source(real.build()), "van-ban.docx", replace(SETTINGS, kind=kind))


def named(name: str) -> Real:
    return next(real for real in REAL_KINDS if real.name == name)


@pytest.mark.parametrize("real", REAL_KINDS, ids=lambda real: real.name)
def test_every_real_kind_is_checked_as_itself_declined_or_asked_about(real: Real) -> None:
    verdict = verdict_of(real)
    told = verdict.kind if verdict.status is Status.CHECKED else verdict.reason
    assert (str(verdict.status), real.becomes.lower() in told.lower()) == (real.outcome, True), told
    assert verdict.status is Status.CHECKED or (verdict.remedy and verdict.findings == ())


def faults(verdict: FileVerdict) -> list[tuple[str, str]]:
    return [(f.code, f.found) for f in verdict.findings if f.outcome is Outcome.FAIL]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("quyết định quy phạm của tỉnh", "Quyết định"), ("nghị quyết quy phạm của HĐND", "Nghị quyết")],
)
def test_a_year_in_the_number_is_declined_with_the_way_to_be_checked_all_the_same(
    name: str, kind: str
) -> None:
    assert f'--kind "{kind}"' in verdict_of(named(name)).remedy
    assert verdict_of(named(name), kind).status is Status.CHECKED


@pytest.mark.parametrize("word", ["Báo cáo", "báo cáo", "BC"])
def test_a_document_of_no_clear_kind_is_checked_as_what_the_clerk_says(word: str) -> None:
    verdict = verdict_of(named("tên loại lạ"), word)
    assert (verdict.status, verdict.kind) == (Status.CHECKED, "Báo cáo")
    assert ("TT31", "“CẨM NANG TRA CỨU” không phải tên loại “BÁO CÁO”") in faults(verdict)


def test_a_named_kind_without_its_name_is_told_so() -> None:
    assert ("TT31", "không có tên loại") in faults(verdict_of(named("báo cáo quên tên loại")))


def test_an_annex_of_its_own_is_judged_by_what_an_annex_has() -> None:
    real = named("phụ lục riêng")
    assert faults(verdict_of(real)) == []
    wrong = replace(real, content=real.content.replace("Phụ lục I", "PHỤ LỤC I"))
    assert {code for code, _ in faults(verdict_of(wrong))} == {"TT58"}
