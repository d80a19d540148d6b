"""Are headings, their numbers and what stands below them right?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dvctt_report.lint.check import (
    Answers,
    Block,
    Fault,
    Mend,
    NotApplicable,
    caps_mends,
    check,
    quote,
    span_mends,
)
from dvctt_report.lint.parts import Paper, Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Level, Mark, captions, marks, start_of
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import POINTS, first_letter_capital, unaccented
from dvctt_report.word.numbering import arabic, roman


@check("TT44", Severity.ERROR, Block.TEXT, mends="một phần", texts=True)
def heading_look(paper: Paper, settings: Settings) -> Answers:
    """Đề mục sai kiểu hoặc sai dấu sau số thứ tự.

    Sai: I/ Kết quả; 1- Tình hình; a. Nội dung; (a) …; 1.Kết quả; 2. KẾT QUẢ; ĐIỀU 1.; Điều 1. (không đậm)
    Đúng: I. KẾT QUẢ; 1. Kết quả; a) Về nội dung; **Điều 1.**
    Căn cứ: Phụ lục I, mục II.6đ; mục V, ô 6b
    """
    found = [m for m in marks(paper) if m.level in _RIGHT]
    if not found:
        yield NotApplicable("nội dung không chia đề mục")
    # Titles of clauses that aren't bold among siblings that are: each says in a few words what follows.
    families: list[list[Mark]] = [[]]
    for mark in found:
        if mark.level in ("roman", "article"):
            families.append([])
        elif mark.level == "clause" and len(mark.rest.split()) <= _LONGEST_TITLE and mark.rest[-1:].isalnum():
            families[-1].append(mark)
    for family in families:
        plain = [mark for mark in family if not mark.piece.any_bold]
        for mark in plain if len(family) > 2 * len(plain) else ():
            mends = span_mends("bold", True, mark.piece.visible)
            what, fix = (
                "tiêu đề không đậm, các khoản cùng mục đều đậm",
                "Chọn tiêu đề này, đặt chữ đậm (Ctrl+B)",
            )
            yield Fault(mark.place, mark.piece, what, "tiêu đề chữ đậm", fix, mends)
    for mark in found:
        yield from _number_faults(mark)
        if mark.level == "roman":
            right = "viết hoa, đậm"
            if not mark.rest.isupper():
                fix, mends = "Chọn đề mục này, đổi thành chữ in hoa (Shift+F3)", caps_mends((mark.piece,))
                yield Fault(mark.place, mark.piece, "không viết hoa", right, fix, mends)
            if not mark.piece.is_bold:
                mends = span_mends("bold", True, (s for s in mark.piece.visible if not s.face.bold))
                yield Fault(mark.place, mark.piece, "không đậm", right, f"Chọn đề mục này, {_BOLD}", mends)
        elif (
            mark.rest.isupper()
            and not mark.rest.endswith((";", "."))
            and any(unaccented(word) != word.lower().replace("đ", "d") for word in _WORD.findall(mark.rest))
        ):
            fix = "Chọn tiêu đề này, đổi thành chữ thường (Shift+F3), viết hoa chữ cái đầu"
            yield Fault(mark.place, mark.piece, "tiêu đề viết hoa toàn bộ", "chữ in thường", fix)


_LONGEST_TITLE = 16
"""Words of a clause's title; "2. Công tác phối hợp" has four, a sentence more or a full stop."""
_RIGHT = {"roman": "{}.", "clause": "{}.", "point": "{})", "article": "Điều {}."}
"""How a number is written at each level."""
_WORD = lazy_pattern(r"[^\W\d_]+")
_BOLD = "đặt chữ đậm (Ctrl+B)"


