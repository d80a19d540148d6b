"""Where a paragraph stands, in the words of someone who looks at the page."""

from __future__ import annotations

from functools import lru_cache

from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.structure import marks
from dvctt_report.word.document import Paragraph, Table, TableCell


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
