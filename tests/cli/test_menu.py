"""The menu: what waits, what comes next, why something can't be done, whose a file is; and the whole way.

As somebody meets it who has a terminal and nothing else: from an empty folder to the report.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli import door, init, menu
from dvctt_report.cli.app import COMMANDS
from dvctt_report.cli.menu import BESIDE, LINES, MenuLine, NextStep, YearState, number_of
from dvctt_report.cli.screen import hinted, pointing
from dvctt_report.files.manifests import keep_manifest
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.report.manifest import packed_manifest
from dvctt_report.store.published.record import final_manifests
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.year.loader import OpenYear
from tests.cli.officer import Run, send_as, use_menu
from tests.decide.excel import ZALO, book_of, row_of, shown, type_into
from tests.pytest_types import Capture, Patch

pexpect = pytest.importorskip("pexpect")  # Windows has no pseudo-terminals

NOW = datetime(2025, 11, 20, 17)
SRC = Path(door.__file__).parents[2]
SAMPLE = Path(__file__).parents[2] / "sample_data"
SENT = ("CDN", "SYT", "SNV", "STC")
"""Whose returns there are: the first on a form of the year before, the second with a fault."""

# ------------------------------------------------------------------------------ on a terminal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder with a name as people give them, and some returns of the sample beside it."""
    (tmp_path / "Thư đến & tải về").mkdir()
    for unit in SENT:
        (path,) = (SAMPLE / "nhan-ve" / "2025").glob(f"BM202?_{unit}_*")
        shutil.copy(path, tmp_path / "Thư đến & tải về")
    (tmp_path / "Báo cáo 2025").mkdir()
    return tmp_path / "Báo cáo 2025"


@pytest.fixture
def terminal(folder: Path) -> Iterator[Any]:
    """The program on a terminal of 80 columns, in the empty folder, without a desktop."""
    env = {**os.environ, "PYTHONPATH": str(SRC), "TERM": "xterm", "COLUMNS": "80", "LINES": "40"}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR"):
        env.pop(name, None)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "dvctt_report"],
        cwd=folder,
        env=env,
        encoding="utf-8",
        dimensions=(40, 80),
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell in the background ignores it
    )
    child.timeout = 1_200
    child.delaybeforesend = None  # whatever is sent here was asked for
    child.logfile_read = io.StringIO()
    yield child
    child.close(force=True)


def choose(terminal: Any, line: str, *answers: str, step: int = 0) -> str:
    """Choose a line of the menu, of several steps one, answer what it asks, and return what was shown."""
    terminal.expect_exact("Chọn số: ")
    terminal.sendline(line if line in BESIDE else str(number_of(line)))
    if step:
        terminal.expect_exact("Chọn số [1]: ")
        terminal.sendline(str(step))
    for question in answers:
        terminal.expect(r"[)?]: |T10: |c/K\]: ")
        terminal.sendline(question)
    terminal.expect_exact("Bấm Enter để trở lại bảng chọn")
    said = str(terminal.before)
    terminal.sendline("")
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said)


