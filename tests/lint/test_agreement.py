"""Parts, names, references, figures and words of one document that have to agree, and what may differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.model.severity import Severity
from dvctt_report.word.lint.check import Stage
from dvctt_report.word.lint.outcome import Outcome, verdict_json
from tests.lint import papers
from tests.lint.breakages import DECISION, GOOD, LETTER, body
from tests.lint.papers import BODY, LONG, Draft, Line, para, table
from tests.lint.right_papers import named, office, text
from tests.lint.test_checks import SETTINGS, faults, verdict_of


def codes(draft: Draft) -> set[str]:
    return {code for code, _, _ in faults(draft)}


@pytest.mark.parametrize(
    "said",
    [
        "Kinh phí 450.000.000 đồng (Bằng chữ: Bốn trăm năm mươi triệu đồng)",
        "Kinh phí 450.000.000 đồng (bốn trăm năm mươi triệu đồng chẵn)",
        "Tỷ lệ hộ nghèo giảm từ 8,6% năm 2023 xuống còn 7,5% năm 2024",
        "Giải ngân 15,5/20 tỷ đồng, đạt 77,5%",
        "Có 12/15 chỉ tiêu, đạt 100% kế hoạch",
        "Đạt 120/100 chỉ tiêu, vượt kế hoạch",
        "Trực 24/7; giai đoạn 2021 - 2025; năm học 2024 - 2025",
        "Nghỉ 05 ngày, từ ngày 10/02/2025 đến ngày 16/02/2025",
        "Đơn vị đã được yêu cầu gửi trước ngày 01/02/2025 nhưng đến nay chưa gửi",
        "Lớp học dài 40 giờ",
        "Các điểm a), b) và c) đều đạt",
        "Thông tư số 05/2024/TT-BNV ngày 14 tháng 5 năm 2024 của Bộ Nội vụ",
        "Công văn số 12/CT-TTHT ngày 05 tháng 02 năm 2025 của Cục Thuế",
        "Quyết định số 5/QĐ-TTg ngày 05 tháng 01 năm 2025 của Thủ tướng Chính phủ",
        "Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị",
        "Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015",
        "dần dần, luôn luôn, ngày ngày, song song",
        "phần mềm Open Data Kit Collect for Android Phones",
    ],
)
def test_what_agrees_or_may_differ_is_not_asked_about(said: str) -> None:
    assert faults(body(11, f"- {said}; {LONG}.")) == []


def test_pages_counted_when_the_file_was_empty_are_no_count() -> None:
    counted = "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'>"
    counted += "<Pages>1</Pages><Words>0</Words><Characters>{}</Characters></Properties>"
    long = replace(LETTER, body=(Line(f"{LONG}."),) * 60 + (Line(f"{LONG}./."),))
    told = [codes(replace(long, extra={"docProps/app.xml": counted.format(n)})) for n in (0, 20_000)]
    assert ["TT08" in each for each in told] == [True, False]


def test_text_in_a_table_of_one_column_without_lines_is_text_like_any() -> None:
    inside = "".join(para(f"{n}. {LONG}.", **{**BODY, "size": 12}) for n in (1, 2))
    framed = replace(LETTER, body=(Line(raw=table([[inside]], [165])), *text(LONG)))
    assert "TT42" in codes(framed)
    ruled = replace(LETTER, body=(Line(raw=table([[inside]], [165], bordered=True)), *text(LONG)))
    assert "TT42" not in codes(ruled)


@pytest.mark.parametrize("name", ["KẾ HOACH", "KẾ HOẠC", "KÊ HOẠCH"])
def test_a_misspelt_kind_is_that_kind_and_told(name: str) -> None:
    verdict = verdict_of(named("Kế hoạch", kind=name))
    assert verdict.kind == "Kế hoạch"
    assert [(f.code, f.expected) for f in verdict.findings if f.outcome is Outcome.FAIL] == [
        ("TT31", "“KẾ HOẠCH”")
    ]


def test_a_long_sentence_on_a_legal_document_is_no_title_of_one() -> None:
    said = "Nghị định số 150/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính phủ có hiệu lực"
    assert verdict_of(named("Kế hoạch", body=text(said, LONG))).kind == "Kế hoạch"


def test_agencies_behind_a_dash_are_capitalised_like_any() -> None:
    sent = replace(LETTER, addressee=("Kính gửi:", "- Ủy Ban Nhân Dân các xã;", "- Cơ quan B."))
    assert ("TT62", "“Ủy Ban Nhân Dân”") in {(code, found) for code, _, found in faults(sent)}
    got = replace(GOOD, recipients=("- Như trên;", "- Hội Đồng nhân dân tỉnh;", "- Lưu: VT, CCHC."))
    assert "TT62" in codes(got)


def test_offices_that_were_merged_are_told_with_their_successors() -> None:
    sent = ("Kính gửi:", "- Sở Kế hoạch và Đầu tư;", "- Sở Giao thông vận tải.")
    late = replace(LETTER, addressee=sent, date="Bình An, ngày 05 tháng 9 năm 2025")
    told = [(code, found) for code, _, found in faults(late)]
    assert told == [
        ("TT63", "“Sở Kế hoạch và Đầu tư” đã sắp xếp"),
        ("TT63", "“Sở Giao thông vận tải” đã sắp xếp"),
    ]
    assert faults(replace(late, date="Bình An, ngày 05 tháng 01 năm 2025")) == []


def test_laws_are_cited_by_the_day_they_were_passed() -> None:
    wrong = "Căn cứ Luật Đấu thầu ngày 24 tháng 6 năm 2023;"
    assert [
        found for code, _, found in faults(replace(GOOD, bases=(wrong, GOOD.bases[1]))) if code == "TT77"
    ] == ["“Luật Đấu thầu” ngày 24/06/2023: không có luật ngày này"]
    old = "Căn cứ Luật Đấu thầu ngày 26 tháng 11 năm 2013;"
    assert "TT77" in codes(replace(GOOD, bases=(old, GOOD.bases[1])))
    newer = "Căn cứ Luật Đấu thầu ngày 26 tháng 11 năm 2033;"
    assert "TT77" not in codes(replace(GOOD, bases=(newer, GOOD.bases[1])))


def test_the_same_number_of_two_offices_is_two_documents() -> None:
    one = "Quyết định số 7/QĐ-UBND ngày 05 tháng 01 năm 2025 của UBND xã A"
    assert (
        faults(body(11, f"- {one}; Quyết định số 7/QĐ-UBND ngày 09 tháng 01 năm 2025 của UBND xã B: {LONG}."))
        == []
    )
    again = body(11, f"- {one}; Quyết định số 7/QĐ-UBND ngày 09 tháng 01 năm 2025 của UBND xã A: {LONG}.")
    assert codes(again) == {"TT77"}


BREAK = '<w:r><w:br w:type="page"/></w:r>'
EMPTY = Line(raw=para(""))


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ([Line(raw=para("", inner=BREAK))], "chữ ký bị đẩy sang trang riêng"),
        ([Line(raw=para("", section=GOOD.sheet.xml()))], "chữ ký bị đẩy sang trang riêng"),
        ([Line(raw=para(f"{LONG}./.", inner=BREAK, **BODY))], "chữ ký bị đẩy sang trang riêng"),
        ([EMPTY] * 12, "cách nội dung khoảng"),
        ([Line(f"{LONG}./.", {**BODY, "after": 200})], "cách nội dung khoảng"),
        ([EMPTY], ""),
        ([EMPTY, EMPTY], ""),
    ],
)
def test_a_signature_stands_right_below_the_text(behind: list[Line], found: str) -> None:
    told = [what for code, _, what in faults(replace(GOOD, body=(*GOOD.body, *behind))) if code == "TT57"]
    assert [what.startswith(found) for what in told] == [True] * bool(found)


def test_a_dummy_name_is_a_reminder_in_a_draft() -> None:
    verdict = verdict_of(office(kind="THÔNG BÁO", number="Số: 15/TB-SNV", name="Nguyễn Văn A"))
    (told,) = (f for f in verdict.findings if f.code == "TT64")
    assert told.outcome is Outcome.NOT_EVALUATED
    (shown,) = (f for f in verdict_json(verdict)["findings"] if f["code"] == "TT64")
    assert shown["level"] is None


def test_two_blanks_in_a_name_are_told() -> None:
    assert codes(replace(GOOD, name="Nguyễn Văn  An")) == {"TT07"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Phó Giám Đốc", "Phó Giám đốc"),
        ("Phó Chủ Tịch", "Phó Chủ tịch"),
        ("Chánh Văn Phòng", "Chánh Văn phòng"),
        ("Đảng Ủy", "Đảng ủy"),
        ("kế hoạch số 15/KH-UBND", "Kế hoạch"),
        ("nghị quyết số 15/NQ-HĐND", "Nghị quyết"),
        ("luật Đất đai", "Luật"),
        ("thứ tư, ngày 05/02/2025", "thứ Tư"),
        ("đến thứ sáu hằng tuần", "thứ Sáu"),
        ("thành phố Hồ Chí Minh", "Thành phố"),
        ("tết Nguyên Đán", "Tết Nguyên đán"),
        ("Phụ Lục I", "Phụ lục"),
    ],
)
def test_capitals_of_titles_documents_days_and_places_are_those_of_the_decree(wrong: str, right: str) -> None:
    line = f"- Sở Nội vụ đã có {wrong}, {LONG}."
    told = [f.expected for f in verdict_of(body(11, line)).findings if f.code == "TT62"]
    assert told == [f"“{right}”"]


@pytest.mark.parametrize(
    "said",
    [
        "các phó giám đốc, chủ tịch; Phó Chủ tịch Ủy ban nhân dân tỉnh; Giám đốc Sở",
        "ông Nguyễn Văn Phòng, bà Trần Công An",
        "kế hoạch 05 năm; các nghị quyết, kế hoạch của tỉnh; pháp luật Việt Nam; kỷ luật Đảng",
        "họp lần thứ hai; thứ nhất là; thứ Hai, ngày 03/02/2025",
        "Thành phố Hồ Chí Minh; thành phố Đà Nẵng; các phường 1, 2 và 3; Trung tâm Y tế",
        "Trưởng Phòng Nội vụ; Tết Nguyên đán; Phụ lục kèm theo",
    ],
)
def test_capitals_that_are_right_are_left_alone(said: str) -> None:
    assert "TT62" not in codes(body(11, f"- Sở Nội vụ đã có {said}: {LONG}."))


def test_the_people_are_asked_about_as_a_remark_alone() -> None:
    told = [f for f in verdict_of(body(11, f"- Di dời nhân dân, {LONG}.")).findings if f.code == "TT62"]
    assert [(f.found, f.level) for f in told] == [("“nhân dân”", Severity.INFO)]
    assert "TT62" not in codes(body(11, f"- Công an nhân dân, Tòa án nhân dân, {LONG}."))


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("Kế hoạch số 15/KH-UBND ngày 06 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh về chuyển đổi số", ""),
        ("Quyết định số 5/QĐ-UBND ngày 06 tháng 01 năm 2025 về phê duyệt đề án của Chủ tịch UBND tỉnh", ""),
        ("Ngày 06/01/2025, Sở Tài chính có Công văn số 12/STC-NS về việc góp ý", ""),
        (
            "Kế hoạch số 15/KH-UBND về chuyển đổi số, báo cáo trước ngày 15/12/2025",
            "ngày ban hành, cơ quan ban hành",
        ),
        (
            "Kế hoạch số 15/KH-UBND ngày 06/01/2025 về chuyển đổi số, trình Ủy ban nhân dân tỉnh",
            "cơ quan ban hành",
        ),
    ],
)
def test_a_day_by_which_something_is_due_dates_no_document(said: str, missing: str) -> None:
    told = [what for code, _, what in faults(body(11, f"- {said}; {LONG}.")) if code == "TT37"]
    assert [what.partition(" thiếu ")[2] for what in told] == ([missing] if missing else [])


def test_a_letter_behind_roman_headings_is_one_of_them() -> None:
    def lettered(*heads: str) -> set[str]:
        lines = [line for head in heads for line in (Line(f"**{head}**"), Line(f"{LONG}."))]
        return codes(named("Kế hoạch", body=(*lines, *text(LONG))))

    assert "TT45" in lettered("I. KẾT QUẢ", "B. PHƯƠNG HƯỚNG")
    assert "TT45" not in lettered("A. KẾT QUẢ", "I. CHỈ ĐẠO", "B. PHƯƠNG HƯỚNG")


@pytest.mark.parametrize(
    ("said", "n"),
    [
        ("năm 2025 , các đơn vị", 1),
        ("đạt 80% ; các đơn vị", 1),
        ("năm 2025,các đơn vị", 1),
        ("kết quả,; các đơn vị", 1),
        ("đạt 1,5 tỷ; năm 2025, các đơn vị", 0),
        ("các văn bản …, v.v.; các đơn vị", 0),
    ],
)
def test_blanks_and_signs_behind_figures_are_seen_like_those_behind_words(said: str, n: int) -> None:
    assert [code for code, _, _ in faults(body(11, f"- Trong {said}, {LONG}.")) if code == "TT07"] == [
        "TT07"
    ] * n


@pytest.mark.parametrize(
    "left", ["[...]", "…/…", "ngày __ tháng __", "(bổ sung sau)", "<tên đơn vị>", "(chờ số liệu)"]
)
def test_what_stands_for_words_to_come_is_told_when_final(left: str) -> None:
    final = replace(SETTINGS, stage=Stage.SIGNING)
    told = [f.code for f in verdict_of(body(11, f"- Kết quả {left}, {LONG}."), final).findings]
    assert "TT64" in told


def test_a_template_name_is_no_name() -> None:
    final = replace(SETTINGS, stage=Stage.SIGNING)
    for name in ("Họ và tên", "(Ký, ghi rõ họ tên)"):
        told = [f.found for f in verdict_of(replace(GOOD, name=name), final).findings if f.code == "TT51"]
        assert told == ["họ tên người ký để trống"], name


def test_a_day_no_calendar_has_is_not_blank_too() -> None:
    issued = replace(SETTINGS, stage=Stage.ISSUED)
    verdict = verdict_of(replace(GOOD, date="Bình An, ngày 31 tháng 11 năm 2025"), issued)
    told = {f.code for f in verdict.findings if f.outcome is Outcome.FAIL}
    assert "TT30" in told
    assert "TT64" not in told


@pytest.mark.parametrize("draft", [GOOD, DECISION], ids=["báo cáo", "quyết định"])
def test_a_subject_that_is_set_like_text_is_out_of_place_and_not_missing(draft: Draft) -> None:
    set_as_text = replace(draft, looks={"subject": {"align": "both", "first": 12.7}})
    assert faults(set_as_text) == [("TT32", "Trích yếu", "không canh giữa")]


@pytest.mark.parametrize("name", ["Nguyễn Thị Ý", "Lê Ô", "Hồ Sở"])
def test_a_name_as_short_as_words_of_the_text_is_no_blank_and_none_of_them(name: str) -> None:
    said = body(11, f"- Cán bộ nghỉ lễ ở cơ quan, vô ý làm chậm hồ sơ; bà {name} chủ trì; {LONG}.")
    assert faults(replace(said, name=name)) == []
    unsaid = body(11, f"- Cán bộ nghỉ lễ ở cơ quan, vô ý làm chậm hồ sơ; {LONG}.")
    assert "TT64" not in {f.code for f in verdict_of(replace(unsaid, name=name)).findings}


def test_daily_words_with_a_wrong_mark_are_told() -> None:
    told = [
        what
        for code, _, what in faults(body(11, f"- Tiếp tục thực hiên nhiêm vụ, {LONG}."))
        if code == "TT65"
    ]
    assert told == ["“thực hiên”", "“nhiêm vụ”"]
    assert "TT65" not in codes(body(11, f"- Thực hiện nhiệm vụ; lớp ở mỗi trường, {LONG}."))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị", set()),
        ("Nghị quyết số 57/NQ-TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị", {"TT77"}),
        ("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ", set()),
        ("Nghị định số 30/2020/NĐ-CP ngày 15 tháng 3 năm 2020 của Chính phủ", {"TT77"}),
        ("Nghị định số 31/2020/NĐ-CP ngày 05/3/2020 quy định chi tiết Luật Bảo hiểm y tế", {"TT37"}),
        ("văn bản thay thế Quyết định số 15/QĐ-SNV ngày 05 tháng 3 năm 2024 của Giám đốc Sở", set()),
        ("khoản 2 Điều 7 luật chăn nuôi", {"TT62"}),
    ],
)
def test_a_document_is_cited_by_what_it_is(said: str, told: set[str]) -> None:
    assert codes(body(11, f"- Theo {said}, {LONG}.")) == told


def test_a_document_does_not_replace_itself() -> None:
    for n, told in (("14", set()), ("15", {"TT77"})):
        said = f"Báo cáo này thay thế Báo cáo số {n}/BC-SNV ngày 05 tháng 02 năm 2025 của Sở Nội vụ"
        assert codes(named("Báo cáo", body=text(f"{said}, {LONG}", LONG))) & {"TT77"} == told


def test_a_basis_says_what_it_is_about() -> None:
    issued = "Căn cứ Nghị quyết số 8/NQ-HĐND ngày 10 tháng 12 năm 2024 của Hội đồng nhân dân tỉnh Lâm Đồng"
    for basis, told in ((f"{issued};", {"thiếu trích yếu"}), (f"{issued} về dự toán ngân sách;", set())):
        found = faults(replace(GOOD, bases=(GOOD.bases[0], basis, GOOD.bases[1])))
        assert {what for code, _, what in found if code == "TT37"} == told


def test_words_at_the_foot_of_a_page_are_its_address_alone() -> None:
    for words, told in (("Soạn bởi phần mềm A", {"TT78"}), ("Địa chỉ: số 5 đường A; ĐT: 0123", set())):
        assert codes(replace(GOOD, footer=para(words, size=11))) & {"TT78"} == told


def test_a_line_broken_by_hand_within_a_sentence_is_told() -> None:
    assert codes(body(11, f"- Thực hiện các\nnhiệm vụ, {LONG}.")) == {"TT07"}


def test_a_paragraph_with_a_ground_of_its_own_is_told() -> None:
    ground = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
    for fill, told in (("FFFF00", {"TT05"}), ("auto", set()), ("FFFFFF", set())):
        shaded = para(f"- {LONG}.", **BODY).replace("<w:pPr>", f"<w:pPr>{ground.format(fill)}", 1)
        assert codes(replace(GOOD, body=(*GOOD.body[:11], Line(raw=shaded), *GOOD.body[11:]))) == told


def test_a_province_above_a_committee_is_its_superior_in_bold_too() -> None:
    plan = named("Kế hoạch", parent="TỈNH A", issuer="ỦY BAN NHÂN DÂN\nXÃ TÂN HỘI")
    bold = replace(plan, looks={"parent": {"bold": True}})
    told = [found for code, place, found in faults(bold) if code == "TT16"]
    assert told == ["chữ đậm"]


@pytest.mark.parametrize(
    "said",
    [
        "Báo cáo Ủy ban nhân dân tỉnh kết quả theo Kế hoạch số 15/KH-UBND ngày 06/01/2025 của UBND tỉnh",
        "Thực hiện Nghị quyết theo Tờ trình số 63/TTr-UBND ngày 06/01/2025 của UBND xã",
        "Hướng dẫn các xã thực hiện Nghị định số 15/2025/NĐ-CP ngày 06/01/2025 của Chính phủ",
    ],
)
def test_the_kind_right_before_a_number_is_that_of_the_document(said: str) -> None:
    assert "TT77" not in codes(named("Kế hoạch", body=text(f"{said}, {LONG}", LONG)))
    assert "TT77" in codes(named("Kế hoạch", body=text("Theo Kế hoạch số 214/TB-VP, " + LONG, LONG)))


def test_a_committee_that_is_no_more_gets_no_task() -> None:
    for said, told in (("các xã, phường", False), ("các huyện, thị xã, xã", True)):
        task = text(f"1. Ủy ban nhân dân {said} rà soát, {LONG}", LONG)
        plan = named("Kế hoạch", date="Bình An, ngày 05 tháng 9 năm 2026", body=task)
        assert ("TT63" in codes(plan)) == told


def test_who_is_addressed_is_not_named_again_among_the_recipients() -> None:
    sent = replace(LETTER, addressee=("Kính gửi:", "- Sở Nội vụ;", "- Sở Tài chính."))
    for line, told in (("- Sở Xây dựng;", False), ("- Sở Tài chính;", True)):
        got = replace(sent, recipients=("- Như trên;", line, "- Lưu: VT, CCHC."))
        assert [what for code, _, what in faults(got) if code == "TT53"] == ["đã có ở “Kính gửi”"] * told


def test_letters_of_a_table_can_be_read() -> None:
    for size, told in ((10, False), (6, True)):
        cells = [[para(text_, size=size) for text_ in row] for row in (("STT", "Tên"), ("1", "Xã A"))]
        listed = Line(raw=table(cells, [55, 110], bordered=True, header=True))
        found = [what for code, _, what in faults(replace(GOOD, body=(listed, *GOOD.body))) if code == "TT66"]
        assert found == ["chữ trong bảng cỡ 6"] * told


def test_a_line_for_one_line_of_letters_strikes_through_a_name_that_takes_two() -> None:
    for issuer, struck in (
        ("SỞ NỘI VỤ", False),
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG VÀ CHUYỂN ĐỔI SỐ", True),
    ):
        told = [
            found for code, _, found in faults(replace(GOOD, issuer=issuer, one_line=True)) if code == "TT17"
        ]
        assert ("đường kẻ nằm đè lên chữ, vì dòng này xuống hàng" in told) == struck


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Giao Sở Nội vụ chủ trì, phối hợp với Ủy ban nhân dân xã Bát Xát kiểm tra", []),
        ("Giao Sở Nội vụ chủ trì, phối hợp với Ủy ban nhân dân huyện Bát Xát", ["“Ủy ban nhân dân huyện”"]),
        ("Giao Sở Nội vụ phối hợp với các huyện kiểm tra", ["“các huyện”"]),
        ("Sở Nội vụ phối hợp với Sở Kế hoạch và Đầu tư", ["“Sở Kế hoạch và Đầu tư” đã sắp xếp"]),
        ("Đề nghị Ủy ban nhân dân tỉnh Yên Bái phối hợp", ["“tỉnh Yên Bái” đã sắp xếp"]),
        ("Để làm việc ấy, Ủy ban nhân dân tỉnh Vĩnh Phúc yêu cầu", ["“tỉnh Vĩnh Phúc” đã sắp xếp"]),
        ("Đề nghị Ủy ban nhân dân tỉnh Phú Thọ phối hợp", []),
        ("Sở Nội vụ phối hợp với Ủy ban nhân dân tỉnh Yên Bái (cũ) bàn giao hồ sơ", []),
        ("Năm 2024, Sở đã phối hợp với Ủy ban nhân dân huyện Bát Xát mở 02 lớp", []),
        ("Rà soát hồ sơ của Ủy ban nhân dân huyện Bát Xát trước đây", []),
        ("Giao Sở Nội vụ phối hợp với Trường THCS Thị trấn Bát Xát tổ chức hội thi", []),
        ("Giao Sở Nội vụ tháo gỡ vướng mắc sau khi kết thúc hoạt động cấp huyện", []),
    ],
)
def test_bodies_that_are_no_more_have_no_part_in_a_task(said: str, found: list[str]) -> None:
    plan = named("Kế hoạch", date="Bình An, ngày 05 tháng 9 năm 2026", body=text(f"{said}, {LONG}", LONG))
    assert [what for code, _, what in faults(plan) if code == "TT63"] == found


@pytest.mark.parametrize(
    ("draft", "code", "found"),
    [
        (replace(GOOD, parent="UBND PHÚ THỌ"), "TT16", "“UBND PHÚ THỌ” thiếu tỉnh, xã …"),
        (replace(GOOD, number="Số:57/BC-SNV"), "TT19", "“Số:57” viết liền"),
        (replace(GOOD, number="Số: 57/BC-SNV"), "TT19", ""),
    ],
)
def test_small_slips_of_the_head_are_told(draft: Draft, code: str, found: str) -> None:
    assert [what for one, _, what in faults(draft) if one == code] == [found] * bool(found)


@pytest.mark.parametrize(("part", "code"), [("motto", "TT14"), ("issuer", "TT16"), ("subject", "TT32")])
def test_lines_that_belong_together_stand_a_single_line_apart(part: str, code: str) -> None:
    for look, loose in (({"before": 18}, True), ({"line": 480}, True), ({"before": 6}, False)):
        told = [what for one, _, what in faults(replace(GOOD, looks={part: look})) if one == code]
        assert any(what.startswith("cách dòng trên khoảng") for what in told) == loose, look


def test_a_superior_in_two_lines_is_told_from_its_branch_by_the_weight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = "SỞ NÔNG NGHIỆP VÀ\nMÔI TRƯỜNG TỈNH A"

    def lines_apart(text: str = "", **look: Any) -> str:
        return "".join(para(line, **look) for line in (text.split("\n") if text == two else (text,)))

    monkeypatch.setattr(papers, "para", lines_apart)
    branch = named("Báo cáo", parent=two, issuer="CHI CỤC KIỂM LÂM", authority=("CHI CỤC TRƯỞNG",))
    branch = replace(branch, number="Số: 15/BC-CCKL")
    assert codes(branch) & {"TT16", "TT17", "TT74"} == set()


def test_notes_to_a_colleague_and_two_small_letters_for_a_number_are_left_over() -> None:
    final = replace(SETTINGS, stage=Stage.ISSUED)
    for said, found in (
        ("gói thầu số xx", "“xx”"),
        ("thế kỷ XX", ""),
        ("tại phường A (kiểm tra lại địa điểm)", "“(kiểm tra lại địa điểm)”"),
        ("bài thi (kiểm tra cuối năm)", ""),
    ):
        verdict = verdict_of(replace(GOOD, body=(Line(f"Đã thanh toán {said}, {LONG}."), *GOOD.body)), final)
        told = [f.found for f in verdict.findings if f.code == "TT64"]
        assert any(found in one for one in told) == bool(found), said


def test_a_basis_says_that_it_is_one() -> None:
    bare = "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư."
    for last, asked in ((f"Căn cứ {bare}", False), (bare, True)):
        found = [f.found for f in verdict_of(replace(GOOD, bases=(GOOD.bases[0], last))).findings]
        assert ("thiếu “Căn cứ”" in found) is asked


@pytest.mark.parametrize(
    ("paper", "code", "found"),
    [
        (replace(GOOD, number="Số: 15/BC-SNV.VP"), "TT21", "“15/BC-SNV.VP” có dấu chấm"),
        (replace(GOOD, addressee=("Kính gửi: UBND tỉnh A",)), "TT52", "“UBND” viết tắt"),
    ],
)
def test_signs_names_and_years_are_written_as_elsewhere(paper: Draft, code: str, found: str) -> None:
    paper = replace(
        paper, body=(*paper.body[:-1], Line(f"Ủy ban nhân dân tỉnh, Ủy ban {LONG}."), paper.body[-1])
    )
    paper = replace(paper, body=(Line(f"Ủy ban nhân dân {LONG}."), *paper.body))
    assert (code, found) in [(f.code, f.found) for f in verdict_of(paper).findings]
