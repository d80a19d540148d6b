"""The bundle is put together as Windows needs it, and what is wrong with one is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

import dvctt_report
from dvctt_report.cli.init import LAUNCHERS, write_launchers
from dvctt_report.text.resources import resource_path
from scripts.bundle_windows.archive import pack
from scripts.bundle_windows.batch import COMPILED, INSTALL, NEW, check_batch, launchers
from scripts.bundle_windows.check import check_bundle, check_names
from scripts.bundle_windows.contents import GUIDE, PROGRAM, gather, unpack_wheel
from scripts.bundle_windows.portable import imported
from scripts.bundle_windows.target import PATH_FILE
from tests.bundle_windows.made import archive, binary, bundle, python, wheel

SITE = "python/Lib/site-packages"


def test_python_starts_with_the_libraries_and_nothing_else_on_its_path(tmp_path: Path) -> None:
    files, wheels = bundle(tmp_path)
    assert list(check_bundle(files, wheels)) == []
    assert files[f"python/{PATH_FILE}"] == b"python312.zip\r\nlibraries.zip\r\nDLLs\r\nLib\\site-packages\r\n"
    assert {name for name in files if "/" not in name} == {INSTALL, NEW, GUIDE}


def test_modules_go_into_the_archive_where_they_need_nothing_beside_them(tmp_path: Path) -> None:
    held: dict[str, dict[str, bytes]] = {
        "dvctt_report": {"dvctt_report/cli/menu.toml": b""},
        "alone": {"alone/_parts/LICENSE.txt": b""},
        "with_data": {"with_data/form.docx": b""},
        "docxtpl": {},
    }
    files = gather(python(), [wheel(tmp_path, name, files=more) for name, more in held.items()], "1.0")
    assert {path for path in files if path.endswith("__main__.py")} == {
        "python/libraries.zip/dvctt_report/__main__.py",
        "python/libraries.zip/alone/__main__.py",
        f"{SITE}/with_data/__main__.py",
        f"{SITE}/docxtpl/__main__.py",
    }
    assert {f"{SITE}/dvctt_report/cli/menu.toml", f"{SITE}/alone/_parts/LICENSE.txt"} <= files.keys()


def test_the_program_has_a_name_of_its_own_for_each_byte_that_it_is_made_of(tmp_path: Path) -> None:
    names = [
        gather(python(), [wheel(tmp_path, "a", files={"a/b.py": text})], "1.0")[f"{SITE}/{PROGRAM}"]
        for text in (b"1", b"1", b"2")
    ]
    assert names[0] == names[1] != names[2]


def test_a_program_whose_modules_lie_in_an_archive_runs_and_opens_only_its_data(tmp_path: Path) -> None:
    package = Path(dvctt_report.__file__).parent
    files = {p.relative_to(package.parent).as_posix(): p for p in package.rglob("*") if p.is_file()}
    modules = {name: path.read_bytes() for name, path in files.items() if name.endswith(".py")}
    (tmp_path / "libraries.zip").write_bytes(pack(modules, 1_700_000_000))
    for name in files.keys() - modules.keys():
        if "__pycache__" not in name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(files[name], tmp_path / name)
    for name, source in (("templates", resource_path("templates")), ("program.txt", None)):
        beside = tmp_path / "dvctt_report" / "_data" / name
        beside.parent.mkdir(exist_ok=True)
        shutil.copytree(source, beside) if source else beside.write_text("made at once")
    workspace = tmp_path / "năm"
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(workspace)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path / "libraries.zip"), str(tmp_path)))},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    opened = {Path(line).relative_to(tmp_path).as_posix() for line in done.stdout.splitlines()}
    assert "dvctt_report/cli/commands.toml" in opened
    assert "dvctt_report/_data/program.txt" in opened
    assert not {name for name in opened if name.endswith((".py", ".pyc"))}


OPENED = """
import io, sys
from contextlib import redirect_stdout
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, told: event == "open" and opened.add(str(told[0])))
from dvctt_report.cli.door import main
from dvctt_report.text.resources import PACKAGE
with redirect_stdout(io.StringIO()):
    codes = [main(["init", sys.argv[1], "--year", "2026"]), main(["--workspace", sys.argv[1], "status"])]
