"""Read .xls (Excel 5 to 2003) with the same facts as .xlsx, through xlrd; of formulas only their places."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial
from io import BytesIO, StringIO
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, TypeAlias

from dvctt_report.files import xlsx_styles as looks
from dvctt_report.files.cells import (
    LOWEST_ROW,
    NARROWEST_COLUMN,
    UNSEEN,
    Cell,
    CellKind,
    CellValue,
    Mark,
    Range,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
    mark_merged,
)
from dvctt_report.files.container import REFUSALS, FileKind, has_ole_entry
from dvctt_report.files.extents import LARGE, unshown
from dvctt_report.files.formats import shortest_decimal
from dvctt_report.files.xlsx_styles import BLACK, WHITE, Colour, DifferentialFormat, Style

if TYPE_CHECKING:
    import xlrd.book
    import xlrd.formatting
    import xlrd.sheet

_STATES: tuple[SheetState, ...] = ("visible", "hidden", "very_hidden")


def read_xls(data: bytes) -> Workbook:
    """Read a workbook of Excel 5 to 2003. Raises Unreadable with the true reason, nothing else."""
    book, stream = _opened(data)
    records = read_records(stream, partial(_colour, book))
    sheets = tuple(
        _sheet(book, sheet, found)
        for sheet, found in zip_longest(book.sheets(), records[: book.nsheets], fillvalue=SheetRecords())
    )
    return Workbook(sheets, bool(book.datemode), has_ole_entry(data, "_VBA_PROJECT_CUR"))


def _opened(data: bytes) -> tuple[xlrd.book.Book, bytes]:
    """The workbook by xlrd, from its stream by olefile, which follows storages as Excel does; that stream.

    Raises Unreadable alone.
    """
    import olefile
    import xlrd
    from xlrd.compdoc import CompDocError

    stream = b""
    with suppress(Exception), olefile.OleFileIO(BytesIO(data)) as storage:
        name = next(name for name in ("Workbook", "Book") if storage.exists(name))
        stream = storage.openstream(name).read()
        stream = stream if len(stream) == storage.get_size(name) else b""  # not whole: xlrd may do better
    try:
        book = xlrd.open_workbook(
            file_contents=stream or data, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
    except xlrd.XLRDError as fault:
        message = str(fault)
        if "encrypted" in message.lower():
            raise Unreadable(*REFUSALS[FileKind.ENCRYPTED]) from fault
        is_old = "BIFF" in message or "not supported" in message.lower()
        raise Unreadable(*REFUSALS[FileKind.OLD_XLS if is_old else FileKind.DAMAGED]) from fault
    except CompDocError as fault:
        reason = "Cấu trúc lưu trữ của tệp .xls bị lỗi (Excel có thể vẫn mở được)"
        raise Unreadable(reason, REFUSALS[FileKind.OLD_XLS][1]) from fault
    except Exception as fault:  # xlrd 2.0 lets struct, index, assertion, key, Unicode… errors out on damage
        raise Unreadable(*REFUSALS[FileKind.DAMAGED]) from fault
    return book, stream


def _sheet(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, records: SheetRecords) -> Sheet:
    merged = tuple(Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    rows = sheet.rowinfo_map.items()
    heights = {row + 1: info.height / 20 for row, info in rows if not info.has_default_height}
    hidden_rows = {row + 1 for row, info in rows if info.hidden}
    hidden_rows |= {row for row, height in heights.items() if height <= LOWEST_ROW}
    widths = {column + 1: info.width / 256 for column, info in sheet.colinfo_map.items()}
    hidden_columns = {column for column, width in widths.items() if width <= NARROWEST_COLUMN}
    hidden_columns |= {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden}
    notes = {(row + 1, column + 1): note.text for (row, column), note in sheet.cell_note_map.items()}
    style_of = cache(partial(_style, book))
    cells: dict[tuple[int, int], Cell] = {}
    styles: dict[tuple[int, int], Style] = {}
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if value == "":
                continue
            at = row + 1, column + 1
            styles[at] = style = style_of(sheet.cell_xf_index(row, column))
            content = _content(kind, value, style, bool(book.datemode))
            runs = sheet.rich_text_runlist_map.get((row, column), ())
            cells[at] = Cell(
                row + 1,
                column + 1,
                *content[:3],
                formula=UNSEEN if at in records.formulas else "",
                number_format=style.number_format,
                font=style.font,
                serial=content[3],
                hidden=at[0] in hidden_rows or at[1] in hidden_columns,
                note=notes.get(at, ""),
                mark=_mark_of_runs(book, value, runs, style) if runs else style.mark,
            )
    looks.mark_varying(cells, records.conditions, styles)
    mark_merged(cells, merged)
    sizes = {at: style.size for at, style in styles.items() if style.size > LARGE}
    return Sheet(
        sheet.name,
        _STATES[sheet.visibility] if sheet.visibility in (0, 1, 2) else "hidden",
        cells,
        merged,
        frozenset(hidden_rows & {row for row, _ in cells}),
        frozenset(hidden_columns),
        notes,
        bool(getattr(sheet, "has_autofilter", False)),
        margins=tuple(records.margins),
        unshown=unshown(cells, widths, heights, sizes, not sheet.show_zero_values),
    )


def _mark_of_runs(book: xlrd.book.Book, text: object, runs: Sequence[tuple[int, int]], whole: Style) -> Mark:
    """The first mark of a text that changes its font on the way; before the first run it is the cell's."""
    assert isinstance(text, str)
    runs = [(at, font) for at, font in runs if font < len(book.font_list)]
    starts = [0, *(at for at, _ in runs), len(text)]
    marks = [whole.mark, *(_mark(book, book.font_list[font], whole.ground) for _, font in runs)]
    parts = zip(pairwise(starts), marks, strict=True)
    return next((mark for (start, end), mark in parts if mark and text[start:end].strip()), "")


