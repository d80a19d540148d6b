"""Is the running text set as it should be: justified, indented, spaced, in one size, upright?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import dropwhile, pairwise

from dvctt_report.lint.check import (
    HERE,
    Answers,
    Block,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    check,
    format_mm,
    format_size,
    quote,
)
from dvctt_report.lint.checks_title import BASES
from dvctt_report.lint.parts import Paper, Piece, lines_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, captions, running_text
from dvctt_report.nd30.format import BODY_INDENT, component
from dvctt_report.nd30.page import LINE_EM, twips
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.word.document import Paragraph, Span
from dvctt_report.word.tree import W

NO_TEXT = NotApplicable("không có phần lời văn ngoài bảng")
_INDENTS = ((10.0, 0.5), (12.7, 0.5))
"""1 cm and 1,27 cm with their tolerance in mm: Word's 1,25 cm and half an inch are among them."""
_PUSHED = 3.0
"""Millimetres that the lines of a paragraph stand in from the margin, from which it is seen."""
_GAP, _POINT = 6.0, 0.1
_LINES = (1.0, 1.5)
_LINE_TOLERANCE = 0.3
"""Points by which an exact line height may miss the face's own."""


@check("TT38", Severity.ERROR, Block.TEXT, mends="một phần", texts=True)
def justified(paper: Paper, settings: Settings) -> Answers:
    """Nội dung không canh đều hai lề.

    Sai: đoạn văn canh trái, lề phải so le; cả đoạn thụt vào 3 cm bên phải
    Đúng: đoạn văn canh đều hai lề (Ctrl+J)
    Căn cứ: Phụ lục I, mục II.6e
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


@check("TT39", Severity.ERROR, Block.TEXT, mends="một phần", texts=True)
def first_line(paper: Paper, settings: Settings) -> Answers:
    """Đầu dòng không lùi vào 1 cm hoặc 1,27 cm.

    Sai: lùi đầu dòng bằng năm dấu cách; lùi 2 cm; lùi cả đoạn 1,27 cm
    Đúng: vào Đoạn (Paragraph), Dòng đầu (First line) 1,27 cm
    Căn cứ: Phụ lục I, mục II.6e
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
        yield Fault(mark.place, mark.piece, found, expected, fix, mends=_indent(paragraph))


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
        mends=_indent(mark.piece.paragraph),
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


@check("TT40", Severity.ERROR, Block.TEXT, mends="một phần", texts=True)
def paragraph_gap(paper: Paper, settings: Settings) -> Answers:
    """Khoảng cách giữa các đoạn dưới 6 pt hoặc tạo bằng dòng trống.

    Sai: khoảng cách 0 pt; cách nhau bằng một dòng trống
    Đúng: khoảng cách trước 6 pt (Before: 6 pt)
    Căn cứ: Phụ lục I, mục II.6e
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
                mends=(
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


@check("TT41", Severity.ERROR, Block.TEXT, mends="có", texts=True)
def line_spacing(paper: Paper, settings: Settings) -> Answers:
    """Khoảng cách dòng dưới đơn hoặc trên 1,5 dòng.

    Sai: cách dòng 2 (Double); chính xác 12 pt với chữ 14
    Đúng: dòng đơn đến 1,5 dòng; chính xác 17-24 pt với chữ 14
    Căn cứ: Phụ lục I, mục II.6e
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
            what, expected = f"cách dòng {found}", "từ dòng đơn đến 1,5 dòng"
            fix = "Chọn đoạn này, đặt giãn dòng 1,0 đến 1,5"
            mends = (Mend("line", mark.piece.paragraph.element, right),)
            yield Fault(mark.place, mark.piece, what, expected, fix, mends)


_SETS = ((13, 14, 14), (12, 13, 13))
"""Sizes of state name, motto, date that go together. Source: footnote to A1 V."""


@check("TT42", Severity.ERROR, Block.TEXT, mends="một phần", texts=True)
def body_letters(paper: Paper, settings: Settings) -> Answers:
    """Cỡ chữ nội dung ngoài 13-14 hoặc lẫn nhiều cỡ; chữ nghiêng cả đoạn, gạch chân, co giãn.

    Sai: một đoạn cỡ 12 giữa văn bản cỡ 14; cả một khoản chữ nghiêng; từ ngữ gạch chân
    Đúng: toàn bộ nội dung cỡ 14, chữ đứng
    Căn cứ: Phụ lục I, mục II.6e; mục V
    """
    pieces = [p for p in paper.body if id(p.paragraph) not in captions(paper)]
    if not pieces:
        yield NO_TEXT
        return
    count: Counter[float] = Counter()
    for piece in pieces:
        for span in piece.visible:
            count[span.face.size] += len(span.text) if not span.face.raised else 0
    low, high = component("body").sizes
    within = [size for size, _ in count.most_common() if low <= size <= high]
    main = within[0] if within else min(max(count.most_common(1)[0][0], low), high) if count else high
    seen: set[int] = set()
    for piece in pieces:
        wrong = [s for s in piece.visible if s.face.size != main and not s.face.raised]
        if wrong and id(piece.paragraph) not in seen:
            seen.add(id(piece.paragraph))
            runs = [
                s
                for s in piece.paragraph.spans
                if s.text.strip() and s.face.size != main and not s.face.raised
            ]
            sizes = ", ".join(format_size(s) for s in sorted({span.face.size for span in wrong}))
            found, right = f"cỡ {sizes}", f"cỡ {format_size(main)}"
            fix = f"Chọn đoạn này, đặt cỡ {format_size(main)}"
            yield Fault(HERE, piece, found, right, fix, tuple(Mend("size", s.element, main) for s in runs))
    yield from _slanting(paper)
    yield from _heavy(paper)
    # Sentences of running text that are wholly in capitals; headings are short or have no full stop.
    for mark in running_text(paper):
        text = mark.piece.text
        if mark.rest.isupper() and text.endswith((".", ";")) and len(text.split()) > _SHOUTED:
            fix = "Chọn đoạn này, đổi thành chữ thường (Shift+F3), viết hoa chữ cái đầu và tên riêng"
            yield Fault(mark.place, mark.piece, "cả đoạn chữ in hoa", "chữ in thường", fix)
    # Underlined words, addresses on the net apart, and letters pressed together or pulled apart.
    for mark in running_text(paper):
        spans = [s for s in mark.piece.paragraph.spans if s.text.strip()]
        lined = [s for s in spans if s.face.underline and not _is_address(s)]
        if lined:
            found = f"gạch chân “{quote(' '.join(s.text for s in lined), 40)}”"
            fix = "Chọn chữ này, bỏ gạch chân (Ctrl+U)"
            mends = tuple(Mend("underline", s.element, False) for s in lined)
            yield Fault(mark.place, mark.piece, found, "không gạch chân", fix, mends, Severity.WARNING)
        gaps = [s.face for s in spans if abs(s.face.spacing) >= _STRETCHED or abs(s.face.scale - 1) > 0.02]
        if gaps:
            pressed = any(face.spacing < 0 or face.scale < 1 for face in gaps)
            found, right = "chữ bị co" if pressed else "chữ bị giãn", "chữ giãn cách bình thường"
            fix = "Chọn đoạn này, vào Phông (Font), Nâng cao (Advanced), đặt Scale 100%, Spacing Normal"
            yield Fault(mark.place, mark.piece, found, right, fix, severity=Severity.WARNING)


