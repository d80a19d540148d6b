"""What stands above the text: letterhead, stamps, title, whom it addresses, and its bases "Căn cứ …;"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import NamedTuple

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import key, unaccented
from dvctt_report.word import nd30
from dvctt_report.word.document import Document, Stroke, typed_stroke
from dvctt_report.word.lint.parts import Letterhead, Number, Paper, Piece, Title, goes_on
from dvctt_report.word.lint.patterns import LISTS, patterns_of

_RE, _LISTS = patterns_of("top"), LISTS["top"]

_COUNT = r"\d{1,2}|[ivx]+|nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi|cuoi"
_KIND = "|".join(re.escape(unaccented(kind)) for kind in (*nd30.KINDS, "văn bản", "công văn"))
_DRAFT = lazy_pattern(
    rf"(?:ban\s+)?(?:du thao|nhap)(?P<kind>\s+(?:{_KIND}))?"
    rf"(?:[\s,-]+\(?(?:(?:lan|so|ban)\s*)?(?:thu\s+)?(?:{_COUNT})\)?)?"
    r"(?:[\s,-]+\(?ngay\s+[\d\s/.-]+(?:thang\s+\d+\s+nam\s+\d+)?\)?)?"
    r"|draft(?:\s+\d{1,2})?"
)
WORDS_OF_DRAFT = ("du thao", "nhap", "draft")  # One of these every mark of a draft has, without its marks
_LONGEST = 100
"""Characters of the longest mark: "DỰ THẢO BÁO CÁO LẦN THỨ HAI, NGÀY 05 THÁNG 11 NĂM 2025" has 54."""
DRAFT_BEHIND = lazy_pattern(r"[(\[]\s*(?:ban\s+)?(?:du thao|nhap)\b[^)\]]*[)\]]$")
MATTER = lazy_pattern(r"[(\[]?\s*(?:v\s*[/\\|.-]?\s*v(?!\w)|ve viec\b)")
"""How the subject of a letter opens, rightly or not: "V/v", "(V/v", "VV", "V.v", "Về việc"."""
_SHORTEST = 1.25
NAME_OF_AGENCY = _RE["name_of_agency"]
HEADED_BY: list[tuple[str, str, str]] = _LISTS["headed_by"]
TITLES = frozenset((*(title for _, title, _ in HEADED_BY), *_LISTS["other_titles"]))
COMMITTEE = lazy_pattern(r"(?:uy ban nhan dan|ubnd)\b")
COMMUNE = lazy_pattern(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd) (?:xa|phuong|dac khu)\b")
"""A commune's committee or council."""
COUNCIL = lazy_pattern(r"(?:thuong truc )?(?:hoi dong nhan dan|hdnd)\b")
_SHORT = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "vp": "văn phòng"}
_RANKS = r"(?:pho|quyen|q)[\s.]+"


def is_draft_mark(text: str) -> bool:
    """Whether a line says nothing but that this is a draft, the first or the n-th, as of a day or not.

    With the kind of document behind it, it must be in capitals: "Dự thảo báo cáo" may name another document.
    """
    mark = _DRAFT.fullmatch(unaccented(text).strip(" .:;()[]*-")) if len(text) <= _LONGEST else None
    return mark is not None and (not mark["kind"] or text.isupper())


def is_stamp(text: str) -> bool:
    """Whether a line is a mark that has a colour and frame of its own: urgency, secrecy, draft."""
    lasting = len(text) <= _LONGEST and _RE["lasting"].fullmatch(unaccented(text).strip(" .()"))
    return bool(lasting) or is_draft_mark(text)


