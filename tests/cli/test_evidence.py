"""Files that are no workbook: whose they are, and when a scan is evidence and no fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.store.workspace import Workspace
from tests.cli.test_register import send, state, type_into, workspace
from tests.pytest_types import Capture

__all__ = ["workspace"]

PDF = b"%PDF-1.7\n1 0 obj"
SENT = date(2025, 11, 4)


def locked() -> bytes:
    """What Excel makes of a workbook with a password, as far as it is looked at."""
    name = "EncryptedPackage".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\2"
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry).ljust(1024, b"\0")


def zipped(workspace: Workspace, name: str, content: Mapping[str, bytes]) -> None:
    with ZipFile(workspace.inbox / name, "w") as archive:
        for member, data in content.items():
            archive.writestr(member, data)


def form(workspace: Workspace, code: str, done: int = 2) -> bytes:
    """A filled form of a unit, taken out of the inbox again."""
    path = send(workspace, "x.xlsx", done, SENT, code)
    data = path.read_bytes()
    path.unlink()
    return data


def collect(capfd: Capture) -> dict[str, tuple[str, str | None]]:
    """Status and unit of every file, by the end of its name."""
    capfd.readouterr()
    door.main(["collect", "--format", "json"])
    said: dict[str, Any] = json.loads(capfd.readouterr().out)
    return {r["file"].rpartition("/")[2]: (r["status"], r["unit"]) for r in said["returns"]}


def errors(capfd: Capture) -> list[str]:
    capfd.readouterr()
    door.main(["validate", "--format", "json", "--as-of", "20/11/2025"])
    found = json.loads(capfd.readouterr().out)["findings"]
    return [f["code"] for f in found if f["code"].startswith("NH") and f["severity"] == "error"]


# ---------------------------------------------------------------------- by the name of the form


def test_a_locked_file_named_as_a_form_is_that_units_and_it_is_not_reminded_as_silent(
    workspace: Workspace, capfd: Capture
) -> None:
    (workspace.inbox / "BM2025_SYT_So-Y-te (1).xlsx").write_bytes(locked())
    zipped(workspace, "a.zip", {"BM2025_STC_So-Tai-chinh.xlsx": locked() + b"2"})
    found = collect(capfd)
    assert found["BM2025_SYT_So-Y-te (1).xlsx"] == ("refused", "SYT")
    assert found["BM2025_STC_So-Tai-chinh.xlsx"] == ("refused", "STC")
    assert state(capfd)["status"] == "unusable"
    capfd.readouterr()
    assert door.main(["letter", "remind"]) == 0
    assert "Sở Y tế" not in capfd.readouterr().out


# ------------------------------------------------------------------------- beside a workbook


def test_a_scan_in_the_zip_or_mail_of_one_units_return_is_evidence(
    workspace: Workspace, capfd: Capture
) -> None:
    zipped(workspace, "syt.zip", {"bieu.xlsx": form(workspace, "SYT"), "ky/cong van.pdf": PDF})
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.vn", "c@d.vn", "Gửi"
    mail.set_content("Kính gửi")
    mail.add_attachment(form(workspace, "STC"), "application", "octet-stream", filename="b.xlsx")
    mail.add_attachment(b"\x89PNG\r\n\x1a\n", "image", "png", filename="trang ky.png")
    (workspace.inbox / "thu.eml").write_bytes(mail.as_bytes())
    found = collect(capfd)
    assert found["cong van.pdf"] == ("evidence", "SYT")
    assert found["trang ky.png"] == ("evidence", "STC")
    assert errors(capfd) == []
    assert state(capfd)["status"] == "received"
    capfd.readouterr()
    assert door.main(["collect"]) == 0
    assert "văn bản kèm theo" in " ".join(capfd.readouterr().out.split())


# ------------------------------------------------------------------------------- paper alone

ENTERED = (
    "decide",
    "--unit",
    "SYT",
    "--set",
    "T1.total=4; T1.done=3",
    "--reason",
    "bản giấy",
    "--document",
    "12/BC",
)


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("scan001.pdf", {"C": "12/BC", "D": SENT, "H": "scan001.pdf"}),
        ("Bao cao So Y te.pdf", {"C": "12/BC", "D": SENT}),
    ],
    ids=["named in the book", "named by itself"],
)
def test_a_scanned_return_is_typed_in_whether_or_not_the_book_names_its_file(
    file: str, row: dict[str, Any], workspace: Workspace, capfd: Capture
) -> None:
    (workspace.inbox / file).write_bytes(PDF)
    type_into(workspace, "SYT", row)
    assert collect(capfd) == {file: ("evidence", "SYT"), "so-theo-doi.xlsx": ("paper", "SYT")}
    assert errors(capfd) == []
    assert door.main(list(ENTERED)) == 0
    found = state(capfd)
    assert (found["status"], found["document"], found["sent_on"]) == ("paper", "12/BC", "2025-11-04")
    capfd.readouterr()
    door.main(["render", "--final"])
    assert Path(file).stem not in capfd.readouterr().out


def test_a_row_that_names_the_scan_dates_the_workbook_beside_it(workspace: Workspace, capfd: Capture) -> None:
    send(workspace, "a.xlsx", 2, None)
    (workspace.inbox / "scan.pdf").write_bytes(PDF)
    type_into(workspace, "SYT", {"C": "12/BC", "D": SENT, "H": "scan.pdf"})
    assert collect(capfd)["scan.pdf"] == ("evidence", "SYT")
    assert state(capfd)["document"] == "12/BC"
    assert "NH75" not in errors(capfd)


def test_rows_that_name_the_scans_of_one_paper_page_by_page_date_the_workbook(
    workspace: Workspace, capfd: Capture
) -> None:
    send(workspace, "a.xlsx", 2, None)
    for n in (1, 2):
        (workspace.inbox / f"trang {n}.pdf").write_bytes(PDF + bytes([n]))
    row = {"C": "12/BC", "D": SENT}
    type_into(workspace, "SYT", row | {"H": "trang 1.pdf"})
    add_row(workspace, {"A": "SYT", **row, "H": "trang 2.pdf"})
    assert {*collect(capfd).values()} == {("effective", "SYT"), ("evidence", "SYT")}
    assert state(capfd)["sent_on"] == "2025-11-04"
    assert "NH75" not in told(capfd)


def add_row(workspace: Workspace, said: Mapping[str, Any]) -> None:
    book = openpyxl.load_workbook(workspace.book)
    sheet = book.worksheets[0]
    row = sheet.max_row + 1
    for column, value in said.items():
        sheet[f"{column}{row}"] = value
    book.save(workspace.book)


def told(capfd: Capture) -> list[str]:
    """The codes of all that validate finds."""
    capfd.readouterr()
    door.main(["validate", "--format", "json"])
    return [f["code"] for f in json.loads(capfd.readouterr().out)["findings"]]