_APART = lazy_pattern(r"[(\[“\"'‘«]|(?:ghi chu|luu y|chu thich|nguon|vi du)\b")
"""How notes, quotations, hints and a draft's prompts begin, which may be in italics."""
_COUNTED = ("roman", "article", "clause", "decimal", "point")
_STRETCHED = 0.3
"""Points between letters from which a reader sees that they were pressed together or pulled apart."""


def _slanting(paper: Paper) -> Iterator[Fault]:
    """Paragraphs wholly in italics; bases, which may come first without the word, notes and quotes apart."""
    for mark in dropwhile(lambda m: m.piece.is_italic, running_text(paper)):
        if not mark.piece.is_italic:
            continue
        pieces = lines_of(mark.piece.paragraph)
        whole = all(p.is_italic for p in pieces) and not _APART.match(mark.piece.plain)
        if whole and (mark.level in _COUNTED or pieces[-1].text.endswith((".", ";", ":", "/"))):
            fix = "Chọn đoạn này, bỏ kiểu nghiêng (Ctrl+I)"
            mends = tuple(Mend("italic", s.element, False) for p in pieces for s in p.visible)
            yield Fault(mark.place, mark.piece, "chữ nghiêng", "kiểu chữ đứng", fix, mends)


_SENTENCE = 30
"""Words from which a paragraph in bold is no heading, though it may begin with a number."""


def _heavy(paper: Paper) -> Iterator[Fault]:
    """Paragraphs of running text that are wholly in bold."""
    for mark in running_text(paper):
        if not mark.piece.is_bold:
            continue
        pieces = lines_of(mark.piece.paragraph)
        long = sum(len(p.text.split()) for p in pieces) > _SENTENCE and pieces[-1].text.endswith((".", ";"))
        if long and all(p.is_bold for p in pieces) and not _APART.match(mark.piece.plain):
            mends = tuple(Mend("bold", s.element, False) for p in pieces for s in p.visible)
            fix = "Chọn đoạn này, bỏ chữ đậm (Ctrl+B)"
            yield Fault(mark.place, mark.piece, "cả đoạn chữ đậm", "không đậm", fix, mends)


_SHOUTED = 12
"""Words from which a paragraph in capitals with a full stop is a sentence."""


def _is_address(span: Span) -> bool:
    if span.field == "HYPERLINK" or any(sign in span.text for sign in ("@", "www", "//")):
        return True
    above = span.element.getparent()
    return above is not None and above.tag == f"{W}hyperlink"


@check("TT43", Severity.WARNING, Block.HEAD)
def sizes_agree(paper: Paper, settings: Settings) -> Answers:
    """Cỡ chữ các phần không tăng giảm cùng nhau.

    Sai: Quốc hiệu 12, Tiêu ngữ 14, ngày 14
    Đúng: Quốc hiệu 13, Tiêu ngữ 14, ngày 14
    Căn cứ: Phụ lục I, chú thích của mục V
    """
    head = paper.head
    if head.state is None or head.motto is None or head.place_date is None:
        yield NotApplicable("thiếu Quốc hiệu, Tiêu ngữ hoặc ngày")
        return
    found = tuple(piece.size or 0 for piece in (head.state, head.motto, head.place_date))
    names = ("motto_state", "motto", "place_date")
    if not all(
        component(n).sizes[0] <= s <= component(n).sizes[1] for n, s in zip(names, found, strict=True)
    ):
        yield NotEvaluated("cỡ chữ của một phần ngoài khoảng quy định, đã nêu ở phần đó")
    elif found not in _SETS:
        told = "Quốc hiệu {}, Tiêu ngữ {}, ngày {}"
        what = told.format(*map(format_size, found))
        fix = f"Đặt lại cỡ chữ: {told.format(13, 14, 14)}"
        right = f"{told.format(13, 14, 14)}; hoặc {told.format(12, 13, 13)}"
        yield Fault("Phần đầu văn bản", "", what, right, fix)
