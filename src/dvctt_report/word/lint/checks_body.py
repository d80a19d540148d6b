"""Is the running text set as it should be, are headings and their numbers right?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise

from dvctt_report.model.severity import Severity
from dvctt_report.text.vietnamese import POINTS, first_letter_capital, unaccented
from dvctt_report.word.cascade import arabic, roman
from dvctt_report.word.lint.check import (
    HERE,
    Answers,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    Settings,
    caps_mends,
    check,
    format_mm,
    format_size,
    quote,
    span_mends,
    worded,
)
from dvctt_report.word.lint.checks_citations import BASES
from dvctt_report.word.lint.parts import (
    Level,
    Mark,
    Paper,
    Piece,
    captions,
    lines_of,
    marks,
    running_text,
    start_of,
)
from dvctt_report.word.lint.patterns import patterns_of
from dvctt_report.word.nd30 import BODY_INDENT, LINE_EM, component, twips
from dvctt_report.word.tree import W

_RE = patterns_of("body")


_INDENTS = ((10.0, 0.5), (12.7, 0.5))
"""1 cm and 1,27 cm with their tolerance in mm: Word's 1,25 cm and half an inch are among them."""
_PUSHED = 3.0  # Millimetres that the lines of a paragraph stand in from the margin, from which it is seen
_GAP, _POINT = 6.0, 0.1
_LEAST, _MOST = 1.0, 1.5
_LINE_TOLERANCE = 0.3  # Points by which an exact line height may miss the face's own
_SETS = ((13, 14, 14), (12, 13, 13))
"""Sizes of state name, motto, date that go together. Source: footnote to A1 V."""
_COUNTED = ("roman", "article", "clause", "decimal", "point")
_STRETCHED = 0.3
"""Points between letters from which a reader sees that they were pressed together or pulled apart."""
_SENTENCE, _SHOUTED = 30, 12
"""Words from which a paragraph in bold, or with a full stop one in capitals, is no heading."""
_LONGEST_TITLE = 16
"""Words of a clause's title; "2. Công tác phối hợp" has four, a sentence more or a full stop."""
_AS_WRITTEN = {"roman": "{}.", "clause": "{}.", "point": "{})", "article": "Điều {}."}
"""How a number is written at each level."""
_ORDER: tuple[Level, ...] = ("part", "roman", "article", "clause", "point")
_PARTS = ("phần", "chương", "mục", "tiểu mục")
_BEGIN_AGAIN: frozenset[Level] = frozenset({"part", "clause", "point"})
"""Levels that may begin at 1 again without a heading above them."""


