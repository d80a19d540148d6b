"""The table of all findings that is filtered in Excel."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openxml_audit import OpenXmlValidator

from dvctt_report.intake.collect import read_return
from dvctt_report.model import CellRef, Finding, Severity, finding_id
from dvctt_report.model.period import Period
from dvctt_report.report.findings_table import COLUMNS, finding_rows, findings_xlsx
from tests.forms.fill import real
from tests.papers.mending.mended import answer, dataset, found, name, returned, sheet

HEADERS = [header for header, _ in COLUMNS]


def as_dicts() -> list[dict[str, str]]:
    data = answer(sheet(), {name("SL02"): ("Giữ nguyên", "@cả người đã nghỉ")})
    reply = read_return("nhan-ve/2025/SYT.xlsx", data, real(), Period(2025))
    rows = finding_rows(dataset(returned(), reply), found())
    return [dict(zip(HEADERS, row, strict=True)) for row in rows]


def test_every_finding_has_a_row_errors_first() -> None:
    rows = as_dicts()
    assert sorted(r["Mã phát hiện"] for r in rows) == sorted(map(finding_id, found()))
    levels = [r["Mức độ"] for r in rows]
    assert levels == sorted(levels, key=["Lỗi", "Cảnh báo", "Thông tin"].index)


def test_a_row_says_where_what_was_written_why_and_what_is_asked() -> None:
    row = next(r for r in as_dicts() if r["Mã phát hiện"] == name("SL02"))
    assert row["Đơn vị"] == "Sở Y tế"
    assert (row["Biểu"], row["Ô"]) == ("Biểu 01-A", "G9")
    assert row["Đã ghi"] == "12 người"
    assert (row["Vì sao"], row["Đề nghị"]) == ("12 lớn hơn 10", "Kiểm tra ô G9.")
    assert row["Tình trạng"] == "Chưa xử lý"
    assert row["Đơn vị trả lời"] == "Đơn vị đề nghị giữ nguyên: @cả người đã nghỉ"
    assert row["Tệp"] == "a.xlsx"


def test_what_was_left_empty_is_said_to_be_and_information_has_nothing_to_do() -> None:
    rows = {r["Mã phát hiện"]: r for r in as_dicts()}
    assert rows[name("SL04")]["Đã ghi"] == "(để trống)"
    assert rows[name("TH01")]["Tình trạng"] == "Để biết"


def test_what_concerns_no_unit_can_be_filtered_too() -> None:
    province = Finding("MT01", Severity.INFO, "chưa đạt", item="T10")
    lost = Finding("NH01", Severity.ERROR, "hỏng", at=CellRef("x.xlsx"))
    rows = finding_rows(dataset(), (province, lost))
    assert [row[1] for row in rows] == ["Chưa rõ đơn vị", "Toàn tỉnh"]


def test_the_workbook_filters_scrolls_prints_and_holds_texts_only(tmp_path: Path) -> None:
    rows = [("=1+1", "-5", "Lỗi", *["+5"] * (len(COLUMNS) - 4), "@x"), *finding_rows(dataset(), found())]
    path = tmp_path / "a.xlsx"
    path.write_bytes(findings_xlsx(rows, "Kiểm tra số liệu & năm 2025", ()))
    assert OpenXmlValidator().validate(path).is_valid
    page = openpyxl.load_workbook(path).active
    assert page is not None
    assert page.auto_filter.ref == f"A1:L{len(rows) + 1}"
    assert page.freeze_panes == "C2"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert {c.data_type for row in page.iter_rows() for c in row} <= {"s", "n"}
    assert [c.value for c in page[2]][::11] == ["=1+1", "@x"]
    assert page["A2"].data_type == "s"
    assert page["A2"].quotePrefix
    assert not page["A3"].quotePrefix


def test_an_empty_table_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(findings_xlsx((), "Không có gì", ()))
    assert OpenXmlValidator().validate(path).is_valid
