"""Are documents cited as the decree says: in full the first time, by kind, number and symbol later?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dvctt_report.lint.check import HERE, Answers, Block, Fault, NotApplicable, check
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.patterns import begun, lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import CAPITALS

KINDS = (
    "Nghị định", "Nghị quyết", "Quyết định", "Thông tư(?: liên tịch)?", "Chỉ thị", "Kế hoạch", "Công văn",
    "Công điện", "Báo cáo", "Tờ trình", "Hướng dẫn", "Thông báo",
)  # fmt: skip
"""Kinds that are cited with number and symbol; laws are cited by their names."""
_KINDS = (*KINDS, "Kết luận")
CITED = rf"(?:{'|'.join(_KINDS)})"
"""The same, those of the Party among them."""
CITING = lazy_pattern(rf"{CITED} (?:số|\d)")
"""What a line must hold to cite one."""
_CITATION = lazy_pattern(
    rf"(?P<kind>{begun(*_KINDS)})\s+(?P<word>số\s*:?\s*)?(?P<figure>\d{{1,6}}[a-z]?)"
    r"(?P<symbol>(?:/\d{4})?[/-][A-ZĐ][\w&]*(?:[/-][\w&]+)*)?(?![\w/-])"
)
_BARE_END = lazy_pattern(r"\s*(?:$|[.,;:)]|của\b|ngày\s+[\d…._]|về\b)")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_SENTENCE = lazy_pattern(r"(?<=[.;])(?<!\bTP\.)(?<!\bTp\.)\s+(?=[^\W\d_a-z])|;\s*")
_DAY = lazy_pattern(
    r"(?<!trước )(?<!trong )(?<!đến )(?<!hết )(?<!từ )(?<!vào )(?<!nhất )(?<!là )\bngày\s+[\d…._]",
    re.IGNORECASE,
)
"""The day of a document; what stands behind "trước", "đến" is a day by which something is due."""
_ABOUT = lazy_pattern(r"\bvề\b|,\s")
"""Where it begins what a document is about; who is named behind it has not issued it, unless by "của"."""
_NO_ISSUER = r"(?:Bộ luật|Luật|Nghị|Quyết|Thông tư|Pháp lệnh|Quy)\b"
"""Documents, which have issued none: "quy định chi tiết một số điều của Luật …"."""
_OF = lazy_pattern(rf"\b(?:của|do)\s+(?!{_NO_ISSUER})[{CAPITALS}]")
_ISSUERS = (
    "UBND", "HĐND", "Ủy ban", "Uỷ ban", "Hội đồng", "Bộ", "Sở", "Chính phủ", "Thủ tướng", "Quốc hội",
    "Tỉnh ủy", "Ban", "Trung ương", "Hiệp hội", "Hội", "Cục", "Chi cục", "Trung tâm", "Công ty", "Văn phòng",
    "Thanh tra", "Công an", "Tòa án", "Viện", "Trường", "Đoàn", "Liên đoàn", "Phòng", "Kho bạc", "Thuế",
    "Ngân hàng", "Bệnh viện", "Tập đoàn", "Tổng công ty", "Đảng ủy", "B(?<!Luật .)ảo hiểm xã hội",
)  # fmt: skip
_ISSUER = lazy_pattern(
    begun(
        *(rf"{word}\s+(?!{_NO_ISSUER})\w" for word in ("của", "do")),
        *(rf"{name}\b" for name in ("ban hành", "gửi", "trình", *_ISSUERS)),
        r"có\s*$",
    )
)


@dataclass(frozen=True)
class Citation:
    """A cited document: figure and symbol as written, "" where there is none, and what else is told.

    ``numbered``: the word "số" stands before the number. ``dated``: the day is told behind it, or before it
    where it is the first that the sentence cites. ``issued``: a body is named behind it or anywhere before.
    """

    text: str
    kind: str
    figure: str
    symbol: str
    numbered: bool
    dated: bool
    issued: bool

    @property
    def name(self) -> tuple[str, str, str]:
        """What two citations of the same document share, where both have a symbol."""
        return (self.kind, self.figure.lstrip("0"), self.symbol.upper())

    def is_same(self, other: Citation) -> bool:
        """Whether both are the same document; a symbol that is left out may be any."""
        alike = self.name[:2] == other.name[:2]
        return alike and (not self.symbol or not other.symbol or self.name == other.name)


def citations_in(text: str) -> Iterator[Citation]:
    """Yield the documents that a paragraph cites, in their order; "Kế hoạch 5 năm" is none."""
    above = ""
    for sentence in _SENTENCE.split(text):
        found = [m for m in _CITATION.finditer(sentence) if _is_number(m, sentence)]
        for at, match in enumerate(found):
            until = found[at + 1].start() if at + 1 < len(found) else len(sentence)
            behind = sentence[match.end() : until]
            before = sentence[: match.start()] if at == 0 else ""
            yield Citation(
                match[0],
                match["kind"],
                match["figure"],
                match["symbol"] or "",
                match["word"] is not None,
                bool(_DAY.search(behind) or _DAY.search(before)),
                # One body may be named for all that it issued: "Sở đã ban hành: Công văn …; Công văn …".
                _names_issuer(behind) or bool(_ISSUER.search(above + sentence[: match.start()])),
            )
        above += f"{sentence} "


def _names_issuer(behind: str) -> bool:
    return bool(_ISSUER.search(_ABOUT.split(behind)[0]) or _OF.search(behind))


def _is_number(match: re.Match[str], sentence: str) -> bool:
    if match["symbol"] or match["word"]:
        return True
    return not _YEAR.fullmatch(match["figure"]) and bool(_BARE_END.match(sentence[match.end() :]))


BASES = "Căn cứ"
_OPENING = r"(?:[-–+]\s*)?Căn cứ\s+(?:các\s+)?"
_WITH_NUMBER = lazy_pattern(rf"{_OPENING}{CITED}\b", re.IGNORECASE)
_LAW = lazy_pattern(rf"{_OPENING}(?:Luật|Bộ luật|Pháp lệnh)\b", re.IGNORECASE)
_DATED = lazy_pattern(
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}(?!\d)|ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)"
)
_SYMBOL = lazy_pattern(r"\bsố\s+[\w….-]*/[^\s,;]*")
_LEFT_OPEN = r"(?:\s*ngày\s[\d\s….,_/-]*+(?:tháng\s[\d\s….,_]*+)?(?:năm\s[\d\s….,_]*+)?)?"
_ISSUED_BY = lazy_pattern(
    rf"{_LEFT_OPEN}[\s,]*+(?:\([^)]*\)\s*|(?:tại\s+)?kỳ họp[^,;]{{0,40}}?\s)?(?:của|do|giữa|liên)\s+\w"
    r"|[\s,(]*(?:Chính phủ|Thủ tướng|Quốc hội|Bộ|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Sở)\b"
)
"""The issuer right behind day or symbol, a day left blank taken for one.

