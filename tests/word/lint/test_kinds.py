"""Right documents of every kind are passed in silence; other papers are declined or asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.word.lint import FileVerdict
from dvctt_report.word.lint.outcome import Outcome, Status
from dvctt_report.word.nd30 import KINDS, OF_SEVERAL_PARTIES
from tests.word.lint.drafts import LETTER
from tests.word.lint.linted import SETTINGS, faults, verdict_of, verdict_on
from tests.word.lint.office_papers import OFFICE_PAPERS
from tests.word.lint.papers import BODY, CENTRE, LONG, Draft, Line, para
from tests.word.lint.real_kinds import REAL_KINDS, Real
from tests.word.lint.right_papers import ARTICLES, RIGHT_PAPERS, SECTIONS, enclosed, office, signers, text

RIGHT = {**RIGHT_PAPERS, **OFFICE_PAPERS}


@pytest.mark.parametrize("draft", RIGHT.values(), ids=RIGHT)
def test_a_right_document_of_any_kind_has_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


def test_there_is_a_right_document_of_every_kind_that_has_a_form() -> None:
    kinds = {name for name in KINDS if name in RIGHT_PAPERS}
    assert {verdict_of(RIGHT_PAPERS[name]).kind for name in kinds} == kinds == {*KINDS} - OF_SEVERAL_PARTIES


PARTIES = text("Hôm nay, ngày 05 tháng 5 năm 2025, chúng tôi gồm:", "Bên A: Sở Nội vụ", "Bên B: Công ty B")


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("HỢP ĐỒNG", "Hợp đồng: văn bản do nhiều bên"),
        ("BẢN GHI NHỚ", "Bản ghi nhớ: văn bản do nhiều bên"),
        ("BẢN THOẢ THUẬN", "Bản thỏa thuận: văn bản do nhiều bên"),
        ("THƯ CHÚC MỪNG", "“THƯ CHÚC MỪNG”: NĐ 30"),
        ("PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC", "“PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC”: NĐ 30"),
    ],
)
def test_what_has_no_form_in_the_decree_is_declined_with_its_name(title: str, reason: str) -> None:
    closing = signers(("ĐẠI DIỆN BÊN A", "Lê A"), ("ĐẠI DIỆN BÊN B", "Lê B"))
    draft = office(kind=title, subject="Cung cấp dịch vụ", number="Số: 12/2025/HĐ-CNTT", body=PARTIES)
    bare = replace(draft, closing=closing, parent="", issuer="", date="", lines={"motto": None})
    for made in (draft, bare):
        verdict = verdict_of(made)
        assert (verdict.status, verdict.findings) == (Status.DECLINED, ())
        assert reason in verdict.reason
        assert verdict.remedy


def test_the_text_that_a_decision_puts_into_force_is_judged_at_its_own_place() -> None:
    wrong = list(ARTICLES)
    wrong[3] = replace(wrong[3], look={**BODY, "first": 20})
    wrong[9] = replace(wrong[9], text=f"a. {LONG};")
    plan = [replace(line, look={**line.look, "font": "Arial"}) for line in SECTIONS[-1:]]
    behind = enclosed("QUY CHẾ", "Làm việc", tuple(wrong)) + enclosed(
        "KẾ HOẠCH", "Năm 2025", SECTIONS[:-1] + tuple(plan)
    )
    found = {(code, place) for code, place, _ in faults(replace(RIGHT_PAPERS["Quyết định"], behind=behind))}
    assert found == {
        ("TT39", "Quy chế kèm theo: Nội dung, khoản 1 Điều 1"),
        ("TT44", "Quy chế kèm theo: Nội dung, Điều 2"),
        ("TT04", "Kế hoạch kèm theo: Nội dung, mục II"),
    }


def test_a_list_behind_a_letter_that_forgot_its_addressee_does_not_name_the_letter() -> None:
    lines = tuple(Line(f"{n}. Đề nghị đơn vị gửi báo cáo.") for n in range(1, 12))
    behind = para("DANH SÁCH ĐƠN VỊ", **CENTRE, bold=True, before=6)
    letter = replace(
        LETTER, addressee=(), recipients=("- Sở B;", "- Lưu: VT, VP."), body=lines, behind=behind
    )
    verdict = verdict_of(letter)
    assert verdict.status is Status.CHECKED
    assert {code for code, _, _ in faults(letter)} == {"TT48", "TT52"}


def verdict_on_real(real: Real, kind: str = "") -> FileVerdict:
    return verdict_on(real.build(), replace(SETTINGS, kind=kind))


def real_kind(name: str) -> Real:
    return next(real for real in REAL_KINDS if real.name == name)


@pytest.mark.parametrize("real", REAL_KINDS, ids=lambda real: real.name)
def test_every_real_kind_is_checked_as_itself_declined_or_asked_about(real: Real) -> None:
    verdict = verdict_on_real(real)
    told = verdict.kind if verdict.status is Status.CHECKED else verdict.reason
    assert (str(verdict.status), real.becomes.lower() in told.lower()) == (real.outcome, True), told
    assert verdict.status is Status.CHECKED or (verdict.remedy and verdict.findings == ())


def found_in(verdict: FileVerdict) -> list[tuple[str, str]]:
    return [(f.code, f.found) for f in verdict.findings if f.outcome is Outcome.FAIL]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("quyết định quy phạm của tỉnh", "Quyết định"), ("nghị quyết quy phạm của HĐND", "Nghị quyết")],
)
def test_a_year_in_the_number_is_declined_with_the_way_to_be_checked_all_the_same(
    name: str, kind: str
) -> None:
    assert f'--kind "{kind}"' in verdict_on_real(real_kind(name)).remedy
    assert verdict_on_real(real_kind(name), kind).status is Status.CHECKED


@pytest.mark.parametrize("word", ["Báo cáo", "báo cáo", "BC"])
def test_a_document_of_no_clear_kind_is_checked_as_what_the_clerk_says(word: str) -> None:
    verdict = verdict_on_real(real_kind("tên loại lạ"), word)
    assert (verdict.status, verdict.kind) == (Status.CHECKED, "Báo cáo")
    assert ("TT31", "“CẨM NANG TRA CỨU” không phải tên loại “BÁO CÁO”") in found_in(verdict)


def test_a_named_kind_without_its_name_is_told_so() -> None:
    assert ("TT31", "không có tên loại") in found_in(verdict_on_real(real_kind("báo cáo quên tên loại")))


def test_an_annex_of_its_own_is_judged_by_what_an_annex_has() -> None:
    real = real_kind("phụ lục riêng")
    assert found_in(verdict_on_real(real)) == []
    wrong = replace(real, content=real.content.replace("Phụ lục I", "PHỤ LỤC I"))
    assert {code for code, _ in found_in(verdict_on_real(wrong))} == {"TT58"}
