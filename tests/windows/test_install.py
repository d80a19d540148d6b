"""What is double-clicked first, on a computer that is set to Vietnamese."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from scripts.bundle_windows.archive import pack
from scripts.bundle_windows.batch import COMPILED, INSTALL
from scripts.bundle_windows.target import LIBRARIES
from tests.windows.machine import Machine


def batch(machine: Machine, folder: Path, name: str, code: int = 0) -> str:
    """What a batch file says while somebody presses Enter."""
    return machine.run(["cmd", "/c", machine.name(folder / name)], folder, code, b"\r\n\r\n")


def test_its_code_page_is_that_of_vietnam(machine: Machine) -> None:
    said = machine.run([machine.python, "-c", "import locale; print(locale.getencoding())"], machine.disk)
    assert said == "cp1258\n"


def test_installing_tries_the_program(machine: Machine) -> None:
    said = batch(machine, machine.app, INSTALL)
    assert "dvctt-report " in said
    assert "Da cai dat. Buoc tiep theo: bam dup DVCTT-moi.bat" in said


def test_installing_loads_every_library_that_has_compiled_parts(machine: Machine) -> None:
    site = machine.app / "python" / "Lib" / "site-packages"
    compiled = {path.relative_to(site).parts[0].partition(".")[0] for path in site.rglob("*.pyd")}
    assert compiled <= {name.partition(".")[0] for name in COMPILED}


def test_a_bundle_that_was_not_unpacked_whole_says_so(machine: Machine) -> None:
    folder = machine.disk / "Tạm"
    folder.mkdir()
    shutil.copy(machine.app / INSTALL, folder)
    assert "Khong thay python\\python.exe. Hay giai nen" in batch(machine, folder, INSTALL, code=2)


def test_a_broken_program_says_so(machine: Machine) -> None:
    archive = machine.app / "python" / LIBRARIES
    whole = archive.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        modules = {name: opened.read(name) for name in opened.namelist()}
    del modules["dvctt_report/__main__.pyc"]
    modules["dvctt_report/__main__.py"] = b"raise SystemExit(-1073741819)"
    try:
        archive.write_bytes(pack(modules, 1_700_000_000, stored=True))
        assert "Chuong trinh chua chay duoc." in batch(machine, machine.app, INSTALL, code=2)
    finally:
        archive.write_bytes(whole)


def test_nothing_is_compiled_on_the_computer(machine: Machine, tmp_path: Path) -> None:
    before = set(machine.app.rglob("*.pyc"))
    machine.program(tmp_path, "lint", "--help")
    machine.program(tmp_path, "render", "--help")
    assert set(machine.app.rglob("*.pyc")) == before
