"""What commands say in passing: hints that can be typed, lines that fit, counts that say of what."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from typer.main import get_command

from dvctt_report.cli import door, menu, screen
from dvctt_report.cli.app import LazyCommands, app
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import Workspace
from tests.cli.test_register import send, workspace
from tests.conftest import go_on
from tests.pytest_types import Capture, Patch

__all__ = ["workspace"]


def run(capfd: Capture, *argv: str) -> tuple[int, str, str]:
    capfd.readouterr()
    code = door.main(argv)
    said = capfd.readouterr()
    return code, said.out, said.err


# ------------------------------------------------------------------------------ the year in hints


def test_hints_of_a_command_that_was_given_a_year_hold_it(workspace: Workspace, capfd: Capture) -> None:
    go_on(workspace.root)
    code, _, err = run(capfd, "validate", "--year", "2026")
    assert code == door.CANNOT_RUN
    assert err.rstrip().endswith("dvctt-report collect --year 2026")
    (workspace.root / "nhan-ve" / "2026").mkdir(parents=True)
    assert "Tiếp theo: dvctt-report validate --year 2026" in _collected(workspace, capfd, "2026")
    assert "Tiếp theo: dvctt-report validate\n" in _collected(workspace, capfd, "")


def _collected(workspace: Workspace, capfd: Capture, year: str) -> str:
    sent = send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    if year:
        shutil.copy(sent, workspace.root / "nhan-ve" / year / "a.xlsx")
    _, out, _ = run(capfd, "collect", *(["--year", year] if year else []))
    return out


def every_command() -> Iterator[tuple[str, Any]]:
    """Each command with the words that call it, those of groups one by one."""
    root: Any = get_command(app)
    context = root.make_context("dvctt-report", [])
    for name in root.list_commands(context):
        command: Any = root.get_command(context, name)
        if not isinstance(command, LazyCommands):
            yield name, command
            continue
        for own in command.list_commands(context):
            yield f"{name} {own}", command.get_command(context, own)


def test_the_year_stands_behind_the_commands_words(monkeypatch: Patch) -> None:
    with screen.hints_for("2026"):
        assert screen.hinted("Loại: dvctt-report decide TỆP --reject; xem: dvctt-report menu --guide") == (
            "Loại: dvctt-report decide --year 2026 TỆP --reject; xem: dvctt-report menu --guide"
        )
        assert screen.hinted("dvctt-report --help") == "dvctt-report --help"
        for words, command in every_command():
            takes_year = any("--year" in param.opts for param in command.params)
            goes_on = words not in ("demo", "init") and takes_year  # what these make is told with its year
            said = f"dvctt-report {words}{' --year 2026' if goes_on else ''} X"
            assert screen.hinted(f"dvctt-report {words} X") == said
    assert screen.hinted("dvctt-report decide --undo X") == "dvctt-report decide --undo X"


# ------------------------------------------------------------------------------ lines that fit


def test_on_a_terminal_a_line_breaks_between_words_and_never_in_a_command_or_path() -> None:
    text = (
        "Tiếp theo: dvctt-report feedback để lập bảng kê gửi từng đơn vị; dvctt-report render để lập báo cáo."
    )
    broken = screen.fitted(text, 80)
    assert broken.replace("\n", " ") == text
    assert max(map(len, broken.splitlines())) <= 80
    command = 'dvctt-report decide 12345678 --reject --reason "đơn vị xin rút lại tệp đã gửi nhầm hôm trước"'
    assert command in screen.fitted(f"Tệp không dùng: {command}; hoặc để nguyên.", 80)
    path = "/home/officer/Báo cáo tuyên truyền dịch vụ công trực tuyến năm 2025/ket-qua/2025/x.docx"
    assert screen.fitted(f"Đã lập dự thảo báo cáo: {path}", 80) == f"Đã lập dự thảo báo cáo: {path}"
    assert path[:70] in screen.fitted(f"Đã lập dự thảo báo cáo: {path[:70]}", 80).splitlines()
    assert screen.fitted("   → Kiểm tra lại ô G10 hoặc F10.", 20).splitlines() == [
        "   → Kiểm tra lại ô",
        "   G10 hoặc F10.",
    ]
    assert screen.fitted("ngắn:    " + "a" * 20, 80) == "ngắn:    " + "a" * 20


def test_lines_are_left_whole_where_no_terminal_reads_them(
    workspace: Workspace, capfd: Capture, monkeypatch: Patch
) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    assert max(map(len, run(capfd, "collect")[1].splitlines())) > 80
    monkeypatch.setattr("dvctt_report.cli.screen.is_terminal", lambda stream: stream is sys.stdout)
    monkeypatch.setenv("COLUMNS", "80")
    told = [line for line in run(capfd, "status")[1].splitlines() if str(workspace.root) not in line]
    assert max(map(len, told)) <= 80


# ------------------------------------------------------------------------------ before anything came


def test_status_before_the_first_collect_is_an_empty_but_valid_answer(
    workspace: Workspace, capfd: Capture
) -> None:
    code, out, err = run(capfd, "status", "--format", "json")
    assert code == door.DONE
    units = json.loads(out)["units"]
    assert {unit["status"] for unit in units} == {"missing"}
    assert len(units) == len(workspace.profile.units(workspace.period))
    assert "Chưa nhận báo cáo nào" in err
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    code, out, err = run(capfd, "status")
    assert (code, "đã gửi 0/" in out.replace("\n", " ")) == (door.DONE, True)
    assert "1 tệp trong nhan-ve/2025 chưa qua dvctt-report collect: a.xlsx" in err
    assert "chưa mở" not in out
    go_on(workspace.root)
    assert "chưa mở năm 2027: xem lại --year" in run(capfd, "status", "--year", "2027")[1]


def test_a_reminder_before_the_first_collect_says_what_to_do(workspace: Workspace, capfd: Capture) -> None:
    code, _, err = run(capfd, "letter", "remind")
    assert code == door.CANNOT_RUN
    assert "chưa có tệp nào cũng chạy: dvctt-report collect" in err
    run(capfd, "collect")
    assert run(capfd, "letter", "remind")[0] == door.DONE


# ------------------------------------------------------------------------------ counts, quiet, results


def test_collect_says_that_it_counts_what_is_wrong_with_files_alone(
    questioned: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    shutil.copytree(questioned, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    _, out, _ = run(capfd, "collect")
    assert "khi đọc tệp, chưa kể đối chiếu giữa các số liệu." in " ".join(out.split())


def test_a_quiet_command_prints_nothing_but_what_is_wrong(workspace: Workspace, capfd: Capture) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    run(capfd, "collect")
    for argv in (["validate"], ["validate", "--format", "json"], ["render"]):
        _, out, err = run(capfd, "--quiet", *argv)
        assert (out, err) == ("", ""), argv


def test_the_menu_opens_the_forms_of_the_year() -> None:
    result = menu.LINES[1].steps[0].result
    assert menu.below(result, Period(2025)) == "bieu-mau/2025"


# ------------------------------------------------------------------------------ check


def test_a_number_that_the_officer_wrote_is_no_conclusion(
    questioned_rendered: Path,
    tmp_path: Path,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    shutil.copytree(questioned_rendered, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    _replace(
        "noi-dung/2025.docx",
        "[Nội dung do Sở bổ sung: nguyên nhân",
        "Có 85,5% hộ dân dùng mạng. [Nguyên nhân",
    )
    run(capfd, "render")
    _replace("ket-qua/2025/bao-cao-2025.docx", "Có 85,5% hộ dân", "Có 95,5% hộ dân")
    code, out, _ = run(capfd, "check", "ket-qua/2025/bao-cao-2025.docx", "--no-register")
    assert code == door.FOUND
    assert "1 chỗ khác (1 số liệu);" in out


def _replace(file: str, old: str, new: str) -> None:
    document = Document(file)
    paragraph = next(p for p in document.paragraphs if old in p.text)
    paragraph.text = paragraph.text.replace(old, new)
    document.save(file)
