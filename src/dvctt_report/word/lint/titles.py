"""The title of a document, the line under it, whom it addresses, and its bases "Căn cứ …;"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import key, unaccented
from dvctt_report.word.document import Document
from dvctt_report.word.lint.parts import Piece, Title, goes_on
from dvctt_report.word.nd30.kinds import BY_KEY, DECIDING, KINDS, LETTER, parts_not_missed
from dvctt_report.word.strokes import Stroke, typed_stroke

ADDRESSEE = lazy_pattern(r"kinh\s+gui\b")
ALSO_TO = lazy_pattern(r"dong\s+kinh\s+gui\b")
BASIS = lazy_pattern(r"(?:can cu|theo de nghi cua|xet de nghi)\b")
ENCLOSED = lazy_pattern(r"\(?\s*(?:ban hanh\s+)?kem theo\b")
_CALLED = lazy_pattern(r"(?:[^.;]{3,120}\s)?dien\s*:")
"""What calls the receivers of a telegram: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH A điện:". Source: A3, Mẫu 1.6."""
HEADING = lazy_pattern(r"(?:phan|chuong|muc|dieu)\s+(?:[ivxlc\d]+|thu\s+\w+)\b|[ivx]+\.")
_OTHER_NAME = lazy_pattern(
    r"(?:giấy|phiếu|thư|đơn|tờ khai|bản|bảng|danh sách|danh mục|lịch|đề cương|nội quy|điều lệ|lý lịch)\b"
)
_COUNTED = lazy_pattern(rf"{HEADING.pattern}|(?:\d{{1,2}}|[a-z])[.)/]|[-–+•]")
_WHOLE_ROW = 0.9
"""The share of a table's width that a cell alone in its row takes at least, paddings taken off."""
_LONG_NAME = 7
"""Letters from which a kind's name is known with one slip: "bao cao", but not "de an"."""
_LONG_TITLE = 300
_LONG_LINE = 120
_INDENTED = 5.0
"""A first line that begins so many mm further in is one of the text."""


DASH = lazy_pattern(r"[-–—+•*]\s*")
_ALSO = lazy_pattern(r"(?:xet|thuc hien|tren co so|theo|sau khi|duoc su)\b")
"""How a basis may open beside "Căn cứ" and "Theo đề nghị của"; sentences of the text often open so too."""
_CLAUSE = lazy_pattern(r"(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s")
_AMONG = 40
"""Paragraphs of the body among which the bases are looked for."""
_VERB = (
    r"(?:(?:đã|xin|kính|trân trọng|có|được|nay)\s+)*"
    r"(?:báo cáo|đề nghị|trình|ban hành|thông báo|xây dựng|tổ chức|triển khai|hướng dẫn|yêu cầu|ý kiến"
    r"|trả lời|phúc đáp|gửi|cung cấp|quyết định|đăng ký|tổng hợp|đề xuất|thống nhất|công bố|giới thiệu|mời|cử"
    r"|cấp|phê duyệt|giao|kiến nghị|nhận thấy|thấy|tiến hành|chủ trì|phối hợp|lập|thực hiện|rà soát"
    r"|thẩm định|gồm)\b"
)
_WHO = (
    r"(?:Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Sở|Ban|Bộ|Cục|Chi cục|Tổng cục|Văn phòng|Phòng|Trung tâm|Trường|Hội"
    r"|Công an|Bệnh viện|Viện|Thanh tra|Thuế|Kho bạc|Bảo hiểm|Đoàn|Tổ|Đảng ủy|Đảng uỷ|Chủ tịch|Giám đốc"
    r"|Hiệu trưởng|Tòa án|Hạt|Trạm|Quỹ|Công ty|Nhà trường|[Cc]húng tôi|[Tt]ôi)\b"
)
_ACTS = rf"{_WHO}(?:\s+(?!(?:tại|về|theo|số|ngày|trong|quy định)\b)[^\s,;.]+){{0,12}}?\s+{_VERB}"
_SAYS, _SAYS_ALONE = lazy_pattern(rf"[,;.]\s+{_ACTS}"), lazy_pattern(_ACTS)
"""Who does something on that basis: ", cơ quan A đề nghị …"; what a basis itself is about isn't meant."""
_DOES = lazy_pattern(rf"[,;.]\s+{_VERB}")


