"""The sample's report, rendered once, and what checks copies of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.verify.check import Collation, check_document
from dvctt_report.verify.document import read_document
from dvctt_report.verify.known import PrintedReport, read_manifest
from tests.verify.edits import Report


@dataclass(frozen=True)
class Rendered:
    """The sample's report as rendered: its bytes, its manifest as JSON and as read back."""

    content: bytes
    table: dict[str, Any]
    manifest: PrintedReport

    def report(self) -> Report:
        return Report(self.content, self.table)


@pytest.fixture(scope="session")
def rendered(rendered_sample: Path) -> Rendered:
    results = rendered_sample / "ket-qua" / "2025"
    path = results / "bao-cao-2025.json"
    content = (results / "bao-cao-2025.docx").read_bytes()
    return Rendered(content, json.loads(path.read_text(encoding="utf-8")), read_manifest(path))


@pytest.fixture
def check(rendered: Rendered, tmp_path: Path) -> Callable[[bytes], Collation]:
    """Check the bytes of an edited copy against the sample's manifest."""

    def checked(content: bytes) -> Collation:
        path = tmp_path / "bản sửa.docx"
        path.write_bytes(content)
        return check_document(read_document(path), rendered.manifest)

    return checked
