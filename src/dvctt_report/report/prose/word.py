"""Read a Word file that a person wrote: its paragraphs in order, and what of it can't be taken over."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dvctt_report.report.marks import without_marks
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.word.document import Paragraph, read_document
from dvctt_report.word.source import Refused, read_source


@dataclass(frozen=True, slots=True)
class ProsePiece:
    """Words of one look; a piece holds no line break."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class ProseLine:
    """A paragraph; the sign or number of a list stands in its text."""

    pieces: tuple[ProsePiece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


_LIST_SIGN = re.compile(r"(?:[-+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,5}|[a-zđ])[.):])\s*", re.IGNORECASE)
"""The sign or number of a list, typed or Word's own, before the words of a line."""

_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ue000-\uf8ff\ufeff\ufff0-\uffff\ud800-\udfff]"
)


def without_sign(text: str) -> str:
    """Take the sign or number of a list off the beginning of a line: "- 05 mục", "1) 05 mục" → "05 mục"."""
    found = _LIST_SIGN.match(text)
    return text[found.end() :] if found else text


def make_line(pieces: Iterable[ProsePiece]) -> ProseLine:
    """Join pieces of one look, even out blanks within and take them away at both ends."""
    joined: list[ProsePiece] = []
    for piece in pieces:
        # NFC; what XML forbids, no one sees or marks are made of is gone
        composed = unicodedata.normalize("NFC", piece.text.replace("\t", " ").replace("\xad", ""))
        text = re.sub(" {2,}", " ", _UNFIT.sub("", without_marks(composed)))
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if joined and (joined[-1].bold, joined[-1].italic) == (piece.bold, piece.italic):
            joined[-1] = ProsePiece(joined[-1].text + text, piece.bold, piece.italic)
        else:
            joined.append(ProsePiece(text, piece.bold, piece.italic))
    if joined:
        last = joined[-1]
        joined[-1] = ProsePiece(last.text.rstrip(" "), last.bold, last.italic)
    return ProseLine(tuple(piece for piece in joined if piece.text))


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
    elements = document.source.main_tree.iter("{*}*")
    lost = Counter(filter(None, (_LOST.get(one.tag.rpartition("}")[2]) for one in elements)))
    notes = [
        f"{path.name}: {n} {what} không đưa vào báo cáo; chèn vào tệp Word của báo cáo sau khi lập."
        for what, n in lost.items()
    ]
    if n := document.n_revisions:
        notes.append(f"{path.name}: có {n} chỗ theo dõi thay đổi chưa duyệt; báo cáo dùng bản đã sửa.")
    if n := document.n_comments:
        notes.append(f"{path.name}: {n} nhận xét (comment) không đưa vào báo cáo.")
    return tuple(line for one in apart for line in lines_of(one)), tuple(notes)


def lines_of(paragraph: Paragraph) -> Iterator[ProseLine]:
    """Yield what stands between the line breaks of a paragraph, empty lines left out.

    Before the first stands the number of a list's line as it is seen, or the sign that administrative texts
    use for its level. A typed sign of a list becomes a dash ("•  x" → "- x"); "-5" and "+" stay as they are.
    """
    rows: list[list[ProsePiece]] = [[]]
    for span in paragraph.spans:
        if span.face.hidden:
            continue
        shown = span.text.upper() if span.face.caps else span.text
        for n, text in enumerate(shown.split("\n")):
            if n:
                rows.append([])
            rows[-1].append(ProsePiece(text, span.face.bold, span.face.italic))
    label = paragraph.label.strip() if paragraph.label else ""
    if paragraph.label and (label in ("o", "§") or not any(map(str.isalnum, label))):
        level = paragraph.shape.numbering[1] if paragraph.shape.numbering else 0
        label = "+" if level % 2 else "-"
    for line in filter(lambda line: line.text, map(make_line, rows)):
        first = line.pieces[0]
        sign = _SIGN.match(first.text)
        if label:
            yield make_line((ProsePiece(f"{label} "), *line.pieces))
        elif sign and sign[0].strip() not in ("+", "-", "*") and first.text[sign.end() :].strip():
            dashed = ProsePiece(f"- {first.text[sign.end() :]}", first.bold, first.italic)
            yield ProseLine((dashed, *line.pieces[1:]))
        else:
            yield line
        label = ""