def undashed(line: Piece) -> str:
    """A line in lower case without marks, and without the dash before it."""
    return DASH.sub("", line.plain, count=1) if DASH.match(line.plain) else line.plain


def opens_basis(line: Piece) -> bool:
    """Whether a line opens as a basis always does; a dash before it doesn't matter."""
    return bool(BASIS.match(undashed(line)))


class Kind(NamedTuple):
    """A kind of the decree by its name ("Biên bản"), and the words of the title behind it ("họp")."""

    name: str
    behind: str


def kind_of(line: Piece) -> Kind | None:
    """The kind that a line names, alone or with some words behind it in capitals; None where it doesn't."""
    centred = line.paragraph.shape.align == "center"
    words = re.split(r"\s+v/v\b", line.key)[0].rstrip(" :.")
    if words in BY_KEY or words == key(LETTER):
        return Kind(BY_KEY.get(words, LETTER), "") if line.is_upper or centred else None
    if not (line.is_upper and centred) or len(line.text) > _LONG_LINE:
        return None
    known = max((k for k in BY_KEY if words.startswith(f"{k} ")), key=len, default="")
    if known:
        return Kind(BY_KEY[known], words.removeprefix(known).strip())
    # With wrong marks, or a letter too many or too few, it means a kind all the same.
    plain = unaccented(words) if line.is_bold else ""
    for name in KINDS if plain else ():
        right = unaccented(name)
        longer, shorter = max(plain, right, key=len), min(plain, right, key=len)
        slip = len(right) >= _LONG_NAME and len(longer) == len(shorter) + 1
        without_one = (longer[:i] + longer[i + 1 :] for i in range(len(longer)))
        if plain == right or (slip and shorter in without_one):
            return Kind(name, "")
    return None


def opens_text(line: Piece) -> bool:
    """Whether a line that stands beside nothing is a title: a kind, or the name of another paper."""
    return not stands_aside(line) and (kind_of(line) is not None or _is_other_name(line))


def stands_aside(line: Piece) -> bool:
    """Whether a line stands in a text box or a cell beside others; a row of one cell is a line like any."""
    cell = line.paragraph.cell
    if cell is None or line.paragraph.box is not None:
        return line.paragraph.box is not None
    return cell.width is None or cell.table.width is None or cell.width < _WHOLE_ROW * cell.table.width


def _is_other_name(line: Piece) -> bool:
    short = len(line.text) < _LONG_LINE and line.is_upper and line.paragraph.shape.align == "center"
    return short and bool(_OTHER_NAME.match(line.key))


def read_title(document: Document, lines: Sequence[Piece]) -> tuple[Title, int]:
    """Kind, subject, addressees, and how many lines they take."""
    if lines and kind_of(lines[0]) is None and _is_other_name(lines[0]):
        return Title(other=lines[0]), 1
    at = 0
    kind: Piece | None = None
    subject: list[Piece] = []
    if lines and kind_of(lines[0]):
        kind, at = lines[0], 1
        while at < len(lines) and (
            _is_subject(lines[at], subject, kind) or (subject and _is_above_line(document, lines, at))
        ):
            subject.append(lines[at])
            at += 1
    enclosed = _enclosed_in(lines, at) if kind is not None else ()
    at += len(enclosed)
    line, at = _line_under(document, kind, subject, lines, at) if kind is not None else (None, at)
    if line is not None and not enclosed:
        enclosed = _enclosed_in(lines, at)
        at += len(enclosed)
    addressee, addressees, at = _addressees(lines, at)
    return Title(kind, None, tuple(subject), line, enclosed, addressee, addressees), at