A "của" further on belongs to what the document is about.
"""


_ISSUER_ALONE = lazy_pattern(
    r",? của (?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|(?:Bộ trưởng )?Bộ [^,;.]{3,40}"
    r"|(?:Chủ tịch )?(?:Hội đồng nhân dân|HĐND|Ủy ban nhân dân|UBND) (?:tỉnh|thành phố|xã|phường|đặc khu)"
    rf"(?: [{CAPITALS}][^\W\d_]*)+)[;.]"
)
"""A basis that ends with who issued it, and does not say what that is about."""


@check("TT37", Severity.ERROR, Block.TEXT)
def citations(paper: Paper, settings: Settings) -> Answers:
    """Viện dẫn văn bản thiếu số, ngày hoặc cơ quan ban hành.

    Sai: Căn cứ Nghị định 30/2020/NĐ-CP về công tác văn thư; thực hiện Kế hoạch 1234
    Đúng: Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;
    Căn cứ: Phụ lục I, mục II.6a, II.6b
    """
    known = [c for p in (*paper.title.subject, *paper.head.matter) for c in citations_in(p.text) if c.dated]
    bases = {id(piece) for piece in paper.bases}
    cited = False
    citing = {*paper.text.holding(CITING), *paper.bases}
    for piece in (p for p in paper.body if p in citing):
        found = list(citations_in(piece.text))
        cited = cited or bool(found)
        yield from _without_word(paper, piece, found)
        is_basis = id(piece) in bases
        if is_basis and _WITH_NUMBER.match(piece.text) and all(c.numbered for c in found):
            yield from _basis_faults(piece)
        if is_basis and _LAW.match(piece.text):
            yield from _law_faults(piece)
        for citation in found:
            told = (*known, *(other for other in found if other.dated and other is not citation))
            first = not any(citation.is_same(other) for other in told) and not _is_own(paper, citation)
            known.append(citation)
            missing = "" if is_basis or not first else ", ".join(_missing(citation))
            if missing:
                right = f"{citation.kind} số {citation.figure}{citation.symbol or '/…'}"
                yield Fault(
                    HERE,
                    piece,
                    f"“{citation.text}” viện dẫn lần đầu thiếu {missing}",
                    f"“{right} ngày … tháng … năm … của … về …”",
                    f"Bổ sung {missing} và trích yếu",
                    severity=Severity.WARNING,
                )
    if not cited and not paper.bases:
        yield NotApplicable("văn bản không viện dẫn văn bản nào theo số")


def _without_word(paper: Paper, piece: Piece, found: list[Citation]) -> Iterator[Fault]:
    for text, right in {
        c.text: f"{c.kind} số {c.figure}{c.symbol}" for c in found if c.symbol and not c.numbered
    }.items():
        fix = "Thêm từ “số” trước số, ký hiệu"
        yield Fault(HERE, piece, f"“{text}”", f"“{right}”", fix)


def _missing(citation: Citation) -> Iterator[str]:
    if not citation.symbol:
        yield "ký hiệu" if citation.numbered else "từ “số”, ký hiệu"
    if not citation.dated:
        yield "ngày ban hành"
    if not citation.issued:
        yield "cơ quan ban hành"


def _is_own(paper: Paper, citation: Citation) -> bool:
    number = paper.number
    return number is not None and f"{citation.figure}{citation.symbol}".lstrip("0") == (
        f"{number.figure}/{number.symbol}".lstrip("0")
    )


def _basis_faults(piece: Piece) -> Iterator[Fault]:
    symbol, dated = _SYMBOL.search(piece.text), _DATED.search(piece.text)
    end = max((found.end() for found in (symbol, dated) if found), default=0)
    issued = re.search(r"\bcủa\s+\w", piece.text[: end or None]) or _ISSUED_BY.match(piece.text[end:])
    missing = [] if symbol else ["số, ký hiệu"]
    missing += [] if dated else ["ngày, tháng, năm"]
    missing += [] if issued else ["cơ quan ban hành"]
    missing += ["trích yếu"] if not missing and _ISSUER_ALONE.fullmatch(piece.text[end:]) else []
    if missing:
        what = "; ".join(missing)
        yield Fault(
            BASES,
            piece,
            f"thiếu {what}",
            "tên loại, số, ký hiệu, ngày, cơ quan ban hành, trích yếu",
            f"Bổ sung {what}",
        )


def _law_faults(piece: Piece) -> Iterator[Fault]:
    """A law is cited by its name and day: "Luật Đấu thầu ngày 23 tháng 6 năm 2023"."""
    if not _DATED.search(piece.text):
        found = "thiếu ngày, tháng, năm"
        fix = "Bổ sung ngày, tháng, năm ban hành của luật, pháp lệnh"
        yield Fault(BASES, piece, found, "tên luật, pháp lệnh và ngày, tháng, năm ban hành", fix)
