"""The sheet for an inspector: one page, all that it has no room for behind it, valid."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from dvctt_report.explain.account import Account, explain_target
from dvctt_report.explain.sheet import sheet_bytes
from tests.explain.conftest import Make, text_of
from tests.libreoffice import LibreOffice

OFFICE = ("UBND tỉnh Mẫu", "Sở Mẫu")
VERSION = ("bao-cao-2025.docx (mã băm SHA-256 00ff…)",)


@pytest.fixture
def long(make: Make) -> Account:
    """An account with many units, decisions and cells, and much beside it."""
    told = explain_target(make(), "T10")
    decisions = ("Một quyết định",) * 20
    told = replace(told, beside=("Nhiều đơn vị, " * 30,), control=("Số đối chiếu, " * 25,) * 2)
    return replace(told, counted=told.counted * 30, left_out=told.left_out * 30, decisions=decisions)


def test_the_sheet_says_what_is_asked_and_which_report_it_explains(make: Make) -> None:
    text = text_of(sheet_bytes(explain_target(make(), "T10"), OFFICE, VERSION))
    for said in ("PHIẾU GIẢI TRÌNH SỐ LIỆU", "SỞ MẪU", "1.599 / 2.000", "chưa gửi báo cáo", *VERSION):
        assert said in text
    assert "Phụ lục" not in text, "what fits has no annex"
    assert "Từng ô" not in text


def test_one_unit_alone_is_told_cell_by_cell_with_what_was_typed(make: Make) -> None:
    text = text_of(sheet_bytes(explain_target(make(), "T10", "A"), OFFICE, VERSION))
    assert "Từng ô số liệu (3)" in text
    assert "Nội dung HS.T: Đã giải quyết: tổng số" in text


def test_a_long_account_says_how_much_is_left_out_and_the_whole_one_has_it_all(long: Account) -> None:
    short = text_of(sheet_bytes(long, OFFICE, VERSION))
    whole = text_of(sheet_bytes(long, OFFICE, VERSION, whole=True))
    assert "dòng khác; nêu đủ ở Phụ lục" in short
    assert "dòng khác" not in whole
    assert "Phụ lục" not in whole
    assert whole.count("Cơ quan A") == 30
    annex = short[short.index("THỦ TRƯỞNG ĐƠN VỊ") :]  # what the tables of the first page show comes first
    assert annex.count("Cơ quan A") == 30, "an inspector asks for the units, not for a command"


def test_no_page_begins_with_a_single_row(long: Account) -> None:
    """The last rows of a list are kept with the next one; the last itself is not."""
    lists = [t for t in Document(io.BytesIO(sheet_bytes(long, OFFICE, VERSION))).tables if len(t.rows) > 4]
    for one in lists:
        kept = [row.cells[-1].paragraphs[0].style.style_id == "NdLastText" for row in one.rows]
        assert kept[-1] is False
        assert sum(kept) in (1, 2), "a row that says how many are left out stands behind them"
    assert any(len(one.rows) > 20 for one in lists)


def test_it_is_valid_and_the_same_again(long: Account, tmp_path: Path) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(sheet_bytes(long, OFFICE, VERSION))
    assert OpenXmlValidator().validate(str(path)).errors == []
    assert sheet_bytes(long, OFFICE, VERSION) == path.read_bytes()


@pytest.mark.requires("soffice")
def test_the_first_page_ends_with_the_signatures_however_much_there_is_to_say(
    long: Account, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(sheet_bytes(long, OFFICE, VERSION))
    with pdfplumber.open(libreoffice.pdf(path)) as pdf:
        assert "THỦ TRƯỞNG ĐƠN VỊ" in pdf.pages[0].extract_text()
        assert pdf.pages[1].extract_text().strip().startswith("Phụ lục")
