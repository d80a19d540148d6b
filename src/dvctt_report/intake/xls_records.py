"""What xlrd leaves out of an .xls: where formulas stand, conditional formats, heads and feet of pages.

Read from the records of its stream. Source: [MS-XLS] 2.4 (records), 2.5.91 (DXFN), 2.5.240 (Ref8U).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from dvctt_report.intake.cells import Range
from dvctt_report.intake.paint import Colour
from dvctt_report.intake.xlsx_styles import DifferentialFormat

_FORMULA, _BOF, _EOF, _SHEET, _HEADER, _FOOTER, _CONDITION, _RULE = (
    *(0x0006, 0x0809, 0x000A, 0x0085, 0x0014, 0x0015, 0x01B0, 0x01B1),
)
_FORMAT_GIVEN, _FONT_GIVEN, _FILL_GIVEN = 1 << 25, 1 << 26, 1 << 29
_FILL_KEPT = 1 << 18
"""Set where the colour of the fill's background is left as it is."""
_FONT_SIZE, _ALIGNMENT_SIZE, _BORDER_SIZE = 118, 8, 8
_ALIGNMENT_GIVEN, _BORDER_GIVEN = 1 << 27, 1 << 28
_STRUCK = 1 << 7

Palette: TypeAlias = Callable[[int], Colour | None]
"""The colour behind its number in the workbook."""


@dataclass
class SheetRecords:
    """What the records of one sheet say: ``formulas`` by (row, column) from 1."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    conditions: list[tuple[tuple[Range, ...], DifferentialFormat]] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)


def read_records(stream: bytes, palette: Palette) -> list[SheetRecords]:
    """Read the worksheets of a workbook's stream in their order; what is damaged says nothing."""
    try:
        return [_sheet(stream, at, palette) for at in _worksheets(stream)]
    except (struct.error, IndexError):
        return []


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record from a place on to the end of its part, those of charts left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, stream[at + 4 : at + 4 + size]
        if not depth:
            return
        at += 4 + size


def _worksheets(stream: bytes) -> Iterator[int]:
    """Where each worksheet begins."""
    for kind, content in _records(stream, 0):
        if kind == _SHEET and content[5] == 0:
            yield struct.unpack_from("<I", content)[0]


def _sheet(stream: bytes, at: int, palette: Palette) -> SheetRecords:
    found = SheetRecords()
    areas: tuple[Range, ...] = ()
    for kind, content in _records(stream, at):
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", content)
            found.formulas.add((row + 1, column + 1))
        elif kind in (_HEADER, _FOOTER) and len(content) > 3:
            found.margins.append(_text(content))
        elif kind == _CONDITION:
            areas = tuple(_areas(content))
        elif kind == _RULE:
            found.conditions.append((areas, _look(content, palette)))
    return found


def _text(content: bytes) -> str:
    """A string of BIFF8, whose letters take one byte or two."""
    if content[2] & 1:
        return content[3:].decode("utf-16-le", "replace")
    return content[3:].decode("latin-1")


def _areas(content: bytes) -> Iterator[Range]:
    (n_areas,) = struct.unpack_from("<H", content, 12)
    for n in range(n_areas):
        top, bottom, left, right = struct.unpack_from("<4H", content, 14 + 8 * n)
        yield Range(top + 1, left + 1, bottom + 1, right + 1)


def _look(content: bytes, palette: Palette) -> DifferentialFormat:
    """What a rule sets; a number format of its own is taken for one that shows something else."""
    (flags,) = struct.unpack_from("<I", content, 6)
    at = 12
    code = None
    if flags & _FORMAT_GIVEN:
        code = '"?"'
        is_own = struct.unpack_from("<H", content, 10)[0] & 1
        at += struct.unpack_from("<H", content, at)[0] if is_own else 2
    struck, ink, ground = False, None, None
    if flags & _FONT_GIVEN:
        style, kept, colour = (struct.unpack_from("<I", content, at + n)[0] for n in (68, 88, 80))
        struck = bool(style & _STRUCK and not kept & _STRUCK)
        ink = palette(colour) if colour < 0x7FFF else None
        at += _FONT_SIZE
    at += _ALIGNMENT_SIZE * bool(flags & _ALIGNMENT_GIVEN) + _BORDER_SIZE * bool(flags & _BORDER_GIVEN)
    if flags & _FILL_GIVEN:
        (fill,) = struct.unpack_from("<H", content, at + 2)
        ground = None if flags & _FILL_KEPT else palette(fill >> 7 & 0x7F)
    return DifferentialFormat(code, struck, ink, ground)
