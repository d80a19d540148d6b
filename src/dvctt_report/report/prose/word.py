"""Read a Word file that a person wrote: its blocks in order, and what of it can't be taken over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from dvctt_report.report.prose.blocks import Block, GridCell, ProseLine, ProsePiece, ProseTable, make_line
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.word.document import Document, Paragraph
from dvctt_report.word.reading import read_document
from dvctt_report.word.source import Refused, read_source
from dvctt_report.word.tree import W, children, span_of

_LOST = {
    "pict": "hình ảnh",
    "drawing": "hình ảnh",
    "object": "đối tượng nhúng",
    "oMath": "công thức",
    "footnoteReference": "chú thích cuối trang",
    "endnoteReference": "chú thích cuối văn bản",
}
_SIGN = re.compile(r"^[•·▪◦‣●○■□➢➤–—*+-]\s*")


def read_written(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Read the file as blocks, insertions in, deletions and comments out, and what can't be taken over.

    That in one sentence each. Raises CannotRun with the true reason for what can't be opened or read.
    """
    try:
        document = read_document(read_source(path))
    except Refused as refused:
        raise CannotRun(
            f"Không đọc được “{path.parent.name}/{path.name}”: {refused.reason}.",
            "Mở tệp bằng Word rồi lưu lại thành .docx, không đặt mật khẩu; không mở được thì đổi tên tệp, "
            "chạy lại: tệp mới được lập sẵn.",
        ) from refused
    except OSError as error:
        raise explain_os_error(error) or CannotRun(
            f"Không mở được “{path}”.", "Kiểm tra quyền đọc, đóng chương trình đang giữ tệp rồi chạy lại."
        ) from error
    return tuple(_blocks(document)), tuple(_notes(document, path.name))


def _notes(document: Document, name: str) -> Iterator[str]:
    body = document.source.tree(document.source.main)
    lost = (_LOST.get(_name(e)) for e in (body.iter() if body is not None else ()))
    for what, n in Counter(filter(None, lost)).items():
        yield f"{name}: {n} {what} không đưa vào báo cáo; chèn vào tệp Word của báo cáo sau khi lập."
    if document.n_revisions:
        yield f"{name}: có {document.n_revisions} chỗ theo dõi thay đổi chưa duyệt; báo cáo dùng bản đã sửa."
    if document.n_comments:
        yield f"{name}: {document.n_comments} nhận xét (comment) không đưa vào báo cáo."


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(document: Document) -> Iterator[Block]:
    for table, found in groupby(document.paragraphs, key=_outer_table):
        if table is None:
            for paragraph in found:
                yield from lines_of(paragraph)
        else:
            yield _grid(table, list(found))


def _outer_table(paragraph: Paragraph) -> Any | None:
    """The outermost table around a paragraph of the body; a table within a cell is text of that cell."""
    if paragraph.cell is None:
        return None
    return list(paragraph.element.iterancestors(f"{W}tbl"))[-1]


# ---------------------------------------------------------------------------------------------- paragraphs


def lines_of(paragraph: Paragraph) -> Iterator[ProseLine]:
    """Yield what stands between the line breaks of a paragraph, empty lines left out."""
    rows: list[list[ProsePiece]] = [[]]
    for span in paragraph.spans:
        if span.face.hidden:
            continue
        shown = span.text.upper() if span.face.caps else span.text
        for n, text in enumerate(shown.split("\n")):
            if n:
                rows.append([])
            rows[-1].append(ProsePiece(text, span.face.bold, span.face.italic))
    label = _label(paragraph)
    for row in rows:
        line = make_line(row, paragraph.shape.align)
        if line.text:
            yield make_line((*label, *line.pieces), line.align) if label else _signed(line)
            label = []


def _label(paragraph: Paragraph) -> list[ProsePiece]:
    """The number of a list's line as it is seen, or the sign that administrative texts use for its level."""
    if not paragraph.label:
        return []
    level = paragraph.shape.numbering[1] if paragraph.shape.numbering else 0
    numbered = any(char.isalnum() for char in paragraph.label) and paragraph.label.strip() not in ("o", "§")
    return [ProsePiece(f"{paragraph.label.strip() if numbered else '+' if level % 2 else '-'} ")]


def _signed(line: ProseLine) -> ProseLine:
    """Write a typed sign of a list as a dash ("•  x" → "- x"); "-5" and "+" stay as they are."""
    first = line.pieces[0]
    found = _SIGN.match(first.text)
    if not found or found[0].strip() in ("+", "-", "*") or not first.text[found.end() :].strip():
        return line
    return ProseLine(
        (ProsePiece(f"- {first.text[found.end() :]}", first.bold, first.italic), *line.pieces[1:]), line.align
    )


# -------------------------------------------------------------------------------------------------- tables


def _grid(table: Any, paragraphs: Iterable[Paragraph]) -> ProseTable:
    lines: dict[Any, list[ProseLine]] = {}
    for paragraph in paragraphs:
        cell = next(e for e in _within(paragraph.element, table) if e.tag == f"{W}tc")
        lines.setdefault(cell, []).extend(lines_of(paragraph))
    rows = [
        tuple(_grid_cell(cell, lines.get(cell, ())) for cell in _own(row, "tc")) for row in _own(table, "tr")
    ]
    rows = [row for row in rows if row]
    n_columns = max((sum(cell.span for cell in row) for row in rows), default=1)
    padded = tuple(_padded(row, n_columns) for row in rows)
    n_heads = sum(1 for row in _own(table, "tr") if row.find(f"{W}trPr/{W}tblHeader") is not None)
    return ProseTable(_shares(table, n_columns), padded, min(n_heads or _bold_head(padded), len(padded)))


def _within(element: Any, table: Any) -> list[Any]:
    """The ancestors of ``element`` below ``table``, the outermost first."""
    found = []
    for ancestor in element.iterancestors():
        if ancestor is table:
            break
        found.append(ancestor)
    return found[::-1]


def _own(element: Any, name: str) -> list[Any]:
    """Rows of a table or cells of a row, as Word shows them."""
    return [child for child in children(element) if child.tag == f"{W}{name}"]


def _grid_cell(cell: Any, lines: Iterable[ProseLine]) -> GridCell:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    how = "" if merge is None else merge.get(f"{W}val", "continue")
    return GridCell(tuple(lines), 1 if span is None else span_of(span.get(f"{W}val")), how)


def _padded(row: tuple[GridCell, ...], n_columns: int) -> tuple[GridCell, ...]:
    missing = n_columns - sum(cell.span for cell in row)
    return (*row, *(GridCell(()) for _ in range(missing)))


def _bold_head(rows: tuple[tuple[GridCell, ...], ...]) -> int:
    """One where everything in the first of several rows is bold."""
    first = [piece for cell in rows[0] for line in cell.lines for piece in line.pieces] if rows else []
    return int(len(rows) > 1 and bool(first) and all(piece.bold for piece in first))


def _shares(table: Any, n_columns: int) -> tuple[float, ...]:
    """How the columns share the width; none gets less than a third of an equal part."""
    grid = [e.get(f"{W}w", "") for e in table.findall(f"{W}tblGrid/{W}gridCol")]
    known = [int(w) for w in grid if w.isdigit() and int(w) > 0]
    if len(known) != n_columns:
        return (1 / n_columns,) * n_columns
    least = sum(known) / n_columns / 3
    wide = [max(w, least) for w in known]
    return tuple(w / sum(wide) for w in wide)
