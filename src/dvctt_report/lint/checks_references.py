"""Does what the text points to stand in the document: articles, sections, tables?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.check import HERE, Answers, Fault, NotApplicable, check, quote_about
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.nd30.kinds import ANY_KIND
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.word.numbering import arabic

_AS_ARTICLE = lazy_pattern(r"[-–]?\s*nhu dieu (\d{1,3})\b")
_ARTICLE = lazy_pattern(
    rf"(?:\btên tại|\bquy định tại|\bnêu tại|\btại|\btheo|\bcủa|\bkhoản \d+|\bđiểm [a-zđ])"
    r" Điều (?P<n>\d{1,3})"
    rf"(?: của)?(?= (?:{ANY_KIND}) này\b| nêu trên\b| này\b| chịu trách nhiệm\b|[.;]|$)"
)
"""An article that is one of the document itself: no other document is named behind it."""
_SECTION = lazy_pattern(
    r"[Mm](?<!\w.)ục (?P<n>[IVX]+)(?:\.\d+)?"
    rf"(?= (?:của )?(?:(?:{ANY_KIND}|[Vv]ăn bản) này|nêu trên|ở trên|trên đây|dưới đây)\b)"
)
_TABLE = lazy_pattern(r"\b(?P<word>Bảng|Biểu|Biểu đồ|Hình) (?:số )?(?P<n>\d{1,2})\b(?![/.]\d)")
_CAPTION = lazy_pattern(r"(?P<word>Bảng|Biểu|Biểu đồ|Hình) (?:số )?(?P<n>\d{1,2})\s*[.:–-]", re.IGNORECASE)
_CLAUSES = r"(?P<clauses>khoản \d{1,2}(?:(?:, | và |, và | hoặc )(?:khoản )?\d{1,2}\b){0,9})"
_OF_ARTICLE = lazy_pattern(rf"\b{_CLAUSES} Điều này\b")
_OF_NUMBERED = lazy_pattern(
    rf"\b(?P<named>(?:có )?tên (?:nêu )?tại )?{_CLAUSES} Điều (?P<n>\d{{1,3}})"
    rf"(?: (?:của )?(?:{ANY_KIND}) này\b|(?(named)(?= chịu trách nhiệm\b| này\b|[.;,]|$)|(?!)))"
)
_OF_SECTION = lazy_pattern(
    rf"\b{_CLAUSES} [Mm]ục (?P<n>[IVX]+)(?:(?= (?:của )?(?:{ANY_KIND}|[Vv]ăn bản) này\b)"
    r"|(?=(?:[,;] (?!khoản|điểm|[Mm]ục|Phần|Phụ lục|của)|[.;)]?$|\. |/\.)))"
)
"""Clauses of the article that they stand in, of a section of the document itself: "khoản 3 Mục II"."""
_OTHER_DOCUMENT = lazy_pattern(rf"\b(?:{ANY_KIND}|Luật|Thông tư|Nghị định)\b")
_SURELY = lazy_pattern(r"chiu trach nhiem (?:to chuc )?(?:thi hanh|thuc hien)")


@check(
    "TT76",
    Severity.WARNING,
    "Dẫn tới điều, khoản, mục, bảng không có trong văn bản",
    rationale="“Như Điều 3”, “có tên tại Điều 1”, “khoản 2 Điều này”, “mục II Báo cáo này”, “Bảng 2” phải "
    "chỉ đúng chỗ có trong văn bản; sau khi thêm, bớt điều thường quên sửa. “Như Điều …” là điều nêu "
    "người thi hành.",
    source="Phụ lục III, Mẫu 1.2, Mẫu 1.3",
)
def references(paper: Paper, settings: Settings) -> Answers:
    """Report references to articles, clauses, sections and tables that the document lacks.

    Sai: “Như Điều 4” trong quyết định có ba điều; “theo Bảng 5” khi chỉ có hai bảng
    Đúng: “Như Điều 3”, điều nêu người chịu trách nhiệm thi hành
    """
    found = marks(paper)
    articles = {int(m.number): m for m in found if m.level == "article"}
    sections = {arabic(m.number) for m in found if m.level == "roman"}
    tables = {(m["word"].capitalize(), int(m["n"])) for p in paper.pieces if (m := _CAPTION.match(p.text))}
    yield from _absent_tables(paper, tables)
    if not articles and not sections and not tables:
        yield NotApplicable("văn bản không chia điều, mục, không có bảng đánh số")
        return
    if len(articles) > 1:
        yield from _as_article(paper, {n: m.piece.plain for n, m in articles.items()})
    numbered = {word for word, _ in tables}
    for piece in paper.text.holding("Điều ", "ục ", "khoản ", *numbered):
        text = piece.text
        told = [
            ("Điều", m["n"], m[0], int(m["n"]) in articles)
            for m in (_ARTICLE.finditer(text) if articles and "Điều " in text else ())
        ]
        told += [
            ("mục", m["n"], m[0], arabic(m["n"]) in sections)
            for m in (_SECTION.finditer(text) if sections and "ục " in text else ())
        ]
        told += [
            (m["word"], m["n"], m[0], (m["word"].capitalize(), int(m["n"])) in tables)
            for m in (_TABLE.finditer(text) if any(word in text for word in numbered) else ())
            if m["word"].capitalize() in numbered
        ]
        told += _clauses(found, piece)
        for what, n, words, is_there in told:
            if not is_there:
                place, gone = place_of(paper, piece.paragraph), f"văn bản không có {what} {n}"
                right = f"{what} có trong văn bản"
                if what == "Điều":
                    right += f": {', '.join(map(str, sorted(articles)))}"
                about = quote_about(piece, words)
                yield Fault(place, about, f"“{words}”, {gone}", right, "Sửa số được dẫn")


_TABLE_HERE = lazy_pattern(
    r"\((?:xem |chi tiết tại |tại )?Bảng (?:số )?(?P<one>\d{1,2})\)|\bBảng (?P<n>\d{1,2}) dưới đây"
)


def _absent_tables(paper: Paper, tables: set[tuple[str, int]]) -> Iterator[Fault]:
    """ "(Bảng 3)" in a document whose tables bear no number at all."""
    for piece in paper.text.holding("Bảng ") if not any(word == "Bảng" for word, _ in tables) else ():
        for found in _TABLE_HERE.finditer(piece.text):
            what, fix = f"“{found[0]}”, văn bản không có bảng đánh số", "Sửa số được dẫn, hoặc đánh số bảng"
            yield Fault(HERE, piece, what, "bảng có trong văn bản", fix)


def _clauses(found: Sequence[Mark], piece: Piece) -> Iterator[tuple[str, str, str, bool]]:
    """The clauses that a line points to, each with whether the article or section has it."""
    if "khoản " not in piece.text:
        return
    if " Điều này" in piece.text:
        yield from _of_this_article(found, piece)
    for pointed in _OF_NUMBERED.finditer(piece.text) if " Điều " in piece.text else ():
        numbered = [
            n for n, mark in enumerate(found) if mark.level == "article" and mark.number == pointed["n"]
        ]
        if len(numbered) == 1:
            yield from _each(pointed, _below(found, numbered[0]), f"Điều {pointed['n']}")
    for pointed in _OF_SECTION.finditer(piece.text) if "ục " in piece.text else ():
        sections = [
            n for n, mark in enumerate(found) if mark.level == "roman" and mark.number == pointed["n"]
        ]
        sentence = piece.text[: pointed.start()].rpartition(". ")[2]
        own = piece.text[pointed.end() :].startswith(" ") or not _OTHER_DOCUMENT.search(sentence)
        if len(sections) == 1 and own:
            yield from _each(pointed, _below(found, sections[0]), f"mục {pointed['n']}")


def _of_this_article(found: Sequence[Mark], piece: Piece) -> Iterator[tuple[str, str, str, bool]]:
    at = next((n for n, mark in enumerate(found) if mark.piece is piece), -1)
    article = next((n for n in range(at, -1, -1) if found[n].level == "article"), -1)
    below = _below(found, article) if article >= 0 else []
    # What is quoted may be an article of another document that this one changes.
    if below and not any("“" in mark.piece.text for mark in below):
        for pointed in _OF_ARTICLE.finditer(piece.text):
            yield from _each(pointed, below, f"{found[article].word} {found[article].number}")


def _below(found: Sequence[Mark], heading: int) -> list[Mark]:
    """What stands between a heading and the next of its level or above it."""
    later = range(heading + 1, len(found))
    end = next((n for n in later if found[n].level in ("part", "roman", "article")), len(found))
    return [*found[heading + 1 : end]]


def _each(pointed: re.Match[str], below: Sequence[Mark], name: str) -> Iterator[tuple[str, str, str, bool]]:
    clauses = {int(mark.number) for mark in below if mark.level == "clause"}
    for n in re.findall(r"\d+", pointed["clauses"]) if clauses else ():
        yield "khoản", f"{n} ở {name}", pointed[0], int(n) in clauses


def _as_article(paper: Paper, articles: dict[int, str]) -> Iterator[Fault]:
    """ "Như Điều 3" among the recipients: there is none, or it is another that names who carries it out."""
    last: int | None = None
    for line in paper.body:
        opened = re.match(r"dieu (\d{1,3})\b", line.plain)
        last = int(opened[1]) if opened and int(opened[1]) in articles else last
        if last is not None and line.plain not in articles[last]:
            articles[last] += f" {line.plain}"
    carried = [n for n, words in articles.items() if _SURELY.search(words)]
    for line in paper.signature.recipients:
        found = _AS_ARTICLE.match(line.plain)
        n = int(found[1]) if found else None
        if n is None or (n in articles and (not carried or n in carried)):
            continue
        right = f"“Như Điều {carried[-1] if carried else max(articles)}”"
        what = f"Điều {n} không nêu người thi hành" if n in articles else f"văn bản không có Điều {n}"
        yield Fault("Nơi nhận", line, what, right, f"Sửa thành {right}")