def _is_subject(line: Piece, before: Sequence[Piece], kind: Piece) -> bool:
    """Whether a line below the kind, or below the subject's lines ``before`` it, is one of the subject."""
    shape = line.paragraph.shape
    if typed_stroke(line.text) or stands_aside(line) or len(line.text) > _LONG_TITLE or _opens_other(line):
        return False
    if not before:
        if shape.align != "center" and (line.text.endswith((":", ";")) or _is_text(line, kind)):
            return False
        return not (line.is_upper and re.match(r"(bo truong|chu tich|giam doc|uy ban|hoi dong)", line.plain))
    if line.paragraph.cell is not before[0].paragraph.cell:
        return False
    same = line.paragraph is before[-1].paragraph
    if not same and (before[-1].paragraph.strokes or HEADING.match(line.plain)):
        return False
    centred = shape.align == "center" and before[0].paragraph.shape.align == "center"
    return same or (centred and not line.is_upper and line.any_bold == before[0].any_bold)


def _opens_other(line: Piece) -> bool:
    return any(pattern.match(line.plain) for pattern in (ADDRESSEE, BASIS, ENCLOSED, _CALLED))


def _is_text(line: Piece, kind: Piece) -> bool:
    """Whether a line below the kind that is set like text is text: its place alone tells a subject.

    A kind that has to have a subject has it there; text ends in a sign, is counted, or longer than a title.
    """
    if line.paragraph.shape.first <= _INDENTED:
        return False
    named = kind_of(kind)
    if named is None or "subject" in parts_not_missed(named.name, words_behind=len(named.behind.split())):
        return True
    long = len(line.text) > _LONG_LINE and not line.any_bold
    return long or line.text.endswith((".", ",")) or bool(_COUNTED.match(line.plain))


def _is_above_line(document: Document, lines: Sequence[Piece], at: int) -> bool:
    """Whether a line goes on with the subject, though in another weight: the line below stands under it."""
    one, other = lines[at - 1 : at + 1]
    if one.paragraph.strokes or one.paragraph.cell is not other.paragraph.cell or other.is_upper:
        return False
    if any(line.paragraph.shape.align != "center" for line in (one, other)) or other.text[:1] in "([*":
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    until = below.paragraph.number if below else len(document.paragraphs)
    drawn = any(p.strokes for p in document.paragraphs[other.paragraph.number : until])
    named = typed_stroke(other.text) or _opens_other(other) or HEADING.match(other.plain)
    return not named and (drawn or bool(below and typed_stroke(below.text)))


def _enclosed_in(lines: Sequence[Piece], at: int) -> tuple[Piece, ...]:
    """The line "(Ban hành kèm theo Quyết định số …)" and those that go on with it up to its bracket."""
    if at >= len(lines) or not ENCLOSED.match(lines[at].plain):
        return ()
    end = at + 1
    opened = lines[at].text.startswith("(")
    while (
        opened
        and end < min(at + 4, len(lines))
        and not lines[end - 1].text.rstrip(" .").endswith(")")
        and lines[end].paragraph.shape.align == "center"
    ):
        end += 1
    return tuple(lines[at:end])


def _line_under(
    document: Document, kind: Piece, subject: Sequence[Piece], lines: Sequence[Piece], at: int
) -> tuple[Stroke | None, int]:
    """The line under the subject: drawn in its paragraphs or the next one, or typed below."""
    typed: Stroke | None = None
    if at < len(lines) and (drawn := typed_stroke(lines[at].text)):
        typed, at = Stroke(drawn, lines[at].width, lines[at].paragraph.element), at + 1
    until = lines[at].paragraph.number if at < len(lines) else kind.paragraph.number + len(subject) + 1
    between = document.paragraphs[kind.paragraph.number : until]
    strokes = [stroke for paragraph in between for stroke in paragraph.strokes]
    if not strokes and at < len(lines):
        strokes = [s for s in lines[at].paragraph.strokes if s.drawn in ("shape", "dotted")]
    if not strokes and typed is None and any(s.face.underline for p in subject for s in p.visible):
        return Stroke("underline", None), at
    return (strokes[0] if strokes else typed), at


