"""What is kept of a period is told only as long as nothing has changed that it follows from."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from dvctt_report.cli.leave import take_decisions
from dvctt_report.decide import books
from dvctt_report.decide.books import ReadBook, read_book
from dvctt_report.decide.places import own_book
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.store.register import keep_look, open_register
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.year import unchanged
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.unchanged import made_of
from tests.cli.officer import Run, edit
from tests.cli.test_heals import spoil
from tests.pytest_types import Patch

MOMENT = datetime(2025, 11, 20, 17)
INSPECTORS = "nhan-ve/2025/thanh tra tinh.xlsx"


def kept(workspace: Workspace) -> list[tuple[str]]:
    """The answers that are kept."""
    with closing(sqlite3.connect(workspace.readings)) as readings:
        return readings.execute("select head from kept where kind = 'states'").fetchall()


def forget(workspace: Workspace) -> None:
    """Take the answers away, not what was read."""
    with closing(sqlite3.connect(workspace.readings)) as readings, readings:
        readings.execute("delete from kept where kind = 'states'")


def name_now(workspace: Workspace, moment: datetime = MOMENT) -> str:
    """Under which name answers are kept of the workspace as it is."""
    return made_of(OpenYear(read_workspace(workspace.root), moment))


def test_what_is_kept_says_what_is_made_anew(asked: Workspace, run: Run) -> None:
    forget(asked)
    first = run.units()
    made = kept(asked)
    assert run.units() == first
    assert kept(asked) == made != []
    assert any(one["errors"] for one in first.values())
    run(f"decide '{INSPECTORS}' --reject --reason 'gửi nhầm'")
    changed = [unit["status"] for code, unit in run.units().items() if unit != first[code]]
    assert changed == ["unusable"], "a decision changes what is told"


def test_a_further_look_that_finds_nothing_new_leaves_what_was_worked_out(asked: Workspace) -> None:
    before = name_now(asked)
    with open_register(asked.register) as register:
        keep_look(register, asked.period, datetime(2030, 1, 1))
    assert name_now(asked) == before


READING = ("docx", "lxml", "openpyxl", "xlsxwriter", "multiprocessing", "dvctt_report.intake.collect")
WORKING = (
    *("docxtpl", "jinja2", "numpy", "pandas", "rapidfuzz", "dvctt_report.year.rules", "dvctt_report.report"),
    *("dvctt_report.year.summary", "dvctt_report.files.xlsx", "dvctt_report.year.corrections"),
)


def test_an_unchanged_period_loads_no_reader_or_writer(asked: Workspace) -> None:
    """The officer waits for each of them; the first one works out and leaves what the others tell."""

    def loaded(command: str, *heavy: str) -> str:
        code = (
            f"import sys; from dvctt_report.cli import door; door.main([{command!r}]);"
            f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
        )
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        argv = [sys.executable, "-c", code]
        done = subprocess.run(argv, cwd=asked.root, env=environment, capture_output=True, check=True)
        return done.stderr.splitlines()[-1].decode()

    forget(asked)
    assert loaded("status", *WORKING) != "[]"
    assert loaded("status", *READING, *WORKING) == "[]"
    assert loaded("collect", *READING) == "[]"


def test_a_workbook_of_decisions_as_it_was_left_is_not_read(asked: Workspace, monkeypatch: Patch) -> None:
    own, opened = own_book(asked), []

    def read(name: str, *given: Any) -> ReadBook:
        opened.append(name)
        return read_book(name, *given)

    monkeypatch.setattr(books, "read_book", read)
    (left,) = books.find_books(asked, print, typed=True)
    assert not opened
    (whole,) = books.find_books(asked, print)
    assert opened == [own.name]
    assert left.read == whole.read._replace(statements=())
    load_workbook(own).save(own)
    (said,) = books.find_books(asked, print, typed=True)
    assert said.read.statements == whole.read.statements


def report_before(period: str) -> Callable[[Workspace], None]:
    def write(workspace: Workspace) -> None:
        manifest = workspace.root / "ket-qua" / period / f"bao-cao-{period}.json"
        manifest.parent.mkdir(parents=True, exist_ok=True)
        manifest.write_text("{}", encoding="utf-8")

    return write


def the_plan(workspace: Workspace) -> None:
    edit(workspace.root / "ho-so" / "plan.toml", 'before = "11-10"', 'before = "11-02"', 1)


@pytest.mark.parametrize(
    "change",
    [lambda workspace: workspace.book.unlink(), report_before("2024"), report_before("2025-6T"), the_plan],
    ids=["the tracking book", "the report of the year before", "of this year's first half", "the plan"],
)
def test_whatever_else_changes_is_told(
    change: Callable[[Workspace], None], asked: Workspace, monkeypatch: Patch
) -> None:
    shutil.copytree(shipped_profile(asked.settings.ho_so), asked.root / "ho-so")
    edit(asked.root / "dvctt.toml", f'"{asked.settings.ho_so}"', '"ho-so"', 1)
    before = name_now(asked)
    assert name_now(asked, MOMENT.replace(day=21)) != before
    assert name_now(asked, MOMENT.replace(hour=9)) == before
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "program", lambda: "khác")
        assert name_now(asked) != before
    change(asked)
    assert name_now(asked) != before


def test_what_kept_a_file_from_being_read_is_not_kept(asked: Workspace, run: Run) -> None:
    """Neither what ``status`` tells nor the page: the next ``collect`` reads the file."""
    before, page = run.units(), asked.results / "tinh-hinh.html"
    spoil(asked, "thanh tra tinh.xlsx")
    assert run.units() != before
    assert kept(asked) == []
    page.unlink()
    run.lax("validate")
    assert "chưa đọc được" in page.read_text(encoding="utf-8").casefold()
    run.lax("collect")
    assert "chưa đọc được" not in page.read_text(encoding="utf-8").casefold()
    assert run.units() == before


def test_a_book_saved_meanwhile_keeps_no_answer(asked: Workspace, run: Run, monkeypatch: Patch) -> None:
    """It was read before; what is told next is told of it as it is now."""
    run.lax("collect")
    forget(asked)

    def saved_meanwhile(year: OpenYear) -> Any:
        asked.book.write_bytes(asked.book.read_bytes() + b" ")
        return take_decisions(year)

    monkeypatch.setattr("dvctt_report.cli.collect.take_decisions", saved_meanwhile)
    run.lax("collect")
    assert kept(asked) == []
