"""Where on the page something stands: its part in the words of a reader, its block, its paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dvctt_report.lint.check import Block, Fault, NotEvaluated, Quote
from dvctt_report.lint.parts import Paper, Piece
from dvctt_report.lint.structure import marks
from dvctt_report.nd30.kinds import ANNEX
from dvctt_report.word.document import Paragraph, Table, TableCell
from dvctt_report.word.tree import W


def place_of(paper: Paper, paragraph: Paragraph) -> str:
    """Name the part of the page or the section of the text that a paragraph belongs to."""
    if paragraph.part != paper.document.source.main:
        return "Chân trang (footer)" if "footer" in paragraph.part else "Đầu trang (header)"
    named = _named(paper)
    if id(paragraph.element) in named:
        return named[id(paragraph.element)]
    for text in paper.enclosed:
        if text.pieces[0].paragraph.number <= paragraph.number <= text.pieces[-1].paragraph.number:
            return f"{text.name_as_enclosed}: {place_of(text, paragraph)}"
    annex = _annex_above(paper, paragraph)
    if annex:
        return annex
    if paragraph.cell is not None:
        return f"{table_name(paper, paragraph.cell.table)}, {_cell(paragraph.cell)}"
    return "Hộp chữ (text box)" if paragraph.box is not None else "Nội dung"


@lru_cache(maxsize=4)
def _named(paper: Paper) -> dict[int, str]:
    head, title, signature = paper.head, paper.title, paper.signature
    parts: list[tuple[str, tuple[Piece | None, ...]]] = [
        ("Quốc hiệu", (head.state,)),
        ("Tiêu ngữ", (head.motto,)),
        ("Tên cơ quan chủ quản", head.parent),
        ("Tên cơ quan ban hành", head.issuer),
        ("Số, ký hiệu", (head.number,)),
        ("Địa danh, thời gian", (head.place_date,)),
        ("Trích yếu công văn", head.matter),
        ("Tên loại văn bản", (title.kind,)),
        ("Trích yếu", title.subject),
        ("Kính gửi", (title.addressee, *title.addressees)),
        ("Chức vụ người ký", signature.authority),
        ("Họ tên người ký", (signature.name,)),
        *(("Chức vụ người ký", signer.authority) for signer in signature.co_signers),
        *(("Họ tên người ký", (signer.name,)) for signer in signature.co_signers),
        ("Nơi nhận", (signature.recipients_title, *signature.recipients)),
        ("Căn cứ", paper.bases),
    ]
    found = {id(mark.piece.paragraph.element): mark.place for mark in marks(paper)}
    found |= {
        id(p.paragraph.element): name for name, pieces in reversed(parts) for p in pieces if p is not None
    }
    return found


def _annex_above(paper: Paper, paragraph: Paragraph) -> str:
    above = [a for a in paper.annexes if a.label.paragraph.number <= paragraph.number]
    if not above:
        return ""
    cell = paragraph.cell
    if cell is None:
        return above[-1].name
    later = [a.label.paragraph.number for a in paper.annexes if a.label.paragraph.number > paragraph.number]
    reach = range(above[-1].label.paragraph.number, min(later, default=len(paper.document.paragraphs)))
    own = [n for n, first in _bordered(paper) if first in reach]
    named = f"bảng {own.index(cell.table.number) + 1}" if cell.table.number in own else "bảng không kẻ"
    return f"{above[-1].name}, {'bảng' if own == [cell.table.number] else named}, {_cell(cell)}"


@lru_cache(maxsize=4)
def _bordered(paper: Paper) -> tuple[tuple[int, int], ...]:
    """The numbers of the tables whose lines are seen, each with that of its first paragraph."""
    firsts = (
        (table.number, paper.document.first_in(table)) for table in paper.document.tables if table.bordered
    )
    return tuple((n, first.number) for n, first in firsts if first is not None)


def _cell(cell: TableCell) -> str:
    return f"dòng {cell.row + 1}, cột {cell.column + 1}"


def table_name(paper: Paper, table: Table) -> str:
    """What a table is called by one who looks at the page, on which those without lines aren't seen."""
    seen = [one.number for one in paper.document.tables if one.bordered]
    return f"Bảng {seen.index(table.number) + 1}" if table.number in seen else "Bảng không kẻ"


