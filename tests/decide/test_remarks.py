"""What units write beside their figures: shown once, marked once, asked again for what is new."""

from __future__ import annotations

import shutil
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.decide.workbook import book_bytes
from dvctt_report.report.final import data_obstacles
from dvctt_report.report.remarks import remarks_of, unread_remarks
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.year.loader import OpenYear
from tests.decide.excel import book_of

AS_OF = datetime(2025, 11, 20, 17)


@pytest.fixture
def here(questioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    shutil.copytree(questioned, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    return read_workspace(tmp_path / "w")


def year(here: Workspace) -> OpenYear:
    return OpenYear(here, AS_OF)


def mark(path: Path) -> list[list[str]]:
    """Mark the sheet as read in Excel; return its rows."""
    book = openpyxl.load_workbook(path)
    sheet = book["Lời ghi"]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(rows, 1) if row[0] == "all")
    sheet.cell(at, 6).value = "x"
    book.save(path)
    return rows[at:]


def test_a_remark_stands_beside_what_was_chosen_and_words_of_the_table_come_first(here: Workspace) -> None:
    remarks = remarks_of(year(here).dataset)
    (one,) = [r for r in remarks if (r.place, r.unit) == ("Biểu 05-A, ô H8", "Sở Nội vụ")]
    assert one.text == "Lồng ghép tại 03 lớp bồi dưỡng cải cách hành chính, 01 cuộc thi tìm hiểu"
    assert one.about == "Lồng ghép trong tuyên truyền cải cách hành chính, đã chọn “Đã thực hiện”"
    assert [r.has_word for r in remarks] == sorted((r.has_word for r in remarks), reverse=True)
    at = {(f.at.sheet, f.at.cell) for f in year(here).findings if f.at and f.unit == "SNV"}
    assert ("05-A nhiệm vụ, kinh phí", "H8") not in at, "it is no finding"


def test_one_mark_reads_all_and_a_final_report_asks_for_it(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    def waits() -> bool:
        return any("lời ghi" in one.what for one in data_obstacles(year(here)))

    openpyxl.load_workbook(book_of(here.root)).save(book_of(here.root))
    door.main(["collect"])
    assert waits(), "saved, and not marked"
    rows = mark(book_of(here.root))
    assert len([row for row in rows if row[0]]) == len(remarks_of(year(here).dataset))

    door.main(["collect"])

    assert "lời ghi của các đơn vị" in capfd.readouterr().out
    assert not waits()
    assert {row[5] for row in mark(book_of(here.root)) if row[0]} == {"đã đọc"}


def test_the_workbook_opens_where_there_is_work(here: Workspace) -> None:
    remarks = remarks_of(year(here).dataset)
    digests = [one.digest for one in remarks]
    for read, title in (([], "Lời ghi"), (digests, "Tôi quyết")):
        made = book_bytes((), "X", here.period, "Sở Một", AS_OF, (), remarks, read)
        assert openpyxl.load_workbook(BytesIO(made)).active.title == title


def test_only_what_is_new_is_asked_again(here: Workspace) -> None:
    mark(book_of(here.root))
    door.main(["collect"])
    path = next(p for p in here.inbox.rglob("*SNV*.xlsx"))
    book = openpyxl.load_workbook(path)
    book["05-A nhiệm vụ, kinh phí"]["H8"].value = "Chọn nhầm, thực ra là chưa"
    book.save(path)

    door.main(["collect"])

    (unread,) = unread_remarks(year(here).dataset)
    assert (unread.place, unread.text) == ("Biểu 05-A, ô H8", "Chọn nhầm, thực ra là chưa")
    assert unread.has_word
