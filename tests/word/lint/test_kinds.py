"""Right documents of every kind that the decree names are passed in silence; contracts are declined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.word.lint.outcome import Status
from dvctt_report.word.nd30 import KINDS, OF_SEVERAL_PARTIES
from tests.word.lint.drafts import LETTER
from tests.word.lint.linted import faults, verdict_of
from tests.word.lint.office_papers import OFFICE_PAPERS
from tests.word.lint.papers import BODY, CENTRE, LONG, Draft, Line, para
from tests.word.lint.right_papers import (
    ARTICLES,
    RIGHT_PAPERS,
    SECTIONS,
    enclosed,
    office,
    signers,
    text,
)


@pytest.mark.parametrize("draft", RIGHT_PAPERS.values(), ids=RIGHT_PAPERS)
def test_a_right_document_of_any_kind_has_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


@pytest.mark.parametrize("draft", OFFICE_PAPERS.values(), ids=OFFICE_PAPERS)
def test_what_offices_make_of_right_documents_has_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


def test_there_is_a_right_document_of_every_kind_that_has_a_form() -> None:
    assert {name for name in KINDS if name in RIGHT_PAPERS} == set(KINDS) - OF_SEVERAL_PARTIES
    assert {verdict_of(RIGHT_PAPERS[name]).kind for name in KINDS if name in RIGHT_PAPERS} == (
        set(KINDS) - OF_SEVERAL_PARTIES
    )


PARTIES = text("Hôm nay, ngày 05 tháng 5 năm 2025, chúng tôi gồm:", "Bên A: Sở Nội vụ", "Bên B: Công ty B")


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("HỢP ĐỒNG", "Hợp đồng: văn bản do nhiều bên"),
        ("HỢP ĐỒNG CUNG CẤP DỊCH VỤ PHẦN MỀM", "Hợp đồng: văn bản do nhiều bên"),
        ("BẢN GHI NHỚ", "Bản ghi nhớ: văn bản do nhiều bên"),
        ("BẢN THỎA THUẬN HỢP TÁC", "Bản thỏa thuận: văn bản do nhiều bên"),
        ("BẢN THOẢ THUẬN", "Bản thỏa thuận: văn bản do nhiều bên"),
        ("THƯ CHÚC MỪNG", "“THƯ CHÚC MỪNG”: NĐ 30"),
        ("PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC", "“PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC”: NĐ 30"),
        ("GIẤY XÁC NHẬN", "“GIẤY XÁC NHẬN”: NĐ 30"),
        ("ĐƠN XIN NGHỈ PHÉP", "“ĐƠN XIN NGHỈ PHÉP”: NĐ 30"),
        ("LỊCH CÔNG TÁC TUẦN", "“LỊCH CÔNG TÁC TUẦN”: NĐ 30"),
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
