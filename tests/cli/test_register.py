"""The register as an officer uses it: several files of one unit, the tracking book, things in the way."""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.store.register import open_register
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.apart import start_apart
from tests.cli.test_commands import plain_answers, run_json
from tests.pytest_types import Capture, Patch

UNIT = "SYT"


@pytest.fixture
def workspace(begun: Path, tmp_path: Path, monkeypatch: Patch) -> Workspace:
    """A workspace as ``init`` makes it, with the current folder in it."""
    shutil.copytree(begun, tmp_path / "Sổ")
    monkeypatch.chdir(tmp_path / "Sổ")
    return read_workspace(tmp_path / "Sổ")


def send(workspace: Workspace, name: str, done: int | str, sent_on: date | None, code: str = UNIT) -> Path:
    """Put a filled form into the inbox; ``done`` of 4 is its answer to the first target."""
    unit = workspace.profile.roster.unit(code)
    answers = plain_answers(workspace.profile, unit)
    answers.pop(Key("_", "sent_on"))
    if sent_on is not None:
        answers[Key("_", "sent_on")] = sent_on
    answers[Key("T1", "done")] = done
    path = workspace.inbox / name
    path.write_bytes(form_bytes(workspace.profile, unit, Period(2025), answers))
    return path


def type_into(workspace: Workspace, unit: str, said: Mapping[str, Any]) -> int:
    """Type into the unit's row of the tracking book, by column letter; return the row."""
    book = openpyxl.load_workbook(workspace.book)
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == unit)
    for column, value in said.items():
        sheet[f"{column}{row}"] = value
    book.save(workspace.book)
    return int(row)


def collected(capfd: Capture) -> dict[str, str]:
    _, said = run_json(capfd, "collect")
    return {r["file"].rpartition("/")[2]: r["status"] for r in said["returns"]}


def state(capfd: Capture, unit: str = UNIT) -> dict[str, Any]:
    _, said = run_json(capfd, "status", "--as-of", "20/11/2025")
    return next(u for u in said["units"] if u["unit"] == unit)


# ----------------------------------------------------------------------------- several files


def test_the_later_document_counts_and_collect_shows_what_changed(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "lan 1.xlsx", 2, date(2025, 11, 4))
    send(workspace, "lan 2.xlsx", 3, date(2025, 11, 6))
    code, said = run_json(capfd, "collect")
    assert code == 0
    assert {r["file"].rpartition("/")[2]: r["status"] for r in said["returns"]} == {
        "lan 1.xlsx": "superseded",
        "lan 2.xlsx": "effective",
    }
    (comparison,) = said["comparisons"]
    changed = {(c["item"], c["field"]): (c["old"]["value"], c["new"]["value"]) for c in comparison["changes"]}
    assert changed[("T1", "done")] == (2, 3)
    cell = next(c["new"] for c in comparison["changes"] if (c["item"], c["field"]) == ("T1", "done"))
    assert cell["file"].endswith("lan 2.xlsx")
    assert cell["sheet"]
    assert cell["cell"]
    door.main(["status", "--files", "--unit", UNIT])
    shown = capfd.readouterr().out
    assert "lan 2.xlsx" in shown
    assert "thay cho" in shown
    assert f"ô {cell['cell']}" in shown


def test_collect_shows_in_full_what_is_new_in_this_run_and_the_rest_in_a_line_each(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "lan 1.xlsx", 2, date(2025, 11, 4))
    send(workspace, "lan 2.xlsx", 3, date(2025, 11, 6))
    for fresh in (True, False):
        capfd.readouterr()
        assert door.main(["collect"]) == 0
        shown = capfd.readouterr().out
        assert ("Trước" in shown) is fresh
        assert ("1 ô khác (dvctt-report status --files --unit SYT)" in shown) is not fresh
    send(workspace, "b 1.xlsx", 2, date(2025, 11, 4), "STC")
    send(workspace, "b 2.xlsx", 3, date(2025, 11, 6), "STC")
    assert door.main(["collect"]) == 0
    shown = capfd.readouterr().out
    assert shown.count("Trước") == 1
    assert "--files --unit SYT" in shown
    _, said = run_json(capfd, "status", "--files", "--unit", "STC")
    assert [c["unit"] for c in said["comparisons"]] == ["STC"]


