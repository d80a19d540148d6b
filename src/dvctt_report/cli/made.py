"""What a command has made: as JSON where it has no JSON of its own, and opened where that is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dvctt_report.cli.screen import print_json, results_aside, say
from dvctt_report.files.writing import noting_files
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import file_digest
from dvctt_report.text.resources import PACKAGE

_OWN = ".dvctt"
"""The folder of the program's own records."""


@contextmanager
def told_as_json() -> Iterator[None]:
    """Send what is said to stderr; print the files that were made meanwhile, where nothing goes wrong."""
    with results_aside(), noting_files() as files:
        yield
    made = [path for path in dict.fromkeys(files) if _OWN not in path.parts]
    print_json({"files": [{"file": str(path), "sha256": file_digest(path)} for path in made]})


@contextmanager
def opened() -> Iterator[None]:
    """Open the first document that is made meanwhile, where there is a desktop to do it."""
    from dvctt_report.store.workspace import BOOK

    with noting_files() as files:
        yield
    kinds = (".docx", ".html", ".pdf", ".xlsx")
    for path in files:
        if path.suffix in kinds and path.name != BOOK and _OWN not in path.parts:
            open_file(path)
            return


def open_file(path: Path) -> bool:
    """Open ``path`` (a file, or a folder in the file manager); False where there is no desktop to do it."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.startfile(path)
            return True
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            subprocess.Popen([opener, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return True
    return False


def open_guide() -> None:
    """Open the guide for the officer; where there is no desktop, say where it is."""
    bundled = Path(sys.executable).resolve().parents[1] / "Tai-lieu" / "huong-dan-su-dung.html"
    in_checkout = PACKAGE.parents[1] / "docs" / "huong-dan-su-dung.md"
    page = next((path for path in (bundled, in_checkout) if path.is_file()), None)
    if page is None:
        raise CannotRun(
            "Bản cài đặt này không kèm trang hướng dẫn.",
            "Trang hướng dẫn có trong tệp .zip dành cho Windows và ở docs/huong-dan-su-dung.md của mã nguồn.",
        )
    if not open_file(page):
        say(f"Hướng dẫn sử dụng: {page}")
