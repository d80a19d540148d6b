"""Read a Word file that a person wrote: its paragraphs in order, and what of it can't be taken over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dvctt_report.report.prose.blocks import ProseLine, ProsePiece, make_line
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.word.document import Document, Paragraph, read_document
from dvctt_report.word.source import Refused, read_source

_LOST = {
    "tbl": "bảng",
    "pict": "hình ảnh",
    "drawing": "hình ảnh",
    "object": "đối tượng nhúng",
    "oMath": "công thức",
    "footnoteReference": "chú thích cuối trang",
    "endnoteReference": "chú thích cuối văn bản",
}
_SIGN = re.compile(r"^[•·▪◦‣●○■□➢➤–—*+-]\s*")


def read_written(path: Path) -> tuple[tuple[ProseLine, ...], tuple[str, ...]]:
    """Read the file as lines, insertions in, deletions and comments out, and what can't be taken over.

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
    apart = (paragraph for paragraph in document.paragraphs if paragraph.cell is None)
    return tuple(line for one in apart for line in lines_of(one)), tuple(_notes(document, path.name))


def _notes(document: Document, name: str) -> Iterator[str]:
    body = document.source.main_tree
    lost = (_LOST.get(one.tag.rpartition("}")[2]) for one in body.iter("{*}*"))
    for what, n in Counter(filter(None, lost)).items():
        yield f"{name}: {n} {what} không đưa vào báo cáo; chèn vào tệp Word của báo cáo sau khi lập."
    if document.n_revisions:
        yield f"{name}: có {document.n_revisions} chỗ theo dõi thay đổi chưa duyệt; báo cáo dùng bản đã sửa."
    if document.n_comments:
        yield f"{name}: {document.n_comments} nhận xét (comment) không đưa vào báo cáo."


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
        line = make_line(row)
        if line.text:
            yield make_line((*label, *line.pieces)) if label else _signed(line)
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
    dashed = ProsePiece(f"- {first.text[found.end() :]}", first.bold, first.italic)
    return ProseLine((dashed, *line.pieces[1:]))
