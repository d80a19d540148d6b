"""The console: typed, dropped, interrupted, in two code pages, with nobody at it."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows.machine import ROOT, Console, Machine

RETURNS = ROOT / "sample_data" / "nhan-ve" / "2025"


@pytest.fixture(scope="module")
def console(machine: Machine, documents: Path) -> Iterator[Console]:
    window = Console(machine, documents, {"DVCTT_HOME": machine.name(machine.app)})
    window.wait_for(r">\s*$")
    yield window
    window.close()


@pytest.fixture(scope="module")
def workspace(console: Console, machine: Machine, documents: Path) -> Path:
    """A workspace made by double-clicking and answering, then forms issued from its menu."""
    folder = documents / "Báo cáo 2025"
    console.type(f'"{machine.name(machine.app / "DVCTT-moi.bat")}" "{machine.name(folder)}"', "Enter")
    console.wait_for(r"Tạo thư mục làm việc tại đây\? ")
    console.type("c", "Enter")
    console.wait_for(r"Năm báo cáo ")
    console.type("2025", "Enter")
    console.wait_for(r"Tỉnh, thành phố ")
    console.type("Enter")
    (questions,) = re.findall(r"(?m)^1/(\d+) ", console.wait_for(r"(?m)^1/\d+ "))
    for number in range(1, int(questions) + 1):
        console.wait_for(rf"(?m)^{number}/{questions} ")
        console.type("Enter")
    console.wait_for(r"Chọn số:\s*$")
    console.type("2", "Enter")  # forms and the letter with them
    console.wait_for(r"Chọn số \[1\]:")
    console.type("1", "Enter")
    console.wait_for(r"Bấm Enter để trở lại")
    console.type("Enter")
    console.wait_for(r"Chọn số:\s*$")
    console.type("0", "Enter")
    console.wait_for(r">\s*$")
    return folder


def test_a_folder_becomes_a_workspace_and_the_menu_issues_the_forms(workspace: Path) -> None:
    assert {"DVCTT.bat", "Nhan-bao-cao.bat", "Kiem-tra-the-thuc.bat", "dvctt.toml"} <= {
        path.name for path in workspace.iterdir()
    }
    assert len(list((workspace / "bieu-mau" / "2025").glob("*.xlsx"))) == 27


def test_several_files_are_dropped_at_once(
    console: Console, machine: Machine, workspace: Path, documents: Path
) -> None:
    mail = documents / "Thư đến & tải về"
    mail.mkdir()
    names = ["BM2025_SYT_So-Y-te.xlsx", "BM2025_NSN_UBND-huyen-Ninh-Son.xlsx"]
    for name in names:
        shutil.copy(RETURNS / name, mail)
    (mail / "thư mục").mkdir()
    shutil.copy(RETURNS / "BM2025_STC_So-Tai-chinh.xlsx", mail / "thư mục")
    dropped = " ".join(f'"{machine.name(mail / name)}"' for name in (*names, "thư mục"))
    console.clear()
    console.type(f'"{machine.name(workspace / "Nhan-bao-cao.bat")}" {dropped}', "Enter")
    shown = console.wait_for("Press any key")
    console.type("Enter")
    assert shown.count("Đã chép 1 tệp từ ") == 3
    taken = {
        p.relative_to(workspace / "nhan-ve" / "2025").as_posix() for p in workspace.rglob("nhan-ve/**/*.xlsx")
    }
    assert taken == {*names, "thư mục/BM2025_STC_So-Tai-chinh.xlsx"}


def test_documents_are_dropped_by_names_as_seen_from_where_they_are(
    console: Console, machine: Machine, workspace: Path, documents: Path
) -> None:
    for name in ("a.docx", "b.docx"):
        shutil.copy(ROOT / "templates" / "chung" / "report.docx", documents / name)
    console.clear()
    console.type(f'"{machine.name(workspace / "Kiem-tra-the-thuc.bat")}" a.docx b.docx', "Enter")
    shown = console.wait_for("Press any key")
    console.type("Enter")
    for name in ("a.docx", "b.docx"):
        assert re.search(rf"(?m)^ *{name} ", shown)


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3])
def test_an_interrupt_while_the_readers_start_is_one_vietnamese_line(
    seconds: float, console: Console, machine: Machine, workspace: Path
) -> None:
    shutil.copytree(RETURNS, workspace / "nhan-ve" / "2025" / f"{seconds}")
    machine.wait_for_its_end("spawn_main")
    console.clear()
    console.type(
        f'"{machine.python}" -m dvctt_report --workspace "{machine.name(workspace)}" collect', "Enter"
    )
    machine.wait_for_process("spawn_main")
    time.sleep(seconds)
    # While a process is started nothing is heard.
    shown = console.press("C-c", until=r"Đã dừng theo yêu cầu\.")
    assert "Traceback" not in shown
    assert "KeyboardInterrupt" not in shown


@pytest.mark.parametrize("page", ["1258", "65001"])
def test_every_letter_is_shown_and_written_in_both_code_pages(
    page: str, console: Console, machine: Machine, workspace: Path
) -> None:
    console.clear()
    console.type(f"chcp {page}", "Enter")
    console.type(f'cd "{machine.name(workspace)}"', "Enter")
    console.type(f'"{machine.python}" -m dvctt_report status > "{page}.txt" & echo done', "Enter")
    console.wait_for(r"(?m)^done")
    console.type(f'"{machine.python}" -m dvctt_report status', "Enter")
    shown = console.wait_for("Hạn gửi")
    assert "Sở Y tế" in console.wait_for("Văn phòng")
    assert "�" not in shown
    assert "Sở Y tế" in (workspace / f"{page}.txt").read_text(encoding="utf-8")


def test_the_null_device_answers_no_question(
    console: Console, machine: Machine, documents: Path, workspace: Path
) -> None:
    console.clear()
    console.type(f'cd "{machine.name(documents)}"', "Enter")
    console.type(f'"{machine.python}" -m dvctt_report init thu < NUL', "Enter")
    shown = console.wait_for(r"3\. dvctt-report validate")
    assert "Đã tạo thư mục làm việc" in shown
    assert "1/10" not in shown
    assert (documents / "thu" / "dvctt.toml").exists()


def test_the_guide_of_the_bundle_is_found(machine: Machine, documents: Path) -> None:
    said = machine.program(documents, "menu", "--guide", "--debug")
    assert (machine.app / "Tai-lieu" / "huong-dan-su-dung.html").is_file()
    assert "docs" not in said


def test_a_folder_with_too_long_a_path_is_told(machine: Machine, documents: Path) -> None:
    name = "Báo cáo tuyên truyền dịch vụ công trực tuyến của Sở " * 2
    said = machine.program(documents, "init", name.strip(), "--year", "2025")
    assert "Excel không mở được tệp có đường dẫn quá 218 ký tự" in " ".join(said.split())
