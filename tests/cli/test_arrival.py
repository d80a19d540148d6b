"""When a return arrived: a day before the deadline inside a return that came after it is a question."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from dvctt_report.cli import door
from dvctt_report.store.workspace import Workspace
from tests.cli.test_commands import run_json
from tests.cli.test_register import send, type_into, workspace
from tests.decide import excel
from tests.intake.arrivals import mail
from tests.pytest_types import Capture, Patch

__all__ = ["workspace"]

LATE = ("SNV", "STC", "STP", "SXD", "SCT", "SNNMT", "SGDDT")
IN_TIME, AFTER = "Đúng hạn", "Sau thời hạn"
BUT = "Đúng hạn, trừ (ghi tên ở cột bên)"
OWN = date(2025, 11, 9)
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: Patch) -> Clock:
    """Sets the moment at which files are collected."""

    def at(moment: datetime) -> None:
        class At(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return moment

        monkeypatch.setattr("dvctt_report.cli.collect.datetime", At)

    return at


def post(workspace: Workspace, code: str, sent: str, own: date = OWN) -> None:
    """Put the unit's return into the inbox as the attachment of a mail of that day."""
    path = send(workspace, f"{code}.xlsx", 3, own, code)
    letter = mail([(path.name, path.read_bytes())])
    path.unlink()
    path.with_suffix(".eml").write_bytes(letter.replace(b"Fri, 07 Nov 2025 08:30:00 +0700", sent.encode()))


def states(capfd: Capture, codes: Sequence[str] = LATE) -> list[str]:
    _, said = run_json(capfd, "status", "--as-of", "20/11/2025 17:00")
    return [unit["status"] for unit in said["units"] if unit["unit"] in codes]


def report(root: Path, *flags: str) -> str:
    """Render the report; the texts of its paragraphs and cells."""
    door.main(["render", "--as-of", "20/11/2025 17:00", *flags])
    document = Document(str(root / "ket-qua" / "2025" / "bao-cao-2025.docx"))
    rows = (" | ".join(dict.fromkeys(c.text for c in row.cells)) for t in document.tables for row in t.rows)
    return "\n".join([*(p.text for p in document.paragraphs), *rows])


def decide(root: Path, choice: str, **said: str) -> dict[str, str]:
    """Choose in the row of the workbook; the row as it was."""
    book = excel.book_of(root)
    row = excel.row_of(book, "đơn vị", "Tính là đúng hạn hay sau thời hạn?")
    excel.type_into(book, row, choice=choice, **said)
    door.main(["collect"])
    return row


@pytest.fixture
def seven(workspace: Workspace, clock: Clock) -> Workspace:
    """One in time; seven that were reminded on 11/11, dated 09/11, came by mail on 16 to 18/11."""
    clock(datetime(2025, 11, 8, 9))
    send(workspace, "y-te.xlsx", 3, date(2025, 11, 6))
    door.main(["collect"])
    door.main(["letter", "remind", "--as-of", "11/11/2025 08:00"])
    clock(datetime(2025, 11, 18, 15))
    for n, code in enumerate(LATE):
        post(workspace, code, f"{16 + n % 3} Nov 2025 10:00:00 +0700")
    door.main(["collect"])
    return workspace


def test_what_came_after_the_deadline_is_late_until_it_is_decided(seven: Workspace, capfd: Capture) -> None:
    assert states(capfd) == ["late"] * 7
    text = report(seven.root)
    assert "01 đơn vị gửi đúng hạn, 07 đơn vị gửi sau thời hạn" in text
    assert "09/11/2025 | Sau thời hạn 07 ngày; văn bản đến ngày 16/11/2025" in text
    row = excel.row_of(excel.book_of(seven.root), "07 đơn vị")
    assert row["sheet"] == "Tôi quyết"
    assert row["about"] == (
        "07 đơn vị ghi ngày gửi trước ngày 10/11 nhưng văn bản đến từ ngày 16/11 đến ngày 18/11/2025. "
        "Tính là đúng hạn hay sau thời hạn?"
    )
    assert "Đang tính là sau thời hạn" in row["why"]
    assert "Sở Nội vụ (ghi ngày 09/11/2025, đến ngày 16/11/2025 theo ngày của thư)" in row["why"]
    assert excel.choices(excel.book_of(seven.root), row) == [IN_TIME, AFTER, BUT]


