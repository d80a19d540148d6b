"""A return on another unit's form: nobody's figures until the officer has said whose they are."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from openpyxl import Workbook, load_workbook

from dvctt_report.cli import door
from dvctt_report.cli.menu import YearState
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.store.workspace import Workspace
from tests.cli.test_commands import plain_answers, run_json
from tests.cli.test_page import page_of
from tests.cli.test_register import collected, state, type_into, workspace
from tests.intake.arrivals import mail, zipped
from tests.pytest_types import Capture, Patch

__all__ = ["workspace"]


def send_as(
    workspace: Workspace,
    name: str,
    form_of: str,
    number: str,
    done: int = 3,
    more: Mapping[Key, Answer] = MappingProxyType({}),
) -> Path:
    """Put the form of one unit into the inbox, with the number of a document."""
    unit = workspace.profile.roster.unit(form_of)
    answers = plain_answers(workspace.profile, unit)
    answers[Key("_", "document_number")] = number
    answers[Key("_", "sent_on")] = date(2025, 11, 5)
    answers[Key("T1", "done")] = done
    answers.update(more)
    path = workspace.inbox / name
    path.write_bytes(form_bytes(workspace.profile, unit, workspace.period, answers))
    return path


@pytest.fixture
def wrong(workspace: Workspace, capfd: Capture) -> Workspace:
    """Sở Nội vụ has sent its figures on the form of Sở Y tế."""
    send_as(workspace, "Sở Nội vụ nộp.xlsx", "SYT", "987/BC-SNV")
    capfd.readouterr()
    return workspace


def test_its_figures_are_used_for_nobody_and_both_units_are_named(wrong: Workspace, capfd: Capture) -> None:
    assert collected(capfd) == {"Sở Nội vụ nộp.xlsx": "undecided"}
    assert state(capfd)["status"] == "undecided"
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    (told,) = [f for f in said["findings"] if f["code"] == "NH77"]
    assert (told["severity"], told["unit"], told["value"]) == ("error", "SYT", "987/BC-SNV")
    assert told["cell"]
    assert "Sở Y tế" in told["message"]
    assert "Sở Nội vụ" in told["message"]
    _, said = run_json(capfd, "explain", "T1", "--as-of", "20/11/2025")
    assert said["indicator"]["denominator"] == 0


def test_no_final_report_while_it_is_open(wrong: Workspace, capfd: Capture) -> None:
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["render", "--final", "--as-of", "20/11/2025 17:00"]) == 1
    said = capfd.readouterr().out
    assert "Tệp “nhan-ve/2025/Sở Nội vụ nộp.xlsx” có thể là của Sở Y tế và Sở Nội vụ, chưa quyết định" in said
    assert "SYT; dvctt-report decide" in said


def test_the_choice_is_no_finding_to_accept(wrong: Workspace, capfd: Capture) -> None:
    door.main(["collect"])
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    (told,) = [f for f in said["findings"] if f["code"] == "NH77"]
    assert door.main(["decide", told["id"], "--accept", "--reason", "x", "--document", "y"]) == 2
    assert "của đơn vị nào" in capfd.readouterr().err


def test_the_right_file_of_the_unit_counts_beside_it(wrong: Workspace, capfd: Capture) -> None:
    send_as(wrong, "đúng.xlsx", "SYT", "12/BC-SYT", 4)
    assert collected(capfd) == {"Sở Nội vụ nộp.xlsx": "undecided", "đúng.xlsx": "effective"}
    assert state(capfd)["status"] == "received"


@pytest.mark.parametrize(
    ("decision", "status", "n"),
    [
        (("--use",), "received", 4),
        (("--unit", "SYT"), "received", 4),
        (("--reject", "--reason", "nhầm biểu"), "unusable", 0),
    ],
)
def test_the_officer_settles_it_in_one_step(
    decision: tuple[str, ...], status: str, n: int, wrong: Workspace, capfd: Capture
) -> None:
    door.main(["collect"])
    assert door.main(["decide", "Sở Nội vụ nộp.xlsx", *decision]) == 0
    door.main(["collect"])
    capfd.readouterr()
    assert state(capfd)["status"] == status
    _, said = run_json(capfd, "explain", "T1", "--as-of", "20/11/2025")
    assert said["indicator"]["denominator"] == n


def test_a_file_that_is_gone_is_confirmed_before_a_report_is_final(
    workspace: Workspace, capfd: Capture
) -> None:
    path = send_as(workspace, "a.xlsx", "SYT", "12/BC-SYT")
    door.main(["collect"])
    path.unlink()
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["render", "--final", "--as-of", "20/11/2025 17:00"]) == 1
    assert "NH65 · Sở Y tế" in capfd.readouterr().out


def units(capfd: Capture) -> dict[str, str]:
    _, said = run_json(capfd, "status", "--as-of", "20/11/2025")
    return {u["unit"]: u["status"] for u in said["units"]}


def told(capfd: Capture, *argv: str) -> str:
    capfd.readouterr()
    door.main([*argv])
    return " ".join(capfd.readouterr().out.split())


def test_neither_unit_is_reminded_while_it_is_open(wrong: Workspace, capfd: Capture) -> None:
    door.main(["collect"])
    assert units(capfd)["SNV"] == "unusable"
    said = told(capfd, "letter", "remind", "--as-of", "20/11/2025")
    assert "Không đôn đốc Sở Nội vụ: có tệp chờ xác định của đơn vị nào." in said
    assert "Sở Nội vụ," not in said.replace("Không đôn đốc Sở Nội vụ", "")


def test_a_file_is_given_to_the_unit_that_filled_it_in(wrong: Workspace, capfd: Capture) -> None:
    door.main(["collect"])
    assert "Của Sở Nội vụ: " in told(capfd, "decide", "Sở Nội vụ nộp.xlsx", "--unit", "SNV")
    send_as(wrong, "đúng.xlsx", "SYT", "12/BC-SYT", 4)
    assert collected(capfd) == {"Sở Nội vụ nộp.xlsx": "effective", "đúng.xlsx": "effective"}
    assert {units(capfd)[unit] for unit in ("SNV", "SYT")} <= {"received", "late"}  # by when it was looked
    assert "assign" in told(capfd, "decide", "--format", "json")
    assert "987/BC-SNV" in told(capfd, "explain", "T1", "--unit", "SNV", "--as-of", "20/11/2025")
    assert not [line for line in told(capfd, "render", "--final").split("→") if "có thể là của" in line]
    assert "Đã bỏ: Của Sở Nội vụ" in told(capfd, "decide", "Sở Nội vụ nộp.xlsx", "--undo")
    assert collected(capfd)["Sở Nội vụ nộp.xlsx"] == "undecided"


def test_nothing_stands_that_rests_on_the_unit_which_it_is_not_of(
    workspace: Workspace, capfd: Capture
) -> None:
    """Its own documents, name and signature are no other's, in findings, in its list and in the draft."""
    own: dict[Key, Answer] = {
        Key("VB", "number", "1"): "123/SNV-VP",
        Key("VB", "issued_on", "1"): date(2025, 3, 4),
        Key("VB", "subject", "1"): "Tuyên truyền dịch vụ công",
        Key("_", "signer"): "Giám đốc Sở Nội vụ Nguyễn Văn A",
        Key("_", "contact"): "Trần Thị B, Sở Nội vụ",
    }
    path = send_as(workspace, "Sở Nội vụ nộp.xlsx", "SYT", "987/BC-SNV", more=own)
    book = load_workbook(path)
    for sheet in book.worksheets:
        if isinstance(sheet["B1"].value, str) and sheet["B1"].value.isupper():
            sheet["B1"] = "SỞ NỘI VỤ"
    book.worksheets[2].title = "02 Sở Nội vụ"
    book.save(path)
    door.main(["collect"])
    door.main(["decide", path.name, "--unit", "SNV"])
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    about = [f for f in said["findings"] if f["unit"] in ("SNV", "SYT")]
    assert [f["code"] for f in about if "Sở Y tế" in f["message"]] == ["NH82"]
    assert not {f["code"] for f in about} & {"DL33", "NH40", "NH42", "NH43", "NH51", "NH77", "NH79"}
    told(capfd, "feedback", "--as-of", "20/11/2025")
    (listed,) = (workspace.results / "chinh-ly").glob("*SNV*")
    cells = [str(c.value) for s in load_workbook(listed).worksheets for row in s.iter_rows() for c in row]
    assert not [text for text in cells if "là văn bản của" in text or "là của Sở" in text]


