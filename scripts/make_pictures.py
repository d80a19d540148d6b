"""Make the pictures of README and guide by really running the program on the sample.

python -m scripts.make_pictures        writes docs/anh/*.png, *.svg

Needs soffice, pdftoppm, chromium and pseudo-terminals (Linux, macOS). What is printed on a terminal becomes
an SVG of 80 columns, a document the PNG of one page, an HTML page its screenshot.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pexpect
from PIL import Image, ImageOps
from rich.console import Console
from rich.text import Text

from dvctt_report.cli import door

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "anh"
YEAR = "2025"
AS_OF = ("--as-of", "20/11/2025 17:00")
COLUMNS = 80
SECONDS = 300
DPI = 100
MARGIN = 30
"""Dots left below the last line of a page."""
GREYS = 16
"""Shades that are left of a page: black text needs no more, and the file is a third as large."""

TERMINAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("kiem-tra-so-lieu", ("validate", "--unit", "SYT")),
    ("giai-trinh", ("explain", "T10", "--unit", "SYT")),
)
"""Name of the picture, the command that is run in the workspace on the day of the sample's report."""

DOCUMENTS = (
    ("bao-cao-trang-1", f"ket-qua/{YEAR}/bao-cao-{YEAR}.docx", 1),
    ("tom-tat-trinh-ky", f"ket-qua/{YEAR}/tom-tat-trinh-ky.docx", 1),
    ("cong-van-don-doc", f"ket-qua/{YEAR}/cong-van-don-doc-{YEAR}.docx", 1),
    ("bieu-mau-01-a", f"bieu-mau/{YEAR}/BM{YEAR}_SYT_So-Y-te.xlsx", 2),
    ("viec-can-xu-ly", f"ky-bao-cao/{YEAR}/viec-can-xu-ly-{YEAR}.xlsx", 2),
    ("huong-dan-ghi-bieu", f"bieu-mau/{YEAR}/huong-dan-ghi-bieu.docx", 1),
)
"""Name of the picture, the file in the workspace, which of its pages."""

PAGE = ("tinh-hinh", f"ket-qua/{YEAR}/tinh-hinh.html")
PAGE_SIZE = (1000, 1300)

_MENU = """
import sys
from datetime import datetime
from dvctt_report.cli import door, menu
class Day(datetime):
    @classmethod
    def now(cls):
        return datetime(2025, 11, 20, 17)
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


def main() -> int:
    """Run the sample's year and write every picture of it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = folder / "demo"
        door.main(["demo", str(demo)])
        door.main(["--workspace", str(demo), "letter", "remind", "--due", "28/11/2025", *AS_OF])
        for picture, command in TERMINAL:
            shown = run_on_terminal(demo, ("-m", "dvctt_report", *command, *AS_OF))
            write_terminal(f"dvctt-report {' '.join(map(quoted, command))}", shown, picture)
        write_terminal("dvctt-report", run_on_terminal(demo, ("-c", _MENU), "Chọn số: "), "bang-chon")
        for picture, document, page in DOCUMENTS:
            take_document(demo / document, page, picture, folder)
        if (demo / PAGE[1]).exists():
            take_page(demo / PAGE[1], PAGE[0], folder)
    return 0


def quoted(argument: str) -> str:
    """An argument as one types it."""
    return f'"{argument}"' if " " in argument else argument


def run_on_terminal(workspace: Path, arguments: Sequence[str], until: str = "") -> str:
    """Run Python in the workspace on a terminal of 80 columns; return what was shown, up to ``until``."""
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT / "src")}
    for name in ("NO_COLOR", "DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    child = pexpect.spawn(
        sys.executable,
        list(arguments),
        cwd=workspace,
        env=env,
        encoding="utf-8",
        dimensions=(200, COLUMNS),
        timeout=SECONDS,
    )
    child.expect_exact(until or pexpect.EOF)
    shown = f"{child.before}{until}"
    child.close(force=True)
    stays = _TAKEN_BACK.sub("", str(shown).replace("\r\n", "\n"))
    # The folder has another name each time.
    return stays.replace(str(workspace.parent), "…")


def write_terminal(command: str, shown: str, name: str) -> None:
    """Write what a terminal shows of a command as docs/anh/<name>.svg."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(
            record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor"
        )
        console.print(Text(f"> {command}", style="bold"))
        console.print(Text.from_ansi(shown.strip("\n")))
        svg = console.export_svg(title="", code_format=_SVG, unique_id="t")
    (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")


def take_document(document: Path, page: int, name: str, folder: Path) -> None:
    """Write one page of a document as docs/anh/<name>.png."""
    profile = f"-env:UserInstallation={(folder / 'lo').as_uri()}"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(document),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=SECONDS)
    pages = ["-f", str(page), "-l", str(page), "-singlefile", "-gray"]
    drawn = ["pdftoppm", "-r", str(DPI), "-png", *pages, str(folder / f"{document.stem}.pdf")]
    subprocess.run([*drawn, str(folder / name)], check=True)
    _write_light(folder / f"{name}.png", name)


def take_page(page: Path, name: str, folder: Path) -> None:
    """Write what a browser shows of an HTML page as docs/anh/<name>.png."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    width, height = PAGE_SIZE
    taken = folder / f"{name}.png"
    command = [browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu"]
    command += [f"--user-data-dir={folder / 'browser'}", f"--window-size={width},{height}"]
    command += [f"--screenshot={taken}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    _write_light(taken, name)


def _write_light(taken: Path, name: str) -> None:
    """Write a picture with few colours and without the empty end of its page."""
    with Image.open(taken) as whole:
        _, _, _, bottom = ImageOps.invert(whole.convert("L")).getbbox() or (0, 0, 0, whole.height)
        image = whole.crop((0, 0, whole.width, min(whole.height, bottom + MARGIN)))
        few = image.quantize(GREYS) if image.mode == "L" else image.convert("RGB").quantize(32)
        few.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
