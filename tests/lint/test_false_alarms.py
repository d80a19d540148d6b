"""Right documents that look odd to a program are passed in silence, and what is offered as right is right."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from dvctt_report.word.lint import lint_source
from dvctt_report.word.lint.outcome import Outcome
from dvctt_report.word.source import parse_source
from dvctt_report.word.tree import DECLARATIONS
from tests.lint.breakages import GOOD, LETTER
from tests.lint.papers import (
    BODY,
    CENTRE,
    LONG,
    Draft,
    Line,
    build,
    letterhead,
    package,
    page_number,
    para,
    signature,
    table,
)
from tests.lint.right_papers import named, recipients, table_of
from tests.lint.test_checks import SETTINGS, faults, verdict_of

FRAME = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="1"/>' for side in ("top", "left", "bottom", "right")
)


def with_even_header(settings: str) -> bytes:
    """A report with a header for even pages, in another look, which Word shows only where settings say so."""
    even = f"<w:hdr {DECLARATIONS}>{page_number(size=9, align='right')}</w:hdr>"
    extra = {
        "word/header8.xml": even,
        "word/settings.xml": f"<w:settings {DECLARATIONS}>{settings}</w:settings>",
    }
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(build(replace(GOOD, extra=extra)))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            reference = b'<w:headerReference w:type="even" r:id="rIdheader8"/><w:pgSz'
            new.writestr(name, old.read(name).replace(b"<w:pgSz", reference))
    return made.getvalue()


@pytest.mark.parametrize(
    ("settings", "codes"),
    [("", set()), ("<w:evenAndOddHeaders/>", {"TT08", "TT10"})],
    ids=["không dùng", "dùng"],
)
def test_a_header_for_even_pages_counts_only_where_it_is_shown(settings: str, codes: set[str]) -> None:
    verdict = lint_source(parse_source(with_even_header(settings)), "x.docx", SETTINGS)
    assert {f.code for f in verdict.findings if f.outcome is Outcome.FAIL} == codes


def test_a_frame_around_a_draft_mark_is_no_line_under_the_letterhead() -> None:
    framed = para("DỰ THẢO", **CENTRE, bold=True, size=13, border=f"<w:pBdr>{FRAME}</w:pBdr>")
    head = letterhead(replace(LETTER, lines={"issuer": None}))
    at = head.rindex("</w:tc>", 0, head.index("Bình An"))  # the end of the number's cell
    made = package(head[:at] + framed + head[at:] + tail(LETTER), LETTER)
    found = lint_source(parse_source(made), "x.docx", SETTINGS).findings
    assert [(f.code, f.found) for f in found if f.code == "TT17"] == [("TT17", "không có đường kẻ")]


def tail(draft: Draft) -> str:
    """What follows the letterhead of a letter."""
    body = "".join(line.xml() for line in draft.body)
    return para(draft.addressee[0], **CENTRE, before=12) + body + signature(draft) + draft.sheet.xml()


@pytest.mark.parametrize("line", ["- Luu: VT, TCCB.", "- lưu: VT, TCCB.", "- Lưu VT, TCCB."])
def test_the_line_that_is_offered_as_right_is_right(line: str) -> None:
    draft = replace(GOOD, recipients=("- Như trên;", line))
    (found,) = (f for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL)
    assert (found.code, found.expected) == ("TT56", "“- Lưu: VT, TCCB.”")


def test_no_letters_are_invented_for_a_body_that_sets_its_own() -> None:
    school = named(
        "Báo cáo", parent="UBND XÃ NINH PHƯỚC", issuer="TRƯỜNG TIỂU HỌC ĐINH BỘ LĨNH", number="Số: 15/BC"
    )
    told = [f.fix for f in verdict_of(school).findings if f.code == "TT22"]
    assert told == ["Ghi tiếp dấu “-” và chữ viết tắt tên cơ quan"]
    office = replace(GOOD, number="Số: 15/BC", annexes=(), body=GOOD.body[1:])
    assert [f.fix for f in verdict_of(office).findings if f.code == "TT22"] == ["Ghi tiếp “-SNV”"]


@pytest.mark.parametrize(
    "said",
    [
        "Hiệp hội Doanh nghiệp tỉnh A có Công văn số 12/HHDN-VP ngày 05 tháng 01 năm 2025 về việc góp ý",
        "Ngày 05 tháng 01 năm 2025, Sở Tài chính có Công văn số 12/STC-NS về việc góp ý",
        "Hội Nông dân tỉnh đã ban hành Kế hoạch số 12/KH-HND ngày 05 tháng 01 năm 2025 về tuyên truyền",
    ],
)
def test_a_document_is_cited_whole_where_its_issuer_is_who_acts(said: str) -> None:
    body = (Line(f"{said}; {LONG[0].lower()}{LONG[1:]}."), *GOOD.body)
    assert faults(replace(GOOD, body=body)) == []


@pytest.mark.parametrize(
    "date", ["Bình An, 05 tháng 3 năm 2025", "Bình An, ngày …/…/2025", "Bình An, ngày 05, tháng 3, năm 2025"]
)
def test_a_date_that_is_written_otherwise_is_not_missing(date: str) -> None:
    told = [found for code, _, found in faults(replace(GOOD, date=date)) if code == "TT26"]
    assert told == []


def test_recipients_in_a_table_of_the_text_are_not_those_below_it() -> None:
    rows = table_of(("STT", "Nơi nhận"), ("1", "Các phòng"))
    body = (*GOOD.body[:-1], rows, GOOD.body[-1])
    assert faults(replace(GOOD, body=body)) == []


def test_recipients_in_a_table_of_their_own_are_found() -> None:
    left = recipients("- Như trên;", "- Lưu: VT, CCHC.")
    right = para("GIÁM ĐỐC", **CENTRE, bold=True) + para() * 3 + para("Nguyễn Văn An", **CENTRE, bold=True)
    three = table([[left, para(), right]], [70, 10, 85])
    nested = table([[table([[left]], [70]) + para(size=2), right]], [75, 90])
    for closing in (three, nested):
        assert faults(replace(GOOD, closing=closing)) == []


@pytest.mark.parametrize("words", ["Hãng Москва và cụm từ µm", "dần dần, luôn luôn, ngày ngày, song song"])
def test_foreign_words_and_doubled_ones_that_are_words_are_read_for_what_they_are(words: str) -> None:
    draft = replace(LETTER, body=(Line(f"{LONG}:", BODY), Line(f"{words}, {LONG}.", BODY), *LETTER.body[1:]))
    found = verdict_of(draft).findings
    assert {f.code for f in found if f.code in ("TT07", "TT79") and f.outcome is Outcome.FAIL} == set()
