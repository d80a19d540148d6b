"""Whatever lies in the inbox has a status, under any name; what was never collected is spoken of."""

from __future__ import annotations

import os
import socket
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dvctt_report.store.workspace import Workspace
from tests.cli.officer import Run, filled, send
from tests.forms.fill import fill

FOURTH = date(2025, 11, 4)
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")


@linux
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"S\xf4 Y t\xea.xlsx", "S\\xf4 Y t\\xea.xlsx"),
        (b"a\x1b[2J\n.xlsx", "a\\x1b[2J\\x0a.xlsx"),
        ("Sở\u202e Y tế.xlsx".encode(), "Sở\\u202e Y tế.xlsx"),
        (("ế" * 84 + ".x").encode(), "ế" * 84 + ".x"),
    ],
)
def test_a_return_counts_under_any_name(name: bytes, shown: str, workspace: Workspace, run: Run) -> None:
    data = filled(workspace, "SYT", fill("SYT", 3).answers)
    Path(os.fsdecode(os.fsencode(workspace.inbox) + b"/" + name)).write_bytes(data)
    for _ in range(2):
        (found,) = run.json("collect")["returns"]
        assert (found["file"], found["status"], found["unit"]) == (
            f"nhan-ve/2025/{shown}",
            "effective",
            "SYT",
        )
    run.lax("validate")
    assert "chưa được đọc" not in run("status --files")


@linux
def test_what_is_no_file_is_told_and_never_opened(workspace: Workspace, run: Run, tmp_path: Path) -> None:
    inbox = workspace.inbox
    (tmp_path / "thật.xlsx").write_bytes(b"x")
    (inbox / "liên kết.xlsx").symlink_to(tmp_path / "thật.xlsx")
    (inbox / "gãy.xlsx").symlink_to(tmp_path / "không có")
    (inbox / "thư mục").symlink_to(tmp_path)
    os.mkfifo(inbox / "ống.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(inbox)
        listening.bind("ổ.xlsx")
        os.chdir(workspace.root)
        returns = run.json("collect")["returns"]
    assert {r["status"] for r in returns} == {"refused"}
    assert {r["file"].rpartition("/")[2]: r["findings"][0]["message"] for r in returns} == {
        "liên kết.xlsx": "là liên kết, không phải tệp",
        "gãy.xlsx": "là liên kết, không phải tệp",
        "thư mục": "là liên kết, không phải tệp",
        "ống.xlsx": "là ống dẫn (fifo), không phải tệp",
        "ổ.xlsx": "là socket, không phải tệp",
    }


# ------------------------------------------------------------------------------- never collected

COMMANDS = ("status", "validate", "render", "letter remind", "letter feedback", "feedback")


def waiting(run: Run, line: str) -> list[str]:
    """What is said of files that wait."""
    code, _, err = run.raw(line)
    assert code in (0, 1)
    return [line for line in err.splitlines() if "chưa qua" in line]


@pytest.fixture
def one(workspace: Workspace, run: Run) -> Workspace:
    """A return, collected, and the mark of Excel that somebody has it open."""
    send(workspace, "a.xlsx", 2, FOURTH)
    (workspace.inbox / "~$a.xlsx").write_bytes(b"lock")
    run("collect")
    return workspace


def test_a_file_not_collected_is_named_by_whatever_counts_units(one: Workspace, run: Run) -> None:
    assert waiting(run, "status") == []
    send(one, "b.xlsx", 2, FOURTH, "STC")
    told = "1 tệp trong nhan-ve/2025 chưa qua dvctt-report collect: b.xlsx."
    assert [waiting(run, line) for line in COMMANDS] == [[told]] * len(COMMANDS)
    assert run.json("status")["year"] == 2025, "it keeps out of what a program reads"
    run("collect")
    assert waiting(run, "status") == []
    for n in range(5):
        (one.inbox / f"{n}.pdf").write_bytes(b"%PDF-1.7")
    (line,) = waiting(run, "letter remind")
    assert line.startswith("5 tệp trong nhan-ve/2025")
    assert line.endswith("0.pdf, 1.pdf, 2.pdf và 2 tệp khác.")


def newer(path: Path) -> None:
    later = (datetime.now() + timedelta(hours=1)).timestamp()
    os.utime(path, (later, later))


def test_a_file_written_over_waits_and_one_merely_touched_does_not(one: Workspace, run: Run) -> None:
    path = one.inbox / "a.xlsx"
    newer(path)
    assert waiting(run, "status") == []
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    newer(path)
    assert len(waiting(run, "status")) == 1
    path.write_bytes(b"another size")
    os.utime(path, (0, 0))
    assert len(waiting(run, "status")) == 1
