"""Are headings, their numbers and what stands below them right?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dvctt_report.lint.check import Answers, Block, Fault, Mend, NotApplicable, caps_mends, check, quote
from dvctt_report.lint.parts import Paper, Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Level, Mark, captions, marks, start_of
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import POINTS, first_letter_capital, unaccented
from dvctt_report.word.numbering import arabic, roman

_FLAT = NotApplicable("nội dung không chia đề mục")


@check("TT44", Severity.ERROR, Block.TEXT, mends="một phần", texts=True)
def heading_look(paper: Paper, settings: Settings) -> Answers:
    """Đề mục sai kiểu hoặc sai dấu sau số thứ tự.

    Sai: I/ Kết quả; 1- Tình hình; a. Nội dung; (a) …; 1.Kết quả; 2. KẾT QUẢ; ĐIỀU 1.; Điều 1. (không đậm)
    Đúng: I. KẾT QUẢ; 1. Kết quả; a) Về nội dung; **Điều 1.**
    Căn cứ: Phụ lục I, mục II.6đ; mục V, ô 6b
    """
    found = [m for m in marks(paper) if m.level in _RIGHT]
    if not found:
        yield _FLAT
    yield from _sibling_faults(found)
    for mark in found:
        yield from _sign_faults(mark)
        if mark.level == "roman":
            yield from _roman_faults(mark)
            continue
        if mark.level == "article":
            yield from _article_faults(mark)
        if (
            mark.rest.isupper()
            and not mark.rest.endswith((";", "."))
            and any(unaccented(word) != word.lower().replace("đ", "d") for word in _WORD.findall(mark.rest))
        ):
            fix = "Chọn tiêu đề này, đổi thành chữ thường (Shift+F3), viết hoa chữ cái đầu"
            yield Fault(mark.place, mark.piece, "tiêu đề viết hoa toàn bộ", "chữ in thường", fix)


def _sibling_faults(marks_: Sequence[Mark]) -> Iterator[Fault]:
    """Titles of clauses that aren't bold among siblings that are: each says in a few words what follows."""
    families: list[list[Mark]] = [[]]
    for mark in marks_:
        if mark.level in ("roman", "article"):
            families.append([])
        elif mark.level == "clause" and len(mark.rest.split()) <= _LONGEST_TITLE and mark.rest[-1:].isalnum():
            families[-1].append(mark)
    for family in families:
        plain = [mark for mark in family if not mark.piece.any_bold]
        if plain and len(family) - len(plain) > len(plain):
            for mark in plain:
                fix = "Chọn tiêu đề này, đặt chữ đậm (Ctrl+B)"
                mends = tuple(Mend("bold", s.element, True) for s in mark.piece.visible)
                found = "tiêu đề không đậm, các khoản cùng mục đều đậm"
                yield Fault(mark.place, mark.piece, found, "tiêu đề chữ đậm", fix, mends)


_LONGEST_TITLE = 16
"""Words of a clause's title; "2. Công tác phối hợp" has four, a sentence more or a full stop."""
_RIGHT = {"roman": "{}.", "clause": "{}.", "point": "{})", "article": "Điều {}."}
"""How a number is written at each level."""
_WORD = lazy_pattern(r"[^\W\d_]+")


def _sign_faults(mark: Mark) -> Iterator[Fault]:
    """Another word or sign than the level's own around the number, and none or no blank behind it."""
    before = mark.piece.text[: len(mark.piece.text) - len(mark.rest)]
    shown = before.strip()
    right = _RIGHT[mark.level].format(mark.number.lower() if mark.level == "point" else mark.number)
    if shown != right:
        fix = f"Sửa “{shown}” thành “{right}”"
        yield Fault(mark.place, mark.piece, f"“{shown}”", f"“{right}”", fix)
    elif mark.rest and before == shown:
        found, expected = f"“{shown}” viết liền với chữ sau", f"một dấu cách sau “{shown}”"
        fix = f"Thêm một dấu cách sau “{shown}”"
        yield Fault(mark.place, mark.piece, found, expected, fix, severity=Severity.WARNING)