def _addressees(lines: Sequence[Piece], at: int) -> tuple[Piece | None, tuple[Piece, ...], int]:
    """ "Kính gửi" and those it names; it may stand some lines below in a letter."""
    ahead = range(at, min(at + 3, len(lines)))
    calls = (i for i in ahead if ADDRESSEE.match(lines[i].plain) or _CALLED.fullmatch(lines[i].plain))
    first = next(calls, None)
    if first is None:
        return None, (), at
    end, entry = first + 1, lines[first]
    while end < len(lines) and not opens_basis(lines[end]):
        line = lines[end]
        as_text = line.paragraph.shape.align == "both" or line.paragraph.shape.first > _INDENTED
        short = len(line.text) <= _LONG_LINE and not as_text and not line.text.endswith(":")
        if short and len(line.text) < _LONG_LINE and goes_on((entry,), line):
            end += 1  # an addressee that was broken by hand
            continue
        # One of several that was typed without its dash ends like one, or stands between others.
        behind = line.text.endswith(";") or (end > first + 1 and lines[end - 1].text.endswith(";"))
        among = behind or any(map(_is_entry, lines[end + 1 : end + 2]))
        if not _is_entry(line) and not (short and among and lines[first].text.endswith(":")):
            break
        entry = line
        end += 1
    return lines[first], tuple(lines[first + 1 : end]), end


def _is_entry(line: Piece) -> bool:
    return bool(re.match(r"[-–+•]\s*\S", line.text) or ALSO_TO.match(line.plain))


def read_bases(body: Sequence[Piece], kind: str) -> tuple[Piece, ...]:
    """The paragraphs that are bases of a document of this kind: one list of clauses, above all headings."""
    found: list[Piece] = []
    for line in body[:_AMONG]:
        is_counted = HEADING.match(line.plain) or _CLAUSE.match(line.plain)
        if found and (is_counted or not _goes_on(found[-1], line, kind)):
            break
        if is_counted:
            return ()
        also = _ALSO.match(undashed(line)) and line.text.endswith(";")
        if found or ((opens_basis(line) or also) and not _is_sentence(line, kind)):
            found.append(line)
    # One line alone may be the first half of a sentence.
    whole = len(found) > 1 or any(kind in DECIDING or line.is_italic for line in found)
    ended = any(line.text.endswith((";", ",")) for line in found)
    return tuple(found) if whole or (ended and not text_goes_on(body, found)) else ()


def clauses_go_on(body: Sequence[Piece], bases: Sequence[Piece]) -> bool:
    """Whether one more reason stands below the bases, as the begin of a sentence: "Theo đề nghị của …, …"."""
    return any(opens_basis(line) or _ALSO.match(undashed(line)) for line in _next(body, bases))


def text_goes_on(body: Sequence[Piece], bases: Sequence[Piece]) -> bool:
    """Whether the sentence that the bases open goes on below: "Theo đề nghị của …, cơ quan A … như sau:"."""
    return any(_SAYS_ALONE.match(line.text) for line in _next(body, bases)) or clauses_go_on(body, bases)


def _next(body: Sequence[Piece], bases: Sequence[Piece]) -> Sequence[Piece]:
    at = next((n for n, line in enumerate(body) if bases and line is bases[-1]), len(body))
    return body[at + 1 : at + 2]


def _goes_on(above: Piece, line: Piece, kind: str) -> bool:
    """Whether a line is one more basis below another: by its words, else by how both end and slant."""
    if _is_sentence(line, kind) or line.is_upper:
        return False
    open_, ended = not above.text.endswith("."), line.text.endswith(";")
    alike = above.is_italic and line.is_italic
    if opens_basis(line):
        return open_ or alike or not above.is_italic or ended
    if _ALSO.match(undashed(line)):
        return open_ or alike or ended
    return open_ and alike and line.text.endswith((";", "."))


def _is_sentence(line: Piece, kind: str) -> bool:
    """Whether a line says what is done on the basis that it names, so that it is text."""
    if line.text.endswith(";"):
        return False
    if re.search(r"\bsau(?: đây)?\s*:$", line.text):
        return True
    says = _SAYS.search(line.text) or (line.text.endswith(":") and _DOES.search(line.text))
    return kind not in DECIDING and bool(says)
