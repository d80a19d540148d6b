"""A document cut into what is compared: sentences of its paragraphs, rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from dvctt_report.decide.check.values import clean, words_of
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.vietnamese import CAPITALS

CLOSING = "phần ký, nơi nhận"
"""What follows the last section of a document and belongs to none."""
LONGEST_HEAD = 150
"""Characters over a cell up to which they name its column and are not another cell's text."""
_FRAME = 2
"""Rows and columns at most of a table that only sets texts side by side: a letterhead, a signature."""
_SHORT = 12
"""Characters behind which a sentence may end: "I." and "a)." are no sentences."""
_SENTENCE_END = re.compile(rf"(?<=[\w)%”\"][.!?])[\"”)]?\s+(?=[{CAPITALS}\[“\"-])|\n")
_ORDINAL = re.compile(r"(?:\d{1,4}[a-zđ]?|[IVXLC]+|[a-zđ](?=[.)]))[.)]?")
_CODE = re.compile(r"[A-ZĐ]{1,3}\d+[a-zđ]?(?:\.\d+)?")
_BETWEEN = "\x1f"
"""Stands between the keys of the cells of a row."""
_RECIPIENTS = re.compile(r"\s*nơi nhận\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence, or a line of a letterhead (``row`` is false), or a row of a table.

    at: the number of its block.
    key: equal for what differs in nothing that is compared.
    """

    at: int
    block: TextBlock
    cells: tuple[str, ...]
    figures: tuple[tuple[FigureSpan, ...], ...]
    row: bool
    key: str

    @property
    def n_figures(self) -> int:
        return sum(map(len, self.figures))

    @property
    def text(self) -> str:
        return "; ".join(" ".join(cell.split()) for cell in self.cells if cell.strip())


class CutDocument:
    """A document by its blocks and passages."""

    def __init__(self, places: Iterable[PrintedBlock]) -> None:
        self.places = tuple(places)
        passages: list[Passage] = []
        for table, group in groupby(enumerate(self.places), key=lambda one: one[1].block.table):
            rows = list(group)
            sides_only = not rows[0][1].block.title and len(rows) <= _FRAME
            if table is None or (sides_only and all(len(one.block.cells) <= _FRAME for _, one in rows)):
                for at, one in rows:
                    for cell, figures in zip(one.block.cells, one.figures, strict=True):
                        passages += _sentences(at, one.block, cell, figures)
                continue
            for at, one in rows:
                key = _BETWEEN.join(" ".join(words_of(cell)) for cell in one.block.cells)
                passages.append(Passage(at, one.block, one.block.cells, one.figures, True, key))
        self.passages = tuple(passages)

    @classmethod
    def of(cls, blocks: Iterable[TextBlock]) -> CutDocument:
        """A document in which no figures are marked."""
        return cls(
            PrintedBlock(replace(block, cells=tuple(map(clean, block.cells))), ((),) * len(block.cells))
            for block in blocks
        )

    @cached_property
    def _row_names(self) -> dict[int, str]:
        """Rows as a reader finds them: "dòng 3 “Cơ quan A”"; one that goes on a group by its name."""
        names: dict[int, str] = {}
        for table, group in groupby(enumerate(self.places), key=lambda one: one[1].block.table):
            above = ("", "", 0)
            for at, one in group if table is not None else ():
                cells = [" ".join(cell.split()) for cell in one.block.cells]
                ordinal = cells[0] if len(cells) > 1 and _ORDINAL.fullmatch(cells[0]) else ""
                own = next(filter(is_name, cells), "")
                if own and not cells[0] and above[2] == len(cells):
                    ordinal, own = above[0], f"{above[1]} – {own}"
                else:
                    above = (ordinal, own, len(cells))
                quoted = f"“{own}”" if own else "" if ordinal else f"“{cells[0]}”"
                names[at] = (
                    "tên cột" if one.block.header else " ".join(filter(None, ("dòng", ordinal, quoted)))
                )
        return names

    def place_of(self, passage: Passage, cell: int | None = None) -> str:
        """Where a row or cell stands: "Bảng 2, dòng 3 “Cơ quan A”, cột “Tỷ lệ (%)”"; "" for a sentence."""
        if not passage.row:
            return ""
        heads, said = passage.block.heads, ""
        if cell is not None and cell < len(heads) and not passage.block.header:
            said = f"cột “{heads[cell]}”" if 0 < len(heads[cell]) <= LONGEST_HEAD else ""
        return ", ".join(filter(None, (passage.block.title, self._row_names[passage.at], said)))


def is_name(text: str) -> bool:
    """Whether a cell names its row: words, not the number of a row or the code of a target."""
    letters = sum(map(str.isalpha, text)) > 1
    return letters and not _ORDINAL.fullmatch(text) and not _CODE.fullmatch(text)


def is_ordinal(text: str) -> bool:
    """Whether a cell numbers its row: "12a", "IV.", "b)"."""
    return _ORDINAL.fullmatch(text) is not None


def cell_keys(row: Passage) -> list[str]:
    """The key of each cell of a row."""
    return row.key.split(_BETWEEN)


def label_of(passage: Passage) -> int | None:
    """The cell by which a row is called: the first that names it and holds no figure."""
    cells = enumerate(zip(passage.cells, passage.figures, strict=True))
    return next((n for n, (cell, figures) in cells if not figures and is_name(cell)), None)


def _sentences(at: int, block: TextBlock, text: str, figures: Sequence[FigureSpan]) -> Iterator[Passage]:
    """Cut a paragraph into sentences; what is still to be written by hand, "[…]", is one."""
    ends = [] if text.lstrip().startswith("[") else [m.span() for m in _SENTENCE_END.finditer(text)]
    start = 0
    for end, begin in (*ends, (len(text), len(text))):
        newline = end < len(text) and text[end] == "\n"
        if end < len(text) and not newline and end - start < _SHORT:
            continue
        said = text[start:end]
        if said.strip():
            own = tuple(replace(f, at=f.at - start) for f in figures if start <= f.at < end)
            yield Passage(at, block, (said,), (own,), False, " ".join(words_of(said)))
        start = begin


def closing_apart(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """Take who signs and who gets a document for a section of their own, up to the first annex."""
    closing = False
    for block in blocks:
        annex = block.section.startswith("Phụ lục")
        closing = not annex and (closing or any(map(_RECIPIENTS.match, block.cells)))
        yield replace(block, section=CLOSING) if closing else block
