"""The slip: one page, whatever the document is like, and a clean Word file itself."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.lint import lint_source
from dvctt_report.lint.reading import read_document
from dvctt_report.lint.slip import write_slip
from dvctt_report.lint.source import parse_source
from tests.lint.breakages import GOOD
from tests.lint.papers import Draft, Line, build, page_number
from tests.lint.test_checks import SETTINGS

TERRIBLE = replace(
    GOOD,
    motto="Độc lập – Tự do – Hạnh phúc",
    number="Số 5/BC-SNV",
    date="Bình An, ngày 5 tháng 03 năm 2025",
    subject=f"{GOOD.subject}.",
    lines={"motto": "underline", "issuer": None, "subject": "dashes"},
    name="TS. Nguyễn Văn A",
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


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in read_document(parse_source(data)).paragraphs)


@pytest.mark.parametrize("draft", [GOOD, TERRIBLE], ids=["đúng", "nhiều lỗi"])
def test_the_slip_is_a_clean_word_file(tmp_path: Path, draft: Draft) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(write_slip(lint_source(parse_source(build(draft)), "van-ban.docx", SETTINGS)))
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors


def test_the_slip_tells_every_check_that_failed() -> None:
    verdict = lint_source(parse_source(build(TERRIBLE)), "van-ban.docx", SETTINGS)
    text = text_of(write_slip(verdict))
    assert len({f.code for f in verdict.findings}) > 15
    assert [f.code for f in verdict.findings if f.code not in text and str(f.level) != "info"] == []
    assert "PHIẾU KIỂM TRA THỂ THỨC" in text
    assert "không phát hiện lỗi" in text_of(write_slip(lint_source(parse_source(build(GOOD)), "x", SETTINGS)))


@pytest.mark.requires("soffice")
def test_the_slip_of_a_terrible_document_is_one_page(tmp_path: Path) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(write_slip(lint_source(parse_source(build(TERRIBLE)), "van-ban.docx", SETTINGS)))
    profile = f"-env:UserInstallation=file://{tmp_path}/lo"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "phieu.pdf") as pdf:
        assert len(pdf.pages) == 1
