"""Read the sample's workbooks a second way: openpyxl and xlrd, only what was typed, no result of a formula.

Nothing of ``dvctt_report`` is used. Who is asked what, and which cells a total is the sum of, is written down
here once more, from the plan. Answers become the words of ``tests.oracle.recompute``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import xlrd

from tests.oracle.recompute import Aim, Pair, World

Cells = dict[tuple[str, str], Any]
"""What stands under a column's key in the row of a row's key."""

DEPARTMENTS = (
    *("VPUB", "SKHCN", "SNV", "STP", "STC", "SCT", "SNNMT", "SXD", "SVHTTDL", "SGDDT", "SYT", "SDTTG"),
    *("TTT", "BQLKCN", "CAT", "BHXH"),
)
DISTRICTS = ("PRTC", "BAI", "NSN", "NHI", "NPC", "TBC", "TNM")
PRESS = ("BPTTH",)
SCHOOLS = ("PHDHNL", "VDTMT", "CDN")
OFFICES = (*DEPARTMENTS, *DISTRICTS)
LAND_BUILDING_INVESTMENT = ("STC", "SNNMT", "SXD", "BQLKCN")
TO_SCHOOLS = ("SGDDT", *SCHOOLS)

AIMS = (
    Aim("T1", "ratio", 100, (*OFFICES, *PRESS), may_withhold=("CAT",)),
    Aim("T2", "ratio", 100, OFFICES, may_withhold=("CAT",)),
    Aim("T3", "yes_no", 100, (*OFFICES, *PRESS, *SCHOOLS)),
    Aim("T4", "yes_no", 100, OFFICES),
    Aim("T5", "ratio", 100, DISTRICTS),
    Aim("T6", "yes_no", 100, (*DISTRICTS, *PRESS)),
    Aim("T7", "ratio", 100, DISTRICTS),
    Aim("T8", "ratio", 100, ("VPUB",)),
    Aim("T9", "ratio", 100, ("VPUB",)),
    Aim("T10", "ratio", 80, OFFICES),
    Aim("T11", "ratio", 50, ("VPUB",)),
    Aim("T12", "ratio", 90, OFFICES),
    Aim("T12a", "ratio", 85, (*LAND_BUILDING_INVESTMENT, *DISTRICTS)),
    Aim("T13", "ratio", 100, OFFICES),
    Aim("T14", "ratio", 80, TO_SCHOOLS),
    Aim("U1", "yes_no", 100, OFFICES, due=False),
    Aim("U2", "ratio", 70, ("VPUB",), due=False),
    Aim("U3", "ratio", 100, TO_SCHOOLS, due=False),
)

SAME = {"U2": "T11", "U3": "T14"}
_FIELDS = [f"KS.HT.{area}" for area in ("datdai", "xaydung", "dautu")]
SUMS = {
    ("T10", "total"): [(row, "resolved_total") for row in ("HS.T", "HS.H", "HS.X")],
    ("T12", "total"): [("KS.HT.chung", "valid")],
    ("T12", "done"): [("KS.HT.chung", "satisfied")],
    ("T12a", "total"): [(row, "valid") for row in _FIELDS],
    ("T12a", "done"): [(row, "satisfied") for row in _FIELDS],
}
WORDS = {"Không phát sinh": "-", "Chưa có số liệu": "...", "Không áp dụng": "x", "Không cung cấp": "***"}
_NUMBER = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+)(?: lượt người)?")


def read_world(files: Iterable[Path], year: int) -> tuple[World, Counter[str]]:
    """Return the year that the workbooks tell, and the sum of each row of channels, funding and surveys."""
    units: dict[str, Cells] = {}
    for path in files:
        meta, cells = read_cells(path)
        if meta["year"] == str(year):
            units[meta["unit"]] = cells
    sums: Counter[str] = Counter()
    for cells in units.values():
        for (row, column), value in cells.items():
            if row.startswith(("HT.", "KP.")) and column == "value" and (n := number(value)) is not None:
                sums[row] += n
        for row in {row for row, _ in cells if row.startswith("KS.")}:
            valid, satisfied = (number(cells[row, column]) for column in ("valid", "satisfied"))
            if valid is not None and satisfied is not None and satisfied <= valid:
                sums[f"{row}:valid"] += valid
                sums[f"{row}:satisfied"] += satisfied
    answers = {
        unit: {a.code: _pair(cells, a) for a in AIMS if unit in a.asked} for unit, cells in units.items()
    }
    return World(AIMS, answers), sums


def read_cells(path: Path, sheets: tuple[str, ...] = ("",)) -> tuple[dict[str, str], Cells]:
    """Return the form's own keys, and every cell by row key and column key.

    Of an .xlsx only those ``sheets`` are read whose names begin so.
    """
    if path.suffix != ".xls":
        return _cells(_read_xlsx(path, ("_meta", *sheets)))
    book = xlrd.open_workbook(path)
    return _cells({s.name: [tuple(s.row_values(n)) for n in range(s.nrows)] for s in book.sheets()})


def _cells(sheets: dict[str, list[tuple[Any, ...]]]) -> tuple[dict[str, str], Cells]:
    meta = {str(row[0]): str(row[1]) for row in sheets.pop("_meta")}
    cells: Cells = {}
    for rows in sheets.values():
        columns: dict[int, str] = {}
        for row in rows:
            key = row[0]
            if isinstance(key, str) and key.startswith("#"):
                columns = {
                    at: name for at, name in enumerate(row) if at and isinstance(name, str) and name != "%"
                }
            elif isinstance(key, str) and key:
                for at, column in columns.items():
                    cells[key, column] = row[at]
    return meta, cells


def _read_xlsx(path: Path, sheets: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path, read_only=True)
    read = (sheet for sheet in book.worksheets if sheet.title.startswith(sheets))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in read}


def number(value: Any) -> int | None:
    """The whole number typed into a cell, also as text; None for everything else."""
    if isinstance(value, int | float):
        return int(value) if value == int(value) else None
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return int(match[1].replace(".", "")) if match else None


def _pair(cells: Cells, aim: Aim) -> Pair:
    code = SAME.get(aim.code, aim.code)
    if aim.kind == "yes_no":
        answer = cells[code, "answer"] or ""
        return ("Không" if answer == "Không có trang riêng" else answer), ""
    if any(_contradicts(cells, part, code) for part, _ in cells if part.startswith("@")):
        return "?", "?"
    return _figure(cells, code, "total"), _figure(cells, code, "done")


def _contradicts(cells: Cells, part: str, code: str) -> bool:
    """Whether a commune's own line gives more as done than there is, or nothing of what there is."""
    if (part, f"{code}:total") not in cells or _is_closed(part, code):
        return False
    total, done = (_word(cells[part, f"{code}:{name}"], None) for name in ("total", "done"))
    if total.isdigit() and done.isdigit():
        return int(done) > int(total)
    return (total == "-" and done.isdigit() and done != "0") or (
        done == "-" and total.isdigit() and total != "0"
    )