def test_the_decision_is_told_and_can_be_taken_back(seven: Workspace, capfd: Capture) -> None:
    decide(seven.root, BUT, value="Sở Tài chính; SXD")
    assert states(capfd).count("late") == 2
    assert states(capfd, ("STC", "SXD")) == ["late", "late"]
    text = report(seven.root)
    assert "06 đơn vị gửi đúng hạn, 02 đơn vị gửi sau thời hạn" in text
    assert "Đúng hạn theo quyết định của Sở Khoa học và Công nghệ; văn bản đến ngày 16/11/2025" in text
    capfd.readouterr()
    door.main(["explain", "returns.on_time"])
    told = " ".join(capfd.readouterr().out.split())
    assert "đến ngày 16/11/2025 theo ngày của thư, tính là đúng hạn theo quyết định của " in told
    book = excel.book_of(seven.root)
    assert not [r for r in excel.shown(book) if "Tính là" in r["about"]]
    done = excel.row_of(book, "07 đơn vị", "", "Đã quyết định")
    excel.type_into(book, done, choice="Bỏ quyết định")
    door.main(["collect"])
    assert states(capfd) == ["late"] * 7
    assert excel.row_of(book, "07 đơn vị")["sheet"] == "Tôi quyết"


def test_a_unit_that_joins_is_asked_about_and_no_other(
    seven: Workspace, capfd: Capture, clock: Clock
) -> None:
    decide(seven.root, IN_TIME)
    assert states(capfd) == ["received"] * 7
    clock(datetime(2025, 11, 19, 9))
    post(seven, "SKHCN", "19 Nov 2025 08:00:00 +0700")
    door.main(["collect"])
    assert states(capfd, (*LATE, "SKHCN")).count("late") == 1
    row = excel.row_of(excel.book_of(seven.root), "Sở Khoa học và Công nghệ", "Tính là")
    assert row["about"].startswith("Đơn vị ghi ngày gửi trước ngày 10/11 nhưng văn bản đến ngày 19/11/2025.")


def test_it_never_keeps_a_report_from_being_final(seven: Workspace, capfd: Capture) -> None:
    capfd.readouterr()
    assert door.main(["render", "--final", "--as-of", "20/11/2025 17:00"]) == 1  # for other reasons
    assert not any(word in capfd.readouterr().out for word in ("ngày đến", "đúng hạn hay"))


def test_a_unit_reminded_after_the_deadline_came_later_whatever_it_writes(
    workspace: Workspace, capfd: Capture, clock: Clock
) -> None:
    clock(datetime(2025, 11, 8, 9))
    send(workspace, "y-te.xlsx", 3, date(2025, 11, 6))
    door.main(["collect"])
    door.main(["letter", "remind", "--as-of", "11/11/2025 08:00"])
    clock(datetime(2025, 11, 18, 15))
    send(workspace, "noi-vu.xlsx", 3, OWN, "SNV")
    door.main(["collect"])
    assert states(capfd, ("SNV",)) == ["late"]
    assert "Sau thời hạn; ở lần kiểm tra ngày 11/11/2025 chưa có" in report(workspace.root)
    row = excel.row_of(excel.book_of(workspace.root), "Sở Nội vụ", "Tính là")
    assert "nhưng đến ngày 11/11/2025 vẫn chưa nhận được." in row["about"]


def test_a_mail_in_time_counts_whatever_was_collected_when(
    workspace: Workspace, capfd: Capture, clock: Clock
) -> None:
    clock(datetime(2025, 11, 8, 9))
    door.main(["collect"])
    clock(datetime(2025, 11, 12, 9))
    door.main(["collect"])
    post(workspace, "SNV", "9 Nov 2025 16:00:00 +0700")
    send(workspace, "a.xlsx", 3, OWN, "SNV")  # the same, saved from it
    clock(datetime(2025, 11, 18, 9))
    door.main(["collect"])
    assert states(capfd, ("SNV",)) == ["received"]


