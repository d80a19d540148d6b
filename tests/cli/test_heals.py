"""The register heals: a spoilt file costs itself alone, a damaged register no decision."""

from __future__ import annotations

import builtins
import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from dvctt_report.cli import doctor, door
from dvctt_report.store.register.copies import FOLDER, MOST
from dvctt_report.store.workspace import Workspace
from tests.cli.test_commands import run_json
from tests.cli.test_register import collected, workspace
from tests.pytest_types import Capture, Patch

__all__ = ["workspace"]


def spoil(workspace: Workspace, name: str) -> None:
    """Change a byte of what the register keeps of a file, and forget what was read of it."""
    with closing(sqlite3.connect(workspace.register)) as raw, raw:
        raw.execute(
            "update content set bytes = zeroblob(10) where sha256 in "
            "(select sha256 from receipt where file like ?)",
            (f"%{name}",),
        )
    workspace.readings.unlink(missing_ok=True)


def copies(workspace: Workspace) -> list[Path]:
    return sorted((workspace.register.parent / FOLDER).glob("*.json"))


@pytest.fixture
def two(collected_two: Path, workspace: Workspace) -> Workspace:
    """A copy of that, as the current folder."""
    shutil.copytree(collected_two, workspace.root, dirs_exist_ok=True)
    return workspace


def test_one_spoilt_file_is_refused_alone_and_healed_by_the_next_collect(
    two: Workspace, capfd: Capture
) -> None:
    spoil(two, "y-te.xlsx")
    code, said = run_json(capfd, "validate")

    (told,) = [f for f in said["findings"] if f["code"] == "NH22"]
    assert code == 1
    assert told["file"].endswith("y-te.xlsx")
    assert told["message"].startswith("chưa đọc được: bản lưu trong sổ nhận khác lúc nhận")
    assert collected(capfd) == {"y-te.xlsx": "effective", "noi-vu.xlsx": "effective", "nhap.xlsx": "refused"}


def test_what_the_doctor_repairs_is_said(two: Workspace, capfd: Capture) -> None:
    spoil(two, "y-te.xlsx")
    spoil(two, "noi-vu.xlsx")
    (two.inbox / "noi-vu.xlsx").unlink()
    left = two.root / ".dvctt" / ".so.json.1.tmp"
    left.write_bytes(b"")
    os.utime(left, (0, 0))
    capfd.readouterr()
    door.main(["doctor", "--repair"])
    said = capfd.readouterr().err

    assert "Đã xóa 1 tệp tạm" in said
    assert "Đã thay 1 bản lưu bị hỏng" in said
    assert "Bản lưu của “nhan-ve/2025/noi-vu.xlsx” bị hỏng, không còn tệp gốc" in said
    door.main(["doctor", "--repair"])
    assert "Đã" not in capfd.readouterr().err


def test_a_disk_that_does_not_give_the_register_is_no_damage(
    two: Workspace, capfd: Capture, monkeypatch: Patch
) -> None:
    two.register.write_bytes(b"\xff" * 10_000)  # what SQLite makes of pages that it could not read
    opened = builtins.open

    def failing(path: Any, *args: Any, **kwargs: Any) -> Any:
        if path == two.register:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", failing)
    capfd.readouterr()

    for command in (["status"], ["doctor", "--repair"]):
        assert door.main(command) == 2
        assert "Ổ đĩa hoặc đường mạng báo lỗi" in capfd.readouterr().err
    assert list(two.register.parent.glob("*hong*")) == []


def test_a_damaged_register_stays_where_a_new_one_cannot_be_made(
    two: Workspace, capfd: Capture, monkeypatch: Patch
) -> None:
    two.register.write_bytes(b"\xff" * 10_000)
    monkeypatch.setattr(doctor, "put_back", Mock(side_effect=sqlite3.OperationalError("disk is full")))
    with pytest.raises(sqlite3.OperationalError):
        list(doctor.repair(two.root, datetime(2025, 11, 9)))

    assert two.register.read_bytes() == b"\xff" * 10_000


def test_of_a_damaged_register_only_what_was_received_is_taken_over(two: Workspace, capfd: Capture) -> None:
    spoil(two, "y-te.xlsx")
    with closing(sqlite3.connect(two.register)) as raw, raw:
        raw.execute("drop table override")
    capfd.readouterr()
    door.main(["doctor", "--repair"])

    assert "lấy lại 2 tệp còn nguyên" in capfd.readouterr().err


