"""Names that a document tells more than once, each time written otherwise; its first and last sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, takewhile

from dvctt_report.catalogue import catalogue
from dvctt_report.lint.check import HERE, quote
from dvctt_report.lint.figure_tables import Grid, grids
from dvctt_report.lint.offices import (
    NAMED,
    OPENINGS,
    PLACE_WORDS,
    Doubt,
    is_slip_of,
    letterhead_words,
    title_in,
    words_of,
)
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.structure import marks
from dvctt_report.patterns import begun, lazy_pattern
from dvctt_report.vietnamese import CAPITALS, key, unaccented

WORD = rf"[{CAPITALS}][^\W\d_]*"
"""A word of a name."""
_PERSON = lazy_pattern(
    r"(?:\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|Giám đốc(?: Sở)?|Chủ tịch|Hiệu trưởng)|:)\s+"
    r"(?!(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\b)"
    rf"(?P<name>{WORD}(?: {WORD}){{1,4}})"
)
_OPENED = begun(*(rf"{name[0]}(?<!Điều lệ .){name[1:]}" for name in OPENINGS))
_BODY = lazy_pattern(
    rf"(?:{_OPENED})\b(?! (?:hành|nghị|thảo|viên|luật|phận|hợp|tiêu)\b)(?: (?!và\b)[^\W\d_]+){{2,7}}"
)
"""A body by its name; "Điều lệ Trường tiểu học" is that of all such schools."""
_FEW = 4
"""Persons of a document in which two of nearly one name are taken for one; lists have real ones."""
_SHORTEST, _FEWEST = 3, 3
"""Words of a person's name, and of a body's, that have to be the same."""


@lru_cache(maxsize=4)
def persons_told(paper: Paper) -> tuple[tuple[str, Piece], ...]:
    """The persons whom the text names, each with the line."""
    lines = paper.text.holding(_MAY_BE_PERSON)
    return tuple((m["name"], piece) for piece in lines for m in _PERSON.finditer(piece.text))


_MAY_BE_PERSON = lazy_pattern(
    rf"(?:ông|Ông|bà|Bà|đồng chí|Đồng chí|Giám đốc(?: Sở)?|Chủ tịch|Hiệu trưởng|:) {WORD} {WORD}"
)
_MAY_BE_CALLED = lazy_pattern(rf"(?:ông|Ông|bà|Bà|đồng chí|Đồng chí):? {WORD} {WORD}")


def persons(paper: Paper) -> Iterator[Doubt]:
    """One person of the text who is written in two ways: "ông Hồ Đắc Minh", "ông Hồ Đắc Ming"."""
    known: dict[str, tuple[str, Piece]] = {}
    for name, piece in persons_told(paper):
        known.setdefault(key(name), (name, piece))
    if not 1 < len(known) <= _FEW:
        return
    told = sorted(known.values(), key=lambda one: one[1].paragraph.number)
    for at, (name, piece) in enumerate(told):
        for other, where in told[:at]:
            if where is not piece and _are_one(name, other):
                what = f"“{name}”, chỗ trước ghi “{other}”"
                yield HERE, piece, what, "cùng một tên"


def _are_one(name: str, other: str) -> bool:
    """Whether two names differ in one word by a letter, or in the end of the last word."""
    one, two = key(name).split(), key(other).split()
    if len(one) != len(two) or len(one) < _SHORTEST:
        return False
    begun = one[:-1] == two[:-1] and unaccented(one[-1])[:3] == unaccented(two[-1])[:3]
    return begun or is_slip_of(name, other)


def bodies(paper: Paper) -> Iterator[Doubt]:
    """A body whose name has capitals here and small letters there."""
    known: dict[str, list[str]] = {}
    lines = (*paper.title.subject, *paper.title.addressees, *paper.body, *paper.signature.recipients)
    for piece in lines:
        for found in _BODY.finditer(piece.text) if not piece.is_upper else ():
            words = found[0].split()
            before = known.setdefault(" ".join(words[:_FEWEST]).lower(), words)
            same = [
                *takewhile(lambda pair: pair[0].lower() == pair[1].lower(), zip(words, before, strict=False))
            ]
            odd = [one for one, other in same if one != other and one.lower() not in PLACE_WORDS]
            if odd:
                here, there = (" ".join(pair[n] for pair in same) for n in (0, 1))
                what = f"“{here}”, chỗ trước ghi “{there}”"
                yield HERE, piece, what, "một cách viết hoa"
                return


_MANNERS = ("Uỷ ban", "Ủy ban")


def manners(paper: Paper) -> Iterator[Doubt]:
    """ "Uỷ ban" among many "Ủy ban", or the other way round."""
    lines = (*paper.title.subject, *paper.title.addressees, *paper.body, *paper.signature.recipients)
    told = {manner: [piece for piece in lines if manner in piece.raw] for manner in _MANNERS}
    said, right = sorted(_MANNERS, key=lambda manner: len(told[manner]))
    for piece in told[said][:1] if len(told[said]) < len(told[right]) else ():
        what = f"“{said}”, chỗ khác ghi “{right}”"
        yield HERE, piece, what, "một cách viết"


_PLACE = rf"{WORD}(?: {WORD}){{1,3}}"
_PLACES = {
    kind: lazy_pattern(rf"(?:{words})(?:: | )(?P<names>{_PLACE}(?:(?:, | và ){_PLACE})*)")
    for kind, words in (
        ("commune", "xã|Xã|phường|Phường|đặc khu|Đặc khu|huyện|Huyện|thị xã|Thị xã|thị trấn|Thị trấn"),
        ("hamlet", r"thôn|Thôn|bản|Bản|ấp(?<!\wấp)|Ấp|khu phố|Khu phố"),
    )
}
"""Names of places behind what they are, one or several: "các xã: Bát Xát, Văn Bàn"."""


def places(paper: Paper) -> Iterator[Doubt]:
    """A commune or hamlet whose name is a slip away from what the document calls it elsewhere."""
    for kind, pattern in _PLACES.items():
        lines = paper.text.holding(pattern)
        told = [
            (name, piece)
            for piece in (*paper.title.subject, *paper.title.addressees, *lines, *paper.signature.recipients)
            for found in (() if piece.is_upper else pattern.finditer(piece.text))
            for name in found["names"].replace(" và ", ", ").split(", ")
        ]
        count = Counter(key(name) for name, _ in told)
        known = {key(name): (name, piece) for name, piece in reversed(told)}
        for one, other in combinations(known, 2):
            if not is_slip_of(one, other, by_ear=True):
                continue
            odd, right = sorted((one, other), key=lambda name: count[name])
            if kind == "hamlet" and count[right] <= count[odd] + 1:
                continue
            real = {one, other} & catalogue().place_names if kind == "commune" else {right}
            if len(real) == 1:
                ((name, piece),) = (known[name] for name in {one, other} - real)
                (right,) = real
                what = f"“{name}”, chỗ khác ghi “{known[right][0]}”"
                yield HERE, piece, what, "cùng một tên"


_ENTRY = lazy_pattern(
    rf"(?:[^:,.;]{{3,40}}: )?(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)[:.]? (?P<name>{WORD}(?: {WORD}){{1,4}})"
    r"(?:[,;.]| - | – | \(|$)(?P<rest>.*)"
)
_LISTS = lazy_pattern(r"\b(?:thành viên|gồm|có tên|danh sách|các ông|các đồng chí|cá nhân)\b", re.IGNORECASE)
"""What says above a list that persons are named in it; in minutes and programmes each may speak again."""
_NAME_HEAD = lazy_pattern(r"ho,? (?:va )?ten|thanh vien")
_OFFICE_HEAD = lazy_pattern(r"chuc (?:vu|danh)|nhiem vu|don vi")
_LIST = 40
"""Persons of a list of members; in one of hundreds two may have one name."""


def listed(paper: Paper) -> Iterator[Doubt]:
    """One person who stands twice in a list of members."""
    known: set[str] = set()
    above: list[str] = []
    for mark in marks(paper) if paper.kind != "Biên bản" else ():
        if mark.level in ("part", "roman", "article", "text"):
            known.clear()
            above = [mark.rest]
        elif mark.rest.endswith(":"):
            above.append(mark.rest)
        found = _ENTRY.match(mark.rest) if mark.level not in ("article", "text") else None
        if found is not None and ":" not in found["rest"] and any(map(_LISTS.search, above)):
            if (name := key(found["name"])) in known:
                yield mark.place, mark.piece, f"“{found['name']}” có tên hai lần", "một lần"
            known.add(name)
    for grid in grids(paper):
        yield from _in_rows(paper, grid)


def _in_rows(paper: Paper, grid: Grid) -> Iterator[Doubt]:
    """The same of a table with a column of names and one of offices."""
    head, *rows = grid.texts.values()
    heads = {c: unaccented(text) for c, text in head.items()}
    column = next((c for c, text in heads.items() if _NAME_HEAD.match(text)), None)
    if column is None or len(rows) > _LIST or not any(map(_OFFICE_HEAD.match, heads.values())):
        return
    known: set[str] = set()
    for r, row in [*grid.texts.items()][1:]:
        name = key(row.get(column, ""))
        if name in known and len(name.split()) >= _SHORTEST:
            cell = grid.cells[r][column]
            yield HERE, cell, f"“{row[column]}” có tên hai lần", "một lần"
        known.add(name)


_OFFICED = lazy_pattern(
    rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí) (?P<name>{WORD}(?: {WORD}){{1,4}})(?:,| -| –)"
    r" (?P<office>(?:Phó |Quyền )?(?:Chủ tịch|Giám đốc|Trưởng|Chánh|Hiệu trưởng|Chi cục trưởng|Cục trưởng|"
    r"Bộ trưởng)[^,;.()]*)"
)
_APPOINTS = lazy_pattern(
    r"bổ nhiệm|điều động|luân chuyển|bầu|phê chuẩn|giữ chức|nguyên |miễn nhiệm|phụ trách"
)
"""Words of a text in which one person has had, or gets, another office."""


def ranks(paper: Paper) -> Iterator[Doubt]:
    """One person who is the head of an office in one place, its deputy in another or in the signature.

    Who chairs a meeting may sign its minutes by any title.
    """
    lines = paper.text.holding(_MAY_BE_CALLED)
    told = [(m["name"], m["office"], p) for p in lines for m in _OFFICED.finditer(p.text)]
    if (
        not told
        or paper.kind == "Biên bản"
        or any(_APPOINTS.search(p.text.lower()) for p in (*paper.title.subject, *paper.body))
    ):
        return
    signed = [
        (signer.name.text, signer.authority[-1].text, signer.name)
        for signer in paper.signature.signers
        if signer.name is not None
    ]
    known = dict[str, tuple[str, str]]()
    for name, office, piece in (*signed, *told):
        before = known.setdefault(key(name), (name, office))[1]
        if _is_deputy(office) != _is_deputy(before) and _is_of_one(office, before):
            what = f"{name} là “{quote(office, 50)}”, chỗ khác ghi “{quote(before.capitalize(), 50)}”"
            yield HERE, piece, what, "một chức vụ"


def _is_deputy(office: str) -> bool:
    return unaccented(office).startswith("pho ")


def _is_of_one(office: str, other: str) -> bool:
    """Whether two titles are those of head and deputy of one office, as far as both name it."""
    title = title_in(office)
    if not title or title != title_in(other):
        return False
    one, two = (words_of(said) - words_of("phó " + title) for said in (office, other))
    return one <= two or two <= one


_CALLED = lazy_pattern(rf"\b(?P<how>[Ôô]ng|[Bb]à):? (?P<name>{WORD}(?: {WORD}){{2,4}})")


def addressed(paper: Paper) -> Iterator[Doubt]:
    """One person who is "ông" here and "bà" there, or whose name is of the other sex: "ông Vũ Thị Hoa"."""
    known: dict[str, str] = {}
    for piece in paper.text.holding(_MAY_BE_CALLED):
        for found in _CALLED.finditer(piece.text):
            how, words = found["how"].lower(), key(found["name"]).split()
            before = known.setdefault(" ".join(words), how)
            odd = words[1] == ("thị" if how == "ông" else "văn") and len(words) > _FEW_WORDS
            if before != how or odd:
                yield HERE, piece, f"“{found[0]}”", "ông, bà đúng với tên"


_FEW_WORDS = 2
_HEAD = lazy_pattern(r"(?:tổ trưởng|trưởng ban|trưởng đoàn|nhóm trưởng|chủ tịch hội đồng|trưởng tiểu ban)")


def heads(paper: Paper) -> Iterator[Doubt]:
    """A list of members with two heads: "1. Ông A, Tổ trưởng. 2. Bà B, Tổ trưởng."."""
    known: dict[str, str] = {}
    for mark in marks(paper) if paper.kind != "Biên bản" else ():
        if mark.level in ("part", "roman", "article", "text"):
            known.clear()
        found = _ENTRY.match(mark.rest)
        role = re.split(r"[,–-] ?", mark.rest.rstrip(" .;"))[-1].strip().lower() if found else ""
        if found and _HEAD.fullmatch(role):
            if role in known:
                yield mark.place, mark.piece, f"“{role}” có hai người", "một người"
            known[role] = found["name"]


_CLOSES = lazy_pattern(r"(?:\d{1,2}\. )?Trên đây\b|(?:UBND|Ủy ban|Sở|Ban|Công an|Trường)\b[^.;]{0,80}\bkính ")
_SPEAKS = lazy_pattern(
    rf"(?:^|[,;.] )(?P<who>{NAMED}(?: [^\s,;.:]+){{0,9}}?) (?:xin |trân trọng |kính )+"
    r"(?:báo cáo|trình|đề nghị|thông báo|gửi|mong)\b"
)
_ABBREVIATED = lazy_pattern(r"(?!(?:UBND|HĐND)\b)\b[A-ZĐ&]{2,}")
_DATES = lazy_pattern(r"\bngày \d{1,2}(?:/| tháng )\d{1,2}(?:(?:/| năm )\d{4})?")
_TIMES = {
    what: lazy_pattern(pattern)
    for what, pattern in (
        ("{} tháng", r"(?<!\d)0?(\d{1,2}) tháng\b"),
        ("tháng {}", r"\b[Tt]háng 0?(\d{1,2})\b"),
        ("quý {}", r"\b[Qq]uý ([IVX]+|\d)\b"),
        ("tuần {}", r"\b[Tt]uần (\d{1,2})\b"),
        ("năm {}", r"\b[Nn]ăm (20\d\d)\b"),
    )
}
"""Spans of time that a report may be of, each with its number."""


def speaks_for(paper: Paper) -> Iterator[Doubt]:
    """Who closes the document in respectful words, where that is another office than its own."""
    own = letterhead_words(paper) | PLACE_WORDS
    for piece in paper.body[-_LAST:] if paper.head.issuer else ():
        found = _SPEAKS.search(piece.text) if _CLOSES.match(piece.text) else None
        if found is not None and not _ABBREVIATED.search(found["who"]) and words_of(found["who"]) - own:
            told = f"“{found['who']}”, văn bản của {quote(paper.head.issuer, 50)}"
            yield HERE, piece, told, "tên cơ quan ban hành"


def tells_of(paper: Paper) -> Iterator[Doubt]:
    """The months, quarter or year that opening and closing sentence name, where the title names others."""
    closes = (p for p in paper.body[-_LAST:] if p.text.startswith("Trên đây"))
    opens = ((p, _OPENS.search(p.text)) for p in paper.body[:_FIRST])
    for piece, words in (*((p, p.text) for p in closes), *((p, m["said"]) for p, m in opens if m)):
        yield from _of_another_time(paper, piece, words)


def _of_another_time(paper: Paper, piece: Piece, words: str) -> Iterator[Doubt]:
    lines: Sequence[Piece] = paper.title.subject or paper.head.matter
    titled, told = _times(" ".join(line.text for line in lines)), _times(words)
    for what in (w for w in titled if w in told and not titled[w] & told[w]):
        said, right = (", ".join(what.format(n) for n in sorted(one[what])) for one in (told, titled))
        yield HERE, piece, f"“{said}”, trích yếu ghi “{right}”", right
        return


_FIRST, _LAST = 8, 3
"""Paragraphs of the body among which it is opened, and closed."""
_OPENS = lazy_pattern(
    rf"(?:^|[,;.] ){NAMED}[^,;.:]{{0,80}}?\b(?:báo cáo|ban hành|xây dựng|thông báo|trình|hướng dẫn)"
    r"\b(?P<said>[^,;:]{0,200})\bsau(?: đây)?:$"
)
"""How it is opened, who says what: "…, cơ quan A báo cáo kết quả quý III năm 2025 như sau:"."""


def _times(text: str) -> dict[str, set[str]]:
    bare = _DATES.sub("", text)
    return {what: set(found) for what, pattern in _TIMES.items() if (found := pattern.findall(bare))}


_PASSED = lazy_pattern(
    rf"\b[Nn]ghị quyết này (?:đã )?được (?P<who>{NAMED}[^,;.]*?)(?: [Kk]h[oó][aá]\b|,| [Kk]ỳ họp| thông qua)"
)
_SESSION = lazy_pattern(
    r"\bkỳ họp thứ (?P<n>[^\W\d_]+(?: (?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín))?|\d+)", re.IGNORECASE
)


_TERM = lazy_pattern(r"\bkh(?:óa|oá) (?P<n>[ivxl]+|\d{1,2})\b", re.IGNORECASE)


def passed(paper: Paper) -> Iterator[Doubt]:
    """Who passed a resolution and in which session, where its head names another."""
    own = letterhead_words(paper) | PLACE_WORDS
    lines = paper.body if paper.kind == "Nghị quyết" and paper.head.issuer else ()
    heads = {m["n"].lower() for p in lines if p.is_upper and (m := _SESSION.search(p.text))}
    terms = {m["n"].lower() for p in lines if p.is_upper and (m := _TERM.search(p.text))}
    for piece in (p for p in lines if (m := _PASSED.search(p.text))):
        found, session = _PASSED.search(piece.text), _SESSION.search(piece.text)
        at = place_of(paper, piece.paragraph), quote(piece)
        if found is not None and words_of(found["who"]) - own:
            yield *at, f"“{found['who']}” thông qua", quote(paper.head.issuer, 60)
        if session is not None and len(heads) == 1 and session["n"].lower() not in heads:
            yield *at, f"“{session[0]}”, phần đầu ghi thứ {min(heads)}", "cùng một kỳ họp"
        term = _TERM.search(piece.text)
        if term is not None and len(terms) == 1 and term["n"].lower() not in terms:
            yield *at, f"“{term[0]}”, phần đầu ghi khóa {min(terms).upper()}", "cùng một khóa"
