"""Mails as Outlook saves them (.msg): compound files made stream by stream ([MS-CFB], version 3)."""

from __future__ import annotations

import struct
from typing import Final, TypeAlias

Storage: TypeAlias = dict[str, "bytes | Storage"]
"""What stands in a storage by its name: streams, and storages."""

_SECTOR: Final = 512
_MINI: Final = 64
_CUTOFF: Final = 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def mail(
    attachments: dict[str, bytes], sender: str = "", inside: bytes | None = None, arrived: int = 0
) -> bytes:
    """A mail with these files; ``inside``: the content of a file of a mail that is attached to it.

    ``arrived``: when, in tenths of microseconds since 1601.
    """
    root = _message(attachments, sender)
    if arrived:
        root["__properties_version1.0"] = b"\0" * 32 + struct.pack("<LLQ", 0x0E060040, 6, arrived)
    if inside is not None:
        within: Storage = {"__substg1.0_3701000D": _message({"bieu.xlsx": inside}, "")}
        root[f"__attach_version1.0_#{len(attachments):08X}"] = within
    return compound(root)


def _message(attachments: dict[str, bytes], sender: str) -> Storage:
    root: Storage = {"__properties_version1.0": b"\0" * 32}
    if sender:
        root["__substg1.0_5D01001F"] = sender.encode("utf-16-le")
    for n, (name, content) in enumerate(attachments.items()):
        attached: Storage = {
            "__substg1.0_37010102": content,
            "__substg1.0_3707001F": name.encode("utf-16-le"),
        }
        root[f"__attach_version1.0_#{n:08X}"] = attached
    return root


def compound(root: Storage) -> bytes:
    """The compound file of a root storage; entries of a storage hang on each other like a chain."""
    entries: list[tuple[str, int, int, int, bytes]] = []  # name, kind, right, child, content

    def add(name: str, kind: int, held: bytes | Storage) -> int:
        at = len(entries)
        entries.append((name, kind, _FREE, _FREE, held if isinstance(held, bytes) else b""))
        after = _FREE
        for inner, content in reversed(held.items() if isinstance(held, dict) else ()):
            n = add(inner, 2 if isinstance(content, bytes) else 1, content)
            entries[n] = (entries[n][0], entries[n][1], after, entries[n][3], entries[n][4])
            after = n
        entries[at] = (name, kind, entries[at][2], after, entries[at][4])
        return at

    add("Root Entry", 5, root)
    mini_fat: list[int] = []
    starts: dict[int, int] = {}
    mini = b""
    for n, (*_, content) in enumerate(entries):
        if 0 < len(content) < _CUTOFF:
            starts[n] = len(mini_fat)
            mini_fat += _chain(len(mini_fat), -(-len(content) // _MINI))
            mini += content.ljust(-(-len(content) // _MINI) * _MINI, b"\0")
    body, fat = b"", [_FAT]

    def put(content: bytes, fill: bytes = b"\0") -> int:
        nonlocal body
        at, n = len(fat), -(-len(content) // _SECTOR)
        fat.extend(_chain(at, n))
        body += content.ljust(n * _SECTOR, fill)
        return at if n else _END

    for n, (*_, content) in enumerate(entries):
        if len(content) >= _CUTOFF:
            starts[n] = put(content)
    first_mini_fat = put(b"".join(struct.pack("<L", one) for one in mini_fat), b"\xff")
    starts[0] = put(mini)
    directory = b"".join(
        _entry(*entry[:4], starts.get(n, _END), len(mini) if n == 0 else len(entry[4]))
        for n, entry in enumerate(entries)
    )
    first_directory = put(directory)
    table = b"".join(struct.pack("<L", one) for one in fat)
    assert len(table) <= _SECTOR, "one sector of the table is enough for what is tried"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xLLLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, first_directory, 0, _CUTOFF)
    header += struct.pack("<LLLL", first_mini_fat, -(-len(mini_fat) * 4 // _SECTOR), _END, 0)
    header += struct.pack("<L", 0) + b"\xff" * 4 * 108
    return header + table.ljust(_SECTOR, b"\xff") + body


def _chain(start: int, n: int) -> list[int]:
    return [*range(start + 1, start + n), _END] if n else []


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    made = wide.ljust(64, b"\0") + struct.pack("<HBBLLL", len(wide) + 2, kind, 1, _FREE, right, child)
    return made + b"\0" * 36 + struct.pack("<LLL", start, size, 0)
