"""The Windows computer that the bundle is made for: its Python, and what of the lock belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags

PYTHON = "3.12.10"
"""The last 3.12 for which python.org made Windows binaries; needs Windows 8.1 or later."""
EMBED_NAME = f"python-{PYTHON}-embed-amd64.zip"
EMBED_URL = f"https://www.python.org/ftp/python/{PYTHON}/{EMBED_NAME}"
EMBED_SHA256 = "4acbed6dd1c744b0376e3b1cf57ce906f9dc9e95e68824584c8099a63025a3c3"
_SHORT = ".".join(PYTHON.split(".")[:2])
_NODOT = _SHORT.replace(".", "")
PATH_FILE = f"python{_NODOT}._pth"
LIBRARY = f"python{_NODOT}.dll"
STDLIB = f"python{_NODOT}.zip"
SITE = "Lib/site-packages"
"""Where libraries lie below the folder of python.exe."""

PATHS = (STDLIB, ".", SITE.replace("/", "\\"))
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


@dataclass(frozen=True, slots=True)
class Embed:
    """The embeddable Python as python.org publishes it, named by its hash."""

    name: str
    url: str
    sha256: str


EMBED = Embed(EMBED_NAME, EMBED_URL, EMBED_SHA256)


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
    for entry in re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]:
        head = re.match(r"(?P<pin>[\w.-]+==[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\\n", entry)
        if head is None:
            raise ValueError(f"not an entry with hashes: {entry.splitlines()[0]}")
        if head["marker"] is None or Marker(head["marker"]).evaluate(MARKERS):
            yield " ".join((head["pin"], *re.findall(r"--hash=\S+", entry)))


def check_embed(data: bytes, embed: Embed = EMBED) -> None:
    """Raise ValueError where ``data`` is not the pinned Python."""
    found = sha256(data).hexdigest()
    if found != embed.sha256:
        raise ValueError(f"{embed.name} has SHA-256 {found}, not {embed.sha256}")
