"""Is the running text set as it should be? Justified, indented, spaced, in one size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dvctt_report.lint.check import Answers, Fault, Mend, NotApplicable, check, format_mm, format_size
from dvctt_report.lint.checks_bases import BASES
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, running_text
from dvctt_report.nd30.format import BODY_INDENT
from dvctt_report.nd30.page import LINE_EM, twips
from dvctt_report.severity import Severity
from dvctt_report.word.document import Paragraph

NO_TEXT = NotApplicable("không có phần lời văn ngoài bảng")
_INDENTS = ((10.0, 0.5), (12.7, 0.5))
"""1 cm and 1,27 cm with their tolerance in mm: Word's 1,25 cm and half an inch are among them."""
_PUSHED = 3.0
"""Millimetres that the lines of a paragraph stand in from the margin, from which it is seen."""
_GAP, _POINT = 6.0, 0.1
_LINES = (1.0, 1.5)
_LINE_TOLERANCE = 0.3
"""Points by which an exact line height may miss the face's own."""


@check(
    "TT38",
    Severity.ERROR,
    "Nội dung không canh đều hai lề",
    rationale="Nội dung văn bản canh đều cả hai lề. Đoạn chỉ có một dòng thì canh trái hay canh đều nhìn "
    "như nhau, không xét.",
    source="Phụ lục I, mục II.6e",
)
def justified(paper: Paper, settings: Settings) -> Answers:
    """Report paragraphs of more than one line that aren't justified.

    Sai: đoạn văn canh trái, lề phải so le; cả đoạn thụt vào 3 cm bên phải
    Đúng: đoạn văn canh đều hai lề (Ctrl+J)
    """
    lines = running_text(paper)
    if not lines:
        yield NO_TEXT
    bases = ((BASES, piece) for piece in paper.bases)
    for place, piece in (*bases, *((mark.place, mark.piece) for mark in lines)):
        paragraph = piece.paragraph
        if paragraph.shape.align != "both" and (paragraph.shape.align == "right" or _wraps(piece)):
            how = {"left": "canh trái", "center": "canh giữa", "right": "canh phải"}[paragraph.shape.align]
            yield Fault(
                place,
                piece,
                how,
                "canh đều hai lề",
                "Chọn đoạn này, canh đều hai lề (Ctrl+J)",
                # Word stretches a justified line that ends in a break over the whole width.
                () if "\n" in paragraph.text else (Mend("align", paragraph.element, "both"),),
            )
        elif paragraph.shape.right > _PUSHED and _wraps(piece):
            found = f"lề phải của đoạn lùi vào {format_mm(paragraph.shape.right)}"
            fix = "Chọn đoạn này, vào Đoạn (Paragraph), đặt thụt lề phải (Right) 0"
            yield Fault(place, piece, found, "canh đều tới lề phải của trang", fix)


@check(
    "TT39",
    Severity.ERROR,
    "Đầu dòng không lùi vào 1 cm hoặc 1,27 cm",
    rationale="Khi xuống dòng, chữ đầu dòng lùi vào 1 cm hoặc 1,27 cm. 1,25 cm của Word cũng được. Lùi bằng "
    "phím Tab hay dấu cách thì lệch khi đổi phông, đổi lề. Các dòng sau trở về lề; danh sách Word tự đánh số "
    "treo dòng sau (Hanging) chỉ cảnh báo.",
    source="Phụ lục I, mục II.6e",
)
def first_line(paper: Paper, settings: Settings) -> Answers:
    """Report paragraphs whose first line begins elsewhere, is pushed in by blanks, or isn't the only one in.

    Sai: lùi đầu dòng bằng năm dấu cách; lùi 2 cm; lùi cả đoạn 1,27 cm
    Đúng: vào Đoạn (Paragraph), Dòng đầu (First line) 1,27 cm
    """
    lines = running_text(paper)
    if not lines:
        yield NO_TEXT
    for mark in lines:
        paragraph = mark.piece.paragraph
        if paragraph.shape.align == "center":
            continue
        typed = paragraph.text[: len(paragraph.text) - len(paragraph.text.lstrip())].replace("\n", "")
        at = paragraph.shape.left + paragraph.shape.first
        if typed:
            found = "lùi đầu dòng bằng phím Tab" if "\t" in typed else "lùi đầu dòng bằng dấu cách"
        elif not any(abs(at - right) <= tolerance for right, tolerance in _INDENTS):
            found = f"đầu dòng lùi {format_mm(at)}"
        elif paragraph.shape.left > _PUSHED and _wraps(mark.piece):
            yield _pushed_in(mark)
            continue
        else:
            continue
        expected = "lùi 1 cm hoặc 1,27 cm"
        fix = "Xóa Tab, dấu cách đầu dòng; vào Đoạn (Paragraph), Dòng đầu (First line) 1,27 cm"
        yield Fault(mark.place, mark.piece, found, expected, fix, with_consent=_indent(paragraph))


def _pushed_in(mark: Mark) -> Fault:
    """The fault that more than the first line stands in; a warning where Word's lists hang the first out."""
    shape = mark.piece.paragraph.shape
    lines = "các dòng sau" if shape.first < 0 else "cả đoạn"
    return Fault(
        mark.place,
        mark.piece,
        f"{lines} lùi vào {format_mm(shape.left)}",
        "chỉ dòng đầu lùi 1 cm hoặc 1,27 cm",
        "Vào Đoạn (Paragraph), đặt thụt lề trái (Left) 0, Dòng đầu (First line) 1,27 cm",
        severity=Severity.WARNING if shape.first < 0 else None,
        with_consent=_indent(mark.piece.paragraph),
    )


