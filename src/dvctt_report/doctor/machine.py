"""The computer and what is installed on it: program, libraries, fonts, LibreOffice, screen, disk."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import dvctt_report
from dvctt_report.doctor.check import Diagnosis, Health, absent, failure, note, ok
from dvctt_report.office import find_libreoffice
from dvctt_report.opening import read_text
from dvctt_report.resources import resource_path
from dvctt_report.vietnamese import format_count, format_date

MODULES = (
    "docx",
    "docxtpl",
    "formualizer",
    "jinja2",
    "lxml.etree",
    "msoffcrypto",
    "olefile",
    "openpyxl",
    "pandas",
    "pydantic",
    "pypdf",
    "rapidfuzz",
    "rich",
    "tomlkit",
    "typer",
    "xlrd",
    "xlsxwriter",
)
"""What the libraries of pyproject.toml are imported as."""

FONTS = ("Times New Roman", "Liberation Serif")
"""The font of every document, and one with the same widths of letters."""
_FONT_FILES = ("times.ttf", "LiberationSerif-Regular.ttf")

_SECONDS = 30
_UTF8 = 65001
_LOW, _TOO_LOW = 1_000_000_000, 100_000_000
"""Free bytes; a year of the sample's size takes some twenty million."""

_REINSTALL = "Cài lại chương trình (bản .zip: giải nén lại rồi bấm đúp Cai-dat.bat)"


def check_program() -> Diagnosis:
    """Say which program runs on which Python, and where it lies."""
    bits = "64" if sys.maxsize > 2**32 else "32"
    return ok(
        f"phiên bản {dvctt_report.__version__}, Python {platform.python_version()} ({bits} bit), "
        f"{platform.system()} {platform.release()}; đặt tại {Path(dvctt_report.__file__).parent}"
    )


def check_catalogue() -> Diagnosis:
    """Say of which day the catalogue of provinces and communes is."""
    from dvctt_report.catalogue import catalogue

    known = catalogue()
    return ok(
        f"{len(known.provinces)} tỉnh, thành phố, {format_count(len(known.communes))} xã, phường, đặc khu "
        f"(đến ngày {format_date(known.as_of)})"
    )


def check_libraries() -> Diagnosis:
    """Import every library, and compare the versions with those that the program was tested with."""
    broken = []
    for name in MODULES:
        try:
            import_module(name)
        except Exception as error:  # a library may fail in any way of its own
            broken.append(f"{name.partition('.')[0]} ({error})")
    if broken:
        return failure(
            f"không nạp được {', '.join(broken)}",
            f"Phần mềm diệt virus có thể đã chặn hoặc xóa tệp của chương trình. {_REINSTALL}; nếu vẫn vậy, "
            "đề nghị người quản trị máy cho phép thư mục chương trình.",
        )
    tested = _locked(read_text(resource_path("locks") / "run.txt"))
    other = [said for name, versions in tested.items() if (said := _differs(name, versions))]
    if other:
        said = f"nạp được, nhưng khác bản đã kiểm thử: {'; '.join(other)}"
        return note(said, f"{_REINSTALL} để có đúng bản đã kiểm thử.")
    return ok(f"{len(tested)} thư viện, nạp được, đúng bản đã kiểm thử")


def _locked(text: str) -> dict[str, tuple[str, ...]]:
    """The versions of each library in a lock, those for another system left out."""
    found = defaultdict(list)
    for name, number, marker in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)(?: *; *([^\\\n]+))?", text):
        elsewhere = re.search(r"sys_platform == '(\w+)'", marker)
        if elsewhere is None or elsewhere[1] == sys.platform:
            found[name].append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


def _differs(name: str, tested: tuple[str, ...]) -> str:
    """Say which version is there instead of those ``tested``; "" where it is one of them."""
    try:
        there = version(name)
    except PackageNotFoundError:
        return f"{name} chưa có (đã thử {tested[-1]})"
    return "" if there in tested else f"{name} {there} (đã thử {tested[-1]})"


def check_fonts() -> Diagnosis:
    """Look for the font of the documents, or one of the same widths."""
    found = _fonts()
    if found is None:
        return note(
            "không xem được danh sách phông của máy này", f"Mở một báo cáo, xem chữ có đúng là {FONTS[0]}."
        )
    for name in FONTS:
        if name in found:
            alike = "" if name == FONTS[0] else f" (rộng như {FONTS[0]})"
            return ok(f"có {name}{alike}")
    return note(
        f"không thấy {FONTS[0]}: văn bản mở trên máy này sẽ hiện bằng phông khác, ngắt dòng, số trang lệch",
        f"Cài phông {FONTS[0]} (có sẵn trong Windows, Office) hoặc {FONTS[1]}; hoặc xem và in ở máy khác.",
    )


def _fonts() -> frozenset[str] | None:
    """Which of ``FONTS`` there are; None where that can't be told."""
    roots = [(os.environ.get("WINDIR"), "Fonts")]
    roots.append((os.environ.get("LOCALAPPDATA"), "Microsoft/Windows/Fonts"))
    folders = [Path(root, below) for root, below in roots if root]
    if folders:
        names = {path.name.lower() for folder in folders if folder.is_dir() for path in folder.iterdir()}
        pairs = zip(FONTS, _FONT_FILES, strict=True)
        return frozenset(font for font, file in pairs if file.lower() in names)
    program = shutil.which("fc-list")
    if program is None:
        return None
    done = subprocess.run(
        [program, ":", "family"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    families = {name.strip() for line in done.stdout.splitlines() for name in line.split(",")}
    return frozenset(families.intersection(FONTS)) if done.returncode == 0 else None


def check_libreoffice() -> Diagnosis:
    """Look for LibreOffice, which only the making of PDF files needs."""
    found = find_libreoffice()
    if found is None:
        return absent(
            "không thấy LibreOffice; chỉ cần khi muốn chương trình lập bản PDF",
            "Khi cần bản PDF: cài LibreOffice, hoặc mở tệp bằng Word rồi lưu thành PDF.",
        )
    return ok(f"có, tại {found}")


def check_screen() -> Diagnosis:
    """Say whether the console shows Vietnamese letters."""
    if sys.platform == "win32":
        import ctypes

        page = ctypes.windll.kernel32.GetConsoleOutputCP()
        said, good = f"bảng mã {page}", page in (0, _UTF8)  # 0: there is no console
    else:
        said = locale.getencoding()
        good = said.lower().replace("-", "") == "utf8"
    if good:
        return ok("hiện được chữ tiếng Việt (UTF-8)")
    return note(
        f"màn hình lệnh dùng {said}, chữ có dấu có thể hiện sai; tệp ghi ra vẫn đúng",
        "Mở bằng DVCTT.bat; ở cửa sổ lệnh của Windows thì gõ chcp 65001 trước.",
    )


def check_disk(folder: Path) -> Diagnosis:
    """Say how much room the disk of ``folder`` has."""
    free = shutil.disk_usage(folder).free
    said = f"còn {free / 1e9:.1f} GB".replace(".", ",")
    if free >= _LOW:
        return ok(said)
    state = Health.ERROR if free < _TOO_LOW else Health.NOTE
    return Diagnosis(state, f"ổ đĩa chỉ {said}", "Xóa bớt tệp, hoặc chuyển thư mục làm việc sang ổ đĩa khác.")
