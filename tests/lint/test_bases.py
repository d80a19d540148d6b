"""Bases are told from the sentences of the text that open with the same words, and counted to their end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.model.severity import Severity
from dvctt_report.word.lint.outcome import Outcome
from tests.lint.breakages import DECISION, GOOD, LETTER
from tests.lint.papers import BODY, LONG, Draft, Line, Look
from tests.lint.right_papers import RIGHT_PAPERS, named
from tests.lint.test_checks import faults, verdict_of
from tests.lint.test_ways import paper_of

LAW, DECREE = GOOD.bases
ITALIC = {**BODY, "italic": True}


def opened(draft: Draft, *lines: Line) -> Draft:
    """The document without bases of its own, its text opened by some lines."""
    return replace(draft, bases=(), body=(*lines, *draft.body))


SENTENCES = (
    "Căn cứ Công văn số 4120/UBND-KGVX ngày 10 tháng 12 năm 2024 của UBND tỉnh về việc báo cáo công tác năm "
    "2024, Sở Nội vụ báo cáo kết quả như sau:",
    "Theo đề nghị của Sở B tại Công văn số 220/SB-VP ngày 02 tháng 01 năm 2025 về việc rà soát hồ sơ, Sở Nội "
    "vụ đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:",
    "Căn cứ tình hình thực tế của địa phương, Ủy ban nhân dân xã ban hành Kế hoạch tuyên truyền như sau:",
    "Căn cứ kết quả kiểm tra, Sở Nội vụ kính đề nghị Ủy ban nhân dân tỉnh xem xét.",
    "Căn cứ chức năng, nhiệm vụ được giao và tình hình thực tế, đề nghị các đơn vị:",
    "Căn cứ Công văn số 5/UBND-VX ngày 02 tháng 01 năm 2025 của UBND tỉnh. Sau khi nghiên cứu, chúng tôi xin "
    "có ý kiến như sau:",
    "Xét đề nghị của Phòng Tổ chức, Giám đốc Sở đã thống nhất chủ trương.",
    "Theo đề nghị của Quý cơ quan, đến nay các hồ sơ đã được giải quyết.",
    "Căn cứ kết quả rà soát của các đơn vị và đối chiếu trên hệ thống, số hồ sơ quá hạn còn 12.",
    "Thực hiện nhiệm vụ được giao, Sở Nội vụ báo cáo như sau:",
    "Trên cơ sở kết quả kiểm tra, các đơn vị đã khắc phục.",
    "Căn cứ Quyết định số 5/QĐ-SB ngày 02/01/2025 của Sở B về việc kiểm tra, hôm nay, chúng tôi gồm:",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("draft", [LETTER, GOOD, named("Kế hoạch")], ids=["công văn", "báo cáo", "kế hoạch"])
def test_a_sentence_that_opens_the_text_is_no_basis(draft: Draft, sentence: str) -> None:
    made = opened(draft, Line(sentence))
    assert paper_of(made).bases == ()
    assert {code for code, _, _ in faults(made)} & {"TT35", "TT36"} == set()


@pytest.mark.parametrize("end", [";", ","])
@pytest.mark.parametrize("draft", [LETTER, GOOD], ids=["công văn", "báo cáo"])
def test_half_a_sentence_above_its_other_half_is_no_basis(draft: Draft, end: str) -> None:
    half = (
        f"Căn cứ Công văn số 4120/UBND-VX ngày 10 tháng 12 năm 2024 của UBND tỉnh về công tác năm 2024{end}"
    )
    made = opened(draft, Line(half), Line("Sở Nội vụ báo cáo kết quả như sau:"))
    assert faults(made) == []
    two = opened(draft, Line(f"{LAW}"), Line(half), Line("Sở Nội vụ báo cáo kết quả như sau:"))
    assert "TT35" in {code for code, _, _ in faults(two)}


def test_a_sentence_in_the_middle_of_the_text_is_no_basis() -> None:
    lines = (*LETTER.body[:2], Line(f"Căn cứ Luật Đầu tư, {LONG}."), *LETTER.body[2:])
    assert paper_of(replace(LETTER, body=lines)).bases == ()
    listed = (
        Line("1. Cơ sở pháp lý:"),
        Line("Căn cứ Luật Đầu tư;"),
        Line("Căn cứ Luật Đấu thầu."),
        Line(f"2. {LONG}./."),
    )
    assert faults(named("Kế hoạch", body=listed)) == []


@pytest.mark.parametrize(
    "last",
    [
        "Căn cứ Quyết định số 5/QĐ-UBND ngày 02/01/2025 của UBND tỉnh về việc giao biên chế cho các cơ quan, "
        "đơn vị thực hiện.",
        "Theo đề nghị của Trưởng phòng Nội vụ, Trưởng phòng Tài chính.",
        "Theo đề nghị của Sở Tài chính, Sở Nội vụ tại Tờ trình số 5/TTr-STC ngày 02/01/2025 về việc đề nghị "
        "ban hành quy chế.",
        "Căn cứ Kế hoạch số 5/KH-UBND ngày 02/01/2025 của UBND tỉnh về cải cách hành chính, tổ chức thi hành "
        "pháp luật.",
    ],
)
def test_what_a_basis_is_about_makes_no_sentence_of_it(last: str) -> None:
    made = replace(named("Kế hoạch"), bases=(LAW, last))
    assert (len(paper_of(made).bases), faults(made)) == (2, [])


def test_a_sentence_below_the_list_that_opens_like_a_basis_is_text() -> None:
    text = Line("Căn cứ kết quả rà soát của các đơn vị, số hồ sơ quá hạn còn 12.")
    made = opened(GOOD, Line(LAW, ITALIC), Line(DECREE, ITALIC), text)
    assert (len(paper_of(made).bases), faults(made)) == (2, [])


@pytest.mark.parametrize("end", [";", "."])
def test_where_the_sentence_goes_on_below_the_bases_either_sign_ends_them(end: str) -> None:
    told = "Theo đề nghị của Sở Tài chính, Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
    lines = (Line(LAW, ITALIC), Line(DECREE[:-1] + end, ITALIC), Line(told))
    made = opened(named("Kế hoạch"), *lines)
    assert len(paper_of(made).bases) == 2
    assert faults(made) == []


def test_a_semicolon_before_a_sentence_of_the_office_is_only_spoken_of() -> None:
    told = "Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
    for end, found in ((";", [("TT36", Severity.INFO)]), (".", [])):
        lines = (Line(LAW, ITALIC), Line(DECREE[:-1] + end, ITALIC), Line(told))
        findings = verdict_of(opened(named("Kế hoạch"), *lines)).findings
        assert [(f.code, f.level) for f in findings if f.outcome is Outcome.FAIL] == found


OTHERS = (
    "Thực hiện Thông báo số 900-TB/TU ngày 01 tháng 02 năm 2025 của Thường trực Tỉnh ủy",
    "Trên cơ sở Biên bản họp Hội đồng tư vấn ngày 05 tháng 02 năm 2025",
    "Xét Tờ trình số 58/TTr-UBND ngày 15 tháng 12 năm 2024 của Ủy ban nhân dân xã về dự toán; Báo cáo thẩm "
    "tra của Ban Kinh tế - Ngân sách; ý kiến thảo luận của đại biểu",
    "Xét năng lực, phẩm chất của cán bộ",
    "Sau khi thống nhất với Thường trực Hội đồng nhân dân tỉnh",
    "Được sự đồng ý của Thường trực Tỉnh ủy tại Công văn số 12-CV/TU ngày 03 tháng 02 năm 2025",
    "Để đáp ứng yêu cầu nhiệm vụ",
)


@pytest.mark.parametrize("basis", OTHERS)
def test_bases_with_other_openings_belong_to_the_list(basis: str) -> None:
    last = "Theo đề nghị của Giám đốc Sở Nội vụ."
    between = replace(DECISION, bases=(LAW, f"{basis};", last))
    assert (len(paper_of(between).bases), faults(between)) == (3, [])
    behind = replace(DECISION, bases=(LAW, f"{basis}."))
    assert (len(paper_of(behind).bases), faults(behind)) == (2, [])


@pytest.mark.parametrize("basis", OTHERS[:4])
def test_faults_of_bases_with_other_openings_are_theirs(basis: str) -> None:
    last = "Theo đề nghị của Giám đốc Sở Nội vụ."
    for sign in (",", ":", ""):
        made = replace(DECISION, bases=(LAW, f"{basis}{sign}", last))
        assert [(code, place) for code, place, _ in faults(made)] == [("TT36", "Căn cứ")]
    ended = replace(DECISION, bases=(LAW, f"{basis};"))
    assert [code for code, _, _ in faults(ended)] == ["TT36"]
    lines = (Line(LAW, ITALIC), Line(f"{basis}."), *DECISION.body)
    assert [code for code, _, _ in faults(replace(DECISION, bases=(), body=lines))] == ["TT35"]


@pytest.mark.parametrize("sign", [":", ",", "", "."])
@pytest.mark.parametrize("draft", [DECISION, named("Kế hoạch"), RIGHT_PAPERS["Tờ trình"]])
def test_a_wrong_sign_behind_one_of_several_bases_is_found(draft: Draft, sign: str) -> None:
    made = replace(draft, bases=(LAW[:-1] + sign, DECREE))
    assert [code for code, _, _ in faults(made)] == ["TT36"]
    if sign != ".":
        made = replace(draft, bases=(LAW, DECREE[:-1] + sign))
        assert [code for code, _, _ in faults(made)] == ["TT36"]


@pytest.mark.parametrize("dash", ["- ", "– ", "+ ", "-"])
def test_a_dash_before_a_basis_is_the_fault_and_the_line_a_basis(dash: str) -> None:
    for at in (0, 1):
        bases = tuple(dash + line if n == at else line for n, line in enumerate(DECISION.bases))
        made = replace(DECISION, bases=bases)
        assert len(paper_of(made).bases) == 2
        assert [(code, found) for code, _, found in faults(made)] == [
            ("TT35", f"có “{dash.strip()}” đầu dòng")
        ]


@pytest.mark.parametrize(
    "basis",
    [
        "Căn cứ Nghị quyết số 41/NQ-HĐND ngày 10 tháng 12 năm 2024 của Hội đồng nhân dân tỉnh về dự toán",
        "Căn cứ Nghị quyết số 41/NQ-HĐND của Hội đồng nhân dân tỉnh ngày 10 tháng 12 năm 2024 về dự toán",
        "Căn cứ Nghị quyết số 41/NQ-HĐND ngày 10/12/2024 kỳ họp thứ 20 của Hội đồng nhân dân tỉnh về dự toán",
        "Căn cứ Công văn của Bộ Nội vụ số 41/BNV-TL ngày 10/12/2024 về biên chế",
        "Căn cứ các Quyết định của UBND tỉnh: số 4/QĐ-UBND ngày 10/12/2024, số 5/QĐ-UBND ngày 11/12/2024",
        "Căn cứ Thông tư liên tịch số 41/2015/TTLT-BTC-BNV ngày 10/12/2015 giữa Bộ Tài chính và Bộ Nội vụ",
        "Căn cứ Luật Đấu thầu ngày 23 tháng 6 năm 2023",
        "Căn cứ Bộ luật Dân sự ngày 24/11/2015; Luật sửa đổi, bổ sung một số điều của Luật Đất đai",
    ],
)
def test_a_basis_that_says_what_it_has_to_is_right(basis: str) -> None:
    assert faults(replace(DECISION, bases=(f"{basis};", DECISION.bases[1]))) == []


@pytest.mark.parametrize(
    ("basis", "missing"),
    [
        (
            "Căn cứ Nghị quyết số 41/NQ-HĐND ngày 10 tháng 12 năm 2024 về dự toán ngân sách của tỉnh",
            "cơ quan ban hành",
        ),
        (
            "- Căn cứ Nghị định số 8/2014/NĐ-CP ngày 27/01/2014 hướng dẫn thi hành một số điều của Luật",
            "cơ quan ban hành",
        ),
        ("Căn cứ Nghị quyết số 41/NQ-HĐND về dự toán của tỉnh", "ngày, tháng, năm; cơ quan ban hành"),
        ("Căn cứ Luật Ngân sách nhà nước năm 2025", "ngày, tháng, năm"),
        ("Căn cứ Luật Ngân sách nhà nước số 83/2015/QH13", "ngày, tháng, năm"),
        ("Căn cứ Pháp lệnh Quản lý thị trường", "ngày, tháng, năm"),
        ("Căn cứ Nghị quyết số 4/NQ-HĐND ngày 10 tháng 12 năm 20244 của HĐND tỉnh", "ngày, tháng, năm"),
    ],
)
def test_what_a_basis_leaves_out_is_told(basis: str, missing: str) -> None:
    made = replace(DECISION, bases=(f"{basis};", DECISION.bases[1]))
    assert [found for code, _, found in faults(made) if code == "TT37"] == [f"thiếu {missing}"]


@pytest.mark.parametrize("dash", ["", "- "])
@pytest.mark.parametrize("look", [BODY, {"align": "left"}], ids=["set as text", "set as a list"])
@pytest.mark.parametrize(
    "to", [("Kính gửi:", "- Sở A;", "- Sở B."), ("Kính gửi: Sở A",)], ids=["nhiều", "một"]
)
def test_what_stands_below_the_addressees_and_begins_with_can_cu_is_a_basis(
    to: tuple[str, ...], dash: str, look: Look
) -> None:
    """Not one more addressee, which would be set and mended as one."""
    lines = tuple(Line(f"{dash}{text}", look) for text in (LAW, DECREE))
    paper = paper_of(replace(LETTER, addressee=to, bases=(), body=(*lines, *LETTER.body)))
    assert not any("Căn cứ" in line.text for line in paper.title.addressees)
    assert [line.text for line in paper.bases] == [f"{dash}{text}" for text in (LAW, DECREE)]
