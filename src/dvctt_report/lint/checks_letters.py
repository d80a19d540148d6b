"""Are the letters of the text as they should be: in one size, upright, neither lined nor stretched?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import dropwhile

from dvctt_report.lint.check import (
    HERE,
    Answers,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    check,
    format_size,
    quote,
)
from dvctt_report.lint.checks_body import NO_TEXT
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import lines_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import captions, running_text
from dvctt_report.nd30.format import component
from dvctt_report.nd30.wordxml import W
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.word.document import Span

_SETS = ((13, 14, 14), (12, 13, 13))
"""Sizes of state name, motto, date that go together. Source: footnote to A1 V."""


@check(
    "TT42",
    Severity.ERROR,
    "Cỡ chữ nội dung ngoài 13-14 hoặc lẫn nhiều cỡ; chữ nghiêng cả đoạn, gạch chân, co giãn",
    rationale="Nội dung dùng một cỡ chữ 13 hoặc 14, kiểu chữ đứng; đề mục, điều, khoản cùng cỡ với lời văn. "
    "Bảng, chú thích, đoạn trích trong ngoặc, từ ngữ nghiêng trong câu không xét. Gạch chân và co giãn chữ "
    "không nêu trong nghị định nên chỉ nhắc.",
    source="Phụ lục I, mục II.6e; mục V",
)
def body_letters(paper: Paper, settings: Settings) -> Answers:
    """Report letters outside of 13-14 or of another size than most, whole paragraphs in italics, underlining.

    Sai: một đoạn cỡ 12 giữa văn bản cỡ 14; cả một khoản chữ nghiêng; từ ngữ gạch chân
    Đúng: toàn bộ nội dung cỡ 14, chữ đứng
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
            yield Fault(
                HERE,
                piece,
                f"cỡ {sizes}",
                f"cỡ {format_size(main)}",
                f"Chọn đoạn này, đặt cỡ {format_size(main)}",
                tuple(Mend("size", s.element, main) for s in runs),
            )
    yield from _slanting(paper)
    yield from _heavy(paper)
    yield from _shouted(paper)
    yield from _drawn(paper)


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
            yield Fault(
                mark.place,
                mark.piece,
                "chữ nghiêng",
                "kiểu chữ đứng",
                "Chọn đoạn này, bỏ kiểu nghiêng (Ctrl+I)",
                tuple(Mend("italic", s.element, False) for p in pieces for s in p.visible),
            )


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


def _shouted(paper: Paper) -> Iterator[Fault]:
    """Sentences of running text that are wholly in capitals; headings are short or have no full stop."""
    for mark in running_text(paper):
        text = mark.piece.text
        if mark.rest.isupper() and text.endswith((".", ";")) and len(text.split()) > _SHOUTED:
            fix = "Chọn đoạn này, đổi thành chữ thường (Shift+F3), viết hoa chữ cái đầu và tên riêng"
            yield Fault(mark.place, mark.piece, "cả đoạn chữ in hoa", "chữ in thường", fix)


def _drawn(paper: Paper) -> Iterator[Fault]:
    """Underlined words, addresses on the net apart, and letters pressed together or pulled apart."""
    for mark in running_text(paper):
        spans = [s for s in mark.piece.paragraph.spans if s.text.strip()]
        lined = [s for s in spans if s.face.underline and not _is_address(s)]
        if lined:
            yield Fault(
                mark.place,
                mark.piece,
                f"gạch chân “{quote(' '.join(s.text for s in lined), 40)}”",
                "không gạch chân",
                "Chọn chữ này, bỏ gạch chân (Ctrl+U)",
                tuple(Mend("underline", s.element, False) for s in lined),
                Severity.WARNING,
            )
        gaps = [s.face for s in spans if abs(s.face.spacing) >= _STRETCHED or abs(s.face.scale - 1) > 0.02]
        if gaps:
            pressed = any(face.spacing < 0 or face.scale < 1 for face in gaps)
            found, right = "chữ bị co" if pressed else "chữ bị giãn", "chữ giãn cách bình thường"
            fix = "Chọn đoạn này, vào Phông (Font), Nâng cao (Advanced), đặt Scale 100%, Spacing Normal"
            yield Fault(mark.place, mark.piece, found, right, fix, severity=Severity.WARNING)


def _is_address(span: Span) -> bool:
    if span.field == "HYPERLINK" or any(sign in span.text for sign in ("@", "www", "//")):
        return True
    above = span.element.getparent()
    return above is not None and above.tag == f"{W}hyperlink"


@check(
    "TT43",
    Severity.WARNING,
    "Cỡ chữ các phần không tăng giảm cùng nhau",
    rationale="Cỡ chữ trong một văn bản tăng, giảm thống nhất: Quốc hiệu 13, Tiêu ngữ 14, địa danh và ngày "
    "14; hoặc 12, 13, 13.",
    source="Phụ lục I, chú thích của mục V",
)
def sizes_agree(paper: Paper, settings: Settings) -> Answers:
    """Report sizes of state name, motto and date that are each allowed but don't go together.

    Sai: Quốc hiệu 12, Tiêu ngữ 14, ngày 14
    Đúng: Quốc hiệu 13, Tiêu ngữ 14, ngày 14
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
        yield Fault(
            "Phần đầu văn bản", "", what, f"{told.format(13, 14, 14)}; hoặc {told.format(12, 13, 13)}", fix
        )
