"""``validate`` as an officer sees it: what has to be mended first, and the rest in a few lines."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html

from dvctt_report.cli import door
from dvctt_report.cli.findings import print_findings, summary_line
from dvctt_report.model import CellRef, Finding, FindingState, Severity
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.resources import resource_path
from dvctt_report.year.dataset import Dataset
from tests.cli.test_commands import run_json
from tests.cli.test_register import send
from tests.forms.fill import real
from tests.pytest_types import Capture, Patch
from tests.report.page.conftest import rows
from tests.report.test_render import texts

AS_OF = ("--as-of", "20/11/2025")
TABLE = "ket-qua/2025/kiem-tra-so-lieu.xlsx"
NOTICE = "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT"


@pytest.fixture
def sample(collected: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Path:
    """The collected sample, with the current folder in it and 80 columns to print on."""
    root = shutil.copytree(collected, tmp_path / "Báo cáo")
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "80")
    capfd.readouterr()
    return root


def shown(capfd: Capture, *argv: str) -> str:
    door.main(["validate", *AS_OF, *argv])
    return capfd.readouterr().out


def test_errors_come_first_and_what_nobody_has_to_mend_is_counted(sample: Path, capfd: Capture) -> None:
    out = shown(capfd)
    levels = re.findall(r"^  (lỗi|cảnh báo|thông tin) [A-Z]{2}[0-9]{2}-[0-9a-f]{6}", out, re.MULTILINE)
    assert set(levels) == {"lỗi", "cảnh báo"}
    assert levels == sorted(levels, key=["lỗi", "cảnh báo"].index)
    assert re.search(r"^  TH02  Chưa gửi báo cáo \(3\): Sở Dân tộc và Tôn giáo; ", out, re.MULTILINE)
    assert len(re.findall("TH02", out)) == 1


def test_on_a_terminal_lines_fit_and_elsewhere_the_one_for_an_e_mail_is_whole(
    sample: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    *_, mail, next_step, page = shown(capfd).splitlines()
    assert mail.startswith("Kiểm tra số liệu năm 2025, đến 20/11/2025: ")
    assert "Sở Y tế 1" in mail
    assert next_step.startswith("Tiếp theo: ")
    assert page.endswith("tinh-hinh.html")
    monkeypatch.setattr("dvctt_report.cli.screen.is_terminal", lambda stream: stream is sys.stdout)
    monkeypatch.setenv("COLUMNS", "80")
    assert max(len(line) for line in shown(capfd).splitlines() if str(sample) not in line) <= 80


def test_the_line_for_an_e_mail_counts_errors_where_they_are() -> None:
    def error(unit: str, file: str = "a.xlsx") -> Finding:
        return Finding("SL02", Severity.ERROR, "sai", "sửa", unit, at=CellRef(file))

    def line(*findings: Finding) -> str:
        said = summary_line(findings, Dataset.build(real(), Period(2025), (), date(2025, 11, 20)))
        return said.partition("20/11/2025: ")[2].partition("; 0 cảnh báo")[0]

    own = [error("SYT"), error("SYT"), error("STC")]
    assert line() == "0 lỗi"
    assert line(*own) == "3 lỗi ở 2 đơn vị, chưa đưa vào tổng hợp (Sở Y tế 2; Sở Tài chính 1)"
    assert line(*own, error("")) == (
        "4 lỗi: 3 ở 2 đơn vị, chưa đưa vào tổng hợp (Sở Y tế 2; Sở Tài chính 1), "
        "1 ở tệp chưa rõ của đơn vị nào"
    )
    assert line(error("")) == "1 lỗi: 1 ở tệp chưa rõ của đơn vị nào"
    many = [error(unit.code) for unit in real().units(Period(2025))[:12]]
    assert line(*many, error("STC")).startswith(
        "13 lỗi ở 12 đơn vị, chưa đưa vào tổng hợp (12 cơ quan cấp tỉnh; nhiều lỗi nhất: Sở Tài chính 2; "
    )


def test_all_lists_every_finding_with_its_name(sample: Path, capfd: Capture) -> None:
    _, said = run_json(capfd, "validate", *AS_OF)
    out = shown(capfd, "--all")
    names = [f["id"] for f in said["findings"]]
    assert len(set(names)) == len(names)
    assert all(out.count(name) == 1 for name in names)


def test_one_unit_alone_by_a_part_of_its_name(sample: Path, capfd: Capture) -> None:
    out = shown(capfd, "--unit", "ninh son")
    assert "TH01-" in out
    assert "Sở Y tế" not in out
    code, said = run_json(capfd, "validate", *AS_OF, "--unit", "SYT")
    assert code == 1
    assert {f["unit"] for f in said["findings"]} == {"SYT"}
    code, said = run_json(capfd, "validate", *AS_OF, "--unit", "NSN")
    assert (code, said["totals"]["error"]) == (0, 0)


def test_the_table_for_excel_is_always_left_and_always_whole(sample: Path, capfd: Capture) -> None:
    _, said = run_json(capfd, "validate", *AS_OF)
    for argv in (["--unit", "SYT"], ["--format", "json"], ["--format", "xlsx"]):
        (sample / TABLE).unlink(missing_ok=True)
        door.main(["validate", *AS_OF, *argv])
        assert TABLE.rpartition("/")[2] in capfd.readouterr().err
        page: Any = openpyxl.load_workbook(sample / TABLE).active
        assert [c.value for c in page["A"][:2]] == [NOTICE, "Mã phát hiện"]
        assert sorted(c.value for c in page["A"][2:]) == sorted(f["id"] for f in said["findings"])


def test_csv_stands_alone_on_stdout(sample: Path, capfd: Capture) -> None:
    out = shown(capfd, "--format", "csv", "--unit", "SYT")
    assert out.startswith("\ufeffMã phát hiện,")
    rows = [*csv.reader(io.StringIO(out.removeprefix("\ufeff")))]
    assert {row[1] for row in rows[1:]} == {"Sở Y tế"}


def test_a_folder_that_cannot_be_written_costs_the_table_alone(sample: Path, capfd: Capture) -> None:
    shutil.rmtree(sample / "ket-qua", ignore_errors=True)
    (sample / "ket-qua").mkdir()
    (sample / "ket-qua" / "2025").write_text("ở chỗ của thư mục", encoding="utf-8")
    assert door.main(["validate", *AS_OF]) == 2
    said = capfd.readouterr()
    assert "Chưa ghi được kiem-tra-so-lieu.xlsx" in said.err
    assert "SL02-" in said.out
    assert door.main(["validate", *AS_OF, "--format", "xlsx"]) == 2


def test_the_worst_unit_comes_first_and_accepted_findings_are_counted(capfd: Capture) -> None:
    fault = Finding("SL02", Severity.ERROR, "một", "Sửa.", "VPUB", value="1")
    findings = [
        fault,
        Finding("SL02", Severity.WARNING, "hỏi", "Sửa.", "SNV"),
        Finding("SL03", Severity.ERROR, "hai", "Sửa.", "SYT"),
        Finding("SL02", Severity.ERROR, "ba", "Sửa.", "SYT", state=FindingState.OPEN),
        Finding("SL02", Severity.ERROR, "bốn", "Sửa.", "SXD", state=FindingState.ACCEPTED),
    ]
    print_findings(findings, real(), in_full=False)
    out = capfd.readouterr().out
    heads = re.findall(r"^(\S.*): \d", out, re.MULTILINE)
    assert [h.rpartition("(")[2].rstrip(")") for h in heads[:3]] == ["SYT", "VPUB", "SNV"]
    assert "Bốn" not in out


@pytest.mark.parametrize("sound_too", [True, False])
def test_a_damaged_file_beside_a_sound_one_bars_no_figure_and_nobody_says_so(
    begun: Path, tmp_path: Path, capfd: Capture, sound_too: bool
) -> None:
    root = shutil.copytree(begun, tmp_path / "Sổ")
    if sound_too:
        send(read_workspace(root), "gui-lai.xlsx", 3, date(2025, 11, 4), "SNV")
    whole = (resource_path("sample_data") / "nhan-ve" / "2025" / "BM2025_SNV_So-Noi-vu.xlsx").read_bytes()
    (root / "nhan-ve" / "2025" / "BM2025_SNV_So-Noi-vu.xlsx").write_bytes(whole[: len(whole) // 2])
    here = ("--workspace", str(root))
    door.main([*here, "collect"])
    capfd.readouterr()
    assert door.main([*here, "validate", *AS_OF]) == 1
    said = capfd.readouterr().out
    assert "BM2025_SNV_So-Noi-vu.xlsx" in said
    beside = "1 lỗi: 1 ở tệp không dùng được của đơn vị đã có tệp khác được dùng (Sở Nội vụ);"
    barred = "1 lỗi ở 1 đơn vị, chưa đưa vào tổng hợp (Sở Nội vụ 1);"
    assert (beside in said, barred in said) == (sound_too, not sound_too)
    page = (root / "ket-qua" / "2025" / "tinh-hinh.html").read_text(encoding="utf-8")
    of_file = "Đơn vị đã có tệp khác được dùng; hỏi lại nếu tệp này gửi sau, không cần nữa thì"
    assert (f"{of_file} loại: dvctt-report decide TỆP --reject" in page) == sound_too
    but_beside = "trừ lỗi ở tệp không dùng được của đơn vị đã có tệp khác được dùng (mục 5)"
    assert (f"Lỗi: chưa đưa vào tổng hợp, {but_beside}." in page) == sound_too
    book = openpyxl.load_workbook(root / "ky-bao-cao" / "2025" / "viec-can-xu-ly-2025.xlsx")
    (asked,) = (
        [sheet.title, *(str(cell.value) for cell in row if cell.value)]
        for sheet in book
        for row in sheet.iter_rows()
        if str(row[0].value).startswith("NH01-")
    )
    assert asked[0] == ("Tôi quyết" if sound_too else "Đơn vị sửa")
    assert (f"{of_file} chọn “Trả lại”." in asked[6], "Để ngoài tổng hợp" in asked) == (sound_too, False)
    assert door.main([*here, "render", *AS_OF]) == 0
    told = "\n".join(texts((root / "ket-qua" / "2025" / "bao-cao-2025.docx").read_bytes()))
    assert "chỉnh lý" not in told or not sound_too
    assert ("gửi biểu chưa sử dụng được" in told) != sound_too
    signer = "\n".join(texts((root / "ket-qua" / "2025" / "tom-tat-trinh-ky.docx").read_bytes()))
    assert ("01 nội dung của 01 đơn vị chưa sử dụng được nên chưa đưa vào tổng hợp" in signer) != sound_too
    assert ("còn 1 lỗi chưa chỉnh lý" in capfd.readouterr().out) != sound_too
    _, standing = run_json(capfd, *here, "status", *AS_OF)
    (own,) = (line for line in standing["units"] if line["unit"] == "SNV")
    assert own["errors"] == (0 if sound_too else 1)
    if not sound_too:
        _, explained = run_json(capfd, *here, "explain", "findings.barred", *AS_OF)
        assert len(explained["account"]["counted"]) == 1
    assert door.main([*here, "decide", "BM2025_SNV_So-Noi-vu.xlsx", "--reject", "--reason", "tệp hỏng"]) == 0
    assert door.main([*here, "validate", *AS_OF]) == 0
    page = (root / "ket-qua" / "2025" / "tinh-hinh.html").read_text(encoding="utf-8")
    assert "Muốn dùng lại: dvctt-report decide" in page
    assert "Đơn vị đã có tệp khác được dùng" not in page
    assert but_beside not in page


def not_used(root: Path) -> list[list[str]]:
    """The rows of the page about files that can't be used or are turned down."""
    return rows(
        html.document_fromstring((root / "ket-qua" / "2025" / "tinh-hinh.html").read_text("utf-8")), "tep"
    )


