"""The menu tells what waits, what comes next, why something can't be done; it asks whose a file is."""

from __future__ import annotations

import io
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli import door, init, menu
from dvctt_report.cli.menu import LINES, MenuLine, YearState, number_of
from dvctt_report.cli.screen import hinted, pointing
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.year.loader import OpenYear
from tests.cli.test_commands import run_json
from tests.cli.test_whose_file import send_as
from tests.decide.excel import ZALO, book_of, row_of, shown, type_into
from tests.pytest_types import Capture, Patch

NOW = datetime(2025, 11, 20, 17)


@pytest.fixture
def here(questioned: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Workspace:
    shutil.copytree(questioned, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    capfd.readouterr()
    return read_workspace(tmp_path / "w")


def use_menu(monkeypatch: Patch, capfd: Capture, *lines: str) -> str:
    """Type the lines into the menu and leave it; returns all that was shown."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in (*lines, "0"))))
    assert door.main(["menu"]) == 0
    told = capfd.readouterr()
    return told.out + told.err


def test_every_line_has_a_number_and_fits_beside_another() -> None:
    assert max(len(f"99 {line.text}{' (99)' if line.waiting else ''}") for line in LINES) <= 33


@pytest.mark.parametrize("line", [line for line in LINES if line.name not in ("settings", "forms", "roll")])
def test_before_anything_came_no_line_asks_and_none_leads_to_nothing(
    line: MenuLine,
    begun: Path,
    tmp_path: Path,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    shutil.copytree(begun, tmp_path / "w")
    workspace = read_workspace(tmp_path / "w")
    reasons = [YearState(workspace, NOW).why_not(step.ready) for step in line.steps]
    open_ones = {"collect": 4, "remind": 1, "check": 1}
    assert sum(not reason for reason in reasons) == open_ones.get(line.name, 0)
    if all(reasons):
        monkeypatch.chdir(tmp_path / "w")
        capfd.readouterr()
        assert reasons[0] in use_menu(monkeypatch, capfd, str(number_of(line.name)), "").replace("\n", " ")


def test_what_comes_next(here: Workspace) -> None:
    state = YearState(here, NOW)
    assert state.next_step() == ("remind", "15 đơn vị quá hạn chưa gửi")
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
    assert YearState(here, NOW).next_step().line == "matters"  # it came after it was reminded
    type_into(book, row_of(book, "Dân tộc", "Tính là"), choice="Đúng hạn")
    door.main(["collect", "--quiet"])
    assert YearState(here, NOW).next_step().line == "render"


def test_once_nothing_came_after_the_final_report_its_number_is_next(
    here: Workspace, monkeypatch: Patch
) -> None:
    class _Final:
        as_of = datetime(2100, 1, 1)

    monkeypatch.setattr("dvctt_report.decide.check.finals.final_reports", lambda _: iter((_Final,)))
    (here.results / "bao-cao-2025.docx").touch()
    assert YearState(here, NOW).next_step().line == "publish"
    _Final.as_of = datetime(2000, 1, 1)
    assert YearState(here, NOW).next_step().line == "remind"


def test_decisions_are_read_where_the_menu_opens_the_book(
    here: Workspace, monkeypatch: Patch, capfd: Capture
) -> None:
    book = book_of(here.root)
    type_into(
        book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Số đúng", value=1800, reason="gõ nhầm", **ZALO
    )
    type_into(book, row_of(book, "Ban Quản lý"), choice="Số đúng", value=50)
    told = use_menu(monkeypatch, capfd, str(number_of("matters")), "1", "", "")
    assert "Quyết định đang có hiệu lực: 1 (trước khi đọc: 0)." in told
    assert "Ban Quản lý các khu công nghiệp: Chưa ghi: Chưa có căn cứ." in told.replace("\n", " ")
    assert "Còn 8 việc chờ xử lý." in told


def test_a_paper_return_is_typed_in_and_received_by_the_menu(
    here: Workspace, monkeypatch: Patch, capfd: Capture
) -> None:
    def fill(path: Path) -> bool:
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            book["01-A số liệu"]["F8"], book["01-A số liệu"]["G8"] = 40, 30
            book.save(path)
        return True

    monkeypatch.setattr(menu, "open_file", fill)
    ways = (str(number_of("collect")), "9", "dan toc")
    told = use_menu(monkeypatch, capfd, *ways, "0", "")
    assert "số đã nhập vẫn còn trong tệp" in told.replace("\n", " ")
    told = use_menu(monkeypatch, capfd, *ways, "", "0", "")
    assert "ghi tiếp vào tệp đó" in told.replace("\n", " ")
    assert "đã ghi bản mới" not in told
    (received,) = read_json(capfd, "SDTTG")
    assert (received["status"], received["channel"]) == ("effective", "giấy")


def test_a_paper_form_in_which_nothing_was_typed_is_no_return(
    here: Workspace, monkeypatch: Patch, capfd: Capture
) -> None:
    monkeypatch.setattr(menu, "open_file", lambda _: True)
    told = use_menu(monkeypatch, capfd, str(number_of("collect")), "9", "dan toc", "", "")
    assert "Tệp chưa lưu số nào nên chưa nhận" in told.replace("\n", " ")
    assert read_json(capfd, "SDTTG") == []


def read_json(capfd: Capture, unit: str) -> list[dict[str, str]]:
    _, said = run_json(capfd, "status", "--files")
    return [file for file in said["files"] if file["unit"] == unit]


def test_whose_a_file_is_is_asked_right_after_collecting(
    here: Workspace, monkeypatch: Patch, capfd: Capture
) -> None:
    send_as(here, "Sở Tư pháp nộp.xlsx", "SDTTG", "987/BC-STP")
    told = use_menu(monkeypatch, capfd, str(number_of("collect")), "1", "", "00", "1", "")
    assert "1 Của " in told
    assert "Gõ một số từ 0 đến" in told
    assert "0 Để sau" in told
    assert "Đã ghi: Của " in told
    _, said = run_json(capfd, "decide")
    assert [d["choice"] for d in said["decisions"]] == ["assign"]
    assert shown(book_of(here.root), "Đã quyết định")[0]["choice"].startswith("Của ")


def test_a_year_that_was_opened_begins_with_its_forms(here: Workspace) -> None:
    assert door.main(["roll", "2026", "--profile", "khanh_hoa"]) in (0, 1)
    opened = read_workspace(here.root)
    assert opened.period.year == 2026
    assert YearState(opened, datetime(2026, 9, 15)).next_step().line == "forms"


def test_a_half_year_is_opened_by_numbers_alone(here: Workspace, monkeypatch: Patch, capfd: Capture) -> None:
    monkeypatch.setattr("dvctt_report.cli.roll.is_terminal", lambda _: True)
    use_menu(monkeypatch, capfd, str(number_of("roll")), "3", "c", "20/6", "khanh_hoa", "", "", "")
    assert read_workspace(here.root).period == Period(2026, PeriodPart.HALF)
    told = use_menu(monkeypatch, capfd, str(number_of("roll")), "3", "")
    assert "Đang ở 6 tháng đầu năm 2026: mở năm 2026 trước." in told


@pytest.mark.parametrize(("answer", "part"), [("1", PeriodPart.YEAR), ("2", PeriodPart.HALF)])
def test_the_first_period_is_chosen_by_its_number(
    answer: str, part: PeriodPart, tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(init, "is_terminal", lambda _: True)
    monkeypatch.setattr(init, "ask", lambda text, default: answer if "Năm" in text else default)
    monkeypatch.setattr(init, "ask_settings", lambda _: None)
    assert door.main(["init", str(tmp_path / "w")]) == 0
    assert read_workspace(tmp_path / "w").period.part is part


class TestWhatTheMenuSays:
    """Whoever chooses by numbers is pointed at numbers, told once, and asked no second time."""

    def test_hints_name_what_is_chosen_there(
        self, here: Workspace, monkeypatch: Patch, capfd: Capture
    ) -> None:
        for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
            send_as(here, name, "SDTTG", "5/BC-SDTTG", done)
        told = use_menu(monkeypatch, capfd, str(number_of("collect")), "1", "", "0", "")
        typed = [line for line in told.split("\n") if "dvctt-report" in line]
        assert all(line.startswith("Lệnh: dvctt-report collect") for line in typed)
        assert f"Tiếp theo: mục {number_of('matters')}, chọn 2" in told
        assert f"rồi chọn: mục {number_of('matters')};" in " ".join(told.split())
        door.main(["collect"])
        assert "Tiếp theo: dvctt-report validate" in capfd.readouterr().out

    @pytest.mark.parametrize(
        ("hint", "said"),
        [
            ("rồi chạy: dvctt-report collect", "rồi chọn mục 3, chọn 1"),
            ("Xem bằng lệnh: dvctt-report status --files.", "Xem bằng mục 3, chọn 3."),
            ("của STP: dvctt-report decide 4fdc8918 --unit STP; của", "của STP: mục 5; của"),
            ("chọn: dvctt-report decide TỆP --use; hoặc", "chọn: mục 5; hoặc"),
            ('dvctt-report decide "T10.done" --unit SYT --undo.', "mục 5."),
            ("dvctt-report render để lập báo cáo", "mục 9, chọn 1 để lập báo cáo"),
            ("dvctt-report feedback --unit SYT", "dvctt-report feedback --unit SYT"),
            ("gõ dvctt-report trong thư mục này", "gõ dvctt-report trong thư mục này"),
        ],
    )
    def test_a_command_is_named_by_its_number(self, hint: str, said: str) -> None:
        with pointing(menu._ways()):
            assert hinted(hint) == said
        assert hinted(hint) == hint

    def test_a_contradiction_of_two_people_is_told_once_and_read_without_opening_the_book(
        self, here: Workspace, monkeypatch: Patch, capfd: Capture
    ) -> None:
        own = book_of(here.root)
        other = here.root / "viec-can-xu-ly-2025 (chị Hoa).xlsx"
        shutil.copy(own, other)
        for book, value in ((own, 2014), (other, 2041)):
            asked = row_of(book, "Sở Y tế", "lớn hơn")
            type_into(book, asked, choice="Số đúng", value=value, reason="nhầm", **ZALO)
        told = use_menu(monkeypatch, capfd, str(number_of("matters")), "1", "", "")
        assert "Đọc 02 quyết định đã ghi trong sổ? [C/k]" in told
        assert " ".join(told.split()).count("các sổ ghi khác nhau") == 1

    def test_a_number_typed_in_place_of_enter_is_the_next_choice(
        self, here: Workspace, monkeypatch: Patch, capfd: Capture
    ) -> None:
        status = str(number_of("remind"))
        told = use_menu(monkeypatch, capfd, status, "2", status, "0", "")
        assert told.count("NÊN LÀM TIẾP") == 2

    def test_of_several_units_that_a_word_may_mean_one_is_chosen_by_number(
        self, here: Workspace, monkeypatch: Patch, capfd: Capture
    ) -> None:
        (here.inbox / "bao cao.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
        told = use_menu(monkeypatch, capfd, str(number_of("collect")), "1", "", "1", "Ninh", "1", "")
        assert "2 UBND huyện Ninh" in told
        assert "Đã ghi: Của UBND huyện Ninh" in told
        assert "ghi tên ở cột bên" not in told


def test_the_menu_is_told_by_what_is_kept_and_says_what_status_says(
    here: Workspace, monkeypatch: Patch, capfd: Capture
) -> None:
    def worked_out(_: OpenYear) -> dict[str, Any]:
        raise AssertionError("nothing has changed")

    first = use_menu(monkeypatch, capfd)
    monkeypatch.setattr("dvctt_report.cli.status.unit_states", worked_out)
    assert use_menu(monkeypatch, capfd) == first
    assert door.main(["status"]) == 0
    (counts,) = re.findall(r": đã gửi (\d+/.+?)\. Hạn gửi", " ".join(capfd.readouterr().out.split()))
    assert f"Đã gửi {counts} NÊN" in " ".join(first.split())