def read_letterhead(document: Document, front: Sequence[Piece]) -> Letterhead:
    """Find the parts among the lines above the title."""
    state = next((p for p in front if _RE["state"].search(p.plain)), None)
    motto = next((p for p in front if _RE["motto"].search(p.plain)), None)
    number = next((p for p in front if _RE["number"].match(p.plain) and len(p.text) < 80), None)
    dated = [p for p in front if p is not number and len(p.text) < 90]
    place_date = next((p for p in dated if _RE["date"].search(p.plain)), None)
    place_date = place_date or next((p for p in dated if _RE["date_alone"].fullmatch(p.plain)), None)
    # "V/v …" and the lines that go on with it in the same paragraph or cell.
    opening = list(dropwhile(lambda p: not MATTER.match(p.plain), front))
    matter = opening[:1]
    for piece in opening[1:]:
        same, other = opening[0].paragraph, piece.paragraph
        in_cell = same.cell is not None and (same.cell, same.box, 0) == (other.cell, other.box, piece.column)
        if (other is not same and not in_cell) or typed_stroke(piece.text) or is_stamp(piece.text):
            break
        matter.append(piece)
    # The state name may go on in a line of its own.
    rests = [p for p in front if p is not state and p.plain in ("viet nam", "nam", "nghia viet nam")]
    broken = state is not None and "viet nam" not in state.plain and bool(rests)
    # The lines that name agencies: those left over above the number, in the number's cell or beside it.
    beside = state.paragraph.cell if state else None
    agencies = [
        piece
        for piece in takewhile(lambda p: p is not number, front)
        if piece not in (state, motto, place_date, *matter, *rests)
        and not typed_stroke(piece.text)
        and not is_stamp(piece.text)
        and re.search(r"[a-z]{2}", piece.plain)
        and (beside is None or piece.paragraph.cell is not beside)
    ]
    parent, issuer = _divide(agencies[:6])
    motto_line, issuer_line = _strokes_under(document, front, motto, issuer or parent)
    parts = (state, motto, parent, issuer, number, place_date, tuple(matter))
    return Letterhead(*parts, motto_line, issuer_line, broken)


