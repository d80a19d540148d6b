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
from dvctt_report.workspace import Workspace
from tests.cli.test_register import send, state, type_into, workspace

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


def collect(capfd: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str | None]]:
    """Status and unit of every file, by the end of its name."""
    capfd.readouterr()
    door.main(["collect", "--format", "json"])
    said: dict[str, Any] = json.loads(capfd.readouterr().out)
    return {r["file"].rpartition("/")[2]: (r["status"], r["unit"]) for r in said["returns"]}


def errors(capfd: pytest.CaptureFixture[str]) -> list[str]:
    capfd.readouterr()
    door.main(["validate", "--format", "json", "--as-of", "20/11/2025"])
    found = json.loads(capfd.readouterr().out)["findings"]
    return [f["code"] for f in found if f["code"].startswith("NH") and f["severity"] == "error"]


# ---------------------------------------------------------------------- by the name of the form


def test_a_locked_file_named_as_a_form_is_that_units_and_it_is_not_reminded_as_silent(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
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


@pytest.mark.parametrize("name", ["BM2024_SYT_So-Y-te.xlsx", "BM2025_XYZ_a.xlsx"])
def test_the_name_of_another_years_form_says_nothing(
    name: str, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (workspace.inbox / name).write_bytes(locked())
    assert collect(capfd)[name] == ("refused", None)


def test_a_mere_name_is_to_be_confirmed(workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    (workspace.inbox / "So Y te.xlsx").write_bytes(locked())
    assert collect(capfd)["So Y te.xlsx"] == ("refused", "SYT")
    door.main(["render", "--final", "--as-of", "20/11/2025 17:00"])
    assert "NH80" in capfd.readouterr().out


def test_what_is_in_a_file_counts_more_than_its_name(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    name = "BM2025_SYT_So-Y-te.xlsx"
    (workspace.inbox / name).write_bytes(form(workspace, "STC"))
    assert collect(capfd)[name] == ("effective", "STC")


# ------------------------------------------------------------------------- beside a workbook


def test_a_scan_in_the_zip_or_mail_of_one_units_return_is_evidence(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
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


def test_a_scan_that_bears_the_unit_is_evidence_beside_its_workbook_and_else_to_be_entered(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (workspace.inbox / "Cong van So Y te.pdf").write_bytes(PDF)
    assert collect(capfd)["Cong van So Y te.pdf"] == ("refused", "SYT")
    assert errors(capfd) == ["NH01"]
    send(workspace, "a.xlsx", 2, SENT)
    assert collect(capfd)["Cong van So Y te.pdf"] == ("evidence", "SYT")
    assert errors(capfd) == []


@pytest.mark.parametrize("name", ["cong van.pdf", "Cong van So Xay dung.pdf"])
def test_a_scan_among_several_units_or_against_its_name_stays_a_question(
    name: str, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    several = {"a.xlsx": form(workspace, "SYT"), "b.xlsx": form(workspace, "STC"), "cong van.pdf": PDF}
    one = {"a.xlsx": form(workspace, "SYT"), "Cong van So Xay dung.pdf": PDF}
    zipped(workspace, "a.zip", several if name in several else one)
    assert collect(capfd)[name] == ("refused", None)
    assert "NH01" in errors(capfd)


def test_of_several_units_in_one_zip_each_folder_is_one_units(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    content = {"1/a.xlsx": form(workspace, "SYT"), "1/cv.pdf": PDF, "2/b.xlsx": form(workspace, "STC")}
    zipped(workspace, "a.zip", content)
    assert collect(capfd)["cv.pdf"] == ("evidence", "SYT")


def test_a_locked_workbook_beside_a_usable_one_is_no_evidence(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    zipped(workspace, "a.zip", {"a.xlsx": form(workspace, "SYT"), "b.xlsx": locked()})
    assert collect(capfd)["b.xlsx"] == ("refused", None)


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
        ("Bao cao So Y te.pdf", {"C": "12/BC", "D": SENT, "H": "Bao cao So Y te.pdf"}),
        ("Bao cao So Y te.pdf", {"C": "12/BC", "D": SENT}),
        ("BM2025_SYT_So-Y-te.pdf", {"C": "12/BC", "D": SENT}),
    ],
    ids=["named in the book", "named twice", "named by itself", "named as the form"],
)
def test_a_scanned_return_is_typed_in_whether_or_not_the_book_names_its_file(
    file: str, row: dict[str, Any], workspace: Workspace, capfd: pytest.CaptureFixture[str]
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


def test_a_row_without_a_number_leaves_the_scan_a_file_that_cannot_be_used(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (workspace.inbox / "scan.pdf").write_bytes(PDF)
    type_into(workspace, "SYT", {"D": SENT, "H": "scan.pdf"})
    assert collect(capfd) == {"scan.pdf": ("refused", "SYT")}
    assert door.main(list(ENTERED)) == door.CANNOT_RUN


def test_a_row_that_names_the_scan_dates_the_workbook_beside_it(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    send(workspace, "a.xlsx", 2, None)
    (workspace.inbox / "scan.pdf").write_bytes(PDF)
    type_into(workspace, "SYT", {"C": "12/BC", "D": SENT, "H": "scan.pdf"})
    assert collect(capfd)["scan.pdf"] == ("evidence", "SYT")
    assert state(capfd)["document"] == "12/BC"
    assert "NH75" not in errors(capfd)


def test_of_scans_with_one_name_each_is_of_the_unit_it_came_with(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, code in (("a.zip", "SYT"), ("b.zip", "STC")):
        zipped(workspace, name, {f"{code}.xlsx": form(workspace, code), "BC.pdf": PDF + code.encode()})
        type_into(workspace, code, {"C": f"12/{code}", "D": SENT, "H": "BC.pdf"})
    assert scans(capfd) == {"a.zip": ("evidence", "SYT"), "b.zip": ("evidence", "STC")}


def test_of_two_scans_with_one_name_the_row_is_not_about_the_one_beside_another_units_workbook(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    zipped(workspace, "b.zip", {"b.xlsx": form(workspace, "STC"), "BC.pdf": PDF})
    (workspace.inbox / "BC.pdf").write_bytes(PDF + b"2")
    type_into(workspace, "SYT", {"C": "12/BC", "D": SENT, "H": "BC.pdf"})
    assert scans(capfd) == {"b.zip": ("evidence", "STC"), "2025": ("evidence", "SYT")}


def test_the_row_that_names_the_only_scan_of_that_name_is_believed(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    zipped(workspace, "b.zip", {"b.xlsx": form(workspace, "STC"), "BC.pdf": PDF})
    type_into(workspace, "SYT", {"C": "12/BC", "D": SENT, "H": "BC.pdf"})
    assert scans(capfd) == {"b.zip": ("evidence", "SYT")}


def scans(capfd: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str | None]]:
    """Status and unit of the scan in each container."""
    capfd.readouterr()
    door.main(["collect", "--format", "json"])
    returns = json.loads(capfd.readouterr().out)["returns"]
    found = ((r["file"].split("/")[-2].removesuffix("!"), r) for r in returns if r["file"].endswith(".pdf"))
    return {container: (r["status"], r["unit"]) for container, r in found}


def test_rows_that_name_the_scans_of_one_paper_page_by_page_date_the_workbook(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
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


def told(capfd: pytest.CaptureFixture[str]) -> list[str]:
    """The codes of all that validate finds."""
    capfd.readouterr()
    door.main(["validate", "--format", "json"])
    return [f["code"] for f in json.loads(capfd.readouterr().out)["findings"]]
