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
from dvctt_report.decide.check.check import Collation, check_document
from dvctt_report.decide.check.document import PrintedReport, read_document, read_manifest
from dvctt_report.store.workspace import DEFAULT_ANNEXES
from tests.decide.check.edits import Edit, Report


@dataclass(frozen=True)
class Rendered:
    """The sample's report as rendered: its bytes, its manifest as JSON and as read back."""

    content: bytes
    table: dict[str, Any]
    manifest: PrintedReport

    def report(self) -> Report:
        return Report(self.content, self.table)


@pytest.fixture
def rendered(request: pytest.FixtureRequest) -> Rendered:
    """The report without the annexes of units, at which most tests don't look; with them where one does."""
    asked = "whole" if request.node.get_closest_marker("annexes") else "mostly_prose"
    found: Rendered = request.getfixturevalue(asked)
    return found


@pytest.fixture(scope="session")
def whole(rendered_sample: Path) -> Rendered:
    return rendered_in(rendered_sample)


@pytest.fixture(scope="session")
def mostly_prose(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The same with the annexes of units, most of its cells, in a file of their own: read thrice as fast."""
    root = Path(shutil.copytree(rendered_sample, tmp_path_factory.mktemp("prose") / "Báo cáo"))
    settings = root / "dvctt.toml"
    said = settings.read_text(encoding="utf-8")
    apart = said.replace("phu_luc_rieng = []", f"phu_luc_rieng = {json.dumps(DEFAULT_ANNEXES[1:])}")
    assert apart != said
    settings.write_text(apart, encoding="utf-8")
    assert door.main(["--workspace", str(root), "render", "--as-of", "20/11/2025 17:00"]) == 0
    return rendered_in(root)


def rendered_in(root: Path) -> Rendered:
    results = root / "ket-qua" / "2025"
    path = results / "bao-cao-2025.json"
    content = (results / "bao-cao-2025.docx").read_bytes()
    return Rendered(content, json.loads(path.read_text(encoding="utf-8")), read_manifest(path))


@pytest.fixture
def after(rendered: Rendered, check: Callable[[bytes], Collation]) -> Callable[[Edit], Collation]:
    """Check the sample's report as it is after an edit."""

    def checked(edit: Edit) -> Collation:
        report = rendered.report()
        edit(report)
        return check(report.content())

    return checked


@pytest.fixture
def check(rendered: Rendered, tmp_path: Path) -> Callable[[bytes], Collation]:
    """Check the bytes of an edited copy against the sample's manifest."""

    def checked(content: bytes) -> Collation:
        path = tmp_path / "bản sửa.docx"
        path.write_bytes(content)
        return check_document(read_document(path), rendered.manifest)

    return checked