def _roman_faults(mark: Mark) -> Iterator[Fault]:
    line, right = mark.piece, "viết hoa, đậm"
    if not mark.rest.isupper():
        fix = "Chọn đề mục này, đổi thành chữ in hoa (Shift+F3)"
        yield Fault(mark.place, line, "không viết hoa", right, fix, mends=caps_mends((line,)))
    if not mark.piece.is_bold:
        mends = tuple(Mend("bold", s.element, True) for s in mark.piece.visible if not s.face.bold)
        yield Fault(mark.place, line, "không đậm", right, "Chọn đề mục này, đặt chữ đậm (Ctrl+B)", mends)
    elif _label_is_plain(mark):
        yield _plain_label(mark, f"{mark.number}.")


def _article_faults(mark: Mark) -> Iterator[Fault]:
    """The word and number of an article that aren't bold; its words may be."""
    right = f"Điều {mark.number}."
    if _label_is_plain(mark):
        yield _plain_label(mark, right)
    spans, alone = start_of(mark.piece, f"{mark.word}{mark.number}{mark.sign}")
    plain = [span for span in spans if not span.face.bold]
    if plain:
        # A run that goes on behind the label holds words that need not be bold.
        mends = tuple(Mend("bold", span.element, True) for span in plain) if alone else ()
        fix = f"Chọn “{right}”, đặt chữ đậm (Ctrl+B)"
        yield Fault(mark.place, mark.piece, f"“{right}” không đậm", f"“{right}” chữ đậm", fix, mends)


def _label_is_plain(mark: Mark) -> bool:
    """Whether automatic numbering prints the number, and not in bold."""
    paragraph = mark.piece.paragraph
    return bool(paragraph.label) and paragraph.label_face is not None and not paragraph.label_face.bold


def _plain_label(mark: Mark, right: str) -> Fault:
    fix = "Bấm vào số tự động (cả dãy số sáng lên), đặt chữ đậm (Ctrl+B)"
    found = f"số tự động “{right}” không đậm"
    return Fault(mark.place, mark.piece, found, f"“{right}” chữ đậm", fix)


@check("TT46", Severity.WARNING, Block.TEXT, texts=True)
def decimal_levels(paper: Paper, settings: Settings) -> Answers:
    """Đề mục thập phân 1.1, 1.1.1.

    Sai: 1.1. Công tác lãnh đạo
    Đúng: a) Công tác lãnh đạo
    Căn cứ: Phụ lục I, mục II.6d, II.6đ
    """
    for mark in marks(paper):
        if mark.level == "decimal":
            fix = "Đổi thành điểm a), b), c)"
            yield Fault(mark.place, mark.piece, f"đề mục “{mark.number}”", "khoản (1.) rồi điểm (a)", fix)


@check("TT47", Severity.INFO, Block.TEXT, mends="có", texts=True)
def lonely_heading(paper: Paper, settings: Settings) -> Answers:
    """Đề mục có thể nằm một mình ở cuối trang.

    Sai: “II. KẾT QUẢ” ở dòng cuối trang 2, nội dung ở trang 3
    Đúng: đề mục đặt Keep with next
    Căn cứ: khuyến nghị của chương trình
    """
    torn = [mark for mark in marks(paper) if _is_heading(mark) and not mark.piece.paragraph.shape.keep_next]
    if torn:
        found = "đề mục chưa đặt Keep with next" + (f", {len(torn)} chỗ" if len(torn) > 1 else "")
        right, fix = "đề mục đi cùng đoạn sau", "Vào Đoạn (Paragraph), Ngắt trang, chọn Keep with next"
        mends = tuple(Mend("keep_next", mark.piece.paragraph.element, True) for mark in torn)
        yield Fault(torn[0].place, torn[0].piece, found, right, fix, mends)


def _is_heading(mark: Mark) -> bool:
    return mark.level in ("part", "roman") or (mark.level in ("article", "clause") and mark.piece.is_bold)


