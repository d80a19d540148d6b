"""What of one document has to agree, what a draft leaves open, and what only looks odd."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.cli.lint import lines_of
from dvctt_report.model.severity import Severity
from dvctt_report.word.lint.check import BLOCK_NAMES, Block
from dvctt_report.word.lint.checks_asked import spelled_number
from dvctt_report.word.lint.outcome import Outcome, left_blank, verdict_json
from dvctt_report.word.package import pack
from dvctt_report.word.tree import DECLARATIONS
from tests.intake.excel import unzipped
from tests.word.lint import papers
from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.linted import SETTINGS, faults, faults_by, paper_of, verdict_of, verdict_on
from tests.word.lint.papers import (
    BODY,
    CENTRE,
    LONG,
    Draft,
    Line,
    Look,
    build,
    letterhead,
    package,
    page_number,
    para,
    signature,
    table,
)
from tests.word.lint.right_papers import named, office, text


def codes(draft: Draft) -> set[str]:
    return {code for code, _, _ in faults(draft)}


def test_pages_counted_when_the_file_was_empty_are_no_count() -> None:
    counted = "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'>"
    counted += "<Pages>1</Pages><Words>0</Words><Characters>{}</Characters></Properties>"
    long = replace(LETTER, body=(Line(f"{LONG}."),) * 60 + (Line(f"{LONG}./."),))
    told = [codes(replace(long, extra={"docProps/app.xml": counted.format(n)})) for n in (0, 20_000)]
    assert ["TT08" in each for each in told] == [True, False]


def test_words_own_breaks_tell_the_page_and_without_a_trace_none_is_told() -> None:
    wrong, broken = Line(f"{LONG}.", {**BODY, "first": 30}), "<w:r><w:lastRenderedPageBreak/></w:r>"
    turning = Line(raw=para("", inner=broken + f"<w:r><w:t>{LONG}.</w:t></w:r>", **BODY))
    body = (wrong, turning, wrong, Line(raw=para(LONG, inner=broken, **BODY)), wrong, *GOOD.body)
    found = verdict_of(replace(GOOD, body=body)).findings
    assert [f.spot.page for f in found if f.code == "TT39"] == [1, 2, 3]
    assert {f.spot.page for f in verdict_of(replace(GOOD, body=(wrong, *GOOD.body))).findings} == {None}


def test_text_in_a_table_of_one_column_without_lines_is_text_like_any() -> None:
    inside = "".join(para(f"{n}. {LONG}.", **{**BODY, "size": 12}) for n in (1, 2))
    for bordered in (False, True):
        framed = Line(raw=table([[inside]], [165], bordered=bordered))
        assert ("TT42" in codes(replace(LETTER, body=(framed, *text(LONG))))) is not bordered


def test_a_signature_pushed_into_a_section_of_its_own_is_told() -> None:
    behind = Line(raw=para("", section=GOOD.sheet.xml()))
    (told,) = faults_by(replace(GOOD, body=(*GOOD.body, behind)), "TT57")
    assert told.startswith("chữ ký bị đẩy sang trang riêng")


def test_a_dummy_name_is_a_reminder_in_a_draft() -> None:
    verdict = verdict_of(office(kind="THÔNG BÁO", number="Số: 15/TB-SNV", name="Nguyễn Văn A"))
    (shown,) = (f for f in verdict_json(verdict)["findings"] if f["code"] == "TT64")
    assert (shown["outcome"], shown["level"]) == ("not_evaluated", None)


def test_a_superior_in_two_lines_is_told_from_its_branch_by_the_weight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = "SỞ NÔNG NGHIỆP VÀ\nMÔI TRƯỜNG TỈNH A"

    def lines_apart(text: str = "", **look: Any) -> str:
        return "".join(para(line, **look) for line in (text.split("\n") if text == two else (text,)))

    monkeypatch.setattr(papers, "para", lines_apart)
    branch = named("Báo cáo", parent=two, issuer="CHI CỤC KIỂM LÂM", authority=("CHI CỤC TRƯỞNG",))
    assert codes(replace(branch, number="Số: 15/BC-CCKL")) & {"TT16", "TT17", "TT74"} == set()


@pytest.mark.parametrize("dash", ["", "- "])
@pytest.mark.parametrize("look", [BODY, {"align": "left"}], ids=["set as text", "set as a list"])
@pytest.mark.parametrize(
    "to", [("Kính gửi:", "- Sở A;", "- Sở B."), ("Kính gửi: Sở A",)], ids=["nhiều", "một"]
)
def test_what_stands_below_the_addressees_and_begins_with_can_cu_is_a_basis(
    to: tuple[str, ...], dash: str, look: Look
) -> None:
    """Not one more addressee, which would be set and mended as one."""
    lines = tuple(Line(f"{dash}{text}", look) for text in GOOD.bases)
    paper = paper_of(replace(LETTER, addressee=to, bases=(), body=(*lines, *LETTER.body)))
    assert not any("Căn cứ" in line.text for line in paper.title.addressees)
    assert [line.text for line in paper.bases] == [f"{dash}{text}" for text in GOOD.bases]


def test_a_list_longer_than_the_alphabet_is_counted_as_any_other() -> None:
    letters = (*"abcdđeghiklmnopqrstuvxy", "z")
    points = [Line(f"{letter}) Việc thứ {n} của cơ quan, đơn vị:") for n, letter in enumerate(letters, 1)]
    above = Line(f"1. Kết quả tại {len(letters)} địa phương:")
    found = faults(replace(GOOD, body=(above, *points, *GOOD.body)))
    assert {(code, said) for code, _, said in found} == {
        ("TT45", "“z)” không có trong thứ tự điểm: a, b, c, d, đ, e, g, h, i …")
    }


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


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
        *((f"hai nghìn ba trăm linh {word}", 2300 + digit) for digit, word in enumerate(DIGITS)),
    ],
)
def test_a_number_in_words_is_read_or_left_alone(words: str, number: int | None) -> None:
    assert spelled_number(words) == number


def test_questions_stand_in_a_block_of_their_own_and_are_no_errors() -> None:
    verdict = verdict_of(
        replace(GOOD, body=(Line("Có 12/15 đơn vị (85%), thứ Hai, ngày 05/3/2025.", BODY), *GOOD.body))
    )
    questions = [f for f in verdict.findings if f.code in ("TT71", "TT72")]
    assert [(f.spot.block, f.level) for f in questions] == [(Block.ASKED, Severity.INFO)] * 2
    lines = [line.text.strip() for line in lines_of(verdict, 100)]
    assert [line for line in lines if line in BLOCK_NAMES.values()] == [BLOCK_NAMES[Block.ASKED]]
    assert "Số liệu trong văn bản: chỉ đối chiếu phần trên tổng với tỷ lệ" in " ".join(lines)


def test_all_that_a_draft_leaves_open_is_one_line() -> None:
    draft = replace(
        LETTER,
        number="Số:        /SNV-CCHC",
        date="Bình An, ngày      tháng 6 năm 2025",
        name="",
        body=(Line("Kết quả đến ngày … tháng … năm 2025 là ……… cuộc."), *LETTER.body),
    )
    assert faults(draft) == []
    words = "Còn để trống, còn là dự thảo: số; ngày, tháng; họ tên người ký; chỗ chưa điền trong nội dung"
    assert left_blank(verdict_of(draft)) == words
    assert sum("trống" in line.text for line in lines_of(verdict_of(draft), 200)) == 1


@pytest.mark.parametrize(
    ("settings", "codes"),
    [("", set()), ("<w:evenAndOddHeaders/>", {"TT08", "TT10"})],
    ids=["không dùng", "dùng"],
)
def test_a_header_for_even_pages_counts_only_where_it_is_shown(settings: str, codes: set[str]) -> None:
    """It has another look than the header of the other pages."""
    extra = {
        "word/header8.xml": f"<w:hdr {DECLARATIONS}>{page_number(size=9, align='right')}</w:hdr>",
        "word/settings.xml": f"<w:settings {DECLARATIONS}>{settings}</w:settings>",
    }
    reference = b'<w:headerReference w:type="even" r:id="rIdheader8"/><w:pgSz'
    parts = unzipped(build(replace(GOOD, extra=extra)))
    made = pack({name: content.replace(b"<w:pgSz", reference) for name, content in parts.items()})
    found = verdict_on(made, SETTINGS).findings
    assert {f.code for f in found if f.outcome is Outcome.FAIL} == codes


def test_a_frame_around_a_draft_mark_is_no_line_under_the_letterhead() -> None:
    sides = (
        f'<w:{side} w:val="single" w:sz="4" w:space="1"/>' for side in ("top", "left", "bottom", "right")
    )
    frame = f"<w:pBdr>{''.join(sides)}</w:pBdr>"
    framed = para("DỰ THẢO", **CENTRE, bold=True, size=13, border=frame)
    head = letterhead(replace(LETTER, lines={"issuer": None}))
    at = head.rindex("</w:tc>", 0, head.index("Bình An"))  # the end of the number's cell
    body = para(LETTER.addressee[0], **CENTRE, before=12) + "".join(line.xml() for line in LETTER.body)
    end = body + signature(LETTER) + LETTER.sheet.xml()
    found = verdict_on(package(head[:at] + framed + head[at:] + end, LETTER), SETTINGS).findings
    assert [f.found for f in found if f.code == "TT17"] == ["không có đường kẻ"]
