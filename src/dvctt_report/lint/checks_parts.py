"""Are the labels and titles of parts, chapters and sections right?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.numbering import arabic, roman


@check(
    "TT61",
    Severity.ERROR,
    "Phần, chương, mục viết sai hoặc thiếu tiêu đề",
    rationale="Từ “Phần”, “Chương”, “Mục” chữ in thường, đậm, canh giữa trên dòng riêng; phần, chương đánh "
    "số La Mã, mục đánh số Ả Rập; tiêu đề ở dòng dưới, viết hoa, đậm, canh giữa.",
    source="Phụ lục I, mục II.6d, II.6đ; mục V",
)
def part_label(paper: Paper, settings: Settings) -> Answers:
    """Report labels of parts in capitals, with other numerals, not bold or centred, and their titles.

    Sai: CHƯƠNG I. QUY ĐỊNH CHUNG (cùng một dòng)
    Đúng: Chương I, xuống dòng QUY ĐỊNH CHUNG
    """
    found = {id(mark.piece): mark for mark in marks(paper)}
    if not any(mark.level == "part" for mark in found.values()):
        yield NotApplicable("nội dung không chia phần, chương, mục")
    for piece, below in zip(paper.body, (*paper.body[1:], None), strict=False):
        mark = found.get(id(piece))
        if mark is None or mark.level != "part":
            continue
        wrong = list(_label_faults(mark))
        if mark.rest:
            wrong.append(("tiêu đề cùng dòng", "tách tiêu đề xuống dòng dưới"))
        elif below is None or not _is_title(below, found.get(id(below))):
            wrong.append(("thiếu tiêu đề ở dòng dưới", "thêm tiêu đề viết hoa, đậm ở dòng dưới"))
        else:
            wrong += _title_faults(below)
        if wrong:
            right = f"“{_right_label(mark)}”, đậm, canh giữa; dòng dưới là tiêu đề viết hoa, đậm, canh giữa"
            fix = _sentence(how for _, how in wrong)
            yield Fault(mark.place, mark.piece, ", ".join(what for what, _ in wrong), right, fix)


def _is_title(piece: Piece, mark: Mark | None) -> bool:
    """Whether a line below a label is its title; a line of the label's own paragraph has no mark."""
    named = mark is None or mark.level == "text"
    return named and (piece.is_upper or piece.is_bold or _is_centred(piece))


def _sentence(parts: Iterable[str]) -> str:
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _right_label(mark: Mark) -> str:
    """Parts and chapters are counted in Roman numerals, sections in Arabic figures."""
    n = arabic(mark.number)
    is_roman = unaccented(mark.word) in ("phan", "chuong")
    return f"{mark.word.capitalize()} {roman(n) if is_roman else n}"


def _label_faults(mark: Mark) -> Iterator[tuple[str, str]]:
    """What is wrong with the label itself, each with its mend."""
    right = _right_label(mark)
    written = f"{mark.word} {mark.number}"
    wrong = ["từ chỉ phần viết hoa toàn bộ"] if mark.word.isupper() else []
    wrong += [] if mark.number == right.split()[-1] else [f"số thứ tự “{mark.number}”"]
    wrong += [f"có dấu “{mark.sign}”"] if mark.sign and not mark.rest else []
    if wrong:
        yield ", ".join(wrong), f"sửa “{written}{mark.sign if not mark.rest else ''}” thành “{right}”"
    yield from _set_apart_faults(mark.piece, "")


def _title_faults(title: Piece) -> Iterator[tuple[str, str]]:
    if not title.is_upper:
        yield "tiêu đề không viết hoa", "viết hoa tiêu đề"
    yield from _set_apart_faults(title, "tiêu đề ")


def _set_apart_faults(piece: Piece, what: str) -> Iterator[tuple[str, str]]:
    if not piece.is_bold:
        yield f"{what}không đậm", f"đặt {what}đậm"
    if not _is_centred(piece):
        yield f"{what}không canh giữa", f"canh giữa {what}".rstrip()


def _is_centred(piece: Piece) -> bool:
    return piece.paragraph.shape.align == "center"
