"""Are the documents that the text cites named rightly?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dvctt_report.model.severity import Severity
from dvctt_report.text.patterns import begun, lazy_pattern
from dvctt_report.text.vietnamese import CAPITALS, format_date, key, parse_date, unaccented
from dvctt_report.word.lint.check import HERE, Answers, Fault, NotApplicable, Settings, check, quote, worded
from dvctt_report.word.lint.outcome import place_of
from dvctt_report.word.lint.parts import Paper, day_in, holding
from dvctt_report.word.lint.patterns import LISTS, patterns_of
from dvctt_report.word.lint.top import words_of
from dvctt_report.word.nd30 import BY_ABBREVIATION, LETTER

_RE, _LISTS = patterns_of("citations"), LISTS["citations"]

KINDS: list[str] = _LISTS["kinds"]
_KINDS = (*KINDS, "Kết luận")
CITED = rf"(?:{'|'.join(_KINDS)})"  # The same, those of the Party among them
CITING = lazy_pattern(rf"{CITED} (?:số|\d)")  # What a line must hold to cite one
_CITATION = lazy_pattern(
    rf"(?P<kind>{begun(*_KINDS)})\s+(?P<word>số\s*:?\s*)?(?P<figure>\d{{1,6}}[a-z]?)"
    r"(?P<symbol>(?:/\d{4})?[/-][A-ZĐ][\w&]*(?:[/-][\w&]+)*)?(?![\w/-])"
)
_NO_ISSUER = r"(?:Bộ luật|Luật|Nghị|Quyết|Thông tư|Pháp lệnh|Quy)\b"
"""Documents, which have issued none: "quy định chi tiết một số điều của Luật …"."""
_OF = lazy_pattern(rf"\b(?:của|do)\s+(?!{_NO_ISSUER})[{CAPITALS}]")
_ISSUER = lazy_pattern(
    begun(
        *(rf"{word}\s+(?!{_NO_ISSUER})\w" for word in ("của", "do")),
        *(rf"{name}\b" for name in _LISTS["issuers"]),
        r"có\s*$",
    )
)
BASES = "Căn cứ"
_OPENING = r"(?:[-–+]\s*)?Căn cứ\s+(?:các\s+)?"
_WITH_NUMBER = lazy_pattern(rf"{_OPENING}{CITED}\b", re.IGNORECASE)
_LAW = lazy_pattern(rf"{_OPENING}(?:Luật|Bộ luật|Pháp lệnh)\b", re.IGNORECASE)
_KIND = rf"(?:{'|'.join(KINDS)}|Chương trình|Bộ luật|Luật|Pháp lệnh)"
_WHOLE_DAY = _RE["whole_day"].pattern
_CITED = lazy_pattern(
    rf"(?:(?<!, )(?<!và )(?P<before>(?:Sở|Bộ) [^,;.]{{3,70}}?) tại )?"
    rf"\b(?P<kind>{_KIND}) (?:(?:(?!\b{_KIND}\b)[^,;.\d]){{3,80}} )?số ?:? ?"
    r"(?P<figure>\d{1,6}[a-z]?)/(?P<symbol>[^\W_][\w&./-]*[^\W_])"
    rf"(?:,? (?:ngày )?(?P<day>{_WHOLE_DAY}))?(?:,? (?:của|do) (?P<issuer>[^,;.]{{2,120}}))?"
)
_OF_LAW = {"NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "QH": "Luật"}
_BY_LETTERS = BY_ABBREVIATION | _OF_LAW
_ASCII = {"ND": "NĐ", "QD": "QĐ", "NĐCP": "NĐ-CP", "QDD": "QĐ", "CTR": "CTr", "TTR": "TTr"}
"""Letters as a keyboard without Vietnamese has them."""
_NUMBERED_SINCE = 1999  # Years from which decrees and circulars have the year in their number
_KNOWN_SINCE = timedelta(365)
"""How long after a new law the old one is still cited, and no third one is passed."""


@dataclass(frozen=True)
class Citation:
    """A place that cites a document: its words taken apart, "" and None where they say nothing.

    ``numbered``: the word "số" stands before the number. ``dated``: the day is told behind it, or before it
    where it is the first that the sentence cites. ``issued``: a body is named behind it or anywhere before.
    """

    text: str
    kind: str
    figure: str
    symbol: str
    numbered: bool = True
    dated: bool = True
    issued: bool = True
    day: date | None = None
    issuer: str = ""

    def is_same(self, other: Citation) -> bool:
        """Whether both are the same document; a symbol that is left out may be any."""
        alike = (self.kind, self.figure.lstrip("0")) == (other.kind, other.figure.lstrip("0"))
        return alike and (not self.symbol or not other.symbol or self.symbol.upper() == other.symbol.upper())

    @property
    def year(self) -> int | None:
        """The year before the letters, "151/2017/NĐ-CP"."""
        written = re.match(r"((?:19|20)\d\d)/", self.symbol)
        return int(written[1]) if written else None

    @property
    def groups(self) -> list[str]:
        """The groups of letters of the symbol."""
        return re.split(r"[-/]", re.sub(r"^(?:19|20)\d\d/", "", self.symbol))


def citations_in(text: str) -> Iterator[Citation]:
    """Yield the documents that a paragraph cites, in their order; "Kế hoạch 5 năm" is none."""
    above = ""
    for sentence in _RE["sentence"].split(text):
        named = ((m, not re.fullmatch(r"(?:19|20)\d\d", m["figure"])) for m in _CITATION.finditer(sentence))
        cited = [
            match
            for match, is_no_year in named
            if match["symbol"]
            or match["word"]
            or (is_no_year and _RE["bare_end"].match(sentence[match.end() :]))
        ]
        for match, following in zip(cited, (*cited[1:], None), strict=False):
            behind = sentence[match.end() : following.start() if following else len(sentence)]
            before = sentence[: match.start()] if match is cited[0] else ""
            yield Citation(
                match[0],
                match["kind"],
                match["figure"],
                match["symbol"] or "",
                numbered=match["word"] is not None,
                dated=bool(_RE["day"].search(behind) or _RE["day"].search(before)),
                # One body may be named for all that it issued: "Sở đã ban hành: Công văn …; Công văn …".
                issued=bool(_ISSUER.search(_RE["about"].split(behind)[0]) or _OF.search(behind))
                or bool(_ISSUER.search(above + sentence[: match.start()])),
            )
        above += f"{sentence} "


@check("TT37")
def citations(paper: Paper, settings: Settings) -> Answers:
    """A document that is cited is named whole where it is cited first."""
    known = [c for p in (*paper.title.subject, *paper.head.matter) for c in citations_in(p.text) if c.dated]
    own_number = f"{paper.number.figure}/{paper.number.symbol}".lstrip("0") if paper.number else ""
    bases = {id(piece) for piece in paper.bases}
    cited = False
    for piece in (p for p in paper.body if id(p) in bases or CITING.search(p.text)):
        here, is_basis = list(citations_in(piece.text)), id(piece) in bases
        cited = cited or bool(here)
        bare = {c.text: f"“{c.kind} số {c.figure}{c.symbol}”" for c in here if c.symbol and not c.numbered}
        for text, right in bare.items():
            yield Fault(HERE, piece, f"“{text}”", right, "Thêm từ “số” trước số, ký hiệu")
        symbol, dated = re.search(r"\bsố\s+[\w….-]*/[^\s,;]*", piece.text), _RE["dated"].search(piece.text)
        if is_basis and _WITH_NUMBER.match(piece.text) and all(c.numbered for c in here):
            end = max((match.end() for match in (symbol, dated) if match), default=0)
            issued = re.search(r"\bcủa\s+\w", piece.text[: end or None]) or _RE["issued_by"].match(
                piece.text[end:]
            )
            missing = [] if symbol else ["số, ký hiệu"]
            missing += [] if dated else ["ngày, tháng, năm"]
            missing += [] if issued else ["cơ quan ban hành"]
            missing += (
                ["trích yếu"] if not missing and _RE["issuer_alone"].fullmatch(piece.text[end:]) else []
            )
            if missing:
                yield worded(BASES, piece, "thiếu {what}", what="; ".join(missing))
        if is_basis and _LAW.match(piece.text) and not dated:  # a law is cited by its name and day
            yield Fault(BASES, piece, "thiếu ngày, tháng, năm")
        for citation in here:
            cited_before = (*known, *(other for other in here if other.dated and other is not citation))
            is_own = f"{citation.figure}{citation.symbol}".lstrip("0") == own_number
            first = not is_own and not any(citation.is_same(other) for other in cited_before)
            known.append(citation)
            missing = [] if citation.symbol else ["ký hiệu" if citation.numbered else "từ “số”, ký hiệu"]
            missing += [] if citation.dated else ["ngày ban hành"]
            missing += [] if citation.issued else ["cơ quan ban hành"]
            if missing and first and not is_basis:
                whole = f"{citation.kind} số {citation.figure}{citation.symbol or '/…'}"
                said = {"text": citation.text, "missing": ", ".join(missing), "whole": whole}
                found = "“{text}” viện dẫn lần đầu thiếu {missing}"
                yield worded(HERE, piece, found, (), Severity.WARNING, **said)
    if not cited and not paper.bases:
        yield NotApplicable("văn bản không viện dẫn văn bản nào theo số")


@check("TT77")
def cited_rightly(paper: Paper, settings: Settings) -> Answers:
    """Kind, symbol, day and issuer of a document that is cited agree."""
    known = defaultdict[tuple[str, str], list[Citation]](list)
    lines = holding(paper.body, "số", "thay thế ", "bãi bỏ ", "hủy bỏ ")
    for piece in (*paper.title.subject, *paper.head.matter, *lines):
        place = place_of(paper, piece.paragraph)
        for match in _CITED.finditer(piece.text) if _RE["numbered"].search(piece.text) else ():
            kind, figure, symbol = (match[name] for name in ("kind", "figure", "symbol"))
            day, issuer = day_in(match["day"]), (match["issuer"] or match["before"] or "").strip()
            citation = Citation(f"{kind} số {figure}/{symbol}", kind, figure, symbol, day=day, issuer=issuer)
            alike = known[citation.kind, citation.symbol]
            wrong = [*_citation_faults(citation, settings)]
            # The same document of another day; two names may be those of one office, one of them shorter.
            for other in alike:
                day_here, day = citation.day, other.day
                if not day_here or not day or day_here == day or citation.figure != other.figure:
                    continue
                first, second = sorted((words_of(citation.issuer), words_of(other.issuer)), key=len)
                if first <= second:
                    days = f"{format_date(day_here)}, chỗ trước ghi ngày {format_date(day)}"
                    wrong.append((f"“{citation.text}” ngày {days}", "một ngày ban hành"))
                    break
            for what, right in wrong:
                yield Fault(place, piece, what, right, "Kiểm tra lại văn bản được viện dẫn")
            alike.append(citation)
        # A document that says it replaces the one whose number it bears itself.
        replaced, ours = _RE["replaces"].search(piece.text), paper.number
        if replaced and ours and ours.figure and replaced.groups() == (ours.figure, ours.symbol):
            what = f"thay thế văn bản số {'/'.join(replaced.groups())}, là số của chính văn bản này"
            yield Fault(HERE, piece, what, "số của văn bản khác", "Sửa số của văn bản được thay thế")
    for piece in paper.bases:
        law = re.search(r"\b(?:Luật|Pháp lệnh)\b[^;]*? số \d+/\d{4}/(?:QH|UBTVQH|PL)\d*", piece.text)
        if law is not None and "Nghị" not in law[0]:
            yield Fault(BASES, piece, "căn cứ là luật mà ghi số, ký hiệu", severity=Severity.INFO)
    yield from _law_days(paper, settings)
    if not known and not paper.bases:
        yield NotApplicable("văn bản không viện dẫn văn bản nào theo số")


def _citation_faults(citation: Citation, settings: Settings) -> Iterator[tuple[str, str]]:
    """What is wrong with one citation, and what would be right."""
    first, quoted = citation.groups[0], f"“{citation.text}”"
    if party := _RE["of_party"].fullmatch(citation.symbol):
        yield quoted, f"“{citation.figure}-{party['kind']}/{party['body']}”, văn bản của Đảng"
    if first in _ASCII:
        yield f"{quoted}, ký hiệu “{first}”", f"“{_ASCII[first]}”"
    named = _BY_LETTERS.get(re.sub(r"\d+$", "", first))
    lettered = citation.kind != LETTER and named is not None and len(citation.groups) > 1
    is_law = named == "Luật" or citation.kind in ("Bộ luật", "Pháp lệnh")
    if lettered and named != citation.kind and not is_law:
        yield f"{quoted}: “{first}” là viết tắt của {named}", f"tên loại {named}"
    if citation.year and citation.day and citation.year != citation.day.year:
        yield f"{quoted} mà ngày {format_date(citation.day)}", f"ngày của năm {citation.year}"
    numbered = citation.kind in ("Nghị định", "Thông tư", "Thông tư liên tịch") and first in _OF_LAW
    if numbered and citation.year is None and (citation.day is None or citation.day.year >= _NUMBERED_SINCE):
        right = f"{citation.kind} số {citation.figure}/<năm>/{'-'.join(citation.groups)}"
        yield f"{quoted} thiếu năm ban hành", right
    # Another issuer than the symbol's letters say.
    issuer, shown = unaccented(citation.issuer), f"“{citation.text}” của {quote(citation.issuer, 40)}"
    body = citation.groups[0] if citation.kind == LETTER else citation.groups[-1]
    is_office = re.match(r"(?:bo|so|uy ban|ubnd|hoi dong|hdnd|chinh phu|thu tuong|quoc hoi)\b", issuer)
    known = (opening for letters, opening in _LISTS["issuers_by_letters"] if body == letters and is_office)
    letters = citation.groups[0] if citation.kind == LETTER else "".join(citation.groups[1:2])
    letters = unaccented(letters).upper().replace("&", "") if letters.isupper() or "&" in letters else ""
    opened = re.match(r"(?:(?:Phó )?Giám đốc |Bộ trưởng )?(?P<body>(?:Sở|Bộ) .*)", citation.issuer)
    if (opening := next(known, None)) is not None:
        if not re.match(opening, issuer):
            yield shown, f"cơ quan ban hành có ký hiệu “{body}”"
    elif opened is not None and re.fullmatch(r"[BS][A-Z]{1,8}", letters):
        words = [w for w in re.findall(r"[^\W\d_]+", opened["body"]) if w not in ("và", "của")]
        initials = "".join(unaccented(w if w.isupper() else w[0]).upper() for w in words)
        # Three letters of an office's name must agree; behind them offices abbreviate each in its way.
        if not initials.startswith(letters[:3]) and letters[0] == initials[:1]:
            yield f"“{citation.text}” của {quote(opened['body'], 40)}", "ký hiệu và cơ quan ban hành hợp nhau"
    right_day = parse_date(settings.law_days.get(citation.text, ""))
    if right_day is not None and citation.day is not None and citation.day != right_day:
        yield f"{quoted} ngày {format_date(citation.day)}", f"ngày {format_date(right_day)}"


def _law_days(paper: Paper, settings: Settings) -> Iterator[Fault]:
    """Laws cited by a day on which none of that name was passed, or though there is a newer one."""
    known = {key(name): days for name, days in settings.law_days.items()}
    for piece in holding(paper.body, "uật "):
        for law in _RE["law_of_day"].finditer(piece.text):
            passed = map(parse_date, known.get(key(law[1]), "").replace(" ", "").split(","))
            days, day = [each for each in passed if each], day_in(law["day"])
            if not days or day is None or day > days[-1] + _KNOWN_SINCE:
                continue
            what, right = f"“{law[1]}” ngày {format_date(day)}", f"luật ngày {format_date(days[-1])}"
            if day not in days:
                what += ": không có luật ngày này"
                right = f"luật cùng tên: {', '.join(map(format_date, days))}"
            elif day != days[-1] and paper.day is not None and paper.day - days[-1] > _KNOWN_SINCE:
                what += " đã có luật thay thế"
            else:
                continue
            fix, place = "Kiểm tra lại luật được viện dẫn", place_of(paper, piece.paragraph)
            yield Fault(place, piece, what, right, fix, severity=Severity.INFO)
