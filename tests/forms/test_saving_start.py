"""Books that are changed in place cost no more start than openpyxl alone."""

from __future__ import annotations

import subprocess
import sys

_NEW_BOOK = """
import sys
from dvctt_report.forms.officer_sheet import new_book, open_book, save_book
made = new_book()
made.create_sheet("2025")["A1"] = "Số"
assert open_book(save_book(made))["2025"]["A1"].value == "Số"
assert "openpyxl" in sys.modules and "numpy" not in sys.modules
import numpy
assert numpy.int64(1) == 1
"""


def test_openpyxl_is_loaded_without_numpy_which_can_be_loaded_afterwards() -> None:
    subprocess.run([sys.executable, "-c", _NEW_BOOK], check=True)
