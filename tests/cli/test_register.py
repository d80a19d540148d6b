"""The register as an officer uses it: several files of one unit, the tracking book, things in the way."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

from dvctt_report.store.workspace import Workspace
from tests.apart import start_apart
from tests.cli.officer import AS_OF, UNIT, Run, send, type_into
from tests.pytest_types import Patch

FOURTH, SIXTH = date(2025, 11, 4), date(2025, 11, 6)


@pytest.fixture
def rivals(workspace: Workspace, run: Run) -> Workspace:
    """Two files of one unit without a day, collected."""
    for name, done in (("a.xlsx", 2), ("b.xlsx", 3)):
        send(workspace, name, done, None)
    assert "(1 đơn vị chờ chọn tệp)" in run("collect", 1)
    return workspace


# ----------------------------------------------------------------------------- several files


def test_the_later_document_counts_and_changes_are_shown_once(workspace: Workspace, run: Run) -> None:
    send(workspace, "lan 1.xlsx", 2, FOURTH)
    send(workspace, "lan 2.xlsx", 3, SIXTH)
    for fresh in (True, False):
        said = run("collect")
        assert ("Trước" in said) is fresh
        assert ("1 ô khác (dvctt-report status --files --unit SYT)" in said) is not fresh
    said = run.json("collect")
    assert {r["file"].rpartition("/")[2]: r["status"] for r in said["returns"]} == {
        "lan 1.xlsx": "superseded",
        "lan 2.xlsx": "effective",
    }
    (comparison,) = said["comparisons"]
    (change,) = [c for c in comparison["changes"] if (c["item"], c["field"]) == ("T1", "done")]
    assert (change["old"]["value"], change["new"]["value"]) == (2, 3)
    shown = run(f"status --files --unit {UNIT}")
    for words in ("lan 2.xlsx", "thay cho", f"ô {change['new']['cell']}"):
        assert words in shown
    send(workspace, "b 1.xlsx", 2, FOURTH, "STC")
    send(workspace, "b 2.xlsx", 3, SIXTH, "STC")
    shown = run("collect")
    assert shown.count("Trước") == 1
    assert "--files --unit SYT" in shown
    assert [c["unit"] for c in run.json("status --files --unit STC")["comparisons"]] == ["STC"]


def test_of_many_changes_each_has_a_line(workspace: Workspace, run: Run, monkeypatch: Patch) -> None:
    monkeypatch.setattr("dvctt_report.cli.received_files.MOST_ROWS", 1)
    monkeypatch.setattr("dvctt_report.cli.received_files.MOST_LINES", 1)
    for code in ("SYT", "STC", "SNV"):
        send(workspace, f"{code} 1.xlsx", 2, FOURTH, code)
        send(workspace, f"{code} 2.xlsx", 3, SIXTH, code)
    shown = run("collect")
    assert (shown.count("Trước"), shown.count("1 ô khác")) == (1, 1)
    assert "… và 1 trường hợp khác: dvctt-report status --files --unit ĐƠN-VỊ" in shown


@pytest.mark.usefixtures("rivals")
def test_two_files_without_order_wait_until_one_is_used_and_again_when_that_is_undone(run: Run) -> None:
    undecided = {"a.xlsx": "undecided", "b.xlsx": "undecided"}
    assert run.statuses() == undecided
    waiting = run.units()[UNIT]
    for _ in range(2):
        run("decide a.xlsx --use")
        assert run.statuses() == {"a.xlsx": "effective", "b.xlsx": "superseded"}
    assert (waiting["status"], waiting["contact"]) == ("undecided", run.units()[UNIT]["contact"])
    assert waiting["contact"], "whom all of them name"
    (decision,) = run.decided()
    assert (decision["choice"], bool(decision["who"])) == ("use", True)
    assert datetime.fromisoformat(decision["when"]).year >= 2025
    run("decide A.XLSX --undo")
    assert run.statuses() == undecided
    run("decide a.xlsx --undo", 2)
    assert [d["undone_on"] is None for d in run.decided()] == [False]


@pytest.mark.usefixtures("rivals")
def test_a_rejected_file_is_out_with_its_reason_and_ends_the_question(run: Run) -> None:
    assert "--reason" in run("decide nhan-ve/2025/b.xlsx --reject", 2)
    run("decide nhan-ve/2025/b.xlsx --reject --reason ' '", 2)
    run("decide nhan-ve/2025/b.xlsx --reject --reason 'đơn vị xin rút'")
    assert run.statuses() == {"a.xlsx": "effective", "b.xlsx": "refused"}
    said = run("collect")
    assert "đơn vị xin rút" not in said, "what was decided before is not told at every reading"
    assert "; 0 tệp không dùng được;" in said
    assert "(đơn vị xin rút; " in run("decide")


def test_of_several_decisions_about_a_file_the_latest_is_undone(workspace: Workspace, run: Run) -> None:
    send(workspace, "a.xlsx", 2, None)
    run.lax("collect")
    run(f"decide a.xlsx --unit {UNIT}")
    run("decide a.xlsx --reject --reason 'bản nháp'")
    said = run("decide a.xlsx --undo")
    assert "Đã bỏ: Trả lại: " in said
    assert "Còn quyết định về tệp này: Của Sở Y tế: " in said
    assert [(d["choice"], d["undone_on"] is None) for d in run.decided()] == [
        ("assign", True),
        ("reject", False),
    ]
    assert "Còn quyết định" not in run("decide a.xlsx --undo")
    run("decide a.xlsx --undo", 2)


def test_a_file_is_found_by_path_name_or_code_never_by_a_guess(workspace: Workspace, run: Run) -> None:
    first = send(workspace, "a.xlsx", 2, None)
    (workspace.inbox / "Đợt 2").mkdir()
    send(workspace, "Đợt 2/a.xlsx", 3, None)
    (workspace.inbox / "hong.xlsx").write_bytes(b"PK\x03\x04 broken")
    run.lax("collect")
    assert "nhiều tệp khác nhau" in run("decide a.xlsx --use", 2)
    digest = next(f["sha256"] for f in run.json("status --files")["files"] if "Đợt 2" in f["file"])
    for wanted in (str(first), "nhan-ve\\2025\\a.xlsx", digest[:8]):
        run(f"decide '{wanted}' --use")
    assert "Không thấy tệp" in run("decide 'khong co.xlsx' --use", 2)
    assert "Không chọn được tệp" in run("decide hong.xlsx --use", 2)


def test_what_was_taken_out_of_the_inbox_can_be_used_again(workspace: Workspace, run: Run) -> None:
    path = send(workspace, "a.xlsx", 2, FOURTH)
    run("collect")
    path.unlink()
    notes = run.json("collect")["notes"]
    assert [(f["code"], f["unit"]) for f in notes] == [("NH65", UNIT)]
    assert run.units()[UNIT]["status"] == "unusable"
    assert "Sở Y tế," not in run(f"letter remind {AS_OF}")
    assert "NH65 · Sở Y tế" in run(f"render --final {AS_OF}", 1)
    (file,) = run.json("status --files")["files"]
    assert not file["present"]
    run(f"decide {file['sha256'][:8]} --use")
    assert run.units()[UNIT]["status"] == "received"
    assert run.json("collect")["notes"] == []


# ---------------------------------------------------------------------------- tracking book


def test_the_book_is_made_where_it_is_gone_never_written_over(workspace: Workspace, run: Run) -> None:
    type_into(workspace, UNIT, {"C": "1/BC", "D": datetime(2025, 11, 5), "K": "của tôi"})
    before = workspace.book.read_bytes()
    for line in ("collect", "collect --book", "status", "validate", "render"):
        run.lax(line)
    assert workspace.book.read_bytes() == before
    workspace.book.unlink()
    run("status")
    assert not workspace.book.exists()
    assert "Đã lập sổ theo dõi" in run.lax("collect")
    assert run.units()[UNIT]["document"] == "1/BC"
    sheet = openpyxl.load_workbook(workspace.book).worksheets[0]
    assert ("1/BC", datetime(2025, 11, 5)) in [(row[2].value, row[3].value) for row in sheet.iter_rows()]


def test_a_damaged_book_is_an_error_and_what_it_said_is_still_known(workspace: Workspace, run: Run) -> None:
    send(workspace, "a.xlsx", 2, FOURTH)
    type_into(workspace, UNIT, {"D": datetime(2025, 11, 18), "J": "Ông Y, 0900 000 002"})
    type_into(workspace, "STC", {"J": "Bà Tài, 0900 000 001"})
    run("collect")
    named = {unit: found["contact"] for unit, found in run.units().items() if unit in (UNIT, "STC")}
    assert named == {UNIT: "Ông Y, 0900 000 002", "STC": "Bà Tài, 0900 000 001"}
    workspace.book.write_bytes(b"PK\x03\x04 broken")
    run("collect", 1)
    (note,) = run.json("collect")["notes"]
    assert note["code"] == "NH70"
    assert "collect --book" in note["fix"]
    assert "đơn vị" not in note["fix"]
    assert workspace.book.read_bytes() == b"PK\x03\x04 broken"
    line = run.units()[UNIT]
    assert (line["status"], line["sent_on"]) == ("late", "2025-11-18")
    assert "Sổ theo dõi" in run("collect --book", 2)


def test_the_longer_book_stands_beside_an_open_one(workspace: Workspace, run: Run) -> None:
    book = openpyxl.load_workbook(workspace.book)
    book.worksheets[0].delete_rows(6)
    book.save(workspace.book)
    before = workspace.book.read_bytes()
    for mark in ("~$so-theo-doi.xlsx", ".~lock.so-theo-doi.xlsx#"):
        workspace.book.with_name(mark).touch()
        assert "đang mở" in run("collect --book")
        assert workspace.book.read_bytes() == before
        workspace.book.with_name("so-theo-doi (2).xlsx").unlink()
        workspace.book.with_name(mark).unlink()
    run("collect --book")
    assert workspace.book.read_bytes() != before


# ------------------------------------------------------------------------------- robustness


def test_two_collects_at_once_are_both_done(workspace: Workspace) -> None:
    for n, code in enumerate((UNIT, "SNV", "STC")):
        send(workspace, f"{n}.xlsx", 2, FOURTH, code)
    workspace.book.unlink()
    started = [start_apart(workspace.root, "collect", "--format", "json") for _ in range(2)]
    said = [wait() for wait in started]
    assert [one.returncode for one in said] == [0, 0], said
    assert said[0].stdout == said[1].stdout
    assert workspace.book.exists()
    assert not [p.name for p in workspace.root.iterdir() if p.name.endswith(".tmp")]


@pytest.mark.anew
def test_collecting_again_and_again_gives_the_same(workspace: Workspace, run: Run) -> None:
    send(workspace, "a.xlsx", 2, FOURTH)
    send(workspace, "b.xlsx", 3, SIXTH)
    type_into(workspace, "SNV", {"C": "5/BC-SNV"})
    first = run.json("collect")
    book = workspace.book.read_bytes()
    assert [run.json("collect") for _ in range(2)] == [first, first]
    assert workspace.book.read_bytes() == book