def test_more_changes_than_a_screen_holds_are_named_in_a_line_each(
    workspace: Workspace, capfd: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setattr("dvctt_report.cli.received_files.MOST_ROWS", 1)
    monkeypatch.setattr("dvctt_report.cli.received_files.MOST_LINES", 1)
    for code in ("SYT", "STC", "SNV"):
        send(workspace, f"{code} 1.xlsx", 2, date(2025, 11, 4), code)
        send(workspace, f"{code} 2.xlsx", 3, date(2025, 11, 6), code)
    capfd.readouterr()
    assert door.main(["collect"]) == 0
    shown = capfd.readouterr().out
    assert shown.count("Trước") == 1
    assert shown.count("1 ô khác") == 1
    assert "… và 1 trường hợp khác: dvctt-report status --files --unit ĐƠN-VỊ\n" in shown


def test_a_file_written_over_in_the_inbox_is_compared_with_what_stood_there(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    door.main(["collect"])
    send(workspace, "a.xlsx", 3, date(2025, 11, 6))
    _, said = run_json(capfd, "collect")
    assert sorted(r["status"] for r in said["returns"]) == ["effective", "superseded"]
    assert len(said["comparisons"]) == 1


def test_two_files_without_order_wait_until_one_is_used_and_again_when_that_is_undone(
    workspace: Workspace, capfd: Capture
) -> None:
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(workspace, name, done, None)
    assert door.main(["collect"]) == 1
    undecided = {"a.xlsx": "undecided", "b.xlsx": "undecided"}
    chosen = {"a.xlsx": "effective", "b.xlsx": "superseded"}
    assert collected(capfd) == undecided
    for _ in range(2):
        assert door.main(["decide", "a.xlsx", "--use"]) == 0
        assert collected(capfd) == chosen
    code, said = run_json(capfd, "decide")
    assert code == 0
    (decision,) = said["decisions"]
    assert decision["choice"] == "use"
    assert decision["who"]
    assert datetime.fromisoformat(decision["when"]).year >= 2025
    assert door.main(["decide", "A.XLSX", "--undo"]) == 0
    assert collected(capfd) == undecided
    assert door.main(["decide", "a.xlsx", "--undo"]) == 2
    _, said = run_json(capfd, "decide")
    assert [d["undone_on"] is None for d in said["decisions"]] == [False]


def test_a_unit_that_is_left_out_waits_for_no_choice(workspace: Workspace, capfd: Capture) -> None:
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(workspace, name, done, None)
    door.main(["collect"])
    assert "(1 đơn vị chờ chọn tệp)" in capfd.readouterr().out
    door.main(["decide", "--leave-out", "--unit", UNIT])
    capfd.readouterr()
    door.main(["collect"])
    said = capfd.readouterr().out
    assert "Đã gửi 1/27 đơn vị;" in said
    assert "chờ chọn tệp" not in said


def test_a_rejected_file_is_out_with_its_reason_and_ends_the_question(
    workspace: Workspace, capfd: Capture
) -> None:
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(workspace, name, done, None)
    door.main(["collect"])
    assert door.main(["decide", "nhan-ve/2025/b.xlsx", "--reject"]) == 2
    assert "--reason" in capfd.readouterr().err
    assert door.main(["decide", "nhan-ve/2025/b.xlsx", "--reject", "--reason", " "]) == 2
    assert door.main(["decide", "nhan-ve/2025/b.xlsx", "--reject", "--reason", "đơn vị xin rút"]) == 0
    assert collected(capfd) == {"a.xlsx": "effective", "b.xlsx": "refused"}
    assert door.main(["collect"]) == 0
    said = " ".join(capfd.readouterr().out.split())
    assert "đơn vị xin rút" not in said, "what was decided before is not told at every reading"
    assert "; 0 tệp không dùng được;" in said
    door.main(["decide"])
    assert "(đơn vị xin rút; " in capfd.readouterr().out


def test_the_latest_decision_about_a_file_is_undone_and_the_one_before_it_named(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, None)
    door.main(["collect"])
    assert door.main(["decide", "a.xlsx", "--unit", UNIT]) == 0
    assert door.main(["decide", "a.xlsx", "--reject", "--reason", "bản nháp"]) == 0
    capfd.readouterr()
    assert door.main(["decide", "a.xlsx", "--undo"]) == 0
    said = capfd.readouterr().out
    assert "Đã bỏ: Trả lại: " in said
    assert "Còn quyết định về tệp này: Của Sở Y tế: " in said
    _, listed = run_json(capfd, "decide")
    assert [(d["choice"], d["undone_on"] is None) for d in listed["decisions"]] == [
        ("assign", True),
        ("reject", False),
    ]
    assert door.main(["decide", "a.xlsx", "--undo"]) == 0
    assert "Còn quyết định" not in capfd.readouterr().out
    assert door.main(["decide", "a.xlsx", "--undo"]) == 2


def test_a_file_is_found_by_path_name_or_code_and_a_doubtful_name_is_asked_about(
    workspace: Workspace, capfd: Capture
) -> None:
    first = send(workspace, "a.xlsx", 2, None)
    (workspace.inbox / "Đợt 2").mkdir()
    send(workspace, "Đợt 2/a.xlsx", 3, None)
    door.main(["collect"])
    assert door.main(["decide", "a.xlsx", "--use"]) == 2
    assert "nhiều tệp khác nhau" in capfd.readouterr().err
    _, said = run_json(capfd, "status", "--files")
    digest = next(f["sha256"] for f in said["files"] if "Đợt 2" in f["file"])
    for wanted in (str(first), "nhan-ve\\2025\\a.xlsx", digest[:8]):
        assert door.main(["decide", wanted, "--use"]) == 0
    assert door.main(["decide", "khong co.xlsx", "--use"]) == 2
    assert "Không thấy tệp" in capfd.readouterr().err


def test_the_files_of_a_zip_are_listed_and_each_can_be_rejected(workspace: Workspace, capfd: Capture) -> None:
    paths = [send(workspace, f"{code}.xlsx", 3, None, code) for code in (UNIT, "STC")]
    with ZipFile(workspace.inbox / "thư.zip", "w") as container:
        for path in paths:
            container.writestr(path.name, path.read_bytes())
            path.unlink()

    run_json(capfd, "collect")
    assert door.main(["decide", "STC.xlsx", "--reject", "--reason", "gửi nhầm"]) == 0
    capfd.readouterr()
    _, listed = run_json(capfd, "status", "--files")

    told = {(line["file"].rpartition("/")[2], line["unit"], line["status"]) for line in listed["files"]}
    assert told == {("SYT.xlsx", UNIT, "effective"), ("STC.xlsx", "STC", "refused")}


def test_a_file_that_cannot_be_read_cannot_be_used(workspace: Workspace, capfd: Capture) -> None:
    (workspace.inbox / "hong.xlsx").write_bytes(b"PK\x03\x04 broken")
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["decide", "hong.xlsx", "--use"]) == 2
    assert "Không chọn được tệp" in capfd.readouterr().err


def test_what_was_taken_out_of_the_inbox_is_said_and_can_be_used_again(
    workspace: Workspace, capfd: Capture
) -> None:
    path = send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    door.main(["collect"])
    path.unlink()
    _, said = run_json(capfd, "collect")
    assert [(f["code"], f["unit"]) for f in said["notes"]] == [("NH65", UNIT)]
    assert state(capfd)["status"] == "unusable"
    _, said = run_json(capfd, "status", "--files")
    assert [f["present"] for f in said["files"]] == [False]
    assert door.main(["decide", said["files"][0]["sha256"][:8], "--use"]) == 0
    assert state(capfd)["status"] == "received"
    _, said = run_json(capfd, "collect")
    assert said["notes"] == []


def test_a_file_that_excel_holds_is_read_as_it_was_received_before(
    workspace: Workspace, capfd: Capture, monkeypatch: Patch
) -> None:
    path = send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    door.main(["collect"])
    opened = builtins.open

    def refuse(named: Any, *args: Any, **kwargs: Any) -> Any:
        if Path(str(named)).name in (path.name, "moi.xlsx"):
            raise PermissionError(errno.EACCES, "in use", str(named))
        return opened(named, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", refuse)
    (workspace.inbox / "moi.xlsx").touch()
    _, said = run_json(capfd, "collect")
    codes = {r["file"].rpartition("/")[2]: (r["status"], r["findings"][0]["code"]) for r in said["returns"]}
    assert codes == {"a.xlsx": ("effective", "NH66"), "moi.xlsx": ("refused", "NH01")}
    assert state(capfd)["status"] == "received"


# ---------------------------------------------------------------------------- tracking book


def test_the_book_is_made_by_init_and_by_collect_and_never_written_over(
    workspace: Workspace, capfd: Capture
) -> None:
    type_into(workspace, UNIT, {"C": "1/BC", "D": datetime(2025, 11, 5), "K": "của tôi"})
    before = workspace.book.read_bytes()
    for argv in (["collect"], ["collect", "--book"], ["status"], ["validate"], ["render"]):
        door.main(argv)
    assert workspace.book.read_bytes() == before
    workspace.book.unlink()
    door.main(["status"])
    assert not workspace.book.exists()
    capfd.readouterr()
    door.main(["collect"])
    assert "Đã lập sổ theo dõi" in capfd.readouterr().err
    assert state(capfd)["document"] == "1/BC"
    sheet = openpyxl.load_workbook(workspace.book).worksheets[0]
    assert ("1/BC", datetime(2025, 11, 5)) in [(row[2].value, row[3].value) for row in sheet.iter_rows()]


def test_a_date_in_the_book_makes_a_return_late_and_its_number_is_shown(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    door.main(["collect"])
    assert state(capfd)["status"] == "received"
    type_into(workspace, UNIT, {"C": "9/BC-SYT", "D": datetime(2025, 11, 18), "F": "Zalo"})
    line = state(capfd)
    assert (line["status"], line["sent_on"]) == ("late", "2025-11-18")
    assert (line["document"], line["channel"]) == ("9/BC-SYT", "Zalo")
    _, said = run_json(capfd, "validate")
    late = [f for f in said["findings"] if f["code"] == "TH01"]
    assert [(f["unit"], f["value"]) for f in late] == [(UNIT, "18/11/2025")]


def test_the_code_on_the_signed_paper_is_held_against_the_file(workspace: Workspace, capfd: Capture) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    door.main(["collect"])
    row = type_into(workspace, UNIT, {"G": "0000"})
    _, said = run_json(capfd, "validate")
    (found,) = (f for f in said["findings"] if f["code"] == "MK02")
    assert (found["file"], found["cell"], found["value"]) == ("so-theo-doi.xlsx", f"G{row}", "0000")
    own = found["message"].rpartition("(")[2].rstrip(").")
    type_into(workspace, UNIT, {"G": own})
    _, said = run_json(capfd, "validate")
    assert not [f for f in said["findings"] if f["code"] == "MK02"]


def test_a_unit_that_sent_only_paper_counts_as_sent_and_gives_no_figures(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    type_into(workspace, "SNV", {"C": "5/BC-SNV", "D": datetime(2025, 11, 12), "F": "giấy"})
    assert collected(capfd) == {"a.xlsx": "effective", "so-theo-doi.xlsx": "paper"}
    line = state(capfd, "SNV")
    assert (line["status"], line["sent_on"], line["document"]) == ("paper", "2025-11-12", "5/BC-SNV")
    _, said = run_json(capfd, "validate")
    codes = {f["code"] for f in said["findings"] if f["unit"] == "SNV"}
    assert codes == {"NH67", "TH01"}
    capfd.readouterr()
    assert door.main(["status", "--as-of", "20/11/2025"]) == 0
    shown = capfd.readouterr().out
    assert "đã gửi 2/27 (gửi muộn 0, chỉ gửi bản giấy 1)" in shown
    assert door.main(["render", "--as-of", "20/11/2025"]) == 0
    manifest = json.loads((workspace.results / "bao-cao-2025.json").read_text(encoding="utf-8"))
    assert manifest["returns"]["received"] == 2
    assert "SNV" not in manifest["returns"]["missing"]
    send(workspace, "b.xlsx", 2, None, "SNV")
    assert collected(capfd) == {"a.xlsx": "effective", "b.xlsx": "effective"}
    assert (state(capfd, "SNV")["status"], state(capfd, "SNV")["document"]) == ("late", "5/BC-SNV")


def test_a_damaged_book_is_an_error_and_what_it_said_is_still_known(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    type_into(workspace, UNIT, {"D": datetime(2025, 11, 18)})
    door.main(["collect"])
    workspace.book.write_bytes(b"PK\x03\x04 broken")
    code, said = run_json(capfd, "collect")
    assert (code, [f["code"] for f in said["notes"]]) == (1, ["NH70"])
    assert "collect --book" in said["notes"][0]["fix"]
    assert "đơn vị" not in said["notes"][0]["fix"]
    assert workspace.book.read_bytes() == b"PK\x03\x04 broken"
    assert state(capfd)["status"] == "late"
    assert door.main(["collect", "--book"]) == 2
    assert "Sổ theo dõi" in capfd.readouterr().err


@pytest.mark.parametrize("mark", ["~$so-theo-doi.xlsx", ".~lock.so-theo-doi.xlsx#"])
def test_a_book_open_in_excel_is_left_and_the_longer_one_stands_beside_it(
    mark: str, workspace: Workspace, capfd: Capture
) -> None:
    book = openpyxl.load_workbook(workspace.book)
    book.worksheets[0].delete_rows(6)
    book.save(workspace.book)
    before = workspace.book.read_bytes()
    (workspace.book.parent / mark).touch()
    capfd.readouterr()
    assert door.main(["collect", "--book"]) == 0
    assert "đang mở" in capfd.readouterr().out
    assert workspace.book.read_bytes() == before
    assert (workspace.book.parent / "so-theo-doi (2).xlsx").exists()
    (workspace.book.parent / mark).unlink()
    assert door.main(["collect", "--book"]) == 0
    assert workspace.book.read_bytes() != before


def test_a_full_disk_while_the_book_is_written_leaves_it_whole(
    workspace: Workspace, capfd: Capture, monkeypatch: Patch
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    workspace.book.unlink()

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(errno.ENOSPC, "full", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        capfd.readouterr()
        assert door.main(["collect"]) == 2
        shown = capfd.readouterr()
    assert "ổ đĩa đã đầy" in shown.err
    assert "a.xlsx" in shown.out
    assert [p.name for p in workspace.root.rglob("*so-theo-doi*")] == []
    assert door.main(["collect"]) == 0
    assert workspace.book.exists()


# ------------------------------------------------------------------------------- robustness


def test_two_collects_at_once_are_both_done(workspace: Workspace) -> None:
    for n, code in enumerate((UNIT, "SNV", "STC")):
        send(workspace, f"{n}.xlsx", 2, date(2025, 11, 4), code)
    workspace.book.unlink()
    started = [start_apart(workspace.root, "collect", "--format", "json") for _ in range(2)]
    said = [wait() for wait in started]
    assert [one.returncode for one in said] == [0, 0], said
    assert said[0].stdout == said[1].stdout
    assert workspace.book.exists()
    assert not [p.name for p in workspace.root.iterdir() if p.name.endswith(".tmp")]


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_collect_killed_at_any_moment_leaves_a_workspace_in_which_the_next_goes_on(
    workspace: Workspace, capfd: Capture
) -> None:
    for n, code in enumerate((UNIT, "SNV", "STC", "SXD", "SCT")):
        send(workspace, f"{n}.xlsx", 2, date(2025, 11, 4), code)
    for moment in (0.01, 0.03, 0.06, 0.12, 0.2, 0.3):
        start_apart(workspace.root, "collect", killed_after=moment)()
        if workspace.register.exists():
            with open_register(workspace.register, reading=True) as register:
                (n_receipts,) = register.execute("select count(*) from receipt").fetchone()
            assert n_receipts in (0, 5)
    assert set(collected(capfd).values()) == {"effective"}
    assert len(collected(capfd)) == 5


@pytest.mark.parametrize("argv", [["collect"], ["validate"], ["status", "--files"]], ids=" ".join)
def test_a_damaged_register_ends_every_command_in_words(
    argv: list[str], workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    door.main(["collect"])
    workspace.register.write_bytes(b"\xff" * 10_000)
    capfd.readouterr()
    assert door.main(argv) == 2
    assert "bị hỏng" in capfd.readouterr().err
    shutil.move(workspace.register, workspace.register.with_suffix(".cu"))
    assert door.main(["collect"]) == 0


@pytest.mark.usefixtures("impatient")
def test_a_register_that_another_program_holds_ends_in_words_and_the_next_run_goes_on(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    door.main(["collect"])
    with closing(sqlite3.connect(workspace.register, isolation_level=None)) as other:
        other.execute("begin exclusive")
        capfd.readouterr()
        assert door.main(["collect"]) == 2
        assert "đang được một lệnh khác sử dụng" in capfd.readouterr().err
    assert door.main(["collect"]) == 0


@pytest.mark.anew
def test_collecting_again_and_again_gives_the_same(workspace: Workspace, capfd: Capture) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    send(workspace, "b.xlsx", 3, date(2025, 11, 6))
    type_into(workspace, "SNV", {"C": "5/BC-SNV"})
    first = run_json(capfd, "collect")
    book = io.BytesIO(workspace.book.read_bytes()).getvalue()
    assert [run_json(capfd, "collect") for _ in range(2)] == [first, first]
    assert workspace.book.read_bytes() == book


def test_whom_to_call_at_a_unit_whose_file_is_still_to_be_chosen_is_whom_all_of_them_name(
    workspace: Workspace, capfd: Capture
) -> None:
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(workspace, name, done, date(2025, 11, 4))
    door.main(["collect"])
    waiting = state(capfd)
    assert waiting["status"] == "undecided"
    assert door.main(["decide", "a.xlsx", "--use"]) == 0
    assert waiting["contact"] == state(capfd)["contact"] != ""


def test_whom_to_call_at_a_unit_that_has_not_sent_stands_in_the_tracking_book(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "syt.xlsx", 3, date(2025, 11, 5))
    door.main(["collect"])
    for unit, who in (("STC", "Bà Tài, 0900 000 001"), (UNIT, "Ông Y, 0900 000 002")):
        type_into(workspace, unit, {"J": who})
    capfd.readouterr()
    _, said = run_json(capfd, "status", "--as-of", "20/11/2025")
    found = {u["unit"]: (u["status"], u["contact"]) for u in said["units"]}
    assert found["STC"] == ("missing", "Bà Tài, 0900 000 001")
    assert found[UNIT][1] == "Ông Y, 0900 000 002"
    door.main(["validate", "--as-of", "20/11/2025"])
    assert "Bà Tài, 0900 000 001" in (workspace.results / "tinh-hinh.html").read_text(encoding="utf-8")