@pytest.mark.parametrize("code", ["SNV", "SGDDT", "NSN"])
def test_what_the_form_does_not_ask_is_asked_anew(code: str, workspace: Workspace, capfd: Capture) -> None:
    send_as(workspace, "a.xlsx", "SYT", f"987/BC-{code}")
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["decide", "a.xlsx", "--unit", code]) == 1
    said = " ".join(capfd.readouterr().out.split())
    assert "trên biểu cấp cho Sở Y tế, chưa có số liệu của" in said
    assert f"BM2025_{code}" in said
    door.main(["collect"])
    capfd.readouterr()
    assert {units(capfd)[unit] for unit in (code, "SYT")} == {"received", "missing"}
    _, listed = run_json(capfd, "validate", "--as-of", "20/11/2025")
    assert [f["unit"] for f in listed["findings"] if f["code"] == "NH82"] == [code]
    told(capfd, "feedback", "--as-of", "20/11/2025")
    assert [*(workspace.results / "chinh-ly").glob(f"*{code}*")]


def test_the_row_of_the_tracking_book_leaves_it_open_and_is_no_lost_row(
    workspace: Workspace, capfd: Capture
) -> None:
    send_as(workspace, "a.xlsx", "SYT", "12/BC-SYT")
    door.main(["collect"])
    type_into(workspace, "SNV", {"H": "a.xlsx"})
    capfd.readouterr()
    assert collected(capfd) == {"a.xlsx": "undecided"}
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    codes = [f["code"] for f in said["findings"]]
    assert "NH77" in codes
    assert "NH75" not in codes
    assert door.main(["decide", "a.xlsx", "--unit", "SYT"]) == 0
    assert collected(capfd) == {"a.xlsx": "effective"}


