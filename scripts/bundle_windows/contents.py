"""The files of the bundle: Python, the unpacked wheels, launchers, the guide. Paths use ``/``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from packaging.utils import parse_wheel_filename

from scripts.bundle_windows.batch import launchers
from scripts.bundle_windows.target import PATH_FILE, PATHS, PYTHON, SITE

GUIDE = "Huong-dan.html"
_GUIDE_SOURCE = Path(__file__).with_name("huong-dan.html")


def gather(embed: bytes | None, wheels: Iterable[Path], version: str) -> dict[str, bytes]:
    """Return path and content of every file of the bundle; ``embed`` None: without Python itself."""
    files = dict(launchers())
    guide = _GUIDE_SOURCE.read_text(encoding="utf-8")
    files[GUIDE] = guide.replace("{version}", version).replace("{python}", PYTHON).encode()
    if embed is not None:
        _add(files, "python/", unpack(embed))
    files[f"python/{PATH_FILE}"] = "".join(f"{line}\r\n" for line in PATHS).encode("ascii")
    for wheel in sorted(wheels):
        _add(files, f"python/{SITE}/", unpack_wheel(wheel.name, wheel.read_bytes()))
    return files


def _add(files: dict[str, bytes], folder: str, more: Mapping[str, bytes]) -> None:
    for name, data in more.items():
        if files.setdefault(folder + name, data) != data:
            raise ValueError(f"two different files would be {folder + name}")


def unpack(archive: bytes) -> dict[str, bytes]:
    """Return path and content of each file in a .zip."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {i.filename: opened.read(i) for i in opened.infolist() if not i.is_dir()}


def unpack_wheel(name: str, wheel: bytes) -> dict[str, bytes]:
    """Return what of a wheel goes into site-packages.

    Scripts are left out, since they name a Python by its path, and so are the libraries' own tests, a
    third of all files. Raises ValueError for anything else that would go elsewhere.
    """
    parse_wheel_filename(name)
    files: dict[str, bytes] = {}
    for path, data in unpack(wheel).items():
        parts = PurePosixPath(path).parts
        if parts[0].endswith(".data"):
            if parts[1] == "scripts":
                continue
            if parts[1] not in ("purelib", "platlib"):
                raise ValueError(f"{name}: {path} belongs outside site-packages")
            parts = parts[2:]
        if "tests" not in parts[:-1]:
            files["/".join(parts)] = data
    return files
