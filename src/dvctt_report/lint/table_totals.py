"""Tables whose row "Tổng cộng" isn't what their other rows give."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dvctt_report.lint.numerals import read_number, shown, step_of
from dvctt_report.lint.parts import Paper
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.document import Paragraph

_TOTAL = lazy_pattern(
    r"(?:tong(?: so| cong)?|cong|toan (?:tinh|xa|phuong|truong|nganh|so|thanh pho))"
    r"(?: ?\([ivx\da-e]+(?: ?[+,] ?[ivx\da-e]+)+\))?[\s:.]*"
)
_LONGEST_TOTAL = 30
"""Characters of what a total's row is called: "Toàn tỉnh", "Tổng cộng (I + II):"."""
_NO_AMOUNT = lazy_pattern(
    r"binh quan|trung binh|nang suat|mat do|/ ?(?:ha|km2|nguoi|ho|thang|nam)\b|%|ty le|ty trong|co cau|stt"
    r"|so tt|tt\b|^ ?nam\b(?! (?:\d{4}|truoc|nay)\b)|ghi chu|so hieu|ma\b|diem\b|xep (?:hang|loai)|don gia"
)
"""What heads a column that nobody adds up."""
_COUNTED = lazy_pattern(r"(?:stt|tt|so tt)\b(?! o\b)")
_ROUNDED = lazy_pattern(r"\b(?:nghin|ngan|trieu|ty)\b(?! le| trong| suat)")
_FEWEST = 3
"""Rows of details from which a total may be doubted: of two, one may be a part of the other."""
_YEARS = range(1900, 2101)

Row = dict[int, Decimal]
Cells = dict[int, dict[int, Paragraph]]


def totals_in(paper: Paper) -> Iterator[tuple[Paragraph, str, str]]:
    """The cells of totals that their rows don't give: the cell, what was found, what would agree."""
    tables: dict[int, Cells] = defaultdict(lambda: defaultdict(dict))
    above: dict[int, str] = {}
    last = ""
    for paragraph in paper.document.paragraphs:
        cell, text = paragraph.cell, paragraph.text.strip()
        if cell is None:
            last = text or last
        elif cell.table.bordered and text:
            above.setdefault(cell.table.number, last)
            tables[cell.table.number][cell.row].setdefault(cell.column, paragraph)
    for number, cells in tables.items():
        yield from _Table(cells, unaccented(above[number])).questions()


@dataclass(frozen=True, eq=False)
class _Table:
    """A table with lines: its paragraphs by row and column, and the line above it, without marks."""

    cells: Cells
    above: str

    def questions(self) -> Iterator[tuple[Paragraph, str, str]]:
        """What of its total's row its other rows don't give; nothing where some of them sum up others."""
        texts = {r: {c: p.text.strip() for c, p in row.items()} for r, row in self.cells.items()}
        numbers = {r: row for r, told in texts.items() if r != min(texts) and (row := _numbers_of(told))}
        named = [r for r, row in texts.items() if any(map(_is_total, row.values()))]
        if len(named) != 1 or named[0] not in (min(numbers, default=-1), max(numbers, default=-1)):
            return
        total = named[0]
        details = [r for r in numbers if r != total]
        heads = defaultdict[int, str](str)
        for r, told_in in texts.items():
            for c, text in told_in.items() if r < min(numbers) else ():
                heads[c] += " " + unaccented(text)
        counting = next((c for c, head in heads.items() if _COUNTED.match(head.strip())), None)
        counted = counting is not None and _counts([texts[r].get(counting, "") for r in details])
        if len(details) < 2 or (counting is not None and not counted) or self._has_bold(details):
            return
        is_rounded = bool(_ROUNDED.search(f"{self.above} {' '.join(heads.values())}"))
        sums = dict[int, tuple[Decimal, Decimal]]()
        for c, told in numbers[total].items():
            known = [numbers[r][c] for r in details if c in numbers[r]]
            if len(known) == len(details) and not _NO_AMOUNT.search(heads[c]):
                sums[c] = sum(known, Decimal(0)) - told, _slack([*known, told], is_rounded)
                if step_of(told) < 1 and min(known) <= told <= max(known):
                    del sums[c]  # a mean
        # Of two rows one may be a part of the other, unless they are counted or another column adds up.
        surely = len(details) >= _FEWEST or counted or any(abs(off) <= slack for off, slack in sums.values())
        for c, (off, slack) in sums.items() if surely else ():
            if abs(off) > slack:
                added = shown(numbers[total][c] + off)
                found = f"dòng tổng ghi {texts[total][c]}, các dòng cộng lại được {added}"
                right = "tổng bằng các dòng cộng lại (sửa tổng, hoặc sửa một dòng)"
                yield self.cells[total][c], found, right

    def _has_bold(self, rows: Sequence[int]) -> bool:
        spans = (span for r in rows for p in self.cells[r].values() for span in p.spans)
        return any(span.face.bold and span.text.strip() for span in spans)


def _numbers_of(texts: dict[int, str]) -> Row:
    """The numbers of a row; none of one that counts the columns, "1, 2, 3", or heads them with years."""
    row = {c: number for c, text in texts.items() if (number := read_number(text)) is not None}
    numbers = [*row.values()]
    counts_columns = len(row) >= _FEWEST and numbers == [Decimal(n) for n in range(1, len(row) + 1)]
    return {} if counts_columns or all(number in _YEARS for number in numbers) else row


def _is_total(text: str) -> bool:
    return len(text) <= _LONGEST_TOTAL and _TOTAL.fullmatch(unaccented(text)) is not None


def _counts(marks: Sequence[str]) -> bool:
    """Whether rows are counted "1", "2" … without a gap."""
    return all(re.fullmatch(rf"0?{n}\.?", mark) for n, mark in enumerate(marks, 1))


def _slack(numbers: Sequence[Decimal], is_rounded: bool) -> Decimal:
    """How far a sum may miss where each number of it, and it itself, was rounded on its own."""
    step = min(map(step_of, numbers))
    return step * len(numbers) / 2 if is_rounded or step < 1 else Decimal(0)
