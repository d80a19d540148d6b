"""When a return arrived: a day before the deadline inside a return that came after it is a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document

from dvctt_report.store.workspace import Workspace
from tests.cli.officer import AS_OF, Run, manifest_of, report_of, send, type_into
from tests.decide import excel
from tests.intake.arrivals import mail
from tests.pytest_types import Patch

LATE = ("SNV", "STC", "STP", "SXD", "SCT", "SNNMT", "SGDDT")
IN_TIME, AFTER = "Đúng hạn", "Sau thời hạn"
BUT = "Đúng hạn, trừ (ghi tên ở cột bên)"
OWN = date(2025, 11, 9)
Collect = Callable[[str], None]


@pytest.fixture
def collect(monkeypatch: Patch, run: Run) -> Collect:
    """Collects at a day and hour of November."""

    def at(moment: str) -> None:
        class At(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return datetime.strptime(f"2025-11-{moment}", "%Y-%m-%d %H")

        monkeypatch.setattr("dvctt_report.cli.collect.datetime", At)
        run.lax("collect")

    return at


def post(workspace: Workspace, code: str, sent: str) -> None:
    """Put the unit's return into the inbox as the attachment of a mail of that day."""
    path = send(workspace, f"{code}.xlsx", 3, OWN, code)
    letter = mail([(path.name, path.read_bytes())])
    path.unlink()
    sent = f"{sent} +0700"
    path.with_suffix(".eml").write_bytes(letter.replace(b"Fri, 07 Nov 2025 08:30:00 +0700", sent.encode()))


def states(run: Run, *codes: str) -> list[str]:
    return [unit["status"] for code, unit in run.units().items() if code in (codes or LATE)]


def report(workspace: Workspace, run: Run) -> str:
    """Render the report; its paragraphs and the rows of its tables."""
    run(f"render {AS_OF}")
    document = Document(str(report_of(workspace)))
    rows = (dict.fromkeys(c.text for c in row.cells) for table in document.tables for row in table.rows)
    return "\n".join((*(p.text for p in document.paragraphs), *map(" | ".join, rows)))


def asked_about(workspace: Workspace) -> list[dict[str, str]]:
    return [row for row in excel.shown(excel.book_of(workspace.root)) if "Tính là" in row["about"]]


def decide(workspace: Workspace, run: Run, choice: str, **said: str) -> None:
    """Choose in the one row of the workbook."""
    (row,) = asked_about(workspace)
    excel.type_into(excel.book_of(workspace.root), row, choice=choice, **said)
    run.lax("collect")


@pytest.fixture
def reminded(workspace: Workspace, collect: Collect, run: Run) -> Workspace:
    """One in time; the others were reminded on 11/11."""
    send(workspace, "y-te.xlsx", 3, date(2025, 11, 6))
    collect("08 9")
    run("letter remind --as-of '11/11/2025 08:00'")
    return workspace


@pytest.fixture
def seven(reminded: Workspace, collect: Collect) -> Workspace:
    """Seven that were reminded, dated 09/11, came by mail on 16 to 18/11."""
    for n, code in enumerate(LATE):
        post(reminded, code, f"{16 + n % 3} Nov 2025 10:00:00")
    collect("18 15")
    return reminded


def test_what_came_after_the_deadline_is_late_until_it_is_decided(seven: Workspace, run: Run) -> None:
    assert states(run) == ["late"] * 7
    text = report(seven, run)
    assert "01 đơn vị gửi đúng hạn, 07 đơn vị gửi sau thời hạn" in text
    assert "09/11/2025 | Sau thời hạn 07 ngày; văn bản đến ngày 16/11/2025" in text
    units = {unit["code"]: unit for unit in manifest_of(seven)["units"]}
    assert (units["SNV"]["arrived_on"], units["SNV"]["arrived_by"]) == ("2025-11-16", "mail")
    assert (units["SYT"]["arrived_on"], units["SYT"]["arrived_by"]) == (None, "")
    (row,) = asked_about(seven)
    assert row["sheet"] == "Tôi quyết"
    assert row["about"] == (
        "07 đơn vị ghi ngày gửi trước ngày 10/11 nhưng văn bản đến từ ngày 16/11 đến ngày 18/11/2025. "
        "Tính là đúng hạn hay sau thời hạn?"
    )
    assert "Đang tính là sau thời hạn" in row["why"]
    assert "Sở Nội vụ (ghi ngày 09/11/2025, đến ngày 16/11/2025 theo ngày của thư)" in row["why"]
    assert excel.choices(excel.book_of(seven.root), row) == [IN_TIME, AFTER, BUT]
    said = run(f"render --final {AS_OF}", 1)  # for other reasons
    assert not any(word in said for word in ("ngày đến", "đúng hạn hay"))


