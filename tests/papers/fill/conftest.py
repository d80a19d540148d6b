"""What tests of forms that are filled start from: the figures of the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from dvctt_report.explain.manifest import Manifest, read_manifest
from dvctt_report.papers.fill.values import FigureValues


@pytest.fixture(scope="session")
def manifest(rendered_sample: Path) -> Manifest:
    return read_manifest(rendered_sample / "ket-qua/2025/bao-cao-2025.json")


@pytest.fixture(scope="session")
def values(manifest: Manifest) -> FigureValues:
    return FigureValues(manifest)