def test_from_an_empty_folder_to_the_report(terminal: Any, folder: Path) -> None:
    terminal.expect_exact("Tạo thư mục làm việc tại đây? [C/k]: ")
    terminal.sendline("")
    terminal.expect_exact("Năm báo cáo")
    terminal.sendline("2025")
    terminal.expect_exact("Tỉnh, thành phố")
    terminal.sendline("")
    for number in range(1, 13):
        terminal.expect_exact(f"{number}/12 ")
        terminal.expect(r"\[?.*: ")
        terminal.sendline({5: "1234/KH-UBND", 6: "18/3/2025"}.get(number, ""))

    assert "Chưa nhận báo cáo nào" in choose(terminal, "explain")
    assert "Đã xuất 27 biểu mẫu" in choose(terminal, "forms", step=1).replace("\r\n", " ")
    received = choose(terminal, "collect", str(folder.parent / "Thư đến & tải về"), step=1)
    assert 'dvctt-report collect --from "' in received
    assert "3/27 đơn vị" in received
    assert re.search(r"Kết quả: .*tinh-hinh\.html", received)
    assert "kiem-tra-so-lieu.xlsx" in choose(terminal, "matters", step=2)
    assert "cong-van-don-doc-2025.docx" in choose(terminal, "remind", "", step=1)
    assert "chinh-ly" in choose(terminal, "feedback", "", step=1)
    choose(terminal, "render", step=1)
    report = folder / "ket-qua" / "2025" / "bao-cao-2025.docx"
    checked = choose(terminal, "check", f"'{report}'", step=2)
    assert "0 lỗi, 0 cảnh báo" in checked
    assert "Lập bản sao đã sửa?" not in checked
    indicators = json.loads(report.with_suffix(".json").read_bytes())["indicators"]
    (percent,) = (one["percent"] for one in indicators if one["code"] == "T10")
    assert percent in choose(terminal, "explain", "T10")
    assert "từng tệp đúng như lúc nhận" in choose(terminal, "?")
    assert "huong-dan-su-dung" in choose(terminal, "h")

    terminal.expect_exact("Chọn số: ")
    state = str(terminal.before)
    assert "chưa dùng được 1, chưa gửi 23, đang chỉnh lý số liệu 1" in " ".join(state.split())
    terminal.sendline("x")
    terminal.expect_exact(f"Gõ một số từ 0 đến {len(LINES)}")
    terminal.expect_exact("Chọn số: ")
    terminal.sendline("0")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert report.stat().st_size > 10_000
    said = terminal.logfile_read.getvalue()
    assert "Traceback" not in said
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said).split("NÊN LÀM TIẾP")[1:]
    for lines in (part.partition("Chọn số")[0].splitlines() for part in drawn):
        assert max(map(len, lines)) <= 80
        assert len(lines) <= 18


def test_an_interrupt_leaves_the_menu_in_words(terminal: Any) -> None:
    terminal.expect_exact("Tạo thư mục làm việc tại đây? [C/k]: ")
    # Python misses an interrupt that comes between its last look and the reading of the line, until another.
    for _ in range(100):
        terminal.sendintr()
        if terminal.expect_exact(["Đã dừng theo yêu cầu.", pexpect.TIMEOUT], timeout=12) == 0:
            break
    else:
        pytest.fail("a hundred interrupts were not heard")
    terminal.expect(pexpect.EOF)


# ------------------------------------------------------------------------------ its lines

Menu = Callable[..., str]


@pytest.fixture
def choosing(monkeypatch: Patch, capfd: Capture) -> Menu:
    """Chooses a line of the menu, types the rest, and leaves; gives all that was shown, on one line."""

    def choose_line(line: str = "", *answers: str) -> str:
        typed = (str(number_of(line)), *answers) if line else ()
        return " ".join(use_menu(monkeypatch, capfd, *typed).split())

    return choose_line


def next_step(workspace: Workspace) -> NextStep:
    return YearState(workspace, NOW).next_step()


def test_every_line_names_a_command_that_exists_and_fits_beside_another() -> None:
    steps = [*(step for line in LINES for step in line.steps), *BESIDE.values()]
    assert {step.command.split()[0] for step in steps if step.command} <= COMMANDS.keys()
    assert max(len(f"99 {line.text}{' (99)' if line.waiting else ''}") for line in LINES) <= 33
    assert menu.below(LINES[1].steps[0].result, Period(2025)) == "bieu-mau/2025"


@pytest.mark.parametrize("line", [line for line in LINES if line.name not in ("settings", "forms", "roll")])
def test_before_anything_came_no_line_asks_and_none_leads_to_nothing(
    line: MenuLine, begun: Path, monkeypatch: Patch, choosing: Menu
) -> None:
    reasons = [YearState(read_workspace(begun), NOW).why_not(step.ready) for step in line.steps]
    open_ones = {"collect": 4, "remind": 1, "check": 1}
    assert sum(not reason for reason in reasons) == open_ones.get(line.name, 0)
    if all(reasons):
        monkeypatch.chdir(begun)
        assert reasons[0] in choosing(line.name, "")