def test_damage_in_the_middle_of_a_table_costs_neither_end(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("create table t (n integer primary key, b blob)")
        made.executemany("insert into t values (?, zeroblob(1500))", ((n,) for n in range(40)))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as damaged:
        found = {row[0] for row in doctor._rows(damaged, "t", "n")}

    assert {0, 39} <= found
    assert len(found) < 40


def test_a_copy_of_decisions_that_is_cut_off_is_passed_over_for_the_one_before(
    two: Workspace, capfd: Capture
) -> None:
    (whole,) = copies(two)
    whole.with_name("2099-01-01 000000.json").write_text('{"decision": [', encoding="utf-8")
    two.register.write_bytes(b"\xff" * 10_000)
    door.main(["doctor", "--repair"])

    assert "1 dòng quyết định từ bản sao" in capfd.readouterr().err


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("Lần hai", "Lần ba"),
        lambda text: text.replace('"override"', '"overrides"'),
        lambda text: '["decision"]',
        lambda text: '{"decision": 5}',
        lambda text: "[" * 100_000,
    ],
    ids=["cut off", "edited", "of another version", "a list", "no rows", "nested"],
)
@pytest.mark.parametrize("gone", [False, True], ids=["damaged", "gone"])
def test_a_damaged_copy_is_named_and_the_one_before_is_used(
    gone: bool, damage: Callable[[str], str], two: Workspace, capfd: Capture
) -> None:
    assert door.main(["decide", "noi-vu.xlsx", "--reject", "--reason", "Lần hai"]) == 0
    latest = copies(two)[-1]
    latest.write_text(damage(latest.read_text(encoding="utf-8")), encoding="utf-8")
    if gone:
        two.register.unlink()
    else:
        two.register.write_bytes(b"\xff" * 10_000)
    capfd.readouterr()
    told = [*doctor.repair(two.root, datetime(2025, 11, 9))]

    assert any(line.startswith(f"Bỏ qua bản sao “{latest.name}”: ") for line in told)
    assert any("1 dòng quyết định từ bản sao" in line for line in told)
    assert two.register.is_file()


def test_a_database_of_another_program_is_no_register(two: Workspace, capfd: Capture) -> None:
    two.register.unlink()
    with closing(sqlite3.connect(two.register)) as foreign, foreign:
        foreign.execute("create table customer (name text)")
    before = two.register.read_bytes()
    for command in (["status"], ["collect"], ["status", "--files"]):
        capfd.readouterr()
        assert door.main(command) == 2
        assert "bị hỏng" in capfd.readouterr().err
    assert two.register.read_bytes() == before
    door.main(["doctor", "--repair"])
    assert "1 dòng quyết định từ bản sao" in capfd.readouterr().err


@pytest.mark.parametrize("whole", [False, True], ids=["a page is spoilt", "nothing is left"])
def test_a_damaged_register_costs_no_decision(whole: bool, two: Workspace, capfd: Capture) -> None:
    data = bytearray(two.register.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    two.register.write_bytes(b"\xff" * 10_000 if whole else data)
    capfd.readouterr()
    assert door.main(["status"]) == 2
    assert "doctor --repair" in capfd.readouterr().err
    assert door.main(["doctor", "--repair"]) in (0, 1)
    said = capfd.readouterr().err

    assert "dòng quyết định từ bản sao" in said
    assert len([*two.register.parent.glob("so-nhan.hong-*.sqlite")]) == 1
    assert collected(capfd) == {"y-te.xlsx": "effective", "noi-vu.xlsx": "effective", "nhap.xlsx": "refused"}
    _, listed = run_json(capfd, "decide")
    assert "Bản nháp" in json.dumps(listed, ensure_ascii=False)


def test_what_was_brought_back_is_not_to_be_decided_again(two: Workspace, capfd: Capture) -> None:
    """Between the repair and the collect that follows, and after it, nobody is sent to enter it twice."""
    two.register.write_bytes(b"\xff" * 10_000)
    assert door.main(["doctor", "--repair"]) in (0, 1)
    said = capfd.readouterr().out
    assert "các quyết định đã có trong sổ" in " ".join(said.split())
    assert door.main(["status"]) == 2
    told = capfd.readouterr().err
    assert "các quyết định đã có trong sổ" in told
    assert door.main(["collect"]) in (0, 1)
    after = capfd.readouterr().err
    assert "Đã lập sổ mới" in after
    assert "ghi lại các quyết định" not in said + told + after
    _, listed = run_json(capfd, "decide")
    assert "Bản nháp" in json.dumps(listed, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "at"), [("Bản nháp", 2), ("left_out", 2)], ids=["what was decided", "a table's name"]
)
def test_a_byte_that_makes_a_text_none_is_damage_that_heals(
    text: str, at: int, two: Workspace, capfd: Capture
) -> None:
    data = bytearray(two.register.read_bytes())
    data[data.index(text.encode()) + at] ^= 0x80
    two.register.write_bytes(data)
    capfd.readouterr()
    for command in (["status"], ["collect"]):
        assert door.main(command) == 2
        assert "Sổ nhận báo cáo" in (said := capfd.readouterr().err)
        assert "bị hỏng" in said
    _, examined = run_json(capfd, "doctor")
    (told,) = [check for check in examined["checks"] if check["check"] == "register"]
    assert (told["state"], "bị hỏng" in told["found"]) == ("error", True)
    assert door.main(["doctor", "--repair"]) in (0, 1)

    assert "1 dòng quyết định từ bản sao" in capfd.readouterr().err
    assert collected(capfd) == {"y-te.xlsx": "effective", "noi-vu.xlsx": "effective", "nhap.xlsx": "refused"}
    _, listed = run_json(capfd, "decide")
    assert "Bản nháp" in json.dumps(listed, ensure_ascii=False)