def _divide(lines: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Tell the superior body's lines from the issuer's, by the words and only then by the weight."""
    if _are_joint(lines):
        return (), tuple(lines)
    if len(lines) > 1 and _RE["place_line"].match(lines[0].plain) and _RE["committee"].match(lines[1].plain):
        return tuple(lines[:1]), tuple(lines[1:])
    if len(lines) > 1 and _RE["parent"].match(lines[0].plain):
        at = 1
        while (
            at < len(lines)
            and (_RE["place_line"].match(lines[at].plain) or lines[at].paragraph is lines[0].paragraph)
            and not _RE["agency"].match(lines[at].plain)
        ):
            at += 1
        if at < len(lines) and (
            _RE["agency"].match(lines[at].plain) or lines[at].is_bold != lines[0].is_bold
        ):
            return tuple(lines[:at]), tuple(lines[at:])
    # The lines above the first bold one, all of them regular, are the superior's.
    at = next((i for i, p in enumerate(lines) if p.is_bold), 0)
    regular = at > 0 and all(not p.any_bold for p in lines[:at])
    return (tuple(lines[:at]), tuple(lines[at:])) if regular else ((), tuple(lines))


def is_joint(issuer: Sequence[Piece]) -> bool:
    """Whether the names of several bodies of one rank stand for the issuer, in lines or beside a dash."""
    return _are_joint(issuer) or any(re.search(r"\s[-–]\s", line.text) for line in issuer)


def _are_joint(lines: Sequence[Piece]) -> bool:
    """Whether bodies issue it together, all in bold: each a "SỞ" or "BỘ", or a dash behind the first."""
    if len(lines) < 2 or not all(p.is_bold for p in lines):
        return False
    ranks = {line.plain.split()[0] for line in lines}
    return ranks in ({"so"}, {"bo"}) or bool(re.search(r"\s[-–]$", lines[0].text))


def _strokes_under(
    document: Document, front: Sequence[Piece], motto: Piece | None, issuer: Sequence[Piece]
) -> tuple[Stroke | None, Stroke | None]:
    """The lines under motto and issuer: of their own cell or box first, the others by their length."""
    last = max((p.paragraph.number for p in front), default=-1)
    bare = takewhile(lambda p: not p.text.strip(), document.paragraphs[last + 1 :])
    drawn = [(s, p.cell, p.box) for p in (*document.paragraphs[: last + 1], *bare) for s in p.strokes]
    for piece in front:
        if kind := typed_stroke(piece.text):
            alone = piece.raw.strip() == piece.paragraph.text.strip()
            element = piece.paragraph.element if alone else None
            drawn.append((Stroke(kind, piece.width, element), piece.paragraph.cell, piece.paragraph.box))
    parts = (motto, issuer[-1] if issuer else None)
    lines: list[Stroke | None] = [None, None]
    for at, part in enumerate(parts):
        if part is not None and (part.paragraph.cell is not None or part.paragraph.box is not None):
            place = (getattr(part.paragraph.cell, "column", None), part.paragraph.box)
            own_stroke = next((d for d in drawn if (getattr(d[1], "column", None), d[2]) == place), None)
            if own_stroke is not None:
                drawn.remove(own_stroke)
                lines[at] = own_stroke[0]
    # Those that stand nowhere in particular are of the parts that still lack one: the longest of the motto.
    loose = sorted((d[0] for d in drawn), key=lambda stroke: -(stroke.length or 0))
    if lines == [None, None] and len(loose) == 1 and motto is not None:
        lines[0 if (loose[0].length or 0) * _SHORTEST > motto.width else 1] = loose[0]
    elif loose:
        lines[0] = lines[0] or loose.pop(0)
        lines[1] = lines[1] or (loose.pop() if loose else None)
    for at, part in enumerate(parts):
        if lines[at] is None and part is not None and any(s.face.underline for s in part.visible):
            lines[at] = Stroke("underline", None)
    return lines[0], lines[1]


def issuer_of(paper: Paper) -> str:
    """The issuer's name in one line, without marks."""
    return " ".join(line.plain for line in paper.head.issuer)


def title_in(words: str) -> str:
    """The one of the known titles that a line is, without a deputy's "PHÓ"; "" where it is another."""
    plain = re.sub(rf"^{_RANKS}", "", unaccented(words).strip(" .")).removesuffix(" thuong truc")
    return next((t for t in sorted(TITLES, key=len, reverse=True) if f"{plain} ".startswith(f"{t} ")), "")


def words_of(names: str | Sequence[Piece]) -> frozenset[str]:
    """The words of names by their keys, written out: "UBND tỉnh A" has those of "ỦY BAN NHÂN DÂN TỈNH A"."""
    spelt = key(names if isinstance(names, str) else " ".join(line.text for line in names))
    for short, written in _SHORT.items():
        spelt = re.sub(rf"\b{short}\b", key(written), spelt)
    return frozenset(re.findall(r"\w+", spelt)) - {"và", "của"}


TITLE_WORDS = words_of(_LISTS["title_words"])
PLACE_WORDS = words_of("tỉnh thành phố xã phường đặc khu huyện")


def symbol_of(number: Number) -> str:
    """The symbol without a year that stands before it."""
    return re.sub(r"^20\d\d\s*/\s*", "", number.symbol)


def with_hyphens(symbol: str, issuer: str) -> str:
    """A symbol with plain hyphens between its groups, whatever stands there: "QĐ.UBND", "BC – SNV".

    ``issuer``: the letters of the issuer's name. A dot is such a sign behind the first group alone, where
    that is a kind's or the issuer's letters; within an agency's letters ("TT.HĐND") it is the agency's.
    """
    plain = re.sub(r"(?<=[^\W_])\s*[–—_]\s*(?=[^\W_])|\s*-\s*", "-", symbol)
    first = re.match(r"\w+", plain)
    if first is not None and (first[0] in nd30.BY_ABBREVIATION or first[0] == issuer):
        return re.sub(r"^(\w+)\s*[.,\s]\s*(?=\w)", r"\1-", plain)
    return plain


def issuer_letters(head: Letterhead) -> str:
    """The letters of the issuer's name as the letterhead gives it: "SNV", "UBND"; "" where it names none."""
    return abbreviation(" ".join(p.text for p in head.issuer))


def abbreviation(agency: str) -> str:
    """The letters of an agency's name as symbols give them: "SỞ NỘI VỤ" → "SNV", without its place's name."""
    for letters, body in nd30.WRITTEN_OUT.items():
        if key(agency).startswith((key(body), key(letters))):
            return letters
    words = [word for word in re.findall(r"\w+", agency.upper()) if word != "VÀ"]
    return "".join(word[0] for word in words)


ADDRESSEE = lazy_pattern(r"kinh\s+gui\b")
ALSO_TO = lazy_pattern(r"dong\s+kinh\s+gui\b")
BASIS = lazy_pattern(r"(?:can cu|theo de nghi cua|xet de nghi)\b")
ENCLOSED = lazy_pattern(r"\(?\s*(?:ban hanh\s+)?kem theo\b")
HEADING = lazy_pattern(r"(?:phan|chuong|muc|dieu)\s+(?:[ivxlc\d]+|thu\s+\w+)\b|[ivx]+\.")
_COUNTED = lazy_pattern(rf"{HEADING.pattern}|(?:\d{{1,2}}|[a-z])[.)/]|[-–+•]")
_OTHERS = (ADDRESSEE.pattern, BASIS.pattern, ENCLOSED.pattern, _RE["called"].pattern)
_OPENS_OTHER = lazy_pattern("|".join(_OTHERS))
_WHOLE_ROW = 0.9
"""The share of a table's width that a cell alone in its row takes at least, paddings taken off."""
_LONG_NAME = 7  # Letters from which a kind's name is known with one slip: "bao cao", but not "de an"
_LONG_TITLE = 300
_LONG_LINE = 120
_INDENTED = 5.0  # A first line that begins so many mm further in is one of the text


DASH = lazy_pattern(r"[-–—+•*]\s*")
_AMONG = 40  # Paragraphs of the body among which the bases are looked for


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
    words = re.split(r"\s+v/v\b", line.key)[0].rstrip(" :.")
    if words in nd30.BY_KEY or words == key(nd30.LETTER):
        return Kind(nd30.BY_KEY.get(words, nd30.LETTER), "") if line.is_upper or line.is_centred else None
    if not (line.is_upper and line.is_centred) or len(line.text) > _LONG_LINE:
        return None
    known = max((k for k in nd30.BY_KEY if words.startswith(f"{k} ")), key=len, default="")
    if known:
        return Kind(nd30.BY_KEY[known], words.removeprefix(known).strip())
    # With wrong marks, or a letter too many or too few, it means a kind all the same.
    plain = unaccented(words) if line.is_bold else ""
    for name in nd30.KINDS if plain else ():
        right = unaccented(name)
        longer, shorter = max(plain, right, key=len), min(plain, right, key=len)
        slip = len(right) >= _LONG_NAME and len(longer) == len(shorter) + 1
        if plain == right or (slip and shorter in (longer[:i] + longer[i + 1 :] for i in range(len(longer)))):
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
    short = len(line.text) < _LONG_LINE and line.is_upper and line.is_centred
    return short and bool(_RE["other_name"].match(line.key))


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
    # The line under the subject: drawn in its paragraphs or the next one, or typed below.
    line: Stroke | None = None
    if kind is not None:
        if at < len(lines) and (drawn := typed_stroke(lines[at].text)):
            line, at = Stroke(drawn, lines[at].width, lines[at].paragraph.element), at + 1
        until = lines[at].paragraph.number if at < len(lines) else kind.paragraph.number + len(subject) + 1
        between = document.paragraphs[kind.paragraph.number : until]
        strokes = [stroke for paragraph in between for stroke in paragraph.strokes]
        if not strokes and at < len(lines):
            strokes = [s for s in lines[at].paragraph.strokes if s.drawn in ("shape", "dotted")]
        if not strokes and line is None and any(s.face.underline for p in subject for s in p.visible):
            line = Stroke("underline", None)
        line = strokes[0] if strokes else line
    if line is not None and not enclosed:
        enclosed = _enclosed_in(lines, at)
        at += len(enclosed)
    addressee, addressees, at = _addressees(lines, at)
    return Title(kind, None, tuple(subject), line, enclosed, addressee, addressees), at


def _is_subject(line: Piece, before: Sequence[Piece], kind: Piece) -> bool:
    """Whether a line below the kind, or below the subject's lines ``before`` it, is one of the subject."""
    if (
        typed_stroke(line.text)
        or stands_aside(line)
        or len(line.text) > _LONG_TITLE
        or _OPENS_OTHER.match(line.plain)
    ):
        return False
    if not before:
        # Set like text it is text, unless a kind that needs a subject has it there: that is short, not
        # counted, and ends in no sign.
        is_text = line.paragraph.shape.first > _INDENTED
        if is_text and (named := kind_of(kind)) is not None:
            may_lack = nd30.parts_not_missed(named.name, words_behind=len(named.behind.split()))
            long = len(line.text) > _LONG_LINE and not line.any_bold
            signed = line.text.endswith((".", ",")) or _COUNTED.match(line.plain)
            is_text = "subject" in may_lack or long or bool(signed)
        if not line.is_centred and (line.text.endswith((":", ";")) or is_text):
            return False
        return not (line.is_upper and re.match(r"(bo truong|chu tich|giam doc|uy ban|hoi dong)", line.plain))
    if line.paragraph.cell is not before[0].paragraph.cell:
        return False
    same = line.paragraph is before[-1].paragraph
    if not same and (before[-1].paragraph.strokes or HEADING.match(line.plain)):
        return False
    is_alike = not line.is_upper and line.any_bold == before[0].any_bold
    return same or (line.is_centred and before[0].is_centred and is_alike)


def _is_above_line(document: Document, lines: Sequence[Piece], at: int) -> bool:
    """Whether a line goes on with the subject, though in another weight: the line below stands under it."""
    above, candidate = lines[at - 1 : at + 1]
    if above.paragraph.strokes or above.paragraph.cell is not candidate.paragraph.cell or candidate.is_upper:
        return False
    if not (above.is_centred and candidate.is_centred) or candidate.text[:1] in "([*":
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    until = below.paragraph.number if below else len(document.paragraphs)
    drawn = any(p.strokes for p in document.paragraphs[candidate.paragraph.number : until])
    named = (
        typed_stroke(candidate.text) or _OPENS_OTHER.match(candidate.plain) or HEADING.match(candidate.plain)
    )
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
        and lines[end].is_centred
    ):
        end += 1
    return tuple(lines[at:end])


