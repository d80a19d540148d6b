"""A return on another unit's form: nobody's figures until the officer has said whose they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.forms.form import Key
from dvctt_report.forms.writer import form_bytes
from dvctt_report.workspace import Workspace
from tests.cli.test_commands import plain_answers, run_json
from tests.cli.test_register import collected, state, workspace

__all__ = ["workspace"]


def send_as(workspace: Workspace, name: str, form_of: str, number: str, done: int = 3) -> Path:
    """Put the form of one unit into the inbox, with the number of a document."""
    unit = workspace.profile.roster.unit(form_of)
    answers = plain_answers(workspace.profile, unit)
    answers[Key("_", "document_number")] = number
    answers[Key("_", "sent_on")] = date(2025, 11, 5)
    answers[Key("T1", "done")] = done
    path = workspace.inbox / name
    path.write_bytes(form_bytes(workspace.profile, unit, workspace.period, answers))
    return path


@pytest.fixture
def wrong(workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> Workspace:
    """Sở Nội vụ has sent its figures on the form of Sở Y tế."""
    send_as(workspace, "Sở Nội vụ nộp.xlsx", "SYT", "987/BC-SNV")
    capfd.readouterr()
    return workspace


def test_its_figures_are_used_for_nobody_and_both_units_are_named(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
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


def test_no_final_report_while_it_is_open(wrong: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["render", "--final", "--as-of", "20/11/2025 17:00"]) == 1
    said = capfd.readouterr().out
    assert "Sở Y tế: chưa chọn tệp được dùng: “nhan-ve/2025/Sở Nội vụ nộp.xlsx”" in said
    assert "register reject" in said


def test_a_name_of_another_unit_alone_is_confirmed_before_a_report_is_final(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    send_as(workspace, "Sở Nội vụ nộp.xlsx", "SYT", "12/BC-SYT")
    assert collected(capfd) == {"Sở Nội vụ nộp.xlsx": "effective"}
    final = ["render", "--final", "--as-of", "20/11/2025 17:00"]
    assert door.main(final) == 1
    said = capfd.readouterr().out
    assert "NH43 · Sở Y tế: tên tệp nói đến Sở Nội vụ" in said
    name = said.partition("dvctt-report accept ")[2].split()[0]
    assert door.main(["accept", name, "--reason", "đã hỏi", "--document", "Công văn số 1"]) == 0
    capfd.readouterr()
    door.main(final)
    assert "NH43" not in capfd.readouterr().out


def test_the_choice_is_no_finding_to_accept(wrong: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    door.main(["collect"])
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    (told,) = [f for f in said["findings"] if f["code"] == "NH77"]
    assert door.main(["accept", told["id"], "--reason", "x", "--document", "y"]) == 2
    assert "của đơn vị nào" in capfd.readouterr().err


def test_the_right_file_of_the_unit_counts_beside_it(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    send_as(wrong, "đúng.xlsx", "SYT", "12/BC-SYT", 4)
    assert collected(capfd) == {"Sở Nội vụ nộp.xlsx": "undecided", "đúng.xlsx": "effective"}
    assert state(capfd)["status"] == "received"


@pytest.mark.parametrize(
    ("decision", "status", "n"),
    [(("use",), "received", 4), (("reject", "--reason", "nhầm biểu"), "unusable", 0)],
)
def test_the_officer_settles_it_in_one_step(
    decision: tuple[str, ...], status: str, n: int, wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    door.main(["collect"])
    command, *rest = decision
    assert door.main(["register", command, "Sở Nội vụ nộp.xlsx", *rest]) == 0
    door.main(["collect"])
    capfd.readouterr()
    assert state(capfd)["status"] == status
    _, said = run_json(capfd, "explain", "T1", "--as-of", "20/11/2025")
    assert said["indicator"]["denominator"] == n


@pytest.mark.parametrize("number", ["12/BC-SYT", "12/SYT-VP", "12/BC-UBND", "1830/SKHCN-CĐS", "987", ""])
def test_a_number_that_names_no_other_unit_says_nothing(
    number: str, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    send_as(workspace, "a.xlsx", "SYT", number)
    capfd.readouterr()
    assert collected(capfd) == {"a.xlsx": "effective"}


def test_a_file_that_is_gone_is_confirmed_before_a_report_is_final(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    path = send_as(workspace, "a.xlsx", "SYT", "12/BC-SYT")
    door.main(["collect"])
    path.unlink()
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["render", "--final", "--as-of", "20/11/2025 17:00"]) == 1
    assert "NH65 · Sở Y tế" in capfd.readouterr().out