def test_a_collect_after_the_deadline_proves_what_was_not_there(
    workspace: Workspace, capfd: Capture, clock: Clock
) -> None:
    clock(datetime(2025, 11, 8, 9))
    send(workspace, "y-te.xlsx", 3, date(2025, 11, 6))
    door.main(["collect"])
    clock(datetime(2025, 11, 12, 9))
    door.main(["collect"])  # nothing new
    clock(datetime(2025, 11, 18, 15))
    send(workspace, "noi-vu.xlsx", 3, OWN, "SNV")
    door.main(["collect"])
    assert states(capfd, ("SNV", "SYT")) == ["late", "received"]


def test_a_file_written_over_came_when_the_first_one_did(
    workspace: Workspace, capfd: Capture, clock: Clock
) -> None:
    clock(datetime(2025, 11, 8, 9))
    send(workspace, "noi-vu.xlsx", 2, date(2025, 11, 7), "SNV")
    door.main(["collect"])
    clock(datetime(2025, 11, 12, 9))
    door.main(["collect"])
    send(workspace, "noi-vu.xlsx", 3, OWN, "SNV")
    clock(datetime(2025, 11, 18, 9))
    door.main(["collect"])
    assert states(capfd, ("SNV",)) == ["received"]


def test_the_moment_of_the_first_collect_proves_nothing(
    workspace: Workspace, capfd: Capture, clock: Clock
) -> None:
    clock(datetime(2025, 11, 18, 15))
    send(workspace, "noi-vu.xlsx", 3, OWN, "SNV")
    door.main(["collect"])
    assert states(capfd, ("SNV",)) == ["received"]
    assert not [r for r in excel.shown(excel.book_of(workspace.root)) if "Tính là" in r["about"]]


@pytest.mark.parametrize(
    ("typed", "state"), [("16/11", "late"), ("7/11", "received"), (date(2025, 11, 16), "late")]
)
def test_the_day_of_arrival_in_the_book_stands_above_all(
    workspace: Workspace, capfd: Capture, clock: Clock, typed: str | date, state: str
) -> None:
    clock(datetime(2025, 11, 8, 9))
    door.main(["collect"])
    clock(datetime(2025, 11, 12, 9))
    door.main(["collect"])
    post(workspace, "SNV", "18 Nov 2025 10:00:00 +0700")
    type_into(workspace, "SNV", {"E": typed})
    clock(datetime(2025, 11, 18, 9))
    door.main(["collect"])
    assert states(capfd, ("SNV",)) == [state]


def test_the_list_of_incoming_documents_gives_the_day(
    workspace: Workspace, capfd: Capture, tmp_path: Path, clock: Clock
) -> None:
    import openpyxl

    clock(datetime(2025, 11, 8, 9))
    send(workspace, "noi-vu.xlsx", 3, OWN, "SNV")
    door.main(["collect"])
    type_into(workspace, "SNV", {"C": "5/BC-SNV"})
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Số ký hiệu", "Ngày văn bản", "Ngày đến", "Cơ quan ban hành", "Trích yếu"])
    sheet.append(["5/BC-SNV", "09/11/2025", "16/11/2025", "Sở Nội vụ", "Báo cáo dịch vụ công trực tuyến"])
    book.save(tmp_path / "den.xlsx")
    capfd.readouterr()
    assert door.main(["collect", "--incoming", str(tmp_path / "den.xlsx"), "--yes"]) == 0
    door.main(["collect"])
    assert states(capfd, ("SNV",)) == ["late"]
    (row,) = [r for r in excel.shown(excel.book_of(workspace.root)) if "Tính là" in r["about"]]
    assert "theo sổ theo dõi" in row["why"]


def test_the_manifest_says_on_what_the_day_rests(seven: Workspace) -> None:
    report(seven.root)
    path = seven.root / "ket-qua" / "2025" / "bao-cao-2025.json"
    units = {unit["code"]: unit for unit in json.loads(path.read_text(encoding="utf-8"))["units"]}
    assert (units["SNV"]["arrived_on"], units["SNV"]["arrived_by"]) == ("2025-11-16", "mail")
    assert (units["SYT"]["arrived_on"], units["SYT"]["arrived_by"]) == (None, "")