_OF_MISSING = {
    Block.END: ("Nơi nhận", "Chức vụ", "Họ tên"),
    Block.TEXT: ("Căn cứ", "Nội dung"),
    Block.ANNEX: ("Phụ lục",),
}
"""How the places of parts begin that may be missing; what isn't there has no words to stand by."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a fault stands: its block, and the paragraph to look at, None where there is none to point to."""

    block: Block
    paragraph: Paragraph | None

    @property
    def page(self) -> int | None:
        """The page to look at as Word left it in the file, None where nothing tells."""
        return self.paragraph.page if self.paragraph else None

    @property
    def order(self) -> tuple[int, int]:
        """Its rank from the first page to the last."""
        return list(Block).index(self.block), self.paragraph.number if self.paragraph else -1


NOWHERE = Spot(Block.HEAD, None)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The numbers of the paragraphs with which text, end and annexes begin."""

    text: int
    end: int
    annex: int


def spot_of(paper: Paper, fault: Fault | NotEvaluated, words: str) -> Spot:
    """Where to look for a fault: at its words, else at what would be mended, else where its part belongs."""
    paragraph = words.paragraph if isinstance(words, Quote) else None
    if paragraph is None and isinstance(fault, Fault):
        paragraph = next((p for mend in fault.mends if (p := _at(paper, mend.element))), None)
    if paragraph is None:
        block = next((b for b, names in _OF_MISSING.items() if fault.place.startswith(names)), Block.HEAD)
        bounds, paragraphs = _bounds(paper), paper.document.paragraphs
        first = {Block.TEXT: bounds.text, Block.END: bounds.end, Block.ANNEX: bounds.annex}.get(block, 0)
        shown = (p for p in paragraphs[first:] if p.text.strip() and p.box is None)
        last = (p for p in reversed(paragraphs) if p.text.strip() and p.box is None)
        return Spot(Block.ANNEX if paper.kind == ANNEX else block, next(shown, next(last, None)))
    if paragraph.part != paper.document.source.main:
        return Spot(Block.ANNEX if paper.kind == ANNEX else Block.HEAD, paragraph)
    return Spot(_block_at(paper, paragraph.number), paragraph)


def _block_at(paper: Paper, number: int) -> Block:
    bounds = _bounds(paper)
    if paper.kind == ANNEX or number >= bounds.annex:
        return Block.ANNEX
    if number >= bounds.end:
        return Block.END
    return Block.TEXT if number >= bounds.text else Block.HEAD


@lru_cache(maxsize=4)
def _bounds(paper: Paper) -> _Bounds:
    end_of_all = len(paper.document.paragraphs)
    behind = [annex.label for annex in paper.annexes] + [p.pieces[0] for p in paper.enclosed]
    annex = min((piece.paragraph.number for piece in behind), default=end_of_all)
    signed = [piece.paragraph.number for piece in _signature(paper)]
    body = [piece.paragraph.number for piece in paper.body]
    end = min(signed, default=max(body, default=annex - 1) + 1)
    text = min(body, default=end)
    return _Bounds(min(text, end), min(end, annex), annex)


def _signature(paper: Paper) -> Iterator[Any]:
    signature = paper.signature
    for signer in signature.signers:
        yield from signer.authority
        yield from filter(None, (signer.name,))
    yield from filter(None, (signature.recipients_title, *signature.recipients))


def _at(paper: Paper, element: Any) -> Paragraph | None:
    """The paragraph that an element of Word is or stands in; of a section its first."""
    if element.tag == f"{W}sectPr":
        section = next((s for s in paper.document.sections if s.element is element), None)
        return paper.document.first_shown(section) if section else None
    around = element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), None)
    return _by_element(paper).get(id(around))


@lru_cache(maxsize=4)
def _by_element(paper: Paper) -> dict[int, Paragraph]:
    return {id(p.element): p for p in paper.document.printed}
