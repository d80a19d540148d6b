"""Batch files are right under the rules of cmd, which nothing here can run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dvctt_report.cli import door, init
from dvctt_report.cli.app import COMMANDS
from dvctt_report.cli.init import LAUNCHERS, write_launchers
from tests.pytest_types import Capture, Patch


@pytest.fixture(params=LAUNCHERS)
def lines(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    write_launchers(tmp_path)
    data = (tmp_path / request.param).read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.endswith(b"\r\n")
    text: str = data.decode()
    return text.splitlines()


def test_quotes_are_paired_in_every_line(lines: list[str]) -> None:
    assert [line for line in lines if line.count('"') % 2] == []


def test_paths_stand_in_quotes_and_are_not_expanded_twice(lines: list[str]) -> None:
    for line in lines:
        bare = re.sub(r'"[^"]*"', "", line)
        assert "%~" not in bare
        assert "%DVCTT_HOME%" not in bare
        assert not re.search(r"\bcall\b|delayedexpansion", line, re.IGNORECASE)


def test_a_share_can_be_the_folder_and_an_error_stays_on_the_screen(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert lines[0] == "@echo off"
    assert 'pushd "%~dp0"' in text
    assert "\npopd\n" in text
    assert text.index('set "CODE=%ERRORLEVEL%"') < text.index("\npopd\n")
    assert lines[-1] == "endlocal & exit /b %CODE%"
    assert re.search(r"(?m)pause$", text)


def test_a_program_that_was_moved_or_never_installed_is_said_to_be(lines: list[str]) -> None:
    moved, missing = (line for line in lines if "Cai-dat.bat" in line)
    assert moved.startswith(r'if defined DVCTT_HOME if not exist "%DVCTT_HOME%\python\python.exe" (echo ')
    assert missing.startswith("if not defined DVCTT_HOME where /q dvctt-report || (echo ")
    assert moved.endswith("& pause & exit /b 2)")
    assert missing.endswith("& pause & exit /b 2)")


def test_the_commands_exist(lines: list[str]) -> None:
    run = next(line for line in lines if line.startswith("%RUN% "))
    assert run.split()[1] in COMMANDS


@pytest.mark.parametrize("name", ["Nhan-bao-cao.bat", "Kiem-tra-the-thuc.bat"])
def test_everything_dropped_is_handed_on_by_its_full_name_as_seen_before_the_folder_changes(
    name: str,
) -> None:
    lines = LAUNCHERS[name].splitlines()
    gather, enter = next(n for n, line in enumerate(lines) if "%~f1" in line), lines.index(":next")
    assert lines[enter : gather + 3] == [":next", lines[gather], "shift", 'if not "%~1"=="" goto next']
    assert gather < next(n for n, line in enumerate(lines) if line.startswith("pushd"))
    assert any(line.startswith("%RUN% ") and line.endswith("%DROPPED%") for line in lines)


def test_init_writes_them(tmp_path: Path) -> None:
    assert door.main(["init", str(tmp_path / "w"), "--year", "2025"]) == 0
    assert {p.name for p in (tmp_path / "w").glob("*.bat")} == set(LAUNCHERS)


@pytest.mark.parametrize(("spare", "said"), [(0, False), (-1, True)])
def test_init_says_that_a_folder_leaves_no_room_for_excel(
    spare: int,
    said: bool,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: Patch,
) -> None:
    root = tmp_path / "Báo cáo"
    monkeypatch.setattr(init, "LONGEST_FOLDER", len(str(root)) + spare)
    assert door.main(["init", str(root), "--year", "2025"]) == 0
    assert (f"dài {len(str(root))} ký tự" in " ".join(capsys.readouterr().out.split())) is said
