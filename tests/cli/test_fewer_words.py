"""What commands say is short, said once, and counted alike: the rest stands in the workbook."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.cli.menu import YearState
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.cli.test_commands import plain_answers, run_json
from tests.cli.test_feedback import AS_OF, finding, reply, sample
from tests.cli.test_page import page_of
from tests.cli.test_register import UNIT, send, type_into, workspace
from tests.pytest_types import Capture, Patch
from tests.report.page.conftest import rows

__all__ = ["sample", "workspace"]

WHY = ("--reason", "bài đăng chung của tỉnh", "--document", "Công văn số 9/SKHCN")


def told(capfd: Capture, *argv: str) -> str:
    capfd.readouterr()
    door.main([*argv])
    return capfd.readouterr().out


def findings(capfd: Capture, code: str) -> list[dict[str, Any]]:
    _, said = run_json(capfd, "validate", *AS_OF)
    return [f for f in said["findings"] if f["code"] == code]


@pytest.fixture(scope="module")
def sent(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every unit has sent more done than there is, under a link that all of them give. To be copied."""
    root = shutil.copytree(begun, tmp_path_factory.mktemp("year") / "Sổ")
    workspace = read_workspace(root)
    for unit in workspace.profile.units(workspace.period):
        answers = plain_answers(workspace.profile, unit)
        answers[Key("T1", "done")] = 9
        answers.pop(Key("_", "sent_on"))
        for item in ("T3", "T4"):
            answers[Key(item, "answer")] = "Có"
            answers[Key(item, "evidence")] = "https://mau.vn/tin-chung"
        data = form_bytes(workspace.profile, unit, workspace.period, answers)
        (workspace.inbox / f"BM2025_{unit.code}.xlsx").write_bytes(data)
    door.main(["collect", "--workspace", str(root)])
    return root


@pytest.fixture
def year(sent: Path, tmp_path: Path, monkeypatch: Patch) -> Workspace:
    """A copy of that, as the current folder."""
    root = shutil.copytree(sent, tmp_path / "Sổ")
    monkeypatch.chdir(root)
    return read_workspace(root)


