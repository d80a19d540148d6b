"""What a compiled Windows file needs of other files (the PE format's import tables).

Source: Microsoft, PE Format, "The .idata Section" and "Delay-Load Import Tables".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_AMD64 = 0x8664
_PE32_PLUS = 0x20B
_IMPORTS, _DELAYED = (1, 20, 12), (13, 32, 4)
"""Number of the data directory, size of one entry, and where in it the name's address stands."""


def imported(data: bytes) -> frozenset[str]:
    """Return the names, in lower case, of the libraries that a .pyd or .dll is linked to.

    Raises ValueError where ``data`` is not a 64-bit Windows binary for x86.
    """
    try:
        return frozenset(_imported(data))
    except struct.error:
        raise ValueError("not a whole Windows binary") from None


def _imported(data: bytes) -> Iterator[str]:
    start = _number(data, 0x3C)
    if data[:2] != b"MZ" or data[start : start + 4] != b"PE\0\0":
        raise ValueError("not a Windows binary")
    machine, n_sections = struct.unpack_from("<HH", data, start + 4)
    (size,) = struct.unpack_from("<H", data, start + 20)
    optional = start + 24
    (magic,) = struct.unpack_from("<H", data, optional)
    if (machine, magic) != (_AMD64, _PE32_PLUS):
        raise ValueError("not for 64-bit Windows on x86")
    sections = [struct.unpack_from("<IIII", data, optional + size + 40 * i + 8) for i in range(n_sections)]
    for directory, step, name in (_IMPORTS, _DELAYED):
        address = _number(data, optional + 112 + 8 * directory)
        if not address:
            continue
        at = _offset(sections, address)
        while found := _number(data, at + name):
            text = _offset(sections, found)
            yield data[text : data.index(b"\0", text)].decode("ascii").lower()
            at += step


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _offset(sections: list[tuple[int, ...]], address: int) -> int:
    """Where in the file the bytes of a virtual address stand."""
    for virtual_size, virtual, raw_size, raw in sections:
        if virtual <= address < virtual + max(virtual_size, raw_size):
            return raw + address - virtual
    raise ValueError("an address outside every section")
