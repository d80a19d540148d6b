"""Writing whole files: an output that is open elsewhere stays, nothing half-written is left."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dvctt_report.files.writing import replace_file, staged, sweep, write_beside, write_folder
from dvctt_report.text.errors import explain_os_error
from tests.cli.disk import put_device, put_folder, put_pipe, within


def hold_open(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Make replacing files of these names fail as Windows does while Word or Excel holds them."""
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name in names:
            raise PermissionError(errno.EACCES, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "mới" / "báo cáo.docx"
    assert write_beside(path, b"one") == path
    assert write_beside(path, b"two") == path
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["báo cáo.docx"]


def stage(path: Path, content: bytes) -> None:
    with staged(path, content) as put:
        put()


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name in a folder")
@pytest.mark.parametrize("put", [put_pipe, put_device, put_folder])
@pytest.mark.parametrize("write", [replace_file, write_beside, stage])
def test_what_is_no_file_is_never_replaced(
    put: Callable[[Path], None], write: Callable[[Path, bytes], object], tmp_path: Path
) -> None:
    put(tmp_path / "k.xlsx")
    before = (tmp_path / "k.xlsx").lstat()
    with within(100), pytest.raises(OSError) as refused:  # noqa: PT011 - told by its sentence
        write(tmp_path / "k.xlsx", b"new")
    told = explain_os_error(refused.value)
    assert told is not None
    assert "không phải tệp" in told.message
    after = (tmp_path / "k.xlsx").lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert [p.name for p in tmp_path.iterdir()] == ["k.xlsx"]


@pytest.mark.parametrize("n_open", [1, 2])
def test_a_file_open_elsewhere_stays_and_the_new_one_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_open: int
) -> None:
    names = ("a.docx", "a (2).docx", "a (3).docx")
    for name in names[:n_open]:
        (tmp_path / name).write_bytes(b"old")
    hold_open(monkeypatch, *names[:n_open])
    assert write_beside(tmp_path / "a.docx", b"new") == tmp_path / names[n_open]
    assert [(tmp_path / name).read_bytes() for name in names[: n_open + 1]] == [b"old"] * n_open + [b"new"]
    assert len(list(tmp_path.iterdir())) == n_open + 1


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_open(monkeypatch, "a.docx")
    with pytest.raises(PermissionError):
        write_beside(tmp_path / "a.docx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_command_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    old, new = tmp_path / ".bao-cao.docx.17.tmp", tmp_path / ".bao-cao.docx.18.tmp"
    others = [tmp_path / name for name in ("bao-cao.docx", "a.17.tmp", ".a.tmp", new.name)]
    for path in (old, *others):
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    os.utime(new)

    assert sweep(tmp_path) == (old,)
    assert sorted(tmp_path.iterdir()) == sorted(others)
    assert sweep(tmp_path / "không có") == ()


def test_a_folder_is_made_whole_whatever_a_killed_command_left_of_it(tmp_path: Path) -> None:
    left = tmp_path / ".cau-hinh.dang-ghi"
    left.mkdir()
    (left / "plan.toml").write_bytes(b"half")
    write_folder(tmp_path / "cau-hinh", {"units.toml": b"whole"})
    assert [path.name for path in tmp_path.rglob("*")] == ["cau-hinh", "units.toml"]

    for name in (".a.dang-ghi", ".1.dang-phat-hanh"):
        (tmp_path / name / "inside").mkdir(parents=True)
        os.utime(tmp_path / name, (0, 0))
    assert [path.name for path in sweep(tmp_path)] == [".a.dang-ghi"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".1.dang-phat-hanh", "cau-hinh"]


def test_a_disk_that_is_full_leaves_nothing_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "full", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="full") as told:
        write_folder(tmp_path / "cau-hinh", {"units.toml": b"whole"})
    assert told.value.filename == str(tmp_path / "cau-hinh")
    assert [*tmp_path.iterdir()] == []


def test_what_stands_under_the_new_name_has_reached_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    replace_path, sync = Path.replace, os.fsync

    def noted_replace(path: Path, target: Path) -> Path:
        steps.append("rename")
        return replace_path(path, target)

    def noted_sync(file: int) -> None:
        steps.append("sync")
        sync(file)

    monkeypatch.setattr(Path, "replace", noted_replace)
    monkeypatch.setattr(os, "fsync", noted_sync)
    write_beside(tmp_path / "a.docx", b"x")

    assert steps == ["sync", "rename"]


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_drive_that_cannot_be_written_is_told_and_the_old_file_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path, is_full = tmp_path / "bao-cao-2025.docx", code == errno.ENOSPC
    if is_full:
        path.write_bytes(b"old")

    def refuse(self: Path, *_: object, **__: object) -> int:
        if is_full:
            self.touch()
        raise OSError(code, "refused", str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    if not is_full:
        monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(OSError, match="refused") as refused:
        write_beside(path, b"new")
    assert (refused.value.errno, refused.value.filename) == (code, str(path))
    assert ".tmp" not in str(refused.value)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [(path.name, b"old")] * is_full
