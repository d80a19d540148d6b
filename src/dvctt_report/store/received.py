"""What was received, as the register keeps it: also the files of a .zip or a mail, which it keeps packed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.store.register import Receipt, read_contents
from dvctt_report.text.file_names import received_name

if TYPE_CHECKING:
    from dvctt_report.files.unpack import Member


def content_of(register: Path, receipts: Iterable[Receipt], file: str, digest: str) -> bytes | None:
    """The bytes of that SHA-256 received as ``file``; None where they are not at hand."""
    (content,) = read_contents(register, [digest])
    if content is not None or received_name(file) == file:
        return content
    found = (m.data for m in _members(register, receipts, {file}) if m.data and m.digest == digest)
    return next(found, None)


def not_at_hand(register: Path, receipts: Iterable[Receipt], files: Iterable[tuple[str, str]]) -> list[str]:
    """Which of ``files`` (name, SHA-256) the register no longer holds, neither by themselves nor packed."""
    wanted = {digest: file for file, digest in files}
    contents = read_contents(register, wanted)
    left = {
        digest: file
        for (digest, file), content in zip(wanted.items(), contents, strict=True)
        if content is None
    }
    packed = {file for file in left.values() if received_name(file) != file}
    for member in _members(register, receipts, packed) if packed else ():
        left.pop(member.digest, None)
        if packed.isdisjoint(left.values()):
            break
    return [*left.values()]


def _members(register: Path, receipts: Iterable[Receipt], files: Collection[str]) -> Iterator[Member]:
    """Yield what containers hold, those first that ``files`` came in: one may bear another name since."""
    from dvctt_report.files.unpack import is_container, unpack

    names = {received_name(file) for file in files}
    ordered = sorted(receipts, key=lambda receipt: receipt.file not in names)
    contents = read_contents(register, (receipt.sha256 for receipt in ordered))
    for receipt, data in zip(ordered, contents, strict=True):
        if data is not None and is_container(data):
            yield from unpack(receipt.file, data)
