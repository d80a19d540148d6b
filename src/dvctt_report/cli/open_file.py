"""Open a result, or the guide, in the program that the office uses for it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from dvctt_report.cli.screen import say
from dvctt_report.errors import CannotRun

_PACKAGE = Path(__file__).resolve().parents[1]


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
    in_checkout = _PACKAGE.parents[1] / "docs" / "huong-dan-su-dung.md"
    page = next((path for path in (bundled, in_checkout) if path.is_file()), None)
    if page is None:
        raise CannotRun(
            "Bản cài đặt này không kèm trang hướng dẫn.",
            "Trang hướng dẫn có trong tệp .zip dành cho Windows và ở docs/huong-dan-su-dung.md của mã nguồn.",
        )
    if not open_file(page):
        say(f"Hướng dẫn sử dụng: {page}")
