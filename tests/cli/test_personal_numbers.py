"""A person's number, planted wherever somebody may write, stands in nothing that leaves the office."""

from __future__ import annotations

import random
import shlex
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from dvctt_report.cli import door
from dvctt_report.model import finding_id
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.summary.acceptable import why_not_acceptable
from tests.apart import run_apart
from tests.cli.test_legible import text_of
from tests.cli.test_register import send, type_into
from tests.pytest_types import Capture, Patch
from tests.spelling import NUMBERS, PHONE, readable, spelled

OWN_PAPERS = ("gui-di", "viec-can-xu-ly", "_ra-soat", "so-theo-doi")
"""What stays in the office or goes to the unit that wrote it."""
SAID = (
    "validate",
    "validate --format json",
    "validate --format csv",
    "status",
    "status --format json",
    "status --files",
    "status --files --format json",
    "feedback",
    "feedback --format json",
    "decide",
    "explain T1",
    "explain SYT",
    "doctor",
    "collect --format json",
)
WRITTEN = (
    "collect --log doc.csv",
    "validate",
    "render",
    "render --quick",
    "export",
    "letter feedback",
    "letter remind",
    "feedback",
    "archive",
    "explain T1 --docx",
)


class Planter:
    """Numbers in one spelling after the other, and what was planted."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.planted: list[str] = []

    def text(self, about: str) -> str:
        """A sentence with one of each number."""
        texts = [spelled(number, self.rng) for number in NUMBERS]
        self.planted += texts
        return f"{about}: bà Lan, {'; '.join(texts)}"

    def name(self, about: str) -> str:
        """The name of a file with a number in it, such as every system takes."""
        return f"{about} {''.join(c for c in spelled(PHONE, self.rng) if c.isprintable())}.xlsx"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Planter]:
    root = tmp_path_factory.mktemp("planted") / "x"
    assert door.main(["init", str(root), "--year", "2025"]) == 0
    workspace, plant = read_workspace(root), Planter(7)
    _in_forms(workspace, plant)

    def run(*argv: str) -> None:
        grounds = [plant.text("Theo lời") if one == "WHY" else one for one in argv]
        assert door.main(["--workspace", str(root), *grounds]) in (0, 1), argv

    run("collect")
    run("decide", "--unit", "SNV", "--set", "T1.done=2", "--reason", "WHY", "--document", "WHY")
    draft = next(workspace.inbox.glob("nháp*"))
    run("decide", draft.name, "--reject", "--reason", "WHY")
    year = OpenYear(workspace, datetime(2025, 11, 20, 17))
    name = next(finding_id(f) for f in year.findings if why_not_acceptable(year.dataset, f) is None)
    run("decide", name, "--accept", "--reason", "WHY", "--document", "WHY")
    run("decide", "--leave-out", "--all", "--reason", "WHY")
    type_into(workspace, "STC", {"C": plant.text("12/BC-STC"), "I": plant.text("Ghi chú")})
    run("collect")
    return workspace, plant


def _in_forms(workspace: Workspace, plant: Planter) -> None:
    """Returns with a number in a cell, a note, a sheet of its own, below a table, in the name of the file."""
    path = send(workspace, plant.name("y tế"), 2, date(2025, 11, 4))
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book.worksheets if s.sheet_state == "visible" and s.max_column > 6)
    texts = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, int)]
    texts[0].comment = Comment(plant.text("Hỏi"), "x")
    texts[1].value = plant.text("Số này")
    sheet.cell(sheet.max_row + 2, 2).value = plant.text("Liên hệ")
    book.create_sheet("Ghi chú")["A1"] = plant.text("Tờ thêm")
    book.save(path)
    for n, unit in enumerate(("SNV", "STC")):
        send(workspace, plant.name(f"nháp {n}"), plant.text("Đã làm"), date(2025, 11, 4), unit)
    send(workspace, "nội vụ.xlsx", 1, date(2025, 11, 5), "SNV")


def found_in(text: str) -> list[str]:
    return [number for number in NUMBERS if readable(number, text)]


@pytest.mark.parametrize("command", SAID)
def test_no_command_says_a_persons_number(
    command: str,
    planted: tuple[Workspace, Planter],
    capfd: Capture,
    monkeypatch: Patch,
) -> None:
    monkeypatch.chdir(planted[0].root)
    monkeypatch.setenv("COLUMNS", "300")
    capfd.readouterr()
    assert door.main(shlex.split(command)) in (0, 1)
    said = capfd.readouterr()
    assert found_in(said.out) == []
    assert found_in(said.err) == []


def test_what_is_decided_is_told_without_a_persons_number(
    planted: tuple[Workspace, Planter], capfd: Capture, monkeypatch: Patch
) -> None:
    workspace, plant = planted
    monkeypatch.chdir(workspace.root)
    draft, why = next(workspace.inbox.glob("nháp 0*")).name, plant.text("Theo lời")
    override = ["decide", "--unit", "SNV", "--set", "T1.done=2", "--document", "Công văn 1"]
    for argv in (["decide", draft, "--reject"], override):
        capfd.readouterr()
        assert door.main([*argv, "--reason", why]) == 0
        said = capfd.readouterr()
        assert "bà Lan" in said.out
        assert found_in(said.out + said.err) == []


def test_no_file_that_leaves_the_office_holds_a_persons_number(
    planted: tuple[Workspace, Planter], monkeypatch: Patch
) -> None:
    workspace, _ = planted
    monkeypatch.chdir(workspace.root)
    for command in WRITTEN:
        assert door.main(shlex.split(command)) in (0, 1), command
    made = [p for p in workspace.root.rglob("*") if p.is_file() and _leaves(workspace, p)]
    names = {path.name for path in made}

    assert {"kiem-tra-so-lieu.xlsx", "bao-cao-2025.docx", "muc-luc-van-ban.xlsx", "doc.csv"} <= names
    assert [(str(path), found) for path in made if (found := found_in(text_of(path)))] == []
    assert [name for name in names if found_in(name)] == []


def _leaves(workspace: Workspace, path: Path) -> bool:
    received = path.is_relative_to(workspace.inbox) or "4-don-vi-gui" in path.parts
    kept = received or path.suffix in (".sqlite", ".toml")
    return not (kept or "quyet-dinh" in path.parts or any(name in path.name for name in OWN_PAPERS))


def test_debug_says_no_persons_number(planted: tuple[Workspace, Planter]) -> None:
    said = run_apart(planted[0].root, "--debug", "collect")
    assert "] đọc " in said.stderr
    assert found_in(said.stderr) == []
