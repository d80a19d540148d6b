"""A Word file becomes a PDF by LibreOffice, or a sentence says why not and nothing is left behind."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pdfplumber
import pytest

from dvctt_report.files import libreoffice as office
from dvctt_report.files.libreoffice import NoPdf, convert_to_pdf, find_libreoffice
from dvctt_report.word.package import write_package
from dvctt_report.word.xml import paragraph, run, section
from tests.cli.disk import within
from tests.files.test_files import hold_open
from tests.libreoffice import RUN_ALONE

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins for LibreOffice are shell scripts")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start LibreOffice as the program does."""
    monkeypatch.setattr(office, "_run", RUN_ALONE)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A Word file in a folder as offices name them."""
    path = tmp_path / "Báo cáo năm 2025" / "bao-cao-2025.docx"
    path.parent.mkdir()
    body = paragraph("body", run("Sở Khoa học và Công nghệ báo cáo")) + section()
    path.write_bytes(write_package(body, "Báo cáo", "Sở"))
    return path


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, to see that none stays."""
    folder = tmp_path / "tạm thời"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called soffice at the head of PATH."""
    bin_ = folder / "bin"
    bin_.mkdir()
    program = bin_ / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(bin_) + os.pathsep + os.environ["PATH"])


def names(report: Path) -> list[str]:
    return sorted(p.name for p in report.parent.iterdir())


@pytest.mark.requires("soffice")
def test_a_word_file_becomes_a_pdf_beside_it(report: Path, scratch: Path) -> None:
    out = report.with_suffix(".pdf")
    made = convert_to_pdf(report, out)
    assert made.path == out
    with pdfplumber.open(out) as pdf:
        assert pdf.pages[0].extract_text() == "Sở Khoa học và Công nghệ báo cáo"
    assert names(report) == ["bao-cao-2025.docx", "bao-cao-2025.pdf"]
    assert list(scratch.iterdir()) == []


@pytest.mark.requires("soffice")
def test_two_conversions_at_once_do_not_hinder_each_other(report: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    outs = [report.with_name(f"{n}.pdf") for n in range(2)]
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda out: convert_to_pdf(report, out).path, outs))
    assert made == outs
    assert all(out.read_bytes().startswith(b"%PDF-") for out in outs)


def test_without_libreoffice_the_way_by_word_is_told(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoPdf, match=r"không có LibreOffice.*bằng Word"):
        convert_to_pdf(report, report.with_suffix(".pdf"))
    assert names(report) == ["bao-cao-2025.docx"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps programs elsewhere")
@pytest.mark.parametrize("variable", ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"])
def test_libreoffice_is_found_where_windows_installs_it(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, str(tmp_path / "Program Files"))
    assert find_libreoffice() is None
    program = tmp_path / "Program Files" / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    assert find_libreoffice() == program


@posix
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 77", "mã lỗi 77"),
        ("exit 0", "không chuyển được"),
        ("printf '%%PDF-1.7 half' > in.pdf", "không chuyển được"),
    ],
    ids=["fails", "writes nothing", "writes half"],
)
def test_a_conversion_that_fails_leaves_nothing_and_keeps_what_was_there(
    report: Path, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    stand_in(tmp_path, script, monkeypatch)
    out = report.with_suffix(".pdf")
    out.write_bytes(b"earlier")
    with pytest.raises(NoPdf, match=told):
        convert_to_pdf(report, out)
    assert out.read_bytes() == b"earlier"
    assert names(report) == ["bao-cao-2025.docx", "bao-cao-2025.pdf"]
    assert list(scratch.iterdir()) == []


@posix
def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    report: Path, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    stand_in(tmp_path, f"sleep 6000 &\necho $! > '{child}'\nwait", monkeypatch)
    for longest in (2, 20, 200):  # on a busy machine nothing may have been started yet
        with within(600), pytest.raises(NoPdf, match="chưa chuyển xong"):
            convert_to_pdf(report, report.with_suffix(".pdf"), longest)
        if child.exists() and child.read_text():
            break
    with within(600):
        while _lives(int(child.read_text())):
            pass  # the kernel may take a moment over what was killed
    assert names(report) == ["bao-cao-2025.docx"]
    assert list(scratch.iterdir()) == []


def _lives(process: int) -> bool:
    state = Path("/proc", str(process), "stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@posix
def test_a_program_that_cannot_be_started_is_told(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "", monkeypatch)
    (tmp_path / "bin" / "soffice").write_bytes(b"\x7fnot a program")
    with pytest.raises(NoPdf, match="không chạy được LibreOffice"):
        convert_to_pdf(report, report.with_suffix(".pdf"))


def printing(font: str) -> str:
    return f"printf '%%PDF-1.7 /BaseFont/BAAAAA+{font} %%%%EOF' > in.pdf"


@posix
@pytest.mark.parametrize(
    ("font", "n_notes"), [("TimesNewRomanPSMT", 0), ("LiberationSerif-Bold", 0), ("DejaVuSans", 1)]
)
def test_a_font_of_other_widths_is_told(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, font: str, n_notes: int
) -> None:
    stand_in(tmp_path, printing(font), monkeypatch)
    notes = convert_to_pdf(report, report.with_suffix(".pdf")).notes
    assert ["không có phông Times New Roman" in note for note in notes] == [True] * n_notes


@posix
def test_a_pdf_that_is_open_elsewhere_stays(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = report.with_suffix(".pdf")
    out.write_bytes(b"open in a viewer")
    hold_open(monkeypatch, out.name)
    stand_in(tmp_path, printing("LiberationSerif"), monkeypatch)
    made = convert_to_pdf(report, out)
    assert made.path.name == "bao-cao-2025 (2).pdf"
    assert "đang mở" in made.notes[0]
    assert out.read_bytes() == b"open in a viewer"
