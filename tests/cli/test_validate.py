"""``validate`` as an officer sees it: what has to be mended first, and the rest in a few lines."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
from datetime import date
from typing import Any

import openpyxl
import pytest

from dvctt_report.store.workspace import Workspace
from dvctt_report.text.resources import resource_path
from tests.cli.officer import AS_OF, Run, report_of, send, words_of
from tests.pytest_types import Patch

VALIDATE = f"validate {AS_OF}"
TABLE = "kiem-tra-so-lieu.xlsx"
NOTICE = "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT"


def test_errors_come_first_information_is_counted(whole: Workspace, run: Run, monkeypatch: Patch) -> None:
    out = run.raw(VALIDATE)[1]
    levels = re.findall(r"^  (lỗi|cảnh báo|thông tin) [A-Z]{2}[0-9]{2}-[0-9a-f]{6}", out, re.MULTILINE)
    assert set(levels) == {"lỗi", "cảnh báo"}
    assert levels == sorted(levels, key=["lỗi", "cảnh báo"].index)
    assert re.search(r"^  TH02  Chưa gửi báo cáo \(3\): Sở Dân tộc và Tôn giáo; ", out, re.MULTILINE)
    assert len(re.findall("TH02", out)) == 1
    *_, mail, next_step, page = out.splitlines()
    assert mail.startswith("Kiểm tra số liệu năm 2025, đến 20/11/2025: ")
    own = "(Sở Y tế 1; Ban Quản lý các khu công nghiệp 1; Trường Cao đẳng nghề Ninh Thuận 1); 6 cảnh báo"
    assert f": 3 lỗi ở 3 đơn vị, chưa đưa vào tổng hợp {own}" in mail
    assert next_step.startswith("Tiếp theo: ")
    assert page.endswith("tinh-hinh.html")
    monkeypatch.setattr("dvctt_report.cli.screen.is_terminal", lambda stream: stream is sys.stdout)
    monkeypatch.setenv("COLUMNS", "80")
    shown = run.raw(VALIDATE)[1].splitlines()
    assert max(len(line) for line in shown if str(whole.root) not in line) <= 80


def test_all_of_it_one_unit_alone_and_the_table_for_excel_always_whole(asked: Workspace, run: Run) -> None:
    names = [f["id"] for f in run.findings()]
    assert len({*names}) == len(names)
    everything = run(f"{VALIDATE} --all", 1)
    assert all(everything.count(name) == 1 for name in names)
    for argv, code in (("--unit SYT", 1), ("--format json", 1), ("--format xlsx", 1), ("--unit NHI", 0)):
        (asked.results / TABLE).unlink()
        ended, _, err = run.raw(f"{VALIDATE} {argv}")
        assert (ended, TABLE in err) == (code, True)
        page: Any = openpyxl.load_workbook(asked.results / TABLE).active
        assert [c.value for c in page["A"][:2]] == [NOTICE, "Mã phát hiện"]
        assert sorted(c.value for c in page["A"][2:]) == sorted(names)
    out = run.raw(f"{VALIDATE} --unit 'thanh tra'")[1]
    assert "Thanh tra tỉnh" in out
    assert "Sở Y tế" not in out
    out = run.raw(f"{VALIDATE} --format csv --unit SYT")[1]
    assert out.startswith("\ufeffMã phát hiện,")
    assert {row[1] for row in [*csv.reader(io.StringIO(out.removeprefix("\ufeff")))][1:]} == {"Sở Y tế"}


def test_a_folder_that_cannot_be_written_costs_the_table_alone(asked: Workspace, run: Run) -> None:
    shutil.rmtree(asked.results)
    asked.results.write_text("ở chỗ của thư mục", encoding="utf-8")
    said = run(VALIDATE, 2)
    assert f"Chưa ghi được {TABLE}" in said
    assert "SL02-" in said
    run(f"{VALIDATE} --format xlsx", 2)


@pytest.mark.parametrize("sound_too", [True, False])
def test_a_damaged_file_beside_a_sound_one_bars_nothing(
    workspace: Workspace, run: Run, sound_too: bool
) -> None:
    if sound_too:
        send(workspace, "gui-lai.xlsx", 3, date(2025, 11, 4), "SNV")
    name = "BM2025_SNV_So-Noi-vu.xlsx"
    whole = (resource_path("sample_data") / "nhan-ve" / "2025" / name).read_bytes()
    (workspace.inbox / name).write_bytes(whole[: len(whole) // 2])
    run("collect", 1)
    said = run(VALIDATE, 1)
    assert name in said
    beside = "1 lỗi: 1 ở tệp không dùng được của đơn vị đã có tệp khác được dùng (Sở Nội vụ);"
    barred = "1 lỗi ở 1 đơn vị, chưa đưa vào tổng hợp (Sở Nội vụ 1);"
    assert (beside in said, barred in said) == (sound_too, not sound_too)
    page = (workspace.results / "tinh-hinh.html").read_text("utf-8")
    of_file = "Đơn vị đã có tệp khác được dùng; hỏi lại nếu tệp này gửi sau, không cần nữa thì"
    assert (f"{of_file} loại: dvctt-report decide TỆP --reject" in page) == sound_too
    but_beside = "trừ lỗi ở tệp không dùng được của đơn vị đã có tệp khác được dùng (mục 5)"
    assert (f"Lỗi: chưa đưa vào tổng hợp, {but_beside}." in page) == sound_too
    book = openpyxl.load_workbook(workspace.root / "ky-bao-cao" / "2025" / "viec-can-xu-ly-2025.xlsx")
    rows = [(sheet.title, *row) for sheet in book for row in sheet.iter_rows(values_only=True)]
    (row,) = (row for row in rows if str(row[1]).startswith("NH01-"))
    assert row[0] == ("Tôi quyết" if sound_too else "Đơn vị sửa")
    assert (any(f"{of_file} chọn “Trả lại”." in str(said) for said in row)) == sound_too
    assert ("còn 1 lỗi chưa chỉnh lý" in run(f"render {AS_OF}")) != sound_too
    told = words_of(report_of(workspace))
    assert "chỉnh lý" not in told or not sound_too
    assert ("gửi biểu chưa sử dụng được" in told) != sound_too
    signer = words_of(workspace.results / "tom-tat-trinh-ky.docx")
    assert ("01 nội dung của 01 đơn vị chưa sử dụng được nên chưa đưa vào tổng hợp" in signer) != sound_too
    assert run.units()["SNV"]["errors"] == (0 if sound_too else 1)
    if not sound_too:
        assert len(run.json(f"explain findings.barred {AS_OF}")["account"]["counted"]) == 1
    run(f"decide {name} --reject --reason 'tệp hỏng'")
    run(VALIDATE)
    assert "Muốn dùng lại: dvctt-report decide" in (workspace.results / "tinh-hinh.html").read_text("utf-8")
