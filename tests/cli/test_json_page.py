"""docs/json.md names every key that is printed or written for other programs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dvctt_report.cli import door
from tests.pytest_types import Capture, Patch

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
TOLD = frozenset(re.findall(r'["`](\w+)["`]', PAGE.read_text(encoding="utf-8")))
REPORT = "ket-qua/2025/bao-cao-2025"
ANSWERS = (
    "collect",
    "validate",
    "status",
    "status --files",
    f"check {REPORT}.docx",
    "explain T10",
    f"lint {REPORT}.docx",
    "doctor",
    "decide",
)
"""The commands that have an answer of their own."""


def keys(value: object) -> Iterator[str]:
    """Every key in a document; those of ``fields`` of an item are the plan's words."""
    if isinstance(value, list):
        for one in value:
            yield from keys(one)
    elif isinstance(value, dict):
        yield from value
        for name, one in value.items():
            yield from () if name == "fields" and isinstance(one, dict) else keys(one)


@pytest.fixture(scope="module")
def decided(questioned_rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a few returns, edited since, with a decision of each kind."""
    root = tmp_path_factory.mktemp("decided") / "Sổ"
    shutil.copytree(questioned_rendered, root)
    here = ("--workspace", str(root))
    said = ("--reason", "Đúng như ghi", "--document", "Công văn số 1/SYT")
    assert door.main([*here, "decide", "--unit", "SYT", "--set", "T10.done=2000", *said]) == 0
    assert door.main([*here, "decide", "--leave-out", "--unit", "BQLKCN"]) == 0
    assert door.main([*here, "decide", "BC01", "--accept", "--all", *said]) == 0
    return root


def test_the_page_names_every_key_of_a_manifest(questioned_rendered: Path) -> None:
    manifest = json.loads((questioned_rendered / f"{REPORT}.json").read_text(encoding="utf-8"))
    assert sorted(set(keys(manifest)) - TOLD) == []


@pytest.mark.parametrize("command", ANSWERS)
def test_the_page_names_every_key_of_an_answer(
    command: str, decided: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(decided)
    capfd.readouterr()
    assert door.main([*command.split(), "--format", "json"]) in (0, 1, 3)
    assert sorted(set(keys(json.loads(capfd.readouterr().out))) - TOLD) == []
