"""Whose a file is: a return on another's form, a scan, what can't be read, until the officer has said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dvctt_report.cli import door
from dvctt_report.cli.menu import YearState
from dvctt_report.store.workspace import Workspace
from tests.cli.officer import AS_OF, PDF, Run, page_of, send, send_as, type_into
from tests.intake.arrivals import mail, zipped
from tests.pytest_types import Capture, Patch

WRONG = "Sở Nội vụ nộp.xlsx"
FINAL = f"render --final {AS_OF}"
REMIND = f"letter remind {AS_OF}"


@pytest.fixture
def wrong(workspace: Workspace) -> Workspace:
    """Sở Nội vụ has sent its figures on the form of Sở Y tế."""
    send_as(workspace, WRONG, "SYT", "987/BC-SNV")
    return workspace


def states(run: Run, *codes: str) -> list[str]:
    found = run.units()
    return [found[code]["status"] for code in codes]


def codes(run: Run, unit: str = "") -> list[str]:
    return [f["code"] for f in run.findings(unit=unit)]


def denominator(run: Run) -> object:
    return run.json(f"explain T1 {AS_OF}")["indicator"]["denominator"]


def test_its_figures_are_nobodys_and_both_units_are_named(wrong: Workspace, run: Run) -> None:
    assert run.statuses() == {WRONG: "undecided"}
    assert states(run, "SYT", "SNV") == ["undecided", "unusable"]
    (told,) = run.findings("NH77")
    assert (told["severity"], told["unit"], told["value"]) == ("error", "SYT", "987/BC-SNV")
    assert told["cell"]
    assert "Sở Y tế" in told["message"]
    assert "Sở Nội vụ" in told["message"]
    owing = {f["unit"] for f in run.findings("TH02")}
    assert owing
    assert owing.isdisjoint({"SYT", "SNV"})
    assert denominator(run) == 0
    said = run(REMIND)
    assert "Không đôn đốc Sở Nội vụ: có tệp chờ xác định của đơn vị nào." in said
    assert "Sở Nội vụ," not in said.replace("Không đôn đốc Sở Nội vụ", "")
    said = run(FINAL, 1)
    assert f"Tệp “nhan-ve/2025/{WRONG}” có thể là của Sở Y tế và Sở Nội vụ, chưa quyết định" in said
    assert "SYT; dvctt-report decide" in said
    assert "của đơn vị nào" in run(f"decide {told['id']} --accept --reason x --document y", 2)
    send_as(wrong, "đúng.xlsx", "SYT", "12/BC-SYT", 4)
    assert run.statuses() == {WRONG: "undecided", "đúng.xlsx": "effective"}
    assert states(run, "SYT") == ["received"]


@pytest.mark.parametrize(
    ("decision", "status", "n"),
    [
        ("--use", "received", 4),
        ("--reject --reason 'nhầm biểu'", "unusable", 0),
    ],
)
@pytest.mark.usefixtures("wrong")
def test_the_officer_settles_it_in_one_step(decision: str, status: str, n: int, run: Run) -> None:
    run("collect", 1)
    run(f"decide '{WRONG}' {decision}")
    run("collect")
    assert states(run, "SYT") == [status]
    assert denominator(run) == n


def test_a_file_is_given_to_the_unit_that_filled_it_in(wrong: Workspace, run: Run) -> None:
    run("collect", 1)
    assert "Của Sở Nội vụ: " in run.lax(f"decide '{WRONG}' --unit SNV")
    send_as(wrong, "đúng.xlsx", "SYT", "12/BC-SYT", 4)
    assert run.statuses() == {WRONG: "effective", "đúng.xlsx": "effective"}
    assert {*states(run, "SNV", "SYT")} <= {"received", "late"}  # by when it was looked
    assert [one["choice"] for one in run.decided()] == ["assign"]
    assert "987/BC-SNV" in run(f"explain T1 --unit SNV {AS_OF}")
    assert "có thể là của" not in run("render --final", 1)
    assert "Đã bỏ: Của Sở Nội vụ" in run(f"decide '{WRONG}' --undo")
    assert run.statuses()[WRONG] == "undecided"


@pytest.mark.parametrize("code", ["SGDDT", "NSN"])
def test_what_the_form_does_not_ask_is_asked_anew(code: str, workspace: Workspace, run: Run) -> None:
    send_as(workspace, "a.xlsx", "SYT", f"987/BC-{code}")
    run("collect", 1)
    said = run(f"decide a.xlsx --unit {code}", 1)
    assert "trên biểu cấp cho Sở Y tế, chưa có số liệu của" in said
    assert f"BM2025_{code}" in said
    run.lax("collect")
    assert states(run, code, "SYT") == ["received", "missing"]
    assert [f["unit"] for f in run.findings("NH82")] == [code]
    run.lax(f"feedback {AS_OF}")
    assert [*(workspace.results / "chinh-ly").glob(f"*{code}*")]


@pytest.mark.parametrize("at_a_terminal", [False, True])
def test_what_an_answer_brings_up_is_asked_in_the_same_sitting(
    at_a_terminal: bool, workspace: Workspace, monkeypatch: Patch, run: Run, capfd: Capture
) -> None:
    """Whose a file is; then which file of that unit counts; then of which period its figures are."""
    send_as(workspace, "một.xlsx", "SNV", "1/BC-SNV", 2)
    path = send_as(workspace, "hai.xlsx", "SYT", "987/BC-SNV", 3)
    book = load_workbook(path)
    cell = next(c for row in book["Bìa"].iter_rows() for c in row if str(c.value).startswith("từ ngày"))
    cell.value = "từ ngày 01/01/2025 đến hết ngày 30/6/2025"
    book.save(path)
    run.lax("collect")
    if not at_a_terminal:
        assert "Tiếp theo phải quyết định: NH06-" in run("decide hai.xlsx --unit SNV", 1)
        assert "Tiếp theo phải quyết định: NH59-" in run("decide hai.xlsx --use", 1)
        return
    (row,) = [m for m in run.json("decide")["matters"] if m["file"]]
    monkeypatch.setattr("dvctt_report.cli.decide.is_terminal", lambda _: True)
    answers = ["Của Sở Nội vụ", "Dùng hai.xlsx", "Để ngoài tổng hợp"]

    def choose(text: str, default: str = "") -> str:
        offered = [line.split(maxsplit=1) for line in capfd.readouterr().out.splitlines() if line[:2] == "  "]
        wanted = answers.pop(0)
        return next(n for n, words in offered if words.startswith(wanted))

    monkeypatch.setattr("dvctt_report.cli.ask.ask", choose)
    assert door.main(["decide", row["name"]]) == 0
    assert answers == []


# ------------------------------------------------------------------------------- what isn't read

WORDS = "đã gửi (bản quét, chờ nhập)"


def test_a_scan_is_proposed_to_its_unit(workspace: Workspace, run: Run) -> None:
    name = "Báo cáo Sở Nội vụ.pdf"
    (workspace.inbox / name).write_bytes(PDF)
    run("collect", 1)
    assert states(run, "SNV") == ["to_enter"]
    assert WORDS in run(f"status {AS_OF}")
    assert f"{WORDS} 1" in YearState(workspace, datetime.now()).told()
    assert f"Không đôn đốc Sở Nội vụ: {WORDS}." in run(REMIND)
    assert WORDS.capitalize() in page_of(workspace.root).body.text_content()
    assert "NH80" in run(FINAL, 1)
    run(f"decide '{name}' --unit SNV", 1)
    assert "NH80" not in run(FINAL, 1)
    assert states(run, "SNV") == ["to_enter"]
    send_as(workspace, "đúng.xlsx", "SNV", "1/BC-SNV")
    run.lax("collect")
    assert states(run, "SNV") == ["received"]


ODS = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
SENDER = "Văn thư Sở Nội vụ <vanthu@example.com>"


@pytest.mark.parametrize(
    ("name", "data", "fix"),
    [
        ("thư.eml", mail([("bieu.ods", ODS)], sender=SENDER), "LibreOffice"),
        ("BM2025_SNV_So-Noi-vu.xls", b"<html><table><tr><td>5</td></tr></table></html>", "bằng Excel"),
    ],
    ids=["the sender", "a web page"],
)
def test_a_file_that_is_not_read_has_come_from_the_unit_that_it_tells_of(
    name: str, data: bytes, fix: str, workspace: Workspace, run: Run
) -> None:
    """Its unit isn't reminded, but told how to send it; a figure of it is nowhere."""
    (workspace.inbox / name).write_bytes(data)
    assert {*run.statuses().values()} == {"refused"}
    assert states(run, "SNV") == ["unusable"]
    (told,) = [f for f in run.findings(unit="SNV") if f["severity"] == "error"]
    assert fix in told["fix"]
    assert "TH02" not in codes(run, "SNV")
    said = run(f"{REMIND} --unit SNV")
    assert "Không đôn đốc Sở Nội vụ: đã gửi biểu nhưng chưa dùng được" in said
    assert ".docx: " not in said
    assert "chưa dùng được" in page_of(workspace.root).body.text_content()
    assert "Sở Nội vụ" in run(f"letter feedback --unit SNV {AS_OF}")
    send_as(workspace, "đúng.xlsx", "SNV", "1/BC-SNV")
    run.lax("collect")
    assert states(run, "SNV") == ["received"]


