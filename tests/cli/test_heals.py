"""The register heals: a spoilt file costs itself alone, a damaged or lost register no decision.

One that was emptied or is gone is no new year: nothing is reported from it until it is restored.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from dvctt_report.cli import doctor
from dvctt_report.cli.leave import PAGE
from dvctt_report.store.register.copies import FOLDER, MOST
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.limits import MAX_RECEIVED
from tests.cli.officer import Run, send
from tests.pytest_types import Patch

STATUSES = {"y-te.xlsx": "effective", "noi-vu.xlsx": "effective", "nhap.xlsx": "refused"}
REPAIR = "doctor --repair"
NOISE = b"\xff" * 10_000


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


def is_whole(run: Run) -> bool:
    """Whether files and decisions are those that there were."""
    return run.statuses() == STATUSES and [one["reason"] for one in run.decided()] == ["Bản nháp"]


def test_one_spoilt_file_is_refused_alone_and_healed_by_the_next_collect(two: Workspace, run: Run) -> None:
    """The doctor names it and what heals it, and sweeps what a stopped command left."""
    spoil(two, "y-te.xlsx")
    left = two.root / ".dvctt" / ".so.json.1.tmp"
    left.write_bytes(b"")
    os.utime(left, (0, 0))
    (told,) = run.findings("NH22")
    assert told["file"].endswith("y-te.xlsx")
    assert told["message"].startswith("chưa đọc được: bản lưu trong sổ nhận khác lúc nhận")
    said = run(REPAIR, 1)
    assert "Đã xóa 1 tệp tạm" in said
    assert "khác lúc nhận: nhan-ve/2025/y-te.xlsx → Chép lại tệp gốc vào thư mục nhận" in said
    assert run.statuses() == STATUSES
    assert "Đã" not in run.raw(REPAIR)[2]


def test_a_damaged_register_stays_where_a_new_one_cannot_be_made(two: Workspace, monkeypatch: Patch) -> None:
    two.register.write_bytes(NOISE)
    monkeypatch.setattr(doctor, "put_back", Mock(side_effect=sqlite3.OperationalError("disk is full")))
    with pytest.raises(sqlite3.OperationalError):
        [*doctor.repair(two.root, datetime(2025, 11, 9))]
    assert two.register.read_bytes() == NOISE


def test_of_a_damaged_register_only_what_was_received_is_taken_over(two: Workspace, run: Run) -> None:
    spoil(two, "y-te.xlsx")
    with closing(sqlite3.connect(two.register)) as raw, raw:
        raw.execute("drop table override")
    assert "lấy lại 2 tệp còn nguyên" in run.lax(REPAIR)


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
def test_a_damaged_copy_of_decisions_is_named_and_the_one_before_is_used(
    damage: Callable[[str], str], two: Workspace, run: Run
) -> None:
    run("decide noi-vu.xlsx --reject --reason 'Lần hai'")
    latest = copies(two)[-1]
    latest.write_text(damage(latest.read_text(encoding="utf-8")), encoding="utf-8")
    two.register.write_bytes(NOISE)
    told = run.lax(REPAIR)
    assert f"Bỏ qua bản sao “{latest.name}”: " in told
    assert "1 dòng quyết định từ bản sao" in told
    assert two.register.is_file()


def test_a_copy_that_someone_has_edited_gives_what_it_can(two: Workspace, run: Run) -> None:
    latest = copies(two)[-1]
    decided = json.loads(latest.read_text(encoding="utf-8"))
    decided["decision"] += [{"number": "x", "choice": "?"}, 5]
    latest.write_text(json.dumps(decided), encoding="utf-8")
    two.register.write_bytes(b"")
    said = run.lax("collect")
    assert "Đã lấy lại 1 dòng quyết định" in said
    assert "Không lấy lại được 2 dòng" in said


def a_page(data: bytearray) -> None:
    data[4096:8192] = b"\xff" * 4096


def everything(data: bytearray) -> None:
    data[:] = NOISE


def what_was_decided(data: bytearray) -> None:
    """A byte by which a text is none any more."""
    data[data.index("Bản nháp".encode()) + 2] ^= 0x80


def the_name_of_a_table(data: bytearray) -> None:
    data[data.index(b"left_out") + 2] ^= 0x80


def another_programs(data: bytearray) -> None:
    with closing(sqlite3.connect(":memory:")) as foreign:
        foreign.execute("create table customer (name text)")
        data[:] = foreign.serialize()


@pytest.mark.parametrize(
    "damage", [a_page, everything, what_was_decided, the_name_of_a_table, another_programs]
)
def test_damage_costs_no_decision(damage: Callable[[bytearray], None], two: Workspace, run: Run) -> None:
    """Between the repair and the collect that follows, and after it, nobody is sent to enter it twice."""
    data = bytearray(two.register.read_bytes())
    damage(data)
    two.register.write_bytes(data)
    for line in ("status", "collect", "validate"):
        told = run(line, 2)
        assert "Sổ nhận báo cáo" in told
        assert "bị hỏng" in told
        assert REPAIR in told
    said = run.lax(REPAIR)
    assert "1 dòng quyết định từ bản sao" in said
    if damage is everything:
        assert "các quyết định đã có trong sổ" in said
        told = run("status", 2)
        assert "các quyết định đã có trong sổ" in told
        after = run.lax("collect")
        assert "Đã lập sổ mới" in after
        assert "ghi lại các quyết định" not in said + told + after
    assert len([*two.register.parent.glob("so-nhan.hong-*.sqlite")]) == 1
    assert is_whole(run)


@pytest.mark.parametrize("first", ["collect", REPAIR])
def test_a_lost_register_comes_back_from_inbox_and_copies(first: str, two: Workspace, run: Run) -> None:
    run("render")
    (two.inbox / "noi-vu.xlsx").unlink()
    two.register.unlink()
    two.readings.unlink()
    assert "lấy lại từ bản sao" in run("status", 2)
    said = run.lax(first)
    assert "1 dòng quyết định" in said
    said += run.lax("collect")
    assert "1 tệp của báo cáo lập gần nhất không còn trong thư mục nhận: nhan-ve/2025/noi-vu.xlsx" in said
    assert run.statuses() == {"y-te.xlsx": "effective", "nhap.xlsx": "refused"}
    assert [one["reason"] for one in run.decided()] == ["Bản nháp"]
    assert "lấy lại" not in run.lax(REPAIR)


def test_each_change_of_decisions_leaves_a_copy_that_people_can_read(two: Workspace, run: Run) -> None:
    (first,) = [path for path in copies(two) if "Bản nháp" in path.read_text(encoding="utf-8")]
    before = len(copies(two))
    run.lax("validate")
    run.lax("collect")
    assert len(copies(two)) == before, "nothing was decided"
    for n in range(MOST):
        run(f"decide nhap.xlsx --reject --reason 'Lần {n}'")
    assert len(copies(two)) == MOST
    assert not first.exists()
    assert f"Lần {MOST - 1}" in copies(two)[-1].read_text(encoding="utf-8")


def test_a_clock_before_the_newest_receipt_is_told(two: Workspace, run: Run) -> None:
    with closing(sqlite3.connect(two.register)) as raw, raw:
        raw.execute("update receipt set first_seen = '2199-11-27T08:00:00'")
    for line in ("status", "validate", "collect"):
        assert "trước lần nhận tệp gần nhất (08:00 ngày 27/11/2199)" in run.lax(line)


# ------------------------------------------------------------------------------- emptied or gone

COMMANDS = (
    *("status", "validate", "render", "letter remind", "letter feedback", "feedback", "export", "decide"),
    *("decide --unit SYT --set T1.done=1 --reason r --document d", "decide a.xlsx --use", "collect --book"),
    *("status --files", "control make", "explain T1"),
)


def emptied(workspace: Workspace) -> None:
    workspace.register.write_bytes(b"")


def gone(workspace: Workspace) -> None:
    workspace.register.unlink()


def without_receipts(workspace: Workspace) -> None:
    """What an emptied register becomes when tables are made in it."""
    with closing(sqlite3.connect(workspace.register)) as register, register:
        register.execute("delete from receipt")


@pytest.mark.parametrize("lose", [emptied, gone, without_receipts])
def test_every_command_stops_and_says_what_to_do_until_it_is_made_anew_of_what_was_received(
    lose: Callable[[Workspace], None], drafted: Workspace, run: Run
) -> None:
    lose(drafted)
    for line in COMMANDS if lose is gone else COMMANDS[:1]:
        said = run(line, 2)
        for words in ("1 văn bản đã lập", "Khôi phục", "dvctt-report collect"):
            assert words in said, line
    said = run("doctor", 1)
    for words in ("ghi nhầm", "sao lưu"):
        assert words in said
    aside, page = drafted.root / "cất", drafted.results / PAGE
    drafted.inbox.rename(aside)
    page.unlink(missing_ok=True)
    for _ in range(2):
        assert "chép lại tệp các đơn vị đã gửi vào" in run("collect", 2), "none is made anew of nothing"
    assert not page.exists()
    drafted.inbox.rmdir()
    aside.rename(drafted.inbox)
    said = run("collect", 1)
    assert "Đã lập sổ mới" in said
    assert "đính chính" in said
    run("status")
    assert "sổ mới" not in run("collect", 1)


def test_an_empty_file_where_nothing_was_done_is_no_loss_to_collect(workspace: Workspace, run: Run) -> None:
    workspace.register.parent.mkdir(exist_ok=True)
    workspace.register.write_bytes(b"")
    run("collect")


def test_files_that_were_never_collected_are_collected_first(workspace: Workspace, run: Run) -> None:
    run("collect")
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    said = run("letter remind", 2)
    assert "1 tệp trong thư mục nhận" in said
    assert "Khôi phục" not in said
    assert "sổ mới" not in run("collect")
    run("letter remind")


def test_files_that_no_collect_takes_in_stop_nothing(workspace: Workspace, run: Run) -> None:
    run("collect")
    for name, size in (("Thumbs.db", 1), ("~$a.xlsx", 1), ("lon.zip", MAX_RECEIVED + 1)):
        with (workspace.inbox / name).open("wb") as file:
            file.truncate(size)
    run("status")
    run.lax("collect")
    run("letter remind")
