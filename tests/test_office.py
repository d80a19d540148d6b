"""LibreOffice is found where its installers put it, on the search path or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dvctt_report.office import find_libreoffice


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)


def test_on_the_search_path(tmp_path: Path) -> None:
    assert find_libreoffice() is None
    program = tmp_path / "bin" / "soffice"
    program.touch(mode=0o755)
    assert find_libreoffice() == program


@pytest.mark.parametrize("variable", ["ProgramFiles", "ProgramFiles(x86)"])
def test_where_windows_installs_programs(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "Program Files" / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv(variable, str(tmp_path / "Program Files"))
    assert find_libreoffice() == program
