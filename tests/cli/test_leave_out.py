"""What its unit hasn't mended is left out of the totals: it counts as missing, is printed so, comes back."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.cli.test_commands import run_json
from tests.cli.test_decide import kept
from tests.cli.test_page import page_of
from tests.cli.test_register import send
from tests.pytest_types import Capture, Patch
from tests.report.test_golden import as_text

AS_OF = ("--as-of", "20/11/2025 17:00")
SAID = "chưa chỉnh lý đến ngày 20/11/2025"


@pytest.fixture
def here(questioned: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Workspace:
    root = tmp_path / "w"
    shutil.copytree(questioned, root)
    monkeypatch.chdir(root)
    capfd.readouterr()
    return read_workspace(root)


def run(capfd: Capture, *argv: str) -> tuple[int, str]:
    code = door.main([*argv])
    told = capfd.readouterr()
    return code, told.out + told.err


def findings(capfd: Capture) -> list[dict[str, Any]]:
    _, said = run_json(capfd, "validate", *AS_OF)
    return list(said["findings"])


def final(capfd: Capture) -> str:
    return run(capfd, "render", "--final", *AS_OF)[1]


def manifest(here: Workspace, capfd: Capture) -> dict[str, Any]:
    assert run(capfd, "render", *AS_OF)[0] == 0
    kept: dict[str, Any] = json.loads(here.manifest_of(here.period).read_text(encoding="utf-8"))
    return kept


def printed(kept: dict[str, Any]) -> str:
    return json.dumps(kept["printed"], ensure_ascii=False)


def test_an_open_error_is_left_out_in_one_step_and_stops_no_final_report(
    here: Workspace, capfd: Capture
) -> None:
    (found,) = [f for f in findings(capfd) if f["code"] == "SL02" and f["unit"] == "SYT"]
    before = final(capfd)
    assert f"dvctt-report decide {found['id']} --leave-out" in before

    code, said = run(capfd, "decide", found["id"], "--leave-out")
    assert code == 0
    assert "Sở Y tế" in said

    assert found["id"] not in final(capfd)
    assert "SL02 · Sở Y tế" not in final(capfd)
    assert {f["id"]: f["state"] for f in findings(capfd)}[found["id"]] == "left_out"
    assert f"Để ngoài tổng hợp: {found['id']}" in run(capfd, "decide")[1]
    assert run(capfd, "decide", "--undo", found["id"])[0] == 0
    assert {f["id"]: f["state"] for f in findings(capfd)}[found["id"]] == "open"
    assert [bool(one["undone_by"]) for one in kept(capfd, "left_out")] == [True]


def test_it_counts_as_missing_and_every_output_says_so(here: Workspace, capfd: Capture) -> None:
    (found,) = [f for f in findings(capfd) if f["code"] == "SL02" and f["unit"] == "SYT"]
    run(
        capfd,
        "decide",
        found["id"],
        "--leave-out",
        "--reason",
        "đã hỏi hai lần",
        "--document",
        "Công văn số 5/SKHCN",
    )
    kept = manifest(here, capfd)
    (t10,) = [i for i in kept["indicators"] if i["code"] == found["item"]]
    assert "SYT" in t10["missing"]
    said = printed(kept)
    assert f"01 đơn vị {SAID}" in said
    assert f"Số liệu của 01 đơn vị {SAID} được để ngoài tổng hợp" in said
    assert "Chưa chỉnh lý đến ngày 20/11/2025: đã hỏi hai lần (Công văn số 5/SKHCN)" in said
    (decided,) = kept["left_out"]
    assert (decided["finding"], decided["used"]) == (found["id"], True)
    assert "để ngoài tổng hợp" in run(capfd, "explain", found["item"], *AS_OF)[1]
    assert SAID in page_of(here.root).body.text_content()

    run(capfd, "export", *AS_OF)
    exported = json.loads((here.results / "so-lieu-2025.json").read_text(encoding="utf-8"))
    assert exported["left_out"] == kept["left_out"]
    code, checked = run(capfd, "check", str(here.results / "bao-cao-2025.docx"))
    assert code == 0, checked
    run(capfd, "validate", *AS_OF)
    book = openpyxl.load_workbook(here.results / "kiem-tra-so-lieu.xlsx")
    assert "Để ngoài tổng hợp" in {cell.value for cell in book.worksheets[0]["J"]}


def test_a_cell_without_an_error_is_left_out(here: Workspace, capfd: Capture) -> None:
    _, before = run_json(capfd, "explain", "T10", *AS_OF)
    code, said = run(
        capfd, "decide", "--leave-out", "--unit", "SNV", "T10.done", "--reason", "đơn vị xin kiểm tra lại"
    )
    assert code == 0, said
    _, after = run_json(capfd, "explain", "T10", *AS_OF)
    had = before["indicator"]["coverage"]["reported"]
    assert after["indicator"]["coverage"]["reported"] == had - 1
    assert "SNV" in after["indicator"]["missing"]
    told = [f for f in findings(capfd) if f["code"] == "QD05"]
    assert [(f["unit"], f["state"]) for f in told] == [("SNV", "left_out")]
    assert run(capfd, "decide", "--undo", "--unit", "SNV", "T10.done")[0] == 0
    _, again = run_json(capfd, "explain", "T10", *AS_OF)
    assert again["indicator"] == before["indicator"]


def test_a_whole_unit_is_left_out_and_has_sent_all_the_same(here: Workspace, capfd: Capture) -> None:
    _, before = run_json(capfd, "status", *AS_OF)
    code, said = run(capfd, "decide", "--leave-out", "--unit", "Sở Y tế")
    assert code == 0, said
    _, after = run_json(capfd, "status", *AS_OF)
    states = [{u["unit"]: u["status"] for u in told["units"]} for told in (before, after)]
    assert states[0] == states[1]
    kept = manifest(here, capfd)
    assert all("SYT" in i["missing"] for i in kept["indicators"] if i["code"] in ("T1", "T10"))
    (row,) = [block["cells"] for block in kept["printed"] if "Cả báo cáo" in block.get("cells", ())]
    assert row[3:] == ["...", "Để ngoài tổng hợp", "Chưa chỉnh lý đến ngày 20/11/2025"]
    assert not [f for f in findings(capfd) if f["unit"] == "SYT" and f["state"] == "open"]
    assert "Sở Y tế" not in final(capfd)


def test_a_unit_left_out_whole_is_asked_to_mend_all_the_same(here: Workspace, capfd: Capture) -> None:
    asked = [line for line in run(capfd, "feedback", *AS_OF)[1].splitlines() if "BM2025_SYT_" in line]
    assert asked
    run(capfd, "decide", "--leave-out", "--unit", "Sở Y tế")
    assert [line for line in run(capfd, "feedback", *AS_OF)[1].splitlines() if "BM2025_SYT_" in line] == asked
    assert "Sở Y tế: 1 cần chỉnh lý" in run(capfd, "letter", "feedback", "--unit", "SYT", *AS_OF)[1]
    assert "1 nội dung để ngoài tổng hợp" in run(capfd, "render", *AS_OF)[1]


def test_what_the_unit_sends_later_is_looked_at(here: Workspace, capfd: Capture) -> None:
    (found,) = [f for f in findings(capfd) if f["code"] == "SL02" and f["unit"] == "SYT"]
    run(capfd, "decide", found["id"], "--leave-out")
    assert "để ngoài tổng hợp" in run(capfd, "explain", "T10", *AS_OF)[1]
    run(capfd, "decide", "--leave-out", "--unit", "SYT")
    run(capfd, "decide", "--leave-out", "--unit", "SNV", "T10.done")
    send(here, "syt lần 2.xlsx", 3, date(2025, 11, 19), "SYT")
    send(here, "snv lần 2.xlsx", 3, date(2025, 11, 19), "SNV")
    run(capfd, "collect")
    assert [(one["name"], one["undone_on"]) for one in kept(capfd, "left_out")] == [(None, None)] * 3
    assert not [f for f in findings(capfd) if f["state"] == "left_out"]
    assert "để ngoài tổng hợp" not in run(capfd, "explain", "T10", *AS_OF)[1]


def test_all_that_is_open_is_left_out_in_one_step(here: Workspace, capfd: Capture) -> None:
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(here, name, done, None, "SDTTG")
    run(capfd, "collect")
    assert "chưa chọn tệp được dùng" in final(capfd)
    code, said = run(capfd, "decide", "--leave-out", "--all")
    assert code == 0, said
    assert not [f for f in findings(capfd) if f["severity"] == "error" and f["state"] == "open" and f["cell"]]
    said = final(capfd)
    assert "leave-out" not in said
    assert "Sở Dân tộc" not in said
    told = printed(manifest(here, capfd))
    assert "Chưa xác định tệp chính thức đến ngày 20/11/2025" in told
    assert "đơn vị chưa chỉnh lý, chưa xác định tệp chính thức đến ngày 20/11/2025" in told
    assert run(capfd, "decide", "--leave-out", "--all")[1].startswith("Không còn việc nào")
    assert run(capfd, "decide", "--undo", "--leave-out", "--all")[0] == 0


def test_collect_counts_no_error_that_was_decided(here: Workspace, capfd: Capture) -> None:
    """By its cell or by its name: what ``validate`` counts is what ``collect`` does."""
    of_reading = {f["unit"]: f["id"] for f in findings(capfd) if f["code"] in ("DL01", "NH03")}
    assert " 2 lỗi, " in run(capfd, "collect")[1]
    run(capfd, "decide", "--leave-out", "--unit", "BQLKCN", "T10.done")
    code, said = run(capfd, "collect")
    assert (code, " 1 lỗi, " in said) == (1, True)
    assert of_reading["BQLKCN"] not in said
    run(capfd, "decide", "--undo", "--unit", "BQLKCN", "T10.done")
    assert " 2 lỗi, " in run(capfd, "collect")[1]
    run(capfd, "decide", of_reading["BQLKCN"], "--leave-out")
    assert " 1 lỗi, " in run(capfd, "collect")[1]
    _, read = run_json(capfd, "collect")
    states = {f["id"]: f["state"] for r in read["returns"] for f in r["findings"]}
    assert states[of_reading["BQLKCN"]] == "left_out"


# ------------------------------------------------------------------------------------ a return as a whole


@pytest.fixture
def doubtful(begun: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Workspace:
    """Two returns; the cover of one says that its figures are of half the year."""
    root = tmp_path / "w"
    shutil.copytree(begun, root)
    monkeypatch.chdir(root)
    workspace = read_workspace(root)
    path = send(workspace, "y-te.xlsx", 2, date(2025, 11, 4), "SYT")
    send(workspace, "noi-vu.xlsx", 3, date(2025, 11, 4), "SNV")
    book = openpyxl.load_workbook(path)
    cell = next(c for row in book["Bìa"].iter_rows() for c in row if str(c.value).startswith("từ ngày"))
    cell.value = "từ ngày 01/01/2025 đến hết ngày 30/6/2025"
    book.save(path)
    run(capfd, "collect")
    return workspace


def test_nothing_of_a_return_is_counted_whose_cover_is_of_another_period(
    doubtful: Workspace, capfd: Capture
) -> None:
    """Nothing in any paper, until the officer uses it or leaves it out; while it is open nothing is final."""
    (found,) = [f for f in findings(capfd) if f["code"] == "NH59"]
    assert found["message"].endswith("chưa dùng số liệu của cả báo cáo")
    assert only_of(manifest(doubtful, capfd)) == {"SNV"}
    assert found["id"] in final(capfd)
    assert run(capfd, "feedback", *AS_OF)[0] in (0, 1)
    (listed,) = (doubtful.results / "chinh-ly").glob("*SYT*")
    cells = [c.value for s in openpyxl.load_workbook(listed) for row in s.iter_rows() for c in row]
    assert any("cả báo cáo" in str(value) for value in cells)
    text = as_text(doubtful.manifest_of(doubtful.period).with_suffix(".docx").read_bytes())
    assert "Sở Y tế" in text
    assert "Sở Y tế: bị loại, chờ chỉnh lý" in run(capfd, "explain", "T1", "--unit", "SYT", *AS_OF)[1]

    assert run(capfd, "decide", found["id"], "--leave-out")[0] == 0
    kept = manifest(doubtful, capfd)
    assert only_of(kept) == {"SNV"}
    assert SAID in printed(kept)
    assert "NH59" not in final(capfd)

    assert run(capfd, "decide", found["id"], "--undo")[0] == 0
    grounds = ("--reason", "Ghi nhầm ở bìa", "--document", "12/SYT-VP")
    assert run(capfd, "decide", found["id"], "--accept", *grounds)[0] == 0
    kept = manifest(doubtful, capfd)
    assert only_of(kept) == {"SNV", "SYT"}
    assert "Ghi nhầm ở bìa" in printed(kept)
    assert "NH59" not in final(capfd)


def only_of(kept: dict[str, Any]) -> set[str]:
    """The units that have a number in a result, a sum, a count or a state of a task."""
    given = {c["unit"] for c in kept["contributions"] if c["denominator"] is not None}
    cells = [c for one in kept["figures"] for c in one["cells"]]
    return given | {c["unit"] for c in cells} | {one["unit"] for one in kept["documents"]}


def test_a_return_left_out_whole_is_counted_once_wherever_it_is_counted(
    doubtful: Workspace, capfd: Capture
) -> None:
    """Its cover is asked about as well: one decision is one thing."""
    run(capfd, "decide", "--leave-out", "--unit", "SYT", "--reason", "chưa rõ kỳ")
    assert "Lưu ý: 1 nội dung để ngoài tổng hợp" in without_others(run(capfd, "render", *AS_OF)[1])
    assert "để ngoài tổng hợp 1 " in run(capfd, "validate", *AS_OF)[1]
    assert "01 nội dung để ngoài tổng hợp" in signing(doubtful, capfd)


def without_others(said: str) -> str:
    """What is said of the data, without what is said before of units that haven't sent."""
    line = next(line for line in said.splitlines() if line.startswith("Lưu ý: "))
    return "Lưu ý: " + line.split("; ")[-1]