def _indent(paragraph: Paragraph) -> tuple[Mend, ...]:
    """The change that begins the first line where the decree says; Word's own lists keep their indents."""
    return () if paragraph.label else (Mend("indent", paragraph.element, twips(BODY_INDENT)),)


def _wraps(piece: Piece) -> bool:
    """Whether a paragraph takes more than one line."""
    paragraph = piece.paragraph
    if paragraph.room is None:
        return False
    room = paragraph.room - paragraph.shape.left - paragraph.shape.right
    return piece.width + max(paragraph.shape.first, 0) > room


def _pairs(paper: Paper) -> Iterator[tuple[Mark, Mark, list[Paragraph]]]:
    """Neighbouring paragraphs of the running text with what stands between them."""
    lines = running_text(paper)
    paragraphs = paper.document.paragraphs
    for one, other in pairwise(lines):
        first, second = one.piece.paragraph, other.piece.paragraph
        yield one, other, list(paragraphs[first.number + 1 : second.number])


@check(
    "TT40",
    Severity.ERROR,
    "Khoảng cách giữa các đoạn dưới 6 pt hoặc tạo bằng dòng trống",
    rationale="Khoảng cách giữa các đoạn văn tối thiểu 6 pt. Dòng trống làm khoảng cách không đều và trôi "
    "khi sang trang.",
    source="Phụ lục I, mục II.6e",
)
def paragraph_gap(paper: Paper, settings: Settings) -> Answers:
    """Report less than 6 pt between two paragraphs of the text, and empty paragraphs between them.

    Sai: khoảng cách 0 pt; cách nhau bằng một dòng trống
    Đúng: khoảng cách trước 6 pt (Before: 6 pt)
    """
    if not running_text(paper):
        yield NO_TEXT
    for one, other, between in _pairs(paper):
        first, second = one.piece.paragraph, other.piece.paragraph
        empty = [
            p
            for p in between
            if not p.text.strip() and not p.has_picture and p.cell is None and not p.breaks_page
        ]
        if any(p.cell is not None or p.has_picture or p.section != first.section for p in [*between, second]):
            continue
        if empty:
            yield Fault(
                other.place,
                other.piece,
                f"{len(empty)} dòng trống phía trước",
                "không có dòng trống; cách đoạn trên ít nhất 6 pt",
                "Xóa dòng trống, đặt khoảng cách trước (Before) 6 pt",
                with_consent=(
                    *(Mend("gone", p.element, None) for p in empty),
                    Mend("before", second.element, max(_GAP - first.shape.after, second.shape.before)),
                ),
            )
        elif between:
            continue
        elif (gap := _gap(first, second)) < _GAP - _POINT:
            before = _GAP - first.shape.after
            mends = (
                ()
                if first.shape.contextual or second.shape.contextual
                else (Mend("before", second.element, before),)
            )
            found = f"cách đoạn trên {format_size(round(gap, 1))} pt"
            fix = "Chọn đoạn này, đặt khoảng cách trước (Before) 6 pt"
            yield Fault(other.place, other.piece, found, "cách đoạn trên ít nhất 6 pt", fix, mends)


def _gap(first: Paragraph, second: Paragraph) -> float:
    same = first.style == second.style
    after = 0.0 if first.shape.contextual and same else first.shape.after
    before = 0.0 if second.shape.contextual and same else second.shape.before
    return after + before


@check(
    "TT41",
    Severity.ERROR,
    "Khoảng cách dòng dưới đơn hoặc trên 1,5 dòng",
    rationale="Khoảng cách giữa các dòng tối thiểu là dòng đơn, tối đa là 1,5 dòng. Đặt “chính xác” "
    "(Exactly) nhỏ hơn chiều cao chữ thì dấu bị cắt.",
    source="Phụ lục I, mục II.6e",
)
def line_spacing(paper: Paper, settings: Settings) -> Answers:
    """Report line spacing below single or above one and a half.

    Sai: cách dòng 2 (Double); chính xác 12 pt với chữ 14
    Đúng: dòng đơn đến 1,5 dòng; chính xác 17-24 pt với chữ 14
    """
    lines = running_text(paper)
    if not lines:
        yield NO_TEXT
    for mark in lines:
        shape, size = mark.piece.paragraph.shape, mark.piece.size or 14
        single = size * LINE_EM
        if shape.rule == "auto":
            low, high, found = (
                _LINES[0] - 0.005,
                _LINES[1] + 0.005,
                f"{format_size(round(shape.line, 2))} dòng",
            )
            right: tuple[str, float] = ("auto", min(max(shape.line, _LINES[0]), _LINES[1]))
        else:
            # "At least" never gives less than single spacing.
            low = 0.0 if shape.rule == "atLeast" else _LINES[0] * single - _LINE_TOLERANCE
            high, found = _LINES[1] * single + _LINE_TOLERANCE, f"{format_size(shape.line)} pt"
            right = ("auto", _LINES[0] if shape.line < low else _LINES[1])
        if not low <= shape.line <= high:
            yield Fault(
                mark.place,
                mark.piece,
                f"cách dòng {found}",
                "từ dòng đơn đến 1,5 dòng",
                "Chọn đoạn này, đặt giãn dòng 1,0 đến 1,5",
                (Mend("line", mark.piece.paragraph.element, right),),
            )
