"""Is a cited document called by its right kind, letters, year and issuer, each time the same?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dvctt_report.lint.check import HERE, Answers, Block, Fault, NotApplicable, check, quote
from dvctt_report.lint.checks_citations import KINDS
from dvctt_report.lint.offices import words_of
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.nd30.kinds import BY_ABBREVIATION, LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import format_date, key, parse_date, unaccented

_KIND = rf"(?:{'|'.join(KINDS)}|Chương trình|Bộ luật|Luật|Pháp lệnh)"
_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}"
_CITED = lazy_pattern(
    rf"(?:(?<!, )(?<!và )(?P<before>(?:Sở|Bộ) [^,;.]{{3,70}}?) tại )?"
    rf"\b(?P<kind>{_KIND}) (?:(?:(?!\b{_KIND}\b)[^,;.\d]){{3,80}} )?số ?:? ?"
    r"(?P<figure>\d{1,6}[a-z]?)/(?P<symbol>[^\W_][\w&./-]*[^\W_])"
    rf"(?:,? (?:ngày )?(?P<day>{_DAY}))?(?:,? (?:của|do) (?P<issuer>[^,;.]{{2,120}}))?"
)
_NUMBERED = lazy_pattern(r"số ?:? ?\d{1,6}[a-z]?/")
"""What every such place has; of a hundred pages few lines do."""
_OF_LAW = {"NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "QH": "Luật"}
_BY_LETTERS = BY_ABBREVIATION | _OF_LAW
_ASCII = {"ND": "NĐ", "QD": "QĐ", "NĐCP": "NĐ-CP", "QDD": "QĐ", "CTR": "CTr", "TTR": "TTr"}
"""Letters as a keyboard without Vietnamese has them."""
_ISSUERS: tuple[tuple[str, str], ...] = (
    ("CP", "chinh phu"),
    ("TTg", "thu tuong"),
    ("UBTVQH", "uy ban thuong vu quoc hoi"),
    ("UBND", "(?:chu tich )?(?:uy ban nhan dan|ubnd)"),
    ("HĐND", "(?:thuong truc )?(?:hoi dong nhan dan|hdnd)"),
)
"""Letters at a symbol's end and how the name of who issued it opens, without marks."""
_NUMBERED_SINCE = 1999
"""Years from which decrees and circulars have the year in their number."""
_RANKS: tuple[tuple[str, int], ...] = (
    (r"(?:bo )?luat\b|phap lenh\b", 1),
    (r"nghi dinh\b", 2),
    (r"thong tu\b", 3),
)


@dataclass(frozen=True)
class _Citation:
    """One place that cites a document: its words taken apart, "" and None where they say nothing."""

    piece: Piece
    text: str
    kind: str
    figure: str
    symbol: str
    day: date | None
    issuer: str

    @property
    def year(self) -> int | None:
        """The year before the letters, "151/2017/NĐ-CP"."""
        found = re.match(r"((?:19|20)\d\d)/", self.symbol)
        return int(found[1]) if found else None

    @property
    def groups(self) -> list[str]:
        return re.split(r"[-/]", re.sub(r"^(?:19|20)\d\d/", "", self.symbol))


@check("TT77", Severity.WARNING, Block.TEXT)
def cited_rightly(paper: Paper, settings: Settings) -> Answers:
    """Viện dẫn văn bản sai tên loại, ký hiệu, năm hoặc cơ quan ban hành.

    Sai: Thông tư số 151/2017/NĐ-CP; Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2021
    Đúng: Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ
    Căn cứ: Phụ lục I, mục II.6a, II.6b; Phụ lục III, mục I
    """
    known = defaultdict[tuple[str, str], list[_Citation]](list)
    lines = paper.text.holding(_NUMBERED, "thay thế ", "bãi bỏ ", "hủy bỏ ")
    for piece in (*paper.title.subject, *paper.head.matter, *lines):
        for citation in _citations(piece) if "/" in piece.text and "số" in piece.text else ():
            alike = known[citation.kind, citation.symbol]
            known_day = _known_day(citation, settings)
            for found, right in (*_faults(citation), *_against(citation, alike), *known_day):
                place = place_of(paper, piece.paragraph)
                yield Fault(place, piece, found, right, "Kiểm tra lại văn bản được viện dẫn")
            alike.append(citation)
        yield from _replaces_itself(paper, piece)
    yield from _bases(paper)
    yield from _law_days(paper, settings)
    if not known and not paper.bases:
        yield NotApplicable("văn bản không viện dẫn văn bản nào theo số")


