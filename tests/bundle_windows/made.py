"""Small stand-ins for what the bundle is made of: a Windows binary, a wheel, Python itself."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from scripts.bundle_windows.contents import gather
from scripts.bundle_windows.target import LIBRARIES, STDLIB
from scripts.bundle_windows.windows_python import RUNTIME

_RVA, _RAW, _OPTIONAL = 0x1000, 0x400, 240


def binary(*needs: str, machine: int = 0x8664, delayed: tuple[str, ...] = ()) -> bytes:
    """A .pyd that is linked to the libraries ``needs``, and to ``delayed`` when first called."""
    body = bytearray()
    entries: list[list[int]] = []
    for names in (needs, delayed):
        entries.append([])
        for name in names:
            entries[-1].append(_RVA + len(body))
            body += name.encode() + b"\0"
    tables = []
    for addresses, size, place in ((entries[0], 20, 12), (entries[1], 32, 4)):
        tables.append(_RVA + len(body) if addresses else 0)
        for address in addresses:
            entry = bytearray(size)
            struct.pack_into("<I", entry, place, address)
            body += entry
        body += bytes(size)
    optional = bytearray(_OPTIONAL)
    struct.pack_into("<H", optional, 0, 0x20B)
    struct.pack_into("<I", optional, 112 + 8, tables[0])
    struct.pack_into("<I", optional, 112 + 8 * 13, tables[1])
    dos = bytearray(0x80)
    dos[:2] = b"MZ"
    struct.pack_into("<I", dos, 0x3C, len(dos))
    coff = struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, _OPTIONAL, 0)
    section = bytearray(40)
    struct.pack_into("<IIII", section, 8, len(body), _RVA, len(body), _RAW)
    head = bytes(dos) + b"PE\0\0" + coff + bytes(optional) + bytes(section)
    return head.ljust(_RAW, b"\0") + bytes(body)


def archive(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return held.getvalue()


def python() -> dict[str, bytes]:
    """What is taken of Python, as far as the checks look."""
    return dict.fromkeys((*RUNTIME, "DLLs/_sqlite3.pyd", "Lib/os.py"), b"x")


def wheel(
    folder: Path, name: str, *needs: str, tag: str = "py3-none-any", files: Mapping[str, bytes] | None = None
) -> Path:
    """A wheel ``name`` 1.0 that requires ``needs``."""
    metadata = "".join(
        [
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Python: >=3.11\n",
            *(f"Requires-Dist: {need}\n" for need in needs),
        ]
    )
    held = {f"{name}/__main__.py": b"", **(files or {}), f"{name}-1.0.dist-info/METADATA": metadata.encode()}
    path = folder / f"{name}-1.0-{tag}.whl"
    path.write_bytes(archive(held))
    return path


def bundle(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a bundle without a fault, and the names of its wheels."""
    wheels = [
        wheel(folder, "dvctt_report", 'colorama; sys_platform == "win32"', 'uvloop; sys_platform != "win32"'),
        wheel(folder, "colorama"),
        wheel(
            folder,
            "numbers",
            "colorama>=1; extra == 'x'",
            tag="cp312-cp312-win_amd64",
            files={
                "numbers/fast.cp312-win_amd64.pyd": binary(
                    "KERNEL32.dll", "python312.dll", "msvcp140-1f.dll"
                ),
                "numbers.libs/msvcp140-1f.dll": binary("api-ms-win-crt-heap-l1-1-0.dll", "VCRUNTIME140.dll"),
            },
        ),
    ]
    files = gather(python(), wheels, "1.0") | {f"python/{name}": b"x" for name in (STDLIB, LIBRARIES)}
    return files, [w.name for w in wheels]
