"""The slip: two pages at most, no mend cut short, and a clean Word file itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.word.document import read_document
from dvctt_report.word.lint.check import quote
from dvctt_report.word.lint.command import write_slip
from dvctt_report.word.lint.outcome import Outcome
from dvctt_report.word.source import parse_source
from tests.libreoffice import LibreOffice
from tests.word.lint.breakages import BREAKAGES
from tests.word.lint.drafts import GOOD
from tests.word.lint.linted import verdict_of
from tests.word.lint.papers import Draft, Line, page_number

TERRIBLE = replace(
    GOOD,
    motto="Độc lập – Tự do – Hạnh phúc",
    number="Số 5/BC-SNV",
    date="Bình An, ngày 5 tháng 03 năm 2025",
    subject=f"{GOOD.subject}.",
    lines={"motto": "underline", "issuer": None, "subject": "dashes"},
    name="TS. Nguyễn Văn An",
    recipients=("+ Như trên,", "- Lưu VT"),
    authority=("KT GIÁM ĐỐC", "GIÁM ĐỐC"),
    header="",
    footer=page_number(size=11, align="right"),
    looks={part: {"size": 16} for part in ("state", "parent", "issuer", "kind", "recipients", "addressee")},
    body=tuple(
        Line(line.text, {**line.look, "align": "left", "first": 0, "font": "Calibri", "before": 0}, line.raw)
        for line in GOOD.body
    ),
)


def slip_of(draft: Draft) -> str:
    paragraphs = read_document(parse_source(write_slip(verdict_of(draft)))).paragraphs
    return "\n".join(paragraph.text for paragraph in paragraphs)


@pytest.mark.parametrize("draft", [GOOD, TERRIBLE], ids=["đúng", "nhiều lỗi"])
def test_the_slip_is_a_clean_word_file(tmp_path: Path, draft: Draft) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(write_slip(verdict_of(draft)))
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors


def test_the_slip_tells_every_check_that_failed() -> None:
    verdict = verdict_of(TERRIBLE)
    text = slip_of(TERRIBLE)
    assert len({f.code for f in verdict.findings}) > 15
    assert [f.code for f in verdict.findings if f.code not in text and str(f.level) != "info"] == []
    assert "PHIẾU KIỂM TRA THỂ THỨC" in text
    assert "không phát hiện lỗi" in slip_of(GOOD)


@pytest.mark.parametrize("at", range(0, len(BREAKAGES), 7))
def test_no_mend_and_nothing_found_is_cut_short_on_the_slip(at: int) -> None:
    lines = TERRIBLE.lines
    draft = replace(BREAKAGES[at].draft, lines=lines, date=TERRIBLE.date, authority=TERRIBLE.authority)
    verdict = verdict_of(draft)
    text = slip_of(draft)
    told = [f for f in verdict.findings if f.outcome is Outcome.FAIL and str(f.level) != "info"]
    assert [f.fix for f in told if f.fix not in text] == []
    assert [f.found for f in told if f.found not in text] == []


def test_the_documents_words_are_cut_at_a_word() -> None:
    words = "Nguyễn Văn An, Phó Trưởng phòng Cải cách hành chính kiêm Trưởng Ban biên tập"
    for limit in range(10, len(words)):
        assert words.startswith(kept := quote(words, limit).removesuffix("…"))
        assert words[len(kept) :][:1] in (" ", ",", ";")
        assert len(kept) <= limit
    assert quote("a" * 50, 40) == "a" * 39 + "…"
    assert quote(f"{words}./.", 20, end=True) == "…Ban biên tập./."


def test_two_faults_of_one_line_are_two_rows_and_no_further_place() -> None:
    text = slip_of(replace(GOOD, date="Bình An, ngày 5 tháng 03 năm 2025", annexes=(), body=GOOD.body[1:]))
    assert "chỗ khác)" not in text
    assert "Kết quả: 2 chỗ sai quy định (lỗi), 0 chỗ" in text


def test_alike_faults_are_joined_and_the_slip_says_so() -> None:
    lines = tuple(replace(line, look={**line.look, "first": 20}) for line in GOOD.body)
    text = slip_of(replace(GOOD, body=lines))
    assert "chỗ khác)" in text
    assert "các chỗ cùng một lỗi gộp lại, còn 1 dòng" in text


def test_what_could_not_be_judged_is_told_in_words() -> None:
    text = slip_of(replace(GOOD, name="", number="Số:        /BC-SNV"))
    assert "không phát hiện lỗi" not in text
    assert "còn nội dung chưa xét được" in text
    assert "- Còn để trống, còn là dự thảo: số; họ tên người ký." in text, "one reminder"


@pytest.mark.requires("soffice")
def test_the_slip_of_a_terrible_document_is_two_pages_at_most(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(write_slip(verdict_of(TERRIBLE)))
    with pdfplumber.open(libreoffice.pdf(path)) as pdf:
        assert len(pdf.pages) == 2
