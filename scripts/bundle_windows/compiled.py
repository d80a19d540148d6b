"""The bundle's modules compiled ahead by its own Python, and its standard library as one .zip.

Otherwise the first start compiles them, on a slow disk under a virus scanner, and where the folder can't be
written to every start does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from scripts.bundle_windows.archive import pack
from scripts.bundle_windows.target import CACHE_TAG, SITE, STDLIB
from scripts.wine import Wine, as_windows_name

_SCRIPT = Path(__file__).with_name("compile_there.py")


def compile_all(
    files: dict[str, bytes], library: Mapping[str, bytes], moment: int, folder: Path, wine: Wine
) -> None:
    """Add the standard library and every compiled module to ``files``; ``folder`` is for the work.

    The library is stored, not packed: one file to open, nothing to unpack at each start.
    """
    _write(folder / "bundle", {**files, f"python/{STDLIB}": pack(library, moment, stored=True)})
    _write(folder / "library", library)
    site = folder / "bundle" / "python" / SITE
    places = (f"{STDLIB}:={as_windows_name(folder / 'library')}", f"site-packages={as_windows_name(site)}")
    python = as_windows_name(folder / "bundle" / "python" / "python.exe")
    wine.run([python, as_windows_name(_SCRIPT), *places], check=True)
    modules = {**library, **_read(folder / "library", "*.pyc")}
    files[f"python/{STDLIB}"] = pack(modules, moment, stored=True)
    files.update({f"python/{SITE}/{name}": data for name, data in _read(site, "*.pyc").items()})
    for name in [name for name in files if _is_no_module(name, files)]:
        del files[name]


def _is_no_module(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether a source could not be compiled, as those for Python 2 that olefile still carries."""
    path = PurePosixPath(name)
    compiled = path.parent / "__pycache__" / f"{path.stem}.{CACHE_TAG}.pyc"
    return name.startswith(f"python/{SITE}/") and path.suffix == ".py" and str(compiled) not in files


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _read(folder: Path, pattern: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob(pattern)}