def test_the_decision_is_told_and_can_be_taken_back(seven: Workspace, run: Run) -> None:
    decide(seven, run, BUT, value="Sở Tài chính; SXD")
    assert states(run).count("late") == 2
    assert states(run, "STC", "SXD") == ["late", "late"]
    text = report(seven, run)
    assert "06 đơn vị gửi đúng hạn, 02 đơn vị gửi sau thời hạn" in text
    assert "Đúng hạn theo quyết định của Sở Khoa học và Công nghệ; văn bản đến ngày 16/11/2025" in text
    told = run("explain returns.on_time")
    assert "đến ngày 16/11/2025 theo ngày của thư, tính là đúng hạn theo quyết định của " in told
    assert asked_about(seven) == []
    book = excel.book_of(seven.root)
    excel.type_into(book, excel.row_of(book, "07 đơn vị", "", "Đã quyết định"), choice="Bỏ quyết định")
    run.lax("collect")
    assert states(run) == ["late"] * 7
    assert [row["sheet"] for row in asked_about(seven)] == ["Tôi quyết"]


def test_a_unit_that_joins_is_asked_about_and_no_other(seven: Workspace, run: Run, collect: Collect) -> None:
    decide(seven, run, IN_TIME)
    assert states(run) == ["received"] * 7
    post(seven, "SKHCN", "19 Nov 2025 08:00:00")
    collect("19 9")
    assert states(run, *LATE, "SKHCN").count("late") == 1
    (row,) = asked_about(seven)
    assert "Sở Khoa học và Công nghệ" in row["who"]
    assert row["about"].startswith("Đơn vị ghi ngày gửi trước ngày 10/11 nhưng văn bản đến ngày 19/11/2025.")


def test_a_unit_that_was_reminded_came_after_that(reminded: Workspace, run: Run, collect: Collect) -> None:
    send(reminded, "noi-vu.xlsx", 3, OWN, "SNV")
    collect("18 15")
    assert states(run, "SNV") == ["late"]
    assert "Sau thời hạn; ở lần kiểm tra ngày 11/11/2025 chưa có" in report(reminded, run)
    (row,) = asked_about(reminded)
    assert "nhưng đến ngày 11/11/2025 vẫn chưa nhận được." in row["about"]


def mailed_and_saved(workspace: Workspace) -> None:
    """In time by mail, and the same file saved from it."""
    post(workspace, "SNV", "9 Nov 2025 16:00:00")
    send(workspace, "a.xlsx", 3, OWN, "SNV")


def merely_there(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", 3, OWN, "SNV")


def arrival(typed: str) -> Callable[[Workspace], None]:
    """Late by mail; the day of arrival stands in the tracking book."""

    def arrive(workspace: Workspace) -> None:
        post(workspace, "SNV", "18 Nov 2025 10:00:00")
        type_into(workspace, "SNV", {"E": typed})

    return arrive


LOOKED = ("08 9", "12 9")
PROOFS = {
    "a mail in time counts": (LOOKED, mailed_and_saved, "received"),
    "a collect after the deadline proves what was not there": (LOOKED, merely_there, "late"),
    "the moment of the first collect proves nothing": ((), merely_there, "received"),
    "the day in the book stands above all": (LOOKED, arrival("7/11"), "received"),
    "also where it is late": (LOOKED, arrival("16/11"), "late"),
}


@pytest.mark.parametrize("proof", PROOFS)
def test_what_proves_when_it_came(proof: str, workspace: Workspace, run: Run, collect: Collect) -> None:
    looked, arrive, state = PROOFS[proof]
    for moment in looked:
        collect(moment)
    arrive(workspace)
    collect("18 15")
    assert states(run, "SNV") == [state]
    assert bool(asked_about(workspace)) is (state == "late")


def test_what_is_written_over_came_when_it_first_did(
    workspace: Workspace, run: Run, collect: Collect
) -> None:
    send(workspace, "noi-vu.xlsx", 2, date(2025, 11, 7), "SNV")
    collect("08 9")
    collect("12 9")
    send(workspace, "noi-vu.xlsx", 3, OWN, "SNV")
    collect("18 9")
    assert states(run, "SNV") == ["received"]
