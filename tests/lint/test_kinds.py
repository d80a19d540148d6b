"""Right documents of every kind that the decree names are passed in silence; contracts are declined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.word.lint.outcome import Status
from dvctt_report.word.nd30 import KINDS, OF_SEVERAL_PARTIES
from tests.lint.breakages import DECISION, LETTER
from tests.lint.office_papers import OFFICE_PAPERS
from tests.lint.papers import BODY, CENTRE, LONG, Draft, Line, para
from tests.lint.right_papers import (
    ARTICLES,
    CHAIR,
    CLERK,
    KEPT,
    RIGHT_PAPERS,
    SECTIONS,
    enclosed,
    minutes,
    named,
    office,
    recipients,
    signers,
    table_of,
    text,
)
from tests.lint.test_checks import faults, verdict_of


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


@pytest.mark.parametrize(
    "line", ["Nguồn kinh phí: ngân sách tỉnh.", "Kết quả chi tiết như sau.", "- Số liệu của các xã."]
)
def test_text_in_small_letters_below_a_table_is_no_note_unless_it_says_so(line: str) -> None:
    body = (table_of(("STT", "Nội dung"), ("1", "Số cuộc")), Line(line, {**BODY, "size": 12}), *text(LONG))
    assert [code for code, _, _ in faults(named("Kế hoạch", body=body))] == ["TT42"]


@pytest.mark.parametrize("line", ["Nguồn: ngân sách tỉnh cấp.", "* Về nguồn lực: ngân sách tỉnh."])
def test_words_of_notes_that_stand_below_no_table_are_text(line: str) -> None:
    body = (Line(f"{LONG}."), Line(line, {**BODY, "first": 0}), *text(LONG))
    assert [code for code, _, _ in faults(named("Kế hoạch", body=body))] == ["TT39"]


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


def test_a_letter_to_the_public_without_a_title_is_declined() -> None:
    letter = office(
        kind="", subject="", number="", body=(Line("Thân gửi các thầy giáo, cô giáo,"), *text(LONG))
    )
    assert "Thư công: NĐ 30" in verdict_of(letter).reason


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(RIGHT_PAPERS["Biên bản"], closing=" "), "TT51"),
        (minutes(closing=signers(("THƯ KÝ", "TS. Trần Thị Bình"), CHAIR) + recipients(*KEPT)), "TT51"),
        (minutes(closing=signers(CLERK, ("CHỦ TỌA", "NGUYỄN VĂN A")) + recipients(*KEPT)), "TT51"),
        (minutes(closing=signers(CLERK, CHAIR)), "TT54"),
        (minutes(closing=signers(CLERK, CHAIR) + recipients("- Lãnh đạo Sở;")), "TT56"),
        (replace(RIGHT_PAPERS["Kế hoạch"], date=""), "TT26"),
        (replace(RIGHT_PAPERS["Kế hoạch"], subject=""), "TT32"),
        (replace(RIGHT_PAPERS["Biên bản"], subject=""), "TT32"),
        (replace(RIGHT_PAPERS["Quy chế"], number=""), "TT19"),
        (replace(RIGHT_PAPERS["Quy chế"], closing=" "), "TT54"),
        (replace(RIGHT_PAPERS["Giấy mời"], recipients=("- UBND tỉnh;", "- Lưu: VT.")), "TT56"),
        (replace(RIGHT_PAPERS["Giấy mời"], looks={"subject": {"bold": False}}), "TT32"),
        (replace(RIGHT_PAPERS["quyết định kèm quy chế"], name="TS. Nguyễn Văn An"), "TT51"),
        (replace(RIGHT_PAPERS["quyết định kèm quy chế"], recipients=("- Bộ Nội vụ;",)), "TT56"),
    ],
)
def test_what_a_form_has_is_still_missed(draft: Draft, code: str) -> None:
    assert code in {found for found, _, _ in faults(draft)}


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


@pytest.mark.parametrize(
    ("one", "other"),
    [("Thư ký", "CHỦ TỌA"), ("THƯ KÝ", "Chủ tọa"), ("Thư ký", "Chủ trì"), ("Đại diện công đoàn", "CHỦ TỌA")],
)
def test_one_of_two_signers_with_a_title_in_small_letters_is_told_so(one: str, other: str) -> None:
    made = minutes(closing=signers((one, "Trần Thị Bình"), (other, "Nguyễn Văn An")) + recipients(*KEPT))
    small = [title for title in (one, other) if not title.isupper()]
    told = {(code, found) for code, _, found in faults(made)}
    assert told == {("TT51", f"“{title}” viết chữ thường") for title in small}


@pytest.mark.parametrize("name", ["Phó Đức Phương", "Trưởng Văn Hùng", "Nguyễn Văn Trưởng", "Quyền Văn Minh"])
def test_a_name_that_begins_like_a_title_is_a_name(name: str) -> None:
    assert faults(named("Thông báo", name=name)) == []


COURT = replace(
    DECISION,
    parent="TÒA ÁN NHÂN DÂN TỐI CAO",
    issuer="TÒA ÁN NHÂN DÂN TỈNH A",
    number="Số: 15/QĐ-TA",
    authority=("CHÁNH ÁN",),
    lines={"issuer": 24.0, "subject": 26.0},
)
OWN = DECISION.bases[1].replace("Sở Nội vụ", "Phòng Tổ chức")


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("Về việc khen thưởng thành tích trong công tác xét xử", "Số: 15/QĐ-TA"),
        ("Về việc bổ nhiệm Chánh tòa Tòa phúc thẩm", "Số: 15/QĐ-TA"),
        ("Về việc nâng bậc lương thường xuyên", "Số: 15/QĐ-TA-TCCB"),
        ("Ban hành Quy chế làm việc", "Số: 15/QĐ-VKS"),
        ("Về việc kiện toàn Ban Chỉ đạo", "Số:      /QĐ-TA"),
        ("Về chế độ trực ngày lễ", "Số: 15/QĐ-TA"),
    ],
)
def test_a_decision_of_a_court_about_its_own_office_is_checked(subject: str, number: str) -> None:
    verdict = verdict_of(replace(COURT, subject=subject, number=number))
    assert verdict.status is Status.CHECKED


@pytest.mark.parametrize(
    ("subject", "number", "kind"),
    [
        ("Đưa vụ án ra xét xử sơ thẩm", "Số: 15/QĐ-TA", "QUYẾT ĐỊNH"),
        ("Công nhận sự thỏa thuận của các đương sự", "Số: 15/QĐ-TA", "QUYẾT ĐỊNH"),
        ("Công nhận thuận tình ly hôn", "Số: 15/2025/QĐST-HNGĐ", "QUYẾT ĐỊNH"),
        ("Về việc phân công người tiến hành", "Số: 15/QĐST-DS", "QUYẾT ĐỊNH"),
        ("Khởi tố vụ án hình sự", "Số: 15/QĐ-VKS-P1", "QUYẾT ĐỊNH"),
        ("Về việc thụ lý vụ án", "Số: 15/TB-TLVA", "THÔNG BÁO THỤ LÝ VỤ ÁN"),
    ],
)
def test_a_ruling_is_declined(subject: str, number: str, kind: str) -> None:
    verdict = verdict_of(replace(COURT, subject=subject, number=number, kind=kind))
    assert (verdict.status, "tố tụng" in verdict.reason) == (Status.DECLINED, True)
    assert "hành chính" in verdict.remedy


def test_a_decision_that_stands_on_a_law_of_procedure_is_a_ruling() -> None:
    law = "Căn cứ Bộ luật Tố tụng dân sự ngày 25 tháng 11 năm 2015;"
    assert verdict_of(replace(COURT, subject="", bases=(law, OWN))).status is Status.DECLINED
