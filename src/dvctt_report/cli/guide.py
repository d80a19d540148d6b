"""``dvctt-report guide``: open the guide for the officer who uses the program."""

from __future__ import annotations

import sys
from pathlib import Path

from dvctt_report.cli.open_file import open_file
from dvctt_report.cli.screen import say
from dvctt_report.errors import CannotRun

_PACKAGE = Path(__file__).resolve().parents[1]


def run() -> None:
    """Open the page in the browser; where there is no desktop, say where it is."""
    page = next((path for path in _places() if path.is_file()), None)
    if page is None:
        raise CannotRun(
            "Bản cài đặt này không kèm trang hướng dẫn.",
            "Trang hướng dẫn có trong tệp .zip dành cho Windows và ở docs/huong-dan-su-dung.md của mã nguồn.",
        )
    if not open_file(page):
        say(f"Hướng dẫn sử dụng: {page}")


def _places() -> tuple[Path, Path]:
    """Where the guide may be: beside the folder of the bundle's Python, in the checkout."""
    bundled = Path(sys.executable).resolve().parents[1] / "Tai-lieu" / "huong-dan-su-dung.html"
    return bundled, _PACKAGE.parents[1] / "docs" / "huong-dan-su-dung.md"