WORDS = "đã gửi (bản quét, chờ nhập)"


@pytest.mark.parametrize("name", ["Báo cáo Sở Nội vụ.pdf", "bảng của Sở Nội vụ.xlsx"])
def test_a_scan_or_a_sheet_of_its_own_is_proposed_to_the_unit_that_it_names(
    name: str, workspace: Workspace, capfd: Capture
) -> None:
    path = workspace.inbox / name
    if name.endswith(".pdf"):
        path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    else:
        book = Workbook()
        book.active.append(["Kết quả tuyên truyền", 12])
        book.save(path)
    door.main(["collect"])
    assert units(capfd)["SNV"] == "to_enter"
    assert WORDS in told(capfd, "status", "--as-of", "20/11/2025")
    assert f"{WORDS} 1" in YearState(workspace, datetime.now()).told()
    said = told(capfd, "letter", "remind", "--as-of", "20/11/2025")
    assert f"Không đôn đốc Sở Nội vụ: {WORDS}." in said
    assert WORDS.capitalize() in page_of(workspace.root).body.text_content()
    assert "NH80" in told(capfd, "render", "--final", "--as-of", "20/11/2025 17:00")
    assert door.main(["decide", name, "--unit", "SNV"]) == 1
    assert "NH80" not in told(capfd, "render", "--final", "--as-of", "20/11/2025 17:00")
    assert units(capfd)["SNV"] == "to_enter"
    send_as(workspace, "đúng.xlsx", "SNV", "1/BC-SNV")
    door.main(["collect"])
    assert units(capfd)["SNV"] == "received"


ODS = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})


