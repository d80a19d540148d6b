"""Whatever lies in the inbox has a status: under any name that the system holds, and also what is no file."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.forms.fill import fill
from tests.pytest_types import Capture, Patch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")


@pytest.fixture
def workspace(begun: Path, tmp_path: Path, monkeypatch: Patch) -> Workspace:
    shutil.copytree(begun, tmp_path / "x")
    monkeypatch.chdir(tmp_path / "x")
    return read_workspace(tmp_path / "x")


def statuses(capfd: Capture) -> dict[str, Any]:
    capfd.readouterr()
    assert door.main(["collect", "--format", "json"]) in (0, 1)
    returns = json.loads(capfd.readouterr().out)["returns"]
    return {r["file"]: r for r in returns}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"S\xf4 Y t\xea.xlsx", "S\\xf4 Y t\\xea.xlsx"),
        (b"a\x1b[2J\n.xlsx", "a\\x1b[2J\\x0a.xlsx"),
        ("Sở\u202e Y tế.xlsx".encode(), "Sở\\u202e Y tế.xlsx"),
        (b"a\\b.xlsx", "a\\\\b.xlsx"),
        (("ế" * 84 + ".x").encode(), "ế" * 84 + ".x"),
    ],
)
def test_a_return_under_any_name_is_received_once_and_counts(
    name: bytes, shown: str, workspace: Workspace, capfd: Capture
) -> None:
    form = fill("SYT", 3)
    data = form_bytes(workspace.profile, form.unit, Period(2025), form.answers)
    Path(os.fsdecode(os.fsencode(workspace.inbox) + b"/" + name)).write_bytes(data)

    for _ in range(2):
        (found,) = statuses(capfd).values()
        assert (found["file"], found["status"], found["unit"]) == (
            f"nhan-ve/2025/{shown}",
            "effective",
            "SYT",
        )
    assert door.main(["validate"]) in (0, 1)
    assert door.main(["status", "--files"]) == 0
    assert "chưa được đọc" not in capfd.readouterr().err


def test_what_is_no_file_is_never_opened_and_never_passed_over(
    workspace: Workspace, capfd: Capture, tmp_path: Path
) -> None:
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
        found = statuses(capfd)

    said = {name.rpartition("/")[2]: r["findings"][0]["message"] for name, r in found.items()}
    assert {r["status"] for r in found.values()} == {"refused"}
    assert said == {
        "liên kết.xlsx": "là liên kết, không phải tệp",
        "gãy.xlsx": "là liên kết, không phải tệp",
        "thư mục": "là liên kết, không phải tệp",
        "ống.xlsx": "là ống dẫn (fifo), không phải tệp",
        "ổ.xlsx": "là socket, không phải tệp",
    }
