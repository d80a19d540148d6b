"""Parts, names, references, figures and words of one document that have to agree, and what may differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.lint.outcome import Outcome, verdict_json
from dvctt_report.lint.settings import Stage
from dvctt_report.lint.spelled import spelled_number
from dvctt_report.severity import Severity
from tests.lint import papers
from tests.lint.breakages import DECISION, GOOD, LETTER, body
from tests.lint.papers import BODY, LONG, Draft, Line, para, table
from tests.lint.right_papers import ARTICLES, directive, enclosed, minutes, named, office, text
from tests.lint.test_checks import SETTINGS, faults, verdict_of


def codes(draft: Draft) -> set[str]:
    return {code for code, _, _ in faults(draft)}


def test_a_strange_provinces_name_is_told_with_the_one_of_the_letterhead() -> None:
    strange = replace(GOOD, parent="UBND TỈNH NINH BÌNH", date="Hà Nam, ngày 05 tháng 3 năm 2025")
    found = next(f for f in verdict_of(strange).findings if f.code == "TT75")
    assert (found.found, found.expected) == ("địa danh “Hà Nam” là tên tỉnh khác", "“Ninh Bình”")


def test_an_office_that_does_two_things_is_itself() -> None:
    whose = (
        ("Sở Nội vụ tổng hợp và", False),
        ("Ban Thường vụ Tỉnh đoàn", False),
        ("Sở Tài chính tổng hợp và", True),
    )
    for who, asked in whose:
        said = Line(f"Thực hiện ý kiến chỉ đạo, {who} đề nghị các cơ quan thực hiện như sau:", BODY)
        assert ("TT75" in codes(replace(GOOD, body=(said, *GOOD.body)))) == asked


def test_a_report_may_name_the_year_alone_that_it_compares_its_own_with() -> None:
    lines = ("Trong 9 tháng xảy ra 45 vụ, giảm 5 vụ so với năm {0}.", "Số người bị nạn năm {0} là 12 người.")
    seen = "Qua các năm 2023, 2025 và 8 tháng 2024 đều tăng. Năm 2025 là năm cao nhất, năm 2025 đạt 40 vụ."
    report = replace(GOOD, subject="Kết quả công tác năm 2024", lines={"subject": 30.0})
    told = faults(replace(report, body=(Line(f"{seen} {LONG}.", BODY),)))
    assert not any("không có trong nội dung" in what for _, _, what in told)
    for year, asked in (("2023", False), ("2025", True)):
        body = tuple(Line(f"{line.format(year)} {LONG}.", BODY) for line in lines)
        report = replace(GOOD, subject="Kết quả công tác năm 2024", lines={"subject": 30.0}, body=body)
        assert any("không có trong nội dung" in what for _, _, what in faults(report)) == asked


def test_the_charter_of_all_schools_names_none_of_them() -> None:
    said = Line("Điều lệ Trường tiểu học áp dụng cho Trường Tiểu học Lê Văn Tám.")
    assert "TT75" not in codes(replace(GOOD, body=(*GOOD.body, said)))


def test_an_article_named_like_a_heading_above_its_clauses_needs_no_full_stop() -> None:
    named_like = Line("**Điều 2.** Nhiệm vụ, quyền hạn của Ban Chỉ đạo và Tổ giúp việc")
    clauses = (Line(f"1. {LONG}."), Line(f"2. {LONG}."))
    body = (*DECISION.body[:2], named_like, *clauses, DECISION.body[3])
    assert "TT79" not in codes(replace(DECISION, body=body))
    assert "TT79" in codes(replace(DECISION, body=(*DECISION.body[:2], named_like, DECISION.body[3])))


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


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (
            [("Khối", "Số", "Đã nộp"), ("A", "120", "118"), ("B", "292", "290"), ("Tổng cộng", "412", "408")],
            0,
        ),
        (
            [("Khối", "Số", "Đã nộp"), ("A", "120", "118"), ("B", "292", "290"), ("Tổng cộng", "422", "408")],
            1,
        ),
        ([("Khối", "Số", "Đã nộp"), ("A", "120", "118"), ("B", "90", "80"), ("Tổng cộng", "120", "118")], 0),
        ([("STT", "Khối", "Số"), ("1", "A", "5"), ("2", "B", "6"), ("4", "C", "7")], 1),
        ([("STT", "Khối", "Số"), ("1", "A", "5"), ("2", "B", "6"), ("1", "C", "7")], 0),
        ([("Khối", "Số", "Đã nộp"), ("A", "20", "30"), ("B", "40", "40"), ("C", "50", "41")], 1),
    ],
)
def test_tables_of_few_rows_are_added_up_where_another_column_bears_it_out(
    rows: list[tuple[str, ...]], asked: int
) -> None:
    cells = [[para(cell, size=12) for cell in row] for row in rows]
    shown = Line(raw=table(cells, [40, 60, 65], bordered=True, header=True))
    lines = (*GOOD.body[:11], shown, *GOOD.body[11:])
    assert [code for code, _, _ in faults(replace(GOOD, body=lines))] == ["TT71"] * asked


def test_a_list_has_as_many_entries_as_the_line_above_it_says() -> None:
    listed = ("1. Ông Lê Văn Bình, Tổ trưởng", "2. Bà Trần Thị Hoa, Tổ phó")
    for n, asked in (("02", set()), ("03", {"TT71"})):
        lines = text(f"{LONG} gồm {n} thành viên có tên sau:", *listed)
        assert codes(named("Kế hoạch", body=lines)) == asked


@pytest.mark.parametrize(("line", "codes_told"), [("- Như Điều 1;", {"TT76"}), ("- Như Điều 3;", set())])
def test_the_article_sent_along_names_who_carries_it_out(line: str, codes_told: set[str]) -> None:
    carried = Line(f"**Điều 3.** {LONG} chịu trách nhiệm thi hành Quyết định này./.")
    draft = replace(DECISION, body=(*DECISION.body[:3], carried), recipients=(line, "- Lưu: VT, NC."))
    assert codes(draft) == codes_told


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


@pytest.mark.parametrize(
    ("openings", "found"),
    [
        (("Thứ nhất", "Thứ hai", "Thứ ba"), []),
        (("Thứ nhất", "Thứ hai", "Thứ tư"), ["“Thứ tư,” sai thứ tự"]),
        (("Một là", "Hai là", "Hai là"), ["“Hai là,” sai thứ tự"]),
        (("Một là", "Hai là", "Một là", "Hai là"), []),
    ],
)
def test_what_is_counted_in_words_is_counted_right(openings: tuple[str, ...], found: list[str]) -> None:
    lines = text(LONG, *(f"{opening}, việc số {n} {LONG}" for n, opening in enumerate(openings)))
    told = [what for code, _, what in faults(named("Kế hoạch", body=lines)) if code == "TT79"]
    assert told == found


@pytest.mark.parametrize(("last", "asked"), [(2, []), (3, ["“3.” sau “1.”"]), (1, [])])
def test_a_number_left_out_in_an_annex_is_asked_about(last: int, asked: list[str]) -> None:
    entries = "".join(para(f"{n}. {LONG}.", **BODY) for n in (1, last))
    draft = replace(GOOD, annexes=(*GOOD.annexes[:1], replace(GOOD.annexes[1], behind=entries)))
    assert [found for code, _, found in faults(draft) if code == "TT79"] == asked


def test_a_decimal_point_is_quoted_with_its_whole_number() -> None:
    assert [found for _, _, found in faults(body(11, f"- Đạt 102.5% kế hoạch; {LONG}."))] == ["“102.5%”"]


def test_two_blanks_in_a_name_are_told() -> None:
    assert codes(replace(GOOD, name="Nguyễn Văn  An")) == {"TT07"}


def test_minutes_are_signed_by_who_wrote_them_too() -> None:
    told = {
        found
        for code, _, found in faults(named("Biên bản", date="", authority=("CHỦ TỌA",)))
        if code == "TT73"
    }
    assert "thiếu thư ký ký biên bản" in told


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


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Chủ trì: Ông Nguyễn Văn An, Phó Giám đốc Sở", False),
        ("Chủ trì: Ông Nguyễn Văn Ân, Phó Giám đốc Sở", True),
        ("Chủ trì: Ông Nguyễn Vân Anh, Giám đốc Sở", False),
        ("Chủ trì: Ông Nguyễn Văn Anh, Giám đốc Sở", True),
        ("Chủ trì: Ông Lê Văn Bình, Phó Giám đốc Sở", False),
        ("Căn cứ nhiệm vụ của Sở Nội vụ", False),
        ("Căn cứ nhiệm vụ của Sở Nội vự", True),
        ("Căn cứ nhiệm vụ của Sở Nông nghiệp và Môi trường", False),
    ],
)
def test_a_name_a_slip_away_from_that_of_head_or_signature_is_asked_about(said: str, asked: bool) -> None:
    told = codes(replace(body(11, f"- {said}; {LONG}."), name="Nguyễn Văn An"))
    assert ("TT75" in told) == asked


@pytest.mark.parametrize("draft", [GOOD, DECISION], ids=["báo cáo", "quyết định"])
def test_a_subject_that_is_set_like_text_is_out_of_place_and_not_missing(draft: Draft) -> None:
    set_as_text = replace(draft, looks={"subject": {"align": "both", "first": 12.7}})
    assert faults(set_as_text) == [("TT32", "Trích yếu", "không canh giữa")]


@pytest.mark.parametrize("name", ["Nguyễn Thị Ý", "Lê Ô", "Hồ Sở"])
def test_a_name_as_short_as_words_of_the_text_is_no_blank_and_none_of_them(name: str) -> None:
    said = body(11, f"- Cán bộ nghỉ lễ ở cơ quan, vô ý làm chậm hồ sơ; bà {name} chủ trì; {LONG}.")
    assert faults(replace(said, name=name)) == []
    unsaid = body(11, f"- Cán bộ nghỉ lễ ở cơ quan, vô ý làm chậm hồ sơ; {LONG}.")
    assert not {"TT64", "TT75"} & {f.code for f in verdict_of(replace(unsaid, name=name)).findings}


def test_daily_words_with_a_wrong_mark_are_told() -> None:
    told = [
        what
        for code, _, what in faults(body(11, f"- Tiếp tục thực hiên nhiêm vụ, {LONG}."))
        if code == "TT65"
    ]
    assert told == ["“thực hiên”", "“nhiêm vụ”"]
    assert "TT65" not in codes(body(11, f"- Thực hiện nhiệm vụ; lớp ở mỗi trường, {LONG}."))


def test_months_of_title_and_text_agree() -> None:
    for n, asked in (("9", True), ("10", False)):
        subject = f"Kết quả {n} tháng đầu năm 2025"
        told = codes(named("Báo cáo", subject, body=text(f"Trong 10 tháng đầu năm 2025, {LONG}", LONG)))
        assert ("TT75" in told) == asked


def test_what_was_done_was_not_done_later() -> None:
    for day, asked in (("03", False), ("13", True)):
        said = f"Ngày {day} tháng 3 năm 2025, tại trụ sở, Giám đốc Sở đã chủ trì cuộc họp"
        assert ("TT72" in codes(named("Thông báo", body=text(said, LONG)))) == asked


def test_a_meeting_is_not_held_after_its_conclusions_are_told() -> None:
    for day, asked in (("03", False), ("13", True)):
        said = f"Ngày {day} tháng 3 năm 2025, Giám đốc Sở chủ trì cuộc họp và kết luận như sau:"
        assert ("TT72" in codes(named("Thông báo", body=text(said, LONG)))) == asked


@pytest.mark.parametrize(
    ("closing", "found"),
    [
        ("Trên đây là báo cáo 6 tháng đầu năm 2025, Sở Nội vụ kính báo cáo cấp trên", []),
        ("Trên đây là báo cáo 6 tháng đầu năm 2025, Sở NV kính báo cáo UBND tỉnh", []),
        ("Trên đây là báo cáo, phương hướng 6 tháng cuối năm 2025, xin báo cáo", []),
        ("Trên đây là báo cáo 9 tháng đầu năm 2025", ["“9 tháng”, trích yếu ghi “6 tháng”"]),
        ("Trên đây là báo cáo năm 2024", ["“năm 2024”, trích yếu ghi “năm 2025”"]),
        ("Trên đây là báo cáo, Sở Tài chính kính báo cáo", ["“Sở Tài chính”, văn bản của SỞ NỘI VỤ"]),
    ],
)
def test_the_closing_sentence_names_the_office_and_time_of_its_own(closing: str, found: list[str]) -> None:
    subject = "Kết quả công tác 6 tháng đầu năm 2025"
    report = named("Báo cáo", subject, body=text(LONG, f"{closing}, {LONG}./."))
    assert [what for code, _, what in faults(report) if code == "TT75"] == found


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Cử ông Hồ Đắc Minh tham dự", "Giao ông Hồ Đắc Minh báo cáo", False),
        ("Cử ông Hồ Đắc Minh tham dự", "Giao ông Hồ Đắc Ming báo cáo", True),
        ("Bổ nhiệm bà Trần Ngọc Quỳnh", "Giao bà Trần Ngọc Quyên thi hành", True),
        ("Cử ông Hồ Đắc Minh tham dự", "Giao ông Lê Đắc Hòa báo cáo", False),
        ("Giao Phòng Kinh tế chủ trì", "Phòng Kinh tế báo cáo; Phòng Kinh tế xã Tân Hội", False),
        ("Giao Phòng Kinh tế chủ trì", "Phòng Kinh Tế báo cáo", True),
        ("Ban hành Quy chế làm việc", "Ban hành quy chế làm việc", False),
        ("Giao Ban Quản lý dự án chủ trì", "Ban quản lý dự án báo cáo", True),
        ("Ủy ban nhân dân Thành phố", "Ủy ban nhân dân thành phố khác", False),
    ],
)
def test_a_person_or_body_is_written_in_one_way(one: str, other: str, asked: bool) -> None:
    letter = replace(LETTER, body=text(f"{one}, {LONG}", f"{other}, {LONG}"))
    assert ("TT75" in codes(letter)) == asked


def test_a_commune_is_of_the_province_that_its_text_names() -> None:
    for parent, asked in (("UBND TỈNH LÂM ĐỒNG", False), ("UBND TỈNH KHÁNH HÒA", True)):
        body_ = text(f"Theo chỉ đạo của UBND tỉnh Lâm Đồng, {LONG}")
        plan = named("Kế hoạch", parent=parent, issuer="ỦY BAN NHÂN DÂN\nXÃ TÂN HỘI", body=body_)
        plan = replace(plan, date="Tân Hội, ngày 05 tháng 3 năm 2025")
        assert ("TT75" in codes(plan)) == asked, parent


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
        ("số liệu (Bảng 1) nêu trên", set()),
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


def test_a_table_that_is_not_there_is_told_where_none_is_numbered() -> None:
    for said, told in (("(Bảng 3)", {"TT76"}), ("theo Bảng 3 của thông tư", set())):
        assert codes(named("Báo cáo", body=text(f"Kết quả {said}, {LONG}", LONG))) == told


def test_words_at_the_foot_of_a_page_are_its_address_alone() -> None:
    for words, told in (("Soạn bởi phần mềm A", {"TT78"}), ("Địa chỉ: số 5 đường A; ĐT: 0123", set())):
        assert codes(replace(GOOD, footer=para(words, size=11))) & {"TT78"} == told


def test_a_heading_of_a_clause_has_something_below_it() -> None:
    def plan(*clauses: str) -> set[str]:
        lines = (Line("**I. MỤC ĐÍCH**"), *(Line(clause) for clause in clauses), Line("**II. VIỆC LÀM**"))
        return codes(named("Kế hoạch", body=(*lines, *text(LONG, LONG))))

    whole = ("**1. Mục đích**", f"{LONG}.", "**2. Yêu cầu**", f"{LONG}.")
    assert "TT73" not in plan(*whole)
    assert "TT73" in plan(*whole[:3])


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


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("Có mặt 13/15 người được triệu tập; vắng 02 người", "TT71", False),
        ("Có mặt 13/15 người được triệu tập; vắng 03 người", "TT71", True),
        ("Trong quý II năm 2025, các đơn vị làm tốt", "TT75", False),
        ("Trong quý III năm 2025, các đơn vị làm tốt", "TT75", True),
    ],
)
def test_those_present_and_the_quarter_agree(said: str, code: str, told: bool) -> None:
    report = named("Báo cáo", "Kết quả quý II năm 2025", body=text(f"{said}, {LONG}", LONG))
    assert (code in codes(report)) == told


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("báo cáo kết quả quý II năm 2025 như sau:", []),
        ("báo cáo kết quả như sau:", []),
        ("báo cáo kết quả quý III năm 2025 như sau:", ["“quý III”, trích yếu ghi “quý II”"]),
        ("báo cáo kết quả quý II năm 2024 như sau:", ["“năm 2024”, trích yếu ghi “năm 2025”"]),
        ("báo cáo kết quả năm 2024 và quý II năm 2025 như sau:", []),
    ],
)
def test_the_opening_sentence_tells_of_the_time_of_the_title(said: str, found: list[str]) -> None:
    opening = f"Thực hiện Kế hoạch số 12/KH-SNV ngày 05 tháng 01 năm 2024 của Sở Nội vụ, Sở Nội vụ {said}"
    lines = (Line(opening, BODY), *text(f"Trong quý II năm 2025, tăng so với năm 2024, {LONG}", LONG))
    report = named("Báo cáo", "Kết quả quý II năm 2025", body=lines)
    assert [what for code, _, what in faults(report) if code == "TT75"] == found


def test_a_committee_that_is_no_more_gets_no_task() -> None:
    for said, told in (("các xã, phường", False), ("các huyện, thị xã, xã", True)):
        task = text(f"1. Ủy ban nhân dân {said} rà soát, {LONG}", LONG)
        plan = named("Kế hoạch", date="Bình An, ngày 05 tháng 9 năm 2026", body=task)
        assert ("TT63" in codes(plan)) == told


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("xã Bát Xát báo cáo", "xã Bát Sát đạt 97%", True),
        ("các xã: Bát Xát, Văn Bàn báo cáo", "xã Văn Bân đạt 98%", True),
        ("các phường Cam Đường, Lào Cai báo cáo", "phường Cam Đuờng đạt 97%", True),
        ("xã Bát Xát báo cáo", "xã Bát Xát đạt 97%", False),
        ("xã Nam Sơn báo cáo", "xã Lam Sơn đạt 97%", False),
        ("xã Bát Xát báo cáo", "xã Mường Hum đạt 97%", False),
        ("thôn Nà Lang báo cáo", "thôn Nà Láng đạt 97%", False),
        ("thôn Nà Lang, thôn Nà Lang, thôn Nà Lang báo cáo", "thôn Nà Láng đạt 97%", True),
    ],
)
def test_a_place_is_written_in_one_way(one: str, other: str, asked: bool) -> None:
    letter = replace(LETTER, body=text(f"Giao {one}, {LONG}", f"Ghi nhận {other}, {LONG}"))
    assert ("TT75" in codes(letter)) == asked


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


MEMBERS = "Điều 1. Thành lập Tổ công tác, gồm các ông, bà có tên sau:"


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ((MEMBERS, "1. Ông Lê Quốc Bảo, Tổ trưởng.", "2. Bà Lê Thị Hoa, Tổ phó."), False),
        ((MEMBERS, "1. Ông Lê Quốc Bảo, Tổ trưởng.", "2. Ông Lê Quốc Bảo, Tổ phó."), True),
        ((MEMBERS, "1. Tổ trưởng: Ông Lê Quốc Bảo.", "2. Tổ phó: Ông Lê Quốc Bảo, Sở A."), True),
        ((MEMBERS, "- Ông Lê Quốc Bảo, Tổ trưởng;", "- Ông Lê Quốc Bảo, Tổ phó."), True),
        (("1. Ông Lê Quốc Bảo phát biểu.", "2. Ông Lê Quốc Bảo kết luận."), False),
        (("1. Ông Lê Quốc Bảo, Phó Giám đốc, khai mạc.", "2. Ông Lê Quốc Bảo, Phó Giám đốc, bế mạc."), False),
        ((MEMBERS, "1. Ông Lê Quốc Bảo, Tổ trưởng.", "Điều 2. Các ông, bà:", "1. Ông Lê Quốc Bảo."), False),
    ],
)
def test_a_person_stands_once_in_a_list_of_members(lines: tuple[str, ...], asked: bool) -> None:
    letter = replace(LETTER, body=text(*lines, LONG))
    assert ("TT75" in codes(letter)) == asked


def test_a_person_stands_once_in_a_table_of_members() -> None:
    for name, head, asked in (
        ("Lê Thị Hoa", "Chức vụ", False),
        ("Lê Quốc Bảo", "Chức vụ", True),
        ("Lê Quốc Bảo", "Năm sinh", False),
    ):
        rows = (("STT", "Họ và tên", head), ("1", "Lê Quốc Bảo", "A"), ("2", name, "B"))
        cells = [[para(c, size=12) for c in row] for row in rows]
        members = Line(raw=table(cells, [55, 55, 55], bordered=True, header=True))
        letter = replace(LETTER, body=(*text(LONG), members, *text(LONG)))
        assert ("TT75" in codes(letter)) == asked, (name, head)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("ông Nguyễn Văn An, Phó Giám đốc Sở Nội vụ", False),
        ("ông Nguyễn Văn An, Giám đốc Sở Nội vụ", True),
        ("ông Nguyễn Văn An, Giám đốc Ban Quản lý dự án", True),
        ("ông Nguyễn Văn An, Trưởng Ban Chỉ đạo", False),
        ("ông Lê Văn Bình, Giám đốc Sở Nội vụ", False),
        ("ông Nguyễn Văn An, nguyên Giám đốc Sở", False),
    ],
)
def test_a_deputy_is_a_deputy_in_the_text_too(said: str, asked: bool) -> None:
    letter = replace(
        LETTER,
        authority=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        name="Nguyễn Văn An",
        body=text(f"Giao {said}, {LONG}", LONG),
    )
    assert ("TT75" in codes(letter)) == asked


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Quản lý, sử dụng xe ô tô của cơ quan Sở", False),
        ("Quản lý và sử dụng xe ô tô", False),
        ("Quản lý xe ô tô trên địa bàn tỉnh năm 2026", False),
        ("Quản lý, sử dụng tài sản công", True),
        ("Thi đua, khen thưởng", True),
    ],
)
def test_what_is_put_into_force_bears_the_name_that_the_article_gives_it(title: str, asked: bool) -> None:
    said = "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý, sử dụng xe ô tô của Sở Nội vụ."
    decision = directive("Quyết định")
    decision = replace(
        decision,
        body=(Line("QUYẾT ĐỊNH:", {"align": "center", "bold": True}), Line(said), *decision.body[-2:]),
        behind=enclosed("QUY CHẾ", title, ARTICLES),
    )
    told = [found for code, _, found in faults(decision) if code == "TT75"]
    assert any("bản kèm theo là" in found for found in told) == asked, told


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


@pytest.mark.parametrize(
    ("ends", "asked"),
    [(";;;.", False), (";;..", True), (";,;.", True), ("....", False), (";.", False), (";...", False)],
)
def test_points_of_one_list_end_in_one_sign(ends: str, asked: bool) -> None:
    lines = (f"{letter}) Nội dung {letter}{end}" for letter, end in zip("abcd", ends, strict=False))
    letter = replace(LETTER, body=(Line("1. Nội dung:", BODY), *(Line(one, BODY) for one in lines)))
    told = [found for code, _, found in faults(letter) if code == "TT79" and "các điểm khác" in found]
    assert bool(told) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("13/13 người dự họp biểu quyết tán thành", False),
        ("15/15 người dự họp biểu quyết tán thành", True),
        ("12/13 đại biểu nhất trí", False),
    ],
)
def test_no_more_vote_than_were_there(said: str, asked: bool) -> None:
    lines = text(f"Thành phần: 13/15 người được triệu tập; vắng 02 người, {LONG}", f"{said}, {LONG}")
    told = codes(replace(minutes(), body=lines))
    assert ("TT71" in told) == asked


@pytest.mark.parametrize(
    ("other", "asked"), [("184", False), ("148", True), ("194", False), ("96", False), ("481", False)]
)
def test_two_numbers_of_one_thing_differ_in_more_than_the_order_of_digits(other: str, asked: bool) -> None:
    lines = text(f"Toàn xã có 184 hộ nghèo, {LONG}", f"Thống nhất danh sách {other} hộ nghèo, {LONG}")
    assert ("TT71" in codes(replace(LETTER, body=lines))) == asked


@pytest.mark.parametrize(("part", "code"), [("motto", "TT14"), ("issuer", "TT16"), ("subject", "TT32")])
def test_lines_that_belong_together_stand_a_single_line_apart(part: str, code: str) -> None:
    for look, loose in (({"before": 18}, True), ({"line": 480}, True), ({"before": 6}, False)):
        told = [what for one, _, what in faults(replace(GOOD, looks={part: look})) if one == code]
        assert any(what.startswith("cách dòng trên khoảng") for what in told) == loose, look


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Thực hiện từ tháng 12 năm 2025 đến tháng 3 năm 2026", ""),
        (
            "Thực hiện từ tháng 12 năm 2025 đến tháng 3 năm 2025",
            "“từ tháng 12 năm 2025 đến tháng 3 năm 2025”",
        ),
        ("Mưa to từ đêm ngày 05 đến ngày 08 tháng 10 năm 2025", ""),
        (
            "Mưa to từ đêm ngày 08 đến ngày 05 tháng 10 năm 2025",
            "“từ đêm ngày 08 đến ngày 05 tháng 10 năm 2025”",
        ),
        ("Hoàn thành trong quý IV năm 2025", ""),
        ("Hoàn thành trong quý V năm 2025", "“quý V” không có trong năm"),
        ("Hoàn thành trong tháng 13 năm 2025", "“tháng 13” không có trong năm"),
        ("Yêu cầu hoàn thành trước 17 giờ 00 phút ngày 06 tháng 3 năm 2025", ""),
        ("Yêu cầu gửi báo cáo trước 17 giờ 00 phút ngày 02 tháng 3 năm 2025", "thời hạn 02/03/2025 trước"),
        ("Giấy này có giá trị đến hết ngày 31 tháng 3 năm 2025", ""),
        ("Giấy này có giá trị đến hết ngày 28 tháng 02 năm 2025", "có giá trị đến ngày 28/02/2025, trước"),
    ],
)
def test_spans_and_terms_run_forward(said: str, found: str) -> None:
    told = [what for code, _, what in faults(named("Kế hoạch", body=text(said, LONG))) if code == "TT72"]
    assert [what.startswith(found) for what in told] == [True] * bool(found), told


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


def test_a_plan_of_any_name_orders_nothing_for_a_day_that_is_over() -> None:
    for kind in ("Phương án", "Chương trình"):
        for day, n in (("20", 0), ("02", 1)):
            said = f"Ban Chỉ huy kiểm tra tại 18/18 thôn, hoàn thành trước ngày {day} tháng 3 năm 2025"
            told = [what for code, _, what in faults(named(kind, body=text(said, LONG))) if code == "TT72"]
            assert len(told) == n, (kind, day)


def test_words_behind_a_communes_council_are_no_name_of_another() -> None:
    day = "Tân Kỳ, ngày 05 tháng 3 năm 2025"
    council = named("Nghị quyết", issuer="HỘI ĐỒNG NHÂN DÂN\nXÃ TÂN KỲ", date=day)
    for said, asked in (("tại kỳ họp", False), ("Tâm Kỳ tại kỳ họp", True)):
        line = f"Ý kiến của đại biểu Hội đồng nhân dân xã {said} là đúng, {LONG}"
        assert ("TT75" in codes(replace(council, body=(*council.body, *text(line))))) == asked, said


def test_the_lines_of_a_form_that_is_filled_in_need_no_full_stop() -> None:
    entries = (
        Line("Chức vụ: Phó Trưởng phòng Quản lý, bảo vệ rừng và bảo tồn thiên nhiên"),
        Line("Được cử đến: Ủy ban nhân dân xã Lâm Bình, tỉnh Tuyên Quang, để phối hợp kiểm tra"),
    )
    whole = text(*(f"{LONG} {n}" for n in range(5)))
    assert "TT79" not in codes(named("Giấy giới thiệu", body=(*entries, *whole)))
    assert "TT79" in codes(named("Giấy giới thiệu", body=(entries[0], *whole)))


@pytest.mark.parametrize(("day", "asked"), [("20", False), ("28", True)])
def test_who_is_invited_answers_before_the_meeting(day: str, asked: bool) -> None:
    lines = text(
        "Thời gian: 08 giờ 00 phút, ngày 26 tháng 3 năm 2025",
        f"Đề nghị gửi danh sách đại biểu trước ngày {day} tháng 3 năm 2025",
        LONG,
    )
    told = [what for code, _, what in faults(named("Giấy mời", body=lines)) if code == "TT72"]
    assert any("họp ngày 26/03/2025" in what for what in told) == asked


@pytest.mark.parametrize(
    ("said", "code", "asked"),
    [
        ("Cử ông Vũ Văn Hoa, bà Lê Thị Hồng Nhung", "TT75", False),
        ("Cử ông Vũ Thị Hoa", "TT75", True),
        ("Cử bà Vũ Văn Hoa", "TT75", True),
        ("Cử ông Phùng Gia Đạt; đề nghị tạo điều kiện để bà Phùng Gia Đạt làm việc", "TT75", True),
        ("Cấp 42 (bốn mươi hai) suất quà", "TT71", False),
        ("Cấp 42 (bốn mươi ba) suất quà", "TT71", True),
        ("Gửi 05 (kèm theo hồ sơ) bộ", "TT71", False),
        ("Gửi về địa chỉ tcbc@moha.gov.vn", "TT79", False),
        ("Gửi về địa chỉ tcbc@moha.gov,vn", "TT79", True),
        ("Liên hệ điện thoại: 0210 3846 512", "TT79", False),
        ("Liên hệ điện thoại: 0210 384 65", "TT79", True),
    ],
)
def test_persons_numbers_and_addresses_are_what_they_say(said: str, code: str, asked: bool) -> None:
    assert (code in codes(replace(LETTER, body=text(f"{said}, {LONG}", LONG)))) == asked


def test_a_list_of_members_has_one_head() -> None:
    for role, asked in (("Tổ phó", False), ("Tổ trưởng", True)):
        lines = text(MEMBERS, "1. Ông Lê Quốc Bảo, Tổ trưởng.", f"2. Bà Lê Thị Hoa, {role}.", LONG)
        assert ("TT75" in codes(replace(LETTER, body=lines))) == asked


def test_the_text_tells_of_the_months_of_the_title() -> None:
    for n, asked in (("10", False), ("9", True)):
        subject = "Kết quả công tác 10 tháng đầu năm 2025"
        lines = text(f"Sở Nội vụ báo cáo kết quả 10 tháng đầu năm 2025, {LONG}", f"Trong {n} tháng, {LONG}")
        assert ("TT75" in codes(named("Báo cáo", subject, body=lines))) == asked


def test_the_last_sentence_asks_to_carry_out_this_document() -> None:
    for kind, asked in (("Kế hoạch", False), ("Công văn", True)):
        last = f"Yêu cầu các đơn vị nghiêm túc thực hiện {kind} này"
        cited = f"Thực hiện Công văn số 12/UBND-VX ngày 05 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh, {LONG}"
        told = [what for code, _, what in faults(named("Kế hoạch", body=text(cited, last))) if code == "TT75"]
        assert told == ["“Công văn này”"] * asked


def test_a_resolution_was_passed_by_the_council_of_its_head() -> None:
    for term, asked in (("II", False), ("III", True)):
        paper = replace(
            DECISION,
            kind="NGHỊ QUYẾT",
            issuer="HỘI ĐỒNG NHÂN DÂN\nXÃ A",
            number="Số: 09/NQ-HĐND",
            decides="HỘI ĐỒNG NHÂN DÂN XÃ A\nKHÓA II, KỲ HỌP THỨ BA",
            body=(
                *DECISION.body[:-1],
                Line(
                    f"Nghị quyết này đã được Hội đồng nhân dân xã A khóa {term}, kỳ họp thứ Ba thông qua "
                    "ngày 03 tháng 3 năm 2025 và có hiệu lực từ ngày thông qua./."
                ),
            ),
        )
        found = [f.found for f in verdict_of(paper).findings if f.code == "TT75"]
        assert ("“khóa III”, phần đầu ghi khóa II" in found) is asked


def test_a_subject_names_the_commune_that_issues_and_closes_its_quotes() -> None:
    for subject, code in (
        ("Công tác năm 2025 của Ủy ban nhân dân xã An Bình", ""),
        ("Công tác năm 2025 của Ủy ban nhân dân xã Xuân Quang", "TT75"),
        ("Chiến dịch “Ngày cuối tuần số", "TT79"),
    ):
        paper = replace(GOOD, parent="UBND TỈNH A", issuer="ỦY BAN NHÂN DÂN\nXÃ AN BÌNH", subject=subject)
        found = {f.code for f in verdict_of(paper).findings if f.place == "Trích yếu"}
        assert found & {"TT75", "TT79"} == ({code} if code else set())


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
        (body(1, f"Uỷ ban nhân dân tỉnh {LONG}."), "TT75", "“Uỷ ban”, chỗ khác ghi “Ủy ban”"),
        (body(1, f"Đến ngày 31/3/26, {LONG}."), "TT72", "“ngày 31/3/26”"),
    ],
)
def test_signs_names_and_years_are_written_as_elsewhere(paper: Draft, code: str, found: str) -> None:
    paper = replace(
        paper, body=(*paper.body[:-1], Line(f"Ủy ban nhân dân tỉnh, Ủy ban {LONG}."), paper.body[-1])
    )
    paper = replace(paper, body=(Line(f"Ủy ban nhân dân {LONG}."), *paper.body))
    assert (code, found) in [(f.code, f.found) for f in verdict_of(paper).findings]
