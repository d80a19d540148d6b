"""The sentences that open and close a document: they name again who speaks, and of which time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.alike import Doubt
from dvctt_report.lint.check import HERE, quote
from dvctt_report.lint.offices import NAMED, PLACE_WORDS, letterhead_words, words_of
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.patterns import lazy_pattern

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
