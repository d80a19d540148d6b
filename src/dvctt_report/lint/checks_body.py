"""Is the running text set as it should be: justified, indented, spaced, in one size, upright?"""

from __future__ import annotations

from collections import Counter
from itertools import dropwhile, pairwise

from dvctt_report.lint.check import (
    HERE,
    TO_SMALL,
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
    span_mends,
)
from dvctt_report.lint.checks_title import BASES
from dvctt_report.lint.parts import Paper, Piece, lines_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import captions, running_text
from dvctt_report.nd30.format import BODY_INDENT, component
from dvctt_report.nd30.page import LINE_EM, twips
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.word.document import Span
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
        paragraph, shape = piece.paragraph, piece.paragraph.shape
        if shape.align != "both" and (shape.align == "right" or _wraps(piece)):
            how = {"left": "canh trái", "center": "canh giữa", "right": "canh phải"}[shape.align]
            # Word stretches a justified line that ends in a break over the whole width.
            mends = () if "\n" in paragraph.text else (Mend("align", paragraph.element, "both"),)
            fix = "Chọn đoạn này, canh đều hai lề (Ctrl+J)"
            yield Fault(place, piece, how, "canh đều hai lề", fix, mends)
        elif shape.right > _PUSHED and _wraps(piece):
            found = f"lề phải của đoạn lùi vào {format_mm(shape.right)}"
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
        paragraph, shape = mark.piece.paragraph, mark.piece.paragraph.shape
        if shape.align == "center":
            continue
        typed = paragraph.text[: len(paragraph.text) - len(paragraph.text.lstrip())].replace("\n", "")
        at = shape.left + shape.first
        # Word's own lists keep their indents.
        mends = () if paragraph.label else (Mend("indent", paragraph.element, twips(BODY_INDENT)),)
        if typed or not any(abs(at - right) <= tolerance for right, tolerance in _INDENTS):
            by_hand = f"lùi đầu dòng bằng {'phím Tab' if chr(9) in typed else 'dấu cách'}"
            found, right = by_hand if typed else f"đầu dòng lùi {format_mm(at)}", "lùi 1 cm hoặc 1,27 cm"
            fix = "Xóa Tab, dấu cách đầu dòng; vào Đoạn (Paragraph), Dòng đầu (First line) 1,27 cm"
            yield Fault(mark.place, mark.piece, found, right, fix, mends)
        elif shape.left > _PUSHED and _wraps(mark.piece):
            # Word's lists hang the first line out.
            hangs = shape.first < 0
            found = f"{'các dòng sau' if hangs else 'cả đoạn'} lùi vào {format_mm(shape.left)}"
            right = "chỉ dòng đầu lùi 1 cm hoặc 1,27 cm"
            fix = "Vào Đoạn (Paragraph), đặt thụt lề trái (Left) 0, Dòng đầu (First line) 1,27 cm"
            level = Severity.WARNING if hangs else None
            yield Fault(mark.place, mark.piece, found, right, fix, mends, level)


def _wraps(piece: Piece) -> bool:
    """Whether a paragraph takes more than one line."""
    paragraph = piece.paragraph
    if paragraph.room is None:
        return False
    room = paragraph.room - paragraph.shape.left - paragraph.shape.right
    return piece.width + max(paragraph.shape.first, 0) > room


