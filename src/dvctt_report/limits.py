"""How much of what others wrote is taken in: counts, so that a busy machine gives the same verdict.

What is beyond a count is refused, with the count in the reason. Seconds and memory are no verdict: they
end a process that something else went wrong in, and what it was reading is "not read yet".
"""

from __future__ import annotations

from typing import Final, NamedTuple

MAX_RECEIVED: Final = 200_000_000
MAX_SETTINGS: Final = 20_000_000
MAX_STEPS: Final = 20
MAX_MANIFEST: Final = 2_000_000_000
MAX_FILE: Final = 50_000_000
MAX_HTML: Final = 20_000_000

MAX_DEPTH: Final = 3
MAX_FILES: Final = 2_000
MAX_UNPACKED: Final = 200_000_000
MAX_HEADER: Final = 4_000

MAX_MEMBERS: Final = 2_000
MAX_INFLATED: Final = 200_000_000
MAX_RATIO: Final = 200
RATIO_FLOOR: Final = 20_000_000

MAX_TAGS: Final = 5_000_000
MAX_SHEETS: Final = 500
MAX_CELLS: Final = 1_000_000
MAX_TEXT: Final = 100_000
MAX_RUNS: Final = 1_000
MAX_DIGITS: Final = 100
MAX_PARAGRAPH: Final = 20_000
MAX_FIGURES: Final = 1_000
MAX_DOCUMENT: Final = 20_000_000
MAX_SPAN: Final = 63
MAX_FORMAT: Final = 1_000
MAX_COLUMNS: Final = 65_536
MAX_MERGED: Final = 5_000_000
MAX_CONDITIONS: Final = 100_000
MAX_SPINS: Final = 1_000_000
MAX_LABELLED_ROWS: Final = 2_000
MAX_REMARKS: Final = 2_000

SECONDS: Final = 120
MEMORY: Final = 1_500_000_000


class Ceiling(NamedTuple):
    """One line of the table in SECURITY.md: what is counted, the most of it, and why that is enough."""

    value: int
    of: str
    why: str


TABLE: tuple[Ceiling, ...] = (
    Ceiling(MAX_RECEIVED, "bytes of a file as received", "a .zip of many returns with their scans"),
    Ceiling(MAX_SETTINGS, "bytes of settings, a plan, phrases", "the shipped ones have 200 KB"),
    Ceiling(MAX_STEPS, "names joined by dots in a key of settings", "the deepest key has three"),
    Ceiling(MAX_MANIFEST, "bytes of a manifest, or of a file to be hashed", "10,000 communes give 200 MB"),
    Ceiling(MAX_FILE, "bytes of a workbook", "a return has a few dozen KB"),
    Ceiling(MAX_HTML, "bytes of a web page", "the tree of a page takes some ten times as much"),
    Ceiling(MAX_DEPTH, "containers in one another", "a mail in a .zip with a .zip attached"),
    Ceiling(MAX_FILES, "files in a container", "those of containers in it counted in"),
    Ceiling(MAX_UNPACKED, "bytes that a container unpacks to", "those of containers in it counted in"),
    Ceiling(
        MAX_HEADER, "characters of a header of a mail", "a name of 255 letters has 2,300; the rest isn't read"
    ),
    Ceiling(MAX_MEMBERS, "parts of an Office package", "a return has some forty"),
    Ceiling(MAX_INFLATED, "bytes that a package inflates to", "counted while inflating, never believed"),
    Ceiling(MAX_RATIO, "times that a part grows when inflated", f"above {RATIO_FLOOR:,} bytes"),
    Ceiling(RATIO_FLOOR, "bytes below which a high ratio is only repetition", "a million empty rows, say"),
    Ceiling(MAX_TAGS, "tags in the parts that are read", "a sheet of a million cells has four for each"),
    Ceiling(MAX_SHEETS, "sheets of a workbook", "a form has eleven"),
    Ceiling(MAX_CELLS, "cells of a workbook that hold something", "a form has at most some ten thousand"),
    Ceiling(MAX_TEXT, "characters of a cell", "Excel holds 32,767, LibreOffice 65,535"),
    Ceiling(MAX_RUNS, "runs of letters in the text of a cell or a note", "each may have a font of its own"),
    Ceiling(MAX_PARAGRAPH, "characters of a paragraph of a Word file", "five pages without a break"),
    Ceiling(MAX_FIGURES, "figures in a paragraph of a Word file", "each is looked for in what was printed"),
    Ceiling(MAX_DOCUMENT, "characters of a part of a Word file", "a report of 10,000 communes has fewer"),
    Ceiling(MAX_SPAN, "columns that a cell of a Word table covers", "a table of Word has no more"),
    Ceiling(MAX_DIGITS, "characters of a number", "Excel writes at most 24; what is longer is a text"),
    Ceiling(MAX_FORMAT, "characters of a number format", "Excel takes 255; what is longer shows nothing"),
    Ceiling(MAX_COLUMNS, "columns of a sheet that are described", "a sheet has 16,384, each described once"),
    Ceiling(
        MAX_MERGED, "cells of a sheet in merged ranges, or under conditional formats", "each is looked at"
    ),
    Ceiling(
        MAX_CONDITIONS,
        "areas of a sheet under conditional formats that may show something else",
        "counted for each rule, before one is looked at",
    ),
    Ceiling(MAX_SPINS, "rounds that the key of an encrypted workbook is made in", "Excel takes 100,000"),
    Ceiling(MAX_LABELLED_ROWS, "rows in which a table without keys is looked for", "a form has some 250"),
    Ceiling(
        MAX_REMARKS, "texts of a sheet beside the form that are looked at", "a remark stands at its head"
    ),
    Ceiling(
        SECONDS,
        "seconds for a file (backstop)",
        "a return takes some milliseconds, on a busy machine a second",
    ),
    Ceiling(MEMORY, "bytes of memory for a file (backstop)", "a workbook at all limits takes half of it"),
)


def limits_table() -> str:
    """The table as it stands in SECURITY.md."""
    lines = ["| at most | of what | why that is enough |", "|--:|---|---|"]
    lines += [f"| {limit.value:,} | {limit.of} | {limit.why} |" for limit in TABLE]
    return "\n".join(lines)


if __name__ == "__main__":
    print(limits_table())
