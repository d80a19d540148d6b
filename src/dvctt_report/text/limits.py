"""How much of what others wrote is taken in: counts, so that a busy machine gives the same verdict.

What is beyond a count is refused, with the count in the reason. Seconds and memory are no verdict: they
end a process that something else went wrong in, and what it was reading is "not read yet".

Each line says what is counted, and why so much is enough; the table in SECURITY.md is made of them.
"""

from __future__ import annotations

import inspect
import re
import sys
from typing import Final

MAX_RECEIVED: Final = 200_000_000  # bytes of a file as received | a .zip of many returns with their scans
MAX_SETTINGS: Final = 20_000_000  # bytes of settings, a plan, phrases | the shipped ones have 200 KB
MAX_STEPS: Final = 20  # names joined by dots in a key of settings | the deepest key has three
MAX_MANIFEST: Final = 2_000_000_000  # bytes of a manifest, a file to hash | 10,000 communes give 0.2 GB
MAX_FILE: Final = 50_000_000  # bytes of a workbook | a return has a few dozen KB
MAX_HTML: Final = 20_000_000  # bytes of a web page | the tree of a page takes some ten times as much
MAX_DEPTH: Final = 3  # containers in one another | a mail in a .zip with a .zip attached
MAX_FILES: Final = 2_000  # files in a container | those of containers in it counted in
MAX_UNPACKED: Final = 200_000_000  # bytes that a container unpacks to | those of containers in it counted in
MAX_HEADER: Final = 4_000  # characters of a header of a mail | a name of 255 letters has 2,300
MAX_MEMBERS: Final = 2_000  # parts of an Office package | a return has some forty
MAX_INFLATED: Final = 200_000_000  # bytes that a package inflates to | counted while inflating
MAX_RATIO: Final = 200  # times that a part grows when inflated | above 20,000,000 bytes
RATIO_FLOOR: Final = 20_000_000  # bytes below which a high ratio is repetition | a million empty rows, say
MAX_TAGS: Final = 5_000_000  # tags in the parts that are read | a sheet of a million cells has four for each
MAX_SHEETS: Final = 500  # sheets of a workbook | a form has eleven
MAX_CELLS: Final = 1_000_000  # cells of a workbook that hold something | a form has at most some ten thousand
MAX_TEXT: Final = 100_000  # characters of a cell | Excel holds 32,767, LibreOffice 65,535
MAX_RUNS: Final = 1_000  # runs of letters in the text of a cell or a note | each may have a font of its own
MAX_PARAGRAPH: Final = 20_000  # characters of a paragraph of a Word file | five pages without a break
MAX_FIGURES: Final = 1_000  # figures in a paragraph of a Word file | each is looked for in what was printed
MAX_DOCUMENT: Final = 20_000_000  # characters of a part of a Word file | 10,000 communes have fewer
MAX_SPAN: Final = 63  # columns that a cell of a Word table covers | a table of Word has no more
MAX_DIGITS: Final = 100  # characters of a number | Excel writes at most 24; what is longer is a text
MAX_FORMAT: Final = 1_000  # characters of a number format | Excel takes 255; what is longer shows nothing
MAX_COLUMNS: Final = 65_536  # columns of a sheet that are described | a sheet has 16,384, each described once
MAX_MERGED: Final = 5_000_000  # cells of a sheet that are merged or under conditions | each is looked at
MAX_CONDITIONS: Final = 100_000  # areas under conditions, for each rule | counted before one is looked at
MAX_LABELLED_ROWS: Final = 2_000  # rows in which a table without keys is looked for | a form has some 250
MAX_REMARKS: Final = 2_000  # texts of a sheet beside the form | a remark stands at its head
SECONDS: Final = 120  # seconds for a file (backstop) | a busy machine takes one
MEMORY: Final = 1_500_000_000  # bytes of memory for a file (backstop) | twice a workbook at all limits


def limits_table() -> str:
    """The table as it stands in SECURITY.md."""
    lines = ["| at most | of what | why that is enough |", "|--:|---|---|"]
    source = inspect.getsource(sys.modules[__name__])
    for value, of, why in re.findall(r"^\w+: Final = (\w+)  # (.+) \| (.+)$", source, re.MULTILINE):
        lines.append(f"| {int(value):,} | {of} | {why} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(limits_table())