_LONGEST_END = 20
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
    last = said[-1]
    place = "Cuối nội dung"
    ended = [p for p in paper.body if re.search(r"\.\s*/\s*\.(?:\s|$)", p.text)]
    nearly = _NEARLY_ENDED.search(last.text[-_LONGEST_END:])
    if nearly and nearly[0] != "./.":
        fix = f"Sửa “{nearly[0]}” ở cuối thành “./.”"
        yield Fault(place, quote(last, end=True), f"“{nearly[0]}”", "“./.”", fix)
    elif not ended:
        found = "không có “./.”"
        fix = "Thêm “./.” cuối đoạn cuối cùng"
        yield Fault(place, quote(last, end=True), found, "kết thúc bằng “./.”", fix)
    elif len(ended) > 1:
        fix = "Xóa “./.” ở các đoạn phía trên"
        right = "một lần, ở cuối nội dung"
        yield Fault(place, quote(ended[0], end=True), f"“./.” xuất hiện {len(ended)} lần", right, fix)
    elif ended[0] is not last:
        fix = "Chuyển “./.” xuống cuối đoạn cuối cùng"
        yield Fault(
            place, quote(ended[0], end=True), "còn nội dung sau “./.”", "“./.” ở cuối đoạn cuối cùng", fix
        )
    signers = paper.signature.signers
    if any("./." in line.text for one in signers for line in (*one.authority, *filter(None, (one.name,)))):
        fix = "Xóa “./.” trong khối chữ ký"
        yield Fault("Chức vụ người ký", "", "“./.” trong khối chữ ký", "“./.” ở cuối nội dung", fix)


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
        wrong = list(_label_faults(mark))
        if mark.rest:
            wrong.append(("tiêu đề cùng dòng", "tách tiêu đề xuống dòng dưới"))
        elif below is None or not _is_title_of_part(below, found.get(id(below))):
            wrong.append(("thiếu tiêu đề ở dòng dưới", "thêm tiêu đề viết hoa, đậm ở dòng dưới"))
        else:
            wrong += _title_faults(below)
        if wrong:
            right = f"“{_right_label(mark)}”, đậm, canh giữa; dòng dưới là tiêu đề viết hoa, đậm, canh giữa"
            fix = first_letter_capital("; ".join((how for _, how in wrong)))
            yield Fault(mark.place, mark.piece, ", ".join(what for what, _ in wrong), right, fix)


def _is_title_of_part(piece: Piece, mark: Mark | None) -> bool:
    """Whether a line below a label is its title; a line of the label's own paragraph has no mark."""
    named = mark is None or mark.level == "text"
    return named and (piece.is_upper or piece.is_bold or _is_centred(piece))


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
    found, mixed = _mixed(_stand_ins(found))
    yield from mixed
    faults = [told for siblings in _siblings(found) for told in _faults(siblings)]
    at = {id(mark): n for n, mark in enumerate(found)}
    yield from (fault for mark, fault in sorted(faults, key=lambda told: at[id(told[0])]))


def _mixed(found: Sequence[Mark]) -> tuple[list[Mark], list[Fault]]:
    """Take "A." before "II." for a Roman heading with a letter, not for a level of its own."""
    made: list[Mark] = []
    faults: list[Fault] = []
    last = 0
    lettered = [m for m in found if m.level == "text" and m.piece.is_bold and _LETTER.match(m.piece.text)]
    for at, mark in enumerate(found):
        letter = _LETTER.match(mark.piece.text) if mark in lettered else None
        n = "ABCDEFGH".index(letter[1]) + 1 if letter is not None else 0
        after = next((arabic(m.number) for m in found[at + 1 :] if m.level == "roman"), 0) if n else 0
        # The last heading of all may be it; where "A." stands before, "B." is of a level of its own.
        if n and n == last + 1 and (after == n + 1 or (not after and len(lettered) == 1)):
            mark = replace(mark, level="roman", number=roman(n), sign=".")
            fault = f"“{letter[1] if letter else ''}.” lẫn với số La Mã"
            right = f"“{roman(n)}.”"
            faults.append(Fault(mark.place, mark.piece, fault, right, f"Sửa thành {right}"))
        last = arabic(mark.number) if mark.level == "roman" else 0 if mark.level == "part" else last
        made.append(mark)
    return made, faults


