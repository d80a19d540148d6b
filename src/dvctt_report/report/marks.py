"""Marks that say which figure a printed text is: put in while sentences are made, lifted before writing.

A mark is made of private-use characters, so no wording, no change of case and no search for words touches
it on its way through the template. Which slots of which sentences are figures say the patterns (``phrases``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CELL = "cell"  # How the name of one answer begins, which the row that prints it tells by itself

_OPEN, _BETWEEN, _CLOSE = "\ue001", "\ue002", "\ue003"
_FIRST = 0xE100
_MARK = re.compile(f"{_OPEN}([^{_OPEN}-{_CLOSE}]*){_BETWEEN}([^{_OPEN}-{_CLOSE}]*){_CLOSE}")
_BORROWED = re.compile(f"[{_OPEN}-{_CLOSE}{chr(_FIRST)}-{chr(_FIRST + 0xFF)}]+")
_BORROWED_UTF8 = re.compile(rb"(?:\xee(?:\x80[\x81-\x83]|[\x84-\x87][\x80-\xbf]))+")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*%?(?!\w|-\w)")
"""A number of its own: of "Biểu 01-A, ô G10", "T12a.1" none is."""
_HIDDEN = {byte: _FIRST + byte for byte in range(256)}


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """A figure in a text: where it begins, what is printed there, and which figure it is."""

    id: str
    at: int
    text: str


def mark(id: str, text: str) -> str:
    """Mark ``text`` as the print of the figure ``id``."""
    hidden = id.encode().decode("latin-1").translate(_HIDDEN)
    return f"{_OPEN}{hidden}{_BETWEEN}{text}{_CLOSE}"


def mark_numbers(id: str, text: str) -> str:
    """Mark each number of ``text`` as a print of ``id``; none in codes and addresses of cells."""
    return _NUMBER.sub(lambda found: mark(id, found.group()), text)


def without_marks(text: str) -> str:
    """Take every mark out of ``text``, and every other character that marks are made of."""
    return _BORROWED.sub("", text)


def lift_marks(document: bytes) -> bytes:
    """Do the same to a document in UTF-8: the first byte is one that Vietnamese has no use for."""
    return _BORROWED_UTF8.sub(b"", document)


def read_marks(text: str) -> tuple[str, tuple[FigureSpan, ...]]:
    """Split a marked text into what is printed and the figures in it."""
    if _OPEN not in text:
        return without_marks(text), ()
    printed, spans, done = [], [], 0
    length = 0
    for found in _MARK.finditer(text):
        before = without_marks(text[done : found.start()]) if found.start() > done else ""
        length += len(before)
        id = found.group(1).encode("utf-16-le")[::2].decode()  # the low byte of each character
        spans.append(FigureSpan(id, length, found.group(2)))
        printed += [before, found.group(2)]
        length += len(found.group(2))
        done = found.end()
    return "".join([*printed, without_marks(text[done:])]), tuple(spans)
