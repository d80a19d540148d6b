"""The sample's report, rendered once, and what checks copies of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.resources import resource_path
from dvctt_report.verify.check import Outcome, check_document
from dvctt_report.verify.document import read_document
from dvctt_report.verify.known import Manifest, read_manifest
from tests.verify.edits import Report


@dataclass(frozen=True)
class Rendered:
    """The sample workspace after ``render``: its report's bytes and its manifest."""

    root: Path
    content: bytes
    table: dict[str, Any]
    manifest: Manifest

    def report(self) -> Report:
        return Report(self.content, self.table)


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    root = tmp_path_factory.mktemp("verify") / "Báo cáo"
    shutil.copytree(resource_path("sample_data"), root)
    assert door.main(["--workspace", str(root), "collect"]) == 1
    assert door.main(["--workspace", str(root), "render", "--as-of", "20/11/2025 17:00"]) == 0
    results = root / "ket-qua" / "2025"
    path = results / "bao-cao-2025.json"
    content = (results / "bao-cao-2025.docx").read_bytes()
    return Rendered(root, content, json.loads(path.read_text(encoding="utf-8")), read_manifest(path))


@pytest.fixture
def check(rendered: Rendered, tmp_path: Path) -> Callable[[bytes], Outcome]:
    """Check the bytes of an edited copy against the sample's manifest."""

    def checked(content: bytes) -> Outcome:
        path = tmp_path / "bản sửa.docx"
        path.write_bytes(content)
        return check_document(read_document(path), rendered.manifest)

    return checked