def test_the_page_asks_nothing_of_a_readable_file_turned_down_but_how_to_have_it_back(
    begun: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(begun, tmp_path / "Sổ")
    here = ("--workspace", str(root))
    for name, done, unit in (("mot.xlsx", 3, "SNV"), ("hai.xlsx", 2, "SNV"), ("ba.xlsx", 1, "STC")):
        send(read_workspace(root), name, done, date(2025, 11, 4), unit)
    assert door.main([*here, "collect"]) == 1
    assert not_used(root) == []
    for name in ("hai.xlsx", "ba.xlsx"):
        assert door.main([*here, "decide", name, "--reject", "--reason", "gửi nhầm"]) == 0
    assert door.main([*here, "validate", *AS_OF]) == 0
    told = not_used(root)
    page = (root / "ket-qua" / "2025" / "tinh-hinh.html").read_text(encoding="utf-8")
    assert "trừ lỗi ở tệp" not in page
    assert [row[:2] for row in told] == [
        ["Sở Tài chính", "nhan-ve/2025/ba.xlsx"],
        ["Sở Nội vụ", "nhan-ve/2025/hai.xlsx"],
    ]
    for _, file, why, remedy in told:
        digest = sha256((root / file).read_bytes()).hexdigest()[:8]
        assert why.startswith("Bị loại theo quyết định của ")
        assert why.endswith(", lý do: gửi nhầm.")
        assert remedy == f"Muốn dùng lại: dvctt-report decide {digest} --undo."
    assert door.main([*here, "decide", "ba.xlsx", "--undo"]) == 0
    assert door.main([*here, "validate", *AS_OF]) == 0
    assert not_used(root) == told[1:]
