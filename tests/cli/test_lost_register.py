"""A register that was emptied or is gone is no new year: nothing is reported from it until it is restored."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.doctor import Health, examine
from dvctt_report.cli.leave import PAGE
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text.limits import MAX_RECEIVED
from tests.cli.test_register import send, workspace
from tests.pytest_types import Capture, Patch

__all__ = ["workspace"]

COMMANDS = (
    ["status"],
    ["validate"],
    ["render"],
    ["letter", "remind"],
    ["letter", "feedback"],
    ["feedback"],
    ["export"],
    ["decide"],
    ["decide", "--unit", "SYT", "--set", "T1.done=1", "--reason", "r", "--document", "d"],
    ["status", "--files"],
    ["decide", "a.xlsx", "--use"],
    ["collect", "--book"],
    ["control", "make"],
    ["explain", "T1"],
)


def emptied(workspace: Workspace) -> None:
    workspace.register.write_bytes(b"")


def gone(workspace: Workspace) -> None:
    workspace.register.unlink()


def without_receipts(workspace: Workspace) -> None:
    """What an emptied register becomes when tables are made in it."""
    with closing(sqlite3.connect(workspace.register)) as register, register:
        register.execute("delete from receipt")


@pytest.fixture
def rendered(questioned_rendered: Path, tmp_path: Path, monkeypatch: Patch) -> Workspace:
    root = tmp_path / "Báo cáo"
    shutil.copytree(questioned_rendered, root)
    monkeypatch.chdir(root)
    return read_workspace(root)


@pytest.mark.parametrize("lose", [emptied, gone, without_receipts])
def test_every_command_stops_and_says_what_to_do(lose: object, rendered: Workspace, capfd: Capture) -> None:
    assert callable(lose)
    lose(rendered)
    for argv in COMMANDS:
        capfd.readouterr()
        assert door.main(argv) == door.CANNOT_RUN, argv
        said = capfd.readouterr().err
        assert "1 văn bản đã lập" in said, argv
        assert "Khôi phục" in said, argv
        assert "dvctt-report collect" in said, argv


@pytest.mark.parametrize("lose", [emptied, gone, without_receipts])
def test_the_doctor_tells_it(lose: object, rendered: Workspace) -> None:
    assert callable(lose)
    lose(rendered)
    found = {check.code: check.outcome for check in examine(rendered.root, None)[1]}
    assert found["register"].state is Health.ERROR
    assert "ghi nhầm" in found["register"].found
    assert "sao lưu" in found["register"].fix


def test_collecting_again_makes_it_anew_and_says_what_is_to_be_decided_again(
    rendered: Workspace, capfd: Capture
) -> None:
    emptied(rendered)
    assert door.main(["collect"]) == 1
    said = capfd.readouterr().err
    assert "Đã lập sổ mới" in said
    assert "đính chính" in said
    assert door.main(["status"]) == 0
    assert door.main(["collect"]) == 1
    assert "sổ mới" not in capfd.readouterr().err


@pytest.mark.parametrize("lose", [emptied, gone, without_receipts])
def test_no_register_is_made_anew_of_nothing(
    lose: Callable[[Workspace], None], rendered: Workspace, capfd: Capture
) -> None:
    aside = rendered.root / "cất"
    rendered.inbox.rename(aside)
    page = rendered.results / PAGE
    page.unlink(missing_ok=True)
    lose(rendered)

    for _ in range(2):
        assert door.main(["collect"]) == door.CANNOT_RUN
        assert "chép lại tệp các đơn vị đã gửi vào" in capfd.readouterr().err
    assert not page.exists()

    rendered.inbox.rmdir()
    aside.rename(rendered.inbox)
    assert door.main(["collect"]) == 1
    assert door.main(["status"]) == 0


def test_an_empty_file_where_nothing_was_done_is_no_loss_to_collect(workspace: Workspace) -> None:
    workspace.register.parent.mkdir(exist_ok=True)
    workspace.register.write_bytes(b"")
    assert door.main(["collect"]) == 0


def test_a_new_workspace_is_told_of_no_loss(workspace: Workspace, capfd: Capture) -> None:
    assert door.main(["status"]) == door.DONE
    assert "Chưa nhận báo cáo nào" in capfd.readouterr().err
    assert door.main(["render"]) == door.CANNOT_RUN
    assert "Chưa nhận báo cáo nào" in capfd.readouterr().err
    assert door.main(["collect"]) == 0
    assert door.main(["render"]) == 0
    for argv in (["status"], ["letter", "remind"], ["status", "--files"]):
        assert door.main(argv) == 0
    assert "Khôi phục" not in "".join(capfd.readouterr())


def test_files_that_were_never_collected_are_collected_first(workspace: Workspace, capfd: Capture) -> None:
    assert door.main(["collect"]) == 0
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    capfd.readouterr()
    assert door.main(["letter", "remind"]) == door.CANNOT_RUN
    said = capfd.readouterr().err
    assert "1 tệp trong thư mục nhận" in said
    assert "Khôi phục" not in said
    assert door.main(["collect"]) == 0
    assert "sổ mới" not in capfd.readouterr().err
    assert door.main(["letter", "remind"]) == 0


@pytest.mark.parametrize("name", ["Thumbs.db", "~$a.xlsx", "lon.zip"])
def test_files_that_no_collect_takes_in_stop_nothing(name: str, workspace: Workspace) -> None:
    door.main(["collect"])
    with (workspace.inbox / name).open("wb") as file:
        file.truncate(MAX_RECEIVED + 1 if name == "lon.zip" else 1)
    assert door.main(["status"]) == 0
    door.main(["collect"])
    assert door.main(["letter", "remind"]) == 0
