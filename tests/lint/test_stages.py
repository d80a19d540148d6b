"""What may be blank at each stage: a draft's blanks are one reminder, what goes out has number and day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.cli.lint import lines_of
from dvctt_report.word.lint import FileVerdict, lint_source
from dvctt_report.word.lint.check import Stage
from dvctt_report.word.lint.outcome import Outcome, left_blank
from dvctt_report.word.source import parse_source
from tests.lint.breakages import GOOD, LETTER
from tests.lint.papers import Annex, Draft, Line, build
from tests.lint.test_checks import SETTINGS

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


def test_what_goes_to_be_signed_lacks_number_and_day_alone() -> None:
    assert told(at(Stage.SIGNING, DRAFT)) == {("TT51", "Họ tên người ký"), ("TT64", "Nội dung")}
    filled = replace(DRAFT, name=GOOD.name, body=LETTER.body)
    assert told(at(Stage.SIGNING, filled)) == set()


@pytest.mark.parametrize("words", ["ngày … tháng … năm 2025", "ngày .... tháng .... năm 2025", "số …/BC-SNV"])
def test_dots_in_the_text_are_a_fault_once_it_goes_to_be_signed(words: str) -> None:
    draft = replace(LETTER, body=(Line(f"Theo văn bản {words} của cơ quan."), *LETTER.body))
    assert ("TT64", "Nội dung") in told(at(Stage.SIGNING, draft))
    assert "TT64" not in {code for code, _ in told(at(Stage.DRAFT, draft))}


def test_what_goes_out_on_paper_has_number_and_day_and_what_is_stamped_may_lack_them() -> None:
    filled = replace(DRAFT, name=GOOD.name, body=LETTER.body)
    expected = {("TT64", "Số, ký hiệu"), ("TT64", "Địa danh, thời gian")}
    assert told(at(Stage.ISSUED, filled)) == expected
    assert told(at(Stage.ISSUED, filled, electronic=True)) == set()
    assert told(at(Stage.ISSUED, GOOD)) == set()


def test_the_form_in_an_annex_is_filled_in_by_others() -> None:
    form = replace(GOOD.annexes[0], attached="(Kèm theo Báo cáo số      /BC-SNV ngày … tháng 3 năm 2025)")
    empty = replace(GOOD, annexes=(form, Annex("Phụ lục II", "DANH SÁCH ĐƠN VỊ: ……………")))
    assert "TT64" not in {code for code, _ in told(at(Stage.SIGNING, empty))}


@pytest.mark.parametrize("between", ["\n", "\t"], ids=["Shift+Enter", "tab"])
def test_a_line_typed_with_signs_under_the_letterhead_is_no_blank(between: str) -> None:
    line = "_" * 12
    body = (Line("Kinh phí thực hiện là ______ triệu đồng."), *LETTER.body)
    draft = replace(LETTER, issuer=f"SỞ NỘI VỤ{between}{line}", lines={"issuer": None}, body=body)
    told_of = [f.place for f in at(Stage.SIGNING, draft).findings if f.code == "TT64"]
    assert told_of == ["Nội dung"]


BLANKS = [
    "Thời gian: ... giờ ngày 18 tháng 9 năm 2026.",
    "Từ ngày 05 tháng 10 năm 20… đến hết năm.",
    "Chi thường xuyên: ______ triệu đồng.",
    "Đã giải quyết 1.175 hồ sơ, đạt ...%.",
    "Cử Ông (Bà) Hồ Đắc Minh đi công tác.",
    "Giao ông/bà Trần Ngọc Quỳnh thực hiện.",
    "Sản lượng đạt ….. tấn.",
]
LEFT = [
    "Đã phân bổ 27 tỷ đồng, bằng XX% dự toán.",
    "Dưới đây là dự thảo thông báo theo yêu cầu của bạn.",
    "Thư điện tử: abc@example.com.",
]
NOTHING_LEFT = [
    "Tổ chức hội thi, hội diễn, ... năm 2025 của tỉnh.",
    "Cấp phát sách, vở, bút…. Các ông (bà) Trưởng phòng thực hiện.",
    "Ông (Bà) Chánh Văn phòng và ông/bà Giám đốc Sở, thế kỷ XX.",
]


@pytest.mark.parametrize("words", BLANKS)
def test_a_short_blank_is_a_reminder_and_then_a_fault(words: str) -> None:
    draft = replace(LETTER, body=(Line(words), *LETTER.body))
    assert ("TT64", "Nội dung") in told(at(Stage.SIGNING, draft))
    assert "TT64" not in {code for code, _ in told(at(Stage.DRAFT, draft))}


@pytest.mark.parametrize("words", LEFT)
def test_a_dummy_is_a_fault_at_every_stage(words: str) -> None:
    draft = replace(LETTER, body=(Line(words), *LETTER.body))
    assert ("TT64", "Nội dung") in told(at(Stage.DRAFT, draft))


@pytest.mark.parametrize("words", NOTHING_LEFT)
def test_dots_and_brackets_of_a_text_are_no_blanks(words: str) -> None:
    draft = replace(LETTER, body=(Line(words), *LETTER.body))
    assert "TT64" not in {f.code for f in at(Stage.SIGNING, draft).findings}
