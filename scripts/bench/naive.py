"""What one would write in an afternoon instead: ``python -m scripts.bench.naive INBOX RESULT.xlsx``.

Every sheet as a table by pandas and openpyxl, and of each cell that is a number the sum over all units.
Nothing is checked: not whose a file is, whether one came twice, what a text or a blank means.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook


def add_up(inbox: Path, result: Path) -> None:
    """Write the sums of all workbooks below ``inbox``, by sheet, row, label and column, into ``result``."""
    tables = []
    for path in sorted(inbox.rglob("*.xlsx")):
        for sheet in load_workbook(path, data_only=True):
            table = pd.DataFrame(sheet.values)
            label = table.iloc[:, :3].apply(lambda row: " ".join(map(str, row.dropna())), axis=1)
            cells = table.iloc[:, 2:].apply(pd.to_numeric, errors="coerce")
            cells.index = pd.MultiIndex.from_arrays([[sheet.title] * len(table), range(len(table)), label])
            tables.append(cells)
    sums = pd.concat(tables).groupby(level=[0, 1, 2]).sum(min_count=1)
    sums.to_excel(result, engine="openpyxl")


if __name__ == "__main__":
    add_up(Path(sys.argv[1]), Path(sys.argv[2]))