def test_an_unread_file_that_tells_of_two_units_reminds_neither(workspace: Workspace, run: Run) -> None:
    (workspace.inbox / "thư.eml").write_bytes(mail([("Sở Y tế.ods", ODS)], sender=SENDER))
    run.lax("collect")
    assert states(run, "SNV", "SYT") == ["unusable", "unusable"]
    said = run(f"{REMIND} --unit SNV --unit SYT")
    for name in ("Sở Nội vụ", "Sở Y tế"):
        assert f"Không đôn đốc {name}: có tệp chờ xác định của đơn vị nào." in said


def test_a_unit_whose_scan_waits_has_not_sent_nothing(workspace: Workspace, run: Run) -> None:
    (workspace.inbox / "Scan bao cao So Tai chinh nam 2025.pdf").write_bytes(PDF)
    run.lax("collect")
    basis = "--basis 'Zalo: chị Lan'"
    said = run(f"decide --leave-out --unit STC --reason 'chưa nhập' {basis}", 2)
    name = said.partition("dvctt-report decide ")[2].split()[0]
    assert name.startswith("NH80-")
    run(f"decide {name} --accept --reason 'đã hỏi' {basis}")


# ---------------------------------------------------------------------- evidence beside a workbook

SENT = date(2025, 11, 4)