def signing(workspace: Workspace, capfd: Capture) -> str:
    """The page for who signs."""
    run(capfd, "render", "--final", *AS_OF)
    return as_text(next(workspace.results.glob("tom-tat*.docx")).read_bytes())


# ------------------------------------------------------------------------------------ a sheet as a whole

A = "01-A số liệu"


def renamed(begun: Path, root: Path, tab: str) -> Workspace:
    """Two returns; a sheet of one has another name."""
    shutil.copytree(begun, root)
    workspace = read_workspace(root)
    path = send(workspace, "y-te.xlsx", 2, date(2025, 11, 4), "SYT")
    send(workspace, "noi-vu.xlsx", 3, date(2025, 11, 4), "SNV")
    book = openpyxl.load_workbook(path)
    book[A].title = tab
    book.save(path)
    return workspace


@pytest.mark.parametrize(
    ("tab", "code"),
    [("6 tháng đầu năm", "NH59"), ("06 tháng đầu năm", "NH59"), ("Bản nháp 01-A", "NH69")],
)
def test_what_the_name_of_a_sheet_says_stands_at_that_sheet_and_at_no_cell(
    tab: str,
    code: str,
    begun: Path,
    tmp_path: Path,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    workspace = renamed(begun, tmp_path / "w", tab)
    monkeypatch.chdir(workspace.root)
    run(capfd, "collect")
    (found,) = [f for f in findings(capfd) if f["code"] == code]
    assert (found["sheet"], found["cell"]) == (tab, None)
    assert f"Sở Y tế · trang tính “{tab}”: " in run(capfd, "decide", found["id"], "--leave-out")[1]
    run(capfd, "decide", found["id"], "--undo")
    run(capfd, "feedback", *AS_OF)
    (listed,) = (workspace.results / "chinh-ly").glob("*SYT*")
    cells = [c.value for s in openpyxl.load_workbook(listed) for row in s.iter_rows() for c in row]
    assert f"trang tính “{tab}”" in cells
    assert not [c for c in cells if "Biểu 6" in str(c) or "Biểu 06" in str(c)]


def test_every_figure_that_a_sheet_left_out_takes_with_it_is_told(
    begun: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    """In the annex and in the manifest: each that its unit gave there, with what it wrote."""
    workspace = renamed(begun, tmp_path / "w", "6 tháng đầu năm")
    monkeypatch.chdir(workspace.root)
    run(capfd, "collect")
    (found,) = [f for f in findings(capfd) if f["code"] == "NH59"]
    run(capfd, "decide", found["id"], "--leave-out", "--reason", "chưa rõ kỳ")
    kept = manifest(workspace, capfd)
    at_sheet = {
        (of["code"], cell["field"], "")
        for of in kept["indicators"]
        for cell in of["cells"]
        if cell["unit"] == "SYT" and cell["sheet"] == "6 tháng đầu năm"
    }
    assert len(at_sheet) == 10
    (decided,) = kept["left_out"]
    assert {(o["item"], o["field"], o["part"]) for o in decided["figures"]} == at_sheet
    rows = [block["cells"] for block in kept["printed"] if "Để ngoài tổng hợp" in block.get("cells", ())]
    assert sum(row[2].count("\n") + 1 for row in rows) == 10
    assert rows[0][3].splitlines()[:3] == ["(1) 4", "(2) 2", "(3) 4"]
    assert "1 nội dung để ngoài tổng hợp" in run(capfd, "render", *AS_OF)[1]