assert codes == [0, 0], codes
print("\\n".join(name for name in opened if name.startswith(str(PACKAGE))))
"""
"""Makes a workspace and tells how it stands; says which files of the package's folder were opened."""


def test_scripts_and_tests_of_the_libraries_stay_out() -> None:
    held = unpack_wheel(
        "a-1.0-py3-none-any.whl",
        archive(
            {
                "a/tests/test_a.py": b"",
                "a/tests.py": b"",
                "a/fast.pyx": b"",
                "pygments/lexers/python.py": b"",
                "tzdata/zoneinfo/Asia/Ho_Chi_Minh": b"",
                "a/py.typed": b"",
                "a-1.0.dist-info/RECORD": b"",
                "a-1.0.data/scripts/a.py": b"",
                "a-1.0.data/platlib/a/b.py": b"",
            }
        ),
    )
    assert held.keys() == {"a/tests.py", "a/b.py"}


def test_a_wheel_that_puts_files_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="outside site-packages"):
        unpack_wheel("a-1.0-py3-none-any.whl", archive({"a-1.0.data/data/etc/a": b""}))


def test_two_wheels_with_different_files_of_one_name_are_refused(tmp_path: Path) -> None:
    wheels = [wheel(tmp_path, "a", files={"x.py": b"1"}), wheel(tmp_path, "b", files={"x.py": b"2"})]
    with pytest.raises(ValueError, match=r"x\.py"):
        gather(python(), wheels, "1.0")


def test_the_same_files_give_the_same_archive_and_another_date_another() -> None:
    files = {"b.txt": b"b", "a/ă.txt": b"a" * 1000}
    packed = pack(files, 1_700_000_000)
    assert packed == pack(dict(reversed(files.items())), 1_700_000_000)
    assert packed != pack(files, 1_700_000_100)
    with zipfile.ZipFile(BytesIO(packed)) as opened:
        assert opened.namelist() == ["a/ă.txt", "b.txt"]
        assert {i.date_time for i in opened.infolist()} == {(2023, 11, 14, 22, 13, 20)}


@pytest.mark.requires("unzip")
def test_other_programs_give_the_files_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack({"Sở Y tế.xlsx": b"a"}, 1_700_000_000))
    subprocess.run(["unzip", "-q", "a.zip"], cwd=tmp_path, check=True)
    assert {p.name for p in tmp_path.iterdir()} == {"a.zip", "Sở Y tế.xlsx"}


