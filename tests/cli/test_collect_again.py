"""What ``collect`` has read once it doesn't read again, and nobody can tell but by the clock."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from tests.pytest_types import Capture, Patch

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: Patch) -> Path:
    """The sample's workspace with four of its returns: one with an error, one refused, one sent twice."""
    root = shutil.copytree(SAMPLE, tmp_path / "sample")
    for path in (root / "nhan-ve" / "2025").iterdir():
        if not any(name in path.name for name in ("SYT_", "CDN_", "SNV_", "Nội vụ")):
            path.unlink()
    monkeypatch.chdir(root)
    return root


def told(capfd: Capture, command: str) -> dict[str, Any]:
    capfd.readouterr()
    assert door.main([command, "--format", "json"]) == 1
    said: dict[str, Any] = json.loads(capfd.readouterr().out)
    return said


def in_readings(root: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(root / ".dvctt" / "da-doc.sqlite")) as readings, readings:
        return readings.execute(statement).fetchall()


def test_a_second_collect_and_a_validate_say_the_same(sample: Path, capfd: Capture) -> None:
    collected, validated = told(capfd, "collect"), told(capfd, "validate")
    (sample / ".dvctt" / "da-doc.sqlite").unlink()

    assert told(capfd, "validate") == validated
    assert told(capfd, "collect") == collected


def test_an_unchanged_file_is_not_read_again(sample: Path, capfd: Capture) -> None:
    collected = told(capfd, "collect")
    before = in_readings(sample, "select rowid, * from kept where kind = 'reading'")

    assert told(capfd, "collect") == collected
    assert in_readings(sample, "select rowid, * from kept where kind = 'reading'") == before
    assert len(before) >= sum(r["status"] != "refused" for r in collected["returns"])


def test_damaged_readings_are_made_anew(sample: Path, capfd: Capture) -> None:
    collected = told(capfd, "collect")
    in_readings(sample, "update kept set body = zeroblob(8) where kind = 'reading'")

    assert told(capfd, "collect") == collected
    assert in_readings(sample, "select count(*) from kept where body = zeroblob(8)") == [(0,)]


def test_an_edited_plan_applies_at_once(sample: Path, capfd: Capture) -> None:
    collected = told(capfd, "collect")
    profile = sample / "ho-so"
    shutil.copytree(Path(__file__).parents[2] / "templates" / "ninh_thuan", profile)
    for path, old, new in (
        (sample / "dvctt.toml", 'ho_so = "ninh_thuan"', 'ho_so = "ho-so"'),
        (profile / "plan.toml", "version = 1", "version = 2"),
    ):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert {r["status"] for r in told(capfd, "collect")["returns"]} == {"refused", "duplicate"}
    assert collected["returns"]


_WITHOUT_READERS = """
import sys
from dvctt_report.cli import door
code = door.main(["--workspace", sys.argv[1], "status"])
names = ("dvctt_report.intake.workers", "dvctt_report.intake.collect", "multiprocessing", "lxml", "numpy")
sys.exit(code or " ".join(name for name in names if name in sys.modules) or 0)
"""


def test_what_is_known_of_the_files_brings_no_reader_and_no_worker(rendered_sample: Path) -> None:
    """One that is refused is among them."""
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_READERS, str(rendered_sample)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
