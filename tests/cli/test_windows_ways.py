"""The commands as they run from the bundle for Windows, as far as another system can show it.

Its Python reads no environment variable and no ``site`` (a ._pth file sees to that), as with ``-I -S``; the
console has an old code page, and a text file that we open in it is an error; the folder has a long name with
spaces and diacritics.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.resources import resource_path
from dvctt_report.workspace import LONGEST_FOLDER

SRC = Path(door.__file__).parents[2]
EXCEL_LIMIT = 218
"""Characters of a path that Excel opens. Source: Microsoft, Excel specifications and limits."""
TEMPORARY = len("..1234567.tmp")

START = r"""
import runpy, sys, warnings
warnings.simplefilter("ignore", EncodingWarning)
warnings.filterwarnings("error", category=EncodingWarning, module=r"dvctt_report\b")
sys.path += {libraries!r}
for stream in (sys.stdin, sys.stdout, sys.stderr):
    stream.reconfigure(encoding={console!r}, errors="strict")
runpy.run_module("dvctt_report", run_name="__main__", alter_sys=True)
"""


def run(folder: Path, console: str, *arguments: str, code: int = 0) -> str:
    """What a command prints (UTF-8), run in ``folder`` on a console of that code page."""
    libraries = [str(SRC), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    start = START.format(libraries=libraries, console=console)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8=0", "-X", "warn_default_encoding", "-c", start, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == code, said
    assert "�" not in said
    return said


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of a year, from ``init`` to a letter, in a folder of 200 characters."""
    above = tmp_path_factory.mktemp("w") / "Phòng Chuyển đổi số & CNTT (mới) %USERNAME% 100%"
    root = above / "Báo cáo tuyên truyền dịch vụ công trực tuyến".ljust(199 - len(str(above)), "m")
    assert len(str(root)) == 200
    above.mkdir()
    assert "dài 200 ký tự" in " ".join(run(above, "cp1252", "init", root.name, "--year", "2025").split())
    shutil.copytree(resource_path("sample_data") / "nhan-ve", root / "nhan-ve", dirs_exist_ok=True)
    assert "27 biểu mẫu" in run(root, "cp1258", "forms")
    collected = run(root, "cp1252", "collect", code=1)
    assert "23/27 đơn vị" in collected
    assert "tiến trình riêng" not in collected  # where workers don't start, it is said so
    assert "Sở Y tế" in run(root, "cp1258", "validate", code=1)
    assert "bao-cao-2025.docx" in run(root, "cp1252", "render")
    assert "cong-van-don-doc-2025.docx" in run(root, "cp1258", "letter", "remind")
    return root


def test_a_year_passes_without_environment_in_a_long_folder_on_old_consoles(workspace: Path) -> None:
    results = {path.name for path in (workspace / "ket-qua" / "2025").iterdir()}
    assert {"bao-cao-2025.docx", "bao-cao-2025.json", "kiem-tra-so-lieu.xlsx"} <= results


@pytest.mark.parametrize("console", ["cp1252", "cp1258"])
def test_an_old_console_gets_whole_vietnamese_of_help_state_and_faults(console: str, workspace: Path) -> None:
    assert "lập báo cáo" in run(workspace, console, "--help")
    assert "Hạn gửi" in run(workspace, console, "status")
    assert "Lỗi: " in run(workspace, console, "init", ".", code=2)
    assert "Lỗi: " in run(workspace, console, "sai-lệnh", code=2)


def test_what_is_made_leaves_room_for_the_longest_folder_that_init_takes_without_a_word(
    workspace: Path,
) -> None:
    made = [path.relative_to(workspace).as_posix() for path in workspace.rglob("*") if path.is_file()]
    assert LONGEST_FOLDER + 1 + max(map(len, made)) + TEMPORARY <= EXCEL_LIMIT
