"""What several tests of commands start from."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text.resources import resource_path
from tests.cli.officer import Run, send
from tests.pytest_types import Capture, Patch


@pytest.fixture
def run(capfd: Capture) -> Run:
    return Run(capfd)


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace, collected; to be copied by a test that changes anything."""
    root = tmp_path_factory.mktemp("collected") / "Báo cáo"
    shutil.copytree(resource_path("sample_data"), root)
    door.main(["collect", "--workspace", str(root)])
    return root


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as ``init`` makes it for 2025; to be copied by a test that changes anything."""
    root = tmp_path_factory.mktemp("begun") / "Sổ"
    assert door.main(["init", str(root), "--year", "2025"]) == 0
    return root


@pytest.fixture(scope="session")
def collected_two(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns of two units, collected; a third file was rejected by the officer. Not to be written to."""
    root = tmp_path_factory.mktemp("two") / "Sổ"
    shutil.copytree(begun, root)
    workspace, here = read_workspace(root), ("--workspace", str(root))
    for name, answer, unit in (("y-te.xlsx", 2, "SYT"), ("noi-vu.xlsx", 3, "SNV"), ("nhap.xlsx", 1, "STC")):
        send(workspace, name, answer, date(2025, 11, 4), unit)
    assert door.main([*here, "collect"]) in (0, 1)
    assert door.main([*here, "decide", "nhap.xlsx", "--reject", "--reason", "Bản nháp"]) == 0
    return root


def _copied(original: str, about: str) -> Any:
    """A fixture: a copy of another's folder, with the current folder in it."""

    def copy(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Workspace:
        root = Path(shutil.copytree(request.getfixturevalue(original), tmp_path / "Báo cáo"))
        monkeypatch.chdir(root)
        capfd.readouterr()
        return read_workspace(root)

    copy.__doc__ = about
    return pytest.fixture(copy)


workspace = _copied("begun", "A workspace as ``init`` makes it.")
two = _copied("collected_two", "Two returns, and a file that was rejected.")
asked = _copied("questioned", "The returns asked about: three errors, six warnings are open.")
whole = _copied("collected", "The whole sample, collected.")
drafted = _copied("questioned_rendered", "The returns asked about, with a report.")
rendered = _copied("rendered_sample", "The whole sample, with its report.")
