"""What several tests of commands start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.resources import resource_path


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