def owners(run: Run) -> dict[str, tuple[str, str | None]]:
    """Status and unit of every file, by the end of its name."""
    returns = run.json("collect")["returns"]
    return {r["file"].rpartition("/")[2]: (r["status"], r["unit"]) for r in returns}


def form(workspace: Workspace, code: str) -> bytes:
    """A filled form of a unit, taken out of the inbox again."""
    path = send(workspace, "x.xlsx", 2, SENT, code)
    data = path.read_bytes()
    path.unlink()
    return data


def test_a_scan_in_the_zip_or_mail_of_one_units_return_is_evidence(workspace: Workspace, run: Run) -> None:
    packed = zipped({"bieu.xlsx": form(workspace, "SYT"), "ky/cong van.pdf": PDF})
    (workspace.inbox / "syt.zip").write_bytes(packed)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@b.vn", "c@d.vn", "Gửi"
    letter.set_content("Kính gửi")
    letter.add_attachment(form(workspace, "STC"), "application", "octet-stream", filename="b.xlsx")
    letter.add_attachment(b"\x89PNG\r\n\x1a\n", "image", "png", filename="trang ky.png")
    (workspace.inbox / "thu.eml").write_bytes(letter.as_bytes())
    found = owners(run)
    assert found["cong van.pdf"] == ("evidence", "SYT")
    assert found["trang ky.png"] == ("evidence", "STC")
    assert [code for code in codes(run) if code.startswith("NH8")] == []
    assert states(run, "SYT") == ["received"]
    assert "văn bản kèm theo" in run("collect")


@pytest.mark.parametrize(
    ("file", "named"),
    [("scan001.pdf", {"H": "scan001.pdf"}), ("Bao cao So Y te.pdf", {})],
    ids=["named in the book", "named by itself"],
)
def test_a_scanned_return_is_typed_in_whether_or_not_the_book_names_its_file(
    file: str, named: Mapping[str, Any], workspace: Workspace, run: Run
) -> None:
    (workspace.inbox / file).write_bytes(PDF)
    type_into(workspace, "SYT", {"C": "12/BC", "D": SENT, **named})
    assert owners(run) == {file: ("evidence", "SYT"), "so-theo-doi.xlsx": ("paper", "SYT")}
    run("decide --unit SYT --set 'T1.total=4; T1.done=3' --reason 'bản giấy' --document 12/BC")
    found = run.units()["SYT"]
    assert (found["status"], found["document"], found["sent_on"]) == ("paper", "12/BC", "2025-11-04")
    assert Path(file).stem not in run("render --final", 1)
