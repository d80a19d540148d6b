"""The officer's Excel: what the workbook of decisions shows, and what is typed into it."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from dvctt_report.decide.cells import COLUMNS, MARK, TYPED

OPEN = ("Tôi quyết", "Đơn vị sửa", "Tạm dùng")
ZALO = {"kind": "Zalo", "basis": "chị Lan, ngày 12/11"}
LETTER = {"kind": "Văn bản", "basis": "Công văn số 12/SYT-VP"}


def book_of(root: Path) -> Path:
    return root / "ky-bao-cao" / "2025" / "viec-can-xu-ly-2025.xlsx"


def shown(path: Path, *sheets: str) -> list[dict[str, str]]:
    """The rows of a workbook, of the sheets of open matters where none is named."""
    book = _opened(path.read_bytes())
    return [row for name in sheets or OPEN for row in _rows(book[name])]


def row_of(path: Path, who: str, words: str = "", *sheets: str) -> dict[str, str]:
    """The one row about a unit in whose texts ``words`` stand."""
    (found,) = [row for row in shown(path, *sheets) if who in row["who"] and words in " ".join(row.values())]
    return found


def type_into(path: Path, row: dict[str, str], **said: str | int) -> None:
    """Type into the cells of a row, and save as Excel does."""
    book = openpyxl.load_workbook(path)
    sheet = book[row["sheet"]]
    at = _columns(sheet)
    for name, value in said.items():
        assert name in {column.key for column in TYPED}
        sheet.cell(int(row["row"]), at[name]).value = value
    book.save(path)


def choices(path: Path, row: dict[str, str]) -> list[str]:
    """What the drop-down of a row offers."""
    sheet = _opened(path.read_bytes())[row["sheet"]]
    cell = sheet.cell(int(row["row"]), _columns(sheet)["choice"]).coordinate
    found = [v for v in sheet.data_validations.dataValidation if cell in v.sqref]
    if not found:
        return []
    (first, *_) = sheet[str(found[0].formula1).lstrip("=").replace("$", "")]
    return [str(cell.value) for cell in first]


@lru_cache(maxsize=8)
def _opened(content: bytes) -> openpyxl.Workbook:
    """A workbook to be looked at only: tests ask the same one for several of its rows."""
    return openpyxl.load_workbook(BytesIO(content))


def _rows(sheet: Worksheet) -> list[dict[str, str]]:
    at = _columns(sheet)
    return [
        {name: str(sheet.cell(n, column).value or "") for name, column in at.items()}
        | {"sheet": sheet.title, "row": str(n)}
        for n in range(5, sheet.max_row + 1)
        if sheet.cell(n, 1).value
    ]


def _columns(sheet: Worksheet) -> dict[str, int]:
    marks = {str(cell.value): cell.column for cell in sheet[3] if cell.value}
    assert MARK in marks
    return {column.key: marks[column.key] for column in COLUMNS}
