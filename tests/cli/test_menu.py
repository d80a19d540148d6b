"""The menu as somebody meets it who has a terminal and nothing else: from an empty folder to the report."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.app import COMMANDS
from dvctt_report.cli.menu import BESIDE, LINES, number_of

pexpect = pytest.importorskip("pexpect")  # Windows has no pseudo-terminals

SRC = Path(door.__file__).parents[2]
SAMPLE = Path(__file__).parents[2] / "sample_data"
SENT = ("CDN", "SYT", "SNV", "STC")
"""Whose returns there are: the first on a form of the year before, the second with a fault."""
BACK = "Bấm Enter để trở lại bảng chọn"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder with a name as people give them, and some returns of the sample beside it."""
    (tmp_path / "Thư đến & tải về").mkdir()
    for unit in SENT:
        (path,) = (SAMPLE / "nhan-ve" / "2025").glob(f"BM202?_{unit}_*")
        shutil.copy(path, tmp_path / "Thư đến & tải về")
    (tmp_path / "Báo cáo 2025").mkdir()
    return tmp_path / "Báo cáo 2025"


def _hear_interrupts() -> None:
    """Undo what a shell does to what it starts in the background: its children ignore interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
        preexec_fn=_hear_interrupts,
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
    terminal.expect_exact(BACK)
    shown = str(terminal.before)
    terminal.sendline("")
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


def test_every_line_names_a_command_that_exists() -> None:
    steps = [*(step for line in LINES for step in line.steps), *BESIDE.values()]
    assert {step.command.split()[0] for step in steps if step.command} <= COMMANDS.keys()


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
    assert "Chưa ghi bản đã ký" in choose(terminal, "amend")
    choose(terminal, "render", step=1)
    assert "Lệnh: dvctt-report render --ministry" in choose(terminal, "ministry", step=1)
    for name in ("bao-cao-2025.docx", "bao-cao-ubnd-2025.docx", "to-trinh-2025.docx"):
        assert (folder / "ket-qua" / "2025" / name).is_file()
    report = folder / "ket-qua" / "2025" / "bao-cao-2025.docx"
    checked = choose(terminal, "check", f"'{report}'", step=2)
    assert "0 lỗi, 0 cảnh báo" in checked
    assert "Lập bản sao đã sửa?" not in checked
    (told,) = (
        one
        for one in json.loads(report.with_suffix(".json").read_bytes())["indicators"]
        if one["code"] == "T10"
    )
    assert told["percent"] in choose(terminal, "explain", "T10")
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
    shown = terminal.logfile_read.getvalue()
    assert "Traceback" not in shown
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).split("NÊN LÀM TIẾP")[1:]
    for menu in (part.partition("Chọn số")[0].splitlines() for part in drawn):
        assert max(map(len, menu)) <= 80
        assert len(menu) <= 18


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


def test_answers_may_come_through_a_pipe(folder: Path) -> None:
    assert door.main(["init", str(folder), "--year", "2025"]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "dvctt_report", "menu"],
        cwd=folder,
        input=f"{number_of('explain')}\n\n0\n".encode(),
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "cp1258"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "Chưa nhận báo cáo nào" in done.stdout.decode()
    assert list(folder.glob("dvctt-loi-*")) == []