def _stand_ins(found: Sequence[Mark]) -> list[Mark]:
    """Count "2.1." for the point in whose place it stands, before "b)": TT46 says what is wrong with it."""
    made: list[Mark] = []
    last = 0
    for at, mark in enumerate(found):
        later = found[at + 1 :] if mark.level == "decimal" else ()
        after = next((m for m in later if m.level in (*_ORDER, "decimal")), None)
        if after and after.level == "point" and _value(after) == last + 2:
            mark = replace(mark, level="point", number=POINTS[last], sign=")")
        last = (_value(mark) or last) if mark.level == "point" else 0 if mark.level in _ORDER else last
        made.append(mark)
    return made


def _siblings(found: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Group the marks that are counted together: of one level below one heading; articles run through."""
    open_: dict[str, list[Mark]] = {}
    for mark in found:
        ended: set[str] = set()
        if mark.level in _ORDER:
            ended = {level for level in _ORDER[_ORDER.index(mark.level) + 1 :] if level != "article"}
            if mark.level == "roman" and _runs_through(open_.get("clause", ()), found, mark):
                ended.remove("clause")
        elif mark.level == "text" and mark.piece.is_bold and _UNCOUNTED.match(mark.piece.text):
            ended = {"roman", "clause", "point"}
        name: str = mark.level
        if mark.level == "part":
            name = mark.word.lower()
            # Chapters may run through the parts or begin again in each.
            lower = _PARTS[_PARTS.index(name) + 1 :] if name in _PARTS else ()
            ended |= {other for other in lower if _next_of(other, found, mark) == 1}
        for level in ended & set(open_):
            yield open_.pop(level)
        if mark.level in _ORDER:
            open_.setdefault(name, []).append(mark)
    yield from open_.values()


def _runs_through(clauses: Sequence[Mark], found: Sequence[Mark], heading: Mark) -> bool:
    """Whether the clauses go on below the next Roman heading: I. 1, 2; II. 3, 4."""
    at = next(n for n, mark in enumerate(found) if mark is heading)
    following = next((m for m in found[at + 1 :] if m.level in ("clause", "roman")), None)
    if len(clauses) < 2 or following is None or following.level != "clause":
        return False
    return _value(following) == (_value(clauses[-1]) or 0) + 1


def _next_of(word: str, found: Sequence[Mark], after: Mark) -> int | None:
    """The number of the first part called ``word`` behind a mark."""
    at = next(n for n, mark in enumerate(found) if mark is after)
    return next((_value(m) for m in found[at + 1 :] if m.level == "part" and m.word.lower() == word), None)


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
        repeats = n in seen or (after == n and n is not None)
        yield mark, _fault(mark, n, right, repeats, after is None or after == right + 1)
        count, written = right, written if n is None else n
        seen.add(n)


def _fault(mark: Mark, n: int | None, right: int, repeats: bool, alone: bool) -> Fault:
    """``alone``: what follows is right by the count, so that nothing else has to be changed."""
    shown, wanted = (mark.number + mark.sign if n is None else _written(mark, n)), _written(mark, right)
    if n is None:
        what = f"“{shown}” không có trong thứ tự điểm: {', '.join(POINTS[:9])} …"
    elif repeats:
        what = f"“{shown}” lặp lại"
    elif n > right:
        what = f"“{shown}” {'nhảy chữ' if mark.level == 'point' else 'nhảy số'}"
    else:
        what = f"“{shown}” sai thứ tự"
    mend = f"Sửa thành “{wanted}”" + ("" if alone else ", đánh lại các số tiếp theo")
    if n is not None and n > right and not alone:
        mend += f"; hoặc bổ sung “{wanted}” còn thiếu"
    return Fault(mark.place, mark.piece, what, f"“{wanted}”", mend)


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
