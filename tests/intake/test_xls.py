"""The reader of .xls gives the same facts as the one of .xlsx, and its own reasons for refusing."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from dvctt_report.files.cells import Sheet, Unreadable, address
from dvctt_report.files.container import REFUSALS, FileKind, read_workbook, sniff
from dvctt_report.files.xls import read_xls
from dvctt_report.files.xlsx import read_xlsx
from tests.libreoffice import LibreOffice

pytestmark = pytest.mark.requires("soffice")


def return_as_xlsx() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    old_font = book.add_format({"font_name": ".VnTime", "num_format": "#,##0"})
    percent, day = (book.add_format({"num_format": f}) for f in ("0.0%", "dd/mm/yyyy"))
    sheet = book.add_worksheet("01-A")
    sheet.write_row(0, 0, ["Sở Y tế", "1.234.567", "  khoảng 50 "])
    sheet.write_number(1, 0, 61734, old_font)
    sheet.write_number(1, 1, 0.955, percent)
    sheet.write_datetime(1, 2, datetime(2025, 11, 9), day)
    sheet.write_boolean(1, 3, True)
    sheet.write_number(1, 4, 12.5)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(2, 1, "=SUM(A2:A2)", None, 61734)
    sheet.merge_range(4, 0, 5, 1, "gộp")
    sheet.write_string(7, 0, "hàng ẩn")
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.write_string(8, 6, "cột ẩn")
    sheet.set_column(6, 6, None, None, {"hidden": True})
    sheet.write_comment(1, 0, "ghi chú của đơn vị")
    narrow = book.add_worksheet("chật")
    narrow.set_column(1, 1, 2)
    narrow.set_row(2, 5)
    narrow.write_row(0, 0, [12345, 12345])
    narrow.write_number(1, 0, 120, book.add_format({"font_size": 72}))
    narrow.write_row(2, 0, [120, "120"])
    book.add_worksheet("nháp").hide()
    book.close()
    return stream.getvalue()


@pytest.fixture(scope="module")
def xls(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> bytes:
    folder = tmp_path_factory.mktemp("xls")
    (folder / "bieu.xlsx").write_bytes(return_as_xlsx())
    libreoffice.convert([folder / "bieu.xlsx"], "xls", folder)
    return Path(folder / "bieu.xls").read_bytes()


def test_an_xls_gives_the_same_cells_as_the_xlsx_it_was_saved_from(xls: bytes) -> None:
    ours, theirs = _facts(read_xls(xls).sheets[0]), _facts(read_xlsx(return_as_xlsx()).sheets[0])

    assert ours == theirs


def test_figures_that_nobody_can_read_whole_are_told(xls: bytes) -> None:
    for book in (read_xls(xls), read_xlsx(return_as_xlsx())):
        sheet = book.sheets[1]
        assert {address(*place) for place in sheet.unshown} == {"B1", "A2", "A3", "B3"}


def _facts(sheet: Sheet) -> dict[str, tuple[object, ...]]:
    return {
        c.address: (c.kind, c.value, c.raw, c.merged, c.hidden, c.note.strip(), c.font == ".VnTime")
        for c in sheet.cells.values()
    }


def test_sheets_states_merges_and_hidden_lines_are_told(xls: bytes) -> None:
    workbook = read_xls(xls)

    assert [(s.name, s.state) for s in workbook.sheets] == [
        ("01-A", "visible"),
        ("chật", "visible"),
        ("nháp", "hidden"),
    ]
    assert [m.ref for m in workbook.sheets[0].merged] == ["A5:B6"]
    assert (set(workbook.sheets[0].hidden_rows), set(workbook.sheets[0].hidden_columns)) == ({8}, {7})
    assert (workbook.has_macros, workbook.date1904) == (False, False)


def test_an_xls_is_recognised_by_its_content(xls: bytes) -> None:
    assert sniff(xls) is FileKind.XLS
    assert read_workbook(xls) == read_xls(xls)


def test_an_xls_with_a_password_is_said_to_have_one(xls: bytes) -> None:
    bof = xls.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = bof + 20
    locked = xls[:after] + b"\x2f\x00\x06\x00\x00\x00\x00\x00\x00\x00" + xls[after + 10 :]

    with pytest.raises(Unreadable) as refusal:
        read_xls(locked)
    assert refusal.value.reason == REFUSALS[FileKind.ENCRYPTED][0]