def _citations(piece: Piece) -> Iterator[_Citation]:
    for found in _CITED.finditer(piece.text):
        day = parse_date("/".join(re.findall(r"\d+", found["day"]))) if found["day"] else None
        issuer = (found["issuer"] or found["before"] or "").strip()
        shown = f"{found['kind']} số {found['figure']}/{found['symbol']}"
        yield _Citation(piece, shown, found["kind"], found["figure"], found["symbol"], day, issuer)


_OF_PARTY = lazy_pattern(r"(?P<kind>NQ|KL|CT|QĐ|TB|QC|HD|KH|BC)-(?P<body>TW|TU|ĐU)")
"""A symbol of the Party's, written as the State's are: "57/NQ-TW" for "57-NQ/TW"."""


def _faults(one: _Citation) -> Iterator[tuple[str, str]]:
    first, last = one.groups[0], one.groups[-1]
    if party := _OF_PARTY.fullmatch(one.symbol):
        yield f"“{one.text}”", f"“{one.figure}-{party['kind']}/{party['body']}”, văn bản của Đảng"
    if first in _ASCII:
        yield f"“{one.text}”, ký hiệu “{first}”", f"“{_ASCII[first]}”"
    named = _BY_LETTERS.get(re.sub(r"\d+$", "", first))
    lettered = one.kind != LETTER and named is not None and len(one.groups) > 1
    if lettered and named != one.kind and not (named == "Luật" or one.kind in ("Bộ luật", "Pháp lệnh")):
        yield f"“{one.text}”: “{first}” là viết tắt của {named}", f"tên loại {named}"
    yielded = one.day.year if one.day else None
    if one.year and yielded and one.year != yielded:
        yield f"“{one.text}” mà ngày {format_date(one.day or date.min)}", f"ngày của năm {one.year}"
    numbered = one.kind in ("Nghị định", "Thông tư", "Thông tư liên tịch") and first in _OF_LAW
    if numbered and one.year is None and (yielded or _NUMBERED_SINCE) >= _NUMBERED_SINCE:
        yield f"“{one.text}” thiếu năm ban hành", f"{one.kind} số {one.figure}/<năm>/{'-'.join(one.groups)}"
    if one.issuer:
        yield from _issuer_faults(one, last)


def _issuer_faults(one: _Citation, last: str) -> Iterator[tuple[str, str]]:
    said = unaccented(one.issuer)
    for letters, opening in _ISSUERS:
        body = one.groups[0] if one.kind == LETTER else last
        if body == letters and re.match(
            r"(?:bo|so|uy ban|ubnd|hoi dong|hdnd|chinh phu|thu tuong|quoc hoi)\b", said
        ):
            if not re.match(opening, said):
                yield f"“{one.text}” của {quote(one.issuer, 40)}", f"cơ quan ban hành có ký hiệu “{letters}”"
            return
    letters = _plain(one.groups[0] if one.kind == LETTER else one.groups[1] if len(one.groups) > 1 else "")
    opened = re.match(r"(?:(?:Phó )?Giám đốc |Bộ trưởng )?(?P<body>(?:Sở|Bộ) .*)", one.issuer)
    if opened is None or not re.fullmatch(r"[BS][A-Z]{1,8}", letters):
        return
    initials = _initials(opened["body"])
    if not initials.startswith(letters[:_SURE]) and letters[0] == initials[:1]:
        yield f"“{one.text}” của {quote(opened['body'], 40)}", "ký hiệu và cơ quan ban hành hợp nhau"


_SURE = 3
"""Letters of an office's name that must agree; behind them offices abbreviate each in its way."""


def _plain(letters: str) -> str:
    return unaccented(letters).upper().replace("&", "") if letters.isupper() or "&" in letters else ""


def _initials(office: str) -> str:
    """The first letters of a name's words, all letters of those in capitals: "VHTT và Du lịch" → "VHTTDL"."""
    words = [w for w in re.findall(r"[^\W\d_]+", office) if w not in ("và", "của")]
    return "".join(unaccented(w if w.isupper() else w[0]).upper() for w in words)


def _against(one: _Citation, known: list[_Citation]) -> Iterator[tuple[str, str]]:
    """The same document with another day, or another number of the same day that is one slip away.

    ``known`` are those of its kind with its symbol.
    """
    for other in known:
        if one.day is None or other.day is None:
            continue
        same_day, same_figure = one.day == other.day, one.figure == other.figure
        redated = same_figure and not same_day
        swapped = same_day and not same_figure and len(one.figure) > 2
        swapped = swapped and sorted(one.figure) == sorted(other.figure)
        # Many offices number their documents alike; names are compared last, it takes longest.
        if not (redated or swapped) or not _may_be_one(one.issuer, other.issuer):
            continue
        if redated:
            days = f"{format_date(one.day)}, chỗ trước ghi ngày {format_date(other.day)}"
            yield f"“{one.text}” ngày {days}", "một ngày ban hành"
        else:
            yield f"“{one.text}”, chỗ trước ghi số {other.figure}, cùng ngày", "một số"
        return


