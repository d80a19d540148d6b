"""The files of the bundle: Python, the unpacked wheels, launchers, the pages to read. Paths use ``/``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from packaging.utils import parse_wheel_filename

from scripts.bundle_windows.batch import launchers
from scripts.bundle_windows.pages import pages
from scripts.bundle_windows.target import PATH_FILE, PATHS, PYTHON, SITE

GUIDE, DOCUMENTS = "Huong-dan.html", "Tai-lieu"
LIBRARY_FOLDER = "Lib/"
"""Where the modules of the standard library lie in what ``windows_python`` gives."""
_GUIDE_SOURCE = Path(__file__).with_name("huong-dan.html")
_LGPL = Path(__file__).with_name("LGPL-2.1.txt")
_FOR_BUILDING = frozenset((".a", ".c", ".cpp", ".h", ".lib", ".pxd", ".pxi", ".pyi", ".pyx", ".wasm"))
"""Kinds of files in wheels that only those need who compile or check against a library."""
_UNUSED = frozenset(("pygments/formatters", "pygments/lexers", "pygments/styles"))
"""How programs in some 500 languages are coloured, which rich asks for only where one is printed."""


def gather(python: Mapping[str, bytes], wheels: Iterable[Path], version: str) -> dict[str, bytes]:
    """Return path and content of every file of the bundle but the standard library and what is compiled."""
    files = launchers() | pages(DOCUMENTS)
    guide = _GUIDE_SOURCE.read_text(encoding="utf-8")
    files[GUIDE] = guide.replace("{version}", version).replace("{python}", PYTHON).encode()
    files[f"{DOCUMENTS}/LGPL-2.1.txt"] = _LGPL.read_bytes()
    _add(files, "python/", {n: d for n, d in python.items() if not n.startswith(LIBRARY_FOLDER)})
    files[f"python/{PATH_FILE}"] = "".join(f"{line}\r\n" for line in PATHS).encode("ascii")
    for wheel in sorted(wheels):
        _add(files, f"python/{SITE}/", unpack_wheel(wheel.name, wheel.read_bytes()))
    return files


def standard_library(python: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the modules of the standard library by their path below ``Lib``."""
    return {n.removeprefix(LIBRARY_FOLDER): d for n, d in python.items() if n.startswith(LIBRARY_FOLDER)}


def _add(files: dict[str, bytes], folder: str, more: Mapping[str, bytes]) -> None:
    for name, data in more.items():
        if files.setdefault(folder + name, data) != data:
            raise ValueError(f"two different files would be {folder + name}")


def _is_used(parts: tuple[str, ...]) -> bool:
    return (
        "tests" not in parts[:-1]
        and PurePosixPath(parts[-1]).suffix not in _FOR_BUILDING
        and "/".join(parts[:2]) not in _UNUSED
    )


def unpack_wheel(name: str, wheel: bytes) -> dict[str, bytes]:
    """Return what of a wheel goes into site-packages.

    Scripts are left out, since they name a Python by its path, and so are the libraries' own tests and what
    is for building with them. Raises ValueError for anything else that would go elsewhere.
    """
    parse_wheel_filename(name)
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(wheel)) as opened:
        for info in opened.infolist():
            path = PurePosixPath(info.filename)
            parts = path.parts
            if parts[0].endswith(".data"):
                if parts[1] == "scripts":
                    continue
                if parts[1] not in ("purelib", "platlib"):
                    raise ValueError(f"{name}: {path} belongs outside site-packages")
                parts = parts[2:]
            if not info.is_dir() and _is_used(parts):
                files["/".join(parts)] = opened.read(info)
    return files
