"""Batch files are right under the rules of cmd, which nothing here can run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.app import COMMANDS
from dvctt_report.cli.launchers import LAUNCHERS, write_launchers


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


def test_the_commands_exist(lines: list[str]) -> None:
    run = next(line for line in lines if line.startswith("%RUN% "))
    assert run.split()[1] in dict(COMMANDS)


def test_init_writes_them(tmp_path: Path) -> None:
    assert door.main(["init", str(tmp_path / "w"), "--year", "2025"]) == 0
    assert {p.name for p in (tmp_path / "w").glob("*.bat")} == set(LAUNCHERS)
