"""The computer and what is installed on it: program, libraries, LibreOffice."""

from __future__ import annotations

import platform
import re
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import dvctt_report
from dvctt_report.doctor import Diagnosis, Health
from dvctt_report.office import find_libreoffice
from dvctt_report.opening import read_text
from dvctt_report.resources import resource_path

MODULES = (
    *("docx", "docxtpl", "formualizer", "jinja2", "lxml.etree", "msoffcrypto", "olefile", "openpyxl"),
    *("pandas", "pydantic", "pypdf", "rapidfuzz", "rich", "tomlkit", "typer", "xlrd", "xlsxwriter"),
)
"""What the libraries of pyproject.toml are imported as."""

_REINSTALL = "Cài lại chương trình (bản .zip: giải nén lại rồi bấm đúp Cai-dat.bat)"


def check_program() -> Diagnosis:
    """Say which program runs on which Python, and where it lies."""
    python = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    at = Path(dvctt_report.__file__).parent
    return Diagnosis(Health.OK, f"phiên bản {dvctt_report.__version__}, {python}; đặt tại {at}")


def check_libraries() -> Diagnosis:
    """Import every library, and compare the versions with those that the program was tested with."""
    broken = []
    for name in MODULES:
        try:
            import_module(name)
        except Exception as error:  # a library may fail in any way of its own
            broken.append(f"{name.partition('.')[0]} ({error})")
    if broken:
        fix = f"Có thể phần mềm diệt virus đã chặn hoặc xóa tệp. {_REINSTALL}, cho phép thư mục chương trình."
        return Diagnosis(Health.ERROR, f"không nạp được {', '.join(broken)}", fix)
    tested: dict[str, list[str]] = {}
    lock = read_text(resource_path("locks") / "run.txt")
    for name, number, marker in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)(?: *; *([^\\\n]+))?", lock):
        elsewhere = re.search(r"sys_platform == '(\w+)'", marker)
        if elsewhere is None or elsewhere[1] == sys.platform:
            tested.setdefault(name, []).append(number)
    if other := [
        f"{name} (đã thử {tried[-1]})" for name, tried in tested.items() if _there(name) not in tried
    ]:
        return Diagnosis(Health.NOTE, f"khác bản đã kiểm thử: {', '.join(other)}", f"{_REINSTALL}.")
    return Diagnosis(Health.OK, f"{len(tested)} thư viện, nạp được, đúng bản đã kiểm thử")


def _there(name: str) -> str:
    """The version that is installed; "" for none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def check_libreoffice() -> Diagnosis:
    """Look for LibreOffice, which only the making of PDF files needs."""
    if found := find_libreoffice():
        return Diagnosis(Health.OK, f"có, tại {found}")
    fix = "Khi cần bản PDF: cài LibreOffice, hoặc mở tệp bằng Word rồi lưu thành PDF."
    return Diagnosis(Health.ABSENT, "không thấy LibreOffice; chỉ cần khi muốn lập bản PDF", fix)
