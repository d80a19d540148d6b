"""Python for Windows, out of the pinned source archive and checked to be the Python Software Foundation's.

Whoever made that archive is unknown here, so nothing of it is believed: each binary has to bear the signature
of the Foundation (of Microsoft: the C library), and each module of the standard library has to stand in the
catalogue that the Foundation signed.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from scripts.bundle_windows.signed import signer
from scripts.bundle_windows.target import ARCHIVE, FOLDER, LIBRARY, UNLISTED

CATALOGUE = "DLLs/python_lib.cat"
FOUNDATION, MICROSOFT = "Python Software Foundation", "Microsoft Corporation"

RUNTIME = ("python.exe", "python3.dll", LIBRARY, "vcruntime140.dll", "vcruntime140_1.dll", "LICENSE.txt")
_LEFT_OUT = frozenset(
    ("_msi", "_ssl", "_tkinter", "libssl-3", "tcl86t", "tk86t", "winsound", "zlib1")
)  # fmt: skip
"""Parts for windows, sound, installers and the network, and zlib for Tcl (Python has its own built in)."""
_NOT_NEEDED = frozenset(
    ("ensurepip", "idlelib", "lib2to3", "pydoc_data", "site-packages", "tkinter",
     "turtle.py", "turtledemo", "venv")
)  # fmt: skip


def unpack_python(sdist: bytes) -> dict[str, bytes]:
    """Return what of the archive belongs into the bundle: the runtime, ``DLLs/*``, ``Lib/**/*.py``."""
    with tarfile.open(fileobj=io.BytesIO(sdist)) as outer:
        held = outer.extractfile(ARCHIVE)
        assert held is not None
        data = held.read()
    with zipfile.ZipFile(io.BytesIO(data)) as inner:
        names = {info.filename.removeprefix(FOLDER): info for info in inner.infolist()}
        return {name: inner.read(info) for name, info in names.items() if _belongs(PurePosixPath(name))}


def _belongs(path: PurePosixPath) -> bool:
    match path.parts:
        case (name,):
            return name in RUNTIME
        case ("DLLs", _):
            return str(path) == CATALOGUE or (path.suffix in (".dll", ".pyd") and path.stem not in _LEFT_OUT)
        case ("Lib", first, *_):
            return path.suffix == ".py" and first not in _NOT_NEEDED
    return False


def check_python(
    files: Mapping[str, bytes],
    sign: Callable[[bytes, str], str] = signer,
    unlisted: Mapping[str, str] = UNLISTED,
) -> Iterator[str]:
    """Yield what of ``files`` is not known to be the Foundation's; ``unlisted``: modules by their hash."""
    catalogue = files.get(CATALOGUE, b"")
    for name, data in files.items():
        suffix = PurePosixPath(name).suffix
        if suffix == ".py":
            digest = sha256(data)
            # A catalogue can't list an empty file.
            if data and digest.digest() not in catalogue and unlisted.get(name) != digest.hexdigest():
                yield f"{name}: not in the signed catalogue of the standard library"
        elif suffix != ".txt":
            yield from _unsigned(name, data, suffix, sign)
    if not catalogue:
        yield f"{CATALOGUE}: missing"


def _unsigned(name: str, data: bytes, suffix: str, sign: Callable[[bytes, str], str]) -> Iterator[str]:
    wanted = MICROSOFT if name.startswith("vcruntime") else FOUNDATION
    try:
        who = sign(data, suffix)
    except ValueError as fault:
        yield f"{name}: {fault}"
    else:
        if who != wanted:
            yield f"{name}: signed by {who}, not by {wanted}"