@check("TT40", Severity.ERROR, Block.TEXT, mends="một phần", texts=True)
def paragraph_gap(paper: Paper, settings: Settings) -> Answers:
    """Khoảng cách giữa các đoạn dưới 6 pt hoặc tạo bằng dòng trống.

    Sai: khoảng cách 0 pt; cách nhau bằng một dòng trống
    Đúng: khoảng cách trước 6 pt (Before: 6 pt)
    Căn cứ: Phụ lục I, mục II.6e
    """
    lines = running_text(paper)
    if not lines:
        yield NO_TEXT
    for first, mark in ((above.piece.paragraph, below) for above, below in pairwise(lines)):
        second = mark.piece.paragraph
        between = paper.document.paragraphs[first.number + 1 : second.number]
        if any(p.cell is not None or p.has_picture or p.section != first.section for p in (*between, second)):
            continue
        empty = [p for p in between if not p.text.strip() and not p.breaks_page]
        is_contextual = first.shape.contextual or second.shape.contextual
        same = first.style == second.style
        after = 0.0 if first.shape.contextual and same else first.shape.after
        gap = after + (0.0 if second.shape.contextual and same else second.shape.before)
        needed = _GAP - first.shape.after
        if empty:
            found = f"{len(empty)} dòng trống phía trước"
            right = "không có dòng trống; cách đoạn trên ít nhất 6 pt"
            gone = tuple(Mend("gone", p.element, None) for p in empty)
            mends = (*gone, Mend("before", second.element, max(needed, second.shape.before)))
            fix = "Xóa dòng trống, đặt khoảng cách trước (Before) 6 pt"
            yield Fault(mark.place, mark.piece, found, right, fix, mends)
        elif not between and gap < _GAP - _POINT:
            mends = () if is_contextual else (Mend("before", second.element, needed),)
            found, right = f"cách đoạn trên {format_size(round(gap, 1))} pt", "cách đoạn trên ít nhất 6 pt"
            fix = "Chọn đoạn này, đặt khoảng cách trước (Before) 6 pt"
            yield Fault(mark.place, mark.piece, found, right, fix, mends)


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
        least, most = _LINES
        if shape.rule == "auto":
            low, high, found = least - 0.005, most + 0.005, f"{format_size(round(shape.line, 2))} dòng"
            right: tuple[str, float] = ("auto", min(max(shape.line, least), most))
        else:
            # "At least" never gives less than single spacing.
            low = 0.0 if shape.rule == "atLeast" else least * single - _LINE_TOLERANCE
            high, found = most * single + _LINE_TOLERANCE, f"{format_size(shape.line)} pt"
            right = ("auto", least if shape.line < low else most)
        if not low <= shape.line <= high:
            what, expected = f"cách dòng {found}", "từ dòng đơn đến 1,5 dòng"
            mends = (Mend("line", mark.piece.paragraph.element, right),)
            fix = "Chọn đoạn này, đặt giãn dòng 1,0 đến 1,5"
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
            whole = (s for s in piece.paragraph.spans if s.text.strip() and not s.face.raised)
            sizes = ", ".join(map(format_size, sorted({span.face.size for span in wrong})))
            right = f"cỡ {format_size(main)}"
            mends = span_mends("size", main, (s for s in whole if s.face.size != main))
            yield Fault(HERE, piece, f"cỡ {sizes}", right, f"Chọn đoạn này, đặt {right}", mends)
    lines = running_text(paper)
    # Paragraphs wholly in italics; bases, which may come first without the word, notes and quotes apart.
    for mark in dropwhile(lambda m: m.piece.is_italic, lines):
        parts = lines_of(mark.piece.paragraph) if mark.piece.is_italic else ()
        is_text = parts and (mark.level in _COUNTED or parts[-1].text.endswith((".", ";", ":", "/")))
        if is_text and all(part.is_italic for part in parts) and not _APART.match(mark.piece.plain):
            mends = span_mends("italic", False, (span for part in parts for span in part.visible))
            fix = "Chọn đoạn này, bỏ kiểu nghiêng (Ctrl+I)"
            yield Fault(mark.place, mark.piece, "chữ nghiêng", "kiểu chữ đứng", fix, mends)
    for mark in lines:
        parts = lines_of(mark.piece.paragraph) if mark.piece.is_bold else ()
        is_text = parts and parts[-1].text.endswith((".", ";"))
        long = sum(len(part.text.split()) for part in parts) > _SENTENCE
        if is_text and long and all(p.is_bold for p in parts) and not _APART.match(mark.piece.plain):
            mends = span_mends("bold", False, (span for part in parts for span in part.visible))
            fix = "Chọn đoạn này, bỏ chữ đậm (Ctrl+B)"
            yield Fault(mark.place, mark.piece, "cả đoạn chữ đậm", "không đậm", fix, mends)
    # Sentences of running text that are wholly in capitals; headings are short or have no full stop.
    for mark in lines:
        text = mark.piece.text
        if mark.rest.isupper() and text.endswith((".", ";")) and len(text.split()) > _SHOUTED:
            fix = TO_SMALL.replace("dòng", "đoạn")
            yield Fault(mark.place, mark.piece, "cả đoạn chữ in hoa", "chữ in thường", fix)
    # Underlined words, addresses on the net apart, and letters pressed together or pulled apart.
    for mark in lines:
        spans = [s for s in mark.piece.paragraph.spans if s.text.strip()]
        if lined := [s for s in spans if s.face.underline and not _is_address(s)]:
            found = f"gạch chân “{quote(' '.join(s.text for s in lined), 40)}”"
            fix, mends = "Chọn chữ này, bỏ gạch chân (Ctrl+U)", span_mends("underline", False, lined)
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
_SENTENCE, _SHOUTED = 30, 12
"""Words from which a paragraph in bold, or with a full stop one in capitals, is no heading."""


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
    ranges = [component(name).sizes for name in ("motto_state", "motto", "place_date")]
    if not all(low <= size <= high for (low, high), size in zip(ranges, found, strict=True)):
        yield NotEvaluated("cỡ chữ của một phần ngoài khoảng quy định, đã nêu ở phần đó")
    elif found not in _SETS:
        told = "Quốc hiệu {}, Tiêu ngữ {}, ngày {}"
        right = f"{told.format(13, 14, 14)}; hoặc {told.format(12, 13, 13)}"
        fix = f"Đặt lại cỡ chữ: {told.format(13, 14, 14)}"
        yield Fault("Phần đầu văn bản", "", told.format(*map(format_size, found)), right, fix)
