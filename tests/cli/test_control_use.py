"""The system's figures for units that have none yet: taken by a command or a row, printed, given back."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
from docx import Document

from dvctt_report.cli import door
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import Workspace
from tests.cli.test_commands import plain_answers
from tests.cli.test_decide import kept, run
from tests.cli.test_register import UNIT, workspace
from tests.decide.excel import book_of, row_of, shown, type_into
from tests.pytest_types import Capture

__all__ = ["workspace"]


def without_figures(workspace: Workspace, capfd: Capture, done: int | None) -> None:
    """SYT answers T1 with "Chưa có số liệu"; the system has 8 and ``done`` of it."""
    unit = workspace.profile.roster.unit(UNIT)
    answers: dict[Key, Answer] = {
        key: answer for key, answer in plain_answers(workspace.profile, unit).items() if key.item != "T1"
    }
    answers |= {Key("T1", "status"): "Chưa có số liệu", Key("T1", "note"): "đang thống kê"}
    (workspace.inbox / "syt.xlsx").write_bytes(form_bytes(workspace.profile, unit, Period(2025), answers))
    assert run(capfd, "control", "make")[0] == 0
    book = openpyxl.load_workbook(workspace.control)
    sheet = book.worksheets[0]
    row = next(c.row for c in sheet["A"] if c.value == "T1" and sheet[f"C{c.row}"].value == UNIT)
    for column, value in {"E": 8, "F": done, "H": date(2025, 10, 31), "I": "CV 8"}.items():
        sheet[f"{column}{row}"] = value
    book.save(workspace.control)
    assert run(capfd, "control", "read")[0] == 0
    assert run(capfd, "collect")[0] in (0, 1)


def numerator(workspace: Workspace, capfd: Capture) -> object:
    assert run(capfd, "render", "--as-of", "20/11/2025 17:00")[0] == 0
    manifest = json.loads((workspace.results / "bao-cao-2025.json").read_text(encoding="utf-8"))
    return next(i["numerator"] for i in manifest["indicators"] if i["code"] == "T1")


def test_a_command_takes_them_and_override_drop_gives_them_back(workspace: Workspace, capfd: Capture) -> None:
    without_figures(workspace, capfd, 7)
    before = numerator(workspace, capfd)
    code, said = run(capfd, "control", "use", "t1")
    assert (code, "T1: dùng 7/8 của" in said) == (0, True), said
    assert numerator(workspace, capfd) == 7
    (report,) = workspace.results.glob("bao-cao-2025*.docx")
    printed = "\n".join(c.text for t in Document(str(report)).tables for row in t.rows for c in row.cells)
    assert "Dùng số của hệ thống (" in printed
    assert "CV 8" in printed
    assert run(capfd, "control", "use", "T1")[0] == door.CANNOT_RUN
    assert run(capfd, "decide", "--undo", "--unit", UNIT, "T1.total", "T1.done")[0] == 0
    assert numerator(workspace, capfd) == before


def test_half_a_figure_is_not_taken(workspace: Workspace, capfd: Capture) -> None:
    without_figures(workspace, capfd, None)
    code, said = run(capfd, "control", "use", "T1")
    assert (code, "đủ hai số" in said) == (door.CANNOT_RUN, True)
    assert [r for r in shown(book_of(workspace.root)) if "T1" in r["about"] or "đơn vị" in r["who"]] == []


def test_a_row_of_the_workbook_takes_them_and_another_gives_them_back(
    workspace: Workspace, capfd: Capture
) -> None:
    without_figures(workspace, capfd, 7)
    path = book_of(workspace.root)
    row = row_of(path, "1 đơn vị", "7/8")
    assert row["sheet"] == "Đơn vị sửa"
    type_into(path, row, choice="Dùng số của hệ thống")
    assert run(capfd, "collect")[0] in (0, 1)
    put = [(o["field"], o["text"], bool(o["name"])) for o in kept(capfd, "figure")]
    assert put == [("total", "8", True), ("done", "7", True)]
    type_into(path, row_of(path, "Sở Y tế", "", "Đã quyết định"), choice="Bỏ quyết định")
    assert run(capfd, "collect")[0] in (0, 1)
    assert [o["name"] for o in kept(capfd, "figure")] == [None, None]