def test_what_comes_next(asked: Workspace, run: Run) -> None:
    assert next_step(asked) == ("remind", "15 đơn vị quá hạn chưa gửi")
    run("letter remind")
    assert next_step(asked).line == "feedback"
    run("feedback")
    assert next_step(asked) == ("matters", "09 việc chờ xử lý")
    book = book_of(asked.root)
    type_into(book, row_of(book, "Sở Y tế", "lớn hơn"), authority="Lãnh đạo")
    assert next_step(asked).why.endswith("(lãnh đạo quyết: 01)")
    type_into(book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
    assert next_step(asked) == ("matters", "đọc 01 quyết định đã ghi trong sổ")
    send_as(asked, "thêm.xlsx", "SDTTG", "9/BC-SDTTG")
    run.lax("collect --quiet")
    for row in shown(book, "Đơn vị sửa"):
        kind = "Để ngoài tổng hợp" if "Quản lý" in row["who"] else "Trả lại"
        type_into(book, row, choice=kind, reason="chưa sửa")
    run.lax("collect --quiet")
    assert next_step(asked).line == "matters"  # it came after it was reminded
    type_into(book, row_of(book, "Dân tộc", "Tính là"), choice="Đúng hạn")
    run.lax("collect --quiet")
    assert next_step(asked).line == "render"
    run.lax("roll 2026 --profile khanh_hoa")
    opened = read_workspace(asked.root)
    assert opened.period.year == 2026
    assert YearState(opened, datetime(2026, 9, 15)).next_step().line == "forms"


def test_once_the_report_is_final_its_number_is_next(asked: Workspace, monkeypatch: Patch) -> None:
    as_of = [datetime(2100, 1, 1)]
    monkeypatch.setattr(
        "dvctt_report.cli.menu.final_manifests", lambda _: zip((asked.root,), as_of, strict=True)
    )
    (asked.results / "bao-cao-2025.docx").touch()
    assert next_step(asked).line == "publish"
    as_of[0] = datetime(2000, 1, 1)
    assert next_step(asked).line == "remind"


def test_final_is_what_was_rendered_to_be_signed_for_the_period(asked: Workspace) -> None:
    said = {"year": 2025, "as_of": "2025-11-20T17:00", "report": {"final": True}}
    others: dict[str, dict[str, Any]] = {
        "draft": {"report": {"final": False}},
        "of the ministry": {"report": {"final": True, "text": "ministry"}},
        "of the year before": {"year": 2024},
        "of nothing": {"report": []},
    }
    for name, more in others.items():
        keep_manifest(asked.manifests, name, packed_manifest(said | more))
    assert [*final_manifests(asked)] == []
    own = keep_manifest(asked.manifests, "own", packed_manifest(said))
    assert [*final_manifests(asked)] == [(own, NOW)]


def test_what_is_typed_in_a_copy_is_read_though_another_copy_is_open(asked: Workspace) -> None:
    (asked.root / "viec-can-xu-ly-a.xlsx").mkdir()  # nothing that can be read
    assert YearState(asked, NOW).n_said == 0
    copy = asked.root / "viec-can-xu-ly-b.xlsx"
    shutil.copy(book_of(asked.root), copy)
    type_into(
        copy, row_of(copy, "Sở Y tế", "lớn hơn"), choice="Số đúng", value=1800, reason="gõ nhầm", **ZALO
    )
    assert YearState(asked, NOW).n_said == 1


def test_decisions_are_read_where_the_menu_opens_the_book(asked: Workspace, choosing: Menu) -> None:
    book = book_of(asked.root)
    mended = row_of(book, "Sở Y tế", "lớn hơn")
    type_into(book, mended, choice="Số đúng", value=1800, reason="gõ nhầm", **ZALO)
    type_into(book, row_of(book, "Ban Quản lý"), choice="Số đúng", value=50)
    said = choosing("matters", "1", "", "")
    assert "Quyết định đang có hiệu lực: 1 (trước khi đọc: 0)." in said
    assert "Ban Quản lý các khu công nghiệp: Chưa ghi: Chưa có căn cứ." in said
    assert "Còn 8 việc chờ xử lý." in said


def received(run: Run) -> list[dict[str, str]]:
    return [file for file in run.json("status --files")["files"] if file["unit"] == "SDTTG"]


@pytest.mark.usefixtures("asked")
def test_a_paper_return_is_received_by_the_menu(run: Run, choosing: Menu, monkeypatch: Patch) -> None:
    def fill(path: Path) -> bool:
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            book["01-A số liệu"]["F8"], book["01-A số liệu"]["G8"] = 40, 30
            book.save(path)
        return True

    monkeypatch.setattr(menu, "open_file", lambda _: True)
    assert "Tệp chưa lưu số nào nên chưa nhận" in choosing("collect", "9", "dan toc", "", "")
    assert received(run) == []
    monkeypatch.setattr(menu, "open_file", fill)
    assert "số đã nhập vẫn còn trong tệp" in choosing("collect", "9", "dan toc", "0", "")
    said = choosing("collect", "9", "dan toc", "", "0", "")
    assert "ghi tiếp vào tệp đó" in said
    assert "đã ghi bản mới" not in said
    (file,) = received(run)
    assert (file["status"], file["channel"]) == ("effective", "giấy")


def test_whose_a_file_is_is_asked_right_after_collecting(asked: Workspace, run: Run, choosing: Menu) -> None:
    send_as(asked, "Sở Tư pháp nộp.xlsx", "SDTTG", "987/BC-STP")
    said = choosing("collect", "1", "", "00", "1", "")
    for words in ("1 Của ", "Gõ một số từ 0 đến", "0 Để sau", "Đã ghi: Của "):
        assert words in said
    assert [d["choice"] for d in run.decided()] == ["assign"]
    assert shown(book_of(asked.root), "Đã quyết định")[0]["choice"].startswith("Của ")


def test_of_several_units_of_a_word_one_is_chosen_by_number(asked: Workspace, choosing: Menu) -> None:
    (asked.inbox / "bao cao.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    said = choosing("collect", "1", "", "1", "Ninh", "1", "")
    assert "2 UBND huyện Ninh" in said
    assert "Đã ghi: Của UBND huyện Ninh" in said
    assert "ghi tên ở cột bên" not in said


def test_a_half_year_is_opened_by_numbers_alone(asked: Workspace, choosing: Menu, monkeypatch: Patch) -> None:
    monkeypatch.setattr("dvctt_report.cli.roll.is_terminal", lambda _: True)
    choosing("roll", "3", "c", "20/6", "khanh_hoa", "", "", "")
    assert read_workspace(asked.root).period == Period(2026, PeriodPart.HALF)
    assert "Đang ở 6 tháng đầu năm 2026: mở năm 2026 trước." in choosing("roll", "3", "")


@pytest.mark.parametrize(("answer", "part"), [("1", PeriodPart.YEAR), ("2", PeriodPart.HALF)])
def test_the_first_period_is_a_number(
    answer: str, part: PeriodPart, tmp_path: Path, monkeypatch: Patch, run: Run
) -> None:
    monkeypatch.setattr(init, "is_terminal", lambda _: True)
    monkeypatch.setattr(init, "ask", lambda text, default: answer if "Năm" in text else default)
    monkeypatch.setattr(init, "ask_settings", lambda _: None)
    run(f"init '{tmp_path}/w'")
    assert read_workspace(tmp_path / "w").period.part is part


# ------------------------------------------------------------------------------ what it says


def test_hints_name_what_is_chosen(asked: Workspace, run: Run, monkeypatch: Patch, capfd: Capture) -> None:
    for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
        send_as(asked, name, "SDTTG", "5/BC-SDTTG", done)
    told = use_menu(monkeypatch, capfd, str(number_of("collect")), "1", "", "0", "")
    typed = [line for line in told.split("\n") if "dvctt-report" in line]
    assert all(line.startswith("Lệnh: dvctt-report collect") for line in typed)
    assert f"Tiếp theo: mục {number_of('matters')}, chọn 2" in told
    assert f"rồi chọn: mục {number_of('matters')};" in " ".join(told.split())
    assert "Tiếp theo: dvctt-report validate" in run.lax("collect")


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
def test_a_command_is_named_by_its_number(hint: str, said: str) -> None:
    with pointing(menu._ways()):
        assert hinted(hint) == said
    assert hinted(hint) == hint


@pytest.mark.usefixtures("asked")
def test_it_is_told_by_what_is_kept_as_status_is(run: Run, choosing: Menu, monkeypatch: Patch) -> None:
    def worked_out(_: OpenYear) -> dict[str, Any]:
        raise AssertionError("nothing has changed")

    first = choosing()
    monkeypatch.setattr("dvctt_report.cli.status.unit_states", worked_out)
    assert choosing() == first
    (counts,) = re.findall(r": đã gửi (\d+/.+?)\. Hạn gửi", run("status"))
    assert f"Đã gửi {counts} NÊN" in first
    number = str(number_of("remind"))
    assert choosing("remind", "2", number, "0", "").count("NÊN LÀM TIẾP") == 2, "a number in place of Enter"
