"""Which year and which province a new workspace is for, as it is asked at the terminal."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.ask import QUESTIONS
from dvctt_report.cli.menu import YearState
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.pytest_types import Capture, Patch


@pytest.fixture
def root(tmp_path: Path, monkeypatch: Patch) -> Path:
    monkeypatch.setattr("dvctt_report.cli.init.is_terminal", lambda _: True)
    return tmp_path / "w"


def make(root: Path, monkeypatch: Patch, *answers: str) -> Workspace:
    typed = "".join(f"{line}\n" for line in (*answers, *[""] * len(QUESTIONS)))
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert door.main(["init", str(root)]) == 0
    return read_workspace(root)


def test_the_province_that_is_answered_has_its_own_profile(root: Path, monkeypatch: Patch) -> None:
    made = make(root, monkeypatch, "2025", "ninh thuan")
    assert (made.period.year, made.profile.plan.province) == (2025, "tỉnh Ninh Thuận")
    assert made.settings.ho_so == "ninh_thuan"


def test_a_province_that_is_no_more_or_unknown_is_asked_for_again_and_a_new_one_gets_a_profile(
    root: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    made = make(root, monkeypatch, "2026", "Ninh Thuận", "Atlantis", "Đồng Nai")
    told = capfd.readouterr().out
    assert "16 chỉ tiêu chưa có mức: ghi mức vào sổ ke-hoach.xlsx" in " ".join(told.split())
    assert "nay thuộc tỉnh Khánh Hòa" in told
    assert "Không có tỉnh, thành phố “Atlantis”" in told
    assert (made.period.year, made.profile.plan.province) == (2026, "thành phố Đồng Nai")
    assert made.settings.ho_so == "cau-hinh-tinh", "by its path within the workspace"
    assert (root / "ke-hoach.xlsx").is_file(), "where the menu looks for it"
    assert door.main(["status", "--workspace", str(root)]) == 0
    assert "16 chỉ tiêu chưa có mức" in capfd.readouterr().out
    assert YearState(made, datetime(2026, 9, 15)).next_step().line == "settings"