@check("TT38")
def justified(body: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """Running text is justified up to the right margin."""
    bases = ((BASES, piece) for piece in paper.bases)
    for place, piece in (*bases, *((mark.place, mark.piece) for mark in running_text(paper))):
        paragraph, shape = piece.paragraph, piece.paragraph.shape
        if shape.align != "both" and (shape.align == "right" or _wraps(piece)):
            side = {"left": "trái", "center": "giữa", "right": "phải"}[shape.align]
            # Word stretches a justified line that ends in a break over the whole width.
            mends = () if "\n" in paragraph.text else (Mend("align", paragraph.element, "both"),)
            yield worded(place, piece, "canh {side}", mends, side=side)
        elif shape.right > _PUSHED and _wraps(piece):
            yield worded(place, piece, "lề phải của đoạn lùi vào {mm}", mm=format_mm(shape.right))


@check("TT39")
def first_line(body: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """Of each paragraph the first line alone stands in."""
    for mark in running_text(paper):
        paragraph, shape = mark.piece.paragraph, mark.piece.paragraph.shape
        if shape.align == "center":
            continue
        typed = paragraph.text[: len(paragraph.text) - len(paragraph.text.lstrip())].replace("\n", "")
        at = shape.left + shape.first
        # Word's own lists keep their indents.
        mends = () if paragraph.label else (Mend("indent", paragraph.element, twips(BODY_INDENT)),)
        if typed or not any(abs(at - right) <= tolerance for right, tolerance in _INDENTS):
            found = "lùi đầu dòng bằng {key}" if typed else "đầu dòng lùi {mm}"
            key = "phím Tab" if "\t" in typed else "dấu cách"
            yield worded(mark.place, mark.piece, found, mends, key=key, mm=format_mm(at))
        elif shape.left > _PUSHED and _wraps(mark.piece):
            # Word's lists hang the first line out.
            found = "các dòng sau lùi vào {mm}" if shape.first < 0 else "cả đoạn lùi vào {mm}"
            level = Severity.WARNING if shape.first < 0 else None
            yield worded(mark.place, mark.piece, found, mends, level, mm=format_mm(shape.left))


def _wraps(piece: Piece) -> bool:
    """Whether a paragraph takes more than one line."""
    paragraph = piece.paragraph
    if paragraph.room is None:
        return False
    room = paragraph.room - paragraph.shape.left - paragraph.shape.right
    return piece.width + max(paragraph.shape.first, 0) > room


@check("TT40")
def paragraph_gap(body: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """Paragraphs stand 6 pt apart, not by empty lines."""
    for first, mark in ((above.piece.paragraph, below) for above, below in pairwise(running_text(paper))):
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
            gone = tuple(Mend("gone", p.element, None) for p in empty)
            mends = (*gone, Mend("before", second.element, max(needed, second.shape.before)))
            yield worded(mark.place, mark.piece, "{n} dòng trống phía trước", mends, n=len(empty))
        elif not between and gap < _GAP - _POINT:
            mends = () if is_contextual else (Mend("before", second.element, needed),)
            points = format_size(round(gap, 1))
            yield worded(mark.place, mark.piece, "cách đoạn trên {points} pt", mends, points=points)


@check("TT41")
def line_spacing(body: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """The distance of lines in running text."""
    for mark in running_text(paper):
        shape, size = mark.piece.paragraph.shape, mark.piece.size or 14
        single = size * LINE_EM
        if shape.rule == "auto":
            low, high, found = _LEAST - 0.005, _MOST + 0.005, f"{format_size(round(shape.line, 2))} dòng"
            right = min(max(shape.line, _LEAST), _MOST)
        else:
            # "At least" never gives less than single spacing.
            low = 0.0 if shape.rule == "atLeast" else _LEAST * single - _LINE_TOLERANCE
            high, found = _MOST * single + _LINE_TOLERANCE, f"{format_size(shape.line)} pt"
            right = _LEAST if shape.line < low else _MOST
        if not low <= shape.line <= high:
            mends = (Mend("line", mark.piece.paragraph.element, right),)
            yield worded(mark.place, mark.piece, "cách dòng {distance}", mends, distance=found)


@check("TT42")
def body_letters(body: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """Letters of running text: one size, upright, neither underlined nor stretched."""
    pieces = [p for p in body if id(p.paragraph) not in captions(paper)]
    if not pieces:
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
            mends = span_mends("size", main, (s for s in whole if s.face.size != main))
            yield worded(HERE, piece, "cỡ {sizes}", mends, sizes=sizes, right=format_size(main))
    lines = running_text(paper)
    # Paragraphs wholly in italics; bases, which may come first without the word, notes and quotes apart.
    for mark in dropwhile(lambda m: m.piece.is_italic, lines):
        parts = lines_of(mark.piece.paragraph) if mark.piece.is_italic else ()
        is_text = parts and (mark.level in _COUNTED or parts[-1].text.endswith((".", ";", ":", "/")))
        if is_text and all(part.is_italic for part in parts) and not _RE["apart"].match(mark.piece.plain):
            mends = span_mends("italic", False, (span for part in parts for span in part.visible))
            yield Fault(mark.place, mark.piece, "chữ nghiêng", mends=mends)
    for mark in lines:
        parts = lines_of(mark.piece.paragraph) if mark.piece.is_bold else ()
        is_text = parts and parts[-1].text.endswith((".", ";"))
        long = sum(len(part.text.split()) for part in parts) > _SENTENCE
        if is_text and long and all(p.is_bold for p in parts) and not _RE["apart"].match(mark.piece.plain):
            mends = span_mends("bold", False, (span for part in parts for span in part.visible))
            yield Fault(mark.place, mark.piece, "cả đoạn chữ đậm", mends=mends)
    # Sentences of running text that are wholly in capitals; headings are short or have no full stop.
    for mark in lines:
        text = mark.piece.text
        if mark.rest.isupper() and text.endswith((".", ";")) and len(text.split()) > _SHOUTED:
            yield Fault(mark.place, mark.piece, "cả đoạn chữ in hoa")
    # Underlined words, addresses on the net apart, and letters pressed together or pulled apart.
    for mark in lines:
        spans = [s for s in mark.piece.paragraph.spans if s.text.strip()]
        links = [s for s in spans if s.field == "HYPERLINK" or [*s.element.iterancestors(f"{W}hyperlink")]]
        lined = [s for s in spans if s.face.underline and s not in links]
        if lined := [s for s in lined if not _RE["on_net"].search(s.text)]:
            words, mends = quote(" ".join(s.text for s in lined), 40), span_mends("underline", False, lined)
            yield worded(mark.place, mark.piece, "gạch chân “{words}”", mends, Severity.WARNING, words=words)
        gaps = [s.face for s in spans if abs(s.face.spacing) >= _STRETCHED or abs(s.face.scale - 1) > 0.02]
        if gaps:
            found = "chữ bị co" if any(face.spacing < 0 or face.scale < 1 for face in gaps) else "chữ bị giãn"
            yield Fault(mark.place, mark.piece, found, severity=Severity.WARNING)


@check("TT43")
def sizes_agree(paper: Paper, settings: Settings) -> Answers:
    """The sizes of state name, motto and date go together."""
    head = paper.head
    if head.state is None or head.motto is None or head.place_date is None:
        yield NotApplicable("thiếu Quốc hiệu, Tiêu ngữ hoặc ngày")
        return
    sizes = tuple(piece.size or 0 for piece in (head.state, head.motto, head.place_date))
    ranges = [component(name).sizes for name in ("motto_state", "motto", "place_date")]
    if not all(low <= size <= high for (low, high), size in zip(ranges, sizes, strict=True)):
        yield NotEvaluated("cỡ chữ của một phần ngoài khoảng quy định, đã nêu ở phần đó")
    elif sizes not in _SETS:
        state, motto, day = map(format_size, sizes)
        found = "Quốc hiệu {state}, Tiêu ngữ {motto}, ngày {day}"
        yield worded("Phần đầu văn bản", "", found, state=state, motto=motto, day=day)


@check("TT44")
def heading_look(paper: Paper, settings: Settings) -> Answers:
    """Headings: their numbers, signs, capitals and weight."""
    headings = [m for m in marks(paper) if m.level in _AS_WRITTEN]
    if not headings:
        yield NotApplicable("nội dung không chia đề mục")
    # Titles of clauses that aren't bold among siblings that are: each says in a few words what follows.
    families: list[list[Mark]] = [[]]
    for mark in headings:
        if mark.level in ("roman", "article"):
            families.append([])
        elif mark.level == "clause" and len(mark.rest.split()) <= _LONGEST_TITLE and mark.rest[-1:].isalnum():
            families[-1].append(mark)
    for family in families:
        plain = [mark for mark in family if not mark.piece.any_bold]
        for mark in plain if len(family) > 2 * len(plain) else ():
            mends = span_mends("bold", True, mark.piece.visible)
            yield Fault(mark.place, mark.piece, "tiêu đề không đậm, các khoản cùng mục đều đậm", mends=mends)
    for mark in headings:
        piece = mark.piece
        before = piece.text[: len(piece.text) - len(mark.rest)]
        number = mark.number.lower() if mark.level == "point" else mark.number
        shown, right = before.strip(), _AS_WRITTEN[mark.level].format(number)
        if shown != right:
            yield Fault(mark.place, piece, f"“{shown}”", f"“{right}”", f"Sửa “{shown}” thành “{right}”")
        elif mark.rest and before == shown:
            found = "“{shown}” viết liền với chữ sau"
            yield worded(mark.place, piece, found, (), Severity.WARNING, shown=shown)
        # Word and number of a heading are bold; an article's words may be otherwise.
        label = piece.paragraph.label_face if piece.paragraph.label else None
        is_heading = mark.level == "article" or (mark.level == "roman" and piece.is_bold)
        if is_heading and label is not None and not label.bold:
            yield worded(mark.place, piece, "số tự động “{right}” không đậm", right=right)
        spans, alone = start_of(piece, f"{mark.word}{mark.number}{mark.sign}")
        thin = [span for span in spans if not span.face.bold]
        if mark.level == "article" and thin:
            # A run that goes on behind the label holds words that need not be bold.
            mends = span_mends("bold", True, thin) if alone else ()
            yield worded(mark.place, piece, "“{right}” không đậm", mends, right=right)
        if mark.level == "roman":
            if not mark.rest.isupper():
                yield Fault(mark.place, piece, "không viết hoa", mends=caps_mends((piece,)))
            if not piece.is_bold:
                mends = span_mends("bold", True, (s for s in piece.visible if not s.face.bold))
                yield Fault(mark.place, piece, "không đậm", mends=mends)
        elif mark.rest.isupper() and not mark.rest.endswith((";", ".")):
            words = _RE["word"].findall(mark.rest)
            if any(unaccented(word) != word.lower().replace("đ", "d") for word in words):
                yield Fault(mark.place, mark.piece, "tiêu đề viết hoa toàn bộ")


@check("TT46")
def decimal_levels(paper: Paper, settings: Settings) -> Answers:
    """No headings counted 1.1, 1.1.1."""
    for mark in marks(paper):
        if mark.level == "decimal":
            yield worded(mark.place, mark.piece, "đề mục “{number}”", number=mark.number)


@check("TT47")
def lonely_heading(paper: Paper, settings: Settings) -> Answers:
    """A heading stays with the paragraph below it."""
    torn = [
        mark
        for mark in marks(paper)
        if not mark.piece.paragraph.shape.keep_next
        and (mark.level in ("part", "roman") or (mark.level in ("article", "clause") and mark.piece.is_bold))
    ]
    if torn:
        alone, several = "đề mục chưa đặt Keep with next", "đề mục chưa đặt Keep with next, {n} chỗ"
        mends = tuple(Mend("keep_next", mark.piece.paragraph.element, True) for mark in torn)
        yield worded(torn[0].place, torn[0].piece, several if len(torn) > 1 else alone, mends, n=len(torn))


@check("TT48")
def end_mark(body: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """The mark "./." stands once, at the end of the text."""
    sentences = [p for p in body if id(p.paragraph) not in captions(paper)] or body
    last, place = sentences[-1], "Cuối nội dung"
    ended = [p for p in body if re.search(r"\.\s*/\s*\.(?:\s|$)", p.text)]
    nearly = _RE["nearly_ended"].search(last.text[-20:])
    if nearly and nearly[0] != "./.":
        yield worded(place, quote(last, end=True), "“{nearly}”", nearly=nearly[0])
    elif not ended:
        yield Fault(place, quote(last, end=True), "không có “./.”")
    elif len(ended) > 1:
        yield worded(place, quote(ended[0], end=True), "“./.” xuất hiện {n} lần", n=len(ended))
    elif ended[0] is not last:
        yield Fault(place, quote(ended[0], end=True), "còn nội dung sau “./.”")
    signed = [line for signer in paper.signature.signers for line in (*signer.authority, signer.name) if line]
    if any("./." in line.text for line in signed):
        yield Fault("Chức vụ người ký", "", "“./.” trong khối chữ ký")


@check("TT61")
def part_label(paper: Paper, settings: Settings) -> Answers:
    """The labels of parts, chapters, sections and the titles below them."""
    by_piece = {id(mark.piece): mark for mark in marks(paper)}
    if not any(mark.level == "part" for mark in by_piece.values()):
        yield NotApplicable("nội dung không chia phần, chương, mục")
    for piece, below in zip(paper.body, (*paper.body[1:], None), strict=False):
        mark = by_piece.get(id(piece))
        if mark is None or mark.level != "part":
            continue
        # Parts and chapters are counted in Roman numerals, sections in Arabic figures.
        n = arabic(mark.number)
        number = roman(n) if unaccented(mark.word) in ("phan", "chuong") else str(n)
        right, sign = f"{mark.word.capitalize()} {number}", "" if mark.rest else mark.sign
        faults = ["từ chỉ phần viết hoa toàn bộ"] if mark.word.isupper() else []
        faults += [] if mark.number == number else [f"số thứ tự “{mark.number}”"]
        faults += [f"có dấu “{sign}”"] if sign else []
        mend = f"sửa “{mark.word} {mark.number}{sign}” thành “{right}”"
        wrong = [(", ".join(faults), mend)] if faults else []
        wrong += _set_apart_faults(piece, "")
        # A line of the label's own paragraph has no mark.
        title = by_piece.get(id(below))
        is_title = below is not None and (title is None or title.level == "text")
        if mark.rest:
            wrong.append(("tiêu đề cùng dòng", "tách tiêu đề xuống dòng dưới"))
        elif not (is_title and below and (below.is_upper or below.is_bold or below.is_centred)):
            wrong.append(("thiếu tiêu đề ở dòng dưới", "thêm tiêu đề viết hoa, đậm ở dòng dưới"))
        else:
            wrong += [] if below.is_upper else [("tiêu đề không viết hoa", "viết hoa tiêu đề")]
            wrong += _set_apart_faults(below, "tiêu đề ")
        if wrong:
            right = f"“{right}”, đậm, canh giữa; dòng dưới là tiêu đề viết hoa, đậm, canh giữa"
            fix = first_letter_capital("; ".join((how for _, how in wrong)))
            yield Fault(mark.place, mark.piece, ", ".join(what for what, _ in wrong), right, fix)


def _set_apart_faults(piece: Piece, what: str) -> Iterator[tuple[str, str]]:
    if not piece.is_bold:
        yield f"{what}không đậm", f"đặt {what}đậm"
    if not piece.is_centred:
        yield f"{what}không canh giữa", f"canh giữa {what}".rstrip()


@check("TT45")
def numbering(paper: Paper, settings: Settings) -> Answers:
    """Headings are counted without a gap."""
    counted = list(marks(paper))
    if not any(mark.level in _ORDER for mark in counted):
        yield NotApplicable("nội dung không chia đề mục")
    bold = (mark for mark in counted if mark.level == "text" and mark.piece.is_bold)
    lettered = [mark for mark in bold if _RE["letter"].match(mark.piece.text)]
    last: dict[str, int] = {}
    for at, mark in enumerate(counted):
        behind = counted[at + 1 :] if mark.level == "decimal" or mark in lettered else []
        # "2.1." counts for the point in whose place it stands, before "b)": TT46 says what is wrong with it.
        after = next((m for m in behind if m.level in (*_ORDER, "decimal")), None)
        n = last.get("point", 0)
        if mark.level == "decimal" and after and after.level == "point" and _count_of(after) == n + 2:
            mark = replace(mark, level="point", number=POINTS[n], sign=")")
        # "A." before "II." is a Roman heading with a letter; where "A." stands before, "B." is a level's own.
        letter = _RE["letter"].match(mark.piece.text) if mark in lettered else None
        n = "ABCDEFGH".index(letter[1]) + 1 if letter else 0
        roman_behind = next((arabic(m.number) for m in behind if m.level == "roman"), 0)
        is_alone = not roman_behind and len(lettered) == 1
        if letter and n == last.get("roman", 0) + 1 and (roman_behind == n + 1 or is_alone):
            mark = replace(mark, level="roman", number=roman(n), sign=".")
            yield Fault(mark.place, mark.piece, f"“{letter[1]}.” lẫn với số La Mã", f"“{roman(n)}.”")
        counted[at] = mark
        if mark.level in _ORDER:
            last["point"] = (_count_of(mark) or last.get("point", 0)) if mark.level == "point" else 0
        if mark.level in ("part", "roman"):
            last["roman"] = arabic(mark.number) if mark.level == "roman" else 0
    faults = [blamed for siblings in _siblings(counted) for blamed in _count_faults(siblings)]
    yield from (fault for mark, fault in sorted(faults, key=lambda blamed: counted.index(blamed[0])))


def _siblings(found: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Group the marks that are counted together: of one level below one heading; articles run through."""
    open_: dict[str, list[Mark]] = {}
    for at, mark in enumerate(found):
        ended: set[str] = set()
        name: str = mark.level
        if mark.level in _ORDER:
            ended = {level for level in _ORDER[_ORDER.index(mark.level) + 1 :] if level != "article"}
        elif mark.level == "text" and mark.piece.is_bold and _RE["uncounted"].match(mark.piece.text):
            ended = {"roman", "clause", "point"}
        if mark.level == "roman" and len(open_.get("clause", ())) > 1:
            # Clauses may go on below the next Roman heading: I. 1, 2; II. 3, 4.
            following = next((m for m in found[at + 1 :] if m.level in ("clause", "roman")), None)
            goes_on = (_count_of(open_["clause"][-1]) or 0) + 1
            if following and following.level == "clause" and _count_of(following) == goes_on:
                ended.remove("clause")
        if mark.level == "part":
            name = mark.word.lower()
            # Chapters may run through the parts or begin again in each.
            lower = _PARTS[_PARTS.index(name) + 1 :] if name in _PARTS else ()
            parts = [(m.word.lower(), _count_of(m)) for m in reversed(found[at + 1 :]) if m.level == "part"]
            ended |= {other for other in lower if dict(parts).get(other) == 1}
        for level in ended & set(open_):
            yield open_.pop(level)
        if mark.level in _ORDER:
            open_.setdefault(name, []).append(mark)
    yield from open_.values()


def _count_faults(siblings: Sequence[Mark]) -> Iterator[tuple[Mark, Fault]]:
    """Blame each mark that goes on neither from the right count nor from what was written before it."""
    count = written = 0
    seen: set[int | None] = set()
    for at, mark in enumerate(siblings):
        n, right = _count_of(mark), count + 1
        after = _count_of(siblings[at + 1]) if at + 1 < len(siblings) else None
        again = n == 1 and mark.level in _BEGIN_AGAIN and written > 1 and after != right + 1
        if n is not None and (n in (right, written + 1) or again):
            count = written = n
            seen = {n} if again else seen | {n}
            continue
        shown = f"“{mark.number + mark.sign if n is None else _label_of(mark, n)}”"
        wanted = f"“{_label_of(mark, right)}”"
        if n is None:
            what = f"{shown} không có trong thứ tự điểm: {', '.join(POINTS[:9])} …"
        elif n in seen or after == n:
            what = f"{shown} lặp lại"
        elif n > right:
            what = f"{shown} {'nhảy chữ' if mark.level == 'point' else 'nhảy số'}"
        else:
            what = f"{shown} sai thứ tự"
        # What follows may be right by the count, so that nothing else has to be changed.
        alone = after is None or after == right + 1
        mend = f"Sửa thành {wanted}" + ("" if alone else ", đánh lại các số tiếp theo")
        mend += f"; hoặc bổ sung {wanted} còn thiếu" if n is not None and n > right and not alone else ""
        yield mark, Fault(mark.place, mark.piece, what, wanted, mend)
        count, written = right, written if n is None else n
        seen.add(n)


def _count_of(mark: Mark) -> int | None:
    if mark.level == "point":
        letter = mark.number.lower()
        return POINTS.index(letter) + 1 if letter in POINTS else None
    return arabic(mark.number)


def _label_of(mark: Mark, n: int) -> str:
    if mark.level == "part":
        return f"{mark.word} {n if mark.number.isdigit() else roman(n)}"
    letter = POINTS[n - 1] if n <= len(POINTS) else "?"
    number = {"point": letter, "roman": roman(n)}.get(mark.level, str(n))
    return _AS_WRITTEN[mark.level].format(number).removesuffix("." if mark.level == "article" else "")