_REPLACES = lazy_pattern(
    r"\b(?:thay thế|bãi bỏ|hủy bỏ) [^.;]{0,40}?số (?P<figure>\d{1,6})/(?P<symbol>[\w&./-]*\w)"
)


def _known_day(one: _Citation, settings: Settings) -> Iterator[tuple[str, str]]:
    """A decree that the settings know, cited with another day than its own."""
    told = parse_date(settings.law_days.get(one.text, ""))
    if told is not None and one.day is not None and one.day != told:
        yield f"“{one.text}” ngày {format_date(one.day)}", f"ngày {format_date(told)}"


def _replaces_itself(paper: Paper, piece: Piece) -> Iterator[Fault]:
    """A document that says it replaces the one whose number it bears itself."""
    number = paper.number
    found = _REPLACES.search(piece.text) if number is not None and number.figure else None
    if found and number and (found["figure"], found["symbol"]) == (number.figure, number.symbol):
        what = f"thay thế văn bản số {found['figure']}/{found['symbol']}, là số của chính văn bản này"
        fix = "Sửa số của văn bản được thay thế"
        yield Fault(HERE, piece, what, "số của văn bản khác", fix)


def _may_be_one(issuer: str, other: str) -> bool:
    """Whether two names may be those of one office, one of them shorter: "UBND tỉnh", "UBND tỉnh A"."""
    first, second = sorted((words_of(issuer), words_of(other)), key=len)
    return first <= second


def _bases(paper: Paper) -> Iterator[Fault]:
    """Laws with a number among the bases, and a law below a decree: asked for, but by hardly anyone."""
    highest = 0
    for piece in paper.bases:
        law = re.search(r"\b(?:Luật|Pháp lệnh)\b[^;]*? số \d+/\d{4}/(?:QH|UBTVQH|PL)\d*", piece.text)
        if law is not None and "Nghị" not in law[0]:
            fix = "Bỏ số, ký hiệu của luật, pháp lệnh"
            found, right = "căn cứ là luật mà ghi số, ký hiệu", "tên luật và ngày, tháng, năm"
            yield Fault("Căn cứ", piece, found, right, fix, severity=Severity.INFO)
        opened = re.sub(r"^[-–\s]*can cu (?:cac )?", "", piece.plain)
        rank = next((rank for opening, rank in _RANKS if re.match(opening, opened)), 0)
        if rank and rank < highest:
            fix = "Chuyển căn cứ này lên trên"
            found = "đứng sau căn cứ có hiệu lực pháp lý thấp hơn"
            yield Fault("Căn cứ", piece, found, "luật, nghị định, thông tư", fix, severity=Severity.INFO)
        highest = max(highest, rank)


_LAW_OF_DAY = lazy_pattern(rf"\b((?:Bộ luật|Luật) [^;.\d]{{3,80}}?)(?: số [^\s,;]+)? ngày (?P<day>{_DAY})")
_KNOWN_SINCE = timedelta(365)
"""How long after a new law the old one is still cited, and no third one is passed."""


def _law_days(paper: Paper, settings: Settings) -> Iterator[Fault]:
    """Laws cited by a day on which none of that name was passed, or though there is a newer one."""
    known = {key(name): days for name, days in settings.law_days.items()}
    for piece in paper.text.holding("uật "):
        for found in _LAW_OF_DAY.finditer(piece.text):
            days = [
                day for text in known.get(key(found[1]), "").split(",") if (day := parse_date(text.strip()))
            ]
            day = parse_date("/".join(re.findall(r"\d+", found["day"])))
            if not days or day is None or day > days[-1] + _KNOWN_SINCE:
                continue
            newest = format_date(days[-1])
            told = f"“{found[1]}” ngày {format_date(day)}"
            fix = "Kiểm tra lại luật được viện dẫn"
            place = place_of(paper, piece.paragraph)
            if day not in days:
                right = ", ".join(map(format_date, days))
                what = f"{told}: không có luật ngày này"
                yield Fault(place, piece, what, f"luật cùng tên: {right}", fix, severity=Severity.INFO)
            elif day != days[-1] and paper.day is not None and paper.day - days[-1] > _KNOWN_SINCE:
                what = f"{told} đã có luật thay thế"
                yield Fault(place, piece, what, f"luật ngày {newest}", fix, severity=Severity.INFO)