def _number_faults(mark: Mark) -> Iterator[Fault]:
    """Another word or sign than the level's own around the number, no blank behind it, no bold."""
    piece = mark.piece
    before = piece.text[: len(piece.text) - len(mark.rest)]
    shown = before.strip()
    right = _RIGHT[mark.level].format(mark.number.lower() if mark.level == "point" else mark.number)
    if shown != right:
        yield Fault(mark.place, piece, f"“{shown}”", f"“{right}”", f"Sửa “{shown}” thành “{right}”")
    elif mark.rest and before == shown:
        found, expected = f"“{shown}” viết liền với chữ sau", f"một dấu cách sau “{shown}”"
        yield Fault(mark.place, piece, found, expected, f"Thêm {expected}", severity=Severity.WARNING)
    # Word and number of a heading are bold; an article's words may be otherwise.
    label = piece.paragraph.label_face if piece.paragraph.label else None
    is_heading = mark.level == "article" or (mark.level == "roman" and piece.is_bold)
    if is_heading and label is not None and not label.bold:
        fix = f"Bấm vào số tự động (cả dãy số sáng lên), {_BOLD}"
        yield Fault(mark.place, piece, f"số tự động “{right}” không đậm", f"“{right}” chữ đậm", fix)
    spans, alone = start_of(piece, f"{mark.word}{mark.number}{mark.sign}")
    plain = [span for span in spans if not span.face.bold]
    if mark.level == "article" and plain:
        # A run that goes on behind the label holds words that need not be bold.
        mends = span_mends("bold", True, plain) if alone else ()
        fix = f"Chọn “{right}”, {_BOLD}"
        yield Fault(mark.place, piece, f"“{right}” không đậm", f"“{right}” chữ đậm", fix, mends)


@check("TT46", Severity.WARNING, Block.TEXT, texts=True)
def decimal_levels(paper: Paper, settings: Settings) -> Answers:
    """Đề mục thập phân 1.1, 1.1.1.

    Sai: 1.1. Công tác lãnh đạo
    Đúng: a) Công tác lãnh đạo
    Căn cứ: Phụ lục I, mục II.6d, II.6đ
    """
    for mark in marks(paper):
        if mark.level == "decimal":
            found, right = f"đề mục “{mark.number}”", "khoản (1.) rồi điểm (a)"
            yield Fault(mark.place, mark.piece, found, right, "Đổi thành điểm a), b), c)")


@check("TT47", Severity.INFO, Block.TEXT, mends="có", texts=True)
def lonely_heading(paper: Paper, settings: Settings) -> Answers:
    """Đề mục có thể nằm một mình ở cuối trang.

    Sai: “II. KẾT QUẢ” ở dòng cuối trang 2, nội dung ở trang 3
    Đúng: đề mục đặt Keep with next
    Căn cứ: khuyến nghị của chương trình
    """
    torn = [
        mark
        for mark in marks(paper)
        if not mark.piece.paragraph.shape.keep_next
        and (mark.level in ("part", "roman") or (mark.level in ("article", "clause") and mark.piece.is_bold))
    ]
    if torn:
        found = "đề mục chưa đặt Keep with next" + (f", {len(torn)} chỗ" if len(torn) > 1 else "")
        right, fix = "đề mục đi cùng đoạn sau", "Vào Đoạn (Paragraph), Ngắt trang, chọn Keep with next"
        mends = tuple(Mend("keep_next", mark.piece.paragraph.element, True) for mark in torn)
        yield Fault(torn[0].place, torn[0].piece, found, right, fix, mends)


_NEARLY_ENDED = lazy_pattern(r"[./]*\s*/[\s./]*$|\.\s+/\s*\.$")
"""An end mark or what is meant as one: "/.", "./", ". /.", "././."."""


@check("TT48", Severity.WARNING, Block.TEXT)
def end_mark(paper: Paper, settings: Settings) -> Answers:
    """Dấu kết thúc “./.” thiếu, lặp hoặc đặt sai chỗ.

    Sai: … xem xét, chỉ đạo. (thiếu ./.)
    Đúng: … xem xét, chỉ đạo./.
    Căn cứ: Phụ lục III, Mẫu 1.4, Mẫu 1.5
    """
    said = [p for p in paper.body if id(p.paragraph) not in captions(paper)]
    if not said:
        yield NotApplicable("không có phần lời văn ngoài bảng")
        return
    last, place = said[-1], "Cuối nội dung"
    ended = [p for p in paper.body if re.search(r"\.\s*/\s*\.(?:\s|$)", p.text)]
    nearly = _NEARLY_ENDED.search(last.text[-20:])
    if nearly and nearly[0] != "./.":
        fix = f"Sửa “{nearly[0]}” ở cuối thành “./.”"
        yield Fault(place, quote(last, end=True), f"“{nearly[0]}”", "“./.”", fix)
    elif not ended:
        right, fix = "kết thúc bằng “./.”", "Thêm “./.” cuối đoạn cuối cùng"
        yield Fault(place, quote(last, end=True), "không có “./.”", right, fix)
    elif len(ended) > 1:
        found, fix = f"“./.” xuất hiện {len(ended)} lần", "Xóa “./.” ở các đoạn phía trên"
        yield Fault(place, quote(ended[0], end=True), found, "một lần, ở cuối nội dung", fix)
    elif ended[0] is not last:
        right = "“./.” ở cuối đoạn cuối cùng"
        fix = "Chuyển “./.” xuống cuối đoạn cuối cùng"
        yield Fault(place, quote(ended[0], end=True), "còn nội dung sau “./.”", right, fix)
    signed = [line for one in paper.signature.signers for line in (*one.authority, one.name) if line]
    if any("./." in line.text for line in signed):
        right, fix = "“./.” ở cuối nội dung", "Xóa “./.” trong khối chữ ký"
        yield Fault("Chức vụ người ký", "", "“./.” trong khối chữ ký", right, fix)


