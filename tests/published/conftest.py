"""A sample year that is ready to be signed, and the same once it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.sample.following import AS_OF, make_final

__all__ = ["AS_OF"]


@pytest.fixture(scope="session")
def final_sample(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with its report rendered to be signed; not to be written to."""
    root = tmp_path_factory.mktemp("final") / "Báo cáo"
    shutil.copytree(rendered_sample, root)
    make_final(root)
    return root


@pytest.fixture
def final(final_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that may be written to, as the current folder."""
    root = tmp_path / "Báo cáo"
    shutil.copytree(final_sample, root)
    monkeypatch.chdir(root)
    return root