def _addressees(lines: Sequence[Piece], at: int) -> tuple[Piece | None, tuple[Piece, ...], int]:
    """ "Kính gửi" and those it names; it may stand some lines below in a letter."""
    ahead = range(at, min(at + 3, len(lines)))
    calls = (i for i in ahead if ADDRESSEE.match(lines[i].plain) or _RE["called"].fullmatch(lines[i].plain))
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
        among = behind or any(_RE["entry"].match(below.plain) for below in lines[end + 1 : end + 2])
        if not _RE["entry"].match(line.plain) and not (short and among and lines[first].text.endswith(":")):
            break
        entry = line
        end += 1
    return lines[first], tuple(lines[first + 1 : end]), end


def read_bases(body: Sequence[Piece], kind: str) -> tuple[Piece, ...]:
    """The paragraphs that are bases of a document of this kind: one list of clauses, above all headings."""
    bases: list[Piece] = []
    for line in body[:_AMONG]:
        is_counted = HEADING.match(line.plain) or _RE["clause"].match(line.plain)
        opens, also = opens_basis(line), _RE["also"].match(undashed(line))
        ended = line.text.endswith(";")
        # It may say what is done on the basis that it names, so that it is text.
        does = _RE["says"].search(line.text) or (line.text.endswith(":") and _RE["does"].search(line.text))
        opened = re.search(r"\bsau(?: đây)?\s*:$", line.text)
        says = not ended and bool(opened or (does and kind not in nd30.DECIDING))
        if bases:
            # One more below another: by its words, else by how both end and slant.
            open_, alike = not bases[-1].text.endswith("."), bases[-1].is_italic and line.is_italic
            goes_on = open_ or alike or ended or (opens and not bases[-1].is_italic)
            if not opens and not also:
                goes_on = open_ and alike and line.text.endswith((";", "."))
            if is_counted or says or line.is_upper or not goes_on:
                break
        elif is_counted:
            return ()
        if bases or ((opens or (also and ended)) and not says):
            bases.append(line)
    # One line alone may be the first half of a sentence.
    whole = len(bases) > 1 or any(kind in nd30.DECIDING or line.is_italic for line in bases)
    is_listed = any(line.text.endswith((";", ",")) for line in bases)
    return tuple(bases) if whole or (is_listed and not goes_on_below(body, bases)[0]) else ()


def goes_on_below(body: Sequence[Piece], bases: Sequence[Piece]) -> tuple[bool, bool]:
    """Whether the sentence that the bases open goes on below them, and whether by one more reason.

    "Theo đề nghị của …, cơ quan A … như sau:" is such a reason, "cơ quan A đề nghị …" the sentence itself.
    """
    at = next((n for n, line in enumerate(body) if bases and line is bases[-1]), len(body))
    below = body[at + 1 : at + 2]
    by_reason = any(opens_basis(line) or _RE["also"].match(undashed(line)) for line in below)
    return by_reason or any(_RE["says_alone"].match(line.text) for line in below), by_reason
