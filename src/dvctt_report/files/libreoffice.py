"""LibreOffice, where a computer has it: a Word file as PDF, to look at."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dvctt_report.files.writing import told_beside, write_beside
from dvctt_report.text.opening import read_file

LONGEST = 300.0
"""Seconds until a conversion is given up: LibreOffice takes a minute for a table of 3,300 rows, and the time
grows faster than the table."""

BY_WORD = "Cách khác: mở báo cáo bằng Word, chọn File → Save As (Lưu thành) → PDF."

_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
"""Variables of Windows that name the folders programs are installed in."""
_BELOW = tuple(
    f"{folder}LibreOffice/program/soffice.{kind}" for folder in ("", "Programs/") for kind in ("com", "exe")
)
"""Where it is below them; the .com waits until the work is done."""
_ELSEWHERE = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)

_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([\w.,-]+)")
_SAME_WIDTHS = (b"TimesNewRoman", b"LiberationSerif")


class NoPdf(Exception):
    """There is no PDF; the text is a Vietnamese sentence that says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """Where the PDF was written; ``notes`` are Vietnamese sentences for the user."""

    path: Path
    notes: tuple[str, ...] = ()


def find_libreoffice() -> Path | None:
    """Return the program, from the search path or where its installer puts it; None where there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    installed = [Path(os.environ[v], below) for v in _FOLDERS if os.environ.get(v) for below in _BELOW]
    return next((path for path in (*installed, *map(Path, _ELSEWHERE)) if path.is_file()), None)


def convert_to_pdf(document: Path, out: Path, longest: float = LONGEST) -> Pdf:
    """Print to ``out`` as PDF, or beside where open. Raises NoPdf: no LibreOffice, or after ``longest`` s."""
    program = find_libreoffice()
    if program is None:
        raise NoPdf(f"Chưa lập bản PDF vì máy này không có LibreOffice. {BY_WORD}")
    # LibreOffice may still be closing its files when it is stopped
    with tempfile.TemporaryDirectory(prefix="dvctt-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # A copy: LibreOffice leaves a lock beside what it opens, and Word may hold the report itself.
        (folder / "in.docx").write_bytes(read_file(document))
        _run(program, folder, longest)
        made = folder / "in.pdf"
        content = read_file(made) if made.is_file() else b""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
        raise NoPdf(f"Chưa lập bản PDF vì LibreOffice không chuyển được báo cáo. {BY_WORD}")
    path = write_beside(out, content)
    used = _FONT.findall(content)
    has_widths = not used or any(font.startswith(_SAME_WIDTHS) for font in used)
    fonts = (
        "Máy không có phông Times New Roman, LibreOffice đã thay bằng phông khác: chỗ xuống dòng, sang trang "
        "của bản PDF có thể khác bản Word."
    )
    return Pdf(path, (*told_beside(out, path), *(() if has_widths else (fonts,))))


def _run(program: Path, folder: Path, longest: float) -> None:
    """Convert ``in.docx`` of ``folder`` there, by a profile of its own: one that is shared is locked."""
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    try:
        process = subprocess.Popen(
            [str(program), home, *options, str(folder / "in.docx")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        raise NoPdf(f"Chưa lập bản PDF vì không chạy được LibreOffice ở “{program}”. {BY_WORD}") from None
    try:
        code = process.wait(longest)
    except subprocess.TimeoutExpired:
        raise NoPdf(
            f"Chưa lập bản PDF: quá {longest / 60:.0f} phút mà LibreOffice chưa chuyển xong (phụ lục hàng "
            f"nghìn dòng thì rất chậm). {BY_WORD}"
        ) from None
    finally:  # it is a launcher, the work is done below it
        if process.poll() is None and sys.platform == "win32":
            kill = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(kill, capture_output=True, check=False, timeout=30)
        elif process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code != 0:
        raise NoPdf(f"Chưa lập bản PDF vì LibreOffice dừng với mã lỗi {code}. {BY_WORD}")
