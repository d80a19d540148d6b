"""What is dropped goes into the inbox, over nothing that stands there."""

from __future__ import annotations

import builtins
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.collect import take_in
from dvctt_report.text.limits import MAX_RECEIVED
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


def test_the_same_again_copies_nothing_and_another_content_stands_beside(
    inbox: Path, mails: Path, capfd: Capture
) -> None:
    for text in ("A", "sửa"):
        (mails / "a.xlsx").write_bytes(text.encode())
        for n in (1, 0):
            take_in(mails / "a.xlsx", inbox)
            assert f"Đã chép {n} tệp" in capfd.readouterr().err
    assert listed(inbox) == {"a.xlsx": b"A", "a (2).xlsx": "sửa".encode()}


def test_what_lies_in_the_inbox_already_is_left_there(inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"A")
    take_in(inbox, inbox)
    take_in(inbox / "a.xlsx", inbox)
    assert listed(inbox) == {"a.xlsx": b"A"}


@pytest.mark.skipif(os.name == "nt", reason="no links without a right of their own, no pipes among files")
def test_what_is_no_file_is_not_followed_and_told(
    tmp_path: Path, mails: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    (mails / "link.xlsx").symlink_to(mails / "a.xlsx")
    (mails / "vòng").symlink_to(mails)
    os.mkfifo(mails / "ống.xlsx")
    with (mails / "lớn.zip").open("wb") as file:
        file.truncate(MAX_RECEIVED + 1)
    assert door.main(["init", str(tmp_path / "w"), "--year", "2025"]) == 0
    monkeypatch.chdir(tmp_path / "w")
    capfd.readouterr()
    assert door.main(["collect", "--from", str(mails), "--from", str(mails / "ống.xlsx")]) == 1
    said = capfd.readouterr().err

    assert f"Đã chép 2 tệp từ {mails}" in said
    for name, what in (
        ("link.xlsx", "liên kết"),
        ("vòng", "liên kết"),
        ("ống.xlsx", "ống dẫn"),
        ("lớn.zip", "MB"),
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


def test_collect_takes_in_each_of_several_and_tells_each(
    tmp_path: Path, mails: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    assert door.main(["init", str(tmp_path / "w"), "--year", "2025"]) == 0
    (tmp_path / "c.xlsx").write_bytes(b"C")
    monkeypatch.chdir(tmp_path / "w")
    assert door.main(["collect", "--from", str(mails), "--from", str(tmp_path / "c.xlsx")]) == 1
    said = capfd.readouterr()
    assert f"Đã chép 2 tệp từ {mails}" in said.err
    assert f"Đã chép 1 tệp từ {tmp_path / 'c.xlsx'}" in said.err
    assert "3 tệp không dùng được" in said.out
    assert door.main(["collect", "--from", str(tmp_path / "không có")]) == 2
