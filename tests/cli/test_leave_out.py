"""What its unit hasn't mended is left out of the totals: it counts as missing, is printed so, comes back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import openpyxl
import pytest

from dvctt_report.store.workspace import Workspace
from tests.cli.officer import AS_OF, Run, cells_of, manifest_of, page_of, report_of, send, words_of

SAID = "chưa chỉnh lý đến ngày 20/11/2025"


def final(run: Run) -> str:
    return run(f"render --final {AS_OF}", 1)


def report(workspace: Workspace, run: Run) -> dict[str, Any]:
    run(f"render {AS_OF}")
    return manifest_of(workspace)


def printed(kept: dict[str, Any]) -> str:
    return json.dumps(kept["printed"], ensure_ascii=False)


def states(run: Run) -> dict[str, str]:
    return {f["id"]: f["state"] for f in run.findings()}


@pytest.fixture
def error(asked: Workspace, run: Run) -> str:
    """The name of the finding that Sở Y tế has done more than there is."""
    (found,) = run.findings("SL02", "SYT")
    assert found["item"] == "T10"
    return str(found["id"])


def test_an_open_error_is_left_out_in_one_step_and_stops_no_final_report(error: str, run: Run) -> None:
    assert f"dvctt-report decide {error} --leave-out" in final(run)
    assert "Sở Y tế" in run(f"decide {error} --leave-out")
    said = final(run)
    assert error not in said
    assert "SL02 · Sở Y tế" not in said
    assert states(run)[error] == "left_out"
    assert f"Để ngoài tổng hợp: {error}" in run("decide")
    run(f"decide --undo {error}")
    assert states(run)[error] == "open"
    assert [bool(one["undone_by"]) for one in run.decided("left_out")] == [True]


def test_it_counts_as_missing_and_every_output_says_so(error: str, asked: Workspace, run: Run) -> None:
    run(f"decide {error} --leave-out --reason 'đã hỏi hai lần' --document 'Công văn số 5/SKHCN'")
    kept = report(asked, run)
    (t10,) = [i for i in kept["indicators"] if i["code"] == "T10"]
    assert "SYT" in t10["missing"]
    said = printed(kept)
    assert f"01 đơn vị {SAID}" in said
    assert f"Số liệu của 01 đơn vị {SAID} được để ngoài tổng hợp" in said
    assert "Chưa chỉnh lý đến ngày 20/11/2025: đã hỏi hai lần (Công văn số 5/SKHCN)" in said
    (decided,) = kept["left_out"]
    assert (decided["finding"], decided["used"]) == (error, True)
    assert "để ngoài tổng hợp" in run(f"explain T10 {AS_OF}")
    assert SAID in page_of(asked.root).body.text_content()
    run(f"export {AS_OF}")
    exported = json.loads((asked.results / "so-lieu-2025.json").read_text(encoding="utf-8"))
    assert exported["left_out"] == kept["left_out"]
    run(f"check '{report_of(asked)}'")
    run.lax(f"validate {AS_OF}")
    book = openpyxl.load_workbook(asked.results / "kiem-tra-so-lieu.xlsx")
    assert "Để ngoài tổng hợp" in {cell.value for cell in book.worksheets[0]["J"]}


@pytest.mark.usefixtures("asked")
def test_a_cell_without_an_error_is_left_out(run: Run) -> None:
    def told() -> Any:
        return run.json(f"explain T10 {AS_OF}")["indicator"]

    before = told()
    run("decide --leave-out --unit SNV T10.done --reason 'đơn vị xin kiểm tra lại'")
    after = told()
    assert after["coverage"]["reported"] == before["coverage"]["reported"] - 1
    assert "SNV" in after["missing"]
    assert [(f["unit"], f["state"]) for f in run.findings("QD05")] == [("SNV", "left_out")]
    run("decide --undo --unit SNV T10.done")
    assert told() == before


def test_a_unit_left_out_has_sent_and_is_asked_to_mend_all_the_same(asked: Workspace, run: Run) -> None:
    def lists() -> bool:
        return "BM2025_SYT_" in run(f"feedback {AS_OF}")

    before = {code: unit["status"] for code, unit in run.units().items()}
    assert lists()
    run("decide --leave-out --unit 'Sở Y tế'")
    assert {code: unit["status"] for code, unit in run.units().items()} == before
    kept = report(asked, run)
    assert all("SYT" in i["missing"] for i in kept["indicators"] if i["code"] in ("T1", "T10"))
    (row,) = [block["cells"] for block in kept["printed"] if "Cả báo cáo" in block.get("cells", ())]
    assert row[3:] == ["...", "Để ngoài tổng hợp", "Chưa chỉnh lý đến ngày 20/11/2025"]
    assert not [f for f in run.findings(unit="SYT") if f["state"] == "open"]
    assert "Sở Y tế" not in final(run)
    assert lists()
    assert "Sở Y tế: 1 cần chỉnh lý" in run(f"letter feedback --unit SYT {AS_OF}")


def test_what_the_unit_sends_later_is_looked_at(error: str, asked: Workspace, run: Run) -> None:
    run(f"decide {error} --leave-out")
    assert "để ngoài tổng hợp" in run(f"explain T10 {AS_OF}")
    run("decide --leave-out --unit SYT")
    run("decide --leave-out --unit SNV T10.done")
    for code in ("SYT", "SNV"):
        send(asked, f"{code} lần 2.xlsx", 3, date(2025, 11, 19), code)
    run.lax("collect")
    assert [(one["name"], one["undone_on"]) for one in run.decided("left_out")] == [(None, None)] * 3
    assert "left_out" not in states(run).values()
    assert "để ngoài tổng hợp" not in run(f"explain T10 {AS_OF}")


def test_all_that_is_open_is_left_out_in_one_step(asked: Workspace, run: Run) -> None:
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(asked, name, done, None, "SDTTG")
    run.lax("collect")
    assert "chưa chọn tệp được dùng" in final(run)
    run("decide --leave-out --all")
    assert not [f for f in run.findings() if (f["severity"], f["state"]) == ("error", "open") and f["cell"]]
    said = final(run)
    assert "leave-out" not in said
    assert "Sở Dân tộc" not in said
    told = printed(report(asked, run))
    assert "Chưa xác định tệp chính thức đến ngày 20/11/2025" in told
    assert "đơn vị chưa chỉnh lý, chưa xác định tệp chính thức đến ngày 20/11/2025" in told
    assert run("decide --leave-out --all").startswith("Không còn việc nào")
    run("decide --undo --leave-out --all")


@pytest.mark.usefixtures("asked")
def test_collect_counts_no_error_that_was_decided(run: Run) -> None:
    """By its cell or by its name: what ``validate`` counts is what ``collect`` does."""
    (name,) = [f["id"] for f in run.findings("DL01", "BQLKCN")]
    assert " 2 lỗi, " in run("collect", 1)
    run("decide --leave-out --unit BQLKCN T10.done")
    said = run("collect", 1)
    assert (" 1 lỗi, " in said, name in said) == (True, False)
    run("decide --undo --unit BQLKCN T10.done")
    assert " 2 lỗi, " in run("collect", 1)
    run(f"decide {name} --leave-out")
    assert " 1 lỗi, " in run("collect", 1)
    run(f"decide --undo {name}")
    run(f"decide {name} --set 50 --reason 'đơn vị gõ nhầm' --document 'Công văn số 12'")
    assert " 1 lỗi, " in run("collect", 1)
    read = {f["id"]: f["state"] for r in run.json("collect")["returns"] for f in r["findings"]}
    assert read[name] == "overridden"


# ------------------------------------------------------------------------------------ a return as a whole


@pytest.fixture
def doubtful(workspace: Workspace, run: Run) -> Workspace:
    """Two returns; the cover of one says that its figures are of half the year."""
    path = send(workspace, "y-te.xlsx", 2, date(2025, 11, 4), "SYT")
    send(workspace, "noi-vu.xlsx", 3, date(2025, 11, 4), "SNV")
    book = openpyxl.load_workbook(path)
    cell = next(c for row in book["Bìa"].iter_rows() for c in row if str(c.value).startswith("từ ngày"))
    cell.value = "từ ngày 01/01/2025 đến hết ngày 30/6/2025"
    book.save(path)
    run("collect", 1)
    return workspace


def test_nothing_counts_of_a_return_whose_cover_is_of_another_period(doubtful: Workspace, run: Run) -> None:
    """Nothing in any paper, until the officer uses it or leaves it out; while it is open nothing is final."""
    (found,) = run.findings("NH59")
    assert found["message"].endswith("chưa dùng số liệu của cả báo cáo")
    assert with_figures(report(doubtful, run)) == {"SNV"}
    assert found["id"] in final(run)
    run.lax(f"feedback {AS_OF}")
    (listed,) = (doubtful.results / "chinh-ly").glob("*SYT*")
    assert any("cả báo cáo" in text for text in cells_of(listed))
    assert "Sở Y tế" in words_of(report_of(doubtful))
    assert "Sở Y tế: bị loại, chờ chỉnh lý" in run(f"explain T1 --unit SYT {AS_OF}")

    run(f"decide {found['id']} --leave-out")
    kept = report(doubtful, run)
    assert with_figures(kept) == {"SNV"}
    assert SAID in printed(kept)
    assert "NH59" not in final(run)

    run(f"decide {found['id']} --undo")
    run(
        "decide --leave-out --unit SYT --reason 'chưa rõ kỳ'"
    )  # with its cover that is asked about, one thing
    assert "; 1 nội dung để ngoài tổng hợp" in run(f"render {AS_OF}")
    assert "để ngoài tổng hợp 1 " in run.lax(f"validate {AS_OF}")
    assert "01 nội dung để ngoài tổng hợp" in words_of(doubtful.results / "tom-tat-trinh-ky.docx")

    run("decide --undo --leave-out --unit SYT")
    run(f"decide {found['id']} --accept --reason 'Ghi nhầm ở bìa' --document 12/SYT-VP")
    kept = report(doubtful, run)
    assert with_figures(kept) == {"SNV", "SYT"}
    assert "Ghi nhầm ở bìa" in printed(kept)
    assert "NH59" not in final(run)


def with_figures(kept: dict[str, Any]) -> set[str]:
    """The units that have a number in a result, a sum, a count or a state of a task."""
    given = {c["unit"] for c in kept["contributions"] if c["denominator"] is not None}
    cells = [c for one in kept["figures"] for c in one["cells"]]
    return given | {c["unit"] for c in cells} | {one["unit"] for one in kept["documents"]}


# ------------------------------------------------------------------------------------ a sheet as a whole


@pytest.mark.parametrize(("tab", "code"), [("6 tháng đầu năm", "NH59"), ("Bản nháp 01-A", "NH69")])
def test_what_the_name_of_a_sheet_says_stands_at_that_sheet_and_at_no_cell(
    tab: str, code: str, workspace: Workspace, run: Run
) -> None:
    path = send(workspace, "y-te.xlsx", 2, date(2025, 11, 4), "SYT")
    send(workspace, "noi-vu.xlsx", 3, date(2025, 11, 4), "SNV")
    book = openpyxl.load_workbook(path)
    book["01-A số liệu"].title = tab
    book.save(path)
    run("collect", 1)
    (found,) = run.findings(code)
    assert (found["sheet"], found["cell"]) == (tab, None)
    said = run(f"decide {found['id']} --leave-out --reason 'chưa rõ kỳ'")
    assert f"Sở Y tế · trang tính “{tab}”: " in said
    if tab == "6 tháng đầu năm":
        every_figure_that_the_sheet_takes_with_it_is_told(report(workspace, run), tab)
    run(f"decide {found['id']} --undo")
    run(f"feedback {AS_OF}")
    (listed,) = (workspace.results / "chinh-ly").glob("*SYT*")
    cells = cells_of(listed)
    assert f"trang tính “{tab}”" in cells
    assert not [text for text in cells if "Biểu 6" in text or "Biểu 06" in text]


def every_figure_that_the_sheet_takes_with_it_is_told(kept: dict[str, Any], tab: str) -> None:
    """In the annex and in the manifest: each that its unit gave there, with what it wrote."""
    at_sheet = {
        (of["code"], cell["field"], "")
        for of in kept["indicators"]
        for cell in of["cells"]
        if cell["unit"] == "SYT" and cell["sheet"] == tab
    }
    assert len(at_sheet) == 10
    (decided,) = kept["left_out"]
    assert {(o["item"], o["field"], o["part"]) for o in decided["figures"]} == at_sheet
    rows = [block["cells"] for block in kept["printed"] if "Để ngoài tổng hợp" in block.get("cells", ())]
    assert sum(row[2].count("\n") + 1 for row in rows) == 10
    assert rows[0][3].splitlines()[:3] == ["(1) 4", "(2) 2", "(3) 4"]
