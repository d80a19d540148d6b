"""A sheet of very many rows: none of them stands in memory as cells, nor the sheet as one text.

Each row becomes the text that it is in the file as soon as it is whole, and is kept packed; the book is
written without these rows, and they are laid into it piece by piece. The bytes are those that XlsxWriter
gives by itself, whose own way for many rows knows no tables.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.utility import xl_range

from dvctt_report.forms.sheets import PlainSheet

_AT_ONCE = 500
"""Rows that are packed together: a year of 300 communes has 14,000."""


class LongSheet(PlainSheet):
    """A worksheet that holds one table from its first row on."""

    def __init__(self) -> None:
        super().__init__()
        self._text = StringIO()
        self._packed: list[bytes] = []
        self._n_rows = 0

    @property
    def place(self) -> bytes:
        """What stands in the sheet's file where its rows are to be laid in."""
        return f"<!-- rows of sheet {self.index} -->".encode()

    def add_long_table(self, n_rows: int, n_columns: int, options: Mapping[str, Any]) -> None:
        """Add a table of so many rows under its head, which XlsxWriter would remember cell by cell."""
        self.add_table(0, 0, 1, n_columns - 1, dict(options))
        whole = xl_range(0, 0, n_rows, n_columns - 1)
        self.tables[-1].update(dict.fromkeys(("range", "a_range", "autofilter"), whole))
        self.end_row(0)

    def end_row(self, at: int) -> None:
        """Take the cells of a finished row for the file; the rows have to come in their order."""
        self._set_filehandle(self._text)
        cells = self.table.pop(at)
        self._write_row(at, f"1:{len(cells)}")
        for n, cell in cells.items():
            self._write_cell(at, n, cell)
        self._xml_end_tag("row")
        self._n_rows += 1
        if self._n_rows % _AT_ONCE == 0:
            self._pack()

    def _pack(self) -> None:
        self._packed.append(zlib.compress(self._text.getvalue().encode(), 1))
        self._text = StringIO()

    def pieces(self) -> Iterator[bytes]:
        """The rows as they stand in the file."""
        self._pack()
        return map(zlib.decompress, self._packed)

    def _write_rows(self) -> None:
        self.fh.write(self.place.decode())


def number_formats(book: Any) -> None:
    """Number the formats of the cells written so far as XlsxWriter does in the end, sheet by sheet."""
    for sheet in book.worksheets():
        for _, cells in sorted(sheet.table.items()):
            for _, cell in sorted(cells.items()):
                if cell.format is not None:
                    cell.format._get_xf_index()


def laid_in(book: bytes, sheets: Iterable[LongSheet]) -> bytes:
    """The file of a book with the rows of its long sheets, which it was written without."""
    left = {f"xl/worksheets/sheet{sheet.index + 1}.xml": sheet for sheet in sheets}
    out = BytesIO()
    with ZipFile(BytesIO(book)) as source, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for info in source.infolist():
            content = source.read(info)
            sheet = left.get(info.filename)
            with archive.open(info, "w") as part:
                if sheet is None:
                    part.write(content)
                    continue
                before, _, behind = content.partition(sheet.place)
                part.write(before)
                for piece in sheet.pieces():
                    part.write(piece)
                part.write(behind)
    return out.getvalue()
