"""Make the pictures of README and guide (docs/anh) by really running the program on the sample.

``python -m scripts.make_pictures`` needs soffice, pdftoppm, chromium and pseudo-terminals. What is printed on
a terminal becomes an SVG of 80 columns, a document the PNG of one page, an HTML page its screenshot.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pexpect
from PIL import Image, ImageOps
from rich.console import Console
from rich.text import Text

from dvctt_report.cli import door

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "anh"
AS_OF = ("--as-of", "20/11/2025 17:00")
"""The day of the sample's report."""
COLUMNS, SECONDS, MARGIN = 80, 300, 30
"""Of a terminal; for the slowest step; dots left below the last line of a page."""

TERMINAL = {
    "kiem-tra-so-lieu": ("validate", "--unit", "SYT"),
    "giai-trinh": ("explain", "T10", "--unit", "SYT"),
    "bang-chon": (),
}
"""Name of the picture, the command; without one the menu is shown."""

PAGES = {
    "bao-cao-trang-1": ("ket-qua/2025/bao-cao-2025.docx", 1),
    "tom-tat-trinh-ky": ("ket-qua/2025/tom-tat-trinh-ky.docx", 1),
    "cong-van-don-doc": ("ket-qua/2025/cong-van-don-doc-2025.docx", 1),
    "bieu-mau-01-a": ("bieu-mau/2025/BM2025_SYT_So-Y-te.xlsx", 2),
    "viec-can-xu-ly": ("ky-bao-cao/2025/viec-can-xu-ly-2025.xlsx", 2),
    "huong-dan-ghi-bieu": ("bieu-mau/2025/huong-dan-ghi-bieu.docx", 1),
    "tinh-hinh": ("ket-qua/2025/tinh-hinh.html", 1),
}
"""Name of the picture, the file in the workspace, which of its pages."""

_MENU = """
import sys
from datetime import datetime
from dvctt_report.cli import door, menu
class Day(datetime):
    now = classmethod(lambda cls: datetime(2025, 11, 20, 17))
menu.datetime = Day
sys.exit(door.main(["menu"]))
"""
"""The menu counts the days to the deadline: on the day of the sample's report, whenever this is run."""

_TAKEN_BACK = re.compile(r"[^\n]*\n\x1b\[\?25h\r?\x1b\[1A\x1b\[2K")
"""A line that says what is being done, and that it is wiped out again."""

_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>.{unique_id}-matrix {{ font-family: Consolas, Menlo, "Liberation Mono", "Courier New", monospace;
font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
{styles}</style>
<defs>{lines}</defs>
<rect width="{width}" height="{height}" rx="8" fill="#1e1e1e"/>
<g transform="translate({terminal_x}, 14)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""Rich's own frame loads fonts from the net; offices have none."""


def write_terminal(workspace: Path, name: str, command: tuple[str, ...]) -> None:
    """Write what a terminal of 80 columns shows of a command, or of the menu until it asks."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "DISPLAY", "WAYLAND_DISPLAY")}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "dvctt_report", *command, *AS_OF] if command else ["-c", _MENU],
        cwd=workspace,
        env={**kept, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)},
        encoding="utf-8",
        dimensions=(200, COLUMNS),
        timeout=SECONDS,
    )
    child.expect_exact(pexpect.EOF if command else "Chọn số: ")
    shown = str(child.before) + ("" if command else "Chọn số: ")
    child.close(force=True)
    # The folder has another name each time.
    shown = _TAKEN_BACK.sub("", shown.replace("\r\n", "\n")).replace(str(workspace.parent), "…")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(
            record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor"
        )
        console.print(Text(" ".join(("> dvctt-report", *command)), style="bold"))
        console.print(Text.from_ansi(shown.strip("\n")))
        svg = console.export_svg(title="", code_format=_SVG, unique_id="t")
    (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")


def write_page(document: Path, page: int, name: str, folder: Path) -> None:
    """Write one page of a document, or what a browser shows of an HTML page: few colours, no empty end."""
    taken = folder / f"{name}.png"
    if document.suffix == ".html":
        quiet = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu")
        profile = (f"--user-data-dir={folder / 'browser'}", "--window-size=1000,1300")
        _run("chromium", *quiet, *profile, f"--screenshot={taken}", document.as_uri())
    else:
        profile = (f"-env:UserInstallation={(folder / 'lo').as_uri()}", "--headless")
        _run("soffice", *profile, "--convert-to", "pdf", "--outdir", folder, document)
        one = ("-r", "100", "-png", "-f", page, "-l", page, "-singlefile", "-gray")
        _run("pdftoppm", *one, folder / f"{document.stem}.pdf", taken.with_suffix(""))
    with Image.open(taken) as whole:
        bottom = (ImageOps.invert(whole.convert("L")).getbbox() or (0, 0, 0, whole.height))[3]
        image = whole.crop((0, 0, whole.width, min(whole.height, bottom + MARGIN)))
        few = image.quantize(16) if image.mode == "L" else image.convert("RGB").quantize(32)
        few.save(PICTURES / f"{name}.png", optimize=True)


def _run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=SECONDS)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        demo = Path(temporary) / "demo"
        door.main(["demo", str(demo)])
        door.main(["--workspace", str(demo), "letter", "remind", "--due", "28/11/2025", *AS_OF])
        for picture, typed in TERMINAL.items():
            write_terminal(demo, picture, typed)
        for picture, (file, number) in PAGES.items():
            write_page(demo / file, number, picture, demo.parent)
