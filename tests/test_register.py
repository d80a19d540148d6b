"""The register keeps every received byte and receipt, and says in Vietnamese why it cannot be used."""

from __future__ import annotations

import errno
import sqlite3
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from dvctt_report.model.period import Period
from dvctt_report.store.register import Receipt, keep_receipts, open_register, read_contents, read_receipts
from dvctt_report.text.errors import CannotRun

MONDAY = datetime(2025, 11, 3, 8, 30, 15)
TUESDAY = datetime(2025, 11, 4, 9, 0, 0)
A, B = ("nhan-ve/2025/a.xlsx", b"a\x00bytes"), ("nhan-ve/2025/b.xlsx", b"b")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".dvctt" / "so-nhan.sqlite"


def collect(path: Path, *files: tuple[str, bytes], now: datetime = MONDAY, year: int = 2025) -> None:
    with open_register(path) as register:
        keep_receipts(register, Period(year), files, now)


def receipts(path: Path, year: int = 2025) -> tuple[Receipt, ...]:
    with open_register(path) as register:
        return read_receipts(register, Period(year))


def n_rows(path: Path, table: str) -> int:
    with open_register(path) as register:
        return int(register.execute(f"select count(*) from {table}").fetchone()[0])


def test_what_was_received_is_given_back_byte_for_byte(path: Path) -> None:
    collect(path, B, A)

    kept = receipts(path)
    assert kept == tuple(Receipt(file, sha256(data).hexdigest(), MONDAY) for file, data in (A, B))
    assert [*read_contents(path, (r.sha256 for r in kept))] == [A[1], B[1]]


def test_collecting_again_changes_nothing(path: Path) -> None:
    collect(path, A, B)
    before = receipts(path)

    collect(path, A, B, now=TUESDAY)

    assert receipts(path) == before
    assert (n_rows(path, "receipt"), n_rows(path, "content")) == (2, 2)


def test_a_file_taken_away_no_longer_counts_but_stays_in_the_register(path: Path) -> None:
    collect(path, A, B)
    collect(path, A, now=TUESDAY)

    assert [r.file for r in receipts(path)] == [A[0]]
    assert (n_rows(path, "receipt"), n_rows(path, "content")) == (2, 2)


def test_a_file_put_back_counts_from_the_day_it_was_first_seen(path: Path) -> None:
    collect(path, A)
    collect(path, now=TUESDAY)
    assert receipts(path) == ()

    collect(path, A, now=TUESDAY)

    assert [r.first_seen for r in receipts(path)] == [MONDAY]


def test_other_bytes_under_the_same_name_are_another_receipt(path: Path) -> None:
    collect(path, A)
    collect(path, (A[0], b"corrected"), now=TUESDAY)

    assert [(r.sha256, r.first_seen) for r in receipts(path)] == [(sha256(b"corrected").hexdigest(), TUESDAY)]
    assert n_rows(path, "receipt") == 2


def test_the_same_bytes_under_two_names_are_kept_once(path: Path) -> None:
    collect(path, A, ("nhan-ve/2025/gửi lại.xlsx", A[1]))

    assert [r.file for r in receipts(path)] == [A[0], "nhan-ve/2025/gửi lại.xlsx"]
    assert n_rows(path, "content") == 1


def test_two_years_do_not_touch_each_other(path: Path) -> None:
    collect(path, A)
    collect(path, B, year=2026)
    collect(path, year=2026)

    assert [r.file for r in receipts(path)] == [A[0]]
    assert receipts(path, 2026) == ()


def test_an_empty_register_holds_nothing(path: Path) -> None:
    assert receipts(path) == ()


def test_what_fails_halfway_is_not_written(path: Path) -> None:
    collect(path, A)

    def fail_after(register: sqlite3.Connection) -> None:
        keep_receipts(register, Period(2025), [B], TUESDAY)
        raise KeyError

    with pytest.raises(KeyError), open_register(path) as register:
        fail_after(register)

    assert [r.file for r in receipts(path)] == [A[0]]


def test_a_fault_of_the_program_is_not_blamed_on_the_file(path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError), open_register(path) as register:
        register.execute("insert into receipt values (1, 'a', null, null, null)")


def test_a_locked_register_is_told(path: Path) -> None:
    collect(path, A)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("begin exclusive")

    with pytest.raises(CannotRun) as caught, open_register(path, wait=0):
        pass

    holder.close()
    assert caught.value.message == f"Sổ nhận báo cáo “{path}” đang được một lệnh khác sử dụng."
    assert caught.value.fix.startswith("Đợi lệnh đó xong rồi chạy lại")


def test_a_damaged_register_is_told_with_a_way_out(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"khong phai la so nhan" * 100)

    with pytest.raises(CannotRun) as caught, open_register(path):
        pass

    assert caught.value.message == f"Sổ nhận báo cáo “{path}” bị hỏng."
    assert "doctor --repair" in caught.value.fix
    assert path.read_bytes().startswith(b"khong phai")


def test_a_place_that_is_no_file_is_told(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(CannotRun, match="là một thư mục, không phải tệp"), open_register(path):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / ".dvctt").write_text("một tệp", encoding="utf-8")

    with (
        pytest.raises(CannotRun, match=r"\.dvctt” đã có sẵn"),
        open_register(tmp_path / ".dvctt" / "so-nhan.sqlite"),
    ):
        pass


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(
        self: Path, *_: object, **__: object
    ) -> None:  # root is never refused, so the system is asked to
        raise PermissionError(errno.EACCES, "not permitted", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)

    with (
        pytest.raises(CannotRun, match="Không có quyền"),
        open_register(tmp_path / ".dvctt" / "so-nhan.sqlite"),
    ):
        pass


def test_a_full_disk_is_told(path: Path) -> None:
    def fill_up(register: sqlite3.Connection) -> None:
        register.execute("pragma max_page_count = 6")
        keep_receipts(register, Period(2025), [("a", b"x" * 100_000)], MONDAY)

    with pytest.raises(CannotRun, match="ổ đĩa đã đầy"), open_register(path) as register:
        fill_up(register)
