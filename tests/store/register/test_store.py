"""The register's file: whole or not at all, whatever happens to the program, the disk or the file."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from dvctt_report.model.period import Period
from dvctt_report.store.register import keep_receipts, open_register, read_contents, read_receipts
from dvctt_report.store.register.store import VERSION
from dvctt_report.text.errors import CannotRun
from tests.pytest_types import Patch

NOW = datetime(2025, 11, 20, 8, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Sổ nhận" / "so-nhan.sqlite"


def keep(path: Path, *names: str, size: int = 10) -> None:
    with open_register(path) as register:
        keep_receipts(register, Period(2025), ((n, n.encode() * size) for n in names), NOW)


def kept(path: Path) -> list[str]:
    """The names of what was received, every byte of it looked at."""
    with open_register(path, reading=True) as register:
        receipts = read_receipts(register, Period(2025))
    assert all(read_contents(path, (r.sha256 for r in receipts)))
    return [r.file for r in receipts]


def test_a_failure_inside_leaves_everything_as_it_was(path: Path) -> None:
    keep(path, "a.xlsx")

    def files() -> Iterator[tuple[str, bytes]]:
        yield "b.xlsx", b"b"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), open_register(path) as register:
        keep_receipts(register, Period(2025), files(), NOW)
    assert kept(path) == ["a.xlsx"]


def test_there_is_never_a_write_ahead_log(path: Path) -> None:
    keep(path, "a.xlsx")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("pragma journal_mode = wal")
    keep(path, "b.xlsx")
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("pragma journal_mode").fetchone() == ("delete",)
    assert {p.name for p in path.parent.iterdir()} == {"so-nhan.sqlite"}


def test_a_folder_that_can_not_be_made_or_read_is_said(
    tmp_path: Path, path: Path, monkeypatch: Patch
) -> None:
    with (
        pytest.raises(CannotRun, match="Không mở hoặc ghi được"),
        open_register(tmp_path / "x" / "y", reading=True),
    ):
        pass
    (tmp_path / ".dvctt").write_bytes(b"")
    refused(tmp_path / ".dvctt" / "so-nhan.sqlite", r"\.dvctt” đã có sẵn")
    path.mkdir(parents=True)
    refused(path, "là một thư mục, không phải tệp")

    def refuse(self: Path, *_: object, **__: object) -> None:  # root itself is never refused
        raise PermissionError(errno.EACCES, "not permitted", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    refused(tmp_path / "z" / "so-nhan.sqlite", "Không có quyền")


def refused(path: Path, why: str) -> None:
    with pytest.raises(CannotRun, match=why), open_register(path):
        pass


def test_a_locked_register_is_told(path: Path) -> None:
    keep(path, "a.xlsx")
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("begin exclusive")
        with pytest.raises(CannotRun) as told, open_register(path, wait=0):
            pass
    assert told.value.message == f"Sổ nhận báo cáo “{path}” đang được một lệnh khác sử dụng."
    assert told.value.fix.startswith("Đợi lệnh đó xong rồi chạy lại")


def test_a_full_disk_is_told(path: Path) -> None:
    def fill_up(register: sqlite3.Connection) -> None:
        register.execute("pragma max_page_count = 6")
        keep_receipts(register, Period(2025), [("a", b"x" * 100_000)], NOW)

    with pytest.raises(CannotRun, match="ổ đĩa đã đầy"), open_register(path) as register:
        fill_up(register)


@pytest.mark.parametrize(
    ("at", "junk"), [(0, b"not a database at all"), (40, b"\xff" * 200), (4096, b"\xff" * 4096)]
)
def test_a_damaged_register_is_said_and_left_as_it_is(at: int, junk: bytes, path: Path) -> None:
    keep(path, *(f"{n}.xlsx" for n in range(50)), size=500)
    data = bytearray(path.read_bytes())
    data[at : at + len(junk)] = junk
    path.write_bytes(data)
    with pytest.raises(CannotRun) as said:
        kept(path)
    assert said.value.message == f"Sổ nhận báo cáo “{path}” bị hỏng."
    assert "doctor --repair" in said.value.fix
    assert path.read_bytes() == data


def test_bytes_that_are_not_those_received_are_damage(path: Path) -> None:
    keep(path, "a.xlsx")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("update content set bytes = x'00'")
        digests = [row[0] for row in raw.execute("select sha256 from content")]
    keep(path, "b.xlsx")
    whole = sha256(b"b.xlsx" * 10).hexdigest()
    assert list(read_contents(path, [*digests, whole, "0" * 64])) == [None, b"b.xlsx" * 10, None]
    keep(path, "a.xlsx")
    assert list(read_contents(path, digests)) == [b"a.xlsx" * 10], "the file itself heals it"


def test_contents_come_in_the_order_asked_for_and_others_may_write_in_between(path: Path) -> None:
    keep(path, *(f"{n}.xlsx" for n in range(70)), size=1)
    names = [f"{n}.xlsx" for n in range(70)][::-1]
    contents = read_contents(path, (sha256(n.encode()).hexdigest() for n in names))
    first = next(contents)
    keep(path, "x.xlsx", size=1)
    assert [first, *contents] == [n.encode() for n in names]


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
@pytest.mark.parametrize("reading", [False, True])
def test_a_register_of_another_version_is_refused_and_left_alone(
    reading: bool, version: int, path: Path
) -> None:
    keep(path, "a.xlsx")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"pragma user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(CannotRun, match="một phiên bản khác"), open_register(path, reading=reading):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("select * from nothing", sqlite3.OperationalError),
        ("insert into receipt values (1, 'a', null, null, null)", sqlite3.IntegrityError),
    ],
)
def test_a_fault_of_our_own_is_not_blamed_on_the_file(
    command: str, error: type[Exception], path: Path
) -> None:
    with pytest.raises(error), open_register(path) as register:
        register.execute(command)