@check("TT61", Severity.ERROR, Block.TEXT, texts=True)
def part_label(paper: Paper, settings: Settings) -> Answers:
    """Phần, chương, mục viết sai hoặc thiếu tiêu đề.

    Sai: CHƯƠNG I. QUY ĐỊNH CHUNG (cùng một dòng)
    Đúng: Chương I, xuống dòng QUY ĐỊNH CHUNG
    Căn cứ: Phụ lục I, mục II.6d, II.6đ; mục V
    """
    found = {id(mark.piece): mark for mark in marks(paper)}
    if not any(mark.level == "part" for mark in found.values()):
        yield NotApplicable("nội dung không chia phần, chương, mục")
    for piece, below in zip(paper.body, (*paper.body[1:], None), strict=False):
        mark = found.get(id(piece))
        if mark is None or mark.level != "part":
            continue
        # Parts and chapters are counted in Roman numerals, sections in Arabic figures.
        n = arabic(mark.number)
        number = roman(n) if unaccented(mark.word) in ("phan", "chuong") else str(n)
        right, sign = f"{mark.word.capitalize()} {number}", "" if mark.rest else mark.sign
        said = ["từ chỉ phần viết hoa toàn bộ"] if mark.word.isupper() else []
        said += [] if mark.number == number else [f"số thứ tự “{mark.number}”"]
        said += [f"có dấu “{sign}”"] if sign else []
        mend = f"sửa “{mark.word} {mark.number}{sign}” thành “{right}”"
        wrong = [(", ".join(said), mend)] if said else []
        wrong += _set_apart_faults(piece, "")
        # A line of the label's own paragraph has no mark.
        title = found.get(id(below))
        is_title = below is not None and (title is None or title.level == "text")
        if mark.rest:
            wrong.append(("tiêu đề cùng dòng", "tách tiêu đề xuống dòng dưới"))
        elif not (is_title and below and (below.is_upper or below.is_bold or _is_centred(below))):
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
    if not _is_centred(piece):
        yield f"{what}không canh giữa", f"canh giữa {what}".rstrip()


def _is_centred(piece: Piece) -> bool:
    return piece.paragraph.shape.align == "center"


_ORDER: tuple[Level, ...] = ("part", "roman", "article", "clause", "point")
_PARTS = ("phần", "chương", "mục", "tiểu mục")
_BEGIN_AGAIN: frozenset[Level] = frozenset({"part", "clause", "point"})
"""Levels that may begin at 1 again without a heading above them."""
_LETTER = lazy_pattern(r"([A-H])\s?[.)/-]\s*\w")
_UNCOUNTED = lazy_pattern(r"[A-ZĐ]\s?[.)/-]\s*\w")
"""Headings of a kind that isn't counted here, under which Roman numerals begin anew: "A."."""


