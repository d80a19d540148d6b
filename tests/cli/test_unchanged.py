"""What is kept of a period is told only as long as nothing has changed that it follows from."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dvctt_report.cli import door
from dvctt_report.cli.leave import take_decisions
from dvctt_report.decide import books
from dvctt_report.decide.books import ReadBook, read_book
from dvctt_report.model import Finding
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.store.register import keep_look, open_register
from dvctt_report.store.workspace import read_workspace
from dvctt_report.year import unchanged
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.unchanged import answered_once, made_of
from tests.cli.test_heals import spoil
from tests.pytest_types import Capture, Patch

READINGS = Path(".dvctt") / "da-doc.sqlite"
MOMENT = datetime(2025, 11, 20, 17)
DAY = ("--as-of", "20/11/2025 17:00")


@pytest.fixture
def sample(questioned: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Path:
    """The collected sample with the current folder in it."""
    root = shutil.copytree(questioned, tmp_path / "x")
    monkeypatch.chdir(root)
    capfd.readouterr()
    return root


def kept(root: Path) -> list[tuple[str]]:
    """The answers that are kept."""
    with closing(sqlite3.connect(root / READINGS)) as readings:
        return readings.execute("select head from kept where kind = 'states'").fetchall()


def forget(root: Path) -> None:
    """Take the answers away, not what was read."""
    with closing(sqlite3.connect(root / READINGS)) as readings, readings:
        readings.execute("delete from kept where kind = 'states'")


def status(capfd: Capture, *options: str) -> list[dict[str, Any]]:
    capfd.readouterr()
    assert door.main(["status", "--format", "json", *(options or DAY)]) == 0
    units: list[dict[str, Any]] = json.loads(capfd.readouterr().out)["units"]
    return units


def findings_of(root: Path) -> tuple[Finding, ...]:
    """Every finding by what is kept, its names alone: made anew only where it has to be."""
    found: list[tuple[Finding, ...]] = []

    def make(year: OpenYear) -> dict[str, Any]:
        found.append(year.findings)
        return {}

    answered_once(OpenYear(read_workspace(root), MOMENT), make)
    return found[0] if found else ()


def test_what_is_kept_says_what_is_made_anew(sample: Path, capfd: Capture) -> None:
    forget(sample)
    first = status(capfd)
    made = kept(sample)
    assert status(capfd) == first
    assert kept(sample) == made != []
    assert any(one["errors"] for one in first)


def test_a_further_look_that_finds_nothing_new_leaves_what_was_worked_out(sample: Path) -> None:
    workspace = read_workspace(sample)
    before = made_of(OpenYear(workspace, MOMENT))
    with open_register(workspace.register) as register:
        keep_look(register, workspace.period, datetime(2030, 1, 1))
    assert made_of(OpenYear(workspace, MOMENT)) == before


def test_an_unchanged_period_is_told_without_any_rule(sample: Path) -> None:
    """Nor a reader, nor what writes documents: the officer waits for each of them."""
    heavy = (
        *("docx", "docxtpl", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "rapidfuzz", "xlsxwriter"),
        *("multiprocessing", "dvctt_report.year.rules", "dvctt_report.year.summary", "dvctt_report.report"),
        *("dvctt_report.files.xlsx", "dvctt_report.intake.collect", "dvctt_report.year.corrections"),
    )
    code = (
        "import sys; from dvctt_report.cli import door; code = door.main(['status']);"
        f"sys.exit(code or ' '.join(name for name in {heavy!r} if name in sys.modules) or 0)"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    forget(sample)
    for expected in (1, 0):  # the first one makes it
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=sample, env=environment, capture_output=True, check=False
        )
        assert done.returncode == expected, done.stderr


def test_a_collect_of_nothing_new_loads_what_reads_and_writes_files_as_little(sample: Path) -> None:
    heavy = ("docx", "lxml", "openpyxl", "xlsxwriter", "multiprocessing", "dvctt_report.intake.collect")
    code = (
        "import sys; from dvctt_report.cli import door; door.main(['collect']);"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    for _ in range(2):  # the first one leaves the page of the day
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=sample, env=environment, capture_output=True, check=True
        )
    assert done.stderr.splitlines()[-1] == b"[]"


def test_a_workbook_of_decisions_as_it_was_left_is_not_read(sample: Path, monkeypatch: Patch) -> None:
    workspace = read_workspace(sample)
    own, opened = books.own_book(workspace), []

    def read(name: str, *given: Any) -> ReadBook:
        opened.append(name)
        return read_book(name, *given)

    monkeypatch.setattr(books, "read_book", read)
    (left,) = books.find_books(workspace, print, typed=True)
    assert not opened
    (whole,) = books.find_books(workspace, print)
    assert opened == [own.name]
    assert left.read == whole.read._replace(statements=())
    saved = load_workbook(own)
    saved.save(own)
    (said,) = books.find_books(workspace, print, typed=True)
    assert said.read.statements == whole.read.statements


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def own_profile(sample: Path) -> Path:
    """The sample's profile as a folder of its own, which the workspace names."""
    settings = sample / "dvctt.toml"
    name = next(x for x in settings.read_text(encoding="utf-8").splitlines() if x.startswith("ho_so"))
    profile = name.split('"')[1]
    edit(settings, f'"{profile}"', '"ho-so"')
    return shutil.copytree(shipped_profile(profile), sample / "ho-so")