def _figure(cells: Cells, code: str, field: str) -> str:
    parts = [row for row, column in cells if row.startswith("@") and column == f"{code}:{field}"]
    if parts:
        return _added([_word(cells[p, f"{code}:{field}"], None) for p in parts if not _is_closed(p, code)])
    named = [(row, column) for row, column in SUMS.get((code, field), ()) if (row, column) in cells]
    if named:
        summed = _added([_word(cells[row, column], cells[row, "status"]) for row, column in named])
        denied = WORDS.get(cells[code, "status"]) in ("x", "-")
        return "?" if denied and summed.isdigit() else summed
    return _word(cells[code, field], cells[code, "status"])


def _is_closed(part: str, code: str) -> bool:
    """The district's own office has no loudspeakers and no digital teams."""
    return part == "@Cơ quan cấp huyện" and code in ("T5", "T7")


def _word(value: Any, status: Any) -> str:
    if (n := number(value)) is not None:
        return str(n)
    if value == "-":
        return "-"
    if value in (None, "") or str(value).startswith("="):
        return WORDS.get(status, "")
    return "?"


def _added(words: list[str]) -> str:
    for spoilt in ("?", "", "...", "***"):
        if spoilt in words:
            return spoilt
    numbers = [int(word) for word in words if word.isdigit()]
    return str(sum(numbers)) if numbers else "-" if "-" in words else "x"
