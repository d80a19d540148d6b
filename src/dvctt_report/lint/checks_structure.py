"""Are parts and headings, the signs behind their numbers and the end of the text right?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dvctt_report.lint.check import Answers, Block, Fault, Mend, NotApplicable, caps_mends, check, quote_end
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, captions, marks, start_of
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import first_letter_capital, unaccented
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
        if _is_in_capitals(mark.rest):
            fix = "Chọn tiêu đề này, đổi thành chữ thường (Shift+F3), viết hoa chữ cái đầu"
            yield Fault(mark.place, mark.piece, "tiêu đề viết hoa toàn bộ", "chữ in thường", fix)


def _sibling_faults(marks_: Sequence[Mark]) -> Iterator[Fault]:
    """Titles of clauses that aren't bold among siblings that are: each says in a few words what follows."""
    families: list[list[Mark]] = [[]]
    for mark in marks_:
        if mark.level in ("roman", "article"):
            families.append([])
        elif mark.level == "clause" and _is_title(mark):
            families[-1].append(mark)
    for family in families:
        plain = [mark for mark in family if not mark.piece.any_bold]
        if plain and len(family) - len(plain) > len(plain):
            for mark in plain:
                fix = "Chọn tiêu đề này, đặt chữ đậm (Ctrl+B)"
                mends = tuple(Mend("bold", s.element, True) for s in mark.piece.visible)
                found = "tiêu đề không đậm, các khoản cùng mục đều đậm"
                yield Fault(mark.place, mark.piece, found, "tiêu đề chữ đậm", fix, mends)


def _is_title(mark: Mark) -> bool:
    return len(mark.rest.split()) <= _LONGEST_TITLE and mark.rest[-1:].isalnum()


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
        yield Fault(
            mark.place,
            mark.piece,
            f"“{shown}” viết liền với chữ sau",
            f"một dấu cách sau “{shown}”",
            f"Thêm một dấu cách sau “{shown}”",
            severity=Severity.WARNING,
        )


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


def _is_in_capitals(title: str) -> bool:
    """Whether a title is in capitals; abbreviations ("UBND, HĐND"), which have no marked vowels, are not."""
    return (
        title.isupper()
        and not title.endswith((";", "."))
        and any(unaccented(word) != word.lower().replace("đ", "d") for word in _WORD.findall(title))
    )


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
        yield Fault(
            torn[0].place,
            torn[0].piece,
            "đề mục chưa đặt Keep with next" + (f", {len(torn)} chỗ" if len(torn) > 1 else ""),
            "đề mục đi cùng đoạn sau",
            "Vào Đoạn (Paragraph), Ngắt trang, chọn Keep with next",
            tuple(Mend("keep_next", mark.piece.paragraph.element, True) for mark in torn),
        )


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
        yield Fault(place, quote_end(last), f"“{nearly[0]}”", "“./.”", fix)
    elif not ended:
        found = "không có “./.”"
        fix = "Thêm “./.” cuối đoạn cuối cùng"
        yield Fault(place, quote_end(last), found, "kết thúc bằng “./.”", fix)
    elif len(ended) > 1:
        fix = "Xóa “./.” ở các đoạn phía trên"
        yield Fault(
            place, quote_end(ended[0]), f"“./.” xuất hiện {len(ended)} lần", "một lần, ở cuối nội dung", fix
        )
    elif ended[0] is not last:
        fix = "Chuyển “./.” xuống cuối đoạn cuối cùng"
        yield Fault(place, quote_end(ended[0]), "còn nội dung sau “./.”", "“./.” ở cuối đoạn cuối cùng", fix)
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
            fix = _sentence(how for _, how in wrong)
            yield Fault(mark.place, mark.piece, ", ".join(what for what, _ in wrong), right, fix)


def _is_title_of_part(piece: Piece, mark: Mark | None) -> bool:
    """Whether a line below a label is its title; a line of the label's own paragraph has no mark."""
    named = mark is None or mark.level == "text"
    return named and (piece.is_upper or piece.is_bold or _is_centred(piece))


def _sentence(parts: Iterable[str]) -> str:
    return first_letter_capital("; ".join(parts))


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
