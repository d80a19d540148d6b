"""Forms filled in by careful units who made them prettier, whoever saved them: nothing to ask.

``python -m tests.intake.harmless 100`` reads so many in every way that they are saved, some of which stand in
the suite (``test_seen``).
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeAlias

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook

from dvctt_report.forms.form import COVER
from dvctt_report.forms.layout import META_SHEET
from dvctt_report.forms.officer_sheet import save_book
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Key, Return, Severity
from tests.forms.fill import Filled, fill, real
from tests.intake.conftest import SHAPES
from tests.intake.edits import opened
from tests.libreoffice import LibreOffice

Prettier: TypeAlias = Callable[[Workbook, random.Random], None]

REMARKS: Final = (
    "Ghi chú: số liệu đã được rà soát, thống nhất trong đơn vị",
    "Người lập biểu ký, ghi rõ họ tên",
    "Ninh Thuận, ngày 05 tháng 11 năm 2025",
    "Lưu: VT, phòng chuyên môn",
    "Biểu kèm theo Công văn của đơn vị",
)
PALE: Final = ("FFFFF2CC", "FFE2EFDA", "FFDDEBF7", "FFFCE4D6", "FFFFFF00", "FF92D050")
DARK: Final = ("FF000000", "FF1F4E78", "FFC00000", "FF375623", "FF7030A0", "FF595959")


def _wider(book: Workbook, rng: random.Random) -> None:
    for sheet in book.worksheets:
        for letter in rng.sample("CDEFGHIJKLM", 4):
            sheet.column_dimensions[letter].width = rng.uniform(8, 70)
        for row in rng.sample(range(6, 30), 5):
            if not sheet.row_dimensions[row].hidden:
                sheet.row_dimensions[row].height = rng.uniform(15, 90)


def _reordered(book: Workbook, rng: random.Random) -> None:
    book.move_sheet(book.worksheets[0], rng.randrange(len(book.worksheets) - 1))


def _remark(book: Workbook, rng: random.Random) -> None:
    for sheet in book.worksheets:
        if sheet.title != META_SHEET:
            sheet.cell(sheet.max_row + 3, 4, rng.choice(REMARKS))


def _coloured(book: Workbook, rng: random.Random) -> None:
    """Pale fills and dark letters of a colour in some cells that hold something."""
    for sheet in book.worksheets:
        cells = [c for row in sheet.iter_rows(min_row=6, min_col=3) for c in row if c.value is not None]
        for cell in rng.sample(cells, min(6, len(cells))):
            cell.fill = PatternFill("solid", fgColor=rng.choice(PALE))
            cell.font = Font(
                name="Times New Roman", size=rng.choice((9, 11, 13)), bold=True, color=rng.choice(DARK)
            )
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _zebra(book: Workbook, rng: random.Random) -> None:
    """Every other row in a pale colour, by a condition."""
    for sheet in book.worksheets:
        if sheet.title != META_SHEET:
            rule = FormulaRule(["MOD(ROW(),2)=0"], fill=PatternFill(bgColor=rng.choice(PALE)))
            sheet.conditional_formatting.add(f"C6:M{sheet.max_row}", rule)


EDITS: Final[tuple[Prettier, ...]] = (_wider, _reordered, _remark, _coloured, _zebra)


def prettier(data: bytes, seed: int) -> bytes:
    """The form after harmless edits: all of them for the first seeds, then some."""
    rng, book = random.Random(seed), opened(data)
    for edit in EDITS if seed % 3 == 0 else rng.sample(EDITS, 3):
        edit(book, rng)
    return save_book(book)


def questions(found: Return, filled: Filled) -> list[str]:
    """What is asked about a form, and what is read otherwise than it was typed."""
    asked = [f"{f.code} {f.message}" for f in found.findings if f.severity is not Severity.INFO]
    return [*asked, *misread(found, filled)]


def misread(found: Return, filled: Filled) -> Iterator[str]:
    for o in found.observations:
        key = Key(o.item, o.field, o.part)
        if key.field in ("rate", "status") or key not in filled.expected or key.item == COVER:
            continue
        value, state = filled.expected[key]
        if (o.value, o.state) != (value, state):
            yield f"{key} read as {o.value} {o.state}, typed {value} {state}"


KINDS: Final = ("xlsx", "xls")


def main(n: int) -> int:
    """Read ``n`` forms as they are and as LibreOffice saves them. Returns 1 where one raised a question."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [(SHAPES[k % len(SHAPES)], k) for k in range(n)]
        files = [folder / f"{code}-{k}.xlsx" for code, k in made]
        for file, (code, k) in zip(files, made, strict=True):
            file.write_bytes(prettier(fill(code, k).data, k))
        with closing(LibreOffice(folder / "profile")) as office:
            for kind in KINDS:
                office.convert(files, kind, folder / kind)
        n_asked = n_read = 0
        for file, (code, k) in zip(files, made, strict=True):
            for one in (file, *(folder / kind / f"{file.stem}.{kind}" for kind in KINDS)):
                filled = fill(code, k)
                told = questions(read_return(one.name, one.read_bytes(), real(), filled.period), filled)
                n_read, n_asked = n_read + 1, n_asked + bool(told)
                for line in told:
                    print(f"{one.parent.name}/{one.name}: {line}")
        print(f"{n} forms read {n_read} times, {n_asked} times with a question")
    return min(n_asked, 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
