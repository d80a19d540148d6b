"""The menu tells what waits, what comes next, why something can't be done; it asks whose a file is."""

from __future__ import annotations

import io
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from dvctt_report.cli import door, init
from dvctt_report.cli.menu_lines import LINES, SEASONS, number_of
from dvctt_report.cli.year_state import YearState
from dvctt_report.doctor import configuration
from dvctt_report.period import Part, Period
from dvctt_report.workspace import Workspace, read_workspace
from tests.cli.test_commands import run_json
from tests.cli.test_whose_file import send_as
from tests.deciding.excel import ZALO, book_of, row_of, shown, type_into

NOW = datetime(2025, 11, 20, 17)


@pytest.fixture
def here(
    collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Workspace:
    shutil.copytree(collected, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    capfd.readouterr()
    return read_workspace(tmp_path / "w")


def use_menu(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *lines: str) -> str:
    """Type the lines into the menu and leave it; returns all that was shown."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in (*lines, "0"))))
    assert door.main(["menu"]) == 0
    told = capfd.readouterr()
    return told.out + told.err


def test_every_line_has_a_number_and_fits_beside_another() -> None:
    assert [line.name for season in SEASONS for line in season.lines] == [line.name for line in LINES]
    assert max(len(f"99 {line.text} (99)") for line in LINES if line.waiting(_nobody)) <= 33
    assert max(len(f"99 {line.text}") for line in LINES) <= 33


class _Nobody:
    n_unreceived = n_missing = n_to_mend = 99
    matters = (None,) * 99


_nobody: YearState = _Nobody()  # type: ignore[assignment]


@pytest.mark.parametrize("line", [line for line in LINES if line.name not in ("settings", "forms", "roll")])
def test_before_anything_came_no_line_asks_and_none_leads_to_nothing(
    line: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from dvctt_report.cli.menu_lines import MenuLine

    assert isinstance(line, MenuLine)
    door.main(["init", str(tmp_path / "w"), "--year", "2025"])
    workspace = read_workspace(tmp_path / "w")
    reasons = [step.ready(YearState(workspace, NOW)) for step in line.steps]
    open_ones = {"collect": 4, "remind": 1, "check": 1}
    assert sum(not reason for reason in reasons) == open_ones.get(line.name, 0)
    if all(reasons):
        monkeypatch.chdir(tmp_path / "w")
        capfd.readouterr()
        assert reasons[0] in use_menu(monkeypatch, capfd, str(number_of(line.name)), "").replace("\n", " ")


def test_what_comes_next(here: Workspace) -> None:
    state = YearState(here, NOW)
    assert state.next_step() == ("remind", "03 đơn vị quá hạn chưa gửi")
    door.main(["letter", "remind"])
    assert YearState(here, NOW).next_step().line == "feedback"
    door.main(["feedback"])
    assert YearState(here, NOW).next_step() == ("matters", "09 việc chờ xử lý")
    book = book_of(here.root)
    type_into(book, row_of(book, "Sở Y tế", "lớn hơn"), authority="Lãnh đạo")
    assert YearState(here, NOW).next_step().why.endswith("(lãnh đạo quyết: 01)")
    type_into(book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
    assert YearState(here, NOW).next_step() == ("matters", "đọc 01 quyết định đã ghi trong sổ")
    send_as(here, "thêm.xlsx", "SDTTG", "9/BC-SDTTG")
    door.main(["collect", "--quiet"])
    for row in shown(book, "Đơn vị sửa"):
        kind = "Để ngoài tổng hợp" if "Quản lý" in row["who"] else "Trả lại"
        type_into(book, row, choice=kind, reason="chưa sửa")
    door.main(["collect", "--quiet"])
    assert YearState(here, NOW).next_step().line == "render"


def test_decisions_are_read_where_the_menu_opens_the_book(
    here: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    type_into(
        book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Số đúng", value=1800, reason="gõ nhầm", **ZALO
    )
    type_into(book, row_of(book, "Ban Quản lý"), choice="Số đúng", value=50)
    told = use_menu(monkeypatch, capfd, str(number_of("matters")), "1", "", "")
    assert "Quyết định đang có hiệu lực: 1 (trước khi đọc: 0)." in told
    assert "Ban Quản lý các khu công nghiệp: Chưa ghi: Chưa có lý do." in told.replace("\n", " ")
    assert "Còn 8 việc chờ xử lý." in told


def test_whose_a_file_is_is_asked_right_after_collecting(
    here: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    send_as(here, "Sở Tư pháp nộp.xlsx", "SDTTG", "987/BC-STP")
    told = use_menu(monkeypatch, capfd, str(number_of("collect")), "1", "", "1", "")
    assert "1 Của " in told
    assert "0 Để sau" in told
    assert "Đã ghi: Của " in told
    _, said = run_json(capfd, "register", "list")
    assert [d["choice"] for d in said["decisions"]] == ["assign"]
    assert shown(book_of(here.root), "Đã quyết định")[0]["choice"].startswith("Của ")


def test_a_year_that_was_opened_begins_with_its_forms(here: Workspace) -> None:
    assert door.main(["roll", "2026", "--profile", "khanh_hoa"]) in (0, 1)
    opened = read_workspace(here.root)
    assert opened.period.year == 2026
    assert YearState(opened, datetime(2026, 9, 15)).next_step().line == "forms"


def test_a_half_year_is_opened_by_numbers_alone(
    here: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dvctt_report.cli.roll.is_terminal", lambda _: True)
    use_menu(monkeypatch, capfd, str(number_of("roll")), "3", "c", "20/6", "khanh_hoa", "", "", "")
    assert read_workspace(here.root).period == Period(2026, Part.HALF)
    told = use_menu(monkeypatch, capfd, str(number_of("roll")), "3", "")
    assert "Đang ở 6 tháng đầu năm 2026: mở năm 2026 trước." in told


@pytest.mark.parametrize(("answer", "part"), [("1", Part.YEAR), ("2", Part.HALF)])
def test_the_first_period_is_chosen_by_its_number(
    answer: str, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(init, "ask", lambda text, default: answer)
    assert init._period(asking=True).part is part


def test_lines_of_the_menu_that_other_rooms_name_by_number_are_those_lines() -> None:
    """``doctor`` sends to the line that changes what ``dvctt.toml`` says."""
    source = Path(configuration.__file__).read_text(encoding="utf-8")
    assert re.findall(r"mục (\d+) của bảng chọn", source) == [str(number_of("settings"))]
