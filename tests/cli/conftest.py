"""What several tests of commands start from."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.resources import resource_path
from tests.cli.officer import copied, do, send


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace, collected; to be copied by a test that changes anything."""
    root = tmp_path_factory.mktemp("collected") / "Báo cáo"
    return do(Path(shutil.copytree(resource_path("sample_data"), root)), "collect")


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as ``init`` makes it for 2025; to be copied by a test that changes anything."""
    root = tmp_path_factory.mktemp("begun") / "Sổ"
    assert door.main(["init", str(root), "--year", "2025"]) == 0
    return root


@pytest.fixture(scope="session")
def collected_two(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns of two units, collected; a third file was rejected by the officer. Not to be written to."""
    root = shutil.copytree(begun, tmp_path_factory.mktemp("two") / "Sổ")
    workspace = read_workspace(root)
    for name, answer, unit in (("y-te.xlsx", 2, "SYT"), ("noi-vu.xlsx", 3, "SNV"), ("nhap.xlsx", 1, "STC")):
        send(workspace, name, answer, date(2025, 11, 4), unit)
    return do(root, "collect", "decide nhap.xlsx --reject --reason 'Bản nháp'")


workspace = copied("begun", "A workspace as ``init`` makes it.")
two = copied("collected_two", "Two returns, and a file that was rejected.")
asked = copied("questioned", "The returns asked about: three errors, six warnings are open.")
whole = copied("collected", "The whole sample, collected.")
drafted = copied("questioned_rendered", "The returns asked about, with a report.")
rendered = copied("rendered_sample", "The whole sample, with its report.")
