"""Whatever is read is opened in one place, which takes regular files alone and never waits."""

from __future__ import annotations

import ast
import os
import stat
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

import dvctt_report
from dvctt_report.text.errors import explain_os_error
from dvctt_report.text.opening import NotRegular, TooLarge, file_digest, read_file, read_text
from tests.cli.disk import put_device, put_folder, put_pipe, put_sparse, within

PACKAGE = Path(dvctt_report.__file__).parent
MAY_OPEN = {
    "text/opening.py": {"open", "os.open"},
    "files/writing.py": {"open"},  # to have what was written reach the disk
    "cli/screen.py": {"open"},  # the null device
    "cli/door.py": {"os.open"},  # the null device
    "intake/workers.py": {"os.open"},  # the null device
    "files/unpack.py": {"open"},  # the members of a container that was read
    "intake/cache.py": {"sqlite3.connect"},  # behind require_database
    "store/register/store.py": {"sqlite3.connect"},
    "store/register/loss.py": {"sqlite3.connect"},
}
OPENING = ("open", "connect", "read_bytes", "read_text", "copy")
"""What stands in a module that calls any of them."""
READING = {"read_bytes", "read_text", "copyfile", "copy", "copy2", "copytree"}
"""Methods of paths, functions of shutil, that open a file by its name."""


def _opened(tree: ast.AST) -> Iterator[str]:
    """What a module calls that opens a file by its name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name("open"):
                yield "open"
            case ast.Attribute(ast.Name("os" | "io" | "sqlite3" as of), "open" | "connect" as name):
                yield f"{of}.{name}"
            case ast.Attribute(ast.Name("self" | "archive" | "gzip"), "open") | ast.Attribute(
                ast.Attribute(attr="_zip"), "open"
            ):
                pass  # a member of an archive that was read
            case ast.Attribute(attr="open"):
                yield "open"
            case ast.Attribute(ast.Name("shutil"), name) if name in READING:
                yield f"shutil.{name}"
            case ast.Attribute(attr="read_bytes" | "read_text" as name):
                yield name


def test_nothing_is_read_by_its_name_but_in_one_place() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        calls = set(_opened(ast.parse(code))) if any(word in code for word in OPENING) else set()
        if calls - MAY_OPEN.get(path.relative_to(PACKAGE).as_posix(), set()):
            found[path.relative_to(PACKAGE).as_posix()] = calls
    assert found == {}


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name in a folder")
@pytest.mark.parametrize("reader", [read_file, read_text, file_digest])
@pytest.mark.parametrize(
    ("put", "what"),
    [
        (put_pipe, "là ống dẫn (fifo), không phải tệp"),
        (put_device, "là thiết bị, không phải tệp"),
        (put_folder, "là một thư mục, không phải tệp"),
        (put_sparse, "lớn bất thường (trên "),
    ],
)
def test_what_is_no_file_is_refused_with_its_name(
    put: Callable[[Path], None], what: str, reader: Callable[[Path], object], tmp_path: Path
) -> None:
    put(tmp_path / "đây")
    with within(100), pytest.raises(OSError) as refused:  # noqa: PT011 - told by its sentence
        reader(tmp_path / "đây")
    told = explain_os_error(refused.value)
    assert told is not None
    assert what in told.message
    assert str(tmp_path / "đây") in told.message
    assert "chạy lại" in told.fix


def test_a_file_of_just_the_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert read_file(path, 3) == b"abc"
    assert file_digest(path, 3) == sha256(b"abc").hexdigest()
    with pytest.raises(TooLarge):
        read_file(path, 2)
    with pytest.raises(TooLarge):
        file_digest(path, 2)


def test_a_file_that_grows_while_it_is_read_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(3_000_000))
    small = os.stat_result((stat.S_IFREG, *(0,) * 9))
    monkeypatch.setattr(os, "fstat", lambda _: small)
    with pytest.raises(TooLarge):
        read_file(path, 2_000_000)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name in a folder")
def test_a_pipe_that_takes_a_files_place_at_the_last_moment_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, file = tmp_path / "ống", tmp_path / "tệp"
    put_pipe(path)
    file.write_bytes(b"")
    told = file.stat()
    monkeypatch.setattr(Path, "stat", lambda _self, **_: told)
    with within(100), pytest.raises(NotRegular):
        read_file(path)


def test_text_is_read_with_or_without_a_mark_and_its_lines_end_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("\ufeffa = 1\r\nb = “ă”\r\n".encode())
    assert read_text(path) == "a = 1\nb = “ă”\n"
