"""The files of the bundle: Python, the unpacked wheels, launchers, the pages to read. Paths use ``/``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from packaging.utils import parse_wheel_filename

from scripts.bundle_windows.batch import launchers
from scripts.bundle_windows.pages import pages
from scripts.bundle_windows.target import LIBRARIES, PATH_FILE, PATHS, PYTHON, SITE

GUIDE, DOCUMENTS = "Huong-dan.html", "Tai-lieu"
LIBRARY_FOLDER = "Lib/"
"""Where the modules of the standard library lie in what ``windows_python`` gives."""
_GUIDE_SOURCE = Path(__file__).with_name("huong-dan.html")
_LGPL = Path(__file__).with_name("LGPL-2.1.txt")
_FOR_BUILDING = frozenset(
    (".a", ".c", ".cpp", ".h", ".lib", ".pxd", ".pxi", ".pyi", ".pyx", ".typed", ".wasm")
)
"""Kinds of files in wheels that only those need who compile or check against a library."""
_UNUSED = (
    *("pygments/formatters/", "pygments/lexers/", "pygments/styles/"),  # rich asks where it prints a program
    "tzdata/zone",  # nobody names a time zone: all times are the computer's own
    "docx/templates/default-docx-template/",  # default.docx unpacked
    *("lxml/html/_difflib", "lxml/html/diff", "lxml/isoschematron/", "lxml/objectify", "numpy/f2py/"),
    *(
        "olefile/doc/",
        "olefile/README",
        "olefile/olefile.html",
        "olefile/olefile2",
        "typer/.agents/",
        "markdown_it/port.yaml",
    ),
    "pydantic/v1/",
)
"""What of the wheels nothing of the program comes to, by how the path begins."""
_OF_INSTALLERS = frozenset(("RECORD", "WHEEL", "entry_points.txt", "top_level.txt"))
OWN, WITH_SOURCES = "dvctt_report", "docxtpl"
"""Our own package, and a library whose licence (LGPL) wants its source to go with it."""
PROGRAM = f"{OWN}/_data/program.txt"
"""The name of just this program (``intake.cache.program``), so that its sources aren't looked through."""


def gather(python: Mapping[str, bytes], wheels: Iterable[Path], version: str) -> dict[str, bytes]:
    """Return path and content of every file of the bundle but the standard library and what is compiled.

    What goes into the archive of libraries lies in a folder of its name.
    """
    files = launchers() | pages(DOCUMENTS)
    guide = _GUIDE_SOURCE.read_text(encoding="utf-8")
    files[GUIDE] = guide.replace("{version}", version).replace("{python}", PYTHON).encode()
    files[f"{DOCUMENTS}/LGPL-2.1.txt"] = _LGPL.read_bytes()
    _add(files, "python/", {n: d for n, d in python.items() if not n.startswith(LIBRARY_FOLDER)})
    files[f"python/{PATH_FILE}"] = "".join(f"{line}\r\n" for line in PATHS).encode("ascii")
    for wheel in sorted(wheels):
        held = unpack_wheel(wheel.name, wheel.read_bytes())
        for name in archived(held):
            _add(files, f"python/{LIBRARIES}/", {name: held.pop(name)})
        _add(files, f"python/{SITE}/", held)
    program = {**files, **python}
    names = "".join(f"{name} {sha256(program[name]).hexdigest()}\n" for name in sorted(program))
    return files | {f"python/{SITE}/{PROGRAM}": sha256(names.encode()).hexdigest().encode()}


def archived(wheel: Mapping[str, bytes]) -> list[str]:
    """Return what of a wheel lies in the archive: all modules, where they read nothing that lies beside them.

    Our own do, but look for it in the folder. Licences and metadata stay outside.
    """
    paths = [path for path in map(PurePosixPath, wheel) if not path.parts[0].endswith(".dist-info")]
    needed = (path for path in paths if path.suffix != ".py" and path.stem not in ("LICENSE", "CONTRIBUTORS"))
    if any(path.parts[0] != OWN for path in needed):
        return []
    return [str(path) for path in paths if path.suffix == ".py" and path.parts[0] != WITH_SOURCES]


def standard_library(python: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the modules of the standard library by their path below ``Lib``."""
    return {n.removeprefix(LIBRARY_FOLDER): d for n, d in python.items() if n.startswith(LIBRARY_FOLDER)}


def _add(files: dict[str, bytes], folder: str, more: Mapping[str, bytes]) -> None:
    for name, data in more.items():
        if files.setdefault(folder + name, data) != data:
            raise ValueError(f"two different files would be {folder + name}")


def _is_used(parts: tuple[str, ...]) -> bool:
    of_installers = parts[0].endswith(".dist-info") and parts[-1] in _OF_INSTALLERS
    return (
        "tests" not in parts[:-1]
        and PurePosixPath(parts[-1]).suffix not in _FOR_BUILDING
        and not "/".join(parts).startswith(_UNUSED)
        and not of_installers
    )


def unpack_wheel(name: str, wheel: bytes) -> dict[str, bytes]:
    """Return what of a wheel goes into site-packages.

    Scripts are left out, since they name a Python by its path, and so are the libraries' own tests, what is
    for building with them or for installers, and what nothing comes to. Raises ValueError for anything else
    that would go elsewhere.
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