@pytest.mark.parametrize(
    ("name", "data", "fix"),
    [
        ("BM2025_SNV_So-Noi-vu.ods", ODS, "LibreOffice"),
        ("Biểu số liệu Sở Nội vụ.ods", ODS, "LibreOffice"),
        (
            "thư.eml",
            mail([("bieu.ods", ODS)], sender="Văn thư Sở Nội vụ <vanthu@example.com>"),
            "LibreOffice",
        ),
        ("BM2025_SNV_So-Noi-vu.xls", b"<html><table><tr><td>5</td></tr></table></html>", "bằng Excel"),
        ("Sở Nội vụ.mht", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n<html>", "bằng Excel"),
    ],
    ids=["the name of its form", "the unit's name", "the sender of a mail", "a web page", "an archive"],
)
def test_a_file_that_is_not_read_has_come_from_the_unit_that_it_tells_of(
    name: str, data: bytes, fix: str, workspace: Workspace, capfd: Capture
) -> None:
    """Its unit isn't reminded, but told how to send it; a figure of it is nowhere."""
    (workspace.inbox / name).write_bytes(data)
    assert set(collected(capfd).values()) == {"refused"}
    assert units(capfd)["SNV"] == "unusable"
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    (told_of,) = [f for f in said["findings"] if f["code"] == "NH01"]
    assert (told_of["unit"], fix in told_of["fix"], ".xlsx" in told_of["fix"]) == ("SNV", True, True)
    assert "TH02" not in [f["code"] for f in said["findings"] if f["unit"] == "SNV"]
    said = told(capfd, "letter", "remind", "--unit", "SNV", "--as-of", "20/11/2025")
    assert "Không đôn đốc Sở Nội vụ: đã gửi biểu nhưng chưa dùng được" in said
    assert ".docx: " not in said
    assert "chưa dùng được" in page_of(workspace.root).body.text_content()
    assert "Sở Nội vụ" in told(capfd, "letter", "feedback", "--unit", "SNV", "--as-of", "20/11/2025")
    send_as(workspace, "đúng.xlsx", "SNV", "1/BC-SNV")
    door.main(["collect"])
    assert units(capfd)["SNV"] == "received"


def test_a_file_that_is_not_read_and_tells_of_two_units_reminds_neither(
    workspace: Workspace, capfd: Capture
) -> None:
    sender = "Văn thư Sở Nội vụ <vanthu@example.com>"
    (workspace.inbox / "thư.eml").write_bytes(mail([("Sở Y tế.ods", ODS)], sender=sender))
    door.main(["collect"])
    assert [units(capfd)[code] for code in ("SNV", "SYT")] == ["unusable", "unusable"]
    said = told(capfd, "letter", "remind", "--unit", "SNV", "--unit", "SYT", "--as-of", "20/11/2025")
    for name in ("Sở Nội vụ", "Sở Y tế"):
        assert f"Không đôn đốc {name}: có tệp chờ xác định của đơn vị nào." in said


def test_a_scan_among_the_files_of_many_units_is_proposed_by_its_name(
    workspace: Workspace, capfd: Capture
) -> None:
    """What came in one .zip with a scan tells whose it is where that is one unit's, not a whole week's."""
    forms = [send_as(workspace, f"{code}.xlsx", code, f"1/BC-{code}") for code in ("SYT", "STP")]
    with zipfile.ZipFile(workspace.inbox / "tuan-45.zip", "w") as week:
        for form in forms:
            week.write(form, form.name)
            form.unlink()
        week.writestr("Báo cáo Sở Nội vụ.pdf", b"%PDF-1.4\n%%EOF\n")
    door.main(["collect"])
    assert units(capfd)["SNV"] == "to_enter"


@pytest.mark.parametrize("code", ["SYT", "SNV"])
def test_a_cover_that_names_another_unit_than_the_keys_is_settled_too(
    code: str, workspace: Workspace, capfd: Capture
) -> None:
    path = send_as(workspace, "a.xlsx", "SYT", "")
    book = load_workbook(path)
    book["Bìa"]["E6"] = "Sở Nội vụ"
    book.save(path)
    assert collected(capfd) == {"a.xlsx": "undecided"}
    assert [units(capfd)[unit] for unit in ("SYT", "SNV")] == ["undecided", "unusable"]
    assert "--unit" in told(capfd, "render", "--final", "--as-of", "20/11/2025 17:00")
    door.main(["decide", "a.xlsx", "--unit", code])
    assert collected(capfd) == {"a.xlsx": "effective"}
    assert units(capfd)[code] == "received"


def test_the_unit_that_a_file_may_be_of_is_not_among_those_that_sent_nothing(
    wrong: Workspace, capfd: Capture
) -> None:
    """One unit, one state: "chưa dùng được" in every list, never "chưa gửi" in one of them."""
    door.main(["collect"])
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    owing = {f["unit"] for f in said["findings"] if f["code"] == "TH02"}
    assert owing
    assert owing.isdisjoint({"SYT", "SNV"})


def test_a_scan_that_waits_for_a_word_is_not_called_a_unit_that_sent_nothing(
    workspace: Workspace, capfd: Capture
) -> None:
    (workspace.inbox / "Scan bao cao So Tai chinh nam 2025.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    door.main(["collect"])
    capfd.readouterr()
    assert (
        door.main(
            ["decide", "--leave-out", "--unit", "STC", "--reason", "chưa nhập", "--basis", "Zalo: chị Lan"]
        )
        == 2
    )
    said = " ".join(capfd.readouterr().err.split())
    name = said.partition("dvctt-report decide ")[2].split()[0]
    assert name.startswith("NH80-")
    assert door.main(["decide", name, "--accept", "--reason", "đã hỏi", "--basis", "Zalo: chị Lan"]) == 0


@pytest.mark.parametrize("at_a_terminal", [False, True])
def test_what_an_answer_brings_up_is_asked_in_the_same_sitting(
    at_a_terminal: bool,
    workspace: Workspace,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    """Whose a file is; then which file of that unit counts; then of which period its figures are."""
    send_as(workspace, "một.xlsx", "SNV", "1/BC-SNV", 2)
    path = send_as(workspace, "hai.xlsx", "SYT", "987/BC-SNV", 3)
    book = load_workbook(path)
    cell = next(c for row in book["Bìa"].iter_rows() for c in row if str(c.value).startswith("từ ngày"))
    cell.value = "từ ngày 01/01/2025 đến hết ngày 30/6/2025"
    book.save(path)
    door.main(["collect"])
    capfd.readouterr()
    if not at_a_terminal:
        assert door.main(["decide", "hai.xlsx", "--unit", "SNV"]) == 1
        said = " ".join(capfd.readouterr().out.split())
        name = said.partition("Tiếp theo phải quyết định: ")[2].split()[0]
        assert name.startswith("NH06-"), said
        assert door.main(["decide", "hai.xlsx", "--use"]) == 1
        assert "Tiếp theo phải quyết định: NH59-" in " ".join(capfd.readouterr().out.split())
        return
    (row,) = [m for m in run_json(capfd, "decide")[1]["matters"] if m["file"]]
    monkeypatch.setattr("dvctt_report.cli.decide.is_terminal", lambda _: True)
    answers = {"Của Sở Nội vụ": 0, "Dùng hai.xlsx": 0, "Để ngoài tổng hợp": 0}
    shown: list[str] = []

    def choose(text: str, default: str = "") -> str:
        offered = [line.split(maxsplit=1) for line in capfd.readouterr().out.splitlines() if line[:2] == "  "]
        shown.extend(words for _, words in offered if words)
        wanted = next(a for a in answers if any(words.startswith(a) for _, words in offered))
        del answers[wanted]
        return next(n for n, words in offered if words.startswith(wanted))

    monkeypatch.setattr("dvctt_report.cli.ask.ask", choose)
    assert door.main(["decide", row["name"]]) == 0
    assert answers == {}, shown
