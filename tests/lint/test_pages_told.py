"""On which page a finding stands: by Word's own marks, or as LibreOffice sets the pages."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree

from dvctt_report.lint import FileVerdict, lint_source
from dvctt_report.lint.laid_out import with_pages
from dvctt_report.office import print_pdf
from dvctt_report.word.source import Source, parse_source
from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, LONG, Draft, Line, build, para
from tests.lint.test_checks import SETTINGS

WRONG = Line(f"{LONG}.", {**BODY, "first": 30})
FILLING = tuple(Line(f"{LONG}.") for _ in range(30))


def judged(draft: Draft) -> tuple[Source, FileVerdict]:
    source = parse_source(build(draft))
    return source, lint_source(source, "van-ban.docx", SETTINGS)


def pages(verdict: FileVerdict) -> list[tuple[str, int | None]]:
    return [(f.code, f.spot.page) for f in verdict.findings]


def test_words_own_breaks_tell_the_page() -> None:
    broken = "<w:r><w:lastRenderedPageBreak/></w:r>"
    turning = Line(raw=para("", inner=broken + f"<w:r><w:t>{LONG}.</w:t></w:r>", **BODY))
    inside = Line(raw=para(LONG, inner=broken, **BODY))
    body = (WRONG, turning, WRONG, inside, WRONG, *GOOD.body)
    found = [page for code, page in pages(judged(replace(GOOD, body=body))[1]) if code == "TT39"]
    assert found == [1, 2, 3]


def test_without_a_trace_no_page_is_told() -> None:
    assert {page for _, page in pages(judged(replace(GOOD, body=(WRONG, *GOOD.body)))[1])} == {None}


@pytest.mark.requires("soffice")
def test_libreoffice_tells_the_page_and_the_document_stays_as_it_was(tmp_path: Path) -> None:
    motto = "Độc lập – Tự do – Hạnh phúc"
    sought = replace(WRONG, text="Đoạn văn thụt quá xa.")
    source, verdict = judged(replace(GOOD, motto=motto, body=(*FILLING, sought, *GOOD.body)))
    before = etree.tostring(source.main_tree)
    (tmp_path / "in.docx").write_bytes(source.data)
    with pdfplumber.open(io.BytesIO(print_pdf(tmp_path / "in.docx"))) as pdf:
        seen = [n for n, page in enumerate(pdf.pages, 1) if sought.text in page.extract_text()]
    assert pages(with_pages(verdict, source)) == [("TT14", 1), ("TT39", *seen)]
    assert etree.tostring(source.main_tree) == before