def test_a_decision_changes_what_is_told(sample: Path, capfd: Capture) -> None:
    before = status(capfd)
    name = "nhan-ve/2025/thanh tra tinh.xlsx"
    assert door.main(["decide", name, "--reject", "--reason", "gửi nhầm"]) == 0
    after = status(capfd)
    changed = [one["status"] for other, one in zip(before, after, strict=True) if one != other]
    assert changed == ["unusable"]


def test_a_change_of_the_plan_changes_what_is_found(own_profile: Path, sample: Path) -> None:
    before = findings_of(sample)
    assert findings_of(sample) == ()  # kept
    edit(own_profile / "plan.toml", 'before = "11-10"', 'before = "11-02"')
    late = [[f for f in found if f.code == "TH01"] for found in (before, findings_of(sample))]
    assert len(late[0]) < len(late[1])


def test_another_day_changes_what_is_told(sample: Path, capfd: Capture) -> None:
    early = status(capfd, "--as-of", "01/11/2025 08:00")
    names = [made_of(OpenYear(read_workspace(sample), MOMENT.replace(day=n))) for n in (20, 21)]
    assert len({*names}) == 2
    assert status(capfd, "--as-of", "01/11/2025 09:00") == early


def test_the_tracking_book_changes_what_is_told(sample: Path, capfd: Capture) -> None:
    status(capfd)
    name = made_of(OpenYear(read_workspace(sample), MOMENT))
    (sample / "ky-bao-cao" / "2025" / "so-theo-doi.xlsx").unlink()
    assert made_of(OpenYear(read_workspace(sample), MOMENT)) != name


@pytest.mark.parametrize("before", ["2024", "2025-6T"])
def test_what_was_reported_before_changes_what_is_told(before: str, sample: Path) -> None:
    """Of the year before, and of this year's first half."""
    name = made_of(OpenYear(read_workspace(sample), MOMENT))
    manifest = sample / "ket-qua" / before / f"bao-cao-{before}.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text("{}", encoding="utf-8")
    assert made_of(OpenYear(read_workspace(sample), MOMENT)) != name


def test_another_program_makes_it_anew(sample: Path, monkeypatch: Patch) -> None:
    findings_of(sample)
    assert findings_of(sample) == ()
    monkeypatch.setattr(unchanged, "program", lambda: "khác")
    assert findings_of(sample)


def test_what_kept_a_file_from_being_read_is_not_kept(sample: Path, capfd: Capture) -> None:
    """Neither what ``status`` tells nor the page: the next ``collect`` reads the file."""
    before, page = status(capfd, "--format", "json"), sample / "ket-qua" / "2025" / "tinh-hinh.html"
    spoil(read_workspace(sample), "thanh tra tinh.xlsx")
    assert status(capfd, "--format", "json") != before
    assert kept(sample) == []
    page.unlink()
    door.main(["validate"])
    assert "chưa đọc được" in page.read_text(encoding="utf-8").casefold()
    door.main(["collect"])
    assert "chưa đọc được" not in page.read_text(encoding="utf-8").casefold()
    assert status(capfd, "--format", "json") == before


def test_a_book_saved_while_the_returns_are_read_keeps_no_answer(
    sample: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    """It was read before; what is told next is told of it as it is now."""
    assert door.main(["collect"]) in (0, 1)
    forget(sample)
    read = take_decisions

    def saved_meanwhile(year: OpenYear) -> Any:
        book = read_workspace(sample).book
        book.write_bytes(book.read_bytes() + b" ")
        return read(year)

    monkeypatch.setattr("dvctt_report.cli.collect.take_decisions", saved_meanwhile)
    assert door.main(["collect"]) in (0, 1)
    assert kept(sample) == []
