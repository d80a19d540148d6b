"""A sample year that is ready to be signed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from dvctt_report.cli import door
from scripts.sample.following import AS_OF
from tests.pytest_types import Capture, Patch

__all__ = ["AS_OF"]


class Said(NamedTuple):
    """What a command printed."""

    out: str
    err: str


Run: TypeAlias = Callable[..., Said]
"""Runs a command, which has to end with that code."""


@pytest.fixture
def run(capfd: Capture) -> Run:
    def ended(code: int, *argv: str) -> Said:
        capfd.readouterr()
        assert door.main([*argv]) == code
        return Said(*capfd.readouterr())

    return ended


@pytest.fixture
def final(final_sample: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of it that may be written to, as the current folder."""
    root = tmp_path / "Báo cáo"
    shutil.copytree(final_sample, root)
    monkeypatch.chdir(root)
    return root
