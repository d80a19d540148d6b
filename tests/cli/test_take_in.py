"""What is dropped goes into the inbox, over nothing that stands there."""

from __future__ import annotations

import builtins
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli.collect import take_in
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.limits import MAX_RECEIVED
from tests.cli.officer import Run
from tests.pytest_types import Capture, Patch


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "nhan-ve" / "2025"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    folder = tmp_path / "Thư tháng 11 & 12"
    (folder / "Sở Y tế").mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(b"A")
    (folder / "Sở Y tế" / "b.xlsx").write_bytes(b"B")
    return folder


def listed(inbox: Path) -> dict[str, bytes]:
    return {p.relative_to(inbox).as_posix(): p.read_bytes() for p in inbox.rglob("*") if p.is_file()}


def test_a_folder_keeps_its_name_and_its_subfolders(inbox: Path, mails: Path) -> None:
    take_in(mails, inbox)
    assert listed(inbox) == {"Thư tháng 11 & 12/a.xlsx": b"A", "Thư tháng 11 & 12/Sở Y tế/b.xlsx": b"B"}


def test_the_same_again_is_not_copied_another_is(inbox: Path, mails: Path, capfd: Capture) -> None:
    for text in ("A", "sửa"):
        (mails / "a.xlsx").write_bytes(text.encode())
        for n in (1, 0):
            take_in(mails / "a.xlsx", inbox)
            assert f"Đã chép {n} tệp" in capfd.readouterr().err
    take_in(inbox, inbox)
    take_in(inbox / "a.xlsx", inbox)
    assert listed(inbox) == {"a.xlsx": b"A", "a (2).xlsx": "sửa".encode()}, "what lies there is left there"


@pytest.mark.skipif(os.name == "nt", reason="no links without a right of their own, no pipes among files")
@pytest.mark.usefixtures("workspace")
def test_what_is_no_file_is_not_followed_and_told(mails: Path, run: Run) -> None:
    (mails / "link.xlsx").symlink_to(mails / "a.xlsx")
    (mails / "vòng").symlink_to(mails)
    os.mkfifo(mails / "ống.xlsx")
    with (mails / "lớn.zip").open("wb") as file:
        file.truncate(MAX_RECEIVED + 1)
    code, _, said = run.raw(f"collect --from '{mails}' --from '{mails}/ống.xlsx'")
    assert code == 1
    assert f"Đã chép 2 tệp từ {mails}" in said
    for name, what in (
        *(("link.xlsx", "liên kết"), ("vòng", "liên kết")),
        *(("ống.xlsx", "ống dẫn"), ("lớn.zip", "MB")),
    ):
        (line, *_) = [line for line in said.splitlines() if f"{mails / name}: " in line]
        assert what in line
        assert "Chép chính tệp" in line
    assert said.count("ống dẫn") == 2, "named by itself, too"


def test_what_can_not_be_read_is_told(inbox: Path, mails: Path, monkeypatch: Patch, capfd: Capture) -> None:
    look, opened = os.scandir, builtins.open

    def closed_folder(path: str) -> object:
        if Path(path).name == "Sở Y tế":
            raise PermissionError(errno.EACCES, "closed", path)
        return look(path)

    def closed_file(path: Any, *args: Any, **kwargs: Any) -> Any:
        if Path(str(path)).name == "a.xlsx":
            raise PermissionError(errno.EACCES, "closed", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(os, "scandir", closed_folder)
    monkeypatch.setattr(builtins, "open", closed_file)
    take_in(mails, inbox)
    said = capfd.readouterr().err
    assert "Đã chép 0 tệp" in said
    for path in (mails / "a.xlsx", mails / "Sở Y tế"):
        assert f"Không chép {path}: " in said


def test_collect_takes_in_several(workspace: Workspace, tmp_path: Path, mails: Path, run: Run) -> None:
    (tmp_path / "c.xlsx").write_bytes(b"C")
    said = run(f"collect --from '{mails}' --from '{tmp_path}/c.xlsx'", 1)
    assert f"Đã chép 2 tệp từ {mails}" in said
    assert f"Đã chép 1 tệp từ {tmp_path / 'c.xlsx'}" in said
    assert "3 tệp không dùng được" in said
    assert len(listed(workspace.inbox)) == 3
    run(f"collect --from '{tmp_path}/không có'", 2)