def test_the_first_check_of_a_year_fits_on_a_hundred_lines(year: Workspace, capfd: Capture) -> None:
    capfd.readouterr()
    door.main(["validate", *AS_OF])
    out, err = capfd.readouterr()
    assert len((out + err).splitlines()) < 100
    assert "kê đủ trong tệp Excel" in out
    assert "kiem-tra-so-lieu.xlsx" in out + err
    _, said = run_json(capfd, "validate", *AS_OF)
    book = openpyxl.load_workbook(year.results / "kiem-tra-so-lieu.xlsx", read_only=True)
    listed = {row[0] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert {f["id"] for f in said["findings"]} <= listed
    assert len(told(capfd, "validate", "--all", *AS_OF).splitlines()) > 100


def test_a_link_that_all_share_is_one_finding_accepted_once(year: Workspace, capfd: Capture) -> None:
    (shared,) = findings(capfd, "DV04")
    assert "đơn vị dùng chung đường dẫn minh chứng https://mau.vn/tin-chung" in shared["message"]
    assert door.main(["decide", "DV04", "--accept", *WHY]) == 0
    assert [f["state"] for f in findings(capfd, "DV04")] == ["accepted"]


def test_what_had_nothing_to_compare_with_is_said_once_and_listed(year: Workspace, capfd: Capture) -> None:
    assert "Chưa kiểm tra được: 5 quy tắc" in told(capfd, "validate", *AS_OF)
    book = openpyxl.load_workbook(year.results / "kiem-tra-so-lieu.xlsx", read_only=True)
    rows = [*book["Chưa kiểm tra được"].iter_rows(values_only=True)]
    assert [row[0] for row in rows[1:]] == ["NT01", "NT02", "NT03", "NT04", "DC10"]


def test_an_unclear_reply_to_a_cured_finding_is_silent(sample: Path, capfd: Capture) -> None:
    door.main(["feedback", *AS_OF])
    reply("SYT", finding(capfd, "SYT", "SL02")["id"], "OK")
    door.main(["collect"])
    assert findings(capfd, "NH91")
    send(read_workspace(sample), "SYT chỉnh lý.xlsx", 3, date(2025, 11, 19), "SYT")
    said = told(capfd, "collect")
    assert "NH91" not in said
    assert not findings(capfd, "NH91")


def test_decisions_are_counted_as_they_were_made(sample: Path, capfd: Capture) -> None:
    door.main(["decide", finding(capfd, "NHI", "DL12")["id"], "--accept", *WHY])
    door.main(["decide", "--unit", "SYT", "--set", "T10.total=2140; T10.done=2041", *WHY])
    door.main(["decide", "--leave-out", "--unit", "BQLKCN", "--all"])
    assert "Đã quyết định: chấp nhận 1, đính chính 1, để ngoài tổng hợp 1" in told(capfd, "validate", *AS_OF)


def test_as_many_have_to_mend_on_page_menu_and_status(sample: Path, capfd: Capture) -> None:
    on_page = [row for row in rows(page_of(sample), "don-vi") if "đang chỉnh lý" in row[2]]
    assert "đang chỉnh lý số liệu 2" in told(capfd, "status", *AS_OF)
    assert "đang chỉnh lý số liệu 2" in YearState(read_workspace(sample), datetime.now()).told()
    assert len(on_page) == 2


def test_a_heading_counts_what_is_open(sample: Path, capfd: Capture) -> None:
    door.main(["decide", "--unit", "BQLKCN", "--set", "T10.done=50", *WHY])
    decided = "Ban Quản lý các khu công nghiệp (BQLKCN): 1 đã quyết định"
    assert decided not in told(capfd, "collect")
    assert decided in told(capfd, "validate", "--all", *AS_OF)


def test_a_paper_of_which_figures_were_entered_says_so(workspace: Workspace, capfd: Capture) -> None:
    send(workspace, "a.xlsx", 3, date(2025, 11, 5), "STC")
    door.main(["collect"])
    type_into(workspace, UNIT, {"C": "12/BC-SYT"})
    door.main(["collect"])
    assert "chưa có số liệu" in findings(capfd, "NH67")[0]["message"]
    door.main(["decide", "--unit", UNIT, "--set", "T1.total=4; T1.done=3", *WHY])
    assert findings(capfd, "NH67")[0]["message"] == "chỉ gửi bản giấy, số 12/BC-SYT; đã nhập 2 ô từ bản giấy"


def test_the_code_on_the_signed_document_takes_the_place_of_the_files_own(
    sample: Path, capfd: Capture
) -> None:
    assert findings(capfd, "MK01")
    type_into(read_workspace(sample), "SNNMT", {"G": "6895"})
    door.main(["collect"])
    assert not findings(capfd, "MK01")
    assert not findings(capfd, "MK02")


def test_a_unit_whose_file_was_deleted_is_not_reminded(workspace: Workspace, capfd: Capture) -> None:
    path = send(workspace, "a.xlsx", 3, date(2025, 11, 5))
    door.main(["collect"])
    path.unlink()
    door.main(["collect"])
    assert findings(capfd, "NH65")
    _, said = run_json(capfd, "status", *AS_OF)
    assert {u["unit"]: u["status"] for u in said["units"]}[UNIT] == "unusable"
    assert "Sở Y tế" not in told(capfd, "letter", "remind", "--as-of", "20/11/2025")


def test_a_rate_that_the_form_worked_out_is_shown_with_two_digits() -> None:
    from decimal import Decimal

    from dvctt_report.cli.received_files import answer_words
    from dvctt_report.model import Observation, State

    rates = {"99.5893223819302": "99,59", "80": "80", "79.9": "79,9"}
    made = {text: Observation("SYT", "T1", "rate", Decimal(text), State.GIVEN) for text in rates}
    assert {text: answer_words(one) for text, one in made.items()} == rates