def _mark(book: xlrd.book.Book, font: xlrd.formatting.Font, ground: Colour) -> Mark:
    """The mark of a font on that ground; its height counts twentieths of a point."""
    if font.struck_out:
        return "struck"
    ink = _colour(book, font.colour_index)
    if (
        not looks.is_seen(BLACK if ink is None else ink, ground)
        or 0 < font.height <= looks.SMALLEST_FONT * 20
    ):
        return "faint"
    return "raised" if font.escapement else ""


def _style(book: xlrd.book.Book, index: int) -> Style:
    xf = book.xf_list[index] if index < len(book.xf_list) else None
    if xf is None or xf.font_index >= len(book.font_list):
        return Style()  # as Excel shows a cell whose style is gone
    code = book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else ""
    font, fill, border = book.font_list[xf.font_index], xf.background, xf.border
    fore, back = (_colour(book, n) for n in (fill.pattern_colour_index, fill.background_colour_index))
    ground = WHITE if fore is None or not fill.fill_pattern else fore
    ground = looks.patterned(fore, back) if fill.fill_pattern > 1 else ground
    ink = _colour(book, font.colour_index)
    is_pushed_out = xf.alignment.hor_align == _FILL or xf.alignment.indent_level >= looks.FARTHEST_INDENT
    crossed = border.diag_line_style and (border.diag_down or border.diag_up)
    mark = _mark(book, font, ground) or ("struck" if crossed else "repeated" if is_pushed_out else "")
    ink = BLACK if ink is None else ink
    return Style.of(code or "General", font.name or "", mark, ink, ground, font.height / 20)


_FILL = 4
"""How an alignment that repeats a cell's content is numbered."""


def _colour(book: xlrd.book.Book, index: int) -> Colour | None:
    """The colour behind its number; None for the automatic one."""
    parts = book.colour_map.get(index)
    return None if parts is None else parts[0] << 16 | parts[1] << 8 | parts[2]


def _content(
    kind: int, value: str | float, style: Style, date1904: bool
) -> tuple[CellKind, CellValue, str, Decimal | None]:
    """Kind, value, text as seen, number behind a date."""
    import xlrd

    if isinstance(value, str):
        return CellKind.TEXT, value, value, None
    if kind == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(int(value), "#ERROR!")
        return CellKind.ERROR, text, text, None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return CellKind.BOOL, bool(value), "TRUE" if value else "FALSE", None
    if not math.isfinite(value):
        return CellKind.ERROR, "#NUM!", "#NUM!", None
    return looks.number_content(shortest_decimal(float(value)), style, date1904)


# ------------------------------------------------------------------------------- what xlrd leaves out
# Where formulas stand, conditional formats, heads and feet of pages, read from the records of the stream.
# Source: [MS-XLS] 2.4 (records), 2.5.91 (DXFN), 2.5.240 (Ref8U).

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
    sheets = []
    with suppress(struct.error, IndexError):
        begins = [content for kind, content in _records(stream, 0) if kind == _SHEET and content[5] == 0]
        for (start,) in [struct.unpack_from("<I", content) for content in begins]:
            said = SheetRecords()
            areas: tuple[Range, ...] = ()
            for kind, content in _records(stream, start):
                if kind == _FORMULA:
                    row, column = struct.unpack_from("<HH", content)
                    said.formulas.add((row + 1, column + 1))
                elif kind in (_HEADER, _FOOTER) and len(content) > 3:
                    letters = "utf-16-le" if content[2] & 1 else "latin-1"  # a string of BIFF8
                    said.margins.append(content[3:].decode(letters, "replace"))
                elif kind == _CONDITION:
                    (n,) = struct.unpack_from("<H", content, 12)
                    edges = [struct.unpack_from("<4H", content, 14 + 8 * i) for i in range(n)]
                    areas = tuple(Range(t + 1, left + 1, b + 1, right + 1) for t, b, left, right in edges)
                elif kind == _RULE:
                    said.conditions.append((areas, _look(content, palette)))
            sheets.append(said)
        return sheets
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
