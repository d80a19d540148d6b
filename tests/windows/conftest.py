"""The bundle that was built last, on a new computer.

``make test-windows`` builds it and runs these; they are no part of ``make test``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows.machine import ROOT, Machine, install


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    bundles = sorted((ROOT / "dist").glob("*-win64.zip"), key=lambda path: path.stat().st_mtime)
    assert bundles, "no bundle: make bundle-windows"
    prefix = tmp_path_factory.mktemp("windows")
    made = install(bundles[-1], prefix)
    yield made
    made.wine.stop()
    shutil.rmtree(prefix, ignore_errors=True)  # some hundred megabytes


@pytest.fixture(scope="session")
def documents(machine: Machine) -> Path:
    """The folder an officer works in."""
    folder = machine.disk / "Tài liệu & biểu (2025)"
    folder.mkdir()
    return folder