Damage = Callable[[dict[str, bytes], list[str]], object]
FAULTS: dict[str, tuple[Damage, str]] = {
    "a source archive": (lambda f, w: w.append("a-1.0.tar.gz"), "a-1.0.tar.gz: not a wheel"),
    "a wheel of another Python": (
        lambda f, w: w.append("a-1.0-cp313-cp313-win_amd64.whl"),
        "a-1.0-cp313-cp313-win_amd64.whl: not for Python 3.12.9",
    ),
    "a wheel of another system": (
        lambda f, w: w.append("a-1.0-cp312-cp312-manylinux_2_28_x86_64.whl"),
        "manylinux_2_28_x86_64.whl: not for Python 3.12.9",
    ),
    "a library that only Windows needs": (
        lambda f, w: f.pop(f"{SITE}/colorama-1.0.dist-info/METADATA"),
        "dvctt_report: needs colorama, which is missing",
    ),
    "a library too old": (
        lambda f, w: f.update(
            {f"{SITE}/a-1.0.dist-info/METADATA": b"Name: a\nVersion: 1\nRequires-Dist: colorama>=2\n"}
        ),
        "a: needs colorama>=2, but 1.0 is there",
    ),
    "a library for newer Pythons": (
        lambda f, w: f.update(
            {f"{SITE}/a-1.0.dist-info/METADATA": b"Name: a\nVersion: 1\nRequires-Python: >=3.13\n"}
        ),
        "a: not for Python 3.12.9",
    ),
    "no C++ library": (
        lambda f, w: f.pop(f"{SITE}/numbers.libs/msvcp140-1f.dll"),
        "needs msvcp140-1f.dll, which is not there",
    ),
    "a delayed library": (
        lambda f, w: f.update({f"{SITE}/a.pyd": binary(delayed=("libxml2.dll",))}),
        "a.pyd: needs libxml2.dll",
    ),
    "a binary of 32 bits": (
        lambda f, w: f.update({f"{SITE}/a.pyd": binary(machine=0x14C)}),
        "a.pyd: not for 64-bit Windows",
    ),
    "no binary": (lambda f, w: f.update({f"{SITE}/a.pyd": b"\x7fELF"}), "a.pyd: not a whole Windows binary"),
    "a file of Linux": (lambda f, w: f.update({f"{SITE}/a.so": b""}), "a.so: not for Windows"),
    "another program": (lambda f, w: f.update({"python/Scripts/a.exe": b""}), "a.exe: a program that"),
    "no Python": (lambda f, w: f.pop("python/python.exe"), "python/python.exe: missing"),
    "no guide": (lambda f, w: f.pop(GUIDE), f"{GUIDE}: missing"),
    "a batch file from Linux": (
        lambda f, w: f.update({NEW: f[NEW].replace(b"\r", b"")}),
        f"{NEW}: has line ends that are not CRLF",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_bundle_is_found(fault: str, tmp_path: Path) -> None:
    files, wheels = bundle(tmp_path)
    damage, said = FAULTS[fault]
    damage(files, wheels)
    (found,) = check_bundle(files, wheels)
    assert said in found


@pytest.mark.parametrize(
    "path",
    ["a" * 160, "aux.txt", "a/con/b", "a:b", "a /b", "a./b", "a\\b", "a\x07b"],
)
def test_a_name_that_windows_does_not_take_is_found(path: str) -> None:
    assert list(check_names([path])) != []


def test_names_that_differ_in_case_or_composition_are_one() -> None:
    assert len(list(check_names(["a/Sở.txt", "a/SỞ.txt", "b.py"]))) == 1
    assert list(check_names(["a/Sở.txt", "a/So.txt", "console/auxiliary.py", ".b/c..d"])) == []


def test_the_libraries_a_binary_is_linked_to_are_read() -> None:
    assert imported(binary("A.dll", "b.DLL", delayed=("C.dll",))) == {"a.dll", "b.dll", "c.dll"}
    assert imported(binary()) == frozenset()
    with pytest.raises(ValueError, match="not a whole"):
        imported(binary("A.dll")[:0x90])


def test_every_batch_file_of_ours_keeps_the_rules_of_cmd(tmp_path: Path) -> None:
    write_launchers(tmp_path)
    files = launchers() | {name: (tmp_path / name).read_bytes() for name in LAUNCHERS}
    assert len(files) == 6
    assert [(name, fault) for name, data in files.items() for fault in check_batch(data)] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("echo Cài đặt", "letters"),
        ('echo "a', "open quotation mark"),
        ("cd %~dp0", "outside quotation marks"),
        ("%HERE%\\python.exe", "outside quotation marks"),
        ('if "%HERE:~-1%"=="x" cd %HERE:~0,-1%', "outside quotation marks"),
        ('call "%~f1"', "expands"),
        ("setlocal EnableDelayedExpansion", "expands"),
        ("if errorlevel 1 pause", "negative"),
        ('setx DVCTT_HOME "%HERE%\\"', "backslash"),
    ],
)
def test_what_cmd_would_not_do_as_written_is_found(line: str, said: str) -> None:
    (found,) = check_batch(f"@echo off\r\n{line}\r\n".encode())
    assert said in found


def test_installing_names_the_folder_without_its_last_backslash_and_loads_what_is_compiled() -> None:
    lines = launchers()[INSTALL].decode().splitlines()
    assert lines.index(r'if "%HERE:~-1%"=="\" set "HERE=%HERE:~0,-1%"') < lines.index(
        'setx DVCTT_HOME "%HERE%" >nul'
    )
    (load,) = (line for line in lines if "-c " in line)
    exec(load.split(" -c ")[1].strip('"'), {})
    assert {"lxml.etree", "pandas", "sqlite3"} <= set(COMPILED)


def test_the_guide_is_whole_and_asks_for_nothing_from_the_network(tmp_path: Path) -> None:
    files, _ = bundle(tmp_path)
    text = files[GUIDE].decode()
    assert "{" not in text.split("</style>")[1]
    assert "http" not in text
    assert "<script" not in text
    for name in (INSTALL, NEW, *LAUNCHERS):
        assert name in text
