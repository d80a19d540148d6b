"""The computer and what is installed on it: program and libraries."""

from __future__ import annotations

import platform
from importlib import import_module

import dvctt_report
from dvctt_report.cli.soundness import Diagnosis, Health
from dvctt_report.text.resources import PACKAGE

MODULES = (
    *("docx", "docxtpl", "formualizer", "jinja2", "lxml.etree", "olefile", "openpyxl"),
    *("pandas", "pydantic", "pypdf", "rapidfuzz", "rich", "tomlkit", "typer", "xlrd", "xlsxwriter"),
)
"""What the libraries of pyproject.toml are imported as."""


def check_program() -> Diagnosis:
    """Say which program runs on which Python, and where it lies."""
    python = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    return Diagnosis(Health.OK, f"phiên bản {dvctt_report.__version__}, {python}; đặt tại {PACKAGE}")


def check_libraries() -> Diagnosis:
    """Import every library: one may be missing, or be kept from loading."""
    broken = []
    for name in MODULES:
        try:
            import_module(name)
        except Exception as error:  # a library may fail in any way of its own
            broken.append(f"{name.partition('.')[0]} ({error})")
    if broken:
        fix = (
            "Có thể phần mềm diệt virus đã chặn hoặc xóa tệp. Cài lại chương trình (bản .zip: giải nén lại "
            "rồi bấm đúp Cai-dat.bat), cho phép thư mục chương trình."
        )
        return Diagnosis(Health.ERROR, f"không nạp được {', '.join(broken)}", fix)
    return Diagnosis(Health.OK, f"{len(MODULES)} thư viện, nạp được")