@check("TT45", Severity.ERROR, Block.TEXT, texts=True)
def numbering(paper: Paper, settings: Settings) -> Answers:
    """Số thứ tự nhảy, lặp hoặc chữ cái điểm sai thứ tự.

    Sai: I, II, IV; 1, 2, 2, 3; d), e)
    Đúng: I, II, III; 1, 2, 3; d), đ), e)
    Căn cứ: Phụ lục I, mục II.6đ
    """
    found = list(marks(paper))
    if not any(mark.level in _ORDER for mark in found):
        yield NotApplicable("nội dung không chia đề mục")
    lettered = [m for m in found if m.level == "text" and m.piece.is_bold and _LETTER.match(m.piece.text)]
    last: dict[str, int] = {}
    for at, mark in enumerate(found):
        behind = found[at + 1 :] if mark.level == "decimal" or mark in lettered else []
        # "2.1." counts for the point in whose place it stands, before "b)": TT46 says what is wrong with it.
        after = next((m for m in behind if m.level in (*_ORDER, "decimal")), None)
        n = last.get("point", 0)
        if mark.level == "decimal" and after and after.level == "point" and _value(after) == n + 2:
            mark = replace(mark, level="point", number=POINTS[n], sign=")")
        # "A." before "II." is a Roman heading with a letter; where "A." stands before, "B." is a level's own.
        letter = _LETTER.match(mark.piece.text) if mark in lettered else None
        n = "ABCDEFGH".index(letter[1]) + 1 if letter else 0
        roman_behind = next((arabic(m.number) for m in behind if m.level == "roman"), 0)
        is_alone = not roman_behind and len(lettered) == 1
        if letter and n == last.get("roman", 0) + 1 and (roman_behind == n + 1 or is_alone):
            mark = replace(mark, level="roman", number=roman(n), sign=".")
            yield Fault(mark.place, mark.piece, f"“{letter[1]}.” lẫn với số La Mã", f"“{roman(n)}.”")
        found[at] = mark
        if mark.level in _ORDER:
            last["point"] = (_value(mark) or last.get("point", 0)) if mark.level == "point" else 0
        if mark.level in ("part", "roman"):
            last["roman"] = arabic(mark.number) if mark.level == "roman" else 0
    faults = [told for siblings in _siblings(found) for told in _faults(siblings)]
    yield from (fault for mark, fault in sorted(faults, key=lambda told: found.index(told[0])))


def _siblings(found: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Group the marks that are counted together: of one level below one heading; articles run through."""
    open_: dict[str, list[Mark]] = {}
    for at, mark in enumerate(found):
        ended: set[str] = set()
        name: str = mark.level
        if mark.level in _ORDER:
            ended = {level for level in _ORDER[_ORDER.index(mark.level) + 1 :] if level != "article"}
        elif mark.level == "text" and mark.piece.is_bold and _UNCOUNTED.match(mark.piece.text):
            ended = {"roman", "clause", "point"}
        if mark.level == "roman" and len(open_.get("clause", ())) > 1:
            # Clauses may go on below the next Roman heading: I. 1, 2; II. 3, 4.
            following = next((m for m in found[at + 1 :] if m.level in ("clause", "roman")), None)
            goes_on = (_value(open_["clause"][-1]) or 0) + 1
            if following and following.level == "clause" and _value(following) == goes_on:
                ended.remove("clause")
        if mark.level == "part":
            name = mark.word.lower()
            # Chapters may run through the parts or begin again in each.
            lower = _PARTS[_PARTS.index(name) + 1 :] if name in _PARTS else ()
            parts = [(m.word.lower(), _value(m)) for m in reversed(found[at + 1 :]) if m.level == "part"]
            ended |= {other for other in lower if dict(parts).get(other) == 1}
        for level in ended & set(open_):
            yield open_.pop(level)
        if mark.level in _ORDER:
            open_.setdefault(name, []).append(mark)
    yield from open_.values()


def _faults(siblings: Sequence[Mark]) -> Iterator[tuple[Mark, Fault]]:
    """Blame each mark that goes on neither from the right count nor from what was written before it."""
    count = written = 0
    seen: set[int | None] = set()
    for at, mark in enumerate(siblings):
        n, right = _value(mark), count + 1
        after = _value(siblings[at + 1]) if at + 1 < len(siblings) else None
        again = n == 1 and mark.level in _BEGIN_AGAIN and written > 1 and after != right + 1
        if n is not None and (n in (right, written + 1) or again):
            count = written = n
            seen = {n} if again else seen | {n}
            continue
        shown = f"“{mark.number + mark.sign if n is None else _written(mark, n)}”"
        wanted = f"“{_written(mark, right)}”"
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


def _value(mark: Mark) -> int | None:
    if mark.level == "point":
        letter = mark.number.lower()
        return POINTS.index(letter) + 1 if letter in POINTS else None
    return arabic(mark.number)


def _written(mark: Mark, n: int) -> str:
    match mark.level:
        case "point":
            return f"{POINTS[n - 1] if n <= len(POINTS) else '?'})"
        case "clause":
            return f"{n}."
        case "article":
            return f"Điều {n}"
        case "part":
            return f"{mark.word} {n if mark.number.isdigit() else roman(n)}"
    return f"{roman(n)}."
