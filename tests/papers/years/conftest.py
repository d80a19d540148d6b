"""Workspaces whose report on 2025 was signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import go_on


@pytest.fixture
def signed(signed_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the signed sample, where commands are typed."""
    root = tmp_path / "Báo cáo"
    shutil.copytree(signed_sample, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def office(signed: Path) -> Path:
    """The same with a profile of its own whose province hasn't ended."""
    go_on(signed)
    settings = signed / "dvctt.toml"
    said = settings.read_text(encoding="utf-8").replace(
        'phat_hanh_bieu_mau = ""', 'phat_hanh_bieu_mau = "Công văn số 1830/SKHCN-CĐS"'
    )
    settings.write_text(said, encoding="utf-8")
    return signed
