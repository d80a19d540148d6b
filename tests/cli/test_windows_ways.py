"""The commands as they run from the bundle for Windows, as far as another system can show it.

Its Python reads no environment variable and no ``site`` (a ._pth file sees to that), as with ``-I -S``; the
console has an old code page, and a text file that we open in it is an error; the folder has a long name with
spaces and diacritics.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from dvctt_report.cli import door
from dvctt_report.intake.workers import FEW
from dvctt_report.store.workspace import LONGEST_FOLDER
from dvctt_report.text.resources import resource_path

SRC = Path(door.__file__).parents[2]
EXCEL_LIMIT = 218
"""Characters of a path that Excel opens. Source: Microsoft, Excel specifications and limits."""
TEMPORARY = len("..1234567.tmp")

START = r"""
import json, os, runpy, sys, warnings
warnings.simplefilter("ignore", EncodingWarning)
warnings.filterwarnings("error", category=EncodingWarning, module=r"dvctt_report\b")
sys.path += {libraries!r}
for console, arguments in json.loads(sys.argv[1]):
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding=console, errors="strict")
    sys.argv = ["dvctt-report", *arguments]
    try:
        runpy.run_module("dvctt_report", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(1, b"\0%d\0" % end.code)
"""


def run(folder: Path, *commands: tuple[str, str], codes: Sequence[int] = ()) -> list[str]:
    """What commands print (UTF-8), one after the other in ``folder``, each on a console of a code page.

    One process for all: what it takes is mostly to load the program.
    """
    libraries = [str(SRC), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    start = START.format(libraries=libraries)
    asked = json.dumps([(console, shlex.split(command)) for console, command in commands])
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8=0", "-X", "warn_default_encoding", "-c", start, asked],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    said = done.stdout.decode("utf-8")
    *parts, rest = said.split("\0")
    assert (done.returncode, rest) == (0, ""), said
    assert [int(code) for code in parts[1::2]] == [*(codes or [0] * len(commands))], said
    assert "�" not in said
    return parts[::2]


CONSOLES = ("cp1252", "cp1258")
ASIDE = ("--help", "status", "init .", "sai-lệnh")


class Year(NamedTuple):
    """A workspace of a year, and what each console was told in it at last of state, help and faults."""

    root: Path
    told: dict[str, list[str]]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """A year, from ``init`` to a letter, in a folder of 200 characters.

    It has returns enough, as its units name them, that processes of their own are started to read them.
    """
    above = tmp_path_factory.mktemp("w") / "Phòng Chuyển đổi số & CNTT (mới) %USERNAME% 100%"
    root = above / "Báo cáo tuyên truyền dịch vụ công trực tuyến".ljust(199 - len(str(above)), "m")
    assert len(str(root)) == 200
    above.mkdir()
    (said,) = run(above, ("cp1252", f"init '{root.name}' --year 2025"))
    assert "dài 200 ký tự" in " ".join(said.split())
    every = (resource_path("sample_data") / "nhan-ve" / "2025").glob("BM2025_*.xlsx")
    returns = sorted(every, key=lambda path: path.stat().st_size)[: FEW + 1]
    assert len(returns) > FEW
    for path in returns:
        shutil.copy(path, root / "nhan-ve" / "2025")
    forms, collected, validated, rendered, letter, *told = run(
        root,
        ("cp1258", "forms"),
        ("cp1252", "collect"),
        ("cp1258", "validate"),
        ("cp1252", "render"),
        ("cp1258", "letter remind"),
        *((console, command) for console in CONSOLES for command in ASIDE),
        codes=(0, 1, 1, 0, 0, *(0, 0, 2, 2) * len(CONSOLES)),
    )
    assert "27 biểu mẫu" in forms
    assert f"{len(returns)}/27 đơn vị" in collected
    assert "tiến trình riêng" not in collected  # where workers don't start, it is said so
    assert "Sở Y tế" in validated
    assert "bao-cao-2025.docx" in rendered
    assert "cong-van-don-doc-2025.docx" in letter
    n = len(ASIDE)
    return Year(root, {console: told[k * n : k * n + n] for k, console in enumerate(CONSOLES)})


def test_a_year_passes_without_environment_in_a_long_folder_on_old_consoles(year: Year) -> None:
    results = {path.name for path in (year.root / "ket-qua" / "2025").iterdir()}
    assert {"bao-cao-2025.docx", "bao-cao-2025.json", "kiem-tra-so-lieu.xlsx"} <= results


@pytest.mark.parametrize("console", CONSOLES)
def test_an_old_console_gets_whole_vietnamese_of_help_state_and_faults(console: str, year: Year) -> None:
    expected = ("lập báo cáo", "Hạn gửi", "Lỗi: ", "Lỗi: ")
    for words, said in zip(expected, year.told[console], strict=True):
        assert words in said


def test_what_is_made_leaves_room_for_the_longest_folder_that_init_takes_without_a_word(year: Year) -> None:
    made = [path.relative_to(year.root).as_posix() for path in year.root.rglob("*") if path.is_file()]
    assert LONGEST_FOLDER + 1 + max(map(len, made)) + TEMPORARY <= EXCEL_LIMIT
