"""Files that lie in the inbox and were never collected are spoken of by every command that counts units."""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.store.workspace import Workspace
from tests.cli.test_register import send, workspace
from tests.pytest_types import Capture

__all__ = ["workspace"]

COMMANDS = (["status"], ["validate"], ["render"], ["letter", "remind"], ["letter", "feedback"], ["feedback"])


def told(capfd: Capture, *argv: str) -> list[str]:
    """What is said of files that wait."""
    capfd.readouterr()
    assert door.main(list(argv)) in (0, 1)
    return [line for line in capfd.readouterr().err.splitlines() if "chưa qua" in line]


@pytest.fixture
def collected(workspace: Workspace) -> Workspace:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    (workspace.inbox / "~$a.xlsx").write_bytes(b"lock")
    assert door.main(["collect"]) == 0
    return workspace


def test_a_file_not_yet_collected_is_named_in_one_line_by_every_command(
    collected: Workspace, capfd: Capture
) -> None:
    nothing: list[list[str]] = [[] for _ in COMMANDS]
    assert [told(capfd, *argv) for argv in COMMANDS] == nothing
    send(collected, "b.xlsx", 2, date(2025, 11, 4), "STC")
    line = "1 tệp trong nhan-ve/2025 chưa qua dvctt-report collect: b.xlsx."
    assert [told(capfd, *argv) for argv in COMMANDS] == [[line] for _ in COMMANDS]
    door.main(["collect"])
    assert [told(capfd, *argv) for argv in COMMANDS] == nothing


def test_it_keeps_out_of_what_a_program_reads(collected: Workspace, capfd: Capture) -> None:
    send(collected, "b.xlsx", 2, date(2025, 11, 4), "STC")
    capfd.readouterr()
    assert door.main(["status", "--format", "json"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["year"] == 2025
    assert "b.xlsx" in err


def newer(path: Path) -> None:
    later = (datetime.now() + timedelta(hours=1)).timestamp()
    os.utime(path, (later, later))


def test_a_file_written_over_counts_as_not_collected_and_one_merely_touched_does_not(
    collected: Workspace, capfd: Capture
) -> None:
    path = collected.inbox / "a.xlsx"
    newer(path)
    assert told(capfd, "status") == []
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    newer(path)
    assert len(told(capfd, "status")) == 1
    path.write_bytes(b"another size")
    os.utime(path, (0, 0))
    assert len(told(capfd, "status")) == 1


def test_many_files_are_counted_and_three_named(collected: Workspace, capfd: Capture) -> None:
    for n in range(5):
        (collected.inbox / f"{n}.pdf").write_bytes(b"%PDF-1.7")
    (line,) = told(capfd, "letter", "remind")
    assert line.startswith("5 tệp trong nhan-ve/2025")
    assert line.endswith("0.pdf, 1.pdf, 2.pdf và 2 tệp khác.")
