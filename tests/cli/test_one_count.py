"""What several outputs tell of one year is the same: who has sent, what is wrong, what it comes to.

On a year with two undecided files of one unit, a rejected one, a return on paper alone, one on another unit's
form, a scan to be entered, an override, an acceptance, a cell and a whole return left out.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli.menu import YearState
from dvctt_report.papers.page.view import STATUSES
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.cli.officer import AS_OF, PDF, Run, do, inside, manifest_of, page_of, send, send_as, type_into
from tests.report.page.conftest import rows


@pytest.fixture(scope="module")
def made(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(collected, tmp_path_factory.mktemp("one") / "w"))
    workspace = read_workspace(root)
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(workspace, name, done, None, "SDTTG")
    send(workspace, "c.xlsx", 4, date(2025, 11, 5), "CDN")
    do(root, "collect")
    type_into(workspace, "VDTMT", {"C": "77/BC-VDTMT", "D": date(2025, 11, 7), "F": "giấy"})
    send_as(workspace, "nhầm biểu.xlsx", "STC", "12/BC-BAI", 5)
    (workspace.inbox / "Trường Cao đẳng nghề Ninh Thuận.pdf").write_bytes(PDF)
    return do(
        root,
        "decide c.xlsx --reject --reason 'gửi nhầm'",
        "collect",
        "decide --unit SYT --set T10.done=2041 --reason 'gõ nhầm' --document 'Công văn số 34'",
        "decide DL12 --accept --all --reason 'đã xác nhận' --document 'Công văn số 9'",
        "decide 'nhầm biểu.xlsx' --unit BAI",
        "decide --leave-out --unit SNV T10.done",
        "decide --leave-out --unit SXD",
        *("collect", f"render {AS_OF}", f"validate {AS_OF}", f"export {AS_OF}"),
    )


year = inside("made", "It, as the current folder.")


def told(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found is not None, text
    return int(found[1])


def printed(workspace: Workspace) -> str:
    return json.dumps(manifest_of(workspace)["printed"], ensure_ascii=False)


def test_as_many_have_sent_wherever_it_is_told(year: Workspace, run: Run) -> None:
    """All 27: the sample's 23, one undecided, one on paper, one on another's form, one with a scan."""
    units = manifest_of(year)["units"]
    not_sent = (STATUSES["missing"], STATUSES["unusable"])
    assert {
        "collect": told(r"Đã gửi (\d+)/27 đơn vị", run("collect", 1)),
        "status": told(r"đã gửi (\d+)/27", run(f"status {AS_OF}")),
        "menu": told(r"Đã gửi (\d+)/27", YearState(year, datetime.now()).told()),
        "manifest": sum(u["status"] not in ("missing", "unusable") for u in units),
        "page": sum(not row[2].startswith(not_sent) for row in rows(page_of(year.root), "don-vi")),
        "report": told(r"(\d+)/27 cơ quan", printed(year)),
    } == dict.fromkeys(("collect", "status", "menu", "manifest", "page", "report"), 27)


def test_a_unit_has_one_state(year: Workspace, run: Run) -> None:
    by_status = {code: unit["status"] for code, unit in run.units().items()}
    kept = {u["code"]: (u["status"], u["correcting"]) for u in manifest_of(year)["units"]}
    assert [by_status[code] for code in ("SDTTG", "VDTMT", "CDN")] == ["undecided", "paper", "to_enter"]
    assert {by_status[unit] for unit in ("BAI", "STC", "SXD")} <= {"received", "late"}
    same = {"received": ("on_time", "undated"), "undecided": ("on_time", "undated", "late")}
    for unit, status in by_status.items():
        assert kept[unit][0] in same.get(status, (status,)), unit
    assert kept["SDTTG"][1]


def test_what_is_left_out_is_missing_wherever_it_is_told(year: Workspace, run: Run) -> None:
    manifest = manifest_of(year)
    missing = {i["code"]: i["missing"] for i in manifest["indicators"]}
    assert {"SNV", "SXD"} <= {*missing["T10"]}
    assert "SXD" in missing["T1"]
    assert run.json(f"explain T10 {AS_OF}")["indicator"]["missing"] == missing["T10"]
    reasons = {c["unit"]: c["reason"] for c in manifest["contributions"] if c["indicator"] == "T10"}
    assert (reasons["SNV"], reasons["SXD"]) == ("left_out", "left_out")
    assert told(r"(\d+) đơn vị chưa chỉnh lý đến ngày 20/11/2025 được để ngoài", printed(year)) == 2
    assert sum("để ngoài tổng hợp" in row[2] for row in rows(page_of(year.root), "don-vi")) == 2
    kinds = [one["kind"] for one in run.decided() if one["name"]]
    assert kinds.count("left_out") == 2
    assert {"accepted", "figure"} <= {*kinds}, "whatever the year is to hold was decided"


def test_every_finding_is_told_everywhere_and_can_be_decided(year: Workspace, run: Run) -> None:
    found = run.findings()
    assert {f["code"] for f in found} & {"MT01", "MT02"}
    by_validate = {f["id"]: f["state"] for f in found}
    assert {f["id"]: f["state"] for f in manifest_of(year)["findings"]} == by_validate
    book = openpyxl.load_workbook(year.results / "kiem-tra-so-lieu.xlsx", read_only=True)
    in_workbook = {str(v) for row in book.worksheets[0].iter_rows(values_only=True) for v in row if v}
    assert {code for code, state in by_validate.items() if state == "open"} <= in_workbook
    for one in found:
        if one["state"] == "open" and one["severity"] != "info":
            run(f"decide {one['id']}")


def test_targets_come_to_the_same(year: Workspace, run: Run) -> None:
    def result(told: dict[str, Any]) -> tuple[Any, ...]:
        return told["numerator"] or 0, told["denominator"] or 0, told["verdict"]

    by_report = {i["code"]: result(i) for i in manifest_of(year)["indicators"]}
    exported = json.loads((year.results / "so-lieu-2025.json").read_text(encoding="utf-8"))
    assert {i["code"]: result(i) for i in exported["indicators"]} == by_report
    for code, own in by_report.items():
        assert result(run.json(f"explain {code} {AS_OF}")["indicator"]) == own
