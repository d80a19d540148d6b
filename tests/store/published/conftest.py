"""A sample year that is ready to be signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.sample.following import AS_OF

__all__ = ["AS_OF"]


@pytest.fixture
def final(final_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that may be written to, as the current folder."""
    root = tmp_path / "Báo cáo"
    shutil.copytree(final_sample, root)
    monkeypatch.chdir(root)
    return root
