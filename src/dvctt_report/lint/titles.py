"""The title of a document: its kind, its subject and the line under it, and whom it addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dvctt_report.lint.parts import Title
from dvctt_report.lint.pieces import Piece, goes_on
from dvctt_report.nd30.kinds import BY_KEY, KINDS, LETTER, parts_not_missed
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import key, unaccented
from dvctt_report.word.document import Document
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
_ENTRY = lazy_pattern(r"[-–+•]\s*\S")
_WHOLE_ROW = 0.9
"""The share of a table's width that a cell alone in its row takes at least, paddings taken off."""
_LONG_NAME = 7
"""Letters from which a kind's name is known with one slip: "bao cao", but not "de an"."""
_LONG_TITLE = 300
_LONG_LINE = 120
_INDENTED = 5.0
"""A first line that begins so many mm further in is one of the text."""


DASH = lazy_pattern(r"[-–—+•*]\s*")


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
    if not known and line.is_bold and (meant := _meant(unaccented(words))):
        return Kind(meant, "")
    return Kind(BY_KEY[known], words.removeprefix(known).strip()) if known else None


def _meant(words: str) -> str:
    """The kind that a title with wrong marks, or a letter too many or too few, means; "": none."""
    for name in KINDS:
        right = unaccented(name)
        longer, shorter = max(words, right, key=len), min(words, right, key=len)
        slip = len(right) >= _LONG_NAME and len(longer) == len(shorter) + 1
        if words == right or (
            slip and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
        ):
            return name
    return ""


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
    line, at = _line_under(document, kind, subject, lines, at + len(enclosed))
    if line is not None and not enclosed:
        enclosed = _enclosed_in(lines, at)
        at += len(enclosed)
    addressee, addressees, at = _addressees(lines, at)
    return Title(kind, None, tuple(subject), line, enclosed, addressee, addressees), at


def _is_subject(line: Piece, before: Sequence[Piece], kind: Piece) -> bool:
    if typed_stroke(line.text) or stands_aside(line):
        return False
    starts = (ADDRESSEE, BASIS, ENCLOSED, _CALLED)
    if any(pattern.match(line.plain) for pattern in starts) or len(line.text) > _LONG_TITLE:
        return False
    shape = line.paragraph.shape
    if not before:
        if shape.align != "center" and (line.text.endswith((":", ";")) or _opens_text(line, kind)):
            return False
        return not (line.is_upper and re.match(r"(bo truong|chu tich|giam doc|uy ban|hoi dong)", line.plain))
    if line.paragraph.cell is not before[0].paragraph.cell:
        return False
    same = line.paragraph is before[-1].paragraph
    if not same and (before[-1].paragraph.strokes or HEADING.match(line.plain)):
        return False
    centred = shape.align == "center" and before[0].paragraph.shape.align == "center"
    return same or (centred and not line.is_upper and line.any_bold == before[0].any_bold)


def _opens_text(line: Piece, kind: Piece) -> bool:
    """Whether a line below the kind that is set like text is text: its place alone tells a subject.

    A kind that has to have a subject has it there; text ends in a sign, is counted, or longer than a title.
    """
    if line.paragraph.shape.first <= _INDENTED:
        return False
    named = kind_of(kind)
    words_behind = len(named.behind.split()) if named else 0
    if named is None or "subject" in parts_not_missed(named.name, words_behind=words_behind):
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
    plain = (ADDRESSEE, BASIS, ENCLOSED, _CALLED, HEADING)
    named = typed_stroke(other.text) or any(pattern.match(other.plain) for pattern in plain)
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
    document: Document, kind: Piece | None, subject: Sequence[Piece], lines: Sequence[Piece], at: int
) -> tuple[Stroke | None, int]:
    """The line under the subject: drawn in its paragraphs or the next one, or typed below."""
    if kind is None:
        return None, at
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
    for ahead in range(at, min(at + 3, len(lines))):
        if ADDRESSEE.match(lines[ahead].plain) or _CALLED.fullmatch(lines[ahead].plain):
            end, entry = ahead + 1, lines[ahead : ahead + 1]
            while (
                end < len(lines)
                and not opens_basis(lines[end])
                and (_is_entry(lines[end]) or _is_rest(entry, lines[end]) or _lacks_dash(lines, ahead, end))
            ):
                entry = entry if _is_rest(entry, lines[end]) else lines[end : end + 1]
                end += 1
            return lines[ahead], tuple(lines[ahead + 1 : end]), end
    return None, (), at


def _is_entry(line: Piece) -> bool:
    return bool(_ENTRY.match(line.text) or ALSO_TO.match(line.plain))


def _lacks_dash(lines: Sequence[Piece], first: int, at: int) -> bool:
    """Whether a line below "Kính gửi:" is one addressee of several that was typed without its dash.

    It ends like one, ";", or stands between others as the last of them does.
    """
    line = lines[at]
    if not lines[first].text.endswith(":") or len(line.text) > _LONG_LINE or _is_set_as_text(line):
        return False
    last = at > first + 1 and lines[at - 1].text.endswith(";")
    return line.text.endswith(";") or last or (at + 1 < len(lines) and _is_entry(lines[at + 1]))


def _is_set_as_text(line: Piece) -> bool:
    shape = line.paragraph.shape
    return shape.align == "both" or shape.first > _INDENTED or line.text.endswith(":")


def _is_rest(entry: Sequence[Piece], line: Piece) -> bool:
    """Whether a line goes on with an addressee that was broken by hand; text is set otherwise."""
    return len(line.text) < _LONG_LINE and not _is_set_as_text(line) and goes_on(entry, line)
