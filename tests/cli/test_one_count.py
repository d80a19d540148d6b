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

from dvctt_report.cli import door
from dvctt_report.cli.menu import YearState
from dvctt_report.papers.page.view import STATUSES
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.cli.test_commands import run_json
from tests.cli.test_page import page_of
from tests.cli.test_register import send, type_into
from tests.cli.test_whose_file import send_as
from tests.pytest_types import Capture, Patch
from tests.report.page.conftest import rows

AS_OF = ("--as-of", "20/11/2025 17:00")
SENT = 27
"""Of 27: the sample's 23, the one whose files are undecided, the one on paper, the one whose file is on the
form of another, the one that sent a scan."""


@pytest.fixture(scope="module")
def year(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("one") / "w"
    shutil.copytree(collected, root)
    workspace = read_workspace(root)
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(workspace, name, done, None, "SDTTG")
    send(workspace, "c.xlsx", 4, date(2025, 11, 5), "CDN")
    door.main(["--workspace", str(root), "collect"])
    type_into(workspace, "VDTMT", {"C": "77/BC-VDTMT", "D": date(2025, 11, 7), "F": "giấy"})
    send_as(workspace, "nhầm biểu.xlsx", "STC", "12/BC-BAI", 5)
    (workspace.inbox / "Trường Cao đẳng nghề Ninh Thuận.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    for command in (
        ("decide", "c.xlsx", "--reject", "--reason", "gửi nhầm"),
        ("collect",),
        (
            "decide",
            "--unit",
            "SYT",
            "--set",
            "T10.done=2041",
            "--reason",
            "gõ nhầm",
            "--document",
            "Công văn số 34",
        ),
        ("decide", "DL12-56a56a", "--accept", "--reason", "đã xác nhận", "--document", "Công văn số 9"),
        ("decide", "nhầm biểu.xlsx", "--unit", "BAI"),
        ("decide", "--leave-out", "--unit", "SNV", "T10.done"),
        ("decide", "--leave-out", "--unit", "SXD"),
        ("collect",),
        ("render", *AS_OF),
        ("export", *AS_OF),
        ("validate", *AS_OF),
    ):
        door.main(["--workspace", str(root), *command])
    return root


@pytest.fixture
def here(year: Path, monkeypatch: Patch, capfd: Capture) -> Workspace:
    monkeypatch.chdir(year)
    capfd.readouterr()
    return read_workspace(year)


def manifest(workspace: Workspace) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(workspace.manifest_of(workspace.period).read_text(encoding="utf-8"))
    return table


def told(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found is not None, text
    return int(found[1])


def test_as_many_have_sent_wherever_it_is_told(here: Workspace, capfd: Capture) -> None:
    assert door.main(["collect"]) == 1
    by_collect = told(r"Đã gửi (\d+)/27 đơn vị", capfd.readouterr().out)
    assert door.main(["status", *AS_OF]) == 0
    by_status = told(r"đã gửi (\d+)/27", capfd.readouterr().out)
    by_menu = told(r"Đã gửi (\d+)/27", YearState(here, datetime.now()).told())
    units = manifest(here)["units"]
    by_manifest = sum(u["status"] not in ("missing", "unusable") for u in units)
    not_sent = (STATUSES["missing"], STATUSES["unusable"])
    on_page = sum(not row[2].startswith(not_sent) for row in rows(page_of(here.root), "don-vi"))
    report = json.dumps(manifest(here)["printed"], ensure_ascii=False)
    by_report = told(r"(\d+)/27 cơ quan", report)

    assert (by_collect, by_status, by_menu, by_manifest, on_page, by_report) == (SENT,) * 6


def test_a_unit_has_one_state(here: Workspace, capfd: Capture) -> None:
    _, said = run_json(capfd, "status", *AS_OF)
    by_status = {u["unit"]: u["status"] for u in said["units"]}
    kept = {u["code"]: (u["status"], u["correcting"]) for u in manifest(here)["units"]}

    assert by_status["SDTTG"] == "undecided"
    assert by_status["VDTMT"] == "paper"
    assert by_status["CDN"] == "to_enter"
    assert {by_status[unit] for unit in ("BAI", "STC", "SXD")} <= {"received", "late"}
    same = {"received": ("on_time", "undated"), "undecided": ("on_time", "undated", "late")}
    for unit, status in by_status.items():
        assert kept[unit][0] in same.get(status, (status,)), unit
    assert kept["SDTTG"][1]


def test_what_is_left_out_is_missing_wherever_it_is_told(here: Workspace, capfd: Capture) -> None:
    missing = {i["code"]: i["missing"] for i in manifest(here)["indicators"]}
    assert {"SNV", "SXD"} <= {*missing["T10"]}
    assert "SXD" in missing["T1"]
    _, explained = run_json(capfd, "explain", "T10", *AS_OF)
    assert explained["indicator"]["missing"] == missing["T10"]
    reasons = {c["unit"]: c["reason"] for c in manifest(here)["contributions"] if c["indicator"] == "T10"}
    assert (reasons["SNV"], reasons["SXD"]) == ("left_out", "left_out")
    report = json.dumps(manifest(here)["printed"], ensure_ascii=False)
    assert told(r"(\d+) đơn vị chưa chỉnh lý đến ngày 20/11/2025 được để ngoài", report) == 2
    said = [row[2] for row in rows(page_of(here.root), "don-vi") if "để ngoài tổng hợp" in row[2]]
    assert len(said) == 2
    _, listed = run_json(capfd, "decide")
    assert [bool(one["name"]) for one in listed["decisions"] if one["kind"] == "left_out"] == [True, True]


def test_every_finding_is_told_everywhere(here: Workspace, capfd: Capture) -> None:
    _, said = run_json(capfd, "validate", *AS_OF)
    by_validate = {f["id"]: f["state"] for f in said["findings"]}
    kept = {f["id"]: f["state"] for f in manifest(here)["findings"]}
    book = openpyxl.load_workbook(here.results / "kiem-tra-so-lieu.xlsx", read_only=True)
    in_workbook = {str(v) for row in book.worksheets[0].iter_rows(values_only=True) for v in row if v}

    assert {f["code"] for f in said["findings"]} & {"MT01", "MT02"}
    assert kept == by_validate
    assert {code for code, state in by_validate.items() if state == "open"} <= in_workbook


def test_a_finding_that_is_listed_is_one_that_can_be_decided(here: Workspace, capfd: Capture) -> None:
    _, said = run_json(capfd, "validate", *AS_OF)
    for one in said["findings"]:
        if one["state"] == "open" and one["severity"] != "info":
            assert door.main(["decide", one["id"]]) == 0, one["id"]


def test_targets_come_to_the_same(here: Workspace, capfd: Capture) -> None:
    by_report = {
        i["code"]: (i["numerator"], i["denominator"], i["verdict"]) for i in manifest(here)["indicators"]
    }
    exported = json.loads((here.results / "so-lieu-2025.json").read_text(encoding="utf-8"))
    by_export = {  # there null says that nobody has answered
        i["code"]: (i["numerator"] or 0, i["denominator"] or 0, i["verdict"]) for i in exported["indicators"]
    }
    by_explain = {}
    for code in by_report:
        _, told = run_json(capfd, "explain", code, *AS_OF)
        one = told["indicator"]
        by_explain[code] = (one["numerator"], one["denominator"], one["verdict"])

    assert by_report == by_export == by_explain
