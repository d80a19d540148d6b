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


def test_a_year_passes_without_environment_in_a_long_folder_on_old_consoles(tmp_path: Path) -> None:
    """From ``init`` to a letter, in a folder of 200 characters.

    It has returns enough, as its units name them, that processes of their own are started to read them.
    """
    above = tmp_path / "Phòng Chuyển đổi số & CNTT (mới) %USERNAME% 100%"
    root = above / "Báo cáo tuyên truyền dịch vụ công trực tuyến".ljust(199 - len(str(above)), "m")
    assert len(str(root)) == 200
    above.mkdir()
    (said,) = run(above, ("cp1252", f"init '{root.name}' --year 2025"))
    assert "dài 200 ký tự" in " ".join(said.split())
    every = (resource_path("sample_data") / "nhan-ve" / "2025").glob("BM2025_*.xlsx")
    returns = sorted(every, key=lambda path: path.stat().st_size)[: FEW + 1]
    for path in returns:
        shutil.copy(path, root / "nhan-ve" / "2025")
    expected = (
        ("cp1258", "forms", 0, "27 biểu mẫu"),
        ("cp1252", "collect", 1, f"{FEW + 1}/27 đơn vị"),
        ("cp1258", "validate", 1, "Sở Y tế"),
        ("cp1252", "render", 0, "bao-cao-2025.docx"),
        ("cp1258", "letter remind", 0, "cong-van-don-doc-2025.docx"),
        *(
            (console, *rest)
            for console in ("cp1252", "cp1258")
            for rest in (
                ("--help", 0, "lập báo cáo"),
                ("status", 0, "Hạn gửi"),
                ("init .", 2, "Lỗi: "),
                ("sai-lệnh", 2, "Lỗi: "),
            )
        ),
    )
    told = run(root, *(one[:2] for one in expected), codes=[one[2] for one in expected])
    assert [one for one, said in zip(expected, told, strict=True) if one[3] not in said] == []
    assert "tiến trình riêng" not in told[1]  # where workers don't start, it is said so
    results = {path.name for path in (root / "ket-qua" / "2025").iterdir()}
    assert {"bao-cao-2025.docx", "bao-cao-2025.json", "kiem-tra-so-lieu.xlsx"} <= results
    made = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    longest = LONGEST_FOLDER + 1 + max(map(len, made)) + TEMPORARY
    assert longest <= EXCEL_LIMIT, "the longest folder that init takes without a word leaves room"