@pytest.mark.parametrize("first", [["collect"], ["doctor", "--repair"]], ids=["collect", "doctor"])
def test_a_register_that_is_gone_comes_back_from_the_inbox_and_the_copies(
    first: list[str], two: Workspace, capfd: Capture
) -> None:
    assert door.main(["render"]) == 0
    (two.inbox / "noi-vu.xlsx").unlink()
    two.register.unlink()
    two.readings.unlink()
    capfd.readouterr()
    assert door.main(["status"]) == 2
    assert "lấy lại từ bản sao" in capfd.readouterr().err
    assert door.main(first) in (0, 1)
    said = capfd.readouterr().err
    assert "1 dòng quyết định" in said
    assert door.main(["collect"]) in (0, 1)
    said += capfd.readouterr().err

    assert "1 tệp của báo cáo lập gần nhất không còn trong thư mục nhận: nhan-ve/2025/noi-vu.xlsx" in said
    assert collected(capfd) == {"y-te.xlsx": "effective", "nhap.xlsx": "refused"}
    _, listed = run_json(capfd, "decide")
    assert [one["reason"] for one in listed["decisions"]] == ["Bản nháp"]
    assert door.main(["doctor", "--repair"]) in (0, 1)
    assert "lấy lại" not in capfd.readouterr().err


def test_a_copy_that_someone_has_edited_gives_what_it_can(two: Workspace, capfd: Capture) -> None:
    latest = copies(two)[-1]
    decided = json.loads(latest.read_text(encoding="utf-8"))
    decided["decision"] += [{"number": "x", "choice": "?"}, 5]
    latest.write_text(json.dumps(decided), encoding="utf-8")
    two.register.write_bytes(b"")
    capfd.readouterr()
    assert door.main(["collect"]) in (0, 1)
    said = capfd.readouterr().err

    assert "Đã lấy lại 1 dòng quyết định" in said
    assert "Không lấy lại được 2 dòng" in said


def test_each_change_of_decisions_leaves_a_copy_that_people_can_read(two: Workspace) -> None:
    (first,) = [path for path in copies(two) if "Bản nháp" in path.read_text(encoding="utf-8")]
    before = len(copies(two))
    assert door.main(["validate"]) in (0, 1)
    assert door.main(["collect"]) in (0, 1)
    assert len(copies(two)) == before, "nothing was decided"
    for n in range(MOST + 2):
        assert door.main(["decide", "nhap.xlsx", "--reject", "--reason", f"Lần {n}"]) == 0

    assert len(copies(two)) == MOST
    assert not first.exists()
    assert f"Lần {MOST + 1}" in copies(two)[-1].read_text(encoding="utf-8")


def test_what_killed_commands_left_is_swept_by_the_next_collect(two: Workspace) -> None:
    left = [two.results / ".bao-cao.docx.1.tmp", two.root / ".so-theo-doi.xlsx.2.tmp"]
    for path in left:
        path.write_bytes(b"")
        os.utime(path, (0, 0))
    assert door.main(["collect"]) in (0, 1)

    assert not any(path.exists() for path in left)


def test_a_clock_before_the_newest_receipt_is_told(two: Workspace, capfd: Capture) -> None:
    with closing(sqlite3.connect(two.register)) as raw, raw:
        raw.execute("update receipt set first_seen = '2199-11-27T08:00:00'")
    for command in ("status", "validate", "collect"):
        capfd.readouterr()
        door.main([command])
        assert "trước lần nhận tệp gần nhất (08:00 ngày 27/11/2199)" in capfd.readouterr().err
